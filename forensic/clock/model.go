package clock

import (
	"strconv"
	"strings"
	"time"
)

// slack is what one host may be off against itself: the machines behind one
// name, a clock set right in between, two looks at it by one program.
const slack = time.Minute

// build turns the readings into constraints. Each reading gets a node, the
// moment of its event; what one knows of the order of events joins the nodes,
// and what a clock showed ties its node to the clock.
func (j *judge) build() {
	j.built = j.g.node()
	j.buildHops()
	if j.date >= 0 {
		j.place(j.date, &j.all[j.date])
	}
	for i := range j.all {
		switch r := &j.all[i]; {
		case j.at[i] != 0 || r.Strength == Hint || r.Event == Expires || r.Event == Other:
		case len(j.judged) >= maxJudged:
			j.unweighed++
		default:
			j.place(i, r)
		}
	}
	j.joinFields()
	j.boundOutbox()
}

// weigh gives reading i the node n and ties it to the clock c.
func (j *judge) weigh(i, n, c int, t time.Time) {
	j.at[i], j.by[i], j.shown[i] = n, c, micros(t)
	j.judged = append(j.judged, i)
	j.g.reads(n, c, t, j.all[i].Precision, i)
}

// buildHops puts the stamps in order: no hop is received before an older one.
func (j *judge) buildHops() {
	last := 0
	for h := range j.steps {
		i := j.stamp[h]
		if i < 0 {
			continue
		}
		if h >= oldestHops && h < len(j.steps)-newestHops {
			j.unweighed++
			continue
		}
		r := &j.all[i]
		j.hops[h] = j.g.node()
		if r.Clock == UTC {
			j.weigh(i, j.hops[h], j.host(h), r.Time)
		} else {
			j.weigh(i, j.hops[h], j.someWall(j.serverError(false)), r.Time)
		}
		if last == 0 {
			j.g.before(j.built, j.hops[h], 0)
		} else {
			j.g.before(last, j.hops[h], 0)
		}
		last = j.hops[h]
	}
}

// The hops that are weighed of a chain that is too long: those at its ends.
const (
	oldestHops = 10
	newestHops = 20
)

// host is the clock that stamped hop h: that of the host, which may be off
// against itself between two visits.
func (j *judge) host(h int) int {
	if j.visits[h] == 0 {
		c := j.hostClock(h, j.steps[h].Host)
		j.visits[h] = j.g.node()
		j.g.within(c, j.visits[h], -slack, slack, noOwner)
	}
	return j.visits[h]
}

// hostClock is the clock of the host of that name at hop h; one without a name
// has a clock of its own.
func (j *judge) hostClock(h int, name string) int {
	error := j.serverError(j.steps[h].Fleet)
	if name == "" {
		return j.clock("hop ", strconv.Itoa(h), error)
	}
	return j.clock("", name, error)
}

// firstHop and lastHop are the nodes of the oldest and the newest stamp, 0
// without any.
func (j *judge) firstHop() int {
	for _, n := range j.hops {
		if n != 0 {
			return n
		}
	}
	return 0
}

func (j *judge) lastHop() int {
	for h := len(j.hops) - 1; h >= 0; h-- {
		if j.hops[h] != 0 {
			return j.hops[h]
		}
	}
	return 0
}

// place sorts one reading by its event.
func (j *judge) place(i int, r *Reading) {
	if r.Hop >= 0 && r.Hop < len(j.hops) {
		j.placeInHop(i, r)
		return
	}
	if isResent(r) {
		j.placeResent(i, r)
		return
	}
	switch r.Event {
	case File:
		j.placeFile(i, r)
	case Thread:
		j.placeEarlier(i, r, 0)
	case Compose:
		if j.saysWhenSent(i, r) {
			j.placeEarlier(i, r, 0)
		} else {
			j.placeEarlier(i, r, seconds(j.tol.Draft))
		}
	case Built:
		j.placeBuilt(i, r)
	case Stored:
		j.placeStored(i, r)
	case Signed:
		if bySender(r) {
			j.placeEarlier(i, r, seconds(j.tol.Draft))
		} else {
			j.placeNear(i, r)
		}
	default: // Queued, Received, Scanned, Released
		if r.Strength == Evidence {
			j.placeNear(i, r)
		}
	}
}

