package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
)

// journalInput is an input as the scan found it.
type journalInput struct {
	Path     string    `json:"path"`
	Size     int64     `json:"size"`
	Modified time.Time `json:"modified"`
	// Tree is a digest of the names, sizes and times of all that a folder
	// holds; "" for a file.
	Tree string `json:"tree,omitempty"`
}

// newJournal is the journal of a scan that has done nothing yet.
func (r *scanRun) newJournal() (*journal, error) {
	j := &journal{Schema: journalSchema, Version: forensic.Version, Command: r.s.fingerprint()}
	for _, p := range r.paths {
		info, err := os.Stat(p)
		if err != nil {
			return nil, &usageError{p + ": " + errorText(err), "a scan that is to be resumed needs all of its inputs"}
		}
		in := journalInput{Path: p}
		switch {
		case info.IsDir():
			in.Tree = treeDigest(p)
		case info.Mode().IsRegular():
			in.Size, in.Modified = info.Size(), info.ModTime().UTC()
		default:
			return nil, &usageError{p + " is a pipe or device: it cannot be read again", "leave --resume out, or save it as a file"}
		}
		j.Inputs = append(j.Inputs, in)
	}
	return j, nil
}

// treeDigest tells whether anything in a folder has changed: a scan counts the
// files in it, so that one more or less would be another place to go on from.
func treeDigest(dir string) string {
	sum := sha256.New()
	// WalkDir enters no link, not even the one that the caller names.
	_ = filepath.WalkDir(realPath(dir), func(path string, d fs.DirEntry, err error) error {
		fmt.Fprintf(sum, "%q ", path)
		if err == nil && d.Type().IsRegular() {
			var info fs.FileInfo
			if info, err = d.Info(); err == nil {
				fmt.Fprint(sum, info.Size(), " ", info.ModTime().UnixNano())
			}
		} else if err == nil {
			fmt.Fprint(sum, d.Type())
		}
		if err != nil { // what cannot be read must stay so
			_, _ = io.WriteString(sum, errorText(err))
		}
		_, err = io.WriteString(sum, "\n")
		return err
	})
	return hex.EncodeToString(sum.Sum(nil))
}

// fingerprint is a digest of all settings that change what a scan prints or
// how it ends.
func (s *session) fingerprint() string {
	cfg := &s.cfg
	options, err := json.Marshal(cfg.analysis())
	if err != nil {
		options = []byte(err.Error()) // not reached: options are plain values
	}
	zone := ""
	if cfg.zone != nil {
		zone = cfg.zone.String()
	}
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %q %q %v %v", options, cfg.format, zone, s.colored(cfg.color, false), cfg.failOn)
	for _, t := range cfg.filter.terms {
		fmt.Fprintf(sum, " %q %q %q", t.field, t.op, t.value)
	}
	for _, at := range []time.Time{cfg.filter.since, cfg.filter.until} {
		fmt.Fprint(sum, " ", at.UTC().Format(time.RFC3339Nano))
	}
	return hex.EncodeToString(sum.Sum(nil))
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
		case in.Size != have.Size || !in.Modified.Equal(have.Modified) || in.Tree != have.Tree:
			return errors.New(in.Path + " has changed since")
		}
	}
	return nil
}
