#!/usr/bin/env python3
"""Writes invoice.eml: the message of the README, with a route, a nested message and things to find."""

import base64
import os

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
