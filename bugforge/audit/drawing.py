"""Which tests draw their data: the others know theirs by heart, and so could a program that is to be caught."""

import ast
from collections.abc import Iterable

from bugforge.runner.task import Contract


def drawing_tests(contract: Contract, names: Iterable[str]) -> tuple[str, ...]:
    """Of the tests of these names those that ask for the fixture `rng`, themselves or by a fixture that does."""
    asking = {(file, name) for file, text in contract.tests for name in _asking(text, {"rng"})}
    return tuple(name for name in names if function_of(name) in asking)


def _asking(text: str, fixtures: set[str]) -> set[str]:
    """The functions of a file that ask for one of the fixtures, or for one that does."""
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
    asked = {function.name: {argument.arg for argument in function.args.args} for function in functions}
    found = set(fixtures)
    while more := {name for name in asked if asked[name] & found} - found:
        found |= more
    return found - fixtures


def function_of(test: str) -> tuple[str, str]:
    """File and function of a test that is called `file::class::function[parameters]`, the class perhaps missing."""
    file, *_, function = test.partition("[")[0].split("::")
    return file, function
