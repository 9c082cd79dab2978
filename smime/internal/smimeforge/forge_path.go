package smimeforge

import (
	"bytes"
	"time"
)

// This file answers one question: does a path lead from the signer's certificate to a trusted authority, at that time?

// paths makes the cases path-* about trust, time and form.
func (f *forge) paths() error {
	f.pathTrust()
	f.pathBuild()
	f.pathTime()
	f.pathBasics()
	f.pathUsage()
	f.pathNames()
	f.pathLinks()
	f.pathOdd()
	return nil
}

// addChain makes a message signed by the leaf, with the given certificates in the object.
func (f *forge) addChain(name, want, why string, leaf *cert, others ...*cert) *Case {
	return f.addBy(name, want, why, leaf, func(s *signed) {
		s.certs = [][]byte{leaf.der}
		for _, c := range others {
			s.certs = append(s.certs, c.der)
		}
	})
}

// under makes a leaf below a fresh intermediate that edit changes, and the message.
func (f *forge) under(name, want, why string, edit func(ca *cert)) *Case {
	ca := f.authority(f.root, "Forge CA "+name, nil, edit)
	return f.addChain(name, want, why, f.personBy(ca, nil), ca)
}

// leaf makes the message of a leaf that edit changes.
func (f *forge) leaf(name, want, why string, edit func(*cert)) *Case {
	return f.addBy(name, want, why, f.person(edit), nil)
}

func (f *forge) pathTrust() {
	f.addSigned("path-good", Valid, "RFC 5280 6.1: leaf, intermediate, root", nil)
	self := f.person(func(c *cert) { c.key = newECDSA(p256); c.issuer = c.subject })
	self.make(self.key)
	f.addChain("path-self-signed", Untrusted, "RFC 5280 6.1: a certificate that signs itself proves nothing", self)
	f.addChain("path-self-signed-trusted", Valid, "RFC 5280 6.1.1 d: the certificate itself was given as anchor",
		self).also(Untrusted).Roots = self.pem()
	fake := f.authority(nil, "Forge Root", nil, func(c *cert) { c.serial = f.root.serial })
	f.addChain("path-fake-root-same-name", Untrusted, "RFC 5280 6.1.3: a root of the same name has another key", f.personBy(fake,
		nil), fake)
	fakeInter := f.authority(fake, "Forge Mail CA", nil, func(c *cert) { c.serial = f.inter.serial })
	f.addChain("path-fake-intermediate-same-name", Untrusted, "RFC 5280 6.1.3: an intermediate of the same name has another key",
		f.personBy(fakeInter, nil), fakeInter, fake)
	stolen := f.authority(nil, "Forge Root", nil, func(c *cert) {
		c.noIDs, c.extra = true, [][]byte{extension(extArc+"14", false, octets(keyID(f.root.key.spki)))}
	})
	f.addChain("path-fake-root-same-key-id", Untrusted, "RFC 5280 4.2.1.1: a key identifier finds candidates, it proves nothing",
		f.personBy(stolen, nil), stolen)
	other := f.authority(nil, "Other Root", nil, nil)
	f.addChain("path-unknown-root", Untrusted, "RFC 5280 6.1.1 d: the root is not among the anchors", f.personBy(other, nil), other)
	f.addChain("path-unknown-root-and-known", Untrusted, "RFC 5280 6.1.1 d: the known root is in the object but signed nothing",
		f.personBy(other, nil), other, f.root)
	broken := f.person(nil)
	broken.der = flipLast(broken.der)
	f.addChain("path-leaf-signature-broken", Untrusted, "RFC 5280 6.1.3 a: the signature of the certificate does not verify",
		broken, f.inter).also(Invalid)
	ca := f.authority(f.root, "Forge Broken CA", nil, nil)
	ca.der = flipLast(ca.der)
	f.addChain("path-intermediate-signature-broken", Untrusted,
		"RFC 5280 6.1.3 a: the signature of the certificate does not verify", f.personBy(ca, nil), ca).also(Invalid)
}

