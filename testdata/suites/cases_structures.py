"""Structure: RFC 2045 (fields, transfer encodings), RFC 2046 (multipart, message), RFC 2183
(disposition); spans of header and body of every part, and damage."""

import base64
import binascii

from suitelib import HEAD, MIME, L, P, Suite, has, sha

suite = Suite("structures")

MIXED = "Content-Type: multipart/mixed; boundary=b\n"
TEXT = "Content-Type: text/plain\n\n"


def case(why, template, parts, want=None, clean=False, **keys):
    """template: what follows the ordinary top fields.  clean: right by the grammar, so no
    defect may be reported."""
    want = dict(want or {})
    want["message"] = dict({"subject": "Case"}, **want.get("message", {}))
    if clean:
        want["defects"] = []
    if isinstance(template, str):
        template = template.encode("utf-8")
    suite.add(why, (HEAD + MIME).encode() + template, want, parts, **keys)


def clean(why, template, parts, **keys):
    case(why, template, parts, clean=True, **keys)


def M(path="1", sub="mixed", **keys):
    """A wanted multipart: it has no content of its own."""
    return P(path, "multipart/" + sub, False, size=None, sha256=None, **keys)


def T(path, dec=None, **keys):
    return P(path, "text/plain", dec, **keys)


def b64(raw, width=76):
    text = base64.b64encode(raw).decode()
    return "\n".join(text[i:i + width] for i in range(0, len(text), width))


# --- RFC 2045 5.2: one part -------------------------------------------------------------
R = "RFC 2045 5.2: "
clean(R + "no Content-Type is text/plain", "\n[[1]]Body\n[[/1]]", [T("1", charset=None, encoding=None)])
clean(R + "the body reaches to the end", "[[h1.9]][[/h1.9]]\n[[1]]a\n\nb\n\n\n[[/1]]", [T("1")])
clean(R + "no line break at the end", "\n[[1]]Body[[/1]]", [T("1")])
clean(R + "an empty body", "\n[[1]][[/1]]", [T("1")])
clean(R + "a body of one line break", "\n[[1]]\n[[/1]]", [T("1")])
clean(R + "a body that begins with blank lines", "\n[[1]]\n\nBody\n[[/1]]", [T("1")])
clean(R + "HTML", "Content-Type: text/html; charset=utf-8\n\n[[1]]<p>\u00e9\n[[/1]]", [P("1", "text/html", charset="utf-8")])
clean(R + "an unknown type is kept as declared", "Content-Type: application/x-own; a=b\n\n[[1]]x\n[[/1]]", [P("1", "application/x-own")])
clean(R + "a type with a dot, a plus and a hyphen", "Content-Type: application/vnd.own-x.y+xml\n\n[[1]]x\n[[/1]]", [P("1", "application/vnd.own-x.y+xml")])
for value in ("text", "", "; charset=utf-8", "/plain", "text/", "(text/html)"):
    case(R + "a Content-Type without type and subtype is read as text/plain: " + repr(value), "Content-Type: " + value + "\n\n[[1]]x\n[[/1]]", [T("1")])
case("RFC 2045 5.1: comments around type and subtype", "Content-Type: (a) text (b) / (c) html (d); (e) charset (f) = (g) utf-8\n\n[[1]]x\n[[/1]]", [P("1", "text/html", charset="utf-8")])
clean("RFC 2045 5.1: folded before the parameter", "Content-Type: text/html;\n\tcharset=utf-8\n\n[[1]]x\n[[/1]]", [P("1", "text/html", charset="utf-8")])
clean("RFC 2045 7: Content-ID without its brackets", "Content-ID: <part1@example.org>\n\n[[1]]x\n[[/1]]", [T("1", content_id="part1@example.org")])
case("RFC 2045 4: a comment in MIME-Version of a part is no matter", "MIME-Version-X: 1.0 (x)\nContent-Type: text/html\n\n[[1]]x\n[[/1]]", [P("1", "text/html")])
suite.add("RFC 2045 4: without MIME-Version the type is commonly believed; no part is lost",
          HEAD + MIXED + "\n--b\n" + TEXT + "one\n--b--\n", {},
          want_any=[{"parts": [{"path": "1"}, L("1.1", "text/plain", "one")]}, {"parts": [{"path": "1", "content_type": "text/plain"}]}])
suite.add("RFC 2045 4: a comment in MIME-Version", HEAD + "MIME-Version: 1.(x)0 (y)\n" + MIXED + "\n--b\n" + TEXT + "[[1.1]]one[[/1.1]]\n--b--\n", {}, [M(), T("1.1")])

# --- RFC 2046 5.1: multipart ---------------------------------------------------------------
B = "RFC 2046 5.1.1: "
clean(B + "two parts; the line break before a delimiter belongs to it",
      MIXED + "\n--b\n[[h1.1]]" + TEXT + "[[/h1.1]][[1.1]]one[[/1.1]]\n--b\n[[h1.2]]" + TEXT + "[[/h1.2]][[1.2]]two[[/1.2]]\n--b--\n", [M(), T("1.1"), T("1.2")])
clean(B + "its example: implicit and explicit type, preamble, epilogue, a part that ends with a line break",
      'Content-Type: multipart/mixed; boundary="simple boundary"\n\nThis is the preamble.\n\n--simple boundary\n\n[[1.1]]implicit, no end of line.[[/1.1]]\n'
      "--simple boundary\nContent-type: text/plain; charset=us-ascii\n\n[[1.2]]explicit, with end of line.\n[[/1.2]]\n--simple boundary--\n\nThis is the epilogue.\n",
      [M(), T("1.1", charset=None), T("1.2", charset="us-ascii")])
