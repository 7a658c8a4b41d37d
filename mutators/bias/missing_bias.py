"""The affine map lost its intercept."""

from bugforge import Example, Fix, Mutator, Rewrite, role

PARAMETER = role.BIAS & ~role.GRADIENT
SCALE = role.WEIGHT & ~role.REGULARIZATION & ~role.GRADIENT


class MissingBias(Mutator):
    """The bias is not added to the product of inputs and weights.

    Without it the map is linear, not affine: a row of zeros is always sent to 0, and the line, plane or decision
    boundary that it stands for has to pass through the origin. Where training does without it too, the slopes bend to
    make up for the missing level. A bias that has a gradient of its own, or is missing in the prediction only, is
    still learned, and never used.
    """

    symptoms = {
        "The mean probability is not the share of positives, even on the training rows.": ("mean probability is off"),
        "A unit whose input is all zeros gives zero, whatever its bias is.": (
            "outputs are no weighted sums & gradient is not the slope"
        ),
        "What comes out cannot be had from the inputs with the model's own weights and bias.": (
            "outputs are no weighted sums"
        ),
    }
    hints = (
        "Predict a row of zeros. What should come out, and what does?",
        "Follow each fitted parameter from where it is learned to where it is used.",
        "Compare every affine map with its formula: how many terms has each?",
    )
    follow_ups = {
        "Why may a test on a freshly initialised model miss this?": (
            "The bias usually starts at 0, and adding 0 changes nothing. Set it to another value, or train first."
        ),
        "When is a layer without a bias the right choice?": (
            "When something after it takes any constant away or adds its own, such as batch normalisation, or when "
            "inputs and target are centred."
        ),
    }
    sources = ("github.com/Angel-ML/angel#173",)

    also_right = (
        Fix(
            "The bias as the weight of a further column of ones gives the same affine map.",
            "def predict_linear(X, weights, bias):\n    ...\n    return X @ weights",
            "def predict_linear(X, weights, bias):\n    ...\n"
            "    return np.column_stack([X, np.ones(len(X))]) @ np.append(weights, bias)",
        ),
        Fix(
            "Each row is weighted and added up before the bias comes to it, which keeps the row labels as well.",
            "def predict_scores(X, weights, bias):\n    ...\n    return X @ weights",
            "def predict_scores(X, weights, bias):\n    ...\n    return (X * weights).sum(axis=1) + bias",
        ),
        Fix(
            "Weighting the columns and adding up each row is the same product; the bias goes to every logit.",
            "sigmoid(X @ weights)",
            "sigmoid((X * weights).sum(axis=1) + bias)",
        ),
        Fix(
            "einsum for the product and a plus for the bias: the logits that training has fitted.",
            "sigmoid(X @ self.weights)",
            'sigmoid(np.einsum("ij,j->i", X, self.weights) + self.bias)',
        ),
        Fix(
            "A column of ones multiplies the row of biases that is put under the weights of the layer.",
            "[X @ weights[0]]",
            "[np.column_stack([X, np.ones(len(X))]) @ np.vstack([weights[0], biases[0]])]",
        ),
        Fix(
            "np.add broadcasts the biases of the layer over the rows as a plus does.",
            "$zs.append($a @ W)",
            "$zs.append(np.add($a @ W, b))",
        ),
    )
    treats_symptom = (
        Fix(
            "The result now depends on the other rows of the batch, and the bias is still not in it.",
            "$X @ $w",
            "($X - $X.mean(axis=0)) @ $w",
            X=~role.WEIGHT,
            w=role.WEIGHT,
        ),
    )
    rewrites = (
        Rewrite("$X @ $w + $b", "$X @ $w", X=~role.WEIGHT, w=role.WEIGHT, b=PARAMETER),
        Rewrite("$W @ $x + $b", "$W @ $x", W=role.WEIGHT, x=~role.WEIGHT, b=PARAMETER),
        Rewrite("$X @ $theta[1:] + $theta[0]", "$X @ $theta[1:]"),
        Rewrite("$w * $x + $b", "$w * $x", w=SCALE, x=role.VARIABLE & ~role.WEIGHT, b=PARAMETER),
        Rewrite("np.sum($products) + $b", "np.sum($products)", products=role.has(role.WEIGHT), b=PARAMETER),
    )
    examples = (
        Example("z = X @ w + b", "z = X @ w"),
        Example("p = sigmoid(np.dot(X, self.weights) + self.bias)", "p = sigmoid(np.dot(X, self.weights))"),
        Example("residual = X.dot(theta[1:]) + theta[0] - y", "residual = X.dot(theta[1:]) - y"),
        Example("z1 = params['W1'] @ x + params['b1']", "z1 = params['W1'] @ x"),
        Example("y_hat = w * x + b", "y_hat = w * x"),
        Example("out[i, j] = np.sum(patch * kernel) + bias", "out[i, j] = np.sum(patch * kernel)"),
    )
    untouched = (
        "grad_w = X.T @ residual / n + l2 * w",
        "state = A @ x + B @ u",
        "grad_b = weight_decay * b + d_b",
        "velocity_b = beta * velocity_b + grad_b",
        "y_shifted = y + offset",
    )
