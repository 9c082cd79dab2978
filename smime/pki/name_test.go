package pki

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/crypto/cryptobyte/asn1"
)

func nameOfDER(t testing.TB, der []byte) Name {
	t.Helper()
	return ParseName(der)
}

// attribute writes one RDN with one value of any type.
func attribute(oid string, tag asn1.Tag, value string) []byte {
	return tlv(asn1.SET, pair(oid, tag, value))
}

func pair(oid string, tag asn1.Tag, value string) []byte {
	return seq(oidDER(oid), tlv(tag, []byte(value)))
}

const cn = "2.5.4.3"

func TestNameText(t *testing.T) {
	tests := []struct {
		der  []byte
		want string
	}{
		{nameDER("C=DE,O=Example,CN=Alice"), "CN=Alice, O=Example, C=DE"},
		{nameDER(""), ""},
		{seq(attribute(cn, 12, "a, b+c")), `CN=a\, b\+c`},
		{seq(attribute(cn, 12, " x ")), `CN=\ x\ `},
		{seq(attribute(cn, 12, "#1")), `CN=\#1`},
		{seq(attribute(cn, 12, "a\x00b")), `CN=a\00b`},
		{seq(attribute(cn, 12, "a\u202eb")), `CN=a\E2\80\AEb`},
		{seq(attribute(cn, 12, "日本")), "CN=日本"},
		{seq(attribute(cn, 20, "J\xfcrgen")), "CN=Jürgen"},
		{seq(attribute(cn, 20, "Jürgen")), "CN=Jürgen"},
		{seq(attribute(cn, 30, "\x00A\x00\xfc")), "CN=Aü"},
		{seq(attribute(cn, 28, "\x00\x00\x00A\x00\x01\xf6\x00")), "CN=A😀"},
		{seq(attribute(cn, 4, "ab")), "CN=#04026162"},
		{seq(attribute("1.2.3.4", 12, "v")), "1.2.3.4=v"},
		{seq(tlv(asn1.SET, pair(cn, 12, "a"), pair("2.5.4.10", 12, "b"))), "CN=a+O=b"},
		{seq(octets([]byte("x"))), "#3003040178"},
		{nameDER("E=a@b.example"), "emailAddress=a@b.example"},
	}
	for _, test := range tests {
		n := nameOfDER(t, test.der)
		if got := n.String(); got != test.want {
			t.Errorf("%x: %q, want %q", test.der, got, test.want)
		}
	}
}

func TestNameEqual(t *testing.T) {
	base := seq(attribute("2.5.4.10", 12, "Example Org"), attribute(cn, 12, "Alice"))
	tests := []struct {
		name string
		der  []byte
		same bool
	}{
		{"itself", base, true},
		{"printable", seq(attribute("2.5.4.10", 19, "Example Org"), attribute(cn, 19, "Alice")), true},
		{"case", seq(attribute("2.5.4.10", 12, "EXAMPLE org"), attribute(cn, 12, "aLICE")), true},
		{"spaces", seq(attribute("2.5.4.10", 12, "  Example   Org "), attribute(cn, 12, "Alice")), true},
		{"tab", seq(attribute("2.5.4.10", 12, "Example\tOrg"), attribute(cn, 12, "Alice")), true},
		{"bmp", seq(attribute("2.5.4.10", 12, "Example Org"), attribute(cn, 30, "\x00A\x00l\x00i\x00c\x00e")), true},
		{"soft hyphen", seq(attribute("2.5.4.10", 12, "Exam\u00adple Org"), attribute(cn, 12, "Alice")), true},
		{"no space", seq(attribute("2.5.4.10", 12, "ExampleOrg"), attribute(cn, 12, "Alice")), false},
		{"order", seq(attribute(cn, 12, "Alice"), attribute("2.5.4.10", 12, "Example Org")), false},
		{"one less", seq(attribute("2.5.4.10", 12, "Example Org")), false},
		{"type", seq(attribute("2.5.4.10", 12, "Example Org"), attribute("2.5.4.4", 12, "Alice")), false},
		{"one set", seq(tlv(asn1.SET, pair("2.5.4.10", 12, "Example Org"), pair(cn, 12, "Alice"))), false},
		{"octets", seq(attribute("2.5.4.10", 12, "Example Org"), attribute(cn, 4, "Alice")), false},
		{"empty", seq(), false},
		{"junk", seq(octets([]byte("Alice"))), false},
	}
	a := nameOfDER(t, base)
	for _, test := range tests {
		b := nameOfDER(t, test.der)
		if a.Equal(&b) != test.same || b.Equal(&a) != test.same {
			t.Errorf("%s: not %v", test.name, test.same)
		}
	}
	x := nameOfDER(t, seq(tlv(asn1.SET, pair(cn, 12, "a"), pair("2.5.4.10", 12, "b"))))
	y := nameOfDER(t, seq(tlv(asn1.SET, pair("2.5.4.10", 19, "B"), pair(cn, 19, "A"))))
	if !x.Equal(&y) {
		t.Error("a relative name is a set")
	}
}

