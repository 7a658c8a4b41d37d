"""The clip in front of exp is gone."""

from bugforge import Example, Fix, Mutator, Rewrite, role


class UnclippedExpSigmoid(Mutator):
    """The argument of exp is no longer bounded, so large logits overflow.

    exp of a number above 709 does not fit into a float64 and becomes inf. In 1 / (1 + exp(-z)) the result still
    comes out as 0, after an overflow warning that fills the log or, under strict error handling, ends the program;
    in exp(z) / (1 + exp(z)) it is inf / inf, which is NaN.
    """

    symptoms = {
        "On logits of a thousand the call stops, because our jobs run with overflow as an error.": (
            "raises at an edge case"
        ),
    }
    hints = (
        "Feed it numbers far larger than any it was tried on.",
        "Run it under np.errstate(over='raise'). Which call complains?",
        "What is the largest number whose exponential a float64 can hold, and what keeps the argument below it?",
    )
    follow_ups = {
        "Is 1 / (1 + inf) wrong?": (
            "No, it is the right 0; the warning is the symptom. Code that raises on warnings, or the form "
            "exp(z) / (1 + exp(z)), turns it into a failure."
        ),
        "Name a form that needs no clip.": (
            "Take exp of the negative absolute value only: for z >= 0 use 1 / (1 + e), otherwise e / (1 + e), "
            "with e = exp(-|z|)."
        ),
    }
    sources = ("stackoverflow.com/questions/40726490",)

    also_right = (
        Fix(
            "Taking exp of the negative absolute value never overflows, and needs no bound.",
            "return 1 / (1 + np.exp(-$z))",
            "return np.where($z >= 0, 1, np.exp(-np.abs($z))) / (1 + np.exp(-np.abs($z)))",
        ),
        Fix(
            "A hyperbolic tangent is the same curve, and numpy computes it without overflow.",
            "return 1 / (1 + np.exp(-$z))",
            "return 0.5 * (1 + np.tanh(0.5 * $z))",
        ),
    )
    treats_symptom = (
        Fix(
            "A clip of the result comes after the overflow, whose warning is still there.",
            "return 1 / (1 + np.exp(-$z))",
            "return np.clip(1 / (1 + np.exp(-$z)), 1e-15, 1 - 1e-15)",
        ),
        Fix(
            "A NaN or infinity in the result is covered up here; the overflow came before it.",
            "return 1 / (1 + np.exp(-$z))",
            "return np.nan_to_num(1 / (1 + np.exp(-$z)))",
        ),
    )
    rewrites = (
        Rewrite("np.exp(np.clip($z, $*bounds))", "np.exp($z)"),
        Rewrite("np.exp(-np.clip($z, $*bounds))", "np.exp(-$z)"),
        Rewrite("np.exp(np.minimum($z, $bound))", "np.exp($z)", bound=role.LITERAL),
        Rewrite(
            "$z = np.clip($z, $low, $high)\n...\n$p = 1 / (1 + np.exp(-$z))",
            "...\n$p = 1 / (1 + np.exp(-$z))",
        ),
        Rewrite(
            "$z = np.clip($z, $low, $high)\nreturn 1 / (1 + np.exp(-$z))",
            "return 1 / (1 + np.exp(-$z))",
        ),
    )
    examples = (
        Example("p = 1 / (1 + np.exp(-np.clip(z, -500, 500)))", "p = 1 / (1 + np.exp(-z))"),
        Example("p = 1 / (1 + np.exp(-(X @ w).clip(-30, 30)))", "p = 1 / (1 + np.exp(-(X @ w)))"),
        Example("e = np.exp(np.clip(logits, -50, 50))", "e = np.exp(logits)"),
        Example(
            "def sigmoid(z):\n    z = np.clip(z, -500, 500)\n    return 1 / (1 + np.exp(-z))\n",
            "def sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n",
        ),
    )
    untouched = (
        "p = np.clip(p, 1e-15, 1 - 1e-15)",
        "g = np.clip(gradient, -1, 1)",
        "e = np.exp(-np.abs(z))",
    )
