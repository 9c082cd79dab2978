package route

import (
	"net/netip"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// Class says what kind of step a hop is.
type Class string

// The classes of hops.
const (
	// MTA is a transfer between mail servers.
	MTA Class = "mta"
	// MAPI is the origin in a mailbox of an Exchange system.
	MAPI Class = "mapi"
	// Submission is the entry into mail transport: an authenticated client, a
	// local program, a web form.
	Submission Class = "submission"
	// Filter is a loop through a content filter on the same host.
	Filter Class = "filter"
	// Store is the delivery into a mailbox.
	Store Class = "store"
	// Retrieval is a later fetch out of a mailbox (POP, IMAP).
	Retrieval Class = "retrieval"
	// List is the expansion by a mailing list.
	List Class = "list"
	// Resent is a re-injection: a forwarder, a redirect.
	Resent Class = "resent"
)

// Fit says how well the host that stamped a hop is named by the next newer
// hop as its client.
type Fit string

// The fits, from the best on; the scores are those of [Link].
const (
	FitExact     Fit = "exact"        // 1.0: the same name
	FitIP        Fit = "ip"           // 1.0: the same address
	FitRDNS      Fit = "rdns"         // 0.9: the name found for the client's address
	FitShort     Fit = "short-host"   // 0.7: the same first label
	FitLoopback  Fit = "loopback"     // 0.6: the client is the host itself
	FitOrg       Fit = "organisation" // 0.5: the same registrable domain
	FitProvider  Fit = "provider"     // 0.2: two domains of one known provider
	FitNone      Fit = "none"         // 0: nothing fits
	FitUnknown   Fit = "unknown"      // one of the two lines names no host
	FitNotLinked Fit = ""             // the newest hop has no next one
)

// Link joins a hop to the next newer one.
type Link struct {
	// Fit says what the two lines have in common.
	Fit Fit
	// Score is 0 to 1.
	Score float64
}

// Author says who wrote a hop's line, as far as the trust boundary tells.
type Author string

// The authors of a hop.
const (
	// Sender: below what any trusted host stamped; may be invented.
	Sender Author = "sender"
	// Relay: stamped by a host outside the recipient's system.
	Relay Author = "relay"
	// Receiver: stamped inside the recipient's own system.
	Receiver Author = "receiver"
)

// Hop is one step of the way: one trace line, or two that one host wrote
// about one step, as qmail does.
type Hop struct {
	headers.Received
	// Name is the field's name as written: Received, X-Received …
	Name string
	// Field is the field's index in the header block.
	Field int
	// Also holds further lines about the same step, with their field indexes.
	Also []Extra
	// Delay is the time since the next older hop whose date names a moment;
	// meaningful only when HasDelay. It is negative when clocks disagree.
	Delay    time.Duration
	HasDelay bool
	// Class is the kind of step.
	Class Class
	// Link says how this hop fits to the next newer one.
	Link Link
	// Author says who could have written the line.
	Author Author
	// Segment counts, from 0, the stretches between re-injections.
	Segment int

	names [3]*naming // of By, HELO and RDNS, once asked for
}

// Extra is a trace line that tells more of a hop: qmail's second line, an
// X-Received line of the same host, an X400-Received line.
type Extra struct {
	*headers.Received
	// Name is the field's name as written.
	Name string
	// Field is the field's index in the header block.
	Field int
}

// Options directs a trace. The zero value means that the recipient's own
// system is inferred.
type Options struct {
	// TrustedHosts are host names, or domains with all names below them, whose
	// stamps are the recipient's own.
	TrustedHosts []string
	// TrustedNetworks are the recipient's own networks.
	TrustedNetworks []netip.Prefix
}

// Route is the way of a message.
type Route struct {
	// Hops are the steps, oldest first.
	Hops []Hop
	// Loose are trace lines that are part of no hop.
	Loose []Extra
	// Boundary is the index of the oldest hop stamped inside the recipient's
	// own system, -1 when that is not known.
	Boundary int
	// Basis says by what the boundary was found.
	Basis string
	// Origin is the entry into mail transport.
	Origin Origin
	// Breaks are the places where two neighbouring hops do not fit.
	Breaks []Break
	// Doubts are the results of the tests for forged lines.
	Doubts []Doubt
}

// Origin is where the message entered mail transport.
type Origin struct {
	// Hop is the index of the hop that tells it; -1 when none does.
	Hop int
	// IP is the client's address; not valid when it is not stated.
	IP netip.Addr
	// Host is the name found for IP, else the name the client gave itself.
	Host string
	// Account is the authenticated identity or the local account.
	Account string
	// Corroboration names what else in the header states the same address.
	Corroboration []Support
	// LAN are private addresses that the sender's own network shows.
	LAN []Support
}

// Support is a value elsewhere in the header that speaks for or against a
// fact.
type Support struct {
	// Field is the name of the field it stands in.
	Field string
	// Text is the value as written.
	Text string
	// Span is where it stands.
	Span headers.Span
	// Agrees is false where the value contradicts.
	Agrees bool
}

// Break is a place where a hop is not named by the next newer one.
type Break struct {
	// After is the index of the older hop.
	After int
	// Fit says what the two lines have in common.
	Fit Fit
	// Detail says which names were compared.
	Detail string
}

// Doubt is one failed test for forged trace lines, with what speaks for and
// against a forgery. It is a fact about the lines, no verdict.
type Doubt struct {
	// Test is the stable name of the test, such as "id-grammar".
	Test string
	// Hop is the index of the hop, -1 when it concerns the whole chain.
	Hop int
	// Weight grades how rarely honest mail shows it: "high" hardly ever,
	// "medium" seldom, "low" sometimes.
	Weight string
	// Detail says what does not fit.
	Detail string
	// For and Against are what else speaks for and against forgery.
	For, Against []string
	// Spans are the bytes it rests on.
	Spans []headers.Span
}
