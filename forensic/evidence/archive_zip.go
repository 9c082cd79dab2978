package evidence

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"strings"

	unzstd "github.com/klauspost/compress/zstd"
)

// zip yields the members of a zip in the order of its directory. That stands
// at the end, so a zip that comes as a stream is held first.
func (w *walker) zip(s *source) {
	at, size := s.at, s.size
	if at == nil {
		data, unmap, err := spool(nil, w.bounded(s))
		if err != nil {
			w.fail(s.Place, damaged(err))
			return
		}
		if unmap != nil {
			defer unmap()
		}
		at, size = bytes.NewReader(data), int64(len(data))
	}
	z, err := openZip(at, size, s.in)
	if err != nil {
		w.fail(s.Place, damaged(err))
		return
	}
	var un inflater
	for _, f := range z.File {
		if w.over(s) {
			return
		}
		w.zipMember(s, f, &un)
	}
}

// bounded is the source as a stream that may not be longer than any file.
func (w *walker) bounded(s *source) io.Reader {
	if w.opt.MaxBytes > 0 {
		return &limited{r: s.r, left: w.opt.MaxBytes, at: s.Place}
	}
	return s.r
}

// openZip reads the directory. It is held in memory at several times its size,
// so a directory that was itself decompressed is bounded by what went in.
func openZip(at io.ReaderAt, size, in int64) (*zip.Reader, error) {
	d := &directory{at: at, left: in + maxDirectory, bounded: true}
	z, err := zip.NewReader(d, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are never used as paths
		return nil, err
	}
	d.bounded = false
	return z, nil
}

// maxDirectory is the size of a directory that is accepted of any zip: that of
// about a million members.
const maxDirectory = 64 << 20

// directory is a zip of which no more than a number of bytes may be read as
// its directory.
type directory struct {
	at      io.ReaderAt
	left    int64
	bounded bool
}

func (d *directory) ReadAt(b []byte, off int64) (int, error) {
	n, err := d.at.ReadAt(b, off)
	if d.bounded {
		if d.left -= int64(n); d.left < 0 {
			return 0, fmt.Errorf("%w: the directory of a zip is longer than %d bytes", ErrLimit, maxDirectory)
		}
	}
	return n, err
}

// inflater decompresses members, one after the other.
type inflater struct{ deflate io.Reader }

// open returns the bytes of a member. Those of the standard library would not
// give the last ones of a member that has another size than the zip states.
func (u *inflater) open(f *zip.File) (io.Reader, error) {
	raw, err := f.OpenRaw()
	if err != nil {
		return nil, err
	}
	r := raw
	switch f.Method { // APPNOTE 4.4.5
	case zip.Store:
	case zip.Deflate:
		r = u.inflate(raw)
	case 12:
		r, _, err = decompress(bzip2, raw)
	case unzstd.ZipMethodWinZip, unzstd.ZipMethodPKWare:
		r, _, err = decompress(zstd, raw)
	default:
		err = fmt.Errorf("%w: method %d", zip.ErrAlgorithm, f.Method)
	}
	return &zipBytes{r: r, f: f}, err
}

// inflate takes up the working memory of the member before.
func (u *inflater) inflate(raw io.Reader) io.Reader {
	if z, ok := u.deflate.(flate.Resetter); ok && z.Reset(raw, nil) == nil {
		return u.deflate
	}
	u.deflate = flate.NewReader(raw)
	return u.deflate
}

// zipBytes compares the bytes of a member with what the directory states, and
// says so when all have been given.
type zipBytes struct {
	r   io.Reader
	f   *zip.File
	n   uint64
	sum uint32
}

func (z *zipBytes) Read(b []byte) (int, error) {
	n, err := z.r.Read(b)
	z.n += uint64(n)
	z.sum = crc32.Update(z.sum, crc32.IEEETable, b[:n])
	switch {
	case err != io.EOF:
	case z.n != z.f.UncompressedSize64:
		err = fmt.Errorf("%w: the directory states %d bytes, and %d came out", ErrArchive, z.f.UncompressedSize64, z.n)
	case z.sum != z.f.CRC32 && z.f.CRC32 != 0: // 0 is what some writers leave there
		err = zip.ErrChecksum
	}
	return n, err
}

// zipMember yields one entry of the directory.
func (w *walker) zipMember(s *source, f *zip.File, un *inflater) {
	at := s.Place
	at.Member = s.join(f.Name)
	switch {
	case strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0:
		return
	case !f.Mode().IsRegular() && !strings.HasSuffix(f.Name, "/"):
		w.irregular(s, f.Name, "not a regular file")
		return
	case f.Flags&1 != 0: // APPNOTE 4.4.4, general purpose bit 0
		w.fail(at, fmt.Errorf("%w: the member is encrypted", ErrArchive))
		return
	}
	r, err := un.open(f)
	if err != nil {
		w.fail(at, damaged(err))
		return
	}
	w.member(s, &member{name: f.Name, r: s.metered(r), size: int64(min(f.UncompressedSize64, 1<<62)), found: true})
}
