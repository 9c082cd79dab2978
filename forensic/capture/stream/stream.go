// Package stream answers: which octets did each end of a TCP connection send,
// in order, and which of them are missing or contradict each other?
//
// Nothing is smoothed over. The first copy of an octet counts, as it does for
// a receiver that acknowledged it; a later copy that differs is kept beside
// it. What was not captured is a hole of known length, never filled and never
// closed up. A connection that reuses the addresses and ports of another one
// is another one.
package stream

import (
	"cmp"
	"net/netip"
	"slices"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
	"github.com/emlcheck/emlcheck/forensic/capture/packet"
)

// Sink takes what one connection carried, as it becomes known.
type Sink interface {
	// Begin says that the stream of a side is known from its first octet on.
	Begin(side dialog.Side)
	// Feed takes the next octets of a side. They may be used until it returns.
	Feed(side dialog.Side, octets []byte, m dialog.Mark)
	// Gap says that the next n octets of a side were not captured.
	Gap(side dialog.Side, n int64)
	// Finish says that there will be nothing more.
	Finish(how dialog.Ending)
}

// Options bound the work. The zero value means the defaults.
type Options struct {
	// Open is called once for each connection, before anything is said of it,
	// and returns who takes its octets; nil octets are dropped.
	Open func(*Conn) Sink
	// Closed is called once for each connection, behind Sink.Finish.
	Closed func(*Conn)
	// Server says whether a port is one that servers listen on. It decides
	// who is the client where no SYN was captured; nil knows none.
	Server func(port uint16) bool
	// ClientSpeaks and ServerSpeaks recognise an end by its first octets where neither
	// SYN nor port say who is who.
	ClientSpeaks, ServerSpeaks func(octets []byte) bool
	// MaxPending is how many octets behind a hole are held for one direction
	// before the hole is taken for one; 0 means 4 MiB. MaxTotal is the same for
	// all connections together; 0 means 64 MiB.
	MaxPending, MaxTotal int64
	// MaxOpen is how many connections are followed at the same time; 0 means 32,768. Beyond it
	// those are cut that nothing was heard of for the longest time, first of all those without
	// any octet.
	MaxOpen int
}

// Conn is one TCP connection, as far as it was captured.
type Conn struct {
	// Index counts the connections in the order of their first packets, from 0.
	Index int
	// Client and Server are the ends. The client is who sent the SYN, or else
	// who has no port of a known service.
	Client, Server netip.AddrPort
	// Tunnel is what the connection ran through, "" for nothing.
	Tunnel string
	// FirstPacket and LastPacket are numbers of frames.
	FirstPacket, LastPacket int64
	// Start and End are the times of these.
	Start, End time.Time
	// Packets counts the segments.
	Packets int64
	// Reused is true when an earlier connection had the same ends and ports.
	Reused bool
	// Cut is true when it was given up before its end, to bound memory. What was captured of it
	// later is another connection, which Continues it; -1 for all others.
	Cut       bool
	Continues int
	// Hint is the caller's own; a connection that continues another one begins with that of the other.
	Hint any
	// MidStream says of each side that its first octets were not captured.
	MidStream [2]bool
	// Sides are what was seen of each end, [dialog.Client] and [dialog.Server].
	Sides [2]Side
	// Ending says how it ended.
	Ending dialog.Ending
	// Closer is the side that ended it first: sent the first FIN, or the RST.
	Closer dialog.Side

	sink    Sink
	halves  [2]half
	swap    bool // halves[0] is the server
	settled bool // who is who is beyond doubt
	done    bool
	last    int64 // time of the last segment, in nanoseconds
}

// Side is what was seen of one end.
type Side struct {
	// Segments counts its packets. Octets counts what it sent, holes and repetitions left out.
	Segments, Octets int64
	// Repeated counts octets that came again with the same content, Early
	// segments before which something was missing when they came.
	Repeated, Early int64
	// Holes are the ranges of its stream that were not captured.
	Holes []Hole
	// Conflicts are octets that came twice with different content.
	Conflicts []Conflict
	// Foreign counts segments whose sequence numbers do not belong to it.
	Foreign int64
	// AfterReset counts octets sent behind an RST.
	AfterReset int64
	// Snapped counts octets that the snap length of the capture cut off.
	Snapped int64
	// FIN and RST say that it sent one.
	FIN, RST bool
	// Uncompared counts octets that came again when the first copy was no longer at hand.
	Uncompared int64
}

// Hole is a range of a stream that was not captured: Len octets from the offset At on.
type Hole struct{ At, Len int64 }

// Conflict is a range of a stream that came twice with different content.
type Conflict struct {
	// At is where it stands in the stream.
	At int64
	// Kept is what came first and counts; Other is what came later.
	Kept, Other []byte
	// Packet is the frame of the later copy.
	Packet int64
}

