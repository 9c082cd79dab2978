package clock

import (
	"bytes"
	"path/filepath"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// eachParam calls yield with every text that follows the given mark in raw up
// to a quote, a blank or an angle bracket: what a look at the bytes finds.
func eachParam(raw []byte, mark string, yield func(string)) {
	lower := bytes.ToLower(raw)
	for at := 0; ; {
		i := bytes.Index(lower[at:], []byte(mark))
		if i < 0 {
			return
		}
		at += i + len(mark)
		end := bytes.IndexAny(raw[at:], "\"> \t\r\n;")
		if raw[at-1] == '"' {
			end = bytes.IndexAny(raw[at:], "\"\r\n")
		}
		if end > 0 {
			yield(string(raw[at : at+end]))
		}
	}
}

// messageDate is the Date of a message.
func messageDate(raw []byte) headers.Date {
	f, ok := headers.Parse(raw).First("Date")
	if !ok {
		return headers.Date{}
	}
	return f.Date()
}

// Over all real boundaries, Content-IDs and Thread-Index fields: nothing is
// read out of bounds, and of evidence in messages with a Date the most part
// lies within an hour of it. Old copies in spam and anonymised dates remain.
func TestBoundaryReal(t *testing.T) {
	rules := map[string]*tally{}
	realMessages(t, func(path string, raw []byte) {
		date := messageDate(raw)
		c := &clue{}
		if date.OK {
			c.near = append(c.near, date.Time)
		}
		check := func(text string, got []found) {
			for _, f := range got {
				checkFound(t, text, f)
				countReal(t, rules, path, text, f, date)
			}
		}
		for _, mark := range []string{`boundary="`, `boundary=`} {
			eachParam(raw, mark, func(s string) { check(s, appendBoundary(nil, s, c)) })
		}
		eachParam(raw, "\ncontent-id: <", func(s string) { check(s, appendContentID(nil, s, c)) })
		if f, ok := headers.Parse(raw).First("Thread-Index"); ok {
			s := string(f.Value.Of(raw))
			check(s, appendThreadIndex(nil, s, c))
		}
	})
	for rule, n := range rules {
		t.Logf("%-30s %5d: %5d <=2s %5d <=1min %5d <=1h", rule, n.all, n.second, n.minute, n.hour)
	}
}

func countReal(t *testing.T, rules map[string]*tally, path, text string, f found, date headers.Date) {
	if !date.OK {
		return
	}
	if rules[f.rule] == nil {
		rules[f.rule] = &tally{}
	}
	stated := date.Time
	if f.clock == SenderLocal {
		_, offset := stated.Zone()
		stated = stated.Add(time.Duration(offset) * time.Second)
	}
	gap := f.at.Sub(stated)
	rules[f.rule].add(gap)
	if gap.Abs() > time.Hour && f.event != Thread {
		t.Logf("far: %s: %s: %s is %s, Date %s", filepath.Base(path), f.rule, text, f.at.Format(time.RFC3339), date.Raw)
	}
}

// checkFound holds for every reading of every decoder.
func checkFound(t testing.TB, text string, f found) {
	t.Helper()
	switch {
	case f.rule == "" || f.event == "" || f.clock == "" || f.step <= 0:
		t.Fatalf("%q: incomplete %+v", text, f)
	case f.from < 0 || f.to > len(text) || f.from > f.to:
		t.Fatalf("%q: %s at %d-%d", text, f.rule, f.from, f.to)
	case !inWindow(f.at):
		t.Fatalf("%q: %s gives %s", text, f.rule, f.at)
	}
}
