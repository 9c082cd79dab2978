package transcript

import (
	"bytes"
	"net/netip"
	"strings"
	"time"
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
	case isCommand(b), isPop(b), isImap(b):
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

// terminal reads a dialogue that has no marks. What is said decides who says it.
type terminal struct {
	s       *Session
	begun   bool
	closed  bool // telnet has said so
	data    bool // a message is on its way
	answers int  // lines of the client that come next, whatever they look like
	more    bool // the last reply goes on
	pop     bool
	imap    bool
	list    bool // a reply of several lines of POP3
	verb    string
	at      time.Time
}

func readTelnet(lines []raw) *Report {
	out := &Report{}
	t := terminal{s: &Session{LineEndsAssumed: true}}
	for i := range lines {
		if t.begun && !t.data && strings.HasPrefix(lines[i].String(), "Trying ") { // a second session
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

// preamble reads what telnet says before it is connected.
func (t *terminal) preamble(r *raw) bool {
	text := r.String()
	switch {
	case strings.HasPrefix(text, "Trying "):
		host := strings.TrimRight(strings.TrimPrefix(text, "Trying "), ". ")
		if a, err := netip.ParseAddr(host); err == nil {
			t.s.ServerAddr = a
		}
	case strings.HasPrefix(text, "Connected to "):
		t.s.Server = strings.TrimRight(strings.TrimPrefix(text, "Connected to "), ".")
	case strings.HasPrefix(text, "Connection to ") && strings.Contains(text, " succeeded"):
		f := strings.Fields(text)
		t.s.Server = f[2]
		if len(f) > 3 {
			t.s.ServerPort = portOf(f[3])
		}
	case t.closed:
		t.s.note("behind the end of the session", r)
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
		if len(args) > 0 && t.s.Server == "" {
			t.s.Server = args[0]
		}
		if len(args) > 1 {
			t.s.ServerPort = portOf(args[1])
		}
		return
	}
}

// noise passes over what telnet says in between and at the end.
func (t *terminal) noise(r *raw) bool {
	if t.data {
		return false
	}
	text := r.String()
	for _, p := range [...]string{"Connection closed by foreign host", "Connection closed.", "Script started", "Script done", "telnet> ", "^]", "DEBUG: ", "DEBUG SMTP", "DEBUG POP3", "DEBUG IMAP", "Escape character is"} {
		if strings.HasPrefix(text, p) {
			t.s.note("said by the terminal", r)
			t.closed = t.closed || t.begun && strings.HasPrefix(p, "Connection closed")
			return true
		}
	}
	return false
}

// line gives a line to the end that said it.
func (t *terminal) line(r *raw, text []byte) {
	t.begun = true
	side := t.who(text)
	if side == Server {
		t.reply(text)
	} else {
		t.command(text)
	}
	t.s.add(side, r, text, t.at)
}

// who decides by what is due.
func (t *terminal) who(text []byte) Side {
	switch {
	case t.data:
		return Client
	case t.list:
		return Server
	case t.answers > 0 && replyCode(text) == 0 && !isPop(text):
		return Client
	case t.more && replyCode(text) == 0 && !isCommand(text):
		return Server // a line of a reply that lost its code
	case replyCode(text) > 0, isPop(text), bytes.HasPrefix(text, []byte("+ ")) || string(text) == "+":
		return Server
	case t.imap && (bytes.HasPrefix(text, []byte("* ")) || imapTagged(text)):
		return Server
	case isImap(text):
		return Server
	}
	return Client
}

func imapTagged(text []byte) bool {
	f := bytes.Fields(text)
	return len(f) >= 2 && (string(f[1]) == "OK" || string(f[1]) == "NO" || string(f[1]) == "BAD")
}

// reply draws what comes next from what the server says.
func (t *terminal) reply(text []byte) {
	if t.list {
		t.list = string(text) != "."
		return
	}
	t.answers = 0
	switch code := replyCode(text); {
	case code > 0:
		t.more = moreToCome(text)
		t.data = code == 354 && !t.more
		if code == 334 {
			t.answers = 1
		}
	case isPop(text):
		t.pop = true
		t.list = len(text) > 0 && text[0] == '+' && t.several()
		t.verb = ""
	case isImap(text):
		t.imap = true
	case len(text) > 0 && text[0] == '+':
		t.answers = 1
	}
}

// several reports whether the command just given has a reply of several lines (RFC
// 1939 3).
func (t *terminal) several() bool {
	word, arg, _ := strings.Cut(t.verb, " ")
	switch strings.ToUpper(word) {
	case "RETR", "TOP", "CAPA":
		return true
	case "LIST", "UIDL":
		return strings.TrimSpace(arg) == ""
	}
	return false
}

func (t *terminal) command(text []byte) {
	t.more = false
	if t.data {
		t.data = string(text) != "."
		return
	}
	t.answers = 0
	t.verb = string(text)
}

// scoreOpenSSL: the words of s_client around a dialogue.
func scoreOpenSSL(b []byte) int {
	if bytes.HasPrefix(b, []byte("CONNECTED(0")) {
		return decisive
	}
	for _, p := range [...]string{"SSL handshake has read", "Verify return code", "    Verify return code", "Post-Handshake New Session Ticket", "SSL-Session:", "Server certificate", "New, TLSv", "New, SSLv", "depth=", "verify return:"} {
		if bytes.HasPrefix(b, []byte(p)) {
			return 3
		}
	}
	return 0
}

// readOpenSSL reads the dialogue behind the handshake. What was said before it
// is not shown by s_client.
func readOpenSSL(lines []raw) *Report {
	s := Session{LineEndsAssumed: true}
	t := terminal{s: &s, begun: true}
	inside := true // within what s_client says
	for i := range lines {
		b := lines[i].text
		text := string(b)
		t.connectLine(text)
		switch {
		case text == "---":
			inside = i+1 < len(lines) && blockBegins(lines[i+1].String())
			continue
		case strings.HasPrefix(text, "Post-Handshake New Session Ticket"), strings.HasPrefix(text, "CONNECTED("):
			inside = true
			continue
		case inside:
			if text == "read R BLOCK" {
				inside = false
			}
			continue
		case strings.HasPrefix(text, "Script "), text == "read R BLOCK", text == "DONE", text == "closed", text == "RENEGOTIATING", text == "KEYUPDATE", strings.HasPrefix(text, "read:errno="), text == "" && !t.data:
			s.note("said by s_client", &lines[i])
			continue
		}
		t.line(&lines[i], b)
	}
	return &Report{Sessions: []Session{s}}
}

// blockBegins reports whether a line begins one of the blocks that s_client prints
// between lines of hyphens.
func blockBegins(text string) bool {
	for _, p := range [...]string{
		"Certificate chain", "Server certificate", "No client certificate", "Acceptable client", "SSL handshake", "New, ", "Post-Handshake", "SSL-Session", "no peer certificate",
		"Client Certificate Types", "Peer signing", "Server public key", "Early data", "Verification", "Server Temp Key", "Protocol", "Compression",
	} {
		if strings.HasPrefix(text, p) {
			return true
		}
	}
	return false
}

// connectLine finds the host in the command line.
func (t *terminal) connectLine(text string) {
	f := strings.Fields(text)
	for i := range f {
		if f[i] == "-connect" && i+1 < len(f) && strings.Contains(text, "s_client") {
			setAddress(f[i+1], &t.s.Server, &t.s.ServerAddr, &t.s.ServerPort)
		}
	}
}
