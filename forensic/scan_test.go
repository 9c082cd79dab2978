package forensic_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
)

// mailbox makes an mbox of n messages; every hundredth is longer than a piece.
func mailbox(n int) []byte {
	var b bytes.Buffer
	for i := range n {
		fmt.Fprintf(&b, "From a%d@b.example Tue Jul  1 10:52:37 2003\nFrom: a%d@b.example\nTo: c@d.example\nSubject: number %d\nDate: Tue, 1 Jul 2003 10:52:%02d +0000\n\n", i, i, i, i%60)
		size := 3000
		if i%100 == 57 {
			size = 1<<20 + 1<<19
		}
		b.WriteString(strings.Repeat("body of some words\n", size/19))
		b.WriteString("\n>From the desk\n\n")
	}
	return b.Bytes()
}

func write(t *testing.T, name string, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

// scanned is one line for each message of a scan: its report.
func scanned(t *testing.T, paths []string, opt *forensic.ScanOptions) (lines []string, next []forensic.Position) {
	t.Helper()
	for s, err := range forensic.Scan(context.Background(), paths, opt) {
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(s.Report)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
		next = append(next, s.Next)
	}
	return lines, next
}

// The reports and their order must not depend on the number of workers, on
// pieces, or on whether the mailbox is a file or a stream.
func TestScanIsOneSequence(t *testing.T) {
	data := mailbox(700)
	path := write(t, "m.mbox", data)
	var want []string
	for r, err := range forensic.AnalyzeFile(context.Background(), path, nil) {
		if err != nil {
			t.Fatal(err)
		}
		line, _ := json.Marshal(r)
		want = append(want, string(line))
	}
	if len(want) != 700 {
		t.Fatalf("%d messages", len(want))
	}
	for _, jobs := range []int{1, 2, 7} {
		got, _ := scanned(t, []string{path}, &forensic.ScanOptions{Jobs: jobs})
		if !slices.Equal(got, want) {
			t.Errorf("%d jobs: other reports than from one", jobs)
		}
		got, _ = scanned(t, []string{"-"}, &forensic.ScanOptions{Jobs: jobs, Stdin: bytes.NewReader(data)})
		for i := range got {
			got[i] = strings.Replace(got[i], `"path":"-"`, `"path":"`+path+`"`, 1)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d jobs: other reports from a stream", jobs)
		}
	}
}

// A scan that goes on behind any message gives the rest, with the same
// indexes: this is what a journal rests on.
func TestScanGoesOn(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for i, n := range []int{3, 400, 1, 2} {
		path := filepath.Join(dir, fmt.Sprintf("%d.mbox", i))
		if err := os.WriteFile(path, mailbox(n), 0o666); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	all, next := scanned(t, paths, nil)
	for _, i := range []int{0, 2, 3, 56, 57, 58, 200, 402, 403, 404, 405} {
		got, _ := scanned(t, paths, &forensic.ScanOptions{Start: next[i]})
		if !slices.Equal(got, all[i+1:]) {
			t.Errorf("behind message %d: %d reports, want %d", i, len(got), len(all)-i-1)
		}
	}
}

// An empty message ends where it begins, and yet a scan goes on behind it.
func TestScanGoesOnBehindNothing(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"a.eml": "", "b.eml": "From: x@y.example\n\nx\n", "c.eml": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	all, next := scanned(t, []string{dir}, nil)
	for i := range all {
		if got, _ := scanned(t, []string{dir}, &forensic.ScanOptions{Start: next[i]}); !slices.Equal(got, all[i+1:]) {
			t.Errorf("behind message %d: %d reports, want %d", i, len(got), len(all)-i-1)
		}
	}
}

// Ranges that a plan gives make up the whole, whoever scans them.
func TestScanRanges(t *testing.T) {
	path := write(t, "m.mbox", mailbox(500))
	want, _ := scanned(t, []string{path}, nil)
	for _, n := range []int{1, 2, 3, 8, 1000} {
		file, err := evidence.Open(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		ranges, err := file.Plan(n)
		file.Close()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range ranges {
			lines, _ := scanned(t, []string{path}, &forensic.ScanOptions{Range: r})
			got = append(got, lines...)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d ranges: %d reports, want %d", n, len(got), len(want))
		}
	}
}

// A range of several inputs has no meaning and must not be guessed at.
func TestScanRangeNeedsOnePath(t *testing.T) {
	for _, err := range forensic.Scan(context.Background(), []string{"a", "b"}, &forensic.ScanOptions{Range: evidence.Range{Length: 1}}) {
		if err == nil {
			t.Error("no error")
		}
		return
	}
	t.Error("nothing yielded")
}

// A scan that is left early, or whose context ends, comes back at once and
// lets its workers end.
func TestScanEndsEarly(t *testing.T) {
	path := write(t, "m.mbox", mailbox(300))
	for range 20 {
		n := 0
		for _, err := range forensic.Scan(context.Background(), []string{path}, nil) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n == 5 {
				break
			}
		}
		ctx, cancel := context.WithCancel(context.Background())
		var last error
		for _, err := range forensic.Scan(ctx, []string{path, path}, nil) {
			cancel()
			last = err
		}
		cancel()
		if !errors.Is(last, context.Canceled) {
			t.Fatalf("the last error is %v", last)
		}
	}
}

// A reader that never gives anything must not keep a scan that was told to end.
func TestScanEndsWhileReading(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	started := make(chan struct{})
	go func() {
		<-started
		cancel()
	}()
	for _, err := range forensic.Scan(ctx, []string{"-"}, &forensic.ScanOptions{Stdin: silent{started}}) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}

// silent says that it is being read, and then nothing.
type silent struct{ started chan struct{} }

func (s silent) Read([]byte) (int, error) {
	close(s.started)
	select {}
}

// What the function of one message reports as an error stands in its place,
// and a panic takes only that message.
func TestScanKeepsGoing(t *testing.T) {
	path := write(t, "m.mbox", mailbox(40))
	var got []string
	for s, err := range forensic.ScanEach(context.Background(), []string{path}, nil, func(m *evidence.Message, _ *forensic.Report) (int, error) {
		switch m.Index {
		case 3:
			return 0, errors.New("no place for it")
		case 5:
			panic("a fault")
		}
		return m.Index * 2, nil
	}) {
		if err != nil {
			got = append(got, err.Error())
		} else if s.Value != 2*s.Message.Index {
			t.Errorf("message %d has the value %d", s.Message.Index, s.Value)
		}
	}
	if len(got) != 2 || !strings.Contains(got[0], "#3@") || !strings.Contains(got[1], "#5@") || !strings.Contains(got[1], "a fault") {
		t.Errorf("errors: %q", got)
	}
}

// A file that becomes shorter while it is mapped must not end the process.
func TestScanShrinkingFile(t *testing.T) {
	path := write(t, "m.mbox", mailbox(2000))
	var failed error
	n := 0
	for _, err := range forensic.Scan(context.Background(), []string{path}, &forensic.ScanOptions{Jobs: 2}) {
		if n++; n == 1 {
			if err := os.Truncate(path, 4096); err != nil {
				t.Fatal(err)
			}
		}
		if err != nil {
			failed = err
		}
	}
	if !errors.Is(failed, evidence.ErrChanged) {
		t.Errorf("got %v, want ErrChanged", failed)
	}
}

// A mailbox that grows is examined as it was opened, and the growth is told.
func TestScanGrowingFile(t *testing.T) {
	for _, size := range []int{10, 900} {
		path := write(t, "m.mbox", mailbox(size))
		var failed error
		n := 0
		for s, err := range forensic.Scan(context.Background(), []string{path}, &forensic.ScanOptions{Jobs: 1}) {
			if s != nil {
				n++
			}
			if n == 1 && s != nil {
				f, _ := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
				f.WriteString("From x@y Tue Jul  1 10:52:37 2003\n")
				f.Close()
			}
			if err != nil {
				failed = err
			}
		}
		if n != size {
			t.Errorf("%d messages, want %d", n, size)
		}
		if size == 900 && !errors.Is(failed, evidence.ErrChanged) {
			t.Errorf("got %v, want ErrChanged", failed)
		}
	}
}
