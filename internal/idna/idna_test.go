package idna

import (
	"strings"
	"testing"
)

// TestPunycode: the samples of RFC 3492 7.1, and domains in use.
func TestPunycode(t *testing.T) {
	for in, want := range map[string]string{
		"ليهمابتكلموشعربي؟":            "egbpdaj6bu4bxfgehfvwxn",
		"他们为什么不说中文":                    "ihqwcrb4cv8a8dqg056pqjye",
		"почемужеонинеговорятпорусски": "b1abfaaepdrnnbgefbadotcwatmq2g4l",
		"3年b組金八先生":                     "3b-ww4c5e180e575a65lsy2b",
		"MajiでKoiする5秒前":                "MajiKoi5-783gue6qz075azm5e",
		"-> $1.00 <-":                  "-> $1.00 <--",
		"bücher":                       "bcher-kva",
		"münchen":                      "mnchen-3ya",
		"ü":                            "tda",
		"😀":                            "e28h",
		strings.Repeat("\U0010FFFF", MaxLabel)[:4]: "dn32g",
	} {
		if got := punycode([]rune(in)); got != want {
			t.Errorf("punycode(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestToASCIIKeeps: what cannot be a label is kept, so that two different
// broken hosts never become equal.
func TestToASCIIKeeps(t *testing.T) {
	for _, host := range []string{"example.com", "caf\xe9.example", strings.Repeat("é", 4*MaxLabel) + ".example"} {
		if got := ToASCII(host); got != host {
			t.Errorf("ToASCII(%q) = %q", host, got)
		}
	}
}

// A label longer than one may be is none (RFC 1035 2.3.4): written as an A-label it would be a name that
// cannot exist. 63 octets are the most.
func TestToASCIILength(t *testing.T) {
	for n := 1; n <= 150; n++ {
		label := strings.Repeat("é", n)
		got := ToASCII(label + ".example")
		kept := got == label+".example"
		if first, _, _ := strings.Cut(got, "."); kept != (len("xn--")+len(punycode([]rune(label))) > MaxLabel) || !kept && len(first) > MaxLabel {
			t.Errorf("%d letters become %q", n, got)
		}
	}
}
