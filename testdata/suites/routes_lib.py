"""What mail servers write: one function per software, each giving the trace line(s)
of a hop and what a reader should take from them."""

import base64
import uuid

from routes_ids import *  # noqa: F401,F403  the writers of lines and of identifiers are one vocabulary


def postfix(r, h, c, t, rcpt=None, auth=None, long=False, proto=None, ident=None, banner="Postfix", tls=None):
    tls = h.tls if tls is None else tls
    qid = ident or (postfix_long_id(r, t) if long or h.more.get("long") else postfix_id(r, t))
    proto = proto or ("ESMTPSA" if auth else "ESMTPS" if tls else "ESMTP")
    tls = tls or bool(auth)
    parts = ["from %s (%s %s)" % (c.helo, c.rdns or "unknown", lit(c.ip))]
    if tls:
        v, cipher = tls_of(r, t)
        parts.append("(using %s with cipher %s (256/256 bits))" % (v, cipher))
        parts.append("(No client certificate requested)")
    if auth:
        parts.append("(Authenticated sender: %s)" % auth)
    parts.append("by %s (%s) with %s id %s" % (h.name, banner, proto, qid))
    if rcpt:
        parts.append("for <%s>" % rcpt)
    text = "\n\t".join(parts) + "; " + stamp(t, h.zone, True, "%2d")
    return hop(h, t, text, c, helo=c.helo, rdns=c.rdns, id=qid, **{"with": proto, "class": "submission" if auth else "mta"})


def postfix_local(r, h, t, uid):
    qid = postfix_long_id(r, t) if h.more.get("long") else postfix_id(r, t)
    text = "by %s (Postfix, from userid %d)\n\tid %s; %s" % (h.name, uid, qid, stamp(t, h.zone, True, "%2d"))
    return hop(h, t, text, helo=None, rdns=None, ip=None, id=qid, **{"class": "submission"})


def exim(r, h, c, t, rcpt=None, auth=None, sender=None, proto=None, version=None, ident=None):
    version = version or h.more.get("version") or version_of("exim", t)
    qid = ident or exim_id(r, t, version >= "4.97")
    proto = proto or ("esmtpsa" if auth else "esmtps" if h.tls and version >= "4" else "esmtp")
    tls = ""
    if proto.startswith("esmtps"):
        tls = "  (TLS1.2) tls TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" if version >= "4.94" else " (TLSv1.2:ECDHE-RSA-AES256-GCM-SHA384:256)" if version >= "4.80" else " (TLSv1:AES256-SHA:256)"
    if c.rdns and c.helo == c.rdns:
        frm, names = "from %s (%s)" % (c.rdns, "[%s]" % c.ip), {"rdns": c.rdns}
    elif c.rdns:
        frm, names = "from %s ([%s] helo=%s)" % (c.rdns, c.ip, c.helo), {"helo": c.helo, "rdns": c.rdns}
    else:
        frm, names = "from [%s] (helo=%s)" % (c.ip, c.helo), {"helo": c.helo, "rdns": None}
    parts = [frm, "by %s with %s%s" % (h.name, proto, tls), "(Exim %s)" % version]
    if sender:
        parts.append("(envelope-from <%s>)" % sender)
    parts.append("id %s" % qid)
    if rcpt:
        parts.append("for %s" % rcpt)
    text = "\n\t".join(parts) + "; " + stamp(t, h.zone, False, "%02d")
    return hop(h, t, text, c, id=qid, **dict(names, **{"with": proto, "class": "submission" if auth else "mta"}))


def exim_local(r, h, t, user, sender=None):
    version = h.more.get("version") or version_of("exim", t)
    qid = exim_id(r, t, version >= "4.97")
    text = "from %s by %s with local (Exim %s)\n\t(envelope-from <%s>)\n\tid %s; %s" % (
        user, h.name, version, sender or user + "@" + h.name, qid, stamp(t, h.zone, False, "%02d"))
    return hop(h, t, text, ip=None, rdns=None, id=qid, **{"with": "local", "class": "submission"})


