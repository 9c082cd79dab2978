package pki

import (
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	mrand "math/rand"
	"slices"
	"strings"
	"testing"
	"time"
)

// This file asks crypto/x509 the same questions over random worlds of authorities.

// random is a world: authorities of few names, some of them with two keys, and
// certificates among them with random faults.
type random struct {
	*mrand.Rand
	keys  []*holder // name and key
	certs []*holder
	roots []*holder
}

// dice makes one fault in four certificates.
func (r *random) dice(kind string) []func(*spec) {
	ku := usage(KeyCertSign | CRLSign)
	switch r.Intn(24) {
	case 0:
		return edits{basic(-1), ku, validFrom(day0, since)}
	case 1:
		return edits{basic(-1), ku, validFrom(later, day9)}
	case 2:
		return edits{basic(-1), usage(CRLSign)}
	case 3:
		return edits{withExt(oidBasicConstraints, true, seq()), ku}
	case 4:
		return edits{basic(r.Intn(2)), ku}
	case 5:
		return edits{basic(-1), ku, purposesExt(false, "1.3.6.1.5.5.7.3.1")}
	case 6:
		return edits{basic(-1), ku, purposesExt(false, oidEmailProtection, "1.3.6.1.5.5.7.3.1")}
	case 7:
		return edits{basic(-1), ku, limited([][]byte{mailName("example.com")}, nil)}
	case 8:
		return edits{basic(-1), ku, limited(nil, [][]byte{mailName("example.com")})}
	case 9:
		return edits{basic(-1), ku, withExt("1.2.3.4.5", true, octets(nil))}
	}
	return edits{basic(-1), ku}
}

func newRandom(t *testing.T, seed int64) *random {
	r := &random{Rand: mrand.New(mrand.NewSource(seed))}
	for n := range 3 + r.Intn(4) {
		for range 1 + r.Intn(2) {
			r.keys = append(r.keys, &holder{nil, newKey(t), fmt.Sprintf("CN=CA %d,O=Test", n)})
		}
	}
	for range 3 + r.Intn(12) {
		by, who := r.keys[r.Intn(len(r.keys))], r.keys[r.Intn(len(r.keys))]
		if by.name == who.name {
			continue // crypto/x509 counts self-issued certificates for the path length
		}
		r.certs = append(r.certs, issue(t, by, who.name, append(r.dice("ca"), withKey(who.key))...))
	}
	for range 1 + r.Intn(2) {
		k := r.keys[r.Intn(len(r.keys))]
		r.roots = append(r.roots, issue(t, k, k.name, append(r.dice("root"), withKey(k.key))...))
	}
	return r
}

// standardAnswer is crypto/x509's.
func standardAnswer(t *testing.T, leaf *Certificate, roots, others []*holder) (bool, error) {
	t.Helper()
	parse := func(c *Certificate) *x509.Certificate {
		out, err := x509.ParseCertificate(c.Raw)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	o := x509.VerifyOptions{Roots: x509.NewCertPool(), Intermediates: x509.NewCertPool(), CurrentTime: now,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}}
	for _, h := range roots {
		o.Roots.AddCert(parse(h.Certificate))
	}
	for _, h := range others {
		o.Intermediates.AddCert(parse(h.Certificate))
	}
	_, err := parse(leaf).Verify(o)
	return err == nil, err
}

func TestAsX509Verify(t *testing.T) {
	counts := map[State]int{}
	for seed := range int64(800) {
		r := newRandom(t, seed)
		leaf := person(t, r.keys[r.Intn(len(r.keys))])
		want, err := standardAnswer(t, leaf.Certificate, r.roots, r.certs)
		p := BuildPath(leaf.Certificate, &Options{Roots: certs(r.roots...), Extra: certs(r.certs...), At: now})
		counts[p.State]++
		if (p.State == StateValid) != want && !rootOnly(p) {
			t.Fatalf("seed %d: %s %v; crypto/x509: %v", seed, p.State, p.Problems, err)
		}
		if slow := slowAnswer(certs(r.roots...), certs(r.certs...), []*Certificate{leaf.Certificate}); slow != (p.State == StateValid) {
			t.Fatalf("seed %d: %s %v; slow search: %v", seed, p.State, p.Problems, slow)
		}
		shuffled := slices.Clone(r.certs)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		q := BuildPath(leaf.Certificate, &Options{Roots: certs(r.roots...), Extra: certs(shuffled...), At: now})
		if q.State != p.State {
			t.Fatalf("seed %d: the order of certificates changes %s to %s", seed, p.State, q.State)
		}
	}
	t.Log(counts)
	if counts[StateValid] < 100 || len(counts) < 5 {
		t.Errorf("the worlds are too much alike: %v", counts)
	}
}

// rootOnly reports faults that only this package finds in roots: crypto/x509 does
// not look at the critical extensions of a root.
func rootOnly(p *Path) bool {
	return !slices.ContainsFunc(p.Problems, func(q Problem) bool { return q.Certificate != len(p.Chain)-1 || q.Code != codeCritical })
}

