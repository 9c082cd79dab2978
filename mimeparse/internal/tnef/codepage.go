package tnef

import (
	"strings"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/internal/charset"
)

// windows1252 maps 0x80 to 0x9F; U+FFFD where the code page has nothing.
const windows1252 = "\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd" +
	"\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178"

// decode8 decodes 8-bit text by a code page, 0 standing for windows-1252. good
// is false when the result is not what the code page makes of the bytes.
func decode8(codePage int, b []byte) (s string, good bool) {
	if codePage == 65001 {
		return strings.ToValidUTF8(string(b), "\ufffd"), utf8.Valid(b)
	}
	if name, ok := charset.Lookup(charsetName(codePage)); ok && !isWestern(codePage) {
		s, bad := charset.Decode(name, b)
		return s, bad < 0
	}
	high := []rune(windows1252)
	good = isWestern(codePage)
	var out strings.Builder
	for _, c := range b {
		r := rune(c)
		if codePage != 28591 && c >= 0x80 && c < 0xA0 {
			r = high[c-0x80]
		}
		good = good && r != utf8.RuneError
		out.WriteRune(r)
	}
	return out.String(), good
}

// isWestern reports the code pages that are read here: windows-1252, also for
// none stated, and ISO 8859-1 with its controls.
func isWestern(codePage int) bool { return codePage == 0 || codePage == 1252 || codePage == 28591 }
