"""Clocks in other header fields."""

from clockmsg import *  # noqa: F401,F403
from cases_clock_trace import exo_lines

CASES = []


def kind(name, n=3, first=2012, last=2024, group="decode", why=""):
    def register(f):
        CASES.append((name, group, n, first, last, f, why or (f.__doc__ or name).strip()))
        return f
    return register


def exchange_message(c, fields):
    return message(c, received=exo_lines(c, c.t + 2 * S) + [hop_postfix(c, c.t + S, c.t + S, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, "smtp." + c.mine, c.zone)],
                   fields=fields)


def ms_date(t, digits=4):
    return ymd(t, "%d %b %Y %H:%M:%S") + "." + ("%09d" % (t % S))[:digits]


@kind("x-ms.original-arrival", 4, 2019, 2025)
def crosstenant(c):
    """Exchange Online: the moment of arrival to a tenth of a millisecond"""
    t = (c.t + 2 * S) // 10**5 * 10**5
    c.want(t, 1e-4, "received|queued")
    return exchange_message(c, ["X-MS-Exchange-CrossTenant-OriginalArrivalTime: %s\n (UTC)" % ms_date(t)])


@kind("x-ms.expiration-start", 3, 2019, 2025)
def expiration(c):
    """Exchange Online: the start of the message's term, at arrival"""
    t = (c.t + 2 * S) // 10**5 * 10**5
    c.want(t, 1e-4, "received|queued|scanned")
    return exchange_message(c, ["X-MS-Exchange-Organization-ExpirationStartTime: %s (UTC)" % ms_date(t)])


@kind("x-ms.user-last-logon", 4, 2019, 2025)
def logon(c):
    """the recipient's last login, in American order: another event than the message's"""
    t = (c.t - c.r.randrange(100, 4000) * S) // S * S
    c.want(t, 1, "other")
    d = civil(t)
    return exchange_message(c, ["X-MS-UserLastLogonTime: %d/%d/%d %d:%02d:%02d %s" % (
        d.month, d.day, d.year, (d.hour + 11) % 12 + 1, d.minute, d.second, "AM" if d.hour < 12 else "PM")])


