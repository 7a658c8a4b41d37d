"""What gives a mutant away to a reader who does not understand it: leftovers that its original does not have."""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

UNREAD = ("self", "cls")
EFFECTIVE = (ast.Call, ast.Yield, ast.YieldFrom, ast.Await, ast.Constant)  # docstrings and ... are constants


@cache
def giveaways(source: str) -> Counter[str]:
    """Each oddity of a program, in words, and how often it has it."""
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    parameters = {function.name: [arg.arg for arg in function.args.args] for function in functions}
    found = Counter[str]()
    for function in functions:
        found.update(_unused(function))
        found.update(_only_returned(function))
    for node in ast.walk(tree):
        found.update(_oddities(node, parameters))
    return found


def _unused(function: ast.FunctionDef) -> Iterator[str]:
    names = {node.id for part in function.body for node in ast.walk(part) if isinstance(node, ast.Name)}
    for arg in (*function.args.args, *function.args.kwonlyargs):
        if arg.arg not in names and arg.arg not in UNREAD:
            yield f"{function.name} does not use its parameter {arg.arg}"


def _only_returned(function: ast.FunctionDef) -> Iterator[str]:
    names = Counter(node.id for node in ast.walk(function) if isinstance(node, ast.Name))
    for node in ast.walk(function):
        body = getattr(node, "body", None)
        for pair in pairwise(body) if isinstance(body, list) else ():
            match pair:
                case ast.Assign(targets=[ast.Name(id=given)]), ast.Return(value=ast.Name(id=returned)) if (
                    given == returned and names[given] == 2
                ):
                    yield f"{given} is assigned only to be returned"


def _oddities(node: ast.AST, parameters: dict[str, list[str]]) -> Iterator[str]:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name(id=value)) if name == value:
            yield f"{name} is assigned to itself"
        case ast.Subscript(slice=ast.Call(func=ast.Attribute(attr="arange"), args=[_])):
            yield "something is indexed by a plain arange"
        case ast.Expr(value=value) if not isinstance(value, EFFECTIVE):
            yield f"{ast.unparse(value)} is a statement that does nothing"
        case ast.Call(func=ast.Name(id=name), args=args) if name in parameters:
            given = [arg.id if isinstance(arg, ast.Name) else "" for arg in args]
            expected = parameters[name][: len(given)]
            moved = [a for a, b in zip(given, expected, strict=False) if a != b and a in expected]
            if len(moved) > 1:
                yield f"{name} is called with {' and '.join(moved)} in another order than it names them"
