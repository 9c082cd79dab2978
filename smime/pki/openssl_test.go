package pki

import (
	"crypto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// TestAsOpenSSL asks openssl about the same certificates. Where it answers
// otherwise, the row says why.
func TestAsOpenSSL(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl")
	}
	mail := mailName("example.com")
	tests := []struct {
		name              string
		root, inter, leaf edits
		valid, differs    bool // differs: openssl says the contrary
	}{
		{"honest", nil, nil, nil, true, false},
		{"leaf expired", nil, nil, edits{validFrom(day0, since)}, false, false},
		{"leaf in future", nil, nil, edits{validFrom(later, day9)}, false, false},
		{"root expired", edits{validFrom(day0, since)}, nil, nil, false, false},
		{"path length", edits{bare, basic(0), usage(KeyCertSign)}, nil, nil, false, false},
		{"path length enough", edits{bare, basic(1), usage(KeyCertSign)}, nil, nil, true, false},
		{"no authority", nil, edits{bare, withExt(oidBasicConstraints, true, seq())}, nil, false, false},
		{"no key usage for certificates", nil, edits{bare, basic(-1), usage(CRLSign)}, nil, false, false},
		{"constraints kept", nil, edits{limited([][]byte{mail}, nil)}, nil, true, false},
		{"constraints broken", nil, edits{limited([][]byte{mailName("other.example")}, nil)}, nil, false, false},
		{"constraints of the root broken", edits{limited(nil, [][]byte{mail})}, nil, nil, false, false},
		{"constraints on the subject broken", nil, edits{limited([][]byte{dirName("O=x")}, nil)}, nil, false, false},
		{"unknown critical extension", nil, nil, edits{withExt("1.2.3.4", true, octets(nil))}, false, false},
		{"unknown extension", nil, nil, edits{withExt("1.2.3.4", false, octets(nil))}, true, false},
		{"for servers", nil, nil, edits{bare, purposesExt(false, "1.3.6.1.5.5.7.3.1")}, false, false},
		{"authority for servers", nil, edits{purposesExt(false, "1.3.6.1.5.5.7.3.1")}, nil, false, false},
		{"for encryption", nil, nil, edits{bare, usage(KeyEncipherment)}, false, false},
		{"SHA-1 link", edits{withKey(rsaKey(t))}, edits{withKey(newKey(t)), withHash(crypto.SHA1)}, nil, true, false},
		{"serial number below 0", nil, nil, edits{func(s *spec) { s.serial = nextSerial().Neg(s.serial) }}, true, false},
		{"root of version 1", edits{bare, version1}, nil, nil, true, false},
		{"intermediate of version 1", nil, edits{bare, version1}, nil, false, false},
		// RFC 8550 4.4.4 allows it; openssl's purpose smimesign does not know it.
		{"for anything", nil, nil, edits{bare, purposesExt(false, oidAnyExtKeyUsage)}, true, true},
		{"no basic constraints", nil, edits{bare, usage(KeyCertSign)}, nil, false, false},
		// RFC 5280 4.2.1.10: the subject counts where no alternative name has an address.
		{"address in the subject", nil, edits{limited([][]byte{mail}, nil)}, edits{func(s *spec) { s.subject = "CN=A,E=a@evil.example" }}, true, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t, test.root, test.inter, test.leaf)
			p := w.build()
			if (p.State == StateValid) != test.valid {
				t.Errorf("%s %v", p.State, p.Problems)
			}
			if got, text := opensslVerify(t, w, now); got == test.valid == test.differs {
				t.Errorf("openssl says %v: %s", got, text)
			}
		})
	}
}

func opensslVerify(t *testing.T, w *world, at time.Time) (ok bool, text string) {
	t.Helper()
	dir := t.TempDir()
	file := func(name string, h *holder) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, block("CERTIFICATE", h.Raw), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	out, err := exec.Command("openssl", "verify", "-purpose", "smimesign", "-auth_level", "0", "-attime", strconv.FormatInt(at.Unix(), 10),
		"-CAfile", file("root.pem", w.root), "-no-CApath", "-no-CAstore", "-untrusted", file("inter.pem", w.inter), file("leaf.pem", w.leaf)).CombinedOutput()
	return err == nil, string(out)
}

// TestCrossSignedAsOpenSSL: two roots, an authority certified by both.
func TestCrossSignedAsOpenSSL(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Skip("no openssl")
	}
	key := newKey(t)
	a, b := ca(t, nil, "CN=A"), ca(t, nil, "CN=B")
	byA, byB := ca(t, a, "CN=CA", withKey(key)), ca(t, b, "CN=CA", withKey(key))
	leaf := person(t, byA)
	for _, inter := range []*holder{byA, byB} {
		for _, root := range []*holder{a, b} {
			w := &world{root, inter, leaf, Options{Roots: certs(root), Extra: certs(inter), At: now}}
			want, text := opensslVerify(t, w, now)
			if p := w.build(); (p.State == StateValid) != want {
				t.Errorf("%s %v; openssl: %s", p.State, p.Problems, text)
			}
		}
	}
}
