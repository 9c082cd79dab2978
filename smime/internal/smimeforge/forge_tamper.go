package smimeforge

import (
	"bytes"
	"fmt"
	"math/big"
	"strings"
)

// This file answers one question: which changes to content, attributes and signature must a verifier notice?

// tampers makes the cases tam-*.
func (f *forge) tampers() error {
	f.tamContent()
	f.tamAttributes()
	f.tamTypes()
	f.tamConfusion()
	f.tamSignature()
	f.tamECDSA()
	return nil
}

// tam makes an ordinary signed message and replaces text in it afterwards.
func (f *forge) tam(name, why, old, new string) *Case {
	part := multi("multipart/mixed", "mix", f.part(), attachment("application/pdf", "bill.pdf",
		[]byte("%PDF-1.4 total 100 EUR, with thanks")))
	c := f.addBody(name, Invalid, why, clearSigned(part, f.cms(part).der()))
	if !bytes.Contains(c.Message, []byte(old)) {
		panic("smimeforge: " + name + " changes nothing")
	}
	c.Message = bytes.Replace(c.Message, []byte(old), []byte(new), 1)
	return c
}

func (f *forge) tamContent() {
	const why = "RFC 5652 5.6: the digest of the content differs from messageDigest"
	line := strings.SplitAfter(f.prose, crlf)[0]
	f.tam("tam-body", why, line, "Pay 900 EUR to account 666.\r\n")
	f.tam("tam-body-one-bit", why, line, string(line[0]^1)+line[1:])
	f.tam("tam-body-line-removed", why, line, "")
	f.tam("tam-body-line-added", why, line, line+crlf)
	f.tam("tam-part-charset", why, "charset=utf-8", "charset=utf-7")
	f.tam("tam-part-type", why, "Content-Type: text/plain", "Content-Type: text/html")
	f.tam("tam-attachment", why, wrap64([]byte("%PDF-1.4 total 100"))[:24], wrap64([]byte("%PDF-1.4 total 900"))[:24])
	f.tam("tam-attachment-name", why, "name=\"bill.pdf\"", "name=\"bill.exe\"")
	f.tam("tam-inner-boundary", why, "--mix\r\n", "--mix \r\n")
	f.tam("tam-footer-in-text", why+"; it fits without the footer of a list", "\r\n\r\n"+f.prose, "\r\n\r\n"+f.prose+listFooter).flag("repair-footer")
	other := text("Quite another text.\r\n")
	f.addDER("tam-other-signature", Invalid, "RFC 5652 5.6: the signature is that of another message", f.cms(other).der())
	c := f.addBody("tam-opaque-content", Invalid, why, nil)
	part := f.part()
	s := f.cms(part)
	s.embedded = append(bytes.Clone(part), "PS: pay twice.\r\n"...)
	c.Message = f.letter().with(opaque("signed-data", s.der()))
	s = f.cms(part)
	s.signers[0].noAttrs = true
	s.content = other
	f.addDER("tam-noattrs-content", Invalid, "RFC 5652 5.4: without attributes the signature is over the content, which differs",
		s.der())
}

const listFooter = "_______________________________________________\r\nlist mailing list\r\nlist@lists.example\r\n"

// addAttrs makes a message whose list of signed attributes is changed before it is signed.
func (f *forge) addAttrs(name, want, why string, edit func([][]byte) [][]byte) *Case {
	return f.addSigned(name, want, why, func(s *signed) { s.signers[0].edit = edit })
}

