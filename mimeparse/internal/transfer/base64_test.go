package transfer

import (
	"bytes"
	"encoding/base64"
	"math/rand"
	"strings"
	"testing"
)

// The vectors of RFC 4648 10.
func TestBase64Vectors(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Zg==": "f", "Zm8=": "fo", "Zm9v": "foo", "Zm9vYg==": "foob", "Zm9vYmE=": "fooba", "Zm9vYmFy": "foobar",
	} {
		out, res := all(t, Base64, []byte(in), whole([]byte(in)), Options{})
		if string(out) != want || len(res.Defects) > 0 {
			t.Errorf("%s: %q %v", in, out, res.Defects)
		}
	}
}

const (
	line76 = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0"
	text57 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz01234"
)

// Each way in which base64 goes wrong, with the place where it does.
func TestBase64Defects(t *testing.T) {
	footer := "_____________________\nexample mailing list\nexample@lists.example\nhttp://lists.example/x"
	runCases(t, Base64, []decodeCase{
		{"lines", line76 + "\n" + line76 + "\nQUJD\n", text57 + text57 + "ABC", ""},
		{"blank lines and blanks", " \nQU JD\n\n\tREVG \n", "ABCDEF", ""},
		{"lines of 75", line76[:75] + "\n" + line76[75:] + line76[:74] + "\n" + line76[74:], text57 + text57, ""},
		{"illegal characters, one run each", "QU⟦*!⟧JD\n⟦#⟧REVG", "ABCDEF", "mime.base64-invalid mime.base64-invalid"},
		{"illegal in a long line", line76 + "\n" + line76[:40] + "⟦.⟧" + line76[40:] + "\nQUJD", text57 + text57 + "ABC", "mime.base64-invalid"},
		{"8-bit and NUL", "QU⟦\x00\xff⟧JD", "ABC", "mime.base64-invalid"},
		{"URL-safe alphabet", "QUJD⟦-__⟧REVG", "ABCDEF", "mime.base64-invalid"},
		{"padding over a line break", "QQ=\n=\n", "A", ""},
		{"two encodings", "QQ⟦==⟧\nQkM⟦=⟧REVG", "ABCDEF", "mime.base64-padding-inside mime.base64-padding-inside"},
		{"too much padding", "QUJD⟦====⟧\n", "ABC", "mime.base64-padding-extra"},
		{"too much padding behind padding", "QQ==⟦==⟧\n", "A", "mime.base64-padding-extra"},
		{"padding before anything", "⟦=⟧QUJD", "ABC", "mime.base64-padding-extra"},
		{"padding behind one character", "QUJDQ⟦==⟧UJD", "ABCABC", "mime.base64-padding-extra"},
		{"too little padding", "QQ⟦=⟧\n", "A", "mime.base64-padding-short"},
		{"no padding, two characters", "QUJD⟦QQ⟧\n", "ABCA", "mime.base64-truncated"},
		{"no padding, three characters", "QUJD⟦QUI⟧\n", "ABCAB", "mime.base64-truncated"},
		{"one character left", "QUJD⟦Q⟧\n", "ABC", "mime.base64-truncated"},
		{"cut over lines", "QUJD⟦Q\nU⟧\n", "ABCA", "mime.base64-truncated"},
		{"leftover bits, four", "Q⟦R⟧==", "A", "mime.base64-leftover-bits"},
		{"leftover bits, two", "QU⟦J⟧=", "AB", "mime.base64-leftover-bits"},
		{"footer behind padding", "QQ==\n⟦" + footer + "⟧\n\n", "A", "mime.base64-trailing-data"},
		{"footer without padding", "QUJD\n⟦" + footer + "⟧\n", "ABC", "mime.base64-trailing-data"},
		{"signature behind padding", "QQ==\n⟦-- \nJoe User⟧\n", "A", "mime.base64-trailing-data"},
		{"word behind padding", "QQ==\n\n⟦Sent from my phone⟧", "A", "mime.base64-trailing-data"},
		{"text in the same line", "QQ== ⟦hello world⟧", "A", "mime.base64-trailing-data"},
		// Data hidden behind words is found: readers that skip them decode it.
		{"long base64 behind words", "QQ⟦==⟧\nhi⟦,⟧ hi\n" + line76, "A\x86\x28" + "\x62" + text57, "mime.base64-padding-inside mime.base64-invalid"},
		{"long base64 behind a rule", "QUJD\n⟦----⟧\n" + line76, "ABC" + text57, "mime.base64-invalid"},
	})
}

