package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

const letter = "From: Alice <alice@example.org>\nTo: bob@example.net\nDate: Wed, 1 May 2024 12:00:00 +0200\nSubject: letter %d\n\nHi\n"

// letters writes n messages, and an mbox of as many behind every tenth.
func letters(t testing.TB, n int) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	var box strings.Builder
	for i := range n {
		text := fmt.Sprintf(letter, i)
		path := filepath.Join(dir, fmt.Sprintf("%03d.eml", i))
		fmt.Fprintf(&box, "From a@example.org Wed May  1 12:00:00 2024\n%s\n", text)
		if i%10 == 9 {
			path, text = filepath.Join(dir, fmt.Sprintf("%03d.mbox", i)), box.String()
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func run(args []string, s Streams) int { return Run(context.Background(), args, s) }

// The results may not depend on how many messages are examined at once, nor
// on which of them is ready first.
func TestSameBytesForAnyJobs(t *testing.T) {
	paths := append(letters(t, 40), "missing.eml")
	var want string
	for _, jobs := range []string{"1", "2", "7", "64", "0"} {
		for _, format := range []string{"jsonl"} {
			var out, errs bytes.Buffer
			if code := run(append([]string{"-j", jobs, "--format", format}, paths...), Streams{Out: &out, Err: &errs}); code != exitSomeFailed {
				t.Fatalf("-j %s: exit code %d: %s", jobs, code, errs.String())
			}
			if want == "" {
				want = out.String()
			}
			if out.String() != want {
				t.Errorf("-j %s: other bytes", jobs)
			}
		}
	}
	if n := strings.Count(want, "\n"); n != 36+10+20+30+40 {
		t.Errorf("%d messages", n)
	}
}

// A timeline is sorted over all inputs, so neither the jobs nor which message
// is ready first can show in it; what differs in place is sorted by place.
func TestTimelineSameForAnyJobs(t *testing.T) {
	paths := letters(t, 40)
	var want string
	for _, jobs := range []string{"1", "3", "64"} {
		var out bytes.Buffer
		if code := run(append([]string{"timeline", "-j", jobs}, paths...), Streams{Out: &out, Err: io.Discard}); code != exitDone {
			t.Fatalf("-j %s: exit code %d", jobs, code)
		}
		if want == "" {
			want = out.String()
		}
		if out.String() != want {
			t.Errorf("-j %s: other bytes", jobs)
		}
	}
	if n := strings.Count(want, "\n"); n < 36+10+20+30+40 {
		t.Errorf("%d rows", n)
	}
}

// Several reports are one JSON array whose items are the single documents.
func TestJSONArray(t *testing.T) {
	paths := letters(t, 3)
	for _, command := range []string{"analyze", "headers", "parts", "route"} {
		var out bytes.Buffer
		if code := run(append([]string{command, "--json"}, paths...), Streams{Out: &out, Err: io.Discard}); code != 0 {
			t.Fatal(command, code)
		}
		var list []map[string]any
		if err := json.Unmarshal(out.Bytes(), &list); err != nil || len(list) != 3 {
			t.Fatal(command, len(list), err)
		}
		for i, path := range paths {
			var single bytes.Buffer
			run([]string{command, "--json", path}, Streams{Out: &single, Err: io.Discard})
			inner := "  " + strings.ReplaceAll(strings.TrimSuffix(single.String(), "\n"), "\n", "\n  ")
			if !strings.Contains(out.String(), inner) {
				t.Errorf("%s: item %d is not the single document, indented", command, i)
			}
		}
	}
}

// blocked is a pipe whose other end never writes.
type blocked struct{ begun chan struct{} }

func (b blocked) Read([]byte) (int, error) {
	close(b.begun)
	select {}
}

// An interrupt ends a run that waits for input, with its own exit code and
// without leaving half an output behind.
func TestInterrupt(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	in := blocked{make(chan struct{})}
	go func() {
		<-in.begun
		cancel()
	}()
	done := make(chan int, 1)
	go func() {
		done <- Run(ctx, []string{"-", "-o", filepath.Join(dir, "out")}, Streams{In: in, Out: io.Discard, Err: io.Discard})
	}()
	select {
	case code := <-done:
		if code != exitInterrupted {
			t.Errorf("exit code %d", code)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("still running")
	}
	if left, _ := os.ReadDir(dir); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// An interrupt is stronger than every other outcome.
func TestInterruptWins(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, args := range [][]string{{"missing.eml"}, {"--bogus"}, letters(t, 1)} {
		if code := Run(ctx, args, Streams{Out: io.Discard, Err: io.Discard}); code != exitInterrupted {
			t.Errorf("%v: exit code %d", args, code)
		}
	}
}

// brokenWriter fails after some bytes.
type brokenWriter struct {
	left int
	err  error
}

func (w *brokenWriter) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		return 0, w.err
	}
	return len(b), nil
}

// A reader that went away is no error worth a word; a full disk is.
func TestBrokenOutput(t *testing.T) {
	paths := letters(t, 60)
	for _, c := range []struct {
		err  error
		code int
		said string
	}{
		{&os.PathError{Op: "write", Path: "|1", Err: syscall.EPIPE}, exitDone, ""},
		{&os.PathError{Op: "write", Path: "out", Err: syscall.ENOSPC}, exitNothingDone, "emlcheck: error: " + syscall.ENOSPC.Error() + "\n"},
		{errors.New("odd"), exitNothingDone, "emlcheck: error: odd\n"},
	} {
		for _, left := range []int{0, 70_000} {
			var errs bytes.Buffer
			code := run(append([]string{"--jsonl", "-q"}, paths...), Streams{Out: &brokenWriter{left, c.err}, Err: &errs})
			if code != c.code || errs.String() != c.said {
				t.Errorf("%v after %d bytes: exit code %d, %q", c.err, left, code, errs.String())
			}
		}
	}
}

// ">> a.eml" must not write into the evidence.
func TestStandardOutputIsInput(t *testing.T) {
	path := letters(t, 1)[0]
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	before, _ := os.ReadFile(path)
	if code := run([]string{path}, Streams{Out: f, Err: io.Discard}); code != exitUsage {
		t.Errorf("exit code %d", code)
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the evidence was changed")
	}
}

// What cannot be read for lack of permission is an error like any other.
func TestUnreadable(t *testing.T) {
	path := letters(t, 1)[0]
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if f, err := os.Open(path); err == nil {
		f.Close()
		t.Skip("permissions do not hold for this user")
	}
	var errs bytes.Buffer
	if code := run([]string{path}, Streams{Out: io.Discard, Err: &errs}); code != exitNothingDone || !strings.Contains(errs.String(), "permission denied") {
		t.Errorf("exit code %d, %q", code, errs.String())
	}
}

// Help must fit a screen, and every line a window.
func TestHelpFits(t *testing.T) {
	app := testApp()
	texts := map[string]string{"emlcheck": rootHelp(app)}
	for _, c := range app.Commands {
		texts[c.Name] = commandHelp(app, c)
	}
	for name, text := range texts {
		if n := strings.Count(text, "\n"); n > 30 {
			t.Errorf("%s: %d lines", name, n)
		}
		for line := range strings.Lines(text) {
			if len(line) > 100 {
				t.Errorf("%s: long line %q", name, line)
			}
		}
	}
}

// The scripts must be right for their shell, and know every flag.
func TestCompletionScripts(t *testing.T) {
	app := testApp()
	for shell, script := range map[string]string{"bash": bashScript(app), "zsh": zshScript(app), "fish": fishScript(app), "powershell": powershellScript(app)} {
		for _, c := range app.Commands {
			for _, f := range append(c.Flags, app.Flags...) {
				if !c.Hidden && !strings.Contains(script, f.Names()[0]) {
					t.Errorf("%s does not know --%s", shell, f.Names()[0])
				}
			}
			if c.Hidden && strings.Contains(script, "'"+c.Name+"'") {
				t.Errorf("%s offers the hidden %s", shell, c.Name)
			}
		}
		path := filepath.Join(t.TempDir(), shell)
		if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := exec.LookPath(shell); err != nil || shell == "powershell" {
			continue
		}
		if out, err := exec.Command(shell, "-n", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", shell, err, out)
		}
	}
}

// The bash script, asked what it would offer.
func TestBashCompletion(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash")
	}
	for line, want := range map[string]string{
		"emlcheck ''":                  "analyze scan mailbox route verify capture timeline headers parts explain version completion",
		"emlcheck pa":                  "parts",
		"emlcheck --form":              "--format",
		"emlcheck parts --ext":         "--extract",
		"emlcheck headers --ext":       "",
		"emlcheck --format js":         "json jsonl",
		"emlcheck --format = js":       "json jsonl",
		"emlcheck timeline --format t": "timesketch tln",
		"emlcheck timeline --tr":       "--trusted-host --trusted-network",
		"emlcheck completion ''":       "bash zsh fish powershell",
		"emlcheck explain date.weekd":  "date.weekday-mismatch",
		"emlcheck -j 4 head":           "headers",
		"emlcheck a.eml ''":            "",
		"emlcheck -- --js":             "",
	} {
		ask := bashScript(testApp()) + "COMP_WORDS=(" + line + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _emlcheck; echo \"${COMPREPLY[*]}\"\n"
		cmd := exec.Command("bash", "--norc")
		cmd.Stdin = strings.NewReader(ask)
		out, err := cmd.CombinedOutput()
		if got := strings.TrimSpace(string(out)); err != nil || got != want {
			t.Errorf("%s: %q, want %q (%v)", line, got, want, err)
		}
	}
}

// The manual page names every command and flag, and no line of it is taken
// for a request by mistake.
func TestManPage(t *testing.T) {
	app := testApp()
	page := manPage(app)
	for _, c := range visibleCommands(app) {
		for _, want := range append([]string{".SS " + c.Name}, dashedAll(c.Flags)...) {
			if !strings.Contains(page, strings.ReplaceAll(want, "-", `\-`)) {
				t.Errorf("no %s", want)
			}
		}
	}
	for line := range strings.Lines(page) {
		if strings.HasPrefix(line, ".") && !strings.HasPrefix(line, ".TH") && !strings.HasPrefix(line, ".S") && !strings.HasPrefix(line, ".TP") && !strings.HasPrefix(line, ".B ") {
			t.Errorf("odd request %q", line)
		}
	}
}

// The whole course of one small message.
func BenchmarkRun(b *testing.B) {
	path := letters(b, 1)[0]
	b.ReportAllocs()
	for b.Loop() {
		if code := run([]string{path}, Streams{Out: io.Discard, Err: io.Discard}); code != 0 {
			b.Fatal(code)
		}
	}
}
