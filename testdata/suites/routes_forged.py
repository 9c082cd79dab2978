"""Ways with one lie in them. Everything else is as honest mail has it, so that only
the lie can be what is named."""

import routes_lib as w
from routes_case import Case

KINDS = []
ANY = ["route.*"]
CLOCK = ["clock.*"]


def kind(n=5, **opts):
    def add(fn):
        KINDS.append((fn, n, opts))
        return fn
    return add


def cases():
    out = []
    for fn, n, opts in KINDS:
        for i in range(n):
            out.append(fn(Case("forged", fn.__name__.replace("_", "-"), i + 1, **opts)))
    return out


BIG = ["mail.firstcityunion-bank.example", "smtp3.treasury-gov.example", "relay.tax-office.gov.uk", "mx1.alpine-kantonalbank.example", "gw.customs-service.example"]
SOFT3 = ["postfix", "exim", "sendmail"]


class Way:
    """Client, the sender's server, a relay, the recipient's edge, the recipient's store."""

    def __init__(self, c, softs=None, gap=(2, 20), auth=True):
        r = c.r
        softs = softs or [r.choice(SOFT3) for _ in range(4)]
        self.c, self.lap = c, c.laptop()
        self.out = c.host("mail", c.sorg, softs[0])
        self.x = c.host("out%d" % r.randrange(1, 9), c.xorg, softs[1], zone="utc")
        self.mx = c.host("mx%d" % r.randrange(1, 4), c.rorg, softs[2])
        self.st = c.host("store", c.rorg, softs[3])
        if auth:
            c.relay(self.out, self.lap, auth=c.sender, gap=gap)
        else:
            self.app = w.Client("app." + c.sorg, "app." + c.sorg, c.ip())
            c.relay(self.out, self.app, gap=gap)
        c.relay(self.x, self.out.client(), gap=gap)
        c.relay(self.mx, self.x.client(), gap=gap)
        c.relay(self.st, self.mx.client(), gap=gap)


def change(hp, a, b):
    """Alters the text of a hop's lines; the text must be there."""
    assert any(a in text for _, text in hp.lines), (a, hp.lines)
    hp.lines = [(name, text.replace(a, b)) for name, text in hp.lines]


def restamp(hp, t):
    """Moves only the written date, not the time inside the identifier."""
    zone = hp.host.zone
    for day in ("%d", "%02d", "%2d"):
        for comment in (True, False):
            old = w.stamp(hp.t, zone, comment, day)
            for i, (name, text) in enumerate(hp.lines):
                if text.endswith(old):
                    hp.lines[i] = (name, text[:-len(old)] + w.stamp(t, zone, comment, day))
                    return
    raise AssertionError(hp.lines)


@kind(8)
def inserted_below(c):
    """A hop under the one that took the message from its author."""
    n = c.n - 1
    big = w.Host(BIG[n % 5], c.ip(), SOFT3[n % 3], "utc")
    src = w.Client("ws12." + ".".join(big.name.split(".")[1:]), "ws12." + ".".join(big.name.split(".")[1:]), c.ip())
    c.relay(big, src)
    if n < 3:
        Way(c)
    elif n < 5:
        web, mx = c.host("web3", c.sorg, "postfix" if n == 3 else "exim"), c.host("mx", c.rorg)
        if n == 3:
            c.put(w.postfix_local, web, 33)
        else:
            c.put(w.exim_local, web, "www-data")
        c.relay(mx, web.client())
    elif n == 5:
        web, mx = c.host("webmail", c.sorg), c.host("mx", c.rorg)
        c.put(w.squirrel, web, c.ip(), "anna")
        c.relay(mx, web.client())
    else:
        ip = c.ip()
        name = "dyn-%s.pool.access-provider.example" % ip.replace(".", "-")
        c.relay(c.host("mx", c.rorg), w.Client(name, name, ip))
        c.relay(c.host("store", c.rorg), c.hops[1].host.client())
    return c.forged("a hop of a bank or an authority below the hop that took the message from its author: whoever hands over there is a "
                    "user, a local program or a dial-up line, not that host", 0, ANY, near=[1])


@kind()
def inserted_middle(c):
    Way(c)
    at = c.n % 2 + 1
    big = w.Host(BIG[c.n - 1], c.ip(), SOFT3[c.n % 3], "utc")
    t = (c.hops[at - 1].t + c.hops[at].t) / 2
    src = w.Client("edge." + ".".join(big.name.split(".")[1:]), "edge." + ".".join(big.name.split(".")[1:]), c.ip())
    fake = getattr(w, big.soft)(c.r, big, src, t, c.rcpt)
    fake.t, fake.host, fake.client = t, big, src
    c.hops.insert(at, fake)
    return c.forged("a hop between two that name each other", at, ANY, near=[at - 1, at + 1])


