package transfer

// quad is the quantum of four characters being read (RFC 2045 6.8).
type quad struct {
	bits  uint32 // six for each character seen
	count int    // characters seen, 0 to 3
	first int    // where the first of them stands
	last  int    // where the last of them stands
	width int    // the guess at the length of lines
	coded int    // no plain text to the end begins below this offset
}

// base64 reads RFC 2045 6.8: characters outside the alphabet are passed over,
// and padding ends the data.
//
// QUIRK: data that goes on behind padding is read as a further encoding put
// behind the first. Readers differ (some stop at the padding), so it is told
// as a defect; going on loses nothing. Text that is plainly no base64, such as
// the footer that a list server adds, is left alone instead.
func (r *run) base64() {
	for r.pos < r.end && !r.stop {
		if r.quad.count == 0 {
			r.quads()
		}
		if r.pos < r.end && !r.stop {
			r.room(3)
			r.symbol()
		}
	}
	if r.quad.count > 0 && !r.stop {
		r.cutQuad()
	}
}

// symbol takes one character, or one run of characters that carry nothing.
func (r *run) symbol() {
	c := r.raw[r.pos]
	switch {
	case r.mem.base64.coded(c):
		r.digit(r.mem.base64.value(c))
	case isSpace(c):
		r.pos++
	case c == '=' && r.quad.count >= 2:
		r.padding()
	case c == '=':
		r.extraPadding()
	default:
		r.illegal()
	}
}

func (r *run) digit(v uint32) {
	q := &r.quad
	if q.count == 0 {
		q.first, q.bits = r.pos, 0
	}
	q.bits = q.bits<<6 | v
	q.last = r.pos
	q.count++
	r.pos++
	if q.count == 4 {
		r.put(byte(q.bits >> 16))
		r.put(byte(q.bits >> 8))
		r.put(byte(q.bits))
		q.count = 0
	}
}

// endQuad puts out the whole bytes of a quantum that is not complete, and
// returns the bits left over.
func (r *run) endQuad() (left uint32) {
	q := &r.quad
	switch q.count {
	case 2:
		r.put(byte(q.bits >> 4))
		left = q.bits & 15
	case 3:
		r.put(byte(q.bits >> 10))
		r.put(byte(q.bits >> 2))
		left = q.bits & 3
	}
	q.count = 0
	return left
}

// cutQuad ends a quantum that the end of the data cuts. The bits that make no
// whole byte are dropped.
func (r *run) cutQuad() {
	r.defect("mime.base64-truncated", r.quad.first, r.quad.last+1, "the last four characters are not complete")
	if !r.stop {
		r.room(2)
		r.endQuad()
	}
}

// illegal passes over a run of characters outside the alphabet, unless they
// begin a footer.
func (r *run) illegal() {
	start := r.pos
	if r.quad.count == 0 && r.footer(start) {
		r.trailing(start)
		return
	}
	for r.pos < r.end && r.raw[r.pos] != '=' && !isSpace(r.raw[r.pos]) && !r.mem.base64.coded(r.raw[r.pos]) {
		r.pos++
	}
	r.defect("mime.base64-invalid", start, r.pos, "characters outside the alphabet; passed over")
}

// extraPadding passes over padding where a quantum has no place for it.
func (r *run) extraPadding() {
	start := r.pos
	for r.pos < r.end && r.raw[r.pos] == '=' {
		r.pos++
	}
	r.defect("mime.base64-padding-extra", start, r.pos, "padding where none can stand; passed over")
}

// padding ends a quantum of two or three characters, and the data.
func (r *run) padding() {
	start, stop, need := r.pos, r.pos, 4-r.quad.count
	for need > 0 && r.pos < r.end && (r.raw[r.pos] == '=' || isSpace(r.raw[r.pos])) {
		if r.raw[r.pos] == '=' {
			stop = r.pos + 1
			need--
		}
		r.pos++
	}
	last := r.quad.last
	if r.endQuad() != 0 {
		// A canonical encoder leaves zeros: these bits can hide a message.
		r.defect("mime.base64-leftover-bits", last, last+1, "bits that belong to no byte are not zero")
	}
	if need > 0 && !r.stop {
		r.defect("mime.base64-padding-short", start, stop, "less padding than the data asks for")
	}
	r.behindPadding(start, stop)
}

// behindPadding decides what the bytes behind the padding are.
func (r *run) behindPadding(start, stop int) {
	for r.pos < r.end && !r.stop {
		switch c := r.raw[r.pos]; {
		case isSpace(c):
			r.pos++
		case c == '=':
			r.extraPadding()
		case r.plainFrom(r.pos):
			r.trailing(r.pos)
			return
		default:
			r.defect("mime.base64-padding-inside", start, stop, "data goes on behind the padding; decoded too")
			return
		}
	}
}

// trailing leaves the rest of the data undecoded.
func (r *run) trailing(start int) {
	end := r.end
	for end > start && isSpace(r.raw[end-1]) {
		end--
	}
	r.defect("mime.base64-trailing-data", start, end, "text behind the encoded data; not decoded")
	r.pos = r.end
}
