package render

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// group writes a number with commas between thousands.
func group(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func byteCount(n int64) string {
	if n == 1 {
		return "1 byte"
	}
	return group(n) + " bytes"
}

// plural writes a count with its noun, which must take a plain s.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return group(int64(n)) + " " + noun + "s"
}

// duration writes seconds in the two largest units that matter.
func duration(seconds float64) string {
	sign := ""
	if seconds < 0 {
		sign, seconds = "-", -seconds
	}
	if seconds < 60 {
		return sign + strconv.FormatFloat(seconds, 'f', -1, 64) + " s"
	}
	s := int64(math.Round(seconds))
	for _, u := range [...]struct {
		size, next  int64
		name, lower string
	}{{86400, 3600, " d", " h"}, {3600, 60, " h", " min"}, {60, 1, " min", " s"}} {
		if s < u.size {
			continue
		}
		text := sign + group(s/u.size) + u.name
		if low := s % u.size / u.next; low > 0 {
			text += " " + strconv.FormatInt(low, 10) + u.lower
		}
		return text
	}
	return sign + "0 s"
}

// timeText writes a time: in UTC where that is known, else as the wall clock
// with the doubt in words; then in the reader's zone; then as written.
func (t *textPrinter) timeText(d *report.Time) string {
	raw := " (" + t.safe(string(d.Raw)) + ")"
	if d.Time == "" {
		reason := string(d.Reason)
		if reason == "" {
			reason = "no reason given"
		}
		return "cannot be read: " + t.safe(reason) + raw + t.spans(d.Span)
	}
	return t.readableTime(d) + raw + t.spans(d.Span)
}

func (t *textPrinter) readableTime(d *report.Time) string {
	at, ok := parseTime(string(d.Time))
	precision := 1.0
	if d.PrecisionSeconds != nil {
		precision = *d.PrecisionSeconds
	}
	switch {
	case !ok:
		return t.safe(string(d.Time))
	case precision >= 86400:
		return at.Format("2006-01-02") + ", time of day not stated"
	case d.Zone == report.Stated(headers.ZoneStated):
		text := at.UTC().Format(layoutFor(precision) + "Z07:00")
		if t.opt.Zone != nil {
			text += " = " + at.In(t.opt.Zone).Format(layoutFor(precision)+"Z07:00")
		}
		return text
	case d.Zone == report.Stated(headers.ZoneAbsent):
		return at.Format(layoutFor(precision)) + ", zone not stated: the moment may be up to 14 h away"
	case strings.Contains(string(d.Raw), "-0000"): // RFC 5322 3.3: universal time, local zone not told
		return at.UTC().Format(layoutFor(precision)+"Z07:00") + ", zone of the writer unknown"
	}
	return at.Format(layoutFor(precision)) + ", zone unknown: the moment may be up to 14 h away"
}

// layoutFor shows no more than what was written.
func layoutFor(precision float64) string {
	switch {
	case precision >= 60:
		return "2006-01-02T15:04"
	case precision >= 1:
		return "2006-01-02T15:04:05"
	}
	return "2006-01-02T15:04:05." + strings.Repeat("0", min(9, int(math.Ceil(-math.Log10(precision)-1e-9))))
}

// parseTime reads the times of a report. Their offset is what was written, so
// it may exceed the 24 hours that package time accepts.
func parseTime(s string) (time.Time, bool) {
	if len(s) < len("2006-01-02T15:04:05+00:00") {
		return time.Time{}, false
	}
	wall, zone := s[:len(s)-6], s[len(s)-6:]
	at, ok := parseWall(wall)
	hours, err2 := strconv.Atoi(zone[1:3])
	minutes, err3 := strconv.Atoi(zone[4:])
	if !ok || err2 != nil || err3 != nil || zone[0] != '+' && zone[0] != '-' {
		return time.Time{}, false
	}
	offset := hours*3600 + minutes*60
	if zone[0] == '-' {
		offset = -offset
	}
	return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), time.FixedZone("", offset)), true
}

// parseWall reads a date and a time of day without zone, with a fraction of a
// second or without. Package time has a short way for RFC 3339.
func parseWall(s string) (time.Time, bool) {
	at, err := time.Parse(time.RFC3339, s+"Z")
	return at, err == nil
}
