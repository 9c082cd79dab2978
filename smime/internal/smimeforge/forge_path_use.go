package smimeforge

import (
	"bytes"
	"math/big"
)

// This file answers one question: what may the certificates on the path be used for, and how strong are its links?

func (f *forge) pathUsage() {
	f.leaf("path-eku-server", Untrusted, "RFC 8550 4.4.4: without emailProtection or any the certificate is not for mail",
		func(c *cert) { c.eku = []string{ekuServer} }).also(Invalid).flag("wrong-purpose")
	f.leaf("path-eku-any", Valid, "RFC 8550 4.4.4: anyExtendedKeyUsage is enough", func(c *cert) { c.eku = []string{ekuAny} })
	f.leaf("path-eku-several", Valid, "RFC 8550 4.4.4: emailProtection is among the purposes",
		func(c *cert) { c.eku = []string{ekuServer, ekuMail} })
	f.leaf("path-eku-none", Valid, "RFC 8550 4.4.4: without the extension every purpose is allowed", func(c *cert) { c.eku = nil })
	f.leaf("path-eku-codesign", Untrusted, "RFC 8550 4.4.4: code signing is not mail",
		func(c *cert) { c.eku = []string{"1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.2"} }).also(Invalid).flag("wrong-purpose")
	f.leaf("path-ku-encipherment", Untrusted, "RFC 8550 4.4.2: neither digitalSignature nor nonRepudiation",
		func(c *cert) { c.ku = kuKeyEncipherment }).also(Invalid).flag("wrong-purpose")
	f.leaf("path-ku-agreement", Untrusted, "RFC 8550 4.4.2: neither digitalSignature nor nonRepudiation",
		func(c *cert) { c.ku = kuKeyAgreement | kuDataEncipherment }).also(Invalid).flag("wrong-purpose")
	f.leaf("path-ku-signature", Valid, "RFC 8550 4.4.2: digitalSignature", func(c *cert) { c.ku = kuDigitalSignature })
	f.leaf("path-ku-repudiation", Valid, "RFC 8550 4.4.2: nonRepudiation is enough", func(c *cert) { c.ku = kuNonRepudiation })
	f.leaf("path-ku-none", Valid, "RFC 8550 4.4.2: without the extension every use is allowed", func(c *cert) { c.ku = 0 })
	f.leaf("path-ca-as-leaf", Untrusted, "RFC 8550 4.4.2: an authority's key with keyCertSign only signs no mail", func(c *cert) {
		c.ca, c.pathLen, c.ku, c.eku = true, -1, kuCertSign, nil
	}).also(Invalid).flag("wrong-purpose")
	f.leaf("path-ca-with-signature", Valid, "RFC 8550 4.4.1: basicConstraints does not limit mail; digitalSignature is there",
		func(c *cert) {
			c.ca, c.pathLen, c.ku = true, -1, kuCertSign|kuDigitalSignature
		}).also(Untrusted)
	f.leaf("path-critical-unknown", Untrusted, "RFC 5280 6.1.5 f: an unknown critical extension", func(c *cert) {
		c.extra = [][]byte{extension("1.3.6.1.4.1.99999.9", true, null())}
	}).also(Invalid)
	f.leaf("path-noncritical-unknown", Valid, "RFC 5280 4.2: an unknown extension that is not critical is ignored", func(c *cert) {
		c.extra = [][]byte{extension("1.3.6.1.4.1.99999.9", false, null())}
	})
	f.leaf("path-extension-twice", Untrusted, "RFC 5280 4.2: one instance of an extension; the second one widens the purposes",
		func(c *cert) {
			c.eku, c.extra = []string{ekuServer}, [][]byte{extension(extArc+"37", false, seq(oid(ekuMail)))}
		}).also(Malformed, Invalid, NoCert)
	f.under("path-policy-required", Untrusted,
		"RFC 5280 6.1.5 g: requireExplicitPolicy 0 and no policies below; without policy processing the path would stand",
		func(c *cert) {
			c.extra = [][]byte{extension(extArc+"36", true, seq(context(0, []byte{0}))), policies("1.3.6.1.4.1.99999.11")}
		}).also(Valid, Invalid)
	f.leaf("path-policy-critical", Valid, "RFC 5280 4.2.1.4: certificatePolicies may be critical and must be understood",
		func(c *cert) {
			c.extra = [][]byte{extension(extArc+"32", true, seq(seq(oid("2.23.140.1.5.1.1"))))}
		}).also(Untrusted)
}

