package forensic

import (
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic/clock"
)

// awkward are texts on both sides of every short cut of texts.go.
var awkward = []string{
	"", "plain", `say "so"`, `back\slash`, `\"`, `"\`, "tab\there", "line\r\nend", "nul\x00", "del\x7f", "~ }", "grün", "\xff\xfe",
	"\u202egpj.exe", "\u2028", "a\u0301", strings.Repeat("x", quoted), strings.Repeat("x", quoted+1), strings.Repeat("é", quoted),
}

// TestKeep: strings that were kept must never change by what is kept behind
// them, across the borders between pieces of memory too; an empty one costs
// nothing, and one longer than a piece is whole.
func TestKeep(t *testing.T) {
	var room texts
	var got, want []string
	for i := range 500 {
		text := strings.Repeat(string(rune('a'+i%26)), i*7%150)
		if i%100 == 99 {
			text = strings.Repeat("z", 3*textRoom)
		}
		b := []byte(text)
		got, want = append(got, room.keep(b)), append(want, text)
		clear(b) // the caller uses its buffer again
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("text %d is %q, want %q", i, got[i], want[i])
		}
	}
	if n := testing.AllocsPerRun(10, func() { room.keep(nil) }); n > 0 {
		t.Errorf("an empty text takes memory %v times", n)
	}
}

// TestSlab: a slice that is handed out is zero, and growing it must not write
// into the next one.
func TestSlab(t *testing.T) {
	var s slab[int]
	var all [][]int
	for n := range 20 {
		for _, v := range s.take(n, 7) {
			if v != 0 {
				t.Fatalf("slice %d is not zero", n)
			}
		}
		all = append(all, s.one(n, 7))
	}
	for n := range all {
		_ = append(all[n], -1)
	}
	for n, got := range all {
		if len(got) != 1 || got[0] != n {
			t.Errorf("slice %d is %v", n, got)
		}
	}
}

// TestQuotedAsStrconv: quoting has a short cut for clean text. What it gives
// is in findings since the first version and must stay the same.
func TestQuotedAsStrconv(t *testing.T) {
	for _, s := range awkward {
		checkQuoted(t, s)
	}
}

func checkQuoted(t *testing.T, s string) {
	t.Helper()
	if got, want := string(appendQuoted([]byte("x"), s)), "x"+strconv.Quote(s); got != want {
		t.Errorf("appendQuoted(%q) = %s, want %s", s, got, want)
	}
	if got, want := string(appendPrintable([]byte("x"), s)), "x"+printable(s); got != want {
		t.Errorf("appendPrintable(%q) = %s, want %s", s, got, want)
	}
	if got, want := string(appendJoined(nil, []string{s, s})), printable(s+", "+s); got != want {
		t.Errorf("appendJoined(%q) = %s, want %s", s, got, want)
	}
}

// FuzzQuoted compares both short cuts with the general way.
func FuzzQuoted(f *testing.F) {
	for _, s := range awkward {
		f.Add(s)
	}
	f.Fuzz(checkQuoted)
}

// slowReadingTime is how reading times were written before: by a layout.
func slowReadingTime(r *clock.Reading) string {
	fractions := [...]string{"", ".0", ".00", ".000", ".0000", ".00000", ".000000", ".0000000", ".00000000", ".000000000"}
	if !statable(r.Time) {
		return ""
	}
	text := r.Time.Format("2006-01-02T15:04:05" + fractions[fractionDigits(r.Precision)])
	if r.Clock == clock.UTC || r.Clock == clock.Periodic {
		text += "Z"
	}
	return text
}

// FuzzStamp compares the digits of times with those of a layout: years at both
// ends, steps of a clock from years to nanoseconds.
func FuzzStamp(f *testing.F) {
	for _, sec := range []int64{0, -62167219200, -62167219201, 253402300799, 253402300800, 951782400, 1e9, -1, math.MaxInt64, math.MinInt64} {
		for _, step := range []int64{0, 1, 1e3, 1e6, 1e9, 60e9, -5} {
			f.Add(sec, int64(123456789), step)
			f.Add(sec, int64(5), step)
		}
	}
	f.Fuzz(func(t *testing.T, sec, nano, step int64) {
		at := time.Unix(sec, nano)
		for _, kind := range []clock.Kind{clock.UTC, clock.SenderLocal} {
			r := &clock.Reading{Time: at.UTC(), Precision: time.Duration(step), Clock: kind}
			if got, want := string(appendReadingTime(nil, r)), slowReadingTime(r); got != want {
				t.Errorf("%v with a step of %v is %q, want %q", r.Time, r.Precision, got, want)
			}
		}
	})
}

// BenchmarkQuoted: quoting is the dearest part of a finding's text.
func BenchmarkQuoted(b *testing.B) {
	const text = "the identifier 30F9D9AB4F1E is no message identifier of Exim"
	room := make([]byte, 0, 128)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		appendPrintable(room, text)
	}
}
