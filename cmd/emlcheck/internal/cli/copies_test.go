package cli

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// oddMessages are bodies that copying could spoil, with any line breaks.
func oddMessages(n int) [][]byte {
	words := []string{"From ", ">", ">>", "\n", "\r\n", "\n\n", "x", "From a@b.example Wed May  1 10:00:00 2024\n", "\r", "\x00\xff", "text\n"}
	rnd := rand.New(rand.NewPCG(3, 4))
	var all [][]byte
	for i := range n {
		b := fmt.Appendf(nil, "From: a%d@b.example\nSubject: odd %d\n\n", i, i)
		for range rnd.IntN(40) {
			b = append(b, words[rnd.IntN(len(words))]...)
		}
		all = append(all, append(b, '\n'))
	}
	return all
}

// digestsOf are what a scan says of the messages at the path, as they are
// without From-quoting, sorted: a folder has an order of its own.
func digestsOf(t *testing.T, path string) []string {
	t.Helper()
	var out, errs bytes.Buffer
	if code := run([]string{"scan", "--jsonl", "-q", path}, Streams{Out: &out, Err: &errs}); code != exitDone {
		t.Fatalf("%s: exit code %d: %s", path, code, errs.String())
	}
	var sums []string
	for d := json.NewDecoder(&out); ; {
		var r struct {
			Evidence struct {
				SHA256         string  `json:"sha256"`
				SHA256Unquoted *string `json:"sha256_unquoted"`
			} `json:"evidence"`
		}
		if err := d.Decode(&r); err == io.EOF {
			slices.Sort(sums)
			return sums
		} else if err != nil {
			t.Fatal(err)
		}
		if r.Evidence.SHA256Unquoted != nil {
			r.Evidence.SHA256 = *r.Evidence.SHA256Unquoted
		}
		sums = append(sums, r.Evidence.SHA256)
	}
}

// Copies are the same bytes as their sources, however often they are copied
// from one form into the other.
func TestExtractRoundTrip(t *testing.T) {
	dir := t.TempDir()
	var want []string
	first := filepath.Join(dir, "first")
	if err := os.Mkdir(first, 0o777); err != nil {
		t.Fatal(err)
	}
	for i, m := range oddMessages(300) {
		sum := sha256.Sum256(m)
		want = append(want, hex.EncodeToString(sum[:]))
		if err := os.WriteFile(filepath.Join(first, fmt.Sprintf("%03d.eml", i)), m, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(want)
	from := first
	for _, name := range []string{"1.mbox", "2.mbox", "3", "4.mbox"} {
		to := filepath.Join(dir, name)
		var errs bytes.Buffer
		if code := run([]string{"scan", from, "--extract", to}, Streams{Out: io.Discard, Err: &errs}); code != exitDone || strings.Contains(errs.String(), "line break") {
			t.Fatalf("%s: exit code %d: %s", name, code, errs.String())
		}
		if got := digestsOf(t, to); !slices.Equal(got, want) {
			t.Fatalf("%s: other digests", name)
		}
		from = to
	}
	one, _ := os.ReadFile(filepath.Join(dir, "2.mbox"))
	two, _ := os.ReadFile(filepath.Join(dir, "4.mbox"))
	if !bytes.Equal(one, two) || len(one) == 0 {
		t.Error("the same messages give another mailbox")
	}
}

// What cannot be copied as it is must be told, and the rest be copied.
func TestExtractWarnings(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"1.eml": "From someone\nFrom: a@b.example\nDate: Wed, 1 May 2024 12:00:00 +0200\n\ntext\n",
		"2.eml": "From: a@b.example\nDate: Wed, 1 May 2024 12:00:00 +0200\n\nno line break",
		"3.eml": "From: a@b.example\n\nno time\n",
		"4.eml": "Return-Path: <r@b.example>\nReceived: from h.example ([192.0.2.7]) by mx.example with ESMTP id y; Wed, 1 May 2024 10:00:01 +0000\nFrom: a@b.example\n\ntext\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	to := filepath.Join(t.TempDir(), "new.mbox")
	var errs bytes.Buffer
	if code := run([]string{"scan", dir, "--extract", to}, Streams{Out: io.Discard, Err: &errs}); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs.String())
	}
	for _, said := range []string{`1.eml#0@0: 1 header line that begins with "From "`, "2.eml#0@0: a line break was added", "3.eml#0@0: no time is known"} {
		if !strings.Contains(errs.String(), said) {
			t.Errorf("not said: %s\n%s", said, errs.String())
		}
	}
	got, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"From MAILER-DAEMON Wed May  1 10:00:00 2024\n>From someone\n", "\nno line break\n\n", "From MAILER-DAEMON Thu Jan  1 00:00:00 1970\n", "From r@b.example Wed May  1 10:00:01 2024\n"} {
		if !strings.Contains(string(got), line) {
			t.Errorf("no %q in\n%s", line, got)
		}
	}
}

