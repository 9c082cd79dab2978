package pki

import (
	"crypto"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"
)

// world is a root, an intermediate authority and a person.
type world struct {
	root, inter, leaf *holder
	opt               Options
}

// newWorld makes certificates that hold; each edit is for one of them.
func newWorld(t testing.TB, root, inter, leaf []func(*spec)) *world {
	t.Helper()
	w := &world{root: ca(t, nil, "CN=Root,O=Test", root...)}
	w.inter = ca(t, w.root, "CN=Mail CA,O=Test", inter...)
	w.leaf = person(t, w.inter, leaf...)
	w.opt = Options{Roots: certs(w.root), Extra: certs(w.leaf, w.inter), At: now}
	return w
}

func (w *world) build() *Path { return BuildPath(w.leaf.Certificate, &w.opt) }

type edits = []func(*spec)

// bare drops the extensions that the helpers set.
func bare(s *spec) { s.exts = nil }

func TestPathRules(t *testing.T) {
	mail := mailName("example.com")
	tests := []struct {
		name              string
		root, inter, leaf edits
		state             State
		codes             string
	}{
		{"honest", nil, nil, nil, StateValid, ""},
		{"leaf expired", nil, nil, edits{validFrom(day0, since)}, StateExpired, "expired"},
		{"leaf not yet valid", nil, nil, edits{validFrom(later, day9)}, StateNotYetValid, "not-yet-valid"},
		{"intermediate expired", nil, edits{validFrom(day0, since)}, nil, StateExpired, "expired"},
		{"root expired", edits{validFrom(day0, since)}, nil, nil, StateExpired, "expired"},
		{"root in future", edits{validFrom(later, day9)}, nil, nil, StateNotYetValid, "not-yet-valid"},
		{"first second", nil, nil, edits{validFrom(now, day9)}, StateValid, ""},
		{"last second", nil, nil, edits{validFrom(day0, now)}, StateValid, ""},
		{"intermediate is no authority", nil, edits{bare, withExt(oidBasicConstraints, true, seq())}, nil, StateInvalid, "not-ca"},
		{"intermediate without basic constraints", nil, edits{bare, usage(KeyCertSign)}, nil, StateInvalid, "not-ca"},
		{"root without basic constraints", edits{bare}, nil, nil, StateInvalid, "not-ca"},
		{"intermediate of version 1", nil, edits{bare, version1}, nil, StateInvalid, "version-1-ca"},
		{"root of version 1", edits{bare, version1}, nil, nil, StateValid, ""},
		{"may not sign certificates", nil, edits{bare, basic(-1), usage(CRLSign)}, nil, StateInvalid, "key-usage-cert-sign"},
		{"no key usage", nil, edits{bare, basic(-1)}, edits{bare, altNames(mailName("a@b"))}, StateValid, ""},
		{"root path length 0", edits{bare, basic(0)}, nil, nil, StateInvalid, "path-length"},
		{"root path length 1", edits{bare, basic(1)}, nil, nil, StateValid, ""},
		{"intermediate path length 0", nil, edits{bare, basic(0)}, nil, StateValid, ""},
		{"unknown critical in leaf", nil, nil, edits{withExt("1.2.3.4", true, octets(nil))}, StateInvalid, "critical-extension"},
		{"unknown critical in intermediate", nil, edits{withExt("1.2.3.4", true, octets(nil))}, nil, StateInvalid, "critical-extension"},
		{"unknown critical in root", edits{withExt("1.2.3.4", true, octets(nil))}, nil, nil, StateInvalid, "critical-extension"},
		{"unknown, not critical", nil, nil, edits{withExt("1.2.3.4", false, octets(nil))}, StateValid, ""},
		{"leaf for servers", nil, nil, edits{bare, usage(DigitalSignature), purposesExt(false, "1.3.6.1.5.5.7.3.1")}, StateWrongPurpose, "extended-key-usage"},
		{"leaf for anything", nil, nil, edits{bare, purposesExt(false, oidAnyExtKeyUsage)}, StateValid, ""},
		{"leaf for servers and mail", nil, nil, edits{bare, purposesExt(true, "1.3.6.1.5.5.7.3.1", oidEmailProtection)}, StateValid, ""},
		{"authority for servers", nil, edits{purposesExt(false, "1.3.6.1.5.5.7.3.1")}, nil, StateWrongPurpose, "authority-extended-key-usage"},
		{"root for servers", edits{purposesExt(false, "1.3.6.1.5.5.7.3.1")}, nil, nil, StateWrongPurpose, "authority-extended-key-usage"},
		{"authority for mail", nil, edits{purposesExt(false, oidEmailProtection)}, nil, StateValid, ""},
		{"key for encryption", nil, nil, edits{bare, usage(KeyEncipherment)}, StateWrongPurpose, "key-usage"},
		{"key for commitment", nil, nil, edits{bare, usage(NonRepudiation)}, StateValid, ""},
		{"authority writes mail", nil, nil, edits{bare, basic(-1), usage(KeyCertSign | CRLSign)}, StateWrongPurpose, "key-usage"},
		{"authority may write mail", nil, nil, edits{bare, basic(-1), usage(KeyCertSign | DigitalSignature)}, StateValid, ""},
		{"key usage unreadable", nil, nil, edits{bare, withExt(oidKeyUsage, false, octets(nil))}, StateInvalid, "extension-unreadable"},
		{"information unreadable", nil, nil, edits{withExt(oidAuthorityInfo, false, octets(nil))}, StateValid, ""},
		{"critical information unreadable", nil, nil, edits{withExt(oidAuthorityInfo, true, octets(nil))}, StateInvalid, "extension-unreadable"},
		{"extension twice", nil, nil, edits{usage(DigitalSignature)}, StateInvalid, "duplicate-extension"},
		{"algorithm differs inside", nil, nil, edits{func(s *spec) { s.inner = seq(oidDER("1.2.840.113549.1.1.11"), []byte{5, 0}) }}, StateInvalid, "algorithm-mismatch"},
		{"mail permitted", nil, edits{limited([][]byte{mail}, nil)}, nil, StateValid, ""},
		{"mail outside", nil, edits{limited([][]byte{mailName("other.example")}, nil)}, nil, StateInvalid, "name-constraint"},
		{"mail excluded by root", edits{limited(nil, [][]byte{mail})}, nil, nil, StateInvalid, "name-constraint"},
		{"address in subject outside", nil, edits{limited([][]byte{mail}, nil)}, edits{bare, func(s *spec) { s.subject = "CN=A,E=a@evil.example" }}, StateInvalid, "name-constraint"},
		{"address in subject inside", nil, edits{limited([][]byte{mail}, nil)}, edits{bare, func(s *spec) { s.subject = "CN=A,E=a@example.com" }}, StateValid, ""},
		{"address in subject not spoken for", nil, edits{limited([][]byte{mail}, nil)}, edits{func(s *spec) { s.subject = "CN=A,E=a@evil.example" }}, StateValid, ""},
		{"subject outside", nil, edits{limited([][]byte{dirName("O=Other")}, nil)}, nil, StateInvalid, "name-constraint"},
		{"authority outside of root's", edits{limited([][]byte{dirName("CN=Alice")}, nil)}, nil, nil, StateInvalid, "name-constraint"},
		{"constraint with minimum", nil, edits{withExt(oidNameConstraints, true, seq(tlv(contextCons(0), seq(mail, general(0, []byte{1})))))}, nil, StateInvalid, "name-constraint-unsupported"},
		{"serial negative and long", nil, nil, edits{func(s *spec) { s.serial = new(big.Int).Lsh(big.NewInt(-5), 300) }}, StateValid, ""},
		{"policy constraints", edits{withExt(oidPolicyConstraints, true, seq(general(0, []byte{0})))}, nil, nil, StateValid, ""},
		{"expired and for servers", nil, nil, edits{bare, validFrom(day0, since), purposesExt(false, "1.3.6.1.5.5.7.3.1")}, StateExpired, "expired extended-key-usage"},
		{"future beats expired", edits{validFrom(day0, since)}, nil, edits{validFrom(later, day9)}, StateNotYetValid, "not-yet-valid expired"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newWorld(t, test.root, test.inter, test.leaf).build()
			if p.State != test.state || codes(p.Problems) != test.codes {
				t.Errorf("%s [%s], want %s [%s]: %v", p.State, codes(p.Problems), test.state, test.codes, p.Problems)
			}
			if !p.Anchored || len(p.Chain) != 3 {
				t.Errorf("anchored %v, chain of %d", p.Anchored, len(p.Chain))
			}
			for _, q := range p.Problems {
				if q.Clause == "" || q.Detail == "" {
					t.Errorf("no clause or detail: %+v", q)
				}
			}
		})
	}
}

