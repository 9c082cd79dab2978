package pki

import (
	"bytes"
	"slices"
)

// candidates are the certificates that may have issued the last one of a chain,
// the likeliest first. With direct only those are given that lead to a root.
func (b *builder) candidates(chain []*Certificate) []*Certificate {
	last := chain[len(chain)-1]
	var out []*Certificate
	for _, c := range b.issuers(last) {
		switch {
		case b.isAnchor(c): // the end: it cannot come twice
			out = append(out, c)
		case b.returns(chain, c), b.direct && !(b.leads[c] && c.mayIssue()):
		default:
			out = append(out, c)
		}
	}
	return out
}

// issuers are all certificates with the name of the issuer of c.
func (b *builder) issuers(c *Certificate) []*Certificate {
	if out, known := b.above[c]; known {
		return out
	}
	var out []*Certificate
	weight := map[*Certificate]int{}
	for n, list := range [][]*Certificate{b.anchors[c.Issuer.key], b.pool[c.Issuer.key]} {
		for _, o := range list {
			if root := n == 0; !o.sameBytes(c) && (root || !b.copies(o)) {
				out = append(out, o)
				weight[o] = b.likely(o, c, root)
			}
		}
	}
	slices.SortStableFunc(out, func(x, y *Certificate) int { return weight[y] - weight[x] })
	b.above[c] = out
	return out
}

// returns reports a loop: nobody stands twice on a path (RFC 5280 6.1). Another
// key of the same name is somebody else: so authorities change keys.
func (b *builder) returns(chain []*Certificate, c *Certificate) bool {
	return slices.ContainsFunc(chain, c.sameHolder)
}

// copies reports a certificate that only repeats a root: it leads nowhere else,
// and the root itself is a candidate.
func (b *builder) copies(c *Certificate) bool {
	roots := b.anchors[c.Subject.key]
	return slices.ContainsFunc(roots, c.sameBytes) || c.SelfIssued() && slices.ContainsFunc(roots, c.sameHolder)
}

// likely weighs a candidate. Nothing of it is a condition: the signature is.
func (b *builder) likely(issuer, c *Certificate, root bool) int {
	n := 0
	if root {
		n += 8
	}
	switch {
	case c.AuthorityKeyID == nil || issuer.SubjectKeyID == nil:
		n += 16
	case bytes.Equal(head(c.AuthorityKeyID), head(issuer.SubjectKeyID)): // RFC 5280 4.2.1.1
		n += 32
	}
	if issuer.mayIssue() {
		n += 4
	}
	if !b.At.Before(issuer.NotBefore) && !b.At.After(issuer.NotAfter) {
		n += 2
	}
	return n
}
