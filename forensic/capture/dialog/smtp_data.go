package dialog

import "strings"

// readDot reads on in a message up to its dot.
func (m *smtp) readDot(final bool) bool {
	if m.dotHole() {
		return true
	}
	answered := len(m.queue) > 0 && len(m.pending) == 0
	end, wait := m.dot.endBehindHole(final, answered, isCommandLine)
	if wait {
		return false
	}
	if end {
		m.dot.end(0)
		m.endTransfer(true)
		return true
	}
	moved, ended := m.dot.read(final)
	if ended {
		m.endTransfer(true)
		return true
	}
	return moved
}

// dotHole goes over a hole in a message. The message may have ended in it: then
// the server has answered without having seen what is behind the hole.
func (m *smtp) dotHole() bool {
	if m.c.gap == 0 || len(m.c.buf) > 0 && !m.dot.stuck() {
		return false
	}
	begun := int64(len(m.c.buf)) // of the end
	start := m.c.from + begun
	if m.answeredWithin(start, start+m.c.gap) {
		m.c.skip(int(begun))
		m.dot.endInHole(begun + m.c.cross())
		m.endTransfer(false)
		m.resync = true
		return true
	}
	m.dot.flush()
	m.dot.gap(m.c.cross())
	return true
}

// answeredWithin reports whether the next reply was sent when the server had
// seen no more than up to end, and something behind start.
func (m *smtp) answeredWithin(start, end int64) bool {
	if len(m.pending) > 0 || len(m.queue) == 0 {
		return false
	}
	r := m.queue[0]
	if r.Ack >= 0 {
		return r.Ack > start && r.Ack <= end
	}
	return m.announced()
}

// endTransfer ends the octets of a message; terminated is false when its end was
// not captured.
func (m *smtp) endTransfer(terminated bool) {
	dot := m.dot
	t := dot.tx
	dot.finish()
	m.dot = nil
	m.mode = modeCommand
	t.Body.terminated = terminated
	if m.d.opt.Elided {
		t.Body = nil
	}
	t.End = dot.endMark
	dot.step.Then = append(dot.step.Then, Exchange{Place: dot.endPlace, EndOfData: true})
	if m.d.done {
		return // the stream has ended within the message
	}
	m.pending = append(m.pending, awaited{step: dot.step, place: dot.endPlace, kind: awaitEnd, then: len(dot.step.Then) - 1})
	m.d.Stage = Transferred
}

// beginChunk is BDAT (RFC 3030 2): the octets follow at once, whatever the
// reply will be.
func (m *smtp) beginChunk(s *Step, a *awaited) {
	size, last, ok := parseChunk(s.Argument)
	if !ok {
		m.d.note("bad-bdat", "the size of a chunk cannot be read, or is too large", Client, s.Place)
		return
	}
	if m.body == nil {
		m.body = newBody(m.d.opt)
	}
	a.body, a.last = m.body, last
	m.body.chunked = true
	m.chunk = chunk{step: s, body: m.body, last: last, seen: m.c.from}
	if last {
		m.body = nil
	}
	if !m.expect(size) {
		m.chunkDone()
	}
}

// expect waits for so many octets; false says that there are none to come, as where the source
// does not show them.
func (m *smtp) expect(size int64) bool {
	if size == 0 || m.d.opt.Elided {
		m.left = 0
		return false
	}
	m.left, m.mode = size, modeChunk
	return true
}

// chunk is the chunk on its way.
type chunk struct {
	step *Step
	body *Body
	last bool
	seen int64 // where its octets begin
}

// cutBody begins a new message with the next chunk.
func (m *smtp) cutBody() { m.body = nil }

