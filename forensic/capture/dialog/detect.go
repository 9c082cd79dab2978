package dialog

import (
	"bytes"
	"strings"
)

// detector finds out which protocol is spoken, by what is said first; the port
// only decides where that leaves it open.
type detector struct {
	d *Dialog
	// stripped is set once a preamble was taken off.
	stripped [2]bool
}

// enough is the number of octets after which nothing more is waited for.
const enough = 4096

func (t *detector) run(final bool) bool {
	if t.preamble() {
		return true
	}
	c, s := &t.d.halves[Client], &t.d.halves[Server]
	p, decided := t.judge(c, s, final)
	if !decided {
		return false
	}
	t.d.begin(p)
	return true
}

func (t *detector) finish() {
	if t.d.opt.Port != "" {
		t.d.Protocol = t.d.opt.Port
	}
}

// begin starts the machine of a protocol.
func (d *Dialog) begin(p Protocol) {
	d.Protocol = p
	switch p {
	case SMTP, LMTP:
		d.machine = newSMTP(d)
	case POP3:
		d.machine = newPOP3(d)
	case IMAP:
		d.machine = newIMAP(d)
	case TLS:
		d.machine = newOpaque(d, nil)
	default:
		d.machine = &deaf{d: d}
	}
}

// deaf follows nothing.
type deaf struct{ d *Dialog }

func (f *deaf) run(bool) bool {
	moved := false
	for side := range f.d.halves {
		h := &f.d.halves[side]
		f.d.Unread[side] += int64(len(h.buf))
		moved = h.discard() || moved
	}
	return moved
}

func (f *deaf) finish() {}

// judge decides by the first octets of both ends.
func (t *detector) judge(c, s *half, final bool) (p Protocol, decided bool) {
	if opensTLS(c.buf) || opensTLS(s.buf) {
		return TLS, true
	}
	byServer, ok := serverSpeaks(s, t.d.opt.Port)
	if ok {
		return byServer, true
	}
	if line, whole := c.line(); whole {
		if p, ok := clientSpeaks(string(trimEOL(line[:min(len(line), 512)])), t.d.opt.Port); ok {
			return p, true
		}
		if _, answered := s.line(); answered || t.d.opt.Port == "" && !s.started {
			return t.fallback()
		}
	}
	if final && (c.started || s.started) || len(c.buf) > enough || len(s.buf) > enough || c.gap > 0 || s.gap > 0 {
		return t.fallback()
	}
	return "", false
}

// fallback is what the port says, or nothing.
func (t *detector) fallback() (Protocol, bool) {
	if t.d.opt.Port == TLS || t.d.opt.Port == "" {
		return Other, true
	}
	return t.d.opt.Port, true
}

// opensTLS reports whether a record of a handshake stands first, or one of data
// in a connection that was joined in the middle.
func opensTLS(b []byte) bool {
	return len(b) >= 3 && (b[0] == 0x16 || b[0] == 0x17 || b[0] == 0x14 || b[0] == 0x15) && b[1] == 3 && b[2] <= 4
}

// serverSpeaks decides by a greeting.
func serverSpeaks(s *half, port Protocol) (Protocol, bool) {
	line, ok := s.line()
	if !ok {
		return "", false
	}
	text := string(trimEOL(line[:min(len(line), 512)]))
	switch {
	case text == "+OK" || strings.HasPrefix(text, "+OK ") || strings.HasPrefix(text, "-ERR"):
		return POP3, true
	case strings.HasPrefix(text, "* OK") || strings.HasPrefix(text, "* PREAUTH") || strings.HasPrefix(text, "* BYE") || strings.HasPrefix(text, "* CAPABILITY"):
		return IMAP, true
	}
	code, rest, _ := splitReply([]byte(text))
	if code == 0 {
		return "", false
	}
	upperText := upper(rest)
	switch {
	case strings.Contains(upperText, "FTP") && !strings.Contains(upperText, "SMTP"):
		return Other, true
	case strings.Contains(upperText, "LMTP"):
		return LMTP, true
	case strings.Contains(upperText, "SMTP") && (code == 220 || code >= 400):
		return SMTP, true
	case port == SMTP || port == LMTP:
		return port, true
	}
	return "", false // 220 may be that of FTP: the client's first command decides
}

