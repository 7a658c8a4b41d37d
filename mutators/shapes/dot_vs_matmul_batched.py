"""Stacks of matrices are multiplied by np.dot."""

import libcst as cst

from bugforge import Code, Example, Fix, Mutator, Rewrite, Term, role
from bugforge.mutation.constraint import Constraint

BATCHED = ("swapaxes(-1, -2)", "swapaxes(-2, -1)", "transpose(0, 2, 1)", "transpose(0, 1, 3, 2)")


def meets_stacks(term: Term, code: Code | None) -> bool:
    """A variable in a function that transposes the last two axes of a stack of matrices, and there one of a product."""
    if code is None or term.kind != "name" or term.node is None:
        return False
    around = next((n for n in code.program.ancestors(term.node) if isinstance(n, cst.FunctionDef)), None)
    text = code.program.text(around) if around else ""
    return any(words in text for words in BATCHED)


IN_A_STACK = Constraint(meets_stacks)
WEIGHTS = IN_A_STACK & role.named("weight", "w", "attn", "attention", "att", "a", "alpha", "probs", "p", "shares")


class DotVsMatmulBatched(Mutator):
    """np.dot multiplies every matrix of one stack by every matrix of the other.

    For two matrices np.dot and @ are the same. For stacks @ takes the matrices in pairs, first with first and second
    with second, whereas np.dot sums over the last axis of the one and the last but one of the other and keeps all the
    remaining axes: sequence i is multiplied by sequence j as well, and the result has two axes too many.
    """

    symptoms = {
        "A batch ends in an error about shapes or about the number of values to unpack.": "raises",
    }
    hints = (
        "Print the shape after every product, for a batch of two sequences and then for one of three.",
        "A batch holds matrices that have nothing to do with each other. Which of them should be multiplied with "
        "which, and how many products are that?",
        "For each product of two arrays in this program write down their shapes, which axis is summed away, and which "
        "axes of the first are meant to run along with axes of the second. Then look up what the operation that is "
        "used here does with axes that are left over when arrays have more than two of them.",
    )
    follow_ups = {
        "Where would the slip go unnoticed?": (
            "With a matrix of weights on the right, as in x @ W with x of three axes: there both sum over the same "
            "axis and keep the others in the same order."
        ),
        "What does np.dot cost here?": (
            "All pairs: B times as many products, and B times the memory, of which the diagonal alone is wanted."
        ),
    }
    sources = ("mcmap.net/q/1885378/-why-does-numpy-dot-behave-in-this-way",)

    also_right = (
        Fix(
            "The letters of an einsum say that the axes in front run along together.",
            "np.dot($q, $k.swapaxes(-1, -2))",
            'np.einsum("...qd,...kd->...qk", $q, $k)',
            exact=True,
        ),
        Fix(
            "In an einsum the dots stand for the axes that both arrays share.",
            "np.dot($w, $v)",
            'np.einsum("...qk,...kd->...qd", $w, $v)',
            exact=True,
            w=role.NAME,
            v=role.NAME,
        ),
    )
    treats_symptom = (
        Fix(
            "np.tensordot over the same two axes is the same product of all pairs.",
            "np.dot($a, $b)",
            "np.tensordot($a, $b, axes=(-1, -2))",
            exact=True,
        ),
    )
    rewrites = (
        *(
            Rewrite(product.format(f"$k.{words}"), f"np.dot($q, $k.{words})", exact=True)
            for product in ("$q @ {}", "np.matmul($q, {})")
            for words in BATCHED
        ),
        *(
            Rewrite(product, "np.dot($w, $v)", exact=True, w=WEIGHTS, v=IN_A_STACK)
            for product in ("$w @ $v", "np.matmul($w, $v)")
        ),
    )
    examples = (
        Example("scores = q @ k.swapaxes(-1, -2)", "scores = np.dot(q, k.swapaxes(-1, -2))"),
        Example("S = np.matmul(Q, K.transpose(0, 2, 1))", "S = np.dot(Q, K.transpose(0, 2, 1))"),
        Example(
            "def attend(q, k, v):\n    weights = softmax(q @ k.swapaxes(-1, -2))\n    return weights @ v\n",
            "def attend(q, k, v):\n    weights = softmax(q @ k.swapaxes(-1, -2))\n    return np.dot(weights, v)\n",
        ),
    )
    untouched = (
        "scores = Q @ K.T",
        "h = x @ W",
        "def attend(q, k, v):\n    weights = softmax(q @ k.T)\n    return weights @ v\n",
        "z = np.matmul(X, w)",
    )
