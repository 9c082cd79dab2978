"""Helpers of the hidden-clock suite: times, number systems, trace lines, messages.

A time is an integer count of nanoseconds since 1970 in UTC; a wall time is the same
count moved by the zone.  Every case has a random generator seeded with its own name,
so that a new case leaves all others as they are.
"""

import datetime
import random

S = 10**9
MIN, HOUR, DAY = 60 * S, 3600 * S, 86400 * S
EPOCH = datetime.datetime(1970, 1, 1)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

B36 = "0123456789abcdefghijklmnopqrstuvwxyz"
B62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
B52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
SENDMAIL = B62[:60]
ZMAILER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123abcdefghijklmnopqrstuvwxyz456789"
GNUS = B36[::-1]
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
B32HEX = "0123456789abcdefghijklmnopqrstuv"


def at(year, month=1, day=1, hour=0, minute=0, second=0, ns=0):
    d = datetime.datetime(year, month, day, hour, minute, second) - EPOCH
    return (d.days * 86400 + d.seconds) * S + ns


def civil(t, zone=0):
    """The calendar date of t on a clock `zone` minutes east of Greenwich."""
    return EPOCH + datetime.timedelta(seconds=t // S + zone * 60)


def wall(t, zone):
    return t + zone * MIN


def ymd(t, form="%Y%m%d%H%M%S", zone=0):
    return civil(t, zone).strftime(form)


def offset(zone):
    return "%s%02d%02d" % ("-" if zone < 0 else "+", abs(zone) // 60, abs(zone) % 60)


def rfc(t, zone=0, comment="", pad=False):
    d = civil(t, zone)
    return "%s, %s %s %d %02d:%02d:%02d %s%s" % (
        DAYS[d.weekday()], ("%02d" if pad else "%d") % d.day, MONTHS[d.month - 1], d.year,
        d.hour, d.minute, d.second, offset(zone), comment and " (%s)" % comment)


def asctime(t, zone=0):
    d = civil(t, zone)
    return "%s %s %2d %02d:%02d:%02d %d" % (
        DAYS[d.weekday()], MONTHS[d.month - 1], d.day, d.hour, d.minute, d.second, d.year)


def iso(t, zone="Z"):
    text = ymd(t, "%Y-%m-%dT%H:%M:%S")
    frac = ("%09d" % (t % S)).rstrip("0")
    return text + (frac and "." + frac) + zone


def filetime(t):
    return t // 100 + 11644473600 * 10**7


def of_filetime(v):
    return (v - 11644473600 * 10**7) * 100


def ticks(t):
    return t // 100 + 621355968000000000


def in_base(v, alphabet, width=0):
    out = ""
    while v or not out:
        v, d = divmod(v, len(alphabet))
        out = alphabet[d] + out
    return out.rjust(width, alphabet[0])


def uuid1(r, t, node=None):
    """-> (text, the time it holds): version 1 counts 100 ns."""
    v = t // 100 + 0x01B21DD213814000
    node = r.getrandbits(48) | 1 << 40 if node is None else node
    return "%08x-%04x-1%03x-%04x-%012x" % (
        v & 0xFFFFFFFF, v >> 32 & 0xFFFF, v >> 48, 0x8000 | r.getrandbits(14), node)


def uuid6(r, t):
    v = t // 100 + 0x01B21DD213814000
    return "%08x-%04x-6%03x-%04x-%012x" % (
        v >> 28, v >> 12 & 0xFFFF, v & 0xFFF, 0x8000 | r.getrandbits(14), r.getrandbits(48))


def uuid7(r, ms):
    return "%08x-%04x-7%03x-%04x-%012x" % (
        ms >> 16, ms & 0xFFFF, r.getrandbits(12), 0x8000 | r.getrandbits(14), r.getrandbits(48))


def uuid4(r, ok=lambda text: True):
    while True:
        text = "%08x-%04x-4%03x-%04x-%012x" % (
            r.getrandbits(32), r.getrandbits(16), r.getrandbits(12), 0x8000 | r.getrandbits(14), r.getrandbits(48))
        if ok(text):
            return text


def hexes(r, n):
    return "".join(r.choice("0123456789abcdef") for _ in range(n))


def text_of(r, alphabet, n):
    return "".join(r.choice(alphabet) for _ in range(n))


def number(r, digits):
    return str(r.randrange(10 ** (digits - 1), 10**digits))


def pacific(t):
    """Minutes from UTC on the United States' west coast."""
    year = civil(t).year

    def sunday(month, nth):
        days = [d for d in range(1, 32) if _is_sunday(year, month, d)]
        return at(year, month, days[nth])

    start, end = (sunday(3, 1), sunday(11, 0)) if year >= 2007 else (sunday(4, 0), sunday(10, -1))
    return -420 if start + 10 * HOUR <= t < end + 9 * HOUR else -480


def _is_sunday(year, month, day):
    try:
        return datetime.date(year, month, day).weekday() == 6
    except ValueError:
        return False


# Queue identifiers.  Each returns text for a message that arrives at t.

def sendmail_qid(r, t, seqs=2):
    d = civil(t)
    seq = text_of(r, SENDMAIL, seqs)
    head = "".join(SENDMAIL[v] for v in ((d.year - 1900) % 60, d.month - 1, d.day, d.hour, d.minute, d.second))
    return head + seq + ("%06d" if seqs == 2 else "%05d") % r.randrange(300, 32000)


def postfix_qid(r, t):
    return "%05X" % (t % S // 1000) + "%X" % r.randrange(16**3, 16**6)


def postfix_long(r, t):
    return (in_base(t // S, B52, 6) + in_base(t % S // 1000, B52, 4) + "z"
            + in_base(r.randrange(51**2, 51**4), B52[:51]))


def exim_qid(r, t, units=True):
    last = in_base(t % S // 500000, B62, 2) if units else "00"
    return "%s-%s-%s" % (in_base(t // S, B62, 6), in_base(r.randrange(3000, 31000), B62, 6), last)


def exim497_qid(r, t):
    return "%s-%s-%s" % (in_base(t // S, B62, 6), in_base(r.randrange(2000, 4000000), B62, 11),
                         in_base(t % S // 1000, B62, 4))


def gnus_id(r, t, uid=1000):
    n = r.randrange(25)
    s = t // S
    return (in_base(uid, GNUS) + in_base((s >> 16) + (n % 25 << 16), GNUS, 4)
            + in_base((s & 0xFFFF) + (r.randrange(3) << 16), GNUS, 4))


def gmail_us(r, t):
    us = t // 1000
    return "000000000000%06x%08x%02x" % (us & 0xFFFFFF, us >> 24, r.getrandbits(8))


def iplanet_id(r, t):
    v = in_base(t // S, B36.upper(), 6)
    upper = B36.upper()
    return "0" + v[:3] + "00" + text_of(r, upper, 3) + v[3:] + text_of(r, upper, r.randrange(2, 6))


def lotus_date(t, zone):
    """-> (zone and day, time of day) as Lotus writes a TIMEDATE."""
    return "%s%06X" % (zone, t // DAY + 2440588), "%08X" % (t % DAY // (S // 100))
