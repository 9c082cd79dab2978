package pki

import (
	"crypto"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte/asn1"
)

// listed is an entry of a list to be made.
type listed struct {
	serial  *big.Int
	at      time.Time
	reason  int // -1: absent
	invalid time.Time
	exts    []Extension
}

func (e listed) der() []byte {
	exts := slices.Clone(e.exts)
	if e.reason >= 0 {
		exts = append(exts, Extension{oidReasonCode, false, enum(byte(e.reason))})
	}
	if !e.invalid.IsZero() {
		exts = append(exts, Extension{oidInvalidityDate, false, gtime(e.invalid)})
	}
	if len(exts) == 0 {
		return seq(integer(e.serial), stamp(e.at))
	}
	return seq(integer(e.serial), stamp(e.at), extDER(exts))
}

// list is a CRL to be made.
type list struct {
	issuer     string
	this, next time.Time
	entries    []listed
	exts       []Extension
	inner      []byte
}

func (l *list) der(by *holder) []byte {
	var next, entries, exts []byte
	if !l.next.IsZero() {
		next = stamp(l.next)
	}
	if len(l.entries) > 0 {
		var all [][]byte
		for _, e := range l.entries {
			all = append(all, e.der())
		}
		entries = seq(all...)
	}
	if len(l.exts) > 0 {
		exts = tlv(contextCons(0), extDER(l.exts))
	}
	inner := l.inner
	if inner == nil {
		inner = algorithmDER(by.key, crypto.SHA256)
	}
	issuer := l.issuer
	if issuer == "" {
		issuer = by.name
	}
	return signedDER(seq(number(1), inner, nameDER(issuer), stamp(l.this), next, entries, exts), by.key, crypto.SHA256)
}

func (l *list) made(t testing.TB, by *holder) *RevocationList {
	t.Helper()
	all, err := ReadRevocationLists(l.der(by))
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	all[0].Label = "given"
	return all[0]
}

func plainEntry(h *holder, at time.Time, reason int) []listed {
	return []listed{{serial: h.Serial, at: at, reason: reason}}
}

// scopeExt writes an issuing distribution point.
func scopeExt(parts ...[]byte) []Extension {
	return []Extension{{oidDistributionPoint, true, seq(parts...)}}
}

func yes(tag uint8) []byte { return general(tag, []byte{0xFF}) }
func pointName(uri string) []byte {
	return tlv(contextCons(0), tlv(contextCons(0), uriName(uri)))
}

