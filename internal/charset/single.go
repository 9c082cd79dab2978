package charset

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// single is a charset of one byte per character.
type single struct {
	cm *charmap.Charmap
	// iso says that 0x80-0x9F are the C1 controls, as IANA registers the parts
	// of ISO/IEC 8859. In a Windows code page one stands for a hole.
	iso bool
	// superset says that cm is the Windows code page which readers use for the
	// ISO charset that was asked for, and that holds nothing in 0x80-0x9F.
	superset bool
}

func singleByte(name string) single {
	switch {
	case strings.HasPrefix(name, "iso-8859-"):
		return isoCharmap(name)
	case strings.HasPrefix(name, "windows-"):
		return single{cm: windowsCharmap(name)}
	}
	return single{cm: otherCharmap(name)}
}

func isoCharmap(name string) single {
	switch name {
	case "iso-8859-1":
		return single{cm: charmap.Windows1252, superset: true}
	case "iso-8859-9":
		return single{cm: charmap.Windows1254, superset: true}
	case "iso-8859-11":
		return single{cm: charmap.Windows874, superset: true}
	}
	var cm *charmap.Charmap
	switch name {
	case "iso-8859-2":
		cm = charmap.ISO8859_2
	case "iso-8859-3":
		cm = charmap.ISO8859_3
	case "iso-8859-4":
		cm = charmap.ISO8859_4
	case "iso-8859-5":
		cm = charmap.ISO8859_5
	case "iso-8859-6":
		cm = charmap.ISO8859_6
	case "iso-8859-7":
		cm = charmap.ISO8859_7
	case "iso-8859-8", "iso-8859-8-i":
		cm = charmap.ISO8859_8
	case "iso-8859-10":
		cm = charmap.ISO8859_10
	case "iso-8859-13":
		cm = charmap.ISO8859_13
	case "iso-8859-14":
		cm = charmap.ISO8859_14
	case "iso-8859-15":
		cm = charmap.ISO8859_15
	case "iso-8859-16":
		cm = charmap.ISO8859_16
	}
	return single{cm: cm, iso: true}
}

func windowsCharmap(name string) *charmap.Charmap {
	switch name {
	case "windows-874":
		return charmap.Windows874
	case "windows-1250":
		return charmap.Windows1250
	case "windows-1251":
		return charmap.Windows1251
	case "windows-1252":
		return charmap.Windows1252
	case "windows-1253":
		return charmap.Windows1253
	case "windows-1254":
		return charmap.Windows1254
	case "windows-1255":
		return charmap.Windows1255
	case "windows-1256":
		return charmap.Windows1256
	case "windows-1257":
		return charmap.Windows1257
	case "windows-1258":
		return charmap.Windows1258
	}
	return nil
}

func otherCharmap(name string) *charmap.Charmap {
	switch name {
	case "koi8-r":
		return charmap.KOI8R
	case "koi8-u":
		return charmap.KOI8U
	case "macintosh":
		return charmap.Macintosh
	case "x-mac-cyrillic":
		return charmap.MacintoshCyrillic
	case "ibm437":
		return charmap.CodePage437
	case "ibm850":
		return charmap.CodePage850
	case "ibm852":
		return charmap.CodePage852
	case "ibm855":
		return charmap.CodePage855
	case "ibm858":
		return charmap.CodePage858
	case "ibm860":
		return charmap.CodePage860
	case "ibm862":
		return charmap.CodePage862
	case "ibm863":
		return charmap.CodePage863
	case "ibm865":
		return charmap.CodePage865
	case "ibm866":
		return charmap.CodePage866
	}
	return nil
}

func (s single) rune(c byte) rune {
	if s.iso && c < 0xA0 {
		return rune(c)
	}
	if r := s.cm.DecodeByte(c); r < 0x80 || r >= 0xA0 {
		return r
	}
	return utf8.RuneError
}

func (s single) decode(b []byte) (text string, badAt int) {
	i := firstHigh(b)
	if i == len(b) {
		return string(b), -1
	}
	badAt = -1
	var out strings.Builder
	out.Grow(len(b) + len(b)/4 + 8)
	from := 0
	for ; i < len(b); i++ {
		c := b[i]
		if c < utf8.RuneSelf {
			continue
		}
		r := s.rune(c)
		if badAt < 0 && (r == utf8.RuneError || s.superset && c < 0xA0) {
			badAt = i
		}
		out.Write(b[from:i])
		out.WriteRune(r)
		from = i + 1
	}
	out.Write(b[from:])
	return out.String(), badAt
}