func TestProblemStandsWhereItBelongs(t *testing.T) {
	p := newWorld(t, edits{validFrom(day0, since)}, edits{purposesExt(false, oidTimeStamping)}, edits{bare, usage(KeyAgreement)}).build()
	got := map[string]int{}
	for _, q := range p.Problems {
		got[q.Code] = q.Certificate
	}
	want := map[string]int{"expired": 2, "authority-extended-key-usage": 1, "key-usage": 0}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestTrust(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	fake := ca(t, nil, "CN=Root,O=Test")
	fakeInter := ca(t, fake, "CN=Mail CA,O=Test")
	alone := person(t, nil)
	v1 := issue(t, nil, "CN=Old", version1)
	tests := []struct {
		name  string
		leaf  *holder
		opt   Options
		state State
		codes string
		chain int
	}{
		{"no roots", w.leaf, Options{Extra: certs(w.inter, w.root)}, StateNoAnchors, "no-anchors", 3},
		{"no roots, leaf alone", w.leaf, Options{}, StateNoAnchors, "no-anchors", 1},
		{"root in message only", w.leaf, Options{Roots: certs(alone), Extra: certs(w.inter, w.root)}, StateUntrusted, "self-signed", 3},
		{"no intermediate", w.leaf, Options{Roots: certs(w.root)}, StateUntrusted, "no-issuer", 1},
		{"intermediate given", w.leaf, Options{Roots: certs(w.root), Intermediates: certs(w.inter)}, StateValid, "", 3},
		{"forged root of the same name", w.leaf, Options{Roots: certs(fake), Extra: certs(w.inter, w.root)}, StateUntrusted, "self-signed link-signature", 3},
		{"forged root, no other", w.leaf, Options{Roots: certs(fake), Extra: certs(w.inter)}, StateUntrusted, "link-signature", 2},
		{"both roots", w.leaf, Options{Roots: certs(fake, w.root), Extra: certs(fakeInter, fake, w.inter)}, StateValid, "", 3},
		{"intermediate is the root", w.leaf, Options{Roots: certs(w.inter)}, StateValid, "", 2},
		{"leaf is the root", w.leaf, Options{Roots: certs(w.leaf)}, StateValid, "", 1},
		{"self-signed leaf is the root", alone, Options{Roots: certs(alone)}, StateValid, "", 1},
		{"self-signed leaf", alone, Options{Roots: certs(w.root)}, StateUntrusted, "self-signed", 1},
		{"version 1 root", person(t, v1), Options{Roots: certs(v1)}, StateValid, "", 2},
		{"name in other types", person(t, &holder{w.root.Certificate, w.root.key, "CN=p:ROOT,O=p:  test "}), Options{Roots: certs(w.root)}, StateValid, "", 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			test.opt.At = now
			p := BuildPath(test.leaf.Certificate, &test.opt)
			if p.State != test.state || codes(p.Problems) != test.codes || len(p.Chain) != test.chain {
				t.Errorf("%s [%s] %d, want %s [%s] %d", p.State, codes(p.Problems), len(p.Chain), test.state, test.codes, test.chain)
			}
		})
	}
}

