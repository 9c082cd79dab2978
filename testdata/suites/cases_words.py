"""Text of fields and parameters: RFC 2047 (encoded words), RFC 2231 (parameters),
RFC 2183 (file names), RFC 6532 (raw UTF-8), and raw 8-bit bytes of no declared charset."""

import base64

from suitelib import HEAD, MIME, Suite

suite = Suite("words")


def subject(why, value, want, any_of=None, other=None, defects=None):
    """value: everything after "Subject:"; any_of: the readings that the RFC leaves open."""
    lead = b"" if value[:1] in ("", b"", "\n", b"\n") else b" "
    value = value.encode("utf-8") if isinstance(value, str) else value
    message = {"message_id": "case@example.org", "date": {"time": "2003-07-01T10:52:37+02:00"}}
    if any_of is None:
        message["subject"] = want
    message.update(other or {})
    w = {"message": message}
    if defects is not None:
        w["defects"] = defects
    suite.add(
        why,
        b"From: Ann <ann@example.org>\nSubject:" + lead + value
        + b"\nDate: Tue, 1 Jul 2003 10:52:37 +0200\nMessage-ID: <case@example.org>\n\nBody\n",
        w,
        want_any=[{"message": {"subject": s}} for s in any_of] if any_of else None,
    )


def clean(why, value, want):
    """A subject that is right by the grammar: no defect may be reported."""
    subject(why, value, want, defects=[])


def sender(why, value, name, address, any_of=None):
    value = value.encode("utf-8") if isinstance(value, str) else value
    box = {"address": address}
    if not any_of:
        box["name"] = name
    suite.add(
        why,
        b"From: " + value + b"\nSubject: Case\n\nBody\n",
        {"message": {"from": [box], "subject": "Case"}},
        want_any=[{"message": {"from": [{"name": n}]}} for n in any_of] if any_of else None,
    )


def q(text, charset):
    return "".join("=%02X" % b for b in text.encode(charset))


def b64(text, charset):
    return base64.b64encode(text.encode(charset)).decode()


# --- RFC 2047 8: its own examples --------------------------------------------------------
E = "RFC 2047 8: "
clean(E + "(=?ISO-8859-1?Q?a?=) is (a)", "=?ISO-8859-1?Q?a?=", "a")
clean(E + "a blank between word and text is kept", "=?ISO-8859-1?Q?a?= b", "a b")
clean(E + "a blank between two words is not displayed", "=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab")
clean(E + "nor are several blanks", "=?ISO-8859-1?Q?a?=  =?ISO-8859-1?Q?b?=", "ab")
clean(E + "nor is a fold", "=?ISO-8859-1?Q?a?=\n    =?ISO-8859-1?Q?b?=", "ab")
clean(E + "an underscore is a blank", "=?ISO-8859-1?Q?a_b?=", "a b")
clean(E + "a blank between words is put into one of them, another charset", "=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b")
clean(E + "the folded subject in two charsets",
      "=?ISO-8859-1?B?SWYgeW91IGNhbiByZWFkIHRoaXMgeW8=?=\n =?ISO-8859-2?B?dSB1bmRlcnN0YW5kIHRoZSBleGFtcGxlLg==?=",
      "If you can read this you understand the example.")
sender(E + "Keith Moore", "=?US-ASCII?Q?Keith_Moore?= <moore@cs.utk.edu>", "Keith Moore", "moore@cs.utk.edu")
sender(E + "Keld J\u00f8rn Simonsen", "=?ISO-8859-1?Q?Keld_J=F8rn_Simonsen?= <keld@dkuug.dk>", "Keld J\u00f8rn Simonsen", "keld@dkuug.dk")
sender(E + "word before atom", "=?ISO-8859-1?Q?Andr=E9?= Pirard <PIRARD@vm1.ulg.ac.be>", "Andr\u00e9 Pirard", "PIRARD@vm1.ulg.ac.be")
sender(E + "atom before word", "Patrik =?ISO-8859-1?Q?F=E4ltstr=F6m?= <paf@nada.kth.se>", "Patrik F\u00e4ltstr\u00f6m", "paf@nada.kth.se")
sender(E + "a word in a comment behind the address leaves the name alone",
       "Nathaniel Borenstein <nsb@thumper.bellcore.com>\n (=?iso-8859-8?b?7eXs+SDv4SDo7Oj08A==?=)", "Nathaniel Borenstein", "nsb@thumper.bellcore.com")
sender("RFC 2047 5(2): a word in a comment, the comment is the name of RFC 822's time", "ann@example.org (=?iso-8859-1?Q?Andr=E9?=)", "Andr\u00e9", "ann@example.org")

