package capture_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/internal/corpus"
)

// spoken is one session with everything that a transcript may get wrong: a proof of identity,
// replies of several lines, a refused recipient, a message with dots and with lines that look like
// replies and commands.
func spoken(secret string) []string {
	b64 := base64.StdEncoding.EncodeToString
	return []string{
		"S 220 mx.example ESMTP", "C EHLO desk.example", "S 250-mx.example", "S 250-SIZE 1000", "S 250 AUTH LOGIN",
		"C AUTH LOGIN", "S 334 VXNlcm5hbWU6", "C " + b64([]byte("ann@desk.example")), "S 334 UGFzc3dvcmQ6", "C " + b64([]byte(secret)), "S 235 2.7.0 ok",
		"C MAIL FROM:<ann@desk.example> SIZE=90", "S 250 2.1.0 ok", "C RCPT TO:<bob@mx.example>", "S 250 2.1.5 ok", "C RCPT TO:<eve@mx.example>", "S 550 5.1.1 unknown",
		"C DATA", "S 354 go ahead", "M Subject: x", "M ", "M 250 not a reply", "M QUIT", "M ..", "C .", "S 250 2.0.0 taken", "C QUIT", "S 221 2.0.0 bye",
	}
}

const said = "Subject: x\r\n\r\n250 not a reply\r\nQUIT\r\n.\r\n"

// printers are programs that print sessions. mark prints a line of the client or the server;
// shows says whether they print the message.
var printers = []struct {
	name       string
	head, tail string
	mark       func(client bool, line string) string
	shows      bool
	lineEnds   bool // the transcript shows line ends
}{
	{"telnet", "Trying 192.0.2.25...\nConnected to mx.example.\nEscape character is '^]'.\n", "Connection closed by foreign host.\n", func(_ bool, l string) string { return l + "\n" }, true, false},
	{"openssl", "CONNECTED(00000003)\n---\nSSL handshake has read 3000 bytes\n---\n", "closed\n", func(_ bool, l string) string { return l + "\n" }, true, false},
	{"swaks", "=== Trying mx.example:587...\n=== Connected to mx.example.\n", "=== Connection closed with remote host.\n", func(c bool, l string) string {
		switch {
		case c:
			return " -> " + l + "\n"
		case l[0] >= '4':
			return "<** " + l + "\n"
		}
		return "<-  " + l + "\n"
	}, true, false},
	{"tshark", "===================================================================\nFollow: tcp,ascii\nFilter: tcp.stream eq 0\nNode 0: 192.0.2.9:4000\nNode 1: 192.0.2.25:587\n", "===================================================================\n", func(c bool, l string) string {
		if c {
			return fmt.Sprintf("%d\n%s\n\n", len(l)+2, l)
		}
		return fmt.Sprintf("\t%d\n%s\n\n", len(l)+2, l)
	}, true, false},
	{"smtplib", "connect: ('mx.example', 587)\n", "", func(c bool, l string) string {
		if c {
			return "send: '" + l + "\\r\\n'\n"
		}
		return "reply: b'" + l + "\\r\\n'\n"
	}, true, true},
	{"prefixed", "", "", func(c bool, l string) string {
		if c {
			return "C: " + l + "\n"
		}
		return "S: " + l + "\n"
	}, true, false},
	{"curl", "*   Trying 192.0.2.25:587...\n* Connected to mx.example (192.0.2.25) port 587 (#0)\n", "* Connection #0 to host mx.example left intact\n", func(c bool, l string) string {
		if c {
			return "> " + l + "\n"
		}
		return "< " + l + "\n"
	}, false, false},
	{"sendmail", "bob@mx.example... Connecting to mx.example. via esmtp...\n", "bob@mx.example... Sent\n", func(c bool, l string) string {
		if c {
			return ">>> " + l + "\n"
		}
		return l + "\n"
	}, false, false},
	{"exim", "Connecting to mx.example [192.0.2.25]:587 ... connected\n", "  SMTP(close)>>\n", func(c bool, l string) string {
		if c {
			return "  SMTP>> " + l + "\n"
		}
		return "  SMTP<< " + l + "\n"
	}, false, false},
	{"postfix", "Jan  2 03:04:05 h postfix/smtpd[77]: connect from desk.example[192.0.2.9]\n", "Jan  2 03:04:05 h postfix/smtpd[77]: disconnect from desk.example[192.0.2.9]\n", func(c bool, l string) string {
		if c {
			return "Jan  2 03:04:05 h postfix/smtpd[77]: < desk.example[192.0.2.9]: " + l + "\n"
		}
		return "Jan  2 03:04:05 h postfix/smtpd[77]: > desk.example[192.0.2.9]: " + l + "\n"
	}, false, false},
	{"exchange", "#Software: Microsoft Exchange Server\n#Log-type: SMTP Receive Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n", "", func(c bool, l string) string {
		event := ">"
		if c {
			event = "<"
		}
		return "2024-01-02T03:04:05.006Z,C,08D1,0,192.0.2.25:587,192.0.2.9:4000," + event + ",\"" + l + "\",\n"
	}, false, false},
}

