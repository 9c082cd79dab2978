package pki

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"testing"
)

// quick runs a search and holds it to its bound. A search and the evidence of
// revocation have a bound each.
func quick(t *testing.T, leaf *holder, o *Options) *Path {
	t.Helper()
	p := BuildPath(leaf.Certificate, o)
	if p.Checks > 2*maxChecks {
		t.Errorf("%d signatures were checked", p.Checks)
	}
	if len(p.Others) > maxOthers {
		t.Errorf("%d others", len(p.Others))
	}
	return p
}

// TestHeapOfIssuers: anybody can put certificates into a message. 255 of the
// issuer's name with other keys do not hide the true one.
func TestHeapOfIssuers(t *testing.T) {
	root := ca(t, nil, "CN=Root")
	var heap []*holder
	for range 255 {
		heap = append(heap, ca(t, nil, "CN=CA"))
	}
	inter := ca(t, root, "CN=CA")
	leaf := person(t, inter)
	if p := quick(t, leaf, &Options{Roots: certs(root), Extra: certs(append(heap, inter)...), At: now}); p.State != StateValid {
		t.Errorf("%s %v", p.State, p.Problems)
	}
	if p := quick(t, leaf, &Options{Roots: certs(root), Extra: certs(heap...), At: now}); p.State != StateUntrusted {
		t.Errorf("%s %v", p.State, p.Problems)
	}
}

// TestMaze: anybody can certify the issuer's key without having it, and sign with
// the key of an own mail certificate. Such ways do not hide the true one.
func TestMaze(t *testing.T) {
	root := ca(t, nil, "CN=Root")
	inter := ca(t, root, "CN=CA")
	leaf, mallory := person(t, inter), person(t, inter)
	maze, _ := mesh(t, 10)
	var junk []*holder
	for n := range 10 {
		by := &holder{nil, maze[n*9].key, maze[n*9].name}
		junk = append(junk, ca(t, by, "CN=CA", withKey(inter.key)))
		junk = append(junk, ca(t, mallory, by.name, withKey(by.key)))
	}
	extra := certs(append(append(junk, maze...), mallory, inter)...)
	p := quick(t, leaf, &Options{Roots: certs(root), Extra: extra, At: now})
	if p.State != StateValid || len(p.Chain) != 3 {
		t.Errorf("%s %v", p.State, p.Problems)
	}
	p = quick(t, leaf, &Options{Roots: certs(root), Extra: extra[:len(extra)-1], At: now})
	if p.State == StateValid {
		t.Error("valid without the true authority")
	}
}

// mesh makes authorities that have all certified one another.
func mesh(t *testing.T, n int, edit ...func(*spec)) (all []*holder, leaf *holder) {
	t.Helper()
	keys := make([]*holder, n)
	for i := range keys {
		keys[i] = &holder{nil, newKey(t), fmt.Sprintf("CN=CA %d", i)}
	}
	for i := range keys {
		for j := range keys {
			if i != j {
				all = append(all, ca(t, keys[j], keys[i].name, append([]func(*spec){withKey(keys[i].key)}, edit...)...))
			}
		}
	}
	return all, person(t, keys[0])
}

func TestMesh(t *testing.T) {
	all, leaf := mesh(t, 16)
	root := ca(t, nil, "CN=Root")
	p := quick(t, leaf, &Options{Roots: certs(root), Extra: certs(all...), At: now})
	if p.State != StateUntrusted || !strings.Contains(codes(p.Problems), codeBudget) && !strings.Contains(codes(p.Problems), codeDepth) {
		t.Errorf("%s %v", p.State, p.Problems)
	}
	if len(p.Others) > maxOthers {
		t.Error(len(p.Others))
	}
}

func TestMeshOfLongNames(t *testing.T) {
	prefix := nameDER(strings.Repeat("CN=aaaaaaaaaaaaaaaaaaaa,", 2000) + "CN=z")
	long := func(n string) []byte { return seq(prefix[4:], nameDER(n)[2:]) }
	all, _ := mesh(t, 16, func(s *spec) { s.names = long })
	leaf := &holder{Certificate: all[0].Certificate}
	p := quick(t, leaf, &Options{Roots: certs(ca(t, nil, "CN=Root")), Extra: certs(all...), At: now})
	if p.State != StateUntrusted || len(p.Chain) < 3 {
		t.Errorf("%s, chain of %d", p.State, len(p.Chain))
	}
}

// TestHostileConstraints: many names, many constraints, long ones.
func TestHostileConstraints(t *testing.T) {
	for _, size := range []int{1, 200} {
		var names, limits [][]byte
		for n := range 20_000 / size {
			text := fmt.Sprintf("%d@%s%d.example", n, strings.Repeat("a", size), n)
			names, limits = append(names, mailName(text)), append(limits, mailName("x"+text))
		}
		root := ca(t, nil, "CN=Root")
		inter := ca(t, root, "CN=CA", limited(limits, limits))
		leaf := person(t, inter, bare, altNames(names...))
		p := quick(t, leaf, &Options{Roots: certs(root), Extra: certs(inter), At: now})
		if p.State != StateInvalid || codes(p.Problems) != codeConstraintOdd && codes(p.Problems) != codeConstraint {
			t.Errorf("%s %v", p.State, p.Problems)
		}
	}
	var dirs [][]byte
	for n := range 3000 {
		dirs = append(dirs, dirName(strings.Repeat("CN=a,", 20)+fmt.Sprintf("CN=%d", n)))
	}
	all, leaf := mesh(t, 8, limited(nil, dirs))
	quick(t, leaf, &Options{Roots: certs(ca(t, nil, "CN=Root")), Extra: certs(all...), At: now})
}

