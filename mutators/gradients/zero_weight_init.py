"""The hidden weights start equal."""

import re
from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, Program, vocabulary

# position of the shape among the positional arguments; None where each argument is one length
DRAWS = {"normal": 2, "uniform": 2, "standard_normal": 0, "random": 0, "random_sample": 0, "randn": None, "rand": None}
SCALING = (cst.Multiply, cst.Divide, cst.Subtract)


class ZeroWeightInit(Mutator):
    """All weights of a layer start equal, so its units stay copies of each other.

    Units of one layer with the same weights compute the same value and receive the same gradient, so no step can tell
    them apart. With zeros, and tanh or ReLU, it is worse: nothing flows through the weights above, the hidden layers
    get no gradient at all, and only the output bias learns. In a model without hidden layers zeros are a fine start.
    """

    symptoms = {
        "After training the accuracy is low, and the units of a hidden layer are all alike.": (
            "starts from other weights & score too low"
        ),
    }
    hints = (
        "Look at the hidden activations of one row. How many different numbers are there?",
        "Do one step of training and compare the columns of the first weight matrix.",
        "Two units with the same weights get the same gradient. What could ever make them differ?",
    )
    follow_ups = {
        "Why may the biases start at zero?": (
            "The random weights have told the units apart already; the biases then get different gradients."
        ),
        "Why is zero no problem for logistic regression?": (
            "There is no symmetry to break: each weight belongs to another feature, and the loss is convex."
        ),
    }
    sources = ("stomioka.github.io/deeplearning/docs/018-random-initialization.html",)

    also_right = (
        Fix(
            "Handing the standard deviation to the generator draws the same spread.",
            "np.full(($fan_in, $fan_out), rng.normal()) * $spread",
            "rng.normal(0, $spread, size=($fan_in, $fan_out))",
        ),
        Fix(
            "A uniform draw breaks the symmetry as well; between these limits it has the same variance.",
            "np.full(($fan_in, $fan_out), rng.normal()) * $spread",
            "rng.uniform(-(3**0.5), 3**0.5, size=($fan_in, $fan_out)) * $spread",
        ),
    )
    treats_symptom = (
        Fix(
            "Another constant for all weights leaves the units of a layer copies of each other.",
            "np.full(($fan_in, $fan_out), rng.normal()) * $spread",
            "np.full(($fan_in, $fan_out), 0.1) * $spread",
        ),
        Fix(
            "Tiny random numbers do tell the units apart, but the signal dies out from layer to layer.",
            "np.full(($fan_in, $fan_out), rng.normal()) * $spread",
            "rng.normal(size=($fan_in, $fan_out)) * 0.001 * $spread",
        ),
    )
    examples = (
        Example(
            "for fan_in, fan_out in sizes:\n"
            "    W = rng.normal(size=(fan_in, fan_out)) * np.sqrt(2 / fan_in)\n"
            "    weights.append(W)\n",
            "for fan_in, fan_out in sizes:\n    W = np.zeros((fan_in, fan_out))\n    weights.append(W)\n",
        ),
        Example(
            "W1 = np.random.randn(n_in, n_hidden) * 0.01\nW2 = np.random.randn(n_hidden, n_out) * 0.01",
            "W1 = np.zeros((n_in, n_hidden))\nW2 = np.zeros((n_hidden, n_out))",
        ),
        Example(
            "class Dense:\n"
            "    def __init__(self, n_in, n_out, rng):\n"
            "        limit = np.sqrt(6 / (n_in + n_out))\n"
            "        self.W = rng.uniform(-limit, limit, size=(n_in, n_out))\n",
            "class Dense:\n"
            "    def __init__(self, n_in, n_out, rng):\n"
            "        limit = np.sqrt(6 / (n_in + n_out))\n"
            "        self.W = np.full((n_in, n_out), rng.uniform(-limit, limit))\n",
        ),
        Example(
            "weights = [rng.standard_normal((m, n)) / m for m, n in pairs]",
            "weights = [np.zeros((m, n)) for m, n in pairs]",
        ),
    )
    untouched = (
        "weights = rng.normal(size=n_features)",
        "W = rng.normal(size=(n_features, n_classes)) * 0.01",
        "for _ in range(3):\n    X = rng.normal(size=(n, d))\n",
        "params['b1'] = rng.normal(size=(h, 1))\nparams['b2'] = rng.normal(size=(k, 1))",
        "noise1 = rng.normal(size=(n, d))\nnoise2 = rng.normal(size=(n, d))",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        numpy = next((alias for alias, module in program.aliases.items() if module == "numpy"), None)
        draws: dict[str, list[Edit]] = {}
        calls: dict[str, cst.Call] = {}
        for call in (node for node in program.parents if isinstance(node, cst.Call)):
            shape = self._shape(program, call)
            if shape is not None and any(map(vocabulary.WEIGHTS.fullmatch, self._destination(program, call))):
                function = program.function_of(call)
                calls.setdefault(function, call)
                draws.setdefault(function, []).append(self._made_equal(program, call, shape, numpy or ""))
        for function, edits in draws.items():
            call = calls[function]
            if numpy and (len(edits) > 1 or vocabulary.LAYER.search(function) or self._repeats(program, call)):
                yield Change(self._scaled(program, call), tuple(edits))

    def _made_equal(self, program: Program, call: cst.Call, shape: str, numpy: str) -> Edit:
        """Zeros; one number for all where the generator is a parameter, which would be left unused."""
        function = next((node for node in program.ancestors(call) if isinstance(node, cst.FunctionDef)), None)
        parameters = [param.name.value for param in function.params.params] if function else []
        source, draw = program.text(call.func).partition(".")[::2]
        if source not in parameters:
            return program.replace(self._scaled(program, call), f"{numpy}.zeros({shape})")
        kept = [program.text(arg) for arg in call.args[: DRAWS[draw]] if arg.keyword is None]
        return program.replace(call, f"{numpy}.full({shape}, {source}.{draw}({', '.join(kept)}))")

    def _shape(self, program: Program, call: cst.Call) -> str | None:
        """Text of the shape of a random draw of at least two dimensions."""
        name = call.func.attr.value if isinstance(call.func, cst.Attribute) else ""
        if name not in DRAWS:
            return None
        place = DRAWS[name]
        positional = [arg.value for arg in call.args if arg.keyword is None]
        if place is None:
            return f"({', '.join(map(program.text, positional))})" if len(positional) > 1 else None
        keyword = [arg.value for arg in call.args if arg.keyword and arg.keyword.value == "size"]
        shape = next(iter(keyword or positional[place : place + 1]), None)
        if isinstance(shape, cst.Tuple) and len(shape.elements) > 1:
            return f"({program.text(shape)})"
        return program.text(shape) if shape is not None and program.text(shape).endswith("shape") else None

    def _scaled(self, program: Program, call: cst.CSTNode) -> cst.CSTNode:
        """The call with the factors around it."""
        node = call
        while isinstance(around := program.parents[node], cst.BinaryOperation):
            if not isinstance(around.operator, SCALING):
                return call
            node = around
        return node

    def _destination(self, program: Program, call: cst.CSTNode) -> list[str]:
        """The words of what the drawn numbers are assigned or appended to."""
        statement = program.statement_of(call)
        small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
        if isinstance(small, cst.Assign):
            return re.findall(r"\w+", program.text(small.targets[0].target))
        if isinstance(small, cst.Expr):
            return re.findall(r"\w+", program.text(small).partition(".append(")[0])
        return []

    def _repeats(self, program: Program, node: cst.CSTNode) -> bool:
        return any(isinstance(around, (cst.For, cst.BaseComp)) for around in program.ancestors(node))
