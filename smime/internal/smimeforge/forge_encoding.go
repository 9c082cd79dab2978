package smimeforge

import (
	"bytes"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"time"
)

// This file answers one question: in which encodings, BER and broken, does the same signed object come?

// encodings makes the cases enc-* that are about octets (those about signers are in forge_signers.go).
func (f *forge) encodings() error {
	f.encForms()
	f.encStrings()
	f.encLengths()
	f.encAttributes()
	f.encCertificates()
	f.encFields()
	f.encBroken()
	return nil
}

// reform makes an ordinary clear-signed message and writes its object in another form.
func (f *forge) reform(name, want, why string, edit func(*node)) *Case {
	n := tree(f.cms(f.part()).der())
	edit(n)
	return f.addDER(name, want, why, n.bytes())
}

// reformOpaque does the same with an object that carries its content.
func (f *forge) reformOpaque(name, want, why string, edit func(n, content *node)) *Case {
	part := text(strings.Repeat(f.prose, 40))
	s := f.cms(part)
	s.embedded = part
	n := tree(s.der())
	edit(n, n.at(1, 0, 2, 1, 0))
	return f.addBody(name, want, why, opaque("signed-data", n.bytes()))
}

// frame is every constructed node from the top to the lists, without the certificates and the attributes.
func frame(n *node) []*node {
	data := n.at(1, 0)
	list := []*node{n, n.at(1), data, data.at(1), data.at(2), data.at(3), data.at(-1), data.at(-1, 0)}
	return append(list, data.at(2).kids[1:]...)
}

const berClause = "RFC 5652 2 and X.690 8.1.3: BER is allowed outside signed attributes and certificates"

func (f *forge) encForms() {
	f.reform("enc-indef-outer", Valid, berClause, func(n *node) { n.form = indefinite })
	f.reform("enc-indef-all", Valid, berClause, func(n *node) {
		for _, k := range frame(n) {
			k.form = indefinite
		}
	})
	f.reform("enc-indef-certificates", Valid,
		"RFC 5280 4.1 asks for DER, yet the DER of this BER is the certificate that was signed",
		func(n *node) { n.at(1, 0, 3, 0).form = indefinite }).also(NoCert, Malformed)
	f.reform("enc-indef-attributes", Valid, "RFC 5652 5.4: the digest is over the DER of the attributes, however they are stored",
		func(n *node) {
			n.at(1, 0, -1, 0, 3).form = indefinite
		})
	f.reform("enc-indef-one-attribute", Valid,
		"RFC 5652 5.4: the digest is over the DER of the attributes, however they are stored",
		func(n *node) { n.at(1, 0, -1, 0, 3, 0).form = indefinite })
	f.reformOpaque("enc-der-opaque", Valid, "RFC 8551 3.5.2: signed-data in DER", func(*node, *node) {})
	f.reformOpaque("enc-indef-opaque", Valid, berClause, func(n, _ *node) {
		for _, k := range frame(n) {
			k.form = indefinite
		}
	})
}

func (f *forge) encStrings() {
	const why = "X.690 8.7.3: an OCTET STRING may come in segments; the content is all of them"
	for _, t := range []struct {
		name string
		form form
		size int
	}{{"enc-segments-7", segmented, 7}, {"enc-segments-1", segmented, 1}, {"enc-segments-1000", segmented, 1000},
		{"enc-streamed-7", streamed, 7}, {"enc-streamed-1024", streamed, 1024}, {"enc-nested-constructed", nested, 100}} {
		f.reformOpaque(t.name, Valid, why, func(n, c *node) {
			c.form, c.segment = t.form, t.size
			if t.form == streamed {
				for _, k := range frame(n) {
					k.form = indefinite
				}
			}
		})
	}
	f.reformOpaque("enc-segments-empty", Valid, why+", empty ones too", func(_, c *node) {
		pieces := append([][]byte{octets(nil)}, cut(c.body, 300)...)
		c.tag, c.body = 0x24, bytes.Join(append(pieces, octets(nil)), nil)
	})
	f.reformOpaque("enc-segments-wrong-tag", Malformed, "X.690 8.7.3.2: every segment is an OCTET STRING", func(_, c *node) {
		c.tag, c.body = 0x24, append(octets(c.body[:50]), utf8s(string(c.body[50:]))...)
	}).also(Invalid)
	f.reformOpaque("enc-segments-signature", Valid, "X.690 8.7.3: the signature is an OCTET STRING too", func(n, _ *node) {
		sig := n.at(1, 0, -1, 0, -1)
		sig.form, sig.segment = segmented, 64
	})
	part := f.part()
	n := tree(f.cms(part).der())
	encap := n.at(1, 0, 2)
	encap.kids = append(encap.kids, &node{tag: 0xa0, kids: []*node{{tag: 0x24, form: indefinite}}})
	f.addDER("enc-empty-indefinite", Valid,
		"some producers write an empty content instead of none; strictly the signed content would be empty (RFC 5652 5.2)",
		n.bytes()).also(Invalid, Malformed).flag("embedded-content")
}

