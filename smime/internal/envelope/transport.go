package envelope

import (
	"crypto"
	"crypto/rsa"
	_ "crypto/sha1" // the default of RSAES-OAEP
	_ "crypto/sha256"
	_ "crypto/sha512"
	"fmt"
	"math/big"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
	"github.com/emlcheck/emlcheck/smime/internal/cms"
)

// Key transport (RFC 3370 4.2, RFC 3560).
const (
	oidRSA        = "1.2.840.113549.1.1.1"
	oidOAEP       = "1.2.840.113549.1.1.7"
	oidMGF1       = "1.2.840.113549.1.1.8"
	oidPSpecified = "1.2.840.113549.1.1.9"
)

func transported(r *cms.Recipient, private crypto.PrivateKey, size int) ([]byte, error) {
	key, ok := private.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("%w: a key of type %T for key transport", ErrUnsupported, private)
	}
	switch r.Algorithm.OID {
	case oidRSA:
		return transportedV15(key, r.Encrypted, size)
	case oidOAEP:
		opt, err := oaepOptions(r.Algorithm)
		if err != nil {
			return nil, err
		}
		out, err := key.Decrypt(nil, r.Encrypted, opt)
		if err != nil {
			return nil, ErrDecrypt
		}
		return out, nil
	}
	return nil, fmt.Errorf("%w: key transport %s", ErrUnsupported, r.Algorithm.OID)
}

// transportedV15 is RSAES-PKCS1-v1_5 (RFC 8017 7.2.2) for moduli of any size:
// crypto/rsa refuses those below 1,024 bits, which old mail has.
func transportedV15(key *rsa.PrivateKey, encrypted []byte, size int) ([]byte, error) {
	k := (key.N.BitLen() + 7) / 8
	c := new(big.Int).SetBytes(encrypted)
	if len(encrypted) > k || c.Cmp(key.N) >= 0 {
		return nil, ErrDecrypt
	}
	em := c.Exp(c, key.D, key.N).FillBytes(make([]byte, k))
	if k < 11 || em[0] != 0 || em[1] != 2 {
		return nil, ErrDecrypt
	}
	for i := 2; i < k; i++ {
		if em[i] == 0 {
			if out := em[i+1:]; i >= 10 && (size == 0 || len(out) == size) {
				return out, nil
			}
			break
		}
	}
	return nil, ErrDecrypt
}

// oaepOptions reads RSAES-OAEP-params ::= SEQUENCE { hashFunc [0], maskGenFunc
// [1], pSourceFunc [2] }, each with a default (RFC 4055 4.1).
func oaepOptions(a cms.Algorithm) (*rsa.OAEPOptions, error) {
	opt := &rsa.OAEPOptions{Hash: crypto.SHA1, MGFHash: crypto.SHA1}
	if !a.Params.Exists() {
		return opt, nil
	}
	r := a.Params.Inside()
	var err error
	if v, ok := r.Read(ber.Context(0)); ok {
		if opt.Hash, err = hashIn(v); err != nil {
			return nil, err
		}
	}
	if v, ok := r.Read(ber.Context(1)); ok {
		if opt.MGFHash, err = maskHash(v); err != nil {
			return nil, err
		}
	}
	if v, ok := r.Read(ber.Context(2)); ok {
		if opt.Label, err = label(v); err != nil {
			return nil, err
		}
	}
	return opt, nil
}

// identifier reads the AlgorithmIdentifier in an explicit tag.
func identifier(v ber.Value) (oid string, params ber.Value) {
	r := v.Inside()
	if a, ok := r.Read(ber.Sequence); ok {
		inside := a.Inside()
		if id, ok := inside.Read(ber.OID); ok {
			oid = id.OID()
			params, _ = inside.Next()
		}
	}
	return oid, params
}

func hashIn(v ber.Value) (crypto.Hash, error) {
	oid, _ := identifier(v)
	return hashOf(oid)
}

func hashOf(oid string) (crypto.Hash, error) {
	switch oid {
	case "1.3.14.3.2.26":
		return crypto.SHA1, nil
	case "2.16.840.1.101.3.4.2.4":
		return crypto.SHA224, nil
	case "2.16.840.1.101.3.4.2.1":
		return crypto.SHA256, nil
	case "2.16.840.1.101.3.4.2.2":
		return crypto.SHA384, nil
	case "2.16.840.1.101.3.4.2.3":
		return crypto.SHA512, nil
	}
	return 0, fmt.Errorf("%w: digest %q of a key", ErrUnsupported, oid)
}

// maskHash reads the mask generation function, of which only MGF1 exists
// (RFC 4055 2.2).
func maskHash(v ber.Value) (crypto.Hash, error) {
	oid, params := identifier(v)
	if oid != oidMGF1 || !params.Exists() {
		return 0, fmt.Errorf("%w: mask generation %q", ErrUnsupported, oid)
	}
	r := params.Inside()
	id, ok := r.Read(ber.OID)
	if !ok {
		return 0, fmt.Errorf("%w: mask generation without digest", ErrUnsupported)
	}
	return hashOf(id.OID())
}

func label(v ber.Value) ([]byte, error) {
	oid, params := identifier(v)
	if oid != oidPSpecified || !params.Exists() || params.Tag() != ber.OctetString {
		return nil, fmt.Errorf("%w: source %q of an OAEP label", ErrUnsupported, oid)
	}
	return params.Octets(), nil
}
