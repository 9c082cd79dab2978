package evidence

import (
	"iter"
)

// Range is a stretch of a container. The zero value is all of it.
type Range struct {
	// Offset is where the stretch begins. The messages of a stretch are those
	// whose separator begins in it; the last one is read to its end.
	Offset int64 `json:"offset"`
	// Length is the number of bytes; 0 means to the end.
	Length int64 `json:"length"`
	// FirstIndex is the index of the first message of the stretch. It cannot
	// be known from the stretch alone: [File.Plan] states it.
	FirstIndex int `json:"first_index"`
}

func (r Range) end(size int64) int64 {
	if r.Length <= 0 || r.Offset+r.Length > size {
		return size
	}
	return r.Offset + r.Length
}

// Piece is a stretch of a file with all messages that begin in it. Pieces can
// be examined side by side.
type Piece struct {
	file     *File
	data     []byte // holds its messages to their end
	base     int64  // where data stands in the container
	from, to int    // separators that begin in data[from:to] are its own
	last     bool   // data ends with the container
	slots    []slot
	split    bool
	unmap    func() error
}

// pieceSize is the length of a piece: long enough that handing it out costs
// nothing, short enough that the results of one fit into memory.
const pieceSize = 1 << 20

// Pieces cuts the file into pieces, in order. A piece of a stream must be
// released before the file is closed; every piece is independent of the others.
func (f *File) Pieces(r Range) iter.Seq2[*Piece, error] {
	switch {
	case f.Container != Mbox:
		return f.onlyPiece(r)
	case f.rest != nil:
		return f.streamPieces(r)
	case f.byLength:
		return f.lengthPieces(r)
	}
	return f.mappedPieces(r)
}

// onlyPiece is the file as one message.
func (f *File) onlyPiece(r Range) iter.Seq2[*Piece, error] {
	return func(yield func(*Piece, error) bool) {
		if r.Offset > 0 || r.FirstIndex > 0 { // an empty message ends where it begins
			return
		}
		all := slot{end: len(f.data), next: len(f.data)}
		yield(&Piece{file: f, data: f.data, to: len(f.data), last: true, split: true, slots: []slot{all}}, nil)
	}
}

// mappedPieces cuts at fixed offsets: a piece finds its own messages.
func (f *File) mappedPieces(r Range) iter.Seq2[*Piece, error] {
	return func(yield func(*Piece, error) bool) {
		end := int(r.end(int64(len(f.data))))
		for at := int(r.Offset); at < end; at += pieceSize {
			p := &Piece{file: f, data: f.data, from: at, to: min(at+pieceSize, end), last: true}
			if !yield(p, nil) {
				return
			}
		}
	}
}

// lengthPieces follows the Content-Length fields from message to message,
// which only one reader can do; it reads no more than the headers.
func (f *File) lengthPieces(r Range) iter.Seq2[*Piece, error] {
	return func(yield func(*Piece, error) bool) {
		end := int(r.end(int64(len(f.data))))
		p := &Piece{file: f, data: f.data, last: true, split: true}
		for s := range lengthSlots(f.data, true) {
			if s.from >= end {
				break
			}
			if s.from < int(r.Offset) {
				continue
			}
			p.slots = append(p.slots, s.slot)
			if s.next-p.slots[0].from >= pieceSize {
				if !yield(p, nil) {
					return
				}
				p = &Piece{file: f, data: f.data, last: true, split: true}
			}
		}
		if len(p.slots) > 0 {
			yield(p, nil)
		}
	}
}

// Split finds the messages of the piece and returns their number. An error
// says that the file changed meanwhile; what was found before it stands.
func (p *Piece) Split() (int, error) {
	if p.split {
		return len(p.slots), nil
	}
	p.split = true
	var passed func([]byte)
	if p.file.mapped {
		passed = releasePages
	}
	err := Guard(func() error {
		p.slots = appendSlots(p.slots, p.data, p.from, p.to, passed)
		return nil
	})
	if err != nil {
		return len(p.slots), &PlaceError{Place: Place{Path: p.file.Path, Member: p.file.Member, Index: -1, Offset: p.base + int64(p.from)}, Err: err}
	}
	return len(p.slots), nil
}

func (p *Piece) count() int {
	n, _ := p.Split()
	return n
}

// Messages yields the messages of the piece; first is the index of its first
// one. Iteration goes on after an error.
func (p *Piece) Messages(first int) iter.Seq2[*Message, error] {
	return func(yield func(*Message, error) bool) {
		if _, err := p.Split(); err != nil && !yield(nil, err) {
			return
		}
		for i, s := range p.slots {
			m, err := p.message(s, first+i)
			if !yield(m, err) {
				return
			}
		}
	}
}

// message makes the message of a slot.
func (p *Piece) message(s slot, index int) (*Message, error) {
	f := p.file
	m := &Message{Container: f.Container, Flags: f.Flags, Compression: f.Compression, mapped: f.mapped || p.unmap != nil}
	m.Place = Place{Path: f.Path, Member: f.Member, Index: index, Offset: f.base + p.base + int64(s.start)}
	m.data = p.data[s.start:s.end:s.end]
	if f.Container != Mbox || f.unquoted {
		m.quoted = no
	}
	m.Next = f.base + p.base + int64(s.next)
	err := Guard(func() error {
		m.Separator = string(trimBreak(p.data[s.from:s.start]))
		m.Defects = f.doubts(p, s)
		return nil
	})
	if err != nil {
		return nil, &PlaceError{Place: m.Place, Err: err}
	}
	return m, nil
}

// faultAround is how far before a page that is touched the system brings in
// others with it (64 KiB on Linux): they belong to the piece before, which has
// been given back already.
const faultAround = 128 << 10

// Release gives back the memory behind the piece. Its messages end with it.
func (p *Piece) Release() {
	if p.unmap != nil {
		_ = p.unmap()
		p.unmap = nil
	}
	if p.file.mapped {
		from, to := p.from, p.to
		if n := len(p.slots); n > 0 {
			to = max(to, p.slots[n-1].next)
			if p.from == 0 { // not looked for from a certain place on
				from = p.slots[0].from
			}
		}
		releasePages(p.data[max(0, from-faultAround):to])
	}
	p.data = nil
}
