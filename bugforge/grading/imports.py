"""Which libraries a submission imports that its problem does not allow."""

import ast
import sys
from collections.abc import Iterable, Iterator


def forbidden(source: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """Top-level packages that are imported, neither allowed nor of the standard library; in alphabetical order.

    `__import__("x")` and `import_module("x")` count like `import x`. Text that is not Python imports nothing.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, RecursionError, MemoryError):
        return ()
    welcome = {*allowed, *sys.stdlib_module_names}
    return tuple(sorted({name.partition(".")[0] for name in _imported(tree)} - welcome))


def _imported(tree: ast.AST) -> Iterator[str]:
    unread = {id(part) for node in ast.walk(tree) if _is_for_types(node) for part in ast.walk(node)}
    for node in (node for node in ast.walk(tree) if id(node) not in unread):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("__import__", "import_module") and isinstance(node.args[0].value, str):
                yield node.args[0].value


def _is_for_types(node: ast.AST) -> bool:
    """`if TYPE_CHECKING:` is read by type checkers alone."""
    if not isinstance(node, ast.If) or node.orelse:
        return False
    test = node.test
    return (test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", None)) == "TYPE_CHECKING"
