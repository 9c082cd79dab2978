package report

import (
	"encoding"
	"math"
	"math/bits"
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends the report's JSON form to b: the bytes that encoding/json
// gives without HTML escapes, at a fraction of its cost. A scan writes as much
// JSON as it reads mail.
func (r *Report) AppendJSON(b []byte) []byte {
	if need := len(b) + r.sizeJSON(); cap(b) < need {
		b = append(make([]byte, 0, need), b...)
	}
	return appendReport(b, r)
}

// sizeJSON is about what the JSON form takes, rather too much than too little:
// a buffer that grows while it is written costs as much as the writing. The
// figures were fitted to the reports on 11,000 messages.
func (r *Report) sizeJSON() int {
	n := 3500 + 800*len(r.Route.Hops) + 400*len(r.Clock.Readings) + 800*len(r.Findings) + 250*len(r.Defects) + 200*len(r.Authentication.Results)
	for i := range r.Parts {
		n += 800
		if inner := r.Parts[i].Message; inner != nil {
			n += inner.sizeJSON()
		}
	}
	return n
}

// appendPointer writes what p points to, or null.
func appendPointer[T any](b []byte, p *T, one func([]byte, *T) []byte) []byte {
	if p == nil {
		return append(b, "null"...)
	}
	return one(b, p)
}

// appendOptional is appendPointer for values that are passed as they are.
func appendOptional[T any](b []byte, p *T, one func([]byte, T) []byte) []byte {
	if p == nil {
		return append(b, "null"...)
	}
	return one(b, *p)
}

// appendList writes an array, or null for a list that was not made.
func appendList[T any](b []byte, list []T, one func([]byte, *T) []byte) []byte {
	if list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, &list[i])
	}
	return append(b, ']')
}

// appendValues is appendList for values that are passed as they are.
func appendValues[T any](b []byte, list []T, one func([]byte, T) []byte) []byte {
	if list == nil {
		return append(b, "null"...)
	}
	b = append(b, '[')
	for i, v := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = one(b, v)
	}
	return append(b, ']')
}

// appendStated writes null for the empty string.
func appendStated[T ~string](b []byte, s T) []byte {
	if s == "" {
		return append(b, "null"...)
	}
	return appendEscaped(b, string(s), true)
}

// appendRaw writes text with bytes that are not UTF-8 made visible.
func appendRaw[T ~string](b []byte, s T) []byte { return appendEscaped(b, string(s), true) }

// appendString writes text; U+FFFD stands for each byte that is not UTF-8.
func appendString[T ~string](b []byte, s T) []byte { return appendEscaped(b, string(s), false) }

// appendText writes a value that has a text form; "" for one that has none.
func appendText[T encoding.TextMarshaler](b []byte, v T) []byte {
	text, _ := v.MarshalText() // a report holds none that fails
	return appendString(b, string(text))
}

func appendInt[T ~int | ~int64](b []byte, n T) []byte { return strconv.AppendInt(b, int64(n), 10) }

func appendBool[T ~bool](b []byte, v T) []byte { return strconv.AppendBool(b, bool(v)) }

// appendFloat writes a number as encoding/json does: like ECMAScript, with an
// exponent only where the number is very large or small. Most are whole
// seconds.
func appendFloat(b []byte, f float64) []byte {
	if n := int64(f); float64(n) == f && -1<<53 < n && n < 1<<53 && (n != 0 || !math.Signbit(f)) {
		return strconv.AppendInt(b, n, 10)
	}
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

// appendEscaped writes a JSON string (RFC 8259 7). Bytes that are not UTF-8 are
// written as \xNN where they are to stay visible.
func appendEscaped(b []byte, s string, visible bool) []byte {
	b = append(b, '"')
	for {
		n := cleanRun(s)
		b = append(b, s[:n]...)
		if n == len(s) {
			return append(b, '"')
		}
		s = s[n:]
		if s[0] < utf8.RuneSelf {
			b, s = appendEscape(b, s[0]), s[1:]
		} else {
			b, s = appendWide(b, s, visible)
		}
	}
}

const (
	// lows and highs have the lowest and the highest bit of each byte set.
	lows  = 0x0101010101010101
	highs = 0x8080808080808080
)

// cleanRun is how many bytes at the head of s are ASCII and stand for
// themselves. Eight are looked at together; the last eight of a longer string
// may overlap with some that were.
func cleanRun(s string) int {
	i := 0
	for ; i+16 <= len(s) && unclean(eight(s[i:]))|unclean(eight(s[i+8:])) == 0; i += 16 {
	}
	for ; i+8 <= len(s); i += 8 {
		if m := unclean(eight(s[i : i+8])); m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	if last := len(s) - 8; last >= 0 && i < len(s) {
		if m := unclean(eight(s[last:])); m != 0 {
			return last + bits.TrailingZeros64(m)/8
		}
		return len(s)
	}
	for ; i < len(s) && !special(s[i]); i++ {
	}
	return i
}

// eight is the first eight bytes of s, the first one lowest.
func eight(s string) uint64 {
	return uint64(s[7])<<56 | uint64(s[6])<<48 | uint64(s[5])<<40 | uint64(s[4])<<32 |
		uint64(s[3])<<24 | uint64(s[2])<<16 | uint64(s[1])<<8 | uint64(s[0])
}

// unclean looks at eight bytes. The lowest bit set is the highest of the first
// byte that needs a second look; no borrow comes from bytes before it.
func unclean(w uint64) uint64 {
	quote, slash := w^lows*'"', w^lows*'\\'
	return (w | (w - lows*0x20) | (quote - lows) | (slash - lows)) & highs
}

func special(c byte) bool { return c < 0x20 || c >= utf8.RuneSelf || c == '"' || c == '\\' }

// appendEscape writes a character of ASCII that needs an escape.
func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\n':
		return append(b, '\\', 'n')
	case '\r':
		return append(b, '\\', 'r')
	case '\t':
		return append(b, '\\', 't')
	case '\b':
		return append(b, '\\', 'b')
	case '\f':
		return append(b, '\\', 'f')
	}
	const hex = "0123456789abcdef"
	return append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}

// appendWide writes the bytes at the head of s that are not ASCII, and returns
// what is left. U+2028 and U+2029 break lines in JavaScript, therefore
// encoding/json escapes them.
func appendWide(b []byte, s string, visible bool) (out []byte, rest string) {
	for len(s) > 0 && s[0] >= utf8.RuneSelf {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n == 1 && visible:
			const hex = "0123456789ABCDEF"
			b = append(b, '\\', '\\', 'x', hex[s[0]>>4], hex[s[0]&15])
		case r == utf8.RuneError && n == 1:
			b = append(b, `\ufffd`...)
		case r == 0x2028:
			b = append(b, `\u2028`...)
		case r == 0x2029:
			b = append(b, `\u2029`...)
		default:
			b = append(b, s[:n]...)
		}
		s = s[n:]
	}
	return b, s
}
