package headers

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/internal/charset"
)

// paramPiece is one "name=value" as written. RFC 2231 puts a section number
// and a mark for percent encoding into the name.
type paramPiece struct {
	name   Span
	span   Span   // the value, quotes included
	inner  Span   // the value without its quotes
	raw    string // the bytes at span
	text   string // the value without quotes, quoting and folds
	exact  bool   // text is the bytes at inner
	quoted bool
	// escapes says that text differs from inner by more than folds.
	escapes bool

	base     string // the name without the RFC 2231 parts
	section  int    // -1 without one
	extended bool
}

// splitName takes the name apart: "name", "name*", "name*0", "name*0*".
func (r *paramReader) splitName(p *paramPiece) {
	b := p.name.Of(r.raw)
	p.section = -1
	if b, p.extended = cutByte(b, '*'); !slices.Contains(b, '*') {
		p.base = paramName(b)
		return
	}
	star := slices.Index(b, '*')
	n, ok := sectionNumber(b[star+1:])
	if !ok || star == 0 { // "name*x": no part of the RFC 2231 grammar
		r.defect("param.section-invalid", p.name, "parameter name with an asterisk that is not of RFC 2231")
		p.base = paramName(b)
		return
	}
	p.base, p.section = paramName(b[:star]), n
	if b[star+1] == '0' && len(b) > star+2 {
		r.defect("param.section-invalid", p.name, "section number with a leading zero (RFC 2231 7)")
	}
}

func cutByte(b []byte, c byte) ([]byte, bool) {
	if n := len(b); n > 1 && b[n-1] == c {
		return b[:n-1], true
	}
	return b, false
}

func sectionNumber(b []byte) (n int, ok bool) {
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int(c-'0')
	}
	return n, len(b) > 0 && len(b) < 10
}

// join makes parameters of the pieces.
func (r *paramReader) join() {
	if len(r.pieces) == 0 {
		return
	}
	r.out.Params = make([]Param, 0, len(r.pieces))
	var sections map[string][]*paramPiece
	for i := range r.pieces {
		p := &r.pieces[i]
		if r.splitName(p); p.section >= 0 {
			if sections == nil {
				sections = map[string][]*paramPiece{}
			}
			sections[p.base] = append(sections[p.base], p)
		}
	}
	for i := range r.pieces {
		switch p := &r.pieces[i]; {
		case p.section < 0:
			r.out.Params = append(r.out.Params, r.single(p))
		case sections[p.base][0] == p:
			r.out.Params = append(r.out.Params, r.continued(p.base, slices.Clone(sections[p.base])))
		}
	}
}

// single reads a parameter that is one piece.
func (r *paramReader) single(p *paramPiece) Param {
	out := Param{Name: p.base, Raw: p.raw, Span: p.span, Form: "plain", Value: p.text}
	switch {
	case p.extended:
		out.Form = "extended"
		b := r.percent(p, r.charsetOf(p, &out))
		out.Value = r.convert(b, out.Charset, p.span)
		return out
	case p.quoted:
		out.Form = "quoted"
	}
	if p.escapes {
		r.readWords(&out, []byte(p.text), Span{0, len(p.text)}, false)
	} else {
		r.readWords(&out, r.raw, p.inner, true)
	}
	return out
}

// readWords decodes encoded words and raw 8-bit bytes. RFC 2047 5 forbids
// words in parameters; many mailers write them all the same. A boundary is
// bytes and stays as it is. placed says that at is a place in the message.
func (r *paramReader) readWords(out *Param, raw []byte, at Span, placed bool) {
	if out.Name == "boundary" || !strings.Contains(out.Value, "=?") && utf8.ValidString(out.Value) {
		return
	}
	text := DecodeText(raw, at)
	out.Value = text.Value
	if text.Words > 0 {
		if out.Charset = text.Charsets[0]; !out.rfc2231() {
			out.Form = "encoded-word"
		}
		r.defect("param.encoded-word", out.Span, "encoded word in a parameter (RFC 2047 5)")
	}
	for _, d := range text.Defects {
		if !placed {
			d.Span = out.Span
		}
		if d.Code == "text.8bit-undeclared" {
			d.Code = "param.8bit-undeclared"
		}
		r.defect(d.Code, d.Span, d.Detail)
	}
}

