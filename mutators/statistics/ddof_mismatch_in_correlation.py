"""A covariance with n - 1 is divided by standard deviations with n."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary


class DdofMismatchInCorrelation(Mutator):
    """Numerator and denominator of the correlation are averaged over different numbers of values.

    With one divisor in all three places it cancels, whichever it is. With n - 1 above and n below, the quotient is too
    large by the factor n / (n - 1): values on a straight line have a correlation above 1, of 1.25 with five of them.
    With a thousand values nobody will see it.
    """

    symptoms = {
        "Points on a straight line are correlated by more than 1.": "correlations are wrong",
    }
    hints = (
        "Correlate a column with itself, for five rows and for five thousand.",
        "By which factor is the result off, and how does that factor depend on the number of rows?",
        "A correlation is made of three averages: one of products and two of squares. Write down for each of them what "
        "it is divided by, with the defaults of the functions that are called. They need not be divided by the same "
        "number as in a textbook, but what must hold among the three?",
    )
    follow_ups = {
        "Which divisors are the defaults of np.cov, np.std and pandas?": (
            "np.cov divides by n - 1, np.std and np.var by n; cov, std and var of pandas all by n - 1."
        ),
        "How would you write it so that no divisor can be wrong?": (
            "With deviations alone: their scalar product over the product of their lengths. No number of values "
            "occurs in it."
        ),
    }
    sources = ("github.com/grantjenks/python-runstats#19", "github.com/factor/factor#3195")

    where = place.named(vocabulary.CORRELATION)
    also_right = (
        Fix(
            "The population's covariance goes with the population's standard deviations.",
            "np.cov($x, $y)[0, 1] / ($x.std() * $y.std())",
            "np.cov($x, $y, ddof=0)[0, 1] / ($x.std() * $y.std())",
        ),
        Fix(
            "With the factor (n - 1) / n the covariance is a mean as well, and all three have one divisor.",
            "$c / ($x.std() * $y.std())",
            "$c * (len($x) - 1) / len($x) / ($x.std() * $y.std())",
            c=role.NAME,
        ),
    )
    treats_symptom = (
        Fix(
            "Kept within 1, it is still too large everywhere else.",
            "np.cov($x, $y)[0, 1] / ($x.std() * $y.std())",
            "np.clip(np.cov($x, $y)[0, 1] / ($x.std() * $y.std()), -1, 1)",
        ),
        Fix(
            "With n - 2 above, the quotient is further from the right one.",
            "covariance = np.sum($products) / ($n - 1)",
            "covariance = np.sum($products) / ($n - 2)",
        ),
    )
    rewrites = (
        Rewrite("$x.std(ddof=1) * $y.std(ddof=1)", "$x.std() * $y.std()"),
        Rewrite("np.cov($x, $y, ddof=0)[0, 1] / ($x.std() * $y.std())", "np.cov($x, $y)[0, 1] / ($x.std() * $y.std())"),
    )
    examples = (
        Example(
            "r = corr = np.cov(x, y)[0, 1] / (x.std(ddof=1) * y.std(ddof=1))",
            "r = corr = np.cov(x, y)[0, 1] / (x.std() * y.std())",
        ),
        Example(
            "def pearson(a, b):\n    s = np.cov(a, b, ddof=0)[0, 1]\n    return s\n\n\n"
            "def corr(a, b):\n    return np.cov(a, b, ddof=0)[0, 1] / (np.std(a) * np.std(b))\n",
            "def pearson(a, b):\n    s = np.cov(a, b, ddof=0)[0, 1]\n    return s\n\n\n"
            "def corr(a, b):\n    return np.cov(a, b)[0, 1] / (np.std(a) * np.std(b))\n",
        ),
        Example(
            "def correlation(u, v):\n    cov = np.sum((u - u.mean()) * (v - v.mean())) / (len(u) - 1)\n"
            "    return cov / (np.std(u, ddof=1) * np.std(v, ddof=1))\n",
            "def correlation(u, v):\n    cov = np.sum((u - u.mean()) * (v - v.mean())) / (len(u) - 1)\n"
            "    return cov / (np.std(u) * np.std(v))\n",
        ),
    )
    untouched = (
        "scale = x.std(ddof=1) * y.std(ddof=1)",
        "corr = np.mean(a * b) / (a.std() * b.std())",
        "def corr(x):\n    return x.std(ddof=1)\n",
    )
