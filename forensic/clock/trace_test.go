package clock

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/emlcheck/emlcheck/headers"
)

// digitsIn writes v with the digits of an alphabet, at least n of them.
func digitsIn(v int64, alphabet string, n int) string {
	var b []byte
	for base := int64(len(alphabet)); v > 0 || len(b) < n; v /= base {
		b = append([]byte{alphabet[v%base]}, b...)
	}
	return string(b)
}

// queueID writes a time as sendmail does, without the rest of the id.
func queueID(t time.Time) string {
	d := func(v int) string { return sendmailDigits[v : v+1] }
	return d((t.Year()-1900)%60) + d(int(t.Month())-1) + d(t.Day()) + d(t.Hour()) + d(t.Minute()) + d(t.Second())
}

func reverse(s string) string {
	b := []byte(s)
	for i := range len(b) / 2 {
		b[i], b[len(b)-1-i] = b[len(b)-1-i], b[i]
	}
	return string(b)
}

// parseTrace reads a whole trace line.
func parseTrace(raw string) *headers.Received {
	r := headers.ParseReceived([]byte(raw), headers.Span{Start: 0, End: len(raw)})
	return &r
}

// readQueued is the reading of a line's id.
func readQueued(t *testing.T, r *headers.Received) (f found, ok bool) {
	t.Helper()
	c := &clue{}
	if r.Date.OK {
		c.near = []time.Time{r.Date.Time}
	}
	for _, f := range appendTrace(nil, r, c) {
		if f.event == Queued {
			checkFound(t, r.Raw, f)
			return f, true
		}
	}
	return f, false
}

// Every kind of id with a time that the test puts in, in a line that names the
// software and in one that does not.
func TestTraceShapes(t *testing.T) {
	at := utc("2021-07-14T15:09:26.535897Z")
	sec := at.Truncate(time.Second)
	const b62, b52 = base62Digits, postfixDigits
	exim := digitsIn(sec.Unix(), b62, 6)
	oracle := digitsIn(sec.Unix(), b62[:36], 6)
	for _, test := range []struct {
		product, id, cut, rule string
		want                   time.Time
	}{
		{"8.14.4/8.14.4", queueID(sec) + "Qx031337", "", "rcvd.sendmail", sec},
		{"8.11.6/8.11.6", queueID(sec) + "x31337", "", "rcvd.sendmail", sec},
		{"8.17.1/8.17.1", queueID(sec) + "0a4194304", "", "rcvd.sendmail", sec},
		{"Exim 4.92", exim + "-0003aB-Zz", "", "rcvd.exim", sec},
		{"Exim 4.98", exim + "-00000003aBc-" + digitsIn(535897, b62, 4), "", "rcvd.exim-4.97", at},
		{"Exim 4.98", exim + "-00000003aBc-zzzz", "", "rcvd.exim-4.97", sec}, // holds a localhost_number
		{"Exim 4.89", strings.ToUpper(digitsIn(sec.Unix(), b62[:36], 6)) + "-0003AB-ZZ", "", "rcvd.exim", sec},
		{"Postfix", digitsIn(sec.Unix(), b52, 6) + digitsIn(535897, b52, 4) + "zB3kqN1", "", "rcvd.postfix-long", at},
		{"ecelerity 4.4", "1A/F0-31337-" + reverse(fmt.Sprintf("%08X", sec.Unix())), reverse(fmt.Sprintf("%08X", sec.Unix())), "rcvd.momentum", sec},
		{"Oracle Communications Messaging Server 8.1", "0" + oracle[:3] + "0A1B2" + oracle[3:] + "X900@mta.example.net", "0" + oracle[:3] + "0A1B2" + oracle[3:] + "X900", "rcvd.iplanet", sec},
		{"PMDF V6.1", "0" + oracle[:3] + "0A1B2" + oracle[3:] + "X9@mta.example.net", "0" + oracle[:3] + "0A1B2" + oracle[3:] + "X9", "rcvd.iplanet", sec},
		{"InterMail vM.5", "20210714150926.ABCD777.mta1.example.net@client", "20210714150926", "rcvd.intermail", sec},
		{"InterMail vM.5", "20210714150926535.ABC@mta1.example.net", "20210714150926535", "rcvd.intermail", at.Truncate(time.Millisecond)},
		{"Lotus Domino Release 5.0.8", "2021071411092653:31337", "2021071411092653", "rcvd.domino", utc("2021-07-14T11:09:26.53Z")},
		{"KumoMTA 1.0", strings.ReplaceAll(uuid1Text(at), "-", ""), "", "rcvd.kumomta-uuid1", at.Truncate(100)},
		{"", "filterdrecv-0a1b2c3d4e-abcde-1-" + fmt.Sprintf("%08X", sec.Unix()) + "-2F", fmt.Sprintf("%08X", sec.Unix()), "rcvd.sendgrid", sec},
		{"", "filter0042p1las1-31337-" + fmt.Sprintf("%08X", sec.Unix()) + "-2F.0", fmt.Sprintf("%08X", sec.Unix()), "rcvd.sendgrid", sec},
		{"", "k7-20020a0102030405mr271828edd.1." + fmt.Sprint(at.UnixMilli()), fmt.Sprint(at.UnixMilli()), "x-received.gmail-ms", at.Truncate(time.Millisecond)},
		{"", "k7si271828pfe.31.2021.07.14.08.09.26", "2021.07.14.08.09.26", "rcvd.gmail-ymd", sec},
		{"", "S1234567" + "Ab" + "h" + "GN" + "P" + "J" + "a", "", "rcvd.zmailer", utc("2021-07-14T15:09:30Z")},
		{"", exim + "-0003aBc", "", "rcvd.t-online", sec},
		{"", digitsIn(sec.Unix(), b62[:36], 6) + "00.ABC", digitsIn(sec.Unix(), b62[:36], 6), "rcvd.netscape", sec},
		{"Smail3.1.29.1 #1", "m" + exim + "-0003aBC", "", "rcvd.smail", sec},
		{"", fmt.Sprint(at.UnixMilli()) + "77.123456789012", fmt.Sprint(at.UnixMilli()), "rcvd.zoho", at.Truncate(time.Millisecond)},
		{"", uuid1Text(at) + ".1", uuid1Text(at), "uuid1", at.Truncate(100)},
	} {
		for _, product := range []string{test.product, ""} {
			r := traceOf(product, test.id, sec.Add(2*time.Second))
			f, ok := readQueued(t, r)
			if cut := test.cut; !ok || f.rule != test.rule || r.Raw[f.from:f.to] != cut && (cut != "" || r.Raw[f.from:f.to] != test.id) {
				t.Errorf("%q %q: %+v", product, test.id, f)
			}
			if !f.at.Equal(test.want) {
				t.Errorf("%q %q: %s, want %s", product, test.id, f.at, test.want)
			}
			if local := test.rule == "rcvd.domino"; local != (f.clock == ServerZone) {
				t.Errorf("%q: clock %s", test.id, f.clock)
			}
		}
	}
}

