package charset

import (
	"strconv"
	"strings"
)

// Lookup returns the canonical name of a charset label as mail has it (RFC
// 2045 5.1, RFC 2047 2): in lower case, the WHATWG name where there is one,
// except that "us-ascii", "iso-8859-1", "iso-8859-9" and "iso-8859-11" keep
// their own names. ok is false for a label that names no charset known here,
// such as "", "x-unknown", "unknown-8bit" and "binary".
//
// Letter case, quotes, blanks and punctuation do not matter, nor does a
// language behind "*" (RFC 2231 5) or a year behind ":". Aliases, misspellings
// seen in mail and the numbers of code pages are known.
func Lookup(label string) (name string, ok bool) {
	if label == "utf-8" || label == "UTF-8" {
		return "utf-8", true
	}
	label, _, _ = strings.Cut(label, "*")
	label, _, _ = strings.Cut(label, ":")
	label = strings.Trim(label, " \t\r\n\"'<>")
	if name = lookupKey(label); name != "" {
		return name, true
	}
	// QUIRK: a missing line break or ";" leaves other text behind the label.
	if cut := strings.IndexAny(label, " \t\r\n;,\\\"'<"); cut > 0 {
		name = lookupKey(label[:cut])
	}
	return name, name != ""
}

// maxKey is the longest label that is looked at, without its punctuation.
const maxKey = 32

// lookupKey looks up a label by its letters and digits alone.
func lookupKey(label string) string {
	var buf [maxKey]byte
	key := buf[:0]
	for i := range len(label) {
		c := label[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case c >= 0x80:
			return ""
		default:
			continue
		}
		if len(key) == maxKey {
			return ""
		}
		key = append(key, c)
	}
	if after := strings.TrimPrefix(string(key), "charset"); len(after) < len(key) {
		key = key[len(key)-len(after):] // "charset=us-ascii" as a label
	}
	if name := alias(string(key)); name != "" {
		return name
	}
	return numbered(string(key))
}

// alias knows the labels that are no number.
func alias(key string) string {
	switch key {
	case "utf8", "unicode11utf8", "unicode20utf8", "uft8", "utf8mb4", "utf8mac", "uf8", "xunicode20utf8", "xutf8", "csutf8":
		return "utf-8"
	case "utf7", "unicode11utf7", "unicode20utf7", "csunicode11utf7", "xunicode20utf7", "csutf7":
		return "utf-7"
	case "utf16", "unicode", "csunicode", "iso10646ucs2", "ucs2", "csutf16":
		return "utf-16"
	case "utf16le", "unicodefeff", "csutf16le":
		return "utf-16le"
	case "utf16be", "unicodefffe", "csutf16be":
		return "utf-16be"
	case "usascii", "ascii", "ansix341968", "ansix341986", "iso646us", "iso646irv", "us", "csascii", "asciius", "usaskey", "iso646", "646":
		return "us-ascii"
	case "cyrillic", "csisolatincyrillic":
		return "iso-8859-5"
	case "arabic", "csisolatinarabic", "ecma114", "asmo708", "iso88596e", "iso88596i", "csiso88596e", "csiso88596i":
		return "iso-8859-6"
	case "greek", "greek8", "csisolatingreek", "ecma118", "elot928", "suneugreek":
		return "iso-8859-7"
	case "hebrew", "csisolatinhebrew", "visual", "iso88598e", "csiso88598e":
		return "iso-8859-8"
	case "iso88598i", "csiso88598i", "logical":
		return "iso-8859-8-i"
	case "tis620", "dostis620", "tis62025":
		return "windows-874"
	case "koi8r", "koi", "koi8", "cskoi8r", "xkoi8r":
		return "koi8-r"
	case "koi8u", "koi8ru":
		return "koi8-u"
	case "macintosh", "mac", "macroman", "xmacroman", "csmacintosh":
		return "macintosh"
	case "xmaccyrillic", "maccyrillic", "xmacukrainian":
		return "x-mac-cyrillic"
	}
	return eastAsian(key)
}

func eastAsian(key string) string {
	switch key {
	case "gb2312", "gbk", "xgbk", "gb231280", "csgb2312", "csiso58gb231280", "euccn", "xeuccn", "chinese", "gb2312charset", "xgb2312":
		return "gbk"
	case "gb18030", "gb180302000", "gb180302005", "gb180302022", "csgb18030":
		return "gb18030"
	case "hzgb2312", "hz", "hzgb":
		return "hz-gb-2312"
	case "big5", "big5hkscs", "csbig5", "xxbig5", "cnbig5", "xbig5", "big5eten", "bigfive":
		return "big5"
	case "shiftjis", "sjis", "xsjis", "mskanji", "csshiftjis", "windows31j", "cswindows31j", "ms932", "xmscp932", "shiftjisms":
		return "shift_jis"
	case "eucjp", "xeucjp", "xeuc", "ujis", "cseucpkdfmtjapanese", "eucjpms", "extendedunixcodepackedformatforjapanese":
		return "euc-jp"
	case "iso2022jp", "csiso2022jp", "iso2022jp1", "iso2022jp2", "iso2022jp3", "iso2022jp2004", "iso2022jpms", "iso2022jpesc", "jis", "xjis", "jis7":
		return "iso-2022-jp"
	case "euckr", "ksc56011987", "ksc56011989", "ksc5601", "ks56011987", "csksc56011987", "cseuckr", "korean", "windows949", "uhc", "ksx1001", "xwindows949":
		return "euc-kr"
	}
	return ""
}

