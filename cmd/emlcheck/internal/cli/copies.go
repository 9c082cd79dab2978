package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
)

// copier writes messages as they are somewhere else.
type copier interface {
	copy(*task) error
	close() error
}

// openCopier opens the target of --extract: a mailbox by its name, else a
// folder.
func (r *scanRun) openCopier() (copier, error) {
	if strings.HasSuffix(strings.ToLower(r.extract), ".mbox") {
		return r.openMboxCopier()
	}
	x, err := r.s.openExtractor(r.extract, "", r.paths, nil)
	if err != nil {
		return nil, err
	}
	return &folderCopier{x: &extraction{extractor: x, folder: ".", names: nameSet{}}}, nil
}

// folderCopier writes each message into a file of its own, without the
// From-quoting of a mailbox: what was sent, as far as it can be told.
type folderCopier struct{ x *extraction }

func (c *folderCopier) copy(t *task) error {
	name := path.Base(strings.ReplaceAll(label(t.msg.Path)+"/"+t.msg.Member, `\`, "/"))
	if t.msg.Member == "" {
		name = path.Base(strings.ReplaceAll(label(t.msg.Path), `\`, "/"))
	}
	file := c.x.names.unique(safeName(fmt.Sprintf("%s#%d.eml", strings.TrimSuffix(name, ".eml"), t.msg.Index)))
	data := t.msg.AppendUnquoted(nil)
	done, err := c.x.write(file, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
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

// unquotedSum is the digest that a copy without From-quoting must have.
func unquotedSum(r *forensic.Report) string {
	if r.Evidence.SHA256Unquoted != "" {
		return string(r.Evidence.SHA256Unquoted)
	}
	return r.Evidence.SHA256
}

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
		return errors.New("the written bytes differ from those of the report")
	}
	return nil
}

func (c *folderCopier) close() error { return c.x.root.Close() }

// mboxCopier writes the messages into a new mailbox.
type mboxCopier struct {
	s    *session
	out  *output
	w    *evidence.MboxWriter
	sums []string // that the mailbox must give back
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
	return &mboxCopier{s: r.s, out: out, w: evidence.NewMboxWriter(out)}, nil
}

func (c *mboxCopier) copy(t *task) error {
	from, at, known := separatorOf(t)
	if !known {
		c.s.warn(t.where() + ": no time is known: its From_ line in the new mailbox says 1970")
	}
	data := t.msg.AppendUnquoted(nil)
	whole, err := c.w.Write(from, at, data)
	if err != nil {
		return err
	}
	sum := unquotedSum(t.report)
	if !whole {
		c.s.warn(t.where() + ": a line break was added behind its last line: a mailbox cannot do without")
		both := sha256.Sum256(append(data, '\n'))
		sum = hex.EncodeToString(both[:])
	}
	c.sums = append(c.sums, sum)
	return nil
}

// separatorOf is what the From_ line of a copy says: what that of the source
// says, else the envelope sender and the message's own time.
func separatorOf(t *task) (from string, at time.Time, known bool) {
	from, at, known = evidence.ParseSeparator(t.msg.Separator)
	m := &t.report.Message
	if from == "" && m.ReturnPath != nil {
		from = string(m.ReturnPath.Address)
	}
	if from == "" || strings.ContainsAny(from, " \t\r\n") {
		from = "MAILER-DAEMON"
	}
	if known {
		return from, at, true
	}
	times := []*forensic.Time{m.Date}
	for i := range t.report.Route.Hops {
		times = append(times, t.report.Route.Hops[i].Time)
	}
	for i := len(times) - 1; i >= 0; i-- {
		if times[i] == nil {
			continue
		}
		if at, err := time.Parse(time.RFC3339Nano, string(times[i].Time)); err == nil {
			return from, at, true
		}
	}
	return from, time.Unix(0, 0).UTC(), false
}

// close ends the mailbox, reads it back, and gives it its name when it holds
// what it must.
func (c *mboxCopier) close() error {
	err := c.w.Close()
	if err == nil {
		err = c.out.Flush()
	}
	if err == nil {
		err = c.verify()
	}
	return errors.Join(err, c.out.finish(err == nil && len(c.sums) > 0))
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
	n := 0
	var buf []byte
	for m, err := range file.Messages() {
		if err != nil {
			return err
		}
		buf = m.AppendUnquoted(buf[:0])
		sum := sha256.Sum256(buf)
		if n >= len(c.sums) || c.sums[n] != hex.EncodeToString(sum[:]) {
			return fmt.Errorf("message %d of the new mailbox differs from its source", n)
		}
		n++
	}
	if n != len(c.sums) {
		return fmt.Errorf("the new mailbox gives back %d messages of %d", n, len(c.sums))
	}
	return nil
}
