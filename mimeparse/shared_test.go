package mimeparse

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// crlf is the message with every LF made CRLF; it must not hold a CR.
func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

// tree tells the parts of a message in one line each: path, type, decoded
// content of leaves; nested messages indented below.
func tree(t testing.TB, m *Message) string {
	t.Helper()
	var out strings.Builder
	writeTree(t, &out, m, "")
	return out.String()
}

func writeTree(t testing.TB, out *strings.Builder, m *Message, indent string) {
	for _, p := range m.Parts {
		fmt.Fprintf(out, "%s%s %s", indent, p.Path, p.ContentType)
		if p.IsLeaf() && p.Message == nil {
			fmt.Fprintf(out, " %q", content(t, p))
		}
		out.WriteByte('\n')
		if p.Message != nil {
			writeTree(t, out, p.Message, indent+"  ")
		}
	}
}

func content(t testing.TB, p *Part) string {
	t.Helper()
	var b bytes.Buffer
	n, err := p.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("part %s: %d bytes of %d, %v", p.Path, n, b.Len(), err)
	}
	return b.String()
}

// codes lists the codes of all defects of parts, in order, nested ones too.
func codes(m *Message) []string {
	var out []string
	for _, p := range m.Walk() {
		for _, d := range p.Defects {
			out = append(out, d.Code)
		}
	}
	return out
}

// checkSpans holds every span against what it must lie in: header behind the
// delimiter, body behind the header, children in order inside their parent.
func checkSpans(t testing.TB, m *Message) {
	t.Helper()
	for m, p := range m.Walk() {
		whole := headers.Span{End: len(m.Raw)}
		for _, s := range []headers.Span{p.Header.Span, p.Body, p.Delimiter, p.Close, p.Preamble, p.Epilogue} {
			if s.Start > s.End || !whole.Contains(s) {
				t.Fatalf("part %s: span %v outside %v", p.Path, s, whole)
			}
		}
		for _, d := range p.Defects {
			if d.Span.Start > d.Span.End || !whole.Contains(d.Span) {
				t.Fatalf("part %s: defect %+v outside %v", p.Path, d, whole)
			}
		}
		for _, n := range p.Names {
			if !whole.Contains(n.Span) {
				t.Fatalf("part %s: name %+v outside %v", p.Path, n, whole)
			}
		}
		if m.Container == "tnef" {
			continue // contents of a stream stand in attributes, in no order of parts
		}
		if p.Header.Span.End > p.Body.Start {
			t.Fatalf("part %s: header %v reaches into body %v", p.Path, p.Header.Span, p.Body)
		}
		checkChildren(t, p)
	}
}

func checkChildren(t testing.TB, p *Part) {
	t.Helper()
	last := p.Body.Start
	for _, c := range p.Children {
		if c.Parent != p || c.Delimiter.Start < last || c.Delimiter.End > c.Header.Span.Start || !p.Body.Contains(c.Body) {
			t.Fatalf("part %s in %v behind %d: delimiter %v, header %v, body %v", c.Path, p.Body, last, c.Delimiter, c.Header.Span, c.Body)
		}
		last = c.Body.End
	}
}

// multipart makes a message of mixed parts with the boundary b.
func multipart(parts ...string) string {
	return "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n" + strings.Join(parts, "\n--b\n") + "\n--b--\n"
}
