"""Messages for the hidden-clock suite: people, hosts, trace lines, MIME bodies."""

import base64
import random

from clocklib import *  # noqa: F401,F403 - one vocabulary

GIVEN = ("anna", "bertil", "chiara", "dmitri", "elke", "farid", "greta", "hamid", "ines", "joost", "karin", "luis")
FAMILY = ("lindqvist", "marchetti", "okafor", "petersen", "quiroga", "rahman", "sato", "tanner", "ulrich", "varga")
PLACES = ("harbour-mill", "orchard-lane", "northgate", "stonebridge", "alder-press", "bluewater", "kestrel-lab", "oakfield")
TOPS = ("example", "test", "example.org", "example.net", "example.com")
TOPICS = ("minutes of the meeting", "delivery next week", "draft contract", "question about the invoice",
          "travel plans", "results of the second run", "photographs", "room for Thursday")
ZONES = (-480, -420, -360, -300, -240, -180, 0, 60, 120, 180, 330, 480, 540, 600)


class Case:
    """One case: who writes to whom at which time, and what is wanted."""

    def __init__(self, name, first=2012, last=2024, salt=""):
        self.name = name
        r = self.r = random.Random("clocks/" + salt + name)
        self.style = random.Random("style/" + salt + name)
        lo = at(first, 2, 1)
        self.t = r.randrange(lo, at(last, 11, 20)) // 100 * 100
        while abs(self.t - switch_of(self.t)) < DAY:
            self.t -= 2 * DAY
        self.zone = r.choice(ZONES)
        self.me, self.you = r.sample(GIVEN, 2)
        self.family = r.choice(FAMILY)
        mine, yours = r.sample(PLACES, 2)
        self.mine = "%s.%s" % (mine, r.choice(TOPS))
        self.yours = "%s.%s" % (yours, r.choice(TOPS))
        self.sender = "%s.%s@%s" % (self.me, self.family, self.mine)
        self.rcpt = "%s@%s" % (self.you, self.yours)
        self.ip = "192.0.2.%d" % r.randrange(1, 255)
        self.relay_ip = "198.51.100.%d" % r.randrange(1, 255)
        self.desk = r.choice(("desk", "pc", "laptop", "ws")) + str(r.randrange(2, 90))
        self.subject = r.choice(TOPICS)
        self.wants, self.liar, self.identifier, self.shift = [], None, None, None

    def want(self, t, precision, event, clock="utc", **more):
        """A reading that must be there; event and clock may offer a choice with |."""
        zone = "" if clock in ("sender-local", "server-zone") else "Z"
        self.wants.append(dict(time=iso(t, zone), clock=clock, precision_seconds=precision, event=event, **more))

    def local(self, t, precision, event, **more):
        """The same for a clock that shows the sender's wall time."""
        self.want(wall(t, self.zone), precision, event, "sender-local", **more)

    @property
    def year(self):
        return civil(self.t).year


def switch_of(t):
    """The nearest change of Pacific time: a wall time beside it may stand twice."""
    year = civil(t).year
    edges = [x for y in (year,) for x in range(at(y, 3, 1), at(y, 11, 12), HOUR) if pacific(x) != pacific(x - HOUR)]
    return min(edges, key=lambda e: abs(e - t))


# Trace lines.  start: reception began, end: the line's date.

def hop_postfix(c, start, end, helo, rdns, ip, by, zone=0, rcpt=None, long=False, auth=False, qid=None):
    qid = qid or (postfix_long if long else postfix_qid)(c.r, start)
    tls = "\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n\t(No client certificate requested)" if c.year > 2018 and not ip.startswith("127.") else ""
    login = "\n\t(Authenticated sender: %s)" % c.sender if auth else ""
    proto = "ESMTP" + ("S" if tls else "") + ("A" if auth else "")
    whom = "\n\tfor <%s>" % rcpt if rcpt else ""
    return "from %s (%s [%s])%s%s\n\tby %s (Postfix) with %s id %s%s; %s" % (
        helo, rdns, ip, tls, login, by, proto, qid, whom, rfc(end, zone))


# Versions by the first full year in which they existed; old queue ids are those of
# sendmail before 8.10, one letter of sequence those before 8.12.
SENDMAILS = ((1997, "8.8.5"), (2000, "8.9.3"), (2001, "8.11.0"), (2002, "8.11.6"), (2003, "8.12.6"), (2005, "8.13.1"),
             (2007, "8.13.8"), (2008, "8.14.1"), (2010, "8.14.4"), (2016, "8.15.2"), (2022, "8.17.1"))