func TestRevokedByList(t *testing.T) {
	const keyCompromise, affiliation, superseded, hold, remove = 1, 3, 4, 6, 8
	expired := now.AddDate(0, 0, 3)
	w := newWorld(t, nil, nil, edits{validFrom(day0, day9), withExt(oidCRLDistribution, false, seq(seq(pointName("http://a"))))})
	brief := person(t, w.inter, validFrom(day0, expired))
	tests := []struct {
		name     string
		list     list
		state    State
		standing Standing
		why      string // of the fact, in part
	}{
		{"not listed", list{this: since, next: later}, StateValid, StandingGood, ""},
		{"newer, not listed", list{this: sometime, next: later}, StateValid, StandingGood, ""},
		{"stale", list{this: day0, next: since}, StateValid, StandingNotChecked, "stale"},
		{"no next update", list{this: since}, StateValid, StandingNotChecked, "until when"},
		{"newer, no next update", list{this: sometime}, StateValid, StandingGood, ""},
		{"revoked before", list{this: since, next: later, entries: plainEntry(w.leaf, since, superseded)}, StateRevoked, StandingRevoked, "superseded"},
		{"revoked before, stale", list{this: day0, next: day0, entries: plainEntry(w.leaf, day0, -1)}, StateRevoked, StandingRevoked, "revoked 2020"},
		{"revoked at the moment", list{this: since, next: later, entries: plainEntry(w.leaf, now, affiliation)}, StateRevoked, StandingRevoked, ""},
		{"superseded later", list{this: sometime, next: later, entries: plainEntry(w.leaf, sometime, superseded)}, StateValid, StandingLater, "after the moment"},
		{"no reason, later", list{this: sometime, next: later, entries: plainEntry(w.leaf, sometime, -1)}, StateValid, StandingLater, "after the moment"},
		{"compromised later", list{this: sometime, next: later, entries: plainEntry(w.leaf, sometime, keyCompromise)}, StateRevoked, StandingRevoked, "claim any moment"},
		{"authority compromised later", list{this: sometime, next: later, entries: plainEntry(w.leaf, sometime, 2)}, StateRevoked, StandingRevoked, ""},
		{"invalid before", list{this: sometime, next: later, entries: []listed{{w.leaf.Serial, sometime, affiliation, since, nil}}}, StateRevoked, StandingRevoked, "suspected since"},
		{"invalid after", list{this: sometime, next: later, entries: []listed{{w.leaf.Serial, sometime, affiliation, sometime, nil}}}, StateValid, StandingLater, ""},
		{"on hold", list{this: since, next: later, entries: plainEntry(w.leaf, since, hold)}, StateRevoked, StandingRevoked, "certificateHold"},
		{"removed", list{this: since, next: later, entries: plainEntry(w.leaf, since, remove)}, StateValid, StandingGood, ""},
		{"another serial", list{this: since, next: later, entries: plainEntry(w.inter, since, 1)}, StateValid, StandingGood, ""},
		{"delta", list{this: since, next: later, entries: plainEntry(w.leaf, since, 1), exts: []Extension{{oidDeltaCRL, true, number(1)}}}, StateValid, StandingNotChecked, "delta list, which is not combined with its base; it lists"},
		{"unknown critical", list{this: since, next: later, exts: []Extension{{"1.2.3", true, number(1)}}}, StateValid, StandingNotChecked, "not known: [1.2.3]"},
		{"unknown, not critical", list{this: since, next: later, exts: []Extension{{"1.2.3", false, number(1)}, {oidCRLNumber, false, number(7)}}}, StateValid, StandingGood, ""},
		{"unknown critical in an entry", list{this: since, next: later, entries: []listed{{big.NewInt(1), since, -1, time.Time{}, []Extension{{"1.2.3", true, nil}}}}}, StateValid, StandingNotChecked, "of entries"},
		{"for authorities", list{this: since, next: later, exts: scopeExt(yes(2))}, StateValid, StandingNotChecked, "authorities only"},
		{"for end entities", list{this: since, next: later, exts: scopeExt(yes(1))}, StateValid, StandingGood, ""},
		{"for attributes", list{this: since, next: later, exts: scopeExt(yes(5))}, StateValid, StandingNotChecked, "attribute"},
		{"for some reasons", list{this: since, next: later, exts: scopeExt(general(3, []byte{0, 0x40}))}, StateValid, StandingNotChecked, "some reasons"},
		{"for some reasons, listed", list{this: since, next: later, exts: scopeExt(general(3, []byte{0, 0x40})), entries: plainEntry(w.leaf, since, 1)}, StateRevoked, StandingRevoked, ""},
		{"its distribution point", list{this: since, next: later, exts: scopeExt(pointName("http://a"))}, StateValid, StandingGood, ""},
		{"another distribution point", list{this: since, next: later, exts: scopeExt(pointName("http://b"))}, StateValid, StandingNotChecked, "another distribution point"},
		{"scope unreadable", list{this: since, next: later, exts: scopeExt(number(1))}, StateValid, StandingNotChecked, "whole"},
		{"algorithm differs inside", list{this: since, next: later, inner: seq(oidDER("1.2.3"))}, StateValid, StandingNotChecked, "another algorithm"},
		{"indirect, listed", list{issuer: "CN=Mail CA,O=Test", this: since, next: later, exts: scopeExt(yes(4)), entries: []listed{{w.leaf.Serial, since, 1, time.Time{},
			[]Extension{{oidCertificateIssuer, true, seq(dirName("CN=Other"))}}}}}, StateValid, StandingGood, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := w.opt
			o.CRLs = []*RevocationList{test.list.made(t, w.inter)}
			p := BuildPath(w.leaf.Certificate, &o)
			f := p.Revocation[0]
			if p.State != test.state || p.Standing[0] != test.standing || !strings.Contains(f.Why, test.why) {
				t.Errorf("%s %s %q, want %s %s %q", p.State, p.Standing[0], f.Why, test.state, test.standing, test.why)
			}
			if f.Source != "crl" || f.Label != "given" || f.Usable == (test.standing == StandingNotChecked) || p.Standing[2] != StandingNotChecked {
				t.Errorf("%+v %v", f, p.Standing)
			}
		})
	}
	old := list{this: now.AddDate(0, 0, 5), next: later}
	o := w.opt
	o.CRLs = []*RevocationList{old.made(t, w.inter)}
	if p := BuildPath(brief.Certificate, &o); p.Standing[0] != StandingNotChecked || !strings.Contains(p.Revocation[0].Why, "dropped") {
		t.Errorf("a list from after the end of validity: %+v", p.Revocation)
	}
	old.exts = []Extension{{oidExpiredCertsOnCRL, false, gtime(day0)}}
	o.CRLs[0] = old.made(t, w.inter)
	if p := BuildPath(brief.Certificate, &o); p.Standing[0] != StandingGood {
		t.Errorf("a list that keeps expired ones: %+v", p.Revocation)
	}
}

