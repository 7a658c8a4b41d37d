"""The causal mask counts the queries from the first key."""

from bugforge import Code, Example, Fix, Mutator, Rewrite, Term, place, role, vocabulary
from bugforge.mutation.constraint import Constraint

ONES = role.call("ones", "ones_like", "full", "tri")


def is_difference(term: Term, code: Code | None) -> bool:
    """A variable that was assigned a difference."""
    if code is None or term.kind != "name" or term.node is None:
        return False
    binding = code.scopes.binding(term.value, term.node)
    if binding is None or binding.value is None or binding.position is not None:
        return False
    value = code.canonical.term(binding.value)
    return (value.kind, value.value) == ("binary", "-")


class CausalMaskAlignedLeft(Mutator):
    """The queries are taken for the first positions, although they are the last of those that the keys cover.

    When a sequence is decoded in pieces, the queries of a piece stand behind all that came before, and keys of the past
    are there as well. The triangle must then end in the last row and the last column. Started at the first row and the
    first column it hides most of the past, and only with as many queries as keys are the two the same.
    """

    symptoms = {
        "A square mask is right. With more keys than queries the last query does not see the last key.": (
            "a mask by hand is missed"
        ),
        "Fed in pieces, a sequence gives other outputs than at once.": "what is kept from step to step is wrong",
    }
    hints = (
        "Compare the masks of four queries on four keys and of two queries on four keys. What may the last query see?",
        "With keys of earlier positions at hand, which position does the first query of a piece stand at? And which "
        "one does the mask take it for?",
        "Number the positions of a sequence of six. Four have been fed before and two are fed now: write the numbers "
        "of the queries and of the keys at the sides of a table and mark what each query may see. Then read off where "
        "the border has to start, and in which quantities of this program that start can be expressed.",
    )
    follow_ups = {
        "Why does a test of full sequences not find it?": (
            "There the queries are all the positions, the shift is 0 and both alignments give the same square triangle."
        ),
        "What does PyTorch do?": (
            "Its is_causal aligns at the upper left, so a single query with a cache would see one key only; there is a "
            "lower right bias of its own for that, and callers with one query leave the mask out."
        ),
    }
    sources = ("github.com/onnx/onnx#8068", "github.com/ml-explore/mlx#2835")

    where = place.named(vocabulary.CAUSAL) | place.statement(vocabulary.CAUSAL)

    also_right = (
        Fix(
            "The rows of the full square that belong to the last positions are the mask of these positions.",
            "np.tril(np.ones(($a, $b), dtype=bool))",
            "np.tril(np.ones(($b, $b), dtype=bool))[$b - $a :]",
        ),
        Fix(
            "The past may be counted in the end of the slice itself.",
            "$m[$i, : $i + 1] = True",
            "$m[$i, : n_keys - n_queries + $i + 1] = True",
        ),
    )
    treats_symptom = (
        Fix(
            "A single query then sees everything, but in a longer piece early queries see what comes after them.",
            "np.tril(np.ones(($a, $b), dtype=bool))",
            "np.tril(np.ones(($a, $b), dtype=bool), k=$b - 1)",
        ),
        Fix(
            "The last query is mended alone; those before it still miss their past.",
            "for $i in range($n):\n    $m[$i, : $i + 1] = True",
            "for $i in range($n):\n    $m[$i, : $i + 1] = True\n$m[-1] = True",
        ),
    )
    rewrites = (
        Rewrite("np.tril($ones, k=$a - $b)", "np.tril($ones)", ones=ONES),
        Rewrite("np.tril($ones, $a - $b)", "np.tril($ones)", ones=ONES),
        Rewrite("np.triu($ones, k=$a - $b + 1)", "np.triu($ones, k=1)", ones=ONES),
        Rewrite(
            "$m[$i, : $past + $i + 1] = True",
            "$m[$i, : $i + 1] = True",
            i=role.NAME,
            past=Constraint(is_difference) | role.named("past", "offset", "n_past", "cached"),
        ),
        Rewrite(
            "np.arange($n)[:, None] + $past >= np.arange($m)",
            "np.arange($n)[:, None] >= np.arange($m)",
            past=Constraint(is_difference) | role.named("past", "offset", "n_past", "cached"),
        ),
    )
    examples = (
        Example(
            "def causal_mask(q, k):\n    return np.tril(np.ones((q, k), dtype=bool), k=k - q)\n",
            "def causal_mask(q, k):\n    return np.tril(np.ones((q, k), dtype=bool))\n",
        ),
        Example(
            "future = np.triu(np.ones((t_q, t_k), dtype=bool), k=t_k - t_q + 1)",
            "future = np.triu(np.ones((t_q, t_k), dtype=bool), k=1)",
        ),
        Example(
            "def causal(n, m):\n    past = m - n\n    return np.arange(n)[:, None] + past >= np.arange(m)\n",
            "def causal(n, m):\n    return np.arange(n)[:, None] >= np.arange(m)\n",
        ),
        Example(
            "def causal(n, m):\n    keep = np.zeros((n, m), dtype=bool)\n    shift = m - n\n    for i in range(n):\n"
            "        keep[i, : shift + i + 1] = True\n    return keep\n",
            "def causal(n, m):\n    keep = np.zeros((n, m), dtype=bool)\n    for i in range(n):\n"
            "        keep[i, : i + 1] = True\n    return keep\n",
        ),
    )
    untouched = (
        "band = np.tril(np.ones((n, m)), k=m - n)",
        "causal = np.tril(np.ones((n, n), dtype=bool))",
        "causal = np.tril(A, k=m - n)",
        "future = np.triu(np.ones((t, t)), k=1)",
    )
