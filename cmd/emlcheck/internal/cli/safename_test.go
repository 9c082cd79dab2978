package cli

import (
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// Each row is an attack on a folder of extraction, or a name that some system
// cannot hold.
func TestSafeName(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"invoice.pdf", "invoice.pdf"},
		{"Bericht März.pdf", "Bericht März.pdf"},
		{"見積書.xlsx", "見積書.xlsx"},
		{"../../etc/passwd", "_.._etc_passwd"},
		{`..\..\x`, "_.._x"},
		{"/etc/passwd", "_etc_passwd"},
		{`C:\x`, "C__x"},
		{"file.txt:stream", "file.txt_stream"},
		{"CON", "_CON"},
		{"con.txt", "_con.txt"},
		{"Aux .c", "_Aux .c"},
		{"COM1", "_COM1"},
		{"com¹.log", "_com¹.log"},
		{"COM10", "COM10"},
		{"console", "console"},
		{"nul.", "_nul"},
		{"a. . .", "a"},
		{" x ", "x"},
		{".bashrc", "bashrc"},
		{"-rf", "rf"},
		{"..", "_"},
		{"", "_"},
		{"   ", "_"},
		{"a\x00b", "a_b"},
		{"a\nb\tc\x1b", "a_b_c_"},
		{"exe.\u202efdp", "exe._fdp"},
		{"a\u200bb\U000e0041", "a_b_"},
		{"a\xff\xfeb", "a_b"},
		{"a\u2028b", "a_b"},
		{"a b", "a b"},
		{"a／b⁄c", "a_b_c"},
		{`<a>|b?*"`, "_a__b___"},
		{"$(rm)`x`%PATH%~", "_(rm)_x__PATH__"},
		{strings.Repeat("n", 300) + ".pdf", strings.Repeat("n", 196) + ".pdf"},
		{strings.Repeat("é", 300), strings.Repeat("é", 100)},
		{"a." + strings.Repeat("x", 300), "a." + strings.Repeat("x", 198)},
	} {
		if got := safeName(c.in); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

// The properties that keep a name inside its folder hold for every input.
func FuzzSafeName(f *testing.F) {
	for _, seed := range []string{"../x", "CON.txt", "a\x00", "\u202e", "...", strings.Repeat("é", 200), "LPT³.", "-.-", "a.\xff", "\ufffd", "ﷺ.exe", "LPT³." + strings.Repeat("x", 195)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := safeName(name)
		switch {
		case got == "" || len(got) > maxName || !utf8.ValidString(got):
			t.Fatalf("%q: %q", name, got)
		case got == "." || got == "..", !filepath.IsLocal(got), filepath.Base(got) != got:
			t.Fatalf("%q: %q leaves the folder", name, got)
		case strings.ContainsAny(got, `/\:*?"<>|~`), strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }):
			t.Fatalf("%q: %q holds a forbidden character", name, got)
		case strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") || strings.HasPrefix(got, ".") || strings.HasPrefix(got, "-") || strings.HasPrefix(got, " "):
			t.Fatalf("%q: %q has a bad end", name, got)
		case isReserved(got):
			t.Fatalf("%q: %q is reserved", name, got)
		case safeName(got) != got:
			t.Fatalf("%q: %q becomes %q", name, got, safeName(got))
		}
	})
}

// Two names that one file system takes for one must not meet.
func TestUniqueNames(t *testing.T) {
	n := nameSet{}
	for _, c := range []struct{ in, want string }{
		{"a.txt", "a.txt"}, {"a.txt", "a~2.txt"}, {"A.TXT", "A~3.TXT"}, {"a", "a"}, {"a", "a~2"}, {"ς", "ς"}, {"Σ", "Σ~2"},
	} {
		if got := n.unique(c.in); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}
