package dialog

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// foundTalks are dialogues that were read wrong once.
var foundTalks = []talkCase{
	{"LMTP chunks", "the last chunk has one reply for each accepted recipient (RFC 2033 4.2); the replies behind them are other commands'",
		[]string{`S 220 LMTP\r\n`, `C LHLO a\r\n`, `S 250 CHUNKING\r\n`, `C MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\n`, `S 250 ok\r\n250 ok\r\n250 ok\r\n`,
			`C BDAT 3 LAST\r\nxyz`, `S 250 one\r\n452 two\r\n`, `C RSET\r\n`, `S 250 reset\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
		[]string{"c@d 250/250 e@f 250/452", "BDAT accepted 250", "-> 250 reset", "-> 221 bye", "| 452 two"}, nil},
	{"LMTP chunks, all refused", "two refusals are two recipients'",
		[]string{`S 220 LMTP\r\n`, `C LHLO a\r\n`, `S 250 CHUNKING\r\n`, `C MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\n`, `S 250 ok\r\n250 ok\r\n250 ok\r\n`,
			`C BDAT 3 LAST\r\nxyz`, `S 550 one\r\n452 two\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
		[]string{"c@d 250/550 e@f 250/452", "BDAT rejected", "-> 221 bye"}, nil},
	{"LMTP chunks behind a refused one", "one reply says it for all",
		[]string{`S 220 LMTP\r\n`, `C LHLO a\r\n`, `S 250 CHUNKING\r\n`, `C MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\n`, `S 250 ok\r\n250 ok\r\n250 ok\r\n`,
			`C BDAT 3\r\nabc`, `S 452 full\r\n`, `C BDAT 3 LAST\r\nxyz`, `S 503 no\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
		[]string{"BDAT rejected 452", "-> 221 bye"}, nil},
	{"IMAP user with a blank in a literal", "a literal is one string, whatever it holds (RFC 9051 4.3)",
		[]string{`S * OK ready\r\n`, `C a LOGIN {7+}\r\nfoo bar {11+}\r\nsecret word\r\n`, `S a NO wrong\r\n`},
		[]string{"auth LOGIN foo bar false"}, []string{"secret word"}},
	{"IMAP user with quotes in a literal", "quotes in a literal end nothing",
		[]string{`S * OK ready\r\n`, `C a LOGIN {5+}\r\nf"o\o {6+}\r\npa"ss!\r\n`, `S a OK\r\n`},
		[]string{`auth LOGIN f"o\o true`}, []string{`pa"ss`, "ss!"}},
	{"IMAP mailbox with a blank in a literal", "the name is one, and the next literal the message",
		[]string{`S * OK ready\r\n`, `C d APPEND {7+}\r\nMy mail {6+}\r\nA: b\r\n\r\n`, `S d OK done\r\n`},
		[]string{"APPEND appended 0 6 true", `"My mail"`}, nil},
	{"IMAP ranges asked for at once", "each answer is held against its own question, not the last one",
		[]string{`S * OK ready\r\n`, `C b FETCH 1 BODY[]<0.6>\r\nc FETCH 1 BODY[]<6.6>\r\nd FETCH 1 BODY[]<12.6>\r\n`,
			`S * 1 FETCH (BODY[]<0> {6}\r\nA: b\r\n)\r\nb OK\r\n* 1 FETCH (BODY[]<6> {6}\r\n\r\nxyz\n)\r\nc OK\r\n* 1 FETCH (BODY[]<12> {2}\r\nzz)\r\nd OK\r\n`},
		[]string{"FETCH retrieved 0 14 true"}, []string{"incomplete"}},
	{"IMAP LOGIN refused at its literal", "the attempt was answered: it is over, and not open for the next one to end",
		[]string{`S * OK ready\r\n`, `C a LOGIN bob {11}\r\n`, `S a NO disabled\r\n`, `C b LOGIN eve {11}\r\n`, `S + go\r\n`, `C secret-word\r\n`, `S b OK\r\n`},
		[]string{"auth LOGIN bob false", "auth LOGIN eve true", "-> 0NO disabled"}, []string{"secret-word"}},
	{"IMAP second message of APPEND refused", "the first one was not stored either: APPEND is one command (RFC 3502 6.3.11)",
		[]string{`S * OK ready\r\n`, `C d APPEND Sent {4}\r\n`, `S + go\r\n`, `C A: b {4}\r\n`, `S d NO full\r\n`, `C e NOOP\r\n`, `S e OK\r\n`},
		[]string{"APPEND rejected 0 4 true", "NOOP  @"}, []string{"appended", "incomplete"}},
	{"IMAP one tag twice", "the older command is answered first",
		[]string{`S * OK ready\r\n`, `C a NOOP\r\na CHECK\r\n`, `S a OK one\r\na NO two\r\n`},
		[]string{"NOOP  @0+8 tx-1 greeted -> 0OK one", "CHECK  @8+9 tx-1 greeted -> 0NO two"}, nil},
	{"reply broken off in its second line", "what was captured of it is one reply",
		after(`C VRFY x\r\n`, `S 250-one\r\n250 tw`),
		[]string{"VRFY x", "-> 250 one\ntw"}, nil},
}

// A message that breaks off within a range of FETCH was handed on twice: the second time it replaced
// what the first one had found.
func TestClosedOnce(t *testing.T) {
	for _, lines := range [][]string{
		{`S * OK ready\r\n`, `C a FETCH 1 BODY[]<0.9>\r\n`, `S * 1 FETCH (BODY[]<0> {9}\r\nA: b\r\n`},
		{`S * OK ready\r\n`, `C a FETCH 1 BODY[]\r\n`, `S * 1 FETCH (BODY[] {9}\r\nA: b\r\n`},
		{`S * OK ready\r\n`, `C a APPEND x {9+}\r\nA: b\r\n`},
		{`S +OK\r\n`, `C RETR 1\r\n`, `S +OK\r\nA: b\r\n`},
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C A: b\r\n`),
	} {
		times := map[int]int{}
		d := follow(Options{Done: func(_ *Dialog, tx *Transaction) { times[tx.Index]++ }}, talk(lines...))
		if len(d.Transactions) != 1 || times[0] != 1 {
			t.Errorf("%q: %d transactions, closed %v times", lines, len(d.Transactions), times)
		}
		if end := d.Transactions[0].End; end.Packet == 0 {
			t.Errorf("%q: the end has no packet", lines)
		}
	}
}

// Work must grow with what was said, not with its square: replies that nobody asked for, replies
// without end, commands that nobody answers. Each of these took minutes. The bound is a hundred
// times what they take.
func TestLinear(t *testing.T) {
	const n = 30000
	for name, f := range map[string]func(d *Dialog){
		"commands without replies": func(d *Dialog) {
			feed(d, Server, "220 mx\r\n")
			for range n {
				feed(d, Client, "NOOP\r\n")
			}
		},
		"all commands, then all replies": func(d *Dialog) {
			feed(d, Server, "220 mx\r\n")
			feed(d, Client, strings.Repeat("NOOP\r\n", n))
			feed(d, Server, strings.Repeat("250 ok\r\n", n))
		},
		"a reply without an end": func(d *Dialog) {
			for range 20 * n {
				feed(d, Server, "220-a\r\n")
			}
		},
		"a line without an end": func(d *Dialog) {
			for range 20 * n {
				feed(d, Server, "220-aaa")
			}
		},
		"holes among replies": func(d *Dialog) {
			feed(d, Server, "220 mx\r\n")
			for range n {
				d.Gap(Server, 7)
				feed(d, Client, "NOOP\r\n")
				feed(d, Server, "250 ok\r\n")
			}
		},
		"tags that nobody has given": func(d *Dialog) {
			feed(d, Server, "* OK ready\r\n")
			for i := range n {
				feed(d, Client, fmt.Sprintf("c%d NOOP\r\n", i))
				feed(d, Server, fmt.Sprintf("s%d OK\r\n", i))
			}
		},
		"ranges that nobody answers": func(d *Dialog) {
			feed(d, Server, "* OK ready\r\n")
			for i := range n {
				feed(d, Client, fmt.Sprintf("c%d FETCH 1 BODY[]<%d.1>\r\n", i, i))
				feed(d, Server, fmt.Sprintf("* 1 FETCH (BODY[]<%d> {1}\r\nx)\r\n", i+n))
			}
		},
	} {
		start := time.Now()
		d := New(Options{Port: SMTP})
		d.Begin(Client)
		d.Begin(Server)
		f(d)
		d.Finish(Open)
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}

func feed(d *Dialog, side Side, text string) { d.Feed(side, []byte(text), Mark{Packet: 1, Ack: -1}) }
