package dialog

// answerStartTLS is RFC 3207 4: after 220 the client begins TLS. What either
// end has sent in clear behind the command may have been put there by somebody
// in between.
func (m *smtp) answerStartTLS(s *Step, r *Reply) {
	m.mode = modeCommand
	switch {
	case r == nil && !m.c.startsTLS():
	case r != nil && r.Code != 220:
		if r.Code >= 400 {
			m.d.StartTLS = RejectedTLS
		}
	default:
		m.d.StartTLS = AcceptedTLS
		m.mode = modeStarted
		m.started = started{step: s, reply: r}
		m.close(Reset)
		m.d.Stage = Encrypted
	}
}

// started is where TLS was agreed on.
type started struct {
	step  *Step
	reply *Reply
}

// readStarted looks at what the client sends once TLS was agreed on.
func (m *smtp) readStarted(final bool) bool {
	if len(m.c.buf) == 0 {
		if m.c.gap > 0 {
			m.c.cross()
			m.mode = modeOpaque
			return true
		}
		return false
	}
	if m.c.buf[0] == 0x16 {
		if len(m.c.buf) < 2 && !final {
			return false
		}
		m.encrypt()
		return true
	}
	line, ok := m.c.line()
	if !ok && !final && m.c.gap == 0 && len(m.c.buf) < maxLine {
		return false
	}
	if !ok {
		line = m.c.buf
	}
	return m.clearLine(line)
}

// encrypt gives both streams to the reader of the handshake.
func (m *smtp) encrypt() {
	m.mode = modeOpaque
	if len(m.queue) > 0 {
		m.d.note("starttls-injection", "the server's octets in clear behind the reply to STARTTLS", Server, m.queue[0].Place)
	}
	m.d.machine = newOpaque(m.d, m)
}

// clearLine is a line in clear where TLS should begin. What was sent before the
// reply was seen is an injection (CVE-2011-0411); what comes after it says that
// the client, or what made the capture, goes on without encryption.
func (m *smtp) clearLine(line []byte) bool {
	place := m.c.at(len(line))
	r := m.started.reply
	if r != nil && place.Ack >= 0 && place.Ack < r.End() {
		m.d.note("starttls-injection", "the client's octets in clear behind STARTTLS, sent before the reply to it", Client, place)
		text := string(trimEOL(line))
		word, arg := cutWord(text)
		if !isCommandLine(text) {
			word, arg = m.oddVerb(text)
		}
		m.d.Steps = append(m.d.Steps, &Step{Place: place, Verb: upper(word), Argument: m.d.clean(arg), Tx: -1, Stage: Encrypted})
		m.c.skip(len(line))
		return true
	}
	m.d.note("starttls-then-clear", "after STARTTLS was accepted the dialogue goes on in clear", Client, place)
	m.mode = modeCommand
	m.session = session{}
	m.d.Stage = Greeted
	return true
}
