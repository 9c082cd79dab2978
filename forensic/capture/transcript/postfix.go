package transcript

import (
	"bytes"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

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
		case bytes.HasPrefix(text, []byte("connect from ")), bytes.HasPrefix(text, []byte("disconnect from ")):
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
		if known && client && out.Sessions[at].Server != parseEnd(peer) {
			known = false // smtp goes from one server to the next without a word
		}
		if !known {
			at = len(out.Sessions)
			open[pid] = at
			out.Sessions = append(out.Sessions, postfixSession(peer, client))
		}
		side := dialog.Client
		if (text[0] == '>') != client {
			side = dialog.Server
		}
		out.Sessions[at].add(side, &lines[i], []byte(said), syslogTime(lines[i].text))
	}
	return out
}

func postfixSession(peer string, client bool) Session {
	s := Session{LineEndsAssumed: true, MessagesElided: true, Protocol: "smtp"}
	if client {
		s.Server = parseEnd(peer)
	} else {
		s.Client = parseEnd(peer)
	}
	return s
}
