//go:build linux || darwin || freebsd || netbsd || openbsd

package evidence

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// What is no file in a folder is told and not opened: reading a pipe would
// never end. A pipe that the caller named is read, as <(command) gives one, and
// so is a folder behind a link that he named.
func TestWalkIrregular(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "sub/a.eml", mail(1))
	pipe := filepath.Join(dir, "pipe")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	l, err := net.Listen("unix", filepath.Join(dir, "socket"))
	if err != nil {
		t.Skip(err)
	}
	defer l.Close()
	for name, to := range map[string]string{"file": "sub/a.eml", "loop": ".", "broken": "nowhere", "device": "/dev/zero"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	items, errs := walked(t, nil, dir)
	if len(items) != 1 || len(errs) != 6 {
		t.Errorf("%q %q", items, errs)
	}
	for _, e := range errs {
		if !strings.Contains(e, "not mail: not a regular file") {
			t.Errorf("another error: %s", e)
		}
	}
	if items, errs := walked(t, nil, filepath.Join(dir, "loop", "sub"), filepath.Join(dir, "file")); len(items) != 2 || len(errs) != 0 {
		t.Errorf("links that were named: %q %q", items, errs)
	}
	go func() { _ = os.WriteFile(pipe, zipOf(t, map[string]string{"b.eml": mail(2), "c.eml": mail(3)}), 0) }()
	if items, errs := walked(t, nil, pipe); len(items) != 2 || len(errs) != 0 {
		t.Errorf("a pipe that was named: %q %q", items, errs)
	}
}

// A folder that cannot be read is told, and the walk goes on behind it.
func TestWalkClosedFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "b.eml", mail(1))
	put(t, dir, "a/closed.eml", mail(2))
	if err := os.Chmod(filepath.Join(dir, "a"), 0); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(filepath.Join(dir, "a"), 0o700) // so that it can be removed
	if _, err := os.ReadDir(filepath.Join(dir, "a")); err == nil {
		t.Skip("nothing is closed to this user")
	}
	items, errs := walked(t, nil, dir)
	if len(items) != 1 || len(errs) != 1 || !strings.Contains(errs[0], "permission") {
		t.Errorf("%q %q", items, errs)
	}
}
