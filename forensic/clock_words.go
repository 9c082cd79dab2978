package forensic

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/emlcheck/emlcheck/forensic/clock"
)

// explainConflict says in words what cannot be.
func (f *facts) explainConflict(c *clock.Conflict) string {
	var room [textSize]byte
	b := append(f.appendQuotedName(room[:0], c.A), " shows "...)
	b = append(appendShownTime(b, &f.readings[c.A]), ", "...)
	b = append(f.appendQuotedName(b, c.B), ' ')
	b = append(appendShownTime(b, &f.readings[c.B]), ": "...)
	start := len(b)
	b = appendWords(b, c.Gap)
	gap := b[start:]
	b = append(b, " apart, "...)
	start = len(b)
	b = append(b, "where at most "...)
	if b = appendWords(b, c.Tolerance); string(b[start+len("where at most "):]) != string(gap) {
		b = append(b, " is allowed"...)
	} else {
		b = append(appendWords(b[:start], c.Excess), " more than is allowed"...)
	}
	if len(c.Readings) > 2 {
		b = strconv.AppendInt(append(b, ", with "...), int64(len(c.Readings)), 10)
		b = append(b, " readings taken together"...)
	}
	b = f.appendName(append(b, "; "...), c.Doubtful)
	return f.memo.texts.keep(append(b, " is to be believed least"...))
}

// nameReading names a reading in a sentence.
func (f *facts) nameReading(i int) string {
	var room [textSize]byte
	return f.memo.texts.keep(f.appendName(room[:0], i))
}

func (f *facts) appendName(b []byte, i int) []byte { return f.appendNameWith(b, i, false) }

// appendQuotedName is appendName with the identifier's own text, where the
// reading is of one.
func (f *facts) appendQuotedName(b []byte, i int) []byte {
	r := &f.readings[i]
	return f.appendNameWith(b, i, !strings.HasPrefix(r.Rule, "date.") && len(r.Raw) <= 80)
}

func (f *facts) appendNameWith(b []byte, i int, withText bool) []byte {
	r := &f.readings[i]
	switch {
	case r.Hop >= 0 && r.Rule == "date.received":
		b = append(b, "the stamp"...)
	case r.Hop < 0 && r.Rule == "date.header":
		return append(b, "the Date field"...)
	default:
		b = append(append(b, "the "...), r.Source...)
	}
	if withText {
		b = appendHead(append(b, ' '), r.Raw, len(r.Raw))
	}
	if r.Hop >= 0 {
		b = strconv.AppendInt(append(b, " of hop "...), int64(r.Hop)+1, 10)
	}
	return b
}

// inWords is a length of time as a reader wants it.
func inWords(d time.Duration) string { return string(appendWords(nil, d)) }

// appendWords appends a length of time as a reader wants it.
func appendWords(b []byte, d time.Duration) []byte {
	number, unit := 0.0, " days"
	switch {
	case d > 290*365*24*time.Hour:
		return append(b, "more than 290 years"...)
	case d < 2*time.Minute:
		number, unit = d.Round(time.Second/10).Seconds(), " s"
	case d < 2*time.Hour:
		number, unit = d.Round(time.Minute).Minutes(), " minutes"
	case d < 48*time.Hour:
		number, unit = d.Round(6*time.Minute).Hours(), " hours"
	default:
		number = math.Round(d.Hours()/2.4) / 10
	}
	return append(strconv.AppendFloat(b, number, 'f', -1, 64), unit...)
}

func countWord(n int) string {
	words := [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}
