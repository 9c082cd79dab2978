package ber

import (
	"bytes"
	"encoding/asn1"
	"errors"
	"strings"
	"testing"
)

// tlv encodes one value in definite form.
func tlv(tag byte, contents ...[]byte) []byte {
	body := bytes.Join(contents, nil)
	return append(appendLength([]byte{tag}, len(body)), body...)
}

// indef encodes one value in indefinite form.
func indef(tag byte, contents ...[]byte) []byte {
	return append(append([]byte{tag, 0x80}, bytes.Join(contents, nil)...), 0, 0)
}

func octets(s string) []byte { return tlv(0x04, []byte(s)) }

// What each form of BER becomes in DER, and what is said about it.
func TestDER(t *testing.T) {
	for _, c := range []struct {
		name     string
		in, want []byte
		facts    string
	}{
		{"der stays", tlv(0x30, tlv(0x02, []byte{5}), tlv(0x05)), tlv(0x30, tlv(0x02, []byte{5}), tlv(0x05)), ""},
		{"indefinite", indef(0x30, tlv(0x02, []byte{5})), tlv(0x30, tlv(0x02, []byte{5})), "indefinite-length@0x1"},
		{"indefinite in indefinite", indef(0x30, indef(0x31, octets("a")), tlv(0x05)), tlv(0x30, tlv(0x31, octets("a")), tlv(0x05)), "indefinite-length@0x2"},
		{"long length", []byte{0x30, 0x81, 0x02, 0x05, 0x00}, []byte{0x30, 0x02, 0x05, 0x00}, "long-length@0x1"},
		{"length with leading zeros", []byte{0x04, 0x84, 0, 0, 0, 1, 'a'}, octets("a"), "long-length@0x1"},
		{"a long one that needs its octets", tlv(0x04, bytes.Repeat([]byte("a"), 300)), tlv(0x04, bytes.Repeat([]byte("a"), 300)), ""},
		{"segments", tlv(0x24, octets("ab"), octets(""), octets("c")), octets("abc"), "constructed-string@0x1"},
		{"segments in segments", indef(0x24, tlv(0x24, octets("ab")), octets("c")), octets("abc"), "indefinite-length@0x1 constructed-string@0x2"},
		{"no segment at all", indef(0x24), octets(""), "indefinite-length@0x1 constructed-string@0x1"},
		{"bit string", tlv(0x23, tlv(0x03, []byte{0, 1, 2}), tlv(0x03, []byte{4, 0xF0})), tlv(0x03, []byte{4, 1, 2, 0xF0}), "constructed-string@0x1"},
		{"bit string without segments", tlv(0x23), tlv(0x03, []byte{0}), "constructed-string@0x1"},
		{"utf8 string of octet strings", tlv(0x2C, octets("ab"), octets("c")), tlv(0x0C, []byte("abc")), "constructed-string@0x1"},
		{"boolean", tlv(0x30, tlv(0x01, []byte{1})), tlv(0x30, tlv(0x01, []byte{0xFF})), "boolean-value@2x1"},
		{"padded integer is kept", tlv(0x02, []byte{0, 5}), tlv(0x02, []byte{0, 5}), "padded-integer@0x1"},
		{"high tag", []byte{0xBF, 0x81, 0x01, 0x80, 0x05, 0x00, 0, 0}, []byte{0xBF, 0x81, 0x01, 0x02, 0x05, 0x00}, "indefinite-length@0x1"},
		{"bytes behind are left", append(octets("a"), "xyz"...), octets("a"), ""},
	} {
		tree, err := Parse(c.in)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := tree.Root().DER(); !bytes.Equal(got, c.want) {
			t.Errorf("%s: %x, want %x", c.name, got, c.want)
		}
		if got := factText(tree); got != c.facts {
			t.Errorf("%s: facts %q, want %q", c.name, got, c.facts)
		}
	}
}

func factText(t *Tree) string {
	var out []string
	for _, f := range t.Facts() {
		out = append(out, string(f.Kind)+"@"+string(rune('0'+f.Offset))+"x"+string(rune('0'+f.Count)))
	}
	return strings.Join(out, " ")
}

