"""A mutator's file, imported by its path and checked for what it must say."""

import ast
import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType

from bugforge.errors import PatternError
from bugforge.model import Difficulty
from bugforge.mutation.mutator import Mutator
from bugforge.pack.author import Author, line_of

CATEGORIES = (
    "data_leakage shapes bias numerical_stability gradients losses metrics splitting data_processing trees clustering "
    "network_layers statistics recommenders signal sequences"
).split()


def mutator_id(path: Path) -> str:
    return path.stem.replace("_", "-")


def load_mutator(path: Path, author: Author) -> Mutator | None:
    if path.parent.name not in CATEGORIES:
        author.mistake(1, f"{path.parent.name} is no category", f"move it to one of {', '.join(CATEGORIES)}")
        return None
    module = _import(path, author)
    if module is None:
        return None
    classes = [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Mutator) and value.__module__ == module.__name__
    ]
    if len(classes) != 1:
        author.mistake(1, f"the file has {len(classes)} mutators", "write exactly one subclass of Mutator")
        return None
    classes[0].id, classes[0].category = mutator_id(path), path.parent.name.replace("_", "-")
    before = len(author.mistakes)
    for what, remedy in _flaws(classes[0]):
        author.mistake(line_of(path.read_text(), f"class {classes[0].__name__}"), what, remedy)
    return classes[0]() if len(author.mistakes) == before else None


def _import(path: Path, author: Author) -> ModuleType | None:
    spec = importlib.util.spec_from_file_location(f"bugforge_pack.{path.parent.name}.{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        author.mistake(error.lineno or 1, f"this is not Python ({error.msg})", "mend the line")
    except PatternError as error:
        author.mistake(_line_raised(error, path), str(error), "mend the pattern")
    except Exception as error:  # whatever the author's file does at import is the author's mistake
        author.mistake(_line_raised(error, path), f"{type(error).__name__}: {error}", "mend the line")
    else:
        return module
    return None


def _line_raised(error: BaseException, path: Path) -> int:
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _flaws(mutator: type[Mutator]) -> Iterator[tuple[str, str]]:
    """What a mutator's class says too little about, and what to write."""
    title, _, why = (mutator.__doc__ or "").strip().partition("\n")
    if not title or not why.strip():
        yield "the docstring is missing or has one line", "write one line on what is wrong, then why it is wrong"
    if getattr(mutator, "difficulty", None) not in set(Difficulty):
        yield "the difficulty is missing or unknown", f"use one of {', '.join(Difficulty)}"
    if not isinstance(getattr(mutator, "symptom", None), str):
        yield "the symptom is missing", "say what a colleague would report"
    if len(getattr(mutator, "hints", ())) != 3:
        yield "there are not three hints", "write three, from vague to precise"
    if not isinstance(getattr(mutator, "follow_ups", None), Mapping) or not mutator.follow_ups:
        yield "the follow-up questions are missing", "write a dict of question and answer"
    if not isinstance(getattr(mutator, "sources", None), tuple):
        yield "the sources are missing", "name what was read in a tuple, or leave the tuple empty"
    if not getattr(mutator, "examples", ()) or not getattr(mutator, "untouched", ()):
        yield "examples or untouched snippets are missing", "write at least one of each"
    if not mutator.rewrites and mutator.mutate is Mutator.mutate:
        yield "there are neither rewrites nor a mutate method", "write one of them"


def field_lines(path: Path, field: str) -> list[int]:
    """Line numbers of the elements of a class field that is written as a tuple."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == [field]:
            return [element.lineno for element in getattr(node.value, "elts", [node.value])]
    return []
