"""Address fields: RFC 5322 3.4 (addresses), 3.2 (tokens), 4.4 (obsolete), RFC 6854 (groups in
From), RFC 5321 4.5.5 (null path), RFC 6532, and what breaks the grammar with one reading."""

from suitelib import Suite, has

suite = Suite("addresses")


def box(address, name=None, group=None, **keys):
    return dict({"name": name, "address": address, "group": group}, **keys)


def to(why, value, want, any_of=None, defects=None, field="To", key="to", lone=False):
    """value: everything after the field's colon.  want: the list of mailboxes; any_of: the
    lists that the RFC leaves open.  lone: the report has one mailbox, not a list."""
    value = value.encode("utf-8") if isinstance(value, str) else value
    lead = b"" if value[:1] in (b"", b"\n") else b" "
    message = {"subject": "after the list"}
    if any_of is None:
        message[key] = want[0] if lone else want
    w = {"message": message}
    if defects is not None:
        w["defects"] = defects
    top = b"" if field in ("From", "Return-Path") else b"From: Ann <ann@example.org>\n"
    if field == "Return-Path":
        value += b"\nFrom: Ann <ann@example.org>"
    suite.add(
        why,
        top + field.encode() + b":" + lead + value + b"\nSubject: after the list\nDate: Tue, 1 Jul 2003 10:52:37 +0200\n\nBody\n",
        w,
        want_any=[{"message": {key: a}} for a in any_of] if any_of else None,
    )


def clean(why, value, want, **keys):
    """A value that RFC 5322 3.4 generates: no defect may be reported."""
    to(why, value, want, defects=[], **keys)


A, B, C = "ann@example.org", "bob@example.net", "cy@example.com"

# --- RFC 5322 3.4: the present syntax -----------------------------------------------------
R = "RFC 5322 3.4: "
clean(R + "addr-spec alone", A, [box(A)])
clean(R + "angle-addr alone", "<ann@example.org>", [box(A)])
clean(R + "name-addr", "Ann <ann@example.org>", [box(A, "Ann", raw="Ann <ann@example.org>")])
clean(R + "no blank before the bracket", "Ann<ann@example.org>", [box(A, "Ann")])
clean(R + "two atoms", "Ann Doe <ann@example.org>", [box(A, "Ann Doe")])
clean(R + "a list", "ann@example.org, bob@example.net,cy@example.com", [box(A), box(B), box(C)])
clean(R + "a mixed list", 'Ann <ann@example.org>, bob@example.net, "Cy" <cy@example.com>', [box(A, "Ann"), box(B), box(C, "Cy")])
clean(R + "letter case is kept", "Ann@EXAMPLE.Org", [box("Ann@EXAMPLE.Org")])
clean(R + "one address twice is listed twice", "ann@example.org, ann@example.org", [box(A), box(A)])
clean(R + "appendix A.1.1, From", "John Doe <jdoe@machine.example>", [box("jdoe@machine.example", "John Doe")], field="From", key="from")
clean(R + "appendix A.1.2, From", '"Joe Q. Public" <john.q.public@example.com>', [box("john.q.public@example.com", "Joe Q. Public")], field="From", key="from")
clean(R + "appendix A.1.2, To", "Mary Smith <mary@x.test>, jdoe@example.org, Who? <one@y.test>",
      [box("mary@x.test", "Mary Smith"), box("jdoe@example.org"), box("one@y.test", "Who?")])
clean(R + "appendix A.1.2, Cc", '<boss@nil.test>, "Giant; \\"Big\\" Box" <sysservices@example.net>',
      [box("boss@nil.test"), box("sysservices@example.net", 'Giant; "Big" Box')], field="Cc", key="cc")
clean(R + "appendix A.1.3, a group", "A Group:Ed Jones <c@a.test>,joe@where.test,John <jdoe@one.test>;",
      [box("c@a.test", "Ed Jones", "A Group"), box("joe@where.test", None, "A Group"), box("jdoe@one.test", "John", "A Group")])
