package evidence

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	bunzip2 "compress/bzip2"
	gunzip "compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	unzstd "github.com/klauspost/compress/zstd"
)

// source is an archive, or a compressed file, that is read in order.
type source struct {
	Place
	r     peekReader
	at    io.ReaderAt // of a file on disk; nil otherwise
	size  int64
	depth int
	found bool // a member of another archive
	*meter
}

type peekReader interface {
	io.Reader
	peeker
}

// archive yields the members of an archive.
func (w *walker) archive(kind packing, s *source) {
	if limit := w.opt.Limits.depth(); s.depth >= limit {
		w.fail(s.Place, fmt.Errorf("%w: more than %d archives in one another", ErrLimit, limit))
		return
	}
	switch kind {
	case zipped:
		w.zip(s)
	case tarred:
		w.tar(s)
	default:
		w.compressed(kind, s)
	}
}

// compressed yields what a compressed file holds: one file, or an archive.
func (w *walker) compressed(kind packing, s *source) {
	r, name, err := w.decompress(kind, s)
	if err != nil {
		w.fail(s.Place, err)
		return
	}
	inner := *s
	inner.at, inner.r, inner.depth = nil, bufio.NewReaderSize(r, sniffLen), s.depth+1
	if kind := sniffArchive(inner.r); kind == tarred {
		w.archive(kind, &inner)
		return
	} else if kind != "" {
		inner.Member = s.join(name)
		w.archive(kind, &inner)
		return
	}
	w.member(s, name, inner.r, -1, s.found)
}

// decompress opens a compressed stream. name is that of the file in it: the
// stated one, or the outer name without its ending.
func (w *walker) decompress(kind packing, s *source) (r io.Reader, name string, err error) {
	name = bareName(s)
	in := canceled{w.ctx, s.counted(s.r, s.depth)}
	switch kind {
	case gzip:
		var z *gunzip.Reader
		if z, err = gunzip.NewReader(in); err == nil {
			r = z
			if z.Name != "" {
				name = z.Name
			}
		}
	case bzip2:
		r = bunzip2.NewReader(in)
	default:
		r, err = unzstd.NewReader(in, unzstd.WithDecoderConcurrency(1), unzstd.WithDecoderMaxWindow(maxWindow), unzstd.WithDecoderLowmem(true))
	}
	if err != nil {
		return nil, "", damaged(err)
	}
	return s.metered(intact{r}), name, nil
}

// maxWindow is how far back a zstd stream may refer: all of it is held.
const maxWindow = 32 << 20

// bareName is the file's or member's own name without the ending that says how
// it is compressed.
func bareName(s *source) string {
	name := s.Member
	if name == "" {
		name = strings.ReplaceAll(s.Path, `\`, "/")
	}
	if i := strings.LastIndex(name, "!/"); i >= 0 {
		name = name[i+2:]
	}
	name = path.Base(name)
	if ext := path.Ext(name); namesArchive(name) && len(ext) < len(name) {
		name = strings.TrimSuffix(name, ext)
	}
	return name
}

// tar yields the members of a tar.
func (w *walker) tar(s *source) {
	in := &endMark{r: canceled{w.ctx, s.counted(s.r, s.depth)}}
	t := tar.NewReader(in)
	for !w.ended() {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			if in.zeros < 1024 {
				w.fail(s.Place, fmt.Errorf("%w: it has no end mark: what follows may be missing", ErrArchive))
			}
			return
		}
		if err != nil {
			w.fail(s.Place, damaged(err))
			return
		}
		if h.Typeflag == tar.TypeReg {
			w.member(s, h.Name, s.metered(intact{t}), h.Size, true)
		}
	}
}

// endMark counts the zero bytes at the end of what was read: a tar ends in two
// blocks of them (POSIX.1-1988, ustar).
type endMark struct {
	r     io.Reader
	zeros int
}

func (e *endMark) Read(b []byte) (int, error) {
	n, err := e.r.Read(b)
	rest := bytes.TrimRight(b[:n], "\x00")
	if len(rest) > 0 {
		e.zeros = 0
	}
	e.zeros += n - len(rest)
	return n, err
}

// zip yields the members of a zip in the order of its directory. That stands
// at the end, so a zip that comes as a stream is held first.
func (w *walker) zip(s *source) {
	at, size := s.at, s.size
	if at == nil {
		data, unmap, err := spool(nil, canceled{w.ctx, s.r})
		if err != nil {
			w.fail(s.Place, damaged(err))
			return
		}
		if unmap != nil {
			defer unmap()
		}
		at, size = bytes.NewReader(data), int64(len(data))
		if s.depth == 0 {
			s.in += size
		}
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		w.fail(s.Place, damaged(err))
		return
	}
	for _, f := range z.File {
		if w.ended() {
			return
		}
		if f.Mode().IsRegular() && !strings.HasSuffix(f.Name, "/") {
			w.zipMember(s, f)
		}
	}
}

func (w *walker) zipMember(s *source, f *zip.File) {
	at := s.Place
	at.Member = s.join(f.Name)
	if isHousekeeping(path.Base(f.Name)) {
		return
	}
	if f.Flags&1 != 0 { // APPNOTE 4.4.4, general purpose bit 0
		w.fail(at, fmt.Errorf("%w: the member is encrypted", ErrArchive))
		return
	}
	r, err := f.Open()
	if err != nil {
		w.fail(at, damaged(err))
		return
	}
	defer r.Close()
	w.member(s, f.Name, s.metered(intact{canceled{w.ctx, r}}), int64(min(f.UncompressedSize64, 1<<62)), true)
}

// member yields one member. size is what the archive states, or -1. What was
// compressed alone and named by the caller is examined whatever it is.
func (w *walker) member(s *source, name string, r io.Reader, size int64, found bool) {
	in := &Input{Place: s.Place, Size: size, Found: found, Streamed: true}
	in.Member = s.join(name)
	if isHousekeeping(path.Base(name)) {
		return
	}
	if limit := w.opt.Limits.members(); s.countMember() > limit {
		w.fail(in.Place, fmt.Errorf("%w: more than %d members", ErrLimit, limit))
		w.stopped = true
		return
	}
	b := bufio.NewReaderSize(r, sniffLen)
	if kind := sniffArchive(b); kind != "" && namesArchive(name) {
		w.archive(kind, &source{Place: in.Place, r: b, depth: s.depth + 1, found: found, meter: s.meter})
		return
	}
	in.Container, in.Flags = kindOfName(name, folderOf(name))
	in.open = func() (*File, error) { return newFile(in, &w.opt).read(b, size) }
	w.give(in)
}

// folderOf is the kind of folder that a member's path states.
func folderOf(name string) Container {
	switch path.Base(path.Dir(name)) {
	case "cur", "new", "tmp":
		return Maildir
	}
	return ""
}

// join is the name of a member within the archive.
func (s *source) join(name string) string {
	if s.Member == "" {
		return name
	}
	return s.Member + "!/" + name
}

// intact turns the errors of damaged data into ErrArchive.
type intact struct{ r io.Reader }

func (i intact) Read(b []byte) (int, error) {
	n, err := i.r.Read(b)
	if err != nil && err != io.EOF {
		err = damaged(err)
	}
	return n, err
}

// damaged wraps an error in ErrArchive, unless it says something else already.
func damaged(err error) error {
	for _, known := range []error{ErrArchive, ErrLimit, ErrTooLarge} {
		if errors.Is(err, known) {
			return err
		}
	}
	return fmt.Errorf("%w: %w", ErrArchive, err)
}