clean(B + "a part of blank lines", MIXED + "\n--b\n\n[[1.1]]\n\n[[/1.1]]\n--b--\n", [M(), T("1.1")])
clean(B + "a part that begins with a blank line", MIXED + "\n--b\n\n[[1.1]]\none[[/1.1]]\n--b--\n", [M(), T("1.1")])
clean(B + "the last part ends without a line break behind the close; no preamble, no epilogue", MIXED + "\n--b\n\n[[1.1]]one[[/1.1]]\n--b--", [M(preamble=None, epilogue=None), T("1.1")])
clean(B + "no preamble, no blank line beyond the header's; a part without header begins with its blank line", MIXED + "\n[[1]]--b\n[[h1.1]]\n[[/h1.1]][[1.1]]one[[/1.1]]\n--b--\n[[/1]]", [M(), T("1.1")])
clean(B + "blanks behind a delimiter are padding", MIXED + "\n--b  \t\n\n[[1.1]]one[[/1.1]]\n--b \n\n[[1.2]]two[[/1.2]]\n--b--  \n", [M(), T("1.1"), T("1.2")])
clean(B + "a part with an empty body behind its blank line", MIXED + "\n--b\nContent-Type: text/html\n\n\n--b--\n", [M(), P("1.1", "text/html", b"")])
case(B + "header lines, a blank line, the delimiter: an empty body", MIXED + "\n--b\nContent-Type: text/html\n\n--b--\n", [M(), P("1.1", "text/html", b"")])
case(B + "header lines and the delimiter: a part without body", MIXED + "\n--b\nContent-Type: text/html\n--b\n\n[[1.2]]two[[/1.2]]\n--b--\n", [M(), P("1.1", "text/html", b""), T("1.2")])
clean(B + "a line that begins with other hyphens is text", MIXED + "\n--b\n\n[[1.1]]--c\n-- \n--\n---b\n-b[[/1.1]]\n--b--\n", [M(), T("1.1")])
clean(B + "a delimiter stands at the beginning of a line", MIXED + "\n--b\n\n[[1.1]]x --b\n --b\n>--b--[[/1.1]]\n--b--\n", [M(), T("1.1")])
clean(B + "boundaries are case-sensitive", "Content-Type: multipart/mixed; boundary=bB\n\n--bB\n\n[[1.1]]--bb\n--BB--\nx[[/1.1]]\n--bB--\n", [M(), T("1.1")])
clean(B + "the preamble is no part", MIXED + "\nContent-Type: text/html\n\nnot a part\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\n", [M(), T("1.1")])
clean(B + "the epilogue is no part", MIXED + "\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\nContent-Type: text/html\n\nnot a part\n", [M(), T("1.1")])
clean(B + "the closing delimiter right at the end", MIXED + "\n--b\n\n[[1.1]]one\n[[/1.1]]\n--b--", [M(), T("1.1")])
case(B + "delimiters behind the close are epilogue, and worth a word", MIXED + "\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\n[[!]]--b\n[[/!]]\ntwo\n--b--\n", [M(), T("1.1")])
case(B + "the closing delimiter alone: no part", MIXED + "\n--b--\n", [M()])
case(B + "two delimiters in a row lack the line break of an empty part; the next part is not lost", MIXED + "\n--b\n--b\n\ntwo\n--b--\n", None,
     want_any=[{"parts": [{"path": "1"}, L("1.1", "text/plain", "two")]}, {"parts": [{"path": "1"}, L("1.1", "text/plain", ""), L("1.2", "text/plain", "two")]}])
case("RFC 2046 5.1.1, NOTE TO IMPLEMENTORS: a line that only begins with the delimiter is left open", MIXED + "\n--b\n\none\n--bX\n\ntwo\n--b--\n", None,
     want_any=[{"parts": [{"path": "1"}, {"path": "1.1"}]}, {"parts": [{"path": "1"}, {"path": "1.1"}, {"path": "1.2"}]}])

for boundary, quoted in (
    ("b", False), ("0", False), ("=_Part_1.2", True), ("----=_NextPart_000_0001", True), ("'()+_,-./:=?", True), ("a b c", True), ("gc0pJq0M:08jU534c0p", True),
    ("x" * 70, False), ("--", False), ("b--", False), ("-", False), ("Apple-Mail=_6F2A", True), ("a.b_c-d+e", False), ("(x)", True), ("mixed", False),
):
    text = '"%s"' % boundary if quoted else boundary
    clean(B + "boundary " + text, "Content-Type: multipart/mixed; boundary=%s\n\n--%s\n\n[[1.1]]one[[/1.1]]\n--%s\n\n[[1.2]]two[[/1.2]]\n--%s--\n" % (text, boundary, boundary, boundary),
          [M(), T("1.1"), T("1.2")])
case("RFC 2045 5.1: quotes and quoted pairs are no part of the boundary", 'Content-Type: multipart/mixed; boundary="a\\b"\n\n--ab\n\n[[1.1]]one[[/1.1]]\n--ab--\n', [M(), T("1.1")])
case("RFC 2045 5.1: = in a boundary needs quotes; one reading", "Content-Type: multipart/mixed; [[!]]boundary=a=b[[/!]]\n\n--a=b\n\n[[1.1]]one[[/1.1]]\n--a=b--\n", [M(), T("1.1")])
case("RFC 2045 5.1: : and / in a boundary need quotes; one reading", "Content-Type: multipart/mixed; [[!]]boundary=a/b:c[[/!]]\n\n--a/b:c\n\n[[1.1]]one[[/1.1]]\n--a/b:c--\n", [M(), T("1.1")])
case(B + "over 70 characters are not allowed; one reading", "Content-Type: multipart/mixed; [[!]]boundary=%s[[/!]]\n\n--%s\n\n[[1.1]]one[[/1.1]]\n--%s--\n" % (("y" * 90,) * 3), [M(), T("1.1")])
case(B + "a boundary never ends with a blank; without it there is one reading", 'Content-Type: multipart/mixed; boundary="b "\n\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\n', [M(), T("1.1")])
case("RFC 2045 5.1: a comment behind the boundary", "Content-Type: multipart/mixed; boundary=b (comment)\n\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\n", [M(), T("1.1")])
case("RFC 2045 5.1: blanks around the equals sign", "Content-Type: multipart/mixed; boundary = b\n\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\n", [M(), T("1.1")])
clean("RFC 2045 5.1: the boundary in a folded line, upper case name, behind another parameter", 'Content-Type: Multipart/MIXED;\n charset="boundary=x";\n BOUNDARY="b"\n\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\n', [M(), T("1.1")])
case(B + "no boundary: not split, nothing is lost", "[[!]]Content-Type: multipart/mixed[[/!]]\n\n[[1]]--b\n\none\n--b--\n[[/1]]", [P("1", "multipart/mixed", False)])
case(B + "an empty boundary: not split", 'Content-Type: multipart/mixed; [[!]]boundary=""[[/!]]\n\n[[1]]--\n\none\n----\n[[/1]]', [P("1", "multipart/mixed", False)])
case(B + "a boundary that does not occur: no part", MIXED + "\n[[1]][[!]]no delimiter here\n[[/!]][[/1]]", [P("1", "multipart/mixed", False)])
case(B + "two boundary parameters: two readings", "Content-Type: multipart/mixed; boundary=b; [[!]]boundary=c[[/!]]\n\n--b\n\none\n--b--\n--c\n\ntwo\n--c--\n", None,
     want_any=[{"parts": [{"path": "1"}, {"path": "1.1", "size": 3}]}])

# --- RFC 2046 5.1.2 to 5.1.7: nesting and subtypes ----------------------------------------------
K = "RFC 2046 5.1.2: "
for sub in ("mixed", "alternative", "related", "parallel", "form-data", "x-unknown", "report", "appledouble"):
    clean("RFC 2046 5.1.3, 5.1.7: multipart/%s is split" % sub, "Content-Type: multipart/%s; boundary=b\n\n--b\n%s[[1.1]]one[[/1.1]]\n--b\nContent-Type: text/html\n\n[[1.2]]<p>two[[/1.2]]\n--b--\n" % (sub, TEXT),
          [M(sub=sub), T("1.1"), P("1.2", "text/html")])