// A stale or forged id must be read although its line is stamped otherwise:
// the difference is the finding. The line names the software here.
func TestTraceFar(t *testing.T) {
	at := utc("2019-02-12T06:38:06Z")
	stamp := utc("2024-10-22T09:59:48Z")
	for product, id := range map[string]string{
		"8.14.4/8.14.4": queueID(at) + "Qx031337", "Exim 4.92": digitsIn(at.Unix(), base62Digits, 6) + "-0003aB-Zz",
		"Postfix": digitsIn(at.Unix(), postfixDigits, 6) + "0000zB3kqN1", "ecelerity 4.4": "1A/F0-31337-" + reverse(fmt.Sprintf("%08X", at.Unix())),
		"KumoMTA 1.0": strings.ReplaceAll(uuid1Text(at), "-", ""), "InterMail vM.5": "20190212063806.ABCD777.mta1.example.net@client",
	} {
		if f, ok := readQueued(t, traceOf(product, id, stamp)); !ok || !f.at.Equal(at) {
			t.Errorf("%s %s: %+v", product, id, f)
		}
	}
	if f, ok := readQueued(t, traceOf("", "0a1x2b3t4c5r6d7.25.2019.02.11.22.38.06", stamp)); !ok || !f.at.Equal(at) {
		t.Errorf("gmail: %+v", f)
	}
	// an unnamed host's id that can be nothing else
	if f, ok := readQueued(t, traceOf("", queueID(at)+"Qx031337", stamp)); !ok || !f.at.Equal(at) {
		t.Errorf("sendmail: %+v", f)
	}
}

