package forensic

import (
	"encoding"
	"math"
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends the report's JSON form to b: the bytes that encoding/json
// gives without HTML escapes, at a fraction of its cost. A scan writes as much
// JSON as it reads mail.
func (r *Report) AppendJSON(b []byte) []byte { return appendReport(b, r) }

// appendStated writes null for the empty string.
func appendStated(b []byte, s string) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendRaw(b, s)
}

// appendRaw writes text with bytes that are not UTF-8 made visible.
func appendRaw(b []byte, s string) []byte { return appendString(b, VisibleBytes(s)) }

// appendText writes a value that has a text form; "" for one that has none.
func appendText(b []byte, v encoding.TextMarshaler) []byte {
	text, _ := v.MarshalText() // a report holds none that fails
	return appendString(b, string(text))
}

const (
	jsonHex = "0123456789abcdef"
	// lows and highs have the lowest and the highest bit of each byte set.
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// appendString writes a JSON string (RFC 8259 7). Clean ASCII is copied in one
// go.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		i += cleanRun(s[i:])
		if i == len(s) {
			break
		}
		n, escape := escapeAt(s[i:])
		if escape != "" {
			b = append(b, s[start:i]...)
			b = appendEscape(b, escape, s[i])
			start = i + n
		}
		i += n
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}

// cleanRun is how many bytes at the head of s stand for themselves, as far as
// eight can be looked at together.
func cleanRun(s string) int {
	i := 0
	for ; i+8 <= len(s); i += 8 {
		w := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16 | uint64(s[i+3])<<24 |
			uint64(s[i+4])<<32 | uint64(s[i+5])<<40 | uint64(s[i+6])<<48 | uint64(s[i+7])<<56
		quote, slash := w^lows*'"', w^lows*'\\'
		if (w|(w-lows*0x20)|(quote-lows)|(slash-lows))&highs != 0 {
			break
		}
	}
	for ; i < len(s) && s[i] >= 0x20 && s[i] < 0x80 && s[i] != '"' && s[i] != '\\'; i++ {
	}
	return i
}

// escapeAt is the escape for the character at the head of s, "" when it stands
// for itself; n is the character's length. "u" is that of a control character.
func escapeAt(s string) (n int, escape string) {
	switch c := s[0]; {
	case c == '"':
		return 1, `\"`
	case c == '\\':
		return 1, `\\`
	case c == '\n':
		return 1, `\n`
	case c == '\r':
		return 1, `\r`
	case c == '\t':
		return 1, `\t`
	case c == '\b':
		return 1, `\b`
	case c == '\f':
		return 1, `\f`
	case c < 0x20:
		return 1, "u"
	}
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError && n == 1:
		return 1, `\ufffd`
	case r == 0x2028:
		return n, `\u2028`
	case r == 0x2029:
		return n, `\u2029`
	}
	return n, ""
}

func appendEscape(b []byte, escape string, c byte) []byte {
	if escape == "u" {
		return append(b, '\\', 'u', '0', '0', jsonHex[c>>4], jsonHex[c&15])
	}
	return append(b, escape...)
}

// appendFloat writes a number as encoding/json does: like ECMAScript, with an
// exponent only where the number is very large or small.
func appendFloat(b []byte, f float64) []byte {
	format := byte('f')
	if abs := math.Abs(f); abs != 0 && (abs < 1e-6 || abs >= 1e21) {
		format = 'e'
	}
	b = strconv.AppendFloat(b, f, format, -1, 64)
	if n := len(b); format == 'e' && n >= 4 && b[n-4] == 'e' && (b[n-3] == '-' || b[n-3] == '+') && b[n-2] == '0' {
		b[n-2] = b[n-1] // e-09 to e-9
		b = b[:n-1]
	}
	return b
}
