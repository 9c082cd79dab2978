package route

import (
	"slices"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// lineKind says what a header field is to the route.
type lineKind int

const (
	noTrace    lineKind = iota
	hopLine             // a line of a hop of its own
	googleLine          // X-Received: tells more of a neighbour's hop
	x400Line            // carried over by a gateway
	looseLine           // renamed by a host on the way: no part of this journey
)

// lineKindOf goes by the name. "Recieved" and ">Received" (a line quoted as if
// it stood in an mbox) are seen in real mail and are trace lines; a line that
// was renamed to Old-Received has been taken out of the trace by somebody.
func lineKindOf(f *headers.Field) lineKind {
	if len(f.Name) < 8 || len(f.Name) > 14 {
		return noTrace
	}
	switch f.Name[0] | 0x20 {
	case 'r':
		if f.Is("Received") || f.Is("Recieved") {
			return hopLine
		}
	case '>':
		if f.Is(">Received") {
			return hopLine
		}
	case 'o':
		if f.Is("Old-Received") {
			return looseLine
		}
	case 'x':
		return extraKindOf(f)
	}
	return noTrace
}

func extraKindOf(f *headers.Field) lineKind {
	switch {
	case f.Is("X-Received"):
		return googleLine
	case f.Is("X400-Received"):
		return x400Line
	case f.Is("X-Old-Received"):
		return looseLine
	}
	return noTrace
}

// gather lists the hops, oldest first, and files every other trace line.
func (t *tracer) gather() {
	fields := t.block.Fields
	var buf [24]traceLine
	trace, n := traceLines(buf[:0], fields)
	t.lines.open(fields, trace)
	hops := make([]Hop, n)
	n = 0
	var pending []int // X-Received lines, filed when all hops are known
	for k := len(trace) - 1; k >= 0; k-- {
		i := trace[k].field
		f := &fields[i]
		switch trace[k].kind {
		case hopLine:
			h := &hops[n]
			h.Name, h.Field = f.Name, i
			t.lines.read(&h.Received, f)
			if n > 0 && t.joinQmail(&hops[n-1], h) {
				*h = Hop{}
				continue
			}
			n++
		case x400Line:
			hops[n] = Hop{Name: f.Name, Field: i, Received: t.x400(*f)}
			n++
		case googleLine:
			pending = append(pending, i)
		case looseLine:
			t.loose(i)
		}
	}
	t.r.Hops = hops[:n]
	for _, i := range pending {
		t.attach(i)
	}
}

// traceLine is a field that is some trace line.
type traceLine struct {
	field int
	kind  lineKind
}

// traceLines lists them and counts those of a hop of their own.
func traceLines(lines []traceLine, fields []headers.Field) (trace []traceLine, hops int) {
	for i := range fields {
		k := lineKindOf(&fields[i])
		if k == noTrace {
			continue
		}
		lines = append(lines, traceLine{i, k})
		if k == hopLine || k == x400Line {
			hops++
		}
	}
	return lines, hops
}

// lineTexts is the text of the trace lines as one string, when they stand
// together in the header: it costs one allocation, and what is read out of the
// lines is cut from it.
type lineTexts struct {
	text string
	base int // where it stands in the message
}

// lineGap is how much may stand between two lines of one string.
const lineGap = 1 << 10

// open takes the text of the hops' lines, unless they stand far apart.
func (l *lineTexts) open(fields []headers.Field, trace []traceLine) {
	first, last := -1, -1
	for _, line := range trace {
		if line.kind != hopLine {
			continue
		}
		if first < 0 {
			first = line.field
		} else if fields[line.field].Value.Start-fields[last].Value.End > lineGap {
			return
		}
		last = line.field
	}
	if first >= 0 {
		l.base = fields[first].Value.Start
		l.text = string(fields[first].Through(&fields[last]))
	}
}

func (l *lineTexts) read(r *headers.Received, f *headers.Field) {
	if start, end := f.Value.Start-l.base, f.Value.End-l.base; start >= 0 && start <= end && end <= len(l.text) {
		f.ReadReceived(r, l.text[start:end])
		return
	}
	f.ReadReceived(r, string(f.Raw()))
}

func (t *tracer) extra(i int) Extra {
	e := Extra{Received: new(headers.Received), Name: t.block.Fields[i].Name, Field: i}
	t.block.Fields[i].ReadReceived(e.Received, string(t.block.Fields[i].Raw()))
	return e
}

func (t *tracer) loose(i int) { t.r.Loose = append(t.r.Loose, t.extra(i)) }

// isQmailQueue reports whether a line is the one of qmail-queue, which puts it
// on top of the one that qmail-smtpd wrote: "(qmail 1234 invoked from network)".
func isQmailQueue(r *headers.Received) bool {
	return r.Product == "qmail" && r.By == "" && strings.Contains(r.Raw, " invoked ")
}

// pairSeconds is how far the two lines of qmail lie apart at most: one process
// starts the other when the message is accepted, after its data have come.
const pairSeconds = 10 * 60

// joinQmail makes one hop of qmail's two lines: newer is the one of qmail-queue
// and older the one of the program that took the message in. Between them stands
// no other trace line, and no Delivered-To, which begins a new delivery.
func (t *tracer) joinQmail(older, newer *Hop) bool {
	if !isQmailQueue(&newer.Received) || isQmailQueue(&older.Received) || len(older.Also) > 0 || !qmailFront(&older.Received) {
		return false
	}
	for _, f := range t.block.Fields[newer.Field+1 : older.Field] {
		if f.Is("Delivered-To") {
			return false
		}
	}
	if isMoment(older.Date) && isMoment(newer.Date) {
		if d := newer.Date.Time.Sub(older.Date.Time); d > pairSeconds*time.Second || d < -pairSeconds*time.Second {
			return false
		}
	}
	line := newer.Received
	older.Also = append(older.Also, Extra{Received: &line, Name: newer.Name, Field: newer.Field})
	return true
}

// qmailFront reports whether a line can come from a program that hands on to
// qmail-queue: qmail-smtpd names no software at all.
func qmailFront(r *headers.Received) bool {
	switch r.Product {
	case "qmail", "qpsmtpd", "qmail-scanner":
		return true
	case "":
		return (r.By != "" || r.IP.IsValid() || strings.Contains(r.Raw, "(ofmipd ")) && r.Software == "" && r.ID == "" && r.Protocol.Name != "HTTP"
	}
	return false
}

// x400 gives an X400-Received line the roles of a trace line: the transfer
// agent, or the domain where only that is named, has stamped it.
func (t *tracer) x400(f headers.Field) headers.Received {
	x := headers.ParseX400Received(f.Raw(), headers.Span{Start: 0, End: f.Value.Len()})
	at := f.Value.Start
	r := headers.Received{Raw: x.Raw, Span: x.Span.Shift(at), Date: x.Date, Defects: x.Defects}
	r.By, r.Spans.By = x.MTA, x.Spans.MTA
	if r.By == "" {
		r.By, r.Spans.By = x.Domain, x.Spans.Domain
	}
	if r.By != "" {
		r.Spans.By = r.Spans.By.Shift(at)
	}
	shiftDate(&r.Date, at)
	r.Spans.Date = r.Date.Span
	for i := range r.Defects {
		r.Defects[i].Span = r.Defects[i].Span.Shift(at)
	}
	return r
}

// shiftDate moves a date's spans by n bytes.
func shiftDate(d *headers.Date, n int) {
	if !d.OK && d.Span.Empty() {
		return
	}
	d.Span = d.Span.Shift(n)
	for i := range d.Defects {
		d.Defects[i].Span = d.Defects[i].Span.Shift(n)
	}
}

// attachWithin is the time in which Google stamps a hop with both of its
// lines.
const attachWithin = 2 * time.Second

// attach files an X-Received line with the hop whose run it stands in: the
// next newer or the next older line of the same host or of Google, with the
// same time.
func (t *tracer) attach(i int) {
	e := t.extra(i)
	newer, _ := slices.BinarySearchFunc(t.r.Hops, i, func(h Hop, field int) int { return field - h.Field })
	for _, k := range [...]int{newer, newer - 1} {
		if k >= 0 && k < len(t.r.Hops) && tellsOf(&e, &t.r.Hops[k]) {
			t.r.Hops[k].Also = append(t.r.Hops[k].Also, e)
			return
		}
	}
	t.r.Loose = append(t.r.Loose, e)
}

func tellsOf(e *Extra, h *Hop) bool {
	if !isMoment(e.Date) || !isMoment(h.Date) {
		return false
	}
	if d := e.Date.Time.Sub(h.Date.Time); d < -attachWithin || d > attachWithin {
		return false
	}
	if e.By != "" && strings.EqualFold(e.By, h.By) {
		return true
	}
	return operator(e.Received) == google && (h.by().operator == google || reachOf(h.by().addr) == reachPrivate)
}

// delays sets the time since the next older dated hop.
func (t *tracer) delays() {
	var last time.Time
	for i := range t.r.Hops {
		h := &t.r.Hops[i]
		if !isMoment(h.Date) {
			continue
		}
		if !last.IsZero() {
			h.Delay, h.HasDelay = h.Date.Time.Sub(last), true
		}
		last = h.Date.Time
	}
}
