package cli

import (
	"errors"
	"os"
	"slices"
	"strconv"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
)

// task is one examined message.
type task struct {
	msg    *evidence.Message
	report *forensic.Report
	next   forensic.Position
	row
}

// row is what a worker has made of a message.
type row struct {
	line *[]byte
	// unwanted: a filter has left it out; undated, because its date cannot be
	// read.
	unwanted, undated bool
}

func (t *task) where() string { return where(t.msg.Place) }

// where names a place as FILE!/MEMBER#INDEX@OFFSET.
func where(at evidence.Place) string {
	at.Path = label(at.Path)
	return at.String()
}

// worker prints a message while others are examined.
type worker func(*evidence.Message, *forensic.Report) (row, error)

// examine calls each for every message at and below the paths, in order. It
// ends early with the error of each, or when the run is interrupted. What could
// not be examined is told and counted here. print may be nil.
func (s *session) examine(paths []string, print worker, each func(*task) error) error {
	if print == nil {
		print = func(*evidence.Message, *forensic.Report) (row, error) { return row{}, nil }
	}
	for item, err := range forensic.ScanEach(s.ctx, paths, s.scanOptions(), print) {
		if s.ctx.Err() != nil {
			return s.ctx.Err()
		}
		if err != nil {
			s.missed(err)
			continue
		}
		if err := s.hand(&task{msg: item.Message, report: item.Report, next: item.Next, row: item.Value}, each); err != nil {
			return err
		}
	}
	if s.done == 0 && s.failed == 0 && (s.passed > 0 || allFolders(paths)) {
		s.failed++
		s.sayError(label(paths[0])+others(len(paths)-1), errors.New("nothing there begins like a message or a mailbox"))
		s.hint("a file that is named itself is examined whatever it is")
	}
	return nil
}

// others counts what is not named.
func others(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return " and 1 other"
	}
	return " and " + strconv.Itoa(n) + " others"
}

// allFolders reports whether nothing but folders was named: without a message
// in them something else must have been meant. A mailbox may be empty.
func allFolders(paths []string) bool {
	return !slices.ContainsFunc(paths, func(p string) bool {
		info, err := os.Stat(p)
		return err != nil || !info.IsDir()
	})
}

// missed tells of what was not examined. Files that a folder or archive holds
// and that are no mail are none of it.
func (s *session) missed(err error) {
	at, place := "", &evidence.PlaceError{}
	if errors.As(err, &place) {
		at, err = where(place.Place), place.Err
	}
	if evidence.Skipped(err) {
		s.passed++
		s.note(at + ": passed over: " + errorText(err))
		return
	}
	s.failed++
	s.sayError(at, err)
}

// hand lets each look at the message's bytes, which may vanish: then that is
// the message's failure and not the program's.
func (s *session) hand(t *task, each func(*task) error) error {
	var failed error
	err := evidence.Guard(func() error {
		failed = each(t)
		return nil
	})
	switch {
	case err != nil:
		s.failed++
		s.sayError(t.where(), err)
	case failed == nil:
		s.done++
		s.flagged = s.flagged || !t.unwanted && reaches(t.report, s.cfg.failOn)
		s.progress.add(t.msg)
	}
	return failed
}

// reaches reports whether a finding of the message, or of one inside it, is as
// grave as the rank.
func reaches(r *forensic.Report, rank int) bool {
	for _, f := range r.Findings {
		if f.Severity.Rank() >= rank {
			return true
		}
	}
	for i := range r.Parts {
		if inner := r.Parts[i].Message; inner != nil && reaches(inner, rank) {
			return true
		}
	}
	return false
}
