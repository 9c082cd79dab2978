package cli

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/render"
)

var update = flag.Bool("update", false, "write what the program prints into the scripts")

// TestScripts runs the sessions in testdata: the command line is an interface,
// and each of its promises stands there as a case.
//
// A script holds steps and, behind them, the files that they find:
//
//	# A remark, which is kept.
//	$ [NAME=value...] [tty=in,out,err] ARGS... [<FILE]
//	1| a line that stdout must have, 1~ text it must hold, 1! text it must not hold
//	2| the same for stderr
//	= the exit code; 0 need not be written
//	% cat FILE, ls DIR, mkdir DIR, symlink TARGET NAME, chmod MODE FILE, put TEXT FILE,
//	  take FILE of the project's testdata
//	-- NAME --            or "-- NAME crlf --", "-- NAME escaped --" (Go escapes, one line)
//
// A last line without a line break ends in "1\ ". With -update everything but
// the "~" and "!" lines is written again.
func TestScripts(t *testing.T) {
	var err error
	if projectData, err = filepath.Abs("../../../../testdata"); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("testdata/*.script")
	if err != nil || len(paths) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".script"), func(t *testing.T) { runScript(t, path) })
	}
}

// projectData is the testdata folder of the project.
var projectData string

func runScript(t *testing.T, path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	full, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	steps, files, found := strings.Cut(string(text), "\n-- ")
	if found {
		files = "-- " + files
	}
	t.Chdir(t.TempDir())
	writeFiles(t, files)
	got := ""
	lines := strings.Split(strings.TrimRight(steps, "\n"), "\n")
	for len(lines) > 0 {
		if !strings.HasPrefix(lines[0], "$ ") && !strings.HasPrefix(lines[0], "% ") {
			got += lines[0] + "\n"
			lines = lines[1:]
			continue
		}
		n := 1
		for n < len(lines) && len(lines[n]) > 1 && (strings.ContainsRune("12", rune(lines[n][0])) && strings.ContainsRune(`|~!\`, rune(lines[n][1])) || strings.HasPrefix(lines[n], "= ")) {
			n++
		}
		got += lines[0] + "\n" + runStep(t, lines[0], lines[1:n])
		lines = lines[n:]
	}
	if *update {
		if err := os.WriteFile(full, []byte(strings.TrimRight(got+"\n"+files, "\n")+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// runStep runs one step and returns what the script should say of it.
func runStep(t *testing.T, step string, want []string) string {
	out, errOut, code := "", "", 0
	if rest, ok := strings.CutPrefix(step, "$ "); ok {
		out, errOut, code = runProgram(t, splitWords(rest))
	} else {
		out = runTool(t, splitWords(strings.TrimPrefix(step, "% ")))
	}
	got := checked(t, step, want, "1", out) + checked(t, step, want, "2", errOut)
	if code != 0 {
		got += fmt.Sprintf("= %d\n", code)
	}
	if exact := strings.Join(want, "\n"); !*update && strings.TrimSuffix(got, "\n") != exact {
		t.Errorf("%s\n--- the script says\n%s\n--- the program says\n%s", step, exact, got)
	}
	return got
}

// checked tests one stream; it returns the script's lines for it.
func checked(t *testing.T, step string, want []string, stream, text string) string {
	var loose string
	for _, w := range want {
		if s, ok := strings.CutPrefix(w, stream+"~ "); ok {
			loose += w + "\n"
			if !strings.Contains(text, s) {
				t.Errorf("%s\nstream %s holds no %q:\n%s", step, stream, s, text)
			}
		} else if s, ok := strings.CutPrefix(w, stream+"! "); ok {
			loose += w + "\n"
			if strings.Contains(text, s) {
				t.Errorf("%s\nstream %s holds %q:\n%s", step, stream, s, text)
			}
		}
	}
	if loose != "" {
		return loose
	}
	var exact string
	for line := range strings.Lines(text) {
		if whole, ok := strings.CutSuffix(line, "\n"); ok {
			exact += strings.TrimSuffix(stream+"| "+render.Visible(whole, false), " ") + "\n"
		} else {
			exact += stream + `\ ` + render.Visible(line, false) + "\n"
		}
	}
	return exact
}

func runProgram(t *testing.T, words []string) (out, errOut string, code int) {
	var o, e bytes.Buffer
	s := Streams{In: strings.NewReader(""), Out: &o, Err: &e}
	env := map[string]string{}
	for len(words) > 0 && strings.Contains(words[0], "=") && words[0][0] != '-' {
		name, value, _ := strings.Cut(words[0], "=")
		if name == "tty" {
			s.InTTY, s.OutTTY, s.ErrTTY = strings.Contains(value, "in"), strings.Contains(value, "out"), strings.Contains(value, "err")
		}
		env[name] = value
		words = words[1:]
	}
	if n := len(words); n > 0 && strings.HasPrefix(words[n-1], "<") {
		f, err := os.Open(words[n-1][1:])
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		s.In, words = f, words[:n-1]
	}
	s.Getenv = func(name string) string { return env[name] }
	code = Run(context.Background(), words, s)
	return o.String(), e.String(), code
}

// runTool looks at the files or changes them.
func runTool(t *testing.T, words []string) string {
	var err error
	switch words[0] {
	case "cat":
		var b []byte
		b, err = os.ReadFile(words[1])
		if err == nil {
			return string(b)
		}
	case "ls":
		var list []string
		err = filepath.WalkDir(words[1], func(path string, d os.DirEntry, err error) error {
			if path != words[1] {
				rel, _ := filepath.Rel(words[1], path)
				list = append(list, filepath.ToSlash(rel))
			}
			return err
		})
		slices.Sort(list)
		if len(list) > 0 {
			return strings.Join(list, "\n") + "\n"
		}
	case "mkdir":
		err = os.Mkdir(words[1], 0o777)
	case "symlink":
		err = os.Symlink(words[1], words[2])
	case "chmod":
		mode, _ := strconv.ParseUint(words[1], 8, 32)
		err = os.Chmod(words[2], os.FileMode(mode))
	case "take":
		var b []byte
		if b, err = os.ReadFile(filepath.Join(projectData, words[1])); err == nil {
			err = os.WriteFile(filepath.Base(words[1]), b, 0o666)
		}
	case "put":
		err = os.WriteFile(words[2], []byte(words[1]), 0o666)
	default:
		t.Fatalf("no tool %q", words[0])
	}
	if err != nil {
		t.Fatal(err)
	}
	return ""
}

// splitWords splits at blanks; words in single quotes keep theirs, and in
// double quotes Go escapes count.
func splitWords(line string) []string {
	var words []string
	for line = strings.TrimLeft(line, " "); line != ""; line = strings.TrimLeft(line, " ") {
		end := strings.IndexByte(line+" ", ' ')
		word := line[:end]
		switch line[0] {
		case '\'':
			end = 2 + strings.IndexByte(line[1:], '\'')
			word = line[1 : end-1]
		case '"':
			quoted, err := strconv.QuotedPrefix(line)
			if err != nil {
				panic(err)
			}
			end = len(quoted)
			word, _ = strconv.Unquote(quoted)
		}
		words = append(words, word)
		line = line[end:]
	}
	return words
}

// writeFiles writes the files behind the steps.
func writeFiles(t *testing.T, text string) {
	for text != "" {
		head, rest, _ := strings.Cut(strings.TrimPrefix(text, "-- "), " --\n")
		body, next, more := strings.Cut(rest, "\n-- ")
		if more {
			body += "\n"
			next = "-- " + next
		}
		if strings.HasPrefix(rest, "-- ") {
			body, next = "", rest
		}
		name, kind, _ := strings.Cut(head, " ")
		switch kind {
		case "crlf":
			body = strings.ReplaceAll(body, "\n", "\r\n")
		case "escaped":
			s, err := strconv.Unquote(`"` + strings.ReplaceAll(strings.TrimSuffix(body, "\n"), "\n", "") + `"`)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			body = s
		}
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(body), 0o666); err != nil {
			t.Fatal(err)
		}
		text = next
	}
}
