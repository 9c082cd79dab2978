#!/usr/bin/env python3
"""Writes invoice.eml: the message of the README, with a route, a nested message and things to find."""

import base64
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))


def b64(raw):
    text = base64.b64encode(raw).decode()
    return "".join(text[i:i + 76] + "\n" for i in range(0, len(text), 76))


ZIP = (b"PK\x03\x04\x14\0\0\0\0\0\x37\x55\x6a\x59\x85\x11\x4a\x0d\x0b\0\0\0\x0b\0\0\0\x0b\0\0\0readme.txthello world"
       b"PK\x05\x06" + bytes(18))
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

NESTED = """\
Received: from laptop.example.com (laptop.example.com [198.51.100.23])
\tby out.example.com (Postfix) with ESMTPSA id 4jL7MY0M9dz9sTq
\tfor <accounts@example.net>; Thu,  5 Nov 2026 16:40:09 +0000 (UTC)
From: Supplies <sales@example.com>
To: Accounts <accounts@example.net>
Subject: Invoice 2217
Date: Thu, 5 Nov 2026 16:40:07 +0000
Message-ID: <2217@out.example.com>
MIME-Version: 1.0
Content-Type: application/pdf; name=invoice-2217.pdf
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename=invoice-2217.pdf

""" + b64(PDF)

MESSAGE = """\
Return-Path: <bounce-7@mail.example.com>
Received: from relay.example.com (relay.example.com [203.0.113.40])
\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
\tby mx.example.net (Postfix) with ESMTPS id 4jNzwp0qlpz2xN8
\tfor <accounts@example.net>; Tue, 10 Nov 2026 09:15:22 +0100 (CET)
Received: from [192.0.2.77] (helo=DESKTOP-8QK)
\tby relay.example.com with esmtpsa (TLS1.3) tls TLS_AES_256_GCM_SHA384
\t(Exim 4.98) (envelope-from <bounce-7@mail.example.com>)
\tid 1xQh0i-0000000AbcD-1grt for accounts@example.net;
\tTue, 10 Nov 2026 08:15:20 +0000
From: =?utf-8?B?wqtzYWxlc0BleGFtcGxlLmNvbcK7IFN1cHBsaWVz?= <s.upplies@example.org>
Reply-To: payments@example.edu
To: Accounts <accounts@example.net>
Subject: =?utf-8?Q?New_bank_details_=E2=80=93_invoice_2217?=
Date: Mon, 10 Nov 2026 08:15:18 +0000
Message-ID: <7f3a@desktop-8qk>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="----=_Part_9_311.1791533720204"

------=_Part_9_311.1791533720204
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: quoted-printable

Dear all,=20
our bank details have changed =E2=80=93 see the attached form.
------=_Part_9_311.1791533720204
Content-Type: application/pdf; name="details.pdf"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="details.pdf"

""" + b64(ZIP) + """\
------=_Part_9_311.1791533720204
Content-Type: message/rfc822

""" + NESTED + """\
------=_Part_9_311.1791533720204--
"""

with open(os.path.join(HERE, "invoice.eml"), "wb") as f:
    f.write(MESSAGE.replace("\n", "\r\n").encode())


def office():
    """A mailbox (mboxrd) with an ordinary message, one that is deleted but still
    there, and text that careless readers take for separators."""
    box = [
        ("From ann@example.org Mon Nov  9 09:12:03 2026",
         "Received: from out.example.org (out.example.org [192.0.2.10])\n\tby mx.example.net (Postfix) with ESMTPS id 4C2A91F03B\n"
         "\tfor <bob@example.net>; Mon,  9 Nov 2026 09:12:03 +0000 (UTC)\n"
         "From: Ann Lee <ann@example.org>\nTo: Bob <bob@example.net>\nSubject: Minutes\nDate: Mon, 9 Nov 2026 10:12:01 +0100\n"
         "Message-ID: <1@out.example.org>\n\nDear Bob,\n\nFrom what I hear, all is well.\n\n>From the other list: nothing.\n"),
        ("From - Tue Nov 10 08:00:41 2026",
         "X-Mozilla-Status: 0009\nFrom: Bob <bob@example.net>\nTo: Ann Lee <ann@example.org>\nSubject: Re: Minutes\n"
         "Date: Tue, 10 Nov 2026 08:00:41 +0000\nMessage-ID: <2@example.net>\nIn-Reply-To: <1@out.example.org>\n\nThank you.\n"),
        ("From ann@example.org Tue Nov 10 07:30:00 2026",
         "From: Ann Lee <ann@example.org>\nTo: Bob <bob@example.net>, carol@example.com\nSubject: =?utf-8?Q?Angebot_f=C3=BCr_M=C3=A4rz?=\n"
         "Date: Tue, 10 Nov 2026 08:29:58 +0100\nMessage-ID: <3@out.example.org>\nMIME-Version: 1.0\n"
         "Content-Type: application/pdf; name=\"offer.pdf\"\nContent-Disposition: attachment; filename=\"offer.pdf\"\n"
         "Content-Transfer-Encoding: base64\n\nJVBERi0xLjQKJSBub3RoaW5nIGluIGl0CiUlRU9GCg==\n"),
    ]
    out = []
    for line, text in box:
        header, body = text.split("\n\n", 1)
        body = re.sub(r"(?m)^(>*From )", r">\1", body)
        out.append(line + "\n" + header + "\n\n" + body + "\n")
    return "".join(out).encode()


with open(os.path.join(HERE, "office.mbox"), "wb") as f:
    f.write(office())
