package evidence

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

func (l Limits) depth() int   { return cmp.Or(max(l.Depth, 0), 4) }
func (l Limits) members() int { return cmp.Or(max(l.Members, 0), 10_000_000) }
func (l Limits) ratio() int   { return cmp.Or(max(l.Ratio, 0), 200) }

// freely is how many bytes an archive may hold whatever its own size.
const freely = 256 << 20

// meter compares what was decompressed from one input with what went in, so
// that a few bytes cannot be made to fill a disk. It ends with its context.
type meter struct {
	ctx     context.Context
	in, out int64
	members int
	bombs   int
	limits  Limits
	// spent: what follows in this input is left out; told: that was said.
	spent, told bool
}

// newMeter is for an input of the size; 0 when it is not known: then what is
// read of it counts.
func newMeter(ctx context.Context, size int64, limits Limits) *meter {
	return &meter{ctx: ctx, in: size, limits: limits}
}

// countMember counts a member; false says that it is one too many.
func (m *meter) countMember() bool {
	m.members++
	m.spent = m.spent || m.members > m.limits.members()
	return m.members <= m.limits.members()
}

// allowed is how many bytes may come out.
func (m *meter) allowed() int64 {
	ratio := int64(m.limits.ratio())
	if m.in > (1<<62)/ratio {
		return 1 << 62
	}
	return max(freely, m.in*ratio) >> m.bombs
}

// exceeded is the error for more than may come out. The members that follow
// are read with half of the allowance: a bomb among messages must not hide
// them, and many bombs together must not be worth more than two.
func (m *meter) exceeded() error {
	err := fmt.Errorf("%w: more than %d bytes came out of %d", ErrLimit, m.allowed(), m.in)
	m.bombs++
	m.out = 0
	m.spent = m.spent || m.bombs >= maxBombs
	return err
}

// maxBombs is how many members may exceed the limit before the rest of their
// archive is left out.
const maxBombs = 8

// counted adds what is read from r to what went in.
func (m *meter) counted(r io.Reader) io.Reader { return countIn{m, r} }

// metered adds what is read from r, which decompresses, to what came out, and
// fails beyond the limit. Errors of damaged data become ErrArchive.
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
	if err := c.m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(b)
	c.m.out += int64(n)
	if c.m.out > c.m.allowed() {
		return 0, c.m.exceeded()
	}
	if err != nil && err != io.EOF {
		err = damaged(err)
	}
	return n, err
}

// damaged wraps an error in ErrArchive, unless it says something else already:
// that a limit is reached, nobody wants more, or the file cannot be read.
func damaged(err error) error {
	for _, known := range []error{ErrArchive, ErrLimit, ErrTooLarge, errGone, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return err
		}
	}
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrArchive, err)
}

// canceled is a reader that ends with the context.
type canceled struct {
	ctx context.Context
	r   io.Reader
}

func (c canceled) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(b)
}

// errGone: a member was opened, or read on, behind its step of the iteration.
var errGone = errors.New("evidence: the iteration has gone on behind this member")

// gate is a reader that is closed when the step of its member ends: what
// follows belongs to another.
type gate struct {
	r      io.Reader
	closed bool
}

func (g *gate) Read(b []byte) (int, error) {
	if g.closed {
		return 0, errGone
	}
	return g.r.Read(b)
}
