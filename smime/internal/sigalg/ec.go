package sigalg

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"fmt"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// decodePoint reads a point (SEC 1 2.3.4) and makes sure that it lies on the
// curve. The point at infinity is no key.
func (c *curve) decodePoint(b []byte) (x, y *big.Int, err error) {
	size := (c.p.BitLen() + 7) / 8
	bad := fmt.Errorf("%w: point that does not lie on the curve %s", ErrMalformed, c.name)
	switch {
	case len(b) == 1+2*size && b[0] == 4:
		x, y = new(big.Int).SetBytes(b[1:1+size]), new(big.Int).SetBytes(b[1+size:])
	case len(b) == 1+size && (b[0] == 2 || b[0] == 3):
		x = new(big.Int).SetBytes(b[1:])
		if x.Cmp(c.p) >= 0 {
			return nil, nil, bad
		}
		if y = new(big.Int).ModSqrt(c.right(x), c.p); y == nil {
			return nil, nil, bad
		}
		if y.Bit(0) != uint(b[0]&1) {
			y.Sub(c.p, y)
		}
	default:
		return nil, nil, bad
	}
	if x.Cmp(c.p) >= 0 || y.Cmp(c.p) >= 0 || c.mod(new(big.Int).Mul(y, y)).Cmp(c.right(x)) != 0 {
		return nil, nil, bad
	}
	return x, y, nil
}

// right is x³ + ax + b.
func (c *curve) right(x *big.Int) *big.Int {
	r := new(big.Int).Mul(x, x)
	r.Add(r, c.a).Mul(r, x).Add(r, c.b)
	return r.Mod(r, c.p)
}

func (c *curve) mod(n *big.Int) *big.Int { return n.Mod(n, c.p) }

// jacobian is the point (x/z², y/z³); z is 0 for the point at infinity.
type jacobian struct{ x, y, z *big.Int }

func infinity() jacobian { return jacobian{big.NewInt(1), big.NewInt(1), new(big.Int)} }

func affine(x, y *big.Int) jacobian {
	return jacobian{new(big.Int).Set(x), new(big.Int).Set(y), big.NewInt(1)}
}

// double is 2P for any coefficient a.
func (c *curve) double(p jacobian) jacobian {
	if p.z.Sign() == 0 || p.y.Sign() == 0 {
		return infinity()
	}
	mul := func(a, b *big.Int) *big.Int { return c.mod(new(big.Int).Mul(a, b)) }
	yy := mul(p.y, p.y)
	s := c.mod(new(big.Int).Lsh(mul(p.x, yy), 2))
	zz := mul(p.z, p.z)
	m := mul(p.x, p.x)
	m = c.mod(new(big.Int).Add(new(big.Int).Add(m, new(big.Int).Lsh(m, 1)), mul(c.a, mul(zz, zz))))
	x := mul(m, m)
	x = c.mod(x.Sub(x, new(big.Int).Lsh(s, 1)))
	y := mul(m, new(big.Int).Sub(s, x))
	y = c.mod(y.Sub(y, new(big.Int).Lsh(mul(yy, yy), 3)))
	z := mul(p.y, p.z)
	return jacobian{x, y, c.mod(z.Lsh(z, 1))}
}

// add is P + Q.
func (c *curve) add(p, q jacobian) jacobian {
	switch {
	case p.z.Sign() == 0:
		return q
	case q.z.Sign() == 0:
		return p
	}
	mul := func(a, b *big.Int) *big.Int { return c.mod(new(big.Int).Mul(a, b)) }
	pz, qz := mul(p.z, p.z), mul(q.z, q.z)
	u1, u2 := mul(p.x, qz), mul(q.x, pz)
	s1, s2 := mul(p.y, mul(qz, q.z)), mul(q.y, mul(pz, p.z))
	h, r := c.mod(new(big.Int).Sub(u2, u1)), c.mod(new(big.Int).Sub(s2, s1))
	if h.Sign() == 0 {
		if r.Sign() == 0 {
			return c.double(p)
		}
		return infinity()
	}
	hh := mul(h, h)
	hhh, v := mul(h, hh), mul(u1, hh)
	x := mul(r, r)
	x = c.mod(x.Sub(x.Sub(x, hhh), new(big.Int).Lsh(v, 1)))
	y := mul(r, new(big.Int).Sub(v, x))
	y = c.mod(y.Sub(y, mul(s1, hhh)))
	return jacobian{x, y, mul(h, mul(p.z, q.z))}
}

