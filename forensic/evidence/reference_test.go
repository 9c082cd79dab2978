package evidence

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/emlcheck/emlcheck/headers"
)

// slowSplit is a splitter with nothing clever in it: it looks at one line after
// the other and at what stands before and behind it. It knows no lengths.
func slowSplit(data []byte) (out []string) {
	var lines [][]byte
	for line := range bytes.Lines(data) {
		lines = append(lines, line)
	}
	top := slowTop(lines)
	if top == len(lines) {
		return nil
	}
	if !slowTitled(lines, top) {
		top = 0
	}
	start := -1
	for i := top; i <= len(lines); i++ {
		if i < len(lines) && i != top && !slowSeparates(lines, i) {
			continue
		}
		if start >= 0 {
			out = append(out, slowMessage(lines, start, i, top))
		}
		start = i
	}
	return out
}

// slowTop is the first line that is not blank.
func slowTop(lines [][]byte) int {
	for i := range lines {
		if strings.Trim(bare(lines, i), "\r") != "" {
			return i
		}
	}
	return len(lines)
}

// slowTitled: the line on top begins with "From "; a CR alone before it counts
// as a blank line in this place.
func slowTitled(lines [][]byte, top int) bool {
	return strings.HasPrefix(strings.TrimLeft(bare(lines, top), "\r"), "From ")
}

// bare is a line without its break; the first one without a byte order mark.
func bare(lines [][]byte, i int) string {
	s := strings.TrimRight(string(lines[i]), "\r\n")
	if i == 0 {
		s = strings.TrimPrefix(s, "\xEF\xBB\xBF")
	}
	return s
}

// slowMessage is the text between two separators, without the last blank line
// before the second one.
func slowMessage(lines [][]byte, from, to, top int) string {
	if from != top || slowTitled(lines, top) {
		from++
	}
	if to-from > 0 && (string(lines[to-1]) == "\n" || string(lines[to-1]) == "\r\n") && to > 1 && bytes.HasSuffix(lines[to-2], []byte("\n")) {
		to--
	}
	return string(bytes.Join(lines[from:to], nil))
}

// slowSeparates has the three rules.
func slowSeparates(lines [][]byte, i int) bool {
	line := bare(lines, i)
	if !strings.HasPrefix(line, "From ") || len(line) > 512+5 {
		return false
	}
	before := string(lines[i-1])
	blank := before == "\n" || before == "\r\n"
	field := i+1 < len(lines) && slowField(string(lines[i+1]))
	word := strings.TrimSpace(line[5:])
	switch {
	case slowDated(line[5:]):
		return blank || field
	case word == "" || word == "-":
		return field
	case slowBeginsDated(word):
		return blank && field
	}
	return blank && field && strings.Contains(line[5:], "@") && line[5] != '@' && !strings.Contains(word, " ")
}

// slowBeginsDated: a date behind the first word, and more behind it.
func slowBeginsDated(text string) bool {
	if i := strings.LastIndex(text, " remote from "); i >= 0 {
		text = strings.TrimSpace(text[:i])
	}
	_, rest, _ := strings.Cut(text, " ")
	rest = strings.TrimLeft(rest, " ")
	d := headers.ParseDateString(rest)
	return len(rest) >= 16 && d.OK && d.Precision <= 60 && d.Span.Start == 0
}

func slowField(line string) bool {
	name, _, ok := strings.Cut(line, ":")
	return ok && name != "" && len(name) < 512 && !strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' })
}

// slowDated: the text ends in a date, behind its first word or from the name of
// a day on.
func slowDated(text string) bool {
	text = strings.TrimSpace(text)
	if i := strings.LastIndex(text, " remote from "); i >= 0 {
		text = strings.TrimSpace(text[:i])
	}
	isDate := func(s string) bool {
		d := headers.ParseDateString(s)
		return len(s) >= 16 && d.OK && d.Precision <= 60 && d.Span.Start == 0 && d.Span.End == len(s)
	}
	if _, rest, ok := strings.Cut(text, " "); ok && isDate(strings.TrimLeft(rest, " ")) {
		return true
	}
	days := 0
	for i := range len(text) {
		if (i == 0 || text[i-1] == ' ') && isWeekday([]byte(text[i:])) && days < maxDays {
			if days++; isDate(text[i:]) {
				return true
			}
		}
	}
	return false
}

// fast splits as the program does: whole, in pieces of any size, and as a
// stream.
func fast(t testing.TB, data []byte, cuts []int) (whole, pieces []string) {
	f := &File{Path: "x.mbox", Container: Mbox, data: data, unquoted: true}
	for m, err := range f.Messages() {
		if err != nil {
			t.Fatal(err)
		}
		whole = append(whole, string(m.Bytes()))
	}
	from := 0
	for _, to := range append(slices.Clone(cuts), len(data)) {
		if to <= from {
			continue
		}
		for p, err := range f.Pieces(Range{Offset: int64(from), Length: int64(to - from)}) {
			if err != nil {
				t.Fatal(err)
			}
			for m := range p.Messages(0) {
				pieces = append(pieces, string(m.Bytes()))
			}
		}
		from = to
	}
	return whole, pieces
}

