package render

import (
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic/report"
)

// drawn is one drawing as text.
func drawn(opt Options, fn func(*textPrinter)) string {
	var b strings.Builder
	_ = draw(&b, &opt, fn) // a Builder does not fail
	return b.String()
}

// The table of hops as an examiner sees it: each promise of a line is a word
// in this picture.
func TestRouteText(t *testing.T) {
	const want = `
Route        3 hops, oldest first, 2 h from the first dated one to the last; 1 break between
             hops; the recipient's own system begins at hop 3, as the topmost hop says
    # time                       since before  class       whose word
    1 2024-05-01T10:00:00Z                     submission  sender's claim
      HELO [10.0.0.7], address 198.51.100.9 → mail.a.example
      with ESMTPSA, TLSv1.3 cipher AES256, login alice
      written Wed, 1 May 2024 12:00:00 +0200
      ✗ break behind hop 1: mail.a.example against relay.b.example
    2 2024-05-01T09:59:00 zone?  -1 min        mta         a relay outside
      HELO relay.b.example → mx.c.example
      id 4A
      2024-05-01T09:59:00, zone not stated: the moment may be up to 14 h away (Wed, 1 May 2024
        09:59:00)
      also in X-Received
      next hop: names this host
      -- sent on anew from here --
    3 no date                    +2 h 1 min    store       recipient's own
      HELO mx.c.example → box.c.example
      no date
Origin       address 198.51.100.9, host [10.0.0.7], account alice, by hop 1
             the same in X-Originating-IP: "198.51.100.9"
             ✗ another one in X-Sender-IP: "203.0.113.1"
             address in the sender's own network, in Message-ID: "10.0.0.7"
`
	if got := drawn(Options{}, func(p *textPrinter) { p.route(made()) }); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A forged header of many lines must not bury the report, nor hide what was
// left out.
func TestLongRouteIsCut(t *testing.T) {
	r := made()
	for len(r.Route.Hops) < 500 {
		r.Route.Hops = append(r.Route.Hops, report.Hop{Index: len(r.Route.Hops)})
	}
	got := drawn(Options{}, func(p *textPrinter) { p.route(r) })
	if !strings.Contains(got, "... 440 more hops, see --json\n") || !strings.Contains(got, "\n  500 ") || strings.Contains(got, "\n  100 ") {
		t.Error(got)
	}
}

// Evidence text stays on its line, whatever it holds; colours do not move
// anything.
func TestRouteTextIsSafe(t *testing.T) {
	r := made()
	r.Route.Hops[0].From.HELO = "a\nb\x1b[2J\u202e"
	r.Route.Hops[0].Class = "x\ny"
	r.Route.Breaks[0].Detail = "\x07"
	r.Route.BoundaryBasis, r.Route.Origin.Account = "\u2028", "\u200b"
	got := drawn(Options{Escape: true, Spans: true, Zone: time.UTC}, func(p *textPrinter) { p.route(r); p.clock(r) })
	if i := strings.IndexFunc(got, func(c rune) bool { return c != '\n' && (breaksLine(c) || hides(c)) }); i >= 0 {
		t.Errorf("%q in %s", got[i], got)
	}
	if strings.Contains(got, "\nb") || strings.Contains(got, "\ny") {
		t.Error(got)
	}
}

// The words for a fit are those that the library documents; a new one is
// shown as it is.
func TestFitText(t *testing.T) {
	for _, fit := range []string{"exact", "ip", "rdns", "short-host", "loopback", "organisation", "provider", "none", "unknown"} {
		if fitText(fit) == fit {
			t.Errorf("%s has no words", fit)
		}
	}
	if fitText("new\n") != `new\n` {
		t.Error(fitText("new\n"))
	}
}
