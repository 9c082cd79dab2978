package render

import (
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// timelineRow is one reading with its place, as JSON Lines show it; the other
// formats are drawn from it.
type timelineRow struct {
	Time             string        `json:"time"`
	PrecisionSeconds float64       `json:"precision_seconds"`
	PeriodSeconds    *float64      `json:"period_seconds"`
	Clock            string        `json:"clock"`
	Event            string        `json:"event"`
	Source           report.Raw    `json:"source"`
	Software         report.Stated `json:"software"`
	Strength         string        `json:"strength"`
	Author           report.Author `json:"author"`
	Hop              *int          `json:"hop"`
	Host             report.Stated `json:"host"`
	Raw              report.Raw    `json:"raw"`
	Rule             string        `json:"rule"`
	Offset           *int64        `json:"offset"`
	Path             report.Raw    `json:"path"`
	Index            int           `json:"index"`
	Part             string        `json:"part"`
	MessageID        report.Stated `json:"message_id"`
	SHA256           string        `json:"sha256"`
	// Contradicts names the other readings of each contradiction, under its
	// number in the text report.
	Contradicts []string `json:"contradicts"`

	at   time.Time
	wall bool
	size int64
	md5  string
}

// maxCell is the length of an identifier in a row, in characters. Each row
// repeats the message's own, which a sender can make a megabyte long; the report
// has all of it. RFC 5322 2.1.1: no line is longer than 998.
const maxCell = 1000

func newTimelineRow(s *timelineSource, i int, at time.Time, marks []int) *timelineRow {
	e, r := &s.report.Evidence, &s.report.Clock.Readings[i]
	row := &timelineRow{
		Time: rowTime(r, at), PrecisionSeconds: r.PrecisionSeconds, PeriodSeconds: r.PeriodSeconds, Clock: r.Clock, Event: r.Event,
		Source: report.Raw(r.Source), Software: r.Software, Strength: r.Strength, Author: r.Author, Hop: r.Hop, Host: hostOf(s.report, r.Hop),
		Raw: report.Raw(shorten(string(r.Raw), maxCell)), Rule: r.Rule, Path: s.path, Index: s.index, Part: s.prefix + r.Part, MessageID: report.Stated(shorten(string(s.report.Message.MessageID), maxCell)), SHA256: e.SHA256,
		Contradicts: contradicts(&s.report.Clock, i, marks), at: at, wall: isWall(r), size: e.Size, md5: string(e.MD5),
	}
	if s.base != nil {
		offset := *s.base + int64(r.Span.Start)
		row.Offset = &offset
	}
	return row
}

// rowTime is the time in UTC, or the wall time without a zone.
func rowTime(r *report.Reading, at time.Time) string {
	if isWall(r) {
		return at.Format(rowLayout(at))
	}
	return at.Format(rowLayout(at) + "Z")
}

// rowLayout shows the fraction that a time has, in full digits of a unit.
func rowLayout(at time.Time) string {
	layout := "2006-01-02T15:04:05"
	switch ns := at.Nanosecond(); {
	case ns == 0:
		return layout
	case ns%1e6 == 0:
		return layout + ".000"
	case ns%1e3 == 0:
		return layout + ".000000"
	}
	return layout + ".000000000"
}

// hostOf is the host that stamped the hop of a reading.
func hostOf(r *forensic.Report, hop *int) report.Stated {
	if hop == nil || *hop < 0 || *hop >= len(r.Route.Hops) {
		return ""
	}
	return r.Route.Hops[*hop].By
}

// contradicts names, for each contradiction of reading i, the others in it.
func contradicts(c *report.Clock, i int, marks []int) []string {
	out := []string{}
	for _, n := range marks {
		var others []string
		for _, j := range partners(&c.Contradictions[n-1]) {
			if j != i && j >= 0 && j < len(c.Readings) {
				others = append(others, namedReading(&c.Readings[j]))
			}
		}
		out = append(out, strconv.Itoa(n)+": "+strings.Join(others, " and "))
	}
	return out
}

// namedReading is the source of a reading with its time, as rows show it.
func namedReading(r *report.Reading) string {
	at, ok := readingTime(r)
	if !ok {
		return clean(r.Source)
	}
	return clean(r.Source) + " " + rowTime(r, at)
}

// headline is the row in a few words. A wall clock says first of all that it
// is one.
func (r *timelineRow) headline() string {
	zone := ""
	switch r.Clock {
	case "sender-local":
		zone = "ZONE UNKNOWN: sender's wall clock; "
	case "server-zone":
		zone = "ZONE UNKNOWN: server's wall clock; "
	}
	return zone + eventTitle(r.Event) + ": " + clean(string(r.Source)) + word(" of ", clean(string(r.Software)))
}

// message is the row in words, for formats with a field for people to read.
func (r *timelineRow) message() string {
	who := whose(r.Author)
	if r.Author == report.AuthorBound {
		who = "covered by a valid signature"
	}
	return strings.Join(nonEmpty(
		r.headline(), clean(string(r.Raw)), who, precisionText(r.PrecisionSeconds),
		r.strength(), periodText(&report.Reading{PeriodSeconds: r.PeriodSeconds}), word("host ", clean(string(r.Host))), r.place(),
		word("contradicts ", strings.Join(r.Contradicts, "; ")),
	), "; ")
}

func (r *timelineRow) strength() string {
	switch r.Strength {
	case "bound":
		return "a bound only"
	case "hint":
		return "only the shape of a time"
	}
	return ""
}

// place names the message that the reading was found in.
func (r *timelineRow) place() string {
	text := "message " + strconv.Itoa(r.Index)
	if r.MessageID != "" {
		text += " <" + clean(string(r.MessageID)) + ">"
	}
	return text
}

// clean makes evidence text fit for a line of any file: files are opened in
// programs that know nothing of where the text comes from.
func clean(s string) string { return Visible(s, true) }
