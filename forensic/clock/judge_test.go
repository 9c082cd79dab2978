package clock

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// noon is the moment at which the messages of these tests are sent.
var noon = time.Date(2024, 5, 6, 12, 0, 0, 0, time.UTC)

// read makes a reading at noon plus d.
func read(rule string, event Event, d time.Duration, mend ...func(*Reading)) Reading {
	r := Reading{
		Source: rule, Rule: rule, Event: event, Clock: UTC, Strength: Evidence, Time: noon.Add(d), Precision: time.Second,
		Hop: -1, Field: -1, Part: "1",
	}
	for _, m := range mend {
		m(&r)
	}
	return r
}

func dateAt(d time.Duration, offset time.Duration) Reading {
	return read("date.header", Built, d, func(r *Reading) { r.Offset, r.HasOffset = offset, true })
}

func stamped(hop int, d time.Duration) Reading {
	return read("date.received", Received, d, func(r *Reading) { r.Hop, r.HasOffset = hop, true })
}

func inHop(hop int) func(*Reading)      { return func(r *Reading) { r.Hop = hop } }
func local(r *Reading)                  { r.Clock = SenderLocal }
func bound(r *Reading)                  { r.Strength = Bound }
func hint(r *Reading)                   { r.Strength = Hint }
func from(source string) func(*Reading) { return func(r *Reading) { r.Source = source } }

// hosts makes steps of so many hosts, the newest one trusted.
func hosts(n int) []Step {
	out := make([]Step, n)
	for i := range out {
		out[i] = Step{Host: fmt.Sprintf("mx%d.example.net", i), Trust: 0.6}
	}
	if n > 0 {
		out[n-1].Trust = 1
	}
	return out
}

const (
	anHour = time.Hour
	aDay   = 24 * time.Hour
)

