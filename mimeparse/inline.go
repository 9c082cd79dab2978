package mimeparse

import (
	"bytes"
	"io"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse/internal/transfer"
)

// maxInline is the number of uuencoded blocks listed of one text body.
const maxInline = 1000

// beginWord is what every uuencoded block begins with (POSIX uuencode).
var beginWord = []byte("begin")

// findInline looks for uuencoded files in a text body, in its decoded form
// where it has a transfer encoding.
func (w *walker) findInline(p *Part) {
	switch {
	case !w.mentionsBegin(p):
	case isIdentity(p.Encoding):
		for _, b := range transfer.FindUU(w.raw, p.Body, maxInline) {
			p.addInline(newInline(b, w.raw), b.Defects)
		}
		w.src.Release(p.Body.End)
	default:
		w.findDecoded(p)
	}
}

func newInline(b transfer.UUBlock, text []byte) Inline {
	in := Inline{Name: b.Name, NameSpan: b.NameSpan, Span: b.Span, Data: b.Data, Encoding: "uuencode", Complete: b.Complete}
	if bytes.HasPrefix(b.Span.Of(text), []byte("begin-base64")) {
		in.Encoding = "base64"
	}
	return in
}

func (p *Part) addInline(in Inline, defects []headers.Defect) {
	p.Inline = append(p.Inline, in)
	p.addDefects(defects)
}

// mentionsBegin runs through the text piece by piece, whatever its size, for a
// word that few texts hold.
func (w *walker) mentionsBegin(p *Part) bool {
	switch {
	case isIdentity(p.Encoding):
		return p.Contains(beginWord) // From-quoting cannot hide it: it stands at the start of a line
	case p.Encoding == string(transfer.QuotedPrintable) && !transfer.MayHold(p.Body.Of(w.raw), "begin"):
		return false
	}
	var room [16]byte
	tail, keep := room[:0], len(beginWord)-1
	// The sink's only error is the one that stops at a hit.
	_, err := p.Decode(func(piece []byte) error {
		joint := append(tail, piece[:min(keep, len(piece))]...)
		if bytes.Contains(joint, beginWord) || bytes.Contains(piece, beginWord) {
			return io.EOF
		}
		if len(piece) < keep {
			piece = joint
		}
		tail = append(room[:0], piece[max(0, len(piece)-keep):]...)
		return nil
	})
	return err != nil
}

// findDecoded looks into decoded text. No span of the message points there,
// so the blocks point at the whole body.
func (w *walker) findDecoded(p *Part) {
	text, all := p.decodedUpTo(w.b.opt.Limits.MaxDecoded)
	if !all {
		p.defect("limit.uu-text", p.Body, "decoded text larger than the limit; uuencoded files in it were not looked for")
		return
	}
	for _, b := range transfer.FindUU(text, headers.Span{End: len(text)}, maxInline) {
		in := newInline(b, text)
		in.Decoded, in.Content = true, b.Span
		in.NameSpan, in.Span, in.Data = p.Body, p.Body, p.Body
		for i := range b.Defects {
			b.Defects[i].Span = p.Body
		}
		p.addInline(in, b.Defects)
	}
}

// InlineDecoder decodes the files in the text of a part. It holds the decoded text between them.
type InlineDecoder struct {
	p    *Part
	text []byte
}

// InlineDecoder is a decoder for p.Inline.
func (p *Part) InlineDecoder() *InlineDecoder { return &InlineDecoder{p: p} }

// Decode decodes one of the files of the part into sink, as Part.Decode
// does. Spans of defects are in the message; of a file in decoded text they
// are the part's body.
func (d *InlineDecoder) Decode(in Inline, sink func(piece []byte) error) (Decoded, error) {
	p := d.p
	// The decoder for uuencode knows begin-base64 by its first line.
	raw, at, kind := p.owner.Raw, in.Span, transfer.UUEncode
	switch {
	case in.Decoded:
		raw, at = d.decoded(), in.Content
	case in.Encoding != string(transfer.UUEncode):
		at, kind = in.Data, transfer.Kind(in.Encoding)
	}
	res, err := transfer.Decode(kind, raw, at, transfer.Options{}, func(piece []byte, upTo int) error {
		if !in.Decoded {
			p.owner.source.Release(upTo)
		}
		if len(piece) == 0 {
			return nil
		}
		return sink(piece)
	})
	if in.Decoded {
		for i := range res.Defects {
			res.Defects[i].Span = p.Body
		}
	}
	return Decoded{Size: res.Size, Truncated: res.Truncated, Defects: res.Defects}, err
}

// decoded is the text of the part, up to the end of the last file in it.
func (d *InlineDecoder) decoded() []byte {
	if d.text == nil {
		end := 0
		for _, in := range d.p.Inline {
			end = max(end, in.Content.End)
		}
		d.text, _ = d.p.decodedUpTo(int64(end))
	}
	return d.text
}

// decodedUpTo is the decoded text up to n bytes. all is false when there is more.
func (p *Part) decodedUpTo(n int64) (text []byte, all bool) {
	text = make([]byte, 0, p.decodedSize(n))
	opt := p.decoding()
	opt.MaxOutput = n + 1 // one byte more tells text that just fits from a longer one
	// The sink never fails, so neither does Decode.
	res, _ := transfer.Decode(p.kind(), p.owner.Raw, p.Body, opt, func(piece []byte, upTo int) error {
		text = append(text, piece...)
		p.owner.source.Release(upTo)
		return nil
	})
	return text[:min(n, int64(len(text)))], res.Size <= n
}

// findInHeader lists the file that stands on the last line of p's header, when
// the blank line that should precede it follows it instead and the body is
// empty: the part's name and encoding are meant for it.
// QUIRK: seen in exports of large webmail services.
func (w *walker) findInHeader(p *Part) {
	if isIdentity(p.Encoding) {
		return
	}
	for _, d := range p.Header.Defects {
		if d.Span.End != p.Header.Blank.Start || d.Code != "header.missing-colon" {
			continue
		}
		in := Inline{Span: d.Span, Data: w.trimBreak(d.Span), Encoding: p.Encoding, Complete: true}
		if len(p.Names) > 0 {
			in.Name, in.NameSpan = p.Names[0].Value, p.Names[0].Span
		}
		// The sink never fails, so neither does Decode.
		res, _ := transfer.Decode(p.kind(), w.raw, in.Data, transfer.Options{Strict: true}, func([]byte, int) error { return nil })
		if res.Size > 0 && len(res.Defects) == 0 {
			p.Inline = append(p.Inline, in)
		}
	}
}

// trimBreak leaves out the line break at the end of the span.
func (w *walker) trimBreak(at headers.Span) headers.Span {
	for at.End > at.Start && (w.raw[at.End-1] == '\n' || w.raw[at.End-1] == '\r') {
		at.End--
	}
	return at
}
