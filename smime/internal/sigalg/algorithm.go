package sigalg

import (
	"fmt"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// known is a signature algorithm by its object identifier.
type known struct{ oid, scheme, hash string }

// algorithms are those of RFC 3279 2.2, RFC 4055 5, RFC 5758 3, RFC 8410 3, NIST
// and, last, old names that OIW gave. hash is "" where the identifier names none.
var algorithms = []known{
	{"1.2.840.113549.1.1.1", "rsa-pkcs1", ""}, // rsaEncryption, in SignerInfos
	{"1.2.840.113549.1.1.2", "rsa-pkcs1", "md2"},
	{"1.2.840.113549.1.1.3", "rsa-pkcs1", "md4"},
	{"1.2.840.113549.1.1.4", "rsa-pkcs1", "md5"},
	{"1.2.840.113549.1.1.5", "rsa-pkcs1", "sha1"},
	{"1.2.840.113549.1.1.10", "rsa-pss", ""},
	{"1.2.840.113549.1.1.11", "rsa-pkcs1", "sha256"},
	{"1.2.840.113549.1.1.12", "rsa-pkcs1", "sha384"},
	{"1.2.840.113549.1.1.13", "rsa-pkcs1", "sha512"},
	{"1.2.840.113549.1.1.14", "rsa-pkcs1", "sha224"},
	{"1.2.840.113549.1.1.15", "rsa-pkcs1", "sha512-224"},
	{"1.2.840.113549.1.1.16", "rsa-pkcs1", "sha512-256"},
	{"2.16.840.1.101.3.4.3.13", "rsa-pkcs1", "sha3-224"},
	{"2.16.840.1.101.3.4.3.14", "rsa-pkcs1", "sha3-256"},
	{"2.16.840.1.101.3.4.3.15", "rsa-pkcs1", "sha3-384"},
	{"2.16.840.1.101.3.4.3.16", "rsa-pkcs1", "sha3-512"},
	{"1.3.36.3.3.1.2", "rsa-pkcs1", "ripemd160"},

	{"1.2.840.10040.4.1", "dsa", ""}, // the key's identifier, in SignerInfos
	{"1.2.840.10040.4.3", "dsa", "sha1"},
	{"2.16.840.1.101.3.4.3.1", "dsa", "sha224"},
	{"2.16.840.1.101.3.4.3.2", "dsa", "sha256"},
	{"2.16.840.1.101.3.4.3.3", "dsa", "sha384"},
	{"2.16.840.1.101.3.4.3.4", "dsa", "sha512"},

	{"1.2.840.10045.2.1", "ecdsa", ""}, // the key's identifier, in SignerInfos
	{"1.2.840.10045.4.1", "ecdsa", "sha1"},
	{"1.2.840.10045.4.3.1", "ecdsa", "sha224"},
	{"1.2.840.10045.4.3.2", "ecdsa", "sha256"},
	{"1.2.840.10045.4.3.3", "ecdsa", "sha384"},
	{"1.2.840.10045.4.3.4", "ecdsa", "sha512"},
	{"2.16.840.1.101.3.4.3.9", "ecdsa", "sha3-224"},
	{"2.16.840.1.101.3.4.3.10", "ecdsa", "sha3-256"},
	{"2.16.840.1.101.3.4.3.11", "ecdsa", "sha3-384"},
	{"2.16.840.1.101.3.4.3.12", "ecdsa", "sha3-512"},

	{"1.3.101.112", "ed25519", ""},
	{"1.3.101.113", "ed448", ""},

	{"1.3.14.3.2.3", "rsa-pkcs1", "md5"},
	{"1.3.14.3.2.15", "rsa-pkcs1", ""}, // of SHA without its first correction
	{"1.3.14.3.2.27", "dsa", "sha1"},
	{"1.3.14.3.2.29", "rsa-pkcs1", "sha1"},
}

// names are algorithms that cannot be checked here but have a name.
var names = map[string]string{
	"2.16.840.1.101.3.4.3.17": "ml-dsa-44", "2.16.840.1.101.3.4.3.18": "ml-dsa-65", "2.16.840.1.101.3.4.3.19": "ml-dsa-87",
	"2.16.840.1.101.3.4.3.20": "slh-dsa-sha2-128s", "2.16.840.1.101.3.4.3.21": "slh-dsa-sha2-128f",
	"1.3.6.1.5.5.7.6.30": "rsa-pss-shake128", "1.3.6.1.5.5.7.6.31": "rsa-pss-shake256",
	"1.2.643.7.1.1.3.2": "gost-2012-256", "1.2.643.7.1.1.3.3": "gost-2012-512", "1.2.156.10197.1.501": "sm2-sm3",
}

// ParseAlgorithm reads an AlgorithmIdentifier in DER. One that is not known has no
// Scheme and is no error.
func ParseAlgorithm(der []byte) (Algorithm, error) {
	var a Algorithm
	in := cryptobyte.String(der)
	var seq cryptobyte.String
	if !in.ReadASN1(&seq, asn1.SEQUENCE) {
		return a, fmt.Errorf("%w: no algorithm identifier", ErrMalformed)
	}
	var id cryptobyte.String
	if !seq.ReadASN1(&id, asn1.OBJECT_IDENTIFIER) {
		return a, fmt.Errorf("%w: algorithm without identifier", ErrMalformed)
	}
	if a.OID = dotted(id); a.OID == "" {
		return a, fmt.Errorf("%w: identifier of an algorithm", ErrMalformed)
	}
	if !seq.Empty() {
		a.Params = seq
	}
	a.Name = a.OID
	if name, ok := names[a.OID]; ok {
		a.Name = name
	}
	for _, k := range algorithms {
		if k.oid == a.OID {
			a.Scheme, a.Name, a.Hash = k.scheme, k.scheme, hashNamed(k.hash)
			if k.hash != "" {
				a.Name += "-" + k.hash
			}
		}
	}
	if a.Scheme == "rsa-pss" {
		if err := a.readPSS(); err != nil {
			return a, err
		}
	}
	return a, nil
}

// readPSS reads RSASSA-PSS-params ::= SEQUENCE { hashAlgorithm [0], maskGenAlgorithm
// [1], saltLength [2], trailerField [3] }, each with a default (RFC 4055 3.1).
func (a *Algorithm) readPSS() error {
	sha1 := hashNamed("sha1")
	a.Hash, a.MGFHash, a.SaltLength = sha1, sha1, 20
	defer func() { a.Name = "rsa-pss-" + a.Hash.Name }()
	in := cryptobyte.String(a.Params)
	if in.Empty() || isNull(in) {
		return nil
	}
	var seq cryptobyte.String
	if !in.ReadASN1(&seq, asn1.SEQUENCE) {
		return fmt.Errorf("%w: parameters of RSASSA-PSS", ErrMalformed)
	}
	read := func(tag uint8) (inner cryptobyte.String, present bool, err error) {
		if !seq.ReadOptionalASN1(&inner, &present, asn1.Tag(tag).ContextSpecific().Constructed()) {
			err = fmt.Errorf("%w: parameters of RSASSA-PSS", ErrMalformed)
		}
		return inner, present, err
	}
	for tag := range uint8(4) {
		inner, present, err := read(tag)
		if err != nil {
			return err
		}
		if present {
			if err := a.setPSS(tag, inner); err != nil {
				return err
			}
		}
	}
	return nil
}

func (a *Algorithm) setPSS(tag uint8, inner cryptobyte.String) (err error) {
	switch tag {
	case 0:
		a.Hash, _, err = hashIdentifier(&inner)
	case 1:
		var params cryptobyte.String
		var mgf Hash
		if mgf, params, err = hashIdentifier(&inner); err == nil || mgf.OID == "1.2.840.113549.1.1.8" { // MGF1
			a.MGFHash, _, err = hashIdentifier(&params)
		}
	case 2:
		if !inner.ReadASN1Integer(&a.SaltLength) || a.SaltLength < 0 {
			return fmt.Errorf("%w: salt length", ErrMalformed)
		}
	case 3:
		trailer := 0
		if !inner.ReadASN1Integer(&trailer) || trailer != 1 { // RFC 4055 3.1
			return fmt.Errorf("%w: trailer field %d", ErrUnsupported, trailer)
		}
	}
	return err
}

// hashIdentifier reads an AlgorithmIdentifier of a digest. Its object identifier
// is given even where no digest has it.
func hashIdentifier(in *cryptobyte.String) (h Hash, params cryptobyte.String, err error) {
	var seq, id cryptobyte.String
	if !in.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1(&id, asn1.OBJECT_IDENTIFIER) {
		return h, nil, fmt.Errorf("%w: digest of RSASSA-PSS", ErrMalformed)
	}
	oid := dotted(id)
	h, ok := HashByOID(oid)
	if !ok {
		return Hash{OID: oid}, seq, fmt.Errorf("%w: digest %s", ErrUnsupported, oid)
	}
	return h, seq, nil
}

func isNull(der []byte) bool { return len(der) == 2 && der[0] == 5 && der[1] == 0 }
