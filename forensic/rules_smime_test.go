package forensic

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"
	"time"

	"go.mozilla.org/pkcs7"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/smime"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// signerAt is a self-signed certificate for ana@example.org with its key.
type signerAt struct {
	cert *x509.Certificate
	key  *rsa.PrivateKey
}

func newSigner(until time.Time) *signerAt {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	t := &x509.Certificate{
		SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "Ana Ruiz"}, EmailAddresses: []string{"ana@example.org"},
		NotBefore: time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: until, KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true, IsCA: true, SubjectKeyId: []byte{1, 2, 3},
	}
	der, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return &signerAt{cert, key}
}

// object signs a content with package pkcs7; detached unless keep.
func (s *signerAt) object(content string, digest asn1.ObjectIdentifier, keep bool, unsigned ...pkcs7.Attribute) []byte {
	d, err := pkcs7.NewSignedData([]byte(content))
	if err != nil {
		panic(err)
	}
	d.SetDigestAlgorithm(digest)
	if err := d.AddSigner(s.cert, s.key, pkcs7.SignerInfoConfig{ExtraUnsignedAttributes: unsigned}); err != nil {
		panic(err)
	}
	if !keep {
		d.Detach()
	}
	der, err := d.Finish()
	if err != nil {
		panic(err)
	}
	return der
}

var ana = newSigner(time.Date(2040, 1, 1, 0, 0, 0, 0, time.UTC))

// signedEntity is what is signed in the letters here.
const signedEntity = "Content-Type: text/plain\n\nPay Bob.\nAna\n"

// clearSigned is a multipart/signed over an entity, as a part.
func clearSigned(entity string, object []byte) string {
	return "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; micalg=sha-256; boundary=s\n\n--s\n" + entity + "\n--s\n" +
		"Content-Type: application/pkcs7-signature; name=smime.p7s\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(object) + "\n--s--\n"
}

// signedLetter is a letter of a clear signature.
func signedLetter(part string, fields ...string) string {
	kind, body, _ := strings.Cut(part, "\n\n")
	return letter(body, append(fields, kind)...)
}

