package cli

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// bigMailbox makes a mailbox whose scan takes a second or so.
func bigMailbox() []byte {
	var b bytes.Buffer
	for i := range 6000 {
		fmt.Fprintf(&b, "From a@b.example Wed May  1 10:00:%02d 2024\nReceived: from h%d.example ([192.0.2.%d]) by mx.example with ESMTP id x%d; Wed, 1 May 2024 10:00:%02d +0000\n", i%60, i, i%250, i, i%60)
		fmt.Fprintf(&b, "From: a%d@b.example\nTo: c@d.example\nSubject: number %d\nDate: Wed, 1 May 2024 10:00:%02d +0000\n\n%s\n", i, i, i%60, strings.Repeat("some text\n", i%300))
	}
	return b.Bytes()
}

// TestKilledAndResumed: whenever a scan is killed, the same command given again
// goes on, and in the end the output is that of one run: no message is missing,
// none is there twice.
func TestKilledAndResumed(t *testing.T) {
	if testing.Short() {
		t.Skip("takes several seconds")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "emlcheck.exe")
	if out, err := exec.Command("go", "build", "-o", program, "github.com/emlcheck/emlcheck/cmd/emlcheck").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	box := filepath.Join(dir, "box.mbox")
	if err := os.WriteFile(box, bigMailbox(), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"jsonl", "text"} {
		args := []string{"scan", "-q", "-j2", "--format", format, box}
		want, err := exec.Command(program, args...).Output()
		if err != nil {
			t.Fatal(err)
		}
		out, journal := filepath.Join(dir, "out."+format), filepath.Join(dir, "journal."+format)
		args = append(args, "-o", out, "--resume", journal)
		rnd := rand.New(rand.NewPCG(1, 2))
		for kills := 0; ; {
			cmd := exec.Command(program, args...)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			if kills < 10 {
				timer := time.AfterFunc(time.Duration(50+rnd.IntN(500))*time.Millisecond, func() { _ = cmd.Process.Kill() })
				err = cmd.Wait()
				if timer.Stop(); err != nil && !cmd.ProcessState.Exited() {
					kills++
					continue
				}
			} else {
				err = cmd.Wait()
			}
			if err != nil {
				t.Fatalf("%s: after %d kills: %v", format, kills, err)
			}
			break
		}
		got, err := os.ReadFile(out)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes, want %d (%v)", format, len(got), len(want), err)
		}
		if pathExists(journal) || pathExists(out+".partial") {
			t.Errorf("%s: something is left", format)
		}
	}
}

// A journal is of use to the very same scan alone: another input, other flags
// or a changed file must not be mixed into one output.
func TestJournalMatches(t *testing.T) {
	at := time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)
	one := func(change func(*journal)) *journal {
		j := &journal{Schema: journalSchema, Version: "1", Command: "c", Inputs: []journalInput{{"a", 1, at}, {"b", 2, at}}}
		change(j)
		return j
	}
	same := one(func(*journal) {})
	if err := same.matches(one(func(*journal) {})); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(*journal){
		"version": func(j *journal) { j.Version = "2" }, "flags": func(j *journal) { j.Command = "d" },
		"fewer inputs": func(j *journal) { j.Inputs = j.Inputs[:1] }, "another input": func(j *journal) { j.Inputs[1].Path = "c" },
		"size": func(j *journal) { j.Inputs[0].Size = 5 }, "time": func(j *journal) { j.Inputs[0].Modified = at.Add(1) },
	} {
		if err := same.matches(one(change)); err == nil {
			t.Errorf("%s: taken for the same scan", name)
		}
	}
}
