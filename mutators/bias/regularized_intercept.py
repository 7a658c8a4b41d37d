"""The penalty reaches the intercept."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, Term, role

BUILT = role.that(lambda term: term.kind == "attribute" and term.value in ("eye", "identity", "diag"))
DIAGONAL = role.has(BUILT)
PENALTY = role.REGULARIZATION | role.named("penalties", "regularization", "regularizer", "temp", "tmp", "mask")
PENALISED = role.has(role.REGULARIZATION)
BIAS = role.BIAS & ~role.GRADIENT
BIAS_GRADIENT = (role.BIAS & role.GRADIENT) | role.named("db")
WEIGHT_GRADIENT = role.GRADIENT & ~BIAS_GRADIENT
ASSIGNMENT = role.that(lambda term: term.kind == "assign" and len(term.children) == 2)


class RegularizedIntercept(Mutator):
    """The penalty that is meant for the slopes shrinks the intercept as well.

    A penalty on slopes says that small effects are more plausible than large ones. The intercept is no effect but the
    level of the target, and there is no reason to expect it near 0. Once it is shrunk, a regression depends on where
    the target has its origin: temperatures in Celsius and in Kelvin give different slopes. Probabilities are drawn
    towards one half, however rare a class is.
    """

    symptoms = {
        "With a penalty the predictions stay behind when I add a constant to the target.": (
            "predictions do not move with the target"
        ),
        "With a penalty the mean prediction is not the mean of the targets, even on the training rows.": (
            "mean probability is off & the penalty acts otherwise"
        ),
        "A nudge of the fitted intercept alone brings the objective down.": (
            "does not reach the minimum & other weights"
        ),
    }
    hints = (
        "Turn the penalty up as far as it goes. What should the model predict then?",
        "Compare the mean prediction with the mean of the targets, on the training rows. Does the penalty part them?",
        "Which coefficients does the penalty act on, and which should it leave alone?",
    )
    follow_ups = {
        "What should the model predict as the penalty grows without bound?": (
            "The mean of the target, for labels the share of positives: the slopes go to 0 and the free intercept "
            "takes the level."
        ),
        "How do you avoid the special case altogether?": (
            "In least squares centre features and target, fit the slopes without an intercept, and recover it from the "
            "means. Elsewhere keep it apart from the weights that are penalised."
        ),
    }
    sources = (
        "github.com/torchgeo/torchgeo-bench#406",
        "github.com/azmyrajab/polars_ols#49",
        "github.com/eriklindernoren/ML-From-Scratch#105",
    )

    also_right = (
        Fix(
            "The residuals summed and divided by their number are the whole slope of the bias.",
            "$g = np.mean($r) + $l2 * $b",
            "$g = $r.sum() / len($r)",
        ),
        Fix(
            "A diagonal that starts with 0 leaves out the intercept, whose coefficient is the first.",
            "penalty = $strength * np.eye(A.shape[1])",
            "penalty = $strength * np.diag(np.append(0, np.ones(X.shape[1])))",
        ),
        Fix(
            "With a 0 in front, the diagonal spares the coefficient of the ones and keeps the factor n.",
            "penalty = self.l2 * $n * np.eye(A.shape[1])",
            "penalty = self.l2 * $n * np.diag(np.append(0, np.ones(X.shape[1])))",
        ),
        Fix(
            "Taking the square of the bias off the sum leaves a penalty on the weights alone.",
            "np.sum(theta**2)",
            "(np.sum(theta**2) - theta[-1] ** 2)",
        ),
        Fix(
            "A diagonal that ends with 0 spares the bias, whose coefficient is the last.",
            "penalty = l2 * np.eye(len(theta))",
            "penalty = l2 * np.diag(np.append(np.ones(len(theta) - 1), 0))",
        ),
    )
    treats_symptom = (
        Fix(
            "A penalty divided by the number of rows shrinks the bias less, and shrinks it all the same.",
            "$g = np.mean($r) + $l2 * $b",
            "$g = np.mean($r) + $l2 / len($r) * $b",
        ),
        Fix(
            "This spares the last slope; the intercept comes first in this matrix and is still shrunk.",
            "penalty = $strength * np.eye(A.shape[1])",
            "penalty = $strength * np.eye(A.shape[1])\npenalty[-1, -1] = 0",
        ),
        Fix(
            "The ones are the first column: a zero in the last corner frees a slope and not the intercept.",
            "penalty = self.l2 * $n * np.eye(A.shape[1])",
            "penalty = self.l2 * $n * np.eye(A.shape[1])\npenalty[-1, -1] = 0.0",
        ),
        Fix(
            "Leaving out the first coefficient frees a weight; the bias is the last one here.",
            "np.sum(theta**2)",
            "np.sum(theta[1:] ** 2)",
        ),
        Fix(
            "The zero belongs into the last corner: the first one frees a weight and shrinks the bias.",
            "penalty = l2 * np.eye(len(theta))\ngradient = $slope",
            "penalty = l2 * np.eye(len(theta))\npenalty[0, 0] = 0\ngradient = $slope",
        ),
    )
    rewrites = (
        *(
            Rewrite(f"$P = $built\n...\n$P[{corner}] = 0", "$P = $built\n...", built=DIAGONAL)
            for corner in ("0, 0", "0][0", "-1, -1", "-1][-1")
        ),
        *(
            Rewrite(
                f"$r = $scaled\n...\n$r[{end}] = 0",
                "$r = $scaled\n...",
                r=PENALTY,
                scaled=role.has(role.WEIGHT | role.REGULARIZATION),
            )
            for end in ("0", "-1")
        ),
        *(
            Rewrite(size.format(f"$theta[{slopes}]"), size.format("$theta"), theta=role.WEIGHT)
            for slopes in ("1:", ":-1")
            for size in ("np.sum({} ** 2)", "np.sum(np.abs({}))", "np.linalg.norm({})", "np.sign({})")
        ),
        Rewrite("$theta[1:] @ $theta[1:]", "$theta @ $theta", theta=role.WEIGHT),
        Rewrite("$g[1:] += $l2 * $theta[1:]", "$g += $l2 * $theta", l2=role.has(role.REGULARIZATION)),
        Rewrite("$l2 * np.r_[0, $theta[1:]]", "$l2 * $theta"),
    )
    examples = (
        Example(
            "P = lam * np.eye(d)\nP[0, 0] = 0.0\nw = solve(A.T @ A + P, A.T @ y)\n",
            "P = lam * np.eye(d)\nw = solve(A.T @ A + P, A.T @ y)\n",
        ),
        Example("loss = mse + l2 * np.sum(theta[1:] ** 2)", "loss = mse + l2 * np.sum(theta ** 2)"),
        Example("grad[1:] += lam / n * theta[1:]", "grad += lam / n * theta"),
        Example("penalty = lam * theta\npenalty[0] = 0\ngrad += penalty\n", "penalty = lam * theta\ngrad += penalty\n"),
        Example(
            "def gradient(X, e, w, b, l2):\n    dw = X.T @ e + l2 * w\n    db = e.mean()\n    return dw, db\n",
            "def gradient(X, e, w, b, l2):\n    dw = X.T @ e + l2 * w\n    db = e.mean() + l2 * b\n    return dw, db\n",
        ),
    )
    untouched = (
        "cost = np.full((n, m), np.inf)\ncost[0, 0] = 0\n",
        "l2 / 2 * np.sum(w ** 2)",
        "gaps = np.diff(x)\ngaps[0] = 0\n",
        "energy = np.sum(signal[1:] ** 2)",
        "dw = X.T @ e\ndb = e.mean()\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        yield from super().mutate(code)
        for block in code.canonical.by_kind["block"]:
            values = {term.children[0]: term.children[1] for term in block.children if ASSIGNMENT.holds(term)}
            penalties = [
                part for target in values if WEIGHT_GRADIENT.holds(target) for part in _penalties(values[target])
            ]
            for target, value in values.items():
                if penalties and BIAS_GRADIENT.holds(target) and not PENALISED.holds(value):
                    yield from _penalised(code, value.origin, *penalties[0])


def _penalties(gradient: Term) -> Iterator[tuple[cst.CSTNode, cst.CSTNode]]:
    """The terms of a gradient that are a product of a penalty and a weight, each with that weight."""
    for product in gradient.children if gradient.kind == "chain" and gradient.value == "+" else ():
        for factor in product.children if role.PRODUCT.holds(product) and PENALISED.holds(product) else ():
            if role.WEIGHT.holds(factor) and not role.REGULARIZATION.holds(factor):
                yield product.origin, factor.origin


def _penalised(code: Code, gradient: cst.CSTNode, product: cst.CSTNode, weight: cst.CSTNode) -> Iterator[Change]:
    """The same penalty added to the gradient of the bias, where the function knows one bias only."""
    program, index = code.program, code.canonical
    variables = [term for kind in ("name", "attribute") for term in index.by_kind.get(kind, ()) if term.node]
    function = program.function_of(gradient)
    biases = {program.text(v.origin) for v in variables if BIAS.holds(v) and program.function_of(v.origin) == function}
    if len(biases) == 1:
        (start, end), (first, last) = program.span(product), program.span(weight)
        penalty = program.source[start:first] + biases.pop() + program.source[last:end]
        yield Change(gradient, (program.replace(gradient, f"{program.text(gradient)} + {penalty}"),))
