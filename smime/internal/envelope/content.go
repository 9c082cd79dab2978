package envelope

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"fmt"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
	"github.com/emlcheck/emlcheck/smime/internal/cms"
)

// contentCipher decrypts the content of one object.
type contentCipher interface {
	// keySize is the size of its key; 0 when the object does not fix it.
	keySize() int
	// authenticates reports whether it checks an authentication code.
	authenticates() bool
	open(key, ciphertext []byte) ([]byte, error)
}

// blockCiphers are used in the mode CBC (RFC 3370 5, RFC 3565 2.2).
var blockCiphers = []struct {
	oid       string
	size      int // of the key
	blockSize int
	new       func(key []byte) (cipher.Block, error)
}{
	{"2.16.840.1.101.3.4.1.2", 16, aes.BlockSize, aes.NewCipher},
	{"2.16.840.1.101.3.4.1.22", 24, aes.BlockSize, aes.NewCipher},
	{"2.16.840.1.101.3.4.1.42", 32, aes.BlockSize, aes.NewCipher},
	{"1.2.840.113549.3.7", 24, des.BlockSize, des.NewTripleDESCipher},
	{"1.3.14.3.2.7", 8, des.BlockSize, des.NewCipher},
}

// oidRC2 is RC2 in the mode CBC (RFC 3370 5.2).
const oidRC2 = "1.2.840.113549.3.2"

// counterCiphers authenticate (RFC 5084).
var counterCiphers = []struct {
	oid  string
	size int
	ccm  bool
}{
	{"2.16.840.1.101.3.4.1.6", 16, false}, {"2.16.840.1.101.3.4.1.26", 24, false}, {"2.16.840.1.101.3.4.1.46", 32, false},
	{"2.16.840.1.101.3.4.1.7", 16, true}, {"2.16.840.1.101.3.4.1.27", 24, true}, {"2.16.840.1.101.3.4.1.47", 32, true},
}

func newContentCipher(e *cms.EnvelopedData) (contentCipher, error) {
	for _, b := range blockCiphers {
		if b.oid == e.Algorithm.OID {
			iv, err := initialVector(e.Algorithm, b.blockSize)
			return &chained{size: b.size, iv: iv, new: b.new}, err
		}
	}
	if e.Algorithm.OID == oidRC2 {
		return newRC2Chained(e.Algorithm)
	}
	for _, c := range counterCiphers {
		if c.oid == e.Algorithm.OID {
			return newCounted(e, c.size, c.ccm)
		}
	}
	return nil, fmt.Errorf("%w: content encryption %s", ErrUnsupported, e.Algorithm.OID)
}

// initialVector reads parameters that are an OCTET STRING.
func initialVector(a cms.Algorithm, size int) ([]byte, error) {
	if !a.Params.Exists() || a.Params.Tag() != ber.OctetString || len(a.Params.Octets()) != size {
		return nil, fmt.Errorf("%w: no initialisation vector of %d octets", ErrDecrypt, size)
	}
	return a.Params.Octets(), nil
}

// chained is the mode CBC with the padding of RFC 5652 6.3.
type chained struct {
	size int
	iv   []byte
	new  func(key []byte) (cipher.Block, error)
}

func (c *chained) keySize() int        { return c.size }
func (c *chained) authenticates() bool { return false }

func (c *chained) open(key, ciphertext []byte) ([]byte, error) {
	block, err := c.new(key)
	if err != nil {
		return nil, ErrDecrypt
	}
	n := len(ciphertext)
	if n == 0 || n%block.BlockSize() != 0 {
		return nil, ErrDecrypt
	}
	out := make([]byte, n)
	cipher.NewCBCDecrypter(block, c.iv).CryptBlocks(out, ciphertext)
	padding := int(out[n-1])
	if padding == 0 || padding > block.BlockSize() {
		return nil, ErrDecrypt
	}
	for _, p := range out[n-padding:] {
		if int(p) != padding {
			return nil, ErrDecrypt
		}
	}
	return out[:n-padding], nil
}

// counted is AES in the mode GCM or CCM.
type counted struct {
	size       int
	nonce      []byte
	tag        []byte
	additional []byte
	ccm        bool
}

// newCounted reads GCMParameters and CCMParameters ::= SEQUENCE { nonce OCTET
// STRING, icvlen INTEGER DEFAULT 12 } (RFC 5084 3.1, 3.2).
func newCounted(e *cms.EnvelopedData, size int, ccm bool) (contentCipher, error) {
	bad := fmt.Errorf("%w: parameters of AES with authentication", ErrDecrypt)
	if !e.Algorithm.Params.Exists() {
		return nil, bad
	}
	r := e.Algorithm.Params.Inside()
	nonce, ok := r.Read(ber.OctetString)
	if !ok {
		return nil, bad
	}
	tag := 12
	if v, ok := r.Read(ber.Integer); ok {
		tag, _ = v.Int()
	}
	if e.Mac == nil || tag != len(e.Mac) || tag < 4 || tag > 16 || len(nonce.Octets()) == 0 {
		return nil, bad
	}
	return &counted{size: size, nonce: nonce.Octets(), tag: e.Mac, additional: e.AuthAttrs, ccm: ccm}, nil
}

func (c *counted) keySize() int        { return c.size }
func (c *counted) authenticates() bool { return true }

func (c *counted) open(key, ciphertext []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil || len(key) != c.size {
		return nil, ErrDecrypt
	}
	if c.ccm {
		return openCCM(block, c.nonce, c.tag, c.additional, ciphertext)
	}
	if len(c.nonce) != 12 && len(c.tag) != 16 {
		return nil, fmt.Errorf("%w: nonce of %d and code of %d octets together", ErrUnsupported, len(c.nonce), len(c.tag))
	}
	gcm, err := newGCM(block, len(c.nonce), len(c.tag))
	if err != nil {
		return nil, fmt.Errorf("%w: code of %d octets", ErrUnsupported, len(c.tag))
	}
	out, err := gcm.Open(nil, c.nonce, append(bytes.Clone(ciphertext), c.tag...), c.additional)
	if err != nil {
		return nil, ErrDecrypt
	}
	return out, nil
}

func newGCM(block cipher.Block, nonce, tag int) (cipher.AEAD, error) {
	if nonce != 12 {
		return cipher.NewGCMWithNonceSize(block, nonce)
	}
	return cipher.NewGCMWithTagSize(block, tag)
}
