package render

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/headers"
)

// outer holds a message inside, and every kind of line.
const outer = `Return-Path: <>
Received: from a.example (b.example [192.0.2.1]) by mx.example.org with ESMTPS id 7; Wed, 1 May 2024 10:00:05 +0000
Received: from c.example by a.example; Wed, 1 May 2024 12:00:00 +0200
From: "Alice" <alice@example.org>
From: eve@example.com
Date: Wed, 1 May 2024 12:00
Subject: Hi
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: message/rfc822

From: inner@example.org
Subject: inside

x
--b--
`

func reportOn(t testing.TB, text string) *forensic.Report {
	t.Helper()
	r, err := forensic.Analyze(context.Background(), strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// inbox is a mailbox: its messages do not begin at the file's first byte.
func inbox(t testing.TB, texts ...string) ([]byte, []*forensic.Report) {
	t.Helper()
	var box string
	for _, text := range texts {
		box += "From a@example.org Wed May  1 12:00:00 2024\n" + text + "\n"
	}
	file, err := evidence.Read("box.mbox", strings.NewReader(box), nil)
	if err != nil {
		t.Fatal(err)
	}
	var reports []*forensic.Report
	for r, err := range forensic.AnalyzeAll(context.Background(), file, nil) {
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	return []byte(box), reports
}

func printed(t testing.TB, format string, opt *Options, reports ...*forensic.Report) string {
	t.Helper()
	var b bytes.Buffer
	p, err := New(format, &b, opt)
	if err != nil {
		t.Fatal(err)
	}
	printAll(t, p, reports)
	return b.String()
}

// printAll gives the reports to a printer and closes it.
func printAll(t testing.TB, p Printer, reports []*forensic.Report) {
	t.Helper()
	for _, r := range reports {
		if err := p.Report(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
}

// Each statement of the report must reach a reader of the text.
func TestTextSaysEverything(t *testing.T) {
	text := printed(t, "text", nil, reportOn(t, outer))
	for _, want := range []string{
		`From         "Alice" <alice@example.org>`, "Return-Path  <> (the null path)", "To           no address in To, Cc or Bcc",
		"2024-05-01T12:00, zone not stated: the moment may be up to 14 h away (Wed, 1 May",
		"Message-ID   no Message-ID field", "the field from stands 2 times", "2 hops, oldest first, 5 s from", "written Wed, 1 May 2024 12:00:00 +0200",
		"    1 2024-05-01T10:00:00Z  ", "2024-05-01T10:00:05Z       +5 s", "reverse name b.example", "address 192.0.2.1",
		"message inside @", "inner@example.org", `"inside"`, "multipart/mixed", "Findings", "Innocent: ", "Defects",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for line := range strings.Lines(text) {
		if strings.HasSuffix(line, " \n") {
			t.Errorf("blank at the end of %q", line)
		}
		if len(line) > pageWidth+10 && strings.Contains(strings.TrimSpace(line), " ") && !strings.Contains(line, "sha256") {
			t.Errorf("long line %q", line)
		}
	}
}

// What is not there is said in words, never left out in silence.
func TestTextSaysWhatIsAbsent(t *testing.T) {
	text := printed(t, "text", nil, reportOn(t, "X: y\n\n"))
	for _, want := range []string{"no From field", "no address in To, Cc or Bcc", "no Date field", "no Subject field", "no Message-ID field", "no Received field", "text/plain (not declared)"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

var span = regexp.MustCompile(`\[(\d+)-(\d+)\]`)

// A span in the text must cut the very bytes out of the file, also of a
// mailbox and of a message inside another: that is what dd is told.
func TestSpansAreFileOffsets(t *testing.T) {
	file, reports := inbox(t, "From: z@example.org\n\nfirst\n", outer)
	text := printed(t, "text", &Options{Spans: true}, reports...)
	for want, line := range map[string]string{
		"z@example.org": "<z@example.org>", `"Alice" <alice@example.org>`: `"Alice"`, "Hi": `"Hi"`,
		"inner@example.org": "<inner@example.org>", "inside": `"inside"`,
	} {
		i := strings.Index(text, line)
		if i < 0 {
			t.Fatalf("no %q in\n%s", line, text)
		}
		m := span.FindStringSubmatch(text[i:])
		start, _ := strconv.Atoi(m[1])
		end, _ := strconv.Atoi(m[2])
		if got := strings.TrimSpace(string(file[start:end])); got != want {
			t.Errorf("%s: %s is %q, want %q", line, m[0], got, want)
		}
	}
	if strings.Contains(printed(t, "text", nil, reports...), "[start-end]") {
		t.Error("spans without being asked")
	}
}

// A message that was decoded stands nowhere in the file: its spans say so.
func TestSpansOfDecodedMessage(t *testing.T) {
	text := printed(t, "text", &Options{Spans: true}, reportOn(t, "From: a@example.org\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nRnJvbTogYkBleGFtcGxlLm9yZwpTdWJqZWN0OiB4Cgp4Cg==\n"))
	for _, want := range []string{"message inside, decoded", "count from its own first byte", "<b@example.org> [6-19]"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
}

// Defects are listed when asked for, either way, and counted always.
func TestDefectsOnRequest(t *testing.T) {
	r := reportOn(t, "From: a@example.org\nDate: Mon, 1 May 2024 12:00:00 +0000\n\n")
	const code = "date.weekday-wrong: "
	if text := printed(t, "text", nil, r); strings.Contains(text, code) || !strings.Contains(text, "Defects      1 place") {
		t.Error(text)
	}
	if text := printed(t, "text", &Options{Verbose: true}, r); !strings.Contains(text, code) {
		t.Error(text)
	}
}

// Colour adds marks and nothing else: without them the text is the same.
func TestColorAddsOnlyMarks(t *testing.T) {
	r := reportOn(t, outer)
	plain, colored := printed(t, "text", nil, r), printed(t, "text", &Options{Color: true}, r)
	if plain == colored || regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colored, "") != plain {
		t.Error("colours change the text")
	}
}

// One report is a document, several are an array of the same documents, none
// is nothing; JSON Lines has one line each. None of it holds HTML escapes.
func TestJSON(t *testing.T) {
	_, reports := inbox(t, "From: <a@example.org>\n\n", outer, "X: y\n\n")
	var want []forensic.Report
	for _, r := range reports {
		var one forensic.Report
		text := printed(t, "json", nil, r)
		if err := json.Unmarshal([]byte(text), &one); err != nil || !strings.HasPrefix(text, "{\n  \"schema\"") || strings.Contains(text, `\u003c`) {
			t.Fatal(err, text)
		}
		want = append(want, one)
	}
	var list []forensic.Report
	if err := json.Unmarshal([]byte(printed(t, "json", nil, reports...)), &list); err != nil || !reflect.DeepEqual(list, want) {
		t.Error("the array differs from its documents", err)
	}
	lines := slices.Collect(strings.Lines(printed(t, "jsonl", nil, reports...)))
	if len(lines) != len(want) {
		t.Fatal(len(lines), "lines")
	}
	for i, line := range lines {
		var one forensic.Report
		if err := json.Unmarshal([]byte(line), &one); err != nil || !reflect.DeepEqual(one, want[i]) {
			t.Error("line", i, err)
		}
	}
	if text := printed(t, "json", nil); text != "" {
		t.Errorf("no report gives %q", text)
	}
}

// On a terminal JSON escapes more, but says the same.
func TestJSONEscapes(t *testing.T) {
	r := reportOn(t, "Subject: a\u202eb\u0085c\U000e0041d\x7f\n\n")
	plain, escaped := printed(t, "jsonl", nil, r), printed(t, "jsonl", &Options{Escape: true}, r)
	var a, b any
	if json.Unmarshal([]byte(plain), &a) != nil || json.Unmarshal([]byte(escaped), &b) != nil || !reflect.DeepEqual(a, b) {
		t.Error("escapes change the document")
	}
	if !strings.Contains(escaped, `a\u202Eb\u0085c\uDB40\uDC41d\u007F`) || strings.ContainsFunc(escaped, unsafeInJSON) {
		t.Error(escaped)
	}
}

// The parts document keeps every field of a part and reduces messages inside.
func TestParts(t *testing.T) {
	r := reportOn(t, outer)
	p := partsOf(r)
	if p.Schema != partsSchema || len(p.Parts) != 2 || p.Parts[1].Message == nil || p.Parts[1].Part.Message != nil || p.Parts[1].SHA256 != r.Parts[1].SHA256 {
		t.Errorf("%+v", p)
	}
	if r.Parts[1].Message == nil {
		t.Error("the report was changed")
	}
	var b bytes.Buffer
	x, err := NewExtract("json", &b, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(x.Report(r, []Extracted{{Part: "1.1", File: "f", Size: 1, SHA256: "00"}}), x.Close()); err != nil {
		t.Fatal(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(b.Bytes(), &doc); err != nil || len(doc["extracted"].([]any)) != 1 {
		t.Error(err, b.String())
	}
}

// Every defect of the header stands with its field, once; what lies between
// fields is not lost.
func TestHeaders(t *testing.T) {
	const text = "Date: Mon, 1 May 2024 12:00:00 +0000\nno field\nSubject : =?utf-8?Q?x=C3?=\nFrom: a@example.org\n\n"
	r := reportOn(t, text)
	h := headersOf(r, headers.Parse([]byte(text)))
	if len(h.Fields) != 3 || h.Fields[0].Name != "Date" || h.Fields[1].Span.Start != 46 {
		t.Fatalf("%+v", h.Fields)
	}
	n := len(h.Defects)
	for _, f := range h.Fields {
		n += len(f.Defects)
		for _, d := range f.Defects {
			if d.Span.Start < f.Span.Start || d.Span.Start >= f.Span.End {
				t.Errorf("%s has %+v", f.Name, d)
			}
		}
	}
	if n != len(r.Defects) || len(h.Fields[0].Defects) != 1 {
		t.Errorf("%d defects, the report has %d", n, len(r.Defects))
	}
	var b bytes.Buffer
	p, err := NewHeaders("text", &b, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(p.Headers(r, headers.Parse([]byte(text))), p.Close()); err != nil || !strings.Contains(b.String(), "  ! date.weekday-wrong") {
		t.Error(err, b.String())
	}
}

// A misspelt format is an error that names it, from every constructor.
func TestUnknownFormat(t *testing.T) {
	_, a := New("xml", nil, nil)
	_, b := NewParts("xml", nil, nil)
	_, c := NewHeaders("xml", nil, nil)
	_, d := NewExtract("xml", nil, nil)
	for _, err := range []error{a, b, c, d} {
		if !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), `"xml"`) {
			t.Error(err)
		}
	}
	for _, name := range Formats() {
		if _, err := New(name, nil, nil); err != nil {
			t.Error(err)
		}
	}
}

// Every rule can be explained and is listed.
func TestRules(t *testing.T) {
	var list bytes.Buffer
	if err := RuleList(&list, forensic.Rules(), nil); err != nil {
		t.Fatal(err)
	}
	for r := range forensic.Rules() {
		var b bytes.Buffer
		if err := Rule(&b, r, nil); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{r.ID, r.Title, "How it can be innocent", string(r.Severity)} {
			if !strings.Contains(b.String(), want) {
				t.Errorf("%s: no %q", r.ID, want)
			}
		}
		if !strings.Contains(list.String(), r.ID+" ") {
			t.Errorf("%s is not listed", r.ID)
		}
	}
}

// failing is a writer that fails at once.
type failing struct{}

var errFull = errors.New("full")

func (failing) Write([]byte) (int, error) { return 0, errFull }

// A writer's error must come out of Report or Close, whatever the format.
func TestWriterErrors(t *testing.T) {
	r := reportOn(t, outer)
	for _, format := range Formats() {
		p, err := New(format, failing{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(p.Report(r), p.Report(r), p.Close()); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

// No input may reach the page as a control character, break its lines or make
// its JSON invalid, and two runs give the same bytes.
func FuzzPrint(f *testing.F) {
	for _, seed := range []string{outer, "", "Subject: \x1b[31m\u202e\u2028\r\n\r\n", "From: \"\x00\" <\xff@\x85>\n\n", "Date: x\nReceived: y\n\n", "Content-Type: multipart/mixed; boundary=a\n\n--a\n\n\x07\n--a--"} {
		f.Add(seed)
	}
	opt := &Options{Escape: true, Spans: true, Zone: time.UTC}
	f.Fuzz(func(t *testing.T, text string) {
		r := reportOn(t, text)
		out := printed(t, "text", opt, r)
		if i := strings.IndexFunc(out, func(c rune) bool { return c != '\n' && (breaksLine(c) || hides(c)) }); i >= 0 {
			t.Fatalf("%q in %q", out[i], out)
		}
		doc := printed(t, "json", opt, r)
		if !json.Valid([]byte(doc)) {
			t.Fatalf("no JSON: %s", doc)
		}
		if out != printed(t, "text", opt, r) || doc != printed(t, "json", opt, r) {
			t.Fatal("differs the second time")
		}
		var b bytes.Buffer
		h, err := NewHeaders("text", &b, opt)
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Headers(r, headers.Parse([]byte(text))); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkText(b *testing.B) { benchmark(b, "text") }
func BenchmarkJSON(b *testing.B) { benchmark(b, "jsonl") }

func benchmark(b *testing.B, format string) {
	r := reportOn(b, outer)
	n := len(printed(b, format, nil, r))
	b.SetBytes(int64(n))
	b.ReportAllocs()
	for b.Loop() {
		printed(b, format, nil, r)
	}
}