clean(R + "appendix A.1.3, an empty group", "Undisclosed recipients:;", [], field="Cc", key="cc")
clean(R + "appendix A.2, Reply-To", '"Mary Smith: Personal Account" <smith@home.example>', [box("smith@home.example", "Mary Smith: Personal Account")], field="Reply-To", key="reply_to")
to(R + "appendix A.5, comments with an escaped parenthesis", "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", [box("pete@silly.test", "Pete")], field="From", key="from")
to(R + "appendix A.5, a group amid comments and folds",
   "A Group(Some people)\n     :Chris Jones <c@(Chris's host.)public.example>,\n         joe@example.org,\n  John <jdoe@one.test> (my dear friend); (the end of the group)",
   [box("c@public.example", "Chris Jones", "A Group"), box("joe@example.org", None, "A Group"), box("jdoe@one.test", "John", "A Group")])
to(R + "appendix A.5, an empty group amid comments", "(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;", [], field="Cc", key="cc")
clean(R + "Sender is one mailbox", "Secretary <sec@example.org>", [box("sec@example.org", "Secretary")], field="Sender", key="sender", lone=True)
clean(R + "Bcc", "hidden@example.org", [box("hidden@example.org")], field="Bcc", key="bcc")
clean("RFC 5322 3.6.3: Bcc may be empty", "", [], field="Bcc", key="bcc")
clean(R + "folded between mailboxes", "ann@example.org,\n bob@example.net,\n\tcy@example.com", [box(A), box(B), box(C)])
clean(R + "folded inside a name", "Ann\n Doe <ann@example.org>", [box(A, "Ann Doe")])
clean(R + "folded before the bracket", "Ann\n <ann@example.org>", [box(A, "Ann")])
clean(R + "folded right behind the colon", "\n ann@example.org", [box(A)])
clean(R + "From with two mailboxes", "Ann <ann@example.org>, Bob <bob@example.net>\nSender: Ann <ann@example.org>", [box(A, "Ann"), box(B, "Bob")], field="From", key="from")
clean(R + "forty mailboxes", ",\n ".join("u%d@example.org" % i for i in range(40)), [box("u%d@example.org" % i) for i in range(40)])

# --- RFC 5322 3.2.3, 3.4.1: atoms, local parts, domains --------------------------------------
S = "RFC 5322 3.4.1: "
clean(S + "dot-atom on both sides", "a.b.c@d.e.example", [box("a.b.c@d.e.example")])
clean("RFC 5322 3.2.3: every sign of atext", "!#$%&'*+-/=?^_`{|}~@example.org", [box("!#$%&'*+-/=?^_`{|}~@example.org")])
clean(S + "a plus sign", "ann+tag@example.org", [box("ann+tag@example.org")])
clean(S + "figures alone", "123@456.example", [box("123@456.example")])
clean(S + "a domain without a dot", "root@localhost", [box("root@localhost")])
clean(S + "a domain literal, IPv4", "ann@[192.0.2.1]", [box("ann@[192.0.2.1]")])
clean(S + "a domain literal, IPv6", "Ann <ann@[IPv6:2001:db8::1]>", [box("ann@[IPv6:2001:db8::1]", "Ann")])
clean(S + "a quoted local part with a blank", '"joe smith"@example.org', [box('"joe smith"@example.org')])
clean(S + "a quoted local part with an at sign", '"a@b"@example.org', [box('"a@b"@example.org')])
clean(S + "a quoted local part with separators", '"a,b;c:d<e>f"@example.org', [box('"a,b;c:d<e>f"@example.org')])
clean(S + "a quoted local part in brackets", 'Ann <"a b"@example.org>', [box('"a b"@example.org', "Ann")])
to(S + "an escaped quotation mark in a local part", '"a\\"b"@example.org', [box('"a\\"b"@example.org')])
to(S + "quotes that are not needed mean the same without", '"ann"@example.org', None, [[box(A)], [box('"ann"@example.org')]])
to(S + "an empty quoted local part", '""@example.org', [box('""@example.org')])
clean(S + "a hyphen at an atom's end", "a-@example.org", [box("a-@example.org")])
clean("RFC 5322 3.4.1, RFC 5890: an A-label is kept as written", "ann@xn--bcher-kva.example", [box("ann@xn--bcher-kva.example")])
clean(S + "a local part of 64 and a domain of 190 characters", "a" * 64 + "@" + ".".join(["b" * 37] * 5), [box("a" * 64 + "@" + ".".join(["b" * 37] * 5))])
clean("RFC 6532 3.2: UTF-8 in the domain", "Ann <ann@b\u00fccher.example>", [box("ann@b\u00fccher.example", "Ann")])
clean("RFC 6532 3.2: UTF-8 in the local part", "\u7528\u6237@example.org", [box("\u7528\u6237@example.org")])
clean("RFC 6532 3.2: UTF-8 in the name and in a group's name", "Fr\u00e8res: J\u00f6rg <j@example.org>;", [box("j@example.org", "J\u00f6rg", "Fr\u00e8res")])

