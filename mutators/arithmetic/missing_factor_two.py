"""A factor of two, or of one half, is left out."""

from collections.abc import Iterator

import libcst as cst

from bugforge import Change, Code, Edit, Example, Fix, Mutator

AT_MOST = 3  # places of one program
COUNTED = frozenset({"range", "arange", "linspace", "reshape", "zeros", "ones", "empty", "full", "eye", "round", "int"})
OPEN = (cst.Return, cst.Assign, cst.AugAssign, cst.Arg, cst.Expr, cst.Element, cst.DictElement)


class MissingFactorTwo(Mutator):
    """A two, or a half, that belongs to the formula does not stand in the program.

    It comes from a derivative of a square, from the mixed term of a binomial, from a mean of two values, and it is the
    easiest part of a formula to lose. What is left has the right shape and sign and moves with its inputs as it
    should. In a gradient it passes for another learning rate, until it meets a second term that has kept its factor.
    """

    symptoms = {
        "An interval does not have the level that I asked for.": "the interval is wrong",
        "The gradient and the central differences of the loss do not agree.": "gradient is not the slope",
        "The loss of a small example is not the one that I get on paper.": "loss by hand is missed",
        "A metric that I have worked out on paper comes out as another number.": "a metric by hand is missed",
        "The distances of rows to each other are not what a ruler says.": "distances are wrong",
        "The cuts do not lie in the middle between the values that they part.": "another split is chosen",
        "The weights that come out are not those of the smallest loss.": "does not reach the minimum",
    }
    hints = (
        "Compare a few values with ones that you work out by hand, and look at their ratio rather than at their "
        "difference.",
        "Derive the formula once more on paper, with every constant in it, and put it beside the line that computes "
        "the quantity.",
        "Which constants does the derivation produce: a derivative of a square, a mixed term when a square "
        "is expanded, "
        "an average of two things? Go through the terms of the expression one at a time and say for each where its "
        "constant comes from. One of them has lost it, although its shape and its sign are right.",
    )
    follow_ups = {
        "Why do many programs leave out such a factor on purpose?": (
            "A constant in front of a whole objective moves no minimum and can be absorbed by the learning rate. In "
            "front of one of two terms it changes their balance."
        ),
        "Which test finds it in a gradient?": (
            "Central differences of the loss, with a penalty that is not zero. That the loss falls proves nothing."
        ),
    }
    sources = ("github.com/scikit-learn/scikit-learn#22050",)

    also_right = (
        Fix(
            "Adding the product to itself doubles it as well.",
            "$a + $b - A @ B.T",
            "$a + $b - A @ B.T - A @ B.T",
        ),
    )
    treats_symptom = (
        Fix(
            "An absolute value makes all distances positive without making them right.",
            "return np.maximum(squares, 0)",
            "return np.abs(squares)",
        ),
    )
    examples = (
        Example("grad = 2 * X.T @ (X @ w - y) / len(y)", "grad = X.T @ (X @ w - y) / len(y)"),
        Example("dW += 2 * reg * W", "dW += reg * W"),
        Example("loss = 0.5 * np.sum(e ** 2)", "loss = np.sum(e ** 2)"),
        Example("def mid(a, b):\n    return (a + b) / 2\n", "def mid(a, b):\n    return a + b\n"),
        Example("f = 2 * p * r / (p + r)", "f = p * r / (p + r)"),
    )
    untouched = (
        "y = x ** 2",
        "pairs = [0] * 2",
        "for i in range(2 * n):\n    f(i)\n",
        "m = x[: 2 * k]",
        "mid = n // 2",
        "y = 3 * x",
        "z = np.zeros((2 * n, k))",
    )

    def mutate(self, code: Code) -> Iterator[Change]:
        found = sorted(_factors(code), key=lambda pair: pair[0])
        yield from (change for _, change in found[:AT_MOST])


def _factors(code: Code) -> Iterator[tuple[int, Change]]:
    """Every product with a two, and every quotient by one, outside of counts and indices."""
    program = code.program
    for node in program.parents:
        if not isinstance(node, cst.BinaryOperation):
            continue
        is_product = isinstance(node.operator, cst.Multiply)
        if is_product and _is_two(node.left):
            kept = node.right
        elif (is_product or isinstance(node.operator, cst.Divide)) and _is_two(node.right):
            kept = node.left
        else:
            continue
        if isinstance(kept, (cst.List, cst.Tuple, cst.SimpleString, cst.Integer, cst.Float)) or _counts(code, node):
            continue
        start, end = program.outer_span(kept)
        if "\n" in program.source[start:end]:
            continue
        alone = len(node.lpar) == 0 and isinstance(program.parents[node], OPEN)
        atom = isinstance(kept, (cst.Name, cst.Attribute, cst.Subscript, cst.Call))
        if not (alone or node.lpar or kept.lpar or atom or _binds(kept)):
            continue
        where = program.outer_span(node) if atom else program.span(node)
        text = program.text(kept) if alone or node.lpar or atom else program.source[start:end]
        yield 0 if is_product else 1, Change(node, (Edit(*where, text),))


def _is_two(node: cst.BaseExpression) -> bool:
    return isinstance(node, (cst.Integer, cst.Float)) and node.evaluated_value in (2, 0.5)


def _binds(kept: cst.BaseExpression) -> bool:
    """Whether an operand holds together as firmly as the product did."""
    firm = (cst.Multiply, cst.Divide, cst.Power, cst.MatrixMultiply)
    return isinstance(kept, cst.BinaryOperation) and isinstance(kept.operator, firm)


def _counts(code: Code, node: cst.CSTNode) -> bool:
    """Whether a number of things is meant: in an index, a shape, a range."""
    for around in code.program.ancestors(node):
        if isinstance(around, (cst.Slice, cst.SubscriptElement)):
            return True
        if isinstance(around, cst.Call):
            called = code.program.text(around.func).rpartition(".")[2]
            if called in COUNTED:
                return True
        if isinstance(around, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
            return False
    return False
