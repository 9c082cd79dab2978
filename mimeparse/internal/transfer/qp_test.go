package transfer

import (
	"bytes"
	"io"
	"math/rand"
	"mime/quotedprintable"
	"strings"
	"testing"
)

// Each rule of RFC 2045 6.7, and each way in which it is broken.
func TestQuotedPrintable(t *testing.T) {
	long := strings.Repeat("0123456789", 30)
	runCases(t, QuotedPrintable, []decodeCase{
		{"empty", "", "", ""},
		{"plain", "one\ntwo\n\nthree", "one\ntwo\n\nthree", ""},
		{"rule 1", "=3D=C3=A4=00=FF", "=ä\x00\xff", ""},
		{"rule 1, a break that is data", "a=0Db", "a\x0db", ""},
		{"rule 2", "!\"#$%&'()*+,-./:;<>?@[\\]^_`{|}~", "!\"#$%&'()*+,-./:;<>?@[\\]^_`{|}~", ""},
		{"rule 3, encoded blanks stay", "a=20\nb=09\n=20", "a \nb\t\n ", ""},
		{"rule 3, blanks inside", "a b\tc  d\n", "a b\tc  d\n", ""},
		{"rule 3, only the first is told", "a⟦ \t ⟧\nb \nc\t", "a\nb\nc", "mime.qp-trailing-space"},
		{"blanks at the end of the data", "a=20⟦  ⟧", "a ", "mime.qp-trailing-space"},
		{"a line of blanks", "a\n⟦  ⟧\nb", "a\n\nb", "mime.qp-trailing-space"},
		{"rule 5, the example of the RFC", "Now's the time =\nfor all folk to come=\n to the aid of their country.", "Now's the time for all folk to come to the aid of their country.", ""},
		{"soft break, blanks behind it", "a=⟦ \t⟧\nb", "ab", "mime.qp-trailing-space"},
		{"soft break, blanks before it stay", "a \t=\n b", "a \t b", ""},
		{"soft break at the end of the data", "a⟦=⟧", "a", "mime.qp-truncated"},
		{"soft break and blanks at the end", "a ⟦=⟧  ", "a ", "mime.qp-truncated"},
		{"soft break then a break", "a=\n\nb", "a\nb", ""},
		{"small letters", "⟦=c3⟧=a4=3d=Ff", "ä=\xff", "mime.qp-lower-case"},
		{"no digits", "a⟦=⟧XZ⟦=⟧4G⟦=⟧ b", "a=XZ=4G= b", "mime.qp-invalid mime.qp-invalid mime.qp-invalid"},
		{"cut at the end", "a⟦=⟧4", "a=4", "mime.qp-invalid"},
		{"cut by a break", "a⟦=⟧4\n1", "a=4\n1", "mime.qp-invalid"},
		{"run of equals signs", "⟦===⟧=\nx⟦==⟧=3D⟦====⟧⟦=⟧x", "===x========x", "mime.qp-invalid mime.qp-invalid mime.qp-invalid mime.qp-invalid"},
		{"8-bit", "a⟦\xc3\xa4⟧b\xff", "a\xc3\xa4b\xff", "mime.qp-8bit"},
		{"control characters", "a⟦\x00⟧b\x7fc\x0b", "a\x00b\x7fc\x0b", "mime.qp-control"},
		{"line over 76", long + "\n" + long + "=3D" + long, long + "\n" + long + "=" + long, ""},
		{"blanks, then 8-bit", "a \t⟦\xe4⟧", "a \t\xe4", "mime.qp-8bit"},
	})
}

// A bare CR ends a line only where no LF does; else it is a control character
// that no reader takes for a break, and the blanks before it are content.
func TestQuotedPrintableBareCR(t *testing.T) {
	for _, c := range []struct{ in, want, codes string }{
		{"a \rb\n", "a \rb\n", "mime.qp-control"},
		{"a =\rb\n", "a =\rb\n", "mime.qp-invalid mime.qp-control"},
		{"a \rb =\rc", "a\rb c", "mime.qp-trailing-space"},
		{"a\r\r\nb", "a\r\r\nb", "mime.qp-control"},
	} {
		out, res := all(t, QuotedPrintable, []byte(c.in), whole([]byte(c.in)), Options{})
		if string(out) != c.want || strings.Join(codes(res.Defects), " ") != c.codes {
			t.Errorf("%q: %q %v", c.in, out, res.Defects)
		}
	}
}

