"""Scenes with one clock that can be moved.

scene(c, d) makes an honest message when d is 0; else one clock in it is moved by d
nanoseconds and c.liar names it.  The lie and the honest tables share these."""

from clockmsg import *  # noqa: F401,F403
import cases_clock_bodies as bodies
import cases_clock_bounds as bounds
import cases_clock_fields as fields_
import cases_clock_ids as ids
import cases_clock_trace as trace

SCENES = {}  # name -> (function, first year, last year)


def scene(first=2008, last=2024):
    def register(f):
        SCENES[f.__name__] = (f, first, last)
        return f
    return register


def lies(c, d, source, raw):
    if d:
        c.liar, c.shift = {"source": source, "raw": raw}, d / S


def late(c, d):
    """A time of the sender's program, moved by d."""
    return c.t - S // 2 + d


def mid_scene(c, d, text, **more):
    lies(c, d, "Message-ID", text)
    return message(c, mid=text, **more)


@scene(2004, 2019)
def mid_mutt(c, d):
    return mid_scene(c, d, "%s.GC%d@%s" % (ymd(late(c, d)), c.r.randrange(300, 32000), ids.host(c)), agent="Mutt/1.5.21 (2010-09-15)")


@scene(2002, 2022)
def mid_gnus(c, d):
    return mid_scene(c, d, "%s.fsf@%s" % (gnus_id(c.r, late(c, d)), ids.host(c)), agent="Gnus/5.13 (Gnus v5.13) Emacs/24.3 (gnu/linux)")


