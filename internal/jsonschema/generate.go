// Package jsonschema answers for the tests: which JSON Schema describes a Go type, and does a value
// fit it?
//
// It knows the keywords that the published schemas of this module use, and no others.
package jsonschema

import (
	"bytes"
	"encoding"
	"encoding/json"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
)

// Object is a JSON object.
type Object = map[string]any

// Maker describes what the types alone do not say of a schema.
type Maker struct {
	// ID and Title stand on top of the schema.
	ID, Title string
	// Docs maps "pkg.Type" and "pkg.Type.Field" to their comments ([Comments]).
	Docs map[string]string
	// MaybeNull are the lists that may be null, as "Type.Field"; all others are [] when empty.
	MaybeNull []string
	// Words are the values that a text can have, by its type or as "Type.Field".
	Words map[string][]string
	// Const are texts that are always the same, as "Type.Field".
	Const map[string]string
	// Patterns are the forms of texts, by JSON name.
	Patterns map[string]string
	// Elsewhere are types with a schema of their own, and its address.
	Elsewhere map[reflect.Type]string
	// Absent tells of a kind of text whether its empty value is null in JSON.
	Absent func(reflect.Type) bool

	home string
	defs Object
}

// Generate is the schema of t. Types of its package go by their bare names, those of others keep
// the package before them.
func (m *Maker) Generate(t reflect.Type) ([]byte, error) {
	m.defs = Object{}
	m.home, _, _ = strings.Cut(t.String(), ".")
	root := m.structure(t)
	root["$schema"], root["$id"], root["title"], root["$defs"] = "https://json-schema.org/draft/2020-12/schema", m.ID, m.Title, m.defs
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(root)
	return out.Bytes(), err
}

// Comments reads the comments of types and of their fields from the sources in dirs.
func Comments(dirs ...string) (map[string]string, error) {
	docs := map[string]string{}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			for _, d := range file.Decls {
				addComments(docs, file.Name.Name+".", d)
			}
		}
	}
	return docs, nil
}

func addComments(docs map[string]string, pkg string, d ast.Decl) {
	gen, ok := d.(*ast.GenDecl)
	if !ok || gen.Tok != token.TYPE {
		return
	}
	for _, s := range gen.Specs {
		spec := s.(*ast.TypeSpec)
		docs[pkg+spec.Name.Name] = plain(gen.Doc)
		st, ok := spec.Type.(*ast.StructType)
		if !ok {
			continue
		}
		for _, f := range st.Fields.List {
			for _, n := range f.Names {
				docs[pkg+spec.Name.Name+"."+n.Name] = plain(f.Doc)
			}
		}
	}
}

// plain is a comment as one paragraph without the brackets of doc links, with
// the absent values of Go called what they are in JSON.
func plain(c *ast.CommentGroup) string {
	if c == nil {
		return ""
	}
	text := string(new(doc.Package).Text(c.Text()))
	words := strings.Fields(strings.NewReplacer("[", "", "]", "").Replace(text))
	for i, w := range words {
		if bare := strings.TrimRight(w, ".,;:"); bare == "nil" || bare == `""` {
			words[i] = "null" + w[len(bare):]
		}
	}
	return strings.Join(words, " ")
}

// structure adds a struct type to the definitions.
func (m *Maker) structure(t reflect.Type) Object {
	if url := m.Elsewhere[t]; url != "" {
		return Object{"$ref": url}
	}
	name := strings.TrimPrefix(t.String(), m.home+".") // there are two called Reading
	ref := Object{"$ref": "#/$defs/" + name}
	if _, done := m.defs[name]; done {
		return ref
	}
	def := Object{"type": "object"}
	m.defs[name] = def // before its fields: types refer to one another
	if text := m.Docs[t.String()]; text != "" {
		def["description"] = text
	}
	properties, required := Object{}, []string{}
	m.fields(t, properties, &required)
	def["properties"], def["required"] = properties, required
	return ref
}

// fields adds the fields of a struct, and those of what is embedded in it, as encoding/json prints
// them.
func (m *Maker) fields(t reflect.Type, properties Object, required *[]string) {
	for i := range t.NumField() {
		f := t.Field(i)
		key := f.Tag.Get("json")
		if f.Anonymous && key == "" {
			m.fields(f.Type, properties, required)
			continue
		}
		if key == "" || key == "-" {
			continue
		}
		property := m.value(f.Type, strings.TrimPrefix(t.String(), m.home+".")+"."+f.Name, key)
		if text := m.Docs[t.String()+"."+f.Name]; text != "" {
			property["description"] = text
		}
		properties[key] = property
		*required = append(*required, key)
	}
}

// value is the schema of one field.
func (m *Maker) value(t reflect.Type, field, name string) Object {
	if t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return Object{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return nullable(m.value(t.Elem(), field, name))
	case reflect.Struct:
		return m.structure(t)
	case reflect.Slice:
		list := Object{"type": "array", "items": m.value(t.Elem(), "", "")}
		if slices.Contains(m.MaybeNull, field) {
			return nullable(list)
		}
		return list
	case reflect.Array:
		return Object{"type": "array", "items": m.value(t.Elem(), "", ""), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.Map:
		return Object{"type": "object", "additionalProperties": m.value(t.Elem(), "", "")}
	case reflect.Int, reflect.Int64, reflect.Uint16:
		return Object{"type": "integer"}
	case reflect.Float64:
		return Object{"type": "number"}
	case reflect.Bool:
		return Object{"type": "boolean"}
	case reflect.String:
		return m.text(t, field, name)
	}
	panic("no schema for " + field + " of type " + t.String())
}

func (m *Maker) text(t reflect.Type, field, name string) Object {
	s := Object{"type": "string"}
	if text, ok := m.Const[field]; ok {
		s["const"] = text
	}
	if p := m.Patterns[name]; p != "" {
		s["pattern"] = p
	}
	for _, key := range []string{t.Name(), field} {
		if w := m.Words[key]; w != nil {
			s["enum"] = w
		}
	}
	if m.Absent != nil && m.Absent(t) {
		return nullable(s)
	}
	return s
}

// nullable also allows null.
func nullable(s Object) Object {
	if _, ref := s["$ref"]; ref || s["enum"] != nil {
		return Object{"anyOf": []any{s, Object{"type": "null"}}}
	}
	s["type"] = []any{s["type"], "null"}
	return s
}
