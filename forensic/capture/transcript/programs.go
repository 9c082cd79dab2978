package transcript

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

func scoreSmtplib(b []byte) int {
	b = pythonTime(b)
	for _, p := range [...]string{"send: '", "send: b'", "send: \"", "reply: b'", "reply: '", "reply: retcode (", "data: (", "connect: ("} {
		if bytes.HasPrefix(b, []byte(p)) {
			return 3
		}
	}
	return 0
}

// pythonTime takes "12:34:56.123456 " off, which level 2 puts in front. It
// has no date, so no time is made of it.
func pythonTime(b []byte) []byte {
	if len(b) > 16 && b[2] == ':' && b[5] == ':' && b[8] == '.' {
		return b[16:]
	}
	return b
}

// readSmtplib reads the debugging output of Python's smtplib: literals of
// Python, with their line ends.
func readSmtplib(lines []raw) *Report {
	s := Session{}
	for i := range lines {
		b := pythonTime(lines[i].text)
		switch {
		case bytes.HasPrefix(b, []byte("send: ")):
			pythonLiteral(&s, Client, &lines[i], b[6:])
		case bytes.HasPrefix(b, []byte("reply: retcode")):
		case bytes.HasPrefix(b, []byte("reply: ")):
			pythonLiteral(&s, Server, &lines[i], b[7:])
		case bytes.HasPrefix(b, []byte("connect: ")):
			pythonConnect(&s, string(b))
		}
	}
	if len(s.Lines) == 0 {
		return &Report{}
	}
	return &Report{Sessions: []Session{s}}
}

// pythonConnect reads "connect: ('host', 25)" and "connect: to ('host', 25) None".
func pythonConnect(s *Session, text string) {
	_, rest, ok := strings.Cut(text, "('")
	host, rest, ok2 := strings.Cut(rest, "'")
	if !ok || !ok2 || s.Server != "" {
		return
	}
	setAddress(host, &s.Server, &s.ServerAddr, &s.ServerPort)
	number, _, _ := strings.Cut(strings.TrimLeft(rest, ", "), ")")
	s.ServerPort = portOf(number)
}

func pythonLiteral(s *Session, side Side, r *raw, text []byte) {
	data, ok := unquotePython(text)
	if !ok {
		s.note("no literal of Python", r)
		return
	}
	if side == Server && !bytes.HasSuffix(data, []byte("\n")) {
		data = append(data, '\r', '\n') // the reply without its line end, as old versions print it
	}
	s.Lines = append(s.Lines, Line{Side: side, Data: data, Offset: r.offset, Len: len(r.text), Number: r.number})
}

// unquotePython reads a literal of Python, of text or bytes.
func unquotePython(b []byte) ([]byte, bool) {
	b = bytes.TrimSpace(bytes.TrimPrefix(b, []byte("b")))
	if len(b) < 2 || b[0] != '\'' && b[0] != '"' || b[len(b)-1] != b[0] {
		return nil, false
	}
	b = b[1 : len(b)-1]
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' || i+1 == len(b) {
			out = append(out, b[i])
			continue
		}
		i++
		switch b[i] {
		case 'r':
			out = append(out, '\r')
		case 'n':
			out = append(out, '\n')
		case 't':
			out = append(out, '\t')
		case 'x':
			if n, err := strconv.ParseUint(string(b[i+1:min(i+3, len(b))]), 16, 8); err == nil && i+2 < len(b) {
				out = append(out, byte(n))
				i += 2
			}
		case 'u':
			if n, err := strconv.ParseUint(string(b[i+1:min(i+5, len(b))]), 16, 32); err == nil && i+4 < len(b) {
				out = append(out, string(rune(n))...)
				i += 4
			}
		default:
			out = append(out, b[i])
		}
	}
	return out, true
}

// syslog parts a line of a log: the program's name with its process, and what it says.
func syslog(b []byte) (program, pid string, text []byte, ok bool) {
	i := bytes.IndexByte(b, '[')
	for i > 0 {
		j := bytes.Index(b[i:], []byte("]: "))
		if j < 0 {
			return "", "", nil, false
		}
		number := b[i+1 : i+j]
		start := bytes.LastIndexByte(b[:i], ' ') + 1
		if len(number) > 0 && digit(number[0]) && i > start {
			return string(b[start:i]), string(number), b[i+j+3:], true
		}
		k := bytes.IndexByte(b[i+1:], '[')
		if k < 0 {
			break
		}
		i += 1 + k
	}
	return "", "", nil, false
}

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
		case bytes.HasPrefix(text, []byte("connect from ")):
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
		if !known {
			at = len(out.Sessions)
			open[pid] = at
			out.Sessions = append(out.Sessions, postfixSession(peer, client))
		}
		side := Client
		if (text[0] == '>') != client {
			side = Server
		}
		out.Sessions[at].add(side, &lines[i], []byte(said), syslogTime(lines[i].text))
	}
	return out
}

