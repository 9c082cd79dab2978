package envelope

import (
	"bytes"
	"compress/zlib"
	"crypto"
	"crypto/aes"
	"crypto/ecdh"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"crypto/rsa"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
	"github.com/emlcheck/emlcheck/smime/internal/cms"
)

const text = "Content-Type: text/plain\r\n\r\nHello\r\n"

// anyone is a key that is tried for every recipient.
func anyone(private crypto.PrivateKey) []Key {
	return []Key{{Is: func(cms.KeyHolder) bool { return true }, Private: private}}
}

// readKey reads a key of testdata. Go's own reader refuses RSA keys below 1,024
// bits, so that these are put together from their numbers.
func readKey(t testing.TB, name string) crypto.PrivateKey {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name+".key"))
	if err != nil {
		t.Fatal(err)
	}
	block, _ := pem.Decode(b)
	if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		return key
	}
	tree, err := ber.Parse(block.Bytes)
	if err != nil {
		t.Fatal(err)
	}
	r := tree.Root().Inside()
	r.Next()
	r.Next()
	inner, _ := r.Next()
	if tree, err = ber.Parse(inner.Octets()); err != nil {
		t.Fatal(err)
	}
	var numbers []*big.Int
	for v := range tree.Root().Children() {
		numbers = append(numbers, v.Big())
	}
	return &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: numbers[1], E: int(numbers[2].Int64())}, D: numbers[3]}
}

func readObject(t testing.TB, name string) *cms.Object {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	o, err := cms.Parse(src)
	if err != nil {
		t.Fatal(name, err)
	}
	return o
}

// Every object that OpenSSL made is opened by its key, and by no other one.
func TestOpen(t *testing.T) {
	names, err := filepath.Glob("testdata/*.der")
	if err != nil || len(names) < 20 {
		t.Fatal("no objects", names, err)
	}
	for _, name := range names {
		name = filepath.Base(name)
		owner, _, _ := strings.Cut(name, "-")
		o := readObject(t, name)
		got, err := Open(o.Enveloped, anyone(readKey(t, owner)))
		if err != nil || string(got.Content) != text {
			t.Errorf("%s: %q, %v", name, got.Content, err)
			continue
		}
		if got.Authenticated != (o.Kind == cms.AuthEnveloped) {
			t.Errorf("%s: authenticated %v", name, got.Authenticated)
		}
		other, err := rsa.GenerateKey(rand.Reader, 1024)
		if err != nil {
			t.Fatal(err)
		}
		if out, err := Open(o.Enveloped, anyone(other)); err == nil {
			t.Errorf("%s: another key gives %q", name, out.Content)
		}
	}
}

// An object for two recipients is opened by the key of either.
func TestTwoRecipients(t *testing.T) {
	o := readObject(t, "rsa-two.der")
	seen := map[int]bool{}
	for _, owner := range []string{"rsa", "p256"} {
		got, err := Open(o.Enveloped, anyone(readKey(t, owner)))
		if err != nil || string(got.Content) != text {
			t.Errorf("%s: %q, %v", owner, got.Content, err)
		}
		seen[got.Recipient] = true
	}
	if len(seen) != 2 {
		t.Error("one recipient for both")
	}
}

// A key is tried for the recipient alone that names its owner.
func TestOwner(t *testing.T) {
	o := readObject(t, "rsa-aes-128-cbc.der")
	keys := anyone(readKey(t, "rsa"))
	keys[0].Is = func(k cms.KeyHolder) bool { return k.KeyID != nil }
	if _, err := Open(o.Enveloped, keys); !errors.Is(err, ErrNoKey) {
		t.Errorf("a key of nobody: %v", err)
	}
	if _, err := Open(o.Enveloped, nil); !errors.Is(err, ErrNoKey) {
		t.Errorf("no key: %v", err)
	}
}

