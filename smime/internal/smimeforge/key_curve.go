package smimeforge

import (
	"crypto/ecdh"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"math/big"
)

// This file answers one question: how are ECDSA, DSA and Ed25519 signatures made, on curves that the library lacks too?

// curve is y^2 = x^3 + ax + b over a prime field.
type curve struct {
	name, oid        string
	p, a, b, x, y, n *big.Int
}

func hexInt(s string) *big.Int {
	n, ok := new(big.Int).SetString(s, 16)
	if !ok {
		panic("smimeforge: number " + s)
	}
	return n
}

func standard(name, dotted string, c elliptic.Curve) *curve {
	q := c.Params()
	return &curve{name, dotted, q.P, new(big.Int).Sub(q.P, big.NewInt(3)), q.B, q.Gx, q.Gy, q.N}
}

var (
	p224      = standard("P-224", "1.3.132.0.33", elliptic.P224())
	p256      = standard("P-256", x962Arc+"3.1.7", elliptic.P256())
	p384      = standard("P-384", "1.3.132.0.34", elliptic.P384())
	p521      = standard("P-521", "1.3.132.0.35", elliptic.P521())
	secp256k1 = &curve{"secp256k1", "1.3.132.0.10",
		hexInt("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f"), big.NewInt(0), big.NewInt(7),
		hexInt("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"),
		hexInt("483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"),
		hexInt("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141")}
	brainpool256 = &curve{"brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7",
		hexInt("a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377"),
		hexInt("7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9"),
		hexInt("26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6"),
		hexInt("8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262"),
		hexInt("547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997"),
		hexInt("a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7")}
)

// add is affine addition; a nil x is the point at infinity.
func (c *curve) add(x1, y1, x2, y2 *big.Int) (*big.Int, *big.Int) {
	switch {
	case x1 == nil:
		return x2, y2
	case x2 == nil:
		return x1, y1
	}
	top, under := new(big.Int), new(big.Int)
	if x1.Cmp(x2) == 0 {
		if new(big.Int).Mod(new(big.Int).Add(y1, y2), c.p).Sign() == 0 {
			return nil, nil
		}
		top.Mul(x1, x1).Mul(top, big.NewInt(3)).Add(top, c.a)
		under.Lsh(y1, 1)
	} else {
		top.Sub(y2, y1)
		under.Sub(x2, x1)
	}
	under.Mod(under, c.p)
	slope := top.Mul(top, under.ModInverse(under, c.p))
	slope.Mod(slope, c.p)
	x := new(big.Int).Mul(slope, slope)
	x.Sub(x, x1).Sub(x, x2).Mod(x, c.p)
	y := new(big.Int).Sub(x1, x)
	y.Mul(y, slope).Sub(y, y1).Mod(y, c.p)
	return x, y
}

// times multiplies the base point.
func (c *curve) times(k *big.Int) (x, y *big.Int) {
	for i := k.BitLen() - 1; i >= 0; i-- {
		x, y = c.add(x, y, x, y)
		if k.Bit(i) == 1 {
			x, y = c.add(x, y, c.x, c.y)
		}
	}
	return x, y
}

// scalar is a random number from 1 to n-1.
func scalar(n *big.Int) *big.Int {
	for {
		k, err := rand.Int(rand.Reader, n)
		if err == nil && k.Sign() > 0 {
			return k
		}
	}
}

// leftmost takes the bits of a digest that fit the order.
func leftmost(sum []byte, n *big.Int) *big.Int {
	z := new(big.Int).SetBytes(sum)
	if extra := 8*len(sum) - n.BitLen(); extra > 0 {
		z.Rsh(z, uint(extra))
	}
	return z
}

func (c *curve) ecdsa(d *big.Int, sum []byte) (r, s *big.Int) {
	for {
		k := scalar(c.n)
		x, _ := c.times(k)
		r = new(big.Int).Mod(x, c.n)
		s = new(big.Int).Mul(r, d)
		s.Add(s, leftmost(sum, c.n)).Mul(s, k.ModInverse(k, c.n)).Mod(s, c.n)
		if r.Sign() > 0 && s.Sign() > 0 {
			return r, s
		}
	}
}

func newECDSA(c *curve) *key {
	d := scalar(c.n)
	x, y := c.times(d)
	size := (c.p.BitLen() + 7) / 8
	point := append([]byte{4}, append(x.FillBytes(make([]byte, size)), y.FillBytes(make([]byte, size))...)...)
	return &key{
		spki: seq(algID(x962Arc+"2.1", oid(c.oid)), bits(point)),
		alg:  func(h *digest) []byte { return algID(h.ecdsaOID, nil) },
		sign: func(h *digest, msg []byte) []byte {
			r, s := c.ecdsa(d, h.sum(msg))
			return seq(bigInt(r), bigInt(s))
		},
	}
}

// newECDH makes a P-256 key that can be agreed with; it also signs, so that a certificate can be made for it.
func newECDH() (*key, *ecdh.PrivateKey, error) {
	k, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(k)
	if err != nil {
		return nil, nil, err
	}
	return &key{
		spki: seq(algID(x962Arc+"2.1", oid(p256.oid)), bits(k.PublicKey().Bytes())),
		pem:  pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}),
	}, k, nil
}

func newEd25519() (*key, error) {
	pub, priv, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("ed25519: %w", err)
	}
	return &key{
		spki: seq(algID("1.3.101.112", nil), bits(pub)),
		alg:  func(*digest) []byte { return algID("1.3.101.112", nil) },
		sign: func(_ *digest, msg []byte) []byte { return ed25519.Sign(priv, msg) },
	}, nil
}

// newDSA makes a key in a fixed group: the parameters are public and slow to find, the key is fresh.
func newDSA(p, q, g *big.Int) *key {
	x := scalar(q)
	y := new(big.Int).Exp(g, x, p)
	return &key{
		spki: seq(algID("1.2.840.10040.4.1", seq(bigInt(p), bigInt(q), bigInt(g))), bits(bigInt(y))),
		alg:  func(h *digest) []byte { return algID(h.dsaOID, nil) },
		sign: func(h *digest, msg []byte) []byte {
			k := scalar(q)
			r := new(big.Int).Exp(g, k, p)
			r.Mod(r, q)
			s := new(big.Int).Mul(x, r)
			s.Add(s, leftmost(h.sum(msg), q)).Mul(s, k.ModInverse(k, q)).Mod(s, q)
			return seq(bigInt(r), bigInt(s))
		},
	}
}