@kind()
def removed_middle(c):
    Way(c)
    at = [1, 2, 1, 2, 1][c.n - 1]
    del c.hops[at]
    return c.forged("a hop was taken out: the one above names a client that stamped nothing", at - 1, [], near=[at], break_after=at - 1)


@kind()
def copied_twice(c):
    Way(c)
    at = [0, 1, 2, 1, 3][c.n - 1]
    hp = c.hops[at]
    twin = w.Hop(list(hp.lines), hp.want)
    twin.t, twin.host = hp.t, hp.host
    c.hops.insert([at + 1, at + 1, at + 1, 0, at + 1][c.n - 1], twin)
    where = [i for i, h in enumerate(c.hops) if h is hp or h is twin]
    return c.forged("the same line twice, identifier and second included: no host writes that", where[0], ANY + CLOCK, near=where)


@kind()
def copied_old(c):
    """A true line of another, older message."""
    Way(c)
    days = [9, 40, 200, 700, 25][c.n - 1]
    old = c.start - days * 86400 - c.r.randrange(80000)
    other = w.Host("mail." + c.sorg if c.n < 3 else BIG[c.n - 1], c.ip(), SOFT3[c.n % 3], "utc")
    src = w.Client("pc9." + c.sorg, "pc9." + c.sorg, c.ip())
    fake = getattr(w, other.soft)(c.r, other, src, old, c.rcpt)
    fake.t, fake.host = old, other
    at = [0, 1, 2, 1, 0][c.n - 1]
    c.hops.insert(at, fake)
    return c.forged("a line copied from a message of %d days before" % days, at, ANY + CLOCK, near=[at - 1, at + 1])


@kind()
def swapped(c):
    Way(c, gap=(200, 2400) if c.n < 4 else (150, 300))
    at = [1, 2, 0, 1, 2][c.n - 1]
    c.hops[at], c.hops[at + 1] = c.hops[at + 1], c.hops[at]
    return c.forged("two lines change places: time runs back and both name the wrong neighbour", at, ANY + CLOCK, near=[at - 1, at + 1, at + 2])


@kind()
def future(c):
    Way(c)
    at = [1, 2, 0, 1, 0][c.n - 1]
    restamp(c.hops[at], c.hops[at].t + [3 * 86400, 2 * 3600, 400 * 86400, 5 * 3600, 26 * 3600][c.n - 1])
    return c.forged("one stamp lies hours to a year after the stamps above it", at, ANY + CLOCK, near=[at + 1])


@kind()
def past(c):
    Way(c)
    at = [2, 1, 3, 2, 1][c.n - 1]
    restamp(c.hops[at], c.hops[at].t - [3 * 86400, 3 * 3600, 90 * 86400, 5 * 3600, 800 * 86400][c.n - 1])
    return c.forged("one stamp lies hours to years before the stamps below it", at, ANY + CLOCK, near=[at - 1])


@kind(6, years=(2012, 2025))
def foreign_id(c):
    n = c.n - 1
    soft = ["postfix", "exim", "sendmail", "postfix", "exim", "sendmail"][n]
    at = [0, 1, 1, 1, 2, 2][n]
    softs = ["postfix"] * 4
    softs[at] = soft
    Way(c, softs, auth=at != 0)
    hp = c.hops[at]
    fake = {0: w.exim_id(c.r, hp.t), 1: w.postfix_id(c.r, hp.t), 2: w.exim_id(c.r, hp.t), 3: w.sendmail_id(c.r, hp.t),
            4: w.sendmail_id(c.r, hp.t), 5: w.postfix_id(c.r, hp.t)}[n]
    change(hp, "id " + hp.want["id"], "id " + fake)
    return c.forged("the banner says %s, the identifier is of another software" % soft, at, ["route.id-grammar", "route.shape", "route.id-host", "clock.*"])


@kind(years=(2005, 2013))
def postfix_microseconds(c):
    at = [0, 1, 2, 1, 2][c.n - 1]
    Way(c, ["postfix"] * 4)
    hp = c.hops[at]
    fake = "%05X%X" % (c.r.randrange(1000000, 0xFFFFF), c.r.randrange(0x10000, 0xFFFFFF))
    change(hp, "id " + hp.want["id"], "id " + fake)
    return c.forged("Postfix's short identifier begins with the microseconds of the second: a million or more do not exist", at, ["route.id-grammar", "route.shape", "clock.*"])