# --- RFC 5322 3.2.4, 3.2.5: names ---------------------------------------------------------------
Q = "RFC 5322 3.2.4: "
clean(Q + "quoted", '"Ann Doe" <ann@example.org>', [box(A, "Ann Doe")])
clean(Q + "a comma inside quotes", '"Doe, Ann" <ann@example.org>, bob@example.net', [box(A, "Doe, Ann"), box(B)])
clean(Q + "an escaped quotation mark", '"Ann \\"Ace\\" Doe" <ann@example.org>', [box(A, 'Ann "Ace" Doe')])
clean(Q + "an escaped backslash", '"a\\\\b" <ann@example.org>', [box(A, "a\\b")])
clean(Q + "an escaped letter is the letter", '"\\A\\n\\n" <ann@example.org>', [box(A, "Ann")])
clean(Q + "a quotation mark that closes nothing because it is escaped", '"Ann\\" <x@example.com>" <ann@example.org>', [box(A, 'Ann" <x@example.com>')])
clean(Q + "another address as the name", '"boss@example.com" <mallory@example.net>', [box("mallory@example.net", "boss@example.com")])
clean(Q + "a whole mailbox as the name", '"Boss <boss@example.com>" <mallory@example.net>', [box("mallory@example.net", "Boss <boss@example.com>")])
clean(Q + "two blanks inside quotes are kept", '"Ann  Doe" <ann@example.org>', [box(A, "Ann  Doe")])
clean(Q + "folded inside quotes: the line break alone goes", '"Ann\n Doe" <ann@example.org>', [box(A, "Ann Doe")])
clean(Q + "a parenthesis inside quotes is no comment", '"Ann (Doe)" <ann@example.org>', [box(A, "Ann (Doe)")])
clean(Q + "a colon and a semicolon inside quotes", '"Team: Ann;" <ann@example.org>', [box(A, "Team: Ann;")])
to(Q + "an empty name is none", '"" <ann@example.org>', [box(A)])
clean("RFC 5322 3.2.5: quoted-strings in a row", '"Ann" "Doe" <ann@example.org>', [box(A, "Ann Doe")])
clean("RFC 5322 3.2.5: atom, quoted-string, atom", 'Ann "the boss" Doe <ann@example.org>', [box(A, "Ann the boss Doe")])
clean("RFC 5322 3.2.2: a run of blanks between atoms is one blank", "Ann \t  Doe <ann@example.org>", [box(A, "Ann Doe")])
to("RFC 5322 3.2.5: words that touch; the blank is left open", 'Ann"Doe" <ann@example.org>', None, [[box(A, "AnnDoe")], [box(A, "Ann Doe")], [box(A, 'Ann"Doe"')]])
clean("RFC 5322 3.2.3: an apostrophe is atext", "Ann O'Doe <ann@example.org>", [box(A, "Ann O'Doe")])
clean("RFC 5322 3.2.3: single quotes quote nothing", "'Ann' <ann@example.org>", [box(A, "'Ann'")])

# --- RFC 5322 3.2.2: comments -------------------------------------------------------------------
M = "RFC 5322 3.2.2: "
to(M + "behind an address: the name of RFC 822's time", "ann@example.org (Ann Doe)", None, [[box(A, "Ann Doe")], [box(A)]])
to(M + "behind a name-addr: the name stays", "Ann <ann@example.org> (Doe)", [box(A, "Ann")])
to(M + "in front", "(the boss) Ann <ann@example.org>", [box(A, "Ann")])
to(M + "inside the name", "Ann (the boss) Doe <ann@example.org>", [box(A, "Ann Doe")])
to(M + "between name and bracket", "Ann (the boss) <ann@example.org>", [box(A, "Ann")])
to(M + "inside the brackets, in front", "Ann <(x)ann@example.org>", [box(A, "Ann")])
to(M + "inside the brackets, behind", "Ann <ann@example.org(x)>", [box(A, "Ann")])
to(M + "before the at sign", "Ann <ann(x)@example.org>", [box(A, "Ann")])
to(M + "behind the at sign", "Ann <ann@(x)example.org>", [box(A, "Ann")])
to(M + "nested", "Ann <ann@example.org> (a (b (c)) d)", [box(A, "Ann")])
to(M + "an address in a comment is none", "ann@example.org (was bob@example.net), cy@example.com", None,
   [[box(A, "was bob@example.net"), box(C)], [box(A), box(C)]])
