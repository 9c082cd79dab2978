package cli

import (
	"time"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic/render"
)

// verify says of each message whether its signatures hold.
func (s *session) verify(c *cli.Context) error {
	s.cfg.smime.Now = time.Now().UTC().Truncate(time.Second)
	return s.printEach(c, func(out *output) (printer, error) {
		p, err := render.NewVerify(s.cfg.format, out, s.ink(out.terminal))
		return verdicts{s, p}, err
	})
}

// verdicts prints what is known of signatures. One message without a valid one is
// what --fail-on waits for.
type verdicts struct {
	s *session
	render.Printer
}

func (p verdicts) task(t *task) error {
	if sm := t.report.Signatures.SMIME; sm == nil || sm.Verdict != "valid" {
		p.s.flagged = true
	}
	return p.Report(t.report)
}
