package cli

import (
	"errors"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/render"
	"github.com/emlcheck/emlcheck/headers"
)

// analyze prints a full report of each message.
func (s *session) analyze(c *cli.Context) error {
	if err := s.readDigests(c); err != nil {
		return err
	}
	if captures, err := onlyCaptures(c.Args().Slice()); err != nil {
		return err
	} else if captures {
		return s.capture(c)
	}
	return s.printEach(c, func(out *output) (printer, error) {
		p, err := render.New(s.cfg.format, out, s.ink(out.terminal))
		return reports{p}, err
	})
}

// headers prints the header fields of each message.
func (s *session) headers(c *cli.Context) error {
	return s.printEach(c, func(out *output) (printer, error) {
		p, err := render.NewHeaders(s.cfg.format, out, s.ink(out.terminal))
		return fields{p}, err
	})
}

// printer prints examined messages one by one.
type printer interface {
	task(*task) error
	Close() error
}

// reports prints what needs no more than the report.
type reports struct{ render.Printer }

func (p reports) task(t *task) error { return p.Report(t.report) }

// fields prints header fields.
type fields struct{ *render.HeadersPrinter }

func (p fields) task(t *task) error { return p.Headers(t.report, headers.Parse(t.msg.Bytes())) }

// printEach is the course of every command that reads messages.
func (s *session) printEach(c *cli.Context, open func(*output) (printer, error)) error {
	if err := s.readData(c); err != nil {
		return err
	}
	paths, err := s.operands(c)
	if err != nil {
		return err
	}
	return s.printPaths(paths, open)
}

func (s *session) printPaths(paths []string, open func(*output) (printer, error)) error {
	out, err := s.openOutput(paths)
	if err != nil {
		return err
	}
	p, err := open(out)
	if err != nil {
		return errors.Join(err, out.finish(false))
	}
	stop := s.startProgress(paths)
	err = s.examine(paths, nil, func(t *task) error {
		s.remark(t)
		if err := p.task(t); err != nil {
			return err
		}
		return out.show()
	})
	stop()
	if err == nil {
		err = p.Close()
	}
	return s.finish(out, err)
}

// finish keeps the output of a run that came to its end, unless everything
// failed.
func (s *session) finish(out *output, err error) error {
	keep := err == nil && s.ctx.Err() == nil && (s.done > 0 || s.failed == 0)
	if e := out.finish(keep); err == nil {
		err = e
	}
	return err
}

// remark tells on stderr what the reader of a report might overlook.
func (s *session) remark(t *task) {
	switch raw := t.msg.Bytes(); {
	case len(raw) == 0:
		s.warn(t.where() + ": empty: there is no byte to examine")
	case headless(t.report):
		s.warnHeadless(t, raw)
	}
	if s.cfg.verbose {
		s.note(t.where() + ": " + string(t.msg.Container) + ", " + gravest(t.report))
	}
}

// headless reports whether nothing that was read makes a message of the bytes.
func headless(r *forensic.Report) bool {
	m := &r.Message
	return len(m.From)+len(m.To)+len(m.Cc)+len(r.Route.Hops) == 0 && m.Date == nil && m.Subject == nil && m.MessageID == ""
}

// warnHeadless tells of bytes that are examined because somebody named them, and are hardly mail.
func (s *session) warnHeadless(t *task, raw []byte) {
	text := t.where() + ": reads like no message: no From, To, Cc, Date, Subject, Message-ID or Received field"
	if kind := t.report.Parts[0].DetectedType; kind != "" && kind != "text/plain" {
		text += "; the content looks like " + string(kind)
	}
	s.warn(text)
	if capture.IsTranscript(raw[:min(len(raw), 1<<16)]) {
		s.hint(`"emlcheck capture" follows the mail session in a transcript`)
	}
}

// gravest puts the findings of a report into a few words.
func gravest(r *forensic.Report) string {
	if len(r.Findings) == 0 {
		return "no findings"
	}
	return "gravest finding " + string(r.Findings[0].Severity)
}
