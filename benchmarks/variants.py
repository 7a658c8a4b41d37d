#!/usr/bin/env python3
"""What variants of a pack's exercises come to: how many names can be others, how many mark one, and whether all hold.

    python benchmarks/variants.py --count 30 --seed 7

Of every program: the names that can be others, and in how many of a hundred pairs of candidates one has at least three
names that the other has not. Then so many exercises are drawn, and each is run beside its variant.
"""

import argparse
import time
from itertools import pairwise
from statistics import median

from bugforge import generate, load_pack
from bugforge.bank.variants.marks import FEWEST
from bugforge.bank.variants.names import own_names
from bugforge.bank.variants.proof import proven
from bugforge.bank.variants.secret import key_of
from bugforge.bank.variants.thesaurus import entry_of, other_names
from bugforge.bank.variants.varying import variant
from bugforge.pack.contract import contract_of
from bugforge.runner.pool import Runner

KEYS = [key_of(b"benchmark", str(candidate), "") for candidate in range(101)]


def names():
    counted, told_apart = [], []
    for problem in load_pack().problems.values():
        for implementation in problem.implementations.values():
            tests = [text for _, text in contract_of(problem, implementation).tests]
            texts = [*tests, problem.demo, problem.statement, problem.title]
            own, taken = own_names([implementation.source], texts)
            maps = [{*other_names(own, taken, key).values()} for key in KEYS]
            apart = sum(len(theirs - mine) >= FEWEST for mine, theirs in pairwise(maps))
            unlisted = [name for name in own if entry_of(name) is None]
            counted.append(len(maps[0]))
            told_apart.append(apart)
            where = f"{problem.name}/{implementation.name}"
            print(
                f"{where:45} {len(maps[0]):2} names, {apart:3} of 100 pairs{'; not listed: ' if unlisted else ''}",
                *unlisted,
            )
    print(f"names of {len(counted)} programs: {min(counted)} to {max(counted)}, median {median(counted):g}")
    print(f"at least {FEWEST}: {sum(count >= FEWEST for count in counted)} of {len(counted)} programs")
    print(f"told apart in most pairs: {sum(apart > 50 for apart in told_apart)} of {len(counted)} programs")


def exercises(count, seed):
    half = count // 2
    sheets = [*generate(count - half, seed=seed), *generate(half, seed=seed, bug_count=2)]
    began = time.perf_counter()
    varied = [variant(sheet, key_of(b"benchmark", "ana", sheet.id)) for sheet in sheets]
    made = time.perf_counter()
    with Runner(2) as runner:
        why = proven(zip(sheets, varied, strict=True), runner)
    ended = time.perf_counter()
    for sheet, reason in zip(sheets, why, strict=True):
        if reason:
            print(f"{sheet.name} ({sheet.about.implementation}): {reason}")
    print(f"{why.count('')} of {len(sheets)} exercises do the same in their variant")
    print(f"{(made - began) / count:.2f} s an exercise to make one, {(ended - made) / count:.2f} s to prove it")


arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--count", type=int, default=30, help="exercises, half of them with two bugs")
arguments.add_argument("--seed", type=int, default=7)
given = arguments.parse_args()
names()
exercises(given.count, given.seed)
