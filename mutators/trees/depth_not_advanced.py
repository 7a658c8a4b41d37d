"""A child is told the depth of its parent."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role

DEPTH = role.exactly("depth", "level", "current_depth", "node_depth")


class DepthNotAdvanced(Mutator):
    """The depth is handed on as it is to a child, so the limit on it is reached too late or never there.

    A recursion that counts must count on every way down. If one of the calls passes on the number that it was given,
    the nodes of that side believe to be higher up than they are: the tree may grow beyond its limit on one side, and
    the depth that is told of it is that of the other.
    """

    symptoms = {
        "The tree grows deeper than it was allowed to.": "the tree grows otherwise",
        "With a limit on the depth the leaves tell other classes than they should.": "leaves predict otherwise",
    }
    hints = (
        "Limit the depth to two and count how many splits the longest way down really has.",
        "Draw the tree with the number that each node is told. Which number is the wrong one?",
        "Follow a single row down the tree and note at every node which depth it believes to have. Do so once for a "
        "row that always goes to one side and once for a row that always goes to the other, and compare both with the "
        "limit that was asked for.",
    )
    follow_ups = {
        "Why do trees without a limit not show it?": (
            "Nobody asks for the depth there: the nodes stop when they are pure."
        ),
        "What else has to be handed down unchanged, and what changed?": (
            "The limits are the same for all nodes; rows, labels and depth are the child's own."
        ),
    }
    sources = ("unverified",)

    where = place.CALLS_ITSELF
    also_right = (
        Fix(
            "One more than the depth is the same in either order.",
            "self._grow(X[~left], y[~left], depth)",
            "self._grow(X[~left], y[~left], 1 + depth)",
        ),
    )
    treats_symptom = (
        Fix(
            "A stricter limit for all nodes cuts the other side short as well.",
            "depth != self.max_depth",
            "depth + 1 != self.max_depth",
        ),
    )
    rewrites = (Rewrite("$depth + 1", "$depth", depth=DEPTH),)
    examples = (
        Example(
            "def grow(X, y, depth):\n    return Node(grow(X[l], y[l], depth + 1), grow(X[r], y[r], depth=depth + 1))\n",
            "def grow(X, y, depth):\n    return Node(grow(X[l], y[l], depth), grow(X[r], y[r], depth=depth + 1))\n",
        ),
        Example(
            "def build(rows, level):\n    left = build(rows[0], level + 1)\n    return left, stop(rows[1], level)\n",
            "def build(rows, level):\n    left = build(rows[0], level)\n    return left, stop(rows[1], level)\n",
        ),
        Example(
            "class Tree:\n    def _split(self, data, depth):\n        return self._split(data[1:], depth + 1)\n",
            "class Tree:\n    def _split(self, data, depth):\n        return self._split(data[1:], depth)\n",
        ),
    )
    untouched = (
        "layers = depth + 1",
        "def grow(depth):\n    return depth + 1\n",
        "def f(x, k):\n    return f(x, k + 1)\n",
    )
