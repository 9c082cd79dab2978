package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// copier writes messages as they are somewhere else.
type copier interface {
	copy(*task) error
	// close ends the copies. Those of a scan that did not come to its end are
	// kept only where each of them stands by itself.
	close(complete bool) error
}

// openCopier opens the target of --extract: a mailbox by its name, else a
// folder.
func (r *scanRun) openCopier() (copier, error) {
	if within, in := r.s.insideInput(r.extract, r.paths); within {
		return nil, &usageError{r.extract + " is inside " + in + ", which is read: copies would be taken for evidence", "choose another name for --extract"}
	}
	if strings.HasSuffix(strings.ToLower(r.extract), ".mbox") {
		return r.openMboxCopier()
	}
	x, err := r.s.openExtractor(r.extract, "", r.paths, nil)
	if err != nil {
		return nil, err
	}
	return &folderCopier{x: x, names: nameSet{}}, nil
}

// folderCopier writes each message into a file of its own, without the
// From-quoting of a mailbox: what was sent, as far as it can be told.
type folderCopier struct {
	x     *extractor
	names nameSet
}

func (c *folderCopier) copy(t *task) error {
	file := c.names.unique(copyName(t.msg))
	done, err := c.x.write(file, func(w io.Writer) error {
		for piece := range t.msg.Unquoted() {
			if _, err := w.Write(piece); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = c.verify(file, done.SHA256, unquotedSum(t.report))
	}
	if err != nil {
		c.x.s.failed++
		c.x.s.sayError(t.where(), fmt.Errorf("%s: %s", file, writeErrorText(err)))
	}
	return nil
}

// copyName is the name of the file or member; for a message of a mailbox it has
// the index behind it, with zeros so that names sort as the messages stand.
func copyName(m *evidence.Message) string {
	name := label(m.Path)
	if m.Member != "" {
		name = m.Member
	}
	name = strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), ".eml")
	if m.Container == evidence.Mbox {
		name += fmt.Sprintf("#%06d", m.Index)
	}
	return safeName(name + ".eml")
}

// unquotedSum is the digest that a copy without From-quoting must have.
func unquotedSum(r *forensic.Report) string {
	if r.Evidence.SHA256Unquoted != "" {
		return string(r.Evidence.SHA256Unquoted)
	}
	return r.Evidence.SHA256
}

var errCopyDiffers = errors.New("the written bytes differ from those of the report")

// verify reads the file back: what counts is what stands on the disk.
func (c *folderCopier) verify(file, written, want string) error {
	f, err := c.x.root.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, f); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want || written != want {
		return errCopyDiffers
	}
	return nil
}

func (c *folderCopier) close(bool) error { return c.x.root.Close() }

// mboxCopier writes the messages into a new mailbox. Whatever their number, it
// keeps one digest: that of the digests that the mailbox must give back.
type mboxCopier struct {
	s     *session
	out   *output
	w     *evidence.MboxWriter
	sums  hash.Hash
	count int
}

func (r *scanRun) openMboxCopier() (copier, error) {
	cfg := r.s.cfg
	r.s.cfg.output = r.extract
	out, err := r.s.openOutput(r.paths)
	r.s.cfg = cfg
	if err != nil {
		return nil, err
	}
	if out.temp == "" {
		return nil, errors.Join(&usageError{r.extract + " is no regular file", ""}, out.finish(false))
	}
	return &mboxCopier{s: r.s, out: out, w: evidence.NewMboxWriter(out), sums: sha256.New()}, nil
}

func (c *mboxCopier) copy(t *task) error {
	from, at := separatorOf(t)
	copied, err := c.w.Write(from, at, t.msg.Unquoted())
	if err != nil {
		return err
	}
	c.sums.Write(copied.SHA256[:])
	c.count++
	if copied.TimeInvented {
		c.s.warn(t.where() + ": no time is known: its From_ line in the new mailbox says 1970")
	}
	if copied.BreakAdded {
		c.s.warn(t.where() + ": a line break was added behind its last line: a mailbox cannot do without")
	}
	if n := copied.HeaderQuoted; n > 0 {
		c.s.warn(t.where() + ": " + counted(n, "header line") + ` that begins with "From " has a ">" before it in the new mailbox: it would end the message`)
	}
	if !copied.BreakAdded && copied.HeaderQuoted == 0 && hex.EncodeToString(copied.SHA256[:]) != unquotedSum(t.report) {
		return &evidence.PlaceError{Place: t.msg.Place, Err: errCopyDiffers}
	}
	return nil
}

// separatorOf is what the From_ line of a copy says: what that of the source
// says, else the envelope sender and the newest time of the message's own. The
// zero time stands for none.
func separatorOf(t *task) (from string, at time.Time) {
	from, at, known := evidence.ParseSeparator(t.msg.Separator)
	if m := &t.report.Message; from == "" && m.ReturnPath != nil {
		from = string(m.ReturnPath.Address)
	}
	if known {
		return from, at
	}
	times := []*report.Time{t.report.Message.Date}
	for i := range t.report.Route.Hops {
		times = append(times, t.report.Route.Hops[i].Time)
	}
	for i := len(times) - 1; i >= 0; i-- {
		if times[i] == nil {
			continue
		}
		if at, err := time.Parse(time.RFC3339Nano, string(times[i].Time)); err == nil {
			return from, at
		}
	}
	return from, time.Time{}
}

// close ends the mailbox, reads it back, and gives it its name when it is
// complete and holds what it must.
func (c *mboxCopier) close(complete bool) error {
	if !complete || c.count == 0 {
		return c.out.finish(false)
	}
	err := c.w.Close()
	if err == nil {
		err = c.out.Flush()
	}
	if err == nil {
		err = c.verify()
	}
	return errors.Join(err, c.out.finish(err == nil))
}

func (c *mboxCopier) verify() error {
	f, err := os.Open(c.out.temp)
	if err != nil {
		return err
	}
	defer f.Close()
	file, err := evidence.Read("copy.mbox", f, nil)
	if err != nil {
		return err
	}
	defer file.Close()
	sums, sum, n := sha256.New(), sha256.New(), 0
	for m, err := range file.Messages() {
		if err != nil {
			return err
		}
		sum.Reset()
		for piece := range m.Unquoted() {
			sum.Write(piece)
		}
		sums.Write(sum.Sum(nil))
		n++
	}
	if n != c.count || !bytes.Equal(sums.Sum(nil), c.sums.Sum(nil)) {
		return fmt.Errorf("%s was not made: read back, it does not give the same messages as its sources; a folder as target of --extract needs no From_ lines", c.out.path)
	}
	return nil
}
