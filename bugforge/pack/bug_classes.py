"""What a mutator's file says of its bug, read without running it: its fields are written out, not computed."""

import ast
import inspect
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bugforge.model import BugClass, Example
from bugforge.pack.author import Author
from bugforge.symptoms import AND, Fact

CATEGORIES = (
    "data_leakage shapes bias numerical_stability gradients losses metrics splitting data_processing trees clustering "
    "neighbors network_layers attention statistics recommenders signal sequences indexing arithmetic comparisons loops "
    "library_traps"
).split()
WRITTEN_OUT = ("symptoms", "hints", "follow_ups", "sources", "examples", "also_right", "treats_symptom")


def bug_class_id(path: Path) -> str:
    return path.stem.replace("_", "-")


def read_bug_class(path: Path, author: Author) -> BugClass | None:
    """None where the file says too little or is no mutator; the author is told."""
    if path.parent.name not in CATEGORIES:
        author.mistake(1, f"{path.parent.name} is no category", f"move it to one of {', '.join(CATEGORIES)}")
        return None
    text = author.read(path)
    if text is None:
        return None
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        author.mistake(error.lineno or 1, f"this is not Python ({error.msg})", "mend the line")
        return None
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and "Mutator" in map(_name, node.bases)]
    if len(classes) != 1:
        author.mistake(1, f"the file has {len(classes)} mutators", "write exactly one subclass of Mutator")
        return None
    return _class_of(classes[0], path, author)


def _class_of(node: ast.ClassDef, path: Path, author: Author) -> BugClass | None:
    before = len(author.mistakes)
    fields = dict(_fields(node, author))
    title, _, why = inspect.cleandoc(ast.get_docstring(node) or "").partition("\n")
    has_way = "rewrites" in fields or any(isinstance(p, ast.FunctionDef) and p.name == "mutate" for p in node.body)
    for what, remedy in _flaws(title, why.strip(), fields, has_way):
        author.mistake(node.lineno, what, remedy)
    if len(author.mistakes) > before:
        return None
    return BugClass(
        id=bug_class_id(path),
        category=path.parent.name.replace("_", "-"),
        title=title,
        why=why.strip(),
        symptoms=fields["symptoms"],
        hints=fields["hints"],
        follow_ups=fields["follow_ups"],
        sources=fields["sources"],
        examples=tuple(Example(*pair) for pair in fields["examples"]),
        also_right=fields.get("also_right", ()),
        treats_symptom=fields.get("treats_symptom", ()),
    )


def _fields(node: ast.ClassDef, author: Author) -> Iterator[tuple[str, Any]]:
    """The fields of the class by name: those that are told to people as values, of the others that they are there."""
    for part in node.body:
        name = (
            part.targets[0]
            if isinstance(part, ast.Assign)
            else part.target
            if isinstance(part, ast.AnnAssign)
            else None
        )
        value = getattr(part, "value", None)
        if not isinstance(name, ast.Name) or value is None:
            continue
        if name.id not in WRITTEN_OUT:
            yield name.id, bool(getattr(value, "elts", True))
            continue
        try:
            yield name.id, READERS.get(name.id, ast.literal_eval)(value)
        except ValueError:
            author.mistake(
                value.lineno, f"{name.id} is computed", "write it out, so that it can be read without running"
            )
            yield name.id, None


def _pairs(value: ast.expr) -> tuple[tuple[str, str], ...]:
    """Before and after of `(Example("...", "..."), ...)`. Raises ValueError where they are computed."""
    if not isinstance(value, ast.Tuple):
        raise ValueError("examples are no tuple")
    pairs = []
    for item in value.elts:
        if not isinstance(item, ast.Call) or _name(item.func) != "Example":
            raise ValueError("an example is no Example")
        by_name = {keyword.arg: keyword.value for keyword in item.keywords}
        written = [*item.args, *(by_name[name] for name in ("before", "after") if name in by_name)]
        before, after = map(ast.literal_eval, written)
        pairs.append((before, after))
    return tuple(pairs)


def _sentences(value: ast.expr) -> tuple[str, ...]:
    """The sentences of `(Fix("...", before, after), ...)`. Raises ValueError where they are computed."""
    if not isinstance(value, ast.Tuple):
        raise ValueError("fixes are no tuple")
    sentences = []
    for item in value.elts:
        if not isinstance(item, ast.Call) or _name(item.func) != "Fix" or not item.args:
            raise ValueError("a fix is no Fix")
        sentences.append(str(ast.literal_eval(item.args[0])))
    return tuple(sentences)


READERS = {"examples": _pairs, "also_right": _sentences, "treats_symptom": _sentences}


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _flaws(title: str, why: str, fields: Mapping[str, Any], has_way: bool) -> Iterator[tuple[str, str]]:
    """What a mutator's class says too little about, and what to write; a computed field has been told already."""
    said = {name: value for name, value in fields.items() if value is not None}
    computed = fields.keys() - said.keys()
    if not title or not why:
        yield "the docstring is missing or has one line", "write one line on what is wrong, then why it is wrong"
    if "symptoms" not in computed:
        yield from _poor_symptoms(said.get("symptoms"))
    if "hints" not in computed and len(said.get("hints", ())) != 3:
        yield "there are not three hints", "write three, from vague to precise"
    if "follow_ups" not in computed and (not isinstance(said.get("follow_ups"), dict) or not said["follow_ups"]):
        yield "the follow-up questions are missing", "write a dict of question and answer"
    if "sources" not in computed and not isinstance(said.get("sources"), tuple):
        yield "the sources are missing", "name what was read in a tuple, or leave the tuple empty"
    if "examples" not in computed and not (said.get("examples") and said.get("untouched")):
        yield "examples or untouched snippets are missing", "write at least one of each"
    if not has_way:
        yield "there are neither rewrites nor a mutate method", "write one of them"


def _poor_symptoms(said: object) -> Iterator[tuple[str, str]]:
    if not isinstance(said, dict) or not said:
        yield "the symptoms are missing", "say what a colleague would report, and the facts under which it is true"
        return
    for name in {name for facts in said.values() for name in str(facts).split(AND)} - {*Fact}:
        near = get_close_matches(name, map(str, Fact), n=1)
        yield f"{name!r} is no fact", f"did you mean {near[0]!r}?" if near else "the facts are in bugforge/symptoms.py"


def field_lines(path: Path, field: str) -> list[int]:
    """Line numbers of the elements of a class field that is written as a tuple."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == [field]:
            return [element.lineno for element in getattr(node.value, "elts", [node.value])]
    return []
