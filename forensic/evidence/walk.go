package evidence

import (
	"context"
	"iter"
)

// Input is something found below a path that may hold messages. It is not open
// yet.
type Input struct {
	// Place names it; Index is -1.
	Place
	// Container is what its surroundings say it is: Maildir, MH, EMLX; "" when
	// only its bytes can tell.
	Container Container
	// Flags are what its name or surroundings state; see [Message].
	Flags string
	// Size is the number of bytes on disk; -1 when unknown.
	Size int64
	// Found is true for what a folder or archive holds, false for what the
	// caller named. What was found and does not begin like mail is passed over.
	Found bool
	// Streamed: it must be opened before the iteration goes on, and its bytes
	// can be read only in order; for the members of archives.
	Streamed bool

	open func() (*File, error)
}

// Open opens the input. For one that was found and does not begin like a
// message or mailbox the error is [ErrNotMail].
func (in *Input) Open() (*File, error) { return in.open() }

// Walk yields what there is to open at and below the paths, in a fixed order:
// files as named, folders with all they hold, sorted by name, archives member
// by member. "-" is standard input. An error has its place (*[PlaceError]) and
// the iteration goes on behind it, except for that of ctx, which is the last.
func Walk(ctx context.Context, paths []string, opt *Options) iter.Seq2[*Input, error] {
	return func(yield func(*Input, error) bool) {
		for _, path := range paths {
			in := &Input{Place: Place{Path: path, Index: -1}, Size: -1}
			in.open = func() (*File, error) { return Open(path, opt) }
			if path == "-" {
				in.Streamed = true
				in.open = func() (*File, error) { return Read("-", opt.Stdin, opt) }
			}
			if ctx.Err() != nil || !yield(in, nil) {
				return
			}
		}
	}
}
