package smime

import (
	"bytes"
	"fmt"
	"time"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
	"github.com/emlcheck/emlcheck/smime/internal/cms"
	"github.com/emlcheck/emlcheck/smime/internal/sigalg"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// maxTokens bounds the time stamps and counter-signatures of one signature.
const maxTokens = 8

// readTokens examines the time stamps of a signature (RFC 3161 A).
func (i *inspector) readTokens(c *check, certs []*pki.Certificate) {
	for _, a := range c.info.FindUnsigned(cms.OIDTimeStampToken) {
		for _, v := range a.Values {
			if len(c.Tokens) == maxTokens {
				return
			}
			t := i.token(v.Source(), c.info.Signature, certs)
			if !t.Proven {
				c.flag("timestamp-invalid", t.Reason)
			}
			c.Tokens = append(c.Tokens, t)
		}
	}
}

// attested is the earliest moment that a time stamp proves: the signature was
// made before it.
func (c *check) attested() (t time.Time, ok bool) {
	for _, token := range c.Tokens {
		if token.Proven && (!ok || token.Time.Before(t)) {
			t, ok = token.Time, true
		}
	}
	return t, ok
}

// token examines one time stamp over the octets given.
func (i *inspector) token(b, stamped []byte, certs []*pki.Certificate) (t TimeStamp) {
	o, err := cms.Parse(b)
	if err != nil || o.Signed == nil || o.Signed.Content.Type != cms.OIDTimeStamp || len(o.Signed.Signers) != 1 {
		t.Reason = "RFC 3161 2.4.2: no time-stamp token with one signer"
		return t
	}
	info := o.Signed.Content.Bytes()
	var fits bool
	if t.Time, fits, err = readStamp(info, stamped); err != nil {
		t.Reason = err.Error()
		return t
	}
	one := check{info: &o.Signed.Signers[0], kind: cms.OIDTimeStamp, content: i.bytesContent(info)}
	certs = append(readCertificates(o.Signed), certs...)
	one.run(certs)
	i.stampPath(&one, t.Time, o.Signed, certs)
	t.Signer = one.Signer
	switch p := one.AtEvidence; {
	case !fits:
		t.Reason = "RFC 3161 2.4.2: the token is over other octets than this signature"
	case one.Integrity != IntegrityValid:
		t.Reason = "the token's own signature: " + one.Reason
	case checkESS(one.info, one.Certificate) != essMatch:
		t.Reason = "RFC 3161 2.4.2: the token does not name its signer's certificate"
	case p.State != pki.StateValid:
		t.Reason = "the token's signer: " + string(p.State)
	case i.isWeak(&one):
		t.Reason = "the token's signer: " + one.Reason
	default:
		t.Proven = true
	}
	return t
}

// isWeak reports whether others could have made a token by the time of the evidence.
func (i *inspector) isWeak(c *check) bool {
	c.Verdict, c.Reason = VerdictValid, ""
	i.judgeStrength(c)
	return c.Verdict == VerdictWeak
}

// bytesContent is a content in memory that has one form.
func (i *inspector) bytesContent(b []byte) *content {
	return &content{session: i.session, size: len(b), forms: []form{asStored}, in: func(form) pieces { return one(b) }, whole: func(int) []byte { return b }}
}

// stampPath judges the signer of a token at its moment.
func (i *inspector) stampPath(c *check, at time.Time, s *cms.SignedData, certs []*pki.Certificate) {
	if c.Certificate == nil {
		return
	}
	crls, answers := enclosed(s)
	c.AtEvidence = pki.BuildPath(c.Certificate, &pki.Options{
		Roots: i.opt.Roots, Intermediates: i.opt.Certificates, Extra: certs, At: at, Purpose: pki.PurposeTimeStamp, Session: i.session,
		CRLs: append(crls, i.opt.CRLs...), OCSP: append(answers, i.opt.OCSP...),
	})
}

// readStamp reads TSTInfo ::= SEQUENCE { version, policy, messageImprint SEQUENCE {
// hashAlgorithm, hashedMessage }, serialNumber, genTime GeneralizedTime, … } and
// compares it with what should be stamped (RFC 3161 2.4.2).
func readStamp(b, stamped []byte) (t time.Time, fits bool, err error) {
	bad := fmt.Errorf("RFC 3161 2.4.2: the token states no time")
	tree, err := ber.Parse(b)
	if err != nil || tree.Root().Tag() != ber.Sequence {
		return t, false, bad
	}
	r := tree.Root().Inside()
	r.Read(ber.Integer)
	r.Read(ber.OID)
	imprint, okImprint := r.Read(ber.Sequence)
	r.Read(ber.Integer)
	moment, okTime := r.Read(ber.GeneralizedTime)
	if !okImprint || !okTime {
		return t, false, bad
	}
	t, ok := readTime(moment)
	if !ok {
		return t, false, bad
	}
	inside := imprint.Inside()
	algorithm, ok := inside.Read(ber.Sequence)
	digest, okDigest := inside.Read(ber.OctetString)
	if !ok || !okDigest {
		return t, false, bad
	}
	of := algorithm.Inside()
	oid, ok := of.Read(ber.OID)
	if !ok {
		return t, false, bad
	}
	h, known := sigalg.HashByOID(oid.OID())
	if !known || h.New == nil {
		return t, false, fmt.Errorf("the token uses the digest %s, which is not known", oid.OID())
	}
	if from, weak := weakDigests[h.Name]; weak && !t.Before(from) {
		return t, false, fmt.Errorf("the token is over the digest %s, which could be made to fit by then", h.Name)
	}
	d := h.New()
	d.Write(stamped)
	return t, bytes.Equal(d.Sum(nil), digest.Octets()), nil
}

// readCounters examines signatures over this one (RFC 5652 11.4).
func (i *inspector) readCounters(c *check, certs []*pki.Certificate) {
	for _, a := range c.info.FindUnsigned(cms.OIDCounterSignature) {
		for _, v := range a.Values {
			if len(c.Counters) == maxTokens {
				return
			}
			one := check{kind: signatureType, content: i.bytesContent(c.info.Signature)}
			if info, err := cms.ReadSignerInfo(v); err == nil {
				one.info = &info
				one.run(certs)
			} else {
				one.refuse(IntegrityInvalid, "malformed", err.Error())
			}
			if one.Integrity != IntegrityValid {
				c.flag("counter-signature-invalid", one.Reason)
			}
			c.Counters = append(c.Counters, one.Signer)
		}
	}
}
