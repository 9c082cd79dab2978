package stream

import (
	"bytes"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/capture/packet"
)

// half is the stream of one end.
type half struct {
	// base is the sequence number of the first octet; based: it is known. syn:
	// it is known from the SYN, or from what the other end acknowledged of it.
	base       uint32
	based, syn bool
	// released: octets were handed over, so that base cannot change any more.
	released bool
	begun    bool // the sink was told
	// next is the position of the first octet that was not handed over.
	next int64
	// end is the position behind the last octet that is known to exist, fin
	// that of the FIN, once finSeen.
	end, fin int64
	finSeen  bool
	reset    bool
	// acked is how far the other end has acknowledged; 0 when unknown. ackSegment and ackTime are when
	// that first passed next, in segments of the table and in nanoseconds.
	acked      int64
	ackSegment int64
	ackTime    int64
	// waiting are runs of octets behind holes, ascending and apart.
	waiting []*run
	held    int64
	// old are the octets handed over last, for comparison with later copies.
	old []byte
	// first is the smallest sequence number held of a stream that was joined
	// in the middle, ack the first number the other end acknowledged of it.
	first    uint32
	hasFirst bool
	ack      uint32
	hasAck   bool
}

// run is octets that cannot be handed over yet.
type run struct {
	at   int64
	data []byte
	mark packet.Segment // without payload
}

const (
	// window is how much is kept for comparison.
	window = 64 << 10
	// far is the distance from which on a number is foreign.
	far = 1 << 30
	// joinSegments and joinOctets are how much of a stream without SYN is held
	// before its first octet is decided on: segments may come out of order.
	joinSegments, joinOctets = 1024, 1 << 20
	// widest is the hole from which on octets behind it are believed only when the other end has
	// acknowledged them: one stray packet must not make a gigabyte of it.
	widest = 16 << 20
	// patience is how long a hole that the other end has acknowledged over is kept open:
	// in segments of the capture, and in time.
	patienceSegments = 1 << 16
	patienceTime     = 60 * int64(time.Second)
)

// position unwraps a sequence number.
func (h *half) position(seq uint32) (pos int64, ok bool) {
	d := int64(int32(seq - (h.base + uint32(h.next))))
	return h.next + d, d > -far && d < far
}

// fits reports whether a base fits closely before what is held.
func (h *half) fits(base uint32) bool {
	if !h.hasFirst {
		return !h.hasAck || int32(h.ack-base) >= 0 && int32(h.ack-base) < 1<<20
	}
	d := int32(h.first - base)
	return d >= 0 && d < 1<<20
}

// take adds a segment to the half that sent it.
func (c *Conn) take(t *Table, from int, s *packet.Segment) {
	h, peer := &c.halves[from], &c.halves[1-from]
	if s.Flags&packet.SYN != 0 {
		c.takeSYN(t, from, s)
	}
	if s.Flags&packet.ACK != 0 {
		c.acknowledge(t, 1-from, s)
	}
	c.sideOf(from).Segments++
	if len(s.Payload) > 0 || s.Wire > 0 {
		c.takeOctets(t, from, s)
	}
	if s.Flags&packet.FIN != 0 {
		c.takeFIN(from, s)
	}
	if s.Flags&packet.RST != 0 {
		if side := c.sideOf(from); !side.RST && !c.Sides[0].RST && !c.Sides[1].RST {
			c.Closer = c.side(from)
		}
		c.sideOf(from).RST = true
		h.reset, peer.reset = true, true
	}
	c.patience(t, s.Time)
	if h.over() && peer.over() {
		t.end(c, false)
	}
}

// over reports whether everything up to the FIN was handed over.
func (h *half) over() bool { return h.finSeen && h.released && h.next >= h.fin && len(h.waiting) == 0 }

// takeSYN fixes the numbers of both ends (RFC 9293 3.4).
func (c *Conn) takeSYN(t *Table, from int, s *packet.Segment) {
	h := &c.halves[from]
	if !c.settled {
		client := from
		if s.Flags&packet.ACK != 0 {
			client = 1 - from
		}
		c.rename(client)
	}
	h.fix(s.Seq + 1)
	if s.Flags&packet.ACK != 0 {
		c.halves[1-from].fix(s.Ack)
	}
	c.release(t, from, true)
	if s.Flags&packet.ACK != 0 {
		c.release(t, 1-from, true)
	}
}

// fix sets the base, unless octets were already handed over by another one.
func (h *half) fix(base uint32) {
	if h.syn || h.released {
		return
	}
	h.base, h.based, h.syn = base, true, true
}

// rename makes a half the client's, as long as nothing was handed over.
func (c *Conn) rename(client int) {
	c.settled = true
	if c.swap == (client == 1) || c.halves[0].released || c.halves[1].released {
		return
	}
	c.swap = client == 1
	c.Client, c.Server = c.Server, c.Client
	c.Sides[0], c.Sides[1] = c.Sides[1], c.Sides[0]
}

// acknowledge takes note of how far an end was heard.
func (c *Conn) acknowledge(t *Table, of int, s *packet.Segment) {
	h := &c.halves[of]
	if !h.hasAck {
		h.ack, h.hasAck = s.Ack, true
	}
	if !h.based {
		return
	}
	pos, ok := h.position(s.Ack)
	if !ok || pos <= h.acked {
		return
	}
	h.acked = pos
	if pos > h.next && h.ackTime == 0 {
		h.ackSegment, h.ackTime = t.segments, s.Time
	}
}