to(M + "a comma in a comment does not separate", "Ann (Doe, Ms.) <ann@example.org>", [box(A, "Ann")])
to(M + "an escaped parenthesis in a comment", r"Ann (a\)b) <ann@example.org>", [box(A, "Ann")])
to(M + "brackets in a comment", "Ann (<bob@example.net>) <ann@example.org>", [box(A, "Ann")])
to(M + "a quotation mark in a comment quotes nothing", 'Ann (12" disc) <ann@example.org>, bob@example.net', [box(A, "Ann"), box(B)])
to(M + "folded inside a comment", "Ann (the\n boss) <ann@example.org>", [box(A, "Ann")])
to(M + "between two mailboxes", "ann@example.org, (x) bob@example.net", None, [[box(A), box(B)], [box(A), box(B, "x")]])
to(M + "alone: no mailbox", "(nobody)", [])
to(M + "a comment is the only name before brackets; no display-name by the grammar", "(Ann) <ann@example.org>", None, [[box(A)], [box(A, "Ann")]])

# --- RFC 5322 3.4, RFC 6854: groups ----------------------------------------------------------------
G = "RFC 5322 3.4 (group): "
clean(G + "one member", "Team: ann@example.org;", [box(A, None, "Team")])
clean(G + "a quoted name", '"The Team, all": Ann <ann@example.org>;', [box(A, "Ann", "The Team, all")])
clean(G + "empty, with a hyphen", "undisclosed-recipients:;", [])
clean(G + "empty, with a blank", "undisclosed-recipients: ;", [])
clean(G + "mailbox before and behind", "cy@example.com, Team: ann@example.org, bob@example.net;, dee@example.org",
      [box(C), box(A, None, "Team"), box(B, None, "Team"), box("dee@example.org")])
clean(G + "two groups", "One: ann@example.org;, Two: bob@example.net;", [box(A, None, "One"), box(B, None, "Two")])
clean(G + "an empty one amid mailboxes", "ann@example.org, Nobody:;, bob@example.net", [box(A), box(B)])
clean(G + "folded inside", "Team:\n ann@example.org,\n bob@example.net;", [box(A, None, "Team"), box(B, None, "Team")])
clean("RFC 6854 2.1: a group in From (its example)", "Managing Partners:ben@example.com,carol@example.com;",
      [box("ben@example.com", None, "Managing Partners"), box("carol@example.com", None, "Managing Partners")], field="From", key="from")
clean("RFC 6854 2.1: an empty group in From", "Automated System:;", [], field="From", key="from")
clean("RFC 6854 3: Reply-To with a group", "Team: Ann <ann@example.org>;", [box(A, "Ann", "Team")], field="Reply-To", key="reply_to")
to("RFC 5322 4.4: empty elements inside a group", "Team:,, ann@example.org,,;", [box(A, None, "Team")])
to(G + "not closed: the members are members", "[[!]]Team: ann@example.org, bob@example.net[[/!]]", [box(A, None, "Team"), box(B, None, "Team")])
to(G + "no comma behind the semicolon", "Team: ann@example.org[[!]]; bob@example.net[[/!]]", [box(A, None, "Team"), box(B)])
to(G + "inside a group is not allowed; no member is lost", "[[!]]One: ann@example.org, Two: bob@example.net;;[[/!]]", None,
   [[box(A, None, "One"), box(B, None, "Two")], [box(A, None, "One"), box(B, None, "One")]])
to(G + "without a name", "[[!]]:[[/!]] ann@example.org;", None, [[box(A)], [box(A, None, "")]])

# --- RFC 5322 4.1, 4.4: obsolete ---------------------------------------------------------------------
O = "RFC 5322 4.4: "
to(O + "appendix A.6.1, dots in a phrase", "Joe Q. Public <john.q.public@example.com>", [box("john.q.public@example.com", "Joe Q. Public")], field="From", key="from")
to(O + "appendix A.6.1, a route, an empty element, blanks around a dot", "Mary Smith <@node.test:mary@example.net>, , jdoe@test  . example",
   [box("mary@example.net", "Mary Smith"), box("jdoe@test.example")])
