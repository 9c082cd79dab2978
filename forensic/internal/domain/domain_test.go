package domain

import (
	"slices"
	"strings"
	"testing"
)

// suffixLines are the lines of the table.
func suffixLines() []string {
	_, rules, _ := strings.Cut(suffixList, "\n\n")
	return strings.Split(strings.TrimSuffix(rules, "\n"), "\n")
}

// suffixRules are the rules as the public suffix list writes them.
func suffixRules() []string {
	rules := suffixLines()
	for i, r := range rules {
		name, exception := strings.CutSuffix(r, "!")
		labels := strings.Split(name, ".")
		slices.Reverse(labels)
		rules[i] = strings.Join(labels, ".")
		if exception {
			rules[i] = "!" + rules[i]
		}
	}
	return rules
}

// TestOrgDomain: the public suffix list's own kinds of rules, and hosts that
// are no host names. Wanted values follow publicsuffix.org's algorithm.
func TestOrgDomain(t *testing.T) {
	for host, want := range map[string]string{
		"example.com": "example.com", "mail.example.com": "example.com", "a.b.c.d.e.f.g.h.i.example.com": "example.com",
		"example.co.uk": "example.co.uk", "www.example.co.uk": "example.co.uk",
		"Example.COM.": "example.com", " example.com": "example.com",
		"com": "com", "co.uk": "co.uk", "": "",
		// wildcard with an exception
		"a.b.ck": "a.b.ck", "x.a.b.ck": "a.b.ck", "www.ck": "www.ck", "x.www.ck": "www.ck",
		"x.city.kawasaki.jp": "city.kawasaki.jp", "x.y.other.kawasaki.jp": "y.other.kawasaki.jp",
		// private section
		"a.github.io": "a.github.io", "b.a.github.io": "a.github.io",
		// no rule: the last label is the suffix
		"mail.corp.invalidtld": "corp.invalidtld", "localhost": "localhost",
		// other scripts, both spellings
		"mail.b\u00fccher.example": "xn--bcher-kva.example", "mail.xn--bcher-kva.example": "xn--bcher-kva.example",
		"a.\u98df\u72ee.\u516c\u53f8.cn": "xn--85x722f.xn--55qx5d.cn",
		// no names
		"[192.0.2.1]": "[192.0.2.1]", "192.0.2.1": "192.0.2.1", "[IPv6:2001:db8::1]": "[ipv6:2001:db8::1]", "2001:db8::1": "2001:db8::1",
		".": "", "..": "", ".com": ".com", "a..com": ".com",
	} {
		if got := Org(host); got != want {
			t.Errorf("Org(%q) = %q, want %q", host, got, want)
		}
	}
}

// TestSuffixTable: the search rests on the order and form of the lines.
func TestSuffixTable(t *testing.T) {
	rules := suffixLines()
	if !slices.IsSorted(rules) || len(rules) < 9000 || !strings.HasSuffix(suffixList, "\n") {
		t.Fatalf("%d rules, sorted %t", len(rules), slices.IsSorted(rules))
	}
	for i, r := range rules {
		if i > 0 && r == rules[i-1] || r == "" || r != strings.ToLower(r) || strings.ContainsFunc(r, func(c rune) bool { return c >= 0x80 }) {
			t.Errorf("line %d is %q", i, r)
		}
		if n := strings.Count(r, ".") + 1; n > suffixLabels {
			t.Errorf("%q has %d labels", r, n)
		}
	}
}

// slowOrg walks over all rules, as publicsuffix.org describes it.
func slowOrg(rules []string, host string) string {
	labels := strings.Split(host, ".")
	best := 1
	for _, r := range rules {
		exception := strings.HasPrefix(r, "!")
		parts := strings.Split(strings.TrimPrefix(r, "!"), ".")
		if len(parts) > len(labels) {
			continue
		}
		tail := labels[len(labels)-len(parts):]
		if !slices.EqualFunc(parts, tail, func(rule, label string) bool { return rule == "*" || rule == label }) {
			continue
		}
		if exception {
			best = len(parts) - 1
			break
		}
		best = max(best, len(parts))
	}
	return strings.Join(labels[max(0, len(labels)-best-1):], ".")
}

// TestOrgDomainAgainstSlow: each rule that bears something special, and every
// fiftieth of the rest, with none to three labels in front of it.
func TestOrgDomainAgainstSlow(t *testing.T) {
	rules := suffixRules()
	for i, r := range rules {
		if r[0] != '!' && r[0] != '*' && i%50 != 0 {
			continue
		}
		for _, front := range []string{"", "a.", "b.a.", "c.b.a."} {
			host := front + strings.TrimLeft(r, "!*.")
			if got, want := Org(host), slowOrg(rules, host); got != want {
				t.Errorf("Org(%q) = %q, want %q", host, got, want)
			}
		}
	}
}

// TestOrgDomainIsBounded: a host of a million labels, or one endless label, is
// not searched label by label.
func TestOrgDomainIsBounded(t *testing.T) {
	for _, host := range []string{strings.Repeat("a.", 1<<20) + "com", strings.Repeat("é", 1<<20) + ".com", strings.Repeat("é.", 1<<18) + "com", strings.Repeat(".", 1<<20)} {
		if got := Org(host); len(got) > len(host) {
			t.Errorf("%d bytes of %d", len(got), len(host))
		}
	}
}

func BenchmarkOrgDomain(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Org("mail.example.co.uk")
	}
}

// Letters that only look like those of another name, or become them in lower case, are not those of the
// other name: its owner would be told to have sent the mail.
func TestOrgDomainLookAlikes(t *testing.T) {
	for _, c := range [][2]string{{"\u212Aey.com", "key.com"}, {"\u0130.com", "i.com"}, {"\u017Fun.com", "sun.com"}, {"\u00C9.com", "e.com"}} {
		if got := Org(c[0]); got == Org(c[1]) {
			t.Errorf("%q is taken for %q", c[0], got)
		}
	}
	if a, b := Org("KEY.Com"), Org("key.com"); a != b {
		t.Errorf("%q and %q differ", a, b)
	}
}
