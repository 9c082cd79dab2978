package headers

import (
	"strings"
	"testing"
)

// Where a name ends and whether a line is a field: the one rule on which every
// decision of the scanner rests.
func TestFieldStart(t *testing.T) {
	for _, c := range []struct {
		text        string
		name, colon int
	}{
		{"From: a", 4, 4}, {"From:", 4, 4}, {"From : a", 4, 5}, {"From \t : a", 4, 7}, {"a:b:c", 1, 1}, {"!#$%&'*+-/=?^_`{|}~:", 19, 19},
		{"From", 4, -1}, {"From a: b", 4, -1}, {":", 0, -1}, {"", 0, -1}, {" From: a", 0, -1}, {" : a", 0, -1}, {"From ", 4, -1},
		{"Fr\x00m:", 4, 4}, {"Fr\x01m:", 2, -1}, {"Fr\x7Fm:", 2, -1}, {"\xFF\x80:", 2, 2}, {"From\r:", 4, 5}, {"Fr\rm:", 2, -1},
	} {
		if name, colon := fieldStart([]byte(c.text)); name != c.name || colon != c.colon {
			t.Errorf("%q: %d %d, want %d %d", c.text, name, colon, c.name, c.colon)
		}
	}
}

// Text and line break of every style; all of a file must be covered.
func TestLineAt(t *testing.T) {
	for _, c := range []struct {
		raw    string
		crOnly bool
		want   string // text of each line in brackets, line break behind it
	}{
		{"a\nb\n", false, "[a]\n[b]\n"},
		{"a\r\nb", false, "[a]\r\n[b]"},
		{"a\r\r\n\r\n", false, "[a]\r\r\n[]\r\n"},
		{"a\rb\nc\r", false, "[a\rb]\n[c]\r"},
		{"\n\n", false, "[]\n[]\n"},
		{"a\rb\r", true, "[a]\r[b]\r"},
		{"a\r\nb\nc\r\rd", true, "[a]\r\n[b]\n[c]\r[]\r[d]"},
	} {
		s := scanner{raw: []byte(c.raw), end: len(c.raw), crOnly: c.crOnly}
		var got strings.Builder
		for pos := 0; pos < s.end; {
			l := s.lineAt(pos)
			if l.start != pos || l.next <= pos {
				t.Fatalf("%q: line %+v at %d", c.raw, l, pos)
			}
			got.WriteString("[" + string(s.text(l)) + "]" + c.raw[l.end:l.next])
			pos = l.next
		}
		if got.String() != c.want {
			t.Errorf("%q: got %q want %q", c.raw, got.String(), c.want)
		}
	}
}

// The style is read off the first lines. A wrong answer joins all fields of an
// old Macintosh's file into one, or cuts a Subject that holds a CR.
func TestBreaksAtCR(t *testing.T) {
	long := strings.Repeat("x", crLook)
	for _, c := range []struct {
		name, above, raw string
		want             bool
	}{
		{"LF", "", "A: b\nC: d\n", false},
		{"CRLF", "", "A: b\r\nC: d\r\n", false},
		{"no break", "", "A: b", false},
		{"CR", "", "A: b\rC: d\r", true},
		{"CR, one field", "", "A: b\r\rtext", true},
		{"CR, LF in the body", "", "A: b\rC: d\r\rtext\n", true},
		{"one field, CR CR, LF", "", "A: b\r\rtext\n", false},
		{"CR CR behind words", "", "A: b c\rd\r\re: f\n", false},
		{"CR CR CR LF", "", "A: b\r\r\r\nC: d\n", false},
		{"CR, first LF far away", "", "A: b\rC: d\r" + long + "\n", true},
		{"one CR, first LF far away", "", "A: b\rc" + long + "\n", false},
		{"line above ends in LF", "--b\n", "A: b\rC: d\r", false},
		{"line above ends in CRLF", "--b\r\n", "A: b\rC: d\r", false},
		{"line above ends in CR", "--b\r", "A: b" + long + "\n", true},
		{"amid a CRLF", "--b\r", "\nA: b", false},
		{"at the end", "--b\r", "", true},
	} {
		raw := []byte(c.above + c.raw)
		s := scanner{raw: raw, pos: len(c.above), end: len(raw)}
		if got := s.breaksAtCR(); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// A From_ line on top belongs to the mailbox, "From: x" to the message.
func TestIsFromLine(t *testing.T) {
	for text, want := range map[string]bool{
		"From a@b Mon Jan  1 00:00:00 2024": true, "From x": true, ">From x": true, ">>>From x": true,
		"From: x": false, "From ": false, "From": false, "from x": false, " From x": false, "> From x": false, "": false, ">": false,
	} {
		if got := isFromLine([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
