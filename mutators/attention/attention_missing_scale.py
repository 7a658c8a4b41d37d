"""The scores are not divided by the root of the keys' width."""

from bugforge import Example, Fix, Mutator, Rewrite
from bugforge.mutation import attention

ROOTS = (
    "{} / np.sqrt($d)",
    "{} / math.sqrt($d)",
    "{} / $d ** 0.5",
    "{} * $d ** -0.5",
    "{} * (1 / np.sqrt($d))",
    "{} * (1 / math.sqrt($d))",
)


class AttentionMissingScale(Mutator):
    """The products of queries and keys go into the softmax as they are, and grow with the width.

    A dot product of d independent terms of unit variance has a standard deviation of sqrt(d). Divided by that root the
    scores of wide heads are like those of narrow ones. Undivided they spread out, the softmax puts nearly all of its
    weight on one key, and where it is that sure its gradient is nearly 0.
    """

    symptoms = {
        "The order of the weights is right, but they are far more peaked than those of my sheet of paper.": (
            "attention by hand is missed"
        ),
    }
    hints = (
        "Draw queries and keys at random and raise their width from 4 to 400. What happens to the largest weight?",
        "What is the standard deviation of a sum of d products of independent numbers with unit variance? Compare it "
        "with that of the scores here.",
        "The formula for the weights has three parts: the products of queries and keys, a constant that depends on the "
        "width of a key alone, and the softmax. Name the line that belongs to each of them, everywhere in the program "
        "where weights are computed, and see which part has no line.",
    )
    follow_ups = {
        "Why the root, and not the width itself?": (
            "Variances add up, so the spread of the sum grows with the root. Divided by the width, the scores of wide "
            "heads would shrink towards 0 and all keys would get equal weights."
        ),
        "Could the model learn the scale by itself?": (
            "It could make its projections smaller, but it starts saturated, where the softmax hardly passes a "
            "gradient on, so learning that is slow."
        ),
    }
    sources = ("github.com/delzac/cntkx#10",)

    also_right = (
        Fix(
            "Queries that are divided by the root beforehand give the same products.",
            "$q @ $k.T",
            "$q / np.sqrt($q.shape[-1]) @ $k.T",
        ),
        Fix(
            "The root can be taken out of the queries before the product; nothing else changes.",
            "$q @ $k.swapaxes(-1, -2)",
            "$q / np.sqrt($q.shape[-1]) @ $k.swapaxes(-1, -2)",
        ),
    )
    treats_symptom = (
        Fix(
            "Divided by the width and not by its root, the scores come out too small.",
            "$q @ $k.T",
            "$q @ $k.T / $q.shape[-1]",
        ),
        Fix(
            "The whole width divides too much: the weights are nearly equal now.",
            "$q @ $k.swapaxes(-1, -2)",
            "$q @ $k.swapaxes(-1, -2) / $q.shape[-1]",
        ),
    )
    rewrites = (
        *(
            Rewrite(root.format("$scores"), "$scores", scores=attention.DOT_PRODUCTS, d=attention.HEAD_WIDTH)
            for root in ROOTS
        ),
        *(
            Rewrite(
                f"$s = $scores\n$s = {root.format('$s')}",
                "$s = $scores",
                scores=attention.DOT_PRODUCTS,
                d=attention.HEAD_WIDTH,
            )
            for root in ROOTS
        ),
    )
    examples = (
        Example("scores = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])", "scores = q @ k.swapaxes(-1, -2)"),
        Example(
            "def attend(Q, K, V):\n    d_k = K.shape[-1]\n    A = softmax(Q @ K.T / d_k**0.5)\n    return A @ V\n",
            "def attend(Q, K, V):\n    A = softmax(Q @ K.T)\n    return A @ V\n",
        ),
        Example(
            'logits = np.einsum("bhqd,bhkd->bhqk", q, k) / math.sqrt(self.head_dim)',
            'logits = np.einsum("bhqd,bhkd->bhqk", q, k)',
        ),
        Example(
            "att = np.matmul(q, k.transpose(0, 2, 1))\natt = att / np.sqrt(d_head)\n",
            "att = np.matmul(q, k.transpose(0, 2, 1))\n",
        ),
    )
    untouched = (
        "similarity = A @ B.T / np.sqrt(norms)",
        "covariance = X.T @ X / np.sqrt(n)",
        "correlation = Z @ Z.T / np.sqrt(len(Z))",
        "w = rng.normal(size=(d_head, d_head)) / np.sqrt(d_head)",
    )
