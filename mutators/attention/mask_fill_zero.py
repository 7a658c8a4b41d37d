"""Hidden scores are set to zero."""

from bugforge import Example, Fix, Mutator, Rewrite
from bugforge.mutation import attention


class MaskFillZero(Mutator):
    """What may not be seen gets a score of 0 before the softmax, which is a score like any other.

    A softmax raises e to its scores, and e to the power of 0 is 1: a hidden entry then has as much weight as one whose
    score happens to be 0, and more than every visible one with a negative score. Only a score whose power is 0, minus
    infinity or a very large negative number, takes an entry out.
    """

    symptoms = {
        "When I change what is masked, the output changes.": "what is masked has influence",
        "The weights that should be shared among the visible entries do not add up to one.": (
            "probabilities do not add up"
        ),
    }
    hints = (
        "Print the weights of one row next to its mask. Which entries have a weight that should have none?",
        "Take a row in which all visible scores are negative. Who gets the most weight then? Compare the row before "
        "and after the mask is applied.",
        "A hidden entry should come out of the softmax with a weight of nothing at all. Write down what the softmax "
        "does to a single score, step by step, and work backwards from that weight: which score would an entry have "
        "to go in with, and which one does it have here?",
    )
    follow_ups = {
        "Is -1e9 as good as -inf?": (
            "As long as some entry of the row is visible, yes: its power is exactly 0. A row that is hidden entirely "
            "becomes uniform with -1e9 and NaN with -inf, and in float16 -1e9 overflows."
        ),
        "Why may the weights still look right on large scores?": (
            "Beside visible scores of 10 or 20 a score of 0 gets next to nothing, so the leak grows and shrinks with "
            "the scale of the scores."
        ),
    }
    sources = ("github.com/30stomercury/Interaction-Aware-Attention-Network#1",)

    also_right = (
        Fix(
            "The least number that a float can hold has a power of 0 too.",
            "np.where($m, $s, 0.0)",
            "np.where($m, $s, np.finfo(float).min)",
        ),
        Fix(
            "Minus infinity hides an entry as well, as long as something in its row is visible.",
            "$s[~$m] = 0.0",
            "$s[~$m] = -np.inf",
        ),
    )
    treats_symptom = (
        Fix(
            "A score of -1 has a smaller power than 0, and not none.",
            "np.where($m, $s, 0.0)",
            "np.where($m, $s, -1.0)",
        ),
        Fix(
            "The least score of the row is still a score: whoever has it has a weight.",
            "$s[~$m] = 0.0",
            "$s[~$m] = np.min($s)",
        ),
    )
    rewrites = (
        Rewrite("np.where($m, $s, $low)", "np.where($m, $s, 0.0)", s=attention.SOFTMAXED, low=attention.LOWEST),
        Rewrite("np.where($m, $low, $s)", "np.where($m, 0.0, $s)", s=attention.SOFTMAXED, low=attention.LOWEST),
        Rewrite("$s[$m] = $low", "$s[$m] = 0.0", s=attention.SOFTMAXED, low=attention.LOWEST),
        Rewrite("$s.masked_fill($m, $low)", "$s.masked_fill($m, 0.0)", s=attention.SOFTMAXED, low=attention.LOWEST),
    )
    examples = (
        Example(
            "def weigh(scores, mask):\n    scores = np.where(mask, scores, -np.inf)\n    return softmax(scores)\n",
            "def weigh(scores, mask):\n    scores = np.where(mask, scores, 0.0)\n    return softmax(scores)\n",
        ),
        Example(
            "s[~keep] = -1e9\ne = np.exp(s - s.max(axis=-1, keepdims=True))\n",
            "s[~keep] = 0.0\ne = np.exp(s - s.max(axis=-1, keepdims=True))\n",
        ),
        Example(
            'att = F.softmax(att.masked_fill(pad, float("-inf")), dim=-1)',
            "att = F.softmax(att.masked_fill(pad, 0.0), dim=-1)",
        ),
        Example("p = softmax(np.where(hidden, -1e30, logits))", "p = softmax(np.where(hidden, 0.0, logits))"),
    )
    untouched = (
        "best = np.where(valid, scores, -np.inf).argmax()",
        "d[np.arange(n), np.arange(n)] = -np.inf",
        "def top(scores, seen):\n    scores[seen] = -np.inf\n    return np.argsort(-scores)\n",
        "p = softmax(np.where(mask, scores, other))",
    )
