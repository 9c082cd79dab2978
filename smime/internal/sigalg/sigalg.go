// Package sigalg answers: does this signature fit this key and these bytes?
//
// It works on raw keys and says unsupported where it cannot tell. It has no
// opinion on strength: a 512-bit RSA key or MD5 is checked like any other, and
// whoever asks grades it. crypto/x509 refuses such signatures, so that it
// cannot even say that they hold.
package sigalg

import (
	"errors"
	"hash"
)

// Errors of this package. Every error that it returns wraps one of them.
var (
	// ErrInvalid: the signature does not fit.
	ErrInvalid = errors.New("signature does not fit")
	// ErrUnsupported: the algorithm, its parameters or the key are ones that
	// this package cannot check. It says nothing about the signature.
	ErrUnsupported = errors.New("unsupported algorithm")
	// ErrMalformed: key, parameters or signature cannot be read.
	ErrMalformed = errors.New("malformed key or signature")
)

// Hash is a digest algorithm. The zero value is no algorithm.
type Hash struct {
	// Name is the usual name in lower case: "sha256", "sha3-256", "md5".
	Name string
	// OID is the object identifier in dotted form.
	OID string
	// New begins a digest.
	New func() hash.Hash
}

// Algorithm is what an AlgorithmIdentifier (RFC 5280 4.1.1.2) says about a
// signature.
type Algorithm struct {
	// OID is the object identifier in dotted form.
	OID string
	// Name is for people: "rsa-pkcs1-sha256", "rsa-pss-sha256", "ecdsa-sha256",
	// "rsa" where the identifier names no digest; the OID when unknown.
	Name string
	// Scheme is "rsa-pkcs1", "rsa-pss", "dsa", "ecdsa", "ed25519", "ed448", or
	// "" when unknown.
	Scheme string
	// Hash is the digest that the identifier names; zero when it names none, as
	// rsaEncryption in a SignerInfo does.
	Hash Hash
	// MGFHash and SaltLength are the parameters of RSASSA-PSS (RFC 4055 3.1).
	MGFHash    Hash
	SaltLength int
	// Params are the parameters as stored, DER; nil when absent.
	Params []byte
}

// Key is a public key.
type Key struct {
	// OID is that of the key's algorithm, dotted.
	OID string
	// Kind is "rsa", "rsa-pss", "dsa", "ec", "ed25519", "ed448", "x25519",
	// "x448", or "" when unknown.
	Kind string
	// Bits is the size as people state it: the modulus, the order of the curve.
	Bits int
	// Curve is the name of the curve of an "ec" key: "P-256",
	// "brainpoolP256r1", "secp256k1"; its OID when unknown.
	Curve string
	// SPKI is the SubjectPublicKeyInfo, DER, and Raw the key itself: the octets of
	// its BIT STRING.
	SPKI, Raw []byte

	rsa *rsaKey
	dsa *dsaKey
	ec  *ecKey
	pss *Algorithm // to what a key for RSASSA-PSS alone is restricted; nil: to nothing
}
