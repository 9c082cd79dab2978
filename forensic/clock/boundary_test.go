package clock

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// single is a decoder's only reading; the test fails on none and on more.
func single(t *testing.T, text string, got []found) found {
	t.Helper()
	if len(got) != 1 {
		t.Fatalf("%q: %d readings: %+v", text, len(got), got)
	}
	checkFound(t, text, got[0])
	return got[0]
}

func utc(s string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// fileTimeText writes a wall time as the two halves of a FILETIME.
func fileTimeText(t time.Time, format string) string {
	v := (t.Unix()+fileTimeEpoch)*1e7 + int64(t.Nanosecond()/100)
	return fmt.Sprintf(format, v>>32, v&0xFFFFFFFF)
}

// gmailTail writes a time as Gmail's boundaries do, behind the first group.
func gmailTail(t time.Time) string {
	us := t.UnixMicro()
	return fmt.Sprintf("%06x%08x%02x", us&0xFFFFFF, us>>24, 7)
}

// Each known shape, with a time that the test puts in: the value, the clock it
// was made by and the place where it stands must come out.
func TestBoundaryShapes(t *testing.T) {
	at := utc("2021-03-14T15:09:26.535897Z")
	sec, ms := at.Unix(), at.UnixMilli()
	second := at.Truncate(time.Second)
	for _, test := range []struct {
		text, cut, rule string
		clock           Kind
		want            time.Time
	}{
		{"000000000000" + gmailTail(at), gmailTail(at)[:14], "bnd.gmail-us", UTC, at},
		{"94eb2c0a1b2c" + gmailTail(utc("2016-01-02T03:04:05.000006Z")), gmailTail(utc("2016-01-02T03:04:05.000006Z"))[:14], "bnd.gmail-us", UTC, utc("2016-01-02T03:04:05.000006Z")},
		{"----=_NextPart_000_001F_" + fileTimeText(second, "%08X.%08X"), fileTimeText(second, "%08X.%08X"), "bnd.outlook", SenderLocal, second},
		{"----=_NextPart_003_1A2B3C4D_" + fileTimeText(second, "%08X.%08X"), fileTimeText(second, "%08X.%08X"), "bnd.outlook", SenderLocal, second},
		{"----_=_NextPart_001_" + fileTimeText(at, "%08X.%08X"), fileTimeText(at, "%08X.%08X"), "bnd.exchange", UTC, at.Truncate(100)},
		{fmt.Sprintf("----=_Part_41_-99887766.%d", ms), fmt.Sprint(ms), "bnd.javamail", UTC, at.Truncate(time.Millisecond)},
		{"----=_Part_0_1.996000000123", "996000000123", "bnd.javamail", UTC, utc("2001-07-24T18:40:00.123Z")},
		{fmt.Sprintf("-7654321.%d.JavaMail.www.node3", ms), fmt.Sprint(ms), "bnd.javamail-old", UTC, at.Truncate(time.Millisecond)},
		{fmt.Sprintf("7654321.12.%d.JavaMail.www.node3", ms), fmt.Sprint(ms), "bnd.javamail-old", UTC, at.Truncate(time.Millisecond)},
		{fmt.Sprintf("4F1E2A3B4C.%d/mx7.example.net", sec), fmt.Sprint(sec), "bnd.dsn-qid.epoch", UTC, second},
		{fmt.Sprintf("12EF9QKx031337.%d/mx7.example.net", sec), fmt.Sprint(sec), "bnd.dsn-qid.epoch", UTC, second},
		{"SAA01234.876543210/mail.example.edu", "876543210", "bnd.dsn-qid.epoch", UTC, utc("1997-10-11T04:13:30Z")},
		{fmt.Sprintf("----------=_%d-2718-28", sec), fmt.Sprint(sec), "bnd.mime-tools", UTC, second},
		{fmt.Sprintf("----------=_%08X.9E3779B9", sec), fmt.Sprintf("%08X", sec), "bnd.spamassassin", UTC, second},
		{fmt.Sprintf("_----------=_%d271828", sec), fmt.Sprint(sec), "bnd.mime-lite", UTC, second},
		{"_----------=_9876543214321", "987654321", "bnd.mime-lite", UTC, utc("2001-04-19T04:25:21Z")}, // nine digits before September 2001
		{fmt.Sprintf("_=_swift_%d_0123456789abcdef0123456789abcdef_=_", sec), fmt.Sprint(sec), "bnd.swift1", UTC, second},
		{fmt.Sprintf("_=_swift_v4_%d_0123456789abcdef0123456789abcdef_=_", sec), fmt.Sprint(sec), "bnd.swift1", UTC, second},
		{fmt.Sprintf("_=_swift-1618033988%x%05x3.14159265_=_", sec, 535897), fmt.Sprintf("%x%05x3.14159265", sec, 535897), "bnd.swift4-uniqid", UTC, at},
		{fmt.Sprintf("_=_swift_v4_161803%x%05x3.14159265_=_", sec, 535897), fmt.Sprintf("%x%05x3.14159265", sec, 535897), "bnd.swift4-uniqid", UTC, at},
		{fmt.Sprintf("--==_mimepart_%x%x_1a2b3fd4e5c6", sec, 535897), fmt.Sprintf("%x%x", sec, 535897), "bnd.rubymail", UTC, at},
		{fmt.Sprintf("--==_mimepart_%x%x_1a2b3fd4e5c6", sec, 17), fmt.Sprintf("%x%x", sec, 17), "bnd.rubymail", UTC, second.Add(17 * time.Microsecond)}, // microseconds are not padded
		{fmt.Sprintf("mimepart_%x%x_12ab..fdbe2d4c1", sec, 535897), fmt.Sprintf("%x%x", sec, 535897), "bnd.rubymail", UTC, at},
		{fmt.Sprintf("----=MMP-%x%05x.%x%05x2.71828182", sec, 1, sec, 535897), fmt.Sprintf("%x%05x2.71828182", sec, 535897), "bnd.php-uniqid", UTC, at},
		{fmt.Sprintf("----=MMP-%x%05x", sec, 535897), fmt.Sprintf("%x%05x", sec, 535897), "bnd.php-uniqid", UTC, at},
		{fmt.Sprintf("Next_%x%05x2.71828182_part", sec, 535897), fmt.Sprintf("%x%05x2.71828182", sec, 535897), "bnd.php-uniqid", UTC, at},
		{"=_alternative 005371B62585A6E5_=", "", "", "", time.Time{}}, // Julian day out of the window
		{fmt.Sprintf("=_mixed %08X80%06X_=", 5456653, 2459288), fmt.Sprintf("%08X80%06X", 5456653, 2459288), "bnd.lotus", UTC, utc("2021-03-14T15:09:26.53Z")},
		{fmt.Sprintf("--=_related %08X85%06X_=", 0, 2459288), fmt.Sprintf("%08X85%06X", 0, 2459288), "bnd.lotus", UTC, utc("2021-03-14T00:00:00Z")},
		{fmt.Sprintf("-314159265-271828182-%d=:1618", sec), fmt.Sprint(sec), "bnd.c-client", UTC, second},
		{fmt.Sprintf("0-271828182-%d=:1618", sec), fmt.Sprint(sec), "bnd.c-client", UTC, second},
		{fmt.Sprintf("192.0.2.9.1000.4242.%d.535.3", sec), fmt.Sprintf("%d.535", sec), "bnd.python-mimetools", UTC, second.Add(535 * time.Millisecond)},
		{fmt.Sprintf("----sinikael-?=_1-%d0.31415926535", ms), fmt.Sprint(ms), "bnd.nodemailer", UTC, at.Truncate(time.Millisecond)},
		{fmt.Sprintf("--ALT--%s%d", "abcdefghijklmnopqrstuvwxyz012345", sec), fmt.Sprint(sec), "bnd.mail-ru", UTC, second},
		{"=_" + uuid1Text(at), uuid1Text(at), "uuid1", UTC, at.Truncate(100)},
	} {
		got := appendBoundary(nil, test.text, &clue{})
		if test.rule == "" {
			if len(got) > 0 {
				t.Errorf("%q: %+v", test.text, got)
			}
			continue
		}
		if strings.HasPrefix(test.text, "----=MMP-") && len(got) == 2 {
			got = got[:1] // TestBoundaryTwoCalls has the other one
		}
		f := single(t, test.text, got)
		if f.rule != test.rule || f.clock != test.clock || f.event != Built || f.strength == Hint || test.text[f.from:f.to] != test.cut {
			t.Errorf("%q: %s %s %s at %q, want %s at %q", test.text, f.rule, f.clock, f.event, test.text[f.from:f.to], test.rule, test.cut)
		}
		if !f.at.Equal(test.want) {
			t.Errorf("%q: %s, want %s", test.text, f.at, test.want)
		}
	}
}

// A boundary of two calls of PHP's uniqid holds two clocks, the later one with
// its entropy.
func TestBoundaryTwoCalls(t *testing.T) {
	got := appendBoundary(nil, "----=MMP-604e2726000a1.604e2726000c25.27182818", &clue{})
	if len(got) != 2 || got[0].at.Sub(got[1].at) != 33*time.Microsecond || got[1].event != Built {
		t.Errorf("%+v", got)
	}
}

// What has no time, what nearly has a shape, and values that cannot be one
// must give nothing: a false clock would accuse an honest sender.
func TestBoundaryNothing(t *testing.T) {
	near := &clue{near: []time.Time{utc("2021-03-14T15:09:26Z")}}
	for _, text := range []string{
		"", "-", "simple", "=====", "----=_NextPart_", "_----------=_", "----------=_",
		"b1_0f1e2d3c4b5a69788796a5b4c3d2e1f0",                                          // PHPMailer
		"===============1844674407370955161==",                                         // Python
		"--_NmP-604e2856a1b2c3d4-Part_1",                                               // nodemailer
		"Apple-Mail-12--604001234",                                                     // Apple Mail
		"Apple-Mail=_604E2856-84D8-41EB-9D3A-0A1B2C3D4E5F",                             // a random UUID
		"------------010203040506070809000102",                                         // Thunderbird
		"nextPart1615734566.OxAbCdEf",                                                  // KMail
		"==_Exmh_1615734566P",                                                          // ticks of another clock
		"=====================_1615734566==_",                                          // Eudora
		"=====================_1615734566==_.ALT",                                      // Eudora
		"_----------=_MCPart_1615734566",                                               // Mailchimp
		"=-AbCdEfGh0123456789+/==",                                                     // MimeKit
		"_000_AM0PR01MB1234604E2856AM0PR01MB1234eurp_",                                 // Exchange
		"=_604e2856-84d8-41eb-9d3a-0a1b2c3d4e5f",                                       // Zimbra, a random UUID
		"_=_swift_v4_0123456789abcdef0123456789abcdef_=_",                              // a random one of Swift
		"_=_swift_1615734566_0123456789abcdef_=_",                                      // too short
		"_=_swift_0123456789_0123456789abcdef0123456789abcdef_=_",                      // 1973
		"----=_NextPart_000_001F_01D718E5.F2C3D4E5",                                    // last digit not 0
		"----=_NextPart_00_001F_01D718E5.F2C3D4E0",                                     // two digits
		"----=_NextPart_000_001f_01d718e5.f2c3d4e0",                                    // lower case
		"----=_NextPart_000_001F_41D718E5.F2C3D4E0",                                    // beyond any FILETIME
		"----=_NextPart_000_001F_01D718E5.F2C3D4E0x",                                   // tail
		"----_=_NextPart_001_01F718E5.F2C3D4E5",                                        // after 2038
		"----=_Part_41_99887766.1615734566",                                            // seconds where milliseconds stand
		"----=_Part_41_99887766.9999999999999",                                         // the year 2286
		"----=_Part_41_1615734566535",                                                  // no hash code
		"000000000000zz6535897f05bd7e21",                                               // no digits
		"000000000000ffffffffffffffff",                                                 // beyond the window
		"a1b2c3d4e5f60000000000000000",                                                 // the epoch, random machine
		"4F1E2A3B4C.1615734566",                                                        // no host
		"4F1E2A3B4C.0123456789/mx7.example.net",                                        // 1973
		"4F1E2A3B4C.16157345661/mx7.example.net",                                       // eleven digits
		"16180339887498948482/df.example.net",                                          // DragonFly
		"----------=_1615734566-2718",                                                  // one number only
		"----------=_604E2856.9E3779",                                                  // too short
		"----------=_004E2856.9E3779B9",                                                // 1972
		"_----------=_1615734566",                                                      // no process
		"_----------=_2222222222333",                                                   // 2040
		"--==_mimepart_604e2856fffff_1a2b3fd4e5c6",                                     // a million microseconds
		"--==_mimepart_604e2856082d59_1a2b3fd4e5c6",                                    // too long
		"--==_mimepart_604e285602d59_1a2b3fd4e5c6",                                     // padded with a zero
		"--==_mimepart_604e285682d59",                                                  // no process
		"----=MMP-604e2856fffff",                                                       // a million microseconds
		"part_0f1e2d3c4b5a604e285682d593.14159265",                                     // a digest before a number
		"=_alternative 00895440802586E5_=",                                             // more than a day of hundredths
		"=_sonnet 0053432D802586E5_=",                                                  // no type of multipart
		"0-1-0123456789=:5",                                                            // 1973
		"1-2-3-1615734566=:5",                                                          // four numbers
		"604e2856_9e3779b9_1a2_7",                                                      // four groups
		"10.0.0.1.1615734566.535.3",                                                    // too few numbers
		"----=_Part_1_2.1615734566535\xff", "\xff\xfe", "0000000000000000000000000000", // hostile
	} {
		if got := appendBoundary(nil, text, near); len(got) > 0 {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// The shape of libetpan holds any digits, so only a time near the message's
// own counts.
func TestBoundaryEtPan(t *testing.T) {
	const text = "604e2726_9e3779b9_1a2"
	near, far := &clue{near: []time.Time{utc("2021-03-15T00:00:00Z")}}, &clue{near: []time.Time{utc("2005-03-15T00:00:00Z")}}
	if f := single(t, text, appendBoundary(nil, text, near)); !f.at.Equal(utc("2021-03-14T15:09:26Z")) || text[f.from:f.to] != "604e2726" {
		t.Errorf("%+v", f)
	}
	if got := appendBoundary(nil, text, far); len(got) > 0 {
		t.Errorf("%+v", got)
	}
}

// Content-IDs: the programs' own shapes bound the time of the part, and what
// another message's part brought along must not pass for evidence.
func TestContentIDs(t *testing.T) {
	at := utc("2021-03-14T15:09:26Z")
	near := &clue{near: []time.Time{at}}
	for _, test := range []struct {
		text, cut, rule string
		event           Event
		strength        Strength
		want            time.Time
	}{
		{"image001.png@" + fileTimeText(at, "%08X.%08X"), fileTimeText(at, "%08X.%08X"), "cid.outlook", File, Bound, at},
		{"logo x@" + fileTimeText(at, "%08X.%08X"), fileTimeText(at, "%08X.%08X"), "cid.outlook", File, Bound, at},
		{"001a" + fileTimeText(at, "%08x$%08x") + "$0a01a8c0@desk", fileTimeText(at, "%08x$%08x"), "cid.outlook-express", Built, Bound, at},
		{"4242.1615734566.2@host.example", "1615734566", "cid.nmh", Built, "", at},
		{"ii_km9bvj3u0", "km9bvj3u", "cid.gmail-image", File, Bound, utc("2021-03-14T18:04:50.346Z")},
		{"ii_178315f2c07d4e21", "178315f2c07d4e21", "cid.gmail-draft", Compose, Bound, utc("2021-03-14T17:48:56.583Z")},
	} {
		f := single(t, test.text, appendContentID(nil, test.text, near))
		if f.rule != test.rule || f.event != test.event || f.strength != test.strength || test.text[f.from:f.to] != test.cut || f.at.Sub(test.want).Abs() > 6*time.Hour {
			t.Errorf("%q: %+v", test.text, f)
		}
	}
	for _, text := range []string{
		"", "@", "image001.png", "image001.png@01D718E5", "image001.png@01D718E5.F2C3D4EG", "image001.png@41D718E5.F2C3D4E5", "@01D718E5.F2C3D4E5",
		"part1.604E2856", "ii_", "ii_abc", "ii_km9bvj3ux", "ii_zzzzzzzz0", "B05@goomoji.gmail", "1.0123456789.2@host", "4242.1615734566.2@",
		"001a01d718e5$f2c3d4e$0a01a8c0@desk",
	} {
		if got := appendContentID(nil, text, near); len(got) > 0 {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

// Any text: no panic, and what comes out lies in the text and in the window.
func FuzzBoundary(f *testing.F) {
	for _, s := range []string{"000000000000e3c2d905bd808407", "----=_NextPart_000_0004_01D718E4.05D25700", "_=_swift-16180339604e272682d593.14159265_=_",
		"--==_mimepart_604e272682d59_1a2b", "=_mixed 0053430D80258698_=", "1-2-1615734566=:4", "ii_km9an6h30_1783148ee874e21a", "604e2726_9e3779b9_1a2"} {
		f.Add(s)
	}
	near := &clue{near: []time.Time{utc("2021-03-14T15:09:26Z")}}
	f.Fuzz(func(t *testing.T, s string) {
		for _, c := range []*clue{near, {}} {
			got := appendContentID(appendBoundary(nil, s, c), s, c)
			for _, f := range got {
				checkFound(t, s, f)
			}
		}
	})
}

// The common case is a boundary without any clock; it must not allocate.
func BenchmarkBoundary(b *testing.B) {
	c := &clue{}
	for name, s := range map[string]string{"none": "------------010203040506070809000102", "gmail": "000000000000e3c2d905bd808407", "inner": "b1_0f1e2d3c4b5a69788796a5b4c3d2e1f0"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			out := make([]found, 0, 4)
			for b.Loop() {
				out = appendBoundary(out[:0], s, c)
			}
		})
	}
}