func postfixSession(peer string, client bool) Session {
	s := Session{LineEndsAssumed: true, ZoneAssumed: true, Protocol: "smtp"}
	if client {
		setAddress(peer, &s.Server, &s.ServerAddr, &s.ServerPort)
	} else {
		setAddress(peer, &s.Client, &s.ClientAddr, &s.ClientPort)
	}
	return s
}

// syslogTime is the time of a line that has a year (RFC 5424); the old form has none and
// gives no time.
func syslogTime(b []byte) time.Time {
	word, _, _ := strings.Cut(string(b[:min(len(b), 64)]), " ")
	t, err := time.Parse(time.RFC3339Nano, word)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// eximMark finds "SMTP<< " and its kin behind the process number and time.
func eximMark(b []byte) (heard bool, text []byte, ok bool) {
	head := b[:min(len(b), 64)]
	for _, m := range [...]string{"SMTP<< ", "SMTP>> ", "SMTP+> ", "SMTP|> ", "SMTP(> "} {
		if i := bytes.Index(head, []byte(m)); i >= 0 {
			return m[4] == '<', b[i+len(m):], true
		}
	}
	return false, nil, false
}

func scoreExim(b []byte) int {
	if _, _, ok := eximMark(b); ok {
		return 3
	}
	return 0
}

// readExim reads "exim -d": "SMTP>>" is what exim says. Whether it is client or
// server is told by who says replies.
func readExim(lines []raw) *Report {
	out := &Report{}
	for i := 0; i < len(lines); {
		s, next := eximSession(lines, i)
		if len(s.Lines) > 0 {
			out.Sessions = append(out.Sessions, s)
		}
		i = next
	}
	return out
}

// eximSession reads up to the end of a session: a QUIT that was answered.
func eximSession(lines []raw, from int) (Session, int) {
	type said struct {
		heard bool
		text  []byte
		at    *raw
	}
	var all []said
	s := Session{LineEndsAssumed: true, Protocol: "smtp"}
	i, quit := from, false
	for ; i < len(lines); i++ {
		heard, text, ok := eximMark(lines[i].text)
		if ok {
			all = append(all, said{heard, text, &lines[i]})
			quit = quit || bytes.EqualFold(bytes.TrimSpace(text), []byte("QUIT"))
			if quit && replyCode(text) == 221 {
				i++
				break
			}
			continue
		}
		// A reply of several lines goes on behind blanks.
		if trimmed := bytes.TrimLeft(pidLess(lines[i].text), " "); len(all) > 0 && len(trimmed) < len(lines[i].text) && replyCode(trimmed) > 0 {
			all = append(all, said{all[len(all)-1].heard, trimmed, &lines[i]})
		}
		eximPeer(&s, lines[i].String())
	}
	server := false // exim's own role
	for _, x := range all {
		if replyCode(x.text) > 0 {
			server = !x.heard
			break
		}
	}
	if server {
		s.Client, s.ClientAddr, s.Server, s.ServerAddr = s.Server, s.ServerAddr, "", s.ClientAddr
	}
	for _, x := range all {
		side := Server
		if x.heard == server {
			side = Client
		}
		s.add(side, x.at, x.text, time.Time{})
	}
	return s, i
}

// pidLess takes the number of the process off.
func pidLess(b []byte) []byte {
	if i := bytes.IndexByte(b, ' '); i > 3 && len(bytes.Trim(b[:i], "0123456789")) == 0 && bytes.HasPrefix(b[i:], []byte("   ")) {
		return b[i:]
	}
	return b
}

// eximPeer reads "Connecting to host [1.2.3.4]:25 …" and "connection from [1.2.3.4]".
func eximPeer(s *Session, text string) {
	for _, p := range [...]string{"Connecting to ", "onnection from "} {
		if _, rest, ok := strings.Cut(text, p); ok && s.Server == "" && !s.ServerAddr.IsValid() {
			host, more, _ := strings.Cut(rest, " ")
			if strings.HasPrefix(more, "[") {
				host += more
				host, _, _ = strings.Cut(host, " ")
			}
			setAddress(host, &s.Server, &s.ServerAddr, &s.ServerPort)
		}
	}
}

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
	s := Session{LineEndsAssumed: true, Protocol: "smtp"}
	for i := range lines {
		b := bytes.TrimPrefix(lines[i].text, []byte("050 "))
		switch {
		case bytes.HasPrefix(b, []byte(">>> ")):
			s.add(Client, &lines[i], b[4:], time.Time{})
		case replyCode(b) > 0:
			s.add(Server, &lines[i], b, time.Time{})
		default:
			if _, rest, ok := strings.Cut(string(b), "Connecting to "); ok {
				host, _, _ := strings.Cut(rest, " ")
				s.Server = strings.TrimRight(host, ".")
			}
			s.note("said by sendmail", &lines[i])
		}
	}
	if len(s.Lines) == 0 {
		return &Report{}
	}
	return &Report{Sessions: []Session{s}}
}

func scoreExchange(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("#Fields: date-time,connector-id,session-id")):
		return 10
	case bytes.HasPrefix(b, []byte("#Log-type: SMTP ")):
		return 6
	}
	return 0
}