// Ids without a time, other software's ids in a line that names its own, and
// impossible calendar values must give nothing.
func TestTraceNothing(t *testing.T) {
	stamp := utc("2021-07-14T15:09:26Z")
	for _, test := range []struct{ product, id string }{
		{"8.9.3/8.9.3", "YAA31337"}, // no hour 24
		{"8.9.3/8.9.3", "XA131337"}, {"", "XAA31337"},
		{"Postfix", "FA8B7C6D5E"}, // more than a second of microseconds
		{"Postfix", queueID(stamp) + "Qx031337"},
		{"", "1A2B30042424"}, {"", "9A8B7C6D5E4F"},
		{"OpenSMTPD", "0a1b2c3d"}, {"amavisd-new, port 10024", "aBcDeFgHi-jK"}, {"CommuniGate Pro SMTP 5.4.6", "31415926"},
		{"Haraka/2.8.25", "604E2856-84D8-41EB-9D3A-0A1B2C3D4E5F.1"},
		{"SG", "AbCdEfGh01234567_-XYzQ"},
		{"8.14.4/8.14.4", "11UF9QQx031337"}, // 30 February
		{"8.14.4/8.14.4", "1CEF9QQx031337"}, // month 13
		{"8.14.4/8.14.4", "16EO9QQx031337"}, // hour 24
		{"8.14.4/8.14.4", "160F9QQx031337"}, // day 0
		{"8.14.4/8.14.4", "16EF9yQx031337"}, // no digit of base 60
		{"8.14.4/8.14.4", "K6EF9QQx031337"}, // 1980, long before such ids
		{"Exim 4.92", "zzzzzz-0003aB-00"}, {"Exim 4.92", "000001-0003aB-00"}, {"Exim 4.92", "1m3gXa-0003a_-00"}, {"Exim 4.92", "1m3gXa-0003aB-000"},
		{"Exim 4.92", "abcd222-efghij-22"}, {"", "abcdef-ghijklm"}, {"Nemesis", "1AbCdE-1fGhIj02KL-00mNo1"},
		{"Postfix", "4Gzzzzzzzzz3n"},                      // more than a second of microseconds
		{"Postfix", "4GPSV23kqNa3n"},                      // a vowel
		{"", "h0000000000z"},                              // no base 32
		{"", "h9ojic1a2b3c"},                              // an unnamed host's, far from its stamp
		{"", "k7-2002si271828edx.31.2023.02.30.07.43.38"}, // 30 February
		{"", "k7-2002si271828edx.31.2023.03.12.02.30.00"}, // an hour that was left out
		{"", "k7-2002si271828edx.31.2023.03.18.24.00.00"}, // hour 24
		{"", "k7csp271828lag"}, {"", "k7so271828cf.0"},    // Google's, without time
		{"", "k7-2002mr271828edx.1.9999999999999"},                   // the year 2286
		{"ecelerity 4.4", "1A/F0-31337-00000000"},                    // 1970
		{"Lotus Domino Release 5.0.8", "2021023014092653:31337"},     // 30 February
		{"Lotus Domino Release 5.0.8", "20210714140926:31337"},       // no hundredths
		{"InterMail vM.5", "20211314150926.ABCD777.mta1.example@c"},  // month 13
		{"InterMail vM.5", "604E285600A1B2C3"},                       // a time of the store
		{"Oracle Communications Messaging Server 8", "0QX900A1B2K@"}, // too short
		{"", "0QX900A1B2XYZX9@mta.example.net"},                      // far from its stamp
		{"", "S1234Ab0MVPZ1"}, {"", "S1234567Ab0FVP!1"},              // month 13; no digit
		{"", "filterdrecv-0a1b2c3d4e-abcde-1-653O3F84-27"}, {"", "filter-65303F84-27-"}, // no hexadecimal
		{"", "d98765276b2411d59a560050da064444"},                                // an unnamed host's UUID without hyphens, far
		{"", "604e2856.9e3779b97-x"}, {"", "4242424242424.5"}, {"", "________"}, // shapes of others
	} {
		if f, ok := readQueued(t, traceOf(test.product, test.id, stamp)); ok {
			t.Errorf("%q %q: %+v", test.product, test.id, f)
		}
	}
}

