"""No copy is made of an argument that is changed in place."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, Program, walk

METHODS = frozenset({"sort", "fill", "partition", "resize", "shuffle", "append", "insert", "pop", "update"})


class InputMutatedInPlace(Mutator):
    """The function writes into the very array or frame that its caller passed in.

    An argument is the caller's object, not a copy of it. Unless one is made, every assignment to a cell and every `-=`
    shows up outside: the second call starts from data that the first has already centred or filled, folds of a
    cross-validation corrupt each other, and the raw table in the notebook is no longer raw. `np.asarray` is no
    protection: it copies only where the type has to change, so integers are safe and floats are not.
    """

    symptoms = {
        "My data have other numbers in them after the call.": "changes its input",
        "The table that I handed in comes back changed.": "gaps are filled otherwise",
    }
    hints = (
        "Keep a copy of the inputs, call the function, and compare.",
        "Which lines write into an object instead of making a new one?",
        "Of each object that is written to: who made it, this function or its caller?",
    )
    follow_ups = {
        "Why is X = X - mean safe where X -= mean is not?": (
            "The first makes a new array and binds the local name to it; the second writes into the object that the "
            "caller's name is bound to as well."
        ),
        "Does copy-on-write in pandas 3 make this impossible?": (
            "No. It protects a frame from changes made through its slices; an assignment to the frame itself, which "
            "the caller also holds, still reaches the caller."
        ),
    }
    sources = ("github.com/numpy/numpy#8061", "github.com/pydata/xarray#5644")

    also_right = (
        Fix(
            "copy makes the array the function's own, also where asarray has passed on that of the caller.",
            "X = np.asarray(X, dtype=float)\nif not $possible:\n    ...",
            "X = np.asarray(X, dtype=float).copy()\nif not $possible:\n    ...",
        ),
        Fix(
            "The loop puts new columns in place of old ones, so a copy of the frame without its cells is enough.",
            "$doc\nfor $name in fill.index:\n    $X[$name] = $filled",
            "$doc\n$X = $X.copy(deep=False)\nfor $name in fill.index:\n    $X[$name] = $filled",
        ),
    )
    treats_symptom = (
        Fix(
            "A slice of all rows is a view: what is written to it is written to the caller's array.",
            "X = np.asarray(X, dtype=float)\nif not $possible:\n    ...",
            "X = np.asarray(X, dtype=float)[:]\nif not $possible:\n    ...",
        ),
        Fix(
            "astype without a copy hands on the array of the caller wherever it holds floats already.",
            "X = np.asarray(X, dtype=float)\nif not $possible:\n    ...",
            "X = np.asarray(X).astype(float, copy=False)\nif not $possible:\n    ...",
        ),
        Fix(
            "loc makes it clear what is filled, and fills it in the frame of the caller.",
            "for $name in fill.index:\n    $X[$name] = $filled",
            "for $name in fill.index:\n    $X.loc[:, $name] = $filled",
        ),
    )
    examples = (
        Example(
            "def center(X):\n    X = X.copy()\n    X -= X.mean(axis=0)\n    return X\n",
            "def center(X):\n    X -= X.mean(axis=0)\n    return X\n",
        ),
        Example(
            "def fill(df, m):\n    out = df.copy()\n    for c in m:\n        out[c] = out[c].fillna(m[c])\n",
            "def fill(df, m):\n    out = df\n    for c in m:\n        out[c] = out[c].fillna(m[c])\n",
        ),
        Example(
            "def fit(self, X):\n    X = np.array(X, dtype=float)\n    X /= X.std(axis=0)\n",
            "def fit(self, X):\n    X = np.asarray(X, dtype=float)\n    X /= X.std(axis=0)\n",
        ),
        Example(
            "def median(v):\n    v = np.copy(v)\n    v.sort()\n    return v[len(v) // 2]\n",
            "def median(v):\n    v.sort()\n    return v[len(v) // 2]\n",
        ),
    )
    untouched = (
        "def center(X):\n    X = X.copy()\n    return X - X.mean(axis=0)\n",
        "def step(self):\n    w = self.w.copy()\n    w -= self.lr * self.grad\n",
        "def center(X):\n    X = X.copy()\n    X = X - X.mean(axis=0)\n    X /= X.std(axis=0)\n",
        "def search(X):\n    best = start(X)\n    best = best.copy()\n    best[0] = 1\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        for function in program.functions:
            parameters = {p.name.value for p in function.params.params} - {"self"}
            lines = [n for n in walk(function.body) if isinstance(n, cst.SimpleStatementLine)]
            for i, line in enumerate(lines):
                copied = _copied(program, line)
                if copied and copied[1].value in parameters and _is_changed(program, copied[0].value, lines[i + 1 :]):
                    yield Change(line, (_aliasing(program, *copied[1:]),))


def _copied(program: Program, line: cst.SimpleStatementLine) -> tuple[cst.Name, cst.Name, cst.Call, cst.Name] | None:
    """Target, original, call and the name that is called, of an assignment that copies a variable."""
    small = line.body[0]
    if not (isinstance(small, cst.Assign) and isinstance(small.value, cst.Call) and len(line.body) == 1):
        return None
    target, call = small.targets[0].target, small.value
    if not (isinstance(call.func, cst.Attribute) and isinstance(target, cst.Name)):
        return None
    by_numpy = program.aliases.get(program.text(call.func.value)) == "numpy"
    if by_numpy != bool(call.args):
        return None
    original = call.args[0].value if by_numpy else call.func.value
    known = call.func.attr.value == "copy" and len(call.args) < 2
    known |= call.func.attr.value == "array" and all(a.keyword is None or a.keyword.value == "dtype" for a in call.args)
    return (target, original, call, call.func.attr) if known and isinstance(original, cst.Name) else None


def _aliasing(program: Program, original: cst.Name, call: cst.Call, called: cst.Name) -> Edit:
    """The edit after which the target is the original itself."""
    if called.value == "array":
        return program.replace(called, "asarray")
    return program.replace(call, original.value)


def _is_changed(program: Program, name: str, lines: list[cst.SimpleStatementLine]) -> bool:
    """Whether one of the lines writes into the object before the name stands for another one."""
    for line in lines:
        small = line.body[0]
        targets = [t.target for t in small.targets] if isinstance(small, cst.Assign) else []
        if any(isinstance(target, cst.Name) and target.value == name for target in targets):
            return False
        if name in program.writes(line) or any(program.text(target).startswith(f"{name}.") for target in targets):
            return True
        call = small.value if isinstance(small, cst.Expr) else None
        if (
            isinstance(call, cst.Call)
            and isinstance(call.func, cst.Attribute)
            and _changes(program, call, call.func, name)
        ):
            return True
    return False


def _changes(program: Program, call: cst.Call, func: cst.Attribute, name: str) -> bool:
    """`name.sort()`, `name.fillna(0, inplace=True)`, `rng.shuffle(name)`."""
    own, method = program.text(func.value) == name, func.attr.value
    inplace = any(arg.keyword and arg.keyword.value == "inplace" for arg in call.args)
    if method == "shuffle":
        return any(program.text(arg.value) == name for arg in call.args)
    return own and (inplace or method in METHODS)
