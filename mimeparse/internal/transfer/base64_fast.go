package transfer

import (
	"encoding/binary"
	"math/bits"
)

// notCoded marks a byte outside the alphabet in a quadTable.
const notCoded = 1 << 31

// quadTable gives the bits of a character in each of the four places of a
// quantum, where they belong in the three bytes that a little-endian store of
// all four together writes.
type quadTable [4][256]uint32

func (t *quadTable) fill() {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	for place := range t {
		for c := range t[place] {
			t[place][c] = notCoded
		}
		for v, c := range []byte(alphabet) {
			t[place][c] = bits.ReverseBytes32(uint32(v) << (26 - 6*place))
		}
	}
}

// coded reports whether c is a character of the alphabet.
func (t *quadTable) coded(c byte) bool { return t[3][c] != notCoded }

// value is the six bits of a character of the alphabet.
func (t *quadTable) value(c byte) uint32 { return t[3][c] >> 16 }

const (
	// usualWidth is the line length that nearly every encoder writes
	// (RFC 2045 6.8 allows no more).
	usualWidth = 76
	// maxWidth bounds the guess at a line's length; a multiple of four.
	maxWidth = 1024
	// slack is how far behind its result decodeQuads may write.
	slack = 8
)

// quads decodes as long as lines of whole quanta follow one another. It
// guesses that a line is as long as the one before and tests for anything
// unexpected once a line, not once a character. What it cannot read is left
// to symbol.
func (r *run) quads() {
	if r.quad.width == 0 {
		r.quad.width = usualWidth
	}
	for r.pos < r.end && r.mem.base64.coded(r.raw[r.pos]) && !r.stop {
		r.room(maxWidth)
		if r.lines(r.quad.width) {
			continue
		}
		// A line longer than the guess goes on behind what was read of it.
		if r.line(min(r.quad.width, (r.end-r.pos)&^3)) {
			r.quad.width = min(2*r.quad.width, maxWidth)
			continue
		}
		n := r.measure()
		if n == 0 {
			return
		}
		if r.quad.width = n; !r.lines(n) {
			r.line(n)
		}
	}
}

// lines decodes lines of w characters, a multiple of four, with the line
// break behind each; any tells whether there was one.
func (r *run) lines(w int) (any bool) {
	src, p, n := r.raw[:r.end], r.pos, r.n
	size := w / 4 * 3
	for p+w+2 <= len(src) && n+size+slack <= outSize {
		if c := src[p+w]; !isBreak(c) || decodeQuads(r.mem.out[n:n+size+slack], src[p:p+w], &r.mem.base64)&notCoded != 0 {
			break
		}
		n += size
		p += w + 1
		if src[p-1] == '\r' && src[p] == '\n' {
			p++
		}
	}
	any = p > r.pos
	r.pos, r.n = p, n
	return any
}

// line decodes w characters, a multiple of four, if all are of the alphabet
// and there are any.
func (r *run) line(w int) bool {
	size := w / 4 * 3
	if decodeQuads(r.mem.out[r.n:r.n+size+slack], r.raw[r.pos:r.pos+w], &r.mem.base64)&notCoded != 0 {
		return false
	}
	r.n += size
	r.pos += w
	return w > 0
}

// decodeQuads decodes src, whose length is a multiple of four, and returns
// the bits of all lookups together. It writes one byte too many.
func decodeQuads(dst, src []byte, t *quadTable) (seen uint32) {
	for len(src) >= 8 && len(dst) >= 8 {
		q := (*[8]byte)(src)
		a := t[0][q[0]] | t[1][q[1]] | t[2][q[2]] | t[3][q[3]]
		b := t[0][q[4]] | t[1][q[5]] | t[2][q[6]] | t[3][q[7]]
		seen |= a | b
		binary.LittleEndian.PutUint32(dst, a)
		binary.LittleEndian.PutUint32(dst[3:], b)
		src, dst = src[8:], dst[6:]
	}
	if len(src) >= 4 && len(dst) >= 4 {
		a := t[0][src[0]] | t[1][src[1]] | t[2][src[2]] | t[3][src[3]]
		seen |= a
		binary.LittleEndian.PutUint32(dst, a)
	}
	return seen
}

// measure counts the characters of the alphabet ahead, in whole quanta.
func (r *run) measure() int {
	limit := min(r.end, r.pos+maxWidth)
	p := r.pos
	for p < limit && r.mem.base64.coded(r.raw[p]) {
		p++
	}
	return (p - r.pos) &^ 3
}
