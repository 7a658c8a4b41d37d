"""False positives and false negatives are exchanged."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

TRUE_POSITIVES = role.named("tp", "true_positive", "true_pos", "hit", "correct")
FALSE_POSITIVES = role.named("fp", "false_positive", "false_pos", "false_alarm")
FALSE_NEGATIVES = role.named("fn", "false_negative", "false_neg", "miss", "misse")
PREDICTED = role.named("y_pred", "y_hat", "yhat", "pred", "predicted", "prediction", "p")
TRUE = role.TARGET & ~role.PREDICTION | role.named("y_test", "actual")
COUNTS = role.named("counts", "confusion", "confusion_matrix", "cm", "matrix", "conf_mat", "conf")


class PrecisionRecallSwapped(Mutator):
    """Of precision and recall, one counts the errors of the other, so the metric under one name has the other's value.

    Precision divides the hits by all that was predicted positive, so its errors are the false alarms; recall divides
    them by all that is positive, so its errors are the misses. Each number is plausible by itself. If both are
    exchanged, F1, which is symmetric in them, stays right and hides it; if one alone is wrong, it equals the other one,
    and an F1 computed from the two equals them both. Accuracy does not know them.
    """

    symptoms = {
        "By hand I count another precision from the same predictions.": "precision by hand is missed",
        "By hand I count another recall from the same predictions.": "recall by hand is missed",
        "One of the metrics is not the number that I count by hand.": "a metric by hand is missed",
        "The macro average and the metric of each single class do not fit together.": ("average over classes is off"),
    }
    hints = (
        "Work out both metrics by hand for a class with 3 hits, 1 false alarm and 4 misses.",
        "Take a class that is predicted far too often. Which of its two metrics should be low, and which is?",
        "Say for each term of each denominator: which samples are these, by label and by prediction?",
    )
    follow_ups = {
        "Which tests miss it?": (
            "Those with as many false positives as false negatives, where the two are equal, those of accuracy, and, "
            "where both are exchanged, those of F1."
        ),
        "Which of the two would you watch for a spam filter, and which for a cancer screening?": (
            "Precision where a false alarm is costly (a lost mail), recall where a miss is (an overlooked tumour)."
        ),
    }
    sources = (
        "github.com/smartcorelib/smartcore#323",
        "github.com/orsic/swiftnet#11",
    )

    also_right = (
        Fix(
            "What was predicted positive and is not a hit is a false alarm.",
            "$fp = np.sum(($p == 0) & ($y == 1))",
            "$fp = np.sum($p == 1) - true_positives",
            fp=FALSE_POSITIVES,
        ),
        Fix(
            "The positives that are not among the hits are the misses.",
            "$fn = np.sum(($p == 1) & ($y == 0))",
            "$fn = np.sum($y == 1) - true_positives",
            fn=FALSE_NEGATIVES,
        ),
        Fix(
            "Labels and predictions that are passed to precision by name cannot change places.",
            "precision(y_pred, y_true)",
            "precision(y_true=y_true, y_pred=y_pred)",
        ),
        Fix(
            "By name the arguments of recall may stand in any order.",
            "recall(y_pred, y_true)",
            "recall(y_true=y_true, y_pred=y_pred)",
        ),
        Fix(
            "Counting the predicted labels themselves gives the denominator of each class.",
            "true_positives, predicted = $hits, np.sum(counts, axis=1)",
            "true_positives, predicted = $hits, np.bincount(y_pred, minlength=n_classes)",
        ),
        Fix(
            "The class sizes are the counts of the true labels, with or without the matrix.",
            "true_positives, actual = $hits, np.sum(counts, axis=0)",
            "true_positives, actual = $hits, np.bincount(y_true, minlength=n_classes)",
        ),
    )
    treats_symptom = (
        Fix(
            "With every wrong label counted, the misses are in the denominator along with the false alarms.",
            "$fp = np.sum(($p == 0) & ($y == 1))",
            "$fp = np.sum($p != $y)",
            fp=FALSE_POSITIVES,
        ),
        Fix(
            "All wrong labels together are more than the misses: false alarms do not belong to recall.",
            "$fn = np.sum(($p == 1) & ($y == 0))",
            "$fn = np.sum($p != $y)",
            fn=FALSE_NEGATIVES,
        ),
        Fix(
            "Precision itself is turned round to suit this one call of it, and wrong everywhere else.",
            "def precision(y_true, y_pred):\n    ...\n    $fp = np.sum((y_pred == 1) & (y_true == 0))\n    ...\n...\n"
            "def f1(y_true, y_pred):\n    ...\n    p, r = precision(y_pred, y_true), $recall\n    ...",
            "def precision(y_true, y_pred):\n    ...\n    $fp = np.sum((y_pred == 0) & (y_true == 1))\n    ...\n...\n"
            "def f1(y_true, y_pred):\n    ...\n    p, r = precision(y_pred, y_true), $recall\n    ...",
        ),
        Fix(
            "F1 comes out right with recall turned round, and recall by itself no longer does.",
            "def recall(y_true, y_pred):\n    ...\n    $fn = np.sum((y_pred == 0) & (y_true == 1))\n    ...\n...\n"
            "def f1(y_true, y_pred):\n    ...\n    p, r = $precision, recall(y_pred, y_true)\n    ...",
            "def recall(y_true, y_pred):\n    ...\n    $fn = np.sum((y_pred == 1) & (y_true == 0))\n    ...\n...\n"
            "def f1(y_true, y_pred):\n    ...\n    p, r = $precision, recall(y_pred, y_true)\n    ...",
        ),
        Fix(
            "Transposing the matrix mends the macro precision and breaks the matrix and the macro recall.",
            "def confusion_matrix(y_true, y_pred, n_classes):\n    ...\n"
            "    np.add.at(counts, (y_true, y_pred), 1)\n    ...\n"
            "...\n"
            "def macro_precision(y_true, y_pred, n_classes):\n    ...\n"
            "    $hits, $n = $diagonal, np.sum(counts, axis=1)\n    ...",
            "def confusion_matrix(y_true, y_pred, n_classes):\n    ...\n"
            "    np.add.at(counts, (y_pred, y_true), 1)\n    ...\n"
            "...\n"
            "def macro_precision(y_true, y_pred, n_classes):\n    ...\n"
            "    $hits, $n = $diagonal, np.sum(counts, axis=1)\n    ...",
        ),
        Fix(
            "A transposed matrix suits the macro recall as it is now, and neither its readers nor macro precision.",
            "def confusion_matrix(y_true, y_pred, n_classes):\n    ...\n"
            "    np.add.at(counts, (y_true, y_pred), 1)\n    ...\n"
            "...\n"
            "def macro_recall(y_true, y_pred, n_classes):\n    ...\n"
            "    $hits, $n = $diagonal, np.sum(counts, axis=0)\n    ...",
            "def confusion_matrix(y_true, y_pred, n_classes):\n    ...\n"
            "    np.add.at(counts, (y_pred, y_true), 1)\n    ...\n"
            "...\n"
            "def macro_recall(y_true, y_pred, n_classes):\n    ...\n"
            "    $hits, $n = $diagonal, np.sum(counts, axis=0)\n    ...",
        ),
        Fix(
            "The report is right with precision turned round; precision by itself and F1 are not.",
            "def precision(y_true, y_pred):\n    ...\n    $wrong = np.sum((y_pred == 1) & (y_true == 0))\n"
            "    ...\n...\n"
            "def binary_report(y_true, proba):\n    ...\n"
            '    return {"accuracy": $a, "precision": precision(y_pred, y_true), "recall": $r, "f1": $f, '
            '"log_loss": $l, "roc_auc": $u}',
            "def precision(y_true, y_pred):\n    ...\n    $wrong = np.sum((y_pred == 0) & (y_true == 1))\n"
            "    ...\n...\n"
            "def binary_report(y_true, proba):\n    ...\n"
            '    return {"accuracy": $a, "precision": precision(y_pred, y_true), "recall": $r, "f1": $f, '
            '"log_loss": $l, "roc_auc": $u}',
        ),
        Fix(
            "Recall computes the precision for all its other callers now, F1 among them.",
            "def recall(y_true, y_pred):\n    ...\n    $wrong = np.sum((y_pred == 0) & (y_true == 1))\n    ...\n...\n"
            "def binary_report(y_true, proba):\n    ...\n"
            '    return {"accuracy": $a, "precision": $p, "recall": recall(y_pred, y_true), "f1": $f, '
            '"log_loss": $l, "roc_auc": $u}',
            "def recall(y_true, y_pred):\n    ...\n    $wrong = np.sum((y_pred == 1) & (y_true == 0))\n    ...\n...\n"
            "def binary_report(y_true, proba):\n    ...\n"
            '    return {"accuracy": $a, "precision": $p, "recall": recall(y_pred, y_true), "f1": $f, '
            '"log_loss": $l, "roc_auc": $u}',
        ),
    )
    rewrites = (
        Rewrite("($p == 1) & ($y == 0)", "($p == 0) & ($y == 1)", p=PREDICTED, y=TRUE),
        Rewrite("($p == 0) & ($y == 1)", "($p == 1) & ($y == 0)", p=PREDICTED, y=TRUE),
        Rewrite("($y == 0) & ($p == 1)", "($y == 1) & ($p == 0)", p=PREDICTED, y=TRUE),
        Rewrite("($y == 1) & ($p == 0)", "($y == 0) & ($p == 1)", p=PREDICTED, y=TRUE),
        Rewrite("($p == $c) & ($y != $c)", "($p != $c) & ($y == $c)", p=PREDICTED, y=TRUE),
        Rewrite("($p != $c) & ($y == $c)", "($p == $c) & ($y != $c)", p=PREDICTED, y=TRUE),
        Rewrite(
            "$precision = $tp / ($tp + $fp)\n...\n$recall = $tp / ($tp + $fn)",
            "$precision = $tp / ($tp + $fn)\n...\n$recall = $tp / ($tp + $fp)",
            tp=TRUE_POSITIVES,
            fp=FALSE_POSITIVES,
            fn=FALSE_NEGATIVES,
        ),
        Rewrite(
            "np.sum($counts, axis=0)", "np.sum($counts, axis=1)", function=vocabulary.PRECISION_OR_RECALL, counts=COUNTS
        ),
        Rewrite(
            "np.sum($counts, axis=1)", "np.sum($counts, axis=0)", function=vocabulary.PRECISION_OR_RECALL, counts=COUNTS
        ),
        Rewrite("precision($y, $p)", "precision($p, $y)", y=TRUE, p=PREDICTED),
        Rewrite("recall($y, $p)", "recall($p, $y)", y=TRUE, p=PREDICTED),
        Rewrite(
            "precision_score($y, $p, $*rest)",
            "precision_score($p, $y, $*rest)",
            y=TRUE,
            p=PREDICTED,
        ),
        Rewrite(
            "recall_score($y, $p, $*rest)",
            "recall_score($p, $y, $*rest)",
            y=TRUE,
            p=PREDICTED,
        ),
    )
    examples = (
        Example("fp = np.sum((y_pred == 1) & (y_true == 0))", "fp = np.sum((y_pred == 0) & (y_true == 1))"),
        Example(
            "precision = tp / (tp + fp)\nrecall = tp / (tp + fn)",
            "precision = tp / (tp + fn)\nrecall = tp / (tp + fp)",
        ),
        Example(
            "def macro_recall(cm):\n    return (np.diag(cm) / cm.sum(axis=1)).mean()\n",
            "def macro_recall(cm):\n    return (np.diag(cm) / cm.sum(axis=0)).mean()\n",
        ),
        Example(
            "from sklearn.metrics import precision_score\np = precision_score(y_test, y_pred, zero_division=0)",
            "from sklearn.metrics import precision_score\np = precision_score(y_pred, y_test, zero_division=0)",
        ),
        Example("fn = ((y_pred != c) & (y_true == c)).sum()", "fn = ((y_pred == c) & (y_true != c)).sum()"),
    )
    untouched = (
        "tp = np.sum((y_pred == 1) & (y_true == 1))",
        "f1 = 2 * tp / (2 * tp + fp + fn)",
        "precision = tp / (tp + fp + tn)\nrecall = tp / (tp + fn)",
        "recall = tp / (tp + fn)\niou = tp / (tp + fp + fn)",
        "support = cm.sum(axis=1)",
        "corner = (a == 1) & (b == 0)",
    )
