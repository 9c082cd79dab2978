package dialog

// beginAuth is AUTH with its initial response, if there is one (RFC 4954 4).
func (m *smtp) beginAuth(s *Step) {
	mech, initial := cutWord(s.Argument)
	s.Argument = m.sasl.begin(m.d, mech, initial, len(m.d.Steps)-1)
}

// takeAnswer is the client's line to a challenge.
func (m *smtp) takeAnswer(text string, place Place) {
	s := m.asking
	s.Then = append(s.Then, Exchange{Place: place, Text: m.sasl.answer(m.d, text)})
	m.pending = append(m.pending, awaited{step: s, place: place, kind: awaitAnswer, then: len(s.Then) - 1})
	m.mode = modeWait
}

// answerAuth takes the reply to AUTH, or to an answer within it: 334 asks for
// more (RFC 4954 4).
func (m *smtp) answerAuth(s *Step, r *Reply) {
	m.mode = modeCommand
	switch {
	case r == nil:
		if m.unansweredChallenge() {
			m.asking, m.mode = s, modeAnswer
		}
	case r.Code == 334:
		m.asking, m.mode = s, modeAnswer
		m.sasl.challenge = r.Text()
		m.d.Stage = Authenticating
	default:
		m.d.cleanRefusal(r)
		a := m.sasl.end(m.d, r.Code == 235)
		if a.OK {
			m.session.auth = a
			m.d.Stage = Authenticated
		} else {
			m.stageAfter()
		}
	}
}

// unansweredChallenge reports whether the client's next line is an answer though no
// challenge was captured.
func (m *smtp) unansweredChallenge() bool {
	line, ok := m.c.line()
	if !ok || m.sasl.answers >= 4 {
		return false
	}
	text := string(trimEOL(line[:min(len(line), 4096)]))
	return text == "*" || text == "=" || looksSecret(text) && !isCommandLine(text) && !knownVerb(upper(text))
}
