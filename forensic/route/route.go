// Package route answers: which way do the trace fields say a message went, how far are they the
// recipient's own, and what does not fit among them?
//
// [Follow] puts them in the order in which the message travelled and says what each hop states about
// its neighbours. A [Doubt] is a fact with a weight; what it means is judged in package forensic.
package route

import (
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

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
