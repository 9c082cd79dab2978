package headers

import "strings"

type recvKind uint8

const (
	recvAtom recvKind = iota
	recvQuoted
	recvAngle
	recvLiteral
	recvComment
	recvSemicolon
	recvComma
)

// recvToken is one token outside of comments, or one whole comment.
type recvToken struct {
	start, end int
	kind       recvKind
	word       recvWord
}

func (t recvToken) span() Span { return Span{t.start, t.end} }

// inner is the token without its parentheses, brackets or quotes.
func (t recvToken) inner() Span {
	switch t.kind {
	case recvQuoted, recvAngle, recvComment:
		return Span{t.start + 1, t.end - 1}
	}
	return t.span()
}

// What the bytes of a trace line can be.
const (
	recvIsBlank   = 1 << iota
	recvEndsAtom  // a blank or a sign that may end a word
	recvIsBracket // of weight where parentheses are matched
	recvInAddress // may stand in an address
)

var recvClass = recvMakeClass()

func recvMakeClass() (class [256]uint8) {
	for _, c := range []byte(" \t\r\n") {
		class[c] = recvIsBlank | recvEndsAtom
	}
	for _, c := range []byte(";,") {
		class[c] = recvEndsAtom
	}
	for _, c := range []byte("\"\\<()") {
		class[c] = recvIsBracket
	}
	for _, c := range []byte("0123456789abcdefABCDEF.:xX*") {
		class[c] = recvInAddress
	}
	return class
}

// scan cuts the text into tokens. Nothing is left out but white space. It is
// linear: each lookahead ends at the next byte of the kind that started it.
func (p *recvParser) scan() {
	text := p.text
	if !p.matchPlain() {
		p.pairs = p.pairs[:0]
		p.match()
	}
	comments, toks := p.pairs, p.toks
	stop := recvNextPair(comments, len(text))
	for i := 0; i < len(text); {
		if recvClass[text[i]]&recvIsBlank != 0 {
			i++
			continue
		}
		t := recvToken{start: i}
		if i == stop {
			t.kind, t.end = recvComment, comments[0].End
			comments = comments[1:]
			stop = recvNextPair(comments, len(text))
		} else {
			t.kind, t.end = recvNext(text[:stop], i)
		}
		if t.kind == recvAtom {
			t.word = recvWordOf(text[t.start:t.end])
		}
		toks, i = append(toks, t), t.end
	}
	p.toks = toks
}

// recvNextPair is where the next comment starts, or end.
func recvNextPair(comments []Span, end int) int {
	if len(comments) == 0 {
		return end
	}
	return comments[0].Start
}

// match finds the outermost balanced pairs of parentheses. A parenthesis
// without its partner is ordinary text: a client that says "HELO (" must not
// turn the rest of the line into a comment. The nearest partner wins, so a
// stray "(" in a HELO is outside of the comment behind it.
func (p *recvParser) match() {
	text, subject := p.text, false
	for i := 0; i < len(text); i++ {
		if recvClass[text[i]]&recvIsBracket == 0 {
			continue
		}
		switch text[i] {
		case '"':
			if !subject {
				subject = strings.HasSuffix(text[:i], "subject=")
				i = max(i, recvSubjectEnd(text, i, subject))
			}
		case '\\': // RFC 5322 3.2.1
			i++
		case '<':
			i = max(i, recvAngleEnd(text, i)-1)
		case '(':
			p.opened = append(p.opened, i)
		case ')':
			p.pair(i)
		}
	}
}

// matchPlain is match for a text without quotes and backslashes in which every
// parenthesis that opens has its partner: nearly all. It looks at comments alone,
// for without quotes there is no "(" within angle brackets. It is false, and
// nothing is known, when the text is another one.
func (p *recvParser) matchPlain() bool {
	text := p.text
	if strings.IndexByte(text, '"') >= 0 || strings.IndexByte(text, '\\') >= 0 {
		return false
	}
	for pos := 0; ; {
		n := strings.IndexByte(text[pos:], '(')
		if n < 0 {
			return true
		}
		end := recvPairEnd(text, pos+n)
		if end < 0 {
			return false
		}
		p.pairs = append(p.pairs, Span{pos + n, end})
		pos = end
	}
}

