package render

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/clock"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// The ledger as an examiner sees it: in order of time, wall clocks marked,
// hints apart, contradictions numbered, then what follows.
func TestClockText(t *testing.T) {
	const want = `
Clocks       5 readings in order of time, 1 hint below; a wall clock of unknown zone stands at
             its wall time
  2024-05-01T10:00:00Z         Message-ID of Postfix: a host began to receive it, sender's
                               claim, to 1 s, "20240501100000.ABC" ✗1
  2024-05-01T10:00:01.5Z       Received id of PowerMTA, hop 2: a host began to receive it, a
                               relay outside, to 500 ms, known only modulo 194 d 4 h, "h1" ✗1
  2024-05-01T11:59:58.1234567  by the sender's wall clock, MIME boundary of Outlook: the message
                               was put together, sender's claim, to 100 ns, "01DA9BB1.00000000"
  2024-05-01T13:00:00Z         Date: the message was put together, sender's claim, to 1 s ✗1 (to
                               be believed least)
  2024-05-06T12:53:20Z         DKIM-Signature x=: validity that the writer set ends, signed, to
                               1 s, a bound only, "1715000000"
             only the shape of a time, proving nothing:
  2024-05-01T10:00:00Z  X-Thing: another event than this message's, sender's claim, to 1 s,
                        "1714557600"
Sent         between 2024-05-01T10:00:00Z and 2024-05-01T10:00:02Z, 2 s apart
             Message-ID; Received id
             corroborated by 2 independent clocks
Zone         sender at UTC+02:00, by the wall clock of MIME boundary
             (2024-05-01T11:59:58.1234567) against Message-ID (2024-05-01T10:00:00Z); the Date
             field states the same
Skews        the clock of mx.c.example was 1 min to 2 min ahead
Conflicts    ✗1 the message was received before it was built
`
	if got := drawn(Options{}, func(p *textPrinter) { p.clock(made()) }); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// Colours mark and move nothing; the reader's zone is added and UTC stays.
func TestClockTextOptions(t *testing.T) {
	plain := drawn(Options{}, func(p *textPrinter) { p.clock(made()) })
	colored := drawn(Options{Color: true}, func(p *textPrinter) { p.clock(made()) })
	if colored == plain || regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colored, "") != plain {
		t.Error("colours change the text")
	}
	zoned := drawn(Options{Zone: time.FixedZone("", 7200)}, func(p *textPrinter) { p.clock(made()) })
	for _, want := range []string{"2024-05-01T10:00:00Z         = 2024-05-01T12:00:00+02:00, Message-ID", "between 2024-05-01T10:00:00Z = 2024-05-01T12:00:00+02:00", "by the sender's wall clock, MIME boundary"} {
		if !strings.Contains(zoned, want) {
			t.Errorf("no %q in\n%s", want, zoned)
		}
	}
}

