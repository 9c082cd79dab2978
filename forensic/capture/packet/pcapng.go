package packet

import (
	"encoding/binary"
	"io"
	"math/bits"
)

// sectionMagic is the type of a section header block, the same in either order.
var sectionMagic = []byte{0x0A, 0x0D, 0x0D, 0x0A}

// pcapng is the format of draft-ietf-opsawg-pcapng: blocks of a type and a length.
type pcapng struct {
	order   binary.ByteOrder
	devices []device
}

// device is an interface: how its packets are to be read.
type device struct {
	link   int
	snap   uint32
	units  uint64 // a second has so many
	offset int64  // seconds
	fcs    int
}

// Types of blocks.
const (
	blockInterface = 1
	blockOldPacket = 2
	blockSimple    = 3
	blockPacket    = 6
	blockSection   = 0x0A0D0D0A
)

func (p *pcapng) next(r *Reader, rec *record) error {
	for {
		start := r.in.at
		kind, body, err := p.block(r)
		if err != nil {
			return err
		}
		rec.at = start + 8
		switch kind {
		case blockInterface:
			p.readInterface(r, body)
		case blockPacket, blockOldPacket:
			if p.readPacket(r, kind, body, rec) {
				return nil
			}
		case blockSimple:
			if p.readSimple(r, body, rec) {
				return nil
			}
		}
	}
}

// block reads one block, without its two lengths.
func (p *pcapng) block(r *Reader) (kind uint32, body []byte, err error) {
	start := r.in.at
	h, err := r.in.take(8)
	if err != nil {
		if len(h) == 0 && err == io.EOF {
			return 0, nil, io.EOF
		}
		return 0, nil, r.cut(start, err, "the file ends in the header of a block")
	}
	if string(h[:4]) == string(sectionMagic) {
		return p.section(r, start, [4]byte(h[4:8]))
	}
	if p.order == nil {
		return 0, nil, r.cut(start, nil, "there is no section header")
	}
	kind, length := p.order.Uint32(h), int64(p.order.Uint32(h[4:]))
	if length < 12 || length%4 != 0 || length > r.opt.maxBlock() {
		return 0, nil, r.cut(start, nil, "a block claims %d octets", length)
	}
	b, err := r.in.take(int(length) - 8)
	if err != nil {
		return 0, nil, r.cut(start, err, "the file ends in a block")
	}
	if int64(p.order.Uint32(b[len(b)-4:])) != length {
		return 0, nil, r.cut(start, nil, "the two lengths of a block differ")
	}
	return kind, b[:len(b)-4], nil
}

// section reads a section header: a new order of octets, and no interfaces yet.
func (p *pcapng) section(r *Reader, start int64, size [4]byte) (kind uint32, body []byte, err error) {
	magic, err := r.in.take(4)
	if err != nil {
		return 0, nil, r.cut(start, err, "the file ends in a section header")
	}
	switch binary.LittleEndian.Uint32(magic) {
	case 0x1A2B3C4D:
		p.order = binary.LittleEndian
	case 0x4D3C2B1A:
		p.order = binary.BigEndian
	default:
		return 0, nil, r.cut(start, nil, "a section header without its magic number")
	}
	length := int64(p.order.Uint32(size[:]))
	if length < 28 || length%4 != 0 || length > r.opt.maxBlock() {
		return 0, nil, r.cut(start, nil, "a section header claims %d octets", length)
	}
	body, err = r.in.take(int(length) - 12)
	if err != nil {
		return 0, nil, r.cut(start, err, "the file ends in a section header")
	}
	p.devices = p.devices[:0]
	r.info.Sections++
	r.info.BigEndian = p.order == binary.ByteOrder(binary.BigEndian)
	p.options(body[12:len(body)-4], func(code uint16, value []byte) {
		if code == 1 {
			r.info.comment(0, value)
		}
	})
	return blockSection, body, nil
}

func (i *Info) comment(packet int64, text []byte) {
	if len(i.Comments) < 1000 {
		i.Comments = append(i.Comments, Comment{packet, string(text[:min(len(text), 64<<10)])})
	}
}

// options calls f with each option of a block.
func (p *pcapng) options(b []byte, f func(code uint16, value []byte)) {
	for len(b) >= 4 {
		code, n := p.order.Uint16(b), int(p.order.Uint16(b[2:]))
		if b = b[4:]; code == 0 || n > len(b) {
			return
		}
		f(code, b[:n])
		b = b[min(len(b), (n+3)&^3):]
	}
}

