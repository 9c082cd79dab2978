package transfer

// Entries of the hex table: the value, with a mark for the letters a to f.
const (
	hexLower = 0x10
	notHex   = 0x80
)

func fillHex(t *[256]byte) {
	for c := range t {
		t[c] = notHex
	}
	for v, c := range []byte("0123456789ABCDEF") {
		t[c] = byte(v)
	}
	for v, c := range []byte("abcdef") {
		t[c] = byte(10+v) | hexLower
	}
}

// escapes takes what stands behind an equals sign: two hexadecimal digits
// (RFC 2045 6.7 rule 1), a soft line break (rule 5), or neither.
func (r *run) escapes() {
	if r.hexBytes() || r.stop {
		return
	}
	p := r.pos + 1
	for p < r.end && isBlank(r.raw[p]) {
		p++
	}
	n := r.breakLen(p)
	switch {
	case n == 0 && p < r.end:
		r.badEscape()
		return
	case p == r.end:
		// RFC 2045 6.7 note 3: it cannot be the last character.
		r.defect("mime.qp-truncated", r.pos, r.pos+1, "equals sign at the end of the data")
	case p > r.pos+1:
		r.tell(toldBlanks, "mime.qp-trailing-space", r.pos+1, p, "blanks at the end of a line, here and perhaps further on; dropped")
	}
	r.pos = p + n
	r.qp.settled = r.pos
}

// hexBytes decodes the run of =XX at the input, if there is one.
func (r *run) hexBytes() (any bool) {
	for r.pos+3 <= r.end && r.raw[r.pos] == '=' {
		hi, lo := r.mem.hex[r.raw[r.pos+1]], r.mem.hex[r.raw[r.pos+2]]
		if (hi|lo)&notHex != 0 {
			return any
		}
		if (hi|lo)&hexLower != 0 {
			// Rule 1 asks for capitals, and for readers that take small ones.
			r.tell(toldLower, "mime.qp-lower-case", r.pos, r.pos+3, "hexadecimal in small letters, here and perhaps further on; decoded")
			if r.stop {
				return any
			}
		}
		r.qpRoom(1)
		r.put(hi<<4 | lo&15)
		r.pos += 3
		any = true
	}
	return any
}

// badEscape keeps an equals sign that begins nothing, and those of a run of
// such signs except the last, which may begin something.
func (r *run) badEscape() {
	end := r.pos + 1
	for end+1 < r.end && r.raw[end] == '=' && r.raw[end+1] == '=' {
		end++
	}
	r.defect("mime.qp-invalid", r.pos, end, "equals sign before neither two hexadecimal digits nor a line break; kept")
	for r.pos < end && !r.stop {
		r.keep(1)
	}
}
