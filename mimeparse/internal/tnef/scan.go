package tnef

import (
	"encoding/binary"

	"github.com/emlcheck/emlcheck/headers"
)

// cursor walks over a part of the stream. Its reads fail, and move nothing,
// where too few bytes are left.
type cursor struct {
	raw      []byte
	off, end int
}

func (r *reader) cursor(at headers.Span) *cursor {
	return &cursor{raw: r.raw, off: at.Start, end: at.End}
}

func (c *cursor) left() int { return c.end - c.off }

func (c *cursor) rest() headers.Span { return headers.Span{Start: c.off, End: c.end} }

// take reads n bytes. The comparison is done in 64 bits: n comes from the
// stream and need not fit an int.
func (c *cursor) take(n uint32) (headers.Span, bool) {
	if uint64(n) > uint64(c.left()) {
		return headers.Span{}, false
	}
	at := headers.Span{Start: c.off, End: c.off + int(n)}
	c.off = at.End
	return at, true
}

func (c *cursor) u16() (uint16, bool) {
	at, ok := c.take(2)
	if !ok {
		return 0, false
	}
	return binary.LittleEndian.Uint16(at.Of(c.raw)), true
}

func (c *cursor) u32() (uint32, bool) {
	at, ok := c.take(4)
	if !ok {
		return 0, false
	}
	return binary.LittleEndian.Uint32(at.Of(c.raw)), true
}

// pad passes over what fills a value of n bytes up to a multiple of four
// (MS-OXTNEF 2.1.3.4). The last value's padding may be missing.
func (c *cursor) pad(n int) { c.off = min(c.end, c.off+(-n&3)) }

// scan splits the stream into its attributes (MS-OXTNEF 2.1.3) and checks
// each checksum. It stops where the frames can no longer be followed: looking
// for the next frame would take those of an embedded message, or of bytes
// made to look so, for the stream's own.
func (w *work) scan() {
	m := w.m
	c := w.cursor(m.Span)
	c.off = min(c.off+headerSize, c.end)
	if m.Span.Len() < headerSize {
		w.defect("tnef.truncated", m.Span, "the stream ends inside its header")
		return
	}
	m.Key = binary.LittleEndian.Uint16(w.raw[c.off-2:])
	for c.left() > 0 {
		if w.reader.left.Attributes <= 0 {
			w.defect("tnef.limit-attributes", c.rest(), "attributes left unread")
			return
		}
		w.reader.left.Attributes--
		a, ok := w.frame(c)
		if !ok {
			return
		}
		m.Attributes = append(m.Attributes, a)
	}
}

// frame reads one attribute; ok is false when there is none to be seen.
func (w *work) frame(c *cursor) (a Attribute, ok bool) {
	if c.left() < frameSize {
		w.defect("tnef.unread", c.rest(), "too few bytes for an attribute")
		return a, false
	}
	start := c.off
	head := w.raw[start:]
	a = Attribute{
		Level: head[0],
		ID:    binary.LittleEndian.Uint32(head[1:]),
	}
	size := binary.LittleEndian.Uint32(head[5:])
	c.off += frameSize
	data, whole := c.take(size)
	if !whole {
		return w.cutFrame(c, start, a)
	}
	a.Data = data
	stated, summed := c.u16()
	good := summed && stated == checksum(data.Of(w.raw))
	a.Span = headers.Span{Start: start, End: c.off}
	if a.Level != levelMessage && a.Level != levelAttachment && !good {
		w.defect("tnef.unread", headers.Span{Start: start, End: c.end}, "no attribute begins here")
		return a, false
	}
	switch {
	case !summed:
		a.Span.End, c.off = c.end, c.end
		w.defect("tnef.truncated", a.Span, "the stream ends before the attribute's checksum")
	case !good:
		w.defect("tnef.checksum", a.Span, "the attribute's checksum does not match its data")
	}
	return a, true
}

// cutFrame takes the attribute whose stated size reaches past the stream, as
// far as it is there. An unknown attribute at that place is taken for bytes
// that are none.
func (w *work) cutFrame(c *cursor, start int, a Attribute) (Attribute, bool) {
	a.Data = c.rest()
	a.Span = headers.Span{Start: start, End: c.end}
	c.off = c.end
	if k := known(a.ID); k < 0 || attributeTable[k].level != a.Level {
		w.defect("tnef.unread", a.Span, "no attribute begins here")
		return a, false
	}
	w.defect("tnef.truncated", a.Span, "the stream ends inside the attribute's data")
	return a, true
}

// checksum is the sum of all bytes, modulo 65536 (MS-OXTNEF 2.1.3).
func checksum(b []byte) uint16 {
	var sum uint16
	for _, c := range b {
		sum += uint16(c)
	}
	return sum
}
