package transfer

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

// A word that decoding brings to light must be seen before.
func checkMayHold(t *testing.T, raw []byte) {
	t.Helper()
	for _, text := range []string{unquoted(t, QuotedPrintable, raw), unquotedNot(QuotedPrintable, string(raw))} {
		if strings.Contains(text, "begin") && !MayHold(raw, "begin") {
			t.Fatalf("%q decodes to %q", raw, text)
		}
	}
}

func FuzzMayHold(f *testing.F) {
	for _, s := range []string{"begin", "be=\ngin", "=62egin", "b=65=67in", "b=\r\n=\r\negin", "beg= \t\nin", "begi=6e", "b=\n>egin", "b==\negin", "=\nbegin", "be=\rgin"} {
		f.Add([]byte(s))
	}
	f.Fuzz(checkMayHold)
}

// Texts of little but the word, cut and encoded in every way.
func TestMayHoldPieces(t *testing.T) {
	rnd := rand.New(rand.NewPCG(7, 8))
	pieces := []string{"b", "e", "g", "i", "n", "b", "e", "g", "i", "n", "=\n", "=\r\n", "= \n", "=62", "=65", "=67", "=69", "=6E", "=6e", "=", " ", "\n", ">", "x"}
	found := 0
	for range 50_000 {
		var b bytes.Buffer
		for size := 4 + rnd.IntN(8); b.Len() < size; {
			b.WriteString(pieces[rnd.IntN(len(pieces))])
		}
		// The letters in order are rare among random ones.
		if rnd.IntN(2) == 0 {
			b.Reset()
			for _, c := range "begin" {
				if rnd.IntN(3) == 0 {
					b.WriteString(pieces[10+rnd.IntN(3)])
				}
				if rnd.IntN(4) == 0 {
					b.WriteString("=" + strings.ToUpper(string("0123456789abcdef"[c>>4])+string("0123456789abcdef"[c&15])))
				} else {
					b.WriteRune(c)
				}
			}
		}
		checkMayHold(t, b.Bytes())
		if MayHold(b.Bytes(), "begin") {
			found++
		}
	}
	if found < 12_500 {
		t.Errorf("only %d texts with the word", found)
	}
}

// What never decodes to the word should seldom cost a decode.
func TestMayHoldSaysNo(t *testing.T) {
	for _, s := range []string{"", "=", "=6", "begi", "b=C3=BCgin", "so=\nme text in=\nside", "=3D62egin", "the end=\nnow", "beg in", strings.Repeat("=E4=F6 text=\n", 100)} {
		if MayHold([]byte(s), "begin") {
			t.Errorf("%q", s)
		}
	}
}

func BenchmarkMayHold(b *testing.B) {
	raw := bytes.Repeat([]byte("Quoted-printable text with some =C3=BC and =E4, and lines that are cut so=\nftly here and there.\n"), 300)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		MayHold(raw, "begin")
	}
}
