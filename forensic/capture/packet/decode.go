package packet

import (
	"encoding/binary"
	"net/netip"
)

// decoder goes through the layers of one packet down to TCP.
type decoder struct {
	frags   *fragments
	tunnels map[tunnelKey]string

	at     int64 // of the record's data in the file
	number int64
	time   int64
	depth  int
	spare  int // octets that the snap length cut off the end
}

// maxDepth is how many layers one packet may have.
const maxDepth = 24

// view is what is left of a packet, and where it stands in the file; -1 for
// what was put together.
type view struct {
	b  []byte
	at int64
}

// from is the view behind n octets; empty when there are less.
func (v view) from(n int) view {
	if n > len(v.b) {
		return view{nil, -1}
	}
	if v.at >= 0 {
		v.at += int64(n)
	}
	v.b = v.b[n:]
	return v
}

// decode fills the segment in, or says why there is none.
func (d *decoder) decode(p *record, s *Segment) (reason string) {
	d.depth = 0
	d.spare = p.wire - len(p.data)
	v := view{p.data, p.at}
	if p.fcs > 0 && d.spare == 0 && len(v.b) >= p.fcs {
		v.b = v.b[:len(v.b)-p.fcs]
	}
	return d.link(p.link, v, s)
}

// Link types, as www.tcpdump.org/linktypes.html numbers them.
const (
	linkNull     = 0
	linkEthernet = 1
	linkPPP      = 9
	linkRaw12    = 12
	linkRaw14    = 14
	linkPPPHDLC  = 50
	linkPPPEther = 51
	linkRaw      = 101
	linkLoop     = 108
	linkSLL      = 113
	linkIPv4     = 228
	linkIPv6     = 229
	linkSLL2     = 276
)

// Reasons why a packet holds no segment.
const (
	short    = "cut in a header"
	notIP    = "not IP"
	notTCP   = "IP, not TCP"
	nested   = "more than 24 layers"
	broken   = "a header that cannot be"
	fragment = "fragment of IP"
)

// Ethertypes.
const (
	etherIPv4  = 0x0800
	etherIPv6  = 0x86DD
	etherVLAN  = 0x8100
	etherQinQ  = 0x88A8
	etherQinQ2 = 0x9100
	etherMPLS  = 0x8847
	etherMPLS2 = 0x8848
	etherPPPoE = 0x8864
	etherTEB   = 0x6558 // transparent Ethernet bridging
)

func (d *decoder) ip(v view, s *Segment) string {
	if d.depth++; d.depth > maxDepth {
		return nested
	}
	if len(v.b) == 0 {
		return short
	}
	switch v.b[0] >> 4 {
	case 4:
		return d.ipv4(v, s)
	case 6:
		return d.ipv6(v, s)
	}
	return notIP
}

// ipv4 is RFC 791 3.1.
func (d *decoder) ipv4(v view, s *Segment) string {
	if len(v.b) < 20 {
		return short
	}
	h := v.b
	header, total := int(h[0]&15)*4, int(binary.BigEndian.Uint16(h[2:]))
	if header < 20 {
		return broken
	}
	if total == 0 { // the network card was to cut it into segments
		total = len(v.b) + d.spare
	}
	if total < header {
		return broken
	}
	src, dst := netip.AddrFrom4([4]byte(h[12:16])), netip.AddrFrom4([4]byte(h[16:20]))
	if len(v.b) < header {
		return short
	}
	missing := max(0, total-len(v.b))
	v.b = v.b[:min(total, len(v.b))]
	body := v.from(header)
	if flags := binary.BigEndian.Uint16(h[6:]); flags&0x3FFF != 0 {
		f := piece{
			key:    fragKey{src, dst, uint32(binary.BigEndian.Uint16(h[4:])), h[9]},
			offset: int(flags&0x1FFF) * 8, more: flags&0x2000 != 0, missing: missing,
		}
		return d.fragment(f, body, s)
	}
	return d.transport(h[9], src, dst, body, missing, s)
}

