package report

import "github.com/emlcheck/emlcheck/headers"

// Clock holds every dated fact of the message and what follows from them.
type Clock struct {
	// Readings are the dated facts in order of time, those without a time last.
	Readings []Reading `json:"readings"`
	// Sent bounds the moment of sending; nil when nothing does.
	Sent *SentInterval `json:"sent"`
	// Zone is the sender's offset from UTC as two clocks together show it,
	// without the Date field's own word; nil when none do.
	Zone *SenderZone `json:"zone"`
	// Skews lists hosts whose clock must have been wrong for the rest to be
	// true.
	Skews []Skew `json:"skews"`
	// Contradictions are readings that cannot all be true.
	Contradictions []Contradiction `json:"contradictions"`
	// Unweighed is the number of evidence and bounds beyond what can be weighed
	// in one message: 64 readings, of a long chain the hops at its ends.
	Unweighed int `json:"unweighed"`
}

// SenderZone is the sender's offset from UTC, found by comparing a wall clock
// with a clock in UTC.
type SenderZone struct {
	// Offset is "+02:00".
	Offset string `json:"offset"`
	// Local is the index of the reading by a wall clock.
	Local int `json:"local"`
	// UTC is the index of the reading in UTC.
	UTC int `json:"utc"`
	// AgreesWithDate is false when the Date field states another offset; nil
	// when it states none.
	AgreesWithDate *bool `json:"agrees_with_date"`
}

// Skew bounds by how much a host's clock was ahead (positive) of the others.
type Skew struct {
	// Host is the host whose clock it is.
	Host string `json:"host"`
	// EarliestSeconds is the least by which the clock was ahead.
	EarliestSeconds float64 `json:"earliest_seconds"`
	// LatestSeconds is the most by which the clock was ahead.
	LatestSeconds float64 `json:"latest_seconds"`
	// Readings are the indexes of the readings it follows from.
	Readings []int `json:"readings"`
}

// Reading is one dated fact.
type Reading struct {
	// Source is the field's name as written, or "MIME boundary", "Content-ID", "Received id", "PGP
	// signature" and the like.
	Source string `json:"source"`
	// Software is what makes such identifiers; nil when many do.
	Software Stated `json:"software"`
	// Raw is the identifier's own text.
	Raw Raw `json:"raw"`
	// Span is where Raw stands; the part's body for what stands in decoded content.
	Span headers.Span `json:"span"`
	// Event is what happened at that moment.
	Event string `json:"event"`
	// Clock is the kind of clock: in UTC, a wall clock of the sender or of a server, or one that
	// starts again.
	Clock string `json:"clock"`
	// Time is RFC 3339 in UTC with the fraction that the clock has; without an offset for a wall
	// clock.
	Time Stated `json:"time"`
	// PrecisionSeconds is the step of the clock: the true value lies in [Time,
	// Time+PrecisionSeconds).
	PrecisionSeconds float64 `json:"precision_seconds"`
	// Rule names the recogniser, such as "mid.postfix".
	Rule string `json:"rule"`
	// Author says who could have written it.
	Author Author `json:"author"`
	// PeriodSeconds is after how long a periodic clock repeats; else nil.
	PeriodSeconds *float64 `json:"period_seconds"`
	// Strength is "evidence"; "bound" for a time that may be copied or coarse;
	// "hint" for text that has the shape of a time and proves nothing.
	Strength string `json:"strength"`
	// Hop is the index of the hop it belongs to; nil for none.
	Hop *int `json:"hop"`
	// Part is the path of the part it stands in.
	Part string `json:"part"`
}

// SentInterval bounds the moment of sending.
type SentInterval struct {
	// Earliest is the earliest moment that the readings allow; nil without such a bound.
	Earliest Stated `json:"earliest"`
	// Latest is the latest moment that the readings allow; nil without such a bound.
	Latest Stated `json:"latest"`
	// Basis says in words what the bounds rest on.
	Basis []string `json:"basis"`
	// Corroboration says in words how many independent clocks agree.
	Corroboration Stated `json:"corroboration"`
	// Readings are the indexes of the readings it rests on.
	Readings []int `json:"readings"`
}

// Contradiction names two readings that cannot both be true.
type Contradiction struct {
	// A is the index of the one of the two readings that are furthest apart.
	A int `json:"a"`
	// B is the index of the other one.
	B int `json:"b"`
	// ToleranceSeconds is by how much honest clocks may differ here.
	ToleranceSeconds float64 `json:"tolerance_seconds"`
	// GapSeconds is by how much these do.
	GapSeconds float64 `json:"gap_seconds"`
	// Explanation says in words what cannot be true together.
	Explanation string `json:"explanation"`
	// Readings is the smallest set that cannot all be true, A and B included.
	Readings []int `json:"readings"`
	// Doubtful is the index of the one that is to be believed least.
	Doubtful int `json:"doubtful"`
}
