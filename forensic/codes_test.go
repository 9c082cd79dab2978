package forensic

import (
	"slices"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/report"
)

// slowDefectsOf is the plain search that codeIndex stands for.
func slowDefectsOf(defects []report.Defect, codes []string) []int {
	var out []int
	for _, c := range codes {
		for i := range defects {
			if defects[i].Code == c {
				out = append(out, i)
			}
		}
	}
	return out
}

// TestCodeIndex: for every pair of codes that a rule may ask for, in every mix
// of defects, the index gives what a plain search gives. Some codes have the
// same length, some stand twice, and those of 1 and 65 bytes share a bit.
func TestCodeIndex(t *testing.T) {
	long := "header.a-code-with-more-letters-than-there-are-bits-in-one-word-x"
	codes := []string{"a", "b", "ab", "", long, long + "y", "header.nul", "limit.parts"}
	for mix := range 1 << len(codes) {
		var defects []report.Defect
		for i, c := range codes {
			if mix>>i&1 == 1 {
				defects = append(defects, report.Defect{Code: c}, report.Defect{Code: codes[i*5%len(codes)]})
			}
		}
		j := &judging{facts: &facts{report: &Report{Defects: defects}}}
		j.defects.fill(defects)
		for _, a := range codes {
			for _, b := range codes {
				if a == b {
					continue
				}
				want := slowDefectsOf(defects, []string{a, b})
				if got := j.defectsOf(a, b); !slices.Equal(got, want) || j.hasDefect(a, b) != (len(want) > 0) {
					t.Fatalf("mix %b: %q and %q are at %v, want %v", mix, a, b, got, want)
				}
			}
		}
	}
}

// TestDefectsOfKeepsIndex: asking for two codes joins their lists, and must not
// write into the index while it does.
func TestDefectsOfKeepsIndex(t *testing.T) {
	defects := []report.Defect{{Code: "a"}, {Code: "b"}, {Code: "a"}, {Code: "b"}, {Code: "a"}}
	j := &judging{facts: &facts{report: &Report{Defects: defects}}}
	j.defects.fill(defects)
	j.defectsOf("a", "b")
	j.defectsOf("b", "a")
	if got := j.defectsOf("a"); !slices.Equal(got, []int{0, 2, 4}) {
		t.Errorf("a is at %v", got)
	}
}
