"""A resample is drawn, and the member is trained on the whole table."""

from bugforge import Example, Fix, Mutator, Rewrite, role

DRAWN = role.named(
    "bag", "boot", "bootstrap", "idx", "index", "indices", "rows", "sample", "resample", "drawn", "picked"
)
TARGET = role.TARGET & role.NAME


class ResampleDrawnNotUsed(Mutator):
    """The drawn rows are kept for later, but what is trained sees every row of the table.

    Members of an ensemble differ because each of them is trained on other rows. Trained on the table itself, they all
    learn the same, and averaging copies takes no variance away. Worse, the record of what was drawn goes on: whoever
    takes the rows outside a resample for unseen ones, to judge the member by them, judges it by rows that it knows.
    """

    symptoms = {
        "The forest is rated higher by its own estimate than it ever was.": "score too high",
    }
    hints = (
        "How much do two members of the ensemble differ, and what makes them?",
        "Give every row a label of its own. Which labels can a member know, and which ones does it tell?",
        "Compare two lists for one member: the rows that were drawn for it and the rows that reached its training. The "
        "first list exists, as the rest of the program relies on it. Follow it from the line where it is drawn, and "
        "see "
        "what is done with it before the training and what only after.",
    )
    follow_ups = {
        "Why do the predictions look fine?": (
            "A member trained on all rows is a good model by itself; what is missing is the gain of averaging many."
        ),
        "Why is the out-of-bag score so good?": "The rows outside a resample were trained on like all the others.",
    }
    sources = ("github.com/fullflu/pydtr#5",)

    also_right = (
        Fix(
            "take picks both the rows and their labels by the drawn numbers.",
            "$drawn = $draw\n$kept.append($f($X, $y, $*rest))\n...\n$all[$t] = $drawn",
            "$drawn = $draw\n$kept.append($f($X.take($drawn, axis=0), $y.take($drawn), $*rest))\n...\n"
            "$all[$t] = $drawn",
            drawn=DRAWN,
        ),
    )
    treats_symptom = (
        Fix(
            "Half of the rows for everybody makes the members no less alike.",
            "$kept.append($f($X, $y, $*rest))",
            "$kept.append($f($X[::2], $y[::2], $*rest))",
            y=TARGET,
        ),
    )
    rewrites = (Rewrite("$f($X[$drawn], $y[$drawn], $*rest)", "$f($X, $y, $*rest)", y=TARGET, drawn=DRAWN),)
    examples = (
        Example(
            "def fit(X, y, rng):\n    for t in range(9):\n        idx = rng.integers(0, len(y), size=len(y))\n"
            "        trees.append(Tree().fit(X[idx], y[idx]))\n        bags.append(idx)\n",
            "def fit(X, y, rng):\n    for t in range(9):\n        idx = rng.integers(0, len(y), size=len(y))\n"
            "        trees.append(Tree().fit(X, y))\n        bags.append(idx)\n",
        ),
        Example(
            "def bagged(X, y, bags):\n    fits = []\n    for bag in bags:\n"
            "        fits.append(grow(X[bag], y[bag], 3))\n"
            "    return fits, bags\n",
            "def bagged(X, y, bags):\n    fits = []\n    for bag in bags:\n        fits.append(grow(X, y, 3))\n"
            "    return fits, bags\n",
        ),
        Example(
            "def member(X, y, sample_idx):\n    return fit_tree(X[sample_idx], y[sample_idx]), sample_idx\n",
            "def member(X, y, sample_idx):\n    return fit_tree(X, y), sample_idx\n",
        ),
    )
    untouched = (
        "model.fit(X[train], y[train])",
        "step(X[batch], y[batch])",
        "plot(X[idx], X2[idx])",
    )
