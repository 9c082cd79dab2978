package cms

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/smime/internal/ber"
)

func parse(t *testing.T, name string) (*Object, []byte) {
	t.Helper()
	src, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	o, err := Parse(src)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return o, src
}

const text = "Content-Type: text/plain\r\n\r\nHello\r\n"

// The usual object: a detached signature with certificate and attributes.
func TestDetached(t *testing.T) {
	o, src := parse(t, "detached.der")
	if o.Kind != Signed || o.Signed == nil || len(o.Facts) != 0 || o.Used != len(src) || len(o.Defects) != 0 {
		t.Fatalf("%+v", o)
	}
	s := o.Signed
	if s.Version != 1 || s.Content.Present || s.Content.Type != OIDData || s.Content.Bytes() != nil || s.Content.Offset() != -1 {
		t.Errorf("content %+v", s.Content)
	}
	if len(s.Digests) != 1 || s.Digests[0].OID != "2.16.840.1.101.3.4.2.1" {
		t.Errorf("digests %+v", s.Digests)
	}
	if len(s.Certificates) != 1 || s.Certificates[0].Kind != "certificate" || !bytes.Equal(s.Certificates[0].Raw, src[s.Certificates[0].Offset:][:len(s.Certificates[0].Raw)]) {
		t.Errorf("certificates %+v", s.Certificates)
	}
	signer := &s.Signers[0]
	if len(s.Signers) != 1 || hex.EncodeToString(signer.ID.Serial) != "1234" || signer.ID.Issuer[0] != 0x30 || signer.ID.KeyID != nil {
		t.Errorf("signer %+v", signer.ID)
	}
	if signer.Algorithm.OID != "1.2.840.113549.1.1.1" || signer.Algorithm.Params.Tag() != ber.Null || len(signer.Signature) != 128 {
		t.Errorf("signature %+v", signer.Algorithm)
	}
	if !bytes.Equal(signer.Raw, src[signer.Offset:][:len(signer.Raw)]) {
		t.Error("the signer is not where it is said to be")
	}
	sum := sha256.Sum256([]byte(text))
	digest := signer.Attrs.Find(OIDMessageDigest)
	if len(digest) != 1 || !bytes.Equal(digest[0].Values[0].Octets(), sum[:]) {
		t.Error("another message digest")
	}
	if a := signer.Attrs; !a.Sorted || &a.DER[0] != &a.AsStored[0] || a.DER[0] != 0x31 || len(a.Find(OIDSigningTime)) != 1 || len(a.Find(OIDCapabilities)) != 1 {
		t.Errorf("attributes %+v", a)
	}
}

// A streamed object is in indefinite form and its content in segments.
func TestStreamed(t *testing.T) {
	o, _ := parse(t, "streamed.der")
	if len(o.Facts) == 0 || o.Facts[0].Kind != ber.Indefinite {
		t.Errorf("facts %+v", o.Facts)
	}
	c := &o.Signed.Content
	if string(c.Bytes()) != text || c.Offset() != -1 || !c.Octets {
		t.Errorf("content %q", c.Bytes())
	}
	again, err := Parse(o.DER())
	if err != nil || len(again.Facts) != 0 || string(again.Signed.Content.Bytes()) != text {
		t.Errorf("as DER: %v", err)
	}
	if at := again.Signed.Content.Offset(); string(o.DER()[at:at+len(text)]) != text {
		t.Error("the content is not where it is said to be")
	}
}

// Each signer is read on its own, with either form of identifier.
func TestTwoSigners(t *testing.T) {
	o, _ := parse(t, "two-signers.der")
	var forms []string
	for _, s := range o.Signed.Signers {
		if s.Attrs != nil || s.Attrs.Find(OIDSigningTime) != nil {
			t.Error("attributes out of nothing")
		}
		forms = append(forms, hex.EncodeToString(s.ID.Serial)+"/"+map[bool]string{true: "key"}[len(s.ID.KeyID) == 20])
	}
	if got := strings.Join(forms, " "); got != "/key /key" {
		t.Errorf("signers %q", got)
	}
	if len(o.Signed.Certificates) != 0 {
		t.Error("certificates out of nothing")
	}
}

func TestCertificatesOnly(t *testing.T) {
	o, _ := parse(t, "certs-only.der")
	if s := o.Signed; len(s.Signers) != 0 || len(s.Certificates) != 2 || s.Content.Present {
		t.Errorf("%+v", s)
	}
}