@kind(years=(2018, 2025))
def gmail_id_elsewhere(c):
    at = [0, 1, 1, 0, 1][c.n - 1]
    Way(c, [c.r.choice(["postfix", "sendmail"]) for _ in range(4)], auth=False)
    hp = c.hops[at]
    if c.n % 2:
        hp.lines = [("Received", "from %s (%s. [%s])\n        by %s with ESMTPS id %s\n        for <%s>\n        (version=TLS1_2 cipher=ECDHE-RSA-AES128-GCM-SHA256 bits=128/128);\n        %s" % (
            hp.client.helo, hp.client.rdns, hp.client.ip, hp.host.name, w.gmail_id(c.r, hp.t), c.rcpt, w.stamp(hp.t, hp.host.zone, False, "%02d")))]
    else:
        change(hp, "id " + hp.want["id"], "id " + w.gmail_id(c.r, hp.t))
    return c.forged("only Google's hosts write this form of identifier", at, ["route.id-grammar", "route.id-host", "route.shape", "clock.*"])


@kind(6, years=(2022, 2025))
def provider_zone(c):
    """Google's stamps are in Pacific time, Microsoft's in UTC."""
    n = c.n
    if n <= 3:
        c.put(w.gmail_submit, None, c.laptop(), c.rcpt)
        cl = w.Client("mail-lj1-f%d.google.com" % c.r.randrange(40, 200), "mail-lj1-f99.google.com", "209.85.208.%d" % c.r.randrange(40, 200))
        hp = c.hops[0]
        wrong = w.stamp(hp.t, [(120, "CEST"), (0, "UTC"), (330, "IST")][n - 1], n == 1, "%02d")
        change(hp, w.stamp(hp.t, "pacific", True, "%02d"), wrong)
    else:
        a = w.Host("DB9PR04MB%d.eurprd04.prod.outlook.com" % c.r.randrange(8000, 9999), "2603:10a6:10:29e::4")
        b = w.Host("AM7PR04MB%d.eurprd04.prod.outlook.com" % c.r.randrange(6000, 7999), "2603:10a6:20b:8d::a")
        c.put(w.exo_mapi, a)
        c.put(w.exo, b, w.Client(a.name, None, a.ip), gap=(0, 2))
        cl = w.Client("EUR04-DB3-obe.outbound.protection.outlook.com", "mail-db3eur04on2117.outbound.protection.outlook.com", "40.107.%d.%d" % (c.r.randrange(1, 250), c.r.randrange(1, 250)))
        hp = c.hops[1 if n != 5 else 0]
        change(hp, w.stamp(hp.t, "utc"), w.stamp(hp.t, [(-300, None), (60, None), (480, None)][n - 4]))
    c.relay(c.host("mx", c.rorg), cl, gap=(1, 4))
    at = c.hops.index(hp)
    return c.forged("the right moment, written with an offset that this provider never writes", at, ["route.zone-host", "route.zone-comment", "clock.*"])


@kind()
def weekday(c):
    Way(c, ["postfix", "exim", "sendmail", "postfix"])
    at = [0, 1, 2, 1, 0][c.n - 1]
    hp = c.hops[at]
    right = w.stamp(hp.t, hp.host.zone)[:3]
    wrong = w.DAYS[(w.DAYS.index(right) + c.r.randrange(1, 7)) % 7]
    change(hp, "; " + right, "; " + wrong)
    return c.forged("the day of the week does not belong to the date", at, ["route.weekday", "clock.*", "date.weekday-mismatch"])


@kind()
def zone_comment(c):
    Way(c, ["postfix"] * 4)
    at = [0, 1, 2, 1, 0][c.n - 1]
    hp = c.hops[at]
    off, name = [(0, "EST"), (-420, "CET"), (120, "PDT"), (60, "JST"), (-300, "MSK")][c.n - 1]
    change(hp, w.stamp(hp.t, hp.host.zone, True, "%2d"), w.stamp(hp.t, (off, name), True, "%2d"))
    return c.forged("the offset is not that of the zone named beside it", at, ["route.zone-comment", "route.zone-host", "clock.*"])