func (f *forge) tamAttributes() {
	md := octets(sha256Hash.sum(f.part()))
	f.addAttrs("tam-attr-md-absent", Invalid, "RFC 5652 5.3: messageDigest must be present",
		func(l [][]byte) [][]byte { return append(l[:1], l[2:]...) }).also(Malformed)
	f.addAttrs("tam-attr-md-two-values", Invalid, "RFC 5652 11.2: messageDigest has exactly one value", func(l [][]byte) [][]byte {
		l[1] = attribute(oidAttrDigest, md, octets(make([]byte, 32)))
		return l
	}).also(Malformed)
	f.addAttrs("tam-attr-md-twice", Invalid, "RFC 5652 11.2: only one messageDigest", func(l [][]byte) [][]byte {
		return append(l, attribute(oidAttrDigest, octets(make([]byte, 32))))
	}).also(Malformed)
	f.addAttrs("tam-attr-md-same-twice", Invalid, "RFC 5652 11.2: only one messageDigest, be they equal",
		func(l [][]byte) [][]byte { return append(l, l[1]) }).also(Malformed)
	f.addAttrs("tam-attr-md-no-value", Invalid, "RFC 5652 11.2: messageDigest has exactly one value", func(l [][]byte) [][]byte {
		l[1] = attribute(oidAttrDigest)
		return l
	}).also(Malformed)
	f.addAttrs("tam-attr-md-short", Invalid, "RFC 5652 5.6: the whole digest counts", func(l [][]byte) [][]byte {
		l[1] = attribute(oidAttrDigest, octets(sha256Hash.sum(f.part())[:20]))
		return l
	}).also(Malformed)
	f.addAttrs("tam-attr-md-integer", Invalid, "RFC 5652 11.2: messageDigest is an OCTET STRING", func(l [][]byte) [][]byte {
		l[1] = attribute(oidAttrDigest, retag(2, md))
		return l
	}).also(Malformed)
	f.addAttrs("tam-attr-time-twice", Invalid, "RFC 5652 11.3: only one signing-time; two make the time open",
		func(l [][]byte) [][]byte {
			return append(l, attribute(oidAttrTime, when(f.date.AddDate(0, -1, 0))))
		}).also(Malformed)
	f.addAttrs("tam-attr-time-two-values", Invalid, "RFC 5652 11.3: signing-time has one value", func(l [][]byte) [][]byte {
		l[2] = attribute(oidAttrTime, when(f.date), when(f.date.AddDate(0, -1, 0)))
		return l
	}).also(Malformed)
	f.addAttrs("tam-attrs-empty", Invalid,
		"RFC 5652 5.3: SignedAttributes has at least one attribute, and messageDigest among them",
		func([][]byte) [][]byte { return nil }).also(Malformed)
	n := tree(f.cms(f.part()).der())
	attrs := n.at(1, 0, -1, 0, 3)
	for _, a := range attrs.kids {
		if t := a.at(1, 0); t.tag == 0x17 {
			t.body[5] ^= 1
		}
	}
	f.addDER("tam-attr-time-changed", Invalid, "RFC 5652 5.6: the signature is over the attributes, one of which was changed",
		n.bytes())
	n = tree(f.cms(f.part()).der())
	attrs = n.at(1, 0, -1, 0, 3)
	attrs.kids = attrs.kids[:3]
	f.addDER("tam-attr-removed", Invalid, "RFC 5652 5.6: the signature is over the attributes, one of which is missing",
		n.bytes()).also(Malformed)
}

func (f *forge) tamTypes() {
	f.addAttrs("tam-attr-ctype", Invalid, "RFC 5652 11.1: content-type must match eContentType", func(l [][]byte) [][]byte {
		l[0] = attribute(oidAttrType, oid(oidTSTInfo))
		return l
	})
	f.addAttrs("tam-attr-ctype-absent", Invalid, "RFC 5652 5.3: content-type must be present",
		func(l [][]byte) [][]byte { return l[1:] }).also(Malformed)
	f.addAttrs("tam-attr-ctype-two-values", Invalid, "RFC 5652 11.1: content-type has one value", func(l [][]byte) [][]byte {
		l[0] = attribute(oidAttrType, oid(oidData), oid(oidTSTInfo))
		return l
	}).also(Malformed)
	f.addAttrs("tam-attr-ctype-twice", Invalid, "RFC 5652 11.1: only one content-type", func(l [][]byte) [][]byte {
		return append(l, attribute(oidAttrType, oid(oidTSTInfo)))
	}).also(Malformed)
	f.addSigned("tam-ctype-noattrs", Invalid, "RFC 5652 5.3: signedAttrs must be present when the type is not id-data",
		func(s *signed) {
			s.ctype, s.signers[0].noAttrs = oidTSTInfo, true
		}).also(Malformed)
	f.addSigned("tam-ctype-not-data", Invalid,
		"RFC 8551 2.4.1: signed MIME content is id-data; the signature holds for something else", func(s *signed) {
			s.ctype = oidTSTInfo
		}).also(Valid, Malformed, Unsupported)
}

