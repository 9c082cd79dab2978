package dialog

import (
	"bytes"
	"crypto/sha256"
	"encoding"
	"encoding/hex"
	"hash"
)

// Body is a message as it was put together from what was captured.
type Body struct {
	// size counts octets and holes.
	size int64
	gaps []Gap
	// present digests the octets captured, zero the message with zeros in its
	// holes; zero is nil as long as there are none.
	present, zero hash.Hash
	data          []byte
	discard       bool
	side          Side
	limit         int64
	cut           bool
	noZero        bool // the holes are too large to be digested
	pieces        []Piece
	first         Mark
	endMark       Mark
	// start and upTo are the stream positions between which it was read.
	start, upTo int64
	// terminated: its end was captured. headless: its beginning was not.
	terminated, headless, lostEnd, chunked bool

	bareLF, bareCR, nul, eightBit, longLine tally
	longest                                 int
	falseEnds                               []falseEnd

	presentSum, zeroSum string
	sealed              bool
}

// Gap is a range of a message that was not captured: Len octets from Offset on, in a message in
// which zeros stand for it.
type Gap struct{ Offset, Len int64 }

// Piece says where octets of a message stand in the capture.
type Piece struct {
	// At is the position in the message, Stream that in the sender's stream, Offset
	// that in the capture file (-1 for octets that stand nowhere as they are), Len the number of octets.
	At, Stream, Offset, Len int64
	// Packet is the frame's number.
	Packet int64
}

// tally counts what a message should not hold.
type tally struct {
	n     int64
	at    int64 // in the message, of the first
	first Place
}

// Count is the number and the message offset and place of the first one.
type Count struct {
	// N is how many, At where the first one stands in the message.
	N, At int64
	// First is where the first one stands in the stream.
	First Place
}

func (t *tally) hit(at int64, h *half, i int) {
	if t.n == 0 {
		t.at = at
		pos := h.from + int64(i)
		t.first = Place{Mark: h.markAt(pos), At: pos, Len: 1}
	}
	t.n++
}

func newBody(opt Options) *Body {
	return &Body{present: sha256.New(), discard: opt.Discard, limit: opt.MaxMessage, start: -1, upTo: -1}
}

// write takes the first n octets that h holds.
func (b *Body) write(h *half, n int) { b.writeAt(h, 0, n) }

// writeAt takes h.buf[from:to].
func (b *Body) writeAt(h *half, from, to int) {
	b.upTo = h.from + int64(to)
	if b.start < 0 {
		b.start = h.from + int64(from)
	}
	if from >= to {
		return
	}
	octets := h.buf[from:to]
	b.side = h.side
	if b.size == 0 && len(b.gaps) == 0 {
		b.first = h.markAt(h.from + int64(from))
	}
	b.look(octets, h, from)
	b.locate(h, from, to)
	b.present.Write(octets)
	if b.zero != nil {
		b.zero.Write(octets)
	}
	b.keep(octets)
	b.size += int64(len(octets))
}

// look takes note of octets that need an extension.
func (b *Body) look(octets []byte, h *half, from int) {
	if b.nul.n == 0 {
		if i := bytes.IndexByte(octets, 0); i >= 0 {
			b.nul.hit(b.size+int64(i), h, from+i)
		}
	}
	if b.eightBit.n == 0 {
		if i := indexHigh(octets); i >= 0 {
			b.eightBit.hit(b.size+int64(i), h, from+i)
		}
	}
}

// indexHigh is the index of the first octet above 127; -1 for none.
func indexHigh(b []byte) int {
	i := 0
	for ; i+8 <= len(b); i += 8 {
		if b[i]|b[i+1]|b[i+2]|b[i+3]|b[i+4]|b[i+5]|b[i+6]|b[i+7] >= 0x80 {
			break
		}
	}
	for ; i < len(b); i++ {
		if b[i] >= 0x80 {
			return i
		}
	}
	return -1
}