// A changed octet of an authenticated object gives nothing; of another one it
// gives an error or another text, never a crash.
func TestChanged(t *testing.T) {
	for _, name := range []string{"rsa-aes-256-gcm.der", "rsa-aes-128-cbc.der", "p256-sha256.der", "rsa-rc2-cbc.der"} {
		src, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		owner, _, _ := strings.Cut(name, "-")
		keys := anyone(readKey(t, owner))
		for i := range src {
			changed := bytes.Clone(src)
			changed[i] ^= 0x11
			o, err := cms.Parse(changed)
			if err != nil || o.Enveloped == nil {
				continue
			}
			out, err := Open(o.Enveloped, keys)
			if err == nil && out.Authenticated && string(out.Content) != text {
				t.Errorf("%s: octet %d changed gives %q", name, i, out.Content)
			}
			if err != nil && !errors.Is(err, ErrDecrypt) && !errors.Is(err, ErrUnsupported) && !errors.Is(err, ErrNoKey) {
				t.Errorf("%s: octet %d: %v", name, i, err)
			}
		}
	}
}

// Padding that is longer than the text and ciphertext that is no whole block
// bring pkcs7 down.
func TestPadding(t *testing.T) {
	key := make([]byte, 16)
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	c := &chained{size: 16, iv: make([]byte, 16), new: aes.NewCipher}
	for name, last := range map[string]byte{"longer than the text": 239, "none": 0, "of one block and more": 17, "not filled": 3} {
		plain := bytes.Repeat([]byte("a"), 16)
		plain[15] = last
		block.Encrypt(plain, plain)
		if out, err := c.open(key, plain); !errors.Is(err, ErrDecrypt) {
			t.Errorf("padding %s: %q, %v", name, out, err)
		}
	}
	for _, n := range []int{0, 1, 15, 17} {
		if _, err := c.open(key, make([]byte, n)); !errors.Is(err, ErrDecrypt) {
			t.Errorf("%d octets: %v", n, err)
		}
	}
	if _, err := c.open(key[:7], make([]byte, 16)); !errors.Is(err, ErrDecrypt) {
		t.Errorf("a key of 7 octets: %v", err)
	}
}

func unhex(s string) []byte {
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		panic(err)
	}
	return b
}

// The vectors of RFC 2268 5.
func TestRC2Vectors(t *testing.T) {
	for _, c := range []struct {
		key           string
		bits          int
		plain, cipher string
	}{
		{"0000000000000000", 63, "0000000000000000", "ebb773f993278eff"},
		{"ffffffffffffffff", 64, "ffffffffffffffff", "278b27e42e2f0d49"},
		{"3000000000000000", 64, "1000000000000001", "30649edf9be7d2c2"},
		{"88", 64, "0000000000000000", "61a8a244adacccf0"},
		{"88bca90e90875a", 64, "0000000000000000", "6ccf4308974c267f"},
		{"88bca90e90875a7f0f79c384627bafb2", 64, "0000000000000000", "1a807d272bbe5db1"},
		{"88bca90e90875a7f0f79c384627bafb2", 128, "0000000000000000", "2269552ab0f85ca6"},
		{"88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e", 129, "0000000000000000", "5b78d3a43dfff1f1"},
	} {
		block, err := newRC2(unhex(c.key), c.bits)
		if err != nil {
			t.Fatal(err)
		}
		out := make([]byte, 8)
		block.Decrypt(out, unhex(c.cipher))
		if got := hex.EncodeToString(out); got != c.plain {
			t.Errorf("key %s with %d bits: %s", c.key, c.bits, got)
		}
	}
}

