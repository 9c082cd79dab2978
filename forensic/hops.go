package forensic

import (
	"cmp"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/route"
	"github.com/emlcheck/emlcheck/headers"
)

// readRoute lists the hops and what fits or does not fit among them.
func (f *facts) readRoute(opt *Options) {
	f.route = route.Follow(f.msg.Header, &route.Options{TrustedHosts: opt.TrustedHosts, TrustedNetworks: opt.TrustedNetworks})
	r := &f.report.Route
	r.Hops, r.Breaks, r.BoundaryBasis = make([]Hop, 0, len(f.route.Hops)), []Break{}, Stated(f.route.Basis)
	for i := range f.route.Hops {
		h := &f.route.Hops[i]
		r.Hops = append(r.Hops, newHop(i, h))
		f.addDefects("1", h.Defects)
		for _, x := range h.Also {
			f.addDefects("1", x.Defects)
		}
	}
	if b := f.route.Boundary; b >= 0 {
		r.Boundary = &b
	}
	if d, ok := route.Elapsed(f.route.Hops); ok {
		seconds := d.Seconds()
		r.ElapsedSeconds = &seconds
	}
	for _, b := range f.route.Breaks {
		r.Breaks = append(r.Breaks, Break{After: b.After, Fit: string(b.Fit), Detail: VisibleBytes(b.Detail)})
	}
	r.Origin = newOrigin(&f.route.Origin)
}

func newHop(i int, h *route.Hop) Hop {
	out := Hop{
		Index: i, Span: h.Span, Raw: Raw(h.Raw), Author: Author(h.Author), Class: string(h.Class), Segment: h.Segment, Also: []HopLine{},
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
	if h.Link.Fit != route.FitNotLinked {
		out.Link = &HopLink{Fit: string(h.Link.Fit), Score: h.Link.Score}
	}
	for _, x := range h.Also {
		out.Also = append(out.Also, HopLine{Name: VisibleBytes(x.Name), Span: x.Span, Raw: Raw(x.Raw)})
	}
	return out
}

// newOrigin is where the message entered mail transport; nil when no hop says.
func newOrigin(o *route.Origin) *Origin {
	if o.Hop < 0 {
		return nil
	}
	out := &Origin{Host: Stated(o.Host), Hop: o.Hop, Account: Stated(o.Account), Corroboration: newSupports(o.Corroboration), LAN: newSupports(o.LAN)}
	if o.IP.IsValid() {
		out.IP = Stated(o.IP.Unmap().String())
	}
	if out.IP == "" && out.Host == "" && out.Account == "" {
		return nil
	}
	return out
}

func newSupports(list []route.Support) []Support {
	out := make([]Support, 0, len(list))
	for _, s := range list {
		out = append(out, Support{Field: VisibleBytes(s.Field), Text: Raw(s.Text), Span: s.Span, Agrees: s.Agrees})
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
