// Package charset answers: which text do these bytes spell?
//
// Every label found in mail is brought to one canonical name ([Lookup]), bytes
// without a label get a stated guess ([Guess]), and [Decode] reads bytes by a
// canonical name. Nothing here fails: bytes that mean nothing in the charset
// become U+FFFD, and the offset of the first one is told.
package charset

import (
	"strings"
	"unicode/utf8"
)

// Decode reads b as the charset with that canonical name. badAt is the offset
// of the first byte that the charset does not define, -1 when it defines all;
// such bytes become U+FFFD, with these exceptions, in which text is what
// readers show:
//
//   - us-ascii with bytes over 127: all of b is read as [Guess] says, since a
//     wrong label is likelier than broken text, and badAt tells that the label
//     was wrong. Ask Guess for the name of the charset that was used.
//   - iso-8859-1, -9 and -11: bytes 0x80 to 0x9F, where ISO/IEC 8859 has no
//     characters, are read as windows-1252, -1254 and -874 and count as bad.
//
// A name that [Lookup] does not return is taken for no name: b is read as
// Guess says. A byte order mark of UTF-16 is not part of the text, one of UTF-8
// is.
func Decode(name string, b []byte) (text string, badAt int) {
	switch name {
	case "utf-8":
		return decodeUTF8(b)
	case "us-ascii":
		if at := firstHigh(b); at < len(b) {
			text, _ = Decode(Guess(b), b)
			return text, at
		}
		return string(b), -1
	case "utf-16", "utf-16le", "utf-16be":
		return decodeUTF16(name, b)
	case "utf-7":
		return decodeUTF7(b)
	}
	if t := singleByte(name); t.cm != nil {
		return t.decode(b)
	}
	if e := multiByte(name); e != nil {
		return decodeMulti(e, b, name == "gb18030" || name == "gbk")
	}
	return Decode(Guess(b), b)
}

// firstHigh is the offset of the first byte over 127, or len(b).
func firstHigh(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		if (b[i]|b[i+1]|b[i+2]|b[i+3]|b[i+4]|b[i+5]|b[i+6]|b[i+7])&0x80 != 0 {
			break
		}
	}
	for i < len(b) && b[i] < utf8.RuneSelf {
		i++
	}
	return i
}

func decodeUTF8(b []byte) (text string, badAt int) {
	if utf8.Valid(b) {
		return string(b), -1
	}
	var out strings.Builder
	out.Grow(len(b) + len(b)/8 + 8)
	badAt = -1
	from := 0
	for i := 0; i < len(b); {
		if r, n := utf8.DecodeRune(b[i:]); r != utf8.RuneError || n > 1 {
			i += n
			continue
		}
		if badAt < 0 {
			badAt = i
		}
		out.Write(b[from:i])
		out.WriteString("\uFFFD")
		i += cutLen(b[i:])
		from = i
	}
	out.Write(b[from:])
	return out.String(), badAt
}

// cutLen is the length of the ill-formed sequence on top of b that one U+FFFD
// stands for: the longest beginning of a well-formed one, else one byte
// (Unicode 3.9, "substitution of maximal subparts").
func cutLen(b []byte) int {
	low, high, n := byte(0x80), byte(0xBF), 3
	switch c := b[0]; {
	case c == 0xE0:
		low = 0xA0
	case c == 0xED:
		high = 0x9F
	case c == 0xF0:
		low, n = 0x90, 4
	case c == 0xF4:
		high, n = 0x8F, 4
	case c > 0xF0 && c < 0xF4:
		n = 4
	case c < 0xE0 || c > 0xF4:
		return 1
	}
	if len(b) < 2 || b[1] < low || b[1] > high {
		return 1
	}
	if n == 4 && len(b) > 2 && b[2]&0xC0 == 0x80 {
		return 3
	}
	return 2
}
