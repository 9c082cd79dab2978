package forensic

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// findingsOf are those with the id, or of the rule when the id is a rule's.
// Nested reports are looked at too.
func findingsOf(r *Report, id string) []Finding {
	var out []Finding
	for _, f := range r.Findings {
		base, _, _ := strings.Cut(f.ID, ":")
		if f.ID == id || base == id {
			out = append(out, f)
		}
	}
	for _, p := range r.Parts {
		if p.Message != nil {
			out = append(out, findingsOf(p.Message, id)...)
		}
	}
	return out
}

// TestRules: each rule finds what it is for, with the values in its detail,
// and is silent about what only looks like it.
func TestRules(t *testing.T) {
	for _, c := range ruleCases {
		t.Run(c.name, func(t *testing.T) {
			found := findingsOf(reportOn(t, c.raw), c.id)
			if c.want == none {
				if len(found) > 0 {
					t.Errorf("%s on innocent mail: %+v", c.id, found[0])
				}
				return
			}
			if len(found) == 0 {
				t.Fatalf("%s not found", c.id)
			}
			if found[0].Severity != c.want {
				t.Errorf("%s is %s, want %s: %s", c.id, found[0].Severity, c.want, found[0].Detail)
			}
			for _, d := range c.detail {
				if !strings.Contains(found[0].Detail, d) {
					t.Errorf("%s: detail %s lacks %s", c.id, found[0].Detail, d)
				}
			}
		})
	}
}

// TestRulesInCRLF: line ends change no finding, no severity and no number of
// places. Cases about line ends themselves are left out.
func TestRulesInCRLF(t *testing.T) {
	for _, c := range ruleCases {
		if strings.Contains(c.raw, "\r") || len(c.raw) > 1<<16 {
			continue
		}
		lf, crlf := reportOn(t, c.raw), reportOn(t, strings.ReplaceAll(c.raw, "\n", "\r\n"))
		a, b := findingsOf(lf, c.id), findingsOf(crlf, c.id)
		same := slices.EqualFunc(a, b, func(a, b Finding) bool {
			return a.ID == b.ID && a.Severity == b.Severity && len(a.Spans) == len(b.Spans)
		})
		if !same {
			t.Errorf("%s: LF %+v, CRLF %+v", c.name, a, b)
		}
	}
}

// TestEveryRuleHasCases: a rule without both kinds of cases above would be
// opinion without a test.
func TestEveryRuleHasCases(t *testing.T) {
	found, silent := map[string]bool{}, map[string]bool{}
	for _, c := range ruleCases {
		base, _, _ := strings.Cut(c.id, ":")
		if c.want == none {
			silent[base] = true
		} else {
			found[base] = true
		}
	}
	found["limit.decoded"] = true                                          // TestDecodedLimit: needs options
	found["mime.second-reader"], silent["mime.second-reader"] = true, true // TestSecondReader
	for _, id := range []string{"smime.backdated", "smime.certificate"} {  // TestCertificateRules: need roots
		found[id], silent[id] = true, true
	}
	for r := range Rules() {
		if !found[r.ID] || !silent[r.ID] {
			t.Errorf("%s: case in which it is found %t, innocent case %t", r.ID, found[r.ID], silent[r.ID])
		}
	}
}

// TestDecodedLimit: a limit that kept something from being examined is told.
func TestDecodedLimit(t *testing.T) {
	i := slices.IndexFunc(ruleCases, func(c ruleCase) bool { return c.name == "encoded message" })
	opt := &Options{Parse: mimeparse.Options{Limits: mimeparse.Limits{MaxDecoded: 10}}}
	r, err := Analyze(context.Background(), strings.NewReader(ruleCases[i].raw), opt)
	if err != nil {
		t.Fatal(err)
	}
	if len(findingsOf(r, "limit.decoded")) != 1 {
		t.Errorf("findings %+v", r.Findings)
	}
}

