package smimeforge

import "time"

// This file answers one question: was the certificate revoked, when and why, and may the source be believed?

// revocations makes the cases path-crl-*, path-ocsp-* and path-revoked-*.
func (f *forge) revocations() error {
	f.crlReasons()
	f.crlSources()
	f.crlScopes()
	f.ocspAnswers()
	f.ocspSources()
	return nil
}

// revocable makes a message of a fresh certificate; the lists are made for that certificate.
func (f *forge) revocable(name, want, why string, crls func(c *cert) [][]byte) *Case {
	c := f.person(nil)
	out := f.addBy(name, want, why, c, nil)
	if crls != nil {
		out.crl(crls(c)...)
	}
	return out
}

// listed is revocable with one CRL of the intermediate and one entry.
func (f *forge) listed(name, want, why string, edit func(*revocationList), made func(*cert) entry) *Case {
	return f.revocable(name, want, why, func(c *cert) [][]byte { return [][]byte{f.list(f.inter, edit, made(c))} })
}

func (f *forge) crlReasons() {
	f.revocable("path-crl-good", Valid, "RFC 5280 6.3.3: the certificate is not on the list", func(*cert) [][]byte {
		return [][]byte{f.list(f.inter, nil, f.before(f.mallory, keyCompromise)), f.list(f.root, nil)}
	})
	f.revocable("path-crl-empty", Valid, "RFC 5280 5.1.2.6: a list without entries",
		func(*cert) [][]byte { return [][]byte{f.list(f.inter, nil)} })
	for _, t := range []struct {
		word   string
		reason int
	}{{"no-reason", noReason}, {"unspecified", unspecifiedWhy}, {"key-compromise", keyCompromise}, {"ca-compromise", caCompromise},
		{"affiliation", affiliation},
		{"superseded", superseded}, {"cessation", cessation}, {"hold", hold}, {"privilege", 9}, {"aa-compromise", aaCompromise}} {
		f.listed("path-revoked-"+t.word, Revoked, "RFC 5280 6.3.3: revoked before the message, for reason "+t.word, nil,
			func(c *cert) entry { return f.before(c, t.reason) })
	}
	for _, t := range []struct {
		word   string
		reason int
	}{{"superseded", superseded}, {"affiliation", affiliation}, {"cessation", cessation}} {
		f.listed("path-revoked-later-"+t.word, Valid,
			"RFC 5280 5.3.1: revoked ten days after the message for a reason that says nothing about the past", f.later,
			func(c *cert) entry { return f.after(c, t.reason) }).flag("revoked-later")
	}
	f.listed("path-revoked-later-compromise", Valid,
		"RFC 5280 5.3.2: the key was compromised after the message as far as is known; a cautious verifier refuses", f.later,
		func(c *cert) entry { return f.after(c, keyCompromise) }).also(Revoked).flag("revoked-later")
	f.listed("path-revoked-later-invalid-before", Revoked,
		"RFC 5280 5.3.2: invalidityDate says that the key was lost before the message", f.later, func(c *cert) entry {
			e := f.after(c, keyCompromise)
			e.invalid = f.date.AddDate(0, 0, -20)
			return e
		}).flag("invalidity-date")
	f.listed("path-revoked-later-invalid-after", Valid, "RFC 5280 5.3.2: invalidityDate is after the message", f.later,
		func(c *cert) entry {
			e := f.after(c, keyCompromise)
			e.invalid = f.date.AddDate(0, 0, 5)
			return e
		}).also(Revoked).flag("revoked-later")
	f.listed("path-revoked-same-day", Revoked, "RFC 5280 6.3.3: revoked one minute before the message", nil, func(c *cert) entry {
		return entry{serial: c.serial, at: f.date.Add(-time.Minute), reason: keyCompromise}
	})
	c := f.person(nil)
	f.addBy("path-revoked-backdated", Revoked,
		"RFC 5652 11.3: signing-time before the revocation is a claim; the message is dated after it", c, func(s *signed) {
			s.signers[0].time = f.date.AddDate(0, 0, -30)
		}).crl(f.list(f.inter, nil, f.before(c, keyCompromise))).flag("backdated")
	c = f.person(nil)
	late := f.addBy("path-revoked-at-evidence", Revoked,
		"RFC 5280 6.3: at the evidence time, after Date, the certificate was revoked", c, nil)
	late.crl(f.list(f.inter, f.later, f.after(c, keyCompromise))).at(f.date.AddDate(0, 0, 14))
}

