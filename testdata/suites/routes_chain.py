"""Honest ways with all their values: what must be read from each hop."""

import uuid

import routes_lib as w
from routes_case import Case

KINDS = []


def kind(n=2, **opts):
    def add(fn):
        KINDS.append((fn, n, opts))
        return fn
    return add


def cases():
    out = []
    for fn, n, opts in KINDS:
        for i in range(n):
            c = Case("chain", fn.__name__.replace("_", "-"), i + 1, **opts)
            out.append(fn(c))
    return out


@kind()
def postfix_auth_dovecot(c):
    lap, out, mx = c.laptop(), c.host("mail", c.sorg), c.host("mx1", c.rorg)
    c.relay(out, lap, auth=c.sender)
    c.relay(mx, out.client())
    c.put(w.lmtp_dovecot, mx, c.rcpt, gap=(0, 1))
    return c.chain("the commonest way of all: authenticated client, two servers, LMTP delivery", 1, {"ip": lap.ip, "account": c.sender, "hop": 0})


@kind(years=(2019, 2023))
def exim_two(c):
    lap, out, mx = c.laptop(), c.host("smtp", c.sorg, "exim"), c.host("mx", c.rorg, "exim")
    c.relay(out, lap, auth=True, sender=c.sender)
    c.relay(mx, out.client())
    return c.chain("Exim to Exim, no account is written", 1, {"ip": lap.ip, "hop": 0})


@kind(years=(2024, 2025))
def exim_new_ids(c):
    out, mx = c.host("web7", c.sorg, "exim"), c.host("mx", c.rorg, "exim")
    c.put(w.exim_local, out, "www-data")
    c.relay(mx, out.client(), sender=c.sender)
    return c.chain("a web script's mail; Exim's long identifiers", 1, {"ip": None, "account": "www-data", "hop": 0})


@kind(3, years=(2003, 2016))
def sendmail_submit(c):
    out, mx = c.host("shell", c.sorg, "sendmail"), c.host("mail", c.rorg, "sendmail")
    c.put(w.sendmail_local, out, "anna", c.rcpt)
    c.relay(out, w.Client("localhost", "localhost", "127.0.0.1")).want["class"] = None
    c.hops[-1].want.pop("class")
    c.hops[-1].link = ["exact", "loopback", "rdns"]
    c.relay(mx, out.client())
    return c.chain("sendmail's submission program hands over to the daemon of the same host", 2, {"ip": None, "hop": 0})


@kind(3, years=(2001, 2014))
def qmail_pairs(c):
    out, mx = c.host("mail", c.sorg, "qmail"), c.host("mx", c.rorg, "qmail")
    c.put(w.qmail_local, out, c.r.randrange(500, 2000))
    c.relay(mx, out.client(), later=1)
    return c.chain("qmail writes two lines for one hop over the network, one for a local program", 1)


@kind(3, years=(2022, 2025))
def exo_sender(c):
    fleet = ["DB9PR04MB%d.eurprd04.prod.outlook.com" % c.r.randrange(8000, 9999), "AM7PR04MB%d.eurprd04.prod.outlook.com" % c.r.randrange(6000, 7999)]
    a, b = w.Host(fleet[0], "2603:10a6:10:%x::%x" % (c.r.randrange(16, 999), c.r.randrange(2, 30))), w.Host(fleet[1], "2603:10a6:20b:%x::%x" % (c.r.randrange(16, 999), c.r.randrange(2, 30)))
    out = w.Client("EUR04-DB3-obe.outbound.protection.outlook.com", "mail-db3eur04on%d.outbound.protection.outlook.com" % c.r.randrange(2000, 2199), "40.107.%d.%d" % (c.r.randrange(1, 250), c.r.randrange(1, 250)))
    c.szone = "utc"
    c.msgid = "<%s%025X@%s>" % (a.name.split(".")[0], c.r.getrandbits(100), a.name)
    mx = c.host("mx1", c.rorg)
    c.put(w.exo_mapi, a)
    c.put(w.exo, b, w.Client(a.name, None, a.ip), gap=(0, 2))
    c.relay(mx, out, gap=(1, 5))
    links = c.links()
    links[1] = ["organisation", "provider"]
    return c.chain("out of an Exchange Online mailbox to somebody's Postfix", 2, {"hop": 0}, links)


