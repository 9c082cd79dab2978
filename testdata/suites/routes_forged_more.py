"""The same lies told of other software and at other places."""

import routes_lib as w
from routes_case import Case
from routes_forged import ANY, BIG, CLOCK, Way, change, restamp
from routes_honest import fleet

KINDS = []


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


def around(c, middle, soft="postfix"):
    """The sender's server, the given host, the recipient's edge."""
    out, mx = c.host("mail", c.sorg, soft), c.host("mx", c.rorg)
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(middle, out.client())
    c.relay(mx, middle.client())
    return c.hops[1]


def into_eop(c, out, remove=None):
    edge, front, mbx, store = fleet(c)
    c.delivered = False
    c.put(w.exo, edge, out.client(), frontend=True, gap=(1, 6))
    c.put(w.exo, front, w.Client(edge.name.replace(".mail.", ".eop-EUR03.prod."), None, "2603:10a6:208:1:cafe::5"), gap=(0, 1), frontend=True)
    c.put(w.exo, mbx, w.Client(front.name.replace("outlook.office365.com", "eurprd04.prod.outlook.com"), None, front.ip), gap=(0, 1))
    c.put(w.exo_store, store, mbx.name, gap=(1, 3))


@kind(8, years=(2023, 2025))
def foreign_id_elsewhere(c):
    n, r = c.n, c.r
    softs = ["exchange", "domino", "exim", "exim", "momentum", "mdaemon", "powermta", "communigate"]
    h = c.host("relay", c.xorg, softs[n - 1], zone="utc")
    hp = around(c, h)
    old = hp.want["id"]
    if n in (3, 4):
        # Exim's identifiers grew with 4.97.
        version, ident = [("4.80.1", w.exim_id(r, hp.t, True)), ("4.98", w.exim_id(r, hp.t, False))][n - 3]
        hp.lines = w.exim(r, h, hp.client, hp.t, c.rcpt, version=version, ident=ident).lines
    else:
        fake = [w.postfix_id(r, hp.t), w.sendmail_id(r, hp.t), None, None, w.postfix_id(r, hp.t), w.exim_id(r, hp.t), w.sendmail_id(r, hp.t), w.exim_id(r, hp.t)][n - 1]
        change(hp, old, fake)
    return c.forged("the banner says %s, the identifier is of another software or another release" % h.soft, 1, ["route.id-grammar", "route.shape", "route.id-host", "clock.*"])


@kind(6, years=(2022, 2025))
def provider_zone_edge(c):
    n = c.n
    out = c.host("mail", c.sorg)
    c.relay(out, c.laptop(), auth=c.sender)
    if n <= 3:
        mx = w.Host("mx.google.com", c.ip(), "gmail_mx", "pacific")
        hp = c.relay(mx, out.client())
        # The time in the identifier stays Google's own.
        change(hp, w.stamp(hp.t, "pacific", True, "%02d"), w.stamp(hp.t, [(60, "CET"), (0, "GMT"), (-300, "EST")][n - 1], True, "%02d"))
    else:
        into_eop(c, out)
        hp = c.hops[[1, 2, 3][n - 4]]
        change(hp, w.stamp(hp.t, "utc"), w.stamp(hp.t, [(-420, None), (120, None), (540, None)][n - 4]))
    return c.forged("the recipient's big provider is made to stamp in a zone that it never uses", c.hops.index(hp), ["route.zone-host", "route.zone-comment", "clock.*"])


@kind(6, years=(2022, 2025))
def moved_stamp_elsewhere(c):
    """Software without a clock in its identifier."""
    n = c.n
    if n <= 2:
        out = c.host("mail", c.sorg)
        c.relay(out, c.laptop(), auth=c.sender)
        into_eop(c, out)
        at, shift = [(1, -5 * 3600), (2, 2 * 86400)][n - 1]
        hp = c.hops[at]
        hp.host.zone = "utc"
    else:
        soft = ["ironport", "exchange", "mdaemon", "domino"][n - 3]
        hp = around(c, c.host("gate", c.xorg, soft, zone="berlin"))
        at, shift = 1, [4 * 3600, -6 * 3600, 30 * 86400, -20 * 86400][n - 3]
    restamp(hp, hp.t + shift)
    return c.forged("a stamp was moved; only its neighbours tell", at, ANY + CLOCK, near=[at - 1, at + 1])


