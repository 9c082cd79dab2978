package evidence

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// splits lists the messages of an mbox as "separator|bytes".
func splits(data string) (all []string) {
	for _, s := range appendSlots(nil, []byte(data), 0, len(data), nil) {
		all = append(all, data[s.from:s.start]+"|"+data[s.start:s.end])
	}
	return all
}

var mboxCases = []struct {
	why, in string
	want    []string
}{
	{
		"two messages, each closed by a blank line (RFC 4155)",
		"From a@b.example Tue Jul  1 10:52:37 2003\nX: 1\n\nb\n\nFrom c@d.example Tue Jul  1 10:52:38 2003\nX: 2\n\nb\n\n",
		[]string{"From a@b.example Tue Jul  1 10:52:37 2003\n|X: 1\n\nb\n", "From c@d.example Tue Jul  1 10:52:38 2003\n|X: 2\n\nb\n"},
	},
	{
		"prose at the beginning of a paragraph is no separator",
		"From a@b.example Tue Jul  1 10:52:37 2003\nX: 1\n\nFrom the desk of Ann\nmore\n",
		[]string{"From a@b.example Tue Jul  1 10:52:37 2003\n|X: 1\n\nFrom the desk of Ann\nmore\n"},
	},
	{
		"prose with a date is no separator without a blank line before it",
		"From a@b.example Tue Jul  1 10:52:37 2003\nX: 1\n\nb\nFrom c@d.example Tue Jul  1 10:52:38 2003\nb\n",
		[]string{"From a@b.example Tue Jul  1 10:52:37 2003\n|X: 1\n\nb\nFrom c@d.example Tue Jul  1 10:52:38 2003\nb\n"},
	},
	{
		"an address alone separates when a field follows",
		"From 1234@xxx\nX: 1\n\nb\n\nFrom 5678@xxx\nX: 2\n\nb\n\nFrom x@yyy\nprose\n",
		[]string{"From 1234@xxx\n|X: 1\n\nb\n", "From 5678@xxx\n|X: 2\n\nb\n\nFrom x@yyy\nprose\n"},
	},
	{
		"no blank line, no line break at the end: nothing is cut off",
		"From a@b.example Tue Jul  1 10:52:37 2003\nX: 1\n\nend",
		[]string{"From a@b.example Tue Jul  1 10:52:37 2003\n|X: 1\n\nend"},
	},
	{
		"a separator with nothing but the next one's blank line behind it is an empty message",
		"From a@b.example Tue Jul  1 10:52:37 2003\n\nFrom c@d.example Tue Jul  1 10:52:38 2003\n",
		[]string{"From a@b.example Tue Jul  1 10:52:37 2003\n|", "From c@d.example Tue Jul  1 10:52:38 2003\n|"},
	},
	{
		"a quoted separator belongs to the body",
		"From a@b.example Tue Jul  1 10:52:37 2003\nX: 1\n\n>From c@d.example Tue Jul  1 10:52:38 2003\n",
		[]string{"From a@b.example Tue Jul  1 10:52:37 2003\n|X: 1\n\n>From c@d.example Tue Jul  1 10:52:38 2003\n"},
	},
}

// The same mailbox must split at the same places with LF and with CRLF.
func TestSplitMbox(t *testing.T) {
	for _, c := range mboxCases {
		for _, eol := range []string{"\n", "\r\n"} {
			in := strings.ReplaceAll(c.in, "\n", eol)
			var want []string
			for _, w := range c.want {
				want = append(want, strings.ReplaceAll(w, "\n", eol))
			}
			if got := splits(in); !slices.Equal(got, want) {
				t.Errorf("%s (%q):\n got %q\nwant %q", c.why, eol, got, want)
			}
		}
	}
}