@kind(3, years=(2022, 2025))
def eop_recipient(c):
    c.delivered = False
    lap, out = c.laptop(), c.host("mail", c.sorg)
    edge = w.Host("BN8NAM11FT%03d.mail.protection.outlook.com" % c.r.randrange(10, 99), "10.13.%d.%d" % (c.r.randrange(1, 250), c.r.randrange(1, 250)))
    front = w.Host("BN0PR03CA%04d.outlook.office365.com" % c.r.randrange(1, 400), "2603:10b6:408:e6::%x" % c.r.randrange(2, 99))
    mbx = w.Host("SA3PR19MB%d.namprd19.prod.outlook.com" % c.r.randrange(5000, 9000), "2603:10b6:806:317::%x" % c.r.randrange(2, 99))
    store = w.Host("MN0PR19MB%d.namprd19.prod.outlook.com" % c.r.randrange(5000, 9000), "2603:10b6:208:3c::%x" % c.r.randrange(2, 99))
    c.relay(out, lap, auth=c.sender)
    c.put(w.exo, edge, out.client(), frontend=True)
    eop = w.Client(edge.name.replace(".mail.", ".eop-nam11.prod."), None, "2603:10b6:408:e6:cafe::%x" % c.r.randrange(2, 99))
    c.put(w.exo, front, eop, gap=(0, 1), frontend=True).link = ["short-host", "organisation"]
    c.put(w.exo, mbx, w.Client(front.name.replace("outlook.office365.com", "namprd03.prod.outlook.com"), None, front.ip), gap=(0, 1)).link = ["ip", "exact", "short-host"]
    c.put(w.exo_store, store, mbx.name, gap=(0, 2)).link = "exact"
    c.hops[-1].want["helo"] = c.hops[-1].want.get("helo", mbx.name)
    c.hops[-1].want.pop("helo")
    c.top.append("X-MS-Exchange-Organization-AuthSource:\n " + edge.name.replace(".mail.", ".eop-nam11.prod."))
    return c.chain("into an Exchange Online mailbox: edge, front, mailbox server, store", 1, {"ip": lap.ip, "account": c.sender, "hop": 0})


@kind(3, years=(2019, 2025))
def gmail_recipient(c):
    c.delivered = True
    out = c.host("mail", c.sorg)
    lap = c.laptop()
    c.relay(out, lap, auth=c.sender)
    mx = w.Host("mx.google.com", c.ip(), "gmail_mx", "pacific")
    c.relay(mx, out.client())
    c.put(w.gmail_inner, None, gap=(0, 1))
    x = w.gmail_inner(c.r, c.t, "X-Received")
    c.hops[1].lines = x.lines + c.hops[1].lines
    return c.chain("into a Gmail mailbox: the X-Received line tells of the same step", 1, {"ip": lap.ip, "account": c.sender, "hop": 0})


@kind(3, years=(2019, 2025))
def gmail_sender(c):
    lap = c.laptop()
    c.put(w.gmail_submit, None, lap, c.rcpt)
    x = w.gmail_inner(c.r, c.t, "X-Received")
    c.hops[0].lines = x.lines + c.hops[0].lines
    out = w.Client("mail-wr1-f%d.google.com" % c.r.randrange(40, 200), None, "209.85.221.%d" % c.r.randrange(40, 200))
    out.rdns = out.helo
    mx = c.host("mx", c.rorg)
    c.relay(mx, out, gap=(0, 3)).link = ["organisation", "provider"]
    return c.chain("a mail client through Gmail's submission server", 1, {"ip": lap.ip, "hop": 0})


@kind(3, years=(2019, 2025))
def gmail_web(c):
    hp = c.put(w.gmail_web, None, c.rcpt)
    mx = c.host("mx", c.rorg)
    ip = "209.85.221.%d" % c.r.randrange(40, 200)
    c.relay(mx, w.Client(hp.want["by"], hp.want["by"], ip), gap=(0, 3))
    c.msgid = "<CA%s@mail.gmail.com>" % "".join(c.r.choice(w.B62 + "+=-_") for _ in range(50))
    return c.chain("out of Gmail's own pages", 1, None)


@kind(3, years=(2003, 2015))
def smtpsvc_pickup(c):
    web, hub, mx = c.host("web01", c.sorg, "smtpsvc"), c.host("hub", c.sorg, "smtpsvc"), c.host("mx", c.rorg)
    c.put(w.smtpsvc_pickup, web)
    c.relay(hub, web.client())
    c.relay(mx, hub.client())
    return c.chain("Microsoft's SMTP service: a pickup folder, a hub, then Postfix", 2)


