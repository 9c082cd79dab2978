package mimeparse

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// stalwartMessage is what the expected results of stalwart's mail-parser hold.
type stalwartMessage struct {
	Parts []struct {
		Headers []struct {
			Field int `json:"offset_field"`
			Start int `json:"offset_start"`
			End   int `json:"offset_end"`
		} `json:"headers"`
		Header int `json:"offset_header"`
		Body   int `json:"offset_body"`
	} `json:"parts"`
}

// Offsets of fields and parts against another parser's published results, for
// messages in LF and in CRLF form. All differences are of one kind: where one
// boundary begins with another, it takes an outer multipart's delimiter for an
// inner one's.
func TestAgainstStalwart(t *testing.T) {
	fields, parts, wrongFields, wrongParts := 0, 0, 0, 0
	for _, path := range corpus.Files(t, "eml/stalwart-mail-parser/eml") {
		base, isJSON := strings.CutSuffix(path, ".json")
		if !isJSON {
			continue
		}
		base, dos := strings.CutSuffix(base, ".crlf")
		raw, err := os.ReadFile(base + ".eml")
		if err != nil {
			continue
		}
		lf := strings.ReplaceAll(string(raw), "\r\n", "\n")
		raw = []byte(lf)
		if dos {
			raw = []byte(crlf(lf))
		}
		var want stalwartMessage
		if err := json.Unmarshal(corpus.Read(t, path), &want); err != nil {
			t.Fatal(err)
		}
		m := Parse(raw, nil)
		wantFields, wantParts := want.places()
		gotFields, gotParts := places(m)
		fields, parts = fields+len(wantFields), parts+len(wantParts)
		wrongFields += missing(t, path, wantFields, gotFields)
		wrongParts += missing(t, path, wantParts, gotParts)
	}
	t.Logf("%d fields, %d otherwise here; %d parts, %d otherwise here", fields, wrongFields, parts, wrongParts)
	if wrongFields > 4 || wrongParts > 16 {
		t.Error("more differences than were judged")
	}
}

// places are the offsets of all fields, and of all headers and bodies.
func (s stalwartMessage) places() (fields, parts []string) {
	for _, p := range s.Parts {
		for _, h := range p.Headers {
			fields = append(fields, fmt.Sprintf("field %d value %d-%d", h.Field, h.Start, h.End))
		}
		parts = append(parts, fmt.Sprintf("header %d body %d", p.Header, p.Body))
	}
	return fields, parts
}

func places(m *Message) (fields, parts map[string]bool) {
	fields, parts = map[string]bool{}, map[string]bool{}
	for _, p := range m.Parts {
		for _, f := range p.Header.Fields {
			fields[fmt.Sprintf("field %d value %d-%d", f.Span.Start, f.Value.Start, f.Span.End)] = true
		}
		parts[fmt.Sprintf("header %d body %d", p.Header.Span.Start, p.Body.Start)] = true
	}
	return fields, parts
}

func missing(t *testing.T, path string, want []string, got map[string]bool) int {
	n := 0
	for _, s := range want {
		if !got[s] {
			n++
			t.Logf("%s: no %s", path, s)
		}
	}
	return n
}

// otherReadings are the readings that give mime4j's tree where ours differs by
// default: it takes a line for a delimiter that only begins with one, and keeps
// the blank at the end of a boundary, which RFC 2046 5.1.1 does not allow there.
// In "obsolete" it drops a field with an 8-bit name, which is kept here.
var otherReadings = map[string]Reading{
	"ending-boundaries": {PrefixBoundary: true}, "very-very-long-boundary": {RawBoundary: true}, "obsolete": {},
}

// The tree that mime4j expects of the messages of its own tests.
func TestAgainstMime4j(t *testing.T) {
	same, other := 0, 0
	for _, path := range corpus.Files(t, "eml/james-mime4j") {
		base, isXML := strings.CutSuffix(path, ".xml")
		if !isXML || strings.HasSuffix(base, "_decoded") {
			continue
		}
		raw, err := os.ReadFile(base + ".msg")
		if err != nil {
			continue
		}
		want, err := mime4jShape(corpus.Read(t, path))
		if err != nil {
			t.Logf("%s: %v", path, err)
			continue
		}
		reading, judged := otherReadings[filepath.Base(base)]
		got := messageShape(Parse(raw, &Options{Reading: reading}))
		switch {
		case got == want && judged:
			other++
		case got == want:
			same++
		case filepath.Base(base) != "obsolete":
			t.Errorf("%s: %s, mime4j %s", filepath.Base(path), got, want)
		}
	}
	t.Logf("%d trees the same, %d under another reading", same, other)
}

// mime4jShape writes a tree as letters: [ ] a message, ( ) a multipart, b a
// body, each behind the number of its fields.
func mime4jShape(raw []byte) (string, error) {
	var out strings.Builder
	fields := 0
	d := xml.NewDecoder(strings.NewReader(string(raw)))
	d.Strict = false
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out.String(), nil
		}
		if err != nil {
			return "", err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if e.Name.Local == "field" {
				fields++
			}
			if open := map[string]string{"message": "[", "multipart": "(", "body": "b"}[e.Name.Local]; open != "" {
				out.WriteString(open)
			}
		case xml.EndElement:
			if e.Name.Local == "header" {
				fmt.Fprint(&out, fields)
				fields = 0
			}
			if end := map[string]string{"message": "]", "multipart": ")"}[e.Name.Local]; end != "" {
				out.WriteString(end)
			}
		}
	}
}

func messageShape(m *Message) string { return "[" + partShape(m.Root()) + "]" }

func partShape(p *Part) string {
	out := fmt.Sprint(len(p.Header.Fields))
	switch {
	case p.Message != nil && p.Message.Container == "message":
		return out + messageShape(p.Message)
	case p.IsLeaf():
		return out + "b"
	}
	out += "("
	for _, c := range p.Children {
		out += partShape(c)
	}
	return out + ")"
}
