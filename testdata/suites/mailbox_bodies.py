"""What stands on top of a mailbox, between its messages and in them."""
import base64
import hashlib

from mailboxlib import FORMS, head, kind, mail, quote, sep

TWO = ("lf", "crlf")
QUOTED = ("From the top.\n\nFrom bob@example.net Wed Dec  2 05:53:22 1992\nSubject: not a message\n\n"
          ">From an earlier letter\n>>From the one before\n > From is not quoted\nEnd.\n")


def quoted(box, n, body, extra="", how="rd", known=True, **keys):
    text = mail(n, body, extra)
    box.msg(sep(n), quote(text, how), text if quote(text, how) != text else None, known=known, **keys)


def b64(n, size):
    e = base64.b64encode(hashlib.shake_128(b"%d" % n).digest(size)).decode()
    return "\n".join(e[i:i + 76] for i in range(0, len(e), 76)) + "\n"


@kind("quote-rd", "mboxrd: every line of '>' and \"From \" gets one '>'", as_file=True)
def quote_rd(box):
    for n in range(1, 4):
        quoted(box, n, QUOTED)
    box.msg(sep(4), mail(4))


@kind("quote-o", "mboxo: only \"From \" gets a '>'", dialect="o", as_file=True)
def quote_o(box):
    quoted(box, 1, "Above.\n\nFrom the top.\nFrom bob@example.net Wed Dec  2 05:53:22 1992\nEnd.\n", how="o")
    box.msg(sep(2), mail(2))


@kind("quote-o-ambiguous", "mboxo leaves \">From \" as it is: nobody can tell it from a quoted line", TWO, "o")
def quote_o_ambiguous(box):
    quoted(box, 1, QUOTED, how="o", known=False)
    box.msg(sep(2), mail(2))


@kind("quote-first-line", "the quoted line is the first line of the body, or the only one")
def quote_first(box):
    quoted(box, 1, "From the first line on.\nMore.\n")
    quoted(box, 2, "From the only line\n")
    quoted(box, 3, ">From the first line on, twice.\n")


@kind("quote-last-line", "the quoted line is the last one of the mailbox, without a line break", TWO)
def quote_last(box):
    quoted(box, 1, "Above.\n\nFrom the last line", blank=False)


@kind("quote-none", "a writer that does not quote: \">From \" stands as it was written", dialect="none", as_file=True)
def quote_none(box):
    box.msg(sep(1), mail(1, "From here on we march.\n>From an earlier letter\n"))
    box.msg(sep(2), mail(2))


@kind("quote-none-other-message", "a writer that does not quote, seen only in another message of the mailbox", TWO, "none")
def quote_none_other(box):
    box.msg(sep(1), mail(1, "Above.\n\nFrom here on we march.\n"))
    box.msg(sep(2), mail(2, ">From an earlier letter\n"))


@kind("quote-in-header", "a folded line of the header that looks quoted is not: a header has no such lines", TWO)
def quote_header(box):
    box.msg(sep(1), ">From bob@example.net Wed Dec  2 05:53:22 1992\n" + mail(1))
    box.msg(sep(2), mail(2))


@kind("quote-nested", "a nested message whose text was quoted with the rest")
def nested(box):
    inner = mail(7, "Inner text.\n\nFrom bob@example.net Wed Dec  2 05:53:22 1992\nSubject: innermost\n\nFrom the inside.\n")
    body = "--b\n\nOuter text.\n--b\nContent-Type: message/rfc822\n\n" + inner + "--b--\n"
    quoted(box, 1, body, "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n")
    box.msg(sep(2), mail(2))


@kind("quote-mailbox-in-body", "the body is a mailbox of its own, quoted once more", as_file=True)
def mailbox_in_body(box):
    inner = "".join(sep(n) + "\n" + quote(mail(n, "From the inner letter.\n>From a quote\n")) + "\n" for n in (5, 6))
    quoted(box, 1, inner, "Content-Type: application/mbox\n")
    quoted(box, 2, inner)
    box.msg(sep(3), mail(3))


@kind("end-no-break", "the last line has no line break")
def no_break(box):
    box.msg(sep(1), mail(1))
    box.msg(sep(2), mail(2, "Hello.\nGoodbye."), blank=False)


@kind("end-no-blank", "no blank line behind the last message")
def no_last_blank(box):
    box.msg(sep(1), mail(1))
    box.msg(sep(2), mail(2), blank=False)


@kind("end-blank-lines", "several blank lines behind the last message: one of them is the mailbox's")
def end_blank(box):
    box.msg(sep(1), mail(1))
    box.msg(sep(2), mail(2, "Hello.\n\n\n"))


@kind("end-cut-base64", "cut off amid a line of base64", TWO, as_file=True)
def cut(box):
    top = "MIME-Version: 1.0\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n"
    box.msg(sep(1), mail(1, b64(1, 600), top))
    box.msg(sep(2), mail(2, b64(2, 600)[:333], top), blank=False)


@kind("end-cut-header", "cut off amid a field's name", TWO)
def cut_header(box):
    box.msg(sep(1), mail(1))
    box.msg(sep(2), head(2)[:-30], blank=False)


@kind("end-cut-separator", "cut off amid a separator: it states no date any more and is text", TWO)
def cut_separator(box):
    box.msg(sep(1), mail(1, "Hello.\n\nFrom ann2@exa"), blank=False)


@kind("between-blank-lines", "several blank lines between messages: all but one are the message's")
def between(box):
    for n in range(1, 5):
        box.msg(sep(n), mail(n, "Hello.\n" + "\n" * n))