# --- RFC 2047 3, 4: charsets and encodings -----------------------------------------------
for charset, text in (
    ("utf-8", "Gr\u00fc\u00dfe"), ("utf-8", "\u65e5\u672c\u8a9e"), ("utf-8", "\U0001f600 smile"), ("iso-8859-1", "caf\u00e9"),
    ("iso-8859-2", "\u017b\u00f3\u0142w"), ("iso-8859-3", "\u0108u"), ("iso-8859-4", "\u0100bols"), ("iso-8859-5", "\u041f\u0440\u0438\u0432\u0435\u0442"),
    ("iso-8859-6", "\u0645\u0631\u062d\u0628\u0627"), ("iso-8859-7", "\u039a\u03b1\u03bb\u03b7\u03bc\u03ad\u03c1\u03b1"), ("iso-8859-8", "\u05e9\u05dc\u05d5\u05dd"), ("iso-8859-9", "\u0130stanbul"),
    ("iso-8859-10", "\u0112l"), ("iso-8859-13", "\u0160iauliai"), ("iso-8859-14", "\u1e02a"), ("iso-8859-15", "5 \u20ac"),
    ("iso-8859-16", "Bucure\u0219ti"), ("windows-1250", "\u0160koda"), ("windows-1251", "\u041c\u043e\u0441\u043a\u0432\u0430"),
    ("windows-1252", "\u201c5 \u20ac\u201d"), ("windows-1253", "\u0391\u03b8\u03ae\u03bd\u03b1"), ("windows-1254", "\u011e\u015e"), ("windows-1255", "\u05e9\u05dc\u05d5\u05dd"),
    ("windows-1256", "\u0633\u0644\u0627\u0645"), ("windows-1257", "R\u012bga"), ("windows-1258", "\u0111\u00f4ng"), ("koi8-r", "\u041f\u0440\u0438\u0432\u0435\u0442"), ("koi8-u", "\u0407\u0436\u0430\u043a"),
    ("gb2312", "\u4f60\u597d"), ("gbk", "\u4f60\u597d\u55b5"), ("gb18030", "\u4f60\u597d\u3400"), ("big5", "\u4f60\u597d"),
    ("shift_jis", "\u3053\u3093\u306b\u3061\u306f"), ("euc-jp", "\u3053\u3093\u306b\u3061\u306f"), ("euc-kr", "\uc548\ub155"), ("tis-620", "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35"),
):
    clean("RFC 2047 3, 4.1: %s in B" % charset, "=?%s?B?%s?=" % (charset, b64(text, charset)), text)
    if charset in ("utf-8", "iso-8859-2", "iso-8859-15", "windows-1251", "koi8-r", "gb2312", "shift_jis", "euc-kr"):
        clean("RFC 2047 3, 4.2: %s in Q" % charset, "=?%s?Q?%s?=" % (charset, q(text, charset)), text)
clean("RFC 2047 3: ISO-2022-JP begins and ends in ASCII (RFC 1468)", "=?ISO-2022-JP?B?GyRCJDMkcyRLJEEkTxsoQg==?=", "\u3053\u3093\u306b\u3061\u306f")
clean("RFC 2047 3: ISO-2022-JP in two words, each with its own escapes",
      "=?ISO-2022-JP?B?%s?=\n =?ISO-2022-JP?B?%s?=" % (b64("\u3053\u3093", "iso-2022-jp"), b64("\u306b\u3061\u306f", "iso-2022-jp")), "\u3053\u3093\u306b\u3061\u306f")
clean("RFC 2047 2: charset and encoding are not case-sensitive", "=?Utf-8?b?w6k=?=", "\u00e9")
clean("RFC 2047 2: lower case q", "=?UTF-8?q?=C3=A9?=", "\u00e9")
subject("RFC 2047 4.2: lower case in the figures should not be written, has only one reading", "=?utf-8?Q?=c3=a9?=", "\u00e9")
clean("RFC 2231 5: a language behind the charset", "=?US-ASCII*EN?Q?Keith_Moore?=", "Keith Moore")
clean("RFC 2231 5: a language, B", "=?utf-8*de-AT?B?w5Y=?=", "\u00d6")
clean("RFC 2047 4.2: =5F is an underscore, _ a blank", "=?utf-8?Q?a=5Fb_c?=", "a_b c")
clean("RFC 2047 4.2: =20 is a blank too", "=?utf-8?Q?a=20b?=", "a b")
clean("RFC 2047 4.2: =3D and =3F", "=?utf-8?Q?1=3D1=3F?=", "1=1?")
clean("RFC 2047 4.2: an underscore at the end of a word is a blank of the text", "=?utf-8?Q?a_?= =?utf-8?Q?b?=", "a b")
clean("RFC 2047 4.2: =22 and =5C become text", "=?utf-8?Q?say_=22x=5C=22?=", 'say "x\\"')
clean("RFC 2047 6.2: between word and text the blank is kept on both sides", "Re: =?utf-8?Q?=C3=A9t=C3=A9?= 2003", "Re: \u00e9t\u00e9 2003")
clean("RFC 2047 6.2: text between two words keeps its blanks", "=?utf-8?Q?a?= b =?utf-8?Q?c?=", "a b c")
clean("RFC 2047 6.2: a fold between word and text is its blank", "=?utf-8?Q?a?=\n b", "a b")
clean("RFC 2047 6.2: a fold between text and word is its blank", "a\n =?utf-8?Q?b?=", "a b")
clean("RFC 2047 6.2: three words in three lines", "=?utf-8?B?w6k=?=\n =?utf-8?B?w6g=?=\n =?utf-8?B?w6A=?=", "\u00e9\u00e8\u00e0")
clean("RFC 2047 6.2: a tab folds too", "=?utf-8?Q?a?=\n\t=?utf-8?Q?b?=", "ab")
clean("RFC 2047 6.2: folded right behind the field name", "\n =?utf-8?Q?a?=", "a")
clean("RFC 2047 6.2: B beside Q", "=?utf-8?B?w6k=?= =?utf-8?Q?=C3=A9?=", "\u00e9\u00e9")
clean("RFC 2047 6.2: two charsets side by side", "=?iso-8859-1?Q?=E9?= =?iso-8859-2?Q?=B1?=", "\u00e9\u0105")
clean("RFC 2047 2: 75 characters are allowed", "=?utf-8?Q?" + "a" * 63 + "?=", "a" * 63)

