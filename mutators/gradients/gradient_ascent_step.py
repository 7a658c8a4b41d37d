"""The update adds the gradient."""

from bugforge import Example, Fix, Mutator, Rewrite, role


class GradientAscentStep(Mutator):
    """Parameters move along their gradient, so they climb the loss instead of descending.

    A gradient points uphill. Descent subtracts it, scaled by the learning rate; adding it walks the same surface the
    wrong way, whatever the step size. One parameter that climbs is enough: the others still descend, but on a surface
    that rises under them.
    """

    symptoms = {
        "The longer it trains the worse it gets, until it ends in NaN.": "NaN & does not reach the minimum",
        "After one step the loss is higher than before it.": "the first step ascends",
        "After training the weights are far too large and the accuracy is poor.": "weights too large & score too low",
        "At the end of training the loss is far too high.": "training ends at a higher loss & score too low",
        "With every row given twice it lands somewhere else entirely.": "changes when rows are repeated",
    }
    hints = (
        "Print the loss all along the training. Which way does it go in the end?",
        "Would a smaller learning rate cure this, or only slow it down?",
        "Which way does a gradient point, and which way does the update of each parameter go?",
    )
    follow_ups = {
        "Would flipping the sign of the whole gradient as well be a fix?": (
            "Where every parameter climbs, the signs cancel, but two places are now wrong and the gradient is the "
            "negative of what its name says. Where only one of them climbs, all the others would now climb instead."
        ),
        "How would you test an update rule without training to convergence?": (
            "Take one small step from a point that is not stationary: the loss must fall, by about the learning rate "
            "times the squared norm of the gradient."
        ),
    }
    sources = ("github.com/42-AI/bootcamp_machine-learning#64",)

    also_right = (
        Fix(
            "To add the step with a minus in front of the learning rate is descent as well, and just as common.",
            "$w += $rate * $gradient",
            "$w += -$rate * $gradient",
            rate=role.LEARNING_RATE,
        ),
        Fix(
            "Damping the velocity first, and then taking the scaled gradient off it, is the same update in two steps.",
            "$v = $mu * $v + $rate * $gradient",
            "$v *= $mu\n$v -= $rate * $gradient",
            mu=role.MOMENTUM,
            rate=role.LEARNING_RATE,
        ),
    )
    treats_symptom = (
        Fix(
            "A learning rate a hundred times smaller makes the climb slow enough to be overlooked, no descent.",
            "$rate * $gradient",
            "0.01 * $rate * $gradient",
            rate=role.LEARNING_RATE,
            gradient=role.GRADIENT,
        ),
        Fix(
            "Clipping bounds the length of the step and leaves its signs alone, and they point uphill.",
            "$rate * $gradient",
            "$rate * np.clip($gradient, -1, 1)",
            rate=role.LEARNING_RATE,
            gradient=role.GRADIENT,
        ),
    )
    rewrites = (
        Rewrite("$w -= $rate * $gradient", "$w += $rate * $gradient", rate=role.LEARNING_RATE),
        Rewrite("$w -= $step", "$w += $step", step=role.has(role.LEARNING_RATE) & ~role.PRODUCT),
        Rewrite("$v = $mu * $v - $rate * $gradient", "$v = $mu * $v + $rate * $gradient", rate=role.LEARNING_RATE),
    )
    examples = (
        Example("w -= learning_rate * grad_w", "w += learning_rate * grad_w"),
        Example("self.bias -= self.lr * db", "self.bias += self.lr * db"),
        Example("w = w - eta * dw", "w = w + eta * dw"),
        Example("w -= lr * X.T @ residual / n", "w += lr * X.T @ residual / n"),
        Example("v = mu * v - lr * grad", "v = mu * v + lr * grad"),
    )
    untouched = (
        "remaining -= 1",
        "X -= X.mean(axis=0)",
        "w += velocity",
        "balance -= rate_of_interest",
    )