// All kinds of recipients, and of encrypted content.
func TestRecipients(t *testing.T) {
	for _, c := range []struct{ name, kind, recipients, algorithm string }{
		{"transport.der", "enveloped", "key-transport serial 1234 algorithm 1.2.840.113549.1.1.1 key 128", "2.16.840.1.101.3.4.1.2"},
		{"gcm.der", "auth-enveloped", "key-transport serial 1234 algorithm 1.2.840.113549.1.1.1 key 128", "2.16.840.1.101.3.4.1.46"},
		{"agreement.der", "enveloped", "key-agreement id 20 algorithm 1.3.133.16.840.63.0.2 key 40 originator 70", "2.16.840.1.101.3.4.1.42"},
		{"kek-password.der", "enveloped", "kek id 2 algorithm 2.16.840.1.101.3.4.1.5 key 24, password algorithm 1.2.840.113549.1.9.16.3.9 key 32", "2.16.840.1.101.3.4.1.2"},
	} {
		o, _ := parse(t, c.name)
		e := o.Enveloped
		var got []string
		for _, r := range e.Recipients {
			got = append(got, describe(r))
		}
		if string(o.Kind) != c.kind || strings.Join(got, ", ") != c.recipients || e.Algorithm.OID != c.algorithm || e.ContentType != OIDData {
			t.Errorf("%s: %s %q %s", c.name, o.Kind, got, e.Algorithm.OID)
		}
		if n := len(e.Ciphertext()); n < len(text) || c.kind == "auth-enveloped" != (len(e.Mac) == 16) {
			t.Errorf("%s: %d octets, code of %d", c.name, n, len(e.Mac))
		}
	}
}

func describe(r Recipient) string {
	s := r.Kind
	if r.ID.Serial != nil {
		s += " serial " + hex.EncodeToString(r.ID.Serial)
	}
	if r.ID.KeyID != nil {
		s += " id " + number(len(r.ID.KeyID))
	}
	s += " algorithm " + r.Algorithm.OID + " key " + number(len(r.Encrypted))
	if r.Originator != nil {
		o, err := ber.Parse(r.Originator)
		if err != nil || o.Root().Tag() != ber.Sequence {
			return "no originator"
		}
		bits := 0
		for v := range o.Root().Children() {
			if b, ok := v.Bits(); ok {
				bits = len(b)
			}
		}
		s += " originator " + number(bits+5)
	}
	return s
}

func number(n int) string {
	if n >= 10 {
		return number(n/10) + number(n%10)
	}
	return string(rune('0' + n))
}

// value builds BER for the tests below.
func value(tag ber.Tag, constructed bool, contents ...[]byte) []byte {
	return ber.AppendValue(nil, tag, constructed, contents...)
}

func sequence(contents ...[]byte) []byte { return value(ber.Sequence, true, contents...) }

var (
	oidSigned = value(ber.OID, false, []byte("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"))
	oidData   = value(ber.OID, false, []byte("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"))
	oidOCSP   = value(ber.OID, false, []byte("\x2B\x06\x01\x05\x05\x07\x10\x02"))
	one       = value(ber.Integer, false, []byte{1})
)

// signedWith is a SignedData object with the fields behind its version.
func signedWith(fields ...[]byte) []byte {
	return sequence(oidSigned, value(ber.Context(0), true, sequence(append([][]byte{one}, fields...)...)))
}

// Choices of certificates and revocation lists that Go's reader loses.
func TestChoices(t *testing.T) {
	certificates := value(ber.Context(0), true,
		sequence(one), value(ber.Context(0), true), value(ber.Context(1), true), value(ber.Context(2), true),
		value(ber.Context(3), true, oidData, one), one)
	revocations := value(ber.Context(1), true, sequence(one), value(ber.Context(1), true, oidOCSP, sequence(one, one)), value(ber.Context(1), true, oidData, one))
	o, err := Parse(signedWith(value(ber.Set, true), sequence(oidData), certificates, revocations, value(ber.Set, true)))
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, c := range append(o.Signed.Certificates, o.Signed.Revocations...) {
		kinds = append(kinds, c.Kind)
	}
	if got := strings.Join(kinds, " "); got != "certificate extended attribute-v1 attribute-v2 other other crl ocsp other" {
		t.Error(got)
	}
	if ocsp := o.Signed.Revocations[1]; !bytes.Equal(ocsp.Raw, sequence(one, one)) || ocsp.Format != OIDOCSPResponse {
		t.Errorf("OCSP response %x", ocsp.Raw)
	}
}

// The content of PKCS #7 1.5 may be of any type.
func TestContentOfAnyType(t *testing.T) {
	o, err := Parse(signedWith(value(ber.Set, true), sequence(oidData, value(ber.Context(0), true, sequence(one))), value(ber.Set, true)))
	if err != nil {
		t.Fatal(err)
	}
	if c := &o.Signed.Content; c.Octets || !c.Present || !bytes.Equal(c.Bytes(), one) {
		t.Errorf("%+v", c)
	}
}

