package pki

import (
	"crypto"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"math/big"
	"strings"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte/asn1"
	"golang.org/x/crypto/ocsp"
)

// reply is an OCSP response to be made, about one certificate.
type reply struct {
	about, issuer *holder
	status        string // "good"
	at            time.Time
	reason        int
	this, next    time.Time
	exts          []Extension // of the answer
	all           []Extension // of the response
	byName        bool
	sha256        bool
	with          []*holder
	serial        *big.Int
}

const noReason = -1

func (r *reply) certID() []byte {
	sum, oid := func(b []byte) []byte { s := sha1.Sum(b); return s[:] }, "1.3.14.3.2.26"
	if r.sha256 {
		sum, oid = func(b []byte) []byte { s := sha256.Sum256(b); return s[:] }, "2.16.840.1.101.3.4.2.1"
	}
	serial := r.serial
	if serial == nil {
		serial = r.about.Serial
	}
	return seq(seq(oidDER(oid)), octets(sum(r.about.Issuer.Raw)), octets(sum(r.issuer.keyBits())), integer(serial))
}

func (r *reply) answer() []byte {
	status := general(0, nil)
	switch r.status {
	case statusUnknown:
		status = general(2, nil)
	case statusRevoked:
		var reason []byte
		if r.reason != noReason {
			reason = tlv(contextCons(0), enum(byte(r.reason)))
		}
		status = tlv(contextCons(1), gtime(r.at), reason)
	}
	var next, exts []byte
	if !r.next.IsZero() {
		next = tlv(contextCons(0), gtime(r.next))
	}
	if len(r.exts) > 0 {
		exts = tlv(contextCons(1), extDER(r.exts))
	}
	return seq(r.certID(), status, gtime(r.this), next, exts)
}

func (r *reply) der(by *holder) []byte {
	sum := sha1.Sum(by.keyBits())
	who := tlv(contextCons(2), octets(sum[:]))
	if r.byName {
		who = tlv(contextCons(1), nameDER(by.name))
	}
	var exts, certs []byte
	if len(r.all) > 0 {
		exts = tlv(contextCons(1), extDER(r.all))
	}
	tbs := seq(who, gtime(r.this), seq(r.answer()), exts)
	var list [][]byte
	for _, h := range r.with {
		list = append(list, h.Raw)
	}
	if len(list) > 0 {
		certs = tlv(contextCons(0), seq(list...))
	}
	signed := signedDER(tbs, by.key, crypto.SHA256)
	basic := seq(signed[len(signed)-bodySize(signed):], certs)
	return seq(enum(0), tlv(contextCons(0), seq(oidDER(oidOCSPBasic), octets(basic))))
}

// bodySize is the size of what a SEQUENCE holds.
func bodySize(der []byte) int {
	s := der[1:]
	switch {
	case s[0] < 0x80:
		return int(s[0])
	case s[0] == 0x81:
		return int(s[1])
	}
	return int(s[1])<<8 | int(s[2])
}

func (r *reply) made(t testing.TB, by *holder) *OCSPResponse {
	t.Helper()
	all, err := ReadOCSPResponses(r.der(by))
	if err != nil || len(all) != 1 || len(all[0].Problems) != 0 {
		t.Fatal(all, err)
	}
	all[0].Label = "stapled"
	return all[0]
}

