package forensic

import (
	"bytes"
	"context"
	"encoding"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

var update = flag.Bool("update", false, "write report.schema.json from the types")

const schemaFile = "report.schema.json"

// TestSchemaFile: the published schema says exactly what the types say. With
// -update the file is written.
func TestSchemaFile(t *testing.T) {
	want := generateSchema(t)
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s does not fit the types; run go test -run TestSchemaFile -update", schemaFile)
	}
}

// maybeNull are the lists that are null while nothing is known. All others are
// [] when empty.
var maybeNull = []string{
	"SMIME.Uncovered", "SMIMELayer.Covers", "SMIMELayer.Signers", "SMIMELayer.Recipients",
	"DKIMSignature.Covers", "DKIMSignature.Uncovered",
}

// words are the values that a text can have.
var words = map[string][]string{
	"Author":                  {"sender", "relay", "receiver", "bound"},
	"Severity":                {"info", "low", "medium", "high"},
	"Confidence":              {"low", "medium", "high"},
	"Evidence.LineEndings":    {"crlf", "lf", "cr", "mixed", "none"},
	"Time.Zone":               {"stated", "absent", "unknown"},
	"SMIME.Verdict":           smimeWords,
	"SMIMELayer.Verdict":      smimeWords,
	"DKIMSignature.BodyHash":  {"pass", "fail", "uncheckable"},
	"DKIMSignature.HeaderSig": {"pass", "fail", "uncheckable"},
	"DKIMSignature.Key":       {"found", "missing", "revoked", "malformed", "not-checked"},
	"DKIMSignature.Result":    {"pass", "fail", "neutral", "policy", "permerror", "temperror", "none"},
	"ARC.Chain":               {"pass", "fail", "none", "not-checked"},
	"Reading.Clock":           {"utc", "sender-local", "server-zone", "periodic"},
	"Reading.Event":           {"file", "thread", "compose", "built", "signed", "queued", "received", "scanned", "stored", "expires", "released", "other"},
	"Reading.Strength":        {"evidence", "bound", "hint"},
	"Hop.Class":               {"mta", "mapi", "submission", "filter", "store", "retrieval", "list", "resent"},
	"HopLink.Fit":             fitWords,
	"Break.Fit":               fitWords,
	"Signer.Integrity":        {"valid", "invalid", "uncheckable"},
	"Signer.Purpose":          {"ok", "wrong"},
	"Signer.Identity":         {"match", "mismatch", "none"},
	"SMIMELayer.Kind":         {"signed-clear", "signed-opaque", "enveloped", "auth-enveloped", "compressed", "certs-only"},
}

var fitWords = []string{"exact", "ip", "rdns", "short-host", "loopback", "organisation", "provider", "none", "unknown"}

var smimeWords = []string{
	"valid", "invalid", "untrusted", "expired", "not-yet-valid", "revoked", "identity-mismatch", "partial", "weak", "no-cert",
	"unsupported", "unsigned", "encrypted", "compressed", "certs-only", "malformed",
}

// patterns are the forms of digests, by JSON name.
var patterns = map[string]string{
	"sha256": "^[0-9a-f]{64}$", "sha256_crlf": "^[0-9a-f]{64}$", "sha256_encoded": "^[0-9a-f]{64}$", "sha256_unquoted": "^[0-9a-f]{64}$",
	"plain_sha256": "^[0-9a-f]{64}$", "sha1": "^[0-9a-f]{40}$", "md5": "^[0-9a-f]{32}$",
}

type object = map[string]any

// schemaMaker turns types into schemas.
type schemaMaker struct {
	docs map[string]string // "pkg.Type" and "pkg.Type.Field" to their comments
	defs object
}

