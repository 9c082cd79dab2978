package cli

import (
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/render"
)

// mailbox prints what mailboxes as a whole show.
func (s *session) mailbox(c *cli.Context) error {
	s.cfg.failOn = neverFail
	if err := s.readSurvey(c); err != nil {
		return err
	}
	paths, err := s.operands(c)
	if err != nil {
		return err
	}
	out, err := s.openOutput(paths)
	if err != nil {
		return err
	}
	p, err := render.NewMailbox(s.cfg.format, out, s.ink(out.terminal))
	if err != nil {
		return errors.Join(err, out.finish(false))
	}
	opt := s.cfg.analysis()
	for in, err := range evidence.Walk(s.ctx, paths, &evidence.Options{MaxBytes: s.cfg.maxBytes, Stdin: s.In}) {
		if err == nil {
			err = s.survey(in, opt, p)
		}
		if isBrokenPipe(err) || s.ctx.Err() != nil {
			break
		}
		if err != nil {
			s.missed(err)
		}
	}
	return s.finish(out, p.Close())
}

func (s *session) readSurvey(c *cli.Context) error {
	if err := s.readRoot(c); err != nil {
		return err
	}
	s.cfg.force, s.cfg.second, s.cfg.output = c.Bool("force"), c.Bool("second-reader"), c.String("output")
	if err := s.readMaxBytes(c); err != nil {
		return err
	}
	return s.readFormat(c)
}

// errNoMailbox: what was found in a folder need not be one.
var errNoMailbox = errors.New("not a mailbox: it holds one message")

// survey reads one mailbox.
func (s *session) survey(in *evidence.Input, opt *forensic.Options, p *render.MailboxPrinter) error {
	file, err := in.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	if file.Container != evidence.Mbox {
		if in.Found {
			return nil
		}
		return &evidence.PlaceError{Place: in.Place, Err: errNoMailbox}
	}
	m, err := forensic.SurveyMailbox(s.ctx, file, opt)
	if err != nil {
		s.missed(err)
	}
	s.done++
	return p.Mailbox(m)
}
