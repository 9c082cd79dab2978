"""Clocks in MIME boundaries and Content-IDs."""

from clockmsg import *  # noqa: F401,F403
from cases_clock_ids import from_gmail, gmail_chain, outlook_mid, ruby_tag, uniqid

CASES = []


def kind(name, n=3, first=2012, last=2024, group="decode", why=""):
    def register(f):
        CASES.append((name, group, n, first, last, f, why or (f.__doc__ or name).strip()))
        return f
    return register


def bounded(c, boundary, parts=None, sort="alternative", **more):
    ctype, body = multipart(boundary, parts, sort)
    return message(c, kind=ctype, body=body, **more)


@kind("bnd.gmail-us", 5, 2014, 2025)
def gmail(c):
    """Gmail: microseconds in two pieces, low 24 bits first"""
    from_gmail(c)
    t = (c.t + c.r.randrange(S)) // 1000 * 1000
    c.want(t, 1e-6, "built")
    return bounded(c, gmail_us(c.r, t), received=gmail_chain(c), mid="CA" + text_of(c.r, B62, 50) + "@mail.gmail.com")


@kind("bnd.gmail-nested", 3, 2014, 2025)
def gmail_nested(c):
    """the outer boundary of Gmail is made last, microseconds after the inner one"""
    from_gmail(c)
    inner = (c.t + c.r.randrange(S)) // 1000 * 1000
    outer = inner + c.r.randrange(2, 90) * 1000
    c.want(inner, 1e-6, "built")
    c.want(outer, 1e-6, "built")
    head, body = multipart(gmail_us(c.r, inner))
    return bounded(c, gmail_us(c.r, outer), [(head, body), attached(b"\x89PNG\r\n\x1a\n" + bytes(40), "image/png", "plan.png")], "mixed",
                   received=gmail_chain(c), mid="CA" + text_of(c.r, B62, 50) + "@mail.gmail.com")


def outlook_boundary(r, w, part=0, counter=None):
    v = filetime(w) & ~15
    return "----=_NextPart_%03d_%04X_%08X.%08X" % (part, r.randrange(2, 0x900) if counter is None else counter, v >> 32, v & 0xFFFFFFFF)