// saysWhenSent reports whether the identifier itself tells when the message was
// sent, so that a long time of writing is accounted for: as Lotus Notes does.
func (j *judge) saysWhenSent(i int, r *Reading) bool {
	for k := range j.all {
		if o := &j.all[k]; k != i && r.Field >= 0 && o.Field == r.Field && o.Event == Built && o.Strength == Evidence {
			return true
		}
	}
	return false
}

// bySender reports whether the signature is one that the sender's own program
// makes: PGP and S/MIME.
func bySender(r *Reading) bool {
	return strings.HasPrefix(r.Source, "PGP") || strings.HasPrefix(r.Source, "S/MIME")
}

// clockOf is the clock that a reading of the sender was made by.
func (j *judge) clockOf(r *Reading) int {
	switch {
	case namesOther(r) && r.Clock == UTC:
		return j.clock("", "another sender", j.tol.OldDesktop)
	case r.Clock == UTC:
		return j.sender()
	case r.Clock == SenderLocal && r.Rule != "date.header" && !namesOther(r):
		return j.wall()
	}
	return j.someWall(j.tol.OldDesktop)
}

// namesOther reports whether the reading is of an identifier that somebody
// else made: that of the message answered.
func namesOther(r *Reading) bool {
	return r.Event == Thread && r.Rule != "" && strings.HasPrefix(r.Rule, "mid.")
}

// placeBuilt: all that is made while the message is built lies together, and
// before the first hop.
func (j *judge) placeBuilt(i int, r *Reading) {
	switch {
	case byOther(r):
		j.placeNear(i, r)
		return
	case r.Strength != Evidence:
		j.placeEarlier(i, r, 0)
		return
	}
	n := j.g.node()
	j.weigh(i, n, j.clockOf(r), r.Time)
	j.g.within(j.built, n, 0, seconds(j.tol.Together), noOwner)
	if first := j.firstHop(); first != 0 {
		j.g.before(n, first, 0)
	}
}

// byOther reports whether filters and relays put this in too, when they wrap
// a message in a new MIME structure on its way.
func byOther(r *Reading) bool {
	switch r.Rule {
	case "bnd.mime-tools", "bnd.spamassassin", "bnd.dsn-qid.epoch", "bnd.exchange":
		return true
	}
	return false
}

// placeEarlier: made before the message was complete, by no more than most;
// 0 means at any time before.
func (j *judge) placeEarlier(i int, r *Reading, most time.Duration) {
	n := j.g.node()
	j.weigh(i, n, j.clockOf(r), r.Time)
	j.g.before(n, j.built, seconds(j.tol.Together))
	if most > 0 {
		j.g.before(j.built, n, most)
	}
}

// placeFile: a file is older than the message, by clocks of other computers.
func (j *judge) placeFile(i int, r *Reading) {
	n, c := j.g.node(), zero
	if r.Clock != UTC {
		c = j.someWall(0)
	}
	j.weigh(i, n, c, r.Time)
	j.g.before(n, j.built, seconds(j.tol.File))
}

// isResent: the resender's block (RFC 5322 3.6.6).
func isResent(r *Reading) bool { return strings.HasPrefix(r.Source, "Resent-") }

// placeResent: a resender writes its own date (RFC 5322 3.6.6), at any time
// after the message was built.
func (j *judge) placeResent(i int, r *Reading) {
	n := j.g.node()
	j.weigh(i, n, j.clockOrWall(r, "", "the resender", j.tol.OldDesktop), r.Time)
	j.g.before(j.built, n, 0)
}

// placeStored: a mailbox is written after the message was built; its From_
// line may show the Date field instead.
func (j *judge) placeStored(i int, r *Reading) {
	n := j.g.node()
	j.weigh(i, n, j.clockOrWall(r, "", "the mailbox", j.serverError(false)), r.Time)
	j.g.before(j.built, n, seconds(j.tol.File))
}