func (f *forge) crlSources() {
	bad := func(c *cert) entry { return f.before(c, keyCompromise) }
	f.listed("path-crl-foreign-key", Valid, "RFC 5280 6.3.3 g: the list is not signed by the authority, so it says nothing",
		func(l *revocationList) { l.key = f.mallory.key }, bad).flag("crl-not-verified")
	f.revocable("path-crl-broken", Valid, "RFC 5280 6.3.3 g: the signature of the list is broken, so it says nothing",
		func(c *cert) [][]byte {
			return [][]byte{flipLast(f.list(f.inter, nil, bad(c)))}
		}).flag("crl-not-verified")
	f.revocable("path-crl-other-issuer", Valid,
		"RFC 5280 6.3.3 b: a list of the root with that serial number is about another certificate", func(c *cert) [][]byte {
			return [][]byte{f.list(f.root, nil, bad(c))}
		})
	f.listed("path-crl-other-serial", Valid, "RFC 5280 5.3: the serial number differs in one", nil, func(c *cert) entry {
		e := bad(c)
		e.serial = f.nextSerial()
		return e
	})
	old := func(l *revocationList) { l.this, l.next = f.date.AddDate(0, -3, 0), f.date.AddDate(0, -2, 0) }
	f.revocable("path-crl-stale-good", Valid, "RFC 5280 6.3.3 a: the list is too old to prove anything",
		func(*cert) [][]byte { return [][]byte{f.list(f.inter, old)} }).flag("crl-stale")
	f.listed("path-crl-stale-revoked", Revoked, "RFC 5280 5: revocation is for good, so the old list still proves it", old,
		func(c *cert) entry {
			return entry{serial: c.serial, at: f.date.AddDate(0, -4, 0), reason: keyCompromise}
		})
	f.listed("path-crl-sha1", Revoked, "RFC 5280 6.3.3 g: a list signed with SHA-1 is weak but says revoked",
		func(l *revocationList) { l.hash = sha1Hash }, bad)
	c := f.person(nil)
	f.addBy("path-crl-inside", Revoked, "RFC 5652 10.2.1: the crls field carries the list", c,
		func(s *signed) { s.crls = [][]byte{f.list(f.inter, nil, bad(c))} })
	f.addSigned("path-crl-inside-good", Valid, "RFC 5652 10.2.1: the crls field carries a list without the certificate",
		func(s *signed) { s.crls = [][]byte{f.list(f.inter, nil)} })
	c = f.person(nil)
	f.addBy("path-crl-inside-good-outside-bad", Revoked,
		"RFC 5280 6.3.3: the sender's older list does not weigh against the newer one", c, func(s *signed) {
			s.crls = [][]byte{f.list(f.inter, old)}
		}).crl(f.list(f.inter, nil, bad(c)))
	f.addSigned("path-crl-inside-junk", Valid, "RFC 5652 10.2.1: a list that cannot be read says nothing",
		func(s *signed) { s.crls = [][]byte{seq(octets([]byte("junk")))} }).also(Malformed)
	c = f.person(nil)
	f.addBy("path-crl-two", Revoked, "RFC 5280 6.3.3: one of two fresh lists names the certificate", c, nil).crl(f.list(f.inter,
		nil), f.list(f.inter, nil, bad(c)))
	ca := f.authority(f.root, "Forge Revoked CA", nil, nil)
	f.addChain("path-revoked-intermediate", Revoked, "RFC 5280 6.1.3 a 3: every certificate of the path", f.personBy(ca, nil), ca).
		crl(f.list(f.root, nil, f.before(ca, caCompromise))).also(Untrusted)
}

