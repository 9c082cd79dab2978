package render

import (
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
)

// route draws the hops, oldest first.
func (t *textPrinter) route(r *forensic.Report) {
	t.blank()
	hops := r.Route.Hops
	if len(hops) == 0 {
		t.row("Route", "no Received field: the message does not say how it came")
		return
	}
	text := plural(len(hops), "hop") + ", oldest first"
	if s := r.Route.ElapsedSeconds; s != nil {
		text += ", " + duration(*s) + " from the first dated one to the last"
	}
	if b := r.Route.Boundary; b != nil {
		text += "; the recipient's own system begins at hop " + strconv.Itoa(*b+1)
	} else {
		text += "; each is the claim of a host, none is verified"
	}
	t.row("Route", text)
	for i := range hops {
		t.hop(&hops[i])
	}
	for _, b := range r.Route.Breaks {
		t.row("", "break behind hop "+strconv.Itoa(b.After+1)+": "+t.safe(b.Detail))
	}
}

func (t *textPrinter) hop(h *forensic.Hop) {
	label := "  " + strconv.Itoa(h.Index+1)
	if h.DelaySeconds != nil {
		label += "  " + signed(*h.DelaySeconds)
	}
	t.paintRow("", label, t.hopFrom(&h.From)+" → "+orNone(t.safe(string(h.By)))+t.spans(h.Span))
	if how := t.hopHow(h); how != "" {
		t.row("", how)
	}
	if h.Time == nil {
		t.row("", "no date")
	} else {
		t.row("", t.timeText(h.Time))
	}
}

// hopFrom keeps the roles apart: what the client called itself, what its
// address was, and which name the server found for that address.
func (t *textPrinter) hopFrom(f *forensic.HopFrom) string {
	list := nonEmpty(word("HELO ", t.safe(string(f.HELO))), word("reverse name ", t.safe(string(f.RDNS))), word("address ", t.safe(string(f.IP))))
	if len(list) == 0 {
		return "client not stated"
	}
	return strings.Join(list, ", ")
}

func (t *textPrinter) hopHow(h *forensic.Hop) string {
	tls := ""
	if h.TLS != nil {
		tls = strings.Join(nonEmpty(t.safe(string(h.TLS.Version)), word("cipher ", t.safe(string(h.TLS.Cipher)))), " ")
	}
	author := ""
	if h.Author != forensic.AuthorRelay {
		author = authorText(h.Author)
	}
	return strings.Join(nonEmpty(
		word("with ", t.safe(string(h.With))), word("via ", t.safe(string(h.Via))), tls, word("id ", t.safe(string(h.ID))),
		word("for ", t.safe(string(h.For))), word("login ", t.safe(string(h.AuthenticatedAs))),
		word("envelope from ", t.safe(string(h.EnvelopeFrom))), word("software ", t.safe(string(h.Software))), author,
	), ", ")
}

func signed(seconds float64) string {
	if seconds < 0 {
		return duration(seconds)
	}
	return "+" + duration(seconds)
}
