package forensic

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// TestNameSet: the set may say yes for a name that is not there, but never no
// for one that is, in any letters, once or twice.
func TestNameSet(t *testing.T) {
	names := []string{"From", "fRoM", "To", "X-Mailer", "x-", "-", "é", "[", "{", strings.Repeat("n", 300), "Received", "received"}
	for _, a := range names {
		for _, b := range names {
			f := &facts{memo: new(memo), msg: &mimeparse.Message{Header: &headers.Block{Fields: []headers.Field{{Name: a}, {Name: b}}}}}
			for _, asked := range []string{a, strings.ToUpper(a), b} {
				if _, ok := f.msg.Header.First(asked); ok && !f.may(asked) {
					t.Errorf("%q beside %q is not found", asked, b)
				}
				if n := f.msg.Header.Count(asked); n > 1 && !f.mayRepeat(asked) {
					t.Errorf("%q beside %q is not found twice", asked, b)
				}
				if want, ok := f.msg.Header.First(asked); ok != (len(slices.Collect(f.fields(asked))) > 0) || ok && want.Name == "" {
					t.Errorf("fields of %q and First do not agree", asked)
				}
			}
		}
	}
}

// TestNameSetWithoutFields: a header without fields, and a name without
// letters, are no reason to fail.
func TestNameSetWithoutFields(t *testing.T) {
	f := &facts{memo: new(memo), msg: &mimeparse.Message{Header: new(headers.Block)}}
	if _, ok := f.field(""); ok || f.may("From") || f.mayRepeat("From") {
		t.Error("found a field where there is none")
	}
}

// TestReleased: what is used again must hold nothing of the message before:
// neither in its fields nor behind the length of its slices.
func TestReleased(t *testing.T) {
	for path, raw := range testMessages(t) {
		m := mimeparse.Parse(raw, nil)
		f := &facts{msg: m, report: &Report{Settings: new(Options).settings()}}
		f.readMessage()
		f.readRoute(new(Options))
		f.readClock(nil)
		judge(f)
		used := f.memo
		used.release()
		checkCleared(t, path, reflect.ValueOf(used).Elem())
	}
}

// checkCleared wants every field zero, of a slice every element that it has
// room for. Numbers that are written before they are read may stay.
func checkCleared(t *testing.T, path string, v reflect.Value) {
	t.Helper()
	for i := range v.NumField() {
		name, field := v.Type().Field(i).Name, v.Field(i)
		switch {
		case name == "judging":
			checkCleared(t, path, field)
		case name == "trust" || name == "listed" || name == "order":
		case field.Kind() == reflect.Slice:
			for k, all := 0, field.Slice3(0, field.Cap(), field.Cap()); k < all.Len(); k++ {
				if !all.Index(k).IsZero() {
					t.Errorf("%s: %s[%d] is still there", path, name, k)
				}
			}
		case !field.IsZero():
			t.Errorf("%s: %s is still there", path, name)
		}
	}
}

// TestMemoryUsedAgain: a report must not change by what is analysed after it,
// and be the same bytes whatever was analysed before it.
func TestMemoryUsedAgain(t *testing.T) {
	type made struct {
		report *Report
		first  string
	}
	all := testMessages(t)
	reports := map[string]made{}
	for path, raw := range all {
		r := analyzed(t, path, raw, single)
		reports[path] = made{r, string(r.AppendJSON(nil))}
	}
	for path, raw := range all {
		if string(analyzed(t, path, raw, single).AppendJSON(nil)) != reports[path].first {
			t.Errorf("%s: the second report is another one", path)
		}
	}
	for path, r := range reports {
		if string(r.report.AppendJSON(nil)) != r.first {
			t.Errorf("%s: the report changed afterwards", path)
		}
	}
}

// TestReferencesAreTheCallers: a finding that a caller changes must not change
// the table of rules.
func TestReferencesAreTheCallers(t *testing.T) {
	raw := []byte("Subject: no author\n\ntext\n")
	first := analyzed(t, "a.eml", raw, nil)
	want := string(first.AppendJSON(nil))
	for i := range first.Findings {
		refs := first.Findings[i].References
		for k := range refs {
			refs[k] = "changed"
		}
		first.Findings[i].References = append(refs, "more")
	}
	if got := string(analyzed(t, "a.eml", raw, nil).AppendJSON(nil)); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if len(first.Findings) < 2 || first.Findings[1].References[0] != "changed" {
		t.Error("the lists of two findings share their memory")
	}
}

// single takes data that looks like a mailbox for one message.
var single = &evidence.Options{Single: true}

// analyzed is the report on the first message in the data.
func analyzed(t testing.TB, path string, raw []byte, opt *evidence.Options) *Report {
	t.Helper()
	file, err := evidence.Read(path, bytes.NewReader(raw), opt)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for m, err := range file.Messages() {
		if err != nil {
			t.Fatal(err)
		}
		r, err := AnalyzeMessage(context.Background(), m, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	t.Fatal("no message")
	return nil
}

// testMessages are the messages of the test cases, by path.
func testMessages(t *testing.T) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir("../testdata", func(path string, d os.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".eml") && len(out) < 400 {
			out[path], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil || len(out) < 5 {
		t.Fatalf("%d messages, %v", len(out), err)
	}
	return out
}