func TestOCSPAnswers(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	answers := func(r reply) reply {
		r.about, r.issuer = w.leaf, w.inter
		if r.this.IsZero() {
			r.this, r.next = since, later
		}
		return r
	}
	stranger := ca(t, nil, "CN=Mail CA,O=Test")
	tests := []struct {
		name     string
		reply    reply
		state    State
		standing Standing
		why      string
	}{
		{"good", answers(reply{}), StateValid, StandingGood, ""},
		{"good by name", answers(reply{byName: true}), StateValid, StandingGood, ""},
		{"good by SHA-256", answers(reply{sha256: true}), StateValid, StandingGood, ""},
		{"unknown", answers(reply{status: statusUnknown}), StateValid, StandingUnknown, ""},
		{"revoked", answers(reply{status: statusRevoked, at: since, reason: 4}), StateRevoked, StandingRevoked, "superseded"},
		{"revoked without a reason", answers(reply{status: statusRevoked, at: since, reason: noReason}), StateRevoked, StandingRevoked, "revoked 2024"},
		{"revoked later", answers(reply{status: statusRevoked, at: sometime, reason: 4, this: sometime}), StateValid, StandingLater, "after"},
		{"compromised later", answers(reply{status: statusRevoked, at: sometime, reason: 1, this: sometime}), StateRevoked, StandingRevoked, "claim"},
		{"invalid before", answers(reply{status: statusRevoked, at: sometime, reason: noReason, this: sometime,
			exts: []Extension{{oidInvalidityDate, false, gtime(since)}}}), StateRevoked, StandingRevoked, "suspected"},
		{"reason as an extension", answers(reply{status: statusRevoked, at: sometime, reason: noReason, this: sometime,
			exts: []Extension{{oidReasonCode, false, enum(1)}}}), StateRevoked, StandingRevoked, "keyCompromise"},
		{"stale", answers(reply{this: day0, next: since}), StateValid, StandingNotChecked, "stale"},
		{"before, without an end", answers(reply{this: since}), StateValid, StandingNotChecked, "until when"},
		{"after, without an end", answers(reply{this: sometime}), StateValid, StandingGood, ""},
		{"after the end of validity", answers(reply{this: day9.AddDate(1, 0, 0)}), StateValid, StandingNotChecked, "dropped"},
		{"with an archive", answers(reply{this: day9.AddDate(1, 0, 0), exts: []Extension{{oidArchiveCutoff, false, gtime(day0)}}}), StateValid, StandingGood, ""},
		{"critical extension", answers(reply{exts: []Extension{{"1.2.3", true, nil}}}), StateValid, StandingNotChecked, "1.2.3"},
		{"critical extension of all", answers(reply{all: []Extension{{"1.2.3", true, nil}}}), StateValid, StandingNotChecked, "1.2.3"},
		{"nonce", answers(reply{all: []Extension{{oidOCSPNonce, true, octets(nil)}}}), StateValid, StandingGood, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := w.opt
			o.OCSP = []*OCSPResponse{test.reply.made(t, w.inter)}
			p := BuildPath(w.leaf.Certificate, &o)
			if p.State != test.state || p.Standing[0] != test.standing || !strings.Contains(p.Revocation[0].Why, test.why) {
				t.Errorf("%s %s %+v", p.State, p.Standing[0], p.Revocation)
			}
			if p.Revocation[0].Label != "stapled" || p.Revocation[0].Source != "ocsp" {
				t.Errorf("%+v", p.Revocation[0])
			}
		})
	}
	for name, r := range map[string]reply{"another serial": answers(reply{serial: big.NewInt(1)}), "another issuer": {about: w.leaf, issuer: stranger, this: since, next: later}} {
		o := w.opt
		o.OCSP = []*OCSPResponse{r.made(t, w.inter)}
		if p := BuildPath(w.leaf.Certificate, &o); len(p.Revocation) != 0 || p.Standing[0] != StandingNotChecked {
			t.Errorf("%s: %+v", name, p.Revocation)
		}
	}
}

func TestResponders(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	ocspUse := purposesExt(false, oidOCSPSigning)
	tests := []struct {
		name string
		by   *holder
		why  string // "": may answer
	}{
		{"issuer", w.inter, ""},
		{"delegate", issue(t, w.inter, "CN=OCSP", ocspUse, usage(DigitalSignature)), ""},
		{"delegate without key usage", issue(t, w.inter, "CN=OCSP", ocspUse), ""},
		{"not for OCSP", issue(t, w.inter, "CN=OCSP", usage(DigitalSignature)), "not for OCSP"},
		{"for anything", issue(t, w.inter, "CN=OCSP", purposesExt(false, oidAnyExtKeyUsage)), "not for OCSP"},
		{"not for signatures", issue(t, w.inter, "CN=OCSP", ocspUse, usage(KeyEncipherment)), "not for signatures"},
		{"of the root", issue(t, w.root, "CN=OCSP", ocspUse), "not issued"},
		{"of a stranger", issue(t, ca(t, nil, "CN=Mail CA,O=Test"), "CN=OCSP", ocspUse), "not signed"},
		{"expired", issue(t, w.inter, "CN=OCSP", ocspUse, validFrom(day0, day0)), "not valid when"},
		{"critical extension", issue(t, w.inter, "CN=OCSP", ocspUse, withExt("1.2.3", true, nil)), "critical extensions"},
		{"the person itself", w.leaf, "not for OCSP"},
	}
	for _, test := range tests {
		for _, inside := range []bool{true, false} {
			r := reply{about: w.leaf, issuer: w.inter, this: since, next: later, status: statusRevoked, at: since, reason: 1, byName: true}
			o := w.opt
			if inside {
				r.with = []*holder{test.by}
			} else {
				o.Extra = append(certs(test.by), o.Extra...)
			}
			o.OCSP = []*OCSPResponse{r.made(t, test.by)}
			p := BuildPath(w.leaf.Certificate, &o)
			f := p.Revocation[0]
			if f.Usable != (test.why == "") || !strings.Contains(f.Why, test.why) || (p.State == StateRevoked) != f.Usable {
				t.Errorf("%s: %s %+v", test.name, p.State, f)
			}
		}
	}
	forged := reply{about: w.leaf, issuer: w.inter, this: since, next: later}
	raw := forged.der(w.inter)
	raw[len(raw)-2] ^= 1
	all, _ := ReadOCSPResponses(raw)
	o := w.opt
	o.OCSP = all
	if p := BuildPath(w.leaf.Certificate, &o); p.Revocation[0].Usable || !strings.Contains(p.Revocation[0].Why, "nobody") {
		t.Errorf("%+v", p.Revocation)
	}
}