func TestBestPath(t *testing.T) {
	old := ca(t, nil, "CN=Old Root", validFrom(day0, since))
	young := ca(t, nil, "CN=Young Root")
	key := newKey(t)
	byOld := ca(t, old, "CN=CA", withKey(key))
	byYoung := ca(t, young, "CN=CA", withKey(key))
	narrow := ca(t, young, "CN=CA", withKey(key), purposesExt(false, "1.3.6.1.5.5.7.3.1"))
	leaf := person(t, byOld)
	orders := [][]*holder{{byOld, byYoung, narrow}, {narrow, byOld, byYoung}, {byYoung, narrow, byOld}}
	for _, order := range orders {
		p := BuildPath(leaf.Certificate, &Options{Roots: certs(old, young), Extra: certs(order...), At: now})
		if p.State != StateValid || p.Chain[1] != byYoung.Certificate {
			t.Errorf("%s %v", p.State, p.Problems)
		}
	}
	p := BuildPath(leaf.Certificate, &Options{Roots: certs(old, young), Extra: certs(byOld, narrow), At: now})
	if p.State != StateWrongPurpose || len(p.Others) != 1 || p.Others[0].State != StateExpired {
		t.Errorf("%s, others %v", p.State, p.Others)
	}
	p = BuildPath(leaf.Certificate, &Options{Roots: certs(old), Extra: certs(byYoung, byOld, young), At: now})
	if p.State != StateExpired || !p.Anchored || len(p.Others) != 1 || codes(p.Others[0].Problems) != "self-signed" {
		t.Errorf("%s, others %v", p.State, p.Others)
	}
}

