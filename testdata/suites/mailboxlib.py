"""Puts mailboxes together and keeps the books: where each message begins and
ends, and what it was before it was quoted. See make_mailboxes.py.

Texts are written with LF; a Box turns them into its own line ends as it takes
them, so that every kind exists in several forms.
"""
import hashlib

FORMS = ("lf", "crlf", "mixed")
DATE = "Mon Jan  1 10:00:00 2001"
KINDS = []


def sha(raw):
    return hashlib.sha256(raw).hexdigest()


def kind(name, note, forms=FORMS, dialect="rd", beyond=False, as_file=False):
    """Registers a function that fills a Box."""
    def register(fill):
        KINDS.append((fill.__module__, name, note, forms, dialect, beyond, as_file, fill))
        return fill
    return register


def all_boxes(*modules):
    wanted = [m.__name__ for m in modules]
    for module, name, note, forms, dialect, beyond, as_file, fill in KINDS:
        assert module in wanted, module
        for eol in forms:
            box = Box(name, note, eol, dialect, beyond, as_file and eol == "lf")
            fill(box)
            yield box


class Box:
    def __init__(self, kind, note, eol, dialect, beyond, as_file):
        self.kind, self.note, self.eol, self.dialect = kind, note, eol, dialect
        self.beyond, self.as_file = beyond, as_file
        self.raw = bytearray()
        self.breaks = 0  # line breaks so far: mixed mailboxes alternate
        self.found = []
        self.loose = []

    def form(self, text, at=None):
        """text in the line ends of the mailbox, as it would stand at break number at"""
        raw = text if isinstance(text, bytes) else text.encode("utf-8")
        if self.eol == "lf":
            return raw
        if self.eol == "crlf":
            return raw.replace(b"\n", b"\r\n")
        at = self.breaks if at is None else at
        out = bytearray()
        for n, line in enumerate(raw.split(b"\n")):
            if n > 0:
                out += b"\r\n" if (at + n) % 2 else b"\n"
            out += line
        return bytes(out)

    def put(self, text):
        """Adds text that belongs to no message: what stands on top, blank lines."""
        raw = self.form(text)
        self.raw += raw
        self.breaks += raw.count(b"\n")
        return raw

    def msg(self, sep, text, original=None, blank=True, loose=False, known=True):
        """Adds a separator line, the text of a message as it is stored, and the
        blank line behind it. original is the text before quoting; known=False:
        nobody can say what it was. loose: a strict reader misses the separator."""
        m = {"offset": len(self.raw)}
        if loose:
            self.loose.append(m["offset"])
        line = self.put(sep + ("\n" if isinstance(sep, str) else b"\n"))
        m["start"] = len(self.raw)
        at = self.breaks
        self.put(text)
        m["end"] = len(self.raw)
        m["separator"] = line.rstrip(b"\r\n").decode("latin-1")
        m["sha256"] = sha(bytes(self.raw[m["start"]:m["end"]]))
        if known:
            m["sha256_unquoted"] = None if original is None else sha(self.form(original, at))
        self.found.append(m)
        if blank:
            self.put("\n")
        return m

    def bare(self, text):
        """Adds text on top that no separator begins: it is examined as a message."""
        m = {"offset": len(self.raw), "start": len(self.raw)}
        self.put(text)
        m.update(end=len(self.raw), separator="", sha256=sha(bytes(self.raw)), sha256_unquoted=None)
        self.found.append(m)

    def bytes(self):
        return bytes(self.raw)

    def messages(self):
        return self.found

    def doubtful(self):
        """Lines "From " that separate nothing, and separators that are easily missed."""
        raw, real = bytes(self.raw), {m["offset"] for m in self.found}
        out = set(self.loose)
        at = 0
        for line in raw.split(b"\n"):
            if line.startswith(b"From ") and at not in real:
                out.add(at)
            at += len(line) + 1
        return sorted(out)


def head(n, extra=""):
    """The header of message n, without the blank line behind it."""
    return ("Return-Path: <ann%d@example.org>\nFrom: Ann <ann%d@example.org>\nTo: bob@example.net\nSubject: letter %d\n"
            "Date: Mon, 01 Jan 2001 10:00:%02d +0000\nMessage-ID: <%d@example.org>\n%s" % (n, n, n, n % 60, n, extra))


def mail(n, body="Hello.\nGoodbye.\n", extra=""):
    return head(n, extra) + "\n" + body


def sep(n, date=DATE):
    return "From ann%d@example.org %s" % (n, date)


def quote(text, how="rd"):
    """From-quoting of the body; a header has no line with "From "."""
    top, blank, body = text.partition("\n\n")
    lines = body.split("\n")
    for i, line in enumerate(lines):
        bare = line.lstrip(">") if how == "rd" else line
        if bare.startswith("From "):
            lines[i] = ">" + line
    return top + blank + "\n".join(lines)
