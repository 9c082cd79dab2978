package clock

import (
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// Read lists every dated fact of the message, in order of the bytes it stands
// in. stamps are the trace lines of its header; a message nested in a part is
// not read: it has readings of its own.
func Read(msg *mimeparse.Message, stamps []Stamp) []Reading { return ReadKnown(msg, stamps, nil) }

// Known is what a caller has read of the message's header before, so that it
// need not be read again. It changes no reading. The zero value knows nothing.
type Known struct {
	// Date is that of the first Date field; nil when it was not read.
	Date *headers.Date
	// IDs are what fields with message identifiers were found to hold.
	IDs []KnownIDs
}

// KnownIDs is what [headers.ParseMessageIDs] reads in one field.
type KnownIDs struct {
	// Value is the span of the field's value.
	Value headers.Span
	// IDs are the identifiers of the field.
	IDs []headers.MessageID
}

// ReadKnown is [Read] for a caller that has read some of the header; known may
// be nil.
func ReadKnown(msg *mimeparse.Message, stamps []Stamp, known *Known) []Reading {
	r := readers.Get().(*reader)
	out := r.read(msg, stamps, known)
	if r.forget() {
		readers.Put(r)
	}
	return out
}

func (r *reader) read(msg *mimeparse.Message, stamps []Stamp, known *Known) []Reading {
	r.msg, r.stamps, r.known = msg, stamps, known
	r.gatherClues()
	r.readStamps() // they stand on top, as a rule, so that little is left to sort
	r.readFields()
	r.readParts()
	return r.inOrder()
}

// reader collects the readings of one message. Its memory is used again for
// another one; what it gives out is never part of it.
type reader struct {
	msg     *mimeparse.Message
	stamps  []Stamp
	known   *Known
	clue    clue
	date    headers.Date // of the first Date field
	dateAt  int          // which stands at this index; meaningless without one
	out     []Reading
	order   []uint64
	scratch []found
	texts   texts
	content []byte // of the part being read
	budget  int    // what is left of maxFiles
}

// readers are readers not in use.
var readers = sync.Pool{New: func() any { return new(reader) }}

// forget leaves nothing of the message in the reader. It is false for one that
// has grown over a hostile message and is not to be kept.
func (r *reader) forget() bool {
	const kept, keptContent = 1024, 1 << 20
	if max(cap(r.out), cap(r.scratch), cap(r.clue.near)) > kept || cap(r.content) > keptContent {
		return false
	}
	clear(r.out)
	clear(r.scratch[:cap(r.scratch)])
	r.msg, r.stamps, r.known, r.date, r.clue = nil, nil, nil, headers.Date{}, clue{near: r.clue.near[:0]}
	r.out = r.out[:0]
	return true
}

// inOrder is a copy of the readings, sorted by where they stand; equals stay in
// the order in which they were found.
func (r *reader) inOrder() []Reading {
	const low = 24 // bits: more than maxReadings and what one field adds
	r.order = r.order[:0]
	for i := range r.out {
		r.order = append(r.order, uint64(r.out[i].Span.Start)<<low|uint64(i))
	}
	slices.Sort(r.order)
	out := make([]Reading, len(r.out))
	for i, key := range r.order {
		out[i] = r.out[key&(1<<low-1)]
	}
	return out
}

// texts keeps short strings in few pieces of memory. The zero value is ready
// for use.
type texts struct{ room strings.Builder }

// keep makes a string of b. What was kept before stays where it is, since a
// piece that is full is left to its strings and never copied.
func (t *texts) keep(b []byte) string {
	const size = 1 << 10
	if len(b) > size/4 {
		return string(b)
	}
	if t.room.Cap()-t.room.Len() < len(b) {
		t.room = strings.Builder{}
		t.room.Grow(size)
	}
	start := t.room.Len()
	t.room.Write(b)
	return t.room.String()[start:]
}

// gatherClues reads what decoders may ask for: the mail program and the
// stated dates.
func (r *reader) gatherClues() {
	dated, agent := false, (*headers.Field)(nil)
	for i := range r.msg.Header.Fields {
		switch f := &r.msg.Header.Fields[i]; len(f.Name) {
		case len("Date"):
			if !dated && f.Is("Date") {
				dated, r.date, r.dateAt = true, r.firstDate(f), i
				r.near(&r.date)
			}
		case len("X-Mailer"):
			if agent == nil && f.Is("X-Mailer") {
				agent = f
			}
		case len("User-Agent"):
			if (agent == nil || len(agent.Name) == len("X-Mailer")) && f.Is("User-Agent") {
				agent = f
			}
		}
	}
	if agent != nil {
		r.clue.written = agent.Raw()
	}
	for _, s := range r.stamps {
		r.near(&s.Date)
	}
	slices.SortFunc(r.clue.near, time.Time.Compare)
}

// firstDate is the date of the first Date field, read once.
func (r *reader) firstDate(f *headers.Field) headers.Date {
	if r.known != nil && r.known.Date != nil {
		return *r.known.Date
	}
	return f.Date()
}

func (r *reader) near(d *headers.Date) {
	if d.OK {
		r.clue.near = append(r.clue.near, d.Time.UTC())
	}
}

// readStamps reads the identifiers inside trace lines and their dates, the
// newest first.
func (r *reader) readStamps() {
	for i := len(r.stamps) - 1; i >= 0; i-- {
		s := &r.stamps[i]
		at := place{source: s.Name, part: "1", hop: s.Hop, field: s.Field}
		if s.Date.OK {
			at.span, at.text = s.Date.Span, s.Date.Raw
			f := dateFound(&s.Date, "date.received", Received)
			r.put(&at, &f)
		}
		if out := appendTrace(r.scratch[:0], s.Received, &r.clue); len(out) > 0 {
			at.source, at.span, at.text = r.sourceID(s.Name), s.Span, s.Raw
			r.addAll(at, out)
		}
	}
}

// sourceID is what an identifier in a trace line of that name is called.
func (r *reader) sourceID(name string) string {
	if name == "Received" {
		return "Received id"
	}
	var room [64]byte
	return r.texts.keep(append(append(room[:0], name...), " id"...))
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
func (r *reader) add(at place, f found) { r.put(&at, &f) }

// put is add without copies.
func (r *reader) put(at *place, f *found) {
	text, span := at.text, at.span
	if f.to > f.from && f.to <= len(text) && !isIdentifier(at.source) {
		text = text[f.from:f.to]
		if span.Len() == len(at.text) { // as written: positions in the text are positions in the message
			span = headers.Span{Start: span.Start + f.from, End: span.Start + f.to}
		}
	}
	strength := f.strength
	if strength == "" {
		strength = Evidence
	}
	r.out = append(r.out, Reading{
		Source: at.source, Software: f.software, Raw: text, Span: span, Part: at.part, Event: f.event, Clock: f.clock,
		Strength: strength, Time: f.at, Precision: f.step, Period: f.period, Offset: f.offset, HasOffset: f.hasOffset,
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
func dateFound(d *headers.Date, rule string, event Event) found {
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
