package headers

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// tagDump tells a list as "name=value" texts.
func tagDump(l TagList) (out []string) {
	for _, t := range l.Tags {
		out = append(out, t.Name+"="+t.Value)
	}
	return out
}

// The grammar of RFC 6376 3.2 with what breaks it; offsets of defects pinned.
func TestParseTagList(t *testing.T) {
	for _, c := range []struct {
		name, in string
		tags     []string
		defects  []string
	}{
		{"empty", "", nil, nil},
		{"blanks alone", " \r\n ", nil, nil},
		{"plain", "v=1; a=rsa-sha256; d=example.net", []string{"v=1", "a=rsa-sha256", "d=example.net"}, nil},
		{"semicolon at the end", " v=1;", []string{"v=1"}, nil},
		{"blanks at the end", "v=1 ; \r\n\t", []string{"v=1"}, nil},
		{"white space everywhere", "\r\n v \r\n = \r\n 1 \r\n ; d\t=\tx", []string{"v=1", "d=x"}, nil},
		{"empty value", "i=; d=x", []string{"i=", "d=x"}, nil}, // RFC 6376 3.2 allows it: tag-value is optional
		{"equals in the value", "b=YWJj==; p=a=b", []string{"b=YWJj==", "p=a=b"}, nil},
		{"inner white space kept", "h=From : To;b=ab\r\n cd", []string{"h=From : To", "b=ab\r\n cd"}, nil},
		{"case matters", "D=x; d=y", []string{"D=x", "d=y"}, nil},
		{"UTF-8", "i=jos\u00E9@example.net", []string{"i=jos\u00E9@example.net"}, nil},
		{"colon and quotes", `z=From:"a|b" <x@y>`, []string{`z=From:"a|b" <x@y>`}, nil},
		{"name of letters, digits and _", "a_1=x", []string{"a_1=x"}, nil},

		{"repeated", "d=a; s=x; d=b", []string{"d=a", "s=x", "d=b"}, []string{"taglist.duplicate 10-11"}},
		{"no equals", "v=1; junk; d=x", []string{"v=1", "d=x"}, []string{"taglist.missing-equals 5-9"}},
		{"no equals at all", "just text", nil, []string{"taglist.missing-equals 0-9"}},
		{"no name", "=1; d=x", []string{"=1", "d=x"}, []string{"taglist.empty-name 0-0"}},
		{"nothing between", "v=1;; d=x; ;", []string{"v=1", "d=x"}, []string{"taglist.empty-tag 4-4", "taglist.empty-tag 10-11"}},
		{"semicolon first", ";v=1", []string{"v=1"}, []string{"taglist.empty-tag 0-0"}},
		{"digit first", "1a=x", []string{"1a=x"}, []string{"taglist.bad-name 0-2"}},
		{"name with blank", "a b=x", []string{"a b=x"}, []string{"taglist.bad-name 0-3"}},
		{"name with dash", "a-b=x", []string{"a-b=x"}, []string{"taglist.bad-name 0-3"}},
		{"NUL in value", "d=a\x00b", []string{"d=a\x00b"}, []string{"taglist.bad-value 3-4"}},
		{"8-bit that is no UTF-8", "d=\xFC", []string{"d=\xFC"}, []string{"taglist.bad-value 2-3"}},
		{"line break that folds nothing", "b=ab\r\ncd", []string{"b=ab\r\ncd"}, []string{"taglist.bad-value 4-5"}},
		{"bare CR", "b=ab\rcd", []string{"b=ab\rcd"}, []string{"taglist.bad-value 4-5"}},
		{"folds of other styles", "b=a\n b\r c\r\r\n d", []string{"b=a\n b\r c\r\r\n d"}, nil},
		{"two defects in one tag", "1=\x7F;x", []string{"1=\x7F"}, []string{"taglist.bad-name 0-1", "taglist.bad-value 2-3", "taglist.missing-equals 4-5"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := tagCheck(t, []byte(c.in), Span{0, len(c.in)})
			if got := tagDump(l); !slices.Equal(got, c.tags) {
				t.Errorf("got %q want %q", got, c.tags)
			}
			if got := scanDefects(l.Defects); !slices.Equal(got, c.defects) {
				t.Errorf("defects %q want %q", got, c.defects)
			}
		})
	}
}

// A verifier cuts the value of b out of the header by these spans (RFC 6376
// 3.7): one byte off, and every signature fails.
func TestTagSpans(t *testing.T) {
	raw := []byte("DKIM-Signature: v=1;\r\n b = YW\r\n Jj ; d=x\r\n")
	l := ParseTagList(raw, Span{15, len(raw)})
	b, ok := l.Get("b")
	if !ok || string(b.Span.Of(raw)) != "\r\n b = YW\r\n Jj " || string(b.NameSpan.Of(raw)) != "b" || string(b.ValueSpan.Of(raw)) != "YW\r\n Jj" {
		t.Errorf("%+v", b)
	}
	if b.Compact() != "YWJj" {
		t.Errorf("compact %q", b.Compact())
	}
}

// Repeated tags: the first answers, both are there.
func TestTagListGetAll(t *testing.T) {
	l := ParseTagList([]byte("d=a;s=x;d=b"), Span{0, 11})
	if d, ok := l.Get("d"); !ok || d.Value != "a" {
		t.Errorf("got %+v %v", d, ok)
	}
	if _, ok := l.Get("D"); ok {
		t.Error("names are case-sensitive")
	}
	var all []string
	for tag := range l.All("d") {
		all = append(all, tag.Value)
	}
	if !slices.Equal(all, []string{"a", "b"}) {
		t.Errorf("all: %q", all)
	}
}

