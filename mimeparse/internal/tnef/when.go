package tnef

import (
	"encoding/binary"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// Stamp is a date and where it was read. The zero Stamp means: not stated.
type Stamp struct {
	// Source names the attribute or property, as in [Text].
	Source string
	// Time is in UTC, in steps of 100 ns, or, if Local, a wall time in steps of
	// seconds that only looks like UTC.
	Time time.Time
	// Local says that the date is an attribute's, whose zone is not stated.
	// Outlook writes the wall clock of its own computer: where a property, which
	// is UTC, states the same event, their difference is that computer's offset
	// from UTC at the time of writing. Exchange servers write UTC.
	Local bool
	// Span is the date's bytes.
	Span headers.Span
}

// IsZero reports whether no date is stated.
func (s Stamp) IsZero() bool { return s.Time.IsZero() }

// unsetDates are values that stand for no date: nothing, 4501-01-01 (Outlook's
// "none") and the greatest.
var unsetDates = [...]uint64{0, 0x0CB34557A3DD4000, 0x7FFFFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF}

// filetime reads a PtypTime value: 100 ns steps since 1601-01-01 UTC
// (MS-OXCDATA 2.11.1).
func (w *work) filetime(at headers.Span) time.Time {
	b := at.Of(w.raw)
	if len(b) < 8 {
		return time.Time{} // a defect of the property already
	}
	n := binary.LittleEndian.Uint64(b)
	for _, u := range unsetDates {
		if n == u {
			return time.Time{}
		}
	}
	const unix, second = 11_644_473_600, 10_000_000
	t := time.Unix(int64(n/second)-unix, int64(n%second)*100).UTC()
	if t.Year() > 9999 {
		w.defect("tnef.time-range", at, "a date behind the year 9999")
		return time.Time{}
	}
	return t
}

// wallTime reads an attribute's date (MS-OXTNEF 2.1.3.3.4): year, month,
// day, hour, minute, second and day of the week, 16 bits each.
func (w *work) wallTime(at headers.Span) time.Time {
	b := at.Of(w.raw)
	if len(b) < 14 {
		w.defect("tnef.attribute-size", at, "too few bytes for a date")
		return time.Time{}
	}
	if len(b) > 14 {
		w.defect("tnef.attribute-size", at, "too many bytes for a date")
	}
	var f [7]int
	zero := true
	for i := range f {
		f[i] = int(binary.LittleEndian.Uint16(b[2*i:]))
		zero = zero && f[i] == 0
	}
	if zero {
		return time.Time{}
	}
	t := time.Date(f[0], time.Month(f[1]), f[2], f[3], f[4], f[5], 0, time.UTC)
	y, mo, d := t.Date()
	h, mi, s := t.Clock()
	if y > 9999 || [6]int{y, int(mo), d, h, mi, s} != [6]int(f[:6]) {
		w.defect("tnef.time-range", at, "no such date")
		return time.Time{}
	}
	// 1 is Monday; Sunday is 0 in practice, 7 by the letter.
	if int(t.Weekday()) != f[6]%7 || f[6] > 7 {
		w.defect("tnef.time-weekday", at, "the day of the week is that of another date")
	}
	return t
}

// addWall appends an attribute's date, if it is one.
func (w *work) addWall(list []Stamp, source string, at headers.Span) []Stamp {
	if t := w.wallTime(at); !t.IsZero() {
		list = append(list, Stamp{Source: source, Time: t, Local: true, Span: at})
	}
	return list
}

// addTime appends a property's date, if it is one.
func (w *work) addTime(list []Stamp, p *Property) []Stamp {
	if p.Type != typeTime || p.Count != 1 {
		return list
	}
	if t := w.filetime(p.Value); !t.IsZero() {
		list = append(list, Stamp{Source: w.source(p), Time: t, Span: p.Value})
	}
	return list
}

// chooseStamp is the first date from the first of the sources that has one.
func chooseStamp(list []Stamp, sources ...string) Stamp {
	for _, source := range sources {
		for _, s := range list {
			if s.Source == source {
				return s
			}
		}
	}
	return Stamp{}
}
