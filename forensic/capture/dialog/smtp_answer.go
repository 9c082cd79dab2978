package dialog

import "strings"

// answer takes the oldest command with its reply, or with nil where none was
// captured, and does what it did.
func (m *smtp) answer(r *Reply) {
	a := m.pending[0]
	m.noteAhead(&a)
	switch a.kind {
	case awaitEnd:
		if !m.answerEnd(&m.pending[0], r) {
			return // LMTP: more replies are due
		}
	case awaitAnswer:
		m.answerExchange(&a, r)
	default:
		if a.got == 0 {
			a.step.Reply = r
		}
		if !m.answerCommand(&m.pending[0], r) {
			return
		}
	}
	m.pending[0] = awaited{}
	m.pending = m.pending[1:]
	if r != nil && r.Code == 421 && a.kind != awaitEnd {
		m.shutdown(r)
	}
	if m.mode == modeWait && len(m.pending) == 0 {
		m.mode = modeCommand
	}
	if a.step.Tx < 0 && m.tx != nil && belongs(a.step.Verb) {
		a.step.Tx = m.tx.Index
	}
	a.step.Stage = m.d.Stage
	m.before = a.step
}

// answerExchange takes the reply to a line within a command.
func (m *smtp) answerExchange(a *awaited, r *Reply) {
	if r != nil {
		x := &a.step.Then[a.then]
		x.Replies = append(x.Replies, r)
	}
	if a.step.Verb == "AUTH" || a.step.Verb == "X-EXPS" {
		m.answerAuth(a.step, r)
	}
}

func belongs(verb string) bool {
	return verb == "RCPT" || verb == "DATA" || verb == "BDAT"
}

// answerCommand does what a command did. It reports whether no more replies to it are due.
func (m *smtp) answerCommand(a *awaited, r *Reply) bool {
	switch a.step.Verb {
	case "EHLO", "HELO", "LHLO":
		m.answerHello(a.step, r)
	case "MAIL", "SEND", "SOML", "SAML":
		m.answerMail(a.step, r)
	case "RCPT":
		m.answerRcpt(a, r)
	case "DATA":
		m.answerData(a, r)
	case "BDAT":
		return m.answerChunk(a, r)
	case "AUTH", "X-EXPS":
		m.answerAuth(a.step, r)
	case "STARTTLS", "X-ANONYMOUSTLS":
		m.answerStartTLS(a.step, r)
	case "RSET":
		m.answerReset(r)
	case "QUIT":
		m.answerQuit(r)
	case "XCLIENT":
		m.answerXClient(r)
	case "XEXCH50":
		m.answerXExch50(a.step, r)
	case "BURL":
		m.answerURL(a.step, r)
	case "TURN", "ATRN":
		m.answerTurn(r)
	}
	return true
}

// taken reports whether a reply did not refuse; one that was not captured did not.
func taken(r *Reply) bool { return r == nil || r.Code < 400 }

// answerHello is RFC 5321 4.1.4: a greeting that is taken ends the transaction.
func (m *smtp) answerHello(s *Step, r *Reply) {
	d := m.d
	name := s.Argument
	if !taken(r) {
		if s.Verb == "EHLO" && (r.Code == 500 || r.Code == 501 || r.Code == 502 || r.Code == 504 || r.Code == 550) {
			m.session.ehloRefused = true
		}
		if d.Verb == "" || d.Stage == Greeted || d.Stage == Connected {
			d.HELO, d.Verb = name, s.Verb
		}
		return
	}
	m.close(Reset)
	d.Fallback = d.Fallback || s.Verb == "HELO" && m.session.ehloRefused
	d.HELO, d.Verb = name, s.Verb
	m.session.pipelining, m.session.eightBit = false, false
	if s.Verb == "LHLO" {
		d.Protocol = LMTP
	}
	d.Stage = Introduced
	if m.session.auth != nil {
		d.Stage = Authenticated
	}
	if s.Verb != "HELO" && r != nil {
		m.readExtensions(r.Lines)
	}
}

// readExtensions takes the lines of an EHLO's reply behind the first one (RFC
// 5321 4.1.1.1).
func (m *smtp) readExtensions(lines []string) {
	m.d.Extensions = nil
	for _, l := range lines[min(1, len(lines)):] {
		m.d.Extensions = append(m.d.Extensions, l)
		word, _ := cutWord(l)
		switch upper(word) {
		case "PIPELINING":
			m.session.pipelining = true
		case "8BITMIME":
			m.session.eightBit = true
		case "STARTTLS":
			if m.d.StartTLS == NoTLS {
				m.d.StartTLS = OfferedTLS
			}
		}
	}
}

