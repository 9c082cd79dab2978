package headers

import (
	"bytes"
	"strings"
)

// quoted reads a quoted string (RFC 5322 3.2.4).
func (r *paramReader) quoted(name Span) paramPiece {
	p := paramPiece{name: name, quoted: true}
	start := r.i
	end, closed := r.quoteEnd(start)
	p.inner = Span{start + 1, end}
	if p.span = p.inner; closed {
		end++
	} else {
		r.defect("param.quote-unclosed", Span{start, end}, "quoted string that is not closed")
	}
	p.span = Span{start, end}
	r.i = end
	p.raw = r.text(p.span)
	p.text, p.exact = p.raw[1:1+p.inner.Len()], true
	p.escapes = strings.IndexByte(p.text, '\\') >= 0
	if p.escapes || strings.ContainsAny(p.text, "\r\n") {
		p.text, p.exact = r.unquote(p.inner, isFileName(r.text(name))), false
	}
	return p
}

// quoteEnd finds the quote that closes the string begun at start. When none
// does, the string ends where it must be meant to.
func (r *paramReader) quoteEnd(start int) (end int, closed bool) {
	inner := -1
	escaped := -1 // a "\" before a quote that could have been meant to close
	for i := start + 1; i < r.end; i++ {
		switch r.raw[i] {
		case '\\':
			if i++; escaped < 0 && i < r.end && r.raw[i] == '"' && r.valueEndsAt(i+1) {
				escaped = i
			}
		case '"':
			if r.closes(i) {
				if inner >= 0 {
					r.defect("param.quote-inner", oneByte(inner), "quote inside a quoted string without \"\\\" before it, read as text")
				}
				return i, true
			}
			inner = max(inner, i)
		}
	}
	if escaped >= 0 { // QUIRK: "C:\dir\" of software that escapes nothing
		r.defect("param.backslash", oneByte(escaped-1), "backslash before the closing quote, read as text")
		return escaped, true
	}
	return r.unclosedEnd(start), false
}

func (r *paramReader) valueEndsAt(i int) bool {
	i = r.blanksEnd(i)
	return i >= r.end || r.raw[i] == ';'
}

// closes reports whether the quote at offset i ends its string. QUIRK: one
// that text follows, and another quote before the ";", was meant as text.
func (r *paramReader) closes(i int) bool {
	next := r.blanksEnd(i + 1)
	if next >= r.end || bytes.IndexByte([]byte(";,("), r.raw[next]) >= 0 || r.paramAt(next) {
		return true
	}
	n := bytes.IndexAny(r.raw[i+1:r.end], "\";")
	return n < 0 || r.raw[i+1+n] == ';'
}

// unclosedEnd is where a string without its closing quote ends: before the
// first ";" that a parameter follows, else with the value.
func (r *paramReader) unclosedEnd(start int) int {
	for i := start + 1; i < r.end; i++ {
		if r.raw[i] == ';' && r.paramAt(r.blanksEnd(i+1)) {
			return i
		}
	}
	return r.end
}

// isFileName: name, filename and their RFC 2231 sections.
func isFileName(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, "name") || strings.HasPrefix(name, "filename")
}

// unquote takes away the quoting backslashes (RFC 5322 3.2.4) and the folds.
// QUIRK: in a path, one before an ordinary character stays, as in Windows
// paths that nobody escaped.
func (r *paramReader) unquote(at Span, path bool) string {
	b := appendUnfolded(nil, r.raw, at, at.End)
	text := b[:0]
	told := bytes.IndexByte(b, '\\') < 0
	seen := 0 // backslashes so far: folds shift where they stand, but not which it is
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case c == '\\' && i+1 < len(b) && (!path || b[i+1] == '"' || b[i+1] == '\\'):
			seen++
			if i++; b[i] == '\\' {
				seen++
			}
			text = append(text, b[i])
		case c == '\\' && !told:
			told = true
			r.defect("param.backslash", oneByte(at.Start+nthByte(at.Of(r.raw), '\\', seen)), "backslash before a character that needs none; it is kept")
			text = append(text, c)
		default:
			text = append(text, c)
		}
	}
	return string(text)
}

// nthByte is the offset of the byte c in b that has n of its kind before it.
func nthByte(b []byte, c byte, n int) int {
	at := 0
	for ; n > 0; n-- {
		at += bytes.IndexByte(b[at:], c) + 1
	}
	return at + bytes.IndexByte(b[at:], c)
}
