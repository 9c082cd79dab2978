package sigalg

import (
	"fmt"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Bounds of keys: beyond them a check costs more than it can be worth.
const (
	maxModulus  = 16384 // bits
	maxExponent = 64    // bits
	maxDSA      = 8192  // bits
)

// ParseKey reads a SubjectPublicKeyInfo (RFC 5280 4.1.2.7) in DER. A key of an
// algorithm that is not known has no Kind and is no error.
func ParseKey(spki []byte) (*Key, error) {
	in := cryptobyte.String(spki)
	var seq, algorithm, id cryptobyte.String
	var raw []byte
	if !in.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1(&algorithm, asn1.SEQUENCE) ||
		!algorithm.ReadASN1(&id, asn1.OBJECT_IDENTIFIER) || !seq.ReadASN1BitStringAsBytes(&raw) {
		return nil, fmt.Errorf("%w: no SubjectPublicKeyInfo", ErrMalformed)
	}
	k := &Key{OID: dotted(id), SPKI: spki, Raw: raw}
	switch k.OID {
	case "1.2.840.113549.1.1.1": // RFC 3279 2.3.1
		return k, k.readRSA("rsa")
	case "1.2.840.113549.1.1.10": // RFC 4055 1.2
		return k, k.readPSSKey(algorithm)
	case "1.2.840.10040.4.1", "1.3.14.3.2.12": // RFC 3279 2.3.2
		return k, k.readDSA(algorithm)
	case "1.2.840.10045.2.1": // RFC 5480 2.1
		return k, k.readEC(algorithm)
	case "1.3.101.112": // RFC 8410 3
		return k, k.readEdwards("ed25519", 256, 32)
	case "1.3.101.113":
		return k, k.readEdwards("ed448", 448, 57)
	case "1.3.101.110":
		return k, k.readEdwards("x25519", 256, 32)
	case "1.3.101.111":
		return k, k.readEdwards("x448", 448, 56)
	}
	return k, nil
}

func (k *Key) readEdwards(kind string, bits, size int) error {
	k.Kind, k.Bits = kind, bits
	if len(k.Raw) != size {
		return fmt.Errorf("%w: %s key of %d octets", ErrMalformed, kind, len(k.Raw))
	}
	return nil
}

// readPSSKey reads a key with the algorithm to which it is restricted; without
// parameters it is restricted to nothing.
func (k *Key) readPSSKey(params cryptobyte.String) error {
	if !params.Empty() {
		a := Algorithm{Params: params}
		if err := a.readPSS(); err != nil {
			return err
		}
		k.pss = &a
	}
	return k.readRSA("rsa-pss")
}

type rsaKey struct{ n, e *big.Int }

// readRSA reads RSAPublicKey ::= SEQUENCE { modulus, publicExponent } (RFC 8017
// A.1.1).
func (k *Key) readRSA(kind string) error {
	k.Kind = kind
	in := cryptobyte.String(k.Raw)
	var seq cryptobyte.String
	n, e := new(big.Int), new(big.Int)
	if !in.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1Integer(n) || !seq.ReadASN1Integer(e) {
		return fmt.Errorf("%w: RSA key", ErrMalformed)
	}
	k.Bits = n.BitLen()
	switch {
	case n.Sign() <= 0 || n.Bit(0) == 0 || e.Sign() <= 0 || e.Bit(0) == 0 || e.BitLen() < 2:
		return fmt.Errorf("%w: modulus or exponent that RSA cannot have", ErrMalformed)
	case k.Bits > maxModulus || e.BitLen() > maxExponent:
		return fmt.Errorf("%w: modulus of %d, exponent of %d bits", ErrUnsupported, k.Bits, e.BitLen())
	}
	k.rsa = &rsaKey{n, e}
	return nil
}

type dsaKey struct{ p, q, g, y *big.Int }

// readDSA reads the parameters SEQUENCE { p, q, g } of the algorithm and the key,
// an INTEGER. Parameters that are left out are those of the issuer.
func (k *Key) readDSA(params cryptobyte.String) error {
	k.Kind = "dsa"
	var seq cryptobyte.String
	if params.Empty() || isNull(params) {
		return fmt.Errorf("%w: DSA key with the parameters of its issuer", ErrUnsupported)
	}
	d := &dsaKey{new(big.Int), new(big.Int), new(big.Int), new(big.Int)}
	in := cryptobyte.String(k.Raw)
	if !params.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1Integer(d.p) || !seq.ReadASN1Integer(d.q) || !seq.ReadASN1Integer(d.g) || !in.ReadASN1Integer(d.y) {
		return fmt.Errorf("%w: DSA key", ErrMalformed)
	}
	k.Bits = d.p.BitLen()
	switch one := big.NewInt(1); {
	case k.Bits > maxDSA || d.q.BitLen() > 512:
		return fmt.Errorf("%w: DSA key of %d bits", ErrUnsupported, k.Bits)
	case d.p.Cmp(one) <= 0 || d.p.Bit(0) == 0 || d.q.Cmp(one) <= 0 || d.g.Cmp(one) <= 0 || d.g.Cmp(d.p) >= 0 || d.y.Cmp(one) <= 0 || d.y.Cmp(d.p) >= 0:
		return fmt.Errorf("%w: parameters that DSA cannot have", ErrMalformed)
	}
	k.dsa = d
	return nil
}

type ecKey struct {
	*curve
	qx, qy *big.Int
}

// readEC reads a point on a named curve (RFC 5480 2.1.1). Parameters that describe
// a curve are accepted when they describe one that has a name.
func (k *Key) readEC(params cryptobyte.String) error {
	k.Kind = "ec"
	var id cryptobyte.String
	var c *curve
	if params.PeekASN1Tag(asn1.OBJECT_IDENTIFIER) {
		params.ReadASN1(&id, asn1.OBJECT_IDENTIFIER)
		k.Curve = dotted(id)
		c = curveOf(k.Curve)
	} else {
		k.Curve = "explicit parameters"
		c = explicitCurve(params)
	}
	if c == nil {
		return nil // readable, but of a curve that is not known
	}
	k.Curve, k.Bits = c.name, c.n.BitLen()
	x, y, err := c.decodePoint(k.Raw)
	if err != nil {
		return err
	}
	k.ec = &ecKey{c, x, y}
	return nil
}

// explicitCurve finds the named curve that SpecifiedECDomain (RFC 3279 2.3.5)
// describes, by its prime, order and coefficients.
func explicitCurve(in cryptobyte.String) *curve {
	var seq, field, id, coefficients cryptobyte.String
	var version int
	p, n := new(big.Int), new(big.Int)
	var a, b, base cryptobyte.String
	if !in.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1Integer(&version) ||
		!seq.ReadASN1(&field, asn1.SEQUENCE) || !field.ReadASN1(&id, asn1.OBJECT_IDENTIFIER) || !field.ReadASN1Integer(p) ||
		!seq.ReadASN1(&coefficients, asn1.SEQUENCE) || !coefficients.ReadASN1(&a, asn1.OCTET_STRING) || !coefficients.ReadASN1(&b, asn1.OCTET_STRING) ||
		!seq.ReadASN1(&base, asn1.OCTET_STRING) || !seq.ReadASN1Integer(n) {
		return nil
	}
	for i := range curveTable {
		c := curveAt(i)
		if c.p.Cmp(p) != 0 || c.n.Cmp(n) != 0 || c.a.Cmp(new(big.Int).SetBytes(a)) != 0 || c.b.Cmp(new(big.Int).SetBytes(b)) != 0 {
			continue
		}
		// Another generator would let anybody make a key that fits (CVE-2020-0601).
		if x, y, err := c.decodePoint(base); err == nil && x.Cmp(c.x) == 0 && y.Cmp(c.y) == 0 {
			return c
		}
	}
	return nil
}
