package dialog

// smtp follows SMTP, ESMTP and LMTP. The client's octets are read ahead of the
// replies where their meaning does not depend on them; what a command did is
// decided when its reply is there, in the order of the commands. So the result
// does not depend on how the two streams were interleaved in the capture.
type smtp struct {
	d    *Dialog
	c, s *half

	mode    smtpMode
	pending []awaited // commands without a reply yet, in order
	queue   []*Reply  // replies that no command was found for yet
	lost    []hole    // holes in the server's stream
	// matched is the position behind the last reply that was given to a command.
	matched int64
	greeted bool // the greeting was seen, or cannot come any more
	resync  bool // the client's octets begin in the middle of something

	tx      *Transaction // open, or nil
	refused int          // the code that refused DATA in it
	// mailRefused is set while the last MAIL was refused.
	mailRefused bool
	session     session

	dot   *dotReader // of the message on its way
	body  *Body      // what chunks were put into since the last MAIL
	left  int64      // octets of the chunk on its way
	chunk chunk
	// sasl reads AUTH; asking is the step whose challenge is to be answered.
	sasl   sasl
	asking *Step
	// agreed is set while TLS may begin.
	agreed agreement
	// before is the command that was answered last.
	before *Step
	lastTx *Transaction // whose message ended last
}

// session is what lasts from one greeting to the next.
type session struct {
	ehloRefused bool
	pipelining  bool
	eightBit    bool
	auth        *Auth
}

type smtpMode uint8

const (
	modeCommand smtpMode = iota
	// modeWait waits for the reply to the last command: it decides what the next octets are.
	modeWait
	modeDot     // a message up to its dot
	modeChunk   // BDAT
	modeAnswer  // one line to a challenge of AUTH
	modeOpaque  // octets that cannot be read
	modeStarted // TLS may begin
)

// awaited is a command, or the end of a message, that a reply is due to.
type awaited struct {
	step  *Step
	index int // of the step
	place Place
	kind  awaitedKind
	body  *Body // of a chunk
	last  bool  // the last chunk
	then  int   // index in step.Then of an answer, or the end of data
	got   int   // replies so far, with LMTP
}

type awaitedKind uint8

const (
	awaitReply awaitedKind = iota
	awaitAnswer
	awaitEnd
)

// hole is a range of a stream that was not captured.
type hole struct{ start, end int64 }

func newSMTP(d *Dialog) *smtp {
	m := &smtp{d: d, c: &d.halves[Client], s: &d.halves[Server]}
	if d.Protocol != LMTP {
		d.Protocol = SMTP
	}
	if !m.c.whole {
		m.resync = true
	}
	return m
}

// run reads one reply, gives replies to the commands they answer, and reads on
// in the client's octets.
func (m *smtp) run(final bool) bool {
	moved := m.readReply(final)
	if m.match(final) {
		moved = true
	}
	if m.readClient(final) {
		moved = true
	}
	return moved
}

// readReply takes one reply from the server's octets.
func (m *smtp) readReply(final bool) bool {
	if m.mode == modeOpaque {
		return m.s.discard()
	}
	if m.s.startsTLS() && !final {
		return false // once STARTTLS was answered this is no text
	}
	r, n := m.s.readReply(final || m.s.gap > 0)
	if r == nil {
		return m.serverHole()
	}
	m.clean(r)
	m.s.skip(n)
	if r.Code == 0 {
		m.d.Unread[Server] += r.Len
		return true
	}
	m.d.Replies = append(m.d.Replies, r)
	if m.isGreeting(r) {
		m.greet(r)
		return true
	}
	m.greeted = true
	m.queue = append(m.queue, r)
	return true
}

func (m *smtp) clean(r *Reply) {
	for i := range r.Lines {
		r.Lines[i] = m.d.clean(r.Lines[i])
	}
}

// serverHole goes over a hole in the server's octets.
func (m *smtp) serverHole() bool {
	if m.s.gap == 0 {
		return false
	}
	m.d.Unread[Server] += int64(len(m.s.buf))
	m.s.skip(len(m.s.buf))
	start := m.s.from
	n := m.s.cross()
	m.lost = append(m.lost, hole{start, start + n})
	if start == 0 {
		m.greeted = true
	}
	return true
}

// isGreeting reports whether a reply is the one that a server opens with (RFC
// 5321 3.1): the first of a stream that is whole, or what can be nothing else.
func (m *smtp) isGreeting(r *Reply) bool {
	if m.greeted {
		return false
	}
	if r.At == 0 && m.s.whole && (r.Code/100 != 2 || r.Code == 220) {
		return true
	}
	before := len(m.pending) == 0 || m.pending[0].place.Ack >= r.End()
	return (r.Code == 220 || r.Code == 554 || r.Code == 421) && before && len(m.queue) == 0 && r.At == 0
}

// greet takes the server's greeting.
func (m *smtp) greet(r *Reply) {
	m.greeted = true
	m.d.Banner = r
	m.matched = r.End()
	m.d.Stage = Greeted
	if r.Code/100 != 2 {
		m.d.Stage = Refused
	}
}

