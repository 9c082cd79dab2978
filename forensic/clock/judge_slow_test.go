package clock

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"
)

// slowJudge weighs readings in the plain way that judge must agree with: each
// search goes over all edges as often as there are moments, in memory of its
// own, and nothing is kept from one question to the next.
type slowJudge struct {
	*judge
	conflicts []Conflict
	doubtful  []int
	trusts    []float64
	searched  int
}

func judgeSlowly(readings []Reading, steps []Step, trust []float64, tol *Tolerances) Judgement {
	j := &slowJudge{judge: newJudge(readings, steps, tol)}
	j.trustOf = trust
	j.build()
	j.findConflicts()
	j.settle()
	j.judge.doubtful = j.doubtful // for what is the same in both
	v := Judgement{
		Conflicts: j.conflicts, Doubtful: j.doubtful, Writers: j.writers(), Unweighed: j.unweighed, Sent: j.sent(), Zone: j.zone(), Skews: j.skews(),
	}
	return v
}

// newJudge is a judge that has no earlier message behind it.
func newJudge(readings []Reading, steps []Step, tol *Tolerances) *judge {
	j := new(judge)
	j.begin(readings, steps, tol)
	return j
}

// slowWays are the ways of every two readings.
type slowWays struct {
	j            *slowJudge
	plain, zoned map[int]slowFar
}

func (j *slowJudge) findConflicts() {
	if _, ok := j.g.solveSlowly(func(int) bool { return true }); ok {
		return
	}
	j.findPairs()
	for range maxJudged {
		j.doubtful = j.leastTrusted()
		owners, ok := j.solve(j.without(j.doubtful))
		if ok {
			return
		}
		j.try(j.shrink(owners))
	}
}

func (j *slowJudge) findPairs() {
	ways := j.newWays()
	for k, a := range j.judged {
		for _, b := range j.judged[k+1:] {
			if len(j.conflicts) >= maxConflicts {
				return
			}
			if v := min(ways.circle(a, b), ways.circle(b, a)); v < 0 {
				j.conflicts = append(j.conflicts, Conflict{Readings: []int{min(a, b), max(a, b)}, violation: -v})
			}
		}
	}
}

func (j *slowJudge) newWays() *slowWays {
	w := &slowWays{j: j, plain: map[int]slowFar{}, zoned: map[int]slowFar{}}
	for _, i := range j.judged {
		for _, n := range [2]int{j.at[i], j.by[i]} {
			if _, known := w.plain[n]; !known {
				w.plain[n] = j.g.reachSlowly(n, false, func(int) bool { return false })
			}
		}
	}
	return w
}

func (w *slowWays) from(n, a, b int) slowFar {
	if a != w.j.date && b != w.j.date {
		return w.plain[n]
	}
	f, known := w.zoned[n]
	if !known {
		f = w.j.g.reachSlowly(n, false, func(owner int) bool { return owner == zoneOwner })
		w.zoned[n] = f
	}
	return f
}

func (w *slowWays) circle(a, b int) int64 {
	j := w.j
	there, back := w.from(j.at[a], a, b), w.from(j.by[b], a, b)
	if !there.ok[j.at[b]] || !back.ok[j.by[a]] {
		return 1
	}
	return j.shown[a] + j.all[a].Precision.Microseconds() + there.dist[j.at[b]] - j.shown[b] + back.dist[j.by[a]]
}

func (j *slowJudge) solve(set []int) (owners []int, ok bool) {
	owners, ok = j.g.solveSlowly(j.uses(set))
	for k, o := range owners {
		if o == zoneOwner {
			owners[k] = j.date
		}
	}
	slices.Sort(owners)
	return slices.Compact(owners), ok
}

func (j *slowJudge) uses(set []int) func(owner int) bool {
	return func(owner int) bool {
		if owner == zoneOwner {
			owner = j.date
		}
		return slices.Contains(set, owner)
	}
}

