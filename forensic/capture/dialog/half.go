package dialog

import (
	"bytes"
	"slices"
)

// half is what one end has sent and nobody has read yet.
type half struct {
	side Side
	// buf holds the octets from position from on, up to the first hole.
	buf  []byte
	from int64
	// marks say which octets came with which mark, ascending; the first one
	// covers buf[0].
	marks []placed
	// gap is the number of octets missing behind buf; 0 without a hole.
	gap int64
	// later is what came behind the hole.
	later []piece
	// searched is how much of buf holds no line feed.
	searched int
	// reply is the server's reply on its way.
	reply partReply
	// held is the number of octets in buf and later.
	held int
	// started is set by the first octet or hole, whole when the stream is
	// known from its very first octet on.
	started, whole bool
	// gaps counts the holes.
	gaps int
	// last is the mark of the newest octet that was read.
	last Mark
}

// placed is a mark and the stream position it begins at.
type placed struct {
	at int64
	Mark
}

// piece is a run of octets, or a hole, behind a hole.
type piece struct {
	data []byte
	gap  int64
	mark Mark
}

// feed takes the next octets. They are copied.
func (h *half) feed(b []byte, m Mark) {
	h.started = true
	h.held += len(b)
	if h.gap > 0 {
		h.later = append(h.later, piece{data: bytes.Clone(b), mark: m})
		return
	}
	h.append(b, m)
}

func (h *half) append(b []byte, m Mark) {
	h.marks = append(h.marks, placed{h.from + int64(len(h.buf)), m})
	h.buf = append(h.buf, b...)
}

// miss takes note of a hole.
func (h *half) miss(n int64) {
	h.started = true
	h.gaps++
	if h.gap > 0 {
		h.later = append(h.later, piece{gap: n})
		return
	}
	h.gap = n
}

// behind gives the first octets behind the hole, at most n; open is true when more of them may
// come.
func (h *half) behind(n int) (octets []byte, open bool) {
	for _, p := range h.later {
		if p.gap > 0 {
			return octets, false
		}
		octets = append(octets, p.data[:min(len(p.data), n-len(octets))]...)
		if len(octets) == n {
			return octets, false
		}
	}
	return octets, true
}

// cross goes over the hole behind the octets that were read, and returns its
// length. buf must be empty.
func (h *half) cross() int64 {
	n := h.gap
	h.gap = 0
	h.from += n
	h.marks = h.marks[:0]
	for i, p := range h.later {
		if p.gap > 0 {
			h.gap = p.gap
			h.later = slices.Delete(h.later, 0, i+1)
			return n
		}
		h.append(p.data, p.mark)
	}
	h.later = nil
	return n
}

// skip gives up the first n octets of buf.
func (h *half) skip(n int) {
	if n == 0 {
		return
	}
	h.last = h.markAt(h.from + int64(n) - 1)
	h.from += int64(n)
	h.held -= n
	h.searched = max(0, h.searched-n)
	if n == len(h.buf) {
		h.buf, h.marks = h.buf[:0], h.marks[:0]
		return
	}
	h.buf = h.buf[n:]
	drop := 0
	for drop+1 < len(h.marks) && h.marks[drop+1].at <= h.from {
		drop++
	}
	h.marks = h.marks[drop:]
}

// line is the next line with its line feed, if there is a whole one. It does
// not skip it.
func (h *half) line() ([]byte, bool) {
	i := bytes.IndexByte(h.buf[h.searched:], '\n')
	if i < 0 {
		h.searched = len(h.buf)
		return nil, false
	}
	return h.buf[:h.searched+i+1], true
}

// at is the place of the first n octets of buf.
func (h *half) at(n int) Place {
	return Place{Mark: h.markAt(h.from), At: h.from, Len: int64(n)}
}

// markAt is the mark of the octet at a position within buf.
func (h *half) markAt(pos int64) Mark {
	i := len(h.marks)
	for i > 0 && h.marks[i-1].at > pos {
		i--
	}
	if i == 0 {
		return Mark{Offset: -1, Ack: -1}
	}
	m := h.marks[i-1]
	if m.Offset >= 0 {
		m.Offset += pos - m.at
	}
	return m.Mark
}

// empty reports whether neither octets nor a hole wait.
func (h *half) empty() bool { return len(h.buf) == 0 && h.gap == 0 }

// lastMark is the mark of the newest octet that was skipped.
func (h *half) lastMark() Mark { return h.last }

// discard counts octets that are not read.
func (h *half) discard() bool {
	if h.empty() {
		return false
	}
	h.skip(len(h.buf))
	if h.gap > 0 {
		h.cross()
	}
	return true
}

// startsTLS reports whether a record of TLS stands first: a handshake, type 22, of a
// version 3.x (RFC 8446 5.1).
func (h *half) startsTLS() bool {
	return len(h.buf) >= 2 && h.buf[0] == 0x16 && h.buf[1] == 3
}
