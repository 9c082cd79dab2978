package dialog

import (
	"bytes"
	"compress/flate"
	"fmt"
	"strings"
	"testing"
)

// imapTalks are dialogues of IMAP (RFC 9051, RFC 3501) with what must be said of them.
var imapTalks = []talkCase{
	{"IMAP ranges", "a message fetched in ranges is one message when its size is known (RFC 9051 6.4.5)",
		[]string{`S * OK ready\r\n`, `C a FETCH 1 RFC822.SIZE\r\n`, `S * 1 FETCH (RFC822.SIZE 10)\r\na OK\r\n`,
			`C b FETCH 1 BODY[]<0.6>\r\n`, `S * 1 FETCH (BODY[]<0> {6}\r\nA: b\r\n)\r\nb OK\r\n`,
			`C c FETCH 1 BODY[]<6.6>\r\n`, `S * 1 FETCH (BODY[]<6> {4}\r\n\r\nxy)\r\nc OK\r\n`},
		[]string{"FETCH retrieved 0 10 true"}, nil},
	{"IMAP ranges without a size", "less than was asked for is the end",
		[]string{`S * OK ready\r\n`, `C b FETCH 1 BODY[]<0.6>\r\n`, `S * 1 FETCH (BODY[]<0> {6}\r\nA: b\r\n)\r\nb OK\r\n`,
			`C c FETCH 1 BODY[]<6.6>\r\n`, `S * 1 FETCH (BODY[]<6> {4}\r\n\r\nxy)\r\nc OK\r\n`},
		[]string{"FETCH retrieved 0 10 true"}, nil},
	{"IMAP range that begins within", "what stands before it was not captured",
		[]string{`S * OK ready\r\n`, `C c FETCH 1 BODY[]<6.6>\r\n`, `S * 1 FETCH (BODY[]<6> {4}\r\n\r\nxy)\r\nc OK\r\n`},
		[]string{" 10 false [{0 6}]"}, []string{"10 true"}},
	{"IMAP range of another message", "ranges are joined by the message they are of",
		[]string{`S * OK ready\r\n`, `C b FETCH 1 BODY[]<0.6>\r\n`, `S * 1 FETCH (BODY[]<0> {6}\r\nA: b\r\n)\r\nb OK\r\n`,
			`C c FETCH 2 BODY[]<0.6>\r\n`, `S * 2 FETCH (BODY[]<0> {3}\r\nxyz)\r\nc OK\r\n`},
		[]string{"FETCH incomplete 0 6 false", "FETCH retrieved 0 3 true"}, nil},
	{"IMAP odd range", "a range that is no number is no range",
		[]string{`S * OK ready\r\n`, `C b FETCH 1 BODY[]<x.6>\r\n`, `S * 1 FETCH (BODY[]<x> {3}\r\nabc)\r\nb OK\r\n`, `C c LOGOUT\r\n`, `S c OK\r\n`},
		[]string{"LOGOUT"}, []string{"tx "}},
	{"IMAP literal8", "BINARY has literals of octets (RFC 3516)",
		[]string{`S * OK ready\r\n`, `C b FETCH 1 BINARY[]\r\n`, `S * 1 FETCH (BINARY[] ~{5}\r\nA: b\0)\r\nb OK\r\n`},
		[]string{"FETCH retrieved 0 5 true"}, nil},
	{"IMAP UID", "the number that lasts is kept",
		[]string{`S * OK ready\r\n`, `C a SELECT "My box"\r\n`, `S a OK\r\n`, `C b UID FETCH 77 (FLAGS INTERNALDATE RFC822)\r\n`,
			`S * 3 FETCH (UID 77 FLAGS (\\Seen) INTERNALDATE "10-Nov-2026 08:15:18 +0000" RFC822 {4}\r\nA: b)\r\nb OK\r\n`},
		[]string{"FETCH retrieved 0 4 true", "selected"}, nil},
	{"IMAP APPEND at once", "a literal with + is not asked for (RFC 7888)",
		[]string{`S * OK ready\r\n`, `C d APPEND Sent (\\Seen) "10-Nov-2026 08:15:18 +0000" {6+}\r\nA: b\r\n\r\n`, `S d OK done\r\n`},
		[]string{"APPEND appended 0 6 true"}, nil},
	{"IMAP APPEND refused", "the server did not want the octets: there are none",
		[]string{`S * OK ready\r\n`, `C d APPEND Sent {6}\r\n`, `S d NO full\r\n`, `C e LOGOUT\r\n`, `S * BYE\r\ne OK\r\n`},
		[]string{"APPEND Sent", "NO full", "APPEND rejected", "LOGOUT"}, []string{"rejected 0 6"}},
	{"IMAP APPEND unanswered", "whether it was stored is not known",
		[]string{`S * OK ready\r\n`, `C d APPEND Sent {6}\r\n`, `S + go\r\n`, `C A: b\r\n\r\n`},
		[]string{"APPEND incomplete 0 6 true"}, nil},
	{"IMAP two messages in one APPEND", "MULTIAPPEND (RFC 3502)",
		[]string{`S * OK ready\r\n`, `C d APPEND Sent {4}\r\n`, `S + go\r\n`, `C A: b {4}\r\n`, `S + go\r\n`, `C C: d\r\n`, `S d OK\r\n`},
		[]string{"tx ? APPEND appended 0 4 true", "d OK"[2:]}, nil},
	{"IMAP IDLE", "DONE ends it and is no command (RFC 2177)",
		[]string{`S * OK ready\r\n`, `C a IDLE\r\n`, `S + idling\r\n`, `S * 3 EXISTS\r\n`, `C DONE\r\n`, `S a OK\r\n`, `C b NOOP\r\n`, `S b OK\r\n`},
		[]string{"IDLE", "DONE", "NOOP"}, nil},
	{"IMAP ends of a box", "CLOSE and UNSELECT leave it",
		[]string{`S * OK ready\r\n`, `C a SELECT INBOX\r\n`, `S a OK\r\n`, `C b UNSELECT\r\n`, `S b OK\r\n`, `C c EXAMINE INBOX\r\n`, `S c NO\r\n`},
		[]string{"UNSELECT  @", "authenticated"}, nil},
	{"IMAP BYE amid", "the server ends the session by itself",
		[]string{`S * OK ready\r\n`, `C a NOOP\r\n`, `S * BYE shutting down\r\n`},
		[]string{"imap", "finished"}, nil},
	{"IMAP AUTHENTICATE", "the answer is hidden, the name shown",
		[]string{`S * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready\r\n`, `C a AUTHENTICATE PLAIN\r\n`, `S +\r\n`, `C ` + b64("\x00bob\x00secret-word") + `\r\n`, `S a OK\r\n`},
		[]string{"auth PLAIN bob true", "offered", "AUTH=PLAIN"}, []string{"secret-word", b64("\x00bob\x00secret-word")}},
	{"IMAP STARTTLS then clear", "the client went on without it",
		[]string{`S * OK ready\r\n`, `C a STARTTLS\r\n`, `S a OK go\r\n`, `C b LOGIN bob secret-word\r\n`, `S b OK\r\n`},
		[]string{"starttls-then-clear", "auth LOGIN bob true"}, []string{"secret-word"}},
	{"IMAP STARTTLS injection", "octets in clear that were sent before the reply",
		[]string{`S * OK ready\r\n`, `C a STARTTLS\r\nb LOGIN x y\r\n`, `S a OK go\r\n`, "C \x16\x03\x01\\0\x05abcde"},
		[]string{"starttls-injection", "encrypted"}, nil},
	{"IMAP reply without a command", "its command was not captured; it is shown all the same",
		[]string{`S * OK ready\r\n`, `S zz OK [READ-WRITE] done\r\n`, `C a NOOP\r\n`, `S a OK\r\n`},
		[]string{"[READ-WRITE] done", "NOOP"}, nil},
	{"IMAP noise", "a line that is no response is counted and not guessed at",
		[]string{`S * OK ready\r\n`, `C a NOOP\r\n`, `S what is this\r\n`, `S a OK\r\n`},
		[]string{"NOOP", "-> 0OK"}, []string{"what is this"}},
	{"IMAP strings", "a mailbox in quotes with quotes in it (RFC 9051 9)",
		[]string{`S * OK ready\r\n`, `C d APPEND "a \"b\"" {4+}\r\nA: b\r\n`, `S d OK\r\n`},
		[]string{"APPEND appended 0 4 true"}, nil},
}

