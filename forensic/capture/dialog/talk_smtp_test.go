package dialog

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"
)

// opening is how most of the dialogues below begin.
var opening = []string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250-hi\r\n250-PIPELINING\r\n250-CHUNKING\r\n250 AUTH LOGIN PLAIN\r\n`}

// after is the opening with more lines behind it.
func after(lines ...string) []string { return append(opening[:len(opening):len(opening)], lines...) }

// smtpTalks are dialogues of SMTP (RFC 5321) with what must be said of them.
var smtpTalks = []talkCase{
	{"421 at any time", "the server closes the channel; the open message is lost (RFC 5321 3.8)",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 421 closing\r\n`),
		[]string{"tx a@b  aborted 421 c@d 421/0", "finished"}, nil},
	{"421 in a message", "it is the last word about it",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C x\r\n.\r\n`, `S 421 closing\r\n`),
		[]string{"tx a@b DATA rejected 421 c@d 250/0 3 true", "finished"}, nil},
	{"421 unasked", "it answers nothing; what is open is lost with it",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `S 421 timeout\r\n`),
		[]string{"tx a@b  aborted 421", "timeout", "finished"}, nil},
	{"old verbs", "SEND, SOML and SAML open a transaction as MAIL does (RFC 821 3.4)",
		after(`C SOML FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C x\r\n.\r\n`, `S 250 ok\r\n`),
		[]string{"SOML FROM:<a@b>", "tx a@b DATA accepted 250"}, nil},
	{"old verb refused", "no transaction was opened",
		after(`C SEND FROM:<a@b>\r\n`, `S 502 no\r\n`),
		[]string{"SEND"}, []string{"tx "}},
	{"MAIL within MAIL", "the first one stays as it was (RFC 5321 4.1.4)",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C MAIL FROM:<x@y>\r\n`, `S 503 nested\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C x\r\n.\r\n`, `S 250 ok\r\n`),
		[]string{"nested-mail", "tx a@b DATA accepted 250 c@d"}, []string{"tx x@y"}},
	{"MAIL that breaks the grammar", "what was refused is shown as it was said",
		after(`C MAIL FROM nobody\r\n`, `S 501 what\r\n`),
		[]string{"rejected 501"}, nil},
	{"RCPT without MAIL", "a server that takes it has opened a transaction",
		after(`C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C x\r\n.\r\n`, `S 250 ok\r\n`),
		[]string{"tx ? DATA accepted 250 c@d 250/0"}, nil},
	{"RCPT behind a refused MAIL", "there is nothing it could belong to",
		after(`C MAIL FROM:<a@b>\r\n`, `S 550 no\r\n`, `C RCPT TO:<c@d>\r\n`, `S 503 no\r\n`),
		[]string{"tx a@b  rejected 550"}, []string{"c@d 5"}},
	{"source route", "it is told apart from the mailbox (RFC 5321 appendix C)",
		after(`C MAIL FROM:<@one,@two:a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<@three:c@d>\r\n`, `S 250 ok\r\n`, `C RSET\r\n`, `S 250 ok\r\n`),
		[]string{"tx a@b  reset 0 c@d"}, nil},
	{"paths as people type them", "without brackets, with blanks, quoted (RFC 5321 4.1.2)",
		after(`C MAIL FROM: a@b\r\n`, `S 250 ok\r\n`, `C RCPT TO: <"x y"@d> NOTIFY=NEVER\r\n`, `S 250 ok\r\n`, `C RSET\r\n`, `S 250 ok\r\n`),
		[]string{`tx a@b  reset 0 "x y"@d`}, nil},
	{"DATA refused", "what follows are commands, not a message",
		after(`C MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nRSET\r\n`, `S 250 ok\r\n550 no\r\n554 no valid recipients\r\n250 ok\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`),
		[]string{"tx a@b  rejected 554 c@d 550/0", "data-rejected", "QUIT"}, nil},
	{"message without MAIL", "its MAIL was lost, or the server does without",
		after(`C DATA\r\n`, `S 354 go\r\n`, `C x\r\n.\r\n`, `S 250 ok\r\n`),
		[]string{"tx ? DATA accepted 250 3 true"}, nil},
	{"BDAT in pieces", "chunks are put together as they are (RFC 3030 2)",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C BDAT 3\r\nabc`, `S 250 ok\r\n`, `C BDAT 0 LAST\r\n`, `S 250 ok\r\n`),
		[]string{"tx a@b BDAT accepted 250 c@d 250/0 3 true"}, nil},
	{"BDAT of no size", "where commands go on is not known; they are looked for",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C BDAT -5 LAST\r\n`, `S 501 what\r\n`, `C BDAT 99999999999999999999\r\n`, `S 501 what\r\n`, `C BDAT 1 FIRST\r\n`, `S 501 what\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`),
		[]string{"bad-bdat", "QUIT"}, nil},
	{"BDAT refused in the middle", "the message is lost with one of its chunks",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C BDAT 3\r\nabc`, `S 552 too much\r\n`, `C RSET\r\n`, `S 250 ok\r\n`),
		[]string{"tx a@b BDAT rejected 552"}, nil},
	{"BDAT without MAIL", "a refused chunk opens nothing",
		after(`C BDAT 3 LAST\r\nabc`, `S 503 no\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`),
		[]string{"QUIT"}, []string{"tx "}},
	{"AUTH cancelled", "the client gives up (RFC 4954 4)",
		after(`C AUTH LOGIN\r\n`, `S 334 VXNlcm5hbWU6\r\n`, `C *\r\n`, `S 501 cancelled\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`),
		[]string{"* (cancelled)", "auth LOGIN ? false", "QUIT"}, nil},
	{"AUTH with an empty answer", "= stands for nothing (RFC 4954 4)",
		after(`C AUTH EXTERNAL =\r\n`, `S 235 ok\r\n`),
		[]string{"EXTERNAL (empty)", "auth EXTERNAL ? true"}, nil},
	{"AUTH EXTERNAL", "the name is no secret (RFC 4422 appendix A)",
		after(`C AUTH EXTERNAL `+b64("bob")+`\r\n`, `S 235 ok\r\n`),
		[]string{"auth EXTERNAL bob true"}, nil},
	{"AUTH PLAIN for another", "who acts for whom (RFC 4616 2)",
		after(`C AUTH PLAIN `+b64("ann\x00bob\x00secret-word")+`\r\n`, `S 235 ok\r\n`),
		[]string{"ann as bob", "auth PLAIN bob true"}, []string{"secret-word"}},
	{"AUTH PLAIN that is none", "without its NULs nothing is shown",
		after(`C AUTH PLAIN `+b64("secret-word")+`\r\n`, `S 535 no\r\n`),
		[]string{"auth PLAIN ? false"}, []string{"secret-word"}},
	{"AUTH CRAM-MD5", "the digest is hidden (RFC 2195)",
		after(`C AUTH CRAM-MD5\r\n`, `S 334 `+b64("<1@h>")+`\r\n`, `C `+b64("bob b913a602c7eda7a495b4e6e7334d3890")+`\r\n`, `S 235 ok\r\n`),
		[]string{"auth CRAM-MD5 bob true"}, []string{"b913a602"}},
	{"AUTH DIGEST-MD5", "the name is in quotes (RFC 2831 2.1.2)",
		after(`C AUTH DIGEST-MD5\r\n`, `S 334 `+b64(`realm="x"`)+`\r\n`, `C `+b64(`username="bob",response=d388dad90d4bbd760a152321f2143af7`)+`\r\n`, `S 235 ok\r\n`),
		[]string{"auth DIGEST-MD5 bob true"}, []string{"d388dad9"}},
	{"AUTH SCRAM", "the name may hold a comma (RFC 5802 5.1)",
		after(`C AUTH SCRAM-SHA-256 `+b64("n,,n=bob=2Cjr,r=abc")+`\r\n`, `S 334 `+b64("r=abc,s=x,i=4096")+`\r\n`, `C `+b64("c=biws,r=abc,p=topsecretproof")+`\r\n`, `S 235 ok\r\n`),
		[]string{"auth SCRAM-SHA-256 bob,jr true"}, []string{"topsecretproof"}},
	{"AUTH of an unknown kind", "nothing of it is shown",
		after(`C AUTH X-FOO `+b64("secret-word")+`\r\n`, `S 535 no\r\n`),
		[]string{"auth X-FOO ? false"}, []string{"secret-word"}},
	{"a refusal that repeats", "a server repeats what it was sent: it stays hidden",
		after(`C AUTH LOGIN\r\n`, `S 334 VXNlcm5hbWU6\r\n`, `C `+b64("bob")+`\r\n`, `S 334 UGFzc3dvcmQ6\r\n`, `C `+b64("secret-word")+`\r\n`, `S 535 no `+b64("secret-word")+` is wrong\r\n`),
		[]string{"auth LOGIN bob false"}, []string{"secret-word", b64("secret-word")}},
	{"XCLIENT", "the server greets anew",
		after(`C XCLIENT NAME=x ADDR=198.51.100.7\r\n`, `S 220 mx\r\n`, `C EHLO b\r\n`, `S 250 hi\r\n`, `C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`),
		[]string{"XCLIENT NAME=x", "smtp EHLO b", "tx a@b"}, nil},
	{"XCLIENT refused", "everything stays as it was",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C XCLIENT NAME=x\r\n`, `S 550 no\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`),
		[]string{"tx a@b  aborted 0 c@d"}, nil},
	{"XEXCH50 refused", "no octets follow",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C XEXCH50 12 2\r\n`, `S 504 no\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`),
		[]string{"XEXCH50", "QUIT"}, nil},
	{"EHLO refused", "HELO follows (RFC 5321 3.2)",
		[]string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 502 no\r\n`, `C HELO a\r\n`, `S 250 hi\r\n`},
		[]string{"smtp HELO a true"}, nil},
	{"EHLO refused and no more", "the name was said nevertheless",
		[]string{`S 220 mx\r\n`, `C EHLO a\r\n`, `S 550 no\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
		[]string{"smtp EHLO a false"}, nil},
	{"greeting that refuses", "there is no session (RFC 5321 3.1)",
		[]string{`S 554 no SMTP service here\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`},
		[]string{"finished", "QUIT"}, nil},
	{"a second EHLO", "it resets what was open (RFC 5321 4.1.4)",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C EHLO b\r\n`, `S 250 hi\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`),
		[]string{"tx a@b  reset", "smtp EHLO b"}, nil},
	{"QUIT with a message open", "it is lost (RFC 5321 4.1.1.10)",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`),
		[]string{"tx a@b  aborted", "finished"}, nil},
	{"QUIT refused", "the session goes on",
		after(`C QUIT\r\n`, `S 500 no\r\n`, `C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`),
		[]string{"tx a@b"}, nil},
	{"connection lost in a message", "it is not whole, and nobody took it",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C some of it\r\n`),
		[]string{"tx a@b DATA aborted 0 c@d 250/0 12 false"}, nil},
	{"no reply to a message", "whether it was taken is not known",
		after(`C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\n`, `S 250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C x\r\n.\r\n`),
		[]string{"tx a@b DATA aborted 0 c@d 250/0 3 true"}, nil},
	{"reply of several lines", "all lines are its text (RFC 5321 4.2.1)",
		after(`C HELP\r\n`, `S 214-one\r\n214-two\r\n214 three\r\n`),
		[]string{"one", "three"}, nil},
	{"reply with a faulty last line", "its code differs; it ends there all the same",
		after(`C NOOP\r\n`, `S 250-one\r\n251 two\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`),
		[]string{"QUIT"}, nil},
	{"LF alone", "it is told, and read as an end of a line",
		after(`C NOOP\n`, `S 250 ok\r\n`, `C QUIT\r\n`, `S 221 bye\r\n`),
		[]string{"bare-lf", "NOOP", "QUIT"}, nil},
	{"NUL in a command", "it is told",
		after(`C NO\0OP\r\n`, `S 500 what\r\n`),
		[]string{"nul-byte"}, nil},
	{"LMTP with one reply missing", "each recipient has a fate of its own (RFC 2033 4.2)",
		[]string{`S 220 LMTP\r\n`, `C LHLO a\r\n`, `S 250 hi\r\n`, `C MAIL FROM:<a@b>\r\n`, `S 250 ok\r\n`, `C RCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\nRCPT TO:<g@h>\r\n`, `S 250 ok\r\n550 no\r\n250 ok\r\n`, `C DATA\r\n`, `S 354 go\r\n`, `C x\r\n.\r\n`, `S 550 one\r\n250 two\r\n`},
		[]string{"c@d 250/550 e@f 550/0 g@h 250/250", "accepted 250"}, nil},
	{"TLS that nobody asked for", "the client begins it in the middle",
		after("C \x16\x03\x01\\0\x05abcde"),
		[]string{"encrypted"}, nil},
	{"STARTTLS refused", "and on in clear",
		after(`C STARTTLS\r\n`, `S 454 not now\r\n`, `C NOOP\r\n`, `S 250 ok\r\n`),
		[]string{"rejected", "NOOP"}, nil},
	{"server's octets behind STARTTLS", "somebody has put them there",
		after(`C STARTTLS\r\n`, `S 220 go\r\n250 injected\r\n`, "C \x16\x03\x01\\0\x05abcde"),
		[]string{"starttls-injection", "encrypted"}, nil},
}

