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
		end := int64(0)
		if r != nil {
			end = r.End()
		}
		m.close(Reset)
		m.d.Stage = Greeted // what was said before counts no more (RFC 3207 4.2)
		m.agreed = m.d.agree(s.Verb, end)
		m.agreed.injected = m.injected
		m.mode = modeStarted
	}
}

// readStarted looks at what the client sends once TLS was agreed on.
func (m *smtp) readStarted(final bool) bool {
	decided, tls := m.agreed.decide(m.d, final)
	switch {
	case !decided:
		return false
	case tls:
		m.encrypt()
	default:
		m.mode, m.session = modeCommand, session{}
	}
	return true
}

// encrypt gives both streams to the reader of the handshake.
func (m *smtp) encrypt() {
	m.mode = modeOpaque
	if len(m.queue) > 0 {
		m.d.note("starttls-injection", "the server's octets in clear behind the reply to STARTTLS", Server, m.queue[0].Place)
	}
	m.d.machine = newOpaque(m.d, m)
}

// injected files a command that was sent in clear where TLS should begin.
func (m *smtp) injected(line []byte, place Place) {
	text := string(trimEOL(line))
	word, arg := cutWord(text)
	if !isCommandLine(text) {
		word, arg = m.oddVerb(text)
	}
	m.d.Steps = append(m.d.Steps, &Step{Place: place, Verb: upper(word), Argument: m.d.clean(arg), Tx: -1, Stage: Encrypted})
}
