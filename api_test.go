package emlcheck

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/api.txt and the tables of ARCHITECTURE.md")

// TestAPI: what an importer can name is listed in testdata/api.txt, one line for each name in the
// form of Go's own lists. A change to it is a decision: it shows in the diff of that file, and in
// CHANGELOG.md for the users. With -update the file is written.
func TestAPI(t *testing.T) {
	var lines []string
	for _, room := range publicRooms() {
		lines = append(lines, exportedOf(t, room)...)
	}
	slices.Sort(lines)
	want := strings.Join(lines, "\n") + "\n"
	const name = "testdata/api.txt"
	if *update {
		if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	old := strings.Split(string(got), "\n")
	for _, l := range lines {
		if !slices.Contains(old, l) {
			t.Errorf("+ %s", l)
		}
	}
	for _, l := range old {
		if l != "" && !slices.Contains(lines, l) {
			t.Errorf("- %s", l)
		}
	}
	if t.Failed() {
		t.Error("the API changed: announce it in CHANGELOG.md and run go test . -run TestAPI -update")
	}
}

// publicRooms are the packages that other modules can import.
func publicRooms() (all []string) {
	for room := range rooms {
		if !slices.Contains(strings.Split(room, "/"), "internal") && !strings.HasPrefix(room, "cmd/") && !strings.HasPrefix(room, "examples/") && room != "" {
			all = append(all, room)
		}
	}
	slices.Sort(all)
	return all
}

// sourceOf parses the files of a room, without its tests.
func sourceOf(t *testing.T, fset *token.FileSet, room string) (all []*ast.File) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(filepath.FromSlash(room), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

func exportedOf(t *testing.T, room string) (lines []string) {
	fset := token.NewFileSet()
	say := func(form string, args ...any) {
		lines = append(lines, "pkg "+room+", "+fmt.Sprintf(form, args...))
	}
	for _, f := range sourceOf(t, fset, room) {
		for _, d := range f.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && receiverIsPublic(d) {
					say("%s", oneLine(t, &ast.FuncDecl{Recv: d.Recv, Name: d.Name, Type: d.Type}))
				}
			case *ast.GenDecl:
				listValues(t, d, say)
				listTypes(t, d, say)
			}
		}
	}
	return lines
}

func receiverIsPublic(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	if p, ok := typ.(*ast.StarExpr); ok {
		typ = p.X
	}
	if g, ok := typ.(*ast.IndexExpr); ok {
		typ = g.X
	}
	id, ok := typ.(*ast.Ident)
	return ok && id.IsExported()
}

// listValues lists constants and variables; those that follow another in a group may have its type.
func listValues(t *testing.T, d *ast.GenDecl, say func(string, ...any)) {
	if d.Tok != token.CONST && d.Tok != token.VAR {
		return
	}
	for _, s := range d.Specs {
		v := s.(*ast.ValueSpec)
		typ := ""
		if v.Type != nil {
			typ = " " + oneLine(t, v.Type)
		}
		for i, n := range v.Names {
			value := ""
			if d.Tok == token.CONST && i < len(v.Values) {
				value = " = " + oneLine(t, v.Values[i])
			}
			if n.IsExported() {
				say("%s %s%s%s", d.Tok, n.Name, typ, value)
			}
		}
	}
}

// listTypes lists types, each exported field of a struct and each method of an interface on a line
// of its own.
func listTypes(t *testing.T, d *ast.GenDecl, say func(string, ...any)) {
	if d.Tok != token.TYPE {
		return
	}
	for _, s := range d.Specs {
		spec := s.(*ast.TypeSpec)
		if !spec.Name.IsExported() {
			continue
		}
		head := "type " + spec.Name.Name
		switch typ := spec.Type.(type) {
		case *ast.StructType:
			say("%s struct", head)
			listFields(t, typ.Fields, head+" struct", say)
		case *ast.InterfaceType:
			say("%s interface", head)
			listFields(t, typ.Methods, head+" interface", say)
		default:
			equals := ""
			if spec.Assign.IsValid() {
				equals = "= "
			}
			say("%s %s%s", head, equals, oneLine(t, typ))
		}
	}
}

func listFields(t *testing.T, fields *ast.FieldList, head string, say func(string, ...any)) {
	for _, f := range fields.List {
		if len(f.Names) == 0 {
			say("%s, embedded %s", head, oneLine(t, f.Type))
		}
		tag := ""
		if f.Tag != nil {
			tag = " " + f.Tag.Value
		}
		for _, n := range f.Names {
			if n.IsExported() {
				say("%s, %s %s%s", head, n.Name, oneLine(t, f.Type), tag)
			}
		}
	}
}

// oneLine prints a piece of syntax without comments and line breaks.
func oneLine(t *testing.T, node any) string {
	t.Helper()
	var b bytes.Buffer
	if err := format.Node(&b, token.NewFileSet(), node); err != nil {
		t.Fatal(err)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
