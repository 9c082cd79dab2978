package transcript

import (
	"bytes"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// swaksMarks are what swaks puts before a line: who said it, in clear or under TLS
// (~). "**" and "~*" are replies that it did not expect.
var swaksMarks = [...]struct {
	mark string
	side dialog.Side
}{
	{" -> ", dialog.Client}, {" ~> ", dialog.Client}, {"<-  ", dialog.Server}, {"<** ", dialog.Server}, {"<~  ", dialog.Server}, {"<~* ", dialog.Server},
	{"** ", dialog.Client}, {" *> ", dialog.Client},
}

func swaksLine(b []byte) (side dialog.Side, text []byte, ok bool) {
	for _, m := range swaksMarks {
		if bytes.HasPrefix(b, []byte(m.mark)) {
			return m.side, b[len(m.mark):], true
		}
		if string(b) == strings.TrimRight(m.mark, " ") { // an empty line that lost its blanks
			return m.side, nil, true
		}
	}
	return dialog.Client, nil, false
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
				s.Server = parseEnd(host)
			}
			if host, ok := strings.CutPrefix(rest, "Connected to "); ok && s.Server.Name == "" {
				s.Server = parseEnd(strings.TrimSuffix(host, "."))
			}
			continue
		}
		if side, said, ok := swaksLine(lines[i].text); ok {
			s.add(side, &lines[i], said, time.Time{})
		}
	}
	flush()
	return out
}
