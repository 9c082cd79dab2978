package headers

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/internal/charset"
)

// paramPiece is one "name=value" as written. RFC 2231 puts a section number
// and a mark for percent encoding into the name.
type paramPiece struct {
	name   Span
	span   Span // the value, quotes included
	text   string
	quoted bool

	base     string // the name without the RFC 2231 parts
	section  int    // -1 without one
	extended bool
}

// split takes the name apart: "name", "name*", "name*0", "name*0*".
func (p *paramPiece) split(raw []byte) {
	p.base, p.section = strings.ToLower(string(p.name.Of(raw))), -1
	p.base, p.extended = strings.CutSuffix(p.base, "*")
	if base, number, ok := strings.Cut(p.base, "*"); ok {
		if n, err := strconv.Atoi(number); err == nil && n >= 0 {
			p.base, p.section = base, n
		}
	}
}

// join makes parameters of the pieces.
func (r *paramReader) join() {
	done := map[string]bool{}
	for i := range r.pieces {
		r.pieces[i].split(r.raw)
	}
	for _, p := range r.pieces {
		switch {
		case p.section < 0:
			r.out.Params = append(r.out.Params, r.single(p))
		case !done[p.base]:
			done[p.base] = true
			r.out.Params = append(r.out.Params, r.continued(p.base))
		}
	}
}

// single reads a parameter that is one piece.
func (r *paramReader) single(p paramPiece) Param {
	out := Param{Name: p.base, Raw: string(p.span.Of(r.raw)), Span: p.span, Form: "plain", Value: p.text}
	switch {
	case p.extended:
		out.Form = "extended"
		b := r.charsetOf(p, &out)
		out.Value = r.convert(r.percent(p, b), out.Charset, p.span)
		return out
	case p.quoted:
		out.Form = "quoted"
	}
	r.readWords(p, &out)
	return out
}

// readWords decodes encoded words and raw 8-bit bytes. RFC 2047 5 forbids
// words in parameters; many mailers write them all the same.
func (r *paramReader) readWords(p paramPiece, out *Param) {
	text := DecodeText([]byte(p.text), Span{0, len(p.text)})
	if text.Words == 0 && text.Guessed == "" {
		return
	}
	out.Value = text.Value
	if text.Words > 0 {
		out.Form = "encoded-word"
		r.defect("param.encoded-word", p.span, "encoded word in a parameter (RFC 2047 5)")
	}
	if text.Guessed != "" {
		r.defect("param.8bit-undeclared", p.span, "bytes that are not UTF-8 and no charset stated; read as "+text.Guessed)
	}
}

// charsetOf cuts charset'language' off the first piece (RFC 2231 4).
func (r *paramReader) charsetOf(p paramPiece, out *Param) string {
	set, rest, ok := strings.Cut(p.text, "'")
	lang, value, ok2 := strings.Cut(rest, "'")
	if !ok || !ok2 {
		r.defect("param.charset-missing", p.span, "extended value without charset'language'")
		return p.text
	}
	out.Charset, out.Language = set, lang
	return value
}

// percent undoes the percent encoding (RFC 2231 4).
func (r *paramReader) percent(p paramPiece, text string) []byte {
	var out []byte
	bad := false
	for i := 0; i < len(text); i++ {
		if text[i] == '%' && i+2 < len(text) && isHex(text[i+1]) && isHex(text[i+2]) {
			out = append(out, unhex(text[i+1])<<4|unhex(text[i+2]))
			i += 2
			continue
		}
		bad = bad || text[i] == '%'
		out = append(out, text[i])
	}
	if bad {
		r.defect("param.percent-invalid", p.span, "\"%\" without two hexadecimal digits")
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

// continued joins the sections of one parameter in the order of their numbers
// (RFC 2231 3), whatever order they stand in.
func (r *paramReader) continued(base string) Param {
	var parts []paramPiece
	for _, p := range r.pieces {
		if p.base == base && p.section >= 0 {
			parts = append(parts, p)
		}
	}
	slices.SortStableFunc(parts, func(a, b paramPiece) int { return a.section - b.section })
	out := Param{Name: base, Form: "continued", Span: parts[0].span}
	var value bytes.Buffer
	var raws []string
	for i, p := range parts {
		out.Span.Start, out.Span.End = min(out.Span.Start, p.span.Start), max(out.Span.End, p.span.End)
		raws = append(raws, string(p.span.Of(r.raw)))
		r.checkSection(parts, i)
		value.Write(r.sectionBytes(p, i == 0, &out))
	}
	out.Raw = strings.Join(raws, " ")
	out.Value = r.convert(value.Bytes(), out.Charset, out.Span)
	return out
}

func (r *paramReader) sectionBytes(p paramPiece, first bool, out *Param) []byte {
	if !p.extended {
		return []byte(p.text)
	}
	text := p.text
	if first {
		text = r.charsetOf(p, out)
	}
	return r.percent(p, text)
}

func (r *paramReader) checkSection(parts []paramPiece, i int) {
	want := 0
	if i > 0 {
		want = parts[i-1].section + 1
	}
	if parts[i].section != want {
		r.defect("param.section-order", parts[i].span, "section "+strconv.Itoa(parts[i].section)+" where "+strconv.Itoa(want)+" is expected")
	}
}