func (f *forge) encLengths() {
	f.reform("enc-length-leading-zeros", Valid, "X.690 8.1.3.5: the long form may have more octets than needed", func(n *node) {
		for _, k := range frame(n)[:3] {
			k.form, k.segment = longLength, 4
		}
	})
	f.reform("enc-length-8-octets", Valid, "X.690 8.1.3.5: the long form may have more octets than needed", func(n *node) {
		n.form, n.segment = longLength, 8
	})
	f.reform("enc-length-not-minimal-short", Valid, "X.690 8.1.3.5: 81 01 is a legal length of one", func(n *node) {
		v := n.at(1, 0, 0)
		v.form, v.segment = longLength, 1
	})
	f.reform("enc-length-126-octets", Valid, "X.690 8.1.3.5: even 126 length octets are legal, though a reader may set a limit",
		func(n *node) {
			n.form, n.segment = longLength, 126
		}).also(Malformed)
	good := f.cms(f.part()).der()
	f.addDER("enc-length-ff", Malformed, "X.690 8.1.3.5 c: FF is no length", append([]byte{0x30, 0xff}, good[4:]...))
	f.addDER("enc-length-4g", Malformed, "X.690 8.1.3: a length of 4 GB runs past the end",
		append([]byte{0x30, 0x84, 0xff, 0xff, 0xff, 0xff}, good[4:]...))
	f.addDER("enc-trailing-junk", Malformed,
		"RFC 5652 3: the object is one ContentInfo; 400 octets follow it and nothing signs them",
		append(bytes.Clone(good), bytes.Repeat([]byte("junk"), 100)...)).also(Invalid).flag("trailing-data")
	f.addDER("enc-trailing-object", Malformed, "RFC 5652 3: the object is one ContentInfo; a second one follows it",
		append(bytes.Clone(good), good...)).also(Invalid).flag("trailing-data")
	f.addDER("enc-trailing-zeros", Malformed,
		"end-of-contents octets after a definite object close nothing; harmless, so it may be read",
		append(bytes.Clone(good), 0, 0)).also(Valid, Invalid).flag("trailing-data")
	n := tree(good)
	n.at(1, 0).form = indefinite
	cut := n.bytes()
	f.addDER("enc-indef-unclosed", Malformed, "X.690 8.1.3.6: an indefinite element inside a definite parent lacks its end",
		cut[:len(cut)-2])
}

func (f *forge) encAttributes() {
	backwards := func(list [][]byte) [][]byte {
		out := sorted(list)
		slices.Reverse(out)
		return out
	}
	f.addSigned("enc-attrs-unsorted-signed-stored", Valid,
		"RFC 5652 5.4 asks for DER order; this producer signed what it stored, and the signature holds over the stored octets",
		func(s *signed) {
			s.signers[0].order = backwards
		}).also(Invalid).flag("unsorted-attributes")
	f.addSigned("enc-attrs-unsorted-signed-sorted", Valid,
		"RFC 5652 5.4: the digest is over the DER order, however they are stored", func(s *signed) {
			s.signers[0].order = backwards
			s.signers[0].over = func(stored []byte) []byte {
				n := tree(stored)
				var list [][]byte
				for _, k := range n.kids {
					list = append(list, k.bytes())
				}
				return setOf(list...)
			}
		}).flag("unsorted-attributes")
	f.addSigned("enc-attrs-signed-as-context", Invalid, "RFC 5652 5.4: the digest is over a SET OF tag, not over [0]",
		func(s *signed) {
			s.signers[0].over = func(stored []byte) []byte { return retag(0xa0, stored) }
		})
	f.addSigned("enc-signing-time-generalized", Valid, "RFC 5652 11.3 asks for UTCTime until 2049, but the time is readable",
		func(s *signed) {
			s.signers[0].noTime = true
			s.signers[0].edit = func(l [][]byte) [][]byte { return append(l, attribute(oidAttrTime, genTime(f.date))) }
		})
	f.addSigned("enc-signing-time-zone", Valid, "RFC 5652 11.3 asks for Z; the signature does not depend on it", func(s *signed) {
		s.signers[0].noTime = true
		s.signers[0].edit = func(l [][]byte) [][]byte {
			local := f.date.In(time.FixedZone("", 3600)).Format("060102150405-0700")
			return append(l, attribute(oidAttrTime, tlv(0x17, []byte(local))))
		}
	}).also(Malformed)
	f.addSigned("enc-attr-unknown", Valid, "RFC 5652 5.3: attributes that a verifier does not know are signed and harmless",
		func(s *signed) {
			s.signers[0].edit = func(l [][]byte) [][]byte {
				return append(l, attribute("1.3.6.1.4.1.99999.7", utf8s("x")), attribute("1.3.6.1.4.1.311.16.4", issuerSerial(f.alice)))
			}
		})
	f.addSigned("enc-no-signing-time", Valid, "RFC 5652 11.3: signing-time is optional",
		func(s *signed) { s.signers[0].noTime = true })
	f.addSigned("enc-unsigned-attr-junk", Valid, "RFC 5652 5.3: unsigned attributes prove nothing and break nothing",
		func(s *signed) {
			s.signers[0].unsigned = func([]byte) [][]byte { return [][]byte{attribute("1.3.6.1.4.1.99999.8", octets([]byte("junk")))} }
		})
}