to("RFC 5322 4.1: appendix A.6.3, a comment in the domain", "John Doe <jdoe@machine(comment).  example>", [box("jdoe@machine.example", "John Doe")], field="From", key="from")
to(O + "a route of two hosts", "<@a.example,@b.example:ann@example.org>", [box(A)])
to(O + "a route with a name", "Ann <@a.example,,@b.example:ann@example.org>", [box(A, "Ann")])
to(O + "an empty element in front", ", ann@example.org", [box(A)])
to(O + "an empty element at the end", "ann@example.org,", [box(A)])
to(O + "a comment is an empty element", "ann@example.org, (x), bob@example.net", [box(A), box(B)])
to(O + "blanks around the at sign", "Ann <ann @ example.org>", [box(A, "Ann")])
to(O + "a fold at the at sign", "Ann <ann@\n example.org>", [box(A, "Ann")])
to(O + "blanks around the dot of a local part", "a . b@example.org", [box("a.b@example.org")])
to(O + "a local part of atom and quoted-string", 'a."b c"@example.org', [box('a."b c"@example.org')])
to(O + "blanks inside the brackets", "Ann < ann@example.org >", [box(A, "Ann")])
to(O + "a quoted-pair in a domain literal", "ann@[192.0.2.\\1]", None, [[box("ann@[192.0.2.\\1]")], [box("ann@[192.0.2.1]")]])
to("RFC 5322 4.1: initials with dots", "A. B. C. Doe <ann@example.org>", [box(A, "A. B. C. Doe")])
to("RFC 5322 4.1: a dot at the end of a name", "Ann Doe Jr. <ann@example.org>", [box(A, "Ann Doe Jr.")])
to("RFC 5322 4.1: a control character in quotes is kept", '"An\x07n" <ann@example.org>', [box(A, "An\x07n")])

# --- RFC 5321 4.5.5, RFC 5322 3.6.7: Return-Path ---------------------------------------------------
to("RFC 5321 4.5.5: the null path is a path without address", "<>", [{"address": None}], field="Return-Path", key="return_path", lone=True)
to("RFC 5322 3.6.7: Return-Path", "<bounce@example.org>", [{"address": "bounce@example.org"}], field="Return-Path", key="return_path", lone=True)
to("RFC 5322 3.6.7: Return-Path without brackets, one reading", "bounce@example.org", [{"address": "bounce@example.org"}], field="Return-Path", key="return_path", lone=True)
suite.add("RFC 5321 4.5.5, schema (envelope): the null path is the sender \"\"", "Return-Path: <>\nFrom: ann@example.org\nSubject: x\n\nBody\n",
          {"envelope": {"mail_from": "", "rcpt_to": []}, "message": {"from": [box(A)]}})
suite.add("schema (envelope): Delivered-To names a recipient of the envelope", "Return-Path: <b@example.org>\nDelivered-To: bob@example.net\nFrom: ann@example.org\n\nBody\n",
          {"envelope": {"mail_from": "b@example.org", "rcpt_to": [B]}, "message": {"delivered_to": [{"address": B}]}})
suite.add("schema (message): no address field at all: nothing is invented", "Subject: x\nDate: Tue, 1 Jul 2003 10:52:37 +0200\n\nTo: bob@example.net\n",
          {"message": {"from": [], "to": [], "cc": [], "bcc": [], "reply_to": [], "sender": None, "return_path": None}, "envelope": None})
suite.add("RFC 5322 3.6.3: To twice is listed twice, in order", "From: ann@example.org\nTo: bob@example.net\nSubject: x\n[[!]]To: Cy <cy@example.com>\n[[/!]]\nBody\n",
          {"message": {"to": [box(B), box(C, "Cy")], "subject": "x"}})
suite.add("RFC 5322 3.6.2: From twice is listed twice; which one a reader shows is open", "From: Ann <ann@example.org>\nSubject: x\n[[!]]From: Mallory <mallory@example.com>\n[[/!]]\nBody\n",
          {"message": {"from": [box(A, "Ann"), box("mallory@example.com", "Mallory")]}})
suite.add("RFC 5322 3.6: field names are not case-sensitive", "FROM: ann@example.org\ntO: bob@example.net\ncC: cy@example.com\nREPLY-TO: dee@example.org\n\nBody\n",
          {"message": {"from": [box(A)], "to": [box(B)], "cc": [box(C)], "reply_to": [box("dee@example.org")]}})