// match gives the replies at hand to the commands they answer.
func (m *smtp) match(final bool) bool {
	moved := false
	for len(m.pending) > 0 && m.matchOne(final) {
		moved = true
	}
	if len(m.pending) == 0 && final && m.mode != modeDot && m.mode != modeChunk && m.c.empty() {
		for _, r := range m.queue {
			m.unaskedReply(r)
			moved = true
		}
		m.queue = nil
	}
	return moved
}

// matchOne decides about the oldest command, or the oldest reply.
func (m *smtp) matchOne(final bool) bool {
	a := &m.pending[0]
	if len(m.queue) == 0 {
		if m.wentOn(0) || final && m.s.empty() {
			m.answer(nil)
			return true
		}
		return false
	}
	r := m.queue[0]
	if a.step == m.chunk.step && m.left > 0 && r.Code < 400 && !(final && m.c.empty()) {
		return false // the chunk is not over: its octets come later in the capture
	}
	switch {
	case a.place.Ack >= 0 && r.End() <= a.place.Ack:
		// The client had this reply when it sent the command.
		m.queue = m.queue[1:]
		m.unaskedReply(r)
	case m.c.gaps > 0 && r.Ack >= 0 && r.Ack < a.place.End():
		// The server had not seen the command: it answers one that was lost.
		m.queue = m.queue[1:]
		m.unaskedReply(r)
	case len(m.lost) > 0 && m.skipsFirst(r):
		m.answer(nil)
	default:
		m.queue = m.queue[1:]
		m.matched = r.End()
		m.answer(r)
	}
	return true
}

// nextAck is what the client had seen when it sent what follows pending[i]; -1
// if nothing follows yet.
func (m *smtp) nextAck(i int) int64 {
	if i+1 < len(m.pending) {
		return m.pending[i+1].place.Ack
	}
	if len(m.c.buf) > 0 {
		return m.c.markAt(m.c.from).Ack
	}
	return -1
}

// wentOn reports whether the reply to the oldest command was lost in a hole: when the
// client sent what follows, it had seen what is missing, and nothing behind it up to the
// position upTo.
func (m *smtp) wentOn(upTo int64) bool {
	next := m.nextAck(0)
	for len(m.lost) > 0 && m.lost[0].start < m.matched {
		m.lost = m.lost[1:]
	}
	for _, h := range m.lost {
		if h.start < next && next <= max(h.end, upTo) {
			return true
		}
	}
	return false
}

// skipsFirst reports whether a reply behind a hole is for a later command than
// the oldest one.
func (m *smtp) skipsFirst(r *Reply) bool {
	a := &m.pending[0]
	if m.wentOn(r.At) {
		return true
	}
	want := anchors(r.Code)
	if want == nil || want(a) {
		return false
	}
	for i := 1; i < len(m.pending); i++ {
		if want(&m.pending[i]) {
			return true
		}
	}
	return false
}

// anchors says which commands alone a code can answer; nil for codes of many.
func anchors(code int) func(*awaited) bool {
	verb := ""
	switch code {
	case 354:
		verb = "DATA"
	case 334, 235, 535, 534:
		verb = "AUTH"
	case 221:
		verb = "QUIT"
	default:
		return nil
	}
	return func(a *awaited) bool { return a.step.Verb == verb && a.kind != awaitEnd }
}

// unaskedReply files a reply that answers nothing that was captured.
func (m *smtp) unaskedReply(r *Reply) {
	m.d.cleanRefusal(r)
	m.d.Steps = append(m.d.Steps, &Step{Place: r.Place, Reply: r, Tx: -1, Stage: m.d.Stage})
	if r.Code == 421 {
		m.shutdown(r)
		return
	}
	if m.mode == modeDot && m.dot != nil {
		m.dot.tx.Extra = append(m.dot.tx.Extra, r)
	} else if m.lastTx != nil {
		m.lastTx.Extra = append(m.lastTx.Extra, r)
	}
}

// shutdown is a 421 (RFC 5321 3.8): the server closes the channel.
func (m *smtp) shutdown(r *Reply) {
	m.d.Stage = Finished
	if m.tx != nil && m.tx.FinalCode == 0 {
		m.tx.FinalCode = r.Code
		m.tx.Final = r.Last
		m.close(Aborted)
	}
}

// answerCutEnd gives the server's reply to a message whose end is missing: that there is one
// says that it was over.
func (m *smtp) answerCutEnd() {
	if len(m.queue) == 0 || len(m.pending) > 0 || m.tx == nil {
		return
	}
	step := m.d.Steps[len(m.d.Steps)-1]
	if step.Tx != m.tx.Index || len(step.Then) == 0 {
		return
	}
	r := m.queue[0]
	m.queue = m.queue[1:]
	m.pending = append(m.pending, awaited{step: step, place: step.Then[len(step.Then)-1].Place, kind: awaitEnd, then: len(step.Then) - 1})
	if m.tx.Body != nil {
		m.tx.Body.lostEnd = true
	}
	m.answer(r)
}

// finish closes what is open when the streams have ended.
func (m *smtp) finish() {
	if m.dot != nil {
		m.dot.flush()
		m.endTransfer(false)
		m.answerCutEnd()
	}
	m.noteEarly()
	status := Incomplete
	if m.d.Ending != Open && m.s.started {
		status = Aborted
	}
	m.close(status)
}
