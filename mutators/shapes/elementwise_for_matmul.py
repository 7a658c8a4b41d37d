"""Inputs and weights are multiplied entry by entry."""

from bugforge import Example, Fix, Mutator, Rewrite, role

BACKWARD = role.has(role.BACKPROPAGATED | role.GRADIENT) | role.REGULARIZATION
TRANSPOSED = role.that(lambda term: term.kind == "attribute" and term.value == "T")
ENTRY = role.that(lambda term: term.kind == "subscript")
VECTOR = role.exactly("weights", "theta") & ~ENTRY
MATRIX = role.exactly("w") | (ENTRY & role.WEIGHT)


class ElementwiseForMatmul(Mutator):
    """The star scales every feature by its weight and leaves out the sum over the features.

    A linear map adds up feature times weight for each output; @ does both, * only multiplies. For a matrix and a
    vector of weights the shapes broadcast, so that a whole matrix comes out where one number a row is expected: the
    next step that meets a vector stops, or a mean hides it. Two matrices have to be of equal shape, or it ends in an
    error.
    """

    symptoms = {
        "It stops with an error: the shapes do not fit.": "raises",
    }
    hints = (
        "Predict two rows of two features by hand. How many numbers are there?",
        "Print the shape after every step of the forward pass.",
        "What does a linear map do with the products of features and weights?",
    )
    follow_ups = {
        "On which weights would both products agree?": (
            "In their numbers, with a single feature and a single output, and for the product of two diagonal matrices."
        ),
        "Why do people who come from MATLAB write this?": (
            "There * is the product of matrices and .* the one by entries; numpy's retired matrix class did the same."
        ),
    }
    sources = ("pexcera.com/learn/math-python/matrix-multiplication-in-python-npdot-vs.html",)

    also_right = (
        Fix(
            "The method dot is the same product, of an array with two axes as of a frame.",
            "$X * $w",
            "$X.dot($w)",
            w=VECTOR,
        ),
        Fix(
            "As an einsum it says in letters which axis is summed away.",
            "$X * $W",
            """np.einsum("ij,jk->ik", $X, $W)""",
            W=MATRIX,
        ),
    )
    treats_symptom = (
        Fix(
            "The mean over the features has the right shape, and is too small by their number.",
            "$X * $w",
            "($X * $w).mean(axis=1)",
            w=VECTOR,
        ),
        Fix(
            "np.inner multiplies by the transpose, so it fits square weights only, and reads them the wrong way round.",
            "$X * $W",
            "np.inner($X, $W)",
            W=MATRIX,
        ),
    )
    rewrites = (
        Rewrite("$X @ $w", "$X * $w", X=~role.WEIGHT & ~TRANSPOSED & ~BACKWARD, w=role.WEIGHT & ~TRANSPOSED),
        Rewrite("$X @ $w + $b", "$X * $w + $b", X=~role.WEIGHT & ~BACKWARD, w=role.WEIGHT & TRANSPOSED, b=role.BIAS),
        Rewrite("$W @ $x + $b", "$W * $x + $b", W=role.WEIGHT, x=~role.WEIGHT, b=role.BIAS),
    )
    examples = (
        Example("z = X @ w + b", "z = X * w + b"),
        Example("z = np.dot(X, self.weights)", "z = X * self.weights"),
        Example("h = np.tanh(W1 @ x + b1)", "h = np.tanh(W1 * x + b1)"),
        Example("y_hat = (X - mu).dot(theta)", "y_hat = (X - mu) * theta"),
    )
    untouched = (
        "gram = A.T @ A",
        "norm = w @ w",
        "basis = A.T @ W",
        "rotated = X @ components",
        "grad = X.T @ residual / n",
        "delta = (delta @ W.T) * (1 - a**2)",
        "hidden = upstream @ W",
        "grad = A.T @ error + penalty @ theta",
        "back = signal.dot(self.W.T)",
    )
