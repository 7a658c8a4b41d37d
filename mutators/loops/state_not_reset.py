"""What every round must begin anew is begun once, before the loop."""

from collections.abc import Iterator, Sequence

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, role, walk

AT_MOST = 3  # places of one program
ADDING = frozenset({"append", "extend", "add", "update", "insert", "setdefault"})
START = (
    role.number()
    | role.like("[]", "{}", "None", "True", "False", "np.inf", "-np.inf", "set()", "list()", "dict()")
    | role.call("zeros", "zeros_like", "ones", "defaultdict", "Counter")
)


class StateNotReset(Mutator):
    """A variable of one round still holds what the round before has left in it.

    A sum, a list, a step length or a choice that belongs to a single round has to start fresh in each. Started once,
    before the loop, it is right in the first round only, and from the second on it carries along something of the
    past. Runs of one round look right, and so do the first lines of a log.
    """

    symptoms = {
        "On rows that lie far apart it never arrives, however many rounds I allow.": "fails far from the boundary",
    }
    hints = (
        "Run it for a single round, then for two. Is the first one right?",
        "List the variables of the loop and say of each whether it belongs to one round or to all of them.",
        "Print every variable at the beginning of the second round, before anything has been done in it. One of them "
        "should look as it did at the beginning of the first; see where it gets its first value, and how often that "
        "line is run.",
    )
    follow_ups = {
        "How would you have noticed it in a log?": (
            "A quantity of one round that only ever grows, or only ever shrinks, over the rounds."
        ),
        "Which structure makes it impossible?": (
            "Put the body of the loop into a function of its own: its local variables are new with every call."
        ),
    }
    sources = ("github.com/JetBrains-Research/code2seq#112", "github.com/pytorchbearer/torchbearer#14")

    # also_right: none, because the value has to be set in each round, and that is the fix
    treats_symptom = (
        Fix(
            "With a larger first value it takes more rounds until the step is too small; it still only shrinks.",
            "step = 1.0",
            "step = 2.0",
        ),
    )
    examples = (
        Example(
            "def fit(X, epochs):\n    for e in range(epochs):\n        batches = []\n        for b in deal(X):\n"
            "            batches.append(b)\n        train(batches)\n",
            "def fit(X, epochs):\n    batches = []\n    for e in range(epochs):\n        for b in deal(X):\n"
            "            batches.append(b)\n        train(batches)\n",
        ),
        Example(
            "def fit(w, X, y):\n    for t in range(9):\n        g = 0.0\n        for a, b in zip(X, y):\n"
            "            g += (w * a - b) * a\n        w = w - g / len(y)\n    return w\n",
            "def fit(w, X, y):\n    g = 0.0\n    for t in range(9):\n        for a, b in zip(X, y):\n"
            "            g += (w * a - b) * a\n        w = w - g / len(y)\n    return w\n",
        ),
        Example(
            "for rows in parts:\n    found = None\n    if len(rows) > 2:\n        found = search(rows)\n"
            "    keep(found)\n",
            "found = None\nfor rows in parts:\n    if len(rows) > 2:\n        found = search(rows)\n    keep(found)\n",
        ),
    )
    untouched = (
        "for x in xs:\n    y = 0\n    y = f(x)\n    use(y)\n",
        "for x in xs:\n    total = f(x)\n    total += 1\n    use(total)\n",
        "total = 0\nfor x in xs:\n    total += x\n",
        "while queue:\n    rows = queue.pop()\n    found = None\n    if rows:\n        found = f(rows)\n"
        "    keep(found)\n",
        "for x in xs:\n    scale = 1.0\n    use(x * scale)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = list(_starts(code))
        yield from found[:AT_MOST]


def _starts(code: Code) -> Iterator[Change]:
    """Every plain start of a variable that the rest of the round adds to, or sets on a condition only."""
    program = code.program
    for loop in (node for node in program.parents if isinstance(node, (cst.For, cst.While))):
        body = loop.body.body if isinstance(loop.body, cst.IndentedBlock) else ()
        for i, line in enumerate(body):
            match line:
                case cst.SimpleStatementLine(
                    body=[cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))], value=value)]
                ):
                    pass
                case _:
                    continue
            if isinstance(value, cst.BinaryOperation) or program.reads(value) & program.writes(loop):
                continue
            if not START.holds(code.canonical.term(value), code):
                continue
            earlier = any(name in program.reads(s) | program.writes(s) for s in body[:i])
            if earlier or not _grows(code, name, body[i + 1 :]):
                continue
            removed = program.delete(line)
            if removed is not None and line.leading_lines == ():
                yield Change(line, (program.insert(program.text(line), before=loop), removed))


def _grows(code: Code, name: str, rest: Sequence[cst.CSTNode]) -> bool:
    """Whether what follows keeps some of the value: it is added to, or replaced on a condition."""
    for statement in rest:
        if any(_adds(code, node, name) for node in walk(statement)):
            return True
        if name in code.program.writes(statement):
            choice = isinstance(statement, cst.If) and statement.orelse is None
            return choice and isinstance(code.program.parents[code.program.parents[statement]], cst.For)
    return False


def _adds(code: Code, node: cst.CSTNode, name: str) -> bool:
    """`name += x`, `name[i] += x`, `name.append(x)`."""
    if isinstance(node, cst.AugAssign):
        return code.program.text(node.target).partition("[")[0] == name
    called = node.func if isinstance(node, cst.Call) else None
    return isinstance(called, cst.Attribute) and called.attr.value in ADDING and code.program.text(called.value) == name