// scope is an issuingDistributionPoint with one flag.
func scope(n byte) []byte { return extension(extArc+"28", true, seq(context(n, []byte{0xff}))) }

func (f *forge) crlScopes() {
	bad := func(c *cert) entry { return f.before(c, keyCompromise) }
	with := func(ext []byte) func(*revocationList) {
		return func(l *revocationList) { l.extra = append(l.extra, ext) }
	}
	f.listed("path-crl-user-only", Revoked, "RFC 5280 5.2.5: a list for end entities", with(scope(1)), bad)
	f.listed("path-crl-ca-only", Valid, "RFC 5280 5.2.5 and 6.3.3 b 2 iii: a list for authorities does not speak of end entities",
		with(scope(2)), bad).also(Revoked)
	f.listed("path-crl-attribute-only", Valid, "RFC 5280 5.2.5 and 6.3.3 b 2 iv: a list for attribute certificates", with(scope(5)),
		bad).also(Revoked)
	f.listed("path-crl-critical-unknown", Valid, "RFC 5280 5.2: a list with an unknown critical extension must not be used",
		with(extension("1.3.6.1.4.1.99999.12", true, null())), bad).also(Revoked)
	ca := f.authority(f.root, "Forge No CRL CA", nil, func(c *cert) { c.ku = kuCertSign })
	leaf := f.personBy(ca, nil)
	f.addChain("path-crl-no-crlsign", Valid, "RFC 5280 6.3.3 f: keyUsage of the list's issuer lacks cRLSign", leaf,
		ca).crl(f.list(ca, nil, bad(leaf))).also(Revoked).flag("crl-not-verified")
	f.listed("path-crl-hold-lifted", Valid, "RFC 5280 5.3.1: removeFromCRL lifts a hold (in a delta list; here in a full one)", nil,
		func(c *cert) entry { return f.before(c, 8) }).also(Revoked)
}

// answered makes a message of a fresh certificate with one OCSP response.
func (f *forge) answered(name, want, why string, edit func(*answerSpec)) *Case {
	c := f.person(nil)
	return f.addBy(name, want, why, c, nil).ocsp(f.answer(f.inter, c, edit))
}

// badAnswer is the status revoked before the message.
func (f *forge) badAnswer(a *answerSpec) {
	a.status = ocspRevoked(f.date.AddDate(0, 0, -10), keyCompromise)
}

