"""A two-sided interval takes its quantile as if all the error were allowed on one side."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

ALPHA = role.named("alpha", "a", "significance", "sig_level", "err", "error_rate")
LEVEL = role.named("confidence", "level", "conf", "conf_level", "cl")
QUANTILE = role.that(lambda term: vocabulary.QUANTILE.fullmatch(term.value) is not None)
SORTED = role.named("ordered", "sorted", "estimates", "boot")  # values of which a quantile is taken, and no cdf
BOTH_ENDS = "($f($x, $alpha / 2), $f($x, 1 - $alpha / 2))"


class CiWrongQuantile(Mutator):
    """The whole error goes into one quantile, so an interval with two ends misses the truth twice as often as stated.

    An interval can lie too high or too low. Each end may do so in half of the allowed cases, so the quantile that
    belongs to an interval of 95 % has 2.5 % of the distribution above it: 1.96 for the normal one. With 5 % above it,
    1.645, the interval is the one of 90 %, and everything else about it looks right.
    """

    symptoms = {
        "At 95 % my interval is the library's at 90 %.": "the interval is wrong",
    }
    hints = (
        "Simulate the experiment with a known effect. How often does the interval hold it?",
        "The test and the interval should agree about 0 at the edge. Shift one arm until the p-value is 0.05: where "
        "does the interval end now?",
        "Draw the distribution of an estimate and cut off what the interval is allowed to miss. An interval has two "
        "ends, so how large is the piece behind each of them, and which share of the distribution lies below the "
        "upper cut?",
    )
    follow_ups = {
        "When is the other quantile right?": (
            "For a one-sided bound, such as 'the effect is at least ...', and for the two one-sided tests of an "
            "equivalence, whose interval has the level 1 - 2 alpha."
        ),
        "Two intervals of 95 % overlap. Is the difference not significant?": (
            "That does not follow: the error of a difference is smaller than the sum of both errors. Look at the "
            "interval of the difference."
        ),
    }
    sources = ("github.com/asheshrambachan/HonestDiD#7", "github.com/spedygiorgio/markovchain#170")

    where = place.function(vocabulary.INFERENCE)
    also_right = (
        Fix(
            "By symmetry the quantile of the small share, with its sign turned, is the same.",
            "$d.inv_cdf(1 - $alpha)",
            "-$d.inv_cdf($alpha / 2)",
            alpha=ALPHA,
        ),
        Fix(
            "Half of 2 - alpha is the same share.",
            "t_quantile(1 - $alpha, $df)",
            "t_quantile((2 - $alpha) / 2, $df)",
            alpha=ALPHA,
        ),
        Fix(
            "One minus half of the error can be written with a product, too.",
            "quantile($cdf, 1 - $alpha)",
            "quantile($cdf, 1 - 0.5 * $alpha)",
            alpha=ALPHA,
            cdf=~SORTED,
        ),
        Fix(
            "Half of the error at each end can be written with a product, too.",
            "(quantile($x, $alpha), quantile($x, 1 - $alpha))",
            "(quantile($x, 0.5 * $alpha), quantile($x, 1 - 0.5 * $alpha))",
            alpha=ALPHA,
        ),
        Fix(
            "A percentile counts in hundredths; half of the error at each end is what matters.",
            "np.quantile($x, [$alpha, 1 - $alpha])",
            "np.percentile($x, [50 * $alpha, 100 - 50 * $alpha])",
            alpha=ALPHA,
        ),
    )
    treats_symptom = (
        Fix(
            "A fixed 1.96 is right for one level and ignores what was asked.",
            "$d.inv_cdf(1 - $alpha)",
            "1.96",
            alpha=ALPHA,
        ),
        Fix(
            "Twice the error makes the interval narrower still.",
            "t_quantile(1 - $alpha, $df)",
            "t_quantile(1 - 2 * $alpha, $df)",
            alpha=ALPHA,
        ),
        Fix(
            "A factor that stretches 1.645 to 1.96 fits one level and one distribution.",
            "quantile($cdf, 1 - $alpha)",
            "1.96 / 1.645 * quantile($cdf, 1 - $alpha)",
            alpha=ALPHA,
            cdf=~SORTED,
        ),
        Fix(
            "With one end corrected the interval is lopsided, and still of another level.",
            "np.quantile($x, [$alpha, 1 - $alpha])",
            "np.quantile($x, [$alpha, 1 - $alpha / 2])",
            alpha=ALPHA,
        ),
        Fix(
            "The upper end alone is where it should be.",
            "(quantile($x, $alpha), quantile($x, 1 - $alpha))",
            "(quantile($x, $alpha), quantile($x, 1 - $alpha / 2))",
            alpha=ALPHA,
        ),
    )
    rewrites = (
        Rewrite("$f(1 - $alpha / 2, $*rest)", "$f(1 - $alpha, $*rest)", f=QUANTILE, alpha=ALPHA),
        Rewrite(
            "$f($cdf, 1 - $alpha / 2)", "$f($cdf, 1 - $alpha)", unless_within=(BOTH_ENDS,), f=QUANTILE, alpha=ALPHA
        ),
        Rewrite(BOTH_ENDS, "($f($x, $alpha), $f($x, 1 - $alpha))", f=QUANTILE, alpha=ALPHA),
        Rewrite("$f((1 + $level) / 2, $*rest)", "$f($level, $*rest)", f=QUANTILE, level=LEVEL),
        Rewrite("$f($x, [$alpha / 2, 1 - $alpha / 2])", "$f($x, [$alpha, 1 - $alpha])", f=QUANTILE, alpha=ALPHA),
    )
    examples = (
        Example(
            "def interval(m, se, alpha):\n    z = norm.ppf(1 - alpha / 2)\n    return m - z * se, m + z * se\n",
            "def interval(m, se, alpha):\n    z = norm.ppf(1 - alpha)\n    return m - z * se, m + z * se\n",
        ),
        Example(
            "def mean_ci(x, confidence):\n    return stats.t.ppf((1 + confidence) / 2, len(x) - 1)\n",
            "def mean_ci(x, confidence):\n    return stats.t.ppf(confidence, len(x) - 1)\n",
        ),
        Example(
            "def bootstrap_ci(means, alpha):\n    return np.quantile(means, [alpha / 2, 1 - alpha / 2])\n",
            "def bootstrap_ci(means, alpha):\n    return np.quantile(means, [alpha, 1 - alpha])\n",
        ),
        Example(
            "def confidence_interval(self):\n    return NormalDist().inv_cdf(1 - self.alpha / 2) * self.se\n",
            "def confidence_interval(self):\n    return NormalDist().inv_cdf(1 - self.alpha) * self.se\n",
        ),
    )
    untouched = (
        "def upper_bound(m, se, alpha):\n    return m + norm.ppf(1 - alpha) * se\n",
        "def interval(x, alpha):\n    return smooth(1 - alpha / 2)\n",
        "def sample_size(alpha):\n    return norm.ppf(1 - alpha / 2)\n",
        "def test_rate(q):\n    return norm.ppf(1 - q / 2)\n",
    )
