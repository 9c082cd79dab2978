package transfer

// uuMaxBytes is the most that one line can hold: its length is six bits.
const uuMaxBytes = 63

// uuLine is one line, read as encoded data.
type uuLine struct {
	start, end int // its text, without blanks behind what it can hold
	next       int // where the line behind it starts
	bytes      int // what its first character says it holds
	bad        int // its first byte outside the encoding, -1 without one
}

func uuLineAt(raw []byte, p, end int) uuLine {
	l := uuLine{start: p, bad: -1}
	for ; p < end && !isBreak(raw[p]); p++ {
		if l.bad < 0 && !isUU(raw[p]) {
			l.bad = p
		}
	}
	l.end, l.next = p, afterBreak(raw, p, end)
	if l.end > l.start {
		l.bytes = int(raw[l.start]-' ') & 63
	}
	for l.size() > l.most() && isBlank(raw[l.end-1]) {
		l.end-- // a transport has put them there
	}
	return l
}

// afterBreak returns the offset behind the line break at p, which is LF, CRLF
// or CR, or p when none is there.
func afterBreak(raw []byte, p, end int) int {
	if p < end && raw[p] == '\r' {
		p++
		if p < end && raw[p] == '\n' {
			p++
		}
		return p
	}
	if p < end && raw[p] == '\n' {
		p++
	}
	return p
}

// isUU reports whether c is a character of the encoding: the 64 from the
// space on, and the grave accent, which many encoders write for the space.
func isUU(c byte) bool { return ' ' <= c && c <= '`' }

// size is the number of characters behind the length character.
func (l uuLine) size() int { return l.end - l.start - 1 }

// least is the number of characters that carry bits of the line's bytes; some
// encoders leave out the others of the last group.
func (l uuLine) least() int { return (l.bytes*8 + 5) / 6 }

// most is what whole groups take, and one more for a checksum.
func (l uuLine) most() int { return (l.bytes+2)/3*4 + 1 }

// fits reports whether the line is as long as it says.
func (l uuLine) fits() bool { return l.least() <= l.size() && l.size() <= l.most() }

// blank reports whether the line holds nothing, as the last before "end".
func (l uuLine) blank() bool { return l.size() < 0 || l.bytes == 0 && l.size() <= 1 && l.bad < 0 }

// beyondDoubt reports whether hardly anything but uuencode writes such a line.
func (l uuLine) beyondDoubt() bool { return l.bad < 0 && l.bytes > 0 && l.fits() }

func (l uuLine) isEnd(raw []byte) bool { return l.is(raw, "end") }

// is reports whether the line is the word, with blanks behind it or none.
func (l uuLine) is(raw []byte, word string) bool {
	n := l.start + len(word)
	return l.end >= n && string(raw[l.start:n]) == word && skip(raw, n, l.end, isBlank) == l.end
}

// skip returns the offset of the first byte from p on that is not like.
func skip(raw []byte, p, end int, like func(byte) bool) int {
	for p < end && like(raw[p]) {
		p++
	}
	return p
}
