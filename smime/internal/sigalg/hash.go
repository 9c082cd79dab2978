package sigalg

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"hash"
)

// hashes are the digest algorithms; New is nil for those that are known by name
// alone.
var hashes = []Hash{
	{"md2", "1.2.840.113549.2.2", nil},
	{"md4", "1.2.840.113549.2.4", nil},
	{"md5", "1.2.840.113549.2.5", md5.New},
	{"sha1", "1.3.14.3.2.26", sha1.New},
	{"ripemd160", "1.3.36.3.2.1", nil},
	{"sha256", "2.16.840.1.101.3.4.2.1", sha256.New},
	{"sha384", "2.16.840.1.101.3.4.2.2", sha512.New384},
	{"sha512", "2.16.840.1.101.3.4.2.3", sha512.New},
	{"sha224", "2.16.840.1.101.3.4.2.4", sha256.New224},
	{"sha512-224", "2.16.840.1.101.3.4.2.5", sha512.New512_224},
	{"sha512-256", "2.16.840.1.101.3.4.2.6", sha512.New512_256},
	{"sha3-224", "2.16.840.1.101.3.4.2.7", func() hash.Hash { return sha3.New224() }},
	{"sha3-256", "2.16.840.1.101.3.4.2.8", func() hash.Hash { return sha3.New256() }},
	{"sha3-384", "2.16.840.1.101.3.4.2.9", func() hash.Hash { return sha3.New384() }},
	{"sha3-512", "2.16.840.1.101.3.4.2.10", func() hash.Hash { return sha3.New512() }},
	{"shake128", "2.16.840.1.101.3.4.2.11", nil},
	{"shake256", "2.16.840.1.101.3.4.2.12", nil},
}

// HashByOID is a digest algorithm by its object identifier, dotted. Its New is
// nil when it is known by name alone.
func HashByOID(oid string) (Hash, bool) {
	for _, h := range hashes {
		if h.OID == oid {
			return h, true
		}
	}
	return Hash{}, false
}

func hashNamed(name string) Hash {
	for _, h := range hashes {
		if h.Name == name {
			return h
		}
	}
	return Hash{}
}
