package route

import (
	"net/netip"
	"reflect"
	"strings"
	"testing"

	"github.com/emlcheck/emlcheck/headers"
)

// FuzzFollow: whatever stands in a header, every trace field is listed once,
// every index and span lies inside, and a second reading gives the same.
func FuzzFollow(f *testing.F) {
	for _, lines := range [][]string{{lineStore, lineMX, lineOut, lineMSA}, {lineGmail}, {lineOnline}, inner} {
		f.Add("Received: " + strings.Join(lines, "\nReceived: ") + "\nX-Originating-IP: [10.0.0.1]\nMessage-ID: <1.2.squirrel@[10.0.0.2]>\n\n")
	}
	f.Add("Received: (qmail 1 invoked by uid 5); 6 May 2024 10:00:00 -0000\nX-Received: by 2002:a05::; x\nX400-Received: by mta a in /C=DE/; Relayed; x\n>Received: by\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		block := headers.Parse([]byte(text))
		opt := &Options{TrustedHosts: []string{"isp.net.test", ""}, TrustedNetworks: []netip.Prefix{{}, netip.MustParsePrefix("10.0.0.0/8")}}
		for _, o := range []*Options{nil, opt} {
			r := Follow(block, o)
			covered(t, block, r)
			inside(t, r, len(text))
			if !reflect.DeepEqual(r, Follow(block, o)) {
				t.Error("two readings differ")
			}
		}
	})
}

// inside checks every index and span of a route.
func inside(t *testing.T, r *Route, size int) {
	t.Helper()
	n := len(r.Hops)
	if r.Boundary < -1 || r.Boundary >= n || r.Origin.Hop < -1 || r.Origin.Hop >= n {
		t.Errorf("boundary %d, origin %d of %d", r.Boundary, r.Origin.Hop, n)
	}
	for _, b := range r.Breaks {
		if b.After < 0 || b.After+1 >= n || b.Detail == "" {
			t.Errorf("break %+v", b)
		}
	}
	var spans []headers.Span
	for _, d := range r.Doubts {
		if d.Hop < -1 || d.Hop >= n || d.Detail == "" || d.Weight == "" {
			t.Errorf("doubt %+v", d)
		}
		spans = append(spans, d.Spans...)
	}
	for _, s := range append(r.Origin.LAN, r.Origin.Corroboration...) {
		spans = append(spans, s.Span)
	}
	for i, h := range r.Hops {
		spans = append(spans, h.Span, h.Spans.By, h.Date.Span)
		if h.Class == "" || h.Author == "" || (h.Link.Fit == FitNotLinked) != (i == n-1) || i > 0 && r.Hops[i-1].Field < h.Field {
			t.Errorf("hop %d: class %q, author %q, fit %q", i, h.Class, h.Author, h.Link.Fit)
		}
	}
	for _, s := range spans {
		if s.Start < 0 || s.End < s.Start || s.End > size {
			t.Errorf("span %v of %d bytes", s, size)
		}
	}
}

// BenchmarkFollow reads a header of six hops.
func BenchmarkFollow(b *testing.B) {
	lines := []string{"from pop.recipient.test [192.0.2.3] by localhost with POP3 (fetchmail-6.3.26) for b@localhost (single-drop); Sat, 11 May 2024 10:00:03 +0200 (CEST)",
		lineStore, "from localhost (localhost [127.0.0.1]) by mx1.recipient.test (Postfix) with ESMTP id 9C1D22B0F3; Mon, 6 May 2024 10:00:08 +0200 (CEST)", lineMX, lineOut, lineMSA}
	block := headers.Parse([]byte("Received: " + strings.Join(lines, "\nReceived: ") + "\nFrom: a@isp.net.test\nTo: b@recipient.test\nSubject: s\nDate: Mon, 6 May 2024 10:00:00 +0200\nMessage-ID: <1@a>\n\n"))
	b.ReportAllocs()
	for b.Loop() {
		if r := Follow(block, nil); len(r.Hops) != 6 || len(r.Doubts) != 0 {
			b.Fatal(show(r), r.Doubts)
		}
	}
}

// BenchmarkFollowLines is the part of BenchmarkFollow that reads the lines.
func BenchmarkFollowLines(b *testing.B) {
	block := headers.Parse([]byte("Received: " + strings.Join([]string{lineStore, lineMX, lineOut, lineMSA, lineMX, lineMSA}, "\nReceived: ") + "\n\n"))
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range block.Fields {
			_ = f.Received()
		}
	}
}