@kind("x-ms.bcc-foldering-build", 2, 2022, 2025)
def foldering(c):
    """the build number of Exchange Online in a field of its own"""
    from cases_clock_trace import exo_build
    c.want(c.t // DAY * DAY, 60 * 86400, "released|queued|received|other")
    return exchange_message(c, ["X-MS-Exchange-Processed-By-BccFoldering: 15.20.%d.%d" % (exo_build(c.t), c.r.randrange(10, 40))])


def original_arrival(t):
    v = filetime(t)
    text = "%s.%04d" % (ymd(t, "%d %b %Y %H:%M:%S"), t % S // 10**6)
    return "X-OriginalArrivalTime: %s (UTC) FILETIME=[%08X:%08X]" % (text, v & 0xFFFFFFFF, v >> 32)


@kind("x-originalarrivaltime", 4, 2000, 2018)
def smtpsvc(c):
    """Microsoft's SMTP service: milliseconds padded to four digits, and FILETIME with the low half first"""
    t = c.t + 2 * S
    c.want(t, 1e-7, "received|queued")
    first = "from %s ([%s]) by smtp.%s with Microsoft SMTPSVC(5.0.2195.5329);\n\t %s" % (c.desk, c.ip, c.mine, rfc(t, c.zone))
    return message(c, received=chain(c, first=first), fields=[original_arrival(t)])


def dkim(name, c, t, extra="", instance=""):
    return ("%s: %sv=1; a=rsa-sha256; c=relaxed/relaxed;\n        d=%s; s=s%d; t=%d;%s\n        h=from:to:subject:date:message-id;\n"
            "        bh=%s=;\n        b=%s\n         %s==" % (name, instance, c.mine, c.year, t // S, extra, text_of(c.r, B62, 43), text_of(c.r, B62, 60), text_of(c.r, B62, 50)))


@kind("dkim-signature.t", 4, 2010, 2025)
def dkim_t(c):
    """a DKIM signature says when it was made"""
    t = c.t + c.r.randrange(0, 3) * S
    c.want(t // S * S, 1, "signed")
    return message(c, fields=[dkim("DKIM-Signature", c, t)])


@kind("dkim-signature.x", 3, 2014, 2025)
def dkim_x(c):
    """the end of a signature's validity is a policy, no clock"""
    life = c.r.choice((604800, 7200, 2592000, 86400))
    t = c.t // S * S
    c.want(t, 1, "signed")
    c.want(t + life * S, 1, "expires")
    return message(c, fields=[dkim("DKIM-Signature", c, t, " x=%d;" % (t // S + life))])


@kind("x-google-dkim-signature.t", 3, 2022, 2025)
def google_dkim(c):
    """Google's own signature"""
    c.want(c.t // S * S, 1, "signed")
    text = dkim("X-Google-DKIM-Signature", c, c.t).replace("d=" + c.mine, "d=1e100.net")
    return message(c, fields=[text])


@kind("arc-seal.t", 3, 2018, 2025)
def arc_seal(c):
    """an ARC seal"""
    t = c.t + 3 * S
    c.want(t // S * S, 1, "signed")
    return message(c, top=["ARC-Seal: i=1; a=rsa-sha256; t=%d; cv=none;\n        d=%s; s=arc;\n        b=%s==" % (t // S, c.yours, text_of(c.r, B62, 86))])


@kind("arc-message-signature.t", 3, 2018, 2025)
def arc_signature(c):
    """an ARC message signature"""
    t = c.t + 3 * S
    c.want(t // S * S, 1, "signed")
    return message(c, top=[dkim("ARC-Message-Signature", c, t, instance="i=1; ").replace("v=1; ", "").replace("d=" + c.mine, "d=" + c.yours)])


@kind("cloudmark.ts", 6, 2016, 2025)
def cloudmark(c):
    """Cloudmark's scanner, in the fields of several providers"""
    t = c.t + 3 * S
    c.want(t // S * S, 1, "scanned")
    names = ("X-CM-Analysis", "X-CMAE-Analysis", "X-Authority-Analysis", "X-CNFS-Analysis", "X-Optus-CM-Analysis", "X-WatchGuard-Spam-ID")
    name = names[int(c.name[-1])]
    if name == "X-WatchGuard-Spam-ID":
        value = "v=2.4 cv=%s c=1 sm=1 tr=0 ts=%08x" % (text_of(c.r, B62, 8), t // S)
    else:
        value = "v=2.4 cv=%s c=1 sm=1 tr=0 ts=%08x\n a=%s==:117 a=%s==:17 a=%s:10" % (
            text_of(c.r, B62, 8), t // S, text_of(c.r, B62, 22), text_of(c.r, B62, 22), text_of(c.r, B62, 11))
    return message(c, fields=["%s: %s" % (name, value)])


@kind("mailchannels.random-header", 3, 2020, 2025)
def mailchannels(c):
    """MailChannels: a field of two random words with milliseconds inside"""
    t = (c.t + 2 * S) // 10**6 * 10**6
    c.want(t, 1e-3, "queued|scanned|received")
    words = ("Lettuce", "Gamy", "Cellar", "Stretch", "Oafish", "Ribbon", "Tender", "Quarrel")
    one, two = c.r.sample(words, 2)
    return message(c, fields=["X-MC-Relay: Good", "X-%s-%s: %s_%d_%d" % (one, two, hexes(c.r, 16), t // 10**6, c.r.randrange(10**8, 2**32))])


@kind("x-mc-ingress-time", 3, 2020, 2025)
def ingress(c):
    """MailChannels: milliseconds of entry"""
    t = (c.t + 2 * S) // 10**6 * 10**6
    c.want(t, 1e-3, "queued|received")
    return message(c, fields=["X-MC-Ingress-Time: %d" % (t // 10**6)])


@kind("x-mc-loop-signature", 3, 2020, 2025)
def loop_signature(c):
    """MailChannels: milliseconds and a number"""
    t = (c.t + 2 * S) // 10**6 * 10**6
    c.want(t, 1e-3, "queued|received|scanned")
    return message(c, fields=["X-MC-Loop-Signature: %d:%d" % (t // 10**6, c.r.randrange(10**8, 2**32))])


@kind("messagelabs.msg-ref", 3, 2004, 2016)
def messagelabs(c):
    """MessageLabs: seconds between exclamation marks"""
    t = c.t + 4 * S
    c.want(t // S * S, 1, "scanned|queued|received")
    return message(c, fields=["X-Msg-Ref: server-%d.tower-%d.messagelabs.com!%d!%d!1" % (c.r.randrange(1, 20), c.r.randrange(20, 250), t // S, c.r.randrange(10**6, 10**8))])


@kind("barracuda.asg-debug-id", 3, 2009, 2025)
def barracuda(c):
    """Barracuda: seconds before the process"""
    t = c.t + 4 * S
    c.want(t // S * S, 1, "scanned|queued|received")
    return message(c, fields=["X-ASG-Debug-ID: %d-%s%04x-%s" % (t // S, hexes(c.r, 16), c.r.randrange(65536), text_of(c.r, B62, 6))])


@kind("barracuda.start-time", 3, 2009, 2025)
def barracuda_start(c):
    """Barracuda: seconds alone"""
    t = c.t + 4 * S
    c.want(t // S * S, 1, "scanned|queued|received")
    return message(c, fields=["X-Barracuda-Start-Time: %d" % (t // S)])


@kind("mimecast.proc-id", 3, 2022, 2025)
def mimecast(c):
    """Mimecast: seconds at the end"""
    t = c.t + 4 * S
    c.want(t // S * S, 1, "scanned|queued|received")
    return message(c, fields=["X-Mimecast-MFC-PROC-ID: %s_%d" % (text_of(c.r, B62 + "-", 42), t // S)])


@kind("cyren.ref-id", 3, 2009, 2022)
def cyren(c):
    """Cyren's reference: hexadecimal seconds in the third group"""
    t = c.t + 4 * S
    c.want(t // S * S, 1, "scanned")
    return message(c, fields=["X-CT-RefID: str=0001.0A%s.%08X.%s,ss=1,re=0.000,fgs=0" % ("%06X" % c.r.getrandbits(24), t // S, "%04X" % c.r.getrandbits(16))])


@kind("j-chkmail.miltered", 3, 2005, 2016)
def jchkmail(c):
    """j-chkmail: hexadecimal seconds in its id"""
    t = c.t + 4 * S
    c.want(t // S * S, 1, "scanned")
    return message(c, fields=["X-Miltered: at mx1 with ID %08X.%03X by Joe's j-chkmail (http : // j-chkmail dot ensmp dot fr)!" % (t // S, c.r.randrange(0, 16))])


@kind("toi.expurgate-id", 3, 2010, 2024)
def expurgate(c):
    """T-Online's scanner: seconds behind two colons"""
    t = c.t + 4 * S
    c.want(t // S * S, 1, "scanned")
    return message(c, fields=["X-TOI-EXPURGATEID: 150726::%d-%s-%s/0/0 CLEAN NORMAL" % (t // S, hexes(c.r, 8).upper(), hexes(c.r, 8).upper())])


@kind("nntp.x-trace", 3, 2000, 2012)
def x_trace(c):
    """a news server: seconds, process, address, and the date again"""
    t = c.t + S
    c.want(t // S * S, 1, "queued|received|built")
    return message(c, fields=["X-Trace: news.%s %d %d %s (%s GMT)" % (c.mine, t // S, c.r.randrange(300, 32000), c.ip, ymd(t, "%d %b %Y %H:%M:%S"))])


@kind("nntp.posting-date", 3, 2000, 2012)
def posting(c):
    """a news server's date"""
    t = c.t + S
    c.want(t // S * S, 1, "queued|received|built")
    return message(c, fields=["NNTP-Posting-Date: %s" % rfc(t)])


@kind("yandex.timemark", 3, 2009, 2022)
def yandex(c):
    """Yandex: seconds alone"""
    t = c.t + 2 * S
    c.want(t // S * S, 1, "queued|received")
    return message(c, fields=["X-Yandex-TimeMark: %d" % (t // S)])


@kind("verp.mandrill", 3, 2014, 2025)
def mandrill(c):
    """Mandrill's return address: hexadecimal seconds"""
    c.want(c.t // S * S, 1, "built|queued")
    rp = "bounce-md_%d.%08x.v1-%s@mandrillapp.com" % (c.r.randrange(10**6, 10**8), c.t // S, hexes(c.r, 32))
    return message(c, top=["Return-Path: <%s>" % rp])


@kind("verp.yahoogroups", 3, 2001, 2013)
def yahoogroups(c):
    """Yahoo Groups' return address: seconds"""
    c.want(c.t // S * S, 1, "built|queued|received")
    rp = "sentto-%d-%d-%d-%s=%s@returns.groups.yahoo.com" % (c.r.randrange(10**4, 10**7), c.r.randrange(10, 70000), c.t // S, c.you, c.yours)
    return message(c, top=["Return-Path: <%s>" % rp])


@kind("topica.id", 3, 2000, 2005)
def topica(c):
    """Topica: seconds, host, numbers"""
    c.want(c.t // S * S, 1, "built|queued|received")
    return message(c, fields=["X-Topica-Id: <%d.inmta%03d.%d.%d>" % (c.t // S, c.r.randrange(1, 20), c.r.randrange(300, 32000), c.r.randrange(10**6, 10**7))])


@kind("halon.id", 3, 2016, 2025)
def halon(c):
    """Halon's gateway: a version-1 UUID"""
    t = c.t + 3 * S
    c.want(t, 1e-7, "queued|received|scanned")
    return message(c, fields=["X-Halone-ID: " + uuid1(c.r, t, 0x005056000000 | c.r.getrandbits(24))])


@kind("qq.mid", 3, 2014, 2025)
def qq(c):
    """QQ: seconds between two letters t"""
    c.want(c.t // S * S, 1, "built|queued|received")
    return message(c, fields=["X-QQ-mid: %s%dt%dt%s" % (c.r.choice(("webmail", "bizesmtp", "bizesmtpip")), c.r.randrange(1, 900), c.t // S, text_of(c.r, B36, 7))])


DATED = (("X-Google-Original-Date", "built|compose|queued|received"), ("X-Original-Date", "built|compose"), ("Resent-Date", "queued|built|other|received"),
         ("X-List-Received-Date", "received|queued"), ("X-MDArrival-Date", "received|queued|stored"), ("X-Sent", "built|queued|compose|received"))


@kind("stated.other-dates", 12, 2003, 2022)
def dated(c):
    """other fields that state a date"""
    name, event = DATED[int(c.name.rsplit("-", 1)[1]) % 6]
    early = name in ("X-Google-Original-Date", "X-Original-Date", "X-Sent")
    t = (c.t if early else c.t + 3 * S) // S * S
    c.want(t, 1, event)
    line = "%s: %s" % (name, rfc(t, c.zone))
    if name == "Resent-Date":
        return message(c, top=[line, "Resent-From: <%s>" % c.sender, "Resent-To: <%s>" % c.rcpt])
    return message(c, fields=[line])


@kind("stated.x-apparently-to", 3, 2003, 2014)
def apparently(c):
    """Yahoo: to whom, from where, when"""
    t = (c.t + 4 * S) // S * S
    c.want(t, 1, "received|queued|stored")
    return message(c, top=["X-Apparently-To: %s@yahoo.com via 68.142.206.%d; %s" % (c.you, c.r.randrange(1, 250), rfc(t, pacific(t)))])


@kind("stated.x-greylist", 3, 2006, 2022)
def greylist(c):
    """milter-greylist says how long it held the message back and when it let it in"""
    t = (c.t + 320 * S) // S * S
    c.want(t, 1, "scanned|queued|received")
    return message(c, received=chain(c, delay=318 * S), fields=["X-Greylist: Delayed for 00:05:16 by milter-greylist-4.2.3 (mx1.%s [192.0.2.9]); %s" % (c.yours, rfc(t, c.zone))])


@kind("stated.from-line", 4, 1999, 2022)
def from_line(c):
    """an mbox separator: the recipient's wall clock, here universal time"""
    t = (c.t + 8 * S) // S * S
    c.want(t, 1, "stored|received", "server-zone")
    return message(c, separator="From %s  %s" % (c.sender, asctime(t)))


@kind("stated.delivery-date", 3, 2002, 2020)
def delivery(c):
    """Exim's Delivery-date"""
    t = (c.t + 8 * S) // S * S
    c.want(t, 1, "stored|received")
    return message(c, top=["Envelope-to: " + c.rcpt, "Delivery-date: " + rfc(t, c.zone)])


@kind("lotus.mimetrack", 4, 1999, 2012)
def mimetrack(c):
    """Lotus Domino: a wall clock in American order"""
    t = c.t // S * S
    c.want(wall(t, c.zone), 1, "queued|built|received|stored|other", "server-zone|sender-local")
    w = civil(t, c.zone)
    return message(c, fields=["X-MIMETrack: Serialize by Router on %s/%s(Release 5.0.8 |June 18, 2001) at\n %02d/%02d/%04d %02d:%02d:%02d %s" % (
        c.desk.upper(), c.family.title(), w.month, w.day, w.year, (w.hour + 11) % 12 + 1, w.minute, w.second, "AM" if w.hour < 12 else "PM")])


@kind("mbox.x-imapbase", 3, 2001, 2015)
def imapbase(c):
    """the first number is the folder's making, another event than the message's"""
    t = (c.t - c.r.randrange(1, 300) * DAY) // S * S
    c.want(t, 1, "other")
    return message(c, separator="From %s  %s" % (c.sender, asctime(c.t + 9 * S)), top=["X-IMAPbase: %d %d" % (t // S, c.r.randrange(1, 900)), "Status: RO"])


@kind("locaweb.envid", 3, 2021, 2024)
def locaweb(c):
    """Locaweb: seconds at the end"""
    c.want(c.t // S * S, 1, "queued|received|built")
    return message(c, fields=["X-Envid: %s-%d" % (hexes(c.r, 8), c.t // S)])


@kind("verp.g-ms", 3, 2014, 2024)
def verp_ms(c):
    """a return address that ends in milliseconds"""
    t = c.t // 10**6 * 10**6
    c.want(t, 1e-3, "built|queued")
    return message(c, top=["Return-Path: <g-%d-%d-%d-%d@bounce.%s>" % (c.r.randrange(10**8, 10**10), c.r.randrange(10**4, 10**6), c.r.randrange(10**6, 10**9), t // 10**6, c.mine)])


@kind("stated.x400-received", 2, 1998, 2004)
def x400(c):
    """an X.400 system's trace line"""
    t = c.t // S * S
    c.want(t, 1, "received|queued")
    return message(c, top=["X400-Received: by mta mta1 in /PRMD=%s/ADMD=relay400/C=de/; Relayed;\n %s" % (c.family, rfc(t, c.zone))])


@kind("stated.deferred-delivery", 2, 1999, 2010)
def deferred(c):
    """a moment before which the message was not to be sent"""
    t = (c.t - 100 * S) // S * S
    c.want(t, 1, "other|expires|compose|built|queued")
    return message(c, fields=["Deferred-Delivery: " + rfc(t, c.zone)])


@kind("stated.date", 6, 1998, 2024)
def plain_date(c):
    """the Date field itself, with a zone, without seconds, without a zone, in older forms"""
    n = int(c.name[-1])
    if n == 0:
        c.want(c.t // S * S, 1, "built|compose|queued")
        return message(c)
    if n == 1:
        c.want(c.t // MIN * MIN, 60, "built|compose|queued")
        return message(c, date=rfc(c.t, c.zone)[:-9] + " " + offset(c.zone))
    if n == 2:
        c.want(wall(c.t // S * S, c.zone), 1, "built|compose|queued", "sender-local")
        return message(c, date=rfc(c.t, c.zone)[:-6])
    if n == 3:
        c.want(c.t // S * S, 1, "built|compose|queued")
        return message(c, date=rfc(c.t, 0)[:-5] + "-0000")
    if n == 4:
        c.zone = pacific(c.t)
        c.want(c.t // S * S, 1, "built|compose|queued")
        return message(c, date=rfc(c.t, c.zone)[:-5] + ("PDT" if c.zone == -420 else "PST"))
    c.want(c.t // S * S, 1, "built|compose|queued")
    return message(c, date="%s GMT" % rfc(c.t)[:-6])


@kind("date.received", 3, 2001, 2024)
def stamp(c):
    """the date of a trace line"""
    t = (c.t + 2 * S) // S * S
    c.want(t, 1, "received")
    first = "from %s ([%s]) by smtp.%s; %s" % (c.desk, c.ip, c.mine, rfc(t, c.zone))
    return message(c, received=chain(c, first=first))
