package smime

import (
	"bytes"
	"iter"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/fromquote"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// pieces are bytes one after the other, as a digest is fed with them. None is
// kept by who is given it.
type pieces = iter.Seq[[]byte]

// entity is the MIME entity that a clear signature goes over: the header and the
// body of the first part of a multipart/signed (RFC 1847 2.1), without the line
// break that belongs to the delimiter behind it.
type entity struct {
	source mimeparse.Source
	span   headers.Span
	quoted bool // it is stored in a mailbox that puts '>' before "From "
}

func entityOf(m *mimeparse.Message, p *mimeparse.Part) entity {
	return entity{source: m.Source(), span: headers.Span{Start: p.Header.Span.Start, End: max(p.Header.Span.End, p.Body.End)}, quoted: m.FromQuoted()}
}

// stored are the bytes as they stand in the evidence, but for what the mailbox
// put before "From ". Memory of what was read is given back.
func (e *entity) stored() pieces {
	raw := e.source.Bytes()
	return func(yield func([]byte) bool) {
		cut := fromquote.Windows
		if e.quoted {
			cut = fromquote.Stretches
		}
		for at, end := range cut(raw, e.span.Start, e.span.End) {
			if !yield(raw[at:end]) {
				return
			}
			e.source.Release(end)
		}
	}
}

// head is the beginning of the entity; enough for its header.
func (e *entity) head(size int) []byte {
	raw := e.source.Bytes()
	return raw[e.span.Start:min(e.span.End, e.span.Start+size)]
}

// whole is the entity in one piece, or nil when it is larger than limit.
func (e *entity) whole(limit int) []byte {
	if e.span.Len() > limit {
		return nil
	}
	out := make([]byte, 0, e.span.Len())
	for piece := range e.stored() {
		out = append(out, piece...)
	}
	return out
}

// A form is one way to write the entity that was signed.
type form string

// The forms in which honest software stores a signed entity: its canonical form
// has CRLF at the end of each line (RFC 8551 3.1.1), and many systems keep mail
// with LF. "lf" is none of the canonical forms; there is software that signs it.
const (
	asStored form = "as-stored"
	asCRLF   form = "crlf"
	asLF     form = "lf"
)

// in is the entity in a form.
func (e *entity) in(f form) pieces {
	switch f {
	case asCRLF:
		return toCRLF(e.stored())
	case asLF:
		return toLF(e.stored())
	}
	return e.stored()
}

// forms lists the forms to try, the likely one first: an entity whose first line
// ends in LF alone has been converted.
func (e *entity) forms() []form {
	head := e.head(4096)
	if i := bytes.IndexByte(head, '\n'); i == 0 || i > 0 && head[i-1] != '\r' {
		return []form{asCRLF, asStored}
	}
	return []form{asStored, asCRLF, asLF}
}

// lineBuffer is how much is gathered before it is passed on.
const lineBuffer = 16 << 10

// toCRLF turns each LF that does not follow a CR into CRLF. A CR alone stays.
func toCRLF(in pieces) pieces {
	return func(yield func([]byte) bool) {
		buf := make([]byte, 0, lineBuffer)
		last := byte(0)
		for piece := range in {
			for len(piece) > 0 {
				i := bytes.IndexByte(piece, '\n')
				line := piece[:max(i, 0)]
				if i < 0 {
					line = piece
				}
				if buf = append(buf, line...); len(line) > 0 {
					last = line[len(line)-1]
				}
				piece = piece[len(line):]
				if i >= 0 {
					if last != '\r' {
						buf = append(buf, '\r')
					}
					buf = append(buf, '\n')
					last, piece = '\n', piece[1:]
				}
				if len(buf) >= lineBuffer/2 {
					if !yield(buf) {
						return
					}
					buf = buf[:0]
				}
			}
		}
		if len(buf) > 0 {
			yield(buf)
		}
	}
}

// toLF turns each CRLF into LF.
func toLF(in pieces) pieces {
	return func(yield func([]byte) bool) {
		buf := make([]byte, 0, lineBuffer)
		pending := false // a CR, of which it is not known what follows
		for piece := range in {
			for len(piece) > 0 {
				if pending {
					if piece[0] != '\n' {
						buf = append(buf, '\r')
					}
					pending = false
				}
				run := piece
				if i := bytes.IndexByte(piece, '\r'); i >= 0 {
					run, pending = piece[:i], true
				}
				buf = append(buf, run...)
				piece = piece[len(run):]
				if pending {
					piece = piece[1:]
				}
				if len(buf) >= lineBuffer/2 {
					if !yield(buf) {
						return
					}
					buf = buf[:0]
				}
			}
		}
		if pending {
			buf = append(buf, '\r')
		}
		if len(buf) > 0 {
			yield(buf)
		}
	}
}