// TestJudge: honest mail gives no conflict, whatever oddities it has, and one
// moved clock is found and, where enough others speak, found to be the one.
func TestJudge(t *testing.T) {
	plain := func(more ...Reading) []Reading {
		return append([]Reading{
			dateAt(0, 2*anHour), stamped(0, 3*time.Second), stamped(1, 9*time.Second), read("mid.mutt", Built, -2*time.Second),
		}, more...)
	}
	for _, c := range []struct {
		name     string
		readings []Reading
		hops     int
		doubtful []int // nil: honest
	}{
		{"nothing", nil, 0, nil},
		{"a date alone", []Reading{dateAt(0, 0)}, 0, nil},
		{"plain", plain(), 2, nil},
		{"sender ten minutes ahead", []Reading{dateAt(10*time.Minute, 0), read("mid.gnus", Built, 10*time.Minute), stamped(0, 0)}, 1, nil},
		{"server four minutes behind", []Reading{dateAt(0, 0), stamped(0, time.Second), stamped(1, -4*time.Minute)}, 2, nil},
		{"greylisted and queued for four days", []Reading{dateAt(0, 0), stamped(0, time.Second), stamped(1, 4*aDay)}, 2, nil},
		{"outbox for two days", []Reading{dateAt(-2*aDay, 0), stamped(0, 0)}, 1, nil},
		{"outbox for two weeks, both clocks of the sender agree", []Reading{dateAt(-14*aDay, 0), read("mid.mutt", Built, -14*aDay), stamped(0, 0)}, 1, nil},
		{"writing took two days", plain(read("mid.pine", Compose, -48*anHour+2*anHour, local)), 2, nil},
		{"an old image", plain(read("cid.outlook", File, -300*aDay, local, bound)), 2, nil},
		{"a camera a day ahead", plain(read("file.exif", File, 26*anHour, local, bound)), 2, nil},
		{"an old thread", plain(read("thread-index.root.6byte", Thread, -90*aDay, bound)), 2, nil},
		{"old software", plain(read("rcvd.sendmail-release", Released, -4000*aDay, bound, inHop(1))), 2, nil},
		{"a hint far away proves nothing", plain(read("ulid", Built, -200*aDay, hint)), 2, nil},
		{"a wall clock in the Date's zone", plain(read("bnd.outlook", Built, 2*anHour, local)), 2, nil},
		{"a wall clock beside a Date in universal time", []Reading{dateAt(0, 0), read("bnd.outlook", Built, -7*anHour, local), stamped(0, time.Second)}, 1, nil},
		{"signed at a relay days later", plain(stamped(2, 3*aDay), read("dkim-signature.t", Signed, 3*aDay)), 3, nil},
		{"the id of a hop", plain(read("rcvd.exim", Queued, 2*time.Second, inHop(0))), 2, nil},
		{"mail of 2002 with clocks forty minutes wrong", []Reading{
			read("date.header", Built, -22*365*aDay), stamped(0, -22*365*aDay-40*time.Minute),
		}, 1, nil},

		{"boundary two weeks old", plain(read("bnd.gmail-us", Built, -14*aDay)), 2, []int{4}},
		{"boundary three hours old", plain(read("bnd.gmail-us", Built, -3*anHour)), 2, []int{4}},
		{"Message-ID of next year", []Reading{dateAt(0, 0), read("mid.mutt", Built, 365*aDay), read("bnd.gmail-us", Built, 0), stamped(0, time.Second)}, 1, []int{1}},
		{"Date moved back by a day", []Reading{dateAt(-aDay, 0), read("mid.mutt", Built, 0), read("bnd.javamail", Built, 0), stamped(0, time.Second)}, 1, []int{0}},
		{"Date moved back by a week, no other clock", []Reading{dateAt(-7*aDay, 0), stamped(0, 0)}, 1, []int{0}},
		{"Date behind the first hop", []Reading{dateAt(5*anHour, 0), stamped(0, 0), stamped(1, time.Second)}, 2, []int{0}},
		{"stamp of a relay moved back", []Reading{dateAt(0, 0), read("mid.mutt", Built, 0), stamped(0, -6*anHour), stamped(1, 9*time.Second)}, 2, []int{2}},
		{"stamp in the middle moved ahead", []Reading{dateAt(0, 0), stamped(0, time.Second), stamped(1, 5*anHour), stamped(2, 3*time.Second), stamped(3, 4*time.Second)}, 4, []int{2}},
		{"id and stamp of one hop", plain(read("rcvd.exim", Queued, -3*aDay, inHop(0))), 2, []int{4}},
		{"signed a year ahead", plain(read("dkim-signature.t", Signed, 365*aDay)), 2, []int{4}},
		{"stale DKIM", plain(read("dkim-signature.t", Signed, -5*aDay)), 2, []int{4}},
		{"wrong zone in the Date", []Reading{
			dateAt(-9*anHour, 2*anHour), read("bnd.outlook", Built, -7*anHour, local), read("mid.outlook", Built, 0), stamped(0, time.Second),
		}, 1, []int{0}},
		{"reply before its parent", plain(read("mid.mutt", Thread, 9*anHour, bound, from("In-Reply-To"))), 2, []int{4}},
		{"a file of next week", plain(read("file.zip", File, 9*aDay, local, bound)), 2, []int{4}},
		{"draft of three days", plain(read("mid.pine", Compose, -3*aDay, local)), 2, []int{4}},
		{"stamp long after the build", plain(read("rcvd.exchange-build", Released, -400*aDay, bound, inHop(1))), 2, []int{4}},
		{"software of next year", plain(read("rcvd.sendmail-release", Released, 400*aDay, bound, inHop(1))), 2, []int{4}},
		{"absurd numbers", plain(read("dkim-signature.t", Signed, 0, func(r *Reading) { r.Time = time.Unix(999999999999, 0).UTC() })), 2, []int{4}},
	} {
		v := Judge(c.readings, hosts(c.hops), nil, nil)
		if !slices.Equal(v.Doubtful, c.doubtful) {
			t.Errorf("%s: doubtful %v, want %v; conflicts %+v", c.name, v.Doubtful, c.doubtful, v.Conflicts)
		}
		if (len(v.Conflicts) == 0) != (c.doubtful == nil) {
			t.Errorf("%s: conflicts %+v", c.name, v.Conflicts)
		}
	}
}

// TestConflictStates: gap and tolerance are those of the two clocks, and the
// reading that most others contradict is the doubtful one.
func TestConflictStates(t *testing.T) {
	v := Judge([]Reading{dateAt(0, 0), read("mid.mutt", Built, 0), read("bnd.gmail-us", Built, -3*anHour), stamped(0, time.Second)}, hosts(1), nil, nil)
	if len(v.Conflicts) != 2 {
		t.Fatalf("conflicts %+v", v.Conflicts)
	}
	for _, c := range v.Conflicts {
		if c.Doubtful != 2 || c.Gap != 3*anHour || (c.Tolerance-anHour).Abs() > 2*time.Second {
			t.Errorf("conflict %+v", c)
		}
	}
}