func (f *forge) encCertificates() {
	neg := f.person(func(c *cert) { c.serial = big.NewInt(-0x1234567) })
	f.addBy("enc-negative-serial", Valid, "RFC 5280 4.1.2.2: gracefully handle certificates with a negative serial number", neg,
		nil)
	long := f.person(func(c *cert) { c.serial = new(big.Int).Lsh(big.NewInt(0x71), 300) })
	f.addBy("enc-long-serial", Valid, "RFC 5280 4.1.2.2 limits conforming authorities to 20 octets; longer ones are seen", long,
		nil).also(Malformed)
	f.addSigned("enc-extra-cert-unparsable", Valid,
		"RFC 5652 5.1: more certificates than needed may be there; one that cannot be read is not needed",
		func(s *signed) { s.certs = append(s.certs, seq(seq(num(7)), octets([]byte("no certificate")))) })
	brain := f.person(func(c *cert) { c.key = newECDSA(brainpool256) })
	f.addSigned("enc-extra-cert-brainpool", Valid, "RFC 5652 5.1: more certificates than needed may be there", func(s *signed) {
		s.certs = append(s.certs, brain.der)
	})
	f.addSigned("enc-attribute-cert", Valid, "RFC 5652 10.2.2: a version 2 attribute certificate is a CertificateChoice",
		func(s *signed) {
			s.certs = append(s.certs, retag(0xa2, attributeCert(f)))
		})
	f.addSigned("enc-other-cert", Valid, "RFC 5652 10.2.2: an OtherCertificateFormat is a CertificateChoice", func(s *signed) {
		s.certs = append(s.certs, explicit(3, oid("1.3.6.1.4.1.99999.3"), octets([]byte("other"))))
	})
	f.addSigned("enc-cert-twice", Valid, "RFC 5652 5.1: a certificate may be there twice",
		func(s *signed) { s.certs = append(s.certs, f.alice.der) })
	f.addSigned("enc-cert-many", Valid, "RFC 5652 5.1: more certificates than needed may be there", func(s *signed) {
		for range 40 {
			s.certs = append(s.certs, f.person(func(c *cert) { c.key = f.mallory.key }).der)
		}
	})
	f.addSigned("enc-issuer-string-type", Valid,
		"RFC 5280 7.1: PrintableString and UTF8String of the same characters are the same name", func(s *signed) {
			s.signers[0].sid = seq(bytes.ReplaceAll(f.alice.issuer, utf8s("Forge Mail CA"), printable("Forge Mail CA")),
				bigInt(f.alice.serial))
		})
	f.addSigned("enc-issuer-case", Valid, "RFC 5280 7.1: names are compared without regard to case", func(s *signed) {
		s.signers[0].sid = seq(bytes.ReplaceAll(f.alice.issuer, []byte("Forge Mail CA"), []byte("FORGE mail CA")),
			bigInt(f.alice.serial))
	}).also(NoCert)
	f.addSigned("enc-no-cert", NoCert, "RFC 5652 5.3: the signer's certificate is not in the object and not given",
		func(s *signed) { s.certs = [][]byte{f.inter.der} })
	f.addSigned("enc-no-certs-field", NoCert, "RFC 5652 5.1: the certificates field is optional",
		func(s *signed) { s.noCerts = true })
	f.addSigned("enc-no-cert-given", Valid, "RFC 8551 2.4.2: certificates may come from elsewhere",
		func(s *signed) { s.noCerts = true }).given(f.alice, f.inter)
	f.addSigned("enc-no-root-given", Untrusted, "RFC 5280 6.1.1 d: without trust anchors no path is valid", nil).Roots = nil
}

