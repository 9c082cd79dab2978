"""Oddities that honest mail shows. None of them may raise a suspicion of medium or
high severity about the way or the clocks."""

import uuid

import routes_lib as w
from routes_case import Case

KINDS = []
SOFT3 = ["postfix", "exim", "sendmail"]


def kind(n=6, **opts):
    def add(fn):
        KINDS.append((fn, n, opts))
        return fn
    return add


def cases():
    out = []
    for fn, n, opts in KINDS:
        for i in range(n):
            out.append(fn(Case("honest", fn.__name__.replace("_", "-"), i + 1, **opts)))
    return out


def soft(c, i=0):
    return SOFT3[(c.n + i) % 3]


def as_list(c, lists):
    c.sender = "talk-bounces@" + lists
    c.middle += ["Sender: <talk-bounces@%s>" % lists, "List-Id: <talk.%s>" % lists, "List-Post: <mailto:talk@%s>" % lists,
                 "List-Unsubscribe: <mailto:talk-request@%s?subject=unsubscribe>" % lists, "Precedence: list"]
    c.to = "talk@" + lists


@kind(years=(2004, 2024))
def list_delay(c):
    lists = "lists.fernwood-users.example"
    out, lst, mx = c.host("mail", c.sorg, soft(c)), w.Host(lists, c.ip(), soft(c, 1)), c.host("mx", c.rorg, soft(c, 2))
    if c.n % 3:
        c.relay(out, c.laptop(), auth=c.sender)
    else:
        c.relay(out, w.Client("pc2." + c.sorg, "pc2." + c.sorg, c.ip(True)))
    c.relay(lst, out.client(), rcpt="talk@" + lists)
    days = [1, 2, 3, 5, 9, 1][c.n - 1]
    gap = (days * 86400, days * 86400 + 40000)
    if c.n % 2:
        c.relay(lst, w.Client(lists, "localhost", "127.0.0.1"), gap=gap)
        c.relay(mx, lst.client())
    else:
        c.relay(mx, lst.client(), gap=gap)
    as_list(c, lists)
    return c.honest("the list's moderator let it through after days")


@kind()
def greylisting(c):
    out, mx = c.host("mail", c.sorg, soft(c)), c.host("mx", c.rorg, soft(c, 1))
    c.relay(out, c.laptop(), auth=c.sender)
    s = [305, 900, 1801, 3700, 310, 7300][c.n - 1]
    c.relay(mx, out.client(), gap=(s, s + 60))
    if c.n % 2:
        c.top.append("X-Greylist: delayed %d seconds by postgrey-1.36 at %s; %s" % (s, mx.name, w.stamp(c.t, mx.zone, True)))
    return c.honest("turned away for some minutes by greylisting")


@kind(years=(2007, 2025))
def server_clock_off(c):
    out, x, mx = c.host("mail", c.sorg, soft(c)), c.host("out1", c.xorg, soft(c, 1)), c.host("mx", c.rorg, soft(c, 2))
    [out, x, mx][c.n % 3].skew = [-75, 90, -100, 100, 80, -60][c.n - 1]
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(x, out.client())
    c.relay(mx, x.client())
    return c.honest("one server's clock is a minute or so off, its identifiers with it")


@kind(years=(2007, 2025))
def sender_clock_off(c):
    out, mx = c.host("mail", c.sorg, soft(c)), c.host("mx", c.rorg, soft(c, 1))
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(mx, out.client())
    c.date = c.start + [240, -260, 150, -420, 200, 280][c.n - 1]
    return c.honest("the author's computer is some minutes off")


@kind(years=(2000, 2004))
def old_server_hours_off(c):
    out, x, mx = c.host("mail", c.sorg, soft(c)), c.host("relay", c.xorg, "sendmail", zone="newyork"), c.host("mx", c.rorg, soft(c, 1))
    for h in (out, x, mx):
        h.tls = False
    x.skew = [-1500, 2400, -3000, 1900, -3600, 3600][c.n - 1]
    c.relay(out, w.Client("pc11", "pc11." + c.sorg, c.ip()))
    c.relay(x, out.client(), gap=(1, 60))
    c.relay(mx, x.client(), gap=(1, 90))
    return c.honest("at that time a server's clock could be most of an hour off, or an hour for want of summer time")


