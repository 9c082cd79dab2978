package smimeforge

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"hash"
)

// This file answers one question: which digest algorithms are used, and under which identifiers?

// digest is one digest algorithm with the identifiers of the signature algorithms built on it.
type digest struct {
	name, oid                string
	rsaOID, ecdsaOID, dsaOID string
	micalg                   string
	new                      func() hash.Hash
}

func (d *digest) sum(b []byte) []byte {
	h := d.new()
	h.Write(b)
	return h.Sum(nil)
}

// id is the AlgorithmIdentifier of the digest, without parameters (RFC 5754 section 2).
func (d *digest) id() []byte { return algID(d.oid, nil) }

const (
	rsaArc   = "1.2.840.113549.1.1."
	nistArc  = "2.16.840.1.101.3.4."
	x962Arc  = "1.2.840.10045."
	pkcs9Arc = "1.2.840.113549.1.9."
	esmeArc  = "1.2.840.113549.1.9.16."
	pkcs7Arc = "1.2.840.113549.1.7."
)

var (
	md5Hash  = &digest{name: "md5", oid: "1.2.840.113549.2.5", rsaOID: rsaArc + "4", micalg: "md5", new: md5.New}
	sha1Hash = &digest{name: "sha1", oid: "1.3.14.3.2.26", rsaOID: rsaArc + "5", ecdsaOID: x962Arc + "4.1",
		dsaOID: "1.2.840.10040.4.3", micalg: "sha-1", new: sha1.New}
	sha224Hash = &digest{name: "sha224", oid: nistArc + "2.4", rsaOID: rsaArc + "14", ecdsaOID: x962Arc + "4.3.1",
		dsaOID: nistArc + "3.1", micalg: "sha-224", new: sha256.New224}
	sha256Hash = &digest{name: "sha256", oid: nistArc + "2.1", rsaOID: rsaArc + "11", ecdsaOID: x962Arc + "4.3.2",
		dsaOID: nistArc + "3.2", micalg: "sha-256", new: sha256.New}
	sha384Hash = &digest{name: "sha384", oid: nistArc + "2.2", rsaOID: rsaArc + "12", ecdsaOID: x962Arc + "4.3.3",
		dsaOID: nistArc + "3.3", micalg: "sha-384", new: sha512.New384}
	sha512Hash = &digest{name: "sha512", oid: nistArc + "2.3", rsaOID: rsaArc + "13", ecdsaOID: x962Arc + "4.3.4",
		dsaOID: nistArc + "3.4", micalg: "sha-512", new: sha512.New}
	sha512t256Hash = &digest{name: "sha512-256", oid: nistArc + "2.6", rsaOID: rsaArc + "16", micalg: "sha-512-256",
		new: sha512.New512_256}
	sha3x224Hash = &digest{name: "sha3-224", oid: nistArc + "2.7", rsaOID: nistArc + "3.13", ecdsaOID: nistArc + "3.9",
		micalg: "sha3-224", new: func() hash.Hash { return sha3.New224() }}
	sha3x256Hash = &digest{name: "sha3-256", oid: nistArc + "2.8", rsaOID: nistArc + "3.14", ecdsaOID: nistArc + "3.10",
		micalg: "sha3-256", new: func() hash.Hash { return sha3.New256() }}
	sha3x384Hash = &digest{name: "sha3-384", oid: nistArc + "2.9", rsaOID: nistArc + "3.15", ecdsaOID: nistArc + "3.11",
		micalg: "sha3-384", new: func() hash.Hash { return sha3.New384() }}
	sha3x512Hash = &digest{name: "sha3-512", oid: nistArc + "2.10", rsaOID: nistArc + "3.16", ecdsaOID: nistArc + "3.12",
		micalg: "sha3-512", new: func() hash.Hash { return sha3.New512() }}
	// shake256Hash is SHAKE256 with 64 octets of output (RFC 8702), the digest that RFC 8419 asks for with Ed448.
	shake256Hash = &digest{name: "shake256", oid: nistArc + "2.12", micalg: "shake256", new: newShake512}
)

// shake gives SHAKE256 a fixed output of 64 octets and the hash.Hash interface.
type shake struct{ *sha3.SHAKE }

func newShake512() hash.Hash { return shake{sha3.NewSHAKE256()} }
func (s shake) Size() int    { return 64 }
func (s shake) Sum(b []byte) []byte {
	out := make([]byte, 64)
	_, _ = s.Read(out)
	return append(b, out...)
}
