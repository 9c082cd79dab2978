package headers

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// scanCase is a block told as pieces that make up the whole input. A field
// is "name|to the colon|value|line break"; any other piece is its kind in
// angle brackets and its bytes. Defects are "code start-end".
type scanCase struct {
	name    string
	pieces  []string
	defects []string
}

// scanCases are the hard cases with the reading this package has decided on.
var scanCases = []scanCase{
	{"plain", []string{"From|:| a|\n", "To|:| b|\n", "<blank>\n", "<body>text\n"}, nil},
	{"header alone", []string{"From|:| a|\n", "To|:| b|\n"}, nil}, // RFC 5322 2.1: the body is optional
	{"only a line break", []string{"<blank>\n"}, nil},
	{"empty header", []string{"<blank>\n", "<body>text\n"}, nil},
	{"blank line then unknown name", []string{"<blank>\n", "<body>Dear Sir: hello\n"}, nil},
	{"body alone", []string{"<body>Hello\nworld\n"}, []string{"header.missing-blank-line 0-0"}},
	{"last line cut", []string{"From|:| a|\n", "To|:| b|"}, []string{"header.missing-line-break 13-13"}},
	{"empty value", []string{"Subject|:||\n", "To|:|b|\n", "<blank>\n"}, nil},
	{"value on the next line", []string{"Subject|:|\n a|\n", "<blank>\n"}, nil},
	{"folded", []string{"To|:| a,\n\tb,\n c|\n", "From|:| d|\n", "<blank>\n"}, nil},
	{"repeated", []string{"From|:| a|\n", "FROM|:| b|\n", "X|:| 1|\n", "X|:| 2|\n", "<blank>\n"}, []string{"header.duplicate-field 8-16"}},

	// On top of a saved file.
	{"byte order mark", []string{"<bom>\xEF\xBB\xBF", "From|:| a|\n", "<blank>\n"}, []string{"header.bom 0-3"}},
	{"From_ line", []string{"<from>From a@b Mon Jan  1 00:00:00 2024\n", "To|:| b|\n", "<blank>\n"}, []string{"header.from-line 0-34"}},
	{"quoted From_ line", []string{"<from>>From a@b\n", "To|:| b|\n", "<blank>\n"}, []string{"header.from-line 0-10"}},
	{"mark and From_ line", []string{"<bom>\xEF\xBB\xBF", "<from>From a\n", "To|:| b|\n"}, []string{"header.bom 0-3", "header.from-line 3-10"}},
	{"From_ line alone", []string{"<from>From a\n"}, []string{"header.from-line 0-7"}},
	{"continuation below From_ line", []string{"<from>From a\n", "<stray> x\n", "To|:| b|\n", "<blank>\n"},
		[]string{"header.from-line 0-7", "header.orphan-continuation 7-10"}},
	{"leading blank lines", []string{"<lead>\n \n", "From|:| a|\n", "<blank>\n"}, []string{"header.leading-blank 0-3"}},
	{"leading continuation", []string{"<stray> x\n", "From|:| a|\n", "<blank>\n"}, []string{"header.orphan-continuation 0-3"}},
	{"leading continuation, no header", []string{"<body> x\nGood day\n"}, []string{"header.missing-blank-line 0-0"}},

	// Lines that are no fields (RFC 7103 7.2).
	{"no colon first", []string{"<stray>junk\n", "From|:| a|\n", "<blank>\n"}, []string{"header.missing-colon 0-5"}},
	{"no colon amid", []string{"From|:| a|\n", "<stray>CAUTION\n", "<stray>be careful\n", "To|:| b|\n", "<blank>\n"},
		[]string{"header.missing-colon 8-16", "header.missing-colon 16-27"}},
	{"own boundary, no blank line", []string{"Content-Type|:| multipart/mixed; boundary=\"a b\"|\n", "<body>--a b\nX: y\n\n"}, []string{"header.cut-by-delimiter 46-51"}},
	{"another boundary", []string{"Content-Type|:| multipart/mixed; boundary=a|\n", "<body>--b\n\nx"}, []string{"header.missing-blank-line 42-42"}},
	{"no colon, then unknown name", []string{"From|:| a|\n", "<body>junk\nFoo: b\n\ntext"}, []string{"header.missing-blank-line 8-8"}},
	{"continuation of no field", []string{"From|:| a|\n", "<stray>junk\n", "<stray> x\n", "To|:| b|\n", "<blank>\n"},
		[]string{"header.missing-colon 8-13", "header.orphan-continuation 13-16"}},
	{"body without blank line", []string{"From|:| a|\n", "<body>Hello\n\nTo: b\n"}, []string{"header.missing-blank-line 8-8"}},
	{"field lines in such a body", []string{"From|:| a|\n", "<stray>Hello\n", "To|:| b|\n", "<blank>\n"}, []string{"header.missing-colon 8-14"}},
	{"name begins such a body", []string{"From|:| a|\n", "http|:|//x|\n", "<blank>\n"}, nil},
	{"From_ line amid", []string{"From|:| a|\n", "<stray>>From b at 10:11\n", "To|:| b|\n", "<blank>\n"}, []string{"header.from-line 8-25"}},
	{"empty name", []string{"From|:| a|\n", "<stray>:x\n", "To|:| b|\n", "<blank>\n"}, []string{"header.empty-name 8-11"}},
	{"blank in name", []string{"From|:| a|\n", "<stray>Foo Bar: x\n", "To|:| b|\n", "<blank>\n"}, []string{"header.bad-name 8-19"}},
	{"blank in last name", []string{"From|:| a|\n", "<body>Foo Bar: x\n\ntext"}, []string{"header.missing-blank-line 8-8"}},

	// Names.
	{"blank before colon", []string{"Subject| :|x|\n", "To|\t :| b|\n", "<blank>\n"},
		[]string{"header.space-before-colon 7-8", "header.space-before-colon 13-15"}},
	{"folded name", []string{"Subject|\n :| x|\n", "To|:| b\n y|\n", "<blank>\n"}, []string{"header.folded-name 7-9"}},
	{"folded name, folded value", []string{"Subject|\n\t  :| x\n y|\n", "<blank>\n"}, []string{"header.folded-name 7-11"}},
	{"8-bit name", []string{"S\xFCbject|:| x|\n", "<blank>\n"}, []string{"header.8bit-name 1-2"}},
	{"NUL in name", []string{"Sub\x00ject|:| x|\n", "<blank>\n"}, []string{"header.nul 3-4"}},
	{"control in name", []string{"<stray>Sub\x01: x\n", "To|:| b|\n", "<blank>\n"}, []string{"header.bad-name 0-8"}},
	{"NUL in value", []string{"Subject|:| \x00x\n \x00|\n", "<blank>\n"}, []string{"header.nul 9-10"}},
	{"long line", []string{"A|:|" + strings.Repeat("x", 997) + "|\n", "<blank>\n"}, []string{"header.line-too-long 0-1000"}},
	{"longest line", []string{"A|:|" + strings.Repeat("x", 996) + "|\n", "<blank>\n"}, nil},

	// Lines of blanks (RFC 5322 4.2, RFC 7103 7.3).
	{"blanks as the end", []string{"From|:| a|\n", "<blank> \t\n", "<body>text\n"}, []string{"header.blank-not-empty 8-10"}},
	{"blanks at the end of input", []string{"From|:| a|\n", "<blank> "}, []string{"header.blank-not-empty 8-9"}},
	{"blanks amid a header", []string{"From|:| a\n |\n", "Foo|:| b|\n", "<blank>\n"}, nil},
	{"blanks above the empty line", []string{"From|:| a\n \n  |\n", "<blank>\n", "<body>text\n"}, nil},
	{"blanks within a folded value", []string{"From|:| a\n \n\t\n b|\n", "<blank>\n"}, nil},
	{"blanks below no field", []string{"From|:| a|\n", "<body>junk\n \nFrom: b\n"}, []string{"header.missing-blank-line 8-8"}},
	{"leading blanks, indented body", []string{"<stray> \n", "<body>  Dear Sir\nhello\n"},
		[]string{"header.orphan-continuation 0-2", "header.missing-blank-line 2-2"}},
	{"only blanks", []string{"<blank> \n", "<body> \n"}, []string{"header.blank-not-empty 0-1"}},
}

