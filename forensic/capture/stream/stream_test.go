package stream

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/capture/packet"
)

// record takes what a connection carried.
type record struct {
	octets [2][]byte
	gaps   [2][]Hole
	at     [2]int64
	whole  [2]bool
	ending dialog.Ending
}

func (r *record) Begin(side dialog.Side) { r.whole[side] = true }

func (r *record) Feed(side dialog.Side, b []byte, _ dialog.Mark) {
	r.octets[side] = append(r.octets[side], b...)
	r.at[side] += int64(len(b))
}

func (r *record) Gap(side dialog.Side, n int64) {
	r.gaps[side] = append(r.gaps[side], Hole{r.at[side], n})
	r.at[side] += n
}

func (r *record) Finish(how dialog.Ending) { r.ending = how }

var (
	client = netip.MustParseAddrPort("192.0.2.1:40000")
	server = netip.MustParseAddrPort("192.0.2.2:25")
)

// play is a connection with these octets of both ends, in segments of n.
func play(c, s []byte, n int, isn uint32) []packet.Segment {
	var out []packet.Segment
	seq := [2]uint32{isn, isn * 7}
	put := func(side int, flags packet.Flags, b []byte) {
		x := packet.Segment{Number: int64(len(out) + 1), Time: int64(len(out)+1) * 1e6, Offset: -1, Src: client, Dst: server, Seq: seq[side], Ack: seq[1-side], Flags: flags, Payload: b, Wire: len(b)}
		if side == 1 {
			x.Src, x.Dst = server, client
		}
		seq[side] += uint32(len(b))
		if flags&(packet.SYN|packet.FIN) != 0 {
			seq[side]++
		}
		out = append(out, x)
	}
	put(0, packet.SYN, nil)
	put(1, packet.SYN|packet.ACK, nil)
	for len(c)+len(s) > 0 {
		k := min(n, len(s))
		if k > 0 {
			put(1, packet.ACK|packet.PSH, s[:k])
			s = s[k:]
		}
		if k = min(n, len(c)); k > 0 {
			put(0, packet.ACK|packet.PSH, c[:k])
			c = c[k:]
		}
	}
	put(0, packet.ACK|packet.FIN, nil)
	put(1, packet.ACK|packet.FIN, nil)
	put(0, packet.ACK, nil)
	return out
}

// follow gives what a table makes of segments.
func follow(segs []packet.Segment) (conns []*Conn, records []*record) {
	t := New(Options{
		Open:   func(c *Conn) Sink { r := &record{}; conns = append(conns, c); records = append(records, r); return r },
		Server: func(port uint16) bool { return port == 25 },
	})
	for i := range segs {
		t.Add(&segs[i])
	}
	t.Flush()
	return conns, records
}

func text(rng *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('a' + rng.IntN(26))
	}
	return b
}

// Any order of the segments, with any of them twice, gives the same octets.
func TestAnyOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		c, s := text(rng, 1+rng.IntN(5000)), text(rng, 1+rng.IntN(500))
		segs := play(c, s, 8+rng.IntN(900), rng.Uint32())
		for range rng.IntN(5) {
			segs = append(segs, segs[rng.IntN(len(segs))])
		}
		rng.Shuffle(len(segs), func(i, k int) { segs[i], segs[k] = segs[k], segs[i] })
		conns, got := follow(segs)
		if len(got) != 1 || !bytes.Equal(got[0].octets[0], c) || !bytes.Equal(got[0].octets[1], s) {
			t.Fatalf("%d connections; other octets than were sent", len(got))
		}
		if conns[0].Client != client || got[0].ending != dialog.Closed || len(got[0].gaps[0])+len(got[0].gaps[1]) > 0 {
			t.Fatalf("%+v %+v", conns[0], got[0].gaps)
		}
	}
}

// Taking out one segment gives exactly that gap.
func TestAnyHole(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	c, s := text(rng, 9000), text(rng, 900)
	segs := play(c, s, 300, rng.Uint32())
	for i := range segs {
		if len(segs[i].Payload) == 0 {
			continue
		}
		side, at := 0, int64(0)
		if segs[i].Src == server {
			side = 1
		}
		for k := range i {
			if segs[k].Src == segs[i].Src {
				at += int64(len(segs[k].Payload))
			}
		}
		_, got := follow(slices.Delete(slices.Clone(segs), i, i+1))
		want := []Hole{{at, int64(len(segs[i].Payload))}}
		if !slices.Equal(got[0].gaps[side], want) || len(got[0].gaps[1-side]) > 0 {
			t.Fatalf("segment %d: %v, want %v", i, got[0].gaps, want)
		}
	}
}