@scene(2002, 2024)
def mid_camel(c, d):
    return mid_scene(c, d, "%d.%d.%d.camel@%s" % (late(c, d) // S, c.r.randrange(300, 32000), 3, ids.host(c)), mailer="Evolution 3.28.5")


@scene(2002, 2024)
def mid_javamail(c, d):
    return mid_scene(c, d, "%d.%d.%d.JavaMail.root@%s" % (c.r.randrange(10**6, 2**31), 17, late(c, d) // 10**6, ids.host(c)))


@scene(2010, 2024)
def mid_ruby(c, d):
    return mid_scene(c, d, "%s_%s%s@%s.mail" % (ids.ruby_tag(c.r, late(c, d)), hexes(c.r, 4), number(c.r, 8), ids.host(c)))


@scene(2016, 2024)
def mid_python(c, d):
    return mid_scene(c, d, "%d.%d.%d@%s" % (late(c, d) // 10**7, 77, c.r.randrange(10**18, 2**63), ids.host(c)))


@scene(2002, 2012)
def mid_mozilla(c, d):
    return mid_scene(c, d, "%08X.%s@%s" % (late(c, d) // S, number(c.r, 7), c.mine), agent="Mozilla Thunderbird 1.0.7 (Windows/20050923)")


@scene(2015, 2024)
def mid_mimekit(c, d):
    left = in_base(ticks(late(c, d)), B36.upper())[::-1]
    return mid_scene(c, d, "%s.%s@%s" % (left, text_of(c.r, B36.upper(), 12), ids.host(c)))


@scene(2002, 2012)
def mid_outlook(c, d):
    return mid_scene(c, d, ids.outlook_mid(c, late(c, d)), mailer="Microsoft Outlook Express 6.00.2900.2180")


@scene(2002, 2018)
def mid_uuid1(c, d):
    return mid_scene(c, d, "%s@%s" % (uuid1(c.r, late(c, d), 0x000393000000 | c.r.getrandbits(24)), c.mine))


@scene(2014, 2024)
def mid_yahoo(c, d):
    c.sender = "%s@yahoo.com" % c.me
    text = "%d.%d.%d@mail.yahoo.com" % (c.r.randrange(10**7, 2**31), c.r.randrange(10**5, 10**7), late(c, d) // 10**6)
    first = "from sonic.gate.mail.ne1.yahoo.com by sonic311.consmr.mail.ne1.yahoo.com with HTTP; %s" % rfc(c.t, 0)
    return mid_scene(c, d, text, received=chain(c, first=first))


@scene(2014, 2024)
def mid_ses(c, d):
    return mid_scene(c, d, "0102%012x-%s-000000@eu-west-1.amazonses.com" % ((c.t + d) // 10**6, uuid4(c.r)))


@scene(2008, 2022)
def mid_exim(c, d):
    q = c.t
    first = "from %s by smtp.%s with local (Exim %s)\n\t(envelope-from <%s>)\n\tid %s; %s" % (c.me, c.mine, version_of(EXIMS, c.year), c.sender, exim_qid(c.r, q), rfc(q, c.zone))
    return mid_scene(c, d, "E%s@smtp.%s" % (exim_qid(c.r, q + d), c.mine), received=chain(c, first=first))


@scene(2004, 2022)
def mid_postfix(c, d):
    qid, relay = postfix_qid(c.r, c.t), "smtp.%s" % c.mine
    first = "by %s (Postfix, from userid 33)\n\tid %s; %s" % (relay, qid, rfc(c.t, c.zone))
    return mid_scene(c, d, "%s.%s@%s" % (ymd(c.t + d), qid, relay), received=chain(c, first=first))


def bnd_scene(c, d, text, parts=None, **more):
    lies(c, d, "MIME boundary", text)
    return bounds.bounded(c, text, parts, **more)


@scene(2015, 2025)
def bnd_gmail(c, d):
    ids.from_gmail(c)
    return bnd_scene(c, d, gmail_us(c.r, c.t + S // 9 + d), received=ids.gmail_chain(c), mid="CA" + text_of(c.r, B62, 50) + "@mail.gmail.com")


@scene(2003, 2024)
def bnd_javamail(c, d):
    return bnd_scene(c, d, "----=_Part_%d_%d.%d" % (c.r.randrange(99), c.r.randrange(10**9), late(c, d) // 10**6))


@scene(2010, 2024)
def bnd_ruby(c, d):
    return bnd_scene(c, d, "--==_mimepart_%s_%s%d" % (ids.ruby_tag(c.r, late(c, d)), hexes(c.r, 5), c.r.randrange(10**6)))


@scene(2007, 2019)
def bnd_swift(c, d):
    return bnd_scene(c, d, "_=_swift_%d_%s_=_" % (late(c, d) // S, hexes(c.r, 32)))


@scene(2003, 2020)
def bnd_mime_lite(c, d):
    return bnd_scene(c, d, "_----------=_%d%d" % (late(c, d) // S, c.r.randrange(10**4, 10**6)), mailer="MIME::Lite 3.030")


@scene(2003, 2018)
def bnd_mime_tools(c, d):
    return bnd_scene(c, d, "----------=_%d-%d-0" % (late(c, d) // S, c.r.randrange(300, 32000)), mailer="MIME-tools 5.411 (Entity 5.404)")


@scene(2002, 2012)
def bnd_outlook(c, d):
    """boundary in wall time and Message-ID in universal time"""
    return bnd_scene(c, d, bounds.outlook_boundary(c.r, wall(c.t + d, c.zone)), mailer="Microsoft Outlook Express 6.00.2900.2180", mid=ids.outlook_mid(c, c.t))


@scene(2003, 2020)
def bnd_dsn(c, d):
    relay, qid = "smtp.%s" % c.mine, postfix_qid(c.r, c.t)
    text = "%s.%d/%s" % (postfix_qid(c.r, c.t), (c.t + d) // S, relay)
    lies(c, d, "MIME boundary", text)
    ctype, body = bounds.dsn(c, text, c.t - 5 * S, relay)
    first = "by %s (Postfix)\n\tid %s; %s" % (relay, qid, rfc(c.t, c.zone))
    return message(c, kind=ctype, body=body, mid="%s.%s@%s" % (ymd(c.t), qid, relay), received=chain(c, first=first),
                   frm="MAILER-DAEMON@" + relay, top=["Return-Path: <>"])


def date_scene(c, d, mid, **more):
    date = rfc(c.t + d, c.zone)
    lies(c, d, "Date", date)
    return message(c, mid=mid, date=date, **more)


@scene(2004, 2019)
def date_mutt(c, d):
    return date_scene(c, d, "%s.GC%d@%s" % (ymd(late(c, 0)), c.r.randrange(300, 32000), ids.host(c)), agent="Mutt/1.5.21 (2010-09-15)")


@scene(2003, 2024)
def date_camel(c, d):
    return date_scene(c, d, "%d.%d.3.camel@%s" % (late(c, 0) // S, c.r.randrange(300, 32000), ids.host(c)), mailer="Evolution 3.28.5")


@scene(2010, 2024)
def date_dkim(c, d):
    return date_scene(c, d, "%d.9.%d.JavaMail.root@%s" % (c.r.randrange(10**8), late(c, 0) // 10**6, c.mine), fields=[fields_.dkim("DKIM-Signature", c, c.t + S)])


@scene(2002, 2012)
def date_zone(c, d):
    """the wall clock is right and the zone is not, so that the instant is off"""
    zone = c.zone - d // MIN
    date = rfc(c.t + d, zone)
    lies(c, d, "Date", date)
    ctype, body = multipart(bounds.outlook_boundary(c.r, wall(c.t, c.zone)))
    return message(c, date=date, kind=ctype, body=body, mailer="Microsoft Outlook Express 6.00.2900.2180", mid=ids.outlook_mid(c, c.t))


@scene(2002, 2012)
def date_zone_only(c, d):
    """the instant is right and the zone is not the one that the two clocks show"""
    zone = c.zone - d // MIN
    date = rfc(c.t, zone)
    lies(c, d, "Date", date)
    ctype, body = multipart(bounds.outlook_boundary(c.r, wall(c.t, c.zone)))
    return message(c, date=date, kind=ctype, body=body, mailer="Microsoft Outlook Express 6.00.2900.2180", mid=ids.outlook_mid(c, c.t))


@scene(2012, 2024)
def dkim(c, d):
    t = c.t + S + d
    lies(c, d, "DKIM-Signature", "%d" % (t // S))
    return message(c, mid="%d.9.%d.JavaMail.root@%s" % (c.r.randrange(10**8), late(c, 0) // 10**6, c.mine), fields=[fields_.dkim("DKIM-Signature", c, t)])


@scene(2018, 2024)
def arc(c, d):
    t = c.t + 3 * S + d
    lies(c, d, "ARC-Seal", "%d" % (t // S))
    return message(c, mid="%d.9.%d.JavaMail.root@%s" % (c.r.randrange(10**8), late(c, 0) // 10**6, c.mine),
                   top=["ARC-Seal: i=1; a=rsa-sha256; t=%d; cv=none;\n        d=%s; s=arc;\n        b=%s==" % (t // S, c.yours, text_of(c.r, B62, 86))])


def three(c, moved=None, d=0):
    """Three servers, oldest first 0, 1, 2; the date of one is moved."""
    q, names = c.t + S, ["smtp.%s" % c.mine, "relay.stonehall.example", "mx1.%s" % c.yours]
    lines, frm = [], (c.desk, "%s.%s" % (c.desk, c.mine), c.ip)
    for n, by in enumerate(names):
        end = q + S // 2 + (d if n == moved else 0)
        lines.append(hop_sendmail(c, q, end, *frm, by, (c.zone, 0, 60)[n], c.rcpt if n == 2 else None))
        frm = (by, by, "198.51.100.%d" % (n + 20))
        q += 2 * S
    return lines[::-1]


def stamp_scene(c, d, n):
    lines = three(c, n, d)
    date = lines[2 - n].rsplit("; ", 1)[1]
    lies(c, d, "Received", date)
    return message(c, received=lines, mid="%d.%d.3.camel@%s" % (late(c, 0) // S, c.r.randrange(300, 32000), ids.host(c)))


@scene(2004, 2022)
def stamp_oldest(c, d):
    return stamp_scene(c, d, 0)


@scene(2004, 2022)
def stamp_middle(c, d):
    return stamp_scene(c, d, 1)


@scene(2004, 2022)
def stamp_newest(c, d):
    return stamp_scene(c, d, 2)


def queue_scene(c, qid, d, line):
    """One oldest line whose id is moved."""
    lies(c, d, "Received", qid)
    return message(c, received=chain(c, first=line), mid="%d.%d.3.camel@%s" % (late(c, 0) // S, c.r.randrange(300, 32000), ids.host(c)))


@scene(2003, 2023)
def queue_sendmail(c, d):
    q = c.t + S
    qid = sendmail_qid(c.r, q + d)
    return queue_scene(c, qid, d, hop_sendmail(c, q, q + S // 2, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, "smtp." + c.mine, c.zone, qid=qid))


@scene(2005, 2022)
def queue_exim(c, d):
    q = c.t + S
    qid = exim_qid(c.r, q + d)
    return queue_scene(c, qid, d, hop_exim(c, q, q + S // 2, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, "smtp." + c.mine, c.zone, qid=qid))


@scene(2014, 2024)
def queue_postfix(c, d):
    q = c.t + S
    qid = postfix_long(c.r, q + d)
    return queue_scene(c, qid, d, hop_postfix(c, q, q + S // 2, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, "smtp." + c.mine, c.zone, qid=qid))


@scene(2002, 2020)
def queue_iplanet(c, d):
    q = c.t + S
    qid = iplanet_id(c.r, q + d)
    return queue_scene(c, qid, d, "from %s.%s ([%s])\n by mail2.%s (iPlanet Messaging Server 5.2)\n with ESMTP id <%s@mail2.%s>; %s" % (
        c.desk, c.mine, c.ip, c.mine, qid, c.mine, rfc(q + S // 2, c.zone)))


@scene(2014, 2024)
def queue_momentum(c, d):
    q = c.t + S
    qid = ids.momentum_id(c.r, q + d, "/")
    return queue_scene(c, qid, d, "from [%s] ([%s:4711])\n\tby mta7.%s (envelope-from <%s>)\n\t(ecelerity 4.3.1.999 r(:)) with ESMTP\n\tid %s; %s" % (
        c.ip, c.ip, c.mine, c.sender, qid, rfc(q + S // 2)))


@scene(2010, 2024)
def queue_powermta(c, d):
    q = (c.t + S) // (S // 2) * (S // 2)
    qid = "h" + in_base((q + d) // (S // 2) % 2**25, B32HEX, 5) + text_of(c.r, B32HEX, 6)
    return queue_scene(c, qid, d, "from app1.%s (%s)\n\tby mta3.%s (PowerMTA(TM) v4.5) id %s\n\tfor <%s>; %s\n\t(envelope-from <%s>)" % (
        c.mine, c.ip, c.mine, qid, c.rcpt, rfc(q + S, c.zone), c.sender))


@scene(2014, 2024)
def gmail_ms(c, d):
    q, z, r = c.t + S, pacific(c.t), c.r
    ms = (q + d) // 10**6
    zone = "PDT" if z == -420 else "PST"
    lies(c, d, "X-Received", "%d" % ms)
    own = "by mail-ej1-f50.google.com with SMTP id %s-%sso%sa12.1\n        for <%s>; %s" % (hexes(r, 13), hexes(r, 11), number(r, 7), c.rcpt, rfc(q, z, zone, True))
    text = message(c, received=chain(c, first=own))
    at_own = text.index("Received: by mail-ej1")
    line = "X-Received: by 2002:a17:906:3e41:b0:9a5:%x:%x with SMTP id %s-%smr%sejc.9.%d;\n        %s\n" % (
        r.randrange(1, 65536), r.randrange(1, 65536), hexes(r, 3), hexes(r, 20), number(r, 8), ms, rfc(q, z, zone, True))
    return text[:at_own] + line + text[at_own:]


@scene(2019, 2025)
def eop_arrival(c, d):
    t = (c.t + 2 * S + d) // 10**5 * 10**5
    lies(c, d, "X-MS-Exchange-CrossTenant-OriginalArrivalTime", fields_.ms_date(t))
    return fields_.exchange_message(c, ["X-MS-Exchange-CrossTenant-OriginalArrivalTime: %s (UTC)" % fields_.ms_date(t)])


@scene(2003, 2015)
def original_arrival(c, d):
    """the text says one time, the FILETIME beside it another"""
    t = c.t + S
    field = fields_.original_arrival(t)
    v = filetime(t + d)
    head, _ = field.split("FILETIME")
    own = "[%08X:%08X]" % (v & 0xFFFFFFFF, v >> 32)
    lies(c, d, "X-OriginalArrivalTime", own[1:-1])
    first = "from %s ([%s]) by smtp.%s with Microsoft SMTPSVC(5.0.2195.5329);\n\t %s" % (c.desk, c.ip, c.mine, rfc(t, c.zone))
    return message(c, received=chain(c, first=first), fields=[head + "FILETIME=" + own])


@scene(2005, 2022)
def thread_child(c, d):
    """the last answer's block; Outlook, six bytes of root"""
    gap = c.r.randrange(HOUR, 2 * DAY)
    b, _ = trace.root6(c.t - 60 * S - gap, trace.guid(c.r))
    block, _ = trace.child6(c.r, gap + d)
    lies(c, d, "Thread-Index", trace.b64(b + block))
    c.subject = "RE: " + c.subject
    return message(c, mailer="Microsoft Outlook 14.0", fields=["Thread-Index: " + trace.b64(b + block)])


@scene(2012, 2024)
def thread_root(c, d):
    """a conversation begun by this very message"""
    b, t = trace.root5(c.t - 2 * S + d, trace.guid(c.r))
    lies(c, d, "Thread-Index", trace.b64(b))
    return message(c, fields=["Thread-Index: " + trace.b64(b)])


@scene(2005, 2024)
def pgp(c, d):
    block = bodies.pgp4(c.r, c.t - 2 * S + d)
    lies(c, d, "PGP signature", "")
    return bodies.signed(c, block)


@scene(2005, 2024)
def smime(c, d):
    t = (c.t - 2 * S + d) // S * S
    text = ("Content-Type: text/plain; charset=us-ascii", TEXT)
    part = attached(bodies.cms(c, t), "application/pkcs7-signature", "smime.p7s")
    ctype, body = multipart("smime-" + text_of(c.r, "ghjkmnpqrst", 12), [text, part], "signed", ";\n\tprotocol=\"application/pkcs7-signature\"; micalg=sha-256")
    lies(c, d, "S/MIME", "")
    return message(c, kind=ctype, body=body)


@scene(2004, 2022)
def file_date(c, d):
    """an attachment changed after it was sent"""
    t = (c.t - 3 * DAY + (3 * DAY + d if d else 0)) // S * S
    lies(c, d, "Content-Disposition", rfc(t, c.zone))
    disp = 'Content-Disposition: attachment; filename="plan.bin";\n\tmodification-date="%s"' % rfc(t, c.zone)
    return with_parts(c, [attached(bodies.noise(c.r, 64), "application/octet-stream", "plan.bin", disp)])


@scene(2006, 2024)
def image_id(c, d):
    """an image put in after the message was sent"""
    v = filetime(c.t - 90 * S + d)
    cid = "image001.png@%08X.%08X" % (v >> 32, v & 0xFFFFFFFF)
    lies(c, d, "Content-ID", cid)
    return with_parts(c, [("Content-Type: image/png\nContent-ID: <%s>\nContent-Transfer-Encoding: base64" % cid, "iVBORw0KGgo=\n")], mailer="Microsoft Outlook 16.0")


@scene(2001, 2005)
def pine(c, d):
    """writing cannot begin after sending"""
    t = c.t - 90 * S + d
    text = "Pine.LNX.4.44.%s0.%d-100000@%s" % (ymd(t, "%y%m%d%H%M%S", c.zone), c.r.randrange(300, 32000), ids.host(c))
    return mid_scene(c, d, text)


@scene(2000, 2007)
def eudora(c, d):
    t = c.t - 90 * S + d
    text = "5.1.0.14.2.%s.%08x@mail.%s" % (ymd(t, zone=c.zone), c.r.getrandbits(27), c.mine)
    return mid_scene(c, d, text, mailer="QUALCOMM Windows Eudora Version 5.1")


@scene(2000, 2012)
def lotus(c, d):
    day, clock = lotus_date((c.t - S + d) // 10**7 * 10**7, "C1")
    return mid_scene(c, d, "OF%08X.%08X-ON%s.%s@%s" % (c.r.getrandbits(32), c.r.getrandbits(32), day, clock, c.mine), mailer="Lotus Notes Release 6.5.1 January 21, 2004")


@scene(2020, 2025)
def exchange_build(c, d):
    """all dates agree, but the server's software was of another year"""
    q = c.t + S
    b = trace.exo_build(c.t + d)
    first = hop_postfix(c, q, q + S // 3, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, "smtp." + c.mine, c.zone)
    lies(c, d, "Received", "15.20.%d" % b)
    return message(c, received=trace.exo_lines(c, q + S, b) + [first])
