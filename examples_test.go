package emlcheck

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestExamples runs each program of examples over testdata and compares what it prints with
// testdata/examples. With -update the files are written.
func TestExamples(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("builds programs")
	}
	args := map[string][]string{
		"attachments": {"testdata/messages/invoice.eml", "testdata/signed/signed.eml"},
		"routes":      {"testdata/messages", "testdata/signed/signed.eml"},
		"whosent":     {"testdata/captures/session.pcap", "testdata/captures/telnet.txt"},
		"whosigned":   {"testdata/signed/root.pem", "testdata/signed/signed.eml", "testdata/messages/invoice.eml"},
		"whowrote":    {"testdata/messages/invoice.eml", "testdata/messages/office.mbox"},
	}
	dirs, err := os.ReadDir("examples")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		name := dir.Name()
		if args[name] == nil {
			t.Errorf("examples/%s is not run", name)
			continue
		}
		text, err := os.ReadFile(filepath.Join("examples", name, "main.go"))
		if err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(string(text), "\n"); n > 85 {
			t.Errorf("examples/%s has %d lines: too long to be read in a minute", name, n)
		}
		got, err := exec.Command("go", append([]string{"run", "./examples/" + name}, args[name]...)...).CombinedOutput()
		if err != nil {
			t.Errorf("examples/%s: %v\n%s", name, err, got)
		}
		golden := filepath.Join("testdata", "examples", name+".txt")
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if want, err := os.ReadFile(golden); err != nil || string(want) != string(got) {
			t.Errorf("examples/%s prints\n%s(%v)", name, got, err)
		}
	}
}
