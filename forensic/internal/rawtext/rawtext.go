// Package rawtext answers: how is text of unknown encoding shown without losing a byte?
package rawtext

import (
	"strings"
	"unicode/utf8"
)

// Visible replaces every byte of s that is no part of a UTF-8 sequence by
// \xNN.
func Visible(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	const hex = "0123456789ABCDEF"
	var out strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && n == 1 {
			out.WriteString(`\x`)
			out.WriteByte(hex[s[0]>>4])
			out.WriteByte(hex[s[0]&15])
		} else {
			out.WriteString(s[:n])
		}
		s = s[n:]
	}
	return out.String()
}
