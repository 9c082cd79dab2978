package dialog

import (
	"bytes"
	"net/netip"
	"strings"
)

func indexLF(b []byte) int { return bytes.IndexByte(b, '\n') }

// trimEOL takes the line end off, and the CRs before it.
func trimEOL(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimRight(b, "\r")
}

// cutWord parts a line at its first blank.
func cutWord(line string) (word, rest string) {
	i := strings.IndexAny(line, " \t")
	if i < 0 {
		return line, ""
	}
	return line[:i], strings.TrimLeft(line[i:], " \t")
}

// upper is s in capitals of ASCII alone.
func upper(s string) string {
	for i := range len(s) {
		if 'a' <= s[i] && s[i] <= 'z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if 'a' <= b[i] && b[i] <= 'z' {
					b[i] -= 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// isVerb reports whether a word has the form of a command verb.
func isVerb(w string) bool {
	if len(w) == 0 || len(w) > 24 {
		return false
	}
	for i := range len(w) {
		c := w[i] | 0x20
		if (c < 'a' || c > 'z') && w[i] != '-' && (w[i] < '0' || w[i] > '9' || i == 0) {
			return false
		}
	}
	return w[0] != '-'
}

// ipText is an address of 4 or 16 octets in its usual form.
func ipText(b []byte) string {
	a, _ := netip.AddrFromSlice(b)
	return a.Unmap().String()
}
