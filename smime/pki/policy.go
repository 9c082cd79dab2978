package pki

import "slices"

const anyPolicy = "2.5.29.32.0" // RFC 5280 4.2.1.4

// policies is RFC 5280 6.1 for whoever asks for no policy of his own: a path in which
// a certificate demands one needs a policy that all certificates below the root
// share. Of policies that are mapped to others nothing is said: the path is noted
// and not refused.
func (p *Path) policies() {
	n := len(p.Chain)
	if p.Anchored {
		n--
	}
	explicit, valid, every := n+1, []string(nil), true
	for i := n - 1; i >= 0; i-- {
		c := p.Chain[i]
		if _, mapped := extension(c.Extensions, oidPolicyMappings); mapped {
			p.note(i, "policy-not-processed", "maps policies to others", "RFC 5280 4.2.1.5")
			return
		}
		switch {
		case len(c.Policies) == 0:
			valid, every = nil, false
		case slices.Contains(c.Policies, anyPolicy): // what was valid stays so
		case every:
			valid, every = c.Policies, false
		default:
			valid = slices.DeleteFunc(slices.Clone(valid), func(o string) bool { return !slices.Contains(c.Policies, o) })
		}
		none := !every && len(valid) == 0
		failed := explicit == 0 && none // 6.1.3 (f)
		if i == 0 || !c.SelfIssued() {  // 6.1.4 (h), 6.1.5 (a)
			explicit = max(0, explicit-1)
		}
		if c.RequirePolicy >= 0 && (i > 0 || c.RequirePolicy == 0) { // 6.1.4 (i), 6.1.5 (b)
			explicit = min(explicit, c.RequirePolicy)
		}
		if failed || i == 0 && explicit == 0 && none {
			p.fail(i, codePolicy, "a policy is demanded, and there is none that all certificates share")
			return
		}
	}
}
