package pki

import (
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Cost weighs a check of a signature by this key, in units of some 50
// microseconds: keys may be made to be slow.
func (c *Certificate) Cost() int {
	k := c.public.key
	if k == nil {
		return 0
	}
	switch k.Kind {
	case "rsa", "rsa-pss":
		n := k.Bits/1024 + 1
		return 1 + n*n*c.exponentBits()/64
	case "ec":
		switch k.Curve {
		case "P-256":
			return 2
		case "P-224", "P-384", "P-521":
			return 60
		}
		return 250
	case "dsa":
		return 40
	case "ed448":
		return 250
	}
	return 4
}

// exponentBits is the size of an RSA key's public exponent.
func (c *Certificate) exponentBits() int {
	s := cryptobyte.String(c.keyBits())
	var seq cryptobyte.String
	var n, e big.Int
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1Integer(&n) || !seq.ReadASN1Integer(&e) {
		return 64
	}
	return e.BitLen()
}
