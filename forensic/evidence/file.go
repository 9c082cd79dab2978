package evidence

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"
	"sync/atomic"

	"github.com/emlcheck/emlcheck/headers"
)

// File is one opened piece of evidence: a message or a mailbox. It is open
// for as long as anybody holds it: [File.Hold] and [File.Close].
type File struct {
	// Path and Member are the names it was opened under; see [Place].
	Path, Member string
	// Container is what its messages are found in.
	Container Container
	// Flags are those of the one message in it; see [Message].
	Flags string
	// Compression is how the bytes were stored; see [Message].
	Compression string
	// Size is the number of bytes, after decompression; -1 for a stream whose
	// end is not known.
	Size int64

	data    []byte    // everything, or the head of a stream
	base    int64     // where data stands in the container
	rest    io.Reader // what follows data in a stream; nil otherwise
	mapped  bool
	defects []headers.Defect
	// byLength: the messages of this mailbox are found by Content-Length.
	byLength bool
	// unquoted: whoever wrote this mailbox did not quote lines of the text.
	unquoted bool
	source   *Input // what it was opened as
	trouble  error  // ended the reading; what was read before it stands
	close    []func() error
	holders  atomic.Int32
	origin   os.FileInfo // of a regular file as it was opened
	opt      Options
}

// mapAbove is the size from which a file is mapped instead of read.
const mapAbove = 1 << 20

// Open opens the file at path: one message, or one mailbox. Its name may say
// that it is an emlx file or of a Maildir. A regular file of over 1 MiB is
// mapped read-only, everything else is read. Archives and folders are for
// [Walk].
func Open(path string, opt *Options) (*File, error) {
	in := &Input{Place: Place{Path: path, Index: -1}}
	in.name(path, folderOf(path))
	return openInput(in, opt)
}

// openFile opens what f holds. The file must stay open for as long as the
// result reads from it: when its rest is not nil.
func openFile(f *os.File, in *Input, opt *Options) (*File, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%w: %s", ErrNotRegular, in.Path)
	}
	file := newFile(in, opt)
	if !info.Mode().IsRegular() {
		return file.read(f, -1)
	}
	file.origin = info
	if limit := file.opt.MaxBytes; limit > 0 && info.Size() > limit {
		return nil, fmt.Errorf("%w: %s", ErrTooLarge, in.Place)
	}
	if canMap && info.Size() > mapAbove && !(in.Found && packedFile(f)) {
		if data, unmap, err := mapFile(f, info.Size()); err == nil {
			file.setMapped(data, unmap)
			return file, file.recognise()
		}
	}
	return file.read(f, info.Size())
}

// Read takes all of r as evidence called name: one message, or one mailbox. A
// mailbox is read as its messages are asked for; a single message of over
// 32 MiB is spooled to a temporary file that has no name while it exists.
func Read(name string, r io.Reader, opt *Options) (*File, error) {
	return newFile(&Input{Place: Place{Path: name, Index: -1}}, opt).read(r, -1)
}

func newFile(in *Input, opt *Options) *File {
	f := &File{Path: in.Path, Member: in.Member, Container: in.Container, Flags: in.Flags, Compression: in.compression, Size: -1, source: in}
	if opt != nil {
		f.opt = *opt
	}
	f.holders.Store(1)
	return f
}

func (f *File) setMapped(data []byte, unmap func() error) {
	f.data, f.mapped, f.Size = data, true, int64(len(data))
	f.close = append(f.close, unmap)
}

// headSize is how much of a stream is looked at before it is known what it is.
const headSize = 1 << 20

// spoolAbove is the size up to which one message of a stream is held in
// memory. A longer one goes to a temporary file without a name, so that memory
// stays bounded.
const spoolAbove = 32 << 20

// read takes in a stream whose size is a guess, or -1: all of it when it is
// short or one message, the head of it when it is a mailbox.
func (f *File) read(r io.Reader, size int64) (*File, error) {
	if f.opt.MaxBytes > 0 {
		r = &limited{r: r, left: f.opt.MaxBytes, at: f.place()}
	}
	var head bytes.Buffer
	head.Grow(int(min(max(size, 0), headSize)) + bytes.MinRead)
	n, err := io.Copy(&head, io.LimitReader(r, headSize+1))
	if err != nil && !f.keep(n, err) {
		return nil, f.failed(err)
	}
	f.data, f.rest = head.Bytes(), r
	if n <= headSize || err != nil {
		f.Size, f.rest = n, nil
	}
	if err := f.recognise(); err != nil || f.rest == nil || f.Container == Mbox {
		return f, err
	}
	return f, f.takeAll(r)
}

// keep reports whether what was read before the error is evidence all the
// same: the beginning of a damaged archive's member.
func (f *File) keep(n int64, err error) bool {
	if n == 0 || !errors.Is(err, ErrArchive) {
		return false
	}
	f.trouble = err
	return true
}

// takeAll takes in the rest of a stream that is one message.
func (f *File) takeAll(r io.Reader) error {
	data, unmap, err := spool(f.data, r)
	if err != nil && !f.keep(int64(len(data)), err) {
		return f.failed(err)
	}
	f.rest = nil
	f.data, f.Size = data, int64(len(data))
	if unmap != nil {
		f.setMapped(data, unmap)
	}
	f.unwrap()
	return nil
}

