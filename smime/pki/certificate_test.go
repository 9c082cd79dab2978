package pki

import (
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	encasn1 "encoding/asn1"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/cryptobyte/asn1"
)

func TestFields(t *testing.T) {
	info := seq(seq(oidDER(oidAccessOCSP), uriName("http://ocsp.example")), seq(oidDER(oidAccessCAIssuers), uriName("http://ca.example")),
		seq(oidDER(oidAccessOCSP), dirName("CN=x")))
	points := seq(seq(tlv(contextCons(0), tlv(contextCons(0), uriName("http://crl.example"), uriName("ldap://x")))), seq(tlv(contextCons(2), dirName("CN=y"))))
	c := issue(t, nil, "C=DE,CN=Alice,E=a@example.com",
		usage(DigitalSignature|KeyEncipherment), purposesExt(true, oidEmailProtection, "1.2.3"),
		withExt(oidBasicConstraints, true, seq(boolean(0xFF), number(3))),
		withExt(oidSubjectKeyID, false, octets([]byte{1, 2})),
		withExt(oidAuthorityKeyID, false, seq(general(0, []byte{3}), tlv(contextCons(1), dirName("CN=z")), general(2, []byte{4}))),
		altNames(mailName("b@example.com"), hostName("example.com"), uriName("urn:x"), ipName(192, 0, 2, 1), dirName("CN=d"),
			utf8Name("jürgen@example.com"), tlv(contextCons(0), oidDER("1.2.3"), tlv(contextCons(0), number(1))), general(8, []byte{0x2a, 3})),
		limited([][]byte{mailName("example.com")}, [][]byte{ipName(10, 0, 0, 0, 255, 0, 0, 0)}),
		withExt(oidPolicies, false, seq(seq(oidDER("1.2.3.4"), seq()), seq(oidDER("1.2.3.5")))),
		withExt(oidPolicyConstraints, true, seq(general(0, []byte{2}), general(1, []byte{0}))),
		withExt(oidAuthorityInfo, false, info), withExt(oidCRLDistribution, false, points),
		withExt(oidNetscapeType, false, bitsOf([]byte{0xA0})))
	got := fmt.Sprintf("v%d %s | %s | %v %v | %v %d | %x %x %s | %v %v %d %d | %v %v %v | %x | %v | %s", c.Version, c.Subject.String(), c.Issuer.String(),
		c.KeyUsage.Names(), c.EKU, c.CA, c.PathLen, c.SubjectKeyID, c.AuthorityKeyID, c.AuthoritySerial,
		c.AuthorityIssuer[0].Value, c.Policies, c.RequirePolicy, c.InhibitMapping, c.CRLURLs, c.OCSPURLs, c.IssuerURLs, c.NetscapeType, c.Emails(), c.KeyText())
	want := "v3 emailAddress=a@example.com, CN=Alice, C=DE | emailAddress=a@example.com, CN=Alice, C=DE | [digitalSignature keyEncipherment] " +
		"[1.3.6.1.5.5.7.3.4 1.2.3] | true 3 | 0102 03 4 | CN=z [1.2.3.4 1.2.3.5] 2 0 | [http://crl.example ldap://x] [http://ocsp.example] " +
		"[http://ca.example] | a0 | [b@example.com jürgen@example.com] | EC P-256"
	if got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	var names []string
	for _, n := range slices.Concat(c.AltNames, c.Constraints.Permitted, c.Constraints.Excluded) {
		names = append(names, string(n.Kind)+":"+n.Value)
	}
	if got, want := strings.Join(names, " "), "email:b@example.com dns:example.com uri:urn:x ip:192.0.2.1 directory:CN=d "+
		"smtp-utf8:jürgen@example.com other:020101 oid:1.2.3 email:example.com ip:10.0.0.0/255.0.0.0"; got != want {
		t.Errorf("\n%s\n%s", got, want)
	}
	if len(c.Problems) != 0 || c.SignatureText() != "ecdsa-sha256" || !c.SelfIssued() || len(c.Extensions) != 12 {
		t.Errorf("%v %s %d", c.Problems, c.SignatureText(), len(c.Extensions))
	}
}

