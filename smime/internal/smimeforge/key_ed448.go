package smimeforge

import (
	"bytes"
	"crypto/rand"
	"crypto/sha3"
	"math/big"
	"slices"
)

// This file answers one question: how is an Ed448 signature (RFC 8032 section 5.2) made with plain numbers?

func decInt(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 10)
	if !ok {
		panic("smimeforge: number " + s)
	}
	return n
}

var (
	ed448P = hexInt("fffffffffffffffffffffffffffffffffffffffffffffffffffffffe" +
		"ffffffffffffffffffffffffffffffffffffffffffffffffffffffff")
	ed448D = big.NewInt(-39081)
	ed448L = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 446),
		decInt("13818066809895115352007386748515426880336692474882178609894547503885"))
	ed448X = decInt("22458004029592430018760433409989603624678964163256413424612546168695" +
		"0415467406032909029192869357953282578032075146446173674602635247710")
	ed448Y = decInt("29881921007848149267601793044393067343754404015408024209592824137233" +
		"1506189835876003536878655418784733982303233503462500531545062832660")
)

// ed448Add adds two points of the untwisted Edwards curve.
func ed448Add(x1, y1, x2, y2 *big.Int) (*big.Int, *big.Int) {
	mul := func(a, b *big.Int) *big.Int { return new(big.Int).Mod(new(big.Int).Mul(a, b), ed448P) }
	xx, yy := mul(x1, x2), mul(y1, y2)
	t := mul(ed448D, mul(xx, yy))
	inverse := func(a *big.Int) *big.Int { return new(big.Int).ModInverse(new(big.Int).Mod(a, ed448P), ed448P) }
	one := big.NewInt(1)
	x := mul(new(big.Int).Add(mul(x1, y2), mul(x2, y1)), inverse(new(big.Int).Add(one, t)))
	y := mul(new(big.Int).Sub(yy, xx), inverse(new(big.Int).Sub(one, t)))
	return x, y
}

// ed448Point is the encoding of k times the base point.
func ed448Point(k *big.Int) []byte {
	x, y := big.NewInt(0), big.NewInt(1)
	for i := k.BitLen() - 1; i >= 0; i-- {
		x, y = ed448Add(x, y, x, y)
		if k.Bit(i) == 1 {
			x, y = ed448Add(x, y, ed448X, ed448Y)
		}
	}
	out := y.FillBytes(make([]byte, 57))
	slices.Reverse(out)
	out[56] |= byte(x.Bit(0)) << 7
	return out
}

func littleEndian(b []byte) *big.Int {
	c := bytes.Clone(b)
	slices.Reverse(c)
	return new(big.Int).SetBytes(c)
}

// ed448Hash is SHAKE256(dom4(0, "") || parts, 114).
func ed448Hash(parts ...[]byte) *big.Int {
	in := append([]byte("SigEd448\x00\x00"), bytes.Join(parts, nil)...)
	n := littleEndian(sha3.SumSHAKE256(in, 114))
	return n.Mod(n, ed448L)
}

func newEd448() *key {
	seed := make([]byte, 57)
	_, _ = rand.Read(seed)
	return ed448Key(seed)
}

func ed448Key(seed []byte) *key {
	h := sha3.SumSHAKE256(seed, 114)
	h[0] &= 0xfc
	h[55] |= 0x80
	h[56] = 0
	s, prefix := littleEndian(h[:57]), h[57:]
	pub := ed448Point(s)
	return &key{
		spki: seq(algID("1.3.101.113", nil), bits(pub)),
		alg:  func(*digest) []byte { return algID("1.3.101.113", nil) },
		sign: func(_ *digest, msg []byte) []byte {
			r := ed448Hash(prefix, msg)
			point := ed448Point(r)
			sum := ed448Hash(point, pub, msg)
			sum.Mul(sum, s).Add(sum, r).Mod(sum, ed448L)
			tail := sum.FillBytes(make([]byte, 57))
			slices.Reverse(tail)
			return append(point, tail...)
		},
	}
}
