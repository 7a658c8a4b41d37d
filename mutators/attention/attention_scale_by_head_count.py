"""The scores are divided by the root of the number of heads."""

from bugforge import Example, Fix, Mutator, Rewrite, fact, role, vocabulary
from bugforge.mutation import attention

ROOTS = ("np.sqrt({})", "math.sqrt({})", "{} ** 0.5")
HEAD = attention.HEAD_WIDTH & role.that(lambda term: term.kind in ("name", "attribute"))
SCORES = attention.DOT_PRODUCTS | role.named("score", "attn", "att", "energy", "dots", "sim")
SCALE = role.named("scale", "scaling", "scale_factor", "sqrt_d", "temperature")


class AttentionScaleByHeadCount(Mutator):
    """The scores are divided by the root of how many heads there are, not of how wide each of them is.

    How far the products of queries and keys spread depends on how many terms are added up in each, which is the width
    of a head. The number of heads says how often this is done, and has no part in it. When the two happen to be equal
    nothing is wrong; with fewer heads than columns in each the softmax is too sharp, with more of them too even.
    """

    symptoms = {
        "The weights have the right order, but not the values that I work out by hand for a single query.": (
            "attention by hand is missed"
        ),
    }
    hints = (
        "Work out the weights of one query by hand, and try sizes of which no two are equal.",
        "Each score is a sum. How many terms does it have, and is that the number which the program uses to bring the "
        "sums to one scale?",
        "Several whole numbers describe the shape of the arrays here: sequences, heads, positions and columns. Pick "
        "two of them, change one at a time and keep the others, and ask each time how far the products of queries and "
        "keys should spread. Only one of the numbers may have a say in that.",
    )
    follow_ups = {
        "Why is this hard to see in a large model?": (
            "Common shapes have 12 heads of 64 columns or 32 of 128: the scale is off by a factor of two or so, and "
            "the projections of a trained model make up for it."
        ),
        "Which sizes should a test use?": (
            "Different ones for everything, and a number of heads that is far from their width, so that no two can be "
            "mixed up unseen."
        ),
    }
    sources = ("github.com/tenstorrent/tt-metal#56789",)

    also_right = (
        Fix(
            "The keys' own last axis has the width that is summed over.",
            "$q @ $k.T / np.sqrt($n)",
            "$q @ $k.T / np.sqrt($k.shape[-1])",
        ),
    )
    treats_symptom = (
        Fix(
            "The product of both numbers is the width of the model, not that of a head.",
            "$q @ $k.T / np.sqrt($n)",
            "$q @ $k.T / np.sqrt($n * $k.shape[-1])",
        ),
    )
    rewrites = (
        *(
            Rewrite(
                scaled.format(root.format("$width")),
                scaled.format(root.format("$heads")),
                scores=SCORES,
                width=HEAD,
                heads=fact.named_beside("width", vocabulary.HEAD_COUNT),
            )
            for root in ROOTS
            for scaled in ("$scores / {}", "$scores /= {}")
        ),
        *(
            Rewrite(
                f"$scale = {root.format('$width')}",
                f"$scale = {root.format('$heads')}",
                scale=SCALE,
                width=HEAD,
                heads=fact.named_beside("width", vocabulary.HEAD_COUNT),
            )
            for root in (*ROOTS, "{} ** -0.5", "1 / np.sqrt({})", "1 / math.sqrt({})")
        ),
    )
    examples = (
        Example(
            "def attend(q, k, n_heads, d_head):\n    scores = q @ k.T / np.sqrt(d_head)\n"
            "    return softmax(scores), n_heads, d_head\n",
            "def attend(q, k, n_heads, d_head):\n    scores = q @ k.T / np.sqrt(n_heads)\n"
            "    return softmax(scores), n_heads, d_head\n",
        ),
        Example(
            "class Attention:\n    def __init__(self, width, num_heads):\n        self.num_heads = num_heads\n"
            "        self.head_dim = width // num_heads\n        self.scale = 1 / math.sqrt(self.head_dim)\n",
            "class Attention:\n    def __init__(self, width, num_heads):\n        self.num_heads = num_heads\n"
            "        self.head_dim = width // num_heads\n        self.scale = 1 / math.sqrt(self.num_heads)\n",
        ),
        Example(
            "def weigh(q, k):\n    b, heads, t, d = q.shape\n    scores = q @ k.swapaxes(-1, -2)\n"
            "    scores = scores / d**0.5\n    return softmax(scores)\n",
            "def weigh(q, k):\n    b, heads, t, d = q.shape\n    scores = q @ k.swapaxes(-1, -2)\n"
            "    scores = scores / heads**0.5\n    return softmax(scores)\n",
        ),
    )
    untouched = (
        "def attend(q, k):\n    d_k = k.shape[-1]\n    return softmax(q @ k.T / np.sqrt(d_k))\n",
        "def init(n_heads, d_head, rng):\n    return rng.normal(size=(n_heads, d_head)) / np.sqrt(d_head)\n",
        "def spread(x, heads):\n    n, d = x.shape\n    return np.linalg.norm(x) / np.sqrt(d)\n",
    )
