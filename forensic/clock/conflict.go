package clock

import (
	"cmp"
	"slices"
	"time"
)

// maxConflicts bounds the list of conflicts.
const maxConflicts = 200

// findConflicts lists the smallest sets of readings that cannot all be true:
// every pair, then larger sets as long as giving up the doubtful ones of
// those known leaves a contradiction.
func (j *judge) findConflicts() {
	if j.fits(j.judged) {
		return
	}
	j.findPairs()
	for range maxJudged {
		j.doubtful = j.leastTrusted()
		guilty, ok := j.solve(j.without(j.doubtful))
		if ok {
			return
		}
		j.try(j.shrink(guilty))
	}
}

// findPairs tests every two readings. Both tie the moment of an event to what
// a clock showed, so that they contradict one another when a way from one
// event to the other and back over the clocks is shorter than nothing: by as
// much as its length.
func (j *judge) findPairs() {
	w := &j.ways
	w.begin(j)
	var pairs []int // the memory of the sets, which are part of the judgement
	for k, a := range j.judged {
		for _, b := range j.judged[k+1:] {
			if len(j.conflicts) >= maxConflicts {
				return
			}
			if v := min(w.circle(j, a, b), w.circle(j, b, a)); v < 0 {
				if len(pairs) == 0 {
					pairs = make([]int, 2*min(len(j.judged), 8))
				}
				set := pairs[:2:2]
				set[0], set[1], pairs = min(a, b), max(a, b), pairs[2:]
				j.conflicts = append(j.conflicts, Conflict{Readings: set, violation: -v})
			}
		}
	}
}

// ways holds how far any two moments can lie apart by what holds without any
// reading, and, for pairs with the Date field, with the zone that it states.
type ways struct {
	plain, zoned wayRows
	rows         []int64
}

// wayRows are the distances over one set of edges.
type wayRows struct {
	edges []edge
	row   []int // by node, where its distances stand less one; 0 where nobody has asked yet
}

func (w *ways) begin(j *judge) {
	w.rows = w.rows[:0]
	w.plain.edges, w.plain.row = j.g.appendOnly(w.plain.edges[:0], noOwner), zeros(w.plain.row, j.g.nodes)
	w.zoned.edges, w.zoned.row = j.g.appendOnly(w.zoned.edges[:0], zoneOwner), zeros(w.zoned.row, j.g.nodes)
}

// from is the distances from a node for a pair with or without the Date field.
// Where the zone says nothing both are the same.
func (w *ways) from(n, nodes int, dated bool) []int64 {
	known := &w.plain
	if dated && len(w.zoned.edges) > len(w.plain.edges) {
		known = &w.zoned
	}
	at := known.row[n] - 1
	if at < 0 {
		at = len(w.rows)
		w.rows = slices.Grow(w.rows, nodes)[:at+nodes]
		reachOver(w.rows[at:], known.edges, n)
		known.row[n] = at + 1
	}
	return w.rows[at : at+nodes]
}

// circle is the length of the way: clock of a, event a, event b, clock of b,
// and back. It is positive where there is none.
func (w *ways) circle(j *judge, a, b int) int64 {
	dated := a == j.date || b == j.date
	there := w.from(j.at[a], j.g.nodes, dated)[j.at[b]]
	if there == unbounded {
		return 1
	}
	back := w.from(j.by[b], j.g.nodes, dated)[j.by[a]]
	if back == unbounded {
		return 1
	}
	return j.shown[a] + j.all[a].Precision.Microseconds() + there - j.shown[b] + back
}

// solve tries the readings of set alone.
func (j *judge) solve(set []int) (guilty []int, ok bool) {
	guilty, ok = j.g.solve(j.uses(set))
	for k, o := range guilty {
		if o == zoneOwner {
			guilty[k] = j.date
		}
	}
	slices.Sort(guilty)
	return slices.Compact(guilty), ok
}

// fits reports whether the readings of set can all be true.
func (j *judge) fits(set []int) bool { return j.g.holds(j.uses(set)) }

// uses selects the edges of a set of readings, until it is called again.
func (j *judge) uses(set []int) owners {
	j.use = zeros(j.use, len(j.all)-zoneOwner)
	j.use[noOwner-zoneOwner] = true
	for _, i := range set {
		j.use[i-zoneOwner] = true
	}
	if j.date >= 0 {
		j.use[0] = j.use[j.date-zoneOwner] // the zone is the Date field's
	}
	return j.use
}

// try records the set as a conflict when it is one.
func (j *judge) try(set []int) {
	if !j.fits(set) {
		slices.Sort(set)
		j.conflicts = append(j.conflicts, Conflict{Readings: set})
	}
}

// without is the weighed readings less those given, until it is called again.
func (j *judge) without(gone []int) []int {
	j.kept = j.kept[:0]
	for _, i := range j.judged {
		if !slices.Contains(gone, i) {
			j.kept = append(j.kept, i)
		}
	}
	return j.kept
}

// shrink drops what a contradictory set does not need.
func (j *judge) shrink(set []int) []int {
	for k := 0; k < len(set); {
		rest := slices.Delete(slices.Clone(set), k, k+1)
		if j.fits(rest) {
			k++
			continue
		}
		set = rest
	}
	return set
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
		if j.fitsWith(set, mid) {
			high = mid
		} else {
			low = mid
		}
	}
	return high
}

// fitsWith reports whether the set can be true when one of its readings may be
// off by more.
func (j *judge) fitsWith(set []int, more time.Duration) bool {
	j.g.widen(int32(set[0]), more.Microseconds())
	ok := j.fits(set)
	j.g.widen(int32(set[0]), -more.Microseconds())
	return ok
}
