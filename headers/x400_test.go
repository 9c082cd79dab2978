package headers

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// x400Show writes all that was read in one line.
func x400Show(r X400Received) string {
	var out []string
	add := func(name, value string) {
		if value != "" {
			out = append(out, name+"="+value)
		}
	}
	add("mta", r.MTA)
	add("domain", r.Domain)
	add("deferred", r.Deferred.RFC3339())
	add("converted", r.Converted)
	add("attempted", r.Attempted)
	add("action", r.Action)
	add("date", r.Date.RFC3339())
	for _, d := range r.Defects {
		add("!", strings.TrimPrefix(d.Code, "x400."))
	}
	return strings.Join(out, "|")
}

// TestParseX400Received: the grammar of RFC 2156 with each optional clause, the
// shapes of the 1990s' gateways, and what is left of cut lines.
func TestParseX400Received(t *testing.T) {
	tests := []struct{ name, value, want string }{
		{"agent and domain", "by mta relay.example.org in /PRMD=Example/ADMD= /C=GB/;\r\n Relayed; Mon, 6 Jun 1994 10:06:46 +0100",
			"mta=relay.example.org|domain=/PRMD=Example/ADMD= /C=GB/|action=Relayed|date=1994-06-06T10:06:46+01:00"},
		{"domain alone", "by /PRMD=EXAMPLE/ADMD=ARC/C=CH/; Relayed;\n\tFri, 2 Oct 1992 18:36:12 +0100",
			"domain=/PRMD=EXAMPLE/ADMD=ARC/C=CH/|action=Relayed|date=1992-10-02T18:36:12+01:00"},
		{"all clauses", "by mta m in /C=FR/; deferred until Mon, 3 Jan 1994 08:00:00 +0000; converted (ia5-text); attempted /C=DE/; Rerouted; Mon, 3 Jan 1994 09:00:00 +0000",
			"mta=m|domain=/C=FR/|deferred=1994-01-03T08:00:00+00:00|converted=ia5-text|attempted=/C=DE/|action=Rerouted|date=1994-01-03T09:00:00+00:00"},
		{"two actions", "by /C=SE/; Expanded, Relayed; 3 Jan 94 09:00:00 +0000",
			"domain=/C=SE/|action=Expanded, Relayed|date=1994-01-03T09:00:00+00:00"},
		{"agent of two words", "by mta Mail Relay in /C=SE/; Relayed; 3 Jan 1994 09:00:00 +0000",
			"mta=Mail Relay|domain=/C=SE/|action=Relayed|date=1994-01-03T09:00:00+00:00"},
		{"an agent called in", "by mta in in /C=SE/; Relayed; 3 Jan 1994 09:00:00 +0000",
			"mta=in|domain=/C=SE/|action=Relayed|date=1994-01-03T09:00:00+00:00"},
		{"letter case", "BY MTA m IN /C=SE/; relayed; 3 Jan 1994 09:00:00 +0000",
			"mta=m|domain=/C=SE/|action=relayed|date=1994-01-03T09:00:00+00:00"},
		{"semicolon in quotes", `by mta "a; b" in /C=SE/; Relayed; 3 Jan 1994 09:00:00 +0000`,
			`mta="a; b"|domain=/C=SE/|action=Relayed|date=1994-01-03T09:00:00+00:00`},
		{"stray quote", `by mta a" in /C=SE/; Relayed; 3 Jan 1994 09:00:00 +0000`,
			`mta=a"|domain=/C=SE/|action=Relayed|date=1994-01-03T09:00:00+00:00`},
		{"semicolon at the end", "by /C=SE/; Relayed; 3 Jan 1994 09:00:00 +0000;\r\n",
			"domain=/C=SE/|action=Relayed|date=1994-01-03T09:00:00+00:00"},
		{"date cut off", "by /C=SE/; Relayed", "domain=/C=SE/|action=Relayed|!=date-missing"},
		{"no action", "by /C=SE/; 3 Jan 1994 09:00:00 +0000", "domain=/C=SE/|date=1994-01-03T09:00:00+00:00|!=action-missing"},
		{"foreign clause", "by /C=SE/; Swallowed; Relayed; 3 Jan 1994 09:00:00 +0000",
			"domain=/C=SE/|action=Relayed|date=1994-01-03T09:00:00+00:00|!=clause-unknown"},
		{"agent without domain", "by mta m; Relayed; 3 Jan 1994 09:00:00 +0000", "mta=m|action=Relayed|date=1994-01-03T09:00:00+00:00"},
		{"empty", " \r\n", "!=by-missing|!=action-missing|!=date-missing"},
		{"by without value", "by; Relayed; 3 Jan 1994 09:00:00 +0000", "action=Relayed|date=1994-01-03T09:00:00+00:00|!=by-missing"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := x400Check(t, tt.value)
			if got := x400Show(r); got != tt.want {
				t.Errorf("%q\n got %s\nwant %s", tt.value, got, tt.want)
			}
		})
	}
}

