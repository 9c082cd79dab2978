package headers

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// noDefectLimit lets every stray line be found in the defects.
var noDefectLimit = &Limits{MaxDefects: 1 << 30}

// scanCheck states what holds for every input whatever.
func scanCheck(t *testing.T, raw []byte) *Block {
	t.Helper()
	b := ParseMessage(raw, noDefectLimit)
	if again := ParseMessage(raw, noDefectLimit); !reflect.DeepEqual(b, again) {
		t.Fatalf("%q: two readings differ", raw)
	}
	scanPieces(t, raw, b) // the pieces tile the input
	if !b.Span.Contains(b.Blank) || b.Span.End != b.Blank.End || b.FromLine.End > b.Span.Start {
		t.Fatalf("%q: block %v, blank line %v, From_ line %v", raw, b.Span, b.Blank, b.FromLine)
	}
	pos := 0
	for _, d := range b.Defects {
		end := max(b.Span.End, len("\xFF\xFE"))
		if d.Code == "header.cut-by-delimiter" {
			end = len(raw) // the delimiter stands behind the block
		}
		if d.Span.Start < pos || d.Span.End < d.Span.Start || d.Span.End > end || d.Code == "" || d.Detail == "" {
			t.Fatalf("%q: defect %+v behind offset %d", raw, d, pos)
		}
		pos = d.Span.Start
	}
	if t.Failed() {
		t.Fatalf("%q", raw)
	}
	return b
}

// scanReference reads well-formed headers with LF the plain way: cut lines,
// join what is folded. ok is false for all else.
func scanReference(raw string) (fields [][2]string, body string, ok bool) {
	if strings.ContainsAny(raw, "\r\x00") {
		return nil, "", false
	}
	head, body, found := strings.Cut(raw, "\n\n")
	if !found {
		return nil, "", false
	}
	for _, l := range strings.Split(head, "\n") {
		if strings.HasPrefix(l, " ") || strings.HasPrefix(l, "\t") {
			if len(fields) == 0 || strings.Trim(l, " \t") == "" {
				return nil, "", false
			}
			fields[len(fields)-1][1] += "\n" + l
			continue
		}
		name, value, colon := strings.Cut(l, ":")
		graphic := !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r >= 0x7F })
		if !colon || name == "" || !graphic {
			return nil, "", false
		}
		fields = append(fields, [2]string{name, value})
	}
	return fields, body, true
}

func scanFieldTexts(b *Block) (fields [][2]string) {
	for _, f := range b.Fields {
		fields = append(fields, [2]string{f.Name, string(f.Raw())})
	}
	return fields
}

// scanRestyled: the style of the line breaks changes offsets and nothing else.
func scanRestyled(t *testing.T, raw []byte, b *Block, nl string) {
	t.Helper()
	if isUTF16(raw) {
		return // its line breaks are not single bytes
	}
	styled := bytes.ReplaceAll(raw, []byte("\n"), []byte(nl))
	got := scanCheck(t, styled)
	at := func(i int) int { return i + bytes.Count(raw[:i], []byte("\n"))*(len(nl)-1) }
	move := func(s Span) Span { return Span{at(s.Start), at(s.End)} }
	same := len(got.Fields) == len(b.Fields) && len(got.Defects) == len(b.Defects) && got.Span == move(b.Span) && got.Blank == move(b.Blank) && got.FromLine == move(b.FromLine)
	for i := 0; same && i < len(b.Fields); i++ {
		f, g := b.Fields[i], got.Fields[i]
		same = f.Name == g.Name && g.Span == move(f.Span) && g.NameSpan == move(f.NameSpan) && g.Value == move(f.Value)
	}
	for i := 0; same && i < len(b.Defects); i++ {
		same = b.Defects[i].Code == got.Defects[i].Code && got.Defects[i].Span == move(b.Defects[i].Span)
	}
	if !same {
		t.Fatalf("%q with %q\n%q %q\n%q %q", raw, nl, scanFieldTexts(b), scanDefects(b.Defects), scanFieldTexts(got), scanDefects(got.Defects))
	}
}

func FuzzParseHeader(f *testing.F) {
	for _, c := range scanCases {
		var raw []byte
		for _, p := range c.pieces {
			raw = append(raw, pieceBytes(p)...)
		}
		f.Add(raw)
		f.Add(bytes.ReplaceAll(raw, []byte("\n"), []byte("\r\n")))
	}
	for _, seed := range []string{"A:b\r\r\n c\rd\n\n", "A:b\rC:d\r\rx\n", "\xFF\xFEA\x00", "\xFF\xFE\n\x00", "A:b\n \n\t\n\nx", "--b\nFrom: x\n\n", "x\n \nFrom \nTo:\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		b := scanCheck(t, raw)
		if fields, body, ok := scanReference(string(raw)); ok {
			if !slices.Equal(scanFieldTexts(b), fields) || string(raw[b.Body():]) != body {
				t.Fatalf("%q\n got %q\nwant %q", raw, scanFieldTexts(b), fields)
			}
		}
		if bytes.IndexByte(raw, '\r') < 0 {
			scanRestyled(t, raw, b, "\r\n")
			scanRestyled(t, raw, b, "\r")
		}
		scanPartCheck(t, raw)
	})
}

// scanPartCheck reads the middle of raw as a part.
func scanPartCheck(t *testing.T, raw []byte) {
	t.Helper()
	at := Span{len(raw) / 4, len(raw) - len(raw)/8}
	asked := 0
	b := ParsePart(raw, at, nil, func(line []byte) bool { asked++; return len(line)%3 == 2 })
	if !at.Contains(b.Span) || b.Span.Start != at.Start || asked > 3*len(raw) {
		t.Fatalf("%q: part %v in %v, %d questions", raw, b.Span, at, asked)
	}
	for _, f := range b.Fields {
		if !b.Span.Contains(f.Span) {
			t.Fatalf("%q: field %v outside %v", raw, f.Span, b.Span)
		}
	}
}

// The reference and the scanner must agree where the reference has something
// to say; this pins that it says something for the plain cases.
func TestScanReference(t *testing.T) {
	n := 0
	for _, c := range scanCases {
		var raw string
		for _, p := range c.pieces {
			raw += pieceBytes(p)
		}
		if fields, _, ok := scanReference(raw); ok {
			n++
			if got := scanFieldTexts(Parse([]byte(raw))); !slices.Equal(got, fields) {
				t.Errorf("%s: got %q want %q", c.name, got, fields)
			}
		}
	}
	if n < 8 {
		t.Errorf("the reference read %d cases only", n)
	}
}
