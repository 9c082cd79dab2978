package pki

import (
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Errors of reading. Every error that this package returns wraps one of them.
var (
	// ErrMalformed: the bytes have not the outline of what they should be.
	ErrMalformed = errors.New("pki: malformed object")
	// ErrLimit: there are more objects than this package reads.
	ErrLimit = errors.New("pki: too many objects")
)

// Certificate is an X.509 certificate (RFC 5280 4.1). Fields that could not be
// read are zero; Problems says why.
type Certificate struct {
	// Raw is the whole, TBS the part that is signed, SPKI the
	// SubjectPublicKeyInfo, SignatureAlgorithm an AlgorithmIdentifier; all DER,
	// and parts of what was given unless that was BER.
	Raw, TBS, SPKI, SignatureAlgorithm []byte
	// Signature is the issuer's.
	Signature []byte
	// Version counts as people do: 1, 2 or 3.
	Version int
	// Serial is the number that the issuer gave it.
	Serial *big.Int
	// Issuer and Subject are the names as encoded.
	Issuer, Subject Name
	// NotBefore and NotAfter are in UTC; zero when unreadable.
	NotBefore, NotAfter time.Time
	// Extensions are all extensions, in order.
	Extensions []Extension

	// KeyUsage counts only where HasKeyUsage; so it is with EKU.
	KeyUsage    KeyUsage
	HasKeyUsage bool
	// EKU are the extended key usages, dotted.
	EKU []string
	// HasEKU is true when there is such an extension.
	HasEKU bool
	// CA and PathLen are the basic constraints; PathLen is -1 for no limit.
	HasBasicConstraints, CA bool
	PathLen                 int
	// SubjectKeyID and AuthorityKeyID are key identifiers; AuthorityIssuer and
	// AuthoritySerial name the issuer's certificate.
	SubjectKeyID, AuthorityKeyID []byte
	AuthorityIssuer              []GeneralName
	AuthoritySerial              *big.Int
	// AltNames are the subject's alternative names.
	AltNames []GeneralName
	// Constraints are the names that certificates below it may bear; nil for any.
	Constraints *NameConstraints
	// Policies are object identifiers (RFC 5280 4.2.1.4).
	Policies []string
	// RequirePolicy and InhibitMapping are the policy constraints; -1 when absent.
	RequirePolicy, InhibitMapping int
	// CRLURLs, OCSPURLs and IssuerURLs are where more is said to be found. They
	// are never fetched.
	CRLURLs, OCSPURLs, IssuerURLs []string
	// NetscapeType are the bits of Netscape's certificate type, first bit highest.
	NetscapeType byte
	// Problems lists what breaks RFC 5280.
	Problems []Problem

	points     []distributionPoint
	public     publicKey
	sum        [sha256.Size]byte // of Raw
	odd        []string          // critical extensions that are not known
	unreadable []string          // extensions that a path may not do without
}

// SerialHex is the serial number in hexadecimal digits, two for each octet.
func (c *Certificate) SerialHex() string { return hexNumber(c.Serial) }

func hexNumber(n *big.Int) string {
	s := hex.EncodeToString(new(big.Int).Abs(n).Bytes())
	if s == "" {
		s = "00"
	}
	if n.Sign() < 0 {
		return "-" + s
	}
	return s
}

// SHA256 is the fingerprint of the certificate, in hexadecimal digits.
func (c *Certificate) SHA256() string { return hex.EncodeToString(c.sum[:]) }

// SHA1 is the fingerprint that older tools show.
func (c *Certificate) SHA1() string { return fmt.Sprintf("%x", sha1.Sum(c.Raw)) }

// Unique puts lists together in their order, each certificate once.
func Unique(lists ...[]*Certificate) []*Certificate {
	var out []*Certificate
	seen := map[[sha256.Size]byte]bool{}
	for _, list := range lists {
		for _, c := range list {
			if !seen[c.sum] {
				seen[c.sum] = true
				out = append(out, c)
			}
		}
	}
	return out
}

// SelfIssued reports that subject and issuer are the same name (RFC 5280 6.1).
func (c *Certificate) SelfIssued() bool { return c.Subject.Equal(&c.Issuer) }

// Emails are the addresses that the certificate speaks for: those of the
// alternative names, and those of the subject where the former have none
// (RFC 8550 3).
func (c *Certificate) Emails() []string {
	var out []string
	for i := range c.AltNames {
		if n := &c.AltNames[i]; n.Kind == KindEmail || n.Kind == KindSmtpUTF8 {
			out = append(out, n.Value)
		}
	}
	if len(out) > 0 {
		return out
	}
	return slices.DeleteFunc(c.Subject.Values(oidEmailAddress), func(s string) bool { return s == "" })
}

// ParseCertificate reads one certificate, DER or BER.
func ParseCertificate(der []byte) (*Certificate, error) {
	r := reader{Certificate: &Certificate{PathLen: -1, RequirePolicy: -1, InhibitMapping: -1}}
	whole, inside, ok := outline(der, &r.problems)
	if !ok {
		return nil, fmt.Errorf("%w: no certificate", ErrMalformed)
	}
	r.Raw, r.sum = whole, sha256.Sum256(whole)
	tbs, ok := r.signed(&inside)
	if !ok {
		return nil, fmt.Errorf("%w: no certificate", ErrMalformed)
	}
	if what := r.tbs(tbs); what != "" {
		return nil, fmt.Errorf("%w: certificate without %s", ErrMalformed, what)
	}
	r.public.read(r.Certificate, &r.problems)
	r.Certificate.Problems = r.problems
	return r.Certificate, nil
}

// reader fills a certificate.
type reader struct {
	*Certificate
	problems
}

// signed reads what stands around the TBSCertificate (RFC 5280 4.1.1).
func (r *reader) signed(s *cryptobyte.String) (tbs cryptobyte.String, ok bool) {
	var whole, alg cryptobyte.String
	if !s.ReadASN1Element(&whole, asn1.SEQUENCE) || !s.ReadASN1Element(&alg, asn1.SEQUENCE) {
		return nil, false
	}
	r.TBS, r.SignatureAlgorithm = whole, alg
	if r.Signature, ok = bitString(s, asn1.BIT_STRING); !ok {
		r.add("signature-unreadable", "RFC 5280 4.1.1.3", "no bit string")
	} else if !s.Empty() {
		r.add("trailing-bytes", "RFC 5280 4.1", "more behind the signature")
	}
	return tbs, whole.ReadASN1(&tbs, asn1.SEQUENCE)
}

// tbs reads TBSCertificate (RFC 5280 4.1.2). It names what is missing.
func (r *reader) tbs(s cryptobyte.String) (missing string) {
	r.version(&s)
	if !r.serial(&s) {
		return "serial number"
	}
	var alg, validity, spki cryptobyte.String
	var ok bool
	if !s.ReadASN1Element(&alg, asn1.SEQUENCE) {
		return "algorithm"
	}
	if string(alg) != string(r.SignatureAlgorithm) {
		r.add(codeAlgorithmMismatch, "RFC 5280 4.1.1.2", "the signed part names another algorithm than the signature")
	}
	if r.Issuer, ok = readName(&s, &r.problems); !ok {
		return "issuer"
	}
	if !s.ReadASN1(&validity, asn1.SEQUENCE) {
		return "validity"
	}
	r.validity(validity)
	if r.Subject, ok = readName(&s, &r.problems); !ok {
		return "subject"
	}
	if !s.ReadASN1Element(&spki, asn1.SEQUENCE) {
		return "public key"
	}
	r.SPKI = spki
	r.tail(s)
	return ""
}

func (r *reader) version(s *cryptobyte.String) {
	r.Version = 1
	var explicit cryptobyte.String
	var present bool
	if !s.ReadOptionalASN1(&explicit, &present, contextCons(0)) || !present {
		return
	}
	n, ok := readSmall(&explicit, asn1.INTEGER)
	if r.Version = n + 1; !ok || n < 1 || n > 2 {
		r.add("bad-version", "RFC 5280 4.1.2.1", fmt.Sprintf("version %d", n))
	}
}

func (r *reader) serial(s *cryptobyte.String) bool {
	const clause = "RFC 5280 4.1.2.2"
	n, minimal, ok := readInteger(s, asn1.INTEGER)
	if !ok {
		return false
	}
	r.Serial = n
	switch {
	case n.Sign() <= 0:
		r.add("serial-not-positive", clause, n.String())
	case n.BitLen() > 159:
		r.add("serial-too-long", clause, fmt.Sprintf("%d octets", n.BitLen()/8+1))
	}
	if !minimal {
		r.add("not-der", clause, "serial number with more octets than needed")
	}
	return true
}

func (r *reader) validity(s cryptobyte.String) {
	var ok [2]bool
	r.NotBefore, ok[0] = readTime(&s, &r.problems)
	r.NotAfter, ok[1] = readTime(&s, &r.problems)
	if !ok[0] || !ok[1] {
		r.add("time-unreadable", "RFC 5280 4.1.2.5", "validity is not two times")
	}
}

// tail reads what may follow the key: unique identifiers and extensions.
func (r *reader) tail(s cryptobyte.String) {
	var list, exts cryptobyte.String
	var present bool
	for _, tag := range []asn1.Tag{context(1), context(2)} {
		if s.PeekASN1Tag(tag) {
			s.SkipASN1(tag)
		}
	}
	ok := s.ReadOptionalASN1(&list, &present, contextCons(3)) && s.Empty()
	if ok && present {
		ok = list.ReadASN1(&exts, asn1.SEQUENCE) && list.Empty()
	}
	if !ok {
		r.add(codeExtensionsUnreadable, "RFC 5280 4.1.2.9", "what follows the key is no list of extensions")
	}
	if present && r.Version < 3 {
		r.add("bad-version", "RFC 5280 4.1.2.1", fmt.Sprintf("extensions in version %d", r.Version))
	}
	r.extensions(exts)
}
