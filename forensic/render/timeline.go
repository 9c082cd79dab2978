package render

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// TimelineBytes is the default of [TimelineOptions.MaxBytes]: some hundred
// thousand readings.
const TimelineBytes = 256 << 20

// TimelineOptions directs a timeline. nil and the zero value mean the
// defaults.
type TimelineOptions struct {
	// Hints adds the readings that only have the shape of a time.
	Hints bool
	// All adds the readings of other events than this message's, of policies
	// and of software releases.
	All bool
	// Local writes wall clocks of unknown zone into formats that can only hold
	// instants, as if their zone were UTC; each says so in its text.
	Local bool
	// Escape is that of [Options], for JSON; the other formats always escape.
	Escape bool
	// MaxBytes bounds the memory for rows that wait to be sorted; 0 means
	// [TimelineBytes]. Beyond it the timeline is sorted in stretches, each by
	// itself.
	MaxBytes int
}

// TimelineCount says what a timeline holds and what it had to leave out.
type TimelineCount struct {
	// Rows were written.
	Rows int
	// Stretches is 1, or more when the rows exceeded the memory for sorting.
	Stretches int
	// WithoutZone are wall clocks that the format cannot hold.
	WithoutZone int
	// OutOfRange are times that the format cannot hold.
	OutOfRange int
}

// Timeline prints the readings of many reports as one list in order of time.
type Timeline struct {
	w      *bufio.Writer
	opt    TimelineOptions
	format *timelineFormat
	rows   []sortedRow
	size   int
	begun  bool // the header is written
	asked  bool // there was a report
	count  TimelineCount
}

// sortedRow is a finished line with what it is sorted by.
type sortedRow struct {
	at    time.Time
	path  string
	index int
	start int
	line  string
}

// timelineFormat is one format of rows.
type timelineFormat struct {
	name   string
	header string
	// instants says that a row has no place to tell that its zone is unknown.
	instants bool
	line     func(r *timelineRow, escape bool) (string, error)
	// holds reports whether the format has room for the time.
	holds func(time.Time) bool
}

var timelineFormats = [...]timelineFormat{
	{name: "csv", header: csvHeader, line: csvLine, holds: anyTime},
	{name: "jsonl", line: jsonlLine, holds: anyTime},
	{name: "timesketch", line: timesketchLine, holds: anyTime},
	{name: "l2tcsv", header: l2tHeader, line: l2tLine, holds: anyTime},
	{name: "tln", instants: true, line: tlnLine, holds: anyTime},
	// mactime leaves out what is not after 1970.
	{name: "bodyfile", instants: true, line: bodyLine, holds: func(at time.Time) bool { return at.Unix() > 0 }},
}

// anyTime leaves out only years that do not have four digits.
func anyTime(at time.Time) bool { return at.Year() >= 1 && at.Year() <= 9999 }

// TimelineFormats lists the names that [NewTimeline] knows.
func TimelineFormats() []string {
	var names []string
	for _, f := range timelineFormats {
		names = append(names, f.name)
	}
	return names
}

// NewTimeline returns a timeline to w. The formats are "csv", "jsonl" (both
// with every column), "timesketch" (JSON Lines for Timesketch), "l2tcsv"
// (log2timeline's 17 columns), "tln" (five columns parted by "|") and
// "bodyfile" (that of The Sleuth Kit 3, for mactime). opt nil means defaults.
func NewTimeline(format string, w io.Writer, opt *TimelineOptions) (*Timeline, error) {
	t := &Timeline{w: bufio.NewWriter(w)}
	if opt != nil {
		t.opt = *opt
	}
	t.opt.MaxBytes = cmp.Or(t.opt.MaxBytes, TimelineBytes)
	for i := range timelineFormats {
		if timelineFormats[i].name == format {
			t.format = &timelineFormats[i]
			return t, nil
		}
	}
	return nil, fmt.Errorf("%w %q", ErrFormat, format)
}

