// Package route puts the trace fields of a message in the order in which the
// message travelled and says what each hop states about its neighbours. It
// reports; it does not judge.
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
