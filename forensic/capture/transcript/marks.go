package transcript

import "bytes"

// isField reports whether a line looks like a header field of a message.
func isField(b []byte) bool {
	i := bytes.IndexByte(b, ':')
	if i < 2 || i+1 >= len(b) || b[i+1] != ' ' || isCommand(b) {
		return false
	}
	for _, c := range b[:i] {
		if c != '-' && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// replyCode is the code of an SMTP reply line; 0 for another line.
func replyCode(b []byte) int {
	if len(b) < 3 || b[0] < '2' || b[0] > '5' || !digit(b[1]) || !digit(b[2]) {
		return 0
	}
	if len(b) > 3 && b[3] != ' ' && b[3] != '-' {
		return 0
	}
	return int(b[0]-'0')*100 + int(b[1]-'0')*10 + int(b[2]-'0')
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// moreToCome reports whether a reply line has others behind it.
func moreToCome(b []byte) bool { return len(b) > 3 && b[3] == '-' }

// verbs are the commands that a line of a terminal is recognised by.
var verbs = [...]string{
	"EHLO", "HELO", "LHLO", "MAIL FROM", "RCPT TO", "DATA", "BDAT", "QUIT", "RSET", "NOOP", "VRFY", "EXPN", "HELP", "AUTH", "STARTTLS", "ETRN", "SEND FROM", "XCLIENT",
}

func isCommand(b []byte) bool {
	b = bytes.TrimSpace(b)
	for _, v := range verbs {
		if len(b) >= len(v) && bytes.EqualFold(b[:len(v)], []byte(v)) && (len(b) == len(v) || b[len(v)] == ' ' || b[len(v)] == ':') {
			return true
		}
	}
	return false
}

// isPop reports whether a line is a reply of POP3, isImap one of IMAP.
func isPop(b []byte) bool {
	return bytes.HasPrefix(b, []byte("+OK")) || bytes.HasPrefix(b, []byte("-ERR"))
}

func isImap(b []byte) bool {
	for _, p := range [...]string{"* OK", "* CAPABILITY", "* FLAGS", "* BYE", "* PREAUTH", "* LIST"} {
		if bytes.HasPrefix(b, []byte(p)) {
			return true
		}
	}
	return false
}

// isImapCommand reports whether a line is a tag with a command of IMAP behind it (RFC 9051 6).
func isImapCommand(b []byte) bool {
	f := bytes.Fields(b)
	if len(f) < 2 || len(f[0]) > 10 || f[0][0] == '*' {
		return false
	}
	switch string(bytes.ToUpper(f[1])) {
	case "CAPABILITY", "NOOP", "LOGOUT", "STARTTLS", "AUTHENTICATE", "LOGIN", "SELECT", "EXAMINE", "LIST", "LSUB", "STATUS", "APPEND", "IDLE", "CLOSE", "EXPUNGE", "SEARCH", "FETCH", "STORE", "COPY", "UID":
		return true
	}
	return false
}

// passing tells whether a message is on its way: behind 354, up to its dot.
type passing struct{ on bool }

// reply looks at a line of the server's.
func (p *passing) reply(text []byte) { p.on = replyCode(text) == 354 && !moreToCome(text) }

// command looks at a line of the client's.
func (p *passing) command(text []byte) { p.on = p.on && string(text) != "." }
