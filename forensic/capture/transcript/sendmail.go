package transcript

import (
	"bytes"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

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
			s.add(dialog.Client, &lines[i], b[4:], time.Time{})
		case replyCode(b) > 0:
			s.add(dialog.Server, &lines[i], b, time.Time{})
		default:
			if _, rest, ok := strings.Cut(string(b), "Connecting to "); ok {
				host, _, _ := strings.Cut(rest, " ")
				s.Server.Name = strings.TrimRight(host, ".")
			}
		}
	}
	return &Report{Sessions: []Session{s}}
}
