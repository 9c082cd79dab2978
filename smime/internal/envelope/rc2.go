package envelope

import (
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"math/bits"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
	"github.com/emlcheck/emlcheck/smime/internal/cms"
)

// newRC2Chained reads RC2-CBCParameter ::= SEQUENCE { rc2ParameterVersion
// INTEGER, iv OCTET STRING } (RFC 3370 5.2). S/MIME of the 1990s is encrypted
// with 40 bits of it.
func newRC2Chained(a cms.Algorithm) (contentCipher, error) {
	bad := fmt.Errorf("%w: parameters of RC2", ErrUnsupported)
	if !a.Params.Exists() {
		return nil, bad
	}
	r := a.Params.Inside()
	version, _ := r.Read(ber.Integer)
	iv, ok := r.Read(ber.OctetString)
	if !ok || !version.Exists() || len(iv.Octets()) != 8 {
		return nil, bad
	}
	n, _ := version.Int()
	effective := 0
	switch n { // RFC 2268 6
	case 160:
		effective = 40
	case 120:
		effective = 64
	case 58:
		effective = 128
	default:
		if n < 256 || n > 1024 {
			return nil, bad
		}
		effective = n
	}
	return &chained{iv: iv.Octets(), new: func(key []byte) (cipher.Block, error) { return newRC2(key, effective) }}, nil
}

// piTable is the table of RFC 2268 2.
const piTable = "" +
	"\xd9\x78\xf9\xc4\x19\xdd\xb5\xed\x28\xe9\xfd\x79\x4a\xa0\xd8\x9d" +
	"\xc6\x7e\x37\x83\x2b\x76\x53\x8e\x62\x4c\x64\x88\x44\x8b\xfb\xa2" +
	"\x17\x9a\x59\xf5\x87\xb3\x4f\x13\x61\x45\x6d\x8d\x09\x81\x7d\x32" +
	"\xbd\x8f\x40\xeb\x86\xb7\x7b\x0b\xf0\x95\x21\x22\x5c\x6b\x4e\x82" +
	"\x54\xd6\x65\x93\xce\x60\xb2\x1c\x73\x56\xc0\x14\xa7\x8c\xf1\xdc" +
	"\x12\x75\xca\x1f\x3b\xbe\xe4\xd1\x42\x3d\xd4\x30\xa3\x3c\xb6\x26" +
	"\x6f\xbf\x0e\xda\x46\x69\x07\x57\x27\xf2\x1d\x9b\xbc\x94\x43\x03" +
	"\xf8\x11\xc7\xf6\x90\xef\x3e\xe7\x06\xc3\xd5\x2f\xc8\x66\x1e\xd7" +
	"\x08\xe8\xea\xde\x80\x52\xee\xf7\x84\xaa\x72\xac\x35\x4d\x6a\x2a" +
	"\x96\x1a\xd2\x71\x5a\x15\x49\x74\x4b\x9f\xd0\x5e\x04\x18\xa4\xec" +
	"\xc2\xe0\x41\x6e\x0f\x51\xcb\xcc\x24\x91\xaf\x50\xa1\xf4\x70\x39" +
	"\x99\x7c\x3a\x85\x23\xb8\xb4\x7a\xfc\x02\x36\x5b\x25\x55\x97\x31" +
	"\x2d\x5d\xfa\x98\xe3\x8a\x92\xae\x05\xdf\x29\x10\x67\x6c\xba\xc9" +
	"\xd3\x00\xe6\xcf\xe1\x9e\xa8\x2c\x63\x16\x01\x3f\x58\xe2\x89\xa9" +
	"\x0d\x38\x34\x1b\xab\x33\xff\xb0\xbb\x48\x0c\x5f\xb9\xb1\xcd\x2e" +
	"\xc5\xf3\xdb\x47\xe5\xa5\x9c\x77\x0a\xa6\x20\x68\xfe\x7f\xc1\xad"

// rc2 is the cipher of RFC 2268, for decryption alone.
type rc2 struct{ k [64]uint16 }

func newRC2(key []byte, effective int) (cipher.Block, error) {
	if len(key) == 0 || len(key) > 128 {
		return nil, ErrDecrypt
	}
	var l [128]byte
	copy(l[:], key)
	for i := len(key); i < 128; i++ {
		l[i] = piTable[l[i-1]+l[i-len(key)]]
	}
	t8 := (effective + 7) / 8
	tm := byte(0xFF) >> (8*t8 - effective)
	l[128-t8] = piTable[l[128-t8]&tm]
	for i := 127 - t8; i >= 0; i-- {
		l[i] = piTable[l[i+1]^l[i+t8]]
	}
	c := new(rc2)
	for i := range c.k {
		c.k[i] = binary.LittleEndian.Uint16(l[2*i:])
	}
	return c, nil
}

func (c *rc2) BlockSize() int { return 8 }

// Encrypt is not needed here and not there.
func (c *rc2) Encrypt(_, _ []byte) { panic("rc2: for decryption alone") }

var rc2Shifts = [4]int{1, 2, 3, 5}

// Decrypt is RFC 2268 4.
func (c *rc2) Decrypt(dst, src []byte) {
	var r [4]uint16
	for i := range r {
		r[i] = binary.LittleEndian.Uint16(src[2*i:])
	}
	j := 63
	unmix := func() {
		for i := 3; i >= 0; i-- {
			r[i] = bits.RotateLeft16(r[i], -rc2Shifts[i])
			r[i] -= c.k[j] + r[(i+3)&3]&r[(i+2)&3] + ^r[(i+3)&3]&r[(i+1)&3]
			j--
		}
	}
	unmash := func() {
		for i := 3; i >= 0; i-- {
			r[i] -= c.k[r[(i+3)&3]&63]
		}
	}
	for range 5 {
		unmix()
	}
	unmash()
	for range 6 {
		unmix()
	}
	unmash()
	for range 5 {
		unmix()
	}
	for i := range r {
		binary.LittleEndian.PutUint16(dst[2*i:], r[i])
	}
}
