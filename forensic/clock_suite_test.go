package forensic_test

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// clockCase is one message of testdata/suites/clocks.jsonl, which
// make_clocks.py writes.
type clockCase struct {
	Name, Kind, Group, Message, Why string
	Want                            []clockWant
	// Identifier is the look-alike that must give no reading.
	Identifier string
	// Liar is the reading that was moved, by ShiftSeconds.
	Liar         *clockLiar
	ShiftSeconds float64 `json:"shift_seconds"`
}

// clockWant is a reading that must be there. Clock and Event offer a choice
// with "|".
type clockWant struct {
	Time, Clock, Event string
	PrecisionSeconds   float64 `json:"precision_seconds"`
	// PeriodSeconds is for clocks that are known only modulo a period.
	PeriodSeconds float64 `json:"period_seconds"`
	// Alt are other correct ways to put the same fact.
	Alt []clockWant
	Why string
}

// clockLiar names a reading by its source and a piece of its text.
type clockLiar struct{ Source, Raw string }

// clockKnown lists what may fail, as "name/group", with the reason.
var clockKnown = map[string]string{}

// TestClockSuite holds the hidden clocks against messages whose identifiers an
// independent encoder made: what must be read, what must not be, which moved
// clock must be found out, and which honest oddity must not be accused. The
// messages of "decode" are honest too. All are tried with LF and with CRLF.
func TestClockSuite(t *testing.T) {
	faults := map[string][]string{}
	total := map[string]int{}
	path := cmp.Or(os.Getenv("CLOCK_SUITE"), suitePath("clocks")) // another one that make_clocks.py wrote, with other random choices
	for _, c := range readSuite[clockCase](t, path) {
		crlf := c
		crlf.Message = strings.ReplaceAll(c.Message, "\n", "\r\n")
		crlf.Identifier = strings.ReplaceAll(c.Identifier, "\n", "\r\n")
		for group, fault := range c.faults(t) {
			total[group]++
			fault = cmp.Or(fault, crlf.faults(t)[group])
			if reason := clockKnown[c.Name+"/"+group]; reason != "" {
				if fault == "" {
					t.Errorf("%s is listed as failing (%s) and does not", c.Name, reason)
				}
				continue
			}
			if fault != "" {
				faults[group] = append(faults[group], c.Name+": "+c.Why+"\n\t"+fault)
			}
		}
	}
	for _, group := range []string{"decode", "lookalike", "lie", "honest", "place"} {
		t.Run(group, func(t *testing.T) {
			t.Logf("%s: %d of %d", group, total[group]-len(faults[group]), total[group])
			if total[group] < 80 {
				t.Errorf("%d cases: the suite was cut", total[group])
			}
			for _, f := range faults[group] {
				t.Error(f)
			}
		})
	}
}

// faults says by group what is wrong with the report on the message; "" for
// nothing.
func (c *clockCase) faults(t *testing.T) map[string]string {
	t.Helper()
	r, err := forensic.Analyze(context.Background(), strings.NewReader(c.Message), &forensic.Options{Single: true})
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	out := map[string]string{"place": c.misplaced(r.Clock.Readings)}
	switch c.Group {
	case "decode":
		out["decode"] = c.missing(r.Clock.Readings)
		out["honest"] = accused(&r.Clock)
	case "lookalike":
		out["lookalike"] = c.invented(r.Clock.Readings)
	case "lie":
		out["lie"] = c.believed(&r.Clock)
	case "honest":
		out["honest"] = accused(&r.Clock)
	default:
		t.Fatalf("%s: group %q", c.Name, c.Group)
	}
	return out
}

// misplaced names the readings whose text does not stand where they say. What
// was folded or decoded may stand inside a wider span.
func (c *clockCase) misplaced(got []report.Reading) string {
	var out []report.Reading
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, r := range got {
		raw := string(r.Raw)
		if r.Span.Start < 0 || r.Span.End > len(c.Message) || r.Span.Start > r.Span.End {
			return shownReadings([]report.Reading{r})
		}
		text := c.Message[r.Span.Start:r.Span.End]
		if raw == "" || text != raw && (r.Span.Len() == len(raw) || r.Part == "1" && !strings.Contains(squeeze(text), squeeze(raw))) {
			out = append(out, r)
		}
	}
	return shownReadings(out)
}