var sometime = now.AddDate(0, 0, 2)

func TestAttestedMoment(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	w.opt.Attested = true
	for _, test := range []struct {
		at, invalid time.Time
		state       State
	}{{sometime, time.Time{}, StateValid}, {sometime, sometime, StateValid}, {sometime, since, StateRevoked}, {since, time.Time{}, StateRevoked}} {
		l := list{this: sometime, next: later, entries: []listed{{w.leaf.Serial, test.at, 1, test.invalid, nil}}}
		w.opt.CRLs = []*RevocationList{l.made(t, w.inter)}
		if p := w.build(); p.State != test.state {
			t.Errorf("%v: %s %v", test, p.State, p.Revocation)
		}
	}
}

func TestHoldIsLifted(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	held := list{this: since, next: later, entries: plainEntry(w.leaf, since, 6)}
	free := list{this: since.AddDate(0, 0, 9), next: later}
	w.opt.CRLs = []*RevocationList{held.made(t, w.inter), free.made(t, w.inter)}
	if p := w.build(); p.State != StateValid || p.Standing[0] != StandingGood || codes(p.Notes) != "hold-lifted" {
		t.Errorf("%s %v %v", p.State, p.Standing, p.Notes)
	}
	held.this, free.this = free.this, held.this
	w.opt.CRLs = []*RevocationList{free.made(t, w.inter), held.made(t, w.inter)}
	if p := w.build(); p.State != StateRevoked {
		t.Errorf("%s %v", p.State, p.Revocation)
	}
}

func TestWhoSignsLists(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	stranger := ca(t, nil, "CN=Mail CA,O=Test")
	second := issue(t, w.root, "CN=Mail CA,O=Test", usage(CRLSign))
	noUse := issue(t, w.root, "CN=Mail CA,O=Test", usage(DigitalSignature))
	unsaid := issue(t, w.root, "CN=Mail CA,O=Test")
	old := issue(t, w.root, "CN=Mail CA,O=Test", usage(CRLSign), validFrom(day0, since))
	tests := []struct {
		name string
		by   *holder
		want Standing
	}{
		{"issuer", w.inter, StandingRevoked}, {"another key of the issuer", second, StandingRevoked}, {"stranger", stranger, StandingNotChecked},
		{"a key that may not", noUse, StandingNotChecked}, {"a key that does not say so", unsaid, StandingNotChecked}, {"expired key", old, StandingNotChecked},
	}
	for _, test := range tests {
		l := list{this: since, next: later, entries: plainEntry(w.leaf, since, 1)}
		o := w.opt
		o.Extra = append(certs(test.by), o.Extra...)
		o.CRLs = []*RevocationList{l.made(t, test.by)}
		p := BuildPath(w.leaf.Certificate, &o)
		if p.Standing[0] != test.want || test.want == StandingNotChecked && !strings.Contains(p.Revocation[0].Why, "lists the certificate") {
			t.Errorf("%s: %s %+v", test.name, p.Standing[0], p.Revocation)
		}
	}
	mute := newWorld(t, nil, edits{bare, basic(-1), usage(KeyCertSign)}, nil)
	l := list{this: since, next: later}
	mute.opt.CRLs = []*RevocationList{l.made(t, mute.inter)}
	if p := mute.build(); p.Standing[0] != StandingNotChecked || !strings.Contains(p.Revocation[0].Why, "may not sign lists") {
		t.Errorf("%+v", p.Revocation)
	}
}

func TestRevokedAuthority(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	byRoot := list{this: since, next: later, entries: plainEntry(w.inter, since, 2)}
	w.opt.CRLs = []*RevocationList{byRoot.made(t, w.root)}
	if p := w.build(); p.State != StateRevoked || p.Problems[0].Certificate != 1 {
		t.Errorf("%s %v", p.State, p.Problems)
	}
	itself := list{this: since, next: later, entries: plainEntry(w.root, since, 2)}
	w.opt.CRLs = []*RevocationList{itself.made(t, w.root)}
	if p := w.build(); p.State != StateRevoked || p.Problems[0].Certificate != 2 || p.Standing[1] != StandingGood {
		t.Errorf("%s %v", p.State, p.Problems)
	}
}

