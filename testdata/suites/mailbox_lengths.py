"""Mailboxes whose messages state their length, and lengths that lie.

mboxcl quotes like mboxrd and adds Content-Length; mboxcl2 does not quote, so
that only the length tells where a message ends. The length is that of the body
as stored, with its last line break and without the blank line behind it.
"""
from mailboxlib import kind, mail, head, quote, sep

TWO = ("lf", "crlf")
INNER = ("Above.\n\nFrom eve@example.com Wed Dec  2 05:53:22 1992\nFrom: Eve <eve@example.com>\nSubject: inside %d\n\n"
         "From the inside.\n>From an earlier letter\n")
PLAIN = "Nothing here looks like a separator.\nGoodbye.\n"


def size(box, body):
    """The length of the body in the line ends of this mailbox."""
    return len(box.form(body, 0))


def with_length(box, n, body, length, name="Content-Length"):
    return mail(n, body, "%s: %s\n" % (name, length))


def split_inner(box, n, length, closing="\n", **keys):
    """INNER is not covered by a length: its From_ line separates."""
    outer, _, inner = (INNER % n).partition("\n\n")
    box.msg(sep(n), with_length(box, n, outer + "\n", length), **keys)
    line, _, text = inner.partition("\n")
    box.msg(line, text)


def covered(box, count, name="Content-Length"):
    for n in range(1, count + 1):
        body = INNER % n
        box.msg(sep(n), with_length(box, n, body, size(box, body), name))


def uncovered(box, count, length):
    """No length counts, so that each letter falls into two."""
    for n in range(1, count + 1):
        split_inner(box, n, length(box, n))


@kind("cl-quoted", "mboxcl: quoted, and with lengths of the quoted text", TWO, "cl", as_file=True)
def cl(box):
    for n in range(1, 5):
        plain = mail(n, INNER % n)
        body = quote(plain).partition("\n\n")[2]
        extra = "Content-Length: %d\n" % size(box, body)
        box.msg(sep(n), quote(mail(n, INNER % n, extra)), mail(n, INNER % n, extra))


@kind("cl2", "mboxcl2: whole messages in bodies, not quoted", TWO, "cl2", as_file=True)
def cl2(box):
    covered(box, 4)


@kind("cl2-lines", "the same with Lines behind the length, as Solaris has it", TWO, "cl2")
def cl2_lines(box):
    for n in range(1, 4):
        body = INNER % n
        extra = "Content-Length: %d\nLines: %d\n" % (size(box, body), body.count("\n"))
        box.msg(sep(n), mail(n, body, extra))


@kind("cl2-small-letters", "the field's name in small letters", TWO, "cl2")
def cl2_small(box):
    covered(box, 3, name="content-length")


@kind("cl2-verbatim", "mboxcl2 does not quote: a line \">From \" was written so", ("lf",), "cl2", beyond=True)
def cl2_verbatim(box):
    covered(box, 2)
    body = ">From an earlier letter\n"
    box.msg(sep(3), with_length(box, 3, body, size(box, body)))


def shifted(box, over):
    """The length is believed to the byte: it leaves out the last line break, or
    takes the blank line in."""
    for n in range(1, 4):
        body, last = INNER % n, "\n"
        if over:
            body, last = body + last, ""
        else:
            body = body[:-1]
        box.msg(sep(n), with_length(box, n, body, size(box, body)), blank=False)
        box.put(last + last)


@kind("cl2-less", "the length leaves out the last line break", TWO, "cl2")
def cl2_less(box):
    shifted(box, False)


@kind("cl2-more", "the length counts the blank line", TWO, "cl2")
def cl2_more(box):
    shifted(box, True)


@kind("cl2-no-last-blank", "no blank line behind the last message", TWO, "cl2")
def cl2_no_last_blank(box):
    covered(box, 2)
    box.msg(sep(3), with_length(box, 3, INNER % 3, size(box, INNER % 3)), blank=False)


@kind("cl2-no-last-break", "the last message has no line break at its end, and its length says so", TWO, "cl2")
def cl2_no_last_break(box):
    covered(box, 2)
    body = (INNER % 3)[:-1]
    box.msg(sep(3), with_length(box, 3, body, size(box, body)), blank=False)


@kind("cl2-no-blank-between", "a length leads straight to the next separator, without a blank line", TWO, "cl2")
def cl2_no_blank(box):
    for n in range(1, 4):
        box.msg(sep(n), with_length(box, n, INNER % n, size(box, INNER % n)), blank=False, loose=n > 1)


@kind("cl2-zero", "empty bodies with length 0 among others", TWO, "cl2")
def cl2_zero(box):
    covered(box, 1)
    box.msg(sep(2), with_length(box, 2, "", 0))
    box.msg(sep(3), with_length(box, 3, INNER % 3, size(box, INNER % 3)))


@kind("cl2-one", "one message whose body holds a message", TWO, "cl2")
def cl2_one(box):
    covered(box, 1)


@kind("cl2-blank-top", "blank lines on top", TWO, "cl2")
def cl2_blank_top(box):
    box.put("\n\n")
    covered(box, 3)


@kind("cl2-large-first", "the first message is larger than the part that readers judge by", ("lf",), "cl2", beyond=True)
def cl2_large_first(box):
    body = ("x" * 70 + "\n") * 20000
    box.msg(sep(9), with_length(box, 9, body, size(box, body)))
    covered(box, 3)