func (f *forge) pathBuild() {
	f.addChain("path-missing-intermediate", Untrusted, "RFC 8550 2.3: no path without the intermediate", f.alice)
	f.addChain("path-missing-intermediate-given", Valid, "RFC 8550 2.3: the intermediate came out of band", f.alice).given(f.inter)
	f.addChain("path-order-reversed", Valid, "RFC 5652 5.1: the certificates are a set", f.alice, f.root, f.inter)
	direct := f.personBy(f.root, nil)
	f.addChain("path-direct", Valid, "RFC 5280 6.1: the root signed the leaf", direct)
	chain, by := []*cert{}, f.root
	for _, n := range []string{"One", "Two", "Three", "Four"} {
		by = f.authority(by, "Forge Level "+n, nil, nil)
		chain = append(chain, by)
	}
	f.addChain("path-long", Valid, "RFC 5280 6.1: four intermediates", f.personBy(by, nil), chain...)
	other := f.authority(nil, "Other Root", nil, nil)
	key := newECDSA(p256)
	a := f.authority(other, "Forge Cross", key, nil)
	b := f.authority(f.root, "Forge Cross", key, nil)
	f.addChain("path-cross", Valid, "RFC 5280 6.1: one of two certificates of the issuer leads to the anchor", f.personBy(b, nil),
		a, b, other)
	decoy := f.authority(f.root, "Forge Twin", nil, nil)
	right := f.authority(f.root, "Forge Twin", nil, nil)
	f.addChain("path-twin-issuers", Valid, "RFC 5280 6.1: of two issuers of the same name the one with the right key is taken",
		f.personBy(right, nil), decoy, right)
	f.addChain("path-twin-issuers-no-ids", Valid, "RFC 5280 6.1: without key identifiers both issuers are tried", f.personBy(right,
		func(c *cert) { c.noIDs = true }), decoy, right)
	old := f.authority(f.root, "Forge Renewed", key, func(c *cert) { c.to = f.date.AddDate(0, -1, 0) })
	renewed := f.authority(f.root, "Forge Renewed", key, nil)
	f.addChain("path-renewed-issuer", Valid, "RFC 5280 6.1: the renewed certificate of the issuer is within its time",
		f.personBy(renewed, nil), old, renewed)
	k1, k2 := newECDSA(p256), newECDSA(p256)
	one := &cert{subject: name("Loop One"), key: k1}
	two := f.authority(&cert{subject: one.subject, key: k1}, "Loop Two", k2, nil)
	one = f.authority(two, "Loop One", k1, nil)
	f.addChain("path-loop", Untrusted, "RFC 5280 6.1: two authorities that sign each other reach no anchor", f.personBy(two, nil),
		one, two)
	var mesh []*cert
	for range 12 {
		mesh = append(mesh, f.authority(&cert{subject: one.subject, key: k2}, "Loop One", k2, nil))
	}
	f.addChain("path-mesh", Untrusted, "RFC 5280 6.1: many certificates of one name reach no anchor; the search has an end",
		f.personBy(mesh[0], nil), mesh...)
}

func (f *forge) pathTime() {
	day := func(n int) time.Time { return f.date.AddDate(0, 0, n) }
	f.leaf("path-expired", Expired, "RFC 5280 6.1.3 a 2: after notAfter", func(c *cert) { c.from, c.to = day(-400), day(-30) })
	f.leaf("path-expired-1s", Expired, "RFC 5280 4.1.2.5: notAfter is inclusive, one second later is late",
		func(c *cert) { c.to = f.date.Add(-time.Second) })
	f.leaf("path-last-second", Valid, "RFC 5280 4.1.2.5: notAfter is inclusive", func(c *cert) { c.to = f.date })
	f.leaf("path-not-yet-valid", NotYetValid, "RFC 5280 6.1.3 a 2: before notBefore", func(c *cert) { c.from = day(5) })
	f.leaf("path-no-end", Valid, "RFC 5280 4.1.2.5: 99991231235959Z has no end", func(c *cert) {
		c.to = time.Date(9999, 12, 31, 23,
			59, 59, 0, time.UTC)
	})
	f.under("path-intermediate-expired", Expired, "RFC 5280 6.1.3 a 2: every certificate of the path",
		func(c *cert) { c.to = day(-3) }).also(Untrusted)
	f.under("path-intermediate-not-yet-valid", NotYetValid, "RFC 5280 6.1.3 a 2: every certificate of the path",
		func(c *cert) { c.from = day(3) }).also(Untrusted)
	root := f.authority(nil, "Old Root", nil, func(c *cert) { c.to = day(-3) })
	f.addChain("path-root-expired", Expired, "RFC 5280 6.1.1 d: an anchor has no time of its own, most verifiers give it one",
		f.personBy(root, nil), root).
		also(Valid, Untrusted).Roots = root.pem()
	old := f.person(func(c *cert) { c.from, c.to = day(-400), day(-30) })
	f.addBy("path-backdated", Expired, "RFC 5652 11.3: signing-time is a claim; the message is dated after the certificate's end",
		old, func(s *signed) {
			s.signers[0].time = day(-60)
		}).flag("backdated")
	c := f.addBy("path-backdated-date", Expired,
		"RFC 5322 3.6.1: Date is a claim too; the evidence time is later than the certificate's end",
		f.person(func(c *cert) { c.to = day(10) }), nil).
		flag("backdated")
	c.At = day(100)
	c = f.addBy("path-now-expired", Valid,
		"RFC 8550 4: at the evidence time the certificate was good; that it has expired since is no fault",
		f.person(func(c *cert) { c.to = day(3) }), nil)
	c.At = day(1)
	c = f.addSigned("path-no-date", Valid, "RFC 5322 3.6 demands Date; the evidence time was given", nil).at(f.date).also(Malformed)
	c.Message = c.Message[bytes.Index(c.Message, []byte("From:")):]
	c = f.addSigned("path-bad-date", Valid, "RFC 5322 3.3: a Date that cannot be read; the evidence time was given", nil).at(f.date).also(Malformed)
	i := bytes.Index(c.Message, []byte("Date: ")) + len("Date: ")
	c.Message = append(append(bytes.Clone(c.Message[:i]), "yesterday"...), c.Message[i+bytes.Index(c.Message[i:], []byte(crlf)):]...)
	f.addSigned("path-signing-time-later", Valid, "RFC 5652 11.3: signing-time is a claim; it is ten days after Date",
		func(s *signed) { s.signers[0].time = day(10) }).flag("signing-time-differs")
	f.addSigned("path-signing-time-1970", Valid, "RFC 5652 11.3: signing-time is a claim; it is long before the certificate",
		func(s *signed) {
			s.signers[0].time = time.Unix(0, 0)
		}).also(NotYetValid).flag("signing-time-differs")
}