# --- RFC 2047: what looks like a word and is none, or is damaged ---------------------------
N = "RFC 2047 2: "
clean(N + "a lone opening is text", "1 =? 2", "1 =? 2")
clean(N + "opening and end without anything in between", "a =??= b", "a =??= b")
subject(N + "a word that is not ended is text; that it looks like one may be said", "=?utf-8?Q?abc", "=?utf-8?Q?abc")
subject(N + "a word that lacks its last sign is text; that it looks like one may be said", "=?utf-8?Q?abc?", "=?utf-8?Q?abc?")
clean(N + "no encoding", "=?utf-8?abc?=", "=?utf-8?abc?=")
clean(N + "no charset and no encoding", "=?abc?=", "=?abc?=")
clean(N + "figures and signs of a sum", "a=?b ?= c", "a=?b ?= c")
clean("RFC 2047 5: what decoding brings out is not decoded again", "=?utf-8?Q?=3D=3Futf-8=3FQ=3Fx=3F=3D?=", "=?utf-8?Q?x?=")
clean("RFC 2047 5: the same through B", "=?utf-8?B?%s?=" % b64("=?utf-8?Q?x?=", "ascii"), "=?utf-8?Q?x?=")
subject("RFC 2047 2: an encoding other than Q and B; the word stays as it is (6.2)", "=?utf-8?X?abc?=", "=?utf-8?X?abc?=")
subject("RFC 2047 6.2: unknown charset: as it stands, or its ASCII; no letter is invented", "=?x-none-such?Q?caf=E9?=", None,
        ["=?x-none-such?Q?caf=E9?=", "caf\ufffd", "caf\\xE9"])
subject("RFC 2047 6.2: unknown charset in B", "=?x-none-such?B?%s?=" % base64.b64encode(b"caf\xe9").decode(), None,
        ["=?x-none-such?B?Y2Fm6Q==?=", "caf\ufffd", "caf\\xE9"])
subject("RFC 2047 5(1): text before the word without a blank; strictly no word", "a=?utf-8?Q?b?=", None, ["a=?utf-8?Q?b?=", "ab"])
subject("RFC 2047 5(1): text behind the word without a blank; strictly no word", "=?utf-8?Q?a?=b", None, ["=?utf-8?Q?a?=b", "ab"])
subject("RFC 2047 5(1): two words without a blank between; strictly no words", "=?utf-8?Q?a?==?utf-8?Q?b?=", None, ["=?utf-8?Q?a?==?utf-8?Q?b?=", "ab"])
subject("RFC 2047 2: a blank inside the word is not allowed", "=?utf-8?Q?a b?=", None, ["=?utf-8?Q?a b?=", "a b"])
subject("RFC 2047 4.2: a question mark inside the word is not allowed", "=?utf-8?Q?a?b?=", None, ["=?utf-8?Q?a?b?=", "a?b"])
subject("RFC 2047 2: empty encoded text is not allowed", "x =?utf-8?Q??= y", None, ["x =?utf-8?Q??= y", "x  y", "x y"])
subject("RFC 2047 4.1: padding left out, one reading", "[[!]]=?utf-8?B?SGVsbG8?=[[/!]]", "Hello")
subject("RFC 2047 4.1: padding left out of two figures, one reading", "[[!]]=?utf-8?B?SGVsbA?=[[/!]]", "Hell")
subject("RFC 2047 4.2: = without two figures", "=?utf-8?Q?100=ZZ?=", None, ["=?utf-8?Q?100=ZZ?=", "100=ZZ"])
subject("RFC 2047 4.2: = at the end of the word", "=?utf-8?Q?100=?=", None, ["=?utf-8?Q?100=?=", "100="])
subject("RFC 2047 2: a word longer than 75 characters has only one reading", "=?utf-8?Q?" + "=C3=A9" * 20 + "?=", "\u00e9" * 20)
subject("RFC 2047 2: a very long word in B has only one reading", "=?utf-8?B?%s?=" % b64("\u00e9" * 300, "utf-8"), "\u00e9" * 300)
subject("RFC 2047 5(3): a character cut in two by words of one charset: one reading, and a defect", "[[!]]=?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=[[/!]]", "caf\u00e9")
subject("RFC 2047 5(3): the same through B and a fold", "[[!]]=?UTF-8?B?Y2Fmww==?=\n =?UTF-8?B?qSE=?=[[/!]]", "caf\u00e9!")
subject("RFC 2047 5(3): a character of three bytes cut twice", "[[!]]=?utf-8?Q?=E2?= =?utf-8?Q?=82?= =?utf-8?Q?=AC?=[[/!]]", "\u20ac")
subject("RFC 2047 5(3): GB2312 cut in the middle of a character", "[[!]]=?gb2312?B?xOM=?= =?gb2312?B?ug==?= =?gb2312?B?ww==?=[[/!]]", "\u4f60\u597d")
subject("RFC 3629 3: a byte that is no UTF-8 is not dropped and no letter", "[[!]]=?utf-8?Q?a=FFb?=[[/!]]", None, ["a\ufffdb", "a\\xFFb"])
subject("RFC 3629 3: an overlong form is no slash", "[[!]]=?utf-8?Q?a=C0=AFb?=[[/!]]", None, ["a\ufffd\ufffdb", "a\ufffdb", "a\\xC0\\xAFb"])
subject("RFC 1345: US-ASCII has no byte above 127", "[[!]]=?us-ascii?Q?caf=E9?=[[/!]]", None, ["caf\ufffd", "caf\\xE9", "caf\u00e9", "=?us-ascii?Q?caf=E9?="])
subject("RFC 2047 6.2: a line break brought out by decoding makes no field", "=?utf-8?Q?a=0D=0ABcc:_x=40example.com=0D=0A?=", None,
        ["a\r\nBcc: x@example.com\r\n", "a\r\nBcc: x@example.com", "a\\r\\nBcc: x@example.com\\r\\n"], {"bcc": []})
