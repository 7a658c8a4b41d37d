"""Decoys: right but unusual ways to write a thing, in a program that has no bug.

Whoever suspects every line that looks odd names one of them. Each is planted by pattern and proven, at its place, to
change no bit of what the program returns (controls.py); one that does is not used there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bugforge.mutation.code import Code
from bugforge.mutation.constraint import that
from bugforge.mutation.edits import edited
from bugforge.mutation.mutator import is_python
from bugforge.mutation.rewrite import Rewrite
from bugforge.mutation.syntax import lint, tree

ATOM = that(lambda term: term.kind in ("name", "attribute"))  # what may be written twice
COMPARISON = that(lambda term: term.kind == "compare")  # of an array: `~` turns it round


@dataclass(frozen=True)
class Decoy:
    """`why` tells an interviewer why it is right."""

    id: str
    why: str
    rewrite: Rewrite

    def programs(self, code: Code) -> Iterator[str]:
        """The program with the decoy, for each place that it has."""
        source = code.program.source
        for change in self.rewrite.changes(code):
            written = edited(source, change.edits)
            if is_python(written) and tree(written) != tree(source) and not lint(written) - lint(source):
                yield written


def decoyed(source: str) -> list[tuple[Decoy, str]]:
    """Every decoy of a program, with the program that has it."""
    code = Code(source)
    return [(decoy, program) for decoy in DECOYS for program in decoy.programs(code)]


def _decoy(name: str, why: str, before: str, after: str, **about: Any) -> Decoy:
    """`about`: what its metavariables may be."""
    return Decoy(name, why, Rewrite(before, after, exact=True, **about))


DECOYS = (
    _decoy("square-as-product", "A square is a product, of arrays too.", "$x ** 2", "$x * $x", x=ATOM),
    _decoy("double-as-sum", "Twice a thing is the thing and itself.", "2 * $x", "$x + $x", x=ATOM),
    _decoy("half-as-factor", "Halving and a factor of one half round alike.", "$x / 2", "$x * 0.5"),
    _decoy("half-as-quotient", "A factor of one half and halving round alike.", "0.5 * $x", "$x / 2"),
    _decoy("complement-turned-round", "-p + 1 is 1 - p: a sum may be turned round.", "1 - $p", "-$p + 1", p=ATOM),
    _decoy("root-as-power", "The power of one half is the square root.", "np.sqrt($x)", "($x) ** 0.5"),
    _decoy(
        "mean-as-quotient",
        "A mean over rows is their sum by their number.",
        "$x.mean(axis=0)",
        "$x.sum(axis=0) / len($x)",
        x=ATOM,
    ),
    _decoy(
        "mean-by-size",
        "np.size counts all elements, over which the mean goes too.",
        "np.mean($x)",
        "np.sum($x) / np.size($x)",
        x=ATOM,
    ),
    _decoy(
        "deviation-as-root",
        "The standard deviation is the root of the variance.",
        "$x.std(axis=0)",
        "np.sqrt($x.var(axis=0))",
    ),
    _decoy(
        "sum-as-reduction",
        "np.sum is np.add.reduce over all axes.",
        "np.sum($x)",
        "np.add.reduce($x, axis=None)",
    ),
    _decoy("sign-inside", "The mean of the negatives is the negative mean.", "-np.mean($x)", "np.mean(-($x))"),
    _decoy(
        "absolute-as-maximum",
        "Of a number and its negative the larger is its absolute value.",
        "np.abs($x)",
        "np.maximum($x, -$x)",
        x=ATOM,
    ),
    _decoy(
        "clip-as-bounds",
        "To clip is to bound from below, then from above.",
        "np.clip($x, $low, $high)",
        "np.minimum(np.maximum($x, $low), $high)",
    ),
    _decoy(
        "choice-turned-round",
        "The condition is negated, and both branches have changed places.",
        "$a if $c else $b",
        "$b if not ($c) else $a",
    ),
    _decoy(
        "where-turned-round",
        "The mask is negated, and both values have changed places.",
        "np.where($c, $a, $b)",
        "np.where(~($c), $b, $a)",
        c=COMPARISON,
    ),
    _decoy("comparison-turned-round", "b > a says what a < b says.", "$a < $b", "$b > $a"),
    _decoy("bound-turned-round", "b >= a says what a <= b says.", "$a <= $b", "$b >= $a"),
    _decoy("range-from-zero", "A range begins at 0 without being told.", "range($n)", "range(0, $n)"),
    _decoy("zeros-as-full", "An array full of 0.0 is one of zeros.", "np.zeros($n)", "np.full($n, 0.0)"),
    _decoy("ones-as-full", "An array full of 1.0 is one of ones.", "np.ones($n)", "np.full($n, 1.0)"),
    _decoy("column-by-reshape", "-1 stands for as many rows as there are.", "$x[:, None]", "$x.reshape(-1, 1)"),
    _decoy("transpose-as-swap", "A matrix with its two axes exchanged is transposed.", "$x.T", "$x.swapaxes(0, 1)"),
    _decoy(
        "first-of-the-largest",
        "argmax is the first place at which the maximum stands.",
        "np.argmax($x)",
        "np.flatnonzero($x == np.max($x))[0]",
        x=ATOM,
    ),
)
