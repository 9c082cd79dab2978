package packet

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// Reader reads the segments of a capture file.
type Reader struct {
	in   source
	opt  *Options
	info Info
	rec  records
	dec  decoder
	last int64 // time of the last packet
	done bool
}

// records reads one kind of file.
type records interface {
	// next reads one packet. What it returns is used until the next call. io.EOF is
	// the end; a *Cut is in r.info then if the file is not whole.
	next(r *Reader, p *record) error
}

// record is one packet as captured.
type record struct {
	at   int64 // of data in the file
	time int64
	data []byte
	wire int // its length on the wire
	link int
	fcs  int // octets of the frame check sequence at the end
}

// source is a buffered input that knows where it is.
type source struct {
	br  *bufio.Reader
	at  int64
	big []byte // for records larger than the buffer
}

const bufferSize = 1 << 20

// IsCapture reports whether the first octets of a file are those of a capture,
// or of one that was compressed with gzip.
func IsCapture(head []byte) bool {
	if len(head) >= 4 && (pcapMagic(head) != nil || bytes.Equal(head[:4], sectionMagic)) {
		return true
	}
	if len(head) < 18 || head[0] != 0x1F || head[1] != 0x8B {
		return false
	}
	z, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	var inner [4]byte
	if _, err := io.ReadFull(z, inner[:]); err != nil {
		return false
	}
	return pcapMagic(inner[:]) != nil || bytes.Equal(inner[:], sectionMagic)
}

// NewReader begins to read a capture; ErrFormat says that it is none.
func NewReader(in io.Reader, opt *Options) (*Reader, error) {
	r := &Reader{opt: opt, in: source{br: bufio.NewReaderSize(in, bufferSize)}, info: Info{First: NoTime, Last: NoTime}}
	head, _ := r.in.br.Peek(2)
	if len(head) == 2 && head[0] == 0x1F && head[1] == 0x8B {
		z, err := gzip.NewReader(r.in.br)
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrFormat, err)
		}
		r.info.Compression = "gzip"
		r.in.br = bufio.NewReaderSize(z, bufferSize)
	}
	head, err := r.in.br.Peek(4)
	switch {
	case len(head) == 4 && bytes.Equal(head, sectionMagic):
		r.info.Format = "pcapng"
		r.info.Resolution = "as stated by each interface"
		r.rec = &pcapng{}
	case len(head) == 4 && pcapMagic(head) != nil:
		r.info.Format = "pcap"
		p, err := newPcap(r)
		if err != nil {
			return nil, err
		}
		r.rec = p
	case err != nil && err != io.EOF && err != io.ErrUnexpectedEOF && !compressed(err):
		return nil, err
	default:
		return nil, ErrFormat
	}
	r.dec.frags = newFragments(opt.maxFragments(), &r.info)
	return r, nil
}

// Next reads the next TCP segment. io.EOF is the end, also that of a file that
// was cut: Info tells. Other errors are those of the input.
func (r *Reader) Next(s *Segment) error {
	var p record
	for !r.done {
		err := r.rec.next(r, &p)
		if err != nil {
			r.done = true
			r.info.Unfinished = r.dec.frags.open()
			r.info.Size = r.in.at
			return err
		}
		r.count(&p)
		s.Number, s.Time, s.Tunnel = r.info.Packets, p.time, ""
		r.dec.at, r.dec.number, r.dec.time = p.at, r.info.Packets, p.time
		if reason := r.dec.decode(&p, s); reason != "" {
			r.info.skip(reason)
			continue
		}
		r.info.Segments++
		return nil
	}
	return io.EOF
}

// count adds a packet to what is known of the file.
func (r *Reader) count(p *record) {
	i := &r.info
	i.Packets++
	switch {
	case p.time == NoTime:
	case i.First == NoTime:
		i.First, i.Last, r.last = p.time, p.time, p.time
	default:
		if p.time < r.last {
			i.Backwards++
		}
		i.First, i.Last, r.last = min(i.First, p.time), max(i.Last, p.time), p.time
	}
	if len(p.data) < p.wire {
		i.Snapped++
	}
}

// Info is what is known of the file so far; all of it behind io.EOF.
func (r *Reader) Info() Info { return r.info }

