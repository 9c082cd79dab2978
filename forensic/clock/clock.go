// Package clock answers: which moments do the dates and identifiers of a message hold, and which of
// them cannot all be true?
//
// [Read] finds the stated dates, and the clocks hidden in identifiers that software made at a known
// moment. Each becomes a [Reading] that says which event it dates, by which kind of clock, how
// finely, and where its bytes stand. [Judge] weighs them against one another.
//
// A recogniser is strict: the whole shape must fit and the value must lie in a
// window in which mail existed, or there is no reading. A number that merely
// could be a time is a hint at most, marked as such, and proves nothing.
package clock

import (
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// Event says what happened at the time of a reading.
type Event string

// The events, in the order in which they happen to a message.
const (
	// File is the making or last change of a file that the message carries:
	// not later than the message was built.
	File Event = "file"
	// Thread is the first message of the conversation.
	Thread Event = "thread"
	// Compose is the moment writing began: minutes to days before sending.
	Compose Event = "compose"
	// Built is the moment the message's text was put together.
	Built Event = "built"
	// Signed is the moment a signature was made.
	Signed Event = "signed"
	// Queued is when a host began to receive the message.
	Queued Event = "queued"
	// Received is when a host had received the message.
	Received Event = "received"
	// Scanned is when a filter examined the message.
	Scanned Event = "scanned"
	// Stored is when the message was put into a mailbox or file.
	Stored Event = "stored"
	// Expires is the end of validity that a writer set: a policy, no clock.
	Expires Event = "expires"
	// Released bounds from below: the software did not exist before.
	Released Event = "released"
	// Other is a time of something else than this message, such as a login,
	// the making of a mailbox, or the message that a report is about.
	Other Event = "other"
)

// Kind says by which clock a reading was made.
type Kind string

// The kinds of clocks.
const (
	// UTC gives an instant.
	UTC Kind = "utc"
	// SenderLocal is the wall clock of the sender's computer, its zone not
	// stated with it.
	SenderLocal Kind = "sender-local"
	// ServerZone is the wall clock of a server whose zone is not stated.
	ServerZone Kind = "server-zone"
	// Periodic is known only modulo [Reading.Period].
	Periodic Kind = "periodic"
)

// Strength says what a reading can carry.
type Strength string

// The strengths.
const (
	// Evidence: the shape is peculiar to the software and its clock is known.
	Evidence Strength = "evidence"
	// Bound: the time may be copied from elsewhere or be coarse; it bounds the
	// event from one side at most.
	Bound Strength = "bound"
	// Hint: the text could be a time by its shape, which other texts share.
	Hint Strength = "hint"
)

// Reading is one dated fact.
type Reading struct {
	// Source is the name of the field as written, or "MIME boundary",
	// "Content-ID", "Received id", "PGP signature", "From_ line" …
	Source string
	// Software is what makes such identifiers; "" when many do.
	Software string
	// Raw is the identifier's own text.
	Raw string
	// Span is where Raw stands; the part's body for what stands in decoded
	// content.
	Span headers.Span
	// Part is the path of the part it stands in, "1" for the message.
	Part string
	// Event is what happened at that moment.
	Event Event
	// Clock says whose clock it was, in which zone.
	Clock Kind
	// Strength says what the reading can prove.
	Strength Strength
	// Time is the moment; for a clock without zone its wall time, in UTC.
	Time time.Time
	// Precision is the step of the clock: the true value lies in
	// [Time, Time+Precision).
	Precision time.Duration
	// Period is the length after which a periodic clock repeats; else 0. Time
	// is then the candidate nearest to the stamp beside it.
	Period time.Duration
	// Offset is the offset from UTC that a written date states; meaningful only
	// when HasOffset.
	Offset    time.Duration
	HasOffset bool
	// Rule names the recogniser, such as "mid.postfix".
	Rule string
	// Hop is the index of the trace line it stands in, oldest 0; -1 elsewhere.
	Hop int
	// Field is the index in the header block of the field it stands in, in
	// written order; -1 for what stands in no header field of the message.
	Field int
}

// Stamp is one trace line with the index of the hop it belongs to.
type Stamp struct {
	*headers.Received
	// Name is the field's name as written: "Received", "X-Received" …
	Name string
	// Field is the field's index in the header block.
	Field int
	// Hop is the index of the hop, oldest 0; -1 for a line that is part of no
	// hop.
	Hop int
}