// maxPieces bounds the map of a message; it is enough for 256 MiB in segments.
const maxPieces = 1 << 18

// locate files where octets stand in the capture.
func (b *Body) locate(h *half, from, to int) {
	pos, end := h.from+int64(from), h.from+int64(to)
	for i := range h.marks {
		stop := end
		if i+1 < len(h.marks) {
			stop = min(stop, h.marks[i+1].at)
		}
		if stop <= pos {
			continue
		}
		m := &h.marks[i]
		p := Piece{At: b.size + pos - (h.from + int64(from)), Stream: pos, Offset: m.Offset, Len: stop - pos, Packet: m.Packet}
		if m.Offset >= 0 {
			p.Offset += pos - m.at
		}
		b.addPiece(p)
		if pos = stop; pos >= end {
			return
		}
	}
}

// addPiece adds a piece, to the one before it if it goes on in the same packet.
func (b *Body) addPiece(p Piece) {
	if n := len(b.pieces); n > 0 {
		last := &b.pieces[n-1]
		if last.Packet == p.Packet && last.At+last.Len == p.At && last.Stream+last.Len == p.Stream && (last.Offset < 0 && p.Offset < 0 || last.Offset+last.Len == p.Offset) {
			last.Len += p.Len
			return
		}
		if n >= maxPieces {
			return
		}
	}
	b.pieces = append(b.pieces, p)
}

func (b *Body) keep(octets []byte) {
	if b.discard || b.cut {
		return
	}
	if int64(len(b.data)+len(octets)) > b.limit {
		b.cut, b.data = true, nil
		return
	}
	b.data = append(b.data, octets...)
}

// gap takes note of a hole. Its octets are zeros in the message.
func (b *Body) gap(n int64) {
	if n <= 0 {
		return
	}
	if b.zero == nil {
		b.zero = cloneHash(b.present)
	}
	b.gaps = append(b.gaps, Gap{b.size, n})
	b.fill(n)
	b.size += n
}

// fill writes zeros. A hole in a sequence of numbers costs an attacker nothing:
// what is larger than a message may be is not digested.
func (b *Body) fill(n int64) {
	if b.size+n > b.limit {
		b.cut, b.data, b.noZero = true, nil, true
		return
	}
	var zeros [4096]byte
	for n > 0 {
		z := zeros[:min(n, int64(len(zeros)))]
		b.zero.Write(z)
		b.keep(z)
		n -= int64(len(z))
	}
}

// cloneHash is a digest in the same state.
func cloneHash(h hash.Hash) hash.Hash {
	n := sha256.New()
	// The state of SHA-256 can always be written and read; it is a copy.
	if state, err := h.(encoding.BinaryMarshaler).MarshalBinary(); err == nil {
		_ = n.(encoding.BinaryUnmarshaler).UnmarshalBinary(state)
	}
	return n
}

// seal ends the digests.
func (b *Body) seal() {
	if b.sealed {
		return
	}
	b.sealed = true
	b.presentSum = hex.EncodeToString(b.present.Sum(nil))
	b.zeroSum = b.presentSum
	switch {
	case b.noZero:
		b.zeroSum = ""
	case b.zero != nil:
		b.zeroSum = hex.EncodeToString(b.zero.Sum(nil))
	}
}

// Size is the number of octets, holes included.
func (b *Body) Size() int64 { return b.size }

// Complete reports whether every octet was captured, from the first one to the
// sequence that ends it.
func (b *Body) Complete() bool {
	return b.terminated && !b.headless && !b.lostEnd && len(b.gaps) == 0
}

// Gaps are the holes.
func (b *Body) Gaps() []Gap { return b.gaps }

// Pieces say where its octets stand in the capture, in order.
func (b *Body) Pieces() []Piece { return b.pieces }

// SHA256Present is the digest of the octets captured, put together.
func (b *Body) SHA256Present() string { b.seal(); return b.presentSum }

