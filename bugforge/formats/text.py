"""Small texts that several pages share: counts in words, public names, templates."""

import ast
import difflib
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
