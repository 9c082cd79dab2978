package smime

import (
	"bytes"
	"crypto/sha1"
	"fmt"
	"time"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
	"github.com/emlcheck/emlcheck/smime/internal/cms"
	"github.com/emlcheck/emlcheck/smime/internal/sigalg"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// fault is why a signature is refused, or cannot be checked. The zero value is
// none.
type fault struct {
	code   string // stable
	detail string
}

// checkAttrs applies the rules for signed attributes (RFC 5652 5.3, 11). It gives
// the digest that they state of the content; nil when there are none and none
// are needed.
func checkAttrs(s *cms.SignerInfo, contentType string) (digest []byte, f fault) {
	if s.Attrs == nil {
		if contentType != cms.OIDData && contentType != signatureType {
			return nil, fault{"attributes-missing", "RFC 5652 5.3: a content of another type than data must be signed with attributes"}
		}
		return nil, fault{}
	}
	if len(s.Attrs.List) == 0 {
		return nil, fault{"attributes-empty", "RFC 5652 5.3: signed attributes are there, but none is in them"}
	}
	if f = checkContentType(s.Attrs, contentType); f.code != "" {
		return nil, f
	}
	if len(s.Attrs.Find(cms.OIDSigningTime)) > 0 {
		if _, f = single(s.Attrs, cms.OIDSigningTime, "signing-time"); f.code != "" { // RFC 5652 11.3
			return nil, f
		}
	}
	value, f := single(s.Attrs, cms.OIDMessageDigest, "message-digest")
	if f.code != "" {
		return nil, f
	}
	if value.Tag() != ber.OctetString {
		return nil, fault{"message-digest-malformed", "RFC 5652 11.2: the attribute is no OCTET STRING"}
	}
	return value.Octets(), fault{}
}

// signatureType stands for what a counter-signature goes over: the octets of
// another signature, which are no content of any type.
const signatureType = ""

// checkContentType applies RFC 5652 11.1, and 11.4 to counter-signatures.
func checkContentType(a *cms.SignedAttrs, contentType string) fault {
	if contentType == signatureType {
		if len(a.Find(cms.OIDContentType)) > 0 {
			return fault{"content-type-present", "RFC 5652 11.4: a counter-signature has no attribute content-type"}
		}
		return fault{}
	}
	kind, f := single(a, cms.OIDContentType, "content-type")
	if f.code == "" && kind.OID() != contentType {
		f = fault{"content-type-mismatch", fmt.Sprintf("RFC 5652 11.1: the attribute says that %q was signed, the object holds %q", kind.OID(), contentType)}
	}
	return f
}

// single is the one value of an attribute that must be there once, with one
// value.
func single(a *cms.SignedAttrs, oid, name string) (v ber.Value, f fault) {
	found := a.Find(oid)
	switch {
	case len(found) == 0:
		return v, fault{name + "-missing", fmt.Sprintf("RFC 5652 5.3: signed attributes without %s", name)}
	case len(found) > 1 || len(found[0].Values) != 1:
		return v, fault{name + "-repeated", fmt.Sprintf("RFC 5652 11: the attribute %s must stand there once and have one value", name)}
	}
	return found[0].Values[0], fault{}
}

// isSubstituted reports whether a content is itself a set of signed attributes.
// A signature over attributes then passes for one over this content, when the
// attributes are left out of the object: whoever has a signed message of somebody
// can so make another one (draft-ietf-lamps-cms-euf-cma-signeddata).
func isSubstituted(content []byte) bool {
	if len(content) == 0 || content[0] != 0x31 {
		return false
	}
	tree, err := ber.Parse(content)
	if err != nil || tree.Used() != len(content) {
		return false
	}
	kind, digest := false, false
	for v := range tree.Root().Children() {
		r := v.Inside()
		oid, ok := r.Read(ber.OID)
		if v.Tag() != ber.Sequence || !ok {
			return false
		}
		switch oid.OID() {
		case cms.OIDContentType:
			kind = true
		case cms.OIDMessageDigest:
			digest = true
		}
	}
	return kind && digest
}

// essResult says whether the attribute that names the signer's certificate
// (RFC 5035) names this one.
type essResult int

const (
	essAbsent essResult = iota
	essMatch
	essMismatch
	essUnreadable
)

// checkESS compares the first certificate of SigningCertificate and of
// SigningCertificateV2 with the certificate given (RFC 5035 3, 5: the first one
// is the signer's).
func checkESS(s *cms.SignerInfo, certificate *pki.Certificate) essResult {
	result := essAbsent
	for _, oid := range [...]string{cms.OIDSigningCertificateV2, cms.OIDSigningCertificate} {
		for _, a := range s.Attrs.Find(oid) {
			for _, v := range a.Values {
				if r := compareESS(v, oid == cms.OIDSigningCertificateV2, certificate); r > result {
					result = r
				}
			}
		}
	}
	return result
}

// compareESS reads SEQUENCE { certs SEQUENCE OF SEQUENCE { hashAlgorithm DEFAULT
// sha256 (version 2 alone), certHash OCTET STRING, … }, … }.
func compareESS(v ber.Value, v2 bool, certificate *pki.Certificate) essResult {
	if v.Tag() != ber.Sequence {
		return essUnreadable
	}
	r := v.Inside()
	certs, ok := r.Read(ber.Sequence)
	if !ok {
		return essUnreadable
	}
	r = certs.Inside()
	first, ok := r.Read(ber.Sequence)
	if !ok {
		return essUnreadable
	}
	r = first.Inside()
	oid := "1.3.14.3.2.26"
	if v2 {
		oid = "2.16.840.1.101.3.4.2.1"
		if algorithm, ok := r.Read(ber.Sequence); ok {
			inside := algorithm.Inside()
			if id, ok := inside.Read(ber.OID); ok {
				oid = id.OID()
			}
		}
	}
	want, ok := r.Read(ber.OctetString)
	h, known := sigalg.HashByOID(oid)
	if !ok || !known || h.New == nil {
		return essUnreadable
	}
	sum := h.New()
	sum.Write(certificate.Raw)
	if !bytes.Equal(sum.Sum(nil), want.Octets()) || !sameSerial(&r, certificate) {
		return essMismatch
	}
	return essMatch
}

// sameSerial compares IssuerSerial ::= SEQUENCE { issuer GeneralNames,
// serialNumber }, which may follow, with a certificate (RFC 5035 4). The digest
// has the last word about the issuer.
func sameSerial(r *ber.Reader, certificate *pki.Certificate) bool {
	v, ok := r.Read(ber.Sequence)
	if !ok {
		return true
	}
	inside := v.Inside()
	inside.Next()
	serial, ok := inside.Read(ber.Integer)
	return !ok || serial.Big().Cmp(certificate.Serial) == 0
}

// signingTime is the time that the signer claims (RFC 5652 11.3); ok is false
// when none is stated, or more than one.
func signingTime(s *cms.SignerInfo) (t time.Time, ok bool) {
	v, f := single(orEmpty(s.Attrs), cms.OIDSigningTime, "signing-time")
	if f.code != "" {
		return t, false
	}
	return readTime(v)
}

func orEmpty(a *cms.SignedAttrs) *cms.SignedAttrs {
	if a == nil {
		return &cms.SignedAttrs{}
	}
	return a
}

// readTime reads UTCTime and GeneralizedTime (RFC 5280 4.1.2.5), and the forms
// without seconds or with an offset that X.690 allows.
func readTime(v ber.Value) (time.Time, bool) {
	layouts := []string{"20060102150405Z0700", "200601021504Z0700", "20060102150405.999999999Z0700"}
	text := string(v.Octets())
	switch v.Tag() {
	case ber.UTCTime:
		if len(text) < 2 {
			return time.Time{}, false
		}
		century := "19" // RFC 5280 4.1.2.5.1
		if text < "50" {
			century = "20"
		}
		text, layouts = century+text, layouts[:2]
	case ber.GeneralizedTime:
	default:
		return time.Time{}, false
	}
	for _, layout := range layouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.UTC(), true
		}
	}
	return time.Time{}, false
}

// capabilities lists the algorithms that the signer's software says it can read,
// in its order (RFC 8551 2.5.2): a mark of the software and its version.
func capabilities(s *cms.SignerInfo) []string {
	var out []string
	for _, a := range orEmpty(s.Attrs).Find(cms.OIDCapabilities) {
		for _, v := range a.Values {
			for one := range v.Children() {
				out = append(out, capability(one))
			}
		}
	}
	return out
}

// capability is the identifier with its parameter, if that is a number: RC2 has
// its key size there.
func capability(v ber.Value) string {
	r := v.Inside()
	oid, ok := r.Read(ber.OID)
	if !ok {
		return "unreadable"
	}
	if n, ok := r.Read(ber.Integer); ok {
		return fmt.Sprintf("%s(%s)", oid.OID(), n.Big())
	}
	return oid.OID()
}

// keyID is the subject key identifier of a key whose certificate states none
// (RFC 5280 4.2.1.2, method 1).
func keyID(key []byte) []byte {
	sum := sha1.Sum(key)
	return sum[:]
}
