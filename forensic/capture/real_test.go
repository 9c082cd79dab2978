package capture_test

import (
	"bytes"
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/internal/corpus"
)

// followed is a real capture with its messages.
type followed struct {
	conns    []*capture.Connection
	messages [][]byte
}

func follow(t *testing.T, path string) *followed {
	t.Helper()
	out := &followed{}
	opt := &capture.Options{Message: func(m *capture.Message) error {
		out.messages = append(out.messages, bytes.Clone(m.Octets))
		return nil
	}}
	c, err := capture.Open(context.Background(), path, opt)
	if err != nil {
		t.Fatal(path, err)
	}
	defer c.Close()
	for conn, err := range c.Connections(context.Background()) {
		if err != nil {
			t.Fatal(path, err)
		}
		out.conns = append(out.conns, conn)
	}
	return out
}

// tsharkDiffers are objects that tshark 4.0.17 exports and we do not give as messages,
// each for its reason.
var tsharkDiffers = map[string]string{
	"suricata-verify-mail/imap-detection/input.pcap":                      "tshark exports headers and texts that IMAP fetched alone; one of them is a whole message",
	"suricata-verify-mail/smtp-to-comma":                                  "the file is cut in the message; tshark exports what there is",
	"suricata-verify-mail/bug-3616-smtp/input.pcap":                       "tshark does not put segments in order; ours is Zeek's message",
	"suricata-verify-mail/smtp-bug-5981/input.pcap":                       "segments came twice with different octets: tshark takes others than the first",
	"suricata-verify-mail/smtp-ehlo-reset-after-rejected-data/input.pcap": "tshark takes the commands behind a refused DATA for a message",
	"zeek-mail/Traces/pop3-unknown-commands.pcap":                         "tshark takes replies for mail",
	"zeek-mail/Traces/pop3/pop3.pcap":                                     "tshark exports pieces of messages",
	"zeek-mail/Traces/smtp-mail-transactions-invalid.pcap":                "tshark exports lines that the server refused as commands",
	"zeek-mail/Traces/smtp/rfc3030-bdat-nonascii.pcap":                    "tshark exports each chunk",
	"suricata-verify-mail/smtp-bdat-bad-tail-next-mail/input.pcap":        "tshark reads on behind the server's 521",
}

// Every mail that tshark exports from SMTP is among ours, octet by octet, but for the final
// line break, which tshark takes for part of the end.
func TestAsTShark(t *testing.T) {
	root := corpus.Dir(t, "pcap")
	table := string(corpus.Read(t, filepath.Join(root, "tshark-expected", "imf.tsv")))
	cache := map[string]*followed{}
	same, explained := 0, 0
	for line := range strings.Lines(table) {
		f := strings.Split(strings.TrimSpace(line), "\t")
		if len(f) != 4 || f[0] == "pcap" {
			continue
		}
		path := filepath.Join(root, f[0])
		if cache[path] == nil {
			cache[path] = follow(t, path)
		}
		if slices.ContainsFunc(cache[path].messages, func(m []byte) bool {
			return sum(m) == f[3] || sum(bytes.TrimSuffix(m, []byte("\r\n"))) == f[3]
		}) {
			same++
			continue
		}
		if !slices.ContainsFunc(keys(tsharkDiffers), func(k string) bool { return strings.HasPrefix(f[0], k) }) {
			t.Errorf("%s: %s of %s octets is not among ours", f[0], f[1], f[2])
			continue
		}
		explained++
	}
	t.Logf("%d the same, %d explained", same, explained)
	if same < 15 {
		t.Errorf("only %d are the same", same)
	}
}

