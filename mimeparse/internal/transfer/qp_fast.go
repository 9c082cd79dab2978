package transfer

import (
	"encoding/binary"
	"math/bits"
)

// qpPiece is how much input one step of literal takes.
const qpPiece = 1024

// literal decodes what needs no second look: characters that stand for
// themselves (RFC 2045 6.7 rules 2 and 3), =XX, and line breaks with no blank
// before them.
func (r *run) literal() {
	for r.pos < r.end && !r.stop && r.qpRoom(qpPiece+slack) {
		odd := byte(notHex)
		if r.qp.told&toldLower == 0 {
			odd |= hexLower
		}
		src := r.raw[r.pos:min(r.end, r.pos+qpPiece)]
		took, gave := decodeText(r.mem.out[r.n:], src, &r.mem.hex, odd)
		r.n += gave
		r.pos += took
		if took == 0 {
			return
		}
	}
}

// decodeText decodes src up to what special has to look at, eight characters
// at a time where it can. Hexadecimal digits with a bit of odd in their entry
// are left to special. dst must be longer than src by slack.
func decodeText(dst, src []byte, hex *[256]byte, odd byte) (took, gave int) {
	i, n := 0, 0
	for i < len(src) {
		if i+8 <= len(src) && n+8 <= len(dst) {
			x := binary.LittleEndian.Uint64(src[i:])
			binary.LittleEndian.PutUint64(dst[n:], x)
			m := notLiteral(x)
			if m == 0 {
				i, n = i+8, n+8
				continue
			}
			k := bits.TrailingZeros64(m) / 8
			i, n = i+k, n+k
		}
		switch c := src[i]; {
		case c == '=':
			read, wrote := decodeEquals(dst[n:], src[i:], hex, odd)
			if read == 0 {
				return i, n
			}
			i, n = i+read, n+wrote
		case isBreak(c):
			k := cleanBreak(src, i)
			n += copy(dst[n:], src[i:i+k])
			if i += k; k == 0 {
				return i, n
			}
		case c < ' ' || c >= 0x7f:
			return i, n
		default:
			dst[n] = c
			i, n = i+1, n+1
		}
	}
	return i, n
}

// decodeEquals decodes a run of =XX, or else steps over one soft line break.
func decodeEquals(dst, src []byte, hex *[256]byte, odd byte) (read, wrote int) {
	for len(src) >= read+3 && src[read] == '=' && wrote < len(dst) {
		hi, lo := hex[src[read+1]], hex[src[read+2]]
		if (hi|lo)&odd != 0 {
			break
		}
		dst[wrote] = hi<<4 | lo&15
		read, wrote = read+3, wrote+1
	}
	switch {
	case read > 0 || len(src) < 3:
		return read, wrote
	case src[1] == '\n':
		return 2, 0
	case src[1] == '\r' && src[2] == '\n':
		return 3, 0
	}
	return 0, 0
}

// cleanBreak is the length of the line break at i when it is LF or CRLF with
// no blank before it, else 0.
func cleanBreak(src []byte, i int) int {
	switch {
	case i == 0 || isBlank(src[i-1]):
		return 0
	case src[i] == '\n':
		return 1
	case i+1 < len(src) && src[i+1] == '\n':
		return 2
	}
	return 0
}

// Eight bytes with the same value in each.
const (
	ones     = 0x0101010101010101
	highBits = 0x80 * ones
	spaces   = ' ' * ones
	equals   = '=' * ones
)

// notLiteral has the high bit of each byte set that is below a space, an
// equals sign, or above '~'. Borrows and carries may set bits above the
// lowest of these, never below it, and none when there is none.
func notLiteral(x uint64) uint64 {
	y := x ^ equals
	return ((x-spaces)&^x | (y-ones)&^y | (x + ones) | x) & highBits
}