// placeInHop: what one host wrote on its line, it wrote while it took in the
// message.
func (j *judge) placeInHop(i int, r *Reading) {
	h := r.Hop
	if j.hops[h] == 0 || j.stamp[h] == i {
		return
	}
	stamp := &j.all[j.stamp[h]]
	n, t := j.g.node(), r.Time
	switch {
	case r.Event == Released:
		j.weigh(i, n, zero, t)
		j.g.before(n, j.hops[h], seconds(j.tol.Release))
		if r.Rule == "rcvd.exchange-build" { // replaced within weeks by the next one
			j.g.before(j.hops[h], n, seconds(j.tol.Release))
		}
		return
	case r.Strength != Evidence:
		return
	case r.Clock == ServerZone || r.Clock == SenderLocal:
		if !stamp.HasOffset {
			return
		}
		t = t.Add(-stamp.Offset)
	}
	early, late := seconds(j.tol.Together), slack
	if r.Clock == Periodic { // numbered when the message arrived, stamped when it left; 3 of 251 lie behind
		early, late = seconds(j.tol.Queue), early
	}
	j.weigh(i, n, j.host(h), t)
	j.g.within(j.hops[h], n, -early, late, noOwner)
}

// placeNear: some server on the way wrote it while it handled the message, so
// that it lies beside a stamp, or beside the Date field.
func (j *judge) placeNear(i int, r *Reading) {
	n := j.g.node()
	j.weigh(i, n, j.clockOrWall(r, "field ", r.Source, j.serverError(false)), r.Time)
	if last := j.lastHop(); last != 0 && (r.Event == Queued || r.Event == Signed) {
		j.g.before(n, last, slack) // done to hand the message on
	}
	near := j.nearest(i, r)
	switch {
	case near == noOwner:
		j.g.within(j.built, n, -seconds(j.tol.Together), 2*seconds(j.tol.Together), noOwner)
	case j.at[near] == 0: // the Date field, which comes later
		j.place(near, &j.all[near])
		fallthrough
	default:
		j.g.within(j.at[near], n, -seconds(j.tol.Together), seconds(j.tol.Together), noOwner)
	}
}

// nearest is the stamp or the Date field that a reading lies closest to: the
// hop it names by its identifier, where it does.
func (j *judge) nearest(i int, r *Reading) int {
	best, least := noOwner, time.Duration(1<<63-1)
	consider := func(k int) {
		if d := j.all[k].Time.Sub(r.Time).Abs(); k != i && d < least && j.all[k].Clock == UTC {
			best, least = k, d
		}
	}
	if h := j.hopNamed(r); h >= 0 && j.stamp[h] >= 0 && j.hops[h] != 0 {
		return j.stamp[h]
	}
	for h, k := range j.stamp {
		if k >= 0 && j.hops[h] != 0 {
			consider(k)
		}
	}
	if j.date >= 0 && j.date != i {
		consider(j.date)
	}
	return best
}

// hopNamed is the hop whose transfer identifier stands in a reading, as in the
// Message-ID that its host gave to the message; -1 for none.
func (j *judge) hopNamed(r *Reading) int {
	if r.Event != Queued {
		return -1
	}
	for h := range j.steps {
		if id := j.steps[h].ID; len(id) >= 6 && strings.Contains(r.Raw, id) {
			return h
		}
	}
	return -1
}

// joinFields: two clocks in one field that date one event show one moment.
func (j *judge) joinFields() {
	const apart = 5 * time.Second
	for k, a := range j.judged {
		for _, b := range j.judged[k+1:] {
			x, y := &j.all[a], &j.all[b]
			if x.Field >= 0 && x.Field == y.Field && x.Event == y.Event && x.Hop < 0 && y.Hop < 0 &&
				x.Clock == y.Clock && x.Strength == Evidence && y.Strength == Evidence {
				j.g.within(j.at[a], j.at[b], -apart, apart, noOwner)
			}
		}
	}
}

// boundOutbox: a Date that no other clock of the sender supports cannot lie
// any time before the first hop.
func (j *judge) boundOutbox() {
	first := j.firstHop()
	if j.date < 0 || j.at[j.date] == 0 || first == 0 {
		return
	}
	for _, i := range j.judged {
		r := &j.all[i]
		if i != j.date && r.Event == Built && r.Strength == Evidence && !byOther(r) {
			return
		}
	}
	j.g.before(first, j.at[j.date], seconds(j.tol.Outbox))
}
