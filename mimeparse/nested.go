package mimeparse

import (
	"bytes"
	"strings"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse/internal/transfer"
)

// nested opens what stands inside the leaves: messages, TNEF streams, names
// and uuencoded blocks.
func (w *walker) nested() {
	for _, p := range w.m.Parts {
		switch {
		case p.IsMultipart():
		case p.Body.Empty():
			w.findInHeader(p)
		case isMessageType(p.ContentType):
			w.openMessage(p)
		case w.looksTNEF(p):
			w.openTNEF(p)
		case p.Encoding == string(transfer.UUEncode):
			p.nameFromBegin()
		case p.ContentType == "application/applefile":
			w.nameFromAppleFile(p)
		case hasPrefix(p.ContentType, "text/"):
			w.findInline(p)
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
	if w.tooDeep(p) {
		return
	}
	if isIdentity(p.Encoding) || p.isPlainInside(p.Body.Of(w.raw)) {
		w.attach(p, within{w.src, p.Body}, p.Body.Start)
		return
	}
	p.defect("mime.cte-on-composite", p.Body, "transfer encoding on a nested message; decoded")
	if content, ok := w.decodeNested(p); ok {
		w.attach(p, memory(content), -1)
	}
}

// tooDeep reports, with a defect, that what p holds is not to be opened.
func (w *walker) tooDeep(p *Part) bool {
	if w.inside(p) < w.b.opt.Limits.MaxDepth {
		return false
	}
	p.defect("limit.depth", p.Body, "nesting deeper than the limit; what is inside was not opened")
	return true
}

// inside is the depth at which a message in p stands.
func (w *walker) inside(p *Part) int { return w.depth + 1 + strings.Count(p.Path, ".") }

func (w *walker) attach(p *Part, src Source, offset int) {
	if w.b.parts <= 0 {
		p.defect("limit.parts", p.Body, "more parts than the limit; the message inside was not opened")
		return
	}
	p.Message = parseMessage(src, w.b, w.inside(p))
	p.Message.Container, p.Message.Offset = "message", offset
}

// within is a Source for a message that stands in another as it is.
type within struct {
	outer Source
	at    headers.Span
}

func (s within) Bytes() []byte    { return s.at.Of(s.outer.Bytes()) }
func (s within) Release(upTo int) { s.outer.Release(s.at.Start + upTo) }

// FromQuoted: what stands in a quoted body is quoted as well.
func (s within) FromQuoted() bool {
	q, ok := s.outer.(Quoted)
	return ok && q.FromQuoted()
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
	code, room := "limit.decoded", w.b.decoded
	if w.b.ratio < room {
		code, room = "limit.ratio", w.b.ratio
	}
	// Base64 has the least content: three bytes in four, and line breaks.
	if int64(p.Body.Len()/2) > room {
		p.defect(code, p.Body, "nested content larger than the limit; it was not opened")
		return nil, false
	}
	// One byte past the limit tells content that just fits from larger one.
	opt := p.decoding()
	opt.MaxOutput = room + 1
	out := make([]byte, 0, p.decodedSize(room))
	// The sink never fails, so neither does Decode.
	res, _ := transfer.Decode(p.kind(), w.raw, p.Body, opt, func(piece []byte, upTo int) error {
		out = append(out, piece...)
		w.src.Release(upTo)
		return nil
	})
	if res.Size > room {
		p.defect(code, p.Body, "nested content larger than the limit; it was not opened")
		return nil, false
	}
	w.b.decoded -= res.Size
	w.b.ratio -= res.Size
	return out, res.Size > 0
}

// decodedSize estimates how large the content is, so that it need not be
// copied while it grows.
func (p *Part) decodedSize(room int64) int64 {
	size := int64(p.Body.Len())
	if p.Encoding != string(transfer.QuotedPrintable) {
		size = size/4*3 + 3
	}
	return min(size, room+1)
}
