package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
)

// journalSchema is the name of the journal's form.
const journalSchema = "emlcheck/journal/1"

// journal says how far a scan came, so that a later one can go on: everything
// up to Next stands in the first Output bytes of the partial output. It is
// never ahead of the output; what the output has beyond it is cut off.
type journal struct {
	Schema  string            `json:"schema"`
	Version string            `json:"version"`
	Command string            `json:"command"` // digest of what can change the output
	Inputs  []journalInput    `json:"inputs"`
	Next    forensic.Position `json:"next"`
	Output  int64             `json:"output"`
	Path    string            `json:"path"` // whose name stands above the last row
	Tally   tally             `json:"tally"`
	Done    bool              `json:"done"` // nothing is left but to name the output
}

// journalKeeper writes the journal while a scan runs.
type journalKeeper struct {
	path, partial string
	out           *output // nil when the output has its name already
	now           journal
	saved         time.Time
	bytes         int64 // read up to the last save
}

const (
	// journalEvery and journalBytes are how much work can be lost.
	journalEvery = 250 * time.Millisecond
	journalBytes = 64 << 20
)

// openJournal begins a scan that can be resumed, or resumes one.
func (r *scanRun) openJournal() (*journalKeeper, error) {
	if err := r.checkJournal(); err != nil {
		return nil, err
	}
	now, err := r.newJournal()
	if err != nil {
		return nil, err
	}
	k := &journalKeeper{path: r.journal, partial: partial(r.s.cfg.output), now: *now, saved: time.Now()}
	old, err := readJournal(r.journal)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return k, k.begin(r)
	case err != nil:
		return nil, &usageError{"the journal " + r.journal + " cannot be used: " + errorText(err), "remove it to begin anew"}
	}
	if err := old.matches(now); err != nil {
		return nil, &usageError{"the journal " + r.journal + " belongs to another scan: " + err.Error(), "remove it and " + k.partial + " to begin anew"}
	}
	k.now, k.bytes = *old, old.Tally.Bytes
	return k, k.resume(r)
}

// checkJournal refuses names that would get into one another's way.
func (r *scanRun) checkJournal() error {
	out := r.s.cfg.output
	if out == "" || out == "-" {
		return &usageError{"--resume needs an output that can be continued", "-o FILE names it"}
	}
	for _, p := range r.paths {
		if p == "-" {
			return &usageError{"standard input cannot be resumed", ""}
		}
	}
	for _, other := range []string{out, partial(out)} {
		if sameName(r.journal, other) {
			return &usageError{"the journal and the output are the same file", "choose another name for --resume"}
		}
	}
	// Each would be found by the scan, and the next one would count other files.
	for _, own := range []string{r.journal, out} {
		if within, in := r.s.insideInput(own, r.paths); within {
			return &usageError{own + " is inside " + in + ", which is read: a scan that is resumed would not find the same files", "name a file outside of it"}
		}
	}
	return nil
}

// partial is the name of an output that is not complete.
func partial(output string) string { return output + ".partial" }

// begin begins a new scan. The journal comes first: whenever there is a partial
// output, there is the journal that it belongs to.
func (k *journalKeeper) begin(r *scanRun) error {
	out, force := r.s.cfg.output, r.s.cfg.force
	for _, name := range []string{out, k.partial, k.temp()} {
		if err := r.s.mayReplace(name, r.paths, force); err != nil {
			return err
		}
	}
	if err := k.write(); err != nil {
		return &usageError{"cannot write " + k.path + ": " + errorText(err), ""}
	}
	if err := os.Remove(k.partial); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return k.open(r, os.O_EXCL)
}

// resume goes on with a scan that was stopped.
func (k *journalKeeper) resume(r *scanRun) error {
	out := r.s.cfg.output
	have, err := os.Stat(out)
	part, partErr := os.Lstat(k.partial)
	if k.now.Done && err == nil && have.Size() == k.now.Output && (partErr != nil || os.SameFile(have, part)) {
		r.restore(&k.now) // it has its name already: nothing but the journal was left
		return nil
	}
	if err := r.s.mayReplace(out, r.paths, r.s.cfg.force); err != nil {
		return err
	}
	if partErr == nil && !part.Mode().IsRegular() || k.now.Output > 0 && (partErr != nil || part.Size() < k.now.Output) {
		return &usageError{k.partial + " is not what the journal says", "remove " + k.path + " and it to begin anew"}
	}
	r.restore(&k.now)
	return k.open(r, 0)
}

