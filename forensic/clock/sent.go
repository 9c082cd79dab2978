package clock

import (
	"slices"
	"strconv"
	"time"
)

// sent bounds the moment of sending by what is left when the doubtful readings
// are given up: not before the last thing that was built, not behind the first
// stamp, each by as much as all constraints and tolerances together allow. The
// stamps of hosts that somebody vouches for come first; lines that the sender
// may have written bound only where there are no others.
func (j *judge) sent() Interval {
	s := Interval{Lower: noOwner, Upper: noOwner}
	kept := j.without(j.doubtful)
	if len(kept) == 0 {
		return s
	}
	late, soon := j.bounds(kept)
	vouched := false
	for _, i := range kept {
		vouched = vouched || j.isStamp(i) && j.base(i) > TrustSender
	}
	for _, i := range kept {
		n := j.at[i]
		if j.isBuilt(i) && soon[n] != unbounded && (s.Lower == noOwner || -soon[n] > micros(s.Earliest)) {
			s.Earliest, s.Lower = time.UnixMicro(-soon[n]).UTC(), i
		}
		if j.isStamp(i) && late[n] != unbounded && (j.base(i) > TrustSender || !vouched) && (s.Upper == noOwner || late[n] < micros(s.Latest)) {
			s.Latest, s.Upper = time.UnixMicro(late[n]).UTC(), i
		}
	}
	s.Agreeing = j.agreeing(kept, s)
	return s
}

// bounds is the latest that every moment can be, and the negative of the
// earliest, by the readings kept. They are valid until they are asked for
// again.
func (j *judge) bounds(kept []int) (late, soon []int64) {
	use := j.uses(kept)
	j.late, j.soon = j.g.reach(j.late, zero, false, use), j.g.reach(j.soon, zero, true, use)
	return j.late, j.soon
}

// isStamp reports whether a reading dates the reception by a host, isBuilt
// whether it dates the making of the message at its sender's.
func (j *judge) isStamp(i int) bool {
	r := &j.all[i]
	return r.Hop >= 0 && r.Hop < len(j.stamp) && j.stamp[r.Hop] == i
}

func (j *judge) isBuilt(i int) bool {
	r := &j.all[i]
	return r.Strength == Evidence && r.Hop < 0 && (r.Event == Compose || r.Event == Built && !byOther(r) && !isResent(r))
}

// hasZone reports whether the zone of a wall time is known.
func (j *judge) hasZone(i int) bool {
	return j.date >= 0 && j.date != i && j.all[j.date].HasOffset && !slices.Contains(j.doubtful, j.date)
}

// agreeing picks readings that lie within a minute of the one that bounds the
// moment of sending, one of each writer: two clocks of one computer are not
// independent, and neither are lines that the sender may have written.
func (j *judge) agreeing(kept []int, s Interval) []int {
	pivot := s.Lower
	if pivot == noOwner {
		pivot = s.Upper
	}
	if pivot == noOwner {
		return nil
	}
	var out []int
	at := j.instant(pivot)
	for _, i := range kept {
		r := &j.all[i]
		if r.Strength != Evidence || r.Clock == Periodic || r.Clock != UTC && !j.hasZone(i) || j.instant(i).Sub(at).Abs() > time.Minute {
			continue
		}
		if !slices.ContainsFunc(out, func(k int) bool { return j.writer[k] == j.writer[i] }) {
			if out == nil {
				out = make([]int, 0, 4)
			}
			out = append(out, i)
		}
	}
	return out
}

// writers names who made each reading.
func (j *judge) writers() []string {
	out := make([]string, len(j.all))
	for i := range out {
		out[i] = j.writerOf(i)
	}
	return out
}

// zone pairs a wall clock of the sender with another of its clocks that shows
// universal time, the Date field left out: the difference is the sender's
// offset from UTC, which the Date field may state otherwise.
func (j *judge) zone() Zone {
	for _, l := range j.judged {
		local := &j.all[l]
		if local.Clock != SenderLocal || local.Event != Built || local.Strength != Evidence || l == j.date {
			continue
		}
		for _, u := range j.judged {
			utc := &j.all[u]
			if utc.Clock != UTC || utc.Event != Built || utc.Strength != Evidence || u == j.date || byOther(utc) || slices.Contains(j.doubtful, u) {
				continue
			}
			d := local.Time.Sub(utc.Time)
			if offset := d.Round(15 * time.Minute); (d-offset).Abs() <= time.Minute && inUse(offset) {
				return Zone{OK: true, Offset: offset, Local: l, UTC: u}
			}
		}
	}
	return Zone{}
}

// inUse reports whether clocks somewhere are set to that offset (IANA time zone
// database, 1970 to now).
func inUse(offset time.Duration) bool {
	if offset < zoneWest || offset > zoneEast {
		return false
	}
	switch minutes := int(offset / time.Minute); minutes {
	case -570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 690, 765:
		return true
	default:
		return minutes%60 == 0
	}
}

// skews bounds, for each stamp that was given up, how far its clock must have
// been ahead for everything else to be true.
func (j *judge) skews() []Skew {
	var out []Skew
	if !slices.ContainsFunc(j.doubtful, j.isStamp) {
		return nil // of the sender's clocks, a draft or an outbox may be the reason
	}
	late, soon := j.bounds(j.without(j.doubtful))
	for _, i := range j.doubtful {
		n := j.at[i]
		if !j.isStamp(i) || late[n] == unbounded || soon[n] == unbounded {
			continue
		}
		hop, shown := j.all[i].Hop, micros(j.instant(i))
		host := j.steps[hop].Host
		if host == "" {
			host = "hop " + strconv.Itoa(hop+1)
		}
		out = append(out, Skew{Host: host, Reading: i, Earliest: ofMicros(shown - late[n]), Latest: ofMicros(shown + soon[n])})
	}
	return out
}
