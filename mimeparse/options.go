package mimeparse

import "math"

// Options bounds and directs a parse. A nil pointer and the zero value mean
// the defaults. It holds plain values only, so that it can be printed into a
// report and the examination repeated.
type Options struct {
	// Limits bounds the work.
	Limits Limits `json:"limits"`
	// Reading chooses among the ways in which real readers take broken input.
	Reading Reading `json:"reading"`
}

// Limits bounds depth, parts, fields and decoded bytes. The zero value of a
// field means its default. A limit that is hit becomes a defect "limit.…" on
// the part where it was hit; nothing is dropped in silence.
type Limits struct {
	// MaxDepth is how deep multiparts and nested messages may stand in one
	// another; default 64.
	MaxDepth int `json:"max_depth"`
	// MaxParts is the number of parts listed in one message and all messages
	// nested in it; default 10,000.
	MaxParts int `json:"max_parts"`
	// MaxFields is the number of fields listed of one header; default 100,000.
	MaxFields int `json:"max_fields"`
	// MaxDecoded is how many bytes of nested content (an encoded message, a
	// TNEF stream) may be decoded into memory in all; default 64 MiB.
	MaxDecoded int64 `json:"max_decoded"`
	// MaxRatio is how many times larger than the message the content unpacked
	// from it may be in all; default 100. Content below 1 MiB is always
	// unpacked.
	MaxRatio int64 `json:"max_ratio"`
}

// Reading is one way to read bytes on which real mail readers disagree. The
// zero value is this package's own: RFC 2045 to 2049, and where these are
// silent, what most readers do.
type Reading struct {
	// LastField takes the last of several like fields instead of the first.
	LastField bool `json:"last_field"`
	// LastParam takes the last of several like parameters, not the first.
	LastParam bool `json:"last_param"`
	// PlainParam prefers name=value over the RFC 2231 form name*=value.
	PlainParam bool `json:"plain_param"`
	// PrefixBoundary takes a line for a delimiter that only begins with one,
	// as RFC 2046 5.1.1 allows a reader to do.
	PrefixBoundary bool `json:"prefix_boundary"`
	// RawBoundary keeps blanks at the end of the boundary parameter.
	RawBoundary bool `json:"raw_boundary"`
	// StrictDecoding stops a transfer decoder at the first violation.
	StrictDecoding bool `json:"strict_decoding"`
	// IgnoreClose goes on reading parts behind a closing delimiter.
	IgnoreClose bool `json:"ignore_close"`
}

const (
	defaultMaxDepth   = 64
	defaultMaxParts   = 10_000
	defaultMaxFields  = 100_000
	defaultMaxDecoded = 64 << 20
	defaultMaxRatio   = 100
	alwaysUnpacked    = 1 << 20
)

// withDefaults returns the options with every zero limit filled in.
func (o *Options) withDefaults() Options {
	var full Options
	if o != nil {
		full = *o
	}
	l := &full.Limits
	setDefault(&l.MaxDepth, defaultMaxDepth)
	setDefault(&l.MaxParts, defaultMaxParts)
	setDefault(&l.MaxFields, defaultMaxFields)
	setDefault(&l.MaxDecoded, defaultMaxDecoded)
	setDefault(&l.MaxRatio, defaultMaxRatio)
	return full
}

// Effective returns the options that a parse with o uses, defaults filled in.
func (o *Options) Effective() Options { return o.withDefaults() }

// ratioFor is how many bytes may be unpacked from a message of the given size.
func (l Limits) ratioFor(size int) int64 {
	if int64(size) > math.MaxInt64/l.MaxRatio {
		return math.MaxInt64
	}
	return max(alwaysUnpacked, int64(size)*l.MaxRatio)
}

func setDefault[T int | int64](v *T, def T) {
	if *v <= 0 {
		*v = def
	}
}
