package cli

import (
	"bytes"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"
)

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
	if err := os.WriteFile(box, manyMessages(6000), 0o666); err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, format := range []string{"jsonl", "text"} {
		args := []string{"scan", "-q", "-j2", "--format", format, box}
		want, err := exec.Command(program, args...).Output()
		if err != nil {
			t.Fatal(err)
		}
		out := filepath.Join(dir, "out")
		args = append(args, "-o", out, "--resume", filepath.Join(dir, "journal"))
		kills := 0
		for {
			done := killAt(t, program, args, out+".partial", kills, rnd)
			if done {
				break
			}
			kills++
		}
		got, err := os.ReadFile(out)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes after %d kills, want %d (%v)", format, len(got), kills, len(want), err)
		}
		if kills < 10 {
			t.Errorf("%s: done after %d kills", format, kills)
		}
		checkLeft(t, dir)
		if err := os.Remove(out); err != nil {
			t.Fatal(err)
		}
	}
}

// killAt runs the program and kills it, ten times at a random moment after the
// output began to grow; then it lets it come to its end. Every other time the
// signal is one that can be caught.
func killAt(t *testing.T, program string, args []string, partial string, kills int, rnd *rand.Rand) (done bool) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=2")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if kills < 10 {
		was := sizeOf(partial)
		for deadline := time.Now().Add(10 * time.Second); sizeOf(partial) == was && time.Now().Before(deadline); {
			time.Sleep(100 * time.Microsecond)
		}
		time.Sleep(time.Duration(rnd.IntN(4000)) * time.Microsecond)
		kill := os.Kill
		if kills%2 == 1 && runtime.GOOS != "windows" {
			kill = syscall.SIGTERM
		}
		_ = cmd.Process.Signal(kill) // it may be done
	}
	err := cmd.Wait()
	if err != nil && kills >= 10 {
		t.Fatalf("after %d kills: %v", kills, err)
	}
	return err == nil
}
