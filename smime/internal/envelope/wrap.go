package envelope

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/binary"
	"slices"
)

// wraps are the algorithms that wrap a key, with the size of the wrapping key.
var wraps = []struct {
	oid     string
	keySize int
}{
	{"2.16.840.1.101.3.4.1.5", 16}, {"2.16.840.1.101.3.4.1.25", 24}, {"2.16.840.1.101.3.4.1.45", 32}, // RFC 3565 2.3.2
	{oidTripleDESWrap, 24},
}

const oidTripleDESWrap = "1.2.840.113549.1.9.16.3.6" // RFC 3370 4.3.1

func unwrap(oid string, kek, wrapped []byte) ([]byte, error) {
	if oid == oidTripleDESWrap {
		return unwrapTripleDES(kek, wrapped)
	}
	return unwrapAES(kek, wrapped)
}

// unwrapAES is the key unwrap of RFC 3394 2.2.2.
func unwrapAES(kek, wrapped []byte) ([]byte, error) {
	const longest = 512 // no key is longer
	if len(wrapped) < 24 || len(wrapped) > longest || len(wrapped)%8 != 0 {
		return nil, ErrDecrypt
	}
	block, err := aes.NewCipher(kek)
	if err != nil {
		return nil, ErrDecrypt
	}
	n := len(wrapped)/8 - 1
	out := bytes.Clone(wrapped[8:])
	var b [16]byte
	copy(b[:8], wrapped)
	for j := 5; j >= 0; j-- {
		for i := n; i >= 1; i-- {
			t := binary.BigEndian.Uint64(b[:8]) ^ uint64(n*j+i)
			binary.BigEndian.PutUint64(b[:8], t)
			copy(b[8:], out[8*(i-1):8*i])
			block.Decrypt(b[:], b[:])
			copy(out[8*(i-1):], b[8:])
		}
	}
	if subtle.ConstantTimeCompare(b[:8], bytes.Repeat([]byte{0xA6}, 8)) != 1 {
		return nil, ErrDecrypt
	}
	return out, nil
}

// unwrapTripleDES is the key unwrap of RFC 3217 3.2.
func unwrapTripleDES(kek, wrapped []byte) ([]byte, error) {
	block, err := des.NewTripleDESCipher(kek)
	if err != nil || len(wrapped) != 40 {
		return nil, ErrDecrypt
	}
	b := bytes.Clone(wrapped)
	cipher.NewCBCDecrypter(block, []byte{0x4a, 0xdd, 0xa2, 0x2c, 0x79, 0xe8, 0x21, 0x05}).CryptBlocks(b, b)
	slices.Reverse(b)
	cipher.NewCBCDecrypter(block, b[:8]).CryptBlocks(b[8:], b[8:])
	key, check := b[8:32], b[32:]
	if sum := sha1.Sum(key); subtle.ConstantTimeCompare(sum[:8], check) != 1 {
		return nil, ErrDecrypt
	}
	return key, nil
}
