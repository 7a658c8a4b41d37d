"""A shuffled column stays shuffled while the next columns are tried."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, Program, walk


class PermutedColumnNotPutBack(Mutator):
    """Columns are shuffled one after the other in the same table, and none gets its own values back.

    The importance of a column is what the model loses when this column alone says nothing any more. If those before it
    are still shuffled, the loss is that of all columns so far: every column seems to matter at least as much as the
    ones before it, the last of them as much as all together, and a column that the model does not even read inherits
    the importance of its neighbours on the left.
    """

    symptoms = {
        "The importance of a column depends on which columns stand to the left of it.": "importances are wrong",
    }
    hints = (
        "Put the columns into the opposite order. Which importances change?",
        "Give the model a table whose last column it never uses. What is that column's importance?",
        "For each column that is tried, write down in which columns the table that the model sees differs from the "
        "original one. The list should have the same length each time. If it grows, look for the place where the table "
        "of the next round comes from.",
    )
    follow_ups = {
        "Why does the first column look right?": "Nothing has been shuffled before it.",
        "What else can make an important column look useless?": (
            "A twin: shuffling one of two columns that say the same leaves the other to the model."
        ),
    }
    sources = ("unverified",)

    also_right = (
        Fix(
            "The column gets its own values back before the next one is tried.",
            "$T = $X.copy()\nfor $c in range($d):\n    for $r in range($n):\n        $T[:, $c] = $moved\n"
            "        $D = $loss",
            "$T = $X.copy()\nfor $c in range($d):\n    for $r in range($n):\n        $T[:, $c] = $moved\n"
            "        $D = $loss"
            "\n    $T[:, $c] = $X[:, $c]",
        ),
    )
    treats_symptom = (
        Fix(
            "From the last column to the first, it is the columns on the right that add to the losses.",
            "for $c in range($d):\n    for $r in range($n):\n        $T[:, $c] = $moved\n        $D = $loss",
            "for $c in reversed(range($d)):\n    for $r in range($n):\n        $T[:, $c] = $moved\n        $D = $loss",
        ),
    )
    examples = (
        Example(
            "def importance(f, X, y, rng):\n    drop = []\n    for j in range(X.shape[1]):\n        Xp = X.copy()\n"
            "        Xp[:, j] = rng.permutation(Xp[:, j])\n        drop.append(f(X, y) - f(Xp, y))\n    return drop\n",
            "def importance(f, X, y, rng):\n    drop = []\n    Xp = X.copy()\n    for j in range(X.shape[1]):\n"
            "        Xp[:, j] = rng.permutation(Xp[:, j])\n        drop.append(f(X, y) - f(Xp, y))\n    return drop\n",
        ),
        Example(
            "def rank(X, y):\n    for col in X.columns:\n        saved = X[col].copy()\n"
            "        X[col] = np.random.permutation(X[col])\n        scores[col] = base - score(X, y)\n"
            "        X[col] = saved\n",
            "def rank(X, y):\n    for col in X.columns:\n        X[col] = np.random.permutation(X[col])\n"
            "        scores[col] = base - score(X, y)\n",
        ),
        Example(
            "def drops(self, X):\n    for c in self.names:\n        moved = X.copy()\n"
            "        self.rng.shuffle(moved[:, c])\n"
            "        self.drop[c] = self.loss(moved)\n",
            "def drops(self, X):\n    moved = X.copy()\n    for c in self.names:\n"
            "        self.rng.shuffle(moved[:, c])\n"
            "        self.drop[c] = self.loss(moved)\n",
        ),
    )
    untouched = (
        "for j in range(d):\n    Z = X.copy()\n    Z[:, j] = 0\n    effects.append(f(Z))\n",
        "for _ in range(b):\n    Z = X.copy()\n    Z = rng.permutation(Z)\n    stats.append(f(Z))\n",
        "for j in range(d):\n    Z = X.copy()\n    Z[:, 0] = rng.permutation(X[:, 0])\n    stats.append(f(Z))\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        for loop in (node for node in program.parents if isinstance(node, cst.For)):
            if not isinstance(loop.target, cst.Name) or not isinstance(loop.body, cst.IndentedBlock):
                continue
            for table in sorted(_shuffled(program, loop)):
                for line in loop.body.body:
                    match line:
                        case cst.SimpleStatementLine([cst.Assign([cst.AssignTarget(cst.Name(name))], value)]) if (
                            name == table
                            and _is_copy(program, value)
                            and not program.reads(value) & program.writes(loop)
                        ):
                            deletion = program.delete(line)
                            if (
                                deletion
                                and len(code.scopes.bindings_of(table, line)) == _changes(program, loop, table) + 1
                            ):
                                yield Change(line, (program.insert(program.text(line), before=loop), deletion))
                        case cst.SimpleStatementLine(
                            [cst.Assign([cst.AssignTarget(cst.Subscript() as put)], value)]
                        ) if (
                            program.text(put.value) == table
                            and isinstance(value, cst.Name)
                            and line is loop.body.body[-1]
                            and (deletion := program.delete(line))
                        ):
                            yield Change(line, (deletion,))


def _shuffled(program: Program, loop: cst.For) -> set[str]:
    """The tables of which a loop shuffles the column that it is at."""
    column, found = program.text(loop.target), set[str]()
    for part in walk(loop.body):
        match part:
            case cst.Assign(
                [cst.AssignTarget(cst.Subscript(cst.Name(table)) as cell)], cst.Call(cst.Attribute() as func)
            ):
                if func.attr.value == "permutation" and _last(program, cell) == column:
                    found.add(table)
            case cst.Call(cst.Attribute() as func, [cst.Arg(cst.Subscript(cst.Name(table)) as cell)]):
                if func.attr.value == "shuffle" and _last(program, cell) == column:
                    found.add(table)
    return found


def _last(program: Program, cell: cst.Subscript) -> str:
    return program.text(cell.slice[-1].slice)


def _is_copy(program: Program, value: cst.BaseExpression) -> bool:
    """`X.copy()`, `np.copy(X)` and `np.array(X)`."""
    if not isinstance(value, cst.Call) or not isinstance(value.func, cst.Attribute):
        return False
    if value.func.attr.value == "copy":
        return True
    return program.text(value.func) in ("np.array", "numpy.array") and len(value.args) == 1


def _changes(program: Program, loop: cst.For, table: str) -> int:
    """How often a loop writes into cells of the table."""
    targets = [t.target for part in walk(loop) if isinstance(part, cst.Assign) for t in part.targets]
    return sum(isinstance(t, cst.Subscript) and program.text(t.value) == table for t in targets)
