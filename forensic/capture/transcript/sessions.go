package transcript

import (
	"bytes"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// part parts sessions that follow one another without a word of the program between them, and leaves
// those without lines out. A server that greets behind its 221 is in another session (RFC 5321 3.8).
func part(sessions []Session) (out []Session) {
	for _, s := range sessions {
		lines, from := s.Lines, 0
		greeted, left := false, false
		for i := range lines {
			if lines[i].Side != dialog.Server {
				left = left && len(bytes.TrimSpace(lines[i].Data)) == 0
				continue
			}
			code := replyCode(bytes.TrimRight(lines[i].Data, "\r\n"))
			if greeted && left && code == 220 {
				s.Lines, from = lines[from:i:i], i
				out = append(out, s)
			}
			greeted, left = greeted || code == 220, code == 221
		}
		if s.Lines = lines[from:]; len(s.Lines) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// passedOver counts the lines of the text that are in no session.
func passedOver(lines []raw, sessions []Session) (n int) {
	said := make([]bool, len(lines)+1)
	for i := range sessions {
		for _, l := range sessions[i].Lines {
			said[l.Number] = true
		}
	}
	for i := range lines {
		if !said[lines[i].number] && len(bytes.TrimSpace(lines[i].text)) > 0 {
			n++
		}
	}
	return n
}
