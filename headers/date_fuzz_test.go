package headers

import (
	"bytes"
	"net/mail"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/internal/corpus"
)

// dateCheck states what holds for every input whatever.
func dateCheck(t *testing.T, raw []byte, at Span) Date {
	t.Helper()
	d := ParseDate(raw, at)
	if again := ParseDate(raw, at); !reflect.DeepEqual(d, again) {
		t.Fatalf("%q: two readings differ", at.Of(raw))
	}
	whole := dateTrim(raw, at)
	if !whole.Contains(d.Span) || d.Span.Start > d.Span.End {
		t.Fatalf("%q: span %v outside %v", raw, d.Span, at)
	}
	for _, defect := range d.Defects {
		if !whole.Contains(defect.Span) || defect.Span.Start > defect.Span.End || defect.Detail == "" {
			t.Fatalf("%q: defect %v outside %v", raw, defect, at)
		}
	}
	if d.OK == (d.Reason != "") || d.OK == d.Time.IsZero() || (d.Precision > 0) != d.OK || d.OK != (d.RFC3339() != "") {
		t.Fatalf("%q: OK, reason, time and precision disagree: %+v", raw, d)
	}
	if !strings.Contains(dateUnfold(at.Of(raw)), d.Raw) && !bytes.ContainsAny(raw, "\r\n") {
		t.Fatalf("%q: raw %q is not from the input", raw, d.Raw)
	}
	if _, offset := d.Time.Zone(); d.OK && d.Zone != ZoneStated && offset != 0 {
		t.Fatalf("%q: offset %d with zone %s", raw, offset, d.Zone)
	}
	if (d.Zone == ZoneAbsent) != (d.ZoneText == "") {
		t.Fatalf("%q: zone %s with text %q", raw, d.Zone, d.ZoneText)
	}
	dateCheckRaw(t, d)
	return d
}

// dateCheckRaw: what Raw holds says the same date, so a report that shows Raw
// can be checked by its reader.
func dateCheckRaw(t *testing.T, d Date) {
	t.Helper()
	if !d.OK {
		return
	}
	again := ParseDateString(d.Raw)
	if !again.OK || again.RFC3339() != d.RFC3339() || again.Zone != d.Zone {
		t.Fatalf("raw %q reads %s %s %s, first reading %s %s", d.Raw, again.RFC3339(), again.Zone, again.Reason, d.RFC3339(), d.Zone)
	}
}

// dateAgrees compares with the standard library where both can be right: a
// zone of sign and four digits ("GMT+1" it takes for a name), no weekday to be
// ignored.
func dateAgrees(t *testing.T, text string, d Date) {
	t.Helper()
	std, err := mail.ParseDate(text)
	if err != nil || d.Zone != ZoneStated || len(d.ZoneText) != 5 || !strings.ContainsAny(d.ZoneText[:1], "+-") || std.Year() < 1900 {
		return
	}
	if !d.OK || !d.Time.Equal(std) && !strings.Contains(text, ":60") {
		t.Fatalf("%q: got %s %q, net/mail reads %s", text, d.RFC3339(), d.Reason, std.Format(time.RFC3339))
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{
		"Mon, 07 Jan 2002 10:11:12 +0200", "7 Jan 02 10:11 EST (x)", "Mon Jan  7 10:11:12 2002",
		"2002-08-01T09:04:55,125+01:00", "20020801T0904Z", "07/22/2002 03:59:23 PM", "24.07.2002 10.23",
		"2023-07-28 19:32:25.928333532 +0000 UTC m=+6810983.8", "<16:21:07 seg, 22 Dezembro 2014>",
		"mar, 2 sep 2014 10:11:12 GMT+2", "Mon,\r\n 7 (a(b)) Jan 2002 24:00:00", "(((", "7 Jan 2002 +-0500\x00\xff",
		"March 27, 2024 at 6:47:31\u202fPM EST", "31 Dec 2016 23:59:60 -9959", "Jan Feb 7 2002 EST -0000",
	} {
		f.Add([]byte(seed), 0, len(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte, start, end int) {
		at := Span{start, end}
		d := dateCheck(t, raw, at)
		dateAgrees(t, string(at.Of(raw)), d)
		if found := FindDate(raw, at); found.OK && !dateTrim(raw, at).Contains(found.Span) {
			t.Fatalf("%q: found %v outside %v", raw, found.Span, at)
		}
	})
}

// TestParseDateCorpus reads every date field of real mail, when the material
// is there, and holds it to the same properties. Unreadable ones must be
// impossible, ambiguous or no dates at all.
func TestParseDateCorpus(t *testing.T) {
	reasons := map[string]int{}
	total := 0
	dateCorpus(t, func(value []byte) {
		d := dateCheck(t, value, Span{0, len(value)})
		dateAgrees(t, string(value), d)
		total++
		if !d.OK {
			reasons[d.Reason]++
		}
	})
	unreadable := 0
	for reason, n := range reasons {
		t.Logf("%4d %s", n, reason)
		unreadable += n
	}
	t.Logf("%d dates, %d unreadable", total, unreadable)
	if unreadable*50 > total {
		t.Errorf("%d of %d dates unreadable, more than 2%%", unreadable, total)
	}
}

// dateCorpus hands on the value of every Date and Resent-Date field, and what
// follows the last ';' of every Received field, of the real material.
func dateCorpus(t *testing.T, yield func(value []byte)) {
	t.Helper()
	for _, path := range corpus.Files(t, "eml") {
		dateFields(corpus.Read(t, path), yield)
	}
}

// dateFields is a crude field scanner, independent of the package's own.
func dateFields(data []byte, yield func(value []byte)) {
	for _, line := range bytes.SplitAfter(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), []byte("\n\n"))[:1] {
		unfolded := bytes.ReplaceAll(bytes.ReplaceAll(line, []byte("\n "), []byte("\r ")), []byte("\n\t"), []byte("\r\t"))
		for _, field := range bytes.Split(unfolded, []byte("\n")) {
			name, value, ok := bytes.Cut(field, []byte(":"))
			switch strings.ToLower(string(name)) {
			case "date", "resent-date":
				yield(value)
			case "received":
				if i := bytes.LastIndexByte(value, ';'); ok && i >= 0 {
					yield(value[i+1:])
				}
			}
		}
	}
}
