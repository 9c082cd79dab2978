package cli

import (
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
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
	for _, f := range dataFlags() {
		switch f.Names()[0] {
		case "format", "json", "jsonl", "spans": // what rows do not have
		default:
			flags = append(flags, f)
		}
	}
	return append(flags, digestsFlag("minimal"))
}

// readScan checks the flags of a scan.
func (s *session) readScan(c *cli.Context) error {
	s.cfg.format = "text"
	if c.IsSet("format") {
		s.cfg.format = c.String("format")
	}
	if c.Bool("jsonl") {
		if c.IsSet("format") && s.cfg.format != "jsonl" {
			return &usageError{"two output formats, " + s.cfg.format + " and jsonl", "give one of --format and --jsonl"}
		}
		s.cfg.format = "jsonl"
	}
	if err := oneOf("format", s.cfg.format, render.RowFormats()...); err != nil {
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
	if err := s.readBound(c, "since", &s.cfg.filter.since); err != nil {
		return err
	}
	return s.readBound(c, "until", &s.cfg.filter.until)
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

// scanRun is one scan with all that it keeps.
type scanRun struct {
	s       *session
	started time.Time
	paths   []string
	journal string
	extract string

	out    *output
	rows   *render.Rows
	keeper *journalKeeper // nil without a journal
	copies copier         // nil unless messages are extracted
	path   string         // of the row above
	// keptBytes of the output are those of an earlier run.
	keptBytes int64
	tally     tally
	// undated counts messages that a bound of time left out because their own
	// cannot be read. Workers count it.
	undated atomic.Int64
}

// tally is what the summary tells.
type tally struct {
	Messages int            `json:"messages"`
	Shown    int            `json:"shown"`
	Bytes    int64          `json:"bytes"`
	Inputs   int            `json:"inputs"`
	Undated  int            `json:"undated"`
	Findings map[string]int `json:"findings"`
	Failed   int            `json:"failed"`
	Passed   int            `json:"passed"`
	Flagged  bool           `json:"flagged"`
	last     string
}

func (r *scanRun) run() error {
	r.tally.Findings = map[string]int{}
	if err := r.open(); err != nil {
		return err
	}
	stop := r.s.startProgress(r.paths)
	err := r.s.examine(r.paths, r.print, r.message)
	stop()
	return r.finish(err)
}

// open opens the output, the journal and the target of extraction.
func (r *scanRun) open() (err error) {
	if r.journal != "" && r.extract != "" {
		return &usageError{"--extract cannot be resumed", "leave one of --resume and --extract out"}
	}
	if r.journal != "" {
		r.keeper, r.out, err = r.openJournal()
	} else {
		r.out, err = r.s.openOutput(r.paths)
	}
	if err != nil {
		return err
	}
	if r.rows, err = render.NewRows(r.s.cfg.format, r.s.ink(r.out.terminal)); err != nil {
		return err
	}
	if r.extract != "" {
		if r.copies, err = r.openCopier(); err != nil {
			_ = r.out.finish(false) // the first error counts
			return err
		}
	}
	if r.s.cfg.format != "text" && r.s.cfg.start == (forensic.Position{}) {
		_, err = r.out.WriteString(r.rows.Header()) // above the first row, and where there is none
	}
	return err
}

// print makes the row of a message that is wanted; nil for another one.
func (r *scanRun) print(m *evidence.Message, report *forensic.Report) ([]byte, error) {
	wanted, undated := r.s.cfg.filter.takes(m, report)
	if undated {
		r.undated.Add(1)
	}
	if !wanted {
		return nil, nil
	}
	return r.rows.Append(nil, report)
}

// message takes in one message in its turn.
func (r *scanRun) message(t *task) error {
	r.tally.Messages++
	r.tally.Bytes += int64(len(t.msg.Bytes()))
	if at := t.msg.Path + "!/" + t.msg.Member; at != r.tally.last {
		r.tally.last = at
		r.tally.Inputs++
	}
	if t.unwanted = t.line == nil; t.unwanted {
		return r.keep(t)
	}
	r.tally.Shown++
	for _, f := range t.report.Findings {
		r.tally.Findings[string(f.Severity)]++
	}
	if err := r.write(t); err != nil {
		return err
	}
	return r.keep(t)
}

// write writes the row, below the name of its file where that is another one.
func (r *scanRun) write(t *task) error {
	if r.copies != nil {
		if err := r.copies.copy(t); err != nil {
			return err
		}
	}
	if err := r.heading(t); err != nil {
		return err
	}
	if _, err := r.out.Write(t.line); err != nil {
		return err
	}
	return r.out.show()
}

// heading writes what stands above the row of a text: once the names of the
// columns, and for each mailbox its own.
func (r *scanRun) heading(t *task) error {
	if r.s.cfg.format != "text" {
		return nil
	}
	if r.path == "" {
		r.path = "-"
		if _, err := r.out.WriteString(r.rows.Header()); err != nil {
			return err
		}
	}
	place := t.msg.Place
	place.Index = -1
	name := where(place)
	if t.msg.Container != evidence.Mbox || name == r.path {
		return nil
	}
	r.path = name
	_, err := r.out.WriteString(render.Visible(name, r.out.terminal) + "\n")
	return err
}

// keep lets the journal note how far the scan is.
func (r *scanRun) keep(t *task) error {
	if r.keeper == nil {
		return nil
	}
	return r.keeper.reached(t.next, r)
}

// finish closes everything and tells what was done.
func (r *scanRun) finish(err error) error {
	if r.copies != nil {
		if e := r.copies.close(); err == nil {
			err = e
		}
	}
	switch {
	case r.keeper != nil:
		err = r.keeper.finish(r, err)
	default:
		err = r.s.finish(r.out, err)
	}
	if err == nil || r.s.ctx.Err() != nil {
		r.summary()
	}
	return err
}

// summary is one line on stderr. It is the only place where a scan tells how
// long it took: results never do.
func (r *scanRun) summary() {
	if r.s.cfg.quiet {
		return
	}
	t, took := &r.tally, time.Since(r.started)
	parts := []string{fmt.Sprintf("%s in %s, %.1f MB, %.1f s", counted(t.Messages, "message"), counted(t.Inputs, "input"), float64(t.Bytes)/1e6, took.Seconds())}
	if t.Shown != t.Messages {
		parts = append(parts, counted(t.Shown, "message")+" shown")
	}
	if n := t.Undated + int(r.undated.Load()); n > 0 {
		parts = append(parts, counted(n, "message")+" without a readable date left out")
	}
	var found []string
	for _, w := range []string{"high", "medium", "low", "info"} {
		if n := t.Findings[w]; n > 0 {
			found = append(found, fmt.Sprint(n, " ", w))
		}
	}
	if len(found) > 0 {
		parts = append(parts, "findings: "+strings.Join(found, ", "))
	}
	if r.s.failed > 0 {
		parts = append(parts, fmt.Sprint(r.s.failed, " failed"))
	}
	if r.s.passed > 0 {
		parts = append(parts, counted(r.s.passed, "file")+" passed over as no mail")
	}
	r.s.say("scan", strings.Join(parts, "; "))
}
