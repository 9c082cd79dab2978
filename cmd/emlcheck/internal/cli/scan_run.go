package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/render"
)

// scanRun is one scan with all that it keeps.
type scanRun struct {
	s       *session
	started time.Time
	paths   []string
	journal string
	extract string

	out     *output
	rows    *render.Rows
	keeper  *journalKeeper // nil without a journal
	copies  copier         // nil unless messages are extracted
	path    string         // of the row above
	tally   tally
	resumed int64 // bytes of messages that an earlier run has read
}

// tally is what the summary tells.
type tally struct {
	Messages int   `json:"messages"`
	Shown    int   `json:"shown"`
	Bytes    int64 `json:"bytes"`
	Inputs   int   `json:"inputs"`
	// Undated messages were left out because a bound of time cannot be compared
	// with theirs.
	Undated  int                  `json:"undated"`
	Findings [len(severities)]int `json:"findings"`
	Failed   int                  `json:"failed"`
	Passed   int                  `json:"passed"`
	Flagged  bool                 `json:"flagged"`
	// Path and Member name the input of the last message.
	Path   string `json:"path"`
	Member string `json:"member"`
}

// severities are the words of the summary, gravest first.
var severities = [...]forensic.Severity{"high", "medium", "low", "info"}

func (r *scanRun) run() error {
	if err := r.open(); err != nil {
		return err
	}
	if r.keeper != nil && r.keeper.now.Done {
		return r.finish(nil)
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
	if r.extract != "" && sameName(r.extract, r.s.cfg.output) {
		return &usageError{"--extract and --output name the same file", ""}
	}
	if r.journal == "" {
		r.out, err = r.s.openOutput(r.paths)
	} else if r.keeper, err = r.openJournal(); err == nil {
		r.out = r.keeper.out
	}
	if err != nil || r.out == nil {
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
	if r.s.cfg.format != "text" && (r.keeper == nil || r.keeper.now.Output == 0) {
		_, err = r.out.WriteString(r.rows.Header()) // above the first row, and where there is none
	}
	return err
}

// print makes the row of a message that is wanted.
func (r *scanRun) print(m *evidence.Message, report *forensic.Report) (row, error) {
	wanted, undated := r.s.cfg.filter.takes(m, report)
	if !wanted {
		return row{unwanted: true, undated: undated}, nil
	}
	line := rowLines.Get().(*[]byte)
	*line = r.rows.Append((*line)[:0], report)
	return row{line: line}, nil
}

// rowLines are lines that were written. A full report has a dozen KiB.
var rowLines = sync.Pool{New: func() any { return new([]byte) }}

// message takes in one message in its turn.
func (r *scanRun) message(t *task) error {
	r.count(t)
	if !t.unwanted {
		if err := r.write(t); err != nil {
			return err
		}
	}
	if r.keeper == nil {
		return nil
	}
	return r.keeper.reached(t.next, r)
}

func (r *scanRun) count(t *task) {
	n := &r.tally
	n.Messages++
	n.Bytes += int64(len(t.msg.Bytes()))
	if n.Inputs == 0 || t.msg.Path != n.Path || t.msg.Member != n.Member {
		n.Path, n.Member = t.msg.Path, t.msg.Member
		n.Inputs++
	}
	if t.undated {
		n.Undated++
	}
	if t.unwanted {
		return
	}
	n.Shown++
	for i := range t.report.Findings {
		if k := slices.Index(severities[:], t.report.Findings[i].Severity); k >= 0 {
			n.Findings[k]++
		}
	}
	// Before the journal is written: a finding above it must not get lost.
	r.s.flagged = r.s.flagged || reaches(t.report, r.s.cfg.failOn)
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
	if _, err := r.out.Write(*t.line); err != nil {
		return err
	}
	rowLines.Put(t.line)
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

// finish closes everything and tells what was done.
func (r *scanRun) finish(err error) error {
	if r.copies != nil {
		if e := r.copies.close(err == nil && r.s.ctx.Err() == nil); err == nil {
			err = e
		}
	}
	if r.keeper != nil {
		err = r.keeper.finish(r, err)
	} else {
		err = r.s.finish(r.out, err)
	}
	if (err == nil || r.s.ctx.Err() != nil) && !r.s.cfg.quiet {
		r.s.say("scan", r.summary(time.Since(r.started)))
	}
	return err
}

// summary is one line for stderr. It is the only place where a scan tells how
// long it took: results never do.
func (r *scanRun) summary(took time.Duration) string {
	t := &r.tally
	parts := []string{fmt.Sprintf("%s in %s, %.1f MB, %.1f s, %.0f MB/s", many(t.Messages, "message"), many(t.Inputs, "input"),
		float64(t.Bytes)/1e6, took.Seconds(), float64(t.Bytes-r.resumed)/1e6/max(took.Seconds(), 1e-3))}
	if t.Shown != t.Messages {
		parts = append(parts, grouped(t.Shown)+" shown of "+grouped(t.Messages))
	}
	if t.Undated > 0 {
		parts = append(parts, many(t.Undated, "message")+" without a readable date left out")
	}
	var found []string
	for i, n := range t.Findings {
		if n > 0 {
			found = append(found, grouped(n)+" "+string(severities[i]))
		}
	}
	if len(found) > 0 {
		parts = append(parts, "findings: "+strings.Join(found, ", "))
	}
	if r.s.failed > 0 {
		parts = append(parts, grouped(r.s.failed)+" failed")
	}
	if r.s.passed > 0 {
		parts = append(parts, many(r.s.passed, "file")+" passed over as no mail")
	}
	return strings.Join(parts, "; ")
}

// many is a number with what it counts.
func many(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return grouped(n) + " " + noun
}

// grouped is a number with a comma before each three digits.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