const (
	maxConflicts    = 100
	maxConflictSize = 64 << 10
	maxHoles        = 10000
)

// Table follows the connections of a capture.
type Table struct {
	opt   Options
	conns map[key]*Conn
	// recent is the connection of the last segment: most come in runs.
	recent    *Conn
	recentKey key
	count     int
	open      int   // connections that are not done
	pending   int64 // octets held behind holes
	graves    []grave
	segments  int64
}

// key names a connection by its ends, the smaller one first.
type key struct{ a, b netip.AddrPort }

// grave is a closed connection that is remembered, so that late copies of its
// segments are not taken for a new one.
type grave struct {
	key  key
	conn *Conn
}

// maxGraves is how many closed connections are remembered.
const maxGraves = 1 << 14

// New makes a table.
func New(opt Options) *Table {
	if opt.MaxPending <= 0 {
		opt.MaxPending = 4 << 20
	}
	if opt.MaxTotal <= 0 {
		opt.MaxTotal = 64 << 20
	}
	if opt.MaxOpen <= 0 {
		opt.MaxOpen = 1 << 15
	}
	return &Table{opt: opt, conns: map[key]*Conn{}}
}

// Add takes the next segment of the capture.
func (t *Table) Add(s *packet.Segment) {
	t.segments++
	c, from := t.find(s)
	if c == nil {
		return
	}
	c.Packets++
	c.LastPacket = max(c.LastPacket, s.Number)
	c.see(s.Time)
	if c.done {
		return // a late copy
	}
	c.take(t, from, s)
	if t.segments&(1<<14-1) == 0 {
		t.sweep(s.Time)
	}
}

// see moves the times of the connection.
func (c *Conn) see(at int64) {
	if at == c.last {
		return
	}
	c.last = max(c.last, at)
	t := when(at)
	if t.After(c.End) {
		c.End = t
	}
	if t.Before(c.Start) {
		c.Start = t
	}
}

// when is a time of a segment; zero for none.
func when(at int64) time.Time {
	if at == packet.NoTime {
		return time.Time{}
	}
	return time.Unix(0, at).UTC()
}

// find is the connection of a segment, and which of its halves has sent it.
func (t *Table) find(s *packet.Segment) (c *Conn, from int) {
	k, from := keyOf(s)
	c = t.recent
	if c == nil || t.recentKey != k {
		c = t.conns[k]
	}
	syn := s.Flags&packet.SYN != 0
	switch {
	case c == nil:
		if s.Flags&packet.RST != 0 && len(s.Payload) == 0 {
			return nil, 0 // an end that nothing is known of
		}
		c = t.begin(k, s, nil)
	case syn && c.isAnother(from, s):
		t.end(c, true)
		c = t.begin(k, s, nil)
		c.Reused = true
	case c.Cut && len(s.Payload) > 0:
		c = t.begin(k, s, c)
	}
	t.recent, t.recentKey = c, k
	return c, from
}

func keyOf(s *packet.Segment) (key, int) {
	if s.Src.Compare(s.Dst) <= 0 {
		return key{s.Src, s.Dst}, 0
	}
	return key{s.Dst, s.Src}, 1
}

// isAnother reports whether a SYN opens another connection than c: its number
// differs from the one that c began with.
func (c *Conn) isAnother(from int, s *packet.Segment) bool {
	h := &c.halves[from]
	if s.Flags&packet.ACK != 0 {
		return false // the answer to a SYN opens nothing
	}
	if c.done && !h.based {
		return true
	}
	if !h.based || !h.syn && !h.released {
		// Joined in the middle so far: a SYN that came late in the capture fits
		// closely before what is there.
		return !h.fits(s.Seq + 1)
	}
	return h.base != s.Seq+1
}

// begin begins a connection, which may continue one that was cut; nil for none.
func (t *Table) begin(k key, s *packet.Segment, cut *Conn) *Conn {
	if t.open >= t.opt.MaxOpen {
		t.makeRoom()
	}
	at := when(s.Time)
	c := &Conn{Index: t.count, Tunnel: s.Tunnel, FirstPacket: s.Number, Start: at, End: at, last: s.Time, Ending: dialog.Open, Continues: -1}
	t.count++
	t.open++
	t.conns[k] = c
	from := 0
	if s.Src != k.a {
		from = 1
	}
	if cut != nil {
		c.Continues, c.Hint = cut.Index, cut.Hint
		c.swap, c.settled, c.Client, c.Server = cut.swap, true, cut.Client, cut.Server
	} else {
		c.guess(t, k, from, s)
	}
	if t.opt.Open != nil {
		c.sink = t.opt.Open(c)
	}
	return c
}

