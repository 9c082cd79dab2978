package transfer

import "bytes"

// qpState is what a quoted-printable decode remembers.
type qpState struct {
	told    uint8  // the defects of which only the first is told
	form    qpForm // how the lines of the body end
	settled int    // blanks below this offset are dealt with
}

// qpForm says whether a bare CR ends a line: only where no LF does.
type qpForm uint8

const (
	unknownForm qpForm = iota
	lfForm
	crForm
)

// Defects that would stand all over a body; only the first is told.
const (
	toldEightBit = 1 << iota
	toldControl
	toldLower
	toldBlanks
)

// quotedPrintable reads RFC 2045 6.7. Line breaks that are content come out
// as they are stored.
func (r *run) quotedPrintable() {
	for r.pos < r.end && !r.stop {
		r.literal()
		if r.pos < r.end && !r.stop {
			r.special()
		}
	}
	if !r.stop {
		r.dropBlanks(r.end)
	}
}

// special takes a byte that does not simply stand for itself.
func (r *run) special() {
	c := r.raw[r.pos]
	if c == '=' {
		r.escapes()
		return
	}
	switch n := r.breakLen(r.pos); {
	case n > 0:
		r.dropBlanks(r.pos)
		r.keep(n)
	case c >= 0x80:
		r.tell(toldEightBit, "mime.qp-8bit", r.pos, r.eightBitEnd(), "8-bit bytes, here and perhaps further on; kept")
		r.keep(1)
	case c == '\t':
		r.keep(1)
	default:
		r.tell(toldControl, "mime.qp-control", r.pos, r.pos+1, "control character, here and perhaps further on; kept")
		r.keep(1)
	}
}

// tell notes a defect unless one of its kind has been told.
func (r *run) tell(kind uint8, code string, start, end int, detail string) {
	if r.qp.told&kind == 0 {
		r.qp.told |= kind
		r.defect(code, start, end, detail)
	}
}

func (r *run) eightBitEnd() int {
	p := r.pos
	if r.qp.told&toldEightBit != 0 {
		return p // nobody will be told
	}
	for p < r.end && r.raw[p] >= 0x80 {
		p++
	}
	return p
}

// keep copies n bytes as they stand.
func (r *run) keep(n int) {
	if r.stop {
		return
	}
	if r.qpRoom(n) {
		r.n += copy(r.mem.out[r.n:], r.raw[r.pos:r.pos+n])
		r.pos += n
	}
}

// breakLen is the length of the line break at p, 0 when there is none.
func (r *run) breakLen(p int) int {
	switch {
	case p >= r.end:
		return 0
	case r.raw[p] == '\n':
		return 1
	case r.raw[p] != '\r':
		return 0
	case p+1 < r.end && r.raw[p+1] == '\n':
		return 2
	case r.endsInCR():
		return 1
	}
	return 0
}

// endsInCR reports whether the lines of the body end in a bare CR. In a body
// with LF a bare CR is a byte like any other.
func (r *run) endsInCR() bool {
	if r.qp.form == unknownForm {
		r.qp.form = crForm
		if bytes.IndexByte(r.raw[r.start:r.whole], '\n') >= 0 {
			r.qp.form = lfForm
		}
	}
	return r.qp.form == crForm
}

// dropBlanks takes back the blanks before the end of a line: a transport has
// added them (RFC 2045 6.7 rule 3). They reach on to the offset to.
func (r *run) dropBlanks(to int) {
	p := r.pos
	for p > max(r.start, r.qp.settled) && isBlank(r.raw[p-1]) {
		p--
	}
	r.n -= r.pos - p
	r.qp.settled = to
	if p < to {
		r.tell(toldBlanks, "mime.qp-trailing-space", p, to, "blanks at the end of a line, here and perhaps further on; dropped")
	}
}

// qpRoom is room for quoted-printable: blanks at the end of the output go to
// the sink only when it is sure that they do not end a line. It reports
// whether the input still stands where it stood.
func (r *run) qpRoom(n int) (stands bool) {
	if r.n+n <= outSize && r.pos-r.sent <= quietInput {
		return true
	}
	was := r.pos
	if p := r.pos; p > r.qp.settled && p > r.start && isBlank(r.raw[p-1]) {
		for p < r.end && isBlank(r.raw[p]) {
			p++
		}
		if p == r.end || r.breakLen(p) > 0 {
			r.dropBlanks(p)
			r.pos = p
		}
		r.qp.settled = p
	}
	r.flush()
	return r.pos == was
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' }