suite.add("RFC 5322 3.6.6: Resent fields are not those of the message", "Resent-From: x@example.com\nResent-To: y@example.com\nFrom: ann@example.org\nTo: bob@example.net\n\nBody\n",
          {"message": {"from": [box(A)], "to": [box(B)]}})
suite.add("schema (span): a mailbox is found at its bytes", "From: Ann <ann@example.org>\nTo: bob@example.net,\n Cy <cy@example.com>\n\nBody\n",
          {"message": {"from": [{"span": {"start": 6, "end": 27}}], "to": [{"span": {"start": 32, "end": 47}}, {"span": {"start": 50, "end": 69}, "raw": "Cy <cy@example.com>"}]}},
          want_crlf={"message": {"from": [{"span": {"start": 6, "end": 27}}], "to": [{"span": {"start": 33, "end": 48}}, {"span": {"start": 52, "end": 71}, "raw": "Cy <cy@example.com>"}]}})

# --- outside the grammar of RFC 5322 3.4 -------------------------------------------------------------
W = "outside RFC 5322 3.4, one reading: "
to(W + "the bracket is not closed", "Ann [[!]]<ann@example.org[[/!]]", [box(A, "Ann")])
to(W + "the bracket is not closed, a list goes on", "Ann [[!]]<ann@example.org[[/!]], Bob <bob@example.net>", [box(A, "Ann"), box(B, "Bob")])
to(W + "two brackets", "Ann [[!]]<<ann@example.org>>[[/!]]", [box(A, "Ann")])
to(W + "semicolons instead of commas (Outlook)", "Ann <ann@example.org>[[!]];[[/!]] Bob <bob@example.net>", [box(A, "Ann"), box(B, "Bob")])
to(W + "a semicolon at the end", "ann@example.org[[!]];[[/!]]", [box(A)])
to(W + "two dots in the local part are kept", "[[!]]ann..doe@example.org[[/!]]", [box("ann..doe@example.org")])
to(W + "a dot before the at sign is kept", "Ann <[[!]]ann.@example.org[[/!]]>", [box("ann.@example.org", "Ann")])
to(W + "a dot in front is kept", "Ann <[[!]].ann@example.org[[/!]]>", [box(".ann@example.org", "Ann")])
to(W + "two dots in the domain are kept", "[[!]]ann@example..org[[/!]]", [box("ann@example..org")])
to(W + "a dot at the domain's end is kept", "Ann <[[!]]ann@example.org.[[/!]]>", None, [[box("ann@example.org.", "Ann")], [box(A, "Ann")]])
to(W + "an address as a name without quotes", "[[!]]boss@example.com[[/!]] <mallory@example.net>", [box("mallory@example.net", "boss@example.com")])
to(W + "the comment is not closed", "ann@example.org [[!]](Ann[[/!]]", None, [[box(A)], [box(A, "Ann")], [box(A, "(Ann")]])
to(W + "a parenthesis that opens nothing", "Ann[[!]])[[/!]] <ann@example.org>", None, [[box(A, "Ann)")], [box(A, "Ann")]])
to(W + "brackets in a name without quotes", "[[!]][List][[/!]] Ann <ann@example.org>", None, [[box(A, "[List] Ann")], [box(A, "[List]Ann")]], defects=None)
to(W + "raw Latin-1 in a name is kept or marked", b"[[!]]J\xf6rg[[/!]] <j@example.org>", None,
   [[box("j@example.org", "J\u00f6rg")], [box("j@example.org", "J\\xF6rg")], [box("j@example.org", "J\ufffdrg")]])
to(W + "an empty bracket behind a name", "Ann [[!]]<>[[/!]]", [box(None, "Ann")])
to(W + "quotes around name and brackets", "[[!]]\"Ann <ann@example.org>\"[[/!]]", None,
   [[box(None, "Ann <ann@example.org>")], [box(A, "Ann")], [box('"Ann <ann@example.org>"')]])

V = "outside RFC 5322 3.4, several readings; nothing is lost or invented: "
to(V + "the comma is left out", "[[!]]ann@example.org bob@example.net[[/!]]", None,
   [[box(A), box(B)], [box("ann@example.org bob@example.net")], [box(B, A)], [box(None, "ann@example.org bob@example.net")], [box("ann@example.orgbob@example.net")]])
to(V + "the comma is left out behind a bracket", "Ann <ann@example.org> [[!]]Bob <bob@example.net>[[/!]]", None,
   [[box(A, "Ann"), box(B, "Bob")]])