// takeOctets adds the payload of a segment.
func (c *Conn) takeOctets(t *Table, from int, s *packet.Segment) {
	h := &c.halves[from]
	seq := s.Seq
	if s.Flags&packet.SYN != 0 {
		seq++ // the SYN has a number of its own
	}
	if !h.based {
		c.hold(t, from, seq, s)
		return
	}
	side := c.sideOf(from)
	side.Snapped += int64(s.Wire - len(s.Payload))
	pos, ok := h.position(seq)
	if !ok || pos < -window {
		side.Foreign++
		return
	}
	if h.reset {
		side.AfterReset += int64(len(s.Payload))
	}
	if pos-h.next <= widest {
		h.end = max(h.end, pos+int64(s.Wire), pos+int64(len(s.Payload)))
	}
	if len(s.Payload) == 1 && pos == h.next-1 {
		return // a keep-alive (RFC 9293 3.8.4): its octet may be anything
	}
	c.place(t, from, pos, s)
}

// hold keeps a segment of a stream whose beginning is not known.
func (c *Conn) hold(t *Table, from int, seq uint32, s *packet.Segment) {
	h := &c.halves[from]
	if !h.hasFirst || int32(seq-h.first) < 0 {
		h.first, h.hasFirst = seq, true
	}
	r := &run{at: int64(seq), data: bytes.Clone(s.Payload), mark: *s}
	r.mark.Payload = nil
	h.waiting = append(h.waiting, r)
	h.charge(t, r)
	if len(h.waiting) >= joinSegments || h.held >= joinOctets || t.pending > t.opt.MaxTotal {
		c.join(t)
	}
}

// join decides on the first octets of streams that were joined in the middle. Both
// are decided before either is handed over, for each says what it has seen of the other.
func (c *Conn) join(t *Table) {
	for i := range c.halves {
		h := &c.halves[i]
		if h.based || !h.hasFirst && !h.hasAck {
			continue
		}
		h.base, h.based = h.ack, true
		if h.hasFirst && (!h.hasAck || int32(h.first-h.ack) < 0) {
			h.base = h.first
		}
	}
	if !c.settled {
		c.recognise(t)
	}
	for i := range c.halves {
		if c.halves[i].based {
			c.release(t, i, false)
		}
	}
}

// recognise tells the client by what is said.
func (c *Conn) recognise(t *Table) {
	for i := range c.halves {
		for _, r := range c.halves[i].waiting {
			switch {
			case t.opt.ServerSpeaks != nil && t.opt.ServerSpeaks(r.data):
				c.rename(1 - i)
				return
			case t.opt.ClientSpeaks != nil && t.opt.ClientSpeaks(r.data):
				c.rename(i)
				return
			}
		}
	}
}

// release puts what was held in its place once the base is known.
func (c *Conn) release(t *Table, from int, whole bool) {
	h := &c.halves[from]
	if h.released {
		return
	}
	if !h.begun {
		h.begun = true
		if whole && c.sink != nil {
			c.sink.Begin(c.side(from))
		}
		c.MidStream[c.side(from)] = !whole
	}
	held := h.waiting
	h.waiting = nil
	for _, r := range held {
		h.discharge(t, r)
	}
	for _, r := range held {
		s := r.mark
		s.Payload = r.data
		c.takeOctets(t, from, &s)
	}
}

// takeFIN notes where a stream ends.
func (c *Conn) takeFIN(from int, s *packet.Segment) {
	h := &c.halves[from]
	if !c.Sides[0].FIN && !c.Sides[1].FIN && !c.Sides[0].RST && !c.Sides[1].RST {
		c.Closer = c.side(from)
	}
	c.sideOf(from).FIN = true
	if !h.based {
		if len(h.waiting) == 0 && s.Wire == 0 {
			h.first, h.hasFirst = s.Seq, true
		}
		return
	}
	if pos, ok := h.position(s.Seq + uint32(s.Wire)); ok {
		h.fin, h.finSeen = pos, true
		h.end = max(h.end, pos)
		h.released = true
	}
}

// place puts octets at a position of the stream.
func (c *Conn) place(t *Table, from int, pos int64, s *packet.Segment) {
	h := &c.halves[from]
	data := s.Payload
	if pos < h.next {
		n := min(h.next-pos, int64(len(data)))
		c.compareOld(from, pos, data[:n], s)
		data = data[n:]
		pos += n
	}
	if len(data) == 0 {
		return
	}
	if pos > h.next || len(h.waiting) > 0 {
		c.wait(t, from, pos, data, s)
		c.advance(t, from)
		return
	}
	c.deliver(from, data, s, int64(len(s.Payload)-len(data)))
}

// deliver hands octets over; skipped is how many of the segment's come before
// them.
func (c *Conn) deliver(from int, data []byte, s *packet.Segment, skipped int64) {
	h := &c.halves[from]
	m := dialog.Mark{Time: when(s.Time), Packet: s.Number, Offset: s.Offset, Ack: c.ackOf(from, s)}
	if m.Offset >= 0 {
		m.Offset += skipped
	}
	h.released = true
	h.next += int64(len(data))
	h.remember(data)
	h.ackTime = 0
	c.sideOf(from).Octets += int64(len(data))
	if c.sink != nil {
		c.sink.Feed(c.side(from), data, m)
	}
}

// ackOf is what the sender of a segment had seen of the other end.
func (c *Conn) ackOf(from int, s *packet.Segment) int64 {
	peer := &c.halves[1-from]
	if s.Flags&packet.ACK == 0 {
		return -1
	}
	if !peer.based {
		if !peer.hasAck {
			return -1
		}
		return int64(int32(s.Ack - peer.ack)) // nothing else is known of it
	}
	pos, ok := peer.position(s.Ack)
	if !ok {
		return -1
	}
	return max(0, pos)
}

// forget gives up the memory of a half.
func (h *half) forget(t *Table) {
	t.pending -= h.held
	h.held = 0
	h.waiting, h.old = nil, nil
}
