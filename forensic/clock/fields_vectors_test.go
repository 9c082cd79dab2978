package clock

import (
	"bufio"
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// vector is one identifier of a real message and what it decodes to.
type vector struct {
	Source, Input, Kind, Clock string
	UTC                        string `json:"expected_utc"`
	Local                      string `json:"expected_local"`
	Resolution                 float64
}

func vectors(t *testing.T) []vector {
	data := corpus.Read(t, filepath.Join(corpus.Dir(t, "clocks"), "vectors.jsonl"))
	var all []vector
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		all = append(all, v)
	}
	return all
}

// at is the expected moment.
func (v vector) at(t *testing.T) time.Time {
	text := v.UTC
	if text == "" {
		text = v.Local + "Z"
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at
		}
	}
	t.Fatalf("bad time %q", text)
	return time.Time{}
}

// readOne reads a message that is one header field.
func readOne(name, value string) []Reading {
	raw := []byte(name + ": " + value + "\r\n\r\nbody\r\n")
	return Read(mimeparse.Parse(raw, nil), nil)
}

// Every identifier that was found in a header field of real mail must decode to
// its time, those that contradict their message included.
func TestFieldVectors(t *testing.T) {
	n, bad := 0, 0
	for _, v := range vectors(t) {
		switch v.Source {
		case "Message-ID", "MIME boundary", "Received id", "any id", "any", "Thread-Index", "Content-ID":
			continue
		}
		if strings.HasSuffix(v.Input, "t=1715361") {
			continue // cut off within the number
		}
		n++
		want, ok := v.at(t), false
		for _, r := range readOne(v.Source, v.Input) {
			// the file rounds what it computed in floating point to 1 µs
			step := max(r.Precision, time.Duration(v.Resolution*1e9), 2*time.Microsecond)
			ok = ok || r.Time.Sub(want).Abs() <= step && r.Event != Expires
		}
		if !ok {
			bad++
			t.Errorf("%s: %q: want %s, got %v", v.Source, v.Input, want, readOne(v.Source, v.Input))
		}
	}
	t.Logf("%d of %d", n-bad, n)
}

// What must give no time must give none in any place that shows an identifier.
func TestFieldRejects(t *testing.T) {
	for _, v := range vectors(t) {
		if v.Kind != "reject" {
			continue
		}
		for _, name := range []string{"X-Msg-Ref", "X-QQ-mid", "X-Trace", "Return-Path", "X-Envid", "X-Attachment-Id", "X-Some-Thing", "Date", "Expires"} {
			if got := readOne(name, v.Input); len(got) > 0 {
				t.Errorf("%s: %q: %+v", name, v.Input, got)
			}
		}
	}
}
