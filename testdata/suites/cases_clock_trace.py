"""Clocks inside trace lines, and Thread-Index."""

from clockmsg import *  # noqa: F401,F403
from cases_clock_ids import momentum_id

CASES = []


def kind(name, n=3, first=2012, last=2024, group="decode", why=""):
    def register(f):
        CASES.append((name, group, n, first, last, f, why or (f.__doc__ or name).strip()))
        return f
    return register


def arrival(c):
    """When the sender's relay takes the message in."""
    return c.t + c.r.randrange(S, 5 * S) // 1000 * 1000


def relay(c):
    return "smtp.%s" % c.mine


def client(c):
    return "%s (%s.%s [%s])" % (c.desk, c.desk, c.mine, c.ip)


def via(c, line, **more):
    return message(c, received=chain(c, first=line), **more)


def sent_by(c, q, by_and_id, delay=None, zone=None):
    stamp = rfc(q + (c.r.randrange(S) if delay is None else delay), c.zone if zone is None else zone)
    return via(c, "from %s\n\tby %s; %s" % (client(c), by_and_id, stamp))


@kind("rcvd.sendmail>=8.10", 3, 2001, 2002)
def sendmail(c):
    """sendmail 8.10 and 8.11: year, month, day, hour, minute, second as letters"""
    q = arrival(c)
    c.want(q // S * S, 1, "queued")
    return sent_by(c, q, "%s (%s) with ESMTP id %s" % (relay(c), sendmail_version(c), sendmail_qid(c.r, q, 1)))


@kind("rcvd.sendmail>=8.10", 4, 2003, 2025)
def sendmail_two(c):
    """sendmail 8.12 and later: two letters of sequence, six digits"""
    q = arrival(c)
    c.want(q // S * S, 1, "queued")
    return sent_by(c, q, "%s (%s) with ESMTP id %s\n\tfor <%s>" % (relay(c), sendmail_version(c), sendmail_qid(c.r, q, 2), c.rcpt))


@kind("rcvd.sendmail<=8.9", 3, 1997, 2000)
def sendmail_old(c):
    """sendmail up to 8.9: only the local hour, as a letter; the server keeps universal time"""
    q = arrival(c) // HOUR * HOUR + c.r.randrange(3, 50) * MIN
    c.t = q - 2 * S
    c.want(q // HOUR * HOUR, 3600, "queued", "periodic|server-zone", period_seconds=86400)
    qid = chr(65 + civil(q).hour) + "AA%05d" % c.r.randrange(1000, 32000)
    return sent_by(c, q, "%s (%s) with ESMTP id %s" % (relay(c), sendmail_version(c), qid), zone=0)


@kind("rcvd.postfix-short", 4, 2000, 2024)
def postfix(c):
    """short queue ids of Postfix: microseconds within a second that is not said"""
    q = arrival(c)
    c.want(q // 1000 * 1000, 1e-6, "queued", "periodic", period_seconds=1)
    return sent_by(c, q, "%s (Postfix) with ESMTP id %s\n\tfor <%s>" % (relay(c), postfix_qid(c.r, q), c.rcpt))


@kind("rcvd.postfix-longqid", 4, 2013, 2025)
def postfix_long_id(c):
    """long queue ids of Postfix: seconds and microseconds in base 52"""
    q = arrival(c)
    c.want(q // 1000 * 1000, 1e-6, "queued")
    return sent_by(c, q, "%s (Postfix) with ESMTPSA id %s\n\tfor <%s>" % (relay(c), postfix_long(c.r, q), c.rcpt))


@kind("rcvd.exim", 4, 2001, 2022)
def exim(c):
    """Exim before 4.97"""
    q = arrival(c)
    new = c.year >= 2004
    c.want(q // 500000 * 500000 if new else q // S * S, 1, "queued")
    line = "from %s.%s ([%s] helo=%s)\n\tby %s with esmtp (Exim %s)\n\t(envelope-from <%s>)\n\tid %s; %s" % (
        c.desk, c.mine, c.ip, c.desk, relay(c), version_of(EXIMS, c.year) + ("" if new else " #1 (Debian)"), c.sender, exim_qid(c.r, q, new), rfc(q + S // 2, c.zone))
    return via(c, line)


@kind("rcvd.exim-4.97+", 4, 2024, 2025)
def exim497(c):
    """Exim from 4.97"""
    q = arrival(c)
    c.want(q // 1000 * 1000, 1e-6, "queued")
    line = "from [%s] (port=%d helo=%s)\n\tby %s with esmtpsa  (TLS1.3) tls TLS_AES_256_GCM_SHA384\n\t(Exim 4.98)\n\t(envelope-from <%s>)\n\tid %s\n\tfor %s; %s" % (
        c.ip, c.r.randrange(1024, 65000), c.desk, relay(c), c.sender, exim497_qid(c.r, q), c.rcpt, rfc(q + S // 2, c.zone))
    return via(c, line)


@kind("rcvd.t-online(exim-like)", 3, 2001, 2024)
def t_online(c):
    """T-Online: six characters as Exim's, seven of its own"""
    q = arrival(c)
    c.want(q // S * S, 1, "queued")
    qid = "%s-%s" % (in_base(q // S, B62, 6), "0" + text_of(c.r, B62, 6))
    return via(c, "from %s.%s (%s@[%s]) by fwd%d.aul.t-online.de\n\twith esmtp id %s; %s" % (
        c.desk, c.mine, text_of(c.r, B62, 20), c.ip, c.r.randrange(1, 30), qid, rfc(q, 60)))


@kind("rcvd.zmailer", 4, 2003, 2014)
def zmailer(c):
    """ZMailer: three letters of year, then month, day, hour, minute, second"""
    q = arrival(c)
    c.want(q // S * S, 1, "queued")
    d = civil(q)
    year = ZMAILER[d.year // 4096] + ZMAILER[d.year // 64 % 64] + ZMAILER[d.year % 64]
    qid = "S%d%s%s" % (c.r.randrange(10**5, 2 * 10**6), year, "".join(ZMAILER[v] for v in (d.month - 1, d.day - 1, d.hour, d.minute, d.second)))
    name = "vger.%s" % c.mine
    return via(c, 'from %s.%s ([%s]:%d "EHLO %s" rhost-flags-OK-OK-OK-OK)\n\tby %s with ESMTP id %s (ORCPT <rfc822;%s>);\n\t%s' % (
        c.desk, c.mine, c.ip, c.r.randrange(1024, 65000), c.desk, name, qid, c.rcpt, rfc(q + S, c.zone)))


@kind("rcvd.gmail-id-ymd", 5, 2009, 2025)
def gmail_ymd(c):
    """Gmail's submission server: date and time of day in Pacific time"""
    q, z = arrival(c), pacific(c.t)
    c.want(q // S * S, 1, "queued|received", alt=[dict(time=iso(wall(q // S * S, z), ""), clock="server-zone")])
    r = c.r
    qid = "%s-%ssm%sedx.%d.%s" % (hexes(r, 3), hexes(r, 20), number(r, 7), r.randrange(1, 300), ymd(q, "%Y.%m.%d.%H.%M.%S", z))
    return via(c, "from %s ([%s])\n        by smtp.gmail.com with ESMTPSA id %s\n        for <%s>\n        (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128);\n        %s" % (
        c.desk, c.ip, qid, c.rcpt, rfc(q, z, "PDT" if z == -420 else "PST", True)))


@kind("x-received.gmail-ms", 4, 2013, 2025)
def gmail_ms(c):
    """Gmail's X-Received: milliseconds at the end of the id"""
    q, z = arrival(c), pacific(c.t)
    c.want(q // 10**6 * 10**6, 1e-3, "queued|received")
    r = c.r
    qid = "%s-%smr%sejc.%d.%d" % (hexes(r, 3), hexes(r, 20), number(r, 8), r.randrange(1, 600), q // 10**6)
    line = "by 2002:a%02x:%x:0:b0:%x:%x:%x with SMTP id %s;\n        %s" % (
        r.randrange(256), r.randrange(1, 65536), r.randrange(1, 4096), r.randrange(1, 65536), r.randrange(1, 65536), qid,
        rfc(q, z, "PDT" if z == -420 else "PST", True))
    own = "by mail-ej1-f50.google.com with SMTP id %s-%sso%sa12.%d\n        for <%s>; %s" % (
        hexes(r, 13), hexes(r, 11), number(r, 7), r.randrange(4), c.rcpt, rfc(q, z, "PDT" if z == -420 else "PST", True))
    parts = chain(c, first=own)
    text = message(c, received=parts)
    at_own = text.index("Received: by mail-ej1")
    return text[:at_own] + "X-Received: " + line + "\n" + text[at_own:]


@kind("rcvd.sendgrid-filterdrecv", 4, 2021, 2024)
def sendgrid(c):
    """SendGrid: hexadecimal seconds in the id, and a date as the language Go prints it, without a semicolon"""
    q = arrival(c)
    c.want(q // S * S, 1, "queued|received")
    ns = q // S * S + c.r.randrange(S)
    c.want(ns // 100 * 100, 1e-7, "received", why="Go date")
    r = c.r
    frac = ("%09d" % (ns % S)).rstrip("0")
    line = "by filterdrecv-%s-%s with SMTP id filterdrecv-%s-%s-1-%08X-%X\n        %s.%s +0000 UTC m=+%d.%09d" % (
        hexes(r, 10), text_of(r, "bcdfghjklmnpqrstvwxz2456789", 5), hexes(r, 10), text_of(r, "bcdfghjklmnpqrstvwxz2456789", 5), q // S, r.randrange(1, 500),
        ymd(ns, "%Y-%m-%d %H:%M:%S"), frac, r.randrange(10**4, 10**7), r.randrange(10**9))
    return via(c, line)


@kind("rcvd.kumomta-uuid1", 3, 2023, 2025)
def kumo(c):
    """KumoMTA: a version-1 UUID without hyphens"""
    q = arrival(c)
    c.want(q, 1e-7, "queued")
    return via(c, "from cell-%d (%s)\n  by out1.%s (KumoMTA 203.0.113.%d)\n  with ESMTP id %s for <%s>;\n  %s" % (
        c.r.randrange(9), c.ip, c.mine, c.r.randrange(1, 250), uuid1(c.r, q, 0x0242AC000000 | c.r.getrandbits(24)).replace("-", ""), c.rcpt, rfc(q + S // 4)))


@kind("rcvd.powermta", 4, 2008, 2024)
def powermta(c):
    """PowerMTA: half seconds modulo 2^25 in base 32"""
    q = arrival(c) // (S // 2) * (S // 2)
    c.want(q, .5, "queued", "periodic", period_seconds=2**24)
    n = q // (S // 2) % 2**25
    qid = "h" + in_base(n, B32HEX, 5) + text_of(c.r, B32HEX, 6)
    return via(c, "from app%d.%s (%s)\n\tby mta3.%s (PowerMTA(TM) v4.5) id %s\n\tfor <%s>; %s\n\t(envelope-from <%s>)" % (
        c.r.randrange(9), c.mine, c.ip, c.mine, qid, c.rcpt, rfc(q + S, c.zone), c.sender))


@kind("rcvd.momentum", 3, 2013, 2025)
def momentum(c):
    """Momentum: seconds in hexadecimal, backwards"""
    q = arrival(c)
    c.want(q // S * S, 1, "queued")
    return via(c, "from [%s] ([%s:%d])\n\tby mta7.%s (envelope-from <%s>)\n\t(ecelerity 4.3.1.999 r(:)) with ESMTPS (cipher=DHE-RSA-AES256-GCM-SHA384)\n\tid %s; %s" % (
        c.ip, c.ip, c.r.randrange(1024, 65000), c.mine, c.sender, momentum_id(c.r, q, "/"), rfc(q + S // 2)))


EXO = at(2024, 6, 14)


def exo_build(t):
    return 7661 + round((t - EXO) / (0.3125 * DAY))


def exo_lines(c, t, build=None):
    """Two newer lines of Exchange Online's own."""
    b = build or exo_build(t)
    r, tls = c.r, "(version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)"
    ft = "CO1NAM11FT%03d.mail.protection.outlook.com" % r.randrange(1, 90)
    box = "SN6PR11MB%04d.namprd11.prod.outlook.com" % r.randrange(2000, 9000)
    gate = "MW4PR03CA%04d.outlook.office365.com" % r.randrange(1, 400)
    return [
        "from %s (2603:10b6:303:8e::%x)\n by %s (2603:10b6:806:24d::%x) with\n Microsoft SMTP Server %s id 15.20.%d.%d; %s" % (
            gate, r.randrange(2, 30), box, r.randrange(2, 30), tls, b, r.randrange(10, 40), rfc(t + 2 * S)),
        "from smtp.%s (%s)\n by %s (10.13.175.%d) with\n Microsoft SMTP Server %s id\n 15.20.%d.%d via Frontend Transport; %s" % (
            c.mine, c.relay_ip, ft, r.randrange(1, 250), tls, b, r.randrange(10, 40), rfc(t + S)),
    ]


@kind("rcvd.exchange-online-build", 3, 2020, 2025)
def exchange_online(c):
    """Exchange Online: the build number is a calendar, about three a day"""
    c.want(c.t // DAY * DAY, 60 * 86400, "released|queued|received|other")
    q = arrival(c)
    first = hop_postfix(c, q, q + S // 3, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, relay(c), c.zone)
    return message(c, received=exo_lines(c, q + 2 * S) + [first])


@kind("rcvd.intermail-ymd", 3, 1999, 2008)
def intermail(c):
    """InterMail: universal time, four letters and a number, in angle brackets"""
    q = arrival(c)
    c.want(q // S * S, 1, "queued")
    name = "mta%02d.mail.%s" % (c.r.randrange(1, 40), c.mine)
    return via(c, "from %s.%s ([%s])\n\tby %s (InterMail vM.4.01.03.00 201-229-121)\n\twith ESMTP id <%s.%s%d.%s@%s.%s>; %s" % (
        c.desk, c.mine, c.ip, name, ymd(q), text_of(c.r, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", 4), c.r.randrange(100, 30000), name, c.desk, c.mine, rfc(q + S, c.zone)))


@kind("rcvd.iplanet", 4, 2001, 2024)
def iplanet(c):
    """iPlanet and its heirs: base 36 seconds in two pieces, in angle brackets"""
    q = arrival(c)
    c.want(q // S * S, 1, "queued")
    name = "mail2.%s" % c.mine
    return via(c, "from %s.%s ([%s])\n by %s (iPlanet Messaging Server 5.2 HotFix 0.9)\n with ESMTP id <%s@%s> for %s; %s" % (
        c.desk, c.mine, c.ip, name, iplanet_id(c.r, q), name, c.rcpt, rfc(q + S // 2, c.zone)))


@kind("rcvd.iplanet-built", 2, 2003, 2005)
def iplanet_built(c):
    """the day on which the server software was built stands in its own comment"""
    q = arrival(c)
    day = at(2002, c.r.randrange(1, 12), c.r.randrange(1, 28))
    c.want(day, 86400, "released")
    name, d = "mail2.%s" % c.mine, civil(day)
    return via(c, "from %s.%s ([%s])\n by %s (iPlanet Messaging Server 5.2 HotFix 0.9 (built %s %d %d))\n with ESMTP id <%s@%s>; %s" % (
        c.desk, c.mine, c.ip, name, MONTHS[d.month - 1], d.day, d.year, iplanet_id(c.r, q), name, rfc(q + S // 2, c.zone)))


@kind("rcvd.domino", 4, 1999, 2010)
def domino(c):
    """Lotus Domino: the server's wall clock to a hundredth of a second"""
    q = arrival(c) // 10**7 * 10**7
    c.want(wall(q, c.zone), .01, "queued|received", "server-zone")
    qid = "%s%02d:%d" % (ymd(q, zone=c.zone), q % S // 10**7, c.r.randrange(100, 30000))
    return via(c, "from %s.%s ([%s])\n          by domino1.%s (Lotus Domino Release 5.0.8)\n          with ESMTP id %s ;\n          %s" % (
        c.desk, c.mine, c.ip, c.mine, qid, rfc(q + S // 2, c.zone)))


@kind("rcvd.qmail-pair", 3, 1999, 2012)
def qmail(c):
    """qmail writes two lines, both dates without zone name in universal time"""
    q = arrival(c)
    c.want(q // S * S, 1, "received|queued")
    stamp = ymd(q, "%d %b %Y %H:%M:%S -0000").lstrip("0")
    text = via(c, "from unknown (HELO %s) (%s)\n  by %s with SMTP; %s" % (c.desk, c.ip, relay(c), stamp))
    line = "Received: from unknown (HELO %s)" % c.desk
    return text.replace(line, "Received: (qmail %d invoked from network); %s\n%s" % (c.r.randrange(300, 32000), stamp, line))


# Thread-Index: 22 bytes of root, 5 for each answer.

def root6(t, guid):
    b = (filetime(t) >> 16).to_bytes(6, "big")
    return b + guid, of_filetime(filetime(t) >> 16 << 16)


def root5(t, guid):
    v = filetime(t)
    return b"\x01" + (v >> 24).to_bytes(5, "big") + guid, of_filetime(v >> 24 << 24)


def child6(r, gap):
    """-> (block, the gap it holds); gaps beyond 1.78 years are counted coarsely"""
    units = gap // 100
    coarse = units >> 18 > 0x7FFFFFFF
    shift = 23 if coarse else 18
    w = units >> shift
    return ((coarse << 31 | w).to_bytes(4, "big") + bytes([r.randrange(16) << 4]), (w << shift) * 100)


def child5(r, root, t):
    """an answer by Outlook to a root of Exchange: the writer misread the root, and the difference wrapped"""
    base = int.from_bytes(root[:6], "big") << 16
    w = (filetime(t) - base - 3 * 2**54) >> 23
    assert 0 <= w < 2**31
    return (1 << 31 | w).to_bytes(4, "big") + bytes([r.randrange(16) << 4]), of_filetime(base + (w << 23) + 3 * 2**54)


def guid(r):
    return bytes(r.getrandbits(8) for _ in range(16))


def b64(raw):
    return base64.b64encode(raw).decode()


@kind("thread-index.root.5byte", 4, 2011, 2025)
def thread5(c):
    """Exchange 2010 and later: a root of five bytes of FILETIME"""
    b, t = root5(c.t - c.r.randrange(S, 4 * S), guid(c.r))
    c.want(t, 1.6777216, "thread|compose|built")
    return message(c, fields=["Thread-Topic: " + c.subject, "Thread-Index: " + b64(b)])


@kind("thread-index.root.6byte", 4, 2000, 2024)
def thread6(c):
    """Outlook: a root of six bytes of FILETIME"""
    b, t = root6(c.t - c.r.randrange(10 * S, 900 * S), guid(c.r))
    c.want(t, .0065536, "thread|compose|built")
    return message(c, mailer="Microsoft Outlook 14.0", fields=["Thread-Index: " + b64(b)])


@kind("thread-index.lastchild.6byte-root(cumulative)", 5, 2003, 2024)
def thread6_children(c):
    """answers add up: the last block's time is the root plus all differences"""
    n = c.r.randrange(1, 4)
    gaps = [c.r.randrange(MIN, 5 * DAY) for _ in range(n)]
    began = c.t - c.r.randrange(10, 400) * S
    b, t = root6(began - sum(gaps), guid(c.r))
    c.want(t, .0065536, "thread")
    for gap in gaps:
        block, held = child6(c.r, gap)
        b, t = b + block, t + held
    c.want(t, .0262144 * n, "compose")
    c.subject = "RE: " + c.subject
    return message(c, mailer="Microsoft Outlook 14.0", fields=["Thread-Index: " + b64(b)])


@kind("thread-index.lastchild.coarse", 3, 2012, 2024)
def thread6_coarse(c):
    """an answer after more than 1.78 years is counted in steps of 0.84 s"""
    began = c.t - c.r.randrange(10, 400) * S
    gap = c.r.randrange(660, 1500) * DAY
    b, t = root6(began - gap, guid(c.r))
    block, held = child6(c.r, gap)
    c.want(t, .0065536, "thread")
    c.want(t + held, .8388608, "compose")
    c.subject = "RE: " + c.subject
    return message(c, mailer="Microsoft Outlook 14.0", fields=["Thread-Index: " + b64(b + block)])


@kind("thread-index.child.5byte-root", 5, 2012, 2025)
def thread5_child(c):
    """Outlook answering an Exchange root: the difference wraps"""
    began = c.t - c.r.randrange(10, 400) * S
    b, t = root5(began - c.r.randrange(HOUR, 60 * DAY), guid(c.r))
    block, held = child5(c.r, b, began)
    c.want(t, 1.6777216, "thread")
    c.want(held, .8388608, "compose")
    c.subject = "RE: " + c.subject
    return message(c, mailer="Microsoft Outlook 16.0", fields=["Thread-Index: " + b64(b + block)])
