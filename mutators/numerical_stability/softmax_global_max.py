"""One maximum of the whole batch is subtracted from every row."""

from bugforge import Example, Fix, Mutator, Rewrite

OF_EACH_ROW = ("np.max($z, axis=$a, $*how)", "np.max($z, axis=$a)[:, None]", "np.max($z, axis=$a)[:, np.newaxis]")
LOG_OF_SUM = "np.log(np.sum(np.exp({}), $*by))"
USES_OF_MAXIMUM = (
    "$e = np.exp($z - $m)\nreturn $e / np.sum($e, $*by)",
    f"return $m + {LOG_OF_SUM.format('$z - $m')}",
    f"$lse = $m + {LOG_OF_SUM.format('$z - $m')}",
)
USES_OF_SHIFTED = (
    "$e = np.exp($s)",
    "return np.exp($s) / np.sum(np.exp($s), $*by)",
    f"return $s - {LOG_OF_SUM.format('$s')}",
)


class SoftmaxGlobalMax(Mutator):
    """The scores are shifted by the maximum of the whole batch, so rows far below it underflow to all zeros.

    Any constant may be subtracted from a row of scores before exp, and one for the whole batch is a constant too:
    nothing overflows, and the result is exact as long as all rows live on about the same level. But what keeps exp from
    underflowing is a shift by the row's own maximum. A row whose best score lies 746 or more below the best score of
    the batch becomes all zeros, its sum is 0, and its probabilities are NaN; in a log-sum-exp the same row gives -inf.
    Whether a row is computed rightly now depends on what else is in the batch.
    """

    symptoms = {
        "Of two rows in one batch the one with small logits comes back as NaN or infinite; by itself it is right.": (
            "NaN & fails at large logits"
        ),
        "Numbers of ordinary size come out right. Rows of very different size in one batch do not.": (
            "warns & only at an edge case & fails at large logits"
        ),
    }
    hints = (
        "Does the failing sample fail in every batch, or only in some company?",
        "Put a row with scores near 0 and one with scores near 1000 into a batch of two. Which of them breaks?",
        "After the shift the largest exponent of every row should be 0. Is it?",
    )
    follow_ups = {
        "Why does a test of shift invariance not find this?": (
            "Adding the same constant to all scores moves the maximum of the batch along with them. Only rows on "
            "different levels tell the two apart."
        ),
        "Which general property of a function of a batch does it break?": (
            "That rows are independent: the result for row i must be the result for row i alone. Comparing a batch "
            "with its rows one by one tests for it, with rows of mixed scale."
        ),
    }
    sources = ()

    also_right = (
        Fix(
            "The log-sum-exp of each row is a shift of its own for that row, just like its maximum.",
            "np.exp($z - np.max($z))",
            "np.exp($z - np.logaddexp.reduce($z, axis=-1, keepdims=True))",
        ),
        Fix(
            "A new axis after the maximum of each row gives the column that keepdims would have kept.",
            "$e = np.exp($z - np.max($z))",
            "$e = np.exp($z - np.max($z, axis=-1)[..., None])",
        ),
        Fix(
            "Indexing with None turns the vector of the rows' maxima into a column.",
            "$m = np.max($z)\nreturn $m + $log",
            "$m = np.max($z, axis=1)[:, None]\nreturn $m + $log",
        ),
        Fix(
            "numpy has the whole function for pairs, and its reduction over the classes is stable for each row.",
            "$m = np.max($z)\nreturn $m + $log",
            "return np.logaddexp.reduce($z, axis=1, keepdims=True)",
        ),
    )
    treats_symptom = (
        Fix(
            "A tiny number in the denominator turns 0 / 0 into 0, so the row no longer sums to 1.",
            "$e = np.exp($z - np.max($z))\nreturn $e / $sum",
            "$e = np.exp($z - np.max($z))\nreturn $e / ($sum + 1e-12)",
        ),
        Fix(
            "The maxima of the columns shift the scores within a row by unequal amounts, which do not cancel.",
            "$e = np.exp($z - np.max($z))",
            "$e = np.exp($z - np.max($z, axis=0))",
        ),
        Fix(
            "A tiny number under the logarithm hides the -inf and gives every such row the same wrong value.",
            "$m = np.max($z)\nreturn $m + np.log($sum)",
            "$m = np.max($z)\nreturn $m + np.log($sum + 1e-300)",
        ),
    )
    rewrites = (
        *(Rewrite(f"np.exp($z - {maximum})", "np.exp($z - np.max($z))") for maximum in OF_EACH_ROW),
        *(
            Rewrite(f"$m = {maximum}\n{use}", f"$m = np.max($z)\n{use}")
            for maximum in OF_EACH_ROW
            for use in USES_OF_MAXIMUM
        ),
        *(
            Rewrite(f"$s = $z - {maximum}\n{use}", f"$s = $z - np.max($z)\n{use}")
            for maximum in OF_EACH_ROW
            for use in USES_OF_SHIFTED
        ),
        *(Rewrite(f"$z -= {maximum}\n$e = np.exp($z)", "$z -= np.max($z)\n$e = np.exp($z)") for maximum in OF_EACH_ROW),
    )
    examples = (
        Example(
            "def softmax(Z):\n    E = np.exp(Z - np.max(Z, axis=1, keepdims=True))\n"
            "    return E / E.sum(axis=1, keepdims=True)\n",
            "def softmax(Z):\n    E = np.exp(Z - np.max(Z))\n    return E / E.sum(axis=1, keepdims=True)\n",
        ),
        Example(
            "powers = np.exp(logits - logits.max(axis=-1, keepdims=True))", "powers = np.exp(logits - np.max(logits))"
        ),
        Example("e = np.exp(z - z.max(axis=1)[:, None])", "e = np.exp(z - np.max(z))"),
        Example(
            "def lse(a):\n    m = a.max(axis=1, keepdims=True)\n"
            "    return m + np.log(np.exp(a - m).sum(axis=1, keepdims=True))\n",
            "def lse(a):\n    m = np.max(a)\n    return m + np.log(np.exp(a - m).sum(axis=1, keepdims=True))\n",
        ),
        Example(
            "shifted = z - z.max(axis=1, keepdims=True)\nexps = np.exp(shifted)\n",
            "shifted = z - np.max(z)\nexps = np.exp(shifted)\n",
        ),
        Example(
            "logits -= np.max(logits, axis=1, keepdims=True)\np = np.exp(logits)\n",
            "logits -= np.max(logits)\np = np.exp(logits)\n",
        ),
    )
    untouched = (
        "E = np.exp(Z - Z.max())",
        "e = np.exp(row - max(row))",
        "span = X.max(axis=0) - X.min(axis=0)",
        "scaled = X / np.max(X, axis=1, keepdims=True)",
        "gap = z - z.max(axis=1, keepdims=True)",
    )
