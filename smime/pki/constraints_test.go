package pki

import (
	"strings"
	"testing"

	"golang.org/x/crypto/cryptobyte"
)

// nameFrom reads one GeneralName that was written here.
func nameFrom(t testing.TB, der []byte) GeneralName {
	t.Helper()
	s := cryptobyte.String(der)
	n, ok := readGeneralName(&s)
	if !ok {
		t.Fatalf("%x is no name", der)
	}
	return n
}

func TestHolds(t *testing.T) {
	tests := []struct {
		base, name []byte
		want       string // "in", "out", "unknown"
	}{
		{mailName("example.com"), mailName("a@example.com"), "in"},
		{mailName("example.com"), mailName("a@EXAMPLE.com"), "in"},
		{mailName("example.com"), mailName("a@mail.example.com"), "out"},
		{mailName("example.com"), mailName("a@notexample.com"), "out"},
		{mailName(".example.com"), mailName("a@mail.example.com"), "in"},
		{mailName(".example.com"), mailName("a@a.b.example.com"), "in"},
		{mailName(".example.com"), mailName("a@example.com"), "out"},
		{mailName(".example.com"), mailName("a@notexample.com"), "out"},
		{mailName("a@example.com"), mailName("a@example.COM"), "in"},
		{mailName("a@example.com"), mailName("A@example.com"), "out"},
		{mailName("a@example.com"), mailName("b@example.com"), "out"},
		{mailName("a@example.com"), mailName("x@a@example.com"), "out"},
		{mailName("@example.com"), mailName("b@example.com"), "in"},
		{mailName(""), mailName("b@example.com"), "in"},
		{mailName("example.com"), mailName("nobody"), "unknown"},
		{mailName("example.com"), mailName("a@"), "unknown"},
		{mailName("example.com"), mailName(""), "unknown"},
		{mailName("example.com"), mailName("evil@example.com\x00@example.com"), "in"}, // the identity is compared as a whole
		{mailName("example.com"), utf8Name("jürgen@example.com"), "in"},
		{mailName("example.com"), utf8Name("jürgen@other.example"), "out"},
		{mailName("xn--bcher-kva.example"), utf8Name("é@xn--bcher-kva.example"), "in"},
		{mailName("xn--bcher-kva.example"), utf8Name("é@bücher.example"), "unknown"},
		{hostName("example.com"), hostName("example.com"), "in"},
		{hostName("example.com"), hostName("a.b.EXAMPLE.com"), "in"},
		{hostName("example.com"), hostName("notexample.com"), "out"},
		{hostName(".example.com"), hostName("a.example.com"), "in"},
		{hostName(".example.com"), hostName("example.com"), "out"},
		{hostName("example.com"), hostName("example.com."), "in"},
		{hostName(""), hostName("x"), "in"},
		{hostName("example.com"), hostName("bücher.example"), "unknown"},
		{uriName("example.com"), uriName("https://example.com/x"), "in"},
		{uriName("example.com"), uriName("https://u:p@example.com:8443?x"), "in"},
		{uriName("example.com"), uriName("https://example.com@evil.example/"), "out"},
		{uriName("example.com"), uriName("https://evil.example/@example.com"), "out"},
		{uriName("example.com"), uriName("https://a.example.com"), "out"},
		{uriName(".example.com"), uriName("https://a.example.com"), "in"},
		{uriName("example.com"), uriName("urn:x"), "unknown"},
		{uriName("example.com"), uriName("https:///x"), "unknown"},
		{uriName("example.com"), uriName("https://[::1]/"), "unknown"},
		{ipName(10, 0, 0, 0, 255, 0, 0, 0), ipName(10, 1, 2, 3), "in"},
		{ipName(10, 0, 0, 0, 255, 0, 0, 0), ipName(11, 1, 2, 3), "out"},
		{ipName(10, 0, 0, 0, 255, 0, 0, 0), ipName(make([]byte, 16)...), "out"},
		{ipName(make([]byte, 32)...), ipName(make([]byte, 16)...), "in"},
		{ipName(10, 0, 0, 0), ipName(10, 1, 2, 3), "unknown"},
		{ipName(10, 0, 0, 0, 255, 0, 0, 0), ipName(1, 2), "unknown"},
		{dirName("O=Example"), dirName("O=p:EXAMPLE,CN=x"), "in"},
		{dirName("O=Example"), dirName("CN=x,O=Example"), "out"},
		{dirName(""), dirName("CN=x"), "in"},
		{general(8, []byte{0x2a, 3}), general(8, []byte{0x2a, 3}), "unknown"},
	}
	for _, test := range tests {
		base, name := nameFrom(t, test.base), nameFrom(t, test.name)
		if !base.concerns(&name) {
			t.Errorf("%s is not about %s", base.text(), name.text())
			continue
		}
		in, ok := base.holds(&name)
		got := map[bool]string{true: "in", false: "out"}[in]
		if !ok {
			got = "unknown"
		}
		if got != test.want {
			t.Errorf("%s, %s: %s, want %s", base.text(), name.text(), got, test.want)
		}
	}
}

