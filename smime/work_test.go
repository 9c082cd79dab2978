package smime

import (
	"context"
	"testing"

	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/pki"
)

// TestTooMuchWork: where the work that a message may cost is used up, the answer is
// that it was not checked, and never that it holds; and with a little more of it the
// verdict is never better than with enough.
func TestTooMuchWork(t *testing.T) {
	for _, c := range readSample(t) {
		opt := optionsOf(t, &c)
		m := mimeparse.Parse(c.Message, nil)
		enough, err := Inspect(context.Background(), m, opt)
		if err != nil {
			t.Fatal(err)
		}
		for work := range 60 {
			i := &inspector{ctx: context.Background(), opt: opt, evidence: opt.Evidence, by: ByEvidence, session: pki.NewSession(work)}
			if i.evidence.IsZero() {
				i.evidence = dateOf(m)
			}
			r := i.message(m)
			if r.Verdict == VerdictValid && (work == 0 || enough.Verdict != VerdictValid) {
				t.Errorf("%s is valid with %d of work, else %s", c.Name, work, enough.Verdict)
			}
			if work == 0 && has(codesOf(enough), "") && !has(codesOf(r), codeWork) {
				t.Errorf("%s: nothing says that it was not checked: %v", c.Name, codesOf(r))
			}
		}
	}
}

// codesOf are the codes of all signers, "" for one that fits.
func codesOf(r *Report) (out []string) {
	for l := range everyLayer(r.Layers) {
		for _, s := range l.Signers {
			out = append(out, s.Code)
		}
	}
	return out
}
