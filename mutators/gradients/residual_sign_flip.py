"""The residual inside the gradient has the wrong sign."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, role, vocabulary

LINEAR = {"mean", "sum", "average", "dot", "matmul", "outer", "multiply", "asarray", "reshape", "ravel", "append"}


class ResidualSignFlip(Mutator):
    """The residual is taken the other way round, so what the data add to the gradient points downhill.

    The derivative of a squared error with respect to the prediction, and of a cross-entropy with respect to the logit,
    is prediction minus target, up to a factor. Everything behind it is linear: with target minus prediction all that
    the data add to the gradient is negated. An update that still subtracts it climbs the loss, and a line search that
    refuses to climb stays where it started. The function of the loss is not concerned: it squares the residual, or has
    none.
    """

    symptoms = {
        "Step by step the loss grows, until the weights are NaN.": "NaN & the first step ascends",
        "The very first update makes the loss larger.": "the first step ascends",
        "Finite differences disagree with the gradient, mostly about its sign.": "gradient is not the slope",
    }
    hints = (
        "Take a very small step against the gradient and compare the loss before and after it.",
        "Nudge one weight by 1e-6 and compare the change of the loss with the gradient: what is their ratio?",
        "Differentiate the loss by hand with respect to the linear output. Which of the two numbers is subtracted?",
    )
    follow_ups = {
        "Why does the loss at given weights not change when the residual is negated?": (
            "A squared or absolute error is the same either way round, and a cross-entropy does not contain the "
            "residual at all; its sign shows in the derivative only."
        ),
        "When is target minus prediction the right thing to write?": (
            "When it is the negative gradient on purpose: the update then adds it, as the perceptron and LMS rules do, "
            "or gradient boosting fits the next tree to it."
        ),
    }
    sources = (
        "github.com/joelgrus/data-science-from-scratch#65",
        "github.com/scikit-learn/scikit-learn#9666",
    )

    also_right = (
        Fix(
            "The chain rule puts a minus in front of target minus prediction; writing it there is right.",
            "residual = y - $p",
            "residual = -(y - $p)",
        ),
        Fix(
            "Target minus prediction may stay where its whole term is subtracted.",
            "$A.T @ (y - p) / len(y) + $penalty",
            "$penalty - $A.T @ (y - p) / len(y)",
        ),
        Fix(
            "Taking 1 off the probability of each row's own label needs no one-hot matrix.",
            "target = $one_hot\ndelta = (target - $p) / len(y)",
            "delta = $p\ndelta[np.arange(len(y)), y] -= 1\ndelta /= len(y)",
        ),
    )
    treats_symptom = (
        Fix(
            "An absolute value cannot say whether a prediction was too high or too low.",
            "$y - $p",
            "np.abs($y - $p)",
            p=role.FORECAST,
            y=role.TRUTH,
        ),
        Fix(
            "An update that adds descends on the data again, but climbs the penalty, whose sign was right.",
            "self.weights -= $rate * $gw\nself.bias -= $rate * $gb",
            "self.weights += $rate * $gw\nself.bias += $rate * $gb",
            rate=role.LEARNING_RATE,
        ),
        Fix(
            "A velocity that collects with a plus trains again, save for the penalty; the gradient stays wrong.",
            "$v = $mu * $v - $rate * $gw\n$u = $mu * $u - $rate * $gb",
            "$v = $mu * $v + $rate * $gw\n$u = $mu * $u + $rate * $gb",
            rate=role.LEARNING_RATE,
        ),
    )
    rewrites = (
        Rewrite("$p - $y", "$y - $p", p=role.FORECAST, y=role.TRUTH),
        Rewrite("$y - $p", "$p - $y", p=role.FORECAST, y=role.TRUTH),
    )
    examples = (
        Example("grad_w = X.T @ (X @ w + b - y) / len(y)", "grad_w = X.T @ (y - (X @ w + b)) / len(y)"),
        Example(
            "def fit(X, y):\n    error = sigmoid(X @ w) - y\n    w -= lr * np.dot(X.T, error) / len(y)\n",
            "def fit(X, y):\n    error = y - sigmoid(X @ w)\n    w -= lr * np.dot(X.T, error) / len(y)\n",
        ),
        Example("dZ2 = A2 - Y", "dZ2 = Y - A2"),
        Example("w += eta * (target - prediction) * x", "w += eta * (prediction - target) * x"),
        Example(
            "update = eta * (y_i - self.predict(x_i))\nself.w_ += update * x_i",
            "update = eta * (self.predict(x_i) - y_i)\nself.w_ += update * x_i",
        ),
        Example(
            "def gradient(X, y, w):\n    return (predict(X, w) - y) @ X / len(y)\n",
            "def gradient(X, y, w):\n    return (y - predict(X, w)) @ X / len(y)\n",
        ),
    )
    untouched = (
        "def mse(y, y_pred):\n    error = y - y_pred\n    return np.mean(error**2)\n",
        "loss = np.abs(y_pred - y).mean()",
        "diff = y - y_pred\nloss = alpha * diff",
        "residual = y - model.predict(X)\ntree.fit(X, residual)",
        "grad = X.T @ (y - y.mean())",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        for change in super().mutate(code):
            if self._feeds_gradient(code, change.node):
                yield change

    def _feeds_gradient(self, code: Code, node: cst.CSTNode) -> bool:
        """Whether the value reaches a gradient or an update, through linear operations and further variables."""
        program, statement = code.program, None
        for around in program.ancestors(node):
            if isinstance(around, (cst.Comparison, cst.Lambda)):
                return False
            if isinstance(around, cst.BinaryOperation) and isinstance(around.operator, cst.Power):
                return False
            if isinstance(around, cst.Call) and program.text(around.func).rpartition(".")[2] not in LINEAR:
                return False
            if isinstance(around, cst.BaseSmallStatement):
                statement = around
                break
        if isinstance(statement, cst.Return):
            return vocabulary.GRADIENT_FUNCTION.search(program.function_of(node)) is not None
        if isinstance(statement, cst.Expr):
            return vocabulary.GRADIENT.match(program.text(statement)) is not None
        if statement is None or not isinstance(statement, (cst.Assign, cst.AugAssign)):
            return False
        targets, text = program.writes(statement), program.text(statement)
        if any(vocabulary.GRADIENT.fullmatch(name.lower()) for name in targets):
            return True
        if isinstance(statement, cst.AugAssign) or targets & program.reads(statement):
            return vocabulary.STEP.search(text) is not None or any(
                vocabulary.PARAMETER.fullmatch(name.lower()) for name in targets
            )
        return any(
            self._feeds_gradient(code, use) for name in targets for use in code.scopes.reads_after(name, statement)
        )
