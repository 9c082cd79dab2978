package charset

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// utf16Order strips a byte order mark and settles the byte order. Without a
// mark "utf-16" is big-endian (RFC 2781 4.3), unless zero bytes show that the
// text is little-endian: so Windows software writes it.
func utf16Order(name string, b []byte) (skip int, big bool) {
	big = name != "utf-16le"
	if len(b) < 2 {
		return 0, big
	}
	switch {
	case b[0] == 0xFE && b[1] == 0xFF && big:
		return 2, true
	case b[0] == 0xFF && b[1] == 0xFE && name != "utf-16be":
		return 2, false
	case name == "utf-16":
		return 0, zeros(b, 0) >= zeros(b, 1)
	}
	return 0, big
}

// zeros counts zero bytes at every second offset from start on.
func zeros(b []byte, start int) (n int) {
	for i := start; i < len(b); i += 2 {
		if b[i] == 0 {
			n++
		}
	}
	return n
}

func decodeUTF16(name string, b []byte) (text string, badAt int) {
	i, big := utf16Order(name, b)
	unit := func(i int) rune {
		if big {
			return rune(b[i])<<8 | rune(b[i+1])
		}
		return rune(b[i+1])<<8 | rune(b[i])
	}
	var out strings.Builder
	out.Grow(len(b) + 8)
	badAt = -1
	for ; i+1 < len(b); i += 2 {
		r := unit(i)
		if utf16.IsSurrogate(r) {
			pair := utf8.RuneError
			if i+3 < len(b) {
				pair = utf16.DecodeRune(r, unit(i+2))
			}
			if r = pair; r == utf8.RuneError && badAt < 0 {
				badAt = i
			} else if r != utf8.RuneError {
				i += 2
			}
		}
		out.WriteRune(r)
	}
	if i < len(b) { // half a unit
		out.WriteRune(utf8.RuneError)
		if badAt < 0 {
			badAt = i
		}
	}
	return out.String(), badAt
}

// utf7 is the state of one reading of UTF-7 (RFC 2152).
type utf7 struct {
	b     []byte
	out   strings.Builder
	badAt int

	half   rune // first half of a surrogate pair, or 0
	halfAt int  // where it ended
}

func decodeUTF7(b []byte) (text string, badAt int) {
	d := utf7{b: b, badAt: -1}
	d.out.Grow(len(b))
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '+' && i+1 < len(b) && b[i+1] == '-':
			d.out.WriteByte('+')
			i += 2
		case c == '+':
			i = d.shifted(i + 1)
		case c >= utf8.RuneSelf:
			d.bad(i)
			i++
		default:
			// Rules 1 and 2 leave out "~" and "\", which writers use all the same.
			d.out.WriteByte(c)
			i++
		}
	}
	return d.out.String(), d.badAt
}

func (d *utf7) bad(i int) {
	if d.badAt < 0 {
		d.badAt = i
	}
	d.out.WriteRune(utf8.RuneError)
}

// shifted reads the Base64 text from offset i on, up to and with the "-" that
// may close it, and returns the offset behind. Its bits are UTF-16 units; what
// is left over must be fewer than six zero bits (RFC 2152, rule 2).
func (d *utf7) shifted(i int) int {
	start := i
	var acc uint32
	bits := 0
	for ; i < len(d.b) && Base64Value(d.b[i]) >= 0; i++ {
		acc, bits = acc<<6|uint32(Base64Value(d.b[i])), bits+6
		if bits >= 16 {
			bits -= 16
			d.unit(rune(acc>>bits), i)
			acc &= 1<<bits - 1
		}
	}
	d.endHalf()
	if bits >= 6 || acc != 0 || i == start {
		d.bad(i - 1)
	}
	if i < len(d.b) && d.b[i] == '-' {
		i++
	}
	return i
}

// unit adds the UTF-16 unit that ended at offset i.
func (d *utf7) unit(u rune, i int) {
	if d.half != 0 {
		if r := utf16.DecodeRune(d.half, u); r != utf8.RuneError {
			d.out.WriteRune(r)
			d.half = 0
			return
		}
		d.endHalf()
	}
	switch {
	case u >= 0xD800 && u < 0xDC00:
		d.half, d.halfAt = u, i
	case utf16.IsSurrogate(u):
		d.bad(i)
	default:
		d.out.WriteRune(u)
	}
}

// endHalf gives up half a pair for which no other half has come.
func (d *utf7) endHalf() {
	if d.half != 0 {
		d.bad(d.halfAt)
	}
	d.half = 0
}

// Base64Value is what a character of base64 stands for (RFC 4648 4); -1 for another one.
func Base64Value(c byte) int {
	switch {
	case 'A' <= c && c <= 'Z':
		return int(c - 'A')
	case 'a' <= c && c <= 'z':
		return int(c-'a') + 26
	case '0' <= c && c <= '9':
		return int(c-'0') + 52
	case c == '+':
		return 62
	case c == '/':
		return 63
	}
	return -1
}
