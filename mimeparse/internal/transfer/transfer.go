package transfer

import (
	"cmp"
	"slices"
	"sync"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/fromquote"
)

// Options bounds and directs a decode. The zero value decodes all there is.
type Options struct {
	// Strict stops at the first defect; what stood before it is handed over.
	Strict bool
	// MaxOutput is the number of decoded bytes after which to stop; 0 or less
	// means no limit.
	MaxOutput int64
	// Unquote undoes the From-quoting of an mbox before the encoding, where the
	// encoding can hold a quoted line: neither base64 nor uuencode can.
	Unquote bool
}

// Result says how a decode went.
type Result struct {
	// Size is the number of decoded bytes handed over.
	Size int64
	// Truncated is true when MaxOutput cut the content.
	Truncated bool
	// Defects lists what does not fit the encoding, by position.
	Defects []headers.Defect
}

const (
	// outSize is the largest decoded piece.
	outSize = 64 << 10
	// plainPiece is the largest piece of a body that needs no decoding.
	plainPiece = 256 << 10
	// quietInput is how much input may go by without a word to the sink.
	quietInput = 1 << 20
	// maxDefects bounds the list of one decode.
	maxDefects = 100
)

// memory holds the output and the tables. Tables are built with it, not when
// the program starts, where they would cost every run.
type memory struct {
	out    [outSize]byte
	base64 quadTable
	hex    [256]byte
}

// memories are those that no decode uses at the moment: in a scan of many
// messages a new one for each would be half of all that is allocated.
var memories = sync.Pool{New: func() any {
	m := new(memory)
	m.base64.fill()
	fillHex(&m.hex)
	return m
}}

// Decode undoes the encoding of raw[at] (RFC 2045 6) and hands the content to sink piece
// by piece. A piece is valid only during the call and may be empty; upTo is
// the offset in raw below which nothing is read again. An unknown kind is
// taken as it stands. The error is sink's own, and ends the decode: whatever
// is wrong with the encoding is in the result.
func Decode(kind Kind, raw []byte, at headers.Span, opt Options, sink func(piece []byte, upTo int) error) (Result, error) {
	at = within(raw, at)
	r := run{raw: raw, pos: at.Start, start: at.Start, end: at.End, whole: at.End, sent: at.Start, opt: opt, sink: sink}
	switch kind {
	case Base64, QuotedPrintable, UUEncode:
		r.mem = memories.Get().(*memory)
		r.stretches(kind)
		r.finish()
		memories.Put(r.mem)
	default:
		r.stretches(kind)
	}
	if len(r.res.Defects) > 1 {
		slices.SortStableFunc(r.res.Defects, func(a, b headers.Defect) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	}
	return r.res, r.err
}

// within cuts the span to what raw holds.
func within(raw []byte, at headers.Span) headers.Span {
	start := min(max(at.Start, 0), len(raw))
	return headers.Span{Start: start, End: min(max(at.End, start), len(raw))}
}

// run is one decode under way.
type run struct {
	raw             []byte
	pos, start, end int // input: where it stands, and its bounds
	whole           int // end, beyond the stretch being decoded
	mem             *memory
	n               int // bytes of mem.out in use
	sent            int // the last upTo told to the sink
	opt             Options
	sink            func(piece []byte, upTo int) error
	stop            bool // nothing more is to be decoded
	lost            bool // the list of defects is full
	res             Result
	err             error

	quad quad
	qp   qpState
}

// stretches decodes the input, or with Unquote what the quoting leaves of it.
// Each stretch ends behind a line break, so that no encoded character is cut.
func (r *run) stretches(kind Kind) {
	if !r.opt.Unquote || kind == Base64 || kind == UUEncode {
		r.decode(kind)
		return
	}
	for at, end := range fromquote.Stretches(r.raw, r.start, r.whole) {
		r.pos, r.end = at, end
		if r.decode(kind); r.stop {
			break
		}
	}
	r.end = r.whole
}

func (r *run) decode(kind Kind) {
	switch kind {
	case Base64:
		r.base64()
	case QuotedPrintable:
		r.quotedPrintable()
	case UUEncode:
		r.uuencode()
	default:
		r.plain()
	}
}

// plain hands the input over as it stands.
func (r *run) plain() {
	for r.pos < r.end && !r.stop {
		next := min(r.end, r.pos+plainPiece)
		piece := r.raw[r.pos:next:next]
		r.pos = next
		r.send(piece)
	}
}

// finish hands over what is left, and says that the input is done with.
func (r *run) finish() {
	if r.err != nil {
		return
	}
	if !r.stop {
		r.pos = r.end
	}
	if r.n > 0 || r.pos > r.sent {
		r.flush()
	}
}

// flush hands the output over.
func (r *run) flush() {
	piece := r.mem.out[:r.n]
	r.n = 0
	r.send(piece)
}

func (r *run) send(piece []byte) {
	if r.res.Truncated || r.err != nil {
		return
	}
	if room := r.opt.MaxOutput - r.res.Size; r.opt.MaxOutput > 0 && int64(len(piece)) > room {
		piece = piece[:room]
		r.res.Truncated, r.stop = true, true
	}
	r.res.Size += int64(len(piece))
	r.sent = r.pos
	if r.err = r.sink(piece, r.pos); r.err != nil {
		r.stop = true
	}
}

// room makes sure that the output can take n more bytes.
func (r *run) room(n int) {
	if r.n+n > outSize || r.pos-r.sent > quietInput {
		r.flush()
	}
}

func (r *run) put(c byte) {
	r.mem.out[r.n] = c
	r.n++
}

// defect notes what stands at [start, end).
func (r *run) defect(code string, start, end int, detail string) {
	if r.opt.Strict {
		r.stop = true
	}
	switch {
	case r.lost:
		return
	case len(r.res.Defects) >= maxDefects-1:
		r.lost = true
		code, end, detail = "limit.defects", r.end, "more defects than the limit; not listed from here on"
	}
	r.res.Defects = append(r.res.Defects, headers.Defect{Code: code, Span: headers.Span{Start: start, End: end}, Detail: detail})
}
