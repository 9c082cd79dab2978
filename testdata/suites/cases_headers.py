"""The header block and damage to it: RFC 5322 2.1 to 2.3 (lines, folding), 3.6 (fields),
4.2, 4.5 (obsolete), RFC 7103 7 (lines that are no fields), RFC 4155 (From_ line)."""

from suitelib import P, Suite

suite = Suite("headers")

D = "Date: Tue, 1 Jul 2003 10:52:37 +0200\n"
F = "From: Ann <ann@example.org>\n"
T = "To: Bob <bob@example.net>\n"
TOP = F + T + D
WHOLE = {"from": [{"name": "Ann", "address": "ann@example.org"}], "to": [{"address": "bob@example.net"}],
         "date": {"time": "2003-07-01T10:52:37+02:00", "zone": "stated"}}


def case(why, template, message=None, body=True, clean=False, any_of=None, **want):
    """body: the markers [[1]] show the body, and [[h1]] the header, of the message."""
    want["message"] = message if message is not None else dict(WHOLE, subject="x")
    if clean:
        want["defects"] = []
    template = template.encode("utf-8") if isinstance(template, str) else template
    parts = [P("1", "text/plain")] if body and b"[[1]]" in template else None
    suite.add(why, template, want, parts, want_any=any_of)


def good(why, template, message=None, **keys):
    case(why, template, message, clean=True, **keys)


# --- RFC 5322 2.1, 2.2: the block as it should be --------------------------------------------
R = "RFC 5322 2.1: "
good(R + "header, blank line, body", "[[h1]]" + TOP + "Subject: x\n\n[[/h1]][[1]]Body\n[[/1]]")
good(R + "no body and no blank line", TOP + "Subject: x\n[[1]][[/1]]")
good(R + "no body behind the blank line", "[[h1]]" + TOP + "Subject: x\n\n[[/h1]][[1]][[/1]]")
good(R + "the first empty line ends the header, the next one is body", TOP + "Subject: x\n\n[[1]]\nBody\n[[/1]]")
good(R + "what looks like fields in the body is body", TOP + "Subject: x\n\n[[1]]Subject: y\nFrom: mallory@example.com\n\nCc: z@example.com\n[[/1]]", dict(WHOLE, subject="x", cc=[]))
good("RFC 5322 2.2: no blank behind the colon", "From:Ann <ann@example.org>\nTo:Bob <bob@example.net>\nDate:Tue, 1 Jul 2003 10:52:37 +0200\nSubject:x\n\n[[1]]Body\n[[/1]]")
good("RFC 5322 2.2: a tab behind the colon", TOP + "Subject:\tx\n\n[[1]]Body\n[[/1]]")
good("RFC 5322 3.6: names are not case-sensitive", "FROM: Ann <ann@example.org>\nto: Bob <bob@example.net>\ndAtE: Tue, 1 Jul 2003 10:52:37 +0200\nSUBJECT: x\n\n[[1]]Body\n[[/1]]")
good("RFC 5322 3.6: fields may stand in any order", "Subject: x\n" + D + T + F + "\n[[1]]Body\n[[/1]]")
good("RFC 5322 3.6.8: a name of every sign that is allowed", TOP + "!\"#$%&'()*+,-./;<=>?@[\\]^_`{|}~09AZaz: v\nSubject: x\n\n[[1]]Body\n[[/1]]")
good("RFC 5322 3.6.8: colons in the value", TOP + "X-Own: a:b: c\nSubject: x\n\n[[1]]Body\n[[/1]]")
good("RFC 5322 2.2.3: a folded field", TOP + "Subject: one\n two\n three\n\n[[1]]Body\n[[/1]]", dict(WHOLE, subject="one two three"))
good("RFC 5322 2.2.3: a folded line that looks like a field", TOP + "Subject: one\n Cc: mallory@example.com\n\n[[1]]Body\n[[/1]]", dict(WHOLE, subject="one Cc: mallory@example.com", cc=[]))
good("RFC 5322 2.2.3: a field folded right behind its colon", TOP + "Subject:\n x\n\n[[1]]Body\n[[/1]]")
good("RFC 5322 2.2: an optional field without value", TOP + "X-Empty:\nSubject: x\n\n[[1]]Body\n[[/1]]")
good("RFC 5322 2.1.1: a field of many lines, each within its limit", TOP + "X-Long: " + "\n ".join(["a" * 70] * 200) + "\nSubject: x\n\n[[1]]Body\n[[/1]]")
good("RFC 5322 2.1: one hundred fields", TOP + "".join("X-%d: %d\n" % (i, i) for i in range(100)) + "Subject: x\n\n[[1]]Body\n[[/1]]")
good("RFC 5322 3.6.5: Comments and Keywords may stand more than once", TOP + "Comments: a\nComments: b\nKeywords: c\nKeywords: d\nSubject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 2.1.1: a line of more than 998 characters is too long and has one reading", TOP + "[[!]]X-Long: " + "a" * 1200 + "[[/!]]\nSubject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 2.1.1: a subject of 100,000 characters in one line", TOP + "[[!]]Subject: " + "a" * 100000 + "[[/!]]\n\n[[1]]Body\n[[/1]]", dict(WHOLE, subject="a" * 100000))