// Blanks may reach over the border of a piece: they must be dropped when a
// line ends behind them and kept when not, whatever the distance.
func TestQuotedPrintableBlanksOverPieces(t *testing.T) {
	for _, lead := range []int{0, 1, outSize - qpPiece - 3, outSize - qpPiece, outSize - 2, outSize, outSize + 5} {
		for _, blanks := range []int{1, 2, 9, qpPiece, outSize, 3 * outSize} {
			for _, fill := range []string{" ", "\t", " \t"} {
				head := strings.Repeat("x", lead)
				gap := strings.Repeat(fill, blanks)
				for tail, want := range map[string]string{
					"": head, "\n": head + "\n", "\r\ny": head + "\r\ny", "y": head + gap + "y",
					"=20": head + gap + " ", "=\ny": head + gap + "y", "y  \n": head + gap + "y\n",
				} {
					raw := []byte(head + gap + tail)
					out, _ := all(t, QuotedPrintable, raw, whole(raw), Options{})
					if string(out) != want {
						t.Fatalf("%d x, %d blanks %q, %q: %d bytes, want %d", lead, blanks, fill, tail, len(out), len(want))
					}
				}
			}
		}
	}
}

// What mime/quotedprintable writes comes back, in text and in binary mode.
func TestQuotedPrintableRoundTrip(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	content := make([]byte, 200_000)
	for i := range content {
		content[i] = "abc  \t\r\n=\xe4\x00~"[rng.Intn(12)]
	}
	var b bytes.Buffer
	w := quotedprintable.NewWriter(&b)
	w.Binary = true
	_, _ = w.Write(content)
	_ = w.Close()
	out, res := all(t, QuotedPrintable, b.Bytes(), whole(b.Bytes()), Options{})
	if !bytes.Equal(out, content) || len(res.Defects) > 0 {
		t.Fatalf("%d bytes of %d, %v", len(out), len(content), res.Defects)
	}
	checkLimits(t, QuotedPrintable, b.Bytes(), out)
}

// Input that asks for a look ahead over and over must stay linear.
func TestQuotedPrintableLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for _, unit := range []string{"= ", "=", " ", "\t", " =", "=\n", "=\r", "\r", " \n", "=4", "\xff", "\x00", " \r"} {
		raw := []byte(strings.Repeat(unit, (4<<20)/len(unit)))
		all(t, QuotedPrintable, raw, whole(raw), Options{})
		raw = append(raw, "x\n"...)
		all(t, QuotedPrintable, raw, whole(raw), Options{})
	}
}

// slowQuotedPrintable decodes line by line, as the RFC describes it.
func slowQuotedPrintable(raw []byte) (out []byte) {
	for len(raw) > 0 {
		line, br, rest := slowLine(raw)
		raw = rest
		line = bytes.TrimRight(line, " \t")
		for i := 0; i < len(line); i++ {
			var c byte
			switch {
			case line[i] != '=':
				out = append(out, line[i])
			case i+2 < len(line) && slowHex(line[i+1:i+3], &c):
				out = append(out, c)
				i += 2
			case i == len(line)-1:
				br = nil // a soft line break
			default:
				out = append(out, '=')
			}
		}
		out = append(out, br...)
	}
	return out
}

func slowLine(raw []byte) (line, br, rest []byte) {
	i := bytes.IndexByte(raw, '\n')
	switch {
	case i > 0 && raw[i-1] == '\r':
		return raw[:i-1], raw[i-1 : i+1], raw[i+1:]
	case i >= 0:
		return raw[:i], raw[i : i+1], raw[i+1:]
	}
	return raw, nil, nil
}

func slowHex(s []byte, c *byte) bool {
	*c = 0
	for _, d := range s {
		i := strings.IndexByte("0123456789ABCDEFabcdef", d)
		if i < 0 {
			return false
		}
		if i > 15 {
			i -= 6
		}
		*c = *c<<4 | byte(i)
	}
	return true
}

// FuzzQuotedPrintable compares with the slow decoder; a body whose lines end
// in CR is compared in its LF form.
func FuzzQuotedPrintable(f *testing.F) {
	for _, s := range []string{"", "a=3D=\r\nb \t\r\n", "=c3=A4==\n=\n=XZ = \t\n", "a \rb=\rc", "\xe4\x00=4", "= =3D=\t", "x\r\r\n \r\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		out, res := all(t, QuotedPrintable, raw, whole(raw), Options{})
		want := slowQuotedPrintable(raw)
		if bytes.IndexByte(raw, '\n') < 0 {
			want = slowQuotedPrintable(bytes.ReplaceAll(raw, []byte("\r"), []byte("\n")))
		}
		plain := func(b []byte) []byte { return b }
		if bytes.IndexByte(raw, '\n') < 0 {
			plain = func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("\r"), []byte("\n")) }
		}
		if !bytes.Equal(plain(out), plain(want)) {
			t.Errorf("got %q, want %q", out, want)
		}
		std, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(raw)))
		if err == nil && len(res.Defects) == 0 && bytes.IndexByte(raw, '\r') < 0 && !bytes.Equal(std, out) {
			t.Errorf("valid, but %q, and mime/quotedprintable %q", out, std)
		}
		checkStrict(t, QuotedPrintable, raw, whole(raw), out, res)
		checkLimits(t, QuotedPrintable, raw, out)
	})
}
