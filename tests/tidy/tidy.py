#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the tree and tells every place that breaks a rule of CONTRIBUTING.md.

    tests/tidy/tidy.py [ROOT]

Prints `path:line: rule: what is wrong`, one line each, and exits 1 if there is any.
"""

import os
import sys

import architecture
import purity
import shape
import tree
import words

RULES = architecture.RULES + purity.RULES + shape.RULES + words.RULES


def check(root):
    """(path, line, rule, text) of every violation, in order."""
    the_tree = tree.Tree(root)
    found = set()
    for rule in RULES:
        for path, line, text in rule(the_tree):
            found.add((path, line, rule.__name__.replace("_", "-"), text))
    return sorted(found)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    root = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "..")
    found = check(root)
    for path, line, rule, text in found:
        print(f"{path}:{line}: {rule}: {text}")
    print(f"tidy: {len(RULES)} rules, {len(found)} violations")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
