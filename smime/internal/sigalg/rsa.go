package sigalg

import (
	"bytes"
	"crypto/subtle"
	"fmt"
	"math/big"
)

// public is sig to the power of e, as long as the modulus (RFC 8017 5.2.2).
func (k *rsaKey) public(sig []byte) ([]byte, error) {
	size := (k.n.BitLen() + 7) / 8
	s := new(big.Int).SetBytes(sig)
	if len(sig) != size { // 8.2.2 step 1
		return nil, fmt.Errorf("%w: %d octets of signature for a modulus of %d", ErrInvalid, len(sig), size)
	}
	if s.Cmp(k.n) >= 0 {
		return nil, fmt.Errorf("%w: signature beyond the modulus", ErrInvalid)
	}
	return s.Exp(s, k.e, k.n).FillBytes(make([]byte, size)), nil
}

// verifyPKCS1 is RSASSA-PKCS1-v1_5 (RFC 8017 8.2.2): the whole encoded message is
// made anew and compared, so that nothing can hide behind the digest.
func (k *rsaKey) verifyPKCS1(h Hash, digest, sig []byte) error {
	em, err := k.public(sig)
	if err != nil {
		return err
	}
	for _, null := range []bool{true, false} { // 9.2 note 1: parameters may be absent
		if want, ok := encodePKCS1(digestInfo(h, digest, null), len(em)); ok && subtle.ConstantTimeCompare(em, want) == 1 {
			return nil
		}
	}
	if want, ok := encodePKCS1(digest, len(em)); ok && bytes.Equal(em, want) {
		return fmt.Errorf("%w: the digest alone was signed, without its algorithm", ErrInvalid)
	}
	return ErrInvalid
}

// digestInfo is DigestInfo ::= SEQUENCE { digestAlgorithm, digest OCTET STRING }
// in DER (RFC 8017 9.2).
func digestInfo(h Hash, digest []byte, null bool) []byte {
	id := encodeOID(h.OID)
	algorithm := append([]byte{0x06, byte(len(id))}, id...)
	if null {
		algorithm = append(algorithm, 0x05, 0x00)
	}
	body := append([]byte{0x30, byte(len(algorithm))}, algorithm...)
	body = append(append(body, 0x04, byte(len(digest))), digest...)
	return append([]byte{0x30, byte(len(body))}, body...)
}

// encodePKCS1 is 00 01 FF…FF 00 and the text, size octets long, of which at least
// eight are FF (RFC 8017 9.2).
func encodePKCS1(text []byte, size int) ([]byte, bool) {
	if size < len(text)+11 {
		return nil, false
	}
	em := bytes.Repeat([]byte{0xFF}, size)
	em[0], em[1], em[size-len(text)-1] = 0, 1, 0
	copy(em[size-len(text):], text)
	return em, true
}

// verifyPSS is EMSA-PSS-VERIFY (RFC 8017 9.1.2).
func (k *rsaKey) verifyPSS(a Algorithm, digest, sig []byte) error {
	em, err := k.public(sig)
	if err != nil {
		return err
	}
	bits := k.n.BitLen() - 1
	if size := (bits + 7) / 8; size < len(em) { // a modulus of 8n+1 bits
		if em[0] != 0 {
			return ErrInvalid
		}
		em = em[1:]
	}
	size, hashSize := len(em), len(digest)
	if size < hashSize+a.SaltLength+2 || em[size-1] != 0xBC {
		return ErrInvalid
	}
	masked, hash := em[:size-hashSize-1], em[size-hashSize-1:size-1]
	mask := byte(0xFF) >> (8*size - bits)
	if masked[0]&^mask != 0 {
		return ErrInvalid
	}
	db := mgf1(a.MGFHash, hash, len(masked))
	subtle.XORBytes(db, db, masked)
	db[0] &= mask
	one := bytes.IndexByte(db, 1)
	if one < 0 || len(bytes.TrimLeft(db[:one], "\x00")) > 0 {
		return ErrInvalid
	}
	h := a.Hash.New()
	h.Write(make([]byte, 8))
	h.Write(digest)
	h.Write(db[one+1:])
	if subtle.ConstantTimeCompare(h.Sum(nil), hash) != 1 {
		return ErrInvalid
	}
	if salt := len(db) - one - 1; salt != a.SaltLength {
		return fmt.Errorf("%w: salt of %d octets where the parameters state %d", ErrInvalid, salt, a.SaltLength)
	}
	return nil
}

// mgf1 is the mask generation function of RFC 8017 B.2.1.
func mgf1(h Hash, seed []byte, size int) []byte {
	var out []byte
	for i := 0; len(out) < size; i++ {
		d := h.New()
		d.Write(seed)
		d.Write([]byte{byte(i >> 24), byte(i >> 16), byte(i >> 8), byte(i)})
		out = d.Sum(out)
	}
	return out[:size]
}

// encodeOID writes the contents of an OBJECT IDENTIFIER.
func encodeOID(dotted string) []byte {
	var arcs []uint64
	for part := range bytes.SplitSeq([]byte(dotted), []byte(".")) {
		n := uint64(0)
		for _, c := range part {
			n = 10*n + uint64(c-'0')
		}
		arcs = append(arcs, n)
	}
	if len(arcs) < 2 {
		return nil
	}
	arcs[1] += 40 * arcs[0]
	var out []byte
	for _, n := range arcs[1:] {
		var room [10]byte
		i := len(room) - 1
		room[i] = byte(n & 0x7F)
		for n >>= 7; n > 0; n >>= 7 {
			i--
			room[i] = byte(n&0x7F) | 0x80
		}
		out = append(out, room[i:]...)
	}
	return out
}
