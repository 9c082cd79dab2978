package mimeparse

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/tnef"
)

// compressedRTF is the encoding of a TNEF stream's rich text body
// (MS-OXRTFCP). No header field names it.
const compressedRTF = "x-compressed-rtf"

// maxTNEFDepth bounds TNEF streams inside one another: each is read anew.
const maxTNEFDepth = 8

// looksTNEF reports whether p says that it is a TNEF stream (MS-OXTNEF 2.1),
// by its type or by the name that Outlook gives it.
func (w *walker) looksTNEF(p *Part) bool {
	switch p.ContentType {
	case "application/ms-tnef", "application/vnd.ms-tnef":
		return true
	}
	return strings.EqualFold(p.Filename(), "winmail.dat")
}

// openTNEF reads the stream that p holds.
func (w *walker) openTNEF(p *Part) {
	content := p.Body.Of(w.raw)
	offset := p.Body.Start
	if !isIdentity(p.Encoding) {
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
	p.Message = newTNEF(content, w.b, 1)
	p.Message.Offset = offset
}

// newTNEF makes a message of a TNEF stream: its parts are the stream itself,
// the bodies and the attachments.
func newTNEF(raw []byte, b *budget, depth int) *Message {
	said, err := tnef.Parse(raw, tnef.Limits{Attachments: max(b.parts, 1), Depth: 1})
	if err != nil {
		return nil // not reached: the signature was looked at
	}
	m := &Message{Raw: raw, Container: "tnef", Offset: -1, source: memory(raw), opt: b.opt, Header: &headers.Block{}, TNEF: newTNEFInfo(said)}
	root := &Part{Path: "1", Header: m.Header, ContentType: "application/ms-tnef", Body: said.Span, Defects: said.Defects, owner: m}
	m.Parts = append(m.Parts, root)
	t := tnefBuilder{m: m, b: b, depth: depth}
	t.body(said.BodyPlain, "text/plain", "", said.PlainCharset)
	t.body(said.BodyHTML, "text/html", "", said.HTMLCharset)
	t.body(said.BodyRTF, "application/rtf", compressedRTF, "")
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

func (t *tnefBuilder) attachment(a *tnef.Attachment) {
	at, contentType := a.Data, strings.ToLower(a.MIMEType.Value)
	if !validType(contentType) {
		contentType = "application/octet-stream"
	}
	if !a.Embedded.Empty() {
		at, contentType = a.Embedded, "application/ms-tnef"
	}
	p := t.add(at, contentType)
	if p == nil {
		return
	}
	p.Defects, p.ContentID = a.Defects, a.ContentID.Value
	p.Disposition.Value = "attachment"
	for _, n := range append([]tnef.Text{a.Name}, a.Names...) {
		p.addTNEFName(n)
	}
	if !a.Embedded.Empty() && t.depth < maxTNEFDepth && tnef.Is(at.Of(t.m.Raw)) {
		p.Message = newTNEF(at.Of(t.m.Raw), t.b, t.depth+1)
		p.Message.Offset = at.Start
	}
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
