package emlcheck

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// sessions finds the console blocks of a document.
var sessions = regexp.MustCompile("(?s)```console\n(.*?)```")

// TestDocumentSessions runs every session that the documents show and compares
// the output to the letter: a document that shows something else is wrong. With -update the documents
// are written.
func TestDocumentSessions(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("builds the program and runs it in a shell")
	}
	bin := t.TempDir()
	if out, err := exec.Command("go", "build", "-o", filepath.Join(bin, "emlcheck"), "./cmd/emlcheck").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	path := "PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH")
	n := 0
	docs, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range docs {
		text, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		now := sessions.ReplaceAllStringFunc(string(text), func(block string) string {
			var out strings.Builder
			for _, s := range steps(strings.TrimSuffix(strings.TrimPrefix(block, "```console\n"), "```")) {
				n++
				cmd := exec.Command("sh", "-c", s.command)
				cmd.Env = append(os.Environ(), path, "TERM=dumb")
				got, _ := cmd.CombinedOutput() // the exit code is the session's own affair
				if string(got) != s.output && !*update {
					t.Errorf("%s: $ %s\n--- the document says\n%s--- the program says\n%s", doc, s.command, s.output, got)
				}
				out.WriteString("$ " + s.command + "\n" + string(got))
			}
			return "```console\n" + out.String() + "```"
		})
		if *update && now != string(text) {
			if err := os.WriteFile(doc, []byte(now), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n == 0 {
		t.Error("no session in the documents")
	}
}

type sessionStep struct{ command, output string }

// steps cuts a console block into commands ("$ …") and what they print.
func steps(block string) (all []sessionStep) {
	for line := range strings.Lines(block) {
		if command, ok := strings.CutPrefix(line, "$ "); ok {
			all = append(all, sessionStep{command: strings.TrimSpace(command)})
		} else if len(all) > 0 {
			all[len(all)-1].output += line
		}
	}
	return all
}

// TestGateRunsTheREADME: the gate must run the very commands that the README
// gives a stranger.
func TestGateRunsTheREADME(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	gate, err := os.ReadFile(filepath.Join(".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"go run ./cmd/emlcheck testdata/messages/invoice.eml", "go test ./..."} {
		if !strings.Contains(string(readme), "\n"+command+"\n") || !strings.Contains(string(gate), "\n"+command) {
			t.Errorf("%q is not in both README.md and .ci/run", command)
		}
	}
}

// paths finds what stands in backquotes and looks like a place in this repository.
var paths = regexp.MustCompile("`((?:headers|mimeparse|smime|forensic|internal|cmd|examples|testdata|\\.ci)/[^` ]*)`")

// TestDocumentPaths: a file or folder that a document names is there.
func TestDocumentPaths(t *testing.T) {
	docs, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, doc := range docs {
		text, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range paths.FindAllStringSubmatch(string(text), -1) {
			for _, path := range braces(m[1]) {
				if found, err := filepath.Glob(strings.TrimSuffix(strings.ReplaceAll(path, "NN-name", "[0-9]*"), "/")); err != nil || len(found) == 0 {
					t.Errorf("%s: there is no %s", doc, path)
				}
			}
		}
	}
}

// braces writes out the first pair of braces, as a shell does.
func braces(path string) (all []string) {
	head, rest, open := strings.Cut(path, "{")
	list, tail, closed := strings.Cut(rest, "}")
	if !open || !closed {
		return []string{path}
	}
	for _, item := range strings.Split(list, ",") {
		all = append(all, head+item+tail)
	}
	return all
}

// commands finds tests that documents tell the reader to run.
var commands = regexp.MustCompile(`go test (\./?\S*) -(?:run|bench) '?([^\x60'\s]+)'?(?: -bench '?([^\x60'\s]+)'?)?`)

// TestDocumentCommands: a test or benchmark that a document names is there.
func TestDocumentCommands(t *testing.T) {
	docs, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, doc := range docs {
		text, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range commands.FindAllStringSubmatch(strings.ReplaceAll(string(text), `\|`, "|"), -1) {
			name := m[2]
			if m[3] != "" {
				name = m[3] // "-run xxx -bench NAME" runs no test
			}
			n++
			if !hasTest(t, m[1], name) {
				t.Errorf("%s: %s names no test", doc, m[0])
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d commands", n)
	}
}

// hasTest reports whether a package has a test or benchmark whose name fits the pattern.
func hasTest(t *testing.T, pkg, pattern string) bool {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(filepath.FromSlash(pkg), "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	like := regexp.MustCompile(`\nfunc (?:Test|Benchmark|Example|Fuzz)\w*(?:` + pattern + `)|\nfunc (?:` + pattern + `)`)
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if like.Match(text) {
			return true
		}
	}
	return false
}
