package route

import (
	"strconv"
	"time"
)

// backward says how far a stamp may lie before the next older one. Of 62,461
// real neighbours since 2006 3.2 % go back by more than 2 s (most of them inside
// Exchange Online, down to 27 minutes), 0.13 % by more than a minute, 0.02 % by
// more than 10 minutes, 0.01 % by more than an hour. In honest mail of 2002
// these were 10.5, 6.95, 2.2 and 0.36 %.
var backward = [...]struct {
	fleet              bool // both hosts are one operator's
	before             int  // stamps before this year
	none, some, seldom time.Duration
}{
	{fleet: true, before: 9999, none: 30 * time.Minute, some: time.Hour, seldom: 3 * time.Hour},
	{before: 2006, none: 10 * time.Minute, some: time.Hour, seldom: 12 * time.Hour},
	{before: 9999, none: 2 * time.Minute, some: 10 * time.Minute, seldom: time.Hour},
}

// timeDoubts compares the stamps of neighbours.
func (t *tracer) timeDoubts() {
	last := -1
	for i := range t.r.Hops {
		if !isMoment(t.r.Hops[i].Date) {
			continue
		}
		if last >= 0 {
			t.reversed(last, i)
		}
		last = i
	}
	t.future()
}

// reversed: the newer hop was stamped before the older one.
func (t *tracer) reversed(older, newer int) {
	a, b := &t.r.Hops[older], &t.r.Hops[newer]
	back := a.Date.Time.Sub(b.Date.Time) - coarse(a) - coarse(b)
	if back <= 0 {
		return
	}
	weight := reversedWeight(a, b, back)
	if weight == "" {
		return
	}
	why := zoneMistake(a, b, back)
	if why != "" {
		weight = low
	}
	d := t.doubt("time-reversed", newer, weight, "stamped "+length(back)+" before the hop below it", a.Date.Span, b.Date.Span)
	if why != "" {
		d.speaksAgainst(why)
	} else {
		d.speaksAgainst("the clock of one of the hosts may be wrong")
	}
}

// length is a length of time in words; what a Duration cannot hold is cut.
func length(d time.Duration) string {
	const day = 24 * time.Hour
	switch d = d.Round(time.Second); {
	case d > 290*365*day:
		return "more than 290 years"
	case d > 2*day:
		return strconv.Itoa(int(d/day)) + " days"
	}
	return d.String()
}

// coarse is the uncertainty of a stamp without seconds.
func coarse(h *Hop) time.Duration {
	if h.Date.Precision >= 60 {
		return time.Minute
	}
	return 0
}

func reversedWeight(a, b *Hop, back time.Duration) string {
	fam := a.by().operator
	fleet := fam != noFamily && fam == b.by().operator
	year := b.Date.Time.Year()
	for _, p := range backward {
		if p.fleet && !fleet || year >= p.before {
			continue
		}
		switch {
		case back <= p.none:
			return ""
		case back <= p.some:
			return low
		case back <= p.seldom:
			return medium
		}
		return high
	}
	return ""
}

// zoneMistake explains a step back by a wrong zone: a host that writes universal
// time or the time of a neighbour with its own offset, or does not know of
// summer time, is off by just the difference. Seen in honest mail: 8h1m to 8h9m,
// the host's own offset and its clock's error.
func zoneMistake(a, b *Hop, back time.Duration) string {
	shift := (back + 15*time.Minute).Truncate(30 * time.Minute)
	if off := shift - back; off < -10*time.Minute || off > 5*time.Minute || shift == 0 {
		return ""
	}
	za, zb := offsetOf(a), offsetOf(b)
	switch {
	case shift == time.Hour:
		return "one hour is the difference of summer time, which one of the hosts may have wrong"
	case shift == za-zb, shift == zb-za:
		return "the step is the difference of the two offsets: one of the hosts may state the wrong one"
	case shift == -za, shift == zb:
		return "the step is the host's own offset: it may write universal time and state another zone"
	case shift == 15*time.Hour && (a.Date.ZoneText == "EST" || b.Date.ZoneText == "EST"):
		return "EST is a zone of Australia, too, 15 hours from that of America"
	}
	return ""
}

func offsetOf(h *Hop) time.Duration {
	_, seconds := h.Date.Time.Zone()
	return time.Duration(seconds) * time.Second
}

// The distance from which on a stamp lies in the future of the others.
const (
	futureStep = 24 * time.Hour
	futureGap  = 366 * 24 * time.Hour
)

// future: a stamp later than every newer one by more than a day; or a newest
// one that lies more than a year ahead, for relays give up after days (RFC 5321
// 4.5.4.1).
func (t *tracer) future() {
	hops := t.r.Hops
	newest := -1 // the earliest of the newer stamps' latest
	var latest time.Time
	for i := len(hops) - 1; i >= 0; i-- {
		h := &hops[i]
		if !isMoment(h.Date) {
			continue
		}
		if newest >= 0 && h.Date.Time.Sub(latest) > futureStep {
			d := t.doubt("future", i, high, "stamped "+length(h.Date.Time.Sub(latest).Round(time.Hour))+" later than every newer hop", h.Date.Span)
			d.speaksAgainst("the host's clock may be wrong")
			continue
		}
		if newest < 0 || h.Date.Time.After(latest) {
			newest, latest = i, h.Date.Time
		}
		if h.HasDelay && h.Delay > futureGap && (h.Class == MTA || h.Class == Filter) {
			d := t.doubt("future", i, medium, "stamped more than a year later than the hop below it", h.Date.Span)
			d.speaksAgainst("the message may have been sent again from an archive")
		}
	}
}
