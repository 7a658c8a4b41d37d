"""What is alike in two programs that differ in local names, layout and docstrings only."""

import ast
import hashlib
from collections.abc import Iterable

Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def fingerprint(source: str) -> str:
    """A digest of a program's tree with the names taken away that its functions bind."""
    return hashlib.sha256(ast.dump(anonymous(source)).encode()).hexdigest()[:32]


def anonymous(source: str) -> ast.AST:
    """The tree of a program without docstrings, its functions' names for things replaced by numbers."""
    tree: ast.AST = _Anonymous().visit(ast.parse(source))
    return tree


class _Anonymous(ast.NodeTransformer):
    """Calls the names that a function binds by their order; names from around it keep what they are called there."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.body = _without_docstring(node.body)
        node.name = self.names.get(node.name, node.name)  # of one function within another
        return self._scope(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        node.body = _without_docstring(node.body)
        return self.generic_visit(node)

    def visit_Module(self, node: ast.Module) -> ast.AST:
        node.body = _without_docstring(node.body)
        return self.generic_visit(node)

    def visit_Lambda(self, node: ast.Lambda) -> ast.AST:
        return self._scope(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.copy_location(ast.Name(self.names.get(node.id, node.id), node.ctx), node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        return ast.copy_location(ast.arg(self.names.get(node.arg, node.arg)), node)

    def _scope(self, node: Scope) -> ast.AST:
        outer = self.names
        self.names = dict(outer)
        for name in _bound(node):
            self.names[name] = f"_{len(self.names)}"
        self.generic_visit(node)
        self.names = outer
        return node


def _bound(node: Scope) -> Iterable[str]:
    """The names that a function binds, its parameters with them, in the order of its text."""
    found: dict[str, None] = {}
    for part in ast.walk(node):
        if isinstance(part, ast.arg):
            found[part.arg] = None
        elif isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
            found[part.id] = None
        elif isinstance(part, ast.FunctionDef) and part is not node:
            found[part.name] = None
    return found


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *rest] if rest:
            return rest
    return body
