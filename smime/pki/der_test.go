package pki

import (
	encasn1 "encoding/asn1"
	"math/big"
	"math/rand"
	"strings"
	"testing"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

func TestOIDText(t *testing.T) {
	for in, want := range map[string]string{
		"\x2a\x03": "1.2.3", "\x55\x1d\x0f": "2.5.29.15", "\x00": "0.0", "\x27": "0.39", "\x28": "1.0", "\x4f": "1.39",
		"\x50": "2.0", "\x88\x37\x03": "2.999.3", "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b": "1.2.840.113549.1.1.11",
		"": "", "\x2a\x83": "", "\x69\x83\x8f\xf2\xa6\xc9\xda\x8c\x9b\xf4\x9f\xd6\xcb\xf9\xe4\xe3\xb6\xcd\x3d": "2.25.",
	} {
		got, ok := oidText([]byte(in))
		if want == "2.25." {
			if !ok || !strings.HasPrefix(got, want) {
				t.Errorf("%x: %s", in, got)
			}
		} else if got != want || ok != (want != "") {
			t.Errorf("%x: %q %v, want %q", in, got, ok, want)
		}
	}
	if _, ok := oidText([]byte(strings.Repeat("\x81", 300) + "\x01")); ok {
		t.Error("no bound")
	}
}

func TestOIDTextAsStandard(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 2000 {
		id := encasn1.ObjectIdentifier{r.Intn(3), r.Intn(40)}
		for range r.Intn(6) {
			id = append(id, r.Intn(1<<uint(1+r.Intn(30))))
		}
		der, err := encasn1.Marshal(id)
		if err != nil {
			t.Fatal(err)
		}
		s := cryptobyte.String(der)
		if got, ok := readOID(&s); !ok || got != id.String() {
			t.Fatalf("%s, want %s", got, id)
		}
	}
}

func TestIntegers(t *testing.T) {
	for _, test := range []struct {
		in      string
		want    int64
		minimal bool
	}{
		{"\x00", 0, true}, {"\x7f", 127, true}, {"\x00\x80", 128, true}, {"\x80", -128, true}, {"\xff", -1, true},
		{"\xff\x7f", -129, true}, {"\x00\x01", 1, false}, {"\xff\xff", -1, false}, {"\x00\x00\x00", 0, false},
	} {
		s := cryptobyte.String(tlv(asn1.INTEGER, []byte(test.in)))
		n, minimal, ok := readInteger(&s, asn1.INTEGER)
		if !ok || n.Int64() != test.want || minimal != test.minimal {
			t.Errorf("%x: %v %v %v", test.in, n, minimal, ok)
		}
		e := entry{serial: []byte(test.in)}
		if !e.is(serialBytes(n)) {
			t.Errorf("%x is not itself", test.in)
		}
	}
	for _, in := range []string{"", "\x02\x00", "\x02\x02\x01"} {
		s := cryptobyte.String(in)
		if _, _, ok := readInteger(&s, asn1.INTEGER); ok {
			t.Errorf("%x is read", in)
		}
	}
	r := rand.New(rand.NewSource(2))
	for range 2000 {
		n := new(big.Int).Rand(r, new(big.Int).Lsh(big.NewInt(1), uint(1+r.Intn(300))))
		if r.Intn(2) == 0 {
			n.Neg(n)
		}
		s := cryptobyte.String(integer(n))
		got, minimal, ok := readInteger(&s, asn1.INTEGER)
		if !ok || !minimal || got.Cmp(n) != 0 {
			t.Fatalf("%v: %v %v %v", n, got, minimal, ok)
		}
	}
}

func TestOutline(t *testing.T) {
	indefinite := []byte{0x30, 0x80, 0x02, 0x01, 0x05, 0, 0}
	longLength := []byte{0x30, 0x81, 0x03, 0x02, 0x01, 0x05}
	for _, test := range []struct {
		in    []byte
		codes string
		ok    bool
	}{
		{seq(number(5)), "", true}, {append(seq(number(5)), 1, 2), "trailing-bytes", true}, {indefinite, "not-der", true},
		{longLength, "not-der", true}, {append(indefinite, 7), "not-der trailing-bytes", true}, {number(5), "", false},
		{nil, "", false}, {[]byte{0x30, 5, 2, 1}, "", false},
	} {
		var p problems
		whole, inside, ok := outline(test.in, &p)
		if ok != test.ok || codes(p) != test.codes {
			t.Errorf("%x: %v [%s]", test.in, ok, codes(p))
		}
		if ok && (string(whole) != string(seq(number(5))) || string(inside) != string(number(5))) {
			t.Errorf("%x: %x %x", test.in, whole, inside)
		}
	}
}

func TestProblemsAreBounded(t *testing.T) {
	var p problems
	for range 1000 {
		p.add("a", "b", "c")
	}
	if len(p) != maxProblems || !p.has("a") || p.has("b") {
		t.Error(len(p))
	}
}
