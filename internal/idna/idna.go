// Package idna answers: how are domain names written so that two spellings of one are the same?
//
// Names of other scripts are written in ASCII (RFC 5891), letters of ASCII in lower case.
package idna

import (
	"strings"
	"unicode/utf8"
)

// ToASCII writes the labels of other scripts as A-labels (RFC 5890 2.3.2.1),
// so that both spellings of a domain compare equal. It does not map
// characters: what RFC 5895 would map first stays apart. A label that is not
// UTF-8, or would be longer than one may be, is kept as it stands.
func ToASCII(host string) string {
	if isASCII(host) {
		return host
	}
	labels := strings.Split(host, ".")
	for i, l := range labels {
		if isASCII(l) || !utf8.ValidString(l) || len(l) > 4*MaxLabel {
			continue
		}
		if a := "xn--" + punycode([]rune(l)); len(a) <= MaxLabel {
			labels[i] = a
		}
	}
	return strings.Join(labels, ".")
}

// MaxLabel is the size of a label in octets (RFC 1035 2.3.4).
const MaxLabel = 63

// LowerASCII takes the case from the letters of ASCII. Others keep theirs: the sign
// for Kelvin (U+212A) has the lower case "k", and the long s (U+017F) the upper case
// "S", so that another name would be the same.
func LowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}, s)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// The parameters of RFC 3492 5.
const (
	punyBase    = 36
	punyTMin    = 1
	punyTMax    = 26
	punySkew    = 38
	punyDamp    = 700
	punyBias    = 72
	punyInitial = 0x80
)

// punycode encodes a label (RFC 3492 6.3). Overflow cannot happen: a label has
// at most four times MaxLabel characters.
func punycode(label []rune) string {
	var out []byte
	for _, r := range label {
		if r < punyInitial {
			out = append(out, byte(r))
		}
	}
	basic := len(out)
	done := basic
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias := rune(punyInitial), 0, punyBias
	for done < len(label) {
		next := smallest(label, n)
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range label {
			if r < n {
				delta++
			}
			if r == n {
				out = punyNumber(out, delta, bias)
				bias = punyAdapt(delta, done+1, done == basic)
				delta = 0
				done++
			}
		}
		delta++
		n++
	}
	return string(out)
}

// smallest is the least character of the label that is not below n.
func smallest(label []rune, n rune) rune {
	least := rune(utf8.MaxRune)
	for _, r := range label {
		if r >= n && r < least {
			least = r
		}
	}
	return least
}

// punyNumber appends a generalised variable-length integer.
func punyNumber(out []byte, q, bias int) []byte {
	const digits = "abcdefghijklmnopqrstuvwxyz0123456789"
	for k := punyBase; ; k += punyBase {
		t := min(max(k-bias, punyTMin), punyTMax)
		if q < t {
			return append(out, digits[q])
		}
		out = append(out, digits[t+(q-t)%(punyBase-t)])
		q = (q - t) / (punyBase - t)
	}
}

// punyAdapt is the bias adaptation of RFC 3492 6.1.
func punyAdapt(delta, points int, first bool) int {
	if first {
		delta /= punyDamp
	} else {
		delta /= 2
	}
	delta += delta / points
	k := 0
	for delta > (punyBase-punyTMin)*punyTMax/2 {
		delta /= punyBase - punyTMin
		k += punyBase
	}
	return k + (punyBase-punyTMin+1)*delta/(delta+punySkew)
}
