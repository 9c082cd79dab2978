"""What the tables of trace lines are made with: fresh names, addresses, ids, dates."""

import datetime
import random
import re

SYLLABLES = "bar cor dun fel gal hol kes lim mor nev ost pel quin ras tol ulm var wex yar zel".split()
TOPS = ["example", "example.com", "example.net", "example.org", "test"]
HOSTS = ["mail", "mx1", "relay-7", "smtp.out", "gw", "mta03", "post", "edge-in"]
USERS = ["anke", "b.osei", "carla_m", "d-okafor", "ewa+lists", "farid.n"]
B62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
B52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"
CIPHERS13 = ["TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"]
CIPHERS = ["ECDHE-RSA-AES256-GCM-SHA384", "DHE-RSA-AES256-SHA", "ECDHE-ECDSA-AES128-SHA256"]
IANA = ["TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_RSA_WITH_AES_256_CBC_SHA"]
V4 = ["192.0.2.%d", "198.51.100.%d", "203.0.113.%d"]
PRIVATE = ["10.%d.14.9", "172.20.%d.3", "192.168.%d.77"]
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
ZONES = [(0, "UTC"), (120, "CEST"), (-300, "EST"), (330, "IST"), (-420, "PDT")]


class Shape:
    """A template and the roles of what stands in it; want maps a role to a template."""

    def __init__(self, name, template, want, v6="v4", **more):
        self.name, self.template, self.v6 = name, template, v6
        self.want = {}
        for item in want.split():
            role, _, value = item.partition("=")
            self.want[ROLES.get(role, role)] = value.replace("~", " ") or "{" + DEFAULT.get(role, role) + "}"
        for role, value in more.items():
            self.want[ROLES.get(role, role)] = value


ROLES = {"rcpt": "for", "proto": "with", "ver": "tls_version", "cipher": "tls_cipher", "auth": "authenticated_as", "env": "envelope_from", "soft": "software"}
DEFAULT = {"env": "sender", "auth": "user"}


