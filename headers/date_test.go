package headers

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
)

// dateCase is one date as written and what must be read from it.
type dateCase struct {
	why   string
	in    string
	want  string // RFC3339, or "!" and the reason
	zone  Zone
	text  string  // ZoneText
	unit  float64 // Precision, 1 when 0
	codes string  // defect codes without "date.", sorted
}

// run compares everything that a case states.
func (c dateCase) run(t *testing.T) {
	t.Helper()
	d := ParseDateString(c.in)
	got := d.RFC3339()
	if !d.OK {
		got = "!" + d.Reason
	}
	if got != c.want {
		t.Fatalf("%q: got %s, want %s", c.in, got, c.want)
	}
	if d.Zone != c.zone || d.ZoneText != c.text {
		t.Errorf("%q: zone %s %q, want %s %q", c.in, d.Zone, d.ZoneText, c.zone, c.text)
	}
	if unit := max(c.unit, 1); d.OK && (c.unit >= 1 || c.unit == 0) && d.Precision != unit {
		t.Errorf("%q: precision %v, want %v", c.in, d.Precision, unit)
	} else if d.OK && c.unit > 0 && c.unit < 1 && d.Precision != c.unit {
		t.Errorf("%q: precision %v, want %v", c.in, d.Precision, c.unit)
	}
	if codes := dateCodes(d); codes != c.codes {
		t.Errorf("%q: defects %q, want %q", c.in, codes, c.codes)
	}
}

func dateCodes(d Date) string {
	var codes []string
	for _, defect := range d.Defects {
		codes = append(codes, strings.TrimPrefix(defect.Code, "date."))
	}
	slices.Sort(codes)
	return strings.Join(codes, " ")
}

func dateRunAll(t *testing.T, cases []dateCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.why, func(t *testing.T) { c.run(t) })
	}
}

