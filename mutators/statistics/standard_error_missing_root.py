"""A variance is used as if it were the standard error."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

ERROR = role.STANDARD_ERROR | role.named("error", "under_null", "null_error", "spread")
QUOTIENT = role.like("$v / $n", "np.sum($v / $n)", "$v / $n + $w / $m", "$p * (1 - $p) * $k") | role.has(
    role.like("1 / $n")
)
SQUARES = role.like("np.sum($e ** 2)", "$e ** 2 + $f ** 2", e=ERROR, f=ERROR)
SUM = role.like("$u + $v", u=role.NAME, v=role.NAME)


class StandardErrorMissingRoot(Mutator):
    """The variance of an estimate stands in place of its square root.

    A difference and its standard error have the same unit; a variance has the square of it. What is divided by a
    variance, or extended by one, changes its meaning with the unit: in cents the statistic is a hundredth of the one in
    euros. Where the variance is below 1, as with rates or with many users, the error comes out too small and everything
    becomes significant; above 1 nothing does.
    """

    symptoms = {
        "By hand I get another statistic, and the factor between them changes with the number of users.": (
            "a statistic by hand is missed"
        ),
        "The ends of the interval are not where I put them by hand.": "the interval is wrong",
    }
    hints = (
        "Repeat every row of the data four times. By what factor should a standard error fall, and does it?",
        "In which unit is each intermediate result: in that of the values, or in its square? A rate counts as a unit "
        "too.",
        "Variances can be added, standard errors cannot; that is why the computation goes through squares. At the end "
        "it has to come back to the unit of the difference before the two are compared. Walk backwards from the "
        "comparison and see where that happens.",
    )
    follow_ups = {
        "Which test finds such a slip on any data?": (
            "Scaling: with all values times c the difference and the error grow by c, and statistic and p-value stay."
        ),
        "Why are the two standard errors not simply added?": (
            "Deviations of independent means point the same way only half of the time. Their squares add up, so the "
            "error of the difference is the hypotenuse of the two."
        ),
    }
    sources = ("github.com/hendersontrent/correctipy#20",)

    where = place.function(vocabulary.INFERENCE)
    also_right = (
        Fix(
            "The power of one half is the root.",
            "$se = $p * (1 - $p) * $k",
            "$se = ($p * (1 - $p) * $k) ** 0.5",
        ),
        Fix(
            "The length of the vector of both errors is the root of the sum of their squares.",
            "$se = np.sum($e ** 2)",
            "$se = np.linalg.norm($e)",
        ),
        Fix(
            "One half as an exponent gives the error.",
            "$se = np.sum($p * (1 - $p) / $n)",
            "$se = np.sum($p * (1 - $p) / $n) ** 0.5",
        ),
        Fix(
            "Taking the power of one half is taking the root.",
            "$se = $p * (1 - $p) / $n + $q * (1 - $q) / $m",
            "$se = ($p * (1 - $p) / $n + $q * (1 - $q) / $m) ** 0.5",
        ),
        Fix(
            "The hypotenuse of both standard errors is the same number.",
            "$se = $u + $v\ndf = $df",
            "$se = math.hypot($u**0.5, $v**0.5)\ndf = $df",
        ),
    )
    treats_symptom = (
        Fix(
            "Errors add up at a right angle, not in a line: their plain sum is too large.",
            "$se = np.sum($e ** 2)",
            "$se = np.sum($e)",
        ),
        Fix(
            "Each root by itself, added up, is larger than the root of the sum.",
            "$se = np.sum($p * (1 - $p) / $n)",
            "$se = np.sum(np.sqrt($p * (1 - $p) / $n))",
        ),
        Fix(
            "A root of the first part alone leaves the unit of the rest as it was.",
            "$se = $p * (1 - $p) * $k",
            "$se = ($p * (1 - $p)) ** 0.5 * $k",
        ),
        Fix(
            "Two roots that are added are more than the root of the sum.",
            "$se = $p * (1 - $p) / $n + $q * (1 - $q) / $m",
            "$se = math.sqrt($p * (1 - $p) / $n) + math.sqrt($q * (1 - $q) / $m)",
        ),
        Fix(
            "The errors of two independent means may not be added as they are.",
            "$se = $u + $v\ndf = $df",
            "$se = math.sqrt($u) + math.sqrt($v)\ndf = $df",
        ),
    )
    rewrites = (
        *(
            Rewrite(f"$se = {root}($v)", "$se = $v", se=ERROR, v=QUOTIENT | SQUARES)
            for root in ("np.sqrt", "math.sqrt")
        ),
        *(Rewrite(f"$se = {root}($v)", "$se = $v", se=role.STANDARD_ERROR, v=SUM) for root in ("np.sqrt", "math.sqrt")),
        Rewrite("$d / ($s * np.sqrt(1 / $n + $k))", "$d / ($s * (1 / $n + $k))"),
        Rewrite("$d / ($s * math.sqrt(1 / $n + $k))", "$d / ($s * (1 / $n + $k))"),
    )
    examples = (
        Example(
            "def corrected_test(d, n, n1, n2):\n"
            "    return np.mean(d) / (np.std(d, ddof=1) * np.sqrt(1 / n + n2 / n1))\n",
            "def corrected_test(d, n, n1, n2):\n    return np.mean(d) / (np.std(d, ddof=1) * (1 / n + n2 / n1))\n",
        ),
        Example(
            "def welch_test(a, b):\n    se = np.sqrt(a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b))\n"
            "    return (b.mean() - a.mean()) / se\n",
            "def welch_test(a, b):\n    se = a.var(ddof=1) / len(a) + b.var(ddof=1) / len(b)\n"
            "    return (b.mean() - a.mean()) / se\n",
        ),
        Example(
            "def proportion_ci(p, n):\n    std_err = math.sqrt(p * (1 - p) / n)\n    return p - 2 * std_err\n",
            "def proportion_ci(p, n):\n    std_err = p * (1 - p) / n\n    return p - 2 * std_err\n",
        ),
        Example(
            "def t_test(a, b):\n    se = math.sqrt(va + vb)\n    return (a.mean() - b.mean()) / se\n",
            "def t_test(a, b):\n    se = va + vb\n    return (a.mean() - b.mean()) / se\n",
        ),
    )
    untouched = (
        "def rmse(y, p):\n    error = np.sqrt(np.mean((y - p) ** 2))\n    return error\n",
        "def test_distance(a, b):\n    error = np.sqrt(np.sum((a - b) ** 2))\n    return error\n",
        "def interval(v):\n    spread = np.sqrt(v)\n    return spread\n",
        "def compare(a, b):\n    length = math.sqrt(a + b)\n    return length\n",
    )
