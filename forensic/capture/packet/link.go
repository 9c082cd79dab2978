package packet

import (
	"encoding/binary"
	"strconv"
)

func linkName(l int) string {
	switch l {
	case linkNull:
		return "NULL"
	case linkEthernet:
		return "EN10MB"
	case linkPPP:
		return "PPP"
	case linkRaw12, linkRaw14, linkRaw:
		return "RAW"
	case linkPPPHDLC:
		return "PPP_SERIAL"
	case linkPPPEther:
		return "PPP_ETHER"
	case linkLoop:
		return "LOOP"
	case linkSLL:
		return "LINUX_SLL"
	case linkIPv4:
		return "IPV4"
	case linkIPv6:
		return "IPV6"
	case linkSLL2:
		return "LINUX_SLL2"
	}
	return "link type " + strconv.Itoa(l)
}

func (d *decoder) link(kind int, v view, s *Segment) string {
	switch kind {
	case linkEthernet:
		return d.ethernet(v, s)
	case linkNull, linkLoop:
		return d.loopback(v, s)
	case linkRaw, linkRaw12, linkRaw14, linkIPv4, linkIPv6:
		return d.ip(v, s)
	case linkSLL:
		if len(v.b) < 16 {
			return short
		}
		return d.ethertype(binary.BigEndian.Uint16(v.b[14:]), v.from(16), s)
	case linkSLL2:
		if len(v.b) < 20 {
			return short
		}
		return d.ethertype(binary.BigEndian.Uint16(v.b), v.from(20), s)
	case linkPPP, linkPPPHDLC:
		return d.ppp(v, s)
	case linkPPPEther:
		return d.pppoe(v, s)
	}
	return linkName(kind) + " is not read"
}

func (d *decoder) ethernet(v view, s *Segment) string {
	if len(v.b) < 14 {
		return short
	}
	return d.ethertype(binary.BigEndian.Uint16(v.b[12:]), v.from(14), s)
}

func (d *decoder) ethertype(kind uint16, v view, s *Segment) string {
	if d.depth++; d.depth > maxDepth {
		return nested
	}
	switch kind {
	case etherIPv4, etherIPv6:
		return d.ip(v, s)
	case etherVLAN, etherQinQ, etherQinQ2, 0x9200, 0x9300: // IEEE 802.1Q, 802.1ad
		if len(v.b) < 4 {
			return short
		}
		return d.ethertype(binary.BigEndian.Uint16(v.b[2:]), v.from(4), s)
	case etherMPLS, etherMPLS2:
		return d.mpls(v, s)
	case etherPPPoE:
		return d.pppoe(v, s)
	case etherTEB:
		return d.ethernet(v, s)
	}
	if kind < 0x0600 { // a length: IEEE 802.2 LLC, perhaps with SNAP
		if len(v.b) >= 8 && v.b[0] == 0xAA && v.b[1] == 0xAA {
			return d.ethertype(binary.BigEndian.Uint16(v.b[6:]), v.from(8), s)
		}
	}
	return notIP
}

// mpls goes over the labels up to the bottom of the stack (RFC 3032 2.1). What
// is below is not stated: the first four bits tell.
func (d *decoder) mpls(v view, s *Segment) string {
	for {
		if len(v.b) < 4 {
			return short
		}
		bottom := v.b[2]&1 != 0
		if v = v.from(4); bottom {
			break
		}
	}
	if len(v.b) == 0 {
		return short
	}
	switch v.b[0] >> 4 {
	case 4, 6:
		return d.ip(v, s)
	case 0: // a control word (RFC 4385 3), then Ethernet
		if reason := d.ethernet(v.from(4), s); reason != notIP && reason != short {
			return reason
		}
	}
	return d.ethernet(v, s)
}

// pppoe is RFC 2516 4: six octets, then PPP.
func (d *decoder) pppoe(v view, s *Segment) string {
	if len(v.b) < 8 {
		return short
	}
	return d.pppProtocol(v.from(6), s)
}

// ppp may have address and control in front (RFC 1662 3.1).
func (d *decoder) ppp(v view, s *Segment) string {
	if len(v.b) >= 2 && v.b[0] == 0xFF && v.b[1] == 0x03 || len(v.b) >= 2 && v.b[0] == 0x0F && v.b[1] == 0 {
		v = v.from(2)
	}
	return d.pppProtocol(v, s)
}

// pppProtocol is one octet where it was compressed (RFC 1661 6.5): the first
// octet of a protocol of two is even.
func (d *decoder) pppProtocol(v view, s *Segment) string {
	if len(v.b) < 2 {
		return short
	}
	protocol, n := binary.BigEndian.Uint16(v.b), 2
	if v.b[0]&1 != 0 {
		protocol, n = uint16(v.b[0]), 1
	}
	switch protocol {
	case 0x0021, 0x0057:
		return d.ip(v.from(n), s)
	case 0x0800: // Cisco HDLC states an ethertype
		return d.ip(v.from(n), s)
	case 0x86DD:
		return d.ip(v.from(n), s)
	case 0x0281, 0x0283:
		return d.mpls(v.from(n), s)
	}
	return notIP
}

// loopback states the family in the order of octets of the host, or of the
// network: IP itself tells.
func (d *decoder) loopback(v view, s *Segment) string {
	if len(v.b) < 5 {
		return short
	}
	if version := v.b[4] >> 4; version != 4 && version != 6 {
		return notIP
	}
	return d.ip(v.from(4), s)
}
