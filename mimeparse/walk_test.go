package mimeparse

import (
	"slices"
	"strings"
	"testing"
)

// One way to break or bend the grammar of RFC 2046 5.1 each, with the tree and
// the defects it must give. Each runs in LF and in CRLF form.
func TestWalk(t *testing.T) {
	const mixed = "Content-Type: multipart/mixed; boundary="
	for _, c := range []struct {
		name, raw string
		want      string // tree, without the last line break
		codes     string
	}{
		{"no header at all", "", `1 text/plain ""`, ""},
		{"plain", "Subject: x\n\nhello\n", `1 text/plain "hello\n"`, ""},
		{"two parts", mixed + "b\n\n--b\n\none\n--b\n\ntwo\n--b--\n", "1 multipart/mixed\n1.1 text/plain \"one\"\n1.2 text/plain \"two\"", ""},
		{"preamble and epilogue", mixed + "b\n\npre\n--b\n\none\n--b--\nepi\n", "1 multipart/mixed\n1.1 text/plain \"one\"", ""},
		{"line break before the delimiter is no content", mixed + "b\n\n--b\n\none\n\n--b--", "1 multipart/mixed\n1.1 text/plain \"one\\n\"", ""},
		{"blanks behind the delimiter", mixed + "b\n\n--b \t\n\none\n--b-- \n", "1 multipart/mixed\n1.1 text/plain \"one\"", ""},
		{"no blank line before the delimiter", mixed + "b\n--b\n\none\n--b--\n", "1 multipart/mixed\n1.1 text/plain \"one\"", ""},
		{"header ends at a delimiter", mixed + "b\n\n--b\nX-A: 1\n--b\n\ntwo\n--b--\n", "1 multipart/mixed\n1.1 text/plain \"\"\n1.2 text/plain \"two\"", ""},
		{"empty part", mixed + "b\n\n--b\n--b--\n", "1 multipart/mixed\n1.1 text/plain \"\"", ""},
		{"no close", mixed + "b\n\n--b\n\none\n", "1 multipart/mixed\n1.1 text/plain \"one\\n\"", "mime.missing-close"},
		{"close alone", mixed + "b\n\n--b--\n", "1 multipart/mixed", ""},
		{"part behind the close", mixed + "b\n\n--b\n\none\n--b--\n--b\n\ntwo\n--b--\n", "1 multipart/mixed\n1.1 text/plain \"one\"", "mime.content-after-close mime.content-after-close"},
		{"outer closes inner", mixed + "a\n\n--a\n" + mixed + "b\n\n--b\n\none\n--a--\n", "1 multipart/mixed\n1.1 multipart/mixed\n1.1.1 text/plain \"one\"", "mime.missing-close"},
		{"outer goes on behind an open inner", mixed + "a\n\n--a\n" + mixed + "b\n\n--b\n\none\n--a\n\ntwo\n--a--\n", "1 multipart/mixed\n1.1 multipart/mixed\n1.1.1 text/plain \"one\"\n1.2 text/plain \"two\"", "mime.missing-close"},
		{"same boundary twice", mixed + "b\n\n--b\n" + mixed + "b\n\n--b\n\none\n--b--\n--b\n\ntwo\n--b--\n", "1 multipart/mixed\n1.1 multipart/mixed\n1.1.1 text/plain \"one\"\n1.2 text/plain \"two\"", "mime.boundary-nested-same"},
		{"boundary begins with the outer one", mixed + "b\n\n--b\n" + mixed + "b1\n\n--b1\n\none\n--b1--\n--b\n\ntwo\n--b--\n", "1 multipart/mixed\n1.1 multipart/mixed\n1.1.1 text/plain \"one\"\n1.2 text/plain \"two\"", ""},
		{"line begins with the boundary", mixed + "b\n\n--b\n\n--bc\none\n--bcd\n--b--\n", "1 multipart/mixed\n1.1 text/plain \"--bc\\none\\n--bcd\"", "mime.boundary-prefix"},
		{"specials in the boundary", mixed + "\"=_(a):b,c?'/+.\"\n\n--=_(a):b,c?'/+.\n\none\n--=_(a):b,c?'/+.--\n", "1 multipart/mixed\n1.1 text/plain \"one\"", ""},
		{"blank inside the boundary", mixed + "\"a b\"\n\n--a b\n\none\n--a b--\n", "1 multipart/mixed\n1.1 text/plain \"one\"", ""},
		{"blank at the end of the boundary", mixed + "\"b \"\n\n--b\n\none\n--b--\n", "1 multipart/mixed\n1.1 text/plain \"one\"", ""},
		{"boundary of dashes", mixed + "\"----\"\n\n------\n\none\n--------\n", "1 multipart/mixed\n1.1 text/plain \"one\"", ""},
		{"no boundary", "Content-Type: multipart/mixed\n\n--b\n\none\n--b--\n", "1 multipart/mixed \"--b\\n\\none\\n--b--\\n\"", "mime.boundary-missing"},
		{"empty boundary", mixed + "\"\"\n\n--\n\none\n----\n", "1 multipart/mixed \"--\\n\\none\\n----\\n\"", "mime.boundary-empty"},
		{"boundary not there", mixed + "b\n\nhello\n", "1 multipart/mixed", "mime.boundary-not-found"},
		{"encoded multipart", "Content-Transfer-Encoding: base64\n" + mixed + "b\n\n--b\n\none\n--b--\n", "1 multipart/mixed\n1.1 text/plain \"one\"", "mime.cte-on-composite"},
		{"digest", "Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: y\n\none\n--b--\n", "1 multipart/digest\n1.1 message/rfc822\n  1 text/plain \"one\"", ""},
		{"type without subtype", "Content-Type: text\n\nhello\n", `1 text/plain "hello\n"`, "mime.content-type-invalid"},
		{"unknown encoding", "Content-Transfer-Encoding: x-y\n\naGk=\n", `1 text/plain "aGk=\n"`, "mime.cte-unknown"},
	} {
		for _, raw := range []string{c.raw, crlf(c.raw)} {
			m := Parse([]byte(raw), nil)
			checkSpans(t, m)
			got := strings.ReplaceAll(strings.TrimSuffix(tree(t, m), "\n"), `\r\n`, `\n`)
			if got != c.want {
				t.Errorf("%s: %q gives\n%s\nwant\n%s", c.name, raw, got, c.want)
			}
			if got := strings.Join(mimeCodes(m), " "); got != c.codes {
				t.Errorf("%s: %q gives %s, want %s", c.name, raw, got, c.codes)
			}
		}
	}
}

