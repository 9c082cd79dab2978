package transcript

import "bytes"

// elide puts a dot where a program does not print the message that it sent: behind 354, before
// the server's next reply.
func (s *Session) elide() {
	out := s.Lines[:0:0]
	data, open := false, false // the last command was DATA; a message is on its way
	for i := range s.Lines {
		l := &s.Lines[i]
		text := bytes.TrimRight(l.Data, "\r\n")
		switch {
		case l.Side == Client && open:
			open = string(text) != "."
		case l.Side == Client:
			data = bytes.EqualFold(bytes.TrimSpace(text), []byte("DATA"))
		case open:
			out = append(out, Line{Side: Client, Data: []byte(".\r\n"), Time: l.Time, Offset: l.Offset, Number: l.Number})
			open = false
		case data && replyCode(text) == 354 && !moreToCome(text):
			open = true
		}
		out = append(out, *l)
	}
	s.Lines = out
}