@kind(6, years=(2022, 2025))
def removed_elsewhere(c):
    n = c.n
    if n <= 2:
        # The edge of the recipient's service is gone.
        out, x = c.host("mail", c.sorg), c.host("out2", c.xorg)
        c.relay(out, c.laptop(), auth=c.sender)
        c.relay(x, out.client())
        into_eop(c, x)
        at = [2, 1][n - 1]
    elif n <= 4:
        h = c.host("gate", c.xorg, ["exchange", "qmail"][n - 3])
        around(c, h)
        at = 1
    else:
        # Out of a list, in at the recipient's.
        lists = w.Host("lists.fernwood-users.example", c.ip(), "postfix" if n == 5 else "exim")
        out, mx = c.host("mail", c.sorg), c.host("mx", c.rorg)
        c.relay(out, c.laptop(), auth=c.sender)
        c.relay(lists, out.client())
        c.relay(mx, lists.client())
        c.middle += ["List-Id: <talk.lists.fernwood-users.example>", "Precedence: list"]
        at = 1
    del c.hops[at]
    return c.forged("a hop was taken out of a way through other systems", at - 1, [], near=[at], break_after=at - 1)


@kind(5, years=(2012, 2025))
def weekday_elsewhere(c):
    soft = ["exchange", "qmail", "domino", "momentum", "mdaemon"][c.n - 1]
    if soft == "momentum" and w.utc(c.start).year < 2014 or soft == "mdaemon" and w.utc(c.start).year < 2016:
        soft = "ironport"
    h = c.host("gate", c.xorg, soft, zone="newyork")
    hp = around(c, h)
    if soft == "qmail":
        bare = w.stamp(hp.t, "utc", False, "%d", False).replace("+0000", "-0000")
        day = w.DAYS[(w.utc(hp.t).weekday() + 3) % 7]
        hp.lines = [hp.lines[0], (hp.lines[1][0], hp.lines[1][1].replace(bare, day + ", " + bare))]
    else:
        right = [d for d in w.DAYS if d + ", " in hp.lines[-1][1]][0]
        change(hp, right + ", ", w.DAYS[(w.DAYS.index(right) + c.r.randrange(1, 7)) % 7] + ", ")
    return c.forged("the day of the week does not belong to the date", 1, ["route.weekday", "clock.*", "route.shape"])


@kind(6)
def inserted_elsewhere(c):
    """Two invented hops that fit each other, and a hop between edge and store."""
    n = c.n
    Way(c)
    org = ".".join(BIG[n % 5].split(".")[1:])
    a, b = w.Host("core." + org, c.ip(), "postfix", "utc"), w.Host("gw2." + org, c.ip(), "exim", "utc")
    if n <= 3:
        t = c.start
        one = w.postfix(c.r, a, w.Client("desk." + org, "desk." + org, c.ip()), t, c.rcpt)
        two = w.exim(c.r, b, a.client(), t + 1, c.rcpt)
        one.t, two.t, one.host, two.host = t, t + 1, a, b
        c.hops[0:0] = [one, two]
        c.date = c.start - 5
        return c.forged("two hops of an authority under the author's login; they fit each other and nothing above", 1, ANY, near=[0, 2])
    at = 3
    t = (c.hops[2].t + c.hops[3].t) / 2
    fake = w.postfix(c.r, a, b.client(), t, c.rcpt)
    fake.t, fake.host = t, a
    c.hops.insert(at, fake)
    return c.forged("a stranger's hop inside the recipient's own system, between two hosts that name each other", at, ANY, near=[at - 1, at + 1])
