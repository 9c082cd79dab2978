#!/usr/bin/env python3
"""Writes a mailbox (mboxrd) of any size for measurements: the same bytes for
the same size and seed. Usage: make_mailbox.py 100M FILE [SEED]

Messages have one to six Received lines of different servers, headers with
encoded words, text in four encodings, attachments in base64 (three fifths of
all bytes), nested messages, and lines that need quoting.
"""
import base64
import hashlib
import random
import re
import sys
import time

HOSTS = ["mx1.example.com", "out.example.org", "relay7.example.net", "mail.example.edu", "gw.intra.example.com", "smtp-in.example.org"]
PEOPLE = [("Ann Lee", "ann@example.org"), ("José Núñez", "jose@example.com"), ("Jörg Müller", "j.mueller@example.net"),
          ("Ольга Смирнова", "olga@example.edu"), ("佐藤花子", "sato@example.com"), ("Bob O'Neil", "bob@example.net")]
WORDS = "the minutes of our last call are below please confirm figures before noon nothing else has changed since draft shipment left on Tuesday".split()


def stamp(t, zone="+0000"):
    return time.strftime("%a, %d %b %Y %H:%M:%S ", time.gmtime(t)) + zone


def received(r, t, source, host):
    ip = "192.0.2.%d" % r.randrange(1, 255)
    ident = "%05X%06X" % (r.randrange(10 ** 6), r.randrange(16 ** 6))  # microseconds and an inode, as Postfix has it
    return r.choice([
        "from %s (%s [%s])\n\tby %s (Postfix) with ESMTPS id %s\n\tfor <box@example.com>; %s (UTC)" % (source, source, ip, host, ident, stamp(t)),
        "from [%s] (helo=%s)\n\tby %s with esmtp (Exim 4.96)\n\t(envelope-from <ann@example.org>); %s" % (ip, source, host, stamp(t)),
        "from %s (%s) by %s (10.0.0.7) with Microsoft SMTP Server id 15.1.2507.9; %s" % (source, ip, host, stamp(t)),
        "(qmail %d invoked from network); %s" % (r.randrange(30000), stamp(t, "-0000")),
        "from %s (%s [%s])\n\tby %s (8.15.2/8.15.2) with ESMTP;\n\t%s" % (source, source, ip, host, stamp(t)),
    ])


def text(r, n):
    lines = []
    while n > 0:
        line = " ".join(r.choice(WORDS) for _ in range(r.randrange(4, 12))).capitalize() + "."
        if r.randrange(60) == 0:
            line = r.choice(["From here on it is quoted.", ">From an earlier letter"])
        lines.append(line)
        n -= len(line) + 1
    return "\n".join(lines) + "\n"


def word(s):
    if s.isascii():
        return s
    return "=?utf-8?B?" + base64.b64encode(s.encode()).decode() + "?="


def data(r, n):
    return hashlib.shake_128(b"%d" % r.getrandbits(60)).digest(n)


def letter(r, t, depth=0):
    name, address = r.choice(PEOPLE)
    head, at, source = "", t, "client%d.example.org" % r.randrange(900)
    for _ in range(r.randrange(1, 7) if depth == 0 else 1):
        host = r.choice(HOSTS)
        at += r.randrange(1, 40)
        head = "Received: " + received(r, at, source, host) + "\n" + head
        source = host
    head += "From: %s <%s>\nTo: box@example.com\nSubject: %s\nDate: %s\nMessage-ID: <%x.%x@%s>\nMIME-Version: 1.0\n" % (
        word(name), address, word(r.choice(["Minutes", "Angebot für März", "Re: figures", "Отчёт"])), stamp(t), t, r.getrandbits(40), address.split("@")[1])
    body = text(r, r.choice([300, 900, 2500]))
    kind = r.randrange(10)
    if kind < 4:
        return head + "Content-Type: text/plain; charset=us-ascii\n\n" + body
    if kind < 6:
        quoted = "\n".join(l.replace("=", "=3D").replace("e", "=65", 2) for l in body.split("\n"))
        return head + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n" + quoted
    mark = "=_%016x" % r.getrandbits(64)
    parts = ["Content-Type: text/plain; charset=utf-8\n\n" + body, "Content-Type: text/html; charset=utf-8\n\n<p>" + body.replace("\n", "<br>\n") + "</p>\n"]
    if kind == 9 and depth < 2:
        parts.append("Content-Type: message/rfc822\n\n" + letter(r, t - 86400, depth + 1))
    else:
        size = min(int(r.paretovariate(1.1) * 9000), 3000000)
        parts.append("Content-Type: application/pdf; name=\"file.pdf\"\nContent-Disposition: attachment; filename=\"file%d.pdf\"\nContent-Transfer-Encoding: base64\n\n" % r.randrange(999)
                     + base64.encodebytes(b"%PDF-1.4\n" + data(r, size)).decode())
    return head + 'Content-Type: multipart/mixed; boundary="%s"\n\n' % mark + "".join("--" + mark + "\n" + p + "\n" for p in parts) + "--" + mark + "--\n"


def main():
    size, path = sys.argv[1], sys.argv[2]
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    want = int(float(size[:-1]) * {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30}[size[-1].upper()])
    r, t, n, written = random.Random(seed), 1700000000, 0, 0
    with open(path, "wb") as f:
        while written < want:
            t += r.randrange(60, 9000)
            head, body = letter(r, t).split("\n\n", 1)
            body = re.sub(r"(?m)^(>*From )", r">\1", body)
            line = "From box@example.com " + time.strftime("%a %b %d %H:%M:%S %Y", time.gmtime(t + 60))
            out = (line + "\n" + head + "\n\n" + body + "\n").encode()
            f.write(out)
            written += len(out)
            n += 1
    print("%d messages, %d bytes" % (n, written))


if __name__ == "__main__":
    main()