// Compact leaves out white space and nothing else, bytes over 127 included.
func TestTagCompact(t *testing.T) {
	for in, want := range map[string]string{"": "", "ab": "ab", "a \t\r\nb": "ab", "\u00E9 x": "\u00E9x", "\xFC\n y\x00": "\xFCy\x00"} {
		if got := (Tag{Value: in}).Compact(); got != want {
			t.Errorf("%q: got %q want %q", in, got, want)
		}
	}
}

// tagCheck states what holds for every input whatever.
func tagCheck(t *testing.T, raw []byte, at Span) TagList {
	t.Helper()
	l := ParseTagList(raw, at)
	if again := ParseTagList(raw, at); !reflect.DeepEqual(l, again) {
		t.Fatalf("%q: two readings differ", raw)
	}
	whole := Span{min(max(at.Start, 0), min(max(at.End, 0), len(raw))), min(max(at.End, 0), len(raw))}
	pos := whole.Start
	for _, tag := range l.Tags {
		sound := tag.Span.Start >= pos && whole.Contains(tag.Span) && tag.Span.Contains(tag.NameSpan) && tag.Span.Contains(tag.ValueSpan) && tag.NameSpan.End < tag.ValueSpan.Start
		if !sound || string(tag.NameSpan.Of(raw)) != tag.Name || string(tag.ValueSpan.Of(raw)) != tag.Value {
			t.Fatalf("%q: tag %+v", raw, tag)
		}
		if strings.Contains(tag.Name+tag.Value, ";") || strings.Contains(tag.Name, "=") || strings.ContainsAny(tag.Compact(), " \t\r\n") {
			t.Fatalf("%q: tag %q=%q", raw, tag.Name, tag.Value)
		}
		pos = tag.Span.End + 1
	}
	last := 0
	for _, d := range l.Defects {
		if !whole.Contains(d.Span) || d.Span.Start < last || d.Detail == "" {
			t.Fatalf("%q: defect %+v", raw, d)
		}
		last = d.Span.Start
	}
	return l
}

// tagReference reads a list that has no defect the plain way.
func tagReference(text string) (tags []string) {
	for _, piece := range strings.Split(text, ";") {
		if name, value, ok := strings.Cut(piece, "="); ok {
			tags = append(tags, strings.Trim(name, " \t\r\n")+"="+strings.Trim(value, " \t\r\n"))
		}
	}
	return tags
}

func FuzzParseTagList(f *testing.F) {
	for _, seed := range []string{
		"v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=s1;\r\n\th=from:to; bh=x=; b=ab\r\n cd", "i=1; cv=none;", "a=1;a=2;;=;b",
		" \r\n", "a\x00=\xFF;\r=\n", "k=rsa; p=", strings.Repeat("a=b;", 30),
	} {
		f.Add([]byte(seed), 0, len(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte, start, end int) {
		l := tagCheck(t, raw, Span{start, end})
		text := string(Span{start, end}.Of(raw))
		if want := tagReference(text); strings.Count(text, ";") < tagMax && !slices.Equal(tagDump(l), want) {
			t.Fatalf("%q: got %q want %q", text, tagDump(l), want)
		}
	})
}

// A list of nothing but tags must cost neither the square of its length nor
// memory without bound.
func TestTagListHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for name, in := range map[string]string{
		"same name": strings.Repeat("a=b;", 500_000), "semicolons": strings.Repeat(";", 2<<20), "one value": "b=" + strings.Repeat("A", 4<<20),
		"blanks": strings.Repeat(" ", 4<<20) + "=", "names": tagNames(200_000), "no equals": strings.Repeat("a;", 1<<20),
	} {
		l := ParseTagList([]byte(in), Span{0, len(in)})
		if len(l.Tags) > tagMax || len(l.Defects) > 2*tagMax+1 {
			t.Errorf("%s: %d tags, %d defects", name, len(l.Tags), len(l.Defects))
		}
	}
}

// Comparing each name with all before it takes a hundred times as long.
func TestTagListManyNames(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	raw := []byte(tagNames(tagMax))
	for range 50 {
		if l := ParseTagList(raw, Span{0, len(raw)}); len(l.Tags) != tagMax || l.Defects != nil {
			t.Fatalf("%d tags, %v", len(l.Tags), l.Defects)
		}
	}
}

func tagNames(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "t%d=;", i)
	}
	return b.String()
}

// Real signatures follow the grammar, save for those that someone shortened by
// hand: a defect on any other would be a fault of the parser.
func TestTagListReal(t *testing.T) {
	n, odd := 0, 0
	for _, path := range corpus.Files(t, "eml", "phishing", "dkim-dmarc-arc") {
		raw := corpus.Read(t, path)
		for _, f := range Parse(raw).Fields {
			if f.Is("DKIM-Signature") || f.Is("ARC-Seal") || f.Is("ARC-Message-Signature") {
				n++
				if l := tagCheck(t, raw, f.Value); len(l.Defects) > 0 {
					odd++
				}
			}
		}
	}
	if n < 100 || odd > n/50 {
		t.Errorf("%d of %d lists have defects", odd, n)
	}
}

func BenchmarkParseTagList(b *testing.B) {
	raw := []byte(" v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=s1;\r\n h=from:to:subject:date:message-id:mime-version;\r\n bh=" +
		strings.Repeat("A", 43) + "=;\r\n b=" + strings.Repeat(strings.Repeat("B", 70)+"\r\n ", 5))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		ParseTagList(raw, Span{0, len(raw)})
	}
}
