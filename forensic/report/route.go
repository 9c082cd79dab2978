package report

import "github.com/emlcheck/emlcheck/headers"

// Route is the way the message says it went, oldest hop first.
type Route struct {
	Hops []Hop `json:"hops"`
	// Origin is where the chain says the message entered mail transport.
	Origin *Origin `json:"origin"`
	// Boundary is the index of the oldest hop the recipient's own system
	// wrote; nil when that is not known. BoundaryBasis says by what it was
	// found.
	Boundary      *int   `json:"boundary"`
	BoundaryBasis Stated `json:"boundary_basis"`
	// ElapsedSeconds is the time from the oldest to the newest dated hop.
	ElapsedSeconds *float64 `json:"elapsed_seconds"`
	Breaks         []Break  `json:"breaks"`
}

// Hop is one Received line.
type Hop struct {
	Index           int          `json:"index"`
	Span            headers.Span `json:"span"`
	Raw             Raw          `json:"raw"`
	From            HopFrom      `json:"from"`
	By              Stated       `json:"by"`
	Via             Stated       `json:"via"`
	With            Stated       `json:"with"`
	ID              Stated       `json:"id"`
	For             Stated       `json:"for"`
	TLS             *HopTLS      `json:"tls"`
	AuthenticatedAs Stated       `json:"authenticated_as"`
	EnvelopeFrom    Stated       `json:"envelope_from"`
	Time            *Time        `json:"time"`
	// DelaySeconds is the time since the next older dated hop.
	DelaySeconds *float64 `json:"delay_seconds"`
	Software     Stated   `json:"software"`
	Author       Author   `json:"author"`
	// Class is the kind of step: "mta", "mapi", "submission", "filter",
	// "store", "retrieval", "list" or "resent".
	Class string `json:"class"`
	// Link says how this hop fits to the next newer one; nil for the newest.
	Link *HopLink `json:"link"`
	// Also holds further trace lines about the same step.
	Also []HopLine `json:"also"`
	// Segment counts the stretches between re-injections, from 0.
	Segment int `json:"segment"`
}

// HopLink is the fit between the host that stamped a hop and the client that
// the next newer hop names.
type HopLink struct {
	// Fit is "exact", "ip", "rdns", "short-host", "loopback", "organisation",
	// "provider", "none", or "unknown" where one of the lines names no host.
	Fit string `json:"fit"`
	// Score is 1 for the same name or address, 0 for nothing in common.
	Score float64 `json:"score"`
}

// HopLine is one more trace line about a hop.
type HopLine struct {
	Name string       `json:"name"`
	Span headers.Span `json:"span"`
	Raw  Raw          `json:"raw"`
}

// HopFrom is the client of a hop, each role apart.
type HopFrom struct {
	HELO Stated `json:"helo"`
	RDNS Stated `json:"rdns"`
	IP   Stated `json:"ip"`
}

// HopTLS is the encryption of a hop.
type HopTLS struct {
	Version Stated `json:"version"`
	Cipher  Stated `json:"cipher"`
}

// Origin is the client of the oldest hop.
type Origin struct {
	IP   Stated `json:"ip"`
	Host Stated `json:"host"`
	Hop  int    `json:"hop"`
	// Account is who the message was taken in from: an authenticated
	// identity or a local account.
	Account Stated `json:"account"`
	// Corroboration lists what else in the header states the same address, or
	// another one.
	Corroboration []Support `json:"corroboration"`
	// LAN lists addresses of the sender's own network that the message shows.
	LAN []Support `json:"lan"`
}

// Support is a value elsewhere in the header that speaks for or against a
// fact.
type Support struct {
	Field  string       `json:"field"`
	Text   Raw          `json:"text"`
	Span   headers.Span `json:"span"`
	Agrees bool         `json:"agrees"`
}

// Break is a place where two neighbouring hops do not name one another.
type Break struct {
	After  int    `json:"after"`
	Fit    string `json:"fit"`
	Detail string `json:"detail"`
}
