"""What the lines of mail servers are made of: dates, zones, releases, queue identifiers.

Times are Unix seconds on the clock of the host that writes; an identifier that holds
a time always holds that host's own time, as in life.
"""

import calendar
import datetime

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()

# name: (minutes east in winter, winter name, summer name, rule of summer time)
ZONES = {
    "utc": (0, "UTC", None, None),
    "london": (0, "GMT", "BST", "eu"),
    "berlin": (60, "CET", "CEST", "eu"),
    "helsinki": (120, "EET", "EEST", "eu"),
    "newyork": (-300, "EST", "EDT", "us"),
    "chicago": (-360, "CST", "CDT", "us"),
    "pacific": (-480, "PST", "PDT", "us"),
    "tokyo": (540, "JST", None, None),
    "china": (480, "CST", None, None),
    "india": (330, "IST", None, None),
    "brazil": (-180, "-03", None, None),
    "pretoria": (120, "SAST", None, None),
}


def unix(text):
    """'2023-05-04 12:30:15' in UTC."""
    return calendar.timegm(datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S").timetuple())


def utc(t):
    return datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=int(t))


def sunday(year, month, nth):
    """Day of the nth Sunday, -1 for the last."""
    days = [d for d in calendar.Calendar().itermonthdates(year, month) if d.month == month and d.weekday() == 6]
    return days[nth if nth < 0 else nth - 1]


def summer(rule, t):
    d = utc(t)
    if rule == "eu":
        lo, hi = sunday(d.year, 3, -1), sunday(d.year, 10, -1)
    elif d.year >= 2007:
        lo, hi = sunday(d.year, 3, 2), sunday(d.year, 11, 1)
    else:
        lo, hi = sunday(d.year, 4, 1), sunday(d.year, 10, -1)
    return lo < d.date() < hi


def zone_of(zone, t):
    """(minutes, name) of a named zone at t; a tuple is taken as it is."""
    if isinstance(zone, tuple):
        return zone
    base, winter, summer_name, rule = ZONES[zone]
    if rule and summer(rule, t):
        return base + 60, summer_name
    return base, winter


