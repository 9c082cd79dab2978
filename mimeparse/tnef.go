package mimeparse

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/fromquote"
	"github.com/emlcheck/emlcheck/mimeparse/internal/tnef"
)

// compressedRTF is the encoding of a TNEF stream's rich text body
// (MS-OXRTFCP). No header field names it.
const compressedRTF = "x-compressed-rtf"

// looksTNEF reports whether p is a TNEF stream (MS-OXTNEF 2.1): it says so by
// its type or by the name that Outlook gives it, or begins as one.
func (w *walker) looksTNEF(p *Part) bool {
	if p.ContentType == "application/ms-tnef" || p.ContentType == "application/vnd.ms-tnef" {
		return true
	}
	for _, n := range p.Names {
		if strings.EqualFold(n.Value, "winmail.dat") {
			return true
		}
	}
	return w.beginsAsTNEF(p)
}

// beginsAsTNEF looks at the first decoded bytes.
func (w *walker) beginsAsTNEF(p *Part) bool {
	head := headers.Span{Start: p.Body.Start, End: min(p.Body.End, p.Body.Start+128)}
	if isIdentity(p.Encoding) {
		return tnef.Is(head.Of(w.raw))
	}
	// A cheap no, ahead of a decoder: the signature in base64 begins with
	// "eJ8+I", and its first byte is an 'x'.
	text := head.Of(w.raw)
	switch p.Encoding {
	case "base64":
		if !bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("eJ8")) {
			return false
		}
	case "quoted-printable":
		if text[0] != 'x' && text[0] != '=' {
			return false
		}
	}
	return tnef.Is(w.head(p, 32))
}

// openTNEF reads the stream that p holds.
func (w *walker) openTNEF(p *Part) {
	if w.tooDeep(p) {
		return
	}
	content, offset := p.Body.Of(w.raw), p.Body.Start
	if !isIdentity(p.Encoding) || w.m.FromQuoted() && fromquote.Has(w.raw, p.Body.Start, p.Body.End, w.src.Release) {
		decoded, ok := w.decodeNested(p)
		if !ok {
			return
		}
		content, offset = decoded, -1
	}
	if !tnef.Is(content) {
		p.defect("mime.tnef-invalid", p.Body, "declared as TNEF, but without its signature; not opened")
		return
	}
	if !w.b.takePart() {
		p.defect("limit.parts", p.Body, "more parts than the limit; the TNEF stream was not opened")
		return
	}
	p.Message = newTNEF(content, w.b, w.inside(p))
	p.Message.Offset = offset
}

// newTNEF makes a message of a TNEF stream, whose signature was looked at: its
// parts are the stream itself, the bodies and the attachments.
func newTNEF(raw []byte, b *budget, depth int) *Message {
	// Depth 1: a message inside is read as a stream of its own, with its own spans.
	said, err := tnef.Parse(raw, tnef.Limits{Attachments: max(b.parts, 1), Depth: 1})
	if err != nil {
		said = new(tnef.Message)
	}
	m := &Message{Raw: raw, Container: "tnef", Offset: -1, source: memory(raw), opt: b.opt, Header: &headers.Block{}, TNEF: newTNEFInfo(said)}
	root := &Part{Path: "1", Header: m.Header, ContentType: "application/ms-tnef", Body: headers.Span{End: len(raw)}, Defects: said.Defects, owner: m}
	m.Parts = append(m.Parts, root)
	t := tnefBuilder{m: m, b: b, depth: depth}
	t.body(said.BodyPlain, "text/plain", "", said.PlainCharset)
	t.body(said.BodyHTML, "text/html", "", said.HTMLCharset)
	t.body(said.BodyRTF, "text/rtf", compressedRTF, "")
	for i := range said.Attachments {
		t.attachment(&said.Attachments[i])
	}
	return m
}

// tnefBuilder adds the parts of one stream to its message.
type tnefBuilder struct {
	m     *Message
	b     *budget
	depth int
}

// add makes a part of the bytes at the span; nil when no more may be listed.
func (t *tnefBuilder) add(at headers.Span, contentType string) *Part {
	root := t.m.Root()
	if !t.b.takePart() {
		root.defect("limit.parts", at, "more parts than the limit; the rest of this stream is not listed")
		return nil
	}
	p := &Part{
		Path: root.Path + "." + strconv.Itoa(len(root.Children)+1), Parent: root, Header: &headers.Block{Span: headers.Span{Start: at.Start, End: at.Start}},
		ContentType: contentType, Body: at, owner: t.m,
	}
	root.Children = append(root.Children, p)
	t.m.Parts = append(t.m.Parts, p)
	return p
}

func (t *tnefBuilder) body(at headers.Span, contentType, encoding, charset string) {
	if at.Empty() {
		return
	}
	if p := t.add(at, contentType); p != nil {
		p.Encoding, p.Charset = encoding, charset
	}
}

// attachment adds a part for the attachment's content, and one for each
// further content that the stream gives for it.
func (t *tnefBuilder) attachment(a *tnef.Attachment) {
	contentType := strings.ToLower(a.MIMEType.Value)
	if !validType(contentType) {
		contentType = "application/octet-stream"
	}
	at, rest := a.Data, a.Others
	if !a.Embedded.Empty() {
		if !a.Data.Empty() {
			rest = append([]headers.Span{a.Data}, rest...)
		}
		at, contentType = a.Embedded, "application/ms-tnef"
	}
	p := t.file(a, at, contentType)
	if p == nil {
		return
	}
	p.Defects = slices.DeleteFunc(a.Defects, func(d headers.Defect) bool { return d.Code == "tnef.limit-depth" })
	t.open(p)
	for _, at := range rest {
		if t.file(a, at, "application/octet-stream") == nil {
			return
		}
	}
}

func (t *tnefBuilder) file(a *tnef.Attachment, at headers.Span, contentType string) *Part {
	p := t.add(at, contentType)
	if p == nil {
		return nil
	}
	p.Disposition.Value, p.ContentID = "attachment", strings.Trim(a.ContentID.Value, "<>")
	for _, n := range append([]tnef.Text{a.Name}, a.Names...) {
		p.addTNEFName(n)
	}
	return p
}

// open reads the message in an attachment: a stream of its own, or a file that
// is a message.
func (t *tnefBuilder) open(p *Part) {
	content := p.Body.Of(t.m.Raw)
	stream := tnef.Is(content)
	switch {
	case p.Body.Empty() || !stream && !isMessageType(p.ContentType):
		return
	case t.depth+1 >= t.b.opt.Limits.MaxDepth:
		p.defect("limit.depth", p.Body, "nesting deeper than the limit; what is inside was not opened")
		return
	case t.b.parts <= 0:
		p.defect("limit.parts", p.Body, "more parts than the limit; what is inside was not opened")
		return
	case stream:
		t.b.takePart()
		p.Message = newTNEF(content, t.b, t.depth+1)
	default:
		p.Message = parseMessage(memory(content), t.b, t.depth+1)
		p.Message.Container = "message"
	}
	p.Message.Offset = p.Body.Start
}

// addTNEFName adds a name candidate unless it stands there already.
func (p *Part) addTNEFName(n tnef.Text) {
	for _, have := range p.Names {
		if have.Span == n.Span {
			return
		}
	}
	if n.Value != "" {
		p.Names = append(p.Names, Filename{Value: n.Value, Source: "TNEF " + n.Source, Raw: string(n.Span.Of(p.owner.Raw)), Span: n.Span})
	}
}