// x400Check parses the value at an offset and checks that each value is the
// text at its span.
func x400Check(t *testing.T, value string) X400Received {
	t.Helper()
	const lead = "X400-Received: "
	raw := []byte(lead + value + "tail")
	at := Span{len(lead), len(lead) + len(value)}
	r := ParseX400Received(raw, at)
	if r.Raw != value || r.Span != at {
		t.Errorf("%q: raw %q at %v", value, r.Raw, r.Span)
	}
	pairs := []struct {
		name, value string
		span        Span
	}{
		{"MTA", r.MTA, r.Spans.MTA}, {"Domain", r.Domain, r.Spans.Domain}, {"Converted", r.Converted, r.Spans.Converted},
		{"Attempted", r.Attempted, r.Spans.Attempted}, {"Action", r.Action, r.Spans.Action},
	}
	for _, p := range pairs {
		if (p.value == "") != p.span.Empty() || dateUnfold(p.span.Of(raw)) != p.value || !p.span.Empty() && !at.Contains(p.span) {
			t.Errorf("%q: %s is %q, at its span %v stands %q", value, p.name, p.value, p.span, p.span.Of(raw))
		}
	}
	for _, d := range append(r.Defects, r.DomainParts.Defects...) {
		if !at.Contains(d.Span) || d.Span.Len() < 0 {
			t.Errorf("%q: defect %v outside of %v", value, d, at)
		}
	}
	for _, d := range []Date{r.Date, r.Deferred} {
		if d.Raw != "" && !at.Contains(d.Span) {
			t.Errorf("%q: date %v outside of %v", value, d.Span, at)
		}
	}
	x400CheckAddress(t, raw, r.DomainParts, at)
	if again := ParseX400Received(raw, at); !reflect.DeepEqual(again, r) {
		t.Errorf("%q: read again it is another: %+v", value, again)
	}
	return r
}

// x400CheckAddress: each part lies in the address and begins with its key.
func x400CheckAddress(t *testing.T, raw []byte, a X400Address, at Span) {
	t.Helper()
	if !at.Contains(a.Span) && a.Raw != "" || a.Raw != "" && string(a.Span.Of(raw)) != a.Raw {
		t.Errorf("%q stands not at %v", a.Raw, a.Span)
	}
	last := a.Span.Start
	for _, p := range a.Parts {
		if p.Span.Start < last || p.Span.End > a.Span.End || !strings.HasPrefix(strings.TrimSpace(string(p.Span.Of(raw))), p.Key) {
			t.Errorf("%q: part %+v", a.Raw, p)
		}
		last = p.Span.End
	}
	if a.Gateway != "" && string(a.GatewaySpan.Of(raw)) != a.Gateway {
		t.Errorf("%q: gateway %q", a.Raw, a.Gateway)
	}
}

// TestParseX400Address: both text forms, the '$' of RFC 2156, the blank ADMD
// that must not be trimmed, and text that is no address.
func TestParseX400Address(t *testing.T) {
	tests := []struct{ text, want string }{
		{"/S=doe/G=john/PRMD=Example/ADMD=gold/C=gb/", "[S:doe][G:john][PRMD:Example][ADMD:gold][C:gb]"},
		{"/ADMD= /C=GB/", "[ADMD: ][C:GB]"},
		{"/O=A$/B/OU=x$=y/S=a$$b/", "[O:A/B][OU:x=y][S:a$b]"},
		{"/DDA:RFC-822=list(a)example.org/C=GB/", "[DDA:RFC-822:list(a)example.org][C:GB]"},
		{"/CN=robots/@example.org", "[CN:robots]@example.org"},
		{"S=doe; G=john; P=Example; C=GB", "[S:doe][G:john][P:Example][C:GB]"},
		{"/S=doe", "[S:doe] address-unclosed"},
		{"/S=doe/stray/C=GB/", "[S:doe][C:GB] attribute-missing"},
		{"/=x/", " attribute-missing"},
		{"/S=/", "[S:]"},
		{"/", ""},
		{"/S=a$", "[S:a$] address-unclosed"},
		{"", " address-empty"},
		{"  /C=GB/\r\n", "[C:GB]"},
		{"/O=Example\r\n Ltd/C=GB/", "[O:Example Ltd][C:GB]"},
	}
	for _, tt := range tests {
		raw := []byte("x:" + tt.text + "y")
		at := Span{2, 2 + len(tt.text)}
		a := ParseX400Address(raw, at)
		x400CheckAddress(t, raw, a, at)
		var got strings.Builder
		for _, p := range a.Parts {
			fmt.Fprintf(&got, "[%s:%s]", p.Key, p.Value)
		}
		if a.Gateway != "" {
			got.WriteString("@" + a.Gateway)
		}
		for _, d := range a.Defects {
			got.WriteString(" " + strings.TrimPrefix(d.Code, "x400."))
		}
		if got.String() != tt.want {
			t.Errorf("%q: got %s, want %s", tt.text, got.String(), tt.want)
		}
	}
}

