package transcript

import (
	"bytes"
	"strings"
	"time"
)

// swaksMarks are what swaks puts before a line: who said it, in clear or under TLS
// (~). "**" and "~*" are replies that it did not expect.
var swaksMarks = [...]struct {
	mark string
	side Side
}{
	{" -> ", Client}, {" ~> ", Client}, {"<-  ", Server}, {"<** ", Server}, {"<~  ", Server}, {"<~* ", Server},
	{"** ", Client}, {" *> ", Client},
}

func swaksLine(b []byte) (side Side, text []byte, ok bool) {
	for _, m := range swaksMarks {
		if bytes.HasPrefix(b, []byte(m.mark)) {
			return m.side, b[len(m.mark):], true
		}
		if string(b) == strings.TrimRight(m.mark, " ") { // an empty line that lost its blanks
			return m.side, nil, true
		}
	}
	return Client, nil, false
}

func scoreSwaks(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("=== Trying ")), bytes.HasPrefix(b, []byte("=== Connected to ")):
		return 4
	case bytes.HasPrefix(b, []byte("<-  ")), bytes.HasPrefix(b, []byte("<** ")), bytes.HasPrefix(b, []byte("<~  ")), bytes.HasPrefix(b, []byte(" ~> ")):
		return 2
	case bytes.HasPrefix(b, []byte(" -> ")):
		return 2
	}
	return 0
}

// readSwaks reads what swaks prints. Lines with "===" are its own.
func readSwaks(lines []raw) *Report {
	out := &Report{}
	s := Session{LineEndsAssumed: true}
	flush := func() {
		if len(s.Lines) > 0 {
			out.Sessions = append(out.Sessions, s)
		}
		s = Session{LineEndsAssumed: true}
	}
	for i := range lines {
		text := lines[i].String()
		if rest, ok := strings.CutPrefix(text, "=== "); ok {
			if strings.HasPrefix(rest, "Trying ") {
				flush()
				host := strings.TrimSuffix(strings.TrimPrefix(rest, "Trying "), "...")
				setAddress(host, &s.Server, &s.ServerAddr, &s.ServerPort)
			}
			if host, ok := strings.CutPrefix(rest, "Connected to "); ok && s.Server == "" {
				setAddress(strings.TrimSuffix(host, "."), &s.Server, &s.ServerAddr, &s.ServerPort)
			}
			s.note("said by swaks", &lines[i])
			continue
		}
		if side, said, ok := swaksLine(lines[i].text); ok {
			s.add(side, &lines[i], said, time.Time{})
		} else if len(lines[i].text) > 0 {
			s.note("a line without a mark", &lines[i])
		}
	}
	flush()
	return out
}
