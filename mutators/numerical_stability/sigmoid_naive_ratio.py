"""The sigmoid is exp(z) / (1 + exp(z)) for every z."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, Term, role


def _splits_at_zero(term: Term) -> bool:
    """A comparison with 0, such as z >= 0 or 0 < z."""
    return term.kind == "compare" and any(role.number(0).holds(side) for side in term.children)


AT_ZERO = role.that(_splits_at_zero)
BOUND = role.call("clip", "minimum", "maximum", "where")
GUARDS = ("clip(", "minimum(", "maximum(", "where(", ">= 0", "> 0", "<= 0", "< 0")


class SigmoidNaiveRatio(Mutator):
    """The sigmoid is the ratio exp(z) / (1 + exp(z)) on both sides of zero, so large logits give NaN.

    Each of the two textbook forms is safe on one side only. 1 / (1 + exp(-z)) never takes exp of a large number while
    z is positive, exp(z) / (1 + exp(z)) never does while z is negative; a stable sigmoid picks the one whose
    exponent is not positive. The ratio alone works up to a logit of about 709. Beyond that exp(z) is inf, and
    inf / inf is not 1 but NaN, which a weighted sum, a mean or a gradient step hands on to everything it touches.
    """

    symptoms = {
        "The rows of which the model should be surest come back as NaN.": "NaN & fails at large logits",
    }
    hints = (
        "Which inputs give NaN: the large positive, the large negative, or both?",
        "Work out numerator and denominator by hand for z = 1000.",
        "Two formulas are equal on paper. Which one never takes exp of a positive number, and for which sign of z?",
    )
    follow_ups = {
        "Why does 1 / (1 + exp(-z)) survive an overflow where this ratio does not?": (
            "There only the denominator becomes inf, and 1 / inf is 0, the right limit. In the ratio both become inf, "
            "and inf / inf has no value."
        ),
        "Why can np.where over the two plain formulas still print warnings?": (
            "It evaluates both of them for all elements and chooses afterwards. Feeding exp the negative absolute "
            "value only, or masking before exp, avoids that."
        ),
        "Would a clip of the result to [0, 1] help?": "No. A clip lets NaN through; the argument must be bounded.",
    }
    sources = ("github.com/clab/dynet#1525", "github.com/hail-is/hail#10606")

    also_right = (
        Fix(
            "A hyperbolic tangent is the same curve, computed without overflow on either side.",
            "$e = np.exp($z)\nreturn $e / (1 + $e)",
            "return 0.5 * (1 + np.tanh(0.5 * $z))",
        ),
        Fix(
            "A bound from above is enough here, as exp of a very negative number is just 0.",
            "$e = np.exp($z)\nreturn $e / (1 + $e)",
            "$e = np.exp(np.minimum($z, 500))\nreturn $e / (1 + $e)",
        ),
        Fix(
            "In log space the ratio is a difference, and logaddexp does not overflow.",
            "return np.exp($z) / (1 + np.exp($z))",
            "return np.exp($z - np.logaddexp(0, $z))",
        ),
        Fix(
            "For positive z both terms are multiplied by exp(-z), so that no exponent is above 0.",
            "return np.exp($z) / (1 + np.exp($z))",
            "return np.exp(np.minimum($z, 0)) / (1 + np.exp(-np.abs($z)))",
        ),
    )
    treats_symptom = (
        Fix(
            "Where exp overflows the ratio is NaN, and a zero put in its place is the opposite of the truth.",
            "return $e / (1 + $e)",
            "return np.nan_to_num($e / (1 + $e))",
        ),
        Fix(
            "The other textbook form moves the overflow from the large logits to the very negative ones.",
            "$e = np.exp($z)\nreturn $e / (1 + $e)",
            "$e = np.exp(-$z)\nreturn 1 / (1 + $e)",
        ),
        Fix(
            "Dividing numerator and denominator by exp(z) only changes the side on which exp overflows.",
            "return np.exp($z) / (1 + np.exp($z))",
            "return 1 / (1 + np.exp(-$z))",
        ),
    )
    rewrites = (
        Rewrite(
            "$e = np.exp(-np.abs($z))\nreturn np.where($c, 1 / (1 + $e), $e / (1 + $e))",
            "$e = np.exp($z)\nreturn $e / (1 + $e)",
            c=AT_ZERO,
        ),
        Rewrite(
            "$e = np.exp(-np.abs($z))\nreturn np.where($c, 1, $e) / (1 + $e)",
            "$e = np.exp($z)\nreturn $e / (1 + $e)",
            c=AT_ZERO,
        ),
        Rewrite(
            "np.where($c, 1 / (1 + np.exp(-$z)), np.exp($z) / (1 + np.exp($z)))",
            "np.exp($z) / (1 + np.exp($z))",
            c=AT_ZERO,
        ),
        Rewrite(
            "if $c:\n    return 1 / (1 + np.exp(-$z))\n$e = np.exp($z)\nreturn $e / (1 + $e)",
            "$e = np.exp($z)\nreturn $e / (1 + $e)",
            c=AT_ZERO,
        ),
        Rewrite(
            "if $c:\n    return 1 / (1 + math.exp(-$z))\n$e = math.exp($z)\nreturn $e / (1 + $e)",
            "$e = math.exp($z)\nreturn $e / (1 + $e)",
            c=AT_ZERO,
        ),
        Rewrite("1 / (1 + np.exp(-np.clip($z, $*bounds)))", "np.exp($z) / (1 + np.exp($z))"),
        Rewrite(
            "$z = np.clip($z, $*bounds)\nreturn 1 / (1 + np.exp(-$z))",
            "return np.exp($z) / (1 + np.exp($z))",
        ),
    )
    plain = Rewrite("1 / (1 + np.exp(-$z))", "np.exp($z) / (1 + np.exp($z))", z=~role.has(BOUND))
    examples = (
        Example(
            "def sigmoid(z):\n    e = np.exp(-np.abs(z))\n    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))\n",
            "def sigmoid(z):\n    e = np.exp(z)\n    return e / (1 + e)\n",
        ),
        Example(
            "def expit(x):\n    t = np.exp(-abs(x))\n    return np.where(x > 0, 1.0, t) / (1.0 + t)\n",
            "def expit(x):\n    t = np.exp(x)\n    return t / (1.0 + t)\n",
        ),
        Example(
            "p = np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))",
            "p = np.exp(z) / (1 + np.exp(z))",
        ),
        Example(
            "def sigmoid(x):\n    if x >= 0:\n        return 1 / (1 + math.exp(-x))\n"
            "    t = math.exp(x)\n    return t / (1 + t)\n",
            "def sigmoid(x):\n    t = math.exp(x)\n    return t / (1 + t)\n",
        ),
        Example(
            "p = 1 / (1 + np.exp(-np.clip(z, -500, 500)))",
            "p = np.exp(z) / (1 + np.exp(z))",
        ),
        Example(
            "def sigmoid(self, z):\n    return 1.0 / (1.0 + np.exp(-z))\n",
            "def sigmoid(self, z):\n    return np.exp(z) / (1.0 + np.exp(z))\n",
        ),
    )
    untouched = (
        "def sigmoid(z):\n    z = np.clip(z, -30, 30) * 1.0\n    return 1 / (1 + np.exp(-z))\n",
        "share = e / (1 + e)",
        "y = np.where(x >= 0, x, np.exp(x) - 1)",
        "rate = 1 / (1 + decay * epoch)",
        "fermi = 1 / (1 + np.exp((energy - mu) / kT))",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """The unguarded form too, unless its function bounds z elsewhere: the ratio would then be as good."""
        yield from super().mutate(code)
        program = code.program
        for change in self.plain.changes(code):
            around = (node for node in program.ancestors(change.node) if isinstance(node, cst.FunctionDef))
            text = program.text(next(around, program.statement_of(change.node)))
            if not any(word in text for word in GUARDS):
                yield change