// FuzzSplitReference: the splitter finds what the slow one finds, wherever the
// mailbox is cut into ranges.
func FuzzSplitReference(f *testing.F) {
	for _, c := range mboxCases {
		f.Add([]byte(c.in), uint16(7))
		f.Add([]byte(strings.ReplaceAll(c.in, "\n", "\r\n")), uint16(40))
	}
	f.Add([]byte("\xEF\xBB\xBF\r\nFrom x\n\n\nFrom - Tue Jul  1 10:52:37 2003\n\nFrom a@b\nX: y\n"), uint16(3))
	f.Add([]byte("no separator\nFrom a@b Tue Jul  1 10:52:37 2003 remote from c\nA: b\n"), uint16(20))
	f.Fuzz(func(t *testing.T, data []byte, step uint16) {
		if len(data) > 4096 || bytes.Contains(bytes.ToLower(data), []byte("content-length:")) {
			return // lengths are another matter, and the slow one is slow
		}
		var cuts []int
		for at := int(step) + 1; at < len(data); at += int(step) + 1 {
			cuts = append(cuts, at)
		}
		want := slowSplit(data)
		whole, pieces := fast(t, data, cuts)
		if !slices.Equal(whole, want) {
			t.Fatalf("%q:\n got %q\nwant %q", data, whole, want)
		}
		if !slices.Equal(pieces, want) {
			t.Fatalf("in ranges of %d: %q:\n got %q\nwant %q", step+1, data, pieces, want)
		}
	})
}

// slowByLength splits a mailbox that states lengths, with nothing clever in it;
// ok is false when a message states none, or one that leads nowhere.
func slowByLength(data []byte) (out []string, ok bool) {
	at := len(data) - len(strings.TrimLeft(strings.TrimPrefix(string(data), "\xEF\xBB\xBF"), "\r\n"))
	if !bytes.HasPrefix(data[at:], []byte("From ")) {
		at = 0
	}
	for at < len(data) {
		start := at
		if bytes.HasPrefix(data[at:], []byte("From ")) {
			start = slowLineEnd(data, at)
		}
		end, ok := slowLengthEnd(data, start)
		next := slowLeads(data, end)
		if !ok || next < 0 {
			return nil, false
		}
		out = append(out, string(data[start:end]))
		at = next
	}
	return out, len(out) > 0
}

func slowLineEnd(data []byte, at int) int {
	for at < len(data) && data[at] != '\n' {
		at++
	}
	return min(at+1, len(data))
}

// slowLengthEnd is the end of the message that begins at start by the one
// Content-Length in its header.
func slowLengthEnd(data []byte, start int) (end int, ok bool) {
	length, n := "", 0
	at := start
	for at < len(data) {
		line := string(data[at:slowLineEnd(data, at)])
		at += len(line)
		if line == "\n" || line == "\r\n" {
			break
		}
		if name, value, _ := strings.Cut(line, ":"); strings.EqualFold(name, "content-length") && strings.Contains(line, ":") {
			value = strings.TrimSpace(value)
			a, err := strconv.Atoi(value)
			b, before := strconv.Atoi(length)
			if n++; err != nil || n > 1 && (before != nil || a != b) {
				return 0, false
			}
			length = value
		}
	}
	v, err := strconv.Atoi(length)
	if n == 0 || err != nil || v < 0 || v > len(data)-at {
		return 0, false
	}
	return at + v, true
}

// slowLeads is the separator, or the end, behind at most two line breaks; -1
// when there is none.
func slowLeads(data []byte, at int) int {
	for range 2 {
		if rest := string(data[at:]); strings.HasPrefix(rest, "\n") {
			at++
		} else if strings.HasPrefix(rest, "\r\n") {
			at += 2
		}
	}
	if at == len(data) {
		return at
	}
	line := strings.TrimRight(string(data[at:slowLineEnd(data, at)]), "\r\n")
	if at == 0 || data[at-1] != '\n' || !strings.HasPrefix(line, "From ") || len(line) > 512+5 {
		return -1
	}
	blank := at > 1 && (data[at-2] == '\n' || data[at-2] == '\r' && (at == 2 || data[at-3] == '\n'))
	address := strings.Contains(line[5:], "@") && line[5] != '@' && !strings.Contains(strings.TrimSpace(line[5:]), " ")
	if slowDated(line[5:]) || blank && address {
		return at
	}
	return -1
}

