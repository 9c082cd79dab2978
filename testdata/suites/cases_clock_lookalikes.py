"""Identifiers that look like a clock and tell no time, or an impossible one.
No reading may come from them."""

from clockmsg import *  # noqa: F401,F403
from cases_clock_bodies import armor, jpeg, noise, pgp4, tiff, with_parts, zipped, attached
from cases_clock_bounds import bounded
from cases_clock_ids import upper
from cases_clock_trace import b64, guid, via

CASES = []


def kind(name, make, n=1, first=2012, last=2024, why=""):
    CASES.append((name, "lookalike", n, first, last, make, why or name))


def mid(form, why, n=1, agent=None, mailer=None, first=2012, last=2024, fields=()):
    """A Message-ID that form(c) makes."""
    def make(c):
        text = form(c)
        c.identifier = text
        return message(c, mid="%s@%s" % (text, c.mine) if "@" not in text else text, agent=agent, mailer=mailer, fields=list(fields))
    kind("mid: " + why, make, n, first, last, why)


def bnd(form, why, n=1, mailer=None, agent=None, first=2012, last=2024):
    def make(c):
        c.identifier = form(c)
        return bounded(c, c.identifier, mailer=mailer, agent=agent)
    kind("boundary: " + why, make, n, first, last, why)


def rcvd(form, by, why, n=1, first=2012, last=2024):
    """The id of an oldest trace line; `by` names host and software."""
    def make(c):
        c.identifier = form(c)
        q = c.t + S
        return via(c, "from %s (%s.%s [%s])\n\tby smtp.%s %s id %s; %s" % (
            c.desk, c.desk, c.mine, c.ip, c.mine, by, c.identifier, rfc(q, c.zone)))
    kind("trace: " + why, make, n, first, last, why)


def field(name, form, why, n=1, first=2012, last=2024, whole=True):
    def make(c):
        value = form(c)
        c.identifier = value
        return message(c, fields=["%s: %s" % (name, value)])
    kind("field: " + why, make, n, first, last, why)


def near(c, form, zone=0):
    """The case's own day with one impossible piece."""
    return ymd(c.t, form, zone)


# Message-IDs: impossible calendar values in shapes of known makers.
mid(lambda c: near(c, "%Y") + "13" + near(c, "%d%H%M%S") + ".GA" + number(c.r, 4), "mutt with month 13", agent="Mutt/1.5.23 (2014-03-12)")
mid(lambda c: near(c, "%Y%m%d") + "25" + near(c, "%M%S") + ".GB" + number(c.r, 4), "mutt with hour 25", agent="Mutt/1.5.23 (2014-03-12)")
mid(lambda c: near(c, "%Y") + "0230" + near(c, "%H%M%S") + "." + number(c.r, 4) + ".qmail", "qmail on 30 February")
mid(lambda c: near(c, "%Y") + "0431" + near(c, "%H%M%S") + "." + hexes(c.r, 16), "Mailgun on 31 April")
mid(lambda c: near(c, "%Y%m%d%H") + "61" + near(c, "%S") + "." + postfix_qid(c.r, c.t), "Postfix with minute 61")
mid(lambda c: near(c, "%Y") + "0000" + near(c, "%H%M%S") + ".%08x.%s" % (c.r.getrandbits(32), c.me), "Sylpheed with month 0", mailer="Sylpheed 3.5.1")
mid(lambda c: "2014022912" + number(c.r, 2)[0] + "5" + ".3" + number(c.r, 4) + "." + c.me, "KMail on 29 February of a common year", agent="KMail/1.9.1")
mid(lambda c: near(c, "%Y%m") + "32." + near(c, "%H%M%S") + "." + number(c.r, 9) + "." + c.me, "Mew on the 32nd", mailer="Mew version 6.3 on Emacs 23.1")
mid(lambda c: number(c.r, 9) + "." + near(c, "%Y%m%d%H%M") + "77", "The Bat! with second 77", mailer="The Bat! (v4.0)")
mid(lambda c: "5.1.0.14.2." + near(c, "%Y") + "1945" + near(c, "%H%M%S") + ".%08x" % c.r.getrandbits(27), "Eudora with month 19", mailer="QUALCOMM Windows Eudora Version 5.1", first=2001, last=2008)
mid(lambda c: "Pine.LNX.4.44.02%02d%s0.%s-100000" % (13 + c.r.randrange(80), near(c, "%d%H%M%S"), number(c.r, 4)), "Pine with a month beyond 12", first=2001, last=2005)
mid(lambda c: "alpine.LNX.2.20." + near(c, "%y%m%d") + "2460" + near(c, "%S") + "1." + number(c.r, 4), "Alpine at 24:60", agent="Alpine 2.20 (LNX 67 2015-01-07)")
mid(lambda c: near(c, "%Y%m%d%H") + "60." + sendmail_qid(c.r, c.t).replace(sendmail_qid(c.r, c.t)[:1], "z")[:1] + "z" + number(c.r, 10), "sendmail with minute 60 and no month letter")
mid(lambda c: hexes(c.r, 8) + "13" + near(c, "%m%d%H%M") + "q" + hexes(c.r, 8) + "r" + hexes(c.r, 16) + "zz@mail.gmail.com", "old Gmail shape with a tail that is not hexadecimal", first=2005, last=2010)
mid(lambda c: hexes(c.r, 8) + near(c, "%y") + "31" + near(c, "%d%H%M") + "m" + hexes(c.r, 7) + "r" + hexes(c.r, 16) + "@mail.gmail.com", "old Gmail with month 31", first=2005, last=2010)

