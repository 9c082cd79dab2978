package render

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/forensic/report"
)

// Sizes and durations are read by people who compare them: each boundary.
func TestUnits(t *testing.T) {
	for n, want := range map[int64]string{0: "0 bytes", 1: "1 byte", 999: "999 bytes", 1000: "1,000 bytes", 1234567: "1,234,567 bytes", -1234: "-1,234 bytes"} {
		if got := byteCount(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
	for s, want := range map[float64]string{
		0: "0 s", 1: "1 s", 0.25: "0.25 s", 59: "59 s", 60: "1 min", 61: "1 min 1 s", 3599: "59 min 59 s", 3600: "1 h", 3660: "1 h 1 min",
		86399: "23 h 59 min", 86400: "1 d", 90000: "1 d 1 h", 86400 * 1000: "1,000 d", -5: "-5 s", -3700: "-1 h 1 min",
	} {
		if got := duration(s); got != want {
			t.Errorf("%v: %s, want %s", s, got, want)
		}
	}
}

// A time is shown in UTC only where the evidence gives the offset, and never
// with more digits than were written.
func TestTimeText(t *testing.T) {
	p := func(f float64) *float64 { return &f }
	berlin := time.FixedZone("x", 7200)
	for _, c := range []struct {
		why  string
		in   report.Time
		zone *time.Location
		want string
	}{
		{"stated", report.Time{Raw: "r", Time: "2024-05-01T12:00:00+02:00", PrecisionSeconds: p(1), Zone: "stated"}, nil, "2024-05-01T10:00:00Z (r)"},
		{"in the reader's zone as well", report.Time{Raw: "r", Time: "2024-05-01T10:00:00+00:00", PrecisionSeconds: p(1), Zone: "stated"}, berlin, "2024-05-01T10:00:00Z = 2024-05-01T12:00:00+02:00 (r)"},
		{"no seconds", report.Time{Raw: "r", Time: "2024-05-01T12:00:00+02:00", PrecisionSeconds: p(60), Zone: "stated"}, nil, "2024-05-01T10:00Z (r)"},
		{"no time of day", report.Time{Raw: "r", Time: "2024-05-01T00:00:00+00:00", PrecisionSeconds: p(86400), Zone: "absent"}, nil, "2024-05-01, time of day not stated (r)"},
		{"fraction", report.Time{Raw: "r", Time: "2024-05-01T12:00:00.120+00:00", PrecisionSeconds: p(0.001), Zone: "stated"}, nil, "2024-05-01T12:00:00.120Z (r)"},
		{"nanoseconds", report.Time{Raw: "r", Time: "2024-05-01T12:00:00.120000001+00:00", PrecisionSeconds: p(1e-9), Zone: "stated"}, nil, "2024-05-01T12:00:00.120000001Z (r)"},
		{"absent zone", report.Time{Raw: "r", Time: "2024-05-01T12:00:00+00:00", PrecisionSeconds: p(1), Zone: "absent"}, berlin, "2024-05-01T12:00:00, zone not stated: the moment may be up to 14 h away (r)"},
		{"-0000", report.Time{Raw: "r -0000", Time: "2024-05-01T12:00:00+00:00", PrecisionSeconds: p(1), Zone: "unknown"}, nil, "2024-05-01T12:00:00Z, zone of the writer unknown (r -0000)"},
		{"unknown zone", report.Time{Raw: "r", Time: "2024-05-01T12:00:00+00:00", PrecisionSeconds: p(1), Zone: "unknown"}, nil, "2024-05-01T12:00:00, zone unknown: the moment may be up to 14 h away (r)"},
		{"offset beyond a day", report.Time{Raw: "r", Time: "2024-05-01T12:00:00-99:59", PrecisionSeconds: p(1), Zone: "stated"}, nil, "2024-05-05T15:59:00Z (r)"},
		{"unreadable", report.Time{Raw: "a\nb", Reason: "hour 25 out of range"}, nil, `cannot be read: hour 25 out of range (a\nb)`},
	} {
		printer := textPrinter{opt: Options{Zone: c.zone}}
		if got := printer.timeText(&c.in); got != c.want {
			t.Errorf("%s: %s, want %s", c.why, got, c.want)
		}
	}
}

// What a terminal would obey, hide or reorder.
func TestVisible(t *testing.T) {
	for _, c := range []struct{ in, some, all string }{
		{"plain", "plain", "plain"},
		{"Grüße 日本 👍", "Grüße 日本 👍", "Grüße 日本 👍"},
		{"a\nb\rc\td", `a\nb\rc\td`, `a\nb\rc\td`},
		{"\x00\x1b[31m\x7f", `\x00\x1B[31m\x7F`, `\x00\x1B[31m\x7F`},
		{"\u0085\u009b\u2028\u2029", `\u0085\u009B\u2028\u2029`, `\u0085\u009B\u2028\u2029`},
		{"a\xffb\xe2\x82", `a\xFFb\xE2\x82`, `a\xFFb\xE2\x82`},
		{"\u202e\u2066\u061c", "\u202e\u2066\u061c", `\u202E\u2066\u061C`},
		{"\u200b\u200d\ufeff\u00ad\u3164", "\u200b\u200d\ufeff\u00ad\u3164", `\u200B\u200D\uFEFF\u00AD\u3164`},
		{"\U000e0041\U000e0100", "\U000e0041\U000e0100", `\U000E0041\U000E0100`},
		{"\ufffd", "\ufffd", "\ufffd"},
	} {
		if got := Visible(c.in, false); got != c.some {
			t.Errorf("%q: %q", c.in, got)
		}
		if got := Visible(c.in, true); got != c.all {
			t.Errorf("%q, all: %q", c.in, got)
		}
	}
}

// For every text: nothing dangerous is left, and safe text is not touched.
func FuzzVisible(f *testing.F) {
	for _, seed := range []string{"a\nb", "\xff\xe2\x82", "\u202e\U000e0041", "\u2028", "👍"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := Visible(s, true)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return breaksLine(r) || hides(r) }) {
			t.Fatalf("%q: %q", s, got)
		}
		if Visible(got, true) != got {
			t.Fatalf("%q: touched twice", s)
		}
		some := Visible(s, false)
		if strings.ContainsFunc(some, breaksLine) || Visible(some, true) != got {
			t.Fatalf("%q: %q", s, some)
		}
	})
}

// Wrapping keeps every word, whole and in order.
func FuzzWrap(f *testing.F) {
	f.Add("a b c", 4)
	f.Add(strings.Repeat("word ", 60)+strings.Repeat("x", 200), 40)
	f.Add("  two  blanks ", 0)
	f.Fuzz(func(t *testing.T, text string, indent int) {
		p := textPrinter{b: new(bytes.Buffer)}
		p.indent = min(max(indent, 0), maxIndent)
		text = Visible(text, true)
		p.row("Label", text)
		got := strings.Join(strings.Fields(p.b.String()), " ")
		if want := strings.Join(strings.Fields("Label "+text), " "); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	})
}
