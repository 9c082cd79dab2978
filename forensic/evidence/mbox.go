package evidence

import (
	"bytes"
	"iter"

	"github.com/emlcheck/emlcheck/headers"
)

// slot is one message of an mbox: its From_ line begins at from, its first
// byte stands at start, and it ends at end, before the blank line that belongs
// to the next separator (RFC 4155).
type slot struct{ from, start, end int }

// splitMbox finds the messages of an mbox. A line counts as a separator when
// it stands on top or behind a blank line and looks like one; "From " at the
// beginning of a sentence does not.
func splitMbox(data []byte) iter.Seq[slot] {
	return func(yield func(slot) bool) {
		cur := slot{}
		cur.start = lineEnd(data, 0)
		for pos := cur.start; ; {
			from := nextSeparator(data, pos)
			if from < 0 {
				break
			}
			cur.end = max(cur.start, cutBlank(data, from))
			if !yield(cur) {
				return
			}
			cur = slot{from: from, start: lineEnd(data, from)}
			pos = cur.start
		}
		cur.end = max(cur.start, cutBlank(data, len(data)))
		yield(cur)
	}
}

// nextSeparator finds the next separator line at or behind pos; -1 for none.
func nextSeparator(data []byte, pos int) int {
	for {
		i := bytes.Index(data[pos:], []byte("\nFrom "))
		if i < 0 {
			return -1
		}
		at := pos + i + 1
		if behindBlank(data, at) && isSeparator(data, at) {
			return at
		}
		pos = at
	}
}

// behindBlank reports whether the line before the one at offset at is empty.
func behindBlank(data []byte, at int) bool {
	b := bytes.TrimSuffix(data[:at-1], []byte("\r"))
	return len(b) == 0 || b[len(b)-1] == '\n'
}

// isSeparator tests the From_ line at offset at: an address and a date, or an
// address alone (Google Takeout) with a header field on the next line.
func isSeparator(data []byte, at int) bool {
	next := lineEnd(data, at)
	rest := bytes.TrimRight(data[at+len("From "):next], "\r\n")
	addr, date, dated := bytes.Cut(bytes.TrimLeft(rest, " "), []byte(" "))
	if dated && headers.ParseDate(date, headers.Span{Start: 0, End: len(date)}).OK {
		return true
	}
	if bytes.IndexByte(addr, '@') < 0 || len(bytes.TrimSpace(date)) > 0 {
		return false
	}
	h := headers.ParsePart(data, headers.Span{Start: next, End: lineEnd(data, next)}, nil, nil)
	return len(h.Fields) == 1
}

// cutBlank is the end of a message whose successor's separator stands at the
// offset: the blank line before that is no part of it.
func cutBlank(data []byte, at int) int {
	for _, blank := range []string{"\r\n", "\n"} {
		if b := data[:at]; bytes.HasSuffix(b, []byte("\n"+blank)) || bytes.HasSuffix(b, []byte("\n\r\n")) && blank == "\r\n" {
			return at - len(blank)
		}
	}
	return at
}

func lineEnd(data []byte, pos int) int {
	if i := bytes.IndexByte(data[pos:], '\n'); i >= 0 {
		return pos + i + 1
	}
	return len(data)
}
