package forensic

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// limitCode are the codes of defects that say: something was not read.
var limitCode = regexp.MustCompile(`^("limit\.[a-z-]+"|"[a-z0-9]+\.(limit|too-many|too-long|limit-[a-z]+|[a-z]+-limit|[a-z]+-too-many)")$`)

// grammarCodes look like these, but are about what a message may not hold; what the callers of Part.Text
// cut off is theirs.
var grammarCodes = []string{"word.too-long", "limit.text"}

// What was left unread must come before the examiner as a finding, whatever it was: a file name behind
// a thousand parameters is hidden otherwise. So each code of a limit is named by a rule.
func TestEachLimitHasARule(t *testing.T) {
	named := map[string]bool{}
	for i := range limitRules {
		for _, c := range limitRules[i].codes {
			named[c] = true
		}
	}
	n := 0
	for _, dir := range []string{"../headers", "../mimeparse", "../mimeparse/internal/transfer", "../mimeparse/internal/tnef"} {
		files, err := filepath.Glob(dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		files = slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, "_test.go") })
		for _, name := range files {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(f, func(x ast.Node) bool {
				lit, ok := x.(*ast.BasicLit)
				if !ok || !limitCode.MatchString(lit.Value) {
					return true
				}
				code, _ := strconv.Unquote(lit.Value)
				if n++; !named[code] && !slices.Contains(grammarCodes, code) {
					t.Errorf("%s: no rule names %s", name, code)
				}
				return true
			})
		}
	}
	if n < 15 {
		t.Errorf("only %d codes were found: this shows nothing", n)
	}
}

// The findings themselves, from messages that hold one more than is read of each kind.
func TestLimitFindings(t *testing.T) {
	many := func(n int, f string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, f, i)
		}
		return b.String()
	}
	for name, c := range map[string]struct{ header, want string }{
		"parameters":     {"Content-Type: text/plain" + many(1100, ";\r\n a%d=b") + "\r\n", "limit.fields"},
		"message-ids":    {"References:" + many(20000, "\r\n <%d@a.example>") + "\r\n", "limit.fields"},
		"tags":           {"DKIM-Signature: v=1" + many(10100, ";\r\n t%d=b") + "\r\n", "limit.fields"},
		"authentication": {"Authentication-Results: a.example;" + many(6000, "\r\n dkim=pass header.d=%d") + "\r\n", "limit.fields"},
		"a few":          {"Content-Type: text/plain" + many(9, ";\r\n a%d=b") + "\r\n", ""},
	} {
		r, err := Analyze(t.Context(), strings.NewReader("From: a@b.example\r\nDate: Tue, 14 Nov 2023 22:13:00 +0000\r\n"+c.header+"\r\nx\r\n"), nil)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for i := range r.Findings {
			if strings.HasPrefix(r.Findings[i].ID, "limit.") {
				got = r.Findings[i].ID
			}
		}
		if got != c.want {
			t.Errorf("%s: finding %q, want %q", name, got, c.want)
		}
	}
}