// TestSent: the interval runs from the last thing built to the first stamp,
// without what was given up, and names its independent clocks.
func TestSent(t *testing.T) {
	v := Judge([]Reading{
		dateAt(-2*time.Second, 0), read("mid.gmail-us", Built, -3*time.Second), stamped(0, time.Second), stamped(1, 2*time.Second),
		read("bnd.javamail", Built, -30*aDay),
	}, hosts(2), nil, nil)
	s := v.Sent
	early, late := noon.Add(-2*time.Second-15*time.Minute), noon.Add(2*time.Second+6*time.Minute)
	if !s.Earliest.Equal(early) || s.Lower != 0 || !s.Latest.Equal(late) || s.Upper != 2 {
		t.Errorf("sent %+v", s)
	}
	if want := []int{2, 3, 0}; !slices.Equal(s.Agreeing, want) {
		t.Errorf("agreeing %v, want %v: each stamp, and one clock of the sender", s.Agreeing, want)
	}
	if v := Judge(nil, nil, nil, nil); v.Sent.Lower != -1 || v.Sent.Upper != -1 || !v.Sent.Earliest.IsZero() {
		t.Errorf("an empty message was sent at %+v", v.Sent)
	}
}

// TestSenderDoesNotOutvote: however many readings the sender has made, they do
// not beat the recipient's one stamp, and lines that nobody vouches for neither
// bound the moment of sending nor count as witnesses.
func TestSenderDoesNotOutvote(t *testing.T) {
	readings := []Reading{
		stamped(0, 0), dateAt(3*365*aDay, 0), read("mid.mutt", Built, 3*365*aDay), read("dkim-signature.t", Signed, 3*365*aDay),
		read("dkim-signature.t", Signed, 3*365*aDay+time.Second), read("bnd.javamail", Built, 3*365*aDay),
	}
	if v := Judge(readings, hosts(1), nil, nil); slices.Contains(v.Doubtful, 0) {
		t.Errorf("the recipient's stamp is doubted: %v", v.Doubtful)
	}
	steps := hosts(3)
	steps[0].Trust, steps[1].Trust = 0.35, 0.35
	v := Judge([]Reading{dateAt(0, 0), stamped(0, time.Second), stamped(1, 2*time.Second), stamped(2, 4*anHour)}, steps, nil, nil)
	if v.Sent.Upper != 3 || len(v.Sent.Agreeing) != 1 {
		t.Errorf("sent %+v", v.Sent)
	}
}

// TestWriterOfQueueID: a Message-ID that a host on the way gave holds that
// host's own clock, and is no witness beside its stamp.
func TestWriterOfQueueID(t *testing.T) {
	steps := hosts(2)
	steps[0].ID = "g4MJ2sd11918"
	id := read("mid.sendmail", Queued, 0, func(r *Reading) { r.Raw = "200205221902.g4MJ2sd11918@mx0.example.net" })
	v := Judge([]Reading{stamped(0, 0), stamped(1, time.Second), id}, steps, []float64{1, 1, TrustRelay}, nil)
	if v.Writers[2] != v.Writers[0] || len(v.Sent.Agreeing) != 2 {
		t.Errorf("writers %q, agreeing %v", v.Writers, v.Sent.Agreeing)
	}
}

// TestLongChain: what stands behind many stamps is weighed all the same.
func TestLongChain(t *testing.T) {
	readings := []Reading{dateAt(5*365*aDay, 0), read("mid.mutt", Built, 4*365*aDay)}
	for h := range 90 {
		readings = append(readings, stamped(h, time.Duration(h)*time.Second))
	}
	if v := Judge(readings, hosts(90), nil, nil); !slices.Equal(v.Doubtful, []int{0, 1}) || v.Unweighed != 60 {
		t.Errorf("doubtful %v, unweighed %d", v.Doubtful, v.Unweighed)
	}
}

// TestManyContradictions: stamps that all contradict one another end soon; the
// search for the least trusted set is bounded over all rounds.
func TestManyContradictions(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	var readings []Reading
	for h := range 64 {
		readings = append(readings, stamped(h, time.Duration(rnd.IntN(5*86400))*time.Second))
	}
	if v := Judge(readings, hosts(64), nil, nil); len(v.Conflicts) == 0 {
		t.Error("no conflict")
	}
}

// TestZone: a wall clock and a clock in universal time show the sender's zone
// without the Date field.
func TestZone(t *testing.T) {
	v := Judge([]Reading{dateAt(0, 0), read("bnd.outlook", Built, 5*anHour+30*time.Minute, local), read("mid.outlook", Built, time.Second)}, nil, nil, nil)
	if z := v.Zone; !z.OK || z.Offset != 5*anHour+30*time.Minute || z.Local != 1 || z.UTC != 2 {
		t.Errorf("zone %+v", z)
	}
	v = Judge([]Reading{dateAt(0, 0), read("bnd.outlook", Built, -5*anHour-7*time.Minute, local), read("mid.outlook", Built, 0)}, nil, nil, nil)
	if v.Zone.OK {
		t.Errorf("seven minutes off a quarter is no zone: %+v", v.Zone)
	}
}

