package pki

import (
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// entry is one of the revokedCertificates (RFC 5280 5.1.2.6), cut into its
// fields but not decoded: a list may hold a million.
type entry struct {
	serial cryptobyte.String
	time   cryptobyte.String // the element
	exts   cryptobyte.String
}

func nextEntry(s *cryptobyte.String) (e entry, ok bool) {
	var body cryptobyte.String
	if !s.ReadASN1(&body, asn1.SEQUENCE) || !body.ReadASN1(&e.serial, asn1.INTEGER) {
		return e, false
	}
	var tag asn1.Tag
	if !body.ReadAnyASN1Element(&e.time, &tag) {
		return e, false
	}
	return e, body.Empty() || body.ReadASN1(&e.exts, asn1.SEQUENCE) && body.Empty()
}

// plain reports an entry without extensions.
func (e *entry) plain() bool { return len(e.exts) == 0 }

// is compares serial numbers without making one.
func (e *entry) is(serial []byte) bool {
	b := e.serial
	for len(b) > 1 && (b[0] == 0 && b[1]&0x80 == 0 || b[0] == 0xFF && b[1]&0x80 != 0) {
		b = b[1:]
	}
	return string(b) == string(serial)
}

// serialBytes is the shortest two's complement form, which [entry.is] compares.
func serialBytes(n *big.Int) []byte {
	if n.Sign() >= 0 {
		b := n.Bytes()
		if len(b) == 0 || b[0]&0x80 != 0 {
			b = append([]byte{0}, b...)
		}
		return b
	}
	size := new(big.Int).Not(n).BitLen()/8 + 1
	return new(big.Int).Add(n, new(big.Int).Lsh(big.NewInt(1), uint(8*size))).FillBytes(make([]byte, size))
}

func (e *entry) extensions() (list []Extension, ok bool) {
	var p problems
	return readExtensions(e.exts, &p)
}

// survey names what forbids to use the list (RFC 5280 5.3), and reports an entry
// that names the certificate's issuer.
func (e *entry) survey() (odd []string, others bool) {
	list, ok := e.extensions()
	_, others = extension(list, oidCertificateIssuer) // also before the place where a list of extensions breaks off
	if !ok {
		return []string{codeExtensionsUnreadable}, others
	}
	return unknownCritical(list, func(oid string) bool {
		return oid == oidReasonCode || oid == oidInvalidityDate || oid == oidCertificateIssuer
	}), others
}

// issuer is the certificate issuer that an entry of an indirect list names.
func (e *entry) issuer() *Name {
	if e.plain() {
		return nil
	}
	list, _ := e.extensions()
	v, found := extension(list, oidCertificateIssuer)
	var seq cryptobyte.String
	if !found || !v.ReadASN1(&seq, asn1.SEQUENCE) {
		return nil
	}
	names, _ := readGeneralNames(seq)
	for i := range names {
		if names[i].Directory != nil {
			return names[i].Directory
		}
	}
	return &Name{key: "none", canon: []string{"none"}} // names somebody, but nobody that compares
}

func (e *entry) decode(issuer *Name) RevokedEntry {
	out := RevokedEntry{Issuer: issuer}
	var p problems
	var octets cryptobyte.String = appendInteger(e.serial)
	out.Serial, _, _ = readInteger(&octets, asn1.INTEGER)
	at := e.time
	out.RevokedAt, _ = readTime(&at, &p)
	list, _ := e.extensions()
	out.Reason, out.Invalidity = entryFacts(list)
	return out
}

// appendInteger puts the header before the contents of an INTEGER again.
func appendInteger(b []byte) []byte {
	var out cryptobyte.Builder
	out.AddASN1(asn1.INTEGER, func(c *cryptobyte.Builder) { c.AddBytes(b) })
	return out.BytesOrPanic()
}
