package capture_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/capture"
	"github.com/emlcheck/emlcheck/forensic/capture/internal/captureforge"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/internal/jsonschema"
)

var update = flag.Bool("update", false, "write capture.schema.json from the types")

const (
	schemaFile   = "capture.schema.json"
	schemaFolder = "https://github.com/emlcheck/emlcheck/forensic/"
)

// TestSchemaFile: the published schema says exactly what the types say. With -update the file is
// written.
func TestSchemaFile(t *testing.T) {
	docs, err := jsonschema.Comments(".", "dialog", "../report")
	if err != nil {
		t.Fatal(err)
	}
	m := jsonschema.Maker{
		ID: schemaFolder + "capture/" + schemaFile, Title: capture.Schema, Docs: docs,
		Words: map[string][]string{
			"Protocol":    {"smtp", "lmtp", "pop3", "imap", "tls", "other"},
			"Ending":      {"open", "closed", "reset"},
			"Stage":       {"connected", "greeted", "refused", "introduced", "authenticating", "authenticated", "mail-open", "recipients-open", "transferring", "transferred", "encrypted", "selected", "finished"},
			"StartTLS":    {"none", "offered", "accepted", "rejected"},
			"Status":      {"accepted", "rejected", "reset", "aborted", "incomplete", "retrieved", "appended"},
			"Verdict":     {"identical", "identical-but-line-ends", "identical-but-added-fields", "same-body", "body-differs"},
			"Severity":    {"info", "low", "medium", "high"},
			"Confidence":  {"low", "medium", "high"},
			"File.Format": {"pcap", "pcapng", "transcript"},
			"Place.Side":  {"client", "server"},
		},
		Const:     map[string]string{"Connection.Schema": capture.Schema},
		Patterns:  map[string]string{"sha256": "^[0-9a-f]{64}$", "sha256_present": "^[0-9a-f]{64}$", "sha256_zero": "^[0-9a-f]{64}$"},
		Elsewhere: map[reflect.Type]string{reflect.TypeFor[report.Report](): schemaFolder + "report/report.schema.json"},
		Absent:    func(t reflect.Type) bool { return t == reflect.TypeFor[report.Stated]() },
	}
	want, err := m.Generate(reflect.TypeFor[capture.Connection]())
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(schemaFile); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s does not fit the types; run go test -run TestSchemaFile -update (%v)", schemaFile, err)
	}
}

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestConnectionsFitSchema: what is printed of each made capture, with saved messages to compare
// with, fits the published schema; a document that is damaged does not.
func TestConnectionsFitSchema(t *testing.T) {
	schema, inner := readFile(t, schemaFile), readFile(t, "../report/report.schema.json")
	saved := []capture.Saved{{Path: "figures.eml", Octets: readFile(t, "../../testdata/captures/figures.eml")}}
	files := [][]byte{readFile(t, "../../testdata/captures/session.pcap"), readFile(t, "../../testdata/captures/telnet.txt")}
	for _, k := range captureforge.Cases(7) {
		files = append(files, k.File)
	}
	matched := false
	for i, file := range files {
		_, conns := read(t, file, &capture.Options{Saved: saved})
		for _, c := range conns {
			doc, err := json.Marshal(c)
			if err != nil {
				t.Fatal(err)
			}
			faults, err := jsonschema.Check(schema, doc, inner)
			if err != nil || len(faults) > 0 {
				t.Errorf("file %d: %v %v", i, err, faults[:min(len(faults), 5)])
			}
			matched = matched || bytes.Contains(doc, []byte(`"verdict":"identical-but-added-fields"`))
			for good, bad := range map[string]string{`"conn":`: `"conn":0.5,"was":`, `"standing":"`: `"standing":"lost-`, `"gaps":[`: `"gaps":[[1],`, `"banner":`: `"greeting":`} {
				faults, err := jsonschema.Check(schema, []byte(strings.Replace(string(doc), good, bad, 1)), inner)
				if err == nil && len(faults) == 0 {
					t.Errorf("file %d: %s for %s was not noticed", i, bad, good)
				}
			}
		}
	}
	if !matched {
		t.Error("no match was among them")
	}
}
