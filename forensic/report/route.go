package report

import "github.com/emlcheck/emlcheck/headers"

// Route is the way the message says it went, oldest hop first.
type Route struct {
	// Hops are the steps, each one trace line or several about one step.
	Hops []Hop `json:"hops"`
	// Origin is where the chain says the message entered mail transport.
	Origin *Origin `json:"origin"`
	// Boundary is the index of the oldest hop the recipient's own system
	// wrote; nil when that is not known.
	Boundary *int `json:"boundary"`
	// BoundaryBasis says by what Boundary was found.
	BoundaryBasis Stated `json:"boundary_basis"`
	// ElapsedSeconds is the time from the oldest to the newest dated hop.
	ElapsedSeconds *float64 `json:"elapsed_seconds"`
	// Breaks are places where neighbours do not fit.
	Breaks []Break `json:"breaks"`
}

// Hop is one Received line.
type Hop struct {
	// Index counts from 0, the oldest one.
	Index int `json:"index"`
	// Span is the whole field.
	Span headers.Span `json:"span"`
	// Raw is the field's value as stored.
	Raw Raw `json:"raw"`
	// From is the client, as the line names it.
	From HopFrom `json:"from"`
	// By is the host that wrote the line, as it calls itself (RFC 5321 4.4).
	By Stated `json:"by"`
	// Via is the link (RFC 5321 4.4): "TCP", "UUCP" …
	Via Stated `json:"via"`
	// With is the protocol (RFC 5321 4.4, RFC 3848): "ESMTPS", "HTTP", "MAPI" …
	With Stated `json:"with"`
	// ID is the host's own identifier of the message.
	ID Stated `json:"id"`
	// For is the recipient that the line names.
	For Stated `json:"for"`
	// TLS is the encryption that the line states; nil when it states none.
	TLS *HopTLS `json:"tls"`
	// AuthenticatedAs is the identity that the client proved, as the line states it.
	AuthenticatedAs Stated `json:"authenticated_as"`
	// EnvelopeFrom is the reverse path, where the line states it.
	EnvelopeFrom Stated `json:"envelope_from"`
	// Time is the stamp; nil without one.
	Time *Time `json:"time"`
	// DelaySeconds is the time since the next older dated hop.
	DelaySeconds *float64 `json:"delay_seconds"`
	// Software is what wrote the line, by its own word or its shape; nil when not known.
	Software Stated `json:"software"`
	// Author says who could have written the line.
	Author Author `json:"author"`
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
	// Name is the field's name.
	Name string `json:"name"`
	// Span is the whole field.
	Span headers.Span `json:"span"`
	// Raw is its value as stored.
	Raw Raw `json:"raw"`
}

// HopFrom is the client of a hop, each role apart.
type HopFrom struct {
	// HELO is the name that the client gave itself: its own claim.
	HELO Stated `json:"helo"`
	// RDNS is the name that the writing host found for the address.
	RDNS Stated `json:"rdns"`
	// IP is the address that the writing host saw.
	IP Stated `json:"ip"`
}

// HopTLS is the encryption of a hop.
type HopTLS struct {
	// Version is "TLSv1.3" and the like, as written.
	Version Stated `json:"version"`
	// Cipher is the cipher suite, as written.
	Cipher Stated `json:"cipher"`
}

// Origin is the client of the oldest hop.
type Origin struct {
	// IP is the client's address; nil when not stated.
	IP Stated `json:"ip"`
	// Host is the client's name; nil when not stated.
	Host Stated `json:"host"`
	// Hop is the index of the hop that says so.
	Hop int `json:"hop"`
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
	// Field is the field's name.
	Field string `json:"field"`
	// Text is the value as written.
	Text Raw `json:"text"`
	// Span is where it stands.
	Span headers.Span `json:"span"`
	// Agrees is false for a value that speaks against the fact.
	Agrees bool `json:"agrees"`
}

// Break is a place where two neighbouring hops do not name one another.
type Break struct {
	// After is the index of the older of the two hops.
	After int `json:"after"`
	// Fit is a word of [HopLink.Fit].
	Fit string `json:"fit"`
	// Detail says which names were compared.
	Detail string `json:"detail"`
}
