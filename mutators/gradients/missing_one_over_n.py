"""The gradient is a sum over the rows, not their mean."""

from bugforge import Example, Fix, Mutator, Rewrite, Term, role, vocabulary

RESIDUAL = role.that(
    lambda term: (
        (term.kind, term.value) == ("binary", "-")
        and any(role.FORECAST.holds(p) and role.TRUTH.holds(y) for p, y in (term.children, term.children[::-1]))
    )
)
SIGNAL = role.RESIDUAL | role.named("dz", "dout", "dlogits") | RESIDUAL


def _is_summed(term: Term) -> bool:
    """Features times the signal, which sums over the rows; a residual times itself is no gradient."""
    if (term.kind, term.value) != ("binary", "@"):
        return False
    left, right = term.children
    squared = any(part.key == right.key for part in left) or any(part.key == left.key for part in right)
    return not squared and (SIGNAL.holds(left) or SIGNAL.holds(right))


SUMMED = role.that(_is_summed)
NABLA = role.named("nabla", "nw", "nb")
FACTOR = role.number() & ~role.number(1) | role.LEARNING_RATE | role.exactly("alpha")


class MissingOneOverN(Mutator):
    """The gradient is not divided by the number of rows, so the step grows with the size of the data.

    The loss is a mean over the rows and so is its gradient. Without the division what comes from the data is n times
    too long. In gradient descent the learning rate in effect is then n times the one that was set, and what converged
    on a hundred rows diverges on a million. A penalty that is added to the sum weighs n times too little, and so does
    the gradient of another parameter, or a Hessian, that is still a mean.
    """

    symptoms = {
        "With every row given twice the fit is another one, at the same settings.": ("changes when rows are repeated"),
        "The weights come out too long, with a penalty too.": ("weights too large & the penalty acts otherwise"),
        "It ends in NaN, on a table of harmless numbers.": "NaN",
        "By finite differences the gradient is too long, as a whole or in a part.": "gradient is not the slope",
    }
    hints = (
        "Compute the gradient on some rows, and again with each of these rows given twice.",
        "Compare the gradient with central differences of the loss. Is some part off by a factor, and by which?",
        "The loss is an average. Over what does the gradient average?",
    )
    follow_ups = {
        "Is a summed gradient always wrong?": (
            "No: it is the gradient of the summed loss. The two must agree, and the learning rate and the penalty must "
            "be chosen for the one that is used."
        ),
        "When does a test of convergence not find it?": (
            "Without a penalty the sum and the mean vanish at the same weights. As long as the larger step does not "
            "diverge, it may even arrive sooner."
        ),
    }
    sources = (
        "github.com/eriklindernoren/ML-From-Scratch#124",
        "github.com/eriklindernoren/ML-From-Scratch#38",
        "github.com/peterroelants/peterroelants.github.io#5",
    )

    also_right = (
        Fix(
            "Dividing the residual by the number of rows first is the same mean.",
            "$X.T @ $r",
            "$X.T @ ($r / len($X))",
            r=SIGNAL,
        ),
    )
    treats_symptom = (
        Fix(
            "A step divided by a number that fits one table is the wrong length again on the next.",
            "$X.T @ $r",
            "$X.T @ $r / 100",
            r=SIGNAL,
        ),
        Fix(
            "Clipping the gradient hides that it is too long; it is still not the slope of the loss.",
            "$X.T @ $r",
            "np.clip($X.T @ $r, -1, 1)",
            r=SIGNAL,
        ),
    )
    rewrites = (
        Rewrite("$e / $n", "$e", e=role.has(SUMMED), n=role.COUNT),
        Rewrite("$e / $n", "$e", function=vocabulary.GRADIENT_FUNCTION, e=role.has(RESIDUAL), n=role.COUNT),
        Rewrite("$r = $e / $n", "$r = $e", r=SIGNAL | role.GRADIENT, e=RESIDUAL, n=role.COUNT),
        Rewrite("1 / $n * $e", "$e", e=role.has(SUMMED), n=role.COUNT),
        Rewrite("$c / $n * $e", "$c * $e", c=FACTOR, e=role.has(SUMMED), n=role.COUNT),
        Rewrite("1 / $n * $X.T @ $r", "$X.T @ $r", r=SIGNAL, n=role.COUNT),
        Rewrite("$c / $n * $X.T @ $r", "$c * $X.T @ $r", c=FACTOR, r=SIGNAL, n=role.COUNT),
        Rewrite("$rate / $n * $g", "$rate * $g", rate=role.LEARNING_RATE, n=role.COUNT, g=role.GRADIENT | NABLA),
        Rewrite("$g = np.mean($e, $*axis)", "$g = np.sum($e, $*axis)", g=role.GRADIENT, e=role.has(SIGNAL)),
        Rewrite(
            "$g = np.sum($e, $*axis) / $n",
            "$g = np.sum($e, $*axis)",
            g=role.GRADIENT,
            e=role.has(SIGNAL),
            n=role.COUNT,
        ),
        Rewrite(
            "$g = 1 / $n * np.sum($e, $*axis)",
            "$g = np.sum($e, $*axis)",
            g=role.GRADIENT,
            e=role.has(SIGNAL),
            n=role.COUNT,
        ),
    )
    examples = (
        Example("grad_w = X.T @ residual / len(y) + l2 * w", "grad_w = X.T @ residual + l2 * w"),
        Example("grad_b = residual.mean()", "grad_b = residual.sum()"),
        Example("dw = (1 / m) * np.dot(X.T, (y_pred - y))", "dw = np.dot(X.T, (y_pred - y))"),
        Example("gradients = 2 / m * X.T.dot(X.dot(theta) - y)", "gradients = 2 * X.T.dot(X.dot(theta) - y)"),
        Example("delta = (softmax(z) - one_hot) / len(X)", "delta = softmax(z) - one_hot"),
        Example("w -= lr * X.T @ error / n_samples", "w -= lr * X.T @ error"),
        Example("theta = theta - (alpha / m) * (X.T @ (h - y))", "theta = theta - alpha * (X.T @ (h - y))"),
        Example("w = w - (eta / len(mini_batch)) * nabla_w", "w = w - eta * nabla_w"),
        Example("db = np.sum(dz, axis=0) / m", "db = np.sum(dz, axis=0)"),
    )
    untouched = (
        "mse = error @ error / n",
        "covariance = diff.T @ diff / len(X)",
        "delta = (high - low) / n",
        "bias = np.mean(y_pred - y)",
        "total = X.T @ weights / n",
    )
