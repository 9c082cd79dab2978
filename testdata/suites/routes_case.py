"""One case: an honest way that is built hop by hop, and the message around it."""

import random
import uuid

import routes_lib as w

SENDERS = ["lindenhof-verlag.example", "brightwater-supply.co.uk", "kessler-werkzeuge.example", "takeda-insatsu.co.jp",
           "velonor-moveis.com.br", "norvik-shipping.example", "quillfeather.example", "harbourline-freight.example",
           "saltmarsh-ceramics.co.uk", "ostrava-kola.example", "bluefin-optics.example", "marigold-seeds.example"]
RECIPIENTS = ["fennbridge.example", "olmstead-college.example", "tessaro-vini.example", "gruenwald-bau.example",
              "pinecrest-clinic.example", "whitlock-law.co.uk", "arvika-data.example", "montclair-press.example",
              "redstone-survey.example", "calloway-museum.example"]
RELAYS = ["transit-mailworks.example", "smarthost-pool.example", "northgate-isp.example", "plumtree-telecom.example",
          "cordova-relay.example"]
PEOPLE = ["anna", "j.kessler", "mario", "office", "k.tanaka", "lucy.hart", "piet", "sales", "r.moreau", "olga", "info", "tom.reed"]
SUBJECTS = ["Minutes of Tuesday", "Offer 4471", "Re: the drawings", "Delivery next week", "Invoice for May", "Question about the lease",
            "Samples have arrived", "Travel plan", "New price list", "Agenda", "Thanks for yesterday", "Spare parts"]
BODIES = ["Please find the details below and call me if anything is unclear.\n\nRegards\n",
          "I have read it through; two remarks, the rest is fine.\n\nBest wishes\n",
          "The parcel left this morning and should be with you on Friday.\n\nKind regards\n"]
PUBLIC = [62, 77, 81, 85, 88, 93, 109, 178, 185, 194, 195, 212, 213, 217, 64, 66, 69, 72]


