package stream

import (
	"bytes"
	"slices"

	"github.com/emlcheck/emlcheck/forensic/capture/packet"
)

// wait keeps octets behind a hole. Where they were there before, the first copy
// stays.
func (c *Conn) wait(t *Table, from int, pos int64, data []byte, s *packet.Segment) {
	h := &c.halves[from]
	c.sideOf(from).Early++
	i, _ := slices.BinarySearchFunc(h.waiting, pos, func(r *run, pos int64) int {
		switch {
		case r.at+int64(len(r.data)) <= pos:
			return -1
		case r.at > pos:
			return 1
		}
		return 0
	})
	skipped := int64(len(s.Payload) - len(data))
	for len(data) > 0 {
		free := int64(len(data))
		if i < len(h.waiting) {
			free = min(free, h.waiting[i].at-pos)
		}
		if free > 0 {
			c.insert(t, h, i, pos, data[:free], s, skipped)
			i++
		} else {
			w := h.waiting[i]
			off := pos - w.at
			free = min(int64(len(data)), int64(len(w.data))-off)
			c.compare(from, pos, w.data[off:off+free], data[:free], s)
			i++
		}
		data, pos, skipped = data[free:], pos+free, skipped+free
	}
	if h.held > t.opt.MaxPending || t.pending > t.opt.MaxTotal {
		c.give(t, from)
	}
}

func (c *Conn) insert(t *Table, h *half, i int, pos int64, data []byte, s *packet.Segment, skipped int64) {
	r := &run{at: pos, data: bytes.Clone(data), mark: *s}
	r.mark.Payload = nil
	if r.mark.Offset >= 0 {
		r.mark.Offset += skipped
	}
	h.waiting = slices.Insert(h.waiting, i, r)
	h.charge(t, r)
}

// runCost is what a run takes beside its octets.
const runCost = 256

func (h *half) charge(t *Table, r *run) {
	n := int64(len(r.data)) + runCost
	h.held += n
	t.pending += n
}

func (h *half) discharge(t *Table, r *run) {
	n := int64(len(r.data)) + runCost
	h.held -= n
	t.pending -= n
}

// advance hands over what waits no longer.
func (c *Conn) advance(t *Table, from int) {
	h := &c.halves[from]
	for len(h.waiting) > 0 && h.waiting[0].at == h.next {
		r := h.shift(t)
		c.deliver(from, r.data, &r.mark, 0)
	}
}

// shift takes the first run that waits.
func (h *half) shift(t *Table) *run {
	r := h.waiting[0]
	h.waiting[0] = nil
	h.waiting = h.waiting[1:]
	h.discharge(t, r)
	return r
}

// give takes the hole in front of what waits for one.
func (c *Conn) give(t *Table, from int) {
	h := &c.halves[from]
	if len(h.waiting) == 0 {
		return
	}
	if first := h.waiting[0]; first.at-h.next > widest && h.acked < first.at+int64(len(first.data)) {
		c.sideOf(from).Foreign++
		h.shift(t)
		return
	}
	c.hole(from, h.waiting[0].at-h.next)
	c.advance(t, from)
}

// hole hands a hole over.
func (c *Conn) hole(from int, n int64) {
	if n <= 0 {
		return
	}
	h := &c.halves[from]
	side := c.sideOf(from)
	if len(side.Holes) < maxHoles {
		side.Holes = append(side.Holes, Hole{h.next, n})
	}
	h.released = true
	h.next += n
	h.old = h.old[:0]
	h.ackTime = 0
	if c.sink != nil {
		c.sink.Gap(c.side(from), n)
	}
}

// patience gives up on holes that the other end has acknowledged over long ago.
func (c *Conn) patience(t *Table, now int64) {
	for i := range c.halves {
		h := &c.halves[i]
		if len(h.waiting) == 0 || !h.based || h.ackTime == 0 || h.acked < h.waiting[0].at {
			continue
		}
		if t.segments-h.ackSegment > patienceSegments || now-h.ackTime > patienceTime {
			c.give(t, i)
		}
	}
}

// drain hands over all that is left, in the order in which it was captured where
// both ends wait.
func (c *Conn) drain(t *Table) {
	c.join(t)
	for {
		a, b := c.halves[0].waitsSince(), c.halves[1].waitsSince()
		if a < 0 && b < 0 {
			break
		}
		if b < 0 || a >= 0 && a <= b {
			c.give(t, 0)
		} else {
			c.give(t, 1)
		}
	}
	for i := range c.halves {
		c.tail(i)
	}
}

// waitsSince is the frame of the octets that wait first; -1 for none.
func (h *half) waitsSince() int64 {
	if len(h.waiting) == 0 || !h.based {
		return -1
	}
	return h.waiting[0].mark.Number
}

// tail is what is known to have been sent at the end and was not captured. The
// number of a FIN that was not captured counts as an octet for the other end.
func (c *Conn) tail(from int) {
	h := &c.halves[from]
	if !h.based || c.sideOf(from).Octets == 0 {
		return
	}
	end := max(h.end, h.next)
	switch peer := c.sideOf(1 - from); {
	case h.acked <= end || h.finSeen && h.acked <= h.fin+1:
	case !h.finSeen && (peer.FIN || peer.RST):
		end = max(end, h.acked-1)
	default:
		end = h.acked
	}
	c.hole(from, end-h.next)
}