# --- RFC 5322 4.5, 4.2: obsolete -------------------------------------------------------------
O = "RFC 5322 4.5: "
case(O + "blank before the colon", TOP + "Subject : x\n\n[[1]]Body\n[[/1]]")
case(O + "blanks and a tab before the colon", TOP + "Subject \t : x\n\n[[1]]Body\n[[/1]]")
case(O + "blanks before the colon of every field (appendix A.6.3)", "From   : Ann <ann@example.org>\nTo   : Bob <bob@example.net>\nDate  : Tue, 1 Jul 2003 10:52:37 +0200\nSubject  : x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 4.2: a continuation line of blanks alone amid a field", TOP + "Subject: one\n  \n two\n\n[[1]]Body\n[[/1]]", WHOLE)
case("RFC 5322 4.2: a line of blanks alone behind a field, then another field", TOP + "Subject: x\n \t\nX-Own: y\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 4.2: a line of blanks alone at the end of the header", TOP + "Subject: x\n  \n\n[[1]]Body\n[[/1]]")
case("RFC 5322 2.1, 4.2: a line of blanks alone where the empty line belongs; the text is body", TOP + "Subject: x\n[[!]]  [[/!]]\n[[1]]Dear Bob,\nhow are you?\n[[/1]]")
case(O + "repeated To, Cc and Bcc are read together", F + T + D + "Cc: c1@example.org\nSubject: x\n[[!]]Cc: c2@example.org\n[[/!]]\n[[1]]Body\n[[/1]]", dict(WHOLE, subject="x", cc=[{"address": "c1@example.org"}, {"address": "c2@example.org"}]))