func TestHostileExtensions(t *testing.T) {
	var exts []Extension
	for n := range 5000 {
		exts = append(exts, Extension{fmt.Sprintf("1.2.3.%d", n), true, nil})
	}
	all, leaf := mesh(t, 8, func(s *spec) { s.exts = append(s.exts, exts...) })
	p := quick(t, leaf, &Options{Roots: certs(ca(t, nil, "CN=Root")), Extra: certs(all...), At: now})
	for _, q := range p.Problems {
		if len(q.Detail) > 2000 {
			t.Errorf("%s: %d octets", q.Code, len(q.Detail))
		}
	}
}

// TestHostileEvidence: a heap of lists must not hide that the certificate is
// revoked: then nothing is said to be valid.
func TestHostileEvidence(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	stranger := ca(t, nil, "CN=Mail CA,O=Test")
	junk, good := list{this: since, next: later}, list{this: since, next: later, entries: plainEntry(w.leaf, since, 1)}
	for range 1000 {
		w.opt.CRLs = append(w.opt.CRLs, junk.made(t, stranger))
	}
	w.opt.CRLs = append(w.opt.CRLs, good.made(t, w.inter))
	p := quick(t, w.leaf, &w.opt)
	if p.State == StateValid {
		t.Errorf("%s %v", p.State, p.Problems)
	}
	if p.Standing[0] == StandingGood {
		t.Error(p.Standing)
	}
}

func TestLongList(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	l := list{this: since, next: later}
	for n := range 100_000 {
		l.entries = append(l.entries, listed{serial: big.NewInt(int64(n) + 1e9), at: since, reason: n % 3})
	}
	l.entries = append(l.entries, listed{serial: w.leaf.Serial, at: since, reason: 1})
	w.opt.CRLs = []*RevocationList{l.made(t, w.inter)}
	if p := quick(t, w.leaf, &w.opt); p.State != StateRevoked {
		t.Errorf("%s %+v", p.State, p.Revocation)
	}
}

// slowSPKIs are keys that are worked out slowly: of the sizes and curves that
// sigalg takes without the standard library.
func slowSPKIs(t *testing.T) map[string]func(n int) (spki, alg, sig []byte) {
	ecdsaSig := seq(tlv(2, bytes.Repeat([]byte{0x77}, 20)), tlv(2, bytes.Repeat([]byte{0x55}, 20)))
	curve := func(oid, x, y string) func(int) ([]byte, []byte, []byte) {
		point, err := hex.DecodeString("04" + x + y)
		if err != nil {
			t.Fatal(err)
		}
		return func(int) ([]byte, []byte, []byte) {
			return seq(seq(oidDER("1.2.840.10045.2.1"), oidDER(oid)), bitsOf(point)), seq(oidDER("1.2.840.10045.4.3.2")), ecdsaSig
		}
	}
	rsa := func(octets, exponent int) func(int) ([]byte, []byte, []byte) {
		return func(n int) ([]byte, []byte, []byte) {
			modulus := bytes.Repeat([]byte{0xF7}, octets)
			modulus[9], modulus[10] = byte(n), byte(n>>8)
			e := bytes.Repeat([]byte{0x7F}, exponent)
			return seq(seq(oidDER("1.2.840.113549.1.1.1"), []byte{5, 0}), bitsOf(seq(tlv(2, []byte{0}, modulus), tlv(2, e)))),
				seq(oidDER("1.2.840.113549.1.1.11"), []byte{5, 0}), bytes.Repeat([]byte{0x61}, octets)
		}
	}
	return map[string]func(int) ([]byte, []byte, []byte){
		"rsa 2048": rsa(256, 1), "rsa 2048, long exponent": rsa(256, 8), "rsa 4096": rsa(512, 8), "rsa 8192": rsa(1024, 8), "rsa 16384": rsa(2048, 8),
		"brainpoolP512r1": curve("1.3.36.3.3.2.8.1.1.13",
			"81aee4bdd82ed9645a21322e9c4c6a9385ed9f70b5d916c1b43b62eef4d0098eff3b1f78e2d0d48d50d1687b93b97d5f7c6d5047406a5e688b352209bcb9f822",
			"7dde385d566332ecc0eabfa9cf7822fdf209f70024a57b1aa000c55b881f8111b2dcde494a5f485e5bca4bd88a2763aed1ca2b2fa8f0540678cd1e0f3ad80892"),
		"P-256": curve("1.2.840.10045.3.1.7", "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5"),
		"P-521": curve("1.3.132.0.35", "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5bd66",
			"011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be94769fd16650"),
	}
}

func TestSlowKeys(t *testing.T) {
	for name, make1 := range slowSPKIs(t) {
		t.Run(name, func(t *testing.T) {
			var heap []*Certificate
			for n := range 255 {
				spki, alg, sig := make1(n)
				tbs := seq(tlv(contextCons(0), number(2)), number(int64(n+1)), alg, nameDER("CN=CA"), seq(stamp(day0), stamp(day9)), nameDER("CN=CA"), spki,
					tlv(contextCons(3), extDER([]Extension{{oidBasicConstraints, true, seq(boolean(0xFF))}})))
				c, err := ParseCertificate(seq(tbs, alg, bitsOf(sig)))
				if err != nil || len(c.Problems) > 0 {
					t.Fatal(err, c.Problems)
				}
				heap = append(heap, c)
			}
			p := quick(t, &holder{Certificate: heap[0]}, &Options{Roots: certs(ca(t, nil, "CN=Root")), Extra: heap, At: now})
			if p.State != StateUntrusted {
				t.Error(p.State)
			}
		})
	}
}
