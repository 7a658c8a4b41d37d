"""What can be said of a program without running it: its syntax tree, and what a linter sees."""

import ast
from collections import Counter
from collections.abc import Mapping
from functools import cache

from pyflakes.checker import Checker


@cache
def tree(source: str) -> str:
    """The syntax tree as text, layout aside; empty for text that is not Python."""
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return ""


@cache
def _complaints(source: str) -> Mapping[str, int]:
    messages = Checker(ast.parse(source)).messages
    return Counter(message.message % message.message_args for message in messages)


def lint(source: str) -> Counter[str]:
    """What pyflakes says of a program, line numbers aside."""
    return Counter(_complaints(source))
