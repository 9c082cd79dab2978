package evidence

import (
	"bytes"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/fromquote"
)

// slot is one message of an mbox: its From_ line begins at from, its first
// byte stands at start, it ends at end, before the blank line that belongs to
// the next separator (RFC 4155), and the next separator begins at next.
type slot struct {
	from, start, end, next int
	// blank: a blank line stands before the separator, or nothing does.
	blank bool
}

// appendSlots finds the messages whose separators begin in data[from:to]; each
// is followed to its end. from is 0 or lies behind what other calls look at.
// passed, unless nil, is given what a long message has been searched by, so that
// its memory can be given back before the search is over.
func appendSlots(slots []slot, data []byte, from, to int, passed func([]byte)) []slot {
	at := firstSeparator(data, from, to)
	for at >= 0 && at < to {
		s := slot{from: at, start: separatorEnd(data, at), next: len(data), blank: onTop(data, at) || behindBlank(data, at)}
		at = separatorBehind(data, s.start, passed)
		if at >= 0 {
			s.next = at
		}
		s.end = max(s.start, cutBlank(data, s.next))
		slots = append(slots, s)
	}
	return slots
}

// separatorBehind is the first separator from pos on; -1 for none.
func separatorBehind(data []byte, pos int, passed func([]byte)) int {
	for ; pos < len(data); pos += releaseStep {
		step := data[pos:min(pos+releaseStep, len(data))]
		if at := nextSeparator(data, pos, pos+len(step)); at >= 0 {
			return at
		}
		if passed != nil {
			passed(step)
		}
	}
	return -1
}

// firstSeparator is the first separator of data[from:to]. The text on top of a
// mailbox is a message whatever stands there: one without a separator when it
// does not begin with one.
func firstSeparator(data []byte, from, to int) int {
	top := topSeparator(data)
	switch {
	case top >= from:
		return top
	case from > 0:
		return nextSeparator(data, from, to)
	}
	if len(bytes.TrimLeft(bytes.TrimPrefix(data, byteOrder), "\r\n")) == 0 {
		return -1
	}
	return 0
}

// separatorEnd is the first byte behind the separator line at the offset. The
// text on top of a mailbox may have none.
func separatorEnd(data []byte, at int) int {
	if !bytes.HasPrefix(data[at:], fromSpace) {
		return at
	}
	return lineEnd(data, at)
}

var (
	fromSpace = []byte("From ")
	breakFrom = []byte("\nFrom ")
	byteOrder = []byte("\xEF\xBB\xBF")
)

// sampleUnquoted reports whether the messages of the head have lines of text
// that begin with "From ", and not fewer than such that are quoted.
func sampleUnquoted(head []byte, byLength bool) bool {
	plain, quoted := 0, 0
	slots := appendSlots(nil, head, 0, len(head), nil)
	if byLength {
		slots = slots[:0]
		for s := range lengthSlots(head, false) {
			slots = append(slots, s.slot)
		}
	}
	for _, s := range slots {
		message := head[s.start:s.end]
		body := fromquote.Body(message)
		for at := nextCandidate(message, body, len(message)); at >= 0; at = nextCandidate(message, at+1, len(message)) {
			plain++
		}
		for at := fromquote.Next(message, body, len(message)); at >= 0; at = fromquote.Next(message, at+1, len(message)) {
			quoted++
		}
	}
	return plain > 0 && plain >= quoted
}

// topSeparator is the offset of the From_ line that stands first, behind
// nothing but a byte order mark and blank lines; -1 without one. In this place
// any such line counts, for nothing else can begin so.
func topSeparator(data []byte) int {
	rest := bytes.TrimLeft(bytes.TrimPrefix(data, byteOrder), "\r\n")
	if !bytes.HasPrefix(rest, fromSpace) {
		return -1
	}
	return len(data) - len(rest)
}

// nextSeparator finds the first separator line that begins in data[pos:to]; -1
// for none.
func nextSeparator(data []byte, pos, to int) int {
	for {
		at := nextCandidate(data, pos, to)
		if at < 0 || judgeLine(data, at).taken() {
			return at
		}
		pos = at + 1
	}
}

// nextCandidate finds the first line that begins with "From " in data[pos:to];
// -1 for none. The first line of a mailbox is none: see topSeparator.
func nextCandidate(data []byte, pos, to int) int {
	pos = max(pos-1, 0)
	if end := min(len(data), to+len(fromSpace)-1); pos < end {
		if i := bytes.Index(data[pos:end], breakFrom); i >= 0 {
			return pos + i + 1
		}
	}
	return -1
}

// candidate says what speaks for a line that begins with "From ".
type candidate struct {
	blank bool // a blank line stands before it, as RFC 4155 has it
	dated bool // it states a time (RFC 4155: an address and a timestamp)
	field bool // a header field stands on the next line
	alone bool // it states an address and nothing else, or a date and more
	bare  bool // it states nothing at all, or "-"
}