class Case:
    def __init__(self, group, kind, n, years=(2009, 2025), zone=None):
        self.name = "%s-%s-%d" % (group, kind, n)
        self.group, self.kind, self.n = group, kind, n
        self.r = r = random.Random("routes 1 " + self.name)
        self.start = self.t = w.unix("%d-%02d-%02d %02d:%02d:%02d" % (
            r.randrange(years[0], years[1] + 1), r.randrange(1, 13), r.randrange(1, 29), r.randrange(24), r.randrange(60), r.randrange(60)))
        self.hops, self.why, self.want = [], "", {}
        self.doc = r.random() < 0.5
        self.sorg, self.rorg, self.xorg = r.choice(SENDERS), r.choice(RECIPIENTS), r.choice(RELAYS)
        self.sender = r.choice(PEOPLE) + "@" + self.sorg
        self.rcpt = r.choice(PEOPLE) + "@" + self.rorg
        self.frm, self.to = self.sender, self.rcpt
        self.szone = zone or r.choice(["berlin", "london", "newyork", "utc"])
        self.rzone = r.choice(["berlin", "helsinki", "newyork", "chicago", "utc"])
        self.top, self.middle, self.more = [], [], []
        self.date = None
        self.msgid = None
        self.delivered = r.random() < 0.6
        self.seen_ip = set()

    # --- hosts ---
    def ip(self, private=False):
        r = self.r
        while True:
            if private:
                a = "%s.%d" % (r.choice(["192.168.%d" % r.randrange(256), "10.%d.%d" % (r.randrange(256), r.randrange(256))]), r.randrange(2, 250))
            elif self.doc:
                a = "%s.%d" % (r.choice(["192.0.2", "198.51.100", "203.0.113"]), r.randrange(2, 250))
            else:
                a = "%d.%d.%d.%d" % (r.choice(PUBLIC), r.randrange(10, 250), r.randrange(256), r.randrange(2, 250))
            if a not in self.seen_ip:
                self.seen_ip.add(a)
                return a

    def ip6(self):
        r = self.r
        return "2001:db8:%x:%x::%x" % (r.randrange(1, 0xFFFF), r.randrange(1, 0xFFFF), r.randrange(1, 0xFFFF))

    def host(self, label, org, soft="postfix", zone=None, **more):
        zone = zone or (self.rzone if org == self.rorg else self.szone)
        name = label + "." + org if org else label
        return w.Host(name, more.pop("ip", None) or self.ip(), soft, zone, **more)

    def laptop(self, named=False):
        """A person's computer: an odd HELO, the access provider's name for its address."""
        ip = self.ip()
        r = self.r
        helo = r.choice(["[192.168.%d.%d]" % (r.randrange(256), r.randrange(2, 200)), "DESKTOP-" + "".join(r.choice("ABCDEFGHJK23456789") for _ in range(7)),
                         "[%s]" % ip, "annes-macbook.local"])
        rdns = "p%s.dip.%s" % (ip.replace(".", "-"), "access-provider.example") if named or r.random() < 0.7 else None
        return w.Client(helo, rdns, ip)

    # --- steps ---
    def put(self, fn, h, *args, gap=(1, 20), **kw):
        """Runs a line writer at the next moment of the way."""
        self.t += self.r.randrange(gap[0], gap[1] + 1)
        t = self.t + (h.skew if h else 0)
        r = self.r
        if h is None:
            make = lambda t, **k: fn(r, t, *args, **dict(kw, **k))
        elif args and isinstance(args[0], w.Client):
            make = lambda t, **k: fn(r, h, args[0], t, *args[1:], **dict(kw, **k))
        else:
            make = lambda t, **k: fn(r, h, t, *args, **dict(kw, **k))
        hp = make(t)
        hp.make, hp.t, hp.host = make, t, h
        hp.client = args[0] if args and isinstance(args[0], w.Client) else None
        self.hops.append(hp)
        return hp

    def raw(self, text, t=None, name="Received", **want):
        hp = w.Hop([text], want, name)
        hp.t, hp.host = t or self.t, None
        self.hops.append(hp)
        return hp

    def relay(self, h, client, gap=(1, 20), rcpt=None, **kw):
        """A transfer to host h, written as its software writes."""
        rcpt = rcpt or self.rcpt
        fn = getattr(w, h.soft)
        if h.soft in ("qmail", "exo", "exchange", "smtpsvc", "domino", "ironport"):
            extra = ()
        elif h.soft in ("momentum", "haraka"):
            extra = (self.sender,)
        elif h.soft == "powermta":
            extra = (rcpt, self.sender)
        else:
            extra = (rcpt,)
        return self.put(fn, h, client, *extra, gap=gap, **kw)

    def loop(self, h):
        """Through amavis on host h and back."""
        self.put(w.amavis, h, self.rcpt, gap=(1, 4))
        self.put(w.back_from_filter, h, self.rcpt, gap=(1, 9))

    # --- results ---
    def links(self):
        """The fit of each hop to the next newer one where the construction makes it
        plain: the same name given, or the same name found for the address."""
        out = []
        for a, b in zip(self.hops, self.hops[1:]):
            if b.link:
                out.append(b.link)
                continue
            by, helo, rdns = a.want.get("by"), b.want.get("helo"), b.want.get("rdns")
            if by and helo and by.lower() == helo.lower():
                out.append(["exact", "loopback"] if by.startswith("localhost") else "exact")
            elif by and rdns and by.lower() == rdns.lower():
                out.append("rdns" if helo else ["exact", "rdns"])
            else:
                out.append(None)
        return out

    def chain(self, why, boundary=None, origin=None, links=None):
        self.why = why
        self.want = {"hops": len(self.hops), "each": [h.want for h in self.hops], "links": links or self.links()}
        if boundary is not None:
            self.want["boundary"] = boundary
        if origin is not None:
            self.want["origin"] = origin
        return self

    def honest(self, why):
        self.why, self.want = why, {"quiet": True}
        return self

    def forged(self, why, hop, any_of, near=(), break_after=None):
        self.why = why
        self.want = {"named": True, "hop": hop, "any_of": list(any_of)}
        if near:
            self.want["near"] = list(near)
        if break_after is not None:
            self.want["break_after"] = break_after
        return self

    def message(self):
        lines = []
        if self.r.random() < 0.5 or self.delivered:
            lines.append("Return-Path: <%s>" % self.sender)
        if self.delivered:
            lines.append("Delivered-To: %s" % self.rcpt)
        lines += self.top
        for hp in reversed(self.hops):
            if not getattr(hp, "displaced", False):
                lines += ["%s: %s" % line for line in hp.lines]
            lines += getattr(hp, "above", [])
        lines += self.middle
        date = self.date if self.date is not None else self.start
        mid = self.msgid or "<%s@%s>" % (uuid.UUID(int=self.r.getrandbits(128), version=4), self.frm.split("@")[1])
        lines += ["From: <%s>" % self.frm, "To: <%s>" % self.to, "Subject: " + self.r.choice(SUBJECTS),
                  "Date: " + w.stamp(date, self.szone), "Message-ID: " + mid, "MIME-Version: 1.0"]
        for hp in reversed(self.hops):
            if getattr(hp, "displaced", False):
                lines += ["%s: %s" % line for line in hp.lines]
        lines += ["Content-Type: text/plain; charset=us-ascii"] + self.more
        return "\n".join(lines) + "\n\n" + self.r.choice(BODIES)

    def record(self):
        return {"name": self.name, "group": self.group, "kind": self.kind, "message": self.message(), "want": self.want, "why": self.why}