// A message saved with a From_ line on top is still one message; a second
// separator or the file's name makes it a mailbox.
func TestIsMbox(t *testing.T) {
	const line = "From a@b.example Tue Jul  1 10:52:37 2003\n"
	one, two := line+small+"\n", line+small+"\n"+line+small
	for _, c := range []struct {
		name, data string
		opt        *Options
		want       Container
		n          int
	}{
		{"x", one, nil, EML, 1},
		{"x", two, nil, Mbox, 2},
		{"x.mbox", one, nil, Mbox, 1},
		{"X.MBOX", two, nil, Mbox, 2},
		{"x.eml", two, nil, EML, 1},
		{"x.mbox", two, &Options{Single: true}, EML, 1},
		{"x.mbox", small, nil, EML, 1},
		{"x.mbox", "", nil, Mbox, 0},
	} {
		f, err := Read(c.name, strings.NewReader(c.data), c.opt)
		if err != nil {
			t.Fatal(err)
		}
		all := messages(f)
		if len(all) != c.n || f.Container != c.want {
			t.Errorf("%s (%d bytes): %d messages, %s", c.name, len(c.data), len(all), f.Container)
		}
	}
}

// Index, offset and separator are what an examiner repeats with dd.
func TestMboxProvenance(t *testing.T) {
	data := strings.ReplaceAll(mboxCases[0].in, "\n", "\r\n")
	f, err := Read("a.mbox", strings.NewReader(data), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range messages(f) {
		at := int(m.Offset)
		if m.Index != i || !strings.HasPrefix(data[at:], string(m.Bytes())) || !strings.HasSuffix(data[:at], m.Separator+"\r\n") {
			t.Errorf("message %d: index %d offset %d separator %q", i, m.Index, at, m.Separator)
		}
	}
}

// Whatever the bytes: messages in order, none overlapping, nothing but
// separators and single blank lines between them, and in linear time.
func FuzzSplitMbox(f *testing.F) {
	for _, c := range mboxCases {
		f.Add([]byte(c.in))
		f.Add([]byte(strings.ReplaceAll(c.in, "\n", "\r\n")))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		end := 0
		for _, s := range appendSlots(nil, data, 0, len(data), nil) {
			if s.from < end || s.start < s.from || s.end < s.start || s.end > len(data) {
				t.Fatalf("slot %+v behind %d of %d", s, end, len(data))
			}
			if gap := data[end:s.from]; len(bytes.Trim(gap, "\r\n")) > 0 {
				t.Fatalf("bytes lost between messages: %q", gap)
			}
			end = s.end
		}
		if rest := data[end:]; len(bytes.Trim(rest, "\r\n")) > 0 {
			t.Fatalf("bytes lost at the end: %q", rest)
		}
	})
}

func BenchmarkSplitMbox(b *testing.B) {
	var mbox bytes.Buffer
	body := strings.Repeat("From the beginning of a line of text\nand another line of it\n", 100)
	for i := range 200 {
		fmt.Fprintf(&mbox, "From a@b.example Tue Jul  1 10:%02d:37 2003\nSubject: %d\n\n%s\n", i%60, i, body)
	}
	b.SetBytes(int64(mbox.Len()))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for range appendSlots(nil, mbox.Bytes(), 0, mbox.Len(), nil) {
			n++
		}
		if n != 200 {
			b.Fatal(n)
		}
	}
}

// What a long message was searched by is handed back while the search goes on,
// and the message is found all the same.
func TestLongMessageIsPassed(t *testing.T) {
	data := []byte("From a@b Tue Jul  1 10:52:37 2003\nA: b\n\n" + strings.Repeat("text\n", 3*releaseStep/5) + "\nFrom a@b Tue Jul  1 10:52:37 2003\nA: c\n\n")
	passed := 0
	slots := appendSlots(nil, data, 0, len(data), func(b []byte) { passed += len(b) })
	if len(slots) != 2 || passed < 2*releaseStep || passed > slots[0].next {
		t.Errorf("%d messages, %d of %d bytes passed", len(slots), passed, len(data))
	}
}