INNER = "--o\nContent-Type: multipart/alternative; boundary=i\n\n--i\n" + TEXT + "[[1.1.1]]plain[[/1.1.1]]\n--i\nContent-Type: text/html\n\n[[1.1.2]]<b>html[[/1.1.2]]\n"
OUTER = "Content-Type: multipart/mixed; boundary=o\n\n"
NEST = [M(), M("1.1", "alternative"), T("1.1.1"), P("1.1.2", "text/html"), P("1.2", "image/png", b"\x89PNG")]
PNG = "--o\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw==\n--o--\n"
clean(K + "alternative inside mixed", OUTER + INNER + "--i--\n" + PNG, NEST)
clean(K + "a blank line behind the inner close is its epilogue", OUTER + INNER + "--i--\n\n" + PNG, NEST)
clean(K + "inner preamble and epilogue", OUTER + INNER.replace("\n\n--i\n", "\n\npreamble\n\n--i\n", 1) + "--i--\nepilogue\n" + PNG, NEST)
case(K + "the inner close is missing: the outer delimiter ends both", OUTER + INNER + "[[!]]" + PNG.replace("--o\n", "--o\n[[/!]]", 1), NEST)
case(K + "the outer close inside the inner multipart ends both", OUTER + INNER + "[[!]]--o--[[/!]]\n", NEST[:-1])
clean(K + "the inner boundary begins with the outer one", (OUTER + INNER + "--i--\n" + PNG).replace("=i\n", "=oi\n").replace("--i", "--oi"), NEST)
clean(K + "the outer boundary begins with the inner one", (OUTER + INNER + "--i--\n" + PNG).replace("=o\n", "=io\n").replace("--o", "--io"), NEST)
clean(K + "inner boundary = outer boundary and two hyphens more", (OUTER + INNER + "--i--\n" + PNG).replace("=i\n", "=o-2\n").replace("--i", "--o-2"), NEST)
clean(K + "a delimiter of the inner boundary outside of it is text", OUTER + INNER + "--i--\n--o\n\n[[1.2]]--i\n\nx\n--i--[[/1.2]]\n--o--\n", NEST[:-1] + [T("1.2")])
case(K + "inner and outer boundary are the same: no byte may be lost", "Content-Type: multipart/mixed; boundary=s\n\n--s\nContent-Type: multipart/alternative; boundary=s\n\n--s\n\none\n--s--\n--s--\n", None,
     want_any=[{"parts": [{"path": "1"}, {"path": "1.1"}, {"path": "1.1.1", "size": 3}]}, {"parts": [{"path": "1"}, {"path": "1.1"}, {"path": "1.2", "size": 3}]}])
clean(K + "multipart/signed: its parts stand as they are (RFC 1847)", 'Content-Type: multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha256; boundary=b\n\n--b\n[[h1.1]]' + TEXT +
      "[[/h1.1]][[1.1]]signed\n[[/1.1]]\n--b\nContent-Type: application/pgp-signature\n\n[[1.2]]-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----[[/1.2]]\n--b--\n",
      [M(sub="signed"), T("1.1"), P("1.2", "application/pgp-signature")])
clean(K + "multipart/encrypted (RFC 1847)", 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\n[[1.1]]Version: 1\n[[/1.1]]\n--b\n'
      "Content-Type: application/octet-stream\n\n[[1.2]]-----BEGIN PGP MESSAGE-----\n\nhQ==\n-----END PGP MESSAGE-----\n[[/1.2]]\n--b--\n",
      [M(sub="encrypted"), P("1.1", "application/pgp-encrypted"), P("1.2", "application/octet-stream")])
depth = 20
deep, wanted = "", []
for i in range(depth):
    deep += "Content-Type: multipart/mixed; boundary=n%02d\n\n--n%02d\n" % (i, i)
    wanted.append(M("1" + ".1" * i))
leaf = "1" + ".1" * depth
clean(K + "twenty levels", deep + TEXT + "[[%s]]deep[[/%s]]\n" % (leaf, leaf) + "".join("--n%02d--\n" % i for i in reversed(range(depth))), wanted + [T(leaf)])
case(K + "twenty levels, all closed by the outermost delimiter", deep + TEXT + "[[%s]]deep[[/%s]]\n[[!]]--n00--[[/!]]\n" % (leaf, leaf), wanted + [T(leaf)])
clean(B + "two hundred parts", MIXED + "\n" + "".join("--b\n\n[[1.%d]]%d[[/1.%d]]\n" % (i, i, i) for i in range(1, 201)) + "--b--\n", [M()] + [T("1.%d" % i) for i in range(1, 201)])

# --- damage: ends that are missing -----------------------------------------------------------------
X = "RFC 2046 5.1.1, damage: "
case(X + "the close is missing: the last part reaches to the end", MIXED + "\n--b\n\n[[1.1]]one[[/1.1]]\n--b\n\n[[1.2]]two\n[[!]][[/!]][[/1.2]]", [M(), T("1.1"), T("1.2")])
case(X + "cut off in the middle of a body", MIXED + "\n--b\n\n[[1.1]]one and a half li[[!]][[/!]][[/1.1]]", [M(), T("1.1")])
case(X + "cut off behind a delimiter", MIXED + "\n--b\n\n[[1.1]]one[[/1.1]]\n--b\n[[!]][[/!]]", None, want_any=[{"parts": [{"path": "1"}, {"path": "1.1", "size": 3}]}, {"parts": [{"path": "1"}, {"path": "1.1", "size": 3}, {"path": "1.2", "size": 0}]}])
case(X + "cut off inside a part's header", MIXED + "\n--b\n\n[[1.1]]one[[/1.1]]\n--b\nContent-Type: text/html[[!]][[/!]]", [M(), T("1.1"), P("1.2", "text/html", b"")])
case(X + "cut off inside the closing delimiter: -- and one hyphen is no close", MIXED + "\n--b\n\n[[1.1]]one\n--b-[[!]][[/!]][[/1.1]]", None, want_any=[{"parts": [{"path": "1"}, {"path": "1.1"}]}])
case(X + "inner and outer close are missing", OUTER + INNER.replace("<b>html[[/1.1.2]]\n", "<b>html\n[[!]][[/!]][[/1.1.2]]"), NEST[:-1])
case(X + "cut off in base64: what is there is decoded", MIXED + "\n--b\nContent-Transfer-Encoding: base64\n\nSGVsbG8g[[!]][[/!]]", [M(), T("1.1", b"Hello ")])
case(X + "no blank line behind the header of a part: the text is body", MIXED + "\n--b\nContent-Type: text/plain\n[[1.1]][[!]]Hello[[/!]] there[[/1.1]]\n--b--\n", [M(), T("1.1")])
case(X + "neither header nor blank line: the text is body", MIXED + "\n--b\n[[1.1]][[!]]Hello[[/!]] there[[/1.1]]\n--b--\n", [M(), T("1.1")])
case(X + "no blank line between the message's header and the first delimiter", "Content-Type: multipart/mixed; boundary=b\n[[!]]--b[[/!]]\n\n[[1.1]]one[[/1.1]]\n--b--\n", [M(), T("1.1")])

# --- RFC 2046 5.2: message types -------------------------------------------------------------------
N = "RFC 2046 5.2.1: "
IN = "From: Cy <cy@example.com>\nTo: dee@example.org\nSubject: Inner\nDate: Wed, 2 Jul 2003 08:00:00 -0700\nMessage-ID: <inner@example.com>\n"
INNER_MESSAGE = {"from": [{"name": "Cy", "address": "cy@example.com"}], "to": [{"address": "dee@example.org"}], "subject": "Inner",
                 "date": {"time": "2003-07-02T08:00:00-07:00", "zone": "stated"}, "message_id": "inner@example.com"}