// A later copy with other octets is kept beside the first, where it was handed over and where it
// still waits.
func TestConflict(t *testing.T) {
	for _, waits := range []bool{false, true} {
		segs := play([]byte("hello, world, this is a test"), []byte("x"), 7, 1000)
		at := slices.IndexFunc(segs, func(s packet.Segment) bool { return bytes.HasPrefix(s.Payload, []byte("world")) })
		evil := segs[at]
		evil.Payload = []byte("woXYd, ")
		evil.Number = 99
		segs = slices.Insert(segs, at+1, evil)
		if waits { // the segment before comes last
			first := segs[at-1]
			segs = append(slices.Delete(segs, at-1, at), first)
		}
		conns, got := follow(segs)
		k := conns[0].Sides[dialog.Client].Conflicts
		if len(k) != 1 || k[0].At != 9 || string(k[0].Kept) != "rl" || string(k[0].Other) != "XY" || k[0].Packet != 99 {
			t.Errorf("%+v", k)
		}
		if string(got[0].octets[0]) != "hello, world, this is a test" {
			t.Errorf("%q", got[0].octets[0])
		}
	}
}

// What waits behind holes is bounded: then the hole is taken for one.
func TestPending(t *testing.T) {
	segs := play(bytes.Repeat([]byte("x"), 100000), nil, 1000, 5)
	lost := slices.IndexFunc(segs, func(s packet.Segment) bool { return len(s.Payload) > 0 })
	segs = slices.Delete(segs, lost, lost+1)
	var r record
	tab := New(Options{Open: func(*Conn) Sink { return &r }, MaxPending: 20000})
	for i := range segs[:40] {
		tab.Add(&segs[i])
	}
	if !slices.Equal(r.gaps[0], []Hole{{0, 1000}}) || len(r.octets[0]) < 15000 {
		t.Errorf("%v, %d octets", r.gaps, len(r.octets[0]))
	}
}

// Each single octet behind a hole of its own, in order and from the end: work must not grow with the
// square of what waits (80,000 of them took 8 seconds). The bound is a hundred times what it takes.
func TestManyHoles(t *testing.T) {
	const n = 80000
	segs := play(bytes.Repeat([]byte("x"), 2*n), nil, 1, 5)
	segs = slices.DeleteFunc(segs, func(s packet.Segment) bool { return len(s.Payload) > 0 && s.Seq%2 == 0 })
	for name, order := range map[string]func(){"in order": func() {}, "from the end": func() { slices.Reverse(segs[2 : len(segs)-3]) }} {
		order()
		start := time.Now()
		conns, _ := follow(segs)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		}
		if got := conns[0].Sides[dialog.Client].Octets; got == 0 || got > n {
			t.Errorf("%s: %d octets", name, got)
		}
	}
}

// What the snap length cut off is counted once, also where the beginning of the stream was decided on
// later.
func TestSnapped(t *testing.T) {
	for _, from := range []int{0, 2} { // with the SYN, and without
		segs := play([]byte("hello world"), []byte("x"), 11, 5)[from:]
		for i := range segs {
			if len(segs[i].Payload) == 11 {
				segs[i].Payload = segs[i].Payload[:5]
			}
		}
		conns, _ := follow(segs)
		if got := conns[0].Sides[dialog.Client].Snapped; got != 6 {
			t.Errorf("from segment %d: %d octets were cut off, want 6", from, got)
		}
	}
}

// Numbers that belong to nothing are counted and change nothing.
func TestForeign(t *testing.T) {
	segs := play([]byte("hello"), []byte("x"), 5, 7)
	odd := segs[3]
	odd.Seq += 1 << 30
	segs = slices.Insert(segs, 4, odd)
	conns, got := follow(segs)
	if string(got[0].octets[0]) != "hello" || conns[0].Sides[0].Foreign+conns[0].Sides[1].Foreign != 1 {
		t.Errorf("%q %+v", got[0].octets[0], conns[0].Sides)
	}
}

