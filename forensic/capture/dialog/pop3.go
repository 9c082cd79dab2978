package dialog

import (
	"bytes"
	"strconv"
	"strings"
)

// pop3 follows the Post Office Protocol, version 3 (RFC 1939). How long a reply is
// depends on the command, so the server's octets are read once the command is known.
type pop3 struct {
	d    *Dialog
	c, s *half

	pending []popAwaited
	greeted bool
	mode    popMode
	user    string // of the last USER
	sasl    sasl
	// list is the reply of several lines on its way.
	list *Reply
	dot  *dotReader
	told int64 // octets that the server announced of the message; -1 for none
	hole int64 // where the last hole among replies ended; 0 for none
	// agreed is set while TLS may begin.
	agreed agreement
}

type popMode uint8

const (
	popCommand popMode = iota
	popWait            // the reply decides what comes next
	popAnswer          // one line of AUTH
	popStarted         // TLS may begin
)

// popAwaited is a command, or an answer within AUTH, that a reply is due to.
type popAwaited struct {
	step   *Step
	place  Place
	answer int // index in step.Then; -1 for the command itself
}

func newPOP3(d *Dialog) *pop3 {
	return &pop3{d: d, c: &d.halves[Client], s: &d.halves[Server]}
}

func (m *pop3) run(final bool) bool {
	if m.mode == popStarted {
		return m.readStarted(final)
	}
	moved := m.readServer(final)
	if m.mode == popStarted {
		return true
	}
	return m.readClient(final) || moved
}

// readStarted looks at what the client sends once TLS was agreed on.
func (m *pop3) readStarted(final bool) bool {
	decided, tls := m.agreed.decide(m.d, final)
	switch {
	case !decided:
		return false
	case tls:
		m.d.machine = newOpaque(m.d, m)
	default:
		m.mode = popCommand
	}
	return true
}

// readClient takes one line of the client.
func (m *pop3) readClient(final bool) bool {
	if m.mode == popWait {
		if len(m.pending) == 0 || final && m.s.empty() || m.c.held > maxWait {
			m.mode = popCommand
			return true
		}
		return false
	}
	if opensTLS(m.c.buf) {
		m.d.StartTLS = AcceptedTLS
		m.d.machine = newOpaque(m.d, m)
		return true
	}
	line, ok := m.c.line()
	if !ok {
		return m.clientHole()
	}
	place := m.c.at(len(line))
	text := string(trimEOL(line[:min(len(line), maxLine)]))
	m.c.skip(len(line))
	if m.mode == popAnswer {
		m.takeAnswer(text, place)
	} else {
		m.command(text, place)
	}
	return true
}

// clientHole goes over a hole in the commands, or over a line without an end.
func (m *pop3) clientHole() bool {
	if m.c.gap == 0 && len(m.c.buf) <= maxLine {
		return false
	}
	m.d.Unread[Client] += int64(len(m.c.buf))
	m.c.skip(len(m.c.buf))
	if m.c.gap > 0 {
		m.c.cross()
	}
	return true
}

// command takes a command (RFC 1939 3).
func (m *pop3) command(text string, place Place) {
	word, arg := cutWord(text)
	s := &Step{Place: place, Verb: upper(word), Argument: arg, Tx: -1}
	if !isVerb(s.Verb) {
		s.Verb, s.Argument = "", m.d.hide(text)
	}
	m.d.Steps = append(m.d.Steps, s)
	switch s.Verb {
	case "USER":
		m.user = arg
	case "PASS":
		user := m.user
		s.Argument = m.d.hide(arg)
		m.d.Auth = append(m.d.Auth, Auth{Mechanism: "USER", User: &user, Clear: true, Step: len(m.d.Steps) - 1})
	case "APOP":
		name, digest := cutWord(arg)
		s.Argument = name + " " + m.d.hide(digest)
		m.d.Auth = append(m.d.Auth, Auth{Mechanism: "APOP", User: &name, Step: len(m.d.Steps) - 1})
	case "AUTH":
		if arg == "" {
			break // asks for the mechanisms
		}
		mech, initial := cutWord(arg)
		s.Argument = m.sasl.begin(m.d, mech, initial, len(m.d.Steps)-1)
		m.mode = popWait
	case "STLS":
		m.mode = popWait
	}
	m.pending = append(m.pending, popAwaited{s, place, -1})
}

// takeAnswer is an answer within AUTH (RFC 5034 4).
func (m *pop3) takeAnswer(text string, place Place) {
	s := m.d.Steps[len(m.d.Steps)-1]
	s.Then = append(s.Then, Exchange{Place: place, Text: m.sasl.answer(m.d, text)})
	m.pending = append(m.pending, popAwaited{s, place, len(s.Then) - 1})
	m.mode = popWait
}

