// Package evidence opens what an examiner was given and yields the messages in
// it with their provenance: which file, at which offset, behind which
// separator. It hands out stored bytes; it never changes them.
package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
)

// Container is the kind of thing a message was found in.
type Container string

// The containers that this version knows.
const (
	EML    Container = "eml"
	Mbox   Container = "mbox"
	Nested Container = "message" // nested in a part of another message
	TNEF   Container = "tnef"    // the content of a TNEF stream
	CMS    Container = "cms"     // the content of an opaque S/MIME part
)

// Errors that Open, Read and Guard return, possibly wrapped.
var (
	// ErrTooLarge: the input has more bytes than Options.MaxBytes.
	ErrTooLarge = errors.New("evidence: input larger than the limit")
	// ErrChanged: the file became shorter while it was read.
	ErrChanged = errors.New("evidence: file changed while it was read")
	// ErrNotRegular: the path is a directory or device.
	ErrNotRegular = errors.New("evidence: not a regular file")
)

// Options bounds the opening of evidence. nil means defaults.
type Options struct {
	// MaxBytes is the size of input accepted; 0 means no limit.
	MaxBytes int64 `json:"max_bytes"`
	// Single takes the whole input for one message even if it looks like an
	// mbox.
	Single bool `json:"single"`
}

// File is one opened piece of evidence. Its bytes stay valid until Close.
type File struct {
	// Path is the name it was opened under.
	Path string

	data  []byte
	unmap func() error // nil when data is ordinary memory
	opt   Options
}

// spoolAbove is the size up to which a stream is held in memory. A longer one
// goes to a temporary file without a name, so that memory stays bounded.
const spoolAbove = 32 << 20

// mapAbove is the size from which a file is mapped instead of read.
const mapAbove = 1 << 20

// Open opens the file at path. Regular files of over 1 MiB are mapped
// read-only; everything else is read like a stream.
func Open(path string, opt *Options) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%w: %s", ErrNotRegular, path)
	}
	if info.Mode().IsRegular() && info.Size() > mapAbove {
		return openMapped(f, path, info.Size(), opt)
	}
	return Read(path, f, opt)
}

// Read takes all of r as evidence called name. A stream of over 32 MiB is
// spooled to a temporary file that has no name while it exists.
func Read(name string, r io.Reader, opt *Options) (*File, error) {
	file := &File{Path: name}
	if opt != nil {
		file.opt = *opt
	}
	limit := file.opt.MaxBytes
	if limit > 0 {
		r = io.LimitReader(r, limit+1)
	}
	var head bytes.Buffer
	n, err := io.Copy(&head, io.LimitReader(r, spoolAbove+1))
	if err != nil {
		return nil, fmt.Errorf("evidence: reading %s: %w", name, err)
	}
	if limit > 0 && n > limit {
		return nil, fmt.Errorf("%w: %s", ErrTooLarge, name)
	}
	if n > spoolAbove {
		return spool(file, &head, r)
	}
	file.data = head.Bytes()
	return file, nil
}

func spool(file *File, head io.Reader, rest io.Reader) (*File, error) {
	tmp, err := os.CreateTemp("", "emlcheck-*")
	if err != nil {
		return nil, fmt.Errorf("evidence: %w", err)
	}
	defer tmp.Close()
	defer os.Remove(tmp.Name())
	n, err := io.Copy(tmp, io.MultiReader(head, rest))
	if err != nil {
		return nil, fmt.Errorf("evidence: reading %s: %w", file.Path, err)
	}
	return openMapped(tmp, file.Path, n, &file.opt)
}

func openMapped(f *os.File, path string, size int64, opt *Options) (*File, error) {
	file := &File{Path: path}
	if opt != nil {
		file.opt = *opt
	}
	if file.opt.MaxBytes > 0 && size > file.opt.MaxBytes {
		return nil, fmt.Errorf("%w: %s", ErrTooLarge, path)
	}
	data, unmap, err := mapFile(f, size)
	if err != nil {
		return nil, fmt.Errorf("evidence: %s: %w", path, err)
	}
	file.data, file.unmap = data, unmap
	return file, nil
}

// Close releases the evidence. Messages and all that aliases them end with it.
func (f *File) Close() error {
	unmap := f.unmap
	f.data, f.unmap = nil, nil
	if unmap == nil {
		return nil
	}
	return unmap()
}

// Message is one message and where it came from. It is a mimeparse.Source.
type Message struct {
	// Path is the name of the evidence.
	Path string
	// Container says what it was found in.
	Container Container
	// Index counts the messages of the container from 0.
	Index int
	// Offset is the message's first byte, behind the separator line.
	Offset int64
	// Separator is the mbox From_ line without its line break, if any.
	Separator string

	data   []byte
	mapped bool
	low    int
}

// Bytes are the stored bytes of the message.
func (m *Message) Bytes() []byte { return m.data }

// Release gives back the memory of [0, upTo) of a mapped file. The bytes can
// be read again afterwards.
func (m *Message) Release(upTo int) {
	if !m.mapped {
		return
	}
	if upTo < m.low {
		m.low = 0 // a new pass has begun
	}
	if upTo-m.low >= releaseStep || upTo == len(m.data) {
		releasePages(m.data[m.low:upTo])
		m.low = upTo
	}
}

const releaseStep = 4 << 20

// Messages yields the messages in input order. Every item is valid until the
// file is closed.
func (f *File) Messages() iter.Seq[*Message] {
	return func(yield func(*Message) bool) {
		if !f.isMbox() {
			yield(&Message{Path: f.Path, Container: EML, data: f.data, mapped: f.unmap != nil})
			return
		}
		index := 0
		for s := range splitMbox(f.data) {
			item := &Message{Path: f.Path, Container: Mbox, Index: index, Offset: int64(s.start), mapped: f.unmap != nil}
			item.Separator = string(bytes.TrimRight(f.data[s.from:s.start], "\r\n"))
			item.data = f.data[s.start:s.end:s.end]
			if !yield(item) {
				return
			}
			index++
		}
	}
}

// isMbox tells a mailbox from one message with a stray From_ line on top: the
// name says so, or a second separator follows.
func (f *File) isMbox() bool {
	ext := strings.ToLower(filepath.Ext(f.Path))
	if f.opt.Single || ext == ".eml" || !bytes.HasPrefix(f.data, []byte("From ")) {
		return false
	}
	if ext == ".mbox" || ext == ".mbx" {
		return true
	}
	n := 0
	for range splitMbox(f.data) {
		if n++; n == 2 {
			return true
		}
	}
	return false
}

// Guard runs fn over mapped evidence and turns the fault of a file that
// became shorter meanwhile into ErrChanged. Other panics pass through.
func Guard(fn func() error) (err error) {
	old := debug.SetPanicOnFault(true)
	defer debug.SetPanicOnFault(old)
	defer func() {
		if r := recover(); r != nil {
			if _, fault := r.(interface{ Addr() uintptr }); !fault {
				panic(r)
			}
			err = ErrChanged
		}
	}()
	return fn()
}
