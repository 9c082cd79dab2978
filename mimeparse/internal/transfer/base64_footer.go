package transfer

const (
	// longLine is the length from which on a line of nothing but base64
	// characters is taken for base64 and not for a word.
	longLine = 60
	// maxFooter is more than any list server's footer takes.
	maxFooter = 16 << 10
)

// footer reports whether a footer begins at p, a character outside the
// alphabet: a line of two or more like signs ("--", "____"), and nothing that
// looks like base64 behind it.
//
// QUIRK: RFC 2045 6.8 would pass over the signs and decode the words. List
// servers (Mailman, LISTSERV, Yahoo) put such footers behind base64 bodies,
// with no padding between when the content is a multiple of three bytes long.
func (r *run) footer(p int) bool {
	if p < r.quad.coded || r.end-p > maxFooter || p > r.start && !isBreak(r.raw[p-1]) {
		return false
	}
	q := p
	for q < r.end && r.raw[q] == r.raw[p] {
		q++
	}
	if q < p+2 {
		return false
	}
	for q < r.end && !isBreak(r.raw[q]) {
		if !isSpace(r.raw[q]) {
			return false
		}
		q++
	}
	for q < r.end && isSpace(r.raw[q]) {
		q++
	}
	return r.plainFrom(q)
}

// plainFrom reports whether no base64 follows from p on: the line there is no
// run of whole quanta, and no later line is long and of base64 characters
// only. The line where base64 was seen is kept: a line is judged once, and
// asking over and over stays linear.
func (r *run) plainFrom(p int) bool {
	if p < r.quad.coded {
		return false
	}
	for first := true; p < r.end; first = false {
		coded, whole, next := r.lineShape(p)
		if whole && (coded >= longLine || first && coded > 0 && coded%4 == 0) {
			r.quad.coded = next
			return false
		}
		p = next
	}
	return true
}

// lineShape counts the base64 characters that the line at p begins with,
// padding and all; whole means that nothing else stands in it.
func (r *run) lineShape(p int) (coded int, whole bool, next int) {
	start := p
	for p < r.end && (r.mem.base64.coded(r.raw[p]) || r.raw[p] == '=') {
		p++
	}
	coded = p - start
	p = skip(r.raw, p, r.end, isBlank)
	whole = p == r.end || isBreak(r.raw[p])
	p = skip(r.raw, p, r.end, isNoBreak)
	return coded, whole, min(p+1, r.end)
}

func isBreak(c byte) bool { return c == '\n' || c == '\r' }
