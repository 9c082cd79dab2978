package evidence

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"path"
	"strings"
)

// source is an archive, or a compressed file, that is read in order.
type source struct {
	Place
	r     *bufio.Reader
	at    io.ReaderAt // of a file on disk; nil otherwise
	size  int64       // of a file on disk
	depth int         // in how many archives it stands
	found bool        // in a folder or in another archive
	*meter
}

// over reports whether the rest of an archive is left: nobody wants more, or
// a limit of its input is reached, which is told once.
func (w *walker) over(s *source) bool {
	if s.spent && !s.told {
		s.told = true
		w.fail(Place{Path: s.Path, Index: -1}, fmt.Errorf("%w: what follows behind member %d is left out", ErrLimit, min(s.members, w.opt.Limits.members())))
	}
	return s.spent || w.ended()
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

// compressed yields what a compressed file holds: one file, or an archive. A
// tar in it is one archive with it and has no name of its own.
func (w *walker) compressed(kind packing, s *source) {
	r, stated, err := decompress(kind, s.r)
	if err != nil {
		w.fail(s.Place, err)
		return
	}
	name := cmp.Or(stated, s.bareName())
	inner := *s
	inner.at, inner.r = nil, bufio.NewReaderSize(s.metered(r), sniffLen)
	switch kindIn := sniffArchive(inner.r); {
	case kindIn == tarred:
		w.archive(kindIn, &inner)
	case kindIn.unpacked():
		inner.Member, inner.depth = s.join(name), s.depth+1
		w.archive(kindIn, &inner)
	default:
		w.member(&inner, &member{name: name, r: inner.r, size: -1, found: s.found, compression: string(kind)})
	}
}

// ownName is the name of the file, or of the member that the source is.
func (s *source) ownName() string {
	name := cmp.Or(s.Member, s.Path)
	if i := strings.LastIndex(s.Member, "!/"); i >= 0 {
		name = name[i+len("!/"):]
	}
	return baseName(name, s.Member != "")
}

// bareName is the own name without the ending that says how the file is
// compressed; "" when the name has no such ending, so that it says nothing
// about what is within.
func (s *source) bareName() string {
	name := s.ownName()
	if !namesArchive(name) {
		return ""
	}
	return strings.TrimSuffix(name, path.Ext(name))
}

// join is the name of a member within the archive.
func (s *source) join(name string) string {
	switch {
	case s.Member == "":
		return name
	case name == "":
		return s.Member
	}
	return s.Member + "!/" + name
}

// member is one member of an archive, or what a compressed file holds.
type member struct {
	name        string // as stored
	r           io.Reader
	size        int64 // what the archive states; -1 for nothing
	found       bool  // false for what was named by the caller and compressed alone
	compression string
}

// member yields a member, or what is in it when it is an archive itself.
func (w *walker) member(s *source, m *member) {
	in := &Input{Place: s.Place, Size: m.size, Found: m.found, Streamed: true, compression: m.compression, meter: s.meter}
	in.Member = s.join(m.name)
	if m.found && isHousekeeping(baseName(m.name, true)) {
		return
	}
	if !s.countMember() {
		w.over(s)
		return
	}
	g := &gate{r: m.r}
	b := bufio.NewReaderSize(g, sniffLen)
	if kind := sniffArchive(b); kind.unpacked() && namesArchive(m.name) {
		w.archive(kind, &source{Place: in.Place, r: b, depth: s.depth + 1, found: m.found, meter: s.meter})
		return
	}
	name := strings.ReplaceAll(cmp.Or(m.name, s.ownName()), `\`, "/")
	in.name(name, folderOf(name))
	in.open = func() (*File, error) { return newFile(in, &w.opt).read(b, m.size) }
	w.give(in)
	g.closed = true
}
