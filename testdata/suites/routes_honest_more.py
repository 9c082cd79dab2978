"""More oddities of honest mail: zones, moved mailboxes, services, lists, own houses."""

import uuid

import routes_lib as w
from routes_case import Case
from routes_honest import as_list, into_fleet, soft

KINDS = []


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


@kind(years=(2008, 2025))
def asian_zones(c):
    zone = ["china", "india"][c.n % 2]
    out, mx = w.Host("mail." + c.sorg, c.ip(), "postfix", zone), c.host("mx", c.rorg, soft(c))
    if c.n > 4:
        out.zone = (600, "EST") if c.n == 5 else (480, "SGT")
    c.szone = zone
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(mx, out.client())
    return c.honest("CST is China's time as well, IST India's, EST Australia's: '+0800 (CST)', '+0530 (IST)', '+1000 (EST)' are right")


@kind(years=(2006, 2024))
def moved_mailbox(c):
    """An old message, put into another mailbox long after."""
    out, mx = c.host("mail", c.sorg, soft(c)), c.host("mx", c.rorg, soft(c, 1))
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(mx, out.client())
    if c.n % 2:
        later = c.t + c.r.randrange(100, 900) * 86400
        c.top += ["X-Original-Date: " + w.stamp(c.start, c.szone), "X-Mozilla-Status: 0001", "X-Mozilla-Status2: 00000000"]
        c.top += ["Resent-Date: " + w.stamp(later, c.rzone), "Resent-From: <%s>" % c.rcpt, "Resent-To: <archive@%s>" % c.rorg]
    else:
        days = c.r.randrange(100, 900)
        box = c.host("newmail", c.rorg)
        c.put(w.lmtp_dovecot, box, c.rcpt, gap=(days * 86400, days * 86400 + 900))
    return c.honest("the mailbox moved to another server months later")


@kind(years=(2003, 2022))
def webmail(c):
    n, ip = c.n, c.ip()
    web, mx = c.host("webmail", c.sorg), c.host("mx", c.rorg, soft(c))
    if n <= 2:
        c.put(w.squirrel, web, ip, "anna")
    elif n <= 4:
        text = "from %s (%s [%s])\n        by %s (Horde Framework) with %s; %s" % (ip, "p7.dip.access-provider.example", ip, web.name, ["HTTP", "HTTPS"][n % 2], w.stamp(c.t + 2, web.zone, False, "%02d"))
        c.t += 2
        c.raw(text, c.t)
    else:
        c.put(w.postfix_local, web, 33)
        c.middle.append("X-Originating-IP: [%s]" % ip)
        c.middle.append("User-Agent: Roundcube Webmail/1.1.5")
    if n % 2:
        c.relay(web, w.Client(web.name, "localhost", "127.0.0.1"), tls=False) if web.soft == "postfix" else None
    c.relay(mx, web.client())
    return c.honest("written in a browser")


@kind(years=(2019, 2025))
def bulk_services(c):
    n, r = c.n, c.r
    mx = c.host("mx", c.rorg, soft(c))
    if n <= 3:
        ms = c.start * 1000 + r.randrange(1000)
        c.msgid = "<0102%012x-%s-000000@eu-west-1.amazonses.com>" % (ms, uuid.UUID(int=r.getrandbits(128), version=4))
        host = "b%d-%d.smtp-out.eu-west-1.amazonses.com" % (r.randrange(200, 240), r.randrange(10, 240))
        c.relay(mx, w.Client(host, host, "69.169.%d.%d" % (r.randrange(224, 239), r.randrange(10, 240))), gap=(1, 4))
    else:
        pod = w.Host(["geopod-ismtpd-%d", "geopod-ismtpd-canary-%d", "geopod-ismtpd-%d"][n - 4] % r.randrange(1, 40), "10.0.0.1")
        c.put(w.sendgrid_http, pod, str(r.randrange(10**6, 10**8)))
        c.put(w.sendgrid_filter, None, gap=(0, 2))
        out = "o%d.ptr%d.notify.%s" % (r.randrange(1, 9), r.randrange(1000, 9999), c.sorg)
        c.relay(mx, w.Client(["wrqvdnbx.outbound-mail.sendgrid.net", out, out][n - 4], out, "149.72.%d.%d" % (r.randrange(10, 240), r.randrange(10, 240))), gap=(1, 4))
    return c.honest("sent through a service under its own customer's name")