func policies(dotted string) []byte { return extension(extArc+"32", false, seq(seq(oid(dotted)))) }

// constraints is a nameConstraints extension.
func constraints(permitted, excluded [][]byte) []byte {
	trees := func(n byte, list [][]byte) []byte {
		if list == nil {
			return nil
		}
		var out [][]byte
		for _, g := range list {
			out = append(out, seq(g))
		}
		return explicit(n, out...)
	}
	return extension(extArc+"30", true, seq(trees(0, permitted), trees(1, excluded)))
}

func (f *forge) pathNames() {
	const why = "RFC 5280 4.2.1.10 and 6.1.3 b, c: name constraints on rfc822Name: "
	for _, t := range []struct {
		name, want, why     string
		permitted, excluded [][]byte
		mail                bool // the address is in the subject only
	}{
		{"path-nc-host", Valid, why + "the host is permitted", [][]byte{sanMail(f.host)}, nil, false},
		{"path-nc-host-case", Valid, why + "hosts are compared without case",
			[][]byte{sanMail(string(bytes.ToUpper([]byte(f.host))))}, nil, false},
		{"path-nc-host-other", Untrusted, why + "another host is permitted", [][]byte{sanMail("other.example")}, nil, false},
		{"path-nc-mailbox", Valid, why + "the mailbox is permitted", [][]byte{sanMail(f.addr())}, nil, false},
		{"path-nc-mailbox-other", Untrusted, why + "another mailbox is permitted", [][]byte{sanMail("other@" + f.host)}, nil,
			false},
		{"path-nc-domain", Untrusted, why + "only hosts below the domain are permitted, not the domain itself",
			[][]byte{sanMail("." + f.host)}, nil, false},
		{"path-nc-excluded", Untrusted, why + "the host is excluded", nil, [][]byte{sanMail(f.host)}, false},
		{"path-nc-excluded-other", Valid, why + "another host is excluded", nil, [][]byte{sanMail("other.example")}, false},
		{"path-nc-excluded-wins", Untrusted, why + "excluded weighs more than permitted", [][]byte{sanMail(f.host)},
			[][]byte{sanMail(f.addr())}, false},
		{"path-nc-dns-only", Valid, why + "a constraint on dNSName does not touch mail", [][]byte{context(2,
			[]byte("other.example"))}, nil, false},
		{"path-nc-subject-email", Untrusted, why + "emailAddress of the subject counts when there is no subjectAltName",
			[][]byte{sanMail("other.example")}, nil, true},
		{"path-nc-subject-email-good", Valid, why + "emailAddress of the subject counts when there is no subjectAltName",
			[][]byte{sanMail(f.host)}, nil, true},
		{"path-nc-directory", Valid, "RFC 5280 4.2.1.10: the subject is below the permitted name",
			[][]byte{explicit(4, seq(rdn("2.5.4.6", printable("DE")), rdn("2.5.4.10", utf8s("Forge Test"))))}, nil, false},
		{"path-nc-directory-other", Untrusted, "RFC 5280 4.2.1.10: the subject is not below the permitted name",
			[][]byte{explicit(4, seq(rdn("2.5.4.6", printable("FR"))))}, nil, false},
	} {
		ca := f.authority(f.root, "Forge CA "+t.name, nil, func(c *cert) {
			c.extra = [][]byte{constraints(t.permitted,
				t.excluded)}
		})
		leaf := f.personBy(ca, func(c *cert) {
			if t.mail {
				c.sans, c.subject = nil, name(f.full, nameMail(f.addr()))
			}
		})
		c := f.addChain(t.name, t.want, t.why, leaf, ca)
		if t.want == Untrusted {
			c.also(Invalid)
		}
	}
}

