"""Another statistic is taken than the one that is needed: a variance for a deviation, a mean for a median."""

from collections.abc import Iterator
from itertools import islice

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite

AT_MOST = 3  # places of one program


class VarianceForDeviation(Mutator):
    """A statistic of the same family stands where another one is meant.

    Variance and standard deviation, mean and median have one signature and return one shape, and a program runs with
    either. A variance is in the square of the unit: what is divided by it has no unit spread, and columns of a small
    spread are blown up. A mean follows outliers and skewed tails that a median ignores.
    """

    symptoms = {
        "Two columns are correlated otherwise as soon as one of them is measured in cents.": "correlations are wrong",
        "After standardising, the columns do not have unit spread.": (
            "columns are scaled otherwise & fails at a constant column"
        ),
        "A few large values in the training rows decide what fills the gaps.": "gaps are filled otherwise",
    }
    hints = (
        "Compute each statistic for the values 1, 1, 1, 9 by hand and compare.",
        "Which statistic does the statement name at each place, and which one is computed there?",
        "A change of unit, from metres to centimetres say, multiplies a deviation by 100 and a variance by 10,000; one "
        "huge value moves a mean and leaves a median where it is. Try both on the quantities that this program learns "
        "from its rows.",
    )
    follow_ups = {
        "When are the two hardly different, so that nobody notices?": (
            "A variance near one is nearly its own root, and in a symmetric column mean and median agree."
        ),
        "Why is a median often preferred for filling gaps?": (
            "It is a typical value even where a few entries are extreme or wrong, and it is one that can occur."
        ),
    }
    sources = ("github.com/KacperKubara/distython#4",)

    also_right = (
        Fix(
            "The root of the variance is the standard deviation.",
            "$X.var(axis=0, ddof=0)",
            "$X.var(axis=0, ddof=0) ** 0.5",
        ),
        Fix(
            "The quantile at one half is the median.",
            "$X[selected].mean()",
            "$X[selected].quantile(0.5)",
        ),
    )
    treats_symptom = (
        Fix(
            "Dividing by n - 1 changes the variance a little; it still is one.",
            "$X.var(axis=0, ddof=0)",
            "$X.var(axis=0, ddof=1)",
        ),
        Fix(
            "A rounded mean looks like a value of the table and follows the outliers all the same.",
            "$X[selected].mean()",
            "$X[selected].mean().round()",
        ),
    )
    rewrites = (
        Rewrite("np.std($x, $*rest)", "np.var($x, $*rest)"),
        Rewrite("np.nanstd($x, $*rest)", "np.nanvar($x, $*rest)"),
        Rewrite("np.median($x, $*rest)", "np.mean($x, $*rest)"),
        Rewrite("$x.median($*rest)", "$x.mean($*rest)"),
    )
    examples = (
        Example("sd = X.std(axis=0)", "sd = X.var(axis=0)"),
        Example("fill = df[columns].median()", "fill = df[columns].mean()"),
        Example("z = (x - m) / np.std(x, ddof=1)", "z = (x - m) / np.var(x, ddof=1)"),
    )
    untouched = (
        "v = np.std(x) ** 2",
        "m = np.mean(x)",
        "s = np.sqrt(np.var(x))",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = (change for change in super().mutate(code) if not _is_squared(code, change.node))
        yield from islice(found, AT_MOST)


def _is_squared(code: Code, node: cst.CSTNode) -> bool:
    around = code.program.parents[node]
    return isinstance(around, cst.BinaryOperation) and isinstance(around.operator, cst.Power)