// Segments of any numbers and flags: no panic, memory that comes back to nothing, and no more
// octets than were captured.
func FuzzAdd(f *testing.F) {
	f.Add([]byte{2, 0, 0, 0, 0, 18, 0, 0, 0, 1, 24, 1, 1, 5, 0}, uint32(0))
	f.Add([]byte{24, 9, 9, 40, 0, 24, 5, 0, 3, 1, 1, 1, 1, 1, 1, 4, 3, 2, 1, 0}, uint32(1<<32-20))
	f.Fuzz(func(t *testing.T, b []byte, isn uint32) {
		var segs []packet.Segment
		total := 0
		for n := int64(1); len(b) >= 5; n++ {
			s := packet.Segment{Number: n, Time: n * 1e6, Offset: -1, Src: client, Dst: server, Flags: packet.Flags(b[0]), Seq: isn + uint32(b[1]), Ack: isn*7 + uint32(b[2])}
			if b[4]&1 != 0 {
				s.Src, s.Dst, s.Seq, s.Ack = server, client, isn*7+uint32(b[2]), isn+uint32(b[1])
			}
			s.Payload = bytes.Repeat([]byte{b[3]}, int(b[3]%64))
			s.Wire = len(s.Payload) + int(b[4]>>6)
			total += len(s.Payload)
			segs = append(segs, s)
			b = b[5:]
		}
		table := New(Options{Open: func(*Conn) Sink { return &record{} }, MaxPending: 2000})
		for i := range segs {
			table.Add(&segs[i])
		}
		table.Flush()
		if table.pending != 0 {
			t.Fatalf("%d octets are still held", table.pending)
		}
		a, x := follow(segs)
		c, y := follow(segs)
		got := 0
		for i := range x {
			got += len(x[i].octets[0]) + len(x[i].octets[1])
			if fmt.Sprint(*x[i]) != fmt.Sprint(*y[i]) || a[i].Client != c[i].Client {
				t.Fatal("twice is not the same")
			}
		}
		if got > total {
			t.Fatalf("%d octets of %d", got, total)
		}
	})
}

// More connections than are followed at the same time: memory is bounded, no octet is lost, and what
// goes on in a connection that was cut says which one it continues, with the same ends.
func TestManyOpen(t *testing.T) {
	const n, rounds, open = 40, 6, 8
	rng := rand.New(rand.NewPCG(9, 9))
	sent := map[netip.AddrPort][]byte{}
	var segs []packet.Segment
	seq := map[netip.AddrPort]uint32{}
	for round := range rounds {
		for i := range n {
			from := netip.AddrPortFrom(client.Addr(), uint16(40000+i))
			s := packet.Segment{Number: int64(len(segs) + 1), Time: int64(len(segs)+1) * 1e6, Offset: -1, Src: from, Dst: server, Flags: packet.ACK}
			if round == 0 {
				seq[from] = rng.Uint32()
				s.Flags = packet.SYN
				s.Seq = seq[from]
				seq[from]++
			} else {
				s.Payload = text(rng, 1+rng.IntN(50))
				s.Wire, s.Seq = len(s.Payload), seq[from]
				seq[from] += uint32(len(s.Payload))
				sent[from] = append(sent[from], s.Payload...)
			}
			segs = append(segs, s)
		}
	}
	var conns []*Conn
	var records []*record
	most, now := 0, 0
	table := New(Options{
		MaxOpen: open,
		Open: func(c *Conn) Sink {
			r := &record{}
			conns, records = append(conns, c), append(records, r)
			now++
			most = max(most, now)
			return r
		},
		Closed: func(*Conn) { now-- },
		Server: func(port uint16) bool { return port == 25 },
	})
	for i := range segs {
		table.Add(&segs[i])
	}
	table.Flush()
	if most > open || now != 0 {
		t.Errorf("%d connections were open at once, %d are left", most, now)
	}
	got := map[netip.AddrPort][]byte{}
	for i, c := range conns {
		if c.Server != server {
			t.Fatalf("connection %d: %v is the server", i, c.Server)
		}
		got[c.Client] = append(got[c.Client], records[i].octets[dialog.Client]...)
		if len(records[i].gaps[dialog.Client]) > 0 {
			t.Errorf("connection %d has holes: %v", i, records[i].gaps)
		}
		if c.Continues >= 0 && (!conns[c.Continues].Cut || conns[c.Continues].Client != c.Client) {
			t.Errorf("connection %d continues %d", i, c.Continues)
		}
	}
	for from, want := range sent {
		if !bytes.Equal(got[from], want) {
			t.Errorf("%v: %d octets of %d", from, len(got[from]), len(want))
		}
	}
}
