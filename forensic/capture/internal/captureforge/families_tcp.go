package captureforge

import (
	"bytes"
	"slices"
)

// tcp are the ways in which segments come, do not come, or come twice.
func (f *forge) tcp() {
	f.orders()
	f.losses()
	f.beginnings()
	f.copies()
	f.lives()
}

// session is an open session with a message of n lines that is on its way; done ends
// it. It returns the indexes of the segments of the message.
func (f *forge) session(n int) (c *conv, message []byte, from, to int) {
	c = f.newConv(25)
	c.greet("PIPELINING")
	c.envelope(1)
	message = f.text(c.from, c.to, n)
	c.cmd("DATA")
	c.reply(354)
	from = len(c.segs)
	c.send(true, stuff(message))
	to = len(c.segs)
	c.reply(250)
	c.tx("DATA", message, 250)
	c.quit()
	return c, message, from, to
}

func (f *forge) orders() {
	c, _, from, _ := f.session(200)
	c.segs[from], c.segs[from+1] = c.segs[from+1], c.segs[from]
	f.add("tcp/swapped", "two segments of the message changed places", c)
	c, _, from, to := f.session(200)
	f.rng.Shuffle(to-from, func(i, k int) { c.segs[from+i], c.segs[from+k] = c.segs[from+k], c.segs[from+i] })
	f.add("tcp/shuffled-message", "all segments of the message changed places", c)
	c, _, from, to = f.session(200)
	s := c.segs[from+1]
	c.segs = slices.Insert(slices.Delete(c.segs, from+1, from+2), to-1, s)
	f.add("tcp/lost-then-late", "a segment came again after all others", c)
	c = f.plain(3)
	f.rng.Shuffle(len(c.segs), func(i, k int) { c.segs[i], c.segs[k] = c.segs[k], c.segs[i] })
	f.add("tcp/shuffled-all", "every segment changed places, the SYN too", c)
	// All of the server's packets stand before the client's: the capture is skewed.
	c = f.plain(20)
	slices.SortStableFunc(c.segs, func(a, b segment) int {
		switch {
		case a.client == b.client:
			return 0
		case a.client:
			return 1
		}
		return -1
	})
	f.add("tcp/replies-before-commands", "the server's packets were captured first", c)
	a, b := f.plain(30), f.plain(30)
	k := f.add("tcp/interleaved", "two connections at once", a, b)
	var mixed []framed
	for i := range max(len(a.segs), len(b.segs)) {
		if i < len(a.segs) {
			mixed = append(mixed, framed{a, &a.segs[i]})
		}
		if i < len(b.segs) {
			mixed = append(mixed, framed{b, &b.segs[i]})
		}
	}
	k.File = pcapFile(mixed, nil)
	c = f.newConv(25)
	c.mss = 1
	c.greet()
	c.envelope(2)
	c.data(f.text(c.from, c.to, 4), 250)
	c.quit()
	f.add("tcp/one-octet-segments", "each octet is a segment", c)
	for _, n := range []int{2, 3, 5, 7} {
		c = f.newConv(25)
		c.mss = n
		c.greet()
		c.envelope(1)
		c.data([]byte("Subject: dots\r\n\r\n.a\r\n..b\r\n.\t\r\n\r\n"), 250)
		c.quit()
		f.add("tcp/split-everywhere", "segments end within CRLF, dots and the end of the message", c)
	}
}

// lose takes a segment of the message out and says so in the truth.
func (f *forge) lose(name string, which func(from, to int) int) {
	c, message, from, to := f.session(300)
	i := which(from, to)
	at := int64(i-from) * int64(c.mss)
	n := int64(len(c.segs[i].payload))
	t := c.last()
	t.Complete, t.SHA256, t.Findings = false, "", []string{"lost-segment"}
	if i == to-1 {
		n -= 3 // the end of the message is in it
	}
	t.Gaps = [][2]int64{{at, n}}
	t.Present = Sum(append(slices.Clone(message[:at]), message[at+n:]...))
	c.segs = slices.Delete(c.segs, i, i+1)
	f.add(name, "a segment is missing: exactly its octets are a gap", c)
}

