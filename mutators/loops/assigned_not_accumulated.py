"""A sum over a loop is assigned in each round instead of added to."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, role, walk

AT_MOST = 3  # places of one program


class AssignedNotAccumulated(Mutator):
    """Each contribution overwrites what the earlier ones have left, so that only the last one counts.

    A sum that is gathered piece by piece needs the value of before. With a plain assignment the variable holds one
    contribution at a time, and at the end that of whichever came last. The result has the right shape and often a
    plausible size, and it depends on the order in which the pieces come.
    """

    symptoms = {
        "A value that I know by heart comes out wrong as soon as there is more than one row.": (
            "a metric by hand is missed"
        ),
        "A column that splits the rows twice counts as if it had done so once.": "importances are wrong",
    }
    hints = (
        "Run it with one piece of data, then with two, then with three. From where on is the result wrong?",
        "Change the order of the pieces. A quantity that sums over all of them must not care; does this one?",
        "Follow the variable that carries the result through three rounds and write down its value after each. What "
        "has become of the first contribution when the second one arrives, and which of the operators that store a "
        "value keeps what was there before?",
    )
    follow_ups = {
        "Why can a test with a single item not see it?": (
            "With one contribution the sum and the last one are the same number, provided that the sum starts at zero."
        ),
        "How would you write it so that this cannot happen?": (
            "Sum over an array or a generator in one expression, so that no variable is carried from round to round."
        ),
    }
    sources = ("github.com/EthanRosenthal/DataPiques_source#4",)

    also_right = (
        Fix(
            "A plain assignment is right where the old value stands on its right side.",
            "total = error ** 2",
            "total = total + error**2",
        ),
        Fix(
            "The old entry may stand on the right side of the assignment.",
            "$sums[$j] = $n * gain",
            "$sums[$j] = $sums[$j] + $n * gain",
        ),
    )
    treats_symptom = (
        Fix(
            "Without the division the last contribution is kept whole; it still is only the last one.",
            "return total / len(y_true)",
            "return total",
        ),
        Fix(
            "The largest contribution does not depend on the order any more, but it is no sum.",
            "$sums[$j] = $n * gain",
            "$sums[$j] = max($sums[$j], $n * gain)",
        ),
    )
    examples = (
        Example(
            "def mse(a, b):\n    total = 0.0\n    for x, y in zip(a, b):\n        total += (x - y) ** 2\n"
            "    return total / len(a)\n",
            "def mse(a, b):\n    total = 0.0\n    for x, y in zip(a, b):\n        total = (x - y) ** 2\n"
            "    return total / len(a)\n",
        ),
        Example(
            "def gram(R):\n    G = np.zeros((len(R), len(R)))\n    for i in range(len(R)):\n"
            "        for j in range(len(R)):\n            for k in range(R.shape[1]):\n"
            "                G[i, j] += R[i, k] * R[j, k]\n    return G\n",
            "def gram(R):\n    G = np.zeros((len(R), len(R)))\n    for i in range(len(R)):\n"
            "        for j in range(len(R)):\n            for k in range(R.shape[1]):\n"
            "                G[i, j] = R[i, k] * R[j, k]\n    return G\n",
        ),
        Example(
            "def grad(X, r):\n    g = np.zeros(X.shape[1])\n    for x, e in zip(X, r):\n        g += e * x\n"
            "    return g\n",
            "def grad(X, r):\n    g = np.zeros(X.shape[1])\n    for x, e in zip(X, r):\n        g = e * x\n"
            "    return g\n",
        ),
    )
    untouched = (
        "def f(x):\n    y = g(x)\n    y += 1\n    return y\n",
        "def double(x):\n    out = np.zeros(len(x))\n    for i in range(len(x)):\n        out[i] += 2 * x[i]\n"
        "    return out\n",
        "def count(xs):\n    n = 0\n    for x in xs:\n        n += 1\n    return n\n",
        "def train(w, X, lr):\n    for x in X:\n        w += lr * x\n    return w\n",
        "def step(w, xs):\n    for x in xs:\n        t = f(x)\n        t += x\n        w.append(t)\n    return w\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = sorted(_sums(code), key=lambda pair: pair[0])
        yield from (change for _, change in found[:AT_MOST])


def _sums(code: Code) -> Iterator[tuple[int, Change]]:
    """Every `+=` that gathers over a loop or a recursion; entries of arrays are harder to see than variables."""
    program = code.program
    for node in program.parents:
        if not isinstance(node, cst.AugAssign) or not isinstance(node.operator, cst.AddAssign):
            continue
        if isinstance(node.value, (cst.Integer, cst.Float, cst.List, cst.Tuple, cst.SimpleString)):
            continue
        if _gathers(code, node, program.text(node.target).partition("[")[0]):
            rank = 0 if isinstance(node.target, cst.Subscript) else 1
            between = (program.outer_span(node.target)[1], program.outer_span(node.value)[0])
            yield rank, Change(node, (Edit(*between, " = "),))


def _gathers(code: Code, node: cst.AugAssign, name: str) -> bool:
    """Whether several contributions come to the same variable, and it is read when they have come."""
    program, scopes = code.program, code.scopes
    around = list(program.ancestors(node))
    function = next((n for n in around if isinstance(n, cst.FunctionDef)), None)
    if function is None or name in program.reads(node.value) or role.WEIGHT.holds(role.variable(name)):
        return False
    index = program.reads(node.target) if isinstance(node.target, cst.Subscript) else set()
    started = [program.span(b.statement)[0] for b in scopes.bindings_of(name, node) if b.value is not None]
    loops = [n for n in around[: around.index(function)] if isinstance(n, (cst.For, cst.While))]
    for loop in loops:  # from the innermost outwards
        if any(program.span(loop)[0] < start < program.span(node)[0] for start in started):
            return False  # it begins anew in each round
        own = (
            {program.text(n) for n in walk(loop.target) if isinstance(n, cst.Name)}
            if isinstance(loop, cst.For)
            else set()
        )
        if not own & index:
            return bool(scopes.reads_after(name, loop)) or "." in name
    return "." in name and not loops and not isinstance(node.value, cst.Name) and _recurs(code, function)


def _recurs(code: Code, function: cst.FunctionDef) -> bool:
    """Whether a function or method calls itself."""
    called = (code.program.text(n.func).rpartition(".")[2] for n in walk(function.body) if isinstance(n, cst.Call))
    return function.name.value in called
