package clock

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/corpus"
)

// readMessageID reads the clocks of an identifier as written in a field.
func readMessageID(t testing.TB, text string, c *clue) ([]found, string) {
	t.Helper()
	ids, _ := headers.ParseMessageIDs([]byte(text), headers.Span{End: len(text)})
	if len(ids) == 0 {
		return nil, ""
	}
	return appendMessageID(nil, ids[0], c), ids[0].Value
}

// midVector is one line of the file of real identifiers.
type midVector struct {
	Source, Input, Clock, Kind, Note string
	UTC                              *string  `json:"expected_utc"`
	Local                            *string  `json:"expected_local"`
	Resolution                       *float64 `json:"resolution"`
}

// midVectors reads the file of real identifiers; the test is skipped without.
func midVectors(t *testing.T) []midVector {
	file := corpus.Read(t, filepath.Join(corpus.Dir(t, "clocks"), "vectors.jsonl"))
	var out []midVector
	for s := bufio.NewScanner(bytes.NewReader(file)); s.Scan(); {
		var v midVector
		if err := json.Unmarshal(s.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		out = append(out, v)
	}
	return out
}

func (v *midVector) want(t *testing.T) time.Time {
	text := v.UTC
	if text == nil {
		text = v.Local
	}
	for _, layout := range []string{"2006-01-02T15:04:05.999999999Z", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z", "2006-01-02T15:04"} {
		if at, err := time.Parse(layout, *text); err == nil {
			return at
		}
	}
	t.Fatalf("%s: unreadable time", *text)
	return time.Time{}
}

// fits reports whether one of the readings is the wanted one: within the
// vector's step, by the same kind of clock. The file's times of 100 ns passed
// through floating point, which left two microseconds open.
func (v *midVector) fits(t *testing.T, got []found) bool {
	for _, f := range got {
		d := math.Abs(f.at.Sub(v.want(t)).Seconds())
		if d <= max(*v.Resolution, 2.1e-6) && (f.clock == UTC) == (v.UTC != nil) {
			return true
		}
	}
	return false
}

// TestMessageIDVectors holds the decoders against identifiers of real
// messages, whose times were checked against the messages' dates.
func TestMessageIDVectors(t *testing.T) {
	var all, good int
	for _, v := range midVectors(t) {
		if v.Source != "Message-ID" {
			// That service counts its campaigns and customers in numbers of
			// thirteen digits; sent in 2023 and 2025, they "date" from 2006.
			continue
		}
		all++
		got, _ := readMessageID(t, v.Input, &clue{})
		if v.fits(t, got) {
			good++
			continue
		}
		t.Logf("%s %s: want %s, got %v", v.Kind, v.Input, v.want(t), got)
	}
	t.Logf("%d of %d", good, all)
	if good*100 < all*99 {
		t.Errorf("only %d of %d", good, all)
	}
}

// TestMessageIDRejects gives the decoders what only looks like a clock.
func TestMessageIDRejects(t *testing.T) {
	for _, v := range midVectors(t) {
		if v.Kind != "reject" {
			continue
		}
		if got, _ := readMessageID(t, v.Input, &clue{}); len(got) > 0 {
			t.Errorf("%s: %v", v.Input, got)
		}
	}
}

// realID is a Message-ID as it stands in a real message.
type realID struct {
	id   headers.MessageID
	clue clue
	date headers.Date
}

// realIDs yields every Message-ID of the real messages with what the message
// states.
func realIDs(t *testing.T, yield func(realID)) {
	realMessages(t, func(_ string, raw []byte) {
		block := headers.Parse(raw)
		var r realID
		if f, ok := block.First("Date"); ok {
			r.date = f.Date()
		}
		if f, ok := block.First("User-Agent"); ok {
			r.clue.agent = strings.ToLower(string(f.Raw()))
		} else if f, ok := block.First("X-Mailer"); ok {
			r.clue.agent = strings.ToLower(string(f.Raw()))
		}
		for f := range block.All("Received") {
			if d := f.Received().Date; d.OK {
				r.clue.near = append(r.clue.near, d.Time.UTC())
			}
		}
		f, ok := block.First("Message-ID")
		if ids, _ := f.MessageIDs(); ok && len(ids) > 0 {
			r.id = ids[0]
			yield(r)
		}
	})
}

// gap is how far a reading lies from the Date, by its kind of clock, or from
// the nearest stamp of a trace line.
func (r *realID) gap(f found) time.Duration {
	stated := r.date.Time
	if f.clock != UTC {
		y, m, d := stated.Date()
		stated = time.Date(y, m, d, stated.Hour(), stated.Minute(), stated.Second(), 0, time.UTC)
	}
	gap := stated.Sub(f.at).Abs()
	for _, n := range r.clue.near {
		if f.clock == UTC {
			gap = min(gap, n.Sub(f.at).Abs())
		}
	}
	return gap
}

// TestMessageIDReal: over all real messages, nearly all readings lie within the
// hour of the Date or of a stamp; a recogniser that takes others' identifiers
// for its own would show as a rule that does not.
func TestMessageIDReal(t *testing.T) {
	rules, read, all := map[string]*tally{}, 0, 0
	realIDs(t, func(r realID) {
		all++
		got := appendMessageID(nil, r.id, &r.clue)
		if len(got) > 0 {
			read++
		}
		for _, f := range got {
			if f.from < 0 || f.to > len(r.id.Value) || f.from > f.to || !inWindow(f.at) {
				t.Errorf("%s: %+v", r.id.Value, f)
			}
			if !r.date.OK || !strings.HasPrefix(f.rule, "mid.") || f.strength != "" {
				continue
			}
			if rules[f.rule] == nil {
				rules[f.rule] = new(tally)
			}
			rules[f.rule].add(r.gap(f))
			if r.gap(f) > 24*time.Hour {
				t.Logf("far: %s %s, Date %s", f.rule, r.id.Value, r.date.Raw)
			}
		}
	})
	t.Logf("%d of %d identifiers", read, all)
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		n := rules[rule]
		t.Logf("%-24s %+v", rule, *n)
		if n.all >= 20 && n.hour*100 < n.all*85 {
			t.Errorf("%s: only %d of %d within the hour", rule, n.hour, n.all)
		}
	}
}
