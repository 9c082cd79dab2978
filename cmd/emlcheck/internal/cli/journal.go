package cli

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
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

// journalInput is an input as the scan found it.
type journalInput struct {
	Path     string    `json:"path"`
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
}

// journalKeeper writes the journal while a scan runs.
type journalKeeper struct {
	path  string
	now   journal
	saved time.Time
	bytes int64 // read since the last save
}

const (
	// journalEvery and journalBytes are how much work can be lost.
	journalEvery = 250 * time.Millisecond
	journalBytes = 64 << 20
)

// openJournal begins a scan that can be resumed, or resumes one.
func (r *scanRun) openJournal() (*journalKeeper, *output, error) {
	out := r.s.cfg.output
	if out == "" || out == "-" {
		return nil, nil, &usageError{"--resume needs an output that can be continued", "-o FILE names it"}
	}
	for _, p := range r.paths {
		if p == "-" {
			return nil, nil, &usageError{"standard input cannot be resumed", ""}
		}
	}
	fresh, err := r.newJournal()
	if err != nil {
		return nil, nil, err
	}
	k := &journalKeeper{path: r.journal, now: *fresh, saved: time.Now()}
	old, err := readJournal(r.journal)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		file, err := r.openPartial(true)
		return k, file, err
	case err != nil:
		return nil, nil, &usageError{"the journal " + r.journal + " cannot be used: " + errorText(err), "remove it to begin anew"}
	}
	if err := old.matches(fresh); err != nil {
		return nil, nil, &usageError{"the journal " + r.journal + " belongs to another scan: " + err.Error(), "remove it to begin anew"}
	}
	k.now, r.keptBytes = *old, old.Output
	r.restore(old)
	file, err := r.openPartial(false)
	return k, file, err
}

// restore sets the scan back to where the journal says.
func (r *scanRun) restore(old *journal) {
	r.s.cfg.start, r.path, r.tally = old.Next, old.Path, old.Tally
	if r.tally.Findings == nil {
		r.tally.Findings = map[string]int{}
	}
	r.s.done, r.s.failed, r.s.passed, r.s.flagged = r.tally.Messages, r.tally.Failed, r.tally.Passed, r.tally.Flagged
	r.s.progress.messages, r.s.progress.bytes = r.tally.Messages, r.tally.Bytes
}

// newJournal is the journal of a scan that has done nothing yet.
func (r *scanRun) newJournal() (*journal, error) {
	j := &journal{Schema: journalSchema, Version: forensic.Version, Command: r.s.cfg.fingerprint()}
	for _, p := range r.paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, &usageError{p + ": " + errorText(err), "a scan that is to be resumed needs all of its inputs"}
		}
		in := journalInput{Path: p, Modified: info.ModTime().UTC()}
		if info.Mode().IsRegular() {
			in.Size = info.Size()
		}
		j.Inputs = append(j.Inputs, in)
	}
	return j, nil
}

// fingerprint is a digest of all settings that change what a scan prints.
func (s *settings) fingerprint() string {
	options, err := json.Marshal(s.analysis())
	if err != nil {
		options = []byte(err.Error()) // not reached: options are plain values
	}
	zone := ""
	if s.zone != nil {
		zone = s.zone.String()
	}
	text := fmt.Sprintf("%s\n%s\n%v\n%v %v\n%s", options, s.format, s.filter.terms, s.filter.since, s.filter.until, zone)
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
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

// matches compares a journal with the scan that wants to go on.
func (j *journal) matches(now *journal) error {
	switch {
	case j.Version != now.Version:
		return errors.New("it was made by version " + j.Version)
	case j.Command != now.Command:
		return errors.New("flags that change the output are different")
	case len(j.Inputs) != len(now.Inputs):
		return errors.New("the inputs are different")
	}
	for i, in := range j.Inputs {
		have := now.Inputs[i]
		switch {
		case in.Path != have.Path:
			return errors.New("the inputs are different: " + in.Path + " then, " + have.Path + " now")
		case in.Size != have.Size || !in.Modified.Equal(have.Modified):
			return errors.New(in.Path + " has changed since")
		}
	}
	return nil
}

// openPartial opens the output that is named when the scan is done. A new scan
// takes away what an earlier one without journal left.
func (r *scanRun) openPartial(fresh bool) (*output, error) {
	path := r.s.cfg.output
	if info, err := os.Stat(path); err == nil && (info.IsDir() || r.s.isInput(info, r.paths)) {
		return nil, &usageError{path + " is an input or a folder: it is not overwritten", "choose another name for --output"}
	}
	if fresh && !r.s.cfg.force && pathExists(path) {
		return nil, &usageError{path + " exists: it is not overwritten", "--force overwrites it"}
	}
	f, err := os.OpenFile(path+".partial", os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, &usageError{"cannot write " + path + ".partial: " + errorText(err), ""}
	}
	length := int64(0)
	if !fresh {
		length = r.keptBytes
	}
	if info, err := f.Stat(); err != nil || info.Size() < length || r.s.isInput(info, r.paths) {
		_ = f.Close() // nothing was written
		return nil, &usageError{path + ".partial is not what the journal says", "remove the journal to begin anew"}
	}
	if err := errors.Join(f.Truncate(length), seek(f, length)); err != nil {
		_ = f.Close() // the first error counts
		return nil, err
	}
	return &output{Writer: bufio.NewWriterSize(f, 64<<10), file: f, temp: path + ".partial", path: path, force: r.s.cfg.force}, nil
}

func seek(f *os.File, to int64) error {
	_, err := f.Seek(to, io.SeekStart)
	return err
}

// reached notes that everything up to the position is written, now and then.
func (k *journalKeeper) reached(next forensic.Position, r *scanRun) error {
	k.now.Next = next
	if time.Since(k.saved) < journalEvery && r.tally.Bytes-k.bytes < journalBytes {
		return nil
	}
	k.bytes = r.tally.Bytes
	return k.save(r)
}

// save puts the output on disk and then the journal, in one step.
func (k *journalKeeper) save(r *scanRun) error {
	if err := r.out.Flush(); err != nil {
		return err
	}
	if err := r.out.file.Sync(); err != nil {
		return err
	}
	at, err := r.out.file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	k.saved = time.Now()
	k.now.Output, k.now.Path, k.now.Tally = at, r.path, r.tally
	t := &k.now.Tally
	t.Failed, t.Passed, t.Flagged, t.Undated = r.s.failed, r.s.passed, r.s.flagged, r.tally.Undated+int(r.undated.Load())
	return k.write()
}

// write replaces the journal as a whole: it is there before and after.
func (k *journalKeeper) write() error {
	data, err := json.Marshal(&k.now)
	if err != nil {
		return err
	}
	out, err := createOutput(k.path, true)
	if err != nil {
		return err
	}
	_, err = out.Write(append(data, '\n'))
	return errors.Join(err, out.finish(err == nil))
}

// finish names the output of a scan that is done. One that was stopped leaves
// the journal and what was written.
func (k *journalKeeper) finish(r *scanRun, err error) error {
	if err != nil || r.s.ctx.Err() != nil {
		if e := k.save(r); err == nil {
			err = e
		}
		r.s.hint("the same command goes on behind message " + strings.TrimSpace(fmt.Sprint(r.tally.Messages)))
		return errors.Join(err, r.out.file.Close())
	}
	k.now.Done = true
	if err := k.save(r); err != nil {
		return err
	}
	if err := r.out.finish(r.s.done > 0); err != nil {
		return err
	}
	return os.Remove(k.path)
}