func canonical(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

var (
	goodPart   = clearSigned(signedEntity, ana.object(canonical(signedEntity), pkcs7.OIDDigestAlgorithmSHA256, false))
	sha1Part   = clearSigned(signedEntity, ana.object(canonical(signedEntity), pkcs7.OIDDigestAlgorithmSHA1, false))
	keptPart   = clearSigned(signedEntity, ana.object(canonical(signedEntity), pkcs7.OIDDigestAlgorithmSHA256, true))
	shieldPart = clearSigned(shielded, ana.object(canonical(shielded), pkcs7.OIDDigestAlgorithmSHA256, false))
)

// shielded has a header under its protection (RFC 9788).
const shielded = "Content-Type: text/plain; hp=\"clear\"\nFrom: Ana Ruiz <ana@example.org>\nTo: bob@example.net\nSubject: Minutes\n\nPay Bob.\n"

// enveloped is a message encrypted by package pkcs7.
func enveloped() string {
	der, err := pkcs7.Encrypt([]byte("Content-Type: text/plain\r\n\r\nsecret\r\n"), []*x509.Certificate{ana.cert})
	if err != nil {
		panic(err)
	}
	return "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString(der)
}

// smimeRuleCases are those that need no roots.
var smimeRuleCases = []ruleCase{
	{"signature", signedLetter(goodPart), "smime.invalid", none, nil},
	{"changed text", signedLetter(strings.Replace(goodPart, "Pay Bob", "Pay Eve", 1)), "smime.invalid", report.High, []string{"RFC 5652 5.6"}},
	{"added footer", signedLetter(strings.Replace(goodPart, "Ana\n", "Ana\n-- \nA list\n", 1)), "smime.invalid:footer", report.Low, []string{"the last 2 lines"}},
	{"detached signature", signedLetter(goodPart), "smime.embedded-content", none, nil},
	{"signature with its content", signedLetter(keptPart), "smime.embedded-content", report.Medium, []string{"part 1"}},
	{"own signature", signedLetter(goodPart), "smime.identity-mismatch", none, nil},
	{"signature of somebody else", signedLetter(goodPart, "From: Eve <eve@example.org>"), "smime.identity-mismatch", report.Medium, []string{"ana@example.org"}},
	{"signature over all", signedLetter(goodPart), "smime.partial", none, nil},
	{"text beside a signature", mixed(plainPart, goodPart), "smime.partial", report.Medium, []string{"part 1.1"}},
	{"readable signature", signedLetter(goodPart), "smime.malformed", none, nil},
	{"unreadable signature", signedLetter(clearSigned(signedEntity, []byte("MZ"))), "smime.malformed", report.Medium, nil},
	{"signature at its place", signedLetter(goodPart), "smime.decoy", none, nil},
	{"signature as a file", mixed(plainPart, attached("application/pkcs7-signature", "smime.p7s", "0\x00")), "smime.decoy", report.Low, []string{"RFC 8551 3.5.3"}},
	{"SHA-256", signedLetter(goodPart), "smime.weak", none, nil},
	{"SHA-1 in 2024", signedLetter(sha1Part), "smime.weak", report.Low, []string{"sha1"}},
	{"SHA-1 in 2010", signedLetter(sha1Part, "Date: Tue, 05 Jan 2010 10:00:00 +0100"), "smime.weak", none, nil},
	{"open HTML before encryption", mixed("Content-Type: text/html\n\n<img src=\"http://eve.example/", enveloped()), "smime.efail-wrap", report.High, []string{"1.1"}},
	{"whole HTML before encryption", mixed("Content-Type: text/html\n\n<p>See below</p>", enveloped()), "smime.efail-wrap", none, nil},
	{"protected header", signedLetter(shieldPart), "smime.header-differs", none, nil},
	{"another author outside", signedLetter(shieldPart, "From: Eve <eve@example.org>"), "smime.header-differs", report.Medium, []string{"From"}},
	{"another subject outside", signedLetter(shieldPart, "Subject: [...]"), "smime.header-differs", report.Low, []string{"Subject"}},
}

// findingsAgainst examines a message against the roots and lists given.
func findingsAgainst(t *testing.T, raw string, opt smime.Options) []Finding {
	t.Helper()
	r, err := Analyze(context.Background(), strings.NewReader(raw), &Options{SMIME: opt})
	if err != nil {
		t.Fatal(err)
	}
	return r.Findings
}

// TestCertificateRules: what depends on roots, lists and moments.
func TestCertificateRules(t *testing.T) {
	root, err := pki.ParseCertificate(ana.cert.Raw)
	if err != nil {
		t.Fatal(err)
	}
	revoked, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), NextUpdate: time.Date(2039, 1, 1, 0, 0, 0, 0, time.UTC),
		RevokedCertificateEntries: []x509.RevocationListEntry{{SerialNumber: ana.cert.SerialNumber, RevocationTime: time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)}},
	}, ana.cert, ana.key)
	if err != nil {
		t.Fatal(err)
	}
	lists, err := pki.ReadRevocationLists(revoked)
	if err != nil {
		t.Fatal(err)
	}
	other, err := pki.ParseCertificate(newSigner(ana.cert.NotAfter).cert.Raw)
	if err != nil {
		t.Fatal(err)
	}
	trusted := smime.Options{Roots: []*pki.Certificate{root}}
	for _, c := range []struct {
		name, raw string
		opt       smime.Options
		id        string
		want      Severity
	}{
		{"nobody is trusted", signedLetter(goodPart), smime.Options{}, "smime.certificate", none},
		{"trusted", signedLetter(goodPart), trusted, "smime.certificate", none},
		{"another root", signedLetter(goodPart), smime.Options{Roots: []*pki.Certificate{other}}, "smime.certificate:untrusted", report.Info},
		{"expired", signedLetter(goodPart), smime.Options{Roots: trusted.Roots, Evidence: time.Date(2041, 1, 1, 0, 0, 0, 0, time.UTC)}, "smime.certificate:expired", report.Medium},
		{"revoked", signedLetter(goodPart), smime.Options{Roots: trusted.Roots, CRLs: lists}, "smime.certificate:revoked", report.High},
		{"backdated", signedLetter(goodPart), smime.Options{Roots: trusted.Roots, Evidence: time.Date(2041, 1, 1, 0, 0, 0, 0, time.UTC)}, "smime.backdated", report.High},
		{"not backdated", signedLetter(goodPart), trusted, "smime.backdated", none},
	} {
		var got Severity
		for _, f := range findingsAgainst(t, c.raw, c.opt) {
			if f.ID == c.id || c.want == none && strings.HasPrefix(f.ID, c.id) {
				got = f.Severity
			}
		}
		if got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.name, c.id, got, c.want)
		}
	}
}

