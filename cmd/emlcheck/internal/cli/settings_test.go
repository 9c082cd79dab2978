package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// A limit that is misread would let through what should be refused.
func TestReadSize(t *testing.T) {
	for text, want := range map[string]int64{
		"1": 1, "10": 10, "1K": 1 << 10, "1k": 1 << 10, "2M": 2 << 20, "3G": 3 << 30, "9223372036854775807": 1<<63 - 1,
		"": 0, "K": 0, "0": 0, "-1": 0, "1.5M": 0, "1KB": 0, "9223372036854775808": 0, "9007199254740992K": 0, "1T": 0, " 1": 0,
	} {
		got, ok := readSize(text)
		if ok != (want > 0) || ok && got != want {
			t.Errorf("%q: %d, %v", text, got, ok)
		}
	}
}

// A zone is a name or an offset; anything else must not pass for UTC.
func TestReadZone(t *testing.T) {
	at := time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]string{"UTC": "12:00", "+02:00": "14:00", "-05:30": "06:30", "Europe/Berlin": "14:00", "": "", "Atlantis": "", "+2": "", "../etc/passwd": ""} {
		zone, ok := readZone(name)
		if ok != (want != "") {
			t.Errorf("%q: %v", name, ok)
		} else if ok && at.In(zone).Format("15:04") != want {
			t.Errorf("%q: %s", name, at.In(zone).Format("15:04"))
		}
	}
}

// What is said to be the recipient's own decides whose word a hop is: a slip
// must be refused, never match nothing in silence.
func TestReadTrust(t *testing.T) {
	for text, want := range map[string]string{
		"mx.example.org": "mx.example.org", "Example.ORG.": "example.org", "localhost": "localhost", "m\u00fcller.example": "m\u00fcller.example", "a_b.example": "a_b.example",
		"": "", ".": "", ".example.org": "", "a..b": "", "*.example.org": "", "a b": "", "a@b": "", "a/24": "", "192.0.2.1": "", "2001:db8::1": "", "a\n": "",
	} {
		if got, ok := readHost(text); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v", text, got, ok)
		}
	}
	for text, want := range map[string]string{
		"192.0.2.7": "192.0.2.7/32", "192.0.2.7/24": "192.0.2.0/24", "0.0.0.0/0": "0.0.0.0/0", "2001:db8::1": "2001:db8::1/128", "2001:db8::1/32": "2001:db8::/32",
		"::ffff:192.0.2.1": "192.0.2.1/32", "::ffff:192.0.2.0/120": "192.0.2.0/24", "::ffff:0.0.0.0/95": "",
		"": "", "192.0.2": "", "192.0.2.0/33": "", "192.0.2.0/-1": "", "fe80::1%eth0": "", "mx.example.org": "", "/8": "", "10.0.0.0/08": "",
	} {
		if got, ok := readNetwork(text); ok != (want != "") || ok && got.String() != want {
			t.Errorf("%q: %v, %v", text, got, ok)
		}
	}
}

