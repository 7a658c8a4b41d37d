"""The starting weights are scaled by a variance."""

from bugforge import Example, Fix, Mutator, Rewrite, role, vocabulary

DRAW = role.has(role.call(vocabulary.DRAWING))
FAN = role.has(
    role.COUNT
    | role.named("fan", "in", "out", "input", "hidden", "unit", "neuron", "node", "dim", "size", "layer", "shape")
    | role.named("width", "feature", "d")
)
VARIANCE = role.that(
    lambda term: (
        (term.kind, term.value) == ("binary", "/")
        and role.number().holds(term.children[0])
        and FAN.holds(term.children[1])
    )
)
SPREAD = role.named("limit", "bound", "scale", "std", "stddev", "stdv", "sd", "sigma")


class InitScaleMissingSqrt(Mutator):
    """The first weights are scaled by the variance that they should have instead of by its square root.

    He and Xavier choose the variance of the weights so that a signal keeps its size from layer to layer. A random
    number is scaled by its standard deviation, the root of that. With the variance as the scale the weights are too
    small, the more so the wider the layers: signals and gradients shrink by a factor with every layer, and a deep
    network hardly starts to learn.
    """

    symptoms = {
        "The first weights are so small that training takes much longer to get anywhere.": (
            "starts from other weights & training ends at a higher loss"
        ),
    }
    hints = (
        "Print the standard deviation of the activations, layer by layer, before training.",
        "Which standard deviation should the first weight matrix have, and which has it?",
        "The rule is given for the variance. By what must a standard normal number be multiplied?",
    )
    follow_ups = {
        "Where does the 2 in He's 2 / fan_in come from, and the one in Xavier's 2 / (fan_in + fan_out)?": (
            "He's makes up for ReLU, which passes on half of the signal's second moment. Xavier's takes the mean of "
            "fan_in and fan_out, a compromise between the signals and the gradients."
        ),
        "What is the limit of a uniform draw with the variance 2 / (fan_in + fan_out)?": (
            "sqrt(6 / (fan_in + fan_out)), since a uniform number in [-a, a] has the variance a^2 / 3."
        ),
    }
    sources = ("github.com/szagoruyko/wide-residual-networks#41",)

    also_right = (
        Fix(
            "The generator takes the standard deviation itself; what counts is that it gets the root.",
            "$rng.normal(size=$shape) * ($c / $n)",
            "$rng.normal(0, np.sqrt($c / $n), size=$shape)",
        ),
        Fix(
            "A uniform number between -a and a has the variance a^2 / 3, which makes the limit the root of 6 / n.",
            "$rng.normal(size=$shape) * (2 / $n)",
            "$rng.uniform(-np.sqrt(6 / $n), np.sqrt(6 / $n), size=$shape)",
        ),
    )
    treats_symptom = (
        Fix(
            "A constant spread suits layers of one width and makes wider ones too loud, narrower ones too quiet.",
            "$draw * ($c / $n)",
            "$draw * 0.1",
            draw=DRAW,
        ),
        Fix(
            "With the root of the 2 alone the spread still falls with the width, not with the root of the width.",
            "$draw * ($c / $n)",
            "$draw * np.sqrt($c) / $n",
            draw=DRAW,
            c=role.number(),
        ),
    )
    rewrites = (
        Rewrite("$draw * np.sqrt($v)", "$draw * $v", draw=DRAW, v=VARIANCE),
        Rewrite("$draw * math.sqrt($v)", "$draw * $v", draw=DRAW, v=VARIANCE),
        Rewrite("$draw * $v ** 0.5", "$draw * $v", draw=DRAW, v=VARIANCE),
        Rewrite("$draw / np.sqrt($n)", "$draw / $n", draw=DRAW, n=FAN),
        Rewrite("np.random.randn($m, $n) / np.sqrt($n)", "np.random.randn($m, $n) / $n"),
        Rewrite("np.random.randn($n, $m) / np.sqrt($n)", "np.random.randn($n, $m) / $n"),
        Rewrite("$draw / math.sqrt($n)", "$draw / $n", draw=DRAW, n=FAN),
        Rewrite("$rng.normal($mean, np.sqrt($v), $*rest)", "$rng.normal($mean, $v, $*rest)", v=VARIANCE),
        Rewrite("$rng.normal(scale=np.sqrt($v), $*rest)", "$rng.normal(scale=$v, $*rest)", v=VARIANCE),
        Rewrite("$spread = np.sqrt($v)", "$spread = $v", function=vocabulary.INITIALISING, spread=SPREAD, v=VARIANCE),
        Rewrite("$spread = math.sqrt($v)", "$spread = $v", function=vocabulary.INITIALISING, spread=SPREAD, v=VARIANCE),
    )
    examples = (
        Example(
            "W = rng.normal(size=(fan_in, fan_out)) * np.sqrt(2 / (fan_in + fan_out))",
            "W = rng.normal(size=(fan_in, fan_out)) * (2 / (fan_in + fan_out))",
        ),
        Example(
            "self.W1 = np.random.randn(n_in, n_hidden) / np.sqrt(n_in)",
            "self.W1 = np.random.randn(n_in, n_hidden) / n_in",
        ),
        Example("W = np.random.randn(y, x) / np.sqrt(x)", "W = np.random.randn(y, x) / x"),
        Example(
            "W = rng.normal(0, np.sqrt(2.0 / n_inputs), size=(n_inputs, n_units))",
            "W = rng.normal(0, 2.0 / n_inputs, size=(n_inputs, n_units))",
        ),
        Example(
            "def initialise(fan_in, fan_out, rng):\n"
            "    limit = np.sqrt(6 / (fan_in + fan_out))\n"
            "    return rng.uniform(-limit, limit, size=(fan_in, fan_out))\n",
            "def initialise(fan_in, fan_out, rng):\n"
            "    limit = 6 / (fan_in + fan_out)\n"
            "    return rng.uniform(-limit, limit, size=(fan_in, fan_out))\n",
        ),
    )
    untouched = (
        "noise = rng.normal(size=n) * np.sqrt(variance)",
        "path = np.sqrt(dt) * rng.normal(size=steps)",
        "scores = Q @ K.T / np.sqrt(d_k)",
        "def error(x, n):\n    std = np.sqrt(1 / n)\n    return x / std\n",
    )
