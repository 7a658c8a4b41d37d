"""The derivative that is written in terms of the activation is given its input."""

import re
from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Program, Term, role, vocabulary

SIGMOID_FORMULA = re.compile(r"1(?:\.0?)? / \(1(?:\.0?)? \+ \w+\.exp\(-((?:self\.)?\w+)\)\)")
ONE, TWO = role.number(1), role.number(2)


class ActivationDerivativeWrongInput(Mutator):
    """The slope of the activation is computed from the pre-activation instead of from the activation.

    The shortcuts s (1 - s) for sigmoid and 1 - a^2 for tanh hold for the function's value. Fed with its argument they
    are parabolas without a bound: z (1 - z) is negative below 0 and above 1, 1 - z^2 beyond 1, so confident units send
    the error back with the wrong sign, multiplied by a large number. Shapes and types agree, so nothing complains.
    """

    symptoms = {
        "Training ends in NaN: the loss, and the probabilities that come out.": "NaN & probabilities do not add up",
        "The gradients of whatever lies below an activation disagree with finite differences.": (
            "gradient is not the slope"
        ),
    }
    hints = (
        "Check the gradients numerically, with pre-activations of about 3 and of about 0.",
        "The slope of a sigmoid lies between 0 and 1/4, that of tanh between 0 and 1. Print yours.",
        "The shortcut holds for the output of the function. What is it given here?",
    )
    follow_ups = {
        "Why is the same exchange harmless for ReLU?": (
            "relu(z) > 0 exactly where z > 0, so the mask may be taken from either."
        ),
        "Which of the two would you store for the backward pass?": (
            "For sigmoid and tanh the activation is enough, and it is needed for the weights' gradient anyway; "
            "GELU and SiLU need the pre-activation."
        ),
    }
    sources = ("github.com/benoitfragit/libBrain#78",)

    also_right = (
        Fix(
            "Evaluating tanh again on the spot gives the value that the shortcut holds for, at a little more cost.",
            "1 - $z ** 2",
            "1 - np.tanh($z) ** 2",
        ),
        Fix(
            "The derivative of tanh is 1 / cosh squared, a form that does take the pre-activation.",
            "$signal * (1 - $z ** 2)",
            "$signal / np.cosh($z) ** 2",
        ),
    )
    treats_symptom = (
        Fix(
            "Kept between 0 and 1 the factor can no longer explode; for small pre-activations it is still no slope.",
            "1 - $z ** 2",
            "np.clip(1 - $z**2, 0, 1)",
        ),
        Fix(
            "The absolute value takes away the wrong sign of confident units, and leaves the factor far too large.",
            "1 - $z ** 2",
            "np.abs(1 - $z**2)",
        ),
    )
    examples = (
        Example(
            "def dsigmoid(z):\n    s = sigmoid(z)\n    return s * (1 - s)\n",
            "def dsigmoid(z):\n    return z * (1 - z)\n",
        ),
        Example(
            "def back(z, delta, W):\n    a = np.tanh(z)\n    return a.T @ delta, delta @ W.T * (1 - a**2)\n",
            "def back(z, delta, W):\n    a = np.tanh(z)\n    return a.T @ delta, delta @ W.T * (1 - z**2)\n",
        ),
        Example("slope = sigmoid(z) * (1 - sigmoid(z))", "slope = z * (1 - z)"),
        Example("slope = 1 - np.tanh(x) ** 2", "slope = 1 - x ** 2"),
        Example(
            "class Net:\n"
            "    def forward(self, X):\n"
            "        self.a1 = expit(self.z1)\n"
            "    def backward(self, delta):\n"
            "        return delta * self.a1 * (1 - self.a1)\n",
            "class Net:\n"
            "    def forward(self, X):\n"
            "        self.a1 = expit(self.z1)\n"
            "    def backward(self, delta):\n"
            "        return delta * self.z1 * (1 - self.z1)\n",
        ),
    )
    untouched = (
        "def slope(z):\n    a = np.maximum(0, z)\n    return (a > 0) * 1.0\n",
        "variance = p * (1 - p)",
        "def spread(y):\n    p = y.mean()\n    return p * (1 - p)\n",
        "def weights(A, theta):\n    p = sigmoid(A @ theta)\n    return p * (1 - p)\n",
        "class Net:\n"
        "    def forward(self, z):\n"
        "        self.a = sigmoid(z)\n"
        "    def backward(self, delta):\n"
        "        return delta * self.a * (1 - self.a)\n",
        "def mixed(z):\n    s = sigmoid(z)\n    return 1 - s**2\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        for factor, values, is_tanh in self._slopes(code):
            inner = self._input(code, values[0], is_tanh)
            if inner is not None:
                text = code.program.text(inner)
                yield Change(factor.origin, tuple(code.program.replace(value.origin, text) for value in values))

    def _slopes(self, code: Code) -> Iterator[tuple[Term, list[Term], bool]]:
        """Each `1 - a ** 2` and `s * (1 - s)`, with the places of the activation in it."""
        for term in code.canonical.by_kind.get("binary", ()):
            if term.value == "-" and ONE.holds(term.children[0]):
                square = term.children[1]
                if (square.kind, square.value) == ("binary", "**") and TWO.holds(square.children[1]):
                    yield term, [square.children[0]], True
        for term in code.canonical.by_kind.get("chain", ()):
            for rest in term.children if term.value == "*" else ():
                if (rest.kind, rest.value) == ("binary", "-") and ONE.holds(rest.children[0]):
                    inner = rest.children[1]
                    yield from ((term, [s, inner], False) for s in term.children if s.key == inner.key)

    def _input(self, code: Code, activation: Term, is_tanh: bool) -> cst.CSTNode | None:
        """What the activation was computed from."""
        if activation.kind == "call":
            return self._argument(code.program, activation, is_tanh)
        if activation.node is None or not role.VARIABLE.holds(activation) or activation.kind == "subscript":
            return None
        for binding in code.scopes.bindings_of(code.program.text(activation.node), activation.node):
            inner = binding.value and self._argument(code.program, code.canonical.term(binding.value), is_tanh)
            if inner and (activation.kind == "name" or isinstance(inner, cst.Attribute)):
                return inner
        return None

    def _argument(self, program: Program, value: Term, is_tanh: bool) -> cst.CSTNode | None:
        """The variable that tanh or sigmoid is taken of."""
        if value.kind == "call" and len(value.children) == 2:
            fits = value.value == "tanh" if is_tanh else vocabulary.SIGMOID.fullmatch(value.value)
            argument = value.children[1].children[0]
            return argument.node if fits and role.VARIABLE.holds(argument) else None
        formula = None if is_tanh or value.node is None else SIGMOID_FORMULA.fullmatch(program.text(value.node))
        if formula is None:
            return None
        return next(part.node for part in value if part.node is not None and program.text(part.node) == formula[1])
