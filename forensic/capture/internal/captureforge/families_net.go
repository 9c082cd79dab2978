package captureforge

import (
	"encoding/binary"
	"net/netip"
	"slices"
)

// files are the forms of the file itself.
func (f *forge) files() {
	for _, l := range []struct {
		name string
		layout
	}{
		{"le-us", layout{}}, {"be-us", layout{big: true}}, {"le-ns", layout{nano: true}}, {"be-ns", layout{big: true, nano: true}},
		{"modified", layout{modified: true}},
	} {
		c := f.plain(20)
		k := f.add("file/pcap-"+l.name, "order of octets and resolution of the file header", c)
		k.File = pcapFile(c.framed(), &l.layout)
		z := f.plain(5)
		k = f.add("file/gzip-"+l.name, "compressed as a whole", z)
		k.File = zip(pcapFile(z.framed(), &l.layout))
	}
	f.pcapng()
	c := f.plain(40)
	k := f.add("file/cut-in-packet", "the file ends in a packet; what came before counts", c)
	k.File = append(k.File, 1, 2, 3, 4, 5, 6, 7, 8, 100, 0, 0, 0, 100, 0, 0, 0, 9, 9)
	k.Truncated = true
	c = f.plain(40)
	k = f.add("file/bad-record", "a record of four gigabytes ends the file", c)
	k.File = append(k.File, 1, 2, 3, 4, 5, 6, 7, 8, 255, 255, 255, 240, 255, 255, 255, 240, 9, 9, 9, 9, 9, 9)
	k.Truncated = true
	f.snapped()
	f.add("file/empty", "a header alone")
}

func (f *forge) pcapng() {
	orders := []binary.ByteOrder{binary.LittleEndian, binary.BigEndian}
	for i, o := range orders {
		c := f.plain(20)
		k := f.add([]string{"file/pcapng-le", "file/pcapng-be"}[i], "blocks in either order of octets", c)
		n := &ng{o: o}
		n.section("made for a test")
		n.device(1, 9, 0)
		n.block(0x0BAD, []byte("unknown"))
		for _, s := range c.framed() {
			n.packet(0, uint64(s.s.time), s.frame())
		}
		k.File = n.b.Bytes()
	}
	c := f.plain(20)
	k := f.add("file/pcapng-interfaces", "two interfaces with different links and clocks", c)
	n := &ng{o: binary.LittleEndian}
	n.section("")
	n.device(1, 6, 0)
	n.device(101, 0x80|20, 1000)
	for _, s := range c.framed() {
		if s.s.client {
			n.packet(0, uint64(s.s.time/1000), s.frame())
		} else {
			whole, rest := uint64(s.s.time/1e9)-1000, uint64(s.s.time%1e9)
			n.packet(1, whole<<20|rest<<20/1e9, s.ip())
		}
	}
	k.File = n.b.Bytes()
	c, d := f.plain(10), f.plain(10)
	k = f.add("file/pcapng-sections", "a second section begins its interfaces anew, in another order", c, d)
	var all []byte
	for i, x := range []*conv{c, d} {
		n := &ng{o: orders[i]}
		n.section("")
		n.device(1, 6, 0)
		for _, s := range x.framed() {
			n.packet(0, uint64(s.s.time/1000), s.frame())
		}
		all = append(all, n.b.Bytes()...)
	}
	k.File = all
	c = f.plain(10)
	k = f.add("file/pcapng-simple-and-old", "simple and obsolete packet blocks", c)
	n = &ng{o: binary.LittleEndian}
	n.section("")
	n.device(1, 6, 0)
	for i, s := range c.framed() {
		frame := s.frame()
		if i%2 == 0 {
			n.block(3, append(n.bytes(uint32(len(frame))), frame...))
			continue
		}
		t := uint64(s.s.time / 1000)
		n.block(2, append(n.bytes(uint16(0), uint16(0), uint32(t>>32), uint32(t), uint32(len(frame)), uint32(len(frame))), frame...))
	}
	k.File = zip(n.b.Bytes())
}

