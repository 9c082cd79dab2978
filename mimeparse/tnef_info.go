package mimeparse

import (
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse/internal/tnef"
)

// TNEFInfo is what a TNEF stream states about the message it belongs to. Zero
// values mean: not stated. Spans are offsets into the stream.
type TNEFInfo struct {
	// Subject, MessageID and MessageClass are as the properties state them;
	// MessageID keeps its angle brackets.
	Subject, MessageID, MessageClass TNEFText
	// TransportHeaders is the header that the message had when it arrived
	// (PidTagTransportMessageHeaders).
	TransportHeaders TNEFText
	// From is on whose behalf the message was sent, Sender who sent it.
	From, Sender TNEFParty
	// To, Cc and Bcc are the rows of the recipient table; Others are those whose
	// type is not stated or is another.
	To, Cc, Bcc, Others []TNEFParty
	// Sent is the client's submit time, Delivered that of the delivery.
	Sent, Delivered TNEFTime
}

// TNEFText is a string and where it stood.
type TNEFText struct {
	// Value is the text as UTF-8.
	Value string
	// Source names the attribute or property, such as "PidTagSubject".
	Source string
	// Span is the text's bytes.
	Span headers.Span
}

// TNEFParty is a mailbox: Name is what is shown, Address what is written to; either may be missing.
type TNEFParty struct{ Name, Address TNEFText }

// TNEFTime is a date and where it stood.
type TNEFTime struct {
	// Time is in UTC, or a wall time without zone if Local; zero when not
	// stated.
	Time time.Time
	// Local says that the zone is not stated.
	Local bool
	// Source names the attribute or property.
	Source string
	// Span is the date's bytes.
	Span headers.Span
}

func newTNEFInfo(m *tnef.Message) *TNEFInfo {
	info := &TNEFInfo{
		Subject: tnefText(m.Subject), MessageID: tnefText(m.MessageID), MessageClass: tnefText(m.MessageClass),
		TransportHeaders: tnefText(m.TransportHeaders), From: tnefParty(m.From), Sender: tnefParty(m.Sender),
		Sent: tnefTime(m.Sent), Delivered: tnefTime(m.Delivered),
	}
	for _, r := range m.Recipients {
		switch p := tnefParty(r.Party); r.Type & 0xF { // PidTagRecipientType (MS-OXOMSG 2.2.3.1) without its flags
		case 1:
			info.To = append(info.To, p)
		case 2:
			info.Cc = append(info.Cc, p)
		case 3:
			info.Bcc = append(info.Bcc, p)
		default:
			info.Others = append(info.Others, p)
		}
	}
	return info
}

func tnefText(t tnef.Text) TNEFText { return TNEFText{t.Value, t.Source, t.Span} }

func tnefParty(p tnef.Party) TNEFParty { return TNEFParty{tnefText(p.Name), tnefText(p.Address)} }

func tnefTime(s tnef.Stamp) TNEFTime { return TNEFTime{s.Time, s.Local, s.Source, s.Span} }
