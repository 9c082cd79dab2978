package smimeforge

import (
	"bytes"
	"slices"
	"time"
)

// This file answers one question: what if there are several signers, several names for one, or a third party's word on it?

// signers makes the cases about who signed: enc-ski-*, enc-*-signer*, enc-ess-*, enc-counter-*, path-timestamp-*.
func (f *forge) signers() error {
	f.sigKeyIDs()
	f.sigForgedNames()
	f.sigSeveral()
	f.sigESS()
	f.sigCounter()
	f.sigTokens()
	f.sigTokenTimes()
	return nil
}

func (f *forge) sigKeyIDs() {
	const why = "RFC 5652 5.3: the signer is named by subjectKeyIdentifier"
	ski := func(s *signed) { s.signers[0].sid = bySKI(f.alice) }
	f.addSigned("enc-ski", Valid, why, ski)
	f.addSigned("enc-ski-version-1", Valid, why+"; the version should be 3, no check depends on it", func(s *signed) {
		ski(s)
		s.version, s.signers[0].version = 1, 1
	}).also(Malformed)
	f.addSigned("enc-ski-given", Valid, why+"; the certificate came out of band",
		func(s *signed) { ski(s); s.noCerts = true }).given(f.alice, f.inter)
	bare := f.person(func(c *cert) { c.noIDs = true })
	f.addBy("enc-ski-computed", Valid, why+"; the certificate lacks the extension, the usual digest of its key fits", bare,
		func(s *signed) { s.signers[0].sid = bySKI(bare) }).also(NoCert)
	f.addSigned("enc-ski-unknown", NoCert, why+", and no certificate has it", func(s *signed) {
		s.signers[0].sid = context(0,
			make([]byte, 20))
	})
	f.addSigned("enc-ski-of-other", Invalid, why+", of another certificate that is there", func(s *signed) {
		s.signers[0].sid = bySKI(f.mallory)
		s.certs = append(s.certs, f.mallory.der)
	}).also(Unsupported)
}

func (f *forge) sigForgedNames() {
	const why = "RFC 5652 5.3: issuer and serial number occur twice; only one certificate has the signer's key and a path"
	twin := f.personBy(&cert{subject: f.inter.subject, key: newECDSA(p256)}, func(c *cert) { c.serial = f.alice.serial })
	f.addSigned("enc-forged-issuer-serial", Valid, why, func(s *signed) {
		s.certs = [][]byte{twin.der, f.alice.der,
			f.inter.der}
	}).flag("issuer-serial-twice")
	f.addSigned("enc-forged-issuer-serial-last", Valid, why, func(s *signed) {
		s.certs = [][]byte{f.alice.der, f.inter.der,
			twin.der}
	}).flag("issuer-serial-twice")
	f.addSigned("enc-forged-issuer-serial-signs", Untrusted,
		"RFC 5280 6.1: the forged certificate has the key, the genuine one the path", func(s *signed) {
			s.certs = [][]byte{f.alice.der, twin.der, f.inter.der}
			s.signers[0].key = twin.key
		}).also(Invalid).flag("issuer-serial-twice")
	same := f.personBy(&cert{subject: f.inter.subject, key: newECDSA(p256)}, func(c *cert) {
		c.serial, c.key = f.alice.serial, f.alice.key
	})
	f.addSigned("enc-forged-issuer-serial-same-key", Valid,
		"RFC 5280 6.1: two certificates for the signer's key; one of them has a path", func(s *signed) {
			s.certs = [][]byte{same.der, f.alice.der, f.inter.der}
		}).flag("issuer-serial-twice")
}

// addSigners makes a message with a list of signers.
func (f *forge) addSigners(name, want, why string, list func(part []byte) []*signer) *Case {
	return f.addSigned(name, want, why, func(s *signed) {
		s.signers = list(s.content)
		s.certs = nil
		for _, w := range s.signers {
			if !slices.ContainsFunc(s.certs, func(c []byte) bool { return bytes.Equal(c, w.cert.der) }) {
				s.certs = append(s.certs, w.cert.der)
			}
		}
		s.certs = append(s.certs, f.inter.der)
	})
}

