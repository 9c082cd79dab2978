package captureforge

import (
	"bytes"
	"fmt"
	"strings"
	"time"
)

// one is a session with one message of these octets.
func (f *forge) one(name, why string, message []byte, edit func(*conv, *Tx)) {
	c := f.newConv(25)
	c.greet("8BITMIME")
	c.envelope(1)
	c.data(message, 250)
	if edit != nil {
		edit(c, c.last())
	}
	c.quit()
	f.add(name, why, c)
}

// messages are contents.
func (f *forge) messages() {
	must := func(ids ...string) func(*conv, *Tx) {
		return func(_ *conv, t *Tx) { t.Findings = ids }
	}
	f.one("msg/empty", "no octet", nil, nil)
	f.one("msg/one-line", "one line", []byte("hello\r\n"), nil)
	f.one("msg/first-dot", "the first line begins with a dot", []byte(".\r\n..\r\n.x\r\n"), nil)
	f.one("msg/dots", "many dots", []byte(strings.Repeat("...\r\n.\r\n", 50)), nil)
	f.one("msg/long-line", "a line of 5,000 octets", []byte(strings.Repeat("x", 5000)+"\r\n"), must("long-line"))
	f.one("msg/nul", "NUL", []byte("a\x00b\r\n"), must("nul-byte"))
	f.one("msg/8bit", "8-bit octets", []byte("Subject: \xE4\r\n\r\n\xF6\r\n"), must("8bit-without-8BITMIME"))
	f.one("msg/bare-cr", "CR alone", []byte("a\rb\r\n"), must("bare-cr"))
	f.one("msg/bare-lf", "LF alone", []byte("a\nb\r\n"), must("bare-lf"))
	big := make([]byte, 0, 1<<20)
	for len(big) < 1<<20 {
		big = append(big, strings.Repeat(f.word(), 9)+"\r\n"...)
	}
	f.one("msg/megabyte", "one megabyte", big, nil)
	f.envelopes()
	f.one("msg/quoted-dialogue", "a dialogue within a message, stuffed as it must be", []byte("Subject: log\r\n\r\n354 go\r\ntext\r\n.\r\nMAIL FROM:<a@b.example>\r\nQUIT\r\n"), func(_ *conv, t *Tx) {
		t.Forbidden = []string{"smuggling"}
	})
}

// envelopes are messages whose header says something else.
func (f *forge) envelopes() {
	c := f.newConv(25)
	c.greet()
	c.envelope(3)
	c.data(f.text(c.from, c.to[:1], 3), 250)
	c.last().Bcc = c.to[1:]
	c.last().Findings = []string{"bcc"}
	c.quit()
	f.add("msg/bcc", "two recipients that the header does not name", c)
	c = f.newConv(25)
	c.greet()
	c.envelope(1)
	c.data(f.text(f.address(), c.to, 3), 250)
	c.last().Findings = []string{"envelope-from-mismatch"}
	c.quit()
	f.add("msg/from", "MAIL FROM is not From", c)
	for _, skew := range []time.Duration{9 * time.Hour, -72 * time.Hour, time.Minute} {
		c = f.newConv(25)
		c.greet()
		c.envelope(1)
		date := time.Unix(0, c.now).UTC().Add(skew).Format(time.RFC1123Z)
		c.data(append([]byte("Date: "+date+"\r\n"), f.text(c.from, c.to, 3)...), 250)
		if skew == time.Minute {
			c.last().Forbidden = []string{"date-skew"}
		} else {
			c.last().Findings = []string{"date-skew"}
		}
		c.quit()
		f.add("msg/date", "the Date field and the clock of the capture", c)
	}
	c = f.newConv(25)
	c.greet("SIZE 100000")
	c.from, c.to = f.address(), []string{f.address()}
	c.cmd("MAIL FROM:<" + c.from + "> SIZE=90000")
	c.reply(250)
	c.cmd("RCPT TO:<" + c.to[0] + ">")
	c.reply(250)
	c.data(f.text(c.from, c.to, 3), 250)
	c.last().Findings = []string{"size-mismatch"}
	c.quit()
	f.add("msg/size", "SIZE is another one", c)
}

// smuggling are false ends, with and without commands behind them.
func (f *forge) smuggling() {
	for _, seq := range []string{"\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r\n.\r", "\r\n\x00.\r\n", "\r\n.\x00\r\n", "\n.\r\r\n", "\r\n.\r\r\n"} {
		for _, taken := range []bool{false, true} {
			c := f.newConv(25)
			c.greet()
			c.envelope(1)
			inner := "MAIL FROM:<evil@" + f.word() + ".example>\r\nRCPT TO:<" + f.address() + ">\r\nDATA\r\nSubject: two\r\n\r\n"
			wire := "Subject: one\r\n\r\ntext" + seq + inner + "more\r\n"
			c.cmd("DATA")
			c.reply(354)
			c.send(true, []byte(wire+".\r\n"))
			message := []byte(strings.ReplaceAll(wire, "\r\n.", "\r\n"))
			c.reply(250)
			if taken {
				for _, code := range []int{250, 250, 354, 250} {
					c.reply(code)
				}
			}
			c.tx("DATA", message, 250).Findings = []string{"smuggling"}
			c.quit()
			f.add(fmt.Sprintf("smuggling/%q", seq), "strictly one message", c)
		}
	}
}

