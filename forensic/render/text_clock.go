package render

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// clock draws every dated fact in order of time, then what follows from them.
func (t *textPrinter) clock(r *forensic.Report) {
	c := &r.Clock
	if len(c.Readings) == 0 && c.Sent == nil {
		return
	}
	marks := marksOf(c)
	facts, hints := ledger(c)
	t.blank()
	head := clockHead(len(facts), len(hints))
	if slices.ContainsFunc(c.Readings, func(r report.Reading) bool { return isWall(&r) }) {
		head += "; a wall clock of unknown zone stands at its wall time"
	}
	t.row("Clocks", head)
	t.readings(c, facts, marks, maxReadings, "reading")
	if len(hints) > 0 {
		t.row("", "only the shape of a time, proving nothing:")
		t.readings(c, hints, marks, maxItems, "hint")
	}
	t.sent(c)
	t.zone(c)
	t.skews(c)
	t.contradictions(c)
}

func clockHead(facts, hints int) string {
	text := plural(facts, "reading") + " in order of time"
	if facts == 0 {
		text = "no reading"
	}
	if hints > 0 {
		text += ", " + plural(hints, "hint") + " below"
	}
	return text
}

// ledger is the order in which readings are shown: indexes by time, the hints
// apart. A wall clock stands where its wall time would be in UTC; what cannot
// be read stands first.
func ledger(c *report.Clock) (facts, hints []int) {
	for i := range c.Readings {
		if c.Readings[i].Strength == "hint" {
			hints = append(hints, i)
		} else {
			facts = append(facts, i)
		}
	}
	for _, list := range [...][]int{facts, hints} {
		slices.SortStableFunc(list, func(a, b int) int { return compareReadings(&c.Readings[a], &c.Readings[b]) })
	}
	return facts, hints
}

func compareReadings(a, b *report.Reading) int {
	at, _ := readingTime(a)
	bt, _ := readingTime(b)
	return cmp.Or(at.Compare(bt), cmp.Compare(a.Span.Start, b.Span.Start))
}

// readingTime is the moment of a reading in UTC; for a clock without zone its
// wall time. The text of a report's time may end in "Z", in an offset, or in
// nothing.
func readingTime(r *report.Reading) (time.Time, bool) {
	s, utc := strings.CutSuffix(string(r.Time), "Z")
	if utc {
		return parseWall(s)
	}
	if at, ok := parseTime(s); ok {
		return at.UTC(), true
	}
	return parseWall(s)
}

// isWall reports whether a reading's zone is not known, so that it names no
// moment.
func isWall(r *report.Reading) bool { return r.Clock == "sender-local" || r.Clock == "server-zone" }

// marksOf lists for each reading the numbers, from 1, of the contradictions it
// takes part in.
func marksOf(c *report.Clock) map[int][]int {
	marks := map[int][]int{}
	for n := range c.Contradictions {
		for _, i := range partners(&c.Contradictions[n]) {
			marks[i] = append(marks[i], n+1)
		}
	}
	return marks
}

// partners are the readings of a contradiction, each once.
func partners(x *report.Contradiction) []int {
	list := slices.Clone(x.Readings)
	for _, i := range [...]int{x.A, x.B} {
		if !slices.Contains(list, i) {
			list = append(list, i)
		}
	}
	return list
}

func (t *textPrinter) readings(c *report.Clock, order []int, marks map[int][]int, limit int, noun string) {
	width := 0
	for _, n := range order {
		width = max(width, len(t.ledgerTime(&c.Readings[n])))
	}
	for i, n := range order {
		if cutOut(i, len(order), limit) {
			t.more(i, len(order), limit, "  ", noun)
			continue
		}
		t.reading(&c.Readings[n], t.marksText(c, n, marks[n]), width)
	}
}

