"""The weights are scaled instead of the scores."""

from bugforge import Example, Fix, Mutator, Rewrite, role
from bugforge.mutation import attention

SOFTMAX = ("softmax($s, $*how)", "$library.softmax($s, $*how)")
ROOTS = ("{} / np.sqrt($d)", "{} / math.sqrt($d)", "{} / $d ** 0.5", "{} * $d ** -0.5")
WIDTH = attention.HEAD_WIDTH & role.that(lambda term: term.kind != "name")  # a name may be bound to another value below


class AttentionScaleAfterSoftmax(Mutator):
    """The softmax sees the raw scores, and what comes out of it is divided by the root of the width.

    The scale belongs to the scores, whose spread grows with the width of a key; there it decides how sharp the softmax
    is. The weights have no such spread. Divided afterwards they no longer add up to 1, every output shrinks by the same
    factor, and the softmax is as saturated as if there were no scale at all.
    """

    symptoms = {
        "The weights of a query add up to much less than one.": "probabilities do not add up",
        "Outputs are too small, and the weights do not fit those of my sheet of paper.": (
            "attention by hand is missed & probabilities do not add up"
        ),
    }
    hints = (
        "Add up the weights of one query, for keys of different widths. What do the sums have in common?",
        "Which numbers should have the same spread whatever the width of the keys is, those that go into the softmax "
        "or those that come out of it?",
        "Follow one row of numbers from the product of queries and keys to the output. Write down at each step how "
        "large the numbers are, what they should add up to, and which step is there to change that. One of the steps "
        "is applied to numbers that had been right before it.",
    )
    follow_ups = {
        "Why is softmax(c x) not c softmax(x)?": (
            "The softmax takes differences of its inputs to ratios of its outputs. A factor on the inputs changes the "
            "ratios, a factor on the outputs leaves them and changes the total."
        ),
        "Would a layer norm behind the attention hide it?": (
            "It would undo the common factor of the output, but not the ratios of the weights, which come from scores "
            "without a scale."
        ),
    }
    sources = ("github.com/FrancescoSaverioZuppichini/ViT#2",)

    also_right = (
        Fix(
            "What goes into the softmax may be divided right there.",
            "softmax($s) / np.sqrt($d)",
            "softmax($s / np.sqrt($d))",
        ),
    )
    treats_symptom = (
        Fix(
            "Without the divisor the weights add up to 1 again, but the scores still have no scale.",
            "softmax($s) / np.sqrt($d)",
            "softmax($s)",
        ),
    )
    rewrites = (
        *(
            Rewrite(
                f"$s = {root.format('$scores')}\n...\n$w = {softmax}",
                f"$s = $scores\n...\n$w = {root.format(softmax)}",
                scores=attention.DOT_PRODUCTS,
                d=WIDTH,
            )
            for root in ROOTS
            for softmax in SOFTMAX
        ),
        *(
            Rewrite(
                softmax.replace("$s", root.format("$scores")),
                root.format(softmax.replace("$s", "$scores")),
                scores=attention.DOT_PRODUCTS,
                d=attention.HEAD_WIDTH,
            )
            for root in ROOTS
            for softmax in SOFTMAX
        ),
    )
    examples = (
        Example(
            "scores = q @ k.swapaxes(-1, -2) / np.sqrt(q.shape[-1])\nif mask is not None:\n"
            "    scores = np.where(mask, scores, -1e9)\nweights = softmax(scores)\n",
            "scores = q @ k.swapaxes(-1, -2)\nif mask is not None:\n"
            "    scores = np.where(mask, scores, -1e9)\nweights = softmax(scores) / np.sqrt(q.shape[-1])\n",
        ),
        Example("A = softmax(Q @ K.T / np.sqrt(d_k), axis=-1)", "A = softmax(Q @ K.T, axis=-1) / np.sqrt(d_k)"),
        Example(
            "att = scipy.special.softmax(q @ k.T / math.sqrt(self.head_dim), axis=-1)",
            "att = scipy.special.softmax(q @ k.T, axis=-1) / math.sqrt(self.head_dim)",
        ),
    )
    untouched = (
        "p = softmax(logits / temperature)",
        "weights = softmax(q @ k.T)",
        "scores = q @ k.T / np.sqrt(d_k)\ntop = scores.argmax(axis=-1)\n",
        "p = softmax(X @ W / np.sqrt(n))",
    )