// Report adds the readings of one report and of the messages inside it.
// Nothing is written yet unless the rows exceed the memory for them.
func (t *Timeline) Report(r *forensic.Report) error {
	t.asked = true
	return t.add(&timelineSource{report: r, path: r.Evidence.Path, index: r.Evidence.Index, base: offsetOf(r, nil)})
}

// timelineSource is a message with its place in the evidence.
type timelineSource struct {
	report *forensic.Report
	path   report.Raw
	index  int
	// prefix leads to the parts of a message inside: "1.2~".
	prefix string
	// base is where the message begins in the file; nil when it was decoded.
	base *int64
}

// offsetOf is where a message begins in the file. outer is nil for a message
// that is inside no other.
func offsetOf(r *forensic.Report, outer *timelineSource) *int64 {
	if r.Evidence.Offset == nil || outer != nil && outer.base == nil {
		return nil
	}
	at := *r.Evidence.Offset
	if outer != nil {
		at += *outer.base
	}
	return &at
}

// add files the rows of one message, then those of the messages inside.
func (t *Timeline) add(s *timelineSource) error {
	c := &s.report.Clock
	marks := marksOf(c)
	for i := range c.Readings {
		if err := t.reading(s, i, marks[i]); err != nil {
			return err
		}
	}
	for i := range s.report.Parts {
		inner := s.report.Parts[i].Message
		if inner == nil {
			continue
		}
		next := &timelineSource{report: inner, path: s.path, index: s.index, prefix: s.prefix + s.report.Parts[i].Path + "~", base: offsetOf(inner, s)}
		if err := t.add(next); err != nil {
			return err
		}
	}
	return nil
}

// reading files one row if it belongs into this timeline.
func (t *Timeline) reading(s *timelineSource, i int, marks []int) error {
	r := &s.report.Clock.Readings[i]
	at, ok := readingTime(r)
	switch {
	case !ok, r.Strength == "hint" && !t.opt.Hints, isAside(r.Event) && !t.opt.All:
		return nil
	case t.format.instants && isWall(r) && !t.opt.Local:
		t.count.WithoutZone++
		return nil
	case !t.format.holds(at):
		t.count.OutOfRange++
		return nil
	}
	line, err := t.format.line(newTimelineRow(s, i, at, marks), t.opt.Escape)
	if err != nil {
		return err
	}
	t.rows = append(t.rows, sortedRow{at: at, path: string(s.path), index: s.index, start: r.Span.Start, line: line})
	const overhead = 96 // the row itself
	if t.size += len(line) + overhead; t.size > t.opt.MaxBytes {
		return t.stretch()
	}
	return nil
}

// isAside reports whether an event is none of this message's life.
func isAside(event string) bool { return event == "expires" || event == "released" || event == "other" }

// stretch writes what was collected, in order of time.
func (t *Timeline) stretch() error {
	if !t.begun {
		t.begun = true
		if _, err := t.w.WriteString(t.format.header); err != nil {
			return err
		}
	}
	slices.SortStableFunc(t.rows, func(a, b sortedRow) int {
		return cmp.Or(a.at.Compare(b.at), strings.Compare(a.path, b.path), cmp.Compare(a.index, b.index), cmp.Compare(a.start, b.start))
	})
	for i := range t.rows {
		if _, err := t.w.WriteString(t.rows[i].line); err != nil {
			return err
		}
	}
	t.count.Rows += len(t.rows)
	t.count.Stretches++
	clear(t.rows)
	t.rows, t.size = t.rows[:0], 0
	return t.w.Flush()
}

// Close writes the rows. It does not close the writer. Without any report
// there is nothing to say, not even a header.
func (t *Timeline) Close() error {
	if (t.begun || !t.asked) && len(t.rows) == 0 {
		return nil
	}
	return t.stretch()
}

// Count tells, after Close, what was written.
func (t *Timeline) Count() TimelineCount { return t.count }
