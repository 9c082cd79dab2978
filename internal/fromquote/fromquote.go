// Package fromquote answers: which '>' did the writer of an mbox put before a line?
//
// A body line that begins with "From " is quoted so, that no reader takes it for a separator.
package fromquote

import (
	"bytes"
	"iter"
)

var mark = []byte(">From ")

// Next is the offset of the first '>' in raw[pos:end] that undoing the quoting
// takes away, or -1: the first character of a line that begins with one or
// more '>' and "From ". Dialect mboxrd puts one '>' before each such line,
// mboxo only before lines that begin with "From " itself; for those both agree.
func Next(raw []byte, pos, end int) int {
	for at := pos; at < end; {
		i := bytes.Index(raw[at:end], mark)
		if i < 0 {
			return -1
		}
		line := at + i
		for line > pos && raw[line-1] == '>' {
			line--
		}
		if line == 0 || raw[line-1] == '\n' {
			return line
		}
		at += i + len(mark)
	}
	return -1
}

// Body is where the lines of a message begin that a writer quotes: behind the
// first blank line, or the end of a message that is all header.
func Body(message []byte) int {
	for pos := 0; pos < len(message); {
		end := len(message)
		if i := bytes.IndexByte(message[pos:], '\n'); i >= 0 {
			end = pos + i + 1
		}
		if line := message[pos:end]; line[0] == '\n' || len(line) == 2 && line[0] == '\r' {
			return end
		}
		pos = end
	}
	return len(message)
}

// Window is about how much is looked at before somebody can give back the
// memory of what lies behind.
const Window = 1 << 20

// Windows cuts raw[from:end] into windows of whole lines, start and end, of
// about 1 MiB. A message may be a large part of a mapped file: what was looked
// at can be given back before the next one.
func Windows(raw []byte, from, end int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for at := from; at < end; {
			stop := end
			if ahead := at + Window; ahead < end {
				if i := bytes.IndexByte(raw[ahead:end], '\n'); i >= 0 {
					stop = ahead + i + 1
				}
			}
			if !yield(at, stop) {
				return
			}
			at = stop
		}
	}
}

// Stretches yields what undoing the quoting leaves of raw[from:end], start and
// end of each stretch. None is longer than a window, none is empty, and each
// but the last ends behind a line break.
func Stretches(raw []byte, from, end int) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for at, stop := range Windows(raw, from, end) {
			for at < stop {
				mark := Next(raw, at, stop)
				cut, next := stop, stop
				if mark >= 0 {
					cut, next = mark, mark+1
				}
				if cut > at && !yield(at, cut) {
					return
				}
				at = next
			}
		}
	}
}

// Has reports whether undoing the quoting takes anything from raw[from:end];
// release, unless nil, hears how far the search has come.
func Has(raw []byte, from, end int, release func(upTo int)) bool {
	for at, stop := range Windows(raw, from, end) {
		if Next(raw, at, stop) >= 0 {
			return true
		}
		if release != nil {
			release(stop)
		}
	}
	return false
}