to(V + "a comma in a name without quotes", "[[!]]Doe, Ann[[/!]] <ann@example.org>", None,
   [[box(None, "Doe"), box(A, "Ann")], [box("Doe"), box(A, "Ann")], [box(A, "Doe, Ann")]])
to(V + "a name alone", "[[!]]Ann Doe[[/!]]", None, [[box(None, "Ann Doe")], [box("Ann Doe")]])
to(V + "a word alone", "[[!]]ann[[/!]]", None, [[box(None, "ann")], [box("ann")]])
to(V + "no domain", "[[!]]ann@[[/!]]", None, [[box("ann@")], [box(None, "ann@")]])
to(V + "no local part", "[[!]]@example.org[[/!]]", None, [[box("@example.org")], [box(None, "@example.org")]])
to(V + "two at signs", "[[!]]ann@bob@example.org[[/!]]", None, [[box("ann@bob@example.org")], [box(None, "ann@bob@example.org")]])
to(V + "the quotation mark is not closed", '[[!]]"Ann <ann@example.org>[[/!]]', None,
   [[box(A, "Ann")], [box(A, '"Ann')], [box(None, '"Ann <ann@example.org>')], [box(None, "Ann <ann@example.org>")]])
to(V + "a mailto URI in the brackets", "Ann <[[!]]mailto:ann@example.org[[/!]]>", None, [[box("mailto:ann@example.org", "Ann")], [box(A, "Ann")]])
to(V + "two addresses in brackets for one name", "Ann <ann@example.org>[[!]] <mallory@example.com>[[/!]]", None,
   [[box(A, "Ann"), box("mallory@example.com")], [box("mallory@example.com", "Ann <ann@example.org>")]])
to(V + "text behind the bracket", "Ann <ann@example.org> [[!]]Doe[[/!]]", None, [[box(A, "Ann")], [box(A, "Ann"), box(None, "Doe")], [box(A, "Ann Doe")], [box(A, "Ann"), box("Doe")]])
to(V + "the opening bracket is missing", "[[!]]Ann ann@example.org>[[/!]]", None, [[box(A, "Ann")], [box("Ann ann@example.org")], [box(A)], [box(None, "Ann ann@example.org>")]])
to(V + "a blank in the address", "<[[!]]ann doe@example.org[[/!]]>", None, [[box("ann doe@example.org")], [box(None, "ann doe@example.org")], [box("anndoe@example.org")], [box("doe@example.org", "ann")]])

N = "RFC 5322 3.4 (mailbox-list): "
to(N + "nothing behind the colon", "", [])
to(N + "blanks alone", "   ", [])
to(N + "a comma alone", ",", [])
to(N + "commas and blanks alone", " , ,, ", [])
to("RFC 5322 2.2 (no NUL) and schema (no byte lost): a NUL in a name does not end the list", b"[[!]]An\x00n[[/!]] <ann@example.org>, bob@example.net", None,
   [[{"address": A}, {"address": B}]])
to("RFC 5322 2.2: a bare CR in a name does not end the field", b"Ann[[!]]\r[[/!]]Doe <ann@example.org>, bob@example.net", None, [[{"address": A}, {"address": B}]])

# --- damage in one entry loses no other: RFC 5322 3.4 (a comma separates) -----------------------------------------
X = "outside RFC 5322 3.4, the rest of the list stays: "


def rest(why, value, *others):
    to(X + why, value, has(*[{"address": a} for a in others]))


