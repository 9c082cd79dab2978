package pki

import (
	"fmt"
	"strings"

	"github.com/emlcheck/emlcheck/internal/idna"
)

// maxCompared bounds names times constraints: both may be hostile.
const maxCompared = 400_000

// constraints applies the name constraints of every authority to every
// certificate below it (RFC 5280 6.1.3 (b)(c), 4.2.1.10), those of a root too.
func (b *builder) constraints(p *Path) {
	for i := 1; i < len(p.Chain); i++ {
		limits := p.Chain[i].Constraints
		if limits == nil {
			continue
		}
		if limits.odd {
			p.fail(i, codeConstraintOdd, "a constraint with a minimum or a maximum")
		}
		for j := range i {
			c := p.Chain[j]
			if j > 0 && c.SelfIssued() {
				continue // RFC 5280 6.1.3 (b): but for the last one
			}
			b.constrain(p, i, j)
		}
	}
}

// constrain applies the constraints of certificate i to the names of j.
func (b *builder) constrain(p *Path, i, j int) {
	limits, names := p.Chain[i].Constraints, b.namesOf(p.Chain[j])
	b.compared += len(limits.Permitted)*effort(names) + len(names)*effort(limits.Permitted) +
		len(limits.Excluded)*effort(names) + len(names)*effort(limits.Excluded)
	if b.compared > maxCompared {
		p.fail(j, codeConstraintOdd, "more names and constraints than are compared")
		return
	}
	for n := range names {
		if code, why := limits.judge(&names[n]); code != "" {
			p.fail(j, code, fmt.Sprintf("%s %s of certificate %d", names[n].text(), why, i))
			return
		}
	}
}

// effort is what comparing a list of names once takes.
func effort(names []GeneralName) int {
	n := 0
	for i := range names {
		n += 1 + len(names[i].Raw)/64
	}
	return n
}

func (b *builder) namesOf(c *Certificate) []GeneralName {
	names, known := b.names[c]
	if !known {
		names = c.constrainedNames()
		b.names[c] = names
	}
	return names
}

// constrainedNames are all names of a certificate. Addresses in the subject count
// where the alternative names have none, as they do for its holder's identity.
func (c *Certificate) constrainedNames() []GeneralName {
	names := c.AltNames
	mail := false
	for i := range names {
		mail = mail || names[i].Kind == KindEmail || names[i].Kind == KindSmtpUTF8
	}
	names = names[:len(names):len(names)]
	if !mail {
		for _, address := range c.Subject.Values(oidEmailAddress) {
			names = append(names, GeneralName{Kind: KindEmail, Value: address, Raw: []byte(address)})
		}
	}
	if !c.Subject.Empty() {
		names = append(names, GeneralName{Kind: KindDirectory, Directory: &c.Subject, Raw: c.Subject.Raw})
	}
	return names
}

// judge compares one name with all constraints of its form.
func (l *NameConstraints) judge(n *GeneralName) (code, why string) {
	permitted, limited := false, false
	for i := range l.Permitted {
		t := &l.Permitted[i]
		if !t.concerns(n) {
			continue
		}
		limited = true
		in, ok := t.holds(n)
		if !ok {
			return codeConstraintOdd, "cannot be compared with " + t.text()
		}
		permitted = permitted || in
	}
	for i := range l.Excluded {
		t := &l.Excluded[i]
		if !t.concerns(n) {
			continue
		}
		in, ok := t.holds(n)
		if !ok {
			return codeConstraintOdd, "cannot be compared with " + t.text()
		}
		if in {
			return codeConstraint, "is excluded by " + t.text()
		}
	}
	if limited && !permitted {
		return codeConstraint, "is outside of what is permitted by the constraints"
	}
	return "", ""
}

func (n *GeneralName) text() string {
	if n.Directory != nil {
		return string(n.Kind) + " " + n.Directory.brief()
	}
	return string(n.Kind) + " " + quote(n.Value)
}

// concerns reports whether constraint t is about names of n's form. Constraints
// on mail hold for addresses of RFC 9598 too.
func (t *GeneralName) concerns(n *GeneralName) bool {
	if t.Kind == KindEmail && n.Kind == KindSmtpUTF8 {
		return true
	}
	return t.Kind == n.Kind && t.OID == n.OID
}

// holds reports whether n is within the subtree t; ok is false where it cannot
// be said: RFC 5280 4.2.1.10 then asks to reject.
func (t *GeneralName) holds(n *GeneralName) (in, ok bool) {
	switch t.Kind {
	case KindEmail:
		return mailWithin(n.Value, t.Value)
	case KindDNS:
		return hostWithin(idna.LowerASCII(n.Value), idna.LowerASCII(t.Value)), isASCII(n.Value)
	case KindURI:
		return uriWithin(n.Value, idna.LowerASCII(t.Value))
	case KindDirectory:
		return n.Directory.within(t.Directory), true
	case KindIP:
		return addressWithin(n.Raw, t.Raw)
	}
	return false, false
}

// mailWithin: a base is an address, a host, or a domain with a leading dot. The
// local part compares octet by octet (RFC 5280 7.5). A domain in other letters
// than ASCII is against RFC 9598 3 and is not compared.
func mailWithin(address, base string) (in, ok bool) {
	at := strings.LastIndexByte(address, '@')
	if at < 0 || !isASCII(address[at+1:]) || at+1 == len(address) {
		return false, false
	}
	host := idna.LowerASCII(address[at+1:])
	if i := strings.LastIndexByte(base, '@'); i >= 0 {
		if i == 0 { // QUIRK: "@example.com" for every address of a host
			return host == idna.LowerASCII(base[1:]), true
		}
		return address[:at] == base[:i] && host == idna.LowerASCII(base[i+1:]), true
	}
	base = idna.LowerASCII(base)
	if strings.HasPrefix(base, ".") {
		return strings.HasSuffix(host, base), true
	}
	return base == "" || host == base, true
}

// hostWithin: a DNS base holds for itself and all below. QUIRK: a leading dot is
// no form of RFC 5280; seen, and taken for all that is below.
func hostWithin(host, base string) bool {
	host, base = strings.TrimSuffix(host, "."), strings.TrimSuffix(base, ".")
	if base == "" || host == base {
		return true
	}
	if !strings.HasPrefix(base, ".") {
		base = "." + base
	}
	return strings.HasSuffix(host, base)
}

// uriWithin compares the host of a URI; a base with a leading dot is a domain.
func uriWithin(uri, base string) (in, ok bool) {
	_, rest, found := strings.Cut(uri, "://")
	if !found {
		return false, false
	}
	host := rest[:strings.IndexAny(rest+"/", "/?#")]
	host = host[strings.LastIndexByte(host, '@')+1:]
	if strings.HasPrefix(host, "[") {
		return false, false // an address: RFC 5280 4.2.1.10 asks for a host name
	}
	host, _, _ = strings.Cut(idna.LowerASCII(host), ":")
	if host == "" || !isASCII(host) {
		return false, false
	}
	if strings.HasPrefix(base, ".") {
		return strings.HasSuffix(host, base), true
	}
	return base == "" || host == base, true
}

// addressWithin: a base is an address and a mask.
func addressWithin(address, base []byte) (in, ok bool) {
	if len(address) != 4 && len(address) != 16 || len(base) != 8 && len(base) != 32 {
		return false, false
	}
	if len(base) != 2*len(address) {
		return false, true
	}
	for i := range address {
		if mask := base[len(address)+i]; (address[i]^base[i])&mask != 0 {
			return false, true
		}
	}
	return true, true
}

func isASCII(s string) bool { return ascii([]byte(s)) }
