package smimeforge

import (
	"fmt"
	"math/big"
	"time"
)

// This file answers one question: which signature algorithms are asked for, and how are the weak ones graded?

// algorithms makes the cases alg-*.
func (f *forge) algorithms() error {
	steps := []func() error{f.algRSA, f.algWeak, f.algPSS, f.algCurves, f.algDSA, f.algUnknown, f.algOld}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// addAlg makes a message signed by a fresh mail certificate with the key and the digest.
func (f *forge) addAlg(name, want, why string, k *key, d *digest, edit func(*signed)) *Case {
	c := f.person(func(c *cert) { c.key = k })
	part := f.part()
	s := f.cmsBy(c, part)
	s.signers[0].hash = d
	if edit != nil {
		edit(s)
	}
	return f.add(name, want, why, f.letter().with(clearAs(d.micalg, part, s.der())))
}

func (f *forge) algRSA() error {
	a := f.alice.key
	for _, d := range []*digest{sha224Hash, sha256Hash, sha384Hash, sha512Hash} {
		f.addAlg("alg-rsa-"+d.name, Valid, "RFC 5754 3.2: RSA PKCS #1 v1.5 with "+d.name, a, d, nil)
	}
	for _, d := range []*digest{sha3x224Hash, sha3x256Hash, sha3x384Hash, sha3x512Hash, sha512t256Hash} {
		f.addAlg("alg-rsa-"+d.name, Valid, "RFC 8702 and FIPS 202 identifiers; a verifier may lack them", a, d, nil).
			also(Unsupported)
	}
	f.addAlg("alg-rsa-plain-oid", Valid, "RFC 3370 3.2: rsaEncryption may name the signature algorithm", a, sha256Hash,
		func(s *signed) { s.signers[0].sigAlg = algID(rsaArc+"1", null()) })
	f.addAlg("alg-rsa-params-absent", Valid, "RFC 5754 3.2: absent parameters must be accepted", a, sha256Hash,
		func(s *signed) { s.signers[0].sigAlg = algID(sha256Hash.rsaOID, nil) })
	f.addAlg("alg-digest-params-null", Valid, "RFC 5754 2: NULL parameters of a digest must be accepted", a, sha256Hash,
		func(s *signed) { s.signers[0].digestAlg = algID(sha256Hash.oid, null()) })
	f.addAlg("alg-rsa-noattrs", Valid, "RFC 5652 5.4: without attributes the signature is over the content", a, sha256Hash,
		func(s *signed) { s.signers[0].noAttrs = true })
	for _, size := range []int{3072, 4096} {
		k, err := newRSA(size, 65537)
		if err != nil {
			return err
		}
		f.addAlg(fmt.Sprintf("alg-rsa-%d", size), Valid,
			"RFC 8551 4.3: keys from 2048 to 4096 bits must be verified", k, sha256Hash, nil)
	}
	three, err := newRSA(2048, 3)
	if err != nil {
		return err
	}
	f.addAlg("alg-rsa-e3", Valid, "RFC 8017 3.1: 3 is a public exponent", three, sha256Hash, nil)
	f.addAlg("alg-rsa-e3-garbage", Invalid,
		"RFC 8017 8.2.2: the whole block counts; octets after a short digest are the forgery of 2006",
		three, sha256Hash, func(s *signed) {
			s.signers[0].mangle = func([]byte) []byte { return cubeForgery(s.signers[0], s.content, three.rsa.size()) }
		})
	return nil
}

// cubeForgery makes a signature without a private key whose cube begins with a short valid block.
func cubeForgery(s *signer, content []byte, size int) []byte {
	attrs := set(s.attributes(oidData, content)...)
	head := append([]byte{0, 1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0}, digestInfo(s.hash, attrs)...)
	low := new(big.Int).SetBytes(append(head, make([]byte, size-len(head))...))
	return cubeRoot(low).FillBytes(make([]byte, size))
}

// cubeRoot is the least integer whose cube is not below n.
func cubeRoot(n *big.Int) *big.Int {
	lo, hi := big.NewInt(0), new(big.Int).Lsh(big.NewInt(1), uint(n.BitLen()/3+2))
	for lo.Cmp(hi) < 0 {
		mid := new(big.Int).Add(lo, hi)
		mid.Rsh(mid, 1)
		if new(big.Int).Exp(mid, big.NewInt(3), nil).Cmp(n) < 0 {
			lo = mid.Add(mid, big.NewInt(1))
		} else {
			hi = mid
		}
	}
	return lo
}

func (f *forge) algWeak() error {
	a := f.alice.key
	f.addAlg("alg-rsa-md5", Weak, "RFC 8551 4.2 and B: MD5 is historic, collisions since 2004", a, md5Hash, nil).flag("weak-digest")
	f.addAlg("alg-rsa-sha1", Weak, "RFC 8551 B: SHA-1 is historic, collisions since 2017; RFC 8551 2.1 still lets old mail verify, hence also valid",
		a, sha1Hash, nil).also(Valid).flag("weak-digest")
	f.addAlg("alg-rsa-1024", Weak, "RFC 8551 4.3: keys of 512 to 1023 bits should not, from 1024 may be verified; below 2048 is graded",
		f.rsa1024, sha256Hash, nil).also(Valid).flag("weak-key")
	for _, size := range []int{512, 768} {
		k, err := newRSA(size, 65537)
		if err != nil {
			return err
		}
		f.addAlg(fmt.Sprintf("alg-rsa-%d", size), Weak, "RFC 8551 4.3 and B.2: keys below 1024 bits are factored by anybody", k,
			sha256Hash, nil).
			flag("weak-key")
	}
	f.addAlg("alg-rsa-sha1-invalid", Invalid, "a broken signature is graver than a weak digest", a, sha1Hash,
		func(s *signed) { s.content = append([]byte("X"), s.content...) })
	f.addAlg("alg-ecdsa-p256-sha1", Weak, "RFC 8551 B: SHA-1 is historic, whatever the key", newECDSA(p256), sha1Hash, nil).
		also(Valid).flag("weak-digest")
	return nil
}

func (f *forge) algPSS() error {
	a := f.alice.key
	for _, d := range []*digest{sha256Hash, sha384Hash, sha512Hash} {
		f.addAlg("alg-pss-"+d.name, Valid, "RFC 4056 and RFC 8551 2.2: RSASSA-PSS", a.withPSS(nil, d.new().Size(), false), d, nil)
	}
	f.addAlg("alg-pss-salt20", Valid, "RFC 4055 3.1: any salt length may be named", a.withPSS(nil, 20, false), sha256Hash, nil)
	f.addAlg("alg-pss-salt0", Valid, "RFC 4055 3.1: any salt length may be named, none too", a.withPSS(nil, 0, false), sha256Hash,
		nil)
	f.addAlg("alg-pss-own-key", Valid, "RFC 4055 1.2: the public key may carry id-RSASSA-PSS", a.withPSS(nil, 32, true), sha256Hash,
		nil)
	f.addAlg("alg-pss-mgf-sha1", Valid,
		"RFC 4055 2.1: the mask may use another digest; SHA-1 in a mask is no collision risk but may be graded",
		a.withPSS(sha1Hash, 32, false), sha256Hash, nil).also(Weak)
	f.addAlg("alg-pss-defaults", Weak, "RFC 4055 3.1: empty parameters mean SHA-1 and salt 20", a.withPSS(nil, 20, false), sha1Hash,
		func(s *signed) { s.signers[0].sigAlg = algID(rsaArc+"10", seq()) }).also(Valid).flag("weak-digest")
	f.addAlg("alg-pss-wrong-salt", Invalid, "RFC 8017 9.1.2 step 10: the salt has the length that the parameters say",
		a.withPSS(nil, 20, false), sha256Hash, func(s *signed) {
			s.signers[0].sigAlg = algID(rsaArc+"10", pssParams(sha256Hash, sha256Hash, 32))
		})
	f.addAlg("alg-pss-bad-params", Unsupported, "RFC 4055 3.1: parameters that cannot be read name no algorithm", a, sha256Hash,
		func(s *signed) { s.signers[0].sigAlg = algID(rsaArc+"10", octets([]byte("salt"))) }).also(Malformed, Invalid)
	return nil
}

func (f *forge) algCurves() error {
	for _, t := range []struct {
		c *curve
		d *digest
	}{{p256, sha256Hash}, {p384, sha384Hash}, {p521, sha512Hash}, {p224, sha224Hash}, {p256, sha512Hash}, {p384, sha256Hash}} {
		f.addAlg("alg-ecdsa-"+t.c.name+"-"+t.d.name, Valid, "RFC 5753 2.1: ECDSA on a named curve", newECDSA(t.c), t.d, nil)
	}
	f.addAlg("alg-ecdsa-P-256-sha3", Valid, "FIPS 202 identifiers; a verifier may lack them", newECDSA(p256), sha3x256Hash, nil).
		also(Unsupported)
	for _, c := range []*curve{brainpool256, secp256k1} {
		f.addAlg("alg-ecdsa-"+c.name, Valid, "RFC 5639 and SEC 2 curves; RFC 8551 2.2 does not demand them", newECDSA(c),
			sha256Hash, nil).
			also(Unsupported)
	}
	ed, err := newEd25519()
	if err != nil {
		return err
	}
	f.addAlg("alg-ed25519", Valid, "RFC 8419 3: Ed25519 with attributes, digest SHA-512", ed, sha512Hash, nil)
	f.addAlg("alg-ed25519-noattrs", Valid, "RFC 8419 3.1: Ed25519 over the content itself", ed, sha512Hash,
		func(s *signed) { s.signers[0].noAttrs = true })
	f.addAlg("alg-ed25519-bad", Invalid, "RFC 8032 5.1.7: S below the order and the equation holds", ed, sha512Hash,
		func(s *signed) { s.signers[0].mangle = flipLast })
	f.addAlg("alg-ed448", Valid, "RFC 8419 3: Ed448 with SHAKE256; RFC 8551 2.2 does not demand it", newEd448(), shake256Hash, nil).
		also(Unsupported)
	return nil
}

// flipLast changes one bit near the end.
func flipLast(b []byte) []byte { b[len(b)-2] ^= 1; return b }

func (f *forge) algDSA() error {
	f.addAlg("alg-dsa-2048-sha256", Valid, "RFC 5754 3.1: DSA; RFC 8551 2.2 no longer demands it", newDSA(dsa2048P, dsa2048Q,
		dsa2048G),
		sha256Hash, nil).also(Unsupported)
	f.addAlg("alg-dsa-1024-sha1", Weak, "RFC 8551 B.2: DSA of 1024 bits with SHA-1 is historic", newDSA(dsa1024P, dsa1024Q,
		dsa1024G),
		sha1Hash, nil).also(Unsupported, Valid).flag("weak-digest")
	return nil
}

func (f *forge) algUnknown() error {
	a := f.alice.key
	f.addAlg("alg-unknown-digest", Unsupported, "RFC 5652 5.3: a digest that the verifier does not know", a, sha256Hash,
		func(s *signed) {
			s.signers[0].digestAlg = algID("1.3.6.1.4.1.99999.1.1", nil)
		})
	f.addAlg("alg-unknown-signature", Unsupported, "RFC 5652 5.3: a signature algorithm that the verifier does not know", a,
		sha256Hash,
		func(s *signed) { s.signers[0].sigAlg = algID("1.3.6.1.4.1.99999.1.2", nil) })
	f.addAlg("alg-md2", Unsupported, "RFC 6149: MD2 is historic and no verifier needs it", a, sha256Hash, func(s *signed) {
		s.signers[0].digestAlg = algID("1.2.840.113549.2.2", null())
		s.signers[0].sigAlg = algID(rsaArc+"2", null())
	}).also(Weak, Invalid)
	f.addAlg("alg-ml-dsa-named", Unsupported, "RFC 9882 names ML-DSA; the key here is RSA, so nothing can be checked", a,
		sha256Hash,
		func(s *signed) { s.signers[0].sigAlg = algID(nistArc+"3.17", nil) }).also(Invalid)
	f.addAlg("alg-key-mismatch", Invalid, "RFC 5652 5.6: the algorithm must fit the signer's key: ECDSA is named for an RSA key", a,
		sha256Hash,
		func(s *signed) { s.signers[0].sigAlg = algID(sha256Hash.ecdsaOID, nil) }).also(Unsupported, Malformed)
	huge := *a
	e := new(big.Int).Add(new(big.Int).Lsh(big.NewInt(1), 1500), big.NewInt(1))
	huge.spki = rsaSPKI(a.rsa.n, e)
	f.addAlg("alg-rsa-huge-exponent", Invalid, "an exponent of 1,500 bits is refused or does not verify (cost of verification)",
		&huge, sha256Hash, nil).
		also(Unsupported, Malformed)
	return nil
}

// algOld: the same algorithms in mail of their own time, before they were known to be weak.
func (f *forge) algOld() error {
	short, err := newRSA(512, 65537)
	if err != nil {
		return err
	}
	for _, t := range []struct {
		name, want, why string
		year            int
		key             *key
		hash            *digest
		also            []string
	}{
		{"alg-2012-rsa-sha1", Valid, "RFC 5751 2.1: SHA-1 was a digest to be used in 2012; a verifier may grade it by today", 2012,
			f.alice.key, sha1Hash, []string{Weak}},
		{"alg-2001-rsa-md5", Valid, "RFC 2633 2.1: MD5 was to be accepted in 2001, before the collisions of 2004; it may be graded by today", 2001,
			f.alice.key, md5Hash, []string{Weak}},
		{"alg-2010-rsa-md5", Weak, "RFC 6151: forged certificates with MD5 were shown in 2008", 2010, f.alice.key, md5Hash, nil},
		{"alg-2005-rsa-1024", Valid, "RFC 3851 4.1: 1024 bits were the rule in 2005; they may be graded by today", 2005, f.rsa1024, sha1Hash, []string{Weak}},
		{"alg-2005-rsa-512", Weak, "RFC 8551 B.2: 512 bits were factored in 1999", 2005, short, sha1Hash, nil},
	} {
		g := *f
		g.date = time.Date(t.year, 5, 4, 10, 0, 0, 0, time.UTC)
		old := func(c *cert) { c.hash = sha1Hash }
		g.root = g.authority(nil, "Forge Old Root", f.root.key, old)
		g.inter = g.authority(g.root, "Forge Old CA", f.inter.key, old)
		c := g.person(func(c *cert) { c.key, c.hash = t.key, sha1Hash })
		part := g.part()
		s := g.cmsBy(c, part)
		s.signers[0].hash = t.hash
		g.add(t.name, t.want, t.why, g.letter().with(clearAs(t.hash.micalg, part, s.der()))).also(t.also...)
		f.cases, f.serial = g.cases, g.serial
	}
	return nil
}
