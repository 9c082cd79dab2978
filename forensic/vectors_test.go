package forensic

import (
	"bufio"
	"bytes"
	"encoding/json"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
	"github.com/emlcheck/emlcheck/internal/corpus"
)

// vector is one identifier with the time that it holds, taken from real mail
// or computed from the formula.
type vector struct {
	Source        string   `json:"source"`
	Input         string   `json:"input"`
	ExpectedUTC   string   `json:"expected_utc"`
	ExpectedLocal string   `json:"expected_local"`
	Resolution    float64  `json:"resolution"`
	Clock         string   `json:"clock"`
	Kind          string   `json:"kind"`
	Note          string   `json:"note"`
	Date          []string `json:"date_header"`
}

// TestVectors: at least 99 % of the identifiers decode to their time when they
// stand in a message, everything that only looks like one gives none, and what
// contradicts the message's Date gives a contradiction.
func TestVectors(t *testing.T) {
	data := corpus.Read(t, filepath.Join(corpus.Dir(t, "clocks"), "vectors.jsonl"))
	var all, wrong, contradicting, silent int
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v vector
		if err := json.Unmarshal(lines.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		r := reportOn(t, v.message())
		if v.Kind == "reject" {
			for i := range r.Clock.Readings {
				if c := &r.Clock.Readings[i]; strings.Contains(v.Input, string(c.Raw)) {
					t.Errorf("%s gives %s by %s", v.Input, c.Time, c.Rule)
				}
			}
			continue
		}
		all++
		if !v.decoded(r) {
			wrong++
			t.Logf("%s %q: want %s%s", v.Kind, v.Input, v.ExpectedUTC, v.ExpectedLocal)
		}
		if strings.Contains(v.Note, "contradicts") && v.excuse() == "" {
			contradicting++
			if len(r.Clock.Contradictions) == 0 {
				silent++
				t.Errorf("%s %q does not contradict %q", v.Kind, v.Input, v.Date)
			}
		}
	}
	t.Logf("%d of %d decode; %d of %d contradict", all-wrong, all, contradicting-silent, contradicting)
	if wrong*100 > all {
		t.Errorf("%d of %d do not decode", wrong, all)
	}
}

// excuse says why a vector that is listed as contradicting does not.
func (v *vector) excuse() string {
	switch {
	case strings.Contains(v.Input, "(Postfix)") && v.Kind == "rcvd.sendmail>=8.10":
		return "a short id of Postfix, which was read as one of sendmail's"
	case strings.Contains(v.Input, "synd.ccsend.com"):
		return "Constant Contact's numbers are no time of the message: all its mail would contradict itself"
	case strings.Contains(v.Input, "1022782885779"):
		return "JavaMail's id, which agrees with the Date, and was read as one of Pegasus"
	case strings.Contains(v.Input, "063653437040507"):
		return "digits alone, which were read as base 36"
	case len(v.Date) > 0 && !headers.ParseDateString(v.Date[0]).OK:
		return "the Date field holds no time"
	}
	return ""
}

// message is a message in which the identifier stands where it was found.
func (v *vector) message() string {
	date := ""
	if len(v.Date) > 0 {
		date = v.Date[0]
	} else if at, err := time.Parse(time.RFC3339, v.ExpectedUTC); err == nil {
		date = at.Format(time.RFC1123Z)
	}
	fields := []string{"Date: " + date}
	switch v.Source {
	case "Message-ID":
		fields = append(fields, "Message-ID: "+v.Input)
	case "any", "any id":
		if strings.ContainsAny(v.Input, "=_") && !strings.HasPrefix(v.Input, "<") || strings.HasPrefix(v.Input, "--") {
			fields = append(fields, `Content-Type: multipart/mixed; boundary="`+v.Input+`"`)
		} else if strings.HasPrefix(v.Input, "<") {
			fields = append(fields, "Message-ID: "+v.Input)
		} else {
			fields = append(fields, "Message-ID: <"+v.Input+"@example.org>")
		}
	case "MIME boundary":
		fields = append(fields, `Content-Type: multipart/mixed; boundary="`+v.Input+`"`)
	case "Received id":
		line := v.Input
		if !strings.ContainsAny(line, " ") {
			line = "from a.example by b.example with SMTP id " + v.Input + "; " + date
		}
		fields = append([]string{"Received: " + line}, fields...)
	default:
		fields = append([]string{v.Source + ": " + v.Input}, fields...)
	}
	return letter("x", fields...)
}

// decoded reports whether a reading shows the wanted time, to its resolution.
func (v *vector) decoded(r *Report) bool {
	want, err := parseAny(v.ExpectedUTC + v.ExpectedLocal)
	if err != nil {
		return false
	}
	allowed := math.Max(v.Resolution, 1e-6) * 1.001
	for i := range r.Clock.Readings {
		c := &r.Clock.Readings[i]
		got, err := parseAny(string(c.Time))
		if err == nil && math.Abs(got.Sub(want).Seconds()) <= allowed && !strings.HasPrefix(c.Rule, "date.") {
			return true
		}
	}
	return false
}

// parseAny reads a time with or without zone and seconds.
func parseAny(s string) (time.Time, error) {
	s = strings.TrimSuffix(s, "Z")
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at, nil
		}
	}
	return time.Parse(time.RFC3339, s)
}
