"""The weights are masked instead of the scores."""

from bugforge import Example, Fix, Mutator, Rewrite
from bugforge.mutation import attention

SOFTMAX = ("softmax($s, $*how)", "$library.softmax($s, $*how)")


class MaskAfterSoftmax(Mutator):
    """The softmax shares out its total among all entries, and the hidden ones are struck out afterwards.

    A softmax gives each entry a share of 1. When entries are removed after that, their shares are lost: what is left
    adds up to less than 1, and to how much depends on the scores of the entries that should not have been seen. Hidden
    before the softmax, with a score whose power is 0, they take no share in the first place.
    """

    symptoms = {
        "Masked entries have a weight of zero, as they should, but a row no longer adds up to one.": (
            "probabilities do not add up"
        ),
        "Two inputs that differ only in what is masked come out differently.": "what is masked has influence",
    }
    hints = (
        "Hide one entry after the other in a row of four and add up the weights each time.",
        "The share of a visible entry depends on a sum over its rivals. Which entries are in that sum, and which of "
        "them should be?",
        "A row of weights is made in two steps here: the scores are turned into shares of a total, and what may not "
        "be seen is taken out. Do both steps by hand for a row of two visible entries and one hidden entry, in this "
        "order and in the other, and compare the sums.",
    )
    follow_ups = {
        "When is a mask after the softmax right?": (
            "When the row is divided by its new sum: that gives the same weights, unless the visible shares have "
            "underflowed to 0 beside a hidden entry with a very large score."
        ),
        "How is dropout on the weights different?": (
            "It strikes out entries on purpose after the softmax and divides the rest by the probability of being "
            "kept, so that the sum is 1 on average, not in every row."
        ),
    }
    sources = ("github.com/huggingface/pytorch-image-models#2236", "github.com/huggingface/transformers#542")

    also_right = (
        Fix(
            "Divided by what is left, the visible weights are what they would be without the hidden ones.",
            "$w = np.where($m, $w, 0.0)",
            "$w = np.where($m, $w, 0.0) / np.sum($w, axis=-1, keepdims=True, where=$m)",
        ),
        Fix(
            "Shares that are taken anew from what is left add up to 1 again.",
            "$w[~$m] = 0.0",
            "$w[~$m] = 0.0\n$w /= np.sum($w, axis=-1, keepdims=True)",
        ),
    )
    treats_symptom = (
        Fix(
            "A second softmax adds up to 1, and gives what was struck out a share again.",
            "$w = np.where($m, $w, 0.0)",
            "$w = np.where($m, $w, 0.0)\n$w = softmax($w)",
        ),
        Fix(
            "Shares of shares add up to 1, but the zeros of the hidden entries count as scores.",
            "$w[~$m] = 0.0",
            "$w[~$m] = 0.0\n$w = softmax($w)",
        ),
    )
    rewrites = (
        *(
            Rewrite(
                f"if $m is not None:\n    $s = np.where($m, $s, $low)\n$w = {softmax}",
                f"$w = {softmax}\nif $m is not None:\n    $w = np.where($m, $w, 0.0)",
                low=attention.LOWEST,
            )
            for softmax in SOFTMAX
        ),
        *(
            Rewrite(
                f"$s = np.where($m, $s, $low)\n$w = {softmax}",
                f"$w = {softmax}\n$w = np.where($m, $w, 0.0)",
                low=attention.LOWEST,
            )
            for softmax in SOFTMAX
        ),
        *(
            Rewrite(f"$s[~$m] = $low\n$w = {softmax}", f"$w = {softmax}\n$w[~$m] = 0.0", low=attention.LOWEST)
            for softmax in SOFTMAX
        ),
        *(
            Rewrite(softmax.replace("$s", "np.where($m, $s, $low)"), f"{softmax} * $m", low=attention.LOWEST)
            for softmax in SOFTMAX
        ),
    )
    examples = (
        Example(
            "def attend(scores, mask=None):\n    if mask is not None:\n"
            "        scores = np.where(mask, scores, -np.inf)\n    weights = softmax(scores)\n    return weights\n",
            "def attend(scores, mask=None):\n    weights = softmax(scores)\n    if mask is not None:\n"
            "        weights = np.where(mask, weights, 0.0)\n    return weights\n",
        ),
        Example(
            "s[~visible] = -1e9\np = softmax(s, axis=-1)\n",
            "p = softmax(s, axis=-1)\np[~visible] = 0.0\n",
        ),
        Example(
            "scores = np.where(keep, scores, -1e30)\na = softmax(scores)\n",
            "a = softmax(scores)\na = np.where(keep, a, 0.0)\n",
        ),
        Example("A = softmax(np.where(M, S, -np.inf))", "A = softmax(S) * M"),
    )
    untouched = (
        "scores = np.where(mask, scores, other)\nweights = softmax(scores)\n",
        "scores[~mask] = -np.inf\nbest = scores.argmax(axis=-1)\n",
        "weights = softmax(scores)\nweights = np.where(mask, weights, 0.0)\n",
    )
