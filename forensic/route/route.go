// Package route puts the trace fields of a message in the order in which the
// message travelled and says what each hop states about its neighbours. It
// reports; it does not judge.
package route

import (
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// Trace lists the hops of a header block, oldest first. Each relay puts its
// line on top (RFC 5321 4.4), so that is the reverse of the written order.
func Trace(block *headers.Block) []Hop {
	var hops []Hop
	for i := len(block.Fields) - 1; i >= 0; i-- {
		if f := block.Fields[i]; f.Is("Received") {
			hops = append(hops, Hop{Received: f.Received()})
		}
	}
	var last time.Time
	for i := range hops {
		h := &hops[i]
		if !isMoment(h.Date) {
			continue
		}
		if !last.IsZero() {
			h.Delay, h.HasDelay = h.Date.Time.Sub(last), true
		}
		last = h.Date.Time
	}
	return hops
}

// isMoment reports whether the date names a moment. Without a zone, or with one
// that gives no offset, it may be up to 14 hours away. "-0000" is universal
// time (RFC 5322 3.3).
func isMoment(d headers.Date) bool {
	return d.OK && (d.Zone == headers.ZoneStated || d.ZoneText == "-0000")
}

// Elapsed is the time from the oldest to the newest hop that names a moment;
// ok is false with fewer than two of them.
func Elapsed(hops []Hop) (elapsed time.Duration, ok bool) {
	for _, h := range hops {
		if h.HasDelay {
			elapsed += h.Delay
			ok = true
		}
	}
	return elapsed, ok
}
