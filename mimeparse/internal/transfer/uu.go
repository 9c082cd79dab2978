package transfer

// uuencode reads the form that POSIX gives under uuencode: a begin line, lines
// of a length character and data, a line of length zero, "end". Without a
// begin line the data is taken to start at once. A begin-base64 block is read
// too. What stands before the begin line and behind the end is no data.
func (r *run) uuencode() {
	b, ok := findBegin(r.raw, r.start, r.end)
	switch {
	case !ok:
		r.defect("mime.uu-begin-missing", r.start, r.start, "no begin line; encoded lines are taken to start at once")
	case b.base64:
		r.pos = b.next
		r.uuBase64()
		return
	default:
		r.pos = b.next
	}
	r.uuLines(ok)
}

// uuLines decodes lines up to the end line. Without a begin line, text must
// not be taken for data, so only lines as long as they say are.
func (r *run) uuLines(begun bool) {
	closed := false // a line of length zero was the last with anything on it
	for r.pos < r.end && !r.stop {
		r.room(0)
		l := uuLineAt(r.raw, r.pos, r.end)
		switch {
		case l.isEnd(r.raw):
			r.uuTrailing(l.next)
			return
		case l.blank():
			closed = true
			r.pos = l.next
		case closed && !l.beyondDoubt():
			r.uuNoEnd()
			r.uuTrailing(l.start)
			return
		case !begun && !l.beyondDoubt():
			r.uuPassOver(l)
		default:
			closed = false
			r.uuLine(l)
		}
	}
	r.uuNoEnd()
}

func (r *run) uuNoEnd() {
	if !r.stop {
		r.defect("mime.uu-end-missing", r.pos, r.pos, "no end line")
	}
}

// uuBase64 decodes what stands before the "====" line of a begin-base64 block.
func (r *run) uuBase64() {
	data, next, complete := base64Data(r.raw, r.pos, r.end)
	whole := r.end
	r.end = data
	r.base64()
	if r.end = whole; r.stop {
		return
	}
	r.pos = next
	if !complete {
		r.uuNoEnd()
	}
	r.uuTrailing(next)
}

// uuTrailing leaves what stands behind the end line undecoded.
func (r *run) uuTrailing(p int) {
	if p = skip(r.raw, p, r.end, isSpace); p < r.end && !r.stop {
		r.defect("mime.uu-trailing-data", p, r.end, "text behind the encoded data; not decoded")
	}
	r.pos = r.end
}

// uuLine decodes one line of data.
func (r *run) uuLine(l uuLine) {
	if !l.fits() && l.bad >= 0 || !isUU(r.raw[l.start]) {
		r.uuPassOver(l)
		return
	}
	switch {
	case l.bad >= 0:
		r.defect("mime.uu-invalid", l.bad, l.end, "characters outside the encoding, the first at the start of the span; their low six bits are taken")
	case l.size() < l.least():
		// A space stands for zero bits, and gateways cut spaces at line ends.
		r.defect("mime.uu-short-line", l.start, l.end, "line shorter than it says; spaces are put at its end")
	case l.size() > l.most():
		r.defect("mime.uu-long-line", l.start+1+l.most(), l.end, "line longer than it says; the rest passed over")
	}
	if r.stop {
		return
	}
	r.room(uuMaxBytes + 2)
	from := r.n
	for p := l.start + 1; r.n < from+l.bytes; p += 4 {
		r.uuGroup(p, l.end)
	}
	r.n = from + l.bytes
	r.pos = l.next
}

func (r *run) uuPassOver(l uuLine) {
	r.defect("mime.uu-invalid", l.start, l.end, "no encoded line; passed over")
	r.pos = l.next
}

// uuGroup decodes four characters into three bytes; a missing one is a space.
func (r *run) uuGroup(p, end int) {
	var v uint32
	for i := p; i < p+4; i++ {
		v <<= 6
		if i < end {
			v |= uint32(r.raw[i]-' ') & 63
		}
	}
	r.put(byte(v >> 16))
	r.put(byte(v >> 8))
	r.put(byte(v))
}
