package cli

import (
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic/render"
)

// scan prints one row for each message of any amount of mail.
func (s *session) scan(c *cli.Context) error {
	if err := s.readCommon(c); err != nil {
		return err
	}
	if err := s.readScan(c); err != nil {
		return err
	}
	paths, err := s.operands(c)
	if err != nil {
		return err
	}
	run := &scanRun{s: s, started: time.Now(), paths: paths, journal: c.String("resume"), extract: c.String("extract")}
	return run.run()
}

// scanFlags are the data flags as far as rows have them, and those that choose.
func scanFlags() []cli.Flag {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "format", Usage: "how to print: `" + strings.Join(render.RowFormats(), "|") + "`"},
		&cli.BoolFlag{Name: "jsonl", Usage: "JSON Lines, the full report of one message each"},
		&cli.StringSliceFlag{Name: "where", Usage: "only messages that fit `FIELD=VALUE` (also ~ != !~); may be repeated"},
		&cli.StringFlag{Name: "since", Usage: "only messages with a Date from `TIME` on, such as 2024-05-01"},
		&cli.StringFlag{Name: "until", Usage: "only messages with a Date before `TIME`; a day counts as a whole"},
		&cli.StringFlag{Name: "extract", Usage: "write the messages as they are into the folder or .mbox `TARGET`"},
		&cli.StringFlag{Name: "resume", Usage: "keep a journal in `FILE`, and go on where an earlier run stopped"},
	}
	return append(append(flags, dataFlagsWithout("format", "json", "jsonl", "spans")...), digestsFlag("minimal"))
}

// readScan checks the flags of a scan.
func (s *session) readScan(c *cli.Context) error {
	if err := s.readRowFormat(c, render.RowFormats()); err != nil {
		return err
	}
	for _, text := range c.StringSlice("where") {
		t, err := readTerm(text)
		if err != nil {
			return err
		}
		s.cfg.filter.terms = append(s.cfg.filter.terms, t)
	}
	for _, name := range []string{"extract", "resume"} {
		if c.IsSet(name) && c.String(name) == "" {
			return invalid(name, "", "it is the name of a file or folder")
		}
	}
	if err := s.readDigests(c); err != nil {
		return err
	}
	return s.readBounds(c)
}

func (s *session) readBounds(c *cli.Context) error {
	f := &s.cfg.filter
	if err := s.readBound(c, "since", &f.since); err != nil {
		return err
	}
	if err := s.readBound(c, "until", &f.until); err != nil {
		return err
	}
	if !f.since.IsZero() && !f.until.IsZero() && !f.since.Before(f.until) {
		return &usageError{"--since is not before --until: no time is between them", ""}
	}
	return nil
}

func (s *session) readBound(c *cli.Context, name string, to *time.Time) error {
	if !c.IsSet(name) {
		return nil
	}
	at, ok := readTime(c.String(name), s.cfg.zone, name == "until")
	if !ok {
		return invalid(name, c.String(name), "it is a day such as 2024-05-01, or a time such as 2024-05-01T10:00:00Z")
	}
	*to = at
	return nil
}
