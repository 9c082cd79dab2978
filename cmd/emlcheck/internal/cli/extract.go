package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/render"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// extractor writes decoded parts into one folder. All of its paths go through
// an [os.Root], so that neither a name nor a symbolic link leads out.
type extractor struct {
	s       *session
	print   *render.ExtractPrinter
	root    *os.Root
	only    string   // the part that is wanted; "" for all
	inputs  []string // never removed
	folders nameSet
	names   map[string]nameSet // given out so far, by folder
}

// openExtractor opens the folder, and makes it if needed.
func (s *session) openExtractor(dir, only string, inputs []string, p *render.ExtractPrinter) (*extractor, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, &usageError{"cannot make the folder " + dir + ": " + errorText(err), ""}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, &usageError{"cannot write into " + dir + ": " + errorText(err), ""}
	}
	return &extractor{s: s, print: p, root: root, only: only, inputs: inputs, folders: nameSet{}, names: map[string]nameSet{}}, nil
}

// Close ends the output and lets go of the folder.
func (x *extractor) Close() error { return errors.Join(x.print.Close(), x.root.Close()) }

// task extracts one message. A file that cannot be written is told, and the
// others are written all the same.
func (x *extractor) task(t *task) error {
	folder, err := x.folder(t.msg)
	if err != nil {
		return err
	}
	msg := mimeparse.Parse(t.msg.Bytes(), nil)
	run := &extraction{extractor: x, task: t, folder: folder, names: x.names[folder]}
	run.message(msg, t.report, "")
	if x.only != "" && !run.matched {
		x.s.failed++
		x.s.sayError(t.where(), noSuchPart(x.only, msg))
		x.s.done-- // nothing of it was done
	}
	return x.print.Report(t.report, run.files)
}

// folder is where a message's files go, with slashes: the extraction folder
// itself for a single message, else one below it named after the input.
func (x *extractor) folder(m *evidence.Message) (string, error) {
	folder := "."
	if len(x.inputs) > 1 || m.Container == evidence.Mbox {
		name := safeName(path.Base(strings.ReplaceAll(label(m.Path), `\`, "/")))
		if m.Container == evidence.Mbox {
			name += "#" + strconv.Itoa(m.Index)
		}
		folder = x.folders.unique(name)
		if err := x.root.Mkdir(folder, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return "", fmt.Errorf("folder %s: %w", folder, err)
		}
	}
	if x.names[folder] == nil {
		x.names[folder] = nameSet{}
	}
	return folder, nil
}

// extraction is the work on one message.
type extraction struct {
	*extractor
	task    *task
	folder  string
	names   nameSet
	files   []render.Extracted
	matched bool
}

// message extracts the leaves of a message and of those inside it. prefix is
// the path of the part around it with a "~" behind, "" for the outer one.
func (x *extraction) message(m *mimeparse.Message, r *forensic.Report, prefix string) {
	for i, p := range m.Parts {
		if x.s.ctx.Err() != nil {
			return
		}
		id := prefix + p.Path
		wanted := x.only == "" || within(id, x.only)
		if wanted {
			x.matched = true
		}
		report := partReport(r, i)
		if p.IsLeaf() && wanted {
			x.leaf(p, id, report)
		}
		switch {
		case p.Message != nil:
			x.message(p.Message, nestedReport(report), id+"~")
		case wanted && report != nil && report.Message != nil:
			x.s.warn(x.task.where() + ": part " + id + ": what is inside the signed object is listed, not extracted")
		}
	}
}

// within reports whether the part id is want, a part of it, or in a message
// inside it.
func within(id, want string) bool {
	rest, ok := strings.CutPrefix(id, want)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '~')
}

func partReport(r *forensic.Report, i int) *report.Part {
	if r == nil || i >= len(r.Parts) {
		return nil
	}
	return &r.Parts[i]
}

func nestedReport(p *report.Part) *forensic.Report {
	if p == nil {
		return nil
	}
	return p.Message
}

// leaf writes the content of a part, and the uuencoded files in it.
func (x *extraction) leaf(p *mimeparse.Part, id string, r *report.Part) {
	name := p.Filename()
	if name == "" {
		name = "part" + extensionOf(p.ContentType)
	} else if p.Message != nil && p.Message.Container == string(evidence.Nested) && !strings.HasSuffix(strings.ToLower(name), ".eml") {
		name += ".eml"
	}
	want := ""
	if r != nil {
		want = string(r.SHA256)
	}
	x.file(id, name, want, func(w io.Writer) error {
		_, err := p.WriteTo(w)
		return err
	})
	inline := p.InlineDecoder()
	for i, in := range p.Inline {
		x.file(id+"+"+strconv.Itoa(i+1), in.Name, "", func(w io.Writer) error {
			_, err := inline.Decode(in, func(piece []byte) error {
				_, err := w.Write(piece)
				return err
			})
			return err
		})
	}
}

// file writes one file and tells what became of it.
func (x *extraction) file(id, name, want string, content func(io.Writer) error) {
	file := x.names.unique(cutRunes(id, 40) + "_" + safeName(name))
	done, err := x.write(path.Join(x.folder, file), content)
	if err == nil && want != "" && done.SHA256 != want {
		err = errors.New("the written bytes differ from those of the report")
	}
	if err != nil {
		x.s.failed++
		x.s.sayError(x.task.where()+": part "+id, fmt.Errorf("%s: %s", file, writeErrorText(err)))
		return
	}
	done.Part = id
	x.files = append(x.files, done)
}

// write makes a new file with the content. What stands there is never written
// into: with --force it is removed first, without it stays. O_EXCL holds even
// against a file or link that appears between the two steps.
func (x *extractor) write(file string, content func(io.Writer) error) (done render.Extracted, err error) {
	if err := x.makeRoom(file); err != nil {
		return done, err
	}
	f, err := x.root.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return done, err
	}
	sum := sha256.New()
	count := &counter{w: io.MultiWriter(f, sum)}
	err = content(count)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		_ = x.root.Remove(file) // half a file is worse than none; the first error counts
		return done, err
	}
	return render.Extracted{File: file, Size: count.n, SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

// makeRoom removes an old file of the name if it may.
func (x *extractor) makeRoom(file string) error {
	info, err := x.root.Lstat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case x.s.isInput(info, x.inputs):
		return errors.New("is an input: it is not overwritten")
	case !x.s.cfg.force:
		return fs.ErrExist
	}
	return x.root.Remove(file)
}

func writeErrorText(err error) string {
	if errors.Is(err, fs.ErrExist) {
		return "exists: it is not overwritten without --force"
	}
	return errorText(err) // "path escapes from parent" among others: a link that leads out
}

// counter counts what goes through it.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}

// extensionOf is the ending for a part without a name. It must not depend on
// the system's own tables.
func extensionOf(contentType string) string {
	switch contentType {
	case "text/plain":
		return ".txt"
	case "text/html":
		return ".html"
	case "text/calendar":
		return ".ics"
	case "text/csv":
		return ".csv"
	case "application/pdf":
		return ".pdf"
	case "application/pkcs7-signature", "application/x-pkcs7-signature":
		return ".p7s"
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		return ".p7m"
	case "application/pgp-signature":
		return ".asc"
	case "message/rfc822", "message/global", "message/news":
		return ".eml"
	case "message/delivery-status", "message/disposition-notification", "text/rfc822-headers":
		return ".txt"
	case "image/png":
		return ".png"
	case "image/jpeg":
		return ".jpg"
	case "image/gif":
		return ".gif"
	}
	return ".bin"
}
