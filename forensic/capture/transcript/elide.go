package transcript

import (
	"bytes"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// elide puts a dot where a program does not print the message that it sent: behind 354, before
// the server's next reply.
func (s *Session) elide() {
	out := s.Lines[:0:0]
	data, open := false, passing{} // data: the last command was DATA
	for i := range s.Lines {
		l := &s.Lines[i]
		text := bytes.TrimRight(l.Data, "\r\n")
		switch {
		case l.Side == dialog.Client && open.on:
			open.command(text)
		case l.Side == dialog.Client:
			data = bytes.EqualFold(bytes.TrimSpace(text), []byte("DATA"))
		case open.on:
			out = append(out, Line{Side: dialog.Client, Data: []byte(".\r\n"), Time: l.Time, Offset: l.Offset, Number: l.Number})
			open.on = false
		case data:
			open.reply(text)
		}
		out = append(out, *l)
	}
	s.Lines = out
}
