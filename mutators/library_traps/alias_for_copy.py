"""A second name is given to an array where a copy was needed."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, walk

AT_MOST = 3  # places of one program


class AliasForCopy(Mutator):
    """Two names stand for one array, and what is written through one of them is seen through the other.

    An assignment copies no array: it gives the same object another name. Whoever keeps the state of before in order
    to compare it, to go back to it, or to fill a new array beside it, then holds the state of now. A comparison of old
    and new finds no difference, and the best so far turns into the last.
    """

    symptoms = {
        "What I hand in comes back with other numbers.": "changes its input",
    }
    hints = (
        "Are the state of before and the state of now two arrays, or one? Ask with `is`, or with np.shares_memory.",
        "Which lines write into an array instead of making a new one, and what other names does that array have?",
        "Go through the lines that bind a name to something that already has a name, and draw an arrow from each name "
        "to its array. Where two arrows meet at one array and a later line writes into it, both names have changed, "
        "and one of them was meant to stay as it was.",
    )
    follow_ups = {
        "Which operations of numpy give a view, and which a copy?": (
            "Slices, transposes and most reshapes share memory with the original; an index by a list or a mask copies "
            "when it is read."
        ),
        "When does the same line do no harm?": (
            "When nobody writes into the array and every step makes a new one: a new value for one name leaves the "
            "other as it is."
        ),
    }
    sources = ("github.com/iiradia/kPOD#5",)

    also_right = (
        Fix(
            "np.array makes a new array of the same numbers.",
            "updated = centers",
            "updated = np.array(centers, dtype=float)",
        ),
    )
    treats_symptom = (
        Fix(
            "A full slice is a view: what is written to it is written to the array behind it.",
            "updated = centers",
            "updated = centers[:]",
        ),
        Fix(
            "asarray hands on an array of the right type as it is.",
            "updated = centers",
            "updated = np.asarray(centers)",
        ),
    )
    examples = (
        Example(
            "def run(c, X):\n    c = start(X)\n    for i in range(9):\n        old = c.copy()\n"
            "        c[0] = X.mean()\n"
            "        if np.allclose(old, c):\n            break\n    return c\n",
            "def run(c, X):\n    c = start(X)\n    for i in range(9):\n        old = c\n        c[0] = X.mean()\n"
            "        if np.allclose(old, c):\n            break\n    return c\n",
        ),
        Example(
            "def move(X, c):\n    c[0] = X.mean()\n    return c\n\n\ndef run(X):\n    c = start(X)\n    while True:\n"
            "        before = c.copy()\n        c = move(X, c)\n        if np.allclose(before, c):\n"
            "            return c\n",
            "def move(X, c):\n    c[0] = X.mean()\n    return c\n\n\ndef run(X):\n    c = start(X)\n    while True:\n"
            "        before = c\n        c = move(X, c)\n        if np.allclose(before, c):\n            return c\n",
        ),
        Example(
            "def update(X, labels, old):\n    new = np.zeros((len(old), X.shape[1]))\n    for j in range(len(old)):\n"
            "        new[j] = X[labels == j].mean(axis=0)\n    return new\n",
            "def update(X, labels, old):\n    new = old\n    for j in range(len(old)):\n"
            "        new[j] = X[labels == j].mean(axis=0)\n    return new\n",
        ),
    )
    untouched = (
        "def run(X):\n    c = start(X)\n    old = c.copy()\n    c = c + 1\n    return old, c\n",
        "def f(X):\n    X = X.copy()\n    X[0] = 1\n    return X\n",
        "def f(n):\n    out = np.zeros((n, 2))\n    out[0] = 1\n    return out\n",
        "def f(X):\n    Y = X.copy()\n    return Y + 1\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = [*_copies(code), *_results(code)]
        yield from found[:AT_MOST]


def _copies(code: Code) -> Iterator[Change]:
    """Every copy of a variable that is written into later on, under the copy's nose."""
    program = code.program
    for node, name, value in _assignments(code):
        call = value if isinstance(value, cst.Call) else None
        if call is None or len(call.args) > 1:
            continue
        func = program.text(call.func)
        if not call.args and func.endswith(".copy"):
            held = cst.ensure_type(call.func, cst.Attribute).value
        elif call.args and func.rpartition(".")[2] in ("copy", "deepcopy", "array") and call.args[0].keyword is None:
            held = call.args[0].value
        else:
            continue
        text = program.text(held)
        if not isinstance(held, (cst.Name, cst.Attribute)) or text == name or program.reads(held) != {text}:
            continue
        if isinstance(held, cst.Name) and _is_parameter(code, held) and not _in_loop(code, node):
            continue  # a copy of an argument is another bug
        if code.scopes.reads_after(name, node) and _is_written(code, text, node):
            yield Change(node, (program.replace(call, text),))


