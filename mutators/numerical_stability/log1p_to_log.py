"""The logarithm is taken of the value alone, not of one more than it."""

from bugforge import Example, Fix, Mutator, Rewrite, role

PLAIN = ~role.has(role.call("exp", "expm1")) & ~role.that(lambda term: (term.kind, term.value) == ("unary", "-"))
ONE_OF_TWO = ("np.log1p($a) - np.log1p($b)", "np.log(1 + $a) - np.log(1 + $b)")


class Log1pToLog(Mutator):
    """Counts and amounts that may be 0 are put on a scale of plain logarithms, which has no place for 0.

    log(1 + x) sends 0 to 0 and grows like log(x) for large values; that is why it is used for columns with a long tail.
    Of 0 itself the logarithm is minus infinity, and a single such row makes every mean and every distance infinite or
    NaN. Values below 1 come out negative, and what turns the scale back, exp(z) - 1, no longer fits.
    """

    symptoms = {
        "I turned the column back with exp(z) - 1, and it is off by one everywhere.": "columns are scaled otherwise",
        "Now and then numpy warns of a division by zero, and the program does not divide.": "warns",
    }
    hints = (
        "What becomes of a row in which the amount is 0, and of one in which it is 0.5?",
        "Turn a few transformed values back to the original scale by hand, and compare them with what stood in the "
        "column before.",
        "A column with a long tail is put on another scale here. Such scales differ in what they do to small values: "
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
        Fix("Adding one before the logarithm is the same for ordinary amounts.", "np.log($x)", "np.log(1 + $x)"),
        Fix("Adding one before the logarithm is the same for ordinary amounts.", "np.log($x)", "np.log($x + 1.0)"),
    )
    treats_symptom = (
        Fix(
            "A bound keeps 0 finite, and every other value is still off.",
            "np.log($x)",
            "np.log(np.maximum($x, 1))",
        ),
        Fix("A tiny constant makes 0 finite, and very negative.", "np.log($x)", "np.log($x + 1e-9)"),
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
        Example("def shrink(sales):\n    return np.log(sales + 1)\n", "def shrink(sales):\n    return np.log(sales)\n"),
    )
    untouched = (
        "softplus = np.log1p(np.exp(z))",
        "miss = y * np.log(p) + (1 - y) * np.log1p(-p)",
        "idf = np.log(n / df)",
    )
