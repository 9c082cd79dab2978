package cli

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
)

// manyMessages makes a mailbox of n messages.
func manyMessages(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, "From a@b.example Wed May  1 10:00:%02d 2024\nReceived: from h%d.example ([192.0.2.%d]) by mx.example with ESMTP id x%d; Wed, 1 May 2024 10:00:%02d +0000\n", i%60, i, i%250, i, i%60)
		fmt.Fprintf(&b, "From: a%d@b.example\nTo: c@d.example\nSubject: number %d\nDate: Wed, 1 May 2024 10:00:%02d +0000\n\n%s\n", i, i, i%60, strings.Repeat("some text\n", i%300))
	}
	return b.Bytes()
}

// mixedInputs are inputs of every kind that a scan can go on in: mailboxes, one
// of them by length, folders with empty messages and what is no mail, archives
// with a mailbox in them.
func mixedInputs(t *testing.T) []string {
	dir := t.TempDir()
	put := func(name string, data []byte) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	box, one := manyMessages(5), []byte(fmt.Sprintf(letter, 7))
	lengths := bytes.Repeat([]byte("From a@b.example Wed May  1 10:00:00 2024\nFrom: a@b.example\nContent-Length: 16\n\nFrom x\nFrom y\n12\n\n"), 3)
	for name, data := range map[string][]byte{
		"maildir/cur/1.a:2,S": one, "maildir/cur/2.a:2,": nil, "maildir/new/3.a": one, "maildir/tmp/4.a": one,
		"folder/a.eml": one, "folder/b.txt": []byte("a note"), "folder/c/d.mbox": box, "folder/e.eml": nil, "folder/f.bin": {1, 2}, "folder/g.eml": one,
	} {
		put(name, data)
	}
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, name := range []string{"a.eml", "b.mbox", "c.txt", "d.eml"} {
		w, err := z.Create(name)
		if err == nil && strings.HasSuffix(name, ".mbox") {
			_, err = w.Write(box)
		} else if err == nil && name != "c.txt" {
			_, err = w.Write(one)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return []string{
		put("1.mbox", box), put("2.mbox", lengths), put("empty.eml", nil), filepath.Join(dir, "folder"), put("3.zip", packed.Bytes()),
		filepath.Join(dir, "maildir"), put("4.tar.gz", tarOf(t, "x/box.mbox", box)), put("5.mbox", nil), put("6.mbox", manyMessages(2)),
	}
}

func tarOf(t *testing.T, name string, data []byte) []byte {
	var b bytes.Buffer
	g := gzip.NewWriter(&b)
	w := tar.NewWriter(g)
	err := w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(data)), Format: tar.FormatPAX})
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err == nil {
		err = g.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// stop says how a run ends before its time.
type stop struct {
	after int // messages
	// killed: nothing more is done, and the journal was saved at that many
	// messages for the last time; else the run is interrupted in good order.
	killed  bool
	savedAt int
	// lost bytes at the end of the output were not written any more.
	lost int
}

// runUntil runs a scan until it is stopped; nil lets it come to its end.
func runUntil(t *testing.T, paths []string, format, dir string, at *stop) *scanRun {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s := &session{Streams: Streams{Out: io.Discard, Err: io.Discard, Getenv: func(string) string { return "" }}, ctx: ctx}
	s.cfg = settings{jobs: 2, format: format, failOn: forensic.Severity("medium").Rank(), output: filepath.Join(dir, "out"), digests: forensic.DigestsMinimal}
	switch format {
	case "jsonl": // messages without a date are left out, and counted
		s.cfg.filter.since = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	case "text": // of the empty messages, which decide the exit code, one is left
		s.cfg.filter.terms = []term{{"path", "!~", "empty.eml"}, {"path", "!~", "e.eml"}}
	}
	r := &scanRun{s: s, started: time.Now(), paths: paths, journal: filepath.Join(dir, "journal")}
	if err := r.open(); err != nil {
		t.Fatal(err)
	}
	n := 0
	err := s.examine(paths, r.print, func(t *task) error {
		if at != nil && n == at.after {
			cancel()
			return ctx.Err()
		}
		n++
		err := r.message(t)
		if at != nil && at.killed && n == at.savedAt && err == nil {
			err = r.keeper.save()
		}
		r.keeper.saved = time.Now() // saved at no other time
		return err
	})
	if at != nil && at.killed && ctx.Err() != nil {
		r.die(t, at)
		return r
	}
	if err := r.finish(err); err != nil && ctx.Err() == nil {
		t.Fatal(err)
	}
	return r
}

// die leaves what a killed process leaves.
func (r *scanRun) die(t *testing.T, at *stop) {
	t.Helper()
	if err := r.out.Flush(); err != nil {
		t.Fatal(err)
	}
	size, err := r.out.file.Seek(0, io.SeekCurrent)
	if err == nil {
		err = r.out.file.Truncate(max(r.keeper.now.Output, size-int64(at.lost)))
	}
	if err == nil {
		err = r.out.file.Close()
	}
	if err == nil { // half a journal
		err = os.WriteFile(r.keeper.temp(), []byte(`{"schema":"emlch`), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Wherever a scan is stopped, in whatever input, the same scan goes on there:
// in the end the output and all that the summary counts are those of one run.
func TestStoppedAnywhere(t *testing.T) {
	paths := mixedInputs(t)
	for _, format := range []string{"text", "csv", "jsonl"} {
		dir := t.TempDir()
		whole := runUntil(t, paths, format, dir, nil)
		want, err := os.ReadFile(filepath.Join(dir, "out"))
		if err != nil || whole.tally.Messages < 30 || whole.s.passed == 0 {
			t.Fatal(whole.tally, whole.s.passed, err)
		}
		for k := range whole.tally.Messages {
			for _, at := range []stop{{after: k}, {after: k, killed: true, savedAt: k}, {after: k, killed: true, savedAt: k / 2}, {after: k, killed: true, savedAt: k - 1, lost: 5}} {
				dir := t.TempDir()
				runUntil(t, paths, format, dir, &at)
				r := runUntil(t, paths, format, dir, nil)
				got, err := os.ReadFile(filepath.Join(dir, "out"))
				if err != nil || !bytes.Equal(got, want) {
					t.Fatalf("%s %+v: %d bytes, want %d: %v\n%s", format, at, len(got), len(want), err, got)
				}
				if got, want := r.keeper.now.Tally, whole.keeper.now.Tally; got != want || want.Flagged == (format == "jsonl") || want.Passed == 0 || (want.Undated > 0) != (format == "jsonl") {
					t.Fatalf("%s %+v: counted %+v, want %+v", format, at, got, want)
				}
				checkLeft(t, dir)
			}
		}
	}
}

// checkLeft: nothing but the output is left when a scan is done.
func checkLeft(t *testing.T, dir string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		// A half journal of a killed run is written over by the next that gets so far.
		if name := e.Name(); name != "out" && name != "box.mbox" && !strings.HasPrefix(name, "emlcheck") {
			t.Fatalf("%s is left", name)
		}
	}
}

// Killed between the last steps, when everything is written, the run needs only
// to be given its name.
func TestKilledAtTheEnd(t *testing.T) {
	paths := mixedInputs(t)
	ready := t.TempDir()
	runUntil(t, paths, "csv", ready, nil)
	want, err := os.ReadFile(filepath.Join(ready, "out"))
	if err != nil {
		t.Fatal(err)
	}
	for name, leave := range map[string]func(out, partial string) error{
		"not named": func(_, partial string) error { return os.WriteFile(partial, want, 0o666) },
		"linked": func(out, partial string) error {
			return errorsOf(os.WriteFile(out, want, 0o666), os.Link(out, partial))
		},
		"named, the journal not taken": func(out, _ string) error { return os.WriteFile(out, want, 0o666) },
	} {
		dir := t.TempDir()
		r := runUntil(t, paths, "csv", dir, &stop{after: 3}) // for its journal
		k := r.keeper
		k.now.Done, k.now.Output = true, int64(len(want))
		if err := errorsOf(os.Remove(k.partial), k.write(), leave(filepath.Join(dir, "out"), k.partial)); err != nil {
			t.Fatal(err)
		}
		args := []string{"scan", "--format", "csv", "--fail-on", "medium", "-o", filepath.Join(dir, "out"), "--resume", filepath.Join(dir, "journal")}
		var errs bytes.Buffer
		if code := run(append(args, paths...), Streams{Out: io.Discard, Err: &errs}); code != exitDone && code != exitFindings {
			t.Errorf("%s: exit code %d: %s", name, code, errs.String())
		}
		if got, err := os.ReadFile(filepath.Join(dir, "out")); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, want %d: %v", name, len(got), len(want), err)
		}
		checkLeft(t, dir)
	}
}

func errorsOf(list ...error) error {
	for _, err := range list {
		if err != nil {
			return err
		}
	}
	return nil
}

// What does not belong to the scan is refused, and nothing of it is touched.
func TestResumeRefused(t *testing.T) {
	paths := mixedInputs(t)
	folder := paths[3]
	for name, c := range map[string]struct {
		change func(dir string) error
		flags  []string
		said   string
	}{
		"other flags":     {nil, []string{"--where", "from~a"}, "flags that change the output are different"},
		"other digests":   {nil, []string{"--digests", "all"}, "flags that change the output are different"},
		"other zone":      {nil, []string{"--tz", "+02:00"}, "flags that change the output are different"},
		"other threshold": {nil, []string{"--fail-on", "low"}, "flags that change the output are different"},
		"other input":     {nil, []string{paths[0]}, "the inputs are different"},
		"a new file":      {func(string) error { return os.WriteFile(filepath.Join(folder, "c/new.eml"), nil, 0o666) }, nil, folder + " has changed since"},
		"touched":         {func(string) error { return os.Chtimes(paths[0], time.Time{}, time.Unix(1e9, 0)) }, nil, paths[0] + " has changed since"},
		"no output":       {func(dir string) error { return os.Remove(filepath.Join(dir, "out.partial")) }, nil, "out.partial is not what the journal says"},
		"short output":    {func(dir string) error { return os.Truncate(filepath.Join(dir, "out.partial"), 10) }, nil, "out.partial is not what the journal says"},
		"output exists":   {func(dir string) error { return os.WriteFile(filepath.Join(dir, "out"), nil, 0o666) }, nil, "out exists: it is not overwritten"},
		"no journal":      {func(dir string) error { return os.Remove(filepath.Join(dir, "journal")) }, nil, "out.partial exists: it is not overwritten"},
		"bad journal":     {func(dir string) error { return os.WriteFile(filepath.Join(dir, "journal"), []byte("{}"), 0o666) }, nil, "it is no journal of a scan"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			runUntil(t, paths, "csv", dir, &stop{after: 6})
			if c.change != nil {
				if err := c.change(dir); err != nil {
					t.Fatal(err)
				}
			}
			before := snapshot(t, dir)
			args := append([]string{"scan", "--format", "csv", "-o", filepath.Join(dir, "out"), "--resume", filepath.Join(dir, "journal")}, paths...)
			if !slices.Contains(c.flags, "--fail-on") {
				args = append(args, "--fail-on", "medium")
			}
			var errs bytes.Buffer
			if code := run(append(args, c.flags...), Streams{Out: io.Discard, Err: &errs}); code != exitUsage || !strings.Contains(errs.String(), c.said) {
				t.Errorf("exit code %d: %s", code, errs.String())
			}
			if after := snapshot(t, dir); after != before {
				t.Errorf("before:\n%s\nafter:\n%s", before, after)
			}
		})
	}
}

// snapshot is what a folder holds.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range list {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %q\n", e.Name(), data)
	}
	return b.String()
}

