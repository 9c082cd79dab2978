package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

func survey(t *testing.T, name, data string) *Survey {
	t.Helper()
	f, err := Read(name, strings.NewReader(data), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s, err := f.Survey(context.Background(), true)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	sepA = "From a@b.example Tue Jul  1 10:52:37 2003\n"
	sepB = "From c@d.example Tue Jul  1 10:52:30 2003\n"
)

// Every byte of a mailbox is in a message, in a separator, in a blank line
// before one, or listed as outside: nothing can hide between messages.
func TestSurveyAccountsForEveryByte(t *testing.T) {
	for _, c := range mboxCases {
		for _, in := range []string{c.in, "\n\n" + c.in, "\xEF\xBB\xBF" + c.in, c.in + "\n\n\n", strings.ReplaceAll(c.in, "\n", "\r\n"), ""} {
			s := survey(t, "m.mbox", in)
			total := s.Counts.SeparatorBytes + s.Counts.BlankBytes
			for _, o := range s.Outside.First {
				total += o.Length
			}
			f, _ := Read("m.mbox", strings.NewReader(in), nil)
			for m := range f.Messages() {
				total += int64(len(m.Bytes()))
			}
			sum := sha256.Sum256([]byte(in))
			if f.Container == Mbox && (total != int64(len(in)) || s.Size != total) || s.SHA256 != hex.EncodeToString(sum[:]) {
				t.Errorf("%s: %q: %d of %d bytes, size %d", c.why, in, total, len(in), s.Size)
			}
		}
	}
}

// The same facts must come from a stream that is cut into pieces.
func TestSurveyOfStream(t *testing.T) {
	var b bytes.Buffer
	for i := range 30000 {
		fmt.Fprintf(&b, "%sFrom: x%d@y.example\n\n>From z\nFrom here on\n\n", []string{sepA, sepB}[i%2], i)
	}
	data := b.String()
	whole := &File{Path: "m.mbox", Container: Mbox, data: []byte(data)}
	want, err := whole.Survey(context.Background(), true)
	if err != nil {
		t.Fatal(err)
	}
	got := survey(t, "m.mbox", data)
	a, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if !bytes.Equal(a, w) {
		t.Errorf("stream:\n%.2000s\nwhole:\n%.2000s", a, w)
	}
	if got.Counts.Messages != 30000 || got.Counts.FromLines != 60000 || got.Order.Backwards.Total != 15000 || len(got.Order.Backwards.First) != listed {
		t.Errorf("counts %+v, %d steps back", got.Counts, got.Order.Backwards.Total)
	}
}

// What the survey says about each kind of trouble.
func TestSurveyFacts(t *testing.T) {
	cases := []struct {
		why, in string
		ok      func(*Survey) bool
	}{
		{"two messages in order", sepB + "A: 1\n\nb\n\n" + sepA + "A: 2\n\nb\n", func(s *Survey) bool {
			return s.Counts.Messages == 2 && s.Order.Backwards.Total == 0 && s.Order.Earliest == "2003-07-01T10:52:30" && !s.Cut && s.Doubtful.Total == 0
		}},
		{"a step back in time", sepA + "A: 1\n\nb\n\n" + sepB + "A: 2\n\nb\n", func(s *Survey) bool { return s.Order.Backwards.Total == 1 && s.Order.Backwards.First[0].Index == 1 }},
		{"prose that a careless reader takes", sepA + "A: 1\n\nFrom the desk\n", func(s *Survey) bool {
			d := s.Doubtful.First[0]
			return s.Counts.Messages == 1 && s.Counts.FromLines == 2 && *s.Counts.GoMbox == 2 && !d.Separates && d.Offset == int64(len(sepA)+6) && d.Line == "From the desk"
		}},
		{"a separator without a blank line before it", sepA + "A: 1\n\nb\n" + sepB + "A: 2\n\n", func(s *Survey) bool { return s.Counts.Messages == 2 && s.Doubtful.First[0].Separates }},
		{"deleted in Thunderbird", sepA + "X-Mozilla-Status: 0009\n\n" + sepA + "X-Mozilla-Status: 0001\n\n", func(s *Survey) bool {
			return s.Deleted.Total == 1 && s.Deleted.First[0].Index == 0 && s.Deleted.First[0].Value == "0009"
		}},
		{"deleted over IMAP and by mutt", sepA + "X-Mozilla-Status2: 00200000\n\n" + sepA + "X-Status: AD\n\n" + sepA + "X-Status: Done\n\n", func(s *Survey) bool { return s.Deleted.Total == 2 }},
		{"deleted in Evolution", sepA + "X-Evolution: 00000a1f-0012\n\n" + sepA + "X-Evolution: 00000a20-0010\n\n", func(s *Survey) bool { return s.Deleted.Total == 1 && s.Deleted.First[0].Index == 0 }},
		{"cut in the middle of a line", sepA + "A: 1\n\nhal", func(s *Survey) bool { return s.Cut }},
		{"mboxrd by a line quoted twice", sepA + "A: 1\n\n>From x\n>>From y\n", func(s *Survey) bool {
			return s.Dialect == "mboxrd" && s.Counts.Quoted == 2 && s.Counts.TwiceQuoted == 1
		}},
		{"mboxcl2 by a whole separator in the text", sepA + "Content-Length: 46\n\n" + sepB + "A:\n\n" + sepA + "Content-Length: 2\n\nx\n\n", func(s *Survey) bool {
			return s.Dialect == "mboxcl2" && s.Counts.Messages == 2 && s.Doubtful.Total == 1 && s.Lengths.Total == 0
		}},
		{"a length that leads nowhere", sepA + "Content-Length: 4000\n\nx\n\n" + sepA + "A: 1\n\nx\n", func(s *Survey) bool {
			return s.Counts.Messages == 2 && s.Lengths.Total == 1 && s.Lengths.First[0].Stated == 4000 && s.Lengths.First[0].Actual == 2
		}},
	}
	for _, c := range cases {
		if s := survey(t, "m.mbox", c.in); !c.ok(s) {
			out, _ := json.MarshalIndent(s, "", " ")
			t.Errorf("%s:\n%s", c.why, out)
		}
	}
}
