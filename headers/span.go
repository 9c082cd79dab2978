package headers

// Span is a half-open range of byte offsets, [Start, End), into the raw
// bytes of one message. The zero Span is empty and stands at offset 0.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of bytes in the span; never negative.
func (s Span) Len() int { return max(0, s.End-s.Start) }

// Empty reports whether the span holds no byte.
func (s Span) Empty() bool { return s.End <= s.Start }

// Of cuts the span out of raw without copying. A span that reaches past raw
// is cut at its end, so Of never panics.
func (s Span) Of(raw []byte) []byte {
	start := min(max(s.Start, 0), len(raw))
	end := min(max(s.End, start), len(raw))
	return raw[start:end:end]
}

// Shift moves the span by n bytes.
func (s Span) Shift(n int) Span { return Span{s.Start + n, s.End + n} }

// Contains reports whether inner lies wholly within s.
func (s Span) Contains(inner Span) bool {
	return s.Start <= inner.Start && inner.End <= s.End
}

// Defect is a syntax fact: what the bytes at Span do that the grammar does
// not allow. It carries no opinion; judging is left to the caller.
type Defect struct {
	// Code is stable, dotted and lower case, such as "date.month-unknown".
	Code string `json:"code"`
	// Span is where the defect stands.
	Span Span `json:"span"`
	// Detail says in a few words what was found. It never holds raw message
	// bytes: those are at Span.
	Detail string `json:"detail"`
}
