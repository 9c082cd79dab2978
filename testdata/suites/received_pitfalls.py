"""What makes simple readers of trace lines believe the wrong text or lose a value.  One
line a case; the true address is that of the field {ip}, a false one is 198.18.0.1 (RFC 2544:
never a host on the Internet)."""

from received_lib import Shape as S

END = "\n\tby {by} (Postfix) with ESMTP id {pfx}\n\tfor <{rcpt}>; {datez}"
ROLES = " by with=ESMTP id={pfx} rcpt date soft=Postfix"
PEER = " ({rdns} [{ip}])"
BOUNDS = "helo rdns ip by with=ESMTP date"


def helo(name, text):
    """The client's greeting is text; the rest of the line is Postfix's own."""
    return S("pit-helo-" + name, "from " + text + PEER + END, "rdns ip" + ROLES, helo=text)


HELO = [
    helo("literal", "[198.18.0.1]"),
    helo("comment-literal", "mail.bank.example ([198.18.0.1])"),
    helo("comment-bare", "mail.bank.example (198.18.0.1)"),
    helo("comment-named", "mail.bank.example (mail.bank.example [198.18.0.1])"),
    helo("ident", "x (IDENT:root@mail.bank.example [198.18.0.1])"),
    helo("exim", "[198.18.0.1] (helo=mail.bank.example)"),
    helo("exim-rdns", "mail.bank.example ([198.18.0.1] helo=x)"),
    helo("qmail", "mail.bank.example (HELO x) (198.18.0.1)"),
    helo("line", "x (y [198.18.0.1]) by mail.bank.example (Postfix) with ESMTPS id 0123456789A; Thu, 1 Jan 1998 00:00:00 +0000"),
    helo("date", "x; Thu, 1 Jan 1998 00:00:00 +0000"),
    helo("tls", "x (using TLSv1.3 with cipher FAKE (256/256 bits))"),
    helo("auth", "x (Authenticated sender: boss@bank.example)"),
    helo("by", "x by y"),
    helo("from", "from x by y"),
    helo("id", "x id FAKE with ESMTPSA for <boss@bank.example>"),
    helo("quoted", '"mail.bank.example [198.18.0.1]"'),
    helo("quote-open", '"x'),
    helo("utf8", "bücher.example ☃"),
    helo("blanks", "my  own PC"),
    helo("angle", "<x"),
    helo("angles", "<x@y>"),
    helo("semicolon", "a;b;"),
    helo("comma", "a, b"),
    helo("nested", "a (b (c (d)))"),
    helo("open", "a ("),
    helo("opens", "(((("),
    helo("close", "a )"),
    helo("backslash", "a\\"),
    helo("backslash-paren", "a \\("),
    helo("control", "a\x00b\x07"),
    helo("dot", "."),
    helo("empty-comment", "a ()"),
    helo("question-marks", "?Open?mail?server?"),
    helo("underscore", "DESKTOP_7.workgroup"),
    helo("domain-literal-v6", "[IPv6:2001:db8::1]"),
    helo("keyword", "with"),
    helo("unknown", "unknown"),
    helo("port", "host:25"),
    helo("percent", "%h%n"),
]

ADDRESS = [
    S("pit-ip-v6tag", "from {helo} ({rdns} [IPv6:2001:db8::{h4}])" + END, "helo rdns ip=2001:db8::{h4}" + ROLES),
    S("pit-ip-v6tag-lower", "from {helo} ({rdns} [ipv6:2001:db8::{h4}])" + END, "helo rdns ip=2001:db8::{h4}" + ROLES),
    S("pit-ip-v6bare", "from {helo} ({rdns} [2001:db8::{h4}])" + END, "helo rdns ip=2001:db8::{h4}" + ROLES),
    S("pit-ip-mapped", "from {helo} ({rdns} [::ffff:{ip}])" + END, "helo rdns ip=::ffff:{ip}" + ROLES),
    S("pit-ip-mapped-tag", "from {helo} ({rdns} [IPv6:::ffff:{ip}])" + END, "helo rdns ip=::ffff:{ip}" + ROLES),
    S("pit-ip-zone", "from {helo} ({rdns} [IPv6:fe80::{h4}%6])" + END, "helo rdns ip=fe80::{h4}%6" + ROLES),
    S("pit-ip-zone-name", "from {helo} ({rdns} [fe80::{h4}%eth0])" + END, "helo rdns ip=fe80::{h4}%eth0" + ROLES),
    S("pit-ip-loopback", "from {helo} (localhost [::1])" + END, "helo rdns=localhost ip=::1" + ROLES),
    S("pit-ip-local", "from {helo} (localhost [local])" + END, "helo rdns=localhost" + ROLES),
    S("pit-ip-unverified", "from {helo} (unverified [{ip}])" + END, "helo ip" + ROLES),
    S("pit-ip-twice", "from {helo} ({ip} [{ip}])" + END, "helo ip" + ROLES),
    S("pit-ip-port", "from {helo} ({rdns} [{ip}]:{port})" + END, "helo rdns ip" + ROLES),
    S("pit-rdns-dot", "from {helo} ({rdns}. [{ip}])" + END, "helo rdns ip" + ROLES),
    S("pit-rdns-upper", "from {helo} (UNKNOWN [{ip}])" + END, "helo ip" + ROLES),
    S("pit-6to4", "by 2002:a05:{h4}:: with SMTP id {b62}; {datez}", "by=2002:a05:{h4}:: with=SMTP id={b62} date"),
]

