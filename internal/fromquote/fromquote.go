// Package fromquote finds the '>' that writers of mboxes put before a body
// line that begins with "From ", so that no reader takes it for a separator.
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

// Stretches yields the message without the marks of its body, piece by piece.
func Stretches(message []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		at, from := 0, Body(message)
		for {
			mark := Next(message, from, len(message))
			if mark < 0 {
				yield(message[at:])
				return
			}
			if !yield(message[at:mark]) {
				return
			}
			at, from = mark+1, mark+1
		}
	}
}
