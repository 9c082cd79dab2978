package pki

import (
	"encoding/hex"
	"net/netip"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// NameKind is the form of a GeneralName.
type NameKind string

// The forms (RFC 5280 4.2.1.6); KindSmtpUTF8 is the otherName of RFC 9598 3.
const (
	KindOther     NameKind = "other"
	KindEmail     NameKind = "email"
	KindDNS       NameKind = "dns"
	KindX400      NameKind = "x400"
	KindDirectory NameKind = "directory"
	KindEDI       NameKind = "edi"
	KindURI       NameKind = "uri"
	KindIP        NameKind = "ip"
	KindOID       NameKind = "oid"
	KindSmtpUTF8  NameKind = "smtp-utf8"
)

var nameKinds = [...]NameKind{KindOther, KindEmail, KindDNS, KindX400, KindDirectory, KindEDI, KindURI, KindIP, KindOID}

// GeneralName is one name of an extension, or the base of a constraint.
type GeneralName struct {
	// Kind is the form of the name.
	Kind NameKind
	// Value is the name as text; in hexadecimal digits where it is none.
	Value string
	// OID is the type of an otherName, dotted.
	OID string
	// Directory is set for a directory name.
	Directory *Name
	// Raw is what the tag holds.
	Raw []byte
}

// readGeneralNames reads GeneralNames without their SEQUENCE.
func readGeneralNames(s cryptobyte.String) (list []GeneralName, ok bool) {
	for !s.Empty() {
		n, ok := readGeneralName(&s)
		if !ok {
			return list, false
		}
		list = append(list, n)
	}
	return list, true
}

func readGeneralName(s *cryptobyte.String) (n GeneralName, ok bool) {
	var body cryptobyte.String
	var tag asn1.Tag
	if !s.ReadAnyASN1(&body, &tag) || tag&0xC0 != 0x80 || int(tag&0x1F) >= len(nameKinds) {
		return n, false
	}
	n = GeneralName{Kind: nameKinds[tag&0x1F], Raw: body}
	switch n.Kind {
	case KindEmail, KindDNS, KindURI:
		n.Value = latinText(body)
	case KindDirectory:
		var name cryptobyte.String
		if !body.ReadASN1Element(&name, asn1.SEQUENCE) || !body.Empty() {
			return n, false
		}
		var p problems
		directory := nameOf(name, &p)
		n.Directory, n.Value = &directory, directory.String()
	case KindIP:
		n.Value = addressText(body)
	case KindOID:
		n.Value, ok = oidText(body)
		return n, ok
	case KindOther:
		return n, n.other(body)
	default:
		n.Value = hex.EncodeToString(body)
	}
	return n, true
}

// latinText is an IA5String; other octets stay what they are where they are
// UTF-8, which some issuers write.
func latinText(b []byte) string {
	s, _, _ := text(20, b)
	return s
}

// other reads OtherName. Of the types of it only one is mail's.
func (n *GeneralName) other(s cryptobyte.String) (ok bool) {
	var explicit, value cryptobyte.String
	var tag asn1.Tag
	if n.OID, ok = readOID(&s); !ok || !s.ReadASN1(&explicit, contextCons(0)) {
		return false
	}
	n.Value = hex.EncodeToString(explicit)
	if n.OID != oidSmtpUTF8Mailbox {
		return true
	}
	if !explicit.ReadAnyASN1(&value, &tag) || tag != asn1.UTF8String || !explicit.Empty() {
		return false
	}
	n.Kind, n.Value = KindSmtpUTF8, string(value)
	return true
}

// addressText is an address, or an address and a mask.
func addressText(b []byte) string {
	if a, ok := netip.AddrFromSlice(b); ok {
		return a.String()
	}
	if half := len(b) / 2; len(b) == 8 || len(b) == 32 {
		a, _ := netip.AddrFromSlice(b[:half])
		mask, _ := netip.AddrFromSlice(b[half:])
		return a.String() + "/" + mask.String()
	}
	return hex.EncodeToString(b)
}

// NameConstraints is RFC 5280 4.2.1.10.
type NameConstraints struct {
	// Permitted and Excluded are subtrees (RFC 5280 4.2.1.10).
	Permitted, Excluded []GeneralName

	odd bool // a subtree with a minimum or maximum, which nobody may write
}

func (c *Certificate) readNameConstraints(s cryptobyte.String) bool {
	var seq cryptobyte.String
	c.Constraints = &NameConstraints{}
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	for tag, list := range []*[]GeneralName{&c.Constraints.Permitted, &c.Constraints.Excluded} {
		var trees cryptobyte.String
		if !seq.PeekASN1Tag(contextCons(uint8(tag))) {
			continue
		}
		if !seq.ReadASN1(&trees, contextCons(uint8(tag))) || !c.Constraints.subtrees(trees, list) {
			return false
		}
	}
	return seq.Empty()
}

func (n *NameConstraints) subtrees(s cryptobyte.String, list *[]GeneralName) bool {
	for !s.Empty() {
		var tree cryptobyte.String
		if !s.ReadASN1(&tree, asn1.SEQUENCE) {
			return false
		}
		base, ok := readGeneralName(&tree)
		if !ok {
			return false
		}
		*list = append(*list, base)
		n.odd = n.odd || !tree.Empty()
	}
	return true
}

func (c *Certificate) readAltNames(s cryptobyte.String) (ok bool) {
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !s.Empty() {
		return false
	}
	c.AltNames, ok = readGeneralNames(seq)
	return ok
}
