package pki

import (
	"fmt"
	"iter"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// RevocationList is a CRL (RFC 5280 5).
type RevocationList struct {
	// Label says where it comes from. The caller sets it; facts repeat it.
	Label string
	// Raw is the whole, TBS the part that is signed, DER.
	Raw, TBS []byte
	// Version counts as people do: 1 or 2.
	Version int
	// Issuer is who issued it.
	Issuer Name
	// ThisUpdate and NextUpdate are zero when absent or unreadable.
	ThisUpdate, NextUpdate time.Time
	// Number is nil when absent.
	Number *big.Int
	// AuthorityKeyID names the key that signed it; nil when it does not say.
	AuthorityKeyID []byte
	// Extensions are all extensions, in order.
	Extensions []Extension
	// Problems are reasons why it cannot be used.
	Problems []Problem

	sig     []byte
	signed  signature
	revoked cryptobyte.String
	scope   scope
	delta   bool
	others  bool     // entries name issuers of certificates
	broken  bool     // the entries break off: who is not listed may have been
	odd     []string // critical extensions of entries that are not known
}

// RevokedEntry is one certificate of a [RevocationList].
type RevokedEntry struct {
	// Serial is the number of the certificate.
	Serial *big.Int
	// RevokedAt is since when.
	RevokedAt time.Time
	// Reason is in RFC 5280 5.3.1's words, "keyCompromise"; "" when absent.
	Reason string
	// Invalidity is since when the key is suspected (RFC 5280 5.3.2); zero when absent.
	Invalidity time.Time
	// Issuer is that of the certificate where the list is an indirect one and
	// says so (RFC 5280 5.3.3).
	Issuer *Name
}

var reasons = map[int]string{0: "unspecified", 1: "keyCompromise", 2: "cACompromise", 3: "affiliationChanged",
	4: "superseded", 5: "cessationOfOperation", 6: "certificateHold", 8: "removeFromCRL", 9: "privilegeWithdrawn",
	10: "aACompromise"}

func reasonText(n int) string {
	if s, ok := reasons[n]; ok {
		return s
	}
	return fmt.Sprintf("reason %d", n)
}

func parseRevocationList(der []byte) (*RevocationList, error) {
	l := &RevocationList{Version: 1}
	var p problems
	whole, inside, ok := outline(der, &p)
	var tbsWhole, tbs, alg cryptobyte.String
	if !ok || !inside.ReadASN1Element(&tbsWhole, asn1.SEQUENCE) || !inside.ReadASN1Element(&alg, asn1.SEQUENCE) {
		return nil, fmt.Errorf("%w: no revocation list", ErrMalformed)
	}
	l.Raw, l.TBS = whole, tbsWhole
	if l.sig, ok = bitString(&inside, asn1.BIT_STRING); !ok {
		p.add("signature-unreadable", "RFC 5280 5.1.1.3", "no bit string")
	}
	l.signed = readSignature(alg, &p)
	if !tbsWhole.ReadASN1(&tbs, asn1.SEQUENCE) || !l.read(tbs, alg, &p) {
		return nil, fmt.Errorf("%w: no revocation list", ErrMalformed)
	}
	l.Problems = p
	return l, nil
}

// read reads TBSCertList (RFC 5280 5.1.2).
func (l *RevocationList) read(s, outer cryptobyte.String, p *problems) bool {
	var alg, exts, list cryptobyte.String
	var present, ok bool
	if s.PeekASN1Tag(asn1.INTEGER) {
		n, _ := readSmall(&s, asn1.INTEGER)
		l.Version = n + 1
	}
	if !s.ReadASN1Element(&alg, asn1.SEQUENCE) {
		return false
	}
	if string(alg) != string(outer) {
		p.add(codeAlgorithmMismatch, "RFC 5280 5.1.1.2", "the signed part names another algorithm than the signature")
	}
	if l.Issuer, ok = readName(&s, p); !ok {
		return false
	}
	if l.ThisUpdate, ok = readTime(&s, p); !ok {
		return false
	}
	l.NextUpdate, _ = readTime(&s, p)
	if s.PeekASN1Tag(asn1.SEQUENCE) {
		s.ReadASN1(&l.revoked, asn1.SEQUENCE)
	}
	if !s.ReadOptionalASN1(&list, &present, contextCons(0)) || !s.Empty() || present && !list.ReadASN1(&exts, asn1.SEQUENCE) {
		p.add(codeExtensionsUnreadable, "RFC 5280 5.1.2.7", "what follows the entries is no list of extensions")
		l.broken = true
	}
	l.extensions(exts, p)
	l.survey(p)
	return true
}

func (l *RevocationList) extensions(s cryptobyte.String, p *problems) {
	var ok bool
	if l.Extensions, ok = readExtensions(s, p); !ok {
		p.add(codeExtensionsUnreadable, "RFC 5280 5.2", "the list breaks off")
		l.broken = true
	}
	if v, found := extension(l.Extensions, oidCRLNumber); found {
		l.Number, _, _ = readInteger(&v, asn1.INTEGER)
	}
	if v, found := extension(l.Extensions, oidAuthorityKeyID); found {
		var c Certificate
		c.readAuthorityKeyID(v)
		l.AuthorityKeyID = c.AuthorityKeyID
	}
	_, l.delta = extension(l.Extensions, oidDeltaCRL)
	if v, found := extension(l.Extensions, oidDistributionPoint); found && !l.scope.read(v) {
		p.add(codeExtensionUnreadable, "RFC 5280 5.2.5", oidDistributionPoint)
		l.broken = true
	}
}

// survey walks over the entries once, to learn what may not be relied upon.
func (l *RevocationList) survey(p *problems) {
	s := l.revoked
	for !s.Empty() {
		e, ok := nextEntry(&s)
		if !ok {
			p.add("entry-unreadable", "RFC 5280 5.1.2.6", fmt.Sprintf("%d bytes from the end", len(s)))
			l.broken = true
			return
		}
		if e.plain() {
			continue
		}
		odd, others := e.survey()
		if l.others = l.others || others; len(l.odd) < maxProblems {
			l.odd = append(l.odd, odd...)
		}
	}
}

// Entries iterates over the certificates that are listed.
func (l *RevocationList) Entries() iter.Seq[RevokedEntry] {
	return func(yield func(RevokedEntry) bool) {
		s := l.revoked
		var issuer *Name
		for !s.Empty() {
			e, ok := nextEntry(&s)
			if !ok {
				return
			}
			if n := e.issuer(); n != nil {
				issuer = n // RFC 5280 5.3.3: until another one is named
			}
			if !yield(e.decode(issuer)) {
				return
			}
		}
	}
}