// TestOCSPAsXCrypto: golang.org/x/crypto/ocsp reads and writes the same.
func TestOCSPAsXCrypto(t *testing.T) {
	w := newWorld(t, nil, nil, nil)
	issuer, err := x509.ParseCertificate(w.inter.Raw)
	if err != nil {
		t.Fatal(err)
	}
	for n, status := range []int{ocsp.Good, ocsp.Revoked, ocsp.Unknown} {
		der, err := ocsp.CreateResponse(issuer, issuer, ocsp.Response{Status: status, SerialNumber: w.leaf.Serial, ThisUpdate: since,
			NextUpdate: later, RevokedAt: since, RevocationReason: ocsp.Superseded, IssuerHash: crypto.SHA1}, w.inter.key)
		if err != nil {
			t.Fatal(err)
		}
		all, err := ReadOCSPResponses(der)
		if err != nil {
			t.Fatal(err)
		}
		o := w.opt
		o.OCSP = all
		want := []Standing{StandingGood, StandingRevoked, StandingUnknown}[n]
		if p := BuildPath(w.leaf.Certificate, &o); p.Standing[0] != want {
			t.Errorf("%s %+v", p.Standing[0], p.Revocation)
		}
	}
	for _, status := range []string{statusGood, statusRevoked, statusUnknown} {
		r := reply{about: w.leaf, issuer: w.inter, status: status, at: since, reason: 4, this: since, next: later, sha256: true}
		want, err := ocsp.ParseResponse(r.der(w.inter), issuer)
		if err != nil {
			t.Fatal(err)
		}
		a := r.made(t, w.inter).Answers[0]
		if !a.ThisUpdate.Equal(want.ThisUpdate) || !a.NextUpdate.Equal(want.NextUpdate) || !a.RevokedAt.Equal(want.RevokedAt) || a.Serial.Cmp(want.SerialNumber) != 0 {
			t.Errorf("%+v %+v", a, want)
		}
	}
}

func TestBrokenResponses(t *testing.T) {
	body := func(parts ...[]byte) []byte {
		return seq(enum(0), tlv(contextCons(0), seq(oidDER(oidOCSPBasic), octets(seq(parts...)))))
	}
	w := newWorld(t, nil, nil, nil)
	r := reply{about: w.leaf, issuer: w.inter, this: since}
	who := tlv(contextCons(1), nameDER("CN=x"))
	alg, sig := algorithmDER(w.inter.key, crypto.SHA256), bitsOf([]byte{1})
	tests := []struct {
		name  string
		der   []byte
		codes string // "-": no response
	}{
		{"later", seq(enum(3)), ""},
		{"unknown status", seq(enum(9)), "-"}, {"no status", seq(number(0)), "-"}, {"no body", seq(enum(0)), "-"},
		{"another type", seq(enum(0), tlv(contextCons(0), seq(oidDER("1.2.3"), octets(nil)))), "-"},
		{"no responder", body(seq(gtime(since), seq()), alg, sig), "-"},
		{"responder of another kind", body(seq(tlv(contextCons(3), nil), gtime(since), seq()), alg, sig), "-"},
		{"no answers", body(seq(who, gtime(since), seq()), alg, sig), ""},
		{"answer is junk", body(seq(who, gtime(since), seq(r.answer(), number(1))), alg, sig), "answer-unreadable"},
		{"no signature", body(seq(who, gtime(since), seq(r.answer())), alg), "signature-unreadable"},
		{"certificate is junk", body(seq(who, gtime(since), seq(r.answer())), alg, sig, tlv(contextCons(0), seq(seq()))), "certificate-unreadable"},
		{"status of another kind", body(seq(who, gtime(since), seq(seq(r.certID(), general(3, nil), gtime(since)))), alg, sig), "answer-unreadable"},
		{"time is missing", body(seq(who, gtime(since), seq(seq(r.certID(), general(0, nil)))), alg, sig), "answer-unreadable"},
		{"reason is a string", body(seq(who, gtime(since), seq(seq(r.certID(), tlv(contextCons(1), gtime(since), tlv(contextCons(0), octets(nil))), gtime(since)))), alg, sig), "answer-unreadable"},
		{"junk", tlv(asn1.SEQUENCE, []byte("junk")), "-"},
	}
	for _, test := range tests {
		all, err := ReadOCSPResponses(test.der)
		if (err != nil) != (test.codes == "-") {
			t.Errorf("%s: %v", test.name, err)
		} else if err == nil && codes(all[0].Problems) != test.codes {
			t.Errorf("%s: [%s], want [%s]", test.name, codes(all[0].Problems), test.codes)
		}
	}
}
