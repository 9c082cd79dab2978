package route

import (
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

func trace(lines ...string) []Hop {
	return Follow(headers.Parse([]byte("Received: "+strings.Join(lines, "\nReceived: ")+"\nFrom: a@example.org\n\n")), nil).Hops
}

// Each host puts its line on top (RFC 5321 4.4): the oldest hop is the lowest
// line. Delays run from one dated hop to the next and may be negative.
func TestTrace(t *testing.T) {
	hops := trace(
		"from b by c; Tue, 1 Jul 2003 10:00:10 +0200",
		"from x by b; Tue, 1 Jul 2003 25:00:00 +0200",
		"from a by b; Tue, 1 Jul 2003 08:00:15 +0000",
		"from pc by a; Tue, 1 Jul 2003 10:00:00 +0200",
	)
	want := []struct {
		by       string
		delay    time.Duration
		hasDelay bool
	}{{"a", 0, false}, {"b", 15 * time.Second, true}, {"b", 0, false}, {"c", -5 * time.Second, true}}
	if len(hops) != len(want) {
		t.Fatalf("%d hops", len(hops))
	}
	for i, w := range want {
		if h := hops[i]; h.By != w.by || h.Delay != w.delay || h.HasDelay != w.hasDelay {
			t.Errorf("hop %d: by %q, delay %v %v; want %+v", i, h.By, h.Delay, h.HasDelay, w)
		}
	}
	if d, ok := Elapsed(hops); !ok || d != 10*time.Second {
		t.Errorf("elapsed %v %v", d, ok)
	}
}

// A hop whose zone nobody states is not a moment: no delay may rest on it.
func TestTraceUnstatedZone(t *testing.T) {
	hops := trace("from b by c; Tue, 1 Jul 2003 10:00:10", "from a by b; Tue, 1 Jul 2003 10:00:00 +0200")
	if hops[1].HasDelay {
		t.Errorf("delay %v from a date without zone", hops[1].Delay)
	}
	if _, ok := Elapsed(hops); ok {
		t.Error("elapsed time from one moment")
	}
}

func TestTraceNothing(t *testing.T) {
	if hops := Follow(headers.Parse([]byte("From: a@example.org\n\n")), nil).Hops; len(hops) != 0 {
		t.Errorf("%d hops", len(hops))
	}
}
