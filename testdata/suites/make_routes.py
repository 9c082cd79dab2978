#!/usr/bin/env python3
"""Writes routes.jsonl beside this file: whole messages whose way is known because it
was made up, with what a reader of trace lines must find in them.

Deterministic: the same tables give the same bytes. Three groups: "chain" (every value
of every hop), "forged" (one lie in an otherwise honest message, and what may name it),
"honest" (oddities of honest mail, which must raise no suspicion). Nothing in it was
taken from a run of the program under test.
"""

import collections
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

GROUPS = ["routes_chain", "routes_forged", "routes_forged_more", "routes_honest", "routes_honest_more"]


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    count, names = collections.Counter(), set()
    lines = []
    for group in GROUPS:
        for case in __import__(group).cases():
            rec = case.record()
            assert rec["name"] not in names, rec["name"]
            assert rec["message"].isascii(), rec["name"]
            names.add(rec["name"])
            count[rec["group"]] += 1
            lines.append(json.dumps(rec) + "\n")
    with open(os.path.join(folder, "routes.jsonl"), "w", encoding="utf-8", newline="\n") as f:
        f.writelines(lines)
    for group, n in count.items():
        print("%-12s %4d" % (group, n))


if __name__ == "__main__":
    main()
