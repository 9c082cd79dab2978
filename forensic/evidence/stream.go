package evidence

import (
	"io"
	"os"
)

// stream is a mailbox that can be read only once. It is cut into pieces of
// whole messages; what stands behind the last whole message is carried over.
type stream struct {
	file  *File
	r     io.Reader
	buf   []byte // from base on
	base  int64
	eof   bool
	blank bool // a blank line stands before buf
}

// pieces yields the pieces of the range.
func (f *File) streamPieces(r Range) func(yield func(*Piece, error) bool) {
	return func(yield func(*Piece, error) bool) {
		s := &stream{file: f, buf: f.data, r: f.rest}
		for !s.done() {
			p, err := s.next()
			if p != nil && p.cut(r) && !yield(p, nil) {
				return
			}
			if err != nil {
				yield(nil, &PlaceError{Place: Place{Path: f.Path, Member: f.Member, Index: -1, Offset: s.base + int64(len(s.buf))}, Err: err})
				return
			}
			if p != nil && r.Length > 0 && s.base >= r.Offset+r.Length {
				return
			}
		}
	}
}

func (s *stream) done() bool { return s.eof && len(s.buf) == 0 }

// next is the next run of whole messages; nil with an error when nothing more
// can be read. What was read before the error is a piece of its own.
func (s *stream) next() (*Piece, error) {
	err := s.fill(pieceSize)
	for err == nil {
		if slots := s.slots(nil); len(slots) > 0 {
			return s.take(slots, nil), nil
		}
		if s.eof {
			s.buf = nil
			return nil, nil // blank lines at the end
		}
		if len(s.buf) >= spoolAbove {
			return s.spool()
		}
		err = s.fill(2 * len(s.buf))
	}
	s.eof = true // the rest cannot be had: what is here is the end
	return s.take(s.slots(nil), nil), err
}

// slots finds the messages in the buffer that are whole. passed is that of
// appendSlots.
func (s *stream) slots(passed func([]byte)) (slots []slot) {
	if s.file.byLength {
		for l := range lengthSlots(s.buf, s.eof) {
			slots = append(slots, l.slot)
		}
		return slots
	}
	slots = appendSlots(nil, s.buf, 0, len(s.buf), passed)
	if n := len(slots); n > 0 && !s.eof {
		slots = slots[:n-1]
	}
	return slots
}

// take makes a piece of the slots and keeps what stands behind them.
func (s *stream) take(slots []slot, unmap func() error) *Piece {
	if len(slots) == 0 {
		return nil
	}
	end := slots[len(slots)-1].next
	if s.base > 0 {
		slots[0].blank = s.blank
	}
	s.blank = end > 0 && end < len(s.buf) && behindBlank(s.buf, end)
	p := &Piece{file: s.file, data: s.buf[:end:end], base: s.base, split: true, slots: slots, last: s.eof, unmap: unmap}
	rest := s.buf[end:]
	s.buf = append(make([]byte, 0, len(rest)+pieceSize), rest...)
	s.base += int64(end)
	return p
}

// fill reads until the buffer holds n bytes.
func (s *stream) fill(n int) error {
	if s.eof || len(s.buf) >= n {
		return nil
	}
	have := len(s.buf)
	grown := make([]byte, n)
	copy(grown, s.buf)
	got, err := io.ReadFull(s.r, grown[have:])
	s.buf = grown[:have+got]
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		s.eof = true
		return nil
	}
	return err
}

// spool goes on in a temporary file that has no name while it exists, with
// half as much again each time, until the long message is whole.
func (s *stream) spool() (*Piece, error) {
	tmp, err := os.CreateTemp("", "emlcheck-*")
	if err != nil {
		return nil, err
	}
	defer tmp.Close()
	defer os.Remove(tmp.Name())
	size, err := tmp.Write(s.buf)
	for err == nil {
		var n int64
		n, err = io.Copy(tmp, io.LimitReader(s.r, int64(max(size/2, pieceSize))))
		size += int(n)
		s.eof = n == 0 || err != nil
		data, unmap, mapErr := mapFile(tmp, int64(size))
		if mapErr != nil {
			return nil, mapErr
		}
		s.buf = data
		if slots := s.slots(releasePages); len(slots) > 0 || s.eof {
			return s.take(slots, unmap), err
		}
		if unmap != nil {
			_ = unmap()
		}
	}
	return nil, err
}

// cut leaves the messages of the range; false when there is none.
func (p *Piece) cut(r Range) bool {
	for len(p.slots) > 0 && p.base+int64(p.slots[0].from) < r.Offset {
		p.slots = p.slots[1:]
	}
	if r.Length > 0 {
		for n := len(p.slots); n > 0 && p.base+int64(p.slots[n-1].from) >= r.Offset+r.Length; n-- {
			p.slots = p.slots[:n-1]
		}
	}
	return len(p.slots) > 0
}