// The vectors of RFC 3394 4.
func TestUnwrapVectors(t *testing.T) {
	for _, c := range []struct{ kek, wrapped, key string }{
		{"000102030405060708090A0B0C0D0E0F", "1FA68B0A8112B447 AEF34BD8FB5A7B82 9D3E862371D2CFE5", "00112233445566778899aabbccddeeff"},
		{"000102030405060708090A0B0C0D0E0F1011121314151617", "031D33264E15D332 68F24EC260743EDC E1C6C7DDEE725A93 6BA814915C6762D2", "00112233445566778899aabbccddeeff0001020304050607"},
		{"000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", "28C9F404C4B810F4 CBCCB35CFB87F826 3F5786E2D80ED326 CBC7F0E71A99F43B FB988B9B7A02DD21", "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"},
	} {
		got, err := unwrapAES(unhex(c.kek), unhex(c.wrapped))
		if err != nil || hex.EncodeToString(got) != c.key {
			t.Errorf("%s: %x, %v", c.kek, got, err)
		}
		changed := unhex(c.wrapped)
		changed[3] ^= 1
		if _, err := unwrapAES(unhex(c.kek), changed); !errors.Is(err, ErrDecrypt) {
			t.Errorf("%s changed: %v", c.kek, err)
		}
	}
	for _, n := range []int{0, 8, 16, 23, 25, 520} {
		if _, err := unwrapAES(make([]byte, 16), make([]byte, n)); !errors.Is(err, ErrDecrypt) {
			t.Errorf("%d octets: %v", n, err)
		}
	}
}

// The packet vectors 1 and 2 of RFC 3610 8.
func TestCCMVectors(t *testing.T) {
	for _, c := range []struct{ key, nonce, head, out, plain string }{
		{"C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF", "00000003020100A0A1A2A3A4A5", "0001020304050607",
			"588C979A61C663D2F066D0C2C0F989806D5F6B61DAC384 17E8D12CFDF926E0", "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e"},
		{"C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF", "00000004030201A0A1A2A3A4A5", "0001020304050607",
			"72C91A36E135F8CF291CA894085C87E3CC15C439C9E43A3B A091D56E10400916", "08090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"},
	} {
		block, err := aes.NewCipher(unhex(c.key))
		if err != nil {
			t.Fatal(err)
		}
		all := unhex(c.out)
		body, tag := all[:len(all)-8], all[len(all)-8:]
		got, err := openCCM(block, unhex(c.nonce), tag, unhex(c.head), body)
		if err != nil || hex.EncodeToString(got) != c.plain {
			t.Errorf("%s: %x, %v", c.nonce, got, err)
		}
		tag[0] ^= 1
		if _, err := openCCM(block, unhex(c.nonce), tag, unhex(c.head), body); !errors.Is(err, ErrDecrypt) {
			t.Errorf("%s with another code: %v", c.nonce, err)
		}
		if _, err := openCCM(block, unhex(c.nonce), tag, nil, body); !errors.Is(err, ErrDecrypt) {
			t.Errorf("%s without its head: %v", c.nonce, err)
		}
		if _, err := openCCM(block, make([]byte, 14), tag, nil, body); !errors.Is(err, ErrUnsupported) {
			t.Errorf("a nonce of 14 octets: %v", err)
		}
	}
}

// HKDF with X25519 (RFC 8418): the derivation against the standard library's on
// the same input, and a whole recipient made by hand.
func TestX25519(t *testing.T) {
	own, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ephemeral, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := ephemeral.ECDH(own.PublicKey())
	if err != nil {
		t.Fatal(err)
	}
	wrap := ber.AppendValue(nil, ber.Sequence, true, ber.AppendValue(nil, ber.OID, false, unhex("60864801650304 0105")))
	scheme, err := schemeOf("1.2.840.113549.1.9.16.3.19")
	if err != nil {
		t.Fatal(err)
	}
	kek, err := scheme.derive(secret, nil, sharedInfo(wrap, nil, 16), 16)
	if err != nil {
		t.Fatal(err)
	}
	key := []byte("0123456789abcdef")
	algorithm := ber.AppendValue(nil, ber.Sequence, true, ber.AppendValue(nil, ber.OID, false, unhex("2A864886F70D0109100313")), wrap)
	tree, err := ber.Parse(algorithm)
	if err != nil {
		t.Fatal(err)
	}
	in := tree.Root().Inside()
	in.Next()
	params, _ := in.Next()
	point := ber.AppendValue(nil, ber.BitString, false, append([]byte{0}, ephemeral.PublicKey().Bytes()...))
	r := &cms.Recipient{
		Kind:       "key-agreement",
		Algorithm:  cms.Algorithm{OID: "1.2.840.113549.1.9.16.3.19", Params: params},
		Originator: ber.AppendValue(nil, ber.Sequence, true, wrap, point),
		Encrypted:  wrapAES(t, kek, key),
	}
	got, err := contentKey(r, own, 16)
	if err != nil || !bytes.Equal(got, key) {
		t.Errorf("%q, %v", got, err)
	}
}

