"""Finds and loads the problems and mutators of a pack by walking its folders.

Every author's mistake is collected and reported as `file:line: what; what to do`, all of them at once.
"""

import ast
import hashlib
import importlib.util
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from bugforge.errors import Mistake, PackError, PatternError, UsageError
from bugforge.model import Difficulty, Equivalent, Implementation, Problem
from bugforge.mutation.bare import bare
from bugforge.mutation.mutator import Mutator

CATEGORIES = (
    "data_leakage shapes bias numerical_stability gradients losses metrics splitting data_processing trees clustering "
    "network_layers statistics recommenders signal sequences"
).split()
T = TypeVar("T")
TEXTS, LISTS = ("title", "statement"), ("allowed", "concepts", "talking_points")


@dataclass(frozen=True)
class Pack:
    """A folder with `reference_impls/` and `mutators/`, loaded."""

    name: str
    root: Path
    problems: Mapping[str, Problem]
    mutators: Mapping[str, Mutator]
    sources: Mapping[str, Path]  # file of each mutator, by id

    @cached_property
    def digest(self) -> str:
        """Twelve hexadecimal digits over the names and bytes of every file of the pack."""
        hashed = hashlib.sha256()
        for path in _files(self.root):
            hashed.update(f"{path.relative_to(self.root).as_posix()}\0".encode())
            hashed.update(path.read_bytes() + b"\0")
        return hashed.hexdigest()[:12]

    def implementation(self, problem: str, name: str) -> Implementation:
        return self.problems[problem].implementations[name]


