package forensic_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
	"github.com/emlcheck/emlcheck/forensic/report"
)

// truth is what the generator of a mailbox knows of one message. Offset and
// Length take in the separator and the blank line behind the message.
type truth struct {
	Index       int               `json:"index"`
	Offset      int64             `json:"offset"`
	Length      int64             `json:"length"`
	SHA256      string            `json:"sha256_message_lf"` // before quoting, with LF
	MessageID   string            `json:"message_id"`
	From        string            `json:"from"`
	FromName    string            `json:"from_name"`
	To          string            `json:"to"`
	Subject     string            `json:"subject"`
	Date        int64             `json:"date_utc"`
	Hops        int               `json:"hops"`
	HopTimes    []int64           `json:"hop_times_utc"` // oldest first
	Attachments []truthAttachment `json:"attachments"`
	Charset     string            `json:"charset"`
	Kind        string            `json:"kind"`
}

type truthAttachment struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
	Type   string `json:"type"`
	Inline bool   `json:"inline"`
}

// TestTruth compares whole mailboxes with what their generator knows of them:
// EMLCHECK_TRUTH is a folder of NAME.mbox with NAME.jsonl beside it.
func TestTruth(t *testing.T) {
	dir := os.Getenv("EMLCHECK_TRUTH")
	if dir == "" {
		t.Skip("EMLCHECK_TRUTH names no folder")
	}
	boxes, _ := filepath.Glob(filepath.Join(dir, "*.mbox"))
	tried := 0
	for _, box := range boxes {
		table := strings.TrimSuffix(box, ".mbox") + ".jsonl"
		if _, err := os.Stat(table); err != nil {
			continue // a mailbox of another kind
		}
		tried++
		t.Run(filepath.Base(box), func(t *testing.T) { compareTruth(t, box, readSuite[truth](t, table)) })
	}
	if tried == 0 {
		t.Fatal("no NAME.mbox with NAME.jsonl in " + dir)
	}
}

func compareTruth(t *testing.T, box string, want []truth) {
	file, err := evidence.Open(box, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	n, bad := 0, map[string]int{}
	for m, err := range file.Messages() {
		if err != nil {
			t.Fatal(err)
		}
		if n < len(want) {
			for _, d := range want[n].differences(t, m) {
				what, _, _ := strings.Cut(d, ":")
				if bad[what]++; bad[what] <= 5 {
					t.Errorf("message %d (%s): %s", n, want[n].Kind, d)
				}
			}
		}
		n++
	}
	if n != len(want) {
		t.Errorf("%d messages, want %d", n, len(want))
	}
	for _, what := range slices.Sorted(maps.Keys(bad)) {
		t.Errorf("%s: %d of %d messages", what, bad[what], n)
	}
}

// differences lists what the report has otherwise, each with its kind first.
func (w *truth) differences(t *testing.T, m *evidence.Message) (out []string) {
	r, err := forensic.AnalyzeMessage(context.Background(), m, nil)
	if err != nil {
		t.Fatal(err)
	}
	diff := func(what string, got, want any) {
		if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
			out = append(out, fmt.Sprintf("%s: got %q, want %q", what, g, w))
		}
	}
	w.place(m, r, diff)
	w.people(r, diff)
	diff("date", stamp(r.Message.Date), w.Date)
	w.trace(r, diff)
	w.attachments(r, diff)
	diff("charset", w.usesCharset(r.Parts), true)
	return out
}

type differ func(what string, got, want any)