EXIMS = ((1997, "1.73"), (1999, "2.05"), (2000, "3.12"), (2003, "3.36"), (2004, "4.30"), (2007, "4.63"), (2008, "4.68"), (2011, "4.72"),
         (2013, "4.80"), (2015, "4.84"), (2020, "4.92"), (2022, "4.94.2"), (2024, "4.97"))


def version_of(table, year):
    return [v for first, v in table if first <= max(year, 1997)][-1]


def sendmail_version(c):
    v = version_of(SENDMAILS, c.year)
    return "%s/%s" % (v, v)


def sendmail_id(c, t, zone):
    """A queue id as the sendmail of that year made it."""
    if c.year < 2001:
        return chr(65 + civil(t, zone).hour) + "AA%05d" % c.r.randrange(1000, 32000)
    return sendmail_qid(c.r, t, 1 if c.year < 2003 else 2)


def hop_sendmail(c, start, end, helo, rdns, ip, by, zone=0, rcpt=None, qid=None):
    qid = qid or sendmail_id(c, start, zone)
    whom = "\n\tfor <%s>" % rcpt if rcpt else ""
    name = rdns + " " if rdns != "unknown" else ""
    return "from %s (%s[%s])\n\tby %s (%s) with ESMTP id %s%s; %s" % (
        helo, name, ip, by, sendmail_version(c), qid, whom, rfc(end, zone))


def hop_exim(c, start, end, helo, rdns, ip, by, zone=0, rcpt=None, qid=None):
    version = version_of(EXIMS, c.year)
    if not qid:
        qid = exim497_qid(c.r, start) if version == "4.97" else exim_qid(c.r, start, c.year >= 2004)
    whom = " for %s" % rcpt if rcpt else ""
    if c.year < 2004:
        return "from %s ([%s] helo=%s)\n\tby %s with esmtp (Exim %s #1)\n\tid %s%s; %s" % (
            rdns, ip, helo, by, version, qid, " for <%s>" % rcpt if rcpt else "", rfc(end, zone))
    tls = "esmtps (TLSv1:AES256-SHA:256)" if c.year < 2016 else "esmtps (TLS1.2:ECDHE_RSA_AES_256_GCM_SHA384:256)"
    return "from %s ([%s] helo=%s)\n\tby %s with %s\n\t(Exim %s)\n\t(envelope-from <%s>)\n\tid %s%s; %s" % (
        rdns, ip, helo, by, tls, version, c.sender, qid, whom, rfc(end, zone))


def hop_lmtp(c, start, end, by, zone=0):
    return "from %s ([127.0.0.1])\n\tby %s with LMTP\n\tid %s\n\t(envelope-from <%s>)\n\tfor <%s>; %s" % (
        by, by, text_of(c.r, B62, 22), c.sender, c.rcpt, rfc(end, zone))


