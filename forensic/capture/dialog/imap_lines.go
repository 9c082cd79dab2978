package dialog

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// whole takes a line that is complete with its literals.
func (m *imap) whole(h *half, l *imapLine) {
	text, place := string(l.text), l.place
	*l = imapLine{text: l.text[:0]}
	if h.side == Client {
		m.command(text, place)
	} else {
		m.response(text, place)
	}
}

// command takes a command (RFC 9051 2.2.1), or what goes on in one.
func (m *imap) command(text string, place Place) {
	switch m.mode {
	case imapAnswer:
		m.answer(text, place)
		return
	case imapIdle:
		m.mode = imapCommand
		if strings.EqualFold(strings.TrimSpace(text), "DONE") {
			m.last().Then = append(m.last().Then, Exchange{Place: place, Text: "DONE"})
			return
		}
	}
	tag, rest := cutWord(text)
	verb, arg := cutWord(rest)
	s := &Step{Place: place, Verb: upper(verb), Tag: tag, Argument: m.d.clean(arg), Tx: -1, Stage: m.d.Stage}
	if !isTag(tag) || !isVerb(s.Verb) {
		s.Verb, s.Tag, s.Argument = "", "", m.d.hide(text)
	}
	m.d.Steps = append(m.d.Steps, s)
	m.open[s.Tag] = append(m.open[s.Tag], s)
	m.ask(s)
	switch s.Verb {
	case "LOGIN":
		m.login(s, arg)
	case "AUTHENTICATE":
		mech, initial := cutWord(arg)
		s.Argument = m.sasl.begin(m.d, mech, initial, len(m.d.Steps)-1)
		m.mode = imapStart
	case "STARTTLS", "COMPRESS":
		m.mode = imapStart
	case "IDLE":
		m.mode = imapIdle
	case "APPEND":
		m.claim(s)
	}
}

// last is the newest command.
func (m *imap) last() *Step { return m.d.Steps[len(m.d.Steps)-1] }

// login is LOGIN (RFC 9051 6.2.3).
func (m *imap) login(s *Step, arg string) {
	user, rest := cutString(arg)
	password, _ := cutString(rest)
	s.Argument = user + " " + m.d.hide(password)
	m.d.Auth = append(m.d.Auth, Auth{Mechanism: "LOGIN", User: &user, Clear: true, Step: len(m.d.Steps) - 1})
}

// answer is an answer within AUTHENTICATE.
func (m *imap) answer(text string, place Place) {
	s := m.last()
	s.Then = append(s.Then, Exchange{Place: place, Text: m.sasl.answer(m.d, text)})
	m.mode = imapStart
}

// claim gives the messages of an APPEND to its command.
func (m *imap) claim(s *Step) {
	for _, t := range m.appended {
		s.Tx = t.Index
	}
	m.claimed = append(m.claimed, appendOf{s, m.appended})
	m.appended = nil
}

// appendOf are the messages of one APPEND.
type appendOf struct {
	step     *Step
	messages []*Transaction
}

// response takes a response of the server (RFC 9051 2.2.2).
func (m *imap) response(text string, place Place) {
	word, rest := cutWord(text)
	switch word {
	case "*":
		m.untagged(text, rest, place)
	case "+":
		m.goOn(rest, place)
	default:
		m.tagged(word, rest, place)
	}
}

func newReply(status, text string, place Place) *Reply {
	return &Reply{Place: place, Last: place.Mark, Status: status, Lines: []string{text}}
}

// untagged is data that may come at any time.
func (m *imap) untagged(text, rest string, place Place) {
	word, arg := cutWord(rest)
	switch upper(word) {
	case "OK", "PREAUTH", "BYE":
		if !m.greeted {
			m.greeted = true
			m.greet(upper(word), arg, place)
		} else if upper(word) == "BYE" {
			m.d.Stage = Finished
		}
	case "CAPABILITY":
		m.capabilities(arg)
	default:
		if second, more := cutWord(arg); upper(second) == "FETCH" || strings.HasPrefix(upper(second), "FETCH(") {
			m.fetched(word, more)
		}
	}
	m.greeted = true
}

