package dialog

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

// talk is a dialogue: "C text" and "S text" lines in the order in which they were sent. \r and \n
// in them are written out.
func talk(lines ...string) (out []turn) {
	var at [2]int64
	for i, l := range lines {
		side := Client
		if l[0] == 'S' {
			side = Server
		}
		text := strings.NewReplacer(`\r`, "\r", `\n`, "\n", `\0`, "\x00").Replace(l[2:])
		m := Mark{Time: time.Unix(int64(1700000000+i), 0).UTC(), Packet: int64(i + 1), Offset: int64(i) * 1000, Ack: at[side.Other()]}
		out = append(out, turn{side, text, m})
		at[side] += int64(len(text))
	}
	return out
}

type turn struct {
	side Side
	text string
	mark Mark
}

// follow feeds turns as they are and finishes.
func follow(opt Options, turns []turn) *Dialog {
	d := New(opt)
	d.Begin(Client)
	d.Begin(Server)
	for _, t := range turns {
		d.Feed(t.side, []byte(t.text), t.mark)
	}
	d.Finish(Closed)
	return d
}

// summary is what a dialogue came to, in a form that can be compared.
func summary(d *Dialog) string {
	var b strings.Builder
	fmt.Fprintln(&b, d.Protocol, d.Verb, d.HELO, d.Fallback, d.StartTLS, d.Stage, d.Extensions)
	for _, s := range d.Steps {
		fmt.Fprint(&b, s.Verb, " ", s.Argument, " @", s.At, "+", s.Len, " tx", s.Tx, " ", s.Stage)
		if s.Reply != nil {
			fmt.Fprint(&b, " -> ", s.Reply.Code, s.Reply.Status, " ", s.Reply.Text())
		}
		for _, x := range s.Then {
			fmt.Fprint(&b, " | ", x.Text, x.EndOfData)
			for _, r := range x.Replies {
				fmt.Fprint(&b, " | ", r.Code, " ", r.Text())
			}
		}
		fmt.Fprintln(&b)
	}
	for _, a := range d.Auth {
		user := "?"
		if a.User != nil {
			user = *a.User
		}
		fmt.Fprintln(&b, "auth", a.Mechanism, user, a.OK)
	}
	for _, t := range d.Transactions {
		from := "?"
		if t.From != nil {
			from = *t.From
		}
		fmt.Fprint(&b, "tx ", from, " ", t.Mode, " ", t.Status, " ", t.FinalCode)
		for _, r := range t.Recipients {
			fmt.Fprintf(&b, " %s %d/%d", r.Address, r.Code, r.FinalCode)
		}
		if t.Body != nil {
			fmt.Fprint(&b, " ", t.Body.Size(), t.Body.Complete(), t.Body.Gaps(), t.Body.SHA256Present())
			for _, e := range t.Body.FalseEnds() {
				fmt.Fprint(&b, " ", e.Sequence, e.Offset, e.Embedded, e.RcptTo)
			}
		}
		fmt.Fprintln(&b, t.Notes)
	}
	fmt.Fprintln(&b, d.Notes)
	return b.String()
}

