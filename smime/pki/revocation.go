package pki

import (
	"slices"
	"time"
)

// Revocation is what one CRL or OCSP answer says about one certificate.
type Revocation struct {
	// Certificate is the index in [Path.Chain].
	Certificate int
	// Source is "crl" or "ocsp"; Label is that of the list or response.
	Source, Label string
	// Status is "good", "revoked" or "unknown". Of a list, "good" is not listed.
	Status string
	// ThisUpdate and NextUpdate bound when it speaks.
	ThisUpdate, NextUpdate time.Time
	// RevokedAt is since when, Invalidity since when the key is suspect.
	RevokedAt, Invalidity time.Time
	// Reason is in RFC 5280 5.3.1's words; "" when absent.
	Reason string
	// Usable says that it counts at the moment that was asked for; Why says why
	// not, and what follows from it.
	Usable bool
	Why    string

	applies bool // it makes the certificate revoked at the moment
	skipped bool // there was no budget to check it
}

// Standing is what all evidence together says about one certificate.
type Standing string

// The standings. StandingNotChecked is no answer: there was no usable evidence.
const (
	StandingNotChecked Standing = "not-checked"
	StandingGood       Standing = "good"
	StandingUnknown    Standing = "unknown"
	StandingRevoked    Standing = "revoked"
	// StandingLater: revoked after the moment, for a reason that does not reach
	// back, such as "superseded".
	StandingLater Standing = "revoked-later"
)

const reasonHold = "certificateHold"

// revocation asks all evidence about every certificate of a path. That a root
// revokes itself counts too: nobody else could have said so.
func (b *builder) revocation(p *Path) {
	p.Standing = make([]Standing, len(p.Chain))
	for i, c := range p.Chain {
		var facts []Revocation
		if issuer := p.issuerOf(i); issuer != nil {
			q := inquiry{b, p, i, c, issuer}
			facts = append(q.lists(), q.responses()...)
		}
		p.Standing[i] = b.standing(p, i, facts)
		p.Revocation = append(p.Revocation, facts...)
	}
}

// issuerOf is who may revoke a certificate of a path; nil when not known.
func (p *Path) issuerOf(i int) *Certificate {
	if i+1 < len(p.Chain) {
		return p.Chain[i+1]
	}
	if p.Chain[i].SelfIssued() {
		return p.Chain[i]
	}
	return nil
}

// inquiry is the question about one certificate of a path.
type inquiry struct {
	*builder
	path   *Path
	i      int
	cert   *Certificate
	issuer *Certificate
}

// standing sums the facts on certificate i up. The gravest counts; but a hold
// that a later source no longer knows was lifted (RFC 5280 5.3.1).
func (b *builder) standing(p *Path, i int, facts []Revocation) Standing {
	out := StandingNotChecked
	for k := range facts {
		f := &facts[k]
		if f.skipped {
			p.fail(i, codeBudget, "evidence of revocation was not checked: too many signatures")
		}
		if !f.Usable {
			continue
		}
		switch {
		case f.Status == statusGood && out != StandingRevoked && out != StandingLater:
			out = StandingGood
		case f.Status == statusUnknown && out == StandingNotChecked:
			out = StandingUnknown
		case f.Status != statusRevoked:
		case f.Reason == reasonHold && lifted(f, facts):
			f.Why, f.applies = "the hold was lifted later", false
			p.note(i, "hold-lifted", f.Label, "RFC 5280 5.3.1")
		case f.applies:
			out = StandingRevoked
			p.fail(i, codeRevoked, f.Why)
		case out != StandingRevoked:
			out = StandingLater
			p.note(i, string(StandingLater), f.Why, "RFC 5280 5.3.1")
		}
	}
	return out
}

func lifted(hold *Revocation, facts []Revocation) bool {
	return slices.ContainsFunc(facts, func(f Revocation) bool {
		return f.Usable && f.Status == statusGood && f.ThisUpdate.After(hold.ThisUpdate)
	})
}

// apply decides whether a revocation counts at the moment. A compromised key may
// have signed at any time and claimed another: only an attested moment before the
// compromise stands.
func (f *Revocation) apply(at time.Time, attested bool) {
	const form = "2006-01-02 15:04:05Z"
	since := "revoked " + f.RevokedAt.Format(form)
	if f.Reason != "" {
		since += " for " + f.Reason
	}
	compromised := f.Reason == "keyCompromise" || f.Reason == "cACompromise" || f.Reason == "aACompromise"
	switch {
	case f.RevokedAt.IsZero():
		f.applies, f.Why = true, "revoked at a time that cannot be read"
	case !f.RevokedAt.After(at):
		f.applies, f.Why = true, since
	case !f.Invalidity.IsZero() && !f.Invalidity.After(at):
		f.applies, f.Why = true, since+"; the key is suspected since "+f.Invalidity.Format(form)
	case compromised && !attested:
		f.applies, f.Why = true, since+": after the moment, but who has the key can claim any moment"
	default:
		f.Why = since + ", after the moment"
	}
}

// covers says why a source that does not know of a revocation says nothing about
// the moment; "" when it does. lists is since when the source keeps expired
// certificates; zero when it does not.
func covers(c *Certificate, this, next, lists, at time.Time) (why string) {
	const form = "2006-01-02 15:04:05Z"
	switch {
	case at.IsZero() || this.IsZero():
		return "without a moment nothing follows"
	case this.After(at):
		// RFC 5280 3.3: entries may go once the certificate has expired.
		if this.After(c.NotAfter) && (lists.IsZero() || lists.After(c.NotAfter)) {
			return "issued after the certificate expired, when revocations may have been dropped"
		}
	case next.IsZero():
		// RFC 5280 5.1.2.5 demands it of lists; RFC 6960 2.4 says of an answer
		// without it that there is newer information at any time.
		return "does not say until when it holds, and was issued before the moment: " + this.Format(form)
	case at.After(next):
		return "stale: the next one was due " + next.Format(form)
	}
	return ""
}
