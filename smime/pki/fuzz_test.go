package pki

import (
	"bytes"
	"fmt"
	"testing"
	"time"
)

// FuzzParseCertificate: no panic, parts inside of the whole, the same twice, and
// nothing lost that is read from its own DER again.
func FuzzParseCertificate(f *testing.F) {
	root := ca(f, nil, "CN=Root,O=Test", limited([][]byte{mailName("example.com")}, [][]byte{dirName("CN=x")}))
	f.Add(root.Raw)
	f.Add(person(f, root).Raw)
	f.Add(append([]byte{0x30, 0x80}, append(bytes.Clone(root.Raw[4:]), 0, 0)...))
	f.Add(issue(f, nil, "CN=p:A,E=a@b", version1).Raw)
	f.Fuzz(func(t *testing.T, der []byte) {
		c, err := ParseCertificate(der)
		if err != nil {
			return
		}
		for _, part := range [][]byte{c.TBS, c.SPKI, c.Signature, c.Issuer.Raw, c.Subject.Raw} {
			if !bytes.Contains(c.Raw, part) {
				t.Fatalf("%x is not in %x", part, c.Raw)
			}
		}
		if c.Serial == nil || len(c.Problems) > maxProblems || !c.Subject.Equal(&c.Subject) {
			t.Fatalf("%+v", c)
		}
		again, err := ParseCertificate(c.Raw)
		if err != nil || again.SHA256() != c.SHA256() || !again.Subject.Equal(&c.Subject) || again.Serial.Cmp(c.Serial) != 0 {
			t.Fatalf("%v", err)
		}
		_ = fmt.Sprint(c.Subject.String(), c.Emails(), c.KeyText(), c.SignatureText(), c.SHA1(), c.SerialHex(), c.KeyUsage.Names())
		if n := ParseName(c.Issuer.Raw); !n.Equal(&c.Issuer) {
			t.Fatalf("%x is another name alone", c.Issuer.Raw)
		}
	})
}

func FuzzParseCRL(f *testing.F) {
	root := ca(f, nil, "CN=Root")
	leaf := person(f, root)
	for _, l := range []list{{this: since, next: later}, {this: since, entries: plainEntry(leaf, since, 1)},
		{this: since, next: later, exts: scopeExt(yes(4), pointName("http://a")), entries: []listed{{leaf.Serial, since, 3, since,
			[]Extension{{oidCertificateIssuer, true, seq(dirName("CN=Root"))}}}}}} {
		f.Add(l.der(root))
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		lists, _ := ReadRevocationLists(der)
		for _, l := range lists {
			n := 0
			for e := range l.Entries() {
				n++
				if e.Serial == nil {
					t.Fatal("entry without a serial number")
				}
				c := &Certificate{Serial: e.Serial, Issuer: l.Issuer}
				if e.Issuer != nil {
					c.Issuer = *e.Issuer
				}
				if _, found := l.find(c); !found && e.Reason != "removeFromCRL" {
					t.Fatalf("%v is listed and not found", e.Serial)
				}
				if n > 50 {
					break
				}
			}
			p := BuildPath(leaf.Certificate, &Options{Roots: certs(root), At: now, CRLs: lists})
			if len(p.Standing) != len(p.Chain) {
				t.Fatal(p.Standing)
			}
		}
	})
}

func FuzzReadOCSP(f *testing.F) {
	root := ca(f, nil, "CN=Root")
	leaf := person(f, root)
	for _, r := range []reply{{}, {status: statusRevoked, at: since, reason: 1}, {status: statusUnknown, byName: true, next: later, with: []*holder{root}},
		{exts: []Extension{{oidArchiveCutoff, false, gtime(day0)}}, all: []Extension{{oidOCSPNonce, false, octets(nil)}}}} {
		r.about, r.issuer, r.this = leaf, root, since
		f.Add(r.der(root))
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		all, _ := ReadOCSPResponses(der)
		if len(all) == 0 {
			return
		}
		p := BuildPath(leaf.Certificate, &Options{Roots: certs(root), At: now, OCSP: all})
		for _, r := range p.Revocation {
			if r.Usable && r.Status != statusGood && r.Status != statusRevoked && r.Status != statusUnknown {
				t.Fatalf("%+v", r)
			}
		}
	})
}

// FuzzPath: certificates as they come, one DER behind another; the first is asked
// about, the last is the root. Without the root's signature nothing is valid.
func FuzzPath(f *testing.F) {
	root := ca(f, nil, "CN=Root")
	inter := ca(f, root, "CN=CA", limited([][]byte{mailName("example.com")}, nil))
	leaf := person(f, inter)
	f.Add(bytes.Join([][]byte{leaf.Raw, inter.Raw, root.Raw}, nil), int64(0))
	f.Add(bytes.Join([][]byte{leaf.Raw, root.Raw, inter.Raw}, nil), int64(86400*400))
	f.Add(bytes.Join([][]byte{root.Raw, root.Raw}, nil), int64(-86400*4000))
	f.Fuzz(func(t *testing.T, data []byte, seconds int64) {
		all, _ := ReadCertificates(data)
		if len(all) == 0 || len(all) > 256 {
			return
		}
		o := &Options{Roots: all[len(all)-1:], Extra: all, At: now.Add(time.Duration(seconds%1e9) * time.Second)}
		p := BuildPath(all[0], o)
		if (p.State == StateValid) != (len(p.Problems) == 0) || len(p.Chain) == 0 || p.Chain[0] != all[0] || len(p.Chain) > maxDepth {
			t.Fatalf("%+v", p)
		}
		if p.State == StateValid && p.Chain[len(p.Chain)-1].SHA256() != o.Roots[0].SHA256() {
			t.Fatal("valid without the root")
		}
		o.Roots = nil
		if q := BuildPath(all[0], o); q.State == StateValid {
			t.Fatal("valid without roots")
		}
		o.Roots = certs(ca(t, nil, "CN=Root"))
		if q := BuildPath(all[0], o); q.State == StateValid {
			t.Fatal("valid with a root of no part in it")
		}
	})
}
