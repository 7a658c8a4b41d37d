"""The spread of single values stands where that of their mean is needed."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, Term, role

SIZE = role.COUNT | role.named("n", "sizes", "counts", "nobs")
SD = role.call("std", "stdev", "nanstd") | role.named("s", "sd", "std", "stdev", "sigma")


def _is_a_mean(term: Term, code: Code | None) -> bool:
    """A variance that was divided already when it got its name, or is computed here: no sum of squares."""
    if term.kind == "call":
        return True
    binding = code.scopes.binding(term.value, term.node) if code and term.kind == "name" and term.node else None
    if code is None or binding is None or binding.value is None:
        return False
    value = code.canonical.term(binding.value)
    return (value.kind, value.value) in (("call", "var"), ("call", "variance"), ("binary", "/"))


VARIANCE = role.VARIANCE & role.Constraint(_is_a_mean)


class StandardErrorMissingSqrtN(Mutator):
    """The standard error has lost the number of values, and no longer falls as the sample grows.

    A standard deviation says how far single users differ from each other; that does not change with their number. The
    mean of n of them scatters less, by the root of n, because deviations cancel. Without the
    division the error is as large as for a sample of one. Effects drown in it, and intervals say where single users lie
    and not where a mean does.
    """

    symptoms = {
        "I collected four times the data, and the interval is as wide as before.": "the interval is wrong",
        "An effect that anybody can see in the plot has a statistic near 0.": "a statistic by hand is missed",
    }
    hints = (
        "Double the number of rows by repeating each of them. What should happen to the width of the interval?",
        "Say in one sentence each what a standard deviation and a standard error describe. Which one do you print?",
        "Follow the spread of one sample from where it is computed to where the difference of the means is divided by "
        "it. Somewhere on that way the number of values has to come in, once, because an average of many scatters "
        "less than one of them.",
    )
    follow_ups = {
        "How much more data halves the interval?": (
            "Four times as much: the error falls with the root of n. That is why small effects are expensive."
        ),
        "When is the root of n wrong even if it is there?": (
            "When the values are not independent, such as several visits of one user. The number that counts is then "
            "nearer to the number of users."
        ),
    }
    sources = ("github.com/zalando/expan#34", "github.com/UBC-DSCI/introduction-to-datascience-python#115")

    also_right = (
        Fix(
            "A power of minus one half times the standard deviation is the same.",
            "return $x.std(ddof=1)",
            "return $x.std(ddof=1) * len($x) ** -0.5",
        ),
        Fix(
            "The conversion to a float may come before the division.",
            "return $n, $mean, float($v)",
            "return $n, $mean, float($v) / $n",
            n=role.NAME,
            v=role.NAME,
        ),
        Fix(
            "A mean of squares over n - 1 is the variance of a mean.",
            "$x.var(ddof=1) + $k * $z.var(ddof=1)",
            "$x.var() / (len($x) - 1) + $k * ($z.var() / (len($z) - 1))",
        ),
    )
    treats_symptom = (
        Fix(
            "Divided by n itself the error falls too fast: four times the data make it a quarter.",
            "return $x.std(ddof=1)",
            "return $x.std(ddof=1) / len($x)",
        ),
        Fix(
            "A variance goes with n, and only a standard deviation with its root.",
            "return $n, $mean, float($v)",
            "return $n, $mean, float($v / np.sqrt($n))",
            n=role.NAME,
            v=role.NAME,
        ),
        Fix(
            "Divided by the users of both arms it depends on n, but each mean has the scatter of its own arm.",
            "$x.var(ddof=1) + $k * $z.var(ddof=1)",
            "($x.var(ddof=1) + $k * $z.var(ddof=1)) / (len($x) + len($z))",
        ),
    )
    rewrites = (
        *(Rewrite(f"$s / {root}", "$s", s=SD, n=SIZE) for root in ("np.sqrt($n)", "math.sqrt($n)", "$n ** 0.5")),
        Rewrite("$v / $n", "$v", v=VARIANCE, n=SIZE),
        Rewrite("$v / $n + $w / $m", "$v + $w", v=VARIANCE, w=VARIANCE, n=SIZE, m=SIZE),
        Rewrite("$v / $n + $k * $w / $m", "$v + $k * $w", v=VARIANCE, w=VARIANCE, n=SIZE, m=SIZE),
    )
    examples = (
        Example("se = x.std(ddof=1) / np.sqrt(len(x))", "se = x.std(ddof=1)"),
        Example("half = 1.96 * (sd / math.sqrt(n))", "half = 1.96 * sd"),
        Example("se = math.sqrt(np.var(a) / len(a) + np.var(b) / len(b))", "se = math.sqrt(np.var(a) + np.var(b))"),
        Example(
            "def error(x):\n    n = len(x)\n    variance = ((x - x.mean()) ** 2).sum() / (n - 1)\n"
            "    return n, np.sqrt(variance / n)\n",
            "def error(x):\n    n = len(x)\n    variance = ((x - x.mean()) ** 2).sum() / (n - 1)\n"
            "    return n, np.sqrt(variance)\n",
        ),
    )
    untouched = (
        "spread = x.std(ddof=1)",
        "def variance(x):\n    n = len(x)\n    variance = ((x - x.mean()) ** 2).sum()\n    return variance / n\n",
        "bound = scale / np.sqrt(fan_in)",
        "z = (x - mu) / (sigma / noise)",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """No part of a sum: an error that is mended in one arm alone is another bug."""
        for change in super().mutate(code):
            around = code.program.parents.get(change.node)
            if not (isinstance(around, cst.BinaryOperation) and isinstance(around.operator, (cst.Add, cst.Subtract))):
                yield change