// Whoever printed a session, it is the same one: names, steps, replies, what became of the message
// and, where the program shows them, its octets. The password is in no output.
func TestTranscripts(t *testing.T) {
	const secret = "Correct-Horse-7"
	sum := sha256.Sum256([]byte(said))
	for _, p := range printers {
		t.Run(p.name, func(t *testing.T) {
			var b strings.Builder
			b.WriteString(p.head)
			for _, l := range spoken(secret) {
				side, text := l[0], l[2:]
				if (side == 'M' || text == ".") && !p.shows {
					continue
				}
				b.WriteString(p.mark(side != 'S', text))
			}
			b.WriteString(p.tail)
			c, conns := read(t, []byte(b.String()), nil)
			if len(conns) != 1 || len(conns[0].Transactions) != 1 {
				t.Fatalf("%d connections of %q\n%s", len(conns), c.File.Dialect, b.String())
			}
			got := conns[0]
			tx := got.Transactions[0]
			if string(c.File.Dialect) != p.name || c.File.LineEndsAssumed == p.lineEnds {
				t.Errorf("dialect %s, line ends assumed %v", c.File.Dialect, c.File.LineEndsAssumed)
			}
			if want := []string{"EHLO", "AUTH", "MAIL", "RCPT", "RCPT", "DATA", "QUIT"}; !slices.Equal(got.Verbs, want) {
				t.Errorf("verbs %v", got.Verbs)
			}
			if want := []int{220, 250, 334, 334, 235, 250, 250, 550, 354, 250, 221}; !slices.Equal(got.Replies, want) {
				t.Errorf("replies %v", got.Replies)
			}
			if len(got.Auth) != 1 || str(got.Auth[0].User) != "ann@desk.example" || !got.Auth[0].OK || str(got.HELO) != "desk.example" {
				t.Errorf("auth %+v, HELO %s", got.Auth, str(got.HELO))
			}
			if str(tx.MailFrom) != "ann@desk.example" || len(tx.Rcpt) != 2 || num(tx.Rcpt[1].Code) != 550 || tx.Status != "accepted" || num(tx.FinalCode) != 250 {
				t.Errorf("transaction %+v", tx)
			}
			if digest := hex.EncodeToString(sum[:]); p.shows && string(tx.SHA256) != digest || !p.shows && (tx.SHA256 != "" || tx.Complete || tx.Size != nil) {
				t.Errorf("message %s, complete %v", tx.SHA256, tx.Complete)
			}
			leaks(t, conns, []string{secret, base64.StdEncoding.EncodeToString([]byte(secret))})
		})
	}
}

// A chunk that the program does not print is not looked for in what follows.
func TestElidedChunk(t *testing.T) {
	log := "#Log-type: SMTP Receive Protocol Log\n#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\n"
	for _, l := range []string{">,220 mx", "<,EHLO a", ">,250 CHUNKING", "<,MAIL FROM:<a@b>", ">,250 ok", "<,RCPT TO:<c@d>", ">,250 ok", "<,BDAT 5000 LAST", ">,250 2.6.0 queued", "<,QUIT", ">,221 bye"} {
		log += "2024-01-02T03:04:05.006Z,C,08D1,0,192.0.2.25:25,192.0.2.9:4000," + l + ",\n"
	}
	_, conns := read(t, []byte(log), nil)
	tx := conns[0].Transactions[0]
	if want := []string{"EHLO", "MAIL", "RCPT", "BDAT", "QUIT"}; !slices.Equal(conns[0].Verbs, want) || tx.Mode != "BDAT" || tx.Status != "accepted" || tx.Complete || tx.SHA256 != "" {
		t.Errorf("%v: %+v", conns[0].Verbs, tx)
	}
}

// The transcript, packet list and frame of the course text, step by step.
func TestSeed(t *testing.T) {
	dir := corpus.Dir(t, "seed")
	for _, c := range []struct {
		file    string
		verbs   []string
		replies []int
		auth    string
	}{
		{"telnet-transcript.txt", []string{"HELP", "AUTH", "EHLO", "AUTH"}, []int{220, 214, 503, 250, 334, 334}, `[{"mechanism":"LOGIN","user":null,"ok":false},{"mechanism":"LOGIN","user":"rfeentes@e-katec.com","ok":false}]`},
		{"packet-list.txt", nil, nil, `[{"mechanism":"LOGIN","user":"rfuentes@e-katec.com","ok":false}]`},
		{"ehlo-frame.hex.txt", []string{"EHLO"}, nil, `[]`},
	} {
		got := follow(t, filepath.Join(dir, c.file)).conns
		if len(got) != 1 {
			t.Fatalf("%s: %d connections", c.file, len(got))
		}
		k := got[0]
		if c.verbs != nil && !slices.Equal(k.Verbs, c.verbs) || c.replies != nil && !slices.Equal(k.Replies, c.replies) {
			t.Errorf("%s: %v %v", c.file, k.Verbs, k.Replies)
		}
		if auth, err := json.Marshal(k.Auth); err != nil || string(auth) != c.auth {
			t.Errorf("%s: %s", c.file, auth)
		}
		if str(k.HELO) != "mail.e-katec.com" || len(k.Transactions) > 0 {
			t.Errorf("%s: HELO %s, %d transactions", c.file, str(k.HELO), len(k.Transactions))
		}
		if c.file == "ehlo-frame.hex.txt" && (string(k.Client) != "192.168.10.177" || k.ClientPort != 41857 || string(k.Server) != "213.162.209.61") {
			t.Errorf("ends %s:%d %s", k.Client, k.ClientPort, k.Server)
		}
	}
}

// What is no transcript is no transcript.
func TestNoCapture(t *testing.T) {
	for _, text := range []string{"", "hello\n", wire, "From a@b Thu Jan  1 00:00:00 1970\n" + wire} {
		if _, err := capture.Read(t.Context(), "x", strings.NewReader(text), nil); err == nil {
			t.Errorf("%.20q is taken for one", text)
		}
	}
	if capture.IsCapture([]byte(wire)) || !capture.IsCapture([]byte{0xD4, 0xC3, 0xB2, 0xA1, 2, 0, 4, 0}) {
		t.Error("captures are not told")
	}
}
