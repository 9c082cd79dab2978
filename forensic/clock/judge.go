package clock

import (
	"slices"
	"sync"
	"time"
)

// The trust in those who write readings. Only the order counts; what is trusted
// no more than the sender is taken for the sender's own.
const (
	TrustRecipient = 1.0
	TrustRelay     = 0.6
	TrustSender    = 0.35
)

// Step is what a judgement must know of one hop of the route.
type Step struct {
	// Host names the clock that stamped the hop; "" makes it a clock of its own.
	Host string
	// Owner names the organisation that runs the host; "" takes the host.
	Owner string
	// Fleet is true for a host of a large provider, whose clocks differ among
	// themselves.
	Fleet bool
	// Trust is 0 to 1: how far the stamp is to be believed, [TrustRelay] for one.
	Trust float64
	// ID is the hop's transfer identifier.
	ID string
}

// Judgement is what follows from the readings of one message together.
type Judgement struct {
	// Conflicts are the smallest sets of readings that cannot all be true.
	Conflicts []Conflict
	// Doubtful marks, by index, the readings that must be given up for the
	// rest to be true: those with the least trust in sum.
	Doubtful []int
	// Writers names, by index, who made each reading, as far as its place tells.
	Writers []string
	// Unweighed is the number of readings beyond what can be weighed; hints and
	// policies, which never are, do not count.
	Unweighed int
	// Sent bounds the moment of sending.
	Sent Interval
	// Zone is the sender's offset from UTC.
	Zone Zone
	// Skews are clocks that must have been wrong.
	Skews []Skew
}

// Conflict is a set of readings that cannot all be true.
type Conflict struct {
	// Readings are the indexes, ascending.
	Readings []int
	// A and B are the two that are farthest apart; Doubtful is the one of the
	// set that is to be given up.
	A, B, Doubtful int
	// Gap is how far A and B lie apart, Tolerance what is allowed of it.
	Gap, Tolerance time.Duration
	// Excess is by how much the set breaks what is allowed.
	Excess    time.Duration
	violation int64 // the same in microseconds
}

// Interval bounds the moment of sending. A zero time is an open end.
type Interval struct {
	// Earliest and Latest are the bounds; zero where there is none.
	Earliest, Latest time.Time
	// Lower and Upper are the readings that give the ends, -1 for none.
	Lower, Upper int
	// Agreeing are readings of independent clocks, one of each writer, that
	// agree with the moment of sending within a minute.
	Agreeing []int
}

// Zone is the sender's offset from UTC that a wall clock and a clock in UTC
// show together.
type Zone struct {
	// OK is false when no two clocks show it.
	OK bool
	// Offset is the offset from UTC.
	Offset time.Duration
	// Local and UTC are the indexes of the readings that were compared.
	Local, UTC int
}

// Skew says by how much the clock of a host must have been ahead for the rest
// to be true.
type Skew struct {
	// Host is whose clock it is.
	Host string
	// Earliest and Latest bound by how much the clock was ahead.
	Earliest, Latest time.Duration
	// Reading is the index of the reading it follows from.
	Reading int
}

// Judge weighs the readings of one message against one another. steps are the
// hops, oldest first, to which Reading.Hop points. trust says, 0 to 1, how far
// the writer of each reading that stands in no hop is to be believed; nil takes
// the sender for the writer of them all.
func Judge(readings []Reading, steps []Step, trust []float64, tol *Tolerances) Judgement {
	j := judges.Get().(*judge)
	v := j.judge(readings, steps, trust, tol)
	if j.forget() {
		judges.Put(j)
	}
	return v
}

func (j *judge) judge(readings []Reading, steps []Step, trust []float64, tol *Tolerances) Judgement {
	j.begin(readings, steps, tol)
	j.trustOf = trust
	j.build()
	j.writer = j.writers()
	j.findConflicts()
	j.settle()
	v := Judgement{Writers: j.writer, Unweighed: j.unweighed, Sent: j.sent(), Zone: j.zone(), Skews: j.skews()}
	if len(j.conflicts) > 0 {
		v.Conflicts, v.Doubtful = slices.Clone(j.conflicts), slices.Clone(j.doubtful)
	}
	return v
}

// maxJudged is the number of readings that are weighed. A message with more is
// not honest mail; the rest is listed all the same.
const maxJudged = 64

// judge is the work on one message. Its memory is used again for another one;
// what a judgement holds is never part of it.
type judge struct {
	all   []Reading
	steps []Step
	tol   Tolerances
	g     graph
	old   bool

	// at is the node of each reading's event, by that of its clock, shown what
	// the clock showed; 0 for a reading that is not weighed.
	at, by []int
	shown  []int64
	judged []int // the readings weighed, by index
	built  int   // node of the moment building began
	hops   []int // node of each hop's reception, 0 where it has no stamp
	visits []int // node of the host's clock at each hop
	stamp  []int // index of each hop's stamp, -1
	date   int   // index of the Date field, -1
	clocks []named

	conflicts []Conflict
	doubtful  []int // nil without any
	trustOf   []float64
	writer    []string // of each reading
	opinion   opinion
	searched  int // steps of all searches
	unweighed int

	use        owners
	kept       []int
	ways       ways
	search     search
	late, soon []int64
}

