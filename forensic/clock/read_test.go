package clock

import (
	"bytes"
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// usual is mail as most is: two hops, dates, identifiers of this message and of
// others, two alternatives, a picture.
const usual = "Return-Path: <ada@sender.example>\n" +
	"Received: from mx.sender.example (mx.sender.example [192.0.2.1])\n\tby mx.example.com (Postfix) with ESMTPS id 4V2Rcm3vBkz9sTq\n\tfor <bob@example.com>; Tue,  5 Mar 2024 07:07:12 +0100 (CET)\n" +
	"Received: from [10.0.0.2] (unknown [198.51.100.7])\n\tby mx.sender.example (Postfix) with ESMTPSA id E92E8180312A\n\tfor <bob@example.com>; Tue,  5 Mar 2024 06:07:10 +0000 (UTC)\n" +
	"Date: Tue, 5 Mar 2024 07:07:08 +0100\nFrom: Ada <ada@sender.example>\nTo: bob@example.com\nSubject: Figures\n" +
	"Message-ID: <20240305060708.GA4242@sender.example>\nIn-Reply-To: <65e6b1aa.8040201@example.com>\nReferences: <65e6b1aa.8040201@example.com>\n" +
	"User-Agent: Mutt/1.5.18 (2008-05-17)\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"----=_Part_1_22.1709618828009\"\n\n" +
	"------=_Part_1_22.1709618828009\nContent-Type: text/plain\n\nThe figures are below.\n" +
	"------=_Part_1_22.1709618828009\nContent-Type: text/html\n\n<p>The figures are <b>below</b>.</p>\n" +
	"------=_Part_1_22.1709618828009\nContent-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=a.png\n\n" +
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==\n" +
	"------=_Part_1_22.1709618828009--\n"

// stampsOf takes each Received field for a hop, the lowest for the oldest.
func stampsOf(msg *mimeparse.Message) []Stamp {
	var out []Stamp
	for i, f := range msg.Header.Fields {
		if f.Is("Received") {
			r := f.Received()
			out = append(out, Stamp{Received: &r, Name: f.Name, Field: i})
		}
	}
	slices.Reverse(out)
	for i := range out {
		out[i].Hop = i
	}
	return out
}

// knownOf reads beforehand what a caller may hand over.
func knownOf(msg *mimeparse.Message) *Known {
	known := new(Known)
	for _, f := range msg.Header.Fields {
		switch {
		case f.Is("Date") && known.Date == nil:
			d := f.Date()
			known.Date = &d
		case f.Is("Message-ID"), f.Is("In-Reply-To"), f.Is("References"):
			ids, _ := f.MessageIDs()
			known.IDs = append(known.IDs, KnownIDs{Value: f.Value, IDs: ids})
		}
	}
	return known
}

// messagesOfAllKinds are real messages and the usual one.
func messagesOfAllKinds(t testing.TB) []string {
	texts := []string{usual, "", "Subject: nothing\n\n"}
	for _, folder := range [...]string{"eml", "phishing", "bounce", "dkim-dmarc-arc", "x400", "tnef", "smime"} {
		for _, path := range corpus.Files(t, folder) {
			texts = append(texts, string(corpus.Read(t, path)))
		}
	}
	return texts
}

// A reader's memory is used again for the next message: what it gave out for
// one must not change under those who have it. And what the caller read of the
// header beforehand must change nothing.
func TestReadAgain(t *testing.T) {
	type earlier struct {
		got  []Reading
		text string
	}
	var all []earlier
	for _, text := range messagesOfAllKinds(t) {
		msg := mimeparse.Parse([]byte(text), nil)
		got := Read(msg, stampsOf(msg))
		all = append(all, earlier{got, fmt.Sprintf("%+v", got)})
		if again := ReadKnown(msg, stampsOf(msg), knownOf(msg)); !reflect.DeepEqual(got, again) {
			t.Fatalf("with what is known:\n%+v\nwant\n%+v", again, got)
		}
	}
	for i, e := range all {
		if text := fmt.Sprintf("%+v", e.got); text != e.text {
			t.Fatalf("message %d: %s\nwas %s", i, text, e.text)
		}
	}
}

// Readings come in order of their bytes; those at one place stay in the order
// in which they were found, as a stable sort leaves them.
func TestReadingsInOrder(t *testing.T) {
	rng := rand.New(rand.NewSource(1))
	for range 500 {
		r := new(reader)
		for i := range rng.Intn(40) {
			r.out = append(r.out, Reading{Span: headers.Span{Start: rng.Intn(30)}, Field: i})
		}
		want := slices.Clone(r.out)
		slices.SortStableFunc(want, func(a, b Reading) int { return a.Span.Start - b.Span.Start })
		if got := r.inOrder(); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	}
}

// Texts share memory: none may be written over by a later one, and those too
// long to share any are kept all the same.
func TestTextsKeep(t *testing.T) {
	var room texts
	var got, want []string
	for i := range 300 {
		text := strings.Repeat(string(rune('a'+i%26)), i*7%400)
		got, want = append(got, room.keep([]byte(text))), append(want, text)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// A name is told from the known ones by two letters and its length first: none
// that is known may be lost so, in whatever case, and none be taken for one.
func TestKnownField(t *testing.T) {
	for name, rule := range knownFields {
		for _, written := range [...]string{name, strings.ToUpper(name), strings.ToUpper(name[:1]) + name[1:]} {
			if knownField(written) != rule {
				t.Errorf("%q is not known", written)
			}
		}
		for _, other := range [...]string{name + "s", name[1:], "z" + name[1:], name[:len(name)-1], strings.Repeat(name, 20)} {
			if knownField(other) != knownFields[strings.ToLower(other)] {
				t.Errorf("%q is known", other)
			}
		}
	}
	for _, name := range [...]string{"", "\x04ate", "\xE4ate", "dat\x05"} {
		if knownField(name) != nil {
			t.Errorf("%q is known", name)
		}
	}
}

// The last of several marks counts, also where it stands across two of the
// blocks that are searched one by one.
func TestLastIndex(t *testing.T) {
	const mark = "PK\x05\x06"
	rng := rand.New(rand.NewSource(1))
	for range 400 {
		b := bytes.Repeat([]byte("PK\x05"), rng.Intn(6000))
		for range rng.Intn(4) {
			if len(b) >= len(mark) {
				copy(b[rng.Intn(len(b)-len(mark)+1):], mark)
			}
		}
		for _, m := range [...]string{mark, "P", "PPP", "KP"} {
			if got, want := lastIndex(b, m), bytes.LastIndex(b, []byte(m)); got != want {
				t.Fatalf("%q in %d bytes: %d, want %d", m, len(b), got, want)
			}
		}
	}
	for at := 0; at < 12<<10; at += 13 {
		b := make([]byte, 12<<10)
		if copy(b[at:], mark) == len(mark) && lastIndex(b, mark) != at {
			t.Fatalf("%d, want %d", lastIndex(b, mark), at)
		}
	}
}

// Walking from tag to tag must find the same as a search.
func TestHasOfficeTag(t *testing.T) {
	for _, text := range [...]string{"", "<", "<o", "<o:", "<<o:", "<o<o:p>", "<O:p>", "a <o :", "<p><o:Created>", "o:<", "<o", "<o<o"} {
		if got, want := hasOfficeTag([]byte(text)), strings.Contains(text, "<o:"); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// An address that is passed over at its first byte must be one that no reader
// takes anything from.
func TestPassedAddresses(t *testing.T) {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+=.@_<\" "
	tails := [...]string{
		"ounce-md_30477602.65e6b68c.v1-77@x", "entto-2242572-60180-1709618828-a@x", "-12-abc-1709618828009@x", "1709618828009@sneakemail.com",
		"100018e0d3912e9-4218bd58-f11a-4bce-b20d-ad670c9a8f4a-000000@x", "RS0=ab12=VX=host=user@x", "rvs=1123abcdef=user@x",
	}
	c := &clue{near: []time.Time{utc("2024-03-05T06:07:08Z")}}
	for _, tail := range tails {
		for i := range len(letters) {
			value := letters[i:i+1] + tail
			taken := false
			for k := range verp {
				for _, form := range verp[k].shapes {
					_, ok := fit(form, value)
					taken = taken || ok
				}
			}
			for _, read := range [...]func(string, *clue) (found, bool){sesReturnPath, srsDay, batvDay} {
				_, ok := read(value, c)
				taken = taken || ok
			}
			if taken && !isVERP([]byte(value)) {
				t.Errorf("%q is passed over", value)
			}
		}
	}
}

// Honest mail costs little memory: the readings, what is parsed of identifiers
// and nothing for each step on the way.
func TestReadAllocations(t *testing.T) {
	msg := mimeparse.Parse([]byte(usual), nil)
	stamps, known := stampsOf(msg), knownOf(msg)
	r, j := new(reader), new(judge)
	readings := r.read(msg, stamps, known)
	r.forget()
	steps := []Step{{Host: "mx.sender.example", Trust: TrustSender}, {Host: "mx.example.com", Trust: TrustRecipient}}
	if n := testing.AllocsPerRun(100, func() { r.read(msg, stamps, known); r.forget() }); n > 6 {
		t.Errorf("%v allocations to read %d readings", n, len(readings))
	}
	if n := testing.AllocsPerRun(100, func() { j.judge(readings, steps, nil, nil); j.forget() }); n > 6 {
		t.Errorf("%v allocations to judge %d readings", n, len(readings))
	}
}

func BenchmarkRead(b *testing.B) {
	msg := mimeparse.Parse([]byte(usual), nil)
	stamps, known := stampsOf(msg), knownOf(msg)
	for _, k := range [...]*Known{nil, known} {
		b.Run(fmt.Sprintf("known=%v", k != nil), func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(usual)))
			for range b.N {
				ReadKnown(msg, stamps, k)
			}
		})
	}
}
