#!/usr/bin/env python3
"""Writes mailboxes.jsonl and ../mailboxes/*.mbox: small mailboxes and what a
correct reader must find in them. The same bytes at every run.

The truth is known because the mailboxes are put together here, piece by piece;
nothing in these scripts takes a mailbox apart. One JSON object a mailbox:

    name, kind, note   what it is and why it is there
    file | base64 | bz2  its bytes: a file of ../mailboxes, base64, or base64 of bzip2
    eol                lf, crlf or mixed
    dialect            rd, o, none, cl or cl2: how the writer quoted
    size, sha256       of the whole mailbox
    messages           offset (of the separator), start, end (of the stored bytes),
                       separator (as Latin-1), sha256 of the stored bytes and
                       sha256_unquoted: of the bytes before quoting; null when the
                       writer quoted nothing; absent where nobody can know
    count, digest      instead of messages where there are many: SHA-256 of one line
                       "offset start end sha256" for each
    doubtful           offsets of lines "From " that separate nothing, and of
                       separators that a strict reader (blank line before, asctime)
                       would miss
    beyond             true: the truth goes beyond the rules that the reader keeps;
                       the note says why

The stored bytes of a message begin behind the separator line and end before the
one blank line that belongs to the next separator (RFC 4155); at the end of the
mailbox one blank line is taken off in the same way.
"""
import base64
import bz2
import hashlib
import json
import os

import mailbox_bodies
import mailbox_lengths
import mailbox_lines
from mailboxlib import all_boxes

HERE = os.path.dirname(os.path.abspath(__file__))
MANY = 100  # messages, from which on a digest stands for the list
LARGE = 6000  # bytes, from which on a mailbox is stored compressed


def sha(raw):
    return hashlib.sha256(raw).hexdigest()


def listed(messages):
    if len(messages) < MANY:
        return {"messages": messages}
    lines = "".join("%d %d %d %s\n" % (m["offset"], m["start"], m["end"], m["sha256"]) for m in messages)
    return {"count": len(messages), "digest": sha(lines.encode())}


def stored(name, raw, as_file):
    if as_file:
        path = os.path.join(HERE, "..", "mailboxes", name + ".mbox")
        with open(path, "wb") as f:
            f.write(raw)
        return {"file": name + ".mbox"}
    if len(raw) > LARGE:
        return {"bz2": base64.b64encode(bz2.compress(raw)).decode()}
    return {"base64": base64.b64encode(raw).decode()}


def main():
    os.makedirs(os.path.join(HERE, "..", "mailboxes"), exist_ok=True)
    names = set()
    with open(os.path.join(HERE, "mailboxes.jsonl"), "w", encoding="ascii", newline="\n") as out:
        for box in all_boxes(mailbox_lines, mailbox_bodies, mailbox_lengths):
            raw = box.bytes()
            name = box.kind + "-" + box.eol
            assert name not in names, name
            names.add(name)
            case = {"name": name, "kind": box.kind, "note": box.note}
            case.update(stored(name, raw, box.as_file))
            case.update(eol=box.eol, dialect=box.dialect, size=len(raw), sha256=sha(raw))
            case.update(listed(box.messages()))
            case["doubtful"] = box.doubtful() if len(box.found) < MANY else []
            if box.beyond:
                case["beyond"] = True
            out.write(json.dumps(case) + "\n")
    print("%d mailboxes of %d kinds" % (len(names), len({n.rsplit("-", 1)[0] for n in names})))


if __name__ == "__main__":
    main()
