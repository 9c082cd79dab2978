package captureforge

import (
	"bytes"
	"fmt"
	"strings"
)

// commands are dialogues of RFC 5321.
func (f *forge) commands() {
	for _, port := range []uint16{25, 587, 2525, 10025, 26000, 4025} {
		c := f.newConv(port)
		c.greet()
		c.envelope(1)
		c.data(f.text(c.from, c.to, 5), 250)
		c.quit()
		f.add(fmt.Sprintf("smtp/port-%d", port), "the port may be any", c)
	}
	c := f.newConv(25)
	c.reply(220)
	c.hello("HELO")
	c.envelope(1)
	c.data(f.text(c.from, c.to, 5), 250)
	c.quit()
	f.add("smtp/helo", "no extensions", c)
	for _, code := range []int{500, 502} {
		c = f.newConv(25)
		c.reply(220)
		c.cmd("EHLO " + f.host())
		c.reply(code)
		c.hello("HELO")
		c.want.Fallback = true
		c.envelope(1)
		c.data(f.text(c.from, c.to, 5), 250)
		c.quit()
		f.add("smtp/fallback", "EHLO was refused, HELO taken", c)
	}
	f.paths()
	f.refusals()
	f.several()
	f.rare()
}

// paths are arguments of MAIL and RCPT.
func (f *forge) paths() {
	a, b := f.address(), f.address()
	for _, p := range []struct{ name, mail, from, rcpt, to string }{
		{"null-sender", "MAIL FROM:<>", "", "RCPT TO:<" + b + ">", b},
		{"route", "MAIL FROM:<@a.example,@b.example:" + a + ">", a, "RCPT TO:<" + b + ">", b},
		{"quoted", "MAIL FROM:<\"a > b\"@" + f.word() + ".example>", "", "RCPT TO:<" + b + ">", b},
		{"no-brackets", "MAIL FROM:" + a, a, "RCPT TO:" + b, b},
		{"blanks", "MAIL FROM: <" + a + "> ", a, "RCPT TO:  <" + b + ">", b},
		{"lower-case", "mail from:<" + a + ">", a, "rcpt to:<" + b + ">", b},
		{"params", "MAIL FROM:<" + a + "> SIZE=500 BODY=8BITMIME RET=HDRS ENVID=x", a, "RCPT TO:<" + b + "> NOTIFY=NEVER", b},
		{"utf8", "MAIL FROM:<señor@" + f.word() + ".example> SMTPUTF8", "", "RCPT TO:<" + b + ">", b},
	} {
		c := f.newConv(25)
		c.greet()
		c.cmd(p.mail)
		c.reply(250)
		c.cmd(p.rcpt)
		c.reply(250)
		c.from, c.to = p.from, []string{p.to}
		if inner := between(p.mail); c.from == "" && inner != "" {
			c.from = inner
		}
		c.data(f.text(b, c.to, 3), 250)
		c.quit()
		f.add("smtp/path-"+p.name, "the argument of MAIL", c)
	}
}

func between(s string) string {
	i, k := strings.IndexByte(s, '<'), strings.LastIndexByte(s, '>')
	if i < 0 {
		return ""
	}
	return s[i+1 : k]
}

