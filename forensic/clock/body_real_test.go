package clock

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/internal/corpus"
	"github.com/emlcheck/emlcheck/mimeparse"
)

// Another program's reading of the same S/MIME signatures: each time it names
// is found.
func TestSigningTimesAgainstOpenSSL(t *testing.T) {
	dir := corpus.Dir(t, "smime")
	n := 0
	for _, line := range strings.Split(string(corpus.Read(t, filepath.Join(dir, "openssl-expected.tsv"))), "\n") {
		columns := strings.Split(line, "\t")
		if len(columns) < 6 || !strings.HasSuffix(columns[0], ".eml") {
			continue
		}
		raw := corpus.Read(t, filepath.Join(dir, columns[0]))
		for _, text := range strings.FieldsFunc(columns[5], func(c rune) bool { return c == ';' || c == ',' || c == '|' }) {
			want, err := time.Parse("Jan _2 15:04:05 2006 MST", strings.TrimSpace(text))
			if err != nil {
				continue
			}
			n++
			if !hasReading(Read(mimeparse.Parse(raw, nil), nil), "smime.signing-time", want) {
				t.Errorf("%s: no %s", columns[0], want)
			}
		}
	}
	t.Logf("%d times", n)
	if n < 20 {
		t.Errorf("only %d times compared", n)
	}
}

func hasReading(all []Reading, rule string, at time.Time) bool {
	for _, r := range all {
		if r.Rule == rule && r.Time.Equal(at) {
			return true
		}
	}
	return false
}

// Real mail holds each kind of clock that can stand in a part.
func TestPartsOfRealMail(t *testing.T) {
	count := map[string]int{}
	for _, path := range corpus.Files(t, "eml", "smime", "tnef", "bounce", "dkim-dmarc-arc") {
		raw := corpus.Read(t, path)
		r := &reader{msg: mimeparse.Parse(raw, nil)}
		r.readParts()
		checkAll(t, raw, r.out)
		for _, reading := range r.out {
			family, _, _ := strings.Cut(reading.Rule, ".")
			count[family]++
		}
	}
	for family, least := range map[string]int{"pgp": 1, "smime": 30, "dsn": 150, "tnef": 15, "ical": 10, "pdf": 5, "png": 5, "ole": 3, "ooxml": 2, "zip": 2, "disposition": 25} {
		if count[family] < least {
			t.Errorf("%s: %d readings, want %d", family, count[family], least)
		}
	}
	t.Log(count)
}

// The signatures of 2002 agree with the messages they stand in: all but a few
// were made within an hour of the Date.
func TestPGPSignaturesOfRealMail(t *testing.T) {
	near, far := 0, 0
	for _, path := range corpus.Files(t, "mbox/spamassassin-public-corpus") {
		for _, text := range strings.Split(string(corpus.Read(t, path)), "\n\nFrom ") {
			msg := mimeparse.Parse([]byte(text), nil)
			r := &reader{msg: msg}
			r.readParts()
			for _, reading := range r.out {
				if reading.Rule != "pgp.signature" {
					continue
				}
				if nearStated(msg, reading.Time) {
					near++
				} else {
					far++
				}
			}
		}
	}
	t.Logf("%d near, %d far", near, far)
	if near < 50 || far > 3 {
		t.Errorf("%d near, %d far", near, far)
	}
}
