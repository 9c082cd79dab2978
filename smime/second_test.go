package smime

import (
	"context"
	"testing"

	"github.com/emlcheck/emlcheck/mimeparse"
	"github.com/emlcheck/emlcheck/smime/internal/smimeforge"
)

// disagreements are the cases in which pkcs7 is known to be wrong, with the rule
// that it does not apply.
var disagreements = map[string]string{
	"tam-attr-md-same-twice":       "RFC 5652 11.2: one attribute",
	"tam-attr-ctype":               "RFC 5652 11.1",
	"tam-attr-ctype-absent":        "RFC 5652 5.3",
	"tam-attr-ctype-two-values":    "RFC 5652 11.1",
	"tam-attr-ctype-twice":         "RFC 5652 11.1",
	"tam-ctype-noattrs":            "RFC 5652 5.3",
	"tam-attr-substitution":        "draft-ietf-lamps-cms-euf-cma-signeddata",
	"tam-attr-substitution-opaque": "draft-ietf-lamps-cms-euf-cma-signeddata",
	"tam-block-no-null":            "RFC 8017 9.2 note 1: parameters may be absent",
	"tam-attr-time-twice":          "RFC 5652 11.3",
	"tam-attr-time-two-values":     "RFC 5652 11.3",
	"tam-ess-v1-wrong":             "RFC 5035 3",
	"tam-ess-v2-wrong":             "RFC 5035 3",
	"tam-ess-v2-serial":            "RFC 5035 4",
	"tam-ess-v2-short":             "RFC 5035 4",
	"tam-ess-v2-second":            "RFC 5035 3",
}

// Another library agrees on every signature but for its known faults.
func TestSecondOpinion(t *testing.T) {
	cases, err := smimeforge.Cases(11)
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]int{}
	for i := range cases {
		c := &cases[i]
		r, err := Inspect(context.Background(), mimeparse.Parse(c.Message, nil), optionsOf(t, c))
		if err != nil {
			t.Fatal(err)
		}
		if r == nil {
			continue
		}
		for _, l := range r.Layers {
			words[l.Second.Word]++
			if _, known := disagreements[c.Name]; known != (l.Second.Word == "disagrees") {
				t.Errorf("%s: pkcs7 %q %s", c.Name, l.Second.Word, l.Second.Reason)
			}
			if has(flagCodes(l.Flags), "engine-disagreement") != (l.Second.Word == "disagrees") {
				t.Errorf("%s: flags %v", c.Name, l.Flags)
			}
		}
	}
	if words["agrees"] < 400 {
		t.Errorf("pkcs7 was asked too rarely: %v", words)
	}
}

func flagCodes(flags []Flag) (out []string) {
	for _, f := range flags {
		out = append(out, f.Code)
	}
	return out
}
