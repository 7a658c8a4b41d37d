"""Rows and columns of the confusion matrix are exchanged."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

PREDICTED = role.named("y_pred", "y_hat", "yhat", "pred", "predicted", "prediction", "p")
TRUE = role.TARGET & ~role.PREDICTION | role.named("y_test", "actual")
# what is computed from a matrix and its transpose alike


class ConfusionMatrixTransposed(Mutator):
    """The matrix counts by prediction and label instead of by label and prediction.

    Whoever reads it expects true classes in the rows and predicted ones in the columns. Transposed, the total and the
    diagonal are right, so accuracy and F1 are too; but row sums are no longer class sizes, every confusion has its
    direction reversed, and recall computed along the rows is precision.
    """

    symptoms = {
        "False alarms turn up in our table where the misses should be.": "a metric by hand is missed",
        "Macro precision and macro recall look as if one had been taken for the other.": (
            "average over classes is off"
        ),
    }
    hints = (
        "Count three samples by hand, of which one is confused, and compare all entries.",
        "What should the entries of one row add up to, and what do they add up to?",
        "Of the two arrays that say where to count, which one selects the row?",
    )
    follow_ups = {
        "Which metrics cannot tell a matrix from its transpose?": (
            "Accuracy, F1, Cohen's kappa and the Matthews correlation are symmetric in labels and predictions."
        ),
        "Why np.add.at and not matrix[y, p] += 1?": (
            "With index arrays the latter adds 1 only once for indices that occur several times, because the sums are "
            "computed before any is stored."
        ),
    }
    sources = (
        "github.com/nkarasiak/dzetsaka#53",
        "github.com/deepcam-cn/yolov5-face#297",
        "github.com/deepchecks/deepchecks#974",
    )

    also_right = (
        Fix(
            "One number for each pair, counted and folded into a square, has the true classes in its rows.",
            "np.add.at(counts, (y_pred, y_true), 1)",
            "counts += np.bincount(n_classes * y_true + y_pred, minlength=n_classes**2).reshape(n_classes, n_classes)",
        ),
        Fix(
            "Transposing what comes of the exchanged arguments gives the matrix with true classes in its rows.",
            "counts = confusion_matrix(y_pred, y_true, n_classes)",
            "counts = confusion_matrix(y_pred, y_true, n_classes).T",
        ),
    )
    treats_symptom = (
        Fix(
            "The macro metrics come out right; whoever else reads the matrix still has it transposed.",
            "def confusion_matrix(y_true, y_pred, n_classes):\n    ...\n"
            "    np.add.at(counts, (y_pred, y_true), 1)\n    ...\n"
            "...\n"
            "def macro_precision(y_true, y_pred, n_classes):\n    ...\n"
            "    $hits, $n = $diagonal, np.sum(counts, axis=0)\n    ...\n"
            "...\n"
            "def macro_recall(y_true, y_pred, n_classes):\n    ...\n"
            "    $of, $m = $of_rows, np.sum(counts, axis=1)\n    ...",
            "def confusion_matrix(y_true, y_pred, n_classes):\n    ...\n"
            "    np.add.at(counts, (y_pred, y_true), 1)\n    ...\n"
            "...\n"
            "def macro_precision(y_true, y_pred, n_classes):\n    ...\n"
            "    $hits, $n = $diagonal, np.sum(counts, axis=1)\n    ...\n"
            "...\n"
            "def macro_recall(y_true, y_pred, n_classes):\n    ...\n"
            "    $of, $m = $of_rows, np.sum(counts, axis=0)\n    ...",
        ),
        Fix(
            "Turning the matrix itself round mends this metric and breaks every other reader of the matrix.",
            "np.add.at(counts, (y_true, y_pred), 1)",
            "np.add.at(counts, (y_pred, y_true), 1)",
        ),
    )
    rewrites = (
        Rewrite("np.add.at($matrix, ($y, $p), $one)", "np.add.at($matrix, ($p, $y), $one)", y=TRUE, p=PREDICTED),
        Rewrite("$matrix[$y, $p] += $one", "$matrix[$p, $y] += $one", y=TRUE, p=PREDICTED),
        Rewrite("$matrix[$y][$p] += $one", "$matrix[$p][$y] += $one", y=TRUE, p=PREDICTED),
        Rewrite("np.bincount($k * $y + $p, $*rest)", "np.bincount($k * $p + $y, $*rest)", y=TRUE, p=PREDICTED),
        Rewrite("pd.crosstab($y, $p, $*rest)", "pd.crosstab($p, $y, $*rest)", y=TRUE, p=PREDICTED),
        Rewrite(
            "confusion_matrix($y, $p, $*rest)",
            "confusion_matrix($p, $y, $*rest)",
            function=vocabulary.ASYMMETRIC_METRIC,
            y=TRUE,
            p=PREDICTED,
        ),
    )
    examples = (
        Example("np.add.at(counts, (y_true, y_pred), 1)", "np.add.at(counts, (y_pred, y_true), 1)"),
        Example(
            "for t, p in zip(y_true, y_pred):\n    matrix[t, p] += 1\n",
            "for t, p in zip(y_true, y_pred):\n    matrix[p, t] += 1\n",
        ),
        Example("matrix[actual][predicted] += 1", "matrix[predicted][actual] += 1"),
        Example(
            "cm = np.bincount(k * y_true + y_pred, minlength=k * k).reshape(k, k)",
            "cm = np.bincount(k * y_pred + y_true, minlength=k * k).reshape(k, k)",
        ),
        Example(
            "cm = confusion_matrix(y_test, y_pred, labels=[0, 1])",
            "cm = confusion_matrix(y_pred, y_test, labels=[0, 1])",
        ),
    )
    untouched = (
        "p = proba[np.arange(n), y]",
        "counts[i, j] += 1",
        "def macro_f1(y_true, y_pred, k):\n    return f1_of(confusion_matrix(y_true, y_pred, k))\n",
        "transitions[state, next_state] += 1",
    )