// combine is u1 times the generator plus u2 times the key.
func (k *ecKey) combine(u1, u2 *big.Int) jacobian {
	g, q := affine(k.x, k.y), affine(k.qx, k.qy)
	table := [4]jacobian{infinity(), g, q, k.add(g, q)}
	out := infinity()
	for i := max(u1.BitLen(), u2.BitLen()) - 1; i >= 0; i-- {
		out = k.add(k.double(out), table[u1.Bit(i)|u2.Bit(i)<<1])
	}
	return out
}

// verify is ECDSA (SEC 1 4.1.4).
func (k *ecKey) verify(digest, sig []byte) error {
	r, s, err := readPair(sig)
	if err != nil {
		return err
	}
	if r.Sign() <= 0 || s.Sign() <= 0 || r.Cmp(k.n) >= 0 || s.Cmp(k.n) >= 0 {
		return fmt.Errorf("%w: r or s out of range", ErrInvalid)
	}
	if std := standard[k.name]; std != nil {
		if !ecdsa.Verify(&ecdsa.PublicKey{Curve: std, X: k.qx, Y: k.qy}, digest, r, s) {
			return ErrInvalid
		}
		return nil
	}
	if !k.fits(digest, r, s) {
		return ErrInvalid
	}
	return nil
}

// standard are the curves for which the standard library has fast code.
var standard = map[string]elliptic.Curve{"P-224": elliptic.P224(), "P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521()}

// fits is SEC 1 4.1.4 from step 3 on, for any curve.
func (k *ecKey) fits(digest []byte, r, s *big.Int) bool {
	w := new(big.Int).ModInverse(s, k.n)
	u1, u2 := leftBits(digest, k.n.BitLen()), new(big.Int).Mul(r, w)
	u1.Mul(u1, w).Mod(u1, k.n)
	p := k.combine(u1, u2.Mod(u2, k.n))
	if p.z.Sign() == 0 {
		return false
	}
	zz := k.mod(new(big.Int).Mul(p.z, p.z))
	x := new(big.Int).Mul(p.x, zz.ModInverse(zz, k.p))
	return k.mod(x).Mod(x, k.n).Cmp(r) == 0
}

// readPair reads SEQUENCE { r INTEGER, s INTEGER } (RFC 3279 2.2.2, 2.2.3).
func readPair(sig []byte) (r, s *big.Int, err error) {
	in := cryptobyte.String(sig)
	var seq cryptobyte.String
	r, s = new(big.Int), new(big.Int)
	if !in.ReadASN1(&seq, asn1.SEQUENCE) || !in.Empty() || !seq.ReadASN1Integer(r) || !seq.ReadASN1Integer(s) || !seq.Empty() {
		return nil, nil, fmt.Errorf("%w: signature that is no pair of numbers", ErrMalformed)
	}
	return r, s, nil
}

// leftBits is the number in the leftmost bits of a digest (SEC 1 4.1.4 step 3).
func leftBits(digest []byte, bits int) *big.Int {
	z := new(big.Int).SetBytes(digest)
	if over := 8*len(digest) - bits; over > 0 {
		z.Rsh(z, uint(over))
	}
	return z
}

// verify is DSA (FIPS 186-4 4.7).
func (k *dsaKey) verify(digest, sig []byte) error {
	r, s, err := readPair(sig)
	if err != nil {
		return err
	}
	if r.Sign() <= 0 || s.Sign() <= 0 || r.Cmp(k.q) >= 0 || s.Cmp(k.q) >= 0 {
		return fmt.Errorf("%w: r or s out of range", ErrInvalid)
	}
	w := new(big.Int).ModInverse(s, k.q)
	if w == nil { // q is no prime
		return fmt.Errorf("%w: parameters that DSA cannot have", ErrMalformed)
	}
	u1, u2 := leftBits(digest, k.q.BitLen()), new(big.Int).Mul(r, w)
	u1.Mul(u1, w).Mod(u1, k.q)
	u2.Mod(u2, k.q)
	v := new(big.Int).Exp(k.g, u1, k.p)
	v.Mul(v, new(big.Int).Exp(k.y, u2, k.p)).Mod(v, k.p)
	if v.Mod(v, k.q).Cmp(r) != 0 {
		return ErrInvalid
	}
	return nil
}
