"""The diagonal of the causal mask is one too far."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role, vocabulary

ONES = role.call("ones", "ones_like", "full", "tri")
SHIFT = role.that(lambda term: term.kind in ("binary", "chain", "name"))


class CausalMaskOffByOne(Mutator):
    """The border between what a position may see and what it may not is off by one.

    A position may see itself and all before it, and nothing behind it. One step too wide, each position sees the one
    that it is to predict, and a model that is trained so has only to copy it. One step too narrow, a position does not
    see itself, and the first one sees nothing at all.
    """

    symptoms = {
        "The mask of a short sequence, printed, is not the triangle that I have drawn on paper.": (
            "a mask by hand is missed"
        ),
        "Outputs at early positions change when I cut off later ones.": "changes with later rows",
    }
    hints = (
        "Print the mask of three positions. What may the first of them see, and what may the last?",
        "Which keys does each query see, counted from the first position? Write the numbers down for as many queries "
        "as keys, and again for fewer queries.",
        "Take the first query of a sequence by itself: which keys may it see? Then the last. Put these two rows of the "
        "mask side by side with the rows that this program makes, and work out how the border between True and False "
        "should move from one row to the next.",
    )
    follow_ups = {
        "How would you notice in training that a position sees its successor?": (
            "The loss falls far below what is plausible, since the answer is among the inputs, and what is generated "
            "step by step, where there is no successor yet, is useless."
        ),
        "Which test finds it whatever the implementation?": (
            "Change position t + 1 and compare the outputs up to t, then change t and see that the output at t moves."
        ),
    }
    sources = ("github.com/RVC-Boss/GPT-SoVITS#965", "github.com/PaddlePaddle/flash-attention#48")

    where = place.named(vocabulary.CAUSAL) | place.statement(vocabulary.CAUSAL)

    also_right = (
        Fix(
            "Everything above the diagonal, negated, is the triangle below it with the diagonal.",
            "np.tril($ones, k=$a - $b + 1)",
            "~np.triu($ones, k=$a - $b + 1)",
        ),
        Fix(
            "Counted from one instead of zero the end of the slice needs no addition.",
            "for $i in range($n):\n    $m[$i, : $offset + $i] = True",
            "for $i in range(1, $n + 1):\n    $m[$i - 1, : $offset + $i] = True",
        ),
    )
    treats_symptom = (
        Fix(
            "Without the shift the triangle is right only where there are as many queries as keys.",
            "np.tril($ones, k=$a - $b + 1)",
            "np.tril($ones)",
        ),
        Fix(
            "The first row is mended, and the others still end one key too early.",
            "$m[$i, : $offset + $i] = True",
            "$m[$i, : max($offset + $i, 1)] = True",
        ),
    )
    rewrites = (
        Rewrite("np.triu($ones, k=1)", "np.triu($ones, k=2)", ones=ONES),
        Rewrite("np.triu($ones, 1)", "np.triu($ones, 2)", ones=ONES),
        Rewrite("np.tril($ones)", "np.tril($ones, k=1)", ones=ONES),
        Rewrite("np.tril($ones, k=$a - $b)", "np.tril($ones, k=$a - $b + 1)", ones=ONES),
        Rewrite("$m[$i, : $a + $i + 1] = True", "$m[$i, : $a + $i] = True", i=role.NAME),
        Rewrite("$m[$i, : $i + 1] = True", "$m[$i, : $i] = True", i=role.NAME),
        Rewrite("np.arange($n)[:, None] >= np.arange($n)", "np.arange($n)[:, None] > np.arange($n)"),
    )
    examples = (
        Example(
            "def causal_mask(n):\n    return np.tril(np.ones((n, n), dtype=bool))\n",
            "def causal_mask(n):\n    return np.tril(np.ones((n, n), dtype=bool), k=1)\n",
        ),
        Example(
            "future = np.triu(np.ones((t, t)), k=1).astype(bool)",
            "future = np.triu(np.ones((t, t)), k=2).astype(bool)",
        ),
        Example(
            "def subsequent(n):\n    seen = np.zeros((n, n), dtype=bool)\n    for i in range(n):\n"
            "        seen[i, : i + 1] = True\n    return seen\n",
            "def subsequent(n):\n    seen = np.zeros((n, n), dtype=bool)\n    for i in range(n):\n"
            "        seen[i, : i] = True\n    return seen\n",
        ),
        Example(
            "causal = np.arange(n)[:, None] >= np.arange(n)",
            "causal = np.arange(n)[:, None] > np.arange(n)",
        ),
    )
    untouched = (
        "upper = np.triu(np.ones(corr.shape), k=1).astype(bool)",
        "L = np.tril(A)",
        "causal = np.triu(A, k=1)",
        "for i in range(n):\n    covered[i, : i + 1] = True\n",
    )