func TestIndirectList(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	other := ca(t, w.root, "CN=Lists")
	named := []Extension{{oidCertificateIssuer, true, seq(dirName("CN=p:MAIL CA,O=Test"))}}
	l := list{this: since, next: later, exts: scopeExt(yes(4)), entries: []listed{{big.NewInt(3), since, -1, time.Time{}, named},
		{w.leaf.Serial, since, 1, time.Time{}, nil}}}
	l.entries[0].exts[0].Value = seq(dirName("CN=Mail CA,O=Test"))
	w.opt.CRLs = []*RevocationList{l.made(t, other)}
	p := w.build()
	if len(p.Revocation) != 1 || p.Revocation[0].Usable || !strings.Contains(p.Revocation[0].Why, "indirect") || p.Standing[0] != StandingNotChecked {
		t.Errorf("%+v", p.Revocation)
	}
}

func TestListFields(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	l := list{this: since, next: later, exts: []Extension{{oidCRLNumber, false, number(300)}, {oidAuthorityKeyID, false, seq(general(0, []byte{7}))}},
		entries: []listed{{big.NewInt(-5), since, 1, day0, nil}, {big.NewInt(0), day0, -1, time.Time{}, nil}, {big.NewInt(9), day0, 7, time.Time{},
			[]Extension{{oidCertificateIssuer, true, seq(mailName("x"), dirName("CN=Z"))}}}}}
	r := l.made(t, w.inter)
	var got []string
	for e := range r.Entries() {
		who := ""
		if e.Issuer != nil {
			who = e.Issuer.String()
		}
		got = append(got, strings.Join([]string{e.Serial.String(), e.RevokedAt.Format("2006"), e.Reason, who}, "/"))
	}
	if want := "-5/2024/keyCompromise/ 0/2020// 9/2020/reason 7/CN=Z"; strings.Join(got, " ") != want {
		t.Errorf("%q", got)
	}
	if r.Number.Int64() != 300 || len(r.AuthorityKeyID) != 1 || r.Version != 2 || !r.ThisUpdate.Equal(since) || !r.NextUpdate.Equal(later) || len(r.Problems) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestBrokenLists(t *testing.T) {
	k := ca(t, nil, "CN=A")
	alg := algorithmDER(k.key, crypto.SHA256)
	leaf := person(t, k)
	whole := func(fields ...[]byte) []byte { return signedDER(seq(fields...), k.key, crypto.SHA256) }
	tests := []struct {
		name  string
		der   []byte
		codes string // "-": no list
	}{
		{"version 1", whole(alg, nameDER("CN=A"), stamp(since)), ""},
		{"entry is junk", whole(alg, nameDER("CN=A"), stamp(since), stamp(later), seq(listed{leaf.Serial, since, -1, time.Time{}, nil}.der(), number(1))), "entry-unreadable"},
		{"tail is junk", whole(number(1), alg, nameDER("CN=A"), stamp(since), stamp(later), number(1)), "extensions-unreadable"},
		{"extensions break off", whole(number(1), alg, nameDER("CN=A"), stamp(since), stamp(later), tlv(contextCons(0), seq(number(1)))), "extensions-unreadable"},
		{"time unreadable", whole(alg, nameDER("CN=A"), tlv(asn1.UTCTime, []byte("x"))), "time-unreadable"},
		{"no time", whole(alg, nameDER("CN=A")), "-"}, {"no issuer", whole(alg, stamp(since)), "-"}, {"empty", whole(), "-"},
		{"certificate", leaf.Raw, "-"}, {"junk", seq(number(1)), "-"},
	}
	for _, test := range tests {
		all, err := ReadRevocationLists(test.der)
		if (err != nil) != (test.codes == "-") {
			t.Errorf("%s: %v", test.name, err)
		} else if err == nil && codes(all[0].Problems) != test.codes {
			t.Errorf("%s: [%s], want [%s]", test.name, codes(all[0].Problems), test.codes)
		}
		if err == nil && strings.HasSuffix(test.codes, "unreadable") {
			p := BuildPath(leaf.Certificate, &Options{Roots: certs(k), At: now, CRLs: all})
			if p.Standing[0] == StandingGood {
				t.Errorf("%s: good", test.name)
			}
		}
	}
}