// readServer takes the next line, or piece of a message, of the server.
func (m *pop3) readServer(final bool) bool {
	switch {
	case m.dot != nil:
		return m.readMessage(final)
	case m.s.gap > 0:
		if _, ok := m.s.line(); !ok {
			return m.serverHole()
		}
	}
	line, ok := m.s.line()
	if !ok {
		return m.longReply()
	}
	text := string(trimEOL(line[:min(len(line), maxLine)]))
	if m.list != nil {
		return m.listLine(text, len(line))
	}
	status, rest, ok := popStatus(text)
	if !ok {
		m.d.Unread[Server] += int64(len(line))
		m.s.skip(len(line))
		return true
	}
	return m.reply(status, rest, len(line), final)
}

// longReply gives up on a line that is longer than any reply.
func (m *pop3) longReply() bool {
	if len(m.s.buf) <= maxLine {
		return false
	}
	m.d.Unread[Server] += int64(len(m.s.buf))
	m.s.skip(len(m.s.buf))
	return true
}

// popStatus reads the first word of a reply.
func popStatus(text string) (status, rest string, ok bool) {
	word, rest := cutWord(text)
	switch word {
	case "+OK", "-ERR", "+":
		return word, rest, true
	}
	return "", "", false
}

// reply takes a reply line.
func (m *pop3) reply(status, rest string, n int, final bool) bool {
	r := &Reply{Status: status, Lines: []string{m.d.clean(rest)}}
	r.Place = m.s.at(n)
	r.Last = m.s.markAt(m.s.from + int64(n) - 1)
	if !m.greeted && r.At == 0 && (m.s.whole || len(m.pending) == 0) && !m.seenCommand(r) {
		m.greeted = true
		m.s.skip(n)
		m.d.Banner, m.d.Stage = r, Greeted
		m.d.Replies = append(m.d.Replies, r)
		return true
	}
	m.greeted = true
	if len(m.pending) == 0 {
		if !final && m.s.held < maxWait {
			return false // the command comes later in the capture
		}
		m.s.skip(n)
		m.unasked(r)
		return true
	}
	m.s.skip(n)
	m.skipLost()
	if a := &m.pending[0]; a.place.Ack >= 0 && r.End() <= a.place.Ack {
		m.unasked(r)
		return true
	}
	m.answer(r)
	return true
}

// seenCommand reports whether the server had the first command when it sent its first
// reply: then there was no greeting.
func (m *pop3) seenCommand(r *Reply) bool {
	return len(m.pending) > 0 && r.Ack >= m.pending[0].place.End()
}

// unasked is a reply whose command was not captured. A message may follow it.
func (m *pop3) unasked(r *Reply) {
	s := &Step{Place: r.Place, Reply: r, Tx: -1, Stage: m.d.Stage}
	m.d.Steps = append(m.d.Steps, s)
	m.d.Replies = append(m.d.Replies, r)
	if r.Status == "+OK" && !m.c.started && headerFollows(m.s.buf) {
		m.begin(s, "RETR", r)
	}
}

// headerFollows reports whether a message begins: a field name and a colon.
func headerFollows(b []byte) bool {
	for i, c := range b[:min(len(b), 80)] {
		switch {
		case c == ':':
			return i > 1
		case c <= ' ' || c >= 0x7F:
			return false
		}
	}
	return false
}

// answer gives a reply to the oldest command.
func (m *pop3) answer(r *Reply) {
	a := m.pending[0]
	m.pending = m.pending[1:]
	m.d.Replies = append(m.d.Replies, r)
	if a.answer < 0 {
		a.step.Reply = r
	} else {
		x := &a.step.Then[a.answer]
		x.Replies = append(x.Replies, r)
	}
	ok := r.Status == "+OK"
	switch a.step.Verb {
	case "RETR", "TOP":
		if ok {
			m.begin(a.step, a.step.Verb, r)
		}
	case "LIST", "UIDL":
		m.lines(ok && a.step.Argument == "", r)
	case "CAPA", "LANG":
		m.lines(ok && (a.step.Verb == "CAPA" || a.step.Argument == ""), r)
	case "AUTH":
		if a.step.Argument == "" {
			m.lines(ok, r)
			break
		}
		m.answerAuth(r)
	case "PASS", "APOP":
		m.logIn(ok)
	case "STLS":
		m.answerSTLS(ok)
	case "QUIT":
		m.d.Stage = Finished
	}
	if m.mode == popWait && len(m.pending) == 0 {
		m.mode = popCommand
	}
	a.step.Stage = m.d.Stage
}

func (m *pop3) lines(several bool, r *Reply) {
	if several {
		m.list = r
	}
}

// answerAuth is RFC 5034 4: "+ " asks for more.
func (m *pop3) answerAuth(r *Reply) {
	m.mode = popCommand
	if r.Status == "+" {
		m.sasl.challenge = r.Text()
		m.mode = popAnswer
		m.d.Stage = Authenticating
		return
	}
	m.logIn(r.Status == "+OK")
}

// logIn is the server's decision about an identity.
func (m *pop3) logIn(ok bool) {
	if len(m.d.Auth) > 0 {
		m.sasl.end(m.d, ok)
	}
	m.d.Stage = Greeted
	if ok {
		m.d.Stage = Authenticated
	}
}

// answerSTLS is RFC 2595 4.
func (m *pop3) answerSTLS(ok bool) {
	m.mode = popCommand
	if !ok {
		m.d.StartTLS = RejectedTLS
		return
	}
	m.mode, m.agreed = popStarted, m.d.agree("STLS", m.s.from)
}

