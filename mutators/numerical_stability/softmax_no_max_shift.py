"""The maximum is not subtracted before exp."""

from bugforge import Example, Fix, Mutator, Rewrite

SHIFTED = "$z - np.max($z, $*how)"
SUM = "np.sum($e, $*by)"
NORMALISED = (f"return $e / {SUM}", f"return $e / ({SUM} + $eps)", f"$p = $e / {SUM}", f"$e /= {SUM}")
SUMMED_FIRST = ("return $e / $s", "$p = $e / $s", "$e /= $s")


class SoftmaxNoMaxShift(Mutator):
    """The softmax exponentiates the raw scores, so one large score turns its row into NaN and zeros.

    Softmax does not change when a constant is subtracted from all scores of a row, because it cancels between numerator
    and denominator. Subtracting the largest score uses that freedom: the largest exponent becomes 0, and exp cannot
    overflow. Without the shift a score above 709 gives inf, and inf / inf is NaN for that class and 0 for the others; a
    row whose scores all lie below -746 gives 0 / 0. In between the two forms agree to the last digits, so nothing shows
    until the scores have grown.
    """

    symptoms = {
        "Adding the same number to every logit should change nothing. With a thousand I get NaN.": (
            "NaN & fails at large logits"
        ),
        "Numbers of ordinary size come out right. With large ones numpy warns, and the result is wrong.": (
            "warns & only at an edge case & fails at large logits"
        ),
    }
    hints = (
        "How large are the scores in the rows that come out as NaN?",
        "Add 1000 to every score of a row. What should happen to its probabilities, and what does?",
        "What is exp(1000) in float64, and what could be done to the scores so that it is never asked for?",
    )
    follow_ups = {
        "Why is the shift free of error?": (
            "exp(z - m) = exp(z) / exp(m), and the factor exp(m) stands in numerator and denominator alike. Scores far "
            "below the maximum underflow to 0, which is the right value to within rounding."
        ),
        "Is the shifted softmax enough for a cross-entropy?": (
            "No: a probability may still underflow to 0, and its log is -inf. Take the log-softmax, z - logsumexp(z), "
            "and never the log of the softmax."
        ),
    }
    sources = ("github.com/Dobiasd/frugally-deep#90", "github.com/githubharald/CTCWordBeamSearch#19")

    also_right = (
        Fix(
            "Subtracting the log-sum-exp of the row keeps every exponent at or below 0 as well.",
            "$e = np.exp($z)\nreturn $e / $sum",
            "$e = np.exp($z - np.logaddexp.reduce($z, axis=-1, keepdims=True))\nreturn $e / $sum",
        ),
        Fix(
            "The maxima of the rows may be turned into a column by an index instead of keepdims.",
            "$e = np.exp($z)\nreturn $e / $sum",
            "$e = np.exp($z - np.max($z, axis=-1)[..., None])\nreturn $e / $sum",
        ),
    )
    treats_symptom = (
        Fix(
            "One maximum for the whole batch stops the overflow, but rows far below it become 0 / 0.",
            "$e = np.exp($z)\nreturn $e / $sum",
            "$e = np.exp($z - np.max($z))\nreturn $e / $sum",
        ),
        Fix(
            "Scores beyond the bound become equal, and so do their probabilities.",
            "$e = np.exp($z)\nreturn $e / $sum",
            "$e = np.exp(np.clip($z, -500, 500))\nreturn $e / $sum",
        ),
    )
    rewrites = (
        *(
            Rewrite(f"$e = np.exp({SHIFTED})\n...\n{normalised}", f"$e = np.exp($z)\n...\n{normalised}")
            for normalised in NORMALISED
        ),
        *(
            Rewrite(f"$e = np.exp({SHIFTED})\n$s = {SUM}\n{use}", f"$e = np.exp($z)\n$s = {SUM}\n{use}")
            for use in SUMMED_FIRST
        ),
        Rewrite(
            "$m = np.max($z, $*how)\n$e = np.exp($z - $m)\nreturn $e / np.sum($e, $*by)",
            "$e = np.exp($z)\nreturn $e / np.sum($e, $*by)",
        ),
        Rewrite(
            "$s = $z - np.max($z, $*how)\n$e = np.exp($s)\nreturn $e / np.sum($e, $*by)",
            "$e = np.exp($z)\nreturn $e / np.sum($e, $*by)",
        ),
        Rewrite("$z -= np.max($z, $*how)\n$e = np.exp($z)", "$e = np.exp($z)"),
        Rewrite("$m = np.max($z, $*how)\n$z -= $m\n$e = np.exp($z)", "$e = np.exp($z)"),
        Rewrite(
            f"$z -= np.max($z, $*how)\nreturn np.exp($z) / {SUM.replace('$e', 'np.exp($z)')}",
            f"return np.exp($z) / {SUM.replace('$e', 'np.exp($z)')}",
        ),
        Rewrite(
            f"np.exp({SHIFTED}) / np.sum(np.exp({SHIFTED}), $*by)",
            "np.exp($z) / np.sum(np.exp($z), $*by)",
        ),
    )
    examples = (
        Example(
            "def softmax(Z):\n    E = np.exp(Z - Z.max(axis=1, keepdims=True))\n"
            "    return E / E.sum(axis=1, keepdims=True)\n",
            "def softmax(Z):\n    E = np.exp(Z)\n    return E / E.sum(axis=1, keepdims=True)\n",
        ),
        Example(
            "exps = np.exp(scores - np.max(scores))\nprobs = exps / np.sum(exps)\n",
            "exps = np.exp(scores)\nprobs = exps / np.sum(exps)\n",
        ),
        Example(
            "def softmax(x):\n    m = np.max(x, axis=-1, keepdims=True)\n    e = np.exp(x - m)\n"
            "    return e / np.sum(e, axis=-1, keepdims=True)\n",
            "def softmax(x):\n    e = np.exp(x)\n    return e / np.sum(e, axis=-1, keepdims=True)\n",
        ),
        Example(
            "logits = logits - logits.max(axis=1, keepdims=True)\nexp_logits = np.exp(logits)\n",
            "exp_logits = np.exp(logits)\n",
        ),
        Example(
            "def softmax(z):\n    return np.exp(z - np.max(z)) / np.sum(np.exp(z - np.max(z)))\n",
            "def softmax(z):\n    return np.exp(z) / np.sum(np.exp(z))\n",
        ),
    )
    untouched = (
        "weights = np.exp(log_weights - log_weights.max())",
        "lse = m + np.log(np.exp(z - m).sum())",
        "x -= x.max(axis=0)\ny = np.abs(x)\n",
        "kernel = np.exp(-d)\nkernel = kernel / kernel.sum()\n",
        "e = np.exp(z - z.mean())\np = e / e.sum()\n",
    )
