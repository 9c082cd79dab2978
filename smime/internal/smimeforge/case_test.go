package smimeforge

import (
	"bytes"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"
)

var made = sync.OnceValues(func() ([]Case, error) { return Cases(1) })

func all(t *testing.T) []Case {
	t.Helper()
	cases, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return cases
}

var words = []string{Malformed, Invalid, NoCert, Unsupported, Weak, Revoked, NotYetValid, Expired, Untrusted, Mismatch, Partial, Valid,
	Unsigned, Encrypted, Compressed, CertsOnly}

func TestCasesAreComplete(t *testing.T) {
	families := map[string]int{}
	for _, c := range all(t) {
		family, _, _ := strings.Cut(c.Name, "-")
		families[family]++
		if c.Why == "" || len(c.Message) == 0 {
			t.Errorf("%s: no reason or no message", c.Name)
		}
		if !slices.Contains(words, c.Want) {
			t.Errorf("%s: %q is no verdict", c.Name, c.Want)
		}
		for _, w := range c.Also {
			if w != "" && !slices.Contains(words, w) || w == c.Want {
				t.Errorf("%s: also %q", c.Name, w)
			}
		}
		if c.Inner != "" && !slices.Contains(words, c.Inner) {
			t.Errorf("%s: inner %q", c.Name, c.Inner)
		}
		for _, f := range c.Flags {
			if Flags[f] == "" {
				t.Errorf("%s: flag %q is not explained", c.Name, f)
			}
		}
		if _, err := mail.ReadMessage(bytes.NewReader(c.Message)); err != nil {
			t.Errorf("%s: net/mail: %v", c.Name, err)
		}
	}
	t.Log(len(all(t)), families)
}

func TestFlagsAreUsed(t *testing.T) {
	used := map[string]bool{}
	for _, c := range all(t) {
		for _, f := range c.Flags {
			used[f] = true
		}
	}
	for f := range Flags {
		if !used[f] {
			t.Errorf("flag %q is used by no case", f)
		}
	}
}

// Another seed gives other content under the same names, in the same order.
func TestCasesKeepTheirNames(t *testing.T) {
	a, err := Cases(7)
	if err != nil {
		t.Fatal(err)
	}
	b := all(t)
	if len(a) != len(b) {
		t.Fatalf("%d cases, then %d", len(a), len(b))
	}
	for i := range a {
		if a[i].Name != b[i].Name || a[i].Want != b[i].Want {
			t.Errorf("case %d: %s and %s", i, a[i].Name, b[i].Name)
		}
	}
}
