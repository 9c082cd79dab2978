package tnef

import (
	"bytes"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The two worked examples of MS-OXRTFCP 3.
var rtfExamples = []struct{ in, want string }{
	{"2d000000 2b000000 4c5a4675 f1c5c7a7 03000a00 72637067 31323542 320af320 68656c09 00206277 05b06c64 7d0a800f a0",
		"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"},
	{"1a000000 1c000000 4c5a4675 e2d44b51 41000420 5758595a 0d6e7d01 0eb0", "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"},
}

func TestRTFExamples(t *testing.T) {
	for _, c := range rtfExamples {
		got, faults, err := DecompressRTF(unhex(t, c.in), 0)
		if string(got) != c.want || len(faults) > 0 || err != nil {
			t.Errorf("%q, %v, %v; want %q", got, faults, err, c.want)
		}
	}
}

// Text longer than the window, so that it runs around.
func TestRTFWindow(t *testing.T) {
	for _, n := range []int{0, 1, 7, 8, 9, 3880, windowSize - len(rtfWindow), windowSize, 3*windowSize + 5} {
		text := strings.Repeat("abcdefg", n/7+1)[:n]
		got, faults, err := DecompressRTF(rtfText(text), 0)
		if string(got) != text || len(faults) > 0 || err != nil {
			t.Errorf("%d bytes: %d back, %v, %v", n, len(got), faults, err)
		}
	}
}

func TestRTFDefects(t *testing.T) {
	good := rtfText("{\\rtf1 hello}")
	edit := func(f func(b []byte) []byte) []byte { return f(bytes.Clone(good)) }
	mela := join(u32(16), u32(4), u32(rtfUncompressed), u32(0), []byte("text"))
	cases := []struct {
		name string
		in   []byte
		want string
		code string
	}{
		{"right", good, "{\\rtf1 hello}", ""},
		{"a wrong checksum", edit(func(b []byte) []byte { b[12] ^= 1; return b }), "{\\rtf1 hello}", "tnef.rtf-crc"},
		{"a wrong length of the text", edit(func(b []byte) []byte { b[4]++; return b }), "{\\rtf1 hello}", "tnef.rtf-size"},
		{"bytes behind the end", append(bytes.Clone(good), "hidden"...), "{\\rtf1 hello}", "tnef.rtf-size"},
		{"a size below the header", edit(func(b []byte) []byte { copy(b, u32(3)); return b }), "{\\rtf1 hello}", "tnef.rtf-size"},
		{"a size beyond the end", edit(func(b []byte) []byte { b[0]++; return b }), "{\\rtf1 hello}", "tnef.rtf-truncated"},
		{"uncompressed", mela, "text", ""},
		{"uncompressed, cut", mela[:18], "te", "tnef.rtf-truncated tnef.rtf-truncated"},
		{"uncompressed, longer", join(u32(20), mela[4:], []byte("more")), "text", "tnef.rtf-size"},
		{"a header alone", join(u32(12), u32(0), u32(rtfCompressed), u32(0)), "", "tnef.rtf-truncated"},
	}
	for _, c := range cases {
		got, faults, err := DecompressRTF(c.in, 0)
		if string(got) != c.want || err != nil || strings.Join(rtfCodes(faults), " ") != c.code {
			t.Errorf("%s: %q, %v, %v", c.name, got, faults, err)
		}
	}
}

func rtfCodes(faults []headers.Defect) (out []string) {
	for _, d := range faults {
		out = append(out, d.Code)
	}
	return out
}

// Bytes behind the end mark are out of a reader's sight, with a right checksum
// at that.
func TestRTFBehindEnd(t *testing.T) {
	good := rtfText("{\\rtf1 hello}")
	body := append(bytes.Clone(good[rtfHeader:]), "hidden"...)
	b := join(u32(uint32(len(body)+12)), good[4:12], u32(^crc32.Update(0xFFFFFFFF, crc32.IEEETable, body)), body)
	_, faults, _ := DecompressRTF(b, 0)
	if len(faults) != 1 || faults[0].Code != "tnef.rtf-size" || string(faults[0].Span.Of(b)) != "hidden" {
		t.Errorf("%v", faults)
	}
}

// Cut anywhere, it gives the start of the text and says so.
func TestRTFTruncated(t *testing.T) {
	whole := unhex(t, rtfExamples[1].in)
	for n := range whole {
		got, faults, err := DecompressRTF(whole[:n], 0)
		switch {
		case n < rtfHeader:
			if !errors.Is(err, ErrNotRTF) {
				t.Errorf("%d: %v", n, err)
			}
		case err != nil || !strings.HasPrefix(rtfExamples[1].want, string(got)) || len(faults) == 0:
			t.Errorf("%d: %q, %v, %v", n, got, faults, err)
		}
	}
}

func TestRTFLimit(t *testing.T) {
	mela := join(u32(19), u32(7), u32(rtfUncompressed), u32(0), []byte("1234567"))
	in := unhex(t, rtfExamples[1].in)
	want := rtfExamples[1].want
	for limit := 1; limit <= len(want)+1; limit++ {
		got, faults, _ := DecompressRTF(in, limit)
		if string(got) != want[:min(limit, len(want))] || (len(faults) == 1) != (limit < len(want)) {
			t.Errorf("%d: %q, %v", limit, got, faults)
		}
		got, faults, _ = DecompressRTF(mela, limit)
		if string(got) != "1234567"[:min(limit, 7)] || (len(faults) == 1) != (limit < 7) {
			t.Errorf("uncompressed, %d: %q, %v", limit, got, faults)
		}
	}
}

// A stated length of 4 GiB must not be believed.
func TestRTFBomb(t *testing.T) {
	b := rtfText("x")
	copy(b[4:], u32(0xFFFFFFFF))
	n := testing.AllocsPerRun(10, func() { _, _, _ = DecompressRTF(b, 0) })
	got, _, _ := DecompressRTF(b, 0)
	if cap(got) > 1024 || n > 10 {
		t.Errorf("capacity %d, %v allocations", cap(got), n)
	}
}

func TestNotRTF(t *testing.T) {
	for _, s := range []string{"", "short", "{\\rtf1\\ansi plain text}"} {
		if got, _, err := DecompressRTF([]byte(s), 0); !errors.Is(err, ErrNotRTF) || got != nil {
			t.Errorf("%q: %q, %v", s, got, err)
		}
	}
}

func FuzzDecompressRTF(f *testing.F) {
	for _, c := range rtfExamples {
		f.Add(unhex(f, c.in), 0)
	}
	f.Add(rtfText(strings.Repeat("x", 5000)), 100)
	f.Add(join(u32(16), u32(4), u32(rtfUncompressed), u32(0), []byte("text")), 2)
	f.Fuzz(func(t *testing.T, b []byte, limit int) {
		got, faults, err := DecompressRTF(b, limit)
		if err != nil {
			return
		}
		if len(got) > positive(limit, 64<<20) || len(got) > 9*len(b) {
			t.Fatalf("%d bytes out of %d", len(got), len(b))
		}
		for _, d := range faults {
			if d.Span.Start < 0 || d.Span.End < d.Span.Start || d.Span.End > len(b) {
				t.Fatalf("%v in %d bytes", d, len(b))
			}
		}
		again, more, _ := DecompressRTF(b, limit)
		if !bytes.Equal(got, again) || len(faults) != len(more) {
			t.Fatal("not the same twice")
		}
	})
}

func BenchmarkDecompressRTF(b *testing.B) {
	in := rtfText(strings.Repeat("\\pard hello world ", 4000))
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := DecompressRTF(in, 0); err != nil {
			b.Fatal(err)
		}
	}
}