def chain(c, t=None, first=None, delay=None):
    """An ordinary way, newest line first: the sender's relay, the recipient's
    server, sometimes a filter and a mailbox.  first replaces the oldest line."""
    r, t = c.r, c.t if t is None else t
    t += r.randrange(1, 4) * S + r.randrange(S)
    out, mx = [], "mx1.%s" % c.yours
    relay = "smtp.%s" % c.mine
    if first:
        out.append(first)
    else:
        maker = r.choice((hop_sendmail, hop_exim) if c.year < 2002 else (hop_postfix, hop_exim, hop_sendmail))
        out.append(maker(c, t, t + r.randrange(1, 900) * S // 1000, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, relay,
                         c.zone, None if r.random() < .5 else c.rcpt))
    t += delay if delay is not None else r.randrange(1, 6) * S
    there = r.choice((-300, 0, 0, 60, 120))
    maker = r.choice((hop_sendmail, hop_exim) if c.year < 2002 else (hop_postfix, hop_exim, hop_sendmail, hop_long))
    out.append(maker(c, t, t + r.randrange(1, 1500) * S // 1000, relay, relay, c.relay_ip, mx, there, c.rcpt))
    if c.year >= 2004 and r.random() < .4:
        t += 2 * S + r.randrange(2 * S)
        out.append(hop_postfix(c, t, t + S // 2, "localhost", "localhost", "127.0.0.1", mx, there, c.rcpt))
    if c.year >= 2013 and r.random() < .3:
        t += S
        out.append(hop_lmtp(c, t, t + S // 3, mx, there))
    return out[::-1]


def hop_long(c, *args):
    """Long queue identifiers exist since Postfix 2.9 (2012)."""
    return hop_postfix(c, *args, long=c.year >= 2013)


def first_of(c, maker, **more):
    """A line of the sender's own relay by one maker, at the usual moment."""
    t = c.t + c.r.randrange(S // 10, 2 * S)
    relay = "smtp.%s" % c.mine
    return maker(c, t, t + c.r.randrange(1, 800) * S // 1000, c.desk, "%s.%s" % (c.desk, c.mine), c.ip, relay, c.zone, **more)


TEXT = "Good day,\n\nthank you for your letter. We will look into it and come back to you\nbefore the end of the week.\n\nKind regards\n"


def message(c, mid=None, mailer=None, agent=None, received=None, top=(), fields=(), kind=None, body=TEXT,
            date=None, frm=None, dateless=False, separator=None):
    """The whole message as text.  fields are further header lines, body is a
    text or the boundary and parts that multipart() made."""
    r = c.r
    received = chain(c) if received is None else received
    out = [separator] if separator else []
    out += ["Return-Path: <%s>" % c.sender] if not separator and not any(f.startswith("Return-Path") for f in top) else []
    out += list(top)
    out += ["Received: " + line for line in received]
    if not dateless:
        out.append("Date: " + (date or rfc(c.t, c.zone)))
    out += ["From: %s" % (frm or "%s %s <%s>" % (c.me.title(), c.family.title(), c.sender)),
            "To: %s <%s>" % (c.you.title(), c.rcpt), "Subject: " + c.subject]
    if mid is None:
        mid = plain_mid(c)
    if mid:
        # the field's name and folding are free (RFC 5322 1.2.2, 2.2.3)
        out.append(c.style.choice(("Message-ID: <%s>",) * 4 + ("Message-Id: <%s>", "Message-ID:\n <%s>", "message-id: <%s>")) % mid)
    out += ["X-Mailer: " + mailer] if mailer else []
    out += ["User-Agent: " + agent] if agent else []
    out += list(fields)
    out.append("MIME-Version: 1.0")
    out.append(kind or "Content-Type: text/plain; charset=us-ascii")
    return "\n".join(out) + "\n\n" + body


def plain_mid(c):
    """A Message-ID that holds no time: letters no counting system uses."""
    return "%s@%s" % (c.me + "-" + text_of(c.r, "ghjkmnpqrstvwxyz", 6), c.mine)


def multipart(boundary, parts=None, kind="alternative", more=""):
    """-> (Content-Type line, body).  parts are (header lines, text)."""
    if parts is None:
        parts = [("Content-Type: text/plain; charset=us-ascii", TEXT),
                 ("Content-Type: text/html; charset=us-ascii", "<html><body><p>Good day,</p><p>thank you.</p></body></html>\n")]
    body = "".join("--%s\n%s\n\n%s\n" % (boundary, head, text) for head, text in parts)
    form = ('Content-Type: multipart/%s;\n\tboundary="%s"%s', 'Content-Type: multipart/%s; boundary="%s"%s',
            'Content-type: Multipart/%s;\n Boundary="%s"%s')[len(boundary) % 3]
    return (form % (kind, boundary, more),
            "This is a multi-part message in MIME format.\n\n%s--%s--\n" % (body, boundary))


def attached(data, ctype, name, disposition=None):
    """One base64 part."""
    lines = base64.encodebytes(data).decode()
    head = 'Content-Type: %s; name="%s"\nContent-Transfer-Encoding: base64\n%s' % (
        ctype, name, disposition or 'Content-Disposition: attachment; filename="%s"' % name)
    return head, lines


def with_parts(c, parts, **more):
    """A message with the usual text and these parts, its boundary without time."""
    kind, body = multipart("outer-" + text_of(c.r, "ghjkmnpqrstvwxyz", 12),
                           [("Content-Type: text/plain; charset=us-ascii", TEXT)] + parts, "mixed")
    return message(c, kind=kind, body=body, **more)
