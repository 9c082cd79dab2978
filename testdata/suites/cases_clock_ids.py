"""Clocks in Message-IDs: one encoder for each maker, written from its published or
measured form.  A function gives the message; c.want says what must be read."""

from clockmsg import *  # noqa: F401,F403

CASES = []  # (kind, group, how many, first year, last year, function, why)


def kind(name, n=3, first=2012, last=2024, group="decode", why=""):
    def register(f):
        CASES.append((name, group, n, first, last, f, why or (f.__doc__ or name).strip()))
        return f
    return register


def upper(v, width):
    return "%0*X" % (width, v)


def host(c):
    return "%s.%s" % (c.desk, c.mine)


@kind("mid.postfix", 4, 2001)
def postfix(c):
    """cleanup(8) of Postfix adds its own clock and queue id, in universal time"""
    q = c.t + S // 3
    qid = postfix_qid(c.r, q)
    c.want(q // S * S, 1, "queued")
    relay = "smtp.%s" % c.mine
    first = "by %s (Postfix, from userid 33)\n\tid %s; %s" % (relay, qid, rfc(q, c.zone))
    return message(c, mid="%s.%s@%s" % (ymd(q), qid, relay), received=chain(c, first=first))


@kind("mid.postfix-longqid-bare", 3, 2013)
def postfix_long_bare(c):
    """with long queue ids Postfix names the message by the queue id alone"""
    q = c.t + S // 4
    qid, relay = postfix_long(c.r, q), "smtp.%s" % c.mine
    c.want(q // 1000 * 1000, 1e-6, "queued")
    first = "by %s (Postfix, from userid 1001)\n\tid %s; %s" % (relay, qid, rfc(q, c.zone))
    return message(c, mid="%s@%s" % (qid, relay), received=chain(c, first=first))


def sendmail_mid(c, seqs):
    q = c.t
    qid, relay = sendmail_qid(c.r, q, seqs), "smtp.%s" % c.mine
    c.want(q // S * S, 1, "queued")
    first = "(from %s@localhost)\n\tby %s (%s) id %s; %s" % (
        c.me, relay, sendmail_version(c) + ("" if seqs == 1 else "/Submit"), qid, rfc(q, c.zone))
    return message(c, mid="%s.%s@%s" % (ymd(q, "%Y%m%d%H%M"), qid, relay), received=chain(c, first=first))


@kind("mid.sendmail.qid8.10+", 3, 2001, 2002)
def sendmail_one(c):
    """sendmail 8.10 and 8.11: six letters of time, one of sequence, five digits"""
    return sendmail_mid(c, 1)


@kind("mid.sendmail.qid8.10+", 4, 2003, 2023)
def sendmail_two(c):
    """sendmail 8.12 and later: six letters of time, two of sequence, six digits"""
    return sendmail_mid(c, 2)


@kind("mid.sendmail-8.9", 3, 1997, 2000)
def sendmail_old(c):
    """sendmail up to 8.9: the minute in universal time, then a letter for the local hour"""
    d = civil(c.t, c.zone)
    qid = chr(65 + d.hour) + "AA%05d" % c.r.randrange(1000, 32000)
    c.want(c.t // MIN * MIN, 60, "queued")
    relay = "smtp.%s" % c.mine
    first = "(from %s@localhost)\n\tby %s (%s) id %s; %s" % (c.me, relay, sendmail_version(c), qid, rfc(c.t, c.zone))
    return message(c, mid="%s.%s@%s" % (ymd(c.t, "%Y%m%d%H%M"), qid, relay), received=chain(c, first=first))


@kind("mid.exim", 4, 2004, 2022)
def exim(c):
    """Exim before 4.97: base 62 seconds, process, half milliseconds"""
    q = c.t + S // 2
    qid = exim_qid(c.r, q)
    c.want(q // 500000 * 500000, 1, "queued")
    first = "from %s by smtp.%s with local (Exim %s)\n\t(envelope-from <%s>)\n\tid %s; %s" % (
        c.me, c.mine, version_of(EXIMS, c.year), c.sender, qid, rfc(q, c.zone))
    return message(c, mid="E%s@smtp.%s" % (qid, c.mine), received=chain(c, first=first))


@kind("mid.exim4.97", 4, 2024, 2025)
def exim497(c):
    """Exim from 4.97: eleven characters of process, four of microseconds"""
    q = c.t + S // 2
    qid = exim497_qid(c.r, q)
    c.want(q // 1000 * 1000, 1e-6, "queued")
    first = "from %s by smtp.%s with local (Exim 4.97)\n\t(envelope-from <%s>)\n\tid %s; %s" % (
        c.me, c.mine, c.sender, qid, rfc(q, c.zone))
    return message(c, mid="E%s@smtp.%s" % (qid, c.mine), received=chain(c, first=first))


@kind("mid.exim4.97-host", 2, 2024, 2025)
def exim497_host(c):
    """Exim 4.97 with localhost_number: the last field also holds the host's number"""
    q = c.t
    last = c.r.randrange(3, 16) * 500000 + q % S // 2000
    qid = "%s-%s-%s" % (in_base(q // S, B62, 6), in_base(c.r.randrange(2000, 90000), B62, 11), in_base(last, B62, 4))
    c.want(q // S * S, 1, "queued")
    return message(c, mid="E%s@smtp.%s" % (qid, c.mine))


@kind("mid.qmail", 3, 1999, 2018)
def qmail(c):
    """qmail-inject: universal time and process"""
    c.want(c.t // S * S, 1, "built|queued")
    pid = c.r.randrange(300, 32000)
    first = "(qmail %d invoked by uid %d); %s" % (pid, c.r.randrange(80, 2000), ymd(c.t, "%d %b %Y %H:%M:%S -0000").lstrip("0"))
    return message(c, mid="%s.%d.qmail@%s" % (ymd(c.t), pid - 1, host(c)), received=chain(c, first=first))


def outlook_mid(c, t, counter=None):
    v = filetime(t)
    return "%04x%08x$%08x$%02x%02xa8c0@%s" % (c.r.randrange(1, 900) if counter is None else counter, v >> 32,
                                            v & 0xFFFFFFFF, c.r.randrange(2, 250), c.r.randrange(0, 3), c.desk)


@kind("mid.outlook.filetime$", 4, 1999, 2012)
def outlook(c):
    """Outlook, Outlook Express, CDO: FILETIME in two groups"""
    t = c.t - c.r.randrange(S, 20 * S)
    c.want(t, 1e-7, "built|compose")
    return message(c, mid=outlook_mid(c, t), mailer="Microsoft Outlook Express 6.00.2800.1106")


@kind("mid.outlook.filetime$", 2, 2013, 2024)
def outlook_late(c):
    """later Outlook: six digits of counter, the last group no address"""
    t = c.t - c.r.randrange(S, 20 * S)
    v = filetime(t)
    c.want(t, 1e-7, "built|compose")
    mid = "%06x%08x$%08x$%s@%s" % (c.r.randrange(256, 9999), v >> 32, v & 0xFFFFFFFF, hexes(c.r, 8), c.mine)
    return message(c, mid=mid, mailer="Microsoft Outlook 16.0")


def gmail_chain(c):
    """Two lines of Google and one of the recipient."""
    r, ms = c.r, c.t // 10**6 + c.r.randrange(200, 900)
    to = c.t + 2 * S + r.randrange(S)
    first = "by mail-%s%d-f%d.google.com with SMTP id %s-%s%s%s.%d\n\tfor <%s>; %s" % (
        r.choice(("lf", "qt", "pj")), r.randrange(1, 9), r.randrange(40, 180), hexes(r, 13), hexes(r, 10), "so", number(r, 7) + "e87",
        r.randrange(1, 4), c.rcpt, rfc(ms * 10**6, pacific(c.t), "PDT" if pacific(c.t) == -420 else "PST", True))
    last = hop_postfix(c, to, to + S // 2, "mail-lf1-f41.google.com", "mail-lf1-f41.google.com", "209.85.167.41", "mx1." + c.yours, 60, c.rcpt)
    return [last, first]


def from_gmail(c):
    c.sender = "%s.%s%d@gmail.com" % (c.me, c.family, c.r.randrange(10, 99))


@kind("mid.gmail-us", 4, 2015, 2025)
def gmail_api(c):
    """Gmail's services: microseconds in two pieces, low 24 bits first"""
    t = c.t + c.r.randrange(S) // 1000 * 1000
    from_gmail(c)
    c.want(t // 1000 * 1000, 1e-6, "built|queued")
    return message(c, mid=gmail_us(c.r, t) + "@google.com", received=gmail_chain(c))


@kind("mid.gmail.hexsec", 5, 2016, 2025)
def gmail_msa(c):
    """Google's submission server names what came without a name"""
    c.want(c.t // S * S, 1, "queued|built")
    tail = c.r.choice(("", "", ".GMR", ".GMRIR", "SMTPIN_ADDED_MISSING", "SMTPIN_ADDED_BROKEN"))
    mid = "%08x.%s.%s.%s%s@mx.google.com" % (c.t // S, c.r.choice(("050a0220", "1c69fb81", "170a0220")),
                                             hexes(c.r, c.r.choice((4, 5))), hexes(c.r, 4), tail)
    return message(c, mid=mid, received=gmail_chain(c))


@kind("mid.gmail.2004-2011", 5, 2005, 2010)
def gmail_old(c):
    """Gmail 2004-2011: minute in Pacific time between random digits"""
    from_gmail(c)
    z, t = pacific(c.t), c.t // MIN * MIN
    c.want(t, 60, "built|compose", alt=[dict(time=iso(wall(t, z), ""), clock="server-zone")])
    mid = "%s%s%s%s%s%s@mail.gmail.com" % (hexes(c.r, c.r.choice((7, 8))), ymd(c.t, "%y%m%d%H%M", z), c.r.choice("abcdefgkmpqrstuwxy"),
                                           hexes(c.r, 7), c.r.choice("abcdefghmnpqrstv"), hexes(c.r, 16))
    return message(c, mid=mid, received=gmail_chain(c))


@kind("mid.exchange-guid1", 3, 1999, 2008)
def exchange_guid(c):
    """Exchange on the premises: the store's version-1 GUID, made long before the message"""
    made = c.t - c.r.randrange(100, 900) * DAY
    u = uuid1(c.r, made, 0x000BCD000000 | c.r.getrandbits(24)).upper().replace("-", "")
    raw = bytes.fromhex(u)
    guid = raw[3::-1] + raw[5:3:-1] + raw[7:5:-1] + raw[8:]
    c.want(made, 1e-7, "other")
    return message(c, mid="%s%s@exch1.%s" % (guid.hex().upper(), upper(c.r.randrange(0x1000, 0xFFFFFF), 6), c.mine),
                   mailer="Internet Mail Service (5.5.2653.19)")


@kind("mid.javamail", 5, 2001, 2024)
def javamail(c):
    """JavaMail: hash, counter, milliseconds"""
    t = c.t // 10**6 * 10**6
    c.want(t, 1e-3, "built")
    r = c.r
    form = r.choice(("%d.%d.%d.JavaMail.%s@%s", "%d.%d.%d.JavaMail.%s@%s", "-%d.%d.%d.JavaMail.%s@%s"))
    return message(c, mid=form % (r.randrange(10**6, 2**31), r.randrange(0, 9000), t // 10**6, r.choice(("root", "tomcat", "zimbra")), host(c)))


@kind("mid.javamail-bare", 3, 2000, 2016)
def javamail_bare(c):
    """JavaMail without user name; some leave the counter out"""
    t = c.t // 10**6 * 10**6
    c.want(t, 1e-3, "built")
    middle = c.r.choice(("", "%d." % c.r.randrange(1, 400)))
    return message(c, mid="%d.%s%d.JavaMail.%s@%s" % (c.r.randrange(10**6, 2**31), middle, t // 10**6, c.me, host(c)))


@kind("mid.yahoo-java", 3, 2014, 2024)
def yahoo(c):
    """Yahoo's web mail numbers as JavaMail does"""
    c.sender = "%s.%s@yahoo.com" % (c.me, c.family)
    t = c.t // 10**6 * 10**6
    c.want(t, 1e-3, "built")
    first = "from sonic.gate.mail.ne1.yahoo.com by sonic%d.consmr.mail.ne1.yahoo.com with HTTP; %s" % (
        c.r.randrange(301, 320), rfc(c.t, 0))
    return message(c, mid="%d.%d.%d@mail.yahoo.com" % (c.r.randrange(10**7, 2**31), c.r.randrange(10**5, 10**7), t // 10**6),
                   mailer="WebService/1.1.22321 YMailNorrin", received=chain(c, first=first))


@kind("mid.ses.ms48", 4, 2013, 2025)
def ses(c):
    """Amazon SES: two bytes of region, six of milliseconds, a random UUID; the sending
    address' field also gives the day"""
    t = c.t // 10**6 * 10**6
    region, code = c.r.choice((("", "0100"), ("eu-west-1.", "0102"), ("eu-central-1.", "0107"), ("us-west-2.", "0101")))
    mid = "%s%012x-%s-000000@%samazonses.com" % (code, t // 10**6, uuid4(c.r), region or "email.")
    c.want(t, 1e-3, "queued|built")
    c.want(c.t // DAY * DAY, 86400, "queued|received")
    ip = "54.240.%d.%d" % (c.r.randrange(1, 60), c.r.randrange(1, 250))
    first = "from a%d-%d.smtp-out.%samazonses.com (a9-31.smtp-out.%samazonses.com [%s])\n\tby mx1.%s (Postfix) with ESMTPS id %s\n\tfor <%s>; %s" % (
        c.r.randrange(4, 90), c.r.randrange(10, 200), region, region, ip, c.yours, postfix_qid(c.r, c.t + S), c.rcpt, rfc(c.t + 2 * S))
    return message(c, mid=mid, received=[first], fields=["X-SES-Outgoing: %s-%s" % (ymd(c.t, "%Y.%m.%d"), ip)])


@kind("mid.powermta-filetime", 3, 2013, 2024)
def powermta(c):
    """PowerMTA: FILETIME in hexadecimal between counters"""
    c.want(c.t, 1e-7, "built|queued")
    r = c.r
    return message(c, mid="0.%d.%d.%s.%X.%X@bounce.%s" % (r.randrange(0, 3), r.randrange(0, 500), upper(r.randrange(1, 0xFFFF), r.randrange(1, 5)).lstrip("0")[-4:] or "7",
                                                          filetime(c.t), r.randrange(0, 0xFFFF), c.mine))


def momentum_id(r, t, sep="."):
    rev = ("%08X" % (t // S))[::-1]
    a, b = upper(r.randrange(256), 2), upper(r.randrange(256), 2)
    return ("%s.%s.%05d.%s" if sep == "." else "%s/%s-%05d-%s") % (a, b, r.randrange(1000, 99999), rev)


@kind("mid.momentum", 3, 2013, 2025)
def momentum(c):
    """Momentum (SparkPost): seconds in hexadecimal, written backwards"""
    c.want(c.t // S * S, 1, "built|queued")
    return message(c, mid="%s@mta%d.%s" % (momentum_id(c.r, c.t), c.r.randrange(1, 9), c.mine))


@kind("mid.mailgun", 3, 2013, 2024)
def mailgun(c):
    """Mailgun: universal time and 16 random digits"""
    c.want(c.t // S * S, 1, "built|queued")
    return message(c, mid="%s.%s@mg.%s" % (ymd(c.t), hexes(c.r, 16), c.mine), fields=["X-Mailgun-Sending-Ip: 192.0.2.77"])


@kind("mid.sendinblue", 3, 2014, 2025)
def sendinblue(c):
    """Sendinblue (Brevo): the minute in universal time"""
    c.want(c.t // MIN * MIN, 60, "built|queued")
    return message(c, mid="%s.%s@smtp-relay.mailin.fr" % (ymd(c.t, "%Y%m%d%H%M"), number(c.r, 11)), mailer="Sendinblue")


@kind("mid.mailchimp", 3, 2013, 2025)
def mailchimp(c):
    """Mailchimp: account, campaign, universal time"""
    t = c.t - c.r.randrange(2, 300) * S
    c.want(t // S * S, 1, "built|queued|compose")
    r = c.r
    mid = "%s.%s.%s.%s.%s@mail%d.atl%d.rsgsv.net" % (hexes(r, 25), hexes(r, 10), ymd(t), hexes(r, 10), hexes(r, 8), r.randrange(9, 240), r.randrange(11, 290))
    return message(c, mid=mid, mailer="Mailchimp Mailer - **CID%s**" % hexes(r, 10))


@kind("mid.hubspot", 3, 2018, 2024)
def hubspot(c):
    """HubSpot: milliseconds of the campaign's job, minutes before sending"""
    t = (c.t - c.r.randrange(60, 400) * S) // 10**6 * 10**6
    c.want(t, 1e-3, "built|compose")
    return message(c, mid="%d.%s@bf%02dx.hubspotemail.net" % (t // 10**6, uuid4(c.r), c.r.randrange(1, 20)))


@kind("mid.swift-old", 3, 2008, 2024)
def swift(c):
    """Swift Mailer 4: universal time, process, random"""
    c.want(c.t // S * S, 1, "built")
    return message(c, mid="%s.%d.%d.swift@%s" % (ymd(c.t), c.r.randrange(300, 32000), c.r.randrange(10**6, 2**31), c.mine))


def ruby_tag(r, t):
    """hexadecimal seconds, then microseconds without leading zeros"""
    return "%08x%x" % (t // S, t % S // 1000)


@kind("mid.rubymail", 4, 2010, 2025)
def ruby(c):
    """Ruby Mail: hexadecimal microseconds stand unpadded behind eight digits of seconds"""
    if c.name.endswith("-3"):
        c.t = c.t // S * S + c.r.randrange(20, 60) * 1000  # two digits of microseconds
    c.want(c.t // 1000 * 1000, 1e-6, "built")
    return message(c, mid="%s_%s%s@%s.mail" % (ruby_tag(c.r, c.t), hexes(c.r, 4), number(c.r, 9), host(c)))


@kind("mid.rubymail-affixes", 3, 2016, 2025)
def zendesk(c):
    """Zendesk puts a ticket before and a suffix behind the Ruby tag"""
    c.want(c.t // 1000 * 1000, 1e-6, "built")
    r = c.r
    return message(c, mid="%s_%s_%s%s_sprut@zendesk.com" % (text_of(r, "GHJKLMNPQRSTVWXYZ", 5) + "Q" + number(r, 3), ruby_tag(r, c.t), hexes(r, 5), number(r, 6)),
                   mailer="Zendesk Mailer")


@kind("mid.mimekit", 4, 2014, 2025)
def mimekit(c):
    """MimeKit: .NET ticks in base 36, the least digit first"""
    c.want(c.t, 1e-7, "built")
    left = in_base(ticks(c.t), B36.upper())[::-1]
    return message(c, mid="%s.%s@%s" % (left, in_base(c.r.randrange(36**11, 36**12), B36.upper())[::-1], host(c)))


@kind("mid.mutt", 4, 2003, 2019)
def mutt(c):
    """mutt 1.5: universal time, G and a counting letter"""
    c.want(c.t // S * S, 1, "built")
    return message(c, mid="%s.G%s%d@%s" % (ymd(c.t), c.r.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), c.r.randrange(300, 32000), host(c)),
                   agent="Mutt/1.5.21 (2010-09-15)")


@kind("mid.mutt-old", 4, 1999, 2002)
def mutt_old(c):
    """mutt up to 1.3: the sender's wall clock, one letter"""
    c.local(c.t // S * S, 1, "built")
    return message(c, mid="%s.%s%d@%s" % (ymd(c.t, zone=c.zone), c.r.choice("ABCDEFHIJKLMNOPQRSTUVWXYZ"), c.r.randrange(300, 32000), host(c)),
                   agent="Mutt/1.2.5i")


@kind("mid.mutt2", 4, 2021, 2025)
def mutt2(c):
    """mutt 2 and NeoMutt: twelve bytes in base64url, four of them seconds"""
    c.want(c.t // S * S, 1, "built")
    raw = (c.t // S).to_bytes(4, "big") + bytes(c.r.getrandbits(8) for _ in range(8))
    return message(c, mid="%s@%s" % (base64.urlsafe_b64encode(raw).decode(), host(c)),
                   agent=c.r.choice(("Mutt/2.0.5 (2021-01-21)", "NeoMutt/20211029", "Mutt/2.2.9 (2022-11-12)")))


@kind("mid.pine", 4, 1998, 2006)
def pine(c):
    """Pine: the wall clock when writing began, minutes before sending"""
    t = c.t - c.r.randrange(20, 3000) * S
    c.local(t // S * S, 1, "compose")
    r = c.r
    return message(c, mid="Pine.%s.4.%d.%s0.%d-100000@%s" % (r.choice(("LNX", "BSO", "GSO", "SOL")), r.randrange(10, 64),
                                                            ymd(t, "%y%m%d%H%M%S", c.zone), r.randrange(300, 32000), host(c)))


@kind("mid.alpine", 4, 2008, 2019)
def alpine(c):
    """Alpine: as Pine"""
    t = c.t - c.r.randrange(20, 3000) * S
    c.local(t // S * S, 1, "compose")
    r = c.r
    return message(c, mid="alpine.%s.2.%s.%s%d.%d@%s" % (r.choice(("LNX", "OSX", "DEB", "WNT")), r.choice(("00", "20", "21")),
                                                        ymd(t, "%y%m%d%H%M%S", c.zone), r.randrange(10), r.randrange(300, 32000), host(c)),
                   agent="Alpine 2.20 (LNX 67 2015-01-07)")


@kind("mid.gnus", 5, 2001, 2024)
def gnus(c):
    """Gnus: two half words of the clock in base 36 with the digits reversed"""
    c.want(c.t // S * S, 1, "built|compose")
    uid = c.r.choice((0, 501, 1000, 1001, 20345))
    return message(c, mid="%s.fsf@%s" % (gnus_id(c.r, c.t, uid), host(c)), agent="Gnus/5.13 (Gnus v5.13) Emacs/24.3 (gnu/linux)")


@kind("mid.vm", 3, 1997, 2012)
def vm(c):
    """Emacs VM: high and low half of the seconds, then microseconds"""
    s = c.t // S
    c.want(c.t // 1000 * 1000, 1e-6, "built")
    return message(c, mid="%d.%d.%d.%06d@%s" % (s >> 16, s & 0xFFFF, c.t % S // 1000, c.r.randrange(10**6), host(c)), mailer="VM 7.07 under Emacs 21.2.1")


@kind("mid.nmh", 3, 1998, 2020)
def nmh(c):
    """nmh and exmh: process and seconds"""
    c.want(c.t // S * S, 1, "built")
    return message(c, mid="%d.%d@%s" % (c.r.randrange(300, 32000), c.t // S, host(c)), mailer="exmh version 2.5 07/13/2001 with nmh-1.0.4")


@kind("mid.tmda", 3, 2001, 2008)
def tmda(c):
    """TMDA: seconds and process"""
    c.want(c.t // S * S, 1, "built")
    return message(c, mid="%d.%d.TMDA@%s" % (c.t // S, c.r.randrange(300, 32000), host(c)))


@kind("mid.camel", 4, 2000, 2024)
def camel(c):
    """Evolution: seconds, process, counter"""
    c.want(c.t // S * S, 1, "built")
    return message(c, mid="%d.%d.%d.camel@%s" % (c.t // S, c.r.randrange(300, 32000), c.r.randrange(0, 40), host(c)), mailer="Evolution 3.28.5-0ubuntu0.18.04.2")


@kind("mid.mozilla", 3, 2000, 2015)
def mozilla(c):
    """Mozilla and Thunderbird: hexadecimal seconds in universal time"""
    c.want(c.t // S * S, 1, "built")
    return message(c, mid="%08X.%d@%s" % (c.t // S, c.r.choice((c.r.randrange(10**4, 10**6), c.r.randrange(10**6, 9999999))), c.mine),
                   agent="Mozilla/5.0 (X11; U; Linux i686; en-US; rv:1.0.1) Gecko/20020830")


@kind("mid.netscape4", 3, 1997, 2002)
def netscape(c):
    """Netscape 4: the second group is hexadecimal"""
    c.want(c.t // S * S, 1, "built")
    return message(c, mid="%08X.%X@%s" % (c.t // S, c.r.getrandbits(32), c.mine), mailer="Mozilla 4.79 [en] (Windows NT 5.0; U)")


@kind("mid.pegasus", 3, 1998, 2014)
def pegasus(c):
    """Pegasus Mail: hexadecimal seconds of the wall clock"""
    t = c.t - c.r.randrange(5, 600) * S
    c.local(t // S * S, 1, "built|compose")
    s = wall(t, c.zone) // S
    return message(c, mid="%08X.%d.%X@%s" % (s, c.r.randrange(100, 30000), c.r.getrandbits(28), c.mine), mailer="Pegasus Mail for Windows (v4.41)")


@kind("mid.eudora-win", 4, 1998, 2008)
def eudora_win(c):
    """Eudora for Windows: version, then the wall clock when writing began"""
    t = c.t - c.r.randrange(30, 2500) * S
    c.local(t // S * S, 1, "compose")
    return message(c, mid="%s.%s.%08x@mail.%s" % (c.r.choice(("4.3.2.7.2", "5.1.0.14.2", "6.0.1.1.1", "7.0.1.0.0")), ymd(t, zone=c.zone), c.r.getrandbits(27), c.mine),
                   mailer="QUALCOMM Windows Eudora Version 5.1")


@kind("mid.eudora-mac2", 4, 1999, 2007)
def eudora_mac(c):
    """Eudora for the Mac: seconds since 1904 when writing began"""
    t = c.t - c.r.randrange(30, 900) * S
    c.want(t // S * S, 1, "compose")
    mid = "%s%s%04x%08x%s@[%s]" % (c.r.choice("abcpv"), c.r.choice(("0510", "0520", "0433", "0600")), c.r.randrange(0, 64) * 256 + c.r.randrange(32),
                                   t // S + 2082844800, hexes(c.r, 4), c.ip)
    return message(c, mid=mid, mailer="QUALCOMM MacOS Eudora Version 5.1")


@kind("mid.entourage", 4, 2001, 2010)
def entourage(c):
    """Entourage and Outlook Express for the Mac: wall clock, seconds since 1904"""
    c.local(c.t // S * S, 1, "built|compose")
    return message(c, mid="%08X.%X%%%s" % (wall(c.t, c.zone) // S + 2082844800, c.r.randrange(0x100, 0xFFFFF), c.sender),
                   agent="Microsoft-Entourage/10.1.0.2006")


@kind("mid.sylpheed", 4, 2001, 2022)
def sylpheed(c):
    """Sylpheed and Claws: wall clock, random, user"""
    c.local(c.t // S * S, 1, "built")
    return message(c, mid="%s.%08x.%s@%s" % (ymd(c.t, zone=c.zone), c.r.getrandbits(32), c.me, c.mine), mailer="Sylpheed version 0.8.3 (GTK+ 1.2.10; i686-pc-linux-gnu)")


@kind("mid.thebat", 4, 2000, 2018)
def thebat(c):
    """The Bat!: a counter, then the wall clock"""
    c.local(c.t // S * S, 1, "built|compose")
    return message(c, mid="%s.%s@%s" % (number(c.r, c.r.randrange(7, 13)), ymd(c.t, zone=c.zone), c.mine), mailer="The Bat! (v1.61) Personal")


@kind("mid.kmail", 4, 2001, 2009)
def kmail(c):
    """KMail 1: wall clock to the minute, then seconds and random digits in one number"""
    c.local(c.t // S * S, 1, "built")
    w = ymd(c.t, zone=c.zone)
    return message(c, mid="%s.%s%s.%s" % (w[:12], w[12:], number(c.r, 3), c.sender), agent="KMail/1.9.1")


@kind("mid.mew", 3, 1999, 2020)
def mew(c):
    """Mew: wall clock as date and time of day"""
    c.local(c.t // S * S, 1, "built")
    return message(c, mid="%s.%s.%s.%s" % (ymd(c.t, "%Y%m%d", c.zone), ymd(c.t, "%H%M%S", c.zone), number(c.r, c.r.randrange(7, 19)), c.sender),
                   mailer="Mew version 6.3 on Emacs 23.1 / Mule 6.0 (HANACHIRUSATO)")


LOTUS_ZONES = ("C1", "85", "80", "88", "65", "00", "48")


@kind("mid.lotus", 4, 1998, 2014)
def lotus(c):
    """Lotus Notes: Julian day and hundredths of a second in universal time"""
    t = c.t // (S // 100) * (S // 100)
    c.want(t, .01, "built|compose")
    day, clock = lotus_date(t, c.r.choice(LOTUS_ZONES))
    return message(c, mid="OF%s.%s-ON%s.%s@%s" % (upper(c.r.getrandbits(32), 8), upper(c.r.getrandbits(32), 8), day, clock, c.mine),
                   mailer="Lotus Notes Release 5.0.8  June 18, 2001")


@kind("mid.lotus.unid-trailer", 4, 2000, 2016)
def lotus_two(c):
    """Lotus Notes with two times: writing began, then sending"""
    t = c.t // (S // 100) * (S // 100)
    began = t - c.r.randrange(30, 4000) * S
    zone = c.r.choice(LOTUS_ZONES)
    c.want(t, .01, "built")
    c.want(began, .01, "compose")
    one, two = lotus_date(began, zone), lotus_date(t, zone)
    return message(c, mid="OF%s.%s-ON%s.%s-%s.%s@%s" % (upper(c.r.getrandbits(32), 8), upper(c.r.getrandbits(32), 8), *one, *two, c.mine),
                   mailer="Lotus Notes Release 8.5.1 September 28, 2009")


@kind("mid.squirrelmail", 3, 2001, 2012)
def squirrel(c):
    """SquirrelMail: the reader's address, then seconds"""
    c.want(c.t // S * S, 1, "built")
    first = "from %s\n\t(SquirrelMail authenticated user %s)\n\tby webmail.%s with HTTP; %s" % (c.ip, c.me, c.mine, rfc(c.t, c.zone))
    return message(c, mid="%d.%s.%d.squirrel@webmail.%s" % (c.r.randrange(1000, 64000), c.ip, c.t // S, c.mine),
                   agent="SquirrelMail/1.4.4", received=chain(c, first=first))


def uniqid(t):
    return "%08x%05x" % (t // S, t % S // 1000)


@kind("mid.horde-imp", 3, 2000, 2006)
def imp(c):
    """Horde's IMP: seconds, then PHP's uniqid of the same moment"""
    c.want(c.t // S * S, 1, "built")
    c.want(c.t // 1000 * 1000, 1e-6, "built")
    return message(c, mid="%d.%s@webmail.%s" % (c.t // S, uniqid(c.t), c.mine), agent="Internet Messaging Program (IMP) 3.1")


@kind("mid.horde", 3, 2012, 2022)
def horde(c):
    """Horde 4 and 5: the server's wall clock, here universal time"""
    c.want(c.t // S * S, 1, "built", "utc|server-zone|sender-local")
    return message(c, mid="%s.Horde.%s@webmail.%s" % (ymd(c.t), text_of(c.r, B62 + "-_", 22), c.mine),
                   agent="Internet Messaging Program (IMP) H5 (6.1.4)")


@kind("mid.python", 4, 2015, 2025)
def python3(c):
    """Python 3: hundredths of a second since 1970"""
    t = c.t // 10**7 * 10**7
    c.want(t, .01, "built")
    return message(c, mid="%012d.%d.%d@%s" % (t // 10**7, c.r.randrange(1, 32000), c.r.randrange(10**18, 2**64), host(c)))


@kind("mid.python2", 3, 2000, 2014)
def python2(c):
    """Python 2: universal time, process, random"""
    c.want(c.t // S * S, 1, "built")
    return message(c, mid="%s.%d.%d%s@%s" % (ymd(c.t), c.r.randrange(300, 32000), c.r.randrange(1000, 99999), c.r.choice(("", ".Mailman")), host(c)))


@kind("mid.mailman", 3, 2001, 2018)
def mailman(c):
    """Mailman: a counter, seconds, process, the list"""
    c.want(c.t // S * S, 1, "built|queued")
    return message(c, mid="mailman.%d.%d.%d.%s-users@lists.%s" % (c.r.randrange(0, 400), c.t // S, c.r.randrange(300, 32000), c.family, c.mine),
                   fields=["X-Mailman-Version: 2.1.12", "List-Id: <%s-users.lists.%s>" % (c.family, c.mine)])


@kind("mid.git-send-email", 3, 2007, 2015)
def git_old(c):
    """git send-email: seconds when git ran, the same for all patches"""
    t = c.t - c.r.randrange(0, 40) * S
    c.want(t // S * S, 1, "built|compose")
    n = c.r.randrange(1, 9)
    return message(c, mid="%d-%d-%d-git-send-email-%s" % (t // S, c.r.randrange(300, 32000), n, c.sender), mailer="git-send-email 1.7.0.4")


@kind("mid.git-send-email-new", 3, 2016, 2024)
def git_new(c):
    """git send-email since 2.0: universal time"""
    t = c.t - c.r.randrange(0, 40) * S
    c.want(t // S * S, 1, "built|compose")
    return message(c, mid="%s.%d-%d-%s" % (ymd(t), c.r.randrange(300, 320000), c.r.randrange(1, 9), c.sender), mailer="git-send-email 2.17.1")


@kind("mid.git-format-patch", 3, 2009, 2024)
def git_format(c):
    """git format-patch --thread: commit, seconds, git, user"""
    t = c.t - c.r.randrange(20, 600) * S
    c.want(t // S * S, 1, "built|compose")
    return message(c, mid="%s.%d.git.%s" % (hexes(c.r, 40), t // S, c.sender), mailer="git-send-email 2.17.1")


@kind("mid.iplanet", 4, 2001, 2024)
def iplanet(c):
    """iPlanet, Sun, Oracle, PMDF: base 36 seconds in two pieces"""
    c.want(c.t // S * S, 1, "queued|built")
    return message(c, mid="%s@mail1.%s" % (iplanet_id(c.r, c.t), c.mine))


@kind("mid.zepto", 3, 2020, 2025)
def zepto(c):
    """ZeptoMail: a version-1 UUID and milliseconds, two clocks"""
    t = c.t // 10**6 * 10**6
    u = c.t - c.r.randrange(3, 900) * 10**6
    c.want(u // 100 * 100, 1e-7, "built|queued")
    c.want(t, 1e-3, "built|queued")
    return message(c, mid="%s.%s.m1.%s.%x@bounce-zem.%s" % (hexes(c.r, 4), hexes(c.r, 16), uuid1(c.r, u, 0x525400000000 | c.r.getrandbits(32)), t // 10**6, c.mine))


@kind("mid.uuid1", 4, 2001, 2024)
def uuid_one(c):
    """a version-1 UUID alone"""
    c.want(c.t, 1e-7, "built")
    u = uuid1(c.r, c.t, 0x000393000000 | c.r.getrandbits(24))
    return message(c, mid="%s@%s" % (u.upper() if c.year < 2008 else u, c.mine), mailer="Apple Mail (2.482)" if c.year < 2008 else None)


@kind("mid.uuid6", 3, 2023, 2025)
def uuid_six(c):
    """a version-6 UUID alone"""
    c.want(c.t, 1e-7, "built")
    return message(c, mid="%s@%s" % (uuid6(c.r, c.t), c.mine))


@kind("mid.uuid7", 3, 2023, 2025)
def uuid_seven(c):
    """a version-7 UUID alone"""
    t = c.t // 10**6 * 10**6
    c.want(t, 1e-3, "built")
    return message(c, mid="%s@%s" % (uuid7(c.r, t // 10**6), c.mine))


@kind("mid.ulid", 3, 2019, 2025)
def ulid(c):
    """a ULID alone"""
    t = c.t // 10**6 * 10**6
    c.want(t, 1e-3, "built")
    return message(c, mid="%s%s@%s" % (in_base(t // 10**6, CROCKFORD, 10), text_of(c.r, CROCKFORD, 16), c.mine))


@kind("mid.ksuid", 3, 2018, 2025)
def ksuid(c):
    """a KSUID alone"""
    c.want(c.t // S * S, 1, "built")
    return message(c, mid="%s@%s" % (in_base((c.t // S - 1400000000) << 128 | c.r.getrandbits(128), B62, 27), c.mine))


@kind("mid.snowflake", 4, 2016, 2025)
def snowflake(c):
    """a snowflake number alone, of either maker"""
    t = c.t // 10**6 * 10**6
    epoch = 1288834974657 if c.name.endswith(("0", "2")) else 1420070400000
    c.want(t, 1e-3, "built")
    return message(c, mid="%d@%s" % ((t // 10**6 - epoch) << 22 | c.r.getrandbits(22), c.mine))


@kind("mid.objectid", 4, 2018, 2025)
def objectid(c):
    """a MongoDB ObjectId, as MailerSend uses it"""
    c.want(c.t // S * S, 1, "built|queued")
    return message(c, mid="%08x%s@%s" % (c.t // S, hexes(c.r, 16), c.r.choice(("mailersend.net", "mailersend.net", "mta." + c.mine))))


@kind("mid.php-uniqid", 4, 2008, 2024)
def php(c):
    """PHP's uniqid alone and with more entropy"""
    c.want(c.t // 1000 * 1000, 1e-6, "built")
    tail = "" if c.name.endswith(("0", "2")) else "%d.%08d" % (c.r.randrange(10), c.r.randrange(10**8))
    return message(c, mid="%s%s@www.%s" % (uniqid(c.t), tail, c.mine))


@kind("mid.cyrus", 3, 2002, 2020)
def cyrus(c):
    """Cyrus: its sieve and delivery programs name what they make"""
    c.want(c.t // S * S, 1, "built|queued")
    return message(c, mid="cmu-%s-%d-%d-%d@imap.%s" % (c.r.choice(("sieve", "cyrus")), c.r.randrange(300, 32000), c.t // S, c.r.randrange(0, 40), c.mine))
