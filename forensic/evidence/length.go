package evidence

import (
	"bytes"
	"iter"
	"strconv"

	"github.com/emlcheck/emlcheck/internal/fromquote"
)

// The dialects mboxcl and mboxcl2 state the length of each body in a field
// Content-Length. mboxcl2 does not quote, so that only the length tells a
// separator from a line of the text. A sender can write the field, too: it
// counts only where the mailbox as a whole uses it.

// sampleLengths reports whether every message that begins in the first 1 MiB
// states its length and each leads to the next separator. whole says that data
// is everything; of a stream there is no more than the head.
func sampleLengths(data []byte, whole bool) bool {
	n := 0
	for at := firstSeparator(data, 0, len(data)); at >= 0 && at < len(data); n++ {
		s, known := statedSlot(data, at, whole)
		switch {
		case !known:
			return n > 1
		case !s.fits:
			return false
		case n > 0 && s.next >= headSize:
			return true
		}
		at = s.next
	}
	return n > 1 || n == 1 && whole
}

// lengthSlot is a message found by its length, or by the next separator where
// the length does not lead to one.
type lengthSlot struct {
	slot
	fits bool
}

// lengthSlots yields the messages of a mailbox in which lengths count. Without
// whole, data is a part and the last message in it is left out.
func lengthSlots(data []byte, whole bool) iter.Seq[lengthSlot] {
	return func(yield func(lengthSlot) bool) {
		at := firstSeparator(data, 0, len(data))
		for at >= 0 && at < len(data) {
			s, known := followLength(data, at, whole)
			if !known || !yield(s) {
				return
			}
			at = s.next
		}
	}
}

// followLength finds the end of the message whose separator stands at the
// offset; known is false when data ends before it can be told.
func followLength(data []byte, at int, whole bool) (s lengthSlot, known bool) {
	if s, known = statedSlot(data, at, whole); s.fits || !known {
		return s, known
	}
	s.next = separatorBehind(data, s.start, nil)
	if s.next < 0 {
		s.next = len(data)
	}
	s.end = max(s.start, cutBlank(data, s.next))
	return s, s.next < len(data) || whole
}

// statedSlot is the message whose separator stands at the offset, with its end
// if the length that it states fits; known is false when data ends before that
// can be told.
func statedSlot(data []byte, at int, whole bool) (s lengthSlot, known bool) {
	s.from, s.start = at, separatorEnd(data, at)
	s.blank = onTop(data, at) || behindBlank(data, at)
	body := s.start + fromquote.Body(data[s.start:])
	n, ok := contentLength(data[s.start:body])
	if !ok {
		return s, true
	}
	end := int64(body) + n
	if end >= int64(len(data)) && !whole {
		return s, false
	}
	next, fits := leadsTo(data, end)
	if fits {
		s.end, s.next, s.fits = int(end), next, true
	}
	return s, !fits || next < len(data) || whole
}

// leadsTo reports whether nothing but up to two line breaks lies between the
// offset and a separator or the end of the mailbox.
func leadsTo(data []byte, end int64) (next int, ok bool) {
	if end > int64(len(data)) {
		return 0, false
	}
	next = int(end)
	for range 2 {
		next += breakLen(data[next:])
	}
	if next == len(data) {
		return next, true
	}
	if next == 0 || data[next-1] != '\n' || !bytes.HasPrefix(data[next:], fromSpace) {
		return 0, false
	}
	c := judgeLine(data, next)
	return next, c.dated || c.alone
}

func breakLen(b []byte) int {
	switch {
	case len(b) > 1 && b[0] == '\r' && b[1] == '\n':
		return 2
	case len(b) > 0 && b[0] == '\n':
		return 1
	}
	return 0
}

// contentLength reads the field Content-Length of a header; a header with
// different ones states none.
func contentLength(header []byte) (n int64, ok bool) {
	found := 0
	for len(header) > 0 {
		end := lineEnd(header, 0)
		if value, is := cutField(header[:end], "content-length:"); is {
			v, err := strconv.ParseInt(string(bytes.TrimSpace(value)), 10, 62)
			if err != nil || v < 0 || found > 0 && v != n {
				return 0, false
			}
			n = v
			found++
		}
		header = header[end:]
	}
	return n, found > 0
}

// cutField is the text behind the name, which is given in lower case with its
// colon, when the line begins with it.
func cutField(line []byte, name string) (value []byte, ok bool) {
	if len(line) < len(name) || line[0]|0x20 != name[0] || !bytes.EqualFold(line[:len(name)], []byte(name)) {
		return nil, false
	}
	return line[len(name):], true
}
