package pki

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	_ "crypto/sha512"
	"crypto/x509"
	encasn1 "encoding/asn1"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// This file makes certificates, right and wrong ones, from their fields.

var (
	day0  = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	now   = time.Date(2024, 6, 1, 12, 0, 0, 0, time.UTC)
	day9  = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	later = now.AddDate(0, 1, 0)
	since = now.AddDate(0, -1, 0)
)

// spec is a certificate to be made. The zero value of a field is the honest choice.
type spec struct {
	subject, issuer string
	key             crypto.Signer // the subject's
	version         int           // 3
	serial          *big.Int
	from, to        time.Time
	exts            []Extension
	hash            crypto.Hash // SHA-256
	inner           []byte      // algorithm inside
	tail            []byte      // behind the extensions
	names           func(name string) []byte
}

// holder is somebody with a key and a certificate.
type holder struct {
	*Certificate
	key  crypto.Signer
	name string
}

var serials struct {
	sync.Mutex
	n int64
}

func nextSerial() *big.Int {
	serials.Lock()
	defer serials.Unlock()
	serials.n++
	return big.NewInt(1000 + serials.n)
}

func newKey(t testing.TB) crypto.Signer {
	t.Helper()
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

var rsaOnce = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

func rsaKey(t testing.TB) crypto.Signer {
	t.Helper()
	k, err := rsaOnce()
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func tlv(tag asn1.Tag, parts ...[]byte) []byte {
	var b cryptobyte.Builder
	b.AddASN1(tag, func(c *cryptobyte.Builder) {
		for _, p := range parts {
			c.AddBytes(p)
		}
	})
	return b.BytesOrPanic()
}

func seq(parts ...[]byte) []byte { return tlv(asn1.SEQUENCE, parts...) }
func octets(b []byte) []byte     { return tlv(asn1.OCTET_STRING, b) }
func number(n int64) []byte      { return integer(big.NewInt(n)) }
func enum(n byte) []byte         { return tlv(asn1.ENUM, []byte{n}) }
func boolean(v byte) []byte      { return tlv(asn1.BOOLEAN, []byte{v}) }
func bitsOf(b []byte) []byte     { return tlv(asn1.BIT_STRING, []byte{0}, b) }
func stamp(t time.Time) []byte   { return tlv(asn1.UTCTime, []byte(t.Format("060102150405Z"))) }
func gtime(t time.Time) []byte   { return tlv(asn1.GeneralizedTime, []byte(t.Format("20060102150405Z"))) }
func integer(n *big.Int) []byte  { return tlv(asn1.INTEGER, serialBytes(n)) }

func oidDER(dotted string) []byte {
	var id encasn1.ObjectIdentifier
	for _, part := range strings.Split(dotted, ".") {
		n, _ := new(big.Int).SetString(part, 10)
		id = append(id, int(n.Int64()))
	}
	der, err := encasn1.Marshal(id)
	if err != nil {
		panic(err)
	}
	return der
}

// nameDER writes "CN=a,O=b" as UTF8String; a value with "p:" as PrintableString.
func nameDER(name string) []byte {
	types := map[string]string{"CN": "2.5.4.3", "O": "2.5.4.10", "C": "2.5.4.6", "OU": "2.5.4.11", "E": oidEmailAddress}
	var rdns [][]byte
	if name != "" {
		for _, part := range strings.Split(name, ",") {
			k, v, _ := strings.Cut(part, "=")
			tag := asn1.UTF8String
			if k == "E" {
				tag = asn1.IA5String
			} else if rest, ok := strings.CutPrefix(v, "p:"); ok {
				tag, v = asn1.PrintableString, rest
			}
			rdns = append(rdns, tlv(asn1.SET, seq(oidDER(types[k]), tlv(tag, []byte(v)))))
		}
	}
	return seq(rdns...)
}

func spkiOf(key crypto.Signer) []byte {
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		panic(err)
	}
	return der
}

// algorithmDER is the identifier for a key and a digest.
func algorithmDER(key crypto.Signer, h crypto.Hash) []byte {
	if _, ok := key.(*rsa.PrivateKey); ok {
		oid := map[crypto.Hash]string{crypto.MD5: "1.2.840.113549.1.1.4", crypto.SHA1: "1.2.840.113549.1.1.5", crypto.SHA256: "1.2.840.113549.1.1.11"}[h]
		return seq(oidDER(oid), []byte{5, 0})
	}
	return seq(oidDER(map[crypto.Hash]string{crypto.SHA1: "1.2.840.10045.4.1", crypto.SHA256: "1.2.840.10045.4.3.2"}[h]))
}

// signed writes what is to be signed, the algorithm and the signature.
func signedDER(tbs []byte, key crypto.Signer, h crypto.Hash) []byte {
	d := h.New()
	d.Write(tbs)
	sig, err := key.Sign(rand.Reader, d.Sum(nil), h)
	if err != nil {
		panic(err)
	}
	return seq(tbs, algorithmDER(key, h), bitsOf(sig))
}

func extDER(list []Extension) []byte {
	var out [][]byte
	for _, e := range list {
		parts := [][]byte{oidDER(e.OID)}
		if e.Critical {
			parts = append(parts, boolean(0xFF))
		}
		out = append(out, seq(append(parts, octets(e.Value))...))
	}
	return seq(out...)
}

// der writes the certificate, signed with a key.
func (s *spec) der(by crypto.Signer) []byte {
	var version, exts []byte
	if s.version != 1 {
		version = tlv(contextCons(0), number(int64(max(s.version, 3)-1)))
	}
	if len(s.exts) > 0 {
		exts = tlv(contextCons(3), extDER(s.exts))
	}
	if s.names == nil {
		s.names = nameDER
	}
	inner := s.inner
	if inner == nil {
		inner = algorithmDER(by, s.hash)
	}
	tbs := seq(version, integer(s.serial), inner, s.names(s.issuer), seq(stamp(s.from), stamp(s.to)),
		s.names(s.subject), spkiOf(s.key), exts, s.tail)
	return signedDER(tbs, by, s.hash)
}

// issue makes a certificate; by nil makes it self-signed.
func issue(t testing.TB, by *holder, subject string, edit ...func(*spec)) *holder {
	t.Helper()
	s := &spec{subject: subject, issuer: subject, serial: nextSerial(), from: day0, to: day9, hash: crypto.SHA256}
	if by != nil {
		s.issuer = by.name
	}
	for _, e := range edit {
		e(s)
	}
	if s.key == nil {
		s.key = newKey(t)
	}
	signer := s.key
	if by != nil {
		signer = by.key
	}
	c, err := ParseCertificate(s.der(signer))
	if err != nil {
		t.Fatal(err)
	}
	return &holder{c, s.key, s.subject}
}

func withExt(oid string, critical bool, value []byte) func(*spec) {
	return func(s *spec) { s.exts = append(s.exts, Extension{oid, critical, value}) }
}

func basic(pathLen int) func(*spec) {
	if pathLen < 0 {
		return withExt(oidBasicConstraints, true, seq(boolean(0xFF)))
	}
	return withExt(oidBasicConstraints, true, seq(boolean(0xFF), number(int64(pathLen))))
}

// usage writes a KeyUsage of the first eight bits.
func usage(k KeyUsage) func(*spec) {
	var b byte
	for i := range 8 {
		if k&(1<<i) != 0 {
			b |= 0x80 >> i
		}
	}
	return withExt(oidKeyUsage, true, bitsOf([]byte{b}))
}

func purposesExt(critical bool, oids ...string) func(*spec) {
	var list [][]byte
	for _, o := range oids {
		list = append(list, oidDER(o))
	}
	return withExt(oidExtKeyUsage, critical, seq(list...))
}

func validFrom(from, to time.Time) func(*spec) { return func(s *spec) { s.from, s.to = from, to } }
func withKey(k crypto.Signer) func(*spec)      { return func(s *spec) { s.key = k } }
func withHash(h crypto.Hash) func(*spec)       { return func(s *spec) { s.hash = h } }
func version1(s *spec)                         { s.version = 1 }

func general(tag uint8, b []byte) []byte { return tlv(context(tag), b) }
func mailName(s string) []byte           { return general(1, []byte(s)) }
func hostName(s string) []byte           { return general(2, []byte(s)) }
func uriName(s string) []byte            { return general(6, []byte(s)) }
func ipName(b ...byte) []byte            { return general(7, b) }
func dirName(s string) []byte            { return tlv(contextCons(4), nameDER(s)) }
func utf8Name(s string) []byte {
	return tlv(contextCons(0), oidDER(oidSmtpUTF8Mailbox), tlv(contextCons(0), tlv(asn1.UTF8String, []byte(s))))
}

func altNames(names ...[]byte) func(*spec) { return withExt(oidSubjectAltName, false, seq(names...)) }

func subtrees(tag uint8, names ...[]byte) []byte {
	if len(names) == 0 {
		return nil
	}
	var list [][]byte
	for _, n := range names {
		list = append(list, seq(n))
	}
	return tlv(contextCons(tag), list...)
}

func limited(permitted, excluded [][]byte) func(*spec) {
	return withExt(oidNameConstraints, true, seq(subtrees(0, permitted...), subtrees(1, excluded...)))
}

// ca and person are honest certificates.
func ca(t testing.TB, by *holder, name string, edit ...func(*spec)) *holder {
	t.Helper()
	return issue(t, by, name, append([]func(*spec){basic(-1), usage(KeyCertSign | CRLSign)}, edit...)...)
}

func person(t testing.TB, by *holder, edit ...func(*spec)) *holder {
	t.Helper()
	return issue(t, by, "CN=Alice", append([]func(*spec){usage(DigitalSignature), purposesExt(false, oidEmailProtection),
		altNames(mailName("alice@example.com"))}, edit...)...)
}

func certs(list ...*holder) []*Certificate {
	var out []*Certificate
	for _, h := range list {
		out = append(out, h.Certificate)
	}
	return out
}

func codes(list []Problem) string {
	var out []string
	for _, p := range list {
		out = append(out, p.Code)
	}
	return strings.Join(out, " ")
}
