package mimeparse

import (
	"strings"
	"testing"
)

// Each flag of Reading with a message that it decides: the tree without it
// and with it.
func TestReadings(t *testing.T) {
	const mixed = "Content-Type: multipart/mixed; boundary="
	for _, c := range []struct {
		name, raw  string
		reading    Reading
		zero, want string // something in the tree or names
	}{
		{"LastField", "Content-Type: text/plain\nContent-Type: text/html\n\nx", Reading{LastField: true}, "1 text/plain", "1 text/html"},
		{"LastField of encodings", "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\naGk=", Reading{LastField: true}, `"aGk="`, `"hi"`},
		{"LastParam", mixed + "a; boundary=b\n\n--a\n\none\n--a--\n--b\n\ntwo\n--b--\n", Reading{LastParam: true}, `"one"`, `"two"`},
		{"LastParam of names", "Content-Disposition: attachment; filename=a.txt; filename=a.exe\n\nx", Reading{LastParam: true}, "name a.txt", "name a.exe"},
		{"PlainParam", "Content-Disposition: attachment; filename=a.txt; filename*=utf-8''a.exe\n\nx", Reading{PlainParam: true}, "name a.exe", "name a.txt"},
		{"PlainParam and LastParam", "Content-Disposition: attachment; filename=a.txt; filename*=utf-8''a.exe; filename=b.txt\n\nx", Reading{PlainParam: true, LastParam: true}, "name a.exe", "name b.txt"},
		{"PrefixBoundary", mixed + "b\n\n--b\n\none\n--bc\n\ntwo\n--b--\n", Reading{PrefixBoundary: true}, `"one\n--bc\n\ntwo"`, `1.2 text/plain "two"`},
		{"PrefixBoundary closes", mixed + "b\n\n--b\n\none\n--b--x\ntwo\n", Reading{PrefixBoundary: true}, `"one\n--b--x\ntwo\n"`, `"one"`},
		{"PrefixBoundary, the longest counts", mixed + "b\n\n--b\n" + mixed + "bb\n\n--bbx\n\none\n--bb--\n--b--\n", Reading{PrefixBoundary: true}, "1.1 multipart/mixed\n", `1.1.1 text/plain "one"`},
		{"RawBoundary", mixed + "\"b \"\n\n--b\n\none\n--b \n\ntwo\n--b --\n", Reading{RawBoundary: true}, `1.1 text/plain "one"`, `1.1 text/plain "two"`},
		{"StrictDecoding", "Content-Transfer-Encoding: base64\n\naGk=aGk=\n", Reading{StrictDecoding: true}, `"hihi"`, `"hi"`},
		{"IgnoreClose", mixed + "b\n\n--b\n\none\n--b--\n--b\n\ntwo\n--b--\n", Reading{IgnoreClose: true}, `"one"`, `1.2 text/plain "two"`},
	} {
		zero := told(t, Parse([]byte(c.raw), nil))
		other := Parse([]byte(c.raw), &Options{Reading: c.reading})
		checkSpans(t, other)
		if with := told(t, other); !strings.Contains(zero, c.zero) || !strings.Contains(with, c.want) || zero == with {
			t.Errorf("%s: without\n%s\nwith\n%s\nwant %q and %q", c.name, zero, with, c.zero, c.want)
		}
	}
}

// told is the tree and the preferred names.
func told(t *testing.T, m *Message) string {
	out := tree(t, m)
	for _, p := range m.Walk() {
		out += "name " + p.Filename() + "\n"
	}
	return out
}

// A prefix may stand for a boundary in a part's header too, where it ends it.
func TestReadingPrefixInHeader(t *testing.T) {
	raw := []byte("Content-Type: multipart/mixed; boundary=b\n\n--b\nX: 1\n--bx\n\ntwo\n--b--\n")
	if n := len(Parse(raw, &Options{Reading: Reading{PrefixBoundary: true}}).Parts); n != 3 {
		t.Errorf("%d parts, want 3", n)
	}
}