// readExchange reads protocol logs: lines of the columns that #Fields names.
// In a log of a receive connector ">" is what the server says; in one of a send
// connector it is the client. "*" is information, "+" and "-" begin and end a session.
func readExchange(lines []raw) *Report {
	out := &Report{}
	x := exchange{open: map[string]int{}, columns: exchangeColumns("date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context")}
	for i := range lines {
		text := lines[i].String()
		switch {
		case strings.HasPrefix(text, "#Log-type:"):
			x.send = strings.Contains(text, "Send")
		case strings.HasPrefix(text, "#Fields:"):
			x.columns = exchangeColumns(strings.TrimSpace(strings.TrimPrefix(text, "#Fields:")))
		case strings.HasPrefix(text, "#"):
		default:
			x.line(out, &lines[i])
		}
	}
	kept := out.Sessions[:0]
	for _, s := range out.Sessions {
		if len(s.Lines) > 0 {
			kept = append(kept, s)
		}
	}
	out.Sessions = kept
	return out
}

type exchange struct {
	send    bool
	columns map[string]int
	open    map[string]int
}

func exchangeColumns(fields string) map[string]int {
	out := map[string]int{}
	for i, f := range strings.Split(fields, ",") {
		out[strings.TrimSpace(f)] = i
	}
	return out
}

func (x *exchange) get(cells []string, name string) string {
	i, ok := x.columns[name]
	if !ok || i >= len(cells) {
		return ""
	}
	return cells[i]
}

func (x *exchange) line(out *Report, r *raw) {
	cells := csvCells(r.String())
	id, event := x.get(cells, "session-id"), x.get(cells, "event")
	if id == "" {
		return
	}
	at, known := x.open[id]
	if !known {
		at = len(out.Sessions)
		x.open[id] = at
		s := Session{LineEndsAssumed: true, Protocol: "smtp"}
		local, remote := x.get(cells, "local-endpoint"), x.get(cells, "remote-endpoint")
		if x.send {
			local, remote = remote, local
		}
		setAddress(local, &s.Server, &s.ServerAddr, &s.ServerPort)
		setAddress(remote, &s.Client, &s.ClientAddr, &s.ClientPort)
		out.Sessions = append(out.Sessions, s)
	}
	s := &out.Sessions[at]
	if event != ">" && event != "<" {
		return
	}
	side := Server
	if (event == ">") == x.send {
		side = Client
	}
	when, err := time.Parse(time.RFC3339Nano, x.get(cells, "date-time"))
	if err != nil {
		when = time.Time{}
	}
	for _, said := range exchangeLines(x.get(cells, "data"), side) {
		s.add(side, r, []byte(said), when.UTC())
	}
}

// exchangeLines parts a reply of several lines, which Exchange writes into one cell, with the
// code before the first one alone or before each.
func exchangeLines(data string, side Side) []string {
	if side == Client {
		return []string{data}
	}
	text := strings.TrimSpace(data)
	code := replyCode([]byte(text))
	if code == 0 {
		return []string{data}
	}
	number := text[:3]
	if strings.Contains(text, " "+number+"-") || strings.Contains(text, " "+number+" ") && moreToCome([]byte(text)) {
		text = strings.ReplaceAll(text, " "+number+"-", "\n"+number+"-")
		if i := strings.LastIndex(text, " "+number+" "); i >= 0 {
			text = text[:i] + "\n" + text[i+1:]
		}
		return strings.Split(text, "\n")
	}
	if !moreToCome([]byte(text)) || !strings.Contains(text, " ") {
		return []string{text}
	}
	words := strings.Fields(text[4:])
	return exchangeExtensions(number, words)
}

// exchangeExtensions makes lines of the words of an EHLO's reply: each extension has one of its own.
func exchangeExtensions(number string, words []string) (out []string) {
	line := ""
	flush := func(hyphen string) {
		if line != "" {
			out = append(out, number+hyphen+line)
		}
	}
	for _, w := range words {
		switch w {
		case "SIZE", "PIPELINING", "DSN", "ENHANCEDSTATUSCODES", "STARTTLS", "X-ANONYMOUSTLS", "AUTH", "X-EXPS", "8BITMIME", "BINARYMIME", "CHUNKING", "XEXCH50", "XRDST", "XSHADOW", "SMTPUTF8", "XSHADOWREQUEST", "XPROXY", "XOORG":
			flush("-")
			line = w
		default:
			if line != "" {
				line += " "
			}
			line += w
		}
	}
	flush(" ")
	return out
}

// csvCells parts a line at its commas; quotes may hold some (RFC 4180 2).
func csvCells(line string) (cells []string) {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '"' && quoted && i+1 < len(line) && line[i+1] == '"':
			b.WriteByte('"')
			i++
		case c == '"':
			quoted = !quoted
		case c == ',' && !quoted:
			cells = append(cells, b.String())
			b.Reset()
		default:
			b.WriteByte(c)
		}
	}
	return append(cells, b.String())
}