func (f *forge) pathBasics() {
	f.under("path-pathlen-enough", Valid, "RFC 5280 4.2.1.9: no intermediate follows", func(c *cert) { c.pathLen = 0 })
	first := f.authority(f.root, "Forge Short", nil, func(c *cert) { c.pathLen = 0 })
	second := f.authority(first, "Forge Too Deep", nil, nil)
	f.addChain("path-pathlen-exceeded", Untrusted, "RFC 5280 6.1.4 m: pathLenConstraint 0 and an intermediate follows",
		f.personBy(second, nil), second, first).also(Invalid)
	issued := f.authority(first, "Forge Short", nil, nil)
	f.addChain("path-pathlen-self-issued", Valid, "RFC 5280 6.1.4 l: self-issued certificates do not count", f.personBy(issued,
		nil), issued, first)
	sub := f.personBy(f.alice, func(c *cert) { c.subject, c.sans = name("Sub"), [][]byte{sanMail(f.addr())} })
	f.addChain("path-leaf-as-issuer", Untrusted, "RFC 5280 6.1.4 k: an end entity's certificate signs no certificates", sub,
		f.alice, f.inter).also(Invalid)
	f.under("path-intermediate-no-basic", Untrusted, "RFC 5280 6.1.4 k: basicConstraints is missing",
		func(c *cert) { c.ca = false }).also(Invalid)
	f.under("path-intermediate-ca-false", Untrusted, "RFC 5280 6.1.4 k: cA is false", func(c *cert) {
		c.ca, c.extra = false, [][]byte{extension(extArc+"19", true, seq())}
	}).also(Invalid)
	f.under("path-intermediate-no-certsign", Untrusted, "RFC 5280 6.1.4 n: keyCertSign is missing",
		func(c *cert) { c.ku = kuDigitalSignature | kuCRLSign }).also(Invalid)
	f.under("path-intermediate-no-usage", Valid, "RFC 5280 6.1.4 n: only if keyUsage is present", func(c *cert) { c.ku = 0 })
	f.under("path-intermediate-v1", Untrusted, "RFC 5280 6.1.4 k: a version 1 certificate is no authority unless known out of band",
		func(c *cert) { c.version = 1 }).also(Invalid)
	f.under("path-intermediate-eku-server", Untrusted,
		"RFC 8550 4.4.4 and common practice: an authority for servers only gives no mail certificates", func(c *cert) {
			c.eku = []string{ekuServer}
		}).also(Invalid)
	f.under("path-intermediate-eku-mail", Valid, "RFC 8550 4.4.4: emailProtection is among the purposes",
		func(c *cert) { c.eku = []string{ekuServer, ekuMail} })
	f.under("path-intermediate-eku-any", Valid, "RFC 5280 4.2.1.12: anyExtendedKeyUsage",
		func(c *cert) { c.eku = []string{ekuAny} })
	f.under("path-intermediate-critical-unknown", Untrusted, "RFC 5280 6.1.4 o: an unknown critical extension", func(c *cert) {
		c.extra = [][]byte{extension("1.3.6.1.4.1.99999.9", true, null())}
	}).also(Invalid)
}
