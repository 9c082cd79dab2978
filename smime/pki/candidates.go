package pki

import (
	"bytes"
	"slices"
)

// candidates are the certificates that may have issued the last one of a chain,
// the likeliest first.
func (b *builder) candidates(chain []*Certificate) []*Certificate {
	last := chain[len(chain)-1]
	var out []*Certificate
	for _, a := range b.anchors[last.Issuer.key] {
		if !a.sameBytes(last) {
			out = append(out, a)
		}
	}
	for _, c := range b.pool[last.Issuer.key] {
		if !b.returns(chain, c) && !b.copies(c) {
			out = append(out, c)
		}
	}
	weight := make(map[*Certificate]int, len(out))
	for _, c := range out {
		weight[c] = b.likely(c, last)
	}
	slices.SortStableFunc(out, func(x, y *Certificate) int { return weight[y] - weight[x] })
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
func (b *builder) likely(issuer, c *Certificate) int {
	n := 0
	if b.isAnchor(issuer) {
		n += 8
	}
	switch {
	case c.AuthorityKeyID == nil || issuer.SubjectKeyID == nil:
		n += 16
	case bytes.Equal(head(c.AuthorityKeyID), head(issuer.SubjectKeyID)): // RFC 5280 4.2.1.1
		n += 32
	}
	if issuer.CA && issuer.uses(KeyCertSign) {
		n += 4
	}
	if !b.At.Before(issuer.NotBefore) && !b.At.After(issuer.NotAfter) {
		n += 2
	}
	return n
}
