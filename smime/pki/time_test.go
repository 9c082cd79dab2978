package pki

import (
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
)

func TestTime(t *testing.T) {
	at := func(y, m, d, h, min, s int) time.Time {
		return time.Date(y, time.Month(m), d, h, min, s, 0, time.UTC)
	}
	tests := []struct {
		text  string
		utc   bool
		want  time.Time
		codes string
	}{
		{"240601120000Z", true, at(2024, 6, 1, 12, 0, 0), ""},
		{"490101000000Z", true, at(2049, 1, 1, 0, 0, 0), ""},
		{"500101000000Z", true, at(1950, 1, 1, 0, 0, 0), ""},
		{"991231235959Z", true, at(1999, 12, 31, 23, 59, 59), ""},
		{"20500101000000Z", false, at(2050, 1, 1, 0, 0, 0), ""},
		{"99991231235959Z", false, at(9999, 12, 31, 23, 59, 59), ""},
		{"20240601120000Z", false, at(2024, 6, 1, 12, 0, 0), "time-form"},
		{"2406011200Z", true, at(2024, 6, 1, 12, 0, 0), "time-form"},
		{"240601120000+0200", true, at(2024, 6, 1, 10, 0, 0), "time-form"},
		{"240601120000-0130", true, at(2024, 6, 1, 13, 30, 0), "time-form"},
		{"240601120000", true, at(2024, 6, 1, 12, 0, 0), "time-form"},
		{"20600601120000.25Z", false, at(2060, 6, 1, 12, 0, 0), "time-form"},
		{"2060060112Z", false, at(2060, 6, 1, 12, 0, 0), "time-form"},
		{"20600601120000,5+02", false, at(2060, 6, 1, 10, 0, 0), "time-form"},
		{"240230120000Z", true, time.Time{}, "time-unreadable"},
		{"241301120000Z", true, time.Time{}, "time-unreadable"},
		{"240601240000Z", true, time.Time{}, "time-unreadable"},
		{"240601126000Z", true, time.Time{}, "time-unreadable"},
		{"240601120060Z", true, time.Time{}, "time-unreadable"},
		{"24060112Z", true, time.Time{}, "time-unreadable"},
		{"", true, time.Time{}, "time-unreadable"},
		{"Z", false, time.Time{}, "time-unreadable"},
		{"240601120000X", true, time.Time{}, "time-unreadable"},
		{"240601120000+02000", true, time.Time{}, "time-unreadable"},
		{"240601120000+9900", true, time.Time{}, "time-unreadable"},
		{"2406011 0000Z", true, time.Time{}, "time-unreadable"},
		{"-40601120000Z", true, time.Time{}, "time-unreadable"},
	}
	for _, test := range tests {
		var p problems
		got := timeOf(test.text, test.utc, &p)
		if !got.Equal(test.want) || codes(p) != test.codes {
			t.Errorf("%q: %v [%s], want %v [%s]", test.text, got, codes(p), test.want, test.codes)
		}
	}
}

// TestTimeAsCryptobyte: what the strict reader takes, the lenient one reads alike.
func TestTimeAsCryptobyte(t *testing.T) {
	for n := range 4000 {
		want := time.Unix(int64(n)*631_157-631_000_000, 0).UTC()
		for _, der := range [][]byte{stamp(want), gtime(want)} {
			a, b := cryptobyte.String(der), cryptobyte.String(der)
			var strict time.Time
			var p problems
			if !a.ReadASN1UTCTime(&strict) && !a.ReadASN1GeneralizedTime(&strict) {
				continue
			}
			if got, ok := readTime(&b, &p); !ok || !got.Equal(strict) || p.has("time-unreadable") {
				t.Fatalf("%s: %v, want %v", der[2:], got, strict)
			}
		}
	}
}
