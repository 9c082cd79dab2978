package dialog

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

// ntlm is an AUTHENTICATE_MESSAGE of [MS-NLMP] 2.2.1.3.
func ntlm(domain, user string, wide bool) string {
	b := make([]byte, 64)
	copy(b, "NTLMSSP\x00")
	b[8] = 3
	if wide {
		b[60] = 1
	}
	put := func(at int, s string) {
		f := []byte(s)
		if wide {
			f = nil
			for _, u := range utf16.Encode([]rune(s)) {
				f = binary.LittleEndian.AppendUint16(f, u)
			}
		}
		binary.LittleEndian.PutUint16(b[at:], uint16(len(f)))
		binary.LittleEndian.PutUint32(b[at+4:], uint32(len(b)))
		b = append(b, f...)
	}
	put(28, domain)
	put(36, user)
	return string(b)
}

// talkCase is a dialogue with what its summary must say, and must never say.
type talkCase struct {
	name, why string
	lines     []string
	want      []string
	never     []string
}

// talks are dialogues that few programs speak, with lines of their summary. Each is a way in
// which a reader of mail sessions was seen to go wrong, or might.
var talks = []talkCase{
	{"NTLM wide", "the third message names domain and user; the rest proves it",
		[]string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 AUTH NTLM\r\n`, `C AUTH NTLM ` + b64("NTLMSSP\x00\x01") + `\r\n`, `S 334 ` + b64("NTLMSSP\x00\x02") + `\r\n`, `C ` + b64(ntlm("LAND", "señora", true)) + `\r\n`, `S 235 ok\r\n`},
		[]string{"auth NTLM señora true", `LAND\señora`}, nil},
	{"NTLM narrow", "the flag says in which form the names are",
		[]string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 AUTH NTLM\r\n`, `C AUTH NTLM\r\n`, `S 334 \r\n`, `C ` + b64(ntlm("", "bob", false)) + `\r\n`, `S 535 no\r\n`},
		[]string{"auth NTLM bob false"}, nil},
	{"NTLM that lies", "a field beyond the end is no field",
		[]string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 AUTH NTLM\r\n`, `C AUTH NTLM\r\n`, `S 334 \r\n`, `C ` + b64(ntlm("", "bob", false)[:64]) + `\r\n`, `S 535 no\r\n`},
		[]string{"auth NTLM  false"}, nil},
	{"mistyped name", "a person mistypes base64; the name is still to be read, a password never",
		[]string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 AUTH LOGIN\r\n`, `C AUTH LOGIN\r\n`, `S 334 VXNlcm5hbWU6\r\n`, `C Ym9i LmV4YW1wbGU=.\r\n`, `S 334 UGFzc3dvcmQ6\r\n`, `C hidden word\r\n`, `S 535 no\r\n`},
		[]string{"(decoded leniently)", "auth LOGIN bob.example false"}, []string{"hidden word"}},
	{"OAUTHBEARER", "RFC 7628 3.1",
		[]string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 AUTH\r\n`, `C AUTH OAUTHBEARER ` + b64("n,a=bob@b.example,\x01host=h\x01auth=Bearer topsecret\x01\x01") + `\r\n`, `S 235 ok\r\n`},
		[]string{"auth OAUTHBEARER bob@b.example true"}, []string{"topsecret"}},
	{"XEXCH50", "Exchange sends octets behind 354 that are no message",
		[]string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 XEXCH50\r\n`, `C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C XEXCH50 12 2\r\n`, `S 354 go\r\n`, `C QUIT\r\nQUIT\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C x\r\n.\r\n`, `S 250 ok\r\n`},
		[]string{"XEXCH50 12 2", "tx a@b DATA accepted 250 c@d 250/0 3 true"}, []string{"QUIT"}},
	{"BURL", "RFC 4468: the message is fetched elsewhere",
		[]string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 BURL\r\n`, `C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C BURL imap://h/x LAST\r\n`, `S 250 ok\r\n`},
		[]string{"BURL imap://h/x LAST", "tx a@b  accepted 250 c@d"}, nil},
	{"CONNECT", "SMTP within a tunnel of HTTP",
		[]string{`C CONNECT mx.example:25 HTTP/1.1\r\nHost: x\r\n\r\n`, `S HTTP/1.1 200 ok\r\n\r\n`, `S 220 mx\r\n`, `C HELO a\r\n`, `S 250 hi\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
		[]string{"smtp HELO a", "QUIT"}, []string{"CONNECT mx"}},
	{"PROXY", "a balancer states the client, version 1",
		[]string{`C PROXY TCP4 198.51.100.7 192.0.2.1 4000 25\r\n`, `S 220 mx\r\n`, `C HELO a\r\n`, `S 250 hi\r\n`},
		[]string{"smtp HELO a"}, []string{"PROXY"}},
	{"PROXY 2", "version 2 is binary",
		[]string{"C \r\n\r\n\\0\r\nQUIT\n\x21\x11\\0\x0c\xc6\x33\x64\x07\xc0\\0\x02\x01\x0f\xa0\\0\x19", `S 220 mx\r\n`, `C HELO a\r\n`, `S 250 hi\r\n`},
		[]string{"smtp HELO a"}, nil},
	{"PROXY 2 and IPv6", "with the longer addresses",
		[]string{"C \r\n\r\n\\0\r\nQUIT\n\x21\x21\\0\x24" + strings.Repeat("\x20\x01\x0d\xb8abcdefghijkl", 2) + "\x0f\xa0\\0\x19", `S 220 mx\r\n`, `C HELO a\r\n`, `S 250 hi\r\n`},
		[]string{"smtp HELO a"}, nil},
	{"TURN", "RFC 821 3.8: the roles may change",
		[]string{`S 220 mx\r\n`, `C HELO a\r\n`, `S 250 hi\r\n`, `C TURN\r\n`, `S 250 ok\r\n`},
		[]string{"TURN", "250"}, nil},
	{"refused chunk", "the server refused before the octets came; they did not come",
		[]string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 CHUNKING\r\n`, `C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C BDAT 500 LAST\r\n`, `S 554 no\r\n`, `C RSET\r\n`, `S 250 ok\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
		[]string{"RSET", "QUIT", "tx a@b BDAT rejected 554"}, nil},
	{"IMAP in parts", "a header alone is no message",
		[]string{`S * OK ready\r\n`, `C a FETCH 1 (BODY[HEADER])\r\n`, `S * 1 FETCH (BODY[HEADER] {8}\r\nA: b\r\n\r\n)\r\na OK\r\n`},
		[]string{"imap", "OK"}, []string{"tx "}},
	{"IMAP quoted", "a message may be a quoted string (RFC 3501 4.3)",
		[]string{`S * OK ready\r\n`, `C a FETCH 1 BODY[]\r\n`, `S * 1 FETCH (BODY[] "A: \"b\"")\r\na OK\r\n`},
		[]string{"FETCH retrieved", " 6 true"}, nil},
	{"IMAP NIL", "no such part is no message",
		[]string{`S * OK ready\r\n`, `C a FETCH 1 BODY[]\r\n`, `S * 1 FETCH (BODY[] NIL)\r\na OK\r\n`, `C b LOGOUT\r\n`},
		[]string{"LOGOUT"}, []string{"tx "}},
	{"IMAP PREAUTH", "the server knows who it is",
		[]string{`S * PREAUTH hello\r\n`, `C a SELECT INBOX\r\n`, `S a OK\r\n`},
		[]string{"selected"}, nil},
	{"IMAP BYE", "the server refuses to talk",
		[]string{`S * BYE full\r\n`, `C a NOOP\r\n`},
		[]string{"imap"}, nil},
	{"IMAP password in a literal", "it is one in any form",
		[]string{`S * OK ready\r\n`, `C a LOGIN {3}\r\n`, `S + go\r\n`, `C bob {11}\r\n`, `S + go\r\n`, `C secret-word\r\n`, `S a OK\r\n`, `C b LOGOUT\r\n`, `S b OK\r\n`},
		[]string{"auth LOGIN bob true", "LOGOUT"}, []string{"secret-word"}},
	{"IMAP STARTTLS refused", "and on in clear",
		[]string{`S * OK ready\r\n`, `C a STARTTLS\r\n`, `S a NO not here\r\n`, `C b LOGIN bob secret-word\r\n`, `S b OK\r\n`},
		[]string{"rejected", "auth LOGIN bob true"}, []string{"secret-word"}},
	{"POP3 STLS refused", "and on in clear",
		[]string{`S +OK ready\r\n`, `C STLS\r\n`, `S -ERR no\r\n`, `C USER bob\r\n`, `S +OK\r\n`, `C PASS secret-word\r\n`, `S -ERR wrong\r\n`},
		[]string{"rejected", "auth USER bob false"}, []string{"secret-word"}},
	{"POP3 lists", "LIST and UIDL are long without an argument and short with one",
		[]string{`S +OK ready\r\n`, `C UIDL\r\n`, `S +OK\r\n1 a\r\n2 b\r\n.\r\n`, `C UIDL 1\r\n`, `S +OK 1 a\r\n`, `C LIST 2\r\n`, `S +OK 2 300\r\n`, `C CAPA\r\n`, `S +OK\r\nTOP\r\n.\r\n`, `C QUIT\r\n`, `S +OK\r\n`},
		[]string{"UIDL 1", "LIST 2", "QUIT"}, nil},
}

func TestTalks(t *testing.T) {
	for _, c := range slices.Concat(talks, smtpTalks, imapTalks, pop3Talks, foundTalks) {
		t.Run(strings.ReplaceAll(c.name, " ", "-"), func(t *testing.T) {
			got := summary(follow(Options{}, talk(c.lines...)))
			for _, w := range c.want {
				if !strings.Contains(got, w) {
					t.Errorf("%s: %q is not said:\n%s", c.why, w, got)
				}
			}
			for _, n := range c.never {
				if strings.Contains(got, n) {
					t.Errorf("%s: %q is said:\n%s", c.why, n, got)
				}
			}
		})
	}
}

// A hole in a message of POP3 has its place in the message, and the dialogue goes on behind it:
// +OK n octets is a claim, the final dot is not counted upon when it may be lost.
func TestPOP3Holes(t *testing.T) {
	text := strings.Repeat("some line of text\r\n", 20)
	turns := talk(`S +OK ready\r\n`, `C RETR 1\r\n`, fmt.Sprintf(`S +OK %d octets\r\n`, 6+len(text)), `S A: b\r\n`, `S `+text, `S .\r\n`, `C RETR 2\r\n`, `S +OK\r\n`, `S x\r\n.\r\n`, `C QUIT\r\n`, `S +OK bye\r\n`)
	for lost := 2; lost <= 5; lost++ {
		d := New(Options{Port: POP3})
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
		if !strings.Contains(got, "QUIT") || !strings.Contains(got, " 3 true") {
			t.Errorf("turn %d lost: the second message or QUIT is not found:\n%s", lost, got)
		}
		if lost == 4 && !strings.Contains(got, fmt.Sprintf("[{6 %d", len(text))) {
			t.Errorf("the hole is not at its place:\n%s", got)
		}
		if n := strings.Count(got, "true"); lost != 2 && n > 2 {
			t.Errorf("turn %d lost: too much is whole:\n%s", lost, got)
		}
	}
}
