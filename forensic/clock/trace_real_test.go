package clock

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/corpus"
)

// realMessages yields every message of the shared material, mailboxes cut at
// their From_ lines.
func realMessages(t testing.TB, yield func(path string, raw []byte)) {
	for _, path := range corpus.Files(t, "eml", "phishing", "bounce", "mbox", "x400") {
		raw := corpus.Read(t, path)
		if !bytes.HasPrefix(raw, []byte("From ")) && !strings.Contains(filepath.Base(path), "mbox") {
			yield(path, raw)
			continue
		}
		for len(raw) > 0 {
			end := bytes.Index(raw[1:], []byte("\n\nFrom "))
			if end < 0 {
				end = len(raw) - 1
			}
			if eol := bytes.IndexByte(raw, '\n'); bytes.HasPrefix(raw, []byte("From ")) && eol >= 0 && eol < end {
				yield(path, raw[eol+1:end+1])
			} else {
				yield(path, raw[:end+1])
			}
			raw = bytes.TrimLeft(raw[min(len(raw), end+1):], "\n")
		}
	}
}

// tally counts readings of one rule by their distance to a stated time.
type tally struct{ all, second, minute, hour int }

func (n *tally) add(gap time.Duration) {
	n.all++
	if gap = gap.Abs(); gap <= 2*time.Second {
		n.second++
	}
	if gap <= time.Minute {
		n.minute++
	}
	if gap <= time.Hour {
		n.hour++
	}
}

// Over all real trace lines: positions cut out the identifier, and nearly all
// clocks lie within an hour of the stamp beside them. A recogniser that takes
// other software's ids for its own would show here.
func TestTraceReal(t *testing.T) {
	rules, lines := map[string]*tally{}, 0
	realMessages(t, func(path string, raw []byte) {
		block := headers.Parse(raw)
		for i := range block.Fields {
			f := &block.Fields[i]
			if name := strings.ToLower(f.Name); name != "received" && name != "x-received" {
				continue
			}
			r := headers.ParseReceived(raw, f.Value)
			lines++
			checkTraceLine(t, path, &r, rules)
		}
	})
	t.Logf("%d lines", lines)
	for rule, n := range rules {
		t.Logf("%-22s %5d: %5d <=2s %5d <=1min %5d <=1h", rule, n.all, n.second, n.minute, n.hour)
	}
}

func checkTraceLine(t *testing.T, path string, r *headers.Received, rules map[string]*tally) {
	c := &clue{}
	if r.Date.OK {
		c.near = []time.Time{r.Date.Time}
	}
	for _, f := range appendTrace(nil, r, c) {
		if f.from < 0 || f.to > len(r.Raw) || f.from >= f.to {
			t.Errorf("%s: %s at %d-%d of %q", path, f.rule, f.from, f.to, r.Raw)
			continue
		}
		if rules[f.rule] == nil {
			rules[f.rule] = &tally{}
		}
		stamp := r.Date.Time
		if f.clock == ServerZone { // compare wall times
			stamp = time.Date(stamp.Year(), stamp.Month(), stamp.Day(), stamp.Hour(), stamp.Minute(), stamp.Second(), 0, time.UTC)
		}
		gap := f.at.Sub(stamp)
		rules[f.rule].add(gap)
		if f.event == Released && (gap > 0 && r.Date.OK) || f.event == Queued && (gap.Abs() > time.Hour || !r.Date.OK) {
			t.Logf("far: %s: %s: %s is %s: %s", filepath.Base(path), f.rule, r.Raw[f.from:f.to], f.at.Format(time.RFC3339), strings.Join(strings.Fields(r.Raw), " "))
		}
	}
}