// Ids that hold a part of the time only: the stamp lends the rest, they repeat,
// and they bound.
func TestTracePeriodic(t *testing.T) {
	stamp := utc("2021-07-14T15:09:26Z")
	for _, test := range []struct {
		product, id, want string
		period            time.Duration
	}{
		{"8.9.3/8.9.3", "PAA31337", "2021-07-14T15:00:00Z", traceDay},
		{"8.8.8/8.8.8", "CBZ02718", "2021-07-15T02:00:00Z", traceDay},
		{"Postfix", "1A2B30042424", "2021-07-14T15:09:26.107187Z", time.Second},
	} {
		f, ok := readQueued(t, traceOf(test.product, test.id, stamp))
		if !ok || !f.at.Equal(utc(test.want)) || f.clock != Periodic || f.strength != Bound || f.period != test.period {
			t.Errorf("%q %q: %+v, want %s", test.product, test.id, f, test.want)
		}
	}
}

// The clock of California: the days of the change before and after 2007, the
// hour that comes twice, which the stamp decides, and the one left out.
func TestPacific(t *testing.T) {
	for _, test := range []struct{ wall, stamp, want string }{
		{"2021-01-15T12:00:00Z", "", "2021-01-15T20:00:00Z"},
		{"2021-07-15T12:00:00Z", "", "2021-07-15T19:00:00Z"},
		{"2021-03-14T01:59:59Z", "", "2021-03-14T09:59:59Z"},
		{"2021-03-14T02:30:00Z", "2021-03-14T10:30:00Z", ""},
		{"2021-03-14T03:00:00Z", "", "2021-03-14T10:00:00Z"},
		{"2021-11-07T00:59:59Z", "", "2021-11-07T07:59:59Z"},
		{"2021-11-07T01:30:00Z", "2021-11-07T08:30:05Z", "2021-11-07T08:30:00Z"},
		{"2021-11-07T01:30:00Z", "2021-11-07T09:30:05Z", "2021-11-07T09:30:00Z"},
		{"2021-11-07T01:30:00Z", "", ""},
		{"2021-11-07T02:00:00Z", "", "2021-11-07T10:00:00Z"},
		{"2007-03-20T12:00:00Z", "", "2007-03-20T19:00:00Z"}, // the first year of the longer summer
		{"2006-03-20T12:00:00Z", "", "2006-03-20T20:00:00Z"},
		{"2006-04-02T03:00:00Z", "", "2006-04-02T10:00:00Z"},
		{"2006-10-29T02:00:00Z", "", "2006-10-29T10:00:00Z"},
		{"2006-10-28T23:00:00Z", "", "2006-10-29T06:00:00Z"},
	} {
		var stamp time.Time
		if test.stamp != "" {
			stamp = utc(test.stamp)
		}
		got, ok := pacific(utc(test.wall), stamp, test.stamp != "")
		if ok != (test.want != "") || ok && !got.Equal(utc(test.want)) {
			t.Errorf("%s by %s: %s %t, want %s", test.wall, test.stamp, got, ok, test.want)
		}
	}
}

// PowerMTA's counter comes round every 194 days; the stamp chooses the turn,
// and the reading says how long a turn is.
func TestPowerMTA(t *testing.T) {
	for _, at := range []string{"2002-07-09T22:49:10.5Z", "2023-07-30T01:33:30Z", "2037-12-31T23:59:59.5Z"} {
		queued := utc(at)
		id := "h" + strings.ToLower(digitsIn(queued.UnixMilli()/500%(1<<25), "0123456789ABCDEFGHIJKLMNOPQRSTUV", 5)) + "2fmd4v"
		for _, late := range []time.Duration{0, time.Minute, 30 * 24 * time.Hour, 96 * 24 * time.Hour} {
			stamp := queued.Add(late)
			line := "from a (192.0.2.1) by mta.example.net (PowerMTA(TM) v4.0r6) id " + id + " for <a@example.org>; " + stamp.Format(time.RFC1123Z)
			f, ok := readQueued(t, parseTrace(line))
			if !ok || !f.at.Equal(queued) || f.clock != Periodic || f.period != 16777216*time.Second || line[f.from:f.to] != id[1:6] {
				t.Errorf("%s, %s late: %+v", at, late, f)
			}
		}
	}
	if _, ok := readQueued(t, parseTrace("by mta.example.net (PowerMTA(TM) v4.0r6) id h9ojic1a2b3c for <a@example.org>")); ok {
		t.Error("a turn was chosen without a stamp")
	}
	// the software's habit without its name
	line := "by mta.example.net id h9ojic1a2b3c for <a@example.org>; Sat, 19 Aug 2023 20:10:52 +0000 (envelope-from <b@example.net>)"
	if f, ok := readQueued(t, parseTrace(line)); !ok || f.clock != Periodic {
		t.Errorf("%+v", f)
	}
}