// greet is the greeting (RFC 9051 7.1).
func (m *imap) greet(status, text string, place Place) {
	m.d.Banner = newReply(status, text, place)
	m.d.Replies = append(m.d.Replies, m.d.Banner)
	m.d.Stage = Greeted
	switch status {
	case "PREAUTH":
		m.d.Stage = Authenticated
	case "BYE":
		m.d.Stage = Refused
	}
	if i := strings.Index(text, "[CAPABILITY "); i >= 0 {
		list, _, _ := strings.Cut(text[i+len("[CAPABILITY "):], "]")
		m.capabilities(list)
	}
}

func (m *imap) capabilities(list string) {
	m.d.Extensions = strings.Fields(list)
	for _, c := range m.d.Extensions {
		if upper(c) == "STARTTLS" && m.d.StartTLS == NoTLS {
			m.d.StartTLS = OfferedTLS
		}
	}
}

// fetched is the end of a FETCH response: what it says of its message, and a message in
// quotes.
func (m *imap) fetched(number, items string) {
	if size := item(items, "RFC822.SIZE"); size != "" && len(m.sizes) < 1<<16 {
		if n, err := strconv.ParseInt(size, 10, 64); err == nil {
			m.sizes[number] = n
		}
	}
	t := m.fetch
	m.fetch = nil
	if t == nil {
		t = m.quoted(number, items)
	}
	if t == nil {
		return
	}
	if uid := item(items, "UID"); uid != "" {
		t.UID = uid
		if t == m.partial {
			t.UID = number // ranges are joined by the number
		}
	}
	t.Flags, t.InternalDate = list(items, "FLAGS"), item(items, "INTERNALDATE")
	if t == m.partial {
		m.endRange(number)
		return
	}
	if t.Body.terminated {
		t.Status = Retrieved
	}
	t.Final = t.End
	m.d.close(t)
}

// quoted is a message that came as a quoted string: that is allowed (RFC 9051 4.3).
func (m *imap) quoted(number, items string) *Transaction {
	for _, name := range [...]string{`BODY[] "`, `RFC822 "`} {
		i := strings.Index(upper(items), name)
		if i < 0 {
			continue
		}
		value, _ := cutString(items[i+len(name)-1:])
		t := m.message("FETCH", Retrieved)
		t.UID, t.Mailbox = number, m.mail
		h := &half{side: Server}
		h.feed([]byte(value), Mark{Offset: -1, Ack: -1})
		t.Body.write(h, len(h.buf))
		t.Body.terminated = true
		return t
	}
	return nil
}

// item is the value of an item in a list of names and values.
func item(items, name string) string {
	u := upper(items)
	for at := 0; ; {
		i := strings.Index(u[at:], name+" ")
		if i < 0 {
			return ""
		}
		i += at
		if i == 0 || u[i-1] == ' ' || u[i-1] == '(' {
			value, _ := cutString(items[i+len(name)+1:])
			return strings.TrimRight(value, ")")
		}
		at = i + 1
	}
}

// list is the value of an item that is a list.
func list(items, name string) string {
	i := strings.Index(upper(items), name+" (")
	if i < 0 {
		return ""
	}
	value, _, _ := strings.Cut(items[i+len(name)+2:], ")")
	return value
}

// goOn asks the client to go on (RFC 9051 7.6).
func (m *imap) goOn(rest string, place Place) {
	m.greeted = true
	switch {
	case m.mode == imapLiteral:
		m.client.start()
		m.mode = imapCommand
	case len(m.open) > 0 && m.last().Verb == "AUTHENTICATE":
		m.sasl.challenge = rest
		if m.mode == imapStart {
			m.mode = imapAnswer
		}
		m.d.Stage = Authenticating
	}
}

