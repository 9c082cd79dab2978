package evidence

import (
	"bytes"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-mbox"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// goMbox counts the messages that the reader of go-mbox gives out.
func goMbox(t *testing.T, data []byte) (n int) {
	t.Helper()
	r := mbox.NewReader(bytes.NewReader(data))
	for {
		m, err := r.NextMessage()
		if errors.Is(err, io.EOF) || errors.Is(err, mbox.ErrInvalidFormat) {
			return n
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, m); err != nil {
			t.Fatal(err)
		}
		n++
	}
}

// fromLines counts the lines that begin with "From ", and says whether one of
// them stands first, behind nothing but blank lines. A byte order mark is text
// to go-mbox.
func fromLines(data []byte) (n int, first bool) {
	top := true
	for line := range bytes.Lines(data) {
		switch from := bytes.HasPrefix(line, []byte("From ")); {
		case from:
			n++
			first = first || top
			top = false
		case len(bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))) > 0:
			top = false
		}
	}
	return n, first
}

// wantGoMbox is what its rule gives: every line "From " separates, and without
// one on top the file is refused.
func wantGoMbox(data []byte) int {
	n, first := fromLines(data)
	if !first {
		return 0
	}
	return n
}

// TestOracleSuite: the number of lines that begin with "From " in each suite
// mailbox is what go-mbox counts, and what the survey says of both.
func TestOracleSuite(t *testing.T) {
	for _, b := range suiteBoxes(t) {
		data := b.bytes(t)
		lines, _ := fromLines(data)
		want := wantGoMbox(data)
		if got := goMbox(t, data); got != want {
			t.Errorf("%s: go-mbox counts %d, its rule gives %d", b.Name, got, want)
		}
		s := survey(t, "suite.mbox", string(data))
		if s.Counts.GoMbox == nil || *s.Counts.GoMbox != want {
			t.Errorf("%s: the survey states another second count: %+v", b.Name, s.Counts)
		}
		if got := s.Counts.FromLines; got != lines && got != lines+marked(data) {
			t.Errorf("%s: %d lines begin with From, the survey says %d", b.Name, lines, got)
		}
		if s.Counts.Messages > lines+1 {
			t.Errorf("%s: %d messages of %d lines", b.Name, s.Counts.Messages, lines)
		}
	}
}

// marked is 1 when the first line is "From " behind a byte order mark.
func marked(data []byte) int {
	if rest, ok := bytes.CutPrefix(data, byteOrder); ok && bytes.HasPrefix(rest, fromSpace) {
		return 1
	}
	return 0
}

type realBox struct {
	path        string
	ours, other int
	why         string
}

// realBoxes are the mailboxes of the corpus with the number of messages that
// this reader and go-mbox find, and the reason where it is not plain.
var realBoxes = []realBox{
	{"eml/spamassassin-t/nice.mbox", 3, 3, ""},
	{"eml/thunderbird/mbox_mboxrd", 2, 2, "four quoted lines in the text, each with its '>'"},
	{"eml/thunderbird/mbox_modern", 2, 2, ""},
	{"eml/thunderbird/mbox_unquoted", 2, 3, "separators that state nothing, with a header behind them; go-mbox takes a line of the text as well"},
	{"mbox/james-mime4j/mbox/src/test/resources/test-1/mbox.rlug", 5, 5, "the files rlug-0 to rlug-4 beside it"},
	{"mbox/mimekit/mbox/issue1189.mbox.txt", 4, 4, "as the offsets beside it have it: From_ lines of an address alone"},
	{"mbox/mimekit/mbox/simple.mbox.txt", 3, 3, "separators \"From - \" without date and blank line, with a header behind them"},
	{"mbox/mox/testdata/imaptest/imaptest.mbox", 48, 48, ""},
	{"mbox/ponymail/test/resources/pass/attachment2.mbox", 1, 1, ""},
	{"mbox/ponymail/test/resources/pass/commits_ponymail_apache_org_2016-06.mbox", 82, 82, "a month of a list"},
	{"mbox/ponymail/test/resources/pass/dev-return-1206-apmail-johnzon.mbox", 1, 1, ""},
	{"mbox/ponymail/test/resources/pass/emptybody.mbox", 1, 1, "a header and nothing more"},
	{"mbox/ponymail/test/resources/pass/sig2.mbox", 1, 1, ""},
	{"mbox/ponymail/test/resources/pass/text-enriched.mbox", 1, 1, ""},
	{"mbox/ponymail/test/resources/valid/test_288.mbox", 1, 1, ""},
	{"mbox/spamassassin-public-corpus/ham.mbox", 1792, 1792, "as its index has it"},
	{"mbox/spamassassin-public-corpus/spam.mbox", 819, 819, "as its index has it"},
	{"mbox/tika-mail/quoted.mbox", 1, 1, "a From_ line and a quoted one"},
}

// TestOracleReal: real mailboxes by two rules. Where the counts differ, the
// table says which lines make the difference.
func TestOracleReal(t *testing.T) {
	root := filepath.Dir(corpus.Dir(t, "mbox"))
	for _, c := range realBoxes {
		data := corpus.Read(t, filepath.Join(root, filepath.FromSlash(c.path)))
		if got := len(readAll(t, data, bytes.NewReader(data))); got != c.ours {
			t.Errorf("%s: %d messages, want %d: %s", c.path, got, c.ours, c.why)
		}
		if got := goMbox(t, data); got != c.other || got != wantGoMbox(data) {
			t.Errorf("%s: go-mbox counts %d, want %d: %s", c.path, got, c.other, c.why)
		}
		if c.ours != c.other && c.why == "" {
			t.Errorf("%s: nobody says why the counts differ", c.path)
		}
	}
}

// TestOracleTable: no mailbox of the corpus is missing from the table.
func TestOracleTable(t *testing.T) {
	root := filepath.Dir(corpus.Dir(t, "mbox"))
	for _, path := range corpus.Files(t, "mbox") {
		name := filepath.Base(path)
		if !strings.Contains(name, ".mbox") && name != "mbox.rlug" || strings.HasSuffix(name, ".zip") {
			continue // tables, and mailboxes taken apart
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			t.Fatal(err)
		}
		known := slices.ContainsFunc(realBoxes, func(b realBox) bool { return b.path == filepath.ToSlash(rel) })
		if !known {
			t.Errorf("%s is not in the table", rel)
		}
	}
}
