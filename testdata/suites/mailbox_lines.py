"""Separator lines: what real writers put there, and prose that looks like one.

Shapes after the manuals of qmail, RFC 4155, the formats that the c-client
library lists, and lines quoted in the trackers of mail programs.
"""
from mailboxlib import FORMS, head, kind, mail, sep

# name: line, and whether a reader that wants "From ADDRESS ASCTIME" takes it
WRITERS = {
    "qmail": ("From god@heaven.af.mil Sat Jan  3 01:05:34 1996", True, "mbox(5) of qmail"),
    "sendmail": ("From bob@example.net Wed Dec  2 05:53:22 1992", True, "BSD"),
    "procmail": ("From bob@example.net  Wed Dec  2 05:53:22 1992", True, "formail writes two spaces"),
    "local-user": ("From root Wed Dec  2 05:53:22 1992", True, "delivery on one machine: no '@'"),
    "zero-day": ("From bob@example.net Wed Dec 02 05:53:22 1992", True, "Dovecot, Thunderbird: day with a zero"),
    "short-day": ("From bob@example.net Wed Dec 2 05:53:22 1992", False, "one-digit day without padding"),
    "postfix-bounce": ("From MAILER-DAEMON Wed Dec  2 05:53:22 1992", True, "empty envelope sender"),
    "empty-path": ("From <> Wed Dec  2 05:53:22 1992", True, "empty envelope sender as SMTP writes it"),
    "angle": ("From <bob@example.net> Wed Dec  2 05:53:22 1992", True, "path in angle brackets"),
    "thunderbird": ("From - Wed Dec 02 05:53:22 1992", True, "no sender at all"),
    "eudora": ("From ???@??? Wed Dec 02 05:53:22 1992", True, "Eudora knows no sender"),
    "takeout": ("From 1234567890123456789@xxx Thu Jan 01 00:00:00 +0000 1970", False, "Google Takeout: offset before the year"),
    "groups": ("From 28668125511680@xxx Thu Apr 16 09:53:04 +0000 2015", False, "Google Groups"),
    "gnus": ("From nobody Wed Dec  2 05:53:22 1992", True, "Gnus"),
    "git": ("From 2b5d68f84ee4c4ae9b1a1b3a5a1f6c2f1f1d9a7e Mon Sep 17 00:00:00 2001", True, "git format-patch"),
    "pst": ('From "bob@example.net" Wed Dec  2 05:53:22 1992', True, "readpst quotes the sender"),
    "quoted-local": ('From "bob jones"@example.net Wed Dec  2 05:53:22 1992', True, "quoted local part with a space"),
    "display": ("From Bob <bob@example.net>  Wed Dec  2 05:53:22 1992", True, "msgconvert copies the From field"),
    "spaces": ("From Bob Jones Wed Dec  2 05:53:22 1992", True, "a name instead of an address"),
    "pipermail": ("From bob at example.net  Wed Dec  2 05:53:22 1992", True, "Mailman archives veil addresses"),
    "mailman3": ("From bob at lists.example.net Wed Dec  2 05:53:22 1992", True, "the same with one space"),
    "no-sender": ("From  Wed Dec  2 05:53:22 1992", True, "the sender is left out, its space is not"),
    "date-only": ("From Wed Dec  2 05:53:22 1992", True, "the sender is left out"),
    "day-name-user": ("From sun Wed Dec  2 05:53:22 1992", True, "an account that is called like a weekday"),
    "bang": ("From uucp!relay!bob Wed Dec  2 05:53:22 1992", True, "UUCP path"),
    "remote": ("From bob Wed Dec  2 05:53:22 1992 remote from relay", False, "RFC 976, smail"),
    "remote-zone": ("From bob Wed Dec  2 05:53 PST 1992 remote from relay", False, "the same with a zone"),
    "sysv": ("From bob Wed Dec  2 05:53 PST 1992", False, "System V: no seconds, zone before the year"),
    "no-seconds": ("From bob Wed Dec  2 05:53 1992", False, "no seconds"),
    "no-seconds-zone": ("From bob Wed Dec  2 05:53 1992 PST", False, "no seconds, zone behind the year"),
    "no-seconds-offset": ("From bob Wed Dec  2 05:53 -0700 1992", False, "no seconds, offset before the year"),
    "zone-before": ("From bob@example.net Wed Dec  2 05:53:22 PST 1992", False, "rn"),
    "zone-behind": ("From bob@example.net Wed Dec  2 05:53:22 1992 PST", False, "zone name behind the year"),
    "offset-before": ("From bob@example.net Wed Dec  2 05:53:22 -0700 1992", False, "offset before the year"),
    "offset-behind": ("From bob@example.net Wed Dec  2 05:53:22 1992 -0700", False, "Solaris"),
    "rfc-date": ("From bob@example.net Wed, 02 Dec 1992 05:53:22 -0700", False, "the Date field's own form"),
    "trailing-space": ("From bob@example.net Wed Dec  2 05:53:22 1992 ", False, "a space at the end"),
    "tabs": ("From bob@example.net\tWed Dec  2 05:53:22 1992", False, "a tab before the date"),
}

