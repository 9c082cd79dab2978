"""Clocks inside bodies: signatures, reports, calendars, files."""

import io
import struct
import zipfile

from clockmsg import *  # noqa: F401,F403
from cases_clock_bounds import dsn

CASES = []


def kind(name, n=3, first=2012, last=2024, group="decode", why=""):
    def register(f):
        CASES.append((name, group, n, first, last, f, why or (f.__doc__ or name).strip()))
        return f
    return register


def noise(r, n):
    return bytes(r.getrandbits(8) for _ in range(n))


def crc24(data):
    crc = 0xB704CE
    for byte in data:
        crc ^= byte << 16
        for _ in range(8):
            crc <<= 1
            if crc & 0x1000000:
                crc ^= 0x1864CFB
    return crc & 0xFFFFFF


def armor(packet, version="GnuPG v1.4.11 (GNU/Linux)"):
    return "-----BEGIN PGP SIGNATURE-----\nVersion: %s\n\n%s=%s\n-----END PGP SIGNATURE-----\n" % (
        version, base64.encodebytes(packet).decode(), base64.b64encode(crc24(packet).to_bytes(3, "big")).decode())


def pgp4(r, t, head=0x88, before=b"", version=4):
    """A version-4 signature; the time is one of the hashed subpackets."""
    hashed = before + b"\x05\x02" + (t // S).to_bytes(4, "big")
    unhashed = b"\x09\x10" + noise(r, 8)
    body = bytes([version, r.choice((0, 1)), 1, 8]) + struct.pack(">H", len(hashed)) + hashed + struct.pack(">H", len(unhashed)) + unhashed
    body += noise(r, 2) + b"\x04\x00" + b"\x80" + noise(r, 127)
    if head == 0xC2:
        size = len(body)
        return b"\xc2" + (bytes([size]) if size < 192 else bytes([(size - 192 >> 8) + 192, size - 192 & 255])) + body
    if len(body) > 255 or head == 0x89:
        return b"\x89" + struct.pack(">H", len(body)) + body
    return b"\x88" + bytes([len(body)]) + body


def pgp3(r, t):
    body = b"\x03\x05" + bytes([r.choice((0, 1))]) + (t // S).to_bytes(4, "big") + noise(r, 8) + b"\x01\x02" + noise(r, 2) + b"\x04\x00" + b"\x80" + noise(r, 127)
    return b"\x89" + struct.pack(">H", len(body)) + body


def signed(c, packet):
    text = ("Content-Type: text/plain; charset=us-ascii", TEXT)
    part = ('Content-Type: application/pgp-signature; name="signature.asc"\nContent-Disposition: attachment; filename="signature.asc"', armor(packet))
    ctype, body = multipart("sig-" + text_of(c.r, "ghjkmnpqrst", 12), [text, part], "signed", ";\n\tmicalg=pgp-sha256; protocol=\"application/pgp-signature\"")
    return message(c, kind=ctype, body=body)


@kind("pgp.v4", 4, 2005, 2024)
def pgp_v4(c):
    """PGP/MIME, version 4, old packet head; sometimes a subpacket before the time"""
    t = c.t - c.r.randrange(0, 9) * S
    c.want(t // S * S, 1, "signed")
    before = c.r.choice((b"", b"\x16\x21\x04" + noise(c.r, 20)))
    return signed(c, pgp4(c.r, t, before=before))


@kind("pgp.v4-new-head", 3, 2016, 2024)
def pgp_new(c):
    """PGP/MIME, version 4, new packet head with one and two length bytes"""
    c.want(c.t // S * S, 1, "signed")
    return signed(c, pgp4(c.r, c.t, head=0xC2, before=c.r.choice((b"", b"\x16\x21\x04" + noise(c.r, 20)))))


@kind("pgp.v3", 3, 1999, 2008)
def pgp_v3(c):
    """PGP/MIME, version 3"""
    c.want(c.t // S * S, 1, "signed")
    return signed(c, pgp3(c.r, c.t))


@kind("pgp.inline", 3, 2002, 2016)
def pgp_inline(c):
    """a clear-signed text in the body"""
    c.want(c.t // S * S, 1, "signed")
    return message(c, body="-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n%s%s" % (TEXT, armor(pgp4(c.r, c.t))))


def der(tag, *parts):
    body = b"".join(parts)
    size = len(body)
    if size < 128:
        head = bytes([size])
    else:
        digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
        head = bytes([0x80 | len(digits)]) + digits
    return bytes([tag]) + head + body


def oid(*arcs):
    out = bytes([arcs[0] * 40 + arcs[1]])
    for arc in arcs[2:]:
        piece = [arc & 127]
        while arc > 127:
            arc >>= 7
            piece.insert(0, 128 | arc & 127)
        out += bytes(piece)
    return der(6, out)


DATA, SIGNED = oid(1, 2, 840, 113549, 1, 7, 1), oid(1, 2, 840, 113549, 1, 7, 2)
SHA256 = der(0x30, oid(2, 16, 840, 1, 101, 3, 4, 2, 1), der(5))
RSA = der(0x30, oid(1, 2, 840, 113549, 1, 1, 1), der(5))


def cms(c, t, general=False):
    """A detached signature with a signing time; no certificate, the signature is noise."""
    r = c.r
    issuer = der(0x30, der(0x31, der(0x30, oid(2, 5, 4, 3), der(12, b"Test authority"))))
    when = der(24, ymd(t, "%Y%m%d%H%M%SZ").encode()) if general else der(23, ymd(t, "%y%m%d%H%M%SZ").encode())
    attrs = der(0xA0, der(0x30, oid(1, 2, 840, 113549, 1, 9, 3), der(0x31, DATA)),
                der(0x30, oid(1, 2, 840, 113549, 1, 9, 5), der(0x31, when)),
                der(0x30, oid(1, 2, 840, 113549, 1, 9, 4), der(0x31, der(4, noise(r, 32)))))
    info = der(0x30, der(2, b"\x01"), der(0x30, issuer, der(2, b"\x01" + noise(r, 7))), SHA256, attrs, RSA, der(4, noise(r, 256)))
    return der(0x30, SIGNED, der(0xA0, der(0x30, der(2, b"\x01"), der(0x31, SHA256), der(0x30, DATA), der(0x31, info))))


@kind("smime.signing-time", 4, 2003, 2024)
def smime(c):
    """S/MIME: the signing time among the signed attributes"""
    t = c.t // S * S
    c.want(t, 1, "signed")
    text = ("Content-Type: text/plain; charset=us-ascii", TEXT)
    part = attached(cms(c, t), "application/pkcs7-signature", "smime.p7s")
    ctype, body = multipart("smime-" + text_of(c.r, "ghjkmnpqrst", 12), [text, part], "signed", ";\n\tprotocol=\"application/pkcs7-signature\"; micalg=sha-256")
    return message(c, kind=ctype, body=body)


@kind("disposition.dates", 6, 2001, 2022)
def disposition(c):
    """Content-Disposition states when a file was made, changed, read"""
    name = ("creation-date", "modification-date", "read-date")[int(c.name[-1]) % 3]
    t = (c.t - c.r.randrange(60, 5000000) * S) // S * S
    c.want(t, 1, "file")
    disp = 'Content-Disposition: attachment; filename="plan.bin";\n\tsize=64; %s="%s"' % (name, rfc(t, c.zone))
    return with_parts(c, [attached(noise(c.r, 64), "application/octet-stream", "plan.bin", disp)])


@kind("dsn.dates", 4, 2001, 2024)
def dsn_dates(c):
    """a delivery report says when the message arrived and was last tried"""
    relay = "smtp.%s" % c.mine
    arrived = (c.t - c.r.randrange(60, 400000) * S) // S * S
    c.want(arrived, 1, "other|queued|received")
    c.want(c.t // S * S, 1, "other|queued|received|built")
    ctype, body = dsn(c, "report-" + text_of(c.r, "ghjkmnpqrst", 12), arrived, relay)
    return message(c, kind=ctype, body=body, frm="MAILER-DAEMON@" + relay, top=["Return-Path: <>"])


@kind("icalendar", 4, 2006, 2024)
def calendar(c):
    """an invitation: DTSTAMP, CREATED, LAST-MODIFIED, not the meeting's own time"""
    made = (c.t - c.r.randrange(100, 90000) * S) // S * S
    stamp = (c.t - 2 * S) // S * S
    c.want(stamp, 1, "file|built|other|compose")
    c.want(made, 1, "file|built|other|compose")
    z = "%Y%m%dT%H%M%SZ"
    body = ("BEGIN:VCALENDAR\nPRODID:-//Example//Calendar//EN\nVERSION:2.0\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:%s@%s\nDTSTAMP:%s\nCREATED:%s\n"
            "LAST-MODIFIED:%s\nDTSTART:%s\nDTEND:%s\nSUMMARY:%s\nEND:VEVENT\nEND:VCALENDAR\n" % (
                text_of(c.r, "ghjkmnpqrst", 16), c.mine, ymd(stamp, z), ymd(made, z), ymd(made, z), ymd(c.t + 9 * DAY, z), ymd(c.t + 9 * DAY + HOUR, z), c.subject))
    return with_parts(c, [("Content-Type: text/calendar; charset=us-ascii; method=REQUEST", body)])


def zipped(name, data, w):
    out = io.BytesIO()
    d = civil(w)
    with zipfile.ZipFile(out, "w") as z:
        for n, text in ((name, data),) if isinstance(name, str) else name:
            info = zipfile.ZipInfo(n, (d.year, d.month, d.day, d.hour, d.minute, d.second))
            z.writestr(info, text)
    return out.getvalue()


@kind("file.zip", 3, 2003, 2024)
def zip_file(c):
    """a ZIP archive: its members' times are wall clock to two seconds"""
    w = wall(c.t - c.r.randrange(100, 5000000) * S, c.zone) // (2 * S) * 2 * S
    c.want(w, 2, "file", "sender-local")
    return with_parts(c, [attached(zipped("notes.txt", b"notes\n" * 9, w), "application/zip", "notes.zip")])


@kind("file.ooxml", 3, 2009, 2024)
def ooxml(c):
    """an Office document: dcterms in universal time"""
    made = (c.t - c.r.randrange(10**6, 10**7) * S) // S * S
    changed = (c.t - c.r.randrange(100, 10**6) * S) // S * S
    c.want(made, 1, "file")
    c.want(changed, 1, "file")
    core = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            '<dc:creator>%s</dc:creator><dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">%s</dcterms:modified>'
            '</cp:coreProperties>' % (c.me, iso(made), iso(changed))).encode()
    types = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    data = zipped((("[Content_Types].xml", types), ("docProps/core.xml", core), ("word/document.xml", b"<w:document/>")), None, at(1980))
    return with_parts(c, [attached(data, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "contract.docx")])


@kind("file.pdf", 4, 2003, 2024)
def pdf(c):
    """a PDF: CreationDate with its zone"""
    t = (c.t - c.r.randrange(100, 5000000) * S) // S * S
    c.want(t, 1, "file")
    z = c.zone
    mark = "Z" if z == 0 else "%s%02d'%02d'" % ("-" if z < 0 else "+", abs(z) // 60, abs(z) % 60)
    data = b"%%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n3 0 obj\n<</Producer(Writer 7.0)/CreationDate(D:%s%s)>>\nendobj\ntrailer\n<</Root 1 0 R/Info 3 0 R>>\n%%%%EOF\n" % (
        ymd(t, zone=z).encode(), mark.encode())
    return with_parts(c, [attached(data, "application/pdf", "invoice.pdf")])


def tiff(original, zone=None):
    """A little-endian TIFF with an Exif directory: DateTimeOriginal, OffsetTimeOriginal."""
    text = original.encode() + b"\0"
    entries = [(0x9003, 2, len(text), text)]
    if zone:
        entries.append((0x9011, 2, 7, zone.encode() + b"\0"))
    exif_at = 8 + 2 + 12 + 4
    data_at = exif_at + 2 + 12 * len(entries) + 4
    out = b"II*\0\x08\0\0\0" + struct.pack("<HHHIII", 1, 0x8769, 4, 1, exif_at, 0) + struct.pack("<H", len(entries))
    tail = b""
    for tag, form, count, value in entries:
        out += struct.pack("<HHII", tag, form, count, data_at + len(tail))
        tail += value + b"\0" * (len(value) % 2)
    return out + struct.pack("<I", 0) + tail


def jpeg(exif):
    app1 = b"Exif\0\0" + exif
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(app1) + 2) + app1 + b"\xff\xdb\x00\x43\x00" + bytes(64) + b"\xff\xd9"


@kind("file.exif", 4, 2004, 2024)
def exif(c):
    """a photograph: wall clock, in later cameras with its zone"""
    t = (c.t - c.r.randrange(100, 5000000) * S) // S * S
    text = ymd(t, "%Y:%m:%d %H:%M:%S", c.zone)
    if c.year > 2018:
        c.want(t, 1, "file", "utc", alt=[dict(time=iso(wall(t, c.zone), ""), clock="sender-local")])
        data = jpeg(tiff(text, offset(c.zone)[:3] + ":" + offset(c.zone)[3:]))
    else:
        c.local(t, 1, "file")
        data = jpeg(tiff(text))
    return with_parts(c, [attached(data, "image/jpeg", "photo.jpg")])


@kind("file.ole", 3, 2000, 2012)
def ole(c):
    """an old Office document: FILETIME of the root storage"""
    t = c.t - c.r.randrange(100, 5000000) * S
    c.want(t, 1e-7, "file")
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 0x1000, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    head += struct.pack("<I", 0xFFFFFFFF) * 108
    fat = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + struct.pack("<I", 0xFFFFFFFF) * 126
    name = "Root Entry\0".encode("utf-16-le")
    root = name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name), 5, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF) + bytes(16) + struct.pack("<I", 0)
    root += struct.pack("<QQ", 0, filetime(t)) + struct.pack("<IQ", 0xFFFFFFFE, 0)
    free = (bytes(64) + struct.pack("<HBBIII", 0, 0, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF) + bytes(48))
    assert len(root) == 128 and len(free) == 128 and len(head) == 512
    return with_parts(c, [attached(head + fat + root + free * 3, "application/msword", "letter.doc")])


def tnef_attribute(level, ident, data):
    return bytes([level]) + struct.pack("<II", ident, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


@kind("tnef.date", 3, 1999, 2012)
def tnef(c):
    """winmail.dat: when the message was sent"""
    t = c.t // S * S
    d = civil(t)
    c.want(t, 1, "built|queued|compose|received", "utc|sender-local")
    date = struct.pack("<7H", d.year, d.month, d.day, d.hour, d.minute, d.second, (d.weekday() + 1) % 7)
    data = struct.pack("<IH", 0x223E9F78, c.r.randrange(1, 65535)) + tnef_attribute(1, 0x00089006, struct.pack("<I", 0x10000)) + tnef_attribute(1, 0x00038005, date)
    return with_parts(c, [attached(data, "application/ms-tnef", "winmail.dat")])


@kind("html.o-created", 3, 2004, 2020)
def created(c):
    """Word's document properties in an HTML body"""
    t = (c.t - c.r.randrange(60, 5000) * S) // S * S
    c.want(t, 1, "file|compose|built", "utc|sender-local")
    page = ('<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><!--[if gte mso 9]><xml><o:DocumentProperties>'
            '<o:Created>%s</o:Created></o:DocumentProperties></xml><![endif]--></head><body><p>Good day</p></body></html>\n' % iso(t))
    return message(c, mailer="Microsoft Outlook 12.0", kind="Content-Type: text/html; charset=us-ascii", body=page)
