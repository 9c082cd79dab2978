package route

import (
	"net/netip"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/internal/domain"
	"github.com/emlcheck/emlcheck/headers"
)

// boundary finds the oldest hop that the recipient's own system stamped.
func (t *tracer) boundary() {
	if len(t.opt.TrustedHosts) > 0 || len(t.opt.TrustedNetworks) > 0 {
		t.configured()
		return
	}
	t.infer()
}

// configured walks down from the newest hop while the stamping host is one of
// the named ones. Lines that name no host, and those of a retrieval or a filter
// on the host itself, stand between them and decide nothing.
func (t *tracer) configured() {
	for i := len(t.r.Hops) - 1; i >= 0; i-- {
		h := &t.r.Hops[i]
		if t.trusted(&h.Received) {
			t.r.Boundary = i
			continue
		}
		if !undecided(h) {
			break
		}
	}
	if t.r.Boundary >= 0 {
		t.r.Basis = "the configured hosts and networks; the oldest line by one of them is that of " + t.r.Hops[t.r.Boundary].By
	} else if len(t.r.Hops) > 0 {
		t.r.Basis = "no line is by a configured host or network"
	}
}

func (t *tracer) trusted(r *headers.Received) bool {
	for _, host := range t.opt.TrustedHosts {
		if within(r.By, host) {
			return true
		}
	}
	for _, n := range t.opt.TrustedNetworks {
		if contains(n, r.ByIP) || contains(n, literal(r.By)) {
			return true
		}
	}
	return false
}

// within reports whether host is the domain or a name below it.
func within(host, domain string) bool {
	host, domain = bare(host), strings.TrimPrefix(bare(domain), ".")
	cut := len(host) - len(domain)
	if cut < 0 || domain == "" || !strings.EqualFold(host[cut:], domain) {
		return false
	}
	return cut == 0 || host[cut-1] == '.'
}

func contains(n netip.Prefix, a netip.Addr) bool {
	return a.IsValid() && n.Contains(a.Unmap().WithZone(""))
}

// undecided reports whether a line's stamping host says nothing about whose it
// is.
func undecided(h *Hop) bool {
	return h.By == "" || h.by().localhost || h.Class == Retrieval || h.by().private && h.Class != MTA
}

// maxOrgs is how many domains are taken for the recipient's own.
const maxOrgs = 4

// circle is what belongs to the recipient's own system.
type circle struct {
	orgs    [maxOrgs]string // registrable domains
	n       int
	family  int
	name    string // a private name, when the newest host has no other
	why     [maxOrgs + 1]reason
	reasons int

	read               int // fields looked at for witnesses
	delivered, checked bool
}

func (c *circle) add(o, why string) {
	if o == "" || c.has(o) || c.n == len(c.orgs) {
		return
	}
	c.orgs[c.n] = o
	c.n++
	if c.family == noFamily {
		c.family = nameOf(o).family
	}
	c.because(why, o)
}

// reason is what speaks for a name of the circle.
type reason struct{ why, name string }

func (c *circle) because(why, name string) {
	c.why[c.reasons] = reason{why, name}
	c.reasons++
}

// basis lists the reasons.
func (c *circle) basis() string {
	var buf [192]byte
	b := append(buf[:0], "inferred from "...)
	for i, r := range c.why[:c.reasons] {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = append(append(append(b, r.why...), ' '), r.name...)
	}
	return string(b)
}

func (c *circle) has(o string) bool {
	if o == "" {
		return false
	}
	for _, own := range c.orgs[:c.n] {
		if own == o {
			return true
		}
	}
	return c.family != noFamily && nameOf(o).family == c.family
}

// owns reports whether a host name belongs to the circle.
func (c *circle) owns(n *naming) bool {
	if n.addr.IsValid() {
		return c.family == google && (googleInner.Contains(n.addr) || reachOf(n.addr) == reachPrivate)
	}
	return c.has(n.org) || c.name != "" && equalFold(n.bare, bare(c.name))
}

