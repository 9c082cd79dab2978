package clock

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"time"
)

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
