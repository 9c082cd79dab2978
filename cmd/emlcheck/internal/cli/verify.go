package cli

import (
	"time"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic/render"
	"github.com/emlcheck/emlcheck/smime"
)

// verify says of each message whether its signatures hold.
func (s *session) verify(c *cli.Context) error {
	s.cfg.smime.Now = time.Now().UTC().Truncate(time.Second)
	dir := c.String("extract")
	if c.IsSet("extract") && dir == "" {
		return invalid("extract", "", "it is the name of a folder")
	}
	if err := s.readData(c); err != nil {
		return err
	}
	paths, err := s.operands(c)
	if err != nil {
		return err
	}
	return s.printPaths(paths, func(out *output) (printer, error) {
		if dir != "" {
			p, err := render.NewVerifyExtract(s.cfg.format, out, s.ink(out.terminal))
			if err != nil {
				return nil, err
			}
			return s.openExhibits(dir, paths, p, smime.Files{Recipient: c.String("cert"), Key: c.String("key")})
		}
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
	p.s.judge(t)
	return p.Report(t.report)
}

func (s *session) judge(t *task) {
	if sm := t.report.Signatures.SMIME; sm == nil || sm.Verdict != "valid" {
		s.flagged = true
	}
}
