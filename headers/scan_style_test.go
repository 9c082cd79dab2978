package headers

import (
	"slices"
	"strings"
	"testing"
)

// Line breaks that no plain style has. A reader that takes a bare CR for a
// line break sees other fields than one that does not, so each choice counts.
func TestScanLineBreaks(t *testing.T) {
	for _, c := range []scanCase{
		{"CR CR LF", []string{"From|:| a|\r\r\n", "To|:| b|\r\r\n", "<blank>\r\r\n", "<body>text\r\r\n"}, []string{"header.doubled-cr 7-10"}},
		{"blank line of CR CR LF", []string{"From|:| a|\r\n", "<blank>\r\r\n", "<body>x"}, []string{"header.doubled-cr 9-12"}},
		{"mixed", []string{"From|:| a|\r\n", "To|:| b|\n", "Cc|:| c|\r\n", "<blank>\n", "<body>x\r\n"}, nil},
		{"bare CR in a value", []string{"From|:| a\rTo: b|\r\n", "Cc|:| c|\r\n", "<blank>\r\n"}, []string{"header.bare-cr 7-8"}},
		{"two bare CRs in a value", []string{"From|:| a\r\rb|\n", "Cc|:| c|\n", "<blank>\n"}, []string{"header.bare-cr 7-8"}},
		{"bare CR behind doubled CR", []string{"A|:|b\r\r\n c\rd|\n", "<blank>\n"}, []string{"header.doubled-cr 3-6", "header.bare-cr 8-9"}},
		{"bare CR before the colon", []string{"From|\r:| a|\n", "<blank>\n"}, []string{"header.folded-name 4-5", "header.bare-cr 4-5"}},
		{"CR at the end of input", []string{"From|:| a|\n", "To|:| b|\r"}, []string{"header.bare-cr 13-14"}},
		{"CR style, LF in the body", []string{"From|:| a|\r", "To|:| b|\r", "<blank>\r", "<body>x\ny\n"}, nil},
		{"CR style, CRLF below", []string{"From|:| a|\r", "To|:| b|\r", "<blank>\r", "<body>x\r\n"}, nil},
		{"one field and CR CR is no CR style", []string{"From|:| a\r\rHello|\n", "<blank>\n"}, []string{"header.bare-cr 7-8"}},
		{"CRs alone", []string{"<blank>\r", "<body>\r\r"}, nil},
		{"doubled CR in CR style", []string{"From|:| a|\r", "<blank>\r", "<body>\rTo: b\r"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) { checkScan(t, c, "\n") })
	}
}

// UTF-16 has no span in bytes that means a field, and reading it as bytes
// gives names made of NULs: nothing is read.
func TestScanUTF16(t *testing.T) {
	for _, raw := range []string{"\xFF\xFEF\x00r\x00:\x00\n\x00", "\xFE\xFF\x00F\x00r\x00:\x00\n"} {
		b := Parse([]byte(raw))
		if len(b.Fields) != 0 || b.Body() != 0 || !slices.Equal(scanDefects(b.Defects), []string{"header.utf16 0-2"}) {
			t.Errorf("%q: %+v", raw, b)
		}
	}
	// The same two bytes before ASCII are an odd name and no mark.
	if b := Parse([]byte("\xFF\xFEFrom: a\n\n")); len(b.Fields) != 1 {
		t.Errorf("%+v", b)
	}
}

// A part's header ends at its first blank line whatever follows, and nothing
// above the first field is skipped: a part has no From_ line.
func TestParsePart(t *testing.T) {
	isEnd := func(line []byte) bool { return strings.HasPrefix(string(line), "--b") }
	for _, c := range []struct {
		name, above, raw string
		fields           []string
		body             int // behind above
		defects          []string
	}{
		{"plain", "--b\n", "Content-Type: a/b\n\ntext\n--b--\n", []string{"Content-Type"}, 19, nil},
		{"no header", "--b\n", "\nContent-Type: a/b\n", nil, 1, nil},
		{"delimiter in the header", "--b\n", "Content-Type: a/b\n--b--\n", []string{"Content-Type"}, 18, []string{"header.cut-by-delimiter 22-27"}},
		{"delimiter at once", "--b\n", "--b\nA: b\n\n", nil, 0, []string{"header.cut-by-delimiter 4-7"}},
		{"other dashes", "--b\n", "X: y\n--c\nContent-ID: z\n\n", []string{"X", "Content-ID"}, 24, []string{"header.missing-colon 9-13"}},
		{"known name only behind the delimiter", "--b\n", "X: y\njunk\n--b\nContent-ID: z\n\n", []string{"X"}, 5, []string{"header.missing-blank-line 9-9"}},
		{"blanks before the delimiter", "--b\n", "X: y\n \n--b\n", []string{"X"}, 7, []string{"header.blank-not-empty 9-10"}},
		{"CR style", "--b\r", "X: y\rContent-ID: z\r\rtext", []string{"X", "Content-ID"}, 20, nil},
		{"LF above, CR inside", "--b\n", "X: y\rz\n\n", []string{"X"}, 8, []string{"header.bare-cr 8-9"}},
		{"From_ line is none here", "--b\n", "From a\nX: y\n\n", nil, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			raw := []byte(c.above + c.raw)
			b := ParsePart(raw, Span{len(c.above), len(raw)}, nil, isEnd)
			var names []string
			for _, f := range b.Fields {
				names = append(names, f.Name)
			}
			if !slices.Equal(names, c.fields) || b.Body() != len(c.above)+c.body {
				t.Errorf("fields %q, body %d", names, b.Body()-len(c.above))
			}
			if got := scanDefects(b.Defects); c.defects != nil && !slices.Equal(got, c.defects) {
				t.Errorf("defects %q, want %q", got, c.defects)
			}
		})
	}
}

// A span that does not fit its bytes must not panic: the part walker's
// arithmetic is fed by hostile input.
func TestParsePartSpans(t *testing.T) {
	raw := []byte("A: b\n\n")
	for _, at := range []Span{{-3, 4}, {3, 1}, {6, 6}, {9, 12}, {0, 99}, {-9, -3}} {
		b := ParsePart(raw, at, nil, nil)
		if b.Span.Start < 0 || b.Span.End > len(raw) || b.Span.Start > b.Span.End || b.Blank.End > len(raw) {
			t.Errorf("%v: %+v", at, b)
		}
	}
}

// Limits bound the lists, not the reading: the end of the header is found all
// the same, or a body would begin amid the header.
func TestScanLimits(t *testing.T) {
	raw := []byte(strings.Repeat("X-\x80: \x00\n", 50) + "\nbody")
	b := ParseMessage(raw, &Limits{MaxFields: 7, MaxDefects: 5})
	if len(b.Fields) != 7 || !b.Truncated || b.Body() != len(raw)-4 {
		t.Errorf("%d fields, truncated %v, body %d", len(b.Fields), b.Truncated, b.Body())
	}
	if len(b.Defects) != 5 || b.Defects[4].Code != "limit.defects" {
		t.Errorf("defects %q", scanDefects(b.Defects))
	}
	b = ParseMessage([]byte(strings.Repeat("A: b\n", 9)+"\n"), &Limits{MaxFields: 9})
	if len(b.Fields) != 9 || b.Truncated || b.Defects != nil {
		t.Errorf("at the limit: %+v", b)
	}
	b = ParseMessage([]byte(strings.Repeat("A: b\n", 9)+"\n"), &Limits{MaxFields: 8})
	if !slices.Equal(scanDefects(b.Defects), []string{"limit.fields 40-45"}) {
		t.Errorf("beyond the limit: %q", scanDefects(b.Defects))
	}
}
