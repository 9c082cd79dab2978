package charset

import (
	"fmt"
	"testing"
)

// allNames is every name that Lookup may return.
var allNames = []string{
	"us-ascii", "utf-8", "utf-7", "utf-16", "utf-16le", "utf-16be", "iso-8859-1", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5",
	"iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-8-i", "iso-8859-9", "iso-8859-10", "iso-8859-11", "iso-8859-13", "iso-8859-14",
	"iso-8859-15", "iso-8859-16", "windows-874", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
	"windows-1256", "windows-1257", "windows-1258", "koi8-r", "koi8-u", "macintosh", "x-mac-cyrillic", "ibm437", "ibm850", "ibm852", "ibm855", "ibm858",
	"ibm860", "ibm862", "ibm863", "ibm865", "ibm866", "gbk", "gb18030", "hz-gb-2312", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr",
}

// TestLookup covers the ways in which mail spells charsets.
func TestLookup(t *testing.T) {
	for label, want := range map[string]string{
		"utf8": "utf-8", "UTF_8": "utf-8", " utf-8 ": "utf-8", "\"utf-8\"": "utf-8", "'UTF-8'": "utf-8", "utf-8*en": "utf-8", "uft-8": "utf-8",
		"Unicode-1-1-UTF-7": "utf-7", "utf-7": "utf-7", "unicode": "utf-16", "cp65001": "utf-8", "unicode-1-1-utf-8": "utf-8",
		"US-ASCII": "us-ascii", "ANSI_X3.4-1968": "us-ascii", "646": "us-ascii", "us-ascii>": "us-ascii", "us-askey": "us-ascii", "charset=us-ascii": "us-ascii",
		"iso8859-1": "iso-8859-1", "ISO_8859-1:1987": "iso-8859-1", "iso88591": "iso-8859-1", "8859-1": "iso-8859-1", "latin1": "iso-8859-1", "l1": "iso-8859-1",
		"iso-8859-1*sv": "iso-8859-1", "x-iso-8859-1": "iso-8859-1", "iso-8859-15": "iso-8859-15", "Latin-9": "iso-8859-15", "latin5": "iso-8859-9",
		"iso-8859-16": "iso-8859-16", "ISO-8859-10": "iso-8859-10", "iso-8859-8-i": "iso-8859-8-i", "ISO-8859-8-E": "iso-8859-8", "cp28605": "iso-8859-15",
		"cp1252": "windows-1252", "windows1252": "windows-1252", "Windows-1251": "windows-1251", "win-1250": "windows-1250", "x-cp1258": "windows-1258",
		"CP-850": "ibm850", "IBM437": "ibm437", "866": "ibm866", "tis-620": "windows-874", "iso-8859-11": "iso-8859-11", "koi8": "koi8-r", "KOI8-U": "koi8-u",
		"x-sjis": "shift_jis", "Shift-JIS": "shift_jis", "cp932": "shift_jis", "windows-31j": "shift_jis", "eucJP": "euc-jp", "x-euc-jp": "euc-jp",
		"_iso-2022-jp$ESC": "iso-2022-jp", "cp50220": "iso-2022-jp", "gb2312": "gbk", "GB_2312-80": "gbk", "x-gbk": "gbk", "cp936": "gbk", "gb18030": "gb18030",
		"hz-gb-2312": "hz-gb-2312", "Big5-HKSCS": "big5", "cp950": "big5", "ks_c_5601-1987": "euc-kr", "KS_C_5601-1989": "euc-kr", "cp949": "euc-kr",
		"utf-8     =": "utf-8", "utf-8\ncontent-transfer-encoding:": "utf-8", "iso-8859-1</field>": "iso-8859-1", "iso-8859-2;": "iso-8859-2",
		"": "", "*en": "", "x-unknown": "", "unknown-8bit": "", "binary": "", "invalid": "", "iso-8859-12": "", "iso-8859-17": "", "iso-8859-": "", "csISOLatin9": "iso-8859-15", "iso-ir-138": "iso-8859-8", "iso-ir-149": "euc-kr", "iso-ir-0": "", "csISOLatin2": "iso-8859-2", "unicodefffe": "utf-16be",
		"windows-1259": "", "utf-8\xFF": "", "default_charset": "", "99999999999999999999": "", "utf-32": "", "iso-2022-kr": "",
		"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz": "",
	} {
		if got, ok := Lookup(label); got != want || ok != (want != "") {
			t.Errorf("Lookup(%q) = %q, %v, want %q", label, got, ok, want)
		}
	}
}

// TestNamesAreLabels: a canonical name is a label for itself, and Decode knows
// it (0x41 or its UTF-16 form must not come out by way of a guess).
func TestNamesAreLabels(t *testing.T) {
	for _, name := range allNames {
		if got, ok := Lookup(name); got != name || !ok {
			t.Errorf("Lookup(%q) = %q", name, got)
		}
		known := singleByte(name).cm != nil || multiByte(name) != nil
		switch name {
		case "us-ascii", "utf-8", "utf-7", "utf-16", "utf-16le", "utf-16be":
			known = !known
		}
		if !known {
			t.Errorf("%s: no decoder, or two", name)
		}
	}
}

// TestCodePages: every number leads to a name that Decode knows, or to none.
func TestCodePages(t *testing.T) {
	known := map[string]bool{"": true}
	for _, name := range allNames {
		known[name] = true
	}
	for n := range 66_000 {
		for _, label := range []string{fmt.Sprintf("cp%d", n), fmt.Sprintf("iso-8859-%d", n), fmt.Sprintf("latin%d", n)} {
			if name, ok := Lookup(label); !known[name] || ok != (name != "") {
				t.Fatalf("Lookup(%q) = %q, %v", label, name, ok)
			}
		}
	}
}

func ExampleLookup() {
	for _, label := range []string{"UTF8", "ks_c_5601-1987", "\"iso-8859-1*en\"", "x-unknown"} {
		name, ok := Lookup(label)
		fmt.Println(name, ok)
	}
	// Output:
	// utf-8 true
	// euc-kr true
	// iso-8859-1 true
	//  false
}

func ExampleDecode() {
	text, bad := Decode("us-ascii", []byte("J\xFCrgen"))
	fmt.Println(text, bad)
	// Output: Jürgen 1
}

func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Lookup("Windows-1252")
	}
}