// TestLetterIsClean: the innocent message of the cases gives no finding at
// all, so that whatever a case shows comes from what the case adds.
func TestLetterIsClean(t *testing.T) {
	if f := reportOn(t, letter("hello\n")).Findings; len(f) > 0 {
		t.Errorf("findings on innocent mail: %+v", f)
	}
}

// TestRuleTable: ids are unique, sorted and in form, and every rule explains
// itself, since Explain and the documentation have no other source.
func TestRuleTable(t *testing.T) {
	last := ""
	for r := range Rules() {
		if r.ID <= last {
			t.Errorf("%s stands behind %s", r.ID, last)
		}
		last = r.ID
		family, name, ok := strings.Cut(r.ID, ".")
		if !ok || family == "" || name == "" || r.ID != strings.ToLower(r.ID) || strings.ContainsAny(r.ID, " :_") {
			t.Errorf("%q is no id", r.ID)
		}
		if r.Severity.Rank() < 0 || !slices.Contains([]report.Confidence{report.Unsure, report.Likely, report.Sure}, r.Confidence) {
			t.Errorf("%s: severity %q, confidence %q", r.ID, r.Severity, r.Confidence)
		}
		for what, text := range map[string]string{"innocent": r.Innocent, "explanation": r.Explanation} {
			if len(text) < 15 || !strings.HasSuffix(text, ".") {
				t.Errorf("%s: %s is %q", r.ID, what, text)
			}
		}
		if r.Title == "" || strings.HasSuffix(r.Title, ".") || len(r.References) == 0 {
			t.Errorf("%s: title %q, references %q", r.ID, r.Title, r.References)
		}
	}
	for r := range allRules() {
		if (r.check == nil) == (len(r.codes) == 0) {
			t.Errorf("%s has check and codes, or neither", r.id)
		}
	}
}

// TestCodesExist: a rule that waits for a defect nobody tells would be silent
// for ever. The parsers' sources are searched for each code.
func TestCodesExist(t *testing.T) {
	var sources strings.Builder
	for _, pattern := range []string{"../headers/*.go", "../mimeparse/*.go", "../internal/*/*.go", "../mimeparse/internal/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range files {
			if b, err := os.ReadFile(name); err == nil && !strings.HasSuffix(name, "_test.go") {
				sources.Write(b)
			}
		}
	}
	codes := append(slices.Clone(invalidCodes[:]),
		"mime.base64-invalid", "mime.base64-padding-inside", "mime.boundary-not-found", "mime.content-after-close", "mime.duplicate-field", "header.space-before-colon")
	for r := range allRules() {
		codes = append(codes, r.codes...)
	}
	for _, c := range codes {
		if !strings.Contains(sources.String(), `"`+c+`"`) {
			t.Errorf("no parser tells %s", c)
		}
	}
}

// TestExplain: an id is found with and without what follows its colon, and an
// unknown one is not answered with another rule.
func TestExplain(t *testing.T) {
	for _, id := range []string{"header.duplicate", "header.duplicate:from"} {
		if r, ok := Explain(id); !ok || r.ID != "header.duplicate" || r.Explanation == "" {
			t.Errorf("Explain(%q) = %+v, %t", id, r, ok)
		}
	}
	for _, id := range []string{"", "header", "header.duplicates", ":from"} {
		if r, ok := Explain(id); ok {
			t.Errorf("Explain(%q) = %+v", id, r)
		}
	}
}

// TestRulesAreCopies: a caller that changes what it was given changes nobody
// else's rules.
func TestRulesAreCopies(t *testing.T) {
	for r := range Rules() {
		r.References[0] = "changed"
		again, _ := Explain(r.ID)
		if again.References[0] == "changed" {
			t.Fatalf("%s shares its references", r.ID)
		}
	}
}