func TestLoops(t *testing.T) {
	ka, kb := newKey(t), newKey(t)
	a := &holder{nil, ka, "CN=A"}
	b := &holder{nil, kb, "CN=B"}
	ab, ba := ca(t, b, "CN=A", withKey(ka)), ca(t, a, "CN=B", withKey(kb))
	leaf := person(t, a)
	p := BuildPath(leaf.Certificate, &Options{Roots: certs(person(t, nil)), Extra: certs(ab, ba), At: now})
	if p.State != StateUntrusted || len(p.Chain) != 3 {
		t.Errorf("%s, chain of %d", p.State, len(p.Chain))
	}
}

// TestChangeOfKey: RFC 5280 4.2.1.9: self-issued certificates do not count for
// the path length.
func TestChangeOfKey(t *testing.T) {
	root := ca(t, nil, "CN=Root")
	first := issue(t, root, "CN=CA", basic(0), usage(KeyCertSign))
	second := issue(t, first, "CN=CA", basic(0), usage(KeyCertSign))
	leaf := person(t, second)
	p := BuildPath(leaf.Certificate, &Options{Roots: certs(root), Extra: certs(first, second), At: now})
	if p.State != StateValid || len(p.Chain) != 4 {
		t.Errorf("%s %v", p.State, p.Problems)
	}
	third := ca(t, second, "CN=Lower")
	p = BuildPath(person(t, third).Certificate, &Options{Roots: certs(root), Extra: certs(first, second, third), At: now})
	if p.State != StateInvalid || codes(p.Problems) != "path-length path-length" {
		t.Errorf("%s %v", p.State, p.Problems)
	}
}

func TestDepth(t *testing.T) {
	chain := []*holder{ca(t, nil, "CN=0")}
	for n := 1; n < 20; n++ {
		chain = append(chain, ca(t, chain[n-1], fmt.Sprintf("CN=%d", n)))
	}
	for _, test := range []struct {
		n     int
		state State
	}{{13, StateValid}, {14, StateValid}, {15, StateUntrusted}} {
		p := BuildPath(person(t, chain[test.n]).Certificate, &Options{Roots: certs(chain[0]), Extra: certs(chain...), At: now})
		if p.State != test.state {
			t.Errorf("%d authorities: %s %v", test.n+1, p.State, p.Problems)
		}
	}
}