// ipv6 is RFC 8200 3 with the extension headers of 4.
func (d *decoder) ipv6(v view, s *Segment) string {
	if len(v.b) < 40 {
		return short
	}
	h := v.b
	length := int(binary.BigEndian.Uint16(h[4:]))
	if length == 0 {
		length = len(v.b) + d.spare - 40
	}
	src, dst := netip.AddrFrom16([16]byte(h[8:24])), netip.AddrFrom16([16]byte(h[24:40]))
	missing := max(0, 40+length-len(v.b))
	v.b = v.b[:min(40+length, len(v.b))]
	body := v.from(40)
	next := h[6]
	for range maxDepth {
		switch next {
		case 0, 43, 60, 135, 139, 140: // hop by hop, routing, destination, mobility, HIP, shim6
			if len(body.b) < 8 {
				return short
			}
			n := int(body.b[1])*8 + 8
			next, body = body.b[0], body.from(n)
		case 51: // AH (RFC 4302 2)
			if len(body.b) < 8 {
				return short
			}
			n := int(body.b[1])*4 + 8
			next, body = body.b[0], body.from(n)
		case 44:
			return d.fragment6(src, dst, body, missing, s)
		default:
			return d.transport(next, src, dst, body, missing, s)
		}
	}
	return nested
}

// fragment6 is RFC 8200 4.5.
func (d *decoder) fragment6(src, dst netip.Addr, v view, missing int, s *Segment) string {
	if len(v.b) < 8 {
		return short
	}
	offset := binary.BigEndian.Uint16(v.b[2:])
	f := piece{
		key:    fragKey{src, dst, binary.BigEndian.Uint32(v.b[4:]), v.b[0]},
		offset: int(offset &^ 7), more: offset&1 != 0, missing: missing,
	}
	if f.offset == 0 && !f.more { // an atomic one (RFC 6946)
		return d.transport(v.b[0], src, dst, v.from(8), missing, s)
	}
	return d.fragment(f, v.from(8), s)
}

// fragment adds a fragment; the datagram goes on once it is whole.
func (d *decoder) fragment(f piece, v view, s *Segment) string {
	f.number, f.time = d.number, d.time
	whole, missing, ok := d.frags.add(f, v.b)
	if !ok {
		return fragment
	}
	return d.transport(f.key.protocol, f.key.src, f.key.dst, view{whole, -1}, missing, s)
}

func (d *decoder) transport(protocol uint8, src, dst netip.Addr, v view, missing int, s *Segment) string {
	switch protocol {
	case 6:
		return d.tcp(src, dst, v, missing, s)
	case 4, 41:
		outer := "6in4"
		switch {
		case protocol == 4 && src.Is4():
			outer = "4in4"
		case protocol == 4:
			outer = "4in6"
		case src.Is6():
			outer = "6in6"
		}
		d.enter(s, outer, -1)
		return d.ip(v, s)
	case 47:
		return d.gre(v, s)
	case 17:
		return d.udp(v, s)
	case 1, 58:
		return "ICMP"
	case 132:
		return "SCTP"
	case 50:
		return "ESP"
	}
	return notTCP
}

// tcp is RFC 9293 3.1.
func (d *decoder) tcp(src, dst netip.Addr, v view, missing int, s *Segment) string {
	if len(v.b) < 14 {
		return short
	}
	h := v.b
	header := int(h[12]>>4) * 4
	if header < 20 {
		return broken
	}
	if len(v.b) < header {
		if missing == 0 {
			return broken
		}
		missing -= header - len(v.b)
		if missing < 0 {
			return broken
		}
		v = view{nil, -1}
	} else {
		v = v.from(header)
	}
	s.Src = netip.AddrPortFrom(src, binary.BigEndian.Uint16(h))
	s.Dst = netip.AddrPortFrom(dst, binary.BigEndian.Uint16(h[2:]))
	s.Seq, s.Ack = binary.BigEndian.Uint32(h[4:]), binary.BigEndian.Uint32(h[8:])
	s.Flags = Flags(h[13])
	s.Payload, s.Offset, s.Wire = v.b, v.at, len(v.b)+missing
	return ""
}

// NoTime is the time of a segment that states none.
const NoTime = -1 << 63

// Decode reads one frame that stands alone, of Ethernet or of IP without a link, as a hex
// dump shows it. false says that it holds no TCP segment.
func Decode(frame []byte, s *Segment) bool {
	var info Info
	for _, link := range [...]int{linkEthernet, linkRaw, linkSLL, linkNull} {
		d := decoder{frags: newFragments(1<<20, &info)}
		*s = Segment{}
		if d.decode(&record{data: frame, wire: len(frame), link: link}, s) == "" {
			return true
		}
	}
	return false
}
