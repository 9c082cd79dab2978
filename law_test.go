package emlcheck

import (
	"go/ast"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	// maxFunction and maxFile are lines. What is longer has a reason in its comment that begins with
	// "LONG:"; generated files have none.
	maxFunction = 60
	maxFile     = 500
)

// TestSizes: a reader sees a function on one screen and knows in a minute what a file is for.
func TestSizes(t *testing.T) {
	for room := range rooms {
		fset := token.NewFileSet()
		for _, f := range sourceOf(t, fset, or(room, ".")) {
			name := fset.Position(f.Pos()).Filename
			if ast.IsGenerated(f) {
				continue
			}
			if n := fset.File(f.Pos()).LineCount(); n > maxFile {
				t.Errorf("%s has %d lines, more than %d", name, n, maxFile)
			}
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok {
					continue
				}
				n := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1
				if n > maxFunction && !strings.Contains(fn.Doc.Text(), "LONG:") {
					t.Errorf("%s: %s has %d lines, more than %d", name, fn.Name.Name, n, maxFunction)
				}
			}
		}
	}
}

// TestDocumented: every name that can be used from another package says what it means.
func TestDocumented(t *testing.T) {
	for room := range rooms {
		fset := token.NewFileSet()
		for _, f := range sourceOf(t, fset, or(room, ".")) {
			for _, d := range f.Decls {
				for _, name := range undocumented(d) {
					t.Errorf("%s: %s has no comment", fset.Position(d.Pos()), name)
				}
			}
		}
	}
}

// TestFieldsDocumented: what a field means stands beside it, or in the comment of the group that it
// stands in. Fields that mirror others may be told of together ("of the same names").
func TestFieldsDocumented(t *testing.T) {
	for _, room := range publicRooms() {
		fset := token.NewFileSet()
		for _, f := range sourceOf(t, fset, room) {
			ast.Inspect(f, func(n ast.Node) bool {
				d, ok := n.(*ast.GenDecl)
				if !ok || d.Tok != token.TYPE {
					return true
				}
				for _, s := range d.Specs {
					spec := s.(*ast.TypeSpec)
					if st, ok := spec.Type.(*ast.StructType); ok && spec.Name.IsExported() && !strings.Contains(d.Doc.Text(), "of the same names") {
						for _, name := range undocumentedFields(d.Doc.Text(), st) {
							t.Errorf("%s: %s.%s has no comment", fset.Position(d.Pos()), spec.Name.Name, name)
						}
					}
				}
				return true
			})
		}
	}
}

func undocumentedFields(about string, st *ast.StructType) (names []string) {
	for _, f := range st.Fields.List {
		if f.Doc != nil {
			about = f.Doc.Text()
		}
		for _, n := range f.Names {
			if n.IsExported() && f.Doc == nil && f.Comment == nil && !strings.Contains(about, n.Name) {
				names = append(names, n.Name)
			}
		}
	}
	return names
}

func undocumented(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && receiverIsPublic(d) && d.Doc == nil && !wellKnown[d.Name.Name] {
			names = append(names, d.Name.Name)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
					names = append(names, s.Name.Name)
				}
			case *ast.ValueSpec:
				if s.Names[0].IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					names = append(names, s.Names[0].Name)
				}
			}
		}
	}
	return names
}

// wellKnown are methods whose meaning the standard library gives.
var wellKnown = map[string]bool{"String": true, "Error": true, "Unwrap": true, "Close": true, "Read": true, "Write": true}

// TestFuzzed: every room that parses hostile bytes has a fuzz target with seeds beside it.
func TestFuzzed(t *testing.T) {
	for _, room := range []string{
		"headers", "mimeparse", "mimeparse/internal/tnef", "mimeparse/internal/transfer", "internal/charset", "internal/fromquote", "internal/idna",
		"smime", "smime/pki", "smime/internal/ber", "smime/internal/cms", "smime/internal/envelope", "smime/internal/sigalg",
		"forensic", "forensic/evidence", "forensic/route", "forensic/clock", "forensic/capture/packet", "forensic/capture/stream",
		"forensic/capture/dialog", "forensic/capture/transcript", "forensic/render",
	} {
		if _, known := rooms[room]; !known {
			t.Errorf("%s is no room", room)
		}
		tests, err := filepath.Glob(filepath.Join(filepath.FromSlash(room), "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		found := false
		for _, name := range tests {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			found = found || strings.Contains(string(text), "\nfunc Fuzz")
		}
		if !found {
			t.Errorf("%s has no fuzz target", room)
		}
	}
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