func (f *forge) sigSeveral() {
	second := f.person(nil)
	good := func(c *cert) *signer { return f.sign(c) }
	bad := func(c *cert) *signer { s := f.sign(c); s.mangle = flipLast; return s }
	with := func(list ...*signer) func([]byte) []*signer { return func([]byte) []*signer { return list } }
	f.addSigners("enc-two-signers", Valid, "RFC 5652 5.1: both signatures of the author hold", with(good(f.alice), good(second)))
	f.addSigners("enc-two-signers-first-bad", Invalid,
		"RFC 8551 2.4.2 and RFC 5652 5.1: one signature does not hold; nothing may hide that", with(bad(f.alice),
			good(second))).also(Valid).flag("signers-disagree")
	f.addSigners("enc-two-signers-second-bad", Invalid,
		"RFC 8551 2.4.2 and RFC 5652 5.1: one signature does not hold; nothing may hide that", with(good(f.alice),
			bad(second))).also(Valid).flag("signers-disagree")
	f.addSigners("enc-two-signers-other-person", Valid, "RFC 8550 3: one of two good signatures is that of the author",
		with(good(f.alice), good(f.mallory))).also(Mismatch)
	f.addSigners("enc-two-signers-author-bad", Invalid, "RFC 8550 3: the author's signature does not hold, a stranger's does",
		with(bad(f.alice), good(f.mallory))).also(Mismatch).flag("signers-disagree")
	old := f.cms(text("Quite another mail of the author.\r\n"))
	genuine := func() *signer { s := f.sign(f.alice); s.md = sha256Hash.sum(old.content); return s }
	f.addSigners("enc-johnny-signer-prepended", Invalid,
		"USENIX 2019 C2: the author's signature is of another mail, the stranger's of this one", with(genuine(),
			good(f.mallory))).also(Mismatch).flag("signers-disagree")
	f.addSigners("enc-johnny-signer-appended", Invalid,
		"USENIX 2019 C2: the author's signature is of another mail, the stranger's of this one", with(good(f.mallory),
			genuine())).also(Mismatch).flag("signers-disagree")
	f.addSigners("enc-johnny-both-foreign", Invalid, "USENIX 2019 C2: both signatures are of another mail", with(genuine(),
		genuine()))
	weak := f.sign(second)
	weak.hash = sha1Hash
	f.addSigners("enc-two-signers-one-weak", Valid,
		"RFC 5652 5.1: several digests serve receivers of different age; the strong one holds", with(good(f.alice),
			weak)).also(Weak).flag("weak-digest")
	odd := f.sign(second)
	odd.sigAlg = algID("1.3.6.1.4.1.99999.1.2", nil)
	f.addSigners("enc-two-signers-one-unknown", Valid, "RFC 8551 2.2: a signer with an unknown algorithm is for other receivers",
		with(good(f.alice), odd)).also(Unsupported)
	f.addSigners("enc-signer-twice", Valid, "RFC 5652 5.1: the same signer may sign twice", with(good(f.alice), good(f.alice)))
	f.addSigned("enc-two-signers-one-no-cert", Valid, "RFC 5652 5.1: the author's signature holds, the other one cannot be checked",
		func(s *signed) {
			s.signers = append(s.signers, f.sign(f.mallory))
		}).also(NoCert).flag("signers-disagree")
	forty := make([]*signer, 0, 40)
	for range 40 {
		forty = append(forty, good(second))
	}
	f.addSigners("enc-forty-signers", Valid, "RFC 5652 5.1: any number of signers; a verifier may stop at a limit and must say so",
		with(forty...)).also(Unsupported, Malformed)
}

