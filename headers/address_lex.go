package headers

import "strings"

// addrKind is the kind of a token of RFC 5322 3.2.
type addrKind uint8

const (
	addrEnd addrKind = iota
	addrAtom
	addrQuoted
	addrLiteral
	addrComment
	addrDot
	addrAt
	addrLess
	addrGreater
	addrColon
	addrComma
	addrSemi
	addrOther // a special that opens or closes nothing here
	addrSpace // never a token
)

// What the bytes of a token hold besides plain text.
const (
	addrBitWord   uint8 = 1 << (4 + iota) // "?": it may be an encoded word
	addrBit8                              // a byte over 0x7F
	addrBitCtl                            // a control character
	addrBitEscape                         // quoting or folding: the text differs from what is written
	addrKindMask  = addrBitWord - 1
)

// addrToken is a token and the white space before it: none, exactly one
// blank, or any other.
type addrToken struct {
	start, end int
	kind       addrKind
	bits       uint8
	gap        addrGap
}

type addrGap uint8

const (
	addrGapNone addrGap = iota
	addrGapBlank
	addrGapWide
)

// addrClass gives for each byte the kind of token that it begins and its bits.
var addrClass = addrMakeClass()

func addrMakeClass() (class [256]uint8) {
	for i := range class {
		switch c := uint8(addrAtom); {
		case i >= 0x80:
			class[i] = c | addrBit8
		case i < ' ' || i == 0x7F:
			class[i] = c | addrBitCtl
		default:
			class[i] = c
		}
	}
	class['?'] |= addrBitWord
	for c, kind := range map[byte]addrKind{
		' ': addrSpace, '\t': addrSpace, '\r': addrSpace, '\n': addrSpace,
		'"': addrQuoted, '(': addrComment, '[': addrLiteral, ')': addrOther, ']': addrOther, '\\': addrOther,
		'.': addrDot, '@': addrAt, '<': addrLess, '>': addrGreater, ':': addrColon, ',': addrComma, ';': addrSemi,
	} {
		class[c] = uint8(kind)
	}
	class['\r'] |= addrBitEscape
	class['\n'] |= addrBitEscape
	return class
}

func addrKindOf(c byte) addrKind { return addrKind(addrClass[c] & addrKindMask) }

func addrIsSpace(c byte) bool { return addrKindOf(c) == addrSpace }

// addrLexer is the state that looking ahead must be able to restore.
type addrLexer struct {
	pos       int
	prev      addrKind // the last token that is no comment
	angle     bool     // inside "<"
	route     bool     // inside a source route
	routeSeen int      // commas before this offset have been looked behind,
	routeOn   bool     // and are part of the route
	angleSeen int      // up to here the end of the angle brackets was looked for,
	angleAt   int      // the last "@" on the way
	closed    bool     // and whether it was found
	tries     int      // searches that found no end
}

// next reads one token.
func (p *addrParser) next() addrToken {
	gap := p.skipSpace()
	i := p.pos
	t := addrToken{start: i, end: i, gap: gap}
	if i >= len(p.s) {
		return t
	}
	t.kind = addrKindOf(p.s[i])
	t.end = i + 1
	switch t.kind {
	case addrAtom:
		p.lexAtom(&t)
	case addrQuoted:
		p.lexQuoted(&t)
	case addrComment:
		p.lexComment(&t)
	case addrLiteral:
		p.lexLiteral(&t)
	case addrOther:
		p.lexPair(&t)
	}
	p.pos = t.end
	if t.bits&(addrBitCtl|addrBitEscape) != 0 {
		p.checkInside(t)
	}
	return t
}

// skipSpace moves to the next byte that is not white space.
func (p *addrParser) skipSpace() addrGap {
	from := p.pos
	for p.pos < len(p.s) && addrIsSpace(p.s[p.pos]) {
		if c := p.s[p.pos]; c == '\r' || c == '\n' {
			p.pos = p.lineBreak(p.pos)
		} else {
			p.pos++
		}
	}
	switch {
	case p.pos == from:
		return addrGapNone
	case p.pos == from+1 && p.s[from] == ' ':
		return addrGapBlank
	}
	return addrGapWide
}

// lineBreak steps over CR, LF or CRLF and reports one that no blank follows:
// it is not folding (RFC 5322 2.2.3). At the end of the value it is the line
// break of the field.
func (p *addrParser) lineBreak(i int) int {
	j := i + 1
	if p.s[i] == '\r' && j < len(p.s) && p.s[j] == '\n' {
		j++
	}
	if j < len(p.s) && p.s[j] != ' ' && p.s[j] != '\t' {
		p.fault(addrFaultLineBreak, i, j)
	}
	return j
}

// lexAtom reads a run of atext (RFC 5322 3.2.3; RFC 6532 3.2 lets UTF-8 in).
// Control characters stay inside so that no text is lost.
func (p *addrParser) lexAtom(t *addrToken) {
	i := t.start
	if p.s[i] == '=' && !p.angle {
		if end := addrWordEnd(p.s, i); end > 0 {
			t.bits |= addrBitWord
			i = p.lexWord(t, end)
		}
	}
	for ; i < len(p.s); i++ {
		class := addrClass[p.s[i]]
		if addrKind(class&addrKindMask) != addrAtom {
			break
		}
		t.bits |= class &^ addrKindMask
	}
	t.end = i
}

