package cli

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// output is where results go: standard output, a device, or a file that
// appears under its name only when it is complete.
type output struct {
	*bufio.Writer
	terminal bool
	file     *os.File // nil for standard output
	temp     string   // "" unless the file still has to be renamed
	path     string
	force    bool
}

// openOutput opens what --output names. It refuses to touch a file that
// exists, and an input in any case.
func (s *session) openOutput(inputs []string) (*output, error) {
	path := s.cfg.output
	if path == "" || path == "-" {
		// ">> a.eml" would write into the evidence while it is read.
		if info, ok := fileInfo(s.Out); ok && s.isInput(info, inputs) {
			return nil, &usageError{"standard output is an input: it is not written to", "send the output to another file"}
		}
		return &output{Writer: bufio.NewWriterSize(s.Out, 64<<10), terminal: s.OutTTY}, nil
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return nil, &usageError{path + " is a folder", "--output takes the name of a file"}
	case err == nil && info.Mode().IsRegular() && s.isInput(info, inputs):
		return nil, &usageError{path + " is an input: it is not overwritten", "choose another name for --output"}
	case err == nil && !info.Mode().IsRegular():
		return openDevice(path)
	case !s.cfg.force && pathExists(path):
		return nil, &usageError{path + " exists: it is not overwritten", "--force overwrites it"}
	}
	return createOutput(path, s.cfg.force)
}

// mayReplace refuses a name whose file must not be written over: one that is
// no regular file, an input, or one that exists when nobody forces it.
func (s *session) mayReplace(path string, inputs []string, force bool) error {
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return &usageError{path + " is a folder or device: it is not overwritten", "choose another name"}
	case err == nil && s.isInput(info, inputs):
		return &usageError{path + " is an input: it is not overwritten", "choose another name"}
	case !force && pathExists(path):
		return &usageError{path + " exists: it is not overwritten", "--force overwrites it"}
	}
	return nil
}

// insideInput reports whether the path, which need not exist, is a folder that
// is read, or inside one.
func (s *session) insideInput(path string, inputs []string) (within bool, folder string) {
	at := realPath(path)
	for _, in := range inputs {
		if info, ok := s.inputInfo(in); !ok || !info.IsDir() {
			continue
		}
		rel, err := filepath.Rel(realPath(in), at)
		if err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			return true, in
		}
	}
	return false, ""
}

// realPath is the absolute path without symbolic links, as far as it exists.
func realPath(path string) string {
	path, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	for dir, rest := path, ""; ; dir, rest = filepath.Dir(dir), filepath.Join(filepath.Base(dir), rest) {
		if real, err := filepath.EvalSymlinks(dir); err == nil {
			return filepath.Join(real, rest)
		}
		if dir == filepath.Dir(dir) {
			return path
		}
	}
}

// isInput reports whether info is one of the inputs, under whatever name; a
// redirected standard input counts as well.
func (s *session) isInput(info fs.FileInfo, inputs []string) bool {
	for _, in := range inputs {
		if other, ok := s.inputInfo(in); ok && os.SameFile(info, other) {
			return true
		}
	}
	return false
}

func (s *session) inputInfo(path string) (info fs.FileInfo, ok bool) {
	if path == "-" {
		return fileInfo(s.In)
	}
	info, err := os.Stat(path)
	return info, err == nil
}

// fileInfo looks at a stream; ok says that it is a regular file.
func fileInfo(stream any) (info fs.FileInfo, ok bool) {
	f, ok := stream.(*os.File)
	if !ok {
		return nil, false
	}
	info, err := f.Stat()
	return info, err == nil && info.Mode().IsRegular()
}

// openDevice writes to a pipe or device as it is: it holds nothing to lose and
// cannot be renamed.
func openDevice(path string) (*output, error) {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, &usageError{path + ": " + errorText(err), ""}
	}
	return &output{Writer: bufio.NewWriterSize(f, 64<<10), file: f, path: path, terminal: isTerminal(f)}, nil
}

// createOutput opens a new file beside the wanted one. os.CreateTemp would
// keep others from reading the result, whatever the user's umask says.
func createOutput(path string, force bool) (*output, error) {
	for range 100 {
		temp := filepath.Join(filepath.Dir(path), ".emlcheck-"+strconv.FormatUint(rand.Uint64(), 36))
		f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return nil, &usageError{"cannot write " + path + ": " + errorText(err), ""}
		}
		return &output{Writer: bufio.NewWriterSize(f, 64<<10), file: f, temp: temp, path: path, force: force}, nil
	}
	return nil, &usageError{"cannot write " + path + ": no free name beside it", ""}
}

// finish makes the output last: complete under its name when keep is true,
// gone without a trace when not. Standard output is only flushed.
func (o *output) finish(keep bool) error {
	err := o.Flush()
	if o.file == nil {
		return err
	}
	if o.temp == "" {
		return errors.Join(err, o.file.Close())
	}
	defer os.Remove(o.temp) // fails after the rename, as it should
	if err == nil && keep {
		err = o.file.Sync()
	}
	if e := o.file.Close(); err == nil {
		err = e
	}
	if err != nil || !keep {
		return err
	}
	return o.place()
}

// place gives the complete file its name. Without force it uses a link, which
// fails if a file of that name has appeared meanwhile; a file system without
// links is asked once more.
func (o *output) place() error {
	if o.force {
		return os.Rename(o.temp, o.path)
	}
	err := os.Link(o.temp, o.path)
	if err == nil {
		return nil
	}
	if errors.Is(err, fs.ErrExist) || pathExists(o.path) {
		return fmt.Errorf("%s exists: it is not overwritten", o.path)
	}
	return os.Rename(o.temp, o.path)
}

// show hands results to a waiting reader at once; a file may wait.
func (o *output) show() error {
	if o.terminal {
		return o.Flush()
	}
	return nil
}