func (f *forge) sigESS() {
	add := func(name, want, why string, attr []byte) *Case {
		return f.addAttrs(name, want, why, func(l [][]byte) [][]byte { return append(l, attr) })
	}
	add("enc-ess-v1", Valid, "RFC 2634 5.4: signingCertificate names the signer's certificate", essV1(f.alice))
	add("enc-ess-v2", Valid, "RFC 5035 4: signingCertificateV2 names the signer's certificate", essV2(f.alice))
	sum := sha512Hash.sum(f.alice.der)
	add("enc-ess-v2-sha512", Valid, "RFC 5035 4: the digest may be another one", attribute(oidESSv2, seq(seq(seq(sha512Hash.id(),
		octets(sum))))))
	chain := seq(seq(octets(sha256Hash.sum(f.alice.der))), seq(octets(sha256Hash.sum(f.inter.der))))
	add("enc-ess-v2-chain", Valid, "RFC 5035 4: the first one is the signer's, the others limit the path", attribute(oidESSv2,
		seq(chain)))
	add("tam-ess-v1-wrong", Invalid, "RFC 2634 5.4: signingCertificate names another certificate",
		essV1(f.mallory)).flag("ess-mismatch")
	add("tam-ess-v2-wrong", Invalid, "RFC 5035 4: signingCertificateV2 names another certificate",
		essV2(f.mallory)).flag("ess-mismatch")
	serial := attribute(oidESSv2, seq(seq(seq(octets(sha256Hash.sum(f.alice.der)), seq(seq(explicit(4, f.alice.issuer)),
		bigInt(f.mallory.serial))))))
	add("tam-ess-v2-serial", Invalid, "RFC 5035 4: the digest fits, the serial number does not", serial).flag("ess-mismatch")
	short := attribute(oidESSv2, seq(seq(seq(octets(sha256Hash.sum(f.alice.der)[:16])))))
	add("tam-ess-v2-short", Invalid, "RFC 5035 4: half a digest is no digest", short).also(Malformed).flag("ess-mismatch")
	reversed := seq(seq(octets(sha256Hash.sum(f.inter.der))), seq(octets(sha256Hash.sum(f.alice.der))))
	add("tam-ess-v2-second", Invalid, "RFC 5035 4: the first one must be the signer's", attribute(oidESSv2,
		seq(reversed))).flag("ess-mismatch")
	receipt := attribute(esmeArc+"2.1", seq(octets([]byte("receipt-1")), context(0, []byte{0}), seq(seq(context(1,
		[]byte(f.addr()))))))
	add("enc-attr-receipt-request", Valid, "RFC 2634 2.7: a request for a receipt", receipt)
	label := attribute(esmeArc+"2.2", tlv(0x31, num(1), oid("1.3.6.1.4.1.99999.6")))
	add("enc-attr-security-label", Valid, "RFC 2634 3.2: a security label", label).also(Unsupported)
}

func (f *forge) sigCounter() {
	counter := func(c *cert, bad bool) func(sig []byte) [][]byte {
		return func(sig []byte) [][]byte {
			s := f.sign(c)
			s.edit = func(l [][]byte) [][]byte { return l[1:] } // RFC 5652 11.4: no content-type
			if bad {
				s.mangle = flipLast
			}
			return [][]byte{attribute(oidCounter, s.info(oidData, sig))}
		}
	}
	f.addSigned("enc-counter", Valid, "RFC 5652 11.4: a counter-signature over the signature value holds", func(s *signed) {
		s.signers[0].unsigned = counter(f.mallory, false)
		s.certs = append(s.certs, f.mallory.der)
	})
	f.addSigned("enc-counter-bad", Valid,
		"RFC 5652 11.4: the counter-signature is not part of what the author signed; it does not hold", func(s *signed) {
			s.signers[0].unsigned = counter(f.mallory, true)
			s.certs = append(s.certs, f.mallory.der)
		}).also(Invalid).flag("counter-signature-invalid")
	f.addSigned("enc-counter-over-content", Valid,
		"RFC 5652 11.4: the counter-signature is over the content instead of the signature value", func(s *signed) {
			s.signers[0].unsigned = func([]byte) [][]byte { return counter(f.mallory, false)(s.content) }
			s.certs = append(s.certs, f.mallory.der)
		}).also(Invalid).flag("counter-signature-invalid")
}

// stampSpec is one time-stamp token to be made.
type stampSpec struct {
	tsa    *cert
	at     time.Time
	over   []byte // the signature value
	mangle func([]byte) []byte
	issuer []byte // certificate of the TSA's authority, if it must be there
}

// stamp makes a signatureTimeStampToken attribute (RFC 3161 appendix A).
func (f *forge) stamp(t stampSpec) []byte {
	info := seq(num(1), oid("1.3.6.1.4.1.99999.10"), seq(algID(sha256Hash.oid, null()), octets(sha256Hash.sum(t.over))),
		bigInt(f.nextSerial()), genTime(t.at))
	w := f.sign(t.tsa)
	w.time, w.mangle = t.at, t.mangle
	w.edit = func(l [][]byte) [][]byte { return append(l[:3:3], essV2(t.tsa)) }
	s := &signed{content: info, embedded: info, ctype: oidTSTInfo, certs: [][]byte{t.tsa.der, t.issuer}, signers: []*signer{w}}
	return attribute(oidToken, s.der())
}

// stamper is a time-stamping authority's certificate.
func (f *forge) stamper(by *cert, edit func(*cert)) *cert {
	return f.personBy(by, func(c *cert) {
		c.subject, c.sans, c.ku, c.eku = name("Forge TSA"), nil, kuDigitalSignature, nil
		c.extra = [][]byte{extension(extArc+"37", true, seq(oid(ekuStamp)))}
		if edit != nil {
			edit(c)
		}
	})
}

