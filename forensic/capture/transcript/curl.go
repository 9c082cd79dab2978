package transcript

import (
	"bytes"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
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
			s.Server = parseEnd(host)
		case strings.HasPrefix(text, "* Connected to "):
			curlConnected(&s, text)
		case strings.HasPrefix(text, "> "), text == ">":
			s.add(dialog.Client, &lines[i], b[min(2, len(b)):], time.Time{})
		case strings.HasPrefix(text, "< "), text == "<":
			s.add(dialog.Server, &lines[i], b[min(2, len(b)):], time.Time{})
		}
	}
	return &Report{Sessions: []Session{s}}
}

// curlConnected reads "* Connected to host (1.2.3.4) port 25 (#0)".
func curlConnected(s *Session, text string) {
	f := strings.Fields(text)
	for i, w := range f {
		if w == "to" && i+1 < len(f) {
			s.Server.Name = f[i+1]
		}
		if strings.HasPrefix(w, "(") && !s.Server.Addr.IsValid() {
			s.Server.Addr = parseEnd(strings.Trim(w, "()")).Addr
		}
		if w == "port" && i+1 < len(f) {
			s.Server.Port = portOf(f[i+1])
		}
	}
}
