"""The gradient lacks the penalty that the loss has."""

from bugforge import Example, Fix, Mutator, Rewrite, role

STRENGTH = role.has(role.REGULARIZATION)
WEIGHTS = role.WEIGHT & ~role.REGULARIZATION
DATA = role.has(role.GRADIENT) | role.has(role.RESIDUAL) | role.has(role.like("$a @ $b"))


class L2MissingInGradient(Mutator):
    """The penalty is part of the objective, but a gradient that is followed lacks it.

    With a penalty of l2/2 |w|^2 the gradient has a second term, l2 times the weights. Without it, plain descent
    minimises the data term alone: for the weights concerned the penalty shifts the value of the loss and nothing else,
    and they come out as if its strength were zero. A Newton step with the penalty in its Hessian only heads for the
    same place, until a line search, if there is one, stops it. At a strength of zero, often the default, nothing is
    wrong at all.
    """

    symptoms = {
        "With a penalty the fit does not end at the minimum of the objective; without, it does.": (
            "the penalty acts otherwise & does not reach the minimum"
        ),
        "The gradient check passes without a penalty and fails with one.": (
            "gradient is not the slope & the penalty acts otherwise"
        ),
    }
    hints = (
        "Fit with the penalty switched off and with a strong one. In which case is something wrong?",
        "Compare the gradient with central differences of the loss, once without penalty and once with it.",
        "Differentiate every term of the loss. Which one has no counterpart in the gradient?",
    )
    follow_ups = {
        "Is weight decay, subtracting lr * l2 * w in each step, the same as the penalty in the gradient?": (
            "For plain gradient descent, yes. Momentum collects the penalty in the gradient and Adam rescales it; "
            "decoupled weight decay (AdamW) is left alone by both."
        ),
        "Should the bias be in the penalty?": (
            "Usually not: it only sets the level of the output, and shrinking it pulls the predictions towards 0, or "
            "towards even odds."
        ),
    }
    sources = ("github.com/wush978/KDD2015wpp#11",)

    also_right = (
        Fix(
            "Inside the bracket that is divided by the number of rows, the penalty needs that number as a factor.",
            "X.T @ $r / len(y)",
            "(X.T @ $r + len(y) * l2 * weights) / len(y)",
        ),
        Fix(
            "The term can be written out, with a 0 in the place of the bias, and without a product of matrices.",
            "A.T @ $r / len(y)",
            "A.T @ $r / len(y) + l2 * np.append(theta[:-1], 0)",
        ),
        Fix(
            "The penalty's share may be added on a line of its own, to the entry that was appended last.",
            "$grads.append(a.T @ $r)",
            "$grads.append(a.T @ $r)\n$grads[-1] += l2 * W",
        ),
        Fix(
            "Adding the share of the first layer after its gradient has gone into the list is as good.",
            "$grads.append(X.T @ $r)",
            "$grads.append(X.T @ $r)\n$grads[-1] += l2 * weights[0]",
        ),
    )
    treats_symptom = (
        Fix(
            "The 2 would belong to a penalty of l2 times the squares; the loss has half of that.",
            "X.T @ $r / len(y)",
            "X.T @ $r / len(y) + 2 * l2 * weights",
        ),
        Fix(
            "Without its penalty the loss does agree with the gradient, and l2 has no effect at all.",
            "np.mean(residual ** 2) / 2 + l2 / 2 * np.sum(weights ** 2)",
            "np.mean(residual ** 2) / 2",
        ),
        Fix(
            "This shrinks the bias too, which the objective leaves out of the penalty.",
            "A.T @ $r / len(y)",
            "A.T @ $r / len(y) + l2 * theta",
        ),
        Fix(
            "What is added to every entry is the value of the penalty; its slope is l2 times each weight.",
            "$grads.append(a.T @ $r)",
            "$grads.append(a.T @ $r + l2 / 2 * np.sum(W**2))",
        ),
        Fix(
            "After the loop W is the matrix of another layer, so the penalty pulls at the wrong weights.",
            "$grads.append(X.T @ $r)",
            "$grads.append(X.T @ $r + l2 * W)",
        ),
    )
    rewrites = (
        Rewrite("$data + $penalty", "$data", data=DATA, penalty=role.PENALTY),
        Rewrite("$w -= $rate * ($data + $lam * $w)", "$w -= $rate * $data", lam=STRENGTH),
        Rewrite("$gradient += $penalty", "", gradient=role.GRADIENT, penalty=role.PENALTY),
        Rewrite("$w -= $decay", "", w=WEIGHTS, decay=role.PENALTY & role.has(role.LEARNING_RATE)),
    )
    examples = (
        Example("grad_w = X.T @ residual / len(y) + l2 * weights", "grad_w = X.T @ residual / len(y)"),
        Example("dW = (lambd / m) * W + np.dot(dZ, A.T) / m", "dW = np.dot(dZ, A.T) / m"),
        Example("w -= lr * (grad + weight_decay * w)", "w -= lr * grad"),
        Example("gradient = A.T @ (p - y) / n + penalty @ theta", "gradient = A.T @ (p - y) / n"),
        Example(
            "def backward(self):\n    dW = X.T @ dout\n    dW += self.reg * self.W\n    return dW\n",
            "def backward(self):\n    dW = X.T @ dout\n    return dW\n",
        ),
        Example("grad = -(y - p) @ X + self.regularization.grad(self.w)", "grad = -(y - p) @ X"),
    )
    untouched = (
        "loss = np.mean(residual**2) + l2 * np.sum(w**2)",
        "cost = error @ error / n + lam * w @ w",
        "average = alpha * w + (1 - alpha) * average",
        "A = X.T @ X + l2 * np.eye(d)",
    )
