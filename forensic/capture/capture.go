// Package capture answers: which mail dialogues does a network capture or a
// session transcript hold, which messages passed in them, and what is odd
// about it?
//
// [Open] reads a capture (pcap, pcapng) or a transcript; [Capture.Connections]
// gives one [Connection] for each TCP connection, in the order of first
// packets. Facts come from the rooms below: packet (segments), stream (octets
// of each end with their holes), dialog (what was said), transcript (who said
// which line). Each message that was put together goes through the analysis of
// package forensic, with the envelope that was seen on the wire beside it.
//
// Passwords and the like are never printed unless asked for.
package capture

import (
	"strconv"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/capture/words"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// Schema names the form of a [Connection] in JSON.
const Schema = "emlcheck/capture/1"

// Options direct the reading of a capture. nil and the zero value mean the
// defaults.
type Options struct {
	// Ports are further ports of servers and their protocols.
	Ports map[uint16]dialog.Protocol
	// RevealSecrets shows passwords and the like. They are numbered otherwise, so that
	// equal ones can be recognised.
	RevealSecrets bool
	// Secrets numbers them over several captures; nil means a registry of this one.
	Secrets *dialog.Secrets
	// MaxMessage is the size in octets up to which a message is put together; 0 means
	// 256 MiB. A larger one is counted and digested.
	MaxMessage int64
	// Analysis directs the analysis of the messages.
	Analysis *forensic.Options
	// NoReports leaves the analysis out: Transaction.Message is nil then. Where neither Saved nor
	// Message asks for the octets they are only digested, and headers are not compared with
	// the envelope.
	NoReports bool
	// Workers is how many messages are analysed at once; 0 means 1.
	Workers int
	// Only is the index of the one connection whose messages are examined; nil means
	// all.
	Only *int
	// Saved are messages to be compared with those of the capture.
	Saved []Saved
	// Language is that of the meanings; "" means English.
	Language words.Language
	// Message is called for each message with its octets, zeros in its holes, in no particular
	// order when Workers is larger than 1. The octets may be used until it returns. An error ends the reading.
	Message func(m *Message) error
}

// Message is a message that was put together.
type Message struct {
	// Conn is the index of its connection, Tx that of its transaction.
	Conn, Tx int
	// Octets are the message, with zeros in its holes.
	Octets []byte
	// Pieces say where each of its octets stands in the capture.
	Pieces []dialog.Piece
	// Complete is false for a message with holes, or without its end.
	Complete bool
	// SHA256 is the digest of Octets.
	SHA256 string
}

// needOctets reports whether anybody wants the octets of messages, beyond their digests.
func (o *Options) needOctets() bool {
	return !o.NoReports || o.Message != nil || len(o.Saved) > 0
}

// workers is how many messages are analysed at once.
func (o *Options) workers() int {
	if o.Workers < 1 {
		return 1
	}
	return o.Workers
}

// stamp is a time of the report: RFC 3339 in UTC with nanoseconds; "" for none. There
// are dozens in a short session, so it takes the one layout that package time writes fast.
func stamp(t time.Time) report.Stated {
	if t.IsZero() {
		return ""
	}
	t = t.UTC()
	if year := t.Year(); year < 0 || year > 9999 {
		return ""
	}
	const whole = "2006-01-02T15:04:05"
	b := t.AppendFormat(make([]byte, 0, len(whole)+11), time.RFC3339)[:len(whole)]
	b = strconv.AppendInt(b, 1e9+int64(t.Nanosecond()), 10) // nine digits behind a 1
	b[len(whole)] = '.'
	return report.Stated(append(b, 'Z'))
}