// infer goes by the newest host: whoever keeps the message has stamped last.
// It goes down from there as long as the stamping host is one of that system
// and the line above shows that the message came from inside of it. A name
// alone is not enough: anybody can write a line with the recipient's name below.
func (t *tracer) infer() {
	c := circle{family: noFamily}
	top := t.anchor(&c)
	if top < 0 {
		return
	}
	t.r.Boundary = top
	for i := top - 1; i >= 0; i-- {
		t.witnesses(&c)
		newer, h := &t.r.Hops[i+1], &t.r.Hops[i]
		if !cameFromInside(&c, h, newer) {
			break
		}
		if c.owns(h.by()) || h.By != "" && h.by().private && h.Link.Score >= .5 {
			t.r.Boundary = i
			continue
		}
		if !undecided(h) {
			break
		}
	}
	t.r.Basis = c.basis()
}

// anchor is the newest hop of a mail server: a retrieval and a filter on the
// host that fetched say nothing about who received the message.
func (t *tracer) anchor(c *circle) int {
	named := -1
	for i := len(t.r.Hops) - 1; i >= 0; i-- {
		h := &t.r.Hops[i]
		if h.Class == Retrieval || h.By == "" || h.by().localhost {
			continue
		}
		if h.by().operator == google && h.by().org == "" {
			c.add("google.com", "the newest line, of an inner host of")
			return i
		}
		if o := h.by().org; o != "" {
			c.add(o, "the newest line that names a mail server, of")
			return i
		}
		if named < 0 {
			named = i
		}
		if h.Link.Score < .5 && i+1 < len(t.r.Hops) && i != named {
			break
		}
	}
	if named < 0 {
		return -1
	}
	c.name = t.r.Hops[named].By
	c.because("the newest line, of", c.name)
	return named
}

// witnesses adds what else names the recipient's system. A field counts only
// above the oldest line known to be the recipient's, for all that stands there
// was written afterwards.
func (t *tracer) witnesses(c *circle) {
	limit := t.r.Hops[t.r.Boundary].Field
	for ; c.read < limit; c.read++ {
		switch f := &t.block.Fields[c.read]; {
		case !c.delivered && (f.Is("Delivered-To") || f.Is("X-Original-To")):
			c.delivered = true
			c.add(nameOf(domain.Of(strings.Trim(strings.TrimSpace(string(f.Raw())), "<>"))).org, "the recipient that the delivery names,")
		case !c.checked && f.Is("Authentication-Results"):
			c.checked = true
			c.add(org(f.AuthResults().ServID), "the host that checked the authentication,")
		case c.family == noFamily && hasPrefixFold(f.Name, "X-MS-Exchange-Organization-") && t.r.Hops[t.r.Boundary].by().operator == microsoft:
			c.family = microsoft
		}
	}
}

// cameFromInside reports whether the line newer, which is the recipient's own,
// shows that its client was one of the recipient's hosts. What the client says
// of itself does not count where the line holds more than that.
func cameFromInside(c *circle, older, newer *Hop) bool {
	p := client(newer)
	if p.empty() || isSelf(newer) || isLocal(&newer.Received) && !newer.Authenticated && p.n == 0 {
		return older.Link.Fit != FitNone
	}
	if newer.RDNS != "" && !newer.rdns().localhost {
		return c.owns(newer.rdns()) || newer.rdns().private || older.Link.Fit == FitIP
	}
	switch reachOf(p.ip) {
	case reachPrivate, reachLoopback:
		return older.Link.Fit != FitNone
	case reachPublic:
		if older.Link.Fit == FitIP {
			return true
		}
		if c.family == microsoft {
			return isMicrosoftNet(p.ip) && older.Link.Fit != FitNone
		}
		return false
	}
	return older.Link.Score >= .5
}

// authors says who wrote each line. Below the boundary a line is that of a
// relay as long as every line above it, from the boundary on, names the host
// that stamped it; below the first that is not named all may be invented.
func (t *tracer) authors() {
	named := true
	for i := len(t.r.Hops) - 1; i >= 0; i-- {
		h := &t.r.Hops[i]
		if t.r.Boundary >= 0 && i >= t.r.Boundary {
			h.Author = Receiver
			continue
		}
		if t.r.Boundary < 0 {
			named = false // nobody vouches for anything
		}
		if named = named && (h.Link.Score >= .5 || h.Link.Fit == FitUnknown && !t.unvouched(i)); named {
			h.Author = Relay
		} else {
			h.Author = Sender
		}
	}
}
