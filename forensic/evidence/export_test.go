package evidence

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// What goes into a mailbox must come out of it, byte for byte, whatever lines
// it holds and however they end.
func TestMboxWriterRoundTrip(t *testing.T) {
	messages := []string{
		"A: b\n\nFrom x\n>From y\n>>From z\nend\n", "A: b\r\n\r\nFrom x\r\n>From y\r\nend\r\n", "A: b\n\nmixed\r\nlines\n\n\n", "A: b\n", "\n",
		"A: b\n\n\r\n", "A: b\n\ncr\ronly\r\r\nx\n", "A: b\n\nFrom a@b Tue Jul  1 10:52:37 2003\nB: c\n",
	}
	var b bytes.Buffer
	w := NewMboxWriter(&b)
	for _, m := range messages {
		if _, err := w.Write("a@b.example", time.Date(2003, 7, 1, 10, 52, 37, 0, time.UTC), []byte(m)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := Read("x.mbox", &b, nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for m, err := range f.Messages() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(m.AppendUnquoted(nil)))
	}
	if len(got) != len(messages) {
		t.Fatalf("%d messages: %q", len(got), got)
	}
	for i := range got {
		if got[i] != messages[i] {
			t.Errorf("message %d: got %q, want %q", i, got[i], messages[i])
		}
	}
}

// The same for any bytes. A message without a last line break gets one.
func FuzzMboxWriter(f *testing.F) {
	f.Add([]byte("A: b\n\nFrom x\r\n>From y\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var b bytes.Buffer
		w := NewMboxWriter(&b)
		whole, err := w.Write("a@b.example", time.Unix(1e9, 0), data)
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		stored := b.Bytes()
		file := &File{Path: "x.mbox", Container: Mbox, data: stored}
		for m, err := range file.Messages() {
			if err != nil {
				t.Fatal(err)
			}
			want := data
			if !whole {
				want = append(bytes.Clone(data), '\n')
			}
			got := unquoteAll(m.Bytes())
			if !bytes.Equal(got, want) {
				t.Fatalf("got %q, want %q; stored %q", got, want, stored)
			}
			return
		}
		t.Fatal("no message")
	})
}

// unquoteAll takes one mark from each quoted line, header lines too: the writer
// does not know where a header ends.
func unquoteAll(b []byte) []byte {
	var out []byte
	for line := range bytes.Lines(b) {
		if rest := bytes.TrimLeft(line, ">"); len(rest) < len(line) && bytes.HasPrefix(rest, fromSpace) {
			line = line[1:]
		}
		out = append(out, line...)
	}
	return out
}

// What a From_ line says of sender and time.
func TestParseSeparator(t *testing.T) {
	for line, want := range map[string]string{
		"From a@b.example Tue Jul  1 10:52:37 2003":               "a@b.example 2003-07-01 10:52:37",
		"From MAILER-DAEMON Tue Jul  1 10:52:37 2003":             "MAILER-DAEMON 2003-07-01 10:52:37",
		"From - Tue Jul  1 10:52:37 2003":                         " 2003-07-01 10:52:37",
		"From 12@xxx Thu Jan 01 00:00:00 +0000 1970":              "12@xxx 1970-01-01 00:00:00",
		"From a@b.example Tue Jul  1 10:52:37 2003 remote from x": "a@b.example 2003-07-01 10:52:37",
	} {
		from, at, ok := ParseSeparator(line)
		if got := from + " " + at.Format("2006-01-02 15:04:05"); !ok || got != want {
			t.Errorf("%s: %q %v", line, got, ok)
		}
	}
	for _, line := range []string{"", "From", "From a@b.example", "Form x Tue Jul  1 10:52:37 2003", strings.Repeat("From ", 40)} {
		if _, _, ok := ParseSeparator(line); ok {
			t.Errorf("%q has a time", line)
		}
	}
}
