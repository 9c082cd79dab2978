package headers

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// builder puts a text together from random choices and knows by construction
// how it must be read. The seed is fixed, so that a failure can be repeated.
type builder struct {
	*rand.Rand
	text strings.Builder
}

func newBuilder(seed uint64) *builder { return &builder{Rand: rand.New(rand.NewPCG(seed, 1))} }

func (b *builder) pick(choices ...string) string { return choices[b.IntN(len(choices))] }

// put writes one of the choices and returns it with its span.
func (b *builder) put(choices ...string) (string, Span) {
	s := b.pick(choices...)
	start := b.text.Len()
	b.text.WriteString(s)
	return s, Span{start, start + len(s)}
}

// field writes a field with line breaks of both kinds and up to three folds.
func (b *builder) field() (f Field) {
	f.Name, f.NameSpan = b.put("From", "SUBJECT", "received", "X-Odd", "A", "!", "x.y_z", "Content-type")
	b.text.WriteByte(':')
	f.Value.Start = b.text.Len()
	b.put("", " ", " a", "\tb: c", ":", " \xFC\xE9", " =?x?q?y?=")
	for range b.IntN(4) {
		b.put("\n", "\r\n")
		b.put(" x", "\ty", " : ", " From: z", "  --b")
	}
	f.Value.End = b.text.Len()
	b.put("\n", "\r\n")
	f.Span = Span{f.NameSpan.Start, b.text.Len()}
	return f
}

// Well-formed blocks of every make must give back what they were built of.
func TestScanBuilt(t *testing.T) {
	for seed := range uint64(3000) {
		b := newBuilder(seed)
		var want []Field
		for range b.IntN(60) {
			want = append(want, b.field())
		}
		_, blank := b.put("\n", "\r\n")
		b.put("", "body", "From: x\n", "\n\n", " y\n")
		raw := []byte(b.text.String())
		got := scanCheck(t, raw)
		same := func(x, y Field) bool {
			return x.Name == y.Name && x.Span == y.Span && x.NameSpan == y.NameSpan && x.Value == y.Value
		}
		// An empty header above a field is taken for a blank line on top.
		if len(want) > 0 && (!slices.EqualFunc(got.Fields, want, same) || got.Blank != blank) {
			t.Fatalf("seed %d: %q\n got %+v\nwant %+v", seed, raw, got.Fields, want)
		}
		for _, d := range got.Defects {
			if d.Code != "header.duplicate-field" && d.Code != "header.leading-blank" {
				t.Fatalf("seed %d: %q: %+v", seed, raw, d)
			}
		}
	}
}

// white writes comments and folding white space, or nothing (CFWS).
func (b *builder) white(must bool) {
	if must {
		b.put(" ", "\r\n ", "\t", " (c) ", " (a;b=c) ")
	}
	for range b.IntN(3) {
		b.put(" ", "\r\n\t", "(x (y) z)", `(\) ; spf=pass)`, "")
	}
}

// pair writes "name=value" with white space where RFC 8601 2.2 allows it.
func (b *builder) pair(name string, values ...string) (value string) {
	for i, piece := range strings.SplitAfter(name, ".") {
		if i > 0 {
			b.white(false)
		}
		b.text.WriteString(piece)
	}
	b.white(false)
	b.text.WriteByte('=')
	b.white(false)
	value, _ = b.put(values...)
	if strings.HasPrefix(value, `"`) {
		value = authUnescape(strings.Trim(value, `"`))
	}
	return value
}

// Values built by the grammar of RFC 8601 2.2 must give back their parts, no
// matter what stands in their comments and quoted strings.
func TestAuthResultsBuilt(t *testing.T) {
	for seed := range uint64(3000) {
		b := newBuilder(seed)
		b.white(false)
		id, _ := b.put("a.b", "mx.example.org", "x")
		want := AuthResults{ServID: id}
		for range b.IntN(4) {
			b.white(false)
			b.text.WriteByte(';')
			b.white(false)
			r := AuthResult{Method: b.pick("spf", "dkim", "x-own")}
			r.Result = b.pair(r.Method, "pass", "fail", "none")
			for range b.IntN(4) {
				b.white(true)
				p := AuthProp{Type: b.pick("header", "smtp", "policy"), Property: b.pick("d", "b", "mailfrom")}
				p.Value = b.pair(p.Name(), "v", "a=", "2001:db8::1", `"q; (r) s=t"`, "@c.d", "u/v+w==")
				r.Props = append(r.Props, p)
			}
			want.Results = append(want.Results, r)
		}
		b.white(false)
		raw := []byte(b.text.String())
		got := authCheck(t, raw, Span{0, len(raw)})
		if !slices.Equal(authNoComments(got), authNoComments(want)) || len(got.Defects) > 0 {
			t.Fatalf("seed %d: %q\n got %q\nwant %q\n%v", seed, raw, authNoComments(got), authNoComments(want), got.Defects)
		}
	}
}

// authNoComments is authDump without the comments.
func authNoComments(a AuthResults) []string {
	a.Results = slices.Clone(a.Results)
	for i := range a.Results {
		r := &a.Results[i]
		r.Comment, r.Props = "", slices.Clone(r.Props)
		for j := range r.Props {
			r.Props[j].Comment = ""
		}
	}
	return authDump(a)
}

// Lists built by RFC 6376 3.2 must give back their tags, and the white space
// in a value must count or not as the tag's reader wants.
func TestTagListBuilt(t *testing.T) {
	for seed := range uint64(2000) {
		b := newBuilder(seed)
		var names, values []string
		for i := range 1 + b.IntN(8) {
			if i > 0 {
				b.text.WriteByte(';')
			}
			b.put("", " ", "\r\n\t", "\n ")
			name, _ := b.put(string(rune('a'+i)), string(rune('A'+i))+"_1")
			b.put("", " ", "\r\n ")
			b.text.WriteByte('=')
			b.put("", " ", "\n\t")
			value, _ := b.put("", "x", "ab\r\n cd", "a : b", "p=q==", "\u00E9")
			b.put("", " ", "\r\n ")
			names, values = append(names, name), append(values, value)
		}
		b.put("", ";", " ; ")
		raw := []byte(b.text.String())
		l := tagCheck(t, raw, Span{0, len(raw)})
		if len(l.Tags) != len(names) || len(l.Defects) > 0 {
			t.Fatalf("seed %d: %q: %q %v", seed, raw, tagDump(l), l.Defects)
		}
		for i, tag := range l.Tags {
			if got, ok := l.Get(names[i]); !ok || got != tag || tag.Value != values[i] || tag.Compact() != strings.Join(strings.Fields(values[i]), "") {
				t.Fatalf("seed %d: %q: tag %+v, want %q=%q", seed, raw, tag, names[i], values[i])
			}
		}
	}
}
