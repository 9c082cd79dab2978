package clock

import (
	"github.com/emlcheck/emlcheck/headers"
)

// fieldRule says what a field of one name tells and how it is read.
type fieldRule struct {
	read     func(r *reader, f headers.Field, at place, rule *fieldRule)
	rule     string
	software string
	event    Event
	strength Strength
	// shapes are the forms of the value that are known; see shape.
	shapes []string
}

// maxReadings bounds what a message made to hurt can cost; an honest one has
// some dozens of readings.
const maxReadings = 20_000

// maxFieldName is longer than any name in knownFields.
const maxFieldName = 64

// readFields reads the header fields of the message. Trace lines are read by
// readStamps: their names are not in the table.
func (r *reader) readFields() {
	for i := range r.msg.Header.Fields {
		if len(r.out) >= maxReadings {
			break
		}
		f := &r.msg.Header.Fields[i]
		if rule := knownField(f.Name); rule != nil {
			rule.read(r, *f, place{source: f.Name, part: "1", hop: -1, field: i}, rule)
		} else if len(f.Name) >= 2 && f.Name[1] == '-' && f.Name[0]|0x20 == 'x' && len(f.Name) <= maxFieldName {
			r.readAnyName(f, i)
		}
	}
	r.readFromLine()
}

// knownField is what a field of that name tells; nil for one that is not known.
func knownField(name string) *fieldRule {
	if len(name) > maxFieldName || len(name) == 0 || !knownLetters[len(name)].fit(name) {
		return nil
	}
	var lower [maxFieldName]byte
	return knownFields[string(lowerName(&lower, name))]
}

// nameLetters are the first and the last letters of names, one bit each: most
// names are told from the known ones by them and by their length, without
// looking further.
type nameLetters struct{ first, last uint32 }

// knownLetters are those of the known fields' names, by their length. It is
// never written to.
var knownLetters = lettersOf(knownFields)

func lettersOf(known map[string]*fieldRule) (all [maxFieldName + 1]nameLetters) {
	for name := range known {
		l := &all[len(name)]
		l.first, l.last = l.first|1<<(name[0]&31), l.last|1<<(name[len(name)-1]&31)
	}
	return all
}

// fit reports whether a name begins and ends with such letters, in either case.
func (l nameLetters) fit(name string) bool {
	return l.first>>(name[0]&31)&1 != 0 && l.last>>(name[len(name)-1]&31)&1 != 0
}

// lowerName puts the name in lower case into buf, so that looking it up
// allocates nothing. It fits.
func lowerName(buf *[maxFieldName]byte, name string) []byte {
	for i := 0; i < len(name); i++ {
		c := name[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		buf[i] = c
	}
	return buf[:len(name)]
}

// readFromLine reads the mbox separator on top of a message: asctime in the
// zone of the host that wrote the mailbox, rarely with a zone.
func (r *reader) readFromLine() {
	span := r.msg.Header.FromLine
	if span.Empty() {
		return
	}
	if d := headers.FindDate(r.msg.Raw, span); d.OK {
		at := place{source: "From_ line", part: "1", text: d.Raw, span: d.Span, hop: -1, field: -1}
		f := dateFound(&d, "from-line", Stored)
		r.put(&at, &f)
	}
}

// value fills in the text of the field's whole value without the blanks
// around it.
func (at *place) value(r *reader, f headers.Field) string {
	at.span = trimSpan(r.msg.Raw, f.Value)
	at.text = r.texts.keep(at.span.Of(r.msg.Raw))
	return at.text
}

// trimSpan leaves out the white space at both ends.
func trimSpan(raw []byte, s headers.Span) headers.Span {
	for s.Start < s.End && isSpace(raw[s.Start]) {
		s.Start++
	}
	for s.Start < s.End && isSpace(raw[s.End-1]) {
		s.End--
	}
	return s
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// addAll files what a decoder found in the place's text and keeps the memory
// for the next one.
func (r *reader) addAll(at place, out []found) {
	for i := range out {
		r.put(&at, &out[i])
	}
	r.scratch = out[:0]
}

// serverClock corrects a wall time without zone that no sender wrote.
func serverClock(f found) found {
	if f.clock == SenderLocal {
		f.clock = ServerZone
	}
	return f
}
