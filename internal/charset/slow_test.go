package charset

import (
	"encoding/base64"
	"math/rand"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

// slowUTF8 reads byte by byte by the table of well-formed sequences (Unicode
// 3.9, table 3-7), with no help from package utf8 in finding where one ends.
func slowUTF8(b []byte) (text string, badAt int) {
	badAt = -1
	for i := 0; i < len(b); {
		n := 0
		for n < len(b)-i && n < 4 && slowMayBegin(b[i:i+n+1]) {
			n++
		}
		if n > 0 && slowIsWhole(b[i:i+n]) {
			text += string(b[i : i+n])
			i += n
			continue
		}
		if badAt < 0 {
			badAt = i
		}
		text += "\uFFFD"
		i += max(n, 1)
	}
	return text, badAt
}

// slowMayBegin reports whether some well-formed sequence begins with b.
func slowMayBegin(b []byte) bool {
	for i, c := range b[1:] {
		low, high := byte(0x80), byte(0xBF)
		if i == 0 {
			switch b[0] {
			case 0xE0:
				low = 0xA0
			case 0xED:
				high = 0x9F
			case 0xF0:
				low = 0x90
			case 0xF4:
				high = 0x8F
			}
		}
		if c < low || c > high {
			return false
		}
	}
	return len(b) <= slowLen(b[0])
}

func slowLen(lead byte) int {
	switch {
	case lead < 0x80:
		return 1
	case lead >= 0xC2 && lead <= 0xDF:
		return 2
	case lead >= 0xE0 && lead <= 0xEF:
		return 3
	case lead >= 0xF0 && lead <= 0xF4:
		return 4
	}
	return 0
}

func slowIsWhole(b []byte) bool { return len(b) == slowLen(b[0]) }

// TestUTF8Slow compares the fast reading with the slow one on random bytes
// that are mostly parts of sequences.
func TestUTF8Slow(t *testing.T) {
	const parts = "a\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xEC\xED\xEE\xEF\xF0\xF1\xF3\xF4\xF5\xFF"
	r := rand.New(rand.NewSource(1))
	for range 50_000 {
		b := make([]byte, r.Intn(9))
		for i := range b {
			b[i] = parts[r.Intn(len(parts))]
		}
		text, bad := Decode("utf-8", b)
		if want, wantBad := slowUTF8(b); text != want || bad != wantBad {
			t.Fatalf("%q: got %+q, %d, want %+q, %d", b, text, bad, want, wantBad)
		}
	}
}

// encodeUTF7 writes UTF-7 with everything but letters and digits shifted.
func encodeUTF7(s string) string {
	var out strings.Builder
	var units []byte
	flush := func() {
		if len(units) > 0 {
			out.WriteString("+" + base64.RawStdEncoding.EncodeToString(units) + "-")
			units = nil
		}
	}
	for _, r := range s {
		if r < 0x80 && (r >= 'a' && r <= 'z' || r == ' ') {
			flush()
			out.WriteRune(r)
			continue
		}
		for _, u := range utf16.Encode([]rune{r}) {
			units = append(units, byte(u>>8), byte(u))
		}
	}
	flush()
	return out.String()
}

// TestUTF7RoundTrip: what is written by the letter of RFC 2152 comes back.
func TestUTF7RoundTrip(t *testing.T) {
	for _, s := range []string{"", "plain", "a+b", "Grüße", "日本語 text 日本", "😀😀x😀", "\uFFFD", strings.Repeat("é a", 100)} {
		if got, bad := Decode("utf-7", []byte(encodeUTF7(s))); got != s || bad != -1 {
			t.Errorf("%q as %q: got %q, %d", s, encodeUTF7(s), got, bad)
		}
	}
}

// TestMultiRoundTrip: every character that the encoder of a charset of several
// bytes can write is read back, and no byte of it is called bad. A few have
// two places in the charset; those must at least lead to a place again.
func TestMultiRoundTrip(t *testing.T) {
	for _, name := range []string{"gbk", "gb18030", "hz-gb-2312", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr"} {
		enc := multiByte(name).NewEncoder()
		count := 0
		for r := rune(' '); r <= 0xFFFF; r++ {
			if utf16.IsSurrogate(r) || r == utf8.RuneError {
				continue
			}
			b, err := enc.String(string(r))
			if err != nil {
				continue
			}
			got, bad := Decode(name, []byte(b))
			if again, err := enc.String(got); bad != -1 || got != string(r) && (err != nil || again != b) {
				t.Fatalf("%s %U as %q: got %q, %d", name, r, b, got, bad)
			}
			count++
		}
		if count < 5000 {
			t.Errorf("%s: only %d characters", name, count)
		}
	}
}

// slowBad finds the first bad byte of a charset without shift states: the
// whole characters before it read well together, and no character begins there.
func slowBad(name string, b []byte) int {
	for i := 0; i < len(b); {
		n := 1
		for ; n <= 4 && i+n <= len(b); n++ {
			if out, _ := multiByte(name).NewDecoder().Bytes(b[i : i+n]); !strings.Contains(string(out), "\uFFFD") || name[0] == 'g' && string(b[i:i+n]) == string(gbReplacement) {
				break
			}
		}
		if n > 4 || i+n > len(b) {
			return i
		}
		i += n
	}
	return -1
}

// TestBadSlow compares the offsets of bad bytes with those that reading
// character by character finds.
func TestBadSlow(t *testing.T) {
	const parts = "aA~\x31\x39\x80\x81\x84\x88\xA4\x8E\x8F\x62\xA1\xC7\xFE\xFF"
	r := rand.New(rand.NewSource(2))
	for _, name := range []string{"gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"} {
		for range 5000 {
			b := make([]byte, r.Intn(10))
			for i := range b {
				b[i] = parts[r.Intn(len(parts))]
			}
			if r.Intn(4) == 0 {
				b = append([]byte("\x84\x31\xA4\x37"), b...)
			}
			if _, bad := Decode(name, b); bad != slowBad(name, b) {
				t.Fatalf("%s %q: bad byte at %d, want %d", name, b, bad, slowBad(name, b))
			}
		}
	}
}
