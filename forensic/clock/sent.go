package clock

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// sent bounds the moment of sending by the readings that are left when the
// doubtful ones are given up: not before the last thing that was built, not
// behind the first stamp.
func (j *judge) sent() Interval {
	s := Interval{Lower: noOwner, Upper: noOwner}
	for _, i := range j.without(j.doubtful) {
		r, t := &j.all[i], j.instant(i)
		switch {
		case r.Clock == Periodic || r.Strength != Evidence:
		case r.Clock != UTC && (r.Clock != SenderLocal || !j.hasZone(i)):
		case r.Event == Built && !byOther(r) && r.Hop < 0 && j.isSenders(r), r.Event == Compose:
			if s.Lower == noOwner || t.After(s.Earliest) {
				s.Earliest, s.Lower = t, i
			}
		case r.Event == Received && r.Hop >= 0 || r.Event == Queued && r.Hop >= 0:
			if t = t.Add(r.Precision); s.Upper == noOwner || t.Before(s.Latest) {
				s.Latest, s.Upper = t, i
			}
		}
	}
	if s.Lower != noOwner && s.Upper != noOwner && s.Latest.Before(s.Earliest) {
		// The clocks differ within what is tolerated: either may be right.
		s.Earliest, s.Latest = s.Latest.Add(-j.all[s.Upper].Precision), s.Earliest.Add(j.all[s.Lower].Precision)
		s.Lower, s.Upper = s.Upper, s.Lower
	}
	s.Agreeing = j.agreeing(s)
	return s
}

// isSenders leaves out the dates of a resender.
func (j *judge) isSenders(r *Reading) bool { return len(r.Source) < 7 || r.Source[:7] != "Resent-" }

// hasZone reports whether the zone of a wall time is known.
func (j *judge) hasZone(i int) bool {
	return j.date >= 0 && j.date != i && j.all[j.date].HasOffset && !slices.Contains(j.doubtful, j.date)
}

// agreeing picks readings that show the moment of sending within a minute of
// it, one of each writer: two clocks of one computer are not independent.
func (j *judge) agreeing(s Interval) []int {
	middle := s.Earliest
	if s.Lower == noOwner {
		middle = s.Latest
	}
	if middle.IsZero() {
		return nil
	}
	var out []int
	var writers []string
	for _, i := range j.without(j.doubtful) {
		r := &j.all[i]
		if r.Strength != Evidence || r.Clock == Periodic || r.Clock != UTC && !j.hasZone(i) || j.instant(i).Sub(middle).Abs() > time.Minute {
			continue
		}
		if w := j.writer(i); !slices.Contains(writers, w) {
			writers = append(writers, w)
			out = append(out, i)
		}
	}
	return out
}

// writer names who made a reading, as far as its place tells: one name for all
// hosts of one organisation.
func (j *judge) writer(i int) string {
	r := &j.all[i]
	switch {
	case j.base(i) >= 1:
		return "the recipient"
	case j.base(i) <= senderTrust && r.Hop < 0:
		return "the sender"
	case r.Hop >= 0 && r.Hop < len(j.steps):
		return cmp.Or(j.steps[r.Hop].Owner, j.steps[r.Hop].Host, "hop "+strconv.Itoa(r.Hop))
	}
	return r.Source
}

// zone pairs a wall clock of the sender with another of its clocks that shows
// universal time, the Date field left out: the difference is the sender's
// offset from UTC, which the Date field may state otherwise.
func (j *judge) zone() Zone {
	const quarter = 15 * time.Minute
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
			offset := d.Round(quarter)
			if (d-offset).Abs() <= 2*time.Minute && offset >= zoneWest && offset <= zoneEast {
				return Zone{OK: true, Offset: offset, Local: l, UTC: u}
			}
		}
	}
	return Zone{}
}

// skews bounds, for each stamp that was given up, how far its clock must have
// been ahead for everything else to be true.
func (j *judge) skews() []Skew {
	var out []Skew
	kept := j.without(j.doubtful)
	for _, i := range j.doubtful {
		r := &j.all[i]
		if i != j.date && (r.Hop < 0 || r.Hop >= len(j.stamp) || j.stamp[r.Hop] != i) {
			continue
		}
		use := j.uses(kept)
		up, okUp := j.g.reach(zero, false, use)
		down, okDown := j.g.reach(zero, true, use)
		n := j.at[i]
		if !okUp[n] || !okDown[n] {
			continue
		}
		shown := micros(j.instant(i))
		s := Skew{Host: "the sender", Reading: i, Earliest: ofMicros(shown - up[n]), Latest: ofMicros(shown + down[n])}
		if r.Hop >= 0 && r.Hop < len(j.steps) {
			s.Host = j.steps[r.Hop].Host
		}
		out = append(out, s)
	}
	return out
}