@kind()
def forwarder(c):
    """.forward of an old address, a redirect, a resent copy."""
    out, old = c.host("mail", c.sorg, soft(c)), c.host("mail", "alumni-post.example", soft(c, 1))
    mx = c.host("mx", c.rorg, soft(c, 2))
    c.to = "anna@alumni-post.example"
    c.relay(out, c.laptop(), auth=c.sender, rcpt=c.to)
    c.relay(old, out.client(), rcpt=c.to)
    if c.n % 3 == 0:
        day = (3600, 90000)
        c.relay(old, w.Client("[192.168.1.%d]" % c.r.randrange(2, 200), "p12.dip.access-provider.example", c.ip()), auth=c.to, gap=day)
        c.hops[-1].above = ["Resent-From: <%s>" % c.to, "Resent-To: <%s>" % c.rcpt, "Resent-Date: " + w.stamp(c.t - 3, "berlin"),
                     "Resent-Message-ID: <%s@alumni-post.example>" % uuid.UUID(int=c.r.getrandbits(128), version=4)]
    elif c.n % 3 == 1:
        c.top.append("X-Original-To: " + c.rcpt)
        c.hops[-1].above = ["Delivered-To: anna@alumni-post.example"]
    else:
        c.middle.append("X-Forwarded-To: " + c.rcpt)
        c.middle.append("X-Forwarded-For: %s %s" % (c.to, c.rcpt))
    c.relay(mx, old.client())
    return c.honest("an old address sends everything on")


@kind()
def nat_client(c):
    out, mx = c.host("mail", c.sorg, soft(c)), c.host("mx", c.rorg, soft(c, 1))
    ip = c.ip()
    helo = ["[192.168.2.34]", "[10.0.0.5]", "[172.20.10.3]", "192.168.178.21", "[IPv6:fe80::1c3a:9dff:fe21:7788]", "laptop.local"][c.n - 1]
    c.relay(out, w.Client(helo, [None, "p%s.dip.access-provider.example" % ip.replace(".", "-")][c.n % 2], ip), auth=c.sender)
    c.relay(mx, out.client())
    return c.honest("behind a router the client greets with its private address")


@kind()
def names_one_house(c):
    """One server, several names, all of one organisation."""
    out, mx = c.host("mail", c.sorg, soft(c)), c.host("mx", c.rorg, soft(c, 1))
    c.relay(out, c.laptop(), auth=c.sender)
    first = ["smtp-out3", "exchange", "web01.intern", "mta-7.frankfurt", "ns1", "vps"][c.n - 1] + "." + c.sorg
    c.relay(mx, w.Client(first, [first, "out." + c.sorg, None][c.n % 3], out.ip))
    c.relay(c.host("imap.cluster2", c.rorg, soft(c, 2), ip=c.ip(True)), w.Client("mailgate." + c.rorg, "mailgate." + c.rorg, mx.ip))
    return c.honest("a host stamps under one name and greets under another of the same organisation")


@kind()
def names_of_two_houses(c):
    out, mx = c.host("mail", c.sorg, soft(c)), c.host("mx", c.rorg, soft(c, 1))
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(mx, landlord(c))
    return c.honest("a rented server stamps under its owner's name and goes out through the landlord's")


@kind()
def two_houses_and_lan(c):
    """As before, and the author sits in the office, with a private address."""
    out, mx = c.host("mail", c.sorg, soft(c)), c.host("mx", c.rorg, soft(c, 1))
    helo = ["anna-pc", "ws12." + c.sorg, "buero3", "app.intern." + c.sorg, "laptop.local", "[192.168.1.77]"][c.n - 1]
    c.relay(out, w.Client(helo, "ws12." + c.sorg if c.n == 2 else None, c.ip(True)))
    c.relay(mx, landlord(c))
    return c.honest("a rented line goes out under the landlord's name; in the office there are private addresses")