// TestX400Value: names are found in any letter case and not translated.
func TestX400Value(t *testing.T) {
	a := ParseX400Address([]byte("/prmd=Example/C=GB/"), Span{0, 19})
	if v, ok := a.Value("PRMD"); v != "Example" || !ok {
		t.Errorf("PRMD is %q, %v", v, ok)
	}
	if v, ok := a.Value("P"); v != "" || ok {
		t.Errorf("P is %q, %v", v, ok)
	}
}

// TestX400Limits: hostile input costs bounded memory and is named.
func TestX400Limits(t *testing.T) {
	long := "by /" + strings.Repeat("O=x/", 20_000) + "; Relayed; 3 Jan 1994 09:00:00 +0000"
	r := x400Check(t, long)
	if len(r.DomainParts.Parts) > x400MaxParts {
		t.Errorf("%d parts", len(r.DomainParts.Parts))
	}
	if got := r.Defects[0].Code; got != "x400.too-long" {
		t.Errorf("first defect %s", got)
	}
}

// TestX400Real: every X400-Received of real mail gives a domain, an action and
// a time.
func TestX400Real(t *testing.T) {
	found := 0
	for _, path := range corpus.Files(t, "x400") {
		raw := corpus.Read(t, path)
		for i := bytes.Index(raw, []byte("X400-Received:")); i >= 0; {
			start := i + len("X400-Received:")
			end := start
			for end < len(raw) && (raw[end] != '\n' || end+1 < len(raw) && (raw[end+1] == ' ' || raw[end+1] == '\t')) {
				end++
			}
			r := x400Check(t, string(raw[start:end]))
			if country, _ := r.DomainParts.Value("C"); r.Action != "Relayed" || !r.Date.OK || country == "" || len(r.Defects) > 0 {
				t.Errorf("%s: %s", path, x400Show(r))
			}
			found++
			next := bytes.Index(raw[end:], []byte("X400-Received:"))
			if i = end + next; next < 0 {
				break
			}
		}
	}
	if found < 14 {
		t.Errorf("only %d lines", found)
	}
}

func FuzzParseX400(f *testing.F) {
	f.Add("by mta relay.example.org in /PRMD=Example/ADMD= /C=GB/;\r\n Relayed; Mon, 6 Jun 1994 10:06:46 +0100")
	f.Add("by /C=SE/; deferred until 3 Jan 1994 08:00:00 +0000; converted (x); attempted mta a in /C=DE/; Rerouted, Expanded; 3 Jan 1994 09:00:00 +0000;")
	f.Add(`by mta "a;b" in /O=A$/B/S=$$/@example.org; ;; "`)
	f.Add("S=doe; G=john; =; C")
	f.Fuzz(func(t *testing.T, value string) {
		x400Check(t, value)
		raw := []byte(value)
		x400CheckAddress(t, raw, ParseX400Address(raw, Span{0, len(raw)}), Span{0, len(raw)})
	})
}

func BenchmarkParseX400Received(b *testing.B) {
	raw := []byte("by mta relay.example.org in /PRMD=Example/ADMD= /C=GB/;\r\n Relayed; Mon, 6 Jun 1994 10:06:46 +0100")
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		ParseX400Received(raw, Span{0, len(raw)})
	}
}

func ExampleParseX400Received() {
	raw := []byte("by mta relay.example.org in /PRMD=Example/ADMD= /C=GB/; Relayed; Mon, 6 Jun 1994 10:06:46 +0100")
	r := ParseX400Received(raw, Span{0, len(raw)})
	country, _ := r.DomainParts.Value("C")
	fmt.Println(r.MTA, country, r.Action, r.Date.RFC3339())
	// Output: relay.example.org GB Relayed 1994-06-06T10:06:46+01:00
}

func ExampleParseX400Address() {
	raw := []byte("/S=doe/G=john/PRMD=Example/ADMD= /C=gb/")
	for _, p := range ParseX400Address(raw, Span{0, len(raw)}).Parts {
		fmt.Printf("%s=%q ", p.Key, p.Value)
	}
	fmt.Println()
	// Output: S="doe" G="john" PRMD="Example" ADMD=" " C="gb"
}
