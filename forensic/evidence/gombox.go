package evidence

import (
	"errors"
	"io"

	"github.com/emersion/go-mbox"
)

// CountGoMbox counts the messages that the reader of go-mbox finds in r: a
// second opinion by another rule, under which every line that begins with
// "From " separates. A mailbox that it cannot begin to read has none.
func CountGoMbox(r io.Reader) (int, error) {
	reader := mbox.NewReader(r)
	for n := 0; ; n++ {
		m, err := reader.NextMessage()
		if errors.Is(err, io.EOF) || errors.Is(err, mbox.ErrInvalidFormat) {
			return n, nil
		}
		if err != nil {
			return n, err
		}
		if _, err := io.Copy(io.Discard, m); err != nil {
			return n, err
		}
	}
}
