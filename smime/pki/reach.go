package pki

// reach finds out which certificates lead to a root by links that may hold: from
// the leaf upwards, each certificate once, the nearest first. So that whoever
// adds certificates that lead nowhere, or that sign with a key that is no
// authority's, cannot use up the search: there are at most as many ways there as
// authorities below the roots have made.
func (b *builder) reach(leaf *Certificate) {
	b.leads = map[*Certificate]bool{}
	below := map[*Certificate][]*Certificate{} // who was signed by the key of a certificate
	seen := map[*Certificate]bool{leaf: true}
	var ends []*Certificate
	for level := []*Certificate{leaf}; len(level) > 0; {
		for _, c := range level { // roots first: what reaches one is then known even if the budget ends
			if b.reachesRoot(c) {
				ends = append(ends, c)
			}
		}
		var next []*Certificate
		for _, c := range level {
			for _, issuer := range b.issuers(c) {
				if !issuer.mayIssue() || b.check(c, issuer) != nil {
					continue
				}
				below[issuer] = append(below[issuer], c)
				if !seen[issuer] {
					seen[issuer] = true
					next = append(next, issuer)
				}
			}
		}
		level = next
	}
	for len(ends) > 0 {
		c := ends[len(ends)-1]
		ends = ends[:len(ends)-1]
		if !b.leads[c] {
			b.leads[c] = true
			ends = append(ends, below[c]...)
		}
	}
}

// reachesRoot reports a root, and what a root has signed.
func (b *builder) reachesRoot(c *Certificate) bool {
	if b.isAnchor(c) {
		return true
	}
	for _, a := range b.anchors[c.Issuer.key] {
		if !a.sameBytes(c) && b.check(c, a) == nil {
			return true
		}
	}
	return false
}

// mayIssue reports an authority (RFC 5280 6.1.4 (k), (n)).
func (c *Certificate) mayIssue() bool { return c.Version >= 3 && c.CA && c.uses(KeyCertSign) }