// numbered knows "iso-8859-15", "latin2", "windows-1252", "cp850" and the like.
func numbered(key string) string {
	digits := len(key)
	for digits > 0 && '0' <= key[digits-1] && key[digits-1] <= '9' {
		digits--
	}
	n, err := strconv.Atoi(key[digits:])
	if err != nil {
		return ""
	}
	switch key[:digits] {
	case "iso", "xiso", "": // the digits begin with 8859
		if rest, ok := strings.CutPrefix(key[digits:], "8859"); ok {
			n, _ = strconv.Atoi(rest)
			return iso8859(n)
		}
	case "latin", "l", "isolatin", "csisolatin", "xlatin":
		return latin(n)
	case "isoir":
		return registered(n)
	}
	switch key[:digits] {
	case "windows", "win", "xwindows", "cp", "xcp", "ms", "mscp", "codepage", "csibm", "ibm", "xibm", "dos", "oem", "pc", "windowscp", "":
		return codePage(n)
	}
	return ""
}

func iso8859(n int) string {
	if n < 1 || n > 16 || n == 12 {
		return ""
	}
	const names = "iso-8859-1 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-9 " +
		"iso-8859-10iso-8859-11iso-8859-12iso-8859-13iso-8859-14iso-8859-15iso-8859-16"
	return strings.TrimRight(names[(n-1)*11:n*11], " ")
}

// latin maps the numbers of the Latin alphabets to the parts of ISO/IEC 8859.
func latin(n int) string {
	switch n {
	case 1, 2, 3, 4:
		return iso8859(n)
	case 5, 6:
		return iso8859(n + 4)
	case 7, 8, 9, 10:
		return iso8859(n + 6)
	}
	return ""
}

// registered maps the numbers of the ISO register of character sets.
func registered(n int) string {
	switch n {
	case 6:
		return "us-ascii"
	case 58:
		return "gbk"
	case 149:
		return "euc-kr"
	}
	for part, ir := range [...]int{1: 100, 2: 101, 3: 109, 4: 110, 5: 144, 6: 127, 7: 126, 8: 138, 9: 148, 10: 157} {
		if n == ir && part > 0 {
			return iso8859(part)
		}
	}
	return ""
}

// codePage maps the numbers that Microsoft and IBM gave to charsets.
func codePage(n int) string {
	switch {
	case n >= 1250 && n <= 1258:
		const names = "windows-1250windows-1251windows-1252windows-1253windows-1254windows-1255windows-1256windows-1257windows-1258"
		return names[(n-1250)*12 : (n-1249)*12]
	case n >= 28591 && n <= 28606:
		return iso8859(n - 28590)
	}
	switch n {
	case 65001, 1208:
		return "utf-8"
	case 65000:
		return "utf-7"
	case 1200, 13488:
		return "utf-16le"
	case 1201:
		return "utf-16be"
	case 20127, 367:
		return "us-ascii"
	case 819:
		return "iso-8859-1"
	case 38598:
		return "iso-8859-8-i"
	case 874:
		return "windows-874"
	case 20866, 878:
		return "koi8-r"
	case 21866:
		return "koi8-u"
	case 10000:
		return "macintosh"
	case 10007:
		return "x-mac-cyrillic"
	}
	if name := dosPage(n); name != "" {
		return name
	}
	return eastAsianPage(n)
}

func dosPage(n int) string {
	switch n {
	case 437:
		return "ibm437"
	case 850:
		return "ibm850"
	case 852:
		return "ibm852"
	case 855:
		return "ibm855"
	case 858:
		return "ibm858"
	case 860:
		return "ibm860"
	case 862:
		return "ibm862"
	case 863:
		return "ibm863"
	case 865:
		return "ibm865"
	case 866:
		return "ibm866"
	}
	return ""
}

func eastAsianPage(n int) string {
	switch n {
	case 932, 943:
		return "shift_jis"
	case 51932, 20932:
		return "euc-jp"
	case 50220, 50221, 50222:
		return "iso-2022-jp"
	case 936, 20936, 51936:
		return "gbk"
	case 54936:
		return "gb18030"
	case 52936:
		return "hz-gb-2312"
	case 950, 951:
		return "big5"
	case 949, 51949:
		return "euc-kr"
	}
	return ""
}