// readInterface takes an interface description.
func (p *pcapng) readInterface(r *Reader, b []byte) {
	if len(b) < 8 {
		r.info.skip("interface description too short")
		p.devices = append(p.devices, device{link: -1, units: 1e6})
		return
	}
	d := device{link: int(p.order.Uint16(b)), snap: p.order.Uint32(b[4:]), units: 1e6}
	seen := Interface{Link: Link{d.link, linkName(d.link)}, SnapLen: d.snap, Section: r.info.Sections}
	p.options(b[8:], func(code uint16, v []byte) {
		switch {
		case code == 1:
			r.info.comment(0, v)
		case code == 2:
			seen.Name = string(v)
		case code == 3:
			seen.Description = string(v)
		case code == 9 && len(v) >= 1:
			d.units = resolution(v[0])
		case code == 11 && len(v) > 1:
			seen.Filter = string(v[1:])
		case code == 12:
			seen.OS = string(v)
		case code == 13 && len(v) >= 1:
			d.fcs = int(v[0])
		case code == 14 && len(v) >= 8:
			d.offset = int64(p.order.Uint64(v))
		}
	})
	seen.UnitsPerSecond, seen.Offset = d.units, d.offset
	if len(p.devices) < 1<<16 {
		p.devices = append(p.devices, d)
	}
	if len(r.info.Interfaces) < 1000 {
		r.info.Interfaces = append(r.info.Interfaces, seen)
	}
}

// resolution is if_tsresol: a negative power of 10, or of 2 with the highest bit.
func resolution(v byte) uint64 {
	n := int(v & 0x7F)
	if v&0x80 != 0 {
		return 1 << min(n, 63)
	}
	units := uint64(1)
	for range min(n, 19) {
		units *= 10
	}
	return units
}

// nanoseconds is a time of an interface, exactly.
func (d *device) nanoseconds(t uint64) int64 {
	seconds, rest := t/d.units, t%d.units
	hi, lo := bits.Mul64(rest, 1e9)
	fraction, _ := bits.Div64(hi, lo, d.units)
	return (int64(seconds)+d.offset)*1e9 + int64(fraction)
}

// readPacket takes an enhanced packet block, or the obsolete packet block, whose
// interface has 16 bits.
func (p *pcapng) readPacket(r *Reader, kind uint32, b []byte, rec *record) bool {
	if len(b) < 20 {
		r.info.skip("packet block too short")
		return false
	}
	index := int(p.order.Uint32(b))
	if kind == blockOldPacket {
		index = int(p.order.Uint16(b))
	}
	if index >= len(p.devices) {
		r.info.skip("packet of an unknown interface")
		return false
	}
	d := &p.devices[index]
	captured, wire := int64(p.order.Uint32(b[12:])), int64(p.order.Uint32(b[16:]))
	if captured > int64(len(b)-20) {
		r.info.skip("packet longer than its block")
		captured = int64(len(b) - 20)
	}
	rec.time = d.nanoseconds(uint64(p.order.Uint32(b[4:]))<<32 | uint64(p.order.Uint32(b[8:])))
	p.fill(r, d, rec, b[20:20+captured], wire)
	rec.at += 20
	p.options(b[20+min((captured+3)&^3, int64(len(b)-20)):], func(code uint16, v []byte) {
		if code == 1 {
			r.info.comment(r.info.Packets+1, v)
		}
	})
	return true
}

// readSimple takes a simple packet block: it has no time of its own.
func (p *pcapng) readSimple(r *Reader, b []byte, rec *record) bool {
	if len(b) < 4 || len(p.devices) == 0 {
		r.info.skip("simple packet without an interface")
		return false
	}
	d := &p.devices[0]
	wire := int64(p.order.Uint32(b))
	captured := min(wire, int64(len(b)-4))
	if d.snap > 0 {
		captured = min(captured, int64(d.snap))
	}
	rec.time = NoTime
	p.fill(r, d, rec, b[4:4+captured], wire)
	rec.at += 4
	return true
}

func (p *pcapng) fill(r *Reader, d *device, rec *record, data []byte, wire int64) {
	rec.data, rec.wire = data, int(max(wire, int64(len(data))))
	rec.link, rec.fcs = d.link, d.fcs
	r.info.addLink(d.link)
}