// mimeCodes are the codes of this package's own defects.
func mimeCodes(m *Message) []string {
	return slices.DeleteFunc(codes(m), func(s string) bool { return !strings.HasPrefix(s, "mime.") && !strings.HasPrefix(s, "limit.") })
}

// Messages from old Macintosh systems end their lines in CR; breaks may be
// mixed, and CRs may precede an LF.
func TestWalkOddBreaks(t *testing.T) {
	lf := multipart("\none", "\ntwo")
	for name, raw := range map[string]string{
		"CR":              strings.ReplaceAll(lf, "\n", "\r"),
		"CRCRLF":          strings.ReplaceAll(lf, "\n", "\r\r\n"),
		"LF, later CRLF":  strings.Replace(lf, "\n--b--", "\r\n--b--", 1),
		"CRLF, later LF":  strings.Replace(crlf(lf), "\r\n--b--", "\n--b--", 1),
		"last line open":  strings.TrimSuffix(lf, "\n"),
		"CRLF, last open": strings.TrimSuffix(crlf(lf), "\r\n"),
	} {
		m := Parse([]byte(raw), nil)
		checkSpans(t, m)
		if len(m.Parts) != 3 {
			t.Errorf("%s: %q gives\n%s", name, raw, tree(t, m))
			continue
		}
		for i, want := range []string{"one", "two"} {
			if got := strings.TrimRight(content(t, m.Parts[i+1]), "\r"); got != want {
				t.Errorf("%s: part %d is %q, want %q", name, i+1, got, want)
			}
		}
	}
}

// A delimiter that lies across two windows of the search must be found.
func TestWalkWindows(t *testing.T) {
	for shift := range 8 {
		body := strings.Repeat("x", releaseEvery-60-shift)
		m := Parse([]byte(multipart("\n"+body, "\ntwo")), nil)
		if len(m.Parts) != 3 || m.Parts[1].Body.Len() != len(body) {
			t.Fatalf("shift %d: %d parts", shift, len(m.Parts))
		}
	}
}

// Every part says where it came from, and Walk passes through nested messages
// right behind the part that holds them, and stops when told to.
func TestWalkOrder(t *testing.T) {
	m := Parse([]byte(multipart("Content-Type: message/rfc822\n\nSubject: in\n\nhi", "\nlast")), nil)
	var paths []string
	for in, p := range m.Walk() {
		paths = append(paths, in.Container+p.Path)
	}
	if got := strings.Join(paths, " "); got != "1 1.1 message1 1.2" {
		t.Errorf("got %s", got)
	}
	for range m.Walk() {
		break
	}
	if m.Root() != m.Parts[0] || m.Root().Header != m.Header {
		t.Error("the root is not the message")
	}
}
