package evidence

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/internal/fromquote"
)

var copyTime = time.Date(2003, 7, 1, 10, 52, 37, 0, time.UTC)

// whole is a message in one piece.
func whole(message []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) { yield(message) }
}

// copyAll writes messages into a mailbox and reads it again.
func copyAll(t testing.TB, messages ...[]byte) (stored []byte, copied []Copied, got [][]byte) {
	t.Helper()
	var b bytes.Buffer
	w := NewMboxWriter(&b)
	for _, m := range messages {
		c, err := w.Write("a@b.example", copyTime, whole(m))
		if err != nil {
			t.Fatal(err)
		}
		copied = append(copied, c)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	stored = bytes.Clone(b.Bytes())
	f, err := Read("x.mbox", &b, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for m, err := range f.Messages() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, m.AppendUnquoted(nil))
	}
	return stored, copied, got
}

// What goes into a mailbox must come out of it, byte for byte, whatever lines
// it holds and however they end.
func TestMboxWriterRoundTrip(t *testing.T) {
	messages := [][]byte{}
	for _, m := range []string{
		"A: b\n\nFrom x\n>From y\n>>From z\nend\n", "A: b\r\n\r\nFrom x\r\n>From y\r\nend\r\n", "A: b\n\nmixed\r\nlines\n\n\n", "A: b\n", "\n",
		"A: b\n\n\r\n", "A: b\n\ncr\ronly\r\r\nx\n", "A: b\n\nFrom a@b Tue Jul  1 10:52:37 2003\nB: c\n",
		">From a@b Tue Jul  1 10:52:37 2003 remote from c\nA: b\n\n>From x\n", // of UUCP: a line of the header
		"A: b\n\n" + strings.Repeat("x", 3*copyBuffer) + "\r\n" + strings.Repeat("From me\r\n", copyBuffer/4),
	} {
		messages = append(messages, []byte(m))
	}
	_, copied, got := copyAll(t, messages...)
	if len(got) != len(messages) {
		t.Fatalf("%d messages: %.200q", len(got), got)
	}
	for i := range got {
		if !bytes.Equal(got[i], messages[i]) {
			t.Errorf("message %d: got %.200q, want %.200q", i, got[i], messages[i])
		}
		if c := copied[i]; c != (Copied{SHA256: sha256.Sum256(messages[i])}) {
			t.Errorf("message %d: %+v", i, c)
		}
	}
}

