package route

import (
	"github.com/emlcheck/emlcheck/forensic/internal/domain"
)

// clientAddress: an address that the named client cannot have.
func (t *tracer) clientAddress(i int, h *Hop) {
	switch r := reachOf(h.IP); {
	case r == reachReserved:
		weight := medium
		if h.IP.IsUnspecified() {
			weight = low
		}
		d := t.doubt("ip-reserved", i, weight, h.IPText+" is an address that no host can have", h.Spans.IP)
		d.speaksAgainst("archives replace addresses to hide them")
	case r == reachPrivate:
		t.privateRelay(i, h)
	case r == reachNone && impossibleAddress(h.IPText):
		d := t.doubt("ip-reserved", i, medium, h.IPText+" is no address: a number in it is above 255", h.Spans.IP)
		d.speaksAgainst("archives replace addresses to hide them")
	}
}

// impossibleAddress reports whether s has the form of an IPv4 address with
// numbers too large. Hidden digits ("x") are no numbers.
func impossibleAddress(s string) bool {
	dots := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '.' {
			dots++
		} else if !decimalSet.has(s[i]) {
			return false
		}
	}
	return dots == 3
}

// privateRelay: a name of another organisation for an address of the own
// network. A router or container that puts its own address in the place of the
// client's leaves the greeting alone, but such an address has no looked-up name
// of the client's.
func (t *tracer) privateRelay(i int, h *Hop) {
	name, weight := h.rdns(), medium
	if h.RDNS == "" {
		name, weight = h.helo(), low
	}
	if !name.public || !h.by().public || t.kin(name, h.by()) || h.helo().public && t.kin(h.helo(), h.by()) {
		return
	}
	switch {
	case weight == medium:
	case within(h.By, "protection.outlook.com"):
		weight = medium // the edge of Exchange Online sees the Internet itself
	case i > 0 && named(t.r.Hops[i-1].Link.Fit) && h.Author != Receiver:
		weight = medium // it claims to be the relay of the line below
	}
	d := t.doubt("unlinked-private", i, weight, name.host+" has the private address "+h.IPText+" at "+h.By+", a host of another organisation", h.Spans.IP)
	d.speaksAgainst("a router or a container can put its own address in the place of the client's")
}

// greeting: the client calls itself by the name of the host it talks to, or by
// the recipient's domain, and is neither. RFC 5321 4.1.1.1 wants its own name.
func (t *tracer) greeting(i int, h *Hop) {
	if h.HELO == "" || h.Authenticated || !h.helo().public || reachOf(h.IP) != reachPublic || h.IP.Unmap() == h.ByIP.Unmap() {
		return
	}
	if h.RDNS != "" && (h.rdns().private || t.kin(h.rdns(), h.helo())) {
		return
	}
	weight, what := medium, ""
	switch {
	case h.helo().same(h.by()):
		what = "the host it talks to"
	case equalFold(h.helo().bare, bare(t.recipient(h))):
		what = "the recipient's domain"
	case h.RDNS != "" && h.helo().org != "" && h.helo().org == h.by().org && h.Class == MTA:
		what = "a name of the organisation of the host it talks to"
		if !h.helo().isRole() {
			weight = low // a machine of that organisation at a line of its own
		}
	default:
		return
	}
	if h.RDNS == "" && !looksUp(h) {
		weight = low // the line tells nothing else about the client
	}
	d := t.doubt("helo-recipient", i, weight, "the client calls itself "+h.HELO+", which is "+what, h.Spans.HELO)
	if h.RDNS != "" {
		d.speaksFor("its address has the name " + h.RDNS)
	}
	d.speaksAgainst("a host behind another address of the same organisation does so by mistake")
}

// recipient is the domain that a hop delivers to: that of its line, else that of
// the delivery.
func (t *tracer) recipient(h *Hop) string {
	if h.For != "" {
		return domain.Of(h.For)
	}
	if !t.knowsTo {
		t.knowsTo, t.to = true, t.delivery()
	}
	return t.to
}

func (t *tracer) delivery() string {
	for _, name := range [...]string{"Delivered-To", "To"} {
		if f, ok := t.block.First(name); ok {
			if list := f.Addresses().Addresses; len(list) > 0 {
				return list[0].Domain
			}
		}
	}
	return ""
}

// looksUp reports whether the software names its clients when it can.
func looksUp(h *Hop) bool {
	switch h.Product {
	case "Postfix", "sendmail", "Exim":
		return true
	}
	return h.by().operator == google
}

// authorFields are those that the sender's program writes.
var authorFields = [...]string{"From", "Subject", "Date", "To", "MIME-Version", "Content-Type"}

// position: every host puts its line on top of what it takes in (RFC 5321 4.4),
// so below the author's fields can only stand lines that were there before them.
// Two honest messages of 1,792 have a line below a Subject or below two other
// kinds of such fields; 19 have one below From or To alone, most by list managers.
func (t *tracer) position(i int, h *Hop) {
	n, subject := t.above(h.Field)
	if n == 0 {
		return
	}
	weight := low
	if (n > 1 || subject) && h.Protocol.Name != "HTTP" && h.by().operator != google {
		weight = medium // web mail writes its line after the author's fields
	}
	d := t.doubt("position", i, weight, "the line stands below fields of the author's", h.Span)
	d.speaksAgainst("web mail, list managers and some gateways order the fields anew")
}

// above counts the kinds of author's fields above a field; the two of MIME are
// one kind.
func (t *tracer) above(field int) (kinds int, subject bool) {
	if !t.knowsAuthor {
		t.findAuthorFields()
	}
	for k, at := range t.authorAt {
		if at < field {
			kinds++
			subject = subject || authorFields[k] == "Subject"
		}
	}
	return kinds, subject
}

// findAuthorFields notes where the first field of each kind stands.
func (t *tracer) findAuthorFields() {
	t.knowsAuthor = true
	for k := range t.authorAt {
		t.authorAt[k] = len(t.block.Fields)
	}
	for i := range t.block.Fields {
		f := &t.block.Fields[i]
		for k, name := range authorFields {
			if len(f.Name) == len(name) && f.Is(name) {
				k = min(k, len(t.authorAt)-1)
				t.authorAt[k] = min(t.authorAt[k], i)
			}
		}
	}
}