ORDER = [
    S("pit-comments-swapped", "from {helo} (Authenticated sender: {user}) ({rdns} [{ip}])" + END, "rdns ip" + ROLES, helo="{helo} (Authenticated sender: {user})"),
    S("pit-notes-both-sides", "from {helo} ({rdns} [{ip}]) (Client did not present a certificate) (Authenticated sender: {user})\n\tby {by} (version=TLSv1.2 cipher={c12}) (Postfix) with ESMTPSA id {pfx}; {date}", "helo rdns ip auth by with=ESMTPSA ver=TLSv1.2 cipher={c12} id={pfx} date"),
    S("pit-clauses-swapped", "from {helo} ([{ip}]) by {by} for <{rcpt}> id {b62} with ESMTP; {date}", "helo ip by rcpt id={b62} with=ESMTP date"),
    S("pit-by-first", "by {by} with SMTP id {b62} from {helo} ({rdns} [{ip}]); {date}", "helo rdns ip by with=SMTP id={b62} date"),
    S("pit-upper", "FROM {helo} ({rdns} [{ip}]) BY {by} WITH ESMTP ID {b62} FOR <{rcpt}>; {date}", "helo rdns ip by with=ESMTP id={b62} rcpt date"),
    S("pit-nodots", "from {name} (wks7 [{ip}]) by fileserver with SMTP; {date}", "helo={name} rdns=wks7 ip by=fileserver with=SMTP date"),
    S("pit-by-comment", "from {helo} ({rdns} [{ip}]) by {by} (some [nested (text) by x] here) with ESMTP id {b62}; {date}", "helo rdns ip by with=ESMTP id={b62} date"),
    S("pit-by-literal", "from {helo} ({rdns} [{ip}]) by [{byip}] with SMTP id {b62}; {date}", "helo rdns ip by=[{byip}] with=SMTP id={b62} date"),
    S("pit-for-several", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id {b62} for <{rcpt}>, <{user}>; {date}", "helo rdns ip by with=ESMTP id={b62} rcpt date"),
    S("pit-for-comment", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id {b62} for <{rcpt}> (single-drop); {date}", "helo rdns ip by with=ESMTP id={b62} rcpt date"),
    S("pit-for-quoted", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id {b62} for <\"a by b; c\"@{host}>; {date}", "helo rdns ip by with=ESMTP id={b62} date", rcpt='"a by b; c"@{host}'),
    S("pit-for-quoted-paren", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id {b62} for <\"a (b\"@{host}>; {date}", "helo rdns ip by with=ESMTP id={b62} date", rcpt='"a (b"@{host}'),
    S("pit-env-quoted-paren", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP (envelope-from <\"x) by y (z\"@{host}>) id {b62}; {date}", "helo rdns ip by with=ESMTP id={b62} date", env='"x) by y (z"@{host}'),
    S("pit-id-angle", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id <{b62}@{by}> for <{rcpt}>; {date}", "helo rdns ip by with=ESMTP id={b62}@{by} rcpt date"),
    S("pit-id-hash", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id #{n}; {date}", "helo rdns ip by with=ESMTP id=#{n} date"),
    S("pit-fold-tokens", "from\n {helo}\n ({rdns}\n [{ip}])\n by\n {by}\n (Postfix)\n with\n ESMTP\n id\n {pfx}\n for\n <{rcpt}>;\n {datez}", "helo rdns ip" + ROLES),
    S("pit-fold-name", "from {name}.\n\texample.org (r.{name}-\n\tx.example [{ip}]) by mx.\n\texample.net with ESMTP id {b62}; {date}", "helo={name}.example.org rdns=r.{name}-x.example ip by=mx.example.net with=ESMTP id={b62} date"),
    S("pit-tabs", "from\t{helo}\t({rdns}\t[{ip}])\tby\t{by}\twith\tESMTP;\t{date}", BOUNDS),
    S("pit-list-by", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id {b62} for by@{host}; {date}", "helo rdns ip by with=ESMTP id={b62} for=by@{host} date"),
]

DATE = [
    S("pit-date-nosemicolon", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id {b62} {date}", "helo rdns ip by with=ESMTP id={b62} date"),
    S("pit-date-go", "by {by} with SMTP id {b62}\n        {dategom}", "by with=SMTP id={b62} date"),
    S("pit-date-go-semicolon", "by {by} with SMTP id {b62}; {dategom}", "by with=SMTP id={b62} date"),
    S("pit-date-text-behind", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP; {date} (sent by Nobody)", BOUNDS),
    S("pit-date-env-behind", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP; {date} (envelope-from <{sender}>)", BOUNDS + " env"),
    S("pit-date-tls-behind", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP; {date} (using TLSv1.2 with cipher {c12} (128/128 bits))", BOUNDS + " ver=TLSv1.2 cipher={c12}"),
    S("pit-date-second-semicolon", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id {b62}; for <{rcpt}>; {date}", "helo rdns ip by with=ESMTP id={b62} rcpt date"),
    S("pit-date-gmt-comment", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP; {date} (GMT Daylight Time)", BOUNDS),
    S("pit-date-comment-semicolon", "from {helo} ({rdns} [{ip}]) by {by} (v1; r2) with ESMTP; {date}", BOUNDS),
    S("pit-date-none", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id {b62}", "helo rdns ip by with=ESMTP id={b62}"),
    S("pit-date-empty", "from {helo} ({rdns} [{ip}]) by {by} with ESMTP id {b62};", "helo rdns ip by with=ESMTP id={b62}"),
]

TLS = [
    S("pit-tls-comma", "from {helo} ({ip}) by {by} with Microsoft SMTP Server (version=TLS1_2, cipher={ciana}) id {build}; {date}", "helo ip by with=Microsoft~SMTP~Server ver=TLS1_2 cipher={ciana} id={build} date"),
    S("pit-tls-colon", "from {helo} ({rdns} [{ip}]) by {by} with ESMTPS (TLS1.3:ECDHE_X25519__AES_256_GCM:256) id {b62}; {date}", "helo rdns ip by with=ESMTPS ver=TLS1.3 cipher=ECDHE_X25519__AES_256_GCM id={b62} date"),
    S("pit-tls-clause", "from {helo} ({rdns} [{ip}]) by {by} with ESMTPS tls {c13} id {b62}; {date}", "helo rdns ip by with=ESMTPS cipher={c13} id={b62} date"),
    S("pit-tls-cipher-only", "from {helo} ({rdns} [{ip}]) by {by} with ESMTPS (cipher={c13}) id {b62}; {date}", "helo rdns ip by with=ESMTPS cipher={c13} id={b62} date"),
    S("pit-tls-none", "from {helo} ({rdns} [{ip}]) (no client certificate requested) by {by} with ESMTP id {b62}; {date}", "helo rdns ip by with=ESMTP id={b62} date"),
    S("pit-tls-cert-text", "from {helo} ({rdns} [{ip}])\n\t(using TLSv1.2 with cipher {c12} (256/256 bits))\n\t(Client CN \"x ([198.18.0.1]) by y\", Issuer \"z\" (not verified))" + END, "helo rdns ip ver=TLSv1.2 cipher={c12}" + ROLES),
    S("pit-tls-cert-unbalanced", "from [{ip}] ([{ip}:{port}] helo={helo})\n\tby {by} (envelope-from <{sender}>)\n\t(ecelerity 4.7.0.20111 r(:)) with ESMTPS (cipher={c13}\n\tsubject=\"/CN=a) by x (b\") id 28/10-{n}-6BCA4876; {date}",
      "helo ip env by with=ESMTPS cipher={c13} id=28/10-{n}-6BCA4876 date"),
]

SHAPES = HELO + ADDRESS + ORDER + DATE + TLS