func (f *forge) losses() {
	f.lose("tcp/lost-middle", func(from, to int) int { return from + 2 })
	f.lose("tcp/lost-start", func(from, _ int) int { return from })
	f.lose("tcp/lost-terminator", func(_, to int) int { return to - 1 })
	c := f.newConv(25)
	c.greet()
	c.envelope(1)
	message := f.text(c.from, c.to, 3)
	c.cmd("DATA")
	c.reply(354)
	c.send(true, stuff(message)[:len(message)])
	c.send(true, []byte(".\r\n"))
	lost := len(c.segs) - 1
	c.reply(250)
	t := c.tx("DATA", message, 250)
	t.Complete, t.SHA256 = false, ""
	t.Findings = []string{"lost-segment"}
	c.quit()
	c.segs = slices.Delete(c.segs, lost, lost+1)
	f.add("tcp/lost-dot-alone", "only the dot is missing: all octets of the message are there, its end is not", c)
	// A command and a reply are missing.
	c = f.newConv(25)
	c.greet()
	c.envelope(2)
	lost = len(c.segs) - 1 // the reply to the second RCPT
	c.data(f.text(c.from, c.to, 5), 250)
	c.quit()
	c.want.Replies = slices.Delete(c.want.Replies, 4, 5)
	c.last().Codes[1] = 0
	c.want.Findings = []string{"lost-segment"}
	c.segs = slices.Delete(c.segs, lost, lost+1)
	f.add("tcp/lost-reply", "one reply is missing; the others belong to their commands", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(3)
	lost = len(c.segs) - 4 // the second RCPT
	c.data(f.text(c.from, c.to, 5), 250)
	c.quit()
	c.want.Verbs = slices.Delete(c.want.Verbs, 3, 4)
	t = c.last()
	t.Rcpt, t.Codes = slices.Delete(slices.Clone(t.Rcpt), 1, 2), []int{250, 250}
	c.want.Findings = []string{"lost-segment"}
	c.segs = slices.Delete(c.segs, lost, lost+1)
	f.add("tcp/lost-command", "one command is missing; its reply belongs to nobody", c)
}

func (f *forge) beginnings() {
	c := f.plain(20)
	c.segs = c.segs[3:]
	c.want.Findings = []string{"mid-stream"}
	f.add("tcp/no-handshake", "the capture begins with the greeting", c)
	c = f.newConv(25)
	c.greet()
	cut := len(c.segs)
	c.envelope(1)
	c.data(f.text(c.from, c.to, 20), 250)
	c.quit()
	c.segs = c.segs[cut:]
	c.want.Verbs, c.want.Replies, c.want.HELO = c.want.Verbs[1:], c.want.Replies[2:], ""
	c.want.Findings = []string{"mid-stream"}
	f.add("tcp/joined-in-commands", "the capture begins with MAIL", c)
	c, message, from, _ := f.session(200)
	c.segs = c.segs[from+2:]
	at := 2 * c.mss
	c.want.Verbs, c.want.Replies, c.want.HELO = []string{"QUIT"}, []int{250, 221}, ""
	c.want.Tx = []Tx{{From: "-", Mode: "DATA", Status: "accepted", Code: 250, Size: int64(len(message) - at), Present: Sum(message[at:])}}
	c.want.Findings = []string{"mid-stream"}
	f.add("tcp/joined-in-message", "the capture begins in a message", c)
	for _, client := range []bool{true, false} {
		c = f.plain(20)
		c.segs = slices.DeleteFunc(c.segs, func(s segment) bool { return s.client != client })
		c.want.Findings = []string{"one-sided"}
		if client {
			c.want.Replies = []int{}
			t := c.last()
			t.Status, t.Code = "incomplete", 0
			for i := range t.Codes {
				t.Codes[i] = 0
			}
			f.add("tcp/client-only", "no reply was captured", c)
			continue
		}
		c.want.Verbs, c.want.HELO, c.want.Tx = []string{}, "", nil
		f.add("tcp/server-only", "no command was captured: nothing is invented", c)
	}
}

func (f *forge) copies() {
	c, _, from, to := f.session(200)
	for i := to - 1; i >= from; i-- {
		c.segs = slices.Insert(c.segs, i+1, c.segs[i])
	}
	f.add("tcp/duplicates", "each segment of the message came twice", c)
	c, _, from, _ = f.session(200)
	long := c.segs[from]
	long.payload = append(slices.Clone(c.segs[from].payload), c.segs[from+1].payload[:500]...)
	c.segs = slices.Insert(c.segs, from+1, long)
	f.add("tcp/longer-copy", "a retransmission that reaches farther", c)
	c, _, from, _ = f.session(200)
	evil := c.segs[from+1]
	evil.payload = bytes.Repeat([]byte("X"), len(evil.payload))
	c.segs = slices.Insert(c.segs, from+2, evil)
	c.last().Findings = []string{"overlap-conflict"}
	f.add("tcp/conflict", "a copy with other octets: the first counts, the second is told", c)
	c, _, from, _ = f.session(200)
	keep := c.segs[from+2]
	keep.seq--
	keep.payload = []byte{0}
	c.segs = slices.Insert(c.segs, from+2, keep)
	c.last().Forbidden = []string{"overlap-conflict"}
	f.add("tcp/keep-alive", "one octet before the next may be anything", c)
	c = f.plain(5)
	c.segs = slices.Insert(c.segs, 1, c.segs[0])
	f.add("tcp/syn-twice", "the SYN was sent again", c)
}

func (f *forge) lives() {
	for _, start := range []uint32{0, 1<<32 - 700} {
		c := f.newConv(25)
		base := c.seq[0] - 1
		c.greet()
		c.envelope(1)
		c.data(f.text(c.from, c.to, 60), 250)
		c.quit()
		for i := range c.segs {
			if s := &c.segs[i]; s.client {
				s.seq += start - base
			} else if s.flags&ack != 0 {
				s.ack += start - base
			}
		}
		f.add("tcp/wrapped-numbers", "sequence numbers begin at 0, or go over the end", c)
	}
	a := f.plain(10)
	for _, open := range []bool{false, true} {
		x := f.plain(8)
		if open {
			x = f.newConv(25)
			x.greet()
		}
		b := f.newConv(25)
		b.c, b.s = x.c, x.s
		b.now = x.now + 1e9
		b.greet()
		b.envelope(1)
		b.data(f.text(b.from, b.to, 9), 250)
		b.quit()
		b.want.Findings = []string{"tuple-reuse"}
		f.add("tcp/reused-ports", "the same ends and ports again: another connection", a, x, b)
	}
	c, message, from, _ := f.session(200)
	c.segs = c.segs[:from+2]
	c.put(true, rst, nil)
	s := &c.segs[len(c.segs)-1]
	s.seq = c.segs[from+1].seq + uint32(c.mss)
	c.want.Verbs, c.want.Replies = c.want.Verbs[:4], c.want.Replies[:5]
	t := c.last()
	*t = Tx{From: t.From, Rcpt: t.Rcpt, Codes: t.Codes, Mode: "DATA", Status: "aborted", Size: int64(2 * c.mss), Present: Sum(message[:2*c.mss])}
	f.add("tcp/reset-in-message", "the connection was broken off in a message", c)
	c, message, from, _ = f.session(200)
	c.segs = c.segs[:from+2]
	c.want.Verbs, c.want.Replies = c.want.Verbs[:4], c.want.Replies[:5]
	t = c.last()
	*t = Tx{From: t.From, Rcpt: t.Rcpt, Codes: t.Codes, Mode: "DATA", Status: "incomplete", Size: int64(2 * c.mss), Present: Sum(message[:2*c.mss])}
	f.add("tcp/ends-in-message", "the capture ends in a message", c)
}