// missing names the wanted readings that are not there.
func (c *clockCase) missing(got []report.Reading) string {
	var out []string
	for _, w := range c.Want {
		if !slices.ContainsFunc(append(w.Alt, w), func(w clockWant) bool { return w.in(got) }) {
			out = append(out, fmt.Sprintf("no reading %s %s %s", w.Time, w.Clock, w.Event))
		}
	}
	if out != nil {
		out = append(out, "the readings: "+shownReadings(got))
	}
	return strings.Join(out, "\n\t")
}

// in reports whether one of the readings is the wanted one.
func (w clockWant) in(got []report.Reading) bool {
	return slices.ContainsFunc(got, func(r report.Reading) bool {
		return offers(w.Clock, r.Clock) && offers(w.Event, r.Event) && w.near(r)
	})
}

// offers reports whether the choice "a|b" is empty or names value.
func offers(choice, value string) bool {
	return choice == "" || slices.Contains(strings.Split(choice, "|"), value)
}

// near reports whether the times differ by no more than the precision, or by
// 100 ns, which is as fine as any of these clocks goes.
func (w clockWant) near(r report.Reading) bool {
	want, ok := clockTime(w.Time)
	got, ok2 := clockTime(string(r.Time))
	if !ok || !ok2 {
		return false
	}
	gap := math.Abs(got.Sub(want).Seconds())
	if w.PeriodSeconds > 0 && r.PeriodSeconds != nil {
		gap = math.Abs(math.Remainder(gap, w.PeriodSeconds))
	}
	return gap <= max(w.PrecisionSeconds, 1e-7)+1e-8
}

// clockTime reads a time that may have no zone.
func clockTime(s string) (time.Time, bool) {
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(form, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// invented names the readings that came from the look-alike.
func (c *clockCase) invented(got []report.Reading) string {
	var out []report.Reading
	at := strings.Index(c.Message, c.Identifier)
	where := headers.Span{Start: at, End: at + len(c.Identifier)}
	for _, r := range got {
		same := strings.Contains(string(r.Raw), c.Identifier) || strings.Contains(c.Identifier, string(r.Raw))
		// what stands in decoded content has the part's body as its place
		inside := r.Span.Start < where.End && where.Start < r.Span.End
		if inside && (same || where.Start <= r.Span.Start && r.Span.End <= where.End || decodedHere(r, where)) {
			out = append(out, r)
		}
	}
	if out == nil {
		return ""
	}
	return fmt.Sprintf("%q gives %s", c.Identifier, shownReadings(out))
}

// decodedHere reports whether r was read out of content that fills where.
func decodedHere(r report.Reading, where headers.Span) bool {
	return r.Part != "1" && r.Span.Start <= where.Start && where.End <= r.Span.End+2
}

// believed says why the moved clock was not found out.
func (c *clockCase) believed(clock *report.Clock) string {
	for _, k := range clock.Contradictions {
		for _, i := range append(slices.Clone(k.Readings), k.A, k.B) {
			if c.Liar.is(clock.Readings[i]) {
				return ""
			}
		}
	}
	return fmt.Sprintf("%s %q was moved by %.0f s; contradictions: %d\n\tthe readings: %s\n%s", c.Liar.Source, c.Liar.Raw, c.ShiftSeconds,
		len(clock.Contradictions), shownReadings(clock.Readings), accused(clock))
}

func (l *clockLiar) is(r report.Reading) bool {
	raw := strings.Join(strings.Fields(string(r.Raw)), " ")
	return strings.HasPrefix(strings.ToLower(r.Source), strings.ToLower(l.Source)) &&
		(strings.Contains(raw, l.Raw) || strings.Contains(l.Raw, raw) && raw != "")
}

// accused names the contradictions.
func accused(clock *report.Clock) string {
	var out []string
	for _, k := range clock.Contradictions {
		pair := []report.Reading{clock.Readings[k.A], clock.Readings[k.B]}
		out = append(out, fmt.Sprintf("gap %.0f s, allowed %.0f s: %s: %s", k.GapSeconds, k.ToleranceSeconds, k.Explanation, shownReadings(pair)))
	}
	return strings.Join(out, "\n\t")
}

func shownReadings(got []report.Reading) string {
	var out []string
	for _, r := range got {
		out = append(out, fmt.Sprintf("%s %s %s %s %g (%s %q)", r.Rule, r.Time, r.Clock, r.Event, r.PrecisionSeconds, r.Source, r.Raw))
	}
	return strings.Join(out, "\n\t\t")
}