// reading draws one line: when, what it dates and by which identifier, whose
// word it is, how fine, and which contradictions it takes part in. width is
// that of the column of times.
func (t *textPrinter) reading(r *report.Reading, marks string, width int) {
	margin := strings.Repeat(" ", t.indent)
	first := margin + "  " + padded(t.ledgerTime(r), width+2)
	t.wrap(first, margin+strings.Repeat(" ", width+4), t.readingText(r)+marks+t.spans(r.Span))
}

// marksText points at the contradictions below, and says of the reading that
// is to be believed least that it is the one.
func (t *textPrinter) marksText(c *report.Clock, i int, marks []int) string {
	text, least := "", false
	for _, n := range marks {
		text += " " + t.paint(ansiRed, "✗"+strconv.Itoa(n))
		least = least || c.Contradictions[n-1].Doubtful == i
	}
	if least {
		text += " (to be believed least)"
	}
	return text
}

func (t *textPrinter) ledgerTime(r *report.Reading) string {
	at, ok := readingTime(r)
	switch {
	case !ok:
		return "time unreadable"
	case r.PrecisionSeconds >= 86400:
		return at.Format("2006-01-02")
	case isWall(r):
		return at.Format(layoutFor(r.PrecisionSeconds))
	}
	return at.Format(layoutFor(r.PrecisionSeconds) + "Z07:00")
}

// readingText is the reading in words. Dates are not repeated as text: they
// are what they say.
func (t *textPrinter) readingText(r *report.Reading) string {
	id := ""
	if !strings.HasPrefix(r.Rule, "date.") && r.Raw != "" {
		id = t.quote(shorten(string(r.Raw), 60))
	}
	return strings.Join(nonEmpty(
		wallText(r), t.inZone(r), t.safe(r.Source)+word(" of ", t.safe(string(r.Software)))+hopText(r.Hop)+": "+eventText(r.Event), whose(r.Author),
		precisionText(r.PrecisionSeconds), periodText(r), boundText(r), partText(t.safe(r.Part)), id), ", ")
}

// inZone shows a moment in the reader's zone.
func (t *textPrinter) inZone(r *report.Reading) string {
	at, ok := readingTime(r)
	if t.opt.Zone == nil || !ok || isWall(r) || r.PrecisionSeconds >= 86400 {
		return ""
	}
	return "= " + at.In(t.opt.Zone).Format(layoutFor(r.PrecisionSeconds)+"Z07:00")
}

// wallText says of a clock without zone whose wall clock it is.
func wallText(r *report.Reading) string {
	switch r.Clock {
	case "sender-local":
		return "by the sender's wall clock"
	case "server-zone":
		return "by a server's wall clock"
	}
	return ""
}

func periodText(r *report.Reading) string {
	if r.PeriodSeconds == nil {
		return ""
	}
	return "known only modulo " + duration(*r.PeriodSeconds)
}

func boundText(r *report.Reading) string {
	if r.Strength == "bound" {
		return "a bound only"
	}
	return ""
}

// hopText names the hop by the number that the table of hops shows.
func hopText(hop *int) string {
	if hop == nil {
		return ""
	}
	return ", hop " + strconv.Itoa(*hop+1)
}

func partText(path string) string {
	if path == "" || path == "1" {
		return ""
	}
	return "part " + path
}

// precisionText writes the step of a clock.
func precisionText(seconds float64) string {
	switch {
	case seconds <= 0 || math.IsNaN(seconds) || math.IsInf(seconds, 0):
		return ""
	case seconds < 0.999e-6:
		return "to " + trimmed(seconds*1e9) + " ns"
	case seconds < 0.999e-3:
		return "to " + trimmed(seconds*1e6) + " µs"
	case seconds < 0.999:
		return "to " + trimmed(seconds*1e3) + " ms"
	}
	return "to " + duration(seconds)
}

func trimmed(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

// shorten cuts a long identifier; the cut is marked and no character halved.
func shorten(s string, limit int) string {
	n := 0
	for i := range s {
		if n == limit {
			return s[:i] + "…"
		}
		n++
	}
	return s
}