# --- lines that are no fields: RFC 7103 7 ---------------------------------------------------------
L = "RFC 7103 7.2, RFC 5322 2.2 (a field has a colon): "
case(L + "a line without colon between fields", F + T + "[[!]]CAUTION This came from outside\n[[/!]]" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(L + "as the first line", "[[!]]CAUTION This came from outside\n[[/!]]" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(L + "as the last line before the blank line: header or body, no field is lost", TOP + "Subject: x\n[[!]]CAUTION This came from outside\n[[/!]]\nBody\n")
case(L + "two in a row", F + "[[!]]one\ntwo\n[[/!]]" + T + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(L + "at two places", F + "[[!]]one\n[[/!]]" + T + "two\n" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(L + "with a continuation line of its own", F + T + "[[!]]CAUTION This came\n from outside\n[[/!]]" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(L + "a name alone, its colon is missing", F + T + "[[!]]X-Spam-Status\n[[/!]]" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(L + "a line that begins with a colon has no name", F + T + "[[!]]: no name\n[[/!]]" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(L + "a blank inside the name", F + T + "[[!]]Spam Score: 5\n[[/!]]" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(L + "the SMTP command that was saved too", "[[!]]MAIL FROM:<ann@example.org>\n[[/!]]" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 7103 7.1: a continuation line as the first line continues nothing", "[[!]] lost\n[[/!]]" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 7103 7.1: a tab as the first character", "[[!]]\tlost line\n[[/!]]" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 7103 7.1: a blank before the first field's name: it may be a field or a lost line; the others stay", "[[!]] X-First: 1\n[[/!]]" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 4.5 (no fold before the colon): a folded name; no other field is lost", TOP + "[[!]]X-Own\n : folded\n[[/!]]Subject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 4.5 (no fold before the colon): the name Subject, folded, one reading", TOP + "[[!]]Subject\n : x\n[[/!]]\n[[1]]Body\n[[/1]]")
M = "RFC 5322 2.1, no blank line before the body; RFC 7103 7.2: "
case(M + "text without colons", TOP + "Subject: x\n[[1]][[!]]Dear Bob,[[/!]]\nhow are you?\n\nAnn\n[[/1]]")
case(M + "one line of text", TOP + "Subject: x\n[[1]][[!]]Hello[[/!]]\n[[/1]]")
case(M + "HTML", TOP + "Subject: x\n[[1]][[!]]<html>[[/!]]\n<body style=\"color: red\">\n[[/1]]")

# --- RFC 4155, byte order marks, blanks on top -------------------------------------------------------
F_ = "RFC 4155: "
case(F_ + "a From_ line on top is no field", "[[!]]From ann@example.org Tue Jul  1 10:52:37 2003\n[[/!]]" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(F_ + "a From_ line with a zone", "From ann@example.org Tue Jul  1 10:52:37 2003 +0200\n" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(F_ + "a quoted From_ line on top", "[[!]]>From ann@example.org Tue Jul  1 10:52:37 2003\n[[/!]]" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(F_ + "a quoted From_ line amid the header", F + "[[!]]>From ann@example.org Tue Jul  1 10:52:37 2003\n[[/!]]" + T + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
good(F_ + "in a single message From at a line's beginning is text", TOP + "Subject: x\n\n[[1]]Hello\n\nFrom ann@example.org Tue Jul  1 10:52:37 2003\nSubject: y\n\nmore\n[[/1]]")
good(F_ + "From-quoting in a single message is not undone", TOP + "Subject: x\n\n[[1]]>From here\n>>From there\n[[/1]]")
case("RFC 3629 6: a UTF-8 byte order mark is no part of the first name", "[[!]]\ufeff[[/!]]" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 3629 6, RFC 4155: byte order mark and From_ line", "\ufeffFrom ann@example.org Tue Jul  1 10:52:37 2003\n" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 2.1: a blank line on top, then fields: all body, or a saved message with a line too many", "[[!]]\n[[/!]]" + TOP + "Subject: x\n\nBody\n", {},
     any_of=[{"message": dict(WHOLE, subject="x")}, {"message": {"from": [], "to": [], "subject": None, "date": None}}])

# --- RFC 5322 2.2, 2.3: bytes that may not be there ---------------------------------------------------
B = "RFC 5322 2.2, 4.1: "
case(B + "a NUL in a value; the other fields stay", TOP + "X-Own: a[[!]]\0[[/!]]b\nSubject: x\n\n[[1]]Body\n[[/1]]")
case(B + "a NUL in the subject: no text behind it is lost", TOP + "Subject: a[[!]]\0[[/!]]b\n\n[[1]]Body\n[[/1]]", WHOLE,
     any_of=[{"message": {"subject": s}} for s in ("a\0b", "a\ufffdb", "a\\x00b")])
good("RFC 2045 2.9 (binary) and schema: a NUL in the body is data", TOP + "Subject: x\nMIME-Version: 1.0\nContent-Transfer-Encoding: binary\n\n[[1]]a\0b\n[[/1]]")
case("RFC 5322 2.2 (CR only with LF): a bare CR makes no new field", TOP + "X-Own: a[[!]]\r[[/!]]Cc: mallory@example.com\nSubject: x\n\n[[1]]Body\n[[/1]]", dict(WHOLE, subject="x", cc=[]))
case("RFC 5322 2.2 (CR only with LF): two bare CRs do not end the header", TOP + "X-Own: a[[!]]\r\r[[/!]]b\nSubject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 2.2 (CR only with LF): a bare CR in the subject", TOP + "Subject: a[[!]]\r[[/!]]b\n\n[[1]]Body\n[[/1]]", WHOLE, any_of=[{"message": {"subject": s}} for s in ("a\rb", "ab", "a b", "a\\rb", "a\\x0Db")])
case("RFC 5322 2.2 (CR CR LF): one line break too many in transfer; every field is read", (TOP + "Subject: x\n\n").replace("\n", "[[!]]\r[[/!]]\n", 1) + "[[1]]Body\n[[/1]]")
case("RFC 5322 2.1: the header ends its lines in one CR more than the body (CRLF; CR CR LF)", (TOP + "Subject: x\n\n").replace("\n", "\r\n") + "[[1]]Body\n[[/1]]")
case("RFC 5322 2.2: a vertical tab and a form feed are no line breaks", TOP + "X-Own: a\x0bCc: m@example.com\x0cBcc: m@example.com\nSubject: x\n\n[[1]]Body\n[[/1]]", dict(WHOLE, subject="x", cc=[], bcc=[]))
case("RFC 5322 2.2, RFC 6532 3.1: the Unicode line breaks U+0085 and U+2028 are text", TOP + "X-Own: a\u0085Cc: m@example.com\u2028Bcc: m@example.com\nSubject: x\n\n[[1]]Body\n[[/1]]", dict(WHOLE, subject="x", cc=[], bcc=[]))
case("RFC 5322 2.2: raw bytes above 127 in an unknown field touch no other", (TOP + "X-Own: ").encode() + b"\xff\xfe\x80\nSubject: x\n\n[[1]]Body\n[[/1]]")

# --- ends ---------------------------------------------------------------------------------------------
E = "RFC 5322 2.1, cut off: "
case(E + "the last field has no line break", TOP + "Subject: x[[!]][[/!]]")
case(E + "inside a name: what was written before stays", TOP + "Subject: x\n[[!]]X-Ow[[/!]]")
case(E + "behind a colon: the field is empty, not missing", TOP + "Subject:[[!]][[/!]]", dict(WHOLE, subject=""))
case(E + "inside a folded line", TOP + "Subject: a\n b[[!]][[/!]]", dict(WHOLE, subject="a b"))
case(E + "an empty message: no value is invented", "", {"from": [], "to": [], "subject": None, "date": None, "message_id": None}, evidence={"size": 0})
case(E + "one line break: an empty header", "\n[[1]][[/1]]", {"from": [], "subject": None, "date": None})
case(E + "text alone: all of it is body", "[[1]]hello world\nthis is no message\n[[/1]]", {"from": [], "subject": None, "date": None})

# --- RFC 5322 3.6: fields that may stand once -------------------------------------------------------------
Y = "RFC 5322 3.6 (at most once): "
case(Y + "Subject twice; the display is one of them", TOP + "Subject: x\n[[!]]Subject: y\n[[/!]]\n[[1]]Body\n[[/1]]", dict(WHOLE, repeated=[{"name": "subject", "values": [{"text": "x"}, {"text": "y"}]}]))
case(Y + "Date twice", F + T + D + "Subject: x\n[[!]]Date: Wed, 2 Jul 2003 10:52:37 +0200\n[[/!]]\n[[1]]Body\n[[/1]]", {"subject": "x", "repeated": [{"name": "date"}]})
case(Y + "From twice: both authors are listed", TOP + "Subject: x\n[[!]]From: Mallory <mallory@example.com>\n[[/!]]\n[[1]]Body\n[[/1]]", {"subject": "x", "from": [{"address": "ann@example.org"}, {"address": "mallory@example.com"}], "repeated": [{"name": "from"}]})
case(Y + "From twice in different letter case", TOP + "Subject: x\n[[!]]FROM: Mallory <mallory@example.com>\n[[/!]]\n[[1]]Body\n[[/1]]", {"subject": "x", "from": [{"address": "ann@example.org"}, {"address": "mallory@example.com"}]})
case(Y + "From twice, once with a blank before the colon", TOP + "Subject: x\n[[!]]From : Mallory <mallory@example.com>\n[[/!]]\n[[1]]Body\n[[/1]]", {"subject": "x", "from": [{"address": "ann@example.org"}, {"address": "mallory@example.com"}]})
case(Y + "Message-ID twice", TOP + "Subject: x\nMessage-ID: <a@example.org>\n[[!]]Message-ID: <b@example.org>\n[[/!]]\n[[1]]Body\n[[/1]]", dict(WHOLE, subject="x", repeated=[{"name": "message-id"}]))
case(Y + "the same Subject twice", TOP + "Subject: x\n[[!]]Subject: x\n[[/!]]\n[[1]]Body\n[[/1]]")
good("RFC 5322 3.6: Received and own fields may stand more than once", "Received: from a.example by b.example; Tue, 1 Jul 2003 10:52:40 +0200\nReceived: from c.example by a.example; Tue, 1 Jul 2003 10:52:38 +0200\n" + TOP + "X-Own: 1\nX-Own: 2\nSubject: x\n\n[[1]]Body\n[[/1]]", dict(WHOLE, subject="x", repeated=[]))

# --- RFC 5322 3.6.4: identifiers ---------------------------------------------------------------------------
I = "RFC 5322 3.6.4: "
good(I + "Message-ID, In-Reply-To, References", TOP + "Subject: x\nMessage-ID: <a.b@example.org>\nIn-Reply-To: <c@example.org>\nReferences: <d@example.org> <c@example.org>\n\n[[1]]Body\n[[/1]]",
     dict(WHOLE, message_id="a.b@example.org", in_reply_to=["c@example.org"], references=["d@example.org", "c@example.org"]))
good(I + "References folded", TOP + "Subject: x\nReferences: <d@example.org>\n <c@example.org>\n\t<b@example.org>\n\n[[1]]Body\n[[/1]]", dict(WHOLE, references=["d@example.org", "c@example.org", "b@example.org"]))
good(I + "Message-ID folded behind the colon", TOP + "Subject: x\nMessage-ID:\n <a@example.org>\n\n[[1]]Body\n[[/1]]", dict(WHOLE, message_id="a@example.org"))
good(I + "no-fold-literal on the right", TOP + "Subject: x\nMessage-ID: <a@[192.0.2.1]>\n\n[[1]]Body\n[[/1]]", dict(WHOLE, message_id="a@[192.0.2.1]"))
good(I + "References without blanks between", TOP + "Subject: x\nReferences: <d@example.org><c@example.org>\n\n[[1]]Body\n[[/1]]", dict(WHOLE, references=["d@example.org", "c@example.org"]))
good(I + "letter case is kept", TOP + "Subject: x\nMessage-ID: <AbC@Example.ORG>\n\n[[1]]Body\n[[/1]]", dict(WHOLE, message_id="AbC@Example.ORG"))
case(I + "a comment beside it", TOP + "Subject: x\nMessage-ID: <a@example.org> (added by relay)\n\n[[1]]Body\n[[/1]]", dict(WHOLE, message_id="a@example.org"))
case("RFC 5322 4.5.4: words in In-Reply-To are no identifiers", TOP + "Subject: x\nIn-Reply-To: Your message of Monday <c@example.org>\n\n[[1]]Body\n[[/1]]", dict(WHOLE, in_reply_to=["c@example.org"]))
case(I + "no brackets: one reading, and worth a word", TOP + "Subject: x\nMessage-ID: [[!]]a@example.org[[/!]]\n\n[[1]]Body\n[[/1]]", dict(WHOLE, message_id="a@example.org"))
case(I + "an empty Message-ID is none", TOP + "Subject: x\nMessage-ID:\n\n[[1]]Body\n[[/1]]", dict(WHOLE, message_id=None))
case(I + "no Message-ID: none is invented", TOP + "Subject: x\n\nMessage-ID: <body@example.org>\n", dict(WHOLE, message_id=None, in_reply_to=[], references=[]))

# --- RFC 5321 4.4: the trace ------------------------------------------------------------------------------
V = "RFC 5321 4.4: "
suite.add(V + "two hops, the oldest first; each role apart",
          "Received: from b.example (b.example [192.0.2.2]) by mx.example.net with ESMTPS id 2; Tue, 1 Jul 2003 10:52:45 +0200\n"
          "Received: from pc (host.example [192.0.2.1])\n by b.example with ESMTP id 1\n for <bob@example.net>; Tue, 1 Jul 2003 10:52:40 +0200\n" + TOP + "Subject: x\n\nBody\n",
          {"route": {"hops": [
              {"index": 0, "from": {"helo": "pc", "rdns": "host.example", "ip": "192.0.2.1"}, "by": "b.example", "with": "ESMTP", "id": "1", "for": "bob@example.net", "time": {"time": "2003-07-01T10:52:40+02:00", "zone": "stated"}},
              {"index": 1, "from": {"helo": "b.example", "ip": "192.0.2.2"}, "by": "mx.example.net", "with": "ESMTPS", "id": "2", "time": {"time": "2003-07-01T10:52:45+02:00"}, "delay_seconds": 5},
          ]}, "message": dict(WHOLE, subject="x")})
suite.add(V + "a hop whose date is impossible has none; no date is taken from elsewhere",
          "Received: from b.example by mx.example.net; Tue, 1 Jul 2003 25:61:00 +0200\n" + TOP + "Subject: x\n\nBody\n",
          {"route": {"hops": [{"from": {"helo": "b.example"}, "by": "mx.example.net", "time": {"time": None}, "delay_seconds": None}], "elapsed_seconds": None}})
suite.add(V + "a clock that goes backwards: the delay is negative",
          "Received: from b.example by mx.example.net; Tue, 1 Jul 2003 10:52:35 +0200\nReceived: from a.example by b.example; Tue, 1 Jul 2003 10:52:40 +0200\n" + TOP + "Subject: x\n\nBody\n",
          {"route": {"hops": [{"index": 0}, {"index": 1, "delay_seconds": -5}]}})
suite.add("RFC 5321 4.4, schema (route): without Received there is no hop", TOP + "Subject: x\n\nReceived: from a by b; Tue, 1 Jul 2003 10:52:40 +0200\n", {"route": {"hops": [], "origin": None}})
suite.add("RFC 5322 3.6.7, RFC 7103 7.2: a line without colon amid the trace loses no hop",
          "Received: from b.example by mx.example.net; Tue, 1 Jul 2003 10:52:45 +0200\n[[!]]scanned by a gateway\n[[/!]]Received: from a.example by b.example; Tue, 1 Jul 2003 10:52:40 +0200\n" + TOP + "Subject: x\n\nBody\n",
          {"route": {"hops": [{"by": "b.example"}, {"by": "mx.example.net"}]}, "message": dict(WHOLE, subject="x")})

# --- schema (evidence): which bytes ----------------------------------------------------------------------------
suite.add("schema (evidence): line ends and place of the bytes as stored", TOP + "Subject: x\n\nBytes\n", {"evidence": {"line_endings": "lf", "offset": 0, "container": "eml"}}, want_crlf={"evidence": {"line_endings": "crlf", "offset": 0, "container": "eml"}})
suite.add("schema (evidence), RFC 5322 2.1: mixed line ends, every field is read", (F + T).replace("\n", "\r\n") + D + "Subject: x\r\n\n[[1]]Body\r\nmore\n[[/1]]",
          {"message": dict(WHOLE, subject="x"), "evidence": {"line_endings": "mixed"}}, [P("1", "text/plain")], as_is=True)
suite.add("schema (evidence), RFC 5322 2.1: CRLF in the header, LF in the body", (TOP + "Subject: x\n\n").replace("\n", "\r\n") + "[[1]]Body\nmore\n[[/1]]",
          {"message": dict(WHOLE, subject="x"), "evidence": {"line_endings": "mixed"}}, [P("1", "text/plain")], as_is=True)
suite.add("schema (evidence): line ends of CR alone, as on old Macintosh systems", (TOP + "Subject: x\n\n").replace("\n", "\r") + "[[1]]Body\rmore\r[[/1]]",
          {"message": dict(WHOLE, subject="x"), "evidence": {"line_endings": "cr"}}, [P("1", "text/plain")], as_is=True)

# --- more damage; every field below it stays -----------------------------------------------------------------------
K = "RFC 7103 7.2: "
case(K + "an HTTP status line on top", "[[!]]HTTP/1.1 200 OK\n[[/!]]" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(K + "a line of hyphens amid the header", F + T + "[[!]]----------\n[[/!]]" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(K + "a line of raw bytes amid the header", (F + T + "[[!]]").encode() + b"\xff\xfe\x80\n[[/!]]" + (D + "Subject: x\n\n[[1]]Body\n[[/1]]").encode())
case(K + "a line of 5,000 characters without colon", F + T + "[[!]]" + "y" * 5000 + "\n[[/!]]" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(K + "a URL as a line: its colon makes it look like a field", F + T + "http://example.org/\n" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(K + "text with a colon far behind a blank", F + T + "[[!]]WARNING from the gateway: take care\n[[/!]]" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(K + "a NUL at a line's beginning", F + T + "[[!]]\0\0\0\n[[/!]]" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case(K + "twenty lines without colon between two fields", F + T + "[[!]]" + "lost line\n" * 20 + "[[/!]]" + D + "Subject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 2.2: a NUL inside a name; the other fields stay", TOP + "X-O[[!]]\0[[/!]]wn: y\nSubject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 3.6.8 (printable ASCII): raw UTF-8 inside a name; the other fields stay", TOP + "[[!]]X-\u00c4rger: y\n[[/!]]Subject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 4.5: a blank before the colon, value folded", TOP + "Subject :\n x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 2.2: a colon directly behind the colon belongs to the value", TOP + "Subject:: x\n\n[[1]]Body\n[[/1]]", dict(WHOLE, subject=": x"))
case("RFC 5322 2.2.3: an empty first line and a folded text", TOP + "Subject: \n x\n\n[[1]]Body\n[[/1]]", dict(WHOLE))
case("RFC 5322 3.6: a field of another name that ends in Subject is none", TOP + "X-Subject: y\nOld-Subject: z\nSubject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 3.6: a field of a name that begins with Subject is none", TOP + "Subject-X: y\nSubjects: z\nSubject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 3.6: no Subject: null, not empty", TOP + "X-Own: y\n\n[[1]]Subject: x\n[[/1]]", dict(WHOLE, subject=None))
case("RFC 4155, RFC 5322 2.1: From_ line and a blank line behind it", "From ann@example.org Tue Jul  1 10:52:37 2003\n[[!]]\n[[/!]]" + TOP + "Subject: x\n\nBody\n", {},
     any_of=[{"message": dict(WHOLE, subject="x")}, {"message": {"from": [], "subject": None}}])
case("RFC 4155: two From_ lines on top", "[[!]]From ann@example.org Tue Jul  1 10:52:37 2003\n>From bob@example.net Tue Jul  1 10:52:38 2003\n[[/!]]" + TOP + "Subject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 2.1: three blank lines on top", "[[!]]\n\n\n[[/!]]" + TOP + "Subject: x\n\nBody\n", {}, any_of=[{"message": dict(WHOLE, subject="x")}, {"message": {"from": [], "subject": None}}])
case("RFC 5322 2.1, no blank line: the closing fields are read, the text is body", "X-Own: y\n" + TOP + "Subject: x\n[[1]][[!]]Hi[[/!]]\n\nBob: hello\n[[/1]]")
case("RFC 5322 2.1: an empty line amid the header ends it, whatever follows", F + T + D + "\n[[1]]Subject: y\n\nBody\n[[/1]]", dict(WHOLE, subject=None))
case("RFC 5322 3.6 (at most once): To twice, Cc twice", TOP + "[[!]]To: Cy <cy@example.com>\n[[/!]]Cc: d@example.org\nCc: e@example.org\nSubject: x\n\n[[1]]Body\n[[/1]]",
     {"to": [{"address": "bob@example.net"}, {"address": "cy@example.com"}], "cc": [{"address": "d@example.org"}, {"address": "e@example.org"}], "subject": "x"})
case("RFC 5322 3.6 (at most once): Reply-To twice", TOP + "Reply-To: r1@example.org\n[[!]]Reply-To: r2@example.org\n[[/!]]Subject: x\n\n[[1]]Body\n[[/1]]", dict(WHOLE, reply_to=[{"address": "r1@example.org"}, {"address": "r2@example.org"}]))
case("RFC 5322 3.6 (at most once): one copy of Date is impossible: it is not made whole by the other", F + T + "Date: Tue, 1 Jul 2003 25:00:00 +0200\nSubject: x\n[[!]]Date: Wed, 2 Jul 2003 10:52:37 +0200\n[[/!]]\n[[1]]Body\n[[/1]]", {"subject": "x"},
     any_of=[{"message": {"date": {"time": None}}}, {"message": {"date": {"time": "2003-07-02T10:52:37+02:00"}}}])
case("RFC 5322 2.1.1: a line of 998 characters is allowed", TOP + "X-Long: " + "a" * 990 + "\nSubject: x\n\n[[1]]Body\n[[/1]]", clean=True)
case("RFC 5322 2.1.1: a line of 999 characters is not", TOP + "[[!]]X-Long: " + "a" * 991 + "[[/!]]\nSubject: x\n\n[[1]]Body\n[[/1]]")
case("RFC 5322 3.6.4: Message-ID with a blank inside is one text", TOP + "Subject: x\nMessage-ID: [[!]]<a b@example.org>[[/!]]\n\n[[1]]Body\n[[/1]]", dict(WHOLE), any_of=[{"message": {"message_id": m}} for m in ("a b@example.org", "ab@example.org")])
case("RFC 5322 3.6.4: Message-ID that is not closed", TOP + "Subject: x\nMessage-ID: [[!]]<a@example.org[[/!]]\n\n[[1]]Body\n[[/1]]", dict(WHOLE, message_id="a@example.org"))
case("RFC 5322 3.6.4: Message-ID without at sign", TOP + "Subject: x\nMessage-ID: [[!]]<abc>[[/!]]\n\n[[1]]Body\n[[/1]]", dict(WHOLE, message_id="abc"))
case("RFC 5322 4.5.4: a quoted local part in an identifier", TOP + 'Subject: x\nMessage-ID: <"a b"@example.org>\n\n[[1]]Body\n[[/1]]', dict(WHOLE, message_id='"a b"@example.org'))
case("RFC 5322 3.6.4: commas in References are not allowed and have one reading", TOP + "Subject: x\nReferences: <a@example.org>[[!]],[[/!]] <b@example.org>\n\n[[1]]Body\n[[/1]]", dict(WHOLE, references=["a@example.org", "b@example.org"]))
case("schema (message: a field that occurs twice is listed twice): References twice", TOP + "Subject: x\nReferences: <a@example.org>\n[[!]]References: <b@example.org>\n[[/!]]\n[[1]]Body\n[[/1]]", dict(WHOLE, references=["a@example.org", "b@example.org"]))
