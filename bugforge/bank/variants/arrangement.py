"""Another order where order says nothing: keyword arguments of a call, definitions that follow each other."""

import ast
import builtins
from collections.abc import Sequence
from itertools import pairwise

import libcst as cst

from bugforge.bank.variants.secret import number
from bugforge.model import Edit
from bugforge.mutation.edits import edited
from bugforge.mutation.lines import lines_of
from bugforge.mutation.program import Program
from bugforge.mutation.purity import is_pure

# of which the keywords become data, in their order
COLLECTING = frozenset(
    "agg aggregate apply assign dict eval filter format map namedtuple partial pipe query savez savez_compressed "
    "transform update Counter OrderedDict SimpleNamespace defaultdict".split()
)
DECORATORS = frozenset("dataclass dataclasses.dataclass staticmethod classmethod property abstractmethod".split())
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def keywords_arranged(source: str, key: bytes) -> str:
    """The program with the keyword arguments of each call in an order by the key, where evaluating them does no more
    than give their values; on each line stays what stood there."""
    if not any(isinstance(node, ast.Call) and len(node.keywords) > 1 for node in ast.walk(ast.parse(source))):
        return source
    program, edits = Program(source), list[Edit]()
    for call in [node for node in program.parents if isinstance(node, cst.Call)]:
        named = [arg for arg in call.args if arg.keyword is not None]
        if len(named) < 2 or call.args[-len(named) :] != tuple(named) or not _takes_options(program, call):
            continue
        spans = [(program.span(arg.keyword)[0], program.outer_span(arg.value)[1]) for arg in named if arg.keyword]
        pure = all(is_pure(program, arg.value) for arg in named)
        if pure and "\n" not in source[spans[0][0] : spans[-1][1]]:
            texts = {arg.keyword.value: source[slice(*at)] for arg, at in zip(named, spans, strict=True) if arg.keyword}
            wanted = sorted(texts, key=lambda name: number(key, f"keyword {name}"))
            edits += [Edit(*at, texts[name]) for at, name in zip(spans, wanted, strict=True)]
    return edited(source, edits)


def _takes_options(program: Program, call: cst.Call) -> bool:
    """Whether what is called has a parameter for each keyword, so that their order cannot be seen."""
    if any(arg.star for arg in call.args):
        return False
    func = call.func
    if not isinstance(func, (cst.Name, cst.Attribute)):
        return False
    called = func.value if isinstance(func, cst.Name) else func.attr.value
    if called in COLLECTING or any(f.params.star_kwarg and called in _calls(program, f) for f in program.functions):
        return False
    defined = {node.name.value for node in program.module.body if isinstance(node, (cst.FunctionDef, cst.ClassDef))}
    return isinstance(func, cst.Attribute) or called in defined | {*program.aliases, *dir(builtins)}


def _calls(program: Program, function: cst.FunctionDef) -> list[str]:
    """The names under which a function is called: a constructor's is that of its class."""
    return [function.name.value, *program.function_of(program.parents[function]).split(".")]


def definitions_arranged(source: str, key: bytes) -> tuple[str, list[int]]:
    """The program with functions and classes that follow each other in an order by the key, and for each of its lines
    the number of that line in `source`. One that is needed when another is defined stays before it."""
    lines = lines_of(source)
    numbers = list(range(1, len(lines) + 1))
    for run in _runs(ast.parse(source).body):
        spans = [_span(node) for node in run]
        gaps = [numbers[end:start] for (_, end), (start, _) in pairwise(spans)]
        if any(lines[n - 1].strip() for gap in gaps for n in gap) or not all(_only_defines(node) for node in run):
            continue
        chunks = {node.name: list(range(start + 1, end + 1)) for node, (start, end) in zip(run, spans, strict=True)}
        placed = [chunks[name] for name in _in_order(run, key)]
        first, last = spans[0][0], spans[-1][1]
        parts = [part for pair in zip(placed, [*gaps, []], strict=True) for part in pair]
        numbers[first:last] = [n for part in parts for n in part]
    ended = [line if line.endswith("\n") else f"{line}\n" for line in lines]
    return "".join(ended[n - 1] for n in numbers), numbers


def _runs(body: Sequence[ast.stmt]) -> list[list[Definition]]:
    """Definitions that follow each other, where no name is defined twice."""
    runs: list[list[Definition]] = [[]]
    for node in body:
        if isinstance(node, Definition):
            runs[-1].append(node)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len({node.name for node in run}) == len(run) > 1]


def _span(node: Definition) -> tuple[int, int]:
    """The number of lines before a definition with its decorators, and up to its end."""
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]) - 1, node.end_lineno or 0


def _in_order(run: Sequence[Definition], key: bytes) -> list[str]:
    waiting = {node.name: _needed(node) for node in run}
    order = list[str]()
    while waiting:
        free = [name for name, needed in waiting.items() if not needed & waiting.keys() - {name}]
        order.append(min(free, key=lambda name: number(key, f"definition {name}")))
        del waiting[order[-1]]
    return order


def _at_definition(node: ast.stmt) -> list[ast.AST]:
    """What of a definition is evaluated when it is made: of a class its body, too."""
    if isinstance(node, ast.ClassDef):
        return [*node.decorator_list, *node.bases, *node.keywords, *(p for s in node.body for p in _at_definition(s))]
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return [*node.decorator_list, node.args, *([node.returns] if node.returns else [])]
    return [node]


def _needed(node: Definition) -> set[str]:
    """The names that are read when it is made."""
    parts = (part for top in _at_definition(node) for part in ast.walk(top))
    return {part.id for part in parts if isinstance(part, ast.Name)}


def _only_defines(node: Definition) -> bool:
    """Whether making it calls nothing that could do more, and its body, if it is a class, only binds names."""
    decorators = {id(d) for part in ast.walk(node) for d in getattr(part, "decorator_list", [])}
    for top in _at_definition(node):
        if isinstance(top, ast.stmt) and not isinstance(top, (ast.Assign, ast.AnnAssign, ast.Expr, ast.Pass)):
            return False
        if isinstance(top, ast.keyword) or (id(top) in decorators and not _is_harmless(top)):
            return False
        if id(top) not in decorators and any(isinstance(part, (ast.Call, ast.NamedExpr)) for part in ast.walk(top)):
            return False
    return True


def _is_harmless(decorator: ast.AST) -> bool:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    if isinstance(target, ast.Attribute) and target.attr in ("setter", "getter", "deleter"):
        return True
    return isinstance(target, (ast.Name, ast.Attribute)) and ast.unparse(target) in DECORATORS