@kind(3, years=(2002, 2018))
def domino_hub(c):
    a, b = c.host("notes2", c.sorg, "domino", zone="berlin"), c.host("mail", c.rorg, "sendmail")
    app = w.Client("erp." + c.sorg, "erp." + c.sorg, c.ip(True))
    c.relay(a, app)
    c.relay(b, a.client())
    return c.chain("a Domino server's identifier is its wall clock", 1, {"ip": app.ip, "hop": 0})


@kind(years=(2010, 2024))
def zimbra_lmtp(c):
    out, mx = c.host("mail", c.sorg), c.host("zimbra", c.rorg)
    lap = c.laptop()
    c.relay(out, lap, auth=c.sender)
    c.relay(mx, out.client())
    c.loop(mx)
    c.put(w.lmtp_zimbra, mx, gap=(0, 1))
    return c.chain("Zimbra: Postfix, amavis and back, LMTP into the store", 1, {"ip": lap.ip, "account": c.sender, "hop": 0})


@kind(years=(2016, 2025))
def ses_outbound(c):
    ms = c.start * 1000 + c.r.randrange(1000)
    c.msgid = "<0102%012x-%s-000000@eu-west-1.amazonses.com>" % (ms, uuid.UUID(int=c.r.getrandbits(128), version=4))
    host = "a%d-%d.smtp-out.eu-west-1.amazonses.com" % (c.r.randrange(3, 9), c.r.randrange(10, 240))
    cl = w.Client(host, host, "54.240.%d.%d" % (c.r.randrange(3, 9), c.r.randrange(10, 240)))
    c.more.append("X-SES-Outgoing: %s-%s" % (w.utc(c.start).strftime("%Y.%m.%d"), cl.ip))
    c.start += 1
    c.relay(c.host("mx", c.rorg), cl)
    c.put(w.lmtp_dovecot, c.hops[0].host, c.rcpt, gap=(0, 1))
    return c.chain("Amazon's service shows only as the client of the recipient's edge", 0, {"ip": cl.ip, "hop": 0})


@kind(3, years=(2020, 2025))
def sendgrid_api(c):
    pod = w.Host("geopod-ismtpd-%d" % c.r.randrange(1, 40), "10.0.0.1")
    c.put(w.sendgrid_http, pod, str(c.r.randrange(10**6, 10**8)))
    c.put(w.sendgrid_filter, None, gap=(0, 2))
    out = "wrqvp%s.outbound-mail.sendgrid.net" % "".join(c.r.choice("bcdfgh") for _ in range(3))
    cl = w.Client(out, out, "149.72.%d.%d" % (c.r.randrange(10, 240), c.r.randrange(10, 240)))
    c.relay(c.host("mx", c.rorg), cl, gap=(1, 3))
    return c.chain("SendGrid's own dates: one without ';', one as the Go language prints times", 2, {"hop": 0})


@kind(3, years=(2008, 2024))
def powermta(c):
    inj = w.Client("app3", None, c.ip(True))
    out = c.host("mta4", c.xorg, "powermta", zone="utc")
    c.relay(out, inj)
    c.relay(c.host("mx2", c.rorg, "sendmail"), out.client())
    return c.chain("PowerMTA puts the envelope sender behind the date", 1, {"ip": inj.ip, "hop": 0})


@kind(years=(2014, 2024))
def momentum(c):
    inj = w.Client("[10.88.44.%d]" % c.r.randrange(2, 250), None, c.ip())
    out = c.host("mta2", c.xorg, "momentum", zone="utc")
    c.relay(out, inj)
    c.relay(c.host("mx", c.rorg, "exim"), out.client())
    return c.chain("Momentum's identifier ends in its clock, written backwards", 1, {"ip": inj.ip, "hop": 0})


@kind(years=(2016, 2022))
def mdaemon(c):
    pc = w.Client("pc-14", None, c.ip(True))
    out = c.host("mail", c.sorg, "mdaemon")
    c.relay(out, pc)
    c.relay(c.host("mx", c.rorg), out.client())
    return c.chain("MDaemon in a small office", 1, {"ip": pc.ip, "hop": 0})


@kind(years=(2012, 2024))
def communigate(c):
    lap = c.laptop()
    out = c.host("cgp", c.sorg, "communigate")
    c.relay(out, lap, auth=c.sender)
    c.relay(c.host("mx", c.rorg), out.client())
    return c.chain("CommuniGate names the account in the client's comment", 1, {"ip": lap.ip, "account": c.sender, "hop": 0})