@kind(years=(2003, 2024))
def stuck_four_days(c):
    out, x, mx = c.host("mail", c.sorg, soft(c)), c.host("relay", c.xorg, soft(c, 1)), c.host("mx", c.rorg, soft(c, 2))
    d = [4 * 86400, 3 * 86400, 86400 * 4 + 3600, 2 * 86400, 86400, 5 * 86400 - 9000][c.n - 1]
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(x, out.client(), gap=(1, 9) if c.n % 2 else (d, d + 4000))
    c.relay(mx, x.client(), gap=(d, d + 4000) if c.n % 2 else (1, 9))
    return c.honest("the next server was down: days in the queue")


@kind(years=(2018, 2025))
def hybrid_exchange(c):
    """A server in the house and the service outside, both of one company."""
    pc = c.host("ex01.corp", c.sorg, "exchange", ip=c.ip(True), zone="berlin")
    if c.n % 2:
        c.put(exchange_mapi, pc)
    else:
        c.relay(pc, w.Client("ex02.corp." + c.sorg, None, c.ip(True)))
    edge = c.host("edge", c.sorg, "exchange", zone="berlin")
    c.relay(edge, w.Client(pc.name, None, pc.ip), gap=(0, 1))
    into_fleet(c, w.Client(["mail." + c.sorg, edge.name][c.n % 2], None, edge.ip))
    return c.honest("from Exchange in the house into Exchange Online")


def exchange_mapi(r, h, t):
    b = w.version_of("exchange", t).split(".")
    ident = "%s.%02d.%04d.%03d" % (b[0], int(b[1]), int(b[2]), int(b[3]))
    return w.hop(h, t, "from %s (%s) by\n %s (%s) with mapi id\n %s; %s" % (h.name, "[::1]", h.name, "[::1]", ident, w.stamp(t, h.zone)))


@kind()
def anonymised(c):
    """Prepared for publication: names and addresses replaced, the rest left."""
    out = w.Host("mail.example.org", "192.0.2.%d" % c.r.randrange(1, 250), soft(c), c.szone)
    mx = w.Host("mx.example.net", "198.51.100.%d" % c.r.randrange(1, 250), soft(c, 1), c.rzone)
    c.sender = c.frm = "anna@example.org"
    c.rcpt = c.to = "bob@example.net"
    c.rorg = "example.net"
    c.relay(out, w.Client(["client.example.org", "[192.0.2.1]", "host.invalid"][c.n % 3], None, "203.0.113.%d" % c.r.randrange(1, 250)), auth=c.sender)
    c.relay(mx, out.client())
    c.relay(w.Host("store.example.net", "198.51.100.3", soft(c, 2), c.rzone), mx.client())
    return c.honest("made anonymous: example names and addresses of documentation")


@kind(years=(2004, 2024))
def list_second_chain(c):
    """Two lists, or a list and a forwarder: three segments."""
    l1, l2 = "lists.fernwood-users.example", "lists.hillside-club.example"
    out, a, b, mx = c.host("mail", c.sorg, soft(c)), w.Host(l1, c.ip(), soft(c, 1)), w.Host(l2, c.ip(), "postfix"), c.host("mx", c.rorg, soft(c, 2))
    c.relay(out, c.laptop(), auth=c.sender, rcpt="talk@" + l1)
    c.relay(a, out.client(), rcpt="talk@" + l1)
    c.relay(a, w.Client(l1, "localhost", "127.0.0.1"), gap=(3, 90), rcpt="news@" + l2)
    c.relay(b, a.client(), rcpt="news@" + l2)
    c.relay(b, w.Client("localhost", "localhost", "127.0.0.1"), gap=(3, 900), tls=False)
    c.relay(mx, b.client())
    as_list(c, l1)
    c.middle += ["X-BeenThere: talk@" + l1, "X-BeenThere: news@" + l2, "X-Mailman-Version: 2.1.15"]
    return c.honest("through two mailing lists one after the other")


@kind()
def own_post_back(c):
    """The recipient wrote it: out of his own house to a list and back."""
    lists = "lists.fernwood-users.example"
    mine, lst = c.host("mail", c.rorg, soft(c)), w.Host(lists, c.ip(), soft(c, 1))
    c.sender = c.frm = c.rcpt
    c.sorg = c.rorg
    c.relay(mine, c.laptop(), auth=c.rcpt, rcpt="talk@" + lists)
    c.relay(lst, mine.client(), rcpt="talk@" + lists)
    if c.n % 2:
        c.relay(lst, w.Client(lists, "localhost", "127.0.0.1"), gap=(3, 90), **({"tls": False} if lst.soft == "postfix" else {}))
    c.relay(mine, lst.client())
    as_list(c, lists)
    c.szone = c.rzone
    return c.honest("one's own letter to a list comes back: the recipient's server stands at both ends")


