package clock

import (
	"reflect"
	"testing"
	"time"
)

// readingsOf makes readings and steps out of fuzz bytes, five a reading.
func readingsOf(data []byte) ([]Reading, []Step) {
	events := [...]Event{File, Thread, Compose, Built, Signed, Queued, Received, Scanned, Stored, Expires, Released, Other}
	kinds := [...]Kind{UTC, SenderLocal, ServerZone, Periodic}
	strengths := [...]Strength{Evidence, Bound, Hint}
	rules := [...]string{"mid.mutt", "bnd.gmail-us", "date.header", "date.received", "rcvd.exim", "rcvd.exchange-build", "bnd.mime-tools"}
	var out []Reading
	hops := 0
	for ; len(data) >= 5; data = data[5:] {
		r := Reading{
			Source: "field", Rule: rules[int(data[0])%len(rules)], Event: events[int(data[1])%len(events)], Clock: kinds[data[2]%4],
			Strength: strengths[data[2]>>2%3], Precision: time.Second, Hop: int(data[3]%8) - 1, Field: int(data[3] >> 3),
			Time: time.Unix(int64(int8(data[4]))<<(data[2]>>4*3), 0).UTC(), HasOffset: data[2]&8 != 0, Offset: time.Duration(int8(data[4])) * 15 * time.Minute,
		}
		hops = max(hops, r.Hop)
		out = append(out, r)
	}
	steps := make([]Step, hops)
	for i := range steps {
		steps[i] = Step{Host: string(rune('a' + i%3)), Trust: float64(i%4) / 3}
	}
	return out, steps
}

// FuzzJudge: whatever the readings, every conflict is one of readings that are
// there, giving up the doubtful ones leaves none, no hint is accused (a date is
// never one), and the same readings give the same judgement.
func FuzzJudge(f *testing.F) {
	f.Add([]byte{2, 3, 0, 0, 10, 0, 3, 0, 0, 200, 3, 6, 0, 1, 12})
	f.Add([]byte{3, 6, 0, 1, 12, 3, 6, 0, 2, 3, 4, 5, 0, 1, 90, 5, 10, 4, 2, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		readings, steps := readingsOf(data[:min(len(data), 400)])
		v := Judge(readings, steps, nil, nil)
		j := newJudge(readings, steps, nil)
		j.build()
		if _, ok := j.solve(j.without(v.Doubtful)); !ok {
			t.Fatalf("what is kept contradicts itself: %+v", v)
		}
		for _, c := range v.Conflicts {
			if len(c.Readings) == 0 || c.Gap < 0 || c.Tolerance < 0 {
				t.Fatalf("conflict %+v", c)
			}
			for _, i := range c.Readings {
				if r := readings[i]; r.Rule[:5] != "date." && (r.Strength == Hint || r.Event == Other || r.Event == Expires) {
					t.Fatalf("%+v accuses reading %d: %+v", c, i, readings[i])
				}
			}
		}
		if again := Judge(readings, steps, nil, nil); !reflect.DeepEqual(v, again) {
			t.Fatalf("%+v, then %+v", v, again)
		}
	})
}
