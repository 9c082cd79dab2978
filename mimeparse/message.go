package mimeparse

import (
	"bytes"
	"iter"

	"github.com/emlcheck/emlcheck/headers"
)

// Source hands over the bytes of one message and hears how far a reader has
// come, so that a mapped file can be released behind it. Bytes that were
// released may be read again.
type Source interface {
	// Bytes returns the whole message. It must stay valid and unchanged.
	Bytes() []byte
	// Release says that a pass over the message has left [0, upTo) behind.
	Release(upTo int)
}

// Quoted is a Source that may come from an mbox. Where FromQuoted is true, the
// lines of the body that begin with '>' and "From " were quoted so that no
// reader takes them for a separator: what a part decodes to is without that
// mark. Spans count the stored bytes all the same.
type Quoted interface {
	Source
	FromQuoted() bool
}

// FromQuoted reports whether the message comes from an mbox and has quoted
// lines; see [Quoted].
func (m *Message) FromQuoted() bool {
	q, ok := m.source.(Quoted)
	return ok && q.FromQuoted()
}

// memory is a Source that has nothing to release.
type memory []byte

func (m memory) Bytes() []byte { return m }
func (m memory) Release(int)   {}

// Message is one parsed message. Every span in it counts from the first byte
// of Raw.
type Message struct {
	// Raw is the message as stored; it aliases what was parsed.
	Raw []byte
	// Header is the message's header block, the same as Parts[0].Header.
	Header *headers.Block
	// Parts lists the parts in document order. Parts[0] is the message itself;
	// there is always at least this one. Parts of nested messages stand in
	// their own Message.
	Parts []*Part
	// Container says what the message was found in, beyond a file: "" for the
	// message given to Parse, "message" for one nested in a part, "tnef" for
	// the content of a TNEF stream (MS-OXTNEF). Such a stream has no header, so
	// that Header is empty: see TNEF. Its Parts are the stream itself, then its
	// bodies, then its attachments.
	Container string
	// Offset is where Raw stands in the Raw of the message around it; -1 when
	// it was decoded out of it and so stands nowhere. 0 for an outer message.
	Offset int
	// TNEF is what the stream states about its message; nil unless Container
	// is "tnef".
	TNEF *TNEFInfo

	source Source
	opt    Options
}

// Root is the part that is the message itself.
func (m *Message) Root() *Part { return m.Parts[0] }

// Walk iterates over all parts of the message and, behind the part that holds
// them, those of nested messages. The message a part belongs to comes with it.
func (m *Message) Walk() iter.Seq2[*Message, *Part] {
	return func(yield func(*Message, *Part) bool) { m.walk(yield) }
}

func (m *Message) walk(yield func(*Message, *Part) bool) bool {
	for _, p := range m.Parts {
		if !yield(m, p) {
			return false
		}
		if p.Message != nil && !p.Message.walk(yield) {
			return false
		}
	}
	return true
}

// Part is one MIME entity: the message itself, a multipart or a leaf.
type Part struct {
	// Path names the part: "1" the message itself, "1.2" its second child.
	Path string
	// Parent is nil for the message itself.
	Parent *Part
	// Children are the parts of a multipart, in order.
	Children []*Part
	// Header is the part's header block.
	Header *headers.Block
	// Body is the part's body, without the line break that belongs to the
	// delimiter behind it (RFC 2046 5.1.1). For a multipart it reaches from
	// preamble to epilogue.
	Body headers.Span
	// Delimiter is the delimiter line above the part; empty for the message.
	Delimiter headers.Span
	// Close is the closing delimiter line of a multipart; empty when missing.
	Close headers.Span
	// Preamble and Epilogue are the text of a multipart before its first and
	// behind its closing delimiter; empty when there is none.
	Preamble, Epilogue headers.Span
	// ContentType is the media type in force, lower case: the declared one, or
	// the default of RFC 2045 5.2 and RFC 2046 5.1.5 without a usable one.
	ContentType string
	// Type is the Content-Type field as read; its zero value when missing.
	Type headers.ParamValue
	// Disposition is the Content-Disposition field as read (RFC 2183).
	Disposition headers.ParamValue
	// Encoding is the declared transfer encoding in canonical form, such as
	// "base64"; the declared text when unknown; "" when none is declared.
	Encoding string
	// Charset is the charset parameter as written; "" when not stated.
	Charset string
	// ContentID is the text between the angle brackets; "" when not stated.
	ContentID string
	// Boundary is the boundary in force for a multipart; "" without one.
	Boundary string
	// Names lists every file name the part bears, the preferred one first.
	Names []Filename
	// Inline lists the uuencoded blocks found in a text body.
	Inline []Inline
	// Message is the message inside a message/rfc822 or TNEF part, else nil.
	Message *Message
	// Defects lists what breaks the grammar of this part. Those of its header
	// block stand in Header.Defects.
	Defects []headers.Defect

	owner      *Message
	prefixSeen bool // a defect "mime.boundary-prefix" was recorded
	full       bool // the list of defects is
}