subject("RFC 2047 6.2: a NUL brought out by decoding does not end the text", "=?utf-8?Q?a=00b?=", None, ["a\u0000b", "a\ufffdb", "a\\x00b"])
subject("RFC 2047 5: a bidirectional override brought out by decoding is kept", "=?utf-8?Q?gpj.=E2=80=AEexe?=", "gpj.\u202eexe")

# --- RFC 5322 2.2: unstructured text -------------------------------------------------------
clean("RFC 5322 2.2.1: plain text", "Case", "Case")
subject("schema (absence): an empty Subject is empty, not missing", "", "")
subject("schema (absence): a Subject of blanks is empty, not missing", "   ", "")
clean("RFC 5322 2.2.3: unfolding takes out the line break alone", "a\n b", "a b")
clean("RFC 5322 2.2.3: folded twice", "a\n b\n c", "a b c")
clean("RFC 5322 2.2.3: the whole text in the second line", "\n a b", "a b")
clean("RFC 5322 2.2.1: comments and quotes are text in unstructured fields", 'a (b) "c" \\d', 'a (b) "c" \\d')
clean("RFC 5322 2.2: colons in the value", "Re: Fwd: a:b", "Re: Fwd: a:b")
subject("RFC 5322 2.2.3: blanks of a fold belong to the text; a display may join them", "a\n   b", None, ["a   b", "a b"])
subject("RFC 5322 2.2.3: the tab of a fold belongs to the text; a display may show a blank", "a\n\tb", None, ["a\tb", "a b"])
subject("RFC 5322 2.2: blanks inside the text are text", "a   b", "a   b")

# --- RFC 6532: raw UTF-8 -------------------------------------------------------------------
U = "RFC 6532 3.2: "
clean(U + "raw UTF-8 in a subject", "Gr\u00fc\u00dfe aus \u6771\u4eac", "Gr\u00fc\u00dfe aus \u6771\u4eac")
clean(U + "raw UTF-8 beside an encoded word", "Gr\u00fc\u00dfe =?utf-8?Q?=C3=A9?= \u6771", "Gr\u00fc\u00dfe \u00e9 \u6771")
clean(U + "raw UTF-8 folded", "\u6771\n \u4eac", "\u6771 \u4eac")
clean(U + "a character outside the first plane", "\U0001f4e7!", "\U0001f4e7!")
sender(U + "raw UTF-8 in a name", "J\u00f6rg M\u00fcller <jm@example.org>", "J\u00f6rg M\u00fcller", "jm@example.org")
sender(U + "raw UTF-8 in a quoted name", '"M\u00fcller, J\u00f6rg" <jm@example.org>', "M\u00fcller, J\u00f6rg", "jm@example.org")
sender(U + "raw UTF-8 in a comment that is the name", "jm@example.org (J\u00f6rg)", "J\u00f6rg", "jm@example.org")
sender(U + "raw UTF-8 on both sides of the address", "<j\u00f6rg@b\u00fccher.example>", None, "j\u00f6rg@b\u00fccher.example")
sender(U + "raw UTF-8 in a quoted local part", '"j\u00f6 rg"@example.org', None, '"j\u00f6 rg"@example.org')

# --- raw bytes of no declared charset: kept or marked, never dropped ------------------------
X = "RFC 5322 2.2 (no 8-bit bytes) and schema (no value invented): "
subject(X + "Latin-1", b"[[!]]Notificaci\xf3n[[/!]]", None, ["Notificaci\u00f3n", "Notificaci\\xF3n", "Notificaci\ufffdn"])
subject(X + "a lone byte", b"[[!]]\xff[[/!]]", None, ["\u00ff", "\\xFF", "\ufffd"])
subject(X + "UTF-8 cut off at the end", b"[[!]]caf\xc3[[/!]]", None, ["caf\u00c3", "caf\\xC3", "caf\ufffd"])
subject(X + "the bytes beside a word leave the word alone", b"[[!]]\xe9t\xe9[[/!]] =?utf-8?Q?=C3=A9?=", None,
        ["\u00e9t\u00e9 \u00e9", "\\xE9t\\xE9 \u00e9", "\ufffdt\ufffd \u00e9"])
sender(X + "Latin-1 in a name", b"J\xf6rg <jm@example.org>", None, "jm@example.org", ["J\u00f6rg", "J\\xF6rg", "J\ufffdrg"])

# --- RFC 2047 5: where words may not stand, and that they never make structure ---------------
S = "RFC 2047 5: "
sender(S + "a decoded comma does not separate", "=?utf-8?Q?Doe=2C_Ann?= <ann@example.org>", "Doe, Ann", "ann@example.org")
sender(S + "a decoded address is a name", "=?utf-8?Q?=3Cboss=40example.com=3E?= <mallory@example.net>", "<boss@example.com>", "mallory@example.net")
sender(S + "a decoded address and comma are a name", "=?utf-8?B?%s?= <mallory@example.net>" % b64("boss@example.com, x", "ascii"), "boss@example.com, x", "mallory@example.net")
sender(S + "a decoded quotation mark is text", "=?utf-8?Q?Ann_=22the_boss=22?= <ann@example.org>", 'Ann "the boss"', "ann@example.org")
sender(S + "a decoded parenthesis opens no comment", "=?utf-8?Q?Ann_=28?= <ann@example.org>", "Ann (", "ann@example.org")
sender(S + "a decoded colon opens no group", "=?utf-8?Q?Team=3A?= <ann@example.org>", "Team:", "ann@example.org")
sender(S + "words in a row are read together, folded", "=?utf-8?Q?Ann?=\n =?utf-8?Q?_Doe?= <ann@example.org>", "Ann Doe", "ann@example.org")
sender(S + "no word in an addr-spec: local part as written", "=?utf-8?Q?ann?=@example.org", None, "=?utf-8?Q?ann?=@example.org")
sender(S + "no word in an addr-spec: between the angle brackets", "Ann <=?utf-8?Q?x?=@example.org>", "Ann", "=?utf-8?Q?x?=@example.org")
sender(S + "no word in a quoted-string; strictly text, often decoded", '"=?utf-8?Q?J=C3=B6rg?=" <jm@example.org>', None, "jm@example.org", ["=?utf-8?Q?J=C3=B6rg?=", "J\u00f6rg"])
sender(S + "a quoted-string beside a word", '"Dr." =?utf-8?Q?J=C3=B6rg?= <jm@example.org>', "Dr. J\u00f6rg", "jm@example.org")
suite.add(S + "no word in a msg-id", HEAD.replace("<case@example.org>", "<=?utf-8?Q?x?=@example.org>") + "\nBody\n",
          {"message": {"message_id": "=?utf-8?Q?x?=@example.org"}})
