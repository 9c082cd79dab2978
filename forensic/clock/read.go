package clock

import (
	"slices"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// Read lists every dated fact of the message, in order of the bytes it stands
// in. stamps are the trace lines of its header; a message nested in a part is
// not read: it has readings of its own.
func Read(msg *mimeparse.Message, stamps []Stamp) []Reading {
	r := &reader{msg: msg, stamps: stamps}
	r.gatherClues()
	r.out = make([]Reading, 0, 8+3*len(stamps))
	r.readStamps() // they stand on top, as a rule, so that little is left to sort
	r.readFields()
	r.readParts()
	slices.SortStableFunc(r.out, func(a, b Reading) int { return a.Span.Start - b.Span.Start })
	return r.out
}

// reader collects the readings of one message.
type reader struct {
	msg     *mimeparse.Message
	stamps  []Stamp
	clue    clue
	out     []Reading
	scratch []found
}

// gatherClues reads what decoders may ask for: the mail program and the
// stated dates.
func (r *reader) gatherClues() {
	for _, name := range [...]string{"User-Agent", "X-Mailer"} {
		if f, ok := r.msg.Header.First(name); ok {
			r.clue.agent = strings.ToLower(string(f.Raw()))
			break
		}
	}
	if f, ok := r.msg.Header.First("Date"); ok {
		r.near(f.Date())
	}
	for _, s := range r.stamps {
		r.near(s.Date)
	}
	slices.SortFunc(r.clue.near, time.Time.Compare)
}

func (r *reader) near(d headers.Date) {
	if d.OK {
		r.clue.near = append(r.clue.near, d.Time.UTC())
	}
}

// readStamps reads the identifiers inside trace lines and their dates, the
// newest first.
func (r *reader) readStamps() {
	for i := len(r.stamps) - 1; i >= 0; i-- {
		s := r.stamps[i]
		at := place{source: s.Name, part: "1", hop: s.Hop, field: s.Field}
		if s.Date.OK {
			at.span, at.text = s.Date.Span, s.Date.Raw
			r.add(at, dateFound(s.Date, "date.received", Received))
		}
		at.source, at.span, at.text = s.Name+" id", s.Span, s.Raw
		for _, f := range appendTrace(r.scratch[:0], s.Received, &r.clue) {
			r.add(at, f)
		}
	}
}

// place is where an identifier stands.
type place struct {
	source, part string
	// text is what the decoder was given; it stands at span.
	text       string
	span       headers.Span
	hop, field int
}

// add files one reading.
func (r *reader) add(at place, f found) {
	text, span := at.text, at.span
	if f.to > f.from && f.to <= len(text) && !isIdentifier(at.source) {
		text = text[f.from:f.to]
		if span.Len() == len(at.text) { // as written: positions in the text are positions in the message
			span = headers.Span{Start: span.Start + f.from, End: span.Start + f.to}
		}
	}
	if f.strength == "" {
		f.strength = Evidence
	}
	r.out = append(r.out, Reading{
		Source: at.source, Software: f.software, Raw: text, Span: span, Part: at.part, Event: f.event, Clock: f.clock,
		Strength: f.strength, Time: f.at, Precision: f.step, Period: f.period, Offset: f.offset, HasOffset: f.hasOffset,
		Rule: f.rule, Hop: at.hop, Field: at.field,
	})
}

// isIdentifier reports whether what stands at the place is one identifier,
// which is shown whole and not the digits of its clock alone.
func isIdentifier(source string) bool {
	switch source {
	case "MIME boundary", "Content-ID", "In-Reply-To", "References":
		return true
	}
	const id = "Message-ID"
	return len(source) >= len(id) && strings.EqualFold(source[len(source)-len(id):], id)
}

// dateFound is the reading of a date written as a date. Without a zone it is a
// wall time of whoever wrote it; "-0000" is universal time (RFC 5322 3.3).
func dateFound(d headers.Date, rule string, event Event) found {
	f := found{rule: rule, event: event, clock: UTC, at: d.Time.UTC(), step: time.Duration(d.Precision * float64(time.Second))}
	_, seconds := d.Time.Zone()
	if offset := time.Duration(seconds) * time.Second; d.Zone == headers.ZoneStated && offset.Abs() <= maxOffset {
		f.offset, f.hasOffset = offset, true // one that is beyond all sense says nothing
	} else if d.ZoneText != "-0000" {
		f.clock = SenderLocal
		if event == Received || event == Stored {
			f.clock = ServerZone
		}
		year, month, day := d.Time.Date()
		hour, minute, second := d.Time.Clock()
		f.at = time.Date(year, month, day, hour, minute, second, d.Time.Nanosecond(), time.UTC)
	}
	return f
}
