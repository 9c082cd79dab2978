package charset

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzDecode states what holds for any label and any bytes.
func FuzzDecode(f *testing.F) {
	for _, name := range allNames {
		f.Add(name, []byte("a\xC3\xBC\x93\xFA\x1b$BF|K\\\x1b(B~{VPND~}+AGE-\xFF"))
	}
	f.Add("x-unknown", []byte("\x84\x31\xA4\x37"))
	f.Add("gb18030", []byte("\x84\x31\xA4\x37\x81\x30\x81"))
	f.Add("euc-jp", []byte("\x8F\xA2\xAF\x8E\xB1\x8E"))
	f.Fuzz(func(t *testing.T, label string, b []byte) {
		name, ok := Lookup(label)
		if again, _ := Lookup(name); ok && again != name || !ok && name != "" {
			t.Fatalf("Lookup(%q) = %q, and of that %q", label, name, again)
		}
		text, bad := Decode(name, b)
		if again, badAgain := Decode(name, b); again != text || badAgain != bad {
			t.Fatalf("%s: two readings of %q differ", name, b)
		}
		if !utf8.ValidString(text) || bad < -1 || bad >= len(b) {
			t.Fatalf("%s %q: %q, %d", name, b, text, bad)
		}
		if bad < 0 && strings.Contains(text, "\uFFFD") && !canHoldReplacement(name, b) {
			t.Fatalf("%s %q: U+FFFD in %q, but no bad byte", name, b, text)
		}
		checkPrefix(t, name, b, text, bad)
		if g := Guess(b); g != Guess(bytes.Clone(b)) || mustLookup(t, g) != g {
			t.Fatalf("guess %q", g)
		}
	})
}

func mustLookup(t *testing.T, name string) string {
	t.Helper()
	got, ok := Lookup(name)
	if !ok {
		t.Fatalf("%q is no name", name)
	}
	return got
}

// canHoldReplacement: charsets in which U+FFFD is a character like others.
func canHoldReplacement(name string, b []byte) bool {
	switch name {
	case "utf-8", "utf-7", "utf-16", "utf-16le", "utf-16be", "gb18030", "gbk":
		return true
	case "":
		return canHoldReplacement(Guess(b), b)
	}
	return false
}

// checkPrefix: what stands before the first bad byte is good by itself and
// reads the same. Where the whole decides how its bytes are read it need not.
func checkPrefix(t *testing.T, name string, b []byte, text string, bad int) {
	t.Helper()
	switch name {
	case "", "us-ascii", "utf-16", "utf-7", "iso-2022-jp", "hz-gb-2312":
		return
	}
	if bad < 0 {
		return
	}
	prefix, badAgain := Decode(name, b[:bad])
	if badAgain != -1 || !strings.HasPrefix(text, prefix) {
		t.Fatalf("%s %q: bad byte at %d, but the bytes before read %q, %d; all %q", name, b, bad, prefix, badAgain, text)
	}
}

// TestLinear: ten times the input must not take a hundred times as long; the
// texts are those that could make a decoder start over. It fails by time-out.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for name, unit := range map[string]string{
		"gb18030": "\x84\x31\xA4\x37", "utf-7": "+", "utf-8": "\xE2\x82", "iso-2022-jp": "\x1b$", "hz-gb-2312": "~", "big5": "\x81", "": "\xFF\xC3",
	} {
		Decode(name, []byte(strings.Repeat(unit, 1<<20)))
	}
}

func BenchmarkDecode(b *testing.B) {
	for _, c := range []struct{ name, unit string }{
		{"utf-8", "plain ASCII text and no more. "}, {"iso-8859-1", "Gr\xFC\xDFe aus K\xF6ln, wie immer. "},
		{"utf-8", "Grüße aus Köln"}, {"gb2312", "\xD6\xD0\xCE\xC4 text "}, {"iso-2022-jp", "a\x1b$BF|K\\\x1b(Bb"},
	} {
		b.Run(c.name, func(b *testing.B) {
			data := []byte(strings.Repeat(c.unit, 1000))
			name, _ := Lookup(c.name)
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				Decode(name, data)
			}
		})
	}
}
