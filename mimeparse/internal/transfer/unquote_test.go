package transfer

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/fromquote"
)

// quote is what a writer of the dialect mboxrd does.
func quote(text []byte) []byte {
	var out []byte
	for line := range bytes.Lines(text) {
		if bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
			out = append(out, '>')
		}
		out = append(out, line...)
	}
	return out
}

func unquoted(t *testing.T, kind Kind, raw []byte) string {
	t.Helper()
	var b bytes.Buffer
	res, err := Decode(kind, raw, headers.Span{End: len(raw)}, Options{Unquote: true}, func(piece []byte, upTo int) error {
		if upTo > len(raw) {
			t.Errorf("upTo %d of %d", upTo, len(raw))
		}
		b.Write(piece)
		return nil
	})
	if err != nil || res.Size != int64(b.Len()) {
		t.Errorf("%v, size %d of %d", err, res.Size, b.Len())
	}
	return b.String()
}

// Where a body may hold quoted lines, the mark goes before the encoding is
// undone; in base64 it is no mark.
func TestUnquote(t *testing.T) {
	for _, c := range []struct {
		why, in, want string
		kind          Kind
	}{
		{"first line, twice quoted, last line", ">From a\n>>From b\nx >From\n>From c", "From a\n>From b\nx >From\nFrom c", ""},
		{"CRLF", "a\r\n>From b\r\n", "a\r\nFrom b\r\n", "8bit"},
		{"quoted-printable, behind a soft line break", "a=\n>From =3D\n>From b=\n", "aFrom =\nFrom b", QuotedPrintable},
		{"blanks before a line break", "a \n>From b\n", "a\nFrom b\n", QuotedPrintable},
		{"an unknown encoding stands as it is", ">From a\n", "From a\n", "x-none"},
	} {
		if got := unquoted(t, c.kind, []byte(c.in)); got != c.want {
			t.Errorf("%s: got %q, want %q", c.why, got, c.want)
		}
	}
	if got, want := unquoted(t, Base64, []byte(">From YWJj\n")), unquotedNot(Base64, ">From YWJj\n"); got != want {
		t.Errorf("base64: %q, want %q", got, want)
	}
}

func unquotedNot(kind Kind, raw string) string {
	var b bytes.Buffer
	_, _ = Decode(kind, []byte(raw), headers.Span{End: len(raw)}, Options{}, func(piece []byte, _ int) error {
		b.Write(piece)
		return nil
	})
	return b.String()
}

// Quoting and undoing it changes nothing, also across the pieces in which
// content is handed over.
func TestUnquoteProperty(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	lines := []string{"From x\n", ">From y\n", ">>>From z\n", "text\n", "\n", "= 3D\n", strings.Repeat("long ", 5000) + "\n", "From x\r\n", "From"}
	for range 300 {
		var b strings.Builder
		for range rnd.IntN(60) {
			b.WriteString(lines[rnd.IntN(len(lines))])
		}
		text := b.String()
		for _, kind := range []Kind{"", QuotedPrintable} {
			if got, want := unquoted(t, kind, quote([]byte(text))), unquotedNot(kind, text); got != want {
				t.Fatalf("%q as %q: %d bytes, want %d", text, kind, len(got), len(want))
			}
		}
	}
}

// A quoted line may stand on every edge: of a piece handed over, of the output,
// of what is searched for marks.
func TestUnquoteEdges(t *testing.T) {
	for _, edge := range []int{outSize, plainPiece, fromquote.Window, qpPiece} {
		for _, kind := range []Kind{"", EightBit, QuotedPrintable, "x-none"} {
			for shift := -9; shift <= 9; shift++ {
				fill := strings.Repeat("text of a line\n", edge/15-1)
				fill += strings.Repeat("x", edge+shift-len(fill)) + "\n"
				text := fill + "From a\n>From b\r\n" + fill + "From c\n"
				if got := unquoted(t, kind, quote([]byte(text))); got != text {
					t.Fatalf("%q, edge %d%+d: %d bytes, want %d", kind, edge, shift, len(got), len(text))
				}
			}
		}
	}
}

// Defects stand where they stand in the stored bytes, marks counted.
func TestUnquoteSpans(t *testing.T) {
	raw := []byte(">From a =ZZ\n>From b =YY\n")
	res, _ := Decode(QuotedPrintable, raw, headers.Span{End: len(raw)}, Options{Unquote: true}, func([]byte, int) error { return nil })
	for _, d := range res.Defects {
		if d.Code != "mime.qp-invalid" || raw[d.Span.Start] != '=' {
			t.Errorf("%+v", d)
		}
	}
	if len(res.Defects) != 2 {
		t.Errorf("%d defects", len(res.Defects))
	}
}

// What a body ends its lines with is seen in all of it, whatever was quoted: a
// bare CR is a line break where there is no LF.
func TestUnquoteBareCR(t *testing.T) {
	if got, want := unquoted(t, QuotedPrintable, []byte(">From a \rb \r")), "From a\rb\r"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := unquoted(t, QuotedPrintable, []byte(">From a \rb\n>From c \rd\n")), "From a \rb\nFrom c \rd\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func BenchmarkUnquote(b *testing.B) {
	raw := []byte(strings.Repeat(strings.Repeat("> quoted text of somebody else, line by line\n", 40)+">From here on\n", 20))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		_, _ = Decode("", raw, headers.Span{End: len(raw)}, Options{Unquote: true}, func([]byte, int) error { return nil })
	}
}
