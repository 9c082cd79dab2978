package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The line of progress in each of its states; how it is drawn and erased.
func TestProgress(t *testing.T) {
	p := &progress{total: 10e6, bytes: 5e6, messages: 3}
	if got := p.line(2 * time.Second); got != "5.0/10.0 MB, 3 messages, 2.5 MB/s, 2s left" {
		t.Error(got)
	}
	p.total = 0
	if got := p.line(2 * time.Second); got != "5.0 MB, 3 messages, 2.5 MB/s" {
		t.Error(got)
	}
	var out bytes.Buffer
	p.w, p.start = &out, time.Now()
	p.draw(p.start.Add(time.Second))
	width := p.width
	p.erase()
	p.erase()
	want := "\r5.0 MB, 3 messages, 5.0 MB/s\r" + strings.Repeat(" ", width) + "\r"
	if out.String() != want || width == 0 {
		t.Errorf("%q, want %q", out.String(), want)
	}
}

// The rate of a scan that was resumed is its own; a total that turns out too
// small is not shown.
func TestProgressResumed(t *testing.T) {
	p := &progress{total: 10e6, bytes: 8e6, before: 6e6, messages: 3}
	if got := p.line(2 * time.Second); got != "8.0/10.0 MB, 3 messages, 1.0 MB/s, 2s left" {
		t.Error(got)
	}
	p.bytes = 12e6
	if got := p.line(2 * time.Second); got != "12.0 MB, 3 messages, 3.0 MB/s" {
		t.Error(got)
	}
}

// The bytes to be read: files, what folders hold, also behind a link that was
// named; none when one of them cannot be known.
func TestTotalSize(t *testing.T) {
	dir := t.TempDir()
	box, sub, link := filepath.Join(dir, "a.mbox"), filepath.Join(dir, "sub"), filepath.Join(dir, "link")
	if err := errorsOf(os.WriteFile(box, make([]byte, 7), 0o666), os.Mkdir(sub, 0o777), os.WriteFile(filepath.Join(sub, "b"), make([]byte, 5), 0o666),
		os.Symlink(box, filepath.Join(sub, "c")), os.Symlink(sub, link)); err != nil {
		t.Skip(err)
	}
	never := make(chan struct{})
	for _, c := range []struct {
		paths []string
		want  int64
	}{
		{[]string{box}, 7}, {[]string{box, box}, 14}, {[]string{sub, box}, 12}, {[]string{link}, 5}, {[]string{dir}, 12},
		{[]string{box, "-"}, 0}, {[]string{box, os.DevNull}, 0}, {[]string{filepath.Join(dir, "none"), box}, 0}, {nil, 0},
	} {
		if got := totalSize(c.paths, never); got != c.want {
			t.Errorf("%v: %d, want %d", c.paths, got, c.want)
		}
	}
	if err := os.WriteFile(filepath.Join(sub, "d.ZIP"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if got := totalSize([]string{box, sub}, never); got != 0 {
		t.Errorf("with an archive: %d", got)
	}
}

// Progress belongs to a watched stderr, and never to a quick run.
func TestProgressIsShown(t *testing.T) {
	slow := func(args ...string) string {
		var errs bytes.Buffer
		r, w := io.Pipe()
		go func() {
			time.Sleep(progressAfter + 3*progressEvery)
			w.Close()
		}()
		run(append(args, "-"), Streams{In: r, Out: io.Discard, Err: &errs, ErrTTY: true})
		return errs.String()
	}
	if got := slow(); !strings.Contains(got, "0 messages") || strings.TrimRight(got[strings.LastIndexByte(got[:len(got)-1], '\r'):], "\r ") != "" && !strings.HasSuffix(got, "examine\n") {
		t.Errorf("auto: %q", got)
	}
	if got := slow("-q"); got != "" {
		t.Errorf("quiet: %q", got)
	}
	if got := slow("--progress", "never"); strings.Contains(got, "messages") {
		t.Errorf("never: %q", got)
	}
}
