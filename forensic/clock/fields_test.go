package clock

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/mimeparse"
)

// reading is what the tests compare of a Reading.
type reading struct {
	rule, raw, time string
	event           Event
	clock           Kind
	strength        Strength
	step            time.Duration
}

func brief(r Reading) reading {
	return reading{r.Rule, r.Raw, r.Time.Format("2006-01-02T15:04:05.9999999"), r.Event, r.Clock, r.Strength, r.Precision}
}

// fieldTest is one field and the readings it must give besides those of the
// message's Date.
type fieldTest struct {
	name, value string
	want        []reading
}

func (test fieldTest) run(t *testing.T) {
	t.Helper()
	for _, end := range []string{"\r\n", "\n"} {
		value := strings.ReplaceAll(test.value, "\n", end)
		raw := []byte("Subject: x" + end + test.name + ": " + value + end + "Date: Tue, 5 Mar 2024 06:07:30 +0000" + end + end + "text" + end)
		var got []reading
		for _, r := range Read(mimeparse.Parse(raw, nil), nil) {
			if r.Rule == "date.header" && test.name != "Date" {
				continue
			}
			got = append(got, brief(r))
			if at := string(r.Span.Of(raw)); at != r.Raw && !strings.Contains(at, end) {
				t.Errorf("%s: %q stands at %q", test.name, r.Raw, at)
			}
			if r.Source != test.name || r.Field != 1 || r.Hop != -1 || r.Part != "1" {
				t.Errorf("%s: source %q, field %d, hop %d, part %q", test.name, r.Source, r.Field, r.Hop, r.Part)
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s: %s\n got %v\nwant %v", test.name, test.value, got, test.want)
		}
	}
}

const second, milli = time.Second, time.Millisecond

// One line for each field that is a date, in the forms its writers use: which
// event it dates and whose clock it is when no zone is written.
func TestDateFields(t *testing.T) {
	const at = "2024-03-05T06:07:08"
	for _, test := range []fieldTest{
		{"Resent-Date", "Tue, 5 Mar 2024 07:07:08 +0100", []reading{{"date.resent", "Tue, 5 Mar 2024 07:07:08 +0100", at, Queued, UTC, Evidence, second}}},
		{"X-Original-Date", "Tue, 5 Mar 2024 07:07:08 +0100 (CET)", []reading{{"date.original", "Tue, 5 Mar 2024 07:07:08 +0100 (CET)", at, Built, UTC, Evidence, second}}},
		{"X-Google-Original-Date", "Tue, 05 Mar 2024 06:07:08", []reading{{"date.google-original", "Tue, 05 Mar 2024 06:07:08", at, Built, SenderLocal, Evidence, second}}},
		{"Delivery-date", "Tue Mar  5 06:07:08 2024", []reading{{"date.delivery", "Tue Mar  5 06:07:08 2024", at, Stored, ServerZone, Evidence, second}}},
		{"X-List-Received-Date", "Tue, 05 Mar 2024 06:07:08 -0000", []reading{{"date.list-received", "Tue, 05 Mar 2024 06:07:08 -0000", at, Received, UTC, Evidence, second}}},
		{"X-MDArrival-Date", "Tue, 05 Mar 2024 06:07:08 GMT", []reading{{"date.mdaemon-arrival", "Tue, 05 Mar 2024 06:07:08 GMT", at, Received, UTC, Evidence, second}}},
		{"NNTP-Posting-Date", "Tue, 5 Mar 2024 06:07:08 +0000 (UTC)", []reading{{"date.nntp-posting", "Tue, 5 Mar 2024 06:07:08 +0000 (UTC)", at, Queued, UTC, Evidence, second}}},
		{"Injection-Date", "Tue, 5 Mar 2024 06:07:08", []reading{{"date.injection", "Tue, 5 Mar 2024 06:07:08", at, Queued, ServerZone, Evidence, second}}},
		{"X-Apparently-To", "a@b.example via 192.0.2.7; Tue, 05 Mar 2024 06:07:08 +0000", []reading{{"date.apparently-to", "Tue, 05 Mar 2024 06:07:08 +0000", at, Received, UTC, Evidence, second}}},
		{"X-Apparently-To", "a@b.example", nil},
		{"X-Greylist", "delayed 316 seconds by postgrey-1.37 at mx.example;\n Tue, 05 Mar 2024 07:07:08 +0100 (CET)", []reading{{"date.greylist", "Tue, 05 Mar 2024 07:07:08 +0100 (CET)", at, Scanned, UTC, Evidence, second}}},
		{"DL-Expansion-History", "/CN=list/@x.example ; Tue, 5 Mar 2024 06:07:08  +0000;", []reading{{"date.dl-expansion", "Tue, 5 Mar 2024 06:07:08  +0000", at, Queued, UTC, Evidence, second}}},
		{"Deferred-Delivery", "Tue, 5 Mar 2024 06:07:08 +0000", []reading{{"date.deferred-delivery", "Tue, 5 Mar 2024 06:07:08 +0000", at, Other, UTC, Bound, second}}},
		{"Expires", "Tue, 5 Mar 2024 06:07:08 +0000", []reading{{"date.expires", "Tue, 5 Mar 2024 06:07:08 +0000", at, Expires, UTC, Bound, second}}},
		{"Expires", "0", nil},
		{"Delivery-date", "Tue, 31 Feb 2024 06:07:08 +0000", nil},
		{"X-From-Line", "a@b.example  Tue Mar  5 06:07:08 2024", []reading{{"from-line", "Tue Mar  5 06:07:08 2024", at, Stored, ServerZone, Evidence, second}}},
		{"X-Sent", "5 Mar 2024 06:07:08 GMT", []reading{{"date.sent", "5 Mar 2024 06:07:08 GMT", at, Queued, UTC, Evidence, second}}},
	} {
		test.run(t)
	}
}

// What Microsoft writes: the comment that is the zone, the fraction that is in
// milliseconds, the two statements of one time that must agree.
func TestMicrosoftFields(t *testing.T) {
	const oat, arrival = "X-OriginalArrivalTime", "x-originalarrivaltime"
	exact := reading{arrival, "5AC2A487:01DA6EC3", "2024-03-05T06:07:08.1234567", Received, UTC, Evidence, 100}
	for _, test := range []fieldTest{
		{oat, "05 Mar 2024 06:07:08.0123 (UTC) FILETIME=[5AC2A487:01DA6EC3]", []reading{exact}},
		{oat, "05 Mar 2024 06:07:08.0123 (UTC)\n FILETIME=[5AC2A487:01DA6EC3]", []reading{exact}},
		{oat, "05 Mar 2024 06:09:08.0123 (UTC) FILETIME=[5AC2A487:01DA6EC3]", []reading{
			{arrival, "05 Mar 2024 06:09:08.0123 (UTC)", "2024-03-05T06:09:08.123", Received, UTC, Evidence, milli}, exact}},
		{oat, "05 Mar 2024 06:07:08.0123 (UTC) FILETIME=[5AC2A487:01DA6EC]", []reading{{arrival, "05 Mar 2024 06:07:08.0123 (UTC)", "2024-03-05T06:07:08.123", Received, UTC, Evidence, milli}}},
		{oat, "FILETIME=[5AC2A487:71DA6EC3]", nil},
		{oat, "FILETIME=[", nil},
		{"X-MS-Exchange-CrossTenant-OriginalArrivalTime", "05 Mar 2024 06:07:08.1298 (UTC)",
			[]reading{{"x-ms-exchange.arrival", "05 Mar 2024 06:07:08.1298 (UTC)", "2024-03-05T06:07:08.1298", Received, UTC, Evidence, 100_000}}},
		{"X-MS-Exchange-Organization-ExpirationStartTime", "05 Mar 2024 06:07:08.1298",
			[]reading{{"x-ms-exchange.expiration-start", "05 Mar 2024 06:07:08.1298", "2024-03-05T06:07:08.1298", Received, UTC, Evidence, 100_000}}},
		{"X-MS-Exchange-Transport-EndToEndLatency", "00:00:02.5781250", nil},
		{"X-MS-UserLastLogonTime", "3/5/2024 12:07:08 AM", []reading{{"x-ms-userlastlogontime", "3/5/2024 12:07:08 AM", "2024-03-05T00:07:08", Other, UTC, Evidence, second}}},
		{"X-MS-UserLastLogonTime", "12/13/2024 12:07:08 PM", []reading{{"x-ms-userlastlogontime", "12/13/2024 12:07:08 PM", "2024-12-13T12:07:08", Other, UTC, Evidence, second}}},
		{"X-MS-UserLastLogonTime", "13/12/2024 12:07:08 PM", nil},
		{"X-MS-UserLastLogonTime", "2/30/2024 1:07:08 PM", nil},
		{"X-MS-UserLastLogonTime", "3/5/2024 13:07:08 PM", nil},
	} {
		test.run(t)
	}
}

// Domino writes dates in the manner of the server's country. An order of day
// and month that nothing tells gives no time.
func TestMIMETrack(t *testing.T) {
	at := func(raw, time string, event Event) reading {
		return reading{"x-mimetrack", raw, time, event, ServerZone, Evidence, second}
	}
	for _, test := range []fieldTest{
		{"X-MIMETrack", "Itemize by SMTP Server on a/b(Release 5.0.8 |June 18, 2001) at 07/02/2002\n 03:59:23 PM,\n Serialize complete at\n 2019/08/29 PM 05:07:51",
			[]reading{at("07/02/2002\n 03:59:23 PM", "2002-07-02T15:59:23", Received), at("2019/08/29 PM 05:07:51", "2019-08-29T17:07:51", Queued)}},
		{"X-MIMETrack", "Serialize by Router on a at 22.07.2002 15:59:23, S at 2001-08-04 12:57:19 AM", []reading{
			at("22.07.2002 15:59:23", "2002-07-22T15:59:23", Queued), at("2001-08-04 12:57:19 AM", "2001-08-04T00:57:19", Queued)}},
		{"X-MIMETrack", "Serialize by Router on a at 22/07/2002 15:59:23", []reading{at("22/07/2002 15:59:23", "2002-07-22T15:59:23", Queued)}},
		{"X-MIMETrack", "Serialize by Router on a at 02/07/2002 15:59:23", nil},
		{"X-MIMETrack", "Serialize by Router on a at 31.02.2002 15:59:23", nil},
		{"X-MIMETrack", "at", nil},
	} {
		if got := strings.Contains(test.value, "\n 03"); got { // a folded date is compared in its LF form alone
			raw := test.name + ": " + test.value + "\n\n"
			var have []reading
			for _, r := range Read(mimeparse.Parse([]byte(raw), nil), nil) {
				have = append(have, brief(r))
			}
			if fmt.Sprint(have) != fmt.Sprint(test.want) {
				t.Errorf("%s: got %v", test.value, have)
			}
			continue
		}
		test.run(t)
	}
}

// The numbers in signatures are stated: a time of 1970 or 2040 must be seen to
// contradict, so it may not vanish. What is no plain number gives none.
func TestSignatureFields(t *testing.T) {
	at := func(rule, raw, time string) reading {
		return reading{rule + ".t", raw, time, Signed, UTC, Evidence, second}
	}
	end := func(rule, raw, time string) reading {
		return reading{rule + ".x", raw, time, Expires, UTC, Bound, second}
	}
	const dkim = "dkim-signature"
	for _, test := range []fieldTest{
		{"DKIM-Signature", "v=1; a=rsa-sha256; d=x.example; t=1709618828; x=1710223628; bh=t; b=x=1", []reading{at(dkim, "1709618828", "2024-03-05T06:07:08"), end(dkim, "1710223628", "2024-03-12T06:07:08")}},
		{"DKIM-Signature", "v=1;\n\tt = 12345 ;\n x=2222222201;", []reading{at(dkim, "12345", "1970-01-01T03:25:45"), end(dkim, "2222222201", "2040-06-02T03:56:41")}},
		{"dkim-signature", "T=1709618828; tt=1709618828; t=-1; t=0x5; t=1709618828.5; t=; x=9999999999999; x=999999999999", nil},
		{"X-Google-DKIM-Signature", "t=1709618828", []reading{at("x-google-dkim-signature", "1709618828", "2024-03-05T06:07:08")}},
		{"ARC-Seal", "i=1; t=1709618828; cv=none", []reading{at("arc-seal", "1709618828", "2024-03-05T06:07:08")}},
		{"ARC-Message-Signature", "i=1; t=1709618828", []reading{at("arc-message-signature", "1709618828", "2024-03-05T06:07:08")}},
		{"ARC-Authentication-Results", "i=1; t=1709618828", nil},
	} {
		test.run(t)
	}
}

// An mbox separator on top of the message is a clock of the mailbox's host.
func TestFromLine(t *testing.T) {
	for _, test := range []struct{ line, raw, time, clock string }{
		{"From a@b.example  Tue Mar  5 06:07:08 2024", "Tue Mar  5 06:07:08 2024", "2024-03-05T06:07:08", "server-zone"},
		{"From - Tue Mar 05 06:07:08 2024", "Tue Mar 05 06:07:08 2024", "2024-03-05T06:07:08", "server-zone"},
		{"From a@b.example Tue Mar  5 06:07:08 2024 +0100", "Tue Mar  5 06:07:08 2024 +0100", "2024-03-05T05:07:08", "utc"},
	} {
		raw := []byte(test.line + "\nSubject: x\n\n")
		got := Read(mimeparse.Parse(raw, nil), nil)
		if len(got) != 1 || got[0].Raw != test.raw || got[0].Time.Format("2006-01-02T15:04:05") != test.time || string(got[0].Clock) != test.clock ||
			got[0].Event != Stored || got[0].Source != "From_ line" || got[0].Field != -1 || string(got[0].Span.Of(raw)) != test.raw {
			t.Errorf("%s: %+v", test.line, got)
		}
	}
}
