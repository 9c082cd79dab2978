package pki

import (
	"crypto/sha256"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Attribute is one AttributeTypeAndValue of a name (RFC 5280 4.1.2.4).
type Attribute struct {
	// Type is the object identifier, dotted.
	Type string
	// Value is the text; "" when the value is no string that can be read.
	Value string
	// StringType is "PrintableString", "UTF8String", "TeletexString",
	// "BMPString", "UniversalString", "IA5String", "NumericString",
	// "VisibleString", or "" for something else.
	StringType string
	// Raw is the value, DER.
	Raw []byte

	canon string
}

// Name is a distinguished name.
type Name struct {
	// Raw is the DER.
	Raw []byte
	// RDNs are the relative names in the order of the encoding, which is mostly
	// from the country down to the person.
	RDNs [][]Attribute

	canon []string // one per RDN
	key   string   // all of canon
}

const oidEmailAddress = "1.2.840.113549.1.9.1"

// readName reads a Name. One that cannot be read has only Raw, and equals only
// its own bytes.
func readName(s *cryptobyte.String, p *problems) (n Name, ok bool) {
	var whole cryptobyte.String
	if !s.ReadASN1Element(&whole, asn1.SEQUENCE) {
		return n, false
	}
	return nameOf(whole, p), true
}

func nameOf(whole cryptobyte.String, p *problems) Name {
	n := Name{Raw: whole}
	var rdns cryptobyte.String
	readable := whole.ReadASN1(&rdns, asn1.SEQUENCE)
	for readable && !rdns.Empty() {
		rdn, ok := readRDN(&rdns, p)
		if readable = ok; ok {
			n.RDNs = append(n.RDNs, rdn)
			n.canon = append(n.canon, canonRDN(rdn))
		}
	}
	if !readable {
		p.add("name-unreadable", "RFC 5280 4.1.2.4", "not a list of attributes")
		n.RDNs, n.canon = nil, []string{short("raw" + string(n.Raw))}
	}
	n.key = short(strings.Join(n.canon, ""))
	return n
}

func readRDN(s *cryptobyte.String, p *problems) (rdn []Attribute, ok bool) {
	var set cryptobyte.String
	if !s.ReadASN1(&set, asn1.SET) || set.Empty() {
		return nil, false
	}
	for !set.Empty() {
		var pair, value, body cryptobyte.String
		var tag asn1.Tag
		a := Attribute{}
		if !set.ReadASN1(&pair, asn1.SEQUENCE) {
			return nil, false
		}
		if a.Type, ok = readOID(&pair); !ok || !pair.ReadAnyASN1Element(&value, &tag) || !pair.Empty() {
			return nil, false
		}
		a.Raw = value
		value.ReadAnyASN1(&body, &tag)
		var clean bool
		if a.Value, a.StringType, clean = text(tag, body); !clean {
			p.add("bad-string", "RFC 5280 4.1.2.4", a.StringType+" with other characters in "+attributeName(a.Type))
		}
		a.canon = canonValue(&a)
		rdn = append(rdn, a)
	}
	return rdn, true
}

// short keeps comparing cheap where names are hostile: a long text is replaced by
// its digest.
func short(canon string) string {
	if len(canon) <= 2*sha256.Size {
		return canon
	}
	sum := sha256.Sum256([]byte(canon))
	return "sum" + string(sum[:])
}

// Empty reports a name without attributes.
func (n *Name) Empty() bool { return len(n.canon) == 0 }

// Equal compares as RFC 5280 7.1 does: without regard to case, to the number of
// spaces and to the type of the string.
func (n *Name) Equal(o *Name) bool { return n.key == o.key }

// Values are the values of one type of attribute.
func (n *Name) Values(oid string) []string {
	var out []string
	for _, rdn := range n.RDNs {
		for i := range rdn {
			if rdn[i].Type == oid {
				out = append(out, rdn[i].Value)
			}
		}
	}
	return out
}

// within reports whether n is o or below it (RFC 5280 4.2.1.10).
func (n *Name) within(o *Name) bool {
	return len(n.canon) >= len(o.canon) && slices.Equal(n.canon[:len(o.canon)], o.canon)
}

// ParseName reads a Name that stands outside of a certificate, DER. What cannot
// be read of it is equal to nothing but the same bytes.
func ParseName(der []byte) Name {
	var unread problems
	return nameOf(der, &unread)
}