func (f *File) failed(err error) error {
	return fmt.Errorf("evidence: reading %s: %w", f.place(), err)
}

// name is the file's or member's own name, without folders.
func (f *File) name() string { return baseName(cmp.Or(f.Member, f.Path), f.Member != "") }

func (f *File) place() Place { return Place{Path: f.Path, Member: f.Member, Index: -1} }

// spool holds head and rest together, in memory or in a mapped file without a
// name.
func spool(head []byte, rest io.Reader) (data []byte, unmap func() error, err error) {
	mem := bytes.NewBuffer(head)
	n, err := io.Copy(mem, io.LimitReader(rest, int64(max(0, spoolAbove+1-len(head)))))
	if err != nil || int64(len(head))+n <= spoolAbove {
		return mem.Bytes(), nil, err
	}
	tmp, err := os.CreateTemp("", "emlcheck-*")
	if err != nil {
		return nil, nil, err
	}
	defer tmp.Close()
	defer os.Remove(tmp.Name())
	size, err := io.Copy(tmp, io.MultiReader(mem, rest))
	if err != nil && !errors.Is(err, ErrArchive) {
		return nil, nil, err
	}
	data, unmap, mapErr := mapFile(tmp, size)
	return data, unmap, cmp.Or(mapErr, err)
}

// limited is a reader that fails behind a number of bytes.
type limited struct {
	r    io.Reader
	left int64
	at   Place
}

func (l *limited) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	if l.left -= int64(n); l.left < 0 {
		return 0, fmt.Errorf("%w: %s", ErrTooLarge, l.at)
	}
	return n, err
}

// recognise finds out what the file is, by its surroundings, its bytes and its
// name. The error is [ErrNotMail].
func (f *File) recognise() error {
	if f.source.Found {
		if packed, err := f.lookInside(); packed || err != nil {
			return err
		}
	}
	switch {
	case f.Container != "":
	case f.isMbox():
		f.Container = Mbox
		f.byLength = sampleLengths(f.data, f.rest == nil)
		f.unquoted = sampleUnquoted(f.head(), f.byLength)
	default:
		f.Container = EML
	}
	if f.rest == nil {
		f.unwrap()
	}
	return nil
}

// unwrap takes the message out of what its container puts around it, and
// compares it with what the container says.
func (f *File) unwrap() {
	switch f.Container {
	case EMLX:
		f.unwrapEMLX()
	case Maildir:
		f.defects = append(f.defects, sizeDoubts(f.name(), f.data)...)
	}
}

// head is what a mailbox is recognised by: the same for a file as for a
// stream.
func (f *File) head() []byte { return f.data[:min(len(f.data), headSize)] }

// isMbox tells a mailbox from one message with a stray From_ line on top: the
// name says so, a second separator follows, or the message would be larger
// than what is looked at.
func (f *File) isMbox() bool {
	name := strings.ToLower(f.name())
	if f.opt.Single || strings.HasSuffix(name, ".eml") {
		return false
	}
	named := namesMailbox(name)
	head := f.head()
	top := topSeparator(head)
	switch {
	case len(head) == 0:
		return named
	case top < 0:
		return named && nextSeparator(head, 0, len(head)) >= 0
	case named || len(f.data) > headSize:
		return true
	}
	return nextSeparator(head, lineEnd(head, top), len(head)) >= 0
}

// Hold keeps the file open until one more Close.
func (f *File) Hold() { f.holders.Add(1) }

// Close releases the evidence when nobody else holds it. Messages and all that
// aliases them end with it.
func (f *File) Close() error {
	if f.holders.Add(-1) != 0 {
		return nil
	}
	return f.release()
}

func (f *File) release() error {
	f.data, f.rest = nil, nil
	var first error
	for _, c := range f.close {
		if err := c(); first == nil {
			first = err
		}
	}
	f.close = nil
	return first
}

// Changed compares the size of the file with that at its opening and returns
// [ErrChanged] when somebody has written to it meanwhile.
func (f *File) Changed() error {
	if f.origin == nil || f.Member != "" {
		return nil
	}
	now, err := os.Stat(f.Path)
	if err != nil || !os.SameFile(now, f.origin) || now.Size() == f.origin.Size() {
		return nil // a file that was replaced is not the one that was read
	}
	return fmt.Errorf("%w: it had %d bytes when it was opened and has %d now", ErrChanged, f.origin.Size(), now.Size())
}

// Trouble is what ended the reading early, or that somebody wrote to the file
// meanwhile; nil when all of it was read as it was opened. It has its place.
func (f *File) Trouble() error {
	if err := cmp.Or(f.trouble, f.Changed()); err != nil {
		return &PlaceError{Place: f.place(), Err: err}
	}
	return nil
}

// Messages yields the messages in input order. A message is valid until the
// file is closed, or for a stream until the next one. An error says
// what could not be read, with its place; iteration goes on where anything can
// still be had.
func (f *File) Messages() iter.Seq2[*Message, error] {
	return func(yield func(*Message, error) bool) {
		first := 0
		for p, err := range f.Pieces(Range{}) {
			if err != nil {
				yield(nil, err)
				return
			}
			for m, err := range p.Messages(first) {
				if !yield(m, err) {
					return
				}
			}
			first += p.count()
			p.Release()
		}
		if err := f.Trouble(); err != nil {
			yield(nil, err)
		}
	}
}
