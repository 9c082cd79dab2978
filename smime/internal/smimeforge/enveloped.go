package smimeforge

import (
	"bytes"
	"compress/zlib"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"math/big"
)

// This file answers one question: how are EnvelopedData, AuthEnvelopedData and CompressedData built?

const (
	oidAuthEnveloped = esmeArc + "1.23"
	oidCompressed    = esmeArc + "1.9"
)

// contentCipher is one content encryption algorithm.
type contentCipher struct {
	oid    string
	keyLen int
	block  func([]byte) (cipher.Block, error)
	gcm    bool
}

var (
	aes128CBC = contentCipher{nistArc + "1.2", 16, aes.NewCipher, false}
	aes192CBC = contentCipher{nistArc + "1.22", 24, aes.NewCipher, false}
	aes256CBC = contentCipher{nistArc + "1.42", 32, aes.NewCipher, false}
	desEDE3   = contentCipher{"1.2.840.113549.3.7", 24, des.NewTripleDESCipher, false}
	aes128GCM = contentCipher{nistArc + "1.6", 16, aes.NewCipher, true}
	aes192GCM = contentCipher{nistArc + "1.26", 24, aes.NewCipher, true}
	aes256GCM = contentCipher{nistArc + "1.46", 32, aes.NewCipher, true}
)

