"""A square root is left out, so a square stands where a length or a spread is meant."""

from collections.abc import Iterator
from itertools import islice

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, place, vocabulary, walk

AT_MOST = 3  # places of one program
CHOSEN = ("argmin", "argmax", "argsort", "argpartition", "sorted", "lexsort")


class MissingSquareRoot(Mutator):
    """The root is missing, and what should be a length, a spread or a standard error is its square.

    Squares order things as their roots do, which is why searches and comparisons do not notice. Wherever the number
    itself counts, in a quotient, a weight, a probability or a sum with other lengths, it is wrong, and in another unit.
    Values below one become too small and values above one too large.
    """

    symptoms = {
        "What should be drawn in proportion to one thing is drawn in proportion to another.": (
            "first centers are drawn otherwise"
        ),
    }
    hints = (
        "Multiply the data by ten. By what does each intermediate quantity grow, and by what should it?",
        "Give every intermediate quantity its unit, as a physicist would. Where do two that do not fit meet?",
        "Look at the names of the quantities and at their formulas: a distance, a norm, a standard deviation and a "
        "standard error have the unit of the data, and sums of squares and variances have its square. One of them is "
        "computed as the other kind, and is used further on as if it were what its name says.",
    )
    follow_ups = {
        "Which uses of the quantity would still be right?": (
            "Every one that asks for an order only, such as a nearest neighbour or the largest of several."
        ),
        "Which test finds it whatever the data?": (
            "One of scaling: multiply the input by a constant and assert the power of it by which the result grows."
        ),
    }
    sources = ("github.com/hendersontrent/correctipy#20",)

    where = ~place.named(vocabulary.RMSE) & ~place.function(vocabulary.INITIALISING) & ~place.RENAMES
    # also_right: none, because the root may be missing in several lines, and a fix of one of them is none
    treats_symptom = (
        Fix(
            "A mean of squares is no length either; only its size has changed.",
            "np.sum(($X - $c) ** 2, axis=1)",
            "np.mean(($X - $c) ** 2, axis=1)",
        ),
    )
    rewrites = (
        Rewrite("np.sqrt($x)", "$x"),
        Rewrite("math.sqrt($x)", "$x"),
        Rewrite("$x ** 0.5", "$x"),
        Rewrite("np.linalg.norm($d, axis=1)", "np.sum($d ** 2, axis=1)"),
        Rewrite("np.linalg.norm($d, axis=-1)", "np.sum($d ** 2, axis=-1)"),
    )
    examples = (
        Example("t = d.mean() / (s * np.sqrt(1 / n + m / k))", "t = d.mean() / (s * (1 / n + m / k))"),
        Example("se = std / math.sqrt(n)", "se = std / n"),
        Example(
            "gap = np.minimum(gap, np.linalg.norm(X - c, axis=1))",
            "gap = np.minimum(gap, np.sum((X - c) ** 2, axis=1))",
        ),
        Example("scores = Q @ K.T / np.sqrt(d_k)", "scores = Q @ K.T / d_k"),
    )
    untouched = (
        "rmse = np.sqrt(np.mean((y - p) ** 2))",
        "nearest = np.argmin(np.sqrt(np.sum((X - c) ** 2, axis=1)))",
        "W = rng.normal(size=(m, n)) * np.sqrt(2 / m)",
        "root = np.sqrt(x)",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """The norms of one function change together: what is compared with each other stays of one kind."""
        groups: dict[str, list[Change]] = {}
        for change in super().mutate(code):
            if _counts(code, change.node):
                called = code.program.text(change.node).partition("(")[0]
                of_its_own = "" if called.endswith("norm") else str(code.program.span(change.node))
                groups.setdefault(code.program.function_of(change.node) + of_its_own, []).append(change)
        yield from islice(map(Change.together, groups.values()), AT_MOST)


def _counts(code: Code, node: cst.CSTNode) -> bool:
    """Whether the number counts and not its rank alone, and it is no scale of drawn numbers."""
    for around in code.program.ancestors(node):
        if isinstance(around, cst.Call) and code.program.text(around.func).rpartition(".")[2] in CHOSEN:
            return False
        if isinstance(around, cst.SimpleStatementLine):
            return not any(vocabulary.DRAWING.fullmatch(called) for called in _called(code, around))
    return True


def _called(code: Code, node: cst.CSTNode) -> Iterator[str]:
    return (code.program.text(n.func).rpartition(".")[2] for n in walk(node) if isinstance(n, cst.Call))
