"""Small texts that several pages share: counts in words, public names, changed lines, templates."""

import ast
import difflib
from functools import cache

import jinja2

NUMBERS = {1: "One bug is", 2: "Two bugs are", 3: "Three bugs are", 4: "Four bugs are"}


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("bugforge.handout"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # pages are Markdown; nothing in them comes from a submission
    )


def render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


def planted(count: int) -> str:
    """ "One bug is", "Two bugs are": the start of a sentence."""
    return NUMBERS.get(count, f"{count} bugs are")


def public_names(source: str) -> list[str]:
    """The functions and classes of a module as calls, and the classes' public methods; parameters without defaults."""
    names = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            names.append(f"{node.name}({_parameters(node)})")
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            methods = [m for m in node.body if isinstance(m, ast.FunctionDef)]
            made = next((m for m in methods if m.name == "__init__"), None)
            names.append(f"{node.name}({_parameters(made) if made else ''})")
            names += [f"{node.name}.{m.name}({_parameters(m)})" for m in methods if not m.name.startswith("_")]
    return names


def _parameters(function: ast.FunctionDef) -> str:
    return ", ".join(arg.arg for arg in (*function.args.args, *function.args.kwonlyargs) if arg.arg != "self")


def patch(broken: str, fixed: str, name: str) -> str:
    """A unified diff that `git apply` and `patch -p1` take inside the exercise's folder."""
    old, new = broken.splitlines(keepends=True), fixed.splitlines(keepends=True)
    return "".join(difflib.unified_diff(old, new, f"a/{name}", f"b/{name}"))


def changed_lines(old: str, new: str) -> list[int]:
    """Numbers of the lines of `old` that differ in `new`; where lines are only missing, the one before the gap."""
    lines: list[int] = []
    matcher = difflib.SequenceMatcher(None, old.splitlines(), new.splitlines(), autojunk=False)
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag != "equal":
            lines += range(start + 1, end + 1) if end > start else [max(start, 1)]
    return lines
