package transcript

import (
	"bytes"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// eximMark finds "SMTP<< " and its kin behind the process number and time.
func eximMark(b []byte) (heard bool, text []byte, ok bool) {
	head := b[:min(len(b), 64)]
	for _, m := range [...]string{"SMTP<< ", "SMTP>> ", "SMTP+> ", "SMTP|> ", "SMTP(> "} {
		if i := bytes.Index(head, []byte(m)); i >= 0 {
			return m[4] == '<', b[i+len(m):], true
		}
	}
	return false, nil, false
}

func scoreExim(b []byte) int {
	if _, _, ok := eximMark(b); ok {
		return 3
	}
	return 0
}

// readExim reads "exim -d": "SMTP>>" is what exim says. Whether it is client or
// server is told by who says replies.
func readExim(lines []raw) *Report {
	out := &Report{}
	for i := 0; i < len(lines); {
		s, next := eximSession(lines, i)
		out.Sessions = append(out.Sessions, s)
		i = next
	}
	return out
}

// eximSaid is a line with exim's mark.
type eximSaid struct {
	heard bool
	text  []byte
	at    *raw
}

// eximSession reads up to the end of a session: a QUIT that was answered, or the line before another
// one.
func eximSession(lines []raw, from int) (Session, int) {
	s := Session{LineEndsAssumed: true, MessagesElided: true, Protocol: "smtp"}
	var all []eximSaid
	i, quit, over := from, false, false
	for ; i < len(lines) && !over; i++ {
		heard, text, ok := eximMark(lines[i].text)
		switch {
		case bytes.HasPrefix(text, []byte("writing message and terminating")), bytes.HasPrefix(text, []byte("(writing message)")):
			// that, in place of the message
		case ok:
			all = append(all, eximSaid{heard, text, &lines[i]})
			quit = quit || bytes.EqualFold(bytes.TrimSpace(text), []byte("QUIT"))
			over = quit && replyCode(text) == 221
		case len(all) > 0 && eximBegins(lines[i].String()):
			return s.fromExim(all), i
		default:
			if more := eximGoesOn(lines[i].text); more != nil && len(all) > 0 {
				all = append(all, eximSaid{all[len(all)-1].heard, more, &lines[i]})
			}
			eximPeer(&s, lines[i].String())
		}
	}
	return s.fromExim(all), i
}

// eximGoesOn is a line of a reply of several lines, which goes on behind blanks; nil for another
// line.
func eximGoesOn(b []byte) []byte {
	if text := bytes.TrimLeft(pidLess(b), " "); len(text) < len(b) && replyCode(text) > 0 {
		return text
	}
	return nil
}

// fromExim gives the lines to the ends: who says replies is the server, exim or its peer.
func (s Session) fromExim(all []eximSaid) Session {
	server := false
	for _, x := range all {
		if replyCode(x.text) > 0 {
			server = !x.heard
			break
		}
	}
	if server {
		s.Client, s.Server = s.Server, End{}
	}
	for _, x := range all {
		side := dialog.Server
		if x.heard == server {
			side = dialog.Client
		}
		s.add(side, x.at, x.text, time.Time{})
	}
	return s
}

// eximBegins tells the line before a new session. Lines of a session may speak of connections, too:
// these words are stricter than those of eximPeer.
func eximBegins(text string) bool {
	return strings.Contains(text, "Connecting to ") || strings.Contains(text, "SMTP connection from ")
}

// pidLess takes the number of the process off.
func pidLess(b []byte) []byte {
	if i := bytes.IndexByte(b, ' '); i > 3 && len(bytes.Trim(b[:i], "0123456789")) == 0 && bytes.HasPrefix(b[i:], []byte("   ")) {
		return b[i:]
	}
	return b
}

// eximPeer reads "Connecting to host [1.2.3.4]:25 …" and "connection from [1.2.3.4]".
func eximPeer(s *Session, text string) {
	for _, p := range [...]string{"Connecting to ", "onnection from "} {
		if _, rest, ok := strings.Cut(text, p); ok && s.Server.Name == "" && !s.Server.Addr.IsValid() {
			host, more, _ := strings.Cut(rest, " ")
			if strings.HasPrefix(more, "[") {
				host += more
				host, _, _ = strings.Cut(host, " ")
			}
			s.Server = parseEnd(host)
		}
	}
}