func (f *forge) tamConfusion() {
	part := f.part()
	s := f.cms(part)
	attrs := set(s.signers[0].attributes(oidData, part)...)
	s.content, s.signers[0].noAttrs = attrs, true
	f.add("tam-attr-substitution", Invalid,
		"draft-ietf-lamps-cms-euf-cma-signeddata: the content is the attributes of another signature, the attributes are gone",
		f.letter().with(clearSigned(attrs, s.der()))).also(Malformed).flag("attribute-substitution")
	s = f.cms(part)
	s.content, s.embedded, s.signers[0].noAttrs = attrs, attrs, true
	f.addBody("tam-attr-substitution-opaque", Invalid,
		"draft-ietf-lamps-cms-euf-cma-signeddata: the content is the attributes of another signature",
		opaque("signed-data", s.der())).also(Malformed).flag("attribute-substitution")
	f.addSigned("tam-embedded-same", Valid,
		"RFC 8551 3.5.3.1: eContent must be absent; it equals the shown part, so nothing is hidden", func(s *signed) {
			s.embedded = part
		}).also(Malformed, Invalid).flag("embedded-content")
	evil := text("Pay 900 EUR to account 666.\r\n")
	s = f.cms(part)
	s.embedded = part
	f.addBody("tam-embedded-vs-shown", Invalid, "CVE-2018-18509: the signature is over the embedded content, another text is shown",
		clearSigned(evil, s.der())).also(Malformed).flag("embedded-content")
	s = f.cms(part)
	s.embedded = evil
	f.addDER("tam-embedded-other", Invalid, "RFC 8551 3.5.3.1: the shown part is signed, but the object carries another text",
		s.der()).
		also(Malformed, Valid).flag("embedded-content")
	s = f.cms(part)
	s.signers = nil
	f.addDER("tam-nosigners", Invalid,
		"RFC 5652 5.1 allows no signers, but then nothing is signed (RFC 8551 3.8 is for certificates only)", s.der()).
		also(Unsigned, CertsOnly, Malformed).flag("no-signers")
	s.embedded = part
	f.addBody("tam-nosigners-opaque", Invalid, "RFC 5652 5.1 allows no signers, but then nothing is signed", opaque("signed-data",
		s.der())).
		also(Unsigned, CertsOnly, Malformed).flag("no-signers")
	twin := f.person(func(c *cert) { c.serial, c.key = f.alice.serial, newECDSA(p256) })
	f.addSigned("tam-cert-swapped", Invalid, "RFC 5652 5.6: the certificate with that issuer and serial has another key",
		func(s *signed) {
			s.certs = [][]byte{twin.der, f.inter.der}
		}).also(Unsupported)
	f.addSigned("tam-foreign-key", Invalid, "RFC 5652 5.6: signed with another key than the certificate's",
		func(s *signed) { s.signers[0].key = f.bob.key })
	f.addSigned("tam-digest-renamed", Invalid, "RFC 5652 5.6: digestAlgorithm says SHA-512, the value is SHA-256", func(s *signed) {
		s.signers[0].digestAlg = sha512Hash.id()
	}).also(Malformed)
}

// addSig makes a message whose signature value is changed.
func (f *forge) addSig(name, want, why string, mangle func([]byte) []byte) *Case {
	return f.addSigned(name, want, why, func(s *signed) { s.signers[0].mangle = mangle })
}

func (f *forge) tamSignature() {
	const why = "RFC 8017 8.2.2: the signature value does not verify"
	f.addSig("tam-signature-bit", Invalid, why, flipLast)
	f.addSig("tam-signature-zero", Invalid, why, func(b []byte) []byte { return make([]byte, len(b)) })
	f.addSig("tam-signature-one", Invalid, why, func(b []byte) []byte { return append(make([]byte, len(b)-1), 1) })
	f.addSig("tam-signature-empty", Invalid, why, func([]byte) []byte { return nil }).also(Malformed)
	f.addSig("tam-signature-short", Invalid, why, func(b []byte) []byte { return b[:len(b)-1] })
	f.addSig("tam-signature-long", Invalid, "RFC 8017 8.2.2 step 1: the value has the length of the modulus",
		func(b []byte) []byte { return append(b, 0) })
	f.addSig("tam-signature-leading-zero", Invalid,
		"RFC 8017 8.2.2 step 1: the value has the length of the modulus; the number would fit",
		func(b []byte) []byte { return append([]byte{0}, b...) })
	f.addSig("tam-signature-plus-modulus", Invalid, "RFC 8017 5.2.2 step 1: the representative is below the modulus",
		func(b []byte) []byte {
			return new(big.Int).Add(new(big.Int).SetBytes(b), f.alice.key.rsa.n).Bytes()
		})
	blocks := []struct{ name, want, why, also string }{
		{"tam-block-type-2", Invalid, "RFC 8017 9.2: the block begins 00 01", ""},
		{"tam-block-short-padding", Invalid, "RFC 8017 9.2: the padding fills the block; octets follow the digest", ""},
		{"tam-block-trailing-info", Invalid, "RFC 8017 9.2: DigestInfo holds nothing after the digest", ""},
		{"tam-block-no-null", Valid, "RFC 8017 A.2.4 note: some producers leave out NULL; verifiers may accept it", Invalid},
		{"tam-block-other-hash", Invalid, "RFC 8017 9.2: DigestInfo names another digest than the signer", ""},
		{"tam-block-ber-length", Invalid, "RFC 8017 9.2: DigestInfo is DER", ""},
	}
	for _, t := range blocks {
		c := f.addSigned(t.name, t.want, t.why, func(s *signed) {
			var signedOctets []byte
			s.signers[0].over = func(attrs []byte) []byte { signedOctets = attrs; return attrs }
			s.signers[0].mangle = func([]byte) []byte { return f.alice.key.rsa.oddBlock(t.name, signedOctets) }
		})
		if t.also != "" {
			c.also(t.also)
		}
	}
}