// dialogues are of all kinds; the tests below divide, mix and damage them.
var dialogues = map[string][]string{
	"plain":    {`S 220 mx ESMTP\r\n`, `C EHLO a.example\r\n`, `S 250-hi\r\n250 SIZE 10\r\n`, `C MAIL FROM:<a@b.example> SIZE=3\r\n`, `S 250 2.1.0 ok\r\n`, `C RCPT TO:<c@d.example>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C Subject: x\r\n\r\n..a\r\n.\r\n`, `S 250 2.0.0 queued\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
	"pipeline": {`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250-hi\r\n250 PIPELINING\r\n`, `C MAIL FROM:<>\r\nRCPT TO:<c@d>\r\nDATA\r\n`, `S 250 a\r\n250 b\r\n354 c\r\n`, `C x\n.\nMAIL FROM:<e@f>\r\nRCPT TO:<g@h>\r\nDATA\r\ny\r\n.\r\nQUIT\r\n`, `S 250 d\r\n221 e\r\n`},
	"auth":     {`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 AUTH\r\n`, `C AUTH LOGIN\r\n`, `S 334 VXNlcm5hbWU6\r\n`, `C dXNlckBhLmV4YW1wbGU=\r\n`, `S 334 UGFzc3dvcmQ6\r\n`, `C c2VjcmV0LXdvcmQ=\r\n`, `S 535 no c2VjcmV0LXdvcmQ=\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
	"chunks":   {`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 CHUNKING\r\n`, `C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C BDAT 5\r\nab\r\n.BDAT 7 LAST\r\n\r\n.\r\nxy`, `S 250 5\r\n250 7\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
	"refused":  {`S 220 mx\r\n`, `C HELO a\r\n`, `S 250 hi\r\n`, `C MAIL FROM:<a@b>\r\n`, `S 550 no\r\n`, `C RCPT TO:<c@d>\r\n`, `S 503 no\r\n`, `C DATA\r\n`, `S 503 no\r\n`, `C FOO bar\r\n`, `S 500 what\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
	"starttls": {`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 STARTTLS\r\n`, `C STARTTLS\r\n`, `S 220 go\r\n`, "C \x16\x03\x01\\0\x05abcde", "S \x16\x03\x03\\0\x03xyz", "C \x17\x03\x03\\0\x03xyz"},
	"then":     {`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 STARTTLS\r\n`, `C STARTTLS\r\n`, `S 220 go\r\n`, `C EHLO a\r\n`, `S 250 hi\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
	"inject":   {`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 STARTTLS\r\n`, `C STARTTLS\r\nMAIL FROM:<x@y>\r\n`, `S 220 go\r\n`, "C \x16\x03\x01\\0\x05abcde"},
	"pop3":     {`S +OK ready\r\n`, `C USER bob\r\n`, `S +OK\r\n`, `C PASS secret-word\r\n`, `S +OK\r\n`, `C RETR 1\r\nLIST\r\nTOP 1 0\r\n`, `S +OK 12 octets\r\nA: b\r\n\r\n..c\r\n.\r\n+OK\r\n1 12\r\n.\r\n+OK\r\nA: b\r\n\r\n.\r\n`, `C QUIT\r\n`, `S +OK\r\n`},
	"imap":     {`S * OK ready\r\n`, `C a LOGIN bob "secret-word"\r\n`, `S a OK\r\n`, `C b SELECT INBOX\r\n`, `S * 1 EXISTS\r\nb OK\r\n`, `C c FETCH 1 (UID BODY[])\r\n`, `S * 1 FETCH (UID 7 BODY[] {12}\r\nA: b\r\n\r\nxy\r\n)\r\nc OK\r\n`, `C d APPEND Sent {6}\r\n`, `S + go\r\n`, `C A: b\r\n\r\n`, `S d OK\r\n`, `C e LOGOUT\r\n`, `S * BYE\r\ne OK\r\n`},
	"lmtp":     {`S 220 LMTP\r\n`, `C LHLO a\r\n`, `S 250 hi\r\n`, `C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\n`, `S 250 ok\r\n250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C x\r\n.\r\n`, `S 250 one\r\n`, `S 550 two\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
}

func names() []string {
	var out []string
	for n := range dialogues {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// What is found does not depend on how the octets are divided: TCP does not keep what was
// sent together together.
func TestAnyChunks(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, name := range names() {
		turns := talk(dialogues[name]...)
		want := summary(follow(Options{}, turns))
		for range 200 {
			var cut []turn
			for _, x := range turns {
				for at := 0; at < len(x.text); {
					n := 1 + rng.IntN(len(x.text)-at)
					if rng.IntN(3) == 0 {
						n = 1
					}
					part := x
					part.text = x.text[at : at+n]
					part.mark.Offset += int64(at)
					cut = append(cut, part)
					at += n
				}
			}
			if got := summary(follow(Options{}, cut)); got != want {
				t.Fatalf("%s: divided otherwise:\n%s\nwant:\n%s", name, got, want)
			}
		}
	}
}

// Nor on how the two streams are interleaved: a capture may have all of one end before
// the other.
func TestAnyInterleaving(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, name := range names() {
		if name == "imap" {
			continue // what is fetched and what is stored have no order among them
		}
		turns := talk(dialogues[name]...)
		want := summary(follow(Options{Port: portOf(name)}, turns))
		for range 100 {
			var sides [2][]turn
			for _, x := range turns {
				sides[x.side] = append(sides[x.side], x)
			}
			var mixed []turn
			for len(sides[0])+len(sides[1]) > 0 {
				s := rng.IntN(2)
				if len(sides[s]) == 0 {
					s = 1 - s
				}
				mixed = append(mixed, sides[s][0])
				sides[s] = sides[s][1:]
			}
			if got := summary(follow(Options{Port: portOf(name)}, mixed)); got != want {
				t.Fatalf("%s: interleaved otherwise:\n%s\nwant:\n%s", name, got, want)
			}
		}
	}
}

func portOf(name string) Protocol {
	switch name {
	case "pop3":
		return POP3
	case "imap":
		return IMAP
	}
	return SMTP
}

// Secrets are in nothing that is told, whatever happens to the dialogue on the way.
func TestNoSecrets(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for _, name := range []string{"auth", "pop3", "imap"} {
		for range 300 {
			d := New(Options{Port: portOf(name)})
			d.Begin(Client)
			d.Begin(Server)
			for _, x := range talk(dialogues[name]...) {
				if rng.IntN(6) == 0 {
					d.Gap(x.side, int64(len(x.text)))
					continue
				}
				d.Feed(x.side, []byte(x.text), x.mark)
			}
			d.Finish(Open)
			if s := summary(d); strings.Contains(s, "secret-word") || strings.Contains(s, "c2VjcmV0LXdvcmQ") {
				t.Fatalf("%s: a secret is told:\n%s", name, s)
			}
		}
	}
}

// The numbers of secrets say which are equal, and nothing else; on request they are shown.
func TestSecretNumbers(t *testing.T) {
	s := NewSecrets()
	if a, b, c := s.mark("x"), s.mark("y"), s.mark("x"); a != "[secret 1]" || b != "[secret 2]" || c != a {
		t.Error(a, b, c)
	}
	s.Reveal = true
	if got := s.mark("y"); got != "y" {
		t.Error(got)
	}
}

// A few dialogues in full, to be read.
func TestSummaries(t *testing.T) {
	for name, want := range map[string][]string{
		"plain":    {"tx a@b.example DATA accepted 250 c@d.example 250/0 18 true", "finished"},
		"pipeline": {"LF.LF", "tx  DATA accepted 250"},
		"auth":     {"auth LOGIN user@a.example false", "| 535 no [secret 1]"},
		"chunks":   {"tx a@b BDAT accepted 250", " 12 true"},
		"refused":  {"tx a@b  rejected 550", "FOO bar"},
		"starttls": {"accepted encrypted"},
		"then":     {"starttls-then-clear"},
		"inject":   {"starttls-injection", "MAIL FROM:<x@y>"},
		"pop3":     {"RETR retrieved", "TOP retrieved", "auth USER bob true"},
		"imap":     {"FETCH retrieved", "APPEND appended", "auth LOGIN bob true"},
		"lmtp":     {"lmtp LHLO", "c@d 250/250 e@f 250/550", "accepted"},
	} {
		got := summary(follow(Options{}, talk(dialogues[name]...)))
		for _, w := range want {
			if !strings.Contains(got, w) {
				t.Errorf("%s: %q is missing in\n%s", name, w, got)
			}
		}
	}
}

// A hole in a message is exactly as long as what was left out, wherever it is.
func TestAnyHole(t *testing.T) {
	message := strings.Repeat("a line of text\r\n", 40)
	for from := 0; from < len(message)-1; from += 7 {
		d := New(Options{})
		d.Begin(Client)
		d.Begin(Server)
		turns := talk(`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 hi\r\n`, `C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, "C "+message+".\r\n", `S 250 ok\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`)
		n := min(20, len(message)-from)
		for _, x := range turns {
			if x.text == message+".\r\n" {
				d.Feed(x.side, []byte(x.text[:from]), x.mark)
				d.Gap(x.side, int64(n))
				d.Feed(x.side, []byte(x.text[from+n:]), x.mark)
				continue
			}
			d.Feed(x.side, []byte(x.text), x.mark)
		}
		d.Finish(Closed)
		tx := d.Transactions[0]
		if tx.Status != Accepted || tx.Body.Complete() || !slices.Equal(tx.Body.Gaps(), []Gap{{int64(from), int64(n)}}) || tx.Body.Size() != int64(len(message)) {
			t.Fatalf("hole at %d: %s", from, summary(d))
		}
	}
}

// Whatever is fed, in whatever pieces and with whatever holes: no panic, no endless run,
// bounded results, and the same again.
func FuzzFeed(f *testing.F) {
	for _, name := range names() {
		var b []byte
		for _, x := range talk(dialogues[name]...) {
			b = append(b, byte(x.side), byte(len(x.text)>>8), byte(len(x.text)))
			b = append(b, x.text...)
		}
		f.Add(b, uint8(0))
		f.Add(b, uint8(3))
	}
	f.Fuzz(func(t *testing.T, script []byte, port uint8) {
		ports := [...]Protocol{"", SMTP, LMTP, POP3, IMAP, TLS}
		run := func() string {
			d := New(Options{Port: ports[int(port)%len(ports)], MaxMessage: 1 << 16})
			if port&0x40 == 0 {
				d.Begin(Client)
			}
			if port&0x80 == 0 {
				d.Begin(Server)
			}
			b := script
			var at [2]int64
			for n := 0; len(b) >= 3; n++ {
				side := Side(b[0] & 1)
				size := int(b[1])<<8 | int(b[2])
				gap := b[0]&2 != 0
				b = b[3:]
				if gap {
					d.Gap(side, int64(size))
					at[side] += int64(size)
					continue
				}
				size = min(size, len(b))
				d.Feed(side, b[:size], Mark{Packet: int64(n + 1), Offset: -1, Ack: at[side.Other()]})
				at[side] += int64(size)
				b = b[size:]
			}
			d.Finish(Closed)
			if len(d.Steps) > len(script)+1 || len(d.Transactions) > len(script)+1 {
				t.Fatalf("%d steps, %d transactions of %d octets", len(d.Steps), len(d.Transactions), len(script))
			}
			return summary(d)
		}
		if a, b := run(), run(); a != b {
			t.Fatalf("twice is not the same:\n%s\n%s", a, b)
		}
	})
}