// recvPairEnd is the end of the pair of parentheses that opens at i in a text
// without quotes; -1 when none closes it.
func recvPairEnd(text string, i int) int {
	n := strings.IndexByte(text[i:], ')')
	if n < 0 {
		return -1
	}
	if inner := text[i+1 : i+n]; strings.IndexByte(inner, '(') < 0 && strings.IndexByte(inner, '<') < 0 {
		return i + n + 1
	}
	for depth := 0; i < len(text); i++ {
		switch text[i] {
		case '<':
			i = max(i, recvAngleEnd(text, i)-1)
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return -1
}

// pair matches the closing parenthesis at i.
func (p *recvParser) pair(i int) {
	last := len(p.opened) - 1
	if last < 0 {
		return
	}
	start, n := p.opened[last], len(p.pairs)
	p.opened = p.opened[:last]
	for n > 0 && p.pairs[n-1].Start > start {
		n--
	}
	p.pairs = append(p.pairs[:n], Span{start, i + 1})
}

// recvSubjectEnd returns the end of the name of a client certificate that
// starts with the quote at i, or 0. Momentum writes that name, which the client
// chose, into a comment of its own: (cipher=C subject="/CN=a) by x (b").
func recvSubjectEnd(text string, i int, subject bool) int {
	if !subject || !strings.Contains(text[:i], "(ecelerity ") {
		return 0
	}
	return i + strings.Index(text[i:], `")`)
}

// recvNext reads the token that starts at i; text ends where a comment begins.
func recvNext(text string, i int) (recvKind, int) {
	switch text[i] {
	case ';':
		return recvSemicolon, i + 1
	case ',':
		return recvComma, i + 1
	case '<':
		if end := recvAngleEnd(text, i); end > i {
			return recvAngle, end
		}
	case '[':
		if end := recvLiteralEnd(text, i); end > i {
			return recvLiteral, end
		}
	case '"':
		if end := recvQuoteEnd(text, i); end > i {
			return recvQuoted, end
		}
	}
	return recvAtom, recvAtomEnd(text, i)
}

// recvAngleEnd returns the end of <...> at i, or 0 when it is none: blanks are
// allowed only where a fold broke the address, blanks and parentheses inside of
// a quoted local part.
func recvAngleEnd(text string, i int) int {
	quoted, folded := false, false
	for j := i + 1; j < len(text); j++ {
		c := text[j]
		folded = c == '\n' || c == '\r' || folded && recvBlank(c)
		switch {
		case c == '"':
			quoted = !quoted
		case c == '>' && !quoted:
			return j + 1
		case c == '<' || c == '(' && !quoted:
			return 0
		case recvBlank(c) && !quoted && !folded:
			return 0
		}
	}
	return 0
}

// recvLiteralEnd returns the end of the [literal] at i with all that is glued
// to it, such as ":25", or 0 when it is none.
func recvLiteralEnd(text string, i int) int {
	n := strings.IndexAny(text[i+1:], "[]<>;\"")
	if n < 0 || text[i+1+n] != ']' {
		return 0
	}
	end := i + n + 2
	for end < len(text) && !recvBlank(text[end]) && text[end] != ';' && text[end] != ',' {
		end++
	}
	return end
}

// recvQuoteEnd returns the end of the quoted string at i, or 0 when no quote
// closes it at the end of a word.
func recvQuoteEnd(text string, i int) int {
	for j := i + 1; j < len(text); j++ {
		switch text[j] {
		case '\\':
			j++
		case '"':
			if j+1 == len(text) || recvBlank(text[j+1]) || text[j+1] == ';' || text[j+1] == ',' {
				return j + 1
			}
			return 0
		}
	}
	return 0
}

// recvAtomEnd returns the end of the word at i. A comma inside of a word
// belongs to it. QUIRK: ids such as "AAA-24721820-08683,4237" (Amazon, 2002).
func recvAtomEnd(text string, i int) int {
	for i++; i < len(text); i++ {
		c := text[i]
		if recvClass[c]&recvEndsAtom == 0 {
			continue
		}
		switch {
		case c == ';':
			return i
		case c == ',' && (i+1 == len(text) || recvBlank(text[i+1]) || text[i+1] == '<'):
			return i
		case c == '\r' || c == '\n':
			next := recvFoldInside(text, i)
			if next == 0 {
				return i
			}
			i = next
		case recvBlank(c):
			return i
		}
	}
	return i
}

// recvFoldInside reports where the word goes on after the line break at i, or
// 0 when it ends there. RFC 5321 4.4 puts no fold inside of a name, yet relays
// that cut lines at a fixed width do. A name cannot end in '-' or '@' nor start
// with '.' or '@', and a name that ends in '.' may be a whole one, so there the
// next word must not be a keyword.
func recvFoldInside(text string, i int) int {
	last, j := text[i-1], i
	for j < len(text) && recvBlank(text[j]) {
		j++
	}
	if j == len(text) {
		return 0
	}
	if text[j] == '.' || text[j] == '@' {
		return j
	}
	if last != '-' && last != '.' && last != '@' || !recvAlnum(text[j]) || i < 2 || recvBlank(text[i-2]) {
		return 0
	}
	end := j + 1
	for end < len(text) && !recvBlank(text[end]) && text[end] != ';' {
		end++
	}
	if recvWordOf(text[j:end]) != 0 {
		return 0
	}
	return j
}

// recvUnfold gives the text of a value: without folds inside of names, any
// other run of blanks with a line break as one space. A text without line
// breaks is returned as it is.
func recvUnfold(s string) string {
	if strings.IndexByte(s, '\n') < 0 && strings.IndexByte(s, '\r') < 0 {
		return s
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\r' && s[i] != '\n' {
			out = append(out, s[i])
			continue
		}
		next := i
		for next < len(s) && recvBlank(s[next]) {
			next++
		}
		if i > 0 && recvFoldInside(s, i) == 0 && s[0] != '<' {
			for len(out) > 0 && recvBlank(out[len(out)-1]) {
				out = out[:len(out)-1]
			}
			out = append(out, ' ')
		}
		i = next - 1
	}
	return string(out)
}

func recvBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

func recvDigit(c byte) bool { return '0' <= c && c <= '9' }

func recvAlnum(c byte) bool {
	return recvDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'z'
}
