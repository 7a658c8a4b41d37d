"""Out-of-bag votes are divided by the number of all trees, though only some of them voted."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, place, role, vocabulary

VOTES = role.named(
    "vote", "votes", "count", "tally", "total", "sum", "proba", "prob", "pred", "share", "shares", "hits"
)
SHARES = (
    role.like("$votes / np.maximum($voters, 1)", votes=VOTES),
    role.like("$votes / np.sum($votes, axis=1, keepdims=True)", votes=VOTES),
    role.like(
        "$votes / $voters", "$votes / $voters[:, None]", votes=VOTES, voters=role.named("voters", "n_votes", "voted")
    ),
)


class OobVotesOverAllTrees(Mutator):
    """The votes on a row are a share of the whole forest, of which most had no vote on it.

    Of a hundred trees about 37 have not seen a given row, and only they vote on it. Divided by a hundred, the shares of
    a row add up to about 0.37 and not to 1, a little more or less by chance. The class that leads is the same one, so
    the accuracy does not tell; everything that reads the shares as probabilities, a threshold, a log loss, a
    calibration curve, is wrong.
    """

    symptoms = {
        "The out-of-bag shares of a row do not add up to one, though each voter has one vote.": (
            "the out-of-bag score is wrong"
        ),
    }
    hints = (
        "Add up the shares of the classes for one row.",
        "How many votes are there on a row, and does every row get as many?",
        "Choose one row and count: the trees of the forest, the trees that have this row in their bag, and the trees "
        "that "
        "were asked about it. A share is a part of something; decide which of the three counts the votes on this row "
        "are "
        "a part of, and find what the program takes.",
    )
    follow_ups = {
        "Why does the out-of-bag accuracy not change?": (
            "All classes of a row are divided by the same number, so the largest share stays the largest."
        ),
        "Which rows have no share at all?": (
            "Those in every bag; with few trees there are some, and nobody may judge them."
        ),
    }
    sources = ("unverified",)

    where = place.function(vocabulary.OUT_OF_BAG)
    also_right = (
        Fix(
            "The votes on a row, added up over the classes, are as many as its voters.",
            "$votes / len($trees)",
            "$votes / np.maximum(np.sum($votes, axis=1, keepdims=True), 1)",
        ),
    )
    treats_symptom = (
        Fix(
            "A third of the trees is about right on average, and for hardly any row exact.",
            "$votes / len($trees)",
            "$votes / (len($trees) / 3)",
        ),
    )
    examples = (
        Example(
            "def oob_proba(trees, bags, X, k):\n    votes = np.zeros((len(X), k))\n"
            "    for tree, bag in zip(trees, bags):\n"
            "        cast(votes, tree, bag, X)\n    return votes / np.maximum(votes.sum(axis=1, keepdims=True), 1)\n",
            "def oob_proba(trees, bags, X, k):\n    votes = np.zeros((len(X), k))\n"
            "    for tree, bag in zip(trees, bags):\n"
            "        cast(votes, tree, bag, X)\n    return votes / len(trees)\n",
        ),
        Example(
            "def set_oob(self, X):\n    for t, tree in enumerate(self.trees):\n        rows = self.unseen[t]\n"
            "        votes[rows] += tree.predict_proba(X[rows])\n        voters[rows] += 1\n"
            "    self.oob = votes / voters[:, None]\n",
            "def set_oob(self, X):\n    for t, tree in enumerate(self.trees):\n        rows = self.unseen[t]\n"
            "        votes[rows] += tree.predict_proba(X[rows])\n        voters[rows] += 1\n"
            "    self.oob = votes / len(self.trees)\n",
        ),
        Example(
            "def out_of_bag(forest, X):\n    counts = np.zeros((len(X), 2))\n    for tree in forest:\n"
            "        counts += tree.votes(X)\n    return counts / counts.sum(axis=1, keepdims=True)\n",
            "def out_of_bag(forest, X):\n    counts = np.zeros((len(X), 2))\n    for tree in forest:\n"
            "        counts += tree.votes(X)\n    return counts / len(forest)\n",
        ),
    )
    untouched = (
        "def proba(trees, X):\n    for tree in trees:\n        votes += tree(X)\n"
        "    return votes / votes.sum(axis=1, keepdims=True)\n",
        "def oob(votes):\n    return votes / votes.sum(axis=1, keepdims=True)\n",
        "def oob_error(trees):\n    for tree in trees:\n        wrong += tree.wrong\n    return wrong / n_rows\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """A division by the votes, behind a loop over the members in which they were cast."""
        program = code.program
        for loop in (node for node in program.parents if isinstance(node, cst.For)):
            members = _members(code, loop)
            if members is None or not self.where.holds(code, loop):
                continue
            behind = program.siblings(loop)
            for statement in behind[behind.index(loop) + 1 :]:
                for node in program.parents:
                    if (
                        isinstance(node, cst.BinaryOperation)
                        and program.statement_of(node) is statement
                        and any(shares.test(code.canonical.term(node), code) for shares in SHARES)
                        and program.reads(node.left) & (program.writes(loop.body) | program.reads(loop.body))
                    ):
                        yield Change(node, (program.replace(node.right, f"len({members})"),))


def _members(code: Code, loop: cst.For) -> str | None:
    """What a loop runs over, where that has a length: the first table of a zip, or that of an enumerate."""
    over = loop.iter
    if isinstance(over, cst.Call) and code.program.text(over.func) in ("zip", "enumerate") and over.args:
        over = over.args[0].value
    return code.program.text(over) if code.scopes.is_variable(over) else None