// take reads n octets. They may be used until the next call.
func (s *source) take(n int) ([]byte, error) {
	if n <= bufferSize {
		b, err := s.br.Peek(n)
		if err == nil {
			s.at += int64(n)
			_, _ = s.br.Discard(n)
			return b, nil
		}
		if err == io.EOF && len(b) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return b, err
	}
	return s.takeBig(n)
}

// takeBig reads a record that the buffer cannot hold, as it comes: its stated
// size alone takes no memory.
func (s *source) takeBig(n int) ([]byte, error) {
	w := bytes.NewBuffer(s.big[:0])
	got, err := io.CopyN(w, s.br, int64(n))
	s.big = w.Bytes()
	s.at += got
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return s.big, err
}

// cut ends the reading at a record.
func (r *Reader) cut(at int64, err error, format string, args ...any) error {
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF && !compressed(err) {
		return err
	}
	r.info.Truncated = &Cut{at, fmt.Sprintf(format, args...)}
	return io.EOF
}

// compressed reports whether an error is one of the compressed data: what came
// before it counts.
func compressed(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.Is(err, gzip.ErrChecksum) || errors.Is(err, gzip.ErrHeader) || errors.As(err, &corrupt)
}

// pcap is the classic format (draft-ietf-opsawg-pcap).
type pcap struct {
	order    binary.ByteOrder
	nano     bool
	modified bool
	snap     int64
	link     int
	fcs      int
}

// pcapKind is what a magic number says.
type pcapKind struct {
	order          binary.ByteOrder
	nano, modified bool
}

// pcapMagic reads the number in front of a file; nil for none.
func pcapMagic(b []byte) *pcapKind {
	for _, order := range [...]binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		switch order.Uint32(b) {
		case 0xA1B2C3D4:
			return &pcapKind{order: order}
		case 0xA1B23C4D:
			return &pcapKind{order: order, nano: true}
		case 0xA1B2CD34: // Kuznetzov's, with 8 more octets in each record
			return &pcapKind{order: order, modified: true}
		}
	}
	return nil
}

func newPcap(r *Reader) (*pcap, error) {
	h, err := r.in.take(24)
	if err != nil {
		return nil, fmt.Errorf("%w: the file header is not whole", ErrFormat)
	}
	k := pcapMagic(h)
	p := &pcap{order: k.order, nano: k.nano, modified: k.modified}
	p.snap = int64(p.order.Uint32(h[16:]))
	network := p.order.Uint32(h[20:])
	p.link = int(network & 0xFFFF)
	if network&(1<<26) != 0 { // the F bit: the length of the check sequence follows
		p.fcs = int(network>>28) * 2
	}
	r.info.BigEndian = p.order == binary.ByteOrder(binary.BigEndian)
	r.info.Resolution = "microseconds"
	if p.nano {
		r.info.Resolution = "nanoseconds"
	}
	r.info.addLink(p.link)
	return p, nil
}

// maxSnap is the length of a packet that is always believed.
const maxSnap = 256 << 10

func (p *pcap) next(r *Reader, rec *record) error {
	start := r.in.at
	size := 16
	if p.modified {
		size = 24
	}
	h, err := r.in.take(size)
	if err != nil {
		if len(h) == 0 && err == io.EOF {
			return io.EOF
		}
		return r.cut(start, err, "the file ends in the header of a record")
	}
	seconds, fraction := p.order.Uint32(h), p.order.Uint32(h[4:])
	captured, wire := int64(p.order.Uint32(h[8:])), int64(p.order.Uint32(h[12:]))
	if captured > max(p.snap, maxSnap) || captured > r.opt.maxBlock() {
		return r.cut(start, nil, "a record claims %d octets", captured)
	}
	rec.time = int64(seconds)*1e9 + int64(fraction)
	if !p.nano {
		rec.time = int64(seconds)*1e9 + int64(fraction)*1000
	}
	rec.at = r.in.at
	rec.data, err = r.in.take(int(captured))
	if err != nil {
		return r.cut(start, err, "the file ends in a packet")
	}
	rec.wire = int(max(wire, captured))
	rec.link, rec.fcs = p.link, p.fcs
	return nil
}

// Walk reads all segments for [Reader.Info] alone: io.EOF is the end.
func (r *Reader) Walk() error {
	var s Segment
	for {
		if err := r.Next(&s); err != nil {
			return err
		}
	}
}