def sendmail(r, h, c, t, rcpt=None, version=None, old=False, auth=None, ident=None, forged=False):
    version = version or h.more.get("version") or version_of("sendmail", t)
    old = old or version.startswith(("8.8", "8.9"))
    off, _ = zone_of(h.zone, t)
    qid = ident or sendmail_id(r, t, old, version, utc(t + off * 60).hour)
    conn = lit(c.ip) if not c.rdns else "%s %s" % (c.rdns, lit(c.ip))
    proto = "ESMTPSA" if auth and not old else "ESMTP"
    parts = ["from %s (%s%s)" % (c.helo, conn, " (may be forged)" if forged else "")]
    if auth:
        parts.append("(authenticated bits=0)")
    parts.append("by %s (%s/%s) with %s id %s" % (h.name, version, version, proto, qid))
    if auth:
        parts.append("(version=%s cipher=%s bits=256 verify=NO)" % tls_of(r, t))
    if rcpt:
        parts.append("for <%s>" % rcpt)
    text = "\n\t".join(parts) + "; " + stamp(t, h.zone, bool(h.more.get("comment")), "%d")
    return hop(h, t, text, c, helo=c.helo, rdns=c.rdns, id=qid, **{"with": proto, "class": "submission" if auth else "mta"})


def sendmail_local(r, h, t, user, rcpt=None):
    version = h.more.get("version") or version_of("sendmail", t)
    qid = sendmail_id(r, t, False, version)
    sub = "/Submit" if version >= "8.12" else ""
    text = "(from %s@localhost)\n\tby %s (%s/%s%s) id %s%s; %s" % (
        user, h.name, version, version, sub, qid, "\n\tfor %s" % rcpt if rcpt else "", stamp(t, h.zone, False, "%d"))
    return hop(h, t, text, ip=None, helo=None, rdns=None, id=qid, **{"class": "submission"})


def qmail(r, h, c, t, later=0):
    """Two lines about one hop: the daemon's on top, the server's below."""
    top = "(qmail %d invoked from network); %s" % (r.randrange(300, 32000), stamp(t + later, (0, ""), False, "%d", False).replace("+0000", "-0000"))
    names = {"ip": c.ip, "rdns": c.rdns}
    if c.rdns == c.helo:
        frm = "from %s (%s)" % (c.rdns, c.ip)
    else:
        frm, names["helo"] = "from %s (HELO %s) (%s)" % (c.rdns or "unknown", c.helo, c.ip), c.helo
    text = "%s\n  by %s with SMTP; %s" % (frm, h.name, stamp(t, (0, ""), False, "%d", False).replace("+0000", "-0000"))
    w = dict(names, by=h.name, time=rfc3339(t), **{"with": "SMTP", "class": "mta"})
    return Hop([top, text], w)


def qmail_local(r, h, t, uid):
    text = "(qmail %d invoked by uid %d); %s" % (r.randrange(300, 32000), uid, stamp(t, (0, ""), False, "%d", False).replace("+0000", "-0000"))
    return Hop([text], {"time": rfc3339(t), "by": None, "ip": None, "class": "submission"})


def exo(r, h, c, t, frontend=False, build=None, zone="utc"):
    build = build or exo_build(r, t)
    text = ("from %s (%s)\n by %s (%s) with Microsoft SMTP\n Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id\n %s%s; %s" %
            (c.helo, c.ip, h.name, h.ip, build, " via Frontend Transport" if frontend else "", stamp(t, zone)))
    return hop(h, t, text, c, helo=c.helo, rdns=None, id=build, **{"with": "Microsoft SMTP Server", "class": "mta"})


def exo_store(r, h, t, frm, ip="::1"):
    text = "from %s (%s) by\n %s with HTTPS; %s" % (frm, ip, h.name, stamp(t, "utc"))
    return hop(h, t, text, ip=ip, **{"with": "HTTPS", "class": "store"})


