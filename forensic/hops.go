package forensic

import (
	"cmp"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/route"
	"github.com/emlcheck/emlcheck/headers"
)

// readRoute lists the hops. Where the recipient's own system begins is not
// worked out in this version: every hop is the claim of a relay.
func (f *facts) readRoute() {
	hops := route.Trace(f.msg.Header)
	f.report.Message.Fingerprints = []Fingerprint{}
	r := &f.report.Route
	r.Hops, r.Breaks = make([]Hop, 0, len(hops)), []Break{}
	for i, h := range hops {
		r.Hops = append(r.Hops, newHop(i, h))
		f.addDefects("1", h.Defects)
	}
	if d, ok := route.Elapsed(hops); ok {
		seconds := d.Seconds()
		r.ElapsedSeconds = &seconds
	}
	if len(r.Hops) > 0 {
		from := r.Hops[0].From
		host := from.RDNS
		if host == "" {
			host = from.HELO
		}
		if host != "" || from.IP != "" {
			r.Origin = &Origin{IP: from.IP, Host: host, Hop: 0, Corroboration: []Support{}, LAN: []Support{}}
		}
	}
	f.report.Clock = Clock{Readings: []Reading{}, Skews: []Skew{}, Contradictions: []Contradiction{}}
}

func newHop(i int, h route.Hop) Hop {
	out := Hop{
		Index: i, Span: h.Span, Raw: Raw(h.Raw), Author: AuthorRelay, Also: []HopLine{},
		From: HopFrom{HELO: Stated(h.HELO), RDNS: Stated(h.RDNS), IP: hopIP(h.Received)},
		By:   Stated(h.By), Via: Stated(h.Via), With: Stated(h.With), ID: Stated(h.ID), For: Stated(h.For),
		AuthenticatedAs: Stated(h.AuthenticatedAs), EnvelopeFrom: Stated(h.EnvelopeFrom), Software: software(h.Received),
	}
	if h.TLSVersion != "" || h.TLSCipher != "" {
		out.TLS = &HopTLS{Version: Stated(h.TLSVersion), Cipher: Stated(h.TLSCipher)}
	}
	if h.Date.Raw != "" {
		out.Time = newTime(h.Date)
	}
	if h.HasDelay {
		seconds := h.Delay.Seconds()
		out.DelaySeconds = &seconds
	}
	return out
}

// hopIP is the client's address as text. An IPv4-mapped IPv6 address is the
// IPv4 address it stands for (RFC 4291 2.5.5.2).
func hopIP(r headers.Received) Stated {
	if !r.IP.IsValid() {
		return ""
	}
	return Stated(r.IP.Unmap().String())
}

// software is what the line states, with the product's name where only its
// version stands there, as in sendmail's "(8.14.4/8.14.4)".
func software(r headers.Received) Stated {
	if r.Software == "" || r.Product == "" || strings.Contains(strings.ToLower(r.Software), strings.ToLower(r.Product)) {
		return Stated(cmp.Or(r.Software, r.Product))
	}
	return Stated(r.Product + " " + r.Software)
}
