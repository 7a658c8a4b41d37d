"""The penalty enters with the opposite sign."""

from bugforge import Example, Fix, Mutator, Rewrite, role

STRENGTH = role.has(role.REGULARIZATION)
WEIGHTS = role.WEIGHT & ~role.REGULARIZATION
DATA = role.has(role.GRADIENT) | role.has(role.RESIDUAL) | role.has(role.like("$a @ $b"))


class L2WrongSign(Mutator):
    """The penalty pushes the weights away from zero instead of towards it.

    An L2 penalty adds l2 times the weights, biases included where they are penalised, to the gradient that a step goes
    against, and a positive number to the diagonal of normal equations. With the other sign large weights are rewarded:
    each step adds a multiple of the weights to themselves, which grows without bound once it outweighs the data, and
    the matrix of normal equations may lose its definiteness. At a strength of zero both signs are right, which is how
    it gets through a review.
    """

    symptoms = {
        "Without a penalty all is well; with one the parameters come out wrong.": "the penalty acts otherwise",
        "With a penalty the weights come out too long.": "the penalty acts otherwise & weights too large",
        "With a penalty the solution is no longer the best one; without, it is right.": (
            "the penalty acts otherwise & does not reach the minimum"
        ),
        "The more I regularise, the less the gradient agrees with finite differences.": (
            "gradient is not the slope & the penalty acts otherwise"
        ),
        "A nudge of the fitted weights lowers the objective, but only where there is a penalty.": (
            "does not reach the minimum"
        ),
    }
    hints = (
        "Is anything wrong at a strength of zero? What changes as the strength grows?",
        "With the penalty on, compare the gradient with differences, the objective at the solution with the objective "
        "beside it, or a single step with one made by hand.",
        "Differentiate the penalised loss. With which sign does the penalty enter the gradient, a step against it, or "
        "gradient = 0?",
    )
    follow_ups = {
        "In which algorithms is a minus in front of the penalty correct?": (
            "Where the update adds: in ascent on a log likelihood minus the penalty (BPR), or with the negative "
            "gradient written out, as in p += lr * (error * q - reg * p) of matrix factorisation."
        ),
        "What does the penalty, with the right sign, do to X^T X or to a Hessian?": (
            "It adds to the diagonal and raises the eigenvalues, so X^T X stays invertible even when columns are "
            "collinear."
        ),
    }
    sources = (
        "github.com/andersbll/deeppy#17",
        "github.com/alfredolainez/bpr-spark#2",
        "github.com/lyst/lightfm#148",
    )

    also_right = (
        Fix(
            "With the penalty in the same fraction as the data, times the number of rows, the division gives it back.",
            "X.T @ $r / len(y) - l2 * weights",
            "(X.T @ $r + len(y) * l2 * weights) / len(y)",
        ),
        Fix(
            "Ridge is plain least squares with one more row a column: the root of the penalty, with target 0.",
            "np.linalg.lstsq(A.T @ A - penalty, A.T @ y, rcond=None)[0]",
            "np.linalg.lstsq(np.vstack([A, np.sqrt(penalty)]), np.append(y, np.zeros(len(penalty))), rcond=None)[0]",
        ),
        Fix(
            "Inverting the matrix instead of solving is less accurate in general, and does no harm on so few columns.",
            "np.linalg.solve(A.T @ A - penalty, A.T @ $y)",
            "np.linalg.inv(A.T @ A + penalty) @ A.T @ $y",
        ),
        Fix(
            "The penalty's slope, l2 times all coefficients but the bias, can be written without the matrix.",
            "$data - penalty @ theta",
            "$data + l2 * np.append(theta[:-1], 0)",
        ),
        Fix(
            "Appending the part of the data first and adding the penalty to it afterwards comes to the same sum.",
            "$grads.append($data - l2 * $W)",
            "$grads.append($data)\n$grads[-1] += l2 * $W",
        ),
        Fix(
            "To shrink the parameter by the factor 1 - rate l2 and then to step along the error is the same step.",
            "$b += $rate * ($error + $lam * $b)",
            "$b = (1 - $rate * $lam) * $b + $rate * $error",
            lam=STRENGTH,
        ),
    )
    treats_symptom = (
        Fix(
            "With the term gone nothing explodes any more, but nothing shrinks these weights either.",
            "$data - $penalty",
            "$data",
            data=DATA,
            penalty=role.PENALTY,
        ),
        Fix(
            "Without the term it no longer grows by itself, but a step does not shrink it either.",
            "$b += $rate * ($error + $lam * $b)",
            "$b += $rate * $error",
            lam=STRENGTH,
        ),
        Fix(
            "With a minus in the loss as well the two agree, on rewarding large weights.",
            "$data + l2 / 2 * np.sum($w ** 2)",
            "$data - l2 / 2 * np.sum($w ** 2)",
        ),
        Fix(
            "A small number on the diagonal may keep the matrix invertible, but the penalty is still taken off it.",
            "A.T @ A - penalty",
            "A.T @ A - penalty + 1e-6 * np.eye(len(penalty))",
        ),
    )
    rewrites = (
        Rewrite("$data + $penalty", "$data - $penalty", data=DATA, penalty=role.PENALTY),
        Rewrite("$w -= $rate * ($data + $lam * $w)", "$w -= $rate * ($data - $lam * $w)", lam=STRENGTH),
        Rewrite("$w += $rate * ($data - $lam * $w)", "$w += $rate * ($data + $lam * $w)", lam=STRENGTH),
        Rewrite("$gradient += $penalty", "$gradient -= $penalty", gradient=role.GRADIENT, penalty=role.PENALTY),
        Rewrite("$w *= 1 - $decay", "$w *= 1 + $decay", w=WEIGHTS, decay=STRENGTH),
        Rewrite("$A.T @ $A + $ridge", "$A.T @ $A - $ridge", ridge=STRENGTH),
    )
    examples = (
        Example("grad_w = X.T @ residual / len(y) + l2 * weights", "grad_w = X.T @ residual / len(y) - l2 * weights"),
        Example("w -= lr * (grad + weight_decay * w)", "w -= lr * (grad - weight_decay * w)"),
        Example("P[u] += lr * (err * Q[i] - reg * P[u])", "P[u] += lr * (err * Q[i] + reg * P[u])"),
        Example("dW += self.reg * self.W", "dW -= self.reg * self.W"),
        Example("w *= 1 - lr * l2", "w *= 1 + lr * l2"),
        Example(
            "theta = np.linalg.solve(A.T @ A + penalty, A.T @ y)", "theta = np.linalg.solve(A.T @ A - penalty, A.T @ y)"
        ),
    )
    untouched = (
        "loss = np.mean(residual**2) + l2 * np.sum(w**2)",
        "average = alpha * w + (1 - alpha) * average",
        "velocity *= 1 - friction",
        "K = X @ X.T + noise * np.eye(n)",
    )
