package headers

import (
	"slices"
	"testing"
)

// Which of several like fields a reader takes decides what it shows, so each
// way of asking is pinned.
func TestBlockAccess(t *testing.T) {
	b := Parse([]byte("from: one\nTo: x\nFROM: two\nFrom: three\n\n"))
	if f, ok := b.First("From"); !ok || string(f.Raw()) != " one" {
		t.Errorf("first: %q %v", f.Raw(), ok)
	}
	if f, ok := b.Last("From"); !ok || string(f.Raw()) != " three" {
		t.Errorf("last: %q %v", f.Raw(), ok)
	}
	if n := b.Count("fRoM"); n != 3 {
		t.Errorf("count: %d", n)
	}
	var values []string
	for f := range b.All("From") {
		if values = append(values, string(f.Raw())); len(values) == 2 {
			break // the iterator must stop with its reader
		}
	}
	if !slices.Equal(values, []string{" one", " two"}) {
		t.Errorf("all: %q", values)
	}
	if _, ok := b.First("Fro"); ok {
		t.Error("part of a name is no name")
	}
	if _, ok := b.Last("Cc"); ok || b.Count("Cc") != 0 {
		t.Error("a field that is not there was found")
	}
}

// The zero values are usable: a part without header is one.
func TestBlockZero(t *testing.T) {
	var b Block
	if _, ok := b.First("From"); ok || b.Body() != 0 || b.Count("From") != 0 {
		t.Errorf("%+v", b)
	}
	var f Field
	if f.Is("From") || len(f.Raw()) != 0 {
		t.Errorf("%+v", f)
	}
}

// Names compare without regard to ASCII letter case, and to no other: "K" and
// the Kelvin sign are two names.
func TestFieldIs(t *testing.T) {
	for _, c := range []struct {
		name, asked string
		want        bool
	}{
		{"Subject", "sUBJECT", true},
		{"Subject", "Subjec", false},
		{"X-K", "x-\u212A", false},
		{"X-[", "X-{", false},
		{"", "", true},
	} {
		if got := (Field{Name: c.name}).Is(c.asked); got != c.want {
			t.Errorf("%q is %q: %v", c.name, c.asked, got)
		}
	}
}

// The raw bytes are the message's own: a report may be made of gigabytes.
func TestFieldRawAliases(t *testing.T) {
	raw := []byte("Subject: abc\n\n")
	f, _ := Parse(raw).First("Subject")
	if got := f.Raw(); &got[0] != &raw[f.Value.Start] || cap(got) != len(got) {
		t.Errorf("a copy, or room behind: len %d cap %d", len(got), cap(got))
	}
}

// A span is used on bytes that a file may have lost since.
func TestSpan(t *testing.T) {
	raw := []byte("abc")
	for _, c := range []struct {
		at   Span
		want string
	}{
		{Span{0, 3}, "abc"}, {Span{1, 2}, "b"}, {Span{2, 9}, "c"}, {Span{7, 9}, ""}, {Span{2, 1}, ""}, {Span{-5, 2}, "ab"}, {Span{-5, -2}, ""},
	} {
		if got := string(c.at.Of(raw)); got != c.want {
			t.Errorf("%v: %q want %q", c.at, got, c.want)
		}
	}
	if (Span{5, 3}).Len() != 0 || !(Span{5, 3}).Empty() || (Span{3, 5}).Len() != 2 || (Span{3, 5}).Empty() {
		t.Error("length")
	}
	if (Span{3, 5}).Shift(-2) != (Span{1, 3}) {
		t.Error("shift")
	}
	if !(Span{1, 5}).Contains(Span{1, 5}) || (Span{1, 5}).Contains(Span{0, 2}) || (Span{1, 5}).Contains(Span{4, 6}) {
		t.Error("contains")
	}
}

// The readers of a field's value report offsets into the message, not into the
// value: a report points at the file.
func TestFieldReaders(t *testing.T) {
	raw := []byte("X: y\nDKIM-Signature: d=a.b\nAuthentication-Results: c.d; spf=none\n\n")
	b := Parse(raw)
	tag, ok := b.Fields[1].Tags().Get("d")
	if !ok || string(tag.ValueSpan.Of(raw)) != "a.b" {
		t.Errorf("tag %+v", tag)
	}
	a := b.Fields[2].AuthResults()
	if string(a.ServIDSpan.Of(raw)) != "c.d" || len(a.Results) != 1 || string(a.Results[0].Span.Of(raw)) != "spf=none" {
		t.Errorf("results %+v", a)
	}
}