# Lines that begin with "From " behind a blank line and separate nothing, each
# followed by a line of text.
PROSE = {
    "desk": "From the desk of the director",
    "hours": "From 9 to 5 we are open",
    "weekday": "From here on Monday we march",
    "date-without-time": "From Monday 1 January 2001 on",
    "time-without-date": "From 10:00:00 on",
    "address-and-words": "From bob@example.net I heard nothing",
    "address-alone": "From bob@example.net",
    "dash": "From - to",
    "date-then-words": "From Mon Jan  1 10:00:00 2001 until noon it was closed",
    "year": "From 1992",
    "nothing": "From ",
    "impossible-date": "From bob@example.net Wed Foo 99 55:53:22 1992",
}


def three(line, strict):
    def fill(box):
        for n in range(1, 4):
            box.msg(line, mail(n), loose=not strict)
    return fill


def prose(line):
    """The line behind one blank line, and behind two; real separators around it."""
    def fill(box):
        box.msg(sep(1), mail(1, "Above.\n\n" + line + "\nBelow.\n"))
        box.msg(sep(2), mail(2, "Above.\n\n\n" + line + "\nBelow.\n"))
        box.msg(sep(3), mail(3, line + "\nBelow.\n"))
        box.msg(sep(4), mail(4))
    return fill


for _name, (_line, _strict, _note) in WRITERS.items():
    kind("writer-" + _name, _note, FORMS if _strict else ("lf", "crlf"))(three(_line, _strict))
for _name, _line in PROSE.items():
    kind("prose-" + _name, "text that begins with From: separates nothing", ("lf", "crlf"), "none")(prose(_line))


@kind("writer-address-only", "some Takeout exports state no date; a header field follows", as_file=True)
def address_only(box):
    for n in range(1, 4):
        box.msg("From 159%d@xxx" % n, "X-GM-THRID: 15%d\n" % n + mail(n), loose=True)


@kind("writer-various", "mailboxes that were put together from several programs' mailboxes", as_file=True)
def various(box):
    for n, (line, strict, _) in enumerate(WRITERS.values()):
        box.msg(line, mail(n), loose=not strict)


@kind("writer-8bit", "a sender in Latin-1", ("lf", "crlf"))
def latin(box):
    for n in range(3):
        box.msg(b"From jos\xe9@example.net Wed Dec  2 05:53:22 1992", mail(n))


@kind("writer-dash-alone", "exports of Thunderbird have lines without sender and date", ("lf", "crlf"), beyond=True)
def dash_alone(box):
    for n in range(3):
        box.msg("From - ", "X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n" + mail(n), loose=True)


@kind("writer-dash-close", "the same without blank lines before, as in a mailbox of MimeKit's tests", ("lf", "crlf"), beyond=True)
def dash_close(box):
    for n in range(3):
        box.msg("From - ", mail(n), blank=False, loose=True)


@kind("writer-nothing", "old Thunderbird: nothing behind \"From \", and text that is not quoted (a mailbox of its tests)", ("lf", "crlf"), "none", beyond=True)
def nothing(box):
    for n in range(1, 3):
        box.msg("From ", mail(n, "Old versions do not quote this:\nFrom \nThis is text of the letter.\n"), loose=True)


