package render

import (
	"bytes"
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// maxHops and maxReadings bound long lists in text: a forged header can hold
// thousands of lines, and the rest would drown. JSON holds them all.
const (
	maxHops     = 60
	maxReadings = 80
	maxItems    = 20
)

// The columns of the table of hops, counted from the margin.
const (
	hopTimeAt  = 5
	hopDelayAt = 33
	hopClassAt = 47
	hopWhoseAt = 59
)

// route draws the hops, oldest first.
func (t *textPrinter) route(r *forensic.Report) {
	t.blank()
	hops := r.Route.Hops
	if len(hops) == 0 {
		t.row("Route", "no Received field: the message does not say how it came")
		return
	}
	t.row("Route", t.routeHead(&r.Route))
	t.columns("    #", "time", "since before", "class", "whose word")
	for i := range hops {
		if cutOut(i, len(hops), maxHops) {
			t.more(i, len(hops), maxHops, "      ", "hop")
			continue
		}
		t.hop(&r.Route, i)
	}
	t.origin(r.Route.Origin)
}

func (t *textPrinter) routeHead(r *report.Route) string {
	text := plural(len(r.Hops), "hop") + ", oldest first"
	if s := r.ElapsedSeconds; s != nil {
		text += ", " + duration(*s) + " from the first dated one to the last"
	}
	if n := len(r.Breaks); n > 0 {
		text += "; " + plural(n, "break") + " between hops"
	}
	if b := r.Boundary; b != nil {
		return text + "; the recipient's own system begins at hop " + strconv.Itoa(*b+1) + word(", ", t.safe(string(r.BoundaryBasis)))
	}
	return text + "; where the recipient's own system begins is not known, so each is the claim of a host"
}

// cutOut reports whether item i of n is left out so that limit remain, the
// first and the last ones.
func cutOut(i, n, limit int) bool { return n > limit && i >= limit/2 && i < n-limit/2 }

// more says, in the place of the first item left out, how many there are.
func (t *textPrinter) more(i, n, limit int, margin, noun string) {
	if i == limit/2 {
		t.line(margin + "... " + plural(n-limit/2*2, "more "+noun) + ", see --json")
	}
}

// columns writes the first line of a hop, or the names of its columns. A cell
// that is too long moves those behind it.
func (t *textPrinter) columns(number, at, delay, class, whose string) {
	t.b.WriteString(strings.Repeat(" ", t.indent))
	start := t.b.Len()
	t.b.WriteString(padded(number, hopTimeAt+1))
	for _, c := range [...]struct {
		text string
		end  int
	}{{at, hopDelayAt}, {delay, hopClassAt}, {class, hopWhoseAt}} {
		t.b.WriteString(c.text)
		used := utf8.RuneCount(t.b.Bytes()[start:])
		t.b.WriteString(strings.Repeat(" ", max(2, c.end-used)))
	}
	t.b.WriteString(whose)
	t.b.Truncate(start + len(bytes.TrimRight(t.b.Bytes()[start:], " ")))
	t.b.WriteByte('\n')
}

// hop draws one hop: the table's line, then what the trace line says, then how
// it fits to the next one.
func (t *textPrinter) hop(r *report.Route, i int) {
	h := &r.Hops[i]
	if i > 0 && h.Segment != r.Hops[i-1].Segment {
		t.hopLine("-- sent on anew from here --")
	}
	number := strconv.Itoa(h.Index + 1)
	number = strings.Repeat(" ", max(0, hopTimeAt-len(number))) + number
	delay := ""
	if h.DelaySeconds != nil {
		delay = signed(*h.DelaySeconds)
	}
	t.columns(number, hopTime(h.Time), delay, t.safe(h.Class), whose(h.Author))
	t.hopLine(t.hopFrom(&h.From) + " → " + orNone(t.safe(string(h.By))) + t.spans(h.Span))
	if how := t.hopHow(h); how != "" {
		t.hopLine(how)
	}
	t.hopLine(t.hopWritten(h.Time))
	for _, a := range h.Also {
		t.hopLine("also in " + t.safe(a.Name) + t.spans(a.Span))
	}
	t.hopFit(r, h)
}

// hopLine writes one line below the table's line of a hop.
func (t *textPrinter) hopLine(text string) {
	margin := strings.Repeat(" ", t.indent+hopTimeAt+1)
	t.wrap(margin, margin+"  ", text)
}

// hopTime is the short form for the table: UTC, or the wall time with a mark.
func hopTime(d *report.Time) string {
	if d == nil {
		return "no date"
	}
	at, ok := parseTime(string(d.Time))
	switch {
	case !ok:
		return "unreadable date"
	case d.PrecisionSeconds != nil && *d.PrecisionSeconds >= 86400:
		return at.Format("2006-01-02")
	case d.Zone == report.Stated(headers.ZoneStated), strings.Contains(string(d.Raw), "-0000"): // RFC 5322 3.3
		return at.UTC().Format("2006-01-02T15:04:05Z")
	}
	return at.Format("2006-01-02T15:04:05") + " zone?"
}

// hopWritten is the date as it stands in the line, with the doubts about it.
func (t *textPrinter) hopWritten(d *report.Time) string {
	switch {
	case d == nil:
		return "no date"
	case d.Time == "" || d.Zone != report.Stated(headers.ZoneStated) || t.opt.Zone != nil:
		return t.timeText(d)
	}
	return "written " + t.safe(string(d.Raw)) + t.spans(d.Span)
}

// hopFit says how the next hop names this one's host. A break is said beside
// the hop it stands behind.
func (t *textPrinter) hopFit(r *report.Route, h *report.Hop) {
	broken := false
	for _, b := range r.Breaks {
		if b.After == h.Index {
			broken = true
			t.hopLine(t.paintWords(ansiRed, "✗ break behind hop "+strconv.Itoa(b.After+1)+":") + " " + t.safe(b.Detail))
		}
	}
	if h.Link == nil || broken {
		return
	}
	t.hopLine("next hop: " + fitText(h.Link.Fit))
}

// fitText says in words how well two neighbouring hops fit.
func fitText(fit string) string {
	switch fit {
	case "exact":
		return "names this host"
	case "ip":
		return "has this host's address"
	case "rdns":
		return "found this host's name for the address"
	case "short-host":
		return "has the same first label"
	case "loopback":
		return "on the same host"
	case "organisation":
		return "has a host of the same organisation"
	case "provider":
		return "has a host of the same provider"
	case "none":
		return "names another host"
	case "unknown":
		return "cannot be compared, one line names no host"
	}
	return Visible(fit, true)
}

// hopFrom keeps the roles apart: what the client called itself, what its
// address was, and which name the server found for that address.
func (t *textPrinter) hopFrom(f *report.HopFrom) string {
	list := nonEmpty(word("HELO ", t.safe(string(f.HELO))), word("reverse name ", t.safe(string(f.RDNS))), word("address ", t.safe(string(f.IP))))
	if len(list) == 0 {
		return "client not stated"
	}
	return strings.Join(list, ", ")
}

func (t *textPrinter) hopHow(h *report.Hop) string {
	tls := ""
	if h.TLS != nil {
		tls = strings.Join(nonEmpty(t.safe(string(h.TLS.Version)), word("cipher ", t.safe(string(h.TLS.Cipher)))), " ")
	}
	return strings.Join(nonEmpty(
		word("with ", t.safe(string(h.With))), word("via ", t.safe(string(h.Via))), tls, word("id ", t.safe(string(h.ID))),
		word("for ", t.safe(string(h.For))), word("login ", t.safe(string(h.AuthenticatedAs))),
		word("envelope from ", t.safe(string(h.EnvelopeFrom))), word("software ", t.safe(string(h.Software))),
	), ", ")
}

// supportText says how a value elsewhere stands to the origin. That of another
// hop's client agrees with the way, but is not the origin's.
func supportText(o *report.Origin, s *report.Support) string {
	ip, err := netip.ParseAddr(string(s.Text))
	switch {
	case !s.Agrees:
		return "✗ another one in "
	case err != nil || o.IP == "":
		return "stated in "
	case ip.Unmap().String() == string(o.IP):
		return "the same in "
	}
	return "the client of a later hop in "
}

// origin draws where the message entered mail transport, and what else in the
// header speaks for or against it.
func (t *textPrinter) origin(o *report.Origin) {
	if o == nil {
		return
	}
	list := nonEmpty(word("address ", t.safe(string(o.IP))), word("host ", t.safe(string(o.Host))), word("account ", t.safe(string(o.Account))))
	t.row("Origin", strings.Join(append(list, "by hop "+strconv.Itoa(o.Hop+1)), ", "))
	for i, s := range o.Corroboration {
		if t.capped(i, len(o.Corroboration), "field") {
			break
		}
		t.row("", supportText(o, &s)+t.safe(s.Field)+": "+t.quote(string(s.Text))+t.spans(s.Span))
	}
	for i, s := range o.LAN {
		if t.capped(i, len(o.LAN), "address") {
			break
		}
		t.row("", "address in the sender's own network, in "+t.safe(s.Field)+": "+t.quote(string(s.Text))+t.spans(s.Span))
	}
}

// capped ends a list of statements after maxItems, and says so.
func (t *textPrinter) capped(i, n int, noun string) bool {
	if i < maxItems {
		return false
	}
	text := plural(n-i, "more "+noun)
	if noun == "address" && n-i > 1 {
		text = group(int64(n-i)) + " more addresses"
	}
	t.row("", "... "+text+", see --json")
	return true
}

// whose says in few words whose statement a fact is.
func whose(a report.Author) string {
	switch a {
	case report.AuthorSender:
		return "sender's claim"
	case report.AuthorRelay:
		return "a relay outside"
	case report.AuthorReceiver:
		return "recipient's own"
	case report.AuthorBound:
		return "signed"
	}
	return "author unknown"
}

func signed(seconds float64) string {
	if seconds < 0 {
		return duration(seconds)
	}
	return "+" + duration(seconds)
}
