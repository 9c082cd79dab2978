package evidence

import (
	"bytes"
	gobzip2 "compress/bzip2"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// suitePath is where make_mailboxes.py writes its table and files.
const suitePath = "../../testdata/suites/mailboxes.jsonl"

// suiteBox is one mailbox of the suite with what a correct reader finds in it;
// make_mailboxes.py says what each key means.
type suiteBox struct {
	Name     string         `json:"name"`
	Kind     string         `json:"kind"`
	Note     string         `json:"note"`
	File     string         `json:"file"`
	Base64   []byte         `json:"base64"`
	Bzip2    []byte         `json:"bz2"`
	EOL      string         `json:"eol"`
	Dialect  string         `json:"dialect"`
	Size     int            `json:"size"`
	SHA256   string         `json:"sha256"`
	Messages []suiteMessage `json:"messages"`
	Count    int            `json:"count"`
	Digest   string         `json:"digest"`
	Doubtful []int64        `json:"doubtful"`
	Beyond   bool           `json:"beyond"`
}

// suiteMessage is one message of a suite mailbox.
type suiteMessage struct {
	Offset    int64  `json:"offset"`
	Start     int64  `json:"start"`
	End       int64  `json:"end"`
	Separator string `json:"separator"` // one character a byte
	SHA256    string `json:"sha256"`
	// Unquoted is absent where nobody can know what the text was, and null
	// where nothing was quoted.
	Unquoted json.RawMessage `json:"sha256_unquoted"`
}

// suiteBoxes reads the suite.
func suiteBoxes(t *testing.T) (boxes []suiteBox) {
	t.Helper()
	f, err := os.Open(suitePath)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields() // a key that is not compared would hide a fault
	for dec.More() {
		var b suiteBox
		if err := dec.Decode(&b); err != nil {
			t.Fatal(err)
		}
		boxes = append(boxes, b)
	}
	if len(boxes) < 300 {
		t.Fatalf("%d mailboxes: the suite was cut", len(boxes))
	}
	return boxes
}

// bytes are those of the mailbox, checked against its digest.
func (b *suiteBox) bytes(t *testing.T) []byte {
	t.Helper()
	data, err := b.Base64, error(nil)
	if b.File != "" {
		data, err = os.ReadFile(filepath.Join("../../testdata/mailboxes", b.File))
	} else if b.Bzip2 != nil {
		data, err = io.ReadAll(gobzip2.NewReader(bytes.NewReader(b.Bzip2)))
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(data) != b.Size || hexSum(data) != b.SHA256 {
		t.Fatalf("%s: other bytes than the script wrote", b.Name)
	}
	return data
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// latin1 spells bytes as the suite does: one character each.
func latin1(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// want lists the messages of the suite in the form of [suiteGot].
func (b *suiteBox) want() (out []string) {
	for _, m := range b.Messages {
		out = append(out, fmt.Sprintf("%d %d %d %s %q", m.Offset, m.Start, m.End, m.SHA256, m.Separator))
	}
	return out
}

// suiteGot lists messages by separator, first and last byte, digest and
// separator line.
func suiteGot(data []byte, all []*Message) (out []string) {
	for _, m := range all {
		out = append(out, fmt.Sprintf("%d %d %d %s %q", separatorOf(data, m), m.Offset, m.Offset+int64(len(m.Bytes())), hexSum(m.Bytes()), latin1(m.Separator)))
	}
	return out
}

// separatorOf is where the separator line before a message begins, behind a
// byte order mark; the message's own offset when it has none.
func separatorOf(data []byte, m *Message) int64 {
	if m.Separator == "" || m.Offset == 0 {
		return m.Offset
	}
	at := bytes.LastIndexByte(data[:m.Offset-1], '\n') + 1
	if bytes.HasPrefix(data[at:], []byte("\xEF\xBB\xBF")) {
		at += 3
	}
	return int64(at)
}

// readAll reads a mailbox as a small stream, which is kept whole.
func readAll(t *testing.T, data []byte, r io.Reader) []*Message {
	t.Helper()
	f, err := Read("suite.mbox", r, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if f.Container != Mbox {
		t.Errorf("taken for %s", f.Container)
	}
	return messages(f)
}

// TestMailboxes: mailboxes made by a script that knows where it put what. The
// script was written without sight of the splitter.
func TestMailboxes(t *testing.T) {
	for _, b := range suiteBoxes(t) {
		t.Run(b.Name, func(t *testing.T) {
			data := b.bytes(t)
			all := readAll(t, data, bytes.NewReader(data))
			trouble := b.compare(data, all)
			switch {
			case b.Beyond && trouble == "":
				t.Log("beyond the rules, and found all the same")
			case b.Beyond:
				t.Log("not found, as expected: ", b.Note)
			case trouble != "":
				t.Errorf("%s (%s)", trouble, b.Note)
			}
		})
	}
}

// compare says what differs from the truth; "" for nothing.
func (b *suiteBox) compare(data []byte, all []*Message) string {
	got := suiteGot(data, all)
	if b.Digest != "" {
		return b.compareDigest(all, data)
	}
	if want := b.want(); !slices.Equal(got, want) {
		return fmt.Sprintf("messages:\n got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	for i, m := range all {
		if trouble := b.Messages[i].compareUnquoted(m); trouble != "" {
			return fmt.Sprintf("message %d: %s", i, trouble)
		}
		if next := b.next(i); m.Next != next || m.Index != i {
			return fmt.Sprintf("message %d: index %d, next at %d, want %d", i, m.Index, m.Next, next)
		}
	}
	return ""
}

// next is where a scan goes on behind message i.
func (b *suiteBox) next(i int) int64 {
	if i+1 < len(b.Messages) {
		return b.Messages[i+1].Offset
	}
	return int64(b.Size)
}

// compareDigest is for mailboxes with too many messages to list.
func (b *suiteBox) compareDigest(all []*Message, data []byte) string {
	var lines bytes.Buffer
	for _, m := range all {
		fmt.Fprintln(&lines, separatorOf(data, m), m.Offset, m.Offset+int64(len(m.Bytes())), hexSum(m.Bytes()))
	}
	if len(all) != b.Count || hexSum(lines.Bytes()) != b.Digest {
		return fmt.Sprintf("%d messages, want %d, or other places", len(all), b.Count)
	}
	return ""
}

// compareUnquoted: the text before quoting comes back where that can be known.
func (w *suiteMessage) compareUnquoted(m *Message) string {
	if w.Unquoted == nil {
		return ""
	}
	want := strings.Trim(string(w.Unquoted), `"`)
	got := "null"
	if m.FromQuoted() {
		got = hexSum(m.AppendUnquoted(nil))
	}
	if got != want {
		return fmt.Sprintf("unquoted: got %s, want %s", got, want)
	}
	return ""
}

// TestMailboxesArriving: the same mailboxes byte by byte, in halves, mapped
// from a file's pieces cut anywhere: nothing may depend on how they come.
func TestMailboxesArriving(t *testing.T) {
	for _, b := range suiteBoxes(t) {
		if b.Size > 20000 {
			continue // byte by byte takes its time; TestStreamIsFile has large ones
		}
		data := b.bytes(t)
		want := suiteGot(data, readAll(t, data, bytes.NewReader(data)))
		for name, r := range map[string]io.Reader{
			"bytes":  iotest.OneByteReader(bytes.NewReader(data)),
			"halves": iotest.HalfReader(bytes.NewReader(data)),
			"eof":    iotest.DataErrReader(bytes.NewReader(data)),
		} {
			if got := suiteGot(data, readAll(t, data, r)); !slices.Equal(got, want) {
				t.Errorf("%s by %s:\n got %q\nwant %q", b.Name, name, got, want)
			}
		}
		opened := open(t, write(t, b.Name+".mbox", data), nil)
		if got := suiteGot(data, messages(opened)); !slices.Equal(got, want) {
			t.Errorf("%s from a file:\n got %q\nwant %q", b.Name, got, want)
		}
	}
}

// TestMailboxesInRanges: every suite mailbox cut into ranges at every byte
// gives the messages of the whole, with their places.
func TestMailboxesInRanges(t *testing.T) {
	for _, b := range suiteBoxes(t) {
		if b.Size > 20000 {
			continue
		}
		data := b.bytes(t)
		f, err := Read("suite.mbox", bytes.NewReader(data), nil)
		if err != nil {
			t.Fatal(err)
		}
		want := suiteGot(data, messages(f))
		for cut := int64(1); cut < f.Size; cut++ {
			got := suiteGot(data, ranged(t, f, 0, cut))
			got = append(got, suiteGot(data, ranged(t, f, cut, f.Size))...)
			if !slices.Equal(got, want) {
				t.Errorf("%s cut at %d:\n got %q\nwant %q", b.Name, cut, got, want)
				break
			}
		}
		f.Close()
	}
}

// ranged are the messages that begin in [from, to).
func ranged(t *testing.T, f *File, from, to int64) (all []*Message) {
	t.Helper()
	for p, err := range f.Pieces(Range{Offset: from, Length: to - from}) {
		if err != nil {
			t.Fatal(err)
		}
		for m, err := range p.Messages(0) {
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, m)
		}
	}
	return all
}

// TestMailboxSurvey: the survey lists every line "From " about which readers
// differ, says of each how it was taken, and leaves no byte out of account. A
// separator beyond the rules is listed, so that it is not lost.
func TestMailboxSurvey(t *testing.T) {
	for _, b := range suiteBoxes(t) {
		if b.Digest != "" {
			continue
		}
		s := survey(t, "suite.mbox", string(b.bytes(t)))
		truth, taken := map[int64]bool{}, map[int64]bool{}
		accounted := s.Counts.SeparatorBytes + s.Counts.BlankBytes
		for _, m := range b.Messages {
			truth[m.Offset] = true
			accounted += m.End - m.Start
		}
		for _, d := range s.Doubtful.First {
			if taken[d.Offset] = d.Separates; d.Separates != truth[d.Offset] && !b.Beyond {
				t.Errorf("%s: line at %d separates: %v", b.Name, d.Offset, d.Separates)
			}
		}
		for _, at := range b.Doubtful {
			if _, listed := taken[at]; !listed && !truth[at] && !b.Beyond {
				t.Errorf("%s: line at %d is not listed as doubtful: %+v", b.Name, at, s.Doubtful)
			}
		}
		for _, o := range s.Outside.First {
			accounted += o.Length
		}
		if accounted != s.Size && !b.Beyond {
			t.Errorf("%s: %d of %d bytes are accounted for: %+v", b.Name, accounted, s.Size, s)
		}
	}
}

// TestMailboxBeyond: a separator that the rules do not take is in the list of
// doubtful lines, unless another rule than the suite's made a message of it.
func TestMailboxBeyond(t *testing.T) {
	for _, b := range suiteBoxes(t) {
		if !b.Beyond {
			continue
		}
		data := b.bytes(t)
		s := survey(t, "suite.mbox", string(data))
		known := map[int64]bool{}
		for _, d := range s.Doubtful.First {
			known[d.Offset] = true
		}
		for _, m := range readAll(t, data, bytes.NewReader(data)) {
			known[separatorOf(data, m)] = true
		}
		for _, m := range b.Messages {
			if !known[m.Offset] {
				t.Errorf("%s: the separator at %d is nowhere: %+v", b.Name, m.Offset, s.Doubtful)
			}
		}
	}
}
