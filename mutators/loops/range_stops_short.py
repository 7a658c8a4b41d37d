"""A range ends one before its last value."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator, walk

AT_MOST = 3  # places of one program


class RangeStopsShort(Mutator):
    """The last of all columns, batches, classes, positions or turns is left out: the range ends too early by one.

    The end of a range is not part of it. A range that is to include its end needs one more, and a range over all n
    positions needs n itself, not the index of the last one. What is left out is always the last, and where it is small,
    or one of many, everything seems to work.
    """

    symptoms = {
        "The last of the resamples has a mean that nothing explains.": "resamples are drawn otherwise",
        "One of the estimates is a number that no resample could give.": "no resample has such an estimate",
        "Something that comes last has no say.": "another split is chosen",
        "The last cluster stays where it should not be.": "centers are not the means",
        "An epoch does not see all rows, however I choose the batches.": "rows are left out of batches, or doubled",
        "Rows of one fold get numbers that nobody has computed.": "a row is encoded by its own label",
    }
    hints = (
        "Mark whatever has to be visited or done and count the marks. Is one missing, and which?",
        "Run it with as little to go through as is allowed: one column, one batch, one repeat, two folds. What becomes "
        "of the last?",
        "Write down the first and the last value that each loop variable takes for a size of three. Python's ranges "
        "leave out the end that they are given; compare the last value with the last that there has to be.",
    )
    follow_ups = {
        "When does a test not notice?": (
            "When what comes last does not matter: a last column without information, a last batch like the others, "
            "or a single epoch of many."
        ),
        "How can a loop be written without an end to get wrong?": (
            "Loop over the things themselves, with enumerate or zip, instead of over their positions; where there is "
            "only a number of turns, over a range of that number and nothing else."
        ),
    }
    sources = ("github.com/siddk/entity-network#7", "github.com/cloe-org/cloelib#355")

    also_right = (
        Fix(
            "A loop over the transposed array with a counter visits every column too.",
            "for $j in range(X.shape[1] - 1):\n    ...",
            "for $j, _ in enumerate(X.T):\n    ...",
        ),
        Fix(
            "The sequence itself has an element for each position.",
            "for $j in range(len($centers) - 1):\n    ...",
            "for $j, _ in enumerate($centers):\n    ...",
        ),
    )
    treats_symptom = (
        Fix(
            "Counted backwards without the zero it is the first that is left out.",
            "for $j in range(X.shape[1] - 1):\n    ...",
            "for $j in range(X.shape[1] - 1, 0, -1):\n    ...",
        ),
        Fix(
            "A range that begins at one visits the last and leaves out the first.",
            "for $j in range(len($centers) - 1):\n    ...",
            "for $j in range(1, len($centers)):\n    ...",
        ),
    )
    examples = (
        Example(
            "for a, b in zip(range(0, n, k), range(k, n + 1, k)):\n    f(x[a:b])\n",
            "for a, b in zip(range(0, n, k), range(k, n, k)):\n    f(x[a:b])\n",
        ),
        Example(
            "for j in range(X.shape[1]):\n    score[j] = f(X[:, j])\n",
            "for j in range(X.shape[1] - 1):\n    score[j] = f(X[:, j])\n",
        ),
        Example("ranks = np.arange(1, len(x) + 1)", "ranks = np.arange(1, len(x))"),
    )
    untouched = (
        "for _ in range(n_iterations):\n    step()\n",
        "for i in range(3):\n    f(i)\n",
        "for i in range(n - 1):\n    f(x[i], x[i + 1])\n",
        "for epoch in range(epochs):\n    w = w - g(w)\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = sorted(_ranges(code), key=lambda pair: pair[0])
        yield from (change for _, change in found[:AT_MOST])


def _ranges(code: Code) -> Iterator[tuple[int, Change]]:
    """Every range that something is done with; those from which a `+ 1` can go are harder to see."""
    program = code.program
    for call in (node for node in program.parents if isinstance(node, cst.Call)):
        called = program.text(call.func)
        args = [arg for arg in call.args if arg.keyword is None and not arg.star]
        if called not in ("range", "np.arange", "numpy.arange") or len(args) != len(call.args) or not args:
            continue
        end = args[0 if len(args) == 1 else 1].value
        if isinstance(end, cst.BinaryOperation) and isinstance(end.operator, cst.Add) and _is_one(end.right):
            yield 0, Change(call, (Edit(program.span(end.left)[1], program.span(end)[1], ""),))
        elif called == "range" and len(args) == 1 and _visits(code, call) and _is_count(end):
            yield 1, Change(call, (Edit(program.span(end)[1], program.span(end)[1], " - 1"),))


def _is_one(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.Integer) and node.value == "1"


def _is_count(end: cst.CSTNode) -> bool:
    return isinstance(end, (cst.Name, cst.Attribute, cst.Subscript, cst.Call))


def _visits(code: Code, call: cst.Call) -> bool:
    """Whether the values of a range pick something: they index, or are compared with labels."""
    around = code.program.parents[call]
    if not isinstance(around, (cst.For, cst.CompFor)) or around.iter is not call:
        return False
    if not isinstance(around.target, cst.Name):
        return False
    body = around.body if isinstance(around, cst.For) else code.program.parents[around]
    picks = (cst.SubscriptElement, cst.Comparison, cst.BinaryOperation)
    used = [n for n in walk(body) if isinstance(n, cst.Name) and n.value == around.target.value]
    return any(isinstance(a, picks) for n in used for a in _near(code, n))


def _near(code: Code, name: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """What stands around a name within its index or expression."""
    for around in code.program.ancestors(name):
        if isinstance(around, (cst.Call, cst.SimpleStatementLine, cst.BaseCompoundStatement)):
            return
        yield around