@kind(years=(2020, 2025))
def opensmtpd(c):
    lap = c.laptop(True)
    out = c.host("bsd", c.sorg, "opensmtpd")
    c.relay(out, lap, auth="anna")
    c.relay(c.host("mx", c.rorg, "opensmtpd"), out.client())
    return c.chain("OpenSMTPD on both sides", 1, {"ip": lap.ip, "account": "anna", "hop": 0})


@kind(3, years=(2006, 2018))
def fetchmail_top(c):
    lap, out, mx = c.laptop(), c.host("mail", c.sorg), c.host("mx", c.rorg)
    home = w.Host("localhost", "127.0.0.1", zone="berlin")
    c.relay(out, lap, auth=c.sender)
    c.relay(mx, out.client())
    c.put(w.fetchmail, home, "imap." + c.rorg, mx.ip, "bob", gap=(300, 4000))
    return c.chain("fetched out of the mailbox later by the recipient's own computer", 1, {"ip": lap.ip, "account": c.sender, "hop": 0})


@kind(3, years=(2004, 2018))
def squirrel_webmail(c):
    ip = c.ip()
    web, mx = c.host("webmail", c.sorg), c.host("mx", c.rorg)
    c.put(w.squirrel, web, ip, "anna")
    c.relay(web, w.Client("webmail." + c.sorg, "localhost", "127.0.0.1"), tls=False).want.pop("class")
    c.relay(mx, web.client())
    return c.chain("SquirrelMail names the browser's address and the account", 2, {"ip": ip, "account": "anna", "hop": 0})


@kind(years=(2001, 2005))
def uucp_leaf(c):
    up, mx = c.host("uu", c.xorg, "exim"), c.host("mail", c.rorg, "sendmail")
    c.put(w.uucp, up, "kolasite")
    c.relay(mx, up.client())
    return c.chain("a leaf site behind UUCP has a name without dots and no address", 1, {"ip": None, "hop": 0})


@kind(years=(2008, 2022))
def amavis_both_sides(c):
    lap, out, mx = c.laptop(), c.host("relay", c.sorg), c.host("mx", c.rorg)
    c.relay(out, lap, auth=c.sender)
    c.loop(out)
    c.relay(mx, out.client())
    c.loop(mx)
    return c.chain("six hops of which four are filters: no two hosts but mail passes", 3, {"ip": lap.ip, "account": c.sender, "hop": 0})


@kind(3, years=(2006, 2024))
def mailman_list(c):
    lap, out = c.laptop(), c.host("mail", c.sorg)
    lists, mx = c.host("lists", "fernwood-users.example"), c.host("mx", c.rorg)
    c.to = "talk@lists.fernwood-users.example"
    c.relay(out, lap, auth=c.sender, rcpt=c.to)
    c.relay(lists, out.client(), rcpt=c.to)
    c.relay(lists, w.Client("lists.fernwood-users.example", "localhost", "127.0.0.1"), tls=False, gap=(2, 40)).want.pop("class")
    c.relay(mx, lists.client())
    c.sender = "talk-bounces@lists.fernwood-users.example"
    c.middle += ["List-Id: <talk.lists.fernwood-users.example>", "List-Post: <mailto:%s>" % c.to, "Precedence: list", "Sender: <talk-bounces@lists.fernwood-users.example>"]
    return c.chain("a mailing list takes it in and sends it on: the edge is the recipient's own server, not the list's", 3, {"ip": lap.ip, "hop": 0})


@kind(years=(2003, 2006))
def isp_2004(c):
    pc = w.Client("wohnzimmer", "dsl-%d.access-provider.example" % c.r.randrange(9999), c.ip())
    a, b = c.host("imf17", c.xorg, "intermail", zone="utc"), c.host("mta6", c.rorg, "iplanet", zone="pacific")
    c.relay(a, pc)
    c.relay(b, a.client())
    return c.chain("two big providers of that time", 1, {"ip": pc.ip, "hop": 0})


@kind(years=(2008, 2014))
def vger_list(c):
    lap, out = c.laptop(), c.host("mail", c.sorg)
    v, mx = w.Host("vger.fernwood-users.example", c.ip(), "zmailer", "newyork"), c.host("mx", c.rorg)
    c.relay(out, lap, auth=c.sender)
    c.relay(v, out.client())
    c.relay(mx, w.Client(v.name, v.name, v.ip), gap=(20, 300))
    c.middle += ["Sender: <dev-owner@vger.fernwood-users.example>", "Precedence: bulk", "List-ID: <dev.vger.fernwood-users.example>"]
    return c.chain("ZMailer writes the client's name, port and HELO in one comment", 2, {"ip": lap.ip, "account": c.sender, "hop": 0})