// place: where the message stands, and which bytes it is.
func (w *truth) place(m *evidence.Message, r *forensic.Report, diff differ) {
	eol := int64(1)
	if r.Evidence.LineEndings == "crlf" {
		eol = 2
	}
	diff("index", r.Evidence.Index, w.Index)
	diff("offset", *r.Evidence.Offset, w.Offset+int64(len(m.Separator))+eol)
	diff("size", r.Evidence.Size, w.Length-int64(len(m.Separator))-2*eol)
	diff("next", m.Next, w.Offset+w.Length)
	diff("line endings", r.Evidence.LineEndings != "mixed", true)
	stored := sha256.Sum256(m.Bytes())
	diff("sha256", r.Evidence.SHA256, hex.EncodeToString(stored[:]))
	text := m.AppendUnquoted(nil)
	unquoted := sha256.Sum256(text)
	if got := string(r.Evidence.SHA256Unquoted); m.FromQuoted() {
		diff("sha256_unquoted", got, hex.EncodeToString(unquoted[:]))
	} else {
		diff("sha256_unquoted", got, "")
	}
	if got := lfSum(text); got != w.SHA256 && lfSum(halfQuoted(m.Bytes())) != w.SHA256 {
		diff("text before quoting", got, w.SHA256)
	}
}

// lfSum is the digest with LF line ends; the generator writes no lone CR.
func lfSum(b []byte) string {
	sum := sha256.Sum256(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")))
	return hex.EncodeToString(sum[:])
}

// halfQuoted undoes mboxo for the two lines that the generator writes. mboxo
// leaves ">From " as it is, so that nobody else can tell one from the other.
func halfQuoted(b []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(b, []byte("\n>From the archive"), []byte("\nFrom the archive")),
		[]byte("\n>From here on it"), []byte("\nFrom here on it"))
}

// people: who, to whom, about what.
func (w *truth) people(r *forensic.Report, diff differ) {
	if len(r.Message.From) != 1 || len(r.Message.To) == 0 {
		diff("addresses", fmt.Sprint(r.Message.From, r.Message.To), "one in From, some in To")
		return
	}
	diff("from", r.Message.From[0].Address, w.From)
	diff("from name", r.Message.From[0].Name, w.FromName)
	diff("to", r.Message.To[0].Address, w.To)
	diff("message-id", r.Message.MessageID, w.MessageID)
	subject := "(none)"
	if r.Message.Subject != nil {
		subject = *r.Message.Subject
	}
	diff("subject", subject, w.Subject)
}

// stamp is a time as seconds since 1970; 0 for none.
func stamp(t *report.Time) int64 {
	if t == nil {
		return 0
	}
	at, err := time.Parse(time.RFC3339Nano, string(t.Time))
	if err != nil {
		return 0
	}
	return at.Unix()
}

// trace: every hop with its time, whatever the order the report puts them in.
func (w *truth) trace(r *forensic.Report, diff differ) {
	hops := slices.Clone(r.Route.Hops)
	diff("hops", len(hops), w.Hops)
	slices.SortStableFunc(hops, func(a, b report.Hop) int { return cmp.Compare(b.Span.Start, a.Span.Start) })
	var times []int64
	for _, h := range hops {
		times = append(times, stamp(h.Time))
	}
	diff("hop times", times, w.HopTimes)
}

// attachments: the named parts with name, size, digest and type.
func (w *truth) attachments(r *forensic.Report, diff differ) {
	var got, want []string
	for _, p := range r.Parts {
		if p.Filename != "" {
			// The generator writes "attachment" for pictures inside the text
			// whose names are not ASCII, but gives all of them a Content-ID.
			got = append(got, fmt.Sprint(p.Filename, " ", *p.Size, " ", p.SHA256, " ", p.ContentType, " ", p.ContentID != ""))
		}
	}
	for _, a := range w.Attachments {
		want = append(want, fmt.Sprint(a.Name, " ", a.Size, " ", a.SHA256, " ", a.Type, " ", a.Inline))
	}
	// The generator makes the parts from the inside out.
	slices.Sort(got)
	slices.Sort(want)
	diff("attachments", strings.Join(got, "; "), strings.Join(want, "; "))
}

// usesCharset reports whether a text part declares the charset of the message.
func (w *truth) usesCharset(parts []report.Part) bool {
	return slices.ContainsFunc(parts, func(p report.Part) bool {
		return strings.EqualFold(string(p.Charset), w.Charset) || w.Kind == "html" && p.Charset == "utf-8" && w.Charset == "us-ascii"
	})
}