// TestNamesCannotBeConfused: no two lists of values give one canonical text.
func TestNamesCannotBeConfused(t *testing.T) {
	values := []string{"", "a", "1:a", "=a", "#a", "a7:2.5.4.3", "aa", strings.Repeat("a", 500), strings.Repeat("a", 499) + "b"}
	seen := map[string][]byte{}
	add := func(der []byte) {
		n := nameOfDER(t, der)
		if other, ok := seen[n.key]; ok && !bytes.Equal(other, der) {
			t.Errorf("%x equals %x", der, other)
		}
		seen[n.key] = der
	}
	for _, v := range values {
		add(seq(attribute(cn, 12, v)))
		add(seq(attribute(cn, 4, v)))
		for _, w := range values {
			add(seq(attribute(cn, 12, v), attribute(cn, 12, w)))
		}
	}
}

func TestNameWithin(t *testing.T) {
	n := nameOfDER(t, nameDER("C=DE,O=Example,CN=Alice"))
	for base, want := range map[string]bool{
		"": true, "C=DE": true, "C=p:de": true, "C=DE,O=example": true, "C=DE,O=Example,CN=Alice": true,
		"C=DE,O=Example,CN=Alice,OU=x": false, "O=Example": false, "C=DE,CN=Alice": false, "C=DE,O=Exam": false,
	} {
		if b := nameOfDER(t, nameDER(base)); n.within(&b) != want {
			t.Errorf("%s: not %v", base, want)
		}
	}
}

func TestStrings(t *testing.T) {
	tests := []struct {
		tag   asn1.Tag
		in    string
		want  string
		clean bool
	}{
		{12, "é", "é", true}, {12, "\xe9", "\xe9", false}, {19, "a.b", "a.b", true}, {19, "a@b", "a@b", false},
		{19, "é", "é", false}, {22, "\xe9", "é", false}, {22, "a@b", "a@b", true}, {30, "\x00a\x00", "a", false},
		{28, "\x00\x00\x00a\x00", "a", false}, {18, "12", "12", true}, {26, "x", "x", true}, {4, "x", "", true},
	}
	for _, test := range tests {
		got, _, clean := text(test.tag, []byte(test.in))
		if got != test.want || clean != test.clean {
			t.Errorf("tag %d %q: %q %v, want %q %v", test.tag, test.in, got, clean, test.want, test.clean)
		}
	}
}

func TestValues(t *testing.T) {
	n := nameOfDER(t, nameDER("E=a@b.example,CN=x,E=c@d.example"))
	if got := n.Values(oidEmailAddress); strings.Join(got, " ") != "a@b.example c@d.example" {
		t.Error(got)
	}
	if n.Empty() || len(n.RDNs) != 3 || n.RDNs[1][0].StringType != "UTF8String" || n.RDNs[0][0].StringType != "IA5String" {
		t.Errorf("%+v", n)
	}
}
