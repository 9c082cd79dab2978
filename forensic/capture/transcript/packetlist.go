package transcript

import (
	"bytes"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// scorePacketList: the columns of Wireshark's packet list.
func scorePacketList(b []byte) int {
	f := bytes.Split(b, []byte("\t"))
	if len(f) >= 7 && string(f[0]) == "No." {
		return decisive
	}
	if len(f) >= 7 && (string(f[4]) == "SMTP" || string(f[4]) == "POP" || string(f[4]) == "IMAP") {
		return 3
	}
	return 0
}

// readPacketList reads the list: "S: 503 text", "C: EHLO name", several lines of a
// reply in one, and credentials behind "User: " and "Pass: ". Text that was
// misread by a scanner stays as it is.
func readPacketList(lines []raw) *Report {
	s := Session{LineEndsAssumed: true}
	for i := range lines {
		f := strings.SplitN(lines[i].String(), "\t", 7)
		if len(f) < 7 || f[4] != "SMTP" && f[4] != "POP" && f[4] != "IMAP" {
			continue
		}
		info := f[6]
		src, dst := f[2], f[3]
		switch {
		case strings.HasPrefix(info, "S: "):
			src, dst = dst, src
			packetReply(&s, &lines[i], info[3:])
		case strings.HasPrefix(info, "C: "):
			said := info[3:]
			for _, p := range [...]string{"User: ", "Pass: "} {
				said = strings.TrimPrefix(said, p)
			}
			s.add(dialog.Client, &lines[i], []byte(said), time.Time{})
		default:
			continue
		}
		if s.Server.Name == "" {
			s.Client = parseEnd(src)
			s.Server = parseEnd(dst)
		}
	}
	if len(s.Lines) == 0 {
		return &Report{}
	}
	return &Report{Sessions: []Session{s}}
}

// packetReply parts a reply of several lines that stand in one: "250 a 250 b" or
// "250-a | b".
func packetReply(s *Session, r *raw, text string) {
	code := replyCode([]byte(text))
	if code == 0 {
		s.add(dialog.Server, r, []byte(text), time.Time{})
		return
	}
	number := text[:3]
	parts := strings.Split(text[min(4, len(text)):], " "+number+" ")
	for _, sep := range [...]string{" | ", " , "} {
		if len(parts) == 1 && strings.Contains(parts[0], sep) {
			parts = strings.Split(parts[0], sep)
		}
	}
	for i, p := range parts {
		hyphen := "-"
		if i == len(parts)-1 {
			hyphen = " "
		}
		s.add(dialog.Server, r, []byte(number+hyphen+p), time.Time{})
	}
}
