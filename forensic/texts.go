package forensic

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// texts keeps the strings that are made for one report in few pieces of
// memory: a report has some dozens of short ones, which live and die together.
// The zero value is ready for use.
type texts struct{ room strings.Builder }

// textRoom is the size in bytes of one piece of memory: about what the texts of
// one message need.
const textRoom = 1 << 10

// keep makes a string of b. What was kept before stays where it is, since a
// piece that is full is left to its strings and never copied.
func (t *texts) keep(b []byte) string {
	if t.room.Cap()-t.room.Len() < len(b) {
		t.room = strings.Builder{}
		t.room.Grow(max(textRoom, len(b)))
	}
	start := t.room.Len()
	t.room.Write(b)
	return t.room.String()[start:]
}

// slab hands out slices of T from larger pieces, for values that live and die
// with one report. The zero value is ready for use.
type slab[T any] struct{ free []T }

// take returns n zero values, with no room to grow into those of others; chunk
// is for how many values memory is taken when there is none left.
func (s *slab[T]) take(n, chunk int) []T {
	if len(s.free) < n {
		s.free = make([]T, max(n, chunk))
	}
	out := s.free[:n:n]
	s.free = s.free[n:]
	return out
}

// one returns a slice of v alone.
func (s *slab[T]) one(v T, chunk int) []T {
	out := s.take(1, chunk)
	out[0] = v
	return out
}

// appendQuoted appends what [strconv.Quote] makes of s. Text that needs no
// escape, as most does, is copied.
func appendQuoted(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return strconv.AppendQuote(b, s)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}

// appendPrintable appends s with what is not printable made visible, quotation
// marks left as they are.
func appendPrintable(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' || c > '~' || c == '\\' {
			return append(b, printable(s)...)
		}
	}
	return append(b, s...)
}

// printable is the general case of [appendPrintable].
func printable(s string) string {
	quoted := strconv.Quote(s)
	return strings.ReplaceAll(quoted[1:len(quoted)-1], `\"`, `"`)
}

// appendJoined appends the printable list with ", " between its items. They
// are made visible together, as one text.
func appendJoined(b []byte, list []string) []byte {
	if len(list) == 1 {
		return appendPrintable(b, list[0])
	}
	return appendPrintable(b, strings.Join(list, ", "))
}

// appendStamp appends the date and time of day of t as RFC 3339 does, without
// a zone. The year must be one that RFC 3339 can state.
func appendStamp(b []byte, t time.Time) []byte {
	return t.AppendFormat(b, time.RFC3339)[:len(b)+len("2006-01-02T15:04:05")]
}

// appendFraction appends the first digits of the fraction of t's second, behind
// a dot; nothing for none.
func appendFraction(b []byte, t time.Time, digits int) []byte {
	if digits == 0 {
		return b
	}
	b = append(b, '.')
	rest, unit := t.Nanosecond(), int(time.Second)/10
	for ; digits > 0; digits-- {
		b = append(b, byte('0'+rest/unit))
		rest, unit = rest%unit, unit/10
	}
	return b
}

// isPlain reports whether s is printable ASCII alone.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// isASCII reports whether s holds no byte over 127.
func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