// guess says who is the client.
func (c *Conn) guess(t *Table, k key, from int, s *packet.Segment) {
	client := from // whoever speaks first
	switch {
	case s.Flags&(packet.SYN|packet.ACK) == packet.SYN:
		c.settled = true
	case s.Flags&packet.SYN != 0:
		c.settled = true
		client = 1 - from
	case t.opt.Server != nil && t.opt.Server(s.Dst.Port()) != t.opt.Server(s.Src.Port()):
		c.settled = true
		if t.opt.Server(s.Src.Port()) {
			client = 1 - from
		}
	default:
		if k.end(client).Port() < k.end(1-client).Port() {
			client = 1 - client // listeners have the smaller port, as a rule
		}
	}
	c.name(k, client)
}

func (k key) end(i int) netip.AddrPort {
	if i == 0 {
		return k.a
	}
	return k.b
}

// name makes one of the halves the client's.
func (c *Conn) name(k key, client int) {
	c.swap = client == 1
	c.Client, c.Server = k.end(client), k.end(1-client)
}

// side is whose half it is.
func (c *Conn) side(half int) dialog.Side {
	if c.swap {
		return dialog.Side(1 - half)
	}
	return dialog.Side(half)
}

func (c *Conn) sideOf(half int) *Side { return &c.Sides[c.side(half)] }

// Flush ends the capture: what is still open is handed over as it is, in the
// order of first packets.
func (t *Table) Flush() {
	open := t.unfinished()
	slices.SortFunc(open, func(a, b *Conn) int { return a.Index - b.Index })
	for _, c := range open {
		t.end(c, false)
	}
	t.conns, t.recent = map[key]*Conn{}, nil
}

// unfinished are the connections that are not done, in no particular order.
func (t *Table) unfinished() (open []*Conn) {
	for _, c := range t.conns {
		if !c.done {
			open = append(open, c)
		}
	}
	return open
}

// makeRoom cuts a quarter of the open connections: those that are the least likely to go on.
func (t *Table) makeRoom() {
	open := t.unfinished()
	slices.SortFunc(open, func(a, b *Conn) int {
		silentA, silentB := a.Sides[0].Octets+a.Sides[1].Octets == 0, b.Sides[0].Octets+b.Sides[1].Octets == 0
		switch {
		case silentA != silentB && silentA:
			return -1
		case silentA != silentB:
			return 1
		}
		return cmp.Or(cmp.Compare(a.last, b.last), a.Index-b.Index)
	})
	open = open[:(len(open)+3)/4]
	slices.SortFunc(open, func(a, b *Conn) int { return a.Index - b.Index })
	for _, c := range open {
		t.Cut(c)
	}
}

// Cut gives a connection up before its end.
func (t *Table) Cut(c *Conn) {
	if !c.done {
		c.Cut = true
		t.end(c, false)
	}
}

// end closes a connection: what waits behind holes is handed over.
func (t *Table) end(c *Conn, replaced bool) {
	if c.done {
		return
	}
	c.drain(t)
	c.done = true
	t.open--
	c.Ending = c.ending()
	if c.sink != nil {
		c.sink.Finish(c.Ending)
	}
	for i := range c.halves {
		c.halves[i].forget(t)
	}
	if t.opt.Closed != nil {
		t.opt.Closed(c)
	}
	c.sink = nil
	if replaced {
		return
	}
	t.bury(c)
}

func (c *Conn) ending() dialog.Ending {
	switch {
	case c.Sides[0].RST || c.Sides[1].RST:
		return dialog.Broken
	case c.Sides[0].FIN || c.Sides[1].FIN:
		return dialog.Closed
	}
	return dialog.Open
}

// bury remembers a closed connection for a while.
func (t *Table) bury(c *Conn) {
	k := key{c.Client, c.Server}
	if c.swap {
		k = key{c.Server, c.Client}
	}
	t.graves = append(t.graves, grave{k, c})
	if len(t.graves) < 2*maxGraves {
		return
	}
	for _, g := range t.graves[:maxGraves] {
		if t.conns[g.key] == g.conn {
			delete(t.conns, g.key)
		}
	}
	t.graves = append(t.graves[:0], t.graves[maxGraves:]...)
}

// idle is after which time of silence a connection that was broken off is
// closed: copies that are on their way have arrived by then (RFC 9293 3.4.2).
const idle = 4 * 60 * int64(time.Second)

// sweep closes what is over, so that memory does not grow with the capture.
func (t *Table) sweep(now int64) {
	var over []*Conn
	for _, c := range t.conns {
		if !c.done && now-c.last > idle && (c.Sides[0].RST || c.Sides[1].RST || c.Sides[0].FIN && c.Sides[1].FIN) {
			over = append(over, c)
		}
	}
	slices.SortFunc(over, func(a, b *Conn) int { return a.Index - b.Index })
	for _, c := range over {
		t.end(c, false)
	}
}
