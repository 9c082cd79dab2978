package evidence

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

const small = "From: a@example.org\nSubject: one\n\nbody\n"

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t *testing.T, path string, opt *Options) *File {
	t.Helper()
	f, err := Open(path, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func messages(f *File) (all []*Message) {
	for m := range f.Messages() {
		all = append(all, m)
	}
	return all
}

// An .eml is one message whose bytes are the file's, each of them: small files
// are read, large ones mapped, and neither way may change a byte.
func TestOpenKeepsEveryByte(t *testing.T) {
	odd := "From: a@example.org\r\nX: \x00\xff\r\r\n\r\nno line break at the end"
	for _, size := range []int{0, len(odd), mapAbove, mapAbove + 1, 3*mapAbove + 5} {
		data := bytes.Repeat([]byte(odd), size/len(odd)+1)[:size]
		f := open(t, write(t, "a.eml", data), nil)
		all := messages(f)
		if len(all) != 1 || !bytes.Equal(all[0].Bytes(), data) || all[0].Container != EML {
			t.Errorf("%d bytes: %d messages, not the file's bytes", size, len(all))
		}
	}
}

// A stream of over 32 MiB is spooled to a file: the bytes and the absence of
// leftovers count.
func TestReadSpools(t *testing.T) {
	data := bytes.Repeat([]byte("0123456789abcde\n"), spoolAbove/16+3)
	t.Setenv("TMPDIR", t.TempDir())
	f, err := Read("-", bytes.NewReader(data), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := messages(f)[0].Bytes(); !bytes.Equal(got, data) {
		t.Error("spooled bytes differ")
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Pages that were released must come back when they are read again: digests
// are taken in a later pass than the parse.
func TestReleaseLosesNothing(t *testing.T) {
	data := bytes.Repeat([]byte("The quick brown fox\r\n"), 1<<20)
	m := messages(open(t, write(t, "a.eml", data), nil))[0]
	for pass := range 2 {
		for at := 0; at < len(data); at += 1 << 20 {
			m.Release(at)
		}
		m.Release(len(data))
		if !bytes.Equal(m.Bytes(), data) {
			t.Fatalf("pass %d: bytes changed", pass)
		}
	}
}

// What cannot be read is an error of its kind, so that a caller can tell it.
func TestErrors(t *testing.T) {
	path := write(t, "a.eml", []byte(small))
	big := write(t, "b.eml", bytes.Repeat([]byte("x"), 2*mapAbove))
	limit := &Options{MaxBytes: 10}
	for _, c := range []struct {
		why  string
		open func() (*File, error)
		want error
	}{
		{"missing file", func() (*File, error) { return Open(path+".not", nil) }, os.ErrNotExist},
		{"directory", func() (*File, error) { return Open(filepath.Dir(path), nil) }, ErrNotRegular},
		{"small file over the limit", func() (*File, error) { return Open(path, limit) }, ErrTooLarge},
		{"mapped file over the limit", func() (*File, error) { return Open(big, limit) }, ErrTooLarge},
		{"stream over the limit", func() (*File, error) { return Read("-", strings.NewReader(small), limit) }, ErrTooLarge},
		{"stream that breaks off", func() (*File, error) { return Read("-", io.MultiReader(strings.NewReader(small), broken{}), nil) }, errBroken},
	} {
		if _, err := c.open(); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
	if _, err := Read("-", strings.NewReader(small), &Options{MaxBytes: int64(len(small))}); err != nil {
		t.Errorf("input of exactly the limit: %v", err)
	}
}

var errBroken = errors.New("broken")

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errBroken }

// A file that becomes shorter under the map must end in an error, not in a
// crash of the program.
func TestGuardShrunkFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no mapping there")
	}
	path := write(t, "a.eml", bytes.Repeat([]byte("x"), 4*mapAbove))
	m := messages(open(t, path, nil))[0]
	if err := os.Truncate(path, 10); err != nil {
		t.Fatal(err)
	}
	err := Guard(func() error {
		sum := 0
		for _, c := range m.Bytes() {
			sum += int(c)
		}
		if sum == 0 {
			t.Log(sum)
		}
		return nil
	})
	if !errors.Is(err, ErrChanged) {
		t.Errorf("got %v", err)
	}
}

// Guard hides nothing else: a programming error still panics.
func TestGuardPassesPanics(t *testing.T) {
	defer func() {
		if r := recover(); r != "mine" {
			t.Errorf("recovered %v", r)
		}
	}()
	_ = Guard(func() error { panic("mine") })
}
