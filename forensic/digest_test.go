package forensic

import (
	"bytes"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/report"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// source is a message in memory that watches what is released.
type source struct {
	raw      []byte
	released int
	t        testing.TB
}

func (s *source) Bytes() []byte { return s.raw }

func (s *source) Release(upTo int) {
	if upTo < s.released || upTo > len(s.raw) {
		s.t.Errorf("released %d after %d of %d bytes", upTo, s.released, len(s.raw))
	}
	s.released = upTo
}

func testDigester() *digester { return digesters.Get().(*digester) }

func hexOf(sum []byte) string { return hex.EncodeToString(sum) }

// TestHashMessage: the digests are those of the plain functions, for sizes
// around the chunk, and the whole message is released.
func TestHashMessage(t *testing.T) {
	for _, size := range []int{0, 1, chunk - 1, chunk, chunk + 1, 3*chunk + 7} {
		src := &source{raw: bytes.Repeat([]byte("ab\r\n"), size/4+1)[:size], t: t}
		digest := testDigester()
		digest.reset(true)
		d, _ := hashMessage(src, digest)
		h256, h1, h5 := sha256.Sum256(src.raw), sha1.Sum(src.raw), md5.Sum(src.raw)
		want := digests{size: int64(size), sha256: hexOf(h256[:]), sha1: report.Stated(hexOf(h1[:])), md5: report.Stated(hexOf(h5[:]))}
		if d != want {
			t.Errorf("%d bytes: %+v, want %+v", size, d, want)
		}
		if src.released != size {
			t.Errorf("%d bytes: released %d", size, src.released)
		}
	}
}

// TestDigesterIsReused: what was hashed before leaves no trace, and without
// legacy digests there are none.
func TestDigesterIsReused(t *testing.T) {
	d := testDigester()
	for _, text := range []string{"one", "", "two"} {
		d.reset(false)
		d.write([]byte(text))
		sum := sha256.Sum256([]byte(text))
		if got := d.sum(); got != (digests{size: int64(len(text)), sha256: hexOf(sum[:])}) {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// slowBreaks counts line breaks byte by byte.
func slowBreaks(b []byte) (crlf, lf, cr int) {
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '\n':
			lf++
		case b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n':
			crlf++
			i++
		case b[i] == '\r':
			cr++
		}
	}
	return crlf, lf, cr
}

// slowCRLF turns every line break into CRLF, byte by byte.
func slowCRLF(b []byte) []byte {
	var out []byte
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == '\r' && i+1 < len(b) && b[i+1] == '\n':
			i++
			fallthrough
		case b[i] == '\r', b[i] == '\n':
			out = append(out, "\r\n"...)
		default:
			out = append(out, b[i])
		}
	}
	return out
}

// breakTexts are texts of line breaks and little else, so that every pair is
// cut by every boundary sooner or later.
func breakTexts() [][]byte {
	rnd := rand.New(rand.NewPCG(1, 2))
	texts := [][]byte{nil, []byte("\r"), []byte("\n"), []byte("\r\n"), []byte("\n\r"), []byte("\r\r\n"), []byte("a"), []byte("\r\nb\rc\nd")}
	for n := range 300 {
		b := make([]byte, n)
		for i := range b {
			b[i] = "\r\nab"[rnd.IntN(4)]
		}
		texts = append(texts, b)
	}
	return texts
}

// TestBreaks: the count agrees with the slow one however the text is cut.
func TestBreaks(t *testing.T) {
	for _, text := range breakTexts() {
		crlf, lf, cr := slowBreaks(text)
		for _, step := range []int{1, 2, 3, 1000} {
			var got breaks
			for rest := text; len(rest) > 0; {
				n := min(step, len(rest))
				got.add(rest[:n])
				got.add(nil)
				rest = rest[n:]
			}
			if got.crlf != crlf || got.lf != lf || got.cr != cr {
				t.Fatalf("%q in steps of %d: %+v, want %d %d %d", text, step, got, crlf, lf, cr)
			}
		}
	}
}

// TestBreakWord: the words of the schema.
func TestBreakWord(t *testing.T) {
	for text, want := range map[string]string{
		"": "none", "a": "none", "a\n": "lf", "a\r\n": "crlf", "a\r": "cr", "a\n\r\n": "mixed", "a\r\n\r": "mixed", "a\rb\n": "mixed",
	} {
		var c breaks
		c.add([]byte(text))
		if got := c.word(); got != want {
			t.Errorf("%q is %s, want %s", text, got, want)
		}
	}
}

// TestHashCRLF: the digest agrees with that of the slow conversion, also where
// a break lies on the edge of a chunk or of the buffer.
func TestHashCRLF(t *testing.T) {
	texts := breakTexts()
	for _, edge := range []int{64 << 10, chunk, 2 * chunk} {
		for shift := -3; shift <= 3; shift++ {
			for _, tail := range []string{"\r\nx", "\rx", "\nx", "\r\r\n", "x"} {
				texts = append(texts, append(bytes.Repeat([]byte("a"), edge+shift), tail...))
			}
		}
	}
	for _, text := range texts {
		src := &source{raw: text, t: t}
		want := sha256.Sum256(slowCRLF(text))
		if got := hashCRLF(src, testDigester()); got != hexOf(want[:]) {
			t.Fatalf("%d bytes that end in %q differ", len(text), text[max(0, len(text)-8):])
		}
		if src.released != len(text) {
			t.Errorf("%d bytes: released %d", len(text), src.released)
		}
	}
}

// TestHashCRLFIsLinear: a text of CR alone, or with one far LF, is read once.
// Looking for LF from each CR on would take hours.
func TestHashCRLFIsLinear(t *testing.T) {
	for _, text := range []string{strings.Repeat("\r", 4<<20), strings.Repeat("\r", 4<<20) + "\n", strings.Repeat("\n", 4<<20) + "\r"} {
		hashCRLF(&source{raw: []byte(text), t: t}, testDigester())
	}
}

// TestCRLFDigestIsShared: copies of one message that differ in line ends alone
// have one sha256_crlf and different sha256.
func TestCRLFDigestIsShared(t *testing.T) {
	lf := letter("one\ntwo\n")
	a, b := reportOn(t, lf).Evidence, reportOn(t, strings.ReplaceAll(lf, "\n", "\r\n")).Evidence
	if a.SHA256CRLF != b.SHA256CRLF || a.SHA256 == b.SHA256 {
		t.Errorf("LF %+v, CRLF %+v", a, b)
	}
	if a.LineEndings != "lf" || b.LineEndings != "crlf" || b.SHA256 != string(b.SHA256CRLF) {
		t.Errorf("LF %s, CRLF %s", a.LineEndings, b.LineEndings)
	}
}

func BenchmarkHashCRLF(b *testing.B) {
	raw := []byte(strings.Repeat(strings.Repeat("a", 76)+"\n", 20_000))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	d := testDigester()
	for b.Loop() {
		hashCRLF(&source{raw: raw, t: b}, d)
	}
}

var _ mimeparse.Source = (*source)(nil)
