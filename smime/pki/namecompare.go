package pki

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// canonRDN is a text that is the same for equal relative names. Their
// attributes are a set (RFC 5280 7.1).
func canonRDN(rdn []Attribute) string {
	parts := make([]string, len(rdn))
	for i := range rdn {
		parts[i] = rdn[i].canon
	}
	slices.Sort(parts)
	return counted(short(strings.Join(parts, "")))
}

// canonValue prepares a value for comparison. Strings of all types compare by
// their characters, as openssl does; RFC 5280 7.1 asks it of PrintableString and
// UTF8String. What is no string compares by its octets.
func canonValue(a *Attribute) string {
	if a.StringType == "" {
		return counted(a.Type) + counted("#"+string(a.Raw))
	}
	return counted(a.Type) + counted("="+fold(a.Value))
}

// counted puts the length before s, so that joined texts cannot be confused.
func counted(s string) string { return strconv.Itoa(len(s)) + ":" + s }

// fold is the part of LDAP string preparation (RFC 4518 2.2, 2.6.1) that names
// in certificates need: case folded character by character, runs of spaces made
// one, outer ones dropped, soft hyphens and marks of no width dropped. It does
// not compose characters (NFKC), so that "é" in two parts differs from one "é".
func fold(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r):
			space = b.Len() > 0
		case r == 0xAD || r == 0x200B || unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
		default:
			if space {
				b.WriteByte(' ')
				space = false
			}
			b.WriteRune(foldRune(r))
		}
	}
	return b.String()
}

// foldRune is the smallest of the characters that differ only by case.
func foldRune(r rune) rune {
	least := r
	for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
		least = min(least, o)
	}
	return least
}