// charsetOf cuts charset'language' off the first piece (RFC 2231 4) and
// returns the rest.
func (r *paramReader) charsetOf(p *paramPiece, out *Param) string {
	set, rest, ok := strings.Cut(p.text, "'")
	lang, value, ok2 := strings.Cut(rest, "'")
	if ok && ok2 {
		out.Charset, out.Language = set, lang
		return value
	}
	if _, known := charset.Lookup(set); ok && known {
		r.defect("param.charset-malformed", p.span, "extended value with one apostrophe behind its charset (RFC 2231 4)")
		out.Charset = set
		return rest
	}
	r.defect("param.charset-missing", p.span, "extended value without charset'language' (RFC 2231 4)")
	return p.text
}

// percent undoes the percent encoding (RFC 2231 4) of text, the end of p.
func (r *paramReader) percent(p *paramPiece, text string) []byte {
	if p.quoted {
		r.defect("param.extended-quoted", p.span, "extended value in quotes (RFC 2231 7)")
	}
	out := make([]byte, 0, len(text))
	bad, high := -1, false
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]) {
			out = append(out, unhex(text[i+1])<<4|unhex(text[i+2]))
			i += 2
			continue
		}
		if text[i] == '%' && bad < 0 {
			bad = i
		}
		high = high || text[i] >= utf8.RuneSelf
		out = append(out, text[i])
	}
	if bad >= 0 {
		at := p.span
		if p.exact {
			at = oneByte(p.inner.End - len(text) + bad)
		}
		r.defect("param.percent-invalid", at, "\"%\" without two hexadecimal digits; it is kept")
	}
	if high {
		r.defect("param.8bit", p.span, "bytes over 127 in an extended value (RFC 2231 7)")
	}
	return out
}

func (r *paramReader) convert(b []byte, set string, at Span) string {
	name, ok := charset.Lookup(set)
	if !ok {
		name = charset.Guess(b)
		if set != "" {
			r.defect("param.charset-unknown", at, "unknown charset; read as "+name)
		}
	}
	text, bad := charset.Decode(name, b)
	if bad >= 0 {
		r.defect("param.charset-mismatch", at, "bytes that do not exist in the stated charset")
	}
	return text
}

// continued joins the sections of one parameter in the order of their numbers,
// whatever order they stand in (RFC 2231 3). Sections behind a gap are joined
// too. Bytes become text last: a character may be split between sections.
func (r *paramReader) continued(base string, parts []*paramPiece) Param {
	slices.SortStableFunc(parts, func(a, b *paramPiece) int { return a.section - b.section })
	out := Param{Name: base, Form: "continued", Span: parts[0].span}
	var value []byte
	var raw strings.Builder
	next, extended := 0, false
	for i, p := range parts {
		out.Span = Span{min(out.Span.Start, p.span.Start), max(out.Span.End, p.span.End)}
		if i > 0 && p.section == parts[i-1].section {
			r.defect("param.section-order", p.span, "second section of the same number, left out")
			continue
		}
		if p.section != next {
			r.defect("param.section-order", p.span, "section "+strconv.Itoa(p.section)+" where "+strconv.Itoa(next)+" is expected")
		}
		next = p.section + 1
		if i > 0 {
			raw.WriteByte(' ')
		}
		raw.WriteString(p.raw)
		out.Pieces = append(out.Pieces, p.span)
		value = append(value, r.sectionBytes(p, i == 0, &out)...)
		extended = extended || p.extended
	}
	out.Raw = raw.String()
	if extended {
		out.Value = r.convert(value, out.Charset, out.Span)
		return out
	}
	out.Value = string(value)
	r.readWords(&out, value, Span{0, len(value)}, false)
	return out
}

func (r *paramReader) sectionBytes(p *paramPiece, first bool, out *Param) []byte {
	text := p.text
	if !p.extended {
		return []byte(text)
	}
	if first {
		text = r.charsetOf(p, out)
	}
	return r.percent(p, text)
}
