package forensic_test

import (
	"encoding/json"
	"testing"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/headers"
)

// TestCompareReport proves that the comparison under TestSuites can fail: a
// comparison that accepts too much would make every case pass.
func TestCompareReport(t *testing.T) {
	const got = `{"a":"x","n":null,"size":3,"list":[{"k":1},{"k":2}],"none":[],"empty":""}`
	for _, c := range []struct {
		want string
		same bool
	}{
		{`{}`, true},
		{`{"a":"x"}`, true},
		{`{"a":"y"}`, false},
		{`{"a":null}`, false},
		{`{"n":null}`, true},
		{`{"n":""}`, false},
		{`{"empty":null}`, false},
		{`{"n":{"time":null}}`, true},  // nothing is known of what is not there
		{`{"n":{"time":"x"}}`, false},  // but something is wanted of it
		{`{"a":{"time":null}}`, false}, // there is something, and it is no object
		{`{"missing":null}`, false},    // a key that the schema lacks is a slip
		{`{"size":4}`, false},          // numbers
		{`{"list":[{"k":1}]}`, false},  // one too few
		{`{"list":[{"k":2},{"k":1}]}`, false},
		{`{"list":[{},{"k":2}]}`, true},
		{`{"list":[]}`, false},
		{`{"none":[]}`, true},
		{`{"none":null}`, false},
		{`{"none":[{}]}`, false},
		{`{"list":{"$has":[{"k":2}]}}`, true},
		{`{"list":{"$has":[{"k":2},{"k":1}]}}`, true},
		{`{"list":{"$has":[{"k":3}]}}`, false},
		{`{"n":{"$has":[{}]}}`, false},
	} {
		if same := len(compareReport("", fromJSON(t, got), fromJSON(t, c.want))) == 0; same != c.same {
			t.Errorf("want %s: equal is %v, must be %v", c.want, same, c.same)
		}
	}
}

func fromJSON(t *testing.T, s string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestTouched pins what a defect "at" some bytes means: it overlaps or borders
// them, and both defects and findings count.
func TestTouched(t *testing.T) {
	at := func(start, end int) *forensic.Report {
		return &forensic.Report{Defects: []report.Defect{{Span: headers.Span{Start: start, End: end}}}}
	}
	for _, c := range []struct {
		r    *forensic.Report
		want bool
	}{
		{&forensic.Report{}, false},
		{at(0, 9), false},
		{at(0, 10), true},
		{at(12, 13), true},
		{at(20, 20), true},
		{at(21, 30), false},
		{&forensic.Report{Findings: []forensic.Finding{{Spans: []headers.Span{{Start: 30, End: 40}, {Start: 15, End: 16}}}}}, true},
	} {
		if got := touched(c.r, 10, 20); got != c.want {
			t.Errorf("%v %v: touched is %v", c.r.Defects, c.r.Findings, got)
		}
	}
}

// TestCRLFOffsets pins the reckoning of offsets for the CRLF form.
func TestCRLFOffsets(t *testing.T) {
	for at, want := range []int{0, 1, 3, 4, 6} {
		if got := inCRLF([]byte("a\nb\n"), at); got != want {
			t.Errorf("offset %d: got %d, want %d", at, got, want)
		}
	}
}
