#!/usr/bin/env python3
"""Writes the cases in this folder: NAME/{message.eml or mailbox.mbox, want.json, why.md}.

Each case shows one fault measured in another program, with the right answer.
The answers are worked out here from the bytes, not taken from a run of emlcheck.
message.eml of 14-opaque-smime needs a key and is made by make_smime.sh instead.
"""

import base64
import hashlib
import json
import os
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = "From: Ann <ann@example.org>\nTo: Bob <bob@example.net>\n"
DATE = "Date: Tue, 1 Jul 2003 10:52:37 +0200\n"


def crlf(text):
    raw = text if isinstance(text, bytes) else text.encode()
    return raw.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def b64(raw, width=76):
    text = base64.b64encode(raw).decode()
    return "".join(text[i:i + width] + "\n" for i in range(0, len(text), width))


def sha(raw):
    return hashlib.sha256(raw).hexdigest()


def case(name, why, raw, want, file="message.eml"):
    folder = os.path.join(HERE, name)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, file), "wb") as f:
        f.write(raw)
    if not isinstance(want, list):
        want.setdefault("evidence", {})["sha256"] = sha(raw)
    with open(os.path.join(folder, "want.json"), "w", newline="\n") as f:
        json.dump(want, f, indent=2, ensure_ascii=False)
        f.write("\n")
    with open(os.path.join(folder, "why.md"), "w", newline="\n") as f:
        f.write(why.strip() + "\n")


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

# 1: dates that are not there -------------------------------------------------------
case("01-date-missing", """
A message without a Date field has no date. eml_parser 2.0 reports 1970-01-01T00:00:00Z for it,
and programs built on it inherit that date.
""", crlf(TOP + "Subject: no date\n\nBody\n"), {"message": {"date": None, "subject": "no date"}})

case("02-date-unreadable", """
"25:61:00" is no time of day. eml_parser makes it 1970, mail-parser 4.5.0 makes it the next day
02:01 without a word. It is unreadable, and the text stays.
""", crlf(TOP + "Date: Tue, 1 Jul 2003 25:61:00 +0200\n\nBody\n"),
     {"message": {"date": {"raw": "Tue, 1 Jul 2003 25:61:00 +0200", "time": None, "precision_seconds": None}}})

case("03-hop-date-unreadable", """
The same inside a Received field: the hop keeps its other values and has no time and no delay.
""", crlf("Received: from a.example.org (a.example.org [192.0.2.1]) by mx.example.net (Postfix) with ESMTP id 4XyZ\n"
          "\tfor <bob@example.net>; Tue, 1 Jul 2003 25:61:00 +0200\n"
          "Received: from pc (pc.example.org [192.0.2.7]) by a.example.org (Postfix) with ESMTPA id 4XyA;\n"
          "\tTue, 1 Jul 2003 10:52:38 +0200\n" + TOP + DATE + "\nBody\n"),
     {"route": {"elapsed_seconds": None, "hops": [
         {"index": 0, "by": "a.example.org", "time": {"time": "2003-07-01T10:52:38+02:00"}},
         {"index": 1, "by": "mx.example.net", "from": {"helo": "a.example.org", "rdns": "a.example.org", "ip": "192.0.2.1"},
          "id": "4XyZ", "for": "bob@example.net", "with": "ESMTP",
          "time": {"raw": "Tue, 1 Jul 2003 25:61:00 +0200", "time": None}, "delay_seconds": None}]}})

case("04-date-without-zone", """
A date without a zone is no date in UTC: eml_parser and mail-parser say +0000 and nothing else.
The moment may be up to 14 hours away, so the zone is "absent".
""", crlf(TOP + "Date: Tue, 1 Jul 2003 10:52:37\n\nBody\n"),
     {"message": {"date": {"raw": "Tue, 1 Jul 2003 10:52:37", "time": "2003-07-01T10:52:37+00:00", "zone": "absent"}}})

# 4: one line without a colon ---------------------------------------------------------
body = b64(PDF)
case("05-line-without-colon", """
A gateway wrote its warning into the header as a line without a colon. go-message 0.18.2 refuses the
whole message ("malformed MIME header line"); eml_parser and mail-parser lose Subject, Date and all
attachments. All fields around the line are fields (RFC 7103 7.5 advises to go on).
""", crlf(TOP + "CAUTION This message came from outside the organisation\nSubject: Figures\n" + DATE +
          "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b1\n\n"
          "--b1\nContent-Type: text/plain\n\nSee attached.\n"
          "--b1\nContent-Type: application/pdf; name=figures.pdf\nContent-Transfer-Encoding: base64\n"
          "Content-Disposition: attachment; filename=figures.pdf\n\n" + body + "--b1--\n"),
     {"message": {"subject": "Figures", "date": {"time": "2003-07-01T10:52:37+02:00"}},
      "parts": [{"path": "1", "content_type": "multipart/mixed"}, {"path": "1.1", "content_type": "text/plain"},
                {"path": "1.2", "content_type": "application/pdf", "filename": "figures.pdf", "sha256": sha(PDF), "size": len(PDF), "is_attachment": True}],
      "defects": [{"code": "header.missing-colon"}]})

