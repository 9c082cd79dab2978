package packet

import (
	"encoding/binary"
	"strconv"
)

// tunnelKey names a tunnel and what it is in.
type tunnelKey struct {
	outer, kind string
	id          int64
}

// gre is RFC 2784 2 with the key and sequence number of RFC 2890.
func (d *decoder) gre(v view, s *Segment) string {
	if len(v.b) < 4 {
		return short
	}
	flags, protocol := binary.BigEndian.Uint16(v.b), binary.BigEndian.Uint16(v.b[2:])
	n, id := 4, int64(-1)
	if flags&7 == 1 { // PPTP (RFC 2637 4.1): key always, acknowledgement perhaps
		n = 8
		if flags&0x1000 != 0 {
			n += 4
		}
		if flags&0x0080 != 0 {
			n += 4
		}
		d.enter(s, "pptp", -1)
		return d.ppp(v.from(n), s)
	}
	if flags&0x8000 != 0 {
		n += 4 // checksum
	}
	if flags&0x2000 != 0 {
		if len(v.b) < n+4 {
			return short
		}
		id = int64(binary.BigEndian.Uint32(v.b[n:]))
		n += 4
	}
	if flags&0x1000 != 0 {
		n += 4
	}
	switch protocol {
	case 0x88BE: // ERSPAN: type II has 8 octets in front if there are sequence numbers
		d.enter(s, "erspan", id)
		if flags&0x1000 != 0 {
			n += 8
		}
		return d.ethernet(v.from(n), s)
	case 0x22EB: // ERSPAN type III
		d.enter(s, "erspan", id)
		return d.ethernet(v.from(n+12), s)
	}
	d.enter(s, "gre", id)
	return d.ethertype(protocol, v.from(n), s)
}

// udp carries tunnels.
func (d *decoder) udp(v view, s *Segment) string {
	if d.depth++; d.depth > maxDepth {
		return nested
	}
	if len(v.b) < 16 {
		return "UDP"
	}
	switch port := binary.BigEndian.Uint16(v.b[2:]); port {
	case 4789, 8472: // VXLAN (RFC 7348 5); 8472 is Linux's
		if v.b[8]&0x08 == 0 {
			return "UDP"
		}
		d.enter(s, "vxlan", int64(binary.BigEndian.Uint32(v.b[12:])>>8))
		return d.ethernet(v.from(16), s)
	case 6081: // GENEVE (RFC 8926 3.4)
		n := 16 + int(v.b[8]&0x3F)*4
		d.enter(s, "geneve", int64(binary.BigEndian.Uint32(v.b[12:])>>8))
		return d.ethertype(binary.BigEndian.Uint16(v.b[10:]), v.from(n), s)
	}
	return "UDP"
}

// enter takes note of a tunnel.
func (d *decoder) enter(s *Segment, kind string, id int64) {
	k := tunnelKey{s.Tunnel, kind, id}
	name, ok := d.tunnels[k]
	if !ok {
		name = kind
		if id >= 0 {
			name += " " + strconv.FormatInt(id, 10)
		}
		if s.Tunnel != "" {
			name = s.Tunnel + ", " + name
		}
		if d.tunnels == nil {
			d.tunnels = map[tunnelKey]string{}
		}
		if len(d.tunnels) < 1<<16 {
			d.tunnels[k] = name
		}
	}
	s.Tunnel = name
}
