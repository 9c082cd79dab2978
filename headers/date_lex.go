package headers

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// dateMaxTokens is more than any shape that is read here needs (Go's
// time.String has 25); what lies beyond is text after the date.
const dateMaxTokens = 40

type dateKind uint8

const (
	dateEnd  dateKind = iota // past the last token
	dateNum                  // a run of digits
	dateWord                 // a run of ASCII letters and bytes >= 0x80
	dateMark                 // any other single byte
)

// dateToken is one word, number or mark. Comments and folding white space may
// stand between any two tokens of a date (RFC 5322 4.3) and are not tokens.
type dateToken struct {
	start, end   int32 // offsets from the start of the value
	note, noteTo int32 // the first comment after the token, empty if none
	value        int32 // of a number, capped at dateMaxValue
	kind         dateKind
	glued        bool // nothing stands between this token and the one before
}

func (t dateToken) digits() int { return int(t.end - t.start) }

// dateMaxValue keeps a hostile number from overflowing; no part of a date
// comes near it. ISO 8601 basic format (20020107) stays below it.
const dateMaxValue = 100_000_000

// dateMaxText bounds what is lexed, so that offsets fit a token.
const dateMaxText = 1 << 30

// lex cuts the value into tokens.
func (p *dateParser) lex() {
	glued := false
	for pos := 0; pos < len(p.text); {
		if p.n == len(p.toks) {
			p.cut = true
			return
		}
		end, kind := p.lexOne(pos)
		if kind != dateEnd {
			t := &p.toks[p.n]
			t.start, t.end, t.kind, t.glued = int32(pos), int32(end), kind, glued
			if kind == dateNum {
				t.value = dateValue(p.text[pos:end])
			}
			p.n++
		}
		pos, glued = end, kind != dateEnd
	}
}

// lexOne gives the end and the kind of what starts at pos; dateEnd stands for
// white space and comments.
func (p *dateParser) lexOne(pos int) (end int, kind dateKind) {
	c := p.text[pos]
	switch {
	case dateIsDigit(c):
		return dateRun(p.text, pos, dateIsDigit), dateNum
	case dateIsLetter(c):
		return p.lexWord(pos)
	case c == '(':
		if end = dateCommentEnd(p.text, pos); end > 0 {
			p.note(pos, end)
			return end, dateEnd
		}
		p.defect("date.comment-unclosed", pos, len(p.text), "'(' without ')'")
		return pos + 1, dateMark
	case c == ' ' || c == '\t' || c == '\r' || c == '\n':
		return pos + 1, dateEnd
	case c < ' ' || c == 0x7F:
		p.defect("date.control", pos, pos+1, "control character")
		return pos + 1, dateEnd
	}
	return pos + 1, dateMark
}

// lexWord reads a run of letters. Bytes >= 0x80 are letters of whatever
// charset, except that a Unicode blank parts words.
// QUIRK: RFC 5322 3.2.2 knows no other blank than SP and HTAB; U+202F before
// AM/PM is seen in the mail of systems with a newer CLDR.
func (p *dateParser) lexWord(pos int) (end int, kind dateKind) {
	for end = pos; end < len(p.text) && dateIsLetter(p.text[end]); {
		if p.text[end] < utf8.RuneSelf {
			end++
			continue
		}
		r, size := utf8.DecodeRune(p.text[end:])
		if unicode.IsSpace(r) {
			if end > pos {
				return end, dateWord
			}
			p.defect("date.blank", pos, pos+size, "a blank that is not ASCII")
			return pos + size, dateEnd
		}
		end += size
	}
	return end, dateWord
}

// note hangs a comment on the token before it.
func (p *dateParser) note(pos, end int) {
	if p.n == 0 {
		return
	}
	if t := &p.toks[p.n-1]; t.noteTo == 0 {
		t.note, t.noteTo = int32(pos), int32(end)
	}
}

// tok is the token at index i; past the end it has kind dateEnd.
func (p *dateParser) tok(i int) dateToken {
	if i < 0 || i >= p.n {
		return dateToken{}
	}
	return p.toks[i]
}

// word is the text of the token at index i.
func (p *dateParser) word(i int) []byte {
	t := p.tok(i)
	return p.text[t.start:t.end]
}

// is reports whether the token at index i is the mark c.
func (p *dateParser) is(i int, c byte) bool {
	return i >= 0 && i < p.n && p.toks[i].kind == dateMark && p.text[p.toks[i].start] == c
}

// num reports whether the token at index i is a number.
func (p *dateParser) num(i int) bool {
	return i >= 0 && i < p.n && p.toks[i].kind == dateNum
}

// dateCommentEnd gives the offset behind the comment that opens at pos, or 0
// when it is not closed. Comments nest and hold quoted pairs (RFC 5322
// 3.2.2); a counter instead of recursion keeps any depth cheap.
func dateCommentEnd[T string | []byte](text T, pos int) int {
	depth := 0
	for ; pos < len(text); pos++ {
		switch text[pos] {
		case '\\':
			pos++
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return pos + 1
			}
		}
	}
	return 0
}

func dateIsDigit(c byte) bool { return '0' <= c && c <= '9' }

func dateIsLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' || c >= utf8.RuneSelf }

func dateIsBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// dateRun gives the end of the run of bytes that start at pos and satisfy in.
func dateRun(text []byte, pos int, in func(byte) bool) int {
	for pos < len(text) && in(text[pos]) {
		pos++
	}
	return pos
}

func dateValue(digits []byte) int32 {
	v := int32(0)
	for _, c := range digits {
		if v = v*10 + int32(c-'0'); v >= dateMaxValue {
			return dateMaxValue
		}
	}
	return v
}

// dateTrim cuts white space, also folding, off both ends of the span.
func dateTrim(raw []byte, at Span) Span {
	end := min(max(at.End, 0), len(raw))
	start := min(max(at.Start, 0), end)
	for start < end && dateIsBlank(raw[start]) {
		start++
	}
	for start < end && dateIsBlank(raw[end-1]) {
		end--
	}
	return Span{start, end}
}

// dateUnfold gives the text with every run of white space that holds a line
// break as one blank (RFC 5322 2.2.3); other white space stays.
func dateUnfold(text []byte) string {
	if bytes.IndexByte(text, '\n') < 0 && bytes.IndexByte(text, '\r') < 0 {
		return string(text)
	}
	out := make([]byte, 0, len(text))
	for pos := 0; pos < len(text); {
		end := dateRun(text, pos, dateIsBlank)
		switch blank := text[pos:end]; {
		case len(blank) == 0:
			out = append(out, text[pos])
			end = pos + 1
		case bytes.ContainsAny(blank, "\r\n"):
			out = append(out, ' ')
		default:
			out = append(out, blank...)
		}
		pos = end
	}
	return string(out)
}