# 6: hop roles ----------------------------------------------------------------------
case("06-hop-roles", """
HELO, reverse DNS and peer address are three statements by two authors. eml_parser puts them into one
unordered set (its order changes from run to run) and finds none in 1,026 of 13,253 real hops;
mail-parser leaves one string.
""", crlf(
    "Received: from helo.example.com (rdns.example.org [IPv6:2001:db8::25])\n"
    "\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n"
    "\t(Client did not present a certificate)\n"
    "\t(Authenticated sender: ann@example.org)\n"
    "\tby mx.example.net (Postfix) with ESMTPSA id 4XyZ1234\n"
    "\tfor <bob@example.net>; Tue, 1 Jul 2003 10:52:39 +0200 (CEST)\n" + TOP + DATE + "\nBody\n"),
     {"route": {"hops": [{
         "from": {"helo": "helo.example.com", "rdns": "rdns.example.org", "ip": "2001:db8::25"},
         "by": "mx.example.net", "with": "ESMTPSA", "id": "4XyZ1234", "for": "bob@example.net",
         "tls": {"version": "TLSv1.3", "cipher": "TLS_AES_256_GCM_SHA384"},
         "authenticated_as": "ann@example.org", "time": {"time": "2003-07-01T10:52:39+02:00"}}]}})

# 7: nested messages ------------------------------------------------------------------
INNER = crlf(
    "Received: from pc.example.com (pc.example.com [198.51.100.9]) by out.example.com (Postfix) with ESMTP id Inner1;\n"
    "\tMon, 30 Jun 2003 08:00:01 +0000\n"
    "From: Carol <carol@example.com>\nTo: Ann <ann@example.org>\nSubject: the inner one\n"
    "Date: Mon, 30 Jun 2003 08:00:00 +0000\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=in\n\n"
    "--in\nContent-Type: text/plain\n\nInner text\n"
    "--in\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
    "Content-Disposition: attachment; filename=deep.pdf\n\n" + b64(PDF) + "--in--\n")
INNER_WANT = {
    "message": {"subject": "the inner one", "from": [{"address": "carol@example.com"}], "date": {"time": "2003-06-30T08:00:00+00:00"}},
    "route": {"hops": [{"by": "out.example.com", "from": {"ip": "198.51.100.9"}}]},
    "evidence": {"container": "message", "size": len(INNER), "sha256": sha(INNER)},
    "parts": [{"path": "1"}, {"path": "1.1"}, {"path": "1.2", "filename": "deep.pdf", "sha256": sha(PDF)}],
}


def outer(part):
    return crlf(TOP + DATE + "Subject: the outer one\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=out\n\n"
                "--out\nContent-Type: text/plain\n\nFYI\n--out\n") + part + crlf("\n--out--\n")


case("07-nested-message", """
The PDF hangs on the inner message and the hop is the inner message's. eml_parser and mail-parser list
the PDF as an attachment of the outer one and lose the inner route; enmime and go-message stop at the
nested part.
""", outer(crlf("Content-Type: message/rfc822\n\n") + INNER[:-2]),
     {"message": {"subject": "the outer one"}, "route": {"hops": []},
      "parts": [{"path": "1", "message": None}, {"path": "1.1", "message": None},
                {"path": "1.2", "message": dict(INNER_WANT, evidence={
                    "container": "message", "size": len(INNER) - 2, "sha256": sha(INNER[:-2])})}]})