// What a report may leave open, and indexes that point at nothing.
func TestClockTextOfPartialReport(t *testing.T) {
	if got := drawn(Options{}, func(p *textPrinter) { p.clock(&forensic.Report{}) }); got != "" {
		t.Errorf("no clock: %q", got)
	}
	r := made()
	c := &r.Clock
	c.Sent.Latest = ""
	c.Zone = &report.SenderZone{Offset: "-05:00", Local: 99, UTC: -1, AgreesWithDate: ref(false)}
	c.Skews = []report.Skew{{Host: "h", EarliestSeconds: -5, LatestSeconds: 5}, {Host: "i", EarliestSeconds: -120, LatestSeconds: -60}, {Host: "j", EarliestSeconds: 3, LatestSeconds: 3}, {Readings: []int{3}}, {}}
	c.Contradictions[0] = report.Contradiction{A: -1, B: 77, Readings: []int{500}, Doubtful: 9}
	c.Readings[0].Time, c.Readings[1].Time = "", "nonsense"
	got := drawn(Options{}, func(p *textPrinter) { p.clock(r) })
	for _, want := range []string{"not before 2024-05-01T10:00:00Z", "wall clock of reading 99 against reading -1", "the Date field states another offset", "was between -5 s and +5 s off", "was 1 min to 2 min behind", "was 3 s ahead", "the clock of Received id, hop 2 (2024-05-01T10:00:01.5Z) was", "the clock of not stated was", "time unreadable", "reading 77"} {
		if !strings.Contains(strings.Join(strings.Fields(got), " "), want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	c.Sent.Earliest, c.Sent.Latest = "", "2024-05-01T10:00:02Z"
	if got := drawn(Options{}, func(p *textPrinter) { p.sent(c) }); !strings.Contains(got, "not after 2024-05-01T10:00:02Z") {
		t.Error(got)
	}
	c.Sent = nil
	if got := drawn(Options{}, func(p *textPrinter) { p.sent(c) }); !strings.Contains(got, "no clock bounds") {
		t.Error(got)
	}
}

// Thousands of readings are cut in the middle, and every list ends.
func TestLongLedgerIsCut(t *testing.T) {
	r := made()
	c := &r.Clock
	one, x := c.Readings[1], c.Contradictions[0]
	c.Readings, c.Contradictions = nil, nil
	for range 1000 {
		c.Readings, c.Contradictions, c.Skews = append(c.Readings, one), append(c.Contradictions, x), append(c.Skews, c.Skews[0])
	}
	got := drawn(Options{}, func(p *textPrinter) { p.clock(r) })
	c.Readings[999].Strength = "hint"
	for i := range 300 {
		c.Readings[i].Strength = "hint"
	}
	hinted := drawn(Options{}, func(p *textPrinter) { p.clock(r) })
	if !strings.Contains(hinted, "... 281 more hints, see --json") || !strings.Contains(hinted, "... 619 more readings, see --json") {
		t.Error(hinted)
	}
	for _, want := range []string{"... 920 more readings, see --json", "... 980 more contradictions, see --json", "... 981 more skews, see --json"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q", want)
		}
	}
}

// A mark that links messages belongs to who wrote them.
func TestFingerprintText(t *testing.T) {
	got := drawn(Options{}, func(p *textPrinter) { p.body(made()) })
	if want := "Fingerprint  outlook.lan-address \"10.0.0.7\": address of the sender's computer\n"; !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}

// The times of readings may have a fraction, an offset, "Z" or no zone; what
// is none gives no time.
func TestReadingTime(t *testing.T) {
	for text, want := range map[string]string{
		"2024-05-01T10:00:00Z": "2024-05-01T10:00:00Z", "2024-05-01T12:00:00+02:00": "2024-05-01T10:00:00Z", "2024-05-01T10:00:00.1234567Z": "2024-05-01T10:00:00.1234567Z",
		"2024-05-01T10:00:00.5": "2024-05-01T10:00:00.5Z", "2024-05-01T10:00:00.123456": "2024-05-01T10:00:00.123456Z", "2024-05-01T10:00:00": "2024-05-01T10:00:00Z",
		"2024-05-01T10:00:00.000001-05:30": "2024-05-01T15:30:00.000001Z",
		"":                                 "", "Z": "", "2024": "", "2024-02-30T10:00:00Z": "", "2024-05-01T25:00:00": "", "2024-05-01T10:00:00+2": "",
	} {
		at, ok := readingTime(&report.Reading{Time: report.Stated(text)})
		if got := at.Format(time.RFC3339Nano); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %s, %v", text, got, ok)
		}
	}
}

// Every event of the library has its words here, and none has others.
func TestEventWords(t *testing.T) {
	events := []clock.Event{clock.File, clock.Thread, clock.Compose, clock.Built, clock.Signed, clock.Queued, clock.Received, clock.Scanned, clock.Stored, clock.Expires, clock.Released, clock.Other}
	if len(events) != len(eventWords) {
		t.Error(len(eventWords), "words")
	}
	for i, e := range events {
		if eventWords[i].name != string(e) || eventText(string(e)) != eventWords[i].text || eventTitle(string(e)) != eventWords[i].title {
			t.Errorf("%s: %+v", e, eventWords[i])
		}
	}
	for _, kind := range []clock.Kind{clock.SenderLocal, clock.ServerZone} {
		if r := (&report.Reading{Clock: string(kind)}); !isWall(r) || wallText(r) == "" {
			t.Errorf("%s is no wall clock", kind)
		}
	}
	if eventText("x\n") != `x\n` || eventTitle("\x00") != `\x00` {
		t.Error("an unknown event is not made safe")
	}
}

// The step of a clock in the unit that reads best.
func TestPrecisionText(t *testing.T) {
	for s, want := range map[float64]string{0: "", -1: "", 1e-9: "to 1 ns", 1e-7: "to 100 ns", 1e-6: "to 1 µs", 4e-6: "to 4 µs", 5e-4: "to 500 µs", 0.001: "to 1 ms", 0.00655: "to 6.55 ms", 0.5: "to 500 ms", 1: "to 1 s", 60: "to 1 min", 86400: "to 1 d"} {
		if got := precisionText(s); got != want {
			t.Errorf("%v: %q, want %q", s, got, want)
		}
	}
}
