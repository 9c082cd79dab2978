"""Honest messages: the scenes of the lies with nothing moved, and true oddities."""

from clockmsg import *  # noqa: F401,F403
from clockscenes import SCENES, three
import cases_clock_bodies as bodies
import cases_clock_bounds as bounds
import cases_clock_fields as fields_
import cases_clock_ids as ids
import cases_clock_trace as trace

CASES = []


def unmoved(f):
    return lambda c: f(c, 0)


for _name, (_f, _first, _last) in SCENES.items():
    CASES.append((_name, "honest", 2, _first, _last, unmoved(_f), "the unmoved scene " + _name.replace("_", " ")))


def odd(n=2, first=2008, last=2024):
    def register(f):
        CASES.append((f.__name__, "honest", n, first, last, f, f.__doc__))
        return f
    return register


def camel(c, t=None):
    return "%d.%d.3.camel@%s" % ((t or c.t) // S, c.r.randrange(300, 32000), ids.host(c))


def pine_mid(c, t):
    return "Pine.LNX.4.44.%s0.%d-100000@%s" % (ymd(t, "%y%m%d%H%M%S", c.zone), c.r.randrange(300, 32000), ids.host(c))


@odd(3, 2000, 2005)
def pine_hours(c):
    """writing began hours before it was sent"""
    return message(c, mid=pine_mid(c, c.t - c.r.randrange(2, 9) * HOUR))


@odd(2, 2000, 2005)
def pine_draft(c):
    """a draft kept for two days"""
    return message(c, mid=pine_mid(c, c.t - 50 * HOUR))


@odd(2, 2000, 2006)
def eudora_draft(c):
    """a draft of Eudora kept for two days"""
    return message(c, mid="5.1.0.14.2.%s.%08x@mail.%s" % (ymd(c.t - 49 * HOUR, zone=c.zone), c.r.getrandbits(27), c.mine), mailer="QUALCOMM Windows Eudora Version 5.1")


@odd(3, 2006, 2022)
def thread_draft(c):
    """an answer begun two days before it was sent"""
    gap = 9 * DAY
    b, _ = trace.root6(c.t - 50 * HOUR - gap, trace.guid(c.r))
    block, _ = trace.child6(c.r, gap)
    return message(c, mailer="Microsoft Outlook 14.0", fields=["Thread-Index: " + trace.b64(b + block)], mid=camel(c))


@odd(3, 2013, 2024)
def thread_old(c):
    """an answer in a conversation of last year"""
    if c.r.random() < .5:
        b, _ = trace.root6(c.t - 380 * DAY, trace.guid(c.r))
        block, _ = trace.child6(c.r, 380 * DAY - 4 * MIN)
    else:
        b, _ = trace.root5(c.t - 380 * DAY, trace.guid(c.r))
        block, _ = trace.child5(c.r, b, c.t - 4 * MIN)
    c.subject = "RE: " + c.subject
    return message(c, mailer="Microsoft Outlook 16.0", fields=["Thread-Index: " + trace.b64(b + block)])


@odd(3, 2008, 2024)
def old_images(c):
    """images of a signature that was put together months ago and is copied along"""
    v = filetime(c.t - c.r.randrange(60, 500) * DAY)
    cid = "image001.png@%08X.%08X" % (v >> 32, v & 0xFFFFFFFF)
    return with_parts(c, [("Content-Type: image/png\nContent-ID: <%s>\nContent-Transfer-Encoding: base64" % cid, "iVBORw0KGgo=\n")],
                      mailer="Microsoft Outlook 16.0", mid=camel(c))


def listed(c, wait, to_list):
    """The way over a list: in, a pause, out."""
    q = c.t + 2 * S
    host = "lists.%s" % c.mine
    into = hop_postfix(c, q, q + S // 2, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, host, 0, to_list)
    q += wait
    loop = hop_postfix(c, q, q + S // 2, host, "localhost", "127.0.0.1", host, 0, c.rcpt)
    q += 2 * S
    return [hop_exim(c, q, q + S // 2, host, host, c.relay_ip, "mx1." + c.yours, 60, c.rcpt), loop, into], q


@odd(3, 2006, 2022)
def list_delay(c):
    """a moderated list let the message through after three days"""
    received, _ = listed(c, 3 * DAY + c.r.randrange(HOUR), "%s-users@lists.%s" % (c.family, c.mine))
    return message(c, received=received, mid=camel(c), fields=["List-Id: <%s-users.lists.%s>" % (c.family, c.mine), "Precedence: list", "Sender: %s-users-bounces@lists.%s" % (c.family, c.mine)])


@odd(2, 2014, 2024)
def list_signs(c):
    """a list signs again, a day after the author's signature"""
    received, q = listed(c, DAY, "%s-users@lists.%s" % (c.family, c.mine))
    again = fields_.dkim("DKIM-Signature", c, q - S).replace("d=" + c.mine, "d=lists." + c.mine)
    return message(c, received=received, mid=camel(c), top=[again], fields=[fields_.dkim("DKIM-Signature", c, c.t), "List-Id: <%s-users.lists.%s>" % (c.family, c.mine)])


@odd(3, 2006, 2022)
def greylisting(c):
    """held back for half an hour"""
    wait = 30 * MIN + c.r.randrange(200) * S
    return message(c, received=chain(c, delay=wait), mid=camel(c), fields=["X-Greylist: Delayed for 00:%02d:%02d by milter-greylist-4.2.3 (mx1.%s [192.0.2.9]); %s" % (
        wait // MIN, wait % MIN // S, c.yours, rfc(c.t + wait + 3 * S, c.zone))])


@odd(4, 2004, 2022)
def sender_clock(c):
    """the sender's computer is four minutes wrong, in all that it writes"""
    wrong = c.r.choice((-240, 240)) * S
    text = message(c, date=rfc(c.t + wrong, c.zone), mid=camel(c, c.t + wrong))
    return text


@odd(3, 2004, 2012)
def sender_clock_outlook(c):
    """the same with Outlook's three clocks"""
    wrong = c.r.choice((-230, 200)) * S
    received = chain(c)
    c.t += wrong
    ctype, body = multipart(bounds.outlook_boundary(c.r, wall(c.t, c.zone)))
    return message(c, received=received, kind=ctype, body=body, mid=ids.outlook_mid(c, c.t), mailer="Microsoft Outlook Express 6.00.2900.2180")


@odd(4, 2004, 2022)
def server_ahead(c):
    """one server's clock is 90 seconds ahead, in its date and in its queue id"""
    q, n = c.t + S, c.r.randrange(2)
    a = hop_sendmail(c, q + 90 * S * (n == 0), q + 90 * S * (n == 0), c.desk, "%s.%s" % (c.desk, c.mine), c.ip, "smtp." + c.mine, c.zone)
    q += 2 * S
    b = hop_sendmail(c, q + 90 * S * (n == 1), q + 90 * S * (n == 1), "smtp." + c.mine, "smtp." + c.mine, c.relay_ip, "relay.stonehall.example", 0)
    q += 2 * S
    last = hop_postfix(c, q, q + S, "relay.stonehall.example", "relay.stonehall.example", "198.51.100.9", "mx1." + c.yours, 60, c.rcpt)
    return message(c, received=[last, b, a], mid=camel(c))


@odd(3, 2004, 2022)
def queued_days(c):
    """the recipient's server was down: four days in the sender's queue"""
    return message(c, received=chain(c, delay=4 * DAY + c.r.randrange(HOUR)), mid=camel(c))


@odd(2, 2004, 2018)
def outbox(c):
    """written on a train, sent the next morning"""
    later = c.t + 14 * HOUR
    return message(c, received=chain(c, t=later), mid=camel(c))


@odd(3, 2014, 2024)
def newsletter(c):
    """a mailing's job made its Message-ID twenty minutes before this copy went out"""
    t = c.t - 20 * MIN
    if c.r.random() < .5:
        return message(c, mid="%d.%s@bf07x.hubspotemail.net" % (t // 10**6, uuid4(c.r)))
    return message(c, mid="%d.7.%d.JavaMail.root@%s" % (c.r.randrange(10**8), t // 10**6, c.mine), fields=["List-Unsubscribe: <mailto:leave@%s>" % c.mine, "Precedence: bulk"])


@odd(3, 2008, 2022)
def git_series(c):
    """patches of one series share the second of the first; the last goes out later"""
    n = c.r.randrange(2, 30)
    t = c.t - n * 2 * S - c.r.randrange(60) * S
    mid = "%d-%d-%d-git-send-email-%s" % (t // S, c.r.randrange(300, 32000), n, c.sender) if c.year < 2016 else "%s.%d-%d-%s" % (ymd(t), c.r.randrange(300, 32000), n, c.sender)
    return message(c, mid=mid, mailer="git-send-email 1.7.0.4" if c.year < 2016 else "git-send-email 2.17.1",
                   fields=["References: <cover.%d.git.%s>" % ((t - 300 * S) // S, c.sender)])


@odd(3, 2002, 2018)
def local_server(c):
    """the mailbox's separator is the recipient's wall clock, eight hours away"""
    zone = c.r.choice((-480, 600, 330))
    return message(c, separator="From %s  %s" % (c.sender, asctime(c.t + 12 * S, zone)), mid=camel(c))


@odd(3, 2002, 2014)
def retrieval(c):
    """fetched out of the mailbox weeks later"""
    q = c.t + c.r.randrange(14, 50) * DAY
    fetch = "from mail.%s [192.0.2.66]\n\tby localhost with POP3 (fetchmail-6.3.8)\n\tfor <%s@localhost> (single-drop); %s" % (c.yours, c.you, rfc(q, 60))
    return message(c, received=[fetch] + chain(c), mid=camel(c))


@odd(3, 2004, 2022)
def dsn_old(c):
    """a report about a message that waited for five days"""
    relay = "smtp.%s" % c.mine
    began, qid = c.t - 5 * DAY, postfix_qid(c.r, c.t)
    ctype, body = bounds.dsn(c, "%s.%d/%s" % (postfix_qid(c.r, began), c.t // S, relay), began, relay)
    first = "by %s (Postfix)\n\tid %s; %s" % (relay, qid, rfc(c.t, c.zone))
    return message(c, kind=ctype, body=body, mid="%s.%s@%s" % (ymd(c.t), qid, relay), received=chain(c, first=first), frm="MAILER-DAEMON@" + relay, top=["Return-Path: <>"])


@odd(3, 2008, 2022)
def invitation(c):
    """an invitation whose event was made weeks before, for next month"""
    made, z = c.t - 20 * DAY, "%Y%m%dT%H%M%SZ"
    body = ("BEGIN:VCALENDAR\nPRODID:-//Example//Calendar//EN\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:%s@%s\nDTSTAMP:%s\nCREATED:%s\n"
            "LAST-MODIFIED:%s\nDTSTART:%s\nDTEND:%s\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n" % (
                text_of(c.r, "ghjkmnpqrst", 16), c.mine, ymd(c.t - S, z), ymd(made, z), ymd(made, z), ymd(c.t + 30 * DAY, z), ymd(c.t + 30 * DAY + HOUR, z)))
    return with_parts(c, [("Content-Type: text/calendar; charset=us-ascii; method=REQUEST", body)], mid=camel(c))


@odd(3, 2004, 2022)
def old_attachment(c):
    """a document of years ago"""
    made = c.t - 1500 * DAY
    disp = 'Content-Disposition: attachment; filename="plan.bin";\n\tcreation-date="%s";\n\tmodification-date="%s"' % (rfc(made, c.zone), rfc(made + DAY, c.zone))
    zipped = attached(bodies.zipped("notes.txt", b"old notes\n", wall(made, c.zone) // (2 * S) * 2 * S), "application/zip", "notes.zip")
    return with_parts(c, [attached(bodies.noise(c.r, 64), "application/octet-stream", "plan.bin", disp), zipped], mid=camel(c))


@odd(3, 2006, 2022)
def forwarded_message(c):
    """an older message goes along whole, with its own clocks"""
    now = c.t
    c.t -= 200 * DAY
    old = message(c, mid=camel(c))
    c.t = now
    return with_parts(c, [("Content-Type: message/rfc822", old)], mid=camel(c))


@odd(2, 2006, 2022)
def resent(c):
    """sent on by the recipient two weeks later, with Resent fields"""
    q = c.t + 15 * DAY
    again = hop_postfix(c, q, q + S, "ws5", "ws5." + c.yours, "192.0.2.99", "mx1." + c.yours, 60, "third@" + c.yours)
    return message(c, received=[again] + chain(c), mid=camel(c), top=["Resent-From: <%s>" % c.rcpt, "Resent-To: <third@%s>" % c.yours, "Resent-Date: " + rfc(q - S, 60)])


@odd(2, 2001, 2012)
def zone_unknown(c):
    """a Date that admits no zone, and one in the old form"""
    if c.name.endswith("0"):
        return message(c, date=rfc(c.t, 0)[:-5] + "-0000", mid=camel(c))
    return message(c, date=rfc(c.t, 0)[:-6], mid=camel(c))


@odd(2, 2019, 2025)
def fleet_skew(c):
    """two servers of one provider differ by seven seconds"""
    q = c.t + S
    first = hop_postfix(c, q, q, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, "smtp." + c.mine, c.zone)
    lines = trace.exo_lines(c, q + 9 * S)
    lines[0] = lines[0].rsplit("; ", 1)[0] + "; " + rfc(q + 3 * S)
    return message(c, received=lines + [first], mid=camel(c))


@odd(2, 2019, 2025)
def logon_months(c):
    """the recipient had not logged in for months"""
    d = civil(c.t - 70 * DAY)
    return fields_.exchange_message(c, ["X-MS-UserLastLogonTime: %d/%d/%d 9:15:00 AM" % (d.month, d.day, d.year)])


@odd(2, 2000, 2008)
def old_store(c):
    """an Exchange store made years ago names its messages"""
    raw = bytes.fromhex(uuid1(c.r, c.t - 900 * DAY, 0x000BCD123456).replace("-", ""))
    guid = (raw[3::-1] + raw[5:3:-1] + raw[7:5:-1] + raw[8:]).hex().upper()
    return message(c, mid="%s0A1B2C@exch1.%s" % (guid, c.mine), mailer="Internet Mail Service (5.5.2653.19)")


@odd(2, 2014, 2024)
def dkim_expires(c):
    """a signature valid for a week"""
    return message(c, mid=camel(c), fields=[fields_.dkim("DKIM-Signature", c, c.t, " x=%d;" % (c.t // S + 604800))])


@odd(2, 2003, 2014)
def mailbox_base(c):
    """a folder made years ago, in a mailbox file"""
    return message(c, separator="From %s  %s" % (c.sender, asctime(c.t + 9 * S)), top=["X-IMAPbase: %d 4711" % (c.t // S - 10**8), "Status: RO"], mid=camel(c))


@odd(1, 2010, 2020)
def leap_second(c):
    """the last minute of 2016 had 61 seconds (RFC 5322 3.3)"""
    c.t, c.zone = at(2017) - S // 2, 0
    return message(c, date="Sat, 31 Dec 2016 23:59:60 +0000", mid=camel(c))


@odd(2, 1997, 1999)
def two_digit_year(c):
    """a year of two digits (RFC 5322 4.3)"""
    d = civil(c.t, c.zone)
    return message(c, date="%s, %d %s %02d %02d:%02d:%02d %s" % (DAYS[d.weekday()], d.day, MONTHS[d.month - 1], d.year % 100, d.hour, d.minute, d.second, offset(c.zone)), mid=camel(c))


@odd(3, 2001, 2004)
def early_server(c):
    """servers of 2002 kept worse time: eight minutes ahead, in date and queue id"""
    q, wrong = c.t + S, 8 * MIN
    a = hop_sendmail(c, q + wrong, q + wrong, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, "smtp." + c.mine, c.zone)
    b = hop_sendmail(c, q + 3 * S, q + 3 * S, "smtp." + c.mine, "smtp." + c.mine, c.relay_ip, "mx1." + c.yours, 60, c.rcpt)
    return message(c, received=[b, a], mid=camel(c))


@odd(3, 2001, 2004)
def early_desktop(c):
    """a desktop of 2002, forty minutes slow in all that it wrote"""
    wrong = -40 * MIN
    return message(c, date=rfc(c.t + wrong, c.zone), mid=camel(c, c.t + wrong))


@odd(3, 2004, 2022)
def slow_transfer(c):
    """a large message took twelve minutes: the queue id is of the beginning, the date of the end"""
    q = c.t + S
    maker = c.r.choice((hop_sendmail, hop_exim))
    first = maker(c, q, q + 12 * MIN, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, "smtp." + c.mine, c.zone)
    return message(c, received=chain(c, t=q + 12 * MIN, first=first), mid=camel(c))


@odd(2, 2010, 2024)
def powermta_queue(c):
    """PowerMTA kept it for fifty minutes"""
    q = c.t // S * S
    qid = "h" + in_base(q // (S // 2) % 2**25, B32HEX, 5) + text_of(c.r, B32HEX, 6)
    first = "from app1.%s (%s)\n\tby mta3.%s (PowerMTA(TM) v4.5) id %s\n\tfor <%s>; %s\n\t(envelope-from <%s>)" % (
        c.mine, c.ip, c.mine, qid, c.rcpt, rfc(q + 50 * MIN, c.zone), c.sender)
    return message(c, received=chain(c, t=q + 50 * MIN, first=first), mid=camel(c))


@odd(2, 2016, 2024)
def thread_ancient(c):
    """an answer in a conversation of eleven years ago"""
    gap = 4000 * DAY
    b, _ = trace.root6(c.t - gap - 3 * MIN, trace.guid(c.r))
    block, _ = trace.child6(c.r, gap)
    c.subject = "RE: " + c.subject
    return message(c, mailer="Microsoft Outlook 14.0", fields=["Thread-Index: " + trace.b64(b + block)], mid=camel(c))


def zip_at(c, w):
    return with_parts(c, [attached(bodies.zipped("notes.txt", b"fresh notes\n", w // (2 * S) * 2 * S), "application/zip", "notes.zip")], mid=camel(c))


@odd(2, 2006, 2022)
def zip_fresh(c):
    """packed a minute before sending, far in the east: the wall clock reads later than universal time"""
    c.zone = 600
    return zip_at(c, wall(c.t - MIN, 600))


@odd(2, 2006, 2022)
def zip_elsewhere(c):
    """packed an hour before by a colleague in Tokyo, sent on from New York"""
    c.zone = -300
    return zip_at(c, wall(c.t - HOUR, 540))


@odd(2, 2006, 2016)
def camera_elsewhere(c):
    """the camera was never set to the zone of the journey"""
    c.zone = -480
    data = bodies.jpeg(bodies.tiff(ymd(c.t - HOUR, "%Y:%m:%d %H:%M:%S", 60)))
    return with_parts(c, [attached(data, "image/jpeg", "photo.jpg")], mid=camel(c))


@odd(2, 2014, 2024)
def gateway_signs(c):
    """the gateway behind the first server signs, twenty seconds later"""
    q = c.t + S
    a = hop_postfix(c, q, q, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, "smtp." + c.mine, c.zone)
    b = hop_postfix(c, q + 20 * S, q + 21 * S, "smtp." + c.mine, "smtp." + c.mine, c.relay_ip, "gate." + c.mine, c.zone)
    last = hop_exim(c, q + 23 * S, q + 24 * S, "gate." + c.mine, "gate." + c.mine, "198.51.100.9", "mx1." + c.yours, 60, c.rcpt)
    return message(c, received=[last, b, a], mid=camel(c), fields=[fields_.dkim("DKIM-Signature", c, q + 21 * S)])


@odd(2, 2020, 2025)
def quarantine(c):
    """held in quarantine for three days after it had arrived"""
    text = fields_.exchange_message(c, ["X-MS-Exchange-CrossTenant-OriginalArrivalTime: %s (UTC)" % fields_.ms_date((c.t + 3 * S) // 10**5 * 10**5)])
    late = "Received: from BL0PR11MB3122.namprd11.prod.outlook.com (::1) by\n SN6PR11MB2547.namprd11.prod.outlook.com with HTTPS; %s\n" % rfc(c.t + 3 * DAY)
    first = text.index("Received: ")
    return text[:first] + late + text[first:]


@odd(2, 2004, 2016)
def imported(c):
    """put into a mailbox file years later, when the mail moved house"""
    return message(c, separator="From %s  %s" % (c.sender, asctime(c.t + 1300 * DAY)), mid=camel(c))


@odd(2, 2012, 2024)
def delayed_delivery(c):
    """written in the evening, to be sent in the morning; the root of the conversation is of the evening"""
    b, _ = trace.root6(c.t - 13 * HOUR, trace.guid(c.r))
    return message(c, mailer="Microsoft Outlook 16.0", mid=camel(c), fields=["Thread-Index: " + trace.b64(b), "Deferred-Delivery: " + rfc(c.t - 30 * S, c.zone)])


@odd(2, 2004, 2022)
def long_draft(c):
    """a draft of Lotus Notes or Outlook kept for nine days"""
    if c.r.random() < .5:
        one, two = lotus_date(c.t - 9 * DAY, "C1"), lotus_date(c.t - S, "C1")
        return message(c, mid="OF12345678.9ABCDEF0-ON%s.%s-%s.%s@%s" % (*one, *two, c.mine), mailer="Lotus Notes Release 8.5.1 September 28, 2009")
    b, _ = trace.root6(c.t - 9 * DAY, trace.guid(c.r))
    return message(c, mailer="Microsoft Outlook 14.0", mid=camel(c), fields=["Thread-Index: " + trace.b64(b)])
