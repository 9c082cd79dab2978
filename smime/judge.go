package smime

import (
	"slices"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/internal/cms"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// signers checks every signer of an object on its own, and sums them up.
func (i *inspector) signers(l *Layer, s *cms.SignedData, c *content) {
	if len(s.Signers) == 0 {
		l.Verdict, l.Reason = VerdictInvalid, "RFC 5652 5.1: nobody has signed this object"
		l.flag("no-signers", "")
		return
	}
	own := readCertificates(s)
	l.keep(c, own)
	l.crls, l.answers = enclosed(s)
	certs := slices.Concat(own, i.opt.Certificates, i.opt.Roots)
	shown := i.shownAuthors(l)
	for k := range s.Signers {
		one := check{info: &s.Signers[k], kind: s.Content.Type, content: c, partly: s.Partly}
		one.run(certs)
		i.judgeSigner(l, &one, shown, certs)
		l.Signers = append(l.Signers, one.Signer)
	}
	l.sumUp()
}

// spoils reports whether a signature decides about a layer whatever others say: it
// does not fit, or nobody knows because there was no work left to check it.
func (s *Signer) spoils() bool { return s.Integrity == IntegrityInvalid || s.Code == codeWork }

// sumUp is the verdict of a layer: one signature that does not fit spoils it;
// else the best signature speaks for it.
func (l *Layer) sumUp() {
	best := l.Signers[0]
	differ := false
	for _, s := range l.Signers[1:] {
		differ = differ || s.Integrity != best.Integrity
		if !best.spoils() && (s.spoils() || grave[s.Verdict] < grave[best.Verdict]) {
			best = s
		}
	}
	l.Verdict, l.Reason = best.Verdict, best.Reason
	if differ {
		l.flag("signers-disagree", "one signature holds and another one does not, or cannot be checked")
	}
}

// readCertificates are those in an object that can be read.
func readCertificates(s *cms.SignedData) []*pki.Certificate {
	var out []*pki.Certificate
	for _, c := range s.Certificates {
		if c.Kind != "certificate" {
			continue
		}
		if cert, err := pki.ParseCertificate(c.Raw); err == nil {
			out = append(out, cert)
		}
	}
	return out
}

// judgeSigner gives a signer its verdict.
func (i *inspector) judgeSigner(l *Layer, c *check, shown []authors, certs []*pki.Certificate) {
	if c.Certificate != nil {
		i.compare(c, shown)
		for _, n := range c.Certificate.AltNames {
			if strings.ContainsRune(n.Value, 0) {
				c.flag("nul-in-name", "an alternative name of the certificate")
			}
		}
	}
	switch {
	case c.Integrity == IntegrityInvalid:
		c.Verdict = VerdictInvalid
		return
	case c.Code == "no-certificate":
		c.Verdict = VerdictNoCert
		return
	case c.Integrity != IntegrityValid:
		c.Verdict = VerdictUnsupported
		return
	}
	c.Verdict = VerdictValid
	i.readTokens(c, certs)
	i.readCounters(c, certs)
	i.judgeStrength(c)
	i.judgePaths(l, c, certs)
	if c.Identity != IdentityMatch {
		c.worsen(VerdictMismatch, "RFC 8550 3: the certificate does not speak for the author that is shown")
		if c.Identity == IdentityNone {
			c.flag("no-address-in-certificate", "")
		}
	}
}

// shownAuthors are the authors in the header that readers show, and in the protected
// one where there is one: readers that know RFC 9788 show that.
func (i *inspector) shownAuthors(l *Layer) []authors {
	shown := []authors{i.authors}
	if l.Protected != nil && l.Protected.Header.Count("From") > 0 {
		shown = append(shown, authorsOf(l.Protected.Header))
	}
	return shown
}

// compare demands that the certificate speaks for all authors that are shown.
func (i *inspector) compare(c *check, shown []authors) {
	emails := c.Certificate.Emails()
	for n, a := range shown {
		if !i.session.Spend(len(emails) * len(a.from) / 100) {
			c.Identity = IdentityMismatch
			c.flag(codeWork, "not all authors were compared")
			return
		}
		id, flags := compareIdentity(emails, a)
		if n == 0 || id != IdentityMatch {
			c.Identity = id
		}
		for _, f := range flags {
			c.flag(f, "")
		}
	}
}

// worsen takes a graver verdict with its reason.
func (c *check) worsen(v Verdict, reason string) {
	if grave[v] > grave[c.Verdict] {
		c.Verdict, c.Reason = v, reason
	}
}

// judgePaths looks for paths at the three moments.
func (i *inspector) judgePaths(l *Layer, c *check, certs []*pki.Certificate) {
	opt := &pki.Options{Roots: i.opt.Roots, Intermediates: i.opt.Certificates, Extra: certs, Session: i.session}
	opt.CRLs, opt.OCSP = append(slices.Clip(l.crls), i.opt.CRLs...), append(slices.Clip(l.answers), i.opt.OCSP...)
	at := func(t time.Time) *pki.Path {
		if t.IsZero() {
			return nil
		}
		o := *opt
		o.At = t
		return c.bestPath(&o)
	}
	moment, by := i.evidence, i.by
	if t, ok := c.attested(); ok {
		moment, by, opt.Attested = t, ByTimeStamp, true
	}
	c.AtEvidence = at(moment)
	opt.Attested = false
	c.AtSigning, c.AtNow = at(c.SigningTime), at(i.opt.Now)
	i.checkTimes(c, at)
	switch {
	case c.AtEvidence != nil:
		c.JudgedAt, c.JudgedBy = moment, by
		c.judgePath(c.AtEvidence, moment)
	case c.AtSigning != nil:
		c.JudgedAt, c.JudgedBy = c.SigningTime, BySigningTime
		c.judgePath(c.AtSigning, c.SigningTime)
	default:
		c.worsen(VerdictUntrusted, "no moment is known at which the certificate could be judged")
	}
}

// bestPath is the path of the signer's certificate, or of another one with the
// same identifier and key: the signature cannot tell them apart.
func (c *check) bestPath(opt *pki.Options) *pki.Path {
	best := pki.BuildPath(c.Certificate, opt)
	for _, other := range c.twins {
		if best.State == pki.StateValid {
			break
		}
		if p := pki.BuildPath(other, opt); p.State == pki.StateValid {
			best = p
		}
	}
	return best
}

// judgePath turns the state of a path into a verdict.
func (c *check) judgePath(p *pki.Path, at time.Time) {
	reason := string(p.State)
	if len(p.Problems) > 0 {
		reason = p.Problems[0].Detail
		if clause := p.Problems[0].Clause; clause != "" {
			reason = clause + ": " + reason
		}
	}
	switch p.State {
	case pki.StateValid:
	case pki.StateRevoked:
		c.worsen(VerdictRevoked, reason)
	case pki.StateNotYetValid:
		c.worsen(VerdictNotYetValid, reason)
	case pki.StateExpired:
		c.worsen(VerdictExpired, reason)
	default:
		c.worsen(VerdictUntrusted, reason)
	}
	if p.State == pki.StateWrongPurpose {
		c.flag("wrong-purpose", reason)
	}
	for _, w := range p.Weak {
		c.flag("weak-link", w.Detail)
	}
	for k := range p.Revocation {
		c.judgeRevocation(&p.Revocation[k], at)
	}
	c.judgeLinks(p, at)
}

// judgeRevocation notes what a list or an OCSP response says beside whether a
// certificate was revoked.
func (c *check) judgeRevocation(r *pki.Revocation, at time.Time) {
	revoked := r.Status == "revoked"
	if revoked && !r.Usable {
		c.flag(r.Source+"-not-verified", r.Why)
		return
	}
	if revoked && r.RevokedAt.After(at) {
		if !r.Invalidity.IsZero() && !r.Invalidity.After(at) {
			c.flag("invalidity-date", r.Why)
		} else {
			c.flag("revoked-later", r.Why)
		}
	}
	if !r.NextUpdate.IsZero() && r.NextUpdate.Before(at) {
		c.flag(r.Source+"-stale", r.Why)
	}
}

// enclosed are the revocation lists and OCSP responses inside an object.
func enclosed(s *cms.SignedData) (crls []*pki.RevocationList, answers []*pki.OCSPResponse) {
	for _, r := range s.Revocations {
		switch r.Kind {
		case "crl":
			found, _ := pki.ReadRevocationLists(r.Raw)
			crls = append(crls, found...)
		case "ocsp":
			found, _ := pki.ReadOCSPResponses(r.Raw)
			answers = append(answers, found...)
		}
	}
	for _, c := range crls {
		c.Label = "in the signature"
	}
	for _, a := range answers {
		a.Label = "in the signature"
	}
	return crls, answers
}

// judge is the verdict about a message.
func (r *Report) judge(m *mimeparse.Message) {
	var covered, opaque []headers.Span
	signed := false
	v := VerdictValid
	for _, l := range r.Layers {
		spans := &opaque
		switch {
		case l.Verdict.isSigned():
			signed = true
			v = worse(v, l.worst())
			spans = &covered
		case l.InnerVerdict.isSigned(): // shown, too, once it is opened
			v = worse(v, l.InnerVerdict)
			spans = &covered
		}
		if l.Message == m {
			*spans = append(*spans, l.Covers...)
		}
	}
	if !signed {
		covered = append(covered, opaque...) // encrypted by somebody, signed by nobody
	}
	r.Uncovered = uncovered(m, covered)
	r.checkShown(m)
	if signed {
		if len(r.Uncovered) > 0 {
			v = worse(v, VerdictPartial)
			r.Flags = append(r.Flags, Flag{Code: "uncovered-part"})
		}
		r.Verdict = v
		return
	}
	r.Verdict = VerdictUnsigned
	for _, w := range []Verdict{VerdictEncrypted, VerdictCompressed, VerdictCertsOnly} {
		for _, l := range r.Layers {
			if l.Verdict == w && (w != VerdictCertsOnly || len(r.Uncovered) <= 1) {
				r.Verdict = w
				return
			}
		}
	}
}

// worst is the gravest verdict of a signed layer and of those inside it.
func (l *Layer) worst() Verdict {
	v := l.Verdict
	for _, c := range l.Children {
		if w := c.worst(); w.isSigned() {
			v = worse(v, w)
		}
	}
	return v
}

// checkEmbedded looks at an object that carries a content of its own beside the
// one that is shown (CVE-2018-18509).
func (l *Layer) checkEmbedded(s *cms.SignedData, c *content) {
	if s.Content.Present {
		l.flag("embedded-content", "the signature's object carries a content of its own; what is checked is the part that is shown")
	}
}

// checkType compares the parameter smime-type with the object (RFC 8551 3.2.2).
func (l *Layer) checkType(o *cms.Object, p *mimeparse.Part) {
	param, ok := p.Type.Get("smime-type")
	if !ok {
		return
	}
	says := strings.ToLower(strings.TrimSpace(param.Value))
	fits := map[string]bool{
		"signed-data":        o.Signed != nil && len(o.Signed.Signers) > 0,
		"signed-receipt":     o.Signed != nil,
		"certs-only":         o.Signed != nil && len(o.Signed.Signers) == 0,
		"enveloped-data":     o.Kind == cms.Enveloped,
		"authenveloped-data": o.Kind == cms.AuthEnveloped,
		"authenvelopeddata":  o.Kind == cms.AuthEnveloped,
		"compressed-data":    o.Kind == cms.Compressed,
	}
	if is, known := fits[says]; known && !is {
		l.flag("smime-type-mismatch", "smime-type says "+says+", the object is "+string(o.Kind))
	}
}

// checkMicalg compares the parameter micalg with the digests (RFC 8551 3.5.3.2).
func (l *Layer) checkMicalg(p *mimeparse.Part) {
	param, ok := p.Type.Get("micalg")
	if !ok || len(l.Signers) == 0 {
		return
	}
	plain := func(s string) string { return strings.NewReplacer("-", "", " ", "").Replace(strings.ToLower(s)) }
	for says := range strings.SplitSeq(param.Value, ",") {
		for _, s := range l.Signers {
			if plain(says) == plain(s.DigestAlgorithm) {
				return
			}
		}
	}
	l.flag("micalg-mismatch", "micalg says "+param.Value+", the signature uses "+l.Signers[0].DigestAlgorithm)
}
