package captureforge

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"net/netip"
)

// ip4 wraps octets of a protocol.
func ip4(src, dst netip.Addr, protocol byte, id uint16, flags uint16, payload []byte) []byte {
	h := make([]byte, 20, 20+len(payload))
	h[0], h[8], h[9] = 0x45, 64, protocol
	binary.BigEndian.PutUint16(h[2:], uint16(20+len(payload)))
	binary.BigEndian.PutUint16(h[4:], id)
	binary.BigEndian.PutUint16(h[6:], flags)
	s, d := src.As4(), dst.As4()
	copy(h[12:], s[:])
	copy(h[16:], d[:])
	binary.BigEndian.PutUint16(h[10:], checksum(h))
	return append(h, payload...)
}

// ip6 wraps octets; next is the protocol.
func ip6(src, dst netip.Addr, next byte, payload []byte) []byte {
	h := make([]byte, 40, 40+len(payload))
	h[0], h[6], h[7] = 0x60, next, 64
	binary.BigEndian.PutUint16(h[4:], uint16(len(payload)))
	s, d := src.As16(), dst.As16()
	copy(h[8:], s[:])
	copy(h[24:], d[:])
	return append(h, payload...)
}

func checksum(b []byte) uint16 {
	sum := uint32(0)
	for i := 0; i+1 < len(b); i += 2 {
		sum += uint32(b[i])<<8 | uint32(b[i+1])
	}
	for sum > 0xFFFF {
		sum = sum>>16 + sum&0xFFFF
	}
	return ^uint16(sum)
}

func (f framed) ends() (src, dst netip.AddrPort) {
	if f.s.client {
		return f.c.c, f.c.s
	}
	return f.c.s, f.c.c
}

// tcp is the segment itself.
func (f framed) tcp() []byte {
	src, dst := f.ends()
	h := make([]byte, 20, 20+len(f.s.payload))
	binary.BigEndian.PutUint16(h, src.Port())
	binary.BigEndian.PutUint16(h[2:], dst.Port())
	binary.BigEndian.PutUint32(h[4:], f.s.seq)
	binary.BigEndian.PutUint32(h[8:], f.s.ack)
	h[12], h[13] = 0x50, f.s.flags
	binary.BigEndian.PutUint16(h[14:], 65000)
	return append(h, f.s.payload...)
}

// ip is the packet.
func (f framed) ip() []byte {
	src, dst := f.ends()
	if src.Addr().Is6() {
		return ip6(src.Addr(), dst.Addr(), 6, f.tcp())
	}
	return ip4(src.Addr(), dst.Addr(), 6, uint16(f.s.seq), 0x4000, f.tcp())
}

// ether wraps a packet.
func ether(kind uint16, packet []byte) []byte {
	h := []byte{2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, byte(kind >> 8), byte(kind)}
	return append(h, packet...)
}

func (f framed) etherType() uint16 {
	if f.c.c.Addr().Is6() {
		return 0x86DD
	}
	return 0x0800
}

// frame is the packet in Ethernet.
func (f framed) frame() []byte { return ether(f.etherType(), f.ip()) }

// layout is how a file is written; zero is pcap, little endian, microseconds, Ethernet.
type layout struct {
	big, nano, modified bool
	link                int
	wrap                func(framed) [][]byte // the frames of a segment; nil means Ethernet
}

func (l *layout) order() binary.ByteOrder {
	if l.big {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

func (l *layout) frames(f framed) [][]byte {
	if l.wrap == nil {
		return [][]byte{f.frame()}
	}
	return l.wrap(f)
}

// pcapFile writes the classic format.
func pcapFile(segs []framed, l *layout) []byte {
	if l == nil {
		l = &layout{}
	}
	o := l.order()
	magic := uint32(0xA1B2C3D4)
	if l.nano {
		magic = 0xA1B23C4D
	}
	if l.modified {
		magic = 0xA1B2CD34
	}
	link := l.link
	if link == 0 && l.wrap == nil {
		link = 1
	}
	var b bytes.Buffer
	for _, v := range []any{magic, uint16(2), uint16(4), uint32(0), uint32(0), uint32(262144), uint32(link)} {
		_ = binary.Write(&b, o, v)
	}
	for _, f := range segs {
		for _, frame := range l.frames(f) {
			pcapRecord(&b, l, f.s, frame)
		}
	}
	return b.Bytes()
}

func pcapRecord(b *bytes.Buffer, l *layout, s *segment, frame []byte) {
	o := l.order()
	fraction := s.time % 1e9
	if !l.nano {
		fraction /= 1000
	}
	captured := len(frame)
	if s.snap > 0 {
		captured = min(captured, s.snap)
	}
	for _, v := range []uint32{uint32(s.time / 1e9), uint32(fraction), uint32(captured), uint32(len(frame))} {
		_ = binary.Write(b, o, v)
	}
	if l.modified {
		b.Write(make([]byte, 8))
	}
	b.Write(frame[:captured])
}

// ng writes pcapng.
type ng struct {
	b bytes.Buffer
	o binary.ByteOrder
}

func (n *ng) block(kind uint32, body []byte) {
	for len(body)%4 != 0 {
		body = append(body, 0)
	}
	length := uint32(12 + len(body))
	_ = binary.Write(&n.b, n.o, []uint32{kind, length})
	n.b.Write(body)
	_ = binary.Write(&n.b, n.o, length)
}

func (n *ng) bytes(values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		_ = binary.Write(&b, n.o, v)
	}
	return b.Bytes()
}

func (n *ng) option(code uint16, value []byte) []byte {
	b := n.bytes(code, uint16(len(value)))
	b = append(b, value...)
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func (n *ng) section(comment string) {
	body := n.bytes(uint32(0x1A2B3C4D), uint16(1), uint16(0), int64(-1))
	if comment != "" {
		body = append(body, n.option(1, []byte(comment))...)
		body = append(body, 0, 0, 0, 0)
	}
	n.block(0x0A0D0D0A, body)
}

// device begins an interface; units is the exponent of its clock as if_tsresol has it.
func (n *ng) device(link uint16, resolution byte, offset int64) {
	body := n.bytes(link, uint16(0), uint32(262144))
	body = append(body, n.option(9, []byte{resolution})...)
	if offset != 0 {
		body = append(body, n.option(14, n.bytes(offset))...)
	}
	n.block(1, append(body, 0, 0, 0, 0))
}

func (n *ng) packet(device uint32, stamp uint64, frame []byte) {
	body := n.bytes(device, uint32(stamp>>32), uint32(stamp), uint32(len(frame)), uint32(len(frame)))
	n.block(6, append(body, frame...))
}

func zip(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}
