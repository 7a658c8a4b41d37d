"""Whether an expression can be left out without another effect than that its value is missing, told by its syntax."""

import re

import libcst as cst

from bugforge.mutation import vocabulary
from bugforge.mutation.canonical import BUILTINS, METHODS
from bugforge.mutation.program import Program, walk

# methods of arrays, frames and strings that give a value and change nothing
VALUES = frozenset(METHODS) | frozenset(
    "T dot transpose astype to_numpy tolist flatten median quantile nunique unique value_counts items keys values get "
    "head tail isin isna notna isnull notnull fillna dropna drop groupby assign merge join abs sort_values sort_index "
    "reset_index set_index rename reindex rank shift diff rolling nonzero strip lower upper format item".split()
)
MAKERS = re.compile(r"(numpy\.random\.)?(default_rng|RandomState|SeedSequence|Generator|Random)")
EFFECTS = (cst.Yield, cst.Await, cst.NamedExpr)


def is_pure(program: Program, node: cst.CSTNode, seen: frozenset[str] = frozenset()) -> bool:
    """Whether nothing is drawn from a generator, and nothing called that is not known to give a value alone.

    A function of the program counts as known where its own body is pure and changes nothing but its own variables.
    """
    return all(
        not isinstance(part, EFFECTS) and (not isinstance(part, cst.Call) or _gives_value(program, part, seen))
        for part in walk(node)
    )


def _gives_value(program: Program, call: cst.Call, seen: frozenset[str]) -> bool:
    func = call.func
    if isinstance(func, cst.Name):
        target = program.aliases.get(func.value, func.value)
        known = target in BUILTINS or _is_known(target) or vocabulary.ACTIVATION.fullmatch(func.value) is not None
        return known or _is_pure_function(program, func.value, seen)
    if not isinstance(func, cst.Attribute):
        return False
    owner, _, rest = program.text(func).partition(".")
    if owner in program.aliases:
        return _is_known(f"{program.aliases[owner]}.{rest}")
    return func.attr.value in VALUES


def _is_known(dotted: str) -> bool:
    """Functions of numpy, pandas and math, but for those that draw or write; and what only makes a generator."""
    if "random" in dotted.lower():
        return MAKERS.fullmatch(dotted) is not None
    head, _, name = dotted.partition(".")
    return head in ("numpy", "pandas", "math") and not re.match(r"seterr|save|put|copyto|fill|place|show|print", name)


def _is_pure_function(program: Program, name: str, seen: frozenset[str]) -> bool:
    found = [f for f in program.functions if f.name.value == name]
    if len(found) != 1 or name in seen:
        return False
    (function,) = found
    parameters = {p.name.value for p in function.params.params}
    parts = list(walk(function.body))
    if any(isinstance(part, (cst.Global, cst.Nonlocal, cst.FunctionDef, cst.Del)) for part in parts):
        return False
    changed = [p.target for p in parts if isinstance(p, cst.AugAssign)]
    changed += [
        t.target for p in parts if isinstance(p, cst.Assign) for t in p.targets if not isinstance(t.target, cst.Name)
    ]
    touched = {part.value for target in changed for part in walk(target) if isinstance(part, cst.Name)}
    return not touched & (parameters | {"self"}) and is_pure(program, function.body, seen | {name})
