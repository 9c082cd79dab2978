package domain

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write suffixes.filter from the table")

// filterOf makes the filter from the table.
func filterOf() string {
	bits := make([]byte, filterBits/8)
	for _, r := range suffixRules() {
		sum := uint64(filterSeed)
		name, mark := r, uint64(0)
		if rest, ok := strings.CutPrefix(r, "!"); ok {
			name, mark = rest, exception
		} else if rest, ok := strings.CutPrefix(r, "*."); ok {
			name, mark = rest, wildcard
		}
		for _, b := range bitsOf(extend(sum, name) ^ mark) {
			bits[b/8] |= 1 << (b % 8)
		}
	}
	return string(bits)
}

// TestFilter: the filter is that of the table, so that no rule is missed.
func TestFilter(t *testing.T) {
	want := filterOf()
	if *update {
		if err := os.WriteFile("suffixes.filter", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if filter != want {
		t.Error("suffixes.filter does not fit the table; run go test -run TestFilter -update")
	}
}

// TestFilterIsFast: names without a rule hardly ever reach the table.
func TestFilterIsFast(t *testing.T) {
	passed := 0
	for i := range 100000 {
		name := strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26)) + ".example"
		if mayHave(extend(filterSeed, name)) {
			passed++
		}
	}
	if passed > 500 {
		t.Errorf("%d of 100000 names pass the filter", passed)
	}
}
