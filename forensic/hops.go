package forensic

import (
	"cmp"
	"net/netip"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/route"
	"github.com/emlcheck/emlcheck/headers"
)

// readRoute lists the hops and what fits or does not fit among them.
func (f *facts) readRoute(opt *Options) {
	f.route = route.Follow(f.msg.Header, &route.Options{TrustedHosts: opt.TrustedHosts, TrustedNetworks: opt.TrustedNetworks})
	r := &f.report.Route
	r.Hops, r.Breaks, r.BoundaryBasis = make([]Hop, len(f.route.Hops)), make([]Break, 0, len(f.route.Breaks)), Stated(f.route.Basis)
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
		r.Breaks = append(r.Breaks, Break{After: b.After, Fit: string(b.Fit), Detail: VisibleBytes(b.Detail)})
	}
	r.Origin = f.newOrigin(&f.route.Origin)
}

// hopRoom is the memory of the single values that a [Hop] points to.
type hopRoom struct {
	time  timeRoom
	delay float64
	link  HopLink
}

// readHop fills in the hop field by field: a literal would be built beside it
// and copied.
func (f *facts) readHop(out *Hop, h *route.Hop, room *hopRoom) {
	out.Span, out.Raw, out.Author, out.Class, out.Segment, out.Also = h.Span, Raw(h.Raw), Author(h.Author), string(h.Class), h.Segment, []HopLine{}
	out.From.HELO, out.From.RDNS, out.From.IP = Stated(h.HELO), Stated(h.RDNS), f.addressText(h.IP)
	out.By, out.Via, out.With, out.ID, out.For = Stated(h.By), Stated(h.Via), Stated(h.With), Stated(h.ID), Stated(h.For)
	out.AuthenticatedAs, out.EnvelopeFrom, out.Software = Stated(h.AuthenticatedAs), Stated(h.EnvelopeFrom), f.software(&h.Received)
	if h.TLSVersion != "" || h.TLSCipher != "" {
		out.TLS = &HopTLS{Version: Stated(h.TLSVersion), Cipher: Stated(h.TLSCipher)}
	}
	if h.Date.Raw != "" {
		out.Time = f.newTime(&h.Date, &room.time)
	}
	if h.HasDelay {
		room.delay = h.Delay.Seconds()
		out.DelaySeconds = &room.delay
	}
	if h.Link.Fit != route.FitNotLinked {
		room.link = HopLink{Fit: string(h.Link.Fit), Score: h.Link.Score}
		out.Link = &room.link
	}
	for _, x := range h.Also {
		out.Also = append(out.Also, HopLine{Name: VisibleBytes(x.Name), Span: x.Span, Raw: Raw(x.Raw)})
	}
}

// newOrigin is where the message entered mail transport; nil when no hop says.
func (f *facts) newOrigin(o *route.Origin) *Origin {
	if o.Hop < 0 {
		return nil
	}
	if !o.IP.IsValid() && o.Host == "" && o.Account == "" {
		return nil
	}
	return &Origin{
		IP: f.addressText(o.IP), Host: Stated(o.Host), Hop: o.Hop, Account: Stated(o.Account),
		Corroboration: newSupports(o.Corroboration), LAN: newSupports(o.LAN),
	}
}

func newSupports(list []route.Support) []Support {
	out := make([]Support, 0, len(list))
	for _, s := range list {
		out = append(out, Support{Field: VisibleBytes(s.Field), Text: Raw(s.Text), Span: s.Span, Agrees: s.Agrees})
	}
	return out
}

// addressText is an address as text; "" for none. An IPv4-mapped IPv6 address
// is the IPv4 address it stands for (RFC 4291 2.5.5.2).
func (f *facts) addressText(ip netip.Addr) Stated {
	if !ip.IsValid() {
		return ""
	}
	var buf [64]byte
	return Stated(f.memo.texts.keep(ip.Unmap().AppendTo(buf[:0])))
}

// software is what the line states, with the product's name where only its
// version stands there, as in sendmail's "(8.14.4/8.14.4)".
func (f *facts) software(r *headers.Received) Stated {
	if r.Software == "" || r.Product == "" || strings.Contains(r.Software, r.Product) ||
		strings.Contains(strings.ToLower(r.Software), strings.ToLower(r.Product)) {
		return Stated(cmp.Or(r.Software, r.Product))
	}
	var buf [80]byte
	b := append(append(buf[:0], r.Product...), ' ')
	return Stated(f.memo.texts.keep(append(b, r.Software...)))
}