// TestBound: what a valid signature covers is bound to its signer, and nothing is
// without a valid one.
func TestBound(t *testing.T) {
	root, err := pki.ParseCertificate(ana.cert.Raw)
	if err != nil {
		t.Fatal(err)
	}
	bound := func(raw string, opt smime.Options) (n int) {
		r, err := Analyze(context.Background(), strings.NewReader(raw), &Options{SMIME: opt})
		if err != nil {
			t.Fatal(err)
		}
		for _, reading := range r.Clock.Readings {
			if reading.Author == report.AuthorBound {
				n++
			}
		}
		return n
	}
	trusted := smime.Options{Roots: []*pki.Certificate{root}}
	if n := bound(signedLetter(goodPart), trusted); n != 1 { // signing-time
		t.Errorf("%d readings under a valid signature", n)
	}
	added := pkcs7.Attribute{Type: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}, Value: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	later := clearSigned(signedEntity, ana.object(canonical(signedEntity), pkcs7.OIDDigestAlgorithmSHA256, false, added))
	if n := bound(signedLetter(later), trusted); n != 1 { // an unsigned attribute is anybody's
		t.Errorf("%d readings beside an unsigned signing time", n)
	}
	for name, n := range map[string]int{
		"no root":      bound(signedLetter(goodPart), smime.Options{}),
		"changed text": bound(signedLetter(strings.Replace(goodPart, "Bob", "Eve", 1)), trusted),
		"other author": bound(signedLetter(goodPart, "From: eve@example.org"), trusted),
		"no signature": bound(letter("x"), trusted),
	} {
		if n != 0 {
			t.Errorf("%s: %d readings", name, n)
		}
	}
}

// TestSignerFacts: certificate and attributes are told as they stand.
func TestSignerFacts(t *testing.T) {
	l := reportOn(t, signedLetter(goodPart)).Signatures.SMIME.Layers[0]
	if len(l.Certificates) != 1 || len(l.Signers) != 1 {
		t.Fatalf("%d certificates, %d signers", len(l.Certificates), len(l.Signers))
	}
	c := l.Certificates[0]
	if c.NotAfter != "2040-01-01T00:00:00Z" || c.Serial != "07" || !c.CA || strings.Join(c.KeyUsage, " ") != "digitalSignature keyCertSign cRLSign" || string(l.Signers[0].SHA256) != c.SHA256 {
		t.Errorf("%+v", c)
	}
	var names []string
	for _, a := range l.Signers[0].Attributes {
		names = append(names, string(a.Name))
		if !a.Signed || len(a.Values) != 1 || len(a.Values[0]) < 4 {
			t.Errorf("%+v", a)
		}
	}
	if strings.Join(names, " ") != "contentType signingTime messageDigest" {
		t.Errorf("attributes %v", names)
	}
	if l.Signers[0].JudgedBy != "date" || l.Signers[0].JudgedAt != "2024-01-02T09:00:00Z" {
		t.Errorf("judged at %s by %s", l.Signers[0].JudgedAt, l.Signers[0].JudgedBy)
	}
}

// TestJudgedByClaim: without a moment of the evidence the path is that at the time that
// the signer claims, and what was found on it is told all the same.
func TestJudgedByClaim(t *testing.T) {
	raw := strings.Replace(signedLetter(goodPart), "Date:", "X-Date:", 1)
	s := reportOn(t, raw).Signatures.SMIME.Layers[0].Signers[0]
	if s.JudgedBy != "signing-time" || s.Paths.AtEvidence != "" || len(s.Paths.Problems) == 0 || len(s.Standing) != len(s.Paths.Chain) || len(s.Standing) == 0 {
		t.Errorf("%+v", s)
	}
}