// wrapAES is RFC 3394 2.2.1.
func wrapAES(t *testing.T, kek, key []byte) []byte {
	block, err := aes.NewCipher(kek)
	if err != nil {
		t.Fatal(err)
	}
	n := len(key) / 8
	out := append(bytes.Repeat([]byte{0xA6}, 8), key...)
	var b [16]byte
	for j := range 6 {
		for i := 1; i <= n; i++ {
			copy(b[:8], out[:8])
			copy(b[8:], out[8*i:])
			block.Encrypt(b[:], b[:])
			b[7] ^= byte(n*j + i)
			copy(out[:8], b[:8])
			copy(out[8*i:], b[8:])
		}
	}
	return out
}

// A compressed object gives its content up to the limit, and nothing that does
// not fit its checksum passes for whole.
func TestUnpack(t *testing.T) {
	object := func(algorithm string, packed []byte) *cms.CompressedData {
		oid := ber.AppendValue(nil, ber.OID, false, unhex(algorithm))
		data := ber.AppendValue(nil, ber.OID, false, unhex("2A864886F70D010701"))
		seq := func(c ...[]byte) []byte { return ber.AppendValue(nil, ber.Sequence, true, c...) }
		content := ber.AppendValue(nil, ber.Context(0), true, ber.AppendValue(nil, ber.OctetString, false, packed))
		o, err := cms.Parse(seq(ber.AppendValue(nil, ber.OID, false, unhex("2A864886F70D0109100109")), ber.AppendValue(nil, ber.Context(0), true,
			seq([]byte{2, 1, 0}, seq(oid), seq(data, content)))))
		if err != nil {
			t.Fatal(err)
		}
		return o.Compressed
	}
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	w.Write(bytes.Repeat([]byte("abc"), 1000))
	w.Close()
	const zlibOID = "2A864886F70D0109100308"
	if out, err := Unpack(object(zlibOID, packed.Bytes()), 3000); err != nil || len(out) != 3000 {
		t.Errorf("%d bytes, %v", len(out), err)
	}
	if out, err := Unpack(object(zlibOID, packed.Bytes()), 2999); !errors.Is(err, ErrLimit) || len(out) != 2999 {
		t.Errorf("%d bytes, %v", len(out), err)
	}
	if _, err := Unpack(object(zlibOID, packed.Bytes()[:packed.Len()-2]), 9999); !errors.Is(err, ErrDecrypt) {
		t.Errorf("cut off: %v", err)
	}
	if _, err := Unpack(object(zlibOID, []byte("plain")), 9999); !errors.Is(err, ErrDecrypt) {
		t.Errorf("no zlib: %v", err)
	}
	if _, err := Unpack(object("2A03", packed.Bytes()), 9999); !errors.Is(err, ErrUnsupported) {
		t.Errorf("another compression: %v", err)
	}
}

// No object may do harm, whatever the key.
func FuzzOpen(f *testing.F) {
	names, err := filepath.Glob("testdata/*.der")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	var keys []Key
	for _, name := range []string{"rsa", "small", "p256", "p521"} {
		keys = append(keys, anyone(readKey(f, name))...)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		o, err := cms.Parse(src)
		if err != nil {
			return
		}
		if o.Compressed != nil {
			if out, _ := Unpack(o.Compressed, 1<<16); len(out) > 1<<16 {
				t.Fatal("more than the limit")
			}
		}
		if o.Enveloped == nil || len(o.Enveloped.Recipients) > 4 {
			return
		}
		if out, err := Open(o.Enveloped, keys); err == nil && len(out.Content) > len(src) {
			t.Fatal("more than was encrypted")
		}
	})
}