// lexWord takes an encoded word that ends at end as one atom.
//
// QUIRK: RFC 2047 5 (3) allows no specials inside an encoded word in a phrase,
// and a comma there would end the address; seen in mass mailers that leave
// them unencoded. The word is read as meant, and the specials are reported.
func (p *addrParser) lexWord(t *addrToken, end int) int {
	first, last := -1, 0
	for i := t.start; i < end; i++ {
		class := addrClass[p.s[i]]
		if addrKind(class&addrKindMask) != addrAtom {
			last = i + 1
			if first < 0 {
				first = i
			}
			continue
		}
		t.bits |= class &^ addrKindMask
	}
	if first >= 0 {
		p.fault(addrFaultWordSpecials, first, last)
	}
	return end
}

// addrWordEnd returns where the encoded word (RFC 2047 2) that begins at i
// ends, or 0. Each search ends at the next "?", so many of them cost no more
// than one reading.
func addrWordEnd(s string, i int) int {
	if !strings.HasPrefix(s[i:], "=?") {
		return 0
	}
	i += 2
	from := i // the charset is a token: no white space, no specials
	for i < len(s) && s[i] != '?' && addrKindOf(s[i]) == addrAtom {
		i++
	}
	if i == from || i+2 >= len(s) || s[i] != '?' || s[i+2] != '?' || !strings.ContainsRune("BbQq", rune(s[i+1])) {
		return 0
	}
	for i += 3; i < len(s) && s[i] != '?'; i++ {
		if addrIsSpace(s[i]) {
			return 0
		}
	}
	if strings.HasPrefix(s[i:], "?=") {
		return i + 2
	}
	return 0
}

// lexQuoted reads a quoted string (RFC 5322 3.2.4).
//
// QUIRK: a quote that is never closed would take in the rest of the list; it
// counts as a stray byte, as in `"John Doe <a@b>` of some webmail scripts.
func (p *addrParser) lexQuoted(t *addrToken) {
	if p.tries >= addrMaxTries {
		p.stray(t, addrFaultQuoteOpen)
		return
	}
	for i := t.start + 1; i < len(p.s); i++ {
		switch c := p.s[i]; c {
		case '"':
			t.end = i + 1
			return
		case '\\':
			t.bits |= addrBitEscape
			i++
		default:
			t.bits |= addrClass[c] &^ addrKindMask
		}
	}
	p.tries++
	p.stray(t, addrFaultQuoteOpen)
}

// lexComment reads a comment with those inside it (RFC 5322 3.2.2). Depth is
// only counted, so no nesting is too deep. One that is never closed is a stray
// byte, for the reason given at lexQuoted.
func (p *addrParser) lexComment(t *addrToken) {
	if p.tries >= addrMaxTries {
		p.stray(t, addrFaultCommentOpen)
		return
	}
	depth := 1
	for i := t.start + 1; i < len(p.s); i++ {
		switch c := p.s[i]; c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				t.end = i + 1
				return
			}
		case '\\':
			t.bits |= addrBitEscape
			i++
		default:
			t.bits |= addrClass[c] &^ addrKindMask
		}
	}
	p.tries++
	p.stray(t, addrFaultCommentOpen)
}

func (p *addrParser) stray(t *addrToken, f addrFault) {
	t.kind, t.bits = addrOther, 0
	p.fault(f, t.start, t.end)
}

// lexLiteral reads a domain literal (RFC 5322 3.4.1). Brackets that follow no
// "@" are those of a name such as "[list] John". One that is not closed ends
// at the next blank, separator or bracket.
func (p *addrParser) lexLiteral(t *addrToken) {
	if p.prev != addrAt {
		t.kind = addrOther
		return
	}
	stop := 0
	for i := t.start + 1; i < len(p.s); i++ {
		c := p.s[i]
		switch kind := addrKindOf(c); {
		case c == ']':
			t.end = i + 1
			return
		case kind == addrLess || kind == addrGreater || kind == addrLiteral:
			p.openLiteral(t, stop, i)
			return
		case stop == 0 && (kind == addrSpace || kind == addrComma || kind == addrSemi):
			stop = i
			t.bits |= addrClass[c] &^ addrKindMask
		default:
			t.bits |= addrClass[c] &^ addrKindMask
		}
	}
	p.openLiteral(t, stop, len(p.s))
}

func (p *addrParser) openLiteral(t *addrToken, stop, end int) {
	if stop > 0 {
		end = stop
	}
	t.end = end
	p.fault(addrFaultLiteralOpen, t.start, t.end)
}

// lexPair keeps a quoted-pair outside quotes together, so that `\"John\"`
// opens no quoted string.
func (p *addrParser) lexPair(t *addrToken) {
	if p.s[t.start] != '\\' || t.end >= len(p.s) {
		return
	}
	if c := p.s[t.end]; c == '"' || c == '\\' {
		t.end++
	}
}

// checkInside reports control characters in a token, and line breaks that do
// not fold (RFC 5322 2.2.3, 4.1).
func (p *addrParser) checkInside(t addrToken) {
	for i := t.start; i < t.end; {
		switch c := p.s[i]; {
		case c == '\r' || c == '\n':
			i = p.lineBreak(i)
			continue
		case addrClass[c]&addrBitCtl != 0:
			p.fault(addrFaultControl, i, i+1)
		}
		i++
	}
}