func TestEmails(t *testing.T) {
	for _, test := range []struct {
		edits edits
		want  string
	}{
		{nil, "[]"},
		{edits{func(s *spec) { s.subject = "CN=x,E=a@b,E=c@d" }}, "[a@b c@d]"},
		{edits{func(s *spec) { s.subject = "E=a@b" }, altNames(hostName("h"))}, "[a@b]"},
		{edits{func(s *spec) { s.subject = "E=a@b" }, altNames(mailName("e@f"))}, "[e@f]"},
		{edits{func(s *spec) { s.subject = "E=a@b" }, altNames(utf8Name("é@f"))}, "[é@f]"},
		{edits{func(s *spec) { s.names = func(string) []byte { return seq(attribute(oidEmailAddress, 4, "x")) } }}, "[]"},
	} {
		if got := fmt.Sprint(issue(t, nil, "CN=x", test.edits...).Emails()); got != test.want {
			t.Errorf("%s, want %s", got, test.want)
		}
	}
}

// TestOddities: none of these certificates is lost.
func TestOddities(t *testing.T) {
	flip := func(old, new string) func(*spec) {
		return func(s *spec) {
			s.names = func(string) []byte { return []byte(strings.Replace(string(nameDER("CN=aaaa")), old, new, 1)) }
		}
	}
	tests := []struct {
		name  string
		edit  func(*spec)
		codes string
	}{
		{"serial 0", func(s *spec) { s.serial = big.NewInt(0) }, "serial-not-positive"},
		{"serial negative", func(s *spec) { s.serial = big.NewInt(-7) }, "serial-not-positive"},
		{"serial of 40 octets", func(s *spec) { s.serial = new(big.Int).Lsh(big.NewInt(1), 310) }, "serial-too-long"},
		{"serial of 20 octets", func(s *spec) { s.serial = new(big.Int).Lsh(big.NewInt(1), 158) }, ""},
		{"version 1 with extensions", func(s *spec) { s.version = 1; s.exts = []Extension{{"1.2.3", false, nil}} }, "bad-version"},
		{"version 9", func(s *spec) { s.version = 9 }, "bad-version"},
		{"string of bad characters", flip("\x0c\x04aaaa", "\x13\x04a@\xffa"), "bad-string bad-string"},
		{"name is junk", flip("\x31", "\x32"), "name-unreadable name-unreadable"},
		{"behind the extensions", func(s *spec) { s.tail = number(1) }, "extensions-unreadable"},
		{"extension twice", func(s *spec) { s.exts = []Extension{{"1.2.3", false, nil}, {"1.2.3", false, nil}} }, "duplicate-extension"},
		{"unknown algorithm inside", func(s *spec) { s.inner = seq(oidDER("1.2.3")) }, "algorithm-mismatch"},
	}
	for _, test := range tests {
		c := issue(t, nil, "CN=aaaa", test.edit)
		if codes(c.Problems) != test.codes {
			t.Errorf("%s: [%s], want [%s]", test.name, codes(c.Problems), test.codes)
		}
	}
}

// tbsOf cuts a certificate into the fields of its signed part.
func rebuilt(t testing.TB, edit func(fields [][]byte) [][]byte) (*Certificate, error) {
	t.Helper()
	k := newKey(t)
	fields := [][]byte{tlv(contextCons(0), number(2)), number(5), algorithmDER(k, 5), nameDER("CN=i"),
		seq(stamp(day0), stamp(day9)), nameDER("CN=s"), spkiOf(k)}
	return ParseCertificate(signedDER(seq(edit(fields)...), k, 5))
}

