package evidence

import (
	"bytes"
	"crypto/sha256"
	"hash"
	"io"
	"iter"
	"strings"
	"time"

	"github.com/emersion/go-mbox"

	"github.com/emlcheck/emlcheck/internal/fromquote"
)

// Unquoted yields the message with the From-quoting of its body undone, in
// pieces of whole lines that alias the evidence. A mapped message gives back
// the memory of what was yielded, so that a copy costs none.
func (m *Message) Unquoted() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		body, stretches := fromquote.Body(m.data), fromquote.Windows
		if m.FromQuoted() {
			stretches = fromquote.Stretches
		}
		for _, part := range [...]iter.Seq2[int, int]{fromquote.Windows(m.data, 0, body), stretches(m.data, body, len(m.data))} {
			for at, end := range part {
				if !yield(m.data[at:end:end]) {
					return
				}
				m.Release(end)
			}
		}
	}
}

// MboxWriter writes messages into a new mailbox of the dialect mboxrd, so that
// a reader gets every byte back. Each message keeps its own line breaks.
type MboxWriter struct {
	w   *mbox.Writer
	buf []byte
	sum hash.Hash
}

// Copied says what a reader of the mailbox gets back of a message.
type Copied struct {
	// SHA256 is that of the message as it is read back, its body without
	// From-quoting.
	SHA256 [sha256.Size]byte
	// BreakAdded: the message did not end in a line break, and a mailbox needs
	// one.
	BreakAdded bool
	// HeaderQuoted counts lines of the header that begin with "From ". They are
	// written with '>' before them, which nobody takes back: a header has no
	// From-quoting.
	HeaderQuoted int
	// TimeInvented: the time does not fit into a From_ line, or was the zero
	// value; the line says Thu Jan  1 00:00:00 1970.
	TimeInvented bool
}

// NewMboxWriter returns a writer to w. Close must be called at the end.
func NewMboxWriter(w io.Writer) *MboxWriter {
	return &MboxWriter{w: mbox.NewWriter(w), sum: sha256.New()}
}

// Write appends a message behind a From_ line with the envelope sender and the
// time in UTC. The message comes in pieces of whole lines that are not quoted,
// as [Message.Unquoted] yields them. A sender that is empty or would break the
// line becomes MAILER-DAEMON.
func (w *MboxWriter) Write(from string, at time.Time, message iter.Seq[[]byte]) (c Copied, err error) {
	from, at, c.TimeInvented = separatorFor(from, at)
	m, err := w.w.CreateMessage(from, at)
	if err != nil {
		return c, err
	}
	w.buf = w.buf[:0]
	w.sum.Reset()
	line := lineWriter{MboxWriter: w, m: m, copied: &c, header: true}
	for piece := range message {
		for text := range bytes.Lines(piece) {
			if err := line.write(text); err != nil {
				return c, err
			}
		}
	}
	if c.BreakAdded = !line.ended; c.BreakAdded {
		w.sum.Write([]byte("\n"))
	}
	w.sum.Sum(c.SHA256[:0])
	return c, line.flush()
}

// Close ends the mailbox. It does not close the writer below.
func (w *MboxWriter) Close() error { return w.w.Close() }

// maxSender is the longest sender of a From_ line: local part and domain of
// RFC 5321 4.5.3.1.
const maxSender = 64 + 1 + 255

// separatorFor makes sender and time fit for a From_ line that is read as one.
func separatorFor(from string, at time.Time) (string, time.Time, bool) {
	if from == "" || len(from) > maxSender || strings.ContainsFunc(from, func(r rune) bool { return r <= ' ' || r == 0x7F }) {
		from = "MAILER-DAEMON"
	}
	// go-mbox takes the zero time for "now".
	if _, has, ok := ParseSeparator("From x@y " + at.UTC().Format(time.ANSIC)); ok && has.Unix() == at.Unix() && !at.IsZero() {
		return from, at, false
	}
	return from, time.Unix(0, 0).UTC(), true
}

// lineWriter prepares the lines of one message for the writer of go-mbox, which
// turns each CRLF into LF, quotes lines that begin with "From " but not those
// that are quoted already, and adds the last line break itself.
type lineWriter struct {
	*MboxWriter
	m      io.Writer
	copied *Copied
	header bool // no blank line yet
	// ended: the line in the buffer has a line break, which is still to be
	// written; crlf says which.
	ended, crlf bool
}

// copyBuffer is how much is handed to the writer of go-mbox at a time.
const copyBuffer = 64 << 10

func (w *lineWriter) write(line []byte) error {
	if w.crlf {
		w.buf = append(w.buf, '\r') // of the two one goes, one stays
	}
	if w.ended {
		w.buf = append(w.buf, '\n')
	}
	if len(w.buf)+len(line) > copyBuffer {
		if err := w.flush(); err != nil {
			return err
		}
	}
	switch {
	case w.header && bytes.HasPrefix(line, fromSpace):
		w.copied.HeaderQuoted++
		w.sum.Write([]byte{'>'})
	case !w.header && isQuoted(line):
		w.buf = append(w.buf, '>')
	}
	w.sum.Write(line)
	w.header = w.header && len(trimLineBreak(line)) > 0
	line, w.ended = bytes.CutSuffix(line, []byte("\n"))
	w.crlf = w.ended && bytes.HasSuffix(line, []byte("\r"))
	w.buf = append(w.buf, line...)
	return nil
}

func (w *lineWriter) flush() error {
	_, err := w.m.Write(w.buf)
	w.buf = w.buf[:0]
	return err
}

// isQuoted reports whether a reader takes a '>' from the line.
func isQuoted(line []byte) bool {
	rest := bytes.TrimLeft(line, ">")
	return len(rest) < len(line) && bytes.HasPrefix(rest, fromSpace)
}

// trimLineBreak takes LF or CRLF from a line: what [fromquote.Body] takes for a
// blank line has nothing left.
func trimLineBreak(line []byte) []byte {
	line, _ = bytes.CutSuffix(line, []byte("\n"))
	line, _ = bytes.CutSuffix(line, []byte("\r"))
	return line
}

// ParseSeparator reads a From_ line: the envelope sender, "" when it states
// none, and the time. A time without zone is taken for UTC.
func ParseSeparator(line string) (from string, at time.Time, ok bool) {
	rest, is := strings.CutPrefix(line, "From ")
	if !is {
		return "", time.Time{}, false
	}
	if word, _, _ := strings.Cut(rest, " "); strings.Contains(word, "@") || word == "MAILER-DAEMON" {
		from = word
	}
	d, ok := separatorDate([]byte(rest))
	return from, d.Time, ok
}
