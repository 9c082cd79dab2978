package transfer

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// MayHold reports whether quoted-printable text may decode to some that has
// the word in it, which is of small ASCII letters. A no is certain, and much
// cheaper than to decode: without the word itself, an equals sign must stand
// for a letter of it, or cut it in two as a soft line break.
func MayHold(raw []byte, word string) bool {
	p := 0
	for ; p+8 <= len(raw); p += 8 {
		y := binary.LittleEndian.Uint64(raw[p:]) ^ equals
		for m := (y - ones) &^ y & highBits; m != 0; m &= m - 1 {
			if equalsHides(raw, p+bits.TrailingZeros64(m)/8, word) {
				return true
			}
		}
	}
	for ; p < len(raw); p++ {
		if equalsHides(raw, p, word) {
			return true
		}
	}
	return bytes.Contains(raw, []byte(word))
}

// equalsHides reports whether at p stands an equals sign that begins a letter
// of the word, or the first soft line break inside one.
func equalsHides(raw []byte, p int, word string) bool {
	if raw[p] != '=' || p+1 >= len(raw) {
		return false
	}
	switch c := raw[p+1]; {
	case c == '6' || c == '7': // RFC 2045 6.7 rule 1; small letters are 61 to 7A
		return p+2 < len(raw) && holdsByte(word, c<<4|hexDigit(raw[p+2]))
	case !isSpace(c) || p == 0 || !holdsByte(word, raw[p-1]):
		return false
	}
	next := skip(raw, p+1, len(raw), isSpace)
	return next < len(raw) && cuts(raw[:p], raw[next], word)
}

// cuts reports whether before ends as the word begins, and c goes on with it,
// or is not a character that stands for itself.
func cuts(before []byte, c byte, word string) bool {
	for n := 1; n < len(word) && n <= len(before); n++ {
		if string(before[len(before)-n:]) == word[:n] && (c == word[n] || c == '=' || c == '>') {
			return true
		}
	}
	return false
}

func holdsByte(s string, c byte) bool {
	for i := range len(s) {
		if s[i] == c {
			return true
		}
	}
	return false
}

// hexDigit is the value of a hexadecimal digit; what it is for another byte
// does not matter.
func hexDigit(c byte) byte {
	if c >= 'A' {
		return c&0x0f + 9
	}
	return c & 0x0f
}