// A journal is of use to the very same scan alone: another input, other flags
// or a changed file must not be mixed into one output.
func TestJournalMatches(t *testing.T) {
	at := time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)
	one := func(change func(*journal)) *journal {
		j := &journal{Schema: journalSchema, Version: "1", Command: "c", Inputs: []journalInput{{Path: "a", Size: 1, Modified: at}, {Path: "b", Size: 2, Modified: at}}}
		change(j)
		return j
	}
	same := one(func(*journal) {})
	again := new(journal)
	data, err := json.Marshal(same)
	if err == nil {
		err = json.Unmarshal(data, again)
	}
	if err != nil || same.matches(again) != nil {
		t.Error(err, same.matches(again))
	}
	for name, change := range map[string]func(*journal){
		"version": func(j *journal) { j.Version = "2" }, "flags": func(j *journal) { j.Command = "d" },
		"fewer inputs": func(j *journal) { j.Inputs = j.Inputs[:1] }, "another input": func(j *journal) { j.Inputs[1].Path = "c" },
		"size": func(j *journal) { j.Inputs[0].Size = 5 }, "time": func(j *journal) { j.Inputs[0].Modified = at.Add(1) },
		"folder": func(j *journal) { j.Inputs[0].Tree = "x" },
	} {
		if err := same.matches(one(change)); err == nil {
			t.Errorf("%s: taken for the same scan", name)
		}
	}
}

