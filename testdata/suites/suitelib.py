"""Small helpers shared by the case tables: markers, digests, writing.

A message template is text with LF line ends.  Five kinds of markers may stand in it; they
are taken out and their offsets are kept, so that nobody counts bytes by hand:

    [[1.2]] ... [[/1.2]]      body span of part 1.2
    [[h1.2]] ... [[/h1.2]]    header span of part 1.2 (with its blank line)
    [[p1.2]] and [[e1.2]]     preamble and epilogue of a multipart
    [[!]] ... [[/!]]          at least one defect must touch these bytes
"""

import hashlib
import json
import re

MARK = re.compile(rb"\[\[(/?)([hpe]?[0-9.]+|!)\]\]")

# The ordinary top of a message; a table that needs other fields writes its own.
HEAD = (
    "From: Ann <ann@example.org>\n"
    "To: Bob <bob@example.net>\n"
    "Subject: Case\n"
    "Date: Tue, 1 Jul 2003 10:52:37 +0200\n"
    "Message-ID: <case@example.org>\n"
)
MIME = "MIME-Version: 1.0\n"


def to_bytes(text):
    """Templates are Unicode text; raw UTF-8 is what RFC 6532 puts on the wire.
    A template that needs other bytes is given as bytes."""
    return text.encode("utf-8") if isinstance(text, str) else text


def crlf(raw):
    """The second form of every case: every LF replaced by CRLF."""
    return raw.replace(b"\n", b"\r\n")


def strip_marks(template):
    """-> (bytes without markers, {key: (start, end)})"""
    out, spans, starts, at = [], {}, {}, 0
    size = 0
    for m in MARK.finditer(template):
        out.append(template[at:m.start()])
        size += m.start() - at
        at = m.end()
        key = m.group(2).decode()
        if m.group(1):
            spans[key] = (starts.pop(key), size)
        else:
            starts[key] = size
    out.append(template[at:])
    assert not starts, starts
    return b"".join(out), spans


def sha(raw):
    return hashlib.sha256(raw).hexdigest()


def P(path, content_type=None, dec=None, **keys):
    """One wanted part.  dec = the decoded bytes: a str has its line breaks in the
    form of the message, bytes are the same in both forms.  Without dec, the bytes
    between the markers [[path]] are the decoded bytes (7bit, 8bit, binary)."""
    part = {"path": path}
    if "." in path:
        part["parent"] = path.rsplit(".", 1)[0]
    if content_type:
        part["content_type"] = content_type
    part.update(keys)
    return part, dec


def fill_parts(parts, raw, spans, form):
    out = []
    for part, dec in parts:
        part = dict(part)
        path = part["path"]
        body = None
        if path in spans:
            s, e = spans[path]
            body = raw[s:e]
            part["body"] = {"start": s, "end": e}
        if "h" + path in spans:
            s, e = spans["h" + path]
            part["header"] = {"start": s, "end": e}
        for letter, key in (("p", "preamble"), ("e", "epilogue")):
            if letter + path in spans:
                s, e = spans[letter + path]
                part[key] = {"start": s, "end": e}
        if path in spans and dec is not False:
            part["encoded_size"], part["sha256_encoded"] = len(body), sha(body)
        if isinstance(dec, str):
            body = form(dec.encode("utf-8"))
        elif dec is not None:
            body = dec
        if body is not None and dec is not False:
            part["size"] = len(body)
            part["sha256"] = sha(body)
            if part.get("message") is not None:
                part["message"] = place_message(part, body, dec is None)
        out.append(part)
    return out


def place_message(part, body, plain):
    """The nested report also says which bytes the nested message is.  Written as it
    is, it stands at the part's body; decoded, it stands nowhere."""
    ev = {"size": len(body), "sha256": sha(body), "offset": part["body"]["start"] if plain else None}
    ev["parent"] = {"part": part["path"]}
    return dict(part["message"], evidence=ev)


def L(path, content_type, body, **keys):
    """A wanted leaf of a nested message: body is one line, hence alike in both forms."""
    part, _ = P(path, content_type, **keys)
    raw = to_bytes(body)
    assert b"\n" not in raw, raw
    part["size"], part["sha256"] = len(raw), sha(raw)
    return part


def has(*items):
    """In the place of a list: each item must match one element, in whatever place."""
    return {"$has": list(items)}


class Suite:
    def __init__(self, name):
        self.name, self.cases = name, []

    def add(self, why, template, want=None, parts=None, want_any=None, want_crlf=None, as_is=False):
        """want: partial report; parts: list of P(...), computed for both forms;
        want_any: alternatives of which one must hold beside want;
        as_is: the line breaks are the case, so there is one form of it."""
        template = to_bytes(template)
        forms = []
        for form in (lambda b: b, crlf):
            raw, spans = strip_marks(form(template))
            w = dict(want or {})
            if parts is not None:
                w["parts"] = fill_parts(parts, raw, spans, form)
            forms.append((raw, spans, w))
        raw, spans, w = forms[0]
        case = {
            "id": "%s-%03d" % (self.name, len(self.cases) + 1),
            "why": why,
            "message": raw.decode("latin-1"),
            "want": w,
        }
        w2 = dict(forms[1][2], **(want_crlf or {}))
        if as_is:
            case["as_is"] = True
        elif w2 != w:
            case["want_crlf"] = w2
        if want_any:
            case["want_any"] = want_any
        if "!" in spans:
            case["want_defect_in"] = list(spans["!"])
        self.cases.append(case)

    def write(self, folder):
        seen = {}
        for c in self.cases:
            assert "RFC" in c["why"] or "schema" in c["why"], c["why"]
            old = seen.setdefault(c["message"], c["id"])
            assert old == c["id"], (old, c["id"])
        with open(f"{folder}/{self.name}.jsonl", "w", encoding="ascii", newline="\n") as f:
            for c in self.cases:
                f.write(json.dumps(c, ensure_ascii=True) + "\n")
        return len(self.cases)
