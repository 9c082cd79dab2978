package capture

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/capture/packet"
	"github.com/emlcheck/emlcheck/forensic/capture/transcript"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// ErrFormat is returned, wrapped, for a file that is neither a capture nor a
// transcript that is known.
var ErrFormat = errors.New("capture: neither a network capture nor a transcript of a mail session")

// Capture is an opened capture or transcript.
type Capture struct {
	// File is what is known of it before any connection is read.
	File File
	// Info is what a capture states about itself; zero for a transcript.
	Info packet.Info

	opt    *Options
	src    io.ReadSeeker
	close  func() error
	script *transcript.Report
}

// IsCapture reports whether the beginning of a file is that of a network capture.
func IsCapture(head []byte) bool { return packet.IsCapture(head) }

// IsTranscript reports whether a text reads like the transcript of a mail session. A message may,
// too: bounces quote sessions.
func IsTranscript(head []byte) bool { return transcript.Detect(head) != "" }

// Open reads the file at path once, for its digest and to see whether it is whole.
// Errors are those of the file, and ErrFormat.
func Open(ctx context.Context, path string, opt *Options) (*Capture, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		defer f.Close()
		if err != nil {
			return nil, err
		}
		if info.IsDir() {
			return nil, fmt.Errorf("%s: %w: it is a folder", path, ErrFormat)
		}
		return Read(ctx, path, f, opt)
	}
	c, err := newCapture(ctx, path, f, opt)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	c.close = f.Close
	return c, nil
}

// Read is Open for a stream, which is kept in a temporary file while it is needed.
func Read(ctx context.Context, name string, r io.Reader, opt *Options) (*Capture, error) {
	f, err := os.CreateTemp("", "emlcheck-")
	if err != nil {
		return nil, err
	}
	clear := func() error { return errors.Join(f.Close(), os.Remove(f.Name())) }
	if _, err := io.Copy(f, withContext{ctx, r}); err != nil {
		return nil, errors.Join(err, clear())
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, errors.Join(err, clear())
	}
	c, err := newCapture(ctx, name, f, opt)
	if err != nil {
		return nil, errors.Join(err, clear())
	}
	c.close = clear
	return c, nil
}

// withContext ends a read when its context ends.
type withContext struct {
	ctx context.Context
	r   io.Reader
}

func (w withContext) Read(b []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.r.Read(b)
}

func newCapture(ctx context.Context, path string, src io.ReadSeeker, opt *Options) (*Capture, error) {
	if opt == nil {
		opt = &Options{}
	}
	c := &Capture{opt: opt, src: src, close: func() error { return nil }}
	c.File.Path = report.Raw(path)
	digest := sha256.New()
	counted := &counter{r: io.TeeReader(withContext{ctx, src}, digest)}
	r, err := packet.NewReader(counted, nil)
	switch {
	case errors.Is(err, packet.ErrFormat):
		err = c.openTranscript(ctx)
	case err == nil:
		err = c.survey(r)
	}
	if err != nil {
		return nil, err
	}
	if c.script == nil {
		if _, err := io.Copy(io.Discard, counted); err != nil { // what stands behind a cut
			return nil, err
		}
		c.File.SHA256 = hex.EncodeToString(digest.Sum(nil))
		c.File.Size = counted.n
	}
	return c, nil
}

// counter counts what is read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += int64(n)
	return n, err
}

// survey walks over the records of a capture.
func (c *Capture) survey(r *packet.Reader) error {
	if err := r.Walk(); err != io.EOF {
		return err
	}
	c.Info = r.Info()
	i, f := &c.Info, &c.File
	f.Format, f.Compression, f.Packets = i.Format, report.Stated(i.Compression), i.Packets
	var links []string
	for _, l := range i.Links {
		links = append(links, l.Name)
	}
	f.Link = report.Stated(strings.Join(links, ", "))
	f.Frames = frames(i)
	if i.Truncated != nil {
		f.Truncated = true
		f.Note = report.Stated(fmt.Sprintf("not whole: at byte %d %s", i.Truncated.Offset, i.Truncated.Detail))
	}
	return nil
}