// With COMPRESS=DEFLATE (RFC 4978) the dialogue goes on inflated: what is in it is found, and what
// was not captured of it is not made up.
func TestIMAPCompressed(t *testing.T) {
	pack := func(s string) string {
		var b bytes.Buffer
		w, err := flate.NewWriter(&b, flate.DefaultCompression)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	client := pack("b SELECT INBOX\r\nc FETCH 1 BODY[]\r\nd LOGOUT\r\n")
	server := pack("b OK\r\n* 1 FETCH (BODY[] {12}\r\nA: b\r\n\r\nxy\r\n)\r\nc OK\r\n* BYE\r\nd OK\r\n")
	lines := []string{`S * OK ready\r\n`, `C a COMPRESS DEFLATE\r\n`, `S a OK active\r\n`}
	for cut := len(server); cut >= 0; cut -= 7 {
		turns := talk(lines...)
		turns = append(turns, turn{Client, client, Mark{Packet: 9, Ack: -1}}, turn{Server, server[:cut], Mark{Packet: 10, Ack: -1}})
		got := summary(follow(Options{}, turns))
		if !strings.Contains(got, "SELECT INBOX") || !strings.Contains(got, "LOGOUT") {
			t.Errorf("the client's commands are lost with %d octets of the server:\n%s", cut, got)
		}
		if whole := strings.Contains(got, "FETCH retrieved 0 12 true"); whole != (cut == len(server)) && cut > len(server)-5 {
			t.Errorf("%d of %d octets: message whole: %v\n%s", cut, len(server), whole, got)
		}
	}
}

// A hole in a literal has its place in the message, and the line goes on behind it.
func TestIMAPHoles(t *testing.T) {
	text := strings.Repeat("some line of text\r\n", 20)
	turns := talk(`S * OK ready\r\n`, `C a FETCH 1 BODY[]\r\n`, fmt.Sprintf(`S * 1 FETCH (BODY[] {%d}\r\n`, 6+len(text)), `S A: b\r\n`, `S `+text, `S )\r\na OK\r\n`, `C b LOGOUT\r\n`, `S b OK\r\n`)
	for lost := 3; lost <= 4; lost++ {
		d := New(Options{Port: IMAP})
		d.Begin(Client)
		d.Begin(Server)
		for i, x := range turns {
			if i == lost {
				d.Gap(x.side, int64(len(x.text)))
				continue
			}
			d.Feed(x.side, []byte(x.text), x.mark)
		}
		d.Finish(Closed)
		got := summary(d)
		at, n := 0, 6
		if lost == 4 {
			at, n = 6, len(text)
		}
		if !strings.Contains(got, fmt.Sprintf("[{%d %d}]", at, n)) || !strings.Contains(got, "LOGOUT") || !strings.Contains(got, fmt.Sprintf(" %d false", 6+len(text))) {
			t.Errorf("turn %d lost:\n%s", lost, got)
		}
	}
}
