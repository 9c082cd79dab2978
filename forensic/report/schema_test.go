package report

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"testing"

	"github.com/emlcheck/emlcheck/internal/jsonschema"
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

func generateSchema(t *testing.T) []byte {
	t.Helper()
	docs, err := jsonschema.Comments("../report", "../clock", "../../headers", "../../mimeparse")
	if err != nil {
		t.Fatal(err)
	}
	m := jsonschema.Maker{
		ID: "https://github.com/emlcheck/emlcheck/forensic/report/" + schemaFile, Title: Schema, Docs: docs, MaybeNull: maybeNull,
		Words: words, Patterns: patterns, Const: map[string]string{"Report.Schema": Schema},
		Absent: func(t reflect.Type) bool { return t == reflect.TypeFor[Stated]() },
	}
	out, err := m.Generate(reflect.TypeFor[Report]())
	if err != nil {
		t.Fatal(err)
	}
	return out
}
