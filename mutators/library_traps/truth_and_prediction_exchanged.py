"""The true labels are handed over as predictions, and the predictions as true labels."""

from collections.abc import Iterator
from itertools import chain

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, place, role, vocabulary

AT_MOST = 3  # places of one program
METRICS = (
    "precision_score recall_score fbeta_score precision_recall_fscore_support confusion_matrix classification_report "
    "r2_score explained_variance_score mean_absolute_percentage_error log_loss roc_auc_score average_precision_score "
    "roc_curve precision_recall_curve brier_score_loss top_k_accuracy_score ndcg_score"
).split()
GUESS = role.NAME & (role.PREDICTION | role.named("pre", "preds", "y_score", "hat", "guess"))
TRUTH = role.NAME & (role.TRUTH | role.named("gold", "true", "expected")) & ~GUESS


class TruthAndPredictionExchanged(Mutator):
    """Truth and prediction change places, and the metric answers the question from the other side.

    Both are arrays of one length and one type, so that no check of shapes can tell them apart. Accuracy and F1 do not
    mind, and precision becomes recall and recall precision. What has no order by itself needs one by agreement, and
    libraries do not all agree.
    """

    symptoms = {
        "The metric has the value that I expected of its counterpart.": "a metric by hand is missed",
    }
    hints = (
        "Make an example with three positives of which one is predicted, and nothing else predicted. Which value does "
        "each metric take?",
        "Which of these metrics stay as they are when truth and prediction are exchanged, and which do not?",
        "At each place where the two arrays are handed on together, read the signature of what receives them, and at "
        "each place where two arrays come back, see in which order. One hand-over turns the pair round, and nothing "
        "fails.",
    )
    follow_ups = {
        "Why do accuracy and F1 not find it?": (
            "They treat false positives and false negatives alike, so that exchanging the two changes nothing."
        ),
        "How do you keep it from happening?": (
            "Pass both by keyword, y_true=... and y_pred=..., or keep them together as columns of one table."
        ),
    }
    sources = (
        "github.com/CLOVEXCWZ/NER_DEMO#6",
        "github.com/voyazici/orderless-rnn-classification#5",
        "github.com/linfengYang/BitcnNILM#1",
    )

    also_right = (
        Fix(
            "If the pair is turned round where it comes back, it is in order again.",
            "y_true, y_pred = paired(y_pred, y_true)",
            "y_pred, y_true = paired(y_pred, y_true)",
        ),
    )
    treats_symptom = (
        Fix(
            "The mean of both orders is the same for either, and it is neither precision nor recall.",
            "y_true, y_pred = paired(y_pred, y_true)",
            "y_true, y_pred = paired(np.maximum(y_pred, y_true), np.minimum(y_pred, y_true))",
        ),
    )
    rewrites = (
        *(
            Rewrite(f"{metric}($truth, $guess, $*rest)", f"{metric}($guess, $truth, $*rest)", truth=TRUTH, guess=GUESS)
            for metric in METRICS
        ),
    )
    unpacked = (
        Rewrite("$truth, $guess = $f($truth, $guess)", "$truth, $guess = $f($guess, $truth)", truth=TRUTH, guess=GUESS),
    )
    examples = (
        Example(
            'r = recall_score(y_true, y_pred, average="macro")', 'r = recall_score(y_pred, y_true, average="macro")'
        ),
        Example("cm = confusion_matrix(labels, preds)", "cm = confusion_matrix(preds, labels)"),
        Example(
            "def recall(y_true, y_pred):\n    y_true, y_pred = checked(y_true, y_pred)\n"
            "    return (y_true & y_pred).sum() / y_true.sum()\n",
            "def recall(y_true, y_pred):\n    y_true, y_pred = checked(y_pred, y_true)\n"
            "    return (y_true & y_pred).sum() / y_true.sum()\n",
        ),
    )
    untouched = (
        "f = f1_score(y_true, y_pred)",
        "a = accuracy_score(y_true, y_pred)",
        "def accuracy(y_true, y_pred):\n    y_true, y_pred = checked(y_true, y_pred)\n"
        "    return (y_true == y_pred).mean()\n",
        "r = recall_score(y_true=y, y_pred=p)",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        own = place.function(vocabulary.PRECISION_OR_RECALL)
        helped = (c for r in self.unpacked for c in r.changes(code) if own.holds(code, c.node))
        defined = {function.name.value for function in code.program.functions}
        called = (c for c in super().mutate(code) if code.program.text(c.node).partition("(")[0] not in defined)
        found = list(chain(called, helped))
        yield from found[:AT_MOST]
