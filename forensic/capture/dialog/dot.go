package dialog

import "bytes"

// dotReader reads a message up to the line that holds a dot alone (RFC 5321
// 4.1.1.4, 4.5.2). Only <CRLF>.<CRLF> ends it; a dot that begins a line behind
// <CRLF> is taken off. The CRLF before the last dot belongs to the message.
type dotReader struct {
	h    *half
	tx   *Transaction
	step *Step
	body *Body
	// lineStart is set behind CRLF, and at the beginning.
	lineStart bool
	// last is the newest octet read; 0 at the beginning.
	last byte
	// length is that of the line so far.
	length int
	// behindHole is set as long as nothing behind a hole was read: whether a line
	// begins there is not known.
	behindHole bool
	// ends are sequences that other readers take for the end.
	ends     []falseEnd
	endPlace Place
	endMark  Mark
}

// falseEnd is a sequence that some servers take for the end of a message.
type falseEnd struct {
	Place
	offset int64  // in the message
	name   string // "LF.LF"
	next   int64  // the stream position of the first octet that is not in after
	after  []byte
}

const (
	// ahead is how far a false end can reach behind its dot.
	lookahead = 6
	// maxFalseEnds and maxAfter bound what is kept of false ends.
	maxFalseEnds, maxAfter = 32, 4096
	// maxTextLine is the longest line with its CRLF (RFC 5321 4.5.3.1.6).
	maxTextLine = 1000
)

func newDotReader(h *half, tx *Transaction, step *Step) *dotReader {
	tx.Body.start, tx.Body.upTo = h.from, h.from
	return &dotReader{h: h, tx: tx, step: step, body: tx.Body, lineStart: true}
}

// stuck reports whether what is left in front of a hole may be the beginning of
// the end.
func (r *dotReader) stuck() bool {
	return r.lineStart && (string(r.h.buf) == "." || string(r.h.buf) == ".\r")
}

// read goes through the octets at hand. What is too short to be decided about
// stays, unless there will be no more.
func (r *dotReader) read(final bool) (moved, ended bool) {
	h := r.h
	if r.stuck() && h.gap > 0 {
		return false, false
	}
	final = final || h.gap > 0
	r.fill()
	run, i := 0, 0 // octets from run up to i are to be written
	for i < len(h.buf) {
		rest := h.buf[i:]
		if r.last == '\n' || r.lineStart {
			if r.undecided(rest, final) {
				break
			}
			if isEnd(rest, r.lineStart) {
				r.write(run, i)
				r.end(i)
				return true, true
			}
			r.suspect(i, rest)
			if r.lineStart && rest[0] == '.' {
				r.write(run, i)
				i++
				run = i
				r.body.upTo++
				r.lineStart, r.last = false, '.'
				continue
			}
		}
		n := r.line(i, rest, final)
		if n == 0 {
			break
		}
		i += n
	}
	r.write(run, i)
	h.skip(i)
	return i > 0, false
}

// undecided reports whether more must be known about a line that begins with a dot.
func (r *dotReader) undecided(rest []byte, final bool) bool {
	if rest[0] != '.' && rest[0] != 0 || len(rest) >= lookahead || isEnd(rest, r.lineStart) {
		return false
	}
	return !final || r.h.gap > 0 && r.lineStart && (string(rest) == "." || string(rest) == ".\r")
}

// isEnd reports whether the end of the message is here.
func isEnd(rest []byte, lineStart bool) bool {
	return lineStart && len(rest) >= 3 && rest[0] == '.' && rest[1] == '\r' && rest[2] == '\n'
}

