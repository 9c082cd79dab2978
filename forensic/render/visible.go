package render

import (
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

const hexDigits = "0123456789ABCDEF"

// breaksLine reports whether r is a control character, C0 or C1 (ISO 6429), or
// a line separator: none of them may reach a reader's screen or break a line.
func breaksLine(r rune) bool {
	return r < 0x20 || 0x7F <= r && r < 0xA0 || r == 0x2028 || r == 0x2029
}

// hides reports whether r shows nothing or changes the order of what is shown:
// bidirectional controls (UAX 9), zero-width, fillers and tag characters.
func hides(r rune) bool {
	switch {
	case r < 0xAD:
		return false
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x3164, r == 0xFEFF, r == 0xFFA0:
		return true
	}
	return 0x180B <= r && r <= 0x180F || 0x200B <= r && r <= 0x200F || 0x202A <= r && r <= 0x202E ||
		0x2060 <= r && r <= 0x206F || 0xFFF0 <= r && r <= 0xFFFB || 0x1D173 <= r && r <= 0x1D17A || 0xE0000 <= r && r <= 0xE0FFF
}

// Visible makes text safe to print on one line: control characters and bytes
// that are not UTF-8 are written as \n, \x1B and the like. With all, so are
// the characters that hide or reorder text, as \u202E.
func Visible(s string, all bool) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			writeHexByte(&b, s[i])
		case breaksLine(r) || all && hides(r):
			writeEscape(&b, r)
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

// isPlain is the quick test: printable ASCII alone needs no second look.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] >= 0x7F {
			return false
		}
	}
	return true
}

func writeHexByte(b *strings.Builder, c byte) {
	b.WriteString(`\x`)
	b.WriteByte(hexDigits[c>>4])
	b.WriteByte(hexDigits[c&15])
}

func writeEscape(b *strings.Builder, r rune) {
	switch {
	case r == '\n':
		b.WriteString(`\n`)
	case r == '\r':
		b.WriteString(`\r`)
	case r == '\t':
		b.WriteString(`\t`)
	case r < 0x80:
		writeHexByte(b, byte(r))
	case r < 0x10000:
		b.WriteString(`\u` + padHex(r, 4))
	default:
		b.WriteString(`\U` + padHex(r, 8))
	}
}

func padHex(r rune, width int) string {
	s := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return strings.Repeat("0", width-len(s)) + s
}

// visibleJSON writes the characters that Visible would replace as JSON
// escapes. They can stand only inside strings, so the document stays the same.
// Control characters of C0 are escapes already.
func visibleJSON(doc []byte, escape bool) []byte {
	if !escape {
		return doc
	}
	n := plainRun(doc)
	if n == len(doc) {
		return doc
	}
	out := make([]byte, 0, len(doc)+64)
	for {
		out = append(out, doc[:n]...)
		if doc = doc[n:]; len(doc) == 0 {
			return out
		}
		r, width := utf8.DecodeRune(doc)
		if unsafeInJSON(r) {
			for _, unit := range utf16.AppendRune(nil, r) { // RFC 8259 7
				out = append(out, `\u`+padHex(rune(unit), 4)...)
			}
		} else {
			out = append(out, doc[:width]...)
		}
		doc = doc[width:]
		n = plainRun(doc)
	}
}

// plainRun is how many bytes at the head of doc are below DEL, eight looked at
// together where they can be.
func plainRun(doc []byte) int {
	const lows, highs = 0x0101010101010101, 0x8080808080808080
	n := 0
	for ; n+8 <= len(doc); n += 8 {
		if w := binary.LittleEndian.Uint64(doc[n:]); (w|(w+lows))&highs != 0 {
			break
		}
	}
	for n < len(doc) && doc[n] < 0x7F {
		n++
	}
	return n
}

func unsafeInJSON(r rune) bool { return r >= 0x7F && (breaksLine(r) || hides(r)) }