// pop3 is mail that was fetched.
func (f *forge) pop3() {
	f.pop3Session()
	f.pop3Group()
	f.pop3Proofs()
}

// pop3Conv is a session of POP3.
func (f *forge) pop3Conv() *conv {
	c := f.newConv(110)
	c.want.Protocol = "pop3"
	return c
}

// ok is a positive reply of POP3, RFC 1939 3.
func (c *conv) ok(text string) { c.send(false, []byte("+OK "+text+"\r\n")) }

// got is a message that came by RETR, TOP or FETCH.
func got(mode string, message []byte) Tx {
	return Tx{From: "-", Mode: mode, Status: "retrieved", Size: int64(len(message)), SHA256: Sum(message), Present: Sum(message), Complete: true}
}

func (f *forge) pop3Session() {
	c := f.pop3Conv()
	user, pass := f.word(), f.secret()
	c.ok("ready " + f.word())
	c.cmd("CAPA")
	c.ok("list\r\nTOP\r\nUIDL\r\n.")
	c.cmd("USER " + user)
	c.ok("")
	c.cmd("PASS " + pass)
	c.ok("locked")
	c.want.Auth = []Auth{{"USER", user, true}}
	c.cmd("STAT")
	c.ok("2 3000")
	c.cmd("LIST")
	c.ok("2 messages\r\n1 1000\r\n2 2000\r\n.")
	fetch := func(line, mode string, message []byte) {
		c.cmd(line)
		c.ok(fmt.Sprintf("%d octets", len(message)))
		c.send(false, stuff(message))
		c.want.Tx = append(c.want.Tx, got(mode, message))
	}
	fetch("RETR 1", "RETR", f.text(f.address(), []string{f.address()}, 30))
	fetch("RETR 2", "RETR", append(f.text(f.address(), []string{f.address()}, 80), ".\r\n..dots\r\n"...))
	fetch("TOP 1 0", "TOP", []byte("Subject: top\r\n\r\n"))
	c.cmd("RETR 9")
	c.send(false, []byte("-ERR no such message\r\n"))
	c.cmd("DELE 1")
	c.ok("")
	c.cmd("QUIT")
	c.ok("bye")
	c.close()
	f.add("pop3/session", "replies of several lines, messages, an error", c).Secrets = []string{pass}
}

// pop3Group is pipelined, in small pieces.
func (f *forge) pop3Group() {
	c := f.pop3Conv()
	c.mss = 11
	c.ok("ready")
	for _, v := range []string{"RETR 1", "RETR 2", "QUIT"} {
		c.note(v)
	}
	c.raw("RETR 1\r\nRETR 2\r\nQUIT\r\n")
	for range 2 {
		m := f.text(f.address(), []string{f.address()}, 5)
		c.ok("")
		c.send(false, stuff(m))
		c.want.Tx = append(c.want.Tx, got("RETR", m))
	}
	c.ok("")
	c.close()
	f.add("pop3/pipelined", "commands in one segment", c)
}

func (f *forge) pop3Proofs() {
	user, pass := f.word(), f.secret()
	c := f.pop3Conv()
	c.ok("ready <1.2@x>")
	digest := strings.Repeat("ab12", 8)
	c.cmd("APOP " + user + " " + digest)
	c.send(false, []byte("-ERR denied\r\n"))
	c.want.Auth = []Auth{{"APOP", user, false}}
	c.cmd("AUTH PLAIN")
	c.send(false, []byte("+ \r\n"))
	c.raw(b64("\x00"+user+"\x00"+pass) + "\r\n")
	c.ok("")
	c.want.Auth = append(c.want.Auth, Auth{"PLAIN", user, true})
	c.cmd("QUIT")
	c.ok("")
	c.close()
	f.add("pop3/apop-and-auth", "proofs of identity", c).Secrets = []string{pass, digest, b64("\x00" + user + "\x00" + pass)}
	c = f.pop3Conv()
	c.ok("ready")
	c.cmd("STLS")
	c.ok("")
	c.send(true, f.record(100))
	c.send(false, f.record(100))
	c.close()
	c.want.StartTLS = "accepted"
	f.add("pop3/stls", "encryption", c)
}

// imap is mail that was fetched and stored.
func (f *forge) imap() {
	f.imapFetch()
	f.imapPartial()
	f.imapAppend()
	f.imapProofs()
}

// imapConv is a session of IMAP behind its greeting.
func (f *forge) imapConv() *conv {
	c := f.newConv(143)
	c.want.Protocol = "imap"
	c.say("* OK IMAP4rev1 " + f.word() + "\r\n")
	return c
}

