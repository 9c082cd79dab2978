package clock

import (
	"strings"
	"time"
)

// appendThreadIndex reads the value of a Thread-Index field: base64 of a root
// of 22 bytes (time, then the conversation's GUID) and 5 bytes for each reply
// (MS-OXOMSG 2.2.1.3). The last time is when the reply was begun; the root is
// when the conversation was, which is the same for a first message.
func appendThreadIndex(out []found, value string, _ *clue) []found {
	var t threadIndex
	if !t.read(value) {
		return out
	}
	root := found{rule: t.rule("thread-index.root.6byte", "thread-index.root.5byte"), software: t.rule("Outlook", "Exchange"),
		event: Compose, clock: UTC, at: ofFileTime(t.root), step: t.rootStep()}
	if t.children == 0 {
		return appendInWindow(out, root)
	}
	root.event, root.strength = Thread, Bound
	out = appendInWindow(out, root)
	return appendInWindow(out, found{rule: t.rule("thread-index.child.6byte-root", "thread-index.child.5byte-root"), software: "Outlook",
		event: Compose, clock: UTC, at: ofFileTime(t.last), step: t.step})
}

func appendInWindow(out []found, f found) []found {
	if !inWindow(f.at) {
		return out
	}
	return append(out, f)
}

// threadIndex is what the bytes of a Thread-Index say, in 100 ns since 1601.
type threadIndex struct {
	// short is true for the layout of Exchange 2010 and later: a byte 1, then
	// the upper five bytes of the time. In the older one of Outlook the upper
	// six bytes of the time stand alone; their first is 1 as well, from 1829 on.
	short      bool
	root, last int64
	step       time.Duration // of last
	children   int

	head [22]byte
	n    int // bytes read
	word uint32
}

// read takes the base64 apart, folds and blanks left out.
func (t *threadIndex) read(value string) bool {
	bits, have, end := uint32(0), 0, false
	for i := 0; i < len(value); i++ {
		c := value[i]
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			continue
		}
		if c == '=' {
			end = true
			continue
		}
		v := strings.IndexByte(base64Digits, c)
		if v < 0 || end {
			return false
		}
		if bits, have = bits<<6|uint32(v), have+6; have >= 8 {
			have -= 8
			t.put(byte(bits >> have))
		}
	}
	return t.n >= 22 && (t.n-22)%5 == 0 && t.head[0] == 1
}

// base64Digits are the digits of base64 (RFC 4648 4).
const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

// put takes one byte.
func (t *threadIndex) put(b byte) {
	at := t.n - 22
	t.n++
	switch {
	case at < 0:
		if t.head[at+22] = b; at == -1 {
			t.readRoot()
		}
	case at%5 < 4:
		t.word = t.word<<8 | uint32(b)
	default: // a random digit and the reply's number among those of its second
		t.child(t.word)
	}
}

// readRoot reads the time in the first bytes.
func (t *threadIndex) readRoot() {
	if t.short = t.head[1] == 1; t.short {
		t.root = bigEndian(t.head[1:6]) << 24
	} else {
		t.root = bigEndian(t.head[:6]) << 16
	}
	t.last = t.root
}

func bigEndian(bytes []byte) (v int64) {
	for _, b := range bytes {
		v = v<<8 | int64(b)
	}
	return v
}

// child adds the time since the message before, in units of 2^18 or, when the
// upper bit says so, 2^23 times 100 ns.
//
// [MS-OXOMSG] counts it from the root; what Outlook writes counts from the
// message before: of 14 real ones with several replies 11 lie within an hour
// of the Date so, and 2 the other way.
//
// QUIRK: Outlook reads the short root of Exchange as a long one, of the year
// 1829, and the difference overflows its 31 bits three times. 172 of 176 real
// ones lie within a minute of the Date when that is put right.
func (t *threadIndex) child(w uint32) {
	t.children++
	shift := 18
	if w>>31 != 0 {
		shift = 23
	}
	t.step = 100 * time.Nanosecond << shift
	delta := int64(w&0x7FFFFFFF) << shift
	if t.short && t.children == 1 && shift == 23 {
		t.last = bigEndian(t.head[:6])<<16 + 3<<54
	}
	if t.last < 1<<62 { // a made-up chain of deltas must not overflow
		t.last += delta
	}
}

func (t *threadIndex) rootStep() time.Duration {
	if t.short {
		return 100 * time.Nanosecond << 24
	}
	return 100 * time.Nanosecond << 16
}

// rule chooses by the layout.
func (t *threadIndex) rule(long, short string) string {
	if t.short {
		return short
	}
	return long
}