def _results(code: Code) -> Iterator[Change]:
    """Every new array as long as an argument that is filled row by row while the argument is at hand."""
    program = code.program
    for node, name, value in _assignments(code):
        if not isinstance(value, cst.Call) or program.text(value.func).rpartition(".")[2] not in ("zeros", "empty"):
            continue
        shape = value.args[0].value if len(value.args) == 1 else None
        if not isinstance(shape, cst.Tuple) or len(shape.elements) != 2:
            continue
        lengths = [code.canonical.term(element.value) for element in shape.elements]
        if lengths[0].kind != "count" or lengths[0].children[0].kind != "name" or lengths[1].kind != "subscript":
            continue
        old = lengths[0].children[0]
        parameter = old.node is not None and _is_parameter(code, old.node)
        if parameter and _is_filled(code, name, node) and len(code.scopes.reads_of(old.value, node)) > 1:
            yield Change(node, (program.replace(value, old.value),))


def _assignments(code: Code) -> Iterator[tuple[cst.CSTNode, str, cst.BaseExpression]]:
    for node in code.program.parents:
        if not isinstance(node, cst.Assign) or len(node.targets) != 1 or code.program.function_of(node) == "module":
            continue
        if isinstance(node.targets[0].target, cst.Name):
            yield node, node.targets[0].target.value, node.value


def _is_parameter(code: Code, name: cst.CSTNode) -> bool:
    bound = code.scopes.bindings_of(code.program.text(name), name)
    return any(isinstance(b.statement, cst.Param) for b in bound)


def _in_loop(code: Code, node: cst.CSTNode) -> bool:
    return any(isinstance(around, (cst.For, cst.While)) for around in code.program.ancestors(node))


def _is_filled(code: Code, name: str, node: cst.CSTNode) -> bool:
    """Whether rows are stored in an array later on."""
    return any(b.value is None and isinstance(b.statement, cst.Assign) for b in code.scopes.bindings_of(name, node))


def _is_written(code: Code, text: str, node: cst.CSTNode) -> bool:
    """Whether an array is changed in place: by a line of this function, or by a function that it is given to."""
    program, scopes = code.program, code.scopes
    for bound in scopes.bindings_of(text, node):
        if isinstance(bound.statement, cst.AugAssign) and program.text(bound.statement.target) == text:
            return True
        stored = isinstance(bound.statement, (cst.Assign, cst.AugAssign)) and bound.value is None
        if stored and isinstance(program.parents[bound.name], cst.Subscript):
            return True
    functions = {function.name.value: function for function in program.functions}
    for call in (n for n in program.parents if isinstance(n, cst.Call)):
        called = functions.get(program.text(call.func).rpartition(".")[2])
        given = [i for i, arg in enumerate(call.args) if program.text(arg.value) == text and arg.keyword is None]
        if called is None or not given or program.function_of(call) != program.function_of(node):
            continue
        names = [p.name.value for p in called.params.params if p.name.value not in ("self", "cls")]
        stores = {program.text(stored.value) for stored in _stored(called)}
        if any(i < len(names) and names[i] in stores for i in given):
            return True
    return False


def _stored(function: cst.FunctionDef) -> Iterator[cst.Subscript]:
    """The entries that a function writes."""
    for node in walk(function.body):
        if isinstance(node, (cst.AssignTarget, cst.AugAssign)) and isinstance(node.target, cst.Subscript):
            yield node.target