// taken reports whether the line separates messages. "From " at the beginning
// of a sentence does not: without a blank line before it a separator must be
// complete; an address alone (Google Takeout), a date with text behind it
// (mbox(5) of qmail allows it) and nothing (Thunderbird) need a header behind
// them.
func (c candidate) taken() bool {
	return c.blank && c.dated || c.field && (c.dated || c.bare || c.blank && c.alone)
}

func judgeLine(data []byte, at int) candidate {
	next := lineEnd(data, at)
	line := trimBreak(data[at+len(fromSpace) : next])
	if len(line) > maxSeparator {
		return candidate{}
	}
	c := candidate{blank: behindBlank(data, at)}
	text := bytes.TrimSpace(line)
	c.bare = len(text) == 0 || len(text) == 1 && text[0] == '-'
	_, whole, dated := readSeparator(line)
	c.dated = dated && whole
	if !c.dated && c.blank {
		c.alone = dated || bytes.IndexByte(line, '@') > 0 && bytes.IndexByte(text, ' ') < 0
	}
	if c.bare || c.alone || c.dated && !c.blank {
		c.field = beginsField(data[next:])
	}
	return c
}

// maxSeparator bounds a From_ line: an address has at most 254 bytes
// (RFC 5321 4.5.3.1) and a date 40.
const maxSeparator = 512

// isDated reports whether the text behind "From " ends in a date.
func isDated(line []byte) bool {
	_, whole, ok := readSeparator(line)
	return ok && whole
}

// separatorDate is the date that the text behind "From " ends in.
func separatorDate(line []byte) (headers.Date, bool) {
	d, whole, ok := readSeparator(line)
	return d, ok && whole
}

// readSeparator finds the date in the text behind "From "; whole says that
// nothing stands behind it. The address may be missing or hold spaces; Unix to
// Unix copy adds "remote from" a host.
func readSeparator(line []byte) (d headers.Date, whole, ok bool) {
	line = bytes.TrimSpace(line)
	if i := bytes.LastIndex(line, []byte(" remote from ")); i >= 0 {
		line = bytes.TrimSpace(line[:i])
	}
	_, rest, _ := bytes.Cut(line, []byte(" "))
	if d, whole, ok = readDate(bytes.TrimLeft(rest, " ")); ok && whole {
		return d, true, true
	}
	first, found := d, ok
	tries := 0
	for rest = line; len(rest) > 0 && tries < maxDays; {
		if isWeekday(rest) {
			tries++
			if d, whole, ok = readDate(rest); ok && whole {
				return d, true, true
			}
		}
		i := bytes.IndexByte(rest, ' ')
		if i < 0 {
			break
		}
		rest = bytes.TrimLeft(rest[i:], " ")
	}
	return first, false, found
}

// maxDays is how many names of days are tried as the beginning of the date.
const maxDays = 4

// readDate reads text that begins with a date and a time of day: a sentence may
// well hold a date somewhere.
func readDate(b []byte) (d headers.Date, whole, ok bool) {
	if len(b) < len("1 Jan 1970 00:00") {
		return d, false, false
	}
	d = headers.ParseDate(b, headers.Span{End: len(b)})
	return d, d.Span.End == len(b), d.OK && d.Precision <= 60 && d.Span.Start == 0
}

func isWeekday(b []byte) bool {
	return len(b) > 3 && (b[3] == ' ' || b[3] == ',') && bytes.Contains([]byte("MonTueWedThuFriSatSun"), b[:3])
}

// beginsField reports whether b begins with a header field: a name of
// printable characters and a colon (RFC 5322 2.2).
func beginsField(b []byte) bool {
	for i, c := range b[:min(len(b), maxSeparator)] {
		if c == ':' {
			return i > 0
		}
		if c <= ' ' || c > '~' {
			return false
		}
	}
	return false
}

// behindBlank reports whether the line before the one at offset at is empty.
func behindBlank(data []byte, at int) bool {
	b := bytes.TrimSuffix(data[:at-1], []byte("\r"))
	return len(b) == 0 || b[len(b)-1] == '\n'
}

// onTop reports whether nothing but blank lines stands before the offset.
func onTop(data []byte, at int) bool {
	before := bytes.TrimRight(data[:at], "\r\n")
	return len(before) == 0 || len(before) == len(byteOrder) && bytes.Equal(before, byteOrder)
}

// cutBlank is the end of a message whose successor's separator stands at the
// offset: the blank line before that is no part of it.
func cutBlank(data []byte, at int) int {
	b := data[:at]
	switch {
	case bytes.HasSuffix(b, []byte("\n\r\n")):
		return at - 2
	case bytes.HasSuffix(b, []byte("\n\n")):
		return at - 1
	}
	return at
}

func lineEnd(data []byte, pos int) int {
	if i := bytes.IndexByte(data[pos:], '\n'); i >= 0 {
		return pos + i + 1
	}
	return len(data)
}

func trimBreak(b []byte) []byte { return bytes.TrimRight(b, "\r\n") }
