#!/usr/bin/env python3
"""Writes {dates,words,addresses,structures,headers}.jsonl beside this file.

Deterministic: the same tables give the same bytes.  Wanted answers come from the
RFCs and the report schema; none was taken from a run of the program under test.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import cases_addresses
import cases_dates
import cases_headers
import cases_structures
import cases_words


def main():
    folder = os.path.dirname(os.path.abspath(__file__))
    total = 0
    for module in (cases_dates, cases_words, cases_addresses, cases_structures, cases_headers):
        n = module.suite.write(folder)
        total += n
        print("%-12s %4d" % (module.suite.name, n))
    print("%-12s %4d" % ("all", total))


if __name__ == "__main__":
    main()