func (j *slowJudge) try(set []int) {
	if _, ok := j.solve(set); !ok {
		slices.Sort(set)
		j.conflicts = append(j.conflicts, Conflict{Readings: set})
	}
}

func (j *slowJudge) without(gone []int) []int {
	var rest []int
	for _, i := range j.judged {
		if !slices.Contains(gone, i) {
			rest = append(rest, i)
		}
	}
	return rest
}

func (j *slowJudge) shrink(set []int) []int {
	for k := 0; k < len(set); {
		rest := slices.Delete(slices.Clone(set), k, k+1)
		if _, ok := j.solve(rest); ok {
			k++
			continue
		}
		set = rest
	}
	return set
}

func (j *slowJudge) leastTrusted() []int {
	s := slowSearch{j: j, best: math.Inf(1)}
	s.descend(nil)
	slices.Sort(s.found)
	return s.found
}

// slowSearch is the search for the set of least trust.
type slowSearch struct {
	j     *slowJudge
	best  float64
	found []int
}

func (s *slowSearch) descend(chosen []int) {
	sum := s.j.cost(chosen)
	if s.j.searched++; sum >= s.best || s.j.searched > maxSearch && s.found != nil {
		return
	}
	open := slices.IndexFunc(s.j.conflicts, func(c Conflict) bool {
		return !slices.ContainsFunc(c.Readings, func(i int) bool { return slices.Contains(chosen, i) })
	})
	if open < 0 {
		s.best, s.found = sum, slices.Clone(chosen)
		return
	}
	members := slices.Clone(s.j.conflicts[open].Readings)
	slices.SortStableFunc(members, func(a, b int) int { return cmp.Compare(s.j.trust(a), s.j.trust(b)) })
	for _, i := range members {
		s.descend(append(chosen[:len(chosen):len(chosen)], i))
	}
}

func (j *slowJudge) cost(set []int) float64 {
	const further = 0.02
	sum := 0.0
	for k, i := range set {
		t, best := j.trust(i), true
		for n, o := range set {
			if n != k && j.writerOf(o) == j.writerOf(i) && (j.trust(o) > t || j.trust(o) == t && n < k) {
				best = false
			}
		}
		if !best {
			t *= further
		}
		sum += t
	}
	return sum
}

func (j *slowJudge) trust(i int) float64 {
	if j.trusts == nil {
		j.trusts = make([]float64, len(j.all))
		for _, a := range j.judged {
			j.trusts[a] = j.rank(a) * (0.5 + j.support(a))
		}
	}
	return j.trusts[i]
}

func (j *slowJudge) support(i int) float64 {
	self, sum := j.writerOf(i), 0.0
	var seen []string
	for _, k := range j.judged {
		if j.all[k].Strength != Evidence || j.instant(k).Sub(j.instant(i)).Abs() > seconds(j.tol.Together) {
			continue
		}
		if w := j.writerOf(k); w != self && !slices.Contains(seen, w) {
			seen = append(seen, w)
			sum += j.rank(k)
		}
	}
	return sum
}

func (j *slowJudge) settle() {
	for k := range j.conflicts {
		c := &j.conflicts[k]
		c.A, c.B = j.farthest(c.Readings)
		gap := abs(micros(j.instant(c.B)) - micros(j.instant(c.A)))
		c.Gap = ofMicros(gap)
		if c.violation == 0 {
			c.violation = j.violation(c.Readings).Microseconds()
		}
		c.Excess, c.Tolerance = ofMicros(c.violation), ofMicros(max(gap-c.violation, 0))
		c.Doubtful = c.Readings[0]
		for _, i := range c.Readings {
			if slices.Contains(j.doubtful, i) && (!slices.Contains(j.doubtful, c.Doubtful) || j.trust(i) < j.trust(c.Doubtful)) {
				c.Doubtful = i
			}
		}
	}
	slices.SortStableFunc(j.conflicts, func(a, b Conflict) int {
		return cmp.Or(
			cmp.Compare(a.Doubtful, b.Doubtful), j.oneLine(b)-j.oneLine(a), cmp.Compare(j.rest(b), j.rest(a)),
			cmp.Compare(b.violation, a.violation), slices.Compare(a.Readings, b.Readings))
	})
}

