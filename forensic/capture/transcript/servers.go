package transcript

import (
	"bytes"
	"strings"
	"time"
)

// syslog parts a line of a log: the program's name with its process, and what it says.
func syslog(b []byte) (program, pid string, text []byte, ok bool) {
	i := bytes.IndexByte(b, '[')
	for i > 0 {
		j := bytes.Index(b[i:], []byte("]: "))
		if j < 0 {
			return "", "", nil, false
		}
		number := b[i+1 : i+j]
		start := bytes.LastIndexByte(b[:i], ' ') + 1
		if len(number) > 0 && digit(number[0]) && i > start {
			return string(b[start:i]), string(number), b[i+j+3:], true
		}
		k := bytes.IndexByte(b[i+1:], '[')
		if k < 0 {
			break
		}
		i += 1 + k
	}
	return "", "", nil, false
}

func scorePostfix(b []byte) int {
	program, _, text, ok := syslog(b)
	if !ok || !strings.Contains(program, "smtp") {
		return 0
	}
	if bytes.HasPrefix(text, []byte("< ")) || bytes.HasPrefix(text, []byte("> ")) {
		return 3
	}
	return 0
}

// readPostfix reads the log of "smtpd -v": "> host[ip]: 220 …" is what the
// daemon says, "< host[ip]: …" what it hears. smtp, the client, has it the other way
// round. Each process is one session after the other.
func readPostfix(lines []raw) *Report {
	out := &Report{}
	open := map[string]int{}
	for i := range lines {
		program, pid, text, ok := syslog(lines[i].text)
		if !ok || !strings.Contains(program, "smtp") {
			continue
		}
		client := strings.HasSuffix(program, "/smtp") || strings.HasSuffix(program, "/lmtp")
		switch {
		case bytes.HasPrefix(text, []byte("connect from ")):
			delete(open, pid)
			continue
		case len(text) < 3 || text[1] != ' ' || text[0] != '<' && text[0] != '>':
			continue
		}
		peer, said, found := strings.Cut(string(text[2:]), ": ")
		if !found {
			peer, said = strings.TrimSuffix(peer, ":"), ""
		}
		at, known := open[pid]
		if !known {
			at = len(out.Sessions)
			open[pid] = at
			out.Sessions = append(out.Sessions, postfixSession(peer, client))
		}
		side := Client
		if (text[0] == '>') != client {
			side = Server
		}
		out.Sessions[at].add(side, &lines[i], []byte(said), syslogTime(lines[i].text))
	}
	return out
}

func postfixSession(peer string, client bool) Session {
	s := Session{LineEndsAssumed: true, MessagesElided: true, ZoneAssumed: true, Protocol: "smtp"}
	if client {
		setAddress(peer, &s.Server, &s.ServerAddr, &s.ServerPort)
	} else {
		setAddress(peer, &s.Client, &s.ClientAddr, &s.ClientPort)
	}
	return s
}

// syslogTime is the time of a line that has a year (RFC 5424); the old form has none and
// gives no time.
func syslogTime(b []byte) time.Time {
	word, _, _ := strings.Cut(string(b[:min(len(b), 64)]), " ")
	t, err := time.Parse(time.RFC3339Nano, word)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

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

// eximSession reads up to the end of a session: a QUIT that was answered.
func eximSession(lines []raw, from int) (Session, int) {
	type said struct {
		heard bool
		text  []byte
		at    *raw
	}
	var all []said
	s := Session{LineEndsAssumed: true, MessagesElided: true, Protocol: "smtp"}
	i, quit := from, false
	for ; i < len(lines); i++ {
		heard, text, ok := eximMark(lines[i].text)
		if bytes.HasPrefix(text, []byte("writing message and terminating")) || bytes.HasPrefix(text, []byte("(writing message)")) {
			continue // that, in place of the message
		}
		if ok {
			all = append(all, said{heard, text, &lines[i]})
			quit = quit || bytes.EqualFold(bytes.TrimSpace(text), []byte("QUIT"))
			if quit && replyCode(text) == 221 {
				i++
				break
			}
			continue
		}
		if len(all) > 0 && eximBegins(lines[i].String()) {
			break
		}
		// A reply of several lines goes on behind blanks.
		if trimmed := bytes.TrimLeft(pidLess(lines[i].text), " "); len(all) > 0 && len(trimmed) < len(lines[i].text) && replyCode(trimmed) > 0 {
			all = append(all, said{all[len(all)-1].heard, trimmed, &lines[i]})
		}
		eximPeer(&s, lines[i].String())
	}
	server := false // exim's own role
	for _, x := range all {
		if replyCode(x.text) > 0 {
			server = !x.heard
			break
		}
	}
	if server {
		s.Client, s.ClientAddr, s.Server, s.ServerAddr = s.Server, s.ServerAddr, "", s.ClientAddr
	}
	for _, x := range all {
		side := Server
		if x.heard == server {
			side = Client
		}
		s.add(side, x.at, x.text, time.Time{})
	}
	return s, i
}

// eximBegins tells the line before a new session.
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
		if _, rest, ok := strings.Cut(text, p); ok && s.Server == "" && !s.ServerAddr.IsValid() {
			host, more, _ := strings.Cut(rest, " ")
			if strings.HasPrefix(more, "[") {
				host += more
				host, _, _ = strings.Cut(host, " ")
			}
			setAddress(host, &s.Server, &s.ServerAddr, &s.ServerPort)
		}
	}
}

// scoreSendmail: ">>> " before what is sent, with replies that are not marked, perhaps
// behind "050 ".
func scoreSendmail(b []byte) int {
	b = bytes.TrimPrefix(b, []byte("050 "))
	if bytes.HasPrefix(b, []byte(">>> ")) && (isCommand(b[4:]) || string(b[4:]) == ".") {
		return 4
	}
	return 0
}

// readSendmail reads "sendmail -v". It does not show messages.
func readSendmail(lines []raw) *Report {
	s := Session{LineEndsAssumed: true, MessagesElided: true, Protocol: "smtp"}
	for i := range lines {
		b := bytes.TrimPrefix(lines[i].text, []byte("050 "))
		switch {
		case bytes.HasPrefix(b, []byte(">>> ")):
			s.add(Client, &lines[i], b[4:], time.Time{})
		case replyCode(b) > 0:
			s.add(Server, &lines[i], b, time.Time{})
		default:
			if _, rest, ok := strings.Cut(string(b), "Connecting to "); ok {
				host, _, _ := strings.Cut(rest, " ")
				s.Server = strings.TrimRight(host, ".")
			}
			s.note("said by sendmail", &lines[i])
		}
	}
	return &Report{Sessions: []Session{s}}
}
