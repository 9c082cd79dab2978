package mimeparse

import (
	"bytes"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/transfer"
)

// maxInline is the number of uuencoded blocks listed of one text body.
const maxInline = 1000

// nested opens what stands inside the leaves: messages, TNEF streams and
// uuencoded blocks.
func (w *walker) nested() {
	for _, p := range w.m.Parts {
		switch {
		case p.IsMultipart() || p.Body.Empty():
		case isMessageType(p.ContentType):
			w.openMessage(p)
		case w.looksTNEF(p):
			w.openTNEF(p)
		case hasPrefix(p.ContentType, "text/"):
			p.findInline(w.raw)
		}
	}
}

// isMessageType reports whether t holds a whole message: RFC 2046 5.2.1,
// RFC 6532 3.7 and the obsolete message/news (RFC 1036).
func isMessageType(t string) bool {
	return t == "message/rfc822" || t == "message/global" || t == "message/news"
}

// openMessage parses the message inside p. RFC 2046 5.2.1 forbids a transfer
// encoding there; it is undone all the same, since attackers and careless
// gateways do not ask.
func (w *walker) openMessage(p *Part) {
	if w.depth+1+strings.Count(p.Path, ".") >= w.b.opt.Limits.MaxDepth {
		p.defect("limit.depth", p.Body, "nesting deeper than the limit; the message inside was not opened")
		return
	}
	if isIdentity(p.Encoding) || p.isPlainInside(p.Body.Of(w.raw)) {
		w.attach(p, memory(p.Body.Of(w.raw)), p.Body.Start)
		return
	}
	p.defect("mime.cte-on-composite", p.Body, "transfer encoding on a nested message; decoded")
	if content, ok := w.decodeNested(p); ok {
		w.attach(p, memory(content), -1)
	}
}

func (w *walker) attach(p *Part, src Source, offset int) {
	p.Message = parseMessage(src, w.b, w.depth+1+strings.Count(p.Path, "."))
	p.Message.Container, p.Message.Offset = "message", offset
}

func isIdentity(encoding string) bool {
	switch encoding {
	case "base64", "quoted-printable", "uuencode":
		return false
	}
	return true
}

// isPlainInside reports whether the body is a plain message although an
// encoding is declared: two header fields before anything else. A header in
// quoted-printable looks like that as well; there the message inside must
// state the same encoding, and its header hold nothing that was encoded.
// QUIRK: forwarding agents copy the inner message's encoding to the wrapper.
func (p *Part) isPlainInside(body []byte) bool {
	const look = 4096
	h := headers.ParsePart(body, headers.Span{Start: 0, End: min(look, len(body))}, nil, nil)
	if len(h.Fields) < 2 || h.Count("From")+h.Count("Received")+h.Count("Date")+h.Count("Subject") == 0 {
		return false
	}
	if p.Encoding != "quoted-printable" {
		return true
	}
	inner, ok := h.First("Content-Transfer-Encoding")
	if !ok || bytes.Contains(h.Span.Of(body), []byte("=3D")) {
		return false
	}
	kind, _ := transfer.Parse(inner.Raw())
	return kind == transfer.QuotedPrintable
}

// decodeNested decodes p into memory within the budget.
func (w *walker) decodeNested(p *Part) (content []byte, ok bool) {
	if int64(p.Body.Len()) > w.b.decoded {
		p.defect("limit.decoded", p.Body, "nested content larger than the limit; it was not opened")
		return nil, false
	}
	opt := transfer.Options{Strict: w.b.opt.Reading.StrictDecoding, MaxOutput: w.b.decoded}
	var out bytes.Buffer
	// The sink never fails, so neither does Decode.
	res, _ := transfer.Decode(p.kind(), w.raw, p.Body, opt, &w.b.buf, func(piece []byte, _ int) error {
		out.Write(piece)
		return nil
	})
	w.b.decoded -= res.Size
	return out.Bytes(), res.Size > 0
}

// findInline looks for uuencoded files in a text body (POSIX uuencode).
func (p *Part) findInline(raw []byte) {
	if !isIdentity(p.Encoding) {
		return // the blocks would stand in decoded text, where no span points
	}
	for _, b := range transfer.FindUU(raw, p.Body, maxInline) {
		in := Inline{Name: b.Name, NameSpan: b.NameSpan, Span: b.Span, Data: b.Data, Encoding: "uuencode", Complete: b.Complete}
		if bytes.HasPrefix(b.Span.Of(raw), []byte("begin-base64")) {
			in.Encoding = "base64"
		}
		p.Inline = append(p.Inline, in)
		p.Defects = append(p.Defects, b.Defects...)
	}
}
