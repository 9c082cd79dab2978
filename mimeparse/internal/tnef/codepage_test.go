package tnef

import "testing"

// Code page numbers are Windows's; the names are those that MIME uses, so that
// one decoder serves both.
func TestCharsetName(t *testing.T) {
	for page, want := range map[int]string{
		0: "", -1: "",
		437: "ibm437", 850: "ibm850", 852: "ibm852", 866: "ibm866",
		874: "windows-874", 1250: "windows-1250", 1252: "windows-1252", 1258: "windows-1258",
		932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5",
		1200: "utf-16le", 1201: "utf-16be", 10000: "macintosh", 20127: "us-ascii",
		20866: "koi8-r", 20932: "euc-jp", 21866: "koi8-u",
		28591: "iso-8859-1", 28592: "iso-8859-2", 28593: "iso-8859-3", 28594: "iso-8859-4",
		28595: "iso-8859-5", 28596: "iso-8859-6", 28597: "iso-8859-7", 28598: "iso-8859-8",
		28599: "iso-8859-9", 28603: "iso-8859-13", 28605: "iso-8859-15",
		50220: "iso-2022-jp", 50221: "iso-2022-jp", 50222: "iso-2022-jp", 50225: "iso-2022-kr",
		51932: "euc-jp", 51936: "gb2312", 51949: "euc-kr", 52936: "hz-gb-2312", 54936: "gb18030",
		65000: "utf-7", 65001: "utf-8",
		99999: "windows-99999", // unknown: the number stays readable
	} {
		if got := charsetName(page); got != want {
			t.Errorf("%d: %q, want %q", page, got, want)
		}
	}
}

// 8-bit text by the stream's code page.
func TestDecode8(t *testing.T) {
	cases := []struct {
		name string
		page int
		in   string
		want string
		good bool
	}{
		{"western", 1252, "\x80 \x93caf\xe9\x94 \xff", "\u20ac \u201ccaf\u00e9\u201d \u00ff", true},
		{"undefined there", 1252, "a\x81b", "a\ufffdb", false},
		{"Latin-1 has controls there", 28591, "a\x81\xe9", "a\u0081\u00e9", true},
		{"UTF-8", 65001, "caf\xc3\xa9", "caf\u00e9", true},
		{"broken UTF-8", 65001, "caf\xc3", "caf\ufffd", false},
		{"Cyrillic", 1251, "\xcf\xf0\xe8\xe2\xe5\xf2", "\u041f\u0440\u0438\u0432\u0435\u0442", true},
		{"Japanese", 932, "\x93\xfa\x96\x7b", "\u65e5\u672c", true},
		{"none stated: read as western", 0, "caf\xe9", "caf\u00e9", true},
	}
	for _, c := range cases {
		if got, good := decode8(c.page, []byte(c.in)); got != c.want || good != c.good {
			t.Errorf("%s: %q, %v; want %q", c.name, got, good, c.want)
		}
	}
}

// A code page that nobody knows is never read in silence.
func TestUnknownCodePage(t *testing.T) {
	b := stream(codePage(4711), att(attSubject, z("caf\xe9")))
	m := mustParse(t, b)
	wantCodes(t, m, "tnef.text-undecodable")
	if string(m.Subject.Span.Of(b)) != "caf\xe9" {
		t.Errorf("the bytes are lost: %v", m.Subject.Span)
	}
	if m = mustParse(t, stream(codePage(4711), att(attSubject, z("plain")))); m.Subject.Value != "plain" || len(codes(m)) > 0 {
		t.Errorf("ASCII is the same everywhere: %q, %q", m.Subject.Value, codes(m))
	}
}

// The code page may stand behind what needs it, and a cut one is none.
func TestCodePagePlace(t *testing.T) {
	m := mustParse(t, stream(att(attSubject, z("caf\xe9")), codePage(1252)))
	wantCodes(t, m)
	if m.Subject.Value != "caf\u00e9" {
		t.Errorf("%q", m.Subject.Value)
	}
	m = mustParse(t, stream(att(attSubject, z("caf\xe9")), att(attOemCodepage, u16(1252))))
	wantCodes(t, m, "tnef.codepage-absent", "tnef.attribute-size")
	if m.CodePage != 0 {
		t.Errorf("code page %d", m.CodePage)
	}
	m = mustParse(t, stream(codePage(1252), codePage(65001)))
	wantCodes(t, m, "tnef.attribute-repeated")
	if m.CodePage != 1252 {
		t.Errorf("the second of two: %d", m.CodePage)
	}
}

func TestUTF16(t *testing.T) {
	cases := []struct {
		name, in, want string
		good           bool
	}{
		{"empty", "", "", true},
		{"one unit", "a\x00", "a", true},
		{"a pair", "\x3d\xd8\x00\xde", "\U0001F600", true},
		{"a pair and more", "\x3d\xd8\x00\xdea\x00", "\U0001F600a", true},
		{"a high one at the end", "a\x00\x3d\xd8", "a\ufffd", false},
		{"a high one and a letter", "\x3d\xd8a\x00", "\ufffda", false},
		{"a low one first", "\x00\xdea\x00", "\ufffda", false},
		{"two high ones and a low", "\x3d\xd8\x3d\xd8\x00\xde", "\ufffd\U0001F600", false},
		{"a byte left over", "a\x00b", "a", false},
		{"a pair cut", "\x3d\xd8\x00", "\ufffd", false},
		{"U+FFFD itself", "\xfd\xff", "\ufffd", true},
	}
	for _, c := range cases {
		if got, good := utf16Text([]byte(c.in)); got != c.want || good != c.good {
			t.Errorf("%s: %q, %v; want %q", c.name, got, good, c.want)
		}
	}
}

// Every property that has a name in the table is known by it.
func TestSources(t *testing.T) {
	for id, name := range propertyNames {
		m := mustParse(t, stream(props(ansi(id, "x"))))
		if id == pidBody || id == pidHTML {
			continue
		}
		if len(m.Texts) != 1 || m.Texts[0].Source != name {
			t.Errorf("%#x: %+v, want %q", id, m.Texts, name)
		}
	}
	for n, want := range map[uint64]string{0: "0x0000", 0x57FE: "0x57FE", 0x12345: "0x12345"} {
		if got := hexadecimal(n, 4); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
