package captureforge

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"
)

// Flags of TCP.
const (
	fin = 1
	syn = 2
	rst = 4
	psh = 8
	ack = 16
)

// segment is one of TCP, before it is wrapped.
type segment struct {
	client   bool // who sends
	seq, ack uint32
	flags    byte
	payload  []byte
	time     int64 // nanoseconds since 1970
	snap     int   // octets of the frame that are captured; 0 means all
}

// conv plays a conversation and takes note of what is said.
type conv struct {
	f    *forge
	want Conn
	segs []segment
	c, s netip.AddrPort
	// next numbers of both ends, and how far each has heard the other.
	seq  [2]uint32
	mss  int
	now  int64
	from string
	to   []string
}

// newConv begins with a handshake.
func (f *forge) newConv(port uint16) *conv {
	c := &conv{f: f, mss: 1400, now: 1_700_000_000_000_000_000 + f.rng.Int64N(1e15)}
	c.c = netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, byte(f.rng.IntN(256)), byte(f.rng.IntN(256)), byte(1 + f.rng.IntN(250))}), uint16(32768+f.rng.IntN(28000)))
	c.s = netip.AddrPortFrom(netip.AddrFrom4([4]byte{192, 0, 2, byte(1 + f.rng.IntN(250))}), port)
	c.seq = [2]uint32{f.rng.Uint32(), f.rng.Uint32()}
	c.want.Protocol = "smtp"
	c.handshake()
	return c
}

func (c *conv) handshake() {
	c.put(true, syn, nil)
	c.seq[0]++
	c.put(false, syn|ack, nil)
	c.seq[1]++
	c.put(true, ack, nil)
}

// put sends one segment.
func (c *conv) put(client bool, flags byte, payload []byte) *segment {
	c.now += 1e6 + c.f.rng.Int64N(40e6)
	me := 1
	if client {
		me = 0
	}
	s := segment{client: client, seq: c.seq[me], ack: c.seq[1-me], flags: flags, payload: bytes.Clone(payload), time: c.now}
	if flags&ack == 0 {
		s.ack = 0
	}
	c.seq[me] += uint32(len(payload))
	c.segs = append(c.segs, s)
	return &c.segs[len(c.segs)-1]
}

// send sends octets in segments of mss octets.
func (c *conv) send(client bool, octets []byte) {
	for len(octets) > 0 {
		n := min(c.mss, len(octets))
		c.put(client, psh|ack, octets[:n])
		octets = octets[n:]
	}
}

// raw is said by the client and is no command.
func (c *conv) raw(text string) { c.send(true, []byte(text)) }

// cmd is a command of the client.
func (c *conv) cmd(line string) {
	c.note(line)
	c.raw(line + "\r\n")
}

// note takes note of a command's verb.
func (c *conv) note(line string) {
	verb := line
	if i := strings.IndexAny(line, " :"); i >= 0 {
		verb = line[:i]
	}
	c.want.Verbs = append(c.want.Verbs, strings.ToUpper(verb))
}

// reply is one of the server; more lines make it longer.
func (c *conv) reply(code int, lines ...string) {
	c.want.Replies = append(c.want.Replies, code)
	var b strings.Builder
	if len(lines) == 0 {
		lines = []string{"ok " + c.f.word()}
	}
	for i, l := range lines {
		sep := "-"
		if i == len(lines)-1 {
			sep = " "
		}
		fmt.Fprintf(&b, "%d%s%s\r\n", code, sep, l)
	}
	c.send(false, []byte(b.String()))
}

// close ends the connection in good order.
func (c *conv) close() {
	c.put(true, fin|ack, nil)
	c.seq[0]++
	c.put(false, fin|ack, nil)
	c.seq[1]++
	c.put(true, ack, nil)
}

// greet is banner and EHLO.
func (c *conv) greet(extensions ...string) {
	c.reply(220, c.f.host()+" ESMTP "+c.f.word())
	c.hello("EHLO", extensions...)
}

func (c *conv) hello(verb string, extensions ...string) {
	name := c.f.host()
	c.cmd(verb + " " + name)
	c.reply(250, append([]string{"hello " + c.f.word()}, extensions...)...)
	c.want.HELO, c.want.Verb = name, verb
}

// envelope is MAIL and RCPT, all taken.
func (c *conv) envelope(recipients int) {
	c.from, c.to = c.f.address(), nil
	c.cmd("MAIL FROM:<" + c.from + ">")
	c.reply(250)
	for range recipients {
		to := c.f.address()
		c.to = append(c.to, to)
		c.cmd("RCPT TO:<" + to + ">")
		c.reply(250)
	}
}

// data is DATA with a message and its end.
func (c *conv) data(message []byte, code int) {
	c.cmd("DATA")
	c.reply(354)
	c.send(true, stuff(message))
	c.reply(code)
	c.tx("DATA", message, code)
}

// stuff is a message as it goes over the wire (RFC 5321 4.5.2).
func stuff(message []byte) []byte {
	out := bytes.ReplaceAll(message, []byte("\r\n."), []byte("\r\n.."))
	if bytes.HasPrefix(out, []byte(".")) {
		out = append([]byte("."), out...)
	}
	return append(out, ".\r\n"...)
}

// tx takes note of a message that came whole.
func (c *conv) tx(mode string, message []byte, code int) *Tx {
	t := Tx{From: c.from, Rcpt: c.to, Mode: mode, Status: "accepted", Code: code, Size: int64(len(message)), SHA256: Sum(message), Present: Sum(message), Complete: true}
	if code/100 != 2 {
		t.Status = "rejected"
	}
	for range c.to {
		t.Codes = append(t.Codes, 250)
	}
	c.want.Tx = append(c.want.Tx, t)
	return &c.want.Tx[len(c.want.Tx)-1]
}

func (c *conv) last() *Tx { return &c.want.Tx[len(c.want.Tx)-1] }

func (c *conv) quit() {
	c.cmd("QUIT")
	c.reply(221)
	c.close()
}

// truth is what there is to know of the connection.
func (c *conv) truth() Conn {
	w := c.want
	w.Client, w.ClientPort = c.c.Addr().String(), c.c.Port()
	w.Server, w.ServerPort = c.s.Addr().String(), c.s.Port()
	return w
}

// plain is a whole session with one message.
func (f *forge) plain(lines int) *conv {
	c := f.newConv(25)
	c.greet("PIPELINING", "8BITMIME")
	c.envelope(1 + f.rng.IntN(3))
	c.data(f.text(c.from, c.to, lines), 250)
	c.quit()
	return c
}

// add makes a case of conversations in one file.
func (f *forge) add(name, why string, convs ...*conv) *Case {
	k := Case{Name: name, Why: why}
	var segs []framed
	for _, c := range convs {
		k.Conns = append(k.Conns, c.truth())
		for i := range c.segs {
			segs = append(segs, framed{c, &c.segs[i]})
		}
	}
	k.File = pcapFile(segs, nil)
	f.cases = append(f.cases, k)
	return &f.cases[len(f.cases)-1]
}

// framed is a segment of a conversation.
type framed struct {
	c *conv
	s *segment
}

func (c *conv) framed() (out []framed) {
	for i := range c.segs {
		out = append(out, framed{c, &c.segs[i]})
	}
	return out
}