// line goes over octets up to a line feed, or as far as they can be decided
// about, and returns how many.
func (r *dotReader) line(at int, rest []byte, final bool) int {
	n := bytes.IndexByte(rest, '\n') + 1
	if n == 0 {
		n = len(rest)
		if !final {
			n -= lookahead // a sequence may begin in these
		}
		if n <= 0 {
			return 0
		}
	}
	seg := rest[:n]
	if cr := bytes.IndexByte(seg, '\r'); cr >= 0 && cr != n-2 || r.last == '\r' && seg[0] != '\n' || cr >= 0 && seg[n-1] != '\n' {
		r.carriage(at, rest, n)
	}
	r.length += n
	before := r.last
	if n > 1 {
		before = seg[n-2]
	}
	r.last = seg[n-1]
	r.lineStart = r.last == '\n' && before == '\r'
	if r.last == '\n' {
		r.endLine(at+n, before == '\r')
	}
	return n
}

// endLine takes note of what a line should not be.
func (r *dotReader) endLine(end int, crlf bool) {
	if !crlf {
		r.body.bareLF.hit(r.offset(end-1), r.h, end-1)
	}
	if r.length > maxTextLine {
		r.body.longLine.hit(r.offset(end-r.length), r.h, max(0, end-r.length))
		r.body.longest = max(r.body.longest, r.length)
	}
	r.length = 0
}

// carriage looks at the CRs of a segment that do not belong to its CRLF.
func (r *dotReader) carriage(at int, rest []byte, n int) {
	if r.last == '\r' && rest[0] != '\n' {
		r.body.bareCR.hit(r.offset(at), r.h, at)
		r.suspectAfter("CR", at, rest)
	}
	for i := 0; i < n; i++ {
		k := bytes.IndexByte(rest[i:n], '\r')
		if k < 0 {
			return
		}
		i += k
		if i+1 >= len(rest) || rest[i+1] == '\n' {
			continue
		}
		if i+1 == n { // the next segment begins behind it
			continue
		}
		r.body.bareCR.hit(r.offset(at+i), r.h, at+i)
		r.suspectAfter("CR", at+i+1, rest[i+1:])
	}
}

// offset is the position in the message of the octet at buf[i], as it would be
// written now.
func (r *dotReader) offset(i int) int64 {
	return r.body.size + r.h.from + int64(i) - r.written()
}

// written is the stream position up to which the message was written.
func (r *dotReader) written() int64 { return r.body.upTo }

// suspect looks for a false end at the beginning of a line.
func (r *dotReader) suspect(i int, rest []byte) {
	if rest[0] != '.' && rest[0] != 0 {
		return
	}
	before := "LF"
	if r.lineStart {
		before = "CRLF"
	}
	r.suspectAfter(before, i, rest)
}

// suspectAfter looks for a dot with something behind it that some server takes
// for a line end.
func (r *dotReader) suspectAfter(before string, i int, rest []byte) {
	name, n := falseEndName(before, rest)
	if name == "" || len(r.ends) >= maxFalseEnds || i == 0 && r.h.from == 0 {
		return
	}
	r.ends = append(r.ends, falseEnd{Place: r.place(i, n), offset: r.offset(i), name: name, next: r.h.from + int64(i+n)})
	r.fill()
}

func (r *dotReader) place(i, n int) Place {
	at := r.h.from + int64(i)
	return Place{Mark: r.h.markAt(at), At: at, Len: int64(n)}
}

// falseEndName names the sequence of line ends around a dot, "" for none, with
// its length from rest on.
func falseEndName(before string, rest []byte) (name string, n int) {
	nul := 0
	if rest[0] == 0 {
		nul = 1
	}
	if len(rest) <= nul || rest[nul] != '.' {
		return "", 0
	}
	after, m := lineEndName(rest[nul+1:])
	switch {
	case after == "" || before == "CRLF" && after == "CRLF" && nul == 0:
		return "", 0
	case nul == 1:
		before += "NUL"
	}
	return before + "." + after, nul + 1 + m
}