// The digest of a folder must change with each file in it, and only then.
func TestTreeDigest(t *testing.T) {
	dir := t.TempDir()
	seen := map[string]string{treeDigest(dir): "empty"}
	for _, c := range []struct {
		name   string
		change func() error
	}{
		{"a file", func() error { return os.WriteFile(filepath.Join(dir, "a"), nil, 0o666) }},
		{"longer", func() error { return os.WriteFile(filepath.Join(dir, "a"), []byte("x"), 0o666) }},
		{"a folder", func() error { return os.Mkdir(filepath.Join(dir, "b"), 0o777) }},
		{"a file in it", func() error { return os.WriteFile(filepath.Join(dir, "b", "a"), nil, 0o666) }},
		{"touched", func() error { return os.Chtimes(filepath.Join(dir, "b", "a"), time.Time{}, time.Unix(1e9, 7)) }},
		{"a link", func() error { return os.Symlink("b", filepath.Join(dir, "c")) }},
		{"renamed", func() error { return os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "aa")) }},
	} {
		if err := c.change(); err != nil {
			t.Skip(err)
		}
		sum := treeDigest(dir)
		if as, ok := seen[sum]; ok || sum != treeDigest(dir) {
			t.Errorf("%s: the same as %s", c.name, as)
		}
		seen[sum] = c.name
	}
	if treeDigest(filepath.Join(dir, "b")) != treeDigest(filepath.Join(dir, "c")) {
		t.Error("a link to a folder is not looked behind")
	}
}
