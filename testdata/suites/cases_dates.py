"""Date field: RFC 5322 3.3 (syntax, ranges), 4.3 (obsolete), 3.2.2 (comments, folding)."""

from suitelib import Suite

suite = Suite("dates")


def date(why, value, time, zone=None, precision=None):
    """value: everything after "Date:" (a leading blank is added unless it has one)."""
    lead = "" if value[:1] in (" ", "\t", "\n", "") else " "
    want = {"time": time}
    if time is None:
        want.update(zone=None, precision_seconds=None)  # nothing about the clock is known
        if value.strip():
            value = value[: len(value) - len(value.lstrip())] + "[[!]]" + value.strip() + "[[/!]]"
    if zone:
        want["zone"] = zone
    if precision:
        want["precision_seconds"] = precision
    suite.add(
        why,
        "From: Ann <ann@example.org>\nDate:" + lead + value + "\nSubject: after the date\n\nBody\n",
        {"message": {"date": want, "subject": "after the date"}},
    )


def either(why, value, times, zone=None):
    """What the RFC leaves open: times are the answers that invent nothing."""
    suite.add(
        why,
        "From: Ann <ann@example.org>\nDate: " + value + "\nSubject: after the date\n\nBody\n",
        {"message": {"subject": "after the date"}},
        want_any=[{"message": {"date": {"time": t, "zone": zone if t else None} if zone else {"time": t}}} for t in times],
    )


S, U, A = "stated", "unknown", "absent"