func TestParseDateGrammar(t *testing.T) {
	dateRunAll(t, []dateCase{
		{"RFC 5322 as it should be", "Mon, 07 Jan 2002 10:11:12 +0200", "2002-01-07T10:11:12+02:00", ZoneStated, "+0200", 0, ""},
		{"no weekday, one-digit day", "7 Jan 2002 10:11:12 -0330", "2002-01-07T10:11:12-03:30", ZoneStated, "-0330", 0, ""},
		{"blanks around", "  7 Jan 2002 10:11:12 +0000\t", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, ""},
		{"zone comment is normal", "Mon, 7 Jan 2002 10:11:12 -0500 (EST)", "2002-01-07T10:11:12-05:00", ZoneStated, "-0500", 0, ""},
		{"comments anywhere, nested, quoted pair", `Mon (x(y)\)),7(a) Jan(b) 2002 10(h):11:12(s) +0000`, "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, ""},
		{"folded at every blank, CRLF", "Mon,\r\n 7\r\n Jan\r\n\t2002\r\n 10:11:12\r\n +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, ""},
		{"folded with bare LF and bare CR", "Mon,\n 7\r Jan 2002 10:11:12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, ""},
		{"blanks around the colons (obs-hour)", "Fri, 21 Nov 1997 09 :   55  :  06 -0600", "1997-11-21T09:55:06-06:00", ZoneStated, "-0600", 0, ""},
		{"any letter case (RFC 5234 2.3)", "mON, 7 jAN 2002 10:11:12 gmt", "2002-01-07T10:11:12+00:00", ZoneStated, "gmt", 0, "zone-obsolete"},
		{"no blank after the comma", "Wed,29 May 2002 17:55:32 +0800", "2002-05-29T17:55:32+08:00", ZoneStated, "+0800", 0, ""},
		{"seconds are optional", "Mon, 7 Jan 2002 10:11 +0000", "2002-01-07T10:11:00+00:00", ZoneStated, "+0000", 60, "no-seconds"},
		{"29 Feb of a leap year", "29 Feb 2000 00:00:00 +0000", "2000-02-29T00:00:00+00:00", ZoneStated, "+0000", 0, ""},
		{"leap second is clamped, not rolled over", "31 Dec 2016 23:59:60 +0000", "2016-12-31T23:59:59+00:00", ZoneStated, "+0000", 0, "leap-second"},
		{"last day that can be said", "31 Dec 9999 23:59:59 +0000", "9999-12-31T23:59:59+00:00", ZoneStated, "+0000", 0, ""},
		{"zone glued to its comment", "5 Aug 2002 18:30:50 +0900(KST)", "2002-08-05T18:30:50+09:00", ZoneStated, "+0900", 0, ""},
		{"comment before the zone", "Tue, 19 Sep 1995 13:30:00 (EDT) -0400", "1995-09-19T13:30:00-04:00", ZoneStated, "-0400", 0, ""},
	})
}

func TestParseDateObsolete(t *testing.T) {
	dateRunAll(t, []dateCase{
		{"00 to 49 is 2000 and on", "7 Jan 49 10:11:12 +0000", "2049-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "two-digit-year"},
		{"50 to 99 is 1900 and on", "7 Jan 50 10:11:12 +0000", "1950-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "two-digit-year"},
		{"three digits add 1900", "7 Jan 102 10:11:12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "three-digit-year"},
		{"one digit is no year", "7 Jan 2 10:11:12 +0000", "!year of one digit", ZoneStated, "+0000", 0, "unreadable"},
		{"UT", "7 Jan 2002 10:11:12 UT", "2002-01-07T10:11:12+00:00", ZoneStated, "UT", 0, "zone-obsolete"},
		{"UTC, which RFC 5322 forgot", "7 Jan 2002 10:11:12 UTC", "2002-01-07T10:11:12+00:00", ZoneStated, "UTC", 0, "zone-obsolete"},
		{"EST", "7 Jan 2002 10:11:12 EST", "2002-01-07T10:11:12-05:00", ZoneStated, "EST", 0, "zone-obsolete"},
		{"EDT", "7 Jan 2002 10:11:12 EDT", "2002-01-07T10:11:12-04:00", ZoneStated, "EDT", 0, "zone-obsolete"},
		{"CST", "7 Jan 2002 10:11:12 cst", "2002-01-07T10:11:12-06:00", ZoneStated, "cst", 0, "zone-obsolete"},
		{"CDT", "7 Jan 2002 10:11:12 CDT", "2002-01-07T10:11:12-05:00", ZoneStated, "CDT", 0, "zone-obsolete"},
		{"MST", "7 Jan 2002 10:11:12 MST", "2002-01-07T10:11:12-07:00", ZoneStated, "MST", 0, "zone-obsolete"},
		{"MDT", "7 Jan 2002 10:11:12 MDT", "2002-01-07T10:11:12-06:00", ZoneStated, "MDT", 0, "zone-obsolete"},
		{"PST", "7 Jan 2002 10:11:12 PST", "2002-01-07T10:11:12-08:00", ZoneStated, "PST", 0, "zone-obsolete"},
		{"PDT", "7 Jan 2002 10:11:12 PDT", "2002-01-07T10:11:12-07:00", ZoneStated, "PDT", 0, "zone-obsolete"},
	})
}

func TestParseDateZone(t *testing.T) {
	const at = "7 Jan 2002 10:11:12"
	const day = "2002-01-07T10:11:12"
	dateRunAll(t, []dateCase{
		{"-0000: offset not known (RFC 5322 3.3)", at + " -0000", day + "+00:00", ZoneUnknown, "-0000", 0, ""},
		{"+0000 is UTC", at + " +0000", day + "+00:00", ZoneStated, "+0000", 0, ""},
		{"military letter (RFC 5322 4.3)", at + " N", day + "+00:00", ZoneUnknown, "N", 0, "zone-unknown"},
		{"Z is a military letter in this shape", at + " Z", day + "+00:00", ZoneUnknown, "Z", 0, "zone-unknown"},
		{"European name", at + " CEST", day + "+00:00", ZoneUnknown, "CEST", 0, "zone-unknown"},
		{"lower case name at the end", at + " met", day + "+00:00", ZoneUnknown, "met", 0, "zone-unknown"},
		{"name of two words", at + " MET DST", day + "+00:00", ZoneUnknown, "MET DST", 0, "zone-unknown"},
		{"Windows zone name", at + " US Mountain Standard Time", day + "+00:00", ZoneUnknown, "US Mountain Standard Time", 0, "zone-unknown"},
		{"nothing", at, day + "+00:00", ZoneAbsent, "", 0, "zone-absent"},
		{"only a comment", at + " (PST)", day + "+00:00", ZoneAbsent, "", 0, "zone-absent"},
		{"east of every place", at + " +1415", day + "+14:15", ZoneStated, "+1415", 0, "zone-unusual"},
		{"the last real one east", at + " +1400", day + "+14:00", ZoneStated, "+1400", 0, ""},
		{"the last real one west", at + " -1200", day + "-12:00", ZoneStated, "-1200", 0, ""},
		{"west of every place", at + " -1215", day + "-12:15", ZoneStated, "-1215", 0, "zone-unusual"},
		{"not a quarter of an hour", at + " +0110", day + "+01:10", ZoneStated, "+0110", 0, "zone-unusual"},
		{"the most that the grammar allows", at + " -9959", day + "-99:59", ZoneStated, "-9959", 0, "zone-unusual"},
		{"minutes out of range", at + " +0160", "!zone minute 60 out of range", ZoneAbsent, "", 0, "unreadable"},
		{"GMT with hours", at + " GMT+2", day + "+02:00", ZoneStated, "GMT+2", 0, "zone-form"},
		{"GMT with four digits", at + " GMT+0200", day + "+02:00", ZoneStated, "GMT+0200", 0, "zone-form"},
		{"UTC with a colon", at + " UTC-05:00", day + "-05:00", ZoneStated, "UTC-05:00", 0, "zone-form"},
		{"GMT-0 is GMT", at + " GMT-0", day + "+00:00", ZoneStated, "GMT-0", 0, "zone-form"},
		{"colon", at + " +02:00", day + "+02:00", ZoneStated, "+02:00", 0, "zone-form"},
		{"one digit", at + " +2", day + "+02:00", ZoneStated, "+2", 0, "zone-form"},
		{"three digits", at + " -400 (EDT)", day + "-04:00", ZoneStated, "-400", 0, "zone-form"},
		{"blank after the sign", at + " - 0500", day + "-05:00", ZoneStated, "- 0500", 0, "zone-form"},
		{"number wins over name", at + " EST -0600", day + "-06:00", ZoneStated, "-0600", 0, "zone-form"},
		{"number wins over unknown name", at + " CET +0100", day + "+01:00", ZoneStated, "+0100", 0, "zone-form"},
		{"number wins, and says nothing", at + " EST -0000", day + "+00:00", ZoneUnknown, "-0000", 0, "zone-form"},
		{"POSIX would read the sign the other way", at + " EST+5", day + "+00:00", ZoneUnknown, "EST+5", 0, "zone-unknown"},
		{"name after the number", at + " +0100 CET", day + "+01:00", ZoneStated, "+0100", 0, "trailing-text"},
		{"no sign: east or west?", at + " 0800", day + "+00:00", ZoneUnknown, "0800", 0, "zone-unknown"},
		{"two signs: which?", at + " +-0500", day + "+00:00", ZoneUnknown, "+-0500", 0, "zone-unknown"},
		{"five digits", at + " +01800", day + "+00:00", ZoneUnknown, "+01800", 0, "zone-unknown"},
		{"cut in the middle of a quoted-printable line", at + " +0=", day + "+00:00", ZoneUnknown, "+0=", 0, "zone-unknown"},
		{"text is not a zone", at + " version=2.40", day + "+00:00", ZoneAbsent, "", 0, "trailing-text zone-absent"},
		{"digits after the zone", at + " +0000.562272", day + "+00:00", ZoneStated, "+0000", 0, "trailing-text"},
	})
}

func TestParseDateRanges(t *testing.T) {
	bad := func(why, in, reason string) dateCase {
		return dateCase{why, in + " +0000", "!" + reason, ZoneStated, "+0000", 0, "unreadable"}
	}
	dateRunAll(t, []dateCase{
		bad("hour 25, measured to become the next day elsewhere", "7 Jan 2002 25:01:00", "hour 25 out of range"),
		bad("24:00:00 is no time of day in RFC 5322", "7 Jan 2002 24:00:00", "hour 24 out of range"),
		bad("minute 60", "7 Jan 2002 10:60:00", "minute 60 out of range"),
		bad("second 61", "7 Jan 2002 10:10:61", "second 61 out of range"),
		bad("day 0", "0 Jan 2002 10:10:10", "day 0 out of range"),
		bad("day 32", "32 Jan 2002 10:10:10", "day 32 out of range"),
		bad("31 Feb", "31 Feb 2004 10:10:10", "day 31 out of range"),
		bad("30 Feb", "30 Feb 2004 10:10:10", "day 30 out of range"),
		bad("29 Feb in a common year", "29 Feb 2003 10:10:10", "day 29 out of range"),
		bad("29 Feb 1900: centuries are common years", "29 Feb 1900 10:10:10", "day 29 out of range"),
		bad("31 Apr", "31 Apr 2003 10:10:10", "day 31 out of range"),
		bad("year 1899", "7 Jan 1899 10:10:10", "year 1899 out of range"),
		bad("year 0102 of a program that added 100", "7 Jan 0102 10:10:10", "year 102 out of range"),
		bad("year 10000", "7 Jan 10000 10:10:10", "year 10000 out of range"),
		bad("no year", "7 Jan 10:10:10", "no year"),
		bad("no day", "Jan 2002 10:10:10", "no day"),
		bad("no month", "7 2002 10:10:10", "no month"),
		bad("unknown month", "7 Foo 2002 10:10:10", "month unknown"),
	})
	dateRunAll(t, []dateCase{
		{"empty", "", "!empty", ZoneAbsent, "", 0, "unreadable"},
		{"only folding", " \r\n\t", "!empty", ZoneAbsent, "", 0, "unreadable"},
		{"only a comment", "(none)", "!no date", ZoneAbsent, "", 0, "unreadable"},
		{"words", "Not supplied", "!no date", ZoneAbsent, "", 0, "unreadable"},
		{"line", "____________________", "!no date", ZoneAbsent, "", 0, "unreadable"},
		{"only a time", "10:10:10", "!no month", ZoneAbsent, "", 0, "unreadable"},
		{"day of nine digits", "123456789 Jan 2002", "!day out of range", ZoneAbsent, "", 0, "day-long unreadable"},
		{"two times of day", "10:10:10 11:11:11 7 Jan 2002", "!two times of day", ZoneAbsent, "", 0, "unreadable"},
		{"two months", "7 Jan Feb 2002 10:10:10", "!two months", ZoneAbsent, "", 0, "unreadable"},
		{"month 13", "2002-13-07", "!month 13 out of range", ZoneAbsent, "", 0, "shape-iso unreadable"},
		{"hour 0 PM contradicts itself", "7 Jan 2002 0:10:10 PM", "!hour 0 with PM", ZoneAbsent, "", 0, "meridiem time-short unreadable"},
		{"hour 14 AM contradicts itself", "7 Jan 2002 14:10:10 AM", "!hour 14 with AM", ZoneAbsent, "", 0, "meridiem unreadable"},
		{"more tokens than any date", strings.Repeat("x ", 60) + "7 Jan 2002", "!too much text around the date", ZoneAbsent, "", 0, "unreadable"},
	})
}

func TestParseDateShapes(t *testing.T) {
	dateRunAll(t, []dateCase{
		{"asctime", "Mon Jan  7 10:11:12 2002", "2002-01-07T10:11:12+00:00", ZoneAbsent, "", 0, "shape-asctime zone-absent"},
		{"date(1): zone before the year", "Fri Jun  7 09:08:57 EDT 1991", "1991-06-07T09:08:57-04:00", ZoneStated, "EDT", 0, "shape-asctime zone-obsolete"},
		{"unknown zone before the year", "Fri Jun  7 09:08:57 met 1991", "1991-06-07T09:08:57+00:00", ZoneUnknown, "met", 0, "shape-asctime zone-unknown"},
		{"numeric zone before the year", "Mon May 16 09:58:20 +0000 2016", "2016-05-16T09:58:20+00:00", ZoneStated, "+0000", 0, "shape-asctime"},
		{"zone after the year", "Fri Apr 29 23:34:45 2005 +0900", "2005-04-29T23:34:45+09:00", ZoneStated, "+0900", 0, "shape-asctime"},
		{"US order with PM", "Jan 7, 2002 10:11:12 PM", "2002-01-07T22:11:12+00:00", ZoneAbsent, "", 0, "meridiem shape-month-first zone-absent"},
		{"PM before the zone, as spam tools write", "May, 20 2002 8:53:33 PM -0800", "2002-05-20T20:53:33-08:00", ZoneStated, "-0800", 0, "meridiem shape-month-first time-short"},
		{"PM after the zone", "7 Jan 2002 10:11:12 +0200 pm", "2002-01-07T22:11:12+02:00", ZoneStated, "+0200", 0, "meridiem"},
		{"12 AM is midnight", "7 Jan 2002 12:11:12 AM +0000", "2002-01-07T00:11:12+00:00", ZoneStated, "+0000", 0, "meridiem"},
		{"12 PM is noon", "7 Jan 2002 12:11:12 PM +0000", "2002-01-07T12:11:12+00:00", ZoneStated, "+0000", 0, "meridiem"},
		{"p.m. is no military zone", "7 Jan 2002 10:11 p.m.", "2002-01-07T22:11:00+00:00", ZoneAbsent, "", 60, "meridiem no-seconds trailing-text zone-absent"},
		{"p glued to the time", "7 Jan 2002 10:11p", "2002-01-07T22:11:00+00:00", ZoneAbsent, "", 60, "meridiem no-seconds zone-absent"},
		{"P behind a blank is a zone", "7 Jan 2002 10:11 P", "2002-01-07T10:11:00+00:00", ZoneUnknown, "P", 60, "no-seconds zone-unknown"},
		{"13 PM says it twice", "7 Jan 2002 13:11:12 PM +0000", "2002-01-07T13:11:12+00:00", ZoneStated, "+0000", 0, "meridiem meridiem-needless"},
		{"prose with a narrow no-break space", "March 27, 2024 at 6:47:31\u202fPM EST", "2024-03-27T18:47:31-05:00", ZoneStated, "EST", 0, "blank meridiem month-long shape-month-first time-short zone-obsolete"},
		{"hyphens", "17-Jan-2002 10:00:00", "2002-01-17T10:00:00+00:00", ZoneAbsent, "", 0, "shape-hyphen zone-absent"},
		{"hyphens with a zone", "21-Sep-2002 12:25:55 -0400", "2002-09-21T12:25:55-04:00", ZoneStated, "-0400", 0, "shape-hyphen"},
		{"web server log", "17/Jan/2002:10:00:00 +0100", "2002-01-17T10:00:00+01:00", ZoneStated, "+0100", 0, "shape-hyphen"},
		{"no comma", "Mon 7 Jan 2002 10:11:12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "comma-missing"},
		{"full names", "Monday, 7 January 2002 10:11:12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "month-long weekday-long"},
		{"ordinal", "Mon, 7th January 2002 10:11:12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "month-long"},
		{"points in the time", "7 Jan 2002 10.11.12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "time-separator"},
		{"one digit each", "Sat, 8 Jun 2002 1:5:3 +0000", "2002-06-08T01:05:03+00:00", ZoneStated, "+0000", 0, "time-short"},
		{"fraction", "Wed, 30 Oct 2024 19:07:03.034 +0000", "2024-10-30T19:07:03.034+00:00", ZoneStated, "+0000", 0.001, "fraction"},
		{"fraction and no zone but a comment", "19 Sep 2023 18:36:44.1298 (UTC)", "2023-09-19T18:36:44.1298+00:00", ZoneAbsent, "", 0.0001, "fraction zone-absent"},
		{"X.400 gateway", "Fri, 2 Oct 92 18:36:18 N", "1992-10-02T18:36:18+00:00", ZoneUnknown, "N", 0, "two-digit-year zone-unknown"},
		{"no time of day: midnight would be an invention", "Tuesday, July 9, 2002", "!no time of day", ZoneAbsent, "", 0, "unreadable"},
		{"a second in letters is none", "Tue, 1 Jul 2003 10:52:ab +0200", "!second unreadable", ZoneAbsent, "", 0, "unreadable"},
		{"a time of day in letters is none", "Tue, 1 Jul 2003 ab:cd:ef +0200", "!no time of day", ZoneAbsent, "", 0, "unreadable"},
		{"day of three digits", "Thu, 029 Apr 2010 23:34:45 +0900", "2010-04-29T23:34:45+09:00", ZoneStated, "+0900", 0, "day-long"},
		{"time first", "10:11:12 7 Jan 2002 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "shape-order"},
		{"year first", "2002 Jan 7 10:11:12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "shape-year-first"},
		{"slip of the year behind the time", "Mon, 7 Jan 10:11:12 2002 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "shape-order"},
		{"apostrophe year", "Mon, 7 Jan '02 10:11:12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "two-digit-year"},
	})
}

func TestParseDateNumeric(t *testing.T) {
	dateRunAll(t, []dateCase{
		{"RFC 3339", "2002-08-01T09:04:55+01:00", "2002-08-01T09:04:55+01:00", ZoneStated, "+01:00", 0, "shape-iso"},
		{"Z is UTC here", "2002-08-01T09:04:55Z", "2002-08-01T09:04:55+00:00", ZoneStated, "Z", 0, "shape-iso"},
		{"small letters (RFC 3339 5.6)", "2002-08-01t09:04:55z", "2002-08-01T09:04:55+00:00", ZoneStated, "z", 0, "shape-iso"},
		{"-00:00 (RFC 3339 4.3)", "2002-08-01T09:04:55-00:00", "2002-08-01T09:04:55+00:00", ZoneUnknown, "-00:00", 0, "shape-iso"},
		{"fraction with comma", "2002-08-01T09:04:55,125Z", "2002-08-01T09:04:55.125+00:00", ZoneStated, "Z", 0.001, "shape-iso"},
		{"fraction beyond nanoseconds is cut", "2002-08-01T09:04:55.1234567899Z", "2002-08-01T09:04:55.123456789+00:00", ZoneStated, "Z", 1e-9, "shape-iso"},
		{"blank for T, no zone", "2002-08-01 09:04:55", "2002-08-01T09:04:55+00:00", ZoneAbsent, "", 0, "shape-iso zone-absent"},
		{"minutes only", "2002-08-01T09:04+0100", "2002-08-01T09:04:00+01:00", ZoneStated, "+0100", 60, "no-seconds shape-iso"},
		{"date only", "2002-08-01", "!no time of day", ZoneAbsent, "", 0, "shape-iso unreadable"},
		{"date with zone: 02:00 is no time of day", "2002-08-01+02:00", "!no time of day", ZoneStated, "+02:00", 0, "shape-iso unreadable"},
		{"basic format", "20020801T090455Z", "2002-08-01T09:04:55+00:00", ZoneStated, "Z", 0, "shape-iso"},
		{"basic format, minutes", "20020801T0904", "2002-08-01T09:04:00+00:00", ZoneAbsent, "", 60, "no-seconds shape-iso zone-absent"},
		{"basic format with a fraction", "20020801T090455.5-0300", "2002-08-01T09:04:55.5-03:00", ZoneStated, "-0300", 0.1, "shape-iso"},
		{"Go's time.String", "2023-07-28 19:32:25.928333532 +0000 UTC m=+6810983.8", "2023-07-28T19:32:25.928333532+00:00", ZoneStated, "+0000", 1e-9, "shape-go shape-iso"},
		{"Go's time.String without the monotonic clock", "2023-07-28 19:32:25 +0200 CEST", "2023-07-28T19:32:25+02:00", ZoneStated, "+0200", 0, "shape-go shape-iso"},
		{"hyphens in the time, from an anonymised bounce", "2013-07-08 18-21-01", "2013-07-08T18:21:01+00:00", ZoneAbsent, "", 0, "shape-iso time-separator zone-absent"},
		{"slashes, year first", "2002/07/22 03:59:23", "2002-07-22T03:59:23+00:00", ZoneAbsent, "", 0, "shape-numeric zone-absent"},
		{"22 can only be the day, US order", "07/22/2002 03:59:23 PM", "2002-07-22T15:59:23+00:00", ZoneAbsent, "", 0, "meridiem shape-numeric zone-absent"},
		{"24 can only be the day, European order", "24/07/2002 10:23:50", "2002-07-24T10:23:50+00:00", ZoneAbsent, "", 0, "shape-numeric zone-absent"},
		{"equal numbers leave no doubt", "1/1/1904; 12:00:00 AM", "1904-01-01T00:00:00+00:00", ZoneAbsent, "", 0, "meridiem shape-numeric zone-absent"},
		{"points", "24.07.2002 10:23:50", "2002-07-24T10:23:50+00:00", ZoneAbsent, "", 0, "shape-numeric zone-absent"},
		{"ambiguous", "07/08/2002 10:23:50", "!order of day and month is ambiguous", ZoneAbsent, "", 0, "unreadable"},
		{"ambiguous with hyphens", "01-12-2024", "!order of day and month is ambiguous", ZoneAbsent, "", 0, "unreadable"},
		{"two-digit year is worse", "24/07/02 10:23:50", "!numeric date without a year of four digits", ZoneAbsent, "", 0, "unreadable"},
		{"both above 12", "13/13/2002", "!month 13 out of range", ZoneAbsent, "", 0, "shape-numeric unreadable"},
		{"two dates", "7 Jan 2002-01-07", "!two dates", ZoneAbsent, "", 0, "unreadable"},
	})
}

func TestParseDateForeign(t *testing.T) {
	dateRunAll(t, []dateCase{
		{"German", "Mo, 7 Dez 2009 10:11:12 +0100", "2009-12-07T10:11:12+01:00", ZoneStated, "+0100", 0, "month-foreign weekday-unknown"},
		{"German, Latin-1", "7 M\xe4rz 2009 10:11:12 +0100", "2009-03-07T10:11:12+01:00", ZoneStated, "+0100", 0, "month-foreign"},
		{"French, UTF-8", "lun., 7 d\u00e9c 2009 10:11:12 +0100", "2009-12-07T10:11:12+01:00", ZoneStated, "+0100", 0, "month-foreign weekday-unknown"},
		{"Spanish: mar is Tuesday before sep", "mar, 2 sep 2014 10:11:12 +0200", "2014-09-02T10:11:12+02:00", ZoneStated, "+0200", 0, "weekday-unknown"},
		{"mar alone is March", "Mar 2 2014 10:11:12 +0200", "2014-03-02T10:11:12+02:00", ZoneStated, "+0200", 0, "shape-month-first"},
		{"Portuguese with the time first and brackets", "<16:21:07 seg, 22 Dezembro 2014>", "2014-12-22T16:21:07+00:00", ZoneAbsent, "", 0, "leading-text month-foreign shape-order trailing-text weekday-unknown zone-absent"},
		{"Portuguese prose", "22 de Dezembro de 2014 10:11:12", "2014-12-22T10:11:12+00:00", ZoneAbsent, "", 0, "month-foreign zone-absent"},
		{"Italian", "7 gen 2009 10:11:12 +0100", "2009-01-07T10:11:12+01:00", ZoneStated, "+0100", 0, "month-foreign"},
		{"Japanese weekday, Russian month: not known", "\u6708, 7 \u044f\u043d\u0432 2009 10:11:12 +0300", "!month unknown", ZoneStated, "+0300", 0, "unreadable"},
		{"a word too long for a month", "7 Januaryjanuaryjanuary 2009 10:11:12 +0300", "!month unknown", ZoneStated, "+0300", 0, "unreadable"},
	})
}

func TestParseDateJunk(t *testing.T) {
	dateRunAll(t, []dateCase{
		{"quotes", "'Thu, 29 Apr 2010 23:34:45 +0000'", "2010-04-29T23:34:45+00:00", ZoneStated, "+0000", 0, "leading-text trailing-text"},
		{"HTML behind", "Wed, 15 Feb 1995 09:38:18</field>", "1995-02-15T09:38:18+00:00", ZoneAbsent, "", 0, "trailing-text zone-absent"},
		{"zone and HTML behind", "Mon, 23 Dec 1996 00:07:01 MET</field>", "1996-12-23T00:07:01+00:00", ZoneUnknown, "MET", 0, "trailing-text zone-unknown"},
		{"quoted-printable escape in front", "=\r\n Thu, 29 Apr 2010 23:34:45 +0000", "2010-04-29T23:34:45+00:00", ZoneStated, "+0000", 0, "leading-text"},
		{"NUL and other controls", "Mon,\x00 7 Jan\x01 2002 10:11:12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "control"},
		{"bytes of no charset behind", "Thu, 11 Nov 1999 10:52 g;+8\xfe\xc3", "1999-11-11T10:52:00+00:00", ZoneUnknown, "g;+8\xfe\xc3", 60, "no-seconds zone-unknown"},
		{"field name twice", "Date: Mon, 7 Jan 2002 10:11:12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "leading-text"},
		{"comment of a filter in front", "(qfscan 0.5): 29 Aug 2002 03:27:47 -0000", "2002-08-29T03:27:47+00:00", ZoneUnknown, "-0000", 0, "leading-text"},
		{"numbers of other text are no part", "by 9315.com(x 3.0) http://e.net\n\tFri, 12 Jul 2002 01:37:08 +0000", "2002-07-12T01:37:08+00:00", ZoneStated, "+0000", 0, "leading-text"},
		{"Received with text behind", "Sat, 04 May 2002 11:45:55 +0200 for multiple recipients", "2002-05-04T11:45:55+02:00", ZoneStated, "+0200", 0, "trailing-text"},
		{"comment never closed", "Wed, 13 Dec 2017 16:10:00 +0100 (C=", "2017-12-13T16:10:00+01:00", ZoneStated, "+0100", 0, "comment-unclosed trailing-text"},
		{"comment never closed in the middle", "Wed, 13 (Dec 2017 16:10:00 +0100", "2017-12-13T16:10:00+01:00", ZoneStated, "+0100", 0, "comment-unclosed"},
		{"text inside", "7 Jan about 2002 10:11:12 +0000", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "extra-text"},
		{"second date behind is not taken", "7 Jan 2002 10:11:12 +0000, 8 Feb 2003 11:12:13 +0100", "2002-01-07T10:11:12+00:00", ZoneStated, "+0000", 0, "trailing-text"},
	})
}

// TestParseDateSpan pins where the date stands, for LF and CRLF folding.
func TestParseDateSpan(t *testing.T) {
	for _, fold := range []string{"\n", "\r\n"} {
		head := "Date: "
		date := "Mon," + fold + "\t7 Jan 2002  10:11:12 -0800 (PST" + fold + " x)"
		raw := []byte(head + "  " + date + " (second) tail" + fold + "Subject: x")
		at := Span{len(head), strings.Index(string(raw), "Subject") - len(fold)}
		d := ParseDate(raw, at)
		if got := string(d.Span.Of(raw)); got != date {
			t.Errorf("span holds %q, want %q", got, date)
		}
		if want := "Mon, 7 Jan 2002  10:11:12 -0800 (PST x)"; d.Raw != want {
			t.Errorf("raw %q, want %q", d.Raw, want)
		}
		if d.Comment != "PST x" || d.Weekday != "Mon" || d.ZoneText != "-0800" {
			t.Errorf("comment %q, weekday %q, zone %q", d.Comment, d.Weekday, d.ZoneText)
		}
		if len(d.Defects) != 1 || string(d.Defects[0].Span.Of(raw)) != "tail" {
			t.Errorf("defects %v, want the tail only", d.Defects)
		}
	}
}

func TestParseDateUnreadableKeepsAll(t *testing.T) {
	raw := []byte("Date: \t31 Feb\r\n 2002 \xff\r\n")
	d := ParseDate(raw, Span{5, len(raw)})
	if d.OK || d.Raw != "31 Feb 2002 \xff" || string(d.Span.Of(raw)) != "31 Feb\r\n 2002 \xff" {
		t.Errorf("got %+v", d)
	}
	if d.RFC3339() != "" || !d.Time.IsZero() || d.Precision != 0 {
		t.Errorf("a time was invented: %v", d.Time)
	}
}

func TestParseDateWeekday(t *testing.T) {
	for _, c := range []struct {
		in, weekday string
		wrong       bool
	}{
		{"Mon, 7 Jan 2002 10:11:12 +0000", "Mon", false},
		{"Tue, 7 Jan 2002 10:11:12 +0000", "Tue", true},
		{"tuesday, 7 Jan 2002 10:11:12 +0000", "tuesday", true},
		{"Tues, 8 Jan 2002 10:11:12 +0000", "Tues", false},
		{"Mo, 8 Jan 2002 10:11:12 +0000", "Mo", false}, // not English: cannot be judged
		{"7 Jan 2002 10:11:12 +0000", "", false},
		{"7 Jan 2002 10:11:12 +0000 (Tuesday)", "", false},
	} {
		d := ParseDateString(c.in)
		if d.Weekday != c.weekday || d.WeekdayWrong != c.wrong {
			t.Errorf("%q: weekday %q wrong %v", c.in, d.Weekday, d.WeekdayWrong)
		}
		if strings.Contains(dateCodes(d), "weekday-wrong") != c.wrong {
			t.Errorf("%q: defects %s", c.in, dateCodes(d))
		}
	}
}

// TestParseDateBadSpan: a span that does not fit the bytes must not panic.
func TestParseDateBadSpan(t *testing.T) {
	raw := []byte("7 Jan 2002 10:11:12 +0000")
	for _, at := range []Span{{-5, 100}, {3, 1}, {50, 60}, {-9, -3}, {0, 0}} {
		for _, d := range []Date{ParseDate(raw, at), FindDate(raw, at)} {
			if d.Span.Start < 0 || d.Span.End > len(raw) || d.Span.Start > d.Span.End {
				t.Errorf("%v: span %v", at, d.Span)
			}
		}
	}
}

func TestFindDate(t *testing.T) {
	for _, c := range []struct{ why, in, want string }{
		{"SendGrid: no semicolon", "from x (unknown)\r\n\tby y (SG) with HTTP\r\n\tid L5JP2PTpS4uXXSJPGMqxoQ\r\n\tWed, 25 Oct 2023 17:40:23.177 +0000 (UTC)", "Wed, 25 Oct 2023 17:40:23.177 +0000 (UTC)"},
		{"SendGrid: Go time and numbers in the id", "by f-5d757dc7bd with SMTP id f-1-6548E86C-2E\r\n        2023-11-06 13:21:48.535387614 +0000 UTC m=+1637376.17", "2023-11-06 13:21:48.535387614 +0000 UTC m=+1637376.17"},
		{"after a semicolon", "from a by b with SMTP id 12; 7 Jan 2002 10:11:12 +0000", "7 Jan 2002 10:11:12 +0000"},
		{"the last one", "Mon, 7 Jan 2002 10:11:12 +0000 Tue, 8 Jan 2002 10:11:12 +0000", "Tue, 8 Jan 2002 10:11:12 +0000"},
		{"numbers", "x 24/07/2002 10:23:50", "24/07/2002 10:23:50"},
		{"month first", "id 77 Jan 7 10:11:12 2002", "Jan 7 10:11:12 2002"},
		{"no time of day is not enough", "version 7 Jan 2002", ""},
		{"none", "from SRV124 (10.1.0.124) by SRV125", ""},
		{"inside a word is no beginning", "x7 Jan 2002 10:11:12", ""},
	} {
		d := FindDate([]byte(c.in), Span{0, len(c.in)})
		if got := string(d.Span.Of([]byte(c.in))); d.OK != (c.want != "") || d.OK && got != c.want {
			t.Errorf("%s: got %v %q, want %q", c.why, d.OK, got, c.want)
		}
	}
}

// TestParseDateLinear: hostile values cost what their length costs. A
// quadratic reader would need minutes here.
func TestParseDateLinear(t *testing.T) {
	for _, piece := range []string{"(", "(()", "\x00", "1", "a", "Mon ", "7 Jan ", "\\", "+", "2002-01-", "\r\n ", "\u00a0"} {
		raw := []byte("Mon, 7 Jan 2002 10:11:12 +0000 " + strings.Repeat(piece, 1<<20/len(piece)))
		d, f := ParseDate(raw, Span{0, len(raw)}), FindDate(raw, Span{0, len(raw)})
		if len(d.Defects) > 12 || len(f.Defects) > 12 {
			t.Errorf("%q repeated: %d and %d defects", piece, len(d.Defects), len(f.Defects))
		}
	}
}

func TestParseDateAllocs(t *testing.T) {
	raw := []byte("Mon, 23 Sep 2024 14:05:09 -0700 (PDT)")
	if n := testing.AllocsPerRun(100, func() { dateSink = ParseDate(raw, Span{0, len(raw)}) }); n > 1 {
		t.Errorf("%v allocations, want only Raw's", n)
	}
}

func ExampleParseDateString() {
	d := ParseDateString("Tue, 7 Jan 02 10:11:12 -0800 (PST)")
	fmt.Println(d.RFC3339(), d.Zone, d.WeekdayWrong)
	for _, defect := range d.Defects {
		fmt.Println(defect.Code)
	}
	// Output:
	// 2002-01-07T10:11:12-08:00 stated true
	// date.two-digit-year
	// date.weekday-wrong
}

func ExampleParseDate() {
	raw := []byte("Date: Mon, 31 Feb 2002 10:11:12 +0000\r\n")
	d := ParseDate(raw, Span{5, len(raw) - 2})
	fmt.Println(d.OK, d.Reason)
	// Output: false day 31 out of range
}

func ExampleFindDate() {
	raw := []byte("by recvd-1 with SMTP id recvd-1-2\r\n\t2024-10-30 19:07:03.1 +0000 UTC m=+41.06")
	d := FindDate(raw, Span{0, len(raw)})
	fmt.Println(d.RFC3339(), d.Precision)
	// Output: 2024-10-30T19:07:03.1+00:00 0.1
}

func ExampleDate_RFC3339() {
	// RFC 5322 allows zones that RFC 3339 does not: nothing is lost.
	fmt.Println(ParseDateString("7 Jan 2002 10:11:12 -9959").RFC3339())
	// Output: 2002-01-07T10:11:12-99:59
}

// slowRFC3339 writes a date by a layout.
func slowRFC3339(d Date) string {
	if !d.OK {
		return ""
	}
	layout := "2006-01-02T15:04:05"
	if d.Precision < 1 {
		layout = "2006-01-02T15:04:05.000000000"[:20+dateFractionDigits(d.Precision)]
	}
	_, offset := d.Time.Zone()
	sign := "+"
	if offset < 0 {
		sign, offset = "-", -offset
	}
	return fmt.Sprintf("%s%s%02d:%02d", d.Time.Format(layout), sign, offset/3600, offset/60%60)
}

// FuzzRFC3339 compares the short way with the layout: years at both ends,
// offsets of any size. What is no date has no text.
func FuzzRFC3339(f *testing.F) {
	for _, sec := range []int64{0, -62167219200, -62167219201, 253402300799, 253402300800, 951782400, 1e9, -1, math.MaxInt64, math.MinInt64} {
		f.Add(sec, int64(123456789), int32(7200))
		f.Add(sec, int64(5), int32(-360059))
	}
	f.Fuzz(func(t *testing.T, sec, nano int64, offset int32) {
		at := time.Unix(sec, nano).In(time.FixedZone("", int(offset)))
		for _, d := range []Date{{OK: true, Precision: 1, Time: at}, {OK: true, Precision: 60, Time: at}, {OK: true, Precision: 0.001, Time: at}, {Time: at}} {
			if got, want := string(d.AppendRFC3339([]byte("> "))), "> "+slowRFC3339(d); got != want {
				t.Errorf("%v with a step of %v s is %q, want %q", d.Time, d.Precision, got, want)
			}
		}
	})
}
