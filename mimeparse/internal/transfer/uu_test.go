package transfer

import (
	"bytes"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// uuStyle is one of the ways in which encoders differ.
type uuStyle struct {
	zero     byte // space or grave accent
	cut      bool // blanks at line ends cut off
	partial  bool // characters without a bit of data left out
	checksum bool // one more character on each line
}

// uuEncode writes lines of data, and the line of length zero.
func uuEncode(content []byte, s uuStyle) string {
	var b strings.Builder
	char := func(v byte) byte {
		if v &= 63; v == 0 {
			return s.zero
		}
		return ' ' + v
	}
	for first := true; first || len(content) > 0; first = false {
		piece := content[:min(45, len(content))]
		content = content[len(piece):]
		line := []byte{char(byte(len(piece)))}
		for i := 0; i < len(piece); i += 3 {
			var g [3]byte
			copy(g[:], piece[i:])
			line = append(line, char(g[0]>>2), char(g[0]<<4|g[1]>>4), char(g[1]<<2|g[2]>>6), char(g[2]))
		}
		if s.partial {
			line = line[:1+(len(piece)*8+5)/6]
		}
		if s.checksum && len(piece) > 0 {
			line = append(line, 'X')
		}
		if s.cut {
			line = bytes.TrimRight(line, " ")
		}
		if len(piece) > 0 {
			b.Write(append(line, '\n'))
		}
	}
	return b.String() + string(s.zero) + "\n"
}

var uuStyles = []uuStyle{{zero: ' '}, {zero: '`'}, {zero: ' ', cut: true}, {zero: '`', partial: true}, {zero: ' ', checksum: true}}

// Whatever an encoder's habits, contents of all small lengths come back, and
// only blanks that were cut are worth a word.
func TestUURoundTrip(t *testing.T) {
	rng := rand.New(rand.NewSource(4))
	for size := range 200 {
		content := make([]byte, size)
		rng.Read(content)
		if size%3 == 0 {
			clear(content[size/2:])
		}
		for i, s := range uuStyles {
			raw := []byte(strings.ReplaceAll("begin 644 a b.bin\n"+uuEncode(content, s)+"end\n", "\n", breaks[size%3]))
			out, res := all(t, UUEncode, raw, whole(raw), Options{})
			if !bytes.Equal(out, content) || len(res.Defects) > 0 && !s.cut {
				t.Fatalf("style %d, size %d: %q %v", i, size, raw, res.Defects)
			}
			blocks := FindUU(raw, whole(raw), 5)
			if len(blocks) != 1 || blocks[0].Name != "a b.bin" || !blocks[0].Complete || blocks[0].Span != whole(raw) {
				t.Fatalf("style %d, size %d: %q %+v", i, size, raw, blocks)
			}
		}
	}
}

const catLine = "#0V%T" // "Cat" behind its length

// Each way in which uuencoded data goes wrong, with the place where it does.
func TestUUDefects(t *testing.T) {
	runCases(t, UUEncode, []decodeCase{
		{"example", "begin 644 cat.txt\n" + catLine + "\n`\nend\n", "Cat", ""},
		{"text before and behind", "Hello,\nbegin it.\n\nbegin 644 c\n" + catLine + "\n`\nend\n\n⟦regards⟧", "Cat", "mime.uu-trailing-data"},
		{"no line of length zero", "begin 644 c\n" + catLine + "\nend", "Cat", ""},
		{"blank line before the end", "begin 644 c\n" + catLine + "\n\nend\n", "Cat", ""},
		{"blank lines inside", "begin 644 c\n" + catLine + "\n\n" + catLine + "\n \nend\n", "CatCat", ""},
		{"no begin line", "⟦⟧" + catLine + "\n`\nend\n", "Cat", "mime.uu-begin-missing"},
		{"no begin line but text", "⟦⟧⟦HELLO ALL⟧\n" + catLine + "\nend", "Cat", "mime.uu-begin-missing mime.uu-invalid"},
		{"no end line", "begin 644 c\n" + catLine + "\n`\n⟦⟧", "Cat", "mime.uu-end-missing"},
		{"no end line but a footer", "begin 644 c\n" + catLine + "\n`\n⟦⟧⟦HELLO ALL⟧", "Cat", "mime.uu-end-missing mime.uu-trailing-data"},
		{"blanks cut", "begin 644 c\n⟦#0P⟧\n`\nend\n", "C\x00\x00", "mime.uu-short-line"},
		{"blanks added", "begin 644 c\n" + catLine + "   \n`   \nend  \n", "Cat", ""},
		{"checksum", "begin 644 c\n" + catLine + "X\n`\nend\n", "Cat", ""},
		{"too long", "begin 644 c\n" + catLine + "X⟦YZ⟧\n`\nend\n", "Cat", "mime.uu-long-line"},
		{"line of text", "begin 644 c\n" + catLine + "\n⟦a line of text⟧\n" + catLine + "\nend\n", "CatCat", "mime.uu-invalid"},
		{"character outside", "begin 644 c\n#0V⟦}T⟧\nend\n", "Cgt", "mime.uu-invalid"},
		{"base64", "begin-base64 644 c\nQ2F0\nQ2F0\n====\n⟦x⟧", "CatCat", "mime.uu-trailing-data"},
		{"base64, its own defects", "begin-base64 644 c\nQ2⟦*⟧F0⟦Q⟧\n====\n", "Cat", "mime.base64-invalid mime.base64-truncated"},
		{"base64 without an end", "begin-base64 644 c\nQ2F0\n⟦⟧", "Cat", "mime.uu-end-missing"},
		{"nothing", "⟦⟧⟦⟧", "", "mime.uu-begin-missing mime.uu-end-missing"},
	})
}

// Blocks in a text, with the spans of block, name and data marked in the LF
// form, found in every form.
func TestFindUU(t *testing.T) {
	data := uuEncode([]byte("The quick brown fox jumps over the lazy dog and on"), uuStyle{zero: '`'})
	for _, c := range []struct {
		text     string // ⟦ ⟧ in turn: name, data
		complete bool
		codes    string
	}{
		{"hello\n\nbegin 644 ⟦fox.txt⟧\n⟦" + data + "⟧end\nbye\n", true, ""},
		{"begin 0755 ⟦a b⟧  \n⟦" + data + "⟧end", true, ""},
		{"begin 644 ⟦⟧\n⟦" + data + "⟧end", true, "mime.uu-name-missing"},
		{"begin 644 ⟦x⟧\n⟦" + data + "⟧\nregards", false, "mime.uu-end-missing"},
		{"begin 644 ⟦x⟧\n⟦⟧end\n", true, ""},
		{"begin 644 ⟦x⟧\n⟦#0P\n⟧end\n", true, ""},
		{"begin-base64 644 ⟦x⟧\n⟦Q2F0\nQ2==\n⟧====\n", true, ""},
		{"begin-base64 644 ⟦x⟧\n⟦Q2F0\n⟧hello you", false, "mime.uu-end-missing"},
		{"begin-base64 644 ⟦x⟧\n⟦Q2F0\n⟧", false, "mime.uu-end-missing"},
	} {
		for _, br := range breaks {
			raw, spans := marked(strings.ReplaceAll(c.text, "\n", br))
			blocks := FindUU(raw, whole(raw), 10)
			if len(blocks) != 1 {
				t.Errorf("%q: %d blocks", raw, len(blocks))
				continue
			}
			b := blocks[0]
			data := spans[1]
			if !b.Complete {
				data.End = b.Data.End // the line of length zero may belong to it or not
			}
			if b.NameSpan != spans[0] || b.Data != data || b.Complete != c.complete || strings.Join(codes(b.Defects), " ") != c.codes {
				t.Errorf("%q: %+v, want %v", raw, b, spans)
			}
			if b.Name != string(spans[0].Of(raw)) || !bytes.HasPrefix(b.Span.Of(raw), []byte("begin")) {
				t.Errorf("%q: %+v", raw, b)
			}
		}
	}
}

// Prose is no block, however it begins.
func TestFindUUProse(t *testing.T) {
	for _, text := range []string{
		"begin 3 o'clock\nMany people come.\n",
		"begin 644 times\nMany people come.\n",
		"begin 644 TIMES\nMANY PEOPLE COME.\n",
		"begin  with two blanks\n#0V%T\nend\n",
		"begin 644\n",
		"begin 644 x",
		"> begin 644 x\n#0V%T\n`\nend\n",
		"I begin 644 x\n#0V%T\n`\nend\n",
		"begin 648 x\n#0V%T\n`\nend\n",
		"begin 644x\n#0V%T\n`\nend\n",
		"begin 1234567 x\n#0V%T\n`\nend\n",
		"begin-base64 644 x\nhello, you\n====\n",
		"begin-base64 644 x\n",
		"beginning 644 x\n#0V%T\n`\nend\n",
		"end\n`\n",
	} {
		if blocks := FindUU([]byte(text), headers.Span{Start: 0, End: len(text)}, 10); len(blocks) > 0 {
			t.Errorf("%q: %+v", text, blocks)
		}
	}
}

// At most max blocks are listed, and the last one says that there are more.
func TestFindUULimit(t *testing.T) {
	one := "begin 644 x\n#0V%T\n`\nend\n"
	raw := []byte(strings.Repeat(one, 4))
	blocks := FindUU(raw, whole(raw), 3)
	if len(blocks) != 3 || !slices.Equal(codes(blocks[2].Defects), []string{"limit.uu-blocks"}) {
		t.Fatalf("%+v", blocks)
	}
	if want := (headers.Span{Start: 3 * len(one), End: len(raw)}); blocks[2].Defects[0].Span != want {
		t.Errorf("limit at %v, want %v", blocks[2].Defects[0].Span, want)
	}
	if got := FindUU(raw, whole(raw), 4); len(got) != 4 || len(got[3].Defects) > 0 {
		t.Errorf("%+v", got)
	}
	if got := FindUU(raw, whole(raw), 0); got != nil {
		t.Errorf("%+v", got)
	}
}

// Input that makes a block likely over and over must stay linear.
func TestFindUULinear(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for _, unit := range []string{
		"begin", "begin 644 x\n", "begin-base64 644 x\n", "begin 644 x\nHELLO\n", "begin 644 x\n\n", "begin-base64 644 x\nQQ==\n", "\r", "begin 644 x\r\r", "M\n",
	} {
		raw := []byte(strings.Repeat(unit, (4<<20)/len(unit)))
		FindUU(raw, whole(raw), 1000)
		all(t, UUEncode, raw, whole(raw), Options{})
	}
}

// FuzzUU: blocks found stand in order inside the text, are found again alone,
// and decode; what is encoded comes back.
func FuzzUU(f *testing.F) {
	for _, s := range []string{"begin 644 x\n#0V%T\n`\nend\n", "x\r\nbegin-base64 644 y\r\nQQ==\r\n====\r\n", "begin 644 z\n#0P\n\n#0V%T\nrest\nend", "#0V%T\r \r"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		out, res := all(t, UUEncode, raw, whole(raw), Options{})
		checkStrict(t, UUEncode, raw, whole(raw), out, res)
		checkLimits(t, UUEncode, raw, out)
		last := 0
		for _, b := range FindUU(raw, whole(raw), 100) {
			if b.Span.Start < last || b.Span.End > len(raw) || !b.Span.Contains(b.Data) || !b.Span.Contains(b.NameSpan) || b.NameSpan.End > b.Data.Start {
				t.Errorf("%+v", b)
			}
			last = b.Span.End
			checkAlone(t, raw, b)
		}
		coded := []byte("begin 644 x\n" + uuEncode(raw, uuStyles[len(raw)%2]) + "end\n")
		if back, res := all(t, UUEncode, coded, whole(coded), Options{}); !bytes.Equal(back, raw) || len(res.Defects) > 0 {
			t.Errorf("%q came back as %q, %v", raw, back, res.Defects)
		}
	})
}

// checkAlone: a block cut out of its text is the same block.
func checkAlone(t *testing.T, raw []byte, b UUBlock) {
	t.Helper()
	alone := FindUU(raw, b.Span, 1)
	if len(alone) != 1 || fmt.Sprint(alone[0]) != fmt.Sprint(b) {
		t.Errorf("alone %+v, in the text %+v", alone, b)
	}
	all(t, UUEncode, raw, b.Span, Options{})
}