// refusals are steps that the server did not take.
func (f *forge) refusals() {
	c := f.newConv(25)
	c.greet()
	from := f.address()
	c.cmd("MAIL FROM:<" + from + ">")
	c.reply(550)
	c.want.Tx = append(c.want.Tx, Tx{From: from, Status: "rejected", Code: 550, Size: -1})
	c.quit()
	f.add("smtp/mail-refused", "a refused MAIL is a transaction that was rejected", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(2)
	bad := f.address()
	c.cmd("RCPT TO:<" + bad + ">")
	c.reply(550, "5.1.1 no such user")
	c.data(f.text(c.from, c.to, 3), 250)
	c.last().Rcpt, c.last().Codes = append(c.to, bad), []int{250, 250, 550}
	c.quit()
	f.add("smtp/rcpt-refused", "one of three recipients was refused", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(0)
	c.cmd("RCPT TO:<" + bad + ">")
	c.reply(550)
	c.cmd("DATA")
	c.reply(503)
	c.cmd("RSET")
	c.reply(250)
	c.want.Tx = append(c.want.Tx, Tx{From: c.from, Rcpt: []string{bad}, Codes: []int{550}, Status: "rejected", Code: 503, Size: -1})
	c.quit()
	f.add("smtp/data-refused", "no recipient, no message", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(1)
	c.data(f.text(c.from, c.to, 3), 554)
	c.quit()
	f.add("smtp/message-refused", "554 behind the message", c)
	f.misplaced()
}

// misplaced are steps at the wrong moment.
func (f *forge) misplaced() {
	bad := f.address()
	c := f.newConv(25)
	c.greet()
	c.cmd("RCPT TO:<" + bad + ">")
	c.reply(503)
	c.cmd("DATA")
	c.reply(503)
	c.quit()
	f.add("smtp/wrong-order", "RCPT and DATA without MAIL are no transaction", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(1)
	c.cmd("MAIL FROM:<" + bad + ">")
	c.reply(503)
	c.data(f.text(c.from, c.to, 3), 250)
	c.last().Findings = []string{"nested-mail"}
	c.quit()
	f.add("smtp/nested-mail", "a second MAIL leaves the transaction as it was", c)
	for _, code := range []int{554, 421} {
		c = f.newConv(25)
		c.reply(code)
		c.close()
		f.add("smtp/banner-refused", "the server will not talk", c)
	}
}

// several are more messages than one, and ends in the middle.
func (f *forge) several() {
	c := f.newConv(25)
	c.greet()
	for range 3 {
		c.envelope(1 + f.rng.IntN(2))
		c.data(f.text(c.from, c.to, 4), 250)
	}
	c.quit()
	f.add("smtp/three-messages", "three messages in one session", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(1)
	c.cmd("RSET")
	c.reply(250)
	c.want.Tx = append(c.want.Tx, Tx{From: c.from, Rcpt: c.to, Codes: []int{250}, Status: "reset", Size: -1})
	c.envelope(1)
	c.data(f.text(c.from, c.to, 4), 250)
	c.quit()
	f.add("smtp/reset", "RSET ends the transaction", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(1)
	c.want.Tx = append(c.want.Tx, Tx{From: c.from, Rcpt: c.to, Codes: []int{250}, Status: "aborted", Size: -1})
	c.quit()
	f.add("smtp/quit-open", "QUIT with an open transaction", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(1)
	c.want.Tx = append(c.want.Tx, Tx{From: c.from, Rcpt: c.to, Codes: []int{250}, Status: "aborted", Code: 421, Size: -1})
	c.reply(421, "timeout")
	c.close()
	f.add("smtp/421", "the server shuts down", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(1)
	c.want.Tx = append(c.want.Tx, Tx{From: c.from, Rcpt: c.to, Codes: []int{250}, Status: "reset", Size: -1})
	c.hello("EHLO")
	c.envelope(1)
	c.data(f.text(c.from, c.to, 4), 250)
	c.quit()
	f.add("smtp/second-ehlo", "EHLO ends the transaction", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(1)
	c.data(f.text(c.from, c.to, 4), 250)
	f.add("smtp/no-quit", "the capture ends", c)
}

// rare are commands that few use.
func (f *forge) rare() {
	c := f.newConv(25)
	c.greet("ETRN")
	for _, step := range []struct {
		line string
		code int
	}{{"NOOP", 250}, {"VRFY " + f.word(), 252}, {"EXPN " + f.word(), 502}, {"HELP", 214}, {"TURN", 502}, {"ETRN " + f.host(), 250}, {"XYZZY " + f.word(), 500}, {"SEND FROM:<" + f.address() + ">", 502}, {"SOML FROM:<" + f.address() + ">", 502}} {
		c.cmd(step.line)
		c.reply(step.code)
	}
	c.quit()
	f.add("smtp/rare-commands", "all are told, none is a message", c)
	c = f.newConv(25)
	c.greet()
	c.from = f.address()
	c.cmd("SEND FROM:<" + c.from + ">")
	c.reply(250)
	c.to = []string{f.address()}
	c.cmd("RCPT TO:<" + c.to[0] + ">")
	c.reply(250)
	c.data(f.text(c.from, c.to, 4), 250)
	c.quit()
	f.add("smtp/send", "SEND opens a transaction", c)
	f.standIns()
	f.shapes()
}

// standIns are sessions whose client is stated by a proxy.
func (f *forge) standIns() {
	c := f.newConv(25)
	c.greet("XCLIENT ADDR NAME")
	c.cmd("XCLIENT ADDR=198.51.100.9 NAME=" + f.host())
	c.reply(220)
	c.hello("EHLO")
	c.envelope(1)
	c.data(f.text(c.from, c.to, 4), 250)
	c.quit()
	f.add("smtp/xclient", "the session begins anew", c)
	c = f.newConv(25)
	c.raw("PROXY TCP4 198.51.100.7 192.0.2.1 4000 25\r\n")
	c.greet()
	c.envelope(1)
	c.data(f.text(c.from, c.to, 4), 250)
	c.quit()
	c.want.Forbidden = []string{"early-talker"}
	f.add("smtp/proxy", "a proxy states the client", c)
}

// shapes are unusual forms of the dialogue.
func (f *forge) shapes() {
	c := f.newConv(25)
	c.reply(220, "a "+f.word(), "b", "c")
	c.hello("EHLO", "SIZE 1000", "HELP")
	c.envelope(1)
	c.mss = 3
	c.data(f.text(c.from, c.to, 4), 250)
	c.quit()
	f.add("smtp/long-banner", "replies of several lines in small pieces", c)
	c = f.newConv(25)
	c.greet()
	c.note("MAIL")
	c.from, c.to = f.address(), []string{f.address()}
	c.raw("MAIL FROM:<" + c.from + ">\n")
	c.reply(250)
	c.note("RCPT")
	c.raw("RCPT TO:<" + c.to[0] + ">\n")
	c.reply(250)
	c.data(f.text(c.from, c.to, 4), 250)
	c.want.Findings = []string{"bare-lf"}
	c.quit()
	f.add("smtp/bare-lf-commands", "commands end in LF", c)
	// LMTP has a reply for each recipient.
	c = f.newConv(24)
	c.want.Protocol = "lmtp"
	c.reply(220, "LMTP "+f.word())
	c.hello("LHLO")
	c.envelope(3)
	message := f.text(c.from, c.to, 4)
	c.cmd("DATA")
	c.reply(354)
	c.send(true, stuff(message))
	c.reply(250)
	c.reply(550)
	c.reply(250)
	c.tx("DATA", message, 250).Final = []int{250, 550, 250}
	c.quit()
	f.add("smtp/lmtp", "a reply for each recipient", c)
	c = f.newConv(25)
	c.put(true, psh|ack, []byte("EHLO early.example\r\n"))
	c.note("EHLO")
	c.seq[0] -= 20
	c.segs[len(c.segs)-1].ack = c.seq[1]
	c.seq[0] += 20
	c.reply(220)
	c.reply(250)
	c.want.HELO, c.want.Verb = "early.example", "EHLO"
	c.want.Findings = []string{"early-talker"}
	c.quit()
	f.add("smtp/early-talker", "the client did not wait for the greeting", c)
}

// pipelines are groups of commands.
func (f *forge) pipelines() {
	for _, offered := range []bool{true, false} {
		c := f.newConv(25)
		if offered {
			c.greet("PIPELINING")
			c.want.Forbidden = []string{"pipelining-violation"}
		} else {
			c.greet()
			c.want.Findings = []string{"pipelining-violation"}
		}
		c.group(250, 354)
		message := f.text(c.from, c.to, 4)
		c.send(true, append(stuff(message), "QUIT\r\n"...))
		c.note("QUIT")
		c.reply(250)
		c.tx("DATA", message, 250)
		c.reply(221)
		c.close()
		f.add("smtp/pipeline", "MAIL, RCPT and DATA in one segment", c)
	}
	c := f.newConv(25)
	c.greet("PIPELINING")
	c.group(550, 554)
	c.cmd("RSET")
	c.reply(250)
	c.want.Tx = append(c.want.Tx, Tx{From: c.from, Rcpt: c.to, Codes: []int{550}, Status: "rejected", Code: 554, Size: -1})
	c.quit()
	f.add("smtp/pipeline-refused", "DATA in the group was refused: what follows are commands", c)
	f.withMessage()
}

// withMessage are groups that have octets of a message in them.
func (f *forge) withMessage() {
	c := f.newConv(25)
	c.greet("PIPELINING")
	c.from, c.to = f.address(), []string{f.address()}
	message := f.text(c.from, c.to, 4)
	for _, v := range []string{"MAIL", "RCPT", "DATA", "QUIT"} {
		c.note(v)
	}
	c.send(true, bytes.Join([][]byte{[]byte("MAIL FROM:<" + c.from + ">\r\nRCPT TO:<" + c.to[0] + ">\r\nDATA\r\n"), stuff(message), []byte("QUIT\r\n")}, nil))
	for _, code := range []int{250, 250, 354, 250, 221} {
		c.reply(code)
	}
	c.tx("DATA", message, 250)
	c.close()
	f.add("smtp/pipeline-with-message", "everything in one segment", c)
	c = f.newConv(25)
	c.greet("PIPELINING")
	c.envelope(1)
	m1 := f.text(c.from, c.to, 4)
	c.cmd("DATA")
	c.reply(354)
	a, b := f.address(), f.address()
	c.send(true, append(stuff(m1), "MAIL FROM:<"+a+">\r\nRCPT TO:<"+b+">\r\nDATA\r\n"...))
	for _, v := range []string{"MAIL", "RCPT", "DATA"} {
		c.note(v)
	}
	c.reply(250)
	c.tx("DATA", m1, 250)
	c.reply(250)
	c.reply(250)
	c.reply(354)
	c.from, c.to = a, []string{b}
	m2 := f.text(a, c.to, 4)
	c.send(true, stuff(m2))
	c.reply(250)
	c.tx("DATA", m2, 250)
	c.quit()
	f.add("smtp/pipeline-data-and-next", "the next message begins behind the dot", c)
}

// group sends MAIL, RCPT and DATA in one segment.
func (c *conv) group(rcpt, data int) {
	c.from, c.to = c.f.address(), []string{c.f.address()}
	for _, v := range []string{"MAIL", "RCPT", "DATA"} {
		c.note(v)
	}
	c.raw("MAIL FROM:<" + c.from + ">\r\nRCPT TO:<" + c.to[0] + ">\r\nDATA\r\n")
	c.reply(250)
	c.reply(rcpt)
	c.reply(data)
}

// chunks are messages by BDAT.
func (f *forge) chunks() {
	f.wholeChunks()
	f.badChunks()
}

// chunking is a session in which the message may come.
func (f *forge) chunking() *conv {
	c := f.newConv(25)
	c.greet("CHUNKING", "BINARYMIME", "PIPELINING")
	c.envelope(1)
	return c
}

// chunk sends one.
func (c *conv) chunk(last bool, octets []byte) {
	end := ""
	if last {
		end = " LAST"
	}
	c.note("BDAT")
	c.send(true, append([]byte(fmt.Sprintf("BDAT %d%s\r\n", len(octets), end)), octets...))
}

func (f *forge) wholeChunks() {
	c := f.chunking()
	m := f.text(c.from, c.to, 30)
	c.chunk(true, m)
	c.reply(250)
	c.tx("BDAT", m, 250)
	c.quit()
	f.add("bdat/one", "one chunk", c)
	c = f.chunking()
	m = append(f.text(c.from, c.to, 90), "\r\n.\r\nMAIL FROM:<x>\r\n"...)
	for i := 0; i < len(m); i += 700 {
		c.chunk(false, m[i:min(i+700, len(m))])
		c.reply(250)
	}
	c.chunk(true, nil)
	c.reply(250)
	c.tx("BDAT", m, 250).Forbidden = []string{"smuggling"}
	c.quit()
	f.add("bdat/several-and-zero", "an empty last chunk; CRLF.CRLF is nothing here", c)
	c = f.chunking()
	m = f.text(c.from, c.to, 20)
	c.chunk(false, m[:100])
	c.chunk(true, m[100:])
	c.reply(250)
	c.reply(250)
	c.tx("BDAT", m, 250)
	c.quit()
	f.add("bdat/pipelined", "chunks do not wait", c)
	c = f.chunking()
	m = f.text(c.from, c.to, 20)
	c.chunk(false, m)
	c.reply(250)
	c.cmd("RSET")
	c.reply(250)
	c.want.Tx = append(c.want.Tx, Tx{From: c.from, Rcpt: c.to, Codes: []int{250}, Mode: "BDAT", Status: "reset", Size: int64(len(m)), Present: Sum(m)})
	c.envelope(1)
	m = f.text(c.from, c.to, 3)
	c.chunk(true, m)
	c.reply(250)
	c.tx("BDAT", m, 250)
	c.quit()
	f.add("bdat/reset", "RSET between chunks", c)
}

func (f *forge) badChunks() {
	for _, size := range []string{"99999999999999999999", "-5", "x"} {
		c := f.chunking()
		c.cmd("BDAT " + size + " LAST")
		c.reply(501)
		c.want.Findings = []string{"bad-bdat"}
		c.want.Tx = append(c.want.Tx, Tx{From: c.from, Rcpt: c.to, Codes: []int{250}, Status: "aborted", Size: -1})
		c.quit()
		f.add("bdat/bad-size", "no octets follow a size that is none", c)
	}
	c := f.chunking()
	m := f.text(c.from, c.to, 200)
	at := len(c.segs) + 2
	c.chunk(true, m)
	lost := c.segs[at]
	head := len(fmt.Sprintf("BDAT %d LAST\r\n", len(m)))
	gap := int64(2*c.mss - head)
	c.segs = append(c.segs[:at], c.segs[at+1:]...)
	c.reply(250)
	t := c.tx("BDAT", m, 250)
	t.Complete, t.SHA256, t.Gaps = false, "", [][2]int64{{gap, int64(len(lost.payload))}}
	t.Present = Sum(append(append([]byte{}, m[:gap]...), m[gap+int64(len(lost.payload)):]...))
	c.quit()
	f.add("bdat/hole", "a hole in a chunk is counted through", c)
}
