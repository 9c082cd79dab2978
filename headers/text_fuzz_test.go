package headers

import (
	"bytes"
	"mime"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// textCheck states what holds for every input whatever.
func textCheck(t *testing.T, raw []byte, at Span) Text {
	t.Helper()
	got := DecodeText(raw, at)
	if again := DecodeText(raw, at); !reflect.DeepEqual(got, again) {
		t.Fatalf("%q: two readings differ", at.Of(raw))
	}
	if got.Span != clipSpan(raw, at) || !utf8.ValidString(got.Value) {
		t.Fatalf("%q: %v %q", raw, got.Span, got.Value)
	}
	checkDefects(t, raw, got.Span, got.Defects)
	if (got.Words == 0) != (len(got.Charsets) == 0) || len(got.Charsets) > got.Words {
		t.Fatalf("%q: %d words, charsets %q", raw, got.Words, got.Charsets)
	}
	cut := append([]byte("=?utf-8?q?"), got.Span.Of(raw)...) // what stands outside the span does not matter
	if alone := DecodeText(cut[10:], Span{0, len(cut)}); alone.Value != got.Value || len(alone.Defects) != len(got.Defects) {
		t.Fatalf("%q: alone %q, amid other text %q", got.Span.Of(raw), alone.Value, got.Value)
	}
	return got
}

// checkDefects: places are inside what was read and in order, codes and
// details are words of ours.
func checkDefects(t *testing.T, raw []byte, whole Span, defects []Defect) {
	t.Helper()
	for _, d := range defects {
		if !whole.Contains(d.Span) || d.Span.Start > d.Span.End || !strings.Contains(d.Code, ".") || d.Detail == "" || !utf8.ValidString(d.Detail) {
			t.Fatalf("%q: defect %v outside %v", raw, d, whole)
		}
	}
}

// textAgrees compares with the standard library where it can read the text:
// words that are in order, of a charset it knows.
func textAgrees(t *testing.T, raw []byte, got Text) {
	t.Helper()
	if len(got.Defects) > 0 || bytes.ContainsAny(raw, "\r\n") || bytes.Count(raw, wordOpen) != got.Words {
		return // it gives up at the first "=?" that begins no word
	}
	for _, set := range got.Charsets {
		if s := strings.ToLower(set); s != "utf-8" && s != "iso-8859-1" && s != "us-ascii" {
			return
		}
	}
	want, err := new(mime.WordDecoder).DecodeHeader(string(raw))
	if err == nil && want != got.Value && !strings.Contains(want, "\uFFFD") {
		t.Fatalf("%q: got %q, package mime reads %q", raw, got.Value, want)
	}
}

func FuzzDecodeText(f *testing.F) {
	for _, c := range textCases {
		f.Add([]byte(c.in))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got := textCheck(t, raw, Span{0, len(raw)})
		textAgrees(t, raw, got)
		textCheck(t, raw, Span{len(raw) / 3, 2 * len(raw) / 3})
	})
}

// TestTextLinear holds texts that could be searched again from each of their
// parts. It fails by running out of time.
func TestTextLinear(t *testing.T) {
	for _, unit := range []string{
		"=?a?q?", "=?", "?=", "=?a?", "=?a?q?=?", "=?utf-8?q?a?=", "=?utf-8?b?YQ?= ", "\r", "\r\n ", "\xFF", " ", "=?a?q? =?x ", "=?utf-8*a?q?a?=b",
	} {
		raw := []byte(strings.Repeat(unit, 2<<20/len(unit)))
		textCheck(t, raw, Span{0, len(raw)})
	}
}

// TestTextReal reads every field of real messages: the properties hold, and
// the standard library agrees where it can read them.
func TestTextReal(t *testing.T) {
	fields := 0
	for _, path := range corpus.Files(t, "eml", "phishing") {
		raw := corpus.Read(t, path)
		for _, f := range Parse(raw).Fields {
			textAgrees(t, f.Raw(), textCheck(t, raw, f.Value))
			fields++
		}
	}
	if fields < 1000 {
		t.Errorf("only %d fields", fields)
	}
}

func BenchmarkDecodeText(b *testing.B) {
	for _, bench := range []struct{ name, text string }{
		{"plain", "Re: minutes of the meeting on Thursday, with a list of what is to be done"},
		{"folded", "Re: minutes of the meeting on Thursday,\r\n with a list of what is to be done"},
		{"utf8-q", "=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?= =?UTF-8?Q?_und_Umgebung?="},
		{"gb2312-b", "=?gb2312?B?1tDOxNbQzsTW0M7E?="},
		{"undeclared", "Gr\xFC\xDFe aus K\xF6ln"},
	} {
		b.Run(bench.name, func(b *testing.B) {
			raw := []byte(bench.text)
			b.SetBytes(int64(len(raw)))
			b.ReportAllocs()
			for b.Loop() {
				textSink = DecodeText(raw, Span{0, len(raw)})
			}
		})
	}
}
