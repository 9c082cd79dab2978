package packet

import (
	"encoding/binary"
	"strings"
	"testing"
)

// The layers of the frames below.

func cat(parts ...[]byte) (out []byte) {
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func tcpOf(payload string) []byte {
	h := make([]byte, 20)
	binary.BigEndian.PutUint16(h, 4000)
	binary.BigEndian.PutUint16(h[2:], 25)
	h[12], h[13] = 5<<4, byte(PSH|ACK)
	return append(h, payload...)
}

func ip4Of(protocol byte, body []byte) []byte {
	h := make([]byte, 20)
	h[0], h[8], h[9] = 0x45, 64, protocol
	binary.BigEndian.PutUint16(h[2:], uint16(20+len(body)))
	copy(h[12:], []byte{192, 0, 2, 9, 192, 0, 2, 25})
	return append(h, body...)
}

func ip6Of(next byte, body []byte) []byte {
	h := make([]byte, 40)
	h[0], h[6], h[7] = 0x60, next, 64
	binary.BigEndian.PutUint16(h[4:], uint16(len(body)))
	copy(h[8:], "\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x09\x20\x01\x0d\xb8\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x25")
	return append(h, body...)
}

func ethOf(kind uint16, body []byte) []byte {
	return append(binary.BigEndian.AppendUint16(make([]byte, 12, 14), kind), body...)
}

func udpOf(port uint16, body []byte) []byte {
	h := make([]byte, 8)
	binary.BigEndian.PutUint16(h[2:], port)
	binary.BigEndian.PutUint16(h[4:], uint16(8+len(body)))
	return append(h, body...)
}

// with changes octets of a copy.
func with(b []byte, at int, octets ...byte) []byte {
	b = cat(b)
	copy(b[at:], octets)
	return b
}

// Each way in which TCP is carried leads to the segment, says through what it ran, and the payload
// stands where it stands in the frame; each broken layer is a reason and not a segment.
func TestDecode(t *testing.T) {
	const text = "EHLO a\r\n"
	segment := tcpOf(text)
	four, six := ip4Of(6, segment), ip6Of(6, segment)
	frame := ethOf(0x0800, four)
	const v4, v6 = "192.0.2.9:4000 192.0.2.25:25", "[2001:db8::9]:4000 [2001:db8::25]:25"
	for _, c := range []struct {
		name, ends, tunnel string // or the reason in tunnel
		link               int
		frame              []byte
	}{
		{"Ethernet", v4, "", linkEthernet, frame},
		{"IPv6", v6, "", linkEthernet, ethOf(0x86DD, six)},
		{"VLAN", v4, "", linkEthernet, ethOf(0x8100, cat([]byte{0, 42, 8, 0}, four))},
		{"QinQ", v4, "", linkEthernet, ethOf(0x88A8, cat([]byte{0, 7, 0x81, 0, 0, 42, 8, 0}, four))},
		{"MPLS", v4, "", linkEthernet, ethOf(0x8847, cat([]byte{0, 1, 0, 64, 0, 2, 1, 64}, four))},
		{"MPLS and IPv6", v6, "", linkEthernet, ethOf(0x8847, cat([]byte{0, 1, 1, 64}, six))},
		{"MPLS with a control word", v4, "", linkEthernet, ethOf(0x8847, cat([]byte{0, 1, 1, 64, 0, 0, 0, 0}, frame))},
		{"MPLS with Ethernet", v4, "", linkEthernet, ethOf(0x8848, cat([]byte{0, 1, 1, 64}, with(frame, 0, 0x12)))},
		{"PPPoE", v4, "", linkEthernet, ethOf(0x8864, cat([]byte{0x11, 0, 0, 9, 0, 0, 0, 0x21}, four))},
		{"SNAP", v4, "", linkEthernet, ethOf(100, cat([]byte{0xAA, 0xAA, 3, 0, 0, 0, 8, 0}, four))},
		{"Ethernet in Ethernet", v4, "", linkEthernet, ethOf(0x6558, frame)},
		{"PPP", v4, "", linkPPP, cat([]byte{0xFF, 3, 0, 0x21}, four)},
		{"PPP, short", v4, "", linkPPP, cat([]byte{0x21}, four)},
		{"PPP with IPv6", v6, "", linkPPPHDLC, cat([]byte{0xFF, 3, 0, 0x57}, six)},
		{"HDLC of Cisco", v4, "", linkPPPHDLC, cat([]byte{0x0F, 0, 8, 0}, four)},
		{"PPP with MPLS", v4, "", linkPPP, cat([]byte{2, 0x81, 0, 1, 1, 64}, four)},
		{"PPPoE alone", v4, "", linkPPPEther, cat([]byte{0x11, 0, 0, 9, 0, 0, 0, 0x21}, four)},
		{"SLL", v4, "", linkSLL, cat(make([]byte, 14), []byte{8, 0}, four)},
		{"SLL2", v6, "", linkSLL2, cat([]byte{0x86, 0xDD}, make([]byte, 18), six)},
		{"loopback of BSD", v4, "", linkNull, cat([]byte{0, 0, 0, 2}, four)},
		{"loopback and IPv6", v6, "", linkNull, cat([]byte{30, 0, 0, 0}, six)},
		{"raw", v6, "", linkRaw, six},
		{"IPv4 alone", v4, "", linkIPv4, four},
		{"4 in 4", v4, "4in4", linkRaw, ip4Of(4, four)},
		{"6 in 4", v6, "6in4", linkRaw, ip4Of(41, six)},
		{"4 in 6", v4, "4in6", linkRaw, ip6Of(4, four)},
		{"6 in 6", v6, "6in6", linkRaw, ip6Of(41, six)},
		{"GRE", v4, "gre", linkRaw, ip4Of(47, cat([]byte{0, 0, 8, 0}, four))},
		{"GRE with all", v4, "gre 9", linkRaw, ip4Of(47, cat([]byte{0xB0, 0, 8, 0, 1, 2, 3, 4, 0, 0, 0, 9, 0, 0, 0, 1}, four))},
		{"GRE with Ethernet", v4, "gre", linkRaw, ip4Of(47, cat([]byte{0, 0, 0x65, 0x58}, frame))},
		{"PPTP", v4, "pptp", linkRaw, ip4Of(47, cat([]byte{0x30, 0x81, 0x88, 0x0B, 0, 9, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0xFF, 3, 0, 0x21}, four))},
		{"ERSPAN 2", v4, "erspan", linkRaw, ip4Of(47, cat([]byte{0x10, 0, 0x88, 0xBE, 0, 0, 0, 1}, make([]byte, 8), frame))},
		{"ERSPAN 3", v4, "erspan", linkRaw, ip4Of(47, cat([]byte{0x10, 0, 0x22, 0xEB, 0, 0, 0, 1}, make([]byte, 12), frame))},
		{"VXLAN", v4, "vxlan 42", linkRaw, ip4Of(17, udpOf(4789, cat([]byte{8, 0, 0, 0, 0, 0, 42, 0}, frame)))},
		{"GENEVE", v4, "geneve 42", linkRaw, ip4Of(17, udpOf(6081, cat([]byte{1, 0, 0x65, 0x58, 0, 0, 42, 0, 9, 9, 9, 9}, frame)))},
		{"tunnel in a tunnel", v4, "vxlan 42, gre", linkRaw, ip4Of(17, udpOf(4789, cat([]byte{8, 0, 0, 0, 0, 0, 42, 0}, ethOf(0x0800, ip4Of(47, cat([]byte{0, 0, 8, 0}, four))))))},
		{"options of IPv6", v6, "", linkRaw, ip6Of(0, cat([]byte{43, 0, 1, 4, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0, 0, 0, 51, 0, 1, 4, 0, 0, 0, 0, 6, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, segment))},
		{"a fragment that is all", v6, "", linkRaw, ip6Of(44, cat([]byte{6, 0, 0, 0, 0, 0, 0, 1}, segment))},
		{"options of IPv4", v4, "", linkRaw, cat(with(four[:20], 0, 0x46, 0, 0, byte(len(four)+4)), []byte{1, 1, 1, 1}, segment)},
		{"options of TCP", v4, "", linkRaw, ip4Of(6, cat(with(segment[:20], 12, 6<<4), []byte{1, 1, 1, 1}, segment[20:]))},
		{"padding", v4, "", linkEthernet, cat(frame, make([]byte, 8))},
		{"no total length", v4, "", linkRaw, with(four, 2, 0, 0)},
		{"no payload length", v6, "", linkRaw, with(six, 4, 0, 0)},

		{"no frame", "", short, linkEthernet, nil},
		{"half an Ethernet", "", short, linkEthernet, frame[:13]},
		{"no IP in it", "", short, linkEthernet, frame[:14]},
		{"half an IP", "", short, linkEthernet, frame[:30]},
		{"half a TCP", "", short, linkEthernet, frame[:40]},
		{"half an IPv6", "", short, linkRaw, six[:30]},
		{"half an option", "", short, linkRaw, ip6Of(60, []byte{6, 0})},
		{"half a fragment", "", short, linkRaw, ip6Of(44, []byte{6, 0})},
		{"half an AH", "", short, linkRaw, ip6Of(51, []byte{6, 0})},
		{"half a SLL", "", short, linkSLL, make([]byte, 15)},
		{"half a SLL2", "", short, linkSLL2, make([]byte, 19)},
		{"half a label", "", short, linkEthernet, ethOf(0x8847, []byte{0, 1, 0, 64, 0})},
		{"labels alone", "", short, linkEthernet, ethOf(0x8847, []byte{0, 1, 1, 64})},
		{"half a VLAN", "", short, linkEthernet, ethOf(0x8100, []byte{0})},
		{"half a PPPoE", "", short, linkPPPEther, make([]byte, 7)},
		{"half a PPP", "", short, linkPPP, []byte{0xFF, 3, 0}},
		{"half a GRE", "", short, linkRaw, ip4Of(47, []byte{0, 0})},
		{"GRE without its key", "", short, linkRaw, ip4Of(47, []byte{0x20, 0, 8, 0, 0})},
		{"half a loopback", "", short, linkNull, []byte{2, 0, 0, 0}},
		{"header of IP too short", "", broken, linkRaw, with(four, 0, 0x44)},
		{"total less than header", "", broken, linkRaw, with(four, 2, 0, 10)},
		{"header of TCP too short", "", broken, linkRaw, with(four, 32, 4<<4)},
		{"header of TCP too long", "", broken, linkRaw, with(four, 32, 0xF0)},
		{"version 5", "", notIP, linkRaw, with(four, 0, 0x55)},
		{"loopback of something", "", notIP, linkNull, []byte{9, 0, 0, 0, 0x12}},
		{"ARP", "", notIP, linkEthernet, ethOf(0x0806, make([]byte, 28))},
		{"LLC", "", notIP, linkEthernet, ethOf(3, []byte{0x42, 0x42, 3})},
		{"LCP", "", notIP, linkPPP, []byte{0xFF, 3, 0xC0, 0x21}},
		{"UDP", "", "UDP", linkRaw, ip4Of(17, udpOf(53, make([]byte, 20)))},
		{"UDP, short", "", "UDP", linkRaw, ip4Of(17, udpOf(4789, nil))},
		{"VXLAN without the flag", "", "UDP", linkRaw, ip4Of(17, udpOf(4789, cat(make([]byte, 8), frame)))},
		{"ICMP that quotes TCP", "", "ICMP", linkRaw, ip4Of(1, cat(make([]byte, 8), four))},
		{"ESP", "", "ESP", linkRaw, ip4Of(50, segment)},
		{"SCTP", "", "SCTP", linkRaw, ip4Of(132, segment)},
		{"OSPF", "", notTCP, linkRaw, ip4Of(89, segment)},
		{"a lone fragment", "", fragment, linkRaw, with(four, 6, 0x20)},
		{"Wi-Fi", "", "link type 105 is not read", 105, frame},
	} {
		var info Info
		d := decoder{frags: newFragments(1<<20, &info)}
		var s Segment
		reason := d.decode(&record{data: c.frame, wire: len(c.frame), link: c.link, at: 100}, &s)
		switch {
		case c.ends == "":
			if reason != c.tunnel {
				t.Errorf("%s: %q, want %q", c.name, reason, c.tunnel)
			}
		case reason != "":
			t.Errorf("%s: %s", c.name, reason)
		default:
			got := s.Src.String() + " " + s.Dst.String()
			if got != c.ends || s.Tunnel != c.tunnel || !strings.HasPrefix(string(s.Payload), text) || s.Wire != len(s.Payload) {
				t.Errorf("%s: %s through %q: %q of %d", c.name, got, s.Tunnel, s.Payload, s.Wire)
			}
			if at := s.Offset - 100; at < 0 || string(c.frame[at:int(at)+len(text)]) != text {
				t.Errorf("%s: payload is not at %d", c.name, at)
			}
		}
	}
}

// A frame within more layers than anybody has is given up, and in time.
func TestNested(t *testing.T) {
	b := ip4Of(6, tcpOf("x"))
	for range 100 {
		b = ip4Of(4, b)
	}
	var s Segment
	d := decoder{}
	if reason := d.decode(&record{data: b, wire: len(b), link: linkRaw}, &s); reason != nested {
		t.Error(reason)
	}
	tags := ethOf(0x8100, []byte(strings.Repeat("\x00\x01\x81\x00", 1000)))
	d = decoder{}
	if reason := d.decode(&record{data: tags, wire: len(tags), link: linkEthernet}, &s); reason != nested {
		t.Error(reason)
	}
}

// What the snap length cut off is known to be missing, wherever it cut.
func TestSnapped(t *testing.T) {
	whole := ethOf(0x0800, ip4Of(6, tcpOf("0123456789")))
	for n := 14 + 20 + 14; n <= len(whole); n++ {
		var s Segment
		d := decoder{}
		if reason := d.decode(&record{data: whole[:n], wire: len(whole), link: linkEthernet}, &s); reason != "" {
			t.Errorf("%d octets: %s", n, reason)
			continue
		}
		if want := max(0, n-14-40); len(s.Payload) != want || s.Wire != 10 {
			t.Errorf("%d octets: %d of %d, want %d of 10", n, len(s.Payload), s.Wire, want)
		}
	}
}

// A lone frame of a hex dump may begin with IP or with a link.
func TestDecodeAlone(t *testing.T) {
	four := ip4Of(6, tcpOf("x"))
	for _, frame := range [][]byte{four, ethOf(0x0800, four), cat(make([]byte, 14), []byte{8, 0}, four), cat([]byte{2, 0, 0, 0}, four)} {
		var s Segment
		if !Decode(frame, &s) || string(s.Payload) != "x" {
			t.Errorf("%x: %q", frame, s.Payload)
		}
	}
	var s Segment
	if Decode([]byte("no frame at all, only a text of some length"), &s) {
		t.Error("a text is no frame")
	}
}
