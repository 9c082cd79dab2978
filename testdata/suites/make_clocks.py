#!/usr/bin/env python3
"""Writes clocks.jsonl beside this file: messages with hidden clocks.

Deterministic: every case draws from a generator seeded with its own name.  The
identifiers come from encoders written from the makers' formulas, none from a run
of the program under test.

    make_clocks.py                  writes clocks.jsonl
    make_clocks.py SALT FILE        the same cases with other random choices, for
                                    CLOCK_SUITE=FILE go test ./forensic -run ClockSuite
"""

import importlib
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True

from clockmsg import Case  # noqa: E402

TABLES = ("ids", "bounds", "trace", "fields", "bodies", "lookalikes", "lies", "honest")


def cases(salt=""):
    for table in TABLES:
        try:
            module = importlib.import_module("cases_clock_" + table)
        except ModuleNotFoundError:
            continue
        seen = {}
        for kind, group, count, first, last, make, why in module.CASES:
            for _ in range(count):
                n = seen.get(kind, 0)
                seen[kind] = n + 1
                yield one("%s-%d" % (kind, n), kind, group, first, last, make, why, salt)


def one(name, kind, group, first, last, make, why, salt):
    c = Case("%s/%s" % (group, name), first, last, salt)
    text = make(c)
    text.encode("ascii")
    out = {"name": c.name, "kind": kind, "group": group, "message": text, "want": c.wants, "why": why}
    if c.identifier:
        assert c.identifier in text, c.name
        out["identifier"] = c.identifier
    if c.liar:
        out["liar"], out["shift_seconds"] = c.liar, c.shift
    return out


def main(salt="", path=os.path.join(HERE, "clocks.jsonl")):
    counts, kinds = {}, set()
    with open(path, "w", encoding="ascii", newline="\n") as f:
        names = set()
        for case in cases(salt):
            assert case["name"] not in names, case["name"]
            names.add(case["name"])
            f.write(json.dumps(case) + "\n")
            counts[case["group"]] = counts.get(case["group"], 0) + 1
            if case["group"] == "decode":
                kinds.add(case["kind"])
    print(*("%-10s %4d" % item for item in counts.items()), "kinds      %4d" % len(kinds), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
