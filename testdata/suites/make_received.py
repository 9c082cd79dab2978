#!/usr/bin/env python3
"""Writes received.jsonl beside this file: trace lines of many shapes, with the role of
every value known because the line was built from it.

Each line: {"name", "shape", "raw", "want"}.  "raw" is the value of a Received field, folds
included.  "want" holds the roles that the line states: helo, rdns, ip, by, with, id, for,
tls_version, tls_cipher, authenticated_as, envelope_from, date (RFC 3339), software (the
product).  A role that is not in "want" is not stated by the line and must stay empty.

The shapes follow what the software's source or manual says that it writes; none was taken
from a run of the program under test.  Names are made up, addresses are those set aside for
documentation or for private use.  Deterministic: same tables, same bytes.
"""

import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import received_pitfalls
import received_shapes_hosts
import received_shapes_mta
from received_lib import Values, fill


def shapes():
    for module in (received_shapes_mta, received_shapes_hosts):
        yield from module.SHAPES


def lines():
    seen = set()
    for shape in shapes():
        if shape.name in seen:
            raise SystemExit("two shapes called " + shape.name)
        seen.add(shape.name)
        for n in range(3):
            values = Values(shape.name, n, shape.v6)
            yield fill(shape, values, "%s-%d" % (shape.name, n + 1))
    for shape in received_pitfalls.SHAPES:
        yield fill(shape, Values(shape.name, 0, "v4"), shape.name)


def main():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "received.jsonl")
    count = 0
    with open(path, "w", encoding="utf-8", newline="\n") as out:
        for line in lines():
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    print("%d shapes, %d lines" % (len(list(shapes())), count))


if __name__ == "__main__":
    main()