@kind(years=(2012, 2022))
def ironport_exchange(c):
    out = c.host("mail", c.sorg, "exim")
    esa, exch = c.host("esa1", c.rorg, "ironport"), c.host("ex01", c.rorg, "exchange", ip=c.ip(True))
    lap = c.laptop()
    c.relay(out, lap, auth=True)
    c.relay(esa, out.client())
    c.relay(exch, w.Client(esa.name, None, c.ip(True)))
    return c.chain("a gateway of a make that writes no identifier, then Exchange in the house", 1, {"ip": lap.ip, "hop": 0})


@kind(years=(2021, 2025))
def haraka_edge(c):
    lap, out = c.laptop(), c.host("mail", c.sorg)
    mx = c.host("mx", c.rorg, "haraka", zone="utc")
    c.relay(out, lap, auth=c.sender)
    c.relay(mx, out.client())
    return c.chain("Haraka writes envelope-from without a keyword of RFC 5321", 1, {"ip": lap.ip, "account": c.sender, "hop": 0})


@kind()
def one_hop(c):
    app = w.Client("app." + c.sorg, "app." + c.sorg, c.ip())
    c.relay(c.host("mx", c.rorg), app)
    return c.chain("a single hop: the client of the recipient's server is the origin", 0, {"ip": app.ip, "hop": 0})


@kind()
def php_userid(c):
    web, mx = c.host("web12", c.sorg), c.host("mx", c.rorg)
    c.put(w.postfix_local, web, c.r.choice([33, 48, 1000, 1003]))
    c.relay(mx, web.client())
    return c.chain("a local program's mail through Postfix: an account number and no client", 1, {"ip": None, "hop": 0})


@kind()
def six_hops(c):
    pc = w.Client("pc77." + c.sorg, "pc77." + c.sorg, c.ip(True))
    a, b = c.host("hub", c.sorg, "smtpsvc", ip=c.ip(True)), c.host("gate", c.sorg, "sendmail")
    x = c.host("out3", c.xorg, "exim")
    mx, inner, st = c.host("mx2", c.rorg), c.host("scan", c.rorg, ip=c.ip(True)), c.host("box", c.rorg, "exim", ip=c.ip(True))
    c.relay(a, pc)
    c.relay(b, a.client())
    c.relay(x, b.client())
    c.relay(mx, x.client())
    c.relay(inner, mx.client())
    c.relay(st, inner.client())
    return c.chain("six servers of four makes in three organisations", 3, {"ip": pc.ip, "hop": 0})


@kind(years=(2008, 2020))
def exim_port(c):
    ip = c.ip()
    out, mx = c.host("server7", c.sorg, "exim"), c.host("mx", c.rorg)
    c.t += 3
    t = c.t
    qid = w.exim_id(c.r, t)
    c.raw("from [%s] (port=%d helo=[192.168.1.20])\n\tby %s with esmtpsa (TLSv1:AES256-SHA:256)\n\t(Exim %s)\n\t(envelope-from <%s>)\n\tid %s; %s" % (
        ip, c.r.randrange(2000, 65000), out.name, w.version_of("exim", t), c.sender, qid, w.stamp(t, out.zone, False, "%02d")),
        t, helo="[192.168.1.20]", rdns=None, ip=ip, by=out.name, id=qid, time=w.rfc3339(t), **{"with": "esmtpsa", "class": "submission"})
    c.relay(mx, out.client())
    return c.chain("Exim as hosting panels configure it: the client's port stands before its HELO", 1, {"ip": ip, "hop": 0})


@kind(years=(2005, 2014))
def courier(c):
    ip = c.ip()
    out, mx = c.host("mail", c.sorg), c.host("mx", c.rorg)
    c.t += 3
    t = c.t
    qid = "%016X.%016X.%08X" % (c.r.randrange(10**5, 10**7), t, c.r.randrange(300, 32000))
    c.raw("from pc3 (p17.dip.access-provider.example [::ffff:%s])\n  (AUTH: LOGIN %s)\n  by %s with esmtp\n  id %s; %s" % (
        ip, c.sender, out.name, qid, w.stamp(t, out.zone, False, "%02d")),
          t, helo="pc3", rdns="p17.dip.access-provider.example", ip=ip, by=out.name, id=qid, auth=c.sender, time=w.rfc3339(t), **{"with": "esmtp", "class": "submission"})
    c.relay(mx, out.client())
    return c.chain("Courier maps IPv4 into IPv6 and names the account", 1, {"ip": ip, "account": c.sender, "hop": 0})


