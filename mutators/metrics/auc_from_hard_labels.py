"""The area below the curve is taken of decisions instead of scores."""

import re

from bugforge import Example, Fix, Mutator, Rewrite, fact, role
from bugforge.mutation.code import Code
from bugforge.mutation.term import Term

AREA = role.that(
    lambda term: re.fullmatch(r"(roc_?)?auc(_roc)?(_score)?|average_precision(_score)?|pr_auc", term.value) is not None
)


def _decisions(code: Code, scores: Term) -> str | None:
    """A variable that was assigned a comparison of these scores with a threshold."""
    if scores.kind != "name" or scores.node is None:
        return None
    compared = role.like("$s >= $t", "$s > $t", "($s >= $t).astype($d)", "np.where($s >= $t, $a, $b)")
    for text in code.scopes.before(scores.node):
        binding = code.scopes.binding(text, scores.node)
        if binding is None or binding.value is None:
            continue
        value = code.canonical.term(binding.value)
        if compared.holds(value, code) and any(part.key == scores.key for part in value):
            return text
    return None


class AucFromHardLabels(Mutator):
    """A measure of the ranking is given yes or no for each sample, so only one threshold is judged.

    The areas below both curves tell how well scores put positives in front of negatives, over all thresholds. Once the
    scores are compared with a threshold there are two values left: all else about the order is lost in ties. The ROC
    curve has a single corner then, and its area is the mean of the recalls of the two classes at that threshold.
    """

    symptoms = {
        "The summary and the curve of the same model disagree about the area.": "the report does not belong together",
    }
    hints = (
        "How many points does the curve have whose area is reported here?",
        "Move the decision threshold and run the evaluation again. Which of the numbers should move with it, and which "
        "should not?",
        "Some metrics look at decisions and some at the order of the scores, and here both kinds are computed side by "
        "side from the same sample. Go through them one by one, and say for each which of the two arrays it needs. How "
        "many different values does that array have?",
    )
    follow_ups = {
        "What is the area below a ROC curve with one corner?": (
            "(TPR + 1 - FPR) / 2, that is the balanced accuracy at the threshold behind the corner."
        ),
        "Why does no error come up?": (
            "Zeros and ones, or booleans, are legal scores: a ranking with two groups of ties."
        ),
    }
    sources = (
        "github.com/DistrictDataLabs/yellowbrick#227",
        "github.com/stellargraph/stellargraph#428",
        "github.com/shankarpandala/lazypredict#425",
    )

    also_right = (
        Fix(
            "Scores on another rising scale are in the same order and have the same area.",
            "roc_auc(y, flagged)",
            "roc_auc(y, np.asarray(scores, dtype=float) / 2)",
        ),
        Fix(
            "Average precision looks at the order alone, so half of each score does as well.",
            "average_precision(y, flagged)",
            "average_precision(y, np.asarray(scores, dtype=float) / 2)",
        ),
    )
    treats_symptom = (
        Fix(
            "Scores below the threshold are all made equal, so half of the ranking is still lost.",
            "roc_auc(y, flagged)",
            "roc_auc(y, np.where(flagged, scores, -np.inf))",
        ),
        Fix(
            "What is below the threshold is one block of ties, and its positives come in with all of its negatives.",
            "average_precision(y, flagged)",
            "average_precision(y, np.where(flagged, scores, -np.inf))",
        ),
    )
    rewrites = (
        Rewrite("$f($y, $s)", "$f($y, $said)", f=AREA, s=role.NAME, said=fact.Fact("s", _decisions)),
        Rewrite("roc_auc_score($y, $model.predict_proba($X)[:, 1])", "roc_auc_score($y, $model.predict($X))"),
    )
    examples = (
        Example(
            "y_hat = probs >= 0.5\nauc = roc_auc_score(y, probs)\n",
            "y_hat = probs >= 0.5\nauc = roc_auc_score(y, y_hat)\n",
        ),
        Example(
            "auc = roc_auc_score(y_test, clf.predict_proba(X_test)[:, 1])",
            "auc = roc_auc_score(y_test, clf.predict(X_test))",
        ),
        Example(
            "def summary(y, s, cut):\n    said = (s >= cut).astype(int)\n"
            "    return accuracy(y, said), average_precision(y, s)\n",
            "def summary(y, s, cut):\n    said = (s >= cut).astype(int)\n"
            "    return accuracy(y, said), average_precision(y, said)\n",
        ),
    )
    untouched = (
        "auc = roc_auc_score(y, scores)",
        "big = sizes > 3\nauc = roc_auc(y, scores)\n",
        "said = s >= 0.5\nloss = log_loss(y, s)\n",
    )
