"""The two pieces of a robust loss are exchanged."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

LIMIT = role.named("delta", "d", "threshold", "beta", "epsilon", "c", "k")


class HuberBranchesSwapped(Mutator):
    """Small errors get the straight line and large ones the parabola.

    The loss is meant to be gentle near zero and to grow slowly far out, so that an outlier pulls with a bounded force.
    With the pieces exchanged an outlier costs half its square, just as in least squares, and near zero the straight
    line goes below 0. Both pieces meet at the limit in value and slope, so the exchanged function has no jump there
    either.
    """

    symptoms = {
        "A pair with a right prediction has a cost below zero.": "loss by hand is missed",
        "A single outlier dominates the loss.": "loss by hand is missed",
    }
    hints = (
        "What does an error of 0 cost, and what does one of ten times the limit?",
        "Double an error that is far beyond the limit. By which factor does its cost grow, and which growth is the "
        "loss known for?",
        "Two formulas share the work, one for the errors on either side of a limit. Evaluate both at zero and far "
        "outside, without asking first which of them is chosen. Then see for one small and one large error which of "
        "the two values comes out.",
    )
    follow_ups = {
        "Why does a test at the limit not find it?": (
            "There both formulas give delta^2 / 2 and the slope delta; that the pieces fit is the point of the "
            "construction, whichever side they stand on."
        ),
        "How is delta chosen?": (
            "At the size from which errors are taken for outliers, for instance 1.345 times a robust estimate of the "
            "noise, which keeps 95 % of the efficiency of least squares under normal noise."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "The error cut off at the limit enters squared, what is beyond it enters straight.",
            "np.where(size <= delta, delta * (size - delta / 2), size**2 / 2)",
            "np.minimum(size, delta) ** 2 / 2 + delta * np.maximum(size - delta, 0)",
        ),
    )
    treats_symptom = (
        Fix(
            "The smaller of both pieces is never the parabola, because the line is its tangent and lies below.",
            "np.where(size <= delta, delta * (size - delta / 2), size**2 / 2)",
            "np.minimum(size**2 / 2, delta * (size - delta / 2))",
        ),
    )
    rewrites = (
        Rewrite(
            "np.where($size <= $d, $parabola, $line)",
            "np.where($size <= $d, $line, $parabola)",
            function=vocabulary.HUBER,
            d=LIMIT,
        ),
        Rewrite(
            "np.where($size < $d, $parabola, $line)",
            "np.where($size < $d, $line, $parabola)",
            function=vocabulary.HUBER,
            d=LIMIT,
        ),
        Rewrite(
            "return $parabola if $size <= $d else $line",
            "return $line if $size <= $d else $parabola",
            function=vocabulary.HUBER,
            d=LIMIT,
        ),
    )
    examples = (
        Example(
            "def huber(e, d=1.0):\n    return np.where(np.abs(e) <= d, 0.5 * e**2, d * (np.abs(e) - 0.5 * d))\n",
            "def huber(e, d=1.0):\n    return np.where(np.abs(e) <= d, d * (np.abs(e) - 0.5 * d), 0.5 * e**2)\n",
        ),
        Example(
            "def smooth_l1(x, beta):\n    a = np.abs(x)\n"
            "    return np.where(a < beta, a * a / 2, beta * (a - beta / 2))\n",
            "def smooth_l1(x, beta):\n    a = np.abs(x)\n"
            "    return np.where(a < beta, beta * (a - beta / 2), a * a / 2)\n",
        ),
        Example(
            "def huber_loss(r, delta):\n    return r * r / 2 if abs(r) <= delta else delta * (abs(r) - delta / 2)\n",
            "def huber_loss(r, delta):\n    return delta * (abs(r) - delta / 2) if abs(r) <= delta else r * r / 2\n",
        ),
    )
    untouched = (
        "clipped = np.where(size <= delta, size, delta)",
        "def relu(x):\n    return np.where(x <= threshold, 0, x)\n",
        "def huber_weight(r):\n    return np.minimum(1, delta / r)\n",
    )
