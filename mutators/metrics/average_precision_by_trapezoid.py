"""Points of the precision-recall curve are joined by straight lines."""

from bugforge import Example, Fix, Mutator, Rewrite, role

PRECISION = role.named("precision", "prec", "ppv")
RECALL = role.named("recall", "rec", "tpr")


class AveragePrecisionByTrapezoid(Mutator):
    """Precision is averaged between neighbouring points, as if a line between them could be reached.

    Average precision is a sum of steps: each gain in recall counts with the precision at its end. Between two points of
    a ROC curve a coin can choose, so lines are right there. Precision is a ratio whose denominator moves; the way from
    one point to the next is no straight line, and where precision falls the trapezoid is above what any threshold has.
    """

    symptoms = {
        "A score that is the same for everybody has a better average precision than the share of positives.": (
            "ties are counted wrongly"
        ),
        "Our average precision is not the one of the textbook on a handful of samples.": "a metric by hand is missed",
    }
    hints = (
        "Compute it for six samples by hand: one gain in recall after the other.",
        "Which value must come out when the score knows nothing and is equal for all samples? Which points does that "
        "curve have?",
        "Two kinds of sums live in this program, one for the area below a line and one that goes in steps. Read again "
        "which of them belongs to which curve. Then take two neighbouring points and ask with which precision the "
        "recall between them is really gained.",
    )
    follow_ups = {
        "How wrong can the lines be?": (
            "For constant scores they give (1 + share of positives) / 2 when the curve begins at precision 1, so with "
            "rare positives a useless score gets about one half."
        ),
        "What does the right interpolation between two points look like?": (
            "Davis and Goadrich interpolate the counts: true positives rise by ones, false positives in proportion, "
            "and precision follows as a ratio."
        ),
    }
    sources = ("github.com/ArcInstitute/cell-eval#208", "github.com/scikit-learn/scikit-learn#6065")

    also_right = (
        Fix(
            "A product of vectors adds up the same steps.",
            "return np.sum(np.diff(recall) * (precision[1:] + precision[:-1]) / 2)",
            "return np.diff(recall) @ precision[1:]",
        ),
        Fix(
            "The gain in recall, from a difference of the whole array, times the precision at its end is a step.",
            "$total += ($r[$i] - $r[$i - 1]) * ($p[$i] + $p[$i - 1]) / 2",
            "$total += $p[$i] * np.diff($r)[$i - 1]",
        ),
    )
    treats_symptom = (
        Fix(
            "The precision at the beginning of each step takes in a point where nothing has been found yet.",
            "return np.sum(np.diff(recall) * (precision[1:] + precision[:-1]) / 2)",
            "return np.sum(np.diff(recall) * precision[:-1])",
        ),
        Fix(
            "The smaller of both precisions is never too high, and too low where precision rises.",
            "$total += ($r[$i] - $r[$i - 1]) * ($p[$i] + $p[$i - 1]) / 2",
            "$total += ($r[$i] - $r[$i - 1]) * min($p[$i], $p[$i - 1])",
        ),
    )
    rewrites = (
        Rewrite(
            "np.sum(np.diff($r) * $p[1:])",
            "np.sum(np.diff($r) * ($p[1:] + $p[:-1]) / 2)",
            p=PRECISION,
            r=RECALL,
        ),
        Rewrite(
            "$total += ($r[$i] - $r[$i - 1]) * $p[$i]",
            "$total += ($r[$i] - $r[$i - 1]) * ($p[$i] + $p[$i - 1]) / 2",
            p=PRECISION,
            r=RECALL,
        ),
        Rewrite(
            "np.sum(($r[1:] - $r[:-1]) * $p[1:])",
            "np.sum(($r[1:] - $r[:-1]) * ($p[1:] + $p[:-1]) / 2)",
            p=PRECISION,
            r=RECALL,
        ),
    )
    examples = (
        Example(
            "ap = np.sum(np.diff(recall) * precision[1:])",
            "ap = np.sum(np.diff(recall) * (precision[1:] + precision[:-1]) / 2)",
        ),
        Example(
            "for k in range(1, n):\n    ap += (rec[k] - rec[k - 1]) * prec[k]\n",
            "for k in range(1, n):\n    ap += (rec[k] - rec[k - 1]) * (prec[k] + prec[k - 1]) / 2\n",
        ),
        Example(
            "score = np.sum((recalls[1:] - recalls[:-1]) * precisions[1:])",
            "score = np.sum((recalls[1:] - recalls[:-1]) * (precisions[1:] + precisions[:-1]) / 2)",
        ),
    )
    untouched = (
        "distance = np.sum(np.diff(time) * speed[1:])",
        "area = np.sum(np.diff(fpr) * (tpr[1:] + tpr[:-1]) / 2)",
        "ap = np.mean(precision[hits])",
    )