// readChunk takes the octets of a chunk; they are counted through holes.
func (m *smtp) readChunk(final bool) bool {
	h := m.c
	if h.from == m.chunk.seen {
		refused, wait := m.chunkRefused(final)
		if wait {
			return false
		}
		if refused {
			m.left, m.mode = 0, modeCommand
			return true
		}
	}
	if n := min(m.left, int64(len(h.buf))); n > 0 {
		m.chunk.body.write(h, int(n))
		h.skip(int(n))
		m.left -= n
	} else if h.gap > 0 && len(h.buf) == 0 {
		m.chunkHole()
	} else {
		return false
	}
	if m.left == 0 {
		m.mode = modeCommand
		m.chunkDone()
	}
	return true
}

// chunkHole goes over a hole in a chunk, which may be longer than the chunk.
func (m *smtp) chunkHole() {
	h := m.c
	n := h.gap
	if n > m.left {
		h.gap = n - m.left // the rest is a hole among commands
		h.from += m.left
		m.chunk.body.gap(m.left)
		m.chunk.body.upTo = h.from
		m.left = 0
		return
	}
	h.cross()
	m.chunk.body.gap(n)
	m.chunk.body.upTo = h.from
	m.left -= n
}

// chunkRefused reports whether the client has not sent the octets of a chunk
// because it was refused: what follows is a command that was sent with the
// refusal in sight. wait asks for the rest of a line.
func (m *smtp) chunkRefused(final bool) (refused, wait bool) {
	r := m.chunk.step.Reply
	if r == nil || r.Code < 400 || len(m.c.buf) == 0 {
		return false, false
	}
	if ack := m.c.markAt(m.c.from).Ack; ack >= 0 && ack < r.End() {
		return false, false
	}
	if _, whole := m.c.line(); !whole && !final && m.c.gap == 0 && len(m.c.buf) < 512 {
		return false, true
	}
	return m.announced(), false
}

func (m *smtp) chunkDone() {
	c := &m.chunk
	c.body.terminated = c.body.terminated || c.last
	c.body.endMark = m.c.lastMark()
	if c.last {
		c.step.Then = append(c.step.Then, Exchange{Place: Place{Mark: c.body.endMark, At: m.c.from}, EndOfData: true})
	}
}

// answerChunk takes the reply to a chunk. The last one decides about the
// message; a refused one ends it (RFC 3030 2). It reports whether no more are due: LMTP has one to the
// last chunk for each accepted recipient (RFC 2033 4.2).
func (m *smtp) answerChunk(a *awaited, r *Reply) bool {
	t := m.tx
	if a.body == nil {
		return true
	}
	if t == nil {
		if !taken(r) || a.body.size == 0 && r == nil {
			return true // there is no transaction it could belong to
		}
		t = m.open()
	}
	a.step.Tx = t.Index
	t.Mode = "BDAT"
	if t.Body == nil && !m.d.opt.Elided {
		t.Body = a.body
		t.Data = a.body.first
	}
	t.End = a.body.endMark
	m.d.Stage = Transferring
	switch {
	case r == nil:
		if a.last {
			m.endUnanswered()
		}
	case a.last:
		if x := a.step.Then; a.got > 0 && len(x) > 0 {
			x[len(x)-1].Replies = append(x[len(x)-1].Replies, r)
		}
		return m.endMessage(a, t, r)
	case !r.Positive():
		t.FinalCode, t.Final = r.Code, r.Last
		m.refused = r.Code
	}
	return true
}

// parseChunk reads the argument of BDAT: "size [LAST]" (RFC 3030 2). ok is
// false for a size that is none or too large.
func parseChunk(arg string) (size int64, last, ok bool) {
	fields := strings.Fields(arg)
	if len(fields) == 0 || len(fields) > 2 || len(fields[0]) > 18 {
		return 0, false, false
	}
	for i := range len(fields[0]) {
		c := fields[0][i]
		if c < '0' || c > '9' {
			return 0, false, false
		}
		size = size*10 + int64(c-'0')
	}
	if len(fields) == 2 {
		if upper(fields[1]) != "LAST" {
			return 0, false, false
		}
		last = true
	}
	return size, last, true
}