// recorder keeps what goes through a connection, and in which order.
type recorder struct {
	net.Conn
	side Side
	mu   *sync.Mutex
	all  *[]turn
}

func (r recorder) Write(b []byte) (int, error) {
	r.mu.Lock()
	*r.all = append(*r.all, turn{r.side, string(b), Mark{Packet: int64(len(*r.all) + 100), Ack: -1}})
	r.mu.Unlock()
	return r.Conn.Write(b)
}

// A handshake that crypto/tls made, behind STARTTLS: the name that was asked for, the version that was
// chosen and the names in the certificate are read; in TLS 1.3 the certificate is encrypted and
// nothing is said of it.
func TestHandshake(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "cn.example"}, DNSNames: []string{"mx.example", "mail.example"}, NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, &template, &template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[uint16]string{tls.VersionTLS12: "TLS 1.2", tls.VersionTLS13: "TLS 1.3"} {
		var all []turn
		mu := new(sync.Mutex)
		a, b := net.Pipe()
		server := tls.Server(recorder{b, Server, mu, &all}, &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MaxVersion: version})
		client := tls.Client(recorder{a, Client, mu, &all}, &tls.Config{ServerName: "asked.example", InsecureSkipVerify: true, MinVersion: version})
		done := make(chan error, 1)
		go func() {
			if err := server.Handshake(); err != nil {
				done <- err
				return
			}
			_, err := server.Read(make([]byte, 100))
			done <- err
		}()
		if err := client.Handshake(); err != nil {
			t.Fatal(err)
		}
		if _, err := client.Write([]byte("EHLO a\r\n")); err != nil {
			t.Fatal(err)
		}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		d := follow(Options{}, append(talk(`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 STARTTLS\r\n`, `C STARTTLS\r\n`, `S 220 go\r\n`), all...))
		h := d.Handshake
		if h == nil || h.ServerName != "asked.example" || h.Version != want {
			t.Fatalf("%s: %+v", want, h)
		}
		if names := strings.Join(h.Names, " "); version == tls.VersionTLS12 && names != "mx.example mail.example" || version == tls.VersionTLS13 && names != "" {
			t.Errorf("%s: names %q", want, names)
		}
	}
}

// Whatever is damaged in a handshake, the reader takes what it can and goes wrong nowhere.
func TestDamagedHandshake(t *testing.T) {
	hello := "\x16\x03\x01\x00\x40" + "\x01\x00\x00\x3c\x03\x03" + strings.Repeat("r", 32) + "\x00" + "\x00\x02\x13\x01" + "\x01\x00" + "\x00\x11" + "\x00\x00\x00\x0d\x00\x0b\x00\x00\x08mx.examp"
	for cut := range len(hello) {
		for _, ending := range []string{"", "\xff\xff\xff\xff"} {
			turns := append(talk(`S 220 mx\r\n`, `C EHLO a\r\n`, `S 250 STARTTLS\r\n`, `C STARTTLS\r\n`, `S 220 go\r\n`), turn{Client, hello[:cut] + ending, Mark{Packet: 9, Ack: 1000}})
			d := follow(Options{}, turns)
			if d.Handshake != nil && d.Handshake.ServerName != "" && d.Handshake.ServerName != "mx.examp" {
				t.Errorf("cut at %d: %q", cut, d.Handshake.ServerName)
			}
		}
	}
}
