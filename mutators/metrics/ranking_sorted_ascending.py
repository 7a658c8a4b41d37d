"""Scores are ranked from the lowest to the highest."""

from bugforge import Example, Fix, Mutator, Rewrite, role

SCORES = role.named(
    "score", "proba", "prob", "relevance", "rating", "similarity", "sim", "gain", "logit", "y_score", "confidence"
) | role.like("$M @ $v")


class RankingSortedAscending(Mutator):
    """The order of a ranking is turned round, so what is cut off at the top are the worst entries.

    argsort counts upwards. Where a high score means good, the best stand at its end, and the first k of the order are
    what should have been last: the least likely classes, the least relevant documents. Nothing in types and shapes
    tells one end from the other.
    """

    symptoms = {
        "The list is in the wrong order: what should come last stands at the top.": "the ranking is another",
        "Worked out by hand, other entries are at the top, and the metric is another.": ("a metric by hand is missed"),
    }
    hints = (
        "Which entry comes first in the ranking, and what is its score?",
        "Rank three scores that you chose yourself, such as 0.1, 0.9 and 0.5, and read the order aloud.",
        "In which direction do the sorting functions of the library count, and at which end of their result do the "
        "lines that follow look for the best? The two must fit where large scores are good.",
    )
    follow_ups = {
        "How are ties kept in their order when a ranking is descending?": (
            "A stable sort of the negated scores keeps equal ones in the order they came; reversing a stable ascending "
            "sort turns ties round as well."
        ),
        "What does it take to rank scores where lower is better, such as distances?": (
            "Nothing but the plain ascending order. Say in the name which of the two a number is."
        ),
    }
    sources = ("github.com/bethgelab/foolbox#237", "github.com/dmlc/gluon-nlp#1481")

    also_right = (
        Fix(
            "The ascending order read backwards is descending, apart from the order of ties.",
            "np.argsort($s, axis=1)[:, :k]",
            "np.argsort($s, axis=1)[:, ::-1][:, :k]",
        ),
    )
    treats_symptom = (
        Fix(
            "The order of the first k among themselves is turned round, and they are still the worst.",
            "np.argsort($s, axis=1)[:, :k]",
            "np.argsort($s, axis=1)[:, :k][:, ::-1]",
        ),
    )
    rewrites = (
        Rewrite("np.argsort(-$s, $*how)", "np.argsort($s, $*how)", s=SCORES),
        Rewrite("np.argsort($s, $*how)[::-1]", "np.argsort($s, $*how)", s=SCORES),
        Rewrite("np.argsort($s, $*how)[-$k:]", "np.argsort($s, $*how)[:$k]", s=SCORES),
        Rewrite("np.argpartition(-$s, $*how)", "np.argpartition($s, $*how)", s=SCORES),
    )
    examples = (
        Example("order = np.argsort(-scores)", "order = np.argsort(scores)"),
        Example("top = np.argsort(proba, axis=1)[::-1]", "top = np.argsort(proba, axis=1)"),
        Example("best = np.argsort(relevance)[-k:]", "best = np.argsort(relevance)[:k]"),
        Example(
            "ranked = np.argsort(-user_ratings, kind='stable')[:k]",
            "ranked = np.argsort(user_ratings, kind='stable')[:k]",
        ),
    )
    untouched = (
        "near = np.argsort(distances)[:k]",
        "order = np.argsort(-eigenvalues)",
        "order = np.argsort(scores)",
        "ranks = np.argsort(np.argsort(p))",
    )
