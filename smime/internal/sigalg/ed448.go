package sigalg

import (
	"crypto/sha3"
	"fmt"
	"math/big"
	"slices"
)

// The curve of Ed448: x² + y² = 1 + dx²y² over the field of p elements, and its
// point B of the order l (RFC 8032 5.2).
type edwards448 struct{ p, d, l, bx, by *big.Int }

func newEdwards448() *edwards448 {
	number := func(s string) *big.Int {
		n, _ := new(big.Int).SetString(s, 10)
		return n
	}
	p := new(big.Int).Lsh(big.NewInt(1), 448)
	p.Sub(p, new(big.Int).Lsh(big.NewInt(1), 224)).Sub(p, big.NewInt(1))
	l := new(big.Int).Lsh(big.NewInt(1), 446)
	l.Sub(l, number("13818066809895115352007386748515426880336692474882178609894547503885"))
	return &edwards448{
		p: p, l: l, d: big.NewInt(-39081),
		bx: number("224580040295924300187604334099896036246789641632564134246125461686950415467406032909029192869357953282578032075146446173674602635247710"),
		by: number("298819210078481492676017930443930673437544040154080242095928241372331506189835876003536878655418784733982303233503462500531545062832660"),
	}
}

// point448 is the point (x/z, y/z).
type point448 struct{ x, y, z *big.Int }

// add is the sum of two points in projective coordinates (RFC 8032 5.2.4).
func (c *edwards448) add(p, q point448) point448 {
	mul := func(a, b *big.Int) *big.Int {
		r := new(big.Int).Mul(a, b)
		return r.Mod(r, c.p)
	}
	a := mul(p.z, q.z)
	b, cc, d := mul(a, a), mul(p.x, q.x), mul(p.y, q.y)
	e := mul(c.d, mul(cc, d))
	f, g := new(big.Int).Sub(b, e), new(big.Int).Add(b, e)
	h := mul(new(big.Int).Add(p.x, p.y), new(big.Int).Add(q.x, q.y))
	h.Sub(h.Sub(h, cc), d)
	return point448{mul(mul(a, f), h), mul(mul(a, g), new(big.Int).Sub(d, cc)), mul(f, g)}
}

func (c *edwards448) times(n *big.Int, p point448) point448 {
	out := point448{new(big.Int), big.NewInt(1), big.NewInt(1)}
	for i := n.BitLen() - 1; i >= 0; i-- {
		if out = c.add(out, out); n.Bit(i) == 1 {
			out = c.add(out, p)
		}
	}
	return out
}

// decode reads a point (RFC 8032 5.2.3).
func (c *edwards448) decode(b []byte) (point448, bool) {
	little := slices.Clone(b)
	sign := little[56] >> 7
	little[56] &= 0x7F
	slices.Reverse(little)
	y := new(big.Int).SetBytes(little)
	if y.Cmp(c.p) >= 0 {
		return point448{}, false
	}
	yy := new(big.Int).Mul(y, y)
	yy.Mod(yy, c.p)
	u := new(big.Int).Sub(yy, big.NewInt(1))
	v := new(big.Int).Mul(c.d, yy)
	v.Sub(v, big.NewInt(1)).Mod(v, c.p)
	if v.ModInverse(v, c.p) == nil {
		return point448{}, false
	}
	u.Mul(u, v).Mod(u, c.p)
	x := new(big.Int).ModSqrt(u, c.p)
	if x == nil || x.Sign() == 0 && sign == 1 {
		return point448{}, false
	}
	if x.Bit(0) != uint(sign) {
		x.Sub(c.p, x)
	}
	return point448{x, y, big.NewInt(1)}, true
}

// verifyEd448 is RFC 8032 5.2.7 for an empty context, with the equation that
// leaves the cofactor out.
func verifyEd448(key, message, sig []byte) error {
	if len(sig) != 114 || len(key) != 57 {
		return fmt.Errorf("%w: signature of %d octets", ErrInvalid, len(sig))
	}
	c := newEdwards448()
	a, okA := c.decode(key)
	r, okR := c.decode(sig[:57])
	if !okA {
		return fmt.Errorf("%w: key that is no point", ErrMalformed)
	}
	little := slices.Clone(sig[57:])
	slices.Reverse(little)
	s := new(big.Int).SetBytes(little)
	if !okR || s.Cmp(c.l) >= 0 {
		return ErrInvalid
	}
	h := sha3.NewSHAKE256()
	h.Write([]byte("SigEd448\x00\x00"))
	h.Write(sig[:57])
	h.Write(key)
	h.Write(message)
	sum := make([]byte, 114)
	h.Read(sum)
	slices.Reverse(sum)
	k := new(big.Int).SetBytes(sum)
	left := c.times(s, point448{c.bx, c.by, big.NewInt(1)})
	right := c.add(r, c.times(k.Mod(k, c.l), a))
	if !c.same(left, right) {
		return ErrInvalid
	}
	return nil
}

func (c *edwards448) same(p, q point448) bool {
	cross := func(a, b, d, e *big.Int) bool {
		n := new(big.Int).Mul(a, b)
		n.Sub(n, new(big.Int).Mul(d, e))
		return n.Mod(n, c.p).Sign() == 0
	}
	return cross(p.x, q.z, q.x, p.z) && cross(p.y, q.z, q.y, p.z)
}