@kind("cl2-mailbox-inside", "a body that is a mailbox of its own with lengths", TWO, "cl2")
def cl2_inside(box):
    for n in range(1, 4):
        inner = "".join(sep(k) + "\n" + with_length(box, k, PLAIN, size(box, PLAIN)) + "\n" for k in (7, 8))
        box.msg(sep(n), with_length(box, n, inner, size(box, inner)))


@kind("length-less-two", "a length that leads into the last line: it does not count, separators do", ("lf",), "none")
def less_two(box):
    uncovered(box, 3, lambda box, n: size(box, INNER % n) - 2)


@kind("length-more-two", "a length that leads into the next separator", TWO, "none")
def more_two(box):
    uncovered(box, 3, lambda box, n: size(box, INNER % n) + 2 * size(box, "\n"))


@kind("length-of-crlf", "the length was counted with CRLF, the mailbox has LF", ("lf",), "none")
def of_crlf(box):
    uncovered(box, 3, lambda box, n: len((INNER % n).replace("\n", "\r\n")))


@kind("length-of-lf", "the length was counted with LF, the mailbox has CRLF", ("crlf",), "none")
def of_lf(box):
    uncovered(box, 3, lambda box, n: len(INNER % n))


@kind("length-missing-once", "one message states no length: the mailbox does not use them", TWO, "none")
def missing_once(box):
    split_inner(box, 1, size(box, INNER % 1))
    box.msg(sep(2), mail(2, PLAIN))
    split_inner(box, 3, size(box, INNER % 3))


@kind("length-cut", "mboxcl2 that was cut off: its last length leads beyond the end, but it was unquoted", TWO, "cl2", beyond=True)
def cut(box):
    covered(box, 3)
    box.msg(sep(4), with_length(box, 4, PLAIN, 5000), blank=False)


@kind("length-lie", "one sender states a length that leads over the next messages to a separator", TWO, as_file=True)
def lie(box):
    box.msg(sep(1), mail(1))
    hidden = [(n, mail(n, "This letter must not be hidden.\n")) for n in (3, 4)]
    over = PLAIN + "\n" + "".join(sep(n) + "\n" + text + "\n" for n, text in hidden)
    box.msg(sep(2), with_length(box, 2, PLAIN, size(box, over)))
    for n, text in hidden:
        box.msg(sep(n), text)
    box.msg(sep(5), mail(5))


@kind("length-lie-to-end", "the last sender but one states a length that leads to the end", TWO)
def lie_to_end(box):
    box.msg(sep(1), mail(1))
    last = mail(3, "This letter must not be hidden.\n")
    box.msg(sep(2), with_length(box, 2, PLAIN, size(box, PLAIN + "\n" + sep(3) + "\n" + last + "\n")))
    box.msg(sep(3), last)


@kind("length-lie-first", "the sender of the first message states a length that leads to the end of the mailbox", TWO, beyond=True)
def lie_first(box):
    rest = [(n, mail(n, "This letter must not be hidden.\n")) for n in (2, 3)]
    over = PLAIN + "\n" + "".join(sep(n) + "\n" + text + "\n" for n, text in rest)
    box.msg(sep(1), with_length(box, 1, PLAIN, size(box, over)))
    for n, text in rest:
        box.msg(sep(n), text)


@kind("length-in-body", "the length stands in a nested header, not in the message's own", TWO)
def in_body(box):
    for n in range(1, 4):
        inner = "Content-Type: text/plain\nContent-Length: 4000\n\ntext\n"
        box.msg(sep(n), mail(n, "--b\n" + inner + "--b--\n", "Content-Type: multipart/mixed; boundary=b\n"))


VALUES = {"huge": "99999999999999999999999999", "int64": "9223372036854775807", "negative": "-5", "plus": "+5", "words": "long",
          "digits-and-words": "12abc", "hex": "0x10", "empty": "", "two-numbers": "1 2", "fraction": "12.5", "spaces": "   "}


def bad_value(value):
    def fill(box):
        for n in range(1, 4):
            text = with_length(box, n, "Above.\n\nFrom the top.\n", value)
            box.msg(sep(n), quote(text), text)
    return fill


for _name, _value in VALUES.items():
    kind("length-" + _name, "a length of %r: separators count" % _value, TWO)(bad_value(_value))


@kind("length-twice-equal", "the same length twice in a header: both lead to a separator", TWO, "cl2", beyond=True)
def twice_equal(box):
    for n in range(1, 4):
        extra = "Content-Length: %d\n" % size(box, INNER % n) * 2
        box.msg(sep(n), mail(n, INNER % n, extra))


@kind("length-twice", "two lengths that differ: whichever is believed, no message is lost", TWO)
def twice(box):
    for n in range(1, 4):
        extra = "Content-Length: 7\nContent-Length: %d\n" % size(box, PLAIN)
        box.msg(sep(n), mail(n, PLAIN, extra))


@kind("length-cl-later-wrong", "the first messages state right lengths, later ones lie within what is looked at", TWO)
def later_wrong(box):
    for n in range(1, 4):
        box.msg(sep(n), with_length(box, n, PLAIN, size(box, PLAIN)))
    box.msg(sep(4), with_length(box, 4, PLAIN, size(box, PLAIN) + 150))
    box.msg(sep(5), with_length(box, 5, PLAIN, size(box, PLAIN)))


@kind("length-header-only", "a length of 0: the blank line ends the header, no other stands before the next separator", TWO, "cl2")
def header_only(box):
    for n in range(1, 4):
        box.msg(sep(n), head(n, "Content-Length: 0\n") + "\n", blank=False)
