package transcript

import (
	"fmt"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture/dialog"
)

// said is what each end said, one line each, without line ends.
func said(s *Session) string {
	var b strings.Builder
	for _, l := range s.Lines {
		side := "C "
		if l.Side == dialog.Server {
			side = "S "
		}
		b.WriteString(side + strings.TrimRight(string(l.Data), "\r\n") + "\n")
	}
	return b.String()
}

// TestDialects: the odd corners of each program's output. ends is "client>server:port" as far as it
// is stated.
func TestDialects(t *testing.T) {
	for _, c := range []struct {
		name    string
		dialect Dialect
		text    string
		ends    string
		want    string
	}{
		{"a byte order mark", Telnet, "\xEF\xBB\xBF220 mx\nHELO a\n250 hi\nQUIT\n221 bye\n", ">:0", "S 220 mx\nC HELO a\nS 250 hi\nC QUIT\nS 221 bye\n"},
		{"nc says where it went", Telnet, "Connection to mx.example 25 port [tcp/smtp] succeeded!\n220 mx\nHELO a\n250 hi\n", ">mx.example:25", "S 220 mx\nC HELO a\nS 250 hi\n"},
		{"a shell's line", Telnet, "$ telnet mx.example 2525\n220 mx\nHELO a\n250 hi\n", ">mx.example:2525", "S 220 mx\nC HELO a\nS 250 hi\n"},
		{"nc with flags", Telnet, "$ nc -v -C mx.example 587\n220 mx\nHELO a\n250 hi\n", ">mx.example:587", "S 220 mx\nC HELO a\nS 250 hi\n"},
		{"IMAP in a terminal", Telnet, "* OK ready\na LOGIN bob x\na OK done\nb FETCH 1 BODY[]\n* 1 FETCH (BODY[] NIL)\nb NO none\n", ">:0",
			"S * OK ready\nC a LOGIN bob x\nS a OK done\nC b FETCH 1 BODY[]\nS * 1 FETCH (BODY[] NIL)\nS b NO none\n"},
		{"IMAP asks", Telnet, "* OK ready\na AUTHENTICATE PLAIN\n+\nAGJvYgB4\na OK\n", ">:0", "S * OK ready\nC a AUTHENTICATE PLAIN\nS +\nC AGJvYgB4\nS a OK\n"},
		{"POP3 in a terminal", Telnet, "+OK ready\nLIST\n+OK\n1 20\n.\nLIST 1\n+OK 1 20\nRETR 1\n+OK\nA: b\n\n+OK not a reply\n.\nQUIT\n+OK\n", ">:0",
			"S +OK ready\nC LIST\nS +OK\nS 1 20\nS .\nC LIST 1\nS +OK 1 20\nC RETR 1\nS +OK\nS A: b\nS \nS +OK not a reply\nS .\nC QUIT\nS +OK\n"},
		{"a reply that lost its codes", Telnet, "220 mx\nEHLO a\n250-hi\nSIZE 10\n250 OK\nQUIT\n221 bye\n", ">:0", "S 220 mx\nC EHLO a\nS 250-hi\nS SIZE 10\nS 250 OK\nC QUIT\nS 221 bye\n"},
		{"replies in a message", Telnet, "220 mx\nHELO a\n250 hi\nMAIL FROM:<a@b>\n250 ok\nRCPT TO:<c@d>\n250 ok\nDATA\n354 go\n250 is a number\nQUIT\n.\n250 queued\n", ">:0",
			"S 220 mx\nC HELO a\nS 250 hi\nC MAIL FROM:<a@b>\nS 250 ok\nC RCPT TO:<c@d>\nS 250 ok\nC DATA\nS 354 go\nC 250 is a number\nC QUIT\nC .\nS 250 queued\n"},
		{"swaks after a failure", Swaks, "=== Trying mx.example:25...\n=== Connected to mx.example.\n<-  220 mx\n -> EHLO a\n<** 550 no\n ->\n<-  500 what\nnoise\n", ">mx.example:25", "S 220 mx\nC EHLO a\nS 550 no\nC \nS 500 what\n"},
		{"swaks says only where it is", Swaks, "=== Connected to 192.0.2.1.\n<~  220 mx\n ~> EHLO a\n<~  250 hi\n", ">192.0.2.1:0", "S 220 mx\nC EHLO a\nS 250 hi\n"},
		{"curl", Curl, "*   Trying 192.0.2.1:25...\n* Connected to mx.example (192.0.2.1) port 25 (#0)\n< 220 mx\n> EHLO a\n< 250 hi\n> QUIT\n< 221 bye\n* Closing connection 0\n", ">mx.example:25", "S 220 mx\nC EHLO a\nS 250 hi\nC QUIT\nS 221 bye\n"},
		{"old Python", Smtplib, "connect: ('mx.example', 25)\nreply: '220 mx'\nreply: retcode (220); Msg: mx\nsend: 'ehlo a\\r\\n'\nreply: \"250 it's me\\r\\n\"\nsend: 'no end\nsend: 'tab\\t\\x41\\u00e9\\q\\r\\n'\n", ">mx.example:25",
			"S 220 mx\nC ehlo a\nS 250 it's me\nC tab\tAéq\n"},
		{"Python with times", Smtplib, "12:34:56.123456 connect: to ('mx.example', 587) None\n12:34:56.223456 reply: b'220 mx\\r\\n'\n12:34:56.323456 send: 'ehlo a\\r\\n'\n12:34:56.423456 reply: b'250 hi\\r\\n'\n", ">mx.example:587", "S 220 mx\nC ehlo a\nS 250 hi\n"},
		{"Postfix as the client", Postfix, "Nov 10 08:15:18 host postfix/smtp[77]: < mx.example[192.0.2.1]:25: 220 mx\nNov 10 08:15:18 host postfix/smtp[77]: > mx.example[192.0.2.1]:25: EHLO a\nNov 10 08:15:18 host postfix/smtp[77]: < mx.example[192.0.2.1]:25: 250 hi\nNov 10 08:15:19 host postfix/qmgr[5]: noise\n", ">192.0.2.1:25", "S 220 mx\nC EHLO a\nS 250 hi\n"},
		{"Postfix, two clients at once", Postfix, "2026-11-10T08:15:18.000001+00:00 host postfix/smtpd[1]: connect from a[192.0.2.1]\n2026-11-10T08:15:18.1+00:00 host postfix/smtpd[1]: > a[192.0.2.1]: 220 one\n2026-11-10T08:15:18.2+00:00 host postfix/smtpd[2]: > b[192.0.2.2]: 220 two\n2026-11-10T08:15:18.3+00:00 host postfix/smtpd[1]: < a[192.0.2.1]: EHLO x\n2026-11-10T08:15:18.4+00:00 host postfix/smtpd[1]: > a[192.0.2.1]:\n", "192.0.2.1>:0", "S 220 one\nC EHLO x\nS \n"},
		{"brackets in a log", Postfix, "Nov 10 08:15:18 host[x] y[z] postfix/smtpd[9]: > a[192.0.2.1]: 220 mx\nNov 10 08:15:18 host postfix/smtpd[9]: < a[192.0.2.1]: HELO a\n", "192.0.2.1>:0", "S 220 mx\nC HELO a\n"},
		{"Exchange, send connector", Exchange, "#Log-type: SMTP Send Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n2026-11-10T08:15:18.000Z,c,1,0,192.0.2.9:4000,192.0.2.1:25,+,,\n2026-11-10T08:15:18.100Z,c,1,1,192.0.2.9:4000,192.0.2.1:25,<,220 mx,\n2026-11-10T08:15:18.200Z,c,1,2,192.0.2.9:4000,192.0.2.1:25,>,EHLO a,\n2026-11-10T08:15:18.300Z,c,1,3,192.0.2.9:4000,192.0.2.1:25,<,\"250-mx says \"\"hi\"\" 250-SIZE 10 250 AUTH\",\nnot a time,c,1,4,192.0.2.9:4000,192.0.2.1:25,>,QUIT,\n2026-11-10T08:15:18.400Z,c,,5,,,>,nobody's,\nshort\n",
			"192.0.2.9>192.0.2.1:25", "S 220 mx\nC EHLO a\nS 250-mx says \"hi\"\nS 250-SIZE 10\nS 250 AUTH\nC QUIT\n"},
		{"Exchange, words without codes", Exchange, "#Log-type: SMTP Receive Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n2026-11-10T08:15:18.000Z,c,1,1,192.0.2.1:25,192.0.2.9:4000,>,\"250  mx Hello SIZE 10 PIPELINING AUTH NTLM LOGIN\",\n2026-11-10T08:15:18.100Z,c,1,2,192.0.2.1:25,192.0.2.9:4000,>,odd,\n",
			"192.0.2.9>192.0.2.1:25", "S 250-mx Hello\nS 250-SIZE 10\nS 250-PIPELINING\nS 250 AUTH NTLM LOGIN\nS odd\n"},
		{"Exim as the client", Exim, "Connecting to mx.example [192.0.2.1]:25 ... connected\n  SMTP<< 220 mx\n  SMTP>> EHLO a\n  SMTP<< 250-hi\n         250 SIZE 10\n  SMTP>> QUIT\n  SMTP<< 221 bye\nConnecting to b.example [192.0.2.2]:25 ... connected\n  SMTP<< 220 b\n  SMTP>> HELO a\n  SMTP<< 250 hi\n", ">192.0.2.1:25", "S 220 mx\nC EHLO a\nS 250-hi\nS 250 SIZE 10\nC QUIT\nS 221 bye\n"},
		{"sendmail -v", Sendmail, "050 ann... Connecting to mx.example. via esmtp...\n220 mx\n>>> EHLO a\n250 hi\n>>> QUIT\n221 bye\n", ">mx.example:0", "S 220 mx\nC EHLO a\nS 250 hi\nC QUIT\nS 221 bye\n"},
		{"Perl", Prefixed, "Net::SMTP=GLOB(0x1)<<< 220 mx\nNet::SMTP=GLOB(0x1)>>> EHLO a\nNet::SMTP=GLOB(0x1)<<< 250 hi\n", ">:0", "S 220 mx\nC EHLO a\nS 250 hi\n"},
		{"times before the mark", Prefixed, "[08:15:18] S: 220 mx\n[08:15:18] C: HELO a\n[08:15:19] S: 250 hi\n", ">:0", "S 220 mx\nC HELO a\nS 250 hi\n"},
		{"as in an RFC", Prefixed, "S: 220 mx\nC: EHLO a\nS: 250-hi\n   250 SIZE 10\nC: MAIL FROM:<a@b>\nS: 250 ok\nC: RCPT TO:<c@d>\nS: 250 ok\nC: DATA\nS: 354 go\nC: Subject: x\n\n  indented\nC: .\nS: 250 ok\n", ">:0",
			"S 220 mx\nC EHLO a\nS 250-hi\nS 250 SIZE 10\nC MAIL FROM:<a@b>\nS 250 ok\nC RCPT TO:<c@d>\nS 250 ok\nC DATA\nS 354 go\nC Subject: x\nC \nC   indented\nC .\nS 250 ok\n"},
		{"tshark, raw", TShark, "===\nFollow: tcp,raw\nFilter: tcp.stream eq 0\nNode 0: 192.0.2.9:4000\nNode 1: 192.0.2.1:25\n\t323230206d780d0a\n48454c4f20610d0a\n\t32353020686 9\n===\n", "192.0.2.9>192.0.2.1:25", "S 220 mx\nC HELO a\n"},
		{"tshark, a client that speaks first", TShark, "===\nFollow: tcp,ascii\nFilter: tcp.stream eq 0\nNode 0: 192.0.2.1:25\nNode 1: 192.0.2.9:4000\n\t8\nHELO a\n\n10\n250 hello\n\n===\n", "192.0.2.9>192.0.2.1:25", "C HELO a\nS 250 hello\n"},
		{"packet list", PacketList, "No.\tTime\tSource\tDestination\tProtocol\tLength\tInfo\n1\t0.0\t192.0.2.1\t192.0.2.9\tSMTP\t60\tS: 220 mx\n2\t0.1\t192.0.2.9\t192.0.2.1\tSMTP\t60\tC: EHLO a\n3\t0.2\t192.0.2.1\t192.0.2.9\tSMTP\t90\tS: 250-mx | SIZE 10 | AUTH\n4\t0.3\t192.0.2.9\t192.0.2.1\tSMTP\t60\tC: User: Ym9i\n5\t0.4\t192.0.2.1\t192.0.2.9\tSMTP\t60\tS: odd\n6\t0.5\t192.0.2.1\t192.0.2.9\tSMTP\t60\t[TCP Retransmission]\n7\t0.5\t192.0.2.1\t192.0.2.9\tTCP\t60\tACK\n", "192.0.2.9>192.0.2.1:0",
			"S 220 mx\nC EHLO a\nS 250-mx\nS 250-SIZE 10\nS 250 AUTH\nC Ym9i\nS odd\n"},
		{"openssl", OpenSSL, "$ openssl s_client -connect mx.example:25 -starttls smtp\nCONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = mx\n---\nServer certificate\nx\n---\nSSL handshake has read 1 bytes\n---\nread R BLOCK\n250 hi\nEHLO a\n250 again\nQUIT\nDONE\n", ">mx.example:25", "S 250 hi\nC EHLO a\nS 250 again\nC QUIT\n"},
	} {
		r, err := Read([]byte(c.text))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		s := &r.Sessions[0]
		if r.Dialect != c.dialect {
			t.Errorf("%s: read as %s", c.name, r.Dialect)
		}
		if got := said(s); got != c.want {
			t.Errorf("%s:\n%swant\n%s", c.name, got, c.want)
		}
		client, server := s.Client.Name, s.Server.Name
		if s.Client.Addr.IsValid() {
			client = s.Client.Addr.String()
		}
		if s.Server.Addr.IsValid() && c.dialect != Curl {
			server = s.Server.Addr.String()
		}
		if got := fmt.Sprintf("%s>%s:%d", client, server, s.Server.Port); got != c.ends {
			t.Errorf("%s: ends %s, want %s", c.name, got, c.ends)
		}
		// Each line stands in the text where it says, whole lines of the text at the least.
		for _, l := range s.Lines {
			if l.Len > 0 && (l.Offset < 0 || l.Offset+int64(l.Len) > int64(len(c.text)) || strings.Contains(c.text[l.Offset:l.Offset+int64(l.Len)], "\n")) {
				t.Errorf("%s: %q at %d+%d", c.name, l.Data, l.Offset, l.Len)
			}
		}
	}
}

