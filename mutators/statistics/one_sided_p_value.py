"""Only one of the two tails goes into the p-value."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, Term, place, role, vocabulary

CUMULATED = role.call(vocabulary.CDF)
NEGATIVE = CUMULATED & role.that(  # of -|z|: the lower tail
    lambda term: any(part.kind == "arg" and part.children[0].kind == "unary" for part in term.children)
)
BEYOND = role.call(vocabulary.SURVIVAL)


def _is_magnitude(term: Term, code: Code | None) -> bool:
    return any(part.kind == "call" and part.value == "abs" for part in term)


MAGNITUDE = role.Constraint(_is_magnitude)


class OneSidedPValue(Mutator):
    """The chance of a value beyond the statistic is counted on one side, and the test was to be two-sided.

    Without knowing beforehand in which direction a change will go, a statistic of -2 is as surprising as one of +2, and
    both tails of the distribution belong to the p-value. Half of it looks twice as convincing: at a level of 5 % every
    tenth experiment without an effect comes out significant.
    """

    symptoms = {
        "Every p-value is half of what the library prints.": "the p-value is wrong",
        "It stops an experiment that by my own calculation may not be stopped yet.": "other hypotheses are rejected",
    }
    hints = (
        "Which p-value belongs to z = 1.96? Many people know this one by heart.",
        "Run experiments without any effect, and count how often the p-value is below 0.05. Draw a histogram as well: "
        "how far to the right does it reach?",
        "Sketch the distribution under the null hypothesis and shade everything that would have been at least as "
        "surprising as what was observed, whichever arm had won. How many separate pieces have you shaded, and how "
        "many of them does this expression measure?",
    )
    follow_ups = {
        "When is a one-sided test legitimate?": (
            "When the direction was fixed before the data were seen and the other one would lead to the same decision "
            "as no effect, as in tests for non-inferiority."
        ),
        "What is the largest p-value a two-sided test can give?": (
            "One, at a statistic of 0. A histogram of p-values without any effect is flat from 0 to 1."
        ),
    }
    sources = ("github.com/maccman/abba#3",)

    where = place.named(vocabulary.P_VALUE)
    also_right = (
        Fix(
            "What lies above |z| and what lies below its negative, added up.",
            "return 1 - $f(abs($z), $*rest)",
            "return 1 - $f(abs($z), $*rest) + $f(-abs($z), $*rest)",
        ),
        Fix(
            "The area below -|z| and the area above |z| are equal; they may be added as well.",
            "$p = 1 - $f(abs($z), $*rest)",
            "$p = 1 - $f(abs($z), $*rest) + $f(-abs($z), $*rest)",
        ),
        Fix(
            "Lower and upper tail are computed apart and added.",
            "$p = $f(-abs($z), $*rest)",
            "$p = $f(-abs($z), $*rest) + 1 - $f(abs($z), $*rest)",
        ),
        Fix(
            "The root of chi-squared is |z|: what lies below its negative and what lies above it belong together.",
            "return $f(-np.sqrt($c))",
            "return $f(-np.sqrt($c)) + 1 - $f(np.sqrt($c))",
        ),
        Fix(
            "erfc of |z| over the root of 2 holds both tails already.",
            "math.erfc(abs($z) / $root) / 2",
            "math.erfc(abs($z) / $root)",
        ),
    )
    treats_symptom = (
        Fix(
            "Twice the part below |z| is between 1 and 2.",
            "return 1 - $f(abs($z), $*rest)",
            "return 2 * $f(abs($z), $*rest)",
        ),
        Fix(
            "The part below |z|, twice: it grows with the statistic, and is above 1.",
            "$p = 1 - $f(abs($z), $*rest)",
            "$p = 2 * $f(abs($z), $*rest)",
        ),
        Fix(
            "The upper tail in place of the lower one: still a single tail.",
            "$p = $f(-abs($z), $*rest)",
            "$p = 1 - $f(abs($z), $*rest)",
        ),
        Fix(
            "What lies above the root is as much as what lies below its negative, and as far from enough.",
            "return $f(-np.sqrt($c))",
            "return 1 - $f(np.sqrt($c))",
        ),
        Fix(
            "It still is one tail, only computed from the other side.",
            "math.erfc(abs($z) / $root) / 2",
            "1 - math.erfc(-abs($z) / $root) / 2",
        ),
    )
    rewrites = (
        Rewrite("2 * (1 - $c)", "1 - $c", c=CUMULATED),
        Rewrite("2 * $c", "$c", c=NEGATIVE | BEYOND),
        Rewrite("2 * min($a, $b)", "min($a, $b)", a=role.has(CUMULATED | BEYOND)),
        Rewrite("math.erfc($z / $root)", "math.erfc($z / $root) / 2", z=MAGNITUDE),
    )
    examples = (
        Example("p_value = 2 * (1 - norm.cdf(abs(z)))", "p_value = 1 - norm.cdf(abs(z))"),
        Example(
            "def p_value(t, df):\n    return 2 * t_cdf(-abs(t), df)\n",
            "def p_value(t, df):\n    return t_cdf(-abs(t), df)\n",
        ),
        Example("p = math.erfc(abs(z) / math.sqrt(2))", "p = math.erfc(abs(z) / math.sqrt(2)) / 2"),
        Example('out = {"p_value": 2 * stats.norm.sf(np.abs(z))}', 'out = {"p_value": stats.norm.sf(np.abs(z))}'),
        Example("pval = 2 * min(norm.cdf(z), norm.sf(z))", "pval = min(norm.cdf(z), norm.sf(z))"),
    )
    untouched = (
        "covered = 2 * norm.cdf(1.96) - 1",
        "p_value = 1 - norm.cdf(z)",
        "area = 2 * (1 - cdf(x))",
        "p_inside = 1 - 2 * (1 - norm.cdf(abs(z)))",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """No part of a sum: 1 - 2 * tail and 2 * cdf - 1 measure the middle."""
        for change in super().mutate(code):
            around = code.program.parents.get(change.node)
            if not isinstance(around, cst.BinaryOperation):
                yield change