def landlord(c):
    ip = c.ip()
    name = ["vps%d.hillgate-hosting.example" % c.r.randrange(10**4, 10**6), "server%d.rackpark.example" % c.r.randrange(1000), "static-%s.business.northgate-isp.example" % ip.replace(".", "-")][c.n % 3]
    return w.Client(name if c.n > 3 else "mx.%s" % c.r.choice(["kundenserver-nord.example", "cloudmx7.example"]), name, ip)


@kind(years=(2006, 2024))
def local_filter(c):
    out, mx = c.host("mail", c.sorg, soft(c)), c.host("mx", c.rorg)
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(mx, out.client())
    if c.n <= 2:
        c.loop(mx)
    elif c.n <= 4:
        c.loop(mx)
        c.put(w.amavis, mx, c.rcpt, 10026, gap=(0, 2))
        c.put(w.back_from_filter, mx, c.rcpt, gap=(0, 2))
    elif c.n == 5:
        c.put(w.back_from_filter, mx, c.rcpt, gap=(1, 30))
    else:
        c.put(w.postfix_local, mx, 5001, gap=(1, 5))
    c.put(w.lmtp_dovecot, mx, c.rcpt, gap=(0, 1))
    return c.honest("through a content filter on the same host, once or twice")


def fleet(c):
    r = c.r
    edge = w.Host("AM7EUR03FT%03d.mail.protection.outlook.com" % r.randrange(10, 99), "10.152.%d.%d" % (r.randrange(1, 250), r.randrange(1, 250)))
    front = w.Host("AM0PR04CA%04d.outlook.office365.com" % r.randrange(1, 400), "2603:10a6:208:1::%x" % r.randrange(2, 99))
    mbx = w.Host("DB9PR04MB%d.eurprd04.prod.outlook.com" % r.randrange(8000, 9999), "2603:10a6:10:29e::%x" % r.randrange(2, 99))
    store = w.Host("AM7PR04MB%d.eurprd04.prod.outlook.com" % r.randrange(6000, 7999), "2603:10a6:20b:8d::%x" % r.randrange(2, 99))
    return edge, front, mbx, store


def into_fleet(c, client, skews=(0, 0, 0, 0)):
    edge, front, mbx, store = fleet(c)
    for h, s in zip((edge, front, mbx, store), skews):
        h.skew = s
    c.delivered = False
    c.put(w.exo, edge, client, frontend=True, gap=(1, 6))
    c.put(w.exo, front, w.Client(edge.name.replace(".mail.", ".eop-EUR03.prod."), None, "2603:10a6:208:1:cafe::%x" % c.r.randrange(2, 99)), gap=(0, 1), frontend=True)
    c.put(w.exo, mbx, w.Client(front.name.replace("outlook.office365.com", "eurprd04.prod.outlook.com"), None, front.ip), gap=(0, 1))
    c.put(w.exo_store, store, mbx.name, "::1" if c.n % 2 else mbx.ip, gap=(1, 3))


@kind(years=(2022, 2025))
def exchange_negative(c):
    out = c.host("mail", c.sorg, soft(c))
    c.relay(out, c.laptop(), auth=c.sender)
    s = [(0, -7, 0, 0), (0, 0, -26, -3), (12, 0, 0, 0), (0, 28, 0, 0), (0, -3, -11, 0), (25, 0, -4, 0)][c.n - 1]
    into_fleet(c, out.client(), s)
    return c.honest("inside Exchange Online stamps run back by some seconds")


@kind(years=(2000, 2014))
def qmail_pair(c):
    out, mx = c.host("mail", c.sorg, "qmail"), c.host("mx", c.rorg, "qmail")
    if c.n % 2:
        c.put(w.qmail_local, out, 1010)
        if c.n == 3:
            c.raw("(qmail 771 invoked by alias); " + w.stamp(c.t, (0, ""), False, "%d", False).replace("+0000", "-0000"))
    else:
        c.relay(out, c.laptop(), later=1)
    cl = out.client()
    if c.n > 3:
        cl = w.Client(cl.helo, None, cl.ip)
    c.relay(mx, cl, later=[0, 1, 2, 0, 1, 5][c.n - 1])
    c.put(w.qmail_local, mx, 89, gap=(0, 1)) if c.n == 6 else None
    return c.honest("qmail: two lines a hop, the second without any host")


