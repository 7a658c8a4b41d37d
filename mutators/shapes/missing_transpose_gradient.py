"""The matrix in the gradient is not transposed."""

from bugforge import Example, Fix, Mutator, Rewrite, role

DIFFERENCE = role.that(
    lambda term: term.kind == "binary" and term.value == "-" and any(role.TARGET.holds(side) for side in term.children)
)
ERROR = (
    role.RESIDUAL
    | role.GRADIENT
    | DIFFERENCE
    | role.named("dz", "da", "dy", "dh", "dout", "dlogits", "sigma", "upstream")
)
DATA = ~role.named("k", "gram", "kernel", "cov", "hessian")
BACK = role.exactly("delta")
TRANSPOSED = role.that(lambda term: term.kind == "attribute" and term.value == "T")


class MissingTransposeGradient(Mutator):
    """The errors are multiplied with the matrix of the forward pass as it stands, not with its transpose.

    Backwards, every product runs the other way: what took features to outputs has to take errors of outputs to
    features, and that is the transpose. Where the matrix is not square the shapes refuse. Where it is, as many rows as
    features or layers of equal width, nothing complains, and the gradient weighs the errors by the wrong entries.
    """

    symptoms = {
        "The forward pass works. The first gradient stops with a shape mismatch.": "raises",
    }
    hints = (
        "Check the gradient by finite differences, on a square problem too.",
        "Write the shape of each factor of the gradient below it. What does the product run over?",
        "A gradient has one entry a parameter, an error one a row and unit: which index must be summed away?",
    )
    follow_ups = {
        "Why should a gradient check use a square matrix as well?": (
            "On a rectangular one the shapes already complain; on a square one only the values can."
        ),
        "When would leaving out the transpose change nothing?": (
            "With a symmetric matrix, such as a kernel or a covariance matrix."
        ),
    }
    sources = ("github.com/iamtrask/Grokking-Deep-Learning#23",)

    also_right = (
        Fix(
            "np.inner sums over the last axis of both, which is the product with the transpose.",
            "$error @ $W",
            "np.inner($error, $W)",
            W=role.WEIGHT & ~TRANSPOSED,
            error=BACK,
        ),
        Fix(
            "The transpose of the product the other way round is the same array.",
            "$X @ $error",
            "($error.T @ $X).T",
            X=role.exactly("x", "a") & ~TRANSPOSED,
            error=ERROR,
        ),
    )
    treats_symptom = (
        Fix(
            "A reshape gives the right shape with the entries in the wrong order, and changes nothing on a square.",
            "$X @ $error",
            "$X.reshape($X.shape[1], -1) @ $error",
            X=role.exactly("x", "a") & ~TRANSPOSED,
            error=ERROR,
        ),
        Fix(
            "W in the shape that fits still has its entries in the old order; a transpose changes the order.",
            "$error @ $W",
            "$error @ $W.reshape($W.shape[1], -1)",
            W=role.WEIGHT & ~TRANSPOSED,
            error=BACK,
        ),
    )
    rewrites = (
        Rewrite("$X.T @ $error", "$X @ $error", X=DATA, error=ERROR),
        Rewrite("($c * $X.T) @ $error", "($c * $X) @ $error", X=DATA, error=ERROR),
        Rewrite("$error @ $W.T", "$error @ $W", W=role.WEIGHT, error=ERROR),
    )
    examples = (
        Example("grad_w = X.T @ residual / n", "grad_w = X @ residual / n"),
        Example("dw = np.dot(X.T, (p - y)) / m", "dw = np.dot(X, (p - y)) / m"),
        Example("dW = 2 / n * X.T @ error", "dW = 2 / n * X @ error"),
        Example("grad = np.transpose(X).dot(y_pred - y)", "grad = X.dot(y_pred - y)"),
        Example("delta1 = (delta2 @ W2.T) * (1 - a1**2)", "delta1 = (delta2 @ W2) * (1 - a1**2)"),
    )
    untouched = (
        "gram = X.T @ X",
        "moment = X.T @ y",
        "scores = Q @ K.T",
        "grad = K.T @ residual",
    )
