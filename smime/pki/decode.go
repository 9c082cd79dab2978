package pki

import (
	"math/bits"
	"slices"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// KeyUsage is a set of the purposes of RFC 5280 4.2.1.3.
type KeyUsage uint16

// The purposes, in the order of their bits.
const (
	DigitalSignature KeyUsage = 1 << iota
	NonRepudiation
	KeyEncipherment
	DataEncipherment
	KeyAgreement
	KeyCertSign
	CRLSign
	EncipherOnly
	DecipherOnly
)

var keyUsageNames = [...]string{"digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment",
	"keyAgreement", "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly"}

// Names are the purposes in RFC 5280's words.
func (k KeyUsage) Names() []string {
	var out []string
	for i, name := range keyUsageNames {
		if k&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return out
}

func (c *Certificate) readKeyUsage(s cryptobyte.String) bool {
	b, ok := bitString(&s, asn1.BIT_STRING)
	if !ok {
		return false
	}
	c.HasKeyUsage = true
	for i, octet := range b[:min(len(b), 2)] {
		c.KeyUsage |= KeyUsage(bits.Reverse8(octet)) << (8 * i)
	}
	return s.Empty()
}

func (c *Certificate) readExtKeyUsage(s cryptobyte.String) (ok bool) {
	c.EKU, ok = readOIDs(&s, true)
	c.HasEKU = true
	return ok && s.Empty()
}

// maxListed bounds lists that are looked through again and again.
const maxListed = 1024

// readOIDs reads a SEQUENCE OF OBJECT IDENTIFIER, or of sequences that begin
// with one, as certificate policies are.
func readOIDs(s *cryptobyte.String, plain bool) (list []string, ok bool) {
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || seq.Empty() {
		return nil, false
	}
	for !seq.Empty() {
		if len(list) == maxListed {
			return list, false
		}
		at := &seq
		if !plain {
			var inner cryptobyte.String
			if !seq.ReadASN1(&inner, asn1.SEQUENCE) {
				return list, false
			}
			at = &inner
		}
		oid, ok := readOID(at)
		if !ok {
			return list, false
		}
		list = append(list, oid)
	}
	return list, true
}

// readBasicConstraints is RFC 5280 4.2.1.9.
func (c *Certificate) readBasicConstraints(s cryptobyte.String) (ok bool) {
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	c.HasBasicConstraints = true
	if seq.PeekASN1Tag(asn1.BOOLEAN) {
		if c.CA, _, ok = readBoolean(&seq, asn1.BOOLEAN); !ok {
			return false
		}
	}
	if seq.PeekASN1Tag(asn1.INTEGER) {
		if c.PathLen, ok = readSmall(&seq, asn1.INTEGER); !ok {
			c.PathLen = 0 // no number that allows anything
			return false
		}
	}
	return seq.Empty()
}

func (c *Certificate) readSubjectKeyID(s cryptobyte.String) bool {
	var id cryptobyte.String
	ok := s.ReadASN1(&id, asn1.OCTET_STRING) && s.Empty()
	c.SubjectKeyID = id
	return ok
}

// readAuthorityKeyID is RFC 5280 4.2.1.1.
func (c *Certificate) readAuthorityKeyID(s cryptobyte.String) bool {
	var seq, id, names cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	if seq.PeekASN1Tag(context(0)) && seq.ReadASN1(&id, context(0)) {
		c.AuthorityKeyID = id
	}
	if seq.PeekASN1Tag(contextCons(1)) && seq.ReadASN1(&names, contextCons(1)) {
		c.AuthorityIssuer, _ = readGeneralNames(names)
	}
	if seq.PeekASN1Tag(context(2)) {
		c.AuthoritySerial, _, _ = readInteger(&seq, context(2))
	}
	return seq.Empty()
}

func (c *Certificate) readPolicies(s cryptobyte.String) (ok bool) {
	c.Policies, ok = readOIDs(&s, false)
	return ok && s.Empty()
}

// readPolicyConstraints is RFC 5280 4.2.1.11.
func (c *Certificate) readPolicyConstraints(s cryptobyte.String) (ok bool) {
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	for tag, field := range []*int{&c.RequirePolicy, &c.InhibitMapping} {
		if !seq.PeekASN1Tag(context(uint8(tag))) {
			continue
		}
		if *field, ok = readSmall(&seq, context(uint8(tag))); !ok {
			*field = 0
			return false
		}
	}
	return seq.Empty()
}

// readAuthorityInfo is RFC 5280 4.2.2.1.
func (c *Certificate) readAuthorityInfo(s cryptobyte.String) bool {
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	for !seq.Empty() {
		var access cryptobyte.String
		if !seq.ReadASN1(&access, asn1.SEQUENCE) {
			return false
		}
		method, ok := readOID(&access)
		name, ok2 := readGeneralName(&access)
		switch {
		case !ok || !ok2:
			return false
		case name.Kind != KindURI:
		case method == oidAccessOCSP:
			c.OCSPURLs = append(c.OCSPURLs, name.Value)
		case method == oidAccessCAIssuers:
			c.IssuerURLs = append(c.IssuerURLs, name.Value)
		}
	}
	return true
}

func (c *Certificate) readNetscapeType(s cryptobyte.String) bool {
	b, ok := bitString(&s, asn1.BIT_STRING)
	if ok && len(b) > 0 {
		c.NetscapeType = b[0]
	}
	return ok && s.Empty()
}

// allows reports whether the extended key usages, where there are any, hold one
// of the given ones.
func (c *Certificate) allows(purposes ...string) bool {
	return !c.HasEKU || slices.ContainsFunc(c.EKU, func(oid string) bool { return slices.Contains(purposes, oid) })
}

// uses reports whether the key usage, where there is one, holds one of the bits.
func (c *Certificate) uses(k KeyUsage) bool { return !c.HasKeyUsage || c.KeyUsage&k != 0 }
