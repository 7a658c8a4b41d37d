"""Which libraries a submission imports that its problem does not allow."""

import ast
import sys
from collections.abc import Iterable, Iterator

from bugforge.runner.sandboxed.isolated import run_isolated


def forbidden(source: str, allowed: Iterable[str]) -> tuple[str, ...] | None:
    """Top-level packages that are imported, neither allowed nor of the standard library; in alphabetical order.

    `__import__("x")` and `import_module("x")` count like `import x`. Text that is not Python imports nothing. None
    where it takes too much time or memory to read.
    """
    names = run_isolated(lambda: _packages(source))
    return None if names is None else tuple(sorted({*names} - {*allowed, *sys.stdlib_module_names}))


def _packages(source: str) -> list[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return []
    return list({name.partition(".")[0] for name in _imported(tree)})


def _imported(tree: ast.AST) -> Iterator[str]:
    ahead = [tree]
    while ahead:
        node = ahead.pop()
        if _is_never_run(node):
            continue
        ahead += ast.iter_child_nodes(node)
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in ("__import__", "import_module") and isinstance(node.args[0].value, str):
                yield node.args[0].value


def _is_never_run(node: ast.AST) -> bool:
    """`if TYPE_CHECKING:` is read by type checkers alone, and `if __name__ == "__main__":` is not run by a test."""
    match node:
        case ast.If(test=ast.Name("TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"), orelse=[]):
            return True
        case ast.If(test=ast.Compare(ast.Name("__name__"), [ast.Eq()], [ast.Constant("__main__")]), orelse=[]):
            return True
    return False
