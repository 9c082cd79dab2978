package headers

import (
	"encoding/base64"
	"fmt"
	"math/rand"
	"mime"
	"strings"
	"testing"
	"unicode/utf8"
)

var roundTripTexts = []string{
	"", "plain", "two words", "Grüße aus Köln", "a_b=c?d", "日本語のテキスト", "😀😀", " leading and trailing ", "=?utf-8?q?no_word?=",
	"Ein sehr langer Betreff, der über mehrere Wörter in kodierter Form verteilt werden muß, weil er nicht in eines paßt",
}

// TestTextRoundTrip: what the standard library writes comes back, with no
// defect to tell of.
func TestTextRoundTrip(t *testing.T) {
	for _, s := range roundTripTexts {
		for _, enc := range []mime.WordEncoder{mime.QEncoding, mime.BEncoding} {
			for _, fold := range []string{" ", "\r\n ", "\r\n\t"} {
				words := enc.Encode("utf-8", s)
				if words == s {
					continue // ASCII is left as it is
				}
				raw := []byte(strings.ReplaceAll(words, "?= =?", "?="+fold+"=?"))
				if got := DecodeText(raw, Span{0, len(raw)}); got.Value != s || len(got.Defects) > 0 {
					t.Errorf("%q as %q: got %q, %v", s, raw, got.Value, got.Defects)
				}
			}
		}
	}
}

// TestTextSplitAnywhere: words may be cut between any two bytes of the text,
// whatever the encoding of each piece, and it reads the same.
func TestTextSplitAnywhere(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 5000 {
		s := roundTripTexts[3+r.Intn(4)]
		var raw strings.Builder
		for rest := s; rest != ""; {
			n := 1 + r.Intn(len(rest))
			if raw.Len() > 0 {
				raw.WriteString([]string{" ", "\n ", "  "}[r.Intn(3)])
			}
			raw.WriteString(slowWord(rest[:n], r.Intn(2) == 0))
			rest = rest[n:]
		}
		b := []byte(raw.String())
		if got := DecodeText(b, Span{0, len(b)}); got.Value != s {
			t.Fatalf("%q: got %q, want %q", b, got.Value, s)
		}
	}
}

// slowWord writes bytes as one encoded word, every byte of it encoded.
func slowWord(s string, b64 bool) string {
	if b64 {
		return "=?UTF-8?B?" + base64.StdEncoding.EncodeToString([]byte(s)) + "?="
	}
	var out strings.Builder
	for i := range len(s) {
		fmt.Fprintf(&out, "=%02x", s[i])
	}
	return "=?UTF-8?Q?" + out.String() + "?="
}

// TestBase64SplitAnywhere: base64 made of the whole text and cut at any
// character is read where the pieces show that they belong together, and where
// they do not, nothing is lost in silence.
func TestBase64SplitAnywhere(t *testing.T) {
	const s = "Grüße aus Köln!"
	whole := base64.StdEncoding.EncodeToString([]byte(s))
	for i := 1; i < len(whole); i++ {
		raw := []byte("=?utf-8?B?" + whole[:i] + "?= =?utf-8?B?" + whole[i:] + "?=")
		got := DecodeText(raw, Span{0, len(raw)})
		if i%4 <= 1 && got.Value != s {
			t.Errorf("cut at %d: %q", i, got.Value)
		}
		if got.Value != s && len(got.Defects) == 0 {
			t.Errorf("cut at %d: %q, and no defect", i, got.Value)
		}
	}
}

// TestBase64Slow compares the decoding of one word with encoding/base64.
func TestBase64Slow(t *testing.T) {
	const alphabet = "ABYZabyz0189+/"
	r := rand.New(rand.NewSource(2))
	for range 20_000 {
		b := make([]byte, 4*r.Intn(5))
		for i := range b {
			b[i] = alphabet[r.Intn(len(alphabet))]
		}
		want, err := base64.StdEncoding.Strict().DecodeString(string(b))
		if err != nil {
			t.Fatal(err)
		}
		raw := []byte("=?iso-8859-15?B?" + string(b) + "?=")
		got := DecodeText(raw, Span{0, len(raw)})
		if utf8.RuneCountInString(got.Value) != len(want) {
			t.Fatalf("%q: %d characters of %d bytes", raw, utf8.RuneCountInString(got.Value), len(want))
		}
		for _, d := range got.Defects {
			if d.Code != "word.control" {
				t.Fatalf("%q: %v", raw, d)
			}
		}
	}
}

// TestTextPlainIsUnchanged: text that is no word, folds nothing and is UTF-8
// comes out byte for byte.
func TestTextPlainIsUnchanged(t *testing.T) {
	const parts = "=?QBqb_ \tüa\x00\x7F"
	r := rand.New(rand.NewSource(3))
	runes := []rune(parts)
	for range 20_000 {
		var s strings.Builder
		for range r.Intn(20) {
			s.WriteRune(runes[r.Intn(len(runes))])
		}
		raw := []byte(s.String())
		got := DecodeText(raw, Span{0, len(raw)})
		if got.Words == 0 && got.Value != s.String() {
			t.Fatalf("%q became %q", raw, got.Value)
		}
	}
}

// TestLongestCharsetName: a charset name of any length is looked at once and
// kept as written.
func TestLongestCharsetName(t *testing.T) {
	for _, n := range []int{1, 32, 33, 75, 5000} {
		raw := []byte("=?" + strings.Repeat("x", n) + "?q?a?=")
		got := DecodeText(raw, Span{0, len(raw)})
		if got.Value != string(raw) || len(got.Defects) != 1 || got.Defects[0].Code != "word.charset-unknown" {
			t.Errorf("%d: %q %v", n, got.Value, got.Defects)
		}
	}
}
