package pki

import (
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// lists asks the CRLs about a certificate (RFC 5280 6.3).
func (q *inquiry) lists() []Revocation {
	var out []Revocation
	for _, l := range q.proofs.about(q.cert) {
		e, listed := q.proofs.find(l, q.cert)
		if !l.Issuer.Equal(&q.cert.Issuer) && !listed {
			continue
		}
		f := Revocation{Certificate: q.i, Source: "crl", Label: l.Label, Status: statusGood,
			ThisUpdate: l.ThisUpdate, NextUpdate: l.NextUpdate}
		if listed {
			f.Status, f.RevokedAt, f.Invalidity, f.Reason = statusRevoked, e.RevokedAt, e.Invalidity, e.Reason
		}
		err := q.checkList(l)
		f.skipped = err == errBudget
		switch {
		case err != nil:
			f.Why = err.Error()
		case listed:
			f.Usable = true
			f.apply(q.At, q.Attested)
		default:
			f.Why = q.silence(l)
			f.Usable = f.Why == ""
		}
		if listed && !f.Usable {
			f.Why += "; it lists the certificate"
		}
		out = append(out, f)
	}
	return out
}

// silence says why it means nothing that a list does not name the certificate.
func (q *inquiry) silence(l *RevocationList) string {
	if l.broken {
		return "cannot be read whole"
	}
	if why := l.scope.covers(q.cert); why != "" {
		return why
	}
	return covers(q.cert, l.ThisUpdate, l.NextUpdate, l.keepsSince(), q.At)
}

// keepsSince is the extension expiredCertsOnCRL of X.509.
func (l *RevocationList) keepsSince() (t time.Time) {
	if v, found := extension(l.Extensions, oidExpiredCertsOnCRL); found {
		var p problems
		t, _ = readTime(&v, &p)
	}
	return t
}

// unusable is why a list says nothing at all.
type unusable string

func (u unusable) Error() string { return string(u) }

// checkList tells whether a list may be used for a certificate at all.
func (q *inquiry) checkList(l *RevocationList) error {
	odd := unknownCritical(l.Extensions, knownListExtension)
	switch {
	case !l.Issuer.Equal(&q.cert.Issuer):
		return unusable("an indirect list of another issuer, which is not followed")
	case problems(l.Problems).has(codeAlgorithmMismatch):
		return unusable("the signed part names another algorithm than the signature")
	case len(odd) > 0: // RFC 5280 5.2
		return unusable("critical extensions that are not known: " + describe(odd))
	case len(l.odd) > 0: // RFC 5280 5.3
		return unusable("critical extensions of entries that are not known: " + describe(l.odd))
	case l.delta: // RFC 5280 5.2.4
		return unusable("a delta list, which is not combined with its base")
	}
	by, err := q.listSigner(l)
	if err != nil {
		return err
	}
	if !by.uses(CRLSign) { // RFC 5280 6.3.3 (f)
		return unusable("signed with a key that may not sign lists")
	}
	return nil
}

func knownListExtension(oid string) bool {
	switch oid {
	case oidCRLNumber, oidAuthorityKeyID, oidIssuerAltName, oidDistributionPoint, oidDeltaCRL, oidFreshestCRL,
		oidExpiredCertsOnCRL, oidAuthorityInfo:
		return true
	}
	return false
}

// listSigner finds whose key signed a list: the issuer of the certificate, or
// another key of that name below the same root (RFC 5280 6.3.3 (f)).
func (q *inquiry) listSigner(l *RevocationList) (*Certificate, error) {
	err := q.prove(q.issuer, &l.signed, l.TBS, l.sig)
	if err == nil {
		return q.issuer, nil
	}
	for _, list := range [][]*Certificate{q.anchors[l.Issuer.key], q.pool[l.Issuer.key]} {
		for _, c := range list {
			if c.sameHolder(q.issuer) || !c.HasKeyUsage || !c.uses(CRLSign) || !q.holdsName(c) {
				continue
			}
			if q.prove(c, &l.signed, l.TBS, l.sig) == nil {
				return c, nil
			}
		}
	}
	if err == errBudget {
		return nil, err
	}
	return nil, unusable("no key of the issuer fits: " + err.Error())
}

// holdsName reports whether somebody above on the path gave c its name, or the
// examiner did.
func (q *inquiry) holdsName(c *Certificate) bool {
	if q.isAnchor(c) {
		return true
	}
	if c.NotBefore.After(q.At) || c.NotAfter.Before(q.At) {
		return false
	}
	for _, above := range q.path.Chain[q.i+1:] {
		if above.Subject.Equal(&c.Issuer) && q.prove(above, &c.public.signature, c.TBS, c.Signature) == nil {
			return true
		}
	}
	return false
}

// prove checks a signature on evidence, with a budget of its own: the evidence of
// a message shall not hide the path.
func (q *inquiry) prove(by *Certificate, s *signature, message, sig []byte) error {
	return q.verify(&q.evidence, by, s, message, sig)
}

// keyBits is what OCSP digests of a key: the BIT STRING of its SPKI.
func (c *Certificate) keyBits() []byte {
	s := cryptobyte.String(c.SPKI)
	var seq cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !seq.SkipASN1(asn1.SEQUENCE) {
		return nil
	}
	b, _ := bitString(&seq, asn1.BIT_STRING)
	return b
}
