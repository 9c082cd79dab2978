package evidence

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
)

// Input is something found at or below a path that may hold messages. It is
// not open yet.
type Input struct {
	// Place names it; Index is -1.
	Place
	// Container is what its surroundings say it is: Maildir, MH, EMLX; "" when
	// only its bytes can tell.
	Container Container
	// Flags are what its name states; see [Message].
	Flags string
	// Size is the number of bytes on disk; -1 when unknown.
	Size int64
	// Found is true for what a folder or archive holds, false for what the
	// caller named. What was found and does not begin like mail is passed over.
	Found bool
	// Streamed: it must be opened, and its messages or pieces be taken to their
	// end, before the iteration goes on: what follows is read from the same
	// stream. So are the members of archives. One that is not opened, or not
	// read to its end, is skipped.
	Streamed bool

	// certain: its name and folder leave no doubt that it is a message, so that
	// it need not begin like one.
	certain     bool
	compression string
	ctx         context.Context // ends decompression under way; nil for none
	meter       *meter          // of the archive that it stands in; nil for none
	open        func() (*File, error)
}

// Open opens the input, which can be done once for a streamed one. For one
// that was found and does not begin like a message or mailbox the error is
// [ErrNotMail].
func (in *Input) Open() (*File, error) {
	f, err := in.open()
	if err != nil {
		return nil, placedAt(in.Place, err)
	}
	return f, nil
}

// placedAt gives an error the place it belongs to.
func placedAt(at Place, err error) error {
	if _, has := err.(*PlaceError); has {
		return err
	}
	return &PlaceError{Place: at, Err: err}
}

// Walk yields what there is to open at and below the paths, in a fixed order:
// files as named, folders with all they hold, sorted by name, archives member
// by member. "-" is standard input. An error has its place (*[PlaceError]) and
// the iteration goes on behind it, until ctx ends.
//
// Links are followed and pipes read only when the caller named them. Archives
// and compressed files are known by their bytes; in a folder or archive only
// those whose names say so are looked into, and a file that was compressed
// alone is decompressed by [Input.Open] whatever its name. Nothing is written
// but temporary files without names.
func Walk(ctx context.Context, paths []string, opt *Options) iter.Seq2[*Input, error] {
	return func(yield func(*Input, error) bool) {
		w := &walker{ctx: ctx, yield: yield}
		if opt != nil {
			w.opt = *opt
		}
		for _, path := range paths {
			if w.ended() {
				return
			}
			w.named(path)
		}
	}
}

// walker is a walk under way.
type walker struct {
	ctx     context.Context
	opt     Options
	yield   func(*Input, error) bool
	stopped bool
}

// ended reports whether nobody wants more.
func (w *walker) ended() bool { return w.stopped || w.ctx.Err() != nil }

func (w *walker) give(in *Input) {
	if !w.ended() && !w.yield(in, nil) {
		w.stopped = true
	}
}

func (w *walker) fail(at Place, err error) {
	if !w.ended() && !w.yield(nil, placedAt(at, err)) {
		w.stopped = true
	}
}

// named yields what the caller named.
func (w *walker) named(path string) {
	at := Place{Path: path, Index: -1}
	if path == "-" {
		if w.opt.Stdin == nil {
			w.fail(at, fmt.Errorf("evidence: no standard input: %w", fs.ErrNotExist))
			return
		}
		w.stream(at, w.opt.Stdin)
		return
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		w.fail(at, fmt.Errorf("evidence: %w", err))
	case info.IsDir():
		w.folder(path, false)
	case !info.Mode().IsRegular():
		w.device(at)
	default:
		in := &Input{Place: at, Size: info.Size()}
		in.name(path, folderOf(path))
		w.file(in, true)
	}
}

// device yields what comes out of a pipe or device.
func (w *walker) device(at Place) {
	f, err := os.Open(at.Path)
	if err != nil {
		w.fail(at, fmt.Errorf("evidence: %w", err))
		return
	}
	defer f.Close()
	w.stream(at, f)
}

// stream yields what is piped in, which may be an archive, too.
func (w *walker) stream(at Place, r io.Reader) {
	m := newMeter(w.ctx, 0, w.opt.Limits)
	b := bufio.NewReaderSize(canceled{w.ctx, m.counted(r)}, sniffLen)
	if kind := sniffArchive(b); kind.unpacked() {
		w.archive(kind, &source{Place: at, r: b, meter: m})
		return
	}
	in := &Input{Place: at, Size: -1, Streamed: true}
	g := &gate{r: b}
	in.open = func() (*File, error) { return newFile(in, &w.opt).read(g, -1) }
	w.give(in)
	g.closed = true
}

// file yields a regular file, or the members of an archive. look says that it
// may be one: a file that was found is looked into only when its name says so.
func (w *walker) file(in *Input, look bool) {
	if look && w.archiveFile(in) {
		return
	}
	in.ctx = w.ctx
	in.open = func() (*File, error) { return openInput(in, &w.opt) }
	w.give(in)
}

// archiveFile yields the members of the file if it is an archive.
func (w *walker) archiveFile(in *Input) bool {
	f, err := os.Open(in.Path)
	if err != nil {
		w.fail(in.Place, fmt.Errorf("evidence: %w", err))
		return true
	}
	defer f.Close()
	r := bufio.NewReaderSize(canceled{w.ctx, f}, sniffLen)
	kind := sniffArchive(r)
	if !kind.unpacked() {
		return false
	}
	w.archive(kind, &source{Place: in.Place, r: r, at: f, size: in.Size, found: in.Found, meter: newMeter(w.ctx, in.Size, w.opt.Limits)})
	return true
}

// openInput opens a file on disk. It may be mapped, and become shorter while
// it is looked at.
func openInput(in *Input, opt *Options) (file *File, err error) {
	f, err := os.Open(in.Path)
	if err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	err = Guard(func() (err error) {
		file, err = openFile(f, in, opt)
		return err
	})
	if err != nil || file.rest == nil {
		_ = f.Close() // it was only read; a mapping outlives it
		return file, err
	}
	file.close = append(file.close, f.Close)
	return file, nil
}

func notMail(why string) error { return fmt.Errorf("%w: %s", ErrNotMail, why) }