func keys(m map[string]string) (out []string) {
	for k := range m {
		out = append(out, k)
	}
	return out
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// What Suricata's tests state about mail is found: HELO, MAIL FROM, RCPT TO, From.
func TestAsSuricata(t *testing.T) {
	n := 0
	for _, path := range corpus.Files(t, "pcap/suricata-verify-mail") {
		if filepath.Ext(path) != ".pcap" {
			continue
		}
		yaml, err := os.ReadFile(filepath.Join(filepath.Dir(path), "test.yaml"))
		if err != nil {
			continue
		}
		got := follow(t, path)
		for line := range strings.Lines(string(yaml)) {
			key, value, ok := strings.Cut(strings.TrimSpace(line), ": ")
			value = strings.Trim(value, `"'`)
			if !ok || strings.Contains(value, "'") {
				continue
			}
			if stated(got, key, value) {
				n++
			} else if isStated(key) && len(value) < 200 {
				t.Errorf("%s: %s %q is not found", path, key, value)
			}
		}
	}
	t.Logf("%d statements", n)
	if n < 60 {
		t.Errorf("only %d statements", n)
	}
}

func isStated(key string) bool {
	return key == "smtp.helo" || key == "smtp.mail_from" || strings.HasPrefix(key, "smtp.rcpt_to") || key == "email.from" || key == "email.subject"
}

// stated reports whether a statement of the form that Suricata has is true of a capture.
func stated(f *followed, key, value string) bool {
	bare := strings.Trim(value, "<>")
	for _, c := range f.conns {
		if key == "smtp.helo" && str(c.HELO) == value {
			return true
		}
		for i := range c.Transactions {
			x := &c.Transactions[i]
			if key == "smtp.helo" && str(x.HELO) == value || key == "smtp.mail_from" && str(x.MailFrom) == bare {
				return true
			}
			for _, r := range x.Rcpt {
				if strings.HasPrefix(key, "smtp.rcpt_to") && r.Address == bare {
					return true
				}
			}
			if x.Message == nil {
				continue
			}
			if s := x.Message.Message.Subject; key == "email.subject" && s != nil && *s == value {
				return true
			}
			for _, a := range x.Message.Message.From {
				if key == "email.from" && strings.Contains(value, string(a.Address)) {
					return true
				}
			}
		}
	}
	return false
}

// What Arkime's tests state is found: envelope addresses and subjects.
func TestAsArkime(t *testing.T) {
	n := 0
	for _, path := range corpus.Files(t, "pcap/arkime-mail") {
		if filepath.Ext(path) != ".pcap" {
			continue
		}
		var want struct {
			Sessions []struct {
				Body struct {
					Email struct {
						Src, Dst, Subject []string
					}
				}
			} `json:"sessions3"`
		}
		text, err := os.ReadFile(strings.TrimSuffix(path, ".pcap") + ".test")
		if err != nil || json.Unmarshal(text, &want) != nil {
			continue
		}
		got := follow(t, path)
		for _, s := range want.Sessions {
			for _, a := range append(s.Body.Email.Src, s.Body.Email.Dst...) {
				n++
				if !names(got, a) {
					t.Errorf("%s: %s is not found", path, a)
				}
			}
		}
	}
	t.Logf("%d addresses", n)
	if n < 15 {
		t.Errorf("only %d addresses", n)
	}
}

// names reports whether an address stands in an envelope or header.
func names(f *followed, address string) bool {
	for _, c := range f.conns {
		for i := range c.Transactions {
			x := &c.Transactions[i]
			if strings.EqualFold(str(x.MailFrom), address) {
				return true
			}
			for _, r := range x.Rcpt {
				if strings.EqualFold(r.Address, address) {
					return true
				}
			}
			if m := x.Message; m != nil {
				for _, a := range slices.Concat(m.Message.From, m.Message.To, m.Message.Cc) {
					if strings.EqualFold(string(a.Address), address) {
						return true
					}
				}
			}
		}
	}
	return false
}

// Zeek's baselines have the SHA-1 of a message in chunks.
func TestAsZeek(t *testing.T) {
	got := follow(t, filepath.Join(corpus.Dir(t, "pcap"), "zeek-mail/Traces/smtp/rfc3030-bdat-nonascii.pcap"))
	if len(got.messages) != 1 || len(got.messages[0]) != 604 {
		t.Fatal(len(got.messages))
	}
	if s := sha1.Sum(got.messages[0]); !strings.HasPrefix(hex.EncodeToString(s[:]), "6ae7bc45d107") {
		t.Errorf("sha1 %x", s)
	}
	// Suricata's capture holds the same message as Zeek's smtp.pcap.
	got = follow(t, filepath.Join(corpus.Dir(t, "pcap"), "suricata-verify-mail/bug-3616-smtp/input.pcap"))
	if s := sha1.Sum(got.messages[0]); len(got.messages[0]) != 14545 || !strings.HasPrefix(hex.EncodeToString(s[:]), "cfca0a07196a") {
		t.Errorf("%d octets, sha1 %x", len(got.messages[0]), s)
	}
	for name, want := range map[string]int{
		"smtp-one-side-only.pcap": 2, "smtp-mail-transactions-invalid.pcap": 2, "smtp-multi-addr.pcap": 1, "smtp/rfc3030-bdat-multipart-chunked.pcap": 1,
		"smtp/mime-header-size-limit.pcap.gz": 1, "pop3/pop3.pcap": 3, "pop3/redis-50-pings.pcap": 0,
	} {
		if got := follow(t, filepath.Join(corpus.Dir(t, "pcap"), "zeek-mail/Traces", name)); len(got.messages) != want {
			t.Errorf("%s: %d messages, want %d", name, len(got.messages), want)
		}
	}
}
