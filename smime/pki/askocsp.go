package pki

import (
	"bytes"
	"crypto/sha1"
	"errors"

	"github.com/emlcheck/emlcheck/smime/internal/sigalg"
)

// responses asks the OCSP responses about a certificate (RFC 6960 3.2).
func (q *inquiry) responses() []Revocation {
	var out []Revocation
	for _, a := range q.proofs.answers[q.cert.Serial.String()] {
		if q.meant(a.OCSPAnswer) {
			out = append(out, q.answer(a.response, a.OCSPAnswer))
		}
	}
	return out
}

// meant compares the issuer of a CertID (RFC 6960 4.1.1); the serial number is
// what it was found by.
func (q *inquiry) meant(a *OCSPAnswer) bool {
	h, ok := sigalg.HashByOID(a.HashOID)
	if !ok || h.New == nil {
		return false
	}
	sum := func(b []byte) []byte {
		d := h.New()
		d.Write(b)
		return d.Sum(nil)
	}
	if !bytes.Equal(sum(q.issuer.keyBits()), a.KeyHash) {
		return false
	}
	return bytes.Equal(sum(q.issuer.Subject.Raw), a.NameHash) || bytes.Equal(sum(q.cert.Issuer.Raw), a.NameHash)
}

func (q *inquiry) answer(r *OCSPResponse, a *OCSPAnswer) Revocation {
	f := Revocation{Certificate: q.i, Source: "ocsp", Label: r.Label, Status: a.Status, ThisUpdate: a.ThisUpdate,
		NextUpdate: a.NextUpdate, RevokedAt: a.RevokedAt, Invalidity: a.Invalidity, Reason: a.Reason}
	err := q.checkResponse(r, a)
	f.skipped = errors.Is(err, errBudget)
	switch {
	case err != nil:
		f.Why = err.Error()
	case a.Status == statusRevoked:
		f.Usable = true
		f.apply(q.At, q.Attested)
	default:
		f.Why = covers(q.cert, a.ThisUpdate, a.NextUpdate, a.cutoff, q.At)
		f.Usable = f.Why == ""
	}
	return f
}

// checkResponse tells whether an answer may be used at all.
func (q *inquiry) checkResponse(r *OCSPResponse, a *OCSPAnswer) error {
	if odd := append(append([]string(nil), r.odd...), a.odd...); len(odd) > 0 {
		return unusable("critical extensions that are not known: " + describe(odd))
	}
	if r.names(q.issuer) {
		err := q.prove(q.issuer, &r.signed, r.TBS, r.sig)
		if err == nil || err == errBudget {
			return err
		}
	}
	why := unusable("signed by nobody who may answer")
	for _, c := range append(r.Certificates, q.pool[r.responderKey()]...) {
		if !r.names(c) || c.sameHolder(q.issuer) {
			continue
		}
		err := q.prove(c, &r.signed, r.TBS, r.sig)
		if err == nil {
			err = q.delegate(r, c)
		}
		if err == nil || err == errBudget {
			return err
		}
		why = unusable("responder " + c.Subject.brief() + ": " + err.Error())
	}
	return why
}

// responderKey files the responder as the pool does.
func (r *OCSPResponse) responderKey() string {
	if r.ResponderName == nil {
		return ""
	}
	return r.ResponderName.key
}

// names compares a ResponderID (RFC 6960 4.2.2.3).
func (r *OCSPResponse) names(c *Certificate) bool {
	if r.ResponderName != nil {
		return r.ResponderName.Equal(&c.Subject)
	}
	sum := sha1.Sum(c.keyBits())
	return bytes.Equal(sum[:], r.ResponderKeyHash)
}

// delegate asks whether the issuer lets c answer (RFC 6960 4.2.2.2). Whether c
// itself was revoked is not asked.
func (q *inquiry) delegate(r *OCSPResponse, c *Certificate) error {
	switch {
	case !c.HasEKU || !c.allows(oidOCSPSigning):
		return unusable("its certificate is not for OCSP")
	case !c.uses(DigitalSignature | NonRepudiation):
		return unusable("its key is not for signatures")
	case len(c.odd) > 0:
		return unusable("its certificate has critical extensions that are not known")
	case r.ProducedAt.Before(c.NotBefore) || r.ProducedAt.After(c.NotAfter):
		return unusable("its certificate was not valid when the answer was made")
	case !q.issuer.Subject.Equal(&c.Issuer):
		return unusable("its certificate was not issued by the certificate's issuer")
	}
	err := q.prove(q.issuer, &c.public.signature, c.TBS, c.Signature)
	if err == nil || err == errBudget {
		return err
	}
	return unusable("its certificate is not signed by the certificate's issuer")
}
