"""A statistic with two variances is looked up with the degrees of freedom for one."""

from bugforge import Example, Fix, Mutator, Rewrite


class StudentDegreesOfFreedom(Mutator):
    """The degrees of freedom are n + m - 2, which belong to a test that pools the variances of both arms.

    Welch's statistic estimates two variances, each from its own arm. How much such an estimate can be trusted depends
    on the arm that contributes most to the error; if that is the small one, there are few degrees of freedom, however
    large the other arm is. With n + m - 2 the tails are taken for thinner than they are: p-values are too small and
    intervals too short.
    """

    symptoms = {
        "In one arm all users have spent the same, and df still counts them.": "the degrees of freedom are others",
    }
    hints = (
        "Give one arm three users with very different amounts, and the other a thousand who hardly differ.",
        "Compare df with a library that does not assume equal variances.",
        "One number is to say how reliable the estimated error is. Suppose one arm does not vary at all: then the "
        "whole error comes from the other one, and its size alone should count. Does the program's number know which "
        "arm the error comes from?",
    )
    follow_ups = {
        "Between which limits do Welch's degrees of freedom lie?": (
            "Between the smaller of n - 1 and m - 1 and their sum n + m - 2, which is reached when the variances of "
            "the means are in the same proportion as n - 1 and m - 1."
        ),
        "Does it matter in an A/B test with thousands of users?": (
            "Hardly for the quantile, which is near 1.96 either way. It matters for small samples, or few clusters."
        ),
    }
    sources = ("github.com/PsyTeachR/quant-fun-v2#74", "github.com/jasp-stats/jasp-issues#386")

    rewrites = (
        Rewrite("($u + $v) ** 2 / ($u ** 2 / ($n - 1) + $v ** 2 / ($m - 1))", "$n + $m - 2"),
        Rewrite("($a / $n + $b / $m) ** 2 / (($a / $n) ** 2 / ($n - 1) + ($b / $m) ** 2 / ($m - 1))", "$n + $m - 2"),
        Rewrite("np.sum($u) ** 2 / np.sum($u ** 2 / ($n - 1))", "np.sum($n - 1)"),
        Rewrite("np.sum($e ** 2) ** 2 / np.sum($e ** 4 / ($n - 1))", "np.sum($n - 1)"),
    )
    also_right = (
        Fix(
            "The inverse is the mean of the inverses of n - 1, weighted by the squares of the shares of the error.",
            "df = np.sum($n - 1)",
            "df = 1 / np.sum((errors**2 / error**2) ** 2 / ($n - 1))",
        ),
        Fix(
            "Divided by the square of the whole, only the shares of the error are left.",
            "df = $n + $m - 2",
            "df = 1 / ((u0 / (u0 + u1)) ** 2 / ($n - 1) + (u1 / (u0 + u1)) ** 2 / ($m - 1))",
        ),
    )
    treats_symptom = (
        Fix(
            "The smaller of both is on the safe side, and not the number that was asked for.",
            "df = np.sum($n - 1)",
            "df = np.min($n - 1)",
        ),
        Fix(
            "The least that it can be is cautious and too small nearly always.",
            "df = $n + $m - 2",
            "df = min($n, $m) - 1",
        ),
    )
    examples = (
        Example(
            "df = (va + vb) ** 2 / (va ** 2 / (na - 1) + vb ** 2 / (nb - 1))",
            "df = na + nb - 2",
        ),
        Example(
            "dof = (s1 / n1 + s2 / n2)**2 / ((s1 / n1)**2 / (n1 - 1) + (s2 / n2)**2 / (n2 - 1))",
            "dof = n1 + n2 - 2",
        ),
        Example("nu = np.sum(sq) ** 2 / np.sum(sq**2 / (sizes - 1))", "nu = np.sum(sizes - 1)"),
    )
    untouched = (
        "df = n + m - 2",
        "effective = np.sum(w) ** 2 / np.sum(w**2)",
        "ratio = (a + b) ** 2 / (a ** 2 + b ** 2)",
    )