RFC822 = "Content-Type: message/rfc822\n"


def inside(*parts, **message):
    return {"message": dict(INNER_MESSAGE, **message), "parts": list(parts)}


PLAIN = inside(L("1", "text/plain", "inner body"))
clean(N + "a nested message has its own report", MIXED + "\n--b\n" + TEXT + "[[1.1]]see below[[/1.1]]\n--b\n[[h1.2]]" + RFC822 + "\n[[/h1.2]][[1.2]]" + IN + "\ninner body[[/1.2]]\n--b--\n",
      [M(), T("1.1"), P("1.2", "message/rfc822", message=PLAIN)])
clean(N + "the whole message is a nested message", RFC822 + "\n[[1]]" + IN + "\ninner body[[/1]]", [P("1", "message/rfc822", message=PLAIN)])
clean(N + "with a disposition and a name", MIXED + "\n--b\n" + RFC822 + "Content-Disposition: attachment; filename=f.eml\n\n[[1.1]]" + IN + "\ninner body[[/1.1]]\n--b--\n",
      [M(), P("1.1", "message/rfc822", message=PLAIN, filename="f.eml", is_attachment=True)])
clean(N + "a nested multipart counts its parts anew, and its message stands at the outer part's body",
      MIXED + "\n--b\n" + RFC822 + "\n[[1.1]]" + IN + MIME + "Content-Type: multipart/mixed; boundary=i\n\n--i\n\ninner one\n--i\nContent-Type: application/pdf; name=x.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--i--\n[[/1.1]]\n--b\n\n[[1.2]]two[[/1.2]]\n--b--\n",
      [M(), P("1.1", "message/rfc822", message=inside({"path": "1", "content_type": "multipart/mixed"}, L("1.1", "text/plain", "inner one"), L("1.2", "application/pdf", "%PDF", filename="x.pdf"))), T("1.2")])
clean(N + "three levels", MIXED + "\n--b\n" + RFC822 + "\n[[1.1]]" + IN + RFC822.replace("Content", MIME + "Content") + "\nSubject: Third\nFrom: e@example.org\nDate: Wed, 2 Jul 2003 08:00:00 -0700\n\nthird body[[/1.1]]\n--b--\n",
      [M(), P("1.1", "message/rfc822", message=inside({"path": "1", "content_type": "message/rfc822", "message": {"message": {"subject": "Third"}, "parts": [L("1", "text/plain", "third body")]}}))])
case(N + "the close of the nested multipart is missing: the outer delimiter ends it", MIXED + "\n--b\n" + RFC822 + "\n[[1.1]]" + IN + MIME + "Content-Type: multipart/mixed; boundary=i\n\n--i\n\ninner one[[/1.1]]\n--b\n\n[[1.2]]two[[/1.2]]\n--b--\n",
     [M(), P("1.1", "message/rfc822", message=inside({"path": "1"}, L("1.1", "text/plain", "inner one"))), T("1.2")])
clean(N + "a nested message of header alone", MIXED + "\n--b\n" + RFC822 + "\n[[1.1]]" + IN + "[[/1.1]]\n--b--\n", [M(), P("1.1", "message/rfc822", message={"message": INNER_MESSAGE})])
case(N + "an empty nested message: no value is invented", MIXED + "\n--b\n" + RFC822 + "\n\n--b--\n", [M(), P("1.1", "message/rfc822", b"")])
raw_inner = (IN + "\ninner body").encode()
case(N + "encoded in base64 (forbidden there), opened all the same", MIXED + "\n--b\n" + RFC822 + "Content-Transfer-Encoding: base64\n\n[[1.1]]" + b64(raw_inner) + "[[/1.1]]\n--b--\n",
     [M(), P("1.1", "message/rfc822", raw_inner, encoding="base64", message=PLAIN)])
crlf_inner = (IN + "\ninner body").replace("\n", "\r\n").encode()
case(N + "encoded in base64 with CRLF inside", MIXED + "\n--b\n" + RFC822 + "Content-Transfer-Encoding: BASE64\n\n[[1.1]]" + b64(crlf_inner, 60) + "\n[[/1.1]]\n--b--\n",
     [M(), P("1.1", "message/rfc822", crlf_inner, encoding="base64", message=PLAIN)])
raw_multi = (IN + MIME + "Content-Type: multipart/mixed; boundary=i\n\n--i\n\ninner one\n--i\nContent-Type: application/pdf; name=x.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--i--\n").encode()
case(N + "a multipart message encoded in base64", MIXED + "\n--b\n" + RFC822 + "Content-Transfer-Encoding: base64\n\n[[1.1]]" + b64(raw_multi) + "\n[[/1.1]]\n--b--\n",
     [M(), P("1.1", "message/rfc822", raw_multi, message=inside({"path": "1"}, L("1.1", "text/plain", "inner one"), L("1.2", "application/pdf", "%PDF", filename="x.pdf")))])
