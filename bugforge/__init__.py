"""Debug-and-fix exercises for machine-learning interviews.

A mutator file does `from bugforge import Example, Mutator, Rewrite, fact, place, role`; other programs use `load_pack`,
`mutants`, `generate` and `check`. Nothing else is public. Names are resolved on first use, so that the command line
starts without libcst.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bugforge.api import check as check
    from bugforge.api import generate as generate
    from bugforge.model import Edit as Edit
    from bugforge.model import Example as Example
    from bugforge.mutation import fact as fact
    from bugforge.mutation import place as place
    from bugforge.mutation import role as role
    from bugforge.mutation import vocabulary as vocabulary
    from bugforge.mutation.code import Code as Code
    from bugforge.mutation.fix import Fix as Fix
    from bugforge.mutation.mutator import Mutator as Mutator
    from bugforge.mutation.planting import mutants as mutants
    from bugforge.mutation.program import Program as Program
    from bugforge.mutation.program import walk as walk
    from bugforge.mutation.rewrite import Change as Change
    from bugforge.mutation.rewrite import Rewrite as Rewrite
    from bugforge.mutation.term import Term as Term
    from bugforge.pack import load_pack as load_pack

_HOMES = {
    "Change": "mutation.rewrite",
    "Code": "mutation.code",
    "Edit": "model",
    "Example": "model",
    "Fix": "mutation.fix",
    "Mutator": "mutation.mutator",
    "Program": "mutation.program",
    "Rewrite": "mutation.rewrite",
    "Term": "mutation.term",
    "check": "api",
    "fact": "mutation",
    "generate": "api",
    "load_pack": "pack",
    "mutants": "mutation.planting",
    "place": "mutation",
    "role": "mutation",
    "vocabulary": "mutation",
    "walk": "mutation.program",
}
__all__ = [*_HOMES]


def __getattr__(name: str) -> object:
    if name == "__version__":
        return import_module("bugforge.model").VERSION
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"bugforge.{_HOMES[name]}")
    return import_module(f"{home.__name__}.{name}") if home.__name__ == "bugforge.mutation" else getattr(home, name)
