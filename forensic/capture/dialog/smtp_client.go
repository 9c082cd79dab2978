package dialog

import (
	"bytes"
	"strconv"
	"strings"
)

const (
	// maxLine is the length from which on a command without a line feed is no
	// longer waited for. RFC 5321 4.5.3.1.4 allows 512 octets.
	maxLine = 1 << 20
	// maxWait is how many octets are held while a reply that decides about them
	// is missing. A client sends none of them by RFC 5321.
	maxWait = 1 << 20
)

// readClient reads on in the client's octets as far as their meaning is known.
func (m *smtp) readClient(final bool) bool {
	switch m.mode {
	case modeWait:
		return m.waitReply(final)
	case modeDot:
		return m.readDot(final)
	case modeChunk:
		return m.readChunk(final)
	case modeOpaque:
		return m.c.discard()
	case modeStarted:
		return m.readStarted(final)
	}
	return m.readLine(final)
}

// waitReply gives up waiting where the reply cannot come any more.
func (m *smtp) waitReply(final bool) bool {
	if len(m.pending) == 0 {
		m.mode = modeCommand
		return true
	}
	if !final && m.c.held < maxWait {
		return false
	}
	m.answer(nil)
	return true
}

// readLine takes one line as a command, or as an answer to a challenge.
func (m *smtp) readLine(final bool) bool {
	if m.resync && m.mode == modeCommand {
		return m.synchronise(final)
	}
	line, ok := m.c.line()
	if !ok {
		return m.noLine(final)
	}
	if m.c.startsTLS() {
		m.encrypt() // TLS that nobody was seen to ask for
		return true
	}
	place := m.c.at(len(line))
	text := string(trimEOL(line))
	bare := len(line) < 2 || line[len(line)-2] != '\r'
	nul := bytes.IndexByte(line, 0) >= 0
	m.c.skip(len(line))
	if bare {
		m.d.note("bare-lf", "a command line ends in LF without CR", Client, place)
	}
	if nul {
		m.d.note("nul-byte", "NUL in a command line", Client, place)
	}
	if m.mode == modeAnswer {
		m.takeAnswer(text, place)
		return true
	}
	m.command(text, place)
	return true
}

// noLine is what is left when there is no line feed: a hole may have swallowed
// it, or the stream ends.
func (m *smtp) noLine(final bool) bool {
	switch {
	case m.c.gap > 0:
		m.crossCommandHole()
	case len(m.c.buf) > maxLine:
		m.d.note("long-line", "a command of over "+strconv.Itoa(maxLine)+" octets", Client, m.c.at(len(m.c.buf)))
		m.d.Unread[Client] += int64(len(m.c.buf))
		m.c.skip(len(m.c.buf))
	case m.c.startsTLS() && (final || len(m.c.buf) >= 5):
		m.encrypt()
	default:
		return false
	}
	return true
}

// crossCommandHole goes over a hole between or within commands.
func (m *smtp) crossCommandHole() {
	m.d.Unread[Client] += int64(len(m.c.buf))
	m.c.skip(len(m.c.buf))
	m.c.cross()
	if m.mode == modeAnswer {
		m.mode = modeCommand
	}
	m.resync = true
}

// synchronise finds the next line that is a command, behind a hole or at the
// beginning of a stream that was joined in the middle.
func (m *smtp) synchronise(final bool) bool {
	line, ok := m.c.line()
	if !ok {
		if len(m.c.buf) > 0 && m.c.gap == 0 && !final && len(m.c.buf) < maxLine {
			return false
		}
		if final && len(m.c.buf) > 0 && !m.c.whole && m.c.gaps == 0 && len(m.d.Steps) == 0 {
			m.beginTail()
			return true
		}
		return m.noLine(final)
	}
	text := string(trimEOL(line[:min(len(line), 2048)]))
	word, _ := cutWord(text)
	if isCommandLine(text) || knownVerb(upper(word)) && len(text) < 512 {
		m.resync = false
		return true
	}
	if !m.c.whole && m.c.gaps == 0 && len(m.d.Steps) == 0 && !looksSecret(text) && text != "." {
		m.beginTail()
		return true
	}
	m.d.Unread[Client] += int64(len(line))
	m.c.skip(len(line)) // the rest of a line that the hole began in
	m.resync = false
	return true
}

