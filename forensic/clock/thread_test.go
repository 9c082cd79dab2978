package clock

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"time"
)

// conversation writes a Thread-Index: a root and the moments of the replies.
type conversation struct {
	root    time.Time
	short   bool // the layout of Exchange 2010
	replies []time.Time
}

func ticksOf(t time.Time) int64 { return (t.Unix()+fileTimeEpoch)*1e7 + int64(t.Nanosecond()/100) }

// bytes writes as Outlook does: each reply counts from the time that its
// writer reads in what is before it, taking a short root for a long one.
func (c conversation) bytes() []byte {
	b := make([]byte, 22, 64)
	binary.BigEndian.PutUint64(b, uint64(ticksOf(c.root)))
	if c.short {
		binary.BigEndian.PutUint64(b[1:], uint64(ticksOf(c.root)))
		b[0] = 1
	}
	for i := 6; i < 22; i++ {
		b[i] = byte(i * 37)
	}
	last := bigEndian(b[:6]) << 16
	for i, at := range c.replies {
		delta, unit, flag := ticksOf(at)-last, 18, uint32(0)
		if delta >= 1<<49 {
			unit, flag = 23, 1<<31
		}
		w := uint32(delta>>unit)&0x7FFFFFFF | flag
		last += int64(w&0x7FFFFFFF) << unit
		b = append(binary.BigEndian.AppendUint32(b, w), byte(0x50+i))
	}
	return b
}

func (c conversation) String() string { return base64.StdEncoding.EncodeToString(c.bytes()) }

// Both root layouts, replies that count on from one another, the overflow in
// replies to a short root, and a reply years later. The last time is compared
// with the one that went in.
func TestThreadIndex(t *testing.T) {
	root := utc("2023-09-06T11:22:33.4Z")
	for name, test := range map[string]struct {
		c    conversation
		rule string
		step time.Duration
	}{
		"long root":        {conversation{root: root}, "thread-index.root.6byte", 6553600},
		"short root":       {conversation{root: root, short: true}, "thread-index.root.5byte", 1677721600},
		"long, one reply":  {conversation{root, false, []time.Time{root.Add(time.Hour)}}, "thread-index.child.6byte-root", 26214400},
		"long, replies":    {conversation{root, false, []time.Time{root.Add(time.Hour), root.Add(9 * time.Hour), root.Add(50 * time.Hour)}}, "thread-index.child.6byte-root", 26214400},
		"long, years":      {conversation{root, false, []time.Time{root.Add(5 * 366 * 24 * time.Hour)}}, "thread-index.child.6byte-root", 838860800},
		"short, one reply": {conversation{root, true, []time.Time{root.Add(time.Hour)}}, "thread-index.child.5byte-root", 838860800},
		"short, replies":   {conversation{root, true, []time.Time{root.Add(time.Hour), root.Add(40 * time.Hour)}}, "thread-index.child.5byte-root", 838860800},
		"short, of 2012":   {conversation{utc("2012-02-03T04:05:06Z"), true, []time.Time{utc("2012-02-03T05:00:00Z")}}, "thread-index.child.5byte-root", 838860800},
	} {
		got := appendThreadIndex(nil, test.c.String(), &clue{})
		want := test.c.root
		if n := len(test.c.replies); n > 0 {
			want = test.c.replies[n-1]
			if len(got) != 2 || got[0].event != Thread || got[0].strength != Bound || got[0].at.Sub(test.c.root).Abs() > got[0].step {
				t.Fatalf("%s: root %+v", name, got)
			}
			got = got[1:]
		}
		f := single(t, test.c.String(), got)
		if f.rule != test.rule || f.step != test.step || f.event != Compose || f.clock != UTC || f.strength != "" {
			t.Errorf("%s: %+v", name, f)
		}
		if gap := want.Sub(f.at); gap < 0 || gap >= f.step {
			t.Errorf("%s: %s, want %s", name, f.at, want)
		}
	}
}

// A folded field, one with blanks inside and one without its padding are
// written by mailers on the way and mean the same.
func TestThreadIndexBlanks(t *testing.T) {
	c := conversation{root: utc("2023-09-06T11:22:33Z"), replies: []time.Time{utc("2023-09-06T12:00:00Z")}}
	text := c.String()
	for _, s := range []string{text, " " + text, text[:20] + "\r\n\t" + text[20:] + "\r\n", strings.Join(strings.SplitAfter(text, "q"), " "), strings.TrimRight(text, "=")} {
		if got := appendThreadIndex(nil, s, &clue{}); len(got) != 2 {
			t.Errorf("%q: %+v", s, got)
		}
	}
}

// Garbage of forgers and broken values must give nothing: wrong length, wrong
// first byte, foreign characters, times that no mail has.
func TestThreadIndexNothing(t *testing.T) {
	root := utc("2023-09-06T11:22:33Z")
	foreign := conversation{root: root}.bytes()
	foreign[0] = 6
	encode := base64.StdEncoding.EncodeToString
	good := conversation{root: root}.bytes()
	for _, s := range []string{
		"", "=", "AQ==", "not a thread index", encode(foreign), encode(good[:21]), encode(append(good[:22:22], 1)), encode(append(good[:22:22], 1, 2, 3, 4)),
		encode(good)[:10] + "!" + encode(good)[11:], encode(good) + "AAAA", encode(conversation{root: utc("1650-01-01T00:00:00Z")}.bytes()), encode(make([]byte, 22)),
		encode(append([]byte{1, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}, make([]byte, 16)...)), encode(append([]byte{1, 1, 0xFF, 0xFF, 0xFF, 0xFF}, make([]byte, 16)...)),
	} {
		if got := appendThreadIndex(nil, s, &clue{}); len(got) > 0 {
			t.Errorf("%q: %+v", s, got)
		}
	}
	// a chain of replies into the far future leaves the root and no reply
	wild := append(good[:22:22], 0xFF, 0xFF, 0xFF, 0xFF, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0)
	if got := appendThreadIndex(nil, encode(wild), &clue{}); len(got) != 1 || got[0].event != Thread {
		t.Errorf("wild: %+v", got)
	}
	if got := appendThreadIndex(nil, encode(append(good, []byte(strings.Repeat("\xFF", 5*4000))...)), &clue{}); len(got) > 1 {
		t.Errorf("overflow: %+v", got)
	}
}

// Any text: no panic, and what comes out lies in the window.
func FuzzThreadIndex(f *testing.F) {
	f.Add(conversation{root: utc("2023-09-06T11:22:33Z")}.String())
	f.Add(conversation{utc("2023-09-06T11:22:33Z"), true, []time.Time{utc("2023-09-06T12:00:00Z")}}.String())
	f.Fuzz(func(t *testing.T, s string) {
		for _, f := range appendThreadIndex(nil, s, &clue{}) {
			checkFound(t, s, f)
		}
	})
}

// The value is read without a copy.
func BenchmarkThreadIndex(b *testing.B) {
	s := conversation{utc("2023-09-06T11:22:33Z"), true, []time.Time{utc("2023-09-06T12:00:00Z")}}.String()
	out := make([]found, 0, 4)
	b.ReportAllocs()
	for b.Loop() {
		out = appendThreadIndex(out[:0], s, nil)
	}
}