func TestWeakLinks(t *testing.T) {
	rsa := withKey(rsaKey(t))
	root := ca(t, nil, "CN=Root", rsa, withHash(crypto.MD5))
	inter := ca(t, root, "CN=CA", withKey(newKey(t)), withHash(crypto.SHA1))
	leaf := person(t, inter, withHash(crypto.SHA1))
	p := BuildPath(leaf.Certificate, &Options{Roots: certs(root), Extra: certs(inter), At: now})
	if p.State != StateValid {
		t.Fatal(p.State, p.Problems)
	}
	var got []string
	for _, w := range p.Weak {
		got = append(got, fmt.Sprintf("%d %s %s", w.Certificate, w.Code, w.Detail))
	}
	want := []string{"0 weak-digest signed with SHA1", "1 weak-digest signed with SHA1"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestPurposes(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	stampExt := purposesExt(true, oidTimeStamping)
	tests := []struct {
		name    string
		purpose Purpose
		leaf    edits
		state   State
		codes   string
	}{
		{"stamps", PurposeTimeStamp, edits{bare, stampExt}, StateValid, ""},
		{"stamps, not critical", PurposeTimeStamp, edits{bare, purposesExt(false, oidTimeStamping)}, StateWrongPurpose, "extended-key-usage-not-critical"},
		{"stamps and mail", PurposeTimeStamp, edits{bare, purposesExt(true, oidTimeStamping, oidEmailProtection)}, StateWrongPurpose, "extended-key-usage"},
		{"no purpose", PurposeTimeStamp, edits{bare}, StateWrongPurpose, "extended-key-usage"},
		{"mail by stamper", PurposeMail, edits{bare, stampExt}, StateWrongPurpose, "extended-key-usage"},
		{"any", PurposeAny, edits{bare, purposesExt(false, "1.2.3"), usage(KeyAgreement)}, StateValid, ""},
	}
	for _, test := range tests {
		leaf := person(t, w.inter, test.leaf...)
		p := BuildPath(leaf.Certificate, &Options{Roots: certs(w.root), Extra: certs(w.inter), At: now, Purpose: test.purpose})
		if p.State != test.state || codes(p.Problems) != test.codes {
			t.Errorf("%s: %s %v", test.name, p.State, p.Problems)
		}
	}
}

func TestNoMoment(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	w.opt.At = time.Time{}
	if p := w.build(); p.State != StateInvalid || codes(p.Problems) != "no-moment" {
		t.Errorf("%s %v", p.State, p.Problems)
	}
	if p := BuildPath(w.leaf.Certificate, nil); p.State != StateNoAnchors {
		t.Errorf("nil options: %s", p.State)
	}
}

func TestNotes(t *testing.T) {
	root := ca(t, nil, "CN=Root", withExt(oidSubjectKeyID, false, octets([]byte{1, 2})))
	leaf := person(t, root, bare, basic(-1), withExt(oidAuthorityKeyID, false, seq(general(0, []byte{9}), general(2, []byte{77}))))
	p := BuildPath(leaf.Certificate, &Options{Roots: certs(root), At: now})
	if want := "authority-key-id-differs authority-serial-differs authority-signs"; p.State != StateValid || codes(p.Notes) != want {
		t.Errorf("%s %v", p.State, p.Notes)
	}
}

// TestKeyIDPrefers: a candidate whose identifier fits is tried first.
func TestKeyIDPrefers(t *testing.T) {
	root := ca(t, nil, "CN=Root")
	id := func(b byte) func(*spec) { return withExt(oidSubjectKeyID, false, octets([]byte{b})) }
	var heap []*holder
	for n := range 20 {
		heap = append(heap, ca(t, root, "CN=CA", id(byte(n))))
	}
	leaf := person(t, heap[17], withExt(oidAuthorityKeyID, false, seq(general(0, []byte{17}))))
	o := &Options{Roots: certs(root), Extra: certs(heap...), At: now}
	if p := BuildPath(leaf.Certificate, o); p.State != StateValid || p.Chain[1] != heap[17].Certificate {
		t.Errorf("%s after %d signatures", p.State, p.Checks)
	}
	if first := newBuilder(o).issuers(leaf.Certificate)[0]; first != heap[17].Certificate {
		t.Error("another one is tried first")
	}
}

func TestSameAnswerTwice(t *testing.T) {
	w := newWorld(t, edits{validFrom(day0, since)}, nil, edits{bare, usage(KeyAgreement)})
	if a, b := fmt.Sprintf("%+v", w.build()), fmt.Sprintf("%+v", w.build()); a != b {
		t.Errorf("%s\n%s", a, b)
	}
}

func TestForgedLink(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	raw := slices.Clone(w.leaf.Raw)
	raw[len(raw)-3] ^= 1
	forged, err := ParseCertificate(raw)
	if err != nil {
		t.Fatal(err)
	}
	p := BuildPath(forged, &w.opt)
	if p.State != StateUntrusted || codes(p.Problems) != "link-signature" || !strings.Contains(p.Problems[0].Detail, "1 certificates") {
		t.Errorf("%s %v", p.State, p.Problems)
	}
}
