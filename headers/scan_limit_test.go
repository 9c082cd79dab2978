package headers

import (
	"bytes"
	"strings"
	"testing"
)

// hostile builds inputs of about n bytes, each made to send a scanner that
// looks ahead over the same lines again.
var hostile = map[string]func(n int) string{
	"one field":                 func(n int) string { return "Subject: " + strings.Repeat("a", n) + "\n\n" },
	"fields":                    func(n int) string { return strings.Repeat("A: b\n", n/5) },
	"continuations":             func(n int) string { return "A: b\n" + strings.Repeat(" c\n", n/3) },
	"lines of blanks":           func(n int) string { return "A: b\n" + strings.Repeat(" \n", n/2) },
	"lines of blanks, field":    func(n int) string { return "A: b\n" + strings.Repeat(" \n", n/2) + "From: x\n\n" },
	"leading empty lines":       func(n int) string { return strings.Repeat("\n", n) },
	"leading blanks, field":     func(n int) string { return strings.Repeat(" \n", n/2) + "From: x\n" },
	"one line of blanks":        func(n int) string { return "A: b\n" + strings.Repeat(" ", n) },
	"no colon":                  func(n int) string { return "A: b\n" + strings.Repeat("cc\n", n/3) },
	"no colon, field":           func(n int) string { return "A: b\n" + strings.Repeat("cc\n", n/3) + "From: x\n\n" },
	"intruders in turn":         func(n int) string { return strings.Repeat("cc\nFrom: b\n", n/11) },
	"intruders, unknown fields": func(n int) string { return "A: b\n" + strings.Repeat("cc\nFoo: b\n", n/10) + "From: c\n" },
	"orphans":                   func(n int) string { return "cc\n" + strings.Repeat(" x\n", n/3) + "From: c\n" },
	"orphan blanks":             func(n int) string { return "cc\n" + strings.Repeat(" \n", n/2) + "From: c\n" },
	"orphan blanks on top":      func(n int) string { return strings.Repeat(" \n", n/2) + " x\nA: b\n" },
	"folded names":              func(n int) string { return strings.Repeat("Foo\n :x\n", n/8) },
	"folded names, no colon":    func(n int) string { return strings.Repeat("Foo\n    \n", n/9) + "From: x\n" },
	"From_ lines":               func(n int) string { return strings.Repeat(">From x\n", n/8) + "To: x\n" },
	"quoted lines":              func(n int) string { return "A: b\n" + strings.Repeat(strings.Repeat(">", 60)+"\n", n/61) + "To: x\n" },
	"bare CRs":                  func(n int) string { return strings.Repeat("\r", n) },
	"CR style":                  func(n int) string { return strings.Repeat("A:b\r", n/4) },
	"CR style, last LF":         func(n int) string { return strings.Repeat("A:b\r", n/4) + "\n" },
	"LFs in CR style":           func(n int) string { return "A:b\rB:c\r\r" + strings.Repeat("\n", n) },
	"run of CRs":                func(n int) string { return "A:b\n" + strings.Repeat("\r", n) + "\n" },
	"CRs in a field":            func(n int) string { return "A:b\n C:" + strings.Repeat("\rb", n/2) + "\n\n" },
	"CR CR in a field":          func(n int) string { return "A:b\n C:" + strings.Repeat("\r\rb", n/3) + "\n\n" },
	"doubled CRs":               func(n int) string { return strings.Repeat("A:b\r\r\n", n/6) },
	"NULs":                      func(n int) string { return strings.Repeat("\x00", n) },
	"NUL names":                 func(n int) string { return strings.Repeat("\x00:\n", n/3) },
	"8-bit names":               func(n int) string { return strings.Repeat("\x80:\n", n/3) },
	"repeated From":             func(n int) string { return strings.Repeat("From:\n", n/6) },
}

// Nothing is timed: a scanner that reads a line again for each line above it
// would take hours for these.
func TestScanLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for name, build := range hostile {
		raw := []byte(build(4 << 20))
		b := Parse(raw)
		if len(b.Fields) > defaultMaxFields || len(b.Defects) > defaultMaxDefects {
			t.Errorf("%s: %d fields, %d defects", name, len(b.Fields), len(b.Defects))
		}
	}
}

// The header of a part must cost no more than the part, although the rest of
// the message lies behind it.
func TestScanManyParts(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	for _, nl := range []string{"\n", "\r\n", "\r"} {
		part := "--b" + nl + "Content-Type: text/plain" + nl + nl + strings.Repeat("hello"+nl, 100)
		raw := []byte(strings.Repeat(part, 20_000))
		isEnd := func(line []byte) bool { return bytes.HasPrefix(line, []byte("--b")) }
		for i := 0; i < len(raw); i += len(part) {
			if b := ParsePart(raw, Span{i + len("--b") + len(nl), len(raw)}, nil, isEnd); len(b.Fields) != 1 {
				t.Fatalf("%q: %+v", nl, b)
			}
		}
	}
}

// Memory must not grow with the number of lines: names share one string, and
// fields one slice.
func TestScanAllocs(t *testing.T) {
	raw := []byte("Received: from a\n by b\n for c\nSubject: x\n" + strings.Repeat("X-Rare-Name: y\n\tz\n", 20) + "\n")
	const block, fields, names = 1, 1, 1
	if n := testing.AllocsPerRun(100, func() { Parse(raw) }); n > block+fields+names {
		t.Errorf("%v allocations", n)
	}
}
