"""A problem's folder, read: problem.toml, the contract, and the implementations."""

import re
import tomllib
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bugforge.model import Equivalent, Implementation, Problem
from bugforge.mutation.bare import bare
from bugforge.pack.author import Author, line_of
from bugforge.pack.signs import NO_SIGNS, read_signs

OPTIONAL = {"equivalent", "signs", "stories"}
TEXTS, LISTS = ("title", "statement"), ("allowed", "concepts", "talking_points")


def problem_folders(root: Path) -> list[Path]:
    folders = (p for p in root.glob("reference_impls/[!._]*/[!._]*") if p.is_dir())
    return sorted(folders)


def load_problem(folder: Path, author: Author) -> Problem | None:
    before = len(author.mistakes)
    about = _read_toml(folder / "problem.toml", author)
    contract = author.read(folder / f"test_{folder.name}.py")
    demo = author.read(folder / "demo.py")
    parts = [(path.name, author.read(path)) for path in _further_parts(folder)]
    signs = read_signs(about.get("signs", {}), author, folder / "problem.toml") if about is not None else NO_SIGNS
    implementations = dict(_load_implementations(folder, author))
    if about is not None and not implementations:
        author.mistake(1, "the problem has no implementation", "add one beside problem.toml", folder / "problem.toml")
    if about is None or contract is None or demo is None or len(author.mistakes) > before:
        return None
    return Problem(
        name=folder.name,
        topic=folder.parent.name,
        title=about["title"],
        statement=about["statement"].strip(),
        **{key: tuple(about[key]) for key in LISTS},
        contract=contract,
        demo=demo,
        signs=signs,
        implementations=implementations,
        equivalents=tuple(Equivalent(**item) for item in about.get("equivalent", ())),
        parts=tuple((name, text) for name, text in parts if text is not None),
        stories=tuple(about.get("stories", ())),
    )


def _further_parts(folder: Path) -> list[Path]:
    """Files `test_<problem>_<part>.py`, without the own tests of implementations."""
    found = sorted(folder.glob(f"test_{folder.name}_*.py"))
    return [path for path in found if not (folder / path.name.removeprefix("test_")).exists()]


def _read_toml(path: Path, author: Author) -> dict[str, Any] | None:
    text = author.read(path)
    if text is None:
        return None
    try:
        about = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        author.mistake(int(line[1]) if line else 1, f"this is not TOML ({error})", "mend the line", path)
        return None
    wanted = {**dict.fromkeys(TEXTS, str), **dict.fromkeys(LISTS, list)}
    for key, kind in wanted.items():
        if not isinstance(about.get(key), kind) or about[key] == "":
            author.mistake(1, f"the field {key!r} is missing or no {kind.__name__}", "add it", path)
    for item in about.get("equivalent", ()):
        if set(item) != {"implementation", "mutator", "site", "reason"}:
            remedy = "give implementation, mutator, site and reason"
            author.mistake(1, "an [[equivalent]] has other fields than it should", remedy, path)
    stories = about.get("stories", [])
    if not isinstance(stories, list) or not all(isinstance(story, str) and story for story in stories):
        author.mistake(line_of(text, "stories"), "stories is no list of texts", "give a sentence or two for each", path)
    for key in about.keys() - wanted.keys() - OPTIONAL:
        near = get_close_matches(key, [*wanted, *OPTIONAL], n=1)
        remedy = f"did you mean {near[0]!r}?" if near else "remove it"
        author.mistake(line_of(text, key), f"the field {key!r} is not known", remedy, path)
    return about


def _load_implementations(folder: Path, author: Author) -> Iterator[tuple[str, Implementation]]:
    for path in sorted(folder.glob("*.py")):
        if path.name.startswith("test_") or path.name in ("conftest.py", "demo.py"):
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
