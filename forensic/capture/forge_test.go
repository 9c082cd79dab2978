package capture_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/internal/captureforge"
)

// read is every connection of a file.
func read(t testing.TB, file []byte, opt *capture.Options) (*capture.Capture, []*capture.Connection) {
	t.Helper()
	c, err := capture.Read(context.Background(), "test.pcap", bytes.NewReader(file), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var out []*capture.Connection
	for conn, err := range c.Connections(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, conn)
	}
	return c, out
}

// Every made capture is answered as its maker says: who spoke, what was said, which
// messages passed, with which octets, and what is missing. Names and contents are fresh at each run.
func TestForge(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	for _, k := range captureforge.Cases(seed) {
		t.Run(k.Name, func(t *testing.T) {
			c, got := read(t, k.File, &capture.Options{Workers: 2})
			if c.File.Truncated != k.Truncated {
				t.Errorf("truncated: %v (%s)", c.File.Truncated, c.File.Note)
			}
			if len(got) != len(k.Conns) {
				t.Fatalf("%d connections, want %d", len(got), len(k.Conns))
			}
			for i := range got {
				for _, wrong := range compare(got[i], &k.Conns[i]) {
					t.Errorf("connection %d: %s (%s)", i, wrong, k.Why)
				}
			}
			leaks(t, got, k.Secrets)
		})
	}
}

// leaks finds secrets in what is printed.
func leaks(t *testing.T, got []*capture.Connection, secrets []string) {
	t.Helper()
	text, err := json.Marshal(got)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range secrets {
		if bytes.Contains(text, []byte(s)) {
			t.Errorf("the secret %q is printed", s)
		}
	}
}

// check lists differences.
type check struct{ wrong []string }

func (k *check) that(ok bool, format string, args ...any) {
	if !ok {
		k.wrong = append(k.wrong, fmt.Sprintf(format, args...))
	}
}

func str(p *string) string {
	if p == nil {
		return "-"
	}
	return *p
}

func num(p *int) int {
	if p == nil {
		return 0
	}
	return *p
}

func ids(list []capture.Finding) (out []string) {
	for i := range list {
		out = append(out, list[i].ID)
	}
	return out
}

func compare(got *capture.Connection, want *captureforge.Conn) []string {
	k := &check{}
	k.that(string(got.Client) == want.Client && got.ClientPort == want.ClientPort, "client %s:%d, want %s:%d", got.Client, got.ClientPort, want.Client, want.ClientPort)
	k.that(string(got.Server) == want.Server && got.ServerPort == want.ServerPort, "server %s:%d, want %s:%d", got.Server, got.ServerPort, want.Server, want.ServerPort)
	k.that(string(got.Protocol) == want.Protocol, "protocol %s, want %s", got.Protocol, want.Protocol)
	k.that(want.Verbs == nil || slices.Equal(got.Verbs, want.Verbs), "verbs %v, want %v", got.Verbs, want.Verbs)
	k.that(want.Replies == nil || slices.Equal(got.Replies, want.Replies), "replies %v, want %v", got.Replies, want.Replies)
	k.that(want.HELO == "" || str(got.HELO) == want.HELO && string(got.HELOVerb) == want.Verb, "helo %s %s, want %s %s", got.HELOVerb, str(got.HELO), want.Verb, want.HELO)
	k.that(got.Fallback == want.Fallback, "fallback %v", got.Fallback)
	k.that(want.StartTLS == "" || string(got.StartTLS) == want.StartTLS, "starttls %s, want %s", got.StartTLS, want.StartTLS)
	compareAuth(k, got.Auth, want.Auth)
	found := ids(got.Findings)
	for _, id := range want.Findings {
		k.that(slices.Contains(found, id), "finding %s is missing of %v", id, found)
	}
	for _, id := range want.Forbidden {
		k.that(!slices.Contains(found, id), "finding %s should not be there", id)
	}
	k.that(len(got.Transactions) == len(want.Tx), "%d transactions, want %d", len(got.Transactions), len(want.Tx))
	for i := range min(len(got.Transactions), len(want.Tx)) {
		compareTx(k, &got.Transactions[i], &want.Tx[i])
	}
	return k.wrong
}

func compareAuth(k *check, got []capture.Auth, want []captureforge.Auth) {
	k.that(len(got) == len(want), "%d attempts to log in, want %d", len(got), len(want))
	for i := range min(len(got), len(want)) {
		g, w := got[i], want[i]
		user := str(g.User)
		if w.User == "" {
			w.User = "-"
		}
		k.that(g.Mechanism == w.Mechanism && user == w.User && g.OK == w.OK, "auth %s %s %v, want %v", g.Mechanism, user, g.OK, w)
	}
}

func compareTx(k *check, got *capture.Transaction, want *captureforge.Tx) {
	at := func(format string, args ...any) string {
		return fmt.Sprintf("tx %d: ", got.Tx) + fmt.Sprintf(format, args...)
	}
	k.that(str(got.MailFrom) == want.From, "%s", at("from %q, want %q", str(got.MailFrom), want.From))
	var rcpt []string
	var codes, final []int
	for _, r := range got.Rcpt {
		rcpt = append(rcpt, r.Address)
		codes = append(codes, num(r.Code))
		final = append(final, num(r.FinalCode))
	}
	k.that(slices.Equal(rcpt, want.Rcpt), "%s", at("recipients %v, want %v", rcpt, want.Rcpt))
	k.that(slices.Equal(codes, want.Codes), "%s", at("codes %v, want %v", codes, want.Codes))
	k.that(want.Final == nil || slices.Equal(final, want.Final), "%s", at("final codes %v, want %v", final, want.Final))
	k.that(string(got.Mode) == want.Mode, "%s", at("mode %s, want %s", got.Mode, want.Mode))
	k.that(string(got.Status) == want.Status, "%s", at("status %s, want %s", got.Status, want.Status))
	k.that(num(got.FinalCode) == want.Code, "%s", at("final code %d, want %d", num(got.FinalCode), want.Code))
	size := int64(-1)
	if got.Size != nil {
		size = *got.Size
	}
	k.that(size == want.Size, "%s", at("size %d, want %d", size, want.Size))
	k.that(string(got.SHA256) == want.SHA256, "%s", at("sha256 %q, want %q", got.SHA256, want.SHA256))
	k.that(got.Complete == want.Complete, "%s", at("complete %v", got.Complete))
	k.that(slices.Equal(got.Gaps, want.Gaps), "%s", at("gaps %v, want %v", got.Gaps, want.Gaps))
	k.that(want.Present == "" || string(got.SHA256Present) == want.Present, "%s", at("sha256 of what is there %q, want %q", got.SHA256Present, want.Present))
	k.that(want.Bcc == nil || slices.Equal(got.Bcc, want.Bcc), "%s", at("bcc %v, want %v", got.Bcc, want.Bcc))
	found := ids(got.Findings)
	for _, id := range want.Findings {
		k.that(slices.Contains(found, id), "%s", at("finding %s is missing of %v", id, found))
	}
	for _, id := range want.Forbidden {
		k.that(!slices.Contains(found, id), "%s", at("finding %s should not be there", id))
	}
}