twice = ("Subject: Outer of two\nFrom: e@example.org\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + b64(raw_inner) + "\n").encode()
case(N + "base64 inside base64", MIXED + "\n--b\n" + RFC822 + "Content-Transfer-Encoding: base64\n\n[[1.1]]" + b64(twice) + "\n[[/1.1]]\n--b--\n",
     [M(), P("1.1", "message/rfc822", twice, message={"message": {"subject": "Outer of two"}, "parts": [{"path": "1", "content_type": "message/rfc822", "message": PLAIN}]})])
case(N + "encoded in quoted-printable (forbidden there), opened all the same", MIXED + "\n--b\n" + RFC822 + "Content-Transfer-Encoding: quoted-printable\n\n" + IN.replace("@", "=40") + "\ninner=20body\n--b--\n",
     [M(), P("1.1", "message/rfc822", IN + "\ninner body", message=PLAIN)])
case(N + "base64 is declared and not done: a message all the same", MIXED + "\n--b\n" + RFC822 + "Content-Transfer-Encoding: base64\n\n" + IN + "\ninner body\n--b--\n",
     [M(), P("1.1", "message/rfc822", False, message={"message": INNER_MESSAGE})])
clean(N + "8bit on a nested message", MIXED + "\n--b\n" + RFC822 + "Content-Transfer-Encoding: 8bit\n\n[[1.1]]" + IN + "\ninner body[[/1.1]]\n--b--\n", [M(), P("1.1", "message/rfc822", message=PLAIN, encoding="8bit")])
clean("RFC 6532 3.7: message/global is a message too", MIXED + "\n--b\nContent-Type: message/global\n\n[[1.1]]" + IN + "\ninner body[[/1.1]]\n--b--\n", [M(), P("1.1", "message/global", message=PLAIN)])
clean("RFC 2046 5.1.5: in a digest the default is a message",
      "Content-Type: multipart/digest; boundary=b\n\n--b\n[[h1.1]]\n[[/h1.1]][[1.1]]" + IN + "\ninner body[[/1.1]]\n--b\nContent-Type: text/plain\n\n[[1.2]]plain[[/1.2]]\n--b\nContent-Type: message/rfc822\n\n[[1.3]]" + IN + "\ninner body[[/1.3]]\n--b--\n",
      [M(sub="digest"), P("1.1", "message/rfc822", message=PLAIN), T("1.2", message=None), P("1.3", "message/rfc822", message=PLAIN)])
clean("RFC 2046 5.1.5: the digest's default does not reach into a multipart inside it",
      "Content-Type: multipart/digest; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\n[[1.1.1]]text[[/1.1.1]]\n--i--\n--b--\n", [M(sub="digest"), M("1.1"), T("1.1.1", message=None)])
clean("RFC 2046 5.2.2: message/partial is a leaf", 'Content-Type: message/partial; id="x@example.org"; number=1; total=2\n\n[[1]]Subject: piece\n\nbody\n[[/1]]', [P("1", "message/partial")])
clean("RFC 2046 5.2.3: message/external-body is a leaf", MIXED + '\n--b\nContent-Type: message/external-body; access-type=local-file; name="/a"\n\n[[1.1]]Content-Type: image/gif\nContent-ID: <id@example.org>\n[[/1.1]]\n--b--\n', [M(), P("1.1", "message/external-body")])
clean("RFC 3464 2: a delivery report", "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n[[1.1]]could not be delivered[[/1.1]]\n--b\nContent-Type: message/delivery-status\n\n[[1.2]]Reporting-MTA: dns; mx.example.org\n\n"
      "Final-Recipient: rfc822; dee@example.org\nAction: failed\nStatus: 5.1.1\n[[/1.2]]\n--b\nContent-Type: message/rfc822\n\n[[1.3]]" + IN + "\ninner body[[/1.3]]\n--b--\n",
      [M(sub="report"), T("1.1"), P("1.2", "message/delivery-status"), P("1.3", "message/rfc822", message=PLAIN)])
clean("RFC 6522 3: text/rfc822-headers is a leaf", MIXED + "\n--b\nContent-Type: text/rfc822-headers\n\n[[1.1]]" + IN + "[[/1.1]]\n--b--\n", [M(), P("1.1", "text/rfc822-headers", message=None)])

# --- RFC 2045 6: transfer encodings --------------------------------------------------------------------


def encoded(why, encoding, body, dec, clean=False, any_of=None, encoding_word=None, **keys):
    """One encoded part amid a multipart, so that where it ends is tested too."""
    template = MIXED + "\n--b\nContent-Type: application/octet-stream\nContent-Transfer-Encoding: %s\n\n[[1.1]]" % encoding
    template = template.encode() + (body.encode("latin-1") if isinstance(body, str) else body) + b"[[/1.1]]\n--b\n\n[[1.2]]after[[/1.2]]\n--b--\n"
    if encoding_word:
        keys["encoding"] = encoding_word
    if any_of is None:
        part = P("1.1", "application/octet-stream", dec, **keys)
    else:
        part = P("1.1", "application/octet-stream", False, **keys)
    case(why, template, [M(), part, T("1.2")], clean=clean,
         want_any=[{"parts": [{"path": "1"}, L("1.1", "application/octet-stream", a), {"path": "1.2"}]} for a in any_of] if any_of else None)


D = "RFC 2045 6.8: "
encoded(D + "base64", "base64", "SGVsbG8sIHdvcmxkIQ==", b"Hello, world!", True, encoding_word="base64")
encoded(D + "base64 in lines, with a line break at its end", "base64", "SGVs\nbG8s\nIHdv\ncmxk\nIQ==\n", b"Hello, world!", True)
encoded(D + "no padding needed", "base64", "SGVsbG8h", b"Hello!", True)
encoded(D + "one padding character", "base64", "SGVsbG8=", b"Hello", True)
encoded(D + "all byte values", "base64", b64(bytes(range(256))), bytes(range(256)), True)
encoded(D + "blank lines between", "base64", "SGVs\n\nbG8=\n\n", b"Hello")
encoded(D + "line breaks inside a group of four", "base64", "SG\nVsb\nG8=", b"Hello", True)
encoded(D + "blanks inside are no characters of base64", "base64", "SGVs bG8=", b"Hello")
encoded(D + "a blank at each line's end", "base64", "SGVs \nbG8= \n", b"Hello")
encoded(D + "a line of 4,000 characters is too long and has one reading", "base64", b64(b"x" * 3000, 4000), b"x" * 3000)
encoded(D + "empty", "base64", "", b"", True)
encoded(D + "zero bytes", "base64", "AAAA", b"\0\0\0", True)
encoded(D + "other characters are ignored, and worth a word", "base64", "SGVs[[!]]*#![[/!]]bG8=", b"Hello")
encoded(D + "8-bit bytes are ignored, and worth a word", "base64", b"SGVs[[!]]\xe9\xff[[/!]]bG8=", b"Hello")
encoded(D + "the padding is missing: all bytes that are there", "base64", "[[!]]SGVsbG8[[/!]]", b"Hello")
encoded(D + "both padding characters are missing", "base64", "[[!]]SGVsbA[[/!]]", b"Hell")
encoded(D + "one padding character of two", "base64", "[[!]]SGVsbA=[[/!]]", b"Hell")
encoded(D + "a lone character at the end makes no byte", "base64", "[[!]]SGVsb[[/!]]", b"Hel")
encoded(D + "padding in the middle: end of data or next piece", "base64", "SGVsbG8[[!]]=\nV29ybGQ=[[/!]]", None, any_of=["Hello", "HelloWorld"])
encoded(D + "a list's footer behind the padding is no data", "base64", "SGVsbG8=\n[[!]]_______\nlist mailing list[[/!]]", b"Hello")
encoded("RFC 2045 6.1: the encoding's name is not case-sensitive", "BASE64", "SGVsbG8=", b"Hello", True, encoding_word="base64")
encoded("RFC 2045 6.1: blanks around the name", "  base64  ", "SGVsbG8=", b"Hello", encoding_word="base64")
encoded("RFC 2045 6.1: a comment behind the name", "base64 (as always)", "SGVsbG8=", b"Hello", encoding_word="base64")
encoded("RFC 2045 6.1: a semicolon behind the name is an error with one reading", "base64;", "SGVsbG8=", b"Hello")
encoded("RFC 2045 6.1: quotes around the name are an error with one reading", '"base64"', "SGVsbG8=", None, any_of=["Hello", "SGVsbG8="])

Q = "RFC 2045 6.7: "
encoded(Q + "rule 1", "quoted-printable", "a=3Db =E9", b"a=b \xe9", True, encoding_word="quoted-printable")
encoded(Q + "note 1: figures in lower case are robustly read", "quoted-printable", "a=3db=c3=a9", b"a=b\xc3\xa9")
encoded(Q + "rule 3: blanks at a line's end are taken off", "quoted-printable", "one  \ntwo\t\nthree", "one\ntwo\nthree")
encoded(Q + "rule 3: an encoded blank at the end stays", "quoted-printable", "one=20\ntwo=09\nthree", "one \ntwo\t\nthree", True)
encoded(Q + "rule 4: line breaks are line breaks", "quoted-printable", "one\n\ntwo\n", "one\n\ntwo\n", True)
encoded(Q + "rule 5: soft line breaks are nothing", "quoted-printable", "one =\ntwo=\n three", "one two three", True)
encoded(Q + "rule 5: two soft line breaks in a row", "quoted-printable", "one=\n=\ntwo", "onetwo", True)
encoded(Q + "rules 3 and 5: blanks behind a soft line break's sign", "quoted-printable", "one=  \ntwo=\t\nthree", "onetwothree")
encoded(Q + "an encoded line break is data and no line break", "quoted-printable", "a=0D=0Ab=0Ac", b"a\r\nb\nc")
encoded(Q + "an underscore is no blank", "quoted-printable", "a_b", b"a_b", True)
encoded(Q + "an encoded delimiter is text", "quoted-printable", "=2D-b", b"--b", True)
encoded(Q + "empty", "quoted-printable", "", b"", True)
encoded(Q + "note 2: = without two figures stands as it is", "quoted-printable", "100[[!]]=ZZ[[/!]] sure", b"100=ZZ sure")
encoded(Q + "note 2: = before one figure", "quoted-printable", "a[[!]]=4[[/!]]x", b"a=4x")
encoded(Q + "note 2: = in front of =; whether the second one counts is open", "quoted-printable", "a[[!]]=[[/!]]=3Db", None, any_of=["a==b", "a==3Db"])
encoded(Q + "note 3: = at the end of the part", "quoted-printable", "abc[[!]]=[[/!]]", None, any_of=["abc", "abc="])
encoded(Q + "8-bit bytes are not allowed and kept", "quoted-printable", b"caf[[!]]\xe9[[/!]]", b"caf\xe9")
encoded(Q + "a line longer than 76 characters is not allowed and has one reading", "quoted-printable", "x" * 200, b"x" * 200)
encoded("RFC 2045 6.1: Quoted-Printable in mixed case", "Quoted-Printable", "=41", b"A", True, encoding_word="quoted-printable")

I = "RFC 2045 6.2, 6.4: "
encoded(I + "7bit", "7bit", "a=3Db\nSGVsbG8=", "a=3Db\nSGVsbG8=", True, encoding_word="7bit")
encoded(I + "8bit", "8bit", b"caf\xe9", b"caf\xe9", True, encoding_word="8bit")
encoded(I + "binary with zero bytes", "binary", b"\0\1\2\xff", b"\0\1\2\xff", encoding_word="binary")
encoded(I + "an unknown encoding: the body as it stands", "[[!]]x-own[[/!]]", "SGVsbG8=", b"SGVsbG8=")
encoded(I + "an empty encoding: the body as it stands", "", "SGVsbG8=", b"SGVsbG8=")
case(I + "base64 on a multipart is forbidden; its parts are parts", "Content-Transfer-Encoding: [[!]]base64[[/!]]\n" + MIXED + "\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\n", [M(), T("1.1")])
case(I + "quoted-printable on a multipart is forbidden; its parts are parts", "Content-Transfer-Encoding: [[!]]quoted-printable[[/!]]\n" + MIXED.replace("=b", '="a=b"') + "\n--a=b\n\n[[1.1]]one[[/1.1]]\n--a=b--\n", [M(), T("1.1")])
clean(I + "the multipart's encoding is not its parts'", "Content-Transfer-Encoding: 8bit\n" + MIXED + "\n--b\nContent-Transfer-Encoding: base64\n\nSGVsbG8=\n--b\n\n[[1.2]]SGVsbG8=[[/1.2]]\n--b--\n", [M(encoding="8bit"), T("1.1", b"Hello", encoding="base64"), T("1.2", encoding=None)])
case(I + "two encodings in one header: which one counts is open", MIXED + "\n--b\nContent-Transfer-Encoding: base64\n[[!]]Content-Transfer-Encoding: 7bit\n[[/!]]\nSGVsbG8=\n--b--\n", None,
     want_any=[{"parts": [{"path": "1"}, L("1.1", "text/plain", "Hello")]}, {"parts": [{"path": "1"}, L("1.1", "text/plain", "SGVsbG8=")]}])
case("RFC 2045 3: two types in one header: which one counts is open", MIXED + "\n--b\nContent-Type: text/html\n[[!]]Content-Type: text/plain\n[[/!]]\nx\n--b--\n", None,
     want_any=[{"parts": [{"path": "1"}, L("1.1", "text/html", "x")]}, {"parts": [{"path": "1"}, L("1.1", "text/plain", "x")]}])
clean(I + "base64 of a text alone in the message", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n[[1]]w6nDoA==\n[[/1]]", [T("1", "\u00e9\u00e0".encode(), charset="utf-8", encoding="base64")])
clean(I + "quoted-printable of a text alone in the message", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n[[1]]=C3=A9=\n=C3=A0\n[[/1]]", [T("1", "\u00e9\u00e0\n")])

U = "POSIX uuencode, no RFC; schema (parts, inline): "


def uu(data):
    lines = [binascii.b2a_uu(data[i:i + 45]).decode() for i in range(0, len(data), 45)]
    return "".join(lines) + "`\nend\n"


def inline(name, data, **keys):
    return dict({"name": name, "size": len(data), "sha256": sha(data)}, **keys)


data = bytes(range(97, 123)) * 4
case(U + "a file in the text of a message", "\n[[1]]Here it is:\n\nbegin 644 abc.txt\n" + uu(data) + "\nBye\n[[/1]]", [T("1", inline=[inline("abc.txt", data, complete=True)])])
case(U + "two files, a name with a blank", "\n[[1]]begin 600 a b.bin\n" + uu(b"\0\1\2") + "text between\nbegin 644 c\n" + uu(b"cat") + "[[/1]]", [T("1", inline=[inline("a b.bin", b"\0\1\2", complete=True), inline("c", b"cat", complete=True)])])
case(U + "the end line is missing", "\n[[1]]begin 644 a.txt\n" + uu(b"cat").replace("`\nend\n", "") + "[[/1]]", [T("1", inline=[inline("a.txt", b"cat", complete=False)])])
clean(U + "a line that begins with begin is text", "\n[[1]]begin at the beginning\nbegin 2003 with a walk\nM is a letter\nend\n[[/1]]", [T("1", inline=[])])
encoded(U + "as transfer encoding", "x-uuencode", "begin 644 a.txt\n" + uu(b"Hello").rstrip("\n"), b"Hello")

# --- RFC 2183 and the rest of the part's fields -------------------------------------------------------------
V = "RFC 2183 2: "
clean(V + "fields in any order, unknown ones between", MIXED + "\n--b\nX-Own: 1\nContent-ID: <p@example.org>\nContent-Description: a picture\nContent-Disposition: inline; filename=p.png\nContent-Transfer-Encoding: base64\nContent-Type: image/png\n\n[[1.1]]iVBORw==[[/1.1]]\n--b--\n",
      [M(), P("1.1", "image/png", b"\x89PNG", content_id="p@example.org", disposition="inline", filename="p.png", encoding="base64")])
clean(V + "an attachment without name", MIXED + "\n--b\nContent-Disposition: attachment\n\n[[1.1]]x[[/1.1]]\n--b--\n", [M(), T("1.1", disposition="attachment", filename=None, is_attachment=True)])
clean(V + "the disposition is not case-sensitive", MIXED + "\n--b\nContent-Disposition: ATTACHMENT; FILENAME=A.txt\n\n[[1.1]]x[[/1.1]]\n--b--\n", [M(), T("1.1", disposition="attachment", filename="A.txt", is_attachment=True)])
clean(V + "inline text is no attachment", MIXED + "\n--b\nContent-Disposition: inline\n\n[[1.1]]x[[/1.1]]\n--b--\n", [M(), T("1.1", disposition="inline", is_attachment=False)])
clean("RFC 2045 3: a field folded amid its value", MIXED + "\n--b\n[[h1.1]]Content-Type:\n text/html;\n charset=\"us-ascii\"\nContent-Transfer-Encoding:\n base64\n\n[[/h1.1]][[1.1]]PHA+[[/1.1]]\n--b--\n", [M(), P("1.1", "text/html", b"<p>", charset="us-ascii", encoding="base64")])
clean("RFC 2046 5.1: fields of a part other than Content- mean nothing", MIXED + "\n--b\nSubject: Of the part\nFrom: mallory@example.com\n\n[[1.1]]one[[/1.1]]\n--b--\n", [M(), T("1.1")], want={"message": {"from": [{"address": "ann@example.org"}]}})
case("RFC 2045 3: a line without colon in a part's header; the fields behind it count", MIXED + "\n--b\nContent-Type: text/html\n[[!]]CAUTION from outside\n[[/!]]Content-Transfer-Encoding: base64\n\n[[1.1]]PHA+[[/1.1]]\n--b--\n", [M(), P("1.1", "text/html", b"<p>", encoding="base64")])
clean("RFC 2046 4.1.1: lines that look like mbox separators are text", MIXED + "\n--b\n\n[[1.1]]From here on\n>From there\nFrom ann@example.org Tue Jul  1 10:52:37 2003\n[[/1.1]]\n--b--\n", [M(), T("1.1")])

# --- more of the same where parsers slip ---------------------------------------------------------------------
clean(B + "preamble and epilogue lie between the line breaks of the delimiters", MIXED + "\n[[p1]]This is a message\n\nin MIME format.[[/p1]]\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\n[[e1]]\nThe end.\n[[/e1]]", [M(), T("1.1")])
clean(K + "preamble and epilogue of the inner multipart", OUTER + "--o\nContent-Type: multipart/alternative; boundary=i\n\n[[p1.1]]inner preamble\n[[/p1.1]]\n--i\n\n[[1.1.1]]x[[/1.1.1]]\n--i--\n[[e1.1]]inner epilogue[[/e1.1]]\n--o--\n", [M(), M("1.1", "alternative"), T("1.1.1")])
clean(B + "the body of a multipart reaches from its preamble to its epilogue", MIXED + "\n[[1]]pre\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\nepi\n[[/1]]", [M(), T("1.1")])
clean(K + "the body of an inner multipart ends before the outer delimiter", OUTER + "--o\n[[h1.1]]Content-Type: multipart/mixed; boundary=i\n\n[[/h1.1]][[1.1]]--i\n\n[[1.1.1]]x[[/1.1.1]]\n--i--\n[[/1.1]]\n--o\n\n[[1.2]]y[[/1.2]]\n--o--\n", [M(), M("1.1"), T("1.1.1"), T("1.2")])
clean(K + "the inner multipart comes second", OUTER + "--o\n\n[[1.1]]x[[/1.1]]\n--o\nContent-Type: multipart/related; boundary=i\n\n--i\nContent-Type: text/html\n\n[[1.2.1]]<img>[[/1.2.1]]\n--i\nContent-Type: image/gif\n\n[[1.2.2]]GIF89a[[/1.2.2]]\n--i--\n--o--\n",
      [M(), T("1.1"), M("1.2", "related"), P("1.2.1", "text/html"), P("1.2.2", "image/gif")])
clean(K + "two inner multiparts with one boundary after another", OUTER + "".join("--o\nContent-Type: multipart/mixed; boundary=i\n\n--i\n\n[[1.%d.1]]x%d[[/1.%d.1]]\n--i--\n" % (n, n, n) for n in (1, 2, 3)) + "--o--\n",
      [M()] + [part for n in (1, 2, 3) for part in (M("1.%d" % n), T("1.%d.1" % n))])
clean(K + "the report of three levels: mixed, related, alternative", "Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/related; boundary=ab\n\n--ab\nContent-Type: multipart/alternative; boundary=abc\n\n--abc\n\n[[1.1.1.1]]t[[/1.1.1.1]]\n--abc\nContent-Type: text/html\n\n[[1.1.1.2]]h[[/1.1.1.2]]\n--abc--\n"
      "--ab\nContent-Type: image/gif\n\n[[1.1.2]]GIF89a[[/1.1.2]]\n--ab--\n--a\nContent-Type: application/pdf\n\n[[1.2]]%PDF-1.4[[/1.2]]\n--a--\n",
      [M(), M("1.1", "related"), M("1.1.1", "alternative"), T("1.1.1.1"), P("1.1.1.2", "text/html"), P("1.1.2", "image/gif"), P("1.2", "application/pdf")])
case(B + "text behind the closing hyphens: close or text is open, no part is lost", MIXED + "\n--b\n\none\n--b-- end\n", None, want_any=[{"parts": [{"path": "1"}, {"path": "1.1"}]}])
case(B + "a blank between boundary and hyphens: open, no part is lost", MIXED + "\n--b\n\none\n--b --\n\ntwo\n--b--\n", None, want_any=[{"parts": [{"path": "1"}, {"path": "1.1"}]}, {"parts": [{"path": "1"}, {"path": "1.1"}, {"path": "1.2"}]}])
clean(B + "a part that holds one line break", MIXED + "\n--b\n\n[[1.1]]\n[[/1.1]]\n--b--\n", [M(), T("1.1")])
clean(B + "signs of regular expressions in a boundary", 'Content-Type: multipart/mixed; boundary="a.(b)+?"\n\n--a.(b)+?\n\n[[1.1]]--axb\n--a.bb[[/1.1]]\n--a.(b)+?--\n', [M(), T("1.1")])
clean("RFC 2045 3: header fields of a part in lower case", MIXED + "\n--b\ncontent-type: text/html\ncontent-transfer-encoding: base64\ncontent-disposition: attachment; filename=x.html\n\n[[1.1]]PHA+[[/1.1]]\n--b--\n", [M(), P("1.1", "text/html", b"<p>", encoding="base64", filename="x.html")])
case("RFC 5322 4.5: blanks before the colons of a part's fields", MIXED + "\n--b\nContent-Type : text/html\nContent-Transfer-Encoding : base64\n\n[[1.1]]PHA+[[/1.1]]\n--b--\n", [M(), P("1.1", "text/html", b"<p>", encoding="base64")])
case("RFC 7103 7.2: a line without colon above Content-Type in the message's header; no part is lost", "[[!]]CAUTION This came from outside\n[[/!]]" + MIXED + "\n--b\n\n[[1.1]]one[[/1.1]]\n--b--\n", [M(), T("1.1")])
case(N + "a From_ line on top of the nested message is no field", MIXED + "\n--b\n" + RFC822 + "\nFrom cy@example.com Wed Jul  2 08:00:00 2003\n" + IN + "\ninner body\n--b--\n", [M(), P("1.1", "message/rfc822", False, message={"message": INNER_MESSAGE})])
case(N + "a blank line on top of the nested message (seen in forwards): strictly all body", MIXED + "\n--b\n" + RFC822 + "\n\n" + IN + "\ninner body\n--b--\n", None,
     want_any=[{"parts": [{"path": "1"}, {"path": "1.1", "message": {"message": INNER_MESSAGE}}]}, {"parts": [{"path": "1"}, {"path": "1.1", "message": {"message": {"subject": None}}}]}])
case(N + "a line without colon in the nested header loses no field", MIXED + "\n--b\n" + RFC822 + "\nCAUTION This came from outside\n" + IN + "\ninner body\n--b--\n", [M(), P("1.1", "message/rfc822", False, message={"message": INNER_MESSAGE, "defects": has({"span": {"start": 0}})})])
case(N + "an impossible date inside is null inside alone", MIXED + "\n--b\n" + RFC822 + "\n" + IN.replace("08:00:00", "25:61:00") + "\ninner body\n--b--\n",
     [M(), P("1.1", "message/rfc822", False, message={"message": dict(INNER_MESSAGE, date={"time": None})})], {"message": {"date": {"time": "2003-07-01T10:52:37+02:00"}}})
case(N + "no header field in the nested message: nothing is invented", MIXED + "\n--b\n" + RFC822 + "\njust text\n--b--\n", None, want_any=[{"parts": [{"path": "1"}, {"path": "1.1", "size": 9, "message": {"message": {"from": [], "subject": None, "date": None}}}]}, {"parts": [{"path": "1"}, {"path": "1.1", "size": 9, "message": None}]}])
case(N + "base64 in upper case, a comment and damage: opened all the same", MIXED + "\n--b\n" + RFC822 + "Content-Transfer-Encoding: Base64 (nested)\n\n" + b64(raw_inner, 40).replace("\n", "[[!]]*[[/!]]\n", 1) + "\n--b--\n", [M(), P("1.1", "message/rfc822", raw_inner, message=PLAIN)])
case(N + "the whole message is a nested message in base64", RFC822 + "Content-Transfer-Encoding: base64\n\n" + b64(raw_inner) + "\n", [P("1", "message/rfc822", raw_inner, message=PLAIN)])
case(N + "a digest of messages in base64", "Content-Type: multipart/digest; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\n" + b64(raw_inner) + "\n--b--\n", [M(sub="digest"), P("1.1", "message/rfc822", raw_inner, message=PLAIN)])
clean(N + "a nested message inside a nested multipart", OUTER + "--o\nContent-Type: multipart/mixed; boundary=i\n\n--i\n" + RFC822 + "\n[[1.1.1]]" + IN + "\ninner body[[/1.1.1]]\n--i\n\n[[1.1.2]]x[[/1.1.2]]\n--i--\n--o--\n", [M(), M("1.1"), P("1.1.1", "message/rfc822", message=PLAIN), T("1.1.2")])
clean(N + "a nested message that ends with blank lines", MIXED + "\n--b\n" + RFC822 + "\n[[1.1]]" + IN + "\ninner body\n\n\n[[/1.1]]\n--b--\n", [M(), P("1.1", "message/rfc822", message={"message": INNER_MESSAGE})])
clean(N + "the fields of the nested message are not those of the outer one", MIXED + "\n--b\n" + RFC822 + "\n[[1.1]]Bcc: secret@example.org\n" + IN + "\ninner body[[/1.1]]\n--b--\n", [M(), P("1.1", "message/rfc822", message=inside(L("1", "text/plain", "inner body"), bcc=[{"address": "secret@example.org"}]))], want={"message": {"bcc": []}})
encoded(D + "blank lines on top", "base64", "\n\nSGVsbG8=", b"Hello")
encoded(D + "every character on a line of its own", "base64", "\n".join("SGVsbG8="), b"Hello", True)
encoded(D + "lines of 1, 2, 3 characters", "base64", "S\nGV\nsbG\n8=", b"Hello", True)
encoded(D + "bits left over in the last character are not looked at", "base64", "SGVsbG9=", b"Hello")
encoded(D + "only padding", "base64", "====", b"")
encoded(D + "a dash of a text footer without padding in front", "base64", "SGVsbG8h\n[[!]]--\n[[/!]]", b"Hello!")
encoded(D + "tabs", "base64", "SGVs\tbG8=\t", b"Hello")
encoded(D + "a NUL among the characters", "base64", b"SGVs[[!]]\0[[/!]]bG8=", b"Hello")
encoded(D + "one megabyte has every byte", "base64", b64(bytes(range(256)) * 256), bytes(range(256)) * 256, True)
encoded(Q + "= and a line break as the last thing: a soft line break before the delimiter's", "quoted-printable", "abc=\n", b"abc")
encoded(Q + "soft line break inside what looks like a code", "quoted-printable", "a=3=\nDb", None, any_of=["a=3Db", "a=3=Db"])
encoded(Q + "two codes in a row", "quoted-printable", "=C3=A9=E2=82=AC", "\u00e9\u20ac".encode(), True)
encoded(Q + "a coded equals sign before figures is not decoded twice", "quoted-printable", "=3D41", b"=41", True)
encoded(Q + "a blank before a coded blank at a line's end stays", "quoted-printable", "one =20\ntwo", "one  \ntwo", True)
encoded(Q + "blanks alone on a line", "quoted-printable", "one\n   \ntwo", "one\n\ntwo")
encoded(Q + "blanks at the very end", "quoted-printable", "one  ", b"one")
encoded(Q + "control characters are kept", "quoted-printable", b"a\x01b\x7f", b"a\x01b\x7f")
encoded(Q + "a NUL as code", "quoted-printable", "a=00b", b"a\0b", True)
case(U + "text behind the end line is text", "\n[[1]]begin 644 a.txt\n" + uu(b"cat") + "begin 644 no.txt but text\n[[/1]]", [T("1", inline=has(inline("a.txt", b"cat", complete=True)))])
clean(K + "the line break behind the inner close is that of the outer delimiter", OUTER + "--o\nContent-Type: multipart/mixed; boundary=i\n\n[[1.1]]--i\n\n[[1.1.1]]x[[/1.1.1]]\n--i--[[/1.1]]\n--o\n\n[[1.2]]y[[/1.2]]\n--o--\n", [M(), M("1.1"), T("1.1.1"), T("1.2")])
clean(K + "the inner multipart has an epilogue of one line break", OUTER + "--o\nContent-Type: multipart/mixed; boundary=i\n\n[[1.1]]--i\n\n[[1.1.1]]x[[/1.1.1]]\n--i--\n\n[[/1.1]]\n--o\n\n[[1.2]]y[[/1.2]]\n--o--\n", [M(), M("1.1"), T("1.1.1"), T("1.2")])
