package render

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/headers"
)

const (
	// pageWidth is where text wraps. It suits terminals of 100 columns and a
	// page in a file; the real width is not asked, so that output never differs.
	pageWidth = 96
	// labelWidth is the column in which values begin.
	labelWidth = 13
	// maxIndent bounds the indentation of nested messages.
	maxIndent = 36
)

// The ANSI codes in use (ECMA-48 8.3.117).
const (
	ansiBold   = "1"
	ansiRed    = "1;31"
	ansiYellow = "33"
	ansiCyan   = "36"
)

// textPrinter draws into memory; one item at a time is handed to the writer.
type textPrinter struct {
	b      *bytes.Buffer
	opt    Options
	indent int
	// base is where the message being drawn begins in its file, so that a span
	// can be shown as offsets of the file; -1 when it was decoded and stands
	// nowhere: spans then count from its own first byte.
	base int64
	// repeat draws the commands by which signatures are checked again.
	repeat bool
}

// textStream prints items with a blank line between them.
type textStream struct {
	w     io.Writer
	t     textPrinter
	count int
}

func newTextStream(w io.Writer, opt Options) stream {
	return &textStream{w: w, t: textPrinter{b: new(bytes.Buffer), opt: opt}}
}

func (s *textStream) item(_ func() any, draw func(*textPrinter)) error {
	s.t.b.Reset()
	if s.count++; s.count > 1 {
		s.t.b.WriteByte('\n')
	}
	draw(&s.t)
	_, err := s.w.Write(s.t.b.Bytes())
	return err
}

func (s *textStream) close() error { return nil }

// safe makes evidence text printable on one line.
func (t *textPrinter) safe(s string) string { return Visible(s, t.opt.Escape) }

// paint wraps text that holds no escape yet into a colour.
func (t *textPrinter) paint(code, s string) string {
	if !t.opt.Color || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// spans writes the bytes of a statement as [start-end], end exclusive.
func (t *textPrinter) spans(list ...headers.Span) string {
	if !t.opt.Spans {
		return ""
	}
	var b strings.Builder
	for _, s := range list {
		base := max(t.base, 0)
		b.WriteString(" [" + strconv.FormatInt(base+int64(s.Start), 10) + "-" + strconv.FormatInt(base+int64(s.End), 10) + "]")
	}
	return b.String()
}

// spanOf is spans for a place that may not be known.
func (t *textPrinter) spanOf(s *headers.Span) string {
	if s == nil {
		return ""
	}
	return t.spans(*s)
}

func (t *textPrinter) blank() { t.b.WriteByte('\n') }

// row writes a label and, wrapped beside it, a statement. The text must be
// safe already. An empty label continues the row above.
func (t *textPrinter) row(label, text string) { t.paintRow(ansiBold, label, text) }

func (t *textPrinter) paintRow(code, label, text string) {
	margin := strings.Repeat(" ", t.indent)
	pad := max(1, labelWidth-utf8.RuneCountInString(label))
	first := margin + t.paint(code, label) + strings.Repeat(" ", pad)
	if label == "" {
		first = margin + strings.Repeat(" ", labelWidth)
	}
	t.wrap(first, margin+strings.Repeat(" ", labelWidth), text)
}

// line writes a statement across the full width.
func (t *textPrinter) line(text string) {
	margin := strings.Repeat(" ", t.indent)
	t.wrap(margin, margin, text)
}

// wrap breaks text at blanks. A word that is longer than the line, such as a
// digest, is never broken: it must stay fit for copying.
func (t *textPrinter) wrap(head, rest, text string) {
	t.b.WriteString(head)
	room := max(pageWidth-len(rest), pageWidth/2)
	used := 0
	for first := true; ; first = false {
		word, left, more := strings.Cut(text, " ")
		n := shownWidth(word)
		switch {
		case first:
		case used+1+n > room:
			t.b.WriteByte('\n')
			t.b.WriteString(rest)
			used = 0
		default:
			t.b.WriteByte(' ')
			used++
		}
		t.b.WriteString(word)
		used += n
		if text = left; !more {
			break
		}
	}
	t.b.WriteByte('\n')
}

// shownWidth counts characters without the colour codes among them: a report
// must wrap in the same places with colours and without.
func shownWidth(s string) int {
	n := utf8.RuneCountInString(s)
	for i := strings.IndexByte(s, 0x1b); i >= 0; i = strings.IndexByte(s, 0x1b) {
		end := strings.IndexByte(s[i:], 'm')
		n -= end + 1
		s = s[i+end+1:]
	}
	return n
}

// deeper runs draw with a larger indentation.
func (t *textPrinter) deeper(by int, draw func()) {
	old := t.indent
	t.indent = min(old+by, maxIndent)
	draw()
	t.indent = old
}

// quote marks text as the evidence's own words.
func (t *textPrinter) quote(s string) string { return `"` + t.safe(s) + `"` }
