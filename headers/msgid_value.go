package headers

import (
	"strings"
	"unicode/utf8"
)

// msgidWordEnd gives the end of the word at pos: the next blank, comma,
// quote, or opening bracket of any kind but '['.
func msgidWordEnd(text string, pos int) int {
	for pos < len(text) {
		switch text[pos] {
		case ' ', '\t', '\r', '\n', ',', '<', '(', '"':
			return pos
		}
		pos++
	}
	return pos
}

// msgidQuoteEnd gives the offset behind the quoted string at pos, 0 when it is
// not closed.
func msgidQuoteEnd(text string, pos int) int {
	for i := pos + 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// msgidBare reports whether a word outside brackets could be an identifier:
// it has something on both sides of an '@'.
func msgidBare(word string) bool {
	at := strings.LastIndexByte(word, '@')
	return at > 0 && at < len(word)-1 && word[len(word)-1] != ':' && !strings.HasSuffix(word, "'s")
}

// msgidClose finds the '>' that ends the identifier at from. A quoted string
// on the left may hold brackets (RFC 5322 4.5.4). Without a '>' the identifier
// ends at the next '<' or at the first blank, so that a cut line does not
// swallow what follows.
func msgidClose(text string, from int) (to int, closed bool) {
	for i := from; i < len(text); i++ {
		switch text[i] {
		case '>':
			return i, true
		case '<':
			if to, ok := msgidNested(text, i); ok {
				return to, true
			}
			return msgidCut(text, from, i), false
		case '"':
			if end := msgidShortQuote(text, i); end > 0 {
				i = end - 1
			}
		}
	}
	return msgidCut(text, from, len(text)), false
}

// msgidQuoteMax bounds the search for a closing quote, which keeps a value of
// many quotes linear; the X.400 names seen there have about 100 bytes.
const msgidQuoteMax = 256

// msgidShortQuote gives the end of the quoted string at pos when an '@' or '.'
// follows it, as within an identifier; otherwise 0.
func msgidShortQuote(text string, pos int) int {
	end := msgidQuoteEnd(text[:min(len(text), pos+msgidQuoteMax)], pos)
	if end == 0 || end >= len(text) || text[end] != '@' && text[end] != '.' {
		return 0
	}
	return end
}

// msgidNested: <a"b"<c@d>>, brackets within brackets and no blank between.
// QUIRK: seen in spam whose template put an address into the identifier.
func msgidNested(text string, inner int) (to int, ok bool) {
	for i := inner + 1; i+1 < len(text); i++ {
		switch c := text[i]; {
		case c == '>':
			return i + 1, text[i+1] == '>'
		case c == '<' || dateIsBlank(c):
			return 0, false
		}
	}
	return 0, false
}

// msgidCut ends an unclosed identifier at the first blank behind its start.
func msgidCut(text string, from, to int) int {
	for from < to && dateIsBlank(text[from]) {
		from++
	}
	for i := from; i < to; i++ {
		if dateIsBlank(text[i]) || text[i] == ',' {
			return i
		}
	}
	return to
}

// msgidGaps says what became of blanks and comments within an identifier.
type msgidGaps uint8

const (
	msgidRemoved  msgidGaps = 1 << iota // blanks were removed
	msgidKept                           // blanks are left
	msgidComments                       // comments were removed
)

// msgidValue removes the blanks and comments that the grammar allows: RFC 5322
// A.6.3 has <1234   @   local(blah)  .machine .example>.
func msgidValue(text string) (value string, gaps msgidGaps) {
	if !strings.ContainsAny(text, " \t\r\n(") {
		return text, 0
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); {
		if c := text[i]; c == '"' {
			end := max(msgidShortQuote(text, i), i+1)
			out = append(out, dateUnfold([]byte(text[i:end]))...)
			i = end
			continue
		}
		end, found := msgidGap(text, i)
		switch {
		case end == i:
			out = append(out, text[i])
			end++
		case len(out) == 0 || end == len(text) || msgidLoose(out[len(out)-1]) || msgidLoose(text[end]):
			gaps |= found
		default:
			out = msgidKeep(out, text[i:end])
			if found&msgidRemoved != 0 {
				gaps |= msgidKept
			}
		}
		i = end
	}
	return string(out), gaps
}

// msgidGap gives the end of the blanks and comments at pos.
func msgidGap(text string, pos int) (end int, found msgidGaps) {
	for end = pos; end < len(text); {
		switch c := text[end]; {
		case dateIsBlank(c):
			found |= msgidRemoved
			end++
		case c == '(':
			after := dateCommentEnd(text[:min(len(text), end+msgidCommentMax)], end)
			if after == 0 {
				return end, found
			}
			found |= msgidComments
			end = after
		default:
			return end, found
		}
	}
	return end, found
}

// msgidKeep appends a gap that the grammar does not allow, each run of blanks
// as one.
func msgidKeep(out []byte, gap string) []byte {
	for i := range len(gap) {
		switch {
		case !dateIsBlank(gap[i]):
			out = append(out, gap[i])
		case out[len(out)-1] != ' ':
			out = append(out, ' ')
		}
	}
	return out
}

// msgidCommentMax bounds the search for the end of a comment within an
// identifier, where none has been seen but the example in the RFC.
const msgidCommentMax = 128

// msgidLoose: obs-id-left and obs-id-right allow blanks and comments around
// these (RFC 5322 4.5.4).
func msgidLoose(c byte) bool { return c == '.' || c == '@' }

// msgidSplit cuts at the '@' before a domain literal, otherwise at the last
// one: a quoted left side may hold others, a domain may not.
func msgidSplit(value string) (left, right string) {
	at := strings.LastIndexByte(value, '@')
	if strings.HasSuffix(value, "]") {
		if literal := strings.LastIndex(value, "@["); literal >= 0 {
			at = literal
		}
	}
	if at < 0 {
		return value, ""
	}
	return value[:at], value[at+1:]
}

// check names what departs from msg-id = "<" id-left "@" id-right ">" in the
// identifier at the given span.
func (m *MessageID) check(at Span, gaps msgidGaps) {
	note := func(code, detail string) {
		m.Defects = append(m.Defects, Defect{code, at, detail})
	}
	if gaps&msgidRemoved != 0 {
		note("msgid.blank-removed", "blanks as only the obsolete syntax allows them")
	}
	if gaps&msgidComments != 0 {
		note("msgid.comment-inside", "comment as only the obsolete syntax allows it")
	}
	if gaps&msgidKept != 0 {
		note("msgid.blank-inside", "a blank within")
	}
	switch {
	case len(m.Left) == len(m.Value):
		note("msgid.no-at", "no '@'")
	case m.Left == "":
		note("msgid.empty-left", "nothing before the '@'")
	case m.Right == "":
		note("msgid.empty-right", "nothing after the '@'")
	}
	left := m.Left
	if len(left) > 1 && left[0] == '"' && msgidQuoteEnd(left, 0) == len(left) {
		note("msgid.quoted-left", "quoted left side, obsolete")
		left = ""
	}
	if strings.IndexByte(left, '@') >= 0 {
		note("msgid.many-at", "more than one '@'")
	}
	if i := strings.Index(m.Value, "=?"); i >= 0 && strings.Contains(m.Value[i+2:], "?=") {
		note("msgid.encoded-word", "an encoded word, which RFC 2047 5 forbids here")
	}
	if class := msgidClass(m.Value); class != 0 {
		class = class&^msgidSpecial | msgidClass(left) | msgidClass(msgidInner(m.Right))
		msgidCheckBytes(m.Value, class, note)
	}
}

// msgidInner is what stands within the brackets of a domain literal (RFC 5322
// 3.6.4 no-fold-literal), or the whole right side.
func msgidInner(right string) string {
	if len(right) > 1 && right[0] == '[' && right[len(right)-1] == ']' {
		if inner := right[1 : len(right)-1]; !strings.ContainsAny(inner, "[]\\") {
			return ""
		}
	}
	return right
}

// msgidCheckBytes names bytes that dot-atom-text and no-fold-literal do not
// have (RFC 5322 3.2.3, 3.6.4).
func msgidCheckBytes(value string, class uint8, note func(code, detail string)) {
	if class&msgidControl != 0 {
		note("msgid.control", "a control character")
	}
	if class&msgidSpecial != 0 {
		note("msgid.special", "a character that needs quoting")
	}
	switch {
	case class&msgidEightBit == 0:
	case utf8.ValidString(value):
		note("msgid.eight-bit", "not ASCII; UTF-8 as RFC 6532 allows")
	default:
		note("msgid.eight-bit", "not ASCII and not UTF-8")
	}
}

const (
	msgidSpecial  = 1 << iota // specials of RFC 5322 3.2.3
	msgidControl              // control characters
	msgidEightBit             // bytes >= 0x80
)

// msgidClasses gives the class of each byte; 0 is atext, '.', blank and '@',
// which have defects of their own.
var msgidClasses = func() (table [256]uint8) {
	for c := range table {
		switch {
		case c == ' ' || c == '\t' || c == '\r' || c == '\n':
		case c < ' ' || c == 0x7F:
			table[c] = msgidControl
		case c >= 0x80:
			table[c] = msgidEightBit
		case strings.IndexByte("()<>[]:;,\\\"", byte(c)) >= 0:
			table[c] = msgidSpecial
		}
	}
	return table
}()

// msgidPlain marks the bytes of identifiers that have no defect: '@' and those of
// class 0 but blanks, and '?', which an encoded word has.
var msgidPlain = func() (table [256]bool) {
	for c := range table {
		table[c] = msgidClasses[c] == 0 && !dateIsBlank(byte(c)) && c != '?'
	}
	return table
}()

// msgidClass joins the classes of all bytes.
func msgidClass(text string) uint8 {
	class := uint8(0)
	for i := range len(text) {
		class |= msgidClasses[text[i]]
	}
	return class
}
