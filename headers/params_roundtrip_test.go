package headers

import (
	"fmt"
	"math/rand"
	"mime"
	"slices"
	"strings"
	"testing"
)

var paramValues = []string{
	"a.txt", "two words.pdf", "Jürgen.txt", "日本語.doc", "a\"b\\c", "a;b=c(d),e", "it's", "100%", "", "=", "😀", "tab\there", strings.Repeat("long ", 40),
}

// TestParamRoundTrip: what the standard library writes comes back, with no
// defect to tell of.
func TestParamRoundTrip(t *testing.T) {
	for _, value := range paramValues {
		text := mime.FormatMediaType("application/x-test", map[string]string{"filename": value, "x-other": "1"})
		raw := []byte(text)
		got := ParseMediaType(raw, Span{0, len(raw)})
		p, ok := got.Get("filename")
		if !ok || p.Value != value || len(got.Params) != 2 || got.Value != "application/x-test" {
			t.Errorf("%q as %q: got %+v", value, text, got)
		}
		for _, d := range got.Defects {
			if d.Code != "param.no-value" {
				t.Errorf("%q: %v", text, d)
			}
		}
	}
}

// TestQuotedRoundTrip writes each value as a quoted string (RFC 5322 3.2.4)
// with no quoting that is not needed, folded at each blank.
func TestQuotedRoundTrip(t *testing.T) {
	for _, value := range paramValues {
		quoted := `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, " ", "\r\n ").Replace(value) + `"`
		raw := []byte("a/b;\r\n name=" + quoted + ";\r\n x=y")
		got := ParseMediaType(raw, Span{0, len(raw)})
		if len(got.Params) != 2 || got.Params[0].Value != value || got.Params[0].Raw != quoted || len(got.Defects) > 0 {
			t.Errorf("%q: got %+v", raw, got)
		}
	}
}

// TestContinuedRoundTrip cuts values between any two bytes, writes the pieces
// percent-encoded or, where they are plain, without, and puts them in any
// order: RFC 2231 3 makes no more of the order than of the numbers.
func TestContinuedRoundTrip(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 5000 {
		value := paramValues[r.Intn(len(paramValues))]
		pieces := []string{"n*0*=UTF-8'de'" + slowPercent(value[:len(value)/3])}
		for rest := value[len(value)/3:]; rest != ""; {
			n := 1 + r.Intn(len(rest))
			pieces = append(pieces, slowPiece(len(pieces), rest[:n], r.Intn(2) == 0))
			rest = rest[n:]
		}
		r.Shuffle(len(pieces), func(i, j int) { pieces[i], pieces[j] = pieces[j], pieces[i] })
		raw := []byte("a/b; " + strings.Join(pieces, ";\n "))
		got := ParseMediaType(raw, Span{0, len(raw)})
		p, _ := got.Get("n")
		if p.Value != value || p.Charset != "UTF-8" || p.Language != "de" || p.Form != "continued" || len(p.Pieces) != len(pieces) || len(got.Params) != 1 {
			t.Fatalf("%q: got %+v, want %q", raw, got, value)
		}
		if slices.ContainsFunc(got.Defects, func(d Defect) bool { return d.Code != "param.no-value" }) {
			t.Fatalf("%q: %v", raw, got.Defects)
		}
	}
}

func slowPiece(n int, s string, plain bool) string {
	if plain && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz. ") == "" {
		return fmt.Sprintf("n*%d=\"%s\"", n, s)
	}
	return fmt.Sprintf("n*%d*=%s", n, slowPercent(s))
}

func slowPercent(s string) string {
	var out strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&out, "%%%02x", s[i])
	}
	return out.String()
}

// TestParamEveryEnd cuts each case at every byte: no piece of a good value may
// panic or tell of a place that is not there.
func TestParamEveryEnd(t *testing.T) {
	for _, c := range slices.Concat(typeCases, dispositionCases, extendedCases) {
		raw := []byte(c.in)
		for i := range len(raw) + 1 {
			paramCheck(t, raw, Span{0, i}, ParseMediaType)
			paramCheck(t, raw, Span{i, len(raw)}, ParseDisposition)
		}
	}
}

// TestParamNames: the name is in lower case, whatever stands around it, and a
// name that nobody knows is as good as others.
func TestParamNames(t *testing.T) {
	for in, want := range map[string]string{
		"CHARSET=x": "charset", "X-What.Ever=x": "x-what.ever", "Name*=''x": "name", "NAME*0=x": "name", "ﬁle=x": "ﬁle", "a*b*0=x": "a*b*0", "**=x": "*",
	} {
		raw := []byte("a/b; " + in)
		got := ParseMediaType(raw, Span{0, len(raw)})
		if len(got.Params) != 1 || got.Params[0].Name != want || got.Params[0].Value != "x" {
			t.Errorf("%q: %+v", raw, got.Params)
		}
	}
}

// TestKnownNamesBegin: inside a bare value only a name that is known begins the
// next parameter, so that file names with "=" in them stay whole.
func TestKnownNamesBegin(t *testing.T) {
	for in, want := range map[string][]string{
		"n=a charset=b":     {"n=a plain", "charset=b plain"},
		"n=a filename*0=b":  {"n=a plain", "filename=b continued"},
		"n=a other=b":       {"n=a other=b plain"},
		"n=a charsets=b":    {"n=a charsets=b plain"},
		"n=a, charset=b":    {"n=a plain", "charset=b plain"},
		"n=a (c) charset=b": {"n=a plain", "charset=b plain"},
		"n=a charset = b":   {"n=a plain", "charset=b plain"},
	} {
		raw := []byte("a/b; " + in)
		if got := showParams(ParseMediaType(raw, Span{0, len(raw)}).Params); !slices.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", raw, got, want)
		}
	}
}
