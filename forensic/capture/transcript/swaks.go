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

// prefixes are marks of other programs and of RFCs. The time in front of them is
// not read.
var prefixes = [...]struct {
	mark string
	side Side
}{
	{"C: ", Client}, {"S: ", Server}, {"C:", Client}, {"S:", Server},
	{"CLIENT -> SERVER: ", Client}, {"SERVER -> CLIENT: ", Server}, // PHPMailer
	{"CLIENT -> SERVER:", Client}, {"SERVER -> CLIENT:", Server},
	{"Net::SMTP>>> ", Client}, {"Net::SMTP<<< ", Server}, // Perl, without the object's number
	{"Client: ", Client}, {"Server: ", Server}, {"client: ", Client}, {"server: ", Server},
	{">>> ", Client}, {"<<< ", Server},
	{"-> ", Client}, {"<- ", Server}, {"--> ", Client}, {"<-- ", Server}, // the latter two of msmtp
	{"C> ", Client}, {"S> ", Server}, {"c> ", Client}, {"s> ", Server},
}

// prefixed finds the mark of a line. A program may put its name, a time and a level in
// front of it.
func prefixed(b []byte) (side Side, text []byte, ok bool) {
	for _, p := range prefixes {
		if bytes.HasPrefix(b, []byte(p.mark)) {
			return p.side, b[len(p.mark):], true
		}
	}
	if bytes.HasPrefix(b, []byte("Net::")) {
		if i := bytes.Index(b, []byte(">>> ")); i > 0 {
			return Client, b[i+4:], true
		}
		if i := bytes.Index(b, []byte("<<< ")); i > 0 {
			return Server, b[i+4:], true
		}
	}
	head := b[:min(len(b), 80)]
	if len(b) > 0 && (b[0] == '[' || digit(b[0])) {
		for _, p := range prefixes[:8] {
			if i := bytes.Index(head, []byte(" "+p.mark)); i >= 0 {
				return p.side, b[i+1+len(p.mark):], true
			}
			if i := bytes.Index(head, []byte("\t"+p.mark)); i >= 0 {
				return p.side, b[i+1+len(p.mark):], true
			}
		}
	}
	return Client, nil, false
}

func scorePrefixed(b []byte) int {
	side, text, ok := prefixed(b)
	switch {
	case !ok:
		return 0
	case side == Server && (replyCode(text) > 0 || isPop(text) || isImap(text)):
		return 3
	case side == Client && isCommand(text):
		return 3
	}
	return 0
}

// readPrefixed reads marked lines. A line without a mark goes on with the one before it:
// RFCs leave the mark out within a message or a reply. In a message, empty lines and blanks count.
func readPrefixed(lines []raw) *Report {
	s := Session{LineEndsAssumed: true}
	last, begun, data := Client, false, false
	for i := range lines {
		side, text, ok := prefixed(lines[i].text)
		switch {
		case ok:
			begun, last = true, side
			data = side == Server && replyCode(text) == 354 && !moreToCome(text) || side == Client && data && string(text) != "."
			s.add(side, &lines[i], text, time.Time{})
		case data:
			data = string(lines[i].text) != "."
			s.add(Client, &lines[i], lines[i].text, time.Time{})
		case !begun || len(lines[i].text) == 0:
			s.note("a line without a mark", &lines[i])
		default:
			s.add(last, &lines[i], bytes.TrimLeft(lines[i].text, " \t"), time.Time{})
		}
	}
	return &Report{Sessions: []Session{s}}
}

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
