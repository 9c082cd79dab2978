package pki

import "testing"

// TestPolicies: a path in which a certificate demands a policy needs one that all
// certificates below the root share (RFC 5280 6.1).
func TestPolicies(t *testing.T) {
	policy := func(oids ...string) *Certificate {
		return &Certificate{Policies: oids, RequirePolicy: -1, Subject: Name{key: "a"}, Issuer: Name{key: "b", canon: []string{"b"}}}
	}
	require := func(c *Certificate, n int) *Certificate { c.RequirePolicy = n; return c }
	root := policy()
	for _, c := range []struct {
		name  string
		chain []*Certificate // from the signer up, without the root
		fails bool
	}{
		{"nobody demands", []*Certificate{policy("1.2"), policy("1.3")}, false},
		{"shared", []*Certificate{policy("1.2", "1.4"), require(policy("1.2"), 0)}, false},
		{"another one", []*Certificate{policy("1.4"), require(policy("1.2"), 0)}, true},
		{"none", []*Certificate{policy(), require(policy("1.2"), 0)}, true},
		{"any above", []*Certificate{policy("1.4"), require(policy(anyPolicy), 0)}, false},
		{"any below", []*Certificate{policy(anyPolicy), require(policy("1.2"), 0)}, false},
		{"the signer demands", []*Certificate{require(policy(), 0), policy("1.2")}, true},
		{"the signer demands later", []*Certificate{require(policy(), 1), policy("1.2")}, false},
		{"demanded beyond the end", []*Certificate{policy(), require(policy("1.2"), 5)}, false},
		{"lost in between", []*Certificate{policy("1.2"), policy("1.4"), require(policy("1.2"), 0)}, true},
	} {
		p := &Path{Chain: append(c.chain, root), Anchored: true}
		p.policies()
		if fails := len(p.Problems) > 0; fails != c.fails {
			t.Errorf("%s: %v", c.name, p.Problems)
		}
	}
}
