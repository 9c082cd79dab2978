package forensic_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/mimeparse"
)

func analyze(t *testing.T, raw string, opt *forensic.Options) *forensic.Report {
	t.Helper()
	r, err := forensic.Analyze(context.Background(), strings.NewReader(raw), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// Where nothing can be said there is an error, and never half a report.
func TestAnalyzeErrors(t *testing.T) {
	done, cancel := context.WithCancel(context.Background())
	cancel()
	unreadable := io.MultiReader(strings.NewReader(letter), errReader{})
	for _, c := range []struct {
		why  string
		ctx  context.Context
		in   io.Reader
		opt  *forensic.Options
		want error
	}{
		{"cancelled", done, strings.NewReader(letter), nil, context.Canceled},
		{"breaks off", context.Background(), unreadable, nil, errBroken},
		{"too large", context.Background(), strings.NewReader(letter), &forensic.Options{MaxBytes: 10}, evidence.ErrTooLarge},
	} {
		if r, err := forensic.Analyze(c.ctx, c.in, c.opt); !errors.Is(err, c.want) || r != nil {
			t.Errorf("%s: %v, %v", c.why, r, err)
		}
	}
}

var errBroken = errors.New("broken")

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errBroken }

// Bytes that are no mail still are evidence: they have a size and a digest, and
// nothing that they do not state is reported as stated.
func TestAnalyzeNoMail(t *testing.T) {
	for _, raw := range []string{"", "\n", "\x00\xff\xfe", "just text", strings.Repeat("x", 1<<20)} {
		r := analyze(t, raw, nil)
		m := r.Message
		if r.Evidence.Size != int64(len(raw)) || len(r.Evidence.SHA256) != 64 {
			t.Errorf("%.10q: %+v", raw, r.Evidence)
		}
		if len(m.From)+len(m.To)+len(r.Route.Hops) > 0 || m.Date != nil || m.Subject != nil || m.MessageID != "" {
			t.Errorf("%.10q: invented %+v", raw, m)
		}
	}
}

// Above the limit SHA-1 and MD5 are absent, not wrong, and the report says
// which limit held.
func TestLegacyDigestLimit(t *testing.T) {
	for _, c := range []struct {
		limit int64
		want  bool
	}{{0, true}, {-1, true}, {10, false}, {int64(len(letter)), true}} {
		r := analyze(t, letter, &forensic.Options{LegacyDigestLimit: c.limit})
		if (r.Evidence.MD5 != "") != c.want || (r.Evidence.SHA1 != "") != c.want || r.Settings.LegacyDigestLimit == 0 {
			t.Errorf("limit %d: md5 %q sha1 %q, settings %+v", c.limit, r.Evidence.MD5, r.Evidence.SHA1, r.Settings)
		}
	}
}

// The same text saved with other line ends has the same sha256_crlf.
func TestSHA256CRLF(t *testing.T) {
	lf := strings.ReplaceAll(letter, "\r\n", "\n")
	cr := strings.ReplaceAll(letter, "\r\n", "\r")
	want := analyze(t, letter, nil).Evidence
	for _, raw := range []string{lf, cr} {
		got := analyze(t, raw, nil).Evidence
		if string(got.SHA256CRLF) != want.SHA256 || got.SHA256 == want.SHA256 {
			t.Errorf("%s: %s, want %s", got.LineEndings, got.SHA256CRLF, want.SHA256)
		}
	}
}

// A limit that is hit is told; the rest of the report stands.
func TestAnalyzeLimits(t *testing.T) {
	raw := "From: a@example.org\nContent-Type: multipart/mixed; boundary=b\n\n" + strings.Repeat("--b\n\nx\n", 50) + "--b--\n"
	r := analyze(t, raw, &forensic.Options{Parse: mimeparse.Options{Limits: mimeparse.Limits{MaxParts: 10}}})
	found := false
	for _, f := range r.Findings {
		found = found || strings.HasPrefix(f.ID, "limit.parts")
	}
	if len(r.Parts) != 10 || !found || r.Message.From[0].Address != "a@example.org" {
		t.Errorf("%d parts, finding %t", len(r.Parts), found)
	}
}

// One path, one index space, one error channel for a file of several messages.
func TestAnalyzeFileMissing(t *testing.T) {
	n := 0
	for r, err := range forensic.AnalyzeFile(context.Background(), filepath.Join(t.TempDir(), "none.eml"), nil) {
		if n++; r != nil || !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%v, %v", r, err)
		}
	}
	if n != 1 {
		t.Errorf("%d results for a missing file", n)
	}
}

// Every real message at hand: a report, the digest of the bytes, every span
// inside the file, the same twice.
func TestAnalyzeReal(t *testing.T) {
	if testing.Short() {
		t.Skip("some thousand files")
	}
	n := 0
	for _, path := range corpus.Files(t, "eml", "phishing", "bounce", "dkim-dmarc-arc", "x400") {
		raw := corpus.Read(t, path)
		first := encode(t, raw)
		if !bytes.Equal(first, encode(t, raw)) {
			t.Errorf("%s: two runs differ", path)
		}
		var report map[string]any
		readBytes(t, first, &report)
		checkSpans(t, report)
		n++
	}
	t.Logf("%d files", n)
}

func BenchmarkAnalyze(b *testing.B) {
	attachment := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("0123456789"), 1500))
	var lines strings.Builder
	for ; len(attachment) > 76; attachment = attachment[76:] {
		lines.WriteString(attachment[:76] + "\r\n")
	}
	raw := strings.Replace(letter, "\r\n\r\n", "\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n", 1) +
		"--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + lines.String() + "--b--\r\n"
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := forensic.Analyze(context.Background(), strings.NewReader(raw), nil); err != nil {
			b.Fatal(err)
		}
	}
}
