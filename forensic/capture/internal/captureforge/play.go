package captureforge

import (
	"math/rand/v2"
	"net/netip"
	"strings"
)

// Times at which [Play] lets the first packet be sent, and addresses of its ends.
const (
	PlayTime   = 1_700_000_000 // 2023-11-14T22:13:20Z
	PlayClient = "10.1.2.3"
	PlayServer = "192.0.2.25"
)

// Play is a capture of sessions as they are written down: "C text" and "S text" say who speaks, with
// \r and \n written out; "@" begins another connection to the same server.
func Play(lines ...string) []byte {
	f := &forge{rng: rand.New(rand.NewPCG(1, 6))}
	now := int64(PlayTime) * 1e9
	var segs []framed
	var c *conv
	end := func() {
		if c != nil {
			c.close()
			now = c.now
			segs = append(segs, c.framed()...)
		}
	}
	begin := func() {
		end()
		c = &conv{f: f, mss: 1400, now: now, c: netip.MustParseAddrPort(PlayClient + ":4000"), s: netip.MustParseAddrPort(PlayServer + ":25")}
		c.c = netip.AddrPortFrom(c.c.Addr(), uint16(4000+len(segs)))
		c.seq = [2]uint32{f.rng.Uint32(), f.rng.Uint32()}
		c.handshake()
	}
	begin()
	for _, l := range lines {
		if l == "@" {
			begin()
			continue
		}
		c.send(l[0] == 'C', []byte(strings.NewReplacer(`\r`, "\r", `\n`, "\n", `\0`, "\x00").Replace(l[2:])))
	}
	end()
	return pcapFile(segs, nil)
}

// Crowd is a capture of one connection that stays open while n others come and go: it says HELO in
// front of them and QUIT behind.
func Crowd(n int) []byte {
	f := &forge{rng: rand.New(rand.NewPCG(2, 6))}
	segs := make([]framed, 0, 12*n)
	session := func(i int, now int64) *conv {
		c := &conv{f: f, mss: 1400, now: now, s: netip.MustParseAddrPort(PlayServer + ":25")}
		c.c = netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, byte(i >> 16), byte(i >> 8), byte(i)}), 4000)
		c.seq = [2]uint32{f.rng.Uint32(), f.rng.Uint32()}
		c.handshake()
		return c
	}
	long := session(0, PlayTime*1e9)
	long.send(false, []byte("220 mx.example.net ESMTP\r\n"))
	long.send(true, []byte("HELO long.example.org\r\n"))
	segs = append(segs, long.framed()...)
	before, now := len(long.segs), long.now
	for i := range n {
		c := session(i+1, now)
		c.send(false, []byte("220 mx.example.net ESMTP\r\n"))
		c.send(true, []byte("QUIT\r\n"))
		c.send(false, []byte("221 bye\r\n"))
		c.close()
		now = c.now
		segs = append(segs, c.framed()...)
	}
	long.now = now
	long.send(false, []byte("250 hi\r\n"))
	long.send(true, []byte("QUIT\r\n"))
	long.send(false, []byte("221 bye\r\n"))
	long.close()
	segs = append(segs, long.framed()[before:]...)
	return pcapFile(segs, nil)
}
