package pki

import (
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// scope is the issuing distribution point (RFC 5280 5.2.5): which certificates
// a list covers.
type scope struct {
	present bool
	point   distributionPoint
	named   bool // point has a name

	onlyUser, onlyCA, onlyAttribute, someReasons, indirect bool
}

func (d *scope) read(s cryptobyte.String) (ok bool) {
	var seq, name cryptobyte.String
	d.present = true
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	if !seq.ReadOptionalASN1(&name, &d.named, contextCons(0)) || d.named && !d.point.name(name) {
		return false
	}
	flags := []*bool{1: &d.onlyUser, 2: &d.onlyCA, 4: &d.indirect, 5: &d.onlyAttribute}
	for tag := uint8(1); tag <= 5; tag++ {
		switch {
		case !seq.PeekASN1Tag(context(tag)):
		case tag == 3:
			d.someReasons = true
			seq.SkipASN1(context(tag))
		default:
			if *flags[tag], _, ok = readBoolean(&seq, context(tag)); !ok {
				return false
			}
		}
	}
	return seq.Empty()
}

// covers reports whether a certificate that is not listed is one that would
// have been; why says why not.
func (d *scope) covers(c *Certificate) (why string) {
	switch {
	case !d.present:
		return ""
	case d.onlyAttribute:
		return "covers attribute certificates only"
	case d.onlyUser && c.CA:
		return "covers certificates of end entities only"
	case d.onlyCA && !c.CA:
		return "covers certificates of authorities only"
	case d.someReasons:
		return "covers some reasons only"
	case d.named && !d.meets(c):
		return "belongs to another distribution point"
	}
	return ""
}

// meets is RFC 5280 6.3.3 (b)(2)(i).
func (d *scope) meets(c *Certificate) bool {
	for i := range c.points {
		if d.point.meets(c.points[i].names) {
			return true
		}
	}
	return false
}

// entryFacts reads the extensions that a CRL entry or an OCSP answer may carry
// (RFC 5280 5.3, RFC 6960 4.4.5).
func entryFacts(list []Extension) (reason string, invalidity time.Time) {
	var p problems
	if v, found := extension(list, oidReasonCode); found {
		if n, ok := readSmall(&v, asn1.ENUM); ok {
			reason = reasonText(n)
		}
	}
	if v, found := extension(list, oidInvalidityDate); found {
		invalidity, _ = readTime(&v, &p)
	}
	return reason, invalidity
}
