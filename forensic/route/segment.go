package route

import (
	"strings"

	"github.com/emlcheck/emlcheck/forensic/internal/domain"
)

// segments counts the stretches between re-injections: a new one begins with
// the hop of a list or of a forwarder, and where a line names a recipient of
// another organisation than the lines before it did.
func (t *tracer) segments() {
	segment, recipient := 0, ""
	for i := range t.r.Hops {
		h := &t.r.Hops[i]
		changed := recipient != "" && h.For != "" && otherRecipient(recipient, h.For)
		if i > 0 && (changed || h.Class == Resent || h.Class == List) {
			segment++
		}
		if h.For != "" {
			recipient = h.For
		}
		h.Segment = segment
	}
}

// otherRecipient reports whether mail for a was sent on to b: the addresses
// lie in different organisations. Within one, aliases are resolved.
func otherRecipient(a, b string) bool {
	da, db := domain.Of(a), domain.Of(b)
	if da == "" || db == "" || strings.EqualFold(da, db) || isPrivateName(da) || isPrivateName(db) {
		return false
	}
	return domain.Org(da) != domain.Org(db)
}