@kind()
def below_fields(c):
    Way(c)
    if c.n > 2:
        big = w.Host(BIG[c.n - 1], c.ip(), "postfix", "utc")
        fake = w.postfix(c.r, big, w.Client("ws4", None, c.ip()), c.start - 20, c.rcpt)
        fake.t, fake.host, c.date = c.start - 20, big, c.start - 25
        c.hops.insert(0, fake)
    c.hops[0].displaced = True
    return c.forged("a trace line among the message's own fields, below From and Subject: servers put theirs on top", 0, ["route.*"])


@kind()
def helo_recipient(c):
    mx = c.host("mx1", c.rorg, SOFT3[c.n % 3])
    ip = c.ip()
    helo = [mx.name, c.rorg, mx.name, "store." + c.rorg, mx.name][c.n - 1]
    rdns = ["host-%s.pool.access-provider.example" % ip.replace(".", "-"), None][c.n % 2]
    if c.n > 3:
        inner = w.Client("pc5." + c.rorg, "pc5." + c.rorg, c.ip())
        fake = w.Host(helo, c.ip(), "postfix")
        c.relay(fake, inner)
    c.relay(mx, w.Client(helo, rdns, ip), gap=(1, 5))
    c.relay(c.host("store", c.rorg, ip=c.ip(True)), mx.client())
    at = 1 if c.n > 3 else 0
    return c.forged("a stranger greets the recipient's server with the recipient's own name", at, ["route.helo-recipient", "route.*"], near=[at - 1])


@kind()
def private_below_gap(c):
    Way(c, auth=False)
    big = w.Host(BIG[c.n - 1], c.ip(), SOFT3[c.n % 3], "utc")
    ip = c.ip(True)
    fake = getattr(w, big.soft)(c.r, big, w.Client("mta.%s" % ".".join(big.name.split(".")[1:]), "mta.%s" % ".".join(big.name.split(".")[1:]), ip), c.start - 5, c.rcpt)
    fake.t, fake.host = c.start - 5, big
    c.date = c.start - 9
    c.hops.insert(0, fake)
    return c.forged("a public relay, named by nobody above, claims a client with a private address", 0, ["route.unlinked-private", "route.*"], near=[1])


@kind(years=(2023, 2025))
def exchange_build(c):
    r = c.r
    years = [5, -1, 3, 2, -2][c.n - 1]
    a = w.Host("DB9PR04MB%d.eurprd04.prod.outlook.com" % r.randrange(8000, 9999), "2603:10a6:10:29e::4")
    b = w.Host("AM7PR04MB%d.eurprd04.prod.outlook.com" % r.randrange(6000, 7999), "2603:10a6:20b:8d::a")
    build = w.exo_build(r, c.start - years * 365 * 86400)
    c.put(w.exo_mapi, a)
    c.put(w.exo, b, w.Client(a.name, None, a.ip), gap=(0, 2), build=build)
    cl = w.Client("EUR04-DB3-obe.outbound.protection.outlook.com", "mail-db3eur04on2117.outbound.protection.outlook.com", "40.107.%d.%d" % (r.randrange(1, 250), r.randrange(1, 250)))
    c.relay(c.host("mx", c.rorg), cl, gap=(1, 4))
    return c.forged("the service's build number belongs to another year", 1, ["clock.*", "route.build-date", "route.id-grammar"])


@kind(years=(2001, 2003))
def sendmail_banner(c):
    at = [0, 1, 2, 1, 0][c.n - 1]
    Way(c, ["sendmail"] * 4, auth=False)
    hp = c.hops[at]
    if c.n < 4:
        version = ["8.9.3", "8.8.8", "8.9.1"][c.n - 1]
        hp.lines = w.sendmail(c.r, hp.host, hp.client, hp.t, c.rcpt, version=version, ident=w.sendmail_id(c.r, hp.t, version="8.12.6")).lines
    else:
        off, _ = w.zone_of(hp.host.zone, hp.t)
        hp.lines = w.sendmail(c.r, hp.host, hp.client, hp.t, c.rcpt, version="8.10.2", ident=w.sendmail_id(c.r, hp.t, True, local_hour=w.utc(hp.t + off * 60).hour)).lines
    return c.forged("sendmail's identifiers changed with 8.10: banner and identifier are of two releases", at, ["route.id-grammar", "route.shape", "clock.*"])


