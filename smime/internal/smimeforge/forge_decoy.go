package smimeforge

import (
	"bytes"
	"compress/gzip"
)

// This file answers one question: what only looks like a signature, and which objects carry certificates and no signature?

// decoys makes the cases cov-decoy-* and certs-only-*.
func (f *forge) decoys() error {
	f.decoyText()
	f.decoyFiles()
	f.certsOnly()
	return nil
}

func (f *forge) decoyText() {
	l := f.letter()
	l.more = []string{"X-Signature: verified; signer=" + f.addr(), "X-MS-Has-Attach: yes",
		"Authentication-Results: evil.example; smime=pass"}
	f.add("cov-decoy-header", Unsigned, "RFC 8551 3.9: header fields are no signature", l.with(f.part())).also("")
	f.addBody("cov-decoy-text", Unsigned, "RFC 8551 3.9: a text that says signed is no signature",
		text("This message has been digitally signed by "+f.full+" <"+f.addr()+">.\r\n"+evilText)).also("")
	f.addBody("cov-decoy-badge", Unsigned, "RFC 8551 3.9: a picture of a seal is no signature",
		html("<table style=\"background:#dfd\"><tr><td>&#x1F512; Signed: "+f.addr()+" - valid</td></tr></table><p>"+evilText)).also("")
	f.addBody("cov-decoy-p7m-word", Unsigned, "RFC 8551 3.9: the name of a MIME type in a text is no type",
		text("Content-Type: application/pkcs7-mime; smime-type=signed-data\r\n\r\n"+wrap64(f.opaqueSigned())+crlf)).also("")
	pgp := multiWith("multipart/signed; protocol=\"application/pgp-signature\"; micalg=pgp-sha256; boundary=\""+edge+"\"", edge,
		f.part(),
		[]byte("Content-Type: application/pgp-signature\r\n\r\n-----BEGIN PGP SIGNATURE-----\r\n\r\niQEzBAEBCAAdFiEE\r\n-----END PGP SIGNATURE-----"))
	f.addBody("cov-decoy-pgp", Unsigned, "RFC 3156 5: a PGP signature is none of S/MIME", pgp).also("", Unsupported)
}

func (f *forge) decoyFiles() {
	mixed := func(parts ...[]byte) []byte { return multi("multipart/mixed", outer, parts...) }
	p7s := f.cms(f.part()).der()
	f.addBody("cov-decoy-attachment", Unsigned, "RFC 8551 3.9: a file named smime.p7s that holds text signs nothing",
		mixed(f.part(), attachment("application/octet-stream", "smime.p7s", []byte("valid signature")))).
		also("", Malformed, Partial)
	f.addBody("cov-decoy-attachment-typed", Unsigned, "RFC 1847 2.1: the type of a part in multipart/mixed signs nothing",
		mixed(f.part(), attachment("application/pkcs7-signature", "smime.p7s", []byte("valid signature")))).
		also("", Malformed, Partial)
	f.addBody("cov-decoy-other-p7s", Unsigned, "RFC 1847 2.1: a genuine signature of another mail in multipart/mixed signs nothing",
		mixed(text(evilText), sigPart(p7s))).
		also(Partial, Invalid, "").flag("signature-not-applied")
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	_, _ = w.Write(p7s)
	_ = w.Close()
	f.addBody("cov-decoy-p7s-gzip", Malformed, "RFC 8551 3.5.3: the signature part holds a gzip file",
		multi("multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256", edge, f.part(), sigPart(z.Bytes())))
	f.addBody("cov-decoy-p7m-text", Malformed, "RFC 8551 3.5.2: application/pkcs7-mime holds text instead of an object",
		opaque("signed-data", []byte("signed: "+f.addr())))
	f.addBody("cov-decoy-p7m-html", Malformed, "RFC 8551 3.5.2: application/pkcs7-mime holds HTML instead of an object",
		opaque("signed-data", []byte("<html><body>"+evilText+"</body></html>")))
}

// degenerate is a SignedData without content and signers.
func (f *forge) degenerate(certs ...*cert) *signed {
	s := &signed{}
	for _, c := range certs {
		s.certs = append(s.certs, c.der)
	}
	return s
}

func (f *forge) certsOnly() {
	certs := f.degenerate(f.alice, f.inter).der()
	f.addBody("certs-only", CertsOnly, "RFC 8551 3.8: a message that only carries certificates", opaque("certs-only", certs))
	named := bytes.ReplaceAll(opaque("certs-only", certs), []byte("smime.p7m"), []byte("smime.p7c"))
	f.addBody("certs-only-p7c", CertsOnly, "RFC 8551 3.8: the file name is smime.p7c", named)
	f.addBody("certs-only-no-smime-type", CertsOnly, "RFC 8551 3.2.2: the object says what it is", opaque("", certs))
	f.addBody("certs-only-mislabelled", CertsOnly,
		"RFC 8551 3.8: signed-data without content and signers is certs-only, nothing is signed", opaque("signed-data", certs)).
		also(Unsigned, Invalid, Malformed).flag("no-signers")
	f.addBody("certs-only-as-signature", Invalid, "RFC 8551 3.8: certificates stand where the signature should be",
		clearSigned(f.part(), certs)).
		also(CertsOnly, Unsigned, Malformed).flag("no-signers")
	f.addBody("certs-only-attached", Unsigned, "RFC 8551 3.8: certificates as an attachment beside a text", multi("multipart/mixed",
		outer, f.part(),
		opaque("certs-only", certs))).also(CertsOnly, Partial)
	d := f.degenerate(f.alice)
	d.crls = [][]byte{f.list(f.inter, nil)}
	f.addBody("certs-only-with-crl", CertsOnly, "RFC 8551 3.8: certificates and revocation lists", opaque("certs-only", d.der()))
	d = f.degenerate()
	f.addBody("certs-only-empty", CertsOnly, "RFC 8551 3.8: neither certificates nor signers", opaque("certs-only",
		d.der())).also(Malformed, Unsigned)
	d = f.degenerate(f.alice)
	d.embedded = text(evilText)
	f.addBody("certs-only-with-content", CertsOnly, "RFC 8551 3.8: certs-only has no content; the content here is signed by nobody",
		opaque("certs-only", d.der())).
		also(Unsigned, Invalid, Malformed).flag("no-signers")
	f.addBody("certs-only-broken", Malformed, "RFC 8551 3.8: the object ends in the middle", opaque("certs-only",
		certs[:len(certs)/3]))
	f.addBody("certs-only-signed-lie", Valid, "RFC 8551 3.2.2: the parameter says certs-only, the object is signed",
		opaque("certs-only", f.opaqueSigned())).also(Malformed).flag("smime-type-mismatch")
}
