package forensic

import (
	"cmp"
	"net/netip"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/internal/rawtext"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/forensic/route"
	"github.com/emlcheck/emlcheck/headers"
)

// readRoute lists the hops and what fits or does not fit among them.
func (f *facts) readRoute(opt *Options) {
	f.route = route.Follow(f.msg.Header, &route.Options{TrustedHosts: opt.TrustedHosts, TrustedNetworks: opt.TrustedNetworks})
	r := &f.report.Route
	r.Hops, r.Breaks, r.BoundaryBasis = make([]report.Hop, len(f.route.Hops)), make([]report.Break, 0, len(f.route.Breaks)), report.Stated(f.route.Basis)
	rooms := make([]hopRoom, len(f.route.Hops))
	numbers := &struct {
		boundary int
		elapsed  float64
	}{boundary: f.route.Boundary}
	for i := range f.route.Hops {
		h := &f.route.Hops[i]
		r.Hops[i].Index = i
		f.readHop(&r.Hops[i], h, &rooms[i])
		f.addDefects("1", h.Defects)
		for _, x := range h.Also {
			f.addDefects("1", x.Defects)
		}
	}
	if f.route.Boundary >= 0 {
		r.Boundary = &numbers.boundary
	}
	if d, ok := route.Elapsed(f.route.Hops); ok {
		numbers.elapsed = d.Seconds()
		r.ElapsedSeconds = &numbers.elapsed
	}
	for _, b := range f.route.Breaks {
		r.Breaks = append(r.Breaks, report.Break{After: b.After, Fit: string(b.Fit), Detail: rawtext.Visible(b.Detail)})
	}
	r.Origin = f.newOrigin(&f.route.Origin)
}

// hopRoom is the memory of the single values that a [Hop] points to.
type hopRoom struct {
	time  timeRoom
	delay float64
	link  report.HopLink
}

// readHop fills in the hop field by field: a literal would be built beside it
// and copied.
func (f *facts) readHop(out *report.Hop, h *route.Hop, room *hopRoom) {
	out.Span, out.Raw, out.Author, out.Class, out.Segment, out.Also = h.Span, report.Raw(h.Raw), report.Author(h.Author), string(h.Class), h.Segment, []report.HopLine{}
	out.From.HELO, out.From.RDNS, out.From.IP = report.Stated(h.HELO), report.Stated(h.RDNS), f.addressText(h.IP)
	out.By, out.Via, out.With, out.ID, out.For = report.Stated(h.By), report.Stated(h.Via), report.Stated(h.With), report.Stated(h.ID), report.Stated(h.For)
	out.AuthenticatedAs, out.EnvelopeFrom, out.Software = report.Stated(h.AuthenticatedAs), report.Stated(h.EnvelopeFrom), f.software(&h.Received)
	if h.TLSVersion != "" || h.TLSCipher != "" {
		out.TLS = &report.HopTLS{Version: report.Stated(h.TLSVersion), Cipher: report.Stated(h.TLSCipher)}
	}
	if h.Date.Raw != "" {
		out.Time = f.newTime(&h.Date, &room.time)
	}
	if h.HasDelay {
		room.delay = h.Delay.Seconds()
		out.DelaySeconds = &room.delay
	}
	if h.Link.Fit != route.FitNotLinked {
		room.link = report.HopLink{Fit: string(h.Link.Fit), Score: h.Link.Score}
		out.Link = &room.link
	}
	for _, x := range h.Also {
		out.Also = append(out.Also, report.HopLine{Name: rawtext.Visible(x.Name), Span: x.Span, Raw: report.Raw(x.Raw)})
	}
}

// newOrigin is where the message entered mail transport; nil when no hop says.
func (f *facts) newOrigin(o *route.Origin) *report.Origin {
	if o.Hop < 0 {
		return nil
	}
	if !o.IP.IsValid() && o.Host == "" && o.Account == "" {
		return nil
	}
	return &report.Origin{
		IP: f.addressText(o.IP), Host: report.Stated(o.Host), Hop: o.Hop, Account: report.Stated(o.Account),
		Corroboration: newSupports(o.Corroboration), LAN: newSupports(o.LAN),
	}
}

func newSupports(list []route.Support) []report.Support {
	out := make([]report.Support, 0, len(list))
	for _, s := range list {
		out = append(out, report.Support{Field: rawtext.Visible(s.Field), Text: report.Raw(s.Text), Span: s.Span, Agrees: s.Agrees})
	}
	return out
}

// addressText is an address as text; "" for none. An IPv4-mapped IPv6 address
// is the IPv4 address it stands for (RFC 4291 2.5.5.2).
func (f *facts) addressText(ip netip.Addr) report.Stated {
	if !ip.IsValid() {
		return ""
	}
	var buf [64]byte
	return report.Stated(f.memo.texts.keep(ip.Unmap().AppendTo(buf[:0])))
}

// software is what the line states, with the product's name where only its
// version stands there, as in sendmail's "(8.14.4/8.14.4)".
func (f *facts) software(r *headers.Received) report.Stated {
	if r.Software == "" || r.Product == "" || strings.Contains(r.Software, r.Product) ||
		strings.Contains(strings.ToLower(r.Software), strings.ToLower(r.Product)) {
		return report.Stated(cmp.Or(r.Software, r.Product))
	}
	var buf [80]byte
	b := append(append(buf[:0], r.Product...), ' ')
	return report.Stated(f.memo.texts.keep(append(b, r.Software...)))
}