def exo_mapi(r, h, t, build=None):
    build = build or exo_build(r, t)
    parts = build.split(".")
    ident = ".".join(parts[:3] + ["%03d" % int(parts[3])])
    fe = "fe80::%x:%x:%x:%x" % tuple(r.randrange(0x1000, 0xFFFF) for _ in range(4))
    text = "from %s\n ([%s]) by %s\n ([%s%%%d]) with mapi id %s; %s" % (h.name, fe, h.name, fe, r.randrange(3, 9), ident, stamp(t, "utc"))
    return hop(h, t, text, id=ident, **{"with": "mapi", "class": "mapi"})


def exchange(r, h, c, t, build=None, frontend=False, tls=True):
    """Exchange on a company's own server; the way of writing TLS changed with the release."""
    build = build or version_of("exchange", t)
    how = "\n (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384)" if build >= "15.1" else " (TLS)" if build >= "15.0" else ""
    if build.startswith("8.") or not tls:
        how = ""
    text = "from %s (%s) by\n %s (%s) with Microsoft SMTP Server%s id\n %s%s; %s" % (
        c.helo, c.ip, h.name, h.ip, how, build, " via Frontend Transport" if frontend else "", stamp(t, h.zone))
    return hop(h, t, text, c, helo=c.helo, id=build, **{"with": "Microsoft SMTP Server", "class": "mta"})


def gmail_mx(r, h, c, t, rcpt):
    qid = gmail_id(r, t)
    text = ("from %s (%s %s)\n        by mx.google.com with ESMTPS id %s\n        for <%s>\n        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\n        %s" %
            (c.helo, (c.rdns + ".") if c.rdns else "", lit(c.ip) if ":" not in c.ip else "[%s]" % c.ip, qid, rcpt, stamp(t, "pacific", True, "%02d"))).replace("( ", "(")
    return hop(h, t, text, c, helo=c.helo, rdns=c.rdns, id=qid, **{"with": "ESMTPS", "class": "mta"})


def gmail_inner(r, t, name="Received", kind="SMTP", rcpt=None):
    """'by 2002:aNN:…': the service's inside, an address that is no address."""
    by = "2002:a%02x:%x:%x:b0:%x:%x:%x" % tuple(r.randrange(1, 0xFF) if i == 0 else r.randrange(0x100, 0xFFFF) for i in range(6))
    qid = gmail_id(r, t, "csp") if name == "Received" else gmail_ms_id(r, int(t) * 1000 + r.randrange(1000))
    if name == "Received":
        qid = qid.split("csp")[0] + "csp%d%s" % (r.randrange(10**6, 10**7), "".join(r.choice("abcdefgh") for _ in range(3)))
    text = "by %s with %s id %s;\n        %s" % (by, kind, qid, stamp(t, "pacific", True, "%d"))
    return Hop([text], {"by": by, "time": rfc3339(t), "with": kind, "id": qid, "ip": None, "helo": None, "rdns": None}, name)


def gmail_web(r, t, rcpt):
    """Written in Gmail itself: the first line names no client."""
    host = "mail-%s1-f%d.google.com" % (r.choice(["wr", "lf", "ed", "qt", "pg"]), r.randrange(40, 200))
    qid = "%012x-%012xso%d%s.%d" % (r.getrandbits(48), r.getrandbits(48), r.randrange(10**6, 10**7), "".join(r.choice("abcdef") for _ in range(3)), r.randrange(0, 3))
    text = "by %s with SMTP id %s\n        for <%s>; %s" % (host, qid, rcpt, stamp(t, "pacific", True, "%02d"))
    x = gmail_inner(r, t, "X-Received")
    hp = Hop(x.lines + [("Received", text)], {"by": host, "time": rfc3339(t), "with": "SMTP", "id": qid, "ip": None, "helo": None, "rdns": None})
    return hp


def gmail_submit(r, t, c, account=None):
    qid = gmail_id(r, t, "sm")
    text = ("from %s (%s [%s])\n        by smtp.gmail.com with ESMTPSA id %s\n        for <%s>\n        (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128);\n        %s" %
            (c.helo, c.rdns + "." if c.rdns else "", c.ip, qid, account, stamp(t, "pacific", True, "%02d"))).replace("( [", "([")
    return Hop([text], {"by": "smtp.gmail.com", "helo": c.helo, "rdns": c.rdns, "ip": c.ip, "with": "ESMTPSA", "id": qid, "time": rfc3339(t), "class": "submission"})