case("08-nested-message-base64", """
RFC 2046 5.2.1 forbids base64 on message/rfc822; senders do it all the same, and eml_parser,
mail-parser, enmime, go-message, mu and munpack leave the message closed. It is opened, with a defect.
""", outer(crlf("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + b64(INNER)[:-1])),
     {"message": {"subject": "the outer one"},
      "parts": [{"path": "1"}, {"path": "1.1"}, {"path": "1.2", "sha256": sha(INNER), "message": INNER_WANT,
                                                "defects": [{"code": "mime.cte-on-composite"}]}]})

# 8: winmail.dat ------------------------------------------------------------------------
def attribute(level, ident, data):
    return struct.pack("<BII", level, ident, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


NOTE = b"Budget for the third quarter\r\n"
TNEF = (struct.pack("<IH", 0x223E9F78, 1)
        + attribute(1, 0x00089006, struct.pack("<I", 0x00010000))                        # attTnefVersion
        + attribute(1, 0x00069007, struct.pack("<II", 1252, 0))                          # attOemCodepage
        + attribute(1, 0x00018004, b"Budget\0")                                          # attSubject
        + attribute(2, 0x00069002, struct.pack("<HIHHI", 1, 0xFFFFFFFF, 32, 32, 0))      # attAttachRendData
        + attribute(2, 0x00018010, b"budget.txt\0")                                      # attAttachTitle
        + attribute(2, 0x0006800F, NOTE))                                                # attAttachData
case("09-winmail-dat", """
Outlook's TNEF holds the real attachment. eml_parser, mail-parser, enmime, go-message, mu and munpack
show one blob "winmail.dat".
""", outer(crlf("Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n"
                "Content-Disposition: attachment; filename=winmail.dat\n\n" + b64(TNEF)[:-1])),
     {"parts": [{"path": "1"}, {"path": "1.1"},
                {"path": "1.2", "filename": "winmail.dat", "sha256": sha(TNEF),
                 "message": {"evidence": {"container": "tnef", "sha256": sha(TNEF)}, "message": {"subject": "Budget"},
                             "parts": [{"path": "1"}, {"path": "1.1", "filename": "budget.txt", "sha256": sha(NOTE)}]}}]})

# 10: duplicated fields -------------------------------------------------------------------
case("10-two-from-two-date", """
Two From and two Date fields: eml_parser, mail-parser, enmime and go-message take the first without a
word, other readers the last. All are listed, and a finding says so (RFC 5322 3.6 allows one).
""", crlf("From: Ann <ann@example.org>\nFrom: Mallory <mallory@example.com>\nTo: Bob <bob@example.net>\n" + DATE +
          "Date: Wed, 2 Jul 2003 10:52:37 +0200\nSubject: one\nSubject: two\n\nBody\n"),
     {"message": {"from": [{"address": "ann@example.org"}, {"address": "mallory@example.com"}],
                  "repeated": [{"name": "date"}, {"name": "from"}, {"name": "subject"}]},
      "findings": [{"id": "header.duplicate:from", "severity": "high"}]})

# 12: authentication that nobody checked ----------------------------------------------------
case("11-authentication-not-checked", """
Nothing here was recomputed: no key is at hand and no resolver was given. mailauth in such a place
prints spf=none and dmarc=none as if they were results. "Not checked" is a state of its own, and what
a header claims stays the claim of its author.
""", crlf("Authentication-Results: mx.example.net; spf=pass smtp.mailfrom=example.org;\n"
          "\tdkim=pass header.d=example.org; dmarc=pass header.from=example.org\n"
          "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=example.org; s=sel; h=from:to:subject;\n"
          "\tbh=frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=; b=AAAA\n" + TOP + DATE + "\nBody\n"),
     {"authentication": {"spf": {"result": "not-checked"}, "dmarc": {"result": "not-checked"},
                         "results": [{"method": "spf", "result": "pass"}, {"method": "dkim", "result": "pass"}, {"method": "dmarc", "result": "pass"}]},
      "signatures": {"dkim": [{"domain": "example.org", "selector": "sel", "key": "not-checked",
                               "body_hash": "uncheckable", "header_signature": "uncheckable"}]}})

# 13: undeclared 8-bit bytes -----------------------------------------------------------------
case("12-undeclared-8bit", """
A raw byte F3 (o with acute in windows-1252) in the Subject, no charset said. mail-parser drops it
("Notificacin"), eml_parser puts U+FFFD, go-message and enmime return invalid UTF-8. It is read by a
stated guess, and the span leads to the byte.
""", crlf(TOP.encode() + b"Subject: Notificaci\xf3n\n" + DATE.encode() + b"\nBody\n"),
     {"message": {"subject": "Notificación"}})

# 5: an mbox with prose that begins with "From " ---------------------------------------------
def mbox():
    out, want = b"", []
    for i, text in enumerate(("Hello\n\nFrom the desk of Ann:\nall is well.\n", "Hi\n\nFrom what I hear, no.\n", "Third\n")):
        sep = f"From ann@example.org Tue Jul  1 10:5{i}:37 2003\n".encode()
        msg = (TOP + f"Subject: number {i + 1}\n" + DATE + "\n" + text).encode()
        want.append({"message": {"subject": f"number {i + 1}"},
                     "evidence": {"container": "mbox", "index": i, "offset": len(out) + len(sep), "size": len(msg),
                                  "separator": sep.decode().rstrip(), "sha256": sha(msg)}})
        out += sep + msg + b"\n"
    return out, want


raw, want = mbox()
case("13-mbox-from-in-body", """
Three messages, two of them with a paragraph that begins with "From ". go-mbox 1.0.4, Python's mailbox
and Tika return five messages. A separator is a line behind a blank line with an address and a date.
""", raw, want, file="mailbox.mbox")
