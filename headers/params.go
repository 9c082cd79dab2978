package headers

import (
	"iter"
	"strings"
)

// ParamValue is a value with parameters, as in Content-Type (RFC 2045 5.1)
// and Content-Disposition (RFC 2183).
type ParamValue struct {
	// Value is what stands before the first ";", in lower case, without
	// comments and the blanks around "/"; empty when nothing does.
	Value string
	// Raw is the whole text as written, folds included.
	Raw string
	// Span is where Raw stands, ValueSpan where Value does.
	Span, ValueSpan Span
	// Params lists the parameters in the order written, repeated ones too. The
	// pieces of one RFC 2231 continuation are one parameter, where its first
	// piece stands.
	Params []Param
	// Defects lists departures from the grammar, at most 1,000.
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
	// Span is where Raw stands; for a continuation, from the first piece to the
	// last one, whatever lies between them.
	Span Span
	// Form is "plain", "quoted", "encoded-word" (RFC 2047, not allowed here but
	// common), "extended" (RFC 2231 4) or "continued" (RFC 2231 3).
	Form string
	// Charset and Language are what RFC 2231 4 states, as written; Charset is
	// that of the first encoded word in a parameter of that form. Empty without.
	Charset, Language string
	// Pieces is where the pieces of a continuation stand, in the order in which
	// they were joined; nil for a parameter of one piece.
	Pieces []Span
}

// maxParams bounds the parameters that are read of one value.
const maxParams = 1_000

// All iterates over the parameters of that name (lower case), in order.
func (v ParamValue) All(name string) iter.Seq[Param] {
	return func(yield func(Param) bool) {
		for _, p := range v.Params {
			if p.Name == name && !yield(p) {
				return
			}
		}
	}
}

// Get returns the parameter of that name (lower case) that is preferred: the
// first one in an RFC 2231 form (as RFC 6266 4.3 has it for filename), else
// the first one. Readers differ in this; [ParamValue.All] gives every one.
func (v ParamValue) Get(name string) (best Param, ok bool) {
	for p := range v.All(name) {
		if p.rfc2231() {
			return p, true
		}
		if !ok {
			best, ok = p, true
		}
	}
	return best, ok
}

func (p *Param) rfc2231() bool { return p.Form == "extended" || p.Form == "continued" }

// ParseMediaType reads the bytes of raw at the span as a Content-Type value
// (RFC 2045 5.1): Value is "type/subtype", or what stands in its place. It
// never fails; codes of defects begin with "mediatype.", "param." or "word.".
func ParseMediaType(raw []byte, at Span) ParamValue { return parseParams(raw, at, true) }

// ParseDisposition reads the bytes of raw at the span as a Content-Disposition
// value (RFC 2183). Codes of defects begin with "disposition.", "param." or
// "word.".
func ParseDisposition(raw []byte, at Span) ParamValue { return parseParams(raw, at, false) }

// paramReader reads one value. i is an offset into raw.
type paramReader struct {
	raw      []byte
	i, end   int
	isType   bool
	unclosed int // comments that were searched for their end in vain
	out      ParamValue
	pieces   []paramPiece
}

func parseParams(raw []byte, at Span, isType bool) ParamValue {
	span := trimSpan(raw, at)
	r := paramReader{raw: raw, i: span.Start, end: span.End, isType: isType}
	r.out.Span, r.out.Raw = span, string(span.Of(raw))
	r.head()
	for r.i < r.end {
		if len(r.pieces) == maxParams {
			r.defect("limit.params", Span{r.i, r.end}, "further parameters are not read")
			break
		}
		r.param()
	}
	r.join()
	r.repeated()
	return r.out
}

func (r *paramReader) defect(code string, at Span, detail string) {
	r.out.Defects = addDefect(r.out.Defects, defaultMaxDefects, Defect{code, at, detail}, "value")
}

// text is the bytes at a span of the value, without copying them once more.
func (r *paramReader) text(at Span) string {
	at = at.Shift(-r.out.Span.Start)
	return r.out.Raw[at.Start:at.End]
}