// checkFindings holds every finding to what the schema promises.
func checkFindings(t *testing.T, name string, r *Report) {
	t.Helper()
	size := int(r.Evidence.Size)
	for i, f := range r.Findings {
		if _, ok := Explain(f.ID); !ok {
			t.Errorf("%s: %s cannot be explained", name, f.ID)
		}
		if len(f.Spans) == 0 || len(f.Spans) > maxSpans || f.Detail == "" || f.Title == "" || f.Innocent == "" || len(f.References) == 0 {
			t.Errorf("%s: incomplete %+v", name, f)
		}
		for _, s := range f.Spans {
			if s.Start < 0 || s.End < s.Start || s.End > size {
				t.Errorf("%s: %s has span %v in %d bytes", name, f.ID, s, size)
			}
		}
		if !utf8.ValidString(f.Detail) || strings.ContainsFunc(f.Detail, func(r rune) bool { return unicode.In(r, unicode.Cc, unicode.Cf) }) {
			t.Errorf("%s: %s has a detail that is not visible: %q", name, f.ID, f.Detail)
		}
		if i > 0 && orderOf(r.Findings[i-1], f) > 0 {
			t.Errorf("%s: %s stands before %s", name, r.Findings[i-1].ID, f.ID)
		}
	}
	for i := range r.Parts {
		if m := r.Parts[i].Message; m != nil {
			checkFindings(t, name, m)
		}
	}
}

// orderOf states the order of the schema once more, plainly.
func orderOf(a, b Finding) int {
	switch {
	case a.Severity != b.Severity:
		return b.Severity.Rank() - a.Severity.Rank()
	case a.Spans[0].Start != b.Spans[0].Start:
		return a.Spans[0].Start - b.Spans[0].Start
	case a.Spans[0].End != b.Spans[0].End:
		return a.Spans[0].End - b.Spans[0].End
	}
	return strings.Compare(a.ID, b.ID)
}

// TestFindingsAreWhole: over every case, also for rules other than the case's
// own.
func TestFindingsAreWhole(t *testing.T) {
	for _, c := range ruleCases {
		checkFindings(t, c.name, reportOn(t, c.raw))
	}
}

// TestRealFindingsAreWhole: the same over real mail, where names, spans and
// defects have shapes that no case has.
func TestRealFindingsAreWhole(t *testing.T) {
	for _, path := range sample(t, 400) {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		checkFindings(t, path, reportOn(t, string(raw)))
	}
}

// TestReportIsDeterministic: the same bytes give the same report byte for
// byte, although maps are used on the way.
func TestReportIsDeterministic(t *testing.T) {
	for _, c := range ruleCases {
		if len(c.raw) > 1<<16 {
			continue
		}
		first, err := json.Marshal(reportOn(t, c.raw))
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			again, err := json.Marshal(reportOn(t, c.raw))
			if err != nil {
				t.Fatal(err)
			}
			if string(again) != string(first) {
				t.Fatalf("%s: two reports differ", c.name)
			}
		}
	}
}

// TestFindingsComeBack: a report read from its JSON has the same findings.
func TestFindingsComeBack(t *testing.T) {
	r := reportOn(t, letter("x", "From: a@one.example", "From: b\xFF@two.example"))
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Findings, r.Findings) {
		t.Errorf("got %+v, want %+v", back.Findings, r.Findings)
	}
}

// TestManyHits: a message that breaks one rule in ten thousand places gives a
// bounded report that says how much is not listed.
func TestManyHits(t *testing.T) {
	part := "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=b.txt\n\nx"
	r := reportOn(t, mixed(slices.Repeat([]string{part}, maxHits+7)...))
	found := findingsOf(r, "mime.filename-conflict")
	if len(found) != maxHits || !strings.Contains(found[maxHits-1].Detail, "7 more findings") {
		t.Errorf("%d findings, the last is %+v", len(found), found[len(found)-1])
	}
}

// TestGravestHitsAreListed: what is not listed is never graver than what is.
func TestGravestHitsAreListed(t *testing.T) {
	low := "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=b.txt\n\nx"
	high := strings.ReplaceAll(low, "b.txt", "b.exe")
	r := reportOn(t, mixed(append(slices.Repeat([]string{low}, maxHits+7), high)...))
	if found := findingsOf(r, "mime.filename-conflict"); found[0].Severity != report.High {
		t.Errorf("the first is %+v", found[0])
	}
}

