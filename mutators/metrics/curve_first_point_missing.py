"""The curve starts at the highest score instead of before it."""

from bugforge import Example, Fix, Mutator, Rewrite, vocabulary


class CurveFirstPointMissing(Mutator):
    """The point at which nothing is called positive is left out, and with it the first piece of the curve.

    A curve over thresholds begins above all scores, where no sample is called positive, and every score adds a point.
    Without that beginning the first point is the one after the best-scored samples, and the piece that leads to it has
    no part in an area or a sum over steps. If these samples are few, or the piece of the ROC curve goes straight up,
    the area hardly differs.
    """

    symptoms = {
        "The curve does not start in the corner of the plot.": "a metric by hand is missed",
        "A score that is the same for everybody has no area at all.": "ties are counted wrongly",
    }
    hints = (
        "How many points do you expect for scores with three distinct values, and how many are there?",
        "Give all samples one score. Which two points make up the curve, and which area do they enclose with the axis?",
        "Walk along the thresholds from the top. The first decision one can take is to call nobody positive, and the "
        "last is to call everybody so. Compare both ends of the arrays that are returned with these two decisions, and "
        "think about which pieces an area or a sum of differences can see.",
    )
    follow_ups = {
        "Which threshold belongs to the first point?": (
            "Any above the highest score. Infinity says so without depending on the data; the highest score plus one, "
            "as it used to be done, can be taken for a probability."
        ),
        "When does the area of the ROC curve not change?": (
            "When the highest score belongs to positives alone: the first piece is vertical then and has no width."
        ),
    }
    sources = (
        "github.com/nci/scores#857",
        "github.com/modelfoxdotdev/modelfox#25",
        "github.com/scikit-learn/scikit-learn#10093",
    )

    also_right = (
        Fix(
            "A zero in front of either count, and infinity in front of the scores, complete the curve.",
            "$t = $a / $n\n$f = $b / $m\nreturn $f, $t, thresholds",
            "$t = np.append(0, $a) / $n\n$f = np.append(0, $b) / $m\nreturn $f, $t, np.append(np.inf, thresholds)",
        ),
        Fix(
            "Infinity and the distinct scores, put together by a concatenation, are the same thresholds.",
            "np.unique($s)[::-1]",
            "np.concatenate([[np.inf], np.unique($s)[::-1]])",
        ),
    )
    treats_symptom = (
        Fix(
            "The highest score as the first threshold is there twice, and its decisions are not those of nobody.",
            "np.unique($s)[::-1]",
            "np.append($s.max(), np.unique($s)[::-1])",
        ),
        Fix(
            "A copy of the first point in front makes the arrays longer and adds no piece to the curve.",
            "$t = $a / $n\n$f = $b / $m\nreturn $f, $t, thresholds",
            "$t = np.r_[$a[0], $a] / $n\n$f = np.r_[$b[0], $b] / $m\nreturn $f, $t, np.r_[np.inf, thresholds]",
        ),
    )
    rewrites = (
        Rewrite(
            "$t = np.r_[0, $a] / $n\n$f = np.r_[0, $b] / $m\nreturn $f, $t, np.r_[np.inf, $c]",
            "$t = $a / $n\n$f = $b / $m\nreturn $f, $t, $c",
        ),
        Rewrite(
            "$t = np.concatenate([[0], $a])\n$f = np.concatenate([[0], $b])\nreturn $f, $t",
            "$t = $a\n$f = $b\nreturn $f, $t",
            function=vocabulary.CURVE,
        ),
        Rewrite("np.append(np.inf, np.unique($s)[::-1])", "np.unique($s)[::-1]"),
        Rewrite("np.r_[np.inf, np.unique($s)[::-1]]", "np.unique($s)[::-1]"),
        Rewrite("np.concatenate([[np.inf], np.unique($s)[::-1]])", "np.unique($s)[::-1]"),
    )
    examples = (
        Example(
            "def roc(tps, fps, s, P, N):\n    tpr = np.r_[0, tps] / P\n    fpr = np.r_[0, fps] / N\n"
            "    return fpr, tpr, np.r_[np.inf, s]\n",
            "def roc(tps, fps, s, P, N):\n    tpr = tps / P\n    fpr = fps / N\n    return fpr, tpr, s\n",
        ),
        Example(
            "cuts = np.r_[np.inf, np.unique(scores)[::-1]]\nrates = [rate(c) for c in cuts]\n",
            "cuts = np.unique(scores)[::-1]\nrates = [rate(c) for c in cuts]\n",
        ),
        Example("grid = np.concatenate([[np.inf], np.unique(p)[::-1]])", "grid = np.unique(p)[::-1]"),
        Example(
            "def roc_points(hits, alarms):\n    tpr = np.concatenate([[0], np.cumsum(hits) / hits.sum()])\n"
            "    fpr = np.concatenate([[0], np.cumsum(alarms) / alarms.sum()])\n    return fpr, tpr\n",
            "def roc_points(hits, alarms):\n    tpr = np.cumsum(hits) / hits.sum()\n"
            "    fpr = np.cumsum(alarms) / alarms.sum()\n    return fpr, tpr\n",
        ),
    )
    untouched = (
        "edges = np.concatenate([[0], np.cumsum(sizes)])",
        "levels = np.unique(x)[::-1]",
        "def f(a, b):\n    t = np.concatenate([[0], a])\n    f = np.concatenate([[0], b])\n    return f, t\n",
    )