def stamp(t, zone, comment=False, day="%d", weekday=True):
    """A date as in RFC 5322; day is '%d', '%02d' or '%2d' after the software's habit."""
    off, name = zone_of(zone, t)
    d = utc(int(t) + off * 60)
    text = "%s %s %d %02d:%02d:%02d %s%02d%02d" % (
        day % d.day, MONTHS[d.month - 1], d.year, d.hour, d.minute, d.second,
        "-" if off < 0 else "+", abs(off) // 60, abs(off) % 60)
    if weekday:
        text = DAYS[d.weekday()] + ", " + text
    return text + (" (%s)" % name if comment and name else "")


def rfc3339(t):
    return utc(t).strftime("%Y-%m-%dT%H:%M:%SZ")


# Alphabets of queue ids.
B62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
B60 = B62[:60]
B52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
B51 = B52[:51]
B36 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
B32HEX = "0123456789abcdefghijklmnopqrstuv"
ZM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123abcdefghijklmnopqrstuvwxyz456789"


def base(n, digits, width=0):
    out = ""
    while n or len(out) < width or not out:
        n, r = divmod(n, len(digits))
        out = digits[r] + out
    return out


# Versions in use from a year on: none is older than its release.
VERSIONS = {
    "exim": [(1999, "3.12"), (2002, "3.35"), (2003, "3.36"), (2005, "4.43"), (2008, "4.69"), (2011, "4.72"), (2013, "4.80.1"),
             (2016, "4.84"), (2019, "4.90_1"), (2022, "4.94.2"), (2024, "4.97.1"), (2025, "4.98")],
    "sendmail": [(1999, "8.9.3"), (2002, "8.11.6"), (2004, "8.12.9"), (2005, "8.13.1"), (2007, "8.13.8"), (2010, "8.14.4"),
                 (2014, "8.14.7"), (2016, "8.15.2"), (2022, "8.17.1")],
    "exchange": [(2008, "8.1.240.5"), (2011, "14.1.218.12"), (2015, "14.3.224.2"), (2018, "15.0.1293.2"), (2020, "15.1.1713.5"), (2023, "15.1.2507.17")],
    "smtpsvc": [(1999, "5.0.2195.2966"), (2004, "5.0.2195.6713"), (2005, "6.0.3790.211"), (2008, "6.0.3790.3959"), (2014, "8.5.9600.16384")],
    "domino": [(1999, "5.0.2"), (2003, "5.0.10"), (2006, "6.5.4"), (2009, "8.0.2"), (2014, "8.5.3FP6")],
    "powermta": [(2001, "1.5"), (2008, "3.2r16"), (2011, "3.5r16"), (2015, "4.0r6"), (2019, "4.5r8")],
    "momentum": [(2008, "2.2.2.39 r()"), (2014, "3.5.7.38974 r(Platform:3.5.7.0)"), (2019, "4.2.38.62370 r(:)")],
    "communigate": [(1999, "3.5.9"), (2003, "4.0.6"), (2006, "5.0.9"), (2012, "5.4.4"), (2019, "6.1.2")],
    "mdaemon": [(2003, "PRO.v6.0.7.R"), (2010, "PRO v10.1.2"), (2016, "PRO v15.0.0")],
    "fetchmail": [(1999, "5.9.0"), (2004, "6.2.5"), (2010, "6.3.9"), (2014, "6.3.26"), (2022, "6.4.22")],
    "haraka": [(2015, "2.2.8"), (2019, "2.8.16"), (2022, "2.8.28")],
}


def version_of(soft, t):
    year = utc(t).year
    return [v for y, v in VERSIONS[soft] if y <= year][-1]


def tls_of(r, t):
    year = utc(t).year
    if year < 2012:
        return "TLSv1", "DHE-RSA-AES256-SHA"
    if year < 2020 or r.random() < 0.4:
        return "TLSv1.2", "ECDHE-RSA-AES256-GCM-SHA384"
    return "TLSv1.3", "TLS_AES_256_GCM_SHA384"


class Host:
    """A mail host: its name, its address, its wall clock and its software."""

    def __init__(self, name, ip, soft="postfix", zone="utc", **more):
        self.name, self.ip, self.soft, self.zone = name, ip, soft, zone
        self.helo = more.pop("helo", name)
        self.rdns = more.pop("rdns", name)
        self.skew = more.pop("skew", 0)
        self.tls = more.pop("tls", True)
        self.more = more

    def client(self):
        return Client(self.helo, self.rdns, self.ip)


class Client:
    def __init__(self, helo, rdns, ip):
        self.helo, self.rdns, self.ip = helo, rdns, ip


class Hop:
    """One step: its trace lines, newest first, and what they say."""

    def __init__(self, lines, want, name="Received"):
        self.lines = [line if isinstance(line, tuple) else (name, line) for line in lines]
        self.want = want
        self.client = None
        self.link = None


def hop(host, t, text, client=None, **want):
    w = {"by": host.name, "time": rfc3339(t)}
    if client is not None:
        w["ip"] = client.ip
    w.update(want)
    return Hop([text], w)


def lit(ip):
    return "[IPv6:%s]" % ip if ":" in ip else "[%s]" % ip


# --- queue ids ----------------------------------------------------------------

def postfix_id(r, t, us=None):
    us = r.randrange(1000, 999000) if us is None else us
    return "%05X%X" % (us, r.randrange(0x1000, 0xFFFFFF))


def postfix_long_id(r, t):
    return base(int(t), B52, 6) + base(r.randrange(1000000), B52, 4) + "z" + base(r.randrange(10**5, 10**8), B51)


def exim_id(r, t, new=False):
    if new:
        return "%s-%s-%s" % (base(int(t), B62, 6), base(r.randrange(10**3, 10**6), B62, 11), base(r.randrange(10**6), B62, 4))
    return "1%s-%s-%s" % (base(int(t), B62, 6)[1:], base(r.randrange(10**3, 4 * 10**6), B62, 6), base(r.randrange(2000), B62, 2))


def sendmail_id(r, t, old=False, version="8.14.4", local_hour=None):
    if old:
        return "%sAA%05d" % (chr(65 + local_hour), r.randrange(1000, 32000))
    d = utc(t)
    head = B60[(d.year - 1900) % 60] + B60[d.month - 1] + B60[d.day] + B60[d.hour] + B60[d.minute] + B60[d.second]
    if version.startswith(("8.10", "8.11")):
        return head + r.choice(B60) + "%05d" % r.randrange(1000, 32000)
    return head + r.choice(B60) + r.choice(B60) + "%06d" % r.randrange(1000, 99000)


def gmail_id(r, t, tail="si"):
    off, _ = zone_of("pacific", t)
    d = utc(t + off * 60)
    letters = "".join(r.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(3))
    return "%s%d-20020a%010x%04x00%06x%s%d%s.%d.%s" % (
        r.choice("abcdefghjkmnpqrstuvwxyz"), r.randrange(2, 30), r.getrandbits(40), r.getrandbits(16), r.getrandbits(24),
        tail, r.randrange(10**5, 10**7), letters, r.randrange(1, 999), d.strftime("%Y.%m.%d.%H.%M.%S"))


def gmail_ms_id(r, ms):
    letters = "".join(r.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(3))
    return "%s%d-20020a%010x%04x00%06xmr%d%s.%d.%d" % (
        r.choice("abcdefghjkmnpqrstuvwxyz"), r.randrange(2, 30), r.getrandbits(40), r.getrandbits(16), r.getrandbits(24),
        r.randrange(10**5, 10**7), letters, r.randrange(1, 99), ms)


def exo_build(r, t):
    """The service's build of that week: one build more every 0.3125 days."""
    days = (t - unix("2024-06-14 00:00:00")) / 86400.0
    return "15.20.%d.%d" % (7661 + round(days / 0.3125) + r.randrange(-6, 7), r.randrange(14, 40))
