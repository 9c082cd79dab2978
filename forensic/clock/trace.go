package clock

import (
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// appendTrace reads the clocks inside a trace line, its date left out.
// Positions in found count in t.Raw.
//
// The host's own identifier of the transfer often says when it began to
// receive the message, and the name of the software when that was released.
// Not read, because it is no time of day: the process uptime in Go's times
// ("m=+12345.6").
func appendTrace(out []found, t *headers.Received, c *clue) []found {
	l := traceLine{t: t, id: t.ID}
	if len(t.ID) >= 8 {
		out = l.appendID(out, c)
	}
	for _, read := range [...]func(traceLine) (found, bool){traceLine.sendmailHour, traceLine.postfixShort} {
		if f, ok := read(l); ok {
			l.place(&f)
			out = append(out, f)
		}
	}
	return appendReleases(out, t)
}

// traceLine is a trace line whose id is being read.
type traceLine struct {
	t  *headers.Received
	id string
}

// traceReaders read ids, the stricter shapes first. A line that names its
// software is read for the ids of that software only: what looks like another
// one's is chance.
var traceReaders = [...]struct {
	product string // "" for hosts that do not say their software's name
	read    func(traceLine) (found, bool)
}{
	{"", traceLine.gmail},
	{"", traceLine.sendGrid},
	{"SendGrid", traceLine.sendGrid},
	{"Exim", traceLine.exim},
	{"Postfix", traceLine.postfixLong},
	{"ASF Mail Server", traceLine.postfixLong},
	{"Momentum", traceLine.momentum},
	{"ZMailer", traceLine.zmailer},
	{"InterMail", traceLine.interMail},
	{"Domino", traceLine.domino},
	{"Smail", traceLine.smail},
	{"Netscape Messaging", traceLine.netscape},
	{"Oracle Messaging", traceLine.oracle},
	{"PMDF", traceLine.oracle}, // the same software's name before 2000
	{"Sun Internet Mail Server", traceLine.oracle},
	{"Dovecot", traceLine.dovecot},
	{"PowerMTA", traceLine.powerMTA},
	{"KumoMTA", traceLine.kumo},
	{"", traceLine.zoho},
	{"", traceLine.mailgun},
	{"sendmail", traceLine.sendmail},
}

// appendID reads the line's id.
func (l traceLine) appendID(out []found, c *clue) []found {
	before := len(out)
	for i := range traceReaders {
		r := &traceReaders[i]
		if l.t.Product != "" && l.t.Product != r.product {
			continue
		}
		if f, ok := r.read(l); ok && inWindow(f.at) {
			f.event = Queued
			out = append(out, f)
			break
		}
	}
	if len(out) == before {
		out = appendGeneric(out, l.id, c)
	}
	for i := range out[before:] {
		l.place(&out[before+i])
	}
	return out
}

// place turns positions in the id into positions in the line.
func (l traceLine) place(f *found) {
	f.event = Queued
	at := l.t.Spans.ID.Start - l.t.Span.Start
	n := l.t.Spans.ID.Len()
	switch {
	case at < 0 || n == 0 || at+n > len(l.t.Raw):
		f.from, f.to = 0, 0
	case n != len(l.id) || f.to == 0: // folded inside: the whole id
		f.from, f.to = at, at+n
	default:
		f.from, f.to = at+f.from, at+f.to
	}
}

// named reports whether the line names the software.
func (l traceLine) named() bool { return l.t.Product != "" }

// close reports whether t lies within d of the line's own stamp.
func (l traceLine) close(t time.Time, d time.Duration) bool {
	if !l.t.Date.OK {
		return false
	}
	gap := t.Sub(l.t.Date.Time)
	return -d <= gap && gap <= d
}

const traceDay = 24 * time.Hour
