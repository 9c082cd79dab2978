package smime

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// collect joins pieces.
func collect(in pieces) string {
	var b bytes.Buffer
	for p := range in {
		b.Write(p)
	}
	return b.String()
}

// cutInto cuts a text into pieces of n bytes.
func cutInto(s string, n int) pieces { return slices.Chunk([]byte(s), n) }

var lineEnds = []struct{ in, crlf, lf string }{
	{"", "", ""},
	{"a\nb\n", "a\r\nb\r\n", "a\nb\n"},
	{"a\r\nb\r\n", "a\r\nb\r\n", "a\nb\n"},
	{"a\rb\r\r\n\n", "a\rb\r\r\n\r\n", "a\rb\r\n\n"},
	{"\n\n", "\r\n\r\n", "\n\n"},
	{"no end", "no end", "no end"},
	{"cr at the end\r", "cr at the end\r", "cr at the end\r"},
}

// Line ends are converted the same wherever the pieces are cut: a CR at the end
// of one and an LF at the head of the next are one line end.
func TestLineEnds(t *testing.T) {
	for _, c := range lineEnds {
		for _, n := range []int{1, 2, 3, 100} {
			if got := collect(toCRLF(cutInto(c.in, n))); got != c.crlf {
				t.Errorf("%q in pieces of %d: %q, want %q", c.in, n, got, c.crlf)
			}
			if got := collect(toLF(cutInto(c.in, n))); got != c.lf {
				t.Errorf("%q in pieces of %d: %q, want %q", c.in, n, got, c.lf)
			}
		}
	}
}

// A long input passes through the buffer in several pieces.
func TestLineEndsLong(t *testing.T) {
	lines := strings.Repeat("0123456789\n", 10_000)
	want := strings.ReplaceAll(lines, "\n", "\r\n")
	if got := collect(toCRLF(cutInto(lines, 1000))); got != want {
		t.Error("to CRLF")
	}
	if got := collect(toLF(cutInto(want, 1000))); got != lines {
		t.Error("to LF")
	}
	for range toCRLF(cutInto(lines, 1000)) {
		break
	}
	for range toLF(cutInto(lines, 1000)) {
		break
	}
}

const clear = "Content-Type: multipart/signed; boundary=b\r\n\r\npreamble\r\n--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n\r\n--b\r\nContent-Type: application/pkcs7-signature\r\n\r\nx\r\n--b--\r\n"

// The entity is the part's header and body without the delimiter's line break.
func TestEntity(t *testing.T) {
	m := mimeparse.Parse([]byte(clear), nil)
	e := entityOf(m, m.Parts[1])
	if got := collect(e.stored()); got != "Content-Type: text/plain\r\n\r\nHello\r\n" {
		t.Errorf("%q", got)
	}
	if got := string(e.whole(1 << 10)); got != collect(e.stored()) {
		t.Errorf("%q", got)
	}
	if e.whole(5) != nil {
		t.Error("larger than the limit")
	}
	if got := e.forms(); !slices.Equal(got, []form{asStored, asCRLF, asLF}) {
		t.Errorf("forms %v", got)
	}
	m = mimeparse.Parse([]byte(strings.ReplaceAll(clear, "\r\n", "\n")), nil)
	e = entityOf(m, m.Parts[1])
	if got := e.forms(); got[0] != asCRLF || collect(e.in(asCRLF)) != "Content-Type: text/plain\r\n\r\nHello\r\n" {
		t.Errorf("forms %v", got)
	}
}

// A part without a body, or without a header, is an entity too.
func TestEntityEmpty(t *testing.T) {
	for in, want := range map[string]string{
		"Content-Type: text/plain\r\n": "Content-Type: text/plain",
		"\r\nbody\r\n":                 "\r\nbody",
		"":                             "",
	} {
		raw := "Content-Type: multipart/signed; boundary=b\r\n\r\n--b\r\n" + in + "--b--\r\n"
		m := mimeparse.Parse([]byte(raw), nil)
		if len(m.Parts) < 2 {
			continue
		}
		e := entityOf(m, m.Parts[1])
		if got := collect(e.stored()); strings.TrimRight(got, "\r\n") != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func FuzzLineEnds(f *testing.F) {
	for _, c := range lineEnds {
		f.Add(c.in, uint8(3))
	}
	f.Fuzz(func(t *testing.T, in string, n uint8) {
		crlf := strings.ReplaceAll(strings.ReplaceAll(in, "\r\n", "\n"), "\n", "\r\n")
		if got := collect(toCRLF(cutInto(in, int(n)+1))); got != crlf {
			t.Errorf("%q, want %q", got, crlf)
		}
		if got, want := collect(toLF(cutInto(in, int(n)+1))), strings.ReplaceAll(in, "\r\n", "\n"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	})
}

func BenchmarkToCRLF(b *testing.B) {
	in := strings.Repeat(strings.Repeat("x", 70)+"\n", 10_000)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		for range toCRLF(cutInto(in, 1<<20)) {
		}
	}
}
