package sigalg

import (
	"bytes"
	"encoding/hex"
	"errors"
	"math/big"
	"testing"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

func unhex(s string) []byte {
	b, err := hex.DecodeString(s)
	if err != nil {
		panic(err)
	}
	return b
}

// seq encodes a SEQUENCE.
func seq(parts ...[]byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(asn1.SEQUENCE, func(c *cryptobyte.Builder) {
		for _, p := range parts {
			c.AddBytes(p)
		}
	})
	return b.BytesOrPanic()
}

func oid(dots string) []byte {
	id := encodeOID(dots)
	return append([]byte{6, byte(len(id))}, id...)
}

func integer(n *big.Int) []byte {
	var b cryptobyte.Builder
	b.AddASN1BigInt(n)
	return b.BytesOrPanic()
}

func spki(algorithm, key []byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1BitString(key)
	return seq(algorithm, b.BytesOrPanic())
}

var null = []byte{5, 0}

func rsaSPKI(n, e *big.Int) []byte {
	return spki(seq(oid("1.2.840.113549.1.1.1"), null), seq(integer(n), integer(e)))
}

// Keys that no algorithm can have are malformed, those that would cost too much
// unsupported; a key of an unknown algorithm is neither.
func TestParseKey(t *testing.T) {
	big1 := func(bits uint, add int64) *big.Int {
		n := new(big.Int).Lsh(big.NewInt(1), bits)
		return n.Add(n, big.NewInt(add))
	}
	n := big1(1023, 5)
	dsaOID := oid("1.2.840.10040.4.1")
	three := func(p, q, g *big.Int) []byte { return seq(integer(p), integer(q), integer(g)) }
	ecOID := oid("1.2.840.10045.2.1")
	p256 := curveOf("1.2.840.10045.3.1.7")
	point := append([]byte{4}, append(p256.x.FillBytes(make([]byte, 32)), p256.y.FillBytes(make([]byte, 32))...)...)
	off := bytes.Clone(point)
	off[64] ^= 1
	for _, c := range []struct {
		name string
		spki []byte
		kind string
		err  error
	}{
		{"RSA", rsaSPKI(n, big.NewInt(65537)), "rsa", nil},
		{"RSA without parameters", spki(seq(oid("1.2.840.113549.1.1.1")), seq(integer(n), integer(big.NewInt(3)))), "rsa", nil},
		{"even modulus", rsaSPKI(big1(1023, 4), big.NewInt(3)), "", ErrMalformed},
		{"negative modulus", rsaSPKI(big.NewInt(-15), big.NewInt(3)), "", ErrMalformed},
		{"exponent 1", rsaSPKI(n, big.NewInt(1)), "", ErrMalformed},
		{"exponent 0", rsaSPKI(n, big.NewInt(0)), "", ErrMalformed},
		{"even exponent", rsaSPKI(n, big.NewInt(4)), "", ErrMalformed},
		{"exponent of 65 bits", rsaSPKI(n, big1(64, 1)), "", ErrUnsupported},
		{"modulus of 16385 bits", rsaSPKI(big1(16384, 1), big.NewInt(3)), "", ErrUnsupported},
		{"no numbers", spki(seq(oid("1.2.840.113549.1.1.1"), null), []byte("abc")), "", ErrMalformed},
		{"DSA with the issuer's parameters", spki(seq(dsaOID), integer(big.NewInt(5))), "", ErrUnsupported},
		{"DSA with NULL", spki(seq(dsaOID, null), integer(big.NewInt(5))), "", ErrUnsupported},
		{"DSA, y beyond p", spki(seq(dsaOID, three(big.NewInt(23), big.NewInt(11), big.NewInt(4))), integer(big.NewInt(24))), "", ErrMalformed},
		{"DSA, q is 0", spki(seq(dsaOID, three(big.NewInt(23), big.NewInt(0), big.NewInt(4))), integer(big.NewInt(9))), "", ErrMalformed},
		{"DSA, p is 0", spki(seq(dsaOID, three(big.NewInt(0), big.NewInt(11), big.NewInt(4))), integer(big.NewInt(9))), "", ErrMalformed},
		{"DSA of 8193 bits", spki(seq(dsaOID, three(big1(8192, 1), big.NewInt(11), big.NewInt(4))), integer(big.NewInt(9))), "", ErrUnsupported},
		{"EC", spki(seq(ecOID, oid(p256.oid)), point), "ec", nil},
		{"EC, unknown curve", spki(seq(ecOID, oid("1.2.3.4")), point), "ec", nil},
		{"EC, point off the curve", spki(seq(ecOID, oid(p256.oid)), off), "", ErrMalformed},
		{"EC, infinity", spki(seq(ecOID, oid(p256.oid)), []byte{0}), "", ErrMalformed},
		{"EC, x of no point", spki(seq(ecOID, oid(p256.oid)), append([]byte{2}, bytes.Repeat([]byte{0xFF}, 32)...)), "", ErrMalformed},
		{"Ed25519 of 31 octets", spki(seq(oid("1.3.101.112")), make([]byte, 31)), "", ErrMalformed},
		{"unknown algorithm", spki(seq(oid("1.2.3.4")), []byte("abc")), "", nil},
		{"no key", seq(seq(oid("1.2.3.4"))), "", ErrMalformed},
		{"nothing", nil, "", ErrMalformed},
	} {
		k, err := ParseKey(c.spki)
		if !errors.Is(err, c.err) || err == nil && k.Kind != c.kind {
			t.Errorf("%s: %+v, %v", c.name, k, err)
		}
	}
}

// A curve in explicit parameters with another generator lets anybody make a key
// that fits a given point (CVE-2020-0601); it is not the named curve.
func TestExplicitCurve(t *testing.T) {
	c := curveOf("1.2.840.10045.3.1.7")
	octets := func(n *big.Int) []byte {
		b := n.FillBytes(make([]byte, 32))
		return append([]byte{4, 32}, b...)
	}
	domain := func(x, y *big.Int) []byte {
		base := append([]byte{4, 65, 4}, append(x.FillBytes(make([]byte, 32)), y.FillBytes(make([]byte, 32))...)...)
		return seq(integer(big.NewInt(1)), seq(oid("1.2.840.10045.1.1"), integer(c.p)), seq(octets(c.a), octets(c.b)), base, integer(c.n), integer(big.NewInt(1)))
	}
	point := append([]byte{4}, append(c.x.FillBytes(make([]byte, 32)), c.y.FillBytes(make([]byte, 32))...)...)
	ecOID := oid("1.2.840.10045.2.1")
	k, err := ParseKey(spki(seq(ecOID, domain(c.x, c.y)), point))
	if err != nil || k.Curve != "P-256" || k.ec == nil {
		t.Errorf("the named curve: %+v, %v", k, err)
	}
	twice := c.double(affine(c.x, c.y))
	zz := new(big.Int).ModInverse(twice.z, c.p)
	x := c.mod(new(big.Int).Mul(twice.x, new(big.Int).Mul(zz, zz)))
	y := c.mod(new(big.Int).Mul(twice.y, new(big.Int).Mul(zz, new(big.Int).Mul(zz, zz))))
	k, err = ParseKey(spki(seq(ecOID, domain(x, y)), point))
	if err != nil || k.ec != nil {
		t.Errorf("another generator: %+v, %v", k, err)
	}
}

// The table of curves: each generator is a point of the stated order.
func TestCurves(t *testing.T) {
	for i := range curveTable {
		c := curveAt(i)
		if !c.p.ProbablyPrime(20) || !c.n.ProbablyPrime(20) {
			t.Errorf("%s: a number that is no prime", c.name)
		}
		if c.mod(new(big.Int).Mul(c.y, c.y)).Cmp(c.right(c.x)) != 0 {
			t.Errorf("%s: the generator is no point", c.name)
		}
		k := &ecKey{c, c.x, c.y}
		if p := k.combine(c.n, new(big.Int)); p.z.Sign() != 0 {
			t.Errorf("%s: another order", c.name)
		}
		less := new(big.Int).Sub(c.n, big.NewInt(1))
		if p := k.combine(less, new(big.Int)); p.z.Sign() == 0 {
			t.Errorf("%s: the order is smaller", c.name)
		}
	}
}

// Identifiers, defaults and faults of algorithm identifiers.
func TestParseAlgorithm(t *testing.T) {
	pss := oid("1.2.840.113549.1.1.10")
	tag := func(n byte, b []byte) []byte { return append([]byte{0xA0 | n, byte(len(b))}, b...) }
	sha256 := seq(oid("2.16.840.1.101.3.4.2.1"))
	for _, c := range []struct {
		name string
		der  []byte
		want string
		salt int
		err  error
	}{
		{"sha256WithRSA", seq(oid("1.2.840.113549.1.1.11"), null), "rsa-pkcs1-sha256", 0, nil},
		{"rsaEncryption", seq(oid("1.2.840.113549.1.1.1")), "rsa-pkcs1", 0, nil},
		{"an old name", seq(oid("1.3.14.3.2.29")), "rsa-pkcs1-sha1", 0, nil},
		{"PSS without parameters", seq(pss), "rsa-pss-sha1", 20, nil},
		{"PSS with empty parameters", seq(pss, seq()), "rsa-pss-sha1", 20, nil},
		{"PSS with all of them", seq(pss, seq(tag(0, sha256), tag(1, seq(oid("1.2.840.113549.1.1.8"), sha256)), tag(2, integer(big.NewInt(7))), tag(3, integer(big.NewInt(1))))), "rsa-pss-sha256", 7, nil},
		{"PSS, another trailer", seq(pss, seq(tag(3, integer(big.NewInt(2))))), "", 0, ErrUnsupported},
		{"PSS, another mask", seq(pss, seq(tag(1, seq(oid("1.2.3.4"), sha256)))), "", 0, ErrUnsupported},
		{"PSS, another digest", seq(pss, seq(tag(0, seq(oid("1.2.3.4"))))), "", 0, ErrUnsupported},
		{"PSS, negative salt", seq(pss, seq(tag(2, integer(big.NewInt(-1))))), "", 0, ErrMalformed},
		{"PSS, huge salt", seq(pss, seq(tag(2, integer(new(big.Int).Lsh(big.NewInt(1), 70))))), "", 0, ErrMalformed},
		{"ML-DSA", seq(oid("2.16.840.1.101.3.4.3.18")), "ml-dsa-65", 0, nil},
		{"unknown", seq(oid("1.2.3.4")), "1.2.3.4", 0, nil},
		{"nothing", nil, "", 0, ErrMalformed},
		{"no identifier", seq(null), "", 0, ErrMalformed},
		{"padded identifier", seq([]byte{6, 2, 0x2A, 0x80}), "", 0, ErrMalformed},
	} {
		a, err := ParseAlgorithm(c.der)
		if !errors.Is(err, c.err) || err == nil && (a.Name != c.want || a.SaltLength != c.salt) {
			t.Errorf("%s: %+v, %v", c.name, a, err)
		}
	}
}

// Each digest has the size and the value that are stated for "abc".
func TestHashes(t *testing.T) {
	for name, want := range map[string]string{
		"md5": "900150983cd24fb0d6963f7d28e17f72", "sha1": "a9993e364706816aba3e25717850c26c9cd0d89d",
		"sha224":   "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7",
		"sha256":   "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		"sha3-256": "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
		"sha3-512": "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
	} {
		h := hashNamed(name)
		d := h.New()
		d.Write([]byte("abc"))
		if got := hex.EncodeToString(d.Sum(nil)); got != want {
			t.Errorf("%s: %s", name, got)
		}
		if again, ok := HashByOID(h.OID); !ok || again.Name != name {
			t.Errorf("%s by its identifier: %+v", name, again)
		}
	}
	if _, ok := HashByOID("1.2.3"); ok {
		t.Error("a digest of no name")
	}
}

// The two directions of object identifiers agree.
func TestOID(t *testing.T) {
	for _, a := range algorithms {
		if got := dotted(encodeOID(a.oid)); got != a.oid {
			t.Errorf("%s became %s", a.oid, got)
		}
	}
	if got := hex.EncodeToString(encodeOID("1.2.840.113549")); got != "2a864886f70d" {
		t.Error(got)
	}
	for _, bad := range []string{"", "80", "2a80", "2a8001", "ffffffffffffffffffff01"} {
		if got := dotted(unhex(bad)); got != "" {
			t.Errorf("%s: %s", bad, got)
		}
	}
}

// The vectors of RFC 8032 7.4 with an empty context: a blank message and one of
// an octet.
func TestEd448Vectors(t *testing.T) {
	for _, c := range []struct{ key, message, sig string }{
		{"5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6cd1fa1abeafe8256180", "",
			"533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f2b233f034f628281f2fd7a22ddd47d7828c59bd0a21bfd3980ff0d2028d4b18a9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4dbb61149f05a7363268c71d95808ff2e652600"},
		{"43ba28f430cdff456ae531545f7ecd0ac834a55d9358c0372bfa0c6c6798c0866aea01eb00742802b8438ea4cb82169c235160627b4c3a9480", "03",
			"26b8f91727bd62897af15e41eb43c377efb9c610d48f2335cb0bd0087810f4352541b143c4b981b7e18f62de8ccdf633fc1bf037ab7cd779805e0dbcc0aae1cbcee1afb2e027df36bc04dcecbf154336c19f0af7e0a6472905e799f1953d2a0ff3348ab21aa4adafd1d234441cf807c03a00"},
	} {
		if err := verifyEd448(unhex(c.key), unhex(c.message), unhex(c.sig)); err != nil {
			t.Errorf("%q: %v", c.message, err)
		}
		if err := verifyEd448(unhex(c.key), append(unhex(c.message), 1), unhex(c.sig)); !errors.Is(err, ErrInvalid) {
			t.Errorf("%q and more: %v", c.message, err)
		}
	}
}

func FuzzVerify(f *testing.F) {
	for _, s := range certificates(f) {
		f.Add(s.spki, s.algorithm, s.signature)
	}
	f.Fuzz(func(t *testing.T, spki, algorithm, sig []byte) {
		k, err := ParseKey(spki)
		if err != nil {
			if !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrUnsupported) {
				t.Fatal(err)
			}
			return
		}
		a, err := ParseAlgorithm(algorithm)
		if err != nil || k.Bits > 2048 {
			return
		}
		h := a.Hash
		if h.New == nil {
			h = hashNamed("sha256")
		}
		err = k.VerifyMessage(a, h, []byte("a message that nobody signed"), sig)
		if err == nil && k.Kind != "rsa" && k.Kind != "rsa-pss" && k.Kind != "dsa" { // of a chosen key of these a signature can be made
			t.Fatal("a signature that nobody made")
		}
		if err != nil && !errors.Is(err, ErrInvalid) && !errors.Is(err, ErrMalformed) && !errors.Is(err, ErrUnsupported) {
			t.Fatal(err)
		}
	})
}