// Every case is read in each style of line break, with all spans pinned.
func TestScanCases(t *testing.T) {
	for _, c := range scanCases {
		for style, nl := range map[string]string{"LF": "\n", "CRLF": "\r\n", "CR": "\r"} {
			t.Run(c.name+"/"+style, func(t *testing.T) { checkScan(t, c, nl) })
		}
	}
}

func checkScan(t *testing.T, c scanCase, nl string) {
	t.Helper()
	restyle := func(s string) string { return strings.ReplaceAll(s, "\n", nl) }
	lf, want := "", []string(nil)
	for _, p := range c.pieces {
		lf += pieceBytes(p)
		want = append(want, restyle(p))
	}
	raw := []byte(restyle(lf))
	b := Parse(raw)
	if got := scanPieces(t, raw, b); !slices.Equal(got, want) {
		t.Errorf("pieces\n got %q\nwant %q", got, want)
	}
	var defects []string
	for _, d := range c.defects {
		var code string
		var start, end int
		if _, err := fmt.Sscanf(strings.ReplaceAll(d, "-", "_"), "%s %d_%d", &code, &start, &end); err != nil {
			t.Fatal(err)
		}
		code = strings.ReplaceAll(code, "_", "-")
		defects = append(defects, fmt.Sprintf("%s %d-%d", code, len(restyle(lf[:start])), len(restyle(lf[:end]))))
	}
	if got := scanDefects(b.Defects); !slices.Equal(got, defects) {
		t.Errorf("defects\n got %q\nwant %q", got, defects)
	}
}

