package mimeparse

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Each limit with a message that hits it, the defect that says so, and what is
// still listed.
func TestLimits(t *testing.T) {
	message := "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" +
		base64.StdEncoding.EncodeToString([]byte("Subject: in\n\n"+strings.Repeat("text ", 1000)))
	for _, c := range []struct {
		name, raw string
		limits    Limits
		code      string
		parts     int
	}{
		{"parts", multipart("\n1", "\n2", "\n3", "\n4"), Limits{MaxParts: 3}, "limit.parts", 3},
		{"parts in a nested message", "Content-Type: message/rfc822\n\n" + multipart("\n1", "\n2"), Limits{MaxParts: 3}, "limit.parts", 3},
		{"a nested message", multipart("Content-Type: message/rfc822\n\nSubject: in\n\n1"), Limits{MaxParts: 2}, "limit.parts", 2},
		{"depth of multiparts", chain(10), Limits{MaxDepth: 4}, "limit.depth", 5},
		{"depth of messages", strings.Repeat("Content-Type: message/rfc822\n\n", 10), Limits{MaxDepth: 4}, "limit.depth", 4},
		{"decoded bytes", message, Limits{MaxDecoded: 1000}, "limit.decoded", 1},
		{"decoded bytes, by one", message, Limits{MaxDecoded: 5012}, "limit.decoded", 1},
		{"decoded bytes, just enough", message, Limits{MaxDecoded: 5013}, "", 2},
		{"ratio", ratioCase(), Limits{MaxRatio: 1}, "limit.ratio", 2},
		{"defects", "Content-Type: multipart/mixed; boundary=b\n\n--b--\n" + strings.Repeat("--b\n", 5000), Limits{}, "limit.defects", 1},
		{"inline", "Subject: x\n\n" + strings.Repeat(uuBlock, maxInline+1), Limits{}, "limit.uu-blocks", 1},
	} {
		m := Parse([]byte(c.raw), &Options{Limits: c.limits})
		checkSpans(t, m)
		n := 0
		for range m.Walk() {
			n++
		}
		if n != c.parts || (c.code != "") != slices.Contains(codes(m), c.code) {
			t.Errorf("%s: %d parts, want %d with %q; got %v", c.name, n, c.parts, c.code, head(codes(m)))
		}
		for _, p := range m.Walk() {
			if len(p.Defects) > maxDefects {
				t.Errorf("%s: %d defects", c.name, len(p.Defects))
			}
		}
	}
	m := Parse([]byte("A: 1\nB: 2\nC: 3\n\nx"), &Options{Limits: Limits{MaxFields: 2}})
	if len(m.Header.Fields) != 2 || !m.Header.Truncated {
		t.Errorf("%d fields", len(m.Header.Fields))
	}
}

func head(s []string) []string { return s[:min(len(s), 5)] }

// chain is n multiparts in one another, with distinct boundaries.
func chain(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=b%d.\n\n--b%d.\n", i, i)
	}
	return b.String() + "\nx"
}

// ratioCase is messages in base64 inside one another: the first fits into the
// size of the whole, the second does not fit into what then is left.
func ratioCase() string {
	inside := base64.StdEncoding.EncodeToString([]byte("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" +
		base64.StdEncoding.EncodeToString([]byte("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"+
			base64.StdEncoding.EncodeToString([]byte("Subject: x\n\n"+strings.Repeat("x", 700_000)))))))
	return "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + inside
}

// The options that a parse used can be printed into a report.
func TestEffective(t *testing.T) {
	var none *Options
	l := none.Effective().Limits
	if l != (Limits{64, 10_000, 100_000, 64 << 20, 100}) {
		t.Errorf("%+v", l)
	}
	l = (&Options{Limits: Limits{MaxDepth: 3}}).Effective().Limits
	if l.MaxDepth != 3 || l.MaxParts != 10_000 {
		t.Errorf("%+v", l)
	}
	if got := l.ratioFor(1 << 62); got <= 0 {
		t.Errorf("ratio overflows to %d", got)
	}
}

// Input made to cost: work per byte must not grow with size. A quadratic walk
// over any of these takes minutes; the bound is generous for slow machines.
func TestHostileIsLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	const size = 8 << 20
	fill := func(unit string) string { return strings.Repeat(unit, size/len(unit)) }
	var opens strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&opens, "--b\nContent-Type: multipart/mixed; boundary=x%d\n\n", i)
	}
	for name, raw := range map[string]string{
		"many parts":            "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--b\n\nx\n"),
		"deep":                  chain(10_000),
		"many opened":           "Content-Type: multipart/mixed; boundary=b\n\n" + opens.String(),
		"dashes in a deep one":  chain(63) + "\n" + fill("--b\n"),
		"near misses, deep":     chain(63) + "\n" + fill("--b62.x\n"),
		"one long line":         "Content-Type: multipart/mixed; boundary=b\n\n--" + fill("b"),
		"no blank lines":        "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--b\nno field\nA: 1\n"),
		"fields only":           "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--b\nA: 1\n"),
		"stray lines in parts":  "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--b\nstray\nstray\nstray\n"),
		"closes":                "Content-Type: multipart/mixed; boundary=b\n\n" + fill("--b--\n"),
		"messages in messages":  strings.Repeat("Content-Type: message/rfc822\n\n", 20_000),
		"params":                "Content-Type: multipart/mixed" + fill("; boundary=b") + "\n\n--b\n\nx",
		"begin lines":           "Subject: x\n\n" + fill("begin 644 x\n"),
		"boundary of one blank": "Content-Type: multipart/mixed; boundary=\" b\"\n\n" + fill("-- b \t \t \t\n"),
		"CR only":               "Subject: x\rContent-Type: multipart/mixed; boundary=b\r\r" + fill("--b\r\rx\r"),
	} {
		if m := Parse([]byte(raw), nil); len(m.Parts) > defaultMaxParts {
			t.Errorf("%s: %d parts", name, len(m.Parts))
		}
	}
}
