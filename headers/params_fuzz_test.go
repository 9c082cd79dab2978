package headers

import (
	"bytes"
	"mime"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// paramCheck states what holds for every input whatever.
func paramCheck(t *testing.T, raw []byte, at Span, parse func([]byte, Span) ParamValue) ParamValue {
	t.Helper()
	got := parse(raw, at)
	if again := parse(raw, at); !reflect.DeepEqual(got, again) {
		t.Fatalf("%q: two readings differ", at.Of(raw))
	}
	if got.Span != trimSpan(raw, at) || !got.Span.Contains(got.ValueSpan) || got.Raw != string(got.Span.Of(raw)) {
		t.Fatalf("%q: %+v", raw, got)
	}
	checkDefects(t, raw, got.Span, got.Defects)
	if got.Value == "" != got.ValueSpan.Empty() {
		t.Fatalf("%q: value %q at %v", raw, got.Value, got.ValueSpan)
	}
	for _, p := range got.Params {
		checkParam(t, raw, got, p)
	}
	alone := parse(bytes.Clone(got.Span.Of(raw)), Span{0, got.Span.Len()}) // what stands outside the span does not matter
	if alone.Value != got.Value || !slices.Equal(showParams(alone.Params), showParams(got.Params)) || len(alone.Defects) != len(got.Defects) {
		t.Fatalf("%q: alone %+v, amid other text %+v", got.Raw, alone, got)
	}
	return got
}

func checkParam(t *testing.T, raw []byte, v ParamValue, p Param) {
	t.Helper()
	switch p.Form {
	case "continued":
		joined := ""
		for i, piece := range p.Pieces {
			if !p.Span.Contains(piece) {
				t.Fatalf("%q: piece %v outside %v", v.Raw, piece, p.Span)
			}
			joined += strings.Repeat(" ", min(i, 1)) + string(piece.Of(raw))
		}
		if joined != p.Raw {
			t.Fatalf("%q: raw %q, pieces %q", v.Raw, p.Raw, joined)
		}
	case "plain", "quoted", "encoded-word", "extended":
		if p.Raw != string(p.Span.Of(raw)) || p.Pieces != nil {
			t.Fatalf("%q: raw %q at %v", v.Raw, p.Raw, p.Span)
		}
	default:
		t.Fatalf("%q: form %q", v.Raw, p.Form)
	}
	if !v.Span.Contains(p.Span) || p.Name == "" || p.Name != "boundary" && !utf8.ValidString(p.Value) {
		t.Fatalf("%q: %+v", v.Raw, p)
	}
	if _, ok := v.Get(p.Name); !ok {
		t.Fatalf("%q: no %q", v.Raw, p.Name)
	}
}

// paramAgrees compares with the standard library where it reads the value and
// nothing in it is out of order.
func paramAgrees(t *testing.T, v ParamValue) {
	t.Helper()
	text := string(appendUnfolded(nil, []byte(v.Raw), Span{0, len(v.Raw)}, len(v.Raw)))
	value, params, err := mime.ParseMediaType(text)
	if err != nil || len(v.Defects) > 0 || strings.ContainsAny(text, "()\\*\r\n") {
		return // it knows no comments, and quotes anything by a backslash
	}
	if value != v.Value || len(params) != len(v.Params) {
		t.Fatalf("%q: got %+v, package mime reads %q %q", v.Raw, v, value, params)
	}
	for _, p := range v.Params {
		if params[p.Name] != p.Value {
			t.Fatalf("%q: got %q, package mime reads %q", v.Raw, p.Value, params[p.Name])
		}
	}
}

func FuzzParseMediaType(f *testing.F) {
	for _, c := range slices.Concat(typeCases, dispositionCases, extendedCases) {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		paramAgrees(t, paramCheck(t, raw, Span{0, len(raw)}, ParseMediaType))
		paramCheck(t, raw, Span{len(raw) / 3, 2 * len(raw) / 3}, ParseDisposition)
	})
}

// TestParamLinear holds values that could be searched again from each of their
// parts. It fails by running out of time.
func TestParamLinear(t *testing.T) {
	for _, unit := range []string{
		";", "; ", ";a=b", ";a=\"b\"", ";a=\"", "\"", "\" ", "(", "()", "( ", ";(", "a=(", " (a", "=", " ", "\\", "\"\\", "\\\"", "\\\";", "a ", "a= ", ",", "/",
		";n*0=a", ";n*0*=%", "%41", "'", ";=?", "=?a?q?", ";a=b c", ";a=\"x\"y\"", " charset", " charset=", "\r\n ", "\xFF",
	} {
		for _, head := range []string{"", "a/b; n=", "a/b; n=\"", "a/b; n*=", "a/b "} {
			raw := []byte(head + strings.Repeat(unit, 1<<20/len(unit)))
			got := ParseMediaType(raw, Span{0, len(raw)})
			checkDefects(t, raw, got.Span, got.Defects)
		}
	}
}

// TestParamReal reads the MIME fields of real messages: the properties hold,
// and the standard library agrees where it can read them.
func TestParamReal(t *testing.T) {
	fields := 0
	for _, path := range corpus.Files(t, "eml", "phishing") {
		raw := corpus.Read(t, path)
		for _, at := range mimeFields(raw) {
			paramAgrees(t, paramCheck(t, raw, at, ParseMediaType))
			paramCheck(t, raw, at, ParseDisposition)
			fields++
		}
	}
	if fields < 1000 {
		t.Errorf("only %d fields", fields)
	}
}

// mimeFields finds the values of Content-Type and Content-Disposition in all
// of a message, its parts and what quotes such fields included.
func mimeFields(raw []byte) (spans []Span) {
	for start := 0; start < len(raw); {
		line := raw[start:]
		name := bytes.IndexByte(line, ':')
		if name < 0 {
			break
		}
		next := bytes.IndexByte(line, '\n') + 1
		if next == 0 {
			next = len(line)
		}
		if name < next && (equalFold(line[:name], "content-type") || equalFold(line[:name], "content-disposition")) {
			for next < len(line) && isBlank(line[next]) && bytes.IndexByte(line[next:], '\n') >= 0 {
				next += bytes.IndexByte(line[next:], '\n') + 1
			}
			spans = append(spans, Span{start + name + 1, start + next})
		}
		start += next
	}
	return spans
}

func BenchmarkParseMediaType(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"plain", " text/plain; charset=utf-8"},
		{"quoted", " multipart/mixed; boundary=\"----=_NextPart_000_0001_01C0\""},
		{"name", " application/pdf; name=\"=?utf-8?Q?J=C3=BCrgen.pdf?=\""},
		{"continued", " application/pdf; name*0*=utf-8''J%C3%BCr; name*1*=gen.pdf"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			raw := []byte(bench.text)
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				paramSink = ParseMediaType(raw, Span{0, len(raw)})
			}
		})
	}
}

var paramSink ParamValue
