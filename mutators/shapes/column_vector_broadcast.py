"""A column meets a flat vector."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Rewrite, role, vocabulary

REDUCED = role.that(
    lambda term: term.kind == "count" or (term.kind == "call" and term.value in ("mean", "sum", "max", "min", "median"))
)
PREDICTING = role.named("predict", "forward", "sigmoid", "hypothesis", "decision_function")
COLUMN = role.TARGET | role.PREDICTION
FLAT = role.has(COLUMN | PREDICTING)
VECTOR = FLAT & ~role.has(REDUCED)
CREATED = role.CALL


class ColumnVectorBroadcast(Mutator):
    """One of two vectors that are combined entry by entry has become a column.

    numpy stretches a column of shape (n, 1) along its second axis and a flat vector of shape (n,) along the missing
    first one, so their difference is an (n, n) matrix of every prediction minus every target. A mean over it is still
    a number, and a loss or metric goes wrong without a word; a gradient made of it has an axis too many and fails a
    line or a function later.
    """

    symptoms = {
        "It stops with an error about shapes that I never passed in.": "raises",
        "The score hardly depends on which prediction belongs to which target.": "a metric by hand is missed",
    }
    hints = (
        "Print the shapes of both sides of every difference.",
        "What is the shape of an array of shape (n,) minus one of shape (n, 1)?",
        "Follow target and prediction on their way to the residual. Are both flat all the way?",
    )
    follow_ups = {
        "How would you make such a mistake loud?": (
            "Assert that residual and target have one shape, or flatten both at the door of every public function."
        ),
        "With which data does a loss or metric not show it?": (
            "With one row, or with constant predictions and targets: then all entries of the matrix are equal."
        ),
    }
    sources = (
        "github.com/manzilzaheer/DeepSets#1",
        "github.com/LAMDA-Tabular/TALENT#92",
        "github.com/keras-team/keras#14627",
    )

    also_right = (
        Fix(
            "ravel flattens a column and leaves a flat vector as it is.",
            "$y.reshape(-1, 1)",
            "$y.ravel()",
            y=FLAT,
        ),
        Fix(
            "Taking the only column out of the column vector makes it flat again.",
            "$y.reshape(-1, 1)",
            "$y.reshape(-1, 1)[:, 0]",
            y=FLAT,
        ),
    )
    treats_symptom = (
        Fix(
            "squeeze flattens a column, but a single target becomes a number without a length.",
            "$y.reshape(-1, 1)",
            "$y.squeeze()",
            y=FLAT,
        ),
        Fix(
            "Averaging the extra axis away stops the error; each target then meets the mean of all predictions.",
            "X.T @ residual / len(y)",
            "(X.T @ residual).mean(axis=1) / len(y)",
            function=vocabulary.GRADIENT_FUNCTION,
        ),
    )
    rewrites = (
        Rewrite("$y.reshape(-1)", "$y.reshape(-1, 1)", y=FLAT),
        Rewrite("$y.ravel()", "$y.reshape(-1, 1)", y=FLAT),
        Rewrite("$y.flatten()", "$y.reshape(-1, 1)", y=FLAT),
        Rewrite("$y.squeeze()", "$y.reshape(-1, 1)", y=FLAT),
        Rewrite("$y = $created.reshape(-1, 1)", "$y = $created", y=COLUMN, created=CREATED),
        Rewrite("$y = $y.reshape(-1, 1)", "", y=COLUMN),
        Rewrite("$y = $y[:, None]", "", y=COLUMN),
        Rewrite("$y = $y[:, np.newaxis]", "", y=COLUMN),
    )
    examples = (
        Example(
            "def mse(y, p):\n    p = p.reshape(-1)\n    return np.mean((p - y) ** 2)\n",
            "def mse(y, p):\n    p = p.reshape(-1, 1)\n    return np.mean((p - y) ** 2)\n",
        ),
        Example("error = X @ w - y.ravel()", "error = X @ w - y.reshape(-1, 1)"),
        Example(
            "def fit(self, X, y):\n    y = y.reshape(-1, 1)\n    error = self.forward(X) - y\n",
            "def fit(self, X, y):\n    error = self.forward(X) - y\n",
        ),
        Example(
            "def loss(w, X, y):\n    return np.mean((X @ w - y) ** 2)\n\n"
            "def fit(X, labels):\n    y = np.asarray(labels).flatten()\n    return minimise(loss(start, X, y))\n",
            "def loss(w, X, y):\n    return np.mean((X @ w - y) ** 2)\n\n"
            "def fit(X, labels):\n    y = np.asarray(labels).reshape(-1, 1)\n    return minimise(loss(start, X, y))\n",
        ),
        Example(
            "def paired(y, p):\n    y = np.asarray(y).ravel()\n    p = np.ravel(p)\n    return y, p\n\n"
            "def mae(y, p):\n    y, p = paired(y, p)\n    return np.mean(np.abs(y - p))\n",
            "def paired(y, p):\n    y = np.asarray(y).reshape(-1, 1)\n    p = np.ravel(p)\n    return y, p\n\n"
            "def mae(y, p):\n    y, p = paired(y, p)\n    return np.mean(np.abs(y - p))\n",
        ),
    )
    untouched = (
        "def fit(A, y):\n    y = y.reshape(-1)\n    return np.linalg.solve(A.T @ A, A.T @ y)\n",
        "classes = np.unique(y.ravel())",
        "centred = y.ravel() - y.mean()",
        "X = X.reshape(-1, 1)\n",
        "scaled = error * self.gamma.reshape(-1)",
        "one_hot = y[:, None] == classes",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        met = _met(code)
        for change in super().mutate(code):
            if not isinstance(change.node, cst.Call) or _is_method(code, change.node):
                place = code.program.function_of(change.node)
                if any((place, text) in met for text in _names(code, change.node)):
                    yield change


def _is_method(code: Code, call: cst.Call) -> bool:
    """Whether the call is x.f(...), not np.f(x, ...)."""
    func = call.func
    return isinstance(func, cst.Attribute) and code.program.text(func.value) not in code.program.aliases


def _names(code: Code, node: cst.CSTNode) -> Iterator[str]:
    """What the program calls the reshaped array: the expression itself and the variable it is assigned to."""
    assignment = node if isinstance(node, cst.Assign) else code.program.parents[node]
    if node is not assignment:
        yield code.program.text(node)
    if isinstance(assignment, cst.Assign):
        yield code.program.text(assignment.targets[0].target)


def _met(code: Code) -> set[tuple[str, str]]:
    """Function and text of everything that is combined with a vector entry by entry, there or in a function called."""
    program, index = code.program, code.canonical
    operations = [term for kind in ("binary", "chain", "compare") for term in index.by_kind.get(kind, ())]
    met = set()
    for operation in operations:
        if operation.node and operation.value in ("-", "+", "*", "==", "!="):
            for one in operation.children:
                if one.node and any(VECTOR.holds(other) for other in operation.children if other is not one):
                    met.add((program.function_of(operation.node), program.text(one.node)))
    parameters = {f.name.value: [p.name.value for p in f.params.params] for f in program.functions}
    for call in index.by_kind.get("call", ()):
        for parameter, argument in zip(parameters.get(call.value, ()), call.children[1:], strict=False):
            if call.node and argument.node and (call.value, parameter) in met:
                met.add((program.function_of(call.node), program.text(argument.node)))
    return met | _handed_back(code, met)


def _handed_back(code: Code, met: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """Function and text of one of several things that a function returns, if it is combined so where it is unpacked."""
    program, found = code.program, set()
    returned = {
        program.function_of(node): [program.text(element.value) for element in node.value.elements]
        for node in program.parents
        if isinstance(node, cst.Return) and isinstance(node.value, cst.Tuple)
    }
    for node in program.parents:
        match node:
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Tuple(elements=names))], value=cst.Call(func=called)):
                given = zip(names, returned.get(program.text(called), ()), strict=False)
                place = program.function_of(node)
                found |= {(program.text(called), text) for to, text in given if (place, program.text(to.value)) in met}
    return found