def smtpsvc(r, h, c, t):
    version = version_of("smtpsvc", t)
    text = "from %s (%s) by %s with Microsoft SMTPSVC(%s);\n\t %s" % (c.helo, lit(c.ip), h.name, version, stamp(t, h.zone))
    return hop(h, t, text, c, helo=c.helo, rdns=None, id=None, **{"class": "mta"})


def smtpsvc_pickup(r, h, t):
    text = "from mail pickup service by %s with Microsoft SMTPSVC;\n\t %s" % (h.name, stamp(t, h.zone))
    return hop(h, t, text, ip=None, rdns=None, id=None, **{"class": "submission"})


def domino(r, h, c, t):
    release = version_of("domino", t)
    off, _ = zone_of(h.zone, t)
    qid = utc(t + off * 60).strftime("%Y%m%d%H%M%S") + "%02d:%d" % (r.randrange(100), r.randrange(1000, 20000))
    text = "from %s (%s)\n          by %s (Lotus Domino Release %s)\n          with ESMTP id %s ;\n          %s" % (
        c.helo, lit(c.ip), h.name, release, qid, stamp(t, h.zone))
    return hop(h, t, text, c, helo=c.helo, rdns=None, id=qid, **{"with": "ESMTP", "class": "mta"})


def lmtp_zimbra(r, h, t):
    text = "from %s (LHLO %s) (%s) by\n %s with LMTP; %s" % (h.name, h.name, h.ip, h.name, stamp(t, h.zone, True))
    return hop(h, t, text, ip=h.ip, helo=h.name, **{"with": "LMTP", "class": "store"})


def lmtp_dovecot(r, h, t, rcpt, peer=None):
    ident = "".join(r.choice(B62) for _ in range(16)) + "AA" + "".join(r.choice(B62) for _ in range(6))
    text = "from %s\n\tby %s (Dovecot) with LMTP id %s\n\tfor <%s>; %s" % (peer or h.name, h.name, ident, rcpt, stamp(t, h.zone, False, "%02d"))
    return hop(h, t, text, id=ident, **{"with": "LMTP", "class": "store"})


def sendgrid_http(r, h, t, account):
    """The front: the client is an account number in base64; no ';' before the date."""
    user = base64.b64encode(account.encode()).decode().rstrip("=")
    ident = "".join(r.choice(B62) for _ in range(22))
    text = "from %s (unknown)\n\tby %s (SG) with HTTP id %s\n\t%s" % (user, h.name, ident, stamp(t, "utc", True).replace(" +0000", ".%03d +0000" % r.randrange(1000)))
    return hop(h, t, text, ip=None, rdns=None, id=ident, **{"with": "HTTP", "class": "submission"})


def sendgrid_filter(r, t):
    pod = "filterdrecv-%s-%s" % ("".join(r.choice("0123456789abcdef") for _ in range(9)), "".join(r.choice("bcdfghjklmnpqrstvwxz2456789") for _ in range(5)))
    ident = "%s-1-%08X-%X" % (pod, int(t), r.randrange(1, 200))
    text = "by %s with SMTP id %s\n        %s.%09d +0000 UTC m=+%d.%09d" % (
        pod, ident, utc(t).strftime("%Y-%m-%d %H:%M:%S"), r.randrange(10**9), r.randrange(10**5, 10**7), r.randrange(10**9))
    return Hop([text], {"by": pod, "with": "SMTP", "id": ident, "time": rfc3339(t), "ip": None})


def powermta(r, h, c, t, rcpt, sender):
    n = (2 * int(t) + r.randrange(2)) % 2**25
    qid = "h" + base(n, B32HEX, 5) + "".join(r.choice(B32HEX) for _ in range(6))
    text = "from %s (%s) by %s (PowerMTA(TM) v%s) id %s for <%s>; %s (envelope-from <%s>)" % (
        c.helo, c.ip, h.name, version_of("powermta", t), qid, rcpt, stamp(t, h.zone), sender)
    return hop(h, t, text, c, helo=c.helo, rdns=None, id=qid, **{"class": "mta"})