// What is no BER is refused, whatever a lenient reader could make of it.
func TestRefused(t *testing.T) {
	for name, in := range map[string][]byte{
		"empty":                       {},
		"tag alone":                   {0x30},
		"length cut off":              {0x30, 0x82, 0x01},
		"longer than the file":        {0x30, 0x05, 0x05, 0x00},
		"child longer than parent":    {0x30, 0x03, 0x04, 0x05, 0x41, 0x42, 0x43, 0x44, 0x45},
		"indefinite past its parent":  append([]byte{0x30, 0x02, 0x30, 0x80}, 0x05, 0, 0, 0),
		"indefinite and primitive":    {0x04, 0x80, 0, 0},
		"no end":                      {0x30, 0x80, 0x05, 0x00},
		"half of an end":              {0x30, 0x80, 0x00},
		"end where nothing ends":      {0x30, 0x02, 0x00, 0x00},
		"end with contents":           {0x30, 0x80, 0x00, 0x01, 0x00, 0x00},
		"nine length octets":          {0x04, 0x89, 0, 0, 0, 0, 0, 0, 0, 0, 1, 'a'},
		"huge length":                 {0x04, 0x88, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF},
		"length beyond an int":        {0x04, 0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF},
		"tag of five octets":          {0x1F, 0x81, 0x81, 0x81, 0x81, 0x01, 0x00},
		"tag cut off":                 {0x1F, 0x81},
		"tag with a leading zero":     {0x1F, 0x80, 0x21, 0x00},
		"small tag in two octets":     {0x1F, 0x1E, 0x00},
		"integer in a string":         tlv(0x24, tlv(0x02, []byte{1})),
		"octets in a bit string":      tlv(0x23, octets("a")),
		"bit string without octet":    tlv(0x03),
		"sequence in an octet string": tlv(0x24, tlv(0x30)),
	} {
		if _, err := Parse(in); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// The inputs that bring other readers down. Work on them is linear here; where it
// were not, this test would not end.
func TestHostileShapes(t *testing.T) {
	rewind := append([]byte{0x30, 0x80}, bytes.Repeat([]byte{0x30, 0x02, 0x30, 0x80}, 40)...)
	closed := append(bytes.Repeat([]byte{0x30, 0x80}, 160_000), make([]byte, 320_000)...)
	integers := append([]byte{0x30, 0x80}, bytes.Repeat([]byte{0x02, 0x01, 0x05}, 400_000)...)
	levels := []byte{0x05, 0x00}
	for range 3000 {
		levels = tlv(0x30, levels)
	}
	for name, in := range map[string][]byte{
		"rewinding children":   append(rewind, 2, 1, 0, 0, 0),
		"open levels":          bytes.Repeat([]byte{0x30, 0x80}, 2_000_000),
		"closed levels":        closed,
		"integers without end": integers,
		"definite levels":      levels,
	} {
		if _, err := Parse(in); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// Both sides of each bound.
func TestBounds(t *testing.T) {
	nest := func(n int) []byte {
		b := tlv(0x05)
		for range n {
			b = tlv(0x30, b)
		}
		return b
	}
	if _, err := Parse(nest(maxDepth)); err != nil {
		t.Errorf("%d levels: %v", maxDepth, err)
	}
	if _, err := Parse(nest(maxDepth + 1)); err == nil {
		t.Errorf("%d levels are read", maxDepth+1)
	}
	many := func(n int) []byte { return tlv(0x30, bytes.Repeat(tlv(0x05), n)) }
	if _, err := Parse(many(maxValues - 1)); err != nil {
		t.Errorf("%d values: %v", maxValues, err)
	}
	if _, err := Parse(many(maxValues)); err == nil {
		t.Errorf("%d values are read", maxValues+1)
	}
}

// Object identifiers, beside the standard library's reader.
func TestOID(t *testing.T) {
	for _, want := range []string{"1.2.840.113549.1.7.2", "2.5.29.15", "2.999.3", "0.9.2342.19200300.100.1.25", "1.3.6.1.4.1.311.16.4", "2.16.840.1.101.3.4.2.1"} {
		var id asn1.ObjectIdentifier
		for _, s := range strings.Split(want, ".") {
			n := 0
			for _, c := range s {
				n = 10*n + int(c-'0')
			}
			id = append(id, n)
		}
		der, err := asn1.Marshal(id)
		if err != nil {
			t.Fatal(err)
		}
		tree, err := Parse(der)
		if err != nil {
			t.Fatal(err)
		}
		if got := tree.Root().OID(); got != want {
			t.Errorf("%s read as %q", want, got)
		}
	}
	for name, in := range map[string][]byte{
		"empty": tlv(0x06), "cut off": tlv(0x06, []byte{0x2A, 0x86}), "padded": tlv(0x06, []byte{0x2A, 0x80, 0x01}),
		"huge arc": tlv(0x06, append(bytes.Repeat([]byte{0xFF}, 12), 0x01)), "long": tlv(0x06, bytes.Repeat([]byte{1}, 65)), "an integer": tlv(0x02, []byte{1}),
	} {
		tree, err := Parse(in)
		if err != nil {
			t.Fatal(name, err)
		}
		if got := tree.Root().OID(); got != "" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Integers of both signs and sizes.
func TestIntegers(t *testing.T) {
	for _, c := range []struct {
		contents []byte
		small    int
		ok       bool
		big      string
	}{
		{[]byte{0}, 0, true, "0"},
		{[]byte{0x7F}, 127, true, "127"},
		{[]byte{0xFF}, -1, true, "-1"},
		{[]byte{0x00, 0x80}, 128, true, "128"},
		{[]byte{0x80, 0, 0, 0}, -2147483648, true, "-2147483648"},
		{[]byte{0x01, 0, 0, 0, 0}, 0, false, "4294967296"},
		{nil, 0, false, "0"},
	} {
		tree, err := Parse(tlv(0x02, c.contents))
		if err != nil {
			t.Fatal(err)
		}
		v := tree.Root()
		if n, ok := v.Int(); n != c.small && c.ok || ok != c.ok {
			t.Errorf("%x: %d, %v", c.contents, n, ok)
		}
		if got := v.Big().String(); got != c.big {
			t.Errorf("%x: %s", c.contents, got)
		}
	}
}

// A reader takes what has the tag that is asked for and leaves the rest.
func TestReader(t *testing.T) {
	tree, err := Parse(indef(0x30, tlv(0x02, []byte{1}), indef(0xA0, octets("in")), tlv(0x04, []byte("b"))))
	if err != nil {
		t.Fatal(err)
	}
	r := tree.Root().Inside()
	if _, ok := r.Read(OctetString); ok {
		t.Error("took an integer for an octet string")
	}
	if n, ok := r.Read(Integer); !ok || n.Offset() != 2 || n.Start() != 4 {
		t.Error("the integer is not where it is")
	}
	explicit, ok := r.Read(Context(0))
	if !ok || !bytes.Equal(explicit.Source(), indef(0xA0, octets("in"))) || explicit.IsDER() {
		t.Error("the tagged value is not what it is")
	}
	count := 0
	for c := range explicit.Children() {
		count++
		if string(c.Octets()) != "in" || !c.IsDER() {
			t.Error("child", c.Octets())
		}
	}
	if last, ok := r.Next(); count != 1 || !ok || last.Tag() != OctetString || r.More() {
		t.Error("the rest is not the last one")
	}
	if _, ok := r.Next(); ok {
		t.Error("something behind the end")
	}
}

// Only a whole bit string without unused bits is a signature.
func TestBits(t *testing.T) {
	for _, c := range []struct {
		in []byte
		ok bool
	}{
		{tlv(0x03, []byte{0, 1}), true}, {tlv(0x03, []byte{0}), true}, {tlv(0x03, []byte{1, 2}), false},
		{tlv(0x23, tlv(0x03, []byte{0, 1})), false}, {octets("\x00a"), false},
	} {
		tree, err := Parse(c.in)
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := tree.Root().Bits(); ok != c.ok {
			t.Errorf("%x: %v", c.in, ok)
		}
	}
}