// scanDefects tells defects as "code start-end".
func scanDefects(list []Defect) (out []string) {
	for _, d := range list {
		out = append(out, fmt.Sprintf("%s %d-%d", d.Code, d.Span.Start, d.Span.End))
	}
	return out
}

// pieceBytes is the input that a piece stands for.
func pieceBytes(p string) string {
	if strings.HasPrefix(p, "<") {
		_, text, _ := strings.Cut(p, ">")
		return text
	}
	return strings.ReplaceAll(p, "|", "")
}

// scanPieces tells a block as pieces, from the first byte of raw to the last.
// It fails the test when the pieces leave a gap or lie over one another.
func scanPieces(t *testing.T, raw []byte, b *Block) []string {
	t.Helper()
	type piece struct {
		at   Span
		text string
	}
	var all []piece
	add := func(kind string, at Span) {
		if !at.Empty() {
			all = append(all, piece{at, kind + string(at.Of(raw))})
		}
	}
	for _, f := range b.Fields {
		cuts := []int{f.Span.Start, f.NameSpan.End, f.Value.Start, f.Value.End, f.Span.End}
		if !slices.IsSorted(cuts) || f.NameSpan.Start != f.Span.Start || f.Name != string(f.NameSpan.Of(raw)) {
			t.Fatalf("spans of field %+v", f)
		}
		var texts []string
		for i := range cuts[1:] {
			texts = append(texts, string(raw[cuts[i]:cuts[i+1]]))
		}
		all = append(all, piece{f.Span, strings.Join(texts, "|")})
	}
	add("<blank>", b.Blank)
	add("<from>", b.FromLine)
	add("<body>", Span{b.Body(), len(raw)})
	for _, d := range b.Defects {
		if kind := scanKinds[d.Code]; kind != "" && d.Span != b.FromLine {
			add(kind, d.Span)
		}
	}
	slices.SortStableFunc(all, func(x, y piece) int { return x.at.Start - y.at.Start })
	var out []string
	pos := 0
	for _, p := range all {
		if p.at.Start != pos {
			t.Errorf("gap or overlap at %d before %v %q", pos, p.at, p.text)
		}
		pos = p.at.End
		out = append(out, p.text)
	}
	if pos != len(raw) {
		t.Errorf("the pieces end at %d of %d", pos, len(raw))
	}
	return out
}

// scanKinds are the defects whose span is a whole line, or what stands above
// the block.
var scanKinds = map[string]string{
	"header.bom": "<bom>", "header.leading-blank": "<lead>",
	"header.missing-colon": "<stray>", "header.bad-name": "<stray>", "header.empty-name": "<stray>",
	"header.from-line": "<stray>", "header.orphan-continuation": "<stray>",
}