def momentum(r, h, c, t, sender):
    rev = ("%08X" % int(t))[::-1]
    qid = "%02X/%02X-%05d-%s" % (r.randrange(256), r.randrange(256), r.randrange(1000, 32000), rev)
    text = ("from [%s] ([%s:%d] helo=%s)\n\tby %s (envelope-from <%s>)\n\t(ecelerity %s) with ESMTPS (cipher=ECDHE-RSA-AES256-GCM-SHA384)\n\tid %s; %s" %
            (c.ip, c.ip, r.randrange(20000, 60000), c.helo, h.name, sender, version_of("momentum", t), qid, stamp(t, h.zone, False, "%02d")))
    return hop(h, t, text, c, helo=c.helo, id=qid, **{"with": "ESMTPS", "class": "mta"})


def mdaemon(r, h, c, t, rcpt):
    qid = "md5%010d.msg" % r.randrange(10**9)
    text = "from %s ([%s])\n\tby %s (MDaemon %s) \n\twith ESMTP id %s \n\tfor <%s>; %s" % (
        c.helo, c.ip, h.name, version_of("mdaemon", t), qid, rcpt, stamp(t, h.zone, False, "%02d"))
    return hop(h, t, text, c, helo=c.helo, id=qid, **{"with": "ESMTP", "class": "mta"})


def communigate(r, h, c, t, rcpt, auth=None):
    qid = str(r.randrange(10**5, 10**8))
    mid = "(account %s [%s] verified)" % (auth, c.ip) if auth else "(HELO %s)" % c.helo
    text = "from [%s] %s\n  by %s (CommuniGate Pro SMTP %s)\n  with %s id %s for %s; %s" % (
        c.ip, mid, h.name, version_of("communigate", t), "ESMTPSA" if auth else "ESMTP", qid, rcpt, stamp(t, h.zone, False, "%02d"))
    more = {} if auth else {"helo": c.helo}
    return hop(h, t, text, c, id=qid, **dict(more, **{"with": "ESMTPSA" if auth else "ESMTP", "class": "submission" if auth else "mta"}))


def opensmtpd(r, h, c, t, rcpt, auth=None):
    qid = "%08x" % r.getrandbits(32)
    text = "from %s (%s %s)\n\tby %s (OpenSMTPD) with %s id %s\n\t(TLSv1.3:AEAD-AES256-GCM-SHA384:256:NO)%s\n\tfor <%s>;\n\t%s" % (
        c.helo, c.rdns or "<unknown>", "[%s]" % c.ip, h.name, "ESMTPSA" if auth else "ESMTPS", qid,
        " auth=yes user=%s" % auth if auth else "", rcpt, stamp(t, h.zone, True, "%d"))
    return hop(h, t, text, c, helo=c.helo, rdns=c.rdns, id=qid, **{"with": "ESMTPSA" if auth else "ESMTPS", "class": "submission" if auth else "mta"})


def fetchmail(r, h, t, server, ip, user, proto="IMAP"):
    text = "from %s [%s]\n\tby %s with %s (fetchmail-%s)\n\tfor <%s@localhost> (single-drop); %s" % (
        server, ip, h.name, proto, version_of("fetchmail", t), user, stamp(t, h.zone, True, "%02d"))
    return hop(h, t, text, ip=ip, **{"with": proto, "class": "retrieval"})


def squirrel(r, h, t, ip, user):
    text = "from %s\n        (SquirrelMail authenticated user %s)\n        by %s with HTTP;\n        %s" % (ip, user, h.name, stamp(t, h.zone, True, "%d"))
    return hop(h, t, text, **{"with": "HTTP", "class": "submission", "auth": user})


def uucp(r, h, t, site):
    """A leaf site reached by telephone line: Taylor UUCP through Exim."""
    qid = exim_id(r, t)
    text = "from %s by %s with local-rmail (Exim %s #1)\n\tid %s; %s" % (site, h.name, version_of("exim", t), qid, stamp(t, h.zone, False, "%02d"))
    return hop(h, t, text, ip=None, id=qid)


