package clock

import (
	"math/rand"
	"reflect"
	"slices"
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
		checkJudge(t, readings, steps, nil, nil)
	})
}

// checkJudge compares a judgement with that of the plain way.
func checkJudge(t *testing.T, readings []Reading, steps []Step, trust []float64, tol *Tolerances) Judgement {
	t.Helper()
	got, want := Judge(readings, steps, trust, tol), judgeSlowly(readings, steps, trust, tol)
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v\nwant\n%+v", got, want)
	}
	return got
}

// The memory of a judge is used again: over many random messages of all sizes,
// one after the other, each judgement must be that of a judge that starts with
// nothing, whatever trust and tolerances it is given.
func TestJudgeAgreesWithSlowJudge(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	doubted, large := 0, 0
	for range 40_000 {
		data := make([]byte, 5*rng.Intn(14))
		rng.Read(data)
		readings, steps := readingsOf(data)
		var trust []float64
		for range rng.Intn(len(readings) + 1) {
			trust = append(trust, float64(rng.Intn(5))/4)
		}
		var tol *Tolerances
		if rng.Intn(4) == 0 {
			tol = &Tolerances{Server: float64(rng.Intn(90)), Desktop: float64(rng.Intn(9000)), Together: float64(rng.Intn(100))}
		}
		v := checkJudge(t, readings, steps, trust, tol)
		doubted += min(1, len(v.Doubtful))
		if slices.ContainsFunc(v.Conflicts, func(c Conflict) bool { return len(c.Readings) > 2 }) {
			large++
		}
	}
	if doubted < 5000 || large < 10 {
		t.Errorf("%d judgements with conflicts, %d with large ones: too few to compare", doubted, large)
	}
}
