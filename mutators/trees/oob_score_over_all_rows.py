"""Rows that no tree may judge are counted in the out-of-bag score."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

JUDGED = role.named("judged", "voted", "valid", "mask", "known", "covered", "has_vote", "seen", "counted")


class OobScoreOverAllRows(Mutator):
    """The share of right answers is taken over the whole table, though for some rows there is no answer.

    A row that is in every bag has no out-of-bag votes. Its row of votes is empty, the largest of nothing but zeros is
    the first, and it counts as a prediction of the first class: right for rows of that class, wrong for all others,
    and made by nobody. With many trees such rows die out; with few they pull the score to the share of one class.
    """

    symptoms = {
        "With few trees the out-of-bag score is not the share of right answers among the rows that got any.": (
            "the out-of-bag score is wrong"
        ),
    }
    hints = (
        "Compute the score of a forest of two trees by hand, and of one with many. Where do you differ?",
        "How many rows have been judged by somebody, and how many does the score divide by?",
        "Look for a row that is in the bag of each tree, as there is in any small forest, and follow it through the "
        "estimate: who votes on it, what its row of votes looks like, which class comes out, and whether that answer "
        "is one that the forest should be praised or blamed for.",
    )
    follow_ups = {
        "How large is the share of such rows in a forest of t trees?": (
            "About 0.63 to the power of t: 40 % for two trees, 1 % for ten, nothing one could see for fifty."
        ),
        "What does scikit-learn do about them?": (
            "It warns that some rows have no out-of-bag score, too few trees being used."
        ),
    }
    sources = ("github.com/imbs-hl/ranger#97", "github.com/aloysius-lim/bigrf#1")

    where = place.statement(vocabulary.OUT_OF_BAG) | place.named(vocabulary.OUT_OF_BAG)
    also_right = (
        Fix(
            "The comparison may be made for all rows, as long as only the judged ones are kept of it.",
            "$p.argmax(axis=1) == $y",
            "($p.argmax(axis=1) == $y)[$p.any(axis=1)]",
        ),
    )
    treats_symptom = (
        Fix(
            "Counted as wrong, they are still counted: the score sinks with the rows that nobody was asked about.",
            "$p.argmax(axis=1) == $y",
            "($p.argmax(axis=1) == $y) & $p.any(axis=1)",
        ),
    )
    rewrites = (
        Rewrite("$p[$judged].argmax(axis=1) == $y[$judged]", "$p.argmax(axis=1) == $y", judged=JUDGED, y=role.TARGET),
        Rewrite("$p[$judged] == $y[$judged]", "$p == $y", judged=JUDGED, y=role.TARGET, p=~role.CALL),
        Rewrite("accuracy_score($y[$judged], $p[$judged])", "accuracy_score($y, $p)", judged=JUDGED, y=role.TARGET),
    )
    examples = (
        Example(
            "self.oob_score_ = np.mean(votes[valid].argmax(axis=1) == y[valid])",
            "self.oob_score_ = np.mean(votes.argmax(axis=1) == y)",
        ),
        Example(
            "def oob_accuracy(pred, y, voted):\n    return np.mean(pred[voted] == y[voted]), voted.sum()\n",
            "def oob_accuracy(pred, y, voted):\n    return np.mean(pred == y), voted.sum()\n",
        ),
        Example(
            "oob = accuracy_score(y[mask], oob_pred[mask])",
            "oob = accuracy_score(y, oob_pred)",
        ),
    )
    untouched = (
        "score = np.mean(pred[mask] == y[mask])",
        "oob_rows = order[valid] == rank[valid]",
        "oob = np.mean(pred[bag] == y[bag])",
    )