// oddBlock signs a block that is not what RFC 8017 section 9.2 asks for.
func (k *rsaKey) oddBlock(kind string, msg []byte) []byte {
	info := digestInfo(sha256Hash, msg)
	sum := sha256Hash.sum(msg)
	block := func(kind byte, pad, info []byte) []byte {
		return k.raw(bytes.Join([][]byte{{0, kind}, pad, {0}, info}, nil))
	}
	ff := func(n int) []byte { return bytes.Repeat([]byte{0xff}, n) }
	fill := k.size() - 3
	switch kind {
	case "tam-block-type-2":
		return block(2, ff(fill-len(info)), info)
	case "tam-block-short-padding":
		return block(1, ff(8), append(bytes.Clone(info), make([]byte, fill-8-len(info))...))
	case "tam-block-trailing-info":
		info = seq(algID(sha256Hash.oid, null()), octets(sum), octets([]byte("trailing")))
	case "tam-block-no-null":
		info = seq(algID(sha256Hash.oid, nil), octets(sum))
	case "tam-block-other-hash":
		info = seq(algID(sha3x256Hash.oid, null()), octets(sum))
	case "tam-block-ber-length":
		info = append([]byte{0x30, 0x81}, info[1:]...)
	default:
		panic(fmt.Sprintf("smimeforge: no block %s", kind))
	}
	return block(1, ff(fill-len(info)), info)
}

func (f *forge) tamECDSA() {
	c := f.person(nil)
	curve := p256
	pair := func(sig []byte) (r, s *big.Int) {
		n := tree(sig)
		return new(big.Int).SetBytes(n.kids[0].body), new(big.Int).SetBytes(n.kids[1].body)
	}
	for _, t := range []struct {
		name, want, why string
		change          func(r, s *big.Int) []byte
		also            []string
	}{
		{"tam-ecdsa-negated", Valid, "SEC 1 4.1.4: (r, n-s) verifies too; that is no forgery of the content",
			func(r, s *big.Int) []byte { return seq(bigInt(r), bigInt(new(big.Int).Sub(curve.n, s))) }, nil},
		{"tam-ecdsa-zero", Invalid, "SEC 1 4.1.4: r and s are from 1 to n-1", func(_, _ *big.Int) []byte {
			return seq(num(0),
				num(0))
		}, nil},
		{"tam-ecdsa-r-order", Invalid, "SEC 1 4.1.4: r is below n", func(_, s *big.Int) []byte {
			return seq(bigInt(curve.n),
				bigInt(s))
		}, nil},
		{"tam-ecdsa-s-plus-n", Invalid, "SEC 1 4.1.4: s is below n", func(r, s *big.Int) []byte {
			return seq(bigInt(r),
				bigInt(new(big.Int).Add(s, curve.n)))
		}, nil},
		{"tam-ecdsa-negative", Invalid, "SEC 1 4.1.4: s is positive", func(r, s *big.Int) []byte {
			return seq(bigInt(r),
				bigInt(new(big.Int).Neg(s)))
		}, nil},
		{"tam-ecdsa-raw", Invalid, "RFC 5753 7.2: the value is an ECDSA-Sig-Value, not r and s side by side", func(r,
			s *big.Int) []byte {
			return append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...)
		}, []string{Malformed}},
		{"tam-ecdsa-trailing", Invalid, "RFC 5753 7.2: octets follow the ECDSA-Sig-Value", func(r, s *big.Int) []byte {
			return append(seq(bigInt(r), bigInt(s)), 5, 0)
		}, []string{Malformed}},
	} {
		f.addBy(t.name, t.want, t.why, c, func(s *signed) {
			s.signers[0].mangle = func(sig []byte) []byte { return t.change(pair(sig)) }
		}).also(t.also...)
	}
}