@kind("writer-moreinfo", "qmail's mbox(5): behind the date may stand anything", ("lf", "crlf"), beyond=True)
def moreinfo(box):
    for n in range(3):
        box.msg("From bob@example.net Wed Dec  2 05:53:22 1992 by relay via smtp", mail(n), loose=True)


@kind("writer-iso-date", "not a real program's, but a date", ("lf", "crlf"))
def iso(box):
    for n in range(3):
        box.msg("From bob@example.net 1992-12-02T05:53:22Z", mail(n), loose=True)


@kind("line-first-anything", "the first line begins the first message, whatever it says", as_file=True)
def first_anything(box):
    box.msg("From the archive of 1992", mail(1), loose=True)
    box.msg(sep(2), mail(2))


@kind("line-long", "a line of more than 512 bytes is no separator, whatever it ends in", ("lf", "crlf"), "none")
def long_line(box):
    box.msg(sep(1), mail(1, "Above.\n\nFrom " + "a" * 500 + "@example.net Mon Jan  1 10:00:00 2001\nSubject: not a message\n\nBelow.\n"))
    box.msg("From " + "a" * 440 + "@example.net Mon Jan  1 10:00:00 2001", mail(2))


@kind("line-no-blank-dated-header", "no blank line before the separator, but a full date and a header behind it", as_file=True)
def no_blank(box):
    box.msg(sep(1), mail(1), blank=False)
    box.msg(sep(2), mail(2), blank=False, loose=True)
    box.msg(sep(3), mail(3), loose=True)


@kind("line-no-blank-no-header", "no blank line and no header behind it: a line of text", dialect="none")
def no_blank_no_header(box):
    box.msg(sep(1), mail(1, "He wrote:\nFrom bob@example.net Wed Dec  2 05:53:22 1992\nand so on.\n"))
    box.msg(sep(2), mail(2, "He wrote:\nFrom bob@example.net\nNote: no date, no blank line\n"))
    box.msg(sep(3), mail(3))


@kind("line-no-blank-no-date", "no blank line, a header behind it, no date: a line of text", ("lf", "crlf"), "none")
def no_blank_no_date(box):
    box.msg(sep(1), mail(1, "She reads\nFrom the desk of\nSubject: nobody\n\nEnd.\n"))
    box.msg(sep(2), mail(2))


@kind("line-blank-dated-no-header", "a blank line and a date are enough: what follows need not be a header")
def dated_no_header(box):
    box.msg(sep(1), mail(1))
    box.msg(sep(2), "this message has no header\n")
    box.msg(sep(3), mail(3))


@kind("line-space-before", "one space before, a tab behind, capitals, a colon: no separators", ("lf", "crlf"))
def near(box):
    text = ("\n From bob@example.net Wed Dec  2 05:53:22 1992\n\nFrom\tbob Wed Dec  2 05:53:22 1992\n"
            "\nFROM bob Wed Dec  2 05:53:22 1992\n\nfrom bob Wed Dec  2 05:53:22 1992\n\nFrom: bob Wed Dec  2 05:53:22 1992\n")
    box.msg(sep(1), mail(1, "Above.\n" + text))
    box.msg(sep(2), mail(2))


@kind("line-blank-of-spaces", "a line of spaces is no blank line; with date and header it separates all the same", ("lf", "crlf"))
def spaces(box):
    box.msg(sep(1), mail(1, "Above.\n \n"), blank=False)
    box.msg(sep(2), mail(2), loose=True)
    box.msg(sep(3), mail(3, "Above.\n \t\nFrom bob@example.net\nBelow: no\n"))


@kind("line-at-the-end", "a separator is the last line of the mailbox, with or without a break", ("lf", "crlf"))
def at_end(box):
    box.msg(sep(1), mail(1))
    box.msg(sep(2), "", blank=False)


@kind("line-header-of-name", "what follows an address must be a field: name and colon", ("lf", "crlf"), "none")
def no_field(box):
    for n, line in enumerate(("see below: no", "", ": no name", "http //x", " Subject: folded"), 1):
        box.msg(sep(n), mail(n, "Above.\n\nFrom bob@example.net\n" + line + "\nBelow.\n"))
