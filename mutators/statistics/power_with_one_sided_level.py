"""The sample size is planned for a one-sided test and the data are judged by a two-sided one."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

ALPHA = role.named("alpha", "significance", "sig_level", "significance_level")
QUANTILE = role.that(lambda term: vocabulary.QUANTILE.fullmatch(term.value) is not None)


class PowerWithOneSidedLevel(Mutator):
    """The critical value in the design leaves the whole level on one side, and the planned experiment is too small.

    A two-sided test rejects beyond the quantile of 1 - alpha / 2, and only half of the level lies on the side where the
    effect is expected. A design that counts on the quantile of 1 - alpha expects the test to reject earlier than it
    does. At the usual 5 % and a power of 80 % it plans a fifth fewer users than are needed, and the real power is about
    70 %: the experiment looks well planned and misses every third effect of this size instead of every fifth.
    """

    symptoms = {
        "The calculator on the web wants a good quarter more users than I plan.": "the sample size is wrong",
    }
    hints = (
        "Simulate the planned experiment with exactly the effect it was planned for. How often is it found?",
        "Write the critical value of the test beside the one in the design. Are they the same number?",
        "A design and the test that follows it have to agree on when an effect counts as found. The test looks in both "
        "directions, so how much of the level is spent in the one where the effect is expected, and how much does the "
        "design spend there?",
    )
    follow_ups = {
        "Why does the power itself not get halved as well?": (
            "The effect has a direction, so only the tail on its side counts as finding it. The chance of a rejection "
            "in the other direction is negligible."
        ),
        "How does the sample size change if half of the effect is to be found?": (
            "It is about four times as large: the effect stands squared in the denominator."
        ),
    }
    sources = ("github.com/zalando/expan#173",)

    where = place.function(vocabulary.DESIGN)
    also_right = (
        Fix(
            "The quantile of the lower tail has the same size and the other sign.",
            "$d.inv_cdf(1 - $alpha) * $s",
            "-$d.inv_cdf($alpha / 2) * $s",
            alpha=ALPHA,
        ),
        Fix(
            "Half of the error may be written as a product.",
            "quantile($cdf, 1 - $alpha)",
            "quantile($cdf, 1 - 0.5 * $alpha)",
            alpha=ALPHA,
        ),
    )
    treats_symptom = (
        Fix(
            "A quarter more users is about right for 5 % and 80 %, and for nothing else.",
            "return math.ceil($n)",
            "return math.ceil(1.27 * ($n))",
        ),
        Fix(
            "The usual 1.96 is right for one level, whatever was asked.",
            "quantile($cdf, 1 - $alpha)",
            "1.96",
            alpha=ALPHA,
        ),
    )
    rewrites = (
        Rewrite("$f(1 - $alpha / 2, $*rest)", "$f(1 - $alpha, $*rest)", f=QUANTILE, alpha=ALPHA),
        Rewrite("$f($cdf, 1 - $alpha / 2)", "$f($cdf, 1 - $alpha)", f=QUANTILE, alpha=ALPHA),
    )
    examples = (
        Example(
            "def sample_size(d, alpha, b):\n    return ((norm.ppf(1 - alpha / 2) + norm.ppf(1 - b)) / d) ** 2\n",
            "def sample_size(d, alpha, b):\n    return ((norm.ppf(1 - alpha) + norm.ppf(1 - b)) / d) ** 2\n",
        ),
        Example(
            "def minimum_detectable_effect(sd, n, alpha, beta):\n"
            "    return (Z.inv_cdf(1 - alpha / 2) + Z.inv_cdf(1 - beta)) * sd * math.sqrt(2 / n)\n",
            "def minimum_detectable_effect(sd, n, alpha, beta):\n"
            "    return (Z.inv_cdf(1 - alpha) + Z.inv_cdf(1 - beta)) * sd * math.sqrt(2 / n)\n",
        ),
        Example(
            "def power(effect, se, alpha=0.05):\n    return phi(abs(effect) / se - ndtri(1 - alpha / 2))\n",
            "def power(effect, se, alpha=0.05):\n    return phi(abs(effect) / se - ndtri(1 - alpha))\n",
        ),
    )
    untouched = (
        "def interval(se, alpha):\n    return norm.ppf(1 - alpha / 2) * se\n",
        "def sample_size(alpha):\n    return norm.ppf(1 - alpha)\n",
        "def power_curve(alpha):\n    return decay(1 - alpha / 2)\n",
    )
