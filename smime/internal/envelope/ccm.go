package envelope

import (
	"bytes"
	"crypto/cipher"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
)

// openCCM is the mode CCM (RFC 3610 2.5), which the standard library lacks.
func openCCM(block cipher.Block, nonce, tag, additional, ciphertext []byte) ([]byte, error) {
	l := 15 - len(nonce) // octets of the length
	if l < 2 || l > 8 || len(tag)%2 != 0 || l < 8 && uint64(len(ciphertext)) >= 1<<(8*l) {
		return nil, fmt.Errorf("%w: nonce or code of CCM", ErrUnsupported)
	}
	var counter [16]byte
	counter[0] = byte(l - 1)
	copy(counter[1:], nonce)
	stream := cipher.NewCTR(block, counter[:])
	var mask [16]byte
	stream.XORKeyStream(mask[:], mask[:]) // S_0, for the code
	out := make([]byte, len(ciphertext))
	stream.XORKeyStream(out, ciphertext)
	sum := macCCM(block, nonce, len(tag), additional, out)
	subtle.XORBytes(sum[:], sum[:], mask[:])
	if subtle.ConstantTimeCompare(sum[:len(tag)], tag) != 1 {
		return nil, ErrDecrypt
	}
	return out, nil
}

// macCCM is the CBC-MAC of RFC 3610 2.2, not yet masked.
func macCCM(block cipher.Block, nonce []byte, tagSize int, additional, text []byte) (sum [16]byte) {
	l := 15 - len(nonce)
	var first, size [16]byte
	first[0] = byte((tagSize-2)/2)<<3 | byte(l-1)
	if len(additional) > 0 {
		first[0] |= 0x40
	}
	copy(first[1:], nonce)
	binary.BigEndian.PutUint64(size[8:], uint64(len(text)))
	copy(first[16-l:], size[16-l:])
	mac := func(b []byte) {
		for len(b) > 0 {
			n := subtle.XORBytes(sum[:], sum[:], b)
			block.Encrypt(sum[:], sum[:])
			b = b[n:]
		}
	}
	mac(first[:])
	if len(additional) > 0 {
		var head []byte
		if len(additional) < 0xFF00 {
			head = binary.BigEndian.AppendUint16(nil, uint16(len(additional)))
		} else {
			head = binary.BigEndian.AppendUint32([]byte{0xFF, 0xFE}, uint32(len(additional)))
		}
		all := append(head, additional...)
		mac(append(all, bytes.Repeat([]byte{0}, (16-len(all)%16)%16)...))
	}
	mac(text)
	return sum
}
