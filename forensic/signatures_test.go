package forensic

import (
	"encoding/base64"
	"net/netip"
	"reflect"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/report"
)

// TestDKIMAsWritten: every tag of the schema is there as text without folds,
// one that is absent is "" whatever its default, and nothing claims a check.
func TestDKIMAsWritten(t *testing.T) {
	raw := letter("x", "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=example.org; s=sel;\n i=@mail.example.org; l=12; t=1700000000; x=1700086400;\n h=From : To:\n Subject; bh=AAAA; b=BBBB")
	got := reportOn(t, raw).Signatures.DKIM
	if len(got) != 1 {
		t.Fatalf("%d signatures", len(got))
	}
	want := report.DKIMSignature{
		Span: got[0].Span, Domain: "example.org", Selector: "sel", Identity: "@mail.example.org", Algorithm: "rsa-sha256",
		Canonicalization: "relaxed/simple", SignedList: []string{"From", "To", "Subject"}, BodyLengthLimit: "12",
		Timestamp: "1700000000", Expires: "1700086400",
		BodyHash: "uncheckable", HeaderSig: "uncheckable", Key: "not-checked", Result: "neutral",
	}
	if !reflect.DeepEqual(got[0], want) {
		t.Errorf("got %+v, want %+v", got[0], want)
	}
	bare := reportOn(t, letter("x", "DKIM-Signature: v=1; d=example.org")).Signatures.DKIM[0]
	if bare.Canonicalization != "" || bare.Identity != "" || bare.BodyLengthLimit != "" || bare.SignedList == nil {
		t.Errorf("defaults were made up: %+v", bare)
	}
}

// TestARCInstances: the numbers of the sets are gathered from all three
// fields, ascending and once each; without such a field there is no chain.
func TestARCInstances(t *testing.T) {
	if arc := reportOn(t, letter("x")).Signatures.ARC; arc != nil {
		t.Errorf("a chain without fields: %+v", arc)
	}
	raw := letter("x",
		"ARC-Seal: i=2; a=rsa-sha256; cv=pass; d=b.example; s=s; b=AA", "ARC-Message-Signature: i=2; a=rsa-sha256; d=b.example; s=s; h=from; bh=AA; b=AA",
		"ARC-Authentication-Results: i=2; mx.b.example; spf=pass", "ARC-Seal: i=1; cv=none; d=a.example; s=s; b=AA",
		"ARC-Seal: i=51; cv=none; d=a.example; s=s; b=AA", "ARC-Seal: i=x; b=AA")
	arc := reportOn(t, raw).Signatures.ARC
	if arc == nil || !reflect.DeepEqual(arc.Instances, []int{1, 2}) || arc.Chain != "not-checked" || arc.Seal != "not-checked" || arc.OldestPass != nil {
		t.Errorf("got %+v", arc)
	}
}

// TestAuthenticationIsNotChecked: results are listed with who they are from,
// and nothing is taken as checked.
func TestAuthenticationIsNotChecked(t *testing.T) {
	a := reportOn(t, letter("x", "Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=example.org")).Authentication
	if a.SPF.Result != "not-checked" || a.DMARC.Result != "not-checked" || len(a.Results) != 1 {
		t.Fatalf("got %+v", a)
	}
	if r := a.Results[0]; r.Author != report.AuthorRelay || r.Hop != nil || r.Result != "pass" || r.AuthServID != "mx.example.net" {
		t.Errorf("got %+v", r)
	}
}

// der is one element in DER; short contents only.
func der(tag byte, content string) string { return string([]byte{tag, byte(len(content))}) + content }

const (
	oidData      = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"
	oidSigned    = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"
	oidEnveloped = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03"
	oidOther     = "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x7F"
)

func cms(oid, body string) string { return der(0x30, der(6, oid)+der(0xA0, der(0x30, body))) }

// signedData is SignedData (RFC 5652 5.1) without signers.
func signedData(content string) string {
	encap := der(6, oidData)
	if content != "" {
		encap += der(0xA0, der(4, content))
	}
	return cms(oidSigned, der(2, "\x01")+der(0x31, "")+der(0x30, encap)+der(0x31, ""))
}

