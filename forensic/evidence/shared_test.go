package evidence

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// The index beside the SpamAssassin mailboxes states where each message stands
// and what it was before its lines were quoted. Both must come out, for all
// 2,611.
func TestSpamAssassinIndex(t *testing.T) {
	dir := filepath.Join(corpus.Dir(t, "mbox"), "spamassassin-public-corpus")
	files := map[string][]*Message{}
	for i, line := range strings.Split(strings.TrimSpace(string(corpus.Read(t, filepath.Join(dir, "index.tsv")))), "\n")[1:] {
		col := strings.Split(line, "\t")
		if files[col[0]] == nil {
			f, err := Open(filepath.Join(dir, col[0]), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			files[col[0]] = messages(f)
		}
		index, _ := strconv.Atoi(col[1])
		offset, _ := strconv.ParseInt(col[2], 10, 64)
		length, _ := strconv.ParseInt(col[3], 10, 64)
		m := files[col[0]][index]
		text := m.AppendUnquoted(nil)
		if i == 1779 { // its file does not end in a line break, which a mailbox cannot do without
			text = bytes.TrimSuffix(text, []byte("\n"))
		}
		sum := sha256.Sum256(text)
		if from := m.Offset - int64(len(m.Separator)) - 1; from != offset || m.Next-from != length {
			t.Errorf("line %d: separator at %d, next at %d; want %d, %d", i, from, m.Next, offset, offset+length)
		}
		if hex.EncodeToString(sum[:]) != col[4] {
			t.Errorf("line %d: %s#%d: another digest", i, col[0], index)
		}
	}
	if len(files["ham.mbox"]) != 1792 || len(files["spam.mbox"]) != 819 {
		t.Errorf("%d and %d messages", len(files["ham.mbox"]), len(files["spam.mbox"]))
	}
}

// How many messages real mailboxes hold, and why it is this number.
func TestRealMailboxes(t *testing.T) {
	dir := corpus.Dir(t, "mbox")
	for _, c := range []struct {
		path string
		n    int
		why  string
	}{
		{"mimekit/mbox/issue1189.mbox.txt", 4, "From_ lines of Google Takeout, an address alone; the summary beside it lists four"},
		{"mimekit/mbox/simple.mbox.txt", 3, "separators that state nothing but a hyphen"},
		{"james-mime4j/mbox/src/test/resources/test-1/mbox.rlug", 5, "the files rlug-0 to rlug-4 beside it are its messages"},
		{"ponymail/test/resources/pass/commits_ponymail_apache_org_2016-06.mbox", 82, "a month of a list"},
		{"ponymail/test/resources/pass/emptybody.mbox", 1, "a header and nothing more"},
		{"mox/testdata/imaptest/imaptest.mbox", 48, "the mailbox of imaptest"},
		{"tika-mail/quoted.mbox", 1, "a From_ line and a quoted one"},
	} {
		f, err := Open(filepath.Join(dir, c.path), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := messages(f); len(got) != c.n || f.Container != Mbox {
			t.Errorf("%s: %d messages in %s, want %d: %s", c.path, len(got), f.Container, c.n, c.why)
		}
		f.Close()
	}
}

// The five messages of a mailbox that is also there as five files are the same
// bytes, but for the line ends that the files have.
func TestRlug(t *testing.T) {
	dir := filepath.Join(corpus.Dir(t, "mbox"), "james-mime4j", "mbox", "src", "test", "resources", "test-1")
	f, err := Open(filepath.Join(dir, "mbox.rlug"), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lf := func(b []byte) []byte {
		return bytes.TrimRight(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")), "\n")
	}
	for i, m := range messages(f) {
		if want := corpus.Read(t, filepath.Join(dir, "mbox.rlug-"+strconv.Itoa(i))); !bytes.Equal(lf(m.AppendUnquoted(nil)), lf(want)) {
			t.Errorf("message %d is not that of its file", i)
		}
	}
}

// The offsets that MimeKit states for each message of a mailbox are ours.
func TestMimeKitOffsets(t *testing.T) {
	dir := filepath.Join(corpus.Dir(t, "mbox"), "mimekit", "mbox")
	data := bytes.ReplaceAll(corpus.Read(t, filepath.Join(dir, "issue1189.mbox.txt")), []byte("\r\n"), []byte("\n"))
	for name, text := range map[string][]byte{"unix": data, "dos": bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))} {
		var want []struct {
			MboxMarkerOffset, BeginOffset, HeadersEndOffset, EndOffset int64
		}
		if err := json.Unmarshal(corpus.Read(t, filepath.Join(dir, "issue1189."+name+"-offsets.json")), &want); err != nil {
			t.Fatal(err)
		}
		f, err := Read("x.mbox", bytes.NewReader(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		for i, m := range messages(f) {
			if i >= len(want) || m.Offset != want[i].BeginOffset {
				t.Errorf("%s: message %d at %d, want %+v", name, i, m.Offset, want[i])
			}
		}
	}
}
