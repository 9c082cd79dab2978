package charset

import (
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// TestDecode pins what each family of charsets makes of good and of bad bytes.
func TestDecode(t *testing.T) {
	for _, c := range []struct {
		why, name, in, want string
		bad                 int
	}{
		{"nothing", "utf-8", "", "", -1},
		{"UTF-8 as it is, byte order mark too", "utf-8", "\xEF\xBB\xBFa\xC3\xBC", "\uFEFFaü", -1},
		{"a lone Latin-1 byte", "utf-8", "a\xFCb", "a\uFFFDb", 1},
		{"a cut sequence is one U+FFFD", "utf-8", "\xE2\x82", "\uFFFD", 0},
		{"a cut sequence of four", "utf-8", "x\xF0\x9F\x98y", "x\uFFFDy", 1},
		{"overlong: three bytes that begin nothing", "utf-8", "\xE0\x80\x80", "\uFFFD\uFFFD\uFFFD", 0},
		{"surrogate in UTF-8", "utf-8", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", 0},
		{"above U+10FFFF", "utf-8", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD", 0},
		{"U+FFFD itself is no bad byte", "utf-8", "\uFFFD", "\uFFFD", -1},
		{"ASCII", "us-ascii", "plain", "plain", -1},
		{"8-bit under ASCII: UTF-8", "us-ascii", "J\xC3\xBCrgen", "Jürgen", 1},
		{"8-bit under ASCII: Windows", "us-ascii", "J\xFCrgen", "Jürgen", 1},
		{"escapes under ASCII stay what they are", "us-ascii", "\x1b$B", "\x1b$B", -1},
		{"Latin-1", "iso-8859-1", "caf\xE9", "café", -1},
		{"Latin-1 in name, Windows in fact", "iso-8859-1", "\x93caf\xE9\x94", "“café”", 0},
		{"Windows", "windows-1252", "\x93caf\xE9\x94 \x80", "“café” €", -1},
		{"a hole in Windows-1252", "windows-1252", "a\x81", "a\uFFFD", 1},
		{"a hole in Windows-1253", "windows-1253", "\xAA", "\uFFFD", 0},
		{"a C1 control exists in Latin-2", "iso-8859-2", "\x85\xB1", "\u0085ą", -1},
		{"a hole in ISO 8859-6", "iso-8859-6", "\xC7\xA1", "ا\uFFFD", 1},
		{"Turkish", "iso-8859-9", "\xFD\xFE", "ış", -1},
		{"Thai", "windows-874", "\xA1\xE9", "ก้", -1},
		{"Euro in Latin-9", "iso-8859-15", "\xA4", "€", -1},
		{"Russian KOI8-R", "koi8-r", "\xF0\xD2\xC9\xD7\xC5\xD4", "Привет", -1},
		{"Ukrainian KOI8-U", "koi8-u", "\xA6\xAD", "іґ", -1},
		{"DOS", "ibm850", "\x81\x9A", "üÜ", -1},
		{"Shift_JIS", "shift_jis", "\x93\xFA\x96{\xB1", "日本ｱ", -1},
		{"Shift_JIS cut in a character", "shift_jis", "a\x93", "a\uFFFD", 1},
		{"EUC-JP", "euc-jp", "\xC6\xFC\xCB\xDC", "日本", -1},
		{"ISO-2022-JP", "iso-2022-jp", "a\x1b$BF|K\\\x1b(Bb", "a日本b", -1},
		{"8-bit in ISO-2022-JP", "iso-2022-jp", "\x1b$BF|\x1b(B\xE9!", "日\uFFFD!", 8},
		{"GB 2312", "gbk", "\xD6\xD0\xCE\xC4", "中文", -1},
		{"four bytes of GB 18030 under the name GBK", "gbk", "\x81\x39\xEF\x30", "㐁", -1},
		{"U+FFFD in GB 18030 is a character, FF is none", "gb18030", "\x84\x31\xA4\x37\x84\x31\xA4\x37\xFF", "\uFFFD\uFFFD\uFFFD", 8},
		{"Big5", "big5", "\xA4\xA4\xA4\xE5", "中文", -1},
		{"Big5 with two code points for one character", "big5", "\x88\x62\xA4", "Ê̄\uFFFD", 2},
		{"Korean", "euc-kr", "\xC7\xD1\xB1\xDB", "한글", -1},
		{"HZ", "hz-gb-2312", "a~{VPND~}b", "a中文b", -1},
		{"UTF-16 with a mark", "utf-16", "\xFF\xFEa\x00", "a", -1},
		{"UTF-16 is big-endian by default", "utf-16", "\x00a\x20\xAC", "a€", -1},
		{"UTF-16 that is plainly little-endian", "utf-16", "a\x00b\x00", "ab", -1},
		{"UTF-16 pair", "utf-16be", "\xD8\x3D\xDE\x00", "😀", -1},
		{"UTF-16 half a pair", "utf-16le", "a\x00\x3D\xD8b\x00", "a\uFFFDb", 2},
		{"UTF-16 half a unit", "utf-16le", "a\x00b", "a\uFFFD", 2},
		{"UTF-7 of RFC 2152", "utf-7", "A+ImIDkQ.", "A≢Α.", -1},
		{"UTF-7 with its minus", "utf-7", "Hi Mom -+Jjo--!", "Hi Mom -☺-!", -1},
		{"UTF-7 plus sign", "utf-7", "1 +- 1", "1 + 1", -1},
		{"UTF-7 pair", "utf-7", "+2D3eAA-", "😀", -1},
		{"UTF-7 half a pair", "utf-7", "+2D0-x", "\uFFFDx", 3},
		{"UTF-7 with nothing shifted", "utf-7", "C+ +", "C\uFFFD \uFFFD", 1},
		{"UTF-7 8-bit", "utf-7", "a\xE9", "a\uFFFD", 1},
		{"UTF-7 cut within a unit", "utf-7", "+AG", "\uFFFD", 2},
		{"a name nobody knows is guessed", "x-what", "J\xFCrgen", "Jürgen", -1},
		{"no name is guessed", "", "J\xC3\xBC", "Jü", -1},
	} {
		if text, bad := Decode(c.name, []byte(c.in)); text != c.want || bad != c.bad {
			t.Errorf("%s: Decode(%q, %q) = %q, %d, want %q, %d", c.why, c.name, c.in, text, bad, c.want, c.bad)
		}
	}
}

// TestGuess pins the stated rule, mostly with text as people write it.
func TestGuess(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"nothing", "", "utf-8"},
		{"ASCII", "hello", "utf-8"},
		{"UTF-8", "Grüße", "utf-8"},
		{"UTF-8 cut at the end", "Grüße aus K\xC3", "utf-8"},
		{"one odd byte is no UTF-8", "caf\xE9", "windows-1252"},
		{"Western words", "na\xEFve fa\xE7ade d\xE9j\xE0 vu", "windows-1252"},
		{"capitals together", "DECLARA\xC7\xC3O N\xC3O", "windows-1252"},
		{"ISO-2022-JP", "\x1b$BF|K\\\x1b(B", "iso-2022-jp"},
		{"a mark", "\xFF\xFEa\x00", "utf-16"},
		{"Russian Windows", "\xCF\xF0\xE8\xE2\xE5\xF2, \xEA\xE0\xEA \xE4\xE5\xEB\xE0", "windows-1251"},
		{"Russian KOI8-R", "\xF0\xD2\xC9\xD7\xC5\xD4, \xCB\xC1\xCB \xC4\xC5\xCC\xC1", "koi8-r"},
		{"Greek", "\xCA\xE1\xEB\xE7\xEC\xDD\xF1\xE1 \xF3\xE1\xF2 \xF4\xE9 \xEA\xDC\xED\xE5\xF4\xE5", "windows-1253"},
		{"Hebrew", "\xF9\xEC\xE5\xED \xEC\xEB\xE5\xEC\xED \xEE\xE4 \xF0\xF9\xEE\xF2", "windows-1255"},
		{"Japanese EUC", "\xA4\xB3\xA4\xF3\xA4\xCB\xA4\xC1\xA4\xCF", "euc-jp"},
		{"Japanese Shift_JIS", "\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD", "shift_jis"},
		{"Chinese", "\xC4\xE3\xBA\xC3\xA3\xAC\xD6\xD0\xB9\xFA", "gbk"},
		{"Chinese in Taiwan", "\xB3\x6F\xAC\x4F\xA4\x40\xAB\xCA\xAB\x48\xA5\xF3", "big5"},
		{"Korean", "\xB4\xEB\xC7\xD1\xB9\xCE\xB1\xB9\xB0\xB4\xBB\xE7\xC7\xD5\xB4\xCF\xB4\xD9", "euc-kr"},
		{"Korean or Chinese: too short to tell", "\xB4\xEB\xC7\xD1\xB9\xCE\xB1\xB9", "windows-1252"},
	} {
		if got := Guess([]byte(c.in)); got != c.want {
			t.Errorf("%s: Guess(%q) = %q, want %q", c.why, c.in, got, c.want)
		}
	}
}

// TestUTF16Slow compares with the standard library's reading of units.
func TestUTF16Slow(t *testing.T) {
	for _, s := range []string{"", "a", "Grüße 😀 中文", "\uFFFD\uFFFE", strings.Repeat("x😀", 50)} {
		var le, be []byte
		for _, u := range utf16.Encode([]rune(s)) {
			le, be = append(le, byte(u), byte(u>>8)), append(be, byte(u>>8), byte(u))
		}
		for name, b := range map[string][]byte{"utf-16le": le, "utf-16be": be} {
			if got, bad := Decode(name, b); got != s || bad != -1 {
				t.Errorf("%s %q: got %q, %d", name, s, got, bad)
			}
		}
	}
}

// TestSingleTables: each byte of each table charset alone is one character,
// and is called bad if and only if it becomes U+FFFD or is a C1 byte that an
// ISO charset leaves to its Windows neighbour.
func TestSingleTables(t *testing.T) {
	for _, name := range allNames {
		if singleByte(name).cm == nil {
			continue
		}
		for c := range 256 {
			text, bad := Decode(name, []byte{byte(c)})
			r, n := utf8.DecodeRuneInString(text)
			borrowed := singleByte(name).superset && c >= 0x80 && c < 0xA0
			if n != len(text) || (bad == 0) != (r == utf8.RuneError || borrowed) || c < 0x80 && int(r) != c {
				t.Errorf("%s %#x: %q, %d", name, c, text, bad)
			}
		}
	}
}
