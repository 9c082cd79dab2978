package clock

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"
)

// maxConflicts bounds the list of conflicts.
const maxConflicts = 200

// findConflicts lists the smallest sets of readings that cannot all be true:
// every pair, then larger sets as long as giving up the doubtful ones of
// those known leaves a contradiction.
func (j *judge) findConflicts() {
	if _, ok := j.g.solve(func(int) bool { return true }); ok {
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

// findPairs tests every two readings. Both tie the moment of an event to what
// a clock showed, so that they contradict one another when a way from one
// event to the other and back over the clocks is shorter than nothing: by as
// much as its length.
func (j *judge) findPairs() {
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

// ways holds how far any two moments can lie apart by what holds without any
// reading, and, for pairs with the Date field, with the zone that it states.
type ways struct {
	j            *judge
	free, zone   []edge
	plain, zoned []far // by node; empty where nobody has asked yet
}

func (j *judge) newWays() *ways {
	return &ways{j: j, free: j.g.only(noOwner), zone: j.g.only(zoneOwner), plain: make([]far, j.g.nodes), zoned: make([]far, j.g.nodes)}
}

// from is the distances from a node for the pair a, b.
func (w *ways) from(n, a, b int) far {
	known, edges := w.plain, w.free
	if a == w.j.date || b == w.j.date {
		known, edges = w.zoned, w.zone
	}
	if known[n].ok == nil {
		known[n] = reachOver(edges, n, w.j.g.nodes)
	}
	return known[n]
}

// circle is the length of the way: clock of a, event a, event b, clock of b,
// and back. It is positive where there is none.
func (w *ways) circle(a, b int) int64 {
	j := w.j
	there, back := w.from(j.at[a], a, b), w.from(j.by[b], a, b)
	if !there.ok[j.at[b]] || !back.ok[j.by[a]] {
		return 1
	}
	return j.shown[a] + j.all[a].Precision.Microseconds() + there.dist[j.at[b]] - j.shown[b] + back.dist[j.by[a]]
}

// solve tries the readings of set alone.
func (j *judge) solve(set []int) (owners []int, ok bool) {
	owners, ok = j.g.solve(j.uses(set))
	for k, o := range owners {
		if o == zoneOwner {
			owners[k] = j.date
		}
	}
	slices.Sort(owners)
	return slices.Compact(owners), ok
}

// uses selects the edges of a set of readings.
func (j *judge) uses(set []int) func(owner int) bool {
	return func(owner int) bool {
		if owner == zoneOwner {
			owner = j.date
		}
		return slices.Contains(set, owner)
	}
}

// try records the set as a conflict when it is one.
func (j *judge) try(set []int) {
	if _, ok := j.solve(set); !ok {
		slices.Sort(set)
		j.conflicts = append(j.conflicts, Conflict{Readings: set})
	}
}

// without is the weighed readings less those given.
func (j *judge) without(gone []int) []int {
	var rest []int
	for _, i := range j.judged {
		if !slices.Contains(gone, i) {
			rest = append(rest, i)
		}
	}
	return rest
}

// shrink drops what a contradictory set does not need.
func (j *judge) shrink(set []int) []int {
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

// leastTrusted is the set of readings, one at least of each conflict, that
// together have the least trust: a minimum hitting set, searched exactly up to
// a number of steps that honest and most hostile mail never needs.
func (j *judge) leastTrusted() []int {
	s := search{j: j, best: math.Inf(1)}
	s.descend(nil)
	slices.Sort(s.found)
	return s.found
}

// maxSearch bounds the steps of all searches in one message.
const maxSearch = 20000

type search struct {
	j     *judge
	best  float64
	found []int
}

// descend adds a reading of the first conflict that is not hit yet.
func (s *search) descend(chosen []int) {
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

// cost is the trust that is lost with a set of readings: for each writer that of
// the best of them, and little for the rest, since whoever wrote one thing wrongly
// may have written the others so. However many readings the sender made, they
// do not outvote the recipient's own stamp.
func (j *judge) cost(set []int) float64 {
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

// trust is how far a reading is to be believed. One that other writers' clocks
// agree with within the hour is to be believed the more, by their own ranks:
// a line that stands alone against the recipient's own stamps falls. All that
// the sender may have written has one writer.
func (j *judge) trust(i int) float64 {
	if j.trusts == nil {
		j.trusts = make([]float64, len(j.all))
		for _, a := range j.judged {
			j.trusts[a] = j.rank(a) * (0.5 + j.support(a))
		}
	}
	return j.trusts[i]
}

// support is the sum of the ranks of other writers that agree.
func (j *judge) support(i int) float64 {
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

// writerOf names who wrote a reading, as far as its place tells: the sender for
// all that it may have written, one name for all hosts of one organisation.
func (j *judge) writerOf(i int) string {
	r := &j.all[i]
	hop := r.Hop
	if hop < 0 {
		hop = j.hopNamed(r)
	}
	switch {
	case j.base(i) <= TrustSender:
		return "the sender"
	case j.base(i) >= TrustRecipient:
		return "the recipient"
	case hop >= 0 && hop < len(j.steps):
		return cmp.Or(j.steps[hop].Owner, j.steps[hop].Host, "hop "+strconv.Itoa(hop))
	}
	return r.Source
}

// base is the trust in the writer of a reading.
func (j *judge) base(i int) float64 {
	switch h := j.all[i].Hop; {
	case h >= 0 && h < len(j.steps):
		return j.steps[h].Trust
	case i < len(j.trustOf):
		return j.trustOf[i]
	}
	return TrustSender
}

// rank is how far a reading is to be believed by itself: its writer's trust,
// less where the writer could have copied it or chose it freely. The order is a
// judgement: what a host stamped, what it wrote beside the stamp, what only the
// sender's program can have made, and last the Date field.
func (j *judge) rank(i int) float64 {
	r := &j.all[i]
	trust := j.base(i)
	if !inWindow(r.Time) {
		trust *= 0.2 // no time of any mail: a number that somebody made up
	}
	switch {
	case j.isStamp(i):
		return trust
	case i == j.date:
		return trust * 0.6
	case r.Strength == Bound:
		return trust * 0.4
	case r.Event == Built || r.Event == Compose:
		return trust * 0.85
	}
	return trust * 0.95
}

// settle says of each conflict which two readings are farthest apart and which
// one is to be given up, and puts them in order: the gravest first.
func (j *judge) settle() {
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

// maxGap is the longest length of time that can be stated: 290 years.
const maxGap = int64(1<<63-1) / 1000

func abs(v int64) int64 { return max(v, -v) }

// ofMicros is a length of time, cut at what a Duration can hold.
func ofMicros(us int64) time.Duration {
	return time.Duration(min(max(us, -maxGap), maxGap)) * time.Microsecond
}

// oneLine is 1 for two readings of one hop: nothing is closer than these.
func (j *judge) oneLine(c Conflict) int {
	if a, b := &j.all[c.A], &j.all[c.B]; a.Hop >= 0 && a.Hop == b.Hop {
		return 1
	}
	return 0
}

// rest is the trust in what contradicts the doubtful reading.
func (j *judge) rest(c Conflict) float64 {
	sum := 0.0
	for _, i := range c.Readings {
		if i != c.Doubtful {
			sum += j.trust(i)
		}
	}
	return sum / float64(max(len(c.Readings)-1, 1))
}

// farthest is the pair of the set with the largest gap.
func (j *judge) farthest(set []int) (a, b int) {
	a, b = set[0], set[len(set)-1]
	for x, i := range set {
		for _, k := range set[x+1:] {
			if j.instant(i).Sub(j.instant(k)).Abs() > j.instant(a).Sub(j.instant(b)).Abs() {
				a, b = i, k
			}
		}
	}
	return a, b
}

// instant is a reading as a moment: a wall time by the zone that stands beside
// it, where one does.
func (j *judge) instant(i int) time.Time {
	r := &j.all[i]
	switch {
	case r.Clock == UTC || r.Clock == Periodic:
	case r.Hop >= 0 && r.Hop < len(j.stamp) && j.stamp[r.Hop] >= 0 && j.all[j.stamp[r.Hop]].HasOffset:
		return r.Time.Add(-j.all[j.stamp[r.Hop]].Offset)
	case r.Clock == SenderLocal && j.date >= 0 && j.all[j.date].HasOffset && !namesOther(r):
		return r.Time.Add(-j.all[j.date].Offset)
	}
	return r.Time
}

// violation is by how much the set breaks what is allowed.
func (j *judge) violation(set []int) time.Duration {
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

// fits reports whether the set can be true when one of its readings may be off
// by more.
func (j *judge) fits(set []int, more time.Duration) bool {
	g := &graph{nodes: j.g.nodes, edges: slices.Clone(j.g.edges)}
	for i := range g.edges {
		if int(g.edges[i].owner) == set[0] {
			g.edges[i].weight += more.Microseconds()
		}
	}
	_, ok := g.solve(j.uses(set))
	return ok
}