// snapped cuts a packet in the middle of the message.
func (f *forge) snapped() {
	c := f.newConv(25)
	c.greet()
	c.envelope(1)
	message := f.text(c.from, c.to, 120)
	c.cmd("DATA")
	c.reply(354)
	c.send(true, stuff(message))
	c.reply(250)
	c.tx("DATA", message, 250)
	for i := range c.segs {
		s := &c.segs[i]
		if s.client && len(s.payload) == c.mss {
			s.snap = 14 + 20 + 20 + 400
			gap := int64(c.mss - 400)
			at := int64(400)
			t := c.last()
			t.Complete, t.SHA256, t.Gaps = false, "", [][2]int64{{at, gap}}
			t.Present = Sum(append(slices.Clone(message[:at]), message[at+gap:]...))
			t.Findings = []string{"lost-segment"}
			break
		}
	}
	c.quit()
	f.add("file/snapped", "the snap length cut a packet: octets are missing, none are closed up", c)
}

// below is a way to carry the packets of a connection.
type below struct {
	name string
	link int
	wrap func(framed) [][]byte
}

// carried adds a case for each.
func (f *forge) carried(why string, ipv6 bool, all []below) {
	for _, l := range all {
		c := f.plain(60)
		if ipv6 {
			c.c = netip.AddrPortFrom(netip.MustParseAddr("2001:db8:1::7"), c.c.Port())
			c.s = netip.AddrPortFrom(netip.MustParseAddr("2001:db8:2::25"), 25)
		}
		k := f.add("link/"+l.name, why, c)
		k.File = pcapFile(c.framed(), &layout{link: l.link, wrap: l.wrap})
	}
}

// The ends of the tunnels.
var (
	end4, other4 = netip.MustParseAddr("198.51.100.1"), netip.MustParseAddr("198.51.100.2")
	end6, other6 = netip.MustParseAddr("2001:db8::1"), netip.MustParseAddr("2001:db8::2")
)

// pre puts octets before.
func pre(head ...byte) func([]byte) []byte {
	return func(b []byte) []byte { return append(slices.Clone(head), b...) }
}

// raw is one frame for each segment.
func raw(wrap func(framed) []byte) func(framed) [][]byte {
	return func(s framed) [][]byte { return [][]byte{wrap(s)} }
}

// links are what may be below TCP.
func (f *forge) links() {
	f.ethernets()
	f.otherLinks()
	f.tunnels()
	f.carried("pieces", false, []below{
		{"fragments", 1, func(s framed) [][]byte { return f.fragments(s, false, 0) }},
		{"fragments-backwards", 1, func(s framed) [][]byte { return f.fragments(s, true, 0) }},
		{"fragments-conflict", 1, func(s framed) [][]byte { return f.fragments(s, false, 'X') }},
	})
}

func (f *forge) ethernets() {
	v4 := func(kind uint16, wrap func([]byte) []byte) func(framed) [][]byte {
		return func(s framed) [][]byte { return [][]byte{ether(kind, wrap(s.ip()))} }
	}
	f.carried("Ethernet, and what is within it", false, []below{
		{"vlan", 1, v4(0x8100, pre(0, 42, 8, 0))},
		{"qinq", 1, v4(0x88A8, pre(0, 7, 0x81, 0, 0, 42, 8, 0))},
		{"mpls", 1, v4(0x8847, pre(0, 1, 0x01, 64))},
		{"mpls-two", 1, v4(0x8847, pre(0, 1, 0x00, 64, 0, 2, 0x01, 64))},
		{"pppoe", 1, v4(0x8864, pre(0x11, 0, 0, 9, 0, 0, 0, 0x21))},
		{"padding", 1, raw(func(s framed) []byte { return append(s.frame(), 0, 0, 0, 0, 0, 0) })},
		{"fcs", 1, raw(func(s framed) []byte { return append(s.frame(), 0xDE, 0xAD, 0xBE, 0xEF) })},
		{"tso", 1, raw(func(s framed) []byte {
			frame := s.frame()
			frame[16], frame[17] = 0, 0
			return frame
		})},
		{"bad-checksum", 1, raw(func(s framed) []byte {
			frame := s.frame()
			frame[24] ^= 0xFF
			return frame
		})},
	})
}