@kind("one", "a mailbox of one message", as_file=True)
def one(box):
    box.msg(sep(1), mail(1))


@kind("top-blank-lines", "blank lines on top")
def top_blank(box):
    box.put("\n\n\n")
    box.msg(sep(1), mail(1))
    box.msg(sep(2), mail(2))


@kind("top-bom", "a byte order mark on top")
def top_bom(box):
    box.put("\ufeff")
    box.msg(sep(1), mail(1))
    box.msg(sep(2), mail(2))


@kind("top-bom-blank", "a byte order mark and blank lines on top, and a first line without date", TWO)
def top_bom_blank(box):
    box.put("\ufeff\n\n")
    box.msg("From somebody", mail(1), loose=True)
    box.msg(sep(2), mail(2))


@kind("top-junk", "text on top that no separator begins: examined like a message, so that nothing is lost", as_file=True)
def top_junk(box):
    box.bare("This archive was made by hand.\nIt has two letters.\n")
    box.put("\n")
    box.msg(sep(1), mail(1))
    box.msg(sep(2), mail(2))


@kind("top-junk-no-blank", "text on top without a blank line behind it", TWO)
def top_junk_close(box):
    box.bare("This archive was made by hand.\n")
    box.msg(sep(1), mail(1), loose=True)
    box.msg(sep(2), mail(2))


@kind("top-no-separator", "the first message has lost its separator", TWO)
def top_no_separator(box):
    box.bare(mail(1))
    box.put("\n")
    box.msg(sep(2), mail(2))


@kind("top-internal-data", "the first message is the mail program's own data (c-client, Dovecot)", as_file=True)
def internal(box):
    text = ("Date: 01 Jan 2001 10:00:00 +0000\nFrom: Mail System Internal Data <MAILER-DAEMON@host.example>\n"
            "Subject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA\nMessage-ID: <978343200@host.example>\n"
            "X-IMAP: 0978343200 0000000002\nStatus: RO\n\nThis text is part of the internal format of your mail folder, and is not\n"
            "a real message.  It is created automatically by the mail system software.\n")
    box.msg("From MAILER-DAEMON Mon Jan  1 10:00:00 2001", text)
    box.msg(sep(1), mail(1, extra="Status: RO\nX-Status: \nX-Keywords:                 \nX-UID: 1\n"))
    box.msg(sep(2), mail(2, extra="Status: O\nX-UID: 2\n"))


@kind("empty-all", "three separators with nothing behind them")
def empty(box):
    for n in range(1, 4):
        box.msg(sep(n), "")


@kind("empty-between", "an empty message between others")
def empty_between(box):
    box.msg(sep(1), mail(1))
    box.msg(sep(2), "")
    box.msg(sep(3), mail(3))


@kind("empty-many", "3,000 empty messages", TWO)
def empty_many(box):
    for _ in range(3000):
        box.msg(sep(1), "")


@kind("empty-close", "separators line on line: without a header behind them they are text", TWO, beyond=True)
def empty_close(box):
    for n in range(1, 4):
        box.msg(sep(n), "", blank=False, loose=n > 1)


@kind("no-body", "messages that are only a header", TWO)
def no_body(box):
    for n in range(1, 4):
        box.msg(sep(n), head(n))


@kind("no-body-blank", "a header, its blank line, and no body")
def no_body_blank(box):
    for n in range(1, 4):
        box.msg(sep(n), head(n) + "\n")


@kind("no-header", "bodies without a header", TWO)
def no_header(box):
    for n in range(1, 4):
        box.msg(sep(n), "\nonly text %d\n" % n)


@kind("bytes-nul", "NUL bytes, in a line and as lines", TWO)
def nul(box):
    for n in range(1, 4):
        box.msg(sep(n), mail(n, "a\0b\n\0\n\0\0From bob Wed Dec  2 05:53:22 1992\n"))


@kind("bytes-8bit", "8-bit text of several charsets, and bytes of none", TWO)
def bytes8(box):
    for n in range(1, 4):
        box.msg(sep(n), mail(n, "Grüße, señor, 下午\n").encode() + b"\xff\xfe\xa0From \xe9\n\xe0\n")


@kind("bytes-lone-cr", "lone CR is no line break: what stands behind it does not begin a line", TWO)
def lone_cr(box):
    for n in range(1, 4):
        box.msg(sep(n), mail(n, b"one\rtwo\r\rFrom bob@example.net Wed Dec  2 05:53:22 1992\rSubject: x\r\rend\n".decode()))


@kind("bytes-long-line", "lines of 100,000 bytes", TWO)
def long_lines(box):
    for n in range(1, 4):
        box.msg(sep(n), mail(n, "x" * 100000 + "\n" + "y" * 100000 + "\n"))


@kind("bytes-many-quoted", "thousands of quoted lines", TWO)
def many_quoted(box):
    for n in range(1, 3):
        quoted(box, n, "From the %dth line\n" % n * 2000)


@kind("bytes-many-blank", "thousands of blank lines", ("lf", "crlf"))
def many_blank(box):
    for n in range(1, 3):
        box.msg(sep(n), mail(n, "\n" * 5000))


@kind("eol-changes", "half of the mailbox has LF, half CRLF: two mailboxes put together", ("lf",), as_file=True)
def changes(box):
    for n in range(1, 7):
        box.eol = "crlf" if n > 3 else "lf"
        quoted(box, n, QUOTED)
    box.eol = "lf"