// TestQuote: a detail shows what a terminal or a reader would act on, and a
// cut never leaves half a character.
func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		"a\x1b[2J\u202Eb\u200Bc\xFF": `"a\x1b[2J\u202eb\u200bc\xff"`,
		"caf\u00e9":                  `"café"`,
		"":                           `""`,
		strings.Repeat("a", quoted-1) + "\u00e9\u00e9": `"` + strings.Repeat("a", quoted-1) + `"… (163 bytes)`,
	} {
		if got := quote(in); got != want {
			t.Errorf("quote(%q) = %s, want %s", in, got, want)
		}
		if got := quoteBytes([]byte(in)); got != want {
			t.Errorf("quoteBytes(%q) = %s, want %s", in, got, want)
		}
	}
}

// TestAddressIn: the search for an address in a name neither misses the usual
// disguises nor takes handles and version numbers for addresses.
func TestAddressIn(t *testing.T) {
	for in, want := range map[string]string{
		"Boss boss@bank.example.":         "boss@bank.example",
		"<boss@bank.example>":             "boss@bank.example",
		"@work, boss@bank.example":        "boss@bank.example",
		"boss\uFF20bank.example":          "boss@bank.example",
		"b\u00fcro@m\u00fcnchen.example":  "b\u00fcro@m\u00fcnchen.example",
		"\u00abboss@bank.example\u00bb":   "boss@bank.example",
		"The boss\u2014boss@bank.example": "boss@bank.example",
		"@@@@":                            "",
		"meet @ ten":                      "",
		"a@b":                             "",
		"":                                "",
	} {
		if got := addressIn(in); got != want {
			t.Errorf("addressIn(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestAddressInIsLinear: a name of nothing but at signs is read once.
func TestAddressInIsLinear(t *testing.T) {
	if got := addressIn(strings.Repeat("a@", 1<<20)); got != "" {
		t.Errorf("found %q", got[:20])
	}
}

// TestReadingsRestOnTheOptions: when the report itself takes the last of like
// fields, the other reading is the one with the first.
func TestReadingsRestOnTheOptions(t *testing.T) {
	i := slices.IndexFunc(ruleCases, func(c ruleCase) bool { return c.name == "two encodings" })
	opt := &Options{Parse: mimeparse.Options{Reading: mimeparse.Reading{LastField: true}}}
	r, err := Analyze(context.Background(), strings.NewReader(ruleCases[i].raw), opt)
	if err != nil {
		t.Fatal(err)
	}
	found := findingsOf(r, "mime.duplicate-field")
	if len(found) != 1 || found[0].Severity != report.High || !strings.Contains(found[0].Detail, "not taking the last of like fields") {
		t.Errorf("findings %+v", found)
	}
}

// TestReadingsAreOfTheirPart: a part whose fields are doubled without effect
// is not made grave by another part where they have one.
func TestReadingsAreOfTheirPart(t *testing.T) {
	grave := "Content-Type: text/plain\nContent-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\naGVsbG8K"
	light := "Content-Type: text/plain\nContent-ID: <a@b>\nContent-ID: <c@d>\n\nx"
	r := reportOn(t, mixed(grave, light))
	for _, f := range findingsOf(r, "mime.duplicate-field") {
		want := report.High
		if f.ID == "mime.duplicate-field:content-id" {
			want = report.Low
		}
		if f.Severity != want {
			t.Errorf("%s is %s: %s", f.ID, f.Severity, f.Detail)
		}
	}
}

// BenchmarkJudge measures the rules alone over an ordinary message.
func BenchmarkJudge(b *testing.B) {
	raw := mixed(plainPart, attached("application/pdf", "minutes.pdf", pdfBytes))
	m := mimeparse.Parse([]byte(raw), nil)
	f := &facts{msg: m, report: &Report{Settings: new(Options).settings()}}
	f.readMessage()
	f.readRoute(new(Options))
	f.readClock(nil)
	f.parts = m.Parts
	for _, p := range m.Parts {
		f.report.Parts = append(f.report.Parts, describe(p))
	}
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		judge(f)
	}
}
