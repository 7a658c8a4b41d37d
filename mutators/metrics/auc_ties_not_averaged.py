"""Ties between a positive and a negative do not count half."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

TIES = role.named("tie", "tied", "equal", "draw")
HALF = role.number(0.5)


class AucTiesNotAveraged(Mutator):
    """Equal scores do not share the mean of their ranks, so a tie does not count as one half.

    The AUC is the chance that a positive scores above a negative, with half a point for a tie. In the rank form that
    half comes from giving equal scores the mean of their ranks. Ranks by position let the order of the rows decide; the
    lowest or highest rank for all shifts even ties within a class, so that the AUC may leave the range from 0 to 1.
    Scores without ties are not affected; trees, votes and rounded scores are.
    """

    symptoms = {
        "A score that is the same for everybody should have an AUC of one half. Ours has not.": (
            "ties are counted wrongly"
        ),
    }
    hints = (
        "Try scores with only two or three different values.",
        "Compute the AUC by hand for one positive and one negative with the same score.",
        "Which rank do three equal scores get that stand at the places 4, 5 and 6?",
    )
    follow_ups = {
        "Why is half a point right for a tie?": (
            "Ties could be broken by a coin. It also makes the value equal the area below the ROC curve, which crosses "
            "a block of ties on a straight line, and makes AUC(-s) = 1 - AUC(s)."
        ),
        "What does a ROC curve look like that ignores ties?": (
            "It goes one row at a time through a block of equal scores, as a staircase whose shape depends on the "
            "order of the rows."
        ),
    }
    sources = (
        "github.com/smartcorelib/smartcore#373",
        "github.com/JackStat/ModelMetrics#10",
        "github.com/ledell/cvAUC#6",
    )

    also_right = (
        Fix(
            "The mean of the first and the last rank that equal scores take is their average rank.",
            '$low = np.searchsorted($s, $x, side="left")\nreturn $low + 1',
            '$low = np.searchsorted($s, $x, side="left")\n'
            'return ($low + 1 + np.searchsorted($s, $x, side="right")) / 2',
        ),
        Fix(
            "Half the number of equal scores beside its own is what a rank gains from its ties.",
            '$low = np.searchsorted($s, $x, side="left")\nreturn $low + 1',
            '$low = np.searchsorted($s, $x, side="left")\nreturn $low + (np.sum($x[:, None] == $x, axis=1) + 1) / 2',
        ),
    )
    treats_symptom = (
        Fix(
            "The last rank for all equal scores is as one-sided as the first.",
            '$low = np.searchsorted($s, $x, side="left")\nreturn $low + 1',
            'return np.searchsorted($s, $x, side="right")',
        ),
        Fix(
            "Sorting twice gives distinct ranks, in which the order of the rows decides between equal scores.",
            '$s = np.sort($x)\n$low = np.searchsorted($s, $x, side="left")\nreturn $low + 1',
            "return np.argsort(np.argsort($x)) + 1",
        ),
    )
    rewrites = (
        Rewrite("($a > $b) + $half * ($a == $b)", "$a > $b", half=HALF),
        Rewrite("np.sum($a > $b) + $half * np.sum($a == $b)", "np.sum($a > $b)", half=HALF),
        Rewrite("np.mean($a > $b) + $half * np.mean($a == $b)", "np.mean($a > $b)", half=HALF),
        Rewrite(
            "if $a > $b:\n    $wins += 1\nelif $a == $b:\n    $wins += $half",
            "if $a > $b:\n    $wins += 1\nelif $a == $b:\n    $wins += 1",
            half=HALF,
        ),
        Rewrite("$wins + $half * $ties", "$wins + $ties", function=vocabulary.AUC, half=HALF, ties=TIES),
        Rewrite(
            '$low = np.searchsorted($s, $x, side="left")\n'
            '$high = np.searchsorted($s, $x, side="right")\n'
            "return ($low + $high + 1) / 2",
            '$low = np.searchsorted($s, $x, side="left")\nreturn $low + 1',
        ),
        Rewrite(
            '$low = np.searchsorted($s, $x, side="left")\n'
            '$high = np.searchsorted($s, $x, side="right")\n'
            "$ranks = ($low + $high + 1) / 2",
            '$low = np.searchsorted($s, $x, side="left")\n$ranks = $low + 1',
        ),
        Rewrite("rankdata($s)", 'rankdata($s, method="ordinal")', function=vocabulary.AUC),
        Rewrite('rankdata($s, method="average")', 'rankdata($s, method="ordinal")', function=vocabulary.AUC),
        Rewrite("$s.rank()", '$s.rank(method="first")', function=vocabulary.AUC),
        Rewrite('$s.rank(method="average")', '$s.rank(method="first")', function=vocabulary.AUC),
        Rewrite("np.cumsum($counts) - ($counts - 1) / 2", "np.cumsum($counts)"),
    )
    examples = (
        Example("auc = ((pos > neg) + 0.5 * (pos == neg)).mean()", "auc = (pos > neg).mean()"),
        Example(
            "def average_ranks(x):\n"
            "    s = np.sort(x)\n"
            '    low = np.searchsorted(s, x, side="left")\n'
            '    high = np.searchsorted(s, x, side="right")\n'
            "    return (low + high + 1) / 2\n",
            "def average_ranks(x):\n"
            "    s = np.sort(x)\n"
            '    low = np.searchsorted(s, x, side="left")\n'
            "    return low + 1\n",
        ),
        Example(
            "if p > n:\n    wins += 1\nelif p == n:\n    wins += 0.5\n",
            "if p > n:\n    wins += 1\nelif p == n:\n    wins += 1\n",
        ),
        Example(
            "from scipy.stats import rankdata\ndef auc(s):\n    return rankdata(s)\n",
            'from scipy.stats import rankdata\ndef auc(s):\n    return rankdata(s, method="ordinal")\n',
        ),
    )
    untouched = (
        "order = np.argsort(scores)",
        "standing = points.rank()",
        "mixed = a + 0.5 * b",
        'place = np.searchsorted(edges, x, side="right")',
    )