// attributeCert is a syntactically complete attribute certificate (RFC 5755).
func attributeCert(f *forge) []byte {
	info := seq(num(1), seq(explicit(0, issuerSerialNames(f.alice))), explicit(0, seq(explicit(4, f.inter.subject))),
		f.inter.key.alg(sha256Hash),
		num(77), seq(genTime(f.date), genTime(f.date.AddDate(1, 0, 0))), seq(attribute("2.5.4.72", seq(explicit(1,
			utf8s("clerk"))))))
	return seq(info, f.inter.key.alg(sha256Hash), bits(f.inter.key.sign(sha256Hash, info)))
}

func issuerSerialNames(c *cert) []byte {
	return append(seq(explicit(4, c.issuer)), bigInt(c.serial)...)
}

func (f *forge) encFields() {
	f.addSigned("enc-crls-unknown-choice", Valid, "RFC 5652 10.2.1: other revocation formats are a choice", func(s *signed) {
		s.crls = [][]byte{explicit(1, oid("1.3.6.1.4.1.99999.4"), octets([]byte("other")))}
	})
	f.addSigned("enc-crls-ocsp-choice", Valid, "RFC 5940 2: an OCSP response in the crls field, answer good", func(s *signed) {
		s.crls = [][]byte{ocspChoice(f.answer(f.inter, f.alice, nil))}
	})
	f.addSigned("enc-digest-algs-empty", Valid,
		"RFC 5652 5.1: digestAlgorithms may be empty; a reader may fail when the digest is not announced",
		func(s *signed) { s.digestAlgs = [][]byte{} }).also(Malformed, Invalid)
	f.addSigned("enc-digest-algs-more", Valid, "RFC 5652 5.1: any number of digests may be announced", func(s *signed) {
		s.digestAlgs = [][]byte{sha1Hash.id(), sha256Hash.id(), algID("1.3.6.1.4.1.99999.5", nil)}
	})
	f.addSigned("enc-version-5", Valid, "RFC 5652 5.1 computes version 1 here, but no check depends on it",
		func(s *signed) { s.version = 5 }).also(Malformed)
	f.addSigned("enc-version-99", Malformed, "RFC 5652 5.1 knows no version 99; nothing but the number is wrong",
		func(s *signed) { s.version = 99 }).
		also(Valid, Unsupported)
	part := f.part()
	s := f.cms(part)
	s.ctype = oidData
	f.addDER("enc-signed-data-bare", Malformed, "RFC 5652 3: the object is a ContentInfo; here SignedData comes without it",
		s.signedData()).
		also(Valid, Unsupported)
	f.addDER("enc-pem", Malformed, "RFC 8551 3.5.3.1: the part holds BER, not its PEM text; the object inside is sound",
		pem.EncodeToMemory(&pem.Block{Type: "PKCS7", Bytes: f.cms(part).der()})).also(Valid, Invalid)
}

func (f *forge) encBroken() {
	good := f.cms(f.part()).der()
	f.addDER("enc-truncated", Malformed, "X.690 8.1.3: the object ends in the middle", good[:len(good)/2])
	f.addDER("enc-truncated-1", Malformed, "X.690 8.1.3: the last octet is missing", good[:len(good)-1])
	f.addDER("enc-empty", Malformed, "RFC 5652 3: no object at all", nil)
	f.addDER("enc-not-asn1", Malformed, "RFC 5652 3: text instead of an object", []byte("This message was signed by "+f.full+"."))
	f.addDER("enc-content-absent", Malformed, "RFC 5652 3: ContentInfo without content", seq(oid(oidSigned)))
	f.addDER("enc-type-data", Malformed, "RFC 5652 3: the object is id-data, not id-signedData", seq(oid(oidData), explicit(0,
		octets([]byte("signed"))))).
		also(Unsupported, Invalid, Unsigned)
	f.reform("enc-signers-wrong-tag", Malformed, "RFC 5652 5.1: SignerInfos is a SET", func(n *node) { n.at(1, 0, -1).tag = 0x30 })
	f.reform("enc-signature-bit-string", Malformed, "RFC 5652 5.3: the signature is an OCTET STRING", func(n *node) {
		sig := n.at(1, 0, -1, 0, -1)
		sig.tag, sig.body = 0x03, append([]byte{0}, sig.body...)
	}).also(Invalid)
	f.reform("enc-oid-unended", Malformed, "X.690 8.19.2: the last octet of an object identifier has bit 8 clear", func(n *node) {
		id := n.at(1, 0, -1, 0, 2, 0)
		id.body[len(id.body)-1] |= 0x80
	}).also(Unsupported)
	f.reform("enc-integer-empty", Malformed, "X.690 8.3.1: an INTEGER has at least one octet", func(n *node) {
		n.at(1, 0,
			0).body = nil
	})
}