// tagged ends a command (RFC 9051 7.1).
func (m *imap) tagged(tag, rest string, place Place) {
	status, text := cutWord(rest)
	status = upper(status)
	if status != "OK" && status != "NO" && status != "BAD" {
		m.d.Unread[Server] += place.Len
		return
	}
	r := newReply(status, m.d.clean(text), place)
	m.d.Replies = append(m.d.Replies, r)
	if m.mode == imapLiteral && strings.HasPrefix(string(m.client.text), tag+" ") {
		m.refuseLiteral(r)
		return
	}
	s := m.close(tag)
	if s == nil {
		m.d.Steps = append(m.d.Steps, &Step{Place: place, Tag: tag, Reply: r, Tx: -1, Stage: m.d.Stage})
		return
	}
	s.Reply = r
	m.asked = slices.DeleteFunc(m.asked, func(a askedRange) bool { return a.step == s })
	m.done(s, status == "OK", text)
	s.Stage = m.d.Stage
}

// close takes the oldest open command of a tag; nil when there is none.
func (m *imap) close(tag string) *Step {
	open := m.open[tag]
	switch len(open) {
	case 0:
		return nil
	case 1:
		delete(m.open, tag)
	default:
		m.open[tag] = open[1:]
	}
	return open[0]
}

// refuseLiteral is a command that the server ended before it took its literal.
func (m *imap) refuseLiteral(r *Reply) {
	text, place := string(bytes.TrimRight(m.client.text, " ")), m.client.place
	if t := m.client.tx; t != nil {
		t.Status = Rejected
		t.Body = nil
		m.d.close(t)
	}
	m.client = imapLine{}
	m.mode = imapCommand
	m.command(text, place)
	s := m.last()
	m.open[s.Tag] = m.open[s.Tag][:len(m.open[s.Tag])-1]
	s.Reply = r
	m.done(s, false, r.Text())
	s.Stage = m.d.Stage
}

// done is what a command has done.
func (m *imap) done(s *Step, ok bool, text string) {
	if m.mode == imapStart || m.mode == imapAnswer || m.mode == imapIdle && s.Verb == "IDLE" {
		m.mode = imapCommand
	}
	switch s.Verb {
	case "LOGIN", "AUTHENTICATE":
		m.sasl.end(m.d, ok)
		m.d.Stage = Greeted
		if ok {
			m.d.Stage = Authenticated
		}
	case "SELECT", "EXAMINE":
		if ok {
			m.mail, _ = cutString(s.Argument)
			m.d.Stage = Selected
		}
	case "CLOSE", "UNSELECT":
		m.d.Stage = Authenticated
	case "LOGOUT":
		m.d.Stage = Finished
	case "APPEND":
		m.stored(s, ok)
	case "STARTTLS":
		m.startTLS(ok)
	case "COMPRESS":
		m.inflate = ok
	}
}

// stored ends the messages of an APPEND.
func (m *imap) stored(s *Step, ok bool) {
	for i, a := range m.claimed {
		if a.step != s {
			continue
		}
		for _, t := range a.messages {
			t.Status = Rejected
			if ok {
				t.Status = Appended
			}
			t.Final = s.Reply.Last
			m.d.close(t)
		}
		m.claimed = append(m.claimed[:i:i], m.claimed[i+1:]...)
		return
	}
}

// startTLS is the answer to STARTTLS (RFC 9051 6.2.1).
func (m *imap) startTLS(ok bool) {
	if !ok {
		m.d.StartTLS = RejectedTLS
		return
	}
	m.mode, m.agreed = imapStarted, m.d.agree("STARTTLS", m.s.from)
}

// readStarted looks at what the client sends once TLS was agreed on.
func (m *imap) readStarted(final bool) bool {
	decided, tls := m.agreed.decide(m.d, final)
	switch {
	case !decided:
		return false
	case tls:
		m.d.machine = newOpaque(m.d, m)
	default:
		m.mode = imapCommand
	}
	return true
}

// finish closes what is open.
func (m *imap) finish() {
	m.endPartial(false)
	for _, a := range m.claimed {
		for _, t := range a.messages {
			m.d.close(t)
		}
	}
	for _, t := range m.appended {
		m.d.close(t)
	}
	for side, l := range [2]*imapLine{&m.client, &m.server} {
		if l.tx != nil && l.body != nil {
			l.tx.End = m.d.halves[side].last
			m.d.close(l.tx)
		} else if m.fetch != nil && l == &m.server {
			m.d.close(m.fetch)
		}
	}
}