func TestOddFields(t *testing.T) {
	replace := func(i int, v []byte) func([][]byte) [][]byte {
		return func(f [][]byte) [][]byte { f[i] = v; return f }
	}
	tests := []struct {
		name  string
		edit  func([][]byte) [][]byte
		codes string // "-": no certificate
	}{
		{"as it should be", replace(1, number(5)), ""},
		{"serial not minimal", replace(1, tlv(asn1.INTEGER, []byte{0, 0, 5})), "not-der"},
		{"time unreadable", replace(4, seq(tlv(asn1.UTCTime, []byte("x")), stamp(day9))), "time-unreadable"},
		{"validity of one time", replace(4, seq(stamp(day9))), "time-unreadable"},
		{"validity empty", replace(4, seq()), "time-unreadable"},
		{"GeneralizedTime early", replace(4, seq(gtime(day0), stamp(day9))), "time-form"},
		{"key unreadable", replace(6, seq()), "key-unreadable"},
		{"key of unknown kind", replace(6, seq(seq(oidDER("1.2.3")), bitsOf([]byte{1}))), ""},
		{"unique identifiers", func(f [][]byte) [][]byte { return append(f, general(1, []byte{0, 1}), general(2, []byte{0, 1})) }, ""},
		{"critical FALSE written", func(f [][]byte) [][]byte {
			return append(f, tlv(contextCons(3), seq(seq(oidDER("1.2.3"), boolean(0), octets(nil)))))
		}, "not-der"},
		{"critical 1", func(f [][]byte) [][]byte {
			return append(f, tlv(contextCons(3), seq(seq(oidDER("1.2.3"), boolean(1), octets(nil)))))
		}, "not-der"},
		{"extensions break off", func(f [][]byte) [][]byte {
			return append(f, tlv(contextCons(3), seq(seq(oidDER("1.2.3"), octets(nil)), number(3))))
		}, "extensions-unreadable"},
		{"no serial", func(f [][]byte) [][]byte { return slices.Delete(f, 1, 2) }, "-"},
		{"no issuer", replace(3, nil), "-"},
		{"no key", replace(6, nil), "-"},
		{"empty", func([][]byte) [][]byte { return nil }, "-"},
	}
	for _, test := range tests {
		c, err := rebuilt(t, test.edit)
		switch {
		case test.codes == "-":
			if !errors.Is(err, ErrMalformed) {
				t.Errorf("%s: %v", test.name, err)
			}
		case err != nil:
			t.Errorf("%s: %v", test.name, err)
		case codes(c.Problems) != test.codes:
			t.Errorf("%s: [%s], want [%s]", test.name, codes(c.Problems), test.codes)
		}
	}
}

// TestUnreadableExtensions: each known extension with a value of another kind.
func TestUnreadableExtensions(t *testing.T) {
	values := [][]byte{nil, octets(nil), {0x30}, seq(seq(seq())), append(seq(), 1), bitsOf(nil)[:2], {0xFF, 0xFF}}
	for oid := range decoders {
		unread := 0
		for _, v := range values {
			c := issue(t, nil, "CN=x", withExt(oid, false, v))
			if codes(c.Problems) == "extension-unreadable" {
				unread++
			}
		}
		if unread < len(values)-2 {
			t.Errorf("%s: %d of %d values are noted", oid, unread, len(values))
		}
	}
}

func TestBERCertificate(t *testing.T) {
	want := person(t, nil)
	inner := want.Raw[4:] // a certificate is longer than 255 octets
	ber := append(append([]byte{0x30, 0x80}, inner...), 0, 0)
	c, err := ParseCertificate(ber)
	if err != nil || codes(c.Problems) != "not-der" || c.SHA256() != want.SHA256() {
		t.Fatal(c, err)
	}
	if p := BuildPath(c, &Options{Roots: certs(want), At: now}); p.State != StateValid {
		t.Error(p.State)
	}
}

func TestFingerprints(t *testing.T) {
	c := issue(t, nil, "CN=x", func(s *spec) { s.serial = big.NewInt(-258) })
	if c.SerialHex() != "-0102" || len(c.SHA1()) != 40 || len(c.SHA256()) != 64 {
		t.Error(c.SerialHex(), c.SHA1(), c.SHA256())
	}
	for n, want := range map[int64]string{0: "00", 1: "01", 255: "ff", 256: "0100"} {
		if got := hexNumber(big.NewInt(n)); got != want {
			t.Error(got, want)
		}
	}
}

// TestAsStandardLibrary: crypto/x509 reads the same fields.
func TestAsStandardLibrary(t *testing.T) {
	u, _ := url.Parse("https://example.com/x")
	_, network, _ := net.ParseCIDR("10.1.0.0/16")
	for n := range 40 {
		template := &x509.Certificate{
			SerialNumber: big.NewInt(int64(n)*977 + 1), Subject: pkix.Name{CommonName: fmt.Sprint("Person ", n), Organization: []string{"Ünïcode"}},
			NotBefore: day0.AddDate(n, 0, 0), NotAfter: day9.AddDate(n, 0, 0), KeyUsage: x509.KeyUsage(1 + n*13%511),
			ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection, x509.ExtKeyUsageOCSPSigning}[:n%3],
			IsCA:        n%2 == 0, BasicConstraintsValid: n%5 != 0, MaxPathLen: n % 4, MaxPathLenZero: n%4 == 0 && n%2 == 0,
			EmailAddresses: []string{"a@example.com", "b@example.com"}[:n%3%2], DNSNames: []string{"h.example"}, URIs: []*url.URL{u},
			IPAddresses: []net.IP{net.IPv4(1, 2, 3, byte(n))}, SubjectKeyId: []byte{1, byte(n)}, OCSPServer: []string{"http://o"},
			IssuingCertificateURL: []string{"http://i"}, CRLDistributionPoints: []string{"http://c"},
			PolicyIdentifiers: []encasn1.ObjectIdentifier{{1, 2, 3}, {2, 999, n}},
		}
		if n%2 == 0 {
			template.PermittedEmailAddresses, template.ExcludedIPRanges = []string{"example.com"}, []*net.IPNet{network}
		}
		if !template.IsCA || !template.BasicConstraintsValid {
			template.MaxPathLen = 0
			template.MaxPathLenZero = false
		}
		k := newKey(t)
		der, err := x509.CreateCertificate(rand.Reader, template, template, k.Public(), k)
		if err != nil {
			t.Fatal(err)
		}
		compareWithStandard(t, der)
	}
}

