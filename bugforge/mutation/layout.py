"""Where parentheses are needed when text moves from one place of a program to another."""

import libcst as cst

ATOM, POSTFIX, POWER, UNARY, COMPARISON, NOT, OR, CONDITIONAL, LOOSE = 17, 16, 14, 13, 6, 5, 3, 2, 0

_BINARY = {
    "BitOr": 7, "BitXor": 8, "BitAnd": 9, "LeftShift": 10, "RightShift": 10, "Add": 11, "Subtract": 11,
    "Multiply": 12, "Divide": 12, "FloorDivide": 12, "Modulo": 12, "MatrixMultiply": 12, "Power": POWER,
}  # fmt: skip
_POSTFIX = (cst.Call, cst.Attribute, cst.Subscript)


def strength(node: cst.CSTNode) -> int:
    """How tightly an expression holds together; the language reference's table of precedence."""
    if isinstance(node, cst.BinaryOperation):
        return _BINARY[type(node.operator).__name__]
    if isinstance(node, cst.UnaryOperation):
        return NOT if isinstance(node.operator, cst.Not) else UNARY
    if isinstance(node, cst.BooleanOperation):
        return OR if isinstance(node.operator, cst.Or) else OR + 1
    if isinstance(node, cst.Comparison):
        return COMPARISON
    if isinstance(node, (cst.IfExp, cst.Lambda)):
        return CONDITIONAL
    if isinstance(node, (cst.Tuple, cst.NamedExpr, cst.Yield)):
        return LOOSE
    return POSTFIX if isinstance(node, _POSTFIX) else ATOM


def demanded(parent: cst.CSTNode | None, child: cst.CSTNode) -> int:
    """How strong an expression must be to stand in the child's place without parentheses."""
    if isinstance(parent, cst.BinaryOperation):
        level = strength(parent)
        if level == POWER:
            return POSTFIX if child is parent.left else UNARY
        return level if child is parent.left else level + 1
    if isinstance(parent, cst.UnaryOperation):
        return strength(parent)
    if isinstance(parent, cst.BooleanOperation):
        return strength(parent) if child is parent.left else strength(parent) + 1
    if isinstance(parent, (cst.Comparison, cst.ComparisonTarget)):
        return COMPARISON + 1
    if isinstance(parent, cst.IfExp):
        return CONDITIONAL if child is parent.orelse else OR
    if isinstance(parent, _POSTFIX) and child is getattr(parent, "value", getattr(parent, "func", None)):
        return POSTFIX
    if isinstance(parent, (cst.Assign, cst.Return, cst.Expr, cst.Index, cst.AssignTarget, cst.For)):
        return LOOSE
    return LOOSE + 1


def fitted(text: str, held: int, wanted: int) -> str:
    """The text, in parentheses where its place or a line break asks for them."""
    needs = held < wanted or ("\n" in text and held < POSTFIX)
    return f"({text})" if needs else text