// listLine is a line of a reply of several, which a dot ends (RFC 1939 3).
func (m *pop3) listLine(text string, n int) bool {
	m.s.skip(n)
	m.list.Len = m.s.from - m.list.At
	if text == "." {
		if step := m.stepOf(m.list); step != nil && step.Verb == "CAPA" {
			m.capabilities()
		}
		m.list = nil
		return true
	}
	if len(m.list.Lines) < maxReplyLines {
		m.list.Lines = append(m.list.Lines, m.d.clean(strings.TrimPrefix(text, ".")))
	}
	return true
}

func (m *pop3) stepOf(r *Reply) *Step {
	for i := len(m.d.Steps) - 1; i >= 0; i-- {
		if m.d.Steps[i].Reply == r {
			return m.d.Steps[i]
		}
	}
	return nil
}

// capabilities are the answer to CAPA (RFC 2449 5).
func (m *pop3) capabilities() {
	m.d.Extensions = m.list.Lines[1:]
	for _, e := range m.d.Extensions {
		if upper(e) == "STLS" && m.d.StartTLS == NoTLS {
			m.d.StartTLS = OfferedTLS
		}
	}
}

// begin reads the message that follows a reply. "+OK n octets" announces its size, but
// nothing says that a server must (RFC 1939 5).
func (m *pop3) begin(s *Step, mode string, r *Reply) {
	t := &Transaction{Index: len(m.d.Transactions), Mode: mode, Status: Incomplete, Body: newBody(m.d.opt)}
	m.d.Transactions = append(m.d.Transactions, t)
	t.UID, _ = cutWord(s.Argument)
	s.Tx = t.Index
	m.dot = newDotReader(m.s, t, s)
	m.told = -1
	if word, rest := cutWord(r.Text()); mode == "RETR" && strings.HasPrefix(strings.ToLower(rest), "octets") {
		if n, err := strconv.ParseInt(word, 10, 64); err == nil {
			m.told = n
		}
	}
	m.d.Stage = Transferring
}

// readMessage goes on in a message, also over its holes.
func (m *pop3) readMessage(final bool) bool {
	if m.s.gap > 0 && (len(m.s.buf) == 0 || m.dot.stuck()) {
		return m.messageHole(final)
	}
	end, wait := m.dot.endBehindHole(final, false, func(line string) bool { _, _, ok := popStatus(line); return ok })
	if wait {
		return false
	}
	if end {
		m.dot.end(0)
		m.end(true)
		return true
	}
	moved, ended := m.dot.read(final)
	if ended {
		m.end(true)
		return true
	}
	return moved
}

// messageHole goes over a hole. Where the reply to the next command stands behind it the
// message has ended in it.
func (m *pop3) messageHole(final bool) bool {
	behind, open := m.s.behind(512)
	line, _, whole := bytes.Cut(behind, []byte("\n"))
	_, _, reply := popStatus(string(trimEOL(line)))
	wait := !final && m.s.held < maxWait
	if wait && (open && len(behind) == 0 || open && reply && !whole || reply && len(m.pending) == 0) {
		return false
	}
	n := int64(len(m.s.buf))
	m.s.skip(len(m.s.buf))
	n += m.s.cross()
	if reply && len(m.pending) > 0 {
		m.dot.endInHole(n)
		m.end(false)
		return true
	}
	m.dot.gap(n)
	return true
}

// end closes the message.
func (m *pop3) end(terminated bool) {
	r := m.dot
	m.dot = nil
	r.finish()
	t := r.tx
	t.Body.terminated = terminated
	t.Status, t.End, t.Final = Retrieved, r.endMark, r.endMark
	if m.told >= 0 && t.Body.Complete() && m.told != t.Body.size {
		t.note("size-mismatch", "the server announced "+strconv.FormatInt(m.told, 10)+" octets, "+strconv.FormatInt(t.Body.size, 10)+" came", Server, r.step.Place)
	}
	m.d.Stage = Authenticated
	m.d.close(t)
}

// serverHole goes over a hole among replies.
func (m *pop3) serverHole() bool {
	m.d.Unread[Server] += int64(len(m.s.buf))
	m.s.skip(len(m.s.buf))
	m.s.cross()
	m.list = nil
	m.hole = m.s.from
	return true
}

// skipLost gives up on replies that were in the last hole: the client had seen past it when
// it sent the next command.
func (m *pop3) skipLost() {
	for m.hole > 0 && len(m.pending) > 1 && m.pending[0].place.Ack < m.hole && m.pending[1].place.Ack >= m.hole {
		m.pending = m.pending[1:]
	}
}

// finish closes the message that the stream broke off in.
func (m *pop3) finish() {
	if m.dot == nil {
		return
	}
	r := m.dot
	m.dot = nil
	r.flush()
	r.finish()
	r.tx.Status = Incomplete
	if m.d.Ending != Open {
		r.tx.Status = Aborted
	}
	r.tx.End = r.endMark
	m.d.close(r.tx)
}
