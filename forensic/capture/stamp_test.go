package capture

import (
	"testing"
	"time"
)

// The stamp is what the standard library writes for the same layout.
func TestStamp(t *testing.T) {
	for _, at := range []time.Time{time.Unix(0, 0), time.Unix(1700000000, 123456789), time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC), time.Date(2024, 2, 29, 1, 2, 3, 4, time.FixedZone("", 3600))} {
		if got, want := string(stamp(at)), at.UTC().Format("2006-01-02T15:04:05.000000000Z07:00"); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
	if stamp(time.Time{}) != "" {
		t.Error("a time of nothing")
	}
}
