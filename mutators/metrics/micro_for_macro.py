"""The classes are pooled where they should be averaged."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

HITS = role.has(role.named("tp", "true_positive", "true_pos", "hit", "correct", "diag", "diagonal", "intersection")) | (
    role.has(role.call("diag", "diagonal"))
)
CLASSES = ~role.exactly("k", "n")


class MicroForMacro(Mutator):
    """One ratio of sums takes the place of a mean of ratios, so large classes decide the metric.

    A macro average gives each class the same weight, whatever its size; that is what it is chosen for. The ratio of the
    summed counts weighs every class with its own denominator: its size, or how often it is predicted. For labels that
    exclude each other, and no empty class, it is the accuracy. With equal class sizes macro and micro recall are the
    same number.
    """

    symptoms = {
        "A rare class that is never recognised hardly lowers the macro average.": "average over classes is off",
    }
    hints = (
        "Score a model that is perfect on a class of 90 samples and always wrong on one of 10.",
        "Work it out by hand for two classes of unequal size: each class first, then the average.",
        "In which order come the division and the average over the classes?",
    )
    follow_ups = {
        "When is the micro average what you want?": (
            "When every decision counts the same, as in multi-label tagging. With one label a sample, micro "
            "precision, recall and F1 all equal the accuracy."
        ),
        "What can go wrong with the macro average?": (
            "A class with few samples has a noisy ratio that weighs as much as any, and a class without samples or "
            "predictions has a zero denominator."
        ),
    }
    sources = (
        "github.com/IGNF/myria3d#130",
        "github.com/google-research/runtime-error-prediction#36",
    )

    also_right = (
        Fix(
            "The ratios of the classes, added up and divided by the number of classes, are the macro average.",
            "np.sum($hits) / np.sum($n)",
            "np.sum($hits / $n) / n_classes",
        ),
    )
    treats_symptom = (
        Fix(
            "Ratios weighted by their own denominators add up to the same ratio of sums.",
            "np.sum($hits) / np.sum($n)",
            "np.average($hits / $n, weights=$n)",
        ),
        Fix(
            "The median gives no class more weight for its size, but does not see how bad the worst one is.",
            "np.sum($hits) / np.sum($n)",
            "np.median($hits / $n)",
        ),
    )
    rewrites = (
        Rewrite(
            "np.mean($hits / $n)",
            "np.sum($hits) / np.sum($n)",
            exact=True,
            function=vocabulary.PER_CLASS,
            hits=HITS,
            n=CLASSES,
        ),
        Rewrite(
            "($hits / $n).mean()",
            "$hits.sum() / $n.sum()",
            exact=True,
            function=vocabulary.PER_CLASS,
            hits=HITS,
            n=CLASSES,
        ),
        Rewrite(
            "$macro = np.mean($hits / $n)", "$macro = np.sum($hits) / np.sum($n)", exact=True, hits=HITS, n=CLASSES
        ),
        Rewrite("$macro = ($hits / $n).mean()", "$macro = $hits.sum() / $n.sum()", exact=True, hits=HITS, n=CLASSES),
        Rewrite(
            'precision_score($y, $p, average="macro", $*rest)',
            'precision_score($y, $p, average="micro", $*rest)',
        ),
        Rewrite(
            'recall_score($y, $p, average="macro", $*rest)',
            'recall_score($y, $p, average="micro", $*rest)',
        ),
        Rewrite(
            'f1_score($y, $p, average="macro", $*rest)',
            'f1_score($y, $p, average="micro", $*rest)',
        ),
    )
    examples = (
        Example("recall = (tp / (tp + fn)).mean()", "recall = tp.sum() / (tp + fn).sum()"),
        Example(
            "def macro_precision(cm):\n    return np.mean(np.diag(cm) / cm.sum(axis=0))\n",
            "def macro_precision(cm):\n    return np.sum(np.diag(cm)) / np.sum(cm.sum(axis=0))\n",
        ),
        Example(
            "def macro_f1(tp, fp, fn):\n    return (2 * tp / (2 * tp + fp + fn)).mean()\n",
            "def macro_f1(tp, fp, fn):\n    return (2 * tp).sum() / (2 * tp + fp + fn).sum()\n",
        ),
        Example(
            'from sklearn.metrics import f1_score\nf1 = f1_score(y, p, average="macro")',
            'from sklearn.metrics import f1_score\nf1 = f1_score(y, p, average="micro")',
        ),
    )
    untouched = (
        "rate = (clicks / views).mean()",
        "def precision_at_k(hits, k):\n    return np.mean(hits / k)\n",
        "accuracy = np.mean(y_pred == y_true)",
        "z = np.mean(x / scale)",
        "normalised = tp / tp.mean()",
    )