func (f *forge) ocspAnswers() {
	f.answered("path-ocsp-good", Valid, "RFC 6960 2.2: good", nil)
	f.answered("path-ocsp-revoked", Revoked, "RFC 6960 2.2: revoked before the message", f.badAnswer)
	f.answered("path-ocsp-revoked-no-reason", Revoked, "RFC 6960 4.2.1: the reason is optional",
		func(a *answerSpec) { a.status = ocspRevoked(f.date.AddDate(0, 0, -10), noReason) })
	f.answered("path-ocsp-unknown", Valid, "RFC 6960 2.2: the responder does not know the certificate; that is no revocation",
		func(a *answerSpec) { a.status = ocspUnknown() }).
		also(Untrusted, Revoked)
	f.answered("path-ocsp-revoked-later", Valid, "RFC 6960 2.2 and RFC 5280 5.3.1: superseded ten days after the message",
		func(a *answerSpec) {
			a.status = ocspRevoked(f.date.AddDate(0, 0, 10), superseded)
			a.this, a.next = f.date.AddDate(0, 0, 12), f.date.AddDate(0, 0, 15)
		}).flag("revoked-later")
	f.answered("path-ocsp-by-key", Revoked, "RFC 6960 4.2.1: the responder may be named by its key",
		func(a *answerSpec) { f.badAnswer(a); a.byKey = true })
	f.answered("path-ocsp-sha256", Revoked, "RFC 6960 4.1.1: CertID with SHA-256",
		func(a *answerSpec) { f.badAnswer(a); a.certHash = sha256Hash })
	f.answered("path-ocsp-stale-good", Valid, "RFC 6960 4.2.2.1: too old to prove anything", func(a *answerSpec) {
		a.this, a.next = f.date.AddDate(0, -3, 0), f.date.AddDate(0, -2, 0)
	})
	c := f.person(nil)
	f.addBy("path-ocsp-good-crl-revoked", Revoked, "RFC 5280 6.3: one source says revoked, and revocation is for good", c, nil).
		ocsp(f.answer(f.inter, c, nil)).crl(f.list(f.inter, nil, f.before(c, keyCompromise)))
	f.addSigned("path-ocsp-try-later", Valid, "RFC 6960 2.3: an error answer says nothing", nil).ocsp(seq(enum(3)))
	f.addSigned("path-ocsp-junk", Valid, "RFC 6960 4.2.1: an answer that cannot be read says nothing",
		nil).ocsp([]byte("no answer"))
	c = f.person(nil)
	f.addBy("path-ocsp-inside", Revoked, "RFC 5940 2: the crls field carries the answer", c, func(s *signed) {
		s.crls = [][]byte{ocspChoice(f.answer(f.inter, c, f.badAnswer))}
	})
	ca := f.authority(f.root, "Forge Answered CA", nil, nil)
	f.addChain("path-ocsp-intermediate", Revoked, "RFC 5280 6.1.3 a 3: every certificate of the path", f.personBy(ca, nil),
		ca).ocsp(f.answer(f.root, ca, f.badAnswer)).also(Untrusted)
}

// responder is a delegated OCSP signer.
func (f *forge) responder(by *cert, eku []string) *cert {
	return f.personBy(by, func(c *cert) { c.subject, c.sans, c.eku = name("Responder"), nil, eku })
}

func (f *forge) ocspSources() {
	delegate := func(r *cert) func(*answerSpec) {
		return func(a *answerSpec) { f.badAnswer(a); a.signer, a.certs = r, [][]byte{r.der} }
	}
	f.answered("path-ocsp-delegated", Revoked, "RFC 6960 4.2.2.2: the authority gave the responder OCSPSigning",
		delegate(f.responder(f.inter, []string{ekuOCSP})))
	f.answered("path-ocsp-delegated-no-purpose", Valid,
		"RFC 6960 4.2.2.2: the responder lacks OCSPSigning, so the answer says nothing", delegate(f.responder(f.inter,
			nil))).flag("ocsp-not-verified")
	f.answered("path-ocsp-delegated-any", Valid, "RFC 6960 4.2.2.2: anyExtendedKeyUsage is not OCSPSigning",
		delegate(f.responder(f.inter, []string{ekuAny}))).also(Revoked).flag("ocsp-not-verified")
	f.answered("path-ocsp-delegated-other-issuer", Valid,
		"RFC 6960 4.2.2.2: the responder's certificate must come from the same authority", delegate(f.responder(f.root,
			[]string{ekuOCSP}))).
		flag("ocsp-not-verified")
	f.answered("path-ocsp-broken", Valid, "RFC 6960 3.2: the signature of the answer is broken",
		func(a *answerSpec) { f.badAnswer(a); a.mangle = flipLast }).flag("ocsp-not-verified")
	f.answered("path-ocsp-other-serial", Valid, "RFC 6960 3.2: the answer is about another certificate",
		func(a *answerSpec) { f.badAnswer(a); a.serial = f.nextSerial() })
	f.answered("path-ocsp-by-leaf", Valid, "RFC 6960 4.2.2.2: another customer of the authority is no responder",
		delegate(f.mallory)).flag("ocsp-not-verified")
	c := f.person(nil)
	f.addBy("path-ocsp-other-authority", Valid, "RFC 6960 3.2: the answer is about a certificate of another authority", c,
		nil).ocsp(f.answer(f.root, c, f.badAnswer))
}
