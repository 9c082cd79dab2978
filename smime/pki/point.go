package pki

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// distributionPoint says where a certificate's revocations are listed
// (RFC 5280 4.2.1.13).
type distributionPoint struct {
	names  []GeneralName // fullName
	other  bool          // a name relative to the issuer, which is not compared
	issuer []GeneralName // cRLIssuer
}

func (c *Certificate) readDistributionPoints(s cryptobyte.String) bool {
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	for !seq.Empty() {
		var point cryptobyte.String
		if !seq.ReadASN1(&point, asn1.SEQUENCE) {
			return false
		}
		p, ok := readDistributionPoint(point)
		if !ok {
			return false
		}
		c.points = append(c.points, p)
		for i := range p.names {
			if p.names[i].Kind == KindURI {
				c.CRLURLs = append(c.CRLURLs, p.names[i].Value)
			}
		}
	}
	return true
}

func readDistributionPoint(s cryptobyte.String) (p distributionPoint, ok bool) {
	var name, issuer cryptobyte.String
	var present bool
	if !s.ReadOptionalASN1(&name, &present, contextCons(0)) || present && !p.name(name) {
		return p, false
	}
	if !s.SkipOptionalASN1(context(1)) || !s.ReadOptionalASN1(&issuer, &present, contextCons(2)) {
		return p, false
	}
	p.issuer, ok = readGeneralNames(issuer)
	return p, ok && s.Empty()
}

// name reads DistributionPointName.
func (p *distributionPoint) name(s cryptobyte.String) (ok bool) {
	var full cryptobyte.String
	if s.PeekASN1Tag(contextCons(1)) {
		p.other = true
		return true
	}
	if !s.ReadASN1(&full, contextCons(0)) || !s.Empty() {
		return false
	}
	p.names, ok = readGeneralNames(full)
	return ok
}

// meets reports whether two points share a name.
func (p *distributionPoint) meets(names []GeneralName) bool {
	for i := range p.names {
		for j := range names {
			if p.names[i].same(&names[j]) {
				return true
			}
		}
	}
	return false
}

// same compares two general names of any form.
func (n *GeneralName) same(o *GeneralName) bool {
	if n.Kind != o.Kind {
		return false
	}
	if n.Directory != nil {
		return n.Directory.Equal(o.Directory)
	}
	return string(n.Raw) == string(o.Raw)
}
