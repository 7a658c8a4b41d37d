"""Features and labels are put into different orders."""

from typing import Any

from bugforge import Example, Fix, Mutator, Rewrite, role

PAIR: dict[str, Any] = {"X": ~role.TARGET, "y": role.TARGET}


class ShuffleDesync(Mutator):
    """Rows are permuted one way and their labels another way, or not at all.

    For a model a row and its label belong together by position alone. After one order for X and another for y, each row
    carries the label of some other one, drawn at random. There is nothing left to learn but the class frequencies (a
    cross-entropy stays near their entropy), and all shapes and counts are as they should be.
    """

    symptoms = {
        "It learns next to nothing, on data that it used to learn.": (
            "score too low & rows are left out of batches, or doubled"
        ),
        "I looked a few customers up: the labels in the parts are not theirs.": "rows are lost, or in two parts",
    }
    hints = (
        "Give it labels that are easy to learn. Are they learned?",
        "Give row i the label i and look at both after the shuffling.",
        "How many permutations are drawn, and what is each of them applied to?",
    )
    follow_ups = {
        "Which test finds this on any data?": (
            "Let the label be a function of the row, such as its first column, and check that it still is afterwards."
        ),
        "Is calling rng.shuffle on X and then on y safe when the seed is set again in between?": (
            "It happens to work while both draw the same numbers, which depends on type and length. Permute indices "
            "once and apply them to both."
        ),
    }
    sources = ("github.com/DrexelChatbotGroup/DrexelChatbot#15",)

    also_right = (
        Fix(
            "np.take with one order for both keeps each label with its row.",
            "X, y = X[order], y[rng.permutation(len(y))]",
            "X, y = np.take(X, order, axis=0), np.take(y, order)",
        ),
        Fix(
            "take picks rows by position as iloc does; what counts is that both get the same order.",
            "X, y = X.iloc[order], y.iloc[rng.permutation(len(X))]",
            "X, y = X.take(order), y.take(order)",
        ),
    )
    treats_symptom = (
        Fix(
            "Labels that stay in the old order do not follow rows that move.",
            "X, y = X[order], y[rng.permutation(len(y))]",
            "X, y = X[order], y",
        ),
        Fix(
            "The inverse order is not the one the rows have gone through.",
            "X, y = X[order], y[rng.permutation(len(y))]",
            "X, y = X[order], y[np.argsort(order)]",
        ),
        Fix(
            "The right side is evaluated first: X.index is still unshuffled there, and so are the labels.",
            "X, y = X.iloc[order], y.iloc[rng.permutation(len(X))]",
            "X, y = X.iloc[order], y.loc[X.index]",
        ),
        Fix(
            "New row labels make both parts look aligned; the values are still those of other rows.",
            "X, y = X.iloc[order], y.iloc[rng.permutation(len(X))]",
            "X, y = X.iloc[order], y.iloc[rng.permutation(len(X))].set_axis(X.index[order])",
        ),
    )
    rewrites = (
        *(
            Rewrite(
                f"$order = $rng.permutation($n)\n$X, $y = $X{at}[$order], $y{at}[$order]",
                f"$order = $rng.permutation($n)\n$X, $y = $X{at}[$order], $y{at}[$rng.permutation($n)]",
                **PAIR,
            )
            for at in ("", ".iloc")
        ),
        *(
            Rewrite(
                f"$order = $rng.permutation($n)\nreturn $X{at}[$order], $y{at}[$order]",
                f"$order = $rng.permutation($n)\nreturn $X{at}[$order], $y{at}[$rng.permutation($n)]",
                **PAIR,
            )
            for at in ("", ".iloc")
        ),
        *(
            Rewrite(
                f"$order = $rng.permutation($n)\n...\n$X = $X{at}[$order]\n$y = $y{at}[$order]",
                f"$order = $rng.permutation($n)\n...\n$X = $X{at}[$order]",
                **PAIR,
            )
            for at in ("", ".iloc")
        ),
        Rewrite(
            "$rng.shuffle($order)\n$X = $X[$order]\n$y = $y[$order]", "$rng.shuffle($order)\n$X = $X[$order]", **PAIR
        ),
    )
    examples = (
        Example(
            "order = rng.permutation(len(y))\nX, y = X[order], y[order]\n",
            "order = rng.permutation(len(y))\nX, y = X[order], y[rng.permutation(len(y))]\n",
        ),
        Example(
            "def mix(X, y, rng):\n    p = rng.permutation(len(X))\n    return X[p], y[p]\n",
            "def mix(X, y, rng):\n    p = rng.permutation(len(X))\n    return X[p], y[rng.permutation(len(X))]\n",
        ),
        Example(
            "idx = rng.permutation(n)\nX = X[idx]\ny = y[idx]\n",
            "idx = rng.permutation(n)\nX = X[idx]\n",
        ),
        Example(
            "rng.shuffle(rows)\nX = X[rows]\ny = y[rows]\n",
            "rng.shuffle(rows)\nX = X[rows]\n",
        ),
    )
    untouched = (
        "order = np.argsort(t)\nX, y = X[order], y[order]\n",
        "order = rng.permutation(n)\nX = X[order]\n",
        "X, y = X[mask], y[mask]",
        "rows = rng.permutation(n)\nA, B = A[rows], B[rows]\n",
    )
