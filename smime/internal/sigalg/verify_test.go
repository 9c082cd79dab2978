package sigalg

import (
	"bufio"
	"bytes"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"strings"
	"testing"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// signed is a self-signed certificate taken apart.
type signed struct {
	name                                string
	spki, algorithm, message, signature []byte
}

// certificates reads testdata/certs.pem.
func certificates(t testing.TB) []signed {
	t.Helper()
	all, err := os.ReadFile("testdata/certs.pem")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	last := ""
	for lines := bufio.NewScanner(bytes.NewReader(all)); lines.Scan(); last = lines.Text() {
		if strings.HasPrefix(lines.Text(), "-----BEGIN") {
			names = append(names, last)
		}
	}
	var out []signed
	for block, rest := pem.Decode(all); block != nil; block, rest = pem.Decode(rest) {
		s := takeApart(t, block.Bytes)
		s.name = names[len(out)]
		out = append(out, s)
	}
	return out
}

func takeApart(t testing.TB, der []byte) (s signed) {
	in := cryptobyte.String(der)
	var cert, tbs, algorithm, skip, spki cryptobyte.String
	var whole cryptobyte.String
	if !in.ReadASN1(&cert, asn1.SEQUENCE) || !cert.ReadASN1Element(&whole, asn1.SEQUENCE) ||
		!cert.ReadASN1Element(&algorithm, asn1.SEQUENCE) || !cert.ReadASN1BitStringAsBytes(&s.signature) {
		t.Fatal("no certificate")
	}
	s.message, s.algorithm = whole, algorithm
	inner := cryptobyte.String(s.message)
	inner.ReadASN1(&tbs, asn1.SEQUENCE)
	tbs.SkipOptionalASN1(asn1.Tag(0).ContextSpecific().Constructed())
	tbs.SkipASN1(asn1.INTEGER)
	for range 4 {
		tbs.ReadASN1(&skip, asn1.SEQUENCE)
	}
	if !tbs.ReadASN1Element(&spki, asn1.SEQUENCE) {
		t.Fatal("no key")
	}
	s.spki = spki
	return s
}

// check verifies one as a certificate's user does.
func (s *signed) check() error {
	k, err := ParseKey(s.spki)
	if err != nil {
		return err
	}
	a, err := ParseAlgorithm(s.algorithm)
	if err != nil {
		return err
	}
	return k.VerifyMessage(a, a.Hash, s.message, s.signature)
}

// Every kind of key and signature that OpenSSL makes is checked as OpenSSL does,
// and no changed one fits.
func TestVerify(t *testing.T) {
	unsupported := map[string]bool{"rsa-md4": true, "rsa-ripemd160": true}
	all := certificates(t)
	if len(all) < 50 {
		t.Fatalf("%d certificates", len(all))
	}
	for _, s := range all {
		err := s.check()
		if unsupported[s.name] {
			if !errors.Is(err, ErrUnsupported) || errors.Is(err, ErrInvalid) {
				t.Errorf("%s: %v", s.name, err)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", s.name, err)
		}
		for _, i := range []int{0, len(s.signature) / 2, len(s.signature) - 1} {
			changed := s
			changed.signature = bytes.Clone(s.signature)
			changed.signature[i] ^= 1
			if err := changed.check(); !errors.Is(err, ErrInvalid) && !errors.Is(err, ErrMalformed) {
				t.Errorf("%s with octet %d of its signature changed: %v", s.name, i, err)
			}
		}
		s.message = append(bytes.Clone(s.message), 0)
		if err := s.check(); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s with another message: %v", s.name, err)
		}
	}
}

// The code for any curve agrees with the standard library's.
func TestGenericCurve(t *testing.T) {
	n := 0
	for _, s := range certificates(t) {
		k, err := ParseKey(s.spki)
		if err != nil {
			t.Fatal(err)
		}
		if k.ec == nil || standard[k.Curve] == nil {
			continue
		}
		n++
		a, _ := ParseAlgorithm(s.algorithm)
		h := a.Hash.New()
		h.Write(s.message)
		r, second, err := readPair(s.signature)
		if err != nil || !k.ec.fits(h.Sum(nil), r, second) || k.ec.fits(h.Sum([]byte{1})[:h.Size()], r, second) {
			t.Errorf("%s: the generic code says otherwise", s.name)
		}
	}
	if n < 8 {
		t.Errorf("%d certificates", n)
	}
}

// What a report calls key and algorithm.
func TestNames(t *testing.T) {
	want := map[string]string{
		"rsa-sha256": "rsa 1024  rsa-pkcs1-sha256", "rsa-512-bits": "rsa 512  rsa-pkcs1-sha1", "pss-sha384-mgf1": "rsa 1024  rsa-pss-sha384",
		"pss-restricted-key": "rsa-pss 1024  rsa-pss-sha256", "dsa-sha256": "dsa 2048  dsa-sha256", "ec-secp256k1": "ec 256 secp256k1 ecdsa-sha256",
		"ec-brainpoolP320t1": "ec 320 brainpoolP320t1 ecdsa-sha256", "ec-explicit": "ec 256 P-256 ecdsa-sha256", "ec-secp521r1": "ec 521 P-521 ecdsa-sha256",
		"ed25519": "ed25519 256  ed25519", "ed448": "ed448 448  ed448", "rsa-md4": "rsa 1024  rsa-pkcs1-md4",
	}
	for _, s := range certificates(t) {
		if want[s.name] == "" {
			continue
		}
		k, err := ParseKey(s.spki)
		if err != nil {
			t.Fatal(s.name, err)
		}
		a, _ := ParseAlgorithm(s.algorithm)
		if got := k.Kind + " " + new(big.Int).SetInt64(int64(k.Bits)).String() + " " + k.Curve + " " + a.Name; got != want[s.name] {
			t.Errorf("%s: %q, want %q", s.name, got, want[s.name])
		}
	}
}

// A key fits no signature of another scheme, whatever its numbers.
func TestOtherScheme(t *testing.T) {
	all := certificates(t)
	for _, key := range all {
		for _, s := range all {
			if key.name == s.name || strings.HasPrefix(s.name, "rsa-") && strings.HasPrefix(key.name, "rsa-") {
				continue
			}
			mixed := s
			mixed.spki = key.spki
			if mixed.check() == nil && !sameKey(key, s) {
				t.Errorf("the key of %s fits the signature of %s", key.name, s.name)
			}
		}
	}
}

// sameKey looks at the numbers: a point may be written in three ways.
func sameKey(a, b signed) bool {
	k, _ := ParseKey(a.spki)
	l, _ := ParseKey(b.spki)
	if k.ec != nil && l.ec != nil {
		return k.ec.qx.Cmp(l.ec.qx) == 0 && k.ec.qy.Cmp(l.ec.qy) == 0
	}
	return bytes.Equal(a.spki, b.spki)
}

// forge is the power of d of an encoded message: what the owner of a key, or the
// math of a small exponent, can make.
func forge(k *rsa.PrivateKey, em []byte) []byte {
	m := new(big.Int).SetBytes(em)
	return m.Exp(m, k.D, k.N).FillBytes(make([]byte, (k.N.BitLen()+7)/8))
}

// Encoded messages that lenient readers take (Bleichenbacher 2006 and its kin).
func TestPKCS1Forgeries(t *testing.T) {
	private, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	k := &Key{Kind: "rsa", rsa: &rsaKey{private.N, big.NewInt(int64(private.E))}}
	h := hashNamed("sha256")
	digest := sha256.Sum256([]byte("message"))
	a := Algorithm{Scheme: "rsa-pkcs1", Name: "rsa"}
	info := digestInfo(h, digest[:], true)
	pad := func(n int) []byte { return append([]byte{0, 1}, bytes.Repeat([]byte{0xFF}, n)...) }
	cat := func(parts ...[]byte) []byte {
		out := bytes.Join(parts, nil)
		return append(out, make([]byte, 128-len(out))...)
	}
	whole := cat(pad(128-3-len(info)), []byte{0}, info)
	absent := digestInfo(h, digest[:], false)
	good, err := rsa.SignPKCS1v15(rand.Reader, private, crypto.SHA256, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	for name, sig := range map[string][]byte{
		"as the standard library signs": good,
		"as it should be":               forge(private, whole),
		"without NULL":                  forge(private, cat(pad(128-3-len(absent)), []byte{0}, absent)),
	} {
		if err := k.Verify(a, h, digest[:], sig); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	late := bytes.Clone(whole)
	late[3] = 0xFE
	for name, em := range map[string][]byte{
		"text behind the digest":     cat(pad(8), []byte{0}, info, bytes.Repeat([]byte{0xAA}, 60)),
		"padding of another kind":    append([]byte{0, 2}, whole[2:]...),
		"padding that is not FF":     late,
		"no padding":                 cat([]byte{0, 1, 0}, info),
		"digest of another type":     cat(pad(128-3-len(info)), []byte{0}, digestInfo(hashNamed("sha3-256"), digest[:], true)),
		"digest alone":               cat(pad(128-3-32), []byte{0}, digest[:]),
		"parameters with text":       cat(pad(8), []byte{0}, []byte{0x30, 0x51, 0x30, 0x2D, 0x06, 0x09}, info[6:15], []byte{0x04, 0x20}, make([]byte, 32), []byte{0x04, 0x20}, digest[:]),
		"everything shifted by one":  append([]byte{1}, whole[:127]...),
		"the number zero":            make([]byte, 128),
		"digest of another message":  cat(pad(128-3-len(info)), []byte{0}, digestInfo(h, make([]byte, 32), true)),
		"long form of a length":      cat(pad(128-4-len(info)), []byte{0}, []byte{0x30, 0x81, info[1]}, info[2:]),
		"digest with an octet more":  cat(pad(127-3-len(info)), []byte{0}, info[:1], []byte{info[1] + 1}, info[2:len(info)-33], []byte{0x21}, digest[:], []byte{0}),
		"NULL of the length of ones": cat(pad(127-3-len(info)), []byte{0}, info[:1], []byte{info[1] + 1}, info[2:17], []byte{5, 1, 0}, info[19:]),
	} {
		if err := k.Verify(a, h, digest[:], forge(private, em)); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, sig := range map[string][]byte{
		"empty": nil, "shorter": good[:127], "longer": append([]byte{0}, good...),
		"plus the modulus": new(big.Int).Add(new(big.Int).SetBytes(good), private.N).Bytes(),
	} {
		if err := k.Verify(a, h, digest[:], sig); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Digest, algorithm and key must fit one another before anything is counted.
func TestMisfit(t *testing.T) {
	var rsaKey *Key
	for _, s := range certificates(t) {
		if s.name == "rsa-sha256" {
			rsaKey, _ = ParseKey(s.spki)
		}
	}
	sha256Hash, sha1Hash := hashNamed("sha256"), hashNamed("sha1")
	named := Algorithm{Scheme: "rsa-pkcs1", Name: "rsa-pkcs1-sha1", Hash: sha1Hash}
	for _, c := range []struct {
		name   string
		a      Algorithm
		h      Hash
		digest int
		want   error
	}{
		{"another digest than the algorithm's", named, sha256Hash, 32, ErrInvalid},
		{"digest too short", Algorithm{Scheme: "rsa-pkcs1"}, sha256Hash, 20, ErrInvalid},
		{"unknown digest", Algorithm{Scheme: "rsa-pkcs1"}, Hash{}, 20, ErrUnsupported},
		{"unknown algorithm", Algorithm{}, sha256Hash, 32, ErrUnsupported},
		{"Ed25519 over a digest", Algorithm{Scheme: "ed25519"}, sha256Hash, 32, ErrUnsupported},
		{"ECDSA with a key for RSA", Algorithm{Scheme: "ecdsa"}, sha256Hash, 32, ErrInvalid},
	} {
		if err := rsaKey.Verify(c.a, c.h, make([]byte, c.digest), make([]byte, 128)); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if err := rsaKey.VerifyMessage(Algorithm{Scheme: "ed25519"}, Hash{}, nil, make([]byte, 64)); !errors.Is(err, ErrInvalid) {
		t.Errorf("Ed25519 with a key for RSA: %v", err)
	}
	unknown := &Key{OID: "1.2.3"}
	if err := unknown.Verify(named, sha1Hash, make([]byte, 20), nil); !errors.Is(err, ErrUnsupported) {
		t.Errorf("a key of an unknown kind: %v", err)
	}
}

// The largest keys and exponents that are let in are worked on in bounded time:
// this test would not end otherwise.
func TestSlowest(t *testing.T) {
	n := new(big.Int).Lsh(big.NewInt(1), maxModulus-1)
	n.Add(n, big.NewInt(12345))
	e := new(big.Int).SetUint64(1<<64 - 1)
	k := &Key{Kind: "rsa", rsa: &rsaKey{n, e}}
	if err := k.Verify(Algorithm{Scheme: "rsa-pkcs1"}, hashNamed("sha1"), make([]byte, 20), bytes.Repeat([]byte{0x55}, maxModulus/8)); !errors.Is(err, ErrInvalid) {
		t.Error("RSA", err)
	}
	p := new(big.Int).Lsh(big.NewInt(1), maxDSA-1)
	p.Add(p, big.NewInt(1))
	q := new(big.Int).Lsh(big.NewInt(1), 511)
	q.Add(q, big.NewInt(3))
	d := &Key{Kind: "dsa", dsa: &dsaKey{p, q, big.NewInt(7), big.NewInt(11)}}
	if err := d.Verify(Algorithm{Scheme: "dsa"}, hashNamed("sha512"), bytes.Repeat([]byte{0x77}, 64), []byte{0x30, 6, 2, 1, 3, 2, 1, 5}); err == nil {
		t.Error("a DSA signature that nobody made")
	}
}

func BenchmarkVerify(b *testing.B) {
	for _, s := range certificates(b) {
		switch s.name {
		case "rsa-sha256", "pss-sha256-32", "dsa-sha256", "ec-prime256v1", "ec-brainpoolP256r1", "ec-brainpoolP512t1", "ed25519", "ed448":
			b.Run(s.name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := s.check(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