// stamped makes a message of a certificate with a token; edit changes the token.
func (f *forge) stamped(name, want, why string, c *cert, tsa *cert, edit func(*stampSpec)) *Case {
	return f.addBy(name, want, why, c, func(s *signed) {
		s.signers[0].unsigned = func(sig []byte) [][]byte {
			t := stampSpec{tsa: tsa, at: f.date.Add(time.Minute), over: sig, issuer: f.inter.der}
			if edit != nil {
				edit(&t)
			}
			return [][]byte{f.stamp(t)}
		}
	})
}

func (f *forge) sigTokens() {
	tsa := f.stamper(f.inter, nil)
	other := f.authority(nil, "Other Root", nil, nil)
	f.stamped("path-timestamp", Valid, "RFC 3161 appendix A: a genuine token", f.alice, tsa, nil)
	f.stamped("path-timestamp-other-signature", Valid,
		"RFC 3161 2.4.2: the token is for another signature; the author's own signature is good", f.alice, tsa,
		func(t *stampSpec) { t.over = []byte("another signature") }).also(Invalid).flag("timestamp-invalid")
	f.stamped("path-timestamp-bad-signature", Valid,
		"RFC 3161 2.4.2: the token's signature does not hold; the author's own is good", f.alice, tsa,
		func(t *stampSpec) { t.mangle = flipLast }).also(Invalid).flag("timestamp-invalid")
	f.stamped("path-timestamp-untrusted", Valid,
		"RFC 3161 4: the token comes from an unknown authority; the author's own signature is good", f.alice, f.stamper(other, nil),
		func(t *stampSpec) { t.issuer = other.der }).also(Untrusted).flag("timestamp-invalid")
	f.addSigned("path-timestamp-junk", Valid, "RFC 5652 5.3: an unsigned attribute that cannot be read proves nothing",
		func(s *signed) {
			s.signers[0].unsigned = func([]byte) [][]byte { return [][]byte{attribute(oidToken, octets([]byte("token")))} }
		}).also(Malformed, Invalid).flag("timestamp-invalid")
}

// sigTokenTimes: a token against the end or the revocation of the certificate.
func (f *forge) sigTokenTimes() {
	tsa := f.stamper(f.inter, nil)
	short := f.person(func(c *cert) { c.to = f.date.AddDate(0, 0, 20) })
	late := f.date.AddDate(0, 0, 60)
	other := f.authority(nil, "Other Root", nil, nil)
	f.stamped("path-timestamp-proves-time", Valid, "RFC 3161 appendix A: the token proves a time before the certificate's end",
		short, tsa, nil).at(late).also(Expired)
	const why = "RFC 3161: the certificate has ended at the evidence time, and the token proves nothing: "
	for _, t := range []struct {
		name, why string
		tsa       *cert
		edit      func(*stampSpec)
	}{
		{"path-timestamp-forged", "self-made authority", f.stamper(other, nil), func(t *stampSpec) { t.issuer = other.der }},
		{"path-timestamp-replayed", "it is for another signature", tsa,
			func(t *stampSpec) { t.over = []byte("another signature") }},
		{"path-timestamp-tampered", "its signature does not hold", tsa, func(t *stampSpec) { t.mangle = flipLast }},
		{"path-timestamp-no-purpose", "its signer may not stamp time (2.3)", f.stamper(f.inter, func(c *cert) {
			c.extra,
				c.eku = nil, []string{ekuMail}
		}), nil},
		{"path-timestamp-by-author", "the author stamped it (2.3)", short, nil},
		{"path-timestamp-late", "it is later than the end", tsa, func(t *stampSpec) { t.at = late.AddDate(0, 0, -5) }}} {
		f.stamped(t.name, Expired, why+t.why, short, t.tsa, t.edit).at(late).flag("timestamp-invalid")
	}
	f.cases[len(f.cases)-1].Flags = nil // the late token is genuine
	c := f.person(nil)
	f.stamped("path-timestamp-before-revocation", Valid, "RFC 3161 appendix B: the token proves a time before the revocation", c,
		tsa, nil).at(f.date.AddDate(0, 0, 14)).
		crl(f.list(f.inter, f.later, f.after(c, superseded))).also(Revoked).flag("revoked-later")
	c = f.person(nil)
	f.stamped("path-timestamp-after-revocation", Revoked, "RFC 3161 appendix B: the token proves a time after the revocation", c,
		tsa, nil).
		crl(f.list(f.inter, nil, f.before(c, keyCompromise)))
}