// TestSkew: a stamp that was given up tells how wrong its clock must be.
func TestSkew(t *testing.T) {
	v := Judge([]Reading{dateAt(0, 0), stamped(0, time.Second), stamped(1, 5*anHour), stamped(2, 3*time.Second), stamped(3, 4*time.Second)}, hosts(4), nil, nil)
	if len(v.Skews) != 1 || v.Skews[0].Host != "mx1.example.net" {
		t.Fatalf("skews %+v", v.Skews)
	}
	if s := v.Skews[0]; s.Earliest > 5*anHour || s.Latest < 5*anHour-time.Minute || s.Earliest < 4*anHour || s.Latest > 6*anHour {
		t.Errorf("skew %+v", s)
	}
}

// TestToleranceIsAnOption: a reader who knows the clocks may be stricter.
func TestToleranceIsAnOption(t *testing.T) {
	readings := []Reading{dateAt(0, 0), read("bnd.gmail-us", Built, -10*time.Minute), stamped(0, 0)}
	if v := Judge(readings, hosts(1), nil, nil); len(v.Conflicts) != 0 {
		t.Error("ten minutes contradict by default")
	}
	if v := Judge(readings, hosts(1), nil, &Tolerances{Together: 60}); len(v.Conflicts) == 0 {
		t.Error("ten minutes do not contradict where one is allowed")
	}
}

// TestPairsAgainstGraph: the short way to find contradicting pairs and the
// general search for negative circles agree, on random messages.
func TestPairsAgainstGraph(t *testing.T) {
	rules := []struct {
		rule  string
		event Event
	}{
		{"mid.mutt", Built}, {"bnd.gmail-us", Built}, {"dkim-signature.t", Signed}, {"mid.pine", Compose}, {"thread", Thread}, {"file", File}, {"x", Scanned}, {"y", Stored},
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for round := range 300 {
		readings := []Reading{dateAt(wild(rnd), time.Duration(rnd.IntN(5)-2)*anHour)}
		n := rnd.IntN(4)
		for h := range n {
			readings = append(readings, stamped(h, wild(rnd)))
		}
		for range rnd.IntN(5) {
			k := rules[rnd.IntN(len(rules))]
			r := read(k.rule, k.event, wild(rnd))
			if rnd.IntN(3) == 0 {
				local(&r)
			}
			readings = append(readings, r)
		}
		j := newJudge(readings, hosts(n), nil)
		j.build()
		j.findPairs()
		for k, a := range j.judged {
			for _, b := range j.judged[k+1:] {
				_, ok := j.solve([]int{a, b})
				known := slices.ContainsFunc(j.conflicts, func(c Conflict) bool { return slices.Equal(c.Readings, []int{min(a, b), max(a, b)}) })
				if ok == known {
					t.Fatalf("round %d: readings %d and %d: the graph says ok=%v, the pairs conflict=%v\n%+v", round, a, b, ok, known, readings)
				}
			}
		}
	}
}

func wild(rnd *rand.Rand) time.Duration {
	steps := [...]time.Duration{time.Second, time.Minute, anHour, aDay, 100 * aDay}
	return time.Duration(rnd.IntN(41)-20) * steps[rnd.IntN(len(steps))]
}

// TestJudgeIsBounded: thousands of contradicting readings end.
func TestJudgeIsBounded(t *testing.T) {
	var readings []Reading
	for i := range 5000 {
		readings = append(readings, read("dkim-signature.t", Signed, time.Duration(i)*aDay), stamped(i, time.Duration(-i)*aDay))
	}
	if v := Judge(readings, hosts(5000), nil, nil); len(v.Conflicts) == 0 {
		t.Error("no conflict")
	}
}

func BenchmarkJudge(b *testing.B) {
	honest := []Reading{dateAt(0, 2*anHour), read("mid.mutt", Built, 0), read("bnd.gmail-us", Built, 0), read("dkim-signature.t", Signed, 2*time.Second)}
	for h := range 5 {
		honest = append(honest, stamped(h, time.Duration(h)*time.Second), read("rcvd.exim", Queued, time.Duration(h)*time.Second, inHop(h)))
	}
	stale := append(slices.Clone(honest), read("bnd.javamail", Built, -30*aDay))
	for name, readings := range map[string][]Reading{"honest": honest, "stale": stale} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Judge(readings, hosts(5), nil, nil)
			}
		})
	}
}
