"""The record that candidates have to beat is forgotten at the start of every round."""

from collections.abc import Iterator
from itertools import islice, takewhile

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator, place, role

CONSTANT = role.that(lambda term: term.kind == "name" and term.value.isupper())
START = role.number() | CONSTANT | role.like("np.inf", "-np.inf", "math.inf", "-math.inf", "float($x)", "-float($x)")


class BestScoreResetInLoop(Mutator):
    """The best value so far begins anew in every round of the outer loop, so the last round wins.

    A running best is compared with all candidates there are, and so it begins once, before the first of them. Begun in
    each round, it only knows the candidates of that round: the first passable one of the last round that has any
    replaces a far better one of an earlier round.
    """

    symptoms = {
        "What it calls the best comes from the last column that has anything to offer.": "another split is chosen",
        "It misses the best candidate unless that comes late.": "another split is chosen",
    }
    hints = (
        "Put the column that tells most first, and then last. Does the choice change?",
        "With which value does a candidate of the second round have to compete, and where does that value come from?",
        "Step through a search over two columns of which the first is by far the better one. Write down the record "
        "after each candidate, and watch what it is when the first candidate of the second column is compared. A "
        "record that several loops share lives as long as the longest of them.",
    )
    follow_ups = {
        "Which data hide it?": "A single column, or tables in which the best candidate is in the last one.",
        "How would you write the search so that it cannot happen?": (
            "Collect all candidates with their values and take the maximum once, at the end."
        ),
    }
    sources = ("github.com/Vela-Research/think-reason-learn#65",)

    # also_right: none, because the record has to begin before the loops, and that is the fix
    treats_symptom = (
        Fix(
            "Searched from the last column to the first, it is the first one that wins in the end.",
            "for $c in range(X.shape[1]):\n    best_gain = TINY\n    ...\nreturn best",
            "for $c in reversed(range(X.shape[1])):\n    best_gain = TINY\n    ...\nreturn best",
        ),
    )
    examples = (
        Example(
            "def best(S):\n    b, arg = np.inf, None\n    for f in S:\n        for t, v in enumerate(S[f]):\n"
            "            if v < b:\n                b, arg = v, (f, t)\n    return arg\n",
            "def best(S):\n    arg = None\n    for f in S:\n        b = np.inf\n        for t, v in enumerate(S[f]):\n"
            "            if v < b:\n                b, arg = v, (f, t)\n    return arg\n",
        ),
        Example(
            "def split(X, y):\n    choice = None\n    best_gain = 0.0\n    for j in range(X.shape[1]):\n"
            "        for t in X[:, j]:\n            g = gain(X[:, j] <= t, y)\n            if g > best_gain:\n"
            "                best_gain = g\n                choice = j, t\n    return choice\n",
            "def split(X, y):\n    choice = None\n    for j in range(X.shape[1]):\n        best_gain = 0.0\n"
            "        for t in X[:, j]:\n            g = gain(X[:, j] <= t, y)\n            if g > best_gain:\n"
            "                best_gain = g\n                choice = j, t\n    return choice\n",
        ),
        Example(
            "top, where = -1, None\nfor lag in lags:\n    for v in values[lag]:\n        if v > top:\n"
            "            top, where = v, lag\n",
            "where = None\nfor lag in lags:\n    top = -1\n    for v in values[lag]:\n        if v > top:\n"
            "            top, where = v, lag\n",
        ),
    )
    untouched = (
        "best = 0\nfor x in xs:\n    total += x\n",
        "best = 0\nwhile rows:\n    v = rows.pop()\n    if v > best:\n        best = v\n",
        "best = start(xs)\nfor x in xs:\n    for v in x:\n        if v > best:\n            best = v\n",
        "best = 0\nfor x in xs:\n    if x > limit:\n        best = x\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        program = code.program
        for test in (node for node in program.parents if isinstance(node, cst.Comparison)):
            kept = program.statement_of(test)
            if place.KEEPS_ONE.holds(code, test) and isinstance(kept, cst.If):
                around = takewhile(lambda node: not isinstance(node, cst.FunctionDef), program.ancestors(test))
                loops = [node for node in around if isinstance(node, cst.For)]
                for name in sorted(program.reads(test) & program.writes(kept.body)):
                    yield from islice((c for loop in reversed(loops) for c in _moved(code, name, loop)), 1)


def _moved(code: Code, name: str, loop: cst.For) -> Iterator[Change]:
    """The value with which a record begins, given to it in each round of the loop instead."""
    program = code.program
    before = program.siblings(loop)
    for statement in before[: before.index(loop)]:
        match statement:
            case cst.SimpleStatementLine(body=[cst.Assign(targets=[cst.AssignTarget(target=target)], value=value)]):
                pairs = _pairs(target, value)
                values = [v for t, v in pairs if program.text(t) == name]
                if values and isinstance(loop.body, cst.IndentedBlock) and _is_start(code, values[0]):
                    others = [(program.text(t), program.text(v)) for t, v in pairs if program.text(t) != name]
                    removed = program.delete(statement) if not others else program.replace(statement, _assigned(others))
                    if removed:
                        reset = program.insert(f"{name} = {program.text(values[0])}", before=loop.body.body[0])
                        yield Change(statement, (removed, reset))


def _pairs(target: cst.BaseExpression, value: cst.BaseExpression) -> list[tuple[cst.CSTNode, cst.CSTNode]]:
    """What an assignment gives to what; nothing where that cannot be told."""
    if not isinstance(target, cst.Tuple):
        return [(target, value)]
    if not isinstance(value, cst.Tuple) or len(target.elements) != len(value.elements):
        return []
    return [(t.value, v.value) for t, v in zip(target.elements, value.elements, strict=True)]


def _assigned(pairs: list[tuple[str, str]]) -> str:
    return f"{', '.join(name for name, _ in pairs)} = {', '.join(value for _, value in pairs)}"


def _is_start(code: Code, value: cst.CSTNode) -> bool:
    """Whether a value is one to be beaten: a number, an infinity, or a constant."""
    return START.holds(code.canonical.term(value))