# FILETIMEs out of the time of mail.
mid(lambda c: "000b01a0%s$%s$0a01a8c0" % (hexes(c.r, 4), hexes(c.r, 8)), "Outlook with a high word in 1920", mailer="Microsoft Outlook Express 6.00.2800.1106", first=2001, last=2008)
mid(lambda c: "000b02ff%s$%s$0a01a8c0" % (hexes(c.r, 4), hexes(c.r, 8)), "Outlook with a high word after 2200", mailer="Microsoft Outlook Express 6.00.2800.1106", first=2001, last=2008)
mid(lambda c: "00%s01c5%s$%s$%s" % (hexes(c.r, 2), hexes(c.r, 4), hexes(c.r, 7), hexes(c.r, 8)), "Outlook with a group one digit short", first=2001, last=2008)
mid(lambda c: "0.0.0.7.1FD%s.%X" % (upper(c.r.getrandbits(48), 12), c.r.randrange(65536)), "PowerMTA with a FILETIME beyond the window")
bnd(lambda c: "----=_NextPart_747_4747_4786F786.%08X" % c.r.getrandbits(32), "Outlook shape without FILETIME")
bnd(lambda c: "----=_NextPart_000_%04X_0FC%05X.%08X" % (c.r.randrange(9999), c.r.getrandbits(20), c.r.getrandbits(32)), "Outlook with a high word in the future")
bnd(lambda c: "----=_NextPart_%s" % hexes(c.r, 16), "NextPart with sixteen digits only", n=2)
bnd(lambda c: "----=_NextPart_000_00G2_01C7%s.%s" % (hexes(c.r, 4).upper(), hexes(c.r, 8).upper()), "Outlook counter that is not hexadecimal")
bnd(lambda c: "----_=_NextPart_001_0%s.%s" % (hexes(c.r, 7).replace("1", "9").upper().replace("0", "8"), hexes(c.r, 8).upper()), "Exchange shape with no FILETIME")