func (f *forge) pathLinks() {
	f.leaf("path-leaf-sha1", Valid,
		"RFC 8550 4.3 and B: SHA-1 in certificates is historic, yet all mail before 2016 has it; it may be graded",
		func(c *cert) { c.hash = sha1Hash }).also(Weak).flag("weak-link")
	f.leaf("path-leaf-md5", Weak, "RFC 8550 B: a certificate signed with MD5 can be forged", func(c *cert) {
		c.key,
			c.hash = newECDSA(p256), md5Hash
	}).also(Untrusted).flag("weak-link")
	f.under("path-intermediate-sha1", Valid, "RFC 8550 B: SHA-1 in certificates is historic; it may be graded",
		func(c *cert) { c.hash = sha1Hash }).also(Weak).flag("weak-link")
	ca := f.authority(f.root, "Forge 1024 CA", f.rsa1024, nil)
	f.addChain("path-intermediate-rsa1024", Weak, "RFC 8550 4.3: links below 2048 bits may be verified and are graded",
		f.personBy(ca, nil), ca).also(Valid).flag("weak-link")
	root := f.authority(nil, "Forge SHA-1 Root", f.rsa2048More, func(c *cert) { c.hash = sha1Hash })
	f.addChain("path-root-sha1", Valid, "RFC 5280 6.1.1 d: the self-signature of an anchor is not relied on", f.personBy(root, nil),
		root).Roots = root.pem()
	ca = f.authority(f.root, "Forge EC CA", newECDSA(p384), nil)
	f.addChain("path-ecdsa-p384", Valid, "RFC 8550 4.3: ECDSA links", f.personBy(ca, func(c *cert) { c.hash = sha384Hash }), ca)
	ca = f.authority(f.root, "Forge PSS CA", f.rsa2048More.withPSS(nil, 32, false), nil)
	f.addChain("path-pss", Valid, "RFC 8550 4.3: RSASSA-PSS links", f.personBy(ca, nil), ca)
	ca = f.authority(f.root, "Forge PSS salt CA", f.rsa2048More.withPSS(nil, 20, false), nil)
	f.addChain("path-pss-salt20", Valid, "RFC 4055 3.1: any salt length may be named", f.personBy(ca,
		func(c *cert) { c.hash = sha512Hash }), ca)
	if ed, err := newEd25519(); err == nil {
		ca = f.authority(f.root, "Forge Ed CA", ed, nil)
		f.addChain("path-ed25519", Valid, "RFC 8550 4.3: Ed25519 links", f.personBy(ca, nil), ca)
	}
	ca = f.authority(f.root, "Forge Brainpool CA", newECDSA(brainpool256), nil)
	f.addChain("path-brainpool", Valid, "RFC 5639: links on a brainpool curve; not demanded by RFC 8550 4.3", f.personBy(ca, nil),
		ca).also(Untrusted, Unsupported)
}

func (f *forge) pathOdd() {
	f.leaf("path-issuer-string-type", Valid,
		"RFC 5280 7.1: PrintableString and UTF8String of the same characters are the same name", func(c *cert) {
			c.issuer = bytes.ReplaceAll(f.inter.subject, utf8s("Forge Mail CA"), printable("Forge Mail CA"))
		})
	f.leaf("path-issuer-case", Valid, "RFC 5280 7.1: names are compared without regard to case and double spaces", func(c *cert) {
		c.issuer = bytes.ReplaceAll(f.inter.subject, utf8s("Forge Mail CA"), utf8s("FORGE mail CA"))
	}).also(Untrusted)
	f.leaf("path-issuer-other-name", Untrusted,
		"RFC 5280 6.1.3 a 4: the issuer's name must be the authority's, though the key fits",
		func(c *cert) { c.issuer = name("Somebody") }).also(Invalid)
	f.leaf("path-wrong-authority-key-id", Valid, "RFC 5280 4.2.1.1 helps to find the issuer; 6.1 does not check it", func(c *cert) {
		c.noIDs, c.extra = true, [][]byte{extension(extArc+"35", false, seq(context(0, make([]byte, 20))))}
	}).also(Untrusted)
	v1 := f.person(func(c *cert) { c.version, c.subject = 1, name(f.full, nameMail(f.addr())) })
	f.addBy("path-leaf-v1", Valid, "RFC 8550 2.2.1: version 1 certificates can be met; the address is in the subject", v1, nil)
	odd := f.person(nil)
	n := tree(odd.der)
	n.at(1).kids = []*node{tree(oid(sha512Hash.rsaOID)), tree(null())}
	odd.der = n.bytes()
	f.addChain("path-algorithm-differs", Untrusted, "RFC 5280 4.1.1.2: the two algorithm fields must be the same", odd,
		f.inter).also(Malformed, Invalid, NoCert)
	zero := f.person(func(c *cert) { c.serial = big.NewInt(0) })
	f.addBy("path-serial-zero", Valid, "RFC 5280 4.1.2.2: certificates with serial number zero are to be handled gracefully", zero,
		nil)
}
