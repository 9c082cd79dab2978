package mimeparse

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

var update = flag.Bool("update", false, "write what the golden files should hold")

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s:\n%s\nwant\n%s", path, got, want)
	}
}

func spanText(s headers.Span) string { return fmt.Sprintf("%d-%d", s.Start, s.End) }

// pinned tells every span of a message, and of those inside it.
func pinned(m *Message) string {
	var out strings.Builder
	for in, p := range m.Walk() {
		if p.Parent == nil && in != m {
			fmt.Fprintf(&out, "%s at %d, %d bytes\n", in.Container, in.Offset, len(in.Raw))
		}
		fmt.Fprintf(&out, "%s %s header %s body %s", p.Path, p.ContentType, spanText(p.Header.Span), spanText(p.Body))
		for _, s := range []struct {
			name string
			at   headers.Span
		}{{"delimiter", p.Delimiter}, {"close", p.Close}, {"preamble", p.Preamble}, {"epilogue", p.Epilogue}} {
			if !s.at.Empty() {
				fmt.Fprintf(&out, " %s %s", s.name, spanText(s.at))
			}
		}
		out.WriteByte('\n')
		for _, f := range p.Header.Fields {
			fmt.Fprintf(&out, "\tfield %s %s value %s\n", f.Name, spanText(f.Span), spanText(f.Value))
		}
		for _, n := range p.Names {
			fmt.Fprintf(&out, "\tname %q %s %s\n", n.Value, n.Source, spanText(n.Span))
		}
		for _, b := range p.Inline {
			fmt.Fprintf(&out, "\tinline %q %s data %s\n", b.Name, spanText(b.Span), spanText(b.Data))
		}
		for _, d := range append(append([]headers.Defect{}, p.Header.Defects...), p.Defects...) {
			fmt.Fprintf(&out, "\tdefect %s %s\n", d.Code, spanText(d.Span))
		}
	}
	return out.String()
}

// Pinned spans of written messages, in both forms of line ends.
func TestOffsets(t *testing.T) {
	files, err := filepath.Glob("testdata/offsets/*.eml")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d messages, %v", len(files), err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lf, cr := Parse(raw, nil), Parse([]byte(crlf(string(raw))), nil)
		checkSpans(t, lf)
		checkSpans(t, cr)
		compareGolden(t, strings.TrimSuffix(path, ".eml")+".txt", pinned(lf)+"\nCRLF form\n"+pinned(cr))
	}
}
