"""The mask is read the wrong way round."""

from bugforge import Example, Fix, Mutator, Rewrite, role
from bugforge.mutation import attention

NEGATED = role.that(lambda term: term.kind in ("unary", "compare"))


class MaskPolarityInverted(Mutator):
    """What may be seen is hidden, and what should be hidden is seen.

    A mask is only True and False; whether True means to keep or to drop is agreed on by those who make it and those who
    use it. Read the other way round it raises no error. Every weight that should be 0 has a value then and every other
    one is 0; a row in which everything may be seen has nothing left to look at.
    """

    symptoms = {
        "Only the padding, or whatever else is masked, has an influence on the output.": (
            "what is masked has influence"
        ),
        "Some rows of the result are NaN as soon as there is a mask.": "NaN & what is masked has influence",
    }
    hints = (
        "Give it a mask that hides a single entry of a row, and look at the weights of that row.",
        "In words: what does True in a mask mean where it is made? Then say the same of the place where it is used.",
        "Take one row of scores and a mask by which all entries but the last may be seen. Follow the two through the "
        "line in which they meet, entry by entry, and write down which scores are kept and which are replaced. Compare "
        "that with the entries that were meant.",
    )
    follow_ups = {
        "Why do libraries disagree about the meaning?": (
            "PyTorch's key_padding_mask marks what to ignore, its boolean attn_mask for scaled_dot_product_attention "
            "what to keep, and additive masks hold 0 and -inf. The name of a mask should say which it is."
        ),
        "On which masks would a test not see it?": (
            "On one without any False, if it is skipped then, and in sums that are symmetric in what is kept and what "
            "is hidden, such as half of equal entries."
        ),
    }
    sources = ("github.com/kzl/decision-transformer#30",)

    also_right = (
        Fix(
            "The complement of the mask picks out what is to be replaced.",
            "np.where($m, $low, $s)",
            "np.where(~$m, $low, $s)",
            low=attention.LOWEST,
        ),
        Fix(
            "np.logical_not says the complement in words.",
            "$s[$m] = $low",
            "$s[np.logical_not($m)] = $low",
            m=~NEGATED,
            low=attention.LOWEST,
        ),
    )
    treats_symptom = (
        Fix(
            "A finite number rids you of NaN, and the same entries as before are hidden.",
            "np.where($m, -np.inf, $s)",
            "np.where($m, -1e9, $s)",
        ),
        Fix(
            "With another number for what is replaced, it is still the visible entries that are replaced.",
            "$s[$m] = $low",
            "$s[$m] = 0.0",
            m=~NEGATED,
            low=attention.LOWEST,
        ),
    )
    rewrites = (
        Rewrite(
            "np.where($m, $s, $low)", "np.where($m, $low, $s)", m=~NEGATED, s=attention.SOFTMAXED, low=attention.LOWEST
        ),
        Rewrite(
            "np.where($m, $low, $s)", "np.where($m, $s, $low)", m=~NEGATED, s=attention.SOFTMAXED, low=attention.LOWEST
        ),
        Rewrite(
            "np.where($m == 0, $low, $s)", "np.where($m == 1, $low, $s)", s=attention.SOFTMAXED, low=attention.LOWEST
        ),
        Rewrite("$s[~$m] = $low", "$s[$m] = $low", s=attention.SOFTMAXED, low=attention.LOWEST),
        Rewrite("$s[$m] = $low", "$s[~$m] = $low", m=~NEGATED, s=attention.SOFTMAXED, low=attention.LOWEST),
    )
    examples = (
        Example(
            "def weigh(scores, mask):\n    scores = np.where(mask, scores, -np.inf)\n    return softmax(scores)\n",
            "def weigh(scores, mask):\n    scores = np.where(mask, -np.inf, scores)\n    return softmax(scores)\n",
        ),
        Example(
            "s[~keep] = -1e9\np = softmax(s)\n",
            "s[keep] = -1e9\np = softmax(s)\n",
        ),
        Example("A = softmax(np.where(M == 0, -1e30, S))", "A = softmax(np.where(M == 1, -1e30, S))"),
        Example(
            "logits[padded] = -np.inf\nprobs = np.exp(logits - logits.max())\n",
            "logits[~padded] = -np.inf\nprobs = np.exp(logits - logits.max())\n",
        ),
    )
    untouched = (
        "best = np.where(valid, scores, -np.inf).argmax()",
        "def top(scores, seen):\n    scores[seen] = -np.inf\n    return np.argsort(-scores)\n",
        "p = softmax(np.where(mask, a, b))",
        "x = np.where(missing, fill, x)",
    )
