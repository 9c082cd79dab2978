package mimeparse

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"time"
)

const inner = "From: ann@example.org\nSubject: in\nMIME-Version: 1.0\n\nhello = all\n"

const uuBlock = "begin 644 cat.txt\n#0V%T\n`\nend\n"

// A message inside is opened however it is encoded (RFC 2046 5.2.1 forbids
// that, attackers do it all the same), and says where it stands.
func TestNestedEncodings(t *testing.T) {
	const head = "Content-Type: message/rfc822\n"
	qp := strings.NewReplacer("=", "=3D", "@", "=40").Replace(inner)
	for _, c := range []struct {
		name, raw, want string
		offset          bool
		codes           string
	}{
		{"as it is", head + "\n" + inner, `"hello = all\n"`, true, ""},
		{"base64", head + "Content-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(inner)), `"hello = all\n"`, false, "mime.cte-on-composite"},
		{"quoted-printable", head + "Content-Transfer-Encoding: quoted-printable\n\n" + qp, `"hello = all\n"`, false, "mime.cte-on-composite"},
		{"base64 declared in vain", head + "Content-Transfer-Encoding: base64\n\n" + inner, `"hello = all\n"`, true, ""},
		{"global", "Content-Type: message/global\n\n" + inner, `"hello = all\n"`, true, ""},
		{"news", "Content-Type: message/news\n\n" + inner, `"hello = all\n"`, true, ""},
	} {
		m := Parse([]byte(c.raw), nil)
		checkSpans(t, m)
		in := m.Root().Message
		if in == nil {
			t.Errorf("%s: not opened", c.name)
			continue
		}
		if got := tree(t, in); !strings.Contains(got, c.want) || in.Container != "message" || strings.Join(codes(m), " ") != c.codes {
			t.Errorf("%s: %s %s %v", c.name, got, in.Container, codes(m))
		}
		if got, _ := in.Header.First("From"); got.Text().Value != "ann@example.org" {
			t.Errorf("%s: From is %q", c.name, got.Text().Value)
		}
		if (in.Offset >= 0) != c.offset || in.Offset >= 0 && string(m.Raw[in.Offset:in.Offset+len(in.Raw)]) != string(in.Raw) {
			t.Errorf("%s: offset %d", c.name, in.Offset)
		}
	}
}

// A nested message without a byte is no message; the part stays.
func TestNestedEmpty(t *testing.T) {
	for _, raw := range []string{"Content-Type: message/rfc822\n\n", "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n\n"} {
		m := Parse([]byte(raw), nil)
		checkSpans(t, m)
		if len(m.Parts) != 1 || m.Root().Message != nil {
			t.Errorf("%q: %+v", raw, m.Root().Message)
		}
	}
}

// Uuencoded files are found in text as it is, and in text that a transfer
// encoding hides; a word in two pieces of a soft line break counts as well.
func TestInline(t *testing.T) {
	text := "see below\n" + uuBlock + "bye\n"
	for _, c := range []struct {
		name, raw string
		decoded   bool
	}{
		{"plain", "Subject: x\n\n" + text, false},
		{"quoted-printable", "Content-Transfer-Encoding: quoted-printable\n\n" + strings.Replace(text, "begin", "be=\ngi=6E", 1), true},
		{"base64", "Content-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(text)), true},
		{"begin-base64", "Subject: x\n\nbegin-base64 644 cat.txt\nQ2F0\n====\n", false},
	} {
		m := Parse([]byte(c.raw), nil)
		p := m.Root()
		if len(p.Inline) != 1 {
			t.Errorf("%s: %+v", c.name, p.Inline)
			continue
		}
		in := p.Inline[0]
		if in.Name != "cat.txt" || in.Decoded != c.decoded || !in.Complete {
			t.Errorf("%s: %+v", c.name, in)
		}
		if c.decoded && (in.Span != p.Body || string(in.Content.Of([]byte(content(t, p)))) != uuBlock) {
			t.Errorf("%s: %+v", c.name, in)
		}
		if got := decodedInline(t, p, in); got != "Cat" {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func decodedInline(t *testing.T, p *Part, in Inline) string {
	t.Helper()
	var out strings.Builder
	d, err := p.InlineDecoder().Decode(in, func(piece []byte) error {
		out.Write(piece)
		return nil
	})
	if err != nil || d.Size != int64(out.Len()) || len(d.Defects) > 0 {
		t.Errorf("%+v, %v", d, err)
	}
	return out.String()
}

// A file whose blank line stands behind it instead of before it fills the last
// line of the header: its part is empty, the file is found there.
func TestInlineInHeader(t *testing.T) {
	raw := multipart("Content-Type: text/plain; name=a.bin\nContent-Transfer-Encoding: base64\naGVsbG8=\n")
	m := Parse([]byte(raw), nil)
	p := m.Parts[1]
	if len(p.Inline) != 1 || !p.Body.Empty() {
		t.Fatalf("%v %+v", p.Body, p.Inline)
	}
	in := p.Inline[0]
	if got := decodedInline(t, p, in); got != "hello" || in.Name != "a.bin" || string(in.Data.Of(m.Raw)) != "aGVsbG8=" {
		t.Errorf("%q %+v", got, in)
	}
}

// Names of every kind, each with the place it was read from.
func TestNames(t *testing.T) {
	apple := "\x00\x05\x16\x07\x00\x02\x00\x00" + strings.Repeat("\x00", 16) + "\x00\x02" +
		"\x00\x00\x00\x09\x00\x00\x00\x32\x00\x00\x00\x00" + "\x00\x00\x00\x03\x00\x00\x00\x32\x00\x00\x00\x05" + "Maxwe"
	for _, c := range []struct{ name, raw, want string }{
		{"all four", "Content-Type: text/plain; name=d; name*=''c\nContent-Disposition: attachment; filename=b; filename*=''a\n\nx",
			"a Content-Disposition filename*|b Content-Disposition filename|c Content-Type name*|d Content-Type name"},
		{"continued", "Content-Disposition: attachment; filename*0=a; filename*1=b\n\nx", "ab Content-Disposition filename*0"},
		{"uuencode", "Content-Transfer-Encoding: x-uuencode\n\n" + uuBlock, "cat.txt uuencode begin"},
		{"AppleDouble", "Content-Type: application/applefile\nContent-Transfer-Encoding: binary\n\n" + apple, "Maxwe AppleDouble real name"},
		{"AppleSingle, base64", "Content-Type: application/applefile\nContent-Transfer-Encoding: base64\n\n" +
			base64.StdEncoding.EncodeToString([]byte(strings.Replace(apple, "\x07", "\x00", 1))), "Maxwe AppleSingle real name"},
		{"no AppleDouble", "Content-Type: application/applefile\n\n" + strings.Repeat("x", 40), ""},
	} {
		m := Parse([]byte(c.raw), nil)
		checkSpans(t, m)
		var got []string
		for _, n := range m.Root().Names {
			got = append(got, n.Value+" "+n.Source)
			if !strings.Contains(n.Source, "base64") && n.Span != m.Root().Body && !strings.Contains(string(n.Span.Of(m.Raw)), n.Value[:1]) {
				t.Errorf("%s: %+v", c.name, n)
			}
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

// Fragments and references to content elsewhere say so, without a defect.
func TestPartialAndExternal(t *testing.T) {
	m := Parse([]byte("Content-Type: message/partial; id=\"a@b\"; number=2; total=3\n\nrest"), nil)
	if s, ok := m.Root().Partial(); !ok || s != (Partial{"a@b", 2, 3}) || len(codes(m)) > 0 {
		t.Errorf("%+v %v", s, codes(m))
	}
	m = Parse([]byte("Content-Type: message/partial; number=x; total=-1\n\nrest"), nil)
	if s, ok := m.Root().Partial(); !ok || s != (Partial{}) {
		t.Errorf("%+v", s)
	}
	m = Parse([]byte("Content-Type: message/external-body; access-type=URL; URL=\"http://example.org/\"\n\nContent-Type: image/png\nContent-ID: <x@y>\n\nphantom"), nil)
	e, ok := m.Root().External()
	if !ok || e.AccessType != "URL" || len(e.Header.Fields) != 2 || e.Header.Fields[0].Name != "Content-Type" || len(codes(m)) > 0 {
		t.Errorf("%+v %v", e, codes(m))
	}
	for _, p := range Parse([]byte("\nx"), nil).Walk() {
		if _, ok := p.Partial(); ok {
			t.Error("no fragment")
		}
		if _, ok := p.External(); ok {
			t.Error("no external body")
		}
	}
}

// Text is UTF-8 whatever the charset, declared or not, and tells what did not
// fit.
func TestText(t *testing.T) {
	for _, c := range []struct{ head, body, want, charset, codes string }{
		{"text/plain; charset=iso-8859-1", "caf\xe9", "café", "iso-8859-1", ""},
		{"text/plain; charset=utf-8", "caf\xc3\xa9", "café", "utf-8", ""},
		{"text/plain; charset=utf-8", "caf\xe9", "caf\uFFFD", "utf-8", "mime.charset-mismatch"},
		{"text/plain", "caf\xc3\xa9", "café", "utf-8", ""},
		{"text/plain", "plain", "plain", "", ""},
		{"text/plain; charset=no-such", "caf\xc3\xa9", "café", "utf-8", ""},
	} {
		p := Parse([]byte("Content-Type: "+c.head+"\n\n"+c.body), nil).Root()
		text, name, defects := p.Text(0)
		var got []string
		for _, d := range defects {
			got = append(got, d.Code)
		}
		sameName := c.charset == "" || name == c.charset || c.charset == "iso-8859-1" && name == "windows-1252"
		if text != c.want || !sameName || strings.Join(got, " ") != c.codes {
			t.Errorf("%s %q: %q %s %v", c.head, c.body, text, name, got)
		}
	}
	text, _, defects := Parse([]byte("\nhello"), nil).Root().Text(3)
	if text != "hel" || len(defects) != 1 || defects[0].Code != "limit.text" {
		t.Errorf("%q %v", text, defects)
	}
}

// released is a Source that remembers the highest release of each pass.
type released struct {
	raw    []byte
	passes []int
}

func (r *released) Bytes() []byte { return r.raw }
func (r *released) Release(upTo int) {
	if n := len(r.passes); n > 0 && r.passes[n-1] <= upTo {
		r.passes[n-1] = upTo
		return
	}
	r.passes = append(r.passes, upTo)
}

// What a mapped file holds must be given back piece by piece, also by the
// passes over a message nested in it as it is.
func TestRelease(t *testing.T) {
	inside := strings.ReplaceAll(multipart("Content-Type: application/x\n\n"+strings.Repeat("x", 9<<20)), "--b", "--in")
	raw := []byte(multipart("Content-Type: message/rfc822\n\n"+strings.Replace(inside, "=b", "=in", 1), "\ntwo"))
	src := &released{raw: raw}
	m := ParseSource(src, nil)
	if m.Source() != Source(src) {
		t.Error("another source")
	}
	in := m.Parts[1].Message
	if n := len(src.passes); n < 2 || src.passes[0] != len(raw) || src.passes[1] < in.Offset+len(in.Raw) {
		t.Errorf("passes end at %v, nested message at %d", src.passes, in.Offset+len(in.Raw))
	}
	src.passes = nil
	content(t, in.Parts[1])
	if want := in.Offset + in.Parts[1].Body.End; !slices.Equal(src.passes, []int{want}) {
		t.Errorf("decode released %v, want %d", src.passes, want)
	}
	src.passes = nil
	size := 0
	for piece := range in.Parts[1].Stored() {
		size += len(piece)
	}
	if size != 9<<20 || !slices.Equal(src.passes, []int{in.Offset + in.Parts[1].Body.End}) {
		t.Errorf("%d bytes, released %v", size, src.passes)
	}
}

// Files at the end of a long decoded text: the text is decoded once for all of them, not once for each
// (800 in 20 MB took 8 seconds). The bound is many times what it takes.
func TestInlineOfLongText(t *testing.T) {
	const n = 800
	text := strings.Repeat("a line of text that is long enough to count\n", 100_000) + strings.Repeat(uuBlock, n)
	raw := "Content-Transfer-Encoding: base64\n\n" + base64.StdEncoding.EncodeToString([]byte(text))
	p := Parse([]byte(raw), nil).Root()
	if len(p.Inline) != n {
		t.Fatalf("%d files", len(p.Inline))
	}
	start := time.Now()
	d := p.InlineDecoder()
	for _, in := range p.Inline {
		size := 0
		if _, err := d.Decode(in, func(b []byte) error { size += len(b); return nil }); err != nil || size != 3 {
			t.Fatalf("%d bytes, %v", size, err)
		}
	}
	if took := time.Since(start); took > 5*time.Second {
		t.Errorf("%v", took)
	}
}

// A text that holds the word "begin" takes nothing from what may be unpacked of the messages behind it,
// and one that is too long to look through says so in its own words.
func TestInlineBudget(t *testing.T) {
	text := base64.StdEncoding.EncodeToString([]byte("we begin\n" + strings.Repeat("x\n", 4000)))
	inner := base64.StdEncoding.EncodeToString([]byte("Subject: inner\n\nhello\n"))
	raw := multipart("Content-Transfer-Encoding: base64\n\n"+text, "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"+inner)
	for _, c := range []struct {
		limit  int64
		nested bool
		code   string
	}{{100, true, "limit.uu-text"}, {8008, true, "limit.uu-text"}, {8009, true, ""}, {10, false, "limit.uu-text"}} {
		m := Parse([]byte(raw), &Options{Limits: Limits{MaxDecoded: c.limit}})
		if got := m.Parts[2].Message != nil; got != c.nested {
			t.Errorf("limit %d: the message inside was read: %v", c.limit, got)
		}
		code := ""
		for _, d := range m.Parts[1].Defects {
			code = d.Code
		}
		if code != c.code {
			t.Errorf("limit %d: defect %q, want %q", c.limit, code, c.code)
		}
	}
}