class Values:
    """The fresh values of one line; n is 0, 1 or 2 and picks the kind of address."""

    def __init__(self, name, n, v6):
        self.r = random.Random("received/%s/%d" % (name, n))
        r = self.r
        domain = lambda: "".join(r.choice(SYLLABLES) for _ in range(r.randint(2, 3))) + "." + r.choice(TOPS)
        host = lambda: r.choice(HOSTS) + "." + domain()
        self.v = v = {"helo": host(), "rdns": host(), "by": host(), "host": host(), "name": "".join(r.choice(SYLLABLES) for _ in range(2))}
        if n == 2:
            v["helo"] = r.choice(["[10.9.%d.4]" % r.randrange(255), "WIN-" + "".join(r.choice(B62[:36]) for _ in range(8)), "localhost.localdomain", v["name"]])
        v["user"] = r.choice(USERS) + "@" + domain()
        v["account"] = r.choice(USERS)
        v["sender"] = "bounce-%d@%s" % (r.randrange(10**6), domain())
        v["rcpt"] = r.choice(USERS) + "@" + domain()
        self.address("ip", n, v6)
        self.address("byip", r.randrange(3), v6)
        v["port"] = str(r.randrange(1024, 65536))
        v["n"] = str(r.randrange(100, 99999))
        v["h4"], v["oct"] = "%x" % r.randrange(1, 65536), str(r.randrange(1, 255))
        self.crypt()
        self.ids()
        self.dates()

    def address(self, key, n, v6):
        """ip is the plain address, ip_lit the one in brackets as the software writes it."""
        r, v = self.r, self.v
        plain = r.choice(V4) % r.randrange(1, 255)
        if n == 2:
            plain = r.choice(PRIVATE) % r.randrange(1, 255)
        if v6 != "v4" and n == 1:
            plain = "2001:db8:%x:%x::%x" % (r.randrange(1, 65536), r.randrange(1, 65536), r.randrange(1, 65536))
        if v6 == "bare" and n == 2 and r.random() < 0.7:
            plain = r.choice(["::ffff:" + plain, "fe80::%x:%x%%%d" % (r.randrange(1, 65536), r.randrange(1, 65536), r.randrange(2, 30)), "::1"])
        v[key] = plain
        v[key + "_lit"] = "[IPv6:%s]" % plain if v6 == "tag" and ":" in plain else "[%s]" % plain

    def crypt(self):
        r, v = self.r, self.v
        v["c13"], v["c12"], v["ciana"] = r.choice(CIPHERS13), r.choice(CIPHERS), r.choice(IANA)

    def pick(self, letters, n):
        return "".join(self.r.choice(letters) for _ in range(n))

    def ids(self):
        r, v, pick = self.r, self.v, self.pick
        v["pfx"] = "%05X%s" % (r.randrange(1000000), pick("0123456789ABCDEF", 6))
        v["pfxlong"] = pick(B52, 10) + "z" + pick(B52[:51], 4)
        v["smid"] = pick("0123456789", 1) + pick("ABCDEFGHIJKL", 1) + pick("CDEFGHIJ", 1) + pick(B62[:24], 1) + pick(B62[:58], 4) + "%06d" % r.randrange(10**6)
        v["smold"] = pick("ABCDEFGHIJKLMNOPQRSTUVWX", 3) + "%05d" % r.randrange(10**5)
        v["exim"] = "1" + pick(B62, 5) + "-" + pick(B62, 6) + "-" + pick(B62, 2)
        v["eximnew"] = "1" + pick(B62, 5) + "-" + "0" * 5 + pick(B62, 6) + "-" + pick(B62, 4)
        v["hex8"], v["hex12"], v["hex16"], v["hex32"] = (pick("0123456789abcdef", n) for n in (8, 12, 16, 32))
        v["HEX8"], v["HEX16"] = pick("0123456789ABCDEF", 8), pick("0123456789ABCDEF", 16)
        v["b62"] = pick(B62, 12)
        v["word22"] = pick(B62 + "_-", 21) + "Q"
        v["build"] = "15.20.%d.%d" % (r.randrange(5000, 9999), r.randrange(1, 50))
        v["uuid"] = "-".join(pick("0123456789abcdef", n) for n in (8, 4, 4, 4, 12))

    def dates(self):
        r, v = self.r, self.v
        t = datetime.datetime(r.randint(2001, 2025), r.randint(1, 12), r.randint(1, 28), r.randrange(24), r.randrange(60), r.randrange(60))
        minutes, zone = r.choice(ZONES)
        iso = t.strftime("%Y-%m-%dT%H:%M:%S")
        off = "%s%02d%02d" % ("-" if minutes < 0 else "+", abs(minutes) // 60, abs(minutes) % 60)
        colon = off[:3] + ":" + off[3:]
        clock = t.strftime("%H:%M:%S")
        day, month = DAYS[t.weekday()], MONTHS[t.month - 1]
        v["date"] = "%s, %d %s %d %s %s" % (day, t.day, month, t.year, clock, off)
        v["date02"] = "%s, %02d %s %d %s %s" % (day, t.day, month, t.year, clock, off)
        v["datez"] = v["date"] + " (%s)" % zone
        v["dateutc"] = "%s, %d %s %d %s +0000" % (day, t.day, month, t.year, clock)
        v["dategmt"] = "%s, %02d %s %d %s GMT" % (day, t.day, month, t.year, clock)
        v["dateqmail"] = "%d %s %d %s -0000" % (t.day, month, t.year, clock)
        v["datelocal"] = "%d %s %d %s %s" % (t.day, month, t.year, clock, off)
        v["datems"] = "%s, %02d %s %d %s.%03d +0000 (UTC)" % (day, t.day, month, t.year, clock, r.randrange(1, 10) * 111)
        nano = r.randrange(1, 10**9)
        v["dategom"] = "%s.%s +0000 UTC m=+%d.%09d" % (t.strftime("%Y-%m-%d %H:%M:%S"), ("%09d" % nano).rstrip("0"), r.randrange(10**7), r.randrange(10**9))
        v["isoz"], v["iso0"] = iso + colon, iso + "+00:00"
        v["isoms"] = iso + v["datems"].split()[4][8:].rstrip("0") + "+00:00"
        v["isogo"] = iso + "." + ("%09d" % nano).rstrip("0") + "+00:00"
        v["stamp14"] = t.strftime("%Y%m%d%H%M%S")
        v["dots"] = t.strftime("%Y.%m.%d.%H.%M.%S")
        v["ms"] = str(int((t - datetime.datetime(1970, 1, 1)).total_seconds()) * 1000 + r.randrange(1000))


# The template's date decides which moment is wanted.
MOMENT = {"date": "isoz", "date02": "isoz", "datez": "isoz", "datelocal": "isoz", "dateutc": "iso0", "dategmt": "iso0", "dateqmail": "iso0",
          "datems": "isoms", "dategom": "isogo"}
FIELD = re.compile(r"\{(\w+)\}")


def put(template, values):
    return FIELD.sub(lambda m: values[m.group(1)], template)


def fill(shape, values, name):
    want = {}
    for role, template in shape.want.items():
        if role == "date" and template == "{date}":
            used = [f for f in FIELD.findall(shape.template) if f in MOMENT]
            if used:
                template = "{" + MOMENT[used[-1]] + "}"
        want[role] = put(template, values.v)
    return {"name": name, "shape": shape.name, "raw": put(shape.template, values.v), "want": want}
