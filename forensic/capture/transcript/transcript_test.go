package transcript

import (
	"bytes"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// samples are short transcripts of every dialect.
var samples = [...]struct {
	dialect Dialect
	text    string
	// want is what was said, with the side in front.
	want []string
}{
	{Telnet, "$ telnet mx.example 25\nTrying 192.0.2.1...\nConnected to mx.example.\nEscape character is '^]'.\n220 mx ESMTP\nEHLO a\n250-hi\n250 SIZE 5\nMAIL FROM:<a@b>\n250 ok\nRCPT TO:<c@d>\n250 ok\nDATA\n354 go\nSubject: x\n\n250 not a reply\n.\n250 queued\nQUIT\n221 bye\nConnection closed by foreign host.\n",
		[]string{"S 220 mx ESMTP", "C EHLO a", "S 250-hi", "S 250 SIZE 5", "C MAIL FROM:<a@b>", "S 250 ok", "C RCPT TO:<c@d>", "S 250 ok", "C DATA", "S 354 go", "C Subject: x", "C ", "C 250 not a reply", "C .", "S 250 queued", "C QUIT", "S 221 bye"}},
	{Telnet, "+OK ready\nUSER bob\n+OK\nPASS x\n+OK\nRETR 1\n+OK 10 octets\nA: b\n\n250 text\n.\nQUIT\n+OK\n",
		[]string{"S +OK ready", "C USER bob", "S +OK", "C PASS x", "S +OK", "C RETR 1", "S +OK 10 octets", "S A: b", "S ", "S 250 text", "S .", "C QUIT", "S +OK"}},
	{Telnet, "Trying 192.0.2.1...\nConnected to mx.example.\n220 mx\nQUIT\n221 bye\nConnection closed by foreign host.\n$ ls\nhome\n$ telnet mx.example 25\nTrying 192.0.2.1...\nConnected to mx.example.\n220 mx\nHELO a\n250 hi\n",
		[]string{"S 220 mx", "C QUIT", "S 221 bye", "S 220 mx", "C HELO a", "S 250 hi"}},
	{OpenSSL, "$ openssl s_client -connect mx.example:465 -crlf\nCONNECTED(00000003)\ndepth=0 CN = mx\nverify error:num=18\n---\nCertificate chain\n 0 s:CN = mx\n---\nServer certificate\n-----BEGIN CERTIFICATE-----\nMAILFROM\n-----END CERTIFICATE-----\n---\nSSL handshake has read 2000 bytes\nVerification error\n---\nNew, TLSv1.3, Cipher is X\n---\n220 mx ESMTP\n---\nPost-Handshake New Session Ticket arrived:\nSSL-Session:\n    Protocol  : TLSv1.3\n---\nread R BLOCK\nEHLO a\n250 hi\nrcpt to:<a@b>\n503 no\nDONE\n",
		[]string{"S 220 mx ESMTP", "C EHLO a", "S 250 hi", "C rcpt to:<a@b>", "S 503 no"}},
	{Swaks, "=== Trying mx.example:25...\n=== Connected to mx.example.\n<-  220 mx\n -> EHLO a\n<-  250 hi\n -> MAIL FROM:<a@b>\n<** 550 no\n -> QUIT\n<-  221 bye\n=== Connection closed with remote host.\n",
		[]string{"S 220 mx", "C EHLO a", "S 250 hi", "C MAIL FROM:<a@b>", "S 550 no", "C QUIT", "S 221 bye"}},
	{TShark, "===\nFollow: tcp,ascii\nFilter: tcp.stream eq 0\nNode 0: 192.0.2.9:4000\nNode 1: 192.0.2.1:25\n\t8\n220 mx\n\n8\nEHLO a\n\n\t8\n250 hi\n\n",
		[]string{"S 220 mx", "C EHLO a", "S 250 hi"}},
	{Curl, "*   Trying 192.0.2.1:25...\n* Connected to mx.example (192.0.2.1) port 25 (#0)\n< 220 mx\n> EHLO a\n< 250 hi\n> QUIT\n< 221 bye\n* Connection #0 to host mx.example left intact\n",
		[]string{"S 220 mx", "C EHLO a", "S 250 hi", "C QUIT", "S 221 bye"}},
	{Smtplib, "connect: ('mx.example', 25)\nreply: b'220 mx\\r\\n'\nreply: retcode (220); Msg: b'mx'\nsend: 'ehlo a\\r\\n'\nreply: b'250-hi\\r\\n'\nreply: b'250 SIZE\\r\\n'\nreply: retcode (250); Msg: b'hi\\nSIZE'\nsend: b'x\\xc3\\xa4\\r\\n.\\r\\n'\n",
		[]string{"S 220 mx", "C ehlo a", "S 250-hi", "S 250 SIZE", "C x\xc3\xa4\r\n."}},
	{Postfix, "Jan  2 03:04:05 h postfix/smtpd[77]: connect from c.example[192.0.2.9]\nJan  2 03:04:05 h postfix/smtpd[77]: > c.example[192.0.2.9]: 220 mx\nJan  2 03:04:05 h postfix/smtpd[78]: > d.example[192.0.2.8]: 220 mx\nJan  2 03:04:05 h postfix/smtpd[77]: < c.example[192.0.2.9]: EHLO a\nJan  2 03:04:05 h postfix/smtpd[77]: > c.example[192.0.2.9]: 250 hi\n",
		[]string{"S 220 mx", "C EHLO a", "S 250 hi", "S 220 mx"}},
	{Exim, "  SMTP>> 220 mx\n12345 SMTP<< EHLO a\n12345 SMTP>> 250-hi\n12345         250 HELP\n12345 SMTP<< QUIT\n12345 SMTP>> 221 bye\n",
		[]string{"S 220 mx", "C EHLO a", "S 250-hi", "S 250 HELP", "C QUIT", "S 221 bye"}},
	{Exim, "Connecting to mx.example [192.0.2.1]:25 ... connected\n  SMTP<< 220 mx\n  SMTP>> EHLO a\n  SMTP<< 250 hi\n  SMTP>> QUIT\n  SMTP<< 221 bye\n",
		[]string{"S 220 mx", "C EHLO a", "S 250 hi", "C QUIT", "S 221 bye"}},
	{Exim, "Connecting to mx.example [192.0.2.1]:25 ... connected\n  SMTP<< 220 mx\n  SMTP>> EHLO a\n  SMTP<< 250 hi\nConnecting to my.example [192.0.2.2]:25 ... connected\n  SMTP<< 220 my\n  SMTP>> DATA\n  SMTP<< 354 go\n  SMTP>> writing message and terminating \".\"\n  SMTP<< 250 taken\n  SMTP>> QUIT\n  SMTP<< 221 bye\n",
		[]string{"S 220 mx", "C EHLO a", "S 250 hi", "S 220 my", "C DATA", "S 354 go", "C .", "S 250 taken", "C QUIT", "S 221 bye"}},
	{Exchange, "#Log-type: SMTP Receive Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n2024-01-02T03:04:05.006Z,C,08D1,1,192.0.2.1:25,192.0.2.9:4000,<,DATA,\n2024-01-02T03:04:05.007Z,C,08D1,2,192.0.2.1:25,192.0.2.9:4000,>,354 Start mail input,\n2024-01-02T03:04:05.008Z,C,08D1,3,192.0.2.1:25,192.0.2.9:4000,>,\"250 2.6.0 <1@a> [InternalId=1] Queued mail for delivery\",\n2024-01-02T03:04:05.009Z,C,08D1,4,192.0.2.1:25,192.0.2.9:4000,<,QUIT,\n",
		[]string{"C DATA", "S 354 Start mail input", "C .", "S 250 2.6.0 <1@a> [InternalId=1] Queued mail for delivery", "C QUIT"}},
	{Sendmail, "a@b... Connecting to mx.example. via esmtp...\n220 mx\n>>> EHLO a\n250 hi\n>>> MAIL From:<a@b>\n250 ok\n>>> QUIT\n221 bye\n",
		[]string{"S 220 mx", "C EHLO a", "S 250 hi", "C MAIL From:<a@b>", "S 250 ok", "C QUIT", "S 221 bye"}},
	{Exchange, "#Software: Microsoft Exchange Server\n#Version: 15.0.0.0\n#Log-type: SMTP Receive Protocol Log\n#Date: 2024-01-02T03:04:05.006Z\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n2024-01-02T03:04:05.006Z,C,08D1,0,192.0.2.1:25,192.0.2.9:4000,+,,\n2024-01-02T03:04:05.007Z,C,08D1,1,192.0.2.1:25,192.0.2.9:4000,>,220 mx,\n2024-01-02T03:04:05.008Z,C,08D1,2,192.0.2.1:25,192.0.2.9:4000,<,EHLO a,\n2024-01-02T03:04:05.009Z,C,08D1,3,192.0.2.1:25,192.0.2.9:4000,>,\"250-mx Hello [192.0.2.9] SIZE PIPELINING 8BITMIME\",\n",
		[]string{"S 220 mx", "C EHLO a", "S 250-mx Hello [192.0.2.9]", "S 250-SIZE", "S 250-PIPELINING", "S 250 8BITMIME"}},
	{Prefixed, "S: 220 mx\nC: EHLO a\nS: 250-hi\nS: 250 SIZE\nC: QUIT\nS: 221 bye\n",
		[]string{"S 220 mx", "C EHLO a", "S 250-hi", "S 250 SIZE", "C QUIT", "S 221 bye"}},
	{Prefixed, "C: DATA\nS: 354 go\nC: Subject: x\n\n  text without a mark\n.\nS: 250 ok\nC: QUIT\n",
		[]string{"C DATA", "S 354 go", "C Subject: x", "C ", "C   text without a mark", "C .", "S 250 ok", "C QUIT"}},
	{Prefixed, "host = mx.example\n<-- 220 mx\n--> EHLO a\n<-- 250 hi\n--> QUIT\n",
		[]string{"S 220 mx", "C EHLO a", "S 250 hi", "C QUIT"}},
	{Telnet, "DEBUG SMTP: trying to connect to host \"mx\", port 25\n220 mx\nDEBUG SMTP: connected to host \"mx\", port: 25\nEHLO a\n250 SIZE\nDEBUG SMTP: Found extension \"SIZE\", arg \"\"\nQUIT\n221 bye\n",
		[]string{"S 220 mx", "C EHLO a", "S 250 SIZE", "C QUIT", "S 221 bye"}},
	{PacketList, "No.\tTime\tSource\tDestination\tProtocol\tLength\tInfo\n1\t1.0\t192.0.2.1\t192.0.2.9\tSMTP\t97\tS: 220 mx\n2\t1.1\t192.0.2.9\t192.0.2.1\tSMTP\t77\tC: EHLO a\n3\t1.2\t192.0.2.1\t192.0.2.9\tSMTP\t211\tS: 250 hi 250 SIZE\n",
		[]string{"S 220 mx", "C EHLO a", "S 250-hi", "S 250 SIZE"}},
}

// Each dialect is told by its lines, and each line is given to who said it.
func TestSamples(t *testing.T) {
	for _, c := range samples {
		for _, eol := range []string{"\n", "\r\n"} {
			text := bytes.ReplaceAll([]byte(c.text), []byte("\n"), []byte(eol))
			r, err := Read(text)
			if err != nil || r.Dialect != c.dialect {
				t.Errorf("%s: taken for %v (%v)", c.dialect, r, err)
				continue
			}
			var got []string
			for _, s := range r.Sessions {
				for _, l := range s.Lines {
					side := "C "
					if l.Side == dialog.Server {
						side = "S "
					}
					got = append(got, side+string(bytes.TrimSuffix(l.Data, []byte("\r\n"))))
				}
			}
			if len(got) != len(c.want) {
				t.Errorf("%s: %q, want %q", c.dialect, got, c.want)
				continue
			}
			for i := range got {
				if got[i] != c.want[i] {
					t.Errorf("%s: line %d: %q, want %q", c.dialect, i, got[i], c.want[i])
				}
			}
		}
	}
}

// Addresses stand where the dialects have them.
func TestEnds(t *testing.T) {
	for _, c := range []struct {
		dialect        Dialect
		client, server string
		port           uint16
	}{
		{Telnet, "", "192.0.2.1", 25}, {OpenSSL, "", "mx.example", 465}, {Swaks, "", "mx.example", 25}, {TShark, "192.0.2.9", "192.0.2.1", 25}, {Curl, "", "192.0.2.1", 25},
		{Smtplib, "", "mx.example", 25}, {Postfix, "192.0.2.9", "", 0}, {Exchange, "192.0.2.9", "192.0.2.1", 25},
	} {
		for _, s := range samples {
			if s.dialect != c.dialect {
				continue
			}
			r, err := Read([]byte(s.text))
			if err != nil {
				t.Fatal(err)
			}
			x := &r.Sessions[0]
			client, server := x.Client.Name, x.Server.Name
			if x.Client.Addr.IsValid() {
				client = x.Client.Addr.String()
			}
			if x.Server.Addr.IsValid() {
				server = x.Server.Addr.String()
			}
			if client != c.client || server != c.server || x.Server.Port != c.port {
				t.Errorf("%s: %q → %q:%d", c.dialect, client, server, x.Server.Port)
			}
			break
		}
	}
}

// Messages, mailboxes and other texts are no transcripts.
func TestNoTranscript(t *testing.T) {
	for _, text := range []string{
		"", "hello\nworld\n",
		"From: a@b\nTo: c@d\nSubject: 250 ok\n\nThe server said\n220 mx\nHELO a\n250 ok\nand so on.\n",
		"From a@b Mon Jan  1 00:00:00 2024\nFrom: a@b\n\n> quoted\n> MAIL FROM:<x>\n",
		"package main\n\nfunc main() {\n\tDATA := 1\n}\n",
		"\x00\x01\x02220 mx\nHELO a\n250 x\nQUIT\n",
	} {
		if d := Detect([]byte(text)); d != "" {
			t.Errorf("%.30q is taken for %s", text, d)
		}
	}
}

// A frame as other programs print it comes back as its octets.
func TestHexDump(t *testing.T) {
	for _, text := range []string{
		"0000  00 50 56 e6 05 d8 00 50 56 33 6f 3e 08 00 45 10  .PV...P V3o>..E.\n0010  00 3f 29 34 40 00 40 06 9f 3b c0 a8 0a b1 d5 a2  .?)4@.@. .;.....\n",
		"00000000  00 50 56 e6 05 d8 00 50  56 33 6f 3e 08 00 45 10  |.PV...PV3o>..E.|\n00000010  00 3f 29 34 40 00 40 06  9f 3b c0 a8 0a b1 d5 a2  |.?)4@.@..;......|\n",
		"00000000: 0050 56e6 05d8 0050 5633 6f3e 0800 4510  .PV...PV3o>..E.\n00000010: 003f 2934 4000 4006 9f3b c0a8 0ab1 d5a2  .?)4@.@..;......\n",
		"\t0x0000:  0050 56e6 05d8 0050 5633 6f3e 0800 4510\n\t0x0010:  003f 2934 4000 4006 9f3b c0a8 0ab1 d5a2\n",
	} {
		r, err := readAs([]byte(text), HexDump)
		if err != nil || len(r.Frames) != 1 || len(r.Frames[0].Octets) != 32 || r.Frames[0].Octets[31] != 0xA2 {
			t.Errorf("%.20q: %v %+v", text, err, r)
		}
	}
}

// Whatever a text is: no panic, places inside of it that ascend, and the same twice.
func FuzzRead(f *testing.F) {
	for _, c := range samples {
		f.Add([]byte(c.text), uint8(0))
	}
	f.Fuzz(func(t *testing.T, text []byte, which uint8) {
		d := Dialect("")
		if n := int(which); n > 0 && n <= len(readers) {
			d = readers[n-1].dialect
		}
		r, err := readAs(text, d)
		if err != nil {
			return
		}
		again, _ := readAs(text, d)
		if len(again.Sessions) != len(r.Sessions) {
			t.Fatal("twice is not the same")
		}
		for i, s := range r.Sessions {
			if len(s.Lines) != len(again.Sessions[i].Lines) {
				t.Fatal("twice is not the same")
			}
			last := 0
			for _, l := range s.Lines {
				if l.Offset < 0 || l.Offset+int64(l.Len) > int64(len(text)) || l.Number < last {
					t.Fatalf("line %+v in %d octets", l, len(text))
				}
				last = l.Number
			}
		}
	})
}

// When telnet connects again without saying that it tries to, another session begins: the server of
// the closed one keeps its name.
func TestTelnetConnectsAgain(t *testing.T) {
	text := "Trying 192.0.2.1...\nConnected to a.example.\nEscape character is '^]'.\n220 a.example\nQUIT\n221 bye\nConnection closed by foreign host.\n" +
		"Connected to b.example.\n220 b.example\nQUIT\n221 bye\nConnection closed by foreign host.\n"
	r, err := Read([]byte(text))
	if err != nil || len(r.Sessions) != 2 {
		t.Fatalf("%v, %+v", err, r)
	}
	if a, b := r.Sessions[0].Server.Name, r.Sessions[1].Server.Name; a != "a.example" || b != "b.example" {
		t.Errorf("servers %s and %s", a, b)
	}
}