// The user reads what happened, not which function met it.
func TestErrorText(t *testing.T) {
	for want, err := range map[string]error{
		"no such file":              fmt.Errorf("evidence: %w", &fs.PathError{Op: "open", Path: "x", Err: syscall.ENOENT}),
		"permission denied":         &fs.PathError{Op: "open", Path: "x", Err: syscall.EACCES},
		"is a folder, not a file":   fmt.Errorf("%w: x", evidence.ErrNotRegular),
		"larger than --max-bytes":   fmt.Errorf("%w: x", evidence.ErrTooLarge),
		"changed while it was read": evidence.ErrChanged,
		syscall.EIO.Error():         &fs.PathError{Op: "read", Path: "x", Err: syscall.EIO},
		"odd":                       errors.New("evidence: odd"),
	} {
		if got := errorText(err); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}

// The order of the exit codes is the interface of scripts: the strongest wins.
func TestExitCodeOrder(t *testing.T) {
	other := errors.New("disk")
	for _, c := range []struct {
		done, failed int
		flagged      bool
		err          error
		want         int
	}{
		{1, 0, false, nil, exitDone},
		{1, 0, true, nil, exitFindings},
		{1, 1, true, nil, exitSomeFailed},
		{0, 1, false, nil, exitNothingDone},
		{1, 1, true, other, exitNothingDone},
		{1, 1, true, &usageError{}, exitUsage},
		{1, 1, true, fmt.Errorf("wrapped: %w", &usageError{}), exitUsage},
		{1, 0, true, syscall.EPIPE, exitFindings},
	} {
		s := &session{ctx: t.Context(), done: c.done, failed: c.failed, flagged: c.flagged}
		s.Err = new(bytes.Buffer)
		if got := s.exitCode(c.err); got != c.want {
			t.Errorf("%+v: %d", c, got)
		}
	}
}

// --fail-on looks into messages inside messages, at any depth.
func TestReaches(t *testing.T) {
	deep := &forensic.Report{Findings: []forensic.Finding{{Severity: report.Medium}}}
	for range 5 {
		deep = &forensic.Report{Parts: []report.Part{{}, {Message: deep}}}
	}
	for rank, want := range map[int]bool{0: true, report.Medium.Rank(): true, report.High.Rank(): false, neverFail: false} {
		if got := reaches(deep, rank); got != want {
			t.Errorf("rank %d: %v", rank, got)
		}
	}
}

// Text may go to a terminal, and nothing that steers, hides or is binary.
func TestIsPlainText(t *testing.T) {
	long := strings.Repeat("Grüße 日本\r\n", 50_000)
	for _, c := range []struct {
		text string
		want bool
	}{
		{"", true}, {"a\tb\r\nc\n", true}, {"Grüße", true}, {long, true}, {strings.Repeat("é", 100_001), true},
		{"\x1b[2J", false}, {"a\x00", false}, {"a\rb", false}, {"end\r", false}, {"\u202e", false}, {"\u200b", false}, {"\xff", false}, {"cut \xe2\x82", false}, {long + "\x07", false},
	} {
		m := mimeparse.Parse([]byte("Content-Transfer-Encoding: 8bit\n\n"+c.text), nil)
		if got := isPlainText(m.Root()); got != c.want {
			t.Errorf("%.20q: %v", c.text, got)
		}
	}
}

// Pieces may end anywhere: the held back rest is short and begins a character.
func FuzzWholeText(f *testing.F) {
	for _, seed := range []string{"", "a", "\r", "é", "\xe2\x82", "\x80\x80\x80\x80", "a\xf0\x9f\x91", "\r\x85\x85\xab"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		n := wholeText(b)
		if n < 0 || n > len(b) || len(b)-n >= utf8.UTFMax {
			t.Fatalf("%q: %d", b, n)
		}
		if utf8.Valid(b) && (!utf8.Valid(b[:n]) || n < len(b) && b[n] != '\r') {
			t.Fatalf("%q: %d cuts whole text", b, n)
		}
	})
}

// A part path is numbers, in messages inside messages as well.
func TestIsPartPath(t *testing.T) {
	for text, want := range map[string]bool{
		"1": true, "1.2": true, "1.10.3": true, "1.2~1": true, "1.2~1.3~1": true,
		"": false, "0": false, "1.": false, ".1": false, "1..2": false, "~1": false, "1~": false, "1~~1": false, "x": false, "1.x": false, "-1": false, "+1": false, "1 2": false, "1x": false,
	} {
		if got := isPartPath(text); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// Colour: the flag, then NO_COLOR, then TERM, then who looks.
func TestColored(t *testing.T) {
	for _, c := range []struct {
		flag, noColor, term string
		terminal, want      bool
	}{
		{"auto", "", "xterm", true, true}, {"auto", "", "xterm", false, false}, {"auto", "1", "xterm", true, false}, {"auto", "", "dumb", true, false},
		{"always", "1", "dumb", false, true}, {"never", "", "xterm", true, false},
	} {
		s := &session{}
		s.Getenv = func(name string) string { return map[string]string{"NO_COLOR": c.noColor, "TERM": c.term}[name] }
		if got := s.colored(c.flag, c.terminal); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}
