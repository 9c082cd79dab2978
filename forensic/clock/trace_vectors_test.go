package clock

import (
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// traceOf is a trace line with the given id, stamped at the given time; an
// empty product gives a line that does not name its software.
func traceOf(product, id string, stamp time.Time) *headers.Received {
	if product != "" {
		product = " (" + product + ")"
	}
	raw := "from client.example (client.example [192.0.2.7]) by mx.example.net" + product +
		" with ESMTP id " + id + " for <a@example.org>; " + stamp.Format(time.RFC1123Z)
	r := headers.ParseReceived([]byte(raw), headers.Span{Start: 0, End: len(raw)})
	return &r
}

// decode reads a vector by the decoder of its source.
func (v vector) decode(stamp time.Time) []found {
	c := &clue{}
	switch v.Source {
	case "MIME boundary":
		return appendBoundary(nil, v.Input, c)
	case "Thread-Index":
		return appendThreadIndex(nil, v.Input, c)
	case "any id":
		return appendGeneric(nil, v.Input, c)
	case "Received id":
		if strings.Contains(v.Input, "; ") { // a whole line
			r := headers.ParseReceived([]byte(v.Input), headers.Span{Start: 0, End: len(v.Input)})
			return appendTrace(nil, &r, c)
		}
		return appendTrace(nil, traceOf("", v.Input, stamp), c)
	}
	return nil
}

// Every boundary, trace id, Thread-Index and generic identifier that was found
// in real mail, and every computed one, must decode to its time.
func TestVectors(t *testing.T) {
	total, bad := map[string]int{}, 0
	for _, v := range vectors(t) {
		switch v.Source {
		case "MIME boundary", "Thread-Index", "any id", "Received id":
		default:
			continue
		}
		total[v.Source]++
		want, ok := v.at(t), false
		if strings.Contains(v.Input, "enr2-mrelay-01") {
			want = want.Add(8 * time.Hour) // computed with the forged line's zone, not with Google's
		}
		got := v.decode(want)
		if strings.Contains(v.Input, "(Postfix)") && v.Kind == "rcvd.sendmail>=8.10" {
			ok = len(got) == 1 && got[0].rule == "rcvd.postfix-short" // Postfix's hexadecimal ids, and no time
		}
		for _, f := range got {
			step := max(f.step, time.Duration(v.Resolution*1e9), 2*time.Microsecond)
			ok = ok || f.at.Sub(want).Abs() <= step && (v.Clock == "utc") == (f.clock == UTC) && f.event != Released
		}
		if !ok {
			bad++
			t.Errorf("%s %s: %q: want %s, got %+v", v.Source, v.Kind, v.Input, want, got)
		}
	}
	t.Logf("%d wrong of %v", bad, total)
}

// What has the look of an identifier with a clock and holds none must give
// nothing, wherever it stands.
func TestVectorRejects(t *testing.T) {
	stamp := time.Date(2023, 5, 4, 3, 2, 1, 0, time.UTC)
	c := &clue{near: []time.Time{stamp}}
	for _, v := range vectors(t) {
		if v.Kind != "reject" {
			continue
		}
		text := strings.Trim(v.Input, "<>")
		got := appendBoundary(nil, text, c)
		got = appendContentID(got, text, c)
		got = appendThreadIndex(got, text, c)
		got = appendGeneric(got, text, c)
		got = appendTrace(got, traceOf("", text, stamp), c)
		if len(got) > 0 {
			t.Errorf("%q: %+v", v.Input, got)
		}
	}
}