// Dovecot's delivery ids hold seconds and nanoseconds, lowest byte first.
func TestDovecot(t *testing.T) {
	at := utc("2021-07-14T15:09:26.535897Z")
	var b [16]byte
	binary.LittleEndian.PutUint32(b[:], uint32(at.Nanosecond()))
	binary.LittleEndian.PutUint32(b[4:], uint32(at.Unix()))
	copy(b[8:], "\x1a\x2b\x00\x00\xde\xad\xbe\xef")
	id := base64.RawStdEncoding.EncodeToString(b[:])
	for _, tail := range []string{"", ":2", ":P1"} {
		line := "from mx.example.net by store.example.net with LMTP id " + id + tail + " (envelope-from <a@example.org>) for <b@example.org>; " + at.Format(time.RFC1123Z)
		if f, ok := readQueued(t, parseTrace(line)); !ok || !f.at.Equal(at) || line[f.from:f.to] != id {
			t.Errorf("%q: %+v", tail, f)
		}
	}
	random := "from mx.example.net by store.example.net with LMTP id aBcDeFgHiJkLmNoPqRsTuV; " + at.Format(time.RFC1123Z)
	if f, ok := readQueued(t, parseTrace(random)); ok {
		t.Errorf("%+v", f)
	}
}

// What a line says of its software's age bounds it from below: builds of
// Exchange Online, versions of sendmail, dates of building.
func TestReleases(t *testing.T) {
	for _, test := range []struct{ line, cut, rule, from, to string }{
		{"from a (2603::1) by b.outlook.office365.com (2603::2) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20.7656.30 via Frontend Transport; Tue, 11 Jun 2024 10:00:00 +0000", "15.20.7656.30", "rcvd.exchange-build", "2024-05-15T00:00:00Z", "2024-06-30T00:00:00Z"},
		{"from a ([fe80::1]) by b ([fe80::1%6]) with mapi id 15.20.6631.046; Sat, 5 Aug 2023 01:49:39 +0000", "15.20.6631.046", "rcvd.exchange-build", "2023-07-05T00:00:00Z", "2023-08-15T00:00:00Z"},
		{"from a (2603::1) by b (2603::2) with Microsoft SMTP Server id 15.20.100.5; Tue, 11 Jun 2024 10:00:00 +0000", "15.20.100.5", "rcvd.exchange-build", "2017-08-01T00:00:00Z", "2018-01-01T00:00:00Z"},
		{"from a (2603::1) by b (2603::2) with Microsoft SMTP Server id 15.20.10000.5; Tue, 11 Jun 2027 10:00:00 +0000", "15.20.10000.5", "rcvd.exchange-build", "2026-04-01T00:00:00Z", "2026-07-30T00:00:00Z"},
		{"from a (a [192.0.2.1]) by b (8.12.10/8.12.10) with ESMTP id i0CF9QQx031337; Mon, 12 Jan 2004 15:09:26 GMT", "8.12.10", "rcvd.sendmail-release", "2003-09-24T00:00:00Z", "2003-09-25T00:00:00Z"},
		{"from a ([192.0.2.1]) by b (iPlanet Messaging Server 5.1 (built May  7 2001)) with ESMTP id <0QPY0A1B2SRQX9@b>; Sun, 04 Aug 2002 15:36:17 -0700", "May  7 2001", "rcvd.built", "2001-05-07T00:00:00Z", "2001-05-08T00:00:00Z"},
	} {
		got := appendReleases(nil, parseTrace(test.line))
		f := single(t, test.line, got)
		if f.rule != test.rule || f.event != Released || f.strength != Bound || test.line[f.from:f.to] != test.cut {
			t.Errorf("%q: %+v", test.line, f)
		}
		if f.at.Before(utc(test.from)) || f.at.Add(f.step).After(utc(test.to)) {
			t.Errorf("%q: %s + %s", test.cut, f.at, f.step)
		}
	}
}

