package smimeforge

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"math/big"
)

// This file answers one question: how are RSA signatures made, the honest ones and those that no library will make?

// key is a signing key of any algorithm.
type key struct {
	spki []byte
	// sign returns the signature value over msg.
	sign func(d *digest, msg []byte) []byte
	// alg is the signature AlgorithmIdentifier for a digest.
	alg func(d *digest) []byte
	rsa *rsaKey
	pem []byte // PKCS #8, for recipients
}

// rsaKey is a private key of any size, also the sizes that crypto/rsa refuses.
type rsaKey struct{ n, e, d *big.Int }

func (k *rsaKey) size() int { return (k.n.BitLen() + 7) / 8 }

// raw is the private operation on an encoded block.
func (k *rsaKey) raw(block []byte) []byte {
	m := new(big.Int).SetBytes(block)
	return m.Exp(m, k.d, k.n).FillBytes(make([]byte, k.size()))
}

// digestInfo is the value inside a PKCS #1 v1.5 signature block.
func digestInfo(d *digest, msg []byte) []byte { return seq(algID(d.oid, null()), octets(d.sum(msg))) }

// pkcs1 signs with EMSA-PKCS1-v1_5 (RFC 8017 section 9.2).
func (k *rsaKey) pkcs1(info []byte) []byte {
	pad := bytes.Repeat([]byte{0xff}, k.size()-3-len(info))
	return k.raw(bytes.Join([][]byte{{0, 1}, pad, {0}, info}, nil))
}

// pss signs with EMSA-PSS (RFC 8017 section 9.1) with separate digests for the message and the mask.
func (k *rsaKey) pss(d, mask *digest, saltLen int, msg []byte) []byte {
	salt := make([]byte, saltLen)
	_, _ = rand.Read(salt)
	h := d.sum(bytes.Join([][]byte{make([]byte, 8), d.sum(msg), salt}, nil))
	emBits := k.n.BitLen() - 1
	emLen := (emBits + 7) / 8
	db := bytes.Join([][]byte{make([]byte, emLen-saltLen-len(h)-2), {1}, salt}, nil)
	for i, m := range mgf1(mask, h, len(db)) {
		db[i] ^= m
	}
	db[0] &= 0xff >> (8*emLen - emBits)
	return k.raw(bytes.Join([][]byte{db, h, {0xbc}}, nil))
}

func mgf1(d *digest, seed []byte, n int) []byte {
	var out []byte
	for c := byte(0); len(out) < n; c++ {
		out = append(out, d.sum(append(bytes.Clone(seed), 0, 0, 0, c))...)
	}
	return out[:n]
}

// pssParams is RSASSA-PSS-params with every field written.
func pssParams(d, mask *digest, saltLen int) []byte {
	return seq(explicit(0, algID(d.oid, null())), explicit(1, algID(rsaArc+"8", algID(mask.oid, null()))),
		explicit(2, num(int64(saltLen))))
}

func rsaSPKI(n, e *big.Int) []byte {
	return seq(algID(rsaArc+"1", null()), bits(seq(bigInt(n), bigInt(e))))
}

// newRSA makes a key with crypto/rsa where it is willing (fast), and by hand where it is not.
func newRSA(size, exponent int) (*key, error) {
	k := &rsaKey{}
	out := &key{rsa: k}
	if size >= 2048 && exponent == 65537 {
		p, err := rsa.GenerateKey(rand.Reader, size)
		if err != nil {
			return nil, err
		}
		k.n, k.e, k.d = p.N, big.NewInt(int64(p.E)), p.D
		der, err := x509.MarshalPKCS8PrivateKey(p)
		if err != nil {
			return nil, err
		}
		out.pem = pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	} else if err := k.generate(size, exponent); err != nil {
		return nil, err
	}
	out.spki = rsaSPKI(k.n, k.e)
	out.alg = func(d *digest) []byte { return algID(d.rsaOID, null()) }
	out.sign = func(d *digest, msg []byte) []byte { return k.pkcs1(digestInfo(d, msg)) }
	return out, nil
}

func (k *rsaKey) generate(size, exponent int) error {
	one := big.NewInt(1)
	k.e = big.NewInt(int64(exponent))
	for {
		p, err := rand.Prime(rand.Reader, size/2)
		if err != nil {
			return err
		}
		q, err := rand.Prime(rand.Reader, size-size/2)
		if err != nil {
			return err
		}
		phi := new(big.Int).Mul(new(big.Int).Sub(p, one), new(big.Int).Sub(q, one))
		k.n, k.d = new(big.Int).Mul(p, q), new(big.Int).ModInverse(k.e, phi)
		if k.d != nil && k.n.BitLen() == size && p.Cmp(q) != 0 {
			return nil
		}
	}
}

// withPSS is the same key signing by RSASSA-PSS; own says that the public key carries the PSS identifier too.
func (k *key) withPSS(mask *digest, saltLen int, own bool) *key {
	out := *k
	out.alg = func(d *digest) []byte { return algID(rsaArc+"10", pssParams(d, maskOr(mask, d), saltLen)) }
	out.sign = func(d *digest, msg []byte) []byte { return k.rsa.pss(d, maskOr(mask, d), saltLen, msg) }
	if own {
		out.spki = seq(algID(rsaArc+"10", nil), bits(seq(bigInt(k.rsa.n), bigInt(k.rsa.e))))
	}
	return &out
}

func maskOr(mask, d *digest) *digest {
	if mask != nil {
		return mask
	}
	return d
}