func (f *forge) otherLinks() {
	f.carried("a link that is not Ethernet", false, []below{
		{"ppp", 9, raw(func(s framed) []byte { return pre(0xFF, 3, 0, 0x21)(s.ip()) })},
		{"ppp-compressed", 9, raw(func(s framed) []byte { return pre(0x21)(s.ip()) })},
		{"sll", 113, raw(func(s framed) []byte { return pre(0, 0, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0)(s.ip()) })},
		{"sll2", 276, raw(func(s framed) []byte {
			return pre(8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0)(s.ip())
		})},
		{"null-le", 0, raw(func(s framed) []byte { return pre(2, 0, 0, 0)(s.ip()) })},
		{"loop-be", 108, raw(func(s framed) []byte { return pre(0, 0, 0, 2)(s.ip()) })},
		{"raw", 101, raw(framed.ip)},
		{"ipv4", 228, raw(framed.ip)},
	})
}

// udp carries octets behind a header in a datagram.
func udp(port uint16, head, inner []byte) []byte {
	u := []byte{0x30, 0x39, byte(port >> 8), byte(port), 0, 0, 0, 0}
	u = append(append(u, head...), inner...)
	binary.BigEndian.PutUint16(u[4:], uint16(len(u)))
	return ether(0x0800, ip4(end4, other4, 17, 7, 0, u))
}

func (f *forge) tunnels() {
	f.carried("a tunnel", false, []below{
		{"gre", 1, raw(func(s framed) []byte {
			return ether(0x0800, ip4(end4, other4, 47, 7, 0, pre(0x20, 0, 8, 0, 0, 0, 0, 9)(s.ip())))
		})},
		{"4in4", 1, raw(func(s framed) []byte { return ether(0x0800, ip4(end4, other4, 4, 7, 0, s.ip())) })},
		{"4in6", 1, raw(func(s framed) []byte { return ether(0x86DD, ip6(end6, other6, 4, s.ip())) })},
		{"vxlan", 1, raw(func(s framed) []byte { return udp(4789, []byte{8, 0, 0, 0, 0, 0, 42, 0}, s.frame()) })},
		{"geneve", 1, raw(func(s framed) []byte { return udp(6081, []byte{0, 0, 0x65, 0x58, 0, 0, 42, 0}, s.frame()) })},
	})
	f.carried("IPv6", true, []below{
		{"ipv6", 1, nil},
		{"ipv6-options", 1, raw(func(s framed) []byte {
			src, dst := s.ends()
			return ether(0x86DD, ip6(src.Addr(), dst.Addr(), 0, append([]byte{60, 0, 1, 4, 0, 0, 0, 0, 6, 0, 1, 4, 0, 0, 0, 0}, s.tcp()...)))
		})},
		{"ipv6-fragments", 1, f.fragments6},
		{"6in4", 1, raw(func(s framed) []byte { return ether(0x0800, ip4(end4, other4, 41, 7, 0, s.ip())) })},
	})
}

// fragments cuts each packet in pieces; other is put into an overlapping copy.
func (f *forge) fragments(s framed, backwards bool, other byte) [][]byte {
	src, dst := s.ends()
	t := s.tcp()
	id := uint16(s.s.time / 1e6)
	if len(t) < 64 {
		return [][]byte{s.frame()}
	}
	var out [][]byte
	for at := 0; at < len(t); at += 504 {
		end, more := min(at+504, len(t)), uint16(0x2000)
		if end == len(t) {
			more = 0
		}
		out = append(out, ether(0x0800, ip4(src.Addr(), dst.Addr(), 6, id, more|uint16(at/8), t[at:end])))
		if other != 0 && at == 0 && len(t) > 504 {
			fake := slices.Clone(t[256:504])
			for i := range fake {
				fake[i] = other
			}
			out = append(out, ether(0x0800, ip4(src.Addr(), dst.Addr(), 6, id, 0x2000|256/8, fake)))
		}
	}
	if backwards {
		slices.Reverse(out)
	}
	return out
}

func (f *forge) fragments6(s framed) [][]byte {
	src, dst := s.ends()
	t := s.tcp()
	var out [][]byte
	for at := 0; at < len(t); at += 512 {
		end, more := min(at+512, len(t)), uint16(1)
		if end == len(t) {
			more = 0
		}
		h := make([]byte, 8, 600)
		h[0] = 6
		binary.BigEndian.PutUint16(h[2:], uint16(at)|more)
		binary.BigEndian.PutUint32(h[4:], uint32(s.s.time/1e6))
		out = append(out, ether(0x86DD, ip6(src.Addr(), dst.Addr(), 44, append(h, t[at:end]...))))
	}
	return out
}