// FuzzLengthReference: mailboxes with lengths are split as the slow one splits
// them, in ranges as well; where lengths do not count, separators do.
func FuzzLengthReference(f *testing.F) {
	mail := func(n int, body string) string {
		return fmt.Sprintf("From a@b Tue Jul  1 10:52:37 2003\nContent-Length: %d\nA: b\n\n%s\n", n, body)
	}
	f.Add([]byte(mail(2, "x\n")+mail(44, "\nFrom a@b Tue Jul  1 10:52:37 2003\nSubject: x")+mail(0, "")), uint16(9))
	f.Add([]byte("\xEF\xBB\xBF\r\n"+mail(1, "x\n")+mail(3, "x\n")+mail(9, "x\n")), uint16(60))
	f.Add([]byte(strings.ReplaceAll(mail(3, "x\n")+mail(-3, "y\n")+"From a@b\nContent-Length:0\n\n", "\n", "\r\n")), uint16(1))
	f.Fuzz(func(t *testing.T, data []byte, step uint16) {
		if len(data) > 4096 {
			return
		}
		file, err := Read("x.mbox", bytes.NewReader(data), nil)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if file.Container != Mbox || len(data) == 0 {
			return
		}
		want, byLength := slowByLength(data)
		if !byLength {
			want = slowSplit(data)
		}
		var got, ranges []string
		for _, m := range messages(file) {
			got = append(got, string(m.Bytes()))
		}
		for at := int64(0); at < file.Size; at += int64(step) + 1 {
			for _, m := range ranged(t, file, at, min(file.Size, at+int64(step)+1)) {
				ranges = append(ranges, string(m.Bytes()))
			}
		}
		if file.byLength != byLength || !slices.Equal(got, want) || !slices.Equal(ranges, want) {
			t.Fatalf("%q by length %v:\n   got %q\nranges %q\n  want %q (%v)", data, file.byLength, got, ranges, want, byLength)
		}
	})
}

// lumps gives the bytes of a reader in lumps of any length, some of none.
type lumps struct {
	r   io.Reader
	rnd *rand.Rand
}

func (l lumps) Read(b []byte) (int, error) {
	n := l.rnd.IntN(1 << l.rnd.IntN(18))
	return l.r.Read(b[:min(n, len(b))])
}

// A stream gives the same messages as a file, however its bytes arrive, with
// the same places and defects; in mailboxes with lengths as well.
func TestStreamIsFile(t *testing.T) {
	for _, kind := range []string{"plain", "lengths", "no blank lines", "crlf"} {
		data := madeMailbox(kind)
		path := filepath.Join(t.TempDir(), "m.mbox")
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		f, err := Open(path, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := described(t, f)
		if len(want) != 3000 {
			t.Fatalf("%s: %d messages", kind, len(want))
		}
		seeded := rand.New(rand.NewPCG(1, 2))
		for _, r := range []io.Reader{iotest.HalfReader(bytes.NewReader(data)), lumps{bytes.NewReader(data), seeded}} {
			s, err := Read(path, r, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := described(t, s); !slices.Equal(got, want) {
				t.Errorf("%s: %d messages of the stream, %d of the file", kind, len(got), len(want))
				for i := range min(len(got), len(want)) {
					if got[i] != want[i] {
						t.Fatalf("%s\n%s", got[i], want[i])
					}
				}
			}
		}
	}
}

// madeMailbox makes 3,000 messages of a few megabytes.
func madeMailbox(kind string) []byte {
	var b bytes.Buffer
	for i := range 3000 {
		body := fmt.Sprintf("text %d\n", i) + strings.Repeat("more\n", i%400)
		header := "A: b\n"
		if kind == "lengths" {
			body += "\nFrom a@b.example Tue Jul  1 10:52:37 2003\nA: inside\n"
			header += "Content-Length: " + strconv.Itoa(len(body)) + "\n"
		}
		b.WriteString("From a@b.example Tue Jul  1 10:52:37 2003\n" + header + "\n" + body)
		if kind != "no blank lines" {
			b.WriteString("\n")
		}
	}
	if kind == "crlf" {
		return bytes.ReplaceAll(b.Bytes(), []byte("\n"), []byte("\r\n"))
	}
	return b.Bytes()
}

func described(t *testing.T, f *File) (out []string) {
	t.Helper()
	defer f.Close()
	for m, err := range f.Messages() {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, fmt.Sprint(m.Place, m.Separator, m.Next, m.Defects, string(m.Bytes())))
	}
	return out
}

// A length that leads to another separator than the next one must not hide
// messages in a mailbox that does not use lengths: the sender can write one.
func TestLyingLength(t *testing.T) {
	hidden := "From c@d.example Tue Jul  1 10:52:38 2003\nA: hidden\n\nx\n\n"
	data := "From a@b.example Tue Jul  1 10:52:37 2003\nA: 1\n\nx\n\n" +
		"From a@b.example Tue Jul  1 10:52:37 2003\nContent-Length: " + strconv.Itoa(2+1+len(hidden)-1) + "\n\nx\n\n" + hidden +
		"From a@b.example Tue Jul  1 10:52:37 2003\nA: 4\n\nx\n"
	f, err := Read("x.mbox", strings.NewReader(data), nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(messages(f)); n != 4 || f.byLength {
		t.Errorf("%d messages, by length %v", n, f.byLength)
	}
}