suite.add(S + "no word in an address of a group member", "From: ann@example.org\nTo: =?utf-8?Q?Fr=C3=A8res?=: =?utf-8?Q?Bo=2Cb?= <bob@example.net>;\n\nBody\n",
          {"message": {"to": [{"name": "Bo,b", "address": "bob@example.net", "group": "Fr\u00e8res"}]}})


# --- RFC 2183, 2231: file names --------------------------------------------------------------
def fname(why, value, want, any_of=None, typ="application/octet-stream", names=None, **keys):
    """value: all of Content-Disposition's value, or None for no such field."""
    value = value.encode("utf-8") if isinstance(value, str) else value
    typ = typ.encode("utf-8") if isinstance(typ, str) else typ
    field = b"" if value is None else b"Content-Disposition: " + value + b"\n"
    part = {"path": "1", "size": 4}
    part.update(keys)
    if not any_of:
        part["filename"] = want
    if names is not None:
        part["filenames"] = [{"value": n} for n in names]
    suite.add(
        why,
        b"From: Ann <ann@example.org>\nDate: Tue, 1 Jul 2003 10:52:37 +0200\nMIME-Version: 1.0\nContent-Type: " + typ + b"\n" + field + b"Subject: Case\n\nabcd",
        {"message": {"subject": "Case"}, "parts": [part]},
        want_any=[{"parts": [{"filename": n}]} for n in any_of] if any_of else None,
    )


D = "RFC 2183 2.3, RFC 2045 5.1: "
fname(D + "a token", "attachment; filename=report.pdf", "report.pdf", disposition="attachment", is_attachment=True, defects=[])
fname(D + "a quoted-string with blanks", 'attachment; filename="annual report.pdf"', "annual report.pdf", defects=[])
fname(D + "the parameter's name is not case-sensitive", "Attachment; FileName=Report.PDF", "Report.PDF", disposition="attachment", defects=[])
fname(D + "a quoted pair", r'attachment; filename="a\"b.txt"', 'a"b.txt', defects=[])
fname(D + "a quoted backslash", r'attachment; filename="C:\\dir\\x.txt"', "C:\\dir\\x.txt", defects=[])
fname(D + "backslashes that quote letters: dropped by the grammar, kept by readers that know Windows", r'attachment; filename="C:\dir\x.txt"', None, ["C:dirx.txt", "C:\\dir\\x.txt"])
fname(D + "separators inside quotes", 'attachment; filename="a;b=c,d.txt"; size=4', "a;b=c,d.txt", defects=[])
fname(D + "no blank behind the semicolon", "attachment;filename=a.txt;size=4", "a.txt", defects=[])
fname(D + "blanks around the equals sign", "attachment; filename = a.txt", "a.txt")
fname(D + "folded before the parameter", 'attachment;\n filename="a.txt"', "a.txt", defects=[])
fname(D + "folded with a tab", 'attachment;\n\tfilename="a.txt"', "a.txt", defects=[])
fname(D + "folded inside the quoted-string", 'attachment; filename="a\n b.txt"', "a b.txt")
fname(D + "comments (RFC 2045 5.1)", "attachment (saved) ; (name) filename=a.txt (text)", "a.txt")
fname(D + "a semicolon in a comment", "attachment (a; filename=no.txt); filename=a.txt", "a.txt")
fname(D + "a comment's sign inside quotes", 'attachment; filename="a (1).txt"', "a (1).txt", defects=[])
fname(D + "a semicolon at the end", "attachment; filename=a.txt;", "a.txt")
fname(D + "an empty name is none", 'attachment; filename=""', None)
fname(D + "single quotes are characters of the name", "attachment; filename='a.txt'", "'a.txt'")
fname(D + "percent signs in a plain parameter are text", "attachment; filename=100%25.txt", "100%25.txt")
fname(D + "a name is exact, whatever it may do as a path", 'attachment; filename="../../etc/passwd"', "../../etc/passwd", defects=[])
fname(D + "dots and blanks at the end are kept", 'attachment; filename="a.txt . "', "a.txt . ")
fname(D + "a quoted-string that is not closed", 'attachment; [[!]]filename="a.txt[[/!]]', "a.txt")
fname(D + "special characters outside of quotes, one reading", "attachment; [[!]]filename=a[1].txt[[/!]]", "a[1].txt")
fname(D + "blanks outside of quotes: two readings", "attachment; [[!]]filename=my file.txt[[/!]]", None, ["my file.txt", "my"])
fname(D + "the semicolon is left out", 'attachment [[!]]filename="a.txt"[[/!]]', None, ["a.txt", None])
fname(D + "a stray parameter without a value", "attachment; foo; filename=a.txt", "a.txt")
fname(D + "an empty parameter", "attachment; ; filename=a.txt", "a.txt")
fname(D + "two names: both are listed", "attachment; filename=a.txt; [[!]]filename=b.exe[[/!]]", None, ["a.txt", "b.exe"])
fname(D + "the name of Content-Type where nothing else is", None, "a.txt", typ="text/plain; name=a.txt")
fname(D + "the disposition's name goes before the type's, both are listed", "attachment; filename=b.txt", "b.txt", typ="text/plain; name=a.txt", names=["b.txt", "a.txt"])
fname(D + "the type's name where the disposition has none", "attachment", "a.txt", typ='text/plain; name="a.txt"')
fname(D + "no name at all", "attachment", None, is_attachment=True, defects=[])
fname(D + "inline with a name", "inline; filename=a.png", "a.png", typ="image/png", disposition="inline", defects=[])
fname(D + "RFC 2183 2.8: an unknown disposition is an attachment", "x-strange; filename=a.bin", "a.bin", disposition="x-strange", is_attachment=True)
fname("RFC 6532 3.2: raw UTF-8 in a name", 'attachment; filename="\u00e9t\u00e9.txt"', "\u00e9t\u00e9.txt")
fname("RFC 2183 2.3 (ASCII) and schema: raw Latin-1 is not dropped", b'attachment; [[!]]filename="\xe9t\xe9.txt"[[/!]]', None, ["\u00e9t\u00e9.txt", "\\xE9t\\xE9.txt", "\ufffdt\ufffd.txt"])
fname("RFC 2047 5: no word in a parameter; written by everyone, one reading", 'attachment; filename="=?UTF-8?Q?=C3=A9t=C3=A9.txt?="', None, ["\u00e9t\u00e9.txt", "=?UTF-8?Q?=C3=A9t=C3=A9.txt?="])
fname("RFC 2047 5: no words in a parameter, two of them", 'attachment; filename="=?UTF-8?B?w6l0?= =?UTF-8?B?w6kudHh0?="', None, ["\u00e9t\u00e9.txt", "=?UTF-8?B?w6l0?= =?UTF-8?B?w6kudHh0?="])