// judges are judges not in use.
var judges = sync.Pool{New: func() any { return new(judge) }}

// begin takes up a message and finds its stamps and its Date field.
func (j *judge) begin(readings []Reading, steps []Step, tol *Tolerances) {
	j.all, j.steps, j.date = readings, steps, -1
	if tol != nil {
		j.tol = *tol
	}
	j.tol = j.tol.Effective()
	j.g.reset()
	j.at, j.by, j.shown = zeros(j.at, len(readings)), zeros(j.by, len(readings)), zeros(j.shown, len(readings))
	j.hops, j.visits, j.stamp = zeros(j.hops, len(steps)), zeros(j.visits, len(steps)), zeros(j.stamp, len(steps))
	for i := range j.stamp {
		j.stamp[i] = -1
	}
	newest := time.Time{}
	for i := range readings {
		r := &readings[i]
		switch {
		case r.Rule == "date.received" && r.Strength == Evidence && r.Hop >= 0 && r.Hop < len(steps):
			j.stamp[r.Hop] = i
		case r.Rule == "date.header" && j.date < 0:
			j.date = i
		default:
			continue
		}
		if r.Time.After(newest) {
			newest = r.Time
		}
	}
	j.old = !newest.IsZero() && newest.Before(old)
}

// forget leaves nothing of the message in the judge. It is false for one that
// has grown over a hostile message and is not to be kept.
func (j *judge) forget() bool {
	const kept = 1024
	if max(len(j.all), len(j.steps), cap(j.ways.rows)/kept) > kept {
		return false
	}
	clear(j.clocks)
	clear(j.conflicts)
	j.opinion.formed = false
	*j = judge{
		g: j.g, at: j.at, by: j.by, shown: j.shown, judged: j.judged[:0], hops: j.hops, visits: j.visits, stamp: j.stamp,
		clocks: j.clocks[:0], conflicts: j.conflicts[:0], opinion: j.opinion,
		use: j.use, kept: j.kept, ways: j.ways, search: j.search, late: j.late, soon: j.soon,
	}
	return true
}

// zeros is n zero values in the memory of s.
func zeros[T any](s []T, n int) []T {
	s = slices.Grow(s[:0], n)[:n]
	clear(s)
	return s
}

// seconds is a tolerance as a duration.
func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// clock is the node of a host's clock: by how much it is behind. Its name is
// that of the kind, what there are several of, and of the one.
func (j *judge) clock(kind, name string, error float64) int {
	n, known := j.named(kind, name)
	if !known {
		j.g.within(zero, n, -seconds(error), seconds(error), noOwner)
	}
	return n
}

// named is a clock's node.
type named struct {
	kind, name string
	node       int
}

// named returns the node of that name, a new one when it is not known.
func (j *judge) named(kind, name string) (node int, known bool) {
	for i := range j.clocks {
		if c := &j.clocks[i]; len(c.kind)+len(c.name) == len(kind)+len(name) && c.is(kind, name) {
			return c.node, true
		}
	}
	n := j.g.node()
	j.clocks = append(j.clocks, named{kind, name, n})
	return n, false
}

// is reports whether both words together are the clock's.
func (c *named) is(kind, name string) bool {
	return c.kind == kind && c.name == name || c.kind != kind && c.kind+c.name == kind+name
}

func (j *judge) serverError(fleet bool) float64 {
	switch {
	case j.old:
		return j.tol.OldServer
	case fleet:
		return max(j.tol.Fleet, j.tol.Server)
	}
	return j.tol.Server
}

// sender is the clock of the sender's computer.
func (j *judge) sender() int {
	if j.old {
		return j.clock("", "the sender", j.tol.OldDesktop)
	}
	return j.clock("", "the sender", j.tol.Desktop)
}

// wall is the sender's wall clock: its clock plus its zone. The zone is what
// the Date field states; where that is universal time, which servers write
// too, it may be any.
func (j *judge) wall() int {
	s := j.sender()
	n, known := j.named("", "the sender's wall")
	if known {
		return n
	}
	if j.date >= 0 && j.all[j.date].HasOffset && j.all[j.date].Offset != 0 {
		offset := j.all[j.date].Offset
		j.g.within(s, n, -offset, -offset, zoneOwner)
	} else {
		j.g.within(s, n, -zoneEast, -zoneWest, noOwner)
	}
	return n
}

// clockOrWall is the named clock for a reading in universal time, else a wall
// clock of which nothing more is known.
func (j *judge) clockOrWall(r *Reading, kind, name string, error float64) int {
	if r.Clock == UTC {
		return j.clock(kind, name, error)
	}
	return j.someWall(error)
}

// someWall is a wall clock in a zone of which nothing is known.
func (j *judge) someWall(error float64) int {
	n := j.g.node()
	j.g.within(zero, n, -zoneEast-seconds(error), -zoneWest+seconds(error), noOwner)
	return n
}