def standard_root() -> Path:
    """The standard pack: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    return here if (here / "reference_impls").is_dir() else here.parent


def load(root: Path | None = None) -> Pack:
    """The pack in a folder, the standard one by default.

    Raises UsageError for a folder that is no pack, PackError with every mistake found in it.
    """
    root = (root or standard_root()).resolve()
    if not (root / "reference_impls").is_dir() or not (root / "mutators").is_dir():
        raise UsageError(f"{root} is no pack: it needs the folders reference_impls/ and mutators/")
    mistakes: list[Mistake] = []
    problems = _collect(_problem_folders(root), _load_problem, root, mistakes, "problem")
    paths = sorted(p for p in root.glob("mutators/[!._]*/*.py") if p.name != "__init__.py")
    mutators = _collect(paths, _load_mutator, root, mistakes, "bug class")
    if mistakes:
        raise PackError(mistakes)
    name = "standard" if root == standard_root() else root.name
    by_id = {_mutator_id(path): path for path in paths}
    return Pack(name, root, problems, mutators, by_id)


def _collect(
    paths: list[Path], load_one: Callable[[Path, "_Author"], T | None], root: Path, mistakes: list[Mistake], kind: str
) -> dict[str, T]:
    found: dict[str, T] = {}
    for path in paths:
        author = _Author(path, root, mistakes)
        item = load_one(path, author)
        name = path.name if path.is_dir() else _mutator_id(path)
        if name in found:
            author.mistake(1, f"the {kind} {name} exists twice", "rename one of the two")
        elif item is not None:
            found[name] = item
    return found


@dataclass(frozen=True)
class _Author:
    """Collects the mistakes found in one file."""

    path: Path
    root: Path
    mistakes: list[Mistake]

    def mistake(self, line: int, what: str, remedy: str, path: Path | None = None) -> None:
        self.mistakes.append(Mistake((path or self.path).relative_to(self.root).as_posix(), line, what, remedy))

    def read(self, path: Path) -> str | None:
        try:
            return path.read_text(encoding="utf-8")
        except FileNotFoundError:
            self.mistake(1, f"there is no {path.name}", "write it", path)
        except (OSError, UnicodeDecodeError) as error:
            self.mistake(1, f"the file cannot be read as UTF-8 text ({error})", "mend or remove it", path)
        return None


# problems


def _problem_folders(root: Path) -> list[Path]:
    folders = (p for p in root.glob("reference_impls/[!._]*/[!._]*") if p.is_dir())
    return sorted(folders)


def _load_problem(folder: Path, author: _Author) -> Problem | None:
    before = len(author.mistakes)
    about = _read_toml(folder / "problem.toml", author)
    contract = author.read(folder / f"test_{folder.name}.py")
    implementations = dict(_load_implementations(folder, author))
    if about is not None and not implementations:
        author.mistake(1, "the problem has no implementation", "add one beside problem.toml", folder / "problem.toml")
    if about is None or contract is None or len(author.mistakes) > before:
        return None
    return Problem(
        name=folder.name,
        topic=folder.parent.name,
        title=about["title"],
        statement=about["statement"].strip(),
        minutes=about["minutes"],
        **{key: tuple(about[key]) for key in LISTS},
        contract=contract,
        implementations=implementations,
        equivalents=tuple(Equivalent(**item) for item in about.get("equivalent", ())),
    )


def _read_toml(path: Path, author: _Author) -> dict[str, Any] | None:
    text = author.read(path)
    if text is None:
        return None
    try:
        about = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        author.mistake(int(line[1]) if line else 1, f"this is not TOML ({error})", "mend the line", path)
        return None
    wanted = {**dict.fromkeys(TEXTS, str), **dict.fromkeys(LISTS, list), "minutes": int}
    for key, kind in wanted.items():
        if not isinstance(about.get(key), kind) or about[key] in ("", 0):
            author.mistake(1, f"the field {key!r} is missing or no {kind.__name__}", "add it", path)
    for item in about.get("equivalent", ()):
        if set(item) != {"implementation", "mutator", "site", "reason"}:
            remedy = "give implementation, mutator, site and reason"
            author.mistake(1, "an [[equivalent]] has other fields than it should", remedy, path)
    for key in about.keys() - wanted.keys() - {"equivalent"}:
        author.mistake(_line_of(text, key), f"the field {key!r} is not known", "remove it", path)
    return about


def _load_implementations(folder: Path, author: _Author) -> Iterator[tuple[str, Implementation]]:
    for path in sorted(folder.glob("*.py")):
        if path.name.startswith("test_") or path.name == "conftest.py":
            continue
        source = author.read(path)
        if source is None:
            continue
        try:
            text = bare(source)
        except SyntaxError as error:
            author.mistake(error.lineno or 1, f"this is not Python ({error.msg})", "mend the line", path)
            continue
        tests = folder / f"test_{path.stem}.py"
        own = author.read(tests) if tests.exists() and path.stem != folder.name else None
        yield path.stem, Implementation(folder.name, path.stem, text, own)


# mutators


def _mutator_id(path: Path) -> str:
    return path.stem.replace("_", "-")


def _load_mutator(path: Path, author: _Author) -> Mutator | None:
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
    classes[0].id, classes[0].category = _mutator_id(path), path.parent.name.replace("_", "-")
    before = len(author.mistakes)
    for what, remedy in _flaws(classes[0]):
        author.mistake(_line_of(path.read_text(), f"class {classes[0].__name__}"), what, remedy)
    return classes[0]() if len(author.mistakes) == before else None


def _import(path: Path, author: _Author) -> ModuleType | None:
    spec = importlib.util.spec_from_file_location(f"bugforge_pack.{path.parent.name}.{path.stem}", path)
    assert spec and spec.loader
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


def _line_of(text: str, words: str) -> int:
    return next((i for i, line in enumerate(text.splitlines(), 1) if line.strip().startswith(words)), 1)


def _files(root: Path) -> list[Path]:
    found = (p for part in ("mutators", "reference_impls") for p in (root / part).rglob("*"))
    return sorted(p for p in found if p.is_file() and p.suffix in (".py", ".toml") and "__pycache__" not in p.parts)


def field_lines(path: Path, field: str) -> list[int]:
    """Line numbers of the elements of a class field that is written as a tuple."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and [ast.unparse(t) for t in node.targets] == [field]:
            return [element.lineno for element in getattr(node.value, "elts", [node.value])]
    return []
