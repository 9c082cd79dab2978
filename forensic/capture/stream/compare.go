package stream

import (
	"bytes"

	"github.com/emlcheck/emlcheck/forensic/capture/packet"
)

// remember keeps the octets handed over last.
func (h *half) remember(data []byte) {
	if len(data) >= window {
		h.old = append(h.old[:0], data[len(data)-window:]...)
		return
	}
	if len(h.old)+len(data) > 2*window {
		n := copy(h.old, h.old[len(h.old)-window+len(data):])
		h.old = h.old[:n]
	}
	h.old = append(h.old, data...)
}

// compareOld compares a later copy with what was handed over.
func (c *Conn) compareOld(from int, pos int64, data []byte, s *packet.Segment) {
	h := &c.halves[from]
	side := c.sideOf(from)
	start := h.next - int64(len(h.old)) // of what is remembered
	if pos < start {
		n := min(start-pos, int64(len(data)))
		side.Uncompared += n
		data, pos = data[n:], pos+n
	}
	if len(data) == 0 {
		return
	}
	kept := h.old[pos-start : pos-start+int64(len(data))]
	c.compare(from, pos, kept, data, s)
}

// compare files octets that came twice.
func (c *Conn) compare(from int, pos int64, kept, other []byte, s *packet.Segment) {
	side := c.sideOf(from)
	if bytes.Equal(kept, other) {
		side.Repeated += int64(len(other))
		return
	}
	if len(side.Conflicts) >= maxConflicts {
		return
	}
	first, last := 0, len(kept)
	for kept[first] == other[first] {
		first++
	}
	for kept[last-1] == other[last-1] {
		last--
	}
	last = min(last, first+maxConflictSize)
	side.Conflicts = append(side.Conflicts, Conflict{
		At: pos + int64(first), Kept: bytes.Clone(kept[first:last]), Other: bytes.Clone(other[first:last]), Packet: s.Number,
	})
}
