"""The average that is to measure size is taken of the gradient itself."""

from bugforge import Example, Fix, Mutator, Rewrite, role

BETA = role.named("beta", "b", "beta1", "beta2", "b1", "b2", "decay", "rho", "gamma", "alpha")
AVERAGE = role.named(
    "v", "s", "square", "cache", "second_moment", "moment2", "var", "variance", "sq", "r", "e_g", "squared", "eg2", "vt"
)


class AdamSecondMomentNotSquared(Mutator):
    """The gradient enters the average of the squares without being squared.

    The root of the average is to be the recent size of the gradient. Of a plain average the root has another unit, and
    none where the average is negative: then it is NaN. Where all gradients are positive training goes on, and the
    length of the steps depends on the scale of the loss, which is what this method is used to prevent.
    """

    symptoms = {
        "The parameters turn to NaN, where some gradients are negative.": "NaN",
        "A step by hand has another length.": "a step by hand is missed",
    }
    hints = (
        "Which sign may the number under the root have?",
        "Double all gradients. By how much should a step change, and by how much does it?",
        "Take the units: a step is a gradient over something that should have the unit of a gradient too, so that "
        "their quotient has none. Follow the unit of that something back through the root and through the average to "
        "what goes into it.",
    )
    follow_ups = {
        "Would the absolute value do in place of the square?": (
            "Without the root, yes: that is another optimizer, with a mean absolute size instead of a root mean square."
        ),
        "Why do tests with positive gradients pass?": "They do not, if they compare the length of a step.",
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "A number times itself is its square.",
            "self.squares[i] = $beta * self.squares[i] + $rest * $g",
            "self.squares[i] = $beta * self.squares[i] + $rest * $g * $g",
        ),
    )
    treats_symptom = (
        Fix(
            "The size without its square is no longer NaN, and the root of it is still in the wrong unit.",
            "self.squares[i] = $beta * self.squares[i] + $rest * $g",
            "self.squares[i] = $beta * self.squares[i] + $rest * np.abs($g)",
        ),
    )
    rewrites = (
        Rewrite("$v = $b * $old + $c * $g ** 2", "$v = $b * $old + $c * $g", v=AVERAGE, b=BETA),
        Rewrite("$v = $b * $old + $c * ($g * $g)", "$v = $b * $old + $c * $g", v=AVERAGE, b=BETA),
        Rewrite("$v += $c * ($g ** 2 - $v)", "$v += $c * ($g - $v)", v=AVERAGE),
    )
    examples = (
        Example("v = beta2 * v + (1 - beta2) * g**2", "v = beta2 * v + (1 - beta2) * g"),
        Example(
            "self.cache = self.decay * self.cache + (1 - self.decay) * np.square(grad)",
            "self.cache = self.decay * self.cache + (1 - self.decay) * grad",
        ),
        Example(
            "s[k] = rho * s[k] + (1 - rho) * grads[k] ** 2",
            "s[k] = rho * s[k] + (1 - rho) * grads[k]",
        ),
    )
    untouched = (
        "m = beta1 * m + (1 - beta1) * g",
        "loss = a * x + b * y**2",
        "energy = decay * energy + 0.5 * speed**2",
    )