// TestHexDumpFrames: each offset of 0 begins a frame; what does not go on where the last line ended
// belongs to none.
func TestHexDumpFrames(t *testing.T) {
	line := "00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff"
	text := "0000  " + line + "  ................\n0010  " + line + "\nsome words\n0000  " + line + "\n0010  01 02 03 04 05\n0100  " + line + "\n0x0000:  " + strings.ReplaceAll(line, " ", "")[:4] + " 0203 0405 0607 0809 0a0b 0c0d 0e0f\n0x0010:  0001 0203 0405 0607\n"
	r, err := readAs([]byte(text), HexDump)
	if err != nil {
		t.Fatal(err)
	}
	sizes := ""
	for _, f := range r.Frames {
		sizes += fmt.Sprint(len(f.Octets), "@", f.Number, " ")
	}
	if sizes != "32@1 21@4 24@7 " {
		t.Errorf("frames %s", sizes)
	}
}

// TestNothingSaid: a text of a dialect in which nobody says anything is none.
func TestNothingSaid(t *testing.T) {
	for _, d := range []Dialect{PacketList, Exchange, HexDump, Curl, "no such dialect"} {
		if r, err := readAs([]byte("#Log-type: SMTP \nNo.\tTime\n"), d); err == nil {
			t.Errorf("%s: %+v", d, r)
		}
	}
}