// beginTail takes what is captured for the end of a message whose beginning is
// missing.
func (m *smtp) beginTail() {
	m.resync = false
	t := m.open()
	t.Mode = "DATA"
	t.Body = newBody(m.d.opt)
	t.Body.headless = true
	step := &Step{Place: m.c.at(0), Tx: t.Index, Stage: Transferring}
	m.d.Steps = append(m.d.Steps, step)
	m.dot = newDotReader(m.c, t, step)
	m.dot.lineStart = false
	m.mode = modeDot
	m.d.Stage = Transferring
}

// command takes one command line.
func (m *smtp) command(text string, place Place) {
	word, arg := cutWord(text)
	verb := upper(word)
	if !isVerb(verb) {
		verb, arg = m.oddVerb(text)
	}
	s := &Step{Place: place, Verb: verb, Argument: arg, Tx: -1}
	m.d.Steps = append(m.d.Steps, s)
	a := awaited{step: s, index: len(m.d.Steps) - 1, place: place}
	switch verb {
	case "DATA", "STARTTLS", "X-ANONYMOUSTLS", "XEXCH50":
		m.mode = modeWait
	case "AUTH", "X-EXPS":
		m.mode = modeWait
		m.beginAuth(s)
	case "BDAT":
		m.beginChunk(s, &a)
	case "RSET", "MAIL", "EHLO", "HELO", "LHLO", "SEND", "SOML", "SAML":
		if m.left == 0 {
			m.cutBody()
		}
	default:
		s.Argument = m.guard(s)
	}
	m.pending = append(m.pending, a)
}

// oddVerb is a line whose first word is no verb. It may hold an answer of AUTH
// whose question was refused or not captured.
func (m *smtp) oddVerb(text string) (verb, arg string) {
	for i, sep := range [...]string{":", "<"} {
		if word, rest, ok := strings.Cut(text, sep); ok && isVerb(word) && knownVerb(upper(word)) {
			return upper(word), []string{":", "<"}[i] + rest
		}
	}
	if looksSecret(text) {
		return "", m.hide(text)
	}
	return "", m.d.clean(text)
}

// hide registers a line that may be a secret in base64.
func (m *smtp) hide(text string) string {
	plain, _ := unbase64(text)
	mark := m.d.hide(plain)
	m.d.hideForm(text, mark)
	return mark
}

// guard hides what an unknown command may hold of secrets.
func (m *smtp) guard(s *Step) string {
	if knownVerb(s.Verb) {
		return m.d.clean(s.Argument)
	}
	if s.Argument == "" && len(s.Verb) >= 8 && looksSecret(s.Verb) {
		s.Verb, s.Argument = "", m.hide(s.Verb)
	}
	if s.Verb == "PASS" {
		return m.d.hide(s.Argument)
	}
	return m.d.clean(s.Argument)
}

// noteEarly notes what a client said before it was greeted (RFC 5321 3.1, 4.3.1).
func (m *smtp) noteEarly() {
	banner := m.d.Banner
	if banner == nil || !m.s.whole || len(m.d.Steps) == 0 {
		return
	}
	if first := m.d.Steps[0].Place; m.d.Steps[0].Verb != "" && first.At == 0 && first.Ack >= 0 && first.Ack < banner.End() {
		m.d.note("early-talker", "the client spoke before it had seen the whole greeting", Client, first)
	}
}

// noteAhead notes a command that was sent before the reply to the one before it
// where that is not allowed: without PIPELINING (RFC 2920 3.1), or behind a
// command that must be the last of a group.
func (m *smtp) noteAhead(a *awaited) {
	before := m.before
	if before == nil || before.Reply == nil || a.place.Ack < 0 || a.kind == awaitEnd {
		return
	}
	if a.place.Ack >= before.Reply.End() {
		return
	}
	switch before.Verb {
	case "EHLO", "HELO", "LHLO", "DATA", "AUTH", "VRFY", "EXPN", "TURN", "QUIT", "STARTTLS":
		m.d.note("pipelining-violation", "a command was sent before the reply to "+before.Verb+" could be seen", Client, a.place)
	default:
		if !m.session.pipelining {
			m.d.note("pipelining-violation", "commands were sent before the replies to those before them, and the server does not offer PIPELINING", Client, a.place)
		}
	}
}