// SHA256Zero is the digest with zeros in the holes; "" when they are larger than a
// message may be.
func (b *Body) SHA256Zero() string { b.seal(); return b.zeroSum }

// Octets are the message with zeros in its holes; nil when it was larger than
// was to be kept, or given up already.
func (b *Body) Octets() []byte { return b.data }

// Kept reports whether Octets holds the whole of it.
func (b *Body) Kept() bool { return !b.cut && !b.discard && int64(len(b.data)) == b.size }

// Drop gives up the octets.
func (b *Body) Drop() { b.data, b.discard = nil, true }

// Headless reports whether the message began before the capture.
func (b *Body) Headless() bool { return b.headless }

// BareLF counts LF without CR before it (RFC 5321 2.3.8).
func (b *Body) BareLF() Count { return b.bareLF.count() }

// BareCR counts CR without LF behind it (RFC 5321 2.3.8).
func (b *Body) BareCR() Count { return b.bareCR.count() }

// NUL is 1 when the message holds NUL, which only BINARYMIME allows (RFC 3030).
func (b *Body) NUL() Count { return b.nul.count() }

// EightBit is 1 when the message holds octets over 127, which only 8BITMIME allows (RFC 6152).
func (b *Body) EightBit() Count { return b.eightBit.count() }

// LongLine counts lines of more than 1,000 octets (RFC 5321 4.5.3.1.6).
func (b *Body) LongLine() Count { return b.longLine.count() }

func (t *tally) count() Count { return Count{t.n, t.at, t.first} }

// LostEnd reports whether the sequence that ends the message was in a hole.
func (b *Body) LostEnd() bool { return b.lostEnd }

// OffsetOf is the position in the message of a position in the stream of a side.
func (b *Body) OffsetOf(side Side, at int64) (int64, bool) {
	if side != b.side {
		return 0, false
	}
	for i := range b.pieces {
		if p := &b.pieces[i]; p.Stream <= at && at < p.Stream+p.Len {
			return p.At + at - p.Stream, true
		}
	}
	return 0, false
}

// Covers reports whether a position in the stream of a side is in the message or in
// one of its holes.
func (b *Body) Covers(side Side, at int64) bool {
	if side != b.side || len(b.pieces) == 0 && len(b.gaps) == 0 {
		return false
	}
	return b.start <= at && at < b.upTo
}

// FalseEnd is a sequence in a message that some servers take for its end.
type FalseEnd struct {
	Place
	// Offset is where its dot stands in the message, Sequence names the line ends
	// around the dot, such as "LF.LF".
	Offset   int64
	Sequence string
	// Embedded is true when a command stands behind it; MailFrom and RcptTo are
	// what such commands say.
	Embedded bool
	MailFrom *string
	RcptTo   []string
}

// FalseEnds are the sequences in the message that some servers take for its end.
func (b *Body) FalseEnds() (out []FalseEnd) {
	for i := range b.falseEnds {
		out = append(out, b.falseEnds[i].read())
	}
	return out
}

// read looks for commands behind a false end.
func (e *falseEnd) read() FalseEnd {
	f := FalseEnd{Place: e.Place, Offset: e.offset, Sequence: e.name}
	rest := e.after
	for n := 0; n < 50; n++ {
		line, tail, more := bytes.Cut(rest, []byte("\n"))
		text := string(trimEOL(line[:min(len(line), 512)]))
		if !isCommandLine(text) {
			return f
		}
		f.Embedded = true
		switch verb, arg := cutWord(text); upper(verb) {
		case "MAIL":
			if p, ok := parsePath(arg, "FROM"); ok && f.MailFrom == nil {
				f.MailFrom = &p.address
			}
		case "RCPT":
			if p, ok := parsePath(arg, "TO"); ok {
				f.RcptTo = append(f.RcptTo, p.address)
			}
		case "DATA", "BDAT":
			return f
		}
		if rest = tail; !more {
			return f
		}
	}
	return f
}