@kind()
def smarthost_login(c):
    """A server that logs in at its provider to send: a relay below an authenticated hop."""
    home, out, mx = c.host("home", c.sorg, soft(c)), c.host("smtp", c.xorg, "postfix"), c.host("mx", c.rorg, soft(c, 1))
    c.relay(home, w.Client("anna-pc", None, c.ip(True)))
    cl = home.client()
    if c.n % 2:
        cl.rdns = "p%s.dip.access-provider.example" % cl.ip.replace(".", "-")
    c.relay(out, cl, auth="cust%d" % c.r.randrange(10**4, 10**6))
    c.relay(mx, out.client())
    return c.honest("a small server hands everything to its provider with a password")


@kind()
def inside_house(c):
    """Sender and recipient are of one organisation: its own names everywhere."""
    c.sorg, n = c.rorg, c.n
    c.sender = c.frm = "lucy.hart@" + c.rorg
    mx = c.host("mail", c.rorg, soft(c))
    if n <= 2:
        pc = w.Client("ws%d.%s" % (c.r.randrange(1, 99), c.rorg), "ws7." + c.rorg, c.ip(True))
        c.relay(mx, pc)
    elif n <= 4:
        c.relay(mx, w.Client([c.rorg, "copier." + c.rorg][n - 3], None, c.ip(True)))
    else:
        ip = c.ip()
        c.relay(mx, w.Client("laptop." + c.rorg, "p%s.dip.access-provider.example" % ip.replace(".", "-"), ip), auth=c.sender)
    c.relay(c.host("store", c.rorg, soft(c, 1), ip=c.ip(True)), mx.client())
    c.szone = c.rzone
    return c.honest("mail inside one house: clients greet with its own names")


@kind()
def backup_mx(c):
    """Taken in by the second server, which waits for the first to come back."""
    out, mx = c.host("mail", c.sorg, soft(c)), c.host("mx1", c.rorg, soft(c, 1))
    mx2 = c.host("mx2", [c.rorg, c.xorg][c.n % 2], soft(c, 2))
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(mx2, out.client())
    gap = [20, 1900, 3 * 3600, 9 * 3600, 600, 86400][c.n - 1]
    c.relay(mx, mx2.client(), gap=(gap, gap + 300))
    return c.honest("over the recipient's second server")


@kind(12, years=(2003, 2025))
def zone_names(c):
    """Names of zones as software writes them: long, foreign, or of two countries."""
    off, name = [(120, "MEST"), (120, "MESZ"), (120, "W. Europe Daylight Time"), (120, "MET DST"), (60, "WEST"), (180, "IDT"),
                 (120, "IST"), (60, "IST"), (570, "ACST"), (480, "WST"), (-240, "Eastern Daylight Time"), (570, "CST")][c.n - 1]
    out, mx = w.Host("mail." + c.sorg, c.ip(), "postfix", (off, name)), c.host("mx", c.rorg, soft(c))
    c.szone = (off, None)
    c.relay(out, c.laptop(), auth=c.sender)
    c.relay(mx, out.client())
    return c.honest("the zone's name in the comment belongs to the offset, in one of its spellings or countries")


@kind(years=(2002, 2025))
def odd_dates(c):
    """Stamps that are right and look different."""
    out, mx = c.host("mail", c.sorg, "sendmail"), c.host("mx", c.rorg, soft(c))
    c.relay(out, w.Client("pc4." + c.sorg, "pc4." + c.sorg, c.ip()))
    hp = c.hops[0]
    old = w.stamp(hp.t, out.zone, False, "%d")
    day = w.stamp(hp.t, "utc", False, "%d")
    new = [old[5:], day.replace("+0000", "GMT"), day.replace("+0000", "-0000"), old.replace(":%02d " % w.utc(hp.t).second, ":%02d  " % w.utc(hp.t).second),
           day.replace("+0000", "UT"), old + " (envelope-from <%s>)" % c.sender][c.n - 1]
    hp.lines = [(n, t.replace(old, new)) for n, t in hp.lines]
    c.relay(mx, out.client())
    return c.honest("no weekday, an old zone word, two blanks, text behind the date")
