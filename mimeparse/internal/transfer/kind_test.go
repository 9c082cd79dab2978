package transfer

import (
	"bytes"
	"strings"
	"testing"
)

// What mail writes into the field, and what readers make of it.
func TestParse(t *testing.T) {
	for _, c := range []struct {
		value string
		kind  Kind
		known bool
	}{
		{" base64\r\n", Base64, true},
		{"BASE64", Base64, true},
		{"\tQuoted-Printable ", QuotedPrintable, true},
		{"7bit", SevenBit, true},
		{"7BIT;", SevenBit, true},
		{"8-bit", EightBit, true},
		{"8 bit", EightBit, true},
		{"8bit (raw \\) (text)) ", EightBit, true},
		{"(x)(y) binary", Binary, true},
		{"binary(open", Binary, true},
		{"\r\n base64", Base64, true},
		{"\r\n\tquoted-\r\n printable", QuotedPrintable, true},
		{`"base64"`, Base64, true},
		{"'base64'", Base64, true},
		{"base64;", Base64, true},
		{"base64; charset=x", Base64, true},
		{"base64, base64", Base64, true},
		{"base64 (x) y", Base64, true},
		{"base-64", Base64, true},
		{"quoted_printable", QuotedPrintable, true},
		{"quotedprintable", QuotedPrintable, true},
		{"quoted printable", QuotedPrintable, true},
		{"x-uuencode", UUEncode, true},
		{"X-UUE", UUEncode, true},
		{"uuencode", UUEncode, true},
		{"x-uu", "x-uu", false},
		{"", "", false},
		{" (only a comment) ", "(only a comment)", false},
		{" \r\n ", "", false},
		{" utf-8 ", "utf-8", false},
		{"; base64", "; base64", false},
		{"7bits", "7bits", false},
		{"x-y z", "x-y z", false},
		{"base64base64base64base64base64", "base64base64base64base64base64", false},
		{"base64\v", "base64\v", false},
		{"base64\x00", "base64\x00", false},
	} {
		if kind, known := Parse([]byte(c.value)); kind != c.kind || known != c.known {
			t.Errorf("%q: %q %v", c.value, kind, known)
		}
	}
}

// A value is read in one pass, whatever stands in it.
func TestParseLinear(t *testing.T) {
	for _, unit := range []string{"(", "()", " ", "a ", "-", "\"", ";", "\\", "a("} {
		Parse(bytes.Repeat([]byte(unit), 4<<20))
	}
}

// FuzzParse: a known kind is read from its own name again, and an unknown one
// is what was written.
func FuzzParse(f *testing.F) {
	for _, s := range []string{" base64\r\n", "(a(b)\\)) 8-bit;", "quoted\r\n printable", "\"x-uue\"", "", "(("} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		kind, known := Parse(value)
		again, ok := Parse([]byte(kind))
		if again != kind || ok != known {
			t.Errorf("%q: %q %v, then %q %v", value, kind, known, again, ok)
		}
		if !known && strings.Trim(string(value), " \t\r\n") != string(kind) {
			t.Errorf("%q: unknown, but %q", value, kind)
		}
		if upper, _ := Parse(bytes.ToUpper(value)); known && upper != kind {
			t.Errorf("%q: capitals give %q", value, upper)
		}
	})
}
