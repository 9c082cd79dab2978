package tnef

import (
	"encoding/binary"
	"errors"
	"iter"

	"github.com/emlcheck/emlcheck/headers"
)

// ErrNotTNEF says that the bytes do not begin with the TNEF signature.
var ErrNotTNEF = errors.New("tnef: signature missing")

const (
	signature  = 0x223E9F78 // MS-OXTNEF 2.1.3
	headerSize = 6          // signature, legacy key
	frameSize  = 9          // level, id, type, length: what stands before the data
)

// Is reports whether b begins with the TNEF signature.
func Is(b []byte) bool {
	return len(b) >= 4 && binary.LittleEndian.Uint32(b) == signature
}

// Limits bounds what [Parse] takes out of one stream, embedded messages
// included. A field of zero or less stands for its default. What lies behind
// a limit is left unread and reported by a tnef.limit-* defect.
type Limits struct {
	// Attributes; by default 65,536.
	Attributes int
	// Attachments; by default 4,096.
	Attachments int
	// Properties, of messages, attachments and recipients; by default 100,000.
	Properties int
	// Recipients; by default 10,000.
	Recipients int
	// Depth counts messages within messages, the outermost being 1; by default 8.
	Depth int
}

func (l Limits) orDefault() Limits {
	return Limits{
		Attributes:  positive(l.Attributes, 1<<16),
		Attachments: positive(l.Attachments, 1<<12),
		Properties:  positive(l.Properties, 100_000),
		Recipients:  positive(l.Recipients, 10_000),
		Depth:       positive(l.Depth, 8),
	}
}

func positive(n, otherwise int) int {
	if n > 0 {
		return n
	}
	return otherwise
}

// Message is what one TNEF stream states. Zero values mean: not stated.
type Message struct {
	// Span is the whole stream.
	Span headers.Span
	// Key is the legacy key that stands behind the signature.
	Key uint16
	// CodePage is the Windows code page number in attOemCodepage, by which
	// 8-bit strings are read.
	CodePage int
	// InternetCodePage is PidTagInternetCodepage, the code page of the HTML body.
	InternetCodePage int

	// Subject, MessageClass, MessageID (the Message-ID of RFC 5322) and
	// TransportHeaders are chosen from Texts, properties before attributes
	// (MS-OXTNEF 2.1.3).
	Subject, MessageClass, MessageID, TransportHeaders Text
	// From is on whose behalf the message was sent (RFC 5322 From).
	From Party
	// Sender is who sent it (RFC 5322 Sender). attFrom states this one.
	Sender Party
	// Sent is the client's submit time, Delivered that of the delivery; chosen
	// from Times, UTC before local.
	Sent, Delivered Stamp

	// Texts holds every string that the stream states about the message, in
	// order, bodies left out.
	Texts []Text
	// Times holds every date that it states about the message, in order.
	Times []Stamp

	// BodyPlain and BodyHTML are the text bodies as stored, without the closing
	// NUL. BodyRTF is compressed: see [DecompressRTF].
	BodyPlain, BodyHTML, BodyRTF headers.Span
	// PlainCharset and HTMLCharset name the encoding of the text bodies, as
	// in "windows-1252" or "utf-16le"; empty when the stream does not tell.
	PlainCharset, HTMLCharset string

	// Recipients are the rows of the recipient table.
	Recipients []Recipient
	// Attachments are in the order of the stream.
	Attachments []Attachment
	// Properties are the message's MAPI properties, in order.
	Properties []Property
	// Attributes are the frames of the stream, in order, known or not.
	Attributes []Attribute
	// Defects tells what is wrong with the stream's frames and with the
	// message's own data. Attachments carry their own.
	Defects []headers.Defect
}

// AllDefects iterates over the defects of the message, of its attachments and
// of the messages embedded in them.
func (m *Message) AllDefects() iter.Seq[headers.Defect] {
	return func(yield func(headers.Defect) bool) { m.eachDefect(yield) }
}

func (m *Message) eachDefect(yield func(headers.Defect) bool) bool {
	for _, d := range m.Defects {
		if !yield(d) {
			return false
		}
	}
	for i := range m.Attachments {
		a := &m.Attachments[i]
		for _, d := range a.Defects {
			if !yield(d) {
				return false
			}
		}
		if a.Message != nil && !a.Message.eachDefect(yield) {
			return false
		}
	}
	return true
}

// Text is a string and where it was read.
type Text struct {
	// Source names the attribute ("attSubject"), the property by its canonical
	// name in MS-OXPROPS ("PidTagSubject") or by its number ("0x57FE"), a named
	// property as "named:" and its name or its set and number. A property's
	// name comes from the stream and may hold any character.
	Source string
	// Value is the text, up to the first NUL, as UTF-8.
	Value string
	// Span is the text's bytes, the closing NUL left out.
	Span headers.Span
}

// Party is a mailbox: a display name and an address, either may be missing.
type Party struct{ Name, Address Text }

// Recipient is one row of the recipient table.
type Recipient struct {
	Party
	// Type is PidTagRecipientType: 1 To, 2 Cc, 3 Bcc; -1 when not stated.
	Type int
	// Span is the row.
	Span headers.Span
	// Properties are the row's properties.
	Properties []Property
}

// Attribute is one frame of the stream (MS-OXTNEF 2.1.3).
type Attribute struct {
	// Level is 1 for the message, 2 for an attachment.
	Level byte
	// ID is the attribute's type in the upper half, its number in the lower.
	ID uint32
	// Span is the whole frame, level byte to checksum.
	Span headers.Span
	// Data is what the checksum covers.
	Data headers.Span
}

// Parse reads the TNEF stream b. The error is [ErrNotTNEF] when b does not
// begin with the signature, else nil: all other faults are defects in a
// message that holds what could be read.
func Parse(b []byte, limits Limits) (*Message, error) {
	if !Is(b) {
		return nil, ErrNotTNEF
	}
	r := &reader{raw: b, left: limits.orDefault()}
	return r.message(headers.Span{Start: 0, End: len(b)}, 1, 0), nil
}

// reader is the state shared by a message and those embedded in it.
type reader struct {
	raw []byte
	// left is what may still be taken.
	left Limits
}

// message reads the stream at the span, which begins with the signature.
// codePage is the surrounding message's.
func (r *reader) message(at headers.Span, depth, codePage int) *Message {
	m := &Message{Span: at}
	w := &work{reader: r, m: m, depth: depth, defects: &m.Defects}
	w.scan()
	m.CodePage = w.oemCodePage()
	w.codePage = positive(m.CodePage, codePage)
	for i := range m.Attributes {
		w.attribute(&m.Attributes[i])
	}
	w.defects = &m.Defects
	w.choose()
	for i := range m.Attachments {
		w.finish(&m.Attachments[i])
	}
	return m
}

// work is the reading of one message.
type work struct {
	*reader
	m        *Message
	depth    int
	codePage int
	// defects is where defects go: the message's list or an attachment's.
	defects *[]headers.Defect
	// full says that the limit of attachments was reached: their attributes
	// are passed over.
	full bool
	// seen holds the attributes that stood once already.
	seen [len(attributeTable)]bool
}

func (w *work) defect(code string, at headers.Span, detail string) {
	*w.defects = append(*w.defects, headers.Defect{Code: code, Span: at, Detail: detail})
}