func generateSchema(t *testing.T) []byte {
	t.Helper()
	m := &schemaMaker{docs: comments(t, "../forensic", "../forensic/clock", "../headers", "../mimeparse"), defs: object{}}
	m.structure(reflect.TypeFor[Report]())
	root := object{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"$id":     "https://github.com/emlcheck/emlcheck/forensic/" + schemaFile,
		"title":   Schema,
		"$ref":    "#/$defs/Report",
		"$defs":   m.defs,
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(root); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// comments reads the comments of types and their fields from the sources.
func comments(t *testing.T, dirs ...string) map[string]string {
	t.Helper()
	docs := map[string]string{}
	for _, dir := range dirs {
		files, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				addComments(docs, file.Name.Name+".", d)
			}
		}
	}
	return docs
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
func (m *schemaMaker) structure(t reflect.Type) object {
	// Types of other packages keep its name: there are two called Reading.
	name := strings.TrimPrefix(t.String(), "forensic.")
	ref := object{"$ref": "#/$defs/" + name}
	if _, done := m.defs[name]; done {
		return ref
	}
	def := object{"type": "object"}
	m.defs[name] = def // before its fields: types refer to one another
	if text := m.docs[t.String()]; text != "" {
		def["description"] = text
	}
	properties, required := object{}, []string{}
	for i := range t.NumField() {
		f := t.Field(i)
		key := f.Tag.Get("json")
		property := m.value(f.Type, name+"."+f.Name, key)
		if text := m.docs[t.String()+"."+f.Name]; text != "" {
			property["description"] = text
		}
		properties[key] = property
		required = append(required, key)
	}
	def["properties"], def["required"] = properties, required
	return ref
}

// value is the schema of one field.
func (m *schemaMaker) value(t reflect.Type, field, name string) object {
	if t.Implements(reflect.TypeFor[encoding.TextMarshaler]()) {
		return object{"type": "string"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return nullable(m.value(t.Elem(), field, name))
	case reflect.Struct:
		return m.structure(t)
	case reflect.Slice:
		list := object{"type": "array", "items": m.value(t.Elem(), "", "")}
		if slices.Contains(maybeNull, field) {
			return nullable(list)
		}
		return list
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	case reflect.Float64:
		return object{"type": "number"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.String:
		return m.text(t, field, name)
	}
	panic("no schema for " + field + " of type " + t.String())
}

func (m *schemaMaker) text(t reflect.Type, field, name string) object {
	s := object{"type": "string"}
	if field == "Report.Schema" {
		s["const"] = Schema
	}
	if p := patterns[name]; p != "" {
		s["pattern"] = p
	}
	for _, key := range []string{t.Name(), field} {
		if w := words[key]; w != nil {
			s["enum"] = w
		}
	}
	if t == reflect.TypeFor[Stated]() {
		return nullable(s)
	}
	return s
}

// nullable also allows null.
func nullable(s object) object {
	if _, ref := s["$ref"]; ref || s["enum"] != nil {
		return object{"anyOf": []any{s, object{"type": "null"}}}
	}
	s["type"] = []any{s["type"], "null"}
	return s
}

// checker validates by the keywords that the schema uses. A property that the
// schema does not know is a fault here, although the schema itself allows it:
// fields may be added later, but not without their description.
type checker struct {
	root   object
	faults []string
}

func (c *checker) fault(path, format string, args ...any) {
	c.faults = append(c.faults, path+": "+fmt.Sprintf(format, args...))
}

func (c *checker) check(path string, s object, v any) {
	if ref, ok := s["$ref"].(string); ok {
		c.check(path, c.root["$defs"].(object)[strings.TrimPrefix(ref, "#/$defs/")].(object), v)
	}
	if anyOf, ok := s["anyOf"].([]any); ok && !slices.ContainsFunc(anyOf, func(o any) bool { return c.fits(o.(object), v) }) {
		c.fault(path, "fits none of %d schemas", len(anyOf))
	}
	if want, ok := s["type"]; ok && !isType(want, v) {
		c.fault(path, "is %T, not %v", v, want)
		return
	}
	switch v := v.(type) {
	case string:
		c.text(path, s, v)
	case []any:
		for i, item := range v {
			c.check(fmt.Sprintf("%s[%d]", path, i), s["items"].(object), item)
		}
	case object:
		c.object(path, s, v)
	}
}

func (c *checker) fits(s object, v any) bool {
	inner := checker{root: c.root}
	inner.check("", s, v)
	return len(inner.faults) == 0
}

func (c *checker) text(path string, s object, v string) {
	if p, ok := s["pattern"].(string); ok && !regexp.MustCompile(p).MatchString(v) {
		c.fault(path, "%q does not fit %s", v, p)
	}
	if want, ok := s["const"]; ok && want != v {
		c.fault(path, "%q is not %v", v, want)
	}
	if enum, ok := s["enum"].([]any); ok && !slices.Contains(enum, any(v)) {
		c.fault(path, "%q is not among %v", v, enum)
	}
}

func (c *checker) object(path string, s object, v object) {
	properties, ok := s["properties"].(object)
	if !ok {
		return // a $ref or anyOf has looked at it
	}
	for _, name := range s["required"].([]any) {
		if _, ok := v[name.(string)]; !ok {
			c.fault(path, "%v is missing", name)
		}
	}
	for name, item := range v {
		if p, ok := properties[name].(object); ok {
			c.check(path+"."+name, p, item)
		} else {
			c.fault(path, "%s is not described", name)
		}
	}
}

func isType(want, v any) bool {
	if list, ok := want.([]any); ok {
		return slices.ContainsFunc(list, func(w any) bool { return isType(w, v) })
	}
	switch v := v.(type) {
	case nil:
		return want == "null"
	case bool:
		return want == "boolean"
	case string:
		return want == "string"
	case float64:
		return want == "number" || want == "integer" && v == float64(int64(v))
	case []any:
		return want == "array"
	case object:
		return want == "object"
	}
	return false
}

func readSchema(t *testing.T) object {
	t.Helper()
	b, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	var root object
	if err := json.Unmarshal(b, &root); err != nil {
		t.Fatal(err)
	}
	return root
}

func asJSON(t *testing.T, r *Report) any {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestReportsFitSchema: what Analyze gives fits the published schema, for
// every message that the rules are tested with.
func TestReportsFitSchema(t *testing.T) {
	root := readSchema(t)
	for _, c := range ruleCases {
		checkSchema(t, root, c.name, c.raw)
	}
}

// TestRealReportsFitSchema: the same over real mail, which has shapes that
// nobody thinks of.
func TestRealReportsFitSchema(t *testing.T) {
	root := readSchema(t)
	for _, path := range sample(t, 150) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		checkSchema(t, root, path, string(raw))
	}
}

func checkSchema(t *testing.T, root object, name, raw string) {
	t.Helper()
	c := checker{root: root}
	c.check("report", root, asJSON(t, reportOn(t, raw)))
	for _, f := range c.faults[:min(len(c.faults), 5)] {
		t.Errorf("%s: %s", name, f)
	}
}

// sample is every n-th file of the real mail.
func sample(t *testing.T, n int) []string {
	t.Helper()
	var files []string
	err := filepath.WalkDir(corpus.Dir(t, "eml"), func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.HasSuffix(path, ".eml") {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	step := max(1, len(files)/n)
	var out []string
	for i := 0; i < len(files); i += step {
		out = append(out, files[i])
	}
	return out
}

func reportOn(t *testing.T, raw string) *Report {
	t.Helper()
	r, err := Analyze(context.Background(), strings.NewReader(raw), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestSchemaRejects: the check of the two tests above can fail. Each case
// damages a good report in one place.
func TestSchemaRejects(t *testing.T) {
	root := readSchema(t)
	for name, damage := range map[string]func(object){
		"missing":  func(r object) { delete(r, "findings") },
		"unknown":  func(r object) { r["verdict"] = "phishing" },
		"null":     func(r object) { r["parts"] = nil },
		"number":   func(r object) { r["evidence"].(object)["size"] = 1.5 },
		"digest":   func(r object) { r["evidence"].(object)["sha256"] = "0" },
		"schema":   func(r object) { r["schema"] = "emlcheck/report/2" },
		"word":     func(r object) { r["findings"].([]any)[0].(object)["severity"] = "grave" },
		"optional": func(r object) { r["message"].(object)["date"] = "yesterday" },
		"inner":    func(r object) { delete(r["parts"].([]any)[0].(object)["body"].(object), "end") },
	} {
		v := asJSON(t, reportOn(t, "From: a@b.example\n\nx\n")).(object)
		damage(v)
		c := checker{root: root}
		if c.check("report", root, v); len(c.faults) == 0 {
			t.Errorf("%s: the damage was not noticed", name)
		}
	}
}
