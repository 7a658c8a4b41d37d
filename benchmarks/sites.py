#!/usr/bin/env python3
"""Prints every site of a pack, one a line, so that two checkouts can be compared.

    python benchmarks/sites.py > after
    /elsewhere/.venv/bin/python benchmarks/sites.py > before    (the Python of the other checkout)
    diff before after

A line is `problem/implementation class site edits`, an edit `line:column "old" -> "new"`.
"""

import sys

from bugforge.mutation.code import Code
from bugforge.pack import load_pack


def described(source, edit):
    line = source.count("\n", 0, edit.start) + 1
    column = edit.start - source.rfind("\n", 0, edit.start)
    return f"{line}:{column} {source[edit.start : edit.end]!r} -> {edit.text!r}"


def main():
    pack = load_pack()
    for problem in pack.problems.values():
        for implementation in problem.implementations.values():
            code = Code(implementation.source)
            for name, mutator in pack.mutators.items():
                for plan in mutator.plans(code):
                    edits = "; ".join(described(implementation.source, edit) for edit in plan.edits)
                    print(f"{problem.name}/{implementation.name} {name} {plan.planted.site} {edits}")
    print(f"{pack.root}", file=sys.stderr)


main()
