package render

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/internal/corpus"
)

// slowVisibleJSON looks at one character after the other.
func slowVisibleJSON(doc []byte) string {
	var out strings.Builder
	for len(doc) > 0 {
		r, n := utf8.DecodeRune(doc)
		if unsafeInJSON(r) {
			for _, unit := range utf16.AppendRune(nil, r) {
				out.WriteString(`\u` + padHex(rune(unit), 4))
			}
		} else {
			out.Write(doc[:n])
		}
		doc = doc[n:]
	}
	return out.String()
}

// slowWrap takes the text apart first.
func slowWrap(head, rest, text string) string {
	var b strings.Builder
	b.WriteString(head)
	room := max(pageWidth-len(rest), pageWidth/2)
	used := 0
	for i, word := range strings.Split(text, " ") {
		n := shownWidth(word)
		switch {
		case i == 0:
		case used+1+n > room:
			b.WriteString("\n" + rest)
			used = 0
		default:
			b.WriteByte(' ')
			used++
		}
		b.WriteString(word)
		used += n
	}
	b.WriteByte('\n')
	return b.String()
}

// What looks at many bytes together must do as what looks at each.
func FuzzFast(f *testing.F) {
	for _, s := range []string{
		"", " ", "a  b ", "01234567\x7f", "0123456\u202e", "\U000e0041\u2066 \xff\u0080é", strings.Repeat("word ", 60), "\x1b[1mbold\x1b[0m plain",
		"2024-02-29T23:59:59", "2023-02-29T00:00:00", "2024-13-01T00:00:00", "0000-01-01T00:00:60", "2024-01-01T24:00:00", "2024-01-01t00:00:00", "2024-01-01T00:00:00.25", "2024-01-01T00:00:00.123456789", "2024-01-01T00:00:00.1234567891", "2024-01-01T00:00:00.",
		"2024-01-01T0:00:00.1", "2024-00-10T00:00:00", "2024-01-00T00:00:00",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := string(visibleJSON([]byte(s), true)), slowVisibleJSON([]byte(s)); got != want {
			t.Errorf("visibleJSON(%q) = %q, want %q", s, got, want)
		}
		if plain := Visible(s, false); !strings.Contains(plain, "\x1b") {
			p := textPrinter{b: new(bytes.Buffer)}
			p.wrap("head ", "    ", plain)
			if got, want := p.b.String(), slowWrap("head ", "    ", plain); got != want {
				t.Errorf("wrap(%q) = %q, want %q", plain, got, want)
			}
		}
		at, ok := parseWall(s)
		want, err := time.Parse("2006-01-02T15:04:05", s)
		if ok != (err == nil) || !at.Equal(want) {
			t.Errorf("parseWall(%q) = %v, %v, want %v, %v", s, at, ok, want, err)
		}
	})
}

// Every format of JSON is what encoding/json gives for the report.
func TestReportsAsJSON(t *testing.T) {
	n := 0
	for _, path := range corpus.Files(t, "eml") {
		for r, err := range forensic.AnalyzeFile(context.Background(), path, nil) {
			if err != nil {
				continue
			}
			n++
			for _, indent := range []string{"", "  "} {
				var got, want bytes.Buffer
				enc := json.NewEncoder(&want)
				enc.SetEscapeHTML(false)
				enc.SetIndent("", indent)
				if err := enc.Encode(r); err != nil {
					t.Fatal(err)
				}
				format := map[string]string{"": "jsonl", "  ": "json"}[indent]
				if p, err := New(format, &got, nil); err != nil || p.Report(r) != nil || p.Close() != nil || got.String() != want.String() {
					t.Errorf("%s: other %s", path, format)
				}
			}
		}
	}
	if n < 100 {
		t.Errorf("only %d reports", n)
	}
}

// Rows are appended: what stands in the buffer stays, on a terminal too.
func TestAppendJSONLBehind(t *testing.T) {
	r := &forensic.Report{Schema: "safe \u202e"}
	for _, escape := range []bool{false, true} {
		got := string(appendJSONL([]byte("\u202ebefore\n"), r, escape))
		line, whole := strings.CutPrefix(got, "\u202ebefore\n")
		if !whole || strings.Contains(line, "\u202e") == escape || strings.Index(line, "\n") != len(line)-1 {
			t.Errorf("escape %v: %q", escape, got)
		}
	}
}

// One message's report in each format that prints many.
func BenchmarkFormats(b *testing.B) {
	paths := corpus.Files(b, "eml")
	var all []*forensic.Report
	for _, path := range paths[:min(100, len(paths))] {
		for r, err := range forensic.AnalyzeFile(context.Background(), path, nil) {
			if err == nil {
				all = append(all, r)
			}
		}
	}
	for _, format := range Formats() {
		b.Run(format, func(b *testing.B) {
			b.ReportAllocs()
			var out bytes.Buffer
			for i := 0; b.Loop(); i++ {
				out.Reset()
				p, err := New(format, &out, nil)
				if err != nil || p.Report(all[i%len(all)]) != nil || p.Close() != nil {
					b.Fatal("no output")
				}
			}
		})
	}
}
