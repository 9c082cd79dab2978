package smime

import (
	"bytes"
	"fmt"
	"iter"

	"github.com/emlcheck/emlcheck/internal/fromquote"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// Hypothesis is a change that, undone, makes a broken digest fit. It tells a
// message that was damaged on its way from one that somebody wrote anew.
type Hypothesis struct {
	// Code is stable: "from-quoted", "footer" …
	Code string
	// Detail says what was changed, so that it can be undone by hand.
	Detail string
}

// Bounds of the search.
const (
	repairLimit  = 16 << 20 // a larger entity is not searched
	repairWork   = 2500     // a part of maxWork, so that checks of other signers go on
	repairLines  = 200      // lines that are taken away one after the other
	repairFields = 32       // fields of which each is taken away
)

// variant is an entity as it may have been, in pieces of the text that there is.
type variant struct {
	Hypothesis
	parts [][]byte
}

// explain looks for a change that makes the digest fit; ok is false when none of
// those known does, or when there is too much to search.
// each is the work beside the digest for one change.
func explain(e *entity, s *pki.Session, each int, fits func(pieces) bool) (h Hypothesis, ok bool) {
	text := e.whole(repairLimit)
	if text == nil {
		return h, false
	}
	text = join(toCRLF(one(text)), len(text))
	left := repairWork
	for v := range variants(text) {
		size := 0
		for _, p := range v.parts {
			size += len(p)
		}
		work := 1 + each + size/workUnit
		if left -= work; left < 0 || !s.Spend(work) {
			return h, false
		}
		if fits(all(v.parts)) {
			return v.Hypothesis, true
		}
	}
	return h, false
}

func one(b []byte) pieces { return func(yield func([]byte) bool) { yield(b) } }

func all(parts [][]byte) pieces {
	return func(yield func([]byte) bool) {
		for _, p := range parts {
			if len(p) > 0 && !yield(p) {
				return
			}
		}
	}
}

func join(in pieces, size int) []byte {
	out := make([]byte, 0, size+size/16)
	for p := range in {
		out = append(out, p...)
	}
	return out
}

// variants yields what is seen in real mail first: each kind of change alone.
func variants(text []byte) iter.Seq[variant] {
	return func(yield func(variant) bool) {
		body := fromquote.Body(text)
		for _, kind := range []func([]byte, int, func(variant) bool) bool{
			unquoted, newlines, linesAppended, linesInserted, dots, fieldsAdded, unfolded, blanks, reencoded, footerInside,
		} {
			if !kind(text, body, yield) {
				return
			}
		}
	}
}

// changed yields one variant, unless nothing was changed. It reports whether to
// go on.
func changed(text []byte, code, detail string, parts [][]byte, yield func(variant) bool) bool {
	size := 0
	for _, p := range parts {
		size += len(p)
	}
	if size == len(text) && len(parts) == 1 && bytes.Equal(parts[0], text) {
		return true
	}
	return yield(variant{Hypothesis{code, detail}, parts})
}

// unquoted takes the '>' from lines that a mailbox quoted, as if they began a
// message (RFC 4155 knows this as mboxrd and others).
func unquoted(text []byte, body int, yield func(variant) bool) bool {
	parts, n := [][]byte{}, 0
	for at, end := range fromquote.Stretches(text, body, len(text)) {
		parts = append(parts, text[at:end])
		n += end - at
	}
	taken := len(text) - body - n
	if taken == 0 {
		return true
	}
	return changed(text, "from-quoted", fmt.Sprintf("the '>' at the head of %s is taken away", lineCount(taken, `that begins with ">From "`)),
		append([][]byte{text[:body]}, parts...), yield)
}

func lineCount(n int, which string) string {
	if n == 1 {
		return "1 line " + which
	}
	return fmt.Sprintf("%d lines, each one %s", n, which)
}

var crlf = []byte("\r\n")

// newlines adds and takes away line ends at the end.
func newlines(text []byte, _ int, yield func(variant) bool) bool {
	if !changed(text, "final-line-break", "a line end is added at the end", [][]byte{text, crlf}, yield) {
		return false
	}
	short := text
	for n := 1; n <= 8 && bytes.HasSuffix(short, crlf); n++ {
		short = short[:len(short)-2]
		if !changed(text, "final-line-break", fmt.Sprintf("%d line ends are taken from the end", n), [][]byte{short}, yield) {
			return false
		}
	}
	return true
}

// linesAppended takes lines from the end: the footer of a mailing list, the
// disclaimer of a company, the note of a virus scanner.
func linesAppended(text []byte, body int, yield func(variant) bool) bool {
	short := text
	for n := 1; n <= repairLines && len(short) > body; n++ {
		short = bytes.TrimSuffix(short, crlf)
		i := bytes.LastIndexByte(short, '\n') + 1
		if i < body {
			return true
		}
		short = short[:i]
		detail := fmt.Sprintf("the last %d lines are taken away", n)
		if !changed(text, "footer", detail, [][]byte{short}, yield) {
			return false
		}
		if cut, ok := bytes.CutSuffix(short, crlf); ok && !changed(text, "footer", detail+", and the line end before them", [][]byte{cut}, yield) {
			return false
		}
	}
	return true
}

// linesInserted takes lines from the head of the body.
func linesInserted(text []byte, body int, yield func(variant) bool) bool {
	rest := text[body:]
	for n := 1; n <= 20; n++ {
		i := bytes.IndexByte(rest, '\n')
		if i < 0 {
			return true
		}
		rest = rest[i+1:]
		if !changed(text, "lines-inserted", fmt.Sprintf("the first %d lines of the body are taken away", n), [][]byte{text[:body], rest}, yield) {
			return false
		}
	}
	return true
}

// dots undoes the dot-stuffing of SMTP that was not undone, or undone twice
// (RFC 5321 4.5.2).
func dots(text []byte, _ int, yield func(variant) bool) bool {
	less, more, n := make([]byte, 0, len(text)), make([]byte, 0, len(text)+16), 0
	for line := range bytes.Lines(text) {
		if line[0] != '.' {
			less, more = append(less, line...), append(more, line...)
			continue
		}
		n++
		more = append(append(more, '.'), line...)
		less = append(less, bytes.TrimPrefix(line, []byte("."))...)
	}
	if n == 0 {
		return true
	}
	return changed(text, "dot-stuffed", "one dot is taken from lines that begin with one", [][]byte{less}, yield) &&
		changed(text, "dot-lost", "one dot is put before lines that begin with one", [][]byte{more}, yield)
}

// fieldsAdded takes each field of the header away.
func fieldsAdded(text []byte, body int, yield func(variant) bool) bool {
	n := 0
	for f := range fields(text[:body]) {
		if n++; n > repairFields {
			return true
		}
		name, _, _ := bytes.Cut(f.text, []byte(":"))
		detail := fmt.Sprintf("the field %q is taken away", name)
		if !changed(text, "header-added", detail, [][]byte{text[:f.at], text[f.at+len(f.text):]}, yield) {
			return false
		}
	}
	return true
}

type field struct {
	at   int
	text []byte // with its line end
}

// fields iterates over the fields of a header, each with its folded lines.
func fields(header []byte) iter.Seq[field] {
	return func(yield func(field) bool) {
		start, pos := 0, 0
		for line := range bytes.Lines(header) {
			if line[0] != ' ' && line[0] != '\t' && pos > start {
				if !yield(field{start, header[start:pos]}) {
					return
				}
				start = pos
			}
			if bytes.Equal(line, crlf) {
				return
			}
			pos += len(line)
		}
		if pos > start {
			yield(field{start, header[start:pos]})
		}
	}
}

// unfolded writes each field in one line (RFC 5322 2.2.3), and folded lines with
// a tab, a blank.
func unfolded(text []byte, body int, yield func(variant) bool) bool {
	header := text[:body]
	for _, way := range []struct{ old, new, detail string }{
		{"\r\n ", " ", "folded fields of its header are written in one line"},
		{"\r\n\t", "\t", "fields folded with a tab are written in one line"},
		{"\r\n\t", " ", "fields folded with a tab are written in one line, with a blank"},
		{"\r\n\t", "\r\n ", "fields are folded with a blank instead of a tab"},
		{"\r\n ", "\r\n\t", "fields are folded with a tab instead of a blank"},
	} {
		if bytes.Contains(header, []byte(way.old)) &&
			!changed(text, "header-folded", way.detail, [][]byte{bytes.ReplaceAll(header, []byte(way.old), []byte(way.new)), text[body:]}, yield) {
			return false
		}
	}
	return true
}

// blanks takes blanks from the ends of lines.
func blanks(text []byte, _ int, yield func(variant) bool) bool {
	out := make([]byte, 0, len(text))
	for line := range bytes.Lines(text) {
		content, ended := bytes.CutSuffix(line, crlf)
		out = append(out, bytes.TrimRight(content, " \t")...)
		if ended {
			out = append(out, crlf...)
		}
	}
	return changed(text, "blanks-added", "blanks at the ends of lines are taken away", [][]byte{out}, yield)
}
