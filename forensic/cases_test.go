package forensic_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/emlcheck/emlcheck/forensic"
)

// TestCases runs testdata/cases: each folder is a fault measured in another
// program (why.md), with the right answer worked out from the bytes.
func TestCases(t *testing.T) {
	folders, err := filepath.Glob(filepath.Join("..", "testdata", "cases", "*", "want.json"))
	if err != nil || len(folders) < 14 {
		t.Fatalf("%d cases, %v", len(folders), err)
	}
	for _, want := range folders {
		folder := filepath.Dir(want)
		t.Run(filepath.Base(folder), func(t *testing.T) { runCase(t, folder) })
	}
}

func runCase(t *testing.T, folder string) {
	var want any
	readJSON(t, filepath.Join(folder, "want.json"), &want)
	input := filepath.Join(folder, "message.eml")
	if list, many := want.([]any); many {
		input = filepath.Join(folder, "mailbox.mbox")
		if got := analyzeFile(t, input); len(got) != len(list) {
			t.Fatalf("%d messages, want %d", len(got), len(list))
		}
	} else {
		want = []any{want}
	}
	for _, fault := range unmet("", want, any(analyzeFile(t, input))) {
		t.Error(fault)
	}
}

// analyzeFile is the reports on a file as JSON values.
func analyzeFile(t *testing.T, path string) (all []any) {
	t.Helper()
	for r, err := range forensic.AnalyzeFile(context.Background(), path, nil) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, asJSON(t, r))
	}
	return all
}

func asJSON(t *testing.T, v any) (out any) {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func readJSON(t *testing.T, path string, v any) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	readBytes(t, b, v)
}

func readBytes(t *testing.T, b []byte, v any) {
	t.Helper()
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(err)
	}
}

// unmet lists where got does not hold what want states. Of an object the
// stated keys count; a list counts whole and in order, except that findings,
// defects and repeated fields need only hold the stated entries.
func unmet(path string, want, got any) (faults []string) {
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s: got %v, want an object", path, got)}
		}
		for key, value := range w {
			faults = append(faults, unmet(path+"."+key, value, g[key])...)
		}
	case []any:
		g, _ := got.([]any)
		switch filepath.Ext(path) {
		case ".findings", ".defects", ".repeated":
			return unmetEntries(path, w, g)
		}
		if len(w) != len(g) {
			return []string{fmt.Sprintf("%s: %d entries, want %d", path, len(g), len(w))}
		}
		for i := range w {
			faults = append(faults, unmet(fmt.Sprintf("%s[%d]", path, i), w[i], g[i])...)
		}
	default:
		if !reflect.DeepEqual(want, got) {
			faults = append(faults, fmt.Sprintf("%s: got %v, want %v", path, got, want))
		}
	}
	return faults
}

func unmetEntries(path string, want, got []any) (faults []string) {
	for _, w := range want {
		found := false
		for _, g := range got {
			found = found || len(unmet(path, w, g)) == 0
		}
		if !found {
			faults = append(faults, fmt.Sprintf("%s: no entry like %v", path, w))
		}
	}
	return faults
}

// The comparison itself must be able to fail.
func TestUnmet(t *testing.T) {
	var want, got any
	readJSON(t, filepath.Join("..", "testdata", "cases", "01-date-missing", "want.json"), &want)
	got = analyzeFile(t, filepath.Join("..", "testdata", "cases", "04-date-without-zone", "message.eml"))[0]
	if len(unmet("", want, got)) != 3 {
		t.Errorf("another message meets the case: %v", unmet("", want, got))
	}
}
