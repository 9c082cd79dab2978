package evidence

import (
	"cmp"
	"fmt"
	"io"
)

func (l Limits) depth() int   { return cmp.Or(max(l.Depth, 0), 4) }
func (l Limits) members() int { return cmp.Or(max(l.Members, 0), 10_000_000) }
func (l Limits) ratio() int   { return cmp.Or(max(l.Ratio, 0), 200) }

// freely is how many bytes an archive may hold whatever its own size.
const freely = 256 << 20

// meter compares what came out of one input with what went in, so that a few
// bytes cannot be made to fill a disk.
type meter struct {
	in, out int64
	members int
	ratio   int64
}

// newMeter is for an input of the size; -1 when it is not known: then what was
// read of it counts.
func (w *walker) newMeter(size int64) *meter {
	return &meter{in: max(size, 0), ratio: int64(w.opt.Limits.ratio())}
}

func (m *meter) countMember() int { m.members++; return m.members }

// counted adds what is read from r to what went in. What an archive inside
// another holds has come out of the outer one.
func (m *meter) counted(r io.Reader, depth int) io.Reader {
	if depth > 0 {
		return r
	}
	return countIn{m, r}
}

// metered adds what is read from r to what came out, and fails beyond the
// ratio.
func (m *meter) metered(r io.Reader) io.Reader { return countOut{m, r} }

type countIn struct {
	m *meter
	r io.Reader
}

func (c countIn) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.m.in += int64(n)
	return n, err
}

type countOut struct {
	m *meter
	r io.Reader
}

func (c countOut) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.m.out += int64(n)
	if c.m.out > freely && c.m.out/c.m.ratio > c.m.in {
		return 0, fmt.Errorf("%w: %d bytes came out of %d, more than %d times as many", ErrLimit, c.m.out, c.m.in, c.m.ratio)
	}
	return n, err
}
