"""Backpropagation skips the derivative of the activation."""

from bugforge import Example, Fix, Mutator, Rewrite, Term, role, vocabulary

BACK = role.has(role.BACKPROPAGATED)
FORWARD = role.named("z", "a", "h", "x", "hidden", "cache", "input", "activation", "pre_activation", "out")
ONE, ZERO = role.number(1), role.number(0)


def _is_slope(term: Term) -> bool:
    """The derivative of tanh by its value, of sigmoid by its value, of relu, or a function that says it is one."""
    if (term.kind, term.value) == ("binary", "-") and ONE.holds(term.children[0]):
        square = term.children[1]
        return (square.kind, square.value) == ("binary", "**") and role.number(2).holds(square.children[1])
    if (term.kind, term.value) == ("chain", "*") and len(term.children) == 2:
        pairs = (term.children, term.children[::-1])
        return any(
            (rest.kind, rest.value) == ("binary", "-")
            and ONE.holds(rest.children[0])
            and rest.children[1].key == value.key
            for value, rest in pairs
        )
    if term.kind == "compare":
        return term.value in ("<", "<=") and ZERO.holds(term.children[0])
    if term.kind == "call" and term.value == "astype":
        return _is_slope(term.children[0].children[0])
    return term.kind == "call" and vocabulary.SLOPE.fullmatch(term.value) is not None


SLOPE = role.that(_is_slope)


class MissingActivationDerivative(Mutator):
    """The chain rule's factor for the activation is left out, as if the layer were linear.

    Going back through a layer means multiplying by the transposed weights and, element by element, by the slope of
    the activation. Without the slope, saturated and dead units receive a full share of the error, and every gradient
    below this layer is wrong in size and often in direction. Near zero the slope of tanh is 1, so that small weights
    hide it.
    """

    symptoms = {
        "It trains, but ends with too high a loss and too low an accuracy.": (
            "training ends at a higher loss & score too low"
        ),
        "The gradients of whatever lies below an activation disagree with finite differences.": (
            "gradient is not the slope"
        ),
    }
    hints = (
        "Compare the gradients of each layer with central differences. Which layers are right?",
        "The last layer is right and all below it are wrong. What happens between the two?",
        "Write the forward step of one layer as two functions. Does the way back have a factor for each of them?",
    )
    follow_ups = {
        "Why must a gradient check not start from tiny weights?": (
            "There tanh is nearly the identity with slope 1, and the missing factor changes next to nothing. "
            "Pre-activations of about 1 show it."
        ),
        "Why has the output layer no such factor for softmax with cross-entropy?": (
            "The derivatives of the two cancel: with respect to the logits it is p - y. With a squared error on a "
            "sigmoid output the factor stays."
        ),
    }
    sources = (
        "github.com/jiexunsee/Neural-Network-with-Python#1",
        "github.com/Bot-Academy/NeuralNetworkFromScratch#3",
    )

    also_right = (
        Fix(
            "1 - a^2 in two factors is the same slope, and loses fewer digits where a is close to 1.",
            "$signal = $signal @ $W.T",
            "$signal = ($signal @ $W.T) * (1 - a) * (1 + a)",
            signal=BACK,
        ),
        Fix(
            "Division by cosh squared is the factor too, written in terms of the pre-activation.",
            "$signal = $signal @ $W.T",
            "$signal = ($signal @ $W.T) / np.cosh(z) ** 2",
            signal=BACK,
        ),
    )
    treats_symptom = (
        Fix(
            "That is the slope of a sigmoid; the forward pass has a tanh.",
            "$signal = $signal @ $W.T",
            "$signal = ($signal @ $W.T) * a * (1 - a)",
            signal=BACK,
        ),
        Fix(
            "Clipping what flows back bounds its size and says nothing about which units are saturated.",
            "$signal = $signal @ $W.T",
            "$signal = np.clip($signal @ $W.T, -1, 1)",
            signal=BACK,
        ),
    )
    rewrites = (
        Rewrite("$signal * $slope", "$signal", signal=BACK & ~SLOPE, slope=SLOPE),
        Rewrite(
            "$signal * $slope * $*factors",
            "$signal * $*factors",
            signal=BACK & ~SLOPE,
            slope=SLOPE,
            factors=~SLOPE,
        ),
        Rewrite("$signal * $a * (1 - $a)", "$signal", exact=True, signal=BACK),
        Rewrite("$signal * ($a * (1 - $a))", "$signal", exact=True, signal=BACK),
        Rewrite("$a * (1 - $a) * $signal", "$signal", exact=True, signal=BACK),
        Rewrite("$signal *= $slope", "", signal=BACK, slope=SLOPE),
        Rewrite("$signal[$z <= 0] = 0", "", signal=BACK, z=FORWARD),
        Rewrite("$signal[$z < 0] = 0", "", signal=BACK, z=FORWARD),
        Rewrite("np.where($z > 0, $signal, 0)", "$signal", signal=BACK, z=FORWARD),
    )
    examples = (
        Example("delta = (delta @ W.T) * (1 - a**2)", "delta = delta @ W.T"),
        Example("dz1 = dz2 @ W2.T * a1 * (1 - a1)", "dz1 = dz2 @ W2.T"),
        Example("error = np.dot(delta, self.W2.T) * sigmoid_derivative(self.a1)", "error = np.dot(delta, self.W2.T)"),
        Example("grad_w1 = X.T @ (delta * v * (z > 0))", "grad_w1 = X.T @ (delta * v)"),
        Example(
            "def backward(dout):\n    dz = dout @ W.T\n    dz[z <= 0] = 0\n    return dz\n",
            "def backward(dout):\n    dz = dout @ W.T\n    return dz\n",
        ),
        Example("dx = np.where(x > 0, dout, 0)", "dx = dout"),
    )
    untouched = (
        "variance = n * p * (1 - p)",
        "h = (1 - z) * h + z * candidate",
        "hessian = (A.T * (p * (1 - p))) @ A",
        "r_squared = total * (1 - correlation**2)",
        "errors[errors < 0] = 0",
    )
