"""Small texts that several pages share: counts in words, public names, templates."""

import ast
import difflib
import re
from collections.abc import Mapping
from functools import cache

import jinja2

from bugforge.model import Demo

NUMBERS = {1: "One bug is", 2: "Two bugs are", 3: "Three bugs are", 4: "Four bugs are"}


def visible(text: str) -> str:
    """The text with characters that show nothing, or steer a terminal, written as escapes; lines stay lines."""
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("bugforge.formats"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(["html.j2"], default=False),  # Markdown pages hold nothing of a submission
    )
    made.filters["visible"] = visible
    return made


def page(template: str) -> jinja2.Template:
    return _environment().get_template(template)


def render(template: str, **values: object) -> str:
    return page(template).render(**values)


def demo_lines(demo: Demo) -> list[str]:
    """What a demo prints, and the last line of the traceback that ends it."""
    return [*demo.printed.splitlines(), *([demo.raised] if demo.raised else [])]


def changed_demo_lines(before: Demo, after: Demo) -> list[str]:
    """The lines of the second demo that the first has not, in order."""
    return [line[2:] for line in difflib.ndiff(demo_lines(before), demo_lines(after)) if line.startswith("+ ")]


def planted(count: int) -> str:
    """ "One bug is", "Two bugs are": the start of a sentence."""
    return NUMBERS.get(count, f"{count} bugs are")


def public_names(source: str, tests: str) -> list[str]:
    """What the tests name of a module: functions and classes as calls, and the classes' methods."""
    named, names = set(re.findall(r"\w+", tests)), []
    body = ast.parse(source).body
    classes = {node.name: node for node in body if isinstance(node, ast.ClassDef)}
    for node in (node for node in body if getattr(node, "name", "") in named):
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            names.append(f"{node.name}({_parameters(node)})")
        elif isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            parts = (part for one in _line_of_descent(node, classes) for part in one.body)
            methods = {part.name: part for part in parts if isinstance(part, ast.FunctionDef)}
            names.append(f"{node.name}({_parameters(methods['__init__']) if '__init__' in methods else ''})")
            public = [m for m in methods.values() if m.name in named and not m.name.startswith("_")]
            names += [f"{node.name}.{m.name}({_parameters(m)})" for m in public]
    return names


def _line_of_descent(node: ast.ClassDef, classes: Mapping[str, ast.ClassDef]) -> list[ast.ClassDef]:
    """The bases of a class that its module has, the farthest first, and the class."""
    bases = [classes[base.id] for base in node.bases if isinstance(base, ast.Name) and base.id in classes]
    return [*(found for base in bases for found in _line_of_descent(base, classes)), node]


def _parameters(function: ast.FunctionDef) -> str:
    args = function.args
    rest = [f"*{args.vararg.arg}"] if args.vararg else []
    return ", ".join([a.arg for a in args.args if a.arg != "self"] + rest + [a.arg for a in args.kwonlyargs])