rest("two at signs", "[[!]]ann@@example.org[[/!]], bob@example.net", B)
rest("no domain in brackets", "Ann <[[!]]ann@[[/!]]>, bob@example.net", B)
rest("an empty bracket", "Ann [[!]]<>[[/!]], bob@example.net", B)
rest("a bracket that opens nothing", "ann@example.org[[!]]>[[/!]], bob@example.net", A, B)
rest("a bracket too many", "Ann <ann@example.org>[[!]]>[[/!]], Bob <bob@example.net>", A, B)
rest("a name without address between", "ann@example.org, [[!]]Nobody[[/!]], bob@example.net", A, B)
rest("a list inside the brackets", "[[!]]<ann@example.org, bob@example.net>[[/!]], cy@example.com", C)
rest("signs of no meaning", "ann@example.org, [[!]]\\[[/!]], bob@example.net", A, B)
rest("a semicolon alone between commas", "ann@example.org, [[!]];[[/!]], bob@example.net", A, B)
rest("a domain literal that is not closed", "bob@example.net, ann@[[!]][192.0.2.1[[/!]]", B)
rest("a comment that is not closed, at the end", "bob@example.net, ann@example.org [[!]](x[[/!]]", B, A)
rest("a quoted-string that is not closed, at the end", 'bob@example.net, [[!]]"Ann[[/!]] <ann@example.org>', B)
rest("raw bytes", b"[[!]]J\xf6rg[[/!]] <ann@example.org>, bob@example.net", A, B)
rest("a very long name", "x" * 900 + " <ann@example.org>, bob@example.net", A, B)
rest("an unclosed bracket in a group", "Team: Ann [[!]]<ann@example.org[[/!]], bob@example.net;, cy@example.com", A, B, C)
rest("a hundred opened brackets", "bob@example.net, [[!]]" + "<" * 100 + "[[/!]]", B)
rest("a hundred opened comments", "bob@example.net, [[!]]" + "(" * 100 + "[[/!]]", B)
rest("a hundred quotation marks", "bob@example.net, " + '""' * 50 + " <ann@example.org>", B, A)

K = "RFC 5322 3.2.2, 3.4: "
to(K + "comments everywhere in a list", "(a)ann@example.org(b),(c)Bob(d)<(e)bob@example.net(f)>(g)", has({"address": A}, {"address": B, "name": "Bob"}))
to(K + "a comment with a bracket inside the brackets", "Ann <ann@example.org(>)>", [box(A, "Ann")])
to(K + "a comment between quoted-strings", '"Ann" (x) "Doe" <ann@example.org>', [box(A, "Ann Doe")])
to(K + "two comments behind an address", "Ann <ann@example.org> (a) (b)", [box(A, "Ann")])
to(K + "a comment in front of the colon of a group", "Team (x): ann@example.org;", [box(A, None, "Team")])
to(K + "a comment before the semicolon", "Team: ann@example.org (x);", None, [[box(A, None, "Team")], [box(A, "x", "Team")]])
to(K + "a quoted-string folded in its blanks", '"Ann\n\t Doe" <ann@example.org>', None, [[box(A, "Ann\t Doe")], [box(A, "Ann Doe")]])
to("RFC 5322 4.4: blanks inside a domain literal", "ann@[ 192.0.2.1 ]", None, [[box("ann@[192.0.2.1]")], [box("ann@[ 192.0.2.1 ]")]])
clean("RFC 5322 3.4: a comma inside a quoted local part and a list", '"a,b"@example.org, bob@example.net', [box('"a,b"@example.org'), box(B)])
clean("RFC 5322 3.2.4: an escaped backslash before the closing quotation mark", '"Ann\\\\" <ann@example.org>, "Bob" <bob@example.net>', [box(A, "Ann\\"), box(B, "Bob")])
clean("RFC 5322 3.4: names that look like groups inside quotes", '"x: y;" <ann@example.org>, Team: "b: c" <bob@example.net>;', [box(A, "x: y;"), box(B, "b: c", "Team")])
clean("RFC 5322 3.4: a group with a name of two words, folded", "The\n Team: ann@example.org;", [box(A, None, "The Team")])
clean("RFC 5322 3.4: name-addr without name inside a group", "Team: <ann@example.org>, <bob@example.net>;", [box(A, None, "Team"), box(B, None, "Team")])
clean("RFC 5322 3.6.2: Reply-To with three mailboxes", "ann@example.org, bob@example.net, Cy <cy@example.com>", [box(A), box(B), box(C, "Cy")], field="Reply-To", key="reply_to")
to("RFC 5322 4.5: a blank before the colon of To", "ann@example.org", [box(A)], field="To ")
to("RFC 5322 4.4: a route inside a group", "Team: <@a.example:ann@example.org>;", [box(A, None, "Team")])
to("RFC 5322 3.6.3: Bcc of a comment alone names nobody", "(x)", [], field="Bcc", key="bcc")
to("RFC 5322 4.4: comments and commas alone name nobody", "(a), (b),", [])
to("schema (raw): what was written stays beside what was read", "Ann (x) <ann@(y)example.org>", [box(A, "Ann", raw="Ann (x) <ann@(y)example.org>")])
to("RFC 5322 4.4: a semicolon behind the last mailbox of two (Outlook)", "ann@example.org[[!]];[[/!]] bob@example.net;", [box(A), box(B)])