// clientSpeaks decides by a first command.
func clientSpeaks(line string, port Protocol) (Protocol, bool) {
	word, rest := cutWord(line)
	switch verb := upper(word); verb {
	case "LHLO":
		return LMTP, true
	case "EHLO", "HELO":
		return SMTP, true
	case "APOP", "CAPA", "STLS":
		return POP3, true
	case "USER", "RETR", "UIDL":
		if port == POP3 {
			return POP3, true
		}
	case "DATA", "RSET", "STARTTLS", "QUIT", "NOOP", "AUTH":
		if port != "" {
			return port, true
		}
	}
	if isCommandLine(line) && strings.Contains(line, ":") {
		return SMTP, true
	}
	second, _ := cutWord(rest)
	switch upper(second) {
	case "LOGIN", "CAPABILITY", "AUTHENTICATE", "SELECT", "FETCH", "APPEND", "NAMESPACE", "ID":
		if isTag(word) {
			return IMAP, true
		}
	}
	if port == SMTP && knownVerb(upper(word)) {
		return SMTP, true
	}
	return "", false
}

// isTag reports whether a word can be an IMAP tag (RFC 9051 9, tag).
func isTag(w string) bool {
	return w != "" && len(w) <= 32 && !strings.ContainsAny(w, "(){%*\"\\+:/.<>=")
}

// preamble takes off what a proxy puts in front of a dialogue.
func (t *detector) preamble() bool {
	c, s := &t.d.halves[Client], &t.d.halves[Server]
	if !t.stripped[Client] {
		if n := t.proxyHeader(c.buf); n > 0 {
			t.stripped[Client] = true
			c.skip(n)
			return true
		}
		if n := connectRequest(c.buf); n > 0 {
			t.d.Tunnel = strings.Fields(string(c.buf[:n]))[1]
			t.stripped[Client] = true
			c.skip(n)
			return true
		}
	}
	if t.d.Tunnel != "" && !t.stripped[Server] && bytes.HasPrefix(s.buf, []byte("HTTP/1.")) {
		if i := bytes.Index(s.buf, []byte("\r\n\r\n")); i >= 0 {
			t.stripped[Server] = true
			s.skip(i + 4)
			s.whole = false
			return true
		}
	}
	return false
}

// connectRequest is the length of an HTTP CONNECT (RFC 9110 9.3.6); 0 for none.
func connectRequest(b []byte) int {
	if !bytes.HasPrefix(b, []byte("CONNECT ")) {
		return 0
	}
	i := bytes.Index(b, []byte("\r\n\r\n"))
	if i < 0 || len(strings.Fields(string(b[:i]))) < 3 {
		return 0
	}
	return i + 4
}

// proxySignature opens version 2 of the PROXY protocol.
const proxySignature = "\r\n\r\n\x00\r\nQUIT\n"

// proxyHeader is the length of a header of the PROXY protocol, 0 for none. It
// states the client's address.
func (t *detector) proxyHeader(b []byte) int {
	if bytes.HasPrefix(b, []byte("PROXY ")) {
		line, _, ok := bytes.Cut(b, []byte("\r\n"))
		fields := strings.Fields(string(line))
		if !ok || len(line) > 107 {
			return 0
		}
		if len(fields) >= 6 {
			t.d.Proxied = fields[2]
		}
		return len(line) + 2
	}
	if len(b) < 16 || string(b[:12]) != proxySignature {
		return 0
	}
	n := 16 + int(b[14])<<8 + int(b[15])
	if len(b) < n {
		return 0
	}
	t.d.Proxied = proxyAddress(b[13], b[16:n])
	return n
}

// proxyAddress is the source address of a header of version 2.
func proxyAddress(family byte, b []byte) string {
	switch {
	case family>>4 == 1 && len(b) >= 12:
		return ipText(b[:4])
	case family>>4 == 2 && len(b) >= 36:
		return ipText(b[:16])
	}
	return ""
}
