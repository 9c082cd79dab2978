package evidence

import (
	"archive/tar"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// tarBlock is the unit of a tar (POSIX.1-1988, ustar).
const tarBlock = 512

// tar yields the members of a tar, and of others that follow it in the same
// file, as they do on tapes and where archives were put together by cat.
func (w *walker) tar(s *source) {
	for w.oneTar(s) && w.behindTar(s) {
	}
}

// oneTar yields the members up to the end mark; false when it is not reached.
func (w *walker) oneTar(s *source) bool {
	in := &endMark{r: s.r}
	t := tar.NewReader(in)
	for !w.over(s) {
		h, err := t.Next()
		switch {
		case errors.Is(err, io.EOF):
			if in.zeros < 2*tarBlock {
				w.fail(s.Place, fmt.Errorf("%w: it has no end mark: what follows may be missing", ErrArchive))
				return false
			}
			return true
		case err != nil && !errors.Is(err, tar.ErrInsecurePath): // names are never used as paths
			w.fail(s.Place, damaged(err))
			return false
		}
		w.tarMember(s, h, t)
	}
	return false
}

// behindTar looks behind the end mark for another tar. Other bytes there are
// told: nothing else would show them.
func (w *walker) behindTar(s *source) bool {
	for !w.over(s) {
		block, err := s.r.Peek(tarBlock)
		switch {
		case len(block) == 0 && err == io.EOF:
			return false
		case len(block) == 0:
			w.fail(s.Place, damaged(err))
			return false
		case len(bytes.TrimLeft(block, "\x00")) == 0:
			_, _ = s.r.Discard(len(block)) // they are there
			continue
		case packingOf(block) == tarred:
			return true
		}
		w.fail(s.Place, fmt.Errorf("%w: bytes that are no tar stand behind its end mark", ErrArchive))
		return false
	}
	return false
}

// tarMember yields what one header stands for.
func (w *walker) tarMember(s *source, h *tar.Header, t io.Reader) {
	switch h.Typeflag {
	case tar.TypeReg, tar.TypeCont, tar.TypeGNUSparse:
		w.member(s, &member{name: h.Name, r: s.tarBytes(h, t), size: h.Size, found: true})
	case tar.TypeDir, tar.TypeXGlobalHeader:
	case tar.TypeLink, tar.TypeSymlink:
		w.irregular(s, h.Name, "a link to "+h.Linkname)
	default:
		w.irregular(s, h.Name, "not a regular file")
	}
}

// tarBytes are the bytes of a member. Holes of a sparse file come out of
// nothing, and count as what was decompressed.
func (s *source) tarBytes(h *tar.Header, t io.Reader) io.Reader {
	if h.Typeflag == tar.TypeGNUSparse {
		return s.metered(t)
	}
	for key := range h.PAXRecords {
		if strings.HasPrefix(key, "GNU.sparse.") {
			return s.metered(t)
		}
	}
	return intact{t}
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

// irregular tells a member that holds no bytes of its own.
func (w *walker) irregular(s *source, name, why string) {
	at := s.Place
	at.Member = s.join(name)
	w.fail(at, notMail(why))
}
