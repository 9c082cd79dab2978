package report

import "github.com/emlcheck/emlcheck/headers"

// Clock holds every dated fact of the message and what follows from them.
type Clock struct {
	Readings []Reading `json:"readings"`
	// Sent bounds the moment of sending; nil when nothing does.
	Sent *SentInterval `json:"sent"`
	// Zone is the sender's offset from UTC as two clocks together show it,
	// without the Date field's own word; nil when none do.
	Zone *SenderZone `json:"zone"`
	// Skews lists hosts whose clock must have been wrong for the rest to be
	// true.
	Skews          []Skew          `json:"skews"`
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
	// Local and UTC are the indexes of the two readings.
	Local int `json:"local"`
	UTC   int `json:"utc"`
	// AgreesWithDate is false when the Date field states another offset; nil
	// when it states none.
	AgreesWithDate *bool `json:"agrees_with_date"`
}

// Skew bounds by how much a host's clock was ahead (positive) of the others.
type Skew struct {
	Host            string  `json:"host"`
	EarliestSeconds float64 `json:"earliest_seconds"`
	LatestSeconds   float64 `json:"latest_seconds"`
	// Readings are the indexes of the readings it follows from.
	Readings []int `json:"readings"`
}

// Reading is one dated fact.
type Reading struct {
	Source           string       `json:"source"`
	Software         Stated       `json:"software"`
	Raw              Raw          `json:"raw"`
	Span             headers.Span `json:"span"`
	Event            string       `json:"event"`
	Clock            string       `json:"clock"`
	Time             Stated       `json:"time"`
	PrecisionSeconds float64      `json:"precision_seconds"`
	Rule             string       `json:"rule"`
	Author           Author       `json:"author"`
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
	Earliest Stated   `json:"earliest"`
	Latest   Stated   `json:"latest"`
	Basis    []string `json:"basis"`
	// Corroboration says in words how many independent clocks agree.
	Corroboration Stated `json:"corroboration"`
	// Readings are the indexes of the readings it rests on.
	Readings []int `json:"readings"`
}

// Contradiction names two readings that cannot both be true.
type Contradiction struct {
	A                int     `json:"a"`
	B                int     `json:"b"`
	ToleranceSeconds float64 `json:"tolerance_seconds"`
	GapSeconds       float64 `json:"gap_seconds"`
	Explanation      string  `json:"explanation"`
	// Readings is the smallest set that cannot all be true, A and B included.
	Readings []int `json:"readings"`
	// Doubtful is the index of the one that is to be believed least.
	Doubtful int `json:"doubtful"`
}
