package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/forensic"
	"github.com/emlcheck/emlcheck/forensic/evidence"
)

// whereMail has a value of each field of --where, some of them twice.
const whereMail = "Return-Path: <a@b.example>\n" +
	"Received: from h.example ([IPv6:2001:db8::1]) by mx.example with ESMTP id x; Wed, 1 May 2024 10:00:05 +0000\n" +
	"Received: from c.example ([192.0.2.7]) by h.example with ESMTP id y; Wed, 1 May 2024 10:00:01 +0000\n" +
	"From: Ann Lee <a@b.example>\nTo: Bob <c@d.example>, e@f.example\nCc: G <g@h.example>\n" +
	"Subject: =?utf-8?Q?Rechnung_=C3=9Cber?= 12\nMessage-ID: <id@b.example>\nDate: Wed, 1 May 2024 12:00:00 +0200\n" +
	"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\ntext\n--x\n" +
	"Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"Bill.PDF\"\n\nx\n--x\n" +
	"Content-Disposition: attachment\n\nx\n--x--\n"

func mustAnalyze(t *testing.T, text string) (*evidence.Message, *forensic.Report) {
	t.Helper()
	f, err := evidence.Read("folder/a.eml", strings.NewReader(text), nil)
	if err != nil {
		t.Fatal(err)
	}
	for m, err := range f.Messages() {
		if err != nil {
			t.Fatal(err)
		}
		r, err := forensic.AnalyzeMessage(context.Background(), m, nil)
		if err != nil {
			t.Fatal(err)
		}
		return m, r
	}
	t.Fatal("no message")
	return nil, nil
}