// open opens the partial output behind what the journal says of it.
func (k *journalKeeper) open(r *scanRun, flags int) error {
	f, err := os.OpenFile(k.partial, os.O_RDWR|os.O_CREATE|flags, 0o666)
	if err != nil {
		return &usageError{"cannot write " + k.partial + ": " + errorText(err), ""}
	}
	_, seekErr := f.Seek(k.now.Output, io.SeekStart)
	if err := errors.Join(f.Truncate(k.now.Output), seekErr); err != nil {
		return errors.Join(err, f.Close())
	}
	k.out = &output{Writer: bufio.NewWriterSize(f, 64<<10), file: f, temp: k.partial, path: r.s.cfg.output, force: r.s.cfg.force}
	return nil
}

// restore sets the scan back to where the journal says.
func (r *scanRun) restore(old *journal) {
	r.s.cfg.start, r.path, r.tally, r.resumed = old.Next, old.Path, old.Tally, old.Tally.Bytes
	r.s.done, r.s.failed, r.s.passed, r.s.flagged = r.tally.Messages, r.tally.Failed, r.tally.Passed, r.tally.Flagged
	r.s.progress.messages, r.s.progress.bytes, r.s.progress.before = r.tally.Messages, r.tally.Bytes, r.tally.Bytes
}

func readJournal(path string) (*journal, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	j := new(journal)
	if err := json.Unmarshal(data, j); err != nil || j.Schema != journalSchema {
		return nil, errors.New("it is no journal of a scan")
	}
	return j, nil
}

// reached notes that everything up to the position is written, and puts that
// on disk now and then.
func (k *journalKeeper) reached(next forensic.Position, r *scanRun) error {
	k.note(r)
	k.now.Next = next
	if time.Since(k.saved) < journalEvery && r.tally.Bytes-k.bytes < journalBytes {
		return nil
	}
	return k.save()
}

// note takes over what the summary needs. What failed behind the last message
// is not in it: it fails again.
func (k *journalKeeper) note(r *scanRun) {
	k.now.Path, k.now.Tally = r.path, r.tally
	t := &k.now.Tally
	t.Failed, t.Passed, t.Flagged = r.s.failed, r.s.passed, r.s.flagged
}

// save puts the output on disk and then the journal, in one step.
func (k *journalKeeper) save() error {
	if err := k.out.Flush(); err != nil {
		return err
	}
	if err := k.out.file.Sync(); err != nil {
		return err
	}
	at, err := k.out.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	k.saved, k.bytes, k.now.Output = time.Now(), k.now.Tally.Bytes, at
	return k.write()
}

func (k *journalKeeper) temp() string { return k.path + ".new" }

// write replaces the journal as a whole: there is one before and after.
func (k *journalKeeper) write() error {
	data, err := json.Marshal(&k.now)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(k.temp(), os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(append(data, '\n'))
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(k.temp(), k.path)
}

// finish names the output of a scan that is done. One that was stopped leaves
// the journal and what was written.
func (k *journalKeeper) finish(r *scanRun, err error) error {
	if k.out == nil {
		return k.remove()
	}
	if err != nil || r.s.ctx.Err() != nil {
		return k.stop(r, err)
	}
	k.note(r)
	k.now.Done = true
	if err := errors.Join(k.save(), k.out.file.Close()); err != nil {
		return err
	}
	if r.s.done > 0 || r.s.failed == 0 {
		if err := k.out.place(); err != nil {
			return err
		}
	}
	return k.remove()
}

// stop leaves everything as the next run needs it.
func (k *journalKeeper) stop(r *scanRun, err error) error {
	if e := k.save(); err == nil || r.s.ctx.Err() != nil {
		err = e
	}
	r.s.hint("the same command goes on behind message " + strconv.Itoa(k.now.Tally.Messages))
	return errors.Join(err, k.out.file.Close())
}

// remove takes away what nobody needs any more, the journal last.
func (k *journalKeeper) remove() error {
	for _, name := range []string{k.partial, k.path} {
		if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// sameName reports whether two names mean the same file, which need not exist.
func sameName(a, b string) bool {
	x, errA := filepath.Abs(a)
	y, errB := filepath.Abs(b)
	if errA == nil && errB == nil && x == y {
		return true
	}
	i, errA := os.Stat(a)
	j, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(i, j)
}