// compareWithStandard compares the fields of a certificate that both read.
func compareWithStandard(t *testing.T, der []byte) (both bool) {
	t.Helper()
	want, err := x509.ParseCertificate(der)
	c, mine := ParseCertificate(der)
	if err != nil {
		return false
	}
	if mine != nil {
		t.Errorf("x509 reads what is refused here: %v", mine)
		return true
	}
	var names [4][]string
	for _, n := range c.AltNames {
		if i := slices.Index([]NameKind{KindEmail, KindDNS, KindURI, KindIP}, n.Kind); i >= 0 {
			names[i] = append(names[i], n.Value)
		}
	}
	var policies, purposes []string
	for _, p := range want.Policies {
		policies = append(policies, p.String())
	}
	for _, e := range want.ExtKeyUsage {
		purposes = append(purposes, map[x509.ExtKeyUsage]string{x509.ExtKeyUsageEmailProtection: oidEmailProtection, x509.ExtKeyUsageOCSPSigning: oidOCSPSigning,
			x509.ExtKeyUsageAny: oidAnyExtKeyUsage, x509.ExtKeyUsageTimeStamping: oidTimeStamping, x509.ExtKeyUsageClientAuth: "1.3.6.1.5.5.7.3.2",
			x509.ExtKeyUsageServerAuth: "1.3.6.1.5.5.7.3.1", x509.ExtKeyUsageCodeSigning: "1.3.6.1.5.5.7.3.3"}[e])
	}
	pathLen := want.MaxPathLen
	if pathLen == 0 && !want.MaxPathLenZero {
		pathLen = -1
	}
	known := slices.DeleteFunc(slices.Clone(c.EKU), func(oid string) bool { return !slices.Contains(purposes, oid) })
	got := fmt.Sprint(c.Version, c.Serial, c.NotBefore, c.NotAfter, uint16(c.KeyUsage), known, c.CA, c.PathLen, c.HasBasicConstraints,
		c.SubjectKeyID, c.AuthorityKeyID, names, c.Policies, c.OCSPURLs, c.IssuerURLs, c.CRLURLs, len(c.Extensions))
	exp := fmt.Sprint(want.Version, want.SerialNumber, want.NotBefore, want.NotAfter, uint16(want.KeyUsage), purposes, want.IsCA, pathLen, want.BasicConstraintsValid,
		want.SubjectKeyId, want.AuthorityKeyId, [4][]string{want.EmailAddresses, want.DNSNames, uris(want.URIs), addresses(want.IPAddresses)},
		policies, want.OCSPServer, want.IssuingCertificateURL, want.CRLDistributionPoints, len(want.Extensions))
	if got != exp {
		t.Errorf("\n%s\n%s", got, exp)
	}
	for _, pair := range [][2][]byte{{c.Raw, want.Raw}, {c.TBS, want.RawTBSCertificate}, {c.SPKI, want.RawSubjectPublicKeyInfo},
		{c.Issuer.Raw, want.RawIssuer}, {c.Subject.Raw, want.RawSubject}, {c.Signature, want.Signature}} {
		if string(pair[0]) != string(pair[1]) {
			t.Errorf("%x\n%x", pair[0], pair[1])
		}
	}
	return true
}

func uris(list []*url.URL) (out []string) {
	for _, u := range list {
		out = append(out, u.String())
	}
	return out
}

func addresses(list []net.IP) (out []string) {
	for _, ip := range list {
		out = append(out, ip.String())
	}
	return out
}
