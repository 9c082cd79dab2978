package fromquote

import (
	"bytes"
	"testing"
)

// all lists every offset that Next gives, one after the other.
func all(raw []byte) []int {
	var out []int
	for pos := 0; ; {
		i := Next(raw, pos, len(raw))
		if i < 0 {
			return out
		}
		out = append(out, i)
		pos = i + 1
	}
}

// slow reads line by line.
func slow(raw []byte) []int {
	var out []int
	pos := 0
	for line := range bytes.Lines(raw) {
		if rest := bytes.TrimLeft(line, ">"); len(rest) < len(line) && bytes.HasPrefix(rest, []byte("From ")) {
			out = append(out, pos)
		}
		pos += len(line)
	}
	return out
}

// One '>' goes from each line, however many it has; text in the middle of a
// line is not quoting.
func TestNext(t *testing.T) {
	in := []byte(">From a\n>>From b\nsays >From c\n> From d\n>From\n>>>From \n>From e")
	got := all(in)
	want := slow(in)
	if len(got) != 4 || len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

// The search by mark must find what a reader of lines finds.
func FuzzNext(f *testing.F) {
	f.Add([]byte(">From a\n>>From b\n>>>>From From >From \n"))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, want := all(in), slow(in)
		if len(got) != len(want) {
			t.Fatalf("%q: got %v, want %v", in, got, want)
		}
		for i := range got {
			if got[i] != want[i] {
				t.Fatalf("%q: got %v, want %v", in, got, want)
			}
		}
	})
}

// The header is not quoted: a line of old mail systems that begins with
// ">From " there is a line of the header.
func TestStretches(t *testing.T) {
	for in, want := range map[string]string{
		"A: b\n>From x\n\n>From y\n>>From z\nend": "A: b\n>From x\n\nFrom y\n>From z\nend",
		"A: b\r\n\r\n>From y\r\n":                 "A: b\r\n\r\nFrom y\r\n",
		"A: b\n>From x\n":                         "A: b\n>From x\n",
		"\n>From y":                               "\nFrom y",
		"":                                        "",
	} {
		raw := []byte(in)
		got := append([]byte(nil), raw[:Body(raw)]...)
		for at, end := range Stretches(raw, Body(raw), len(raw)) {
			got = append(got, raw[at:end]...)
		}
		if string(got) != want || Has(raw, Body(raw), len(raw), nil) != (len(got) < len(raw)) {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

// Windows and the stretches in them hold everything once, whatever the length
// of lines.
func TestStretchesOfLargeText(t *testing.T) {
	line := bytes.Repeat([]byte("x"), 300<<10)
	raw := bytes.Join([][]byte{line, []byte(">From a"), line, line, line, line, line, []byte(">>From b"), bytes.Repeat(line, 9), []byte(">From c")}, []byte("\n"))
	var got []byte
	largest := 0
	for at, end := range Stretches(raw, 0, len(raw)) {
		got = append(got, raw[at:end]...)
		largest = max(largest, end-at)
	}
	want := bytes.ReplaceAll(bytes.ReplaceAll(raw, []byte("\n>From"), []byte("\nFrom")), []byte("\n>>From"), []byte("\n>From"))
	if !bytes.Equal(got, want) || largest > len(raw)/2+Window {
		t.Errorf("%d bytes, want %d; the largest stretch has %d", len(got), len(want), largest)
	}
	upTo := 0
	if Has(raw[:len(line)+1], 0, len(line)+1, func(n int) { upTo = n }) || upTo != len(line)+1 {
		t.Errorf("looked as far as %d", upTo)
	}
}
