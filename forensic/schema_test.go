package forensic

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/internal/jsonschema"
)

type object = map[string]any

func readSchema(t *testing.T) []byte {
	t.Helper()
	b, err := os.ReadFile("report/report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return b
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

func checkSchema(t *testing.T, root []byte, name, raw string) {
	t.Helper()
	faults, err := jsonschema.Check(root, asJSON(t, reportOn(t, raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults[:min(len(faults), 5)] {
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

func asJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
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
		var v object
		if err := json.Unmarshal(asJSON(t, reportOn(t, "From: a@b.example\n\nx\n")), &v); err != nil {
			t.Fatal(err)
		}
		damage(v)
		if faults, err := jsonschema.Check(root, asJSON(t, v)); err != nil || len(faults) == 0 {
			t.Errorf("%s: the damage was not noticed", name)
		}
	}
}

// TestReportShowsBytes: nowhere in a report do bytes that are not UTF-8 become
// replacement characters.
func TestReportShowsBytes(t *testing.T) {
	bad := "caf\xe9"
	raw := letter("x",
		"From: "+bad+" <"+bad+"@"+bad+".example>", "Sender: "+bad+"@a.example", "Subject: "+bad, "Subject: "+bad+"2", "Message-ID: <"+bad+"@a>", "References: <"+bad+"@a>",
		"Date: "+bad, "X-Mailer: "+bad, "Return-Path: <"+bad+"@b.example>", "Delivered-To: "+bad+"@c.example", "Received: from "+bad+" by "+bad+" with "+bad+" id "+bad+"; "+bad,
		"DKIM-Signature: v=1; d="+bad+"; s="+bad+"; h="+bad, "Authentication-Results: "+bad+"; spf=pass ("+bad+") smtp.mailfrom="+bad,
		"Content-Type: text/plain; name=\""+bad+".exe\"; charset="+bad, "Content-Disposition: attachment; filename="+bad+".pdf", "Content-Transfer-Encoding: "+bad, "Content-ID: <"+bad+">")
	b, err := json.Marshal(reportOn(t, raw))
	if err != nil {
		t.Fatal(err)
	}
	for _, mark := range []string{"\uFFFD", `\ufffd`} {
		if i := strings.Index(string(b), mark); i >= 0 {
			t.Errorf("replacement character in %s", b[max(0, i-80):min(len(b), i+20)])
		}
	}
}

// plainJSON is encoding/json without HTML escapes.
func plainJSON(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// What AppendJSON writes of real mail is what encoding/json writes.
func TestAppendJSONReal(t *testing.T) {
	n := 0
	for _, path := range corpus.Files(t, "eml") {
		for r, err := range AnalyzeFile(context.Background(), path, nil) {
			if err != nil {
				continue
			}
			if got, want := r.AppendJSON(nil), plainJSON(t, r); !bytes.Equal(got, want) {
				t.Errorf("%s: other JSON", path)
			}
			n++
		}
	}
	if n < 500 {
		t.Errorf("only %d reports", n)
	}
}
