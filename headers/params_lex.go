package headers

import (
	"bytes"
	"strings"
)

// isTokenByte accepts what RFC 2045 5.1 allows in a token, and bytes over 127.
func isTokenByte(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '@', ',', ';', ':', '\\', '"', '/', '[', ']', '?', '=', 127:
		return false
	}
	return c > ' '
}

func (r *paramReader) blanksEnd(i int) int {
	for i < r.end && isFoldingBlank(r.raw[i]) {
		i++
	}
	return i
}

func (r *paramReader) tokenEnd(i int) int {
	for i < r.end && isTokenByte(r.raw[i]) {
		i++
	}
	return i
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

// comment passes over a comment. QUIRK: one that is not closed ends at the
// next ";", since most readers of these fields know no comments.
func (r *paramReader) comment() {
	start := r.i
	if end := r.commentEnd(start); end > 0 {
		r.i = end
		return
	}
	r.i = r.end
	if n := bytes.IndexByte(r.raw[start:r.end], ';'); n >= 0 {
		r.i = start + n
	}
	r.defect("param.comment-unclosed", Span{start, r.i}, "comment that is not closed")
}

// maxUnclosed is how many comments may be searched for an end they do not have: each is searched up to
// the end of the value.
const maxUnclosed = 16

// commentEnd is the offset behind the comment that begins at i; 0 when it is
// not closed.
func (r *paramReader) commentEnd(i int) int {
	if r.unclosed >= maxUnclosed {
		return 0
	}
	depth := 0
	for ; i < r.end; i++ {
		switch r.raw[i] {
		case '\\':
			i++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	r.unclosed++
	return 0
}

// commentsEnd is the offset behind the comments that begin at i, and the blanks behind them; i where there
// is none.
func (r *paramReader) commentsEnd(i int) int {
	for i < r.end && r.raw[i] == '(' {
		end := r.commentEnd(i)
		if end == 0 {
			break
		}
		i = r.blanksEnd(end)
	}
	return i
}

// paramAt reports whether a token and "=" stand at offset i.
func (r *paramReader) paramAt(i int) bool {
	end := r.tokenEnd(i)
	at := r.blanksEnd(end)
	return end > i && at < r.end && r.raw[at] == '='
}

// knownAt is paramAt for names that are known. Inside a value without quotes
// nothing less tells that the next parameter has begun.
func (r *paramReader) knownAt(i int) bool {
	return r.paramAt(i) && isKnownParam(r.raw[i:r.tokenEnd(i)])
}

// param reads one parameter up to and with its ";".
func (r *paramReader) param() {
	r.skip()
	if r.i >= r.end {
		return
	}
	start := r.i
	if r.raw[start] == ';' {
		r.defect("param.empty", oneByte(start), "\";\" with no parameter before it")
		r.i++
		return
	}
	name := Span{start, r.tokenEnd(start)}
	r.i = name.End
	r.skip()
	if name.Empty() || r.i >= r.end || r.raw[r.i] != '=' {
		r.i = start
		r.junk()
		return
	}
	r.i++
	r.skip()
	r.pieces = append(r.pieces, r.value(name))
	r.separator()
}

// separator passes over the ";" behind a value.
func (r *paramReader) separator() {
	r.skip()
	switch {
	case r.i >= r.end:
	case r.raw[r.i] == ';':
		if r.i++; r.i == r.end {
			r.defect("param.trailing-semicolon", oneByte(r.i-1), "\";\" with no parameter behind it (RFC 2045 5.1)")
		}
	case r.raw[r.i] == ',':
		r.defect("param.separator", oneByte(r.i), "\",\" where \";\" belongs")
		r.i++
	case r.paramAt(r.i):
		r.defect("param.missing-semicolon", oneByte(r.i), "no \";\" before a parameter")
	default:
		r.junk()
	}
}

// junk passes over what is no parameter, up to and with a ";" or up to what
// looks like one. At least one byte stands at r.i.
func (r *paramReader) junk() {
	start := r.i
	for r.i++; r.i < r.end && r.raw[r.i] != ';'; {
		if !isFoldingBlank(r.raw[r.i]) {
			r.i++
		} else if r.i = r.blanksEnd(r.i); r.paramAt(r.i) {
			break
		}
	}
	r.defect("param.not-a-parameter", trimSpan(r.raw, Span{start, r.i}), "text that is no parameter")
	if r.i < r.end && r.raw[r.i] == ';' {
		r.i++
	}
}

// value reads the value of the parameter called name.
func (r *paramReader) value(name Span) paramPiece {
	if r.i < r.end && r.raw[r.i] == '"' {
		return r.quoted(name)
	}
	start := r.i
	r.i = r.bareEnd(start)
	p := paramPiece{name: name, span: trimSpan(r.raw, Span{start, r.i})}
	p.inner, p.raw, p.exact = p.span, r.text(p.span), true
	if p.text = p.raw; strings.ContainsAny(p.raw, "\r\n") {
		p.text, p.exact = string(appendUnfolded(nil, r.raw, p.inner, p.inner.End)), false
	}
	r.checkBare(&p)
	return p
}

// bareEnd finds the end of a value without quotes. QUIRK: RFC 2045 5.1 ends it
// at the first blank or special character; senders write file names there, and
// readers take all up to the ";".
func (r *paramReader) bareEnd(i int) int {
	start := i
	for i < r.end && r.raw[i] != ';' {
		switch c := r.raw[i]; {
		case isFoldingBlank(c):
			next := r.blanksEnd(i)
			if r.knownAt(next) {
				if i > start && r.raw[i-1] == ',' {
					i--
				}
				return i
			}
			i = next
		case c == '(' && (i == start || isFoldingBlank(r.raw[i-1])):
			end := r.commentsEnd(i)
			if end > i && r.nothingAt(end) {
				return i
			}
			i = max(i+1, end) // "my file (1).pdf"
		default:
			i++
		}
	}
	return i
}

// nothingAt reports whether the text of a value cannot go on at offset i.
func (r *paramReader) nothingAt(i int) bool {
	return i >= r.end || r.raw[i] == ';' || r.knownAt(i)
}

func (r *paramReader) checkBare(p *paramPiece) {
	blank, special := false, false
	for _, c := range p.span.Of(r.raw) {
		blank = blank || isFoldingBlank(c)
		special = special || !isFoldingBlank(c) && !isTokenByte(c)
	}
	n := len(p.text)
	switch {
	case n == 0:
		r.defect("param.no-value", p.span, "parameter without a value")
	case blank:
		r.defect("param.blank-unquoted", p.span, "blank in a value without quotes; read up to the \";\"")
	case special:
		r.defect("param.unquoted-special", p.span, "character in a value without quotes that needs them (RFC 2045 5.1)")
	case n > 1 && p.text[0] == '\'' && p.text[n-1] == '\'':
		r.defect("param.single-quotes", p.span, "apostrophes as quotes; they are part of the value (RFC 2045 5.1)")
	}
}
