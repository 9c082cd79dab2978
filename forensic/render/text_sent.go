package render

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
)

// sent draws by what the moment of sending is bounded.
func (t *textPrinter) sent(c *report.Clock) {
	s := c.Sent
	if s == nil {
		t.row("Sent", "no clock bounds the moment of sending")
		return
	}
	early, late := t.moment(string(s.Earliest)), t.moment(string(s.Latest))
	switch {
	case early == "" && late == "":
		t.row("Sent", "no clock bounds the moment of sending")
	case late == "":
		t.row("Sent", "not before "+early)
	case early == "":
		t.row("Sent", "not after "+late)
	default:
		t.row("Sent", "between "+early+" and "+late+between(s))
	}
	if len(s.Basis) > 0 {
		t.row("", t.safeList(s.Basis, "; "))
	}
	if s.Corroboration != "" {
		t.row("", t.safe(string(s.Corroboration)))
	}
}

// moment writes a report's time in UTC, and in the reader's zone.
func (t *textPrinter) moment(text string) string {
	at, ok := readingTime(&report.Reading{Time: report.Stated(text)})
	if !ok {
		return t.safe(text)
	}
	const layout = "2006-01-02T15:04:05.999999999Z07:00"
	out := at.Format(layout)
	if t.opt.Zone != nil {
		out += " = " + at.In(t.opt.Zone).Format(layout)
	}
	return out
}

// between is the width of the interval.
func between(s *report.SentInterval) string {
	early, ok := readingTime(&report.Reading{Time: s.Earliest})
	late, ok2 := readingTime(&report.Reading{Time: s.Latest})
	if !ok || !ok2 || late.Before(early) {
		return ""
	}
	return ", " + duration(late.Sub(early).Seconds()) + " apart"
}

// safeList joins texts from the report.
func (t *textPrinter) safeList(list []string, between string) string {
	out := make([]string, 0, len(list))
	for _, s := range list {
		out = append(out, t.safe(s))
	}
	return strings.Join(out, between)
}

// zone draws the sender's offset from UTC as two clocks together show it.
func (t *textPrinter) zone(c *report.Clock) {
	z := c.Zone
	if z == nil {
		return
	}
	text := "sender at UTC" + t.safe(z.Offset) + ", by the wall clock of " + t.readingName(c, z.Local) + " against " + t.readingName(c, z.UTC)
	switch {
	case z.AgreesWithDate == nil:
		text += "; the Date field states no offset"
	case *z.AgreesWithDate:
		text += "; the Date field states the same"
	default:
		text += "; " + t.paintWords(ansiRed, "the Date field states another offset")
	}
	t.row("Zone", text)
}

// readingName names a reading by its source and time. A report that was made
// elsewhere may point at none.
func (t *textPrinter) readingName(c *report.Clock, i int) string {
	if i < 0 || i >= len(c.Readings) {
		return "reading " + strconv.Itoa(i)
	}
	r := &c.Readings[i]
	return t.safe(r.Source) + hopText(r.Hop) + " (" + t.ledgerTime(r) + ")"
}

// skews draws which clocks must have been wrong for the rest to be true.
func (t *textPrinter) skews(c *report.Clock) {
	label := "Skews"
	for i := range c.Skews {
		if t.capped(i, len(c.Skews), "skew") {
			return
		}
		s := &c.Skews[i]
		host := t.safe(s.Host)
		if host == "" && len(s.Readings) > 0 { // a trace line may name no host
			host = t.readingName(c, s.Readings[0])
		}
		t.row(label, "the clock of "+orNone(host)+" "+skewText(s.EarliestSeconds, s.LatestSeconds))
		label = ""
	}
}

// skewText says by how much a clock was ahead or behind.
func skewText(low, high float64) string {
	switch {
	case low > 0 && high >= low:
		return "was " + rangeText(low, high) + " ahead"
	case high < 0 && high >= low:
		return "was " + rangeText(-high, -low) + " behind"
	}
	return "was between " + signed(low) + " and " + signed(high) + " off"
}

func rangeText(low, high float64) string {
	if duration(low) == duration(high) {
		return duration(low)
	}
	return duration(low) + " to " + duration(high)
}

// contradictions draws which readings cannot all be true, under the numbers
// that the ledger marks them with.
func (t *textPrinter) contradictions(c *report.Clock) {
	if c.Unweighed > 0 {
		t.row("Not weighed", plural(c.Unweighed, "reading")+" beyond what can be weighed in one message")
	}
	if len(c.Readings) > 1 && len(c.Contradictions) == 0 {
		t.row("Conflicts", "none found")
		return
	}
	label := "Conflicts"
	for i := range c.Contradictions {
		if t.capped(i, len(c.Contradictions), "contradiction") {
			return
		}
		x := &c.Contradictions[i]
		text := t.safe(x.Explanation)
		if text == "" {
			text = t.readingName(c, x.A) + " against " + t.readingName(c, x.B) + ": " + duration(x.GapSeconds) + " apart, " + duration(x.ToleranceSeconds) + " allowed"
		}
		t.row(label, t.paint(ansiRed, "✗"+strconv.Itoa(i+1))+" "+text)
		label = ""
	}
}

// fingerprints draws marks that may link messages of one origin.
func (t *textPrinter) fingerprints(list []report.Fingerprint) {
	label := "Fingerprint"
	for i, f := range list {
		if t.capped(i, len(list), "fingerprint") {
			return
		}
		t.row(label, t.safe(f.Kind)+" "+t.quote(shorten(string(f.Value), 80))+word(": ", t.safe(f.Detail))+t.spans(f.Span))
		label = ""
	}
}
