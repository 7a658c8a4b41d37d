"""A function that counts in hundredths is given a fraction."""

from bugforge import Example, Fix, Mutator, Rewrite

PAIRS = ((1, 99), (2, 98), (5, 95), (10, 90), (25, 75), (2.5, 97.5), (0.5, 99.5))
SINGLE = tuple(value for pair in PAIRS for value in pair if value >= 1)


def _hundredth(value: float) -> str:
    return f"{value / 100:g}"


class PercentileFractionScale(Mutator):
    """Percentiles go from 0 to 100 and quantiles from 0 to 1; here the former gets a number meant for the latter.

    The 0.95th percentile is a valid question, with an answer near the minimum. Nothing is out of range, so nothing is
    raised, and both ends of an interval fall together at the bottom of the data. What is clipped to them is nearly
    constant, and what is compared with them is nearly always above.
    """

    symptoms = {
        "After clipping nearly all values are the same.": "columns are scaled otherwise",
        "The column has shrunk to its smallest values.": "columns are scaled otherwise",
    }
    hints = (
        "Where in the data do the limits lie that the program computes?",
        "Sort the values of a small column, mark the two limits among them, and count how many values lie between.",
        "There are two customs for naming a place in the sorted data, and libraries have a function for each. The two "
        "differ by a factor only, every number of the one is allowed in the other, and so a mistake raises nothing. "
        "Look up which custom the function follows that is called here, and what its argument is for the median.",
    )
    follow_ups = {
        "What would the opposite mistake do?": (
            "A quantile of 95 is out of range and raises at once: the better of the two mistakes."
        ),
        "Which method do both use between two values?": (
            "Linear interpolation by default; numpy offers nine methods, which differ noticeably in small samples."
        ),
    }
    sources = ("github.com/CamDavidsonPilon/tdigest#14", "github.com/byu-dml/metalearn#67")

    also_right = (
        Fix(
            "A quantile is asked for by a fraction.",
            "np.nanpercentile($x, [$q, 1 - $q])",
            "np.nanquantile($x, [$q, 1 - $q])",
        ),
    )
    treats_symptom = (
        Fix(
            "Only the upper limit is brought back to where it belongs.",
            "np.nanpercentile($x, [$q, 1 - $q])",
            "np.nanpercentile($x, [$q, 100 - $q])",
        ),
    )
    rewrites = tuple(
        rewrite
        for name in ("percentile", "nanpercentile")
        for rewrite in (
            Rewrite(f"np.{name}($x, [100 * $q, 100 * (1 - $q)])", f"np.{name}($x, [$q, 1 - $q])"),
            Rewrite(f"np.{name}($x, (100 * $q, 100 * (1 - $q)))", f"np.{name}($x, ($q, 1 - $q))"),
            Rewrite(f"np.{name}($x, 100 * $q, $*r)", f"np.{name}($x, $q, $*r)"),
            *(Rewrite(f"np.{name}($x, {v}, $*r)", f"np.{name}($x, {_hundredth(v)}, $*r)") for v in SINGLE),
            *(
                Rewrite(f"np.{name}($x, [{a}, {b}], $*r)", f"np.{name}($x, [{_hundredth(a)}, {_hundredth(b)}], $*r)")
                for a, b in PAIRS
            ),
            *(
                Rewrite(f"np.{name}($x, ({a}, {b}), $*r)", f"np.{name}($x, ({_hundredth(a)}, {_hundredth(b)}), $*r)")
                for a, b in PAIRS
            ),
        )
    )
    examples = (
        Example("high = np.percentile(x, 99)", "high = np.percentile(x, 0.99)"),
        Example("q1, q3 = np.percentile(ages, [25, 75])", "q1, q3 = np.percentile(ages, [0.25, 0.75])"),
        Example(
            "def limits(x, alpha):\n    return np.percentile(x, [100 * alpha, 100 * (1 - alpha)])\n",
            "def limits(x, alpha):\n    return np.percentile(x, [alpha, 1 - alpha])\n",
        ),
        Example(
            "low, high = np.nanpercentile(boot, (2.5, 97.5), axis=0)",
            "low, high = np.nanpercentile(boot, (0.025, 0.975), axis=0)",
        ),
    )
    untouched = (
        "high = np.quantile(x, 0.99)",
        "high = np.percentile(x, 0.5)",
        "median = np.percentile(x, 50)",
    )
