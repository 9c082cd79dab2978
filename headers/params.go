package headers

import (
	"iter"
	"strings"
)

// ParamValue is a value with parameters, as in Content-Type (RFC 2045 5.1)
// and Content-Disposition (RFC 2183).
type ParamValue struct {
	// Value is what stands before the first ";", in lower case, without
	// comments and blanks; empty when nothing does.
	Value string
	// Span is the whole text, ValueSpan that of Value.
	Span, ValueSpan Span
	// Params lists the parameters in the order written, repeated ones too. The
	// pieces of one RFC 2231 continuation are one parameter, where its first
	// piece stands.
	Params []Param
	// Defects lists departures from the grammar.
	Defects []Defect
}

// Param is one parameter.
type Param struct {
	// Name is in lower case, without RFC 2231's asterisks.
	Name string
	// Value is decoded text. It may hold anything.
	Value string
	// Raw is the value as written, quotes included; the pieces of a
	// continuation are joined by blanks.
	Raw string
	// Span is where Raw stands: from the first piece to the last one.
	Span Span
	// Form is "plain", "quoted", "encoded-word", "extended" or "continued".
	Form string
	// Charset and Language are what RFC 2231 4 states; empty without.
	Charset, Language string
}

// All iterates over the parameters of that name (lower case).
func (v ParamValue) All(name string) iter.Seq[Param] {
	return func(yield func(Param) bool) {
		for _, p := range v.Params {
			if p.Name == name && !yield(p) {
				return
			}
		}
	}
}

// Get returns the parameter that is preferred among those of that name: the
// first one in an RFC 2231 form (as RFC 6266 4.3 has it), else the first one.
func (v ParamValue) Get(name string) (best Param, ok bool) {
	for p := range v.All(name) {
		if p.Form == "extended" || p.Form == "continued" {
			return p, true
		}
		if !ok {
			best, ok = p, true
		}
	}
	return best, ok
}

// ParseMediaType reads a Content-Type value: Value is "type/subtype".
func ParseMediaType(raw []byte, at Span) ParamValue { return parseParams(raw, at) }

// ParseDisposition reads a Content-Disposition value.
func ParseDisposition(raw []byte, at Span) ParamValue { return parseParams(raw, at) }

// paramReader reads one value. i is an offset into raw.
type paramReader struct {
	raw    []byte
	i, end int
	out    ParamValue
	pieces []paramPiece
}

func parseParams(raw []byte, at Span) ParamValue {
	span := trimSpan(raw, at)
	r := paramReader{raw: raw, i: span.Start, end: span.End}
	r.out.Span = span
	r.head()
	for r.i < r.end {
		r.param()
	}
	r.join()
	r.repeated()
	return r.out
}

func (r *paramReader) defect(code string, at Span, detail string) {
	if len(r.out.Defects) < defaultMaxDefects {
		r.out.Defects = append(r.out.Defects, Defect{code, at, detail})
	}
}

// head reads the value before the first ";".
func (r *paramReader) head() {
	r.skip()
	start := r.i
	for r.i < r.end && r.raw[r.i] != ';' && r.raw[r.i] != '(' {
		if r.nameless() {
			break
		}
		r.i++
	}
	r.out.ValueSpan = trimSpan(r.raw, Span{start, r.i})
	r.out.Value = strings.ToLower(withoutBlanks(r.out.ValueSpan.Of(r.raw)))
	r.skip()
	if r.i < r.end && r.raw[r.i] == ';' {
		r.i++
	} else if r.i < r.end {
		r.defect("param.missing-semicolon", oneByte(r.i), "no \";\" before a parameter")
	}
}

// nameless reports whether a parameter begins here without a ";" before it:
// a blank, then a token and "=".
func (r *paramReader) nameless() bool {
	if !isFoldingBlank(r.raw[r.i]) {
		return false
	}
	j := r.i
	for j < r.end && isFoldingBlank(r.raw[j]) {
		j++
	}
	k := j
	for k < r.end && isParamName(r.raw[k]) {
		k++
	}
	return k > j && k < r.end && r.raw[k] == '='
}

func withoutBlanks(b []byte) string {
	var out strings.Builder
	for _, c := range b {
		if !isFoldingBlank(c) {
			out.WriteByte(c)
		}
	}
	return out.String()
}

