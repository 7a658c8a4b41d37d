"""Finds and loads the problems and bug classes of a pack by walking its folders.

Every author's mistake is collected and reported as `file:line: what; what to do`, all of them at once.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from bugforge.errors import Mistake, PackError, UsageError
from bugforge.model import BugClass, Implementation, Problem
from bugforge.pack.author import Author
from bugforge.pack.bug_classes import bug_class_id, read_bug_class
from bugforge.pack.measured import Levels, read_measured
from bugforge.pack.mutators import Mutators
from bugforge.pack.problems import load_problem, problem_folders
from bugforge.pack.settings import SETTINGS, has_standard_classes

T = TypeVar("T")


@dataclass(frozen=True)
class Pack:
    """A folder with `reference_impls/`, read, and its `mutators/` with those of the standard pack.

    No mutator is imported before it is asked for.
    """

    name: str
    root: Path
    problems: Mapping[str, Problem]
    bug_classes: Mapping[str, BugClass]
    mutators: Mutators
    own: frozenset[str]  # the bug classes that are not the standard pack's

    @cached_property
    def digest(self) -> str:
        return pack_digest(self.root)

    @cached_property
    def texts(self) -> str:
        """A digest of all that its exercises follow from, the standard pack's mutators with it where it has these."""
        has_others = self.own != self.bug_classes.keys()
        return self.digest + pack_digest(standard_root()) if has_others else self.digest

    @cached_property
    def measured(self) -> Levels:
        """Which exercises with one bug it makes, and how hard each is; empty where that is not recorded."""
        return read_measured(self.root, self.texts)

    def implementation(self, problem: str, name: str) -> Implementation:
        return self.problems[problem].implementations[name]


def standard_root() -> Path:
    """The standard pack: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent.parent
    return here if (here / "reference_impls").is_dir() else here.parent


def load_pack(root: str | Path | None = None) -> Pack:
    """The pack in a folder, the standard one by default.

    Raises UsageError for a folder that is no pack, PackError with every mistake found in it.
    """
    root = Path(root or standard_root()).resolve()
    if not is_pack(root):
        raise UsageError(f"{root} is no pack: it needs the folder reference_impls/, and may have mutators/")
    mistakes: list[Mistake] = []
    problems = _collect(problem_folders(root), load_problem, root, mistakes, "problem")
    is_standard = root == standard_root()
    paths = _mutator_files(root)
    bug_classes = _collect(paths, read_bug_class, root, mistakes, "bug class")
    own = frozenset(map(bug_class_id, paths))
    if not is_standard and has_standard_classes(Author(root / SETTINGS, root, mistakes)):
        others = [path for path in _mutator_files(standard_root()) if bug_class_id(path) not in own]
        bug_classes |= _collect(others, read_bug_class, standard_root(), mistakes, "bug class")
        paths += others
    if mistakes:
        raise PackError(mistakes)
    name = "standard" if is_standard else root.name
    return Pack(name, root, problems, bug_classes, Mutators({bug_class_id(path): path for path in paths}), own)


def is_pack(root: Path) -> bool:
    return (root / "reference_impls").is_dir()


def _mutator_files(root: Path) -> list[Path]:
    return sorted(p for p in root.glob("mutators/[!._]*/*.py") if p.name != "__init__.py")


def pack_digest(root: Path) -> str:
    """Twelve hexadecimal digits over the names and bytes of every file of a pack."""
    hashed = hashlib.sha256()
    for path in _files(root):
        hashed.update(f"{path.relative_to(root).as_posix()}\0".encode())
        hashed.update(path.read_bytes() + b"\0")
    return hashed.hexdigest()[:12]


def _collect(
    paths: list[Path], load_one: Callable[[Path, "Author"], T | None], root: Path, mistakes: list[Mistake], kind: str
) -> dict[str, T]:
    found: dict[str, T] = {}
    places: dict[str, Path] = {}
    for path in paths:
        author = Author(path, root, mistakes)
        item = load_one(path, author)
        name = path.name if path.is_dir() else bug_class_id(path)
        if name in places:
            other = places[name].relative_to(root).as_posix()
            author.mistake(1, f"the {kind} {name} is in {other} as well", "rename one of the two")
        elif item is not None:
            found[name] = item
        places.setdefault(name, path)
    return found


def _files(root: Path) -> list[Path]:
    parts = (p for part in ("mutators", "reference_impls") for p in (root / part).rglob("*"))
    found = [*parts, *root.glob(SETTINGS)]
    return sorted(p for p in found if p.is_file() and p.suffix in (".py", ".toml") and "__pycache__" not in p.parts)
