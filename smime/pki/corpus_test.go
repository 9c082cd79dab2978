package pki

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// real reads one file of real material.
func real(t *testing.T, path string) []byte {
	t.Helper()
	return corpus.Read(t, filepath.Join(corpus.Dir(t, "smime"), filepath.FromSlash(path)))
}

func realCerts(t *testing.T, paths ...string) []*Certificate {
	t.Helper()
	var out []*Certificate
	for _, path := range paths {
		list, err := ReadCertificates(real(t, path))
		if err != nil {
			t.Fatal(path, err)
		}
		out = append(out, list...)
	}
	return out
}

// TestRealCertificates: every real certificate is read, and as crypto/x509 reads it.
func TestRealCertificates(t *testing.T) {
	read, both := 0, 0
	for _, path := range corpus.Files(t, "smime") {
		data := corpus.Read(t, path)
		if !slices.Contains([]string{".cer", ".crt", ".pem"}, filepath.Ext(path)) || bytes.Contains(data, []byte("BEGIN CMS")) {
			continue
		}
		list, err := ReadCertificates(data)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, c := range list {
			read++
			if compareWithStandard(t, c.Raw) {
				both++
			}
			inherits := strings.Contains(path, "Inherit.cer") && !strings.Contains(path, "NoInherit") // RFC 3279 2.3.2
			if (c.public.keyErr != nil) != inherits || c.public.err != nil {
				t.Errorf("%s: %v %v", path, c.public.keyErr, c.public.err)
			}
			t.Logf("%s: %s, %s by %s, %v", filepath.Base(path), c.Subject.String(), c.KeyText(), c.SignatureText(), codes(c.Problems))
		}
	}
	t.Logf("%d certificates, %d by crypto/x509 too", read, both)
	if read < 10 {
		t.Errorf("%d certificates", read)
	}
}

// TestSystemRoots: the roots of the system are read as crypto/x509 reads them.
func TestSystemRoots(t *testing.T) {
	paths, _ := filepath.Glob("/etc/ssl/certs/ca-certificates.crt")
	if len(paths) == 0 {
		t.Skip("no roots here")
	}
	data := corpus.Read(t, paths[0])
	list, err := ReadCertificates(data)
	if err != nil || len(list) < 50 {
		t.Fatal(len(list), err)
	}
	for _, c := range list {
		compareWithStandard(t, c.Raw)
		p := BuildPath(c, &Options{Roots: list, At: c.NotAfter, Purpose: PurposeAny})
		if p.State != StateValid || len(p.Chain) != 1 {
			t.Errorf("%s: %s %v", c.Subject.String(), p.State, p.Problems)
		}
		if c.SelfIssued() && c.verify(&c.public.signature, c.TBS, c.Signature) != nil {
			t.Errorf("%s has not signed itself", c.Subject.String())
		}
	}
}

// TestCarl: RFC 4134's authority of 1999, with its lists of version 1, without
// nextUpdate and signed with MD5.
func TestCarl(t *testing.T) {
	const dir = "bc-test-data/rfc4134/"
	at := time.Date(1999, 10, 1, 0, 0, 0, 0, time.UTC)
	for _, alg := range []string{"RSA", "DSS"} {
		root, leaf := realCerts(t, dir+"Carl"+alg+"Self.cer"), map[string]string{"RSA": "AliceRSASignByCarl.cer", "DSS": "AliceDSSSignByCarlNoInherit.cer"}[alg]
		alice := realCerts(t, dir+leaf)[0]
		for name, want := range map[string]struct {
			state    State
			standing Standing
		}{"Empty": {StateValid, StandingNotChecked}, "ForAll": {StateRevoked, StandingRevoked}, "ForCarl": {StateRevoked, StandingNotChecked}} {
			lists, err := ReadRevocationLists(real(t, dir+"Carl"+alg+"CRL"+name+".crl"))
			if err != nil {
				t.Fatal(err)
			}
			p := BuildPath(alice, &Options{Roots: root, At: at, CRLs: lists})
			if p.State != want.state || p.Standing[0] != want.standing {
				t.Errorf("%s %s: %s %v %v %+v", alg, name, p.State, p.Problems, p.Standing, p.Revocation)
			}
			if codes(p.Weak) == "" {
				t.Error("nothing weak in 1999")
			}
		}
	}
}

// TestCertPath: Bouncy Castle's authorities of one name with two keys.
func TestCertPath(t *testing.T) {
	const dir = "bc-java-smime/mail/smime/test/certpath_"
	roots, inter := realCerts(t, dir+"root.crt"), realCerts(t, dir+"inter1.crt", dir+"inter2.crt")
	for _, name := range []string{"end1.crt", "end2.crt"} {
		leaf := realCerts(t, dir+name)[0]
		p := BuildPath(leaf, &Options{Roots: roots, Extra: inter, At: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)})
		if len(p.Chain) != 3 || !p.Anchored {
			t.Errorf("%s: %s %v", name, p.State, p.Problems)
		}
		t.Logf("%s: %s %v, by serial %s", name, p.State, p.Problems, p.Chain[1].SerialHex())
	}
}

// embedded finds certificates anywhere in the base64 of a message.
func embedded(t *testing.T, path string) []*Certificate {
	t.Helper()
	text := string(real(t, path))
	text = strings.ReplaceAll(text, "\r\n", "\n")
	at := strings.Index(text, "\n\nMI") + 1
	if at == 0 {
		t.Fatal("no object")
	}
	body, _, _ := strings.Cut(text[at+1:], "\n--")
	der, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(body), ""))
	if err != nil {
		t.Fatal(path, err)
	}
	var out []*Certificate
	for i := range der {
		if der[i] == 0x30 {
			if n := elementSize(der[i:]); n > 200 {
				if c, err := ParseCertificate(der[i : i+n]); err == nil {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// TestValidator: Bouncy Castle's messages, each with the fault that its name says.
func TestValidator(t *testing.T) {
	const dir = "bc-java-smime/mail/smime/test/validator."
	roots := realCerts(t, dir+"root.crt")
	fake := realCerts(t, dir+"fakeRoot.crt")
	lists, err := ReadRevocationLists(real(t, dir+"revoked.crl"))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2006, 9, 1, 11, 0, 0, 0, time.UTC)
	for name, want := range map[string]State{"expired": StateExpired, "extKeyUsage": StateWrongPurpose, "keyUsage": StateWrongPurpose,
		"longValidity": StateValid, "revoked": StateRevoked, "shortKey": StateValid} {
		all := embedded(t, dir+name+".eml")
		i := slices.IndexFunc(all, func(c *Certificate) bool { return !c.SelfIssued() })
		if i < 0 {
			t.Errorf("%s: no certificate", name)
			continue
		}
		p := BuildPath(all[i], &Options{Roots: roots, Extra: all, At: at, CRLs: lists})
		if p.State != want {
			t.Errorf("%s: %s %v %+v", name, p.State, p.Problems, p.Revocation)
		}
		if p := BuildPath(all[i], &Options{Roots: fake, Extra: all, At: at}); p.Anchored {
			t.Errorf("%s: trusts the forged root", name)
		}
	}
}

// TestNoneIsLost: what crypto/x509 refuses of the real ones is read here.
func TestNoneIsLost(t *testing.T) {
	w := newWorld(t, nil, nil, edits{func(s *spec) { s.serial = nextSerial().Neg(s.serial) }})
	if _, err := x509.ParseCertificate(w.leaf.Raw); err == nil {
		t.Skip("crypto/x509 reads negative serial numbers")
	}
	if p := w.build(); p.State != StateValid {
		t.Errorf("%s %v", p.State, p.Problems)
	}
}