# --- RFC 5322 3.3: the present syntax -------------------------------------------------
R = "RFC 5322 3.3: "
date(R + "the example of appendix A.1.1", "Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T09:55:06-06:00", S, 1)
date(R + "one-digit day of month", "Tue, 1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S, 1)
date(R + "two-digit day with a leading zero", "Tue, 01 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(R + "the day of week is optional", "1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(R + "seconds are optional; the precision is then a minute", "Tue, 1 Jul 2003 10:52 +0200", "2003-07-01T10:52:00+02:00", S, 60)
date(R + "no weekday and no seconds", "1 Jul 2003 10:52 +0200", "2003-07-01T10:52:00+02:00", S, 60)
date(R + "a date before 1970 is a date like any other (appendix A.1.3)", "Thu, 13 Feb 1969 23:32:54 -0330", "1969-02-13T23:32:54-03:30", S)
date(R + "1900 is the first year allowed", "Mon, 1 Jan 1900 00:00:00 +0000", "1900-01-01T00:00:00+00:00", S)
date(R + "the epoch itself, written, is a value and not a missing date", "Thu, 1 Jan 1970 00:00:00 +0000", "1970-01-01T00:00:00+00:00", S)
date(R + "last second before the epoch", "Wed, 31 Dec 1969 23:59:59 +0000", "1969-12-31T23:59:59+00:00", S)
date(R + "past the 32-bit time_t", "Tue, 19 Jan 2038 03:14:08 +0000", "2038-01-19T03:14:08+00:00", S)
date(R + "past the unsigned 32-bit time_t", "Sun, 7 Feb 2106 06:28:16 +0000", "2106-02-07T06:28:16+00:00", S)
date(R + "the last year with four digits", "Fri, 31 Dec 9999 23:59:59 +0000", "9999-12-31T23:59:59+00:00", S)
date(R + "29 February of a leap year divisible by 400", "Tue, 29 Feb 2000 12:00:00 +0000", "2000-02-29T12:00:00+00:00", S)
date(R + "29 February of an ordinary leap year", "Sun, 29 Feb 2004 12:00:00 -0800", "2004-02-29T12:00:00-08:00", S)
date(R + "second 60 is allowed (leap second of 2005); kept in its own minute", "Sat, 31 Dec 2005 23:59:60 +0000", "2005-12-31T23:59:59+00:00", S)
date(R + "second 60 with an offset does not roll into the next year", "Sat, 31 Dec 2005 18:59:60 -0500", "2005-12-31T18:59:59-05:00", S)
date(R + "second 60 in any minute stays in that minute", "Tue, 1 Jul 2003 10:52:60 +0200", "2003-07-01T10:52:59+02:00", S)
date(R + "first second of the day", "Sat, 1 Mar 2003 00:00:00 +0100", "2003-03-01T00:00:00+01:00", S)
date(R + "last second of the day", "Fri, 28 Feb 2003 23:59:59 +0100", "2003-02-28T23:59:59+01:00", S)
date(R + "31st of a month with 31 days", "Mon, 31 Mar 2003 08:00:00 -0700", "2003-03-31T08:00:00-07:00", S)
date(R + "30th of a month with 30 days", "Wed, 30 Apr 2003 08:00:00 -0700", "2003-04-30T08:00:00-07:00", S)
date(R + "month May", "Sat, 31 May 2003 08:00:00 +0000", "2003-05-31T08:00:00+00:00", S)
date(R + "month Jun", "Mon, 30 Jun 2003 08:00:00 +0000", "2003-06-30T08:00:00+00:00", S)
date(R + "month Aug", "Sun, 31 Aug 2003 08:00:00 +0000", "2003-08-31T08:00:00+00:00", S)
date(R + "month Sep", "Tue, 30 Sep 2003 08:00:00 +0000", "2003-09-30T08:00:00+00:00", S)
date(R + "month Oct", "Fri, 31 Oct 2003 08:00:00 +0000", "2003-10-31T08:00:00+00:00", S)
date(R + "month Dec", "Wed, 31 Dec 2003 08:00:00 +0000", "2003-12-31T08:00:00+00:00", S)
date(R + "names of days and months are ABNF strings, hence case-insensitive", "tue, 1 jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(R + "names in upper case", "TUE, 1 JUL 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(R + "a wrong day of week does not change the date", "Mon, 1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(R + "a wrong day of week in another year", "Sun, 24 Dec 2018 09:00:00 +0000", "2018-12-24T09:00:00+00:00", S)
date("RFC 5322 2.2: no blank is needed after the colon", "\tTue, 1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)

# --- RFC 5322 3.3: the zone in figures ------------------------------------------------
Z = "RFC 5322 3.3 (zone): "
date(Z + "+0000 is stated UTC", "Tue, 1 Jul 2003 10:52:37 +0000", "2003-07-01T10:52:37+00:00", S)
date(Z + "-0000 says that the zone is not known", "Tue, 1 Jul 2003 10:52:37 -0000", "2003-07-01T10:52:37+00:00", U)
date(Z + "quarter-hour zone +0545", "Tue, 1 Jul 2003 10:52:37 +0545", "2003-07-01T10:52:37+05:45", S)
date(Z + "quarter-hour zone +1245", "Tue, 1 Jul 2003 10:52:37 +1245", "2003-07-01T10:52:37+12:45", S)
date(Z + "half-hour zone +0530", "Tue, 1 Jul 2003 10:52:37 +0530", "2003-07-01T10:52:37+05:30", S)
date(Z + "half-hour zone -0930", "Tue, 1 Jul 2003 10:52:37 -0930", "2003-07-01T10:52:37-09:30", S)
date(Z + "below one hour: the sign is kept", "Tue, 1 Jul 2003 10:52:37 -0030", "2003-07-01T10:52:37-00:30", S)
date(Z + "+1400 is in use (Kiribati)", "Tue, 1 Jul 2003 10:52:37 +1400", "2003-07-01T10:52:37+14:00", S)
date(Z + "-1200, the western edge", "Tue, 1 Jul 2003 10:52:37 -1200", "2003-07-01T10:52:37-12:00", S)
date(Z + "the offset moves the instant into the other day, the date written stays", "Tue, 1 Jul 2003 00:10:00 +0900", "2003-07-01T00:10:00+09:00", S)
date(Z + "the offset moves the instant into the next year, the date written stays", "Wed, 31 Dec 2003 23:30:00 -0800", "2003-12-31T23:30:00-08:00", S)
date(Z + "+1500 is allowed and used nowhere: kept as written", "Tue, 1 Jul 2003 10:52:37 +1500", "2003-07-01T10:52:37+15:00", S)
date(Z + "-1345 is allowed and used nowhere: kept as written", "Tue, 1 Jul 2003 10:52:37 -1345", "2003-07-01T10:52:37-13:45", S)
date(Z + "+2359 is allowed and used nowhere: kept as written", "Tue, 1 Jul 2003 10:52:37 +2359", "2003-07-01T10:52:37+23:59", S)

# --- RFC 5322 4.3: zone names ---------------------------------------------------------
O = "RFC 5322 4.3 (obs-zone): "
for name, off in (
    ("GMT", "+00:00"), ("UT", "+00:00"), ("EST", "-05:00"), ("EDT", "-04:00"), ("CST", "-06:00"),
    ("CDT", "-05:00"), ("MST", "-07:00"), ("MDT", "-06:00"), ("PST", "-08:00"), ("PDT", "-07:00"),
):
    date(O + name + " has a fixed meaning, " + off, "Tue, 1 Jul 2003 10:52:37 " + name, "2003-07-01T10:52:37" + off, S)
date(O + "names are case-insensitive", "Tue, 1 Jul 2003 10:52:37 gmt", "2003-07-01T10:52:37+00:00", S)
date(O + "names are case-insensitive, also EDT", "Tue, 1 Jul 2003 10:52:37 Edt", "2003-07-01T10:52:37-04:00", S)
for letter in "AMNY":
    date(O + "military letter " + letter + " was defined wrongly in RFC 822: read as -0000",
         "Tue, 1 Jul 2003 10:52:37 " + letter, "2003-07-01T10:52:37+00:00", U)
date(O + "Z is UTC in every reading; whether it is a stated zone is left open", "Tue, 1 Jul 2003 10:52:37 Z", "2003-07-01T10:52:37+00:00")
date(O + "UTC is not in the list but offset 0 in every reading", "Tue, 1 Jul 2003 10:52:37 UTC", "2003-07-01T10:52:37+00:00")
for name in ("CET", "CEST", "JST", "AEST", "MEZ", "XYZ"):
    date(O + "other alphabetic zones are read as -0000; no offset is invented for " + name,
         "Tue, 1 Jul 2003 10:52:37 " + name, "2003-07-01T10:52:37+00:00", U)
date("schema (time): no zone written is not zone UTC", "Tue, 1 Jul 2003 10:52:37", "2003-07-01T10:52:37+00:00", A, 1)
date("schema (time): no zone and no seconds", "Tue, 1 Jul 2003 10:52", "2003-07-01T10:52:00+00:00", A, 60)
date("schema (time): no zone and no weekday", "1 Jul 2003 10:52:37", "2003-07-01T10:52:37+00:00", A)
date("RFC 5322 3.2.2: a comment is no zone, so the zone is absent", "Tue, 1 Jul 2003 10:52:37 (EDT)", "2003-07-01T10:52:37+00:00", A)

# --- RFC 5322 4.3: years with two and three digits -------------------------------------
Y = "RFC 5322 4.3 (obs-year): "
for year, full in (("97", 1997), ("03", 2003), ("00", 2000), ("49", 2049), ("50", 1950), ("99", 1999), ("69", 1969), ("70", 1970)):
    date(Y + "two digits, %s is %d" % (year, full), "21 Nov " + year + " 09:55:06 GMT", "%d-11-21T09:55:06+00:00" % full, S)
for year, full in (("103", 2003), ("100", 2000), ("099", 1999), ("124", 2024)):
    date(Y + "three digits, 1900 is added: %s is %d" % (year, full), "21 Nov " + year + " 09:55:06 -0600", "%d-11-21T09:55:06-06:00" % full, S)
date(Y + "29 February of a leap year in two digits", "29 Feb 96 09:55:06 GMT", "1996-02-29T09:55:06+00:00", S)

# --- RFC 5322 3.2.2, 4.3: comments and folding ------------------------------------------
C = "RFC 5322 3.2.2 (CFWS): "
date(C + "comment after the zone", "Tue, 1 Jul 2003 10:52:37 +0200 (CEST)", "2003-07-01T10:52:37+02:00", S)
date(C + "a comment that contradicts the zone changes nothing", "Tue, 1 Jul 2003 10:52:37 +0200 (PST)", "2003-07-01T10:52:37+02:00", S)
date(C + "nested comment", "Tue, 1 Jul 2003 10:52:37 +0200 (a (nested (comment)) here)", "2003-07-01T10:52:37+02:00", S)
date(C + "quoted-pair inside a comment", r"Tue, 1 Jul 2003 10:52:37 +0200 (a \) b \( c)", "2003-07-01T10:52:37+02:00", S)
date(C + "a comment that holds another date", "Tue, 1 Jul 2003 (Wed, 2 Jul 2004 11:11:11 -0700) 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(C + "comment in front", "(first) Tue, 1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date("RFC 5322 4.3: comments between all the pieces", "Tue (a), (b) 1 (c) Jul (d) 2003 (e) 10:52:37 (f) +0200 (g)", "2003-07-01T10:52:37+02:00", S)
date("RFC 5322 4.3, appendix A.6.3: comment and blanks around the colons", "Fri, 21 Nov 1997 09(comment):   55  :  06 -0600", "1997-11-21T09:55:06-06:00", S)
date("RFC 5322 4.3: blank before the comma", "Tue , 1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(C + "the folded example of appendix A.5", "Thu,\n      13\n        Feb\n          1969\n      23:32\n               -0330 (Newfoundland Time)", "1969-02-13T23:32:00-03:30", S, 60)
date(C + "folded right after the colon", "\n Tue, 1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(C + "folded with a tab", "Tue, 1 Jul 2003\n\t10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(C + "folded before the zone", "Tue, 1 Jul 2003 10:52:37\n -0700", "2003-07-01T10:52:37-07:00", S)
date(C + "folded inside a comment", "Tue, 1 Jul 2003 10:52:37 +0200 (Central\n European\n Summer Time)", "2003-07-01T10:52:37+02:00", S)
date("RFC 5322 4.2 (obs-FWS): a continuation line of blanks only", "Tue, 1 Jul 2003\n  \n 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(C + "runs of blanks and tabs", "  Tue,   1\tJul \t 2003   10:52:37   +0200   ", "2003-07-01T10:52:37+02:00", S)
date(C + "the comment at the end is not closed", "Tue, 1 Jul 2003 10:52:37 +0200 (CEST", "2003-07-01T10:52:37+02:00", S)
date("RFC 2047 5: an encoded-word in the comment does not matter", "Tue, 1 Jul 2003 10:52:37 +0200 (=?iso-8859-1?Q?Mitteleurop=E4ische_Sommerzeit?=)", "2003-07-01T10:52:37+02:00", S)
date("RFC 5322 3.2.2: raw bytes above 127 in the comment do not matter", "Tue, 1 Jul 2003 10:52:37 +0200 (Mitteleurop\u00e4ische Sommerzeit)", "2003-07-01T10:52:37+02:00", S)
date("RFC 5322 4.3: a comment before the zone", "Tue, 1 Jul 2003 10:52:37 (local) -0400", "2003-07-01T10:52:37-04:00", S)

# --- shapes of the real world: outside the grammar of RFC 5322 3.3, only one reading ------
W = "outside RFC 5322 3.3, only one reading: "
date(W + "no comma after the weekday", "Tue 1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(W + "weekday and month in full", "Tuesday, 1 July 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(W + "the form of RFC 850", "Tuesday, 01-Jul-03 10:52:37 GMT", "2003-07-01T10:52:37+00:00", S)
date(W + "hyphens between day, month and year", "01-Jul-2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(W + "one-digit hour", "Tue, 1 Jul 2003 9:52:37 +0200", "2003-07-01T09:52:37+02:00", S)
date(W + "dots in the time", "Tue, 1 Jul 2003 10.52.37 +0200", "2003-07-01T10:52:37+02:00", S)
date(W + "asctime(3), no zone", "Tue Jul  1 10:52:37 2003", "2003-07-01T10:52:37+00:00", A)
date(W + "asctime(3) with an offset at the end", "Tue Jul  1 10:52:37 2003 +0200", "2003-07-01T10:52:37+02:00", S)
date(W + "date(1) with a zone name of RFC 5322 4.3 before the year", "Tue Jul  1 10:52:37 EDT 2003", "2003-07-01T10:52:37-04:00", S)
date(W + "date(1) with a zone name that RFC 5322 4.3 does not know", "Tue Jul  1 10:52:37 CEST 2003", "2003-07-01T10:52:37+00:00", U)
date(W + "ISO 8601 with Z", "2003-07-01T10:52:37Z", "2003-07-01T10:52:37+00:00")
date(W + "ISO 8601 with an offset", "2003-07-01T10:52:37+02:00", "2003-07-01T10:52:37+02:00", S)
date(W + "ISO 8601 with a blank and no zone", "2003-07-01 10:52:37", "2003-07-01T10:52:37+00:00", A)
either(W + "the text of a Go time; the fraction may be given (RFC 3339 5.6)", "2003-07-01 10:52:37.123456789 +0200 CEST m=+0.000012345", ["2003-07-01T10:52:37+02:00", "2003-07-01T10:52:37.123456789+02:00"], S)
date(W + "PM", "Tue, 1 Jul 2003 10:52:37 PM +0200", "2003-07-01T22:52:37+02:00", S)
date(W + "AM", "Tue, 1 Jul 2003 10:52:37 AM +0200", "2003-07-01T10:52:37+02:00", S)
date(W + "12 AM is midnight", "Tue, 1 Jul 2003 12:10:00 AM +0200", "2003-07-01T00:10:00+02:00", S)
date(W + "12 PM is noon", "Tue, 1 Jul 2003 12:10:00 PM +0200", "2003-07-01T12:10:00+02:00", S)
date(W + "colon in the offset", "Tue, 1 Jul 2003 10:52:37 +02:00", "2003-07-01T10:52:37+02:00", S)
date(W + "no blank before the offset", "Tue, 1 Jul 2003 10:52:37+0200", "2003-07-01T10:52:37+02:00", S)
date(W + "bare zone name after the offset: the offset counts", "Tue, 1 Jul 2003 10:52:37 +0200 CEST", "2003-07-01T10:52:37+02:00", S)
date(W + "weekday in another language", "Di, 1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)
date(W + "no blank after the weekday's comma", "Tue,1 Jul 2003 10:52:37 +0200", "2003-07-01T10:52:37+02:00", S)

for text, value, times in (
    ("a month in another language, no month-name of the grammar", "Mi, 1 Okt 2003 10:52:37 +0200", [None, "2003-10-01T10:52:37+02:00"]),
    ("a fraction of a second", "Tue, 1 Jul 2003 10:52:37.5 +0200", [None, "2003-07-01T10:52:37+02:00", "2003-07-01T10:52:37.5+02:00"]),
    ("an offset of two figures", "Tue, 1 Jul 2003 10:52:37 +02", [None, "2003-07-01T10:52:37+02:00", "2003-07-01T10:52:37+00:00"]),
    ("an offset of three figures", "Tue, 1 Jul 2003 10:52:37 +200", [None, "2003-07-01T10:52:37+02:00", "2003-07-01T10:52:37+00:00"]),
    ("an offset of five figures", "Tue, 1 Jul 2003 10:52:37 +02000", [None, "2003-07-01T10:52:37+00:00"]),
    ("an offset without sign", "Tue, 1 Jul 2003 10:52:37 0200", [None, "2003-07-01T10:52:37+02:00", "2003-07-01T10:52:37+00:00"]),
    ("GMT with an offset", "Tue, 1 Jul 2003 10:52:37 GMT+0200", [None, "2003-07-01T10:52:37+02:00", "2003-07-01T10:52:37+00:00"]),
    ("an hour of three figures", "Tue, 1 Jul 2003 010:52:37 +0200", [None, "2003-07-01T10:52:37+02:00"]),
    ("a day of three figures", "Tue, 001 Jul 2003 10:52:37 +0200", [None, "2003-07-01T10:52:37+02:00"]),
    ("a sign before the day", "-1 Jul 2003 10:52:37 +0200", [None, "2003-07-01T10:52:37+02:00"]),
    ("a sign before the hour", "Tue, 1 Jul 2003 -10:52:37 +0200", [None, "2003-07-01T10:52:37+02:00"]),
    ("a one-figure minute", "Tue, 1 Jul 2003 10:5:37 +0200", [None, "2003-07-01T10:05:37+02:00"]),
    ("a one-figure second", "Tue, 1 Jul 2003 10:52:7 +0200", [None, "2003-07-01T10:52:07+02:00"]),
    ("a year before 1900", "Tue, 1 Jul 1776 10:52:37 +0000", [None, "1776-07-01T10:52:37+00:00"]),
    ("a year of five figures", "1 Jul 12003 10:52:37 +0000", [None]),
    ("a day with a suffix", "Tue, 1st Jul 2003 10:52:37 +0200", [None, "2003-07-01T10:52:37+02:00"]),
    ("figures alone, day or month first", "02/07/2003 10:52:37 +0200", [None]),
    ("a Unix time", "1057049557", [None, "2003-07-01T08:52:37+00:00"]),
    ("the month in front", "Jul 1, 2003 10:52:37 +0200", [None, "2003-07-01T10:52:37+02:00"]),
    ("commas all over", "Tue, 1, Jul, 2003, 10:52:37, +0200", [None, "2003-07-01T10:52:37+02:00"]),
    ("text behind the zone", "Tue, 1 Jul 2003 10:52:37 +0200 and more", [None, "2003-07-01T10:52:37+02:00"]),
    ("two dates in one field", "Tue, 1 Jul 2003 10:52:37 +0200 Wed, 2 Jul 2003 10:52:37 +0200", [None, "2003-07-01T10:52:37+02:00"]),
    ("quotes around all of it", '"Tue, 1 Jul 2003 10:52:37 +0200"', [None, "2003-07-01T10:52:37+02:00"]),
    ("two signs", "Tue, 1 Jul 2003 10:52:37 --0200", [None, "2003-07-01T10:52:37+00:00", "2003-07-01T10:52:37-02:00"]),
    ("a blank between sign and figures", "Tue, 1 Jul 2003 10:52:37 + 0200", [None, "2003-07-01T10:52:37+00:00", "2003-07-01T10:52:37+02:00"]),
):
    either("outside RFC 5322 3.3, nothing may be invented: " + text, value, times)

for text, value, off in (
    ("a date alone", "Tue, 1 Jul 2003", "+00:00"),
    ("a date and a zone", "Tue, 1 Jul 2003 +0200", "+02:00"),
    ("an ISO 8601 date alone", "2003-07-01", "+00:00"),
    ("an American date alone", "July 1, 2003", "+00:00"),
):
    suite.add(
        "RFC 5322 3.3 asks for a time of day; schema: without one there is no time, or it is known to the day: " + text,
        "From: Ann <ann@example.org>\nDate: [[!]]" + value + "[[/!]]\nSubject: after the date\n\nBody\n",
        {"message": {"subject": "after the date"}},
        want_any=[{"message": {"date": {"time": None}}}, {"message": {"date": {"time": "2003-07-01T00:00:00" + off, "precision_seconds": 86400}}}],
    )

# --- impossible: nothing rolls over, nothing is invented ---------------------------------
N = "RFC 5322 3.3 (semantically valid): "
for text, value in (
    ("day 0", "Mon, 0 Jul 2003 10:52:37 +0200"),
    ("day 00", "Mon, 00 Jul 2003 10:52:37 +0200"),
    ("day 32", "Fri, 32 Dec 2003 10:52:37 +0200"),
    ("day 99", "99 Jul 2003 10:52:37 +0200"),
    ("31 April", "Thu, 31 Apr 2003 10:52:37 +0200"),
    ("31 June", "31 Jun 2003 10:52:37 +0200"),
    ("31 September", "Wed, 31 Sep 2003 10:52:37 +0200"),
    ("31 November", "31 Nov 2003 10:52:37 +0200"),
    ("30 February", "Sun, 30 Feb 2003 10:52:37 +0200"),
    ("30 February of a leap year", "30 Feb 2000 10:52:37 +0200"),
    ("31 February", "31 Feb 2004 10:52:37 +0200"),
    ("29 February 2003", "Sat, 29 Feb 2003 10:52:37 +0200"),
    ("29 February 1900, no leap year", "29 Feb 1900 10:52:37 +0000"),
    ("29 February 2100, no leap year", "Mon, 29 Feb 2100 10:52:37 +0000"),
    ("29 February of a two-digit year that is no leap year", "29 Feb 97 10:52:37 GMT"),
    ("hour 24 with all zeros", "Tue, 1 Jul 2003 24:00:00 +0200"),
    ("hour 24", "Tue, 1 Jul 2003 24:01:00 +0200"),
    ("hour 25 and minute 61", "Tue, 1 Jul 2003 25:61:00 +0200"),
    ("hour 99", "Tue, 1 Jul 2003 99:52:37 +0200"),
    ("hour 24 without seconds", "Tue, 1 Jul 2003 24:00 +0200"),
    ("minute 60", "Tue, 1 Jul 2003 10:60:37 +0200"),
    ("minute 60 without seconds", "Tue, 1 Jul 2003 10:60 +0200"),
    ("minute 99", "Tue, 1 Jul 2003 10:99:37 +0200"),
    ("second 61", "Tue, 1 Jul 2003 10:52:61 +0200"),
    ("second 61 in the last minute of the year", "Wed, 31 Dec 2003 23:59:61 +0000"),
    ("second 99", "Tue, 1 Jul 2003 10:52:99 +0200"),
    ("zone minutes 60", "Tue, 1 Jul 2003 10:52:37 +0060"),
    ("zone minutes 99", "Tue, 1 Jul 2003 10:52:37 -0599"),
    ("impossible behind a comment", "Tue, 1 Jul 2003 (evening) 25:52:37 +0200"),
    ("impossible and folded", "Sun,\n 30 Feb\n 2003 10:52:37\n +0200"),
    ("impossible day, zone name", "Sun, 30 Feb 2003 10:52:37 EST"),
    ("impossible hour, no zone", "Tue, 1 Jul 2003 25:00:00"),
    ("impossible hour before PM", "Tue, 1 Jul 2003 25:10:00 PM +0200"),
    ("impossible day in asctime order", "Sun Feb 30 10:52:37 2003"),
    ("impossible hour in asctime order", "Tue Jul  1 24:52:37 2003"),
    ("impossible day in ISO 8601", "2003-02-30T10:52:37Z"),
    ("month 13 in ISO 8601", "2003-13-01T10:52:37Z"),
    ("month 0 in ISO 8601", "2003-00-10T10:52:37Z"),
    ("hour 25 in ISO 8601", "2003-07-01T25:00:00+02:00"),
    ("a day number too large for any integer", "99999999999999999999 Jul 2003 10:52:37 +0200"),
    ("hour 25", "Tue, 1 Jul 2003 25:00:00 +0200"),
    ("hour 24 at the end of a year", "Wed, 31 Dec 2003 24:00:00 +0000"),
    ("minute 61", "Tue, 1 Jul 2003 10:61:00 +0200"),
    ("second 61 without weekday", "1 Jul 2003 10:52:61 +0000"),
    ("second 60 in an impossible minute", "Tue, 1 Jul 2003 10:60:60 +0200"),
    ("second 60 in an impossible hour", "Tue, 1 Jul 2003 24:59:60 +0200"),
    ("31 April in another zone", "31 Apr 2024 00:00:00 -0000"),
    ("29 February of a three-digit year that is no leap year", "29 Feb 103 09:55:06 GMT"),
    ("30 February without a zone", "Sun, 30 Feb 2003 10:52:37"),
    ("31 September in hyphens", "31-Sep-2003 10:52:37 +0200"),
    ("month 13 by number", "1 13 2003 10:52:37 +0200"),
    ("day 31 June in ISO 8601", "2003-06-31T10:52:37+02:00"),
    ("minute 60 in ISO 8601", "2003-07-01T10:60:00Z"),
    ("29 February 2001 folded", "Thu,\n 29 Feb 2001\n 10:52:37 +0200"),
    ("a year of zeros", "1 Jul 0000 10:52:37 +0000"),
    ("a year too large for any integer", "1 Jul 99999999999999999999 10:52:37 +0200"),
):
    date(N + text, value, None)
G = "RFC 5322 3.3 (syntax): "
for text, value in (
    ("month Foo", "Tue, 1 Foo 2003 10:52:37 +0200"),
    ("no month", "Tue, 1 2003 10:52:37 +0200"),
    ("no day", "Jul 2003 10:52:37 +0200"),
    ("an hour without minutes", "Tue, 1 Jul 2003 10 +0200"),
    ("an hour and a colon", "Tue, 1 Jul 2003 10: +0200"),
    ("letters in the minute", "Tue, 1 Jul 2003 10:xx:37 +0200"),
    ("letters in the second", "Tue, 1 Jul 2003 10:52:xx +0200"),
    ("a letter O in the hour", "Tue, 1 Jul 2003 1O:52:37 +0200"),
    ("letters in the year", "Tue, 1 Jul 20o3 10:52:37 +0200"),
    ("letters in the day", "Tue, l Jul 2003 10:52:37 +0200"),
    ("a month cut to two letters", "Tue, 1 Ju 2003 10:52:37 +0200"),
    ("month Abc", "Tue, 1 Abc 2003 10:52:37 +0200"),
    ("a year of one figure", "1 Jul 3 10:52:37 +0200"),
    ("the year is missing, no weekday", "1 Jul 10:52:37 +0200"),
    ("a NUL alone", "\0"),
    ("a question mark", "?"),
    ("an encoded word is not decoded in a date", "=?utf-8?Q?Tue=2C_1_Jul_2003_10=3A52=3A37_=2B0200?="),
    ("no year", "Tue, 1 Jul 10:52:37 +0200"),
    ("only a time", "10:52:37 +0200"),
    ("only a weekday", "Tue,"),
    ("letters where the time belongs", "Tue, 1 Jul 2003 ab:cd:ef +0200"),
    ("no hour", "Tue, 1 Jul 2003 :52:37 +0200"),
    ("words", "yesterday afternoon"),
    ("the placeholder of a mail-merge program", "{{DATE_RFC2822}}"),
    ("an strftime pattern that was not expanded", "%a, %d %b %Y %H:%M:%S %z"),
    ("what JavaScript writes for a broken date", "Invalid Date"),
    ("all zeros", "00 000 0000 00:00:00 +0000"),
    ("only a comment", "(Tue, 1 Jul 2003 10:52:37 +0200)"),
    ("nothing after the colon", ""),
    ("only blanks after the colon", "    "),
    ("DIGIT is ASCII: full-width figures are none", "Tue, \uff11 Jul \uff12\uff10\uff10\uff13 10:52:37 +0200"),
):
    date(G + text, value, None)

suite.add(
    "RFC 5322 3.6.1 asks for a Date field; schema: where none is, no date is invented",
    "From: Ann <ann@example.org>\nSubject: no date\n\nDate: Tue, 1 Jul 2003 10:52:37 +0200\n",
    {"message": {"date": {"time": None}, "subject": "no date"}},
)
suite.add(
    "RFC 5322 3.6: field names are case-insensitive",
    "From: Ann <ann@example.org>\ndATE:Tue, 1 Jul 2003 10:52:37 +0200\n\nBody\n",
    {"message": {"date": {"time": "2003-07-01T10:52:37+02:00", "zone": S}}},
)
suite.add(
    "RFC 5322 3.6.6: Resent-Date is not Date",
    "Resent-Date: Wed, 2 Jul 2003 11:00:00 +0200\nX-Date: Thu, 3 Jul 2003 11:00:00 +0200\n"
    "Delivery-Date: Fri, 4 Jul 2003 11:00:00 +0200\nDate: Tue, 1 Jul 2003 10:52:37 +0200\n\nBody\n",
    {"message": {"date": {"time": "2003-07-01T10:52:37+02:00", "zone": S}}},
)
suite.add(
    "RFC 5322 3.6: Date as the last line of a message without body and without final line break",
    "From: Ann <ann@example.org>\nDate: Tue, 1 Jul 2003 10:52:37 -0700",
    {"message": {"date": {"time": "2003-07-01T10:52:37-07:00", "zone": S}}},
)