// Builds of an Exchange on the customer's premises, versions that are no
// release, a date that the client wrote and impossible dates say nothing.
func TestReleasesNothing(t *testing.T) {
	for _, line := range []string{
		"from a (192.0.2.1) by b (192.0.2.2) with Microsoft SMTP Server id 15.1.2507.17; Wed, 17 Jan 2024 04:07:47 -0600",
		"from a (192.0.2.1) by b (192.0.2.2) with Microsoft SMTP Server id 15.20.99999.1; Wed, 17 Jan 2024 04:07:47 -0600",
		"from a (192.0.2.1) by b (192.0.2.2) with Microsoft SMTP Server id 15.20.7656; Wed, 17 Jan 2024 04:07:47 -0600",
		"from a (192.0.2.1) by b with ESMTP id 15.20.7656.30; Wed, 17 Jan 2024 04:07:47 -0600",
		"from a (a [192.0.2.1]) by b (8.12.0.Beta7/8.12.0.Beta7) with ESMTP id f5CF9QQx031337; Tue, 12 Jun 2001 15:09:26 GMT",
		"from x (built May  7 2001) ([192.0.2.1]) by b with ESMTP id 12345678; Sun, 04 Aug 2002 15:36:17 -0700",
		"from a by b (Server (built May 32 2001)) with ESMTP id 12345678; Sun, 04 Aug 2002 15:36:17 -0700",
		"from a by b (Server (built May 7)) with ESMTP id 12345678; Sun, 04 Aug 2002 15:36:17 -0700",
		"from a by b (Server (built 2001-05-07)) with ESMTP id 12345678; Sun, 04 Aug 2002 15:36:17 -0700",
		"from a by b (Server (built ", "",
	} {
		if got := appendReleases(nil, parseTrace(line)); len(got) > 0 {
			t.Errorf("%q: %+v", line, got)
		}
	}
}

// An id that is folded in its midst is cut out whole, fold included.
func TestTraceFolded(t *testing.T) {
	line := "from a (a [192.0.2.1])\r\n\tby b (8.14.4/8.14.4) with ESMTP\r\n\tid\r\n\t" + "l6EF9QQx031337" + ";\r\n\tTue, 14 Jul 2021 15:09:26 GMT"
	if f, ok := readQueued(t, parseTrace(line)); !ok || line[f.from:f.to] != "l6EF9QQx031337" || f.at.Year() != 2007 {
		t.Errorf("%+v", f)
	}
}

// Any line: no panic, and what comes out lies in the line and in the window.
func FuzzTrace(f *testing.F) {
	for _, s := range []string{
		"from a (a [192.0.2.1]) by b (8.11.6/8.11.6) with ESMTP id 12EF9Qx31337; Wed, 21 Aug 2002 13:33:57 +0100",
		"by 2002:a17:: with SMTP id k7mr271828pgl.31.1615734566535; Wed, 29 Sep 2021 10:20:44 -0700 (PDT)",
		"from a by b with esmtps (Exim 4.97) id 1lLSMw-00000003aBc-2FPV; Fri, 12 Sep 2025 01:50:51 +0000",
		"by m (PowerMTA(TM) v1.5) id h9ojic1a2b3c; Sat, 19 Aug 2023 20:10:52 +0000 (envelope-from <b@c>)",
		"from a by b (Lotus Domino Release 5.0.5) with SMTP id 2021031415092653:31337 ; Thu, 10 May 2001 15:21:35 +0200",
		"from a by b with LMTP id qCPxHyYnTmAaKwAA3q2+7w; Sat, 25 Feb 2023 14:41:14 -0300",
		"from a by b (iPlanet Messaging Server 5.1 (built May  7 2001)) id <0QPY0A1B2SRQX9@b>; Sun, 04 Aug 2002 15:36:17 -0700",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, f := range appendTrace(nil, parseTrace(s), &clue{}) {
			checkFound(t, s, f)
		}
	})
}

// A line of the most common kinds, with and without a clock; none may allocate.
func BenchmarkTrace(b *testing.B) {
	for name, line := range map[string]string{
		"none":     "from a (a [192.0.2.1]) by b (Postfix) with ESMTPS id 9A8B7C6D5E for <x@example.org>; Tue,  1 Aug 2023 04:24:04 +0300",
		"exchange": "from a (2603::1) by b (2603::2) with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20.9587.10; Tue, 11 Feb 2026 10:00:00 +0000",
		"unnamed":  "from a (a [192.0.2.1]) by b with ESMTP id Ol74SW3x_a0b1c2d3e4f5; Thu, 17 Oct 2024 10:29:40 +0200",
	} {
		r := parseTrace(line)
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			out, c := make([]found, 0, 4), &clue{}
			for b.Loop() {
				out = appendTrace(out[:0], r, c)
			}
		})
	}
}