@kind(years=(2002, 2006))
def hotmail_2003(c):
    ip = c.ip()
    c.t += 1
    t = c.t
    c.raw("from %s by bay7.msgservice.example with HTTP;\n\t%s GMT" % (ip, w.stamp(t, "utc", False, "%02d")[:-6]),
          t, by="bay7.msgservice.example", time=w.rfc3339(t), **{"with": "HTTP", "class": "submission"})
    pick = w.Host("hotbox.msgservice.example", c.ip(), "smtpsvc", "pacific")
    c.put(w.smtpsvc_pickup, pick).want.pop("class")
    c.relay(c.host("mx", c.rorg), w.Client("hotbox.msgservice.example", "hotbox.msgservice.example", pick.ip))
    c.top.append("X-Originating-IP: [%s]" % ip) if c.n == 2 else None
    return c.chain("a web mailer of that time: HTTP, the pickup folder, SMTP; the browser's address in the first line", 2, {"ip": ip, "hop": 0})


@kind(years=(2001, 2003))
def exchange55(c):
    name = "KONTOR1"
    mx = c.host("mail", c.rorg, "sendmail")
    c.t += 4
    t = c.t
    qid = "".join(c.r.choice("ABCDEFGHJKLMNPQRSTVWXYZ0123456789") for _ in range(8))
    c.raw("by %s with Internet Mail Service (5.5.2653.19)\n\tid <%s>; %s" % (name, qid, w.stamp(t, "berlin")),
          t, by=name, id=qid, helo=None, rdns=None, ip=None, time=w.rfc3339(t))
    c.relay(mx, w.Client(name, "gate." + c.sorg, c.ip()))
    return c.chain("Exchange 5.5 under a Windows name without dots", 1)


@kind(years=(2016, 2024))
def cloud_filter(c):
    """A filtering service before the recipient's own server."""
    lap, out, mx = c.laptop(), c.host("mail", c.sorg), c.host("mx", c.rorg)
    pps = w.Host("mx07-%08d.pphosted.com" % c.r.randrange(10**6, 10**7), "185.132.182.%d" % c.r.randrange(3, 250), "pps")
    c.relay(out, lap, auth=c.sender)
    c.t += 2
    t = c.t
    qid = "3n%s-1" % "".join(c.r.choice("abcdefghijklmnop0123456789") for _ in range(8))
    c.raw("from %s (%s [%s])\n\tby %s (PPS) with ESMTPS id %s\n\t(version=TLSv1.2 cipher=ECDHE-RSA-AES256-GCM-SHA384 bits=256 verify=NO)\n\tfor <%s>; %s" % (
        out.name, out.name, out.ip, pps.name, qid, c.rcpt, w.stamp(t, "utc", False, "%02d")),
        t, helo=out.name, rdns=out.name, ip=out.ip, by=pps.name, id=qid, time=w.rfc3339(t), **{"with": "ESMTPS", "class": "mta"})
    c.relay(mx, pps.client())
    return c.chain("through a filtering service to the recipient's server", None, {"ip": lap.ip, "account": c.sender, "hop": 0})


@kind(years=(2018, 2024))
def opensmtpd_hidden(c):
    out, mx = c.host("bsd", c.sorg, zone="utc"), c.host("mx", c.rorg)
    c.t += 4
    t = c.t
    qid = "%08x" % c.r.getrandbits(32)
    c.raw("\n\tby %s (OpenSMTPD) with ESMTPSA id %s (TLSv1.2:ECDHE-RSA-AES256-GCM-SHA384:256:NO) auth=yes user=chris\n\tfor <%s>;\n\t%s" % (
        out.name, qid, c.rcpt, w.stamp(t, "utc", True, "%d")), t, helo=None, rdns=None, ip=None, by=out.name, id=qid, time=w.rfc3339(t), **{"with": "ESMTPSA", "class": "submission"})
    c.relay(mx, out.client())
    return c.chain("OpenSMTPD told to hide its client", 1, {"ip": None, "account": "chris", "hop": 0})