// What a mailbox cannot hold as it is must be said, with the digest of what it
// gives back instead.
func TestMboxWriterAltered(t *testing.T) {
	for in, want := range map[string]string{
		"A: b\n\nend":                         "A: b\n\nend\n",
		"A: b\r\n\r\nend\r":                   "A: b\r\n\r\nend\r\n",
		"":                                    "\n",
		"From x\nA: b\n\nFrom y\n":            ">From x\nA: b\n\nFrom y\n",
		"A: b\nFrom x\nFrom y\r\n\r\nFrom z":  "A: b\n>From x\n>From y\r\n\r\nFrom z\n",
		"From x Tue Jul  1 10:52:37 2003\nA:": ">From x Tue Jul  1 10:52:37 2003\nA:\n",
	} {
		_, copied, got := copyAll(t, []byte(in))
		if len(got) != 1 || string(got[0]) != want || copied[0].SHA256 != sha256.Sum256([]byte(want)) {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
		if lines := strings.Count(want, ">From"); copied[0].HeaderQuoted != lines || copied[0].BreakAdded == strings.HasSuffix(in, "\n") {
			t.Errorf("%q: %+v", in, copied[0])
		}
	}
}

// A From_ line must be read as one, whatever sender and time are asked for; the
// clock of this computer must not get into it.
func TestMboxWriterSeparator(t *testing.T) {
	for _, c := range []struct {
		from     string
		at       time.Time
		want     string
		invented bool
	}{
		{"a@b.example", copyTime, "From a@b.example Tue Jul  1 10:52:37 2003", false},
		{"a@b.example", copyTime.In(time.FixedZone("", 7200)).Add(999), "From a@b.example Tue Jul  1 10:52:37 2003", false},
		{"", copyTime, "From MAILER-DAEMON Tue Jul  1 10:52:37 2003", false},
		{"a@b\nFrom x@y", copyTime, "From MAILER-DAEMON Tue Jul  1 10:52:37 2003", false},
		{"a b@c", copyTime, "From MAILER-DAEMON Tue Jul  1 10:52:37 2003", false},
		{strings.Repeat("a", 600) + "@b.example", copyTime, "From MAILER-DAEMON Tue Jul  1 10:52:37 2003", false},
		{"a@b.example", time.Time{}, "From a@b.example Thu Jan  1 00:00:00 1970", true},
		{"a@b.example", time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC), "From a@b.example Thu Jan  1 00:00:00 1970", true},
		{"a@b.example", time.Date(12345, 1, 1, 0, 0, 0, 0, time.UTC), "From a@b.example Thu Jan  1 00:00:00 1970", true},
	} {
		var b bytes.Buffer
		w := NewMboxWriter(&b)
		for range 2 {
			got, err := w.Write(c.from, c.at, whole([]byte("A: b\n\nx\n")))
			if err != nil || got.TimeInvented != c.invented {
				t.Errorf("%q %v: %+v, %v", c.from, c.at, got, err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if line, _, _ := strings.Cut(b.String(), "\n"); line != c.want {
			t.Errorf("%q %v: %s, want %s", c.from, c.at, line, c.want)
		}
		if n := len(splitAll(t, b.Bytes())); n != 2 {
			t.Errorf("%q %v: %d messages", c.from, c.at, n)
		}
	}
}

func splitAll(t testing.TB, mailbox []byte) (all []*Message) {
	t.Helper()
	f, err := Read("x.mbox", bytes.NewReader(mailbox), nil)
	if err != nil {
		t.Fatal(err)
	}
	for m, err := range f.Messages() {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}

// The same for any bytes, and for several messages in one mailbox: random ones
// made of what a splitter looks at.
func TestMboxWriterRandom(t *testing.T) {
	words := []string{"From ", ">", "\n", "\r", "\r\n", "\n\n", "A: b", "From a@b Tue Jul  1 10:52:37 2003", "x", " ", "Content-Length: 5\n", "\x00\xff"}
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var messages [][]byte
		for range 1 + rnd.IntN(4) {
			var m []byte
			for range rnd.IntN(30) {
				m = append(m, words[rnd.IntN(len(words))]...)
			}
			messages = append(messages, m)
		}
		checkCopies(t, messages)
	}
}

// checkCopies holds what the writer says against what a reader gets.
func checkCopies(t *testing.T, messages [][]byte) {
	t.Helper()
	stored, copied, got := copyAll(t, messages...)
	if sampleLengths(stored, true) {
		return // they state lengths that lead to separators, and so they are read by them
	}
	if len(got) != len(messages) {
		t.Fatalf("%d messages of %d: %q in %q", len(got), len(messages), messages, stored)
	}
	for i, m := range messages {
		if c := copied[i]; sha256.Sum256(got[i]) != c.SHA256 || c.TimeInvented {
			t.Fatalf("message %d: %+v, got %q, want %q; stored %q", i, c, got[i], m, stored)
		} else if same := bytes.Equal(got[i], m); same == (c.BreakAdded || c.HeaderQuoted > 0) {
			t.Fatalf("message %d: %+v, got %q, want %q; stored %q", i, c, got[i], m, stored)
		}
	}
}

func FuzzMboxWriter(f *testing.F) {
	f.Add([]byte("A: b\n\nFrom x\r\n>From y\n"))
	f.Add([]byte("From x\nA: b\r\n\r\nend"))
	f.Fuzz(func(t *testing.T, data []byte) {
		half := len(data) / 2
		checkCopies(t, [][]byte{data, data[:half], data[half:]})
	})
}

// In pieces the message must be the same as in one, wherever they are cut.
func TestUnquoted(t *testing.T) {
	long := strings.Repeat("0123456789abcde\n", fromquote.Window/8)
	for _, text := range []string{
		"", "A: b\n", "A: b\n>From x\n\n>From y\n>>From z\nend", "A: b\n\n" + long + ">From y\n" + long + ">>From z\n",
		"A: b\n\n" + strings.Repeat("x", 3*fromquote.Window) + "\n>From y", "A: b\n\n>From x\n" + strings.Repeat(">From y\n", 1000),
	} {
		m := &Message{Container: Mbox, data: []byte(text)}
		var got []byte
		for piece := range m.Unquoted() {
			if got = append(got, piece...); len(piece) > 2*fromquote.Window && !bytes.Contains(piece, []byte("xxx")) {
				t.Errorf("a piece of %d bytes", len(piece))
			}
		}
		_, body, _ := strings.Cut(text, "\n\n")
		var want strings.Builder
		want.WriteString(text[:len(text)-len(body)])
		for line := range strings.Lines(body) {
			if strings.HasPrefix(strings.TrimLeft(line, ">"), "From ") {
				line = strings.TrimPrefix(line, ">")
			}
			want.WriteString(line)
		}
		if string(got) != want.String() || !bytes.Equal(got, m.AppendUnquoted(nil)) {
			t.Errorf("%.60q: got %d bytes, want %d", text, len(got), want.Len())
		}
		for range m.Unquoted() {
			break // must not go on
		}
	}
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

// Copying costs about what digesting costs.
func BenchmarkMboxWriter(b *testing.B) {
	var text strings.Builder
	text.WriteString("From: a@b.example\n\n")
	for i := range 1000 {
		fmt.Fprintf(&text, "line %d of a text that is as long as lines are\n", i)
	}
	message := []byte(text.String())
	b.SetBytes(int64(len(message)))
	b.ReportAllocs()
	w := NewMboxWriter(io.Discard)
	for b.Loop() {
		if _, err := w.Write("a@b.example", copyTime, whole(message)); err != nil {
			b.Fatal(err)
		}
	}
}