// Filename is one candidate for a part's file name.
type Filename struct {
	// Value is the decoded name, exactly as decoded: it may hold path
	// separators and worse. Never use it as a path.
	Value string
	// Source says where it stood: "Content-Disposition filename*",
	// "Content-Type name", "uuencode begin", "AppleDouble real name", "TNEF" with
	// the attribute or property …
	Source string
	// Raw is the value as written.
	Raw string
	// Span is where it stood. For a name that stands in encoded content it is
	// the whole body.
	Span headers.Span
}

// Inline is a file inside a text body, or one that stands where the header
// of its part should have ended.
type Inline struct {
	// Name is the file name on the begin line.
	Name string
	// NameSpan is where the name stands.
	NameSpan headers.Span
	// Span is the block, from its begin line to its end line where it has any.
	Span headers.Span
	// Data is the encoded text between them.
	Data headers.Span
	// Encoding is "uuencode", "base64" or "quoted-printable".
	Encoding string
	// Complete is false when the end line is missing.
	Complete bool
	// Decoded says that the block stands in the text that the part's transfer
	// encoding decodes to. NameSpan, Span and Data are then all the part's body,
	// and Content is where the block stands in the decoded text.
	Decoded bool
	// Content is the block in the decoded text; empty unless Decoded.
	Content headers.Span
}

// IsMultipart reports whether the part was split into children.
func (p *Part) IsMultipart() bool { return p.Boundary != "" }

// IsLeaf reports whether the part has content of its own to decode.
func (p *Part) IsLeaf() bool { return !p.IsMultipart() }

// Filename is the preferred file name, "" when the part bears none.
func (p *Part) Filename() string {
	if len(p.Names) == 0 {
		return ""
	}
	return p.Names[0].Value
}

// IsAttachment reports whether a reader would offer the part as a file: its
// disposition says so, it bears a name, or it is neither text nor a machine
// part of a report (RFC 6522).
func (p *Part) IsAttachment() bool {
	switch {
	case p.IsMultipart():
		return false
	case p.Disposition.Value == "attachment" || len(p.Names) > 0:
		return true
	case p.Parent == nil:
		return false
	}
	switch p.ContentType {
	case "message/delivery-status", "message/disposition-notification", "message/feedback-report", "text/rfc822-headers":
		return false
	}
	return !hasPrefix(p.ContentType, "text/")
}

// maxDefects bounds the defects listed of one part.
const maxDefects = 1000

func (p *Part) defect(code string, at headers.Span, detail string) {
	if p.full {
		return
	}
	if p.full = len(p.Defects) >= maxDefects-1; p.full {
		code, detail = "limit.defects", "further defects of this part are not listed"
	}
	p.Defects = append(p.Defects, headers.Defect{Code: code, Span: at, Detail: detail})
}

func (p *Part) addDefects(list []headers.Defect) {
	for _, d := range list {
		p.defect(d.Code, d.Span, d.Detail)
	}
}

// Source is what the message was parsed from.
func (m *Message) Source() Source { return m.source }

// Contains reports whether the body as it stands in the message holds the
// word. A mapped message gives back what was looked through.
func (p *Part) Contains(word []byte) bool {
	raw, src := p.owner.Raw, p.owner.source
	for from := p.Body.Start; from < p.Body.End; {
		stop := min(p.Body.End, from+max(releaseEvery, 2*len(word)))
		if bytes.Contains(raw[from:stop], word) {
			return true
		}
		if stop == p.Body.End {
			break
		}
		from = stop - len(word) + 1 // the word may straddle the window
		src.Release(from)
	}
	return false
}

// Stored iterates over the part's body as stored, in pieces that stay valid.
func (p *Part) Stored() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		const piece = 256 << 10
		for at := p.Body.Start; at < p.Body.End; {
			end := min(p.Body.End, at+piece)
			if !yield(p.owner.Raw[at:end]) {
				return
			}
			at = end
			p.owner.source.Release(at)
		}
	}
}
