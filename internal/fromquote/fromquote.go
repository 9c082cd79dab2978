// Package fromquote finds the '>' that writers of mboxes put before a body
// line that begins with "From ", so that no reader takes it for a separator.
package fromquote

import "bytes"

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