V = "RFC 2231 4: "
fname(V + "its example", "attachment; filename*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "This is ***fun***", defects=[])
fname("RFC 2231 4.1: its example, encoded and plain pieces",
      "attachment; filename*0*=us-ascii'en'This%20is%20even%20more%20;\n filename*1*=%2A%2A%2Afun%2A%2A%2A%20;\n filename*2=\"isn't it!\"", "This is even more ***fun*** isn't it!", defects=[])
fname("RFC 2231 3: pieces of a plain value", 'attachment; filename*0="very";\n filename*1="long";\n filename*2=name.txt', "verylongname.txt", defects=[])
fname("RFC 2231 3: the order of the pieces does not matter", 'attachment; filename*2=c.txt; filename*0=a; filename*1=b', "abc.txt")
fname("RFC 2231 3: pieces are counted as numbers", "attachment; " + "; ".join("filename*%d=%s" % (i, "abcdefghijkl"[i]) for i in range(12)), "abcdefghijkl")
fname("RFC 2231 3: a blank inside a quoted piece is kept", 'attachment; filename*0="a "; filename*1=" b.txt"', "a  b.txt")
fname("RFC 2231 3: one piece alone", "attachment; filename*0=a.txt", "a.txt")
fname(V + "charset and language may be empty", "attachment; filename*=''a%20b.txt", "a b.txt")
fname(V + "UTF-8, lower case figures", "attachment; filename*=UTF-8''%e2%82%ac%20rates.txt", "\u20ac rates.txt", defects=[])
fname(V + "Latin-1 with a language", "attachment; filename*=iso-8859-1'en'%A3%20rates.txt", "\u00a3 rates.txt", defects=[])
fname(V + "Windows-1251", "attachment; filename*=windows-1251''%CF%EE.txt", "\u041f\u043e.txt")
fname(V + "KOI8-R", "attachment; filename*=koi8-r'ru'%D0%CF.txt", "\u043f\u043e.txt")
fname(V + "ISO-2022-JP", "attachment; filename*=iso-2022-jp'ja'%1B%24B%46%7C%1B%28B.txt", "\u65e5.txt")
fname(V + "the charset's name is not case-sensitive", "attachment; filename*=uTf-8''%C3%A9.txt", "\u00e9.txt")
fname(V + "a quotation mark in the value", "attachment; filename*=utf-8''it%27s.txt", "it's.txt")
fname(V + "a plus sign is a plus sign", "attachment; filename*=utf-8''a+b.txt", "a+b.txt")
fname(V + "decoded separators make no parameter", "attachment; filename*=utf-8''a%22%3B%20filename%3Db.txt", 'a"; filename=b.txt')
fname("RFC 2231 4.1: a character cut in two by the pieces", "attachment; filename*0*=UTF-8''%C3; filename*1*=%A9.txt", "\u00e9.txt")
fname("RFC 2231 4.1: a piece without star is not decoded", "attachment; filename*0*=UTF-8''%C3%A9; filename*1=\"100%25.txt\"", "\u00e9100%25.txt")
fname("RFC 2231 4.1: encoded pieces in another order", "attachment; filename*1*=b%20c.txt; filename*0*=utf-8''a%20", "a b c.txt")
fname("RFC 2231 4 (RFC 6266 4.3 says why): the extended form goes before the plain one", "attachment; filename=plain.txt; filename*=utf-8''ext%C3%A9nded.txt", "ext\u00e9nded.txt", names=["ext\u00e9nded.txt", "plain.txt"])
fname("RFC 2231 4 (RFC 6266 4.3 says why): also when it stands first", "attachment; filename*=utf-8''ext%C3%A9nded.txt; filename=plain.txt", "ext\u00e9nded.txt", names=["ext\u00e9nded.txt", "plain.txt"])
fname(V + "the name of Content-Type in extended form", None, "\u00e9.txt", typ="text/plain; name*=utf-8''%C3%A9.txt")
fname("RFC 2231 3: the name of Content-Type in pieces", None, "ab.txt", typ="text/plain;\n name*0=a;\n name*1=b.txt")
fname("RFC 2231 3: a missing piece in the middle: nothing behind it is certain", "attachment; [[!]]filename*0=a; filename*2=c.txt[[/!]]", None, ["a", "ac.txt", None])
fname(V + "quotes around an extended value are not allowed", "attachment; filename*=\"utf-8''a%20b.txt\"", None, ["a b.txt", "utf-8''a%20b.txt"])
fname(V + "no charset and no quotation marks", "attachment; [[!]]filename*=a%20b.txt[[/!]]", None, ["a b.txt", "a%20b.txt"])
fname(V + "a percent sign without figures", "attachment; [[!]]filename*=utf-8''100%zz.txt[[/!]]", None, ["100%zz.txt", "utf-8''100%zz.txt"])
fname(V + "an unknown charset invents nothing", "attachment; [[!]]filename*=x-none''a%E9.txt[[/!]]", None, ["a\\xE9.txt", "a\ufffd.txt", "a%E9.txt", "x-none''a%E9.txt", "a\u00e9.txt"])
fname(V + "bytes that are no UTF-8 are marked", "attachment; [[!]]filename*=utf-8''a%FFb.txt[[/!]]", None, ["a\\xFFb.txt", "a\ufffdb.txt"])

P2 = "RFC 2231 3, 4: other parameters: "
suite.add(P2 + "charset in pieces", HEAD + MIME + "Content-Type: text/plain; charset*0=us-; charset*1=ascii\n\nBody\n",
          {"parts": [{"path": "1", "charset": "us-ascii"}]})
suite.add(P2 + "charset in extended form", HEAD + MIME + "Content-Type: text/plain; charset*=us-ascii'en'utf-8\n\nBody\n",
          {"parts": [{"path": "1", "charset": "utf-8"}]})
suite.add(P2 + "boundary in pieces", HEAD + MIME + "Content-Type: multipart/mixed; boundary*0=ab; boundary*1=cd\n\n--abcd\n\nx\n--abcd--\n",
          {"parts": [{"path": "1"}, {"path": "1.1", "size": 1}]})
suite.add(P2 + "boundary in extended form", HEAD + MIME + "Content-Type: multipart/mixed; boundary*=us-ascii''b%31\n\n--b1\n\nx\n--b1--\n",
          {"parts": [{"path": "1"}, {"path": "1.1", "size": 1}]})
suite.add("RFC 2045 5.1: charset is kept as written, quoted or not", HEAD + MIME + 'Content-Type: text/plain; charset="ISO-8859-1"\n\nBody\n',
          {"parts": [{"path": "1", "charset": "ISO-8859-1", "content_type": "text/plain"}], "defects": []})
suite.add("RFC 2045 5.1: a comment behind the charset", HEAD + MIME + "Content-Type: text/plain; charset=us-ascii (Plain text)\n\nBody\n",
          {"parts": [{"path": "1", "charset": "us-ascii", "content_type": "text/plain"}]})
suite.add("RFC 2045 5.1: type, subtype and parameter names are not case-sensitive", HEAD + MIME + "Content-Type: TEXT/Html; CHARSET=Utf-8\n\nBody\n",
          {"parts": [{"path": "1", "charset": "Utf-8", "content_type": "text/html"}], "defects": []})

# --- names of charsets (IANA registry; RFC 2978) and words in odd company -------------------------------------
for alias, codec, text in (
    ("latin1", "iso-8859-1", "caf\u00e9"), ("ISO_8859-1:1987", "iso-8859-1", "caf\u00e9"), ("csISOLatin1", "iso-8859-1", "caf\u00e9"), ("IBM819", "iso-8859-1", "caf\u00e9"), ("latin2", "iso-8859-2", "\u017b"),
    ("ISO-8859-8-I", "iso-8859-8", "\u05e9\u05dc"), ("ISO-8859-9", "iso-8859-9", "\u0131"), ("Shift_JIS", "shift_jis", "\u65e5"), ("Windows-31J", "cp932", "\u2460"), ("ks_c_5601-1987", "euc-kr", "\uc548"),
    ("GB18030", "gb18030", "\u4f60"), ("cp1251", "windows-1251", "\u0416"), ("IBM866", "cp866", "\u0416"), ("IBM850", "cp850", "\u00e9"), ("IBM437", "cp437", "\u00e9"), ("macintosh", "mac-roman", "\u00e9"),
    ("windows-874", "cp874", "\u0e01"), ("utf8", "utf-8", "\u00e9"), ("ANSI_X3.4-1968", "ascii", "e"), ("Big5-HKSCS", "big5", "\u4f60"), ("ISO-2022-KR", "iso2022_kr", "\uc548"), ("UTF-7", "utf-7", "\u00e9"), ("UTF-16BE", "utf-16-be", "\u00e9"),
):
    word = "=?%s?B?%s?=" % (alias, b64(text, codec))
    subject("RFC 2978 2.3, RFC 2047 3: the charset name %s; as it stands where it is not known" % alias, word, None, [text, word])
subject("RFC 2047 5(3): pieces of a character under two spellings of one charset", "=?UTF-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "caf\u00e9")
subject("RFC 2047 5(3): pieces of a character in Q and B", "=?UTF-8?Q?caf=C3?= =?UTF-8?B?qQ==?=", None, ["caf\u00e9", "caf\ufffd\ufffd", "caf\\xC3\\xA9"])
subject("RFC 2047 5(3): text between keeps the pieces apart", "=?UTF-8?Q?a=C3?= x =?UTF-8?Q?=A9?=", None, ["a\ufffd x \ufffd", "a\\xC3 x \\xA9"])
subject("RFC 2047 5(3): a character cut at the end and never finished", "[[!]]=?UTF-8?Q?caf=C3?=[[/!]]", None, ["caf\ufffd", "caf\\xC3"])
clean("RFC 2047 6.2: a word, a fold of blanks, a word, text", "=?utf-8?Q?a?=\n   =?utf-8?Q?b?= c", "ab c")
clean("RFC 2047 6.2: fifty words", "\n ".join("=?utf-8?Q?%02d?=" % i for i in range(50)), "".join("%02d" % i for i in range(50)))
clean("RFC 2047 2: a word in parentheses in unstructured text is no word for want of blanks, only text", "x =?utf-8 y", "x =?utf-8 y")
subject("RFC 2047 5(1): parentheses that touch a word in unstructured text", "(=?utf-8?Q?a?=)", None, ["(=?utf-8?Q?a?=)", "(a)"])
clean("RFC 2047 2: an unknown word beside a known one", "=?utf-8?Q?a?= =?b", "a =?b")
subject("RFC 2047 2: a word of unknown encoding beside a known one", "=?utf-8?Q?a?= =?utf-8?Z?b?=", "a =?utf-8?Z?b?=")
subject("RFC 2047 4.1: characters outside the alphabet of B", "=?utf-8?B?SGVs*bG8=?=", None, ["Hello", "=?utf-8?B?SGVs*bG8=?="])
subject("RFC 2047 4.2: a tab or other blank inside a word", "=?utf-8?Q?a\tb?=", None, ["a\tb", "=?utf-8?Q?a\tb?="])
subject("RFC 2047 4.2: raw UTF-8 inside a word", "=?utf-8?Q?\u00e9?=", None, ["\u00e9", "=?utf-8?Q?\u00e9?="])
subject("RFC 2047 2: a word folded in its middle", "=?utf-8?Q?a=\n 20b?=", None, ["=?utf-8?Q?a= 20b?=", "a= 20b", "a b"])
sender("RFC 2047 5(2): a decoded parenthesis ends no comment", "ann@example.org (=?utf-8?Q?A=29_B?=)", "A) B", "ann@example.org")
sender("RFC 2047 5(3): name of two words in two charsets", "=?iso-8859-1?Q?J=F6rg?= =?iso-8859-2?Q?_=B1?= <j@example.org>", "J\u00f6rg \u0105", "j@example.org")
sender("RFC 2047 5(3): a dot behind a word", "=?utf-8?Q?J=C3=B6rg?= M. Doe <j@example.org>", "J\u00f6rg M. Doe", "j@example.org")
sender("RFC 2047 5(3): no blank between word and bracket", "=?utf-8?Q?J=C3=B6rg?=<j@example.org>", None, "j@example.org", ["J\u00f6rg", "=?utf-8?Q?J=C3=B6rg?="])
sender("RFC 2047 5(3): a name that is only a word of blanks", "=?utf-8?Q?_?= <j@example.org>", None, "j@example.org", [None, " "])
sender("RFC 2047 5(3): base64 of a name and an address", "=?utf-8?B?%s?=" % b64("Boss <boss@example.com>", "ascii") + " <mallory@example.net>", "Boss <boss@example.com>", "mallory@example.net")
suite.add("RFC 2047 5: a decoded address alone is no address", "From: =?utf-8?Q?boss=40example.com?=\nSubject: Case\n\nBody\n", {"message": {"subject": "Case"}},
          want_any=[{"message": {"from": []}}, {"message": {"from": [{"address": None}]}}, {"message": {"from": [{"address": "=?utf-8?Q?boss=40example.com?="}]}}])
fname("RFC 2231 3: the star and figure of a piece stand for the name in whatever letter case", "attachment; FILENAME*0=a; Filename*1=b.txt", "ab.txt")
fname("RFC 2231 4.1: twelve encoded pieces", "attachment; " + "; ".join("filename*%d*=%s%%C3%%A9" % (i, "utf-8''" if i == 0 else "") for i in range(12)), "\u00e9" * 12)
fname("RFC 2231 4: an apostrophe behind charset and language", "attachment; filename*=utf-8'en'it's.txt", "it's.txt")
fname("RFC 2231 4: NUL and line break in an encoded name are decoded, not obeyed", "attachment; filename*=utf-8''a%0D%0Ab%00.txt", None, ["a\r\nb\0.txt", "a\\r\\nb\\x00.txt", "a\ufffd\ufffdb\ufffd.txt"])
fname("RFC 2045 5.1: a parameter name that only ends like the wanted one", "attachment; xfilename=no.txt; filename=a.txt", "a.txt")
fname("RFC 2045 5.1: the name in another parameter's value", 'attachment; x="filename=no.txt"; filename=a.txt', "a.txt")
fname("RFC 2183 2: no disposition type before the parameter", "; filename=a.txt", None, ["a.txt", None])
fname("RFC 2183 2: an equals sign inside the quoted value", 'attachment; filename="a=b=c.txt"', "a=b=c.txt")
fname("RFC 2045 5.1: text behind the closing quote", 'attachment; filename="a.txt"[[!]]junk[[/!]]; size=1', None, ["a.txt", "a.txtjunk"])
