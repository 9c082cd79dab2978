package pki

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/emlcheck/emlcheck/smime/internal/sigalg"
)

// publicKey is the key of a certificate and the algorithm of the signature on it.
type publicKey struct {
	key    *sigalg.Key
	keyErr error
	sum    [sha256.Size]byte // of the SPKI
	signature
}

// signature is an algorithm as far as it could be read.
type signature struct {
	alg sigalg.Algorithm
	err error
}

func (k *publicKey) read(c *Certificate, p *problems) {
	k.sum = sha256.Sum256(c.SPKI)
	if k.key, k.keyErr = sigalg.ParseKey(c.SPKI); k.keyErr != nil {
		code := "key-unreadable"
		if errors.Is(k.keyErr, sigalg.ErrUnsupported) {
			code = "key-unsupported"
		}
		p.add(code, "RFC 5280 4.1.2.7", k.keyErr.Error())
	}
	k.signature = readSignature(c.SignatureAlgorithm, p)
}

func readSignature(identifier []byte, p *problems) signature {
	var s signature
	if s.alg, s.err = sigalg.ParseAlgorithm(identifier); s.err != nil {
		p.add("algorithm-unreadable", "RFC 5280 4.1.1.2", s.err.Error())
	}
	return s
}

// verify checks a signature with the key of c.
func (c *Certificate) verify(s *signature, message, sig []byte) error {
	switch {
	case c.public.keyErr != nil:
		return c.public.keyErr
	case s.err != nil:
		return s.err
	}
	return c.public.key.VerifyMessage(s.alg, s.alg.Hash, message, sig)
}

// KeyText is the public key in words: "RSA 2048", "EC P-256", "Ed25519"; the
// algorithm's identifier when it is unknown.
func (c *Certificate) KeyText() string {
	k := c.public.key
	switch {
	case k == nil:
		return "unreadable"
	case k.Kind == "ec":
		return "EC " + k.Curve
	case k.Kind == "":
		return k.OID
	case k.Kind == "dsa" && k.Bits == 0: // with the parameters of its issuer
		return "DSA"
	case k.Kind == "rsa" || k.Kind == "rsa-pss" || k.Kind == "dsa":
		return fmt.Sprintf("%s %d", strings.ToUpper(k.Kind), k.Bits)
	}
	return strings.ToUpper(k.Kind[:1]) + k.Kind[1:]
}

// SignatureText names the algorithm of the issuer's signature: "rsa-pkcs1-sha256";
// its identifier when it is unknown.
func (c *Certificate) SignatureText() string { return c.public.alg.Name }