// lineEndName names what stands behind a dot.
func lineEndName(b []byte) (name string, n int) {
	for _, e := range [...]struct{ octets, name string }{
		{"\r\n", "CRLF"}, {"\r\r\n", "CRCRLF"}, {"\r\x00\n", "CRNULLF"}, {"\r", "CR"}, {"\n", "LF"}, {"\x00\r\n", "NULCRLF"}, {"\x00\n", "NULLF"},
	} {
		if len(b) >= len(e.octets) && string(b[:len(e.octets)]) == e.octets {
			return e.name, len(e.octets)
		}
	}
	return "", 0
}

// fill adds to what stands behind the false ends.
func (r *dotReader) fill() {
	for i := range r.ends {
		e := &r.ends[i]
		from := e.next - r.h.from
		if from < 0 || from > int64(len(r.h.buf)) || len(e.after) >= maxAfter {
			continue
		}
		b := r.h.buf[from:]
		b = b[:min(len(b), maxAfter-len(e.after))]
		e.after = append(e.after, b...)
		e.next += int64(len(b))
	}
}

// write adds buf[from:to] to the message.
func (r *dotReader) write(from, to int) {
	if r.tx.Data.Packet == 0 && r.tx.Data.Time.IsZero() && to > from {
		r.tx.Data = r.h.markAt(r.h.from + int64(from))
	}
	r.body.writeAt(r.h, from, to)
}

// end takes the dot at buf[i].
func (r *dotReader) end(i int) {
	r.h.skip(i)
	r.endPlace = r.h.at(3)
	r.endMark = r.h.markAt(r.h.from + 2)
	r.h.skip(3)
}

// endInHole is an end that was not captured: the last three octets of the hole
// are taken for it.
func (r *dotReader) endInHole(n int64) {
	if n > 3 {
		r.body.gap(n - 3)
	} else {
		r.body.lostEnd = true
	}
	r.endPlace = Place{Mark: Mark{Offset: -1, Ack: -1}, At: r.h.from, Len: 0}
	r.endMark = r.h.last
}

// gap is a hole within the message. What begins behind it is taken for the
// middle of a line.
func (r *dotReader) gap(n int64) {
	r.body.gap(n)
	r.body.upTo = r.h.from
	r.lineStart, r.last, r.length = false, 0, 0
	r.behindHole = true
}

// endBehindHole decides about a dot alone on a line directly behind a hole. It is the end
// if the other end has answered, or if a line follows that next takes for one outside of a
// message. wait asks for more octets.
func (r *dotReader) endBehindHole(final, answered bool, next func(line string) bool) (end, wait bool) {
	const dot = ".\r\n"
	buf := r.h.buf
	if !r.behindHole || len(buf) == 0 {
		return false, false
	}
	if len(buf) < len(dot) && dot[:len(buf)] == string(buf) && !final && r.h.gap == 0 {
		return false, true
	}
	if len(buf) < len(dot) || string(buf[:len(dot)]) != dot {
		r.behindHole = false
		return false, false
	}
	rest := buf[len(dot):]
	switch i := bytes.IndexByte(rest, '\n'); {
	case i >= 0:
		end = next(string(trimEOL(rest[:min(i+1, 512)])))
	case final || r.h.gap > 0 || len(rest) > maxLine:
		end = len(rest) == 0
	case len(rest) == 0 && answered:
		end = true
	default:
		return false, true
	}
	r.behindHole = false
	return end, false
}

// flush writes what is left and cannot be decided about.
func (r *dotReader) flush() {
	buf := r.h.buf
	from := 0
	if r.lineStart && len(buf) > 0 && buf[0] == '.' {
		from = 1
		r.body.upTo = r.h.from + 1
	}
	r.write(from, len(buf))
	r.h.skip(len(buf))
}

// finish hands over what was found.
func (r *dotReader) finish() {
	r.body.falseEnds = append(r.body.falseEnds, r.ends...)
	if r.endPlace.Len == 0 && r.endMark == (Mark{}) {
		r.endMark = r.h.last
	}
}