func p7m(object, params string) string {
	return letter(base64.StdEncoding.EncodeToString([]byte(object)), "Content-Type: application/pkcs7-mime; name=smime.p7m"+params, "Content-Transfer-Encoding: base64")
}

// TestSMIMELayers: each kind of object gets the word that can be said of it, and
// none of these is valid.
func TestSMIMELayers(t *testing.T) {
	signed := "--b\n\nx\n--b\nContent-Type: application/pkcs7-signature\nContent-Transfer-Encoding: base64\n\nMAA=\n--b--\n"
	for _, c := range []struct{ name, raw, kind, verdict string }{
		{"clear", letter(signed, `Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b`), "signed-clear", "malformed"},
		{"clear without protocol", letter(signed, `Content-Type: multipart/signed; boundary=b`), "signed-clear", "malformed"},
		{"opaque without signers", p7m(signedData("Subject: in\n\nx"), ""), "certs-only", "certs-only"},
		{"certificates", p7m(signedData(""), "; smime-type=certs-only"), "certs-only", "certs-only"},
		{"empty enveloped", p7m(cms(oidEnveloped, ""), ""), "", "malformed"},
		{"data", p7m(cms(oidData, ""), ""), "", "malformed"},
		{"unknown", p7m(cms(oidOther, ""), ""), "", "malformed"},
		{"malformed", p7m("no CMS at all", ""), "", "malformed"},
	} {
		s := reportOn(t, c.raw).Signatures.SMIME
		if s == nil || len(s.Layers) != 1 {
			t.Errorf("%s: %+v", c.name, s)
			continue
		}
		if l := s.Layers[0]; string(l.Kind) != c.kind || l.Verdict != c.verdict || s.Verdict != c.verdict || l.Part != "1" || l.Verdict == "malformed" && l.Reason == "" {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

// TestNoSMIME: mail without S/MIME has none, and neither has a file that is
// only named like it.
func TestNoSMIME(t *testing.T) {
	for _, raw := range []string{letter("x"), mixed(attached("application/octet-stream", "a.p7m", "no CMS"))} {
		if s := reportOn(t, raw).Signatures.SMIME; s != nil {
			t.Errorf("got %+v", s)
		}
	}
}

// TestPGPLayers: OpenPGP parts are told apart from S/MIME ones.
func TestPGPLayers(t *testing.T) {
	body := "--b\n\nx\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n"
	for protocol, want := range map[string]report.PGPSignature{
		`multipart/signed; protocol="application/pgp-signature"`:    {Part: "1", Kind: "signed-clear", Verdict: "unsupported", Flags: []string{"not-verified"}},
		`multipart/encrypted; protocol="application/pgp-encrypted"`: {Part: "1", Kind: "enveloped", Verdict: "encrypted", Flags: []string{}},
	} {
		s := reportOn(t, letter(body, "Content-Type: "+protocol+"; boundary=b")).Signatures
		if s.SMIME != nil || !reflect.DeepEqual(s.PGP, []report.PGPSignature{want}) {
			t.Errorf("%s: %+v", protocol, s)
		}
	}
}

// TestSplitColons: the list of signed fields keeps its order and repetitions,
// which matter to the signature.
func TestSplitColons(t *testing.T) {
	for in, want := range map[string][]string{
		"":                       {},
		"from":                   {"from"},
		" From : To:\r\n\tTo : ": {"From", "To", "To"},
		":::":                    {},
	} {
		if got := splitColons(in); !reflect.DeepEqual(got, want) {
			t.Errorf("splitColons(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestHopIP: an address that is not there is not made up, and a mapped one is
// shown as the address it stands for.
func TestHopIP(t *testing.T) {
	for in, want := range map[string]report.Stated{
		"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1", "2001:DB8::1": "2001:db8::1", "fe80::1%eth0": "fe80::1%eth0",
	} {
		if got := (&facts{memo: new(memo)}).addressText(netip.MustParseAddr(in)); got != want {
			t.Errorf("%s is %q, want %q", in, got, want)
		}
	}
	if got := (&facts{memo: new(memo)}).addressText(netip.Addr{}); got != "" {
		t.Errorf("an unreadable address became %q", got)
	}
}
