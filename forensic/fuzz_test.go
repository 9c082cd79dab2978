package forensic_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/emlcheck/emlcheck/forensic"
)

// FuzzAnalyze: whatever the bytes, there is a report, it is the same twice,
// it is JSON, its digest is that of the bytes, and every span lies within
// them.
func FuzzAnalyze(f *testing.F) {
	cases, err := filepath.Glob(filepath.Join("..", "testdata", "*", "*", "message.eml"))
	if err != nil || len(cases) == 0 {
		f.Fatal("no seeds")
	}
	for _, path := range cases {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		first, second := encode(t, raw), encode(t, raw)
		if !bytes.Equal(first, second) {
			t.Fatal("two runs differ")
		}
		var report map[string]any
		if err := json.Unmarshal(first, &report); err != nil {
			t.Fatal(err)
		}
		checkSpans(t, report)
	})
}

func encode(t *testing.T, raw []byte) []byte {
	t.Helper()
	r, err := forensic.Analyze(context.Background(), bytes.NewReader(raw), &forensic.Options{Single: true})
	if err != nil {
		t.Fatal(err)
	}
	if r.Evidence.Size != int64(len(raw)) {
		t.Fatalf("size %d of %d bytes", r.Evidence.Size, len(raw))
	}
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// checkSpans walks a report and, each with its own size, those nested in it.
func checkSpans(t *testing.T, report map[string]any) {
	t.Helper()
	size := report["evidence"].(map[string]any)["size"].(float64)
	var walk func(path string, v any)
	walk = func(path string, v any) {
		switch v := v.(type) {
		case map[string]any:
			if _, nested := v["schema"]; nested && path != "" {
				checkSpans(t, v)
				return
			}
			if start, ok := v["start"].(float64); ok && v["part"] == nil {
				if end := v["end"].(float64); start < 0 || end < start || end > size {
					t.Errorf("%s: span %v-%v of %v bytes", path, start, end, size)
				}
			}
			for key, child := range v {
				walk(path+"."+key, child)
			}
		case []any:
			for _, child := range v {
				walk(path, child)
			}
		}
	}
	walk("", any(report))
}
