"""The values are projected with the keys' matrix."""

from bugforge import Code, Example, Fix, Mutator, Rewrite, Term, role, vocabulary
from bugforge.mutation.fact import Fact

X = ~role.WEIGHT


def of_keys(code: Code, weights: Term) -> str | None:
    """The matrix of the keys that stands beside one of the values, where the same function uses it."""
    if weights.node is None:
        return None
    text = code.program.text(weights.node)
    match = vocabulary.VALUE_WEIGHTS.fullmatch(text)
    if match is None:
        return None
    start, end = match.span("v")
    keys = text[:start] + {"v": "k", "V": "K", "value": "key", "values": "keys"}[text[start:end]] + text[end:]
    function = code.program.function_of(weights.node)
    read = (term for kind in ("name", "attribute") for term in code.canonical.by_kind.get(kind, ()) if term.node)
    beside = {code.program.text(t.node) for t in read if t.node and code.program.function_of(t.node) == function}
    return keys if keys in beside else None


class AttentionValuesFromKeyWeights(Mutator):
    """Keys and values are made by the same matrix, so a key decides on itself what it hands out.

    The keys say how much a position is looked at, the values what it gives to those who look. Each has a matrix of its
    own so that the two can differ. With the keys' matrix for both, every shape and all the weights are right, one
    matrix is never used and never learns, and the outputs are means of the keys.
    """

    symptoms = {
        "The weights agree with my sheet of paper, but the output of the layer does not.": (
            "attention by hand is missed"
        ),
    }
    hints = (
        "Work out one output by hand, from the rows that go in. Up to which step do your numbers agree?",
        "Change each of the matrices of the layer by a little, one at a time. Which parts of the result should move, "
        "and which ones do?",
        "There are several projections here that look alike and differ only in what they are for. Make a list of all "
        "the matrices, and beside each of them write the place where it is made, the place where something is "
        "multiplied by it, and what comes of the product. The list should have no gap.",
    )
    follow_ups = {
        "Is it always wrong to share the two?": (
            "No, some models tie them to save memory. It is wrong here because there is a matrix for the values, and "
            "whoever loads weights into it finds that they do nothing."
        ),
        "How would you see it in training?": (
            "The matrix of the values has a gradient of exactly 0, so it stays as it was drawn."
        ),
    }
    sources = (
        "github.com/Khaliladib11/Transformer-from-scratch#1",
        "github.com/stevezheng23/reading_comprehension_tf#284",
    )

    also_right = (
        Fix(
            "A tensordot over one axis with the matrix of the values is the product that is meant.",
            "return $keys, $split($x @ self.w_k, $n)",
            "return $keys, $split(np.tensordot($x, self.w_v, axes=1), $n)",
        ),
        Fix(
            "np.tensordot multiplies by the matrix of the values as well, along the columns.",
            "$q, $k, $v = $a, $b, $x @ self.w_k",
            "$q, $k, $v = $a, $b, np.tensordot($x, self.w_v, axes=1)",
        ),
    )
    treats_symptom = (
        Fix(
            "The matrix of the queries is not that of the values either.",
            "return $keys, $split($x @ self.w_k, $n)",
            "return $keys, $split($x @ self.w_q, $n)",
        ),
        Fix(
            "With the queries' matrix the values differ from the keys, and are still not the values.",
            "$q, $k, $v = $a, $b, $x @ self.w_k",
            "$q, $k, $v = $a, $b, $x @ self.w_q",
        ),
    )
    rewrites = (
        Rewrite("$x @ $W", "$x @ $K", x=X, K=Fact("W", of_keys)),
        Rewrite("$W($x)", "$K($x)", K=Fact("W", of_keys)),
    )
    examples = (
        Example(
            "def project(self, m):\n    return m @ self.w_k, m @ self.w_v\n",
            "def project(self, m):\n    return m @ self.w_k, m @ self.w_k\n",
        ),
        Example(
            "def attend(x, Wq, Wk, Wv):\n    q, k = x @ Wq, x @ Wk\n    return softmax(q @ k.T) @ (x @ Wv), Wv\n",
            "def attend(x, Wq, Wk, Wv):\n    q, k = x @ Wq, x @ Wk\n    return softmax(q @ k.T) @ (x @ Wk), Wv\n",
        ),
        Example(
            "def forward(self, x):\n    k = self.key_proj(x)\n    v = self.value_proj(x)\n    return k, v\n",
            "def forward(self, x):\n    k = self.key_proj(x)\n    v = self.key_proj(x)\n    return k, v\n",
        ),
    )
    untouched = (
        "def values(self, m):\n    return m @ self.w_v\n",
        "def roots(A, v, k):\n    return A @ v, A @ k\n",
        "def step(self, x):\n    return x @ self.w_o, x @ self.w_k\n",
    )