// head reads the value before the first ";".
func (r *paramReader) head() {
	r.skip()
	start, end := r.i, r.i
	var buf [64]byte
	value := buf[:0]
	if !r.paramAt(r.i) {
		value, end = r.headBytes(value)
	}
	r.out.ValueSpan, r.out.Value = Span{start, end}, lowerString(value)
	r.checkHead(value)
	if len(value) > 0 || r.i < r.end && r.raw[r.i] == ';' {
		r.separator()
	}
}

// headBytes gathers the head's bytes. A blank ends it, except beside "/".
func (r *paramReader) headBytes(value []byte) ([]byte, int) {
	end, gap := r.i, false
	for r.i < r.end {
		c := r.raw[r.i]
		if c == ';' || c == ',' {
			break
		}
		if isFoldingBlank(c) || c == '(' {
			r.skip()
			gap = true
			continue
		}
		if gap && len(value) > 0 && c != '/' && value[len(value)-1] != '/' {
			break
		}
		value, gap = append(value, c), false
		r.i++
		end = r.i
	}
	return value, end
}

func (r *paramReader) checkHead(value []byte) {
	room, what := "disposition.", "disposition type"
	if r.isType {
		room, what = "mediatype.", "media type"
	}
	slashes, odd := 0, len(value) > 0 && (value[0] == '/' || value[len(value)-1] == '/')
	for _, c := range value {
		if c == '/' {
			slashes++
		} else if !isTokenByte(c) || c >= 0x80 {
			odd = true
		}
	}
	switch {
	case len(value) == 0:
		r.defect(room+"missing", r.out.ValueSpan, "no "+what)
	case r.isType && slashes == 0 && !odd:
		r.defect(room+"no-subtype", r.out.ValueSpan, "media type without a subtype (RFC 2045 5.1)")
	case odd || r.isType && slashes > 1 || !r.isType && slashes > 0:
		r.defect(room+"invalid", r.out.ValueSpan, "text that is no "+what)
	}
}

// commonTypes spares an allocation for what nearly all parts say.
var commonTypes = [...]string{
	"text/plain", "text/html", "multipart/alternative", "multipart/mixed", "multipart/related", "multipart/signed", "multipart/report",
	"message/rfc822", "application/octet-stream", "application/pdf", "image/png", "image/jpeg", "image/gif", "attachment", "inline",
}

func lowerString(b []byte) string {
	for _, s := range commonTypes {
		if len(s) == len(b) && equalFold(b, s) {
			return s
		}
	}
	for i, c := range b {
		b[i] = lowerASCII(c)
	}
	return string(b)
}

// repeated records parameters that stand more than once. One that stands both
// in an RFC 2231 form and plainly is meant to (RFC 6266 4.3). There are at most
// maxParams of them, and nearly always two or three.
func (r *paramReader) repeated() {
	for i := range r.out.Params {
		p := &r.out.Params[i]
		for j := range i {
			if other := &r.out.Params[j]; other.Name == p.Name && other.rfc2231() == p.rfc2231() {
				r.defect("param.duplicate", p.Span, "parameter that stands more than once; readers differ in which one they take")
				break
			}
		}
	}
}

// paramNames are the parameters that are known to begin where they stand,
// even without a ";" before them.
var paramNames = [...]string{
	"charset", "name", "filename", "boundary", "format", "delsp", "type", "start", "start-info", "protocol", "micalg", "report-type",
	"smime-type", "size", "creation-date", "modification-date", "read-date", "method", "reply-type", "access-type", "x-mac-type", "x-mac-creator",
	"x-unix-mode", "profile", "differences", "header",
}

// paramName returns a parameter's name in lower case.
func paramName(b []byte) string {
	for _, s := range paramNames {
		if len(s) == len(b) && equalFold(b, s) {
			return s
		}
	}
	return strings.ToLower(string(b))
}

// isKnownParam tests for a known name, its RFC 2231 asterisks aside.
func isKnownParam(b []byte) bool {
	for _, s := range paramNames {
		if len(b) >= len(s) && equalFold(b[:len(s)], s) && (len(b) == len(s) || b[len(s)] == '*') {
			return true
		}
	}
	return false
}
