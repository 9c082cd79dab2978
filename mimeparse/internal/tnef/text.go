package tnef

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/headers"
)

// charsetNames are the code pages (the numbers are Windows's) whose usual name
// is not "windows-" and the number.
var charsetNames = map[int]string{
	437: "ibm437", 850: "ibm850", 852: "ibm852", 866: "ibm866", 932: "shift_jis",
	936: "gbk", 949: "euc-kr", 950: "big5", 1200: "utf-16le", 1201: "utf-16be",
	10000: "macintosh", 20127: "us-ascii", 20866: "koi8-r", 20932: "euc-jp",
	21866: "koi8-u", 28591: "iso-8859-1", 28592: "iso-8859-2", 28593: "iso-8859-3",
	28594: "iso-8859-4", 28595: "iso-8859-5", 28596: "iso-8859-6",
	28597: "iso-8859-7", 28598: "iso-8859-8", 28599: "iso-8859-9",
	28603: "iso-8859-13", 28605: "iso-8859-15", 50220: "iso-2022-jp",
	50221: "iso-2022-jp", 50222: "iso-2022-jp", 50225: "iso-2022-kr",
	51932: "euc-jp", 51936: "gb2312", 51949: "euc-kr", 52936: "hz-gb-2312",
	54936: "gb18030", 65000: "utf-7", 65001: "utf-8",
}

// charsetName is the name of a code page; empty for none.
func charsetName(codePage int) string {
	if codePage <= 0 {
		return ""
	}
	if name, ok := charsetNames[codePage]; ok {
		return name
	}
	return "windows-" + strconv.Itoa(codePage)
}

// text decodes the value of a string property or, for typeString8, an
// attribute. A string ends at its first NUL, as programs in C read it.
func (w *work) text(source string, t uint16, at headers.Span) Text {
	at, hidden := w.terminate(t, at)
	if !hidden.Empty() {
		w.defect("tnef.string-nul", hidden, "text behind the NUL that ends the string")
	}
	b := at.Of(w.raw)
	out := Text{Source: source, Span: at}
	good := true
	switch {
	case t == typeUnicode:
		out.Value, good = utf16Text(b)
	case ascii(b):
		out.Value = string(b)
	default:
		if w.codePage == 0 {
			w.defect("tnef.codepage-absent", at, "8-bit text in a stream without a code page")
		}
		out.Value, good = decode8(w.codePage, b)
	}
	if !good {
		w.defect("tnef.text-undecodable", at, "bytes that the stream's character set does not define")
	}
	return out
}

// terminate cuts a string before its first NUL. hidden is what else stands
// behind it, from the first byte to the last that is not NUL.
func (w *work) terminate(t uint16, at headers.Span) (text, hidden headers.Span) {
	b := at.Of(w.raw)
	n, width := bytes.IndexByte(b, 0), 1
	if t == typeUnicode {
		n, width = nul16(b), 2
	}
	if n < 0 {
		return at, headers.Span{}
	}
	tail := bytes.TrimLeft(b[min(len(b), n+width):], "\x00")
	hidden.Start = at.End - len(tail)
	hidden.End = hidden.Start + len(bytes.TrimRight(tail, "\x00"))
	return headers.Span{Start: at.Start, End: at.Start + n}, hidden
}

// nul16 is the index of the first NUL in UTF-16; -1 for none.
func nul16(b []byte) int {
	for i := 0; i+1 < len(b); i += 2 {
		if b[i] == 0 && b[i+1] == 0 {
			return i
		}
	}
	return -1
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// utf16Text decodes UTF-16LE; good is false when a surrogate stands alone or a
// byte is left over.
func utf16Text(b []byte) (s string, good bool) {
	var out strings.Builder
	out.Grow(len(b) / 2)
	good = len(b)%2 == 0
	for i := 0; i+1 < len(b); i += 2 {
		r := rune(b[i]) | rune(b[i+1])<<8
		if utf16.IsSurrogate(r) {
			var low rune
			if i+3 < len(b) {
				low = rune(b[i+2]) | rune(b[i+3])<<8
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				good = false
			} else {
				i += 2
			}
		}
		out.WriteRune(r)
	}
	return out.String(), good
}

// chooseText is the first text that is not empty from the first of the sources
// that has one.
func chooseText(list []Text, sources ...string) Text {
	for _, source := range sources {
		for _, t := range list {
			if t.Source == source && t.Value != "" {
				return t
			}
		}
	}
	return Text{}
}