@kind()
def qmail_single(c):
    """qmail's own line needs its partner, and is no SMTP banner."""
    n = c.n
    src = w.Client("pc3." + c.sorg, "pc3." + c.sorg, c.ip())
    out, mx = c.host("mail", c.sorg), c.host("mx", c.rorg)
    at = 0
    if n == 5:
        c.relay(out, src)
        out, at = c.host("relay", c.xorg), 1
    t = c.t + 2
    date = w.stamp(t, (0, ""), False, "%d", False).replace("+0000", "-0000")
    text = ["from %s (HELO %s) (%s) by %s (qmail %d invoked by uid 89) with SMTP; %s" % (src.rdns, src.helo, src.ip, out.name, 4711, date),
            "(qmail %d invoked from network); %s" % (20871, date),
            "from %s ([%s]) by %s (qmail 18231 invoked from network) with ESMTP id %s for <%s>; %s" % (src.helo, src.ip, out.name, w.postfix_id(c.r, t), c.rcpt, w.stamp(t, "utc")),
            "(qmail 3304 invoked from network) by %s with SMTP; %s" % (out.name, date),
            "(qmail 991 invoked from network); %s" % date][n - 1]
    c.raw(text, t)
    c.t = t
    c.relay(mx, out.client())
    return c.forged("a line of qmail's that qmail does not write alone", at, ["route.shape", "route.*"])


@kind()
def own_name_below(c):
    """A hop of the recipient's own server under hops of strangers."""
    mx = c.host("mx1", c.rorg, "postfix")
    src = w.Client("pc8." + c.rorg, "pc8." + c.rorg, c.ip())
    c.relay(mx, src)
    out, x = c.host("mail", c.sorg, SOFT3[c.n % 3]), c.host("out2", c.xorg, "postfix", zone="utc")
    c.relay(out, w.Client("app." + c.sorg, "app." + c.sorg, c.ip()))
    c.relay(x, out.client())
    c.relay(mx, x.client())
    return c.forged("the recipient's own server is made to stand at the beginning, and nobody above took anything from it", 0, ANY, near=[1])


@kind()
def loop_same_id(c):
    Way(c, ["postfix"] * 4)
    at = [1, 2, 1, 2, 1][c.n - 1]
    hp = c.hops[at]
    other = w.Client("srv%d.%s" % (c.n, c.sorg), "srv%d.%s" % (c.n, c.sorg), c.ip())
    t = hp.t + 1
    again = w.postfix(c.r, hp.host, other, t, c.rcpt, ident=hp.want["id"])
    again.t, again.host = t, hp.host
    c.hops.insert(at + 1, again)
    return c.forged("one host took two deliveries under one queue identifier within a second", at, ANY + CLOCK, near=[at + 1])


@kind()
def message_id_elsewhere(c):
    Way(c, ["postfix"] * 4)
    later = c.hops[3].t + [3600, 7 * 3600, 2 * 86400, 40 * 86400, 3 * 3600][c.n - 1]
    stranger = "srv4.hillgate-hosting.example"
    c.msgid = "<%s.%s@%s>" % (w.utc(later).strftime("%Y%m%d%H%M%S"), w.postfix_id(c.r, later), stranger)
    return c.forged("the Message-ID was stamped by the Postfix of a host that is not on the way, after the message had arrived", -1, ["clock.*", "route.*", "date.*"])


@kind()
def wrong_parentheses(c):
    n = c.n
    src = w.Client("app." + c.sorg, "app." + c.sorg, c.ip())
    out, mx = c.host("mail", c.sorg), c.host("mx", c.rorg)
    t = c.t + 3
    text = ["from %s (%s [%s])\n by %s with Microsoft SMTP Server (TLS) id %s; %s" % (src.helo, src.rdns, src.ip, out.name, w.postfix_id(c.r, t), w.stamp(t, "utc")),
            "from %s (%s)\n by %s (Postfix) with Microsoft SMTP Server id 15.20.1.2; %s" % (src.helo, src.ip, out.name, w.stamp(t, "utc")),
            "from %s ([%s] helo=%s)\n by %s (Postfix) with ESMTP id %s; %s" % (src.rdns, src.ip, src.helo, out.name, w.postfix_id(c.r, t), w.stamp(t, "utc")),
            "from %s (HELO %s) (%s)\n by %s (8.14.4/8.14.4) with ESMTP id %s; %s" % (src.rdns, src.helo, src.ip, out.name, w.sendmail_id(c.r, t), w.stamp(t, "utc")),
            "from [%s] (port=4711 helo=%s)\n by %s (Postfix, from userid 1000) with ESMTP id %s; %s" % (src.ip, src.helo, out.name, w.postfix_id(c.r, t), w.stamp(t, "utc"))][n - 1]
    c.raw(text, t)
    c.t = t
    c.relay(mx, out.client())
    return c.forged("a line in the shape of one software under the banner of another", 0, ["route.shape", "route.id-grammar"])