def amavis(r, h, t, rcpt, port=10024):
    qid = "".join(r.choice(B62) for _ in range(12))
    text = "from %s ([127.0.0.1])\n\tby localhost (%s [127.0.0.1]) (amavisd-new, port %d)\n\twith ESMTP id %s for <%s>;\n\t%s" % (
        h.name, h.name, port, qid, rcpt, stamp(t, h.zone, True, "%2d"))
    return Hop([text], {"by": "localhost", "helo": h.name, "ip": "127.0.0.1", "id": qid, "with": "ESMTP", "time": rfc3339(t), "class": "filter"})


def back_from_filter(r, h, t, rcpt):
    """The content filter hands the message back to the same host."""
    hp = postfix(r, h, Client("localhost", "localhost", "127.0.0.1"), t, rcpt, tls=False)
    hp.want["class"] = "filter"
    return hp


def intermail(r, h, c, t, rcpt):
    qid = "%s.%s%d.%s@%s" % (utc(t).strftime("%Y%m%d%H%M%S"), "".join(r.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(4)), r.randrange(1000, 30000), h.name, c.helo)
    text = "from %s (%s) by %s\n          (InterMail vM.5.01.06.05 201-253-122-130-105-20030824) with ESMTP\n          id <%s>\n          for <%s>; %s" % (
        c.helo, "[%s]" % c.ip, h.name, qid, rcpt, stamp(t, h.zone))
    return hop(h, t, text, c, helo=c.helo, id=qid, **{"with": "ESMTP", "class": "mta"})


def iplanet(r, h, c, t, rcpt):
    s = base(int(t), B36, 6)
    qid = "0%s00%s%s%s@%s" % (s[:3], "".join(r.choice(B36) for _ in range(3)), s[3:], "".join(r.choice(B36) for _ in range(2)), h.name)
    text = "from %s (%s %s)\n by %s (iPlanet Messaging Server 5.2 HotFix 1.14 (built Mar 18 2003))\n with ESMTP id <%s> for %s; %s" % (
        c.helo, c.rdns or "", lit(c.ip), h.name, qid, rcpt, stamp(t, h.zone, True, "%02d"))
    return hop(h, t, text.replace("( [", "(["), c, helo=c.helo, id=qid, **{"with": "ESMTP", "class": "mta"})


def zmailer(r, h, c, t, rcpt):
    d = utc(t)
    y = base(d.year, "".join(ZM) + "+/", 3)
    qid = "S%d%s%s%s%s%s%s" % (r.randrange(10**6, 10**7), y, ZM[d.month - 1], ZM[d.day - 1], ZM[d.hour], ZM[d.minute], ZM[d.second])
    text = 'from %s ([%s]:%d "EHLO\n\t%s" rhost-flags-OK-OK-OK-OK)\n\tby %s with ESMTP id %s (ORCPT\n\t<rfc822;%s>); %s' % (
        c.rdns or c.helo, c.ip, r.randrange(20000, 60000), c.helo, h.name, qid, rcpt, stamp(t, h.zone))
    return hop(h, t, text, c, helo=c.helo, id=qid, **{"with": "ESMTP", "class": "mta"})


def ironport(r, h, c, t):
    text = "from %s ([%s])\n  by %s with ESMTP; %s" % (c.helo, c.ip, h.name, stamp(t, h.zone, False, "%02d"))
    return hop(h, t, text, c, id=None, **{"with": "ESMTP", "class": "mta"})


def haraka(r, h, c, t, sender):
    qid = str(uuid.UUID(int=r.getrandbits(128), version=4)).upper() + ".1"
    text = "from %s (%s [%s])\n\tby %s (Haraka/%s) with ESMTPS id %s\n\tenvelope-from <%s>\n\t(cipher=TLS_AES_256_GCM_SHA384);\n\t%s" % (
        c.helo, c.rdns or "NXDOMAIN", c.ip, h.name, version_of("haraka", t), qid, sender, stamp(t, h.zone, False, "%02d"))
    return hop(h, t, text, c, helo=c.helo, id=qid, **{"with": "ESMTPS", "class": "mta"})
