package evidence

import (
	"bytes"
	"io"
	"strings"
	"time"

	"github.com/emersion/go-mbox"
)

// MboxWriter writes messages into a new mailbox of the dialect mboxrd, so that
// a reader gets every byte back. Each message keeps its own line breaks.
type MboxWriter struct {
	w   *mbox.Writer
	buf []byte
}

// NewMboxWriter returns a writer to w. Close must be called at the end.
func NewMboxWriter(w io.Writer) *MboxWriter { return &MboxWriter{w: mbox.NewWriter(w)} }

// Write appends a message, which must not be quoted, behind a From_ line with
// the sender and time. whole is false when the message does not end in a line
// break: a mailbox adds one.
func (w *MboxWriter) Write(from string, at time.Time, message []byte) (whole bool, err error) {
	m, err := w.w.CreateMessage(from, at)
	if err != nil {
		return false, err
	}
	whole = bytes.HasSuffix(message, []byte("\n"))
	w.buf = appendForWriter(w.buf[:0], message)
	_, err = m.Write(w.buf)
	return whole, err
}

// appendForWriter prepares a message for the writer of go-mbox, which turns
// each CRLF into LF, quotes lines that begin with "From " but not those that
// are quoted already, and adds the last line break itself.
func appendForWriter(b, message []byte) []byte {
	message = bytes.TrimSuffix(message, []byte("\n"))
	for len(message) > 0 {
		end := lineEnd(message, 0)
		line := message[:end]
		message = message[end:]
		if rest := bytes.TrimLeft(line, ">"); len(rest) < len(line) && bytes.HasPrefix(rest, fromSpace) {
			b = append(b, '>')
		}
		if bytes.HasSuffix(line, []byte("\r\n")) {
			b = append(b, line[:len(line)-1]...)
			b = append(b, "\r\n"...) // one CR goes, one stays
			continue
		}
		b = append(b, line...)
	}
	return b
}

// Close ends the mailbox. It does not close the writer below.
func (w *MboxWriter) Close() error { return w.w.Close() }

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
