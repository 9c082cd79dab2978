package transcript

import (
	"bytes"
	"net/netip"
	"strings"
)

// scoreTelnet: replies and commands without a mark of who says them.
func scoreTelnet(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("Escape character is")):
		return 4
	case bytes.HasPrefix(b, []byte("Connected to ")), bytes.HasPrefix(b, []byte("Connection closed by foreign host")):
		return 2
	case replyCode(b) > 0:
		return 2
	case isCommand(b), isPop(b), isImap(b), imapTagged(b), isImapCommand(b):
		return 2
	}
	return 0
}

// plausible reports whether a text without marks is a dialogue: a greeting comes early,
// and the first replies are not in the middle of other text.
func plausible(lines []raw) bool {
	fields := 0
	for i := range lines[:min(len(lines), 60)] {
		b := lines[i].text
		if isField(b) {
			fields++
		}
		if fields >= 2 || bytes.HasPrefix(b, []byte("From ")) {
			return false // a message, or a mailbox
		}
		switch code := replyCode(b); {
		case code == 220 || code == 554 || code == 421 || isPop(b) || isImap(b):
			return true
		case code > 0 || isCommand(b):
			return i < 8
		}
	}
	return false
}

func readTelnet(lines []raw) *Report {
	out := &Report{}
	t := terminal{s: &Session{LineEndsAssumed: true}}
	for i := range lines {
		if t.another(lines[i].String()) {
			out.Sessions = append(out.Sessions, *t.s)
			t = terminal{s: &Session{LineEndsAssumed: true}}
		}
		if (!t.begun || t.closed) && t.preamble(&lines[i]) {
			continue
		}
		if t.noise(&lines[i]) {
			continue
		}
		t.line(&lines[i], lines[i].text)
	}
	out.Sessions = append(out.Sessions, *t.s)
	return out
}

// another reports whether a line begins a further session: telnet connects again.
func (t *terminal) another(text string) bool {
	return t.begun && !t.data.on && strings.HasPrefix(text, "Trying ") || t.closed && strings.HasPrefix(text, "Connected to ")
}

// preamble reads what telnet says before it is connected.
func (t *terminal) preamble(r *raw) bool {
	text := r.String()
	switch {
	case strings.HasPrefix(text, "Trying "):
		host := strings.TrimRight(strings.TrimPrefix(text, "Trying "), ". ")
		if a, err := netip.ParseAddr(host); err == nil {
			t.s.Server.Addr = a
		}
	case strings.HasPrefix(text, "Connected to "):
		t.s.Server.Name = strings.TrimRight(strings.TrimPrefix(text, "Connected to "), ".")
	case strings.HasPrefix(text, "Connection to ") && strings.Contains(text, " succeeded"):
		f := strings.Fields(text)
		t.s.Server.Name = f[2]
		if len(f) > 3 {
			t.s.Server.Port = portOf(f[3])
		}
	case t.closed:
	case replyCode(r.text) > 0, isPop(r.text), isImap(r.text), isCommand(r.text):
		return false
	default:
		t.shell(text)
	}
	return true
}

// shell finds the host and port in the command line that began the session.
func (t *terminal) shell(text string) {
	f := strings.Fields(text)
	for i, w := range f {
		if w != "telnet" && w != "nc" && w != "ncat" && w != "netcat" {
			continue
		}
		var args []string
		for _, a := range f[i+1:] {
			if !strings.HasPrefix(a, "-") {
				args = append(args, a)
			}
		}
		if len(args) > 0 && t.s.Server.Name == "" {
			t.s.Server.Name = args[0]
		}
		if len(args) > 1 {
			t.s.Server.Port = portOf(args[1])
		}
		return
	}
}

// noise passes over what telnet says in between and at the end.
func (t *terminal) noise(r *raw) bool {
	if t.data.on {
		return false
	}
	text := r.String()
	for _, p := range [...]string{"Connection closed by foreign host", "Connection closed.", "Script started", "Script done", "telnet> ", "^]", "DEBUG: ", "DEBUG SMTP", "DEBUG POP3", "DEBUG IMAP", "Escape character is"} {
		if strings.HasPrefix(text, p) {
			t.closed = t.closed || t.begun && strings.HasPrefix(p, "Connection closed")
			return true
		}
	}
	return false
}
