package forensic

import (
	"iter"
	"slices"
	"strings"

	"github.com/emlcheck/emlcheck/forensic/report"
)

// Rule is what can be said of a kind of finding without any message.
type Rule struct {
	// ID is the finding's id without what may follow a colon in it.
	ID string
	// Title is one line.
	Title string
	// Severity is the usual one. A finding may differ: its detail then says
	// what makes it graver or lighter.
	Severity Severity
	// Confidence says how sure a finding is of its own statement.
	Confidence report.Confidence
	// Innocent says how the same bytes can come about without ill intent.
	Innocent string
	// Explanation says what is compared and why it matters.
	Explanation string
	// References names the RFC clauses, or other public sources, that the
	// rule rests on.
	References []string
}

func (r *rule) public() Rule {
	return Rule{
		ID: r.id, Title: r.title, Severity: r.severity, Confidence: r.confidence,
		Innocent: r.innocent, Explanation: r.explain, References: slices.Clone(r.references),
	}
}

// Rules iterates over every kind of finding there is, sorted by id.
func Rules() iter.Seq[Rule] {
	return func(yield func(Rule) bool) {
		for r := range allRules() {
			if !yield(r.public()) {
				return
			}
		}
	}
}

// Explain returns the rule behind a finding's id; ok is false for an id that
// is none. What follows a colon in the id, such as the field name in
// "header.duplicate:from", does not matter.
func Explain(id string) (rule Rule, ok bool) {
	base, _, _ := strings.Cut(id, ":")
	for r := range allRules() {
		if r.id == base {
			return r.public(), true
		}
	}
	return Rule{}, false
}
