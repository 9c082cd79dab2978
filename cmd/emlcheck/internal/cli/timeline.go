package cli

import (
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic/render"
)

// timeline prints the dated facts of all messages in one list.
func (s *session) timeline(c *cli.Context) error {
	if err := s.readCommon(c); err != nil {
		return err
	}
	if err := s.readRowFormat(c, render.TimelineFormats()); err != nil {
		return err
	}
	paths, err := s.operands(c)
	if err != nil {
		return err
	}
	return s.printPaths(paths, func(out *output) (printer, error) {
		opt := &render.TimelineOptions{Hints: c.Bool("hints"), All: c.Bool("all"), Local: c.Bool("local"), Escape: out.terminal}
		t, err := render.NewTimeline(s.cfg.format, out, opt)
		return rows{t, s}, err
	})
}

// timelineFlags are the data flags with the formats of a timeline.
func timelineFlags() []cli.Flag {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "format", Usage: "how to print: `" + strings.Join(render.TimelineFormats(), "|") + "`"},
		&cli.BoolFlag{Name: "jsonl", Usage: "JSON Lines, one dated fact each"},
		&cli.BoolFlag{Name: "all", Usage: "add events of other things, policies and software releases"},
		&cli.BoolFlag{Name: "hints", Usage: "add what only has the shape of a time"},
		&cli.BoolFlag{Name: "local", Usage: "tln, bodyfile: write wall clocks of unknown zone as if in UTC"},
	}
	return append(flags, dataFlagsWithout("format", "json", "jsonl", "spans", "second-reader")...)
}

// rows collects the dated facts of messages.
type rows struct {
	*render.Timeline
	s *session
}

func (r rows) task(t *task) error { return r.Report(t.report) }

// Close prints the rows and tells what the format had no place for.
func (r rows) Close() error {
	if err := r.Timeline.Close(); err != nil {
		return err
	}
	n := r.Count()
	if n.WithoutZone > 0 {
		r.s.warn(counted(n.WithoutZone, "wall clock") + " left out: the zone is not known and " + r.s.cfg.format + " has no place to say so; --local writes them as if in UTC")
	}
	if n.OutOfRange > 0 {
		r.s.warn(counted(n.OutOfRange, "time") + " left out: out of the range of " + r.s.cfg.format)
	}
	if n.Stretches > 1 {
		r.s.warn("more than " + strconv.Itoa(render.TimelineBytes>>20) + " MiB of rows: sorted in " + strconv.Itoa(n.Stretches) + " stretches, each by itself")
	}
	return nil
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
