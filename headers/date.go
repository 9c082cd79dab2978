package headers

import (
	"strconv"
	"time"
)

// Zone says what is known about the UTC offset of a [Date].
type Zone string

const (
	// ZoneStated: an offset is written, as a number or as a name that
	// RFC 5322 4.3 defines (and UTC).
	ZoneStated Zone = "stated"
	// ZoneAbsent: nothing is written where the zone belongs; the wall time
	// is given with offset 0 and may be up to 14 h away from UTC.
	ZoneAbsent Zone = "absent"
	// ZoneUnknown: something is written that gives no offset: -0000
	// (RFC 5322 3.3), a military letter, a name that RFC 5322 does not
	// define. The wall time is given with offset 0.
	ZoneUnknown Zone = "unknown"
)

// Date is one date-time as written. The zero value is a date that is not
// there: not OK, with no text.
//
// Nothing is guessed and nothing rolls over: a part that is missing, out of
// range or ambiguous makes OK false and Reason says which.
type Date struct {
	// Raw is the text at Span as written, a folding line break with the
	// blanks around it given as one blank; bytes that are not UTF-8 are kept.
	Raw string
	// Span is the date-time from its first to its last part, with the zone
	// and the comment that follows. Text before and after it that is no part
	// of the date is left out and named by a defect. When OK is false it is
	// the whole value without the blanks around it.
	Span Span
	// Time is the wall time with the offset as written; meaningful only when
	// OK, and as an instant only when Zone is ZoneStated.
	Time time.Time
	// OK is false when no time can be read; Reason then says why.
	OK bool
	// Reason is empty when OK, otherwise a few words such as "hour 25 out of
	// range", "empty" or "no year". It holds numbers but no other input.
	Reason string
	// Precision is the smallest step that is written, in seconds: 1; 60 when
	// seconds are not written; the unit
	// of a written fraction (0.001). 0 when not OK.
	Precision float64
	// Zone says whether Time's offset was written. When not OK it tells what
	// was read before the reading stopped.
	Zone Zone
	// ZoneText is the zone exactly as written: "+0200", "EST", "GMT+2"; empty
	// when absent.
	ZoneText string
	// Comment is what stands inside the first parentheses after the time of
	// day, such as "PDT"; empty when there is none. It never sets the zone.
	Comment string
	// Weekday is the day name as written, in whatever language; empty if none.
	Weekday string
	// WeekdayWrong is true when an English Weekday contradicts the date.
	WeekdayWrong bool
	// Defects are the departures from RFC 5322 3.3, in no special order.
	Defects []Defect
}

// ParseDate reads the date-time at the given span of raw: a Date or
// Resent-Date value (RFC 5322 3.6.1), or what follows the last ';' of a
// Received value (RFC 5321 4.4). Besides RFC 5322 with its obsolete forms it
// reads ISO 8601, asctime, Go's time.String and the shapes that broken
// software writes. It always returns a usable result.
func ParseDate(raw []byte, at Span) (d Date) {
	span := dateTrim(raw, at)
	if span.Len() <= dateUsualLen {
		var u dateUsual
		if text := string(span.Of(raw)); u.readUsual(text) {
			u.store(&d, text, span.Start)
			return d
		}
	}
	return parseDateSlow(raw, span)
}

// parseDateSlow reads a date of any form.
func parseDateSlow(raw []byte, at Span) Date {
	var p dateParser
	p.open(raw, at)
	p.lex()
	for p.i < p.n && p.step() {
		continue
	}
	p.finish()
	return p.d
}

// ParseDateString is [ParseDate] over a whole string; spans are offsets into s.
func ParseDateString(s string) Date {
	return ParseDate([]byte(s), Span{0, len(s)})
}

// RFC3339 gives the date as RFC 3339 with the offset as written, also beyond
// the 23 hours that RFC 3339 allows, and with a fraction only where one was
// written. Offset 0 is always "+00:00", whatever Zone says. It is empty when
// the date is not OK.
func (d Date) RFC3339() string { return string(d.AppendRFC3339(nil)) }

// AppendRFC3339 appends what [Date.RFC3339] gives.
func (d *Date) AppendRFC3339(b []byte) []byte {
	if !d.OK {
		return b
	}
	const wall = "2006-01-02T15:04:05"
	start, year := len(b), d.Time.Year()
	switch {
	case d.Precision < 1:
		b = d.Time.AppendFormat(b, "2006-01-02T15:04:05.000000000"[:20+dateFractionDigits(d.Precision)])
	case year < 0 || year > 9999:
		b = d.Time.AppendFormat(b, wall)
	default: // package time has a short way for this one
		b = d.Time.AppendFormat(b, time.RFC3339)[:start+len(wall)]
	}
	_, offset := d.Time.Zone()
	sign := byte('+')
	if offset < 0 {
		sign, offset = '-', -offset
	}
	b = append(b, sign)
	b = dateAppendTwo(b, offset/3600)
	b = append(b, ':')
	return dateAppendTwo(b, offset/60%60)
}

// dateUnits[n] is the step of a fraction of n digits, in seconds.
var dateUnits = [10]float64{1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9}

// dateFractionDigits is the inverse of dateUnits.
func dateFractionDigits(unit float64) int {
	for n, u := range dateUnits {
		if u <= unit {
			return n
		}
	}
	return len(dateUnits) - 1
}

func dateAppendTwo(buf []byte, n int) []byte {
	if n < 10 {
		buf = append(buf, '0')
	}
	return strconv.AppendInt(buf, int64(n), 10)
}
