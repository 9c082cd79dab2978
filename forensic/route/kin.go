package route

import (
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/internal/domain"
	"github.com/emlcheck/emlcheck/headers"
)

// readBrand is the label by which an organisation names its domains: "example"
// of mail.example.org and of server.example.local; "" when there is none or it
// is too short to mean anything.
func (n *naming) readBrand() string {
	host, o := n.bare, n.org
	if o == "" && !isDotless(host) && !n.addr.IsValid() {
		o = host[strings.LastIndexByte(host[:strings.LastIndexByte(host, '.')], '.')+1:]
	}
	b := shortName(o)
	if len(b) < 4 || isRoleName(b) || strings.EqualFold(b, "example") {
		return "" // RFC 2606: every organisation in a made-up text is an example
	}
	return b
}

// likeBrands reports whether two brands are one, or two of a series, as senders
// of bulk mail number theirs: "acemsa4" and "acemsb4".
func likeBrands(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n]|0x20 == b[n]|0x20 {
		n++
	}
	return n > 0 && n == len(a) && n == len(b) || n >= 5 && len(a) == len(b) && len(a)-n <= 2
}

// kin reports whether two host names can be of one organisation: by domain, by
// operator, by brand, or since a host of the chain is named under both domains.
func (t *tracer) kin(na, nb *naming) bool {
	if na == nb || equalFold(na.host, nb.host) {
		return true
	}
	switch {
	case na.org != "" && na.org == nb.org:
		return true
	case na.family != noFamily && na.family == nb.family:
		return true
	case likeBrands(na.brand, nb.brand):
		return true
	case na.org == "" || nb.org == "":
		return false
	}
	return t.aliases(na.org, nb.org)
}

// aliases reports whether one first label occurs under both domains, as when an
// archive replaced one of them or a host has a name in each.
func (t *tracer) aliases(oa, ob string) bool {
	if t.aliasTries++; t.aliasTries > maxAliasTries {
		return false
	}
	hops := t.r.Hops[max(0, len(t.r.Hops)-comparedHops):]
	for i := range hops {
		for _, x := range hostNames(&hops[i]) {
			if x.org != oa || x.isRole() {
				continue
			}
			for k := range hops {
				for _, y := range hostNames(&hops[k]) {
					if y.org == ob && equalFold(x.short(), y.short()) {
						return true
					}
				}
			}
		}
	}
	return false
}

func hostNames(h *Hop) [3]*naming { return [3]*naming{h.by(), h.helo(), h.rdns()} }

// The bounds of what is compared: honest headers stay far below.
const (
	maxDomains    = 200
	maxAliasTries = 100
)

// concerned reports whether an organisation has to do with the message: its
// domain stands in an address or in the Message-ID, or a hop newer than i names
// it as that of a sender or recipient.
func (t *tracer) concerned(i int, host *naming) bool {
	if !t.knowsDoms {
		t.knowsDoms = true
		t.gatherDomains()
	}
	for _, d := range t.domains {
		if t.kin(nameOf(d), host) {
			return true
		}
	}
	hops := t.r.Hops[i+1 : min(len(t.r.Hops), i+1+comparedHops)]
	for k := range hops {
		h := &hops[k]
		if t.kin(nameOf(domain.Of(h.For)), host) || t.kin(nameOf(domain.Of(h.EnvelopeFrom)), host) {
			return true
		}
	}
	return false
}

// gatherDomains lists the domains of all addresses in the header.
func (t *tracer) gatherDomains() {
	for _, f := range t.block.Fields {
		if isAddressField(f) {
			t.domainsIn(string(f.Raw()))
		}
	}
}

// domainsIn finds what follows an at sign, or the '<' of a list's identifier.
func (t *tracer) domainsIn(value string) {
	for len(t.domains) < maxDomains {
		i := strings.IndexAny(value, "@<")
		if i < 0 {
			return
		}
		value = value[i+1:]
		end := 0
		for end < len(value) && isHost(value[end:end+1]) {
			end++
		}
		if isPublicName(value[:end]) && !slices.Contains(t.domains, value[:end]) {
			t.domains = append(t.domains, value[:end])
		}
	}
}

var addressFields = [...]string{
	"From", "Sender", "Reply-To", "Return-Path", "Message-ID", "To", "Cc", "Delivered-To", "X-Original-To", "Errors-To",
	"List-Id", "List-Post", "X-BeenThere", "Mailing-List", "Resent-From", "Resent-To", "Resent-Sender", "X-Loop", "Envelope-To",
}

func isAddressField(f headers.Field) bool {
	for _, n := range addressFields {
		if f.Is(n) {
			return true
		}
	}
	return false
}
