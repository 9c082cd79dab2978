#!/usr/bin/env python3
"""Writes 14-opaque-smime with openssl: a fresh key at each run, so the bytes differ from run to run."""

import base64
import os
import subprocess
import tempfile

import make_cases as m

INNER = m.crlf("Content-Type: multipart/mixed; boundary=in\n\n--in\nContent-Type: text/plain\n\nSigned text\n"
               "--in\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
               "Content-Disposition: attachment; filename=signed.pdf\n\n" + m.b64(m.PDF) + "--in--\n")


def sign(content):
    with tempfile.TemporaryDirectory() as d:
        run = lambda *args: subprocess.run(("openssl",) + args, cwd=d, check=True, capture_output=True)
        run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "36500",
            "-subj", "/CN=Ann/emailAddress=ann@example.org")
        with open(os.path.join(d, "in"), "wb") as f:
            f.write(content)
        run("cms", "-sign", "-binary", "-nodetach", "-stream", "-in", "in", "-signer", "cert.pem", "-inkey", "key.pem",
            "-outform", "DER", "-out", "out.p7m")
        with open(os.path.join(d, "out.p7m"), "rb") as f:
            return f.read()


p7m = sign(INNER)
m.case("14-opaque-smime", """
An opaque signature (smime.p7m, RFC 8551 3.5.2) hides text and attachments from eml_parser, mail-parser,
enmime, go-message and mu: one blob. The entity inside is taken out and examined; nothing is verified.
""", m.crlf(m.TOP + m.DATE + "Subject: signed\nMIME-Version: 1.0\n"
            "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
            "Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=smime.p7m\n\n" + m.b64(p7m)),
       {"parts": [{"path": "1", "sha256": m.sha(p7m), "message": {
           "evidence": {"container": "cms", "sha256": m.sha(INNER)},
           "parts": [{"path": "1"}, {"path": "1.1", "content_type": "text/plain"},
                     {"path": "1.2", "filename": "signed.pdf", "sha256": m.sha(m.PDF)}]}}]})
