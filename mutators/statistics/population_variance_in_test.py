"""The spread of a sample is averaged over n values, though its mean was taken from the same n."""

from collections.abc import Iterator

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, Term, role

SIZE = role.COUNT | role.named("n", "sizes", "counts", "nobs")


def _is_divided_by_a_size(term: Term, code: Code | None) -> bool:
    """Whether the program divides it by a number of rows elsewhere: a variance on its way to that of a mean."""
    quotients = code.canonical.by_kind.get("binary", ()) if code else ()
    return any(q.value == "/" and q.children[0].key == term.key and SIZE.holds(q.children[1], code) for q in quotients)


ON_ITS_WAY = role.NAME & role.Constraint(_is_divided_by_a_size)


class PopulationVarianceInTest(Mutator):
    """The sum of the squared deviations is divided by n where a test or an interval needs n - 1.

    Deviations are taken from the sample's own mean, which lies in the middle of the sample and not of the population,
    so their squares add up to too little: to n - 1 variances on average. A mean over all n is therefore too small by
    the factor (n - 1) / n. Errors shrink, statistics grow, and intervals are too narrow. With ten values it is 5 % of
    the standard error, with a thousand nothing anyone would see.
    """

    symptoms = {
        "scipy's t is a little nearer to 0 than mine, and most so for small samples.": "a statistic by hand is missed",
        "My intervals are a bit too narrow, the more the fewer users there are.": "the interval is wrong",
    }
    hints = (
        "Compare with a library on five values, and then on five thousand.",
        "Take two values, 0 and 2. What is the best guess of the variance they were drawn from, and what do you get?",
        "The centre from which deviations are measured was fitted to the same values. How many of the deviations can "
        "still vary freely when their sum is known to be 0, and over how many does the program average their squares? "
        "Remember what the default of numpy is.",
    )
    follow_ups = {
        "Which divisor do numpy, pandas and the standard library use by default?": (
            "np.std and np.var divide by n, the methods of pandas by n - 1; statistics.stdev and variance by n - 1, "
            "pstdev and pvariance by n."
        ),
        "Is the square root of the unbiased variance an unbiased standard deviation?": (
            "No, it is a little too small on average, as the root is concave. The t distribution is made for it all "
            "the same."
        ),
    }
    sources = (
        "github.com/simple-statistics/simple-statistics#848",
        "github.com/mikemccand/luceneutil#308",
    )

    also_right = (
        Fix(
            "The population's form divided by the root of n - 1 is the same standard error.",
            "$x.std() / np.sqrt(len($x))",
            "$x.std() / np.sqrt(len($x) - 1)",
        ),
        Fix(
            "With n - 1 in the second divisor, the variance of the mean is the same again.",
            "$x.var() / len($x) + $k * $z.var() / len($z)",
            "$x.var() / (len($x) - 1) + $k * $z.var() / (len($z) - 1)",
        ),
        Fix(
            "Bessel's factor n / (n - 1) mends the mean of the squares.",
            "$v = np.sum(($x - $m) ** 2) / $n",
            "$v = np.mean(($x - $m) ** 2) * $n / ($n - 1)",
        ),
    )
    treats_symptom = (
        Fix(
            "A divisor of n + 1 errs on the other side: the variance is smaller still.",
            "$v = np.sum(($x - $m) ** 2) / $n",
            "$v = np.sum(($x - $m) ** 2) / ($n + 1)",
        ),
        Fix(
            "Two degrees too many are taken off now, and small samples are off in the other direction.",
            "$x.std() / np.sqrt(len($x))",
            "$x.std(ddof=2) / np.sqrt(len($x))",
        ),
        Fix(
            "Mending one of the two arms leaves the other too small.",
            "$x.var() / len($x) + $k * $z.var() / len($z)",
            "$x.var(ddof=1) / len($x) + $k * $z.var() / len($z)",
        ),
    )
    rewrites = (
        Rewrite("$x.std(ddof=1) / np.sqrt($n)", "$x.std() / np.sqrt($n)", n=SIZE),
        Rewrite("$x.std(ddof=1) / math.sqrt($n)", "$x.std() / math.sqrt($n)", n=SIZE),
        Rewrite("$x.std(ddof=1) / $n ** 0.5", "$x.std() / $n ** 0.5", n=SIZE),
        Rewrite(
            "$x.var(ddof=1) / $n + $*more + $z.var(ddof=1) / $m",
            "$x.var() / $n + $*more + $z.var() / $m",
            n=SIZE,
            m=SIZE,
            more=~role.CALL,
        ),
        Rewrite("$x.var(ddof=1) / $n + $k * $z.var(ddof=1) / $m", "$x.var() / $n + $k * $z.var() / $m", n=SIZE, m=SIZE),
        Rewrite("$v = np.sum(($x - $m) ** 2) / ($n - 1)", "$v = np.sum(($x - $m) ** 2) / $n", v=ON_ITS_WAY, n=SIZE),
        Rewrite(
            "$v = sum(($e - $m) ** 2 for $e in $x) / ($n - 1)",
            "$v = sum(($e - $m) ** 2 for $e in $x) / $n",
            v=ON_ITS_WAY,
            n=SIZE,
        ),
    )
    examples = (
        Example("se = x.std(ddof=1) / np.sqrt(len(x))", "se = x.std() / np.sqrt(len(x))"),
        Example(
            "se = np.sqrt(np.var(a, ddof=1) / len(a) + np.var(b, ddof=1) / len(b))",
            "se = np.sqrt(np.var(a) / len(a) + np.var(b) / len(b))",
        ),
        Example(
            "def ci(values, z):\n    n = len(values)\n    mu = sum(values) / n\n"
            "    s2 = sum((v - mu) ** 2 for v in values) / (n - 1)\n    return mu - z * math.sqrt(s2 / n)\n",
            "def ci(values, z):\n    n = len(values)\n    mu = sum(values) / n\n"
            "    s2 = sum((v - mu) ** 2 for v in values) / n\n    return mu - z * math.sqrt(s2 / n)\n",
        ),
        Example("sem = np.std(group, ddof=1) / np.sqrt(group.size)", "sem = np.std(group) / np.sqrt(group.size)"),
    )
    untouched = (
        "spread = x.std(ddof=1)",
        "scaled = (x - x.mean()) / x.std(ddof=1)",
        "import pandas as pd\nse = frame['spend'].std(ddof=1) / np.sqrt(len(frame))\n",
        "def variance(x):\n    n = len(x)\n    v = np.sum((x - x.mean()) ** 2) / (n - 1)\n    return v\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        if code.words.isdisjoint(("pandas", "pd", "groupby")):  # in pandas the default is n - 1
            yield from super().mutate(code)