// Each field, each operator, the case of letters, fields with several values
// and with none.
func TestWhere(t *testing.T) {
	m, r := mustAnalyze(t, whereMail)
	worst := string(r.Findings[0].Severity)
	for text, want := range map[string]bool{
		"from=a@b.example": true, "from=A@B.EXAMPLE": true, "from=ann lee": true, "from=b.example": false, "FROM = a@b.example ": true,
		"from~b.exam": true, "from~LEE": true, "from~z": false, "from!=a@b.example": false, "from!=x": true, "from!~lee": false, "from!~z": true,
		"to=c@d.example": true, "to=e@f.example": true, "to=g@h.example": true, "to=a@b.example": false, "to~bob": true, "to!~bob": false,
		"subject=rechnung über 12": true, "subject~ÜBER": true, "subject~=?utf": false, "subject!~12": false,
		"message-id=<id@b.example>": true, "message-id~id@b": true, "attachment=bill.pdf": true, "attachment~.pdf": true, "attachment=-": true, "attachment~doc": false,
		"ip=192.0.2.7": true, "ip=2001:db8::1": true, "ip=2001:DB8:0::0:1": true, "ip=::ffff:192.0.2.7": true, "ip~192.0.2.": true, "ip=192.0.2.70": false, "ip!=192.0.2.7": false,
		"finding=" + r.Findings[0].ID: true, "finding=" + strings.SplitAfter(r.Findings[0].ID, ".")[0]: true, "finding=date.weekday-mismatch": false, "finding=none.": false,
		"severity=" + worst: true, "severity>=info": true, "severity>=high": false, "severity!=high": true, "severity=none": false,
		"container=eml": true, "container=mbox": false, "path=folder/a.eml": true, "path~A.EML": true, "path!~folder": false,
		"subject~a=b": false, "subject!~a~b!=c": true,
	} {
		c, err := readTerm(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if c.takes(m, r) != want {
			t.Errorf("%s: %v, want %v (findings %v)", text, !want, want, findings(r))
		}
	}
	m, r = mustAnalyze(t, "X: y\n\n")
	for text, want := range map[string]bool{
		"subject=": false, "subject!=x": true, "subject~": false, "from~a": false, "from!~a": true, "ip=::1": false, "attachment!~x": true, "severity>=low": true,
	} {
		if c, err := readTerm(text); err != nil || c.takes(m, r) != want {
			t.Errorf("bare message, %s: %v, want %v (%v)", text, !want, want, err)
		}
	}
}

// What is wrong in a condition must be said before anything is read.
func TestWhereRefused(t *testing.T) {
	for text, hint := range map[string]string{
		"":               "it is FIELD=VALUE",
		"from":           "it is FIELD=VALUE",
		"=x":             "the fields are from, to",
		"sujbect=x":      "did you mean subject",
		"subject>=x":     "the operators are",
		"subject>x":      "the operators are",
		"subject!x":      "the operators are",
		"severity>=grav": "it is none, info, low, medium or high",
		"severity=":      "it is none, info, low, medium or high",
	} {
		_, err := readTerm(text)
		usage, ok := err.(*usageError)
		if !ok || !strings.Contains(usage.hint, hint) {
			t.Errorf("%q: %v %+v", text, err, usage)
		}
	}
}

// A bound of time: every way to write it, the zone of --tz, a day as a whole.
func TestReadTime(t *testing.T) {
	berlin := time.FixedZone("", 2*3600)
	for _, c := range []struct {
		text  string
		zone  *time.Location
		upper bool
		want  string
	}{
		{"2024-05-01", nil, false, "2024-05-01T00:00:00Z"},
		{"2024-05-01", nil, true, "2024-05-02T00:00:00Z"},
		{"2024-02-29", nil, true, "2024-03-01T00:00:00Z"},
		{"2024-05-01", berlin, false, "2024-04-30T22:00:00Z"},
		{"2024-05-01", berlin, true, "2024-05-01T22:00:00Z"},
		{"2024-05-01T10:00", nil, true, "2024-05-01T10:00:00Z"},
		{"2024-05-01 10:00", berlin, false, "2024-05-01T08:00:00Z"},
		{"2024-05-01T10:00:07", nil, false, "2024-05-01T10:00:07Z"},
		{"2024-05-01 10:00:07", nil, false, "2024-05-01T10:00:07Z"},
		{"2024-05-01T10:00:07.5+05:30", berlin, true, "2024-05-01T04:30:07.5Z"},
	} {
		at, ok := readTime(c.text, c.zone, c.upper)
		if got := at.UTC().Format(time.RFC3339Nano); !ok || got != c.want {
			t.Errorf("%s %v: %s %v, want %s", c.text, c.upper, got, ok, c.want)
		}
	}
	for _, text := range []string{"", "yesterday", "2024", "2024-13-01", "2023-02-29", "01.05.2024", "10:00", "2024-05-01T", "2024-05-01T25:00"} {
		if at, ok := readTime(text, nil, false); ok {
			t.Errorf("%q: %v", text, at)
		}
	}
}

// The lower bound belongs to the span, the upper one does not; a message
// without a date that can be read is left out and counted.
func TestFilterDates(t *testing.T) {
	m, r := mustAnalyze(t, whereMail) // of 10:00 UTC
	at := time.Date(2024, 5, 1, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		since, until time.Time
		want         bool
	}{
		{time.Time{}, time.Time{}, true}, {at, time.Time{}, true}, {at.Add(1), time.Time{}, false}, {time.Time{}, at, false},
		{time.Time{}, at.Add(1), true}, {at.Add(-1), at.Add(1), true}, {at.Add(-2), at.Add(-1), false},
	} {
		f := filter{since: c.since, until: c.until}
		if wanted, undated := f.takes(m, r); wanted != c.want || undated {
			t.Errorf("%v to %v: %v %v", c.since, c.until, wanted, undated)
		}
	}
	for _, text := range []string{"From: a@b.example\n\n", "From: a@b.example\nDate: soon\n\n"} {
		m, r := mustAnalyze(t, text)
		f := filter{since: at}
		if wanted, undated := f.takes(m, r); wanted || !undated {
			t.Errorf("%q: %v %v", text, wanted, undated)
		}
		f.terms = []term{{"from", "=", "x"}}
		if wanted, undated := f.takes(m, r); wanted || undated {
			t.Errorf("%q, and not from x: %v %v", text, wanted, undated)
		}
	}
	var errs bytes.Buffer
	if code := run([]string{"scan", "--since", "2024-05-02", "--until", "2024-05-01", "x"}, Streams{Err: &errs}); code != exitUsage || !strings.Contains(errs.String(), "--since is not before --until") {
		t.Errorf("exit code %d: %s", code, errs.String())
	}
}
