"""The second of two parameters is updated with the new value of the first."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Example, Fix, Mutator


class NonSimultaneousUpdate(Mutator):
    """Two parameters depend on each other, and the second takes its step from where the first one has just gone.

    The gradient of a loss is a direction at one point: all its parts are computed at the same values, and then
    everything moves. If the second part is computed after the first move it belongs to another point. Small steps hide
    it, for the values differ little; with large ones the descent is another one, and no longer that of the loss.
    """

    symptoms = {
        "One step, worked out by hand, ends at other numbers.": "gradient is not the slope",
        "A step that I follow on paper comes out otherwise.": "a step by hand is missed",
    }
    hints = (
        "Do both updates see the same values?",
        "Exchange the two updates. Should the result of one step depend on their order?",
        "Work out one step by hand for two numbers, both gradients first and then both moves, with a large learning "
        "rate so that differences show. Then follow the program with the same numbers and compare what each line "
        "reads.",
    )
    follow_ups = {
        "Is updating one after the other always wrong?": (
            "No: coordinate descent and Gauss-Seidel do it on purpose, and converge; it is then another method, with "
            "another step."
        ),
        "Which tests find it?": "One step against the formula, or against slopes, at a learning rate that is not tiny.",
    }
    sources = ("github.com/albertauyeung/matrix-factorization-in-python#3", "github.com/epfml/ML_course#37")

    also_right = (
        Fix(
            "The old value is what the new one was made from, and both may be computed in one line.",
            "$new = $p + $a\nreturn $new, $q + $b",
            "return $p + $a, $q + learning_rate * (error * $p - l2 * $q)",
        ),
    )
    treats_symptom = (
        Fix(
            "A tenth of the learning rate makes the two points differ less, and the step is another one.",
            "$new = $p + learning_rate * $a\nreturn $new, $q + learning_rate * $b",
            "$new = $p + 0.1 * learning_rate * $a\nreturn $new, $q + 0.1 * learning_rate * $b",
        ),
    )
    examples = (
        Example(
            "def step(p, q, e):\n    p_new = p + e * q\n    q_new = q + e * p\n    return p_new, q_new\n",
            "def step(p, q, e):\n    p_new = p + e * q\n    q_new = q + e * p_new\n    return p_new, q_new\n",
        ),
        Example(
            "new_w = w - lr * grad_w(w, b)\nnew_b = b - lr * grad_b(w, b)\nw, b = new_w, new_b\n",
            "new_w = w - lr * grad_w(w, b)\nnew_b = b - lr * grad_b(new_w, b)\nw, b = new_w, new_b\n",
        ),
        Example(
            "def update(u, v, g):\n    moved = u + g * v\n    return moved, v + g * u\n",
            "def update(u, v, g):\n    moved = u + g * v\n    return moved, v + g * moved\n",
        ),
    )
    untouched = (
        "a = x + y\nb = y + 1\n",
        "total = total + x\ncount = count + 1\n",
        "half = p + step\nq = p - step\n",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        """Two statements, each of which moves one of two variables by an amount that reads the other."""
        program = code.program
        for line in program.lines:
            after = _following(code, line)
            match line.body:
                case [cst.Assign([cst.AssignTarget(cst.Name(new))], value)] if after is not None:
                    for moved in _moves(after):
                        first, second = _base(value), _base(moved)
                        if first and second and first != second != new != first and second in _reads(value):
                            edits = [program.replace(name, new) for name in _names(moved, first)]
                            if edits:
                                yield Change(moved, tuple(edits))


def _following(code: Code, line: cst.SimpleStatementLine) -> cst.SimpleStatementLine | None:
    siblings = code.program.siblings(line)
    rest = siblings[siblings.index(line) + 1 :]
    return rest[0] if rest and isinstance(rest[0], cst.SimpleStatementLine) else None


def _moves(line: cst.SimpleStatementLine) -> Iterator[cst.BaseExpression]:
    """What a statement gives to a variable, or returns."""
    match line.body:
        case [cst.Assign(value=value)]:
            yield value
        case [cst.Return(value=cst.Tuple(elements))]:
            yield from (element.value for element in elements)


def _base(value: cst.BaseExpression) -> str | None:
    """The variable that an expression adds something to, or takes something from."""
    match value:
        case cst.BinaryOperation(cst.Name(name), cst.Add() | cst.Subtract(), _):
            return name
    return None


def _names(value: cst.CSTNode, name: str) -> list[cst.Name]:
    return [node for node in _walk(value) if isinstance(node, cst.Name) and node.value == name]


def _reads(value: cst.CSTNode) -> set[str]:
    return {node.value for node in _walk(value) if isinstance(node, cst.Name)}


def _walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from _walk(child)