// enveloped is one encrypted object to be made.
type enveloped struct {
	cipher     contentCipher
	recipients []func(key []byte) []byte
	pad        func([]byte) []byte // instead of the padding of RFC 5652 section 6.3
	mangle     func([]byte) []byte // changes the ciphertext
	mangleTag  func([]byte) []byte
	alg        []byte // content encryption algorithm instead of the true one
	segments   int    // octets per segment of the ciphertext, 0: one string
	inner      string // type of the content, id-data unless set
	attrs      []byte // authenticated attributes as a SET, AuthEnvelopedData only
	stored     []byte // the attributes as stored, if they differ
	origin     []byte // originatorInfo, EnvelopedData only
	unsealed   []byte // unprotected attributes, EnvelopedData only
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

func pad(b []byte, size int) []byte {
	n := size - len(b)%size
	return append(bytes.Clone(b), bytes.Repeat([]byte{byte(n)}, n)...)
}

// der makes the ContentInfo around a plaintext.
func (e *enveloped) der(plain []byte) ([]byte, error) {
	key := random(e.cipher.keyLen)
	block, err := e.cipher.block(key)
	if err != nil {
		return nil, err
	}
	var infos [][]byte
	for _, r := range e.recipients {
		infos = append(infos, r(key))
	}
	if e.cipher.gcm {
		return e.auth(block, infos, plain)
	}
	iv := random(block.BlockSize())
	if e.pad != nil {
		plain = e.pad(plain)
	} else {
		plain = pad(plain, block.BlockSize())
	}
	text := make([]byte, len(plain))
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(text, plain)
	alg := e.alg
	if alg == nil {
		alg = algID(e.cipher.oid, octets(iv))
	}
	version := int64(0)
	if e.origin != nil || e.unsealed != nil {
		version = 2
	}
	for _, r := range infos {
		if r[0] != 0x30 {
			version = 2 // RFC 5652 section 6.1
		}
	}
	return seq(oid(oidEnveloped), explicit(0, seq(num(version), e.origin, set(infos...), e.info(alg, text), e.unsealed))), nil
}

// info is the EncryptedContentInfo.
func (e *enveloped) info(alg, text []byte) []byte {
	if e.mangle != nil {
		text = e.mangle(text)
	}
	inner := e.inner
	if inner == "" {
		inner = oidData
	}
	content := context(0, text)
	if e.segments > 0 {
		content = explicit(0, cut(text, e.segments)...)
	}
	return seq(oid(inner), alg, content)
}

func (e *enveloped) auth(block cipher.Block, infos [][]byte, plain []byte) ([]byte, error) {
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	nonce := random(gcm.NonceSize())
	sealed := gcm.Seal(nil, nonce, plain, e.attrs)
	text, tag := sealed[:len(plain)], sealed[len(plain):]
	if e.mangleTag != nil {
		tag = e.mangleTag(tag)
	}
	alg := algID(e.cipher.oid, seq(octets(nonce), num(16)))
	stored := e.attrs
	if e.stored != nil {
		stored = e.stored
	}
	if stored != nil {
		stored = retag(0xa1, stored)
	}
	return seq(oid(oidAuthEnveloped), explicit(0, seq(num(0), set(infos...), e.info(alg, text), stored, octets(tag)))), nil
}

func (k *key) public() *rsa.PublicKey { return &rsa.PublicKey{N: k.rsa.n, E: int(k.rsa.e.Int64())} }

// toRSA is a recipient by key transport with PKCS #1 v1.5.
func toRSA(c *cert) func([]byte) []byte { return toRSAAs(c, issuerSerial(c), 0) }

func toRSAAs(c *cert, sid []byte, version int64) func([]byte) []byte {
	return func(key []byte) []byte {
		wrapped, err := rsa.EncryptPKCS1v15(rand.Reader, c.key.public(), key)
		if err != nil {
			panic("smimeforge: " + err.Error())
		}
		return seq(num(version), sid, algID(rsaArc+"1", null()), octets(wrapped))
	}
}

// toOAEP is a recipient by key transport with RSAES-OAEP (RFC 3560); nil d is the default SHA-1.
func toOAEP(c *cert, d *digest) func([]byte) []byte {
	return func(key []byte) []byte {
		h, params := hash.Hash(sha1.New()), seq()
		if d != nil {
			h = d.new()
			params = seq(explicit(0, algID(d.oid, null())), explicit(1, algID(rsaArc+"8", algID(d.oid, null()))))
		}
		wrapped, err := rsa.EncryptOAEP(h, rand.Reader, c.key.public(), key, nil)
		if err != nil {
			panic("smimeforge: " + err.Error())
		}
		return seq(num(0), issuerSerial(c), algID(rsaArc+"7", params), octets(wrapped))
	}
}

// agreement is one way of key agreement: the scheme with its digest and the key wrap.
type agreement struct {
	scheme string
	hash   func() hash.Hash
	wrap   string
	kekLen int
}

var (
	ecdhSHA256 = agreement{"1.3.132.1.11.1", sha256.New, nistArc + "1.5", 16}
	// cofactor is the same computation on P-256, whose cofactor is one, under its own identifier.
	cofactor = agreement{"1.3.132.1.14.1", sha256.New, nistArc + "1.25", 24}
	ecdhSHA1 = agreement{"1.3.133.16.840.63.0.2", sha1.New, nistArc + "1.45", 32}
)

// toECDH is a recipient by key agreement (RFC 5753 section 3.1) on P-256; bySKI names the recipient by its key identifier.
func toECDH(c *cert, recipient *ecdh.PrivateKey, a agreement, bySKI bool) func([]byte) []byte {
	return func(key []byte) []byte {
		eph, err := ecdh.P256().GenerateKey(rand.Reader)
		if err != nil {
			panic("smimeforge: " + err.Error())
		}
		z, err := eph.ECDH(recipient.PublicKey())
		if err != nil {
			panic("smimeforge: " + err.Error())
		}
		wrapAlg := algID(a.wrap, nil)
		ukm := random(16)
		bitLen := binary.BigEndian.AppendUint32(nil, uint32(8*a.kekLen))
		shared := seq(wrapAlg, explicit(0, octets(ukm)), explicit(2, octets(bitLen)))
		kek := x963(a.hash, z, shared, a.kekLen)
		originator := explicit(0, explicit(1, algID(x962Arc+"2.1", nil), bits(eph.PublicKey().Bytes())))
		rid := issuerSerial(c)
		if bySKI {
			rid = explicit(0, octets(keyID(c.key.spki)))
		}
		return explicit(1, num(3), originator, explicit(1, octets(ukm)), algID(a.scheme, wrapAlg), seq(seq(rid, octets(wrapKey(kek,
			key)))))
	}
}

// x963 is the key derivation of ANSI X9.63.
func x963(h func() hash.Hash, z, info []byte, n int) []byte {
	var out []byte
	for i := uint32(1); len(out) < n; i++ {
		s := h()
		s.Write(z)
		s.Write(binary.BigEndian.AppendUint32(nil, i))
		s.Write(info)
		out = s.Sum(out)
	}
	return out[:n]
}

// wrapKey is the AES key wrap of RFC 3394.
func wrapKey(kek, key []byte) []byte {
	block, err := aes.NewCipher(kek)
	if err != nil {
		panic("smimeforge: " + err.Error())
	}
	a := bytes.Repeat([]byte{0xa6}, 8)
	r := bytes.Clone(key)
	n := len(key) / 8
	for j := range 6 {
		for i := range n {
			b := append(bytes.Clone(a), r[8*i:8*i+8]...)
			block.Encrypt(b, b)
			t := new(big.Int).SetInt64(int64(n*j + i + 1)).FillBytes(make([]byte, 8))
			for k := range a {
				a[k] = b[k] ^ t[k]
			}
			copy(r[8*i:], b[8:])
		}
	}
	return append(a, r...)
}

// compressed is a CompressedData object (RFC 3274).
func compressed(plain []byte) []byte { return compressedAs(deflated(plain), esmeArc+"3.8") }

func compressedAs(data []byte, alg string) []byte {
	return seq(oid(oidCompressed), explicit(0, seq(num(0), algID(alg, nil), seq(oid(oidData), explicit(0, octets(data))))))
}

func deflated(plain []byte) []byte {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write(plain)
	_ = w.Close()
	return z.Bytes()
}

// bomb is the compressed form of a text part of many megabytes.
func bomb(megabytes int) []byte {
	var z bytes.Buffer
	w := zlib.NewWriter(&z)
	_, _ = w.Write(text(""))
	chunk := bytes.Repeat([]byte{'A'}, 1<<20)
	for range megabytes {
		_, _ = w.Write(chunk)
	}
	_ = w.Close()
	return z.Bytes()
}
