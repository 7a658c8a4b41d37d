"""The ratio no longer minds a denominator of zero."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

TRUE_POSITIVES = role.has(role.named("tp", "true_positive", "true_pos", "hit"))
ZERO = role.number(0)


class MetricZeroDivision(Mutator):
    """A zero denominator is no longer a case of its own, and gives NaN or ends the program.

    Precision has no value when nothing was predicted positive, recall none without positives, and F1 none as the mean
    of two zeros or, in counts, without positives on either side; the convention is 0. Plain numbers raise
    ZeroDivisionError there, numpy scalars give NaN with a warning. The NaN then spreads through every mean, and a
    maximum may pick it as the best.
    """

    symptoms = {
        "Where a class does not occur, a metric comes out as NaN.": ("NaN & fails where a ratio has no denominator"),
        "Where a class does not occur there is a warning about an invalid value.": (
            "warns & fails where a ratio has no denominator"
        ),
    }
    hints = (
        "On which labels and predictions would you not know what to answer?",
        "Leave one class out of the predictions, then out of the labels, then out of both.",
        "For each division: can what it divides by be 0, and what is the result then?",
    )
    follow_ups = {
        "Is 0 the only sensible convention?": (
            "No: with neither positives nor predicted positives, 1 is defensible as well. scikit-learn leaves it to "
            "the argument zero_division and warns by default."
        ),
        "Would a small constant in the denominator do?": (
            "It avoids the NaN and changes every other value a little, so a perfect score is no longer exactly 1."
        ),
    }
    sources = (
        "github.com/adamewing/bamsurgeon#23",
        "github.com/scikit-learn-contrib/hiclass#133",
        "github.com/cheesama/DIET-pytorch#11",
    )

    where = place.named(vocabulary.RATIO_METRIC)
    also_right = (
        Fix(
            "Where the count below is 0 the one above is too, so dividing by 1 gives the 0 that is wanted.",
            "return $hits / $n",
            "return $hits / np.maximum($n, 1)",
            hits=TRUE_POSITIVES,
        ),
        Fix(
            "Without a hit both parts are 0, so it is enough to ask for one of them.",
            "return 2 * p * r / (p + r)",
            "return 2 * p * r / (p + r) if p > 0 else 0.0",
        ),
        Fix(
            "Classes without a count are left at the 0 that the result is filled with.",
            "return np.mean($hits / $n)",
            "return np.divide($hits, $n, out=np.zeros(n_classes), where=$n > 0).mean()",
        ),
    )
    treats_symptom = (
        Fix(
            "A perfect score for the empty case rewards a model that has found nothing.",
            "return $a / $n",
            "return $a / $n if $n > 0 else 1.0",
            n=~role.number() & ~role.PRODUCT,
        ),
        Fix(
            "The sum of two ratios is no count: it is often below 1, and a floor of 1 lowers the score.",
            "return 2 * p * r / (p + r)",
            "return 2 * p * r / max(p + r, 1)",
        ),
        Fix(
            "nanmean leaves the empty classes out of the mean, where each of them counts as 0.",
            "return np.mean($hits / $n)",
            "return np.nanmean($hits / $n)",
            n=~role.call("maximum"),
        ),
        Fix(
            "A 1 added to every count also changes the ratios that were right.",
            "return $a / $n",
            "return $a / ($n + 1)",
            a=TRUE_POSITIVES,
        ),
    )
    rewrites = (
        Rewrite("$a / $b if $b > 0 else $default", "$a / $b", default=ZERO),
        Rewrite("$a / $b if $b != 0 else $default", "$a / $b", default=ZERO),
        Rewrite("$a / $b if $b else $default", "$a / $b", default=ZERO),
        Rewrite("$default if $b == 0 else $a / $b", "$a / $b", default=ZERO),
        Rewrite("if $b == 0:\n    return $default\nreturn $a / $b", "return $a / $b", default=ZERO),
        Rewrite("if not $b:\n    return $default\nreturn $a / $b", "return $a / $b", default=ZERO),
        Rewrite("$a / np.maximum($b, 1)", "$a / $b"),
        Rewrite("$a / max($b, 1)", "$a / $b"),
        Rewrite("$a / ($b + $eps)", "$a / $b", a=TRUE_POSITIVES, eps=role.EPSILON),
        Rewrite(
            "$a / ($b + $eps + $*errors)",
            "$a / ($b + $*errors)",
            a=TRUE_POSITIVES,
            eps=role.EPSILON,
            errors=~role.EPSILON,
        ),
        Rewrite("np.divide($a, $b, out=$filled, where=$valid)", "np.divide($a, $b, out=$filled)", filled=role.NAME),
        Rewrite("np.divide($a, $b, out=$fresh, where=$valid)", "$a / $b", fresh=~role.NAME),
    )
    examples = (
        Example("precision = tp / (tp + fp) if tp + fp > 0 else 0.0", "precision = tp / (tp + fp)"),
        Example(
            "def f1(p, r):\n    if p + r == 0:\n        return 0.0\n    return 2 * p * r / (p + r)\n",
            "def f1(p, r):\n    return 2 * p * r / (p + r)\n",
        ),
        Example(
            "def macro_recall(counts):\n    return (np.diag(counts) / np.maximum(counts.sum(axis=1), 1)).mean()\n",
            "def macro_recall(counts):\n    return (np.diag(counts) / counts.sum(axis=1)).mean()\n",
        ),
        Example("recall = tp / (tp + fn + 1e-9)", "recall = tp / (tp + fn)"),
        Example(
            "precision = np.divide(tp, n, out=np.zeros(k), where=n > 0)",
            "precision = tp / n",
        ),
    )
    untouched = (
        "number2 = total / n if n > 0 else 0.0",
        "mean = total / n if n > 0 else 0.0",
        "scaled = x / (std + 1e-8)",
        "precision = tp / (tp + fp)",
        "weights = counts / np.maximum(counts.sum(), 1)",
    )