func TestConcerns(t *testing.T) {
	other := func(oid string) GeneralName {
		return GeneralName{Kind: KindOther, OID: oid}
	}
	mail, host, utf8 := nameFrom(t, mailName("a@b")), nameFrom(t, hostName("b")), nameFrom(t, utf8Name("é@b"))
	a, b := other("1.2"), other("1.3")
	for _, test := range []struct {
		base, name *GeneralName
		want       bool
	}{{&mail, &mail, true}, {&mail, &host, false}, {&mail, &utf8, true}, {&utf8, &mail, false}, {&a, &a, true}, {&a, &b, false}} {
		if test.base.concerns(test.name) != test.want {
			t.Errorf("%v %v", test.base, test.name)
		}
	}
}

func TestJudgeNames(t *testing.T) {
	list := func(ders ...[]byte) (out []GeneralName) {
		for _, d := range ders {
			out = append(out, nameFrom(t, d))
		}
		return out
	}
	limits := &NameConstraints{
		Permitted: list(mailName("example.com"), mailName(".example.com"), hostName("example.com")),
		Excluded:  list(mailName("bad.example.com"), ipName(make([]byte, 8)...)),
	}
	tests := []struct {
		name []byte
		code string
	}{
		{mailName("a@example.com"), ""}, {mailName("a@x.example.com"), ""}, {mailName("a@bad.example.com"), codeConstraint},
		{mailName("a@example.net"), codeConstraint}, {hostName("a.example.com"), ""}, {hostName("a.example"), codeConstraint},
		{uriName("http://anything"), ""}, {ipName(1, 2, 3, 4), codeConstraint}, {ipName(make([]byte, 16)...), ""},
		{dirName("CN=x"), ""}, {utf8Name("é@example.com"), ""}, {utf8Name("é@other.example"), codeConstraint},
		{utf8Name("é@é.example"), codeConstraintOdd}, {mailName("x"), codeConstraintOdd},
	}
	for _, test := range tests {
		n := nameFrom(t, test.name)
		if code, why := limits.judge(&n); code != test.code || (why == "") != (code == "") {
			t.Errorf("%s: %q %q, want %q", n.text(), code, why, test.code)
		}
	}
}

// TestConstraintsAdd: those of every authority hold, self-issued authorities
// between them are left out.
func TestConstraintsAdd(t *testing.T) {
	root := ca(t, nil, "CN=Root", limited([][]byte{mailName(".example.com"), mailName("example.com")}, nil))
	inter := ca(t, root, "CN=CA", limited(nil, [][]byte{mailName("secret.example.com")}))
	for address, want := range map[string]State{
		"a@example.com": StateValid, "a@x.example.com": StateValid, "a@secret.example.com": StateInvalid, "a@example.org": StateInvalid,
	} {
		leaf := person(t, inter, bare, altNames(mailName(address)))
		p := BuildPath(leaf.Certificate, &Options{Roots: certs(root), Extra: certs(inter), At: now})
		if p.State != want || want == StateInvalid && (codes(p.Problems) != codeConstraint || !strings.Contains(p.Problems[0].Detail, address)) {
			t.Errorf("%s: %s %v", address, p.State, p.Problems)
		}
	}
	out := ca(t, nil, "CN=Root", limited([][]byte{dirName("CN=Alice")}, nil))
	self := issue(t, out, "CN=Root", basic(-1), usage(KeyCertSign))
	p := BuildPath(person(t, self).Certificate, &Options{Roots: certs(out), Extra: certs(self), At: now})
	if p.State != StateValid || len(p.Chain) != 3 {
		t.Errorf("%s %v", p.State, p.Problems)
	}
	lonely := issue(t, out, "CN=Root", usage(DigitalSignature))
	if p := BuildPath(lonely.Certificate, &Options{Roots: certs(out), At: now}); p.State != StateInvalid {
		t.Errorf("a self-issued last certificate is exempt: %v", p.Problems)
	}
}
