"""The softplus is log(1 + exp(z)), taken literally."""

from bugforge import Example, Fix, Mutator, Rewrite, role

NEGATIVE = "np.log1p(np.exp(-np.abs($z)))"
RECTIFIED = ("np.maximum($z, 0)", "np.maximum(0, $z)")
COMPARED = role.that(lambda term: term.kind == "compare")


class SoftplusNaive(Mutator):
    """log(1 + exp(z)) is evaluated as it is written, so it overflows for large z and vanishes for very negative z.

    exp(z) leaves float64 above 709, and the logarithm of inf is inf although the true value is z itself to the last
    digit. On the other side 1 + exp(z) rounds to exactly 1 below about -37, and a loss of 1e-20 becomes 0. The stable
    forms, logaddexp(0, z) or max(z, 0) + log1p(exp(-|z|)), only take exp of negative numbers and never add a tiny
    number to 1. As the softplus is the logistic loss of one sample, a single infinite value ruins the mean.
    """

    symptoms = {
        "On ordinary logits there is nothing to see. On logits of a thousand it warns of an overflow.": (
            "warns & fails at large logits"
        ),
    }
    hints = (
        "Which single sample carries the infinite loss, and what is its logit?",
        "What is the value at z = 1000 on paper? And what does the machine make of it, step by step?",
        "Rewrite the formula so that exp only ever sees negative numbers.",
    )
    follow_ups = {
        "What does log1p(exp(z)) cure, and what not?": (
            "It keeps the tiny values for very negative z, which 1 + exp(z) rounds away. For large z exp still "
            "overflows."
        ),
        "Derive the stable form.": (
            "log(1 + exp(z)) = z + log(exp(-z) + 1). Use that one for z >= 0 and the original for z < 0: together "
            "max(z, 0) + log1p(exp(-|z|))."
        ),
    }
    sources = (
        "github.com/rushter/MLAlgorithms#30",
        "github.com/rushter/MLAlgorithms#31",
        "github.com/cvxpy/cvxpy#229",
    )

    also_right = (
        Fix(
            "The positive part plus log1p of a decay is the softplus, and exp never gets a number above 0.",
            "np.log(1 + np.exp($z))",
            "np.maximum($z, 0) + np.log1p(np.exp(-np.abs($z)))",
        ),
    )
    treats_symptom = (
        Fix(
            "log1p is exact where exp(z) is tiny, but on the other side exp still overflows inside it.",
            "np.log(1 + np.exp($z))",
            "np.log1p(np.exp($z))",
        ),
        Fix(
            "Beyond the bound a wrong logit costs no more, and a right one is paid a negative loss.",
            "np.log(1 + np.exp($z))",
            "np.log(1 + np.exp(np.minimum($z, 500)))",
        ),
    )
    rewrites = (
        Rewrite("np.logaddexp(0, $z)", "np.log(1 + np.exp($z))"),
        Rewrite("np.logaddexp($z, 0)", "np.log(1 + np.exp($z))"),
        *(Rewrite(f"{positive} + {NEGATIVE}", "np.log(1 + np.exp($z))") for positive in RECTIFIED),
        *(Rewrite(f"{positive} - $t + {NEGATIVE}", "np.log(1 + np.exp($z)) - $t") for positive in RECTIFIED),
        Rewrite("np.where($c, $z, np.log1p(np.exp($z)))", "np.log1p(np.exp($z))", c=COMPARED),
        Rewrite("np.where($c, $z, np.log(1 + np.exp($z)))", "np.log(1 + np.exp($z))", c=COMPARED),
    )
    examples = (
        Example(
            "def softplus(z):\n    return np.logaddexp(0, z)\n",
            "def softplus(z):\n    return np.log(1 + np.exp(z))\n",
        ),
        Example("loss = np.mean(np.logaddexp(0.0, -y * z))", "loss = np.mean(np.log(1 + np.exp(-y * z)))"),
        Example("out = np.log1p(np.exp(-np.abs(x))) + np.maximum(x, 0)", "out = np.log(1 + np.exp(x))"),
        Example(
            "losses = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))",
            "losses = np.log(1 + np.exp(z)) - z * y",
        ),
        Example("s = np.where(x > 30, x, np.log1p(np.exp(x)))", "s = np.log1p(np.exp(x))"),
    )
    untouched = (
        "joint = np.logaddexp(a, b)",
        "h = np.maximum(z, 0)",
        "shifted = np.maximum(a, 0) + np.log1p(np.exp(-np.abs(b)))",
        "x = np.log1p(amount)",
    )
