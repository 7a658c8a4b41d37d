"""The tail is taken beyond the statistic itself and not beyond its size."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

STATISTIC = role.named("z", "t", "stat", "statistic", "t_stat", "z_stat", "z_score", "score", "tstat", "zstat", "value")
SURVIVAL = role.that(lambda term: vocabulary.SURVIVAL.fullmatch(term.value) is not None)


class PValueMissingAbs(Mutator):
    """A statistic below 0 keeps its sign on the way to the p-value, and lands on the wrong side of the distribution.

    The doubled upper tail is a two-sided p-value for positive statistics only. For a negative one the upper tail is the
    larger part of the distribution, and twice that is a number between 1 and 2, which is no probability at all. In that
    direction nothing can ever become significant; if the number is capped at 1, nobody even notices.
    """

    symptoms = {
        "Some of the p-values that it reports are above 1.": "the p-value is wrong",
        "The loss was plain after one day, and the rule never told me to stop.": ("other hypotheses are rejected"),
    }
    hints = (
        "Exchange the two samples. What should that do to a two-sided p-value?",
        "Try a statistic of -2.",
        "The doubling assumes that the tail which was measured is the smaller one of the two. Make a table of the "
        "statistic from -3 to 3 and the p-value next to it. It should be the same above and below 0 and largest in "
        "the middle: where does your table part from that?",
    )
    follow_ups = {
        "Does capping the p-value at 1 help?": (
            "It hides the number that gives the mistake away. Negative effects stay at 1, however large they are."
        ),
        "Would squaring the statistic do?": (
            "Yes, with another distribution: z squared is chi-squared with one degree of freedom, t squared is F with "
            "one and df, and their upper tails hold both tails of z and t."
        ),
    }
    sources = ("github.com/streamlit/example-app-ab-testing#4",)

    also_right = (
        Fix(
            "Twice the smaller tail needs no absolute value.",
            "2 * (1 - $f($z, $*rest))",
            "2 * min($f($z, $*rest), 1 - $f($z, $*rest))",
            z=STATISTIC,
        ),
        Fix(
            "The larger of z and -z is |z|.",
            "math.erfc($z / $root)",
            "math.erfc(max($z, -$z) / $root)",
            z=STATISTIC,
        ),
        Fix(
            "The smaller of t and -t is -|t|, so this is the lower tail twice.",
            "2 * $f(-$z, $*rest)",
            "2 * $f(min($z, -$z), $*rest)",
            z=STATISTIC,
        ),
    )
    treats_symptom = (
        Fix(
            "Capped at 1 it looks like a probability, and a negative statistic is still never significant.",
            "2 * (1 - $f($z, $*rest))",
            "min(1.0, 2 * (1 - $f($z, $*rest)))",
            z=STATISTIC,
        ),
        Fix(
            "The cap hides that the wrong tail was doubled.",
            "2 * $f(-$z, $*rest)",
            "min(1.0, 2 * $f(-$z, $*rest))",
            z=STATISTIC,
        ),
        Fix(
            "No p-value exceeds 1 any more, and a negative statistic has none below 1.",
            "math.erfc($z / $root)",
            "min(1.0, math.erfc($z / $root))",
            z=STATISTIC,
        ),
    )
    rewrites = (
        Rewrite("2 * (1 - $f(abs($z), $*rest))", "2 * (1 - $f($z, $*rest))", z=STATISTIC),
        Rewrite("2 * $f(abs($z), $*rest)", "2 * $f($z, $*rest)", z=STATISTIC, f=SURVIVAL),
        Rewrite("2 * $f(-abs($z), $*rest)", "2 * $f(-$z, $*rest)", z=STATISTIC),
        Rewrite("math.erfc(abs($z) / $root)", "math.erfc($z / $root)", z=STATISTIC),
    )
    examples = (
        Example("p_value = 2 * (1 - norm.cdf(abs(z)))", "p_value = 2 * (1 - norm.cdf(z))"),
        Example("p = 2 * stats.t.sf(np.abs(t_stat), df)", "p = 2 * stats.t.sf(t_stat, df)"),
        Example("p = math.erfc(abs(z) / math.sqrt(2))", "p = math.erfc(z / math.sqrt(2))"),
        Example("p = 2 * normal_cdf(-abs(z))", "p = 2 * normal_cdf(-z)"),
    )
    untouched = (
        "significant = abs(z) > 1.96",
        "p_value = 2 * (1 - norm.cdf(z))",
        "distance = 2 * (1 - kernel(abs(a - b)))",
        "size = 2 * math.sqrt(abs(z))",
    )
