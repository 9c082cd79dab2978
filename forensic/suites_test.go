package forensic_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic"
)

// suiteNames are the tables under testdata/suites; make_suites.py writes them.
var suiteNames = []string{"dates", "words", "addresses", "structures", "headers"}

// suiteCase is one line of a table. Message holds one byte per character.
type suiteCase struct {
	ID      string `json:"id"`
	Why     string `json:"why"`
	Message string `json:"message"`
	// Want is a partial report: only what it names is compared.
	Want any `json:"want"`
	// WantCRLF replaces Want for the CRLF form where the two differ.
	WantCRLF any `json:"want_crlf"`
	// WantAny lists readings of which one must hold: the RFC leaves it open.
	WantAny []any `json:"want_any"`
	// WantDefectIn is a span of the LF form that a defect or finding touches.
	WantDefectIn []int `json:"want_defect_in"`
	// AsIs marks a case about line breaks, which has one form only.
	AsIs bool `json:"as_is"`
}

// TestSuites holds the whole library against answers taken from the RFCs and
// the report schema, never from the library itself. Every message is tried
// with LF and with CRLF, because offsets and line ends are where parsers slip.
func TestSuites(t *testing.T) {
	for _, name := range suiteNames {
		t.Run(name, func(t *testing.T) {
			cases := readSuite[suiteCase](t, suitePath(name))
			if len(cases) < 60 {
				t.Fatalf("%d cases: the table was cut", len(cases))
			}
			for _, c := range cases {
				t.Run(c.ID, func(t *testing.T) { c.run(t) })
			}
		})
	}
}

// readSuite reads a suite of one JSON object a line.
func readSuite[T any](t *testing.T, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var cases []T
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var c T
		dec := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		dec.DisallowUnknownFields() // a key that is not compared would hide a fault
		if err := dec.Decode(&c); err != nil {
			t.Fatalf("%s, line %d: %v", path, len(cases)+1, err)
		}
		cases = append(cases, c)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return cases
}

// suitePath is where a suite of the project stands.
func suitePath(name string) string { return filepath.Join("..", "testdata", "suites", name+".jsonl") }

func (c *suiteCase) run(t *testing.T) {
	lf := latin1(c.Message)
	touch := c.WantDefectIn
	c.check(t, "as stored", lf, c.Want, touch)
	if c.AsIs {
		return
	}
	want := c.Want
	if c.WantCRLF != nil {
		want = c.WantCRLF
	}
	if touch != nil {
		touch = []int{inCRLF(lf, touch[0]), inCRLF(lf, touch[1])}
	}
	c.check(t, "CRLF", bytes.ReplaceAll(lf, []byte("\n"), []byte("\r\n")), want, touch)
}

func (c *suiteCase) check(t *testing.T, form string, msg []byte, want any, touch []int) {
	t.Helper()
	r, err := forensic.Analyze(context.Background(), bytes.NewReader(msg), &forensic.Options{Single: true})
	if err != nil {
		t.Fatalf("%s: %v", form, err)
	}
	faults := compareReport("", asJSON(t, r), want)
	if len(c.WantAny) > 0 && !slices.ContainsFunc(c.WantAny, func(w any) bool { return len(compareReport("", asJSON(t, r), w)) == 0 }) {
		faults = append(faults, noneHolds(asJSON(t, r), c.WantAny))
	}
	if touch != nil && !touched(r, touch[0], touch[1]) {
		faults = append(faults, fmt.Sprintf("no defect or finding touches [%d,%d) %q; defects: %v", touch[0], touch[1], msg[touch[0]:touch[1]], r.Defects))
	}
	for _, f := range faults {
		t.Errorf("%s, %s form: %s\n\t%s\n\tmessage: %s", c.ID, form, c.Why, f, shown(msg))
	}
}

// latin1 turns one character per byte back into bytes.
func latin1(s string) []byte {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		out = append(out, byte(r))
	}
	return out
}

// inCRLF is where the offset of the LF form stands once each LF is CRLF.
func inCRLF(lf []byte, at int) int { return at + bytes.Count(lf[:at], []byte("\n")) }

// touched reports whether a defect or finding overlaps or borders the bytes.
// What is missing has no bytes, so bordering must do.
func touched(r *forensic.Report, start, end int) bool {
	for _, d := range r.Defects {
		if d.Span.Start <= end && d.Span.End >= start {
			return true
		}
	}
	for _, f := range r.Findings {
		for _, s := range f.Spans {
			if s.Start <= end && s.End >= start {
				return true
			}
		}
	}
	return false
}

// compareReport lists where got differs from the partial report want: objects
// by key, lists by index and length, or under the key "$has" in any order. A want of nothing but nulls also accepts
// that the object around it is missing.
func compareReport(path string, got, want any) []string {
	switch w := want.(type) {
	case map[string]any:
		if items, ok := w["$has"].([]any); ok {
			return compareAnywhere(path, got, items)
		}
		g, ok := got.(map[string]any)
		if !ok && got == nil && allNull(w) {
			return nil
		}
		if !ok {
			return []string{mismatch(path, got, want)}
		}
		var out []string
		for _, key := range slices.Sorted(maps.Keys(w)) {
			if _, ok := g[key]; !ok {
				out = append(out, fmt.Sprintf("%s.%s: the report has no such key", path, key))
				continue
			}
			out = append(out, compareReport(path+"."+key, g[key], w[key])...)
		}
		return out
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			return []string{mismatch(path, got, want)}
		}
		var out []string
		for i := range w {
			out = append(out, compareReport(path+"["+strconv.Itoa(i)+"]", g[i], w[i])...)
		}
		return out
	}
	if !reflect.DeepEqual(got, want) {
		return []string{mismatch(path, got, want)}
	}
	return nil
}

// compareAnywhere demands that each item matches one element of the list got.
func compareAnywhere(path string, got any, items []any) []string {
	list, _ := got.([]any)
	var out []string
	for _, item := range items {
		if !slices.ContainsFunc(list, func(g any) bool { return len(compareReport("", g, item)) == 0 }) {
			out = append(out, mismatch(path+" (anywhere)", got, item))
		}
	}
	return out
}

func allNull(w map[string]any) bool {
	for _, v := range w {
		if m, ok := v.(map[string]any); v != nil && !(ok && allNull(m)) {
			return false
		}
	}
	return true
}

func mismatch(path string, got, want any) string {
	return fmt.Sprintf("%s: got %s, want %s", strings.TrimPrefix(path, "."), compact(got), compact(want))
}

func noneHolds(got any, wants []any) string {
	var out strings.Builder
	out.WriteString("no allowed reading holds:")
	for _, w := range wants {
		fmt.Fprintf(&out, "\n\t  or %s", strings.Join(compareReport("", got, w), "; "))
	}
	return out.String()
}

// compact is v as JSON, cut to a length that can be read.
func compact(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return cut(string(b))
}

func shown(msg []byte) string { return cut(fmt.Sprintf("%q", msg)) }

func cut(s string) string {
	const most = 700
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}