// Attributes stored in an order that is not DER's can be had in both orders.
func TestUnsortedAttributes(t *testing.T) {
	attribute := func(n byte) []byte {
		return sequence(oidData, value(ber.Set, true, value(ber.Integer, false, []byte{n})))
	}
	signer := sequence(one, value(ber.Context(0), false, []byte("id")), sequence(oidData),
		value(ber.Context(0), true, attribute(2), attribute(1)), sequence(oidData), value(ber.OctetString, false, []byte("sig")))
	o, err := Parse(signedWith(value(ber.Set, true), sequence(oidData), value(ber.Set, true, signer)))
	if err != nil {
		t.Fatal(err)
	}
	a := o.Signed.Signers[0].Attrs
	if a.Sorted || !bytes.Equal(a.AsStored, value(ber.Set, true, attribute(2), attribute(1))) || !bytes.Equal(a.DER, value(ber.Set, true, attribute(1), attribute(2))) {
		t.Errorf("%x, %x", a.AsStored, a.DER)
	}
}

// More than can be read is said, and bytes behind the object too.
func TestDefects(t *testing.T) {
	many := bytes.Repeat(sequence(one), maxCertificates+1)
	src := signedWith(value(ber.Set, true), sequence(oidData), value(ber.Context(0), true, many), value(ber.Set, true))
	o, err := Parse(append(src, "junk"...))
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Signed.Certificates) != maxCertificates || len(o.Defects) != 2 || o.Defects[0].Code != "cms.too-many" || o.Defects[1].Code != "cms.trailing-bytes" || o.Defects[1].Offset != len(src) {
		t.Errorf("%d certificates, %+v", len(o.Signed.Certificates), o.Defects)
	}
}

// What lacks a field of its type is malformed, never half an object.
func TestMalformed(t *testing.T) {
	empty := value(ber.Set, true)
	for name, src := range map[string][]byte{
		"empty":               {},
		"no sequence":         one,
		"no type":             sequence(one),
		"no content":          sequence(oidSigned),
		"two contents":        sequence(oidSigned, value(ber.Context(0), true, sequence(one), one)),
		"something behind":    sequence(oidSigned, value(ber.Context(0), true, sequence(one)), one),
		"no SignedData":       sequence(oidSigned, value(ber.Context(0), true, one)),
		"no digests":          signedWith(sequence(oidData), empty),
		"digest that is none": signedWith(value(ber.Set, true, one), sequence(oidData), empty),
		"no content type":     signedWith(empty, sequence(), empty),
		"no signers":          signedWith(empty, sequence(oidData)),
		"behind the signers":  signedWith(empty, sequence(oidData), empty, one),
		"signer that is none": signedWith(empty, sequence(oidData), value(ber.Set, true, one)),
		"signer without key":  signedWith(empty, sequence(oidData), value(ber.Set, true, sequence(one, sequence(oidData)))),
	} {
		if o, err := Parse(src); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %+v, %v", name, o, err)
		}
	}
}

// Every prefix of a real object is malformed, and none does harm.
func TestCutOff(t *testing.T) {
	for _, name := range []string{"detached.der", "streamed.der", "agreement.der", "gcm.der", "kek-password.der"} {
		_, src := parse(t, name)
		for n := range src {
			if _, err := Parse(src[:n]); err == nil {
				t.Errorf("%s: the first %d bytes are read", name, n)
			}
		}
	}
}

// No input may do harm; what is read of it stands inside of it.
func FuzzParse(f *testing.F) {
	names, err := filepath.Glob("testdata/*.der")
	if err != nil || len(names) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		o, err := Parse(src)
		if err != nil {
			return
		}
		if o.Used > len(src) {
			t.Fatal("used more than there is")
		}
		if s := o.Signed; s != nil {
			for i := range s.Signers {
				if at := s.Signers[i].Offset; !bytes.HasPrefix(src[at:], s.Signers[i].Raw) {
					t.Fatal("a signer is not where it is said to be")
				}
			}
			if at := s.Content.Offset(); at >= 0 && !bytes.HasPrefix(src[at:], s.Content.Bytes()) {
				t.Fatal("the content is not where it is said to be")
			}
		}
		if e := o.Enveloped; e != nil && len(e.Ciphertext()) > len(src) {
			t.Fatal("more ciphertext than there is")
		}
		if _, err := Parse(o.DER()); err != nil {
			t.Fatalf("the object as DER: %v", err)
		}
	})
}