// answerMail opens a transaction. A refused MAIL is one that was rejected; if
// another one is open it stays as it was (RFC 5321 4.1.4: 503).
func (m *smtp) answerMail(s *Step, r *Reply) {
	path, ok := parsePath(s.Argument, "FROM")
	if s.Verb != "MAIL" && !taken(r) {
		return
	}
	if !taken(r) && m.tx != nil {
		m.tx.note("nested-mail", "MAIL within a transaction was refused", Client, s.Place)
		s.Tx = m.tx.Index
		return
	}
	if !ok && !taken(r) {
		path.address = s.Argument
	}
	m.close(Reset)
	m.mailRefused = !taken(r)
	t := m.open()
	t.From, t.Route, t.Params = &path.address, path.route, path.params
	t.Mail = s.Mark
	s.Tx = t.Index
	m.d.Stage = MailOpen
	if !taken(r) {
		t.FinalCode, t.Final = r.Code, r.Last
		m.close(Rejected)
	}
}

// open begins a transaction.
func (m *smtp) open() *Transaction {
	d := m.d
	t := &Transaction{Index: len(d.Transactions), HELO: d.HELO, Verb: d.Verb, Status: Incomplete, Auth: m.session.auth}
	d.Transactions = append(d.Transactions, t)
	m.tx, m.refused = t, 0
	return t
}

// close ends the open transaction, if there is one.
func (m *smtp) close(as Status) {
	t := m.tx
	if t == nil {
		return
	}
	m.tx = nil
	if m.refused > 0 {
		as, t.FinalCode = Rejected, m.refused
	}
	m.refused = 0
	t.Status = as
	if t.Body == nil && m.body != nil && m.body.size > 0 {
		t.Body = m.body
	}
	m.body = nil
	m.stageAfter()
	m.d.close(t)
}

// stageAfter is where a session stands without a transaction.
func (m *smtp) stageAfter() {
	switch {
	case m.d.Stage == Finished || m.d.Stage == Encrypted:
	case m.session.auth != nil:
		m.d.Stage = Authenticated
	case m.d.Verb != "":
		m.d.Stage = Introduced
	case m.d.Banner != nil:
		m.d.Stage = Greeted
	default:
		m.d.Stage = Connected
	}
}

// answerRcpt adds a recipient to the open transaction.
func (m *smtp) answerRcpt(a *awaited, r *Reply) {
	s := a.step
	path, _ := parsePath(s.Argument, "TO")
	if m.tx == nil {
		if !taken(r) || r == nil && m.mailRefused {
			return
		}
		m.open() // its MAIL was not captured, or the server does without
	}
	rcpt := Recipient{Address: path.address, Route: path.route, Params: path.params}
	if r != nil {
		rcpt.Code = r.Code
	}
	rcpt.Step = a.index
	m.tx.Recipients = append(m.tx.Recipients, rcpt)
	s.Tx = m.tx.Index
	if taken(r) {
		m.d.Stage = RecipientsOpen
	}
}

// answerData is RFC 5321 4.1.1.4: 354 asks for the message.
func (m *smtp) answerData(a *awaited, r *Reply) {
	m.mode = modeCommand
	if r != nil && r.Code/100 != 3 {
		if m.tx != nil && r.Code >= 400 {
			m.refused = r.Code
			m.tx.Final = r.Last
			if m.announced() {
				m.tx.note("data-rejected", "what was sent behind the refused DATA are commands", Client, a.place)
			}
		}
		return
	}
	if r == nil && m.announced() {
		return // no reply is known, and what follows are commands
	}
	if r == nil && m.c.empty() {
		return
	}
	if m.tx == nil {
		m.open()
	}
	m.refused = 0
	if r != nil && len(m.c.buf) > 0 {
		if mark := m.c.markAt(m.c.from); mark.Ack >= 0 && mark.Ack < r.End() {
			m.d.note("pipelining-violation", "the message was sent before the reply to DATA could be seen", Client, m.c.at(1))
		}
	}
	a.step.Tx = m.tx.Index
	m.tx.Mode = "DATA"
	m.tx.Body = newBody(m.d.opt)
	m.dot = newDotReader(m.c, m.tx, a.step)
	m.mode = modeDot
	m.d.Stage = Transferring
}

