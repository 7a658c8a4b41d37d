"""The logarithm is taken of the value alone, not of one more than it."""

from bugforge import Example, Fix, Mutator, Rewrite, role

PLAIN = ~role.has(role.call("exp", "expm1")) & ~role.that(lambda term: (term.kind, term.value) == ("unary", "-"))
ONE_OF_TWO = (
    "np.log1p($a) - np.log1p($b)",
    "np.log(1 + $a) - np.log(1 + $b)",
    "math.log1p($a) - math.log1p($b)",
    "math.log(1 + $a) - math.log(1 + $b)",
)


class Log1pToLog(Mutator):
    """Counts and amounts that may be 0 are put on a scale of plain logarithms, which has no place for 0.

    log(1 + x) sends 0 to 0 and grows like log(x) for large values; that is why it is used for amounts with a long tail.
    Of 0 itself there is no logarithm: numpy makes it minus infinity, so that a single 0 makes every mean and every
    distance infinite or NaN, and math refuses it. Values below 1 come out negative, and exp(z) - 1 no longer turns the
    scale back.
    """

    symptoms = {
        "I turned the column back with exp(z) - 1, and it is off by one everywhere.": "columns are scaled otherwise",
        "The score is worse than on paper, most of all where the amounts are small.": (
            "a metric by hand is missed & score too high"
        ),
        "Now and then numpy warns of a division by zero, and the program does not divide.": "warns",
    }
    hints = (
        "What becomes of an amount of 0 here, and of one of 0.5?",
        "Turn a few transformed values back to the original scale by hand, and compare them with the amounts that "
        "went in.",
        "Amounts with a long tail are put on another scale here. Such scales differ in what they do to small values: "
        "where they send 0, and whether anything that was not negative can become negative. Write down what the task "
        "asks for the value 0, then work out what this function gives for it, and for 1.",
    )
    follow_ups = {
        "What does log1p do that log(1 + x) does not?": (
            "It is exact for tiny x: 1 + 1e-17 is 1 in floating point, so that the sum loses x before the logarithm "
            "is taken."
        ),
        "Which transform suits a skewed column with negative values?": (
            "Yeo-Johnson's power transform or the inverse hyperbolic sine, both of which are defined on the whole line."
        ),
    }
    sources = ("github.com/cschlaffner/PROTzilla2#41", "github.com/tidymodels/recipes#124")

    also_right = (
        Fix(
            "Adding one before the logarithm is the same for ordinary amounts.",
            "np.log($x)",
            "np.log(1 + $x)",
            unless_within=("np.log($a) - np.log($b)",),
        ),
        Fix(
            "Adding one before the logarithm is the same for ordinary amounts.",
            "np.log($x)",
            "np.log($x + 1.0)",
            unless_within=("np.log($a) - np.log($b)",),
        ),
        Fix(
            "One more in both logarithms may be written out, for amounts that are not tiny.",
            "np.log($a) - np.log($b)",
            "np.log($a + 1) - np.log($b + 1)",
        ),
        Fix(
            "The difference of two logarithms is that of the ratio of what they are taken of.",
            "math.log($a) - math.log($b)",
            "math.log((1 + $a) / (1 + $b))",
        ),
    )
    treats_symptom = (
        Fix(
            "A bound keeps 0 finite, and every other value is still off.",
            "np.log($x)",
            "np.log(np.maximum($x, 1))",
        ),
        Fix("A tiny constant makes 0 finite, and very negative.", "np.log($x)", "np.log($x + 1e-9)"),
        Fix(
            "The error goes away, but the ratio of two small amounts counts as much as that of two large ones.",
            "math.log($a) - math.log($b)",
            "math.log(max($a, 1e-9)) - math.log(max($b, 1e-9))",
        ),
    )
    rewrites = (
        *(Rewrite(pair, pair.replace("log1p", "log").replace("1 + ", ""), a=PLAIN, b=PLAIN) for pair in ONE_OF_TWO),
        Rewrite("np.log1p($x)", "np.log($x)", x=PLAIN, unless_within=ONE_OF_TWO),
        Rewrite("np.log(1 + $x)", "np.log($x)", x=PLAIN, unless_within=ONE_OF_TWO),
    )
    examples = (
        Example("df['log_amount'] = np.log1p(df['amount'])", "df['log_amount'] = np.log(df['amount'])"),
        Example("z = np.log(1 + counts)", "z = np.log(counts)"),
        Example("error = np.log1p(pred) - np.log1p(y)", "error = np.log(pred) - np.log(y)"),
        Example("gap = math.log1p(target) - math.log1p(guess)", "gap = math.log(target) - math.log(guess)"),
        Example("def shrink(sales):\n    return np.log(sales + 1)\n", "def shrink(sales):\n    return np.log(sales)\n"),
    )
    untouched = (
        "softplus = np.log1p(np.exp(z))",
        "miss = y * np.log(p) + (1 - y) * np.log1p(-p)",
        "idf = np.log(n / df)",
    )
