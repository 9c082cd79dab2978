package clock

import (
	"bytes"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// readCalendar reads when the objects of a calendar were made and changed
// (RFC 5545 3.8.7). The dates of a time zone's rules are those of the zone
// file and left out; an event's own times may be anywhen.
func (p *partReader) readCalendar(part *mimeparse.Part) {
	text, base := part.Body.Of(p.msg.Raw), part.Body.Start
	if !asStored(part) {
		text, base = p.head(part, maxHead), -1
	}
	text = text[:min(len(text), maxHead)]
	inZone, n := false, 0
	for pos := 0; pos < len(text) && n < maxMany; {
		end := fieldEnd(text, pos)
		line := bytes.TrimRight(text[pos:end], " \t\r\n")
		switch {
		case bytes.EqualFold(line, []byte("BEGIN:VTIMEZONE")):
			inZone = true
		case bytes.EqualFold(line, []byte("END:VTIMEZONE")):
			inZone = false
		case !inZone && p.readCalendarLine(part, line, pos, base):
			n++
		}
		pos = end
	}
}

// readCalendarLine reads one line if it is a date that is known.
func (p *partReader) readCalendarLine(part *mimeparse.Part, line []byte, pos, base int) bool {
	colon := bytes.IndexByte(line, ':')
	if colon < 0 {
		return false
	}
	name, _, _ := bytes.Cut(line[:colon], []byte(";"))
	rule := calendarRule(name)
	if rule == "" {
		return false
	}
	value := string(line[colon+1:])
	t, utc, ok := basicTime(value)
	if !ok || !inWindow(t) {
		return false
	}
	f := found{rule: rule, event: File, strength: Bound, clock: SenderLocal, at: t, step: time.Second}
	if utc {
		f.clock = UTC
	}
	at := fileAt(part, string(name), value)
	if base >= 0 {
		at.span = headers.Span{Start: base + pos + colon + 1, End: base + pos + len(line)}
	}
	p.add(at, f)
	return true
}

func calendarRule(name []byte) string {
	switch {
	case bytes.EqualFold(name, []byte("DTSTAMP")):
		return "ical.dtstamp"
	case bytes.EqualFold(name, []byte("CREATED")):
		return "ical.created"
	case bytes.EqualFold(name, []byte("LAST-MODIFIED")):
		return "ical.last-modified"
	}
	return ""
}

// basicTime reads "20040101T120000Z" (RFC 5545 3.3.5); utc is false without
// the "Z".
func basicTime(s string) (t time.Time, utc, ok bool) {
	if len(s) == 16 && s[15] == 'Z' {
		s, utc = s[:15], true
	}
	if len(s) != 15 || s[8] != 'T' {
		return t, false, false
	}
	t, ok = ymdhms(s[:8] + s[9:])
	return t, utc, ok
}
