package envelope

import (
	"bytes"
	"crypto"
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/hkdf"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
	"fmt"
	"hash"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
	"github.com/emlcheck/emlcheck/smime/internal/cms"
)

// agreement is a scheme of ephemeral-static Diffie-Hellman.
type agreement struct {
	oid  string
	hash crypto.Hash
	hkdf bool
}

// agreements are those of RFC 5753 7.1.4 and 8.1, each with its digest, and
// those of RFC 8418 2.2, which derive keys by HKDF.
var agreements = []agreement{
	{"1.3.133.16.840.63.0.2", crypto.SHA1, false},
	{"1.3.133.16.840.63.0.3", crypto.SHA1, false}, // with the cofactor, which is 1 for all curves here
	{"1.3.132.1.11.0", crypto.SHA224, false}, {"1.3.132.1.11.1", crypto.SHA256, false},
	{"1.3.132.1.11.2", crypto.SHA384, false}, {"1.3.132.1.11.3", crypto.SHA512, false},
	{"1.3.132.1.14.0", crypto.SHA224, false}, {"1.3.132.1.14.1", crypto.SHA256, false},
	{"1.3.132.1.14.2", crypto.SHA384, false}, {"1.3.132.1.14.3", crypto.SHA512, false},
	{"1.2.840.113549.1.9.16.3.19", crypto.SHA256, true},
	{"1.2.840.113549.1.9.16.3.20", crypto.SHA384, true},
	{"1.2.840.113549.1.9.16.3.21", crypto.SHA512, true},
}

// agreed is the content-encryption key of a recipient by key agreement.
func agreed(r *cms.Recipient, private crypto.PrivateKey) ([]byte, error) {
	scheme, err := schemeOf(r.Algorithm.OID)
	if err != nil {
		return nil, err
	}
	wrap, size, err := wrapOf(r.Algorithm)
	if err != nil {
		return nil, err
	}
	secret, err := shared(r, private)
	if err != nil {
		return nil, err
	}
	info := sharedInfo(wrap.DER, r.UserKey, size)
	kek, err := scheme.derive(secret, r.UserKey, info, size)
	if err != nil {
		return nil, err
	}
	return unwrap(wrap.OID, kek, r.Encrypted)
}

func schemeOf(oid string) (agreement, error) {
	for _, a := range agreements {
		if a.oid == oid {
			return a, nil
		}
	}
	return agreement{}, fmt.Errorf("%w: key agreement %s", ErrUnsupported, oid)
}

// wrapOf reads the parameters of a key agreement: the algorithm that wraps the
// key (RFC 5753 7.2).
func wrapOf(a cms.Algorithm) (wrap cms.Algorithm, size int, err error) {
	if !a.Params.Exists() {
		return wrap, 0, fmt.Errorf("%w: key agreement without parameters", ErrUnsupported)
	}
	r := a.Params.Inside()
	id, ok := r.Read(ber.OID)
	if !ok {
		return wrap, 0, fmt.Errorf("%w: key agreement without key wrap", ErrUnsupported)
	}
	wrap.OID, wrap.DER = id.OID(), a.Params.DER()
	for _, w := range wraps {
		if w.oid == wrap.OID {
			return wrap, w.keySize, nil
		}
	}
	return wrap, 0, fmt.Errorf("%w: key wrap %s", ErrUnsupported, wrap.OID)
}

// shared is the common secret of the recipient's key and the sender's.
func shared(r *cms.Recipient, private crypto.PrivateKey) ([]byte, error) {
	var own *ecdh.PrivateKey
	switch k := private.(type) {
	case *ecdh.PrivateKey:
		own = k
	case *ecdsa.PrivateKey:
		var err error
		if own, err = k.ECDH(); err != nil {
			return nil, fmt.Errorf("%w: the key's curve", ErrUnsupported)
		}
	default:
		return nil, fmt.Errorf("%w: a key of type %T for key agreement", ErrUnsupported, private)
	}
	point := originatorPoint(r.Originator)
	if point == nil {
		return nil, fmt.Errorf("%w: an originator without a key of its own", ErrUnsupported)
	}
	other, err := own.Curve().NewPublicKey(point)
	if err != nil {
		return nil, ErrDecrypt
	}
	secret, err := own.ECDH(other)
	if err != nil {
		return nil, ErrDecrypt
	}
	return secret, nil
}

// originatorPoint is the public key itself of a SubjectPublicKeyInfo.
func originatorPoint(spki []byte) []byte {
	tree, err := ber.Parse(spki)
	if err != nil {
		return nil
	}
	r := tree.Root().Inside()
	r.Read(ber.Sequence)
	key, ok := r.Read(ber.BitString)
	if !ok {
		return nil
	}
	point, _ := key.Bits()
	return point
}

// sharedInfo is ECC-CMS-SharedInfo ::= SEQUENCE { keyInfo, entityUInfo [0]
// OPTIONAL, suppPubInfo [2] }, the size in bits (RFC 5753 7.2).
func sharedInfo(wrap, userKey []byte, size int) []byte {
	fields := [][]byte{wrap}
	if userKey != nil {
		fields = append(fields, ber.AppendValue(nil, ber.Context(0), true, ber.AppendValue(nil, ber.OctetString, false, userKey)))
	}
	bits := binary.BigEndian.AppendUint32(nil, uint32(8*size))
	fields = append(fields, ber.AppendValue(nil, ber.Context(2), true, ber.AppendValue(nil, ber.OctetString, false, bits)))
	return ber.AppendValue(nil, ber.Sequence, true, fields...)
}

// derive makes the key-encryption key of a common secret.
func (a agreement) derive(secret, userKey, info []byte, size int) ([]byte, error) {
	if a.hkdf {
		return a.expand(secret, userKey, info, size)
	}
	var out []byte
	for counter := uint32(1); len(out) < size; counter++ { // X9.63, SEC 1 3.6.1
		h := a.hash.New()
		h.Write(secret)
		h.Write(binary.BigEndian.AppendUint32(nil, counter))
		h.Write(info)
		out = h.Sum(out)
	}
	return out[:size], nil
}

// expand is HKDF with the user keying material as salt (RFC 8418 2.2).
func (a agreement) expand(secret, userKey, info []byte, size int) ([]byte, error) {
	var h func() hash.Hash
	switch a.hash {
	case crypto.SHA256:
		h = sha256.New
	case crypto.SHA384:
		h = sha512.New384
	default:
		h = sha512.New
	}
	return hkdf.Key(h, secret, bytes.Clone(userKey), string(info), size)
}
