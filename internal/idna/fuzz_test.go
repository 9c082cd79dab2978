package idna

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzToASCII: names are written once, never longer than they may be, and an A-label can be read
// again as what it was: two different names never become one.
func FuzzToASCII(f *testing.F) {
	for _, s := range []string{"", "example.com", "bücher.example", "他们为什么不说中文", "xn--bcher-kva.example", "caf\xe9", "é.", "..", "-é-", strings.Repeat("ü", 70), "\U0010FFFF\u0080"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, host string) {
		got := ToASCII(host)
		if ToASCII(got) != got {
			t.Fatalf("%q is %q, and that %q", host, got, ToASCII(got))
		}
		labels, was := strings.Split(got, "."), strings.Split(host, ".")
		if len(labels) != len(was) {
			t.Fatalf("%q has %d labels, %q %d", host, len(was), got, len(labels))
		}
		for i, l := range labels {
			if coded, ok := strings.CutPrefix(l, "xn--"); ok && l != was[i] {
				if text, ok := decode(coded); !ok || LowerASCII(text) != LowerASCII(was[i]) {
					t.Fatalf("%q became %q, which reads %q", was[i], l, text)
				}
			} else if LowerASCII(l) != LowerASCII(was[i]) {
				t.Fatalf("%q became %q", was[i], l)
			}
		}
	})
}

// decode is RFC 3492 6.2 as it stands there.
func decode(s string) (string, bool) {
	var out []rune
	if i := strings.LastIndexByte(s, '-'); i >= 0 {
		out, s = []rune(s[:i]), s[i+1:]
	}
	n, i, bias := 128, 0, 72
	for first := true; s != ""; first = false {
		old, w := i, 1
		for k := 36; ; k += 36 {
			if s == "" {
				return "", false
			}
			digit := strings.IndexByte("abcdefghijklmnopqrstuvwxyz0123456789", s[0])
			s = s[1:]
			if digit < 0 {
				return "", false
			}
			i += digit * w
			t := min(max(k-bias, 1), 26)
			if digit < t {
				break
			}
			w *= 36 - t
		}
		size := len(out) + 1
		delta := (i - old) / 2
		if first {
			delta = (i - old) / 700
		}
		delta += delta / size
		k := 0
		for ; delta > 35*26/2; k += 36 {
			delta /= 35
		}
		bias = k + 36*delta/(delta+38)
		n += i / size
		i %= size
		if !utf8.ValidRune(rune(n)) {
			return "", false
		}
		out = append(out[:i], append([]rune{rune(n)}, out[i:]...)...)
		i++
	}
	return string(out), true
}