func (j *slowJudge) rest(c Conflict) float64 {
	sum := 0.0
	for _, i := range c.Readings {
		if i != c.Doubtful {
			sum += j.trust(i)
		}
	}
	return sum / float64(max(len(c.Readings)-1, 1))
}

func (j *slowJudge) violation(set []int) time.Duration {
	low, high := time.Duration(0), time.Duration(1<<63-1)
	for high-low > time.Second { // the widening of all tolerances that makes it fit
		mid := low + (high-low)/2
		if j.fits(set, mid) {
			high = mid
		} else {
			low = mid
		}
	}
	return high
}

func (j *slowJudge) fits(set []int, more time.Duration) bool {
	g := &graph{nodes: j.g.nodes, edges: slices.Clone(j.g.edges)}
	for i := range g.edges {
		if int(g.edges[i].owner) == set[0] {
			g.edges[i].weight += more.Microseconds()
		}
	}
	_, ok := g.solveSlowly(j.uses(set))
	return ok
}

func (j *slowJudge) sent() Interval {
	s := Interval{Lower: noOwner, Upper: noOwner}
	kept := j.without(j.doubtful)
	if len(kept) == 0 {
		return s
	}
	late, early := j.bounds(kept)
	vouched := false
	for _, i := range kept {
		vouched = vouched || j.isStamp(i) && j.base(i) > TrustSender
	}
	for _, i := range kept {
		n := j.at[i]
		if j.isBuilt(i) && early.ok[n] && (s.Lower == noOwner || -early.dist[n] > micros(s.Earliest)) {
			s.Earliest, s.Lower = time.UnixMicro(-early.dist[n]).UTC(), i
		}
		if j.isStamp(i) && late.ok[n] && (j.base(i) > TrustSender || !vouched) && (s.Upper == noOwner || late.dist[n] < micros(s.Latest)) {
			s.Latest, s.Upper = time.UnixMicro(late.dist[n]).UTC(), i
		}
	}
	s.Agreeing = j.agreeing(kept, s)
	return s
}

func (j *slowJudge) bounds(kept []int) (late, early slowFar) {
	use := j.uses(kept)
	return j.g.reachSlowly(zero, false, use), j.g.reachSlowly(zero, true, use)
}

func (j *slowJudge) agreeing(kept []int, s Interval) []int {
	pivot := s.Lower
	if pivot == noOwner {
		pivot = s.Upper
	}
	if pivot == noOwner {
		return nil
	}
	var out []int
	var writers []string
	for _, i := range kept {
		r := &j.all[i]
		if r.Strength != Evidence || r.Clock == Periodic || r.Clock != UTC && !j.hasZone(i) || j.instant(i).Sub(j.instant(pivot)).Abs() > time.Minute {
			continue
		}
		if w := j.writerOf(i); !slices.Contains(writers, w) {
			writers = append(writers, w)
			out = append(out, i)
		}
	}
	return out
}

func (j *slowJudge) skews() []Skew {
	var out []Skew
	if !slices.ContainsFunc(j.doubtful, j.isStamp) {
		return nil // of the sender's clocks, a draft or an outbox may be the reason
	}
	late, early := j.bounds(j.without(j.doubtful))
	for _, i := range j.doubtful {
		n := j.at[i]
		if !j.isStamp(i) || !late.ok[n] || !early.ok[n] {
			continue
		}
		hop, shown := j.all[i].Hop, micros(j.instant(i))
		out = append(out, Skew{
			Host: cmp.Or(j.steps[hop].Host, "hop "+strconv.Itoa(hop+1)), Reading: i,
			Earliest: ofMicros(shown - late.dist[n]), Latest: ofMicros(shown + early.dist[n]),
		})
	}
	return out
}
