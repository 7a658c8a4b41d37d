"""The scores are divided by the root of the model's width."""

from bugforge import Example, Fix, Mutator, Rewrite, fact, role, vocabulary
from bugforge.mutation import attention

ROOTS = ("np.sqrt({})", "math.sqrt({})", "{} ** 0.5")
HEAD = attention.HEAD_WIDTH & role.that(lambda term: term.kind in ("name", "attribute"))
SCORES = attention.DOT_PRODUCTS | role.named("score", "attn", "att", "energy", "dots", "sim")
SCALE = role.named("scale", "scaling", "scale_factor", "sqrt_d", "temperature")


class AttentionScaleByModelDim(Mutator):
    """The scores are divided by the root of the whole model's width, where a head has only its share of it.

    The products are sums over the columns of one head, so their spread is the root of that head's width. The root of
    the width of all heads together is larger by the root of their number: the scores come out too small and the weights
    too even. With a single head the two agree, and a model that is trained this way works, only less sharply.
    """

    symptoms = {
        "With a single head it agrees with my own numbers. With several heads the weights are too even.": (
            "attention by hand is missed"
        ),
    }
    hints = (
        "Compare the weights with those that you work out by hand, once for a single head and once for several.",
        "How many products are added up in one score of one head? Find the line that says how large such a sum is "
        "expected to be, and compare the two numbers.",
        "There are two widths in this program, that of the vectors that go into the model and that of the parts on "
        "which a head works. Go through every line in which one of them occurs, say which of the two it should be "
        "there, and look at the lines that compute the weights most carefully.",
    )
    follow_ups = {
        "By which factor are the scores off?": (
            "By the root of the number of heads: with eight heads they are 2.8 times too small, as if the softmax had "
            "a temperature of 2.8."
        ),
        "Why does training hardly notice?": (
            "The projections of queries and keys can grow until the scores are what they should be. Only weights that "
            "were trained elsewhere, or a comparison with another implementation, show it."
        ),
    }
    sources = (
        "github.com/aladdinpersson/Machine-Learning-Collection#65",
        "github.com/Graylab/DL4Proteins-notebooks#12",
        "github.com/FareedKhan-dev/train-llm-from-scratch#3",
        "github.com/juho-lee/set_transformer#18",
    )

    also_right = (
        Fix(
            "The model's width over the number of heads is the width of a head.",
            "np.sqrt(self.d_model)",
            "np.sqrt(self.d_model / self.n_heads)",
        ),
    )
    treats_symptom = (
        Fix(
            "The number of heads belongs under the root; outside it the scores come out too large.",
            "np.sqrt(self.d_model)",
            "np.sqrt(self.d_model) * self.n_heads",
        ),
    )
    rewrites = (
        *(
            Rewrite(
                scaled.format(root.format("$head")),
                scaled.format(root.format("$model")),
                scores=SCORES,
                head=HEAD,
                model=fact.named_beside("head", vocabulary.MODEL_WIDTH),
            )
            for root in ROOTS
            for scaled in ("$scores / {}", "$scores /= {}")
        ),
        Rewrite(
            "$scores * $head ** -0.5",
            "$scores * $model ** -0.5",
            scores=SCORES,
            head=HEAD,
            model=fact.named_beside("head", vocabulary.MODEL_WIDTH),
        ),
        *(
            Rewrite(
                f"$scale = {root.format('$head')}",
                f"$scale = {root.format('$model')}",
                scale=SCALE,
                head=HEAD,
                model=fact.named_beside("head", vocabulary.MODEL_WIDTH),
            )
            for root in (*ROOTS, "{} ** -0.5", "1 / np.sqrt({})", "1 / math.sqrt({})")
        ),
    )
    examples = (
        Example(
            "class Attention:\n    def __init__(self, d_model, n_heads):\n        self.d_model = d_model\n"
            "        self.d_head = d_model // n_heads\n\n    def scores(self, q, k):\n"
            "        return q @ k.T / np.sqrt(self.d_head)\n",
            "class Attention:\n    def __init__(self, d_model, n_heads):\n        self.d_model = d_model\n"
            "        self.d_head = d_model // n_heads\n\n    def scores(self, q, k):\n"
            "        return q @ k.T / np.sqrt(self.d_model)\n",
        ),
        Example(
            "def init(embed_dim, heads):\n    head_dim = embed_dim // heads\n    scale = head_dim**-0.5\n"
            "    return head_dim, scale\n",
            "def init(embed_dim, heads):\n    head_dim = embed_dim // heads\n    scale = embed_dim**-0.5\n"
            "    return head_dim, scale\n",
        ),
        Example(
            "def weigh(q, k, d_model, heads):\n    d_k = d_model // heads\n    scores = q @ k.T\n"
            "    scores = scores / math.sqrt(d_k)\n    return softmax(scores), d_k\n",
            "def weigh(q, k, d_model, heads):\n    d_k = d_model // heads\n    scores = q @ k.T\n"
            "    scores = scores / math.sqrt(d_model)\n    return softmax(scores), d_k\n",
        ),
    )
    untouched = (
        "def init(d_model, d_head, rng):\n    return rng.normal(size=(d_model, d_head)) / np.sqrt(d_head)\n",
        "def attend(q, k):\n    d_k = k.shape[-1]\n    return softmax(q @ k.T / np.sqrt(d_k))\n",
        "def parts(d_model, heads):\n    d_head = d_model // heads\n    return np.sqrt(d_head)\n",
        "def cosine(a, b, d_model):\n    return a @ b.T / np.sqrt(d_model)\n",
    )
