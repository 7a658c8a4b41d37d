"""A min-max scale divides by the maximum instead of the range."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

SPAN = role.named("span", "range", "scale", "width", "spread", "denominator", "ptp", "extent")
STORED_LOW = role.named("min", "low", "minimum", "lo", "mins")
HIGH = role.named("max", "high", "maximum", "hi")
LOW = STORED_LOW


class MinmaxWrongDenominator(Mutator):
    """What lies between the smallest and the largest value is divided by the largest, so the upper end is missed.

    From the smallest value to the largest the distance is their difference, and the quotient of the two ends is 0 and
    1. Divided by the largest value alone, the upper end becomes one less the ratio of smallest to largest: near 0 for a
    column that lies far from the origin, above 1 for one that begins below zero. Where columns begin at 0, as pixels
    and counts do, nothing is wrong.
    """

    symptoms = {
        "The largest value of a column is not at the upper end of the scale.": "columns are scaled otherwise",
    }
    hints = (
        "Scale the training rows themselves. Where do their two ends come out, column by column?",
        "Try a column of years, such as 1990 to 2020, and one that begins at 0. For which of them is it right?",
        "A value on the scale is a distance from the lower end, as a share of the distance between both ends. Find the "
        "line where the second distance is computed or divided by, and put in a column that lies far from zero.",
    )
    follow_ups = {
        "Why do images not show the bug?": (
            "Pixels run from 0 to 255: with a smallest value of 0, the range and the largest value are one number."
        ),
        "Must scaled values of new rows lie between 0 and 1?": (
            "No: new rows may go beyond the ends seen in training. Clipping hides that, and loses their order."
        ),
    }
    sources = ("github.com/Nixtla/utilsforecast#16",)

    where = place.function(vocabulary.SCALING) | place.target(vocabulary.SPANNING)
    also_right = (
        Fix(
            "np.ptp is the distance from the smallest to the largest value.",
            "np.max($X, axis=0)",
            "np.ptp($X, axis=0)",
        ),
    )
    treats_symptom = (
        Fix(
            "Absolute values make the divisor positive, and it is still no distance between the ends.",
            "np.max($X, axis=0)",
            "np.max(np.abs($X), axis=0)",
        ),
        Fix(
            "The mean distance from the lower end is not the whole way to the upper one.",
            "np.max($X, axis=0)",
            "np.mean($X - $X.min(axis=0), axis=0)",
        ),
    )
    rewrites = (
        Rewrite("np.max($X, $*how) - np.min($X, $*how)", "np.max($X, $*how)"),
        Rewrite("np.max($X, axis=0) - np.min($X, axis=0)", "np.max($X, axis=0)"),
        Rewrite("np.max($X) - np.min($X)", "np.max($X)"),
        Rewrite("np.max($X, $*how) - $low", "np.max($X, $*how)", low=LOW),
        Rewrite("($X - $low) / ($high - $low)", "($X - $low) / $high", low=LOW, high=HIGH),
    )
    examples = (
        Example(
            "def minmax(x):\n    scaled = (x - x.min()) / (x.max() - x.min())\n    return scaled\n",
            "def minmax(x):\n    scaled = (x - x.min()) / x.max()\n    return scaled\n",
        ),
        Example(
            "def scale(X, lo, hi):\n    return (X - lo) / (hi - lo)\n",
            "def scale(X, lo, hi):\n    return (X - lo) / hi\n",
        ),
        Example(
            "self.low = X.min(axis=0)\nself.range_ = X.max(axis=0) - self.low\n",
            "self.low = X.min(axis=0)\nself.range_ = X.max(axis=0)\n",
        ),
    )
    untouched = (
        "width = x.max() - 1",
        "step = (b - a) / (high - low)",
        "elapsed = times.max() - start",
    )
