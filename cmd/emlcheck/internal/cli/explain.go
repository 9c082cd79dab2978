package cli

import (
	"bufio"
	"iter"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/render"
)

// explain tells what a finding means; without an id it lists them all.
func (s *session) explain(c *cli.Context) error {
	if err := s.readRoot(c); err != nil {
		return err
	}
	if c.NArg() == 0 {
		return render.RuleList(s.Out, allRules(), s.ink(s.OutTTY))
	}
	var rules []forensic.Rule
	for _, id := range c.Args().Slice() {
		rule, ok := forensic.Explain(id)
		if !ok {
			rule, ok = capture.Explain(id)
		}
		if !ok {
			return &usageError{"no finding has the id " + quoted(id), suggestRule(id)}
		}
		rules = append(rules, rule)
	}
	out := bufio.NewWriter(s.Out)
	for i, r := range rules {
		if i > 0 {
			_ = out.WriteByte('\n') // Flush tells
		}
		if err := render.Rule(out, r, s.ink(s.OutTTY)); err != nil {
			return err
		}
	}
	return out.Flush()
}

// allRules iterates over what can be found in messages, then over what in dialogues.
func allRules() iter.Seq[forensic.Rule] {
	return func(yield func(forensic.Rule) bool) {
		for _, rules := range [...]iter.Seq[forensic.Rule]{forensic.Rules(), capture.Rules()} {
			for r := range rules {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// ruleIDs lists the ids of all findings.
func ruleIDs() []string {
	var ids []string
	for r := range allRules() {
		ids = append(ids, r.ID)
	}
	return ids
}

// suggestRule points to the nearest id, or to those with the same word in them.
func suggestRule(id string) string {
	ids := ruleIDs()
	if hint := didYouMean(id, ids); hint != "" {
		return hint
	}
	near := slices.DeleteFunc(ids, func(known string) bool { return id == "" || !strings.Contains(known, strings.ToLower(id)) })
	if len(near) > 0 && len(near) <= 5 {
		return "there are " + strings.Join(near, ", ")
	}
	return `"emlcheck explain" lists them all`
}