// Against encoding/base64, over contents of every small length and lines of
// every width: the guess at widths must never show.
func TestBase64Widths(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for size := 0; size < 400; size += 1 + size/40 {
		content := make([]byte, size)
		rng.Read(content)
		for width := 1; width < 200; width++ {
			raw := []byte(wrap(base64.StdEncoding.EncodeToString(content), width, breaks[width%3]))
			out, res := all(t, Base64, raw, whole(raw), Options{})
			if !bytes.Equal(out, content) || len(res.Defects) > 0 {
				t.Fatalf("size %d width %d: %q %v", size, width, raw, res.Defects)
			}
		}
	}
}

// wrap breaks text into lines.
func wrap(text string, width int, br string) string {
	var b strings.Builder
	for len(text) > width {
		b.WriteString(text[:width] + br)
		text = text[width:]
	}
	return b.String() + text
}

// Content of more than one piece, in lines of changing width: the borders of
// pieces must never show.
func TestBase64Large(t *testing.T) {
	content := make([]byte, 300_000)
	rng := rand.New(rand.NewSource(2))
	rng.Read(content)
	text := base64.StdEncoding.EncodeToString(content)
	var b strings.Builder
	for len(text) > 0 {
		n := min(len(text), 1+rng.Intn(1<<rng.Intn(14)))
		b.WriteString(text[:n] + breaks[rng.Intn(3)])
		text = text[n:]
	}
	raw := []byte(b.String())
	out, res := all(t, Base64, raw, whole(raw), Options{})
	if !bytes.Equal(out, content) || len(res.Defects) > 0 {
		t.Fatalf("%d bytes of %d, %v", len(out), len(content), res.Defects)
	}
	checkLimits(t, Base64, raw, out)
}

// The list of defects is bounded, and says where it ends.
func TestBase64ManyDefects(t *testing.T) {
	raw := []byte(strings.Repeat("QU*JD", 1000))
	out, res := all(t, Base64, raw, whole(raw), Options{})
	last := res.Defects[len(res.Defects)-1]
	if len(out) != 3000 || len(res.Defects) != maxDefects || last.Code != "limit.defects" {
		t.Fatalf("%d bytes, %d defects, the last %v", len(out), len(res.Defects), last)
	}
	if want := (maxDefects-1)*5 + 2; last.Span.Start != want || last.Span.End != len(raw) {
		t.Errorf("limit at %v, want %d", last.Span, want)
	}
}

// Input that asks for a look ahead over and over must not cost more than its
// length: each of these would take minutes if the looks were not bounded.
func TestBase64Linear(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for _, unit := range []string{"QQ==", "QQ==\n", "QQ== ", "QQ==\nx y\n", "--\n", "--\nx y\n", "QUJD\n--\n", "=", "*", " ", "Q=", "A\n"} {
		raw := []byte(strings.Repeat(unit, (4<<20)/len(unit)) + "\n" + line76)
		all(t, Base64, raw, whole(raw), Options{})
	}
}

// FuzzBase64 compares with a reference that takes one byte at a time.
func FuzzBase64(f *testing.F) {
	for _, s := range []string{"", "QQ==", "QUI=\r\nQUJD", "QQ=\n=", line76 + "\r\n" + line76 + "\nQR==\n____\nfoo bar\n", "QUJD\n-- \nfoo", "=QQQ", "\xffQU\x00I", "QQ==\nhi, hi\n" + line76} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		out, res := all(t, Base64, raw, whole(raw), Options{})
		want, wantCodes := slowBase64(raw)
		if !bytes.Equal(out, want) {
			t.Errorf("got %q, want %q", out, want)
		}
		got := codes(res.Defects)
		if len(got) < maxDefects && !sameWords(got, wantCodes) {
			t.Errorf("got %v, want %v", got, wantCodes)
		}
		if std, err := base64.StdEncoding.Strict().DecodeString(string(raw)); err == nil && (!bytes.Equal(std, out) || len(res.Defects) > 0) {
			t.Errorf("valid, but %q and %v", out, res.Defects)
		}
		checkStrict(t, Base64, raw, whole(raw), out, res)
		checkLimits(t, Base64, raw, out)
	})
}