// frames tells what a capture says of itself.
func frames(i *packet.Info) *Frames {
	f := &Frames{
		Backwards: i.Backwards, Segments: i.Segments, Snapped: i.Snapped, Fragments: i.Fragments, Unfinished: i.Unfinished,
		Skipped: []Skipped{}, FragmentConflicts: append([]int64{}, i.FragmentConflicts...), Interfaces: []Interface{}, Comments: []Comment{},
	}
	if i.First != packet.NoTime {
		f.First, f.Last = stamp(time.Unix(0, i.First).UTC()), stamp(time.Unix(0, i.Last).UTC())
	}
	for _, s := range i.Skipped {
		f.Skipped = append(f.Skipped, Skipped{s.Reason, s.Count})
	}
	for _, d := range i.Interfaces {
		f.Interfaces = append(f.Interfaces, Interface{
			report.Stated(d.Name), report.Stated(d.Description), report.Stated(d.Filter), report.Stated(d.OS), d.Link.Name, int64(d.SnapLen),
		})
	}
	for _, c := range i.Comments {
		out := Comment{Text: c.Text}
		if c.Packet > 0 {
			out.Packet = &c.Packet
		}
		f.Comments = append(f.Comments, out)
	}
	return f
}

// maxTranscript is how much of a transcript is read.
const maxTranscript = 64 << 20

// openTranscript reads a transcript at once: its lines are sorted into sessions. Of one that is too
// long the beginning counts, up to the end of a line; the digest is of the whole file.
func (c *Capture) openTranscript(ctx context.Context) error {
	if _, err := c.src.Seek(0, io.SeekStart); err != nil {
		return err
	}
	digest := sha256.New()
	all := &counter{r: io.TeeReader(withContext{ctx, c.src}, digest)}
	data, err := io.ReadAll(io.LimitReader(all, maxTranscript))
	if err != nil {
		return err
	}
	script, err := transcript.Read(data)
	if err != nil {
		return ErrFormat
	}
	if _, err := io.Copy(io.Discard, all); err != nil {
		return err
	}
	c.script = script
	f := &c.File
	f.SHA256, f.Size = hex.EncodeToString(digest.Sum(nil)), all.n
	f.Format, f.Dialect = "transcript", report.Stated(script.Dialect)
	for i := range script.Sessions {
		f.LineEndsAssumed = f.LineEndsAssumed || script.Sessions[i].LineEndsAssumed
	}
	f.PassedOver = script.PassedOver
	unread := script.Unread
	if unread < 0 && all.n > int64(len(data)) {
		unread = int64(len(data))
	}
	switch {
	case unread >= 0:
		f.Truncated, f.Note = true, report.Stated(fmt.Sprintf("too long: what stands from byte %d on was not read", unread))
	case script.Dialect == transcript.PacketList:
		f.Note = "a packet list shows the lines of a reply as one, and may cut them"
	case script.LongLines > 0:
		f.Truncated, f.Note = true, report.Stated(fmt.Sprintf("%d lines of over 1 MiB were not read to their ends", script.LongLines))
	}
	return nil
}

// Close gives up the file.
func (c *Capture) Close() error { return c.close() }

// Connections reads the connections, in the order of their first packets. What is
// yielded with an error is nil; iteration ends then. Errors are those of the file, of the context and
// of Options.Message.
func (c *Capture) Connections(ctx context.Context) iter.Seq2[*Connection, error] {
	return func(yield func(*Connection, error) bool) {
		f := newFollower(ctx, c, yield)
		var err error
		if c.script != nil {
			err = f.followScript(c.script)
		} else {
			err = f.followPackets()
		}
		if err = errors.Join(err, f.finish()); err != nil && !f.stopped { // finish also when it was stopped
			yield(nil, err)
		}
	}
}