// say sends octets of the server.
func (c *conv) say(text string) { c.send(false, []byte(text)) }

// tagged sends a command of IMAP.
func (c *conv) tagged(line string) {
	c.note(line[strings.IndexByte(line, ' ')+1:])
	c.raw(line + "\r\n")
}

func (f *forge) imapFetch() {
	user, pass := f.word(), f.secret()
	c := f.imapConv()
	c.tagged("a1 LOGIN " + user + " \"" + pass + "\"")
	c.say("a1 OK\r\n")
	c.want.Auth = []Auth{{"LOGIN", user, true}}
	c.tagged("a2 SELECT INBOX")
	c.say("* 2 EXISTS\r\n* FLAGS (\\Seen)\r\na2 OK done\r\n")
	c.tagged("a3 FETCH 1:2 (FLAGS BODY.PEEK[])")
	for i := range 2 {
		m := f.text(f.address(), []string{f.address()}, 40)
		c.say(fmt.Sprintf("* %d FETCH (FLAGS (\\Seen) BODY[] {%d}\r\n%s UID %d)\r\n", i+1, len(m), m, 70+i))
		c.want.Tx = append(c.want.Tx, got("FETCH", m))
	}
	c.say("a3 OK\r\n")
	c.tagged("a4 FETCH 1 BODY[HEADER]")
	c.say("* 1 FETCH (BODY[HEADER] {13}\r\nSubject: x\r\n\r\n)\r\na4 OK\r\n")
	c.tagged("a5 UID FETCH 70 RFC822")
	m := f.text(f.address(), []string{f.address()}, 3)
	c.say(fmt.Sprintf("* 1 FETCH (UID 70 RFC822 {%d}\r\n%s)\r\na5 OK {not a literal}\r\n", len(m), m))
	c.want.Tx = append(c.want.Tx, got("FETCH", m))
	c.tagged("a6 LOGOUT")
	c.say("* BYE\r\na6 OK\r\n")
	c.close()
	f.add("imap/fetch", "whole messages are transactions, headers are not", c).Secrets = []string{pass}
}

func (f *forge) imapPartial() {
	c := f.imapConv()
	m := f.text(f.address(), []string{f.address()}, 60)
	c.tagged("b1 FETCH 1 BODY[]<0.1000>")
	c.say(fmt.Sprintf("* 1 FETCH (BODY[]<0> {1000}\r\n%s)\r\nb1 OK\r\n", m[:1000]))
	c.tagged("b2 FETCH 1 BODY[]<1000.9000>")
	c.say(fmt.Sprintf("* 1 FETCH (BODY[]<1000> {%d}\r\n%s)\r\nb2 OK\r\n", len(m)-1000, m[1000:]))
	c.want.Tx = []Tx{got("FETCH", m)}
	c.close()
	f.add("imap/partial", "two ranges are one message", c)
}

func (f *forge) imapAppend() {
	for _, plus := range []bool{false, true} {
		c := f.imapConv()
		m := f.text(f.address(), []string{f.address()}, 20)
		sign := ""
		if plus {
			sign = "+"
		}
		c.note("APPEND")
		c.raw(fmt.Sprintf("c1 APPEND \"Sent\" (\\Seen) \"01-Jan-2024 00:00:00 +0000\" {%d%s}\r\n", len(m), sign))
		if !plus {
			c.say("+ go\r\n")
		}
		c.send(true, append(bytes.Clone(m), "\r\n"...))
		c.say("c1 OK APPEND completed\r\n")
		c.want.Tx = []Tx{{From: "-", Mode: "APPEND", Status: "appended", Size: int64(len(m)), SHA256: Sum(m), Present: Sum(m), Complete: true}}
		c.close()
		f.add("imap/append", "a message that the client stored", c)
	}
}

func (f *forge) imapProofs() {
	user, pass := f.word(), f.secret()
	c := f.imapConv()
	c.tagged("d1 AUTHENTICATE PLAIN")
	c.say("+ \r\n")
	c.raw(b64("\x00"+user+"\x00"+pass) + "\r\n")
	c.say("d1 OK\r\n")
	c.want.Auth = []Auth{{"PLAIN", user, true}}
	c.tagged("d2 IDLE")
	c.say("+ idling\r\n* 3 EXISTS\r\n")
	c.raw("DONE\r\n")
	c.say("d2 OK\r\n")
	c.tagged("d3 LOGOUT")
	c.say("* BYE\r\nd3 OK\r\n")
	c.close()
	f.add("imap/authenticate-and-idle", "answers are no commands", c).Secrets = []string{pass, b64("\x00" + user + "\x00" + pass)}
	c = f.imapConv()
	c.tagged("e1 STARTTLS")
	c.say("e1 OK\r\n")
	c.send(true, f.record(100))
	c.send(false, f.record(100))
	c.close()
	c.want.StartTLS = "accepted"
	f.add("imap/starttls", "encryption", c)
}
