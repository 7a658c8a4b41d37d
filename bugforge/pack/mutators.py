"""The mutators of a pack: each file is imported, by its path, when its class is first asked for."""

import importlib.util
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from bugforge.errors import Mistake, PackError, PatternError
from bugforge.pack.author import Author
from bugforge.pack.bug_classes import bug_class_id

if TYPE_CHECKING:
    from bugforge.mutation.mutator import Mutator


class Mutators(Mapping[str, "Mutator"]):
    """Mutators by the id of their bug class. Asking for one raises PackError where its file cannot be imported."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self.paths = paths
        self._loaded: dict[str, Mutator] = {}

    def __getitem__(self, name: str) -> "Mutator":
        if name not in self._loaded:
            author = Author(self.paths[name], self.paths[name].parents[2], [])
            mutator = _load(self.paths[name], author)
            if mutator is None:
                raise PackError(author.mistakes)
            self._loaded[name] = mutator
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def text(self, name: str) -> str:
        """The file of one mutator, which imports nothing of the pack: with a program it determines what is proposed."""
        return self.paths[name].read_text(encoding="utf-8")

    def load_all(self) -> None:
        """Raises PackError with the mistakes of every file that cannot be imported."""
        mistakes: list[Mistake] = []
        for name in self:
            try:
                self[name]
            except PackError as error:
                mistakes += error.mistakes
        if mistakes:
            raise PackError(mistakes)


def _load(path: Path, author: Author) -> "Mutator | None":
    from bugforge.mutation.mutator import Mutator  # and with it libcst, which most commands do without

    module = _import(path, author)
    if module is None:
        return None
    (found,) = (
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, Mutator) and value.__module__ == module.__name__
    )
    found.id, found.category = bug_class_id(path), path.parent.name.replace("_", "-")
    return found()


def _import(path: Path, author: Author) -> ModuleType | None:
    spec = importlib.util.spec_from_file_location(f"bugforge_pack.{path.parent.name}.{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except PatternError as error:
        author.mistake(_line_raised(error, path), str(error), "mend the pattern")
    except (Exception, SystemExit) as error:  # whatever the author's file does at import is the author's mistake
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