// announced reports whether the client's next line is a command.
func (m *smtp) announced() bool {
	line, ok := m.c.line()
	return ok && isCommandLine(string(trimEOL(line[:min(len(line), 512)])))
}

// answerEnd takes the reply to a whole message, with LMTP one for each
// accepted recipient (RFC 2033 4.2). It reports whether all are there.
func (m *smtp) answerEnd(a *awaited, r *Reply) bool {
	x := &a.step.Then[a.then]
	t := m.tx
	if t == nil || t.Index != a.step.Tx {
		t = m.d.Transactions[a.step.Tx]
	}
	if r == nil {
		if m.tx == t {
			m.endUnanswered()
		}
		return true
	}
	x.Replies = append(x.Replies, r)
	return m.endMessage(a, t, r)
}

// endMessage takes a reply to a whole message. It reports whether it was the last one.
func (m *smtp) endMessage(a *awaited, t *Transaction, r *Reply) bool {
	t.Final = r.Last
	if m.d.Protocol == LMTP && m.refused == 0 { // behind a refused chunk one says it for all
		if lmtpReply(t, a.got, r) {
			a.got++
			return false
		}
	} else {
		t.FinalCode = r.Code
	}
	m.closeAs(t, r)
	return true
}

// closeAs closes a transaction whose message was answered.
func (m *smtp) closeAs(t *Transaction, r *Reply) {
	m.lastTx = t
	if m.tx != t {
		return
	}
	status := Rejected
	if t.FinalCode/100 == 2 {
		status = Accepted
	}
	if r.Code == 421 {
		m.d.Stage = Finished
	}
	m.close(status)
}

// lmtpReply files the reply for the n-th accepted recipient.
func lmtpReply(t *Transaction, n int, r *Reply) (more bool) {
	accepted := 0
	for i := range t.Recipients {
		if !t.Recipients[i].Accepted() {
			continue
		}
		if accepted == n {
			t.Recipients[i].FinalCode = r.Code
		}
		accepted++
	}
	if t.FinalCode == 0 || t.FinalCode/100 != 2 && r.Positive() {
		t.FinalCode = r.Code
	}
	return n+1 < accepted
}

// endUnanswered is a message to which no reply was captured.
func (m *smtp) endUnanswered() {
	status := Incomplete
	if m.s.started && m.d.Ending != Open && m.s.gaps == 0 && m.c.empty() {
		status = Aborted // the connection ended without one
	}
	m.close(status)
}

func (m *smtp) answerReset(r *Reply) {
	if taken(r) {
		m.close(Reset)
	}
}

// answerQuit is RFC 5321 4.1.1.10: an open transaction is lost.
func (m *smtp) answerQuit(r *Reply) {
	if r != nil && r.Code/100 != 2 {
		return
	}
	m.close(Aborted)
	m.d.Stage = Finished
}

// answerXClient resets the session: the server greets anew.
func (m *smtp) answerXClient(r *Reply) {
	if !r.Positive() {
		return
	}
	m.close(Reset)
	m.session = session{}
	m.d.Stage = Greeted
}

// answerXExch50 is an extension of Exchange: 354 asks for so many octets.
func (m *smtp) answerXExch50(s *Step, r *Reply) {
	m.mode = modeCommand
	if r == nil || r.Code != 354 {
		return
	}
	word, _ := cutWord(s.Argument)
	size, _, ok := parseChunk(word)
	if !ok || size == 0 {
		return
	}
	m.expect(size)
	m.chunk = chunk{step: &Step{}, body: newBody(Options{Discard: true}), seen: m.c.from}
	s.Then = append(s.Then, Exchange{Place: m.c.at(0)})
	m.pending = append(m.pending, awaited{step: s, place: m.c.at(0), kind: awaitAnswer, then: len(s.Then) - 1})
}

// answerURL is BURL (RFC 4468): the server fetches the message itself, so that its octets
// are not in the dialogue.
func (m *smtp) answerURL(s *Step, r *Reply) {
	if m.tx == nil || r == nil || !strings.HasSuffix(upper(s.Argument), "LAST") {
		return
	}
	m.tx.FinalCode, m.tx.Final = r.Code, r.Last
	m.closeAs(m.tx, r)
}

// answerTurn is TURN (RFC 821 3.8) or ATRN (RFC 2645): the ends change places.
// What follows is not followed.
func (m *smtp) answerTurn(r *Reply) {
	if r.Positive() {
		m.close(Reset)
		m.d.note("turned", "client and server have changed places; what follows was not followed", Server, r.Place)
		m.mode = modeOpaque
	}
}
