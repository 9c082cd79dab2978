package transcript

import (
	"bytes"
	"strings"
	"time"
)

// scoreCurl: "> " and "< " with "* " in between.
func scoreCurl(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("* Connected to ")), bytes.HasPrefix(b, []byte("*   Trying ")), bytes.HasPrefix(b, []byte("* Connection #")):
		return 3
	case bytes.HasPrefix(b, []byte("< ")) && (replyCode(b[2:]) > 0 || isPop(b[2:]) || isImap(b[2:])):
		return 3
	case bytes.HasPrefix(b, []byte("> ")) && isCommand(b[2:]):
		return 3
	}
	return 0
}

// readCurl reads curl -v. It does not show messages, but for a count.
func readCurl(lines []raw) *Report {
	s := Session{LineEndsAssumed: true, MessagesElided: true}
	for i := range lines {
		b := lines[i].text
		text := string(b)
		switch {
		case strings.HasPrefix(text, "*   Trying "):
			host := strings.TrimRight(strings.TrimPrefix(text, "*   Trying "), ". ")
			setAddress(host, &s.Server, &s.ServerAddr, &s.ServerPort)
		case strings.HasPrefix(text, "* Connected to "):
			curlConnected(&s, text)
		case strings.HasPrefix(text, "> "), text == ">":
			s.add(Client, &lines[i], b[min(2, len(b)):], time.Time{})
		case strings.HasPrefix(text, "< "), text == "<":
			s.add(Server, &lines[i], b[min(2, len(b)):], time.Time{})
		default:
			s.note("said by curl, or a message that is not marked", &lines[i])
		}
	}
	return &Report{Sessions: []Session{s}}
}

// curlConnected reads "* Connected to host (1.2.3.4) port 25 (#0)".
func curlConnected(s *Session, text string) {
	f := strings.Fields(text)
	for i, w := range f {
		if w == "to" && i+1 < len(f) {
			s.Server = f[i+1]
		}
		if strings.HasPrefix(w, "(") && s.ServerAddr == (Session{}).ServerAddr {
			var name string
			setAddress(strings.Trim(w, "()"), &name, &s.ServerAddr, new(uint16))
		}
		if w == "port" && i+1 < len(f) {
			s.ServerPort = portOf(f[i+1])
		}
	}
}