// slowAnswer tries every chain there is and applies the rules that the worlds
// above break, written again and shorter.
func slowAnswer(roots, others, chain []*Certificate) bool {
	last := chain[len(chain)-1]
	for _, root := range roots {
		if last.Issuer.String() == root.Subject.String() && root.verify(&last.public.signature, last.TBS, last.Signature) == nil &&
			slowHolds(append(slices.Clone(chain), root)) {
			return true
		}
	}
	for _, c := range others {
		used := slices.ContainsFunc(chain, func(o *Certificate) bool { return string(o.SPKI) == string(c.SPKI) })
		if !used && len(chain) < 9 && last.Issuer.String() == c.Subject.String() && c.verify(&last.public.signature, last.TBS, last.Signature) == nil &&
			slowAnswer(roots, others, append(slices.Clone(chain), c)) {
			return true
		}
	}
	return false
}

func slowHolds(chain []*Certificate) bool {
	for i, c := range chain {
		if now.Before(c.NotBefore) || now.After(c.NotAfter) {
			return false
		}
		for _, e := range c.Extensions {
			if strings.HasPrefix(e.OID, "1.2.3") {
				return false
			}
		}
		if i == 0 {
			continue
		}
		if !c.CA || c.KeyUsage&KeyCertSign == 0 || c.PathLen >= 0 && i-1 > c.PathLen {
			return false
		}
		if c.HasEKU && !slices.Contains(c.EKU, oidEmailProtection) {
			return false
		}
		if c.Constraints != nil && len(c.Constraints.Excluded) > 0 {
			return false
		}
	}
	return true
}

// TestCRLAsStandardLibrary: crypto/x509 writes lists that are read the same.
func TestCRLAsStandardLibrary(t *testing.T) {
	root := ca(t, nil, "CN=Root", withExt(oidSubjectKeyID, false, octets([]byte{1, 2, 3})))
	issuer, err := x509.ParseCertificate(root.Raw)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 30 {
		template := &x509.RevocationList{Number: big.NewInt(int64(n)), ThisUpdate: since, NextUpdate: later.AddDate(n, 0, 0)}
		for i := range n {
			template.RevokedCertificateEntries = append(template.RevokedCertificateEntries, x509.RevocationListEntry{
				SerialNumber: new(big.Int).Lsh(big.NewInt(int64(i+1)), uint(i*7)), RevocationTime: day0.AddDate(0, 0, i), ReasonCode: []int{0, 1, 4, 5, 9}[i%5],
				ExtraExtensions: []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 3}, Value: []byte{5, 0}}}[:i%2]})
		}
		der, err := x509.CreateRevocationList(rand.Reader, template, issuer, root.key)
		if err != nil {
			t.Fatal(err)
		}
		want, err := x509.ParseRevocationList(der)
		if err != nil {
			t.Fatal(err)
		}
		lists, err := ReadRevocationLists(der)
		if err != nil || len(lists[0].Problems) > 0 {
			t.Fatal(err, lists[0].Problems)
		}
		l := lists[0]
		if l.Number.Cmp(want.Number) != 0 || !l.ThisUpdate.Equal(want.ThisUpdate) || !l.NextUpdate.Equal(want.NextUpdate) ||
			string(l.TBS) != string(want.RawTBSRevocationList) || string(l.AuthorityKeyID) != string(want.AuthorityKeyId) || string(l.Issuer.Raw) != string(want.RawIssuer) {
			t.Errorf("%+v\n%+v", l, want)
		}
		i := 0
		for e := range l.Entries() {
			w := want.RevokedCertificateEntries[i]
			reason := ""
			if w.ReasonCode != 0 {
				reason = reasonText(w.ReasonCode)
			}
			if e.Serial.Cmp(w.SerialNumber) != 0 || !e.RevokedAt.Equal(w.RevocationTime) || e.Reason != reason {
				t.Errorf("%+v, want %+v", e, w)
			}
			i++
		}
		if i != n {
			t.Errorf("%d entries, want %d", i, n)
		}
	}
}

// TestRevocationRule compares the rule with its definition over a grid of times.
func TestRevocationRule(t *testing.T) {
	times := []time.Time{day0, since, now, sometime, later}
	for _, reason := range []string{"", "unspecified", "keyCompromise", "cACompromise", "aACompromise", "superseded", "affiliationChanged", reasonHold} {
		for _, revoked := range times {
			for _, invalid := range append(times, time.Time{}) {
				for _, attested := range []bool{false, true} {
					f := Revocation{Status: statusRevoked, RevokedAt: revoked, Invalidity: invalid, Reason: reason}
					f.apply(now, attested)
					compromise := strings.HasSuffix(reason, "Compromise")
					want := !revoked.After(now) || !invalid.IsZero() && !invalid.After(now) || compromise && !attested
					if f.applies != want || f.Why == "" {
						t.Errorf("%q %v %v %v: %v", reason, revoked, invalid, attested, f.applies)
					}
				}
			}
		}
	}
}

// TestCovers compares freshness with its definition over a grid of times.
func TestCovers(t *testing.T) {
	times := []time.Time{{}, day0, since, now, sometime, later, day9, day9.AddDate(1, 0, 0)}
	c := &Certificate{NotAfter: later}
	for _, this := range times {
		for _, next := range times {
			for _, keeps := range times {
				got := covers(c, this, next, keeps, now) == ""
				var want bool
				switch {
				case this.IsZero():
				case this.After(now):
					want = !this.After(later) || !keeps.IsZero() && !keeps.After(later)
				default:
					want = !next.IsZero() && !next.Before(now)
				}
				if got != want {
					t.Errorf("this %v, next %v, keeps since %v: %v", this, next, keeps, got)
				}
			}
		}
	}
	if covers(c, since, later, time.Time{}, time.Time{}) == "" {
		t.Error("covers no moment")
	}
}
