package mimeparse

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// FuzzParse: nothing panics, spans nest and are in order, every leaf and every
// block decodes to an end, twice the same, under every reading; and a message
// of LF lines has the same tree in CRLF form.
func FuzzParse(f *testing.F) {
	seeds, err := filepath.Glob("testdata/offsets/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for i, path := range seeds {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw, uint8(i))
	}
	f.Add([]byte(multipart("Content-Type: application/ms-tnef\n\n"+string(sampleTNEF()))), uint8(0))
	f.Fuzz(func(t *testing.T, raw []byte, flags uint8) {
		opt := &Options{Reading: readingOf(flags), Limits: Limits{MaxParts: 200, MaxDepth: 8}}
		m := Parse(raw, opt)
		checkSpans(t, m)
		if len(m.Parts) > 200 {
			t.Fatalf("%d parts", len(m.Parts))
		}
		if !reflect.DeepEqual(outline(m), outline(Parse(raw, opt))) {
			t.Fatal("twice gives two results")
		}
		for _, p := range m.Walk() {
			decodeAll(t, p)
		}
		checkBreaks(t, raw, opt)
		SecondReading(raw)
	})
}

// readingOf makes one flag of each of the seven lower bits.
func readingOf(flags uint8) Reading {
	bit := func(n int) bool { return flags>>n&1 == 1 }
	return Reading{bit(0), bit(1), bit(2), bit(3), bit(4), bit(5), bit(6)}
}

// outline is all that a message says, without pointers.
func outline(m *Message) []string {
	var out []string
	for in, p := range m.Walk() {
		out = append(out, fmt.Sprint(in.Container, in.Offset, p.Path, p.ContentType, p.Encoding, p.Charset, p.Boundary,
			p.Body, p.Delimiter, p.Close, p.Preamble, p.Epilogue, p.Names, p.Inline, p.Defects, p.Header.Span))
	}
	return out
}

func decodeAll(t *testing.T, p *Part) {
	var size int64
	count := func(piece []byte) error {
		size += int64(len(piece))
		return nil
	}
	d, err := p.Decode(count)
	if err != nil || d.Size != size {
		t.Fatalf("part %s: %d bytes of %d, %v", p.Path, size, d.Size, err)
	}
	for _, bad := range d.Defects {
		if !p.Body.Contains(bad.Span) {
			t.Fatalf("part %s: %+v outside %v", p.Path, bad, p.Body)
		}
	}
	for _, in := range p.Inline {
		if _, err := p.InlineDecoder().Decode(in, count); err != nil {
			t.Fatal(err)
		}
	}
	p.Text(1000)
	p.Partial()
	p.External()
}

// checkBreaks compares the trees of the LF and the CRLF form.
func checkBreaks(t *testing.T, raw []byte, opt *Options) {
	if bytes.IndexByte(raw, '\r') >= 0 || bytes.IndexByte(raw, '\n') < 0 {
		return
	}
	lf, cr := Parse(raw, opt), Parse(bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n")), opt)
	if a, b := shape(lf), shape(cr); a != b {
		t.Fatalf("LF form:\n%sCRLF form:\n%s", a, b)
	}
}

// shape is the tree of one message: what stands in encoded content may differ,
// since a decoder may take line breaks for content.
func shape(m *Message) string {
	var out strings.Builder
	for _, p := range m.Parts {
		fmt.Fprintf(&out, "%s %s %q %d\n", p.Path, p.ContentType, p.Boundary, len(p.Header.Fields))
	}
	return out.String()
}