@kind(years=(2006, 2022))
def retrieval_later(c):
    out, mx = c.host("mail", c.sorg, soft(c)), c.host("mx", c.rorg, soft(c, 1))
    home = w.Host(["localhost", "wohnung", "nas.home.lan", "localhost.localdomain", "localhost", "pi"][c.n - 1], "127.0.0.1", zone=c.rzone)
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(mx, out.client())
    d = [1, 4, 12, 30, 2, 80][c.n - 1] * 86400
    c.put(w.fetchmail, home, ["imap.", "pop3."][c.n % 2] + c.rorg, mx.ip, "bob", ["IMAP", "POP3"][c.n % 2], gap=(d, d + 50000))
    if c.n > 3:
        c.relay(w.Host(home.name, "127.0.0.1", "postfix", c.rzone, tls=False), w.Client("localhost", "localhost", "127.0.0.1"), rcpt="bob@localhost")
    return c.honest("fetched out of the mailbox days or weeks later")


@kind(years=(2001, 2024))
def names_without_dots(c):
    a, b, mx = w.Host("mailsrv", c.ip(True), ["postfix", "smtpsvc", "exim"][c.n % 3], c.szone, tls=False), w.Host("gw", c.ip(), soft(c), c.szone, tls=False), c.host("mx", c.rorg, soft(c, 1))
    b.rdns = "gw." + c.sorg
    c.relay(a, w.Client("anna-pc", None, c.ip(True)))
    c.relay(b, w.Client("mailsrv", None, a.ip))
    c.relay(mx, w.Client(["gw", "gw." + c.sorg][c.n % 2], "gw." + c.sorg, b.ip))
    return c.honest("hosts of a small office have no domain in their names")


@kind(years=(2016, 2025))
def ipv6(c):
    out, mx, st = c.host("mail", c.sorg, soft(c), ip=c.ip6()), c.host("mx", c.rorg, soft(c, 1), ip=c.ip6()), c.host("box", c.rorg, soft(c, 2), ip="fd12:3456:789a::%x" % c.r.randrange(2, 999))
    lap = w.Client("[IPv6:%s]" % c.ip6(), None, c.ip6())
    c.relay(out, lap, auth=c.sender)
    c.relay(mx, out.client())
    c.relay(st, mx.client())
    return c.honest("every step over IPv6")


@kind(years=(2019, 2025))
def x_received(c):
    out = c.host("mail", c.sorg, soft(c))
    if c.n % 2:
        c.relay(out, c.laptop(), auth=c.sender)
        cl = out.client()
    else:
        by = c.put(w.gmail_web, None, c.rcpt).want["by"]
        cl = w.Client(by, by, "209.85.220.%d" % c.r.randrange(40, 70))
    mx = w.Host("mx.google.com", c.ip(), "gmail_mx", "pacific")
    hp = c.relay(mx, cl)
    x = w.gmail_inner(c.r, c.t, "X-Received")
    hp.lines = x.lines + hp.lines
    c.put(w.gmail_inner, None, gap=(0, 1))
    if c.n > 3:
        # Passed on by the mailbox's owner to another address.
        fwd = w.Client("mail-lj1-f%d.google.com" % c.r.randrange(40, 200), None, "209.85.208.%d" % c.r.randrange(40, 200))
        fwd.rdns = fwd.helo
        c.hops[-1].lines = w.gmail_inner(c.r, c.t, "X-Received").lines + c.hops[-1].lines
        c.middle.append("X-Forwarded-To: " + c.rcpt)
        c.relay(c.host("mx", c.rorg), fwd, gap=(1, 3))
    return c.honest("X-Received lines stand among the Received lines")
