"""The test for convergence compares a signed difference with the tolerance."""

from bugforge import Example, Fix, Mutator, Rewrite, place, role

TOLERANCE = role.named("tol", "tolerance", "eps", "epsilon", "threshold", "min_delta", "thresh") | role.EPSILON
PROGRESS = role.has(
    role.named(
        "prev", "previous", "old", "last", "new", "loss", "cost", "history", "likelihood", "objective", "inertia"
    )
    | role.named("ll", "nll", "elbo", "error", "err", "energy", "log_likelihood")
)
GRADIENT = role.GRADIENT | role.named("update", "step", "shift")


class ConvergenceCheckWithoutAbs(Mutator):
    """The test of convergence compares a number with its sign, so one far below zero counts as a small one.

    Converged means small in size, whatever the sign. Without the absolute value every negative number lies below the
    tolerance. A difference of two losses is negative after a rise, which momentum, mini-batches or a large step bring
    now and then, and the first rise ends the training; subtracted the other way round, the first success does. The
    largest entry of a gradient is negative where all entries are, however steep the slope. On a loss that only ever
    falls, previous minus current is never negative and nothing shows.
    """

    symptoms = {
        "It stops too early, far from the optimum, and calls that converged.": (
            "stops too early or never & does not reach the minimum"
        ),
        "On rows that are far from the boundary it settles for a poor solution.": ("fails far from the boundary"),
    }
    hints = (
        "Print the loss and the gradient at the last few iterations. Had they settled?",
        "Print the number that is compared with the tolerance. What is special about it at the stop?",
        "For which numbers is the stopping condition true: small ones, or all below some bound?",
    )
    follow_ups = {
        "When may a change of the loss be tested with its sign?": (
            "When the loss cannot rise, as in EM or with a line search: a rise then means a bug or rounding, and "
            "stopping, or better raising, is sound. Early stopping on held-out loss is signed too, with a patience."
        ),
        "Absolute or relative tolerance?": (
            "Relative to the size of what is tested, else the number of iterations depends on a unit: that of the "
            "target for a squared error, that of the features for a gradient."
        ),
    }
    sources = ()

    where = place.ENDS_A_LOOP
    also_right = (
        Fix(
            "A band on both sides of zero is the same condition as a bound on the absolute value.",
            "$a - $b < $tol",
            "-$tol < $a - $b < $tol",
            tol=TOLERANCE,
        ),
        Fix(
            "numpy's test of closeness ignores the sign too; the relative tolerance has to be switched off, as here.",
            "$a - $b < $tol",
            "np.isclose($a, $b, rtol=0, atol=$tol)",
            tol=TOLERANCE,
        ),
        Fix(
            "That all entries are small in size says the same as that the largest of the sizes is.",
            "np.max($g) < $tol",
            "np.all(np.abs($g) < $tol)",
            tol=TOLERANCE,
        ),
    )
    treats_symptom = (
        Fix(
            "However strict the tolerance is made, a negative number stays below it.",
            "$change < $tol",
            "$change < $tol / 1000",
            tol=TOLERANCE,
        ),
        Fix(
            "Subtracted the other way round, a rise no longer ends the descent, but the first step that succeeds does.",
            "$a - $b < $tol",
            "$b - $a < $tol",
            tol=TOLERANCE,
        ),
    )
    rewrites = (
        Rewrite("abs($a - $b) < $tol", "$a - $b < $tol", a=PROGRESS, tol=TOLERANCE),
        Rewrite("abs($a - $b) < $tol", "$a - $b < $tol", b=PROGRESS, tol=TOLERANCE),
        Rewrite("abs($a - $b) <= $tol", "$a - $b <= $tol", a=PROGRESS, tol=TOLERANCE),
        Rewrite("abs($a - $b) <= $tol", "$a - $b <= $tol", b=PROGRESS, tol=TOLERANCE),
        Rewrite("abs($a - $b) > $tol", "$a - $b > $tol", a=PROGRESS, tol=TOLERANCE),
        Rewrite("abs($a - $b) > $tol", "$a - $b > $tol", b=PROGRESS, tol=TOLERANCE),
        Rewrite("abs($a - $b) >= $tol", "$a - $b >= $tol", a=PROGRESS, tol=TOLERANCE),
        Rewrite("np.max(np.abs($a - $b)) < $tol", "np.max($a - $b) < $tol", tol=TOLERANCE),
        Rewrite("np.max(np.abs($g)) < $tol", "np.max($g) < $tol", g=GRADIENT, tol=TOLERANCE),
    )
    examples = (
        Example(
            "for _ in range(n):\n    if abs(history[-2] - history[-1]) < self.tol:\n        break\n",
            "for _ in range(n):\n    if history[-2] - history[-1] < self.tol:\n        break\n",
        ),
        Example(
            "if np.abs(loss - previous) <= 1e-6:\n    converged = True\n",
            "if loss - previous <= 1e-6:\n    converged = True\n",
        ),
        Example("while abs(prev - cur) > tol:\n    step()\n", "while prev - cur > tol:\n    step()\n"),
        Example("converged = np.max(np.abs(w - w_old)) < tol", "converged = np.max(w - w_old) < tol"),
    )
    untouched = (
        "outliers = np.abs(x - mean) < threshold",
        "while step:\n    if abs(loss) < tol:\n        break\n",
        "assert abs(loss - expected_loss) < 1e-6",
        "while step:\n    if prev - loss < tol:\n        break\n",
        "while step:\n    if np.linalg.norm(w - w_old) < tol:\n        break\n",
    )