# UUIDs.
mid(lambda c: uuid4(c.r, lambda u: int(u[:8], 16) > 0xA0000000), "version-4 UUID", n=3)
mid(lambda c: uuid4(c.r, lambda u: int(u[:8], 16) < 0x20000000).upper(), "version-4 UUID as Apple writes it", mailer="Apple Mail (2.3696.120.41.1.1)", n=2)
mid(lambda c: uuid4(c.r, lambda u: abs(int(u[:8], 16) - c.t // S) < 9 * 10**7), "version-4 UUID whose first group is near the date", n=2)
mid(lambda c: uuid7(c.r, c.r.randrange(10**11)), "version-7 shape with a time in the seventies")
mid(lambda c: uuid7(c.r, 7258118400000 + c.r.randrange(10**9)), "version-7 shape with a time in 2200", n=2)
mid(lambda c: uuid6(c.r, at(1805, 3, 4)), "version-6 shape with a time in 1805")
mid(lambda c: uuid1(c.r, at(2300, 3, 4)), "version-1 shape with a time in 2300")
mid(lambda c: uuid1(c.r, c.t)[:19] + "7" + uuid1(c.r, c.t)[20:], "version-1 digits with a wrong variant")
mid(lambda c: uuid1(c.r, c.t)[:14] + "3" + uuid1(c.r, c.t)[15:], "version 3 is a digest, whatever its first groups say")
mid(lambda c: uuid1(c.r, c.t)[:14] + "5" + uuid1(c.r, c.t)[15:], "version 5 is a digest")

# Digests and random text.
mid(lambda c: "9" + hexes(c.r, 31), "md5 as Roundcube and Swift 5 write it", n=3)
mid(lambda c: "e" + hexes(c.r, 39), "sha1")
mid(lambda c: "b" + hexes(c.r, 23), "24 hexadecimal digits whose first eight are no time")
mid(lambda c: "zQ" + text_of(c.r, B62, 41), "random base 62 as PHPMailer writes it", n=2, mailer="PHPMailer 6.5.0 (https://github.com/PHPMailer/PHPMailer)")
mid(lambda c: "CA" + text_of(c.r, "+=" + B62, 50) + "@mail.gmail.com", "Gmail since 2011", n=4)
mid(lambda c: "SN6PR11MB%04d" % c.r.randrange(9999) + hexes(c.r, 25).upper() + "@SN6PR11MB%04d.namprd11.prod.outlook.com" % 0, "Exchange Online", n=1)
mid(lambda c: "%s%s@AM0PR04MB%04d.eurprd04.prod.outlook.com" % ("AM0PR04MB%04d" % c.r.randrange(9999), hexes(c.r, 24).upper() + "9", 4711), "Exchange Online with digits only behind the server", n=2)
mid(lambda c: text_of(c.r, "ABCDEFGHIJKLMNOP", 24) + "ACAA." + c.me, "OutlookIMO", n=3, mailer="Microsoft Outlook IMO, Build 9.0.2416 (9.0.2911.0)", first=1999, last=2006)
mid(lambda c: hexes(c.r, 16).upper().replace("3", "A").replace("4", "B"), "InterMail's sixteen digits", n=2, first=2000, last=2008)
mid(lambda c: "%s%s" % ("D0" + hexes(c.r, 10).upper() + "4" + hexes(c.r, 19).upper(), "0123A" + number(c.r, 1)), "an Exchange store whose GUID is random", first=2000, last=2009)
mid(lambda c: base64.urlsafe_b64encode(noise(c.r, 12)).decode(), "sixteen letters of base64url without a mutt", n=2)
mid(lambda c: base64.urlsafe_b64encode(b"\xf3" + noise(c.r, 11)).decode(), "a mutt's sixteen letters whose first bytes are after 2038", agent="Mutt/2.0.5 (2021-01-21)")
mid(lambda c: "%s.%s" % (text_of(c.r, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 12), text_of(c.r, B36.upper(), 12)), "MimeKit's shape with ticks far outside", n=2)
mid(lambda c: "order-" + number(c.r, 8) + "-" + c.me, "an order number of eight digits")
mid(lambda c: "49" + number(c.r, 9) + ".sms", "a telephone number")
mid(lambda c: "invoice-%d" % (c.t // S - 3 * 10**8 // 1 * 3), "ten digits behind a word, nine years off")
mid(lambda c: "9%s.%d.%d.camel" % (number(c.r, 9), 4242, 3), "Evolution with seconds in 2255", mailer="Evolution 3.28.5")
mid(lambda c: "%d.%s@mail.yahoo.com" % (c.r.randrange(10**8, 10**9), "9" + number(c.r, 12)), "Yahoo's shape with milliseconds in 2255")
mid(lambda c: "0x0%s.JavaMail.%s" % (number(c.r, 12), c.me), "JavaMail without its hash")
mid(lambda c: "E1%s_000%s_%s" % (text_of(c.r, B62, 5), text_of(c.r, B62, 3), text_of(c.r, B62, 2)), "Exim's pieces joined by underscores")
mid(lambda c: "E1%s-000%s" % (text_of(c.r, B62, 5), text_of(c.r, B62, 3)), "Exim's id cut short")
mid(lambda c: "OF%s.%s-ONC1FFFFFF.%s" % (upper(c.r.getrandbits(32), 8), upper(c.r.getrandbits(32), 8), "007A6489"), "Lotus with a day in the year 41000", first=2000, last=2010)
mid(lambda c: "OF%s.%s-ONC12%05X.%s" % (upper(c.r.getrandbits(32), 8), upper(c.r.getrandbits(32), 8), (c.t // DAY + 2440588) & 0xFFFFF, "00A00000"), "Lotus with more than a day of hundredths", first=2000, last=2010)
mid(lambda c: "%s.fsf" % text_of(c.r, "0123456789", 10), "Gnus with digits whose clock lies outside", agent="Gnus/5.13 (Gnus v5.13) Emacs/24.3")
mid(lambda c: "A7.1C.%05d.%s" % (c.r.randrange(99999), "000000" + hexes(c.r, 1).upper() + "F"), "Momentum with seconds far ahead")
mid(lambda c: "00000000000%s%08x%s@google.com" % ("0" + hexes(c.r, 6), 0x0F000000, hexes(c.r, 2)), "Gmail's zeros with microseconds in 2100")
bnd(lambda c: "000000000000" + hexes(c.r, 15), "Gmail's zeros, one digit short")
bnd(lambda c: "000000000000%s%08x%s" % (hexes(c.r, 6), 0x00001000, hexes(c.r, 2)), "Gmail's zeros with microseconds in the seventies")

# Boundaries of programs that use no clock.
bnd(lambda c: "=" * 15 + number(c.r, 19) + "==", "Python", n=2)
bnd(lambda c: "=" * 15 + "1" + number(c.r, 9) + "==", "old Python with ten digits", n=2)
bnd(lambda c: "--_NmP-%s-Part_1" % hexes(c.r, 16), "nodemailer", n=2)
bnd(lambda c: "Apple-Mail-%d-%d" % (c.r.randrange(1, 90), c.r.randrange(10**8, 10**9)), "Apple Mail with a number", mailer="Apple Mail (2.936)", n=2)
bnd(lambda c: "Apple-Mail=_" + uuid4(c.r).upper(), "Apple Mail with a UUID", mailer="Apple Mail (2.3273)")
bnd(lambda c: "-" * 12 + text_of(c.r, B62, 24), "Thunderbird with letters", agent="Mozilla/5.0 (X11; Linux x86_64; rv:91.0) Gecko/20100101 Thunderbird/91.4.1")
bnd(lambda c: "-" * 12 + "0" + number(c.r, 23), "old Thunderbird with 24 digits", agent="Mozilla/5.0 (X11; Linux x86_64; rv:24.0) Gecko/20100101 Thunderbird/24.1.1", n=2)
bnd(lambda c: "b1_" + hexes(c.r, 32), "PHPMailer", n=2)
bnd(lambda c: "nextPart%s.%s" % (number(c.r, 7), text_of(c.r, B62, 10)), "KMail", n=2)
bnd(lambda c: "==_Exmh_-%sP" % number(c.r, 9), "exmh: a tick count")
bnd(lambda c: "=====================_%s==_" % number(c.r, 8), "Eudora: a tick count", n=2, first=1999, last=2006, mailer="QUALCOMM Windows Eudora Version 5.1")
bnd(lambda c: "_----------=_MCPart_%s" % number(c.r, 9), "Mailchimp")
bnd(lambda c: "=-%s==" % text_of(c.r, B62 + "+/", 22), "MailKit")
bnd(lambda c: "_000_" + "AM0PR04MB%04d" % c.r.randrange(9999) + hexes(c.r, 25).upper() + "AM0PR04MB4711eurprd_", "Exchange Online")
bnd(lambda c: "=_" + uuid4(c.r), "Zimbra")
bnd(lambda c: "_=_swift_9%s_%s_=_" % (number(c.r, 9), hexes(c.r, 32)), "Swift with seconds in 2255")
bnd(lambda c: "_----------=_7%s%s" % (number(c.r, 9), number(c.r, 5)), "MIME::Lite with seconds in 2192", mailer="MIME::Lite 3.030")
bnd(lambda c: "----=_Part_%d_%d.%d" % (c.r.randrange(9999), c.r.randrange(10**8), 99 * 10**11), "JavaMail with milliseconds in 2283")
bnd(lambda c: "--==_mimepart_f%s%s_%s" % (hexes(c.r, 7), hexes(c.r, 5), number(c.r, 5)), "Ruby with seconds in 2100")
bnd(lambda c: "--==_mimepart_%08xfffff_%s" % (c.t // S, number(c.r, 5)), "Ruby with more than a million microseconds")
bnd(lambda c: "%s.%s/%s" % (text_of(c.r, "GHJKLMNPQRSTVWXYZ", 6), number(c.r, 10), "box"), "a report's shape with no queue id")

# Trace lines.
rcvd(lambda c: SENDMAIL[(civil(c.t).year - 1900) % 60] + "C" + sendmail_qid(c.r, c.t)[2:], "(8.14.4/8.14.4) with ESMTP", "sendmail with a thirteenth month")
rcvd(lambda c: sendmail_qid(c.r, c.t)[:1] + "1WN" + sendmail_qid(c.r, c.t)[4:], "(8.14.4/8.14.4) with ESMTP", "sendmail on day 32")
rcvd(lambda c: sendmail_qid(c.r, c.t)[:1] + "1V0" + sendmail_qid(c.r, c.t)[4:], "(8.14.4/8.14.4) with ESMTP", "sendmail on 31 February")
rcvd(lambda c: sendmail_qid(c.r, c.t)[:3] + "P" + sendmail_qid(c.r, c.t)[4:], "(8.14.4/8.14.4) with ESMTP", "sendmail at hour 25")
rcvd(lambda c: sendmail_qid(c.r, c.t)[:4] + "yz" + sendmail_qid(c.r, c.t)[6:], "(8.14.4/8.14.4) with ESMTP", "sendmail with letters outside its alphabet")
rcvd(lambda c: "FFFFF" + hexes(c.r, 6).upper(), "(Postfix) with ESMTP", "Postfix with more than a million microseconds", n=2)
rcvd(lambda c: exim_qid(c.r, c.t).replace("-", "_"), "with esmtp (Exim 4.80)", "Exim with underscores")
rcvd(lambda c: "zz" + exim_qid(c.r, c.t)[2:], "with esmtp (Exim 4.80)", "Exim with seconds in 3700")
rcvd(lambda c: uuid4(c.r).upper() + ".1", "(Haraka/2.8.13) with ESMTP", "Haraka")
rcvd(lambda c: number(c.r, 7), "(CommuniGate Pro SMTP 5.4.6) with ESMTP", "CommuniGate's counter")
rcvd(lambda c: hexes(c.r, 8), "(OpenSMTPD) with ESMTP", "OpenSMTPD", n=2)
rcvd(lambda c: "f" + hexes(c.r, 11) + "4" + hexes(c.r, 3) + "8" + hexes(c.r, 15), "(KumoMTA 192.0.2.3) with ESMTP", "KumoMTA's place with a version-4 UUID", first=2023, last=2025)
rcvd(lambda c: "S%dAb0MODIl" % c.r.randrange(10**6), 'with ESMTP', "ZMailer with month 13")
rcvd(lambda c: near(c, "%Y%m%d") + "256199" + "12:" + number(c.r, 4), "(Lotus Domino Release 5.0.8) with ESMTP", "Domino at 25:61", first=2000, last=2008)
rcvd(lambda c: "<" + near(c, "%Y%m%d%H") + "6199.ABCD123.mta01.mail." + c.mine + "@" + c.desk + ">", "with ESMTP", "InterMail at minute 61", first=2000, last=2008)
rcvd(lambda c: "%s.%s" % (hexes(c.r, 12), number(c.r, 4)), "(Nemesis) with ESMTPSA", "Nemesis")
rcvd(lambda c: text_of(c.r, B62, 22), "with LMTP", "Dovecot's letters", n=2)

# Fields.
field("X-Mailer", lambda c: "Mailer build 20140231 (1%s)" % number(c.r, 9), "a mail program's version that looks like dates", n=2)
field("X-Phone", lambda c: "+49 %s" % number(c.r, 10), "a telephone number")
field("X-Order-Number", lambda c: "1" + number(c.r, 9), "an order number of ten digits", n=2)
field("X-Customer", lambda c: "%d" % (c.t // S - 12345), "ten digits near the date in a field nobody knows")
field("X-OriginalArrivalTime", lambda c: "31 Feb %d 10:11:12.0131 (UTC) FILETIME=[12345678:0FC5A1B2]" % c.year, "an impossible day and an impossible FILETIME", first=2003, last=2012)
field("Thread-Index", lambda c: b64(b"\x02" + noise(c.r, 21)), "a first byte that is not 1")
field("Thread-Index", lambda c: b64(b"\x01\xc5" + noise(c.r, 12)), "a root cut short")
field("Thread-Index", lambda c: b64(b"\x01\x90" + noise(c.r, 20)), "a root in 1878")
field("Thread-Index", lambda c: "AdZ!!" + text_of(c.r, B62, 25), "no base64")
field("X-CM-Analysis", lambda c: "v=2.4 cv=abc c=1 sm=1 tr=0 ts=fffffff0 a=x:117", "Cloudmark with seconds in 2106")
field("X-Barracuda-Start-Time", lambda c: "0", "zero seconds")
field("X-MS-UserLastLogonTime", lambda c: "13/32/2023 25:61:00 AM", "an impossible login")
field("X-Gm-Message-State", lambda c: "AOJu0Y" + text_of(c.r, B62, 60), "Gmail's opaque state")
field("X-Provags-ID", lambda c: "V03:K1:" + text_of(c.r, B62 + "+/", 50) + "=", "1&1's opaque id")
field("X-YMail-OSG", lambda c: text_of(c.r, B62 + "_", 60), "Yahoo's opaque id")


def image_id(c):
    c.identifier = "image001.png@0%s.%s" % (upper(0x9E70000 | c.r.getrandbits(16), 7), upper(c.r.getrandbits(32), 8))
    part = ("Content-Type: image/png\nContent-ID: <%s>\nContent-Transfer-Encoding: base64" % c.identifier, "iVBORw0KGgo=\n")
    return with_parts(c, [part])


def image_uuid(c):
    c.identifier = "ii_" + text_of(c.r, B36, 9)
    return with_parts(c, [("Content-Type: image/png\nContent-ID: <%s>\nContent-Transfer-Encoding: base64" % c.identifier, "iVBORw0KGgo=\n")])


def bad_zip(c):
    data = bytearray(zipped("notes.txt", b"notes\n", at(2010, 1, 2)))
    for i in range(len(data) - 4):
        if data[i:i + 4] == b"PK\3\4":
            data[i + 10:i + 14] = b"\xff\xff\xff\xff"
        if data[i:i + 4] == b"PK\1\2":
            data[i + 12:i + 16] = b"\xff\xff\xff\xff"
    head, text = attached(bytes(data), "application/zip", "notes.zip")
    c.identifier = text.strip()
    return with_parts(c, [(head, text)])


def bad_exif(c):
    head, text = attached(jpeg(tiff("0000:00:00 00:00:00")), "image/jpeg", "photo.jpg")
    c.identifier = text.strip()
    return with_parts(c, [(head, text)])


def bad_pdf(c):
    data = b"%%PDF-1.4\n3 0 obj\n<</Title(%s)/CreationDate(D:20131399996161Z)>>\nendobj\n%%%%EOF\n" % c.me.encode()
    head, text = attached(data, "application/pdf", "invoice.pdf")
    c.identifier = text.strip()
    return with_parts(c, [(head, text)])


def pgp_zero(c):
    block = armor(pgp4(c.r, 0))
    c.identifier = block.strip()
    return message(c, body="-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n%s%s" % (TEXT, block))


def calendar_1900(c):
    c.identifier = "CREATED:19000101T120000Z"
    return with_parts(c, [("Content-Type: text/calendar; charset=us-ascii; method=REQUEST",
                           "BEGIN:VCALENDAR\nPRODID:-//Google Inc//Google Calendar 70.9054//EN\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\n"
                           "DTSTART:%s\nUID:abc@google.com\n%s\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n" % (ymd(c.t + 9 * DAY, "%Y%m%dT%H%M%SZ"), c.identifier))])


def body_numbers(c):
    c.identifier = "%d" % (c.t // S - 777)
    return message(c, body="Good day,\n\nyour parcel has the number %s, and you can call us\nat 0049 30 %s.\n" % (c.identifier, number(c.r, 10)))


for _name, _make in (("an image's id with an impossible FILETIME", image_id), ("Gmail's image id", image_uuid), ("a ZIP archive whose times are all ones", bad_zip),
                     ("a photograph that was never dated", bad_exif), ("a PDF with an impossible date", bad_pdf), ("a PGP signature at zero", pgp_zero),
                     ("Google's calendar knows no making and writes 1900", calendar_1900), ("a parcel's number in the text", body_numbers)):
    kind("body: " + _name, _make, why=_name)