// skip passes over blanks and comments (RFC 5322 3.2.2).
func (r *paramReader) skip() {
	for r.i < r.end {
		switch c := r.raw[r.i]; {
		case isFoldingBlank(c):
			r.i++
		case c == '(':
			r.comment()
		default:
			return
		}
	}
}

func (r *paramReader) comment() {
	start, depth := r.i, 0
	for ; r.i < r.end; r.i++ {
		switch r.raw[r.i] {
		case '\\':
			r.i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				r.i++
				return
			}
		}
	}
	r.i = r.end
	r.defect("param.comment-unclosed", Span{start, r.end}, "comment that is not closed")
}

// isParamName accepts what RFC 2045 5.1 allows in a token, and bytes over 127.
func isParamName(c byte) bool {
	return c > ' ' && c != 127 && !strings.ContainsRune("()<>@,;:\\\"/[]?=", rune(c)) || c >= 0x80
}

// param reads one parameter up to and with its ";".
func (r *paramReader) param() {
	r.skip()
	start := r.i
	for r.i < r.end && isParamName(r.raw[r.i]) {
		r.i++
	}
	name := Span{start, r.i}
	r.skip()
	if name.Empty() || r.i >= r.end || r.raw[r.i] != '=' {
		r.junk(start)
		return
	}
	r.i++
	r.skip()
	r.pieces = append(r.pieces, r.value(name))
	r.skip()
	switch {
	case r.i >= r.end:
	case r.raw[r.i] == ';':
		r.i++
	default:
		r.defect("param.missing-semicolon", oneByte(r.i), "no \";\" before a parameter")
	}
}

// junk passes over what is no parameter.
func (r *paramReader) junk(start int) {
	for r.i < r.end && r.raw[r.i] != ';' {
		r.i++
	}
	if at := trimSpan(r.raw, Span{start, r.i}); !at.Empty() {
		r.defect("param.not-a-parameter", at, "text that is no parameter")
	}
	r.i++
}

// value reads the value of the parameter called name.
func (r *paramReader) value(name Span) paramPiece {
	p := paramPiece{name: name}
	if r.i < r.end && r.raw[r.i] == '"' {
		p.quoted = true
		r.quoted(&p)
		return p
	}
	start := r.i
	for r.i < r.end && r.raw[r.i] != ';' {
		if c := r.raw[r.i]; c == '(' && isFoldingBlank(r.raw[r.i-1]) || r.nameless() {
			break
		}
		r.i++
	}
	p.span = trimSpan(r.raw, Span{start, r.i})
	p.text = unfold(p.span.Of(r.raw))
	if strings.ContainsAny(p.text, " \t") {
		r.defect("param.blank-unquoted", p.span, "blank in a value without quotes; read up to the \";\"")
	}
	return p
}

// quoted reads a quoted string (RFC 5322 3.2.4). QUIRK: a backslash before
// an ordinary character stays, as in Windows paths that nobody escaped.
func (r *paramReader) quoted(p *paramPiece) {
	start := r.i
	var text []byte
	for r.i++; r.i < r.end; r.i++ {
		switch c := r.raw[r.i]; {
		case c == '\\' && r.i+1 < r.end && (r.raw[r.i+1] == '"' || r.raw[r.i+1] == '\\'):
			r.i++
			text = append(text, r.raw[r.i])
		case c == '"':
			r.i++
			p.span, p.text = Span{start, r.i}, string(text)
			return
		case c != '\r' && c != '\n':
			text = append(text, c)
		}
	}
	p.span, p.text = Span{start, r.end}, string(text)
	r.defect("param.quote-unclosed", p.span, "quoted string that is not closed")
}

func unfold(b []byte) string {
	return strings.NewReplacer("\r", "", "\n", "").Replace(string(b))
}

// repeated records parameters that stand more than once.
func (r *paramReader) repeated() {
	seen := map[string]string{}
	for _, p := range r.out.Params {
		kind := "plain"
		if p.Form == "extended" || p.Form == "continued" {
			kind = "extended"
		}
		if seen[p.Name] == kind {
			r.defect("param.duplicate", p.Span, "parameter "+p.Name+" stands more than once")
		}
		seen[p.Name] = kind
	}
}
