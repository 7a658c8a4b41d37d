"""The ratios of single users are averaged, where one total is to be divided by another."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary


class RatioOfMeansVsMeanOfRatios(Mutator):
    """Each user has the same weight in the ratio, however much of the denominator is theirs.

    Clicks per view is all clicks over all views: a user with a thousand views has a thousand times the say of one with
    a single view. The mean of the users' own ratios is another metric. It is ruled by the many with hardly any views,
    whose ratios are noise, and it can move in the other direction than the total.
    """

    symptoms = {
        "I added up both columns of the log and divided; the metric is not that.": "a metric by hand is missed",
        "I listed all resamples of four users, and it reports ratios that none of them has.": (
            "no resample has such an estimate"
        ),
    }
    hints = (
        "Take two users, one with 1 click in 1 view and one without a click in 99 views.",
        "Whose behaviour has the most influence on this number: that of users with many views, or of those with few?",
        "There are two ways to get from a column of numerators and a column of denominators to one number, and they "
        "agree only when all denominators are alike. Say which of the two deserves the words 'per view', and find the "
        "order of summing and dividing in the program.",
    )
    follow_ups = {
        "When is the mean of the ratios the right metric?": (
            "When the user is what one wants to know about, as in the share of searches that succeed for a typical "
            "user. It has to be said which of the two is meant."
        ),
        "How is the variance of the ratio of totals computed?": (
            "By the delta method from the variances and the covariance of both columns over users, or by a bootstrap "
            "of users."
        ),
    }
    sources = ("github.com/towfiqi/serpbear#246",)

    where = place.named(vocabulary.CLICK_RATE)
    also_right = (
        Fix(
            "An average with the views as weights gives back the ratio of the totals.",
            "np.mean($c / $v)",
            "np.average($c / $v, weights=$v)",
        ),
        Fix(
            "With the views of each resample as weights it is the ratio of its totals.",
            "np.mean($c[rows] / $v[rows], axis=1)",
            "np.average($c[rows] / $v[rows], axis=1, weights=$v[rows])",
        ),
    )
    treats_symptom = (
        Fix(
            "The median is moved less by users with few views, and still knows nothing of how many they have.",
            "np.mean($c / $v)",
            "np.median($c / $v)",
        ),
        Fix(
            "A median of users does not weigh them either.",
            "np.mean($c[rows] / $v[rows], axis=1)",
            "np.median($c[rows] / $v[rows], axis=1)",
        ),
    )
    rewrites = (
        Rewrite("np.sum($c) / np.sum($v)", "np.mean($c / $v)", c=role.VARIABLE, v=role.VARIABLE),
        Rewrite("sum($c) / sum($v)", "np.mean(np.divide($c, $v))", c=role.VARIABLE, v=role.VARIABLE),
        Rewrite("np.mean($c) / np.mean($v)", "np.mean($c / $v)", c=role.VARIABLE, v=role.VARIABLE),
        Rewrite(
            "np.sum($c, axis=$a) / np.sum($v, axis=$a)",
            "np.mean($c / $v, axis=$a)",
            c=role.VARIABLE,
            v=role.VARIABLE,
        ),
        Rewrite("$t[$c].sum() / $t[$v].sum()", "($t[$c] / $t[$v]).mean()", c=role.LITERAL, v=role.LITERAL),
    )
    examples = (
        Example("ctr = clicks.sum() / views.sum()", "ctr = np.mean(clicks / views)"),
        Example(
            "def ratio_metric(log):\n    return log['orders'].sum() / log['visits'].sum()\n",
            "def ratio_metric(log):\n    return (log['orders'] / log['visits']).mean()\n",
        ),
        Example(
            "def revenue_per_visit(revenue, visits):\n    return np.mean(revenue) / np.mean(visits)\n",
            "def revenue_per_visit(revenue, visits):\n    return np.mean(revenue / visits)\n",
        ),
    )
    untouched = (
        "share = part.sum() / whole.sum()",
        "ratio = (clicks / views).mean()",
        "ctr = clicks.sum() / len(views)",
    )
