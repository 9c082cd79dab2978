package headers

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// authCheck states what holds for every input whatever.
func authCheck(t *testing.T, raw []byte, at Span) AuthResults {
	t.Helper()
	a := ParseAuthResults(raw, at)
	if again := ParseAuthResults(raw, at); !reflect.DeepEqual(a, again) {
		t.Fatalf("%q: two readings differ", raw)
	}
	whole := dateTrim(raw, at)
	if a.Span != whole || a.ServIDSpan.Len() < len(a.ServID) || a.ServIDSpan != (Span{}) && !whole.Contains(a.ServIDSpan) {
		t.Fatalf("%q: value %v, authserv-id %v", raw, a.Span, a.ServIDSpan)
	}
	pos, last := whole.Start, 0
	for _, r := range a.Results {
		authCheckResult(t, raw, r)
		if r.Span.Start < pos || !whole.Contains(r.Span) {
			t.Fatalf("%q: result at %v behind %d", raw, r.Span, pos)
		}
		pos = r.Span.End
	}
	for _, d := range a.Defects {
		if !whole.Contains(d.Span) || d.Span.Start > d.Span.End || d.Span.Start < last || d.Detail == "" || !strings.HasPrefix(d.Code, "authres.") {
			t.Fatalf("%q: defect %+v", raw, d)
		}
		last = d.Span.Start
	}
	return a
}

func authCheckResult(t *testing.T, raw []byte, r AuthResult) {
	t.Helper()
	inside := func(s Span, text string) bool {
		return s.Start <= s.End && r.Span.Contains(s) && len(text) <= s.Len()
	}
	if !inside(r.ResultSpan, r.Result) || r.ResultSpan.Start-r.Span.Start <= len(r.Method) || r.CommentSpan != (Span{}) && !inside(r.CommentSpan, r.Comment) {
		t.Fatalf("%q: result %+v", raw, r)
	}
	pos := r.ResultSpan.End
	for _, p := range r.Props {
		if !inside(p.Span, p.Property) || !p.Span.Contains(p.ValueSpan) || !inside(p.ValueSpan, p.Value) || p.Span.Start < pos {
			t.Fatalf("%q: property %+v", raw, p)
		}
		if p.CommentSpan != (Span{}) && (!inside(p.CommentSpan, p.Comment) || p.CommentSpan.Start < p.Span.End) {
			t.Fatalf("%q: property %+v", raw, p)
		}
		pos = p.Span.End
	}
}

// authReference reads values that have neither comment nor quoted string, with
// blanks only between the pairs, the plain way.
func authReference(text string) (out []string, ok bool) {
	if strings.ContainsAny(text, "()\"\\/") {
		return nil, false
	}
	head, rest, _ := strings.Cut(text, ";")
	if f := strings.Fields(head); len(f) != 1 || strings.Contains(head, "=") {
		return nil, false
	}
	out = append(out, "["+strings.Fields(head)[0]+"]")
	for _, piece := range strings.Split(rest, ";") {
		line := ""
		for i, pair := range strings.Fields(piece) {
			name, value, equals := strings.Cut(pair, "=")
			kind, property, dot := strings.Cut(name, ".")
			if !equals || value == "" || !authKeyword(kind) || dot != (i > 0) || dot && !authKeyword(property) {
				return nil, false
			}
			if line += " " + name + "[" + value + "]"; i == 0 {
				line = name + "=" + value
			}
		}
		if line != "" {
			out = append(out, line)
		}
	}
	return out, true
}

func FuzzParseAuthResults(f *testing.F) {
	for _, c := range slices.Concat(authGrammar, authShapes, authBroken) {
		f.Add([]byte(c.in), 0, len(c.in))
	}
	f.Add([]byte("a;b=c d.e=f;"), 0, 12)
	f.Add([]byte("/="), 0, 2)
	f.Add([]byte("a\x00;\xFFb=c\r\n d"), -1, 99)
	f.Fuzz(func(t *testing.T, raw []byte, start, end int) {
		at := Span{start, end}
		a := authCheck(t, raw, at)
		text := string(dateTrim(raw, at).Of(raw))
		if want, ok := authReference(text); ok && !strings.ContainsAny(text, "\v\f\u0085\u00A0") && isASCII(text) && !slices.Equal(authDump(a), want) {
			t.Fatalf("%q: got %q want %q", text, authDump(a), want)
		}
	})
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

// The reference must have something to say, else the fuzz target proves little.
func TestAuthReference(t *testing.T) {
	n := 0
	for _, c := range slices.Concat(authGrammar, authShapes, authBroken) {
		if want, ok := authReference(c.in); ok {
			n++
			if !slices.Equal(c.want, want) {
				t.Errorf("%q: %q", c.in, want)
			}
		}
	}
	if n < 5 {
		t.Errorf("the reference read %d cases only", n)
	}
}

// The text is cut at a limit, and what looks ahead must not make the time grow
// with the square of that.
func TestAuthResultsHostile(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for name, in := range map[string]string{
		"parentheses": strings.Repeat("(", 4<<20), "comments": "a.b; x" + strings.Repeat("()", 1<<20), "quotes": "a;" + strings.Repeat(`"`, 4<<20),
		"marks": "a;" + strings.Repeat(". ", 1<<20), "equals": strings.Repeat("=", 4<<20), "results": "a" + strings.Repeat(";b=c", 1<<20),
		"words": "a;" + strings.Repeat("b ", 1<<20), "blanks": "a;b=" + strings.Repeat(" ", 4<<20) + "c", "properties": "a;b=c" + strings.Repeat(" d.e=f", 1<<19),
		"words and comments": "a;" + strings.Repeat("b()", 1<<20), "empty values": "a;b=" + strings.Repeat(" c.d=", 1<<20),
	} {
		raw := []byte(in)
		a := authCheck(t, raw, Span{0, len(raw)})
		if !slices.ContainsFunc(a.Defects, func(d Defect) bool { return d.Code == "authres.too-long" }) {
			t.Errorf("%s: the cut is not told", name)
		}
	}
}

// Real fields: nearly every word of them must find its place.
func TestAuthResultsReal(t *testing.T) {
	n, results, junk := 0, 0, 0
	for _, path := range corpus.Files(t, "eml", "phishing", "bounce", "dkim-dmarc-arc") {
		raw := corpus.Read(t, path)
		for _, f := range Parse(raw).Fields {
			if !f.Is("Authentication-Results") && !f.Is("ARC-Authentication-Results") {
				continue
			}
			a := authCheck(t, raw, f.Value)
			n++
			results += len(a.Results)
			for _, d := range a.Defects {
				if d.Code == "authres.junk" {
					junk++
				}
			}
		}
	}
	if n < 200 || results < 2*n || junk > n/20 {
		t.Errorf("%d fields, %d results, %d pieces of junk", n, results, junk)
	}
}

func BenchmarkParseAuthResults(b *testing.B) {
	raw := []byte(authShapes[0].in)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		ParseAuthResults(raw, Span{0, len(raw)})
	}
}
