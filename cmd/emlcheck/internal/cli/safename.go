package cli

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxName is the length in bytes of a file name that is made. File systems
// take 255; what is left serves for numbers.
const maxName = 200

// safeName makes a name from the evidence fit to be a file name on every
// system: one path element, no control, format or private characters, nothing
// that Windows reserves, no blank or dot at its ends. Replaced characters
// become "_". The result is never empty and safeName leaves it unchanged.
func safeName(name string) string {
	name = strings.Map(safeRune, strings.ToValidUTF8(name, "_"))
	name = trimEnds(name)
	name = trimEnds(shorten(name, maxName))
	if isReserved(name) {
		name = trimEnds(shorten("_"+name, maxName))
	}
	if name == "" {
		return "_"
	}
	return name
}

func safeRune(r rune) rune {
	switch {
	case strings.ContainsRune(`/\:*?"<>|`+"`$%~", r): // "$", "%" and "`" mean something to shells, "~" parts our own prefixes
		return '_'
	case r == unicode.ReplacementChar, unicode.IsControl(r), unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp):
		return '_'
	case unicode.IsSpace(r):
		return ' '
	case !unicode.IsPrint(r):
		return '_'
	case r == '⁄', r == '∕', r == '／', r == '＼', r == '：': // look like separators
		return '_'
	}
	return r
}

// trimEnds takes away what Windows drops in silence (blanks and dots at the
// end) and what hides a file or looks like a flag (dots and dashes on top).
func trimEnds(name string) string {
	name = strings.TrimRight(name, " .")
	for {
		cut := strings.TrimLeft(name, " .-")
		if cut == name {
			return name
		}
		name = cut
	}
}

// shorten cuts a name to n bytes and keeps its ending, if it is a short one:
// the ending says what the file is.
func shorten(name string, n int) string {
	if len(name) <= n {
		return name
	}
	ext := ""
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 16 {
		ext = name[i:]
	}
	return cutRunes(name, n-len(ext)) + ext
}

// cutRunes cuts s to at most n bytes, never inside a character.
func cutRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// isReserved reports whether Windows takes the name for a device, whatever its
// ending: CON, PRN, AUX, NUL, COM0 to COM9, LPT0 to LPT9 and the like with
// superscript digits.
func isReserved(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	base = strings.ToUpper(strings.TrimRight(base, " "))
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	if !strings.HasPrefix(base, "COM") && !strings.HasPrefix(base, "LPT") {
		return false
	}
	switch base[3:] {
	case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³":
		return true
	}
	return false
}

// nameSet gives out names no two of which are the same on a file system that
// takes letters of either case, or their composed forms, for the same.
type nameSet map[string]bool

// unique returns name, or name with a number before its ending when it was
// given out already.
func (n nameSet) unique(name string) string {
	stem, ext := name, ""
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		stem, ext = name[:i], name[i:]
	}
	try := name
	for i := 2; n[fold(try)]; i++ {
		try = stem + "~" + strconv.Itoa(i) + ext
	}
	n[fold(try)] = true
	return try
}

// fold maps names that a file system may confuse onto one. Lower case of upper
// case catches letters with two lower forms.
func fold(name string) string { return strings.ToLower(strings.ToUpper(name)) }
