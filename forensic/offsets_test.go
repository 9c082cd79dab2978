package forensic

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// mimeKitEntity is one entity in MimeKit's list of offsets into a mailbox.
// headersEnd is behind the blank line; octets are those of the body.
type mimeKitEntity struct {
	MIMEType   string          `json:"mimeType"`
	Begin      int             `json:"beginOffset"`
	HeadersEnd int             `json:"headersEndOffset"`
	End        int             `json:"endOffset"`
	Octets     int             `json:"octets"`
	Children   []mimeKitEntity `json:"children"`
}

type mimeKitMessage struct {
	Marker int           `json:"mboxMarkerOffset"`
	Body   mimeKitEntity `json:"body"`
}

// MimeKit lists the offsets of every part of a mailbox in LF and in CRLF form;
// another program's reading of the same bytes must be ours.
func TestOffsetsOfMimeKit(t *testing.T) {
	dir := filepath.Join(corpus.Dir(t, "mbox"), "mimekit", "mbox")
	mailbox := corpus.Read(t, filepath.Join(dir, "issue1189.mbox.txt"))
	lf := make([]byte, 0, len(mailbox))
	for i, c := range mailbox {
		if c != '\r' || i+1 == len(mailbox) || mailbox[i+1] != '\n' {
			lf = append(lf, c)
		}
	}
	var dos []byte
	for _, c := range lf {
		if c == '\n' {
			dos = append(dos, '\r')
		}
		dos = append(dos, c)
	}
	compareMimeKit(t, lf, filepath.Join(dir, "issue1189.unix-offsets.json"))
	compareMimeKit(t, dos, filepath.Join(dir, "issue1189.dos-offsets.json"))
}

func compareMimeKit(t *testing.T, mailbox []byte, list string) {
	t.Helper()
	var want []mimeKitMessage
	if err := json.Unmarshal(corpus.Read(t, list), &want); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "all.mbox")
	if err := os.WriteFile(path, mailbox, 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := evidence.Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	n := 0
	for m := range file.Messages() {
		if n == len(want) {
			t.Fatalf("more than %d messages", n)
		}
		if at := int(m.Offset) - len(m.Separator); want[n].Marker < at-2 || want[n].Marker >= at {
			t.Errorf("message %d: separator at %d, want %d", n, at, want[n].Marker)
		}
		compareEntity(t, mimeparse.Parse(m.Bytes(), nil).Root(), &want[n].Body, int(m.Offset), len(m.Bytes()))
		n++
	}
	if n != len(want) {
		t.Errorf("%d messages, want %d", n, len(want))
	}
}

// compareEntity holds a part, whose message stands at the offset, against
// MimeKit's. An entity at the very end of its message may differ by the last
// line break, which MimeKit takes for the mailbox's.
func compareEntity(t *testing.T, p *mimeparse.Part, want *mimeKitEntity, offset, size int) {
	t.Helper()
	begin, body, end := p.Header.Span.Start+offset, p.Body.Start+offset, p.Body.End+offset
	if p.ContentType != want.MIMEType || begin != want.Begin || body != want.HeadersEnd {
		t.Errorf("part %s: %s at %d, body at %d; want %+v", p.Path, p.ContentType, begin, body, *want)
	}
	slack := 0
	if p.Body.End == size {
		slack = 2
	}
	if end < want.End || end > want.End+slack || want.End-want.HeadersEnd != want.Octets {
		t.Errorf("part %s: ends at %d, want %d", p.Path, end, want.End)
	}
	if len(p.Children) != len(want.Children) {
		t.Fatalf("part %s: %d children, want %d", p.Path, len(p.Children), len(want.Children))
	}
	for i, c := range p.Children {
		compareEntity(t, c, &want.Children[i], offset, size)
	}
}
