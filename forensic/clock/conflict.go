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
	back := w.from(j.by[b], j.g.nodes, dated)[j.by[a]]
	if there == unbounded || back == unbounded {
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

// leastTrusted is the set of readings, one at least of each conflict, that
// together have the least trust: a minimum hitting set, searched exactly up to
// a number of steps that honest and most hostile mail never needs. It is
// valid until it is searched for again.
func (j *judge) leastTrusted() []int {
	j.form()
	s := &j.search
	s.best, s.any, s.found = math.Inf(1), false, s.found[:0]
	s.picked = zeros(s.picked, len(j.all))
	s.descend(j)
	slices.Sort(s.found)
	if len(s.found) == 0 {
		return nil
	}
	return s.found
}

// maxSearch bounds the steps of all searches in one message.
const maxSearch = 20000

// search is the search for the set of least trust.
type search struct {
	best    float64
	any     bool  // found is one
	found   []int // the best so far
	chosen  []int // the way down, picked the same by reading
	picked  []bool
	members []int // the conflicts on the way down, one behind the other
}

// descend adds a reading of the first conflict that is not hit yet.
func (s *search) descend(j *judge) {
	sum := j.cost(s.chosen)
	if j.searched++; sum >= s.best || j.searched > maxSearch && s.any {
		return
	}
	open := s.open(j.conflicts)
	if open < 0 {
		s.best, s.any, s.found = sum, len(s.chosen) > 0, append(s.found[:0], s.chosen...)
		return
	}
	from := len(s.members)
	s.members = append(s.members, j.conflicts[open].Readings...)
	to := len(s.members)
	j.sortByTrust(s.members[from:])
	for k := from; k < to; k++ {
		i := s.members[k]
		s.chosen, s.picked[i] = append(s.chosen, i), true
		s.descend(j)
		s.chosen, s.picked[i] = s.chosen[:len(s.chosen)-1], false
	}
	s.members = s.members[:from]
}

// open is the first conflict of which no reading is picked, -1 for none.
func (s *search) open(conflicts []Conflict) int {
next:
	for k := range conflicts {
		for _, i := range conflicts[k].Readings {
			if s.picked[i] {
				continue next
			}
		}
		return k
	}
	return -1
}

// sortByTrust puts the least trusted reading first. Sets are small, and equals
// stay in order.
func (j *judge) sortByTrust(set []int) {
	for k := 1; k < len(set); k++ {
		for i := k; i > 0 && j.trust(set[i]) < j.trust(set[i-1]); i-- {
			set[i], set[i-1] = set[i-1], set[i]
		}
	}
}

// cost is the trust that is lost with a set of readings: for each writer that of
// the best of them, and little for the rest, since whoever wrote one thing wrongly
// may have written the others so. However many readings the sender made, they
// do not outvote the recipient's own stamp.
func (j *judge) cost(set []int) float64 {
	const further = 0.02
	sum, who := 0.0, j.opinion.who
	for k, i := range set {
		t, best := j.trust(i), true
		for n, o := range set {
			if n != k && who[o] == who[i] && (j.trust(o) > t || j.trust(o) == t && n < k) {
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

// opinion is what follows from who wrote the weighed readings, by index.
type opinion struct {
	formed  bool
	who     []int // the first weighed reading of the same writer
	seen    []int // for a count of writers: the reading it was last seen for, plus one
	moments []time.Time
	ranks   []float64
	trusts  []float64
}

// form works out the opinion, which stays the same for one message.
func (j *judge) form() {
	o := &j.opinion
	if o.formed {
		return
	}
	n := len(j.all)
	o.formed, o.who, o.seen, o.ranks, o.trusts = true, zeros(o.who, n), zeros(o.seen, n), zeros(o.ranks, n), zeros(o.trusts, n)
	o.moments = slices.Grow(o.moments[:0], n)[:n]
	for k, a := range j.judged {
		o.who[a], o.ranks[a], o.moments[a] = a, j.rank(a), j.instant(a)
		for _, b := range j.judged[:k] {
			if j.writer[b] == j.writer[a] {
				o.who[a] = o.who[b]
				break
			}
		}
	}
	for _, a := range j.judged {
		o.trusts[a] = o.ranks[a] * (0.5 + j.support(a))
	}
}

// trust is how far a reading is to be believed. One that other writers' clocks
// agree with within the hour is to be believed the more, by their own ranks:
// a line that stands alone against the recipient's own stamps falls. All that
// the sender may have written has one writer.
func (j *judge) trust(i int) float64 { return j.opinion.trusts[i] }

// support is the sum of the ranks of other writers that agree.
func (j *judge) support(i int) float64 {
	o, sum := &j.opinion, 0.0
	self, together := o.who[i], seconds(j.tol.Together)
	for _, k := range j.judged {
		w := o.who[k]
		if w == self || o.seen[w] == i+1 || j.all[k].Strength != Evidence || o.moments[k].Sub(o.moments[i]).Abs() > together {
			continue
		}
		o.seen[w] = i + 1
		sum += o.ranks[k]
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
		if name := cmp.Or(j.steps[hop].Owner, j.steps[hop].Host); name != "" {
			return name
		}
		return "hop " + strconv.Itoa(hop)
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