@kind("bnd.outlook", 5, 1998, 2022)
def outlook(c):
    """Outlook and Outlook Express: FILETIME of the sender's wall clock"""
    w = wall(c.t + c.r.randrange(0, 9) * S // 10, c.zone)
    c.want(of_filetime(filetime(w) & ~15), 1.6e-6, "built", "sender-local")
    ver = "Microsoft Outlook Express 6.00.2600.0000" if c.year < 2008 else "Microsoft Outlook 14.0"
    return bounded(c, outlook_boundary(c.r, w), mailer=ver, mid=outlook_mid(c, c.t))


@kind("bnd.exchange", 3, 1998, 2006)
def exchange(c):
    """Exchange 5.5's connector: FILETIME in universal time"""
    v = filetime(c.t)
    c.want(c.t, 1e-7, "built|queued")
    return bounded(c, "----_=_NextPart_%03d_%08X.%08X" % (c.r.randrange(3), v >> 32, v & 0xFFFFFFFF),
                   mailer="Internet Mail Service (5.5.2653.19)")


@kind("bnd.javamail", 4, 2001, 2024)
def javamail(c):
    """JavaMail: part, hash, milliseconds"""
    t = c.t // 10**6 * 10**6
    c.want(t, 1e-3, "built")
    sign = c.r.choice(("", "-"))
    return bounded(c, "----=_Part_%d_%s%d.%d" % (c.r.randrange(0, 2 * 10**6), sign, c.r.randrange(10**5, 2**31), t // 10**6))


@kind("bnd.javamail-old", 3, 2000, 2004)
def javamail_old(c):
    """JavaMail before 1.3: as its Message-IDs"""
    t = c.t // 10**6 * 10**6
    c.want(t, 1e-3, "built")
    return bounded(c, "%d.%d.JavaMail.%s.%s" % (c.r.randrange(10**5, 10**8), t // 10**6, c.r.choice(("root", "tomcat")), c.desk))


def dsn(c, boundary, arrived, relay, ctext="", fields=(), status_kind="delivery-status"):
    """A report about a message that came in at `arrived`."""
    status = ("Reporting-MTA: dns; %s\nArrival-Date: %s\n\nFinal-Recipient: rfc822; %s\nAction: failed\nStatus: 5.1.1\n"
              "Diagnostic-Code: smtp; 550 5.1.1 user unknown\nLast-Attempt-Date: %s\n" % (
                  relay, rfc(arrived, c.zone), c.sender, rfc(c.t, c.zone)))
    parts = [("Content-Type: text/plain; charset=us-ascii", "This is the mail system at host %s.\n\nYour message could not be delivered.\n" % relay),
             ("Content-Type: message/delivery-status", status),
             ("Content-Type: text/rfc822-headers", "From: <%s>\nTo: <%s>\nSubject: %s\n" % (c.rcpt, c.sender, c.subject))]
    ctype, body = multipart(boundary, parts, "report", ";\n\treport-type=delivery-status")
    return ctype, body


@kind("bnd.dsn-postfix", 4, 2000, 2024)
def dsn_postfix(c):
    """a report of Postfix: queue id and seconds"""
    relay = "smtp.%s" % c.mine
    arrived = c.t - c.r.randrange(1, 90) * S
    c.want(c.t // S * S, 1, "built|queued")
    qid = postfix_long(c.r, arrived) if c.year > 2014 and c.r.random() < .5 else postfix_qid(c.r, arrived)
    ctype, body = dsn(c, "%s.%d/%s" % (qid, c.t // S, relay), arrived, relay)
    new = postfix_qid(c.r, c.t)
    first = "by %s (Postfix)\n\tid %s; %s" % (relay, new, rfc(c.t, c.zone))
    return message(c, kind=ctype, body=body, mid="%s.%s@%s" % (ymd(c.t), new, relay), received=chain(c, first=first),
                   frm="MAILER-DAEMON@%s (Mail Delivery System)" % relay, top=["Return-Path: <>"])


@kind("bnd.dsn-sendmail", 4, 1999, 2022)
def dsn_sendmail(c):
    """a report of sendmail: queue id and seconds"""
    relay = "smtp.%s" % c.mine
    c.want(c.t // S * S, 1, "built|queued")
    qid = sendmail_id(c, c.t, c.zone)
    ctype, body = dsn(c, "%s.%d/%s" % (qid, c.t // S, relay), c.t - S, relay)
    first = "from localhost (localhost)\n\tby %s (%s) id %s; %s" % (
        relay, sendmail_version(c), qid, rfc(c.t, c.zone))
    return message(c, kind=ctype, body=body, mid="%s.%s@%s" % (ymd(c.t, "%Y%m%d%H%M"), qid, relay), received=chain(c, first=first),
                   frm="Mail Delivery Subsystem <MAILER-DAEMON@%s>" % relay, top=["Return-Path: <>"])


@kind("bnd.mime-tools", 3, 2000, 2020)
def mime_tools(c):
    """MIME::tools: seconds, process, counter"""
    c.want(c.t // S * S, 1, "built")
    return bounded(c, "----------=_%d-%d-%d" % (c.t // S, c.r.randrange(300, 32000), c.r.randrange(0, 9)), mailer="MIME-tools 5.411 (Entity 5.404)")


@kind("bnd.spamassassin", 3, 2002, 2012)
def spamassassin(c):
    """a report of SpamAssassin: hexadecimal seconds"""
    t = c.t + 4 * S
    c.want(t // S * S, 1, "scanned|built")
    return bounded(c, "----------=_%08X.%08X" % (t // S, c.r.getrandbits(32)), sort="mixed",
                   fields=["X-Spam-Flag: YES", "X-Spam-Checker-Version: SpamAssassin 3.0.4 (2005-06-05) on mx1.%s" % c.yours])


@kind("bnd.mime-lite", 3, 2002, 2022)
def mime_lite(c):
    """MIME::Lite: ten digits of seconds, then process and counter in one number"""
    c.want(c.t // S * S, 1, "built")
    return bounded(c, "_----------=_%d%d%d" % (c.t // S, c.r.randrange(1000, 99999), c.r.randrange(0, 9)), mailer="MIME::Lite 3.030 (F2.84; T1.38; A2.12; B3.13; Q3.13)")


@kind("bnd.swift1", 3, 2006, 2020)
def swift(c):
    """Swift Mailer 3 and 4: seconds between underscores and a digest"""
    c.want(c.t // S * S, 1, "built")
    return bounded(c, "_=_swift_%d_%s_=_" % (c.t // S, hexes(c.r, 32)))


@kind("bnd.swift4-uniqid", 5, 2009, 2022)
def swift_uniqid(c):
    """Swift Mailer 4: a random number run together with PHP's uniqid"""
    c.want(c.t // 1000 * 1000, 1e-6, "built")
    r = c.r
    # the random number is decimal, so the hexadecimal clock can only be found from its end
    start = r.choice(("_=_swift-%d%s%d.%08d_=_", "_=_swift_v4_%d%s%d.%08d_=_", "_=_swift_%d%s%d.%08d_=_"))
    return bounded(c, start % (r.randrange(10**5, 2**31), uniqid(c.t), r.randrange(10), r.randrange(10**8)))


@kind("bnd.rubymail", 4, 2009, 2025)
def ruby(c):
    """Ruby Mail: hexadecimal seconds, unpadded microseconds"""
    if c.name.endswith("-2"):
        c.t = c.t // S * S + c.r.randrange(300, 4000) * 1000  # three digits of microseconds
    c.want(c.t // 1000 * 1000, 1e-6, "built")
    return bounded(c, "--==_mimepart_%s_%s%d" % (ruby_tag(c.r, c.t), hexes(c.r, 5), c.r.randrange(10**5, 10**8)))


@kind("bnd.php-uniqid", 3, 2010, 2024)
def php(c):
    """PHP programs: uniqid anywhere in a boundary"""
    c.want(c.t // 1000 * 1000, 1e-6, "built")
    later = c.t + c.r.randrange(20, 900) * 1000
    return bounded(c, "----=MMP-%s.%s%d.%08d" % (uniqid(c.t), uniqid(later), c.r.randrange(10), c.r.randrange(10**8)))


@kind("bnd.lotus", 4, 1999, 2015)
def lotus(c):
    """Lotus Notes: time of day first, then the day"""
    t = c.t // (S // 100) * (S // 100)
    c.want(t, .01, "built")
    day, clock = lotus_date(t, c.r.choice(("C1", "85", "80", "65")))
    sort = c.r.choice(("alternative", "mixed", "related"))
    return bounded(c, "=_%s %s%s_=" % (sort, clock, day), sort=sort, mailer="Lotus Notes Release 6.5.1 January 21, 2004")


@kind("cid.outlook", 4, 2004, 2024)
def cid_outlook(c):
    """an image in an Outlook message: FILETIME of its insertion"""
    t = c.t - c.r.randrange(20, 3000) * S
    v = filetime(t)
    c.want(t, 1e-7, "file|compose", "utc", alt=[dict(time=iso(t, ""), clock="sender-local")])
    cid = "image%03d.%s@%08X.%08X" % (c.r.randrange(1, 9), c.r.choice(("png", "jpg", "gif")), v >> 32, v & 0xFFFFFFFF)
    image = ("Content-Type: image/png; name=\"image001.png\"\nContent-ID: <%s>\nContent-Transfer-Encoding: base64" % cid, "iVBORw0KGgo=\n")
    page = ("Content-Type: text/html; charset=us-ascii", '<html><body><p>Good day</p><img src="cid:%s"></body></html>\n' % cid)
    return bounded(c, "----=_related_" + text_of(c.r, "ghjkmnpqrst", 10), [page, image], "related", mailer="Microsoft Outlook 16.0")


@kind("cid.nmh", 3, 2000, 2018)
def cid_nmh(c):
    """nmh numbers its parts with process, seconds and a counter"""
    t = c.t - c.r.randrange(0, 3) * S
    c.want(t // S * S, 1, "built|file|compose")
    pid = c.r.randrange(300, 32000)
    part = ('Content-Type: text/plain; name="notes"; charset=us-ascii\nContent-ID: <%d.%d.%d@%s.%s>\nContent-Description: notes' % (
        pid, t // S, c.r.randrange(1, 5), c.desk, c.mine), TEXT)
    return bounded(c, "----- =_aaaaaaaaaa0", [("Content-Type: text/plain; charset=us-ascii", TEXT), part], "mixed", mailer="nmh-1.0.4")
