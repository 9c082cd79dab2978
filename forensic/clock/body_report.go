package clock

import (
	"bytes"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// reportFields are the dates in a delivery report (RFC 3464 2.2.5, 2.3.7,
// 2.3.9) or a complaint (RFC 5965 3.2). They are those of the message that the
// report is about.
var reportFields = [...]struct {
	name, rule string
	event      Event
}{
	{"Arrival-Date", "dsn.arrival-date", Other},
	{"Received-Date", "arf.received-date", Other},
	{"Last-Attempt-Date", "dsn.last-attempt-date", Other},
	{"Will-Retry-Until", "dsn.will-retry-until", Expires},
}

// readReport reads the machine part of a report: blocks of fields with blank
// lines between them.
func (p *partReader) readReport(part *mimeparse.Part) {
	text, base := part.Body.Of(p.msg.Raw), part.Body.Start
	if !asStored(part) {
		text, base = p.head(part, maxHead), -1
	}
	text = text[:min(len(text), maxHead)]
	for pos, n := 0, 0; pos < len(text) && n < 4*maxMany; {
		end := fieldEnd(text, pos)
		if p.readReportField(part, text, pos, end, base) {
			n++
		}
		pos = end
	}
}

// fieldEnd is the end of the line at pos and of the lines that continue it.
func fieldEnd(text []byte, pos int) int {
	for {
		i := bytes.IndexByte(text[pos:], '\n')
		if i < 0 {
			return len(text)
		}
		pos += i + 1
		if pos >= len(text) || text[pos] != ' ' && text[pos] != '\t' {
			return pos
		}
	}
}

// readReportField reads one field if it is a date that is known. base is where
// the text stands in the message, -1 when it was decoded.
func (p *partReader) readReportField(part *mimeparse.Part, text []byte, pos, end, base int) bool {
	colon := bytes.IndexByte(text[pos:end], ':')
	if colon < 0 {
		return false
	}
	name := bytes.TrimRight(text[pos:pos+colon], " \t")
	for _, known := range reportFields {
		if len(name) != len(known.name) || !bytes.EqualFold(name, []byte(known.name)) {
			continue
		}
		d := headers.ParseDate(text, headers.Span{Start: pos + colon + 1, End: end})
		if !d.OK {
			return false
		}
		at := fileAt(part, string(name), d.Raw)
		if base >= 0 {
			at.span = d.Span.Shift(base)
		}
		p.add(at, serverClock(dateFound(&d, known.rule, known.event)))
		return true
	}
	return false
}
