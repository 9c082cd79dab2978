package evidence

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fragments are what mailboxes at the edge of the rules are made of.
var fragments = []string{
	"From a@b Tue Jul  1 10:52:37 2003\n", "From a@b Tue Jul  1 10:52:37 2003\n", "From - Tue Jul 01 10:52:37 2003\n",
	"From a@b\n", "From 15@xxx Thu Jan 01 00:00:00 +0000 1970\n", "From a b\n", "From \n", "From @b\n", "From a@b Tue Jul  1 10:52 2003 remote from c\n",
	"From the desk\n", ">From a@b Tue Jul  1 10:52:37 2003\n", ">>From x\n", "Subject: x\n", "A: b\n", " folded\n", "text\n", "text: more\n",
	"\n", "\n", "\n", "\r\n", "\r\n\r\n", "\r", "\r\r\n", " \n", "\x00\n", "\xEF\xBB\xBF", "no break", "From", "From x",
	"Content-Length: 5\n", "Content-Length: 0\n", "content-length:7 \n", "Content-Length: x\n", "Content-Length: -1\n", "Content-Length\n",
}

// randomBox strings fragments together.
func randomBox(rnd *rand.Rand) []byte {
	var b strings.Builder
	for range rnd.IntN(14) {
		b.WriteString(fragments[rnd.IntN(len(fragments))])
	}
	return []byte(b.String())
}

// randomLengths is a mailbox whose messages state their length, most of them
// rightly: the body is random, and so is what stands behind it.
func randomLengths(rnd *rand.Rand) []byte {
	var b strings.Builder
	for range 1 + rnd.IntN(4) {
		body := string(randomBox(rnd))
		n := len(body)
		if rnd.IntN(12) == 0 {
			n += rnd.IntN(7) - 3
		}
		b.WriteString(fragments[rnd.IntN(5)] + "Content-Length: " + strconv.Itoa(n) + "\nA: b\n\n" + body)
		b.WriteString([]string{"\n", "\n", "\r\n", "\n\n", "\r\n\r\n", "\n\n\n", ""}[rnd.IntN(7)])
	}
	if rnd.IntN(4) == 0 {
		return []byte(strings.ReplaceAll(b.String(), "\n", "\r\n"))
	}
	return []byte(b.String())
}

// TestRandomReference: 40,000 small mailboxes of both kinds are split as the
// slow splitters do, in one go and in ranges of random lengths.
func TestRandomReference(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	byLength := 0
	for i := range 40000 {
		data := randomBox(rnd)
		if i%2 == 1 {
			data = randomLengths(rnd)
		}
		f, err := Read("x.mbox", bytes.NewReader(data), nil)
		if err != nil {
			t.Fatal(err)
		}
		if f.Container != Mbox || len(data) == 0 {
			continue // without a separator it is one message, by other rules
		}
		want, lengths := slowByLength(data)
		if lengths {
			byLength++
		} else {
			want = slowSplit(data)
		}
		whole, pieces := bothWays(t, f, rnd)
		if f.byLength != lengths || !slices.Equal(whole, want) || !slices.Equal(pieces, want) {
			t.Fatalf("%q by length %v:\n   got %q\nranges %q\n  want %q (%v)", data, f.byLength, whole, pieces, want, lengths)
		}
		f.Close()
	}
	if byLength < 1000 {
		t.Errorf("%d mailboxes with lengths: too few to mean anything", byLength)
	}
}

// bothWays are the messages in one go, and in ranges of random lengths; their
// offsets must agree as well.
func bothWays(t *testing.T, f *File, rnd *rand.Rand) (whole, pieces []string) {
	var places, found []int64
	for _, m := range messages(f) {
		whole = append(whole, string(m.Bytes()))
		places = append(places, m.Offset, m.Next)
	}
	for at := int64(0); at < f.Size; {
		to := min(f.Size, at+1+rnd.Int64N(60))
		for _, m := range ranged(t, f, at, to) {
			pieces = append(pieces, string(m.Bytes()))
			found = append(found, m.Offset, m.Next)
		}
		at = to
	}
	if !slices.Equal(places, found) {
		t.Errorf("offsets %v in one go, %v in ranges", places, found)
	}
	return whole, pieces
}