// A mailbox under its own name is complete: neither an interrupt nor an output
// that breaks may leave half of one.
func TestExtractIsWholeOrNothing(t *testing.T) {
	paths := letters(t, 40)
	for name, stop := range map[string]func(cancel func()) io.Writer{
		"interrupted": func(cancel func()) io.Writer { return &afterWriter{20_000, cancel} },
		"output full": func(func()) io.Writer { return &brokenWriter{70_000, io.ErrShortWrite} },
	} {
		dir := t.TempDir()
		ctx, cancel := context.WithCancel(context.Background())
		code := Run(ctx, append([]string{"scan", "-q", "--jsonl", "--extract", filepath.Join(dir, "new.mbox")}, paths...), Streams{Out: stop(cancel), Err: io.Discard})
		cancel()
		if code != exitInterrupted && code != exitNothingDone {
			t.Errorf("%s: exit code %d", name, code)
		}
		if left, _ := os.ReadDir(dir); len(left) > 0 {
			t.Errorf("%s: left behind: %v", name, left)
		}
	}
}

// afterWriter calls a function behind some bytes.
type afterWriter struct {
	left int
	call func()
}

func (w *afterWriter) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		w.call()
	}
	return len(b), nil
}

// Targets that would make evidence of copies, or write over something.
func TestExtractRefused(t *testing.T) {
	dir := t.TempDir()
	mail := filepath.Join(dir, "mail")
	if err := errorsOf(os.MkdirAll(filepath.Join(mail, "sub"), 0o777), os.Mkdir(filepath.Join(dir, "other"), 0o777), os.WriteFile(filepath.Join(mail, "a.eml"), fmt.Appendf(nil, letter, 1), 0o666),
		os.WriteFile(filepath.Join(dir, "old.mbox"), nil, 0o666), os.Symlink(filepath.Join(mail, "sub"), filepath.Join(dir, "link"))); err != nil {
		t.Skip(err)
	}
	for _, c := range []struct{ said, flags string }{
		{"is inside", "--extract mail/new.mbox"},
		{"is inside", "--extract mail"},
		{"is inside", "--extract mail/sub/x/y"},
		{"is inside", "--extract link/x.mbox"},
		{"exists: it is not overwritten", "--extract old.mbox"},
		{"name the same file", "--extract new.mbox -o new.mbox"},
		{"name the same file", "--extract new.mbox -o mail/../new.mbox --force"},
		{"is inside", "--resume mail/j -o rows"},
		{"is inside", "--resume j -o mail/sub/rows"},
		{"are the same file", "--resume rows -o rows"},
		{"are the same file", "--resume rows.partial -o rows"},
		{"--extract cannot be resumed", "--extract x --resume j -o rows"},
		{"exists: it is not overwritten", "--resume j -o old.mbox"},
		{"is a folder or device", "--resume j -o other --force"},
		{"cannot write", "--resume none/j -o rows"},
	} {
		t.Chdir(dir)
		before := treeNames(t, dir)
		var errs bytes.Buffer
		if code := run(append([]string{"scan", "mail"}, strings.Fields(c.flags)...), Streams{Out: io.Discard, Err: &errs}); code != exitUsage || !strings.Contains(errs.String(), c.said) {
			t.Errorf("%s: exit code %d: %s", c.flags, code, errs.String())
		}
		if after := treeNames(t, dir); !slices.Equal(before, after) {
			t.Errorf("%s: %v, before %v", c.flags, after, before)
		}
	}
}

func treeNames(t *testing.T, dir string) []string {
	t.Helper()
	names := map[string]bool{}
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		names[path] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(names))
}

// The summary in its parts; a scan that was resumed tells its own rate.
func TestSummary(t *testing.T) {
	r := &scanRun{s: &session{}}
	r.tally = tally{Messages: 1, Shown: 1, Bytes: 1500000, Inputs: 1}
	if got := r.summary(time.Second); got != "1 message in 1 input, 1.5 MB, 1.0 s, 2 MB/s" {
		t.Error(got)
	}
	r.tally = tally{Messages: 8722, Shown: 5, Bytes: 106e6, Inputs: 1234567, Undated: 3, Findings: [4]int{12, 0, 1040, 1}}
	r.s.failed, r.s.passed, r.resumed = 2, 1003, 100e6
	want := "8,722 messages in 1,234,567 inputs, 106.0 MB, 2.0 s, 3 MB/s; 5 shown of 8,722; 3 messages without a readable date left out; findings: 12 high, 1,040 low, 1 info; 2 failed; 1,003 files passed over as no mail"
	if got := r.summary(2 * time.Second); got != want {
		t.Error(got)
	}
	if got := r.summary(0); !strings.Contains(got, "0.0 s, 6000 MB/s") {
		t.Error(got)
	}
}

// An empty mailbox is examined: there is an output, and nothing failed. A
// folder without mail is another matter.
func TestNothingInside(t *testing.T) {
	dir := t.TempDir()
	box, out := filepath.Join(dir, "empty.mbox"), filepath.Join(dir, "rows.csv")
	if err := errorsOf(os.WriteFile(box, nil, 0o666), os.Mkdir(filepath.Join(dir, "folder"), 0o777)); err != nil {
		t.Fatal(err)
	}
	if code := run([]string{"scan", "-q", "--format", "csv", "-o", out, box}, Streams{Err: io.Discard}); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if rows, err := os.ReadFile(out); err != nil || bytes.Count(rows, []byte("\n")) != 1 {
		t.Errorf("%q %v", rows, err)
	}
	if code := run([]string{"scan", "-q", filepath.Join(dir, "folder")}, Streams{Out: io.Discard, Err: io.Discard}); code != exitNothingDone {
		t.Errorf("exit code %d", code)
	}
}
